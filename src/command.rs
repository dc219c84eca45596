//! What a person can do, one row each; and what a screen may ask of the program in return.
//!
//! A [`Command`] is the only place where a key is named. Dispatch, the footer, the help page, the palette and
//! `docs/KEYS.md` all read the same rows. Start reading at [`command`]; [`Ctx`] is all that a command sees, [`Outcome`]
//! all that it can ask for.

mod go;
pub mod tags;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

pub use go::{Go, GridOf, Kinds};

use crate::content::Content;
use crate::domain::erase::Erasure;
use crate::domain::{
    Book, Edit, IdSource, PartnerId, QuestionId, RecordId, Tag, TextPlace, Workbook, WorkbookId,
};
use crate::export::Order;
use crate::keymap::Keymap;
use crate::layer::Layer;
use crate::shelf::{Shelf, Which};
use crate::theme::Theme;

/// A named thing that a person can do in the scope `S`.
#[derive(Debug)]
pub struct Command<S: 'static> {
    row: Row,
    run: fn(&mut S, &Ctx<'_>) -> Outcome,
    when: fn(&S, &Ctx<'_>) -> bool,
}

/// What is known about a command without knowing its scope's type: enough to show it and to find its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// `scope.verb`; stable, since a person's own keys refer to it.
    pub name: &'static str,
    /// Keys that run it, the one to show first. Sequences have a space between their keys.
    pub keys: &'static [&'static str],
    /// What it does, as a short sentence without a full stop.
    pub help: &'static str,
    /// Other words by which a person may look for it.
    pub words: &'static str,
    /// Its place and its word in the footer: smaller numbers stay longer on a narrow screen.
    pub footer: Option<(u8, &'static str)>,
    /// The same for the footer while a field takes text; only for what works everywhere.
    pub footer_typing: Option<(u8, &'static str)>,
    /// Whether it would change something, rather than move or open.
    pub changes: bool,
}

impl Row {
    /// The scope, which is the first part of the name.
    pub fn scope(&self) -> &'static str {
        self.name.split('.').next().unwrap_or(self.name)
    }
}

/// A row: name, keys, help, function. Refined with the methods of [`Command`].
pub const fn command<S>(
    name: &'static str,
    keys: &'static [&'static str],
    help: &'static str,
    run: fn(&mut S, &Ctx<'_>) -> Outcome,
) -> Command<S> {
    Command {
        row: Row { name, keys, help, words: "", footer: None, footer_typing: None, changes: false },
        run,
        when: always,
    }
}

fn always<S>(_: &S, _: &Ctx<'_>) -> bool {
    true
}

impl<S> Command<S> {
    /// Shows it in the footer under a word of one to three syllables. Smaller ranks stay longer on a narrow screen: the
    /// way in 1, the way out 2, the next step 3, help 4.
    #[must_use]
    pub const fn footer(mut self, rank: u8, word: &'static str) -> Self {
        self.row.footer = Some((rank, word));
        self
    }

    /// Shows it in the footer while a field takes text.
    #[must_use]
    pub const fn footer_typing(mut self, rank: u8, word: &'static str) -> Self {
        self.row.footer_typing = Some((rank, word));
        self
    }

    /// Says when it applies. Where it does not, it is neither shown nor run.
    #[must_use]
    pub const fn when(mut self, when: fn(&S, &Ctx<'_>) -> bool) -> Self {
        self.when = when;
        self
    }

    /// Other words by which a person may look for it: "print save pdf".
    #[must_use]
    pub const fn words(mut self, words: &'static str) -> Self {
        self.row.words = words;
        self
    }

    /// Marks that it changes something: Alt with its key while typing is answered in words instead of run.
    #[must_use]
    pub const fn changes(mut self) -> Self {
        self.row.changes = true;
        self
    }

    /// The row, for showing.
    pub const fn row(&self) -> Row {
        self.row
    }
}

/// The rows of a scope that apply now.
pub fn rows_that_apply<S>(commands: &'static [Command<S>], scope: &S, ctx: &Ctx<'_>) -> Vec<Row> {
    commands.iter().filter(|c| (c.when)(scope, ctx)).map(Command::row).collect()
}

/// Runs the command of a name, where it applies.
pub fn run_by_name<S>(
    commands: &'static [Command<S>],
    scope: &mut S,
    name: &str,
    ctx: &Ctx<'_>,
) -> Option<Outcome> {
    let command = commands.iter().find(|c| c.row.name == name)?;
    (command.when)(scope, ctx).then(|| (command.run)(scope, ctx))
}

/// Everything that a screen or a command may look at.
#[derive(Clone, Copy)]
pub struct Ctx<'a> {
    /// What the workbook asks and offers.
    pub content: &'a Content,
    /// The open workbook with its history.
    pub book: Option<&'a Book>,
    /// Whether the open workbook may be changed here; false where it was opened to read.
    pub writable: bool,
    /// Whether another window writes in the open workbook, and can be asked for it.
    pub held: bool,
    /// The workbooks there are.
    pub shelf: &'a Shelf,
    /// Which keys run what.
    pub keymap: &'a Keymap,
    /// How things look.
    pub theme: &'a Theme,
    /// The time of the last message.
    pub now: Timestamp,
    /// The calls that go on, by a clock that never jumps; the one in front first.
    pub talks: &'a [Talk],
    /// Where fresh ids come from.
    pub ids: &'a IdSource,
    /// The person's time zone.
    pub zone: &'a TimeZone,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The linear layout, for screen readers and magnifiers.
    pub linear: bool,
    /// Every row that applies on the screen below the overlays and everywhere, for help and palette.
    pub rows: &'a [Row],
    /// Whether the tour is under way.
    pub touring: bool,
    /// Whether something of the open workbook has not reached the disk, and will not by itself.
    pub unsaved: bool,
    /// The question in which something was last written, if any.
    pub last_question: Option<&'a QuestionId>,
    /// Whether the map is seen through another model; for this session only.
    pub lens: &'a std::cell::Cell<bool>,
}

/// A call that goes on, and how late it is on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// The call.
    pub call: RecordId,
    /// The time on the call: its start plus what a clock that never jumps has counted since.
    pub now: Timestamp,
}

impl<'a> Ctx<'a> {
    /// The time on a call that goes on, and the time of day for every other.
    pub fn time_on(&self, call: &RecordId) -> Timestamp {
        self.talks.iter().find(|talk| talk.call == *call).map_or(self.now, |talk| talk.now)
    }

    /// Today, where the person is.
    pub fn today(&self) -> Date {
        self.now.to_zoned(self.zone.clone()).date()
    }

    /// The open workbook.
    pub fn workbook(&self) -> Option<&'a Workbook> {
        self.book.map(Book::workbook)
    }
}

/// What a screen, a pane or an overlay may ask of the program. A closed list: everything else it does to itself alone.
#[derive(Debug)]
// made and used up at once, one at a time
#[allow(clippy::large_enum_variant)]
pub enum Outcome {
    /// Nothing more: what was to be done is done.
    Done,
    /// The key does not fit here; it is answered in words.
    Unused,
    /// Several things, in order.
    All(Vec<Outcome>),
    /// A line for the person.
    Say(String),
    /// One change of the open workbook.
    Edit(Edit),
    /// Several changes that are undone together.
    Edits(Vec<Edit>),
    /// The tour is over.
    EndTour,
    /// Takes back the last step.
    Undo,
    /// Does it again.
    Redo,
    /// A partner of this name joins, and is opened.
    AddPartner(String),
    /// A person of this name joins a side.
    AddPerson(PartnerId, String),
    /// Goes to a place.
    Go(Go),
    /// One step back.
    Back,
    /// Puts a layer on top.
    Open(Box<dyn Layer>),
    /// Takes the top layer away, then does something else.
    Close(Box<Outcome>),
    /// Puts a text on the clipboard.
    Copy(String),
    /// Hands the text of a place to the person's editor.
    Editor(TextPlace),
    /// Runs a command of the screen below, or a global one, by name.
    Run(&'static str),
    /// Asks the world for something.
    Ask(Ask),
}

/// What only the world outside can do; the program hands these on as effects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Makes a workbook with this title and opens it.
    NewWorkbook(String),
    /// Opens a workbook.
    OpenWorkbook(WorkbookId),
    /// Opens a workbook at a place in it.
    OpenAt(WorkbookId, TextPlace),
    /// Makes a private copy of the worked example, where there is none yet, and opens it.
    OpenExample,
    /// Asks the window that holds the open workbook for it, and opens it here to write once that has let go.
    TakeOver(WorkbookId),
    /// Opens the example and shows the tour over it.
    Tour,
    /// Brings in a backup, a workbook folder or a workbook file.
    Import(String),
    /// Brings in what is there already: a copy beside it.
    ImportAsCopy(String),
    /// Puts a workbook into the bin.
    BinWorkbook(WorkbookId),
    /// Brings a workbook back from the bin.
    RestoreWorkbook(WorkbookId),
    /// Puts a line into the inbox.
    Jot {
        /// The words.
        text: String,
        /// The workbook it is meant for; `None` where nobody said.
        to: Option<WorkbookId>,
        /// What it is.
        tag: Option<Tag>,
        /// Left out of every message and export.
        private: bool,
    },
    /// Opens a workbook on a new call.
    CallIn(WorkbookId, NewCall),
    /// Makes a workbook for a call with somebody who is in none, and opens it on that call.
    CallWith(NewCall),
    /// Says for which workbook a note of the inbox is meant, by the name of its file.
    JotTo(String, WorkbookId),
    /// Puts a note of the inbox into the bin, by the name of its file.
    BinJot(String),
    /// Looks for words in all workbooks.
    FindEverywhere(String),
    /// Reads what the open workbook can be set beside: itself on earlier days, other copies, what others made of it; and
    /// one of these.
    Past {
        /// Which; `None` for what matters most: another copy that lies there, or else the newest.
        which: Option<Which>,
        /// Without one: the newest day on which the answer to this question was another.
        question: Option<QuestionId>,
    },
    /// Opens a workbook, with this beside it at once.
    OpenBeside(WorkbookId, Which),
    /// Puts another copy that lies in the open workbook's folder away, into its history, by the name of its file.
    PutAway(String),
    /// Writes a document to a file; never over another unless `over`.
    Export(Box<Export>),
    /// Removes a person's details from the open workbook and everything that is kept of it.
    Erase(Box<Erasure>),
    /// Opens a file with the program the system keeps for it.
    Reveal(String),
    /// Forces everything to the disk and says so.
    SaveNow,
    /// Takes up the linear layout, or lays it down.
    SetLinear(bool),
    /// Lays the terminal's shell in front for a while.
    Suspend,
    /// Leaves the program.
    Quit,
}

/// A document that is to be written to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Which, for whom, written how.
    pub order: Order,
    /// Full path of the file.
    pub path: String,
    /// Whether a file that is there may be replaced.
    pub over: bool,
    /// The command that asks for another name, where this one is taken.
    pub again: &'static str,
}

/// A call that is to begin.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewCall {
    /// With which partner of the workbook, where that is known for certain.
    pub partner: Option<PartnerId>,
    /// With whom, where only words are known: the name of a partner or of a person, or the beginning of a word of it.
    /// Empty where that is still to be said.
    pub who: String,
    /// The words that it begins with, where there are any.
    pub words: Option<Words>,
}

/// Words that were typed in one place and go on in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// When their first key was pressed.
    pub at: Timestamp,
    /// The words.
    pub text: String,
    /// What they are, where that was said.
    pub tag: Option<Tag>,
    /// Whether they are private.
    pub private: bool,
}
