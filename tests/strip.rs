//! The strip is ready within a frame, wherever one is and whatever the disk does; and it leaves no trace.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod harness;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use alongside::app::{App, Effect, Message, Moment, Opened, Setup};
use alongside::content::Content;
use alongside::domain::{Book, IdSource, QuestionId, Workbook};
use alongside::keymap::sequence;
use alongside::shelf::Shelf;
use alongside::store::fault::FaultyDisk;
use alongside::store::{Folders, Hold, RealDisk, Store, Writer};
use alongside::theme::Theme;
use harness::scenes::{FIRST_SCENES, SCENES, Scene};
use harness::{Picture, Play, books, sample};
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// Whether the caret is in the strip: in the row below the one that says where the words go.
fn is_in_strip(picture: &Picture) -> bool {
    let label = picture.lines().position(|line| line.trim_start().starts_with("Jot: "));
    let caret = picture.cursor.map(|(_, row)| usize::from(row));
    picture.is_typing() && label.is_some() && caret == label.map(|row| row + 1)
}

/// Whether the caret is in the line of a call, or says whose call it is.
fn is_in_call(picture: &Picture) -> bool {
    let text = picture.text();
    picture.is_typing() && (text.contains("Enter stamp") || text.contains("Who is it?"))
}

/// A frame without what a second, or a notice that has been read, makes different.
fn at_rest(picture: &Picture) -> (String, Option<(u16, u16)>) {
    let lines = picture.lines().map(|line| {
        let ticks = line.contains("Call ") || line.contains("(14:03)");
        if ticks { line.replace(|c: char| c.is_ascii_digit(), "0") } else { line }
    });
    (lines.collect::<Vec<_>>().join("\n"), picture.cursor)
}

fn scope(play: &Play) -> &'static str {
    play.app.rows_now().first().map_or("", |row| row.scope())
}

/// One key, one frame, and the caret is there; a letter is taken; Esc uncovers the very frame and caret.
fn comes_and_goes(play: &mut Play, scene: &Scene, books: &[Workbook], key: &str) -> Result<(), String> {
    play.again(books.to_vec());
    scene.go(play);
    let here = scope(play);
    // in the strip it leads to the call, and on a call to its line
    if matches!(here, "jot" | "call" | "call-line" | "call-head" | "call-side") {
        play.keys(key);
        let picture = play.look();
        let there =
            if here == "jot" { scope(play) != "jot" && picture.is_typing() } else { is_in_call(&picture) };
        return if there { Ok(()) } else { Err(format!("{here}: no line to type in:\n{}", picture.text())) };
    }
    let before = play.look();
    play.keys(key);
    let strip = play.look();
    if !is_in_strip(&strip) {
        return Err(format!("{here}: the caret is not in the strip:\n{}", strip.text()));
    }
    play.keys("'w'");
    let caret = strip.cursor;
    let mut typed = play.look();
    typed.cursor = caret;
    if typed.under_cursor() != Some("w") {
        return Err(format!("{here}: the strip takes no letter:\n{}", typed.text()));
    }
    play.keys("backspace esc");
    let after = play.look();
    // what was said before the key has been read by then, and a sequence that had begun is over
    let said = |picture: &Picture| picture.lines().nth(usize::from(picture.rows) - 2).unwrap_or_default();
    let stays = said(&before) == said(&after) && scene.name != "go";
    let same = if stays { before } else { again(play, key) };
    if at_rest(&same) != at_rest(&after) {
        return Err(format!("{here}: another frame:\n{}\n{}", same.to_keep(), after.to_keep()));
    }
    Ok(())
}

/// The frame that another visit to the strip leaves.
fn again(play: &mut Play, key: &str) -> Picture {
    play.keys(key).keys("esc");
    play.look()
}

#[test]
fn from_every_state_of_every_screen_it_is_there_in_one_frame_and_leaves_no_trace() {
    let mut faults = Vec::new();
    for (size, key) in [((80, 24), "ctrl-j"), ((60, 20), "f2")] {
        let mut play = Play::example(size.0, size.1);
        for (scenes, books) in [(SCENES, vec![sample(), books::blank()]), (FIRST_SCENES, Vec::new())] {
            for scene in scenes {
                if let Err(why) = comes_and_goes(&mut play, scene, &books, key) {
                    faults.push(format!("{} with {key} at {size:?}, {why}", scene.name));
                }
            }
        }
    }
    let names: Vec<&str> = faults.iter().map(|f| f.split(':').next().unwrap_or("")).collect();
    let some = faults.iter().take(4).cloned().collect::<Vec<_>>().join("\n\n");
    assert!(faults.is_empty(), "{} faults: {}\n{some}", faults.len(), names.join(" | "));
}

/// How long the loop lets a frame wait for the journal, as the real one does.
const FRAME_WAITS: Duration = Duration::from_millis(20);
/// How long the disk stands still.
const STALL: Duration = Duration::from_secs(30);
/// A frame must be there long before that, also on a busy machine without optimisation.
const SOON: Duration = Duration::from_secs(1);

/// The program on a store that is real, with a disk that can stand still.
struct Stalled {
    app: App,
    writer: Writer,
    disk: FaultyDisk,
    terminal: Terminal<TestBackend>,
    began: Instant,
    _dir: tempfile::TempDir,
}

impl Stalled {
    fn new(workbook: &Workbook) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::new(Arc::new(RealDisk)).pretending_to_sync();
        let store = Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(disk.clone()));
        let now = moment(Duration::ZERO);
        let folder = store.workbooks().create(workbook, now.wall).unwrap();
        let opened = store.open(&folder, now.wall).unwrap();
        let Hold::Writing(writing) = opened.hold else { panic!("it can be written") };
        let writer = Writer::start(writing, channel().0, Box::new(|| {})).unwrap();
        let app = App::new(Setup {
            content: Arc::new(Content::new()),
            own_keys: BTreeMap::new(),
            theme: Theme::new(false),
            linear: false,
            zone: TimeZone::UTC,
            ids: IdSource::new(1),
            shelf: Shelf { complete: true, ..Shelf::default() },
            drafts: BTreeMap::new(),
            troubles: Vec::new(),
            size: (80, 24),
            now,
        });
        let terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let mut stalled = Self { app, writer, disk, terminal, began: Instant::now(), _dir: dir };
        stalled.frame(Message::Opened(Box::new(open(opened.book))));
        stalled
    }

    /// One turn of the loop: what has come is taken in, the frame waits a moment for the journal, and is drawn.
    fn frame(&mut self, message: Message) -> Picture {
        let now = moment(self.began.elapsed());
        for effect in self.app.update(message, now) {
            if let Effect::Append(records) = effect {
                self.writer.append(records);
            }
        }
        if let Some(seq) = self.app.shown_seq()
            && self.writer.wait_kept(seq, FRAME_WAITS)
        {
            self.app.update(Message::Kept(seq), now);
        }
        self.terminal.draw(|frame| self.app.view(frame)).unwrap();
        Picture::of(self.terminal.backend())
    }

    /// Presses keys, a frame each; returns the last frame and how long the longest took.
    fn keys(&mut self, keys: &str) -> (Picture, Duration) {
        let frames = sequence(keys).unwrap().into_iter().map(|chord| {
            let before = Instant::now();
            (self.frame(Message::Key(chord)), before.elapsed())
        });
        let frames: Vec<(Picture, Duration)> = frames.collect();
        let longest = frames.iter().map(|(_, took)| *took).max().unwrap();
        (frames.into_iter().next_back().unwrap().0, longest)
    }
}

fn moment(mono: Duration) -> Moment {
    let start: jiff::Timestamp = "2025-11-10T14:03:00Z".parse().unwrap();
    Moment { wall: start.checked_add(mono).unwrap(), mono }
}

fn open(book: Book) -> Opened {
    let (notice, fresh, tour) = (String::new(), false, false);
    Opened {
        book,
        reading: None,
        held: false,
        changed: None,
        notice,
        place: None,
        go: None,
        beside: None,
        told_of: None,
        call: None,
        fresh,
        tour,
    }
}

#[test]
fn while_a_save_is_stalled_it_opens_and_takes_text_at_once() {
    let mut stalled = Stalled::new(&books::blank());
    stalled.keys("g s enter a n d");
    // not even the system takes anything any more
    stalled.disk.stall_writes(STALL);
    let stands_still = Instant::now();
    let (writing, took) = stalled.keys("x x");
    assert!(writing.text().contains("not yet kept") && took < SOON, "{took:?}:\n{}", writing.text());
    // something that is said meanwhile does not take the place of the sign
    let said = stalled.frame(Message::Done("Saved 14:03, safe on disk.".to_owned()));
    assert!(said.text().contains("not yet kept · Saved 14:03"), "{}", said.text());

    let (strip, took) = stalled.keys("ctrl-j");
    assert!(is_in_strip(&strip), "{}", strip.text());
    assert!(took < SOON, "ready after {took:?}");
    let (strip, took) = stalled.keys("r i n g enter w h o");
    assert!(took < SOON, "a letter takes {took:?}");
    assert!(is_in_strip(&strip) && strip.text().contains("1 line kept"), "{}", strip.text());
    assert!(strip.text().contains("not yet kept"), "it is not said to be safe:\n{}", strip.text());
    // on to a call, and back to the word
    let (call, took) = stalled.keys("ctrl-j enter l e enter");
    assert!(is_in_call(&call) && took < SOON, "{took:?}:\n{}", call.text());
    let (back, _) = stalled.keys("esc esc y");
    assert!(back.is_typing() && back.text().contains("not yet kept"), "{}", back.text());
    assert!(stands_still.elapsed() < STALL, "the disk stood still all the while");

    let workbook = stalled.app.workbook().unwrap();
    let said: Vec<&str> =
        workbook.calls().iter().flat_map(|call| &call.lines).map(|line| line.text.as_str()).collect();
    assert_eq!(said, ["ring", "whole"]);
    let ours = &workbook.answer(&QuestionId::new("SCO-1")).ours().text;
    assert!(ours.starts_with("andx") && ours.ends_with('y'), "{ours}");
    // nobody waits for the disk at the end of the test
    std::mem::forget(stalled.writer);
}
