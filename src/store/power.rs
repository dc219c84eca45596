//! For tests: a disk in memory whose power can be cut.
//!
//! It keeps two things apart: what programs see, and what would be there after a power cut. What was synced is there; of
//! the rest each change may be there or not, whatever came before or after it, and a write may be torn or have left nothing
//! but zeros. That is more than any real file system takes, so that what holds here holds there. Start reading at
//! [`PowerDisk::after_a_cut`].
//!
//! ```text
//! a name (new, moved, gone)   safe once its folder was synced
//! bytes in a file             safe once the file was synced
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::disk::{Disk, DiskFile, DiskLock, Listed, Meta};
use crate::order::InOrder;
use crate::testing::chance::Chance;

/// How a disk is made worse than it should be, to see that the trials notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// As it should be.
    None,
    /// Syncing a file does nothing.
    NoSync,
    /// Syncing a folder does nothing.
    NoFolderSync,
    /// A file that takes the name of another is written into that one instead.
    InPlace,
}

/// A disk in memory. Cheap to clone; all clones are the same disk.
#[derive(Debug, Clone)]
pub struct PowerDisk {
    state: Arc<Mutex<State>>,
    flaw: Flaw,
}

#[derive(Debug)]
struct State {
    all: Files,
    locked: BTreeSet<PathBuf>,
    /// Where each moment is noted, if it is.
    moments: Option<Vec<Moment>>,
    claim: u64,
}

/// The disk at one moment, and what had been called saved by then.
#[derive(Debug, Clone)]
pub struct Moment {
    all: Files,
    pub claim: u64,
}

/// Files and folders by number; 0 is the root. Numbers are not used again.
#[derive(Debug, Clone, Default)]
struct Files {
    nodes: Vec<Node>,
    /// Changes of names that are not safe yet, oldest first.
    naming: Vec<Naming>,
}

/// What one call did to names, which is there whole or not at all: in which folder, which name, what it now names.
type Naming = Vec<(usize, String, Option<usize>)>;

#[derive(Debug, Clone)]
enum Node {
    Folder { now: BTreeMap<String, usize>, safe: BTreeMap<String, usize> },
    File { now: Vec<u8>, safe: Vec<u8>, unsafe_yet: Vec<Change> },
}

/// What was done to a file since it was last synced.
#[derive(Debug, Clone)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Empty,
}

fn not_found() -> io::Error {
    io::ErrorKind::NotFound.into()
}

fn there_already() -> io::Error {
    io::ErrorKind::AlreadyExists.into()
}

impl Files {
    fn new() -> Self {
        let mut files = Self::default();
        files.folder();
        files
    }

    fn folder(&mut self) -> usize {
        self.nodes.push(Node::Folder { now: BTreeMap::new(), safe: BTreeMap::new() });
        self.nodes.len() - 1
    }

    fn find(&self, path: &Path) -> io::Result<usize> {
        let mut at = 0;
        for part in path.components() {
            match part {
                Component::RootDir | Component::CurDir => {}
                Component::Normal(name) => {
                    let Node::Folder { now, .. } = &self.nodes[at] else {
                        return Err(io::ErrorKind::NotADirectory.into());
                    };
                    at = *now.get(&*name.to_string_lossy()).ok_or_else(not_found)?;
                }
                other => panic!("{other:?} in {}", path.display()),
            }
        }
        Ok(at)
    }

    /// The folder of a path, and its name in there.
    fn place(&self, path: &Path) -> io::Result<(usize, String)> {
        let folder = self.find(path.parent().ok_or_else(not_found)?)?;
        Ok((folder, path.file_name().ok_or_else(not_found)?.to_string_lossy().into_owned()))
    }

    fn name(&mut self, naming: Naming) {
        for (folder, name, node) in &naming {
            if let Node::Folder { now, .. } = &mut self.nodes[*folder] {
                set(now, name, *node);
            }
        }
        self.naming.push(naming);
    }

    fn create(&mut self, path: &Path) -> io::Result<usize> {
        let (folder, name) = self.place(path)?;
        if self.find(path).is_ok() {
            return Err(there_already());
        }
        self.nodes.push(Node::File { now: Vec::new(), safe: Vec::new(), unsafe_yet: Vec::new() });
        let node = self.nodes.len() - 1;
        self.name(vec![(folder, name, Some(node))]);
        Ok(node)
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        let node = self.find(from)?;
        let (old, new) = (self.place(from)?, self.place(to)?);
        self.name(vec![(new.0, new.1, Some(node)), (old.0, old.1, None)]);
        Ok(())
    }

    fn write(&mut self, node: usize, change: Change) {
        let Node::File { now, unsafe_yet, .. } = &mut self.nodes[node] else { return };
        apply(now, &change, usize::MAX);
        unsafe_yet.push(change);
    }

    fn bytes(&self, node: usize) -> io::Result<&Vec<u8>> {
        match &self.nodes[node] {
            Node::File { now, .. } => Ok(now),
            Node::Folder { .. } => Err(io::ErrorKind::IsADirectory.into()),
        }
    }

    fn sync(&mut self, node: usize) {
        if let Node::File { now, safe, unsafe_yet } = &mut self.nodes[node] {
            safe.clone_from(now);
            unsafe_yet.clear();
        }
    }

    fn sync_folder(&mut self, folder: usize) {
        let (done, rest): (Vec<Naming>, Vec<Naming>) = std::mem::take(&mut self.naming)
            .into_iter()
            .partition(|naming| naming.iter().any(|(of, ..)| *of == folder));
        self.naming = rest;
        done.iter().for_each(|naming| self.make_safe(naming));
    }

    fn make_safe(&mut self, naming: &Naming) {
        for (folder, name, node) in naming {
            if let Node::Folder { safe, .. } = &mut self.nodes[*folder] {
                set(safe, name, *node);
            }
        }
    }

    /// What is left after a power cut: what is safe, and of the rest whatever chance leaves.
    fn cut(mut self, chance: &mut Chance) -> Self {
        // mostly some of it, now and then all or nothing
        let odds = [0, 1, 2, 3, 4][chance.pick(5)];
        for naming in std::mem::take(&mut self.naming) {
            if chance.pick(4) < odds {
                self.make_safe(&naming);
            }
        }
        for node in &mut self.nodes {
            match node {
                Node::Folder { now, safe } => now.clone_from(safe),
                Node::File { now, safe, unsafe_yet } => {
                    for change in std::mem::take(unsafe_yet) {
                        if chance.pick(4) < odds {
                            let whole = match &change {
                                Change::Write { bytes, .. } if chance.pick(3) == 0 => {
                                    chance.pick(bytes.len())
                                }
                                _ => usize::MAX,
                            };
                            apply(safe, &change, whole);
                        }
                    }
                    now.clone_from(safe);
                }
            }
        }
        self
    }
}

fn set(names: &mut BTreeMap<String, usize>, name: &str, node: Option<usize>) {
    match node {
        Some(node) => names.insert(name.to_owned(), node),
        None => names.remove(name),
    };
}

/// Does a change to a file's bytes; of a write, no more than the first `whole` bytes are there, and then zeros.
fn apply(file: &mut Vec<u8>, change: &Change, whole: usize) {
    match change {
        Change::Empty => file.clear(),
        Change::Write { at, bytes } => {
            if file.len() < at + bytes.len() {
                file.resize(at + bytes.len(), 0);
            }
            for (n, byte) in bytes.iter().enumerate() {
                file[at + n] = if n < whole { *byte } else { 0 };
            }
        }
    }
}

impl PowerDisk {
    /// An empty disk.
    pub fn new(flaw: Flaw) -> Self {
        Self::of(Files::new(), flaw)
    }

    fn of(all: Files, flaw: Flaw) -> Self {
        let state = State { all, locked: BTreeSet::new(), moments: None, claim: 0 };
        Self { state: Arc::new(Mutex::new(state)), flaw }
    }

    /// Begins to note each moment, with the claim that holds by then.
    pub fn note_moments(&self, claim: u64) {
        let mut state = self.state();
        state.claim = claim;
        state.moments = Some(vec![Moment { all: state.all.clone(), claim }]);
    }

    /// From now on this is called saved.
    pub fn claim(&self, claim: u64) {
        let mut state = self.state();
        state.claim = claim;
        state.note();
    }

    /// The moments that were noted.
    pub fn moments(&self) -> Vec<Moment> {
        self.state().moments.clone().unwrap_or_default()
    }

    /// A disk as it may be after a power cut at that moment. It works from then on as it should.
    pub fn after_a_cut(moment: &Moment, chance: &mut Chance) -> Self {
        Self::of(moment.all.clone().cut(chance), Flaw::None)
    }

    /// Makes everything safe: the power was never cut before this.
    pub fn settle(&self) {
        let mut state = self.state();
        let all = &mut state.all;
        let naming = std::mem::take(&mut all.naming);
        naming.iter().for_each(|naming| all.make_safe(naming));
        (0..all.nodes.len()).for_each(|node| all.sync(node));
    }

    /// Every file with its bytes, for those who look at what went wrong.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let state = self.state();
        let mut found = Vec::new();
        let mut open = vec![(PathBuf::from("/"), 0)];
        while let Some((path, node)) = open.pop() {
            match &state.all.nodes[node] {
                Node::File { now, .. } => found.push((path, now.clone())),
                Node::Folder { now, .. } => {
                    open.extend(now.iter().map(|(name, node)| (path.join(name), *node)))
                }
            }
        }
        found.order();
        found
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes something and notes the moment.
    fn change<T>(&self, change: impl FnOnce(&mut Files) -> io::Result<T>) -> io::Result<T> {
        let mut state = self.state();
        let done = change(&mut state.all)?;
        state.note();
        Ok(done)
    }
}

impl State {
    fn note(&mut self) {
        let moment = Moment { all: self.all.clone(), claim: self.claim };
        if let Some(moments) = &mut self.moments {
            moments.push(moment);
        }
    }
}

impl Disk for PowerDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let state = self.state();
        state.all.bytes(state.all.find(path)?).cloned()
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let node = self.change(|all| all.create(path))?;
        Ok(Box::new(PowerFile { disk: self.clone(), node }))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let found = self.state().all.find(path);
        let node = match found {
            Ok(node) => node,
            Err(_) => self.change(|all| all.create(path))?,
        };
        Ok(Box::new(PowerFile { disk: self.clone(), node }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(|all| {
            let there = all.find(to).ok().filter(|node| all.bytes(*node).is_ok());
            match there {
                Some(there) if self.flaw == Flaw::InPlace => {
                    let bytes = all.bytes(all.find(from)?)?.clone();
                    all.write(there, Change::Empty);
                    all.write(there, Change::Write { at: 0, bytes });
                    let (folder, name) = all.place(from)?;
                    all.name(vec![(folder, name, None)]);
                    Ok(())
                }
                _ => all.rename(from, to),
            }
        })
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.state().all.find(to).is_ok() {
            return Err(there_already());
        }
        // a link first, then the old name goes: two changes
        self.change(|all| {
            let node = all.find(from)?;
            let (folder, name) = all.place(to)?;
            all.name(vec![(folder, name, Some(node))]);
            Ok(())
        })?;
        self.remove(from)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.change(|all| {
            let folder = all.find(path)?;
            if self.flaw != Flaw::NoFolderSync {
                all.sync_folder(folder);
            }
            Ok(())
        })
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = {
            let state = self.state();
            path.ancestors().take_while(|path| state.all.find(path).is_err()).collect()
        };
        for folder in missing.into_iter().rev() {
            self.change(|all| {
                let (above, name) = all.place(folder)?;
                let node = all.folder();
                all.name(vec![(above, name, Some(node))]);
                Ok(())
            })?;
        }
        Ok(())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<Listed>> {
        let state = self.state();
        match &state.all.nodes[state.all.find(path)?] {
            Node::File { .. } => Err(io::ErrorKind::NotADirectory.into()),
            Node::Folder { now, .. } => Ok(now
                .iter()
                .map(|(name, node)| Listed {
                    name: name.clone(),
                    folder: matches!(state.all.nodes[*node], Node::Folder { .. }),
                })
                .collect()),
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change(|all| {
            all.find(path)?;
            let (folder, name) = all.place(path)?;
            all.name(vec![(folder, name, None)]);
            Ok(())
        })
    }

    fn meta(&self, path: &Path) -> io::Result<Meta> {
        let state = self.state();
        let node = state.all.find(path)?;
        let len = state.all.bytes(node).map_or(0, Vec::len) as u64;
        let folder = matches!(state.all.nodes[node], Node::Folder { .. });
        let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(node as u64);
        Ok(Meta { len, modified, folder, mode: if folder { 0o700 } else { 0o600 } })
    }

    fn same_access(&self, _: &Path, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn make_private(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.state().all.find(path).map(|_| path.to_owned())
    }

    fn is_writable(&self, folder: &Path) -> bool {
        self.state().all.find(folder).is_ok()
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn DiskLock>>> {
        if self.state().all.find(path).is_err() {
            self.change(|all| all.create(path))?;
        }
        if !self.state().locked.insert(path.to_owned()) {
            return Ok(None);
        }
        Ok(Some(Box::new(PowerLock { disk: self.clone(), path: path.to_owned() })))
    }
}

#[derive(Debug)]
struct PowerFile {
    disk: PowerDisk,
    node: usize,
}

impl DiskFile for PowerFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.disk.change(|all| {
            let at = all.bytes(self.node)?.len();
            all.write(self.node, Change::Write { at, bytes: bytes.to_vec() });
            Ok(())
        })
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.change(|all| {
            if self.disk.flaw != Flaw::NoSync {
                all.sync(self.node);
            }
            Ok(())
        })
    }

    fn empty(&mut self) -> io::Result<()> {
        self.disk.change(|all| {
            all.write(self.node, Change::Empty);
            Ok(())
        })
    }

    /// There is always room.
    fn reserve(&mut self, _: u64) -> io::Result<()> {
        Ok(())
    }

    fn beside(&self) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(Self { disk: self.disk.clone(), node: self.node }))
    }
}

#[derive(Debug)]
struct PowerLock {
    disk: PowerDisk,
    path: PathBuf,
}

impl DiskLock for PowerLock {
    fn say(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for PowerLock {
    fn drop(&mut self) {
        self.disk.state().locked.remove(&self.path);
    }
}

#[cfg(test)]
mod tests;
