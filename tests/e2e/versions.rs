//! As it was on a day: type, leave, come back another day, change it, see then beside now, bring it back, undo.

use crate::home::{Home, workbook};

const FIRST: &str = "2025-11-01T09:00:00Z";
const THIRD: &str = "2025-11-03T10:00:00Z";

/// Made on the first, written in on the third.
fn with_a_past() -> Home {
    let home = Home::new();
    home.keep_at(FIRST, &workbook("Tactile guide"));
    let mut window = home.window().env("ALONGSIDE_NOW", THIRD).arg("open").arg("Tactile guide").open();
    window
        .wait("COMMUNICATING")
        .keys("g s enter")
        .wait("TYPING")
        .type_text("first thought")
        .wait("first thought");
    window.keys("esc").wait("MOVING").keys("q q").exited(0);
    home
}

#[test]
fn an_answer_is_seen_as_it_was_comes_back_and_undo_takes_that_back() {
    let home = with_a_past();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window
        .wait("first thought")
        .keys("g s enter")
        .wait("TYPING")
        .type_text(" and another")
        .wait("and another");
    window.keys("esc").wait("MOVING").keys("g v").wait("As it was at the end of 3 November");
    window.wait("THEN").wait("NOW").wait("first thought and another");
    window.keys("enter").wait("Then, at the end of 3 November").keys("esc").wait("As it was at the end");
    window.printed("B").wait("as on 3 November").wait("Everything is as it was at the end of 3 November.");
    window.keys("u").wait("Undone").wait("first thought and another");
    window.keys("A").wait("One step").keys("b").wait("Everything is as it was");
    window.keys("q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "first thought");

    let mut window = home.window().open();
    window.wait("first thought").keys("u").wait("Undone").wait("and another").keys("q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "first thought and another");
}

#[test]
fn days_are_turned_and_where_nothing_is_kept_that_is_said() {
    let home = with_a_past();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("first thought").keys("g s enter").wait("TYPING").type_text("x").wait("first thoughtx");
    window.keys("esc g m").wait("COMMUNICATING").keys("g v").wait("end of 3 November");
    window.keys("left").wait("end of 1 November").keys("left").wait("Nothing older is kept");
    window.keys("right").wait("end of 3 November").keys("esc").wait("COMMUNICATING").keys("q q").exited(0);

    let fresh = Home::with_workbook();
    let mut window = fresh.window().arg("open").arg("Tactile guide").open();
    window
        .wait("COMMUNICATING")
        .keys("g v")
        .wait("Nothing earlier is kept")
        .keys("esc")
        .wait("COMMUNICATING");
}
