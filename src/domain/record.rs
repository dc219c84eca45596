//! Records: the families of things that a workbook keeps beside its answers, and what they have in common.
//!
//! Every record has an id, a place in the list of its family, marks (dates, states, who) and texts. Texts change by
//! splices at a [`TextPlace`](super::TextPlace), everything else by setting the record anew. A new family is a type, a
//! list in [`Workbook`], and a line in [`families!`] below; adding, changing, binning and bringing back come from here.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::call::{Call, Line};
use super::edit::{Edit, Refused};
use super::id::RecordId;
use super::people::Binned;
use super::promise::Promise;
use super::talk::{Legacy, TouchPoint, Word};
use super::workbook::Workbook;

/// A text of a record. Families share the names; a family that does not have one has no such place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RecordField {
    /// What was promised, what remains.
    What,
    /// What became of it.
    Note,
    /// The word that jars.
    Term,
    /// What is wrong with it.
    Problem,
    /// What to say instead.
    Instead,
    /// What sort of thing it is.
    Kind,
    /// For whom it is.
    ForWhom,
    /// How a call felt.
    Mood,
    /// The follow-up message of a call.
    Message,
}

impl RecordField {
    /// The label that a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::What => "What",
            Self::Note => "What became of it",
            Self::Term => "The word",
            Self::Problem => "What is wrong with it",
            Self::Instead => "Say instead",
            Self::Kind => "Kind",
            Self::ForWhom => "For whom",
            Self::Mood => "How it felt, in a word",
            Self::Message => "The follow-up message",
        }
    }

    /// Whether it takes more than one line.
    pub fn is_prose(self) -> bool {
        matches!(self, Self::Message)
    }
}

/// What the families have in common.
pub trait InFamily: Sized {
    /// Which family it is.
    const FAMILY: Family;
    /// Names it for ever.
    fn id(&self) -> &RecordId;
    /// All of its family in a workbook, in order.
    fn all(workbook: &Workbook) -> &[Self];
    /// The texts that it has, in the order of its form.
    const FIELDS: &'static [RecordField];
    /// One of its texts.
    fn field(&self, field: RecordField) -> Option<&str>;
    /// The same, to be changed.
    fn field_mut(&mut self, field: RecordField) -> Option<&mut String>;
}

macro_rules! families {
    ($($name:ident, $list:ident, $word:literal, { $($field:ident => $text:ident),+ };)+) => {
        /// The families of records.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Family { $(#[doc = $word] $name),+ }

        impl Family {
            /// All families.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// What one of them is called: "a promise".
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }

        /// A record of any family.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum AnyRecord { $(#[doc = $word] $name($name)),+ }

        impl AnyRecord {
            /// Names it for ever.
            pub fn id(&self) -> &RecordId {
                match self { $(Self::$name(record) => &record.id),+ }
            }

            /// Which family it is of.
            pub fn family(&self) -> Family {
                match self { $(Self::$name(_) => Family::$name),+ }
            }

            /// One of its texts; `None` where its family has none of that name.
            pub fn field(&self, field: RecordField) -> Option<&str> {
                match self { $(Self::$name(record) => record.field(field)),+ }
            }

            /// The texts that it has, in the order of its form.
            pub fn fields(&self) -> &'static [RecordField] {
                match self { $(Self::$name(_) => <$name as InFamily>::FIELDS),+ }
            }
        }

        $(
            impl InFamily for $name {
                const FAMILY: Family = Family::$name;
                const FIELDS: &'static [RecordField] = &[$(RecordField::$field),+];

                fn id(&self) -> &RecordId {
                    &self.id
                }

                fn all(workbook: &Workbook) -> &[Self] {
                    &workbook.$list
                }

                fn field(&self, field: RecordField) -> Option<&str> {
                    match field {
                        $(RecordField::$field => Some(&self.$text),)+
                        #[allow(unreachable_patterns)]
                        _ => None,
                    }
                }

                fn field_mut(&mut self, field: RecordField) -> Option<&mut String> {
                    match field {
                        $(RecordField::$field => Some(&mut self.$text),)+
                        #[allow(unreachable_patterns)]
                        _ => None,
                    }
                }
            }

            impl From<$name> for AnyRecord {
                fn from(record: $name) -> Self {
                    Self::$name(record)
                }
            }
        )+

        impl Workbook {
            /// A text of a record, whatever its family.
            pub(in crate::domain) fn record_text(&self, id: &RecordId, field: RecordField) -> Option<&str> {
                $(if let Some(record) = self.$list.iter().find(|record| record.id == *id) {
                    return record.field(field);
                })+
                None
            }

            /// The same, to be changed.
            pub(in crate::domain) fn record_text_mut(
                &mut self,
                id: &RecordId,
                field: RecordField,
            ) -> Option<&mut String> {
                $(if let Some(record) = self.$list.iter_mut().find(|record| record.id == *id) {
                    return record.field_mut(field);
                })+
                None
            }

            /// Every text of every record, the lines of calls apart.
            pub fn record_texts(&self) -> impl Iterator<Item = (&RecordId, RecordField, &str)> {
                let none: Box<dyn Iterator<Item = (&RecordId, RecordField, &str)> + '_> =
                    Box::new(std::iter::empty());
                $(let none = Box::new(none.chain(self.$list.iter().flat_map(|record| {
                    let texts = <$name as InFamily>::FIELDS.iter();
                    texts.filter_map(|field| Some((&record.id, *field, record.field(*field)?)))
                })));)+
                none
            }

            /// Whether a record of whatever family has this id.
            fn has_record(&self, id: &RecordId) -> bool {
                false $(|| self.$list.iter().any(|record| record.id == *id))+
            }

            /// A record of a family, as it is now.
            pub fn record(&self, family: Family, id: &RecordId) -> Option<AnyRecord> {
                match family {
                    $(Family::$name => self.$list.iter().find(|r| r.id == *id).cloned().map(AnyRecord::$name)),+
                }
            }

            fn insert_record(&mut self, record: AnyRecord, place: usize) {
                match record {
                    $(AnyRecord::$name(record) => self.$list.insert(place.min(self.$list.len()), record)),+
                }
            }

            fn remove_record(&mut self, family: Family, id: &RecordId) -> Option<(AnyRecord, usize)> {
                match family {
                    $(Family::$name => {
                        let place = self.$list.iter().position(|record| record.id == *id)?;
                        Some((AnyRecord::$name(self.$list.remove(place)), place))
                    })+
                }
            }

            fn replace_record(&mut self, record: AnyRecord) -> Option<AnyRecord> {
                match record {
                    $(AnyRecord::$name(record) => {
                        let there = self.$list.iter_mut().find(|there| there.id == record.id)?;
                        Some(AnyRecord::$name(replace(there, record)))
                    })+
                }
            }
        }
    };
}

families! {
    Call, calls, "a call", { Mood => mood, Message => message };
    Promise, promises, "a promise", { What => what, Note => note };
    Word, words, "a word", { Term => term, Problem => problem, Instead => instead };
    TouchPoint, touch_points, "a touch point", { Kind => kind };
    Legacy, legacies, "something that remains", { What => what, ForWhom => for_whom };
}

impl Workbook {
    pub(super) fn add_record(&mut self, record: AnyRecord, place: usize) -> Result<Edit, Refused> {
        let (family, id) = (record.family(), record.id().clone());
        let binned = |b: &Binned| matches!(b, Binned::Record { record, .. } if *record.id() == id);
        // texts are found by the id alone, so it must be free in every family
        if self.has_record(&id) || self.bin.iter().any(binned) || !self.lines_are_free(&record) {
            return Err(Refused::AlreadyThere(family.word().to_owned()));
        }
        self.insert_record(record, place);
        Ok(Edit::TakeBackRecord { family, record: id })
    }

    /// Whether the lines that come with a call have ids of their own, and none that lies in the bin.
    fn lines_are_free(&self, record: &AnyRecord) -> bool {
        let AnyRecord::Call(call) = record else { return true };
        let mut seen = BTreeSet::new();
        call.lines.iter().all(|line| seen.insert(&line.id) && !self.is_line_in_bin(&call.id, &line.id))
    }

    fn is_line_in_bin(&self, of: &RecordId, id: &RecordId) -> bool {
        self.bin.iter().any(|b| matches!(b, Binned::Line { call, line, .. } if call == of && line.id == *id))
    }

    pub(super) fn take_record(
        &mut self,
        family: Family,
        id: &RecordId,
    ) -> Result<(AnyRecord, usize), Refused> {
        self.remove_record(family, id).ok_or_else(|| Refused::NoSuchRecord(id.clone()))
    }

    pub(super) fn set_record(&mut self, record: AnyRecord) -> Result<Edit, Refused> {
        let id = record.id().clone();
        let before = self.replace_record(record).ok_or(Refused::NoSuchRecord(id))?;
        Ok(Edit::SetRecord(Box::new(before)))
    }

    pub(super) fn put_record_back(&mut self, record: AnyRecord, place: usize) -> Result<(), Refused> {
        if self.has_record(record.id()) {
            return Err(Refused::AlreadyThere(record.family().word().to_owned()));
        }
        self.insert_record(record, place);
        Ok(())
    }

    pub(super) fn add_line(&mut self, call: RecordId, line: Line, place: usize) -> Result<Edit, Refused> {
        let id = line.id.clone();
        if self.is_line_in_bin(&call, &id) {
            return Err(Refused::AlreadyThere("the line".to_owned()));
        }
        self.insert_line(&call, line, place)?;
        Ok(Edit::TakeBackLine { call, line: id })
    }

    /// Puts a line back that lies in the bin. Its call must be there: one that is in the bin too comes back first.
    pub(super) fn put_line_back(&mut self, call: &RecordId, line: Line, place: usize) -> Result<(), Refused> {
        if self.call(call).is_none() {
            return Err(Refused::NoCall(call.clone()));
        }
        self.insert_line(call, line, place)
    }

    fn insert_line(&mut self, call: &RecordId, line: Line, place: usize) -> Result<(), Refused> {
        let lines = &mut self.call_mut(call)?.lines;
        if lines.iter().any(|there| there.id == line.id) {
            return Err(Refused::AlreadyThere("the line".to_owned()));
        }
        lines.insert(place.min(lines.len()), line);
        Ok(())
    }

    pub(super) fn take_line(&mut self, call: &RecordId, id: &RecordId) -> Result<(Line, usize), Refused> {
        let lines = &mut self.call_mut(call)?.lines;
        let place = lines.iter().rposition(|line| line.id == *id);
        let place = place.ok_or_else(|| Refused::NoSuchRecord(id.clone()))?;
        Ok((lines.remove(place), place))
    }

    pub(super) fn set_line(&mut self, call: RecordId, line: Line) -> Result<Edit, Refused> {
        let there = self.line_mut(&call, &line.id)?;
        let before = std::mem::replace(there, line);
        Ok(Edit::SetLine { call, line: before })
    }

    pub(super) fn line_mut(&mut self, call: &RecordId, id: &RecordId) -> Result<&mut Line, Refused> {
        let lines = &mut self.call_mut(call)?.lines;
        lines.iter_mut().rev().find(|l| l.id == *id).ok_or_else(|| Refused::NoSuchRecord(id.clone()))
    }

    pub(super) fn bin_record(&mut self, family: Family, id: &RecordId, on: Date) -> Result<Binned, Refused> {
        let (record, place) = self.take_record(family, id)?;
        Ok(Binned::Record { record: Box::new(record), on, place })
    }

    fn call_mut(&mut self, id: &RecordId) -> Result<&mut Call, Refused> {
        let call = self.calls.iter_mut().rev().find(|call| call.id == *id);
        call.ok_or_else(|| Refused::NoSuchRecord(id.clone()))
    }
}

/// Puts a record in place of another. The lines of a call are records of their own and stay.
fn replace<R: InFamily + Replace>(there: &mut R, record: R) -> R {
    let mut before = std::mem::replace(there, record);
    there.keep_parts_of(&mut before);
    before
}

/// What stays where it is when a record is set anew.
trait Replace {
    /// Takes over the parts of `before` that are records of their own.
    fn keep_parts_of(&mut self, _before: &mut Self) {}
}

impl Replace for Call {
    fn keep_parts_of(&mut self, before: &mut Self) {
        self.lines = std::mem::take(&mut before.lines);
    }
}

impl Replace for Promise {}
impl Replace for Word {}
impl Replace for TouchPoint {}
impl Replace for Legacy {}
