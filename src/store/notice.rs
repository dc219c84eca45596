//! The system's notices of what happens to the files of a folder.
//!
//! Where they cannot be had, or say nothing of what other machines do, whoever wants to know has to look: every
//! [`LOOKS_EVERY`]. It knows folders and names, and nothing of what is in them. Start reading at [`Notices::of`].

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

/// How often to look where the system sends no notices.
pub(super) const LOOKS_EVERY: Duration = Duration::from_secs(2);

/// What was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Noticed {
    /// Something happened to the files of these names.
    Names(BTreeSet<String>),
    /// Anything may have happened.
    Anything,
    /// The folder itself was moved or removed: there will be no more notices.
    Gone,
}

/// Brings notices until it is dropped.
#[derive(Debug)]
pub(super) struct Notices {
    _watcher: RecommendedWatcher,
}

impl Notices {
    /// Asks for notices of a folder that is there, links resolved; `None` where there are none, or where they would not
    /// tell of everything. They come on a thread of the system's.
    pub fn of(folder: PathBuf, tell: impl Fn(Noticed) + Send + 'static) -> Option<Self> {
        if is_shared_with_other_machines(&folder) {
            return None;
        }
        let watched = folder.clone();
        let heard = move |event: notify::Result<notify::Event>| {
            if let Some(noticed) = noticed(event, &watched) {
                tell(noticed);
            }
        };
        let mut watcher = RecommendedWatcher::new(heard, notify::Config::default()).ok()?;
        watcher.watch(&folder, RecursiveMode::NonRecursive).ok()?;
        Some(Self { _watcher: watcher })
    }
}

/// What an event tells; `None` where it tells of no change, such as our own reading.
fn noticed(event: notify::Result<notify::Event>, folder: &Path) -> Option<Noticed> {
    let Ok(event) = event else { return Some(Noticed::Anything) };
    if event.need_rescan() {
        return Some(Noticed::Anything);
    }
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
        EventKind::Access(_) => return None,
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
            if event.paths.iter().any(|path| path == folder) =>
        {
            return Some(Noticed::Gone);
        }
        _ => {}
    }
    let names = event.paths.iter().filter_map(|path| path.file_name()?.to_str());
    let names: BTreeSet<String> = names.map(str::to_owned).collect();
    (!names.is_empty()).then_some(Noticed::Names(names))
}

/// Whether a folder lies where other machines can write without this one being told.
#[cfg(target_os = "linux")]
fn is_shared_with_other_machines(folder: &Path) -> bool {
    // the numbers of NFS, SMB (three), FUSE (sshfs, among others), 9P, AFS (two), Ceph, Coda, OCFS2, GFS2, Lustre,
    // VirtualBox
    const SHARED: [u32; 14] = [
        0x6969,
        0x517B,
        0xFF53_4D42,
        0xFE53_4D42,
        0x6573_5546,
        0x0102_1997,
        0x5346_414F,
        0x6B41_4653,
        0x00C3_6400,
        0x7375_7245,
        0x7461_636F,
        0x0116_1970,
        0x0BD0_0BD0,
        0x786F_4256,
    ];
    // 32 bits are all that there is to these numbers, in whatever type the system keeps them
    rustix::fs::statfs(folder).is_ok_and(|stat| SHARED.contains(&(stat.f_type as u32)))
}

/// Whether a folder lies where other machines can write without this one being told. Not known here.
#[cfg(not(target_os = "linux"))]
fn is_shared_with_other_machines(_: &Path) -> bool {
    false
}
