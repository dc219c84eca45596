//! Words that stand in a prompt or in the jot strip and belong to no workbook yet: kept as they are typed, so that a
//! closed window does not take them along.
//!
//! They are few and small, so the file is written whole each time, on a thread of its own. Start reading at [`Drafts`].

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::error::StoreError;
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

    pub(super) fn save_drafts(&self, words: &Words) -> Result<(), StoreError> {
        let path = self.drafts_path();
        save::make_folder(self.disk(), self.folders().root())?;
        let text = format::options().to_string_pretty(words, format::pretty(true)).unwrap_or_default();
        save::quickly(self.disk(), &path, text.as_bytes())
    }
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
        let _ = std::thread::Builder::new().name("drafts".to_owned()).spawn(move || {
            while let Ok(mut latest) = heard.recv() {
                latest = heard.try_iter().last().unwrap_or(latest);
                // the words stay on the screen; a disk that is full is said by the workbook
                let _ = store.save_drafts(&latest.1);
                *told.0.lock().unwrap_or_else(PoisonError::into_inner) = latest.0;
                told.1.notify_all();
            }
        });
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Folders, RealDisk};

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
}
