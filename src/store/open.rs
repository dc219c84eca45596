//! Opening a workbook's folder: lock, read, check the format, replay the journal to its last good record.
//!
//! What cannot be read is set aside and never written over; what this version does not know makes it read-only. Nothing
//! here writes into `workbook.ron`. Start reading at [`to_write`]; how the pieces fit together is in [`Found::book`].

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::disk::{Disk, DiskLock};
use super::error::StoreError;
use super::format::{self, FORMAT, FileWorkbook, FormatError};
use super::journal::{self, Line, Mark, Print, Says};
use super::keep::{Keeper, Start};
use super::lock::{self, Holder, Lock};
use super::place::Place;
use super::undo::History;
use super::{Store, aside, paths, place, save, undo};
use crate::domain::{Book, Record};

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
                format!("Open in another window ({holder}), so here it can only be read.")
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
    let found = match Found::read(disk, folder) {
        Err(Trouble::Broken(bytes, error)) => return Err(aside::workbook(store, folder, &bytes, error)),
        found => found.map_err(|trouble| trouble.plain(folder))?,
    };
    let Replayed { book, why, notices, recovered, start } = found.book();
    if let Some(why) = why {
        return Ok(opened(disk, folder, book, Hold::Reading(why), (recovered, start.changed), notices));
    }
    let changed = start.changed;
    let mut keeper = Keeper::new(store.clone(), folder, file, lock, now, book.clone(), start);
    // what was left half done last time; where that fails now, the next fold does it
    let _ = keeper.finish_last_fold(found.history.too_long.then(|| found.history.shortened()));
    Ok(opened(disk, folder, book, Hold::Writing(Writing(Box::new(keeper))), (recovered, changed), notices))
}

/// Reads a workbook. Writes nothing.
pub(super) fn to_read(store: &Store, folder: &Path) -> Result<Opened, StoreError> {
    reading(store, folder, Why::Asked)
}

/// What a person would be told on opening a workbook to write in it. Reads only.
pub(super) fn notices(store: &Store, folder: &Path) -> Result<Vec<String>, StoreError> {
    let found = Found::read(store.disk(), folder).map_err(|trouble| trouble.plain(folder))?;
    Ok(found.book().notices)
}

/// The same, with everything that was done, as far back as that is kept: in order, without a gap.
pub(super) fn with_records(store: &Store, folder: &Path) -> Result<(Opened, Vec<Record>), StoreError> {
    let found = Found::read(store.disk(), folder).map_err(|trouble| trouble.plain(folder))?;
    let opened = read_of(store, folder, &found, Why::Asked);
    // moved and not copied: there may be very many
    let mut all: Vec<Record> = found.history.records.into_iter().map(|(record, _)| record).collect();
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
    let found = Found::read(store.disk(), folder).map_err(|trouble| trouble.plain(folder))?;
    Ok(read_of(store, folder, &found, why))
}

fn read_of(store: &Store, folder: &Path, found: &Found, why: Why) -> Opened {
    let replayed = found.book();
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

/// What was found in a workbook's folder.
struct Found {
    file: FileWorkbook,
    print: Print,
    journal: Vec<u8>,
    lines: Vec<Line>,
    /// Where the journal stops being whole.
    good: usize,
    history: History,
}

/// Why a workbook could not be read.
enum Trouble {
    Store(StoreError),
    Broken(Vec<u8>, FormatError),
}

/// A workbook with its journal replayed.
struct Replayed {
    book: Book,
    /// Why it cannot be written, where something in it forbids that.
    why: Option<Why>,
    notices: Vec<String>,
    recovered: usize,
    start: Start,
}

impl Found {
    fn read(disk: &dyn Disk, folder: &Path) -> Result<Self, Trouble> {
        let path = folder.join(paths::WORKBOOK);
        let io = |error| Trouble::Store(StoreError::io("open", &path)(error));
        let mut bytes = disk.read(&path).map_err(io)?;
        let mut journal = optional(disk, &folder.join(paths::JOURNAL))?;
        // another window may fold while we read: take a pair that belongs together
        for _ in 0..5 {
            let again = disk.read(&path).map_err(io)?;
            if again == bytes {
                break;
            }
            bytes = again;
            journal = optional(disk, &folder.join(paths::JOURNAL))?;
        }
        let undo = optional(disk, &folder.join(paths::UNDO))?;
        let file = match format::parse_workbook_bytes(&bytes) {
            Ok(file) => file,
            Err(FormatError::Newer(format)) => {
                return Err(Trouble::Store(StoreError::Newer { path, format }));
            }
            Err(error) => return Err(Trouble::Broken(bytes, error)),
        };
        let print = Print::of(&bytes);
        let (lines, good) = journal::read(&journal);
        let then: Vec<Record> = records(&lines).cloned().collect();
        let history = History::read(&undo, &then);
        Ok(Self { file, print, journal, lines, good, history })
    }

    /// Puts the pieces together.
    ///
    /// The journal belongs to the file where one of its marks has the file's print: what stands before the mark is in the
    /// file already, what stands after it is replayed. Where none has, somebody else changed the file: the journal is
    /// set aside whole, what still fits of it is replayed, and history begins anew.
    fn book(&self) -> Replayed {
        let here = (self.file.seq, self.print);
        let ends_here = self.history.ends_at == Some(here);
        let split = self.lines.iter().rposition(|line| mark_of(line) == Some(here));
        let foreign = split.is_none() && !ends_here && records(&self.lines).next().is_some();
        let (before, after) = self.lines.split_at(split.map_or(0, |n| n + 1));

        let mut book = Book::new(self.file.workbook.clone(), self.file.seq);
        let base = self.lines.first().and_then(mark_of);
        let goes_on = ends_here || (split.is_some() && base.is_some() && base == self.history.ends_at);
        if goes_on {
            self.history.records.iter().for_each(|(record, _)| book.remember(record));
        }
        if !ends_here {
            let folded: Vec<&Record> = records(before).collect();
            let from_the_start = base.is_some_and(|(seq, _)| seq == 0);
            // without what went before, only what stands by itself can be undone
            let from =
                if goes_on || from_the_start { Some(0) } else { undo::safe_starts(&folded).first().copied() };
            folded.iter().skip(from.unwrap_or(folded.len())).for_each(|record| book.remember(record));
        }

        let mut notices = Vec::new();
        if foreign || (!ends_here && split.is_none() && self.history.ends_at.is_some()) {
            notices.push(CHANGED_ELSEWHERE.to_owned());
        }
        let walked = replay(&mut book, after);
        let unknown = walked.unknown.clone().map(|name| vec![name]).unwrap_or_default();
        let start = self.start(&walked, foreign, split.is_none() && !foreign, &book);
        if walked.unknown.is_none() {
            notices.extend(self.words_for(&walked, foreign));
        }
        Replayed { why: self.why(unknown), recovered: walked.done, book, notices, start }
    }

    fn why(&self, mut unknown: Vec<String>) -> Option<Why> {
        if self.file.format > FORMAT {
            return Some(Why::Newer(self.file.format));
        }
        let mut parts = self.file.unknown.clone();
        parts.append(&mut unknown);
        (!parts.is_empty()).then_some(Why::UnknownParts(parts))
    }

    /// What the keeper goes on from: the lines of the journal that count, and what is to be set aside first.
    fn start(&self, walked: &Walked, foreign: bool, leftover: bool, book: &Book) -> Start {
        let (seq, print) = (self.file.seq, self.print);
        let mut start = Start { folded: seq, print, changed: self.file.changed, ..Start::default() };
        start.changed = records(&self.lines).last().map(|r| r.at).or(start.changed);
        if foreign || leftover {
            // the journal builds on another file: it begins anew on this one
            start.anew = !self.journal.is_empty();
            start.aside = foreign.then(|| self.journal.clone());
            if book.seq() > seq {
                start.lines = journal::mark_line(Mark::Base { seq, print }).into_bytes();
                let kept = self.lines.iter().filter(|line| match &line.says {
                    Says::Record(record) => record.seq > seq && record.seq <= book.seq(),
                    _ => false,
                });
                kept.for_each(|line| {
                    start.lines.extend(self.journal.get(line.from..line.to).unwrap_or_default())
                });
            }
            if leftover && self.good < self.journal.len() {
                start.aside = self.journal.get(self.good..).map(<[u8]>::to_vec);
            }
            return start;
        }
        let to = walked.stopped_at.unwrap_or(self.good);
        start.lines = self.journal.get(..to).unwrap_or_default().to_vec();
        if to < self.journal.len() {
            start.anew = true;
            start.aside = self.journal.get(to..).map(<[u8]>::to_vec);
        }
        start
    }

    fn words_for(&self, walked: &Walked, foreign: bool) -> Option<String> {
        if foreign {
            return Some(format!(
                "The journal was made for another workbook.ron. {} of its changes fitted and were made here; all of it is kept in quarantine/.",
                walked.done
            ));
        }
        if walked.stopped_at.is_some() {
            return Some(
                "Some changes in the journal do not fit this workbook. They are kept in quarantine/."
                    .to_owned(),
            );
        }
        (self.good < self.journal.len()).then(|| {
            "The end of the journal could not be read. Everything before it is here; the rest is kept in quarantine/."
                .to_owned()
        })
    }
}

impl Trouble {
    /// The error, with nothing set aside.
    fn plain(self, folder: &Path) -> StoreError {
        match self {
            Self::Store(error) => error,
            Self::Broken(_, error) => StoreError::unreadable(&folder.join(paths::WORKBOOK), error),
        }
    }
}

/// How far the replay of a journal came.
#[derive(Default)]
struct Walked {
    done: usize,
    /// The byte of the first line that did not fit.
    stopped_at: Option<usize>,
    /// The name of what is not known here.
    unknown: Option<String>,
}

fn replay(book: &mut Book, lines: &[Line]) -> Walked {
    let mut walked = Walked::default();
    for line in lines {
        match &line.says {
            Says::Mark(_) => {}
            Says::Unknown(name) => {
                walked.unknown = Some(name.clone());
                break;
            }
            Says::Record(record) if record.seq <= book.seq() => {}
            Says::Record(record) => {
                if record.seq != book.seq() + 1 || book.replay(record).is_err() {
                    walked.stopped_at = Some(line.from);
                    break;
                }
                walked.done += 1;
            }
        }
    }
    walked
}

fn records(lines: &[Line]) -> impl Iterator<Item = &Record> {
    lines.iter().filter_map(|line| match &line.says {
        Says::Record(record) => Some(&**record),
        _ => None,
    })
}

fn mark_of(line: &Line) -> Option<(u64, Print)> {
    match line.says {
        Says::Mark(Mark::Base { seq, print } | Mark::Fold { seq, print }) => Some((seq, print)),
        _ => None,
    }
}

fn optional(disk: &dyn Disk, path: &Path) -> Result<Vec<u8>, Trouble> {
    match disk.read(path) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Trouble::Store(StoreError::io("open", path)(error))),
    }
}

#[cfg(test)]
mod tests;
