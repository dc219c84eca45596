//! Every call that touches the disk, behind one trait, so that a test can make any of them fail, tear or stall.
//!
//! It knows files and folders and nothing of what is in them. [`RealDisk`] is the one that people use;
//! [`super::fault::FaultyDisk`] wraps it for tests.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// The most bytes that a file may have to be read: 128 MiB. Ten times the largest workbook we can think of.
pub const READ_LIMIT: u64 = 128 << 20;

/// Access to files and folders. All of it may block for as long as the disk likes.
pub trait Disk: fmt::Debug + Send + Sync {
    /// The whole content of a regular file of at most [`READ_LIMIT`] bytes. Anything else (a folder, a pipe) is an error.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// A new, empty file that only its owner may read (0600 under any umask). Fails where something is there.
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;
    /// A file to append to; made, with 0600, where it is not there.
    fn append(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;
    /// Puts a file or folder in another place; replaces a file that is there.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Puts a file in another place; fails where something is there.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes the names in a folder safe against a power cut.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes a folder and those above it; new ones are for their owner alone (0700 under any umask).
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// The names in a folder, in no order.
    fn list(&self, path: &Path) -> io::Result<Vec<Listed>>;
    /// Takes away a file that we made.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// What is there; links are followed.
    fn meta(&self, path: &Path) -> io::Result<Meta>;
    /// Gives a file the mode and group of another, as far as that is allowed.
    fn same_access(&self, of: &Path, to: &Path) -> io::Result<()>;
    /// Makes a file or folder its owner's alone, as new ones are.
    fn make_private(&self, path: &Path) -> io::Result<()>;
    /// The path with links resolved. The file must be there.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;
    /// Whether names may be made in a folder.
    fn is_writable(&self, folder: &Path) -> bool;
    /// Locks a file, which is made where it is not there, until the value is dropped. `None`: somebody else holds it.
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn DiskLock>>>;
}

/// A file that is open for writing.
pub trait DiskFile: fmt::Debug + Send {
    /// Writes all of it.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Makes what was written safe against a power cut.
    fn sync(&mut self) -> io::Result<()>;
    /// Empties the file, and gives back the room that was set aside.
    fn empty(&mut self) -> io::Result<()>;
    /// Sets room aside behind the end of the file: so many bytes can then be written even when the disk has become full.
    /// The file is no longer for it. Where the system knows no such thing, that is an error of the kind `Unsupported`.
    fn reserve(&mut self, bytes: u64) -> io::Result<()>;
    /// Another handle on the same file, for another thread.
    fn beside(&self) -> io::Result<Box<dyn DiskFile>>;
}

/// A lock that is held until it is dropped.
pub trait DiskLock: fmt::Debug + Send {
    /// Says in the file who holds it.
    fn say(&mut self, words: &[u8]) -> io::Result<()>;
}

/// A name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The name, where it is text.
    pub name: String,
    /// Whether it is a folder; a link to a folder counts as one.
    pub folder: bool,
}

/// What is known of a file without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meta {
    /// Bytes.
    pub len: u64,
    /// When its content last changed, by the clock of the file system.
    pub modified: SystemTime,
    /// Whether it is a folder.
    pub folder: bool,
    /// The permissions (0o600); 0 where the system has none.
    pub mode: u32,
}

/// The disk itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut options = OpenOptions::new();
        options.read(true);
        not_waiting_for_a_pipe(&mut options);
        let file = options.open(path)?;
        let meta = file.metadata()?;
        if !meta.is_file() {
            return Err(not_a_file(&meta));
        }
        if meta.len() > READ_LIMIT {
            return Err(too_large());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
        // the file may grow while it is read
        file.take(READ_LIMIT + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > READ_LIMIT { Err(too_large()) } else { Ok(bytes) }
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        private(&mut options);
        let file = options.open(path)?;
        let made = make_private(&file);
        if let Err(error) = made {
            // ours, and a moment old
            let _ = fs::remove_file(path);
            return Err(error);
        }
        Ok(Box::new(RealFile(Arc::new(file))))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        options.append(true);
        not_waiting_for_a_pipe(&mut options);
        match options.open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                options.create(true);
                private(&mut options);
                let file = options.open(path)?;
                make_private(&file)?;
                Ok(Box::new(RealFile(Arc::new(file))))
            }
            Err(error) => Err(error),
            Ok(file) => {
                let meta = file.metadata()?;
                if meta.is_file() { Ok(Box::new(RealFile(Arc::new(file)))) } else { Err(not_a_file(&meta)) }
            }
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        whole_call(|| fs::rename(from, to))
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        match whole_call(|| fs::hard_link(from, to)) {
            Ok(()) => whole_call(|| fs::remove_file(from)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            // no links on this file system: take the name first, then put the file there
            Err(_) => {
                drop(self.create_new(to)?);
                whole_call(|| fs::rename(from, to))
            }
        }
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = path.ancestors().take_while(|p| !p.is_dir()).collect();
        for folder in missing.into_iter().rev() {
            match whole_call(|| private_folder(folder)) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
                made => made?,
            }
        }
        Ok(())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<Listed>> {
        let mut all = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let folder = kind.is_dir() || (kind.is_symlink() && entry.path().is_dir());
            if let Ok(name) = entry.file_name().into_string() {
                all.push(Listed { name, folder });
            }
        }
        Ok(all)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        whole_call(|| fs::remove_file(path))
    }

    fn meta(&self, path: &Path) -> io::Result<Meta> {
        let meta = fs::metadata(path)?;
        let modified = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        Ok(Meta { len: meta.len(), modified, folder: meta.is_dir(), mode: mode_of(&meta) })
    }

    fn same_access(&self, of: &Path, to: &Path) -> io::Result<()> {
        same_access(of, to)
    }

    fn make_private(&self, path: &Path) -> io::Result<()> {
        for_the_owner(path)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn is_writable(&self, folder: &Path) -> bool {
        is_writable(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn DiskLock>>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        not_waiting_for_a_pipe(&mut options);
        let file = match options.open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                options.create(true);
                private(&mut options);
                let file = options.open(path)?;
                make_private(&file)?;
                file
            }
            opened => opened?,
        };
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(RealLock(file)))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// All handles on it share one descriptor: what a sync says, it says once to one of them.
#[derive(Debug)]
struct RealFile(Arc<File>);

impl DiskFile for RealFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        (&*self.0).write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn empty(&mut self) -> io::Result<()> {
        self.0.set_len(0)
    }

    fn reserve(&mut self, bytes: u64) -> io::Result<()> {
        reserve(&self.0, bytes)
    }

    fn beside(&self) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(Self(Arc::clone(&self.0))))
    }
}

#[cfg(target_os = "linux")]
fn reserve(file: &File, bytes: u64) -> io::Result<()> {
    let end = file.metadata()?.len();
    Ok(rustix::fs::fallocate(file, rustix::fs::FallocateFlags::KEEP_SIZE, end, bytes)?)
}

#[cfg(not(target_os = "linux"))]
fn reserve(_: &File, _: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Closing the file lets the lock go.
#[derive(Debug)]
struct RealLock(File);

impl DiskLock for RealLock {
    fn say(&mut self, words: &[u8]) -> io::Result<()> {
        use std::io::{Seek, SeekFrom};
        self.0.seek(SeekFrom::Start(0))?;
        self.0.write_all(words)?;
        self.0.set_len(words.len() as u64)
    }
}

/// A call that a signal has broken off is made again, as the standard library does for reading and writing.
fn whole_call<T>(call: impl Fn() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

fn not_a_file(meta: &fs::Metadata) -> io::Error {
    if meta.is_dir() {
        io::ErrorKind::IsADirectory.into()
    } else {
        io::Error::new(io::ErrorKind::InvalidInput, "it is not an ordinary file")
    }
}

fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is larger than 128 MiB")
}

#[cfg(unix)]
mod unix {
    use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
    use std::path::Path;

    /// Opening a pipe that nobody writes to would wait for ever.
    pub fn not_waiting_for_a_pipe(options: &mut OpenOptions) {
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }

    pub fn private(options: &mut OpenOptions) {
        options.mode(0o600);
    }

    /// A strict umask may have taken away the owner's own rights.
    pub fn make_private(file: &File) -> io::Result<()> {
        if file.metadata()?.mode() & 0o777 == 0o600 {
            return Ok(());
        }
        file.set_permissions(Permissions::from_mode(0o600))
    }

    pub fn private_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().mode(0o700).create(path)?;
        if path.metadata()?.mode() & 0o777 == 0o700 {
            return Ok(());
        }
        std::fs::set_permissions(path, Permissions::from_mode(0o700))
    }

    pub fn mode_of(meta: &Metadata) -> u32 {
        meta.mode() & 0o7777
    }

    pub fn for_the_owner(path: &Path) -> io::Result<()> {
        let mode = if path.metadata()?.is_dir() { 0o700 } else { 0o600 };
        std::fs::set_permissions(path, Permissions::from_mode(mode))
    }

    pub fn same_access(of: &Path, to: &Path) -> io::Result<()> {
        let (want, have) = (of.metadata()?, to.metadata()?);
        if want.gid() != have.gid() {
            std::os::unix::fs::chown(to, None, Some(want.gid()))?;
        }
        if mode_of(&want) != mode_of(&have) {
            std::fs::set_permissions(to, Permissions::from_mode(mode_of(&want)))?;
        }
        Ok(())
    }

    pub fn is_writable(folder: &Path) -> bool {
        use rustix::fs::Access;
        rustix::fs::access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
    }
}

#[cfg(unix)]
use unix::{
    for_the_owner, is_writable, make_private, mode_of, not_waiting_for_a_pipe, private, private_folder,
    same_access,
};

#[cfg(not(unix))]
mod elsewhere {
    use std::fs::{File, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    pub fn not_waiting_for_a_pipe(_: &mut OpenOptions) {}

    pub fn private(_: &mut OpenOptions) {}

    pub fn make_private(_: &File) -> io::Result<()> {
        Ok(())
    }

    pub fn private_folder(path: &Path) -> io::Result<()> {
        std::fs::create_dir(path)
    }

    pub fn mode_of(_: &Metadata) -> u32 {
        0
    }

    pub fn for_the_owner(_: &Path) -> io::Result<()> {
        Ok(())
    }

    pub fn same_access(_: &Path, _: &Path) -> io::Result<()> {
        Ok(())
    }

    pub fn is_writable(folder: &Path) -> bool {
        folder.metadata().is_ok_and(|meta| !meta.permissions().readonly())
    }
}

#[cfg(not(unix))]
use elsewhere::{
    for_the_owner, is_writable, make_private, mode_of, not_waiting_for_a_pipe, private, private_folder,
    same_access,
};

#[cfg(test)]
mod tests;
