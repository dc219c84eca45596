//! Every signal, every stop, and a panic in each part of the program: the terminal comes back as it was, what was in sight is
//! kept, and no processor time is burnt on the way.
//!
//! The panics are made on purpose, in a debug build only (`src/tui/mishap.rs`); a release build has no way to them, and
//! there those trials say that they were left out.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::chance::{Chance, seed, trials};
use crate::home::Home;
use crate::window::{Opening, Seen, Window};

/// The column where the text of an answer begins, at 80 columns.
const TEXT: u16 = 33;
/// How long the program may stay after it was told to go: a second, and another for a busy machine.
const GONE_WITHIN: Duration = Duration::from_secs(2);
/// How much processor time the way out may take, in a debug build on a busy machine.
const BURNT_AT_MOST: Duration = Duration::from_millis(700);

/// A window in which an answer is being written.
fn writing(opening: Opening) -> Window {
    let mut window = opening.arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING").type_text("half a sen").wait("half a sen");
    window
}

/// All that the program wrote ends with everything that it turned on turned off.
#[track_caller]
fn all_is_turned_off(window: &mut Window) {
    let written = window.look(|seen| String::from_utf8_lossy(&seen.bytes).into_owned());
    for (on, off) in [("?1049h", "?1049l"), ("?2004h", "?2004l"), ("?25l", "?25h"), ("6 q", "0 q")] {
        let (on, off) = (written.rfind(&format!("\x1b[{on}")), written.rfind(&format!("\x1b[{off}")));
        assert!(on.is_none() || on < off, "something was turned on and not off: {on:?}, {off:?}");
    }
    for never in ["?1000h", "?1004h", "\x1b[>"] {
        assert!(!written.contains(never), "{never:?} was turned on");
    }
}

#[test]
fn every_signal_that_ends_it_gives_the_terminal_back() {
    let began = Instant::now();
    let mut chance = Chance::new(seed() + 40);
    let ends = [Signal::HUP, Signal::TERM, Signal::INT, Signal::QUIT];
    let trials = trials(12, 500);
    let (mut slowest, mut most) = (Duration::ZERO, Duration::ZERO);
    for trial in 0..trials {
        let home = Home::with_workbook();
        let mut window = writing(home.window());
        let signal = ends[trial % ends.len()];
        // also while it draws, and twice
        let more = "tence".get(..chance.pick(5)).unwrap();
        window.send(more.as_bytes());
        let before = window.burnt();
        window.signal(signal);
        if chance.below(3) == 0 {
            window.signal(ends[chance.pick(ends.len())]);
        }
        let (code, took) = window.wait_exit();
        let burnt = window.burnt().saturating_sub(before);
        assert!(ends.iter().any(|end| code == 128 + end.as_raw().unsigned_abs()), "{signal:?}: {code}");
        assert!(took < GONE_WITHIN, "{signal:?}: gone after {took:?}");
        assert!(burnt < BURNT_AT_MOST, "{signal:?}: it burnt {burnt:?}");
        window.is_given_back();
        all_is_turned_off(&mut window);
        assert!(home.ours("SCO-1").starts_with("half a sen"), "{:?}", home.ours("SCO-1"));
        (slowest, most) = (slowest.max(took), most.max(burnt));
    }
    println!(
        "{trials} signals, seed {}: gone after {slowest:?} at most, {most:?} of the processor; {:?}",
        seed(),
        began.elapsed()
    );
}

#[test]
fn signals_of_no_meaning_change_nothing() {
    let home = Home::with_workbook();
    let mut window = writing(home.window());
    for signal in [Signal::USR1, Signal::USR2, Signal::WINCH, Signal::PIPE, Signal::CONT, Signal::CHILD] {
        window.signal(signal).is_taken().wait("half a sen").wait("TYPING");
    }
    window.type_text("tence").wait("half a sentence").keys("esc q q").exited(0).is_given_back();
    all_is_turned_off(&mut window);
    assert_eq!(home.ours("SCO-1"), "half a sentence");
}

#[test]
fn a_window_that_is_closed_burns_nothing() {
    for silent in [false, true] {
        let home = Home::with_workbook();
        let opening = home.window();
        let mut window = writing(if silent { opening.without_signals() } else { opening });
        let before = window.burnt();
        let (_, took) = window.close().wait_exit();
        let burnt = window.burnt().saturating_sub(before);
        assert!(took < GONE_WITHIN && burnt < BURNT_AT_MOST, "{took:?}, {burnt:?}");
        assert_eq!(home.ours("SCO-1"), "half a sen");
    }
}

#[test]
fn stops_at_random_with_other_sizes_meanwhile() {
    let home = Home::with_workbook();
    let mut chance = Chance::new(seed() + 41);
    let mut window = writing(home.window());
    for _ in 0..trials(6, 200) {
        window.signal(Signal::TSTP).stopped();
        window.wait_for("the terminal given back", |seen| !seen.parser.screen().alternate_screen());
        window.is_given_back();
        all_is_turned_off(&mut window);
        if chance.below(2) == 0 {
            window.resize(60 + chance.below(60) as u16, 20 + chance.below(20) as u16);
        }
        window.signal(Signal::CONT).is_taken().wait("half a sen").wait("TYPING");
    }
    window.keys("esc q q").exited(0).is_given_back();
}

#[test]
fn a_call_goes_on_over_a_stop_and_burns_nothing() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("call").arg("Tactile guide").arg("--partner").arg("museum").open();
    window.wait("Call with City Museum").type_text("hello").wait("hello").keys("enter").wait("00:0");
    let began = Instant::now();
    window.signal(Signal::TSTP).stopped();
    let before = window.burnt();
    std::thread::sleep(Duration::from_millis(2_200));
    assert_eq!(window.burnt(), before, "it did something while it was stopped");
    window.signal(Signal::CONT).is_taken().wait_for("a timer that went on", |seen| {
        let text = seen.text();
        let head = text.lines().next().unwrap_or_default();
        let timer = head.split_whitespace().rev().find(|word| word.len() == 5 && word.contains(':'));
        let seconds = timer.and_then(|timer| timer[3..].parse::<u64>().ok());
        seconds.is_some_and(|seconds| seconds >= 2 && seconds <= 1 + began.elapsed().as_secs() + 20)
    });
    window.keys("esc X").wait("has ended").keys("esc q q").exited(0);
}

/// A panic at a place, while an answer is written. What the person then sees, and what is kept.
#[cfg(debug_assertions)]
fn mishap_at(place: &str) -> (u32, String) {
    let home = Home::with_workbook();
    let mut window = writing(home.window().env("ALONGSIDE_MISHAP", place));
    window.signal(Signal::USR2);
    let until = Instant::now() + Duration::from_secs(10);
    let text = format!("half a sen{}", "x".repeat(1_000));
    let mut in_sight = String::new();
    let ended = loop {
        // some other key, until it happens
        window.send(b"x");
        std::thread::sleep(Duration::from_millis(20));
        if window.look(|seen| seen.over) {
            break window.wait_exit();
        }
        let shown = |seen: &Seen| {
            let sure = seen.frame_is_whole() && !seen.text().contains("not yet kept");
            sure.then(|| seen.start_of(&text, TEXT))
        };
        in_sight = window.look(shown).unwrap_or(in_sight);
        assert!(Instant::now() < until, "nothing happened at {place}");
    };
    window.is_given_back();
    all_is_turned_off(&mut window);
    let kept = home.ours("SCO-1");
    let kept: String = kept.split_whitespace().collect();
    assert!(
        kept.starts_with(&in_sight) && !kept.is_empty(),
        "{place}: kept {kept:?}, in sight was {in_sight:?}"
    );
    assert!(home.run(&["check"]).status.success(), "{place}");
    (ended.0, window.text())
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_in_any_part_gives_the_terminal_back_and_loses_nothing() {
    let began = Instant::now();
    let places = ["draw", "input", "writer"];
    let trials = trials(6, 100);
    for trial in 0..trials {
        let place = places[trial % places.len()];
        let (code, said) = mishap_at(place);
        assert_eq!(code, if place == "writer" { said_code(&said) } else { 70 }, "{place}: {said}");
        assert!(said.contains("mishap on purpose") || said.contains("mistake of ours"), "{place}: {said}");
    }
    println!(
        "{trials} panics in {places:?}: the terminal is back and nothing is lost; {:?}",
        began.elapsed()
    );
}

/// The code of an end that the program itself has seen coming.
#[cfg(debug_assertions)]
fn said_code(said: &str) -> u32 {
    assert!(said.contains("mistake of ours"), "{said}");
    70
}

#[cfg(not(debug_assertions))]
#[test]
fn a_release_build_has_no_mishaps() {
    let home = Home::with_workbook();
    let mut window = writing(home.window().env("ALONGSIDE_MISHAP", "draw"));
    window.signal(Signal::USR2).type_text("tence").wait("half a sentence").keys("esc q q").exited(0);
    println!("panics on purpose are left out: a release build has no way to them");
}
