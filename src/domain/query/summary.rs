//! What the list of workbooks tells of one of them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Digest;
use crate::domain::{PartnershipState, Workbook, WorkbookId};

/// What the library shows of one workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Its id; made from the folder's name where the workbook cannot be read.
    pub id: WorkbookId,
    /// What the person calls it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The state of the partnership.
    #[serde(default)]
    pub state: PartnershipState,
    /// The partners' names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<String>,
    /// When it was last changed, where it says so.
    #[serde(default)]
    pub changed: Option<Timestamp>,
    /// Whether it is a copy of the worked example, which is never counted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub example: bool,
    /// Who owes what, when there was contact, what has a day.
    #[serde(default, skip_serializing_if = "Digest::is_empty")]
    pub digest: Digest,
    /// Why it cannot be read, in words, where it cannot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}

impl Summary {
    /// What there is to tell of a workbook that was last changed then.
    pub fn of(workbook: &Workbook, changed: Option<Timestamp>) -> Self {
        Self {
            id: workbook.id().clone(),
            title: workbook.title().to_owned(),
            state: workbook.state(),
            partners: workbook.partners().iter().map(|p| p.name.clone()).collect(),
            changed,
            example: workbook.is_example(),
            digest: Digest::of(workbook),
            trouble: None,
        }
    }
}
