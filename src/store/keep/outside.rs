//! What somebody else does to `workbook.ron` while it is open here, and the versions in `history/` that this leads to.
//!
//! Both sides are always kept: this knows how theirs is noticed, and where what gives way goes. Start reading at
//! [`Keeper::look`]; [`Keeper::keep_old`] is a step of the fold.

use std::io;
use std::path::PathBuf;

use super::super::disk::Disk;
use super::super::error::StoreError;
use super::super::journal::Print;
use super::super::{format, paths, save};
use super::Keeper;

/// What somebody else has done to `workbook.ron` meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outside {
    /// Nothing, or nothing that can be read yet.
    Nothing,
    /// It is another, and something of ours waits: the next fold keeps both.
    BesideOurs,
    /// It is another, and nothing of ours waited. Ours was kept at this path.
    InsteadOfOurs {
        /// In `history/`.
        kept: PathBuf,
    },
}

impl Keeper {
    /// Where the version of somebody else was kept that this fold replaced; said once.
    pub fn take_outside(&mut self) -> Option<PathBuf> {
        self.outside.take()
    }

    /// Looks whether somebody else has changed `workbook.ron`. What cannot be read may be half written still: it is looked
    /// at again when it changes, and the next fold keeps it in any case. So it does where the file is gone.
    pub fn look(&mut self) -> Result<Outside, StoreError> {
        let disk = self.store.disk();
        let Ok(meta) = disk.meta(&self.file) else { return Ok(Outside::Nothing) };
        let as_of = Some((meta.len, meta.modified));
        if self.seen == as_of {
            return Ok(Outside::Nothing);
        }
        let Ok(bytes) = disk.read(&self.file) else { return Ok(Outside::Nothing) };
        if Print::of(&bytes) == self.print {
            self.seen = as_of;
            return Ok(Outside::Nothing);
        }
        if format::parse_workbook_bytes(&bytes).is_err() {
            return Ok(Outside::Nothing);
        }
        self.seen = as_of;
        if self.wants_fold() {
            return Ok(Outside::BesideOurs);
        }
        let ours = format::write_workbook(self.book.workbook(), self.seq(), self.changed)
            .ok_or_else(|| StoreError::ReadBack { path: self.file.clone() })?;
        let what = format!("{:06}-replaced-{:08x}", self.progress.folded, crc32fast::hash(ours.as_bytes()));
        let kept = self.keep_version(disk, &what, ours.as_bytes())?;
        Ok(Outside::InsteadOfOurs { kept })
    }

    /// Keeps the version that this session began with, and any that somebody else made since.
    pub(super) fn keep_old(&mut self, disk: &dyn Disk) -> Result<(), StoreError> {
        let bytes = match disk.read(&self.file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(StoreError::io("read", &self.file)(error)),
        };
        let outside = Print::of(&bytes) != self.print;
        if self.kept_old && !outside {
            return Ok(());
        }
        let what = if outside {
            format!("outside-{:08x}", crc32fast::hash(&bytes))
        } else {
            format!("{:06}", self.progress.folded)
        };
        let path = self.keep_version(disk, &what, &bytes)?;
        if outside {
            self.outside = Some(path);
        }
        self.kept_old = true;
        Ok(())
    }

    /// Keeps a version in `history/`, under the time of this session. The same version is kept once.
    fn keep_version(&self, disk: &dyn Disk, what: &str, bytes: &[u8]) -> Result<PathBuf, StoreError> {
        let history = self.folder.join(paths::HISTORY);
        save::make_folder(disk, &history)?;
        let stamp = self.started.strftime("%Y%m%dT%H%M%SZ");
        let path = history.join(format!("{stamp}-{what}.ron"));
        match save::under_a_new_name(disk, &path, bytes) {
            Ok(()) => Ok(path),
            Err(StoreError::AlreadyThere { .. }) if disk.read(&path).is_ok_and(|there| there == bytes) => {
                Ok(path)
            }
            // two sessions of one second, and another one's work in between
            Err(StoreError::AlreadyThere { .. }) => {
                let path = history.join(format!("{stamp}-{what}-{:08x}.ron", crc32fast::hash(bytes)));
                match save::under_a_new_name(disk, &path, bytes) {
                    Ok(()) | Err(StoreError::AlreadyThere { .. }) => Ok(path),
                    Err(error) => Err(error),
                }
            }
            Err(error) => Err(error),
        }
    }
}
