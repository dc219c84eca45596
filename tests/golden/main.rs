//! Files of every format that was ever written, kept as they were. Each must open for ever, and mean what it meant.
//!
//! `format-1/`, `format-2/` and `format-3/` were each written once, by the program, from the [`story`] of that format: a workbook with
//! every kind of record, folded with its history in `undo.log`, and a few records after that in `journal.log`. A format
//! that changes gets a folder of its own: raise `FORMAT`, tell a story beside those that are there, then run
//! `ALONGSIDE_GOLDEN=write cargo test --test golden`, which writes over nothing. Until a format is released its folder may
//! be deleted and written anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod first;
mod second;
mod third;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use alongside::domain::*;
use alongside::store::format::{FORMAT, parse_workbook, write_workbook};
use alongside::store::{Folders, Hold, RealDisk, Report, Store, Writer};
use jiff::Timestamp;
use jiff::civil::{Date, date};

const FILES: [&str; 3] = ["workbook.ron", "journal.log", "undo.log"];
const DAY: Date = date(2025, 3, 14);

fn golden(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("format-{format}"))
}

/// Every format that was ever written.
fn formats() -> impl Iterator<Item = u32> {
    1..=FORMAT
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_741_944_600 + 60 * minute).unwrap()
}

/// The name of an edit in a file. A new one belongs into the story, and into the files, of a new format.
fn name(edit: &Edit) -> &'static str {
    match edit {
        Edit::Splice(_) => "Splice",
        Edit::SetHeard { .. } => "SetHeard",
        Edit::SetAccords { .. } => "SetAccords",
        Edit::SetNotForUs { .. } => "SetNotForUs",
        Edit::SetPrivate { .. } => "SetPrivate",
        Edit::SetToShare { .. } => "SetToShare",
        Edit::KeepVersion { .. } => "KeepVersion",
        Edit::DropVersion { .. } => "DropVersion",
        Edit::AddPartner { .. } => "AddPartner",
        Edit::TakeBackPartner { .. } => "TakeBackPartner",
        Edit::AddPerson { .. } => "AddPerson",
        Edit::TakeBackPerson { .. } => "TakeBackPerson",
        Edit::BinPartner { .. } => "BinPartner",
        Edit::BinPerson { .. } => "BinPerson",
        Edit::Restore { .. } => "Restore",
        Edit::BinAgain { .. } => "BinAgain",
        Edit::ChangeBin { .. } => "ChangeBin",
        Edit::ChangeState(_) => "ChangeState",
        Edit::TakeBackState => "TakeBackState",
        Edit::SetState { .. } => "SetState",
        Edit::SetReopened { .. } => "SetReopened",
        Edit::SetLookAgain { .. } => "SetLookAgain",
        Edit::SetPartner(_) => "SetPartner",
        Edit::SetPerson(_) => "SetPerson",
        Edit::AddRecord { .. } => "AddRecord",
        Edit::TakeBackRecord { .. } => "TakeBackRecord",
        Edit::SetRecord(_) => "SetRecord",
        Edit::BinRecord { .. } => "BinRecord",
        Edit::AddLine { .. } => "AddLine",
        Edit::TakeBackLine { .. } => "TakeBackLine",
        Edit::SetLine { .. } => "SetLine",
        Edit::BinLine { .. } => "BinLine",
    }
}

/// The book at its beginning.
fn start() -> Workbook {
    Workbook::new(WorkbookId::new("golden"), "The tiles:")
}

/// The book at its end, and its records: those that are folded, and those that are not.
fn story(format: u32) -> (Book, Vec<Record>, Vec<Record>) {
    let parts = match format {
        1 => [first::folded(), first::unfolded()],
        2 => [second::folded(), second::unfolded()],
        _ => [third::folded(), third::unfolded()],
    };
    let mut book = Book::new(start(), 0);
    let mut records = [Vec::new(), Vec::new()];
    let mut minute = 0;
    for (part, steps) in parts.into_iter().enumerate() {
        for step in steps {
            minute += 1;
            records[part].extend(book.act_all(step, at(minute)).unwrap());
        }
        // history holds undoing and doing again
        records[part].push(book.undo(at(minute + 1)).unwrap().0);
        records[part].push(book.undo(at(minute + 2)).unwrap().0);
        records[part].push(book.redo(at(minute + 3)).unwrap().0);
        minute += 3;
    }
    let [first, second] = records;
    (book, first, second)
}

fn store(dir: &Path) -> Store {
    Store::with_disk(Folders::at(dir.join("root")), Arc::new(RealDisk))
}

/// A copy of the golden files, as a workbook in a store of its own.
fn copied(format: u32, dir: &Path) -> (Store, PathBuf) {
    let store = store(dir);
    let folder = store.folders().workbooks().join("the-tiles-golden");
    std::fs::create_dir_all(&folder).unwrap();
    for file in FILES {
        std::fs::copy(golden(format).join(file), folder.join(file)).unwrap();
    }
    (store, folder)
}

fn writer(store: &Store, folder: &Path) -> (Book, Writer, std::sync::mpsc::Receiver<Report>) {
    let opened = store.open(folder, at(100)).unwrap();
    let Hold::Writing(writing) = opened.hold else { panic!("{:?}", opened.hold) };
    let (reports, heard) = channel();
    (opened.book, Writer::start(writing, reports, Box::new(|| {})).unwrap(), heard)
}

/// Writes the golden files of the format that is written now, where there are none.
fn write() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(dir.path());
    let folder = store.workbooks().create(&start(), at(0)).unwrap();
    let (_, writer, heard) = writer(&store, &folder);
    let (_, first, second) = story(FORMAT);
    writer.append(first);
    writer.fold();
    while !matches!(heard.recv_timeout(Duration::from_secs(30)).unwrap(), Report::Folded { .. }) {}
    let last = second.last().unwrap().seq;
    writer.append(second);
    assert!(writer.wait_kept(last, Duration::from_secs(30)));
    let golden = golden(FORMAT);
    assert!(!golden.exists(), "{} is there: what was written stays as it is", golden.display());
    std::fs::create_dir_all(&golden).unwrap();
    for file in FILES {
        std::fs::copy(folder.join(file), golden.join(file)).unwrap();
    }
}

#[test]
fn each_story_has_every_kind_of_edit_of_its_format() {
    for (format, kinds) in [(1, 18), (2, 31), (3, 32)] {
        let (_, first, second) = story(format);
        let text = |file| std::fs::read_to_string(golden(format).join(file)).unwrap();
        let logs = text("undo.log") + &text("journal.log");
        let mut told = std::collections::BTreeSet::new();
        for record in first.iter().chain(&second) {
            if let Act::Do { edit, inverse, .. } = &record.act {
                told.extend([name(edit), name(inverse)]);
            }
        }
        assert_eq!(told.len(), kinds, "{told:?}");
        for name in told {
            assert!(logs.contains(name), "{name} is not in the files of format {format}");
        }
        assert!(logs.contains("Undo") && logs.contains("Redo"));
    }
}

#[test]
fn the_story_of_today_has_every_family_of_records_and_each_in_the_bin() {
    let (book, _, _) = story(FORMAT);
    let file = std::fs::read_to_string(golden(FORMAT).join("workbook.ron")).unwrap();
    for family in Family::ALL {
        let binned = |b: &Binned| matches!(b, Binned::Record { record, .. } if record.family() == *family);
        assert!(book.workbook().bin().iter().any(binned), "no {family:?} in the bin");
        assert!(file.contains(&format!("{family:?}(")), "{family:?} is not in the bin of the file");
    }
    for list in ["calls", "promises", "words", "touch_points", "legacies", "look_again", "bin"] {
        assert!(file.contains(&format!("\n        {list}: ")), "{list} is not in the file");
    }
    for family in Family::ALL {
        assert!(book.workbook().how_many(*family) > 0, "no {family:?}");
        // nothing of a record is left out of the story; those of the stories before it say less
        let records = book.workbook().records(*family);
        for record in records.iter().filter(|record| record.id().as_str().starts_with(family.name())) {
            let empty = |field: &&RecordField| record.value(**field).is_none_or(|value| value.is_empty());
            assert_eq!(family.fields().iter().find(empty), None, "{family:?}");
        }
    }
}

#[test]
fn the_files_open_and_mean_what_they_meant() {
    if std::env::var("ALONGSIDE_GOLDEN").is_ok_and(|wish| wish == "write") {
        write();
    }
    for format in formats() {
        let dir = tempfile::tempdir().unwrap();
        let (store, folder) = copied(format, dir.path());
        let (expected, _, second) = story(format);
        let mut opened = store.open(&folder, at(100)).unwrap();
        assert!(matches!(opened.hold, Hold::Writing(_)), "{:?}", opened.hold);
        assert_eq!(opened.notices, Vec::<String>::new());
        assert_eq!((opened.recovered, opened.book.seq()), (second.len(), expected.seq()));
        assert_eq!(opened.book.workbook(), expected.workbook());
        // everything can still be undone, to the very beginning
        while opened.book.undo(at(101)).is_some() {}
        assert_eq!(*opened.book.workbook(), start());
    }
}

#[test]
fn the_file_of_today_is_written_again_byte_for_byte() {
    let text = std::fs::read_to_string(golden(FORMAT).join("workbook.ron")).unwrap();
    let file = parse_workbook(&text).unwrap();
    assert_eq!(file.format, FORMAT);
    assert_eq!(file.unknown, Vec::<String>::new());
    let again = write_workbook(&file.workbook, file.seq, file.changed).unwrap();
    assert_eq!(again, text);
}

#[test]
fn what_the_journal_held_is_folded_on_leaving_in_the_format_of_today() {
    for format in formats() {
        let dir = tempfile::tempdir().unwrap();
        let (store, folder) = copied(format, dir.path());
        let (expected, _, second) = story(format);
        let (_, writer, _heard) = writer(&store, &folder);
        writer.close().unwrap();
        let text = std::fs::read_to_string(folder.join("workbook.ron")).unwrap();
        let changed = second.last().map(|record| record.at);
        assert_eq!(text, write_workbook(expected.workbook(), expected.seq(), changed).unwrap());
        assert!(text.contains(&format!("format: {FORMAT},")), "format {format} is not brought up to date");
        assert_eq!(std::fs::read_to_string(folder.join("journal.log")).unwrap(), "");
        // and after that everything can still be undone
        let mut opened = store.open(&folder, at(102)).unwrap();
        assert_eq!(opened.book.workbook(), expected.workbook());
        while opened.book.undo(at(103)).is_some() {}
        assert_eq!(*opened.book.workbook(), start());
    }
}
