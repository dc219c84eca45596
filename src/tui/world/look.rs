//! Looking through the library, on threads of their own: the list of workbooks, and words in all of them.

use std::sync::mpsc::{Sender, channel};

use super::World;
use crate::app::Message;
use crate::domain::query;
use crate::shelf::{FoundIn, News, Shelf, Summary};
use crate::store::{Entry, LibraryNews, Store};

/// Places shown of one workbook, and of all.
const MOST_IN_ONE: usize = 5;
const MOST: usize = 200;

impl World {
    /// What is known before the library has been read: the rows of the first screen, in one small read.
    pub(in crate::tui) fn first_shelf(&mut self) -> Shelf {
        let first = self.store.library().first_rows();
        self.take_entries(first.rows);
        self.shelf.complete = first.total == Some(self.shelf.workbooks.len());
        self.shelf.clone()
    }

    /// Begins to read the library. What is shown stays until the rest is known.
    pub(super) fn read_shelf(&mut self) {
        let (news, heard) = channel();
        self.library = Some(heard);
        self.seen.clear();
        self.store.library().load(news, self.waker.callback());
    }

    pub(super) fn take_library(&mut self) {
        let Some(heard) = &self.library else { return };
        let news: Vec<LibraryNews> = heard.try_iter().collect();
        if news.is_empty() {
            return;
        }
        for news in news {
            match news {
                LibraryNews::Rows(entries) => self.take_entries(entries),
                LibraryNews::Done { .. } => self.library_is_read(),
                LibraryNews::Failed(words) => {
                    self.shelf.complete = true;
                    self.could_not(words);
                }
            }
        }
        self.shelf.workbooks.sort_by(|a, b| (a.example, b.changed).cmp(&(b.example, a.changed)));
        self.ready.push_back(Message::Shelf(Box::new(self.shelf.clone())));
    }

    fn library_is_read(&mut self) {
        self.library = None;
        self.shelf.complete = true;
        // what was listed before and is gone from the folder leaves the list
        let seen = std::mem::take(&mut self.seen);
        self.shelf.workbooks.retain(|w| seen.contains(&w.id));
        self.folders.retain(|(id, _)| seen.contains(id));
        let library = self.store.library();
        self.shelf.binned =
            library.binned().map(|all| all.into_iter().map(summary).collect()).unwrap_or_default();
    }

    fn take_entries(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            let id = entry.id.clone();
            self.seen.insert(id.clone());
            match self.folders.iter_mut().find(|(_, folder)| *folder == entry.folder) {
                Some((known, _)) => *known = id.clone(),
                None => self.folders.push((id.clone(), entry.folder.clone())),
            }
            let row = summary(entry);
            match self.shelf.workbooks.iter_mut().find(|w| w.id == id) {
                Some(known) => *known = row,
                None => self.shelf.workbooks.push(row),
            }
        }
    }

    /// Looks for words in every workbook; a search that was still going on is given up.
    pub(super) fn find_everywhere(&mut self, words: String) {
        let (news, heard) = channel();
        self.found = Some(heard);
        let (store, ring) = (self.store.clone(), self.waker.callback());
        let spawned = std::thread::Builder::new().name("find".to_owned()).spawn(move || {
            look_through(&store, &words, &news, &*ring);
        });
        if spawned.is_err() {
            self.could_not("The search could not be started. Try again in a moment.");
        }
    }
}

/// Sends what is found so far after each workbook with something in it, and once at the end. Stops when nobody listens.
fn look_through(store: &Store, words: &str, news: &Sender<News>, ring: &dyn Fn()) {
    let mut hits: Vec<FoundIn> = Vec::new();
    let tell = |hits: &[FoundIn], complete| {
        let told = news.send(News::Found { words: words.to_owned(), hits: hits.to_vec(), complete });
        ring();
        told.is_ok()
    };
    for entry in store.library().entries().unwrap_or_default() {
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

fn summary(entry: Entry) -> Summary {
    Summary {
        id: entry.id,
        title: entry.title,
        state: entry.state,
        partners: entry.partners,
        changed: entry.changed,
        example: entry.example,
        digest: entry.digest,
        trouble: entry.trouble,
    }
}
