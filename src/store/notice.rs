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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use notify::event::{CreateKind, DataChange, Flag, RemoveKind, RenameMode};

    use super::*;

    /// What is noticed of an event of files in `/kept`, or of the folder itself where no name is given.
    fn of(kind: EventKind, names: &[&str]) -> Option<Noticed> {
        let folder = Path::new("/kept");
        let event = notify::Event::new(kind);
        let event = names.iter().fold(event, |event, name| {
            event.add_path(if name.is_empty() { folder.to_owned() } else { folder.join(name) })
        });
        noticed(Ok(event), folder)
    }

    fn names(names: &[&str]) -> Option<Noticed> {
        Some(Noticed::Names(names.iter().map(|&name| name.to_owned()).collect()))
    }

    #[test]
    fn whatever_changes_a_file_is_noticed_by_its_name() {
        let kinds = [
            EventKind::Access(AccessKind::Close(AccessMode::Write)),
            EventKind::Create(CreateKind::File),
            EventKind::Modify(ModifyKind::Data(DataChange::Any)),
            EventKind::Modify(ModifyKind::Name(RenameMode::To)),
            EventKind::Remove(RemoveKind::File),
        ];
        for kind in kinds {
            assert_eq!(of(kind, &["workbook.ron"]), names(&["workbook.ron"]), "{kind:?}");
        }
        let moved = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        assert_eq!(of(moved, &["a", "b"]), names(&["a", "b"]));
    }

    #[test]
    fn reading_is_not_noticed() {
        for kind in
            [AccessKind::Read, AccessKind::Open(AccessMode::Read), AccessKind::Close(AccessMode::Read)]
        {
            assert_eq!(of(EventKind::Access(kind), &["workbook.ron"]), None, "{kind:?}");
        }
    }

    #[test]
    fn a_folder_that_goes_is_noticed_as_gone_and_one_that_is_written_in_is_not() {
        assert_eq!(of(EventKind::Remove(RemoveKind::Folder), &[""]), Some(Noticed::Gone));
        assert_eq!(of(EventKind::Modify(ModifyKind::Name(RenameMode::From)), &[""]), Some(Noticed::Gone));
        assert_eq!(of(EventKind::Create(CreateKind::Folder), &[""]), names(&["kept"]));
    }

    #[test]
    fn where_notices_were_lost_anything_may_have_happened() {
        let lost = notify::Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(noticed(Ok(lost), Path::new("/kept")), Some(Noticed::Anything));
        let failed = notify::Error::generic("too many");
        assert_eq!(noticed(Err(failed), Path::new("/kept")), Some(Noticed::Anything));
    }

    #[test]
    fn a_file_that_is_written_brings_a_notice() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().canonicalize().unwrap();
        // a machine may keep its temporary files on another one, which sends none
        if is_shared_with_other_machines(&folder) {
            return;
        }
        let (tell, told) = channel();
        let _notices = Notices::of(folder.clone(), move |noticed| drop(tell.send(noticed))).unwrap();
        std::fs::write(folder.join("workbook.ron"), "x").unwrap();
        // a system may tell of the folder itself first
        while Some(told.recv_timeout(Duration::from_secs(10)).unwrap()) != names(&["workbook.ron"]) {}
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_the_system_itself_makes_up_is_shared_with_nobody() {
        assert!(!is_shared_with_other_machines(Path::new("/proc")));
    }
}
