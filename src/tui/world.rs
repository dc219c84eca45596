//! Carries out effects: everything that touches the folder, other programs or other threads. Answers come back as
//! messages. It knows nothing of screens.

mod books;
mod closing;
mod first;
mod helper;
mod inbox;
mod look;
mod others;
mod past;
mod settings;
#[cfg(test)]
mod tests;

use std::collections::{HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Result;

use self::closing::{LettingGo, Unsaved};
use self::first::Waits;
use self::helper::Helper;
use self::others::Taken;
use super::clock::Clock;
use super::signals::SharedSavers;
use super::terminal::Screen;
use super::wait::Waker;
use super::{clipboard, editor};
use crate::app::{Effect, Message};
use crate::command::{Ask, Export};
use crate::domain::{FIELD_LIMIT, IdSource, RecordId, TextPlace, Workbook, WorkbookId};
use crate::export;
use crate::shelf::{News, Shelf};
use crate::store::{
    Drafts, LibraryNews, Lookout, Place, Reading, Report, Settings, Store, StoreError, Watch, Writer,
};

/// How long leaving waits at most for notes to be taken out of the inbox; what stays goes the next time.
const INBOX_WAITS: Duration = Duration::from_millis(500);

/// A workbook that is open.
struct Held {
    id: WorkbookId,
    folder: PathBuf,
    /// The names of the other copies that lay beside it when it was opened.
    copies: Vec<String>,
    /// Who saves it; `None` where it was opened to read.
    writer: Option<Writer>,
    /// Notices what others do to it; `None` where it was opened to read.
    lookout: Option<Lookout>,
    /// What the writer says; of its own, so that nothing is taken for news of another workbook.
    reports: Receiver<Report>,
    /// Some of it was recovered on opening and may not be safe against a power cut yet.
    recovered: bool,
    /// Notes of the inbox that go once everything in it is on the disk.
    kept_jots: Vec<(String, RecordId)>,
}

/// The world as the program sees it.
pub(super) struct World {
    store: Store,
    clock: Clock,
    waker: Waker,
    ids: IdSource,
    settings: Settings,
    /// Who writes them, where they have changed; nobody waits for it.
    saving_settings: Option<JoinHandle<Result<(), StoreError>>>,
    savers: SharedSavers,
    drafts: Drafts,
    inbox: Watch,
    open: Option<Held>,
    /// Workbooks that are open already, each for one [`Message::Opened`] that the program has not answered yet: what it
    /// still has to say about the one before must not reach them. Mostly none; two where the person opens one while
    /// another window hands one over.
    next: VecDeque<Held>,
    /// What is to be done once the first frame stands; `None` from then on. See [`World::settle_in`].
    waits: Option<Waits>,
    /// Answers that are ready.
    ready: VecDeque<Message>,
    listed: Option<Receiver<LibraryNews>>,
    /// A workbook that another window was asked for.
    taking: Option<Receiver<Taken>>,
    found: Option<Receiver<News>>,
    past: Option<Receiver<News>>,
    /// Who looks back at what is kept of a workbook.
    looking: Helper,
    /// Who reads the list of workbooks.
    listing: Helper,
    shelf: Shelf,
    /// Folders of the workbooks that have been listed.
    folders: Vec<(WorkbookId, PathBuf)>,
    /// Those that the reading of the library has come across so far.
    seen: HashSet<WorkbookId>,
    /// Those that are let go of and being saved for the last time.
    closing: Vec<LettingGo>,
    /// Those that could not be saved, and were not opened again since.
    unsaved: Vec<Unsaved>,
}

impl World {
    pub(super) fn new(
        store: Store,
        clock: Clock,
        waker: Waker,
        savers: SharedSavers,
        settings: Settings,
    ) -> Self {
        let shelf = Shelf {
            folder: store.folders().root().display().to_string(),
            documents: documents().display().to_string(),
            ..Shelf::default()
        };
        let drafts = Drafts::start(store.clone());
        let inbox = Watch::of(store.inbox(), waker.callback());
        let ids = IdSource::new(clock.seed().wrapping_add(1));
        Self {
            store,
            clock,
            waker,
            ids,
            settings,
            saving_settings: None,
            savers,
            drafts,
            inbox,
            open: None,
            next: VecDeque::new(),
            waits: Some(Waits::default()),
            ready: VecDeque::new(),
            listed: None,
            taking: None,
            found: None,
            past: None,
            looking: Helper::new("past"),
            listing: Helper::new("library"),
            shelf,
            folders: Vec::new(),
            seen: HashSet::new(),
            closing: Vec::new(),
            unsaved: Vec::new(),
        }
    }

    /// Everything that has come in since this was last asked.
    pub(super) fn news(&mut self) -> Vec<Message> {
        self.take_reports();
        if !self.closing.is_empty() {
            self.take_closed();
        }
        if self.saving_settings.as_ref().is_some_and(JoinHandle::is_finished) {
            self.settings_are_saved();
        }
        self.take_library();
        self.take_inbox();
        self.take_requests();
        if let Some(found) = &self.found {
            self.ready.extend(found.try_iter().map(Message::News));
        }
        if let Some(past) = &self.past {
            self.ready.extend(past.try_iter().map(Message::News));
        }
        self.ready.drain(..).collect()
    }

    /// Waits until the records up to `seq` of the open workbook are in the hands of the system; false where the time is up
    /// first, or where nobody keeps them.
    pub(super) fn wait_kept(&self, seq: u64, at_most: Duration) -> bool {
        self.writer().is_some_and(|writer| writer.wait_kept(seq, at_most))
    }

    pub(super) fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Append(records) => {
                if let Some(writer) = self.writer() {
                    writer.append(records);
                }
            }
            Effect::Fold => {
                if let Some(writer) = self.writer() {
                    writer.fold();
                }
            }
            Effect::SaveNow => {
                if let Some(writer) = self.writer() {
                    writer.sync();
                }
            }
            Effect::Remember(place) => {
                if let Some(writer) = self.writer() {
                    let crate::app::PlaceInBook { screen, question, voice, caret, welcomed } = place;
                    writer.place(Place { screen, question, voice, caret, welcomed });
                }
            }
            Effect::CloseBook => self.close_book(),
            Effect::OurSide(us) => self.remember_us(*us),
            Effect::Drafts(words) => {
                self.drafts.keep(words);
                self.drafts.wait(super::FRAME_WAITS);
            }
            Effect::JotsKept(files) => self.jots_kept(files),
            Effect::JotsKeptByClosing(files) => {
                if let Some(held) = &mut self.open {
                    held.kept_jots.extend(files);
                }
            }
            Effect::ReadShelf => self.read_shelf(),
            Effect::Ask(ask) => self.ask(ask),
            Effect::Export { export, workbook } => self.export(export, &workbook),
            Effect::OpenAgain { workbook, why } => self.open_again(&workbook, why),
            Effect::Erase { workbook, erasure } => {
                self.erase(&workbook, &erasure);
            }
            // these need the terminal, or the loop itself
            Effect::Copy(_) | Effect::Editor { .. } | Effect::Quit => {}
        }
    }

    fn ask(&mut self, ask: Ask) {
        match ask {
            Ask::NewWorkbook(title) => self.new_workbook(&title),
            Ask::OpenWorkbook(id) => self.open_workbook(&id, None),
            Ask::OpenAt(id, place) => self.open_workbook(&id, Some(place)),
            Ask::TakeOver(id) => self.take_over(&id),
            Ask::OpenExample => self.open_example(false),
            Ask::Tour => self.open_example(true),
            Ask::Import(path) => self.import(&path, false),
            Ask::ImportAsCopy(path) => self.import(&path, true),
            Ask::BinWorkbook(id) => self.bin(&id),
            Ask::RestoreWorkbook(id) => self.restore(&id),
            Ask::CallIn(id, call) => self.open_for_call(&id, call),
            Ask::CallWith(call) => self.new_workbook_for_call(call),
            Ask::Jot { text, to, tag, private } => self.jot(text, to, tag, private),
            Ask::JotTo(name, to) => self.inbox.address(name, to),
            Ask::BinJot(name) => self.inbox.bin(name),
            Ask::FindEverywhere(words) => self.find_everywhere(words),
            Ask::Past { which, question } => self.look_back(which, question),
            Ask::PutAway(name) => self.put_away(&name),
            Ask::OpenBeside(id, which) => self.open_beside(&id, which),
            Ask::Reveal(path) => {
                if let Err(error) = editor::reveal(Path::new(&path)) {
                    self.could_not(format!(
                        "{path} could not be opened from here: {error}. The file is there."
                    ));
                }
            }
            Ask::SetLinear(linear) => {
                self.settings.reading = if linear { Reading::Linear } else { Reading::Standard };
                self.save_settings();
            }
            // carried out elsewhere
            Ask::Export(_) | Ask::Erase(_) | Ask::SaveNow | Ask::Suspend | Ask::Quit => {}
        }
    }

    fn export(&mut self, wanted: Box<Export>, workbook: &Workbook) {
        let Export { order, path, over, .. } = &*wanted;
        // the same wording as on the screen; what is wrong with it was said at the start
        let content = crate::content::Content::with_wording(self.store.wording().0);
        let today = self.clock.now().wall.to_zoned(self.clock.zone()).date();
        let made = match order.make(workbook, &content, today) {
            Ok(made) => made,
            Err(error) => return self.could_not(format!("Nothing was written: {error}.")),
        };
        let written = match made.copy.as_deref().map(Store::text_to_send) {
            Some(Some(text)) => export::Written::Words(text),
            Some(None) => {
                return self.could_not("Nothing was written: the copy would not read back as it is.");
            }
            None => match order.format.write(&made.document) {
                Ok(written) => written,
                Err(error) => return self.could_not(format!("Nothing was written: {error}.")),
            },
        };
        let text = match written.words().filter(|_| made.copy.is_none()) {
            Some(words) => words.to_owned(),
            None => export::plain(&made.document, export::COLUMNS),
        };
        let left_out = export::left_out(made.document.private.left_out);
        let remarks: Vec<String> = left_out.into_iter().chain(made.remarks).collect();
        match self.store.write_new(Path::new(path), written.bytes(), *over) {
            Ok(written) => {
                let (what, path) = (order.what, written.display().to_string());
                let remarks = remarks.join(" ");
                self.ready.push_back(Message::Exported { what, path, text, remarks });
            }
            Err(StoreError::AlreadyThere { .. }) => self.ready.push_back(Message::ExportExists(wanted)),
            Err(error) => self.failed(&error),
        }
    }

    /// Copies a text through the terminal, and through the system's own program where there is one.
    pub(super) fn copy(&mut self, text: &str, screen: &mut Screen) {
        let text = export::clean::text(text);
        let by_program = clipboard::copy(&text);
        let sent = screen.copy(&text).is_ok();
        match (by_program, sent) {
            (true, _) => self.done("Copied."),
            (false, true) => {
                self.done("Sent to the terminal's clipboard. If paste brings nothing, x writes a file.")
            }
            (false, false) => {
                self.could_not("Nothing was copied: the terminal did not take it. x writes a file.")
            }
        }
    }

    /// Hands a text to the person's editor and takes back what it leaves. The text in the workbook stays as it is until
    /// then, whatever the editor does.
    pub(super) fn edit(&mut self, place: TextPlace, text: &str, screen: &mut Screen) {
        let Some(editor) = editor::chosen() else {
            return self.could_not("No editor is chosen: set VISUAL or EDITOR to the name of yours.");
        };
        let scratch = match self.store.lend(text) {
            Ok(scratch) => scratch,
            Err(error) => return self.failed(&error),
        };
        let ended = screen.lent(|| editor::run(&editor, &scratch));
        if let Ok(Err(error)) | Err(error) = ended {
            let kept = scratch.display();
            self.could_not(format!(
                "The text is as it was: {error}. That was {editor}; its file is at {kept}."
            ));
            return;
        }
        match self.store.take_back(&scratch) {
            Ok(long) if long.len() > FIELD_LIMIT && long.len() > text.len() => {
                let (most, kept) = (FIELD_LIMIT / 1024, scratch.display());
                self.could_not(format!(
                    "The text is as it was: the editor left more than the {most} KB that fit here. All of it is at {kept}."
                ));
            }
            Ok(text) if text.trim().is_empty() => {
                self.store.drop_lent(&scratch);
                self.could_not(
                    "The editor left an empty file, so the text stays as it was. To clear it, use Enter.",
                );
            }
            Ok(text) => {
                self.store.drop_lent(&scratch);
                self.ready.push_back(Message::Edited { place, text });
            }
            Err(error) => self.failed(&error),
        }
    }

    fn take_reports(&mut self) {
        let Some(open) = &self.open else { return };
        let reports: Vec<Report> = open.reports.try_iter().collect();
        for report in reports {
            match report {
                Report::Kept { seq } => self.ready.push_back(Message::Kept(seq)),
                Report::Synced { seq, .. } | Report::Folded { seq } => {
                    self.ready.push_back(Message::Synced(seq));
                    self.recovered_is_synced();
                }
                Report::Safe => {
                    let now = self.clock.now().wall.to_zoned(self.clock.zone());
                    self.done(format!("Saved {}, safe on disk.", now.strftime("%H:%M")));
                }
                Report::Failed { words, hint, .. } => {
                    self.ready.push_back(Message::NotSaved { why: format!("{words}. {hint}") });
                }
                Report::Mended { seq } => {
                    self.ready.extend([Message::Kept(seq), Message::Mended]);
                }
                Report::Replaced { kept } => self.ready.push_back(Message::Replaced(name_of(&kept))),
                Report::ChangedOutside { kept } => {
                    self.ready.push_back(Message::ChangedOutside(name_of(&kept)));
                }
            }
        }
    }

    fn done(&mut self, words: impl Into<String>) {
        self.ready.push_back(Message::Done(words.into()));
    }

    fn could_not(&mut self, words: impl Into<String>) {
        self.ready.push_back(Message::CouldNot(words.into()));
    }

    fn failed(&mut self, error: &StoreError) {
        self.could_not(format!("{error}. {}", error.hint()));
    }

    /// What is open as soon as the program has answered all that it was told.
    fn newest(&self) -> Option<&Held> {
        self.next.back().or(self.open.as_ref())
    }

    fn writer(&self) -> Option<&Writer> {
        self.open.as_ref()?.writer.as_ref()
    }

    /// Folds, syncs and lets go of everything.
    ///
    /// # Errors
    /// What could not be saved, and where the last good copy is.
    pub(super) fn leave(mut self) -> Result<()> {
        while self.newest().is_some() {
            self.close_book();
        }
        self.let_go_of_all();
        self.settings_are_saved();
        self.inbox.finish(INBOX_WAITS);
        // closing it said so on the screen, which has gone since
        self.unsaved.pop().map_or(Ok(()), |unsaved| Err(unsaved.error.into()))
    }
}

/// The name of a file in `history/`.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The folder that is proposed for documents.
fn documents() -> PathBuf {
    let user = directories::UserDirs::new();
    let documents = user.as_ref().and_then(|user| user.document_dir()).filter(|folder| folder.is_dir());
    documents
        .or(user.as_ref().map(directories::UserDirs::home_dir))
        .map_or_else(std::env::temp_dir, Path::to_owned)
}
