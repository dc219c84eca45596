//! Files that somebody has broken: it is said in words, with the line, and they stay as they are.

use std::path::PathBuf;

use crate::home::Home;

/// Puts a file where the program will look for it.
fn put(home: &Home, name: &str, text: &str) -> PathBuf {
    let path = home.root().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_broken_workbook_is_said_and_stays_as_it_is() {
    let home = Home::with_workbook();
    let path = home.folder().join("workbook.ron");
    let broken = std::fs::read_to_string(&path).unwrap().replacen("partners: [", "partners: {{{", 1);
    std::fs::write(&path, &broken).unwrap();
    let mut window = home.window().size(160, 40).open();
    window.wait("MOVING").wait("tactile-guide").keys("enter").wait("workbook.ron").wait("line");
    window.keys("q q").exited(0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), broken);
}

#[test]
fn broken_settings_are_said_and_stay_as_they_are() {
    let home = Home::with_workbook();
    let broken = "(reading: Linear,\n colours: }";
    let path = put(&home, "settings.ron", broken);
    let mut window = home.window().size(160, 40).open();
    window
        .wait("settings.ron")
        .wait("line 2")
        .keys("enter")
        .wait("COMMUNICATING")
        .keys("g s enter")
        .wait("TYPING");
    window.type_text("it works all the same").wait("all the same").keys("esc q q").exited(0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), broken);
    assert_eq!(home.ours("SCO-1"), "it works all the same");
}

#[test]
fn own_keys_that_cannot_be_are_said_together() {
    let home = Home::with_workbook();
    let wrong = "(keys: {\"no.such\": [\"x\"], \"global.jot\": [\"hyper-j\"]})";
    let path = put(&home, "settings.ron", wrong);
    let mut window = home.window().size(200, 40).open();
    window.wait("no.such").wait("hyper-j").wait("The usual keys are in force");
    window.keys("q q").exited(0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), wrong);
}

#[test]
fn a_broken_wording_is_said_and_stays_as_it_is() {
    let home = Home::with_workbook();
    let path = put(&home, "content/mine.ron", "[\n (id: \"SCO-1\", ask: ");
    let mut window = home.window().size(200, 40).open();
    window.wait("mine.ron").wait("The words that ship are used instead").keys("enter").wait("COMMUNICATING");
    window.keys("q q").exited(0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "[\n (id: \"SCO-1\", ask: ");
}

#[test]
fn a_workbook_of_a_newer_version_is_only_read() {
    let home = Home::with_workbook();
    let path = home.folder().join("workbook.ron");
    let newer = std::fs::read_to_string(&path).unwrap().replacen("format: 3", "format: 99", 1);
    std::fs::write(&path, &newer).unwrap();
    let mut window = home.window().size(160, 40).arg("open").arg("Tactile guide").open();
    window.wait("format 99").wait("can only be read").keys("g s enter").wait("MOVING").keys("q q").exited(0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
}
