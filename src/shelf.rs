//! The workbooks there are, as the screens show them: plain data that somebody else has read.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::query::Digest;
use std::collections::HashSet;

use crate::domain::{PartnershipState, RecordId, Tag, TextPlace, Workbook, WorkbookId};

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

    /// Takes in what has happened in the inbox: notes that came or have changed, and names that are not there any more.
    pub fn follow_inbox(&mut self, came: Vec<Note>, gone: &[String]) {
        let leave: HashSet<&str> =
            came.iter().map(|note| note.name.as_str()).chain(gone.iter().map(String::as_str)).collect();
        self.jots.retain(|note| !leave.contains(note.name.as_str()));
        self.jots.extend(came);
        // those of one moment stay in the order in which they came
        self.jots.sort_by_key(|note| note.at);
    }

    /// What a workbook is called, where it is on the shelf and has a title.
    pub fn title_of(&self, id: &WorkbookId) -> Option<&str> {
        let listed = self.workbooks.iter().find(|workbook| workbook.id == *id)?;
        Some(listed.title.as_str()).filter(|title| !title.trim().is_empty())
    }
}

/// A note that waits in the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The name of its file, which names it in the inbox.
    pub name: String,
    /// The id of the line that it becomes.
    pub id: RecordId,
    /// When it was jotted; `None` where it cannot be read.
    pub at: Option<Timestamp>,
    /// The workbook it is meant for, where somebody said so.
    pub to: Option<WorkbookId>,
    /// What it is.
    pub tag: Option<Tag>,
    /// Left out of every message and export.
    pub private: bool,
    /// What it says; why it cannot be read, where it cannot.
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
    /// The days at whose end the open workbook can be shown as it was, newest first.
    Days {
        /// The days.
        days: Vec<Date>,
        /// How many versions are kept that cannot be read.
        unreadable: usize,
    },
    /// How the open workbook was at the end of a day.
    AsItWas {
        /// The day.
        day: Date,
        /// The day of the last change that it holds, where later ones may be missing.
        only_up_to: Option<Date>,
        /// The workbook as it was.
        workbook: Arc<Workbook>,
    },
    /// Why its past cannot be shown, in words.
    NoPast(String),
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
