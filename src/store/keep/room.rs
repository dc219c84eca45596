//! Room on the disk that is set aside for the journal, so that words are still taken when the disk has become full.
//!
//! It lies behind the end of `journal.log`, whose length does not show it. Folding gives it back with the journal's lines,
//! and it is set aside anew at once; leaving gives it back for good. Where the system knows no such thing nothing is set
//! aside, and a full disk is told with the first word that it does not take.

use std::io;

use super::super::error::StoreError;
use super::super::paths;
use super::Keeper;

/// How much is set aside: as many of these bytes as there are. 1 MiB takes some eight thousand keys.
const ASIDE: [u64; 3] = [1 << 20, 256 << 10, 64 << 10];
/// With less than this left, more is set aside.
const LOW: u64 = 32 << 10;

/// What is set aside at the moment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Room {
    /// The journal can grow to so many bytes.
    until: u64,
    /// The system knows no such thing.
    refused: bool,
}

impl Keeper {
    /// Whether what is taken can be written to the journal at once.
    pub fn journal_works(&self) -> bool {
        !self.anew
    }

    /// Sets room aside for the journal, where too little is left.
    ///
    /// # Errors
    /// Where the disk is full. Everything so far is as safe as it was.
    pub fn set_room_aside(&mut self) -> Result<(), StoreError> {
        let written = self.written as u64;
        if self.anew || self.room.refused || self.room.until >= written + LOW {
            return Ok(());
        }
        let path = self.folder.join(paths::JOURNAL);
        let disk = self.store.disk();
        let file = Self::journal_file(disk, &path, &mut self.journal, &mut self.name_unsynced)
            .map_err(StoreError::io("save", &path))?;
        let mut full = None;
        for bytes in ASIDE {
            match file.reserve(bytes) {
                Ok(()) => {
                    self.room.until = written + bytes;
                    return Ok(());
                }
                Err(error) if is_full(&error) => full = Some(error),
                // it is no more than a precaution
                Err(_) => self.room.refused = true,
            }
        }
        full.map_or(Ok(()), |error| Err(StoreError::io("set room aside for", &path)(error)))
    }

    /// Gives back what was set aside, as well as may be.
    pub fn give_room_back(&mut self) {
        if self.lines.is_empty() && self.room.until > 0 {
            let _ = self.empty_journal();
        }
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
