//! Partners and people: enough for names and voices.
//!
//! Our own side is a [`Partner`] like the others, with the id [`PartnerId::us`]. Nobody is ever erased by an ordinary
//! edit: what is removed becomes a [`Binned`] record and can be brought back.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::id::{PartnerId, PersonId};

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
}

impl Partner {
    /// A partner of which only the name is known.
    pub fn named(id: PartnerId, name: impl Into<String>) -> Self {
        Self { id, name: name.into(), kind: String::new(), reach: String::new(), busy: String::new() }
    }

    /// One of its texts.
    pub fn field(&self, field: PartnerField) -> &str {
        match field {
            PartnerField::Name => &self.name,
            PartnerField::Kind => &self.kind,
            PartnerField::Reach => &self.reach,
            PartnerField::Busy => &self.busy,
        }
    }

    pub(in crate::domain) fn field_mut(&mut self, field: PartnerField) -> &mut String {
        match field {
            PartnerField::Name => &mut self.name,
            PartnerField::Kind => &mut self.kind,
            PartnerField::Reach => &mut self.reach,
            PartnerField::Busy => &mut self.busy,
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
}

impl PartnerField {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Name, Self::Kind, Self::Reach, Self::Busy];

    /// The label that a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Kind => "Kind",
            Self::Reach => "How to reach them",
            Self::Busy => "Busy times, limits",
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
        }
    }

    /// One of the person's texts.
    pub fn field(&self, field: PersonField) -> &str {
        match field {
            PersonField::Name => &self.name,
            PersonField::Role => &self.role,
            PersonField::Reach => &self.reach,
            PersonField::DeputyFor => &self.deputy_for,
        }
    }

    pub(in crate::domain) fn field_mut(&mut self, field: PersonField) -> &mut String {
        match field {
            PersonField::Name => &mut self.name,
            PersonField::Role => &mut self.role,
            PersonField::Reach => &mut self.reach,
            PersonField::DeputyFor => &mut self.deputy_for,
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
}

impl PersonField {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Name, Self::Role, Self::Reach, Self::DeputyFor];

    /// The label that a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Name or role",
            Self::Role => "What they do",
            Self::Reach => "How they like to be reached",
            Self::DeputyFor => "Stands in for",
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
}

impl Binned {
    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::Partner { partner, .. } => &partner.name,
            Self::Person { person, .. } => &person.name,
        }
    }

    /// The day of the removal.
    pub fn on(&self) -> Date {
        match self {
            Self::Partner { on, .. } | Self::Person { on, .. } => *on,
        }
    }
}
