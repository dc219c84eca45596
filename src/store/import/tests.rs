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
    let import = other.store.library().read_import(&to).unwrap();
    assert_eq!(import.items.len(), 1);
    let brought = other.store.library().import(import, OnConflict::Refuse, &mut ids(), now()).unwrap();
    assert_eq!(brought.folders.len(), 1);
    let mut opened = other.store.open(&brought.folders[0], now()).unwrap();
    assert_eq!(opened.book.workbook(), rig.read().book.workbook());
    assert_eq!(undo_all(&mut opened.book), 2, "what can be undone came with it");
    assert_eq!(other.store.inbox().list().unwrap()[0].jot.as_ref().unwrap().text, "ring them");
    assert!(other.store.settings().unwrap().tour_seen);
    let odd = other.store.folders().quarantine().join("odd.ron");
    assert_eq!(std::fs::read(odd).unwrap(), b"\xff\x00\x80");
}

#[test]
fn one_that_is_there_already_is_asked_about() {
    let rig = lived_in();
    let library = rig.store.library();
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
    let library = other.store.library();
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
        (backup("").replace("format: 1", "format: 4"), "newer"),
    ];
    for (text, words) in cases {
        std::fs::write(&path, &text).unwrap();
        let error = rig.store.library().read_import(&path).unwrap_err();
        assert!(error.to_string().contains(words), "{text}: {error}");
        assert_eq!(error.kind().exit_code(), 65, "{error}");
    }
    assert!(rig.store.library().read_import(&rig.dir.path().join("nothing")).is_err());
    assert_eq!(rig.store.library().entries().unwrap().len(), 1);
}

#[test]
fn a_disk_that_fails_while_bringing_in_leaves_no_half_workbook() {
    let rig = lived_in();
    let other = Rig::of(&Workbook::new(WorkbookId::new("other"), "Other"));
    for at in 0..40 {
        let library = other.store.library();
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
