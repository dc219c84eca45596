//! Everything in one file: the folders' files with their relative paths and their text, in RON.
//!
//! What is left out can be made anew (locks, caches, temporary files). It reads the files as they stand, so a workbook
//! that is open elsewhere comes with its journal, and nothing of it is missing.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::{Store, format, lend, paths, save};
use crate::notation::{self, Layout};
use crate::order::InOrder;

/// How deep folders are followed; ours are three deep.
const DEEP: usize = 8;

/// A file in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct File {
    /// From the folder that holds everything, with `/` between its parts.
    pub path: String,
    /// What it holds, where that is text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What it holds, where that is not text: two hex digits a byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<String>,
}

/// A backup as it stands in its file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Backup {
    pub format: u32,
    pub made: Timestamp,
    pub files: Vec<File>,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// The full path of its file.
    pub path: PathBuf,
    /// How many workbooks.
    pub workbooks: usize,
    /// How many files in all.
    pub files: usize,
    /// Files that could not be read, with the reason.
    pub left_out: Vec<String>,
}

impl File {
    fn new(path: String, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self { path, text: Some(text), bytes: None },
            Err(error) => {
                let hex = error.into_bytes().iter().map(|b| format!("{b:02x}")).collect();
                Self { path, text: None, bytes: Some(hex) }
            }
        }
    }

    /// What the file held. `None` where it says neither.
    pub fn content(&self) -> Option<Vec<u8>> {
        if let Some(text) = &self.text {
            return Some(text.clone().into_bytes());
        }
        let digits = self.bytes.as_ref()?.as_bytes();
        let pairs = digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        pairs.collect()
    }
}

impl Store {
    /// Writes everything into one file.
    ///
    /// # Errors
    /// [`StoreError::AlreadyThere`] unless it may be written over; or what the disk said. There is then no such file, or
    /// the one that was there.
    pub fn backup(&self, to: &Path, overwrite: bool, now: Timestamp) -> Result<BackedUp, StoreError> {
        let (mut files, mut left_out) = (Vec::new(), Vec::new());
        self.gather(Path::new(""), 0, &mut files, &mut left_out);
        files.order_by(|a, b| a.path.cmp(&b.path));
        let backup = Backup { format: format::FORMAT, made: now, files };
        let failed = || StoreError::ReadBack { path: to.to_owned() };
        let text = written(&backup).ok_or_else(failed)?;
        let path = save::export(self.disk(), to, text.as_bytes(), overwrite)?;
        let own = format!("/{}", paths::WORKBOOK);
        let is_workbook = |f: &&File| f.path.starts_with("workbooks/") && f.path.ends_with(&own);
        let workbooks = backup.files.iter().filter(is_workbook).count();
        Ok(BackedUp { path, workbooks, files: backup.files.len(), left_out })
    }

    fn gather(&self, within: &Path, depth: usize, files: &mut Vec<File>, left_out: &mut Vec<String>) {
        let folder = self.folders().root().join(within);
        let listed = match self.disk().list(&folder) {
            Ok(listed) => listed,
            // nothing has been kept yet
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
            Err(error) => return left_out.push(StoreError::io("list", &folder)(error).to_string()),
        };
        for name in listed.iter().filter(|n| !is_left_out(&n.name)) {
            let path = within.join(&name.name);
            if name.folder {
                if depth < DEEP {
                    self.gather(&path, depth + 1, files, left_out);
                }
                continue;
            }
            let parts: Vec<_> = path.iter().filter_map(|p| p.to_str()).collect();
            match self.disk().read(&self.folders().root().join(&path)) {
                Ok(bytes) => files.push(File::new(parts.join("/"), bytes)),
                Err(error) => {
                    left_out.push(StoreError::io("read", &folder.join(&name.name))(error).to_string())
                }
            }
        }
    }
}

/// Caches, locks and what a killed program left behind.
fn is_left_out(name: &str) -> bool {
    let locks = name.starts_with("drafts") && name.ends_with(".lock");
    locks
        || [paths::LOCK, lend::EDITING, "index.ron", "first.ron"].contains(&name)
        || name.starts_with(save::TEMPORARY)
}

/// Files stand in it as they are where they read back so, with escapes where they do not.
fn written(backup: &Backup) -> Option<String> {
    [Layout::PROSE, Layout::ESCAPED].into_iter().find_map(|layout| {
        let body = notation::lines(backup, layout)?;
        let back: Backup = notation::read(&body).ok()?;
        let text = format!("// A backup of alongside: `alongside import` brings it back.\n{body}\n");
        (back.files == backup.files).then_some(text)
    })
}

#[cfg(test)]
mod tests;
