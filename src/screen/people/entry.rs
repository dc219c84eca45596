//! A side or a person, as a row of the list and as a form of fields.

use crate::domain::{PartnerField, PartnerId, PersonField, PersonId, TextPlace, Workbook};
use crate::screen::words;

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A partner, or our own side.
    Side(PartnerId),
    /// Somebody at the side above.
    Person(PersonId),
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    pub label: &'static str,
    /// What helps to begin, where it is empty.
    pub hint: &'static str,
    pub place: TextPlace,
}

/// Our side with its people, then each partner with theirs.
pub fn entries(workbook: &Workbook) -> Vec<Entry> {
    let mut entries = Vec::new();
    for side in std::iter::once(workbook.us()).chain(workbook.partners()) {
        entries.push(Entry::Side(side.id.clone()));
        entries.extend(workbook.people_of(&side.id).map(|person| Entry::Person(person.id.clone())));
    }
    entries
}

impl Entry {
    /// The row that holds a text, and which of its fields that is.
    pub fn holding(place: &TextPlace) -> Option<(Self, usize)> {
        match place {
            TextPlace::Partner(id, field) => {
                Some((Self::Side(id.clone()), PartnerField::ALL.iter().position(|f| f == field)?))
            }
            TextPlace::Person(id, field) => {
                Some((Self::Person(id.clone()), PersonField::ALL.iter().position(|f| f == field)?))
            }
            _ => None,
        }
    }

    /// The side that this is or belongs to.
    pub fn side(&self, workbook: &Workbook) -> Option<PartnerId> {
        match self {
            Self::Side(id) => Some(id.clone()),
            Self::Person(id) => workbook.person(id).map(|person| person.partner.clone()),
        }
    }

    /// What it is called here.
    pub fn name(&self, workbook: &Workbook) -> String {
        let name = match self {
            Self::Side(id) => workbook.partner(id).map_or("", |p| &p.name),
            Self::Person(id) => workbook.person(id).map_or("", |p| &p.name),
        };
        let otherwise = match self {
            Self::Side(id) if id.is_us() => "Our side",
            Self::Side(_) => "A partner without a name",
            Self::Person(_) => "Somebody without a name",
        };
        words::or(name, otherwise).to_owned()
    }

    /// What it is, in words: "our side", "a partner", "producer, at City Museum".
    pub fn about(&self, workbook: &Workbook) -> String {
        match self {
            Self::Side(id) => {
                let side = if id.is_us() { "Our side" } else { "A partner" };
                match workbook.people_of(id).count() {
                    0 => format!("{side}, nobody named yet"),
                    people => format!("{side}, {}", words::count(people, "person", "people")),
                }
            }
            Self::Person(id) => {
                let side = match self.side(workbook) {
                    Some(side) if side.is_us() => words::or(&workbook.us().name, "our side").to_owned(),
                    Some(side) => Self::Side(side).name(workbook),
                    None => String::new(),
                };
                match workbook.person(id).map_or("", |p| p.role.trim()) {
                    "" => format!("At {side}"),
                    role => format!("{role}, at {side}"),
                }
            }
        }
    }

    /// Its fields, in the order of its form.
    pub fn fields(&self) -> Vec<FormField> {
        match self {
            Self::Side(id) => PartnerField::ALL
                .iter()
                .map(|&field| FormField {
                    label: side_label(id, field),
                    hint: side_hint(field),
                    place: TextPlace::Partner(id.clone(), field),
                })
                .collect(),
            Self::Person(id) => PersonField::ALL
                .iter()
                .map(|&field| FormField {
                    label: field.label(),
                    hint: person_hint(field),
                    place: TextPlace::Person(id.clone(), field),
                })
                .collect(),
        }
    }
}

fn side_label(id: &PartnerId, field: PartnerField) -> &'static str {
    match field {
        PartnerField::Reach if id.is_us() => "How to reach us",
        field => field.label(),
    }
}

fn side_hint(field: PartnerField) -> &'static str {
    match field {
        PartnerField::Name => "what you call it",
        PartnerField::Kind => "charity, school, council, group of friends",
        PartnerField::Reach => "a number, an address, whom to ask for",
        PartnerField::Busy => "term time, the end of the year, Thursdays",
        PartnerField::Limits => "what must not be asked of them",
        PartnerField::Size => "how many people, roughly",
        PartnerField::Place => "where they are",
        PartnerField::Paid => "who is paid, who gives their time",
        PartnerField::FoundVia => "how we came across them",
        PartnerField::IntroducedBy => "who knew both sides",
    }
}

fn person_hint(field: PersonField) -> &'static str {
    match field {
        PersonField::Name => "a role does as well as a name",
        PersonField::Role => "what they do, and what they decide",
        PersonField::Reach => "a call, a message, in the mornings",
        PersonField::DeputyFor => "who steps in for whom",
        PersonField::Note => "leaves the workbook with no export",
    }
}
