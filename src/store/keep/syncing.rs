//! A sync of the journal that goes on beside the writing: what is typed meanwhile reaches the system all the same.
//!
//! The keeper hands out what is to be done, any thread may do it, and the keeper takes what came of it. Between the two the
//! journal may only grow: whoever wants to fold it or write it anew waits for the sync first.

use std::io;
use std::path::PathBuf;

use super::super::Store;
use super::super::disk::DiskFile;
use super::super::error::StoreError;
use super::super::paths;
use super::Keeper;

/// A sync that is to be done.
#[derive(Debug)]
pub(in crate::store) struct Syncing {
    store: Store,
    file: Box<dyn DiskFile>,
    /// The folder, where the journal's name is not safe yet either.
    folder: Option<PathBuf>,
    /// The last record that was written before.
    seq: u64,
}

/// What came of it.
#[derive(Debug)]
pub(in crate::store) struct Synced {
    seq: u64,
    with_name: bool,
    result: io::Result<()>,
}

impl Syncing {
    /// Does it. Takes as long as the disk likes.
    pub fn done(mut self) -> Synced {
        let with_name = self.folder.is_some();
        let result = self.file.sync().and_then(|()| match &self.folder {
            Some(folder) => self.store.disk().sync_folder(folder),
            None => Ok(()),
        });
        Synced { seq: self.seq, with_name, result }
    }
}

impl Keeper {
    /// Writes what was taken, and says what another thread is to do to make it safe against a power cut. `None` where that
    /// is so already.
    ///
    /// # Errors
    /// What could not be written.
    pub fn begin_sync(&mut self) -> Result<Option<Syncing>, StoreError> {
        self.flush()?;
        if self.progress.synced == self.seq() {
            return Ok(None);
        }
        let path = self.folder.join(paths::JOURNAL);
        let disk = self.store.disk();
        let file = Self::journal_file(disk, &path, &mut self.journal, &mut self.name_unsynced);
        let Ok(file) = file.and_then(|file| file.beside()) else {
            // without another handle it is done here and now
            return self.sync().map(|()| None);
        };
        let folder = self.name_unsynced.then(|| self.folder.clone());
        Ok(Some(Syncing { store: self.store.clone(), file, folder, seq: self.seq() }))
    }

    /// Takes what came of a sync that was begun.
    ///
    /// # Errors
    /// Where it failed: the journal must then be written under another name.
    pub fn end_sync(&mut self, synced: Synced) -> Result<(), StoreError> {
        if let Err(error) = synced.result {
            self.distrust_journal();
            return Err(StoreError::io("save", &self.folder.join(paths::JOURNAL))(error));
        }
        // a journal that failed meanwhile is written anew, and whole
        if !self.anew {
            self.name_unsynced &= !synced.with_name;
            self.progress.synced = self.progress.synced.max(synced.seq);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Rig, type_in};

    /// The journal's name is made safe with the first sync, and needs it no more.
    #[test]
    fn the_folder_is_synced_with_the_journals_first_sync_and_not_again() {
        let rig = Rig::new();
        let (mut book, mut keeper) = rig.keeper();
        for first in [true, false] {
            keeper.take(&type_in(&mut book, "x"));
            rig.disk.heal();
            let syncing = keeper.begin_sync().unwrap().expect("something to be synced");
            keeper.end_sync(syncing.done()).unwrap();
            let calls = rig.disk.calls();
            assert!(calls.contains(&"sync"), "{calls:?}");
            assert_eq!(calls.contains(&"sync_folder"), first, "{calls:?}");
            assert_eq!(keeper.synced(), book.seq());
        }
    }
}
