use std::cell::Cell;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

use super::*;

fn folder() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().to_owned();
    (dir, path)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn what_is_made_is_its_owners_alone() {
    let (_dir, root) = folder();
    let at = |name: &str| root.join(name);
    RealDisk.make_folder(&at("a/b")).unwrap();
    drop(RealDisk.create_new(&at("a/new")).unwrap());
    drop(RealDisk.append(&at("a/log")).unwrap());
    drop(RealDisk.lock(&at("a/lock")).unwrap());
    for (name, wanted) in
        [("a", 0o700), ("a/b", 0o700), ("a/new", 0o600), ("a/log", 0o600), ("a/lock", 0o600)]
    {
        assert_eq!(mode(&at(name)), wanted, "{name}");
        set_mode(&at(name), 0o755);
        RealDisk.make_private(&at(name)).unwrap();
        assert_eq!(mode(&at(name)), wanted, "{name}");
    }
    // as a umask that takes too much leaves it, or one that takes nothing
    let log = File::open(at("a/log")).unwrap();
    for odd in [0o000, 0o200, 0o644, 0o666] {
        set_mode(&at("a/log"), odd);
        make_private(&log).unwrap();
        assert_eq!(mode(&at("a/log")), 0o600, "{odd:o}");
    }
}

/// The bit by which what is made in a folder has the folder's group.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_hands_its_group_down_hands_that_down_too() {
    let (_dir, root) = folder();
    set_mode(&root, 0o2700);
    if mode(&root) != 0o2700 {
        return;
    }
    RealDisk.make_folder(&root.join("a/b")).unwrap();
    assert_eq!(mode(&root.join("a/b")), 0o2700);
}

#[test]
fn access_is_given_as_another_file_has_it() {
    let (_dir, root) = folder();
    let (of, to) = (root.join("of"), root.join("to"));
    for path in [&of, &to] {
        fs::write(path, "").unwrap();
    }
    set_mode(&of, 0o640);
    RealDisk.same_access(&of, &to).unwrap();
    assert_eq!(mode(&to), 0o640);
    let group = fs::metadata(&of).unwrap().gid() + 1;
    // only some may give a file to a group that is not theirs
    if std::os::unix::fs::chown(&of, None, Some(group)).is_ok() {
        RealDisk.same_access(&of, &to).unwrap();
        assert_eq!(fs::metadata(&to).unwrap().gid(), group);
    }
}

#[test]
fn a_file_is_read_up_to_the_limit_and_no_further() {
    let (_dir, root) = folder();
    let path = root.join("large");
    let file = File::create(&path).unwrap();
    // a file with a hole takes no room
    file.set_len(READ_LIMIT).unwrap();
    assert_eq!(RealDisk.read(&path).unwrap().len() as u64, READ_LIMIT);
    for more in [READ_LIMIT + 1, 1 << 40] {
        if file.set_len(more).is_ok() {
            assert_eq!(RealDisk.read(&path).unwrap_err().kind(), io::ErrorKind::InvalidData);
        }
    }
}

#[test]
fn only_an_ordinary_file_is_read_or_written_behind() {
    let (_dir, root) = folder();
    let pipe = root.join("pipe");
    let fifo = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, fifo, 0o600.into(), 0).unwrap();
    for path in [&root, &pipe] {
        assert!(RealDisk.read(path).is_err(), "{}", path.display());
        assert!(RealDisk.append(path).is_err(), "{}", path.display());
    }
    assert_eq!(RealDisk.read(&root).unwrap_err().kind(), io::ErrorKind::IsADirectory);
}

#[test]
fn a_name_that_is_taken_is_not_taken_again() {
    let (_dir, root) = folder();
    let (from, to) = (root.join("from"), root.join("to"));
    fs::write(&from, "new").unwrap();
    fs::write(&to, "old").unwrap();
    for refused in [RealDisk.rename_new(&from, &to).err(), RealDisk.create_new(&to).err()] {
        assert_eq!(refused.map(|error| error.kind()), Some(io::ErrorKind::AlreadyExists));
    }
    assert_eq!((fs::read(&from).unwrap(), fs::read(&to).unwrap()), (b"new".to_vec(), b"old".to_vec()));
    fs::remove_file(&to).unwrap();
    RealDisk.rename_new(&from, &to).unwrap();
    assert_eq!((fs::read(&to).unwrap(), from.exists()), (b"new".to_vec(), false));
}

#[test]
fn folders_are_made_where_there_is_room_for_them_and_nowhere_else() {
    let (_dir, root) = folder();
    // two names of one folder: it is there already when the second is made
    RealDisk.make_folder(&root.join("a/../a/b")).unwrap();
    assert!(root.join("a/b").is_dir());
    RealDisk.make_folder(&root.join("a/b")).unwrap();
    fs::write(root.join("file"), "").unwrap();
    for path in ["file", "file/within"] {
        assert!(RealDisk.make_folder(&root.join(path)).is_err(), "{path}");
    }
}

#[test]
fn a_link_counts_as_what_it_leads_to() {
    let (_dir, root) = folder();
    fs::create_dir(root.join("folder")).unwrap();
    fs::write(root.join("file"), "").unwrap();
    for (to, name) in [("folder", "to a folder"), ("file", "to a file"), ("nothing", "to nothing")] {
        symlink(root.join(to), root.join(name)).unwrap();
    }
    let mut folders: Vec<(String, bool)> =
        RealDisk.list(&root).unwrap().into_iter().map(|listed| (listed.name, listed.folder)).collect();
    folders.sort();
    let wanted = [
        ("file", false),
        ("folder", true),
        ("to a file", false),
        ("to a folder", true),
        ("to nothing", false),
    ];
    assert_eq!(folders, wanted.map(|(name, folder)| (name.to_owned(), folder)));
}

#[test]
fn what_is_no_folder_can_be_neither_synced_nor_written_in() {
    let (_dir, root) = folder();
    assert!(RealDisk.sync_folder(&root).is_ok() && RealDisk.is_writable(&root));
    assert!(RealDisk.sync_folder(&root.join("nothing")).is_err());
    assert!(!RealDisk.is_writable(&root.join("nothing")));
    // to make a name in it one has to be let in, which nobody is into a file
    fs::write(root.join("file"), "").unwrap();
    set_mode(&root.join("file"), 0o600);
    assert!(!RealDisk.is_writable(&root.join("file")));
}

#[test]
fn a_lock_is_held_by_one_and_says_who() {
    let (_dir, root) = folder();
    let path = root.join("lock");
    let mut lock = RealDisk.lock(&path).unwrap().expect("nobody has it");
    for words in [&b"somebody with a long name"[..], b"me"] {
        lock.say(words).unwrap();
        assert_eq!(fs::read(&path).unwrap(), words);
    }
    assert!(RealDisk.lock(&path).unwrap().is_none());
    drop(lock);
    assert!(RealDisk.lock(&path).unwrap().is_some());
    assert!(RealDisk.lock(&root).is_err());
}

#[cfg(target_os = "linux")]
#[test]
fn room_is_set_aside_behind_the_end_and_given_back() {
    let (_dir, root) = folder();
    let path = root.join("log");
    let mut file = RealDisk.append(&path).unwrap();
    file.write(b"words").unwrap();
    match file.reserve(1 << 20) {
        // not every file system knows it
        Err(error) => return assert_eq!(error.kind(), io::ErrorKind::Unsupported),
        Ok(()) => assert!(fs::metadata(&path).unwrap().blocks() * 512 >= 1 << 20),
    }
    assert_eq!(fs::read(&path).unwrap(), b"words", "its length does not show it");
    file.empty().unwrap();
    let meta = fs::metadata(&path).unwrap();
    assert!(meta.len() == 0 && meta.blocks() * 512 < 1 << 20, "{meta:?}");
}

#[test]
fn a_call_that_a_signal_breaks_off_is_made_again() {
    let calls = Cell::new(0);
    let done = whole_call(|| {
        calls.set(calls.get() + 1);
        if calls.get() < 3 { Err(io::ErrorKind::Interrupted.into()) } else { Ok(calls.get()) }
    });
    assert_eq!(done.unwrap(), 3);
    let other = whole_call(|| Err::<(), io::Error>(io::ErrorKind::StorageFull.into()));
    assert_eq!(other.unwrap_err().kind(), io::ErrorKind::StorageFull);
}
