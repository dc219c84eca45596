//! A window that is closed, a line that drops, a session that ends: everything that was on the screen is in the folder,
//! and the program is gone.

use std::time::Duration;

use rustix::process::Signal;

use crate::chance::{Chance, seed, trials};
use crate::home::Home;
use crate::window::{Window, unwrapped};

/// How long the program may stay after it was told to go: a second, and another for a busy machine.
const GONE_WITHIN: Duration = Duration::from_secs(2);
/// Where the answer begins on a screen of 80 columns.
const ANSWER: u16 = 33;

/// How the end comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Signal(Signal),
    /// The window is closed, and the system sends the signal.
    Closed,
    /// The terminal goes, and nobody says so.
    Silent,
}

/// The program gives its last save so long.
const LAST_SAVE: Duration = Duration::from_millis(800);

/// Ends the program in each trial while somebody types, and compares what was seen with what is kept.
fn ended_while_typing(nth: u64, end: End) {
    let mut chance = Chance::new(seed().wrapping_mul(8) + nth);
    for trial in 0..trials(20, 500) {
        let home = Home::with_workbook();
        let mut window = writing(&home, end);
        let length = 1 + chance.below(120) as usize;
        // a blank at the end would not be seen, and could still be on its way when the end comes
        let text = format!("@{}", chance.words(length).trim_end());
        window.type_text(&text);
        // in every other trial the end comes before the last keys are in sight
        let in_sight = trial % 2 == 0;
        if in_sight {
            window.wait_for("the text", |seen| seen.unwrapped(ANSWER).contains(&unwrapped(&text)));
        }
        let shown = window.look(|seen| seen.start_of(&text, ANSWER));
        let took = come(end, &mut window);
        // a closed window ends the program from two sides at once, and then the journal may be all there is; so it may where
        // the disk was too slow for more
        if matches!(end, End::Signal(_)) && in_sight && took < LAST_SAVE {
            assert!(home.folded(), "everything was left in the journal after {took:?} (trial {trial})");
        }
        let kept = home.ours("SCO-1");
        assert!(text.starts_with(&kept), "what is kept was never typed: {kept:?} of {text:?}");
        let all = unwrapped(&kept).starts_with(&shown);
        assert!(all, "{shown:?} was in sight; kept is {kept:?} (trial {trial})");
    }
}

/// A window in which an answer is being written.
fn writing(home: &Home, end: End) -> Window {
    let opening = home.window().arg("open").arg("Tactile guide");
    let mut window = if end == End::Silent { opening.without_signals() } else { opening }.open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING");
    window
}

/// The end, and how long it took.
fn come(end: End, window: &mut Window) -> Duration {
    let (code, took) = match end {
        End::Signal(signal) => window.signal(signal).wait_exit(),
        End::Closed | End::Silent => window.close().wait_exit(),
    };
    assert!(took < GONE_WITHIN, "gone after {took:?}");
    if let End::Signal(signal) = end {
        assert_eq!(code, 128 + signal.as_raw().unsigned_abs());
        window.is_given_back();
    }
    took
}

#[test]
fn a_hang_up_keeps_what_was_in_sight() {
    ended_while_typing(1, End::Signal(Signal::HUP));
}

#[test]
fn termination_keeps_what_was_in_sight() {
    ended_while_typing(2, End::Signal(Signal::TERM));
}

#[test]
fn interruption_keeps_what_was_in_sight() {
    ended_while_typing(3, End::Signal(Signal::INT));
}

#[test]
fn a_closed_window_keeps_what_was_in_sight() {
    ended_while_typing(4, End::Closed);
}

#[test]
fn a_terminal_that_is_gone_without_a_signal_keeps_what_was_in_sight() {
    ended_while_typing(5, End::Silent);
}

#[test]
fn what_was_kept_at_the_end_is_there_on_coming_back() {
    let home = Home::with_workbook();
    let mut window = writing(&home, End::Closed);
    window.type_text("half a sent").wait("half a sent").close().wait_exit();
    let mut window = home.window().open();
    window.wait("COMMUNICATING").keys("g s").wait("half a sent");
}
