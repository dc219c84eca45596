//! Letting go of workbooks. The screen goes on while what was open is saved for the last time; whoever wants that very
//! workbook again waits for it.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::{Held, World};
use crate::domain::RecordId;
use crate::store::{Closing, Saver, StoreError, Writer};

/// A workbook that is let go of, and being saved for the last time.
pub(super) struct LettingGo {
    folder: PathBuf,
    saver: Saver,
    closing: Closing,
    /// Notes of the inbox that go once everything in it is on the disk.
    kept_jots: Vec<(String, RecordId)>,
}

/// A workbook that could not be saved, and why.
pub(super) struct Unsaved {
    folder: PathBuf,
    pub(super) error: StoreError,
}

impl World {
    /// Begins to keep a workbook.
    pub(super) fn hold(&mut self, held: Held) {
        self.unsaved.retain(|unsaved| unsaved.folder != held.folder);
        self.open = Some(held);
        self.share_savers();
    }

    /// Lets go of the open workbook; one that waits takes its place. Waits for nothing.
    pub(super) fn close_book(&mut self) {
        if let Some(Held { folder, writer: Some(writer), lookout, kept_jots, .. }) = self.open.take() {
            drop(lookout);
            let saver = writer.saver();
            self.closing.push(LettingGo { folder, saver, closing: writer.closing(), kept_jots });
            self.share_savers();
        }
        if let Some(next) = self.next.pop_front() {
            self.hold(next);
        }
    }

    /// Takes in what has become of those that were let go of.
    pub(super) fn take_closed(&mut self) {
        let closing = std::mem::take(&mut self.closing);
        for going in closing {
            match going.closing.done() {
                None => self.closing.push(going),
                Some(result) => self.closed(going.folder, going.kept_jots, result),
            }
        }
        self.share_savers();
    }

    /// Waits until the workbook of a folder is let go of, where it is just being saved for the last time.
    pub(super) fn let_go_of(&mut self, folder: &Path) {
        let (these, others) =
            std::mem::take(&mut self.closing).into_iter().partition(|going| going.folder == folder);
        self.closing = others;
        self.wait_for(these);
    }

    /// Waits until all are let go of.
    pub(super) fn let_go_of_all(&mut self) {
        let all = std::mem::take(&mut self.closing);
        self.wait_for(all);
    }

    /// Whether the workbook of a folder could not be saved when it was let go of last.
    pub(super) fn is_unsaved(&self, folder: &Path) -> bool {
        self.unsaved.iter().any(|unsaved| unsaved.folder == folder)
    }

    fn wait_for(&mut self, these: Vec<LettingGo>) {
        for LettingGo { folder, closing, kept_jots, .. } in these {
            let result = closing.wait();
            self.closed(folder, kept_jots, result);
        }
        self.share_savers();
    }

    fn closed(
        &mut self,
        folder: PathBuf,
        kept_jots: Vec<(String, RecordId)>,
        result: Result<(), StoreError>,
    ) {
        match result {
            Ok(()) if kept_jots.is_empty() => {}
            Ok(()) => self.inbox.take(kept_jots),
            Err(error) => {
                self.failed(&error);
                self.unsaved.push(Unsaved { folder, error });
            }
        }
    }

    /// Tells the thread that listens for the end of the terminal who saves: the open workbook first.
    fn share_savers(&self) {
        let open = self.open.as_ref().and_then(|held| held.writer.as_ref()).map(Writer::saver);
        let closing = self.closing.iter().map(|going| going.saver.clone());
        let all = open.into_iter().chain(closing).collect();
        *self.savers.lock().unwrap_or_else(PoisonError::into_inner) = all;
    }
}
