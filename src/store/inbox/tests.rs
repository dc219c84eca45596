use std::sync::Arc;

use super::super::fault::{Fault, FaultyDisk};
use super::super::{Folders, RealDisk};
use super::*;

fn inbox(dir: &Path) -> Inbox {
    Store::with_disk(Folders::at(dir.join("root")), Arc::new(RealDisk)).inbox()
}

fn jot(second: i64, text: &str) -> Jot {
    Jot::new(Timestamp::from_second(1_700_000_000 + second).unwrap(), text)
}

fn ids() -> IdSource {
    IdSource::new(1)
}

fn texts(inbox: &Inbox) -> Vec<String> {
    inbox.list().unwrap().into_iter().map(|w| w.jot.unwrap().text).collect()
}

#[test]
fn jots_come_back_in_the_order_of_time_and_then_of_arrival() {
    let dir = tempfile::tempdir().unwrap();
    let inbox = inbox(dir.path());
    assert_eq!(inbox.list().unwrap(), []);
    for (second, text) in [(5, "b"), (5, "c"), (1, "a"), (9, "don't \"quote\"\nme\r\n\u{7}")] {
        inbox.add(&jot(second, text), &ids()).unwrap();
    }
    std::fs::write(dir.path().join("root/inbox/zz.ron"), "(at: 3)").unwrap();
    for name in ["notes.txt", ".hidden.ron"] {
        std::fs::write(dir.path().join("root/inbox").join(name), "not ours").unwrap();
    }
    let all = inbox.list().unwrap();
    assert_eq!(all.len(), 5, "{all:?}");
    let texts: Vec<_> = all.iter().map(|w| w.jot.as_ref().map(|j| j.text.as_str())).collect();
    assert_eq!(texts[..4], [Ok("a"), Ok("b"), Ok("c"), Ok("don't \"quote\"\nme\r\n\u{7}")]);
    assert!(texts[4].as_ref().unwrap_err().starts_with("line 1"), "{:?}", texts[4]);
}

#[test]
fn the_tenth_of_one_moment_comes_after_the_ninth() {
    let dir = tempfile::tempdir().unwrap();
    let inbox = inbox(dir.path());
    let said: Vec<String> = (1..=12).map(|n| n.to_string()).collect();
    said.iter().for_each(|text| drop(inbox.add(&jot(0, text), &ids()).unwrap()));
    assert_eq!(texts(&inbox), said);
}

#[test]
fn a_fraction_of_a_second_is_kept_in_the_name() {
    let dir = tempfile::tempdir().unwrap();
    let inbox = inbox(dir.path());
    let at: Timestamp = "2025-03-05T10:42:00.123456Z".parse().unwrap();
    let path = inbox.add(&Jot::new(at, "x"), &ids()).unwrap();
    assert_eq!(path.file_name().unwrap(), "20250305T104200.123456Z-1.ron");
    let id = inbox.list().unwrap().remove(0).id;
    assert_eq!(id.as_str(), format!("jot-20250305T104200.123456Z-1-{}", ids().record()));
}

#[test]
fn everything_about_a_jot_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let inbox = inbox(dir.path());
    let whole = Jot {
        to: Some(WorkbookId::new("w1")),
        tag: Some(Tag::Promise),
        private: true,
        ..jot(3, "they send the budget")
    };
    inbox.add(&whole, &ids()).unwrap();
    assert_eq!(inbox.list().unwrap().remove(0).jot, Ok(whole));
}

/// A jot as format 1 wrote it.
const OLD: &str = "(\n    format: 1,\n    at: \"2023-11-14T22:13:20Z\",\n    to: Some(\"w1\"),\n    text: \"ring them\",\n)\n";

#[test]
fn a_jot_of_format_1_is_read_and_keeps_its_id() {
    let dir = tempfile::tempdir().unwrap();
    let inbox = inbox(dir.path());
    inbox.add(&jot(0, "after it"), &ids()).unwrap();
    std::fs::write(dir.path().join("root/inbox/20231114T221320Z-00001.ron"), OLD).unwrap();
    assert_eq!(texts(&inbox), ["ring them", "after it"]);
    let old = inbox.list().unwrap().remove(0);
    assert_eq!(old.id.as_str(), "jot-20231114T221320Z-00001");
    assert_eq!(old.jot.unwrap().to, Some(WorkbookId::new("w1")));
    inbox.address("20231114T221320Z-00001.ron", &WorkbookId::new("w2")).unwrap();
    let moved = inbox.list().unwrap().remove(0);
    assert_eq!((moved.id, moved.jot.unwrap().to), (old.id, Some(WorkbookId::new("w2"))));
}

#[test]
fn a_jot_with_parts_that_are_not_known_is_not_read_and_nothing_of_it_is_dropped() {
    let dir = tempfile::tempdir().unwrap();
    let inbox = inbox(dir.path());
    inbox.add(&jot(0, "first"), &ids()).unwrap();
    let newer = OLD.replace("text:", "mood: \"good\",\n    text:");
    for (name, text) in [("a.ron", newer), ("b.ron", OLD.replace("format: 1", "format: 99"))] {
        let path = dir.path().join("root/inbox").join(name);
        std::fs::write(&path, &text).unwrap();
        let all = inbox.list().unwrap();
        let why = all.into_iter().find(|w| w.name() == name).unwrap().jot.unwrap_err();
        assert!(why.contains("mood") || why.contains("format 99"), "{why}");
        assert!(inbox.address(name, &WorkbookId::new("w")).is_err());
        let id = inbox.list().unwrap().into_iter().find(|w| w.name() == name).unwrap().id;
        assert!(!inbox.take(&path, &id).unwrap(), "it stays");
        assert_eq!(std::fs::read_to_string(path).unwrap(), text);
    }
}

#[test]
fn a_name_that_comes_again_is_another_line() {
    let dir = tempfile::tempdir().unwrap();
    let (inbox, ids) = (inbox(dir.path()), ids());
    let first = inbox.add(&jot(0, "one"), &ids).unwrap();
    let before = inbox.list().unwrap().remove(0).id;
    assert!(inbox.take(&first, &before).unwrap());
    assert_eq!(inbox.add(&jot(0, "another"), &ids).unwrap(), first);
    assert_ne!(inbox.list().unwrap().remove(0).id, before);
    assert!(!inbox.take(&first, &before).unwrap(), "that was another jot");
    assert_eq!(texts(&inbox), ["another"]);
}

#[test]
fn only_a_jot_of_this_inbox_is_ever_taken_away() {
    let dir = tempfile::tempdir().unwrap();
    let inbox = inbox(dir.path());
    let path = inbox.add(&jot(0, "mine"), &ids()).unwrap();
    let id = inbox.list().unwrap().remove(0).id;
    let elsewhere = dir.path().join("20231114T221320.000000Z-1.ron");
    std::fs::copy(&path, &elsewhere).unwrap();
    let text = dir.path().join("root/inbox/notes.txt");
    std::fs::copy(&path, &text).unwrap();
    let broken = dir.path().join("root/inbox/broken.ron");
    std::fs::write(&broken, "(at: 3)").unwrap();
    for left in [elsewhere, text, broken] {
        assert!(!inbox.take(&left, &id).unwrap());
        assert!(left.exists(), "{}", left.display());
    }
    assert!(inbox.take(&path, &id).unwrap());
    assert!(!path.exists());
    assert!(inbox.take(&path, &id).unwrap(), "what has gone counts as taken");
}

#[test]
fn what_goes_to_the_bin_is_there_whole_and_under_a_name_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let inbox = inbox(dir.path());
    let mut kept = Vec::new();
    for text in ["one", "two"] {
        let path = inbox.add(&jot(0, text), &ids()).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        kept.push((inbox.bin(name).unwrap(), bytes));
    }
    assert_eq!(texts(&inbox), Vec::<String>::new());
    for (path, bytes) in kept {
        assert!(path.starts_with(dir.path().join("root/bin")));
        assert_eq!(std::fs::read(path).unwrap(), bytes);
    }
    assert!(inbox.bin("../settings.ron").is_err());
}

#[test]
fn many_writers_at_once_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let inbox = inbox(dir.path());
            scope.spawn(move || {
                let ids = IdSource::new(writer);
                for n in 0..25 {
                    inbox.add(&jot(0, &format!("{writer}/{n}")), &ids).unwrap();
                }
            });
        }
    });
    let all: std::collections::BTreeSet<_> = texts(&inbox(dir.path())).into_iter().collect();
    assert_eq!(all.len(), 100);
}

#[test]
fn whatever_fails_the_jot_is_whole_or_not_there_and_what_was_there_stays() {
    let dir = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::new(Arc::new(RealDisk));
    let inbox = Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(disk.clone())).inbox();
    inbox.add(&jot(0, "there before"), &ids()).unwrap();
    disk.heal();
    inbox.add(&jot(1, "counted"), &ids()).unwrap();
    let calls = disk.calls().len();
    for at in 0..calls {
        disk.fail(Fault { at, calls: 1, error: 28, tear: true });
        let added = inbox.add(&jot(2, &format!("try {at}")), &ids());
        disk.heal();
        let there = texts(&inbox).iter().any(|text| *text == format!("try {at}"));
        assert!(there || added.is_err(), "call {at} of {calls}: said to be safe and is not there");
    }
    assert_eq!(texts(&inbox)[..2], ["there before", "counted"]);
}

#[test]
fn a_jot_and_its_folders_are_synced_before_it_is_called_safe() {
    let dir = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::new(Arc::new(RealDisk));
    let inbox = Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(disk.clone())).inbox();
    inbox.add(&jot(0, "x"), &ids()).unwrap();
    let calls = disk.calls();
    let last = |name: &str| calls.iter().rposition(|call| *call == name).expect(name);
    assert_eq!(last("sync_folder"), calls.len() - 1, "{calls:?}");
    assert!(last("sync") < last("rename_new") && last("rename_new") < last("sync_folder"), "{calls:?}");
    assert!(
        calls.iter().filter(|call| **call == "sync_folder").count() >= 3,
        "the new folder too: {calls:?}"
    );
}

#[test]
fn what_is_not_a_jot_of_the_inbox_is_neither_binned_nor_addressed() {
    let dir = tempfile::tempdir().unwrap();
    let inbox = inbox(dir.path());
    let path = inbox.add(&jot(0, "mine"), &ids()).unwrap();
    std::fs::create_dir(dir.path().join("root/inbox/sub")).unwrap();
    for name in ["notes.txt", ".hidden.ron", "sub/x.ron", "../x.ron"] {
        let other = dir.path().join("root/inbox").join(name);
        std::fs::copy(&path, &other).unwrap();
        let before = std::fs::read(&other).unwrap();
        assert!(inbox.bin(name).is_err(), "{name}");
        assert!(inbox.address(name, &WorkbookId::new("w")).is_err(), "{name}");
        assert_eq!(std::fs::read(&other).unwrap(), before, "{name}");
    }
}

#[test]
fn a_jot_that_could_not_be_taken_away_is_not_called_taken() {
    let dir = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::new(Arc::new(RealDisk));
    let inbox = Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(disk.clone())).inbox();
    let taken = |error: i32| {
        let path = inbox.add(&jot(0, "mine"), &ids()).unwrap();
        let id = inbox.list().unwrap().remove(0).id;
        disk.heal();
        assert!(!inbox.take(&path, &RecordId::new("another")).unwrap());
        let remove = disk.calls().len();
        disk.fail(Fault { at: remove, calls: 1, error, tear: false });
        let taken = inbox.take(&path, &id);
        assert_eq!(disk.calls()[remove], "remove");
        disk.heal();
        assert_eq!(texts(&inbox), ["mine"]);
        inbox.take(&path, &id).unwrap();
        taken
    };
    assert!(taken(5).is_err());
    assert!(taken(2).unwrap(), "somebody else was quicker");
}

#[test]
fn the_bin_keeps_the_name_counts_from_two_and_a_refusal_moves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::new(Arc::new(RealDisk));
    let inbox = Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(disk.clone())).inbox();
    let name = "20231114T221320.000000Z-1.ron";
    std::fs::create_dir_all(dir.path().join("root/bin")).unwrap();
    for into in [name.to_owned(), format!("2-{name}"), format!("3-{name}")] {
        let path = inbox.add(&jot(0, "words"), &ids()).unwrap();
        assert_eq!(path.file_name().unwrap(), name);
        disk.heal();
        assert!(inbox.bin("not there.ron").is_err());
        let rename = disk.calls().iter().position(|call| *call == "rename_new").unwrap();
        disk.fail(Fault { at: rename, calls: 1, error: 5, tear: false });
        assert!(inbox.bin(name).is_err());
        disk.heal();
        assert!(path.exists(), "it is where it was");
        assert_eq!(inbox.bin(name).unwrap(), dir.path().join("root/bin").join(into));
    }
}

#[test]
fn where_the_inbox_cannot_be_listed_the_next_name_is_tried() {
    let dir = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::new(Arc::new(RealDisk)).pretending_to_sync();
    let inbox = Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(disk.clone())).inbox();
    inbox.add(&jot(0, "one"), &ids()).unwrap();
    disk.heal();
    inbox.add(&jot(0, "two"), &ids()).unwrap();
    let list = disk.calls().iter().position(|call| *call == "list").unwrap();
    inbox.bin("20231114T221320.000000Z-2.ron").unwrap();
    disk.fail(Fault { at: list, calls: 1, error: 5, tear: false });
    inbox.add(&jot(0, "three"), &ids()).unwrap();
    assert_eq!(disk.calls().iter().filter(|call| **call == "list").count(), 1, "{:?}", disk.calls());
    disk.heal();
    assert_eq!(texts(&inbox), ["one", "three"]);
}

#[test]
fn the_twentieth_of_one_moment_is_written_as_fast_as_the_third() {
    let dir = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::new(Arc::new(RealDisk)).pretending_to_sync();
    let inbox = Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(disk.clone())).inbox();
    let calls: Vec<usize> = (0..20)
        .map(|n| {
            disk.heal();
            inbox.add(&jot(0, &n.to_string()), &ids()).unwrap();
            disk.calls().len()
        })
        .collect();
    assert_eq!(calls[2], calls[19], "{calls:?}");
}
