//! What is measured, in which order. Each part makes its own data, and the program and the floor take turns within it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::books::{self, TITLE};
use crate::figures::{Samples, Target, head, row};
use crate::floor;
use crate::system;
use crate::terminal::{Start, Terminal};

const KB: usize = 1024;
const MB: usize = 1024 * KB;
const PROGRAM: &str = env!("CARGO_BIN_EXE_alongside");
/// Stands below every screen of a workbook.
const IN_A_WORKBOOK: &str = "g go to";
/// The footer of the library.
const LIBRARY: &str = "J jot";

type Part = (&'static str, fn());

const PARTS: [Part; 9] = [
    ("start", start),
    ("key", key),
    ("large", large),
    ("burst", burst),
    ("idle", idle),
    ("memory", memory),
    ("find", find),
    ("save", save),
    ("leave", leave),
];

/// Takes the parts that are named, or all.
pub fn run(named: &[&str]) {
    head();
    for (name, part) in PARTS {
        if named.is_empty() || named.contains(&name) {
            part();
        }
    }
    let size = std::fs::metadata(PROGRAM).unwrap().len() as f64 / MB as f64;
    let mut binary = Samples::default();
    binary.count(size);
    row("the program itself", "MiB", &binary, None, Target::AtMost(6.0));
}

/// A folder of its own, and the library in it.
struct Home {
    dir: TempDir,
}

impl Home {
    fn new(fill: impl FnOnce(&Path)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let home = Self { dir };
        fill(&home.root());
        home
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("kept")
    }

    /// The word alone, as a person types it.
    fn start(&self) -> Start {
        Start::new(PROGRAM, self.dir.path()).env("ALONGSIDE_DIR", self.root())
    }

    /// In the workbook: at the map, or where somebody was last.
    fn opened(&self) -> Terminal {
        let mut terminal = self.start().arg("open").arg(TITLE).open();
        terminal.wait(IN_A_WORKBOOK);
        terminal
    }

    /// In the first answer, typing at its end.
    fn typing(&self) -> Terminal {
        let mut terminal = self.opened();
        terminal.answered(b"g");
        terminal.answered(b"s");
        terminal.wait("question 1 of");
        terminal.write(b"\r");
        terminal.wait("TYPING");
        terminal
    }

    fn in_call(&self) -> Terminal {
        let mut terminal = self.start().arg("call").arg(TITLE).open();
        terminal.wait("TYPING");
        terminal
    }
}

fn floor_started() -> Terminal {
    let here = std::env::current_exe().unwrap();
    Start::new(here.to_str().unwrap(), Path::new("/")).arg("floor").open()
}

fn the_floor() -> Terminal {
    let mut terminal = floor_started();
    terminal.wait(floor::READY);
    terminal
}

/// Spawn to the whole first screen.
fn start() {
    let sizes = [1, 100, 10_000];
    let homes = sizes.map(|count| Home::new(|at| _ = books::library(at, count, 2)));
    // a call that is cut off is found again by the next start: it would change what the others measure
    let calls = Home::new(|at| _ = books::library(at, 100, 2));
    let (mut floor, mut call) = (Samples::default(), Samples::default());
    let mut ours = sizes.map(|_| Samples::default());
    for _ in 0..30 {
        let mut terminal = floor_started();
        floor.push(terminal.first(&[floor::READY]));
        for (home, samples) in homes.iter().zip(&mut ours) {
            let mut terminal = home.start().open();
            samples.push(terminal.first(&[TITLE, LIBRARY]));
        }
        let mut terminal = calls.start().arg("call").arg(TITLE).open();
        call.push(terminal.first(&["TYPING"]));
    }
    for (count, samples) in sizes.iter().zip(&ours) {
        row(&format!("start, {count} workbooks"), "ms", samples, Some(&floor), Target::TimesFloor(1.5));
    }
    row("start with 10,000 against start with 1", "ms", &ours[2], Some(&ours[0]), Target::TimesFloor(1.2));
    row("straight into a call", "ms", &call, Some(&floor), Target::TimesFloor(1.5));
}

/// Types letters one at a time. Each is painted when the last eight stand in one row.
struct Typist {
    typed: String,
    chance: u64,
    took: Samples,
    bytes: Samples,
}

impl Typist {
    fn new() -> Self {
        Self { typed: String::new(), chance: 88_172_645, took: Samples::default(), bytes: Samples::default() }
    }

    fn below(&mut self, end: u64) -> u64 {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        (self.chance >> 11) % end
    }

    /// A line of its own, a tag that is not timed, then so many letters.
    fn line(&mut self, terminal: &mut Terminal, letters: usize) {
        terminal.write(b"\r");
        terminal.lull();
        self.typed = (0..8).map(|_| char::from(b'a' + self.below(26) as u8)).collect();
        terminal.write(self.typed.clone().as_bytes());
        terminal.wait(&self.typed);
        for _ in 0..letters {
            // no clock of a frame is met in step
            let pause = self.below(14_000);
            terminal.idle(Duration::from_micros(pause));
            let letter = char::from(b'a' + self.below(26) as u8);
            self.typed.push(letter);
            let last = self.typed[self.typed.len() - 8..].to_owned();
            let before = terminal.bytes;
            let took = terminal.timed(&[letter as u8], &last, |text| text.contains(&last));
            terminal.lull();
            self.took.push(took);
            self.bytes.count((terminal.bytes - before) as f64);
        }
    }
}

/// A typed key in an answer of 2 KB, in a workbook of 1 MB; an arrow in the list of questions.
fn key() {
    let home = Home::new(|at| _ = books::one(at, MB, 2 * KB));
    let (mut ours, mut floor) = (Typist::new(), Typist::new());
    let (mut program, mut beside) = (home.typing(), the_floor());
    for _ in 0..10 {
        ours.line(&mut program, 40);
        floor.line(&mut beside, 40);
    }
    row(
        "key, answer of 2 KB, workbook of 1 MB",
        "ms",
        &ours.took,
        Some(&floor.took),
        Target::TimesFloor(1.5),
    );
    row("the same, its slowest", "ms", &ours.took, None, Target::TimesMedian(3.0));
    row("bytes to the terminal for that key", "B", &ours.bytes, Some(&floor.bytes), Target::AtMost(60.0));
    let mut program = home.opened();
    for step in [&b"g"[..], b"s"] {
        program.answered(step);
    }
    let (mut arrow, mut bytes) = (Samples::default(), Samples::default());
    for n in 0..60 {
        let (took, came) = program.answered(if n / 4 % 2 == 0 { b"\x1b[B" } else { b"\x1b[A" });
        arrow.push(took);
        bytes.count(came as f64);
    }
    row("arrow in the questions, to its last byte", "ms", &arrow, None, Target::None);
    row("bytes to the terminal for that arrow", "B", &bytes, None, Target::None);
}

/// A typed key against the size of the field, the workbook and the call.
fn large() {
    let cases: [(&str, Home, f64); 4] = [
        ("key, answer of 20 KB", Home::new(|at| _ = books::one(at, MB, 20 * KB)), 4.0),
        ("key, answer of 190 KB", Home::new(|at| _ = books::one(at, MB, 190 * KB)), 16.0),
        ("key, workbook of 10 MB", Home::new(|at| _ = books::one(at, 10 * MB, 2 * KB)), 4.0),
        ("key, workbook of 10 KB", Home::new(|at| _ = books::one(at, 10 * KB, 2 * KB)), 4.0),
    ];
    for (name, home, most) in &cases {
        let (mut typist, mut program) = (Typist::new(), home.typing());
        for _ in 0..5 {
            typist.line(&mut program, 40);
        }
        row(name, "ms", &typist.took, None, Target::AtMost(*most));
    }
    let home = Home::new(|at| _ = books::in_call(at, 2_000));
    let (mut typist, mut program) = (Typist::new(), home.in_call());
    for _ in 0..5 {
        typist.line(&mut program, 40);
    }
    row("key, call of 2,000 lines", "ms", &typist.took, None, Target::AtMost(4.0));
}

/// 2,000 characters at once without marks, and a marked paste of 100 KB.
fn burst() {
    let mut bursts = [Samples::default(), Samples::default()];
    let mut pastes = [Samples::default(), Samples::default()];
    for round in 0..10 {
        // an answer takes 200 KB: two pastes in one of them would be refused
        let home = Home::new(|at| _ = books::one(at, 100 * KB, 2 * KB));
        for (which, mut terminal) in [home.typing(), the_floor()].into_iter().enumerate() {
            let end = format!("endofburst{round}{which}");
            terminal.write(b"\r");
            terminal.lull();
            let text = format!("{}\r{end}", books::prose(1_980).replace("silence", "silence\r"));
            let took = terminal.timed(text.as_bytes(), &end, |text| text.contains(&end));
            bursts[which].push(took);
            terminal.lull();
            let end = format!("endofpaste{round}{which}");
            let text = format!("\x1b[200~{}\n{end}\x1b[201~", books::prose(100 * KB));
            pastes[which].push(terminal.timed(text.as_bytes(), &end, |text| text.contains(&end)));
        }
    }
    row("2,000 characters at once, unmarked", "ms", &bursts[0], Some(&bursts[1]), Target::AtMost(5.0));
    row("a paste of 100 KB to its end", "ms", &pastes[0], Some(&pastes[1]), Target::AtMost(10.0));
}

/// Doing nothing: at the map, while typing pauses, and in a call, whose clock ticks once a second.
fn idle() {
    const LONG: Duration = Duration::from_secs(8);
    let home = Home::new(|at| _ = books::one(at, 100 * KB, 2 * KB));
    let call = Home::new(|at| _ = books::in_call(at, 20));
    let cases: [(&str, Terminal, f64); 3] = [
        ("at the map", home.opened(), 0.0),
        ("with a call running", call.in_call(), 1.5),
        ("the floor", the_floor(), 0.0),
    ];
    for (name, mut terminal, wakes) in cases {
        // what was begun is finished, and the five seconds of rest are over
        terminal.idle(Duration::from_secs(6));
        let before = system::used(terminal.pid());
        let bytes = terminal.idle(LONG);
        let after = system::used(terminal.pid());
        let per_second = |n: f64| {
            let mut samples = Samples::default();
            samples.count(n / LONG.as_secs_f64());
            samples
        };
        let woken = per_second((after.wakes - before.wakes) as f64);
        row(&format!("idle {name}: wake-ups a second"), "", &woken, None, Target::AtMost(wakes));
        let cpu = per_second(after.cpu_us - before.cpu_us);
        row(&format!("idle {name}: processor time a second"), "us", &cpu, None, Target::None);
        row(&format!("idle {name}: bytes a second"), "B", &per_second(bytes as f64), None, Target::None);
    }
}

/// The most memory at once: the library, a visit to a workbook, a large one.
fn memory() {
    for (count, most) in [(1, 8.0), (100, 8.0), (10_000, 30.0)] {
        let home = Home::new(|at| _ = books::library(at, count, 2));
        let mut terminal = home.start().open();
        terminal.first(&[TITLE, LIBRARY]);
        terminal.idle(Duration::from_millis(800));
        peak(&format!("memory at its peak, {count} workbooks"), &terminal, most);
    }
    for (size, name) in [(MB, "1 MB"), (10 * MB, "10 MB")] {
        let home = Home::new(|at| _ = books::one(at, size, 2 * KB));
        let terminal = home.typing();
        peak(&format!("memory at its peak, in a workbook of {name}"), &terminal, f64::NAN);
    }
}

fn peak(name: &str, terminal: &Terminal, most: f64) {
    let mut samples = Samples::default();
    samples.count(system::peak_mib(terminal.pid()));
    row(name, "MiB", &samples, None, if most.is_nan() { Target::None } else { Target::AtMost(most) });
}

/// Finding over the whole library: each key's echo, and the first results after the last of them.
fn find() {
    for count in [100, 10_000] {
        let home = Home::new(|at| _ = books::library(at, count, 2));
        let (mut keys, mut results) = (Samples::default(), Samples::default());
        for _ in 0..5 {
            let mut terminal = home.start().open();
            terminal.wait(TITLE);
            terminal.idle(Duration::from_millis(300));
            terminal.answered(b"\x06");
            for letter in b"trickie" {
                let (took, _) = terminal.answered(&[*letter]);
                keys.push(took);
            }
            results.push(terminal.timed(b"r", "the results", |text| text.contains("trickier things")));
        }
        row(&format!("find, {count} workbooks: a key to its last byte"), "ms", &keys, None, Target::None);
        row(
            &format!("find, {count} workbooks: to the first result"),
            "ms",
            &results,
            None,
            Target::AtMost(100.0),
        );
    }
}

/// Keys while the whole workbook is being saved.
fn save() {
    for (size, name) in [(MB, "1 MB"), (10 * MB, "10 MB")] {
        let home = Home::new(|at| _ = books::one(at, size, 2 * KB));
        let (mut quiet, mut saving) = (Typist::new(), Typist::new());
        let mut terminal = home.typing();
        for _ in 0..5 {
            quiet.line(&mut terminal, 20);
            terminal.write(b"\x13");
            saving.line(&mut terminal, 20);
        }
        row(
            &format!("key while a workbook of {name} is saved"),
            "ms",
            &saving.took,
            Some(&quiet.took),
            Target::TimesFloor(1.5),
        );
        row(&format!("the same ({name}), its slowest"), "ms", &saving.took, None, Target::AtMost(4.0));
    }
}

/// The last key to the end of the process, nothing changed.
fn leave() {
    let home = Home::new(|at| _ = books::library(at, 100, 2));
    let (mut ours, mut floor) = (Samples::default(), Samples::default());
    for _ in 0..10 {
        let mut terminal = home.opened();
        terminal.answered(b"q");
        ours.push(terminal.left(b"q"));
        floor.push(the_floor().left(b"\x11"));
    }
    row("leaving, nothing changed", "ms", &ours, Some(&floor), Target::None);
    let home = Home::new(|at| _ = books::one(at, 100 * KB, 2 * KB));
    let mut changed = Samples::default();
    for n in 0..10 {
        let mut terminal = home.typing();
        let word = format!("word{n}");
        terminal.write(word.as_bytes());
        terminal.wait(&word);
        terminal.answered(b"\x1b");
        terminal.idle(Duration::from_millis(60));
        terminal.answered(b"q");
        changed.push(terminal.left(b"q"));
    }
    row("leaving after a change (synced, saved whole)", "ms", &changed, Some(&floor), Target::None);
    let began = Instant::now();
    let file = home.dir.path().join("synced");
    for _ in 0..20 {
        std::fs::write(&file, [0; 80]).unwrap();
        std::fs::File::open(&file).unwrap().sync_all().unwrap();
    }
    let mut sync = Samples::default();
    sync.push(began.elapsed() / 20);
    row("one sync of this disk", "ms", &sync, None, Target::None);
}
