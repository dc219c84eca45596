//! Any size, at any time, also in the middle of a word.

use crate::chance::{Chance, seed, trials};
use crate::home::Home;

#[test]
fn a_window_that_shrinks_to_one_cell_and_back_loses_nothing() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING");
    let sizes = [
        (60, 20),
        (40, 12),
        (39, 11),
        (20, 5),
        (3, 2),
        (1, 2),
        (2, 1),
        (1, 1),
        (200, 1),
        (1, 100),
        (200, 60),
    ];
    let mut typed = String::new();
    for (n, (columns, rows)) in sizes.into_iter().enumerate() {
        let word = format!("word{n} ");
        window.resize(columns, rows).type_text(&word);
        typed.push_str(&word);
    }
    window.resize(80, 24).wait("word10").wait("TYPING").keys("esc q q").exited(0);
    assert_eq!(home.ours("SCO-1"), typed);
}

#[test]
fn a_window_too_small_says_that_the_text_is_safe() {
    let home = Home::with_workbook();
    let mut window = home.window().size(30, 8).arg("open").arg("Tactile guide").open();
    window.wait("Make the window larger").resize(80, 24).wait("COMMUNICATING").keys("q q").exited(0);
}

#[test]
fn sizes_at_random_while_typing_lose_nothing() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING");
    let mut chance = Chance::new(seed() + 10);
    let mut typed = String::new();
    for _ in 0..trials(100, 2_000) {
        let (columns, rows) = (1 + chance.below(140) as u16, 1 + chance.below(50) as u16);
        let length = 1 + chance.below(5) as usize;
        let letters = chance.words(length);
        // not waited for: the size changes while keys are on their way
        window.resize(columns, rows).raw(letters.as_bytes());
        typed.push_str(&letters);
    }
    window.type_text(" the end").resize(80, 24).wait("the end").keys("esc q q").exited(0);
    assert_eq!(home.ours("SCO-1"), format!("{typed} the end"));
}
