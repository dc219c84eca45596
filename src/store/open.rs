//! Opening a workbook's folder: lock, read, check the format, replay the journal to its last good record.
//!
//! What cannot be read is set aside and never written over; what this version does not know makes it read-only. Nothing
//! here writes into `workbook.ron`. Start reading at [`to_write`]; how the pieces fit together is in [`found::Found::book`].

mod found;

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::disk::{Disk, DiskLock};
use super::error::StoreError;
use super::journal::Says;
use super::keep::Keeper;
use super::lock::{self, Holder, Lock};
use super::place::Place;
use super::{Store, aside, paths, place, save};
use crate::domain::{Book, Record, Workbook};
use found::{Found, Past, Replayed, Trouble};

/// What is said of a file that is not as the last visit left it.
pub const CHANGED_ELSEWHERE: &str =
    "Somebody else has changed workbook.ron since the last visit. Undo goes back to that change.";

/// A workbook that was opened.
#[derive(Debug)]
pub struct Opened {
    /// Its folder.
    pub folder: PathBuf,
    /// The workbook and what can be undone in it.
    pub book: Book,
    /// Whether it can be written.
    pub hold: Hold,
    /// When it last changed, where it says so.
    pub changed: Option<Timestamp>,
    /// How many records of the journal were not in `workbook.ron` yet: the last visit did not end in the usual way.
    pub recovered: usize,
    /// What the person should know, a sentence or two each.
    pub notices: Vec<String>,
    /// Where the person was.
    pub place: Option<Place>,
}

/// Whether a workbook can be written.
#[derive(Debug)]
pub enum Hold {
    /// It is ours: hand this to [`Writer::start`](super::Writer::start).
    Writing(Writing),
    /// It can only be read.
    Reading(Why),
}

/// The right to write in a workbook. Dropping it lets the lock go.
#[derive(Debug)]
pub struct Writing(pub(super) Box<Keeper>);

/// Why a workbook can only be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It was opened to be read.
    Asked,
    /// Another window writes in it.
    HeldBy(Holder),
    /// A newer version of the program wrote it, in the format of this number.
    Newer(u32),
    /// It holds parts that this version does not know and would drop.
    UnknownParts(Vec<String>),
    /// Nothing may be written in its folder.
    ReadOnlyFolder,
    /// It cannot be locked, for the reason given.
    CannotLock(String),
}

impl Why {
    /// A sentence for a person.
    pub fn words(&self) -> String {
        match self {
            Self::Asked => "Open to be read.".to_owned(),
            Self::HeldBy(holder) => {
                format!("Another window writes in it ({holder}). This is how it was when it was opened here.")
            }
            Self::Newer(format) => format!(
                "A newer version of alongside wrote this (format {format}), so here it can only be read. Nothing is lost."
            ),
            Self::UnknownParts(parts) => format!(
                "This workbook holds parts that this version does not know ({}), so here it can only be read. Nothing is lost.",
                parts.join(", ")
            ),
            Self::ReadOnlyFolder => {
                "Nothing may be written in this workbook's folder, so it can only be read.".to_owned()
            }
            Self::CannotLock(reason) => {
                format!("This workbook cannot be locked ({reason}), so it can only be read.")
            }
        }
    }
}

impl Opened {
    /// The book and the right to write in it.
    ///
    /// # Errors
    /// Why it can only be read.
    pub fn to_write(self) -> Result<(Book, Writing), StoreError> {
        let path = self.folder;
        match self.hold {
            Hold::Writing(writing) => Ok((self.book, writing)),
            Hold::Reading(Why::HeldBy(holder)) => Err(StoreError::Held { path, holder }),
            Hold::Reading(Why::Newer(format)) => Err(StoreError::Newer { path, format }),
            Hold::Reading(Why::UnknownParts(parts)) => Err(StoreError::UnknownParts { path, parts }),
            Hold::Reading(Why::Asked | Why::ReadOnlyFolder | Why::CannotLock(_)) => {
                Err(StoreError::io("save", &path)(io::ErrorKind::PermissionDenied.into()))
            }
        }
    }
}

/// Opens a workbook to write in it, or to read it where it cannot be written.
pub(super) fn to_write(store: &Store, folder: &Path, now: Timestamp) -> Result<Opened, StoreError> {
    let disk = store.disk();
    let file = save::resolved(disk, &folder.join(paths::WORKBOOK))?;
    // before the lock, so that a folder that is no workbook gets none
    disk.meta(&file).map_err(StoreError::io("open", &file))?;
    match lock::take(disk, folder, now) {
        Lock::Ours(lock) => holding(store, folder, lock, now),
        Lock::Theirs(holder) => reading(store, folder, Why::HeldBy(holder)),
        Lock::NotAllowed => reading(store, folder, Why::ReadOnlyFolder),
        Lock::Cannot(reason) => reading(store, folder, Why::CannotLock(reason)),
    }
}

/// Opens a workbook of which the lock is ours already.
pub(super) fn holding(
    store: &Store,
    folder: &Path,
    lock: Box<dyn DiskLock>,
    now: Timestamp,
) -> Result<Opened, StoreError> {
    let disk = store.disk();
    let file = save::resolved(disk, &folder.join(paths::WORKBOOK))?;
    save::sweep(disk, folder);
    save::sweep(disk, &folder.join(paths::HISTORY));
    // whoever asked for it may try again; one that stays does no harm
    let _ = disk.remove(&folder.join(paths::WANTED));
    let (workbook, found) = match Found::read(disk, folder, Past::Whole) {
        Err(Trouble::Broken(bytes, error)) => return Err(aside::workbook(store, folder, &bytes, error)),
        found => found.map_err(|trouble| trouble.plain(folder))?,
    };
    let Replayed { book, why, notices, recovered, start } = found.book(workbook);
    if let Some(why) = why {
        return Ok(opened(disk, folder, book, Hold::Reading(why), (recovered, start.changed), notices));
    }
    let changed = start.changed;
    let mut keeper = Keeper::new(store.clone(), folder, file, lock, now, book.clone(), start);
    // what was left half done last time; where that fails now, the next fold does it
    let _ = keeper.finish_last_fold(found.history.too_long.then(|| found.history.shortened(&found.undo)));
    Ok(opened(disk, folder, book, Hold::Writing(Writing(Box::new(keeper))), (recovered, changed), notices))
}

/// Reads a workbook. Writes nothing.
pub(super) fn to_read(store: &Store, folder: &Path) -> Result<Opened, StoreError> {
    reading(store, folder, Why::Asked)
}

/// How a workbook is now, and when it last changed. Writes nothing, and mostly needs nothing of what can be undone, which
/// may be longer than all the rest.
pub(super) fn as_it_is(store: &Store, folder: &Path) -> Result<(Workbook, Option<Timestamp>), StoreError> {
    let (workbook, found) =
        Found::read(store.disk(), folder, Past::AsNeeded).map_err(|trouble| trouble.plain(folder))?;
    let Replayed { book, start, .. } = found.book(workbook);
    Ok((book.into_workbook(), start.changed))
}

/// What a person would be told on opening a workbook to write in it. Reads only.
pub(super) fn notices(store: &Store, folder: &Path) -> Result<Vec<String>, StoreError> {
    let (workbook, found) =
        Found::read(store.disk(), folder, Past::Whole).map_err(|trouble| trouble.plain(folder))?;
    Ok(found.book(workbook).notices)
}

/// The same, with everything that was done, as far back as that is kept: in order, without a gap.
pub(super) fn with_records(store: &Store, folder: &Path) -> Result<(Opened, Vec<Record>), StoreError> {
    let (workbook, found) =
        Found::read(store.disk(), folder, Past::Whole).map_err(|trouble| trouble.plain(folder))?;
    let opened = read_of(store, folder, workbook, &found, Why::Asked);
    // moved and not copied: there may be very many
    let mut all: Vec<Record> = found.history.records.into_iter().map(|(record, _)| *record).collect();
    for line in found.lines {
        let Says::Record(record) = line.says else { continue };
        match all.last() {
            Some(last) if record.seq <= last.seq => {}
            Some(last) if record.seq > last.seq + 1 => all = vec![*record],
            _ => all.push(*record),
        }
    }
    Ok((opened, all))
}

fn reading(store: &Store, folder: &Path, why: Why) -> Result<Opened, StoreError> {
    let (workbook, found) =
        Found::read(store.disk(), folder, Past::Whole).map_err(|trouble| trouble.plain(folder))?;
    Ok(read_of(store, folder, workbook, &found, why))
}

fn read_of(store: &Store, folder: &Path, workbook: Workbook, found: &Found, why: Why) -> Opened {
    let replayed = found.book(workbook);
    let hold = Hold::Reading(replayed.why.unwrap_or(why));
    let since = (replayed.recovered, replayed.start.changed);
    opened(store.disk(), folder, replayed.book, hold, since, Vec::new())
}

fn opened(
    disk: &dyn Disk,
    folder: &Path,
    book: Book,
    hold: Hold,
    (recovered, changed): (usize, Option<Timestamp>),
    notices: Vec<String>,
) -> Opened {
    let place = place::read(disk, folder);
    Opened { folder: folder.to_owned(), book, hold, changed, recovered, notices, place }
}

#[cfg(test)]
mod tests;
