//! Floor 1: the only code that touches the disk.
//!
//! It knows how workbooks, jots and settings are kept, so that nothing typed is lost and nothing that cannot be read is
//! written over. It knows no screen, no key and no clock: the time comes in, and so do fresh ids. Start reading at
//! [`Store`], then [`open`](Store::open) in `open.rs`, [`Writer`] in `writer.rs` and what it does in `keep.rs`.
//!
//! ```text
//!   key ─▶ Book::act ─▶ records ─▶ Writer ─▶ journal.log     at once; synced half a second later
//!                                     └────▶ workbook.ron    on resting and leaving: the fold
//!                                            undo.log        the journal's lines move to its end
//! ```

mod around;
mod aside;
mod backup;
mod check;
mod conflict;
mod copies;
pub mod disk;
mod drafts;
mod erase;
mod error;
pub mod fault;
pub mod format;
mod history;
mod import;
mod inbox;
mod index;
mod journal;
mod keep;
mod later;
mod lend;
mod library;
mod lock;
mod notice;
mod open;
mod paths;
mod place;
#[cfg(test)]
mod power;
mod rescue;
mod salvage;
mod save;
mod settings;
mod sift;
#[cfg(test)]
mod testing;
mod undo;
mod unknown;
mod writer;
mod zone;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

pub use around::{Lookout, Seen};
pub use backup::BackedUp;
pub use check::{Finding, Repair, Repaired};
pub use copies::OtherCopy;
pub use disk::{Disk, RealDisk};
pub use drafts::{Drafts, Words};
pub use erase::Erased;
pub use error::{Kind, StoreError};
pub use format::{FORMAT, FileWorkbook, parse_workbook, write_workbook};
pub use history::{AsItWas, Past, PastVersion, Whose};
pub use import::{Brought, Import, ImportItem, OnConflict};
pub use inbox::{Inbox, InboxNews, Jot, Waiting, Watch};
pub use library::{Entry, FirstRows, Library, LibraryNews};
pub use lock::Holder;
pub use open::{CHANGED_ELSEWHERE, Hold, Opened, Why, Writing};
pub use paths::Folders;
pub use place::Place;
pub use rescue::{Amount, Rescue};
pub use salvage::{Damage, Fate, Salvaged};
pub use settings::{Colours, Reading, Settings};
pub use writer::{Closing, Report, Saver, Wake, Writer};

/// Everything that is kept: where it is, and the disk it is on. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    disk: Arc<dyn Disk>,
    folders: Folders,
}

impl Store {
    /// The store in a folder, or in the user's own folder for settings. Touches nothing yet.
    ///
    /// # Errors
    /// [`StoreError::NoHome`] where there is no such folder to be found.
    pub fn at(dir: Option<PathBuf>) -> Result<Self, StoreError> {
        Ok(Self::with_disk(Folders::find(dir)?, Arc::new(RealDisk)))
    }

    /// The store on a disk that is handed in.
    pub fn with_disk(folders: Folders, disk: Arc<dyn Disk>) -> Self {
        Self { disk, folders }
    }

    /// Where everything is.
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// The list of workbooks.
    pub fn workbooks(&self) -> Library {
        Library::new(self.clone())
    }

    /// The jots that wait.
    pub fn inbox(&self) -> Inbox {
        Inbox::new(self.clone())
    }

    /// Opens a workbook's folder to write in it, or to read where it cannot be written; see [`Hold`].
    ///
    /// # Errors
    /// Where it cannot be read. A damaged `workbook.ron` is copied to `quarantine/` and left as it is.
    /// A removal of somebody's details that was interrupted is finished first; see [`Store::erase`]. Earlier versions
    /// that have grown old are thinned.
    pub fn open(&self, folder: &Path, now: Timestamp) -> Result<Opened, StoreError> {
        let (folder, notice) = erase::finish_first(self, folder, now);
        let mut opened = open::to_write(self, &folder, now)?;
        if matches!(opened.hold, Hold::Writing(_)) {
            history::thin(self.disk(), &folder, now);
            let shared = [self.folders.root().to_owned(), self.folders.inbox(), self.folders.quarantine()];
            shared.iter().for_each(|shared| save::sweep_old(self.disk(), shared, now));
        }
        opened.notices.extend(notice);
        Ok(opened)
    }

    /// Reads a workbook's folder, with what its journal holds. Takes no lock and writes nothing.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read(&self, folder: &Path) -> Result<Opened, StoreError> {
        open::to_read(self, folder)
    }

    /// Writes a file that is whole or not there at all: exports. Returns its full path.
    ///
    /// # Errors
    /// [`StoreError::AlreadyThere`] unless it may be written over; or what the disk said.
    pub fn write_new(&self, path: &Path, bytes: &[u8], overwrite: bool) -> Result<PathBuf, StoreError> {
        save::export(&*self.disk, path, bytes, overwrite)
    }

    fn disk(&self) -> &dyn Disk {
        &*self.disk
    }
}
