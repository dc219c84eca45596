//! Plays the program in this process: keys in, a screen out. There is no disk and no clock; what the program asks of the
//! world is answered at once, by a [`World`] in which nothing goes wrong.

// every test binary uses its own part of this
#![allow(dead_code, unused_imports)]
// clippy.toml allows these in tests, but takes only marked functions for tests, not what they call
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

pub mod books;
pub mod picture;
pub mod scenes;
mod world;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use alongside::app::{App, Effect, Message, Moment, Opened, PlaceInBook, Setup};
use alongside::content::Content;
use alongside::domain::{Book, IdSource, Workbook, WorkbookId};
use alongside::keymap::{Chord, Key, sequence};
use alongside::shelf::Note;
use alongside::theme::Theme;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

pub use books::sample;
pub use picture::Picture;
pub use world::World;

/// What the program finds when it starts.
pub struct Start {
    pub size: (u16, u16),
    pub linear: bool,
    pub books: Vec<Workbook>,
    pub own_keys: BTreeMap<String, Vec<String>>,
    pub content: Content,
    pub troubles: Vec<String>,
    /// Words half typed when a window was closed, by what was asked.
    pub drafts: BTreeMap<String, String>,
}

impl Default for Start {
    fn default() -> Self {
        Self {
            size: (80, 24),
            linear: false,
            books: Vec::new(),
            own_keys: BTreeMap::new(),
            content: Content::new(),
            troubles: Vec::new(),
            drafts: BTreeMap::new(),
        }
    }
}

/// The program, and somebody playing it.
pub struct Play {
    pub app: App,
    pub world: World,
    terminal: Terminal<TestBackend>,
    now: Moment,
    /// Keys that were pressed, those of typed texts apart.
    pub pressed: usize,
}

/// When every play begins.
const START: &str = "2025-11-10T14:03:00Z";

impl Play {
    /// An empty folder.
    pub fn empty(columns: u16, rows: u16) -> Self {
        Self::start(Start { size: (columns, rows), ..Start::default() })
    }

    /// The worked example, open at its map.
    pub fn example(columns: u16, rows: u16) -> Self {
        Self::of(sample(), columns, rows)
    }

    /// The worked example in the linear layout.
    pub fn linear(columns: u16, rows: u16) -> Self {
        Self::opened_in(Start {
            size: (columns, rows),
            linear: true,
            books: vec![sample()],
            ..Start::default()
        })
    }

    /// A workbook of one's own, open at its map.
    pub fn of(workbook: Workbook, columns: u16, rows: u16) -> Self {
        Self::opened_in(Start { size: (columns, rows), books: vec![workbook], ..Start::default() })
    }

    /// The first workbook there is, open at its map.
    pub fn opened_in(start: Start) -> Self {
        let first = start.books[0].id().clone();
        let mut play = Self::start(start);
        play.open(&first);
        play
    }

    /// The program just started, with its first look at the library behind it.
    pub fn start(start: Start) -> Self {
        let now = Moment { wall: START.parse().unwrap(), mono: Duration::ZERO };
        let (columns, rows) = start.size;
        let world = World::new(start.books);
        let app = App::new(Setup {
            content: Arc::new(start.content),
            own_keys: start.own_keys,
            theme: Theme::new(false),
            linear: start.linear,
            zone: TimeZone::UTC,
            ids: IdSource::new(1),
            shelf: world.shelf.clone(),
            drafts: start.drafts,
            troubles: start.troubles,
            size: start.size,
            now,
        });
        let terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let mut play = Self { app, world, terminal, now, pressed: 0 };
        play.say(Message::Tick);
        play
    }

    /// Opens a workbook that is there, at its map.
    pub fn open(&mut self, id: &alongside::domain::WorkbookId) -> &mut Self {
        let book = self.world.book(id).expect("the workbook is there").clone();
        self.say(world::opened(book, None, false, false));
        self.world.asked.clear();
        self
    }

    /// Opens a workbook to read only, since another window writes in it.
    pub fn open_to_read(&mut self, workbook: Workbook, why: &str) -> &mut Self {
        let opened = Opened {
            book: Book::new(workbook, 0),
            reading: Some(why.to_owned()),
            held: true,
            changed: None,
            notice: String::new(),
            place: None,
            go: None,
            beside: None,
            told_of: None,
            call: None,
            fresh: false,
            tour: false,
        };
        self.say(Message::Opened(Box::new(opened)));
        self
    }

    /// Everything as at the start, with these workbooks; the first of them is open at its map. Content and keymap stay,
    /// which saves the time of reading them.
    pub fn again(&mut self, books: Vec<Workbook>) -> &mut Self {
        let first = books.first().map(|w| w.id().clone());
        self.say(Message::Mended);
        self.keys("esc esc esc esc esc esc esc esc g L");
        if self.world.linear {
            self.keys(": 'reading layout for screen readers' enter");
        }
        self.world = World::new(books);
        self.now.wall = START.parse().unwrap();
        self.say(Message::Shelf(Box::new(self.world.shelf.clone())));
        match first {
            Some(first) => self.open(&first),
            None => self,
        }
    }

    /// Presses keys, in the notation of the keymap, with spaces between them. What stands between apostrophes is typed.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for (n, part) in keys.split('\'').enumerate() {
            if n % 2 == 1 {
                self.type_text(part);
            } else if !part.trim().is_empty() {
                for chord in sequence(part).unwrap() {
                    self.pressed += 1;
                    self.press(chord);
                }
            }
        }
        self
    }

    /// Presses one key.
    pub fn press(&mut self, chord: Chord) {
        self.wait(50);
        self.say(Message::Key(chord));
    }

    /// Types a text, a letter at a time.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            let key = if letter == '\n' { Key::Enter } else { Key::Char(letter) };
            self.press(Chord::plain(key));
        }
        self
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.say(Message::Paste(text.to_owned()));
        self
    }

    /// Lets time pass.
    pub fn wait(&mut self, ms: u64) -> &mut Self {
        let passed = Duration::from_millis(ms);
        self.now = Moment { wall: self.now.wall.checked_add(passed).unwrap(), mono: self.now.mono + passed };
        self
    }

    /// Sets the clock of the day; the one that never jumps goes on.
    pub fn set_wall(&mut self, wall: &str) -> &mut Self {
        self.now.wall = wall.parse().unwrap();
        self
    }

    /// Lets time pass until a deadline is due, and says so.
    pub fn tick(&mut self, ms: u64) -> &mut Self {
        self.wait(ms).say(Message::Tick);
        self
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.terminal.backend_mut().resize(columns, rows);
        self.say(Message::Resized(columns, rows));
        self
    }

    pub fn say(&mut self, message: Message) {
        let mut messages = VecDeque::from([message]);
        while let Some(message) = messages.pop_front() {
            let book = match &message {
                Message::Opened(opened) => Some((opened.book.clone(), opened.reading.is_some())),
                _ => None,
            };
            // where another was open it waits: what an opening brings about first belongs to the one before it
            if let Some((book, reading)) = book {
                self.world.is_open(&book, reading);
            }
            for effect in self.app.update(message, self.now) {
                messages.extend(self.world.answer(effect, self.now.wall));
            }
        }
    }

    /// A note comes into the inbox from outside. Its number names it.
    pub fn note_comes(&mut self, number: usize, at: &str, to: Option<&WorkbookId>, text: &str) -> &mut Self {
        let (name, id) = world::jot_names(number);
        let (at, to) = (at.parse().ok(), to.cloned());
        let note = Note { name, id, at, to, tag: None, private: false, text: text.to_owned() };
        let news = self.world.jots(vec![note], Vec::new());
        news.into_iter().for_each(|message| self.say(message));
        self
    }

    /// Draws, and looks at what was drawn.
    pub fn look(&mut self) -> Picture {
        // the backend keeps what a wide character covered; a terminal does not
        self.terminal.clear().unwrap();
        self.terminal.draw(|frame| self.app.view(frame)).unwrap();
        Picture::of(self.terminal.backend())
    }

    /// The screen as lines of text, without the spaces at their ends.
    pub fn screen(&mut self) -> String {
        self.look().text()
    }

    /// Where the terminal's cursor is.
    pub fn cursor(&mut self) -> (u16, u16) {
        self.look().cursor.expect("there is a cursor")
    }

    /// Whether the program was left.
    pub fn left(&self) -> bool {
        self.world.left
    }

    /// Holds that a text is in sight.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "{text:?} is not in sight:\n{screen}");
        self
    }

    /// Holds that a text is not in sight.
    #[track_caller]
    pub fn sees_not(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} is in sight:\n{screen}");
        self
    }

    /// The open workbook.
    pub fn workbook(&self) -> &Workbook {
        self.app.workbook().expect("a workbook is open")
    }
}
