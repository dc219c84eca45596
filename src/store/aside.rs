//! What could not be read is kept in `quarantine/`, byte for byte, and the newest earlier version that reads well is
//! offered. Nothing here writes over anything.

use crate::order::InOrder;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::error::StoreError;
use super::format::{self, FormatError};
use super::{Store, history, paths, save};

/// Copies a `workbook.ron` that cannot be read, and looks for an earlier version that can.
pub(super) fn workbook(store: &Store, folder: &Path, bytes: &[u8], error: FormatError) -> StoreError {
    let mut said = StoreError::unreadable(&folder.join(paths::WORKBOOK), error);
    if let StoreError::Unreadable { aside, good, .. } = &mut said {
        *aside = keep(store, folder, "workbook", "ron", bytes).ok();
        *good = newest_good(store.disk(), folder);
    }
    said
}

/// Keeps bytes that could not be used. The same bytes are kept once.
pub(super) fn keep(
    store: &Store,
    folder: &Path,
    what: &str,
    ending: &str,
    bytes: &[u8],
) -> Result<PathBuf, StoreError> {
    let to = store.folders().quarantine();
    save::make_folder(store.disk(), &to)?;
    let name = folder.file_name().and_then(|n| n.to_str()).unwrap_or("workbook");
    let path = to.join(format!("{name}-{what}-{:08x}.{ending}", crc32fast::hash(bytes)));
    match save::under_a_new_name(store.disk(), &path, bytes) {
        Ok(()) | Err(StoreError::AlreadyThere { .. }) => Ok(path),
        Err(error) => Err(error),
    }
}

/// The newest version in `history/` that reads well.
pub(super) fn newest_good(disk: &dyn Disk, folder: &Path) -> Option<PathBuf> {
    let kept = folder.join(paths::HISTORY);
    let mut names: Vec<String> = disk.list(&kept).ok()?.into_iter().map(|n| n.name).collect();
    // a copy that was put away is not how it was
    names.retain(|name| name.ends_with(".ron") && !name.starts_with('.') && !history::is_copy(name));
    names.order();
    let paths = names.into_iter().rev().map(|name| kept.join(name));
    paths.take(20).find(|path| disk.read(path).is_ok_and(|b| format::parse_workbook_bytes(&b).is_ok()))
}
