//! The cache of the library: `index.ron`, and `first.ron` with the rows of the first screen.
//!
//! Both may be deleted at any time, and nothing depends on what they say: a row counts only while length and time of the
//! workbook's two files are what they were. Failing to write them harms nobody, so that is never an error.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::disk::Meta;
use super::library::{self, Entry, FIRST, FirstRows};
use super::{Store, paths, save};
use crate::notation::{self, Layout, Writable};

/// Raised whenever rows say more than before, so that a cache of an older version is made anew.
const ROWS_SAY: u32 = 4;
/// Entries of the agenda that a row of the first screen keeps.
const FIRST_DATES: usize = 3;

/// What tells whether a file is still the one that was read: length and time in nanoseconds.
type Seen = (u64, i64);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Row {
    workbook: Seen,
    journal: Option<Seen>,
    entry: Entry,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct First {
    #[serde(default)]
    total: usize,
    #[serde(default)]
    rows: Vec<Entry>,
}

/// The cache, by the name of the folder.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Index {
    /// What a row says has changed with the program since, where this is another number than [`ROWS_SAY`].
    #[serde(default)]
    says: u32,
    #[serde(default)]
    rows: BTreeMap<String, Row>,
    #[serde(skip)]
    changed: bool,
}

impl Index {
    /// The cache as it stands; empty where it cannot be read.
    pub fn read(store: &Store) -> Self {
        let bytes = store.disk().read(&store.folders().index());
        let read: Option<Self> = bytes.ok().and_then(|b| notation::read_bytes(&b));
        let current = read.filter(|index| index.says == ROWS_SAY);
        current.unwrap_or(Self { says: ROWS_SAY, ..Self::default() })
    }

    /// The row of a folder: from the cache, or read anew where its files have changed.
    pub fn entry(&mut self, store: &Store, workbooks: &Path, name: &str) -> Entry {
        let folder = workbooks.join(name);
        let seen = |file: &str| store.disk().meta(&folder.join(file)).ok().map(|meta| seen(&meta));
        let (workbook, journal) = (seen(paths::WORKBOOK), seen(paths::JOURNAL));
        if let (Some(workbook), Some(row)) = (workbook, self.rows.get(name))
            && row.workbook == workbook
            && row.journal == journal
        {
            // everything may have been moved elsewhere since
            return Entry { folder, ..row.entry.clone() };
        }
        let entry = Entry::read(store, &folder);
        if let Some(workbook) = workbook {
            self.changed = true;
            self.rows.insert(name.to_owned(), Row { workbook, journal, entry: entry.clone() });
        }
        entry
    }

    /// The rows of some folders as they stand, whether these have changed since or not.
    pub fn listed(mut self, store: &Store, folders: &[String]) -> Vec<Entry> {
        let workbooks = store.folders().workbooks();
        let row =
            |name: &String| Some(Entry { folder: workbooks.join(name), ..self.rows.remove(name)?.entry });
        folders.iter().filter_map(row).collect()
    }

    /// Forgets folders that have gone.
    pub fn keep_only(&mut self, names: &[String]) {
        let before = self.rows.len();
        self.rows.retain(|name, _| names.binary_search(name).is_ok());
        self.changed |= self.rows.len() != before;
    }

    /// Writes the cache where it has changed, and the first rows where they have.
    pub fn write(&self, store: &Store, all: &[Entry]) {
        let mut newest: Vec<Entry> = all.to_vec();
        library::newest_first(&mut newest);
        newest.truncate(FIRST);
        newest.iter_mut().for_each(shorten);
        write_first(store, &First { total: all.len(), rows: newest });
        if self.changed {
            write(store, &store.folders().index(), self);
        }
    }
}

/// The rows of the first screen.
pub(super) fn first_rows(store: &Store) -> FirstRows {
    match read_first(store) {
        Some(first) => FirstRows { rows: first.rows, total: Some(first.total) },
        None => {
            let nothing_yet = store.disk().meta(&store.folders().workbooks()).is_err();
            FirstRows { rows: Vec::new(), total: nothing_yet.then_some(0) }
        }
    }
}

/// A workbook has changed, or is new: it goes to the head of the first rows.
pub(super) fn note(store: &Store, entry: Entry) {
    let workbooks = store.folders().workbooks();
    if entry.folder.parent() != Some(&workbooks) {
        return;
    }
    let Some(mut first) = read_first(store).or_else(|| first_of_all(store)) else { return };
    let before = first.rows.len();
    first.rows.retain(|row| row.folder != entry.folder);
    // what was not among the first rows may be a new one; the next reading of the list counts anew
    first.total = (first.total + usize::from(first.rows.len() == before && before < FIRST)).max(1);
    first.rows.push(entry);
    first.rows.iter_mut().for_each(shorten);
    library::newest_first(&mut first.rows);
    first.rows.truncate(FIRST);
    write_first(store, &first);
}

/// A workbook has gone from the list.
pub(super) fn forget(store: &Store, folder: &Path) {
    let Some(mut first) = read_first(store) else { return };
    let before = first.rows.len();
    first.rows.retain(|row| row.folder != folder);
    if first.rows.len() < before {
        first.total = first.total.saturating_sub(1);
        write_first(store, &first);
    }
}

/// Those of its files that are there and cannot be read.
pub(super) fn unreadable(store: &Store) -> Vec<PathBuf> {
    let (index, first) = (store.folders().index(), store.folders().first());
    let bad = |path: &Path, reads: &dyn Fn(&[u8]) -> bool| {
        store.disk().read(path).is_ok_and(|bytes| !reads(&bytes)).then(|| path.to_owned())
    };
    let reads_index = |bytes: &[u8]| notation::read_bytes::<Index>(bytes).is_some();
    let reads_first = |bytes: &[u8]| notation::read_bytes::<First>(bytes).is_some();
    [bad(&index, &reads_index), bad(&first, &reads_first)].into_iter().flatten().collect()
}

/// Where there is only one workbook, all is known without a list.
fn first_of_all(store: &Store) -> Option<First> {
    let listed = store.disk().list(&store.folders().workbooks()).ok()?;
    (listed.len() <= 1).then(First::default)
}

/// The first screen is read at every start, so its rows are short.
fn shorten(entry: &mut Entry) {
    if entry.digest.agenda.len() > FIRST_DATES || !entry.digest.open.is_empty() {
        let summary = Arc::make_mut(&mut entry.summary);
        summary.digest.agenda.truncate(FIRST_DATES);
        summary.digest.open.clear();
    }
}

fn read_first(store: &Store) -> Option<First> {
    let bytes = store.disk().read(&store.folders().first()).ok()?;
    let mut first: First = notation::read_bytes(&bytes)?;
    // the whole folder may have been copied elsewhere: names count, not where they were
    let workbooks = store.folders().workbooks();
    for row in &mut first.rows {
        row.folder = workbooks.join(row.folder.file_name()?);
    }
    Some(first)
}

fn write_first(store: &Store, first: &First) {
    if read_first(store).is_some_and(|before| before.total == first.total && before.rows == first.rows) {
        return;
    }
    write(store, &store.folders().first(), first);
}

fn write(store: &Store, path: &Path, what: Writable<'_>) {
    let Some(text) = notation::lines(what, Layout { depth: 3, ..Layout::ESCAPED }) else { return };
    let text = format!("// A cache, which may be deleted at any time.\n{text}\n");
    let _ = save::new_or_old(store.disk(), path, text.as_bytes());
}

fn seen(meta: &Meta) -> Seen {
    // before 1970 counts backwards
    let nanos = match meta.modified.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |n| -n),
    };
    (meta.len, nanos)
}

#[cfg(test)]
mod tests;
