//! Words that stand in a prompt or in the jot strip and belong to no workbook yet: kept as they are typed, so that a
//! closed window does not take them along.
//!
//! They are few and small, so the file is written whole each time, on a thread of its own, and again half a second later
//! so that a power cut does no harm. Start reading at [`Drafts`].

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::error::StoreError;
use super::writer::SYNC_AFTER;
use super::{Store, format, save};

/// What was asked, and the words that stand there.
pub type Words = BTreeMap<String, String>;

/// The file of the words, where it is there and cannot be read.
pub(super) fn unreadable(store: &Store) -> Option<PathBuf> {
    let path = store.drafts_path();
    let bytes = store.disk().read(&path).ok()?;
    let words = format::text_of(&bytes).ok().and_then(|text| format::options().from_str::<Words>(text).ok());
    words.is_none().then_some(path)
}

impl Store {
    /// The words that were kept; none where there is no file or it cannot be read, which is no reason to stop.
    pub fn drafts(&self) -> Words {
        let read = self.disk().read(&self.drafts_path()).ok();
        let text = read.as_deref().and_then(|bytes| format::text_of(bytes).ok());
        text.and_then(|text| format::options().from_str(text).ok()).unwrap_or_default()
    }

    fn drafts_path(&self) -> PathBuf {
        self.folders().root().join("drafts.ron")
    }

    /// Saves the words so that the program may be killed.
    pub(super) fn save_drafts(&self, words: &Words) -> Result<(), StoreError> {
        save::make_folder(self.disk(), self.folders().root())?;
        save::quickly(self.disk(), &self.drafts_path(), in_ron(words).as_bytes())
    }

    /// Saves the words so that the power may fail.
    fn save_drafts_for_good(&self, words: &Words) -> Result<(), StoreError> {
        save::whole(self.disk(), &self.drafts_path(), in_ron(words).as_bytes())
    }
}

fn in_ron(words: &Words) -> String {
    format::options().to_string_pretty(words, format::pretty(true)).unwrap_or_default()
}

/// Keeps words as they are typed.
#[derive(Debug)]
pub struct Drafts {
    sent: u64,
    words: Sender<(u64, Words)>,
    kept: Arc<(Mutex<u64>, Condvar)>,
}

impl Drafts {
    /// Begins a thread that keeps what it is sent.
    pub fn start(store: Store) -> Self {
        let (words, heard) = channel::<(u64, Words)>();
        let kept = Arc::new((Mutex::new(0), Condvar::new()));
        let told = Arc::clone(&kept);
        // without a thread nothing is kept, and nobody waits in vain for longer than a frame
        let tell = move |sent| {
            *told.0.lock().unwrap_or_else(PoisonError::into_inner) = sent;
            told.1.notify_all();
        };
        let keep = move || keep_all(&store, &heard, tell);
        let _ = std::thread::Builder::new().name("drafts".to_owned()).spawn(keep);
        Self { sent: 0, words, kept }
    }

    /// Keeps these words in place of the ones before. Does not wait.
    pub fn keep(&mut self, words: Words) {
        self.sent += 1;
        let _ = self.words.send((self.sent, words));
    }

    /// Waits until what was sent last is in the hands of the system, for so long at most.
    pub fn wait(&self, at_most: Duration) {
        let (kept, changed) = &*self.kept;
        let guard = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = changed.wait_timeout_while(guard, at_most, |kept| *kept < self.sent);
    }
}

/// Keeps what is heard until nobody sends any more; tells which of it the system has.
fn keep_all(store: &Store, heard: &Receiver<(u64, Words)>, tell: impl Fn(u64)) {
    // what the disk may not have yet, and when it must
    let mut unsynced: Option<(Words, Instant)> = None;
    loop {
        let next = match &unsynced {
            None => heard.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some((_, due)) => heard.recv_timeout(due.saturating_duration_since(Instant::now())),
        };
        // the words stay on the screen; a disk that is full is said by the workbook
        match next {
            Ok(first) => {
                let (sent, words) = heard.try_iter().last().unwrap_or(first);
                let _ = store.save_drafts(&words);
                tell(sent);
                let due = unsynced.map_or_else(|| Instant::now() + SYNC_AFTER, |(_, due)| due);
                unsynced = Some((words, due));
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Some((words, _)) = unsynced.take() {
                    let _ = store.save_drafts_for_good(&words);
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fault::FaultyDisk;
    use crate::store::power::{Flaw, PowerDisk};
    use crate::store::{Folders, RealDisk};
    use crate::testing::chance::Chance;

    #[test]
    fn words_are_there_after_the_window_is_gone() {
        let home = tempfile::tempdir().unwrap();
        let store = Store::with_disk(Folders::at(home.path()), Arc::new(RealDisk));
        assert!(store.drafts().is_empty());
        let mut drafts = Drafts::start(store.clone());
        let words = Words::from([("Jot".to_owned(), "ring the \"carers\"\u{2019} gro".to_owned())]);
        drafts.keep(words.clone());
        drafts.wait(Duration::from_secs(10));
        assert_eq!(store.drafts(), words);
    }

    #[test]
    fn words_that_come_quickly_are_synced_together() {
        let home = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::new(Arc::new(RealDisk)).pretending_to_sync();
        let store = Store::with_disk(Folders::at(home.path()), Arc::new(disk.clone()));
        let began = Instant::now();
        let mut drafts = Drafts::start(store.clone());
        for n in 0..30 {
            drafts.keep(Words::from([("Jot".to_owned(), n.to_string())]));
            drafts.wait(Duration::from_secs(10));
        }
        let syncs = disk.calls().iter().filter(|call| **call == "sync").count();
        let most = began.elapsed().as_millis() / SYNC_AFTER.as_millis();
        assert!(syncs as u128 <= most, "{syncs} in {:?}", began.elapsed());
        assert_eq!(store.drafts()["Jot"], "29");
    }

    #[test]
    fn half_a_second_later_a_power_cut_does_no_harm() {
        let disk = PowerDisk::new(Flaw::None);
        let store = Store::with_disk(Folders::at("/home"), Arc::new(disk.clone()));
        disk.note_moments(0);
        let mut drafts = Drafts::start(store.clone());
        let words = Words::from([("Jot".to_owned(), "ring the carers".to_owned())]);
        drafts.keep(words.clone());
        let left = || {
            let last = disk.moments().pop().unwrap();
            let mut after = (0..20).map(|seed| PowerDisk::after_a_cut(&last, &mut Chance::new(seed)));
            after.all(|disk| Store::with_disk(Folders::at("/home"), Arc::new(disk)).drafts() == words)
        };
        let until = Instant::now() + Duration::from_secs(10);
        while !left() {
            assert!(Instant::now() < until, "it is never safe");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
