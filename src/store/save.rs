//! Writing a whole file so that there is always the old one or the new one, and never half of either.
//!
//! A temporary file in the same folder is written, synced and read back; only then does it take the name. Nothing here
//! knows what is in a file. Start reading at [`whole`].

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use super::disk::Disk;
use super::error::StoreError;

/// How the names of our temporary files begin.
pub(super) const TEMPORARY: &str = ".alongside-tmp-";
/// No save takes that long: a temporary file that is older was left behind.
const NOBODYS: Duration = Duration::from_secs(24 * 60 * 60);

/// Saves a file: old or new, whole, safe against a power cut. A link stays a link; mode and group stay.
///
/// # Errors
/// What the disk said, or [`StoreError::ReadBack`]; the old file is as it was, unless only the last sync failed.
pub(super) fn whole(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let path = resolved(disk, path)?;
    let temporary = Temporary::write(disk, &path, bytes)?;
    temporary.take_the_name()
}

/// Saves a file that may be the old one again after a power cut, but is never half written.
///
/// # Errors
/// What the disk said.
pub(super) fn new_or_old(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    Temporary::create(disk, path, bytes, true)?.replace()
}

/// Saves a file before the next frame; a power cut may leave an empty one until it is saved again in another way.
///
/// # Errors
/// What the disk said.
pub(super) fn quickly(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    Temporary::create(disk, path, bytes, false)?.replace()
}

/// Writes a file under a name that is not taken. Returns without error only where it is whole and safe.
///
/// # Errors
/// [`StoreError::AlreadyThere`], or what the disk said.
pub(super) fn under_a_new_name(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let temporary = Temporary::write(disk, path, bytes)?;
    temporary.take_a_free_name()
}

/// Writes a file for a person: whole or not there. Returns its full path.
///
/// # Errors
/// [`StoreError::AlreadyThere`] unless it may be written over; or what the disk said.
pub(super) fn export(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    overwrite: bool,
) -> Result<PathBuf, StoreError> {
    let path = std::path::absolute(path).map_err(StoreError::io("create", path))?;
    let there = disk.meta(&path).is_ok();
    if there && !overwrite {
        return Err(StoreError::AlreadyThere { path });
    }
    let path = resolved(disk, &path)?;
    let temporary = Temporary::write(disk, &path, bytes)?;
    if overwrite {
        temporary.take_the_name()?
    } else {
        temporary.take_a_free_name()?
    }
    Ok(path)
}

/// Takes away the temporary files that a killed program left in a folder. Only to be called by who holds its lock.
pub(super) fn sweep(disk: &dyn Disk, folder: &Path) {
    let Ok(names) = disk.list(folder) else { return };
    for stale in names.iter().filter(|n| !n.folder && n.name.starts_with(TEMPORARY)) {
        // one that stays does no harm
        let _ = disk.remove(&folder.join(&stale.name));
    }
}

/// The same in a folder that several windows write in: only what is older than a day, and so nobody's any more.
pub(super) fn sweep_old(disk: &dyn Disk, folder: &Path, now: Timestamp) {
    let Ok(names) = disk.list(folder) else { return };
    for name in names.iter().filter(|n| !n.folder && n.name.starts_with(TEMPORARY)) {
        let path = folder.join(&name.name);
        let age = disk.meta(&path).map(|meta| SystemTime::from(now).duration_since(meta.modified));
        if matches!(age, Ok(Ok(age)) if age > NOBODYS) {
            let _ = disk.remove(&path);
        }
    }
}

/// The path with links resolved; as it is where nothing is there yet.
pub(super) fn resolved(disk: &dyn Disk, path: &Path) -> Result<PathBuf, StoreError> {
    match disk.resolve(path) {
        Ok(resolved) => Ok(resolved),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(path.to_owned()),
        Err(error) => Err(StoreError::io("save", path)(error)),
    }
}

/// A temporary file beside the one that it is to become. Dropped before that, it goes away.
pub(super) struct Temporary<'a> {
    disk: &'a dyn Disk,
    at: PathBuf,
    path: PathBuf,
    settled: bool,
}

impl<'a> Temporary<'a> {
    /// Writes, syncs and reads back. `path` has no links in it.
    pub fn write(disk: &'a dyn Disk, path: &Path, bytes: &[u8]) -> Result<Self, StoreError> {
        let temporary = Self::create(disk, path, bytes, true)?;
        let back = disk.read(&temporary.at).map_err(StoreError::io("read back", path))?;
        if back == bytes { Ok(temporary) } else { Err(StoreError::ReadBack { path: path.to_owned() }) }
    }

    fn create(disk: &'a dyn Disk, path: &Path, bytes: &[u8], sync: bool) -> Result<Self, StoreError> {
        // no two that run at the same time share a name, and what a killed one left behind is passed by
        static COUNTER: AtomicU64 = AtomicU64::new(0);
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("file");
        let short: String = name.chars().take(40).collect();
        for _ in 0..100 {
            let number = COUNTER.fetch_add(1, Ordering::Relaxed);
            let at = path.with_file_name(format!("{TEMPORARY}{short}-{}-{number}", std::process::id()));
            let mut file = match disk.create_new(&at) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                made => made.map_err(StoreError::io("create", path))?,
            };
            let temporary = Self { disk, at, path: path.to_owned(), settled: false };
            file.write(bytes).map_err(StoreError::io("save", path))?;
            if sync {
                file.sync().map_err(StoreError::io("save", path))?;
            }
            return Ok(temporary);
        }
        Err(StoreError::AlreadyThere { path: path.to_owned() })
    }

    /// Replaces the file of that name.
    pub fn take_the_name(mut self) -> Result<(), StoreError> {
        self.replace()?;
        self.sync_folder()
    }

    /// Replaces the file of that name; the folder is still to be synced.
    pub fn replace(&mut self) -> Result<(), StoreError> {
        if self.disk.meta(&self.path).is_ok() {
            // a group that is not ours cannot be given; the file is then simply private
            let _ = self.disk.same_access(&self.path, &self.at);
        }
        self.disk.rename(&self.at, &self.path).map_err(StoreError::io("save", &self.path))?;
        self.settled = true;
        Ok(())
    }

    pub fn sync_folder(&self) -> Result<(), StoreError> {
        sync_folder_of(self.disk, &self.path)
    }

    fn take_a_free_name(mut self) -> Result<(), StoreError> {
        match self.disk.rename_new(&self.at, &self.path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(StoreError::AlreadyThere { path: self.path.clone() });
            }
            moved => moved.map_err(StoreError::io("create", &self.path))?,
        }
        self.settled = true;
        self.sync_folder()
    }
}

impl Drop for Temporary<'_> {
    fn drop(&mut self) {
        if !self.settled {
            // where that fails too, the next opening sweeps it
            let _ = self.disk.remove(&self.at);
        }
    }
}

/// Makes a folder and those above it, so that their names outlive a power cut.
///
/// # Errors
/// What the disk said.
pub(super) fn make_folder(disk: &dyn Disk, path: &Path) -> Result<(), StoreError> {
    let missing: Vec<&Path> = path.ancestors().take_while(|above| disk.meta(above).is_err()).collect();
    disk.make_folder(path).map_err(StoreError::io("create", path))?;
    missing.iter().try_for_each(|made| sync_folder_of(disk, made))
}

/// Whether nothing is at a path, not even something that cannot be looked at.
pub(super) fn is_gone(disk: &dyn Disk, path: &Path) -> bool {
    disk.meta(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// Makes the name of a file safe against a power cut.
pub(super) fn sync_folder_of(disk: &dyn Disk, path: &Path) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(path);
    disk.sync_folder(folder).map_err(StoreError::io("save", path))
}

#[cfg(test)]
mod tests;
