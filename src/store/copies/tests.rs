use super::super::testing::{COPIES, Rig, at, now, ours, type_in};
use super::super::{Whose, Writer};
use super::*;
use crate::domain::compare::{differences_of_copy, merge};

/// How another machine has it.
fn theirs(rig: &Rig) -> String {
    String::from_utf8(rig.bytes("workbook.ron")).unwrap().replace("The walk", "Their walk")
}

fn id(rig: &Rig) -> WorkbookId {
    rig.read().book.workbook().id().clone()
}

#[test]
fn each_copy_is_found_read_merged_and_put_away() {
    for name in COPIES {
        let rig = Rig::new();
        let bytes = theirs(&rig);
        rig.put(name, &bytes);
        let [copy] = rig.store.copies(&rig.folder, &id(&rig)).try_into().unwrap();
        assert_eq!((copy.name.as_str(), copy.trouble), (name, None));
        assert_eq!(copy.at, Some(now()), "as it says itself");
        let there = rig.store.read_beside(&rig.file(name), &id(&rig)).unwrap().workbook;
        let opened = rig.open();
        let (mut book, writing) = opened.to_write().unwrap();
        let all = differences_of_copy(book.workbook(), &there);
        let edits = merge(book.workbook(), &there, &all, jiff::civil::date(2025, 11, 10));
        let records = book.act_all(edits, at(5)).unwrap();
        let (reports, _heard) = std::sync::mpsc::channel();
        let writer = Writer::start(writing, reports, Box::new(|| {})).unwrap();
        writer.append(records);
        writer.close().unwrap();
        assert_eq!(rig.read().book.workbook().title(), "Their walk");
        let kept = rig.store.put_away(&rig.folder, name, at(10)).unwrap();
        assert!(kept.starts_with(rig.file("history")));
        assert_eq!(std::fs::read_to_string(&kept).unwrap(), bytes, "not a byte of it is lost");
        assert_eq!(rig.store.copy_names(&rig.folder), Vec::<String>::new());
        let past = rig.store.past(&rig.folder).unwrap();
        let version = past.versions().iter().find(|version| version.whose == Whose::Copy).unwrap();
        assert_eq!(version.name.as_deref(), Some(name), "its name is told");
        assert_eq!(past.read(version).unwrap().title(), "Their walk");
    }
}

#[test]
fn one_that_cannot_be_read_is_told_in_words_and_stays() {
    for name in COPIES {
        let rig = Rig::new();
        rig.put(name, "(format: 3, workbook: (id");
        let [copy] = rig.store.copies(&rig.folder, &id(&rig)).try_into().unwrap();
        let trouble = copy.trouble.unwrap();
        assert!(trouble.contains("line") && trouble.contains(name), "{trouble}");
        assert!(rig.store.put_away(&rig.folder, name, now()).is_err());
        assert!(rig.file(name).exists());
    }
    let rig = Rig::new();
    rig.put("workbook (1).ron", "");
    rig.put("workbook (2).ron", [0xFF, 0xFE, b'x', 0]);
    std::fs::create_dir(rig.file("workbook (3).ron")).unwrap();
    let all = rig.store.copies(&rig.folder, &id(&rig));
    assert_eq!(all.len(), 2, "a folder is no copy: {all:?}");
    assert!(all.iter().all(|copy| copy.trouble.is_some()));
}

#[test]
fn another_workbook_is_no_copy_of_this_one() {
    let rig = Rig::new();
    let other = theirs(&rig).replace("\"w1\"", "\"w2\"");
    rig.put("workbook (1).ron", other);
    let [copy] = rig.store.copies(&rig.folder, &id(&rig)).try_into().unwrap();
    assert!(copy.trouble.unwrap().contains("another workbook, called “Their walk”"));
    let refused = rig.store.put_away(&rig.folder, "workbook (1).ron", now());
    assert!(matches!(refused, Err(StoreError::AnotherWorkbook { .. })), "{refused:?}");
    // nor does anything else of the folder go
    for name in ["workbook.ron", "journal.log", "../other/workbook (1).ron", "notes.txt"] {
        assert!(rig.store.put_away(&rig.folder, name, now()).is_err(), "{name}");
    }
}

#[test]
fn two_of_one_name_are_both_kept_and_thinning_lets_none_go() {
    let rig = Rig::new();
    let name = format!("workbook {}.ron", "x".repeat(240));
    for n in 0..3 {
        rig.put(&name, theirs(&rig).replace("Their", &format!("{n}")));
        rig.store.put_away(&rig.folder, &name, now()).unwrap();
    }
    super::super::history::thin(rig.store.disk(), &rig.folder, at(3_000_000_000));
    let mut names: Vec<String> =
        rig.store.disk().list(&rig.file("history")).unwrap().into_iter().map(|listed| listed.name).collect();
    names.sort();
    let stamps: Vec<&str> = names.iter().map(|name| &name[..16]).collect();
    assert_eq!(stamps, ["20250219T212000Z", "20250219T212001Z", "20250219T212002Z"]);
    assert!(names.iter().all(|name| name.len() == LONGEST && name.ends_with(".ron")), "{names:?}");
    let past = rig.store.past(&rig.folder).unwrap();
    let mut titles: Vec<String> =
        past.versions().iter().map(|version| past.read(version).unwrap().title().to_owned()).collect();
    titles.sort();
    assert_eq!(titles, ["0 walk", "1 walk", "2 walk"]);
    assert_eq!(past.days(&jiff::tz::TimeZone::UTC), [], "what lay beside it was never how it was");
}

#[test]
fn what_took_the_place_of_ours_is_told_apart_from_a_day() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "ours"));
    keeper.fold().unwrap();
    rig.put("workbook.ron", theirs(&rig));
    keeper.look().unwrap();
    let past = rig.store.past(&rig.folder).unwrap();
    let replaced = past.versions().iter().find(|version| version.whose == Whose::Replaced).unwrap();
    assert_eq!(past.read(replaced).unwrap().text(&ours()), Some("ours"));
}

/// Within one second, which is what the names of versions know.
#[test]
fn however_often_it_is_replaced_each_of_ours_is_kept() {
    let rig = Rig::new();
    let mut texts = Vec::new();
    for n in 0..4 {
        let (mut book, mut keeper) = rig.keeper();
        keeper.take(&type_in(&mut book, &format!("{n}")));
        keeper.fold().unwrap();
        texts.push(book.workbook().text(&ours()).unwrap().to_owned());
        // the same number of records in the file as before, as where somebody went back
        rig.put("workbook.ron", theirs(&rig).replace("seq: 2", "seq: 1"));
        keeper.look().unwrap();
    }
    let past = rig.store.past(&rig.folder).unwrap();
    for text in texts {
        let held = |v: &super::super::PastVersion| past.read(v).unwrap().text(&ours()) == Some(&text);
        assert!(past.versions().iter().any(held), "{text:?} is kept");
    }
}

#[test]
fn one_that_the_disk_does_not_move_stays_and_that_is_said() {
    let rig = Rig::new();
    let name = "workbook (1).ron";
    rig.put(name, theirs(&rig));
    std::fs::create_dir(rig.file("history")).unwrap();
    rig.disk.heal();
    rig.store.put_away(&rig.folder, name, now()).unwrap();
    let rename = rig.disk.calls().iter().position(|call| *call == "rename_new").unwrap();
    rig.put(name, theirs(&rig));
    rig.disk.fail(super::super::fault::Fault { at: rename, calls: 1, error: 5, tear: false });
    rig.store.put_away(&rig.folder, name, at(9)).unwrap_err();
    assert!(rig.file(name).exists());
}

#[test]
fn what_is_sent_is_a_workbook_file_with_nothing_of_its_past() {
    let rig = Rig::new();
    let (mut book, _keeper) = rig.keeper();
    type_in(&mut book, "don't \"quote\" me");
    let text = Store::text_to_send(book.workbook()).unwrap();
    let file = format::parse_workbook(&text).unwrap();
    assert_eq!((&file.workbook, file.seq, file.changed), (book.workbook(), 0, None));
}
