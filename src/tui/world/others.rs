//! Other windows and programs: a workbook is asked for, handed over, replaced.

use std::path::Path;
use std::sync::mpsc::{TryRecvError, channel};
use std::time::Duration;

use super::World;
use super::books::Purpose;
use crate::app::{Again, Message, Told};
use crate::domain::WorkbookId;
use crate::store::{Lookout, Opened, Seen, Store, StoreError, Writer};
use crate::tui::wait::Waker;

/// How long another window has to let go of a workbook. One that does not answer is never overridden.
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);

/// What came of asking another window.
pub(super) type Taken = Result<Opened, StoreError>;

/// Begins to look out for what others do to a workbook that is written in here.
pub(super) fn look_out(
    store: &Store,
    waker: &Waker,
    writer: Option<&Writer>,
    folder: &Path,
    copies: &[String],
) -> Option<Lookout> {
    writer.map(|writer| Lookout::start(store, folder, copies.to_vec(), writer.saver(), waker.callback()))
}

impl World {
    /// Asks the window that holds a workbook for it, on a thread of its own.
    pub(super) fn take_over(&mut self, id: &WorkbookId) {
        if self.taking.is_some() {
            return;
        }
        let Some(folder) = self.folder_of(id) else {
            return self.could_not("That workbook is not in the folder any more.");
        };
        let (told, taken) = channel();
        let (store, now, wake) = (self.store.clone(), self.clock.now().wall, self.waker.callback());
        let asking = std::thread::Builder::new().name("asking".to_owned()).spawn(move || {
            // nobody may be listening any more; what was opened is then let go of
            let _ = told.send(store.take_over(&folder, now, ANSWERS_WITHIN));
            wake();
        });
        match asking {
            Ok(_) => self.taking = Some(taken),
            Err(error) => self.could_not(format!("The other window could not be asked: {error}.")),
        }
    }

    /// What other windows have asked for or answered.
    pub(super) fn take_requests(&mut self) {
        let lookout = self.open.as_ref().and_then(|held| held.lookout.as_ref());
        let mut copies = 0;
        for seen in lookout.map(Lookout::seen).unwrap_or_default() {
            match seen {
                Seen::Asked(_) => self.ready.push_back(Message::Wanted),
                Seen::Copies(count) => copies += count,
            }
        }
        if copies > 0 {
            self.ready.push_back(Message::CopiesCame(copies));
        }
        let taken = match self.taking.as_ref().map(|taking| taking.try_recv()) {
            Some(Ok(taken)) => taken,
            Some(Err(TryRecvError::Disconnected)) => return self.taking = None,
            Some(Err(TryRecvError::Empty)) | None => return,
        };
        self.taking = None;
        match taken {
            // the person may have gone on to another workbook meanwhile
            Ok(opened) if self.newest().is_some_and(|held| held.id == *opened.book.workbook().id()) => {
                let notice = Some("You can write here now. The other window saved everything first.");
                self.take_up(opened, Purpose { notice, ..Purpose::default() });
            }
            Ok(_) => {}
            Err(StoreError::Held { .. }) => self.could_not(
                "The other window has not answered, so it keeps the workbook, and here it can be read. Nothing was changed.",
            ),
            Err(error) => self.failed(&error),
        }
    }

    /// Opens a workbook again that was let go of.
    pub(super) fn open_again(&mut self, id: &WorkbookId, why: Again) {
        let Some(folder) = self.folder_of(id) else {
            return self.could_not("That workbook is not in the folder any more.");
        };
        self.let_go_of(&folder);
        match why {
            // what could not be saved stays with whoever has it in memory
            Again::HandedOver if !self.is_unsaved(&folder) => match self.store.read(&folder) {
                Ok(opened) => {
                    let notice = Some(
                        "Another window has taken this over. Everything was saved first; W takes it back.",
                    );
                    self.take_up(opened, Purpose { handed_over: true, notice, ..Purpose::default() });
                }
                Err(error) => self.failed(&error),
            },
            Again::HandedOver => self.open_folder(&folder, Purpose::default()),
            Again::Replaced(kept) => {
                let notice = Some("Another program changed this; ours is kept.");
                let told_of = Some(Told::Kept(kept));
                self.open_folder(&folder, Purpose { notice, told_of, ..Purpose::default() });
            }
        }
    }
}
