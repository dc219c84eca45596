//! What one side said that it would do for the other.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::call::SaidIn;
use super::id::{PartnerId, PersonId, RecordId};
use super::is_false;

/// What has become of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum PromiseState {
    /// Still owed.
    #[default]
    Open,
    /// Still owed, on other terms than at first.
    Renegotiated,
    /// Done.
    Kept,
    /// Both sides no longer ask for it.
    LetGo,
    /// It was not done, and will not be.
    Broken,
}

impl PromiseState {
    /// All states, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Open, Self::Kept, Self::Renegotiated, Self::LetGo, Self::Broken];

    /// The word that a person reads.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Renegotiated => "renegotiated",
            Self::Kept => "kept",
            Self::LetGo => "let go",
            Self::Broken => "broken",
        }
    }

    /// Whether it is still owed.
    pub fn is_owed(self) -> bool {
        matches!(self, Self::Open | Self::Renegotiated)
    }
}

/// A promise, in either direction.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Promise {
    /// Names it for ever.
    pub id: RecordId,
    /// The side that promised.
    pub by: PartnerId,
    /// The person who will do it, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_person: Option<PersonId>,
    /// The side to which it was promised.
    pub to: PartnerId,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Date>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_in: Option<SaidIn>,
    /// The walk on which it was made, where it was made on one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk: Option<RecordId>,
    /// What has become of it.
    #[serde(default)]
    pub state: PromiseState,
    /// The day of the last change of its state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Date>,
    /// Left out of every message and export.
    #[serde(default, skip_serializing_if = "is_false")]
    pub private: bool,
    /// What was promised.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
    /// What became of it, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Promise {
    /// An open promise.
    pub fn new(id: RecordId, by: PartnerId, to: PartnerId, what: impl Into<String>) -> Self {
        Self {
            id,
            by,
            by_person: None,
            to,
            made: None,
            due: None,
            said_in: None,
            walk: None,
            state: PromiseState::Open,
            changed: None,
            private: false,
            what: what.into(),
            note: String::new(),
        }
    }

    /// Whether our own side owes it.
    pub fn is_ours(&self) -> bool {
        self.by.is_us()
    }

    /// Whether it is still owed.
    pub fn is_owed(&self) -> bool {
        self.state.is_owed()
    }
}
