//! What follows from the list of families: the enums over them, and what a workbook does with a record of any family.
//!
//! The list itself stands in `record.rs`; each line there is a type, the list of the workbook that holds it, and the words
//! for one and for several.

macro_rules! families {
    ($($name:ident, $list:ident, $word:literal, $many:literal;)+) => {
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

            /// What they are called: "Promises".
            pub fn many(self) -> &'static str {
                match self { $(Self::$name => $many),+ }
            }

            /// Its stable name, as `assets/records.ron` uses it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }

            /// One of which nothing is known yet; `None` where its records need more than that to begin with.
            pub fn blank(self, id: RecordId) -> Option<AnyRecord> {
                match self { $(Self::$name => <$name as Fields>::blank(id).map(AnyRecord::$name)),+ }
            }

            /// The fields of its records, in the order of their form.
            pub fn fields(self) -> &'static [RecordField] {
                match self { $(Self::$name => <$name as Fields>::FIELDS),+ }
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

            /// What stands in a field; `None` where its family has none of that name.
            pub fn value(&self, field: RecordField) -> Option<Value> {
                match self { $(Self::$name(record) => record.value(field)),+ }
            }

            /// The same record with something else in a field; `None` where it does not fit there.
            #[must_use]
            pub fn with(mut self, field: RecordField, value: Value) -> Option<Self> {
                let fits = match &mut self { $(Self::$name(record) => record.put(field, value)),+ };
                fits.then_some(self)
            }

            /// Whether it was marked as private.
            pub fn is_private(&self) -> bool {
                match self { $(Self::$name(record) => record.is_private()),+ }
            }

            /// Calls with each of its texts, the lines of a call apart.
            pub(in crate::domain) fn each_text(&mut self, each: &mut dyn FnMut(&mut String)) {
                match self {
                    $(Self::$name(record) => {
                        for field in <$name as Fields>::FIELDS {
                            record.field_mut(*field).into_iter().for_each(&mut *each);
                        }
                        record.copies().into_iter().for_each(each);
                    })+
                }
            }

            /// Takes a person out of every field that names people; says one in which they were.
            pub(in crate::domain) fn forget(&mut self, person: &PersonId) -> Option<RecordField> {
                match self { $(Self::$name(record) => record.forget(person)),+ }
            }
        }

        /// A record of any family, lent by its workbook: reading all of a family copies nothing.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum RecordRef<'a> { $(#[doc = $word] $name(&'a $name)),+ }

        impl<'a> RecordRef<'a> {
            /// Names it for ever.
            pub fn id(self) -> &'a RecordId {
                match self { $(Self::$name(record) => &record.id),+ }
            }

            /// Which family it is of.
            pub fn family(self) -> Family {
                match self { $(Self::$name(_) => Family::$name),+ }
            }

            /// One of its texts; `None` where its family has none of that name.
            pub fn field(self, field: RecordField) -> Option<&'a str> {
                match self { $(Self::$name(record) => record.field(field)),+ }
            }

            /// What stands in a field; `None` where its family has none of that name.
            pub fn value(self, field: RecordField) -> Option<Value> {
                match self { $(Self::$name(record) => record.value(field)),+ }
            }

            /// Where it was said.
            pub fn said_in(self) -> Option<&'a SaidIn> {
                match self { $(Self::$name(record) => record.said_in()),+ }
            }

            /// A copy of it.
            pub fn cloned(self) -> AnyRecord {
                match self { $(Self::$name(record) => AnyRecord::$name(record.clone())),+ }
            }
        }

        impl<'a> From<&'a AnyRecord> for RecordRef<'a> {
            fn from(record: &'a AnyRecord) -> Self {
                match record { $(AnyRecord::$name(record) => Self::$name(record)),+ }
            }
        }

        $(
            impl InFamily for $name {
                const FAMILY: Family = Family::$name;

                fn id(&self) -> &RecordId {
                    &self.id
                }

                fn all(workbook: &Workbook) -> &[Self] {
                    &workbook.$list
                }

                fn lent(&self) -> RecordRef<'_> {
                    RecordRef::$name(self)
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
                    let texts = <$name as Fields>::FIELDS.iter();
                    texts.filter_map(|field| Some((&record.id, *field, record.field(*field)?)))
                })));)+
                none
            }

            /// Calls with every text of every record and where it stands, the lines of calls apart. Texts that were
            /// copied into a record have no place of their own: theirs is `None`.
            pub(in crate::domain) fn each_record_text(
                &mut self,
                each: &mut dyn FnMut(&RecordId, Option<RecordField>, &mut String),
            ) {
                $(for record in &mut self.$list {
                    let id = record.id.clone();
                    for field in <$name as Fields>::FIELDS {
                        if let Some(text) = record.field_mut(*field) {
                            each(&id, Some(*field), text);
                        }
                    }
                    record.copies().into_iter().for_each(|text| each(&id, None, text));
                })+
            }

            /// Takes a person out of every record; says in which, and in which field.
            pub(in crate::domain) fn forget_in_records(
                &mut self,
                person: &PersonId,
            ) -> Vec<(RecordId, Family, RecordField)> {
                let mut found = Vec::new();
                $(for record in &mut self.$list {
                    found.extend(record.forget(person).map(|field| (record.id.clone(), Family::$name, field)));
                })+
                found
            }

            /// Whether a record of this workbook is left out of everything that goes out: it is private, or the line is
            /// in which it was said. Where only its id is known, [`is_record_private`](Self::is_record_private) looks
            /// for it first.
            pub fn keeps_back(&self, record: RecordRef<'_>) -> bool {
                match record {
                    $(RecordRef::$name(record) => record.is_private() || self.was_private(record.said_in())),+
                }
            }

            /// Whether the record with an id is left out of everything that goes out: it is private, or the line is in
            /// which it was said.
            pub fn is_record_private(&self, id: &RecordId) -> bool {
                $(if let Some(record) = self.$list.iter().find(|record| record.id == *id) {
                    return record.is_private() || self.was_private(record.said_in());
                })+
                false
            }

            /// Where a record was said, whatever its family.
            pub fn said_in(&self, id: &RecordId) -> Option<&SaidIn> {
                $(if let Some(record) = self.$list.iter().find(|record| record.id == *id) {
                    return record.said_in();
                })+
                None
            }

            /// How many records a family has.
            pub fn how_many(&self, family: Family) -> usize {
                match family { $(Family::$name => self.$list.len()),+ }
            }

            /// The records of a family, in order, where they stand.
            pub fn each(&self, family: Family) -> Box<dyn DoubleEndedIterator<Item = RecordRef<'_>> + '_> {
                match family { $(Family::$name => Box::new(self.$list.iter().map(RecordRef::$name))),+ }
            }

            /// Copies of the records of a family, in order; [`each`](Self::each) is for reading them.
            pub fn records(&self, family: Family) -> Vec<AnyRecord> {
                match family { $(Family::$name => self.$list.iter().cloned().map(AnyRecord::$name).collect()),+ }
            }

            /// Whether a record of whatever family has this id.
            pub(in crate::domain) fn has_record(&self, id: &RecordId) -> bool {
                false $(|| self.$list.iter().any(|record| record.id == *id))+
            }

            /// A record of a family, as it is now.
            pub fn record(&self, family: Family, id: &RecordId) -> Option<AnyRecord> {
                match family {
                    $(Family::$name => self.$list.iter().find(|r| r.id == *id).cloned().map(AnyRecord::$name)),+
                }
            }

            pub(in crate::domain) fn insert_record(&mut self, record: AnyRecord, place: usize) {
                match record {
                    $(AnyRecord::$name(record) => self.$list.insert(place.min(self.$list.len()), record)),+
                }
            }

            pub(in crate::domain) fn remove_record(&mut self, family: Family, id: &RecordId) -> Option<(AnyRecord, usize)> {
                match family {
                    $(Family::$name => {
                        let place = self.$list.iter().position(|record| record.id == *id)?;
                        Some((AnyRecord::$name(self.$list.remove(place)), place))
                    })+
                }
            }

            /// Calls with the list of a family, to put it into another order.
            pub(in crate::domain) fn sort_records(
                &mut self,
                family: Family,
                rank: &dyn Fn(&RecordId) -> Option<usize>,
            ) {
                match family {
                    $(Family::$name => {
                        crate::domain::compare::in_order(&mut self.$list, |record| rank(&record.id));
                    })+
                }
            }

            pub(in crate::domain) fn replace_record(&mut self, record: AnyRecord) -> Option<AnyRecord> {
                match record {
                    $(AnyRecord::$name(record) => {
                        let there = self.$list.iter_mut().find(|there| there.id == record.id)?;
                        Some(AnyRecord::$name(std::mem::replace(there, record)))
                    })+
                }
            }
        }
    };
}

pub(super) use families;
