//! `history` and `restore`: how a workbook was on a day, and bringing it back.

use std::path::Path;
use std::sync::mpsc::channel;

use alongside::domain::{
    Edit, Promise, QuestionId, RecordId, Splice, TextPlace, VoiceKey, Workbook, WorkbookId,
};
use alongside::store::Writer;

use crate::home::{Home, walks};

/// A visit to a workbook at a moment, as a window does it.
fn visit(home: &Home, folder: &Path, at: &str, edits: impl FnOnce(&Workbook) -> Vec<Edit>) {
    let at = at.parse().unwrap();
    let opened = home.open_when_free(folder, at);
    let (mut book, writing) = opened.to_write().unwrap();
    let edits = edits(book.workbook());
    let records = book.act_all(edits, at).unwrap();
    let writer = Writer::start(writing, channel().0, Box::new(|| {})).unwrap();
    writer.append(records);
    writer.close().unwrap();
}

fn retyped(workbook: &Workbook, question: &str, text: &str) -> Edit {
    let place = TextPlace::Voice(QuestionId::new(question), VoiceKey::Ours);
    let delete = workbook.text(&place).unwrap().to_owned();
    Edit::Splice(Splice {
        place,
        at: 0,
        delete,
        insert: text.to_owned(),
        on: Some("2025-11-02".parse().unwrap()),
    })
}

/// Walks with City Museum, made on 20 October; something happened on 25 October and on 2 November.
fn with_a_past() -> (Home, std::path::PathBuf) {
    let home = Home::new();
    let made = "2025-10-20T09:00:00Z".parse().unwrap();
    let folder = home.store().workbooks().create(&walks(), made).unwrap();
    visit(&home, &folder, "2025-10-25T10:00:00Z", |_| {
        let museum = alongside::domain::PartnerId::new("museum");
        let promise = Promise::new(RecordId::new("budget"), museum.clone(), museum, "Send the budget");
        vec![Edit::AddRecord { record: Box::new(promise.into()), place: 0 }]
    });
    visit(&home, &folder, "2025-11-02T10:00:00Z", |workbook| {
        let on = "2025-11-02".parse().unwrap();
        let record = RecordId::new("budget");
        vec![
            retyped(workbook, "SCO-1", "A walk for everybody"),
            retyped(workbook, "SCO-3", "She has left"),
            Edit::BinRecord { family: alongside::domain::Family::Promise, record, on },
        ]
    });
    (home, folder)
}

#[test]
fn a_copy_that_was_put_away_is_listed_by_its_name() {
    let (home, folder) = with_a_past();
    let name = "workbook (Ana's conflicted copy 2025-11-02).ron";
    std::fs::copy(folder.join("workbook.ron"), folder.join(name)).unwrap();
    home.run(&["check"]).ends(1).prints(&[name, "g v"]);
    home.store().put_away(&folder, name, "2025-11-03T09:00:00Z".parse().unwrap()).unwrap();
    home.run(&["history", "walks"]).ends(0).prints(&["another copy, put away", name]);
    let listed = home.run(&["history", "walks", "--json"]).ends(0).json();
    assert!(listed.as_array().unwrap().iter().any(|row| row["name"] == name && row["by"] == "another copy"));
    // it is no day of the workbook's own
    home.run(&["history", "walks", "--on", "2025-11-03"]).ends(1);
}

fn ours(home: &Home, folder: &Path, question: &str) -> String {
    let place = TextPlace::Voice(QuestionId::new(question), VoiceKey::Ours);
    home.store().read(folder).unwrap().book.workbook().text(&place).unwrap().to_owned()
}

#[test]
fn the_versions_are_listed_with_what_changed_in_between() {
    let (home, _) = with_a_past();
    let list = home.run(&["history", "walks"]).ends(0).prints(&[
        "2 November 2025, 10:00",
        "as it is now: 2 answers, 1 promise changed",
        "25 October 2025, 10:00",
        "1 promise changed",
        "20 October 2025, 09:00",
        "the first that is kept",
    ]);
    assert_eq!(list.out.lines().count(), 3);
    let json = home.run(&["history", "walks", "--json"]).ends(0).json();
    assert_eq!(json[0]["day"], "2025-10-20");
    assert_eq!(json[0]["changed"], serde_json::Value::Null);
    assert_eq!(json[1]["changed"], "1 promise changed");
    assert_eq!(json[1]["by"], "us");
    assert!(Path::new(json[1]["file"].as_str().unwrap()).is_file());
}

#[test]
fn a_workbook_without_a_past_says_so() {
    let home = Home::furnished();
    home.run(&["history", "second"]).ends(1).says(&["Nothing earlier is kept"]);
    assert_eq!(home.run(&["history", "second", "--json"]).ends(1).json(), serde_json::json!([]));
}

#[test]
fn a_day_is_shown_beside_today_and_nothing_private() {
    let (home, _) = with_a_past();
    let shown = home.run(&["history", "walks", "--on", "25 Oct"]).ends(0).prints(&[
        "Scoping > ",
        "(SCO-1)",
        "\n  then: A walk for people who never come in\n",
        "\n  now: A walk for everybody\n",
        "Promises > Send the budget",
        "\n  then: What: Send the budget\n",
        "\n  now: in the bin\n",
    ]);
    assert!(!shown.out.contains("director") && !shown.out.contains("SCO-3"), "{}", shown.out);
    let shown = shown.says(&["1 private difference left out"]);
    drop(shown);
    home.run(&["history", "walks", "--on", "2025-10-25", "--with-private"])
        .ends(0)
        .prints(&["Their director is leaving", "now: She has left"]);
    let one = home.run(&["history", "walks", "--on", "2025-10-25", "--answer", "sco-1"]).ends(0);
    assert!(!one.out.contains("budget"), "{}", one.out);
    let json = home.run(&["history", "walks", "--on", "2025-10-25", "--json"]).ends(0).json();
    let answer = json.as_array().unwrap().iter().find(|row| row["question"] == "SCO-1").unwrap();
    assert_eq!(answer["rows"][0]["then"], "A walk for people who never come in");
    assert_eq!(answer["rows"][0]["now"], "A walk for everybody");
}

#[test]
fn a_day_that_is_not_known_is_said_in_words() {
    let (home, _) = with_a_past();
    home.run(&["history", "walks", "--on", "some day"]).ends(64).says(&["is no day", "2025-03-03"]);
    home.run(&["history", "walks", "--on", "2024-01-01"])
        .ends(1)
        .says(&["as old as 1 January 2024", "20 October 2025"]);
    home.run(&["history", "walks", "--on", "yesterday"]).ends(1).says(&["Nothing is otherwise than it was"]);
    home.run(&["history", "walks", "--on", "yesterday", "--answer", "X-1"]).ends(64).says(&["no question"]);
    home.run(&["history", "nobody"]).ends(66);
    home.run(&["restore", "walks", "--on", "yesterday"]).ends(64);
    home.run(&["restore", "walks", "--all"]).ends(64);
}

#[test]
fn reading_the_past_writes_nothing() {
    let (home, _) = with_a_past();
    let before = home.everything();
    home.run(&["history", "walks"]).ends(0);
    home.run(&["history", "walks", "--on", "25 Oct", "--with-private"]).ends(0);
    assert_eq!(before, home.everything());
}

#[test]
fn an_answer_comes_back_as_one_step_and_what_stood_is_kept() {
    let (home, folder) = with_a_past();
    let done = home.run(&["restore", "walks", "--on", "25 Oct", "--answer", "SCO-1"]).ends(0);
    let done =
        done.prints(&["Scoping > "]).says(&["Brought back as it was on 25 October 2025", "takes it back"]);
    assert_eq!(done.out.lines().count(), 1, "{}", done.out);
    assert_eq!(ours(&home, &folder, "SCO-1"), "A walk for people who never come in");
    assert_eq!(ours(&home, &folder, "SCO-3"), "She has left");
    let mut book = home.store().read(&folder).unwrap().book;
    let answer = book.workbook().answer(&QuestionId::new("SCO-1"));
    assert_eq!(answer.earlier()[0].text, "A walk for everybody");
    book.undo(crate::home::now()).unwrap();
    let place = TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours);
    assert_eq!(book.workbook().text(&place), Some("A walk for everybody"));
    home.run(&["restore", "walks", "--on", "25 Oct", "--answer", "SCO-1"])
        .ends(1)
        .says(&["Nothing was changed"]);
}

#[test]
fn a_record_comes_back_by_its_words_and_a_private_thing_is_not_named() {
    let (home, folder) = with_a_past();
    home.run(&["restore", "walks", "--on", "25 Oct", "--record", "the budget"])
        .ends(0)
        .prints(&["Promises > Send the budget"]);
    assert_eq!(home.store().read(&folder).unwrap().book.workbook().promises().len(), 1);
    let private = home.run(&["restore", "walks", "--on", "25 Oct", "--answer", "SCO-3"]).ends(0);
    assert_eq!(private.out.trim(), "Scoping > something private");
}

#[test]
fn everything_comes_back_as_it_was() {
    let (home, folder) = with_a_past();
    home.run(&["restore", "walks", "--on", "25 Oct", "--all"]).ends(0);
    assert_eq!(ours(&home, &folder, "SCO-3"), "Their director is leaving, says the evening porter");
    home.run(&["history", "walks", "--on", "25 Oct"]).ends(1).says(&["Nothing is otherwise"]);
    home.run(&["check"]).ends(0);
}

#[test]
fn a_workbook_that_a_window_holds_is_left_alone() {
    let (home, folder) = with_a_past();
    let held = home.open_when_free(&folder, crate::home::now());
    let before = home.everything();
    home.run(&["history", "walks", "--on", "25 Oct"]).ends(0);
    home.run(&["restore", "walks", "--on", "25 Oct", "--all"]).ends(69).says(&["open in another window"]);
    assert_eq!(before, home.everything());
    drop(held);
}

#[test]
fn a_version_that_cannot_be_read_is_named_and_left() {
    let (home, folder) = with_a_past();
    let history = folder.join("history");
    let mut names: Vec<_> = std::fs::read_dir(&history).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    std::fs::write(&names[0], "(format: 3,").unwrap();
    home.run(&["history", "walks"]).ends(0).prints(&["cannot be read", "line 1"]).says(&["left as it is"]);
    assert_eq!(std::fs::read(&names[0]).unwrap(), b"(format: 3,");
    let other = Workbook::new(WorkbookId::new("other00000"), "Other");
    home.keep(&other);
    home.run(&["history", "other"]).ends(1);
}
