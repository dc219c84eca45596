//! Lending a text to a person's own editor, as a private file, and taking back what it leaves.
//!
//! The text in the workbook stays as it is meanwhile. A file that cannot be taken back stays where it is, so that what
//! was written in it is not lost.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::error::StoreError;
use super::{Store, format, save};

/// The folder of the files that are lent.
pub(super) const EDITING: &str = "editing";

impl Store {
    /// Writes a text into a new private file for an editor.
    ///
    /// # Errors
    /// What the disk said.
    pub fn lend(&self, text: &str) -> Result<PathBuf, StoreError> {
        static COUNTER: AtomicU32 = AtomicU32::new(1);
        let folder = self.folders().root().join(EDITING);
        save::make_folder(self.disk(), &folder)?;
        loop {
            let number = COUNTER.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("answer-{}-{number}.md", std::process::id()));
            match save::under_a_new_name(self.disk(), &path, text.as_bytes()) {
                // left by somebody of the same number; what is in it may still be wanted
                Err(StoreError::AlreadyThere { .. }) if number < u32::MAX => {}
                result => return result.map(|()| path),
            }
        }
    }

    /// Reads what an editor left in a file that was lent. Line ends are made ours. The file stays until
    /// [`Store::drop_lent`], since what is in it may be refused.
    ///
    /// # Errors
    /// Where it is gone, or not text.
    pub fn take_back(&self, path: &Path) -> Result<String, StoreError> {
        let bytes = self.disk().read(path).map_err(StoreError::io("read", path))?;
        let text = if bytes.is_empty() { Ok("") } else { format::text_of(&bytes) };
        let text = text.map_err(|error| StoreError::unreadable(path, error))?;
        Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
    }

    /// Takes away a file that was lent and has been taken back.
    pub fn drop_lent(&self, path: &Path) {
        // one that stays does no harm
        let _ = self.disk().remove(path);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Folders, RealDisk};
    use super::*;

    #[test]
    fn a_text_goes_out_and_comes_back_and_only_what_was_taken_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::with_disk(Folders::at(dir.path()), Arc::new(RealDisk));
        let lent = store.lend("one\ntwo").unwrap();
        assert_eq!(std::fs::read_to_string(&lent).unwrap(), "one\ntwo");
        std::fs::write(&lent, "\u{feff}one\r\ntwo\rthree").unwrap();
        assert_eq!(store.take_back(&lent).unwrap(), "one\ntwo\nthree");
        assert!(lent.exists(), "it may be refused");
        store.drop_lent(&lent);
        assert!(!lent.exists());
        assert!(store.take_back(&lent).is_err());
        let again = store.lend("x").unwrap();
        std::fs::write(&again, b"\xff\xfe\x00").unwrap();
        assert!(store.take_back(&again).is_err());
        assert!(again.exists());
    }

    #[test]
    fn what_somebody_of_the_same_number_left_is_passed_by() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::with_disk(Folders::at(dir.path()), Arc::new(RealDisk));
        let first = store.lend("first").unwrap();
        let name = first.file_stem().unwrap().to_str().unwrap();
        let (stem, number) = name.rsplit_once('-').unwrap();
        let number: u32 = number.parse().unwrap();
        // other tests lend too, each of them once or twice
        let left: Vec<PathBuf> =
            (1..=30).map(|n| first.with_file_name(format!("{stem}-{}.md", number + n))).collect();
        left.iter().for_each(|path| std::fs::write(path, "left").unwrap());
        let second = store.lend("second").unwrap();
        assert_eq!(std::fs::read_to_string(&second).unwrap(), "second");
        for path in left {
            assert_eq!(std::fs::read_to_string(&path).unwrap(), "left", "{}", path.display());
        }
    }
}
