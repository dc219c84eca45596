//! What is not ours stays as it is, and what is ours stays private: reading writes nothing, strangers' files survive
//! everything, links, modes and groups are kept over a save, and under any umask every file is private from its first byte.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::PoisonError;

use crate::home::{Home, PROGRAM};
use crate::interposed::{Fault, Flaw, Interposed, Plan};
use crate::mounted::ReadOnly;
use crate::window::{Opening, SPAWNING};

/// Every way of reading without a window.
const READING: [&[&str]; 12] = [
    &["list"],
    &["list", "--json"],
    &["show", "Tactile guide"],
    &["show", "Tactile guide", "SCO-1"],
    &["export", "Tactile guide"],
    &["export", "--list"],
    &["check"],
    &["agenda"],
    &["find", "ramp"],
    &["history", "Tactile guide"],
    &["where"],
    &["keys"],
];

/// A home with something said, a past and a jot that waits.
fn lived_in() -> Home {
    let home = Home::with_workbook();
    visit(home.window().arg("open").arg("Tactile guide"), "a ramp by the side door");
    assert!(home.run(&["jot", "ring the carers"]).status.success());
    home
}

/// Somebody writes an answer and leaves.
fn visit(opening: Opening, text: &str) {
    let mut window = opening.open();
    window.wait_for("the workbook", |seen| seen.text().starts_with(" Tactile guide"));
    window.keys("g s enter").wait("TYPING").type_text(text).wait(text);
    window.keys("esc J").wait("Jot:").type_text("in passing").wait("in passing");
    window.keys("enter").wait("1 line kept").keys("esc").gone("Jot:").keys("q q").exited(0);
}

fn run_watched(rig: &Interposed, args: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.env_clear().envs(rig.home.environment()).envs(rig.environment()).args(args);
    command.current_dir(rig.home.path("home")).stdin(Stdio::null());
    let guard = SPAWNING.lock().unwrap_or_else(PoisonError::into_inner);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(guard);
    child.wait_with_output().unwrap()
}

/// The exit code and all words, of which there are some.
fn what_it_says(ran: &Output) -> (Option<i32>, String) {
    let words = [&ran.stdout, &ran.stderr].map(|words| String::from_utf8_lossy(words).into_owned()).concat();
    assert!(!words.is_empty(), "it says nothing");
    (ran.status.code(), words)
}

#[test]
fn reading_writes_nothing() {
    let Some(rig) = Interposed::new(lived_in(), Flaw::None) else { return };
    // the caches that make the next reading faster are written once
    run_watched(&rig, &["list"]);
    let before = rig.home.files();
    let so_far = rig.calls().len();
    for args in READING {
        let ran = run_watched(&rig, args);
        assert_eq!(what_it_says(&ran), what_it_says(&rig.home.run(args)), "{args:?}");
    }
    let calls = rig.calls();
    let mut changing = calls[so_far..].iter().filter(|call| call.changes());
    assert_eq!(changing.next().map(|call| call.label.clone()), None);
    assert_eq!(rig.home.files(), before);
    println!(
        "{} ways of reading, {} calls on files, none that changes one",
        READING.len(),
        calls.len() - so_far
    );
}

#[test]
fn everything_can_be_read_where_nothing_may_be_written() {
    let home = lived_in();
    let otherwise: Vec<_> = READING.iter().map(|args| what_it_says(&home.run(args))).collect();
    let before = home.files();
    let Some(mounted) = ReadOnly::mount(&home.root()) else { return };
    for (args, otherwise) in READING.iter().zip(otherwise) {
        let said = what_it_says(&home.run(args));
        if *args == ["check"] {
            assert!(
                otherwise.1.contains("All is well") && said.1.contains("What is there can be read"),
                "{said:?}"
            );
        } else {
            assert_eq!(said, otherwise, "{args:?}");
        }
    }
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("can only be read").keys("g s").wait("a ramp by the side door").keys("q q").exited(0);
    drop(mounted);
    assert_eq!(home.files(), before);
}

/// Names that others give to their files, in the folders that they may put them in.
const STRANGE: [&str; 14] = [
    "notes.txt",
    ".DS_Store",
    "workbook.ron~",
    ".workbook.ron.swp",
    "workbook (conflicted copy 2025-11-09).ron",
    "journal.log.bak",
    "undo.log.1",
    "lock.old",
    "tmp-workbook.ron",
    ".alongside-tmpfile",
    "mine.ron",
    "2019-holiday.ron",
    ".git/config",
    "a folder/deep/file",
];

#[test]
fn what_others_put_there_survives_everything() {
    let home = lived_in();
    let (root, folder) = (home.root(), home.folder());
    let mut strangers: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for under in [&root, &folder, &folder.join("history"), &root.join("quarantine"), &root.join("bin")] {
        for name in STRANGE {
            let path = under.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let bytes = format!("of somebody: {}", path.display()).into_bytes();
            fs::write(&path, &bytes).unwrap();
            strangers.insert(path, bytes);
        }
    }
    let inbox = root.join("inbox/shopping.txt");
    fs::write(&inbox, "milk").unwrap();
    strangers.insert(inbox, b"milk".to_vec());
    symlink("/nowhere/at/all", folder.join("a link")).unwrap();
    let pipe = folder.join("a pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    for turn in 0..3 {
        // killed, and come back to
        let mut window = home.window().arg("open").arg("Tactile guide").open();
        window.wait_for("the workbook", |seen| seen.text().starts_with(" Tactile guide"));
        window
            .keys("g s 3")
            .wait("question 3 of")
            .keys("enter")
            .wait("TYPING")
            .type_text("half")
            .wait("half")
            .kill9();
        visit(home.window().arg("open").arg("Tactile guide"), &format!("turn {turn}"));
        home.run(&["check"]);
        assert!(home.run(&["jot", "--to", "Tactile guide", "a note"]).status.success());
    }
    for (path, bytes) in &strangers {
        assert_eq!(fs::read(path).ok().as_ref(), Some(bytes), "{} is not as it was", path.display());
    }
    assert_eq!(fs::read_link(folder.join("a link")).unwrap(), Path::new("/nowhere/at/all"));
    assert!(fs::symlink_metadata(&pipe).is_ok(), "the pipe has gone");
    println!("{} things of others, all as they were after 6 visits", strangers.len() + 2);
}

/// What stands where a link may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Linked {
    Nothing,
    File,
    Folder,
    Root,
}

/// A file takes a name that is free by a link, so that it never takes another's; some disks know no links.
#[test]
fn a_disk_without_links_takes_what_is_kept_all_the_same() {
    let Some(rig) = Interposed::new(Home::with_workbook(), Flaw::None) else { return };
    let jot = |text: &str| {
        let ran = run_watched(&rig, &["jot", text]);
        assert!(ran.status.success(), "{:?}", what_it_says(&ran));
    };
    jot("one");
    let links = |rig: &Interposed| -> Vec<String> {
        rig.calls().into_iter().filter(|call| call.name() == "link").map(|call| call.label).collect()
    };
    let call = links(&rig).remove(0).replace("-1.ron", "-2.ron");
    rig.arm(&Plan { call, nth: 1, fault: Fault::Eacces, always: false });
    jot("two");
    assert!(rig.has_struck(), "{:?}", links(&rig));
    let inbox = alongside::store::Store::at(Some(rig.home.root())).unwrap().inbox().list().unwrap();
    let texts: Vec<String> = inbox.into_iter().map(|waiting| waiting.jot.unwrap().text).collect();
    assert_eq!(texts, ["one", "two"]);
    let names = fs::read_dir(rig.home.root().join("inbox")).unwrap().count();
    assert_eq!(names, 2, "nothing else is left there");
}

#[test]
fn links_modes_and_groups_are_kept() {
    let root = rustix::process::geteuid().is_root();
    let mut tried = 0;
    for linked in [Linked::Nothing, Linked::File, Linked::Folder, Linked::Root] {
        for mode in [0o600, 0o640, 0o644] {
            // another group can be given by the administrator alone
            let group = if root && mode == 0o640 { Some(65_533) } else { None };
            kept_over_a_save(linked, mode, group);
            tried += 1;
        }
    }
    println!("{tried} saves through links, with modes and groups; all kept");
}

fn kept_over_a_save(linked: Linked, mode: u32, group: Option<u32>) {
    let home = Home::with_workbook();
    let elsewhere = home.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let name = home.folder().file_name().unwrap().to_owned();
    let link = match linked {
        Linked::Nothing => None,
        Linked::File => Some((home.folder().join("workbook.ron"), elsewhere.join("mine.ron"))),
        Linked::Folder => Some((home.folder(), elsewhere.join(&name))),
        Linked::Root => Some((home.root(), elsewhere.join("all"))),
    };
    if let Some((from, to)) = &link {
        fs::rename(from, to).unwrap();
        symlink(to, from).unwrap();
    }
    let file = home.root().join("workbooks").join(name).join("workbook.ron");
    fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
    std::os::unix::fs::chown(&file, None, group).unwrap();
    // while it is held, no later save can be given its number
    let held = fs::File::open(&file).unwrap();
    let before = held.metadata().unwrap();
    visit(home.window().arg("open").arg("Tactile guide"), "through a link");
    let after = fs::metadata(&file).unwrap();
    drop(held);
    let what = format!("{linked:?} {mode:o} {group:?}");
    assert_ne!(before.ino(), after.ino(), "{what}: it was not saved anew");
    assert_eq!((after.mode() & 0o7777, after.gid()), (mode, before.gid()), "{what}");
    if let Some((from, to)) = &link {
        assert_eq!(fs::read_link(from).ok().as_ref(), Some(to), "{what}: the link has gone");
    }
    assert_eq!(home.ours("SCO-1"), "through a link", "{what}");
    assert!(home.folded(), "{what}");
}

#[test]
fn everything_is_private_from_its_first_byte() {
    for umask in ["000", "022", "077", "777"] {
        let home = Home::new();
        let Some(rig) = Interposed::new(home, Flaw::None) else { return };
        let set: Vec<String> =
            rig.environment().iter().map(|(name, value)| format!("{name}='{}'", value.display())).collect();
        let program = format!("umask {umask}; export {}; exec '{PROGRAM}'", set.join(" "));
        let mut window = rig.home.shell(&format!("{program} new 'Tactile guide'")).open_raw();
        window.wait_for("the end", |seen| seen.over || seen.parser.screen().alternate_screen());
        drop(window);
        visit(rig.home.shell(&format!("{program} open 'Tactile guide'")), "nobody else's");
        let made: Vec<_> = rig.calls().into_iter().filter(|call| call.mode.is_some()).collect();
        for call in &made {
            let mode = call.mode.unwrap();
            assert_eq!(mode & 0o077, 0, "umask {umask}: {} asks for {mode:o}", call.label);
        }
        assert!(made.len() > 10, "too little was made");
        assert_eq!(not_private(&rig.home.root()), Vec::<String>::new(), "umask {umask}");
        assert_eq!(rig.home.ours("SCO-1"), "nobody else's");
        println!("umask {umask}: {} files and folders asked for, all private", made.len());
    }
}

/// Everything from a folder on that others may look at, or that its owner may not.
fn not_private(path: &Path) -> Vec<String> {
    let meta = fs::symlink_metadata(path).unwrap();
    let wanted = if meta.is_dir() { 0o700 } else { 0o600 };
    let mut found = Vec::new();
    if meta.mode() & 0o777 != wanted {
        found.push(format!("{:o} {}", meta.mode() & 0o777, path.display()));
    }
    if meta.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            found.extend(not_private(&entry.unwrap().path()));
        }
    }
    found
}
