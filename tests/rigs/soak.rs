//! The soak: one window for hours, in small. Somebody goes over all screens, writes, takes back, folds, makes calls, exports
//! and versions; after each stretch the program may hold no more memory, files or threads than it did, and leave nothing lying
//! about. A minute and an hour differ only in how many stretches there are.
#![cfg(target_os = "linux")]

use std::time::{Duration, Instant};

use crate::chance::{Chance, seed, trials};
use crate::home::Home;
use crate::window::{Seen, Window};

/// How many things are done in one stretch.
const ACTS: usize = 20;
/// How much memory may grow over all stretches after the first few, in KB.
const MORE_MEMORY: u64 = 40_000;
/// How much more for each KB that was written: it is held by whoever draws and by whoever saves, can be undone, and was
/// read anew each time the workbook was opened.
const FOR_WHAT_IS_WRITTEN: u64 = 10;

/// What a program holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Held {
    /// KB.
    memory: u64,
    files: usize,
    threads: usize,
}

fn held(window: &Window) -> Held {
    let proc = format!("/proc/{}", window.pid().as_raw_nonzero());
    let status = std::fs::read_to_string(format!("{proc}/status")).unwrap();
    let rss =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok());
    let count = |name| std::fs::read_dir(format!("{proc}/{name}")).unwrap().count();
    Held { memory: rss.unwrap(), files: count("fd"), threads: count("task") }
}

/// What is done at random. Whatever it leads to, it ends where keys are commands.
const ACTS_OF_ALL_SCREENS: [&str; 24] = [
    "g m",
    "g s down down",
    "g a",
    "g p",
    "g c",
    "g t",
    "g o",
    "g b",
    "g v",
    "g L enter",
    "g S",
    "g w",
    "x down down",
    "/",
    "?",
    "g g",
    "u",
    "U",
    "ctrl-p",
    "ctrl-s",
    "t",
    "g r",
    "f",
    "J",
];

/// One stretch. How many keys and letters that were.
fn stretch(window: &mut Window, chance: &mut Chance, n: usize) -> usize {
    let mut keys = 0;
    for act in 0..ACTS {
        match chance.below(12) {
            0..=3 => {
                let question = 1 + chance.below(9);
                window.keys(&format!("g s {question}"));
                let length = 5 + chance.below(30) as usize;
                keys += length;
                if begins_to_type(window) {
                    // letters that are no commands, should the frame have been an old one
                    window.type_text(&format!("z{:0>length$}z", chance.below(10_000)));
                    // an hour of this is years of somebody's writing: most of it is taken back, or the workbook would be
                    // larger than any
                    if chance.below(10) > 0 {
                        window.keys("esc u");
                    }
                }
            }
            4 => {
                window
                    .keys("g s enter")
                    .paste(&format!("a text of stretch {n}, act {act}\n").repeat(5))
                    .keys("esc u");
            }
            5 if act % 20 == 0 => {
                window.keys("g C").type_text("z0z0z0").keys("enter").type_text("z1z1").keys("enter esc X");
            }
            6 => drop(window.resize(60 + chance.below(80) as u16, 20 + chance.below(30) as u16)),
            _ => {
                window.keys(ACTS_OF_ALL_SCREENS[chance.pick(ACTS_OF_ALL_SCREENS.len())]);
            }
        }
        // out of whatever was opened, by way of the library, where nothing is half done
        window.keys("esc esc esc");
        to_the_library(window);
        window.keys("enter").wait_for("the workbook", |seen| begins(seen, " Tactile guide"));
        keys += 6;
    }
    keys
}

/// Whether a whole frame begins with a text.
fn begins(seen: &Seen, text: &str) -> bool {
    seen.is_settled() && seen.text().starts_with(text)
}

/// Goes to the library; a workbook stays open while the disk has not answered, and then it is asked for again.
fn to_the_library(window: &mut Window) {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        window.keys("g L");
        let soon = Instant::now() + Duration::from_millis(500);
        while Instant::now() < soon {
            if window.look(|seen| begins(seen, " Workbooks")) {
                return;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        assert!(Instant::now() < until, "not in the library:\n{}", window.text());
    }
}

/// Presses Enter; letters are sent only where they are text.
fn begins_to_type(window: &mut Window) -> bool {
    window.keys("enter");
    let until = Instant::now() + Duration::from_millis(300);
    while Instant::now() < until {
        if window.look(|seen| seen.is_settled() && seen.text().contains("TYPING")) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    false
}

/// Waits until the journal is folded and the program rests.
fn rests(home: &Home, window: &mut Window) {
    let is_map = |seen: &Seen| seen.is_settled() && seen.text().to_lowercase().contains("communicating");
    window.keys("g m").wait_for("the map", is_map).keys("ctrl-s");
    let until = Instant::now() + Duration::from_secs(20);
    while !home.folded() {
        assert!(Instant::now() < until, "it is never folded:\n{}", window.text());
        std::thread::sleep(Duration::from_millis(10));
    }
    window.text();
}

/// What it holds once the threads have ended that read the library or look back at a day.
fn held_at_rest(window: &Window, before: Option<Held>) -> Held {
    let until = Instant::now() + Duration::from_secs(5);
    loop {
        let now = held(window);
        let is_more = |before: Held| now.files > before.files || now.threads > before.threads;
        if !before.is_some_and(is_more) || Instant::now() > until {
            return now;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// KB of the workbook and of what can be undone in it.
fn written(home: &Home) -> u64 {
    let bytes = |name| std::fs::metadata(home.folder().join(name)).map_or(0, |meta| meta.len());
    (bytes("workbook.ron") + bytes("undo.log")) / 1024
}

/// Names that nothing should leave behind. The list of workbooks may still be being written.
fn stale(home: &Home) -> Vec<String> {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        let names = home.files().into_keys().map(|path| path.display().to_string());
        let left: Vec<String> =
            names.filter(|name| name.contains(".alongside-tmp") || name.contains("quarantine")).collect();
        if left.is_empty() || Instant::now() > until {
            return left;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn hours_at_one_window_hold_no_more_than_minutes() {
    let began = Instant::now();
    let home = Home::with_workbook();
    let mut chance = Chance::new(seed() + 50);
    let mut window = home.window().size(100, 30).arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING");
    let stretches = trials(4, 300);
    let (mut first, mut most, mut keys) = (None::<Held>, 0, 0);
    let mut written_most = 0;
    for n in 0..stretches {
        keys += stretch(&mut window, &mut chance, n);
        rests(&home, &mut window);
        let now = held_at_rest(&window, first);
        most = most.max(now.memory);
        assert_eq!(stale(&home), Vec::<String>::new(), "stretch {n}");
        // the first ones read content, and grow
        if n < 2 {
            continue;
        }
        let before = *first.get_or_insert(now);
        // an `undo.log` that is made shorter takes no memory with it: the system's allocator keeps what it once had
        written_most = written_most.max(written(&home));
        let may = before.memory + MORE_MEMORY + FOR_WHAT_IS_WRITTEN * written_most;
        assert!(now.memory < may, "stretch {n}: {before:?}, now {now:?}, where {may} would be well");
        assert!(now.files <= before.files + 3, "stretch {n}: {before:?}, now {now:?}");
        assert!(now.threads <= before.threads + 2, "stretch {n}: {before:?}, now {now:?}");
        assert!(home.run(&["jot", "--to", "Tactile guide", &format!("note {n}")]).status.success());
    }
    let last = held(&window);
    window.resize(100, 30).keys("g m").wait("COMMUNICATING").keys("q q").exited(0).is_given_back();
    let checked = home.run(&["check"]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    println!(
        "{stretches} stretches, {keys} keys, {} KB written, seed {}: from {:?} to {last:?}, {} MB at most; {:?}",
        written(&home),
        seed(),
        first.unwrap_or(last),
        most / 1000,
        began.elapsed()
    );
}

/// A program that leaves files open would be noticed.
#[test]
fn what_is_held_is_counted() {
    let home = Home::with_workbook();
    let mut window = home
        .shell("exec 3</dev/null; echo one; read x; exec 4</dev/null 5</dev/null; echo two; read x")
        .open_raw();
    window.wait_for("one", |seen| seen.text().contains("one"));
    let before = held(&window);
    window.keys("enter").wait_for("two", |seen| seen.text().contains("two"));
    let after = held(&window);
    assert_eq!(after.files, before.files + 2);
    assert!(before.memory > 100 && before.threads == 1);
    window.keys("enter").exited(0);
}
