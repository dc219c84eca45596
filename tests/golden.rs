//! Files of every format that was ever written, kept as they were. Each must open for ever, and mean what it meant.
//!
//! `golden/format-1/` was written once, by the program, from [`story`]: a workbook with every kind of record, folded with
//! its history in `undo.log`, and a few records after that in `journal.log`. A format that changes gets a folder of its
//! own: raise `FORMAT`, tell the new records in `story`, then run
//! `ALONGSIDE_GOLDEN=write cargo test --test golden`, which writes over nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use alongside::domain::{
    Accord, Book, Edit, Heard, Partner, PartnerField, PartnerId, PartnershipState, Person, PersonField,
    PersonId, QuestionId, Record, Source, Splice, StateChange, TextPlace, Version, VoiceKey, Workbook,
    WorkbookId,
};
use alongside::store::format::{FORMAT, parse_workbook, write_workbook};
use alongside::store::{Folders, Hold, RealDisk, Report, Store, Writer};
use jiff::Timestamp;
use jiff::civil::{Date, date};

const FILES: [&str; 3] = ["workbook.ron", "journal.log", "undo.log"];
const DAY: Date = date(2025, 3, 14);

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("format-{FORMAT}"))
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_741_944_600 + 60 * minute).unwrap()
}

/// The name of an edit in a file. A new one belongs into [`story`], and into the files of a new format.
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

fn splice(place: TextPlace, at: usize, delete: &str, insert: &str) -> Edit {
    let on = matches!(place, TextPlace::Voice(..)).then_some(DAY);
    Edit::Splice(Splice { place, at, delete: delete.into(), insert: insert.into(), on })
}

fn voice(question: &str, voice: VoiceKey) -> TextPlace {
    TextPlace::Voice(QuestionId::new(question), voice)
}

fn heard(question: &str, partner: &str, heard: Heard, person: Option<&str>, source: Source) -> Edit {
    let (question, partner) = (QuestionId::new(question), PartnerId::new(partner));
    let person = person.map(PersonId::new);
    Edit::SetHeard { question, partner, heard, checked: Some(DAY), person, source }
}

/// What is folded: every kind of record there is.
fn folded() -> Vec<Vec<Edit>> {
    let (museum, library) = (PartnerId::new("museum"), PartnerId::new("library"));
    let theirs = |id: &PartnerId| VoiceKey::Theirs(id.clone());
    let first = QuestionId::new("SCO-1");
    let partner = |id: &PartnerId, name: &str| Partner {
        kind: "charity".into(),
        reach: "the desk, after four".into(),
        busy: "July".into(),
        ..Partner::named(id.clone(), name)
    };
    let person = |id: &str, partner: &PartnerId, name: &str| Person {
        role: "curator".into(),
        reach: "by phone".into(),
        deputy_for: "Dele".into(),
        ..Person::named(PersonId::new(id), partner.clone(), name)
    };
    let version =
        |text: &str| Version { voice: VoiceKey::Ours, on: Some(DAY), until: DAY, text: text.into() };
    let state = |state, why: &str| {
        let (ours, theirs, decided_by) = (why.into(), "The same, from there.".into(), "Rosa".into());
        Edit::ChangeState(StateChange { state, on: DAY, ours, theirs, decided_by, pause: None })
    };
    let us = |field, text| splice(TextPlace::Partner(PartnerId::us(), field), 0, "", text);
    vec![
        vec![splice(TextPlace::Title, 10, "", " with \"City\" Museum")],
        vec![splice(TextPlace::Purpose, 0, "", "Ten things to know by hand.")],
        vec![us(PartnerField::Name, "Walking by Touch"), us(PartnerField::Busy, "May to July")],
        vec![Edit::AddPartner { partner: partner(&museum, "City Museum"), place: 0 }],
        vec![Edit::AddPartner { partner: partner(&library, "Bibliothèque 日本"), place: 5 }],
        vec![Edit::AddPerson { person: person("helen", &museum, "Helen"), place: 0 }],
        vec![Edit::AddPerson { person: person("wim", &library, "Wim"), place: 1 }],
        vec![splice(TextPlace::Person(PersonId::new("wim"), PersonField::Role), 0, "curator", "evenings")],
        vec![splice(voice("SCO-1", VoiceKey::Ours), 0, "", "We want in,\nwith our hands. \"#\\ e\u{301} 👩‍👩‍👧")],
        vec![
            splice(voice("SCO-1", VoiceKey::Ours), 0, "We want in", "We go in"),
            Edit::KeepVersion { question: first.clone(), version: version("Audio for all.\n\tLike others.") },
        ],
        vec![splice(voice("SCO-1", theirs(&museum)), 0, "", "Low shelves, now.")],
        vec![heard(
            "SCO-1",
            "museum",
            Heard::Agreed,
            Some("helen"),
            Source::Said("the call of 14 March".into()),
        )],
        vec![splice(voice("SCO-1", VoiceKey::Agreed), 0, "", "Ten objects.")],
        vec![Edit::SetAccords {
            question: first.clone(),
            accords: vec![
                Accord { partner: museum.clone(), person: Some(PersonId::new("helen")), on: DAY },
                Accord { partner: library.clone(), person: None, on: DAY },
            ],
        }],
        vec![splice(voice("SCO-2", theirs(&library)), 0, "", "We doubt it.")],
        vec![heard("SCO-2", "library", Heard::Disputed, None, Source::ByHand)],
        vec![heard("SCO-3", "library", Heard::Asked, None, Source::ByHand)],
        vec![Edit::SetNotForUs { question: QuestionId::new("SCO-5"), to: true }],
        vec![Edit::SetPrivate { question: QuestionId::new("SCO-2"), to: true }],
        vec![Edit::SetToShare { question: first.clone(), to: true }],
        vec![Edit::KeepVersion { question: first.clone(), version: version("To be dropped.") }],
        vec![Edit::DropVersion { question: first }],
        vec![Edit::BinPerson { person: PersonId::new("wim"), on: DAY }],
        vec![Edit::BinPartner { partner: library, on: DAY }],
        vec![Edit::BinPartner { partner: museum, on: DAY }],
        vec![Edit::Restore { from: 2 }],
        vec![state(PartnershipState::Pilot, "Two afternoons, then we see.")],
        vec![state(PartnershipState::Active, "They ran over.")],
    ]
}

/// What came after that, and is in the journal alone.
fn unfolded() -> Vec<Vec<Edit>> {
    vec![
        vec![splice(TextPlace::Title, 0, "", "The ")],
        vec![splice(voice("FIN-2", VoiceKey::Ours), 0, "", "Through the walks.")],
        vec![splice(voice("FIN-2", VoiceKey::Ours), 18, "", "\nAnd the bus.")],
    ]
}

/// The book at its beginning.
fn start() -> Workbook {
    Workbook::new(WorkbookId::new("golden"), "The tiles:")
}

/// The book at its end, and its records: those that are folded, and those that are not.
fn story() -> (Book, Vec<Record>, Vec<Record>) {
    let mut book = Book::new(start(), 0);
    let mut records = [Vec::new(), Vec::new()];
    let mut minute = 0;
    for (part, steps) in [folded(), unfolded()].into_iter().enumerate() {
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
fn copied(dir: &Path) -> (Store, PathBuf) {
    let store = store(dir);
    let folder = store.folders().workbooks().join("the-tiles-golden");
    std::fs::create_dir_all(&folder).unwrap();
    for file in FILES {
        std::fs::copy(golden().join(file), folder.join(file)).unwrap();
    }
    (store, folder)
}

fn writer(store: &Store, folder: &Path) -> (Book, Writer, std::sync::mpsc::Receiver<Report>) {
    let opened = store.open(folder, at(100)).unwrap();
    let Hold::Writing(writing) = opened.hold else { panic!("{:?}", opened.hold) };
    let (reports, heard) = channel();
    (opened.book, Writer::start(writing, reports, Box::new(|| {})).unwrap(), heard)
}

/// Writes the golden files, where there are none.
fn write() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(dir.path());
    let folder = store.library().create(&start(), at(0)).unwrap();
    let (_, writer, heard) = writer(&store, &folder);
    let (_, first, second) = story();
    writer.append(first);
    writer.fold();
    while !matches!(heard.recv_timeout(Duration::from_secs(30)).unwrap(), Report::Folded { .. }) {}
    let last = second.last().unwrap().seq;
    writer.append(second);
    assert!(writer.wait_kept(last, Duration::from_secs(30)));
    assert!(!golden().exists(), "{} is there: what was written stays as it is", golden().display());
    std::fs::create_dir_all(golden()).unwrap();
    for file in FILES {
        std::fs::copy(folder.join(file), golden().join(file)).unwrap();
    }
}

#[test]
fn the_story_has_every_kind_of_record() {
    let (_, first, second) = story();
    let text = |file| std::fs::read_to_string(golden().join(file)).unwrap();
    let logs = text("undo.log") + &text("journal.log");
    let mut told = std::collections::BTreeSet::new();
    for record in first.iter().chain(&second) {
        if let alongside::domain::Act::Do { edit, inverse, .. } = &record.act {
            told.extend([name(edit), name(inverse)]);
        }
    }
    assert_eq!(told.len(), 18, "{told:?}");
    for name in told {
        assert!(logs.contains(name), "{name} is not in the files");
    }
    assert!(logs.contains("Undo") && logs.contains("Redo"));
}

#[test]
fn the_files_open_and_mean_what_they_meant() {
    if std::env::var("ALONGSIDE_GOLDEN").is_ok_and(|wish| wish == "write") {
        write();
    }
    let dir = tempfile::tempdir().unwrap();
    let (store, folder) = copied(dir.path());
    let (expected, _, second) = story();
    let mut opened = store.open(&folder, at(100)).unwrap();
    assert!(matches!(opened.hold, Hold::Writing(_)), "{:?}", opened.hold);
    assert_eq!(opened.notices, Vec::<String>::new());
    assert_eq!((opened.recovered, opened.book.seq()), (second.len(), expected.seq()));
    assert_eq!(opened.book.workbook(), expected.workbook());
    // everything can still be undone, to the very beginning
    while opened.book.undo(at(101)).is_some() {}
    assert_eq!(*opened.book.workbook(), start());
}

#[test]
fn the_file_is_written_again_byte_for_byte() {
    let text = std::fs::read_to_string(golden().join("workbook.ron")).unwrap();
    let file = parse_workbook(&text).unwrap();
    assert_eq!(file.format, FORMAT);
    assert_eq!(file.unknown, Vec::<String>::new());
    let again = write_workbook(&file.workbook, file.seq, file.changed).unwrap();
    assert_eq!(again, text);
}

#[test]
fn what_the_journal_held_is_folded_on_leaving() {
    let dir = tempfile::tempdir().unwrap();
    let (store, folder) = copied(dir.path());
    let (expected, _, second) = story();
    let (_, writer, _heard) = writer(&store, &folder);
    writer.close().unwrap();
    let text = std::fs::read_to_string(folder.join("workbook.ron")).unwrap();
    let changed = second.last().map(|record| record.at);
    assert_eq!(text, write_workbook(expected.workbook(), expected.seq(), changed).unwrap());
    assert_eq!(std::fs::read_to_string(folder.join("journal.log")).unwrap(), "");
}
