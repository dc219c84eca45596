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

#[test]
fn the_second_window_takes_over_what_the_first_has_typed_so_far() {
    let home = Home::with_workbook();
    let mut first = home.window().arg("open").arg("Tactile guide").open();
    first.wait("COMMUNICATING").keys("g s enter").wait("TYPING").type_text("half a sent").wait("half a sent");
    let mut second = home.window().arg("open").arg("Tactile guide").open();
    second.wait("COMMUNICATING").wait("take over").keys("W").wait("You can write here now");
    // whoever is in mid-sentence types on, and no letter is a command
    first
        .wait("Another window has taken this over")
        .wait("Jot: for Tactile guide")
        .type_text("by Friday q W");
    first.wait("by Friday q W").keys("esc").gone("TYPING");
    // it can be taken back
    first.wait("take over");
    second
        .keys("g s 1")
        .wait("half a sent")
        .keys("enter")
        .wait("TYPING")
        .type_text("ence")
        .wait("half a sentence");
    first.keys("W").wait("You can write here now").keys("g s 1").wait("half a sentence");
    second.wait("Another window has taken this over").keys("esc q q").exited(0);
    first.keys("u").gone("half a sentence").wait("half a sent").keys("q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "half a sent");
    let workbook = home.workbook();
    let notes: Vec<&str> =
        workbook.calls().iter().flat_map(|call| &call.lines).map(|line| line.text.as_str()).collect();
    assert_eq!(notes, ["by Friday q W"]);
}

#[test]
fn a_window_that_is_stopped_keeps_its_workbook() {
    let home = Home::with_workbook();
    let mut first = home.window().arg("open").arg("Tactile guide").open();
    first.wait("COMMUNICATING").signal(rustix::process::Signal::STOP);
    let mut second = home.window().arg("open").arg("Tactile guide").open();
    second.wait("COMMUNICATING").keys("W").wait("Asking the other window").wait("has not answered");
    second.keys("q q").exited(0);
    first
        .signal(rustix::process::Signal::CONT)
        .keys("g s enter")
        .wait("TYPING")
        .type_text("mine")
        .wait("mine");
    first.keys("esc q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "mine");
}

#[test]
fn a_file_that_a_sync_tool_brings_is_shown_and_what_was_here_is_kept() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window
        .wait("COMMUNICATING")
        .keys("g s enter")
        .wait("TYPING")
        .type_text("ours")
        .wait("ours")
        .keys("esc g m");
    window.wait("COMMUNICATING");
    let file = home.folder().join("workbook.ron");
    let whole = || std::fs::read_to_string(&file).unwrap();
    window.wait_for("it is folded", |_| whole().contains("ours"));
    let arriving = home.folder().join(".syncthing.workbook.ron.tmp");
    std::fs::write(&arriving, whole().replace("\"ours\"", "\"from the other laptop\"")).unwrap();
    std::fs::rename(&arriving, &file).unwrap();
    window.wait("ours is kept").keys("g s").wait("from the other laptop");
    window.keys("q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "from the other laptop");
    let kept = home.files().into_iter().any(|(name, bytes)| {
        name.to_string_lossy().contains("history") && String::from_utf8_lossy(&bytes).contains("\"ours\"")
    });
    assert!(kept, "what was here before is in history");
}
