//! The writer's thread: what was sent to it, what is due, and what it says of it.

use std::sync::mpsc::{Receiver, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::super::error::StoreError;
use super::super::keep::{Keeper, Outside, Synced};
use super::super::place::Place;
use super::kept::Waiter;
use super::{Job, Report, SYNC_AFTER, Saver, Wake};

/// The longest pause between two tries while something is not saved.
pub(super) const RETRY_AT_MOST: Duration = Duration::from_secs(1);
/// The first pause.
const RETRY_FIRST: Duration = Duration::from_millis(100);
/// How often it is tried again on closing, when there is no later.
const LAST_TRIES: usize = 2;

/// A failure that is not mended yet.
#[derive(Debug)]
struct Trouble {
    said: Report,
    pause: Duration,
    again: Instant,
}

/// Who waits for the end, and what it is told.
pub(super) type Closing = (Sender<Result<(), StoreError>>, Result<(), StoreError>);

/// The writer's thread: what is due, and what was said.
pub(super) struct Desk {
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
    pub(super) fn new(keeper: Box<Keeper>, reports: Sender<Report>, wake: Wake, saver: Saver) -> Self {
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
    pub(super) fn work(&mut self, inbox: &Receiver<Job>) -> Option<Closing> {
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

    /// Lets the lock go. Returns what to call once whoever waits was told.
    pub(super) fn let_go(self) -> Wake {
        self.wake
    }

    /// Everything that was sent and is not saved yet.
    pub(super) fn save_what_there_is(&mut self, inbox: &Receiver<Job>) {
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
pub(super) fn next_pause(before: Option<Duration>) -> Duration {
    before.map_or(RETRY_FIRST, |pause| (pause * 2).min(RETRY_AT_MOST))
}
