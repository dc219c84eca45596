//! A side or a person, as a row of the list and as a form of fields.

use std::collections::BTreeMap;

use crate::command::Ctx;
use crate::content::types::Named;
use crate::domain::{
    Edit, Partner, PartnerField, PartnerId, PartnerStatus, Person, PersonField, PersonId, Phase, TextPlace,
    Workbook,
};
use crate::screen::form::FormField;
use crate::screen::words;

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A partner, or our own side.
    Side(PartnerId),
    /// Somebody at the side above.
    Person(PersonId),
}

/// Our side with its people, then each partner with theirs, then people who belong to no side yet.
pub fn entries(workbook: &Workbook) -> Vec<Entry> {
    let mut entries = Vec::new();
    for side in std::iter::once(workbook.us()).chain(workbook.partners()) {
        entries.push(Entry::Side(side.id.clone()));
        entries.extend(workbook.people_of(&side.id).map(|person| Entry::Person(person.id.clone())));
    }
    let unsorted = PartnerId::unsorted();
    let mut to_sort = workbook.people_of(&unsorted).map(|person| Entry::Person(person.id.clone())).peekable();
    if to_sort.peek().is_some() {
        entries.push(Entry::Side(unsorted.clone()));
        entries.extend(to_sort);
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
            Self::Side(id) if id.is_unsorted() => "To sort out",
            Self::Side(_) => "A partner without a name",
            Self::Person(_) => "Somebody without a name",
        };
        words::or(name, otherwise).to_owned()
    }

    /// What it is, in words: "our side", "a partner", "producer, at City Museum".
    pub fn about(&self, workbook: &Workbook) -> String {
        match self {
            Self::Side(id) if id.is_unsorted() => {
                "People who gave a name and belong to no side yet".to_owned()
            }
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
                    Some(side) if side.is_unsorted() => "a side to be sorted out".to_owned(),
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
    pub fn fields(&self, workbook: &Workbook, ctx: &Ctx<'_>) -> Vec<FormField> {
        match self {
            Self::Side(id) => workbook.partner(id).map_or_else(Vec::new, |p| side_fields(p, ctx)),
            Self::Person(id) => workbook.person(id).map_or_else(Vec::new, person_fields),
        }
    }
}

fn side_fields(side: &Partner, ctx: &Ctx<'_>) -> Vec<FormField> {
    let text = |&field: &PartnerField| {
        let place = TextPlace::Partner(side.id.clone(), field);
        FormField::text(side_label(&side.id, field), side_hint(field), place)
    };
    let mut fields: Vec<FormField> = PartnerField::ALL.iter().map(text).collect();
    if side.id.is_us() {
        return fields;
    }
    let status = |status: PartnerStatus| {
        (status.words().to_owned(), Edit::SetPartner(Box::new(Partner { status, ..side.clone() })))
    };
    let states = PartnerStatus::ALL.into_iter().map(status).collect();
    fields.push(FormField::choice("How far it has come", side.status.words(), states));
    for what in PerPhase::ALL {
        for phase in Phase::ALL {
            let (label, now) = (what.label(phase), what.now(side, phase, ctx));
            fields.push(FormField::choice(label, now, what.options(side, phase, ctx)));
        }
    }
    fields
}

/// What is said of a partner for each part of the cycle.
#[derive(Clone, Copy)]
enum PerPhase {
    Type,
    Level,
}

impl PerPhase {
    const ALL: [Self; 2] = [Self::Type, Self::Level];

    fn label(self, phase: Phase) -> &'static str {
        match (self, phase) {
            (Self::Type, Phase::GettingStarted) => "Type, getting started",
            (Self::Type, Phase::WorkingTogether) => "Type, working together",
            (Self::Type, Phase::WhatNext) => "Type, what next",
            (Self::Level, Phase::GettingStarted) => "Level, getting started",
            (Self::Level, Phase::WorkingTogether) => "Level, working together",
            (Self::Level, Phase::WhatNext) => "Level, what next",
        }
    }

    fn of(self, side: &mut Partner) -> &mut BTreeMap<Phase, String> {
        match self {
            Self::Type => &mut side.types,
            Self::Level => &mut side.levels,
        }
    }

    fn named<'c>(self, ctx: &Ctx<'c>) -> &'c [Named] {
        match self {
            Self::Type => ctx.content.types(),
            Self::Level => ctx.content.levels(),
        }
    }

    /// What is said now; empty where nobody has said.
    fn now(self, side: &Partner, phase: Phase, ctx: &Ctx<'_>) -> String {
        let mut side = side.clone();
        let id = self.of(&mut side).remove(&phase);
        let named = self.named(ctx).iter().find(|named| Some(&named.id) == id.as_ref());
        named.map(|named| named.name.clone()).or(id).unwrap_or_default()
    }

    fn options(self, side: &Partner, phase: Phase, ctx: &Ctx<'_>) -> Vec<(String, Edit)> {
        let with = |id: Option<&str>| {
            let mut side = side.clone();
            let said = self.of(&mut side);
            match id {
                Some(id) => said.insert(phase, id.to_owned()),
                None => said.remove(&phase),
            };
            Edit::SetPartner(Box::new(side))
        };
        let named = self.named(ctx).iter().map(|named| (named.name.clone(), with(Some(&named.id))));
        named.chain([("not said yet".to_owned(), with(None))]).collect()
    }
}

fn person_fields(person: &Person) -> Vec<FormField> {
    let text = |&field: &PersonField| {
        let place = TextPlace::Person(person.id.clone(), field);
        FormField::text(field.label(), person_hint(field), place)
    };
    let mut fields: Vec<FormField> = PersonField::ALL.iter().map(text).collect();
    let (since, left) = (person.clone(), person.clone());
    fields.extend([
        FormField::day("There since", person.since, move |on| {
            Edit::SetPerson(Box::new(Person { since: on, ..since.clone() }))
        }),
        FormField::day("Left", person.left, move |on| {
            Edit::SetPerson(Box::new(Person { left: on, ..left.clone() }))
        }),
        FormField::flag(
            "At home on both sides",
            person.crosses,
            Edit::SetPerson(Box::new(Person { crosses: !person.crosses, ..person.clone() })),
        ),
    ]);
    fields
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
