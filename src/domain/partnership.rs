//! Where the partnership stands in its life, apart from the cycle: exploring, active, paused, ended.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The state of a partnership. It is separate from the position on the cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum PartnershipState {
    /// Thinking about it, alone or together.
    #[default]
    Exploring,
    /// Trying something small.
    Pilot,
    /// Working together.
    Active,
    /// Resting, with the intention of coming back.
    Paused,
    /// Winding up.
    Ending,
    /// Over.
    Ended,
}

impl PartnershipState {
    /// All states, in the order of a life.
    pub const ALL: [Self; 6] =
        [Self::Exploring, Self::Pilot, Self::Active, Self::Paused, Self::Ending, Self::Ended];

    /// The word that a person reads.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exploring => "Exploring",
            Self::Pilot => "Pilot",
            Self::Active => "Active",
            Self::Paused => "Paused",
            Self::Ending => "Ending",
            Self::Ended => "Ended",
        }
    }
}

/// A change of state, with its reasons as each side gives them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateChange {
    /// The state from then on.
    pub state: PartnershipState,
    /// The day of the change.
    pub on: Date,
    /// Why, as we see it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ours: String,
    /// Why, as the partners see it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub theirs: String,
    /// Who decided; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decided_by: String,
}

/// The state of a partnership and how it came to it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Partnership {
    /// Every change of state, oldest first. Empty means exploring, since the workbook was made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) log: Vec<StateChange>,
}

impl Partnership {
    /// The state now.
    pub fn state(&self) -> PartnershipState {
        self.log.last().map(|change| change.state).unwrap_or_default()
    }

    /// Every change of state, oldest first.
    pub fn log(&self) -> &[StateChange] {
        &self.log
    }
}
