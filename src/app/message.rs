//! What comes into the program, and what it asks of the world. Two closed lists, and the plain data that they carry.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

use crate::command::{Export, NewCall, Words};
use crate::content::Content;
use crate::domain::erase::Erasure;
use crate::domain::{
    Book, IdSource, Partner, QuestionId, Record, RecordId, TextPlace, VoiceKey, Workbook, WorkbookId,
};
use crate::keymap::Chord;
use crate::shelf::{News, Note, Shelf, Which};
use crate::theme::Theme;

/// When something happened: by the clock of the day, and by one that never jumps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// By the clock of the day; it may be wrong, and may go back.
    pub wall: Timestamp,
    /// Since the program started; it only grows.
    pub mono: Duration,
}

/// What comes in.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Chord),
    /// Text was pasted, or arrived too fast to have been typed. It is never read as keys.
    Paste(String),
    /// One line that came at once, and Enter as the last of it: pasted without marks, or typed while the connection or
    /// the machine held the keys back. The line is text; its Enter is the person's wherever a field takes text.
    Line(String),
    /// The terminal has another size, in columns and rows.
    Resized(u16, u16),
    /// A deadline that [`App::deadline`] named has come.
    Tick,
    /// The library has been read, wholly or in part.
    Shelf(Box<Shelf>),
    /// Something has happened in the inbox.
    Jots {
        /// Notes that came, or have changed; oldest first.
        came: Vec<Note>,
        /// Names of notes that are not there any more.
        gone: Vec<String>,
        /// They were there before the program was started, so they are no news.
        before: bool,
    },
    /// A workbook is open.
    Opened(Box<Opened>),
    /// The records up to this one are in the hands of the system: they outlive the program.
    Kept(u64),
    /// The records up to this one are on the disk: they outlive a power cut.
    Synced(u64),
    /// Saving does not work at present: why, and when it last did.
    NotSaved {
        /// What happened and what to do, in words.
        why: String,
    },
    /// Saving works again.
    Mended,
    /// Another window asks for the open workbook, to write in it.
    Wanted,
    /// So many copies lie beside the open workbook that did not before.
    CopiesCame(usize),
    /// Another program has changed the file of the open workbook, and nothing of ours waited to be saved: what it wrote is
    /// the workbook now. Ours was kept in its history under this name.
    Replaced(String),
    /// Another program has changed the file of the open workbook while something of ours waited: ours was saved, and theirs
    /// was kept in its history under this name.
    ChangedOutside(String),
    /// Something a layer asked for.
    News(News),
    /// A line for the person: something was done.
    Done(String),
    /// A line for the person: something could not be done, why, and what to press or do.
    CouldNot(String),
    /// A note could not be put into the inbox: its words go back to the person.
    NotJotted {
        /// The note.
        words: Words,
        /// The workbook that it was meant for; `None` where nobody said.
        to: Option<WorkbookId>,
        /// Why, and what to do.
        why: String,
    },
    /// A file was written.
    Exported {
        /// Which document.
        what: &'static str,
        /// Its full path.
        path: String,
        /// Its text, for copying.
        text: String,
        /// Sentences about what was left out and about words to avoid; may be empty.
        remarks: String,
    },
    /// A file of that name is there already and was not touched.
    ExportExists(Box<Export>),
    /// What was to be brought in is here already.
    ImportExists {
        /// Where it comes from.
        path: String,
        /// The one that is here, where what is brought in is one workbook.
        workbook: Option<WorkbookId>,
        /// The title of the one that is here.
        title: String,
    },
    /// A person's details are gone; the workbook has been opened anew.
    Erased {
        /// How many places of it were changed.
        places: usize,
        /// What still gives the person away, a line each.
        unreached: Vec<String>,
    },
    /// The person's editor is closed and left this text.
    Edited {
        /// The place whose text it is.
        place: TextPlace,
        /// The text as it is now.
        text: String,
    },
}

/// A workbook that was opened, as the app needs it.
#[derive(Debug)]
pub struct Opened {
    /// The workbook and its history.
    pub book: Book,
    /// Why it can only be read, in words; `None` where it may be changed.
    pub reading: Option<String>,
    /// Another window writes in it, and can be asked for it.
    pub held: bool,
    /// When it last changed before it was opened, where that is known.
    pub changed: Option<Timestamp>,
    /// A line to say on opening: what was recovered, what is not as usual. May be empty.
    pub notice: String,
    /// Where the person was.
    pub place: Option<PlaceInBook>,
    /// Somewhere else to go at once.
    pub go: Option<TextPlace>,
    /// Something to set beside it at once.
    pub beside: Option<Which>,
    /// Another one of it of which `notice` tells: looking back leads there first.
    pub told_of: Option<Told>,
    /// A call that is to begin in it at once.
    pub call: Option<NewCall>,
    /// It was made just now, so the entrances come first.
    pub fresh: bool,
    /// The tour is to be shown over it.
    pub tour: bool,
}

/// Another one of the open workbook that a person was told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Copies that lie beside it.
    Copies,
    /// A version in its history, by the name of its file.
    Kept(String),
}

/// Where a person was in a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceInBook {
    /// The screen: `map`, `aspect`, `people`.
    pub screen: String,
    /// The question, on the aspect screen.
    pub question: Option<QuestionId>,
    /// The voice in focus there.
    pub voice: Option<VoiceKey>,
    /// Bytes from the start of its text to the caret.
    pub caret: usize,
    /// The day on which the person was last told how things stand.
    pub welcomed: Option<Date>,
}

/// What the app asks of the world.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keeps records in the journal of the open workbook.
    Append(Vec<Record>),
    /// Folds the journal into the workbook's file.
    Fold,
    /// Forces everything to the disk, then answers with words.
    SaveNow,
    /// Remembers where the person is.
    Remember(PlaceInBook),
    /// Takes notes out of the inbox, by file and id: what they say is on the disk in the open workbook.
    JotsKept(Vec<(String, RecordId)>),
    /// The same for notes whose lines are on the disk once the open workbook has been closed well. Comes before that.
    JotsKeptByClosing(Vec<(String, RecordId)>),
    /// Folds, lets go of the open workbook.
    CloseBook,
    /// Remembers our own side, to be offered to the next workbook.
    OurSide(Box<Partner>),
    /// Keeps the words that stand in prompts and in the jot strip, by what was asked.
    Drafts(BTreeMap<String, String>),
    /// Reads the library.
    ReadShelf,
    /// Something a layer asked the world for.
    Ask(crate::command::Ask),
    /// Writes a document; the open workbook goes along so that the world need not hold one.
    Export {
        /// What is written where.
        export: Box<Export>,
        /// The workbook.
        workbook: Box<Workbook>,
    },
    /// Removes a person's details from a workbook that has been let go of, and opens it anew.
    Erase {
        /// The workbook.
        workbook: WorkbookId,
        /// What is to go.
        erasure: Box<Erasure>,
    },
    /// Opens a workbook anew that has been let go of.
    OpenAgain {
        /// The workbook.
        workbook: WorkbookId,
        /// Why.
        why: Again,
    },
    /// Puts a text on the clipboard.
    Copy(String),
    /// Hands a text to the person's editor.
    Editor {
        /// The place it belongs to.
        place: TextPlace,
        /// The text.
        text: String,
    },
    /// Leaves the program.
    Quit,
}

/// Why a workbook is opened again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// Another window has asked for it: here it is only read from now on.
    HandedOver,
    /// Another program has changed its file. What was here before is in its history under this name.
    Replaced(String),
}

/// What the program needs to know when it starts.
#[derive(Debug)]
pub struct Setup {
    /// Questions and cards, with the person's own wording.
    pub content: Arc<Content>,
    /// Keys, with the person's own.
    pub own_keys: BTreeMap<String, Vec<String>>,
    /// Colours or none.
    pub theme: Theme,
    /// The linear layout.
    pub linear: bool,
    /// The person's time zone.
    pub zone: TimeZone,
    /// Where ids come from.
    pub ids: IdSource,
    /// What is known of the library before it has been read: the rows of the first screen.
    pub shelf: Shelf,
    /// Words that stood in prompts when the program last ended, by what was asked.
    pub drafts: BTreeMap<String, String>,
    /// Lines to say at the start: what is wrong with settings or wording.
    pub troubles: Vec<String>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The time.
    pub now: Moment,
}
