//! The file, the journal and what was folded, where they do not follow one another.

use super::super::super::testing::{add_partner, at};
use super::*;

fn seqs(rig: &Rig) -> Vec<u64> {
    let (_, records) = with_records(&rig.store, &rig.folder).unwrap();
    records.iter().map(|record| record.seq).collect()
}

/// A fold that was killed before it emptied the journal: its records stand in both logs.
#[test]
fn records_that_stand_in_both_logs_are_told_once() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "one "));
    keeper.take(&type_in(&mut book, "two "));
    keeper.flush().unwrap();
    let journal = rig.bytes("journal.log");
    keeper.fold().unwrap();
    drop(keeper);
    rig.put("journal.log", journal);
    assert_eq!(seqs(&rig), [1, 2]);
}

#[test]
fn records_before_a_gap_are_not_told() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "one "));
    keeper.fold().unwrap();
    let old = rig.bytes("undo.log");
    keeper.take(&type_in(&mut book, "two "));
    keeper.fold().unwrap();
    keeper.take(&type_in(&mut book, "three "));
    keeper.take(&type_in(&mut book, "four "));
    keeper.flush().unwrap();
    assert_eq!(seqs(&rig), [1, 2, 3, 4]);
    // an older log, put back by hand
    rig.put("undo.log", old);
    assert_eq!(seqs(&rig), [3, 4]);
}

#[test]
fn a_workbook_that_nobody_writes_in_is_read_no_more_than_twice() {
    let rig = Rig::new();
    rig.disk.heal();
    rig.read();
    // the file twice, both logs and the place
    let reads = rig.disk.calls().iter().filter(|call| **call == "read").count();
    assert!(reads <= 5, "{:?}", rig.disk.calls());
}

/// Somebody else changed the file, and the journal was torn besides: all of it is set aside, not its end alone.
#[test]
fn a_torn_journal_of_another_file_is_set_aside_whole() {
    let (rig, _) = killed_in_mid_sentence();
    let journal = [rig.bytes("journal.log"), b"37 0000".to_vec()].concat();
    rig.put("journal.log", &journal);
    rig.put("workbook.ron", String::from_utf8(rig.bytes("workbook.ron")).unwrap().replace("walk", "run"));
    let (_, mut keeper) = writing(rig.open());
    keeper.fold().unwrap();
    assert_eq!(rig.quarantined(), [journal]);
}

#[test]
fn a_journal_of_which_nothing_can_be_read_is_set_aside() {
    let rig = Rig::new();
    rig.put("journal.log", "what is this\n");
    let opened = rig.open();
    assert!(opened.notices.iter().any(|notice| notice.contains("quarantine/")), "{:?}", opened.notices);
    let (mut book, mut keeper) = writing(opened);
    keeper.take(&type_in(&mut book, "on"));
    keeper.flush().unwrap();
    drop(keeper);
    assert_eq!(rig.quarantined(), [b"what is this\n"]);
    assert_eq!(text(&rig.open().book), "on");
}

/// A file that somebody else changed holds the first of the journal's records already: it is not done again, the next one
/// is, and undo takes back that one alone.
#[test]
fn of_a_journal_that_overlaps_a_changed_file_only_what_comes_after_it_is_done() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    let records = [type_in(&mut book, "one "), add_partner(&mut book, "hub"), type_in(&mut book, "two")];
    keeper.take(&records[0]);
    keeper.flush().unwrap();
    let mut journal = rig.bytes("journal.log");
    keeper.fold().unwrap();
    drop(keeper);
    let later = records[1..].iter().flatten().map(super::super::super::journal::record_line);
    later.for_each(|line| journal.extend_from_slice(line.as_bytes()));
    rig.put("journal.log", journal);
    std::fs::remove_file(rig.file("undo.log")).unwrap();
    rig.put("workbook.ron", String::from_utf8(rig.bytes("workbook.ron")).unwrap().replace("walk", "run"));

    let opened = rig.open();
    assert_eq!((opened.recovered, text(&opened.book)), (2, "one two"));
    assert_eq!(opened.changed, Some(at(60)));
    let (_, mut keeper) = writing(opened);
    keeper.fold().unwrap();
    drop(keeper);
    let mut again = rig.open().book;
    assert_eq!(undo_all(&mut again), 2);
    assert_eq!((text(&again), again.workbook().title()), ("one ", "The run"));
    assert_eq!(again.workbook().partners(), []);
}
