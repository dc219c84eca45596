//! Notes from the shell into an open window: they are in sight within two seconds, in the workbook once and in order of
//! time, whatever is killed or held up meanwhile.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use alongside::domain::{AnyRecord, Call, Edit, RecordId, Workbook};
use jiff::Timestamp;

use crate::chance::{Chance, seed, trials};
use crate::home::{Home, NOW, workbook};
use crate::window::Window;

/// Within this it is in sight.
const SOON: Duration = Duration::from_secs(2);
/// Longer than anything should take.
const PATIENCE: Duration = Duration::from_secs(60);

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// A home with a workbook in which a call has gone on for three minutes.
fn in_a_call() -> Home {
    let mut workbook = workbook("Tactile guide");
    let started = now() - jiff::SignedDuration::from_mins(3);
    let call = Call::begun(RecordId::new("the-call"), jiff::civil::date(2025, 11, 10), started);
    workbook.apply(Edit::AddRecord { record: Box::new(AnyRecord::Call(call)), place: 0 }).unwrap();
    let home = Home::new();
    home.keep(&workbook);
    home
}

fn opened(home: &Home) -> Window {
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING");
    window
}

fn jot(home: &Home, args: &[&str]) {
    let args: Vec<&str> = std::iter::once("jot").chain(args.iter().copied()).collect();
    let ran = home.run(&args);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// The lines of the workbook, as the folder holds it now.
fn lines(workbook: &Workbook) -> Vec<(Timestamp, String)> {
    workbook.calls().iter().flat_map(|call| &call.lines).map(|line| (line.at, line.text.clone())).collect()
}

/// How many files the inbox holds.
fn waiting(home: &Home) -> usize {
    home.store().inbox().list().unwrap().len()
}

#[track_caller]
fn until(what: &str, mut is: impl FnMut() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !is() {
        assert!(Instant::now() < until, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_note_from_the_shell_is_in_sight_within_two_seconds_and_then_in_the_workbook() {
    let home = Home::with_workbook();
    let mut window = opened(&home);
    let began = Instant::now();
    jot(&home, &["--to", "Tactile", "ring the carers"]);
    window.wait("A note came in, to the notes of 10 November");
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    until("its file to go", || waiting(&home) == 0);
    assert_eq!(lines(&home.workbook()), [(now(), "ring the carers".into())]);
    // one for nobody waits, and is shown when it is asked for
    jot(&home, &["who has the key?"]);
    window
        .wait("A note came in; g i shows it")
        .keys("g i")
        .wait("in the inbox")
        .keys("enter")
        .wait("who has the key?")
        .wait("For no workbook yet");
    window.keys("enter").wait("No note waits here").keys("esc q q").exited(0);
    assert_eq!(lines(&home.workbook()).len(), 2);
    assert_eq!(waiting(&home), 0);
}

#[test]
fn while_a_call_goes_on_it_is_a_line_of_the_call() {
    let home = in_a_call();
    let mut window = opened(&home);
    window.keys("g s enter").wait("TYPING").type_text("half a wo").wait("half a wo");
    let began = Instant::now();
    jot(&home, &["--tag", "pv", "they send the budget"]);
    window.wait("A note came in, to the call");
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    // what is being typed goes on in the middle of its word
    window.type_text("rd").wait("half a word").keys("esc q q").wait_exit();
    let workbook = home.workbook();
    let line = &workbook.call(&RecordId::new("the-call")).unwrap().lines[0];
    assert_eq!((line.text.as_str(), line.private), ("they send the budget", true));
    assert_eq!(home.ours("SCO-1"), "half a word");
    assert_eq!(waiting(&home), 0);
}

#[test]
fn a_note_waits_for_its_workbook_until_that_is_opened() {
    let home = Home::with_workbook();
    home.keep(&workbook("Another"));
    jot(&home, &["--to", "Another", "for later"]);
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window
        .wait("COMMUNICATING")
        .keys("g i")
        .wait("in the inbox")
        .keys("enter")
        .wait("For Another: it goes in when that is opened");
    window.keys("esc g L").wait("Another").keys("q q").exited(0);
    assert_eq!(waiting(&home), 1);
    let mut window = home.window().arg("open").arg("Another").open();
    window.wait("A note came in, to the notes of 10 November");
    until("its file to go", || waiting(&home) == 0);
    window.keys("q q").exited(0);
}

#[test]
fn killed_between_taking_in_and_letting_go_it_is_there_exactly_once() {
    let mut chance = Chance::new(seed() + 2);
    let home = Home::with_workbook();
    let trials = trials(10, 500);
    for trial in 0..trials {
        let mut window = home.window().arg("open").arg("Tactile guide").open();
        window.wait_for("the workbook", |seen| seen.text().starts_with(" Tactile guide"));
        jot(&home, &["--to", "Tactile", &format!("note {trial}")]);
        // the line comes within some milliseconds, its sync up to half a second later, and then the file goes
        std::thread::sleep(Duration::from_micros(chance.below(700_000)));
        window.kill9();
    }
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    until("the last file to go", || waiting(&home) == 0);
    window.keys("q q").exited(0);
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    lines(&home.workbook()).into_iter().for_each(|(_, text)| *times.entry(text).or_default() += 1);
    assert_eq!(times.len(), trials, "{times:?}");
    assert!(times.values().all(|n| *n == 1), "{times:?}");
}

#[test]
fn ten_shells_write_into_an_open_window_and_nothing_is_lost() {
    const SHELLS: usize = 10;
    let each = trials(20, 1_000);
    let home = in_a_call();
    let mut window = opened(&home);
    let began = Instant::now();
    // a time for each of them, in no order between the shells
    let base = now() - jiff::SignedDuration::from_mins(2);
    let at = |shell: usize, n: usize| {
        base + jiff::SignedDuration::from_micros(((n * SHELLS + (shell * 7) % SHELLS) * 1_000) as i64)
    };
    std::thread::scope(|scope| {
        for shell in 0..SHELLS {
            let home = &home;
            scope.spawn(move || {
                for n in 0..each {
                    // some say for which workbook, some leave it to the call, some have one time with others
                    let at = if n % 10 == 9 { base } else { at(shell, n) }.to_string();
                    let text = format!("{shell}/{n}");
                    if n % 2 == 0 {
                        jot(home, &["--at", &at, "--to", "Tactile", &text]);
                    } else {
                        jot(home, &["--at", &at, &text]);
                    }
                }
            });
        }
    });
    let written = began.elapsed();
    until("the inbox to be empty", || waiting(&home) == 0);
    println!(
        "{SHELLS} shells, {each} notes each: written in {written:.1?}, all in the workbook {:.1?} later",
        began.elapsed() - written
    );
    // it answers as before
    window.keys("g s").wait("question 1 of").keys("q q").exited(0);
    let lines = lines(&home.workbook());
    assert_eq!(lines.len(), SHELLS * each);
    assert!(lines.is_sorted_by_key(|(at, _)| *at), "in order of time");
    let texts: std::collections::BTreeSet<&String> = lines.iter().map(|(_, text)| text).collect();
    assert_eq!(texts.len(), SHELLS * each, "each once");
}

#[test]
fn a_note_that_cannot_be_read_is_said_and_stays() {
    let home = Home::with_workbook();
    jot(&home, &["good"]);
    let path = home.root().join("inbox/20200101T000000.000000Z-1.ron");
    std::fs::write(&path, "(format: 2, at: broken").unwrap();
    let mut window = opened(&home);
    window
        .keys("g i")
        .wait("in the inbox")
        .keys("enter")
        .wait("Cannot be read")
        .keys("G")
        .wait("stays as it is")
        .keys("enter")
        .wait("cannot be read here");
    window.keys("esc q q").exited(0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "(format: 2, at: broken");
}

#[test]
fn what_is_removed_from_the_inbox_lies_in_the_bin_s_folder() {
    let home = Home::with_workbook();
    jot(&home, &["not needed"]);
    let mut window = opened(&home);
    window
        .keys("g i")
        .wait("in the inbox")
        .keys("enter")
        .wait("not needed")
        .keys("d d")
        .wait("The note is in the bin")
        .wait("No note waits here");
    window.keys("q q").exited(0);
    let mut bin = std::fs::read_dir(home.root().join("bin")).unwrap();
    let kept = std::fs::read_to_string(bin.next().unwrap().unwrap().path()).unwrap();
    assert!(kept.contains("not needed"), "{kept}");
}
