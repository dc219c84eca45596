//! `new`, `list`, `open`, `where`, `example`, and the clock.

use crate::home::{Home, walks};

#[test]
fn a_new_workbook_is_there_and_its_folder_is_printed() {
    let home = Home::new();
    let made = home.run(&["new", "Tactile guide"]).ends(0).says(&["Tactile guide"]);
    assert!(std::path::Path::new(made.line()).join("workbook.ron").is_file(), "{}", made.out);
    let list = home.run(&["list", "--json"]).ends(0).json();
    let row = &list.as_array().unwrap()[0];
    assert_eq!(row["title"], "Tactile guide");
    assert_eq!(row["state"], "Exploring");
    assert_eq!(row["folder"], made.line());
    assert!(row["id"].as_str().unwrap().len() >= 8);
    assert_eq!(row["changed"], crate::home::NOW);
}

#[test]
fn odd_titles_are_titles_and_never_paths() {
    let home = Home::new();
    let long = "x".repeat(300);
    let titles = [long.as_str(), "../..", "CON", "/etc/passwd", "-rf", "Ärger\u{1b}[2J", "."];
    for title in titles {
        let made = home.run(&["new", "--", title]).ends(0);
        let folder = std::path::Path::new(made.line());
        assert_eq!(folder.parent().unwrap(), home.root().join("workbooks"), "{title:?}");
    }
    let list = home.run(&["list", "--json"]).ends(0).json();
    let found: Vec<&str> =
        list.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect();
    for title in [long.as_str(), "../..", "CON", "-rf", "Ärger[2J"] {
        assert!(found.contains(&title), "{title:?} is not among {found:?}");
    }
    home.run(&["show", "../.."]).ends(0).prints(&["../.."]);
}

#[test]
fn a_title_of_nothing_is_refused_in_words() {
    let home = Home::new();
    for title in ["", "   ", "\n\t", "\u{1b}\u{7}"] {
        home.run(&["new", title]).ends(64).says(&["needs a title"]);
    }
    assert!(
        !home.root().join("workbooks").exists()
            || home.run(&["list", "--json"]).json() == serde_json::json!([])
    );
}

#[test]
fn two_workbooks_may_have_one_title_and_then_the_id_tells_them_apart() {
    let home = Home::new();
    home.run(&["new", "Twins"]).ends(0);
    home.run(&["new", "Twins"]).ends(0);
    let list = home.run(&["list", "--json"]).json();
    let id = list[0]["id"].as_str().unwrap();
    home.run(&["show", "Twins"]).ends(66).says(&[id, "id"]);
    home.run(&["show", id]).ends(0).prints(&["Twins"]);
}

#[test]
fn the_list_says_title_state_and_partners() {
    let home = Home::furnished();
    let list = home.run(&["list"]).ends(0).prints(&[
        "Walks with City Museum",
        "Exploring",
        "City Museum",
        "4 November 2025",
    ]);
    assert_eq!(list.out.lines().count(), 2);
    assert_eq!(list.err, "");
}

#[test]
fn an_empty_library_is_no_failure() {
    let home = Home::new();
    home.run(&["list"]).ends(0).says(&["alongside new"]);
    let json = home.run(&["list", "--json"]).ends(0);
    assert_eq!(json.json(), serde_json::json!([]));
    assert!(!home.root().exists(), "looking makes no folder");
}

#[test]
fn the_screen_is_never_opened_without_a_terminal() {
    let home = Home::furnished();
    home.run(&[]).ends(64).says(&["terminal", "alongside list", "alongside show NAME"]);
    home.run(&["open", "Walks"]).ends(64).says(&["terminal"]);
    home.run(&["open", "Nobody knows this"]).ends(66).says(&["no workbook called", "Nobody knows this"]);
    home.run(&["open", " "]).ends(64).says(&["name"]);
}

#[test]
fn where_says_the_folders_and_touches_nothing() {
    let home = Home::new();
    let root = home.root();
    let said = home.run(&["where"]).ends(0);
    assert_eq!(said.line(), root.to_str().unwrap());
    let all = home.run(&["where", "--json"]).ends(0).json();
    assert_eq!(all["folder"], root.to_str().unwrap());
    assert!(all["settings"].as_str().unwrap().ends_with("settings.ron"));
    assert!(!root.exists());
    let folder = home.keep(&walks());
    assert_eq!(home.run(&["where", "walks"]).ends(0).line(), folder.to_str().unwrap());
}

#[test]
fn the_flag_names_the_folder_before_the_variable_and_the_variable_before_the_home() {
    let home = Home::new();
    let other = home.path("other");
    let flag = home.run(&["--dir", other.to_str().unwrap(), "where"]).ends(0);
    assert_eq!(flag.line(), other.to_str().unwrap());
    let mut command = home.command(&["where"]);
    let own = crate::home::ran(command.env("ALONGSIDE_DIR", "").output().unwrap()).ends(0);
    if cfg!(target_os = "linux") {
        assert_eq!(own.line(), home.path("home/config/alongside").to_str().unwrap());
    }
}

#[test]
fn a_clock_that_is_no_moment_is_refused_in_words() {
    let home = Home::new();
    let mut command = home.command(&["list"]);
    let refused = crate::home::ran(command.env("ALONGSIDE_NOW", "tomorrow").output().unwrap());
    refused.ends(64).says(&["ALONGSIDE_NOW", "tomorrow", "2025-11-04T09:30:00Z"]);
}

#[test]
fn the_example_is_made_once_and_is_a_copy() {
    let home = Home::new();
    let first = home.run(&["example"]).ends(0);
    let second = home.run(&["example"]).ends(0);
    assert_eq!(first.line(), second.line());
    let list = home.run(&["list", "--json"]).json();
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["example"], true);
    let other = Home::new();
    other.run(&["example"]).ends(0);
    assert_ne!(other.run(&["list", "--json"]).json()[0]["id"], list[0]["id"]);
}
