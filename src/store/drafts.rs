//! Words that stand in a prompt or in the jot strip and belong to no workbook yet: kept as they are typed, so that a
//! closed window does not take them along.
//!
//! They are few and small, so the file is written whole each time, on a thread of its own, and again half a second later
//! so that a power cut does no harm. Each window has a file to itself (`drafts.ron`, `drafts-2.ron`, …), which it holds by
//! a lock from its first word on: what one writes never takes away what stands in another. Whoever starts takes up what
//! windows have left behind that are gone. Start reading at [`Drafts`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::disk::DiskLock;
use super::error::StoreError;
use super::later::Later;
use super::writer::SYNC_AFTER;
use super::{Store, format, save};
use crate::notation::{self, Layout};

/// What was asked, and the words that stand there.
pub type Words = BTreeMap<String, String>;

/// The most windows whose words are kept at the same time.
const WINDOWS: usize = 20;

/// The files of words that are there and cannot be read.
pub(super) fn unreadable(store: &Store) -> impl Iterator<Item = PathBuf> {
    (1..=WINDOWS).map(|number| store.drafts_path(number)).filter(|path| {
        let read = store.disk().read(path).ok();
        read.is_some_and(|bytes| read_words(&bytes).is_none())
    })
}

/// The files of words that can be read, with what is in them.
pub(super) fn readable(store: &Store) -> impl Iterator<Item = (PathBuf, Words)> {
    (1..=WINDOWS).map(|number| store.drafts_path(number)).filter_map(|path| {
        let words = read_words(&store.disk().read(&path).ok()?)?;
        Some((path, words))
    })
}

fn read_words(bytes: &[u8]) -> Option<Words> {
    notation::read(format::text_of(bytes).ok()?).ok()
}

/// Saves the words so that the program may be killed.
fn save_soon(store: &Store, path: &Path, words: &Words) -> Result<(), StoreError> {
    save::make_folder(store.disk(), store.folders().root())?;
    save::quickly(store.disk(), path, in_ron(words).as_bytes())
}

/// Saves the words so that the power may fail.
pub(super) fn save_for_good(store: &Store, path: &Path, words: &Words) -> Result<(), StoreError> {
    save::whole(store.disk(), path, in_ron(words).as_bytes())
}

impl Store {
    /// The words that all windows keep; none where there is no file or it cannot be read, which is no reason to stop.
    pub fn drafts(&self) -> Words {
        readable(self).fold(Words::new(), |all, (_, words)| joined(all, words))
    }

    fn drafts_path(&self, number: usize) -> PathBuf {
        self.folders().root().join(file_name(number))
    }
}

fn file_name(number: usize) -> String {
    format!("drafts{}.ron", suffix(number))
}

/// The first window's file has the plain name.
fn suffix(number: usize) -> String {
    if number == 1 { String::new() } else { format!("-{number}") }
}

/// Both: where the same was asked, one behind the other.
fn joined(mut words: Words, more: Words) -> Words {
    for (asked, text) in more {
        let there = words.entry(asked).or_default();
        if there.is_empty() {
            *there = text;
        } else if !there.contains(&text) {
            there.push(' ');
            there.push_str(&text);
        }
    }
    words
}

/// A file that is ours until this is dropped.
#[derive(Debug)]
struct Place {
    path: PathBuf,
    _lock: Box<dyn DiskLock>,
}

impl Place {
    /// The file of that number. `None` where another window holds it, or where none can be held here.
    fn take(store: &Store, number: usize) -> Option<Self> {
        let lock = store.folders().root().join(format!("drafts{}.lock", suffix(number)));
        let lock = store.disk().lock(&lock).ok().flatten()?;
        Some(Self { path: store.drafts_path(number), _lock: lock })
    }

    /// A file in which nothing stands.
    fn free(store: &Store) -> Option<Self> {
        save::make_folder(store.disk(), store.folders().root()).ok()?;
        let taken = |number: &usize| store.disk().meta(&store.drafts_path(*number)).is_ok();
        (1..=WINDOWS).filter(|number| !taken(number)).find_map(|number| Self::take(store, number))
    }
}

/// The numbers of the files that are there: one look at the folder, since somebody waits for the first screen; a look for
/// each where the folder does not say what is in it.
fn left_behind(store: &Store) -> Vec<usize> {
    let listed = store.disk().list(store.folders().root()).ok();
    let there = |number: &usize| match &listed {
        Some(listed) => listed.iter().any(|entry| entry.name == file_name(*number)),
        None => store.disk().meta(&store.drafts_path(*number)).is_ok(),
    };
    (1..=WINDOWS).filter(there).collect()
}

/// What windows that are gone have left behind, and the file that it is in from now on.
fn found(store: &Store) -> (Option<Place>, Words) {
    let (mut place, mut words): (Option<Place>, _) = (None, Words::new());
    for number in left_behind(store) {
        let path = store.drafts_path(number);
        // read once it is held: until then its window may still write
        let Some(taken) = Place::take(store, number) else { continue };
        let Some(there) = store.disk().read(&path).ok().and_then(|bytes| read_words(&bytes)) else {
            continue;
        };
        let nothing_new = there.is_empty();
        words = joined(words, there);
        match &place {
            None => place = Some(taken),
            // it goes once its words are safe with the others
            Some(ours) if nothing_new || save_for_good(store, &ours.path, &words).is_ok() => {
                let _ = store.disk().remove(&path);
            }
            Some(_) => {}
        }
    }
    (place, words)
}

fn in_ron(words: &Words) -> String {
    notation::lines(words, Layout::ESCAPED).unwrap_or_default()
}

/// Keeps words as they are typed.
#[derive(Debug)]
pub struct Drafts {
    found: Words,
    sent: u64,
    words: Sender<(u64, Words)>,
    kept: Arc<(Mutex<u64>, Condvar)>,
    thread: Later,
}

impl Drafts {
    /// Takes up what was left behind; a thread keeps what is sent, from the first words on.
    pub fn start(store: Store) -> Self {
        let (place, found) = found(&store);
        let (words, heard) = channel::<(u64, Words)>();
        let kept = Arc::new((Mutex::new(0), Condvar::new()));
        let told = Arc::clone(&kept);
        // without a thread nothing is kept, and nobody waits in vain for longer than a frame
        let tell = move |sent| {
            *told.0.lock().unwrap_or_else(PoisonError::into_inner) = sent;
            told.1.notify_all();
        };
        let thread = Later::new(move || keep_all(&store, place, &heard, tell));
        Self { found, sent: 0, words, kept, thread }
    }

    /// The words that stood there when windows were closed.
    pub fn found(&self) -> &Words {
        &self.found
    }

    /// Keeps these words in place of the ones before. Does not wait.
    pub fn keep(&mut self, words: Words) {
        self.thread.begin("drafts");
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
fn keep_all(store: &Store, mut place: Option<Place>, heard: &Receiver<(u64, Words)>, tell: impl Fn(u64)) {
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
                place = place.or_else(|| Place::free(store));
                if let Some(place) = &place {
                    let _ = save_soon(store, &place.path, &words);
                }
                tell(sent);
                let due = unsynced.map_or_else(|| Instant::now() + SYNC_AFTER, |(_, due)| due);
                unsynced = Some((words, due));
            }
            Err(RecvTimeoutError::Timeout) => {
                if let (Some((words, _)), Some(place)) = (unsynced.take(), &place) {
                    let _ = save_for_good(store, &place.path, &words);
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fault::{Fault, FaultyDisk};
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

    fn store() -> (Store, tempfile::TempDir) {
        let home = tempfile::tempdir().unwrap();
        (Store::with_disk(Folders::at(home.path().join("kept")), Arc::new(RealDisk)), home)
    }

    /// A window in which these words stand, kept.
    fn window(store: &Store, asked: &str, text: &str) -> Drafts {
        let mut drafts = Drafts::start(store.clone());
        drafts.keep(Words::from([(asked.to_owned(), text.to_owned())]));
        drafts.wait(Duration::from_secs(10));
        drafts
    }

    /// The window is gone, and its lock with it, which its thread holds to the last.
    fn gone(store: &Store, drafts: Drafts, number: usize) {
        drop(drafts);
        let until = Instant::now() + Duration::from_secs(10);
        while Place::take(store, number).is_none() {
            assert!(Instant::now() < until, "it is never let go");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn two_windows_keep_their_words_apart_and_whoever_comes_next_finds_both() {
        let (store, _home) = store();
        let one = window(&store, "Jot", "ring the carers");
        let two = window(&store, "Jot", "ask for the key");
        assert!(two.found().is_empty(), "what stands in another window is not taken from it");
        let mut emptied = Drafts::start(store.clone());
        emptied.keep(Words::new());
        emptied.wait(Duration::from_secs(10));
        assert_eq!(store.drafts()["Jot"], "ring the carers ask for the key");
        gone(&store, two, 2);
        gone(&store, one, 1);
        let next = Drafts::start(store.clone());
        assert_eq!(next.found()["Jot"], "ring the carers ask for the key");
        assert_eq!(readable(&store).filter(|(_, words)| !words.is_empty()).count(), 1, "in one file now");
        // and they stay while they are found again
        gone(&store, next, 1);
        assert_eq!(Drafts::start(store.clone()).found(), &store.drafts());
    }

    #[test]
    fn words_are_found_where_the_folder_does_not_say_what_is_in_it() {
        let home = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::new(Arc::new(RealDisk));
        let store = Store::with_disk(Folders::at(home.path()), Arc::new(disk.clone()));
        std::fs::write(store.drafts_path(2), "{\"Jot\": \"ring the carers\"}").unwrap();
        disk.fail(Fault { at: 0, calls: 1, error: 5, tear: false });
        let (place, words) = found(&store);
        assert_eq!(disk.calls().first(), Some(&"list"));
        assert!(place.is_some());
        assert_eq!(words["Jot"], "ring the carers");
        assert!(Place::take(&store, 2).is_none(), "that file is held");
        assert!(!home.path().join("drafts.lock").exists(), "and none is that is not there");
    }

    #[test]
    fn a_start_waits_for_no_sync_where_nothing_was_left_behind() {
        let home = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::new(Arc::new(RealDisk));
        let store = Store::with_disk(Folders::at(home.path().join("kept")), Arc::new(disk.clone()));
        std::fs::create_dir_all(store.folders().root()).unwrap();
        for number in 1..=3 {
            std::fs::write(store.drafts_path(number), "{}").unwrap();
        }
        disk.heal();
        let (place, words) = found(&store);
        assert!(place.is_some() && words.is_empty());
        assert!(!disk.calls().iter().any(|call| call.starts_with("sync")), "{:?}", disk.calls());
        assert_eq!(readable(&store).count(), 1, "the others are gone");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_alone() {
        let (store, _home) = store();
        let damaged = store.drafts_path(1);
        std::fs::create_dir_all(store.folders().root()).unwrap();
        std::fs::write(&damaged, "{\"Jot\": \"ring the").unwrap();
        assert!(unreadable(&store).eq([damaged.clone()]));
        let window = window(&store, "Jot", "ask for the key");
        assert!(window.found().is_empty());
        assert_eq!(store.drafts()["Jot"], "ask for the key");
        assert_eq!(std::fs::read(&damaged).unwrap(), b"{\"Jot\": \"ring the");
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

    #[test]
    fn each_window_has_a_file_of_its_own_and_the_first_has_the_plain_name() {
        let (store, _home) = store();
        let name = |number| store.drafts_path(number).file_name().unwrap().to_str().unwrap().to_owned();
        assert_eq!([1, 2, 3].map(name), ["drafts.ron", "drafts-2.ron", "drafts-3.ron"]);
    }
}
