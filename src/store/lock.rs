//! Who may write in a workbook: the one whose window holds the lock on its folder.
//!
//! The system lets the lock go when its holder ends, however it ends. What the lock's file says is only for people to
//! read.

use std::fmt;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::disk::{Disk, DiskLock};
use super::{error, paths};
use crate::notation;

/// Who holds a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Name of the machine; empty where it is not known.
    #[serde(default)]
    pub host: String,
    /// Number of the process there; 0 where it is not known.
    #[serde(default)]
    pub process: u32,
    /// Since when.
    #[serde(default)]
    pub since: Option<Timestamp>,
}

impl Holder {
    /// This process on this machine.
    pub fn here(now: Timestamp) -> Self {
        Self { host: host(), process: std::process::id(), since: Some(now) }
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.process == 0 {
            return f.write_str("by somebody who did not leave a name");
        }
        write!(f, "process {}", self.process)?;
        if !self.host.is_empty() {
            write!(f, " on {}", self.host)?;
        }
        match self.since {
            Some(since) => write!(f, ", since {}", since.strftime("%Y-%m-%d %H:%M UTC")),
            None => Ok(()),
        }
    }
}

/// What came of trying to lock a workbook's folder.
#[derive(Debug)]
pub(super) enum Lock {
    /// It is ours until this is dropped.
    Ours(Box<dyn DiskLock>),
    /// Another window has it.
    Theirs(Holder),
    /// Nothing may be written there.
    NotAllowed,
    /// It cannot be locked, for the reason given.
    Cannot(String),
}

/// Locks a workbook's folder and says so in it. Never waits.
pub(super) fn take(disk: &dyn Disk, folder: &Path, now: Timestamp) -> Lock {
    if !disk.is_writable(folder) {
        return Lock::NotAllowed;
    }
    let path = folder.join(paths::LOCK);
    match disk.lock(&path) {
        Ok(Some(mut lock)) => {
            let words = notation::line(&Holder::here(now)).unwrap_or_default();
            // the lock holds without it
            let _ = lock.say(words.as_bytes());
            Lock::Ours(lock)
        }
        Ok(None) => Lock::Theirs(holder(disk, folder)),
        Err(error) if error::is_not_allowed(&error) => Lock::NotAllowed,
        Err(error) => Lock::Cannot(error::in_words(&error)),
    }
}

/// Who the lock's file says holds it. It may be a moment behind.
fn holder(disk: &dyn Disk, folder: &Path) -> Holder {
    let nobody = Holder { host: String::new(), process: 0, since: None };
    disk.read(&folder.join(paths::LOCK)).map_or(nobody, |bytes| parse(&bytes))
}

/// What a holder wrote of itself; nobody where that cannot be read.
pub(super) fn parse(bytes: &[u8]) -> Holder {
    let nobody = Holder { host: String::new(), process: 0, since: None };
    let holder: Holder = notation::read_bytes(bytes).unwrap_or(nobody);
    let host = holder.host.chars().filter(|c| !c.is_control()).take(80).collect();
    Holder { host, ..holder }
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    String::new()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Rig, now};
    use super::super::{Hold, Why};
    use super::*;

    #[test]
    fn a_holder_is_named_by_what_is_known_of_it() {
        let holder = |host: &str, process, since| Holder { host: host.to_owned(), process, since };
        let said = |host: &str, process, since| holder(host, process, since).to_string();
        assert_eq!(said("desk", 0, Some(now())), "by somebody who did not leave a name");
        assert_eq!(said("desk", 7, None), "process 7 on desk");
        assert_eq!(said("", 7, None), "process 7");
        assert_eq!(said("desk", 7, Some(now())), "process 7 on desk, since 2025-02-19 21:20 UTC");
    }

    #[test]
    fn what_a_holder_wrote_cannot_move_the_cursor() {
        let bytes = b"(host: \"de\\u{1b}[2J\\nsk\", process: 7)";
        assert_eq!(parse(bytes), Holder { host: "de[2Jsk".to_owned(), process: 7, since: None });
    }

    #[test]
    #[cfg(unix)]
    fn the_lock_says_which_machine_holds_it() {
        let rig = Rig::new();
        let _held = rig.open();
        let machine = rustix::system::uname().nodename().to_string_lossy().into_owned();
        assert_eq!(parse(&rig.bytes(paths::LOCK)).host, machine);
    }

    #[test]
    fn a_lock_that_fails_for_a_reason_of_its_own_says_which() {
        let rig = Rig::new();
        rig.disk.heal();
        drop(rig.open());
        let at = rig.disk.calls().iter().position(|call| *call == "lock").unwrap();
        // the table of locks is full
        rig.disk.fail(super::super::fault::Fault { at, calls: 1, error: 37, tear: false });
        let Hold::Reading(why) = rig.open().hold else { panic!("it was locked") };
        let Why::CannotLock(reason) = why else { panic!("{why:?}") };
        assert!(!reason.is_empty());
    }
}
