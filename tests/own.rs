//! What a person may change to their own taste, and what happens when there is a mistake in it: everything that is wrong
//! is said together, and what ships stays in force.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod harness;

use std::sync::Arc;

use alongside::content::Content;
use alongside::store::{Folders, RealDisk, Store};
use harness::{Play, Start, sample};

/// A store in which these files stand.
fn store(dir: &std::path::Path, files: &[(&str, &str)]) -> Store {
    for (name, text) in files {
        let path = dir.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    Store::with_disk(Folders::at(dir), Arc::new(RealDisk))
}

/// The program with what the store holds, in a window that is wide enough for every word it says.
fn play(store: &Store) -> Play {
    let settings = store.settings().unwrap_or_default();
    let (wording, troubles) = store.wording();
    Play::opened_in(Start {
        size: (600, 24),
        books: vec![sample()],
        own_keys: settings.keys,
        content: Content::with_wording(wording),
        troubles,
        ..Start::default()
    })
}

#[test]
fn own_keys_take_the_place_of_the_usual_ones() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(
        dir.path(),
        &[("settings.ron", r#"(keys: {"map.lens": ["ctrl-l", "l l"], "map.right": ["right"]})"#)],
    );
    let mut play = play(&store);
    play.keys("ctrl-l").sees("Connect").keys("l l").sees("settled").keys("L").sees("L does nothing here");
    play.keys("?").sees("Ctrl-L  ll");
}

#[test]
fn a_bad_name_a_bad_key_and_a_clash_are_said_together() {
    let dir = tempfile::tempdir().unwrap();
    let keys = r#"(keys: {
        "map.fly": ["f"],
        "map.lens": ["hyper-x"],
        "map.rename": ["enter"],
        "global.jot": ["ctrl-n"],
    })"#;
    let store = store(dir.path(), &[("settings.ron", keys)]);
    let mut play = play(&store);
    play.sees("no command called map.fly")
        .sees("map.lens: there is no key called `hyper-x`")
        .sees("Enter would run both map.open and map.rename")
        .sees("The usual keys are in force.");
    // even the one that would have been good
    play.keys("ctrl-n").sees("Ctrl-N does nothing here").keys("L").sees("Connect").keys("J").sees("Jot");
}

#[test]
fn a_key_that_begins_another_is_a_clash() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(dir.path(), &[("settings.ron", r#"(keys: {"map.lens": ["g"]})"#)]);
    play(&store)
        .sees("gg would run both map.first and map.lens")
        .sees("The usual keys are in force.")
        .keys("g m")
        .sees("COMMUNICATING");
}

#[test]
fn own_wording_is_shown_and_found() {
    let dir = tempfile::tempdir().unwrap();
    let words = r#"[(id: "SCO-1", ask: "Warum wir, warum jetzt?", short: "Warum?")]"#;
    let store = store(dir.path(), &[("content/mine.ron", words)]);
    let mut play = play(&store);
    play.keys("g s").sees("Warum wir, warum jetzt?").sees("> 1 Warum?");
    play.keys(": 'warum jetzt'").sees("Warum?");
}

#[test]
fn wording_that_is_wrong_is_said_with_its_line_and_does_no_harm() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(
        dir.path(),
        &[
            ("content/a.ron", "[\n(id: \"SCO-1\", short: \"Warum?\")]"),
            ("content/b.ron", "[\n\n(id: \"NOPE-7\", ask: \"x\")]"),
            ("content/c.ron", "[(id: \"SCO-2\", ask: "),
        ],
    );
    let mut play = play(&store);
    play.sees("b.ron, line 3: there is no question or card called NOPE-7").sees("c.ron, line 1");
    play.sees("The words that ship are used instead.");
    play.keys("g s").sees("> 1 Warum?").sees("2 One line of shared purpose");
}
