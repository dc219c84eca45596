mod mending;
mod room;

use std::os::unix::fs::PermissionsExt as _;

use super::super::fault::Fault;
use super::super::open;
use super::super::testing::{Rig, add_partner, ours, redo, type_in, undo, undo_all};
use super::*;
use crate::domain::{Workbook, WorkbookId};

/// Everything a visit does: some typing, a fold, more typing, an undo, a fold.
fn visit(book: &mut Book, keeper: &mut Keeper) -> Result<(), StoreError> {
    for records in [type_in(book, "one "), add_partner(book, "hub"), type_in(book, "two\n")] {
        keeper.take(&records);
        keeper.flush()?;
    }
    keeper.sync()?;
    keeper.fold()?;
    for records in [type_in(book, "three"), undo(book), type_in(book, "\"four\"")] {
        keeper.take(&records);
        keeper.flush()?;
    }
    keeper.fold()
}

/// How many calls a visit makes.
fn calls_of_a_visit() -> Vec<&'static str> {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    rig.disk.heal();
    visit(&mut book, &mut keeper).unwrap();
    rig.disk.calls()
}

#[test]
fn a_visit_is_there_again_with_all_that_can_be_undone() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    let start = book.workbook().clone();
    visit(&mut book, &mut keeper).unwrap();
    drop(keeper);
    assert_eq!(rig.bytes("journal.log"), b"");
    let opened = rig.open();
    assert_eq!(opened.book.workbook(), book.workbook());
    assert_eq!((opened.recovered, opened.notices), (0, Vec::new()));
    let mut again = opened.book;
    assert_eq!(undo_all(&mut again), 4);
    assert_eq!(*again.workbook(), start);
    while again.redo(super::super::testing::now()).is_some() {}
    assert_eq!(again.workbook(), book.workbook());
}

/// Every call of a visit fails once or from then on for a while, with each error, torn or not: nothing is lost in
/// memory, the file is old or new and whole, and once the disk works again the next save does too.
#[test]
fn any_call_may_fail_and_nothing_is_lost() {
    let calls = calls_of_a_visit();
    assert!(calls.len() > 30, "{calls:?}");
    for at in 0..calls.len() {
        for (error, calls_that_fail, tear) in [(28, 1, true), (5, usize::MAX, true), (30, 1, false)] {
            let rig = Rig::new();
            let (mut book, mut keeper) = rig.keeper();
            rig.disk.fail(Fault { at, calls: calls_that_fail, error, tear });
            let mut failed = Vec::new();
            // what a writer does: go on whatever happens, and mend
            for step in 0..8 {
                let records = match step {
                    0 => type_in(&mut book, "one "),
                    1 => add_partner(&mut book, "hub"),
                    5 => undo(&mut book),
                    6 => redo(&mut book),
                    _ => type_in(&mut book, "more\n"),
                };
                keeper.take(&records);
                let done = keeper.flush().and_then(|()| keeper.sync()).and_then(|()| match step % 3 {
                    2 => keeper.fold(),
                    _ => Ok(()),
                });
                if let Err(error) = done {
                    failed.push(error.to_string());
                    let _ = keeper.mend();
                }
                let read = format::parse_workbook_bytes(&rig.bytes("workbook.ron"));
                assert!(read.is_ok(), "call {at}: {read:?}");
            }
            rig.disk.heal();
            keeper.mend().and_then(|()| keeper.fold()).unwrap_or_else(|e| panic!("call {at} {error}: {e}"));
            assert_eq!((keeper.kept(), keeper.synced(), keeper.folded()), (8, 8, 8));
            drop(keeper);
            let opened = rig.open();
            assert_eq!(opened.book.workbook(), book.workbook(), "call {at}: {failed:?}");
            assert_eq!(opened.notices, Vec::<String>::new(), "call {at}: {failed:?}");
            assert_eq!(rig.left_behind(), Vec::<String>::new(), "call {at}");
            let mut again = opened.book;
            undo_all(&mut again);
            assert_eq!(
                *again.workbook(),
                Workbook::new(WorkbookId::new("w1"), "The walk"),
                "call {at}: {failed:?}"
            );
        }
    }
}

/// The program is killed at each call of a visit, with half of a write done: what was kept is there again, what was
/// folded can be undone, and opening tidies up.
#[test]
fn killed_at_any_call_what_was_kept_comes_back() {
    let calls = calls_of_a_visit().len();
    for at in 0..calls {
        for tear in [false, true] {
            let rig = Rig::new();
            let (mut book, mut keeper) = rig.keeper();
            // nothing more reaches the disk from then on
            rig.disk.fail(Fault { at, calls: usize::MAX, error: 5, tear });
            let _ = visit(&mut book, &mut keeper);
            let kept = keeper.kept();
            drop(keeper);
            rig.disk.heal();
            for _ in 0..2 {
                let opened = rig.open();
                assert!(opened.book.seq() >= kept, "call {at}: {} of {kept}", opened.book.seq());
                let mut known = Book::new(Workbook::new(WorkbookId::new("w1"), "The walk"), 0);
                let mut there = opened.book;
                replay_visit(&mut known, there.seq());
                assert_eq!(there.workbook(), known.workbook(), "call {at}");
                assert_eq!(rig.left_behind(), Vec::<String>::new(), "call {at}");
                undo_all(&mut there);
                assert_eq!(*there.workbook(), Workbook::new(WorkbookId::new("w1"), "The walk"), "call {at}");
                // the second time round it has been folded
                let (_, mut keeper) = super::super::testing::writing(rig.open_after(opened.hold));
                keeper.fold().unwrap();
            }
        }
    }
}

impl Rig {
    /// Lets go of the workbook and opens it again.
    fn open_after(&self, hold: open::Hold) -> open::Opened {
        drop(hold);
        self.open()
    }
}

/// Does a visit again up to a record.
fn replay_visit(book: &mut Book, to: u64) {
    let mut whole = book.clone();
    let mut records = Vec::new();
    records.extend(type_in(&mut whole, "one "));
    records.extend(add_partner(&mut whole, "hub"));
    records.extend(type_in(&mut whole, "two\n"));
    records.extend(type_in(&mut whole, "three"));
    records.extend(undo(&mut whole));
    records.extend(type_in(&mut whole, "\"four\""));
    records.iter().filter(|r| r.seq <= to).for_each(|r| book.replay(r).unwrap());
}

/// The journal fails once at each call, is mended, and the program is then killed: nothing may stand behind half a line.
#[test]
fn a_journal_that_was_mended_can_be_read_to_its_end() {
    for at in 0..12 {
        let rig = Rig::new();
        let (mut book, mut keeper) = rig.keeper();
        rig.disk.fail(Fault { at, calls: 1, error: 28, tear: true });
        for _ in 0..4 {
            keeper.take(&type_in(&mut book, "word "));
            if keeper.flush().and_then(|()| keeper.sync()).is_err() {
                let _ = keeper.mend();
            }
        }
        rig.disk.heal();
        keeper.flush().unwrap();
        drop(keeper);
        let opened = rig.open();
        assert_eq!(opened.book.workbook(), book.workbook(), "call {at}");
        assert_eq!(opened.notices, Vec::<String>::new(), "call {at}");
    }
}

#[test]
fn after_a_failed_sync_the_journal_gets_another_name() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "x"));
    keeper.flush().unwrap();
    rig.disk.fail(Fault { at: 0, calls: 1, error: 5, tear: false });
    keeper.sync().unwrap_err();
    assert_eq!(rig.disk.calls(), ["sync"]);
    rig.disk.heal();
    keeper.mend().unwrap();
    let calls = rig.disk.calls();
    assert!(calls.contains(&"create_new") && calls.contains(&"rename"), "{calls:?}");
    assert!(!calls.contains(&"append"), "{calls:?}");
}

#[test]
fn one_version_a_session_goes_into_history() {
    let rig = Rig::new();
    for session in 0..3 {
        let opened = rig.store.open(&rig.folder, super::super::testing::at(session)).unwrap();
        let (mut book, mut keeper) = super::super::testing::writing(opened);
        for _ in 0..3 {
            keeper.take(&type_in(&mut book, "x"));
            keeper.fold().unwrap();
        }
    }
    let names = std::fs::read_dir(rig.file("history")).unwrap().count();
    assert_eq!(names, 3);
    let newest = aside::newest_good(rig.store.disk(), &rig.folder).unwrap();
    assert!(newest.to_string_lossy().ends_with("-000006.ron"), "{newest:?}");
}

#[test]
fn what_somebody_else_wrote_meanwhile_is_kept_beside_ours() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    let theirs = String::from_utf8(rig.bytes("workbook.ron")).unwrap().replace("The walk", "Their walk");
    rig.put("workbook.ron", &theirs);
    keeper.take(&type_in(&mut book, "ours"));
    keeper.fold().unwrap();
    let kept = keeper.take_outside().unwrap();
    assert_eq!(std::fs::read_to_string(kept).unwrap(), theirs);
    drop(keeper);
    assert_eq!(rig.open().book.workbook(), book.workbook());
}

#[test]
fn everything_is_private_and_what_the_person_set_stays() {
    let rig = Rig::new();
    let mode = |name: &str| std::fs::metadata(rig.file(name)).unwrap().permissions().mode() & 0o777;
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "x"));
    keeper.fold().unwrap();
    keeper.keep_place(&Place::default()).unwrap();
    for name in ["workbook.ron", "journal.log", "undo.log", "lock", "place.ron"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    for name in ["", "history", "..", "../.."] {
        assert_eq!(mode(name), 0o700, "{name:?}");
    }
    std::fs::set_permissions(rig.file("workbook.ron"), std::fs::Permissions::from_mode(0o640)).unwrap();
    keeper.take(&type_in(&mut book, "y"));
    keeper.fold().unwrap();
    assert_eq!(mode("workbook.ron"), 0o640);
}

#[test]
fn a_link_stays_a_link() {
    let rig = Rig::new();
    let elsewhere = rig.dir.path().join("elsewhere.ron");
    std::fs::rename(rig.file("workbook.ron"), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, rig.file("workbook.ron")).unwrap();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "through the link"));
    keeper.fold().unwrap();
    assert!(std::fs::symlink_metadata(rig.file("workbook.ron")).unwrap().is_symlink());
    let text = std::fs::read_to_string(elsewhere).unwrap();
    assert!(text.contains("through the link"));
    assert_eq!(book.workbook().text(&ours()), Some("through the link"));
}

#[test]
fn a_fold_with_nothing_to_do_writes_nothing() {
    let rig = Rig::new();
    let (_, mut keeper) = rig.keeper();
    rig.disk.heal();
    keeper.fold().unwrap();
    keeper.sync().unwrap();
    assert_eq!(rig.disk.calls(), Vec::<&str>::new());
}

/// A power cut keeps what was synced and may take anything else: the order of the calls is what saves us.
#[test]
fn a_fold_syncs_each_step_before_the_next() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "x"));
    keeper.fold().unwrap();
    keeper.take(&type_in(&mut book, "y"));
    rig.disk.heal();
    keeper.fold().unwrap();
    let journal = ["write", "sync"];
    let new_file = ["create_new", "write", "sync", "read"];
    let old_file_compared = ["read"];
    let mark = ["write", "sync"];
    let name = ["meta", "same_access", "rename", "sync_folder"];
    let undo_log = ["meta", "append", "write", "sync"];
    let emptied = ["empty"];
    let all: Vec<&str> =
        [&journal[..], &new_file, &old_file_compared, &mark, &name, &undo_log, &emptied].concat();
    assert_eq!(rig.disk.calls(), all);
}
