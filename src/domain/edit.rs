//! One reversible change, and the only function that carries it out.
//!
//! [`Workbook::apply`] returns the inverse of what it did. An edit that does not fit (a partner who is not there, a
//! splice that does not match the text) is refused and changes nothing. Edits are written to the journal as they are, so
//! their names and fields are part of the file format.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::answer::{Accord, Answer, Heard, Source, Version, Voice};
use super::call::Line;
use super::id::{PartnerId, PersonId, QuestionId, RecordId};
use super::partnership::StateChange;
use super::people::{Binned, Partner, Person};
use super::place::{FIELD_LIMIT, TextPlace, VoiceKey};
use super::record::{AnyRecord, Family};
use super::workbook::Workbook;

/// A piece of text taken out and another put in, at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Splice {
    /// Where.
    pub place: TextPlace,
    /// Bytes from the start of the text; on a character boundary.
    pub at: usize,
    /// What stands there and is taken out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub delete: String,
    /// What is put in instead.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub insert: String,
    /// The day that the place shows as its last change from then on, where it keeps one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// One reversible change of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    /// Text changed somewhere.
    Splice(Splice),
    /// The marks of one partner's voice: how far it can be relied on, who said it, how it came to us.
    SetHeard {
        /// The question.
        question: QuestionId,
        /// The partner whose voice it is.
        partner: PartnerId,
        /// How far it can be relied on.
        heard: Heard,
        /// The day on which that was said; `None` for never.
        checked: Option<Date>,
        /// Who said it.
        person: Option<PersonId>,
        /// How it came to us.
        source: Source,
    },
    /// Who agreed to an answer.
    SetAccords {
        /// The question.
        question: QuestionId,
        /// All who agree from then on.
        accords: Vec<Accord>,
    },
    /// Whether a question applies.
    SetNotForUs {
        /// The question.
        question: QuestionId,
        /// True when it does not apply.
        to: bool,
    },
    /// Whether an answer is left out of exports.
    SetPrivate {
        /// The question.
        question: QuestionId,
        /// True when it is left out.
        to: bool,
    },
    /// Whether what is ours may go into the partners' copies.
    SetToShare {
        /// The question.
        question: QuestionId,
        /// True when it may.
        to: bool,
    },
    /// Keeps what a voice said before this visit.
    KeepVersion {
        /// The question.
        question: QuestionId,
        /// What it said.
        version: Version,
    },
    /// Takes back the last version kept.
    DropVersion {
        /// The question.
        question: QuestionId,
    },
    /// A partner joins at a place among the partners.
    AddPartner {
        /// The partner.
        partner: Partner,
        /// Its place, from 0; past the end means last.
        place: usize,
    },
    /// Takes back the joining of a partner, without the bin.
    TakeBackPartner {
        /// The partner.
        partner: PartnerId,
    },
    /// A person joins at a place among the people.
    AddPerson {
        /// The person.
        person: Person,
        /// The place, from 0; past the end means last.
        place: usize,
    },
    /// Takes back the joining of a person, without the bin.
    TakeBackPerson {
        /// The person.
        person: PersonId,
    },
    /// Puts a partner into the bin.
    BinPartner {
        /// The partner.
        partner: PartnerId,
        /// The day.
        on: Date,
    },
    /// Puts a person into the bin.
    BinPerson {
        /// The person.
        person: PersonId,
        /// The day.
        on: Date,
    },
    /// Brings back the record at a place in the bin, counted from 0.
    Restore {
        /// Its place in the bin.
        from: usize,
    },
    /// Puts a record that was brought back into the bin again, at its place there.
    BinAgain {
        /// The record as it was in the bin.
        binned: Binned,
        /// Its place in the bin.
        at: usize,
    },
    /// The partnership changes its state.
    ChangeState(StateChange),
    /// Takes back the last change of state.
    TakeBackState,
    /// Puts a change of state in place of the one that stands at a place in the log, counted from 0.
    SetState {
        /// Its place.
        at: usize,
        /// The change.
        change: StateChange,
    },
    /// The day on which an answer was opened again; `None` for never.
    SetReopened {
        /// The question.
        question: QuestionId,
        /// The day.
        on: Option<Date>,
    },
    /// When to look at an aspect again; `None` for no day.
    SetLookAgain {
        /// The id of the aspect.
        aspect: String,
        /// The day.
        on: Option<Date>,
    },
    /// Everything of a partner, or of our own side, that is not its id.
    SetPartner(Partner),
    /// Everything of a person that is not their id.
    SetPerson(Person),
    /// A record joins its family at a place.
    AddRecord {
        /// The record.
        record: Box<AnyRecord>,
        /// Its place, from 0; past the end means last.
        place: usize,
    },
    /// Takes back the joining of a record, without the bin.
    TakeBackRecord {
        /// Its family.
        family: Family,
        /// The record.
        record: RecordId,
    },
    /// Puts a record in place of the one with the same id. The lines of a call stay as they are.
    SetRecord(Box<AnyRecord>),
    /// Puts a record into the bin.
    BinRecord {
        /// Its family.
        family: Family,
        /// The record.
        record: RecordId,
        /// The day.
        on: Date,
    },
    /// A line joins a call at a place.
    AddLine {
        /// The call.
        call: RecordId,
        /// The line.
        line: Line,
        /// Its place, from 0; past the end means last.
        place: usize,
    },
    /// Takes back the joining of a line, without the bin.
    TakeBackLine {
        /// The call.
        call: RecordId,
        /// The line.
        line: RecordId,
    },
    /// Puts a line in place of the one with the same id.
    SetLine {
        /// The call.
        call: RecordId,
        /// The line.
        line: Line,
    },
    /// Puts a line of a call into the bin.
    BinLine {
        /// The call.
        call: RecordId,
        /// The line.
        line: RecordId,
        /// The day.
        on: Date,
    },
}

/// Why an edit was not carried out. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// The partner is not among the partners.
    #[error("the partner {0} is not in this workbook")]
    NoSuchPartner(PartnerId),
    /// The person is not among the people.
    #[error("the person {0} is not in this workbook")]
    NoSuchPerson(PersonId),
    /// The record, or the line, is not there.
    #[error("the record {0} is not in this workbook")]
    NoSuchRecord(RecordId),
    /// Something with this id is there already.
    #[error("{0} is in this workbook already")]
    AlreadyThere(String),
    /// The text is not what the splice expects.
    #[error("the text has changed in the meantime")]
    TextDiffers,
    /// The place would hold more than it may.
    #[error("that would make {would_be} bytes; the most is {FIELD_LIMIT}")]
    TooLong {
        /// How many bytes it would hold.
        would_be: usize,
    },
    /// There is nothing to take back.
    #[error("there is nothing to take back")]
    NothingThere,
}

impl Workbook {
    /// Carries out an edit and returns the edit that takes it back.
    ///
    /// # Errors
    /// [`Refused`] where the edit does not fit this workbook; nothing has changed then.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, Refused> {
        match edit {
            Edit::Splice(splice) => self.splice(splice).map(Edit::Splice),
            Edit::SetHeard { question, partner, heard, checked, person, source } => {
                self.set_heard(question, partner, heard, checked, person, source)
            }
            Edit::SetAccords { question, accords } => {
                let accords = self.with_answer(&question, |a| std::mem::replace(&mut a.accords, accords));
                Ok(Edit::SetAccords { question, accords })
            }
            Edit::SetNotForUs { question, to } => {
                let to = self.with_answer(&question, |a| std::mem::replace(&mut a.not_for_us, to));
                Ok(Edit::SetNotForUs { question, to })
            }
            Edit::SetPrivate { question, to } => {
                let to = self.with_answer(&question, |a| std::mem::replace(&mut a.private, to));
                Ok(Edit::SetPrivate { question, to })
            }
            Edit::SetToShare { question, to } => {
                let to = self.with_answer(&question, |a| std::mem::replace(&mut a.to_share, to));
                Ok(Edit::SetToShare { question, to })
            }
            Edit::KeepVersion { question, version } => {
                self.with_answer(&question, |a| a.earlier.push(version));
                Ok(Edit::DropVersion { question })
            }
            Edit::DropVersion { question } => {
                let version =
                    self.with_answer(&question, |a| a.earlier.pop()).ok_or(Refused::NothingThere)?;
                Ok(Edit::KeepVersion { question, version })
            }
            Edit::AddPartner { partner, place } => self.add_partner(partner, place),
            Edit::TakeBackPartner { partner } => {
                let (partner, place) = self.take_partner(&partner)?;
                Ok(Edit::AddPartner { partner, place })
            }
            Edit::AddPerson { person, place } => self.add_person(person, place),
            Edit::TakeBackPerson { person } => {
                let (person, place) = self.take_person(&person)?;
                Ok(Edit::AddPerson { person, place })
            }
            Edit::BinPartner { partner, on } => {
                let (partner, place) = self.take_partner(&partner)?;
                Ok(self.put_in_bin(Binned::Partner { partner, on, place }))
            }
            Edit::BinPerson { person, on } => {
                let (person, place) = self.take_person(&person)?;
                Ok(self.put_in_bin(Binned::Person { person, on, place }))
            }
            Edit::Restore { from } => self.restore(from),
            Edit::BinAgain { binned, at } => self.bin_again(binned, at),
            Edit::ChangeState(change) => {
                self.partnership.log.push(change);
                Ok(Edit::TakeBackState)
            }
            Edit::TakeBackState => {
                let change = self.partnership.log.pop().ok_or(Refused::NothingThere)?;
                Ok(Edit::ChangeState(change))
            }
            Edit::SetState { at, change } => {
                let there = self.partnership.log.get_mut(at).ok_or(Refused::NothingThere)?;
                Ok(Edit::SetState { at, change: std::mem::replace(there, change) })
            }
            Edit::SetReopened { question, on } => {
                let on = self.with_answer(&question, |a| std::mem::replace(&mut a.reopened, on));
                Ok(Edit::SetReopened { question, on })
            }
            Edit::SetLookAgain { aspect, on } => Ok(self.set_look_again(aspect, on)),
            Edit::SetPartner(partner) => {
                let id = partner.id.clone();
                let there = self.partner_mut(&id).ok_or(Refused::NoSuchPartner(id))?;
                Ok(Edit::SetPartner(std::mem::replace(there, partner)))
            }
            Edit::SetPerson(person) => {
                let there = self.people.iter_mut().find(|p| p.id == person.id);
                let there = there.ok_or_else(|| Refused::NoSuchPerson(person.id.clone()))?;
                Ok(Edit::SetPerson(std::mem::replace(there, person)))
            }
            Edit::AddRecord { record, place } => self.add_record(*record, place),
            Edit::TakeBackRecord { family, record } => {
                let (record, place) = self.take_record(family, &record)?;
                Ok(Edit::AddRecord { record: Box::new(record), place })
            }
            Edit::SetRecord(record) => self.set_record(*record),
            Edit::BinRecord { family, record, on } => {
                let binned = self.bin_record(family, &record, on)?;
                Ok(self.put_in_bin(binned))
            }
            Edit::AddLine { call, line, place } => self.add_line(call, line, place),
            Edit::TakeBackLine { call, line } => {
                let (line, place) = self.take_line(&call, &line)?;
                Ok(Edit::AddLine { call, line, place })
            }
            Edit::SetLine { call, line } => self.set_line(call, line),
            Edit::BinLine { call, line, on } => {
                let (line, place) = self.take_line(&call, &line)?;
                Ok(self.put_in_bin(Binned::Line { call, line, on, place }))
            }
        }
    }

    fn set_look_again(&mut self, aspect: String, on: Option<Date>) -> Edit {
        let before = match on {
            Some(on) => self.look_again.insert(aspect.clone(), on),
            None => self.look_again.remove(&aspect),
        };
        Edit::SetLookAgain { aspect, on: before }
    }

    /// Lets `change` at an answer, making it first and forgetting it afterwards where it holds nothing.
    fn with_answer<T>(&mut self, question: &QuestionId, change: impl FnOnce(&mut Answer) -> T) -> T {
        let result = change(self.answers.entry(question.clone()).or_default());
        self.tidy(question);
        result
    }

    fn set_heard(
        &mut self,
        question: QuestionId,
        partner: PartnerId,
        heard: Heard,
        checked: Option<Date>,
        person: Option<PersonId>,
        source: Source,
    ) -> Result<Edit, Refused> {
        let before = self.with_answer(&question, |answer| {
            let theirs = answer.theirs.entry(partner.clone()).or_default();
            let before = theirs.clone();
            theirs.heard = heard;
            theirs.checked = checked;
            theirs.person = person;
            theirs.source = source;
            before
        });
        let (heard, checked) = (before.heard, before.checked);
        Ok(Edit::SetHeard { question, partner, heard, checked, person: before.person, source: before.source })
    }

    fn splice(&mut self, splice: Splice) -> Result<Splice, Refused> {
        let Splice { place, at, delete, insert, on } = splice;
        let before = match &place {
            TextPlace::Title => replace(&mut self.title, at, &delete, &insert).map(|()| None),
            TextPlace::Purpose => replace(&mut self.purpose, at, &delete, &insert).map(|()| None),
            TextPlace::Partner(id, field) => {
                let partner = self.partner_mut(id).ok_or_else(|| Refused::NoSuchPartner(id.clone()))?;
                replace(partner.field_mut(*field), at, &delete, &insert).map(|()| None)
            }
            TextPlace::Person(id, field) => {
                let person = self.people.iter_mut().find(|p| p.id == *id);
                let person = person.ok_or_else(|| Refused::NoSuchPerson(id.clone()))?;
                replace(person.field_mut(*field), at, &delete, &insert).map(|()| None)
            }
            TextPlace::State(n, field) => {
                let change = self.partnership.log.get_mut(*n).and_then(|change| change.field_mut(*field));
                replace(change.ok_or(Refused::NothingThere)?, at, &delete, &insert).map(|()| None)
            }
            TextPlace::Record(id, field) => {
                let text = self.record_text_mut(id, *field);
                let text = text.ok_or_else(|| Refused::NoSuchRecord(id.clone()))?;
                replace(text, at, &delete, &insert).map(|()| None)
            }
            TextPlace::Line(call, line) => {
                let line = self.line_mut(call, line)?;
                replace(&mut line.text, at, &delete, &insert).map(|()| None)
            }
            TextPlace::Voice(question, voice) => self.with_answer(question, |answer| {
                let (text, changed) = voice_mut(answer, voice);
                replace(text, at, &delete, &insert)?;
                Ok(std::mem::replace(changed, on))
            }),
        }?;
        Ok(Splice { place, at, delete: insert, insert: delete, on: before })
    }

    fn partner_mut(&mut self, id: &PartnerId) -> Option<&mut Partner> {
        if id.is_us() { Some(&mut self.us) } else { self.partners.iter_mut().find(|p| p.id == *id) }
    }

    fn add_partner(&mut self, partner: Partner, place: usize) -> Result<Edit, Refused> {
        let id = partner.id.clone();
        let binned = |b: &Binned| matches!(b, Binned::Partner { partner, .. } if partner.id == id);
        if self.partner(&id).is_some() || self.bin.iter().any(binned) {
            return Err(Refused::AlreadyThere(partner.name));
        }
        self.partners.insert(place.min(self.partners.len()), partner);
        Ok(Edit::TakeBackPartner { partner: id })
    }

    fn take_partner(&mut self, id: &PartnerId) -> Result<(Partner, usize), Refused> {
        let place = self.partners.iter().position(|p| p.id == *id);
        let place = place.ok_or_else(|| Refused::NoSuchPartner(id.clone()))?;
        Ok((self.partners.remove(place), place))
    }

    fn add_person(&mut self, person: Person, place: usize) -> Result<Edit, Refused> {
        let id = person.id.clone();
        let binned = |b: &Binned| matches!(b, Binned::Person { person, .. } if person.id == id);
        if self.person(&id).is_some() || self.bin.iter().any(binned) {
            return Err(Refused::AlreadyThere(person.name));
        }
        self.people.insert(place.min(self.people.len()), person);
        Ok(Edit::TakeBackPerson { person: id })
    }

    fn take_person(&mut self, id: &PersonId) -> Result<(Person, usize), Refused> {
        let place = self.people.iter().position(|p| p.id == *id);
        let place = place.ok_or_else(|| Refused::NoSuchPerson(id.clone()))?;
        Ok((self.people.remove(place), place))
    }

    fn put_in_bin(&mut self, binned: Binned) -> Edit {
        self.bin.push(binned);
        Edit::Restore { from: self.bin.len().saturating_sub(1) }
    }

    fn restore(&mut self, from: usize) -> Result<Edit, Refused> {
        let binned = self.bin.get(from).cloned().ok_or(Refused::NothingThere)?;
        match &binned {
            Binned::Partner { partner, place, .. } => {
                let place = (*place).min(self.partners.len());
                self.partners.insert(place, partner.clone());
            }
            Binned::Person { person, place, .. } => {
                let place = (*place).min(self.people.len());
                self.people.insert(place, person.clone());
            }
            Binned::Record { record, place, .. } => self.put_record_back((**record).clone(), *place),
            Binned::Line { call, line, place, .. } => self.put_line_back(call, line.clone(), *place)?,
        }
        self.bin.remove(from);
        Ok(Edit::BinAgain { binned, at: from })
    }

    fn bin_again(&mut self, binned: Binned, at: usize) -> Result<Edit, Refused> {
        match &binned {
            Binned::Partner { partner, .. } => drop(self.take_partner(&partner.id)?),
            Binned::Person { person, .. } => drop(self.take_person(&person.id)?),
            Binned::Record { record, .. } => drop(self.take_record(record.family(), record.id())?),
            Binned::Line { call, line, .. } => drop(self.take_line(call, &line.id)?),
        }
        let at = at.min(self.bin.len());
        self.bin.insert(at, binned);
        Ok(Edit::Restore { from: at })
    }
}

/// The text of a voice and the day of its last change. A partner who has not spoken yet gets an empty voice.
fn voice_mut<'a>(answer: &'a mut Answer, voice: &VoiceKey) -> (&'a mut String, &'a mut Option<Date>) {
    match voice {
        VoiceKey::Ours => {
            let Voice { text, on } = &mut answer.ours;
            (text, on)
        }
        VoiceKey::Agreed => {
            let Voice { text, on } = &mut answer.agreed;
            (text, on)
        }
        VoiceKey::Theirs(partner) => {
            let theirs = answer.theirs.entry(partner.clone()).or_default();
            (&mut theirs.text, &mut theirs.on)
        }
    }
}

/// Takes `delete` out of `text` at byte `at` and puts `insert` there.
fn replace(text: &mut String, at: usize, delete: &str, insert: &str) -> Result<(), Refused> {
    let end = at.checked_add(delete.len()).ok_or(Refused::TextDiffers)?;
    if text.get(at..end) != Some(delete) {
        return Err(Refused::TextDiffers);
    }
    let would_be = text.len() - delete.len() + insert.len();
    if would_be > FIELD_LIMIT && insert.len() > delete.len() {
        return Err(Refused::TooLong { would_be });
    }
    text.replace_range(at..end, insert);
    Ok(())
}
