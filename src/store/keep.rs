//! What the writer thread does to the disk, step by step: append, sync, fold, mend.
//!
//! The keeper has its own replica of the book, made by replaying the records it is given, so that folding needs nothing
//! from the screen. Everything that is not yet on the disk is in its memory; any step may fail, and may be tried again.
//! It knows no thread and no time; see `writer.rs`.
//!
//! The fold, and what a crash leaves behind at each step (opening finishes it):
//!
//! ```text
//! 1  workbook.ron anew under a temporary name, synced, read back     a stale file, swept
//! 2  the old one into history/                                       the same, and a copy
//! 3  the journal says that it is folded into the file of that print  a mark that matches no file: passed over
//! 4  the new one takes the name; the folder is synced                a journal whose mark matches: nothing to replay
//! 5  the journal's lines go to the end of undo.log; synced           the same, twice: counts once
//! 6  the journal is emptied                                          —
//! ```

mod outside;
mod room;
mod syncing;

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;

use super::disk::{Disk, DiskFile, DiskLock};
use super::error::StoreError;
use super::index;
use super::journal::{self, Mark, Print};
use super::library::Entry;
use super::place::{self, Place};
use super::save::{self, Temporary};
use super::{Store, aside, format, paths};
use crate::domain::{Book, Record};
pub(super) use outside::Outside;
use room::Room;
pub(super) use syncing::Synced;

/// What a keeper goes on from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Progress {
    /// Last record that `workbook.ron` holds.
    folded: u64,
    /// Last record that the system has, so that the program may be killed.
    kept: u64,
    /// Last record that the disk has, so that the power may fail.
    synced: u64,
}

/// What opening found, for a keeper to go on from.
#[derive(Debug, Default)]
pub(super) struct Start {
    /// Last record that `workbook.ron` holds.
    pub folded: u64,
    /// The print of `workbook.ron`.
    pub print: Print,
    /// When the workbook last changed.
    pub changed: Option<Timestamp>,
    /// The lines of the journal that count.
    pub lines: Vec<u8>,
    /// The journal holds something else than `lines`.
    pub anew: bool,
    /// Bytes that are to go to quarantine before the journal is written anew.
    pub aside: Option<Vec<u8>>,
}

/// Keeps one workbook that is open for writing.
#[derive(Debug)]
pub(super) struct Keeper {
    store: Store,
    folder: PathBuf,
    /// `workbook.ron`, links resolved.
    file: PathBuf,
    started: Timestamp,
    book: Book,
    changed: Option<Timestamp>,
    progress: Progress,
    /// The print of `workbook.ron` as we left it.
    print: Print,
    /// The journal, once something was to be written in it.
    journal: Option<Box<dyn DiskFile>>,
    /// What the journal is to hold.
    lines: Vec<u8>,
    /// How much of it was written.
    written: usize,
    /// The journal holds something else, or a sync of it failed: it must be written under another name.
    anew: bool,
    aside: Option<Vec<u8>>,
    /// What is set aside for the journal to grow into.
    room: Room,
    /// The name of the journal is not safe against a power cut yet.
    name_unsynced: bool,
    /// The version that this session began with is in history.
    kept_old: bool,
    /// Length and time of `workbook.ron` when it was last looked at.
    seen: Option<(u64, SystemTime)>,
    /// Records that did not fit the replica: it must not be folded.
    lost: bool,
    /// What somebody else had made of `workbook.ron`, kept in history.
    outside: Option<PathBuf>,
    // last, so that it is let go when all else is done
    _lock: Box<dyn DiskLock>,
}

impl Keeper {
    pub fn new(
        store: Store,
        folder: &Path,
        file: PathBuf,
        lock: Box<dyn DiskLock>,
        now: Timestamp,
        book: Book,
        start: Start,
    ) -> Self {
        let written = if start.anew { 0 } else { start.lines.len() };
        let seq = book.seq();
        Self {
            store,
            folder: folder.to_owned(),
            file,
            started: now,
            book,
            changed: start.changed,
            progress: Progress { folded: start.folded, kept: seq, synced: start.folded },
            print: start.print,
            journal: None,
            lines: start.lines,
            written,
            anew: start.anew,
            aside: start.aside,
            room: Room::default(),
            name_unsynced: false,
            kept_old: false,
            seen: None,
            lost: false,
            outside: None,
            _lock: lock,
        }
    }

    /// The last record it was given.
    pub fn seq(&self) -> u64 {
        self.book.seq()
    }

    /// The last record that survives being killed.
    pub fn kept(&self) -> u64 {
        self.progress.kept
    }

    /// The last record that survives a power cut.
    pub fn synced(&self) -> u64 {
        self.progress.synced
    }

    /// The last record that `workbook.ron` holds.
    pub fn folded(&self) -> u64 {
        self.progress.folded
    }

    /// The workbook's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// `workbook.ron`, links resolved.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Whether a fold has anything to do.
    pub fn wants_fold(&self) -> bool {
        self.seq() > self.progress.folded || !self.lines.is_empty() || self.anew
    }

    /// Takes records into memory. Nothing is written yet.
    pub fn take(&mut self, records: &[Record]) {
        for record in records {
            if record.seq <= self.book.seq() {
                continue;
            }
            if self.lines.is_empty() {
                let base = Mark::Base { seq: self.book.seq(), print: self.print };
                self.lines.extend_from_slice(journal::mark_line(base).as_bytes());
            }
            self.lines.extend_from_slice(journal::record_line(record).as_bytes());
            self.lost |= self.book.replay(record).is_err();
            self.changed = Some(record.at);
        }
    }

    /// Writes what was taken to the end of the journal: from then on the program may be killed.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        if self.anew {
            return self.write_journal_anew();
        }
        let rest = self.lines.get(self.written..).unwrap_or_default();
        if !rest.is_empty() {
            let path = self.folder.join(paths::JOURNAL);
            let wrote =
                Self::journal_file(self.store.disk(), &path, &mut self.journal, &mut self.name_unsynced)
                    .and_then(|file| file.write(rest));
            if let Err(error) = wrote {
                // part of a line may be there now: what comes next must not stand behind it
                self.distrust_journal();
                return Err(StoreError::io("save", &path)(error));
            }
            self.written = self.lines.len();
        }
        self.progress.kept = self.seq();
        Ok(())
    }

    /// Makes the journal safe against a power cut, and waits for it; [`Keeper::begin_sync`] does not.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        self.flush()?;
        if self.progress.synced == self.seq() {
            return Ok(());
        }
        let path = self.folder.join(paths::JOURNAL);
        let disk = self.store.disk();
        let synced = Self::journal_file(disk, &path, &mut self.journal, &mut self.name_unsynced)
            .and_then(|file| file.sync())
            .and_then(|()| if self.name_unsynced { disk.sync_folder(&self.folder) } else { Ok(()) });
        if let Err(error) = synced {
            self.distrust_journal();
            return Err(StoreError::io("save", &path)(error));
        }
        self.name_unsynced = false;
        self.progress.synced = self.seq();
        Ok(())
    }

    /// Writes `workbook.ron` anew with everything, and moves the journal's lines to `undo.log`.
    pub fn fold(&mut self) -> Result<(), StoreError> {
        if !self.wants_fold() {
            return Ok(());
        }
        self.sync()?;
        // lines that did not fit count for no record, and must not leave the journal all the same
        if self.seq() > self.progress.folded || self.lost {
            self.fold_file(true)?;
        }
        self.move_lines()
    }

    /// After a failure: the journal under another name, or, where that fails too, the whole file. What it does not
    /// reach is tried again later.
    pub fn mend(&mut self) -> Result<(), StoreError> {
        let Err(error) = self.sync() else { return Ok(()) };
        // a journal that may not grow need not keep the whole file from being saved
        if self.seq() > self.progress.folded && self.fold_file(false).is_ok() {
            return self.move_lines();
        }
        Err(error)
    }

    /// Does what a fold that was interrupted left undone, and makes an `undo.log` shorter that has grown too long.
    pub fn finish_last_fold(&mut self, shorter: Option<Vec<u8>>) -> Result<(), StoreError> {
        if let Some(bytes) = shorter {
            save::whole(self.store.disk(), &self.folder.join(paths::UNDO), &bytes)?;
        }
        if self.seq() == self.progress.folded && !self.lines.is_empty() && !self.anew {
            return self.move_lines();
        }
        Ok(())
    }

    /// Keeps where the person was, as well as may be.
    pub fn keep_place(&self, place: &Place) -> Result<(), StoreError> {
        place::write(self.store.disk(), &self.folder, place)
    }

    /// Brings the head of the library's list up to date, as well as may be.
    pub fn note_in_library(&self) {
        let entry = Entry::of(self.book.workbook(), self.changed, &self.folder);
        index::note(&self.store, entry);
    }

    fn distrust_journal(&mut self) {
        self.journal = None;
        self.room = Room::default();
        self.anew = true;
    }

    fn journal_file<'f>(
        disk: &dyn Disk,
        path: &Path,
        file: &'f mut Option<Box<dyn DiskFile>>,
        name_unsynced: &mut bool,
    ) -> io::Result<&'f mut Box<dyn DiskFile>> {
        match file {
            Some(file) => Ok(file),
            None => {
                let opened = disk.append(path)?;
                *name_unsynced = true;
                Ok(file.insert(opened))
            }
        }
    }

    /// Everything the journal is to hold into a new file, which then takes its name.
    fn write_journal_anew(&mut self) -> Result<(), StoreError> {
        if let Some(bytes) = &self.aside {
            aside::keep(&self.store, &self.folder, "journal", "log", bytes)?;
            self.aside = None;
        }
        let path = self.folder.join(paths::JOURNAL);
        save::whole(self.store.disk(), &path, &self.lines)?;
        self.journal = None;
        self.room = Room::default();
        self.anew = false;
        self.name_unsynced = false;
        self.written = self.lines.len();
        self.progress.kept = self.seq();
        self.progress.synced = self.seq();
        Ok(())
    }

    /// Steps 1 to 4. With `marked` the journal says so first.
    fn fold_file(&mut self, marked: bool) -> Result<(), StoreError> {
        let seq = self.seq();
        let path = self.file.clone();
        let unreadable = || StoreError::ReadBack { path: path.clone() };
        if self.lost {
            return Err(unreadable());
        }
        let text = format::write_workbook(self.book.workbook(), seq, self.changed).ok_or_else(unreadable)?;
        let print = Print::of(text.as_bytes());
        let store = self.store.clone();
        let mut temporary = Temporary::write(store.disk(), &path, text.as_bytes())?;
        self.keep_old(store.disk())?;
        let mark = journal::mark_line(Mark::Fold { seq, print });
        self.lines.extend_from_slice(mark.as_bytes());
        if marked {
            self.progress.synced = self.progress.folded;
            self.sync()?;
        }
        temporary.replace()?;
        self.print = print;
        temporary.sync_folder()?;
        self.progress = Progress { folded: seq, kept: seq, synced: seq };
        Ok(())
    }

    /// Steps 5 and 6.
    fn move_lines(&mut self) -> Result<(), StoreError> {
        let disk = self.store.disk();
        if !self.lines.is_empty() {
            let path = self.folder.join(paths::UNDO);
            let io = || StoreError::io("save", &path);
            let new = disk.meta(&path).is_err();
            let mut file = disk.append(&path).map_err(io())?;
            // what was torn before stays on a line of its own
            let block = [b"\n", self.lines.as_slice()].concat();
            file.write(&block).map_err(io())?;
            file.sync().map_err(io())?;
            if new {
                disk.sync_folder(&self.folder).map_err(io())?;
            }
            self.lines.clear();
            self.written = 0;
            if !self.anew && self.empty_journal().is_err() {
                self.distrust_journal();
            }
        }
        if self.anew { self.write_journal_anew() } else { Ok(()) }
    }

    fn empty_journal(&mut self) -> io::Result<()> {
        let path = self.folder.join(paths::JOURNAL);
        let disk = self.store.disk();
        self.room = Room::default();
        Self::journal_file(disk, &path, &mut self.journal, &mut self.name_unsynced)?.empty()
    }
}

#[cfg(test)]
mod tests;
