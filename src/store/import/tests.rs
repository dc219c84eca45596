use super::super::testing::{Rig, add_partner, at, now, ours, type_in, undo_all};
use super::super::{Jot, Settings};
use super::*;
use crate::domain::IdSource;

/// A store with a workbook that has a past, a jot and settings.
fn lived_in() -> Rig {
    let rig = Rig::new();
    {
        let (mut book, mut keeper) = rig.keeper();
        keeper.take(&type_in(&mut book, "don't \"lose\" me\n"));
        keeper.fold().unwrap();
        keeper.take(&add_partner(&mut book, "Hub"));
        keeper.flush().unwrap();
    }
    rig.store.inbox().add(&Jot::new(now(), "ring them"), &IdSource::new(1)).unwrap();
    rig.store.save_settings(&Settings { tour_seen: true, ..Settings::default() }).unwrap();
    let quarantine = rig.store.folders().quarantine();
    std::fs::create_dir_all(&quarantine).unwrap();
    std::fs::write(quarantine.join("odd.ron"), b"\xff\x00\x80").unwrap();
    rig
}

fn ids() -> IdSource {
    IdSource::new(9)
}

#[test]
fn a_backup_brings_everything_back_elsewhere() {
    let rig = lived_in();
    let to = rig.dir.path().join("all.ron");
    let made = rig.store.backup(&to, false, at(5)).unwrap();
    assert_eq!((made.workbooks, made.left_out.len(), &made.path), (1, 0, &to));
    assert!(matches!(rig.store.backup(&to, false, at(5)), Err(StoreError::AlreadyThere { .. })));
    rig.store.backup(&to, true, at(6)).unwrap();

    let other = Rig::of(&Workbook::new(WorkbookId::new("other"), "Other"));
    let import = other.store.workbooks().read_import(&to).unwrap();
    assert_eq!(import.items.len(), 1);
    let brought = other.store.workbooks().import(import, OnConflict::Refuse, &mut ids(), now()).unwrap();
    assert_eq!((brought.folders.len(), brought.others), (1, 3));
    let mut opened = other.store.open(&brought.folders[0], now()).unwrap();
    assert_eq!(opened.book.workbook(), rig.read().book.workbook());
    assert_eq!(undo_all(&mut opened.book), 2, "what can be undone came with it");
    assert_eq!(other.store.inbox().list().unwrap()[0].jot.as_ref().unwrap().text, "ring them");
    assert!(other.store.settings().unwrap().tour_seen);
    let odd = other.store.folders().quarantine().join("odd.ron");
    assert_eq!(std::fs::read(odd).unwrap(), b"\xff\x00\x80");
    let again = other.store.workbooks().read_import(&to).unwrap();
    let brought = other.store.workbooks().import(again, OnConflict::Skip, &mut ids(), now()).unwrap();
    assert_eq!((brought.skipped, brought.others), (1, 0), "what is there is left as it is");
}

#[test]
fn one_that_is_there_already_is_asked_about() {
    let rig = lived_in();
    let library = rig.store.workbooks();
    let copy = rig.dir.path().join("copy.ron");
    std::fs::copy(rig.file("workbook.ron"), &copy).unwrap();
    for (from, name) in [(&copy, "file"), (&rig.folder, "folder")] {
        let import = library.read_import(from).unwrap();
        assert_eq!(import.items[0].conflict.as_ref(), Some(&rig.folder), "{name}");
        let refused = library.import(import.clone(), OnConflict::Refuse, &mut ids(), now()).unwrap_err();
        assert!(matches!(refused, StoreError::Conflict { .. }), "{refused}");
        assert_eq!(library.import(import, OnConflict::Skip, &mut ids(), now()).unwrap().skipped, 1);
        assert_eq!(library.entries().unwrap().len(), 1);
    }
    let import = library.read_import(&rig.folder).unwrap();
    let beside = library.import(import, OnConflict::Beside, &mut ids(), now()).unwrap();
    let copied = rig.store.read(&beside.folders[0]).unwrap().book;
    assert_eq!(copied.workbook().text(&ours()), Some("don't \"lose\" me\n"));
    assert_eq!(copied.workbook().partners().len(), 1, "the journal counts");
    assert_ne!(copied.workbook().id().as_str(), "w1");

    let import = library.read_import(&copy).unwrap();
    let replaced = library.import(import, OnConflict::Replace, &mut ids(), now()).unwrap();
    assert_eq!(replaced.folders, std::slice::from_ref(&rig.folder));
    assert_eq!(rig.read().book.workbook().partners().len(), 0);
    assert_eq!(library.binned().unwrap().len(), 1);
}

#[test]
fn a_folder_comes_with_its_history() {
    let rig = lived_in();
    let other = Rig::of(&Workbook::new(WorkbookId::new("other"), "Other"));
    let library = other.store.workbooks();
    let import = library.read_import(&rig.folder).unwrap();
    let brought = library.import(import, OnConflict::Refuse, &mut ids(), now()).unwrap();
    assert!(brought.folders[0].join("history").is_dir());
    assert!(!brought.folders[0].join("lock").exists());
    let mut opened = other.store.open(&brought.folders[0], now()).unwrap();
    assert_eq!(undo_all(&mut opened.book), 2);
}

#[test]
fn what_cannot_be_read_whole_is_not_brought_in_at_all() {
    let rig = Rig::new();
    let path = rig.dir.path().join("in.ron");
    let file = String::from_utf8(rig.bytes("workbook.ron")).unwrap();
    let backup = |files: &str| format!("(format: 1, made: \"2025-01-01T00:00:00Z\", files: [{files}])");
    let cases = [
        (String::new(), "empty"),
        (file[..file.len() / 2].to_owned(), "line"),
        (backup("(path: \"../../evil\", text: \"x\")"), "not a path"),
        (backup("(path: \"/etc/passwd\", text: \"x\")"), "not a path"),
        (backup("(path: \"workbooks/a/../../../b\", text: \"x\")"), "not a path"),
        (backup("(path: \"workbooks\", text: \"x\")"), "not a path"),
        (backup("(path: \"elsewhere/x\", text: \"x\")"), "not a path"),
        (backup("(path: \"inbox/x.ron\", bytes: \"zz\")"), "nothing that can be read"),
        (backup("(path: \"workbooks/a-b/workbook.ron\", text: \"(format: 1)\")"), "workbook"),
        (backup("(path: 3)"), "string"),
        // what is wrong is said of what it set out to be
        ("(format: 1, workbook: (id: 3))".to_owned(), "string"),
        ("(format: 1, files: [], workbook: (id: 3))".to_owned(), "string"),
        ("(format: 1, seq: 1)".to_owned(), "“workbook” is missing"),
        (backup("").replace("format: 1", "format: 4"), "newer"),
    ];
    for (text, words) in cases {
        std::fs::write(&path, &text).unwrap();
        let error = rig.store.workbooks().read_import(&path).unwrap_err();
        assert!(error.to_string().contains(words), "{text}: {error}");
        assert_eq!(error.kind().exit_code(), 65, "{error}");
    }
    assert!(rig.store.workbooks().read_import(&rig.dir.path().join("nothing")).is_err());
    assert_eq!(rig.store.workbooks().entries().unwrap().len(), 1);
}

#[test]
fn a_disk_that_fails_while_bringing_in_leaves_no_half_workbook() {
    let rig = lived_in();
    let other = Rig::of(&Workbook::new(WorkbookId::new("other"), "Other"));
    for at in 0..40 {
        let library = other.store.workbooks();
        let import = library.read_import(&rig.folder).unwrap();
        other.disk.fail(super::super::fault::Fault { at, calls: 1, error: 28, tear: true });
        let done = library.import(import, OnConflict::Skip, &mut ids(), now());
        other.disk.heal();
        for entry in library.entries().unwrap() {
            assert_eq!(entry.trouble, None, "call {at}: {done:?}");
        }
    }
}

#[test]
fn check_says_what_is_the_matter_and_nothing_when_all_is_well() {
    let rig = Rig::new();
    assert_eq!(rig.store.check(), []);
    rig.put("journal.log", "12 garbage");
    rig.put(".alongside-tmp-x", "half");
    std::fs::write(rig.store.folders().settings(), "(reading:").unwrap();
    let findings = rig.store.check();
    let about =
        |end: &str| findings.iter().any(|f| f.path.to_string_lossy().ends_with(end) && !f.advice.is_empty());
    assert!(about("journal.log") && about("tmp-x") && about("settings.ron"), "{findings:?}");
    assert_eq!(findings.len(), 3, "{findings:?}");
    rig.put("workbook.ron", "(");
    assert!(rig.store.check().iter().any(|f| f.what.contains("line 1")));
}

#[test]
fn a_workbook_of_a_backup_comes_under_the_name_its_folder_had_unless_that_is_taken() {
    let rig = Rig::new();
    let text = String::from_utf8(rig.bytes("workbook.ron")).unwrap().replace("\"w1\"", "\"w7\"");
    let path = rig.dir.path().join("in.ron");
    let name = "as-it-was-called-w7";
    let files = format!("(path: \"workbooks/{name}/workbook.ron\", text: {text:?})");
    let backup = format!("(format: 1, made: \"2025-01-01T00:00:00Z\", files: [{files}])");
    std::fs::write(&path, backup).unwrap();
    let bring = || {
        let import = rig.store.workbooks().read_import(&path).unwrap();
        let brought = rig.store.workbooks().import(import, OnConflict::Replace, &mut ids(), now());
        brought.unwrap().folders.remove(0).file_name().unwrap().to_str().unwrap().to_owned()
    };
    assert_eq!(bring(), name);
    // another workbook has that folder now
    let own = rig.store.folders().workbooks().join(name);
    let other = text.replace("\"w7\"", "\"w8\"");
    std::fs::write(own.join("workbook.ron"), &other).unwrap();
    assert_eq!(bring(), "the-walk-w7");
    assert_eq!(std::fs::read_to_string(own.join("workbook.ron")).unwrap(), other);
}

#[test]
fn of_a_folders_history_only_versions_come() {
    let rig = lived_in();
    std::fs::write(rig.file("history/notes.txt"), "mine").unwrap();
    std::fs::create_dir(rig.file("history/kept.ron")).unwrap();
    let other = Rig::of(&Workbook::new(WorkbookId::new("other"), "Other"));
    let import = other.store.workbooks().read_import(&rig.folder).unwrap();
    let brought = other.store.workbooks().import(import, OnConflict::Refuse, &mut ids(), now()).unwrap();
    let history = std::fs::read_dir(brought.folders[0].join("history")).unwrap();
    let names: Vec<_> = history.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, ["20250219T212000Z-000000.ron"]);
}

#[test]
fn only_a_path_of_ours_is_followed() {
    let long = |bytes: usize| format!("inbox/{}", "x".repeat(bytes - 6));
    let deep = |names: usize| format!("inbox{}", "/x".repeat(names - 1));
    let good = ["settings.ron".to_owned(), "content/mine.ron".to_owned(), long(1_000), deep(16)];
    for path in good {
        assert_eq!(safe_path(&path).as_deref(), Some(Path::new(&path)), "{path}");
    }
    let odd = ["inbox/a\\b", "inbox/c:x", "inbox/a\0", "inbox/a\nb", "inbox/\u{1b}[31m", "/inbox/x", "inbox"];
    for path in odd.map(str::to_owned).into_iter().chain([long(1_001), long(1_500), deep(17), deep(40)]) {
        assert_eq!(safe_path(&path), None, "{path:?}");
    }
}
