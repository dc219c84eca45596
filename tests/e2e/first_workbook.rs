//! A newcomer with an empty folder, who presses nothing but what is printed on the screen.

use alongside::domain::VoiceKey;
use std::num::NonZeroU16;

use crate::home::Home;
use crate::window::{Seen, Window};

/// From an empty folder to a first answer, and out again.
fn first_answer(home: &Home, window: &mut Window) {
    window.wait("Start a workbook").printed("enter");
    window.wait("TYPING").type_text("Tactile guide").wait("Tactile guide").printed("enter");
    window.wait("Where are you?").printed("esc");
    window.wait("Scoping").printed("enter");
    window.wait("question 1 of").wait("MOVING").printed("enter");
    window.wait("TYPING").type_text("The paths are closed to many").wait("closed to many");
    window.printed("esc").wait("MOVING").wait("a guess");
    window.keys("q").wait("q leaves").printed("q").exited(0).is_given_back();
    assert_eq!(home.workbook().title(), "Tactile guide");
    assert_eq!(home.text("SCO-1", VoiceKey::Ours), "The paths are closed to many");
}

#[test]
fn a_first_answer_with_printed_keys_alone_at_the_usual_size() {
    let home = Home::new();
    first_answer(&home, &mut home.window().open());
}

#[test]
fn a_first_answer_with_printed_keys_alone_in_a_small_window() {
    let home = Home::new();
    first_answer(&home, &mut home.window().size(60, 20).open());
}

#[test]
fn a_first_answer_in_one_colour() {
    let home = Home::new();
    let mut window = home.window().env("NO_COLOR", "1").open();
    window.wait("Start a workbook");
    let marked = window.look(|seen| has_cell(seen, |cell| cell.inverse() || cell.bold()));
    assert!(marked, "nothing shows what is in focus:\n{}", window.text());
    first_answer(&home, &mut window);
    let colours = window.look(|seen| colours(&seen.bytes));
    assert_eq!(colours, Vec::<String>::new(), "colours were written");
}

#[test]
fn the_usual_window_has_colours() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("tactile guide").open();
    window.keys("g s").wait("question 1 of").keys("enter").wait("TYPING").type_text("x").wait("a guess");
    let colours = window.look(|seen| colours(&seen.bytes));
    assert!(!colours.is_empty(), "the test above could not fail");
}

fn has_cell(seen: &Seen, is: impl Fn(&vt100::Cell) -> bool) -> bool {
    let screen = seen.parser.screen();
    let (rows, columns): (NonZeroU16, NonZeroU16) = screen.size();
    (0..rows.get()).any(|y| (0..columns.get()).any(|x| screen.cell(y, x).is_some_and(&is)))
}

/// Every parameter of `CSI … m` that sets a colour.
fn colours(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    for rest in text.split("\x1b[").skip(1) {
        let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()) else { continue };
        if !rest[end..].starts_with('m') {
            continue;
        }
        let sets_colour = |n: &str| n.parse().is_ok_and(|n| matches!(n, 30..=38 | 40..=48 | 58 | 90..=107));
        found.extend(rest[..end].split([';', ':']).filter(|n| sets_colour(n)).map(str::to_owned));
    }
    found
}
