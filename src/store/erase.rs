//! Removing a person's details from everything that is kept of a workbook. What is a trace of them, and what stands there
//! instead, is the business of [`crate::domain::erase`].
//!
//! Each step can be done again, and a file beside the workbook says what is being done until all is:
//!
//! ```text
//! 1  the journal is folded, as on leaving                     as ever
//! 2  erasing.ron says whose details go                        from here on the next opening begins at 1 again
//! 3  workbook.ron anew, by rename                             the workbook is without the person
//! 4  undo.log goes; history, copies in the bin, the inbox,    some of the past is not rewritten yet
//!    words not used yet, settings and caches are rewritten
//! 5  a folder that has the name in its own gets another
//! 6  erasing.ron goes                                         done
//! ```
//!
//! Nothing is deleted because it cannot be read: it is named to the person, who may know better. What a file system keeps
//! of files that have gone is beyond us.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::error::StoreError;
use super::format::{self, FORMAT};
use super::keep::Keeper;
use super::open::{self, Opened};
use super::{Folders, Store, drafts, library, paths, save};
use crate::domain::erase::{Eraser, Erasure};
use crate::domain::{Workbook, WorkbookId};
use crate::notation;

/// How deep folders are looked through; ours are four deep.
const DEEP: usize = 8;

/// What became of a removal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Erased {
    /// The workbook's folder; its name may have changed.
    pub folder: PathBuf,
    /// How many places of the workbook were changed.
    pub places: usize,
    /// How many files were rewritten or taken away, the workbook's own included.
    pub files: usize,
    /// What still gives the person away, or may: a path and the reason, a line each.
    pub unreached: Vec<String>,
}

impl Store {
    /// Removes a person's details from a workbook and everything that is kept of its past. It cannot be undone.
    ///
    /// # Errors
    /// Where the workbook cannot be written, or the disk refused: then the workbook is as it was, or it is rewritten and
    /// the next opening does the rest.
    pub fn erase(&self, folder: &Path, erasure: &Erasure, now: Timestamp) -> Result<Erased, StoreError> {
        let mut keeper = to_write(self, folder, now)?;
        keeper.fold()?;
        let marker = folder.join(paths::ERASING);
        let failed = || StoreError::ReadBack { path: marker.clone() };
        let text = notation::line(erasure).ok_or_else(failed)?;
        if notation::read(&text).as_ref() != Ok(erasure) {
            return Err(failed());
        }
        let begun = save::whole(self.disk(), &marker, text.as_bytes());
        let mut work = Work::new(self, erasure, now);
        let rewritten = begun.and_then(|()| work.rewrite_workbook(&keeper, false));
        if let Err(error) = rewritten {
            // as long as nothing has been removed it is as if nobody had asked; else the next opening does the rest
            if self.read(folder).is_ok_and(|there| erasure.is_due_in(there.book.workbook())) {
                let _ = self.disk().remove(&marker);
            }
            return Err(error);
        }
        work.rest(folder, keeper)
    }
}

/// Whether a removal was begun in a workbook's folder that can be gone on with.
pub(super) fn is_begun(store: &Store, folder: &Path) -> bool {
    store.disk().read(&folder.join(paths::ERASING)).is_ok_and(|bytes| begun(&bytes).is_some())
}

fn begun(bytes: &[u8]) -> Option<Erasure> {
    format::text_of(bytes).ok().and_then(|text| notation::read(text).ok())
}

/// Finishes a removal that was interrupted. Returns the folder, which may have another name then, and what to say.
pub(super) fn finish_first(store: &Store, folder: &Path, now: Timestamp) -> (PathBuf, Option<String>) {
    let Ok(bytes) = store.disk().read(&folder.join(paths::ERASING)) else { return (folder.to_owned(), None) };
    let finished = begun(&bytes).map(|erasure| finish(store, folder, &erasure, now));
    match finished {
        Some(Ok(erased)) => {
            let rest = match erased.unreached.as_slice() {
                [] => String::new(),
                unreached => format!(" These may still hold the name: {}.", unreached.join("; ")),
            };
            (erased.folder, Some(format!("The removal of somebody's details was finished.{rest}")))
        }
        // whoever has it open is at it
        Some(Err(StoreError::Held { .. })) => (folder.to_owned(), None),
        Some(Err(error)) => {
            let words =
                format!("Somebody's details are not removed everywhere yet: {error}. {}", error.hint());
            (folder.to_owned(), Some(words))
        }
        None => {
            let path = folder.join(paths::ERASING);
            let words = format!(
                "Somebody's details were being removed and {} cannot be read, so that is not finished.",
                path.display()
            );
            (folder.to_owned(), Some(words))
        }
    }
}

fn finish(store: &Store, folder: &Path, erasure: &Erasure, now: Timestamp) -> Result<Erased, StoreError> {
    let mut keeper = to_write(store, folder, now)?;
    keeper.fold()?;
    let mut work = Work::new(store, erasure, now);
    work.rewrite_workbook(&keeper, false)?;
    work.rest(folder, keeper)
}

fn to_write(store: &Store, folder: &Path, now: Timestamp) -> Result<Box<Keeper>, StoreError> {
    open::to_write(store, folder, now)?.to_write().map(|(_, writing)| writing.0)
}

/// A removal that is under way.
struct Work<'w> {
    store: &'w Store,
    erasure: &'w Erasure,
    eraser: Eraser<'w>,
    now: Timestamp,
    id: Option<WorkbookId>,
    /// Files that are as they should be: what still stands in them was left there on purpose.
    done: BTreeSet<PathBuf>,
    erased: Erased,
}

impl<'w> Work<'w> {
    fn new(store: &'w Store, erasure: &'w Erasure, now: Timestamp) -> Self {
        let (eraser, done, erased) = (erasure.ready(), BTreeSet::new(), Erased::default());
        Self { store, erasure, eraser, now, id: None, done, erased }
    }

    /// Step 3. A copy in the bin may be from a time at which nobody knew the person, and yet speak of them.
    fn rewrite_workbook(&mut self, keeper: &Keeper, is_copy: bool) -> Result<(), StoreError> {
        let path = keeper.file().to_owned();
        let bytes = self.store.disk().read(&path).map_err(StoreError::io("read", &path))?;
        let file =
            format::parse_workbook_bytes(&bytes).map_err(|error| StoreError::unreadable(&path, error))?;
        self.done.insert(path.clone());
        if !is_copy {
            self.id = Some(file.workbook.id().clone());
        }
        let (clean, places) = match is_copy {
            true => self.eraser.earlier_workbook(&file.workbook),
            false if self.erasure.is_due_in(&file.workbook) => self.eraser.workbook(&file.workbook),
            // it was rewritten before the program ended
            false => return Ok(()),
        };
        if !is_copy {
            self.erased.places = places;
        }
        self.save(&path, &bytes, &clean, file.seq, file.changed)
    }

    /// Writes a workbook in place of what its file holds, where that is something else.
    fn save(
        &mut self,
        path: &Path,
        before: &[u8],
        workbook: &Workbook,
        seq: u64,
        changed: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let text = format::write_workbook(workbook, seq, changed)
            .ok_or_else(|| StoreError::ReadBack { path: path.to_owned() })?;
        if text.as_bytes() != before {
            save::whole(self.store.disk(), path, text.as_bytes())?;
            self.erased.files += 1;
        }
        Ok(())
    }

    /// Steps 4 to 6, once the workbook itself is rewritten.
    fn rest(mut self, folder: &Path, keeper: Box<Keeper>) -> Result<Erased, StoreError> {
        self.forget_the_past(folder)?;
        let mut bin = Vec::new();
        for name in library::list_folders(self.store, &self.store.folders().bin())? {
            let copy = self.store.folders().bin().join(name);
            let same = |opened: &Opened| Some(opened.book.workbook().id()) == self.id.as_ref();
            if self.store.read(&copy).is_ok_and(|opened| same(&opened)) {
                self.rewrite_copy(&copy)?;
                bin.push(copy);
            }
        }
        self.rewrite_inbox()?;
        self.rewrite_drafts()?;
        self.rewrite_settings()?;
        self.forget_caches()?;
        for copy in bin {
            self.rename(&copy);
        }
        let folder = self.rename(folder);
        self.look_for_more(Path::new(""), 0);
        let marker = folder.join(paths::ERASING);
        self.store.disk().remove(&marker).map_err(StoreError::io("remove", &marker))?;
        // where a power cut brings it back, all is found done
        let _ = save::sync_folder_of(self.store.disk(), &marker);
        // nobody else may write before all is done
        drop(keeper);
        self.erased.folder = folder;
        Ok(self.erased)
    }

    fn rewrite_copy(&mut self, folder: &Path) -> Result<(), StoreError> {
        let mut keeper = match to_write(self.store, folder, self.now) {
            Ok(keeper) => keeper,
            // what cannot be written is found, and named, in the end
            Err(_) => return Ok(()),
        };
        keeper.fold()?;
        self.rewrite_workbook(&keeper, true)?;
        self.forget_the_past(folder)
    }

    /// What can be undone goes; earlier versions and other copies are rewritten.
    fn forget_the_past(&mut self, folder: &Path) -> Result<(), StoreError> {
        self.rewrite_copies(folder)?;
        let disk = self.store.disk();
        let undo = folder.join(paths::UNDO);
        if disk.meta(&undo).is_ok() {
            disk.remove(&undo).map_err(StoreError::io("remove", &undo))?;
            save::sync_folder_of(disk, &undo)?;
            self.erased.files += 1;
        }
        let history = folder.join(paths::HISTORY);
        save::sweep(disk, &history);
        let listed = match disk.list(&history) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            listed => listed.map_err(StoreError::io("list", &history))?,
        };
        for name in listed.into_iter().filter(|n| !n.folder && n.name.ends_with(".ron")) {
            self.rewrite_version(&history.join(name.name))?;
        }
        Ok(())
    }

    /// Other copies that a sync tool or an editor left beside it. One that is of another workbook stays as it is.
    fn rewrite_copies(&mut self, folder: &Path) -> Result<(), StoreError> {
        let Some(id) = self.id.clone() else { return Ok(()) };
        for name in self.store.copy_names(folder) {
            let path = folder.join(name);
            if self.store.read_beside(&path, &id).is_ok() {
                self.rewrite_version(&path)?;
            }
        }
        Ok(())
    }

    /// One earlier version. One that cannot be read stays, and is named in the end where it gives the person away.
    fn rewrite_version(&mut self, path: &Path) -> Result<(), StoreError> {
        let Ok(bytes) = self.store.disk().read(path) else { return Ok(()) };
        let Ok(file) = format::parse_workbook_bytes(&bytes) else { return Ok(()) };
        if file.format > FORMAT || !file.unknown.is_empty() {
            return Ok(());
        }
        let (clean, _) = self.eraser.earlier_workbook(&file.workbook);
        // notes that somebody wrote beside it may hold the name too
        if clean != file.workbook || self.eraser.stands_in(&plain(&bytes)) {
            self.save(path, &bytes, &clean, file.seq, file.changed)?;
        }
        self.done.insert(path.to_owned());
        Ok(())
    }

    /// Notes that wait for this workbook, or for none yet, and those that lie in the bin.
    fn rewrite_inbox(&mut self) -> Result<(), StoreError> {
        let inbox = self.store.inbox();
        for waiting in inbox.list()?.into_iter().chain(inbox.binned()?) {
            let Ok(jot) = &waiting.jot else { continue };
            if jot.to.is_some() && jot.to != self.id {
                continue;
            }
            if let Some(text) = self.eraser.text(&jot.text) {
                inbox.reword(&waiting, text)?;
                self.erased.files += 1;
            }
            self.done.insert(waiting.path);
        }
        Ok(())
    }

    /// Words that were typed and not used yet.
    fn rewrite_drafts(&mut self) -> Result<(), StoreError> {
        for (path, words) in drafts::readable(self.store) {
            let clean = self.eraser.words(&words);
            if clean != words {
                drafts::save_for_good(self.store, &path, &clean)?;
                self.erased.files += 1;
            }
        }
        Ok(())
    }

    /// Our own side, as it is offered to the next workbook. Settings that cannot be read are found in the end.
    fn rewrite_settings(&mut self) -> Result<(), StoreError> {
        let Ok((mut settings, unknown)) = self.store.read_settings() else { return Ok(()) };
        let clean = settings.our_side.as_ref().and_then(|us| self.eraser.partner(us));
        if let (Some(us), true) = (clean, unknown.is_empty()) {
            settings.our_side = Some(us);
            self.store.save_settings(&settings)?;
            self.erased.files += 1;
        }
        Ok(())
    }

    /// The list of workbooks is made anew where it has a title or a partner with the name.
    fn forget_caches(&mut self) -> Result<(), StoreError> {
        let (disk, folders) = (self.store.disk(), self.store.folders());
        for path in [folders.index(), folders.first()] {
            let Ok(bytes) = disk.read(&path) else { continue };
            let text = plain(&bytes);
            if self.eraser.text(&text).is_some() || self.eraser.stands_in(&text.replace('-', " ")) {
                disk.remove(&path).map_err(StoreError::io("remove", &path))?;
                self.erased.files += 1;
            }
        }
        Ok(())
    }

    /// Gives a folder another name where its own has the person's in it. Returns where it is then. One that cannot be
    /// renamed stays and is named.
    fn rename(&mut self, folder: &Path) -> PathBuf {
        let (Some(parent), Some(name)) = (folder.parent(), folder.file_name().and_then(|n| n.to_str()))
        else {
            return folder.to_owned();
        };
        let (disk, id) = (self.store.disk(), self.id.clone());
        let Some(without) = name_without(name, self.erasure, id.as_ref()) else { return folder.to_owned() };
        let names = (1..100).map(|n| if n == 1 { without.clone() } else { format!("{n}-{without}") });
        let to = names.map(|name| parent.join(name)).find(|to| disk.meta(to).is_err());
        let moved = to.filter(|to| disk.rename(folder, to).is_ok());
        let Some(to) = moved else {
            let why = "the name of the folder could not be changed";
            self.erased.unreached.push(format!("{}: {why}", folder.display()));
            return folder.to_owned();
        };
        // a power cut may bring the old name back, with the file that says what is to be done
        let _ = save::sync_folder_of(disk, &to);
        self.done = self.done.iter().map(|path| moved_path(path, folder, &to)).collect();
        to
    }

    /// Looks through everything that is kept for what still gives the person away.
    fn look_for_more(&mut self, within: &Path, depth: usize) {
        let folder = self.store.folders().root().join(within);
        let Ok(listed) = self.store.disk().list(&folder) else { return };
        for name in listed {
            let path = folder.join(&name.name);
            if name.folder {
                let named =
                    self.erased.unreached.iter().any(|line| line.starts_with(&path.display().to_string()));
                if !named && name_without(&name.name, self.erasure, None).is_some() {
                    self.erased.unreached.push(format!("{}: its own name", path.display()));
                }
                if depth < DEEP {
                    self.look_for_more(&within.join(&name.name), depth + 1);
                }
                continue;
            }
            if self.done.contains(&path) || [paths::ERASING, paths::LOCK].contains(&name.name.as_str()) {
                continue;
            }
            let why = match self.store.disk().read(&path) {
                Ok(bytes) if self.eraser.stands_in(&plain(&bytes)) => "the name stands there",
                Ok(_) => continue,
                Err(_) => "it could not be read",
            };
            self.erased.unreached.push(format!("{}: {why}", path.display()));
        }
    }
}

/// The name of a folder without the person's; `None` where it is not in there.
fn name_without(folder: &str, erasure: &Erasure, id: Option<&WorkbookId>) -> Option<String> {
    let mut words = format!("-{folder}-");
    for name in std::iter::once(erasure.name()).chain(erasure.in_title()) {
        // a name in other letters than a folder's has is not in there
        if name.chars().any(|c| c.is_ascii_alphanumeric()) {
            words = words.replace(&format!("-{}-", Folders::slug(name)), "-");
        }
    }
    let without = words.trim_matches('-');
    if without == folder {
        return None;
    }
    // the id alone makes no name
    let only_id = id.is_some_and(|id| id.as_str() == without);
    let lead = if only_id || without.is_empty() { "workbook-" } else { "" };
    Some(format!("{lead}{without}"))
}

fn moved_path(path: &Path, from: &Path, to: &Path) -> PathBuf {
    path.strip_prefix(from).map_or_else(|_| path.to_owned(), |rest| to.join(rest))
}

/// What a file says, with the letters that our files write as numbers put back.
fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut plain = String::with_capacity(text.len());
    let mut parts = text.split("\\u{");
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let letter = part.split_once('}').and_then(|(hex, rest)| {
            let letter = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)?;
            Some((letter, rest))
        });
        match letter {
            Some((letter, rest)) => {
                plain.push(letter);
                plain.push_str(rest);
            }
            None => plain.push_str(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests;
