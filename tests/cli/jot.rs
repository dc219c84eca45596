//! `jot`: into the inbox, and nowhere else.

use std::io::Write;
use std::process::Stdio;

use alongside::domain::{Tag, WorkbookId};
use alongside::store::Jot;

use crate::home::{Home, Ran, now, ran, walks};

/// The jots that wait.
fn waiting(home: &Home) -> Vec<Jot> {
    home.store().inbox().list().unwrap().into_iter().map(|waiting| waiting.jot.unwrap()).collect()
}

fn texts(home: &Home) -> Vec<String> {
    waiting(home).into_iter().map(|jot| jot.text).collect()
}

/// Runs a command that reads this on its standard input.
fn fed(home: &Home, args: &[&str], input: &[u8]) -> Ran {
    let mut command = home.command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    ran(child.wait_with_output().unwrap())
}

#[test]
fn words_are_noted_and_one_line_says_where() {
    let home = Home::furnished();
    let said = home.run(&["jot", "ring", "the carers' group"]).ends(0);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("Noted, in the inbox.\n", ""));
    assert_eq!(waiting(&home), [Jot::new(now(), "ring the carers' group")]);
    let said = home.run(&["jot", "--to", "second", "--tag", "vp", "they send the budget"]).ends(0);
    assert_eq!(said.out, "Noted, for “Second thoughts”.\n");
    let jot = waiting(&home).remove(1);
    assert_eq!(jot.to, Some(WorkbookId::new("second0000")));
    assert_eq!((jot.tag, jot.private), (Some(Tag::Promise), true));
}

#[test]
fn each_line_of_standard_input_is_a_note_in_its_order() {
    let home = Home::new();
    let said = fed(&home, &["jot", "-"], b"one\n\n  two \r\n\t\nthree");
    assert_eq!(said.ends(0).out, "3 notes, in the inbox.\n");
    assert_eq!(texts(&home), ["one", "two", "three"]);
    fed(&home, &["jot", "-"], b"\n \n").ends(1).says(&["nothing was noted"]);
    fed(&home, &["jot", "-"], b"good\n\xff\xfe").ends(65).says(&["UTF-8", "Nothing was noted"]);
    let long = "x".repeat(300_000);
    fed(&home, &["jot", "-"], format!("short\n{long}").as_bytes()).ends(65).says(&["line 2", "too long"]);
    assert_eq!(texts(&home).len(), 3);
    home.run(&["jot", "--help"]).ends(0).prints(&["each line of standard input", "blank"]);
}

#[test]
fn a_long_line_is_noted_whole() {
    let home = Home::new();
    let long = "words and more words ".repeat(500);
    fed(&home, &["jot", "-"], long.as_bytes()).ends(0);
    assert_eq!(texts(&home), [long.trim()]);
}

#[test]
fn with_nothing_to_note_it_says_so_and_does_not_wait() {
    let home = Home::new();
    let mut command = home.command(&["jot"]);
    // a pipe that nobody writes to and nobody closes
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let open = child.stdin.take();
    let said = ran(child.wait_with_output().unwrap()).ends(64).says(&["nothing to note", "jot -"]);
    assert_eq!(said.out, "");
    drop(open);
    for nothing in ["", "  ", "\u{1b}\u{7}"] {
        home.run(&["jot", nothing]).ends(64).says(&["needs a word"]);
    }
    assert!(!home.root().join("inbox").exists());
}

#[test]
fn the_workbook_is_found_by_title_or_partner_and_never_guessed() {
    let home = Home::furnished();
    let walks = walks().id().clone();
    for name in ["walks with", "City Museum", "city mus", "museum", walks.as_str()] {
        home.run(&["jot", "--to", name, "x"]).ends(0).prints(&["Walks with City Museum"]);
    }
    assert!(waiting(&home).iter().all(|jot| jot.to.as_ref() == Some(&walks)));
    let before = waiting(&home).len();
    home.run(&["new", "Walks along the river"]).ends(0);
    home.run(&["jot", "--to", "Walks", "x"]).ends(66).says(&[walks.as_str(), "Walks along the river"]);
    home.run(&["jot", "--to", "Nobody", "x"]).ends(66).says(&["no workbook called", "Nobody"]);
    home.run(&["jot", "--to", " ", "x"]).ends(64);
    assert_eq!(waiting(&home).len(), before);
}

#[test]
fn a_workbook_that_a_window_holds_is_no_hindrance_and_is_not_touched() {
    let home = Home::furnished();
    let folder = home.run(&["where", "walks"]).ends(0).line().to_owned();
    let held = home.store().open(std::path::Path::new(&folder), now()).unwrap();
    let files = |home: &Home| {
        let all = home.everything().into_iter();
        all.filter(|(path, _)| path.starts_with(home.root().join("workbooks"))).collect::<Vec<_>>()
    };
    let before = files(&home);
    home.run(&["jot", "--to", "walks", "in it goes"]).ends(0);
    assert_eq!(texts(&home), ["in it goes"]);
    assert!(files(&home) == before, "the workbook was touched");
    drop(held);
}

#[test]
fn a_time_is_today_s_or_a_moment() {
    let home = Home::new();
    let at = |time: &str| {
        let ran = home.run(&["jot", "--at", time, time]).ends(0);
        let jot = waiting(&home).into_iter().find(|jot| jot.text == time).unwrap();
        (jot.at.to_string(), ran.err)
    };
    assert_eq!(at("9:05"), ("2025-11-04T09:05:00Z".into(), String::new()));
    assert_eq!(at("09:29:59").0, "2025-11-04T09:29:59Z");
    assert_eq!(at("2025-10-01T08:00:00+02:00").0, "2025-10-01T06:00:00Z");
    let (later, said) = at("17:00");
    assert_eq!(later, "2025-11-04T17:00:00Z");
    assert!(said.contains("17:00 is still to come"), "{said}");
    for wrong in ["25:00", "noon", "", "14.05", "2025-11-04"] {
        home.run(&["jot", "--at", wrong, "x"]).ends(64).says(&["is not a time", "14:05"]);
    }
    assert_eq!(waiting(&home).len(), 4);
}

#[test]
fn today_is_today_where_the_person_is() {
    let home = Home::new();
    let mut command = home.command(&["jot", "--at", "00:30", "late"]);
    ran(command.env("ALONGSIDE_NOW", "2025-11-04T23:30:00+02:00").output().unwrap()).ends(0);
    assert_eq!(waiting(&home)[0].at.to_string(), "2025-11-03T22:30:00Z");
}

#[test]
fn a_tag_that_is_none_is_refused_with_those_there_are() {
    let home = Home::new();
    for wrong in ["z", "ps", ""] {
        home.run(&["jot", "--tag", wrong, "x"]).ends(64);
    }
    home.run(&["jot", "--tag", "z", "x"]).ends(64).says(&["p promise", "v private"]);
    assert!(!home.root().join("inbox").exists());
}

#[test]
fn what_could_act_on_a_terminal_is_not_noted() {
    let home = Home::new();
    home.run(&["jot", "a\u{1b}[2Jb\u{7}\ttab\nsecond\u{202e}"]).ends(0).prints(&["2 notes"]);
    assert_eq!(texts(&home), ["a[2Jb    tab", "second"]);
}

#[test]
fn an_inbox_that_cannot_be_made_is_said() {
    let home = Home::new();
    std::fs::create_dir_all(home.root()).unwrap();
    std::fs::write(home.root().join("inbox"), "in the way").unwrap();
    let said = home.run(&["jot", "x"]);
    assert!(matches!(said.code, Some(73 | 74)), "{:?} {}", said.code, said.err);
    said.says(&["inbox"]);
}
