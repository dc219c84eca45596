//! The thread that keeps a workbook: it writes what it is sent at once, syncs half a second later, folds when asked, and
//! after a failure tries again until it works. A sync runs on a thread of its own, so that a disk which takes its time
//! keeps no word waiting.
//!
//! It knows when, and the keeper (`keep.rs`) knows how. Nobody waits for it but the frame, for a moment, with
//! [`Writer::wait_kept`], and whoever closes. With nothing to do it does not wake up.

mod kept;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::error::StoreError;
use super::keep::{Keeper, Outside, Synced};
use super::open::Writing;
use super::place::Place;
use crate::domain::Record;
use kept::{Kept, Waiter};

/// How long after it was written a record is synced at the latest.
pub const SYNC_AFTER: Duration = Duration::from_millis(500);
/// The longest pause between two tries while something is not saved.
const RETRY_AT_MOST: Duration = Duration::from_secs(1);
/// The first pause.
const RETRY_FIRST: Duration = Duration::from_millis(100);
/// How often it is tried again on closing, when there is no later.
const LAST_TRIES: usize = 2;

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
                drop(desk);
                if let Some((closed, result)) = closing {
                    let _ = closed.send(result);
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
    pub fn close(mut self) -> Result<(), StoreError> {
        self.finish()
    }

    fn finish(&mut self) -> Result<(), StoreError> {
        let Some(thread) = self.thread.take() else { return Ok(()) };
        let (answer, closed) = mpsc::channel();
        self.saver.send(Job::Close(answer));
        // an answer that never comes means that the thread has gone, and its reports have said why
        let result = closed.recv().unwrap_or(Ok(()));
        let _ = thread.join();
        result
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.finish();
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

/// A failure that is not mended yet.
#[derive(Debug)]
struct Trouble {
    said: Report,
    pause: Duration,
    again: Instant,
}

/// Who waits for the end, and what it is told.
type Closing = (Sender<Result<(), StoreError>>, Result<(), StoreError>);

/// The writer's thread: what is due, and what was said.
struct Desk {
    keeper: Box<Keeper>,
    reports: Sender<Report>,
    wake: Wake,
    /// For the thread that syncs, and for those who wait.
    saver: Saver,
    /// When what was written must be synced.
    sync_due: Option<Instant>,
    /// The sync that goes on at the moment. Nothing may be done to the journal meanwhile but write at its end.
    syncing: Option<JoinHandle<Synced>>,
    /// How many were begun.
    syncs: u64,
    place: Option<Place>,
    /// A fold was asked for and has not worked yet.
    fold_wanted: bool,
    /// Somebody may have written `workbook.ron` and it has not been looked at yet.
    look_wanted: bool,
    /// A sync up to this record was asked for and has not been answered yet.
    sync_asked: Option<u64>,
    trouble: Option<Trouble>,
    said_synced: u64,
    said_folded: u64,
}

impl Desk {
    fn new(keeper: Box<Keeper>, reports: Sender<Report>, wake: Wake, saver: Saver) -> Self {
        let sync_due = (keeper.synced() < keeper.seq()).then(|| Instant::now() + SYNC_AFTER);
        let (said_synced, said_folded) = (keeper.synced(), keeper.folded());
        Self {
            keeper,
            reports,
            wake,
            saver,
            sync_due,
            syncing: None,
            syncs: 0,
            place: None,
            fold_wanted: false,
            look_wanted: false,
            sync_asked: None,
            trouble: None,
            said_synced,
            said_folded,
        }
    }

    /// Until it is to close. Whom to tell then, and what.
    fn work(&mut self, inbox: &Receiver<Job>) -> Option<Closing> {
        let aside = self.keeper.set_room_aside();
        self.tell(&aside);
        loop {
            let first = match self.due() {
                None => Some(inbox.recv().ok()?),
                Some(due) => inbox.recv_timeout(due.saturating_duration_since(Instant::now())).ok(),
            };
            // what came meanwhile is written together
            let jobs: Vec<Job> = first.into_iter().chain(inbox.try_iter()).collect();
            if let Some(closed) = self.handle(jobs) {
                let result = self.save_at_last();
                self.keeper.note_in_library();
                self.keeper.give_room_back();
                return Some((closed, result));
            }
            self.do_what_is_due();
        }
    }

    /// Everything that was sent and is not saved yet.
    fn save_what_there_is(&mut self, inbox: &Receiver<Job>) {
        for job in inbox.try_iter() {
            if let Job::Append(records) = job {
                self.keeper.take(&records);
            }
        }
        let _ = self.save_all();
    }

    /// When to wake up without being sent anything.
    fn due(&self) -> Option<Instant> {
        let again = self.trouble.as_ref().map(|trouble| trouble.again);
        // one sync at a time
        let sync = self.sync_due.filter(|_| self.syncing.is_none());
        again.into_iter().chain(sync).min()
    }

    /// Does what was sent. Returns whom to answer where it is to close.
    fn handle(&mut self, jobs: Vec<Job>) -> Option<Sender<Result<(), StoreError>>> {
        if jobs.is_empty() {
            return None;
        }
        let (mut ended, mut answers) = (false, Vec::new());
        for job in jobs {
            match job {
                Job::Append(records) => self.keeper.take(&records),
                Job::Sync => {
                    self.sync_asked = Some(self.keeper.seq());
                    self.sync_due = Some(Instant::now());
                }
                Job::Fold(answer) => {
                    self.fold_wanted = true;
                    answers.extend(answer);
                }
                Job::Place(place) => self.place = Some(place),
                Job::Look => self.look_wanted = true,
                // one that was waited for meanwhile counts no more
                Job::SyncEnded { number } => ended |= number == self.syncs,
                Job::Close(answer) => return Some(answer),
            }
        }
        if !answers.is_empty() {
            let saved = self.save_all().is_ok();
            for answer in answers {
                // whoever asked may have gone on without it
                let _ = answer.send(saved);
            }
        } else if self.trouble.is_none() {
            let done = self.write_at_once().and_then(|()| if ended { self.settle() } else { Ok(()) });
            let done = done.and_then(|()| self.do_what_can_wait());
            self.tell(&done);
        } else if self.keeper.journal_works() {
            // what is not mended is something else: words go into the room that was set aside
            let done = self.write_at_once();
            self.tell_meanwhile(&done);
        }
        None
    }

    /// Writes what was sent, and lets the frame go that waits for it, before anything that may take longer.
    fn write_at_once(&mut self) -> Result<(), StoreError> {
        let done = self.keeper.flush();
        self.tell_kept();
        done
    }

    /// What was asked for and is not urgent. While a sync goes on it waits for its end: the journal is not to be touched.
    fn do_what_can_wait(&mut self) -> Result<(), StoreError> {
        if self.syncing.is_some() {
            return Ok(());
        }
        self.look_if_wanted()?;
        self.fold_if_wanted()?;
        self.keeper.set_room_aside()
    }

    fn do_what_is_due(&mut self) {
        let now = Instant::now();
        if self.due().is_none_or(|due| due > now) {
            return;
        }
        if let Some(place) = self.place.take() {
            // missed by nobody
            let _ = self.keeper.keep_place(&place);
        }
        if self.trouble.as_ref().is_some_and(|trouble| trouble.again > now) {
            let done = self.settle().and_then(|()| self.keeper.sync());
            return self.tell_meanwhile(&done);
        }
        let done = if self.trouble.is_some() {
            // what the sync says no longer matters: all that it was for is written again
            let _ = self.settle();
            self.keeper.mend()
        } else {
            self.begin_sync()
        };
        let done = done.and_then(|()| self.do_what_can_wait());
        self.tell(&done);
    }

    /// Begins a sync on a thread of its own, which rings when it has ended.
    fn begin_sync(&mut self) -> Result<(), StoreError> {
        self.sync_due = None;
        let Some(syncing) = self.keeper.begin_sync()? else { return Ok(()) };
        self.syncs += 1;
        let (saver, number) = (self.saver.clone(), self.syncs);
        let thread = std::thread::Builder::new().name("sync".to_owned()).spawn(move || {
            let synced = syncing.done();
            saver.send(Job::SyncEnded { number });
            synced
        });
        match thread {
            Ok(thread) => self.syncing = Some(thread),
            // where the system gives no thread, it is done here
            Err(_) => return self.keeper.sync(),
        }
        Ok(())
    }

    /// Waits for the sync that goes on, if one does, and takes what came of it.
    fn settle(&mut self) -> Result<(), StoreError> {
        match self.syncing.take().map(JoinHandle::join) {
            Some(Ok(synced)) => self.keeper.end_sync(synced),
            // a mistake of ours: nothing is known of it, so it is done again
            Some(Err(_)) => self.keeper.sync(),
            None => Ok(()),
        }
    }

    /// Everything, as well as it can be done now.
    fn save_all(&mut self) -> Result<(), StoreError> {
        if let Some(place) = self.place.take() {
            let _ = self.keeper.keep_place(&place);
        }
        self.fold_wanted = true;
        // what it says does not matter where all is written again
        let _ = self.settle();
        let done = self.keeper.mend().and_then(|()| self.fold_if_wanted());
        self.tell(&done);
        done
    }

    /// The same on closing: what fails once may work a moment later, and there is no later.
    fn save_at_last(&mut self) -> Result<(), StoreError> {
        for _ in 0..LAST_TRIES {
            if self.save_all().is_ok() {
                return Ok(());
            }
            std::thread::sleep(RETRY_FIRST);
        }
        self.save_all()
    }

    /// Looks whether `workbook.ron` is still as we left it. Where it is not, ours is saved at once, or theirs is told.
    fn look_if_wanted(&mut self) -> Result<(), StoreError> {
        if !std::mem::take(&mut self.look_wanted) {
            return Ok(());
        }
        match self.keeper.look()? {
            Outside::Nothing => {}
            Outside::BesideOurs => self.fold_wanted = true,
            Outside::InsteadOfOurs { kept } => self.say(Report::Replaced { kept }),
        }
        Ok(())
    }

    fn fold_if_wanted(&mut self) -> Result<(), StoreError> {
        if self.fold_wanted {
            self.keeper.fold()?;
            self.fold_wanted = false;
        }
        Ok(())
    }

    /// Says what has changed, and when to look again.
    fn tell(&mut self, done: &Result<(), StoreError>) {
        self.tell_progress();
        match done {
            Ok(()) => {
                if self.trouble.take().is_some() {
                    self.say(Report::Mended { seq: self.keeper.seq() });
                }
            }
            Err(error) => self.fail(error),
        }
    }

    /// The same, while something else is still not mended.
    fn tell_meanwhile(&mut self, done: &Result<(), StoreError>) {
        match done {
            Ok(()) => self.tell_progress(),
            Err(_) => self.tell(done),
        }
    }

    /// Says what the system has. Who waits for it has seen it by then; only who gave up is woken.
    fn tell_kept(&mut self) {
        let kept = self.keeper.kept();
        let Some(waiter) = self.saver.kept.rise(kept) else { return };
        // nobody may be listening any more
        let _ = self.reports.send(Report::Kept { seq: kept });
        if waiter == Waiter::HasGivenUp {
            (self.wake)();
        }
    }

    fn tell_progress(&mut self) {
        self.tell_kept();
        let (seq, synced, folded) = (self.keeper.seq(), self.keeper.synced(), self.keeper.folded());
        if let Some(kept) = self.keeper.take_outside() {
            self.say(Report::ChangedOutside { kept });
        }
        if synced > self.said_synced {
            self.said_synced = synced;
            self.say(Report::Synced { seq: synced, at: Instant::now() });
        }
        if folded > self.said_folded {
            self.said_folded = folded;
            self.say(Report::Folded { seq: folded });
        }
        if self.sync_asked.is_some_and(|asked| synced >= asked) {
            self.sync_asked = None;
            self.say(Report::Safe);
        }
        let dirty = synced < seq || self.place.is_some();
        self.sync_due =
            if dirty { self.sync_due.or_else(|| Some(Instant::now() + SYNC_AFTER)) } else { None };
    }

    fn fail(&mut self, error: &StoreError) {
        let (kept, synced) = (self.keeper.kept(), self.keeper.synced());
        if !self.keeper.journal_works() {
            // the next try is the sync
            self.sync_due = None;
        }
        let report = Report::Failed { words: error.to_string(), hint: error.hint(), kept, synced };
        let before = self.trouble.take();
        let pause = next_pause(before.as_ref().map(|t| t.pause));
        let news = before.is_none_or(|t| t.said != report);
        self.trouble = Some(Trouble { said: report.clone(), pause, again: Instant::now() + pause });
        if news {
            self.say(report);
        }
    }

    fn say(&self, report: Report) {
        // nobody may be listening any more
        let _ = self.reports.send(report);
        (self.wake)();
    }
}

/// How long to wait after a failure, given how long was waited before it.
fn next_pause(before: Option<Duration>) -> Duration {
    before.map_or(RETRY_FIRST, |pause| (pause * 2).min(RETRY_AT_MOST))
}

#[cfg(test)]
mod tests;
