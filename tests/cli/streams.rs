//! What goes out and where: help, closed pipes, full disks, colour, and nothing that acts on a terminal.

use std::fs::File;
use std::process::Stdio;

use alongside::domain::{Edit, Person, PersonId};
use alongside::domain::{Heard, Partner, PartnerField, PartnerId, TextPlace, VoiceKey, Workbook, WorkbookId};
use alongside::export::clean;

use crate::home::{Home, heard, put, ran, write};

#[test]
fn help_opens_with_three_examples() {
    let home = Home::new();
    for flag in ["--help", "-h"] {
        let help = home.run(&[flag]).ends(0);
        let lines: Vec<&str> = help.out.lines().take(4).collect();
        assert_eq!(lines[0], "Examples:");
        assert!(lines[1..].iter().all(|line| line.starts_with("  alongside ")), "{lines:?}");
        assert_eq!(help.err, "");
    }
    home.run(&["--version"]).ends(0).prints(&["alongside "]);
}

#[test]
fn an_unknown_word_suggests() {
    let home = Home::furnished();
    home.run(&["lsit"]).ends(64).says(&["'list'"]);
    home.run(&["list", "--jsno"]).ends(64).says(&["--json"]);
    home.run(&["show", "Wlaks with City Museum"]).ends(66).says(&["Walks with City Museum"]);
}

#[test]
fn completions_and_the_manual_come_from_the_same_commands() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        home.run(&["completions", shell]).ends(0).prints(&["with-private", "backup"]);
    }
    home.run(&["completions", "tcsh"]).ends(64).says(&["bash"]);
    home.run(&["man"]).ends(0).prints(&[".TH alongside 1", "ALONGSIDE_DIR", "SH \"EXIT STATUS\""]);
}

#[test]
fn keys_are_those_in_force() {
    let home = Home::new();
    home.run(&["keys"]).ends(0).prints(&["Everywhere", "u, Ctrl-Z", "Undo, any kind of change", "Cycle map"]);
    home.run(&["keys", "--names"]).ends(0).prints(&["u, Ctrl-Z", "global.undo"]);
    std::fs::create_dir_all(home.root()).unwrap();
    let settings = home.root().join("settings.ron");
    std::fs::write(&settings, r#"(keys: {"global.undo": ["ctrl-z", "f9"]})"#).unwrap();
    home.run(&["keys"]).ends(0).prints(&["Ctrl-Z, F9"]);
    std::fs::write(&settings, r#"(keys: {"global.undo": ["hyper-z"], "no.such": ["a"]})"#).unwrap();
    home.run(&["keys"]).ends(0).prints(&["u, Ctrl-Z"]).says(&[
        "hyper-z",
        "no.such",
        "usual keys are in force",
    ]);
    std::fs::write(&settings, "(keys: 3)").unwrap();
    home.run(&["keys"]).ends(0).prints(&["u, Ctrl-Z"]).says(&["settings.ron", "line 1"]);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let home = Home::furnished();
    let cases: [&[&str]; 6] =
        [&["list"], &["show", "walks"], &["export", "walks"], &["man"], &["--help"], &["find", "e"]];
    for args in cases {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ended = home.command(args).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{args:?}");
        assert_eq!(ended.status.code(), Some(141), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_with_its_code() {
    let home = Home::furnished();
    let cases: [&[&str]; 5] = [&["list"], &["list", "--json"], &["show", "walks"], &["man"], &["--help"]];
    for args in cases {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let ended = ran(home.command(args).stdout(full).output().unwrap()).ends(74);
        ended.says(&["the disk is full"]);
    }
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let home = Home::furnished();
    assert!(!home.run(&["list"]).ends(0).out.contains('\u{1b}'));
    assert!(
        home.run(&["list", "--color", "always"])
            .ends(0)
            .out
            .contains("\u{1b}[1mWalks with City Museum\u{1b}[0m")
    );
    let forced = |name: &str, value: &str, args: &[&str]| {
        ran(home.command(args).env(name, value).output().unwrap()).ends(0).out.contains('\u{1b}')
    };
    assert!(forced("CLICOLOR_FORCE", "1", &["list"]));
    assert!(!forced("CLICOLOR_FORCE", "1", &["list", "--color", "never"]));
    assert!(!forced("NO_COLOR", "1", &["list"]));
    home.run(&["list", "--color", "sometimes"]).ends(64).says(&["always"]);
}

/// A workbook in which everything that can be named is named so as to act on a terminal.
fn nasty() -> Workbook {
    let evil =
        "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{90}q\u{202e}\u{2066}\u{e0041}\u{200b}\r\u{8}\u{7f}word";
    let mut w = Workbook::new(WorkbookId::new("nasty00000"), format!("Title {evil}"));
    let id = PartnerId::new("p");
    w.apply(Edit::AddPartner { partner: Box::new(Partner::named(id.clone(), evil)), place: 0 }).unwrap();
    w.apply(Edit::AddPerson {
        person: Box::new(Person::named(PersonId::new("x"), id.clone(), evil)),
        place: 0,
    })
    .unwrap();
    put(&mut w, TextPlace::Purpose, evil);
    put(&mut w, TextPlace::Partner(PartnerId::us(), PartnerField::Name), evil);
    for voice in [VoiceKey::Ours, VoiceKey::Theirs(id.clone()), VoiceKey::Agreed] {
        write(&mut w, "SCO-1", voice.clone(), evil);
        write(&mut w, "SCO-2", voice, evil);
    }
    heard(&mut w, "SCO-2", &id, Heard::Disputed);
    w
}

#[test]
fn nothing_in_a_workbook_can_act_on_a_terminal() {
    let home = Home::new();
    home.keep(&nasty());
    let cases: [&[&str]; 11] = [
        &["list"],
        &["list", "--json"],
        &["show", "nasty00000"],
        &["show", "nasty00000", "scoping", "--format", "md"],
        &["find", "word"],
        &["find", "word", "--json"],
        &["export", "nasty00000"],
        &["export", "nasty00000", "--what", "questions", "--format", "text"],
        &["show", "Title \u{1b}[2J nobody"],
        &["new", "\u{1b}[2J\u{202e}title"],
        &["lis\u{1b}[2Jt"],
    ];
    for args in cases {
        let said = home.run(args);
        let bad = |text: &str| text.chars().find(|c| clean::is_unsafe(*c) && *c != '\n');
        assert_eq!(bad(&said.out), None, "{args:?}: {:?}", said.out);
        assert_eq!(bad(&said.err), None, "{args:?}: {:?}", said.err);
    }
    let title = home.run(&["list", "--json"]).json();
    assert!(title.as_array().unwrap().iter().any(|row| row["title"].as_str().unwrap().contains("owned")));
}
