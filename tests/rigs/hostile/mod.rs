//! What hostile bytes may not do, as plain functions of the bytes: `tests/rigs/fuzzed.rs` runs them over the kept corpus
//! and its mutations, `fuzz/` under a fuzzer that watches which code is reached.
//!
//! Each body puts the bytes where the program will read them and then does what a person would. It panics where the program
//! does, where something is written over that could not be read, or where a refusal has no words.

// each of the two uses its own part of this
#![allow(dead_code)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod disk;
pub mod keys;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use alongside::content::Content;
use alongside::domain::{
    Book, Edit, IdSource, QuestionId, Splice, TextPlace, VoiceKey, Workbook, WorkbookId,
};
use alongside::store::format::parse_workbook_bytes;
use alongside::store::{Folders, Hold, OnConflict, Opened, Store, StoreError, Writer, write_workbook};
use jiff::Timestamp;

use disk::MemoryDisk;

/// A body by its name; its corpus is the folder of that name.
pub type Body = fn(&[u8]);

/// All bodies that know no screen.
pub const BODIES: &[(&str, Body)] = &[
    ("workbook", workbook),
    ("journal", journal),
    ("undo", undo),
    ("import", import),
    ("settings", settings),
    ("wording", wording),
    ("inbox", inbox),
    ("beside", beside),
];

/// Where everything is kept.
const ROOT: &str = "/root";

struct Rig {
    disk: MemoryDisk,
    store: Store,
    folder: PathBuf,
}

/// The clock of all bodies.
fn now() -> Timestamp {
    Timestamp::from_second(1_760_000_000).unwrap()
}

impl Rig {
    /// A store with one workbook, of which an earlier version is kept, and some steps that can be undone.
    fn new() -> Self {
        let disk = MemoryDisk::default();
        let store = Store::with_disk(Folders::at(ROOT), Arc::new(disk.clone()));
        let folder = store.workbooks().create(&a_workbook(), now()).unwrap();
        let rig = Self { disk, store, folder };
        rig.write_on(rig.open().unwrap());
        rig
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn held(&self, name: &str) -> Vec<u8> {
        self.disk.files().remove(&self.file(name)).unwrap_or_default()
    }

    fn open(&self) -> Result<Opened, StoreError> {
        self.store.open(&self.folder, now())
    }

    /// Types a word and leaves.
    fn write_on(&self, opened: Opened) -> Option<Workbook> {
        let (mut book, writing) = opened.to_write().ok()?;
        let (reports, _heard) = std::sync::mpsc::channel();
        let writer = Writer::start(writing, reports, Box::new(|| ())).unwrap();
        let records = typed(&mut book);
        let seq = book.seq();
        writer.append(records);
        assert!(writer.wait_kept(seq, Duration::from_secs(20)), "not kept");
        writer.close().unwrap();
        Some(book.workbook().clone())
    }

    /// Opens to write, writes on and comes back: what was written is there, and what could not be read is somewhere.
    fn visit(&self) {
        let before = self.disk.files();
        // reading writes nothing
        let read = self.store.read(&self.folder);
        assert_eq!(self.disk.files(), before, "reading wrote something");
        match self.open() {
            Ok(opened) => {
                let readable = read.unwrap().book.workbook().clone();
                assert!(*opened.book.workbook() == readable, "opened to write it says something else");
                let title = opened.book.workbook().title().to_owned();
                Content::new();
                if let Some(written) = self.write_on(opened) {
                    let again = self.open().unwrap_or_else(|error| panic!("{title:?}: {error}"));
                    assert!(*again.book.workbook() == written, "what was written is not there");
                }
            }
            Err(error) => {
                said(&error);
                let after = self.disk.files();
                for (path, bytes) in &before {
                    assert!(after.get(path) == Some(bytes), "{} was changed", path.display());
                }
                self.rescue();
            }
        }
        for finding in self.store.check() {
            assert!(!finding.what.is_empty() && !finding.advice.is_empty());
        }
    }

    /// What could be had of it makes a workbook that opens.
    fn rescue(&self) {
        match self.store.look_to_rescue(&self.folder, None) {
            Ok(rescue) => {
                let made = self.store.workbooks().rescue(&rescue, &IdSource::new(5), now());
                match made {
                    Ok(folder) => drop(self.store.read(&folder).unwrap()),
                    Err(error) => said(&error),
                }
            }
            Err(error) => said(&error),
        }
    }
}

/// Holds that an error has words, and nothing in them that acts on a terminal.
fn said(error: &StoreError) {
    let words = format!("{error} {}", error.hint());
    assert!(words.trim().len() > 10, "{words:?}");
    // paths and names stand in errors as they are; what prints them cleans them
    assert!(words.len() < 20_000, "an error of {} bytes", words.len());
}

fn place() -> TextPlace {
    TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours)
}

fn typed(book: &mut Book) -> Vec<alongside::domain::Record> {
    let at = book.workbook().text(&place()).map_or(0, str::len);
    let splice = Splice { place: place(), at, delete: String::new(), insert: " and on".into(), on: None };
    book.end_phrase();
    // a text at its limit takes no more; then there is something else to change
    book.act(Edit::Splice(splice), now())
        .or_else(|_| book.act(Edit::SetPrivate { question: QuestionId::new("SCO-2"), to: true }, now()))
        .unwrap_or_default()
}

fn a_workbook() -> Workbook {
    let mut workbook = Workbook::new(WorkbookId::new("w1"), "The walk");
    for (n, text) in ["People who cannot see the rooms want to walk them.", "A \"#\" in it\nand two lines"]
        .into_iter()
        .enumerate()
    {
        let place = TextPlace::Voice(QuestionId::new(format!("SCO-{}", n + 1)), VoiceKey::Ours);
        let splice = Splice { place, at: 0, delete: String::new(), insert: text.into(), on: None };
        workbook.apply(Edit::Splice(splice)).unwrap();
    }
    workbook
}

/// `workbook.ron`, whatever it holds.
pub fn workbook(bytes: &[u8]) {
    let rig = Rig::new();
    if let Ok(file) = parse_workbook_bytes(bytes)
        && file.unknown.is_empty()
    {
        let text =
            write_workbook(&file.workbook, file.seq, file.changed).expect("what was read can be written");
        assert!(parse_workbook_bytes(text.as_bytes()).unwrap().workbook == file.workbook);
    }
    rig.disk.put(&rig.file("workbook.ron"), bytes);
    rig.visit();
    let kept = rig.disk.files().into_values().any(|held| held == bytes);
    assert!(kept, "what was there is nowhere any more");
}

/// `journal.log`. Where the first byte is odd, each line is given the length and checksum that it should have.
pub fn journal(bytes: &[u8]) {
    let rig = Rig::new();
    rig.disk.put(&rig.file("journal.log"), &framed(bytes));
    rig.visit();
}

/// `undo.log`, in the same way; after it everything is undone and done again.
pub fn undo(bytes: &[u8]) {
    let rig = Rig::new();
    let whole = rig.held("undo.log");
    let log = framed(bytes);
    // before what belongs there, or instead of it
    let log = if bytes.len().is_multiple_of(2) { [log, whole].concat() } else { log };
    rig.disk.put(&rig.file("undo.log"), &log);
    rig.visit();
    if let Ok(mut opened) = rig.store.read(&rig.folder) {
        let before = opened.book.workbook().clone();
        let steps = std::iter::from_fn(|| opened.book.undo(now()).map(|_| ())).take(20_000).count();
        (0..steps).for_each(|_| _ = opened.book.redo(now()));
        // hostile steps may not fit; they may do no harm
        drop(before);
    }
}

/// Lines with the length and checksum that they should have, where the first byte is odd; else the bytes as they are.
pub fn framed(bytes: &[u8]) -> Vec<u8> {
    match bytes.split_first() {
        Some((first, rest)) if first % 2 == 1 => rest
            .split(|b| *b == b'\n')
            .filter(|line| !line.is_empty())
            .flat_map(|line| {
                let head = format!("{} {:08x} ", line.len(), crc32fast::hash(line));
                [head.as_bytes(), line, b"\n"].concat()
            })
            .collect(),
        Some((_, rest)) => rest.to_vec(),
        None => Vec::new(),
    }
}

/// A file that is brought in: a workbook, a backup, or neither. Nothing is ever written outside the folder.
pub fn import(bytes: &[u8]) {
    let rig = Rig::new();
    let file = Path::new("/elsewhere/in.ron");
    rig.disk.put(file, bytes);
    let before = rig.disk.files();
    let library = rig.store.workbooks();
    match library.read_import(file) {
        Err(error) => {
            said(&error);
            assert_eq!(rig.disk.files(), before, "what was refused left something");
        }
        Ok(import) => {
            let on_conflict = [OnConflict::Beside, OnConflict::Skip, OnConflict::Replace][bytes.len() % 3];
            match library.import(import, on_conflict, &mut IdSource::new(9), now()) {
                Err(error) => said(&error),
                Ok(brought) => {
                    for folder in brought.folders {
                        assert!(folder.starts_with(ROOT), "{}", folder.display());
                    }
                }
            }
            let outside = rig.disk.files().into_keys().filter(|path| !path.starts_with(ROOT));
            assert_eq!(outside.collect::<Vec<_>>(), [file.to_owned()], "something was written outside");
            let inside = |path: &Path| path.components().all(|c| c != std::path::Component::ParentDir);
            assert!(rig.disk.files().keys().all(|path| inside(path)));
        }
    }
    let _ = rig.store.workbooks().entries();
    for finding in rig.store.check() {
        assert!(!finding.advice.is_empty());
    }
}

/// `settings.ron`: what cannot be read is left as it is, also when something is to be kept.
pub fn settings(bytes: &[u8]) {
    let rig = Rig::new();
    let file = rig.store.folders().settings();
    rig.disk.put(&file, bytes);
    match rig.store.settings() {
        Ok(settings) => {
            if rig.store.save_settings(&settings).is_ok() {
                assert_eq!(rig.store.settings().unwrap(), settings);
            }
        }
        Err(error) => {
            said(&error);
            assert!(rig.store.save_settings(&Default::default()).is_err());
            assert_eq!(rig.disk.files()[&file], bytes);
        }
    }
}

/// A person's own wording.
pub fn wording(bytes: &[u8]) {
    let rig = Rig::new();
    rig.disk.put(&rig.store.folders().content().join("own.ron"), bytes);
    let (good, bad) = rig.store.wording();
    assert!(bad.iter().all(|words| words.len() > 10));
    let content = Content::with_wording(good);
    assert!(content.questions().count() > 100);
    rig.store.check();
}

/// A note in the inbox.
pub fn inbox(bytes: &[u8]) {
    let rig = Rig::new();
    let file = rig.store.folders().inbox().join("20251110T140300.000000Z-1.ron");
    rig.disk.put(&file, bytes);
    let inbox = rig.store.inbox();
    for waiting in inbox.list().unwrap() {
        match &waiting.jot {
            Ok(jot) => assert!(!jot.text.is_empty() || jot.text.is_empty()),
            Err(words) => assert!(!words.is_empty()),
        }
        let _ = inbox.address(waiting.name(), &WorkbookId::new("w1"));
        let name = waiting.name().to_owned();
        let _ = inbox.bin(&name);
    }
    let kept = rig.disk.files().into_values().any(|held| held == bytes);
    let addressed = inbox.list().unwrap().is_empty();
    assert!(kept || addressed, "the note is nowhere any more");
    rig.store.check();
}

/// What stands beside a workbook and may be missing: where the person was, words of no workbook yet, caches, a request, an
/// earlier version.
pub fn beside(bytes: &[u8]) {
    let rig = Rig::new();
    let root = Path::new(ROOT);
    let names =
        [root.join("drafts.ron"), root.join("index.ron"), root.join("first.ron"), rig.file("place.ron")];
    for path in &names {
        rig.disk.put(path, bytes);
    }
    rig.disk.put(&rig.file("wanted.ron"), bytes);
    rig.disk.put(&rig.file("lock"), bytes);
    rig.disk.put(&rig.file("history").join("20250101T000000Z-0.ron"), bytes);
    rig.disk.put(&rig.file("workbook (conflicted copy).ron"), bytes);
    let library = rig.store.workbooks();
    drop(rig.store.drafts());
    drop(library.first_rows(24));
    library.entries().unwrap();
    rig.visit();
    if let Ok(past) = rig.store.past(&rig.folder) {
        for version in past.versions() {
            let _ = past.read(version);
        }
        past.days(&jiff::tz::TimeZone::UTC);
        let _ = past.at(now());
    }
    // a removal of somebody's details that was interrupted
    rig.disk.put(&rig.file("erasing.ron"), bytes);
    match rig.open() {
        Ok(opened) => assert!(matches!(opened.hold, Hold::Writing(_) | Hold::Reading(_))),
        Err(error) => said(&error),
    }
}
