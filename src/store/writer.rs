//! The thread that keeps a workbook: it writes what it is sent at once, syncs half a second later, folds when asked, and
//! after a failure tries again until it works. A sync runs on a thread of its own, so that a disk which takes its time
//! keeps no word waiting.
//!
//! It knows when, and the keeper (`keep.rs`) knows how. Nobody waits for it but the frame, for a moment, with
//! [`Writer::wait_kept`], and whoever closes. With nothing to do it does not wake up.

mod desk;
mod kept;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::error::StoreError;
use super::open::Writing;
use super::place::Place;
use crate::domain::Record;
use desk::Desk;
use kept::Kept;

/// How long after it was written a record is synced at the latest.
pub const SYNC_AFTER: Duration = Duration::from_millis(500);

/// Called after each report, from the writer's thread: wakes whoever reads the reports.
pub type Wake = Box<dyn Fn() + Send>;

/// What became of what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// The system has everything up to this record: the program may be killed.
    Kept {
        /// Its number.
        seq: u64,
    },
    /// The disk has everything up to this record: the power may fail.
    Synced {
        /// Its number.
        seq: u64,
        /// When, for those who show how long ago that was.
        at: Instant,
    },
    /// The disk has everything that had been sent when [`Writer::sync`] was called: said once for each time, or for
    /// several together.
    Safe,
    /// `workbook.ron` holds everything up to this record.
    Folded {
        /// Its number.
        seq: u64,
    },
    /// Something is not saved. It is tried again at least each second, until [`Report::Mended`]. Said again only when
    /// something about it changes.
    Failed {
        /// What happened, to which file.
        words: String,
        /// What to do.
        hint: String,
        /// The last record that the system has. What comes after it is only in memory.
        kept: u64,
        /// The last record that the disk has.
        synced: u64,
    },
    /// Everything up to this record is saved again.
    Mended {
        /// Its number.
        seq: u64,
    },
    /// Somebody else had changed `workbook.ron`. Their version was kept at this path before ours was saved.
    ChangedOutside {
        /// In `history/`.
        kept: PathBuf,
    },
    /// Somebody else has changed `workbook.ron`, and nothing of ours waited to be saved: theirs is the workbook now, and is
    /// to be opened anew. Ours was kept at this path.
    Replaced {
        /// In `history/`.
        kept: PathBuf,
    },
}

/// Keeps one workbook.
#[derive(Debug)]
pub struct Writer {
    saver: Saver,
    thread: Option<JoinHandle<()>>,
}

/// A handle on a [`Writer`] for another thread, which can save without the screen.
#[derive(Debug, Clone)]
pub struct Saver {
    jobs: Sender<Job>,
    kept: Arc<Kept>,
}

#[derive(Debug)]
enum Job {
    Append(Vec<Record>),
    Sync,
    /// Told whether it worked.
    Fold(Option<Sender<bool>>),
    Place(Place),
    /// Somebody may have written `workbook.ron`.
    Look,
    /// A sync has ended.
    SyncEnded {
        number: u64,
    },
    /// Told what could not be saved.
    Close(Sender<Result<(), StoreError>>),
}

impl Writer {
    /// Takes over a workbook that was opened for writing.
    ///
    /// # Errors
    /// Where the system gives us no thread.
    pub fn start(writing: Writing, reports: Sender<Report>, wake: Wake) -> Result<Self, StoreError> {
        let Writing(keeper) = writing;
        let folder = keeper.folder().to_owned();
        let kept = Arc::new(Kept::new(keeper.kept()));
        let (jobs, inbox) = mpsc::channel();
        let saver = Saver { jobs, kept };
        let mut desk = Desk::new(keeper, reports, wake, saver.clone());
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || {
                let worked = catch_unwind(AssertUnwindSafe(|| desk.work(&inbox)));
                let closing = worked.unwrap_or_else(|_| {
                    // a mistake of ours: what has come is saved as well as can be, and the program is told by its hook
                    let _ = catch_unwind(AssertUnwindSafe(|| desk.save_what_there_is(&inbox)));
                    None
                });
                // lets the lock go before anybody is told
                let wake = desk.let_go();
                if let Some((closed, result)) = closing {
                    let _ = closed.send(result);
                    wake();
                }
            })
            .map_err(StoreError::io("save", &folder))?;
        Ok(Self { saver, thread: Some(thread) })
    }

    /// Sends records to be kept. Never waits.
    pub fn append(&self, records: Vec<Record>) {
        self.saver.send(Job::Append(records));
    }

    /// Asks for everything to be folded into `workbook.ron`. Never waits.
    pub fn fold(&self) {
        self.saver.send(Job::Fold(None));
    }

    /// Asks for everything to be synced now; [`Report::Safe`] is the answer. Never waits.
    pub fn sync(&self) {
        self.saver.send(Job::Sync);
    }

    /// Sends where the person is. Never waits.
    pub fn place(&self, place: Place) {
        self.saver.send(Job::Place(place));
    }

    /// Waits until the system has a record; false where that takes longer than `at_most`.
    pub fn wait_kept(&self, seq: u64, at_most: Duration) -> bool {
        self.saver.wait_kept(seq, at_most)
    }

    /// A handle for another thread.
    pub fn saver(&self) -> Saver {
        self.saver.clone()
    }

    /// Folds, syncs, lets the lock go. Waits for it.
    ///
    /// # Errors
    /// What could not be saved, and why. It is then in the journal, unless that failed too.
    pub fn close(self) -> Result<(), StoreError> {
        self.closing().wait()
    }

    /// The same without waiting; the writer's `wake` is called when it is done.
    pub fn closing(mut self) -> Closing {
        self.begin_closing()
    }

    fn begin_closing(&mut self) -> Closing {
        let (answer, closed) = mpsc::channel();
        self.saver.send(Job::Close(answer));
        Closing { closed, thread: self.thread.take() }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if self.thread.is_some() {
            let _ = self.begin_closing().wait();
        }
    }
}

/// A workbook that is let go of: everything is saved for the last time.
#[derive(Debug)]
pub struct Closing {
    closed: Receiver<Result<(), StoreError>>,
    thread: Option<JoinHandle<()>>,
}

impl Closing {
    /// What came of it, once it is done; `None` until then. Never waits.
    ///
    /// # Errors
    /// As [`Writer::close`].
    pub fn done(&self) -> Option<Result<(), StoreError>> {
        match self.closed.try_recv() {
            Ok(result) => Some(result),
            Err(TryRecvError::Empty) => None,
            // the thread has gone, and its reports have said why
            Err(TryRecvError::Disconnected) => Some(Ok(())),
        }
    }

    /// Waits until it is done.
    ///
    /// # Errors
    /// As [`Writer::close`].
    pub fn wait(mut self) -> Result<(), StoreError> {
        // an answer that never comes means that the thread has gone, and its reports have said why
        let result = self.closed.recv().unwrap_or(Ok(()));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        result
    }
}

impl Saver {
    /// Saves everything that was sent, `workbook.ron` and all. False where that fails or takes longer than `at_most`.
    pub fn fold_now(&self, at_most: Duration) -> bool {
        let (answer, folded) = mpsc::channel();
        self.send(Job::Fold(Some(answer)));
        folded.recv_timeout(at_most).unwrap_or(false)
    }

    /// Waits until the system has a record; false where that takes longer than `at_most`.
    pub fn wait_kept(&self, seq: u64, at_most: Duration) -> bool {
        self.kept.wait(seq, at_most)
    }

    /// Says that somebody may have written `workbook.ron`. Never waits.
    pub(super) fn look(&self) {
        self.send(Job::Look);
    }

    fn send(&self, job: Job) {
        // it can only fail once the writer has closed, when there is nothing left to save
        let _ = self.jobs.send(job);
    }
}

#[cfg(test)]
mod tests;
