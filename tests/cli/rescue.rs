//! A damaged workbook: opening says so, and a new one is made of what could still be read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use alongside::domain::VoiceKey;
use alongside::store::write_workbook;

use crate::home::{Home, now, walks, write};

/// What is in a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.is_file()).map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// A home with a workbook of which the name of an answer cannot be read any more. Its folder, and what to call it.
fn damaged() -> (Home, PathBuf, String) {
    let home = Home::furnished();
    let folder = PathBuf::from(home.run(&["where", "walks"]).line());
    let file = folder.join("workbook.ron");
    let text = fs::read_to_string(&file).unwrap();
    let broken = text.replace("\"SCO-2\": (", "\"SCO-2\u{7}: (");
    assert_ne!(text, broken);
    fs::write(&file, broken).unwrap();
    let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
    (home, folder, name)
}

#[test]
fn a_damaged_workbook_is_rescued_beside_itself_and_stays_as_it_is() {
    let (home, folder, name) = damaged();
    home.run(&["show", &name]).ends(65).says(&["line ", &format!("alongside rescue {name}")]);
    let before = files(&folder);
    let ran = home.run(&["rescue", &name]).ends(0);
    let ran = ran.says(&[
        "Walks with City Museum (rescued)",
        "line",
        "left out",
        "byte for byte",
        "evening volunteers",
    ]);
    assert_eq!(files(&folder), before);
    let made = PathBuf::from(ran.line());
    assert_eq!(made.parent(), folder.parent());
    home.run(&["list"]).ends(0).prints(&["Walks with City Museum (rescued)", "cannot be read"]);
    let shown =
        home.run(&["show", "City Museum (rescued)"]).ends(0).prints(&["A walk for people who never come in"]);
    assert!(!shown.out.contains("evening porter"), "what was private is private still: {}", shown.out);
    home.run(&["show", "City Museum (rescued)", "--with-private"]).prints(&["says the evening porter"]);
    // by its path too, and as often as one likes
    home.run(&["rescue", folder.join("workbook.ron").to_str().unwrap()]).ends(0);
    assert_eq!(files(&folder), before);
}

#[test]
fn an_earlier_version_that_holds_more_is_offered() {
    let (home, folder, name) = damaged();
    fs::create_dir_all(folder.join("history")).unwrap();
    let mut earlier = walks();
    write(&mut earlier, "SCO-5", VoiceKey::Ours, "A good many words that are not in the later one any more");
    let kept = folder.join("history/00000009.ron");
    fs::write(&kept, write_workbook(&earlier, 9, Some(now())).unwrap()).unwrap();
    let kept = kept.to_str().unwrap();
    home.run(&["rescue", &name]).ends(0).says(&["holds more", "5 answers", "--from", kept]);
    let made = home.run(&["rescue", &name, "--from", kept]).ends(0);
    home.run(&["show", Path::new(made.line()).file_name().unwrap().to_str().unwrap()])
        .ends(0)
        .prints(&["A good many words", "evening volunteers"]);
    assert_eq!(fs::read_dir(folder.join("history")).unwrap().count(), 1);
}

#[test]
fn what_can_be_read_is_not_rescued_and_what_holds_nothing_is_said_so() {
    let home = Home::furnished();
    let folder = PathBuf::from(home.run(&["where", "walks"]).line());
    let before = home.everything();
    home.run(&["rescue", "walks"]).ends(0).says(&["nothing to rescue"]);
    assert_eq!(home.everything(), before);
    home.run(&["rescue", "nothing of that name"]).ends(66);
    for bytes in [&b""[..], &[0; 9000], b"not a workbook at all", &[0xFF; 300]] {
        fs::write(folder.join("workbook.ron"), bytes).unwrap();
        let before = home.everything();
        home.run(&["rescue", folder.file_name().unwrap().to_str().unwrap()]).ends(65).says(&["workbook.ron"]);
        assert_eq!(home.everything(), before);
    }
}
