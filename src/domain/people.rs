//! Partners and people: enough for names and voices.
//!
//! Our own side is a [`Partner`] like the others, with the id [`PartnerId::us`]. Nobody is ever erased by an ordinary
//! edit: what is removed becomes a [`Binned`] record and can be brought back.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::call::Line;
use super::id::{PartnerId, PersonId, RecordId};
use super::is_false;
use super::record::AnyRecord;

/// An organisation, group or person on one side of the partnership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Names it for ever.
    pub id: PartnerId,
    /// What it is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What sort of body it is, in the person's own words: "charity", "school".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// How to reach it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reach: String,
    /// When it is busy, what limits it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub busy: String,
    /// How far it has come in this partnership.
    #[serde(default, skip_serializing_if = "PartnerStatus::is_default")]
    pub status: PartnerStatus,
    /// How deep its involvement is in each phase: a level by the id that it has in `assets/levels.ron`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub levels: BTreeMap<Phase, String>,
    /// Which type of partnership is meant with it in each phase, by the id that it has in `assets/types.ron`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<Phase, String>,
    /// How many people it has, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub size: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Who is paid there, who gives their time.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub paid: String,
    /// What it cannot do, and what must not be asked of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub limits: String,
    /// How we came across it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub found_via: String,
    /// Who introduced us.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub introduced_by: String,
}

/// How far a partner has come in this partnership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum PartnerStatus {
    /// Somebody thought of it.
    Idea,
    /// We wrote or rang.
    Approached,
    /// We are talking.
    Talking,
    /// It takes part.
    #[default]
    In,
    /// It rests.
    Paused,
    /// It has left.
    Left,
}

impl PartnerStatus {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 6] =
        [Self::Idea, Self::Approached, Self::Talking, Self::In, Self::Paused, Self::Left];

    /// The words that a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Idea => "an idea so far",
            Self::Approached => "approached",
            Self::Talking => "talking",
            Self::In => "takes part",
            Self::Paused => "resting",
            Self::Left => "has left",
        }
    }

    // serde asks for a reference
    #[allow(clippy::trivially_copy_pass_by_ref)]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// The three parts of the cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Scoping, finding, building.
    GettingStarted,
    /// Governing, delivering, reviewing.
    WorkingTogether,
    /// Revising, sustaining, ending.
    WhatNext,
}

impl Phase {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::GettingStarted, Self::WorkingTogether, Self::WhatNext];

    /// The words that a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::GettingStarted => "Getting started",
            Self::WorkingTogether => "Working together",
            Self::WhatNext => "What next",
        }
    }
}

impl Partner {
    /// A partner of which only the name is known.
    pub fn named(id: PartnerId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            kind: String::new(),
            reach: String::new(),
            busy: String::new(),
            status: PartnerStatus::default(),
            levels: BTreeMap::new(),
            types: BTreeMap::new(),
            size: String::new(),
            place: String::new(),
            paid: String::new(),
            limits: String::new(),
            found_via: String::new(),
            introduced_by: String::new(),
        }
    }

    /// One of its texts.
    pub fn field(&self, field: PartnerField) -> &str {
        match field {
            PartnerField::Name => &self.name,
            PartnerField::Kind => &self.kind,
            PartnerField::Reach => &self.reach,
            PartnerField::Busy => &self.busy,
            PartnerField::Limits => &self.limits,
            PartnerField::Size => &self.size,
            PartnerField::Place => &self.place,
            PartnerField::Paid => &self.paid,
            PartnerField::FoundVia => &self.found_via,
            PartnerField::IntroducedBy => &self.introduced_by,
        }
    }

    pub(in crate::domain) fn field_mut(&mut self, field: PartnerField) -> &mut String {
        match field {
            PartnerField::Name => &mut self.name,
            PartnerField::Kind => &mut self.kind,
            PartnerField::Reach => &mut self.reach,
            PartnerField::Busy => &mut self.busy,
            PartnerField::Limits => &mut self.limits,
            PartnerField::Size => &mut self.size,
            PartnerField::Place => &mut self.place,
            PartnerField::Paid => &mut self.paid,
            PartnerField::FoundVia => &mut self.found_via,
            PartnerField::IntroducedBy => &mut self.introduced_by,
        }
    }
}

/// The texts of a partner, in the order of its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PartnerField {
    /// What it is called.
    Name,
    /// What sort of body it is.
    Kind,
    /// How to reach it.
    Reach,
    /// When it is busy.
    Busy,
    /// What it cannot do.
    Limits,
    /// How many people it has.
    Size,
    /// Where it is.
    Place,
    /// Who is paid, who gives their time.
    Paid,
    /// How we came across it.
    FoundVia,
    /// Who introduced us.
    IntroducedBy,
}

impl PartnerField {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Kind,
        Self::Reach,
        Self::Busy,
        Self::Limits,
        Self::Size,
        Self::Place,
        Self::Paid,
        Self::FoundVia,
        Self::IntroducedBy,
    ];

    /// The label that a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Kind => "Kind",
            Self::Reach => "How to reach them",
            Self::Busy => "Busy seasons",
            Self::Limits => "Limits",
            Self::Size => "Size",
            Self::Place => "Place",
            Self::Paid => "Paid and volunteers",
            Self::FoundVia => "Found via",
            Self::IntroducedBy => "Introduced by",
        }
    }
}

/// Somebody at a partner, or at our own side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Names the person for ever.
    pub id: PersonId,
    /// The side the person belongs to.
    pub partner: PartnerId,
    /// What the person is called here; a role does as well as a name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What the person does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// How and when the person likes to be reached.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reach: String,
    /// For whom the person stands in, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub deputy_for: String,
    /// Since when they have been there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// When they left; `None` while they are there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Date>,
    /// They are at home on both sides, and carry things across.
    #[serde(default, skip_serializing_if = "is_false")]
    pub crosses: bool,
    /// What to bear in mind. It is sensitive: it leaves the workbook with no export.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Person {
    /// A person of whom only the name and the side are known.
    pub fn named(id: PersonId, partner: PartnerId, name: impl Into<String>) -> Self {
        Self {
            id,
            partner,
            name: name.into(),
            role: String::new(),
            reach: String::new(),
            deputy_for: String::new(),
            since: None,
            left: None,
            crosses: false,
            note: String::new(),
        }
    }

    /// Whether they are there on a day: they have not left by then.
    pub fn is_there(&self, today: Date) -> bool {
        self.left.is_none_or(|left| left > today)
    }

    /// One of the person's texts.
    pub fn field(&self, field: PersonField) -> &str {
        match field {
            PersonField::Name => &self.name,
            PersonField::Role => &self.role,
            PersonField::Reach => &self.reach,
            PersonField::DeputyFor => &self.deputy_for,
            PersonField::Note => &self.note,
        }
    }

    pub(in crate::domain) fn field_mut(&mut self, field: PersonField) -> &mut String {
        match field {
            PersonField::Name => &mut self.name,
            PersonField::Role => &mut self.role,
            PersonField::Reach => &mut self.reach,
            PersonField::DeputyFor => &mut self.deputy_for,
            PersonField::Note => &mut self.note,
        }
    }
}

/// The texts of a person, in the order of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PersonField {
    /// What the person is called.
    Name,
    /// What the person does.
    Role,
    /// How the person likes to be reached.
    Reach,
    /// For whom the person stands in.
    DeputyFor,
    /// What to bear in mind.
    Note,
}

impl PersonField {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Name, Self::Role, Self::Reach, Self::DeputyFor, Self::Note];

    /// The label that a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Name or role",
            Self::Role => "What they do",
            Self::Reach => "How they like to be reached",
            Self::DeputyFor => "Stands in for",
            Self::Note => "To bear in mind, never sent",
        }
    }
}

/// Something that was removed and can be brought back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Binned {
    /// A partner. What it said stays in the answers, out of sight, until it returns.
    Partner {
        /// The partner as it was.
        partner: Partner,
        /// The day it was removed.
        on: Date,
        /// Its place among the partners, from 0.
        place: usize,
    },
    /// A person.
    Person {
        /// The person as they were.
        person: Person,
        /// The day of the removal.
        on: Date,
        /// Their place among the people, from 0.
        place: usize,
    },
    /// A record of another family.
    Record {
        /// The record as it was.
        record: Box<AnyRecord>,
        /// The day of the removal.
        on: Date,
        /// Its place in its family, from 0.
        place: usize,
    },
    /// A line of a call.
    Line {
        /// The call.
        call: RecordId,
        /// The line as it was.
        line: Line,
        /// The day of the removal.
        on: Date,
        /// Its place in the call, from 0.
        place: usize,
    },
}

/// What something in the bin is, by its ids: no two things in a bin have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::domain) enum BinKey<'b> {
    Partner(&'b PartnerId),
    Person(&'b PersonId),
    Record(&'b RecordId),
    Line(&'b RecordId, &'b RecordId),
}

impl Binned {
    /// What it is, by its ids.
    pub(in crate::domain) fn key(&self) -> BinKey<'_> {
        match self {
            Self::Partner { partner, .. } => BinKey::Partner(&partner.id),
            Self::Person { person, .. } => BinKey::Person(&person.id),
            Self::Record { record, .. } => BinKey::Record(record.id()),
            Self::Line { call, line, .. } => BinKey::Line(call, &line.id),
        }
    }

    /// What it is called, or its first words.
    pub fn name(&self) -> &str {
        match self {
            Self::Partner { partner, .. } => &partner.name,
            Self::Person { person, .. } => &person.name,
            Self::Record { record, .. } => {
                let texts = record.family().fields().iter().filter_map(|field| record.field(*field));
                texts.into_iter().find(|text| !text.trim().is_empty()).unwrap_or(record.family().word())
            }
            Self::Line { line, .. } => &line.text,
        }
    }

    /// The day of the removal.
    pub fn on(&self) -> Date {
        match self {
            Self::Partner { on, .. }
            | Self::Person { on, .. }
            | Self::Record { on, .. }
            | Self::Line { on, .. } => *on,
        }
    }
}
