//! What happened to a workbook, as it is written to the journal: its names and fields are part of the file format. What it
//! means for the history is in `book.rs`.

use jiff::Timestamp;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::domain::edit::Edit;

/// One thing that happened to a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Counts from 1 over the whole life of the workbook. Order comes from here, never from the clock.
    #[serde(deserialize_with = "counted")]
    pub seq: u64,
    /// When it happened, by the clock of the day.
    pub at: Timestamp,
    /// What happened.
    pub act: Act,
}

/// What a record did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
// nearly all are the large one
#[allow(clippy::large_enum_variant)]
pub enum Act {
    /// An edit was carried out.
    Do {
        /// Edits of one step share its number; they are undone together.
        #[serde(deserialize_with = "counted")]
        step: u64,
        /// The edit.
        edit: Edit,
        /// What takes it back.
        inverse: Edit,
        /// It came from outside and not from a key: undo passes over it.
        #[serde(default, skip_serializing_if = "is_false")]
        came_in: bool,
    },
    /// The last step was undone.
    Undo,
    /// The last step undone was done again.
    Redo,
    /// The last step of the person was undone, past what came in after it.
    UndoPast {
        /// The step.
        #[serde(deserialize_with = "counted")]
        step: u64,
        /// Its edits with their inverses, as they are on top of what came in.
        edits: Vec<(Edit, Edit)>,
    },
    /// The last step undone was done again, past what came in since.
    RedoPast {
        /// The step.
        #[serde(deserialize_with = "counted")]
        step: u64,
        /// Its edits with their inverses, as they are on top of what came in.
        edits: Vec<(Edit, Edit)>,
    },
}

fn is_false(yes: &bool) -> bool {
    !yes
}

/// No workbook counts further than this. Ten thousand records a second would take fourteen million years.
pub(crate) const MOST_COUNTED: u64 = u64::MAX / 4;

/// A number of records or steps. One that nobody counts up to is refused, so that counting on never runs over.
pub(crate) fn counted<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    let number = u64::deserialize(from)?;
    if number > MOST_COUNTED {
        return Err(D::Error::custom("this number is larger than any that is counted"));
    }
    Ok(number)
}
