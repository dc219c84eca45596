//! The workbooks there are, as the screens show them: plain data that somebody else has read.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::domain::{PartnerId, RecordId, Tag, TextPlace, Workbook, WorkbookId};
use crate::order::InOrder;

pub use crate::domain::query::Summary;

/// The workbooks there are. Each is shared with whoever read it, since there may be ten thousand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shelf {
    /// Those that have been read so far, last changed first.
    pub workbooks: Vec<Arc<Summary>>,
    /// Whether all have been read.
    pub complete: bool,
    /// Workbooks in the bin.
    pub binned: Vec<Arc<Summary>>,
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
        self.jots.order_by_key(|note| note.at);
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
    /// What can be set beside the open workbook, newest first.
    Others {
        /// The others.
        others: Vec<Other>,
        /// How many versions are kept that cannot be read.
        unreadable: usize,
    },
    /// One of them, read.
    Beside {
        /// Which.
        other: Other,
        /// The day of the last change that it holds, where later ones may be missing.
        only_up_to: Option<Date>,
        /// It, as a workbook; of a copy that came back from a partner, what it says laid over the open one.
        workbook: Arc<Workbook>,
        /// The partner whose copy it is, where it is one that came back.
        from: Option<PartnerId>,
    },
    /// Why nothing can be set beside it, in words.
    NoPast(String),
}

/// What a workbook can be set beside.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Which {
    /// Itself at the end of a day.
    Day(Date),
    /// A version that is kept in its history, by the name of its file.
    Kept(String),
    /// Another copy in its folder, by the name of its file.
    Copy(String),
    /// A file elsewhere, by its path.
    File(String),
}

/// Something that a workbook can be set beside, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// What it is.
    pub which: Which,
    /// How it came to be.
    pub origin: Origin,
    /// When it last changed, where the person is; `None` where nothing says so.
    pub changed: Option<DateTime>,
    /// Why it cannot be shown, in words.
    pub trouble: Option<String>,
}

/// How something that a workbook can be set beside came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It was the workbook, on a day.
    Past,
    /// Another program had left it in place of ours.
    Theirs,
    /// It was ours, and another program's took its place.
    Replaced,
    /// It lies beside the workbook.
    Copy,
    /// It lay there, and was put away.
    PutAway,
    /// Somebody chose the file.
    File,
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
