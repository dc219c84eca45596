//! A world in which nothing goes wrong: every wish of the program is granted at once, out of memory.

use std::sync::Arc;

use alongside::app::{Effect, Message, Opened, PlaceInBook};
use alongside::command::{Ask, NewCall};
use alongside::content::Content;
use alongside::domain::query::Digest;
use alongside::domain::{
    Book, Edit, Family, IdSource, Partner, PartnerId, Person, PersonId, QuestionId, RecordId, Splice,
    TextPlace, VoiceKey, Workbook, WorkbookId, query,
};
use alongside::export;
use alongside::shelf::{FoundIn, News, Note, Origin, Other, Shelf, Summary, Which};
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::books::sample;

/// A file of this name is always there already.
pub const THERE_ALREADY: &str = "/home/ada/Documents/there-already.md";

/// The name of another copy that lies beside every workbook.
pub const COPY: &str = "workbook (Ana's conflicted copy 2025-03-02).ron";

/// A file of this path is the first partner's copy, with an answer of theirs in it.
pub const CAME_BACK: &str = "/home/ada/came-back.ron";

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
    /// The other copy has been put away.
    is_put_away: bool,
    /// Whether the linear layout was last asked for.
    pub linear: bool,
}

impl World {
    pub fn new(books: Vec<Workbook>) -> Self {
        let shelf = Shelf {
            workbooks: books.iter().map(|book| Arc::new(summary(book))).collect(),
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
            is_put_away: false,
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
                let workbook = self.books.first().map(|book| book.workbook().id().clone());
                vec![Message::ImportExists { path: path.clone(), workbook, title: "Tactile guide".into() }]
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
            Ask::Past { which, .. } => self.look_beside(which.clone()),
            Ask::PutAway(_) => {
                self.is_put_away = true;
                let mut said = vec![Message::Done("The copy is in the history now, whole.".into())];
                said.extend(self.look_beside(None));
                said
            }
            Ask::OpenBeside(id, which) => {
                let opened = self.reopen(id, None).into_iter();
                let beside = |message| match message {
                    Message::Opened(opened) => {
                        Message::Opened(Box::new(Opened { beside: Some(which.clone()), ..*opened }))
                    }
                    other => other,
                };
                opened.map(beside).collect()
            }
            Ask::SetLinear(linear) => {
                self.linear = *linear;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// What the open workbook can be set beside: how it was when it began stands in for every day and every copy.
    fn look_beside(&self, which: Option<Which>) -> Vec<Message> {
        let open = self.held.clone().flatten();
        let Some(start) = self.starts.iter().find(|start| Some(start.id()) == open.as_ref()) else {
            return Vec::new();
        };
        let other = |which, origin, changed| Other { which, origin, changed: Some(changed), trouble: None };
        let days = [date(2025, 11, 9), date(2025, 3, 3)];
        let mut others: Vec<Other> =
            days.into_iter().map(|day| other(Which::Day(day), Origin::Past, day.at(23, 59, 59, 0))).collect();
        if let Some(Which::File(path)) = &which {
            others
                .insert(0, other(Which::File(path.clone()), Origin::File, date(2025, 11, 8).at(9, 0, 0, 0)));
        }
        if !self.is_put_away {
            others.extend([
                other(Which::Copy(COPY.into()), Origin::Copy, date(2025, 3, 2).at(14, 3, 0, 0)),
                other(Which::Kept("theirs".into()), Origin::Theirs, date(2025, 3, 1).at(10, 0, 0, 0)),
            ]);
        }
        let which = which.unwrap_or(Which::Day(date(2025, 11, 9)));
        let Some(other) = others.iter().find(|other| other.which == which).cloned() else {
            return Vec::new();
        };
        let workbook = match &other.which {
            Which::File(path) if path == CAME_BACK => came_back(start),
            Which::Copy(_) => grown_apart(start),
            _ => start.clone(),
        };
        let from = workbook.copy_for().cloned();
        let others = News::Others { others, unreadable: 0 };
        let beside = News::Beside { other, only_up_to: None, workbook: Arc::new(workbook), from };
        vec![Message::News(others), Message::News(beside)]
    }

    /// Something happens in the inbox.
    pub fn jots(&mut self, came: Vec<Note>, gone: Vec<String>) -> Vec<Message> {
        self.shelf.follow_inbox(came.clone(), &gone);
        vec![Message::Jots { came, gone, before: false }]
    }

    fn add(&mut self, workbook: Workbook) -> Book {
        self.shelf.workbooks.insert(0, Arc::new(summary(&workbook)));
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
                *row = Arc::new(Summary { changed: row.changed, ..summary(book.workbook()) });
            }
        }
        Message::Shelf(Box::new(shelf))
    }
}

/// The file and the id of a note, by its number.
pub fn jot_names(number: usize) -> (String, RecordId) {
    (format!("{number:05}.ron"), RecordId::new(format!("jot-{number:05}")))
}

/// A workbook as another machine has it: an answer is another there, a person is new there, a promise is not there.
fn grown_apart(start: &Workbook) -> Workbook {
    let mut there = start.clone();
    say(&mut there, VoiceKey::Ours, "The porters, says Ana, and the two people at the desk.");
    let who = there.partners().first().map(|partner| partner.id.clone()).unwrap_or_else(PartnerId::us);
    let person = Person::named(PersonId::new("new-there"), who, "Ravi, evenings");
    there.apply(Edit::AddPerson { person: Box::new(person), place: usize::MAX }).ok();
    if let Some(promise) = there.promises().first().map(|promise| promise.id.clone()) {
        there.apply(Edit::TakeBackRecord { family: Family::Promise, record: promise }).ok();
    }
    there
}

/// The copy of the first partner, who answered in it, and changed what is ours.
fn came_back(start: &Workbook) -> Workbook {
    let Some(partner) = start.partners().first().map(|partner| partner.id.clone()) else {
        return start.clone();
    };
    let mut copy = start.copy_to_send(&partner).expect("they take part");
    say(&mut copy, VoiceKey::Theirs(partner), "Ask our evening volunteers first.");
    say(&mut copy, VoiceKey::Ours, "Everybody was asked.");
    copy
}

fn say(workbook: &mut Workbook, voice: VoiceKey, words: &str) {
    let place = TextPlace::Voice(QuestionId::new("SCO-1"), voice);
    let delete = workbook.text(&place).unwrap_or_default().to_owned();
    let on = Some(date(2025, 11, 8));
    let splice = Splice { place, at: 0, delete, insert: words.to_owned(), on };
    workbook.apply(Edit::Splice(splice)).expect("it can be said");
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
        beside: None,
        told_of: None,
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
    Summary::of(workbook, Some("2025-11-08T09:00:00Z".parse().unwrap()))
}
