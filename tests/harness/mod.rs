//! Plays the program in this process: keys in, a screen out. There is no disk and no clock; what the program asks of the
//! world is answered at once, as a world would in which nothing goes wrong.

// every test binary uses its own part of this
#![allow(dead_code)]

use std::time::Duration;

use alongside::app::{App, Effect, Message, Moment, Opened, Setup};
use alongside::command::Ask;
use alongside::content::{Content, SAMPLE};
use alongside::domain::{Book, IdSource, PartnershipState, Workbook};
use alongside::keymap::sequence;
use alongside::shelf::{Shelf, Summary};
use alongside::theme::Theme;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// The program, somebody playing it, and a world that answers.
pub struct Play {
    pub app: App,
    terminal: Terminal<TestBackend>,
    now: Moment,
    ids: IdSource,
    shelf: Shelf,
    /// Workbooks that are not open.
    books: Vec<Workbook>,
    /// Everything the program asked of the world, apart from saving.
    pub asked: Vec<Effect>,
    pub left: bool,
}

impl Play {
    /// An empty folder.
    pub fn empty(columns: u16, rows: u16) -> Self {
        Self::with(columns, rows, false, Vec::new())
    }

    /// The worked example, open at its map.
    pub fn example(columns: u16, rows: u16) -> Self {
        Self::example_in(columns, rows, false)
    }

    /// The worked example in the linear layout.
    pub fn linear(columns: u16, rows: u16) -> Self {
        Self::example_in(columns, rows, true)
    }

    fn example_in(columns: u16, rows: u16, linear: bool) -> Self {
        let mut play = Self::with(columns, rows, linear, vec![sample()]);
        play.open(sample());
        play
    }

    /// A workbook of one's own, open at its map.
    pub fn of(workbook: Workbook, columns: u16, rows: u16) -> Self {
        let mut play = Self::with(columns, rows, false, vec![workbook.clone()]);
        play.open(workbook);
        play
    }

    pub fn with(columns: u16, rows: u16, linear: bool, books: Vec<Workbook>) -> Self {
        let now = Moment { wall: "2025-11-10T14:03:00Z".parse().unwrap(), mono: Duration::ZERO };
        let shelf = Shelf {
            workbooks: books.iter().map(summary).collect(),
            complete: true,
            folder: "/home/ada/.config/alongside".into(),
            documents: "/home/ada/Documents".into(),
            ..Shelf::default()
        };
        let app = App::new(Setup {
            content: Content::new(),
            own_keys: Default::default(),
            theme: Theme::new(false),
            linear,
            zone: TimeZone::UTC,
            ids: IdSource::new(1),
            shelf: shelf.clone(),
            troubles: Vec::new(),
            size: (columns, rows),
            now,
        });
        let terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let mut play =
            Self { app, terminal, now, ids: IdSource::new(2), shelf, books, asked: Vec::new(), left: false };
        play.say(Message::Tick);
        play
    }

    fn open(&mut self, workbook: Workbook) {
        self.opened(workbook, false, false);
        self.asked.clear();
    }

    fn opened(&mut self, workbook: Workbook, fresh: bool, tour: bool) {
        let opened = Opened {
            book: Book::new(workbook, 0),
            reading: None,
            notice: String::new(),
            place: None,
            go: None,
            fresh,
            tour,
        };
        self.say(Message::Opened(Box::new(opened)));
    }

    /// Presses keys, in the notation of the keymap, with spaces between them.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for chord in sequence(keys).unwrap() {
            self.wait(50);
            self.say(Message::Key(chord));
        }
        self
    }

    /// Types a text, a letter at a time.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            let key = match letter {
                ' ' => "space".to_owned(),
                '\n' => "enter".to_owned(),
                letter => letter.to_string(),
            };
            self.keys(&key);
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
        let mut messages = vec![message];
        while let Some(message) = messages.pop() {
            let effects = self.app.update(message, self.now);
            for effect in effects {
                messages.extend(self.answer(effect));
            }
        }
    }

    fn answer(&mut self, effect: Effect) -> Vec<Message> {
        match effect {
            Effect::Append(records) => {
                let seq = records.last().map_or(0, |record| record.seq);
                return vec![Message::Synced(seq)];
            }
            Effect::ReadShelf => return vec![Message::Shelf(Box::new(self.shelf.clone()))],
            Effect::Quit => self.left = true,
            Effect::Ask(Ask::NewWorkbook(title)) => {
                let workbook = Workbook::new(self.ids.workbook(), title);
                self.shelf.workbooks.insert(0, summary(&workbook));
                self.opened(workbook, true, false);
                return Vec::new();
            }
            Effect::Ask(Ask::OpenExample | Ask::Tour) => {
                let tour = effect == Effect::Ask(Ask::Tour);
                self.opened(sample(), false, tour);
                return Vec::new();
            }
            Effect::Ask(Ask::OpenWorkbook(id)) => {
                if let Some(workbook) = self.books.iter().find(|w| *w.id() == id).cloned() {
                    self.opened(workbook, false, false);
                }
                return Vec::new();
            }
            effect => {
                self.asked.push(effect);
                return Vec::new();
            }
        }
        Vec::new()
    }

    /// The screen as lines of text, without the spaces at their ends.
    pub fn screen(&mut self) -> String {
        self.terminal.draw(|frame| self.app.view(frame)).unwrap();
        let buffer = self.terminal.backend().buffer();
        let area = buffer.area;
        let line = |y| {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..area.width {
                let symbol = buffer[(x, y)].symbol();
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            line.trim_end().to_owned()
        };
        (0..area.height).map(line).collect::<Vec<_>>().join("\n")
    }

    /// Where the terminal's cursor is.
    pub fn cursor(&mut self) -> (u16, u16) {
        self.terminal.draw(|frame| self.app.view(frame)).unwrap();
        let at = self.terminal.get_cursor_position().unwrap();
        (at.x, at.y)
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

/// The worked example.
pub fn sample() -> Workbook {
    alongside::store::format::parse_workbook(SAMPLE).expect("the example can be read").workbook
}

fn summary(workbook: &Workbook) -> Summary {
    Summary {
        id: workbook.id().clone(),
        title: workbook.title().to_owned(),
        state: PartnershipState::default(),
        partners: workbook.partners().iter().map(|p| p.name.clone()).collect(),
        changed: Some("2025-11-08T09:00:00Z".parse().unwrap()),
        example: workbook.is_example(),
        trouble: None,
    }
}
