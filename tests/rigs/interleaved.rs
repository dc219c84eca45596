//! Two windows on one workbook, at random: both write, take over, undo, leave, are killed and come back, each on a thread
//! of its own; now and then a third looks in, and notes come from the shell.
//!
//! Afterwards every text that a window called kept is somewhere (in the workbook, its steps or its history), `check` finds
//! nothing wrong, and no two windows ever wrote at the same time: the steps of the workbook are one row without a gap and
//! without a fork. Start reading at [`two_windows_at_random_never_write_over_each_other`].

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::chance::{Chance, seed, trials};
use crate::home::Home;
use crate::window::{Seen, Window};

/// How many things each window does in one trial.
const ACTS: u64 = 8;
/// How many trials one folder is used for.
const TRIALS_A_HOME: usize = 10;
/// How long an act waits for what it hopes for.
const HOPES: Duration = Duration::from_millis(1_500);

/// Counts the texts, so that each is another.
static TEXTS: AtomicU64 = AtomicU64::new(0);
/// When the trials began; the diaries count from here.
static BEGAN: OnceLock<Instant> = OnceLock::new();

/// One who sits at a window.
struct Person<'a> {
    home: &'a Home,
    chance: Chance,
    window: Option<Window>,
    /// Texts that were in sight without the sign *not yet kept*.
    kept: Vec<String>,
    /// What was done at which window and when, to be told where a text is lost.
    diary: Vec<String>,
    /// How often each thing worked.
    did: BTreeMap<&'static str, usize>,
}

impl<'a> Person<'a> {
    fn new(home: &'a Home, seed: u64) -> Self {
        Self {
            home,
            chance: Chance::new(seed),
            window: None,
            kept: Vec::new(),
            diary: Vec::new(),
            did: BTreeMap::new(),
        }
    }

    fn acts(&mut self, acts: u64) {
        for _ in 0..acts {
            if self.window.is_none() {
                self.open();
            }
            match self.chance.below(20) {
                0..=7 => self.write(),
                8 | 9 => self.press("esc", "leave a pane"),
                10..=13 => self.take_over(),
                14 | 15 => self.press("ctrl-z", "undo"),
                16 => self.press("ctrl-s", "save"),
                17 => self.leave(),
                18 => self.kill(),
                _ => self.jot(),
            }
        }
    }

    fn did(&mut self, what: &'static str) {
        *self.did.entry(what).or_default() += 1;
        self.note(what);
    }

    /// Writes down what was done.
    fn note(&mut self, what: &str) {
        let at = BEGAN.get_or_init(Instant::now).elapsed().as_micros();
        let window = self.window.as_ref().map_or_else(String::new, |window| format!("{:?}", window.pid()));
        self.diary.push(format!("{at:>12} {window:>8} {what}"));
    }

    fn open(&mut self) {
        let mut window = self.home.window().size(100, 40).arg("open").arg("Tactile guide").open();
        window.wait_for("the workbook", |seen| seen.text().starts_with(" Tactile guide"));
        self.window = Some(window);
        self.did("open");
    }

    /// Writes a text of its own at the end of an answer, in one go or letter by letter.
    fn write(&mut self) {
        if self.only_reads() {
            return self.did("look on");
        }
        let question = 1 + self.chance.below(5);
        let (pasted, number) = (self.chance.below(2) == 0, TEXTS.fetch_add(1, Ordering::Relaxed));
        // letters that are no commands, should they come while the window only reads
        let text = format!("z{number:07}z");
        self.note(&format!("{text} begins, {}", if pasted { "pasted" } else { "typed" }));
        self.rests();
        self.go(&format!("g s {question}"));
        if !self.hopes(|seen| seen.text().contains(&format!("question {question} of"))) {
            return;
        }
        self.go("enter");
        // it may have been taken over a moment ago
        if !self.hopes(|seen| seen.text().contains("TYPING") || only_reads(seen)) || self.only_reads() {
            return;
        }
        if pasted {
            self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
        } else {
            for letter in text.bytes() {
                self.send(&[letter]);
            }
        }
        let in_sight = |seen: &Seen| kept(seen) && seen.text().contains(&text);
        // where the workbook was handed over in the last moment, a paste is offered as a note, and whoever undoes that
        // takes it away for good
        let offered = |seen: &Seen| seen.text().lines().any(|line| line.starts_with("  Jot:"));
        if self.hopes(|seen| in_sight(seen) || only_reads(seen))
            && self.window.as_mut().is_some_and(|window| window.look(in_sight))
        {
            if self.window.as_mut().is_some_and(|window| window.look(offered)) {
                return self.did("paste that is offered as a note");
            }
            self.note(&format!("{text} is in sight"));
            self.kept.push(text);
            self.did("write");
        }
    }

    /// Leaves the text that is being written, and goes back in from the list of workbooks.
    fn rests(&mut self) {
        let typing = |seen: &Seen| seen.text().contains("TYPING");
        if self.window.as_mut().is_some_and(|window| window.look(typing)) {
            self.go("esc");
            self.hopes(|seen| !typing(seen));
        }
        if self
            .window
            .as_mut()
            .is_some_and(|window| window.look(|seen| seen.text().starts_with(" Workbooks")))
        {
            self.go("enter");
        }
    }

    fn take_over(&mut self) {
        if !self.only_reads() {
            return self.press("esc", "leave a pane");
        }
        self.note("asks");
        self.go("W");
        if self.hopes(|seen| seen.text().contains("You can write here now") || !only_reads(seen)) {
            self.did("take over");
        }
    }

    fn press(&mut self, keys: &str, what: &'static str) {
        self.go(keys);
        self.did(what);
    }

    fn leave(&mut self) {
        self.go("esc");
        self.go("esc");
        self.go("q");
        if self.hopes(|seen| seen.over || seen.text().contains("q leaves")) {
            self.go("q");
        }
        if let Some(mut window) = self.window.take() {
            if window.look(|seen| seen.over) || ends(&mut window) {
                window.wait_exit();
                self.did("leave");
            } else {
                self.window = Some(window);
            }
        }
    }

    fn kill(&mut self) {
        if let Some(window) = &mut self.window {
            window.kill9();
            self.did("killed");
        }
        self.window = None;
    }

    /// A note from the shell: it always gets in.
    fn jot(&mut self) {
        let text = format!("z{:07}z", TEXTS.fetch_add(1, Ordering::Relaxed));
        let noted = self.home.run(&["jot", "--to", "Tactile guide", &text]);
        assert!(noted.status.success(), "{}", String::from_utf8_lossy(&noted.stderr));
        self.note(&format!("{text} was jotted"));
        self.kept.push(text);
        self.did("jot");
    }

    /// Whether another window writes, and this one reads.
    fn only_reads(&mut self) -> bool {
        self.window.as_mut().is_some_and(|window| window.look(only_reads))
    }

    /// Presses keys, whatever they do.
    fn go(&mut self, keys: &str) {
        if self.window.as_mut().is_some_and(|window| window.look(|seen| seen.over)) {
            self.window = None;
        }
        if let Some(window) = &mut self.window {
            window.keys(keys).text();
        }
    }

    fn send(&mut self, bytes: &[u8]) {
        if let Some(window) = &mut self.window {
            window.send(bytes);
        }
    }

    /// Whether what is hoped for comes soon; something else may come in between.
    fn hopes(&mut self, is: impl Fn(&Seen) -> bool) -> bool {
        let until = Instant::now() + HOPES;
        while let Some(window) = &mut self.window {
            if window.look(|seen| seen.is_settled() && is(seen)) {
                return true;
            }
            if Instant::now() > until || window.look(|seen| seen.over) {
                return false;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        false
    }
}

/// Whether the footer offers to take over.
fn only_reads(seen: &Seen) -> bool {
    seen.text().contains("W take over")
}

/// Whether a whole frame shows no sign that something is not kept.
fn kept(seen: &Seen) -> bool {
    seen.frame_is_whole() && !["not yet kept", "NOT SAVED"].iter().any(|sign| seen.text().contains(sign))
}

/// Waits a little for the end.
fn ends(window: &mut Window) -> bool {
    let until = Instant::now() + HOPES;
    while Instant::now() < until {
        if window.look(|seen| seen.over) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    false
}

/// Looks at `workbook.ron` all the time: what it counts never goes back.
fn watched(file: &Path, until: &std::sync::atomic::AtomicBool) -> usize {
    let (mut last, mut changes) = (0, 0);
    while !until.load(Ordering::Relaxed) {
        if let Ok(text) = std::fs::read_to_string(file)
            && let Some(seq) = number_after(&text, "seq: ")
        {
            assert!(seq >= last, "workbook.ron went back from {last} to {seq}: an older one was put over it");
            changes += usize::from(seq > last);
            last = seq;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    changes
}

fn number_after(text: &str, name: &str) -> Option<u64> {
    let rest = &text[text.find(name)? + name.len()..];
    rest[..rest.find(|c: char| !c.is_ascii_digit())?].parse().ok()
}

/// All steps of a workbook, from `undo.log` and the journal, by their numbers. Fails where one number stands for two.
fn steps(folder: &Path) -> BTreeMap<u64, String> {
    let mut steps = BTreeMap::new();
    for name in ["undo.log", "journal.log"] {
        let log = std::fs::read(folder.join(name)).unwrap_or_default();
        for line in String::from_utf8_lossy(&log).lines() {
            let Some(says) = line.splitn(3, ' ').nth(2).filter(|says| says.starts_with('(')) else {
                continue;
            };
            let seq = number_after(says, "seq:").unwrap();
            if let Some(other) = steps.insert(seq, says.to_owned()) {
                assert_eq!(other, says, "step {seq} was made twice: two windows wrote at one time");
            }
        }
    }
    steps
}

/// Everything that was ever typed here, in order.
fn typed(steps: &BTreeMap<u64, String>) -> String {
    let inserted = |says: &String| {
        let parts = says.split("insert:\"").skip(1);
        parts.filter_map(|part| part.split('"').next().map(str::to_owned)).collect::<String>()
    };
    steps.values().map(inserted).collect()
}

/// Holds what has to be so whenever the windows rest.
fn is_well(home: &Home, kept: &[String], diary: &[String]) {
    let folder = home.folder();
    let steps = steps(&folder);
    for (n, seq) in steps.keys().enumerate() {
        assert_eq!(*seq, n as u64 + 1, "a step is missing");
    }
    let typed = typed(&steps);
    let everything: Vec<String> =
        home.files().into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect();
    for text in kept {
        let there = typed.contains(text) || everything.iter().any(|held| held.contains(text));
        assert!(there, "{text} was called kept and is nowhere:\n{}", diary.join("\n"));
    }
    let quarantine = std::fs::read_dir(home.root().join("quarantine")).map_or(0, Iterator::count);
    assert_eq!(quarantine, 0, "something did not fit and was set aside");
    let checked = home.run(&["check"]);
    // a kill in the middle of writing a note leaves that, and `check` is right to say it
    let said = String::from_utf8_lossy(&checked.stdout);
    let is_well = checked.status.success() || is_all_of_notes_cut_off(&said);
    assert!(is_well, "{said}\n{}", diary.join("\n"));
}

/// Whether all that `check` says is that a note, of which nobody was told that it was noted, was being written.
fn is_all_of_notes_cut_off(said: &str) -> bool {
    let mut named = said.lines().filter(|line| line.starts_with('/'));
    named.all(|line| {
        line.contains("/inbox/.") && line.ends_with("a note was being written here when the program ended")
    })
}

#[test]
fn two_windows_at_random_never_write_over_each_other() {
    let trials = trials(50, 1_000);
    let (mut did, mut texts, mut changes) = (BTreeMap::<&str, usize>::new(), 0, 0);
    let began = Instant::now();
    for first in (0..trials).step_by(TRIALS_A_HOME) {
        let home = Home::with_workbook();
        let (file, over) = (home.folder().join("workbook.ron"), std::sync::atomic::AtomicBool::new(false));
        let of = |n: u64| seed().wrapping_mul(1_000_003).wrapping_add(first as u64 * 3 + n);
        std::thread::scope(|threads| {
            let watch = threads.spawn(|| watched(&file, &over));
            let over = OverOnDrop(&over);
            let (mut one, mut two) = (Person::new(&home, of(1)), Person::new(&home, of(2)));
            let mut third = Person::new(&home, of(3));
            let mut kept = Vec::new();
            for trial in first..(first + TRIALS_A_HOME).min(trials) {
                std::thread::scope(|both| {
                    both.spawn(|| one.acts(ACTS));
                    both.spawn(|| two.acts(ACTS));
                    if trial % 5 == 4 {
                        third.acts(ACTS / 2);
                        third.kill();
                    }
                });
                let _ = [&mut one, &mut two, &mut third].map(|person| kept.append(&mut person.kept));
            }
            let _ = [&mut one, &mut two].map(Person::leave);
            let _ = [&mut one, &mut two, &mut third].map(Person::kill);
            // whoever comes next finds all of it
            third.open();
            third.leave();
            assert!(third.window.is_none(), "it does not leave");
            let mut diary = [&one, &two, &third].map(|person| person.diary.clone()).concat();
            diary.sort_unstable();
            is_well(&home, &kept, &diary);
            for person in [&one, &two, &third] {
                person.did.iter().for_each(|(what, times)| *did.entry(what).or_default() += times);
            }
            texts += kept.len();
            drop(over);
            changes += watch.join().unwrap();
        });
    }
    println!(
        "{trials} interleavings, seed {}: {texts} texts called kept, none lost; the file was written {changes} times, each \
         by its holder; {did:?}; {:?}",
        seed(),
        began.elapsed()
    );
    assert!(texts > trials && did.get("take over").is_some_and(|n| *n * 10 > trials), "{did:?}");
}

struct OverOnDrop<'a>(&'a std::sync::atomic::AtomicBool);

impl Drop for OverOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Where the lock is taken away, two windows hold the workbook, and that is seen.
#[test]
fn two_windows_without_the_lock_would_be_noticed() {
    let home = Home::with_workbook();
    let mut one = Person::new(&home, 1);
    one.open();
    // the name of the lock now leads to another file
    std::fs::remove_file(home.folder().join("lock")).unwrap();
    let mut two = Person::new(&home, 2);
    two.open();
    let mut kept = Vec::new();
    for _ in 0..4 {
        for person in [&mut one, &mut two] {
            person.write();
            kept.append(&mut person.kept);
        }
    }
    let _ = [&mut one, &mut two].map(Person::kill);
    assert!(kept.len() > 1, "both could write: {kept:?}");
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| is_well(&home, &kept, &[])));
    assert!(found.is_err(), "the trials above cannot fail");
}
