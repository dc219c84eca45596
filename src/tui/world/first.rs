//! The first frame: what it shows, what it opens, and what only begins once it stands.

use super::World;
use super::others::look_out;
use crate::app::Message;
use crate::cli::{Opening, Start};
use crate::shelf::{Shelf, Which};
use crate::store::Words;

/// What waits for the first frame, besides what always does.
#[derive(Debug, Default)]
pub(super) struct Waits {
    /// The library is to be read.
    pub(super) list: bool,
    /// The settings are to be saved.
    pub(super) settings: bool,
}

impl World {
    /// The words that stood there when windows were closed.
    pub(in crate::tui) fn first_drafts(&self) -> Words {
        self.drafts.found().clone()
    }

    /// What is known before the library has been read: the rows of the first screen, at most as many as it shows, in one
    /// small read. With none shown nothing is read.
    pub(in crate::tui) fn first_shelf(&mut self, rows: u16) -> Shelf {
        if rows > 0 {
            let first = self.store.workbooks().first_rows(rows.into());
            self.take_entries(first.rows);
            self.shelf.complete = first.total == Some(self.shelf.workbooks.len());
        }
        self.shelf.clone()
    }

    /// Opens what the command line names, or what was open last. Where nothing of that can be opened, the list is shown
    /// after all, with as many rows as the screen has.
    pub(in crate::tui) fn open_first(&mut self, start: &Start, rows: u16) {
        if let (Some(id), Some(at)) = (start.opening.workbook(), &start.at) {
            self.folders.push((id.clone(), at.clone()));
        }
        self.open_named(&start.opening);
        if self.newest().is_none() && self.shelf.workbooks.is_empty() {
            let shelf = self.first_shelf(rows);
            self.ready.push_front(Message::Shelf(Box::new(shelf)));
        }
    }

    fn open_named(&mut self, opening: &Opening) {
        match opening {
            Opening::Workbook(id) => self.open_workbook(id, None),
            Opening::Beside(id, path) => {
                self.open_beside(id, Which::File(path.display().to_string()));
            }
            Opening::Call(id, call) => match id.clone().or_else(|| self.settings.last.clone()) {
                Some(id) if self.folder_of(&id).is_some() => self.open_for_call(&id, call.clone()),
                _ => self.could_not(
                    "No workbook is open yet. Jot here, or start one; then g C is the call screen.",
                ),
            },
            Opening::WhereYouWere => {
                if let Some(id) = self.settings.last.clone()
                    && self.store.workbooks().folder_of(&id).is_some()
                {
                    self.open_workbook(&id, None);
                }
            }
        }
    }

    /// Begins what the first frame does not wait for, once that stands: watching the inbox, looking out for what others do
    /// to the workbook, reading the library. Until then their threads would only take the processor from it.
    pub(in crate::tui) fn settle_in(&mut self) {
        let Some(waits) = self.waits.take() else { return };
        self.inbox.begin();
        for held in self.open.iter_mut().chain(&mut self.next) {
            held.lookout =
                look_out(&self.store, &self.waker, held.writer.as_ref(), &held.folder, &held.copies);
        }
        if waits.list {
            self.read_shelf();
        }
        if waits.settings {
            self.save_settings();
        }
    }
}
