//! The inner figures of the records, the matrix, the agreement and the documents: a key to its frame, with the worked
//! example, with nine partners, and with 2,000 records.
//!
//! `cargo bench --bench records` prints them. They are compared within one run and gate nothing.

// clippy.toml allows these in tests; a bench is one
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[allow(dead_code)]
#[path = "../tests/harness/books.rs"]
mod books;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use alongside::app::{App, Message, Moment, Opened, Setup};
use alongside::content::Content;
use alongside::domain::{
    Action, Activity, Agreement, Book, Candidate, Contribution, Edit, IdSource, Money, MoneyLine, PartnerId,
    Promise, QuestionId, RecordId, Role, Splice, TextPlace, VoiceKey, Who, Workbook,
};
use alongside::keymap::{Chord, Key};
use alongside::shelf::Shelf;
use alongside::theme::Theme;
use divan::{Bencher, black_box};
use jiff::{Timestamp, civil::date, tz::TimeZone};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn main() {
    divan::main();
}

/// What a figure is taken with.
#[derive(Debug, Clone, Copy)]
enum With {
    /// The worked example.
    Example,
    /// Nine partners, fourteen people.
    Nine,
    /// The nine, with so many records of every sort that has a day, a side or money.
    Records(usize),
}

impl fmt::Display for With {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Example => f.write_str("the example"),
            Self::Nine => f.write_str("nine partners"),
            Self::Records(count) => write!(f, "{count} records"),
        }
    }
}

const BOTH: [With; 2] = [With::Nine, With::Records(2_000)];
const ALL: [With; 3] = [With::Example, With::Nine, With::Records(2_000)];

impl With {
    fn workbook(self) -> Workbook {
        match self {
            Self::Example => books::sample(),
            Self::Nine => books::nine(),
            Self::Records(count) => grown(count),
        }
    }
}

fn add(workbook: &mut Workbook, record: impl Into<alongside::domain::AnyRecord>) {
    workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
}

/// Nine partners who have worked together for years.
fn grown(count: usize) -> Workbook {
    let mut workbook = books::nine();
    let sides: Vec<PartnerId> = workbook.partners().iter().map(|partner| partner.id.clone()).collect();
    for n in 0..count {
        let id = RecordId::new(format!("grown-{n}"));
        let side = sides[n % sides.len()].clone();
        let (what, who) = (format!("the {n}th thing that was to be done"), Some(Who::side(side.clone())));
        let on = date(2025, 1, 1).checked_add(jiff::Span::new().days((n % 700) as i64)).unwrap();
        match n % 8 {
            0 => add(&mut workbook, Action { what, lead: who, due: Some(on), ..Action::new(id) }),
            1 => {
                let sides = [side, sides[(n + 3) % sides.len()].clone()].into();
                add(&mut workbook, Activity { what, lead: who, sides, from: Some(on), ..Activity::new(id) });
            }
            2 => {
                let amount = Some(Money::new(100 * n as i64, "GBP"));
                let line =
                    MoneyLine { what, amount, paid_to: Some(side), due: Some(on), ..MoneyLine::new(id) };
                add(&mut workbook, line);
            }
            3 => add(&mut workbook, Role { what, lead: who, support: [side].into(), ..Role::new(id) }),
            4 => {
                add(&mut workbook, Promise { due: Some(on), ..Promise::new(id, side, PartnerId::us(), what) })
            }
            5 => add(&mut workbook, Candidate { name: what, next: Some(on), ..Candidate::new(id) }),
            6 => {
                add(
                    &mut workbook,
                    Contribution { what, side: Some(side), on: Some(on), ..Contribution::new(id) },
                );
            }
            _ => add(&mut workbook, Agreement { agreed: Some(on), ..Agreement::new(id) }),
        }
    }
    workbook
}

/// The nine, with all clauses filled in three voices.
fn agreed() -> Workbook {
    let mut workbook = books::nine();
    for n in 1..=29 {
        for voice in [VoiceKey::Ours, VoiceKey::Theirs(PartnerId::new("museum")), VoiceKey::Agreed] {
            let insert = "What each of us does when it rains, and who says so to whom. ".repeat(8);
            let place = TextPlace::Voice(QuestionId::new(format!("K-{n}")), voice);
            let at = workbook.text(&place).map_or(0, str::len);
            let on = Some(date(2025, 3, 1));
            workbook.apply(Edit::Splice(Splice { place, at, delete: String::new(), insert, on })).unwrap();
        }
    }
    workbook
}

/// 2,000 records of one family.
fn of_one_family(count: usize) -> Workbook {
    let mut workbook = books::nine();
    let sides: Vec<PartnerId> = workbook.partners().iter().map(|partner| partner.id.clone()).collect();
    for n in 0..count {
        let lead = Some(Who::side(sides[n % sides.len()].clone()));
        let id = RecordId::new(format!("activity-{n}"));
        let what = format!("the {n}th thing to be done");
        add(&mut workbook, Activity { what, lead, from: Some(date(2025, 11, 1)), ..Activity::new(id) });
    }
    workbook
}

fn now() -> Moment {
    let wall = "2025-11-20T10:00:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH);
    Moment { wall, mono: Duration::ZERO }
}

/// An app that has a workbook open, after some keys; what stands after a colon is looked for in the palette.
fn opened(workbook: Workbook, way: &str) -> (App, Terminal<TestBackend>) {
    let mut app = App::new(Setup {
        content: Arc::new(Content::new()),
        own_keys: Default::default(),
        theme: Theme::new(true),
        linear: false,
        zone: TimeZone::UTC,
        ids: IdSource::new(1),
        shelf: Shelf::default(),
        drafts: Default::default(),
        troubles: Vec::new(),
        size: (80, 24),
        now: now(),
    });
    let opened = Opened {
        book: Book::new(workbook, 0),
        reading: None,
        held: false,
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
    app.update(Message::Opened(Box::new(opened)), now());
    keys(&mut app, way);
    if way.starts_with(':') {
        key(&mut app, Key::Enter);
    }
    (app, Terminal::new(TestBackend::new(80, 24)).unwrap())
}

fn key(app: &mut App, key: Key) {
    black_box(app.update(Message::Key(Chord::plain(key)), now()));
}

fn keys(app: &mut App, keys: &str) {
    keys.chars().for_each(|letter| key(app, Key::Char(letter)));
}

/// Two keys in turn, and the frame after each.
fn to_and_fro(bencher: Bencher<'_, '_>, mut app: App, mut terminal: Terminal<TestBackend>, pair: [Key; 2]) {
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        key(&mut app, pair[n % 2]);
        terminal.draw(|frame| app.view(frame)).unwrap();
    });
}

/// The map, with what is owed and what comes next.
#[divan::bench(args = ALL)]
fn map_arrow_to_frame(bencher: Bencher<'_, '_>, with: With) {
    let (app, terminal) = opened(with.workbook(), "");
    to_and_fro(bencher, app, terminal, [Key::Right, Key::Left]);
}

/// An arrow in the matrix.
#[divan::bench(args = BOTH)]
fn matrix_arrow_to_frame(bencher: Bencher<'_, '_>, with: With) {
    let (app, terminal) = opened(with.workbook(), "g*");
    to_and_fro(bencher, app, terminal, [Key::Down, Key::Up]);
}

/// An arrow in the list of questions of an aspect, with its doors below.
#[divan::bench(args = BOTH)]
fn governing_arrow_to_frame(bencher: Bencher<'_, '_>, with: With) {
    let (app, terminal) = opened(with.workbook(), ":governing");
    to_and_fro(bencher, app, terminal, [Key::Down, Key::Up]);
}

/// The same at its last door.
#[divan::bench(args = BOTH)]
fn last_door_arrow_to_frame(bencher: Bencher<'_, '_>, with: With) {
    let (mut app, terminal) = opened(with.workbook(), ":governing");
    key(&mut app, Key::End);
    to_and_fro(bencher, app, terminal, [Key::Up, Key::Down]);
}

/// A letter typed into a clause, with 29 of them filled and the document beside it.
#[divan::bench]
fn clause_key_to_frame(bencher: Bencher<'_, '_>) {
    let (mut app, mut terminal) = opened(agreed(), "ga");
    key(&mut app, Key::Enter);
    bencher.bench_local(|| {
        key(&mut app, Key::Char('x'));
        terminal.draw(|frame| app.view(frame)).unwrap();
    });
}

/// An arrow in the list of clauses.
#[divan::bench]
fn clause_arrow_to_frame(bencher: Bencher<'_, '_>) {
    let (app, terminal) = opened(agreed(), "ga");
    to_and_fro(bencher, app, terminal, [Key::Down, Key::Up]);
}

/// The documents, at the longest of them.
fn longest_document() -> (App, Terminal<TestBackend>) {
    let (mut app, terminal) = opened(agreed(), "x");
    let place = alongside::export::artefacts().position(|row| row.name == "partnership-agreement");
    (0..place.unwrap()).for_each(|_| key(&mut app, Key::Down));
    (app, terminal)
}

/// Which document is made next and shown: the longest of them, and its neighbour.
#[divan::bench]
fn documents_arrow_to_frame(bencher: Bencher<'_, '_>) {
    let (app, terminal) = longest_document();
    to_and_fro(bencher, app, terminal, [Key::Down, Key::Up]);
}

/// A row further in the preview of the longest.
#[divan::bench]
fn preview_row_to_frame(bencher: Bencher<'_, '_>) {
    let (mut app, terminal) = longest_document();
    key(&mut app, Key::Tab);
    to_and_fro(bencher, app, terminal, [Key::Down, Key::Up]);
}

/// An arrow in a table of so many records.
#[divan::bench(args = [20, 2_000])]
fn table_arrow_to_frame(bencher: Bencher<'_, '_>, count: usize) {
    let (app, terminal) = opened(of_one_family(count), ":activities");
    to_and_fro(bencher, app, terminal, [Key::Down, Key::Up]);
}

/// A letter typed into a record of such a table.
#[divan::bench(args = [20, 2_000])]
fn table_key_to_frame(bencher: Bencher<'_, '_>, count: usize) {
    let (mut app, mut terminal) = opened(of_one_family(count), ":activities");
    for step in [Key::Enter, Key::Enter] {
        key(&mut app, step);
    }
    bencher.bench_local(|| {
        key(&mut app, Key::Char('x'));
        terminal.draw(|frame| app.view(frame)).unwrap();
    });
}
