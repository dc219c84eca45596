//! The workbooks there are, as the screens show them: plain data that somebody else has read.

use jiff::Timestamp;

use crate::domain::query::Digest;
use crate::domain::{PartnershipState, TextPlace, WorkbookId};

/// What the library shows of one workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its id.
    pub id: WorkbookId,
    /// What the person calls it.
    pub title: String,
    /// The state of the partnership.
    pub state: PartnershipState,
    /// The partners' names.
    pub partners: Vec<String>,
    /// When it was last changed.
    pub changed: Option<Timestamp>,
    /// Whether it is a copy of the worked example, which is never counted.
    pub example: bool,
    /// Who owes what, when there was contact, what has a day.
    pub digest: Digest,
    /// Why it cannot be read, in words, where it cannot.
    pub trouble: Option<String>,
}

/// The workbooks there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shelf {
    /// Those that have been read so far, last changed first.
    pub workbooks: Vec<Summary>,
    /// Whether all have been read.
    pub complete: bool,
    /// Workbooks in the bin.
    pub binned: Vec<Summary>,
    /// Notes that wait in the inbox, oldest first.
    pub jots: Vec<Note>,
    /// The folder that holds it all, for a person to read.
    pub folder: String,
    /// Folder proposed for documents, for a person to read and change.
    pub documents: String,
}

impl Shelf {
    /// Whether a person has nothing here yet: no workbook of their own and no example.
    pub fn is_empty(&self) -> bool {
        self.complete && self.workbooks.is_empty()
    }
}

/// A note that waits in the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When it was jotted.
    pub at: Timestamp,
    /// What it says.
    pub text: String,
}

/// Something the world answered that a layer on the screen may want to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Places found in other workbooks, for the words given.
    Found {
        /// The words that were looked for.
        words: String,
        /// What was found so far.
        hits: Vec<FoundIn>,
        /// Whether every workbook has been looked through.
        complete: bool,
    },
}

/// A place found in some workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundIn {
    /// The workbook.
    pub workbook: WorkbookId,
    /// Its title.
    pub title: String,
    /// The place in it.
    pub place: TextPlace,
    /// The line around the words.
    pub line: String,
}
