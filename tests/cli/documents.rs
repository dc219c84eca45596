//! `show`, `find`, `export`: what leaves a workbook, and what does not.

use std::fs;

use crate::home::Home;

const SECRETS: [&str; 2] = ["director is leaving", "could not pay"];

#[test]
fn a_workbook_an_aspect_and_a_question_are_shown() {
    let home = Home::furnished();
    home.run(&["show", "walks"]).ends(0).prints(&["Walks with City Museum\n=====", "A walk for people"]);
    home.run(&["show", "walks", "--format", "md"])
        .ends(0)
        .prints(&["# Walks with City Museum\n", "> A walk for"]);
    for name in ["scoping", "Scoping", "SCO", "scop"] {
        home.run(&["show", "walks", name]).ends(0).prints(&[
            "Scoping: Walks",
            "A walk for people",
            "Still blank",
        ]);
    }
    for id in ["SCO-2", "sco-2"] {
        home.run(&["show", "walks", id]).ends(0).prints(&["evening volunteers", "the call of 14 March"]);
    }
}

#[test]
fn a_part_that_is_not_there_is_said_with_those_that_are() {
    let home = Home::furnished();
    for part in ["scooping", "SCO-999", "s", ""] {
        home.run(&["show", "walks", part]).ends(64).says(&["no part", "scoping", "ending", "SCO-3"]);
    }
}

#[test]
fn private_answers_are_left_out_and_counted_unless_asked_for() {
    let home = Home::furnished();
    let cases: [&[&str]; 4] = [
        &["show", "walks"],
        &["export", "walks"],
        &["export", "walks", "--what", "questions"],
        &["export", "walks", "--what", "workbook", "--format", "text"],
    ];
    for args in cases {
        let without = home.run(args).ends(0).says(&["2 private answers left out", "--with-private"]);
        assert!(without.out.contains("2 private answers left out."), "{}", without.out);
        assert!(!SECRETS.iter().any(|s| without.out.contains(s)), "{args:?}: {}", without.out);
        let with = home.run(&[args, &["--with-private"]].concat()).ends(0).prints(&SECRETS);
        assert!(!with.out.contains("left out") && with.err.is_empty(), "{}", with.out);
    }
    let one = home.run(&["show", "walks", "SCO-3"]).ends(0).says(&["1 private answer left out"]);
    assert!(!one.out.contains(SECRETS[0]), "{}", one.out);
}

#[test]
fn words_are_found_in_every_workbook_or_in_one() {
    let home = Home::furnished();
    home.run(&["find", "VOLUNTEERS", "evening"]).ends(0).prints(&[
        "Walks with City Museum > Scoping > ",
        "· City Museum",
        "we always forget the evening volunteers",
    ]);
    home.run(&["find", "thoughts"]).ends(0).prints(&["Second thoughts > The title"]);
    home.run(&["find", "volunteers", "--in", "second"]).ends(1).says(&["Nothing was found"]);
    home.run(&["find", "volunteers", "--in", "nobody"]).ends(66);
    home.run(&["find", " "]).ends(64);
    home.run(&["find"]).ends(64);
    let json = home.run(&["find", "volunteers", "--json"]).ends(0).json();
    assert_eq!(json[0]["question"], "SCO-2");
    assert_eq!(json[0]["voice"], "City Museum");
    assert_eq!(json[0]["line"], "we always forget the evening volunteers");
    assert_eq!(home.run(&["find", "nowhere", "--json"]).ends(1).json(), serde_json::json!([]));
}

#[test]
fn finding_holds_back_what_is_private() {
    let home = Home::furnished();
    let without =
        home.run(&["find", "director"]).ends(1).says(&["1 private answer left out", "--with-private"]);
    assert_eq!(without.out, "");
    home.run(&["find", "director", "--with-private"]).ends(0).prints(&["Their director is leaving"]);
}

#[test]
fn an_export_goes_to_a_file_and_never_over_one_unasked() {
    let home = Home::furnished();
    let made = home
        .run(&["export", "walks", "--to", "page.md"])
        .ends(0)
        .says(&["Partnership on a page", "Markdown"]);
    let path = std::path::Path::new(made.line());
    assert!(path.is_absolute(), "{path:?}");
    let text = fs::read_to_string(path).unwrap();
    assert!(text.starts_with("# Walks with City Museum\n") && text.contains("4 November 2025"), "{text}");

    fs::write(home.path("page.md"), "mine").unwrap();
    home.run(&["export", "walks", "--to", "page.md"]).ends(73).says(&["page.md", "--force"]);
    assert_eq!(fs::read_to_string(home.path("page.md")).unwrap(), "mine");
    home.run(&["export", "walks", "--to", "page.md", "--force"]).ends(0);
    assert_eq!(fs::read_to_string(home.path("page.md")).unwrap(), text);

    home.run(&["export", "walks", "--to", "page.txt"]).ends(0).says(&["plain text"]);
    assert!(fs::read_to_string(home.path("page.txt")).unwrap().starts_with("Walks with City Museum\n======"));
}

#[test]
fn an_export_that_cannot_be_written_says_so_and_leaves_nothing() {
    let home = Home::furnished();
    let before = home.everything();
    home.run(&["export", "walks", "--to", "no/such/folder/page.md"]).ends(73).says(&["no/such/folder"]);
    home.run(&["export", "walks", "--to", "."]).ends(73).says(&["not a file"]);
    #[cfg(unix)]
    for args in [
        ["export", "walks", "--force", "--to", "/dev/full"],
        ["--color", "auto", "backup", "--force", "/dev/full"],
    ] {
        home.run(&args).ends(73).says(&["/dev/full", "not a file"]);
    }
    home.run(&["export", "walks", "--what", "pgae"]).ends(64).says(&["page", "questions"]);
    home.run(&["export", "walks", "--format", "odt"]).ends(64).says(&["md", "text", "docx"]);
    home.run(&["export", "walks", "--format", "csv"])
        .ends(64)
        .says(&["holds no table", "md, text, html, docx, json"]);
    home.run(&["export", "walks", "--to", "days.ics"]).ends(64).says(&["holds no days"]);
    home.run(&["export", "walks", "--to", "page.pdf"]).ends(64).says(&[".pdf", ".docx", ".html"]);
    assert_eq!(home.everything(), before);
}

#[test]
fn reading_writes_nothing() {
    let home = Home::furnished();
    let before = home.everything();
    let reading: [&[&str]; 9] = [
        &["list"],
        &["list", "--json"],
        &["show", "walks"],
        &["find", "evening"],
        &["export", "walks"],
        &["check"],
        &["where"],
        &["keys"],
        &["man"],
    ];
    for args in reading {
        home.run(args).ends(0);
        assert_eq!(home.everything(), before, "{args:?}");
    }
}

#[test]
fn what_somebody_finds_who_comes_back_is_shown_as_words() {
    let home = Home::furnished();
    home.run(&["show", "walks", "--welcome"]).ends(0).prints(&["Welcome back: Walks", "Only guessed"]);
    home.run(&["show", "walks", "scoping", "--welcome"]).ends(64);
    let shown = home.run(&["show", "walks", "--welcome"]);
    assert!(!SECRETS.iter().any(|secret| shown.out.contains(secret)), "{}", shown.out);
}

#[test]
fn what_has_changed_is_asked_for_from_a_day_on() {
    let home = Home::furnished();
    let changes = ["export", "walks", "--what", "changes"];
    home.run(&changes).ends(0).prints(&["What has changed since"]);
    let args = [&changes[..], &["--since", "2000-01-01"]].concat();
    let told = home.run(&args).ends(0).prints(&["since 1 January 2000"]);
    assert!(!SECRETS.iter().any(|secret| told.out.contains(secret)), "{}", told.out);
    let args = [&changes[..], &["--since", "soon"]].concat();
    home.run(&args).ends(64).says(&["not a day"]);
    home.run(&["export", "walks", "--what", "pause-note"]).ends(0).prints(&["has not been paused"]);
}

#[test]
fn the_documents_there_are_are_listed_with_their_formats() {
    let home = Home::furnished();
    let list =
        home.run(&["export", "--list"]).ends(0).prints(&["partner-copy", "page", "docx, csv, ics, json"]);
    let rows = home.run(&["export", "--list", "--json"]).ends(0).json();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), list.out.lines().count());
    for row in rows {
        for key in ["name", "title", "help", "copies"] {
            assert!(!row[key].as_str().unwrap().is_empty(), "{row}");
        }
        // each comes in each of its formats, and no other
        for format in row["formats"].as_array().unwrap() {
            let (what, format) = (row["name"].as_str().unwrap(), format.as_str().unwrap());
            let file = format!("{what}.{format}");
            let made = home.run(&["export", "walks", "--what", what, "--format", format, "-o", &file]);
            // where there is nothing yet of which it could be made, that is said
            let nothing = made.code == Some(1) && made.err.starts_with("No ");
            assert!(made.code == Some(0) || nothing, "{what} as {format}: {}", made.err);
        }
    }
    home.run(&["export"]).ends(64).says(&["<NAME>"]);
    home.run(&["export", "walks", "--json"]).ends(64);
}

#[test]
fn the_format_follows_the_name_of_the_file() {
    let home = Home::furnished();
    for (name, begins) in
        [("a.html", "<!DOCTYPE html>"), ("a.HTM", "<!DOCTYPE html>"), ("a.docx", "PK"), ("a.json", "{")]
    {
        home.run(&["export", "walks", "-o", name]).ends(0);
        let bytes = fs::read(home.path(name)).unwrap();
        assert!(bytes.starts_with(begins.as_bytes()), "{name}");
    }
    let piped = home.command(&["export", "walks", "--format", "docx"]).output().unwrap();
    assert!(piped.status.success() && piped.stdout == fs::read(home.path("a.docx")).unwrap());
    let plain = home.run(&["export", "walks", "--what", "workbook", "--format", "text", "--ascii"]).ends(0);
    assert!(plain.out.is_ascii());
}

#[test]
fn a_file_is_never_of_another_kind_than_its_name_says() {
    let home = Home::furnished();
    for (format, name) in
        [("docx", "page.html"), ("md", "page.docx"), ("docx", "page.pdf"), ("html", "page.odt")]
    {
        home.run(&["export", "walks", "--format", format, "--to", name]).ends(64).says(&[format!(
            ".{}",
            &name[5..]
        )
        .as_str()]);
        assert!(!home.path(name).exists());
    }
    home.run(&["export", "walks", "--format", "docx", "--to", "page.docx"]).ends(0);
    // an ending that says nothing is nobody's
    home.run(&["export", "walks", "--format", "md", "--to", "page.draft"]).ends(0);
}

#[test]
fn a_partners_copy_is_for_one_partner_and_holds_no_more() {
    let home = Home::furnished();
    let copy = home
        .run(&["export", "walks", "--what", "partner-copy"])
        .ends(0)
        .prints(&["your copy", "City Museum"]);
    assert!(!SECRETS.iter().any(|secret| copy.out.contains(secret)), "{}", copy.out);
    let same = home.run(&["export", "walks", "--what", "partner-copy", "--for", "mus"]).ends(0);
    assert_eq!(same.out, copy.out);
    home.run(&["export", "walks", "--what", "partner-copy", "--for", "nobody"])
        .ends(64)
        .says(&["City Museum"]);
    home.run(&["export", "walks", "--what", "questions", "--for", "museum"]).ends(64).says(&["partner-copy"]);
    home.run(&["export", "walks", "--for", "museum", "--with-private"]).ends(64);
}

#[test]
fn a_partners_copy_comes_as_a_workbook_that_can_be_sent_back() {
    let home = Home::furnished();
    let ron = ["export", "walks", "--what", "partner-copy", "--format", "ron"];
    let copy = home.run(&ron).ends(0).prints(&["copy_for: \"museum\"", "City Museum", "evening volunteers"]);
    assert!(!SECRETS.iter().any(|secret| copy.out.contains(secret)), "{}", copy.out);
    assert!(!copy.out.contains("A walk for people"), "what is ours and not marked to share stays here");
    home.run(&["export", "walks", "--what", "page", "--format", "ron"]).ends(64).says(&["does not come in"]);
    let file = home.path("for the museum.ron");
    let to = file.to_str().unwrap();
    home.run(&["export", "walks", "--what", "partner-copy", "-o", to])
        .ends(0)
        .says(&["alongside import", "--beside"]);
    // they bring it in like any other
    let museum = Home::new();
    museum.run(&["import", to]).ends(0);
    // here it stands beside the one that is here
    home.run(&["import", to]).ends(73).says(&["here already", "--beside"]);
    home.run(&["open", "walks", "--beside", "not-there.ron"]).ends(74).says(&["not-there.ron"]);
    let other = home.path("other.ron");
    std::fs::write(&other, copy.out.replacen("id: \"", "id: \"x", 1)).unwrap();
    home.run(&["open", "walks", "--beside", other.to_str().unwrap()]).ends(65).says(&["another workbook"]);
}

#[test]
fn first_words_are_about_the_candidate_who_was_named() {
    use alongside::domain::{Candidate, Edit, RecordId};
    let home = Home::new();
    let mut walks = crate::home::walks();
    for (place, (name, private)) in
        [("Castle", false), ("Old School", false), ("Hidden", true)].into_iter().enumerate()
    {
        let candidate = Candidate { name: name.into(), private, ..Candidate::new(RecordId::new(name)) };
        walks.apply(Edit::AddRecord { record: Box::new(candidate.into()), place }).unwrap();
    }
    home.keep(&walks);
    let about = |words| home.run(&["export", "walks", "--what", "approach", "--about", words]);
    about("castle").ends(0).prints(&["Castle"]);
    about("school").ends(0).prints(&["Old School"]);
    let none = about("hidden").ends(64).says(&["no candidate is called", "Castle, Old School"]);
    assert!(!none.err.contains("Hidden"), "{}", none.err);
    about("l").ends(64).says(&["several candidates"]);
    home.run(&["export", "walks", "--what", "page", "--about", "castle"])
        .ends(64)
        .says(&["--about goes with"]);
}

#[test]
fn words_that_only_a_private_line_has_are_counted() {
    use alongside::domain::{Call, Edit, Line, RecordId};
    let home = Home::new();
    let mut walks = crate::home::walks();
    let started = "2025-03-05T10:00:00Z".parse().unwrap();
    let mut call = Call::begun(RecordId::new("c"), jiff::civil::date(2025, 3, 5), started);
    for id in ["1", "2"] {
        let line = Line::new(RecordId::new(id), started, "the treasurer drinks");
        call.lines.push(Line { private: true, ..line });
    }
    walks.apply(Edit::AddRecord { record: Box::new(call.into()), place: 0 }).unwrap();
    home.keep(&walks);
    let ran = home.run(&["find", "treasurer"]).ends(1);
    let ran = ran.says(&["Nothing was found", "2 private notes left out", "--with-private"]);
    assert!(!ran.err.contains("drinks") && ran.out.is_empty(), "{}{}", ran.out, ran.err);
    home.run(&["find", "treasurer", "--with-private"]).ends(0).prints(&["the treasurer drinks"]);
}
