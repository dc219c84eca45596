//! What every file of the tree has, and what none has.

use super::tree::{files, sources, text};

/// The most lines that a source file has without saying why.
const LINES: usize = 450;

/// The files that are longer, and why.
const LONGER: &[(&str, &str)] = &[
    ("src/screen/map.rs", "the ring and the list that stands for it, with the ways of walking round both"),
    (
        "src/domain/query/hand_on.rs",
        "what hangs on a partner and what becomes of it: one list, read from both ends",
    ),
    ("src/screen/aspect.rs", "the screen where most of the time is spent: its rows and what they do"),
    (
        "src/screen/aspect/draw.rs",
        "the same screen drawn: question, voices and guidance share the room at any size",
    ),
];

/// Folders at the root of a machine below which somebody keeps what is theirs.
const SOMEBODYS: &[&str] = &["work", "root", "Users", "home"];

/// Folders of people who do not exist, for tests.
const NOBODYS: &[&str] = &["/home/ada/", "/home/ana/"];

#[test]
fn every_source_file_says_what_it_is_for() {
    let silent: Vec<String> =
        sources().into_iter().filter(|s| !s.text.starts_with("//! ")).map(|s| s.path).collect();
    assert!(silent.is_empty(), "these do not open with a `//!` doc: {silent:?}");
}

#[test]
fn a_long_file_says_why() {
    let long: Vec<(String, usize)> =
        sources().into_iter().map(|s| (s.path, s.code.len())).filter(|(_, lines)| *lines > LINES).collect();
    for (path, lines) in &long {
        let known = LONGER.iter().any(|(known, _)| known == path);
        assert!(known, "{path} has {lines} lines without its tests: split it, or say why in LONGER");
    }
    for (known, _) in LONGER {
        assert!(
            long.iter().any(|(path, _)| path == known),
            "{known} is not long any more: take it out of LONGER"
        );
    }
}

#[test]
fn no_test_file_is_forgotten() {
    // cargo finds tests/*.rs and tests/*/main.rs; everything else must be named by one of those or by its folder's mod.rs
    let manifest = text("Cargo.toml").unwrap();
    assert!(!manifest.contains("autotests"), "the tests are found by themselves");
    let tests: Vec<String> = files("tests").into_iter().filter(|path| path.ends_with(".rs")).collect();
    let all: String = tests.iter().map(|path| text(path).unwrap()).collect();
    for path in &tests {
        let parts: Vec<&str> = path.split('/').collect();
        let (folder, file) = (parts[parts.len() - 2], parts[parts.len() - 1].trim_end_matches(".rs"));
        let found_by_cargo = parts.len() == 2 || (parts.len() == 3 && file == "main");
        let name = if file == "mod" { folder } else { file };
        let named = all.contains(&format!("mod {name};"));
        assert!(found_by_cargo || named, "{path} is run by nothing: no `mod {name};` names it");
    }
    for path in files("benches").iter().filter(|path| path.ends_with(".rs") && path.matches('/').count() == 1)
    {
        let name = path.trim_start_matches("benches/").trim_end_matches(".rs");
        let row = format!("[[bench]]\nname = \"{name}\"");
        assert!(manifest.contains(&row), "{path} needs its [[bench]] in Cargo.toml");
    }
}

#[test]
fn no_file_names_a_folder_of_somebodys_machine() {
    let somebodys: Vec<String> = SOMEBODYS.iter().map(|name| format!("/{name}/")).collect();
    for path in &files("") {
        let Some(text) = text(path) else { continue };
        for (n, line) in text.lines().enumerate() {
            let line = NOBODYS.iter().fold(line.to_owned(), |line, nobodys| line.replace(nobodys, ""));
            for folder in &somebodys {
                let names = line.match_indices(folder.as_str()).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '~' | '/' | '-' | '_'))
                });
                assert!(!names, "{path}:{}: {folder} is somebody's own folder", n + 1);
            }
        }
    }
}

#[test]
fn every_text_ends_its_last_line_and_holds_no_tab_or_control_character() {
    // a golden file is what a person typed, and stays as it was written; a hostile one is odd on purpose
    let others = ["tests/golden/", "tests/rigs/corpus/"];
    let ours =
        |path: &&String| !path.ends_with(".lock") && !others.iter().any(|other| path.starts_with(other));
    for path in files("").iter().filter(ours) {
        let Some(text) = text(path) else { continue };
        assert!(text.is_empty() || text.ends_with('\n'), "{path} does not end its last line");
        let odd = text.chars().find(|c| c.is_control() && *c != '\n');
        assert!(odd.is_none(), "{path} holds {odd:?}");
    }
}
