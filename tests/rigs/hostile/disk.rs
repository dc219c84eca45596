//! A disk in memory, so that hostile files can be tried by the thousand. Everything works at once; nothing is ever torn.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use alongside::store::Disk;
use alongside::store::disk::{DiskFile, DiskLock, Listed, Meta};

/// Files by their paths. A folder is there where something is in it, or where it was made.
#[derive(Debug, Clone, Default)]
pub struct MemoryDisk(Arc<Mutex<Inside>>);

#[derive(Debug, Default)]
struct Inside {
    files: BTreeMap<PathBuf, Vec<u8>>,
    folders: BTreeSet<PathBuf>,
    locked: BTreeSet<PathBuf>,
}

impl MemoryDisk {
    /// Puts a file there, whatever is there.
    pub fn put(&self, path: &Path, bytes: &[u8]) {
        let mut inside = self.inside();
        inside.folders.extend(path.ancestors().skip(1).map(Path::to_owned));
        inside.files.insert(path.to_owned(), bytes.to_vec());
    }

    /// Every file.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        self.inside().files.clone()
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn missing() -> io::Error {
    io::ErrorKind::NotFound.into()
}

fn there_already() -> io::Error {
    io::ErrorKind::AlreadyExists.into()
}

impl Inside {
    fn is_folder(&self, path: &Path) -> bool {
        self.folders.contains(path) || path.parent().is_none()
    }

    fn is_there(&self, path: &Path) -> bool {
        self.files.contains_key(path) || self.is_folder(path)
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        if let Some(bytes) = self.files.remove(from) {
            self.files.insert(to.to_owned(), bytes);
            return Ok(());
        }
        if !self.folders.contains(from) {
            return Err(missing());
        }
        let moved = |path: &PathBuf| path.strip_prefix(from).ok().map(|rest| to.join(rest));
        self.files = std::mem::take(&mut self.files)
            .into_iter()
            .map(|(path, bytes)| (moved(&path).unwrap_or(path), bytes))
            .collect();
        self.folders =
            std::mem::take(&mut self.folders).into_iter().map(|path| moved(&path).unwrap_or(path)).collect();
        Ok(())
    }
}

impl Disk for MemoryDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let inside = self.inside();
        if inside.is_folder(path) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        inside.files.get(path).cloned().ok_or_else(missing)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut inside = self.inside();
        if inside.is_there(path) {
            return Err(there_already());
        }
        if !path.parent().is_some_and(|folder| inside.is_folder(folder)) {
            return Err(missing());
        }
        inside.files.insert(path.to_owned(), Vec::new());
        Ok(Box::new(MemoryFile(self.clone(), path.to_owned())))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut inside = self.inside();
        if inside.is_folder(path) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        inside.files.entry(path.to_owned()).or_default();
        Ok(Box::new(MemoryFile(self.clone(), path.to_owned())))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.inside().rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut inside = self.inside();
        if inside.is_there(to) { Err(there_already()) } else { inside.rename(from, to) }
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        let mut inside = self.inside();
        if path.ancestors().any(|above| inside.files.contains_key(above)) {
            return Err(there_already());
        }
        inside.folders.extend(path.ancestors().map(Path::to_owned));
        Ok(())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<Listed>> {
        let inside = self.inside();
        if !inside.is_folder(path) {
            return Err(missing());
        }
        let within = |other: &&PathBuf| other.parent() == Some(path);
        let name = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
        let files = inside.files.keys().filter(within).filter_map(name);
        let files = files.map(|name| Listed { name, folder: false });
        let folders = inside.folders.iter().filter(within).filter_map(name);
        Ok(files.chain(folders.map(|name| Listed { name, folder: true })).collect())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.inside().files.remove(path).map(|_| ()).ok_or_else(missing)
    }

    fn meta(&self, path: &Path) -> io::Result<Meta> {
        let inside = self.inside();
        if !inside.is_there(path) {
            return Err(missing());
        }
        let len = inside.files.get(path).map_or(0, |bytes| bytes.len() as u64);
        Ok(Meta { len, modified: SystemTime::UNIX_EPOCH, folder: inside.is_folder(path), mode: 0o600 })
    }

    fn same_access(&self, _: &Path, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn make_private(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        if self.inside().is_there(path) { Ok(path.to_owned()) } else { Err(missing()) }
    }

    fn is_writable(&self, folder: &Path) -> bool {
        self.inside().is_folder(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn DiskLock>>> {
        let taken = self.inside().locked.insert(path.to_owned());
        if !taken {
            return Ok(None);
        }
        self.append(path)?;
        Ok(Some(Box::new(MemoryLock(self.clone(), path.to_owned()))))
    }
}

#[derive(Debug)]
struct MemoryFile(MemoryDisk, PathBuf);

impl DiskFile for MemoryFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        // one that was taken away meanwhile is written by its descriptor alone, and seen by nobody
        if let Some(file) = self.0.inside().files.get_mut(&self.1) {
            file.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn empty(&mut self) -> io::Result<()> {
        if let Some(file) = self.0.inside().files.get_mut(&self.1) {
            file.clear();
        }
        Ok(())
    }

    fn reserve(&mut self, _: u64) -> io::Result<()> {
        Ok(())
    }

    fn beside(&self) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(Self(self.0.clone(), self.1.clone())))
    }
}

#[derive(Debug)]
struct MemoryLock(MemoryDisk, PathBuf);

impl DiskLock for MemoryLock {
    fn say(&mut self, words: &[u8]) -> io::Result<()> {
        self.0.put(&self.1, words);
        Ok(())
    }
}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        self.0.inside().locked.remove(&self.1);
    }
}
