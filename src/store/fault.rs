//! A disk that fails when told to. For tests: nothing in the program uses it.
//!
//! Every call of [`Disk`] counts, those on open files too. A plan says which call fails, how, and whether the failing
//! goes on. A write that fails may first write half of what it was given.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::disk::{Disk, DiskFile, DiskLock, Listed, Meta};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The number of the first call that fails, from 0.
    pub at: usize,
    /// How many calls fail from there; `usize::MAX` for always.
    pub calls: usize,
    /// The system's number for the error: 28 is a full disk.
    pub error: i32,
    /// A write that fails writes half of its bytes first.
    pub tear: bool,
}

/// Wraps a disk and makes calls on it fail.
#[derive(Debug, Clone)]
pub struct FaultyDisk {
    disk: Arc<dyn Disk>,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    calls: usize,
    fault: Option<Fault>,
    sync_takes: Duration,
    names: Vec<&'static str>,
}

impl FaultyDisk {
    /// A disk that works as the one it wraps until told otherwise.
    pub fn new(disk: Arc<dyn Disk>) -> Self {
        Self { disk, state: Arc::default() }
    }

    /// Makes calls fail from now on; calls count anew.
    pub fn fail(&self, fault: Fault) {
        let mut state = self.state();
        *state = State { fault: Some(fault), sync_takes: state.sync_takes, ..State::default() };
    }

    /// Makes everything work again; calls count anew.
    pub fn heal(&self) {
        *self.state() = State::default();
    }

    /// Makes each sync take this long.
    pub fn stall_syncs(&self, sync_takes: Duration) {
        self.state().sync_takes = sync_takes;
    }

    /// The names of the calls since it was told something.
    pub fn calls(&self) -> Vec<&'static str> {
        self.state().names.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call; its fault, where it is to fail.
    fn fault(&self, name: &'static str) -> Option<Fault> {
        let mut state = self.state();
        let call = state.calls;
        state.calls += 1;
        state.names.push(name);
        state.fault.filter(|f| call >= f.at && call - f.at < f.calls)
    }

    fn count(&self, name: &'static str) -> io::Result<()> {
        match self.fault(name) {
            Some(fault) => Err(io::Error::from_raw_os_error(fault.error)),
            None => Ok(()),
        }
    }

    fn file(&self, file: Box<dyn DiskFile>) -> Box<dyn DiskFile> {
        Box::new(FaultyFile { file, disk: self.clone() })
    }
}

impl Disk for FaultyDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.count("read")?;
        self.disk.read(path)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.count("create_new")?;
        Ok(self.file(self.disk.create_new(path)?))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.count("append")?;
        Ok(self.file(self.disk.append(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.count("rename")?;
        self.disk.rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.count("rename_new")?;
        self.disk.rename_new(from, to)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.count("sync_folder")?;
        self.disk.sync_folder(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.count("make_folder")?;
        self.disk.make_folder(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<Listed>> {
        self.count("list")?;
        self.disk.list(path)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.count("remove")?;
        self.disk.remove(path)
    }

    fn meta(&self, path: &Path) -> io::Result<Meta> {
        self.count("meta")?;
        self.disk.meta(path)
    }

    fn same_access(&self, of: &Path, to: &Path) -> io::Result<()> {
        self.count("same_access")?;
        self.disk.same_access(of, to)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.count("resolve")?;
        self.disk.resolve(path)
    }

    fn is_writable(&self, folder: &Path) -> bool {
        self.count("is_writable").is_ok() && self.disk.is_writable(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn DiskLock>>> {
        self.count("lock")?;
        self.disk.lock(path)
    }
}

#[derive(Debug)]
struct FaultyFile {
    file: Box<dyn DiskFile>,
    disk: FaultyDisk,
}

impl DiskFile for FaultyFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.disk.fault("write") {
            Some(fault) => {
                if fault.tear {
                    self.file.write(bytes.get(..bytes.len() / 2).unwrap_or_default())?;
                }
                Err(io::Error::from_raw_os_error(fault.error))
            }
            None => self.file.write(bytes),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        let takes = self.disk.state().sync_takes;
        std::thread::sleep(takes);
        self.disk.count("sync")?;
        self.file.sync()
    }

    fn empty(&mut self) -> io::Result<()> {
        self.disk.count("empty")?;
        self.file.empty()
    }
}
