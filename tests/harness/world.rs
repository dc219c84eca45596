//! A world in which nothing goes wrong: every wish of the program is granted at once, out of memory.

use std::sync::Arc;

use alongside::app::{Effect, Message, Opened, PlaceInBook};
use alongside::command::{Ask, NewCall};
use alongside::content::Content;
use alongside::domain::query::Digest;
use alongside::domain::{Book, IdSource, Partner, RecordId, Workbook, WorkbookId, query};
use alongside::export;
use alongside::shelf::{FoundIn, News, Note, Shelf, Summary};
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::books::sample;

/// A file of this name is always there already.
pub const THERE_ALREADY: &str = "/home/ada/Documents/there-already.md";

/// A backup of this name holds what is here already.
pub const HERE_ALREADY: &str = "/home/ada/here-already.zip";

pub struct World {
    pub shelf: Shelf,
    /// Every workbook, as the records that were kept have made it.
    pub books: Vec<Book>,
    /// Every workbook as it was when it was first opened or made.
    pub starts: Vec<Workbook>,
    places: Vec<(WorkbookId, PlaceInBook)>,
    us: Option<Partner>,
    /// Who takes records now; inside, `None` for a workbook that is open to read.
    held: Option<Option<WorkbookId>>,
    /// Who takes them once the one before has been let go of.
    next: Option<Option<WorkbookId>>,
    ids: IdSource,
    /// How many records were handed over.
    pub records: usize,
    /// Everything the program asked, apart from saving.
    pub asked: Vec<Effect>,
    pub left: bool,
    /// How many notes were jotted.
    jotted: usize,
    /// Whether the linear layout was last asked for.
    pub linear: bool,
}

impl World {
    pub fn new(books: Vec<Workbook>) -> Self {
        let shelf = Shelf {
            workbooks: books.iter().map(summary).collect(),
            complete: true,
            folder: "/home/ada/.config/alongside".into(),
            documents: "/home/ada/Documents".into(),
            ..Shelf::default()
        };
        Self {
            shelf,
            starts: books.clone(),
            books: books.into_iter().map(|workbook| Book::new(workbook, 0)).collect(),
            places: Vec::new(),
            us: None,
            held: None,
            next: None,
            ids: IdSource::new(2),
            records: 0,
            asked: Vec::new(),
            left: false,
            jotted: 0,
            linear: false,
        }
    }

    pub fn book(&self, id: &WorkbookId) -> Option<&Book> {
        self.books.iter().find(|book| book.workbook().id() == id)
    }

    pub(super) fn is_open(&mut self, book: &Book, reading: bool) {
        let held = (!reading).then(|| book.workbook().id().clone());
        if self.held.is_some() { self.next = Some(held) } else { self.held = Some(held) }
    }

    pub(super) fn answer(&mut self, effect: Effect, now: Timestamp) -> Vec<Message> {
        match effect {
            Effect::Append(records) => {
                self.records += records.len();
                let open = self.held.clone().flatten();
                let book = self.books.iter_mut().find(|book| Some(book.workbook().id()) == open.as_ref());
                let book = book.expect("nothing is appended while no workbook is open to write");
                for record in &records {
                    book.replay(record).expect("what was done once can be done again");
                }
                vec![Message::Synced(book.seq())]
            }
            Effect::ReadShelf => vec![self.tell_shelf()],
            Effect::Remember(place) => {
                let open = self.held.clone().flatten();
                self.places.extend(open.map(|id| (id, place)));
                Vec::new()
            }
            Effect::CloseBook => {
                self.held = self.next.take();
                Vec::new()
            }
            Effect::OurSide(us) => {
                self.us = Some(*us);
                Vec::new()
            }
            Effect::Quit => {
                self.left = true;
                Vec::new()
            }
            Effect::JotsKept(files) | Effect::JotsKeptByClosing(files) => {
                self.jots(Vec::new(), files.into_iter().map(|(name, _)| name).collect())
            }
            effect => {
                let answers = self.grant(&effect, now);
                self.asked.push(effect);
                answers
            }
        }
    }

    fn grant(&mut self, effect: &Effect, now: Timestamp) -> Vec<Message> {
        match effect {
            Effect::Ask(ask) => self.grant_ask(ask, now),
            Effect::Erase { workbook, erasure } => {
                // the past goes too, so there is another start from now on
                let there = self.books.iter_mut().find(|book| book.workbook().id() == workbook);
                let book = there.expect("only what is there can be rewritten");
                let (clean, places) = erasure.ready().workbook(book.workbook());
                *book = Book::new(clean.clone(), book.seq());
                let start = self.starts.iter_mut().find(|start| start.id() == workbook);
                start.into_iter().for_each(|start| *start = clean.clone());
                let mut answers = self.reopen(workbook, None);
                answers.push(Message::Erased { places, unreached: Vec::new() });
                answers
            }
            Effect::SaveNow => vec![Message::Done("Saved 14:03, safe on disk.".into())],
            Effect::Copy(_) => vec![Message::Done("Copied.".into())],
            Effect::Export { export, .. } if export.path == THERE_ALREADY && !export.over => {
                vec![Message::ExportExists(export.clone())]
            }
            Effect::Export { export, workbook } => {
                let (content, day) = (Content::new(), now.to_zoned(TimeZone::UTC).date());
                let made = export.order.make(workbook, &content, day).unwrap();
                let left_out = export::left_out(made.document.private.left_out);
                let remarks = left_out.into_iter().chain(made.remarks).collect::<Vec<_>>().join(" ");
                let text = export::as_markdown(&made.document);
                vec![Message::Exported { what: export.order.what, path: export.path.clone(), text, remarks }]
            }
            _ => Vec::new(),
        }
    }

    fn grant_ask(&mut self, ask: &Ask, now: Timestamp) -> Vec<Message> {
        match ask {
            Ask::NewWorkbook(title) => {
                let workbook = Workbook::new(self.ids.workbook(), title);
                let workbook = match &self.us {
                    Some(us) => workbook.with_our_side(us.clone()),
                    None => workbook,
                };
                let book = self.add(workbook);
                vec![opened(book, None, true, false)]
            }
            Ask::OpenExample | Ask::Tour => {
                let there = self.books.iter().find(|book| book.workbook().is_example()).cloned();
                let book = there.unwrap_or_else(|| self.add(sample()));
                vec![opened(book, None, false, *ask == Ask::Tour)]
            }
            Ask::CallIn(id, call) => self.reopen(id, None).into_iter().map(|m| on_call(m, call)).collect(),
            Ask::CallWith(call) => {
                let book = self.add(Workbook::new(self.ids.workbook(), format!("Call with {}", call.who)));
                vec![on_call(opened(book, None, false, false), call)]
            }
            Ask::OpenWorkbook(id) => self.reopen(id, None),
            Ask::OpenAt(id, place) => self.reopen(id, Some(place.clone())),
            Ask::BinWorkbook(id) => {
                let there = self.shelf.workbooks.iter().position(|w| w.id == *id);
                self.shelf.binned.extend(there.map(|n| self.shelf.workbooks.remove(n)));
                vec![self.tell_shelf(), Message::Done("It is in the bin.".into())]
            }
            Ask::RestoreWorkbook(id) => {
                let there = self.shelf.binned.iter().position(|w| w.id == *id);
                self.shelf.workbooks.extend(there.map(|n| self.shelf.binned.remove(n)));
                vec![self.tell_shelf(), Message::Done("It is back.".into())]
            }
            Ask::Jot { text, to, tag, private } => {
                self.jotted += 1;
                let (name, id) = jot_names(self.jotted);
                let (to, tag, private, text) = (to.clone(), *tag, *private, text.clone());
                let mut said = vec![Message::Done("Noted.".into())];
                said.extend(
                    self.jots(vec![Note { name, id, at: Some(now), to, tag, private, text }], Vec::new()),
                );
                said
            }
            Ask::JotTo(name, to) => {
                let notes = self.shelf.jots.iter().filter(|note| note.name == *name).cloned();
                let notes = notes.map(|note| Note { to: Some(to.clone()), ..note }).collect();
                self.jots(notes, Vec::new())
            }
            Ask::BinJot(name) => {
                let mut said = vec![Message::Done("The note is in the bin.".into())];
                said.extend(self.jots(Vec::new(), vec![name.clone()]));
                said
            }
            Ask::Import(path) if path == HERE_ALREADY => {
                vec![Message::ImportExists { path: path.clone(), title: "Tactile guide".into() }]
            }
            Ask::Import(_) | Ask::ImportAsCopy(_) => {
                vec![Message::CouldNot("There is no such file. Nothing was changed.".into())]
            }
            Ask::FindEverywhere(words) => {
                let hits = self.books.iter().flat_map(|book| {
                    let workbook = book.workbook();
                    query::find(workbook, words, 5).into_iter().map(|hit| FoundIn {
                        workbook: workbook.id().clone(),
                        title: workbook.title().to_owned(),
                        place: hit.place,
                        line: hit.line,
                    })
                });
                let hits = hits.collect();
                vec![Message::News(News::Found { words: words.clone(), hits, complete: true })]
            }
            Ask::Past { day, .. } => {
                // how it was when it began stands in for every day
                let open = self.held.clone().flatten();
                let start = self.starts.iter().find(|start| Some(start.id()) == open.as_ref());
                let days = vec![date(2025, 11, 9), date(2025, 3, 3)];
                let day = day.unwrap_or(date(2025, 11, 9));
                let was = start.map(|start| {
                    let (only_up_to, workbook) = (None, Arc::new(start.clone()));
                    Message::News(News::AsItWas { day, only_up_to, workbook })
                });
                let days = Message::News(News::Days { days, unreadable: 0 });
                std::iter::once(days).chain(was).collect()
            }
            Ask::SetLinear(linear) => {
                self.linear = *linear;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Something happens in the inbox.
    pub fn jots(&mut self, came: Vec<Note>, gone: Vec<String>) -> Vec<Message> {
        self.shelf.follow_inbox(came.clone(), &gone);
        vec![Message::Jots { came, gone, before: false }]
    }

    fn add(&mut self, workbook: Workbook) -> Book {
        self.shelf.workbooks.insert(0, summary(&workbook));
        self.starts.push(workbook.clone());
        self.books.push(Book::new(workbook.clone(), 0));
        Book::new(workbook, 0)
    }

    fn reopen(&self, id: &WorkbookId, go: Option<alongside::domain::TextPlace>) -> Vec<Message> {
        let place = self.places.iter().rev().find(|(of, _)| of == id).map(|(_, place)| place.clone());
        let book = self.book(id).cloned();
        book.into_iter()
            .map(|book| match opened(book, place.clone(), false, false) {
                Message::Opened(opened) => Message::Opened(Box::new(Opened { go: go.clone(), ..*opened })),
                other => other,
            })
            .collect()
    }

    fn tell_shelf(&self) -> Message {
        let mut shelf = self.shelf.clone();
        for row in &mut shelf.workbooks {
            if let Some(book) = self.book(&row.id) {
                *row = Summary { changed: row.changed, ..summary(book.workbook()) };
            }
        }
        Message::Shelf(Box::new(shelf))
    }
}

/// The file and the id of a note, by its number.
pub fn jot_names(number: usize) -> (String, RecordId) {
    (format!("{number:05}.ron"), RecordId::new(format!("jot-{number:05}")))
}

/// The news that a workbook is open.
pub fn opened(book: Book, place: Option<PlaceInBook>, fresh: bool, tour: bool) -> Message {
    let (notice, go) = (String::new(), None);
    let call = None;
    Message::Opened(Box::new(Opened {
        book,
        reading: None,
        held: false,
        changed: None,
        notice,
        place,
        go,
        call,
        fresh,
        tour,
    }))
}

fn on_call(message: Message, call: &NewCall) -> Message {
    match message {
        Message::Opened(opened) => Message::Opened(Box::new(Opened { call: Some(call.clone()), ..*opened })),
        other => other,
    }
}

fn summary(workbook: &Workbook) -> Summary {
    Summary {
        id: workbook.id().clone(),
        title: workbook.title().to_owned(),
        state: workbook.state(),
        partners: workbook.partners().iter().map(|p| p.name.clone()).collect(),
        changed: Some("2025-11-08T09:00:00Z".parse().unwrap()),
        example: workbook.is_example(),
        digest: Digest::of(workbook),
        trouble: None,
    }
}
