//! For the tests of the store: a store in a folder that goes away, and a person who types.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::date;
use tempfile::TempDir;

use super::fault::FaultyDisk;
use super::keep::Keeper;
use super::open::{Hold, Opened};
use super::{Folders, RealDisk, Store};
use crate::domain::{
    Book, Edit, Partner, PartnerId, QuestionId, Record, Splice, TextPlace, VoiceKey, Workbook, WorkbookId,
};

/// A store on a disk that fails when told to, with one workbook in it.
pub struct Rig {
    pub dir: TempDir,
    pub disk: FaultyDisk,
    pub store: Store,
    pub folder: PathBuf,
}

/// The clock of the tests.
pub fn now() -> Timestamp {
    at(0)
}

/// That many seconds later.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_740_000_000 + seconds).unwrap()
}

impl Rig {
    pub fn new() -> Self {
        Self::of(&Workbook::new(WorkbookId::new("w1"), "The walk"))
    }

    pub fn of(workbook: &Workbook) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::new(Arc::new(RealDisk)).pretending_to_sync();
        let store = Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(disk.clone()));
        let folder = store.workbooks().create(workbook, now()).unwrap();
        Self { dir, disk, store, folder }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.file(name)).unwrap_or_default()
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.file(name), bytes).unwrap();
    }

    pub fn open(&self) -> Opened {
        self.store.open(&self.folder, now()).unwrap()
    }

    pub fn read(&self) -> Opened {
        self.store.read(&self.folder).unwrap()
    }

    /// Opens to write; book and keeper.
    pub fn keeper(&self) -> (Book, Keeper) {
        writing(self.open())
    }

    /// The names in the workbook's folder that no save should leave behind.
    pub fn left_behind(&self) -> Vec<String> {
        let names =
            std::fs::read_dir(&self.folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with('.')).collect()
    }

    pub fn quarantined(&self) -> Vec<Vec<u8>> {
        let Ok(listed) = std::fs::read_dir(self.store.folders().quarantine()) else { return Vec::new() };
        listed.map(|e| std::fs::read(e.unwrap().path()).unwrap()).collect()
    }
}

pub fn writing(opened: Opened) -> (Book, Keeper) {
    match opened.hold {
        Hold::Writing(writing) => (opened.book, *writing.0),
        Hold::Reading(why) => panic!("{why:?}"),
    }
}

/// The voice that the tests type in.
pub fn ours() -> TextPlace {
    TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours)
}

/// Types at the end of our voice; each call is a phrase of its own.
pub fn type_in(book: &mut Book, text: &str) -> Vec<Record> {
    book.end_phrase();
    let end = book.workbook().text(&ours()).unwrap().len();
    let on = Some(date(2025, 3, 5));
    let edit =
        Edit::Splice(Splice { place: ours(), at: end, delete: String::new(), insert: text.into(), on });
    book.act(edit, at(60)).unwrap()
}

pub fn undo(book: &mut Book) -> Vec<Record> {
    vec![book.undo(at(90)).unwrap().0]
}

pub fn redo(book: &mut Book) -> Vec<Record> {
    vec![book.redo(at(90)).unwrap().0]
}

pub fn add_partner(book: &mut Book, name: &str) -> Vec<Record> {
    let partner = Partner::named(PartnerId::new(name), name);
    book.act(Edit::AddPartner { partner: Box::new(partner), place: 9 }, at(70)).unwrap()
}

/// Undoes everything.
pub fn undo_all(book: &mut Book) -> usize {
    std::iter::from_fn(|| book.undo(at(99)).map(|_| ())).count()
}

/// As Dropbox, Syncthing, Nextcloud, ownCloud, OneDrive, Google Drive, iCloud, Seafile, Resilio, Box, Tresorit, Unison,
/// rclone, git, patch, Emacs, Vim, and people who copy by hand name them.
pub const COPIES: [&str; 40] = [
    "workbook (conflicted copy 2026-11-02).ron",
    "workbook (Ana's conflicted copy 2026-11-02).ron",
    "workbook (Ana\u{2019}s conflicted copy 2026-11-02 (1)).ron",
    "workbook (Case Conflict).ron",
    "workbook (Kopie in Konflikt von Ana 2026-11-02).ron",
    "workbook (copie en conflit de Ana 2026-11-02).ron",
    "workbook.sync-conflict-20261102-101500-ABCDEFG.ron",
    "workbook~20261102-101500.ron",
    "workbook (conflicted copy 2026-11-02 101500).ron",
    "workbook_conflict-20261102-101500.ron",
    "workbook (conflict 2026-11-02-10-15-00).ron",
    "workbook-LAPTOP-7Q2K.ron",
    "workbook-Anas MacBook Pro.ron",
    "workbook (1).ron",
    "workbook(1).ron",
    "workbook 2.ron",
    "workbook copy.ron",
    "workbook copy 2.ron",
    "Copy of workbook.ron",
    "Kopie von workbook.ron",
    "workbook - Copy.ron",
    "workbook - Copy (2).ron",
    "workbook (SFConflict ana@hub.example 2026-11-02-10-15-00).ron",
    "workbook.Conflict.ron",
    "workbook (Box conflict 2026-11-02).ron",
    "workbook (ana's version).ron",
    "workbook (Conflicting copy from Ana on 2 Nov 2026).ron",
    "workbook.conflict1.ron",
    "workbook.conflict2.ron",
    "workbook.ron.conflict1",
    "workbook.ron.orig",
    "workbook.ron.rej",
    "workbook.ron.bak",
    "workbook.ron~",
    "workbook.ron.old",
    "workbook_BASE_1234.ron",
    "workbook_REMOTE_1234.ron",
    "WORKBOOK.RON.OLD",
    "workbook.ron.save",
    "old-workbook.ron",
];
