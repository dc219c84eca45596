//! The cache of the library: `index.ron`, and `first.ron` with the rows of the first screen, a row a line, so that of these
//! only those are read that are wanted.
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

/// All rows of the first screen.
const ALL: usize = FIRST;
/// The first line of either file.
const COMMENT: &str = "// A cache, which may be deleted at any time.\n";
/// What ends a row of `first.ron`, and what ends the file.
const BETWEEN: &str = ",";
const END: &str = "])";

/// What tells whether a file is still the one that was read: length and time in nanoseconds.
type Seen = (u64, i64);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Row {
    workbook: Seen,
    journal: Option<Seen>,
    entry: Entry,
}

#[derive(Debug, Default, Deserialize)]
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

/// The rows of the first screen; where there are more workbooks than it knows, only as many as are wanted.
pub(super) fn first_rows(store: &Store, most: usize) -> FirstRows {
    match read_first(store, most) {
        Some(first) => FirstRows { rows: first.rows, total: Some(first.total) },
        None => {
            let nothing_yet = store.disk().meta(&store.folders().workbooks()).is_err();
            FirstRows { rows: Vec::new(), total: nothing_yet.then_some(0) }
        }
    }
}

/// Those rows of the first screen that have some words in them, as they would be written there; in capitals or not.
pub(super) fn first_rows_with(store: &Store, words: &str) -> Vec<Entry> {
    let Some(text) = text_of_first(store) else { return Vec::new() };
    let words = notation::line(&words).unwrap_or_default().to_lowercase();
    let words = words.trim_matches('"');
    let rows = lines_of_first(&text).filter(|line| line.to_lowercase().contains(words));
    let mut rows: Vec<Entry> = rows.filter_map(|line| notation::read(line).ok()).collect();
    rows.retain_mut(|row| stand_here(store, row).is_some());
    rows
}

/// A workbook has changed, or is new: it goes to the head of the first rows.
pub(super) fn note(store: &Store, entry: Entry) {
    let workbooks = store.folders().workbooks();
    if entry.folder.parent() != Some(&workbooks) {
        return;
    }
    let Some(mut first) = read_first(store, ALL).or_else(|| first_of_all(store)) else { return };
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
    let Some(mut first) = read_first(store, ALL) else { return };
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

fn text_of_first(store: &Store) -> Option<String> {
    String::from_utf8(store.disk().read(&store.folders().first()).ok()?).ok()
}

/// The rows as they are written, without what stands between them.
fn lines_of_first(text: &str) -> impl Iterator<Item = &str> {
    let rows = text.lines().filter_map(|line| line.strip_suffix(BETWEEN));
    rows.filter(|row| row.starts_with('(') && row.ends_with(')'))
}

fn read_first(store: &Store, most: usize) -> Option<First> {
    let text = text_of_first(store)?;
    // with fewer rows in it than it may hold, they are mostly all the workbooks there are
    let cut = (most < FIRST && lines_of_first(&text).count() >= FIRST).then(|| up_to(&text, most));
    let cut = cut.and_then(|cut| notation::read(&cut).ok());
    let mut first: First = cut.or_else(|| notation::read(&text).ok())?;
    for row in &mut first.rows {
        stand_here(store, row)?;
    }
    Some(first)
}

/// The same file as if it had only so many rows.
fn up_to(text: &str, most: usize) -> String {
    let head = text.lines().take_while(|line| !line.ends_with(BETWEEN));
    let rows = lines_of_first(text).take(most).flat_map(|row| [row, BETWEEN]);
    head.chain(rows).chain([END]).flat_map(|part| [part, "\n"]).collect()
}

/// The whole folder may have been copied elsewhere: names count, not where they were.
fn stand_here(store: &Store, row: &mut Entry) -> Option<()> {
    row.folder = store.folders().workbooks().join(row.folder.file_name()?);
    Some(())
}

fn write_first(store: &Store, first: &First) {
    let rows: Option<Vec<String>> = first.rows.iter().map(|row| notation::line(row)).collect();
    let Some(rows) = rows else { return };
    let rows: String = rows.iter().map(|row| format!("{row}{BETWEEN}\n")).collect();
    let text = format!("{COMMENT}(total: {}, rows: [\n{rows}{END}\n", first.total);
    if text_of_first(store).is_none_or(|before| before != text) {
        let _ = save::new_or_old(store.disk(), &store.folders().first(), text.as_bytes());
    }
}

fn write(store: &Store, path: &Path, what: Writable<'_>) {
    let Some(text) = notation::lines(what, Layout { depth: 3, ..Layout::ESCAPED }) else { return };
    let _ = save::new_or_old(store.disk(), path, format!("{COMMENT}{text}\n").as_bytes());
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
