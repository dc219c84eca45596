//! Two windows on one workbook.

use crate::home::Home;

#[test]
fn the_second_window_reads_and_says_who_writes() {
    let home = Home::with_workbook();
    let mut first = home.window().arg("open").arg("Tactile guide").open();
    first.wait("COMMUNICATING");
    let holder = format!("process {}", first.pid().as_raw_nonzero());
    let mut second = home.window().size(160, 40).arg("open").arg("Tactile guide").open();
    second.wait("COMMUNICATING").wait("Open to read").wait(&holder);
    second.keys("g s enter").wait("MOVING").wait("question 1 of").wait("MOVING");
    second.keys("u").wait("open to read").keys("q q").exited(0);
    // the first goes on, and what it writes is what is kept
    first
        .keys("g s enter")
        .wait("TYPING")
        .type_text("still mine")
        .wait("still mine")
        .keys("esc q q")
        .exited(0);
    assert_eq!(home.ours("SCO-1"), "still mine");
}

#[test]
fn a_workbook_is_free_again_when_its_window_was_killed() {
    let home = Home::with_workbook();
    let mut first = home.window().arg("open").arg("Tactile guide").open();
    first.wait("COMMUNICATING").kill9();
    let mut second = home.window().arg("open").arg("Tactile guide").open();
    second.wait("COMMUNICATING").gone("Open to read").keys("g s enter").wait("TYPING");
}
