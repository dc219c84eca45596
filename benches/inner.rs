//! The inner figures: a key to its frame, the first frame, loading and saving, the library, against size.
//!
//! `cargo bench` prints them. They are compared within one run and gate nothing.

// clippy.toml allows these in tests; a bench is one
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use alongside::app::{App, Message, Moment, Opened, Setup};
use alongside::content::Content;
use alongside::domain::{
    Book, Call, Edit, IdSource, Line, Partner, PartnerId, QuestionId, RecordId, Splice, Tag, TextPlace,
    VoiceKey, Workbook, WorkbookId,
};
use alongside::keymap::{Chord, Key};
use alongside::shelf::Shelf;
use alongside::store::format::{parse_workbook, write_workbook};
use alongside::store::{Folders, Hold, RealDisk, Store, Writer};
use alongside::theme::Theme;
use divan::{Bencher, black_box};
use jiff::{Timestamp, tz::TimeZone};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const KB: usize = 1024;
const SIZES: [usize; 3] = [10 * KB, 1024 * KB, 10 * 1024 * KB];
const PROSE: &str =
    "People who walk side by side say the trickier things, and nobody minds the silence between. ";

fn main() {
    divan::main();
}

fn now() -> Moment {
    Moment { wall: Timestamp::UNIX_EPOCH, mono: Duration::ZERO }
}

/// A workbook with so many bytes of answers, 2 KB of them in the first question.
fn workbook(bytes: usize) -> Workbook {
    let mut workbook = Workbook::new(WorkbookId::new("bench"), "Bench");
    let content = Content::new();
    let questions: Vec<&str> = content.cycle_questions().map(|q| q.id.as_str()).collect();
    let share = bytes.saturating_sub(2 * KB) / (questions.len() - 1);
    for (n, question) in questions.iter().enumerate() {
        let length = if n == 0 { bytes.min(2 * KB) } else { share };
        for voice in [VoiceKey::Ours, VoiceKey::Agreed] {
            let insert: String = PROSE.chars().cycle().take((length / 2).min(190 * KB)).collect();
            let place = TextPlace::Voice(QuestionId::new(*question), voice);
            let splice = Splice { place, at: 0, delete: String::new(), insert, on: None };
            workbook.apply(Edit::Splice(splice)).unwrap();
        }
    }
    workbook
}

fn app() -> App {
    App::new(Setup {
        content: Arc::new(Content::new()),
        own_keys: Default::default(),
        theme: Theme::new(true),
        linear: false,
        zone: TimeZone::UTC,
        ids: IdSource::new(1),
        shelf: Shelf::default(),
        drafts: Default::default(),
        troubles: Vec::new(),
        size: (100, 30),
        now: now(),
    })
}

fn opened(workbook: Workbook) -> (App, Terminal<TestBackend>) {
    let mut app = app();
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
    (app, Terminal::new(TestBackend::new(100, 30)).unwrap())
}

fn key(app: &mut App, key: Key) {
    black_box(app.update(Message::Key(Chord::plain(key)), now()));
}

/// One typed letter and the frame that shows it, in an answer of 1 KB of a workbook of so many bytes.
#[divan::bench(args = SIZES)]
fn key_to_frame(bencher: Bencher<'_, '_>, bytes: usize) {
    let (mut app, mut terminal) = opened(workbook(bytes));
    for step in [Key::Enter, Key::Enter] {
        key(&mut app, step);
    }
    bencher.bench_local(|| {
        key(&mut app, Key::Char('x'));
        terminal.draw(|frame| app.view(frame)).unwrap();
    });
}

/// An arrow key in the list of questions, and its frame.
#[divan::bench(args = SIZES)]
fn arrow_to_frame(bencher: Bencher<'_, '_>, bytes: usize) {
    let (mut app, mut terminal) = opened(workbook(bytes));
    key(&mut app, Key::Enter);
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        key(&mut app, if down { Key::Down } else { Key::Up });
        terminal.draw(|frame| app.view(frame)).unwrap();
    });
}

/// A workbook of nine partners in which so many calls have so many lines each.
fn talked(calls: usize, lines: usize) -> Workbook {
    let mut workbook = Workbook::new(WorkbookId::new("talk"), "Talk");
    for n in 0..9 {
        let partner =
            Partner::named(PartnerId::new(format!("p{n}")), format!("The Federation of Museums, branch {n}"));
        workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: n }).unwrap();
    }
    for n in 0..calls {
        let at = Timestamp::from_second(86_400 * n as i64).unwrap();
        let mut call = Call::begun(RecordId::new(format!("c{n}")), at.to_zoned(TimeZone::UTC).date(), at);
        call.partner = Some(PartnerId::new(format!("p{}", n % 9)));
        call.ended = (n + 1 < calls).then_some(at);
        let line = |l: usize| {
            let tag = Tag::ALL.get(l % 12).copied();
            let text = format!("{l}: {}", &PROSE[l % 20..]);
            Line { tag, ..Line::new(RecordId::new(format!("c{n}-{l}")), at, text) }
        };
        call.lines = (0..lines).map(line).collect();
        workbook.apply(Edit::AddRecord { record: Box::new(call.into()), place: n }).unwrap();
    }
    workbook
}

/// An arrow in the notes of 60 calls with 400 lines, and its frame.
#[divan::bench]
fn notes_arrow_to_frame(bencher: Bencher<'_, '_>) {
    let (mut app, mut terminal) = opened(talked(60, 7));
    for step in ['g', 'n'] {
        key(&mut app, Key::Char(step));
    }
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        key(&mut app, if n / 50 % 2 == 0 { Key::Down } else { Key::Up });
        terminal.draw(|frame| app.view(frame)).unwrap();
    });
}

/// A letter that filters them, or takes one away again, and its frame.
#[divan::bench]
fn notes_filter_key_to_frame(bencher: Bencher<'_, '_>) {
    let (mut app, mut terminal) = opened(talked(60, 7));
    for step in ['g', 'n', '/'] {
        key(&mut app, Key::Char(step));
    }
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        let word: Vec<char> = "walk side".chars().collect();
        key(&mut app, if n / 9 % 2 == 0 { Key::Char(word[n % 9]) } else { Key::Backspace });
        terminal.draw(|frame| app.view(frame)).unwrap();
    });
}

/// A letter of the open line of a call with so many lines, and its frame.
#[divan::bench(args = [20, 2_000])]
fn call_key_to_frame(bencher: Bencher<'_, '_>, lines: usize) {
    let (mut app, mut terminal) = opened(talked(1, lines));
    for step in ['g', 'C'] {
        key(&mut app, Key::Char(step));
    }
    bencher.bench_local(|| {
        key(&mut app, Key::Char('x'));
        terminal.draw(|frame| app.view(frame)).unwrap();
    });
}

/// An arrow over the lines of a call, and its frame.
#[divan::bench(args = [20, 2_000])]
fn call_arrow_to_frame(bencher: Bencher<'_, '_>, lines: usize) {
    let (mut app, mut terminal) = opened(talked(1, lines));
    for step in [Key::Char('g'), Key::Char('C'), Key::Esc] {
        key(&mut app, step);
    }
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        key(&mut app, if n / 100 % 2 == 0 { Key::Up } else { Key::Down });
        terminal.draw(|frame| app.view(frame)).unwrap();
    });
}

/// From nothing to the first frame, the disk left out.
#[divan::bench]
fn start_to_first_frame() {
    let app = app();
    let mut terminal = Terminal::new(TestBackend::new(100, 30)).unwrap();
    terminal.draw(|frame| app.view(frame)).unwrap();
}

/// The map of a workbook: every state of every aspect.
#[divan::bench(args = SIZES)]
fn map_frame(bencher: Bencher<'_, '_>, bytes: usize) {
    let (app, mut terminal) = opened(workbook(bytes));
    bencher.bench_local(|| terminal.draw(|frame| app.view(frame)).map(|_| ()).unwrap());
}

#[divan::bench(args = SIZES)]
fn write_text(bencher: Bencher<'_, '_>, bytes: usize) {
    let workbook = workbook(bytes);
    bencher.bench(|| write_workbook(black_box(&workbook), 1, None).unwrap());
}

#[divan::bench(args = SIZES)]
fn read_text(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = write_workbook(&workbook(bytes), 1, None).unwrap();
    bencher.bench(|| parse_workbook(black_box(&text)).unwrap());
}

/// A store in a folder of its own, which goes with it.
struct Home {
    _folder: tempfile::TempDir,
    store: Store,
}

fn home() -> Home {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::with_disk(Folders::at(folder.path()), std::sync::Arc::new(RealDisk));
    Home { _folder: folder, store }
}

/// Opening a workbook to write, and letting go of it unchanged.
#[divan::bench(args = SIZES)]
fn load(bencher: Bencher<'_, '_>, bytes: usize) {
    let home = home();
    let folder = home.store.workbooks().create(&workbook(bytes), Timestamp::UNIX_EPOCH).unwrap();
    bencher.bench(|| home.store.open(&folder, Timestamp::UNIX_EPOCH).unwrap());
}

/// One letter kept, then the whole file saved, read back and renamed.
#[divan::bench(args = SIZES, sample_count = 20)]
fn save(bencher: Bencher<'_, '_>, bytes: usize) {
    let home = home();
    let folder = home.store.workbooks().create(&workbook(bytes), Timestamp::UNIX_EPOCH).unwrap();
    bencher
        .with_inputs(|| {
            let opened = home.store.open(&folder, Timestamp::UNIX_EPOCH).unwrap();
            let Hold::Writing(writing) = opened.hold else { panic!("held by nobody else") };
            let (reports, heard) = channel();
            (opened.book, Writer::start(writing, reports, Box::new(|| {})).unwrap(), heard)
        })
        .bench_local_values(|(mut book, writer, _heard)| {
            let place = TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours);
            let splice = Splice { place, at: 0, delete: String::new(), insert: "x".into(), on: None };
            writer.append(book.act(Edit::Splice(splice), Timestamp::UNIX_EPOCH).unwrap());
            writer.close().unwrap();
        });
}

/// What the first frame needs of a library, however large it is.
#[divan::bench(args = [1, 100, 10_000], sample_count = 20)]
fn library_first_rows(bencher: Bencher<'_, '_>, count: usize) {
    let home = library(count);
    bencher.bench(|| home.store.workbooks().first_rows(30));
}

/// The whole list, with its index there; read on a worker in the program.
#[divan::bench(args = [1, 100, 10_000], sample_count = 5)]
fn library_whole(bencher: Bencher<'_, '_>, count: usize) {
    let home = library(count);
    bencher.bench(|| home.store.workbooks().entries().unwrap());
}

fn library(count: usize) -> Home {
    let home = home();
    let ids = IdSource::new(3);
    for n in 0..count {
        let workbook = Workbook::new(ids.workbook(), format!("Workbook {n}"));
        home.store.workbooks().create(&workbook, Timestamp::UNIX_EPOCH).unwrap();
    }
    let (news, _heard) = channel();
    home.store.workbooks().load(&news, &|| ());
    home
}
