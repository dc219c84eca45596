//! The places that hold text a person types: titles, names, the voices of an answer.

use serde::{Deserialize, Serialize};

use super::id::{PartnerId, PersonId, QuestionId, RecordId};
use super::partnership::StateField;
use super::people::{PartnerField, PersonField};
use super::record::RecordField;

/// The most bytes that one place may hold. Longer texts belong in a file of their own.
pub const FIELD_LIMIT: usize = 200 * 1024;

/// A place that holds text. Every place can be spliced; none is drafted anywhere else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TextPlace {
    /// The workbook's title.
    Title,
    /// What the partnership is for, in a line.
    Purpose,
    /// One voice of the answer to a question.
    Voice(QuestionId, VoiceKey),
    /// A text of a partner, our own side included.
    Partner(PartnerId, PartnerField),
    /// A text of a person.
    Person(PersonId, PersonField),
    /// A text of a change of state, by its place in the log, counted from 0.
    State(usize, StateField),
    /// A text of a record.
    Record(RecordId, RecordField),
    /// A line of a call: the call, then the line.
    Line(RecordId, RecordId),
}

/// Whose words a text of an answer holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum VoiceKey {
    /// What we think.
    Ours,
    /// What a partner said, or what we believe they would say.
    Theirs(PartnerId),
    /// Wording that all accept.
    Agreed,
}

impl TextPlace {
    /// Whether the place takes more than one line.
    pub fn is_prose(&self) -> bool {
        match self {
            Self::Voice(..) => true,
            Self::State(_, field) => field.is_prose(),
            Self::Record(_, field) => field.is_prose(),
            _ => false,
        }
    }
}
