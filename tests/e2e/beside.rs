//! Two versions of one workbook: its file is changed under an open window in every way, a copy lies in its folder, a
//! partner's copy comes back. Each is noticed or rightly let be, ours is never lost, and what differs is seen and taken.

use std::path::Path;

use alongside::domain::VoiceKey;

use crate::home::Home;
use crate::window::Window;

const CHANGED: &str = "Another program changed this";

/// A window in which "ours" was typed, and its workbook is on the disk.
fn with_ours(home: &Home) -> Window {
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING").type_text("ours").wait("ours");
    window.keys("esc g m").wait("COMMUNICATING");
    window.wait_for("it is folded", |_| whole(home).contains("\"ours\"") && home.folded());
    window
}

fn whole(home: &Home) -> String {
    std::fs::read_to_string(home.folder().join("workbook.ron")).unwrap_or_default()
}

/// The file as the other laptop has it.
fn theirs(home: &Home) -> String {
    whole(home).replace("\"ours\"", "\"from the other laptop\"")
}

fn is_kept(home: &Home, words: &str) -> bool {
    home.files().into_iter().any(|(name, bytes)| {
        name.to_string_lossy().contains("history") && String::from_utf8_lossy(&bytes).contains(words)
    })
}

fn by_rename(file: &Path, text: &str) {
    let arriving = file.with_file_name(".syncthing.workbook.ron.tmp");
    std::fs::write(&arriving, text).unwrap();
    std::fs::rename(&arriving, file).unwrap();
}

fn in_place(file: &Path, text: &str) {
    std::fs::write(file, text).unwrap();
}

fn emptied_first(file: &Path, text: &str) {
    std::fs::write(file, "").unwrap();
    std::fs::write(file, &text[..text.len() / 2]).unwrap();
    std::fs::write(file, text).unwrap();
}

fn by_a_link(file: &Path, text: &str) {
    let elsewhere = file.parent().unwrap().parent().unwrap().parent().unwrap().join("elsewhere");
    std::fs::create_dir_all(&elsewhere).unwrap();
    std::fs::write(elsewhere.join("theirs.ron"), text).unwrap();
    let link = file.with_file_name("link");
    std::os::unix::fs::symlink(elsewhere.join("theirs.ron"), &link).unwrap();
    std::fs::rename(link, file).unwrap();
}

#[test]
fn however_the_file_is_replaced_it_is_noticed_and_ours_comes_back_by_a_key() {
    for replace in [by_rename, in_place, emptied_first, by_a_link] {
        let home = Home::with_workbook();
        let mut window = with_ours(&home);
        replace(&home.folder().join("workbook.ron"), &theirs(&home));
        window.wait(CHANGED).wait("g v shows what differs");
        assert!(is_kept(&home, "\"ours\""));
        window.keys("g v").wait("Ours, before another program wrote over it").wait("THERE").wait("HERE");
        window.wait("from the other laptop").keys("B").wait("takes it back").wait("Nothing in it differs");
        window.keys("u").wait("Undone").wait("from the other laptop");
        window.keys("+").wait("has both now").wait("Nothing is left to take").keys("q q").exited(0);
        assert_eq!(home.ours("SCO-1"), "from the other laptop\n\nours");
    }
}

#[test]
fn an_older_one_that_comes_back_is_a_change_like_any_other() {
    let home = Home::with_workbook();
    let older = whole(&home);
    let mut window = with_ours(&home);
    by_rename(&home.folder().join("workbook.ron"), &older);
    window
        .wait(CHANGED)
        .keys("g v")
        .wait("Ours, before another program wrote over it")
        .wait("Nothing is said here");
    window.keys("A").wait("One step").keys("b").wait("Nothing in it differs").keys("q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "ours");
}

#[test]
fn a_file_that_was_only_touched_is_no_news() {
    let home = Home::with_workbook();
    let mut window = with_ours(&home);
    let file = home.folder().join("workbook.ron");
    in_place(&file, &whole(&home));
    by_rename(&file, &whole(&home));
    window.keys("g s enter").wait("TYPING").type_text(" still").wait("ours still").keys("esc g m");
    window.wait_for("it is folded", |_| whole(&home).contains("ours still"));
    window.wait("COMMUNICATING").gone(CHANGED).keys("q q").exited(0);
    assert!(!home.files().keys().any(|name| name.to_string_lossy().contains("outside")));
    assert!(!home.files().keys().any(|name| name.to_string_lossy().contains("replaced")));
}

#[test]
fn one_of_a_newer_version_is_opened_to_read_and_ours_is_kept() {
    let home = Home::with_workbook();
    let mut window = with_ours(&home);
    let newer = theirs(&home).replacen("format: 3", "format: 99", 1);
    by_rename(&home.folder().join("workbook.ron"), &newer);
    window.wait(CHANGED).keys("g v").wait("Ours, before another program").wait("ours");
    window.keys("B").wait("open to read").keys("q q").exited(0);
    assert!(is_kept(&home, "\"ours\""));
    assert_eq!(whole(&home), newer, "nothing of it is dropped");
}

#[test]
fn a_broken_one_never_takes_the_place_of_ours() {
    let home = Home::with_workbook();
    let mut window = with_ours(&home);
    let file = home.folder().join("workbook.ron");
    in_place(&file, "(format: 3, workbook: (id: \"half");
    window.keys("g s enter").wait("TYPING").type_text(" still").wait("ours still").keys("esc g m");
    window.wait_for("ours is saved", |_| whole(&home).contains("ours still"));
    window.wait(CHANGED).keys("g v").wait("cannot be read").keys("esc").wait("COMMUNICATING");
    window.keys("q q").exited(0);
    assert!(is_kept(&home, "half"), "what was there is kept all the same");
    assert_eq!(home.ours("SCO-1"), "ours still");
}

#[test]
fn one_that_is_deleted_is_written_again() {
    let home = Home::with_workbook();
    let mut window = with_ours(&home);
    std::fs::remove_file(home.folder().join("workbook.ron")).unwrap();
    window.keys("g s enter").wait("TYPING").type_text(" still").wait("ours still").keys("esc g m");
    window.wait("COMMUNICATING").wait_for("it is there again", |_| whole(&home).contains("ours still"));
    window.keys("q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "ours still");
}

#[test]
fn a_folder_that_goes_away_is_told_and_all_is_there_when_it_is_back() {
    let home = Home::with_workbook();
    let mut window = with_ours(&home);
    let (folder, away) = (home.folder(), home.path("away"));
    std::fs::rename(&folder, &away).unwrap();
    window.keys("g s enter").wait("TYPING").type_text(" still").wait("ours still").keys("esc").wait("MOVING");
    window.keys("ctrl-s").wait("could not");
    std::fs::rename(&away, &folder).unwrap();
    window.wait_for("it is saved again", |_| whole(&home).contains("ours still"));
    window.keys("q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "ours still");
}

#[test]
fn what_is_typed_while_the_file_is_replaced_is_saved_and_theirs_is_beside_it() {
    let home = Home::with_workbook();
    let mut window = with_ours(&home);
    let theirs = theirs(&home);
    window.keys("g s enter").wait("TYPING").type_text(" and more").wait("ours and more");
    by_rename(&home.folder().join("workbook.ron"), &theirs);
    window.wait("Both are kept").keys("esc g v").wait("As another program had left it");
    window.wait("from the other laptop").wait("ours and more").keys("+").wait("has both now");
    window.keys("q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "ours and more\n\nfrom the other laptop");
}

/// As somebody plays it who has never seen it: only what is printed is pressed.
#[test]
fn a_conflict_copy_is_told_of_merged_and_put_away() {
    let home = Home::with_workbook();
    let name = "workbook (Ana's conflicted copy 2025-11-02).ron";
    let mut window = with_ours(&home);
    window.keys("q q").exited(0);
    std::fs::write(home.folder().join(name), theirs(&home)).unwrap();
    std::fs::write(home.folder().join("workbook (1).ron"), "no workbook").unwrap();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("g v shows what differs").keys("g v").wait("Another copy: workbook (Ana's");
    window.wait("1 thing to look at").wait("from the other laptop");
    window
        .printed("K")
        .wait("stays as it is here")
        .wait("Nothing is left to take")
        .wait("was kept as it is here");
    window.printed("s").wait("1 thing to look at").printed("B").wait("takes it back");
    window.wait("moves the copy into the history").printed("M").wait("in the history now");
    // the other one cannot be read and stays
    window
        .wait("cannot be read")
        .keys("o")
        .wait("A copy that was put away")
        .keys("esc")
        .wait("cannot be read");
    window.keys("q q").exited(0);
    assert!(!home.folder().join(name).exists());
    assert!(home.folder().join("workbook (1).ron").exists());
    assert_eq!(home.ours("SCO-1"), "from the other laptop");
    let listed = home.run(&["history", "Tactile guide"]);
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(listed.contains(name), "{listed}");
}

#[test]
fn a_copy_that_a_sync_tool_leaves_while_one_writes_is_told_of_at_once() {
    let home = Home::with_workbook();
    let mut window = with_ours(&home);
    window.keys("g s enter").wait("TYPING");
    let arriving = home.folder().join(".syncthing.workbook.ron.tmp");
    std::fs::write(&arriving, theirs(&home)).unwrap();
    std::fs::rename(arriving, home.folder().join("workbook.sync-conflict-20250310-141512-ABCDEFG.ron"))
        .unwrap();
    window.wait("Another copy of this has appeared beside it.").type_text(" and more").wait("and more");
    window.keys("esc g v").wait("Another copy: workbook.sync-conflict").wait("from the other laptop");
    window.keys("q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "ours and more");
}

#[test]
fn a_partners_copy_goes_out_comes_back_and_is_taken_answer_by_answer() {
    let home = Home::with_workbook();
    let sent = home.path("for-the-museum.ron");
    let out = home.run(&["export", "Tactile guide", "--what", "partner-copy", "-o", sent.to_str().unwrap()]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    // the museum opens it in their own home, says something, and sends its file back
    let museum = Home::new();
    let brought = museum.run(&["import", sent.to_str().unwrap()]);
    assert!(brought.status.success(), "{}", String::from_utf8_lossy(&brought.stderr));
    let mut window = museum.window().args(&["open", "City Museum"]).open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING").keys("tab").wait("TYPING");
    window
        .type_text("ask our porters")
        .wait("ask our porters")
        .keys("esc")
        .wait("MOVING")
        .keys("q q")
        .exited(0);
    let back = home.path("back.ron");
    std::fs::copy(museum.folder().join("workbook.ron"), &back).unwrap();

    let told = home.run(&["import", back.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&told.stderr).contains("--beside"));
    let mut window =
        home.window().args(&["open", "Tactile guide", "--beside", back.to_str().unwrap()]).open();
    window.wait("The copy of City Museum").wait("ask our porters").keys("A").wait("One step").keys("b");
    window.wait("as City Museum has it").wait("Nothing in it differs").keys("q q").exited(0);
    let museum = home.workbook().partners()[0].id.clone();
    assert_eq!(home.text("SCO-1", VoiceKey::Theirs(museum)), "ask our porters");
}
