//! Looking through the library, on threads of their own: the list of workbooks, and words in all of them.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use super::World;
use crate::app::Message;
use crate::domain::{WorkbookId, query};
use crate::order::InOrder;
use crate::shelf::{FoundIn, News, Summary};
use crate::store::{Entry, LibraryNews, Store};

/// Places shown of one workbook, and of all.
const MOST_IN_ONE: usize = 5;
const MOST: usize = 200;
/// After so many workbooks with nothing in them it is told how far the search is.
const OFTEN: usize = 500;

impl World {
    /// Begins to read the library. What is shown stays until the rest is known.
    pub(super) fn read_shelf(&mut self) {
        if let Some(waits) = &mut self.waits {
            waits.list = true;
            return;
        }
        let (news, heard) = channel();
        self.listed = Some(heard);
        self.seen.clear();
        let (library, ring) = (self.store.workbooks(), self.waker.callback());
        if !self.listing.have_done(move || library.load(&news, &*ring)) {
            self.shelf.complete = true;
            self.could_not("The list could not be read just now. Try again in a moment.");
        }
    }

    pub(super) fn take_library(&mut self) {
        let Some(heard) = &self.listed else { return };
        let news: Vec<LibraryNews> = heard.try_iter().collect();
        if news.is_empty() {
            return;
        }
        let mut rows = Vec::new();
        for news in news {
            match news {
                LibraryNews::Rows(entries) => rows.extend(entries),
                LibraryNews::Done { .. } => {
                    self.take_entries(std::mem::take(&mut rows));
                    self.list_is_read();
                }
                LibraryNews::Failed(words) => {
                    self.shelf.complete = true;
                    self.could_not(words);
                }
            }
        }
        self.take_entries(rows);
        self.shelf.workbooks.order_by(|a, b| (a.example, b.changed).cmp(&(b.example, a.changed)));
        self.ready.push_back(Message::Shelf(Box::new(self.shelf.clone())));
    }

    fn list_is_read(&mut self) {
        self.listed = None;
        self.shelf.complete = true;
        // what was listed before and is gone from the folder leaves the list
        let seen = std::mem::take(&mut self.seen);
        self.shelf.workbooks.retain(|w| seen.contains(&w.id));
        self.folders.retain(|(id, _)| seen.contains(id));
        let library = self.store.workbooks();
        self.shelf.binned = library
            .binned()
            .map(|all| all.into_iter().map(|entry| entry.summary).collect())
            .unwrap_or_default();
    }

    pub(super) fn take_entries(&mut self, entries: Vec<Entry>) {
        if entries.is_empty() {
            return;
        }
        // where each stands; to look for each of ten thousand among all the others would be felt
        let places = |of: &[(WorkbookId, PathBuf)]| -> HashMap<PathBuf, usize> {
            of.iter().enumerate().map(|(n, (_, folder))| (folder.clone(), n)).collect()
        };
        let mut folders = places(&self.folders);
        let listed = self.shelf.workbooks.iter().enumerate();
        let mut rows: HashMap<WorkbookId, usize> = listed.map(|(n, row)| (row.id.clone(), n)).collect();
        for entry in entries {
            let id = entry.id.clone();
            self.seen.insert(id.clone());
            let folder = *folders.entry(entry.folder.clone()).or_insert(self.folders.len());
            match self.folders.get_mut(folder) {
                Some((known, _)) => *known = id.clone(),
                None => self.folders.push((id.clone(), entry.folder.clone())),
            }
            let row = entry.summary;
            let place = *rows.entry(id).or_insert(self.shelf.workbooks.len());
            match self.shelf.workbooks.get_mut(place) {
                Some(known) => *known = row,
                None => self.shelf.workbooks.push(row),
            }
        }
    }

    /// What there is to look through, newest first, where the list has been read.
    fn listed(&self) -> Option<Vec<Listed>> {
        let folders: HashMap<&WorkbookId, &PathBuf> = self.folders.iter().map(|(id, at)| (id, at)).collect();
        let listed = |row: &Arc<Summary>| {
            let folder = (*folders.get(&row.id)?).clone();
            Some(Listed { id: row.id.clone(), title: row.title.clone(), folder })
        };
        self.shelf.complete.then(|| self.shelf.workbooks.iter().filter_map(listed).collect())
    }

    /// Looks for words in every workbook; a search that was still going on is given up.
    pub(super) fn find_everywhere(&mut self, words: String) {
        let (news, heard) = channel();
        self.found = Some(heard);
        let (store, ring, listed) = (self.store.clone(), self.waker.callback(), self.listed());
        let spawned = std::thread::Builder::new().name("find".to_owned()).spawn(move || {
            look_through(&store, listed, &words, &news, &*ring);
        });
        if spawned.is_err() {
            self.could_not("The search could not be started. Try again in a moment.");
        }
    }
}

/// A workbook to look through.
struct Listed {
    id: WorkbookId,
    title: String,
    folder: PathBuf,
}

impl From<Entry> for Listed {
    fn from(entry: Entry) -> Self {
        Self { id: entry.id.clone(), title: entry.title.clone(), folder: entry.folder }
    }
}

/// Sends what is found so far after each workbook with something in it, and once at the end. Stops when nobody listens.
fn look_through(
    store: &Store,
    listed: Option<Vec<Listed>>,
    words: &str,
    news: &Sender<News>,
    ring: &dyn Fn(),
) {
    let mut hits: Vec<FoundIn> = Vec::new();
    let tell = |hits: &[FoundIn], complete| {
        let told = news.send(News::Found { words: words.to_owned(), hits: hits.to_vec(), complete });
        ring();
        told.is_ok()
    };
    let read = || store.workbooks().entries().unwrap_or_default().into_iter().map(Listed::from).collect();
    for (n, entry) in listed.unwrap_or_else(read).into_iter().enumerate() {
        // whether anybody listens shows only in telling
        if n % OFTEN == OFTEN - 1 && !tell(&hits, false) {
            return;
        }
        if !store.may_hold(&entry.folder, words) {
            continue;
        }
        let Ok(opened) = store.read(&entry.folder) else { continue };
        let found = query::find(opened.book.workbook(), words, MOST_IN_ONE);
        if found.is_empty() {
            continue;
        }
        hits.extend(found.into_iter().map(|hit| FoundIn {
            workbook: entry.id.clone(),
            title: entry.title.clone(),
            place: hit.place,
            line: hit.line,
        }));
        if !tell(&hits, false) || hits.len() >= MOST {
            break;
        }
    }
    tell(&hits, true);
}
