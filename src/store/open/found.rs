//! What stands in a workbook's folder, and how the pieces fit together: the file, the journal that goes on from it, and
//! what can be undone. It writes nothing. Start reading at [`Found::book`].

use std::io;
use std::path::Path;

use jiff::Timestamp;

use super::super::disk::Disk;
use super::super::error::StoreError;
use super::super::format::{self, FORMAT, FileWorkbook, FormatError};
use super::super::journal::{self, Line, Mark, Print, Says};
use super::super::keep::Start;
use super::super::undo::History;
use super::super::{paths, undo};
use super::{CHANGED_ELSEWHERE, Why};
use crate::domain::{Act, Book, Record, Workbook};

/// What was found in a workbook's folder beside the workbook itself, which is moved into its book and not copied.
pub(super) struct Found {
    format: u32,
    /// Number of the last record that `workbook.ron` holds.
    seq: u64,
    changed: Option<Timestamp>,
    /// What this version does not know in `workbook.ron`.
    unknown: Vec<String>,
    pub print: Print,
    pub journal: Vec<u8>,
    pub lines: Vec<Line>,
    /// Where the journal stops being whole.
    pub good: usize,
    /// What `undo.log` holds; empty where nobody asked what can be undone.
    pub undo: Vec<u8>,
    pub history: History,
}

/// What is read of the past of a workbook.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Past {
    /// All that can be undone.
    Whole,
    /// Only what it takes to know how the workbook is now.
    AsNeeded,
}

/// Why a workbook could not be read.
pub(super) enum Trouble {
    Store(StoreError),
    Broken(Vec<u8>, FormatError),
}

/// A workbook with its journal replayed.
pub(super) struct Replayed {
    pub book: Book,
    /// Why it cannot be written, where something in it forbids that.
    pub why: Option<Why>,
    pub notices: Vec<String>,
    pub recovered: usize,
    pub start: Start,
}

impl Found {
    /// Reads what is there: the workbook as it stands in its file, and the rest.
    pub fn read(disk: &dyn Disk, folder: &Path, past: Past) -> Result<(Workbook, Self), Trouble> {
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
        let whole = match past {
            Past::Whole => Some(optional(disk, &folder.join(paths::UNDO))?),
            Past::AsNeeded => None,
        };
        let file = match format::parse_workbook_bytes(&bytes) {
            Ok(file) => file,
            Err(FormatError::Newer(format)) => {
                return Err(Trouble::Store(StoreError::Newer { path, format }));
            }
            Err(error) => return Err(Trouble::Broken(bytes, error)),
        };
        let print = Print::of(&bytes);
        let (lines, good) = journal::read(&journal);
        let undo = match whole {
            Some(undo) => undo,
            None if stands_alone(&lines, (file.seq, print)) => Vec::new(),
            None => optional(disk, &folder.join(paths::UNDO))?,
        };
        let then: Vec<Record> = records(&lines).cloned().collect();
        let history = match past {
            Past::Whole => History::read(&undo, &then),
            Past::AsNeeded => History::read_for(&undo, &then),
        };
        let FileWorkbook { format, seq, changed, workbook, unknown } = file;
        Ok((workbook, Self { format, seq, changed, unknown, print, journal, lines, good, undo, history }))
    }

    /// Puts the pieces together, the workbook as it stands in its file and what was found beside it.
    ///
    /// The journal belongs to the file where one of its marks has the file's print: what stands before the mark is in the
    /// file already, what stands after it is replayed. Where none has, somebody else changed the file: the journal is
    /// set aside whole, what still fits of it is replayed, and history begins anew.
    pub fn book(&self, workbook: Workbook) -> Replayed {
        let here = (self.seq, self.print);
        let ends_here = self.history.ends_at == Some(here);
        let split = self.lines.iter().rposition(|line| mark_of(line) == Some(here));
        let foreign = split.is_none() && !ends_here && records(&self.lines).next().is_some();
        let (before, after) = self.lines.split_at(split.map_or(0, |n| n + 1));

        let mut book = Book::new(workbook, self.seq);
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
        if self.format > FORMAT {
            return Some(Why::Newer(self.format));
        }
        let mut parts = self.unknown.clone();
        parts.append(&mut unknown);
        (!parts.is_empty()).then_some(Why::UnknownParts(parts))
    }

    /// What the keeper goes on from: the lines of the journal that count, and what is to be set aside first.
    fn start(&self, walked: &Walked, foreign: bool, leftover: bool, book: &Book) -> Start {
        let (seq, print) = (self.seq, self.print);
        let mut start = Start { folded: seq, print, changed: self.changed, ..Start::default() };
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
    pub fn plain(self, folder: &Path) -> StoreError {
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

/// Whether a journal says without `undo.log` how the workbook is: it goes on from this very file, and takes nothing back.
fn stands_alone(lines: &[Line], here: (u64, Print)) -> bool {
    let from_here = lines.iter().any(|line| mark_of(line) == Some(here));
    let only_does = records(lines).all(|record| matches!(record.act, Act::Do { .. }));
    (from_here && only_does) || records(lines).next().is_none()
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
