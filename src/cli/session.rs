//! What every command needs: where things are kept, the time, the content, and somewhere to say things.

use std::cell::OnceCell;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::exit::Failure;
use super::{Next, Opening, Out, Start, has_terminal};
use crate::content::Content;
use crate::domain::{IdSource, Workbook};
use crate::export::Subject;
use crate::store::{Entry, Library, Store, StoreError};

/// The variable that names the folder.
const FOLDER: &str = "ALONGSIDE_DIR";

/// What a command works with.
#[derive(Debug)]
pub struct Session<'o> {
    /// Where things are kept.
    pub store: Store,
    /// Where things are said.
    pub out: &'o mut Out,
    start: Start,
    /// The moment at which it was first asked for.
    now: OnceCell<Zoned>,
    content: OnceCell<Content>,
}

impl<'o> Session<'o> {
    /// Finds the folder; touches nothing.
    pub fn new(start: Start, out: &'o mut Out) -> Result<Self, Failure> {
        let store = Store::at(start.folder.clone())?;
        let now = start.now.clone().map(OnceCell::from).unwrap_or_default();
        Ok(Self { store, out, start, now, content: OnceCell::new() })
    }

    /// The moment.
    pub fn now(&self) -> Timestamp {
        self.here_and_now().timestamp()
    }

    /// The day on which a moment falls where the person is.
    pub fn day_of(&self, moment: Timestamp) -> Date {
        moment.to_zoned(self.zone()).date()
    }

    /// The zone in which the person's clock is.
    pub fn zone(&self) -> TimeZone {
        self.here_and_now().time_zone().clone()
    }

    /// The screen never asks, and starts sooner for it.
    fn here_and_now(&self) -> &Zoned {
        self.now.get_or_init(|| Timestamp::now().to_zoned(self.store.zone(env("TZ").as_deref())))
    }

    /// The questions, in the person's own wording where there is one. A file of it that is wrong is said once.
    pub fn content(&self) -> &Content {
        self.content.get_or_init(|| {
            let (wording, wrong) = self.store.wording();
            wrong.iter().for_each(|sentence| self.out.words(sentence));
            Content::with_wording(wording)
        })
    }

    /// A workbook as documents see it today.
    pub fn subject<'a>(&'a self, workbook: &'a Workbook, with_private: bool) -> Subject<'a> {
        Subject::new(workbook, self.content(), self.here_and_now().date()).with_private(with_private)
    }

    /// The workbook of a name.
    pub fn entry(&self, name: &str) -> Result<Entry, Failure> {
        self.named(name, Library::find)
    }

    /// The workbook of a name, found without reading a workbook where that can be.
    pub fn listed(&self, name: &str) -> Result<Entry, Failure> {
        self.named(name, Library::find_as_listed)
    }

    /// The workbooks there are.
    pub fn workbooks(&self) -> Library {
        self.store.workbooks()
    }

    /// The workbook of a name, for the screen.
    pub fn to_show(&self, name: &str) -> Result<Entry, Failure> {
        self.named(name, Library::find_to_show)
    }

    fn named(
        &self,
        name: &str,
        find: fn(&Library, &str) -> Result<Entry, StoreError>,
    ) -> Result<Entry, Failure> {
        if name.trim().is_empty() {
            return Err(Failure::usage(
                "no name was given",
                "`alongside list` shows the workbooks there are.",
            ));
        }
        Ok(find(&self.workbooks(), name)?)
    }

    /// The workbook in a folder, read without touching anything. What is to be known about it is said.
    pub fn read(&self, entry: &Entry) -> Result<Workbook, Failure> {
        let opened = self.store.read(&entry.folder)?;
        opened.notices.iter().for_each(|notice| self.out.words(notice));
        Ok(opened.book.workbook().clone())
    }

    /// A source of ids that nobody can guess.
    pub fn ids(&self) -> IdSource {
        // the standard library's hash keys are the system's own dice
        IdSource::new(RandomState::new().build_hasher().finish())
    }

    /// The screen, where there is a terminal for it.
    pub fn screen(&self, opening: Opening) -> Result<Next, Failure> {
        self.screen_at(opening, None)
    }

    /// The same for a workbook that was looked up, which lies there.
    pub fn screen_at(&self, opening: Opening, at: Option<PathBuf>) -> Result<Next, Failure> {
        if !has_terminal() {
            return Err(Failure::usage(
                "the screen needs a terminal, and there is none here",
                "`alongside list` shows the workbooks, `alongside show NAME` prints one, `alongside --help` says what \
                 else there is.",
            ));
        }
        Ok(Next::Screen(Box::new(Start { opening, at, ..self.start.clone() })))
    }
}

/// The folder that was asked for: by the flag, or else by the variable.
pub fn folder(flag: Option<PathBuf>) -> Option<PathBuf> {
    flag.or_else(|| std::env::var_os(FOLDER).map(PathBuf::from)).filter(|dir| !dir.as_os_str().is_empty())
}

/// A variable of the environment; one that is not text counts as not set.
pub fn env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
