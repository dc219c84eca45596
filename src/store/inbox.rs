//! Jots that wait to be put somewhere: each is a file of its own, so that writing one needs no lock and never meets an
//! open window.
//!
//! The names sort by time and then by number. Nothing here deletes.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::{Store, format, save, unknown};
use crate::domain::WorkbookId;

/// The most jots that may arrive in one second.
const A_SECOND: u32 = 100_000;

/// A note in passing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jot {
    /// When it was written.
    pub at: Timestamp,
    /// The workbook it is meant for, where that is known.
    pub to: Option<WorkbookId>,
    /// The words.
    pub text: String,
}

/// A jot that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its file.
    pub path: PathBuf,
    /// What it says; or why it cannot be read, in words.
    pub jot: Result<Jot, String>,
}

/// The jots that wait.
#[derive(Debug, Clone)]
pub struct Inbox {
    store: Store,
}

#[derive(Serialize, Deserialize)]
struct File {
    format: u32,
    at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<WorkbookId>,
    text: String,
}

impl Inbox {
    pub(super) fn new(store: Store) -> Self {
        Self { store }
    }

    /// Puts a jot into the inbox. Once this returns it is safe. Returns its file.
    ///
    /// # Errors
    /// What the disk said; there is then no such jot.
    pub fn add(&self, jot: &Jot) -> Result<PathBuf, StoreError> {
        let folder = self.store.folders().inbox();
        let disk = self.store.disk();
        disk.make_folder(&folder).map_err(StoreError::io("create", &folder))?;
        let text = written(jot).ok_or_else(|| StoreError::ReadBack { path: folder.clone() })?;
        let stamp = jot.at.strftime("%Y%m%dT%H%M%SZ").to_string();
        let mut number = self.next_number(&stamp);
        loop {
            let path = folder.join(format!("{stamp}-{number:05}.ron"));
            match save::under_a_new_name(disk, &path, text.as_bytes()) {
                // somebody else was quicker
                Err(StoreError::AlreadyThere { .. }) if number < A_SECOND => number += 1,
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
        let folder = self.store.folders().inbox();
        let disk = self.store.disk();
        let listed = match disk.list(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            listed => listed.map_err(StoreError::io("list", &folder))?,
        };
        let mut names: Vec<String> = listed.into_iter().filter(|n| !n.folder).map(|n| n.name).collect();
        names.retain(|name| name.ends_with(".ron") && !name.starts_with('.'));
        names.sort_unstable();
        let waiting = names.into_iter().map(|name| {
            let path = folder.join(name);
            let jot = disk.read(&path).map_err(|e| StoreError::io("read", &path)(e).to_string());
            Waiting { jot: jot.and_then(|bytes| read(&bytes)), path }
        });
        Ok(waiting.collect())
    }

    /// The number after the last of this second, so that many jots do not each try all the names before.
    fn next_number(&self, stamp: &str) -> u32 {
        let listed = self.store.disk().list(&self.store.folders().inbox()).unwrap_or_default();
        let numbers = listed.iter().filter_map(|n| {
            n.name.strip_prefix(stamp)?.strip_prefix('-')?.strip_suffix(".ron")?.parse::<u32>().ok()
        });
        numbers.max().map_or(1, |n| n.saturating_add(1))
    }
}

/// A jot as the text of its file: readable, or with escapes where that would not read back the same.
pub(super) fn written(jot: &Jot) -> Option<String> {
    let file = File { format: format::FORMAT, at: jot.at, to: jot.to.clone(), text: jot.text.clone() };
    [false, true].into_iter().find_map(|escape| {
        let mut text = format::options().to_string_pretty(&file, format::pretty(escape)).ok()?;
        text.push('\n');
        (read(text.as_bytes()).as_ref() == Ok(jot)).then_some(text)
    })
}

fn read(bytes: &[u8]) -> Result<Jot, String> {
    let text = format::text_of(bytes).map_err(|e| e.to_string())?.replace("\r\n", "\n");
    let (File { at, to, text, .. }, _) = unknown::read(&text).map_err(|e| {
        format!("line {}, column {}: {}", e.span.start.line, e.span.start.col, unknown::in_words(&e.code))
    })?;
    Ok(Jot { at, to, text })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Folders, RealDisk};
    use super::*;

    fn inbox(dir: &std::path::Path) -> Inbox {
        Store::with_disk(Folders::at(dir.join("root")), Arc::new(RealDisk)).inbox()
    }

    fn jot(second: i64, text: &str) -> Jot {
        Jot { at: Timestamp::from_second(1_700_000_000 + second).unwrap(), to: None, text: text.into() }
    }

    #[test]
    fn jots_come_back_in_the_order_of_time_and_then_of_arrival() {
        let dir = tempfile::tempdir().unwrap();
        let inbox = inbox(dir.path());
        assert_eq!(inbox.list().unwrap(), []);
        for (second, text) in [(5, "b"), (5, "c"), (1, "a"), (9, "don't \"quote\"\nme\r\n\u{7}")] {
            inbox.add(&jot(second, text)).unwrap();
        }
        std::fs::write(dir.path().join("root/inbox/zz.ron"), "(at: 3)").unwrap();
        std::fs::write(dir.path().join("root/inbox/notes.txt"), "not ours").unwrap();
        let all = inbox.list().unwrap();
        let texts: Vec<_> = all.iter().map(|w| w.jot.as_ref().map(|j| j.text.as_str())).collect();
        assert_eq!(texts[..4], [Ok("a"), Ok("b"), Ok("c"), Ok("don't \"quote\"\nme\r\n\u{7}")]);
        assert!(texts[4].as_ref().unwrap_err().starts_with("line 1"), "{:?}", texts[4]);
    }

    #[test]
    fn many_writers_at_once_lose_nothing() {
        let dir = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let inbox = inbox(dir.path());
                scope.spawn(move || {
                    for n in 0..25 {
                        inbox.add(&jot(0, &format!("{writer}/{n}"))).unwrap();
                    }
                });
            }
        });
        let all = inbox(dir.path()).list().unwrap();
        let texts: std::collections::BTreeSet<_> = all.into_iter().map(|w| w.jot.unwrap().text).collect();
        assert_eq!(texts.len(), 100);
    }
}
