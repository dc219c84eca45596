//! Bringing in: a workbook's folder, a `workbook.ron`, or a backup.
//!
//! It is read and checked whole before anything is written, and nothing that is there is replaced without being asked
//! for: [`Library::read_import`] says what it would meet, [`Library::import`] does it.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use jiff::Timestamp;

use super::backup::Backup;
use super::error::StoreError;
use super::format::{self, FORMAT, FileWorkbook, FormatError};
use super::library::Library;
use super::{Store, paths, save, unknown};
use crate::domain::{IdSource, Workbook, WorkbookId};

/// The longest path in a backup, in bytes; ours are far shorter.
const LONGEST_PATH: usize = 1_000;
/// The most names in a path of a backup; ours have five.
const DEEPEST_PATH: usize = 16;

/// What was read and can be brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The workbooks.
    pub items: Vec<ImportItem>,
    /// Other files of a backup (settings, jots, wording, bin), with their relative paths.
    others: Vec<(PathBuf, Vec<u8>)>,
}

/// A workbook that can be brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportItem {
    /// Its id.
    pub id: WorkbookId,
    /// What it is called.
    pub title: String,
    /// The folder of a workbook with the same id that is there already.
    pub conflict: Option<PathBuf>,
    workbook: Workbook,
    changed: Option<Timestamp>,
    /// The name of its folder and the files in it.
    folder: Option<String>,
    files: Vec<(PathBuf, Vec<u8>)>,
}

/// What to do with a workbook that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnConflict {
    /// Bring in nothing at all.
    Refuse,
    /// Bring it in as another workbook, with a fresh id and no history.
    Beside,
    /// Put the one that is there into the bin.
    Replace,
    /// Leave that workbook out.
    Skip,
}

/// What was brought in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brought {
    /// The folders of the workbooks.
    pub folders: Vec<PathBuf>,
    /// How many workbooks were left out because they are there already.
    pub skipped: usize,
    /// How many other files came with them. Those that are there already were left as they are.
    pub others: usize,
}

impl Library {
    /// Reads what is to be brought in, and checks all of it. Writes nothing.
    ///
    /// # Errors
    /// Where any of it cannot be read.
    pub fn read_import(&self, from: &Path) -> Result<Import, StoreError> {
        let store = self.store();
        let folder = store.disk().meta(from).map_err(StoreError::io("open", from))?.folder;
        let mut import = if folder {
            Import { items: vec![item_of_folder(store, from)?], others: Vec::new() }
        } else {
            let bytes = store.disk().read(from).map_err(StoreError::io("open", from))?;
            read_file(from, &bytes)?
        };
        let there = self.ids()?;
        for item in &mut import.items {
            item.conflict = there.get(&item.id).cloned();
        }
        Ok(import)
    }

    /// Brings in what was read. `ids` draws the ids of those that come in beside others.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] for [`OnConflict::Refuse`], with nothing written; or what the disk said: then the
    /// workbooks before the one that failed are there, each whole.
    pub fn import(
        &self,
        import: Import,
        on_conflict: OnConflict,
        ids: &mut IdSource,
        now: Timestamp,
    ) -> Result<Brought, StoreError> {
        let conflict = import.items.iter().find_map(|item| item.conflict.clone());
        if let (OnConflict::Refuse, Some(path)) = (on_conflict, conflict) {
            return Err(StoreError::Conflict { path });
        }
        let mut brought = Brought::default();
        for item in import.items {
            match (&item.conflict, on_conflict) {
                (Some(_), OnConflict::Skip) => {
                    brought.skipped += 1;
                    continue;
                }
                (Some(_), OnConflict::Beside) => {
                    let workbook = item.workbook.with_id(ids.workbook());
                    brought.folders.push(self.create(&workbook, item.changed.unwrap_or(now))?);
                    continue;
                }
                (Some(there), OnConflict::Replace) => drop(self.bin_workbook(there, now)?),
                (Some(_), OnConflict::Refuse) | (None, _) => {}
            }
            let to = self.free_folder(&item);
            self.put(&to, &item.files)?;
            brought.folders.push(to);
        }
        for (path, bytes) in import.others {
            brought.others += usize::from(put_other(self.store(), &path, &bytes)?);
        }
        Ok(brought)
    }

    /// The ids of all workbooks with their folders.
    fn ids(&self) -> Result<BTreeMap<WorkbookId, PathBuf>, StoreError> {
        Ok(self.entries()?.into_iter().map(|entry| (entry.id.clone(), entry.folder)).collect())
    }

    /// The folder that it had, or one made of title and id where that name is taken or was never ours.
    fn free_folder(&self, item: &ImportItem) -> PathBuf {
        let (folders, disk) = (self.store().folders(), self.store().disk());
        let own = item.folder.as_ref().map(|name| folders.workbooks().join(name));
        let made = folders.for_workbook(&item.title, &item.id);
        own.filter(|own| own.file_name() == made.file_name() || disk.meta(own).is_err()).unwrap_or(made)
    }
}

fn item_of_folder(store: &Store, folder: &Path) -> Result<ImportItem, StoreError> {
    let opened = store.read(folder)?;
    let mut files = Vec::new();
    for name in [paths::WORKBOOK, paths::JOURNAL, paths::UNDO, paths::PLACE] {
        let path = folder.join(name);
        if store.disk().meta(&path).is_ok() {
            files.push((
                PathBuf::from(name),
                store.disk().read(&path).map_err(StoreError::io("open", &path))?,
            ));
        }
    }
    let history = folder.join(paths::HISTORY);
    for name in store.disk().list(&history).unwrap_or_default() {
        if !name.folder && name.name.ends_with(".ron") {
            let path = history.join(&name.name);
            let bytes = store.disk().read(&path).map_err(StoreError::io("open", &path))?;
            files.push((Path::new(paths::HISTORY).join(&name.name), bytes));
        }
    }
    let workbook = opened.book.workbook().clone();
    Ok(ImportItem {
        id: workbook.id().clone(),
        title: workbook.title().to_owned(),
        conflict: None,
        workbook,
        changed: opened.changed,
        folder: None,
        files,
    })
}

fn read_file(from: &Path, bytes: &[u8]) -> Result<Import, StoreError> {
    let broken = |error: FormatError| StoreError::unreadable(from, error);
    let text = format::text_of(bytes).map_err(broken)?;
    match unknown::read::<Backup>(text) {
        Ok((backup, _)) => read_backup(from, backup),
        Err(as_backup) => match format::parse_workbook(text) {
            Ok(file) => Ok(Import { items: vec![item_of_file(file, bytes)], others: Vec::new() }),
            // say what is wrong with what it set out to be
            Err(_) if text.contains("files:") && !text.contains("workbook:") => {
                Err(StoreError::unreadable(from, FormatError::of(text, as_backup)))
            }
            Err(error) => Err(StoreError::unreadable(from, error)),
        },
    }
}

fn item_of_file(file: FileWorkbook, bytes: &[u8]) -> ImportItem {
    ImportItem {
        id: file.workbook.id().clone(),
        title: file.workbook.title().to_owned(),
        conflict: None,
        workbook: file.workbook,
        changed: file.changed,
        folder: None,
        files: vec![(PathBuf::from(paths::WORKBOOK), bytes.to_vec())],
    }
}

fn read_backup(from: &Path, backup: Backup) -> Result<Import, StoreError> {
    if backup.format > FORMAT {
        return Err(StoreError::Newer { path: from.to_owned(), format: backup.format });
    }
    let mut folders: BTreeMap<String, Vec<(PathBuf, Vec<u8>)>> = BTreeMap::new();
    let mut others = Vec::new();
    for file in &backup.files {
        let bad = |reason: &str| {
            let named: String = file.path.escape_debug().take(200).collect();
            let reason = format!("{named}: {reason}");
            StoreError::unreadable(from, FormatError::Broken { line: 1, column: 1, reason })
        };
        let path = safe_path(&file.path).ok_or_else(|| bad("this is not a path of ours"))?;
        let bytes = file.content().ok_or_else(|| bad("it holds nothing that can be read"))?;
        let mut parts = path.iter().map(|part| part.to_string_lossy().into_owned());
        match (parts.next().as_deref(), parts.next()) {
            (Some("workbooks"), Some(folder)) => {
                let rest: PathBuf = path.iter().skip(2).collect();
                folders.entry(folder).or_default().push((rest, bytes));
            }
            _ => others.push((path, bytes)),
        }
    }
    let mut items = Vec::new();
    for (folder, files) in folders {
        let Some((_, bytes)) = files.iter().find(|(path, _)| path == Path::new(paths::WORKBOOK)) else {
            continue;
        };
        let named = |error| StoreError::unreadable(&from.join("workbooks").join(&folder), error);
        let mut item = item_of_file(format::parse_workbook_bytes(bytes).map_err(named)?, bytes);
        item.files = files;
        item.folder = Some(folder);
        items.push(item);
    }
    Ok(Import { items, others })
}

/// A path of a backup, where it stays inside the folder and leads to something of ours.
fn safe_path(path: &str) -> Option<PathBuf> {
    if path.len() > LONGEST_PATH || path.split('/').count() > DEEPEST_PATH {
        return None;
    }
    let safe = Path::new(path);
    let plain = safe.components().all(|part| matches!(part, Component::Normal(_)));
    let odd = path.contains(['\\', ':', '\0']) || path.chars().any(char::is_control);
    let first = safe.iter().next()?.to_str()?;
    let ours = ["workbooks", "inbox", "bin", "quarantine", "content", "settings.ron"].contains(&first);
    let deep_enough = first == "settings.ron" || safe.iter().count() >= 2;
    (plain && !odd && ours && deep_enough).then(|| safe.to_owned())
}

/// Puts another file of a backup in its place, unless something is there. True where it was put.
fn put_other(store: &Store, path: &Path, bytes: &[u8]) -> Result<bool, StoreError> {
    let path = store.folders().root().join(path);
    if let Some(folder) = path.parent() {
        save::make_folder(store.disk(), folder)?;
    }
    match save::under_a_new_name(store.disk(), &path, bytes) {
        Ok(()) => Ok(true),
        Err(StoreError::AlreadyThere { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
