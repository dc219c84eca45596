//! Leaving and coming back: the text is there, the place is the same, and everything can be undone tomorrow.

use alongside::domain::VoiceKey;

use crate::home::{Home, museum};

#[test]
fn the_place_and_the_text_are_as_they_were_left() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g f 4 tab enter").wait("TYPING").keys("tab");
    window.type_text("they would rather walk than sit").wait("rather walk").keys("esc");
    window.wait("MOVING").keys("q q").exited(0).is_given_back();
    assert_eq!(home.text("FIN-4", VoiceKey::Theirs(museum())), "they would rather walk than sit");

    let mut window = home.window().open();
    window.wait("question 4 of").wait("rather walk than sit");
}

#[test]
fn the_caret_is_where_it_was_left() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g f 4 tab enter").wait("TYPING").keys("tab");
    window.type_text("they would rather walk than sit").wait("rather walk").keys("left left left");
    window.keys("esc").wait("MOVING").keys("q q").exited(0);
    let mut window = home.window().open();
    window.wait("question 4 of").keys("enter").wait("TYPING").type_text("!").wait("than !sit");
}

#[test]
fn the_question_is_the_one_that_was_looked_at() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g f enter").wait("TYPING").type_text("one").wait("one").keys("esc");
    window.wait("MOVING").keys("g s 5").wait("question 5 of 15").keys("q q").exited(0);
    let mut window = home.window().open();
    window.wait("Scoping").wait("question 5 of 15");
}

#[test]
fn undo_goes_back_over_screens_and_over_a_restart() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.keys("g s enter").wait("TYPING").type_text("first thought").wait("first thought");
    window
        .keys("esc g f enter")
        .wait("Finding")
        .wait("TYPING")
        .type_text("second thought")
        .wait("second thought");
    window.keys("esc g p").wait("City Museum").keys("q q").exited(0);

    let mut window = home.window().open();
    window.wait("City Museum").keys("u").wait("Undone: typing in");
    window.keys("u").wait("Undone: typing in").keys("g s").wait("question 1 of").gone("first thought");
    window.keys("U").wait("Done again").wait("first thought").keys("q q").exited(0);
    assert_eq!((home.ours("SCO-1").as_str(), home.ours("FIN-1").as_str()), ("first thought", ""));

    let mut window = home.window().open();
    window.wait("first thought").keys("U").wait("Done again").keys("g f").wait("second thought");
}

#[test]
fn a_partner_comes_back_from_the_bin_after_a_restart() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.keys("g p").wait("City Museum").keys("down d").wait("dd:").keys("d").wait("0 partners");
    window.keys("q q").exited(0);
    assert!(home.workbook().partners().is_empty());

    let mut window = home.window().open();
    window.keys("g B").wait("City Museum").printed("enter").keys("g p").wait("City Museum");
    window.keys("q q").exited(0);
    assert_eq!(home.workbook().partners()[0].name, "City Museum");
}

#[test]
fn undo_brings_a_partner_back_after_a_restart() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.keys("g p").wait("City Museum").keys("down d d").wait("0 partners").keys("q q").exited(0);
    let mut window = home.window().open();
    window.keys("u").wait("Undone: ").keys("g p").wait("City Museum");
}
