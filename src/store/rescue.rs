//! A new workbook beside a damaged one, of what could still be read of it.
//!
//! Looking reads only ([`Store::look_to_rescue`]), and making touches nothing of the damaged one
//! ([`Library::rescue`]). What can be had from the bytes is found in `salvage.rs`; here it meets what the journal holds
//! since, and the earlier versions.

use std::path::{Component, Path, PathBuf};

use jiff::Timestamp;

use super::error::StoreError;
use super::format::{self, FormatError};
use super::journal::{self, Mark, Says};
use super::library::Library;
use super::salvage::{self, Salvaged};
use super::{Store, aside, paths};
use crate::domain::{Act, Book, Edit, IdSource, Record, Splice, TextPlace, Workbook};

/// What a workbook holds, in figures that can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Amount {
    /// Answers that somebody has touched.
    pub answers: usize,
    /// Words in answers, records and calls.
    pub words: usize,
}

/// What can be had of a workbook that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescue {
    /// The file that was read. It stays as it is.
    pub file: PathBuf,
    /// What could still be read, the later changes of the journal among it.
    pub salvaged: Salvaged,
    /// How much that is.
    pub amount: Amount,
    /// How many later changes of the journal are in it.
    pub later: usize,
    /// How many of them did not fit.
    pub unfit: usize,
    /// The newest earlier version that reads well, and how much it holds.
    pub earlier: Option<(PathBuf, Amount)>,
    /// What the new workbook will be called.
    pub title: String,
}

impl Amount {
    /// How much a workbook holds.
    pub fn of(workbook: &Workbook) -> Self {
        let voices = workbook.answers().flat_map(|(_, answer)| {
            let theirs = answer.voices_of_others().map(|(_, theirs)| theirs.text.as_str());
            [answer.ours().text.as_str(), answer.agreed().text.as_str()].into_iter().chain(theirs)
        });
        let records = workbook.record_texts().map(|(_, _, text)| text);
        let calls = workbook.calls().iter().flat_map(|call| call.lines.iter().map(|line| line.text.as_str()));
        let words = voices.chain(records).chain(calls).map(|text| text.split_whitespace().count()).sum();
        Self { answers: workbook.answers().count(), words }
    }
}

impl Store {
    /// The folder of a workbook, by its name or by a path to it or to its `workbook.ron`.
    ///
    /// # Errors
    /// [`StoreError::NoSuchWorkbook`] or [`StoreError::SeveralWorkbooks`].
    pub fn folder_named(&self, name: &str) -> Result<PathBuf, StoreError> {
        let path = Path::new(name);
        let is_path = path.components().count() > 1 || path.components().any(|c| c == Component::CurDir);
        match self.disk().meta(path) {
            Ok(meta) if is_path => {
                let folder = if meta.folder { path } else { path.parent().unwrap_or(path) };
                std::path::absolute(folder).map_err(StoreError::io("open", folder))
            }
            _ => Ok(self.workbooks().find(name)?.folder),
        }
    }

    /// Looks what can be had of a workbook, or of another file of it: an earlier version, a copy that was set aside.
    /// Reads only.
    ///
    /// # Errors
    /// Where the file is not there or cannot be got at, and [`StoreError::Newer`]. A file that holds nothing legible is
    /// [`StoreError::Unreadable`].
    pub fn look_to_rescue(&self, folder: &Path, from: Option<&Path>) -> Result<Rescue, StoreError> {
        let own = folder.join(paths::WORKBOOK);
        let file = from.unwrap_or(&own).to_owned();
        let bytes = self.disk().read(&file).map_err(StoreError::io("open", &file))?;
        let trouble = format::parse_workbook_bytes(&bytes).err();
        if let Some(error @ FormatError::Newer(_)) = trouble {
            return Err(StoreError::unreadable(&file, error));
        }
        let mut salvaged = salvage::salvage(&bytes);
        let (later, unfit) = match from {
            None => self.with_journal(folder, &mut salvaged),
            Some(_) => (0, 0),
        };
        if let Some(error) = trouble.filter(|_| salvaged.is_empty()) {
            let mut said = StoreError::unreadable(&file, error);
            if let StoreError::Unreadable { good, .. } = &mut said {
                *good = aside::newest_good(self.disk(), folder);
            }
            return Err(said);
        }
        let earlier = aside::newest_good(self.disk(), folder).filter(|earlier| *earlier != file);
        let earlier = earlier.and_then(|path| {
            let read = format::parse_workbook_bytes(&self.disk().read(&path).ok()?).ok()?;
            Some((path, Amount::of(&read.workbook)))
        });
        let amount = Amount::of(&salvaged.workbook);
        let title = match salvaged.workbook.title() {
            "" => folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            title => title.to_owned(),
        };
        let title = format!("{title} (rescued)");
        Ok(Rescue { file, salvaged, amount, later, unfit, earlier, title })
    }

    /// Takes in what was done after the file was last saved. How many changes fitted, and how many did not.
    fn with_journal(&self, folder: &Path, salvaged: &mut Salvaged) -> (usize, usize) {
        let bytes = self.disk().read(&folder.join(paths::JOURNAL)).unwrap_or_default();
        let (lines, _) = journal::read(&bytes);
        let marked = lines.iter().rev().find_map(|line| match line.says {
            Says::Mark(Mark::Base { seq, .. } | Mark::Fold { seq, .. }) => Some(seq),
            _ => None,
        });
        let Some(seq) = salvaged.seq.or(marked) else { return (0, 0) };
        let records = lines.iter().filter_map(|line| match &line.says {
            Says::Record(record) if record.seq > seq => Some(&**record),
            _ => None,
        });
        let (workbook, fitted, unfit) = replayed(salvaged.workbook.clone(), seq, records);
        salvaged.workbook = workbook;
        (fitted, unfit)
    }
}

impl Library {
    /// Makes a new workbook of what could be had. Nothing else is touched. Returns its folder.
    ///
    /// # Errors
    /// What the disk said; there is then no such folder.
    pub fn rescue(&self, rescue: &Rescue, ids: &IdSource, now: Timestamp) -> Result<PathBuf, StoreError> {
        let mut workbook = rescue.salvaged.workbook.clone().with_id(ids.workbook());
        let splice = Splice {
            place: TextPlace::Title,
            at: 0,
            delete: workbook.title().to_owned(),
            insert: rescue.title.clone(),
            on: None,
        };
        // a title that may not be any longer stays as it is
        let _ = workbook.apply(Edit::Splice(splice));
        self.create(&workbook, now)
    }
}

/// Replays records on what is left of a workbook. After one that does not fit, only those count that stand by themselves:
/// what was undone then is not known any more.
fn replayed<'a>(
    workbook: Workbook,
    seq: u64,
    records: impl Iterator<Item = &'a Record>,
) -> (Workbook, usize, usize) {
    let mut book = Book::new(workbook, seq);
    let mut apart: Option<Workbook> = None;
    let (mut fitted, mut unfit) = (0, 0);
    for record in records {
        let fits = match &mut apart {
            None => {
                let fits = record.seq == book.seq() + 1 && book.replay(record).is_ok();
                if !fits {
                    apart = Some(book.workbook().clone());
                }
                fits
            }
            Some(workbook) => match &record.act {
                Act::Do { edit, .. } => workbook.apply(edit.clone()).is_ok(),
                _ => false,
            },
        };
        *(if fits { &mut fitted } else { &mut unfit }) += 1;
    }
    (apart.unwrap_or_else(|| book.workbook().clone()), fitted, unfit)
}

#[cfg(test)]
mod tests;
