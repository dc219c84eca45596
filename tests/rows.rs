//! Every command row: it runs wherever it applies, at every size, and is found in the help and in the palette.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod harness;

use std::collections::BTreeSet;

use alongside::app::all_rows;
use alongside::command::Row;
use alongside::domain::Workbook;
use alongside::keymap::{Keymap, sequence};
use harness::scenes::{FIRST_SCENES, SCENES, Scene};
use harness::{Play, books, sample};

/// The size that the screens are designed for: there every row is pressed in every scene.
const DESIGN: (u16, u16) = (80, 24);

fn places() -> impl Iterator<Item = (&'static Scene, Vec<Workbook>)> {
    let open = SCENES.iter().map(|scene| (scene, vec![sample(), books::blank()]));
    open.chain(FIRST_SCENES.iter().map(|scene| (scene, Vec::new())))
}

/// The keys of a row that can be pressed here: those that are not text while a field takes text.
fn pressable(row: &Row, typing: bool) -> impl Iterator<Item = &'static str> {
    row.keys.iter().copied().filter(move |keys| {
        !typing || sequence(keys).unwrap().first().is_some_and(|chord| chord.printable().is_none())
    })
}

#[test]
fn every_row_runs_wherever_it_applies() {
    let untried = press_all_at(DESIGN);
    assert!(untried.is_empty(), "no scene leads to where these apply: {untried:?}");
}

#[test]
fn every_row_runs_in_a_window_that_shows_next_to_nothing() {
    press_all_at((1, 1));
    press_all_at((10, 5));
}

#[test]
fn every_row_runs_in_a_small_window() {
    press_all_at((40, 12));
    press_all_at((60, 20));
}

#[test]
fn every_row_runs_in_a_large_window() {
    press_all_at((120, 40));
}

/// Presses every key of every row, and draws after each: in every scene at the design size, once a screen at the others.
/// Returns the rows to which no scene leads.
fn press_all_at(size: (u16, u16)) -> BTreeSet<&'static str> {
    let mut untried: BTreeSet<&str> = all_rows().iter().map(|row| row.name).collect();
    let mut tried: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut play = Play::example(size.0, size.1);
    for (scene, books) in places() {
        play.again(books.clone());
        scene.go(&mut play);
        let rows = play.app.rows_now();
        let typing = rows.iter().any(|row| row.scope() == "typing");
        let scope = rows.first().map_or("", Row::scope);
        for row in rows {
            // what works everywhere is pressed once on each kind of screen
            let everywhere = matches!(row.scope(), "global" | "typing");
            let place = if everywhere || size != DESIGN { scope } else { scene.name };
            if !tried.insert((place, row.name)) {
                continue;
            }
            for keys in pressable(&row, typing) {
                play.again(books.clone());
                scene.go(&mut play);
                play.keys(keys);
                untried.remove(row.name);
                let faults = play.look().faults();
                assert!(faults.is_empty(), "{keys} in {} at {size:?}: {faults:?}", scene.name);
                // and whatever has come up is left again without harm
                play.keys("esc");
                play.look();
            }
            if row.keys.is_empty() {
                play.again(books.clone());
                scene.go(&mut play);
                play.keys("ctrl-p").paste(row.help).keys("enter");
                untried.remove(row.name);
                assert!(play.look().faults().is_empty(), "{} in {} at {size:?}", row.name, scene.name);
            }
        }
    }
    untried
}

/// The lines of the help over a scene: words and keys.
fn help_lines(play: &mut Play) -> Vec<String> {
    play.resize(100, 200);
    play.keys("f1");
    if !play.screen().contains("All keys here") {
        // it ended a sequence that had begun
        play.keys("f1");
    }
    let lines =
        play.look().text().lines().map(|line| line.trim_start_matches([' ', '>']).to_owned()).collect();
    play.keys("esc").resize(80, 24);
    lines
}

#[test]
fn every_row_of_a_screen_is_in_its_help_once() {
    let keymap = Keymap::new(&all_rows());
    let mut play = Play::example(80, 24);
    let overlays = ["menu", "prompt", "jot", "reader", "picker", "palette", "help", "find", "who"];
    for (scene, books) in places() {
        play.again(books.clone());
        scene.go(&mut play);
        let rows = play.app.rows_now();
        if overlays.contains(&rows.first().map_or("", Row::scope)) {
            continue;
        }
        let lines = help_lines(&mut play);
        for row in rows {
            let keys = keymap.of(row.name).iter().map(|keys| alongside::keymap::shown(keys));
            let keys = keys.collect::<Vec<_>>().join("  ");
            let said = |line: &&String| {
                let rest = line.strip_prefix(row.help);
                rest.is_some_and(|rest| rest.trim() == keys)
            };
            let count = lines.iter().filter(said).count();
            assert_eq!(count, 1, "{} in the help of {}:\n{}", row.name, scene.name, lines.join("\n"));
        }
    }
}

#[test]
fn every_row_says_what_it_does() {
    for row in all_rows() {
        assert!(row.help.len() > 1 && !row.help.ends_with('.'), "{}: {:?}", row.name, row.help);
        assert!(row.help.chars().next().is_some_and(char::is_uppercase), "{}: {:?}", row.name, row.help);
    }
}

#[test]
fn the_palette_finds_by_other_words() {
    let mut play = Play::example(80, 24);
    for (words, help) in [
        ("print", "Documents to send, to print or to keep"),
        ("pdf", "Documents to send, to print or to keep"),
        ("deleted", "The bin: what was removed"),
        ("shortcuts", "All keys here"),
        ("pause", "Change the state"),
        ("tutorial", "Take the 60-second tour"),
        ("exit", "Leave; all is saved"),
        ("phone", "A call: the one going on, or new"),
        ("reopen", "Start over from a stage: open questions again"),
        ("diary", "The timeline: what happened"),
        ("braille", "Reading layout for screen readers, on or off"),
    ] {
        play.again(vec![sample()]);
        play.keys(":").type_text(words).sees(help);
    }
    play.again(vec![sample()]);
    play.keys(": 'print to keep' enter").sees("Partner's copy");
}
