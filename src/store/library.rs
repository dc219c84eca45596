//! The list of workbooks: what there is, what it is called, when it last changed.
//!
//! Ten thousand workbooks must not make anybody wait, so the rows of the first screen stand in a small file of their own
//! ([`Library::first_rows`]), and the rest is read on another thread ([`Library::load`]) with a cache, `index.rs`. To
//! make, find, remove and bring back workbooks is here too; bringing in is in `import.rs`.

use std::cmp::Reverse;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::index::{self, Index};
use super::lock::{self, Lock};
use super::{Store, format, open, paths, save};
use crate::domain::query::{Digest, Summary};
use crate::domain::{PartnershipState, Workbook, WorkbookId};
use crate::order::InOrder;

/// How many rows are sent at a time while the list is read.
const CHUNK: usize = 100;
/// How many rows the first screen may show.
pub(super) const FIRST: usize = 60;

/// A row of the library: a workbook's folder, and what there is to tell of it, which can be read as if it stood here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The folder.
    pub folder: PathBuf,
    /// What there is to tell; shared with the cache and with the screen, since there may be ten thousand.
    pub summary: Arc<Summary>,
}

/// What the first frame shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FirstRows {
    /// The workbooks that changed last, as they were when somebody last looked. Newest first.
    pub rows: Vec<Entry>,
    /// How many workbooks there are in all; `None` where that is not known yet.
    pub total: Option<usize>,
}

/// What the reading of the list has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LibraryNews {
    /// Some rows, in no order. A row replaces one with the same folder.
    Rows(Vec<Entry>),
    /// All rows were sent; this many. What is not among them is not there any more.
    Done(usize),
    /// The list could not be read, in words.
    Failed(String),
}

/// The list of workbooks.
#[derive(Debug, Clone)]
pub struct Library {
    store: Store,
}

impl Entry {
    /// The row of a workbook.
    pub fn of(workbook: &Workbook, changed: Option<Timestamp>, folder: &Path) -> Self {
        Self { folder: folder.to_owned(), summary: Arc::new(Summary::of(workbook, changed)) }
    }

    /// The row of a folder, read anew.
    pub(super) fn read(store: &Store, folder: &Path) -> Self {
        match open::as_it_is(store, folder) {
            Ok((workbook, changed)) => Self::of(&workbook, changed, folder),
            Err(error) => {
                let name = folder.file_name().and_then(|n| n.to_str()).unwrap_or_default();
                let summary = Summary {
                    id: WorkbookId::new(name.rsplit('-').next().unwrap_or(name)),
                    title: name.to_owned(),
                    state: PartnershipState::default(),
                    partners: Vec::new(),
                    changed: None,
                    example: false,
                    digest: Digest::default(),
                    trouble: Some(error.to_string()),
                };
                Self { folder: folder.to_owned(), summary: Arc::new(summary) }
            }
        }
    }
}

impl Deref for Entry {
    type Target = Summary;

    fn deref(&self) -> &Summary {
        &self.summary
    }
}

impl Library {
    pub(super) fn new(store: Store) -> Self {
        Self { store }
    }

    /// The rows of the first screen, from one small file: all it has where these are all the workbooks there are, otherwise
    /// at most `most`. Empty, with no total, where there is none yet.
    pub fn first_rows(&self, most: usize) -> FirstRows {
        index::first_rows(&self.store, most)
    }

    /// Reads the whole list, tells of it portion by portion, and brings the cache up to date. To be called on a thread of
    /// its own; it ends early where nobody listens any more.
    pub fn load(&self, news: &Sender<LibraryNews>, wake: &dyn Fn()) {
        let mut all = Vec::new();
        let (mut chunk, mut size) = (Vec::new(), CHUNK);
        let send = |rows: LibraryNews| {
            let listening = news.send(rows).is_ok();
            wake();
            listening
        };
        let walked = self.walk(|entry| {
            chunk.push(entry.clone());
            all.push(entry);
            if chunk.len() < size {
                return true;
            }
            // each may cost whoever hears it as much as all before it
            size *= 2;
            send(LibraryNews::Rows(std::mem::take(&mut chunk)))
        });
        match walked {
            Ok(index) => {
                send(LibraryNews::Rows(chunk));
                index.write(&self.store, &all);
                send(LibraryNews::Done(all.len()));
            }
            Err(error) => drop(send(LibraryNews::Failed(error.to_string()))),
        }
    }

    /// All workbooks, the one that changed last first. Writes nothing.
    ///
    /// # Errors
    /// Where the folder of workbooks is there and cannot be listed.
    pub fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        let mut all = Vec::new();
        self.walk(|entry| {
            all.push(entry);
            true
        })?;
        newest_first(&mut all);
        Ok(all)
    }

    /// The workbook that goes by a name: its id, its title, the start of its title, words in it, or one of its partners
    /// in the same ways.
    ///
    /// # Errors
    /// [`StoreError::NoSuchWorkbook`] or [`StoreError::SeveralWorkbooks`].
    pub fn find(&self, name: &str) -> Result<Entry, StoreError> {
        if let Some(folder) = self.folder_of(&WorkbookId::new(name)) {
            return Ok(Entry::read(&self.store, &folder));
        }
        pick(self.entries()?, name)
    }

    /// The workbook of a name, as it was when the list was last read: no workbook is read where one of them has the name.
    /// For notes in passing, which must not wait for a workbook that is being written in. What else the row says may be
    /// out of date.
    ///
    /// # Errors
    /// As [`Library::find`], which is asked where the list does not know the name, or knows it twice.
    pub fn find_as_listed(&self, name: &str) -> Result<Entry, StoreError> {
        let folders = self.folders()?;
        let listed = Index::read(&self.store).listed(&self.store, &folders);
        // one that is not in the list yet may have the name too
        let whole = listed.len() == folders.len();
        let found = if whole { pick(listed, name).ok() } else { None };
        found.map_or_else(|| self.find(name), Ok)
    }

    /// The workbook of a name, to be shown: among those that changed last the one of this very title or id is taken without
    /// reading the list, so that with a call coming in nobody waits for ten thousand. Each visit brings its row up to date,
    /// so that only what other programs renamed goes by its old name here.
    ///
    /// # Errors
    /// As [`Library::find`], which is asked where there is no such one, or more.
    pub fn find_to_show(&self, name: &str) -> Result<Entry, StoreError> {
        let named = name.trim().to_lowercase();
        let is_it = |row: &Entry| row.title.to_lowercase() == named || row.id.as_str() == name;
        let mut rows = index::first_rows_with(&self.store, name.trim()).into_iter().filter(is_it);
        let (one, another) = (rows.next(), rows.next());
        let is_there = |row: &Entry| self.store.disk().meta(&row.folder).is_ok();
        match one.filter(|row| another.is_none() && is_there(row)) {
            Some(row) => Ok(row),
            None => self.find(name),
        }
    }

    /// The folder of a workbook, by the folder's name alone. `None` where there is none, or more than one.
    pub fn folder_of(&self, id: &WorkbookId) -> Option<PathBuf> {
        if id.as_str().is_empty() {
            return None;
        }
        let ending = format!("-{}", paths::safe_id(id));
        let mut found = self.folders().ok()?.into_iter().filter(|name| name.ends_with(&ending));
        let (one, another) = (found.next(), found.next());
        one.filter(|_| another.is_none()).map(|name| self.store.folders().workbooks().join(name))
    }

    /// Makes a workbook's folder with the workbook in it. Returns the folder.
    ///
    /// # Errors
    /// Where the disk does not let us; there is then no such folder.
    pub fn create(&self, workbook: &Workbook, now: Timestamp) -> Result<PathBuf, StoreError> {
        let folder = self.store.folders().for_workbook(workbook.title(), workbook.id());
        let text = format::write_workbook(workbook, 0, Some(now))
            .ok_or_else(|| StoreError::ReadBack { path: folder.join(paths::WORKBOOK) })?;
        self.put(&folder, &[(PathBuf::from(paths::WORKBOOK), text.into_bytes())])?;
        index::note(&self.store, Entry::of(workbook, Some(now), &folder));
        Ok(folder)
    }

    /// Puts a workbook's folder into the bin. Nothing is deleted. Returns where it is now.
    ///
    /// # Errors
    /// [`StoreError::Held`] where another window has it open.
    pub fn bin_workbook(&self, folder: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
        self.move_folder(folder, &self.store.folders().bin(), now)
    }

    /// The workbooks in the bin.
    ///
    /// # Errors
    /// Where the bin is there and cannot be listed.
    pub fn binned(&self) -> Result<Vec<Entry>, StoreError> {
        let bin = self.store.folders().bin();
        let mut all: Vec<Entry> = list_folders(&self.store, &bin)?
            .iter()
            .map(|name| Entry::read(&self.store, &bin.join(name)))
            .collect();
        newest_first(&mut all);
        Ok(all)
    }

    /// Brings a workbook's folder back from the bin. Returns where it is now.
    ///
    /// # Errors
    /// What the disk said.
    pub fn restore(&self, folder: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
        self.move_folder(folder, &self.store.folders().workbooks(), now)
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// The names of the workbooks' folders.
    pub(super) fn folders(&self) -> Result<Vec<String>, StoreError> {
        list_folders(&self.store, &self.store.folders().workbooks())
    }

    /// Makes a workbook's folder with these files in it: all of them, or no folder.
    pub(super) fn put(&self, folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<(), StoreError> {
        let disk = self.store.disk();
        if disk.meta(folder).is_ok() {
            return Err(StoreError::AlreadyThere { path: folder.to_owned() });
        }
        let (parent, name) = (self.store.folders().workbooks(), folder.file_name().unwrap_or_default());
        // it takes its name only when it is whole
        let making = parent.join(format!("{}{}", save::TEMPORARY, name.to_string_lossy()));
        save::make_folder(disk, &making)?;
        for (path, bytes) in files {
            let path = making.join(path);
            if let Some(inside) = path.parent() {
                save::make_folder(disk, inside)?;
            }
            save::whole(disk, &path, bytes)?;
        }
        disk.rename(&making, folder).map_err(StoreError::io("create", folder))?;
        save::sync_folder_of(disk, folder)
    }

    /// Calls with each workbook in turn, until told to stop. Returns what the cache should hold.
    fn walk(&self, mut each: impl FnMut(Entry) -> bool) -> Result<Index, StoreError> {
        let names = self.folders()?;
        let mut index = Index::read(&self.store);
        let workbooks = self.store.folders().workbooks();
        for name in &names {
            if !each(index.entry(&self.store, &workbooks, name)) {
                break;
            }
        }
        index.keep_only(&names);
        Ok(index)
    }

    fn move_folder(&self, folder: &Path, into: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
        let disk = self.store.disk();
        let lock = match lock::take(disk, folder, now) {
            Lock::Theirs(holder) => return Err(StoreError::Held { path: folder.to_owned(), holder }),
            Lock::Ours(lock) => Some(lock),
            Lock::NotAllowed | Lock::Cannot(_) => None,
        };
        save::make_folder(disk, into)?;
        let name = folder.file_name().and_then(|n| n.to_str()).unwrap_or("workbook").to_owned();
        let free =
            (1..10_000).map(|n| if n == 1 { into.join(&name) } else { into.join(format!("{n}-{name}")) });
        let to = free.into_iter().find(|to| disk.meta(to).is_err()).unwrap_or_else(|| into.join(&name));
        disk.rename(folder, &to).map_err(StoreError::io("move", folder))?;
        drop(lock);
        for changed in [folder, &to] {
            save::sync_folder_of(disk, changed)?;
        }
        index::forget(&self.store, folder);
        Ok(to)
    }
}

/// Newest change first; those that do not say when come last, by title.
pub(super) fn newest_first(entries: &mut [Entry]) {
    entries.order_by(|a, b| {
        (Reverse(a.changed), &a.title, &a.folder).cmp(&(Reverse(b.changed), &b.title, &b.folder))
    });
}

/// The names of the folders that may be workbooks. None where the folder is not there.
pub(super) fn list_folders(store: &Store, folder: &Path) -> Result<Vec<String>, StoreError> {
    match store.disk().list(folder) {
        Ok(listed) => {
            let names = listed.into_iter().filter(|n| n.folder && !n.name.starts_with('.')).map(|n| n.name);
            let mut names: Vec<String> = names.collect();
            names.order();
            Ok(names)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(StoreError::io("list", folder)(error)),
    }
}

/// The one that is meant, by the first of these that anything fits.
fn pick(all: Vec<Entry>, name: &str) -> Result<Entry, StoreError> {
    let wanted = name.trim().to_lowercase();
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let folder_name =
        |e: &Entry| e.folder.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
    let partner = |e: &Entry, fits: &dyn Fn(&str) -> bool| e.partners.iter().any(|p| fits(&p.to_lowercase()));
    let fits: [&dyn Fn(&Entry) -> bool; 9] = [
        &|e| e.id.as_str() == name,
        &|e| folder_name(e) == name,
        &|e| e.title == name,
        &|e| e.title.to_lowercase() == wanted,
        &|e| {
            e.title.to_lowercase().starts_with(&wanted)
                || (wanted.len() >= 4 && e.id.as_str().starts_with(&wanted))
        },
        &|e| words.iter().all(|word| e.title.to_lowercase().contains(word)),
        &|e| partner(e, &|name| name == wanted),
        &|e| partner(e, &|name| name.starts_with(&wanted)),
        &|e| partner(e, &|name| words.iter().all(|word| name.contains(word))),
    ];
    for fit in fits.iter().filter(|_| !wanted.is_empty()) {
        let mut found: Vec<Entry> = all.iter().filter(|e| fit(e)).cloned().collect();
        match (found.len(), found.pop()) {
            (1, Some(only)) => return Ok(only),
            (0, _) => {}
            (_, last) => {
                let candidates = found
                    .into_iter()
                    .chain(last)
                    .map(|e| (e.id.to_string(), e.title.clone()))
                    .take(20)
                    .collect();
                return Err(StoreError::SeveralWorkbooks { name: name.to_owned(), candidates });
            }
        }
    }
    let near = all
        .into_iter()
        .filter(|e| {
            let names = std::iter::once(&e.title).chain(&e.partners);
            names.into_iter().any(|name| is_near(&name.to_lowercase(), &words))
        })
        .map(|e| e.title.clone())
        .take(3)
        .collect();
    Err(StoreError::NoSuchWorkbook { name: name.to_owned(), near })
}

/// Whether a title shares the start of a word with what was asked for.
fn is_near(title: &str, words: &[&str]) -> bool {
    let start = |word: &str| word.chars().take(4).collect::<String>();
    words.iter().any(|w| w.len() >= 3 && title.split_whitespace().any(|t| start(t) == start(w)))
}

#[cfg(test)]
mod tests;
