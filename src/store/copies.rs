//! The other copies of a workbook that lie in its folder: those that a sync tool or an editor left, found by their names.
//!
//! Reading one takes no lock and writes nothing. Once somebody is done with it, it is put away into `history/` under its
//! own name, whole, by a rename; nothing here deletes. What differs in it is the business of the domain. Start reading at
//! [`Store::copies`].

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::error::StoreError;
use super::format::FileWorkbook;
use super::history::copy_name;
use super::{Store, conflict, format, paths, save};
use crate::domain::{Workbook, WorkbookId};
use crate::order::InOrder;

/// The longest name of a file that every system takes, in bytes.
const LONGEST: usize = 255;

/// Another copy of a workbook, in its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherCopy {
    /// The name of its file.
    pub name: String,
    /// When it last changed: as it says itself, or else by the clock of the file system.
    pub at: Option<Timestamp>,
    /// Why it cannot be set beside the workbook, in words.
    pub trouble: Option<String>,
}

impl Store {
    /// The names of the other copies in a workbook's folder, in the order of their names. None is read.
    pub fn copy_names(&self, folder: &Path) -> Vec<String> {
        self.list_copies(folder).unwrap_or_default()
    }

    /// The same, or why the folder cannot be listed.
    pub(super) fn list_copies(&self, folder: &Path) -> io::Result<Vec<String>> {
        let listed = self.disk().list(folder)?;
        let copies = listed.into_iter().filter(|listed| !listed.folder && conflict::is_name(&listed.name));
        let mut names: Vec<String> = copies.map(|listed| listed.name).collect();
        names.order();
        Ok(names)
    }

    /// The other copies of the workbook of this id in its folder, newest first. One that cannot be read is among them, and
    /// says why.
    pub fn copies(&self, folder: &Path, id: &WorkbookId) -> Vec<OtherCopy> {
        let mut all: Vec<OtherCopy> = self
            .copy_names(folder)
            .into_iter()
            .map(|name| {
                let path = folder.join(&name);
                let modified = || Timestamp::try_from(self.disk().meta(&path).ok()?.modified).ok();
                match self.read_beside(&path, id) {
                    Ok(file) => OtherCopy { at: file.changed.or_else(modified), name, trouble: None },
                    Err(error) => OtherCopy {
                        at: modified(),
                        name,
                        trouble: Some(format!("{error}. {}", error.hint())),
                    },
                }
            })
            .collect();
        all.order_by(|a, b| b.at.cmp(&a.at).then_with(|| a.name.cmp(&b.name)));
        all
    }

    /// Reads a file that is to be set beside the workbook of an id: another copy, a partner's, an earlier version.
    ///
    /// # Errors
    /// Where it cannot be read, or is another workbook.
    pub fn read_beside(&self, path: &Path, id: &WorkbookId) -> Result<FileWorkbook, StoreError> {
        let bytes = self.disk().read(path).map_err(StoreError::io("open", path))?;
        let file =
            format::parse_workbook_bytes(&bytes).map_err(|error| StoreError::unreadable(path, error))?;
        if file.workbook.id() != id {
            let (path, title) = (path.to_owned(), file.workbook.title().to_owned());
            return Err(StoreError::AnotherWorkbook { path, title });
        }
        Ok(file)
    }

    /// Puts another copy away, from the workbook's folder into its `history/`, under the time and its own name. Returns
    /// where it is then. One that cannot be read stays where it is.
    ///
    /// # Errors
    /// Where it is no such copy, cannot be read, or the disk refused; it is where it was then.
    pub fn put_away(&self, folder: &Path, name: &str, now: Timestamp) -> Result<PathBuf, StoreError> {
        let from = folder.join(name);
        if !conflict::is_name(name) || Path::new(name).components().count() != 1 {
            return Err(StoreError::io("move", &from)(std::io::ErrorKind::InvalidInput.into()));
        }
        let own = self.read(folder)?;
        self.read_beside(&from, own.book.workbook().id())?;
        let disk = self.disk();
        let history = folder.join(paths::HISTORY);
        save::make_folder(disk, &history)?;
        let mut stamp = now;
        loop {
            let to = history.join(shortened(&copy_name(stamp, name)));
            match disk.rename_new(&from, &to) {
                Ok(()) => {
                    save::sync_folder_of(disk, &to)?;
                    save::sync_folder_of(disk, &from)?;
                    return Ok(to);
                }
                // one of that name was put away in that second
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                    stamp += jiff::SignedDuration::from_secs(1);
                }
                Err(error) => return Err(StoreError::io("move", &from)(error)),
            }
        }
    }

    /// A partner's copy as the text of a workbook file, as it is sent. `None` where it would not read back.
    pub fn text_to_send(workbook: &Workbook) -> Option<String> {
        format::write_workbook(workbook, 0, None)
    }
}

/// The name with its end kept, where it is too long for a file system.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let ending = ".ron";
    let mut stem = name.strip_suffix(ending).unwrap_or(name).to_owned();
    while stem.len() > LONGEST - ending.len() {
        stem.pop();
    }
    stem + ending
}

#[cfg(test)]
mod tests;
