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
    pace: Arc<Mutex<Pace>>,
}

#[derive(Debug, Default)]
struct State {
    calls: usize,
    fault: Option<Fault>,
    names: Vec<&'static str>,
}

/// How slow it is.
#[derive(Debug, Default)]
struct Pace {
    syncs: Duration,
    writes: Duration,
    /// Syncs are counted and not carried out.
    pretended: bool,
}

impl FaultyDisk {
    /// A disk that works as the one it wraps until told otherwise.
    pub fn new(disk: Arc<dyn Disk>) -> Self {
        Self { disk, state: Arc::default(), pace: Arc::default() }
    }

    /// The same, where syncs are counted and not carried out: tests need no power cut, and run faster.
    #[must_use]
    pub fn pretending_to_sync(self) -> Self {
        self.pace().pretended = true;
        self
    }

    /// Makes calls fail from now on; calls count anew.
    pub fn fail(&self, fault: Fault) {
        *self.state() = State { fault: Some(fault), ..State::default() };
    }

    /// Makes everything work again; calls count anew.
    pub fn heal(&self) {
        *self.state() = State::default();
    }

    /// Makes each sync take this long.
    pub fn stall_syncs(&self, sync_takes: Duration) {
        self.pace().syncs = sync_takes;
    }

    /// Makes each write take this long.
    pub fn stall_writes(&self, write_takes: Duration) {
        self.pace().writes = write_takes;
    }

    /// The names of the calls since it was told something.
    pub fn calls(&self) -> Vec<&'static str> {
        self.state().names.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits as long as a sync takes; whether it is then to be carried out.
    fn before_sync(&self) -> bool {
        let (takes, pretended) = {
            let pace = self.pace();
            (pace.syncs, pace.pretended)
        };
        stand_still(takes);
        !pretended
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
        let carry_out = self.before_sync();
        self.count("sync_folder")?;
        if carry_out { self.disk.sync_folder(path) } else { Ok(()) }
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

    fn make_private(&self, path: &Path) -> io::Result<()> {
        self.count("make_private")?;
        self.disk.make_private(path)
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

fn stand_still(takes: Duration) {
    if !takes.is_zero() {
        std::thread::sleep(takes);
    }
}

#[derive(Debug)]
struct FaultyFile {
    file: Box<dyn DiskFile>,
    disk: FaultyDisk,
}

impl DiskFile for FaultyFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let takes = self.disk.pace().writes;
        stand_still(takes);
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
        let carry_out = self.disk.before_sync();
        self.disk.count("sync")?;
        if carry_out { self.file.sync() } else { Ok(()) }
    }

    fn empty(&mut self) -> io::Result<()> {
        self.disk.count("empty")?;
        self.file.empty()
    }

    fn reserve(&mut self, bytes: u64) -> io::Result<()> {
        self.disk.count("reserve")?;
        self.file.reserve(bytes)
    }

    fn beside(&self) -> io::Result<Box<dyn DiskFile>> {
        self.disk.count("beside")?;
        Ok(self.disk.file(self.file.beside()?))
    }
}
