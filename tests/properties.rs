//! What holds whatever a person does: any keys, texts, pastes and window sizes, in any order.
//!
//! `ALONGSIDE_TRIALS=2000 cargo test --test properties` tries harder than usual.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

// this takes only how often and where from
#[allow(dead_code)]
#[path = "../src/testing/chance.rs"]
mod chance;
mod harness;
#[path = "../src/testing/properties.rs"]
mod often;
#[path = "../src/domain/random.rs"]
mod random;

use alongside::app::all_rows;
use alongside::domain::*;
use alongside::export::{Format, Subject, artefact, artefacts};
use alongside::keymap::{Chord, Key, sequence};
use alongside::store::format::{parse_workbook, write_workbook};
use harness::{Play, Start, books, sample};
use often::cases;
use proptest::prelude::*;
use proptest::test_runner::Config;
use random::{edit_of, wish};

/// One thing that a person, or the terminal, does.
#[derive(Clone)]
enum Step {
    Keys(Vec<Chord>),
    Type(String),
    Paste(String),
    Resize(u16, u16),
    Wait(u64),
}

impl std::fmt::Debug for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Keys(chords) => {
                let keys: Vec<String> = chords.iter().map(Chord::to_string).collect();
                write!(f, "keys {}", keys.join(" "))
            }
            Self::Type(text) => write!(f, "type {text:?}"),
            Self::Paste(text) if text.len() > 200 => write!(f, "paste {} bytes", text.len()),
            Self::Paste(text) => write!(f, "paste {text:?}"),
            Self::Resize(columns, rows) => write!(f, "resize {columns}x{rows}"),
            Self::Wait(ms) => write!(f, "wait {ms}"),
        }
    }
}

/// Keys that some command has, and any others.
fn chords() -> impl Strategy<Value = Vec<Chord>> {
    let named: Vec<Vec<Chord>> =
        all_rows().iter().flat_map(|row| row.keys).map(|keys| sequence(keys).unwrap()).collect();
    let key = prop_oneof![
        any::<char>().prop_filter("typed", |c| !c.is_control()).prop_map(Key::Char),
        prop::sample::select(vec![
            Key::Enter,
            Key::Esc,
            Key::Tab,
            Key::Backspace,
            Key::Delete,
            Key::Home,
            Key::F(5)
        ]),
        prop::sample::select(vec![
            Key::Up,
            Key::Down,
            Key::Left,
            Key::Right,
            Key::PageUp,
            Key::PageDown,
            Key::End
        ]),
    ];
    let any = (key, any::<bool>(), any::<bool>(), any::<bool>())
        .prop_map(|(key, ctrl, alt, shift)| vec![Chord { key, ctrl, alt, shift }]);
    // into things and out again, so that a trial comes far
    let often = prop::sample::select(vec!["enter", "esc", "down", "tab", "up", "u", "right", "e", "t", "."])
        .prop_map(|keys| sequence(keys).unwrap());
    prop_oneof![4 => prop::sample::select(named), 4 => often, 1 => any]
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z]{1,8} [a-z ]{0,12}",
        1 => "\\PC{0,12}",
        1 => prop::sample::select(vec![books::SCRIPTS.to_owned(), "e\u{301}\u{301}".into(), "👩‍👩‍👧‍👦".into(), "日本語\n".into()]),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let pasted = prop_oneof![
        4 => texts(),
        2 => any::<String>(),
        1 => prop::sample::select(vec!["line\r\nline\r", "\x1b[31mred\x07\0", "a\tb\u{202e}c\u{feff}"]).prop_map(str::to_owned),
        1 => (1_usize..300_000).prop_map(|n| "long ".repeat(n / 5)),
    ];
    let step = prop_oneof![
        12 => chords().prop_map(Step::Keys),
        3 => texts().prop_map(Step::Type),
        1 => pasted.prop_map(Step::Paste),
        1 => (1_u16..140, 1_u16..50).prop_map(|(columns, rows)| Step::Resize(columns, rows)),
        1 => (0_u64..3_000).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 20..60)
}

fn config() -> Config {
    Config { max_shrink_iters: 150, ..cases(64) }
}

/// Where a trial begins.
#[derive(Debug, Clone, Copy)]
enum From {
    Example,
    Blank,
    Wide,
    Nothing,
}

fn from() -> impl Strategy<Value = From> {
    prop::sample::select(vec![From::Example, From::Example, From::Blank, From::Wide, From::Nothing])
}

fn begin(from: From, size: (u16, u16), linear: bool) -> Play {
    let books = match from {
        From::Example => vec![sample(), books::blank()],
        From::Blank => vec![books::blank()],
        From::Wide => vec![books::wide(), sample()],
        From::Nothing => Vec::new(),
    };
    let start = Start { size, linear, books, ..Start::default() };
    if start.books.is_empty() { Play::start(start) } else { Play::opened_in(start) }
}

fn take(play: &mut Play, step: &Step) {
    match step {
        Step::Keys(chords) => chords.iter().for_each(|chord| play.press(*chord)),
        Step::Type(text) => drop(play.type_text(text)),
        Step::Paste(text) => drop(play.paste(text)),
        Step::Resize(columns, rows) => drop(play.resize(*columns, *rows)),
        Step::Wait(ms) => drop(play.tick(*ms)),
    }
}

/// Undoes everything and does as much again; returns what stood at the far ends.
fn there_and_back(book: &mut Book) -> (Workbook, Workbook) {
    let at = "2025-11-10T15:00:00Z".parse().unwrap();
    let steps = std::iter::from_fn(|| book.undo(at).map(|_| ())).count();
    let first = book.workbook().clone();
    for _ in 0..steps {
        book.redo(at);
    }
    (first, book.workbook().clone())
}

/// The same through the program, with its own keys.
fn there_and_back_by_keys(play: &mut Play) -> (Workbook, Workbook) {
    let mut steps = 0;
    loop {
        let before = play.world.records;
        play.keys("ctrl-z");
        if play.world.records == before {
            break;
        }
        steps += 1;
    }
    let first = play.workbook().clone();
    for _ in 0..steps {
        play.keys("ctrl-y");
    }
    (first, play.workbook().clone())
}

/// Holds that two workbooks are the same, and says in which lines of their files they differ.
fn same(what: &str, is: &Workbook, should_be: &Workbook) -> Result<(), TestCaseError> {
    if is == should_be {
        return Ok(());
    }
    let file = |workbook: &Workbook| write_workbook(workbook, 0, None).unwrap_or_default();
    let (is_file, should_file) = (file(is), file(should_be));
    let only = |a: &str, b: &str| {
        let there: std::collections::HashSet<&str> = b.lines().collect();
        let lines = a.lines().filter(|line| !there.contains(line));
        lines.map(|line| line.chars().take(200).collect::<String>()).collect::<Vec<_>>().join("\n")
    };
    let (more, less) = (only(&is_file, &should_file), only(&should_file, &is_file));
    Err(TestCaseError::fail(format!("{what}\nthere is:\n{more}\nthere should be:\n{less}")))
}

/// Holds that everything was undone. Notes that came in stay, and so does what they hang on.
fn undone(what: &str, is: &Workbook, start: &Workbook) -> Result<(), TestCaseError> {
    let is_note = |line: &Line| line.id.as_str().starts_with("jot-");
    let there =
        |workbook: &Workbook| workbook.calls().iter().flat_map(|c| &c.lines).filter(|l| is_note(l)).count();
    if there(is) == there(start) {
        return same(what, is, start);
    }
    let came = is.calls().iter().filter(|call| call.lines.iter().any(is_note));
    if came.clone().any(|call| !call.is_jots()) {
        return Ok(());
    }
    let mut rest = is.clone();
    for call in came {
        let notes = call.lines.iter().filter(|line| is_note(line));
        for note in notes.filter(|note| start.line(&call.id, &note.id).is_none()) {
            rest.apply(Edit::TakeBackLine { call: call.id.clone(), line: note.id.clone() }).unwrap();
        }
        if start.call(&call.id).is_none() {
            rest.apply(Edit::TakeBackRecord { family: Family::Call, record: call.id.clone() }).unwrap();
        }
    }
    same(what, &rest, start)
}

fn reads_back(workbook: &Workbook) -> Result<(), TestCaseError> {
    let text = write_workbook(workbook, 7, None);
    prop_assert!(text.is_some(), "it cannot be written");
    let back = parse_workbook(&text.unwrap_or_default());
    prop_assert!(back.is_ok(), "{:?}", back.err());
    prop_assert_eq!(&back.unwrap().workbook, workbook);
    Ok(())
}

/// No word of a private answer is this; it is put in every private one.
const SECRET: &str = "zqxsecret";

/// The same workbook with a private answer wherever `questions` says so, in which every voice holds the secret.
fn with_secrets(workbook: &Workbook, questions: &[usize]) -> Workbook {
    let content = alongside::content::Content::new();
    let all: Vec<QuestionId> = content.questions().map(|q| QuestionId::new(&q.id)).collect();
    let mut book = Book::new(workbook.clone(), 0);
    let mut act = |edit| drop(book.act_all(vec![edit], "2025-11-10T15:00:00Z".parse().unwrap()));
    let private = questions.iter().filter_map(|n| all.get(n % all.len())).cloned();
    let already = workbook.answers().filter(|(_, answer)| answer.is_private()).map(|(id, _)| id.clone());
    for question in private.chain(already) {
        act(Edit::SetPrivate { question: question.clone(), to: true });
        let theirs = workbook.partners().iter().map(|p| VoiceKey::Theirs(p.id.clone()));
        for voice in theirs.chain([VoiceKey::Ours, VoiceKey::Agreed]) {
            let version = Version { voice: voice.clone(), on: None, until: books::DAY, text: SECRET.into() };
            act(Edit::KeepVersion { question: question.clone(), version });
            let place = TextPlace::Voice(question.clone(), voice);
            act(Edit::Splice(Splice {
                place,
                at: 0,
                delete: String::new(),
                insert: SECRET.into(),
                on: None,
            }));
        }
    }
    book.workbook().clone()
}

/// Every document there is of a workbook, in every format.
fn documents(workbook: &Workbook, with_private: bool) -> Vec<(Format, String, String)> {
    let content = alongside::content::Content::new();
    let subject = Subject::new(workbook, &content, books::DAY).with_private(with_private);
    let mut all = Vec::new();
    for format in Format::ALL {
        for artefact in artefacts() {
            // words stand in the files of every format as they are
            let written = format.write(&artefact.document(&subject)).unwrap();
            let words = String::from_utf8_lossy(written.bytes()).into_owned();
            all.push((format, format!("{} as {}", artefact.name, format.word()), words));
        }
    }
    all
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_is_pressed(
        from in from(),
        size in (1_u16..140, 1_u16..50),
        linear in any::<bool>(),
        steps in steps(),
    ) {
        let mut play = begin(from, size, linear);
        for step in &steps {
            take(&mut play, step);
            let picture = play.look();
            prop_assert!(picture.faults().is_empty(), "{:?}\n{}", picture.faults(), picture.text());
            if let Some(workbook) = play.app.workbook()
                && let Some(kept) = play.world.book(workbook.id())
            {
                same("what is kept is not what is shown", kept.workbook(), workbook)?;
            }
            if play.left() {
                break;
            }
        }
        for start in play.world.starts.clone() {
            let mut book = play.world.book(start.id()).unwrap().clone();
            let end = book.workbook().clone();
            reads_back(&end)?;
            let (first, last) = there_and_back(&mut book);
            undone("all undone", &first, &start)?;
            same("all done again", &last, &end)?;
        }
        if play.app.workbook().is_some() && !play.left() {
            let id = play.workbook().id().clone();
            let start = play.world.starts.iter().find(|start| *start.id() == id).unwrap().clone();
            // nothing is undone beneath a menu or a line to fill in
            let over: Vec<&str> = alongside::overlay::rows().iter().map(|row| row.scope()).collect();
            for _ in 0..8 {
                if play.app.rows_now().iter().any(|row| over.contains(&row.scope())) {
                    play.keys("esc");
                }
            }
            // ends a visit that is still going on, which may keep an earlier version
            play.keys("ctrl-z ctrl-y");
            let end = play.workbook().clone();
            let (first, last) = there_and_back_by_keys(&mut play);
            undone("all undone by keys", &first, &start)?;
            same("all done again by keys", &last, &end)?;
        }
    }

    #[test]
    fn whatever_is_edited(wishes in prop::collection::vec(wish(), 0..120)) {
        let start = Workbook::new(WorkbookId::new("w"), "Walk");
        let mut book = Book::new(start.clone(), 0);
        for wish in &wishes {
            if let Some(edit) = edit_of(wish, book.workbook()) {
                drop(book.act_all(vec![edit], "2025-11-10T15:00:00Z".parse().unwrap()));
            }
        }
        let end = book.workbook().clone();
        reads_back(&end)?;
        let (first, last) = there_and_back(&mut book);
        same("all undone", &first, &start)?;
        same("all done again", &last, &end)?;
    }

    #[test]
    fn no_document_holds_a_private_text(
        from in from(),
        steps in steps(),
        questions in prop::collection::vec(0_usize..1000, 1..12),
    ) {
        let mut play = begin(from, (80, 24), false);
        steps.iter().take(20).take_while(|step| { take(&mut play, step); !play.left() }).count();
        let blank = Workbook::new(WorkbookId::new("none"), "");
        let workbook = play.world.books.first().map_or(blank, |book| book.workbook().clone());
        let workbook = with_secrets(&workbook, &questions);
        for (format, name, text) in documents(&workbook, false) {
            prop_assert!(!text.contains(SECRET), "{name}:\n{text}");
            let offered = artefact("workbook").is_some_and(|row| row.formats.contains(&format));
            let says = ["left out", "left_out"].iter().any(|words| text.contains(words));
            let silent = name.starts_with("workbook") && offered && !says;
            prop_assert!(!silent, "{name} does not say that something was left out");
        }
        // where it is asked for, it is there: the test can see it
        let whole = documents(&workbook, true);
        prop_assert!(whole.iter().any(|(_, _, text)| text.contains(SECRET)));
    }
}
