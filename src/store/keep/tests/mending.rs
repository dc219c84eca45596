//! What is done again after a failure, what somebody else's hands may have done meanwhile, and what is kept of that.

use super::super::super::testing::{at, now, writing};
use super::*;

/// Where in a fold that has a workbook's past beside it a call of this name comes for the n-th time.
fn call_of_a_fold(name: &str, nth: usize) -> usize {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "x"));
    rig.disk.heal();
    keeper.fold().unwrap();
    let calls = rig.disk.calls();
    let found = calls.iter().enumerate().filter(|(_, call)| **call == name).nth(nth);
    found.unwrap_or_else(|| panic!("{name} {nth}: {calls:?}")).0
}

/// A keeper whose fold stopped when the file was saved and its steps were still in the journal.
fn half_folded(rig: &Rig) -> (Book, Keeper) {
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "x"));
    // the first opens the journal
    let undo_log = call_of_a_fold("append", 1);
    rig.disk.fail(Fault { at: undo_log, calls: usize::MAX, error: 28, tear: false });
    keeper.fold().unwrap_err();
    rig.disk.heal();
    assert_eq!((keeper.folded(), rig.bytes("undo.log")), (1, Vec::new()));
    assert!(!rig.bytes("journal.log").is_empty());
    (book, keeper)
}

#[test]
fn a_fold_that_stopped_half_way_goes_on_from_there() {
    let rig = Rig::new();
    let (_, mut keeper) = half_folded(&rig);
    assert!(keeper.wants_fold());
    let saved = rig.bytes("workbook.ron");
    rig.disk.heal();
    keeper.fold().unwrap();
    assert!(!keeper.wants_fold());
    assert!(!rig.disk.calls().contains(&"create_new"), "the file is not saved again: {:?}", rig.disk.calls());
    assert_eq!((rig.bytes("workbook.ron"), rig.bytes("journal.log")), (saved, Vec::new()));
    assert!(!rig.bytes("undo.log").is_empty());
}

#[test]
fn opening_finishes_a_fold_that_stopped_half_way() {
    let rig = Rig::new();
    drop(half_folded(&rig));
    let (mut book, mut keeper) = rig.keeper();
    assert_eq!(rig.bytes("journal.log"), b"");
    let undo_log = rig.bytes("undo.log");
    assert!(!undo_log.is_empty());
    assert_eq!(undo_all(&mut book), 1);
    // and does nothing where nothing is left to do, but for an undo.log that has grown too long
    keeper.finish_last_fold(None).unwrap();
    assert_eq!(rig.bytes("undo.log"), undo_log);
    keeper.finish_last_fold(Some(b"shorter".to_vec())).unwrap();
    assert_eq!(rig.bytes("undo.log"), b"shorter");
}

#[test]
fn where_no_journal_can_be_kept_the_whole_file_is_saved_once() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    std::fs::create_dir_all(rig.file("journal.log/in the way")).unwrap();
    keeper.take(&type_in(&mut book, "kept all the same"));
    keeper.flush().unwrap_err();
    let _ = keeper.mend();
    assert_eq!(keeper.folded(), keeper.seq());
    let there = || format::parse_workbook_bytes(&rig.bytes("workbook.ron")).unwrap().workbook;
    assert_eq!(there(), *book.workbook());
    let (saved, undo_log) = (rig.bytes("workbook.ron"), rig.bytes("undo.log"));
    for _ in 0..3 {
        let _ = keeper.mend();
        assert_eq!((rig.bytes("workbook.ron"), rig.bytes("undo.log")), (saved.clone(), undo_log.clone()));
    }
    // once the way is free, all goes on as ever
    std::fs::remove_dir_all(rig.file("journal.log")).unwrap();
    keeper.mend().unwrap();
    keeper.take(&type_in(&mut book, " and so is this"));
    keeper.flush().unwrap();
    drop(keeper);
    let mut opened = rig.open();
    assert_eq!(opened.book.workbook(), book.workbook());
    assert_eq!(undo_all(&mut opened.book), 2);
}

#[test]
fn records_that_do_not_fit_are_never_folded() {
    let rig = Rig::new();
    let before = rig.bytes("workbook.ron");
    let (mut book, mut keeper) = rig.keeper();
    type_in(&mut book, "what went before");
    let mut records = type_in(&mut book, "stands behind it");
    records[0].seq = 1;
    keeper.take(&records);
    keeper.flush().unwrap();
    let error = keeper.fold().unwrap_err();
    assert!(matches!(error, StoreError::ReadBack { .. }), "{error}");
    assert_eq!(rig.bytes("workbook.ron"), before);
    assert!(!rig.bytes("journal.log").is_empty(), "what came stands in the journal");
}

#[test]
fn a_file_that_has_gone_is_made_anew_and_one_that_cannot_be_kept_is_not_replaced() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "x"));
    let before = rig.bytes("workbook.ron");
    // the first reads back what was written
    let old = call_of_a_fold("read", 1);
    rig.disk.fail(Fault { at: old, calls: 1, error: 5, tear: false });
    keeper.fold().unwrap_err();
    assert_eq!(rig.bytes("workbook.ron"), before);
    rig.disk.heal();
    std::fs::remove_file(rig.file("workbook.ron")).unwrap();
    keeper.fold().unwrap();
    drop(keeper);
    assert_eq!(rig.open().book.workbook(), book.workbook());
}

/// Sessions that begin in one second with the same number of records, and with what somebody else made in between.
#[test]
fn a_version_is_kept_once_and_another_one_of_its_name_beside_it() {
    let rig = Rig::new();
    let ours = rig.bytes("workbook.ron");
    let theirs = String::from_utf8(ours.clone()).unwrap().replace("The walk", "Their walk").into_bytes();
    let visit = |begun_with: &[u8], at| {
        rig.put("workbook.ron", begun_with);
        for name in ["journal.log", "undo.log"] {
            let _ = std::fs::remove_file(rig.file(name));
        }
        let (mut book, mut keeper) = writing(rig.store.open(&rig.folder, at).unwrap());
        keeper.take(&type_in(&mut book, "x"));
        keeper.fold().unwrap();
        let versions = std::fs::read_dir(rig.file("history")).unwrap();
        let mut versions: Vec<Vec<u8>> =
            versions.map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect();
        versions.sort();
        versions
    };
    let mut both = vec![ours.clone(), theirs.clone()];
    both.sort();
    assert_eq!(visit(&ours, now()), std::slice::from_ref(&ours));
    assert_eq!(visit(&ours, now()), std::slice::from_ref(&ours));
    assert_eq!(visit(&theirs, now()), both);
    assert_eq!(visit(&theirs, now()), both);
    assert_eq!(visit(&ours, at(1)).len(), 3, "another session is another version");
}
