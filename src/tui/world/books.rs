//! Opening, making, bringing in and putting away workbooks.

use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

use super::others::look_out;
use super::{Held, World};
use crate::app::{Message, Opened, PlaceInBook, Told};
use crate::command::NewCall;
use crate::content::SAMPLE;
use crate::domain::erase::Erasure;
use crate::domain::{TextPlace, Workbook, WorkbookId};
use crate::export::clean;
use crate::shelf::Which;
use crate::store::format::parse_workbook;
use crate::store::{CHANGED_ELSEWHERE, Erased, Hold, ImportItem, OnConflict, StoreError, Why, Writer};

/// How long words that were just typed are waited for, before what is kept of them is rewritten.
const AT_MOST: Duration = Duration::from_secs(1);

/// What a workbook is opened for, besides itself.
#[derive(Debug, Default)]
pub(super) struct Purpose {
    pub(super) go: Option<TextPlace>,
    /// Something to set beside it at once.
    pub(super) beside: Option<Which>,
    /// Another one of it that `notice` tells of.
    pub(super) told_of: Option<Told>,
    pub(super) call: Option<NewCall>,
    pub(super) fresh: bool,
    pub(super) tour: bool,
    /// It was handed over to another window, which writes in it now.
    pub(super) handed_over: bool,
    /// Something to say besides what there is to say on opening.
    pub(super) notice: Option<&'static str>,
}

/// Why a workbook can only be read that another window has asked for.
const HANDED_OVER: &str = "Another window has taken this over; everything was saved first.";

impl World {
    pub(super) fn open_workbook(&mut self, id: &WorkbookId, go: Option<TextPlace>) {
        self.open_known(id, Purpose { go, ..Purpose::default() });
    }

    /// Opens a workbook with something beside it.
    pub(super) fn open_beside(&mut self, id: &WorkbookId, which: Which) {
        self.open_known(id, Purpose { beside: Some(which), ..Purpose::default() });
    }

    /// Opens a workbook on a new call.
    pub(super) fn open_for_call(&mut self, id: &WorkbookId, call: NewCall) {
        self.open_known(id, Purpose { call: Some(call), ..Purpose::default() });
    }

    fn open_known(&mut self, id: &WorkbookId, purpose: Purpose) {
        match self.folder_of(id) {
            Some(folder) => self.open_folder(&folder, purpose),
            None => {
                let words = self.jot_instead(purpose.call, None);
                let gone = "That workbook is not in the folder any more. g B shows what was removed.";
                self.could_not(format!("{gone}{words}"));
            }
        }
    }

    /// The folder of a workbook: as it was listed, or else by the names of the folders.
    pub(super) fn folder_of(&self, id: &WorkbookId) -> Option<PathBuf> {
        let listed = self.folders.iter().find(|(listed, _)| listed == id).map(|(_, folder)| folder.clone());
        listed.or_else(|| self.store.workbooks().folder_of(id))
    }

    pub(super) fn new_workbook(&mut self, title: &str) {
        self.make_workbook(title, Purpose { fresh: true, ..Purpose::default() });
    }

    /// A workbook for somebody who is in none, on the call with them.
    pub(super) fn new_workbook_for_call(&mut self, call: NewCall) {
        let title = format!("Call with {}", call.who);
        self.make_workbook(&title, Purpose { call: Some(call), ..Purpose::default() });
    }

    fn make_workbook(&mut self, title: &str, purpose: Purpose) {
        let mut workbook = Workbook::new(self.ids.workbook(), clean::line(title).trim());
        if let Some(us) = self.settings.our_side.clone() {
            workbook = workbook.with_our_side(us);
        }
        let now = self.clock.now().wall;
        match self.store.workbooks().create(&workbook, now) {
            Ok(folder) => self.open_folder(&folder, purpose),
            Err(error) => self.not_opened(&error, purpose),
        }
    }

    /// Opens the person's own copy of the worked example, and makes it first where there is none.
    pub(super) fn open_example(&mut self, tour: bool) {
        let purpose = Purpose { tour, ..Purpose::default() };
        let sample = match parse_workbook(SAMPLE) {
            Ok(file) => file.workbook,
            Err(error) => return self.could_not(format!("The example cannot be read: {error}.")),
        };
        let library = self.store.workbooks();
        let folder = match library.folder_of(sample.id()) {
            Some(folder) => Ok(folder),
            None => library.create(&sample, self.clock.now().wall),
        };
        match folder {
            Ok(folder) => self.open_folder(&folder, purpose),
            Err(error) => self.failed(&error),
        }
    }

    pub(super) fn open_folder(&mut self, folder: &Path, purpose: Purpose) {
        self.let_go_of(folder);
        match self.store.open(folder, self.clock.now().wall) {
            Ok(opened) => self.take_up(opened, purpose),
            Err(error) => self.not_opened(&error, purpose),
        }
    }

    pub(super) fn take_up(&mut self, opened: crate::store::Opened, mut purpose: Purpose) {
        let mut notices = opened.notices;
        notices.extend(purpose.notice.map(str::to_owned));
        let mut told_of = purpose.told_of.take();
        if told_of.is_some() {
            // it was said just now, in other words
            notices.retain(|notice| notice != CHANGED_ELSEWHERE);
        }
        let copies = self.store.copy_names(&opened.folder);
        if told_of.is_none() && purpose.beside.is_none() {
            let words = match copies.len() {
                0 => None,
                1 => Some("Another copy of this lies beside it.".to_owned()),
                n => Some(format!("{n} other copies of this lie beside it.")),
            };
            notices.extend(words);
            told_of = (!copies.is_empty()).then_some(Told::Copies);
        }
        // whoever reads beside another window sees what that one has not folded yet: nothing was interrupted
        if opened.recovered > 0 && matches!(opened.hold, Hold::Writing(_)) {
            notices.insert(0, "Everything is here, also what was typed last.".to_owned());
        }
        let (sent, reports) = channel();
        let held = matches!(opened.hold, Hold::Reading(Why::HeldBy(_))) || purpose.handed_over;
        let (writer, reading) = match opened.hold {
            Hold::Reading(_) if purpose.handed_over => (None, Some(HANDED_OVER.to_owned())),
            Hold::Reading(why) => (None, Some(why.words())),
            Hold::Writing(writing) => match Writer::start(writing, sent, self.waker.callback()) {
                Ok(writer) => (Some(writer), None),
                Err(error) => return self.not_opened(&error, purpose),
            },
        };
        let id = opened.book.workbook().id().clone();
        let words = purpose.call.as_mut().filter(|_| reading.is_some()).and_then(|call| call.words.take());
        if self.settings.last.as_ref() != Some(&id) && reading.is_none() {
            self.settings.last = Some(id.clone());
            self.save_settings();
        }
        let recovered = opened.recovered > 0;
        let (folder, kept_jots) = (opened.folder, Vec::new());
        let settled = writer.as_ref().filter(|_| self.waits.is_none());
        let lookout = look_out(&self.store, &self.waker, settled, &folder, &copies);
        let now = Held { id: id.clone(), folder, copies, writer, lookout, reports, recovered, kept_jots };
        if self.open.is_some() {
            self.next.push_back(now);
        } else {
            self.hold(now);
        }
        let place = opened.place.map(|place| PlaceInBook {
            screen: place.screen,
            question: place.question,
            voice: place.voice,
            caret: place.caret,
            welcomed: place.welcomed,
        });
        let Purpose { go, beside, call, fresh, tour, .. } = purpose;
        let notice = notices.join(" ");
        let changed = opened.changed;
        self.ready.push_back(Message::Opened(Box::new(Opened {
            book: opened.book,
            reading,
            held,
            changed,
            notice,
            place,
            go,
            beside,
            told_of,
            call,
            fresh,
            tour,
        })));
        self.jot_instead(
            words.map(|words| NewCall { who: String::new(), words: Some(words), ..NewCall::default() }),
            Some(id),
        );
    }

    fn not_opened(&mut self, error: &StoreError, purpose: Purpose) {
        let words = self.jot_instead(purpose.call, None);
        self.could_not(format!("{error}. {}{words}", error.hint()));
    }

    /// Removes a person's details from a workbook that nobody holds any more, and opens it again.
    pub(super) fn erase(&mut self, id: &WorkbookId, erasure: &Erasure) {
        let Some(folder) = self.store.workbooks().folder_of(id) else {
            return self.could_not("That workbook is not in the folder any more; nothing was removed.");
        };
        self.let_go_of(&folder);
        if self.is_unsaved(&folder) {
            self.open_folder(&folder, Purpose::default());
            return self.could_not("Nothing was removed: what was typed last could not be saved first.");
        }
        self.drafts.wait(AT_MOST);
        self.settings_are_saved();
        let erased = self.store.erase(&folder, erasure, self.clock.now().wall);
        // our own side was rewritten in there too
        if let Ok(settings) = self.store.settings() {
            self.settings.our_side = settings.our_side;
        }
        self.folders.retain(|(known, _)| known != id);
        match erased {
            Ok(erased) => {
                self.folders.push((id.clone(), erased.folder.clone()));
                self.open_folder(&erased.folder, Purpose::default());
                let Erased { places, unreached, .. } = erased;
                self.ready.push_back(Message::Erased { places, unreached });
            }
            Err(error) => {
                // opening it goes on where this stopped, and says so
                let folder = self.store.workbooks().folder_of(id).unwrap_or(folder);
                self.open_folder(&folder, Purpose::default());
                self.failed(&error);
            }
        }
        self.read_shelf();
    }

    pub(super) fn import(&mut self, path: &str, as_copy: bool) {
        let library = self.store.workbooks();
        let path = super::super::editor::home_expanded(path);
        let import = match library.read_import(&path) {
            Ok(import) => import,
            Err(error) => return self.failed(&error),
        };
        let here = import.items.iter().find(|item| item.conflict.is_some());
        if let (Some(item), false) = (here, as_copy) {
            let title = self.title_of_here(item);
            let workbook = (import.items.len() == 1).then(|| item.id.clone());
            let path = path.display().to_string();
            self.ready.push_back(Message::ImportExists { path, workbook, title });
            return;
        }
        let on_conflict = if as_copy { OnConflict::Beside } else { OnConflict::Refuse };
        let now = self.clock.now().wall;
        match library.import(import, on_conflict, &mut self.ids, now) {
            Ok(brought) => match brought.folders.as_slice() {
                [one] => {
                    let one = one.clone();
                    self.open_folder(&one, Purpose::default());
                }
                several => {
                    let count = several.len();
                    self.done(format!("{count} workbooks were brought in."));
                    self.read_shelf();
                }
            },
            Err(error) => self.failed(&error),
        }
    }

    pub(super) fn bin(&mut self, id: &WorkbookId) {
        let title = self.title_of(id);
        let library = self.store.workbooks();
        let folder = library.folder_of(id);
        let binned = folder.map(|folder| {
            self.let_go_of(&folder);
            library.bin_workbook(&folder, self.clock.now().wall)
        });
        match binned {
            Some(Ok(_)) => {
                self.shelf.workbooks.retain(|w| w.id != *id);
                self.folders.retain(|(known, _)| known != id);
                self.done(format!("{title} is in the bin. g B brings it back."));
            }
            Some(Err(StoreError::Held { .. })) => {
                self.could_not(format!("{title} is open in another window, so it stays here."));
            }
            Some(Err(error)) => self.failed(&error),
            None => self.could_not("That workbook is not in the folder any more."),
        }
        self.read_shelf();
    }

    pub(super) fn restore(&mut self, id: &WorkbookId) {
        let library = self.store.workbooks();
        let entries = library.binned();
        let folder =
            entries.ok().and_then(|all| all.into_iter().find(|entry| entry.id == *id)).map(|e| e.folder);
        match folder.map(|folder| library.restore(&folder, self.clock.now().wall)) {
            Some(Ok(_)) => self.done("It is back in the library."),
            Some(Err(error)) => self.failed(&error),
            None => self.could_not("That is not in the bin any more."),
        }
        self.read_shelf();
    }

    /// What the workbook that is here is called; a copy of it may go by another title.
    fn title_of_here(&self, item: &ImportItem) -> String {
        let listed = self.shelf.workbooks.iter().find(|w| w.id == item.id).map(|w| w.title.clone());
        listed.filter(|title| !title.is_empty()).unwrap_or_else(|| item.title.clone())
    }

    fn title_of(&self, id: &WorkbookId) -> String {
        let listed = self.shelf.workbooks.iter().chain(&self.shelf.binned).find(|w| w.id == *id);
        listed.map(|w| w.title.clone()).filter(|t| !t.is_empty()).unwrap_or_else(|| "The workbook".to_owned())
    }
}
