//! A window that is closed, a line that drops, a session that ends: everything that was on the screen is in the folder,
//! and the program is gone.

use std::time::Duration;

use rustix::process::Signal;

use crate::chance::{Chance, trials};
use crate::home::Home;
use crate::window::{Window, unwrapped};

/// How long the program may stay after it was told to go.
const GONE_WITHIN: Duration = Duration::from_secs(1);
/// Where the answer begins on a screen of 80 columns.
const ANSWER: u16 = 33;

/// Ends the program in each trial while somebody types, and compares what was seen with what is kept.
fn ended_while_typing(seed: u64, end: impl Fn(&Home, &mut Window)) {
    let mut chance = Chance::new(seed);
    for trial in 0..trials(5) {
        let home = Home::with_workbook();
        let mut window = writing(&home, seed % 2 == 0);
        let length = 1 + chance.below(120) as usize;
        let text = format!("@{}", chance.words(length));
        window.type_text(&text);
        // in every other trial the end comes before the last keys are in sight
        if trial % 2 == 0 {
            window.wait_for("the text", |seen| seen.unwrapped(ANSWER).contains(&unwrapped(&text)));
        }
        let shown = window.look(|seen| seen.start_of(&text, ANSWER));
        end(&home, &mut window);
        let kept = home.ours("SCO-1");
        assert!(text.starts_with(&kept), "what is kept was never typed: {kept:?} of {text:?}");
        assert!(
            unwrapped(&kept).starts_with(&shown),
            "{shown:?} was in sight; kept is {kept:?} (trial {trial})"
        );
    }
}

/// A window in which an answer is being written.
fn writing(home: &Home, with_signals: bool) -> Window {
    let opening = home.window().arg("open").arg("Tactile guide");
    let mut window = if with_signals { opening } else { opening.without_signals() }.open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING");
    window
}

fn signalled(home: &Home, window: &mut Window, signal: Signal) {
    let _ = home;
    window.signal(signal);
    let (code, took) = window.wait_exit();
    assert_eq!(code, 128 + signal.as_raw().unsigned_abs());
    assert!(took < GONE_WITHIN, "gone after {took:?}");
    window.is_given_back();
}

#[test]
fn a_hang_up_keeps_what_was_in_sight() {
    ended_while_typing(2, |home, window| signalled(home, window, Signal::HUP));
}

#[test]
fn termination_keeps_what_was_in_sight() {
    ended_while_typing(4, |home, window| signalled(home, window, Signal::TERM));
}

#[test]
fn interruption_keeps_what_was_in_sight() {
    ended_while_typing(6, |home, window| signalled(home, window, Signal::INT));
}

#[test]
fn a_closed_window_keeps_what_was_in_sight() {
    ended_while_typing(8, |_, window| {
        let (_, took) = window.close().wait_exit();
        assert!(took < GONE_WITHIN, "gone after {took:?}");
    });
}

#[test]
fn a_window_closed_without_a_signal_keeps_what_was_in_sight() {
    ended_while_typing(9, |_, window| {
        let (_, took) = window.close().wait_exit();
        assert!(took < GONE_WITHIN, "gone after {took:?}");
    });
}

#[test]
fn what_was_kept_at_the_end_is_there_on_coming_back() {
    let home = Home::with_workbook();
    let mut window = writing(&home, true);
    window.type_text("half a sent").wait("half a sent").close().wait_exit();
    let mut window = home.window().open();
    window.wait("COMMUNICATING").keys("g s").wait("half a sent");
}
