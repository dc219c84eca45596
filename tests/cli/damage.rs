//! Files that cannot be read, folders that cannot be written, a workbook that somebody else holds.

use std::fs;

use crate::home::{Home, now, walks};

#[test]
fn check_says_that_all_is_well_or_what_is_not() {
    let home = Home::furnished();
    home.run(&["check"]).ends(0).says(&["All is well"]);
    assert_eq!(home.run(&["check", "--json"]).ends(0).json(), serde_json::json!([]));
    let file = home.run(&["where", "walks"]).line().to_owned() + "/workbook.ron";
    fs::write(&file, "(format: 1, and then nothing").unwrap();
    home.run(&["check"]).ends(1).prints(&["workbook.ron"]);
    let json = home.run(&["check", "--json"]).ends(1).json();
    let finding = &json.as_array().unwrap()[0];
    assert!(finding["path"].as_str().unwrap().contains("walks"), "{finding}");
    assert!(!finding["what"].as_str().unwrap().is_empty() && !finding["advice"].as_str().unwrap().is_empty());
}

#[cfg(unix)]
#[test]
fn what_needs_nobody_to_choose_is_put_right_and_the_rest_is_left() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::furnished();
    let folder = std::path::PathBuf::from(home.run(&["where", "walks"]).line());
    fs::write(folder.join("place.ron"), "(screen: ").unwrap();
    fs::write(folder.join("workbook (Ana's conflicted copy 2026-11-02).ron"), "x").unwrap();
    fs::set_permissions(folder.join("workbook.ron"), fs::Permissions::from_mode(0o644)).unwrap();
    home.run(&["check"])
        .ends(1)
        .prints(&["conflicted copy", "others on this machine"])
        .says(&["check --repair"]);
    let repaired = home.run(&["check", "--repair"]).ends(1);
    repaired
        .prints(&["Done: moved to", "Done: made private", "somebody has to choose"])
        .says(&["1 thing is left"]);
    assert!(!folder.join("place.ron").exists());
    assert_eq!(fs::metadata(folder.join("workbook.ron")).unwrap().permissions().mode() & 0o777, 0o600);
    let json = home.run(&["check", "--json"]).ends(1).json();
    let kinds: Vec<&str> = json.as_array().unwrap().iter().map(|row| row["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["conflict-copy", "set-aside"]);
    fs::remove_file(folder.join("workbook (Ana's conflicted copy 2026-11-02).ron")).unwrap();
    fs::remove_dir_all(home.root().join("quarantine")).unwrap();
    home.run(&["check", "--repair"]).ends(0).says(&["All is well"]);
}

#[test]
fn a_workbook_that_cannot_be_read_is_left_as_it_is() {
    let home = Home::furnished();
    let folder = home.run(&["where", "walks"]).line().to_owned();
    let id = home.run(&["list", "--json"]).json().as_array().unwrap().iter().find_map(|row| {
        (row["title"] == "Walks with City Museum").then(|| row["id"].as_str().unwrap().to_owned())
    });
    let file = std::path::Path::new(&folder).join("workbook.ron");
    fs::write(&file, "not a workbook at all").unwrap();
    home.run(&["show", &id.unwrap()]).ends(65).says(&["workbook.ron", "line 1"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "not a workbook at all");
    // the others still work, and the list names the one that does not
    home.run(&["list"]).ends(0).prints(&["Second thoughts", "cannot be read"]).says(&["alongside check"]);
    home.run(&["find", "thoughts"]).ends(0).prints(&["Second thoughts"]).says(&["Not looked into"]);
}

#[test]
fn broken_settings_are_no_reason_to_make_no_workbook() {
    let home = Home::furnished();
    fs::write(home.root().join("settings.ron"), "(((").unwrap();
    home.run(&["new", "Third"]).ends(0).says(&["settings.ron"]);
    assert_eq!(fs::read_to_string(home.root().join("settings.ron")).unwrap(), "(((");
}

#[test]
fn own_wording_that_is_wrong_is_said_and_the_rest_goes_on() {
    let home = Home::furnished();
    fs::create_dir_all(home.root().join("content")).unwrap();
    fs::write(home.root().join("content/mine.ron"), "[(id: \"SCO-999\", ask: \"x\")]").unwrap();
    home.run(&["show", "walks"]).ends(0).says(&["mine.ron", "SCO-999"]).prints(&["A walk for people"]);
    fs::write(home.root().join("content/mine.ron"), "[(id: \"SCO-1\", ask: \"Why us?\")]").unwrap();
    home.run(&["show", "walks", "SCO-1"]).ends(0).prints(&["Why us?"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_may_not_be_written_is_said_so() {
    let home = Home::new();
    // nobody may make a folder there, not even the one who may do everything else
    let refused = home.run(&["--dir", "/sys/alongside", "new", "Walks"]);
    assert!([73, 74, 77].contains(&refused.code.unwrap()), "{:?} {}", refused.code, refused.err);
    refused.says(&["/sys/alongside"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_can_only_be_read_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::furnished();
    let mode = |bits| {
        for path in home.everything().into_keys().filter(|p| p.is_dir()) {
            fs::set_permissions(path, fs::Permissions::from_mode(bits)).unwrap();
        }
    };
    mode(0o500);
    let reading = ["list", "check"].map(|word| home.run(&[word]).code);
    let shown = home.run(&["show", "walks"]);
    let probe = fs::write(home.root().join("probe"), "");
    let made = home.run(&["new", "Third"]);
    mode(0o700);
    assert_eq!(reading, [Some(0), Some(0)]);
    shown.ends(0).prints(&["A walk for people"]);
    // whoever may do everything is not stopped by permissions; everybody else is told
    if probe.is_err() {
        made.ends(77).says(&["not allowed"]);
    }
}

#[test]
fn a_workbook_that_is_open_elsewhere_is_not_replaced() {
    let home = Home::new();
    let folder = home.keep(&walks());
    home.run(&["backup", "all"]).ends(0);
    let opened = home.store().open(&folder, now()).unwrap();
    home.run(&["import", "all", "--replace"]).ends(69).says(&["another window"]);
    home.run(&["show", "walks"]).ends(0);
    drop(opened);
    drop(home.open_when_free(&folder, now()));
    home.run(&["import", "all", "--replace"]).ends(0);
}
