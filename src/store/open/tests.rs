mod pieces;

use super::super::format::FORMAT;
use super::super::testing::{Rig, now, ours, redo, type_in, undo, undo_all, writing};
use super::*;
use crate::domain::{Workbook, WorkbookId};

/// A workbook of which some is folded in and some is in the journal only. The keeper is let go as by a kill.
fn killed_in_mid_sentence() -> (Rig, Book) {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "folded "));
    keeper.take(&type_in(&mut book, "in "));
    keeper.fold().unwrap();
    keeper.take(&type_in(&mut book, "and "));
    keeper.take(&type_in(&mut book, "not\n"));
    keeper.flush().unwrap();
    (rig, book)
}

fn text(book: &Book) -> &str {
    book.workbook().text(&ours()).unwrap()
}

#[test]
fn what_was_only_in_the_journal_comes_back() {
    let (rig, book) = killed_in_mid_sentence();
    let opened = rig.open();
    assert_eq!(opened.book.workbook(), book.workbook());
    assert_eq!(opened.recovered, 2);
    assert_eq!(opened.notices, Vec::<String>::new());
    let mut again = opened.book;
    assert_eq!(undo_all(&mut again), 4);
}

/// The list asks only how a workbook is, and what can be undone in it may be longer than all the rest.
#[test]
fn how_it_is_now_is_known_without_what_can_be_undone_unless_something_was() {
    let reads = |rig: &Rig| {
        rig.disk.heal();
        let (workbook, changed) = as_it_is(&rig.store, &rig.folder).unwrap();
        let reads = rig.disk.calls().iter().filter(|call| **call == "read").count();
        let opened = rig.read();
        assert_eq!((&workbook, changed), (opened.book.workbook(), opened.changed));
        reads
    };
    let (rig, mut book) = killed_in_mid_sentence();
    let usual = reads(&rig);
    let (_, mut keeper) = rig.keeper();
    keeper.take(&undo(&mut book));
    keeper.flush().unwrap();
    assert_eq!(reads(&rig), usual + 1, "what was taken back stands in undo.log");
    keeper.fold().unwrap();
    assert_eq!(reads(&rig), usual);
    drop(keeper);
    // somebody else wrote the file, and the journal does not go on from it
    let (rig, _) = killed_in_mid_sentence();
    let changed = String::from_utf8(rig.bytes(paths::WORKBOOK)).unwrap().replace("folded in", "folded out");
    rig.put(paths::WORKBOOK, changed);
    assert_eq!(reads(&rig), usual + 1);
}

#[test]
fn undo_and_redo_in_the_journal_reach_back_over_the_fold() {
    let (rig, mut book) = killed_in_mid_sentence();
    {
        let (_, mut keeper) = rig.keeper();
        for _ in 0..3 {
            keeper.take(&undo(&mut book));
        }
        keeper.take(&redo(&mut book));
        keeper.flush().unwrap();
    }
    let mut opened = rig.open();
    assert_eq!(text(&opened.book), "folded in ");
    assert_eq!(opened.recovered, 6);
    redo(&mut opened.book);
    assert_eq!(text(&opened.book), "folded in and ");
}

/// Undone past a note that came in, on the disk as a whole or in the journal alone: what is there after another start.
#[test]
fn what_was_undone_past_a_note_is_so_after_another_start_and_can_be_done_again() {
    for folded in [false, true] {
        let rig = Rig::new();
        let (mut book, mut keeper) = rig.keeper();
        for records in [type_in(&mut book, "one "), type_in(&mut book, "two"), a_note(&mut book, 1)] {
            keeper.take(&records);
        }
        keeper.fold().unwrap();
        keeper.take(&undo(&mut book));
        keeper.take(&a_note(&mut book, 2));
        if folded { keeper.fold() } else { keeper.flush() }.unwrap();
        drop(keeper);
        let (mut book, mut keeper) = rig.keeper();
        assert_eq!((text(&book), book.workbook().calls().len()), ("one ", 2), "folded: {folded}");
        keeper.take(&redo(&mut book));
        if folded { keeper.fold() } else { keeper.flush() }.unwrap();
        drop(keeper);
        let mut again = rig.open().book;
        assert_eq!((text(&again), again.workbook()), ("one two", book.workbook()), "folded: {folded}");
        assert_eq!(undo_all(&mut again), 2);
        assert_eq!((text(&again), again.workbook().calls().len()), ("", 2), "folded: {folded}");
    }
}

/// A note that comes in, before the others.
fn a_note(book: &mut Book, n: u8) -> Vec<Record> {
    let id = crate::domain::RecordId::new(format!("day-{n}"));
    let day = crate::domain::Call::begun(id, jiff::civil::date(2025, 3, 5), super::super::testing::now());
    let edit = crate::domain::Edit::AddRecord { record: Box::new(day.into()), place: 0 };
    book.take_in(vec![edit], super::super::testing::now()).unwrap()
}

#[test]
fn reading_writes_nothing() {
    let (rig, book) = killed_in_mid_sentence();
    let before = everything(&rig);
    let opened = rig.read();
    assert_eq!(opened.book.workbook(), book.workbook());
    assert!(matches!(opened.hold, Hold::Reading(Why::Asked)));
    assert_eq!(everything(&rig), before);
}

fn everything(rig: &Rig) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![rig.dir.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_second_window_reads_and_says_who_writes() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "seen by both"));
    keeper.flush().unwrap();
    let second = rig.open();
    assert_eq!(text(&second.book), "seen by both");
    let Hold::Reading(why @ Why::HeldBy(_)) = &second.hold else { panic!("{:?}", second.hold) };
    assert!(why.words().contains(&format!("process {}", std::process::id())), "{}", why.words());
    assert!(why.words().contains("2025-02-19"), "{}", why.words());
    drop(keeper);
    assert!(matches!(rig.open().hold, Hold::Writing(_)));
}

#[test]
fn a_folder_that_may_not_be_written_is_read() {
    for (call, expected) in [("is_writable", Why::ReadOnlyFolder), ("lock", Why::ReadOnlyFolder)] {
        let (rig, book) = killed_in_mid_sentence();
        rig.disk.heal();
        drop(rig.open());
        let at = rig.disk.calls().iter().position(|c| *c == call).unwrap();
        rig.disk.fail(super::super::fault::Fault { at, calls: 1, error: 30, tear: false });
        let opened = rig.open();
        let Hold::Reading(why) = opened.hold else { panic!("{call}") };
        assert_eq!(why, expected);
        assert_eq!(opened.book.workbook(), book.workbook());
    }
}

/// At every byte: a cut, and a flipped bit. Never a panic, never written over, always said where.
#[test]
fn a_damaged_workbook_is_set_aside_and_never_written_over() {
    let (rig, _) = killed_in_mid_sentence();
    let whole = rig.bytes("workbook.ron");
    let mut damaged: Vec<Vec<u8>> = (0..whole.len() - 2).step_by(7).map(|n| whole[..n].to_vec()).collect();
    damaged.push(vec![0; 300]);
    damaged.push(b"\xff\xfe(\0".to_vec());
    for n in (0..whole.len()).step_by(5) {
        let mut flipped = whole.clone();
        flipped[n] ^= 1 << (n % 8);
        damaged.push(flipped);
    }
    let mut refused = 0;
    for bytes in damaged {
        rig.put("workbook.ron", &bytes);
        match rig.store.open(&rig.folder, super::super::testing::now()) {
            Ok(opened) => drop(opened),
            Err(error) => {
                refused += 1;
                let StoreError::Unreadable { aside, good, line, .. } = &error else { panic!("{error}") };
                assert!(*line >= 1);
                assert_eq!(std::fs::read(aside.as_ref().unwrap()).unwrap(), bytes);
                assert!(good.is_some(), "{}", error.hint());
            }
        }
        assert_eq!(rig.bytes("workbook.ron"), bytes);
        assert!(rig.store.read(&rig.folder).is_ok() || !rig.bytes("journal.log").is_empty());
    }
    assert!(refused > 50, "{refused}");
}

#[test]
fn odd_things_in_place_of_the_file_are_errors_in_words() {
    let rig = Rig::new();
    let path = rig.file("workbook.ron");
    std::fs::remove_file(&path).unwrap();
    let opens = || rig.store.open(&rig.folder, super::super::testing::now());
    assert!(opens().unwrap_err().to_string().contains("not there"));
    std::fs::create_dir(&path).unwrap();
    assert!(opens().unwrap_err().to_string().contains("folder"));
    std::fs::remove_dir(&path).unwrap();
    std::os::unix::fs::symlink(&path, &path).unwrap();
    assert!(opens().is_err());
    std::fs::remove_file(&path).unwrap();
    rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR, 0)
        .unwrap();
    assert!(opens().unwrap_err().to_string().contains("ordinary file"));
    std::fs::remove_file(&path).unwrap();
    std::fs::File::create(&path).unwrap().set_len(1 << 30).unwrap();
    assert!(opens().unwrap_err().to_string().contains("128 MiB"));
}

/// The journal cut, or damaged, at every byte: what stands before is back, the rest is in quarantine, and writing goes on.
#[test]
fn a_damaged_journal_gives_back_what_is_whole() {
    let (rig, _) = killed_in_mid_sentence();
    let whole = rig.bytes("journal.log");
    let base = whole.iter().position(|b| *b == b'\n').unwrap();
    for n in (base + 1..whole.len()).step_by(3) {
        for flip in [false, true] {
            let mut bytes = whole.clone();
            if flip {
                bytes[n] ^= 4
            } else {
                bytes.truncate(n)
            }
            rig.put("journal.log", &bytes);
            let opened = rig.open();
            let lines = bytes[..n].iter().filter(|b| **b == b'\n').count() - 1;
            let expected = ["folded in ", "folded in and ", "folded in and not\n"];
            assert!(expected[lines..].contains(&text(&opened.book)), "byte {n}: {}", text(&opened.book));
            let cut_between = !flip && bytes.ends_with(b"\n");
            assert_eq!(opened.notices.is_empty(), cut_between, "byte {n}: {:?}", opened.notices);
            let (mut book, mut keeper) = writing(opened);
            keeper.take(&type_in(&mut book, "on"));
            keeper.flush().unwrap();
            drop(keeper);
            assert_eq!(rig.open().book.workbook(), book.workbook(), "byte {n}");
            if !cut_between {
                let rest = &bytes[bytes[..n].iter().rposition(|b| *b == b'\n').unwrap() + 1..];
                assert!(rig.quarantined().iter().any(|q| q == rest), "byte {n}");
            }
        }
    }
}

#[test]
fn a_file_that_somebody_else_changed_keeps_what_fits_and_undo_stops_there() {
    let (rig, _) = killed_in_mid_sentence();
    let journal = rig.bytes("journal.log");
    let changed = String::from_utf8(rig.bytes("workbook.ron")).unwrap().replace("The walk", "Our walk");
    rig.put("workbook.ron", &changed);
    let opened = rig.open();
    assert_eq!(opened.book.workbook().title(), "Our walk");
    assert_eq!(text(&opened.book), "folded in and not\n");
    assert!(opened.notices[0].contains("Somebody else"), "{:?}", opened.notices);
    let (mut book, mut keeper) = writing(opened);
    keeper.fold().unwrap();
    drop(keeper);
    assert_eq!(rig.quarantined(), [journal]);
    let mut again = rig.open();
    assert_eq!(again.notices, Vec::<String>::new());
    assert_eq!(again.book.workbook(), book.workbook());
    assert_eq!((undo_all(&mut again.book), undo_all(&mut book)), (2, 2));
    assert_eq!(again.book.workbook(), book.workbook());
    assert_eq!((again.book.workbook().title(), text(&again.book)), ("Our walk", "folded in "));
}

#[test]
fn an_older_version_put_back_by_hand_keeps_the_journal_aside() {
    let (rig, book) = killed_in_mid_sentence();
    let journal = rig.bytes("journal.log");
    let old = aside::newest_good(rig.store.disk(), &rig.folder).unwrap();
    rig.put("workbook.ron", std::fs::read(old).unwrap());
    let opened = rig.open();
    assert_eq!(text(&opened.book), "");
    assert_eq!(opened.book.last_done().map(|_| ()), None);
    let (mut other, mut keeper) = writing(opened);
    keeper.take(&type_in(&mut other, "another way"));
    keeper.fold().unwrap();
    drop(keeper);
    assert_eq!(rig.quarantined(), [journal]);
    assert_ne!(other.workbook(), book.workbook());
    let mut again = rig.open();
    assert_eq!(text(&again.book), "another way");
    assert_eq!(undo_all(&mut again.book), 1);
}

#[test]
fn records_are_not_replayed_over_a_gap() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "x"));
    keeper.fold().unwrap();
    // this would fit any workbook, and what came before it is missing
    keeper.take(&super::super::testing::add_partner(&mut book, "hub"));
    keeper.flush().unwrap();
    drop(keeper);
    rig.put(
        "workbook.ron",
        std::fs::read(aside::newest_good(rig.store.disk(), &rig.folder).unwrap()).unwrap(),
    );
    let opened = rig.open();
    assert_eq!((opened.book.seq(), opened.recovered), (0, 0));
    assert_eq!(opened.book.workbook().partners(), []);
}

#[test]
fn a_changed_file_with_an_empty_journal_says_that_undo_stops() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "x"));
    keeper.fold().unwrap();
    drop(keeper);
    rig.put("workbook.ron", String::from_utf8(rig.bytes("workbook.ron")).unwrap().replace("walk", "run"));
    let mut opened = rig.open();
    assert_eq!(opened.notices.len(), 1);
    assert_eq!(undo_all(&mut opened.book), 0);
    assert_eq!(rig.quarantined().len(), 0);
}

#[test]
fn newer_and_unknown_parts_open_to_read_and_nothing_is_dropped() {
    let newer = |from: &str, to: &str| {
        let (rig, _) = killed_in_mid_sentence();
        let text = String::from_utf8(rig.bytes("workbook.ron")).unwrap();
        assert!(text.contains(from), "{text}");
        rig.put("workbook.ron", text.replacen(from, to, 1));
        let before = (rig.bytes("workbook.ron"), rig.bytes("journal.log"), rig.bytes("undo.log"));
        let opened = rig.open();
        let Hold::Reading(why) = opened.hold else { panic!("{to}") };
        assert_eq!((rig.bytes("workbook.ron"), rig.bytes("journal.log"), rig.bytes("undo.log")), before);
        assert_eq!(rig.quarantined().len(), 0);
        why
    };
    let (ours, next) = (format!("format: {FORMAT}"), format!("format: {}", FORMAT + 1));
    assert_eq!(newer(&ours, &next), Why::Newer(FORMAT + 1));
    assert_eq!(
        newer("id: \"us\"", "id: \"us\", mood: Fine"),
        Why::UnknownParts(vec!["workbook.us.mood".into()])
    );
    assert!(matches!(newer("title:", "dreams: [Flying],\ntitle:"), Why::UnknownParts(_)));
}

#[test]
fn a_record_of_a_newer_version_opens_to_read_up_to_it() {
    let (rig, _) = killed_in_mid_sentence();
    let text = "(seq:5,at:\"2025-01-01T00:00:00Z\",act:Weave(threads:3))";
    let line = format!("{} {:08x} {text}\n", text.len(), crc32fast::hash(text.as_bytes()));
    let journal = [rig.bytes("journal.log"), line.into_bytes()].concat();
    rig.put("journal.log", &journal);
    let opened = rig.open();
    assert!(matches!(&opened.hold, Hold::Reading(Why::UnknownParts(parts)) if parts[0].contains("Weave")));
    assert_eq!(super::super::testing::ours(), ours());
    assert_eq!(self::text(&opened.book), "folded in and not\n");
    assert_eq!(rig.bytes("journal.log"), journal);
}

#[test]
fn a_newer_file_that_cannot_be_read_is_left_alone() {
    let rig = Rig::new();
    rig.put("workbook.ron", "(format: 9, leaves: [1, 2])");
    let error = rig.store.open(&rig.folder, super::super::testing::now()).unwrap_err();
    assert!(matches!(error, StoreError::Newer { format: 9, .. }), "{error}");
    assert_eq!(rig.quarantined().len(), 0);
}

#[test]
fn what_a_killed_save_left_is_swept_and_nothing_else() {
    let rig = Rig::new();
    rig.put(".alongside-tmp-workbook.ron-1-2", "half");
    rig.put("notes of mine.txt", "mine");
    let version = rig.file("history").join(".alongside-tmp-20250305T100000Z-000000.ron-1-3");
    std::fs::create_dir_all(rig.file("history")).unwrap();
    std::fs::write(&version, "half").unwrap();
    drop(rig.open());
    assert!(!version.exists());
    assert_eq!(rig.left_behind(), Vec::<String>::new());
    assert_eq!(rig.bytes("notes of mine.txt"), b"mine");
}

#[test]
fn in_a_folder_of_all_windows_only_what_is_a_day_old_is_swept() {
    let rig = Rig::new();
    let root = rig.store.folders().root().to_owned();
    let [old, new, strange] = [".alongside-tmp-first.ron-1-2", ".alongside-tmp-first.ron-1-3", ".other-tmp"];
    let hours =
        |hours: u64| std::time::SystemTime::from(now()) - std::time::Duration::from_secs(hours * 3600);
    for (name, age) in [(old, 25), (new, 23), (strange, 25)] {
        let file = std::fs::File::create(root.join(name)).unwrap();
        file.set_modified(hours(age)).unwrap();
    }
    drop(rig.open());
    assert_eq!([old, new, strange].map(|name| root.join(name).exists()), [false, true, true]);
}

/// Ten thousand edits can be undone after a restart, and the log does not grow without end.
#[test]
fn ten_thousand_edits_can_be_undone_tomorrow() {
    let rig = Rig::of(&Workbook::new(WorkbookId::new("w1"), ""));
    let (mut book, mut keeper) = rig.keeper();
    for _ in 0..4 {
        for _ in 0..10_100 / 4 {
            keeper.take(&type_in(&mut book, "x"));
        }
        keeper.fold().unwrap();
    }
    drop(keeper);
    let mut opened = rig.open();
    assert!(undo_all(&mut opened.book) >= 10_000);
}
