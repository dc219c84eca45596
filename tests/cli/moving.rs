//! `backup` and `import`.

use std::fs;

use crate::home::Home;

fn titles(home: &Home) -> Vec<String> {
    let list = home.run(&["list", "--json"]).ends(0).json();
    let mut titles: Vec<String> =
        list.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect();
    titles.sort();
    titles
}

#[test]
fn a_backup_brings_everything_back_elsewhere() {
    let home = Home::furnished();
    let made = home.run(&["backup", "everything"]).ends(0).says(&["2 workbooks"]);
    let other = Home::new();
    let brought = other.run(&["import", made.line()]).ends(0);
    assert_eq!(brought.out.lines().count(), 2);
    assert_eq!(titles(&other), titles(&home));
    other.run(&["show", "walks", "--with-private"]).ends(0).prints(&["director is leaving"]);
    other.run(&["check"]).ends(0);
}

#[test]
fn a_backup_never_goes_over_a_file_unasked() {
    let home = Home::furnished();
    fs::write(home.path("mine"), "mine").unwrap();
    home.run(&["backup", "mine"]).ends(73).says(&["mine", "--force"]);
    assert_eq!(fs::read_to_string(home.path("mine")).unwrap(), "mine");
    home.run(&["backup", "mine", "--force"]).ends(0);
    assert_ne!(fs::read(home.path("mine")).unwrap(), b"mine");
}

#[test]
fn what_is_here_already_waits_for_a_word() {
    let home = Home::furnished();
    home.run(&["backup", "all"]).ends(0);
    let before = home.everything();
    home.run(&["import", "all"]).ends(73).says(&["here already", "--as-copy", "--replace", "--skip"]);
    assert_eq!(home.everything(), before);
    home.run(&["import", "all", "--as-copy", "--replace"]).ends(64);

    home.run(&["import", "all", "--skip"]).ends(0).says(&["nothing new"]);
    assert_eq!(titles(&home).len(), 2);
    home.run(&["import", "all", "--replace"]).ends(0);
    assert_eq!(titles(&home).len(), 2);
    home.run(&["import", "all", "--as-copy"]).ends(0);
    assert_eq!(titles(&home).len(), 4);
    home.run(&["check"]).ends(0);
}

#[test]
fn a_folder_or_a_file_of_one_workbook_is_brought_in() {
    let home = Home::furnished();
    let folder = home.run(&["where", "walks"]).line().to_owned();
    for path in [folder.clone(), format!("{folder}/workbook.ron")] {
        let other = Home::new();
        other.run(&["import", &path]).ends(0);
        assert_eq!(titles(&other), ["Walks with City Museum"], "{path}");
    }
}

#[test]
fn what_is_no_workbook_is_refused_and_nothing_changes() {
    let home = Home::furnished();
    for (name, bytes) in [
        ("empty", &b""[..]),
        ("words", b"hello"),
        ("binary", b"\0\xff\xfe\x1b[2J"),
        ("half.ron", b"(format: 1,"),
    ] {
        fs::write(home.path(name), bytes).unwrap();
        let before = home.everything();
        let refused = home.run(&["import", name]).ends(65).says(&[name]);
        assert!(!refused.err.contains('\u{1b}'));
        assert_eq!(home.everything(), before, "{name}");
    }
    let missing = home.run(&["import", "not-there"]).says(&["not-there"]);
    assert!([66, 74].contains(&missing.code.unwrap()), "{:?}", missing.code);
}
