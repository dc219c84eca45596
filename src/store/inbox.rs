//! Jots that wait to be put into a workbook: each is a file of its own, so that writing one needs no lock and never
//! meets an open window.
//!
//! A name sorts by time and then by number. A jot has a mark of its own too, since a name may come again once its file
//! has gone: name and mark together make the id of the line that it becomes, so that it is never taken in twice. It
//! knows no workbook. Start reading at [`Inbox::add`]; `watch` tells an open window what comes in.

mod watch;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::{Store, format, save, unknown};
use crate::domain::{IdSource, RecordId, Tag, WorkbookId};
use crate::notation::{self, Layout};
use crate::order::InOrder;

pub use watch::{InboxNews, Watch};

/// The most jots that may have the same time.
const AT_ONE_TIME: u32 = 1_000_000;
/// How the name of a jot's file ends.
const ENDING: &str = ".ron";

/// A note in passing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jot {
    /// When it was written.
    pub at: Timestamp,
    /// The workbook it is meant for, where that is known.
    pub to: Option<WorkbookId>,
    /// What it is.
    pub tag: Option<Tag>,
    /// Left out of every message and export.
    pub private: bool,
    /// The words.
    pub text: String,
}

/// A jot that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its file.
    pub path: PathBuf,
    /// The id of the line that it becomes.
    pub id: RecordId,
    /// What it says; or why it cannot be read, in words.
    pub jot: Result<Jot, String>,
}

/// The jots that wait.
#[derive(Debug, Clone)]
pub struct Inbox {
    store: Store,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct File {
    format: u32,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    mark: String,
    at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<WorkbookId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tag: Option<Tag>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    private: bool,
    text: String,
}

impl Jot {
    /// A jot of which only the words are known.
    pub fn new(at: Timestamp, text: impl Into<String>) -> Self {
        Self { at, to: None, tag: None, private: false, text: text.into() }
    }
}

impl Waiting {
    /// The name of its file, by which it is asked for.
    pub fn name(&self) -> &str {
        self.path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
    }
}

impl Inbox {
    pub(super) fn new(store: Store) -> Self {
        Self { store }
    }

    /// Puts a jot into the inbox. Once this returns it is on the disk, name and all. Returns its file. Its mark is drawn
    /// from `ids`.
    ///
    /// # Errors
    /// What the disk said; there is then no such jot.
    pub fn add(&self, jot: &Jot, ids: &IdSource) -> Result<PathBuf, StoreError> {
        let folder = self.folder();
        self.make_folder()?;
        let Jot { at, to, tag, private, text } = jot.clone();
        let file =
            File { format: format::FORMAT, mark: ids.record().to_string(), at, to, tag, private, text };
        let text = written(&file).ok_or_else(|| StoreError::ReadBack { path: folder.clone() })?;
        let stamp = jot.at.strftime("%Y%m%dT%H%M%S%.6fZ").to_string();
        let disk = self.store.disk();
        let mut number = 1;
        loop {
            let path = folder.join(format!("{stamp}-{number}{ENDING}"));
            if disk.meta(&path).is_ok() {
                number = self.next_number(&stamp).max(number + 1);
                continue;
            }
            match save::under_a_new_name(disk, &path, text.as_bytes()) {
                // somebody else was quicker
                Err(StoreError::AlreadyThere { .. }) if number < AT_ONE_TIME => number += 1,
                Err(error) => return Err(error),
                Ok(()) => return Ok(path),
            }
        }
    }

    /// The jots that wait, oldest first.
    ///
    /// # Errors
    /// Where the inbox is there and cannot be listed.
    pub fn list(&self) -> Result<Vec<Waiting>, StoreError> {
        let folder = self.folder();
        Ok(self.names(&folder)?.iter().map(|name| self.read(&folder, name)).collect())
    }

    /// The jots that lie in the bin, oldest first.
    ///
    /// # Errors
    /// Where the bin is there and cannot be listed.
    pub(super) fn binned(&self) -> Result<Vec<Waiting>, StoreError> {
        let folder = self.store.folders().bin();
        Ok(self.names(&folder)?.iter().map(|name| self.read(&folder, name)).collect())
    }

    /// Takes away the file of the jot of that id, which is safely in a workbook. Nothing else is ever taken away: false
    /// where it is not a file of this inbox, cannot be read, or is another jot, since names come again. One that has gone
    /// already counts as taken away.
    ///
    /// # Errors
    /// What the disk said.
    pub fn take(&self, path: &Path, id: &RecordId) -> Result<bool, StoreError> {
        let name = path.file_name().and_then(|name| name.to_str()).filter(|name| is_jot(name));
        let (true, Some(name)) = (path.parent() == Some(&self.folder()), name) else { return Ok(false) };
        let disk = self.store.disk();
        if save::is_gone(disk, path) {
            return Ok(true);
        }
        let there = self.read(&self.folder(), name);
        if there.jot.is_err() || there.id != *id {
            return Ok(false);
        }
        match disk.remove(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(StoreError::io("take away", path)(error))
            }
            _ => Ok(true),
        }
    }

    /// Says for which workbook a jot is meant. There is always the old file or the new one.
    ///
    /// # Errors
    /// What the disk said, or why the jot cannot be read; it is then as it was.
    pub fn address(&self, name: &str, to: &WorkbookId) -> Result<(), StoreError> {
        self.change(&self.path_of(name)?, |file| file.to = Some(to.clone()))
    }

    /// Puts other words in place of those of a jot that waits or lies in the bin. There is always the old file or the
    /// new one.
    ///
    /// # Errors
    /// What the disk said, or why the jot cannot be read; it is then as it was.
    pub(super) fn reword(&self, waiting: &Waiting, text: String) -> Result<(), StoreError> {
        self.change(&waiting.path, |file| file.text = text)
    }

    fn change(&self, path: &Path, change: impl FnOnce(&mut File)) -> Result<(), StoreError> {
        let disk = self.store.disk();
        let bytes = disk.read(path).map_err(StoreError::io("read", path))?;
        let unreadable = |reason| StoreError::Unreadable {
            path: path.to_owned(),
            line: 1,
            column: 1,
            reason,
            aside: None,
            good: None,
        };
        let mut file = read(&bytes).map_err(unreadable)?;
        change(&mut file);
        file.format = format::FORMAT;
        let text = written(&file).ok_or_else(|| StoreError::ReadBack { path: path.to_owned() })?;
        save::whole(disk, path, text.as_bytes())
    }

    /// Puts a jot into the bin's folder, whether it can be read or not. Returns where it is now.
    ///
    /// # Errors
    /// What the disk said; it is then where it was.
    pub fn bin(&self, name: &str) -> Result<PathBuf, StoreError> {
        let path = self.path_of(name)?;
        let (disk, bin) = (self.store.disk(), self.store.folders().bin());
        save::make_folder(disk, &bin)?;
        let mut number = 1;
        loop {
            let to = if number == 1 { bin.join(name) } else { bin.join(format!("{number}-{name}")) };
            match disk.rename_new(&path, &to) {
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && number < 10_000 => {
                    number += 1;
                }
                moved => {
                    moved.map_err(StoreError::io("move", &path))?;
                    save::sync_folder_of(disk, &to)?;
                    save::sync_folder_of(disk, &path)?;
                    return Ok(to);
                }
            }
        }
    }

    fn folder(&self) -> PathBuf {
        self.store.folders().inbox()
    }

    /// Makes the folder where it is not there.
    fn make_folder(&self) -> Result<(), StoreError> {
        save::make_folder(self.store.disk(), &self.folder())
    }

    /// The names of the jots' files in a folder, oldest first; none where there is no such folder.
    fn names(&self, folder: &Path) -> Result<Vec<String>, StoreError> {
        let listed = match self.store.disk().list(folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            listed => listed.map_err(StoreError::io("list", folder))?,
        };
        let mut names: Vec<String> =
            listed.into_iter().filter(|n| !n.folder && is_jot(&n.name)).map(|n| n.name).collect();
        names.order_by(|a, b| order(a).cmp(&order(b)));
        Ok(names)
    }

    fn read(&self, folder: &Path, name: &str) -> Waiting {
        let path = folder.join(name);
        let stem = name.strip_suffix(ENDING).unwrap_or(name);
        let bytes = self.store.disk().read(&path).map_err(|e| StoreError::io("read", &path)(e).to_string());
        match bytes.and_then(|bytes| read(&bytes)) {
            Ok(File { mark, at, to, tag, private, text, .. }) => {
                let mark = if mark.is_empty() { mark } else { format!("-{mark}") };
                let id = RecordId::new(format!("jot-{stem}{mark}"));
                Waiting { path, id, jot: Ok(Jot { at, to, tag, private, text }) }
            }
            Err(why) => Waiting { path, id: RecordId::new(format!("jot-{stem}")), jot: Err(why) },
        }
    }

    /// The file of a name, which must not lead elsewhere.
    fn path_of(&self, name: &str) -> Result<PathBuf, StoreError> {
        let path = self.folder().join(name);
        if is_jot(name) && path.parent() == Some(&self.folder()) {
            return Ok(path);
        }
        Err(StoreError::io("find", &path)(std::io::ErrorKind::NotFound.into()))
    }

    /// The number after the last of this time, so that many jots do not each try all the names before.
    fn next_number(&self, stamp: &str) -> u32 {
        let listed = self.store.disk().list(&self.folder()).unwrap_or_default();
        let numbers = listed.iter().filter_map(|n| {
            n.name.strip_prefix(stamp)?.strip_prefix('-')?.strip_suffix(ENDING)?.parse().ok()
        });
        numbers.max().map_or(1, |n: u32| n.saturating_add(1))
    }
}

fn is_jot(name: &str) -> bool {
    name.ends_with(ENDING) && !name.starts_with('.')
}

/// By time, then by number. Names of the time when there was no fraction of a second come first in theirs.
fn order(name: &str) -> (&str, u32, &str) {
    let stem = name.strip_suffix(ENDING).unwrap_or(name);
    let (stamp, number) = stem.rsplit_once('-').unwrap_or((stem, ""));
    (stamp.strip_suffix('Z').unwrap_or(stamp), number.parse().unwrap_or(u32::MAX), name)
}

/// A jot as the text of its file: readable, or with escapes where that would not read back the same.
fn written(file: &File) -> Option<String> {
    [Layout::PROSE, Layout::ESCAPED].into_iter().find_map(|layout| {
        let mut text = notation::lines(file, layout)?;
        text.push('\n');
        (read(text.as_bytes()).as_ref() == Ok(file)).then_some(text)
    })
}

/// What stands in a file. One that holds what this version does not know is not read, since it would be dropped when the
/// jot becomes a line.
fn read(bytes: &[u8]) -> Result<File, String> {
    let text = format::text_of(bytes).map_err(|e| e.to_string())?.replace("\r\n", "\n");
    let (file, unknown): (File, _) = unknown::read(&text).map_err(|e| e.to_string())?;
    if file.format > format::FORMAT {
        return Err(format!("a newer version of alongside wrote it (format {})", file.format));
    }
    if !unknown.is_empty() {
        return Err(format!("it holds parts that this version does not know: {}", unknown.join(", ")));
    }
    Ok(file)
}

#[cfg(test)]
mod tests;
