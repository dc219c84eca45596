//! `agenda`: what is owed and what has a day, over all workbooks.

use alongside::domain::{Edit, PartnerId, Promise, RecordId, Workbook};
use jiff::civil::{Date, date};

use crate::home::{Home, walks};

fn promise(workbook: &mut Workbook, id: &str, ours: bool, due: Option<Date>, what: &str, private: bool) {
    let (us, museum) = (PartnerId::us(), PartnerId::new("museum"));
    let (by, to) = if ours { (us, museum) } else { (museum, us) };
    let promise = Promise { due, private, ..Promise::new(RecordId::new(id), by, to, what) };
    workbook.apply(Edit::AddRecord { record: Box::new(promise.into()), place: 99 }).unwrap();
}

fn furnished() -> Home {
    let home = Home::new();
    let mut walks = walks();
    promise(&mut walks, "budget", true, Some(date(2025, 3, 7)), "send the budget; all of it, in full", false);
    promise(&mut walks, "list", false, Some(date(2025, 6, 1)), "a list\nof parents", false);
    promise(&mut walks, "secret", true, Some(date(2025, 3, 8)), "a word with the treasurer", true);
    promise(&mut walks, "someday", true, None, "write it up", false);
    let (aspect, on) = ("reviewing".to_owned(), Some(date(2025, 4, 1)));
    walks.apply(Edit::SetLookAgain { aspect, on }).unwrap();
    home.keep(&walks);
    home
}

#[test]
fn what_is_owed_and_dated_is_printed_by_day() {
    let home = furnished();
    let ran = home.run(&["agenda"]).ends(0).says(&["1 private entry left out"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 4, "{}", ran.out);
    assert!(lines[0].contains("Fri 7 Mar") && lines[0].contains("send the budget"), "{}", lines[0]);
    assert!(lines[1].contains("review") && lines[1].contains("Walks with City Museum"), "{}", lines[1]);
    assert!(lines[3].starts_with("no day"), "{}", lines[3]);
    home.run(&["agenda", "--owed", "--until", "end of March"]).ends(0);
    let owed = home.run(&["agenda", "--owed", "--until", "2025-03-31"]).ends(0);
    assert_eq!(owed.out.lines().count(), 1, "{}", owed.out);
    home.run(&["agenda", "--with-private"]).ends(0).prints(&["treasurer"]);
    home.run(&["agenda", "--until", "whenever"]).ends(64).says(&["not a day"]);
    home.run(&["agenda", "--in", "nothing here"]).ends(66);
}

#[test]
fn json_is_stable_and_a_calendar_takes_the_same_entry_once() {
    let home = furnished();
    let rows = home.run(&["agenda", "--json"]).ends(0).json();
    assert_eq!(rows[0]["on"], "2025-03-07");
    assert_eq!(rows[0]["kind"], "we owe");
    assert_eq!(rows[3]["on"], serde_json::Value::Null);
    let ics = home.run(&["agenda", "--ics"]).ends(0).out;
    assert!(ics.starts_with("BEGIN:VCALENDAR\r\n") && ics.trim_end().ends_with("END:VCALENDAR"), "{ics}");
    assert_eq!(ics.matches("BEGIN:VEVENT").count(), 3, "what has no day is left out");
    assert!(ics.contains("DTSTART;VALUE=DATE:20250307") && ics.contains("budget\\; all of it\\,"), "{ics}");
    assert!(!ics.contains("treasurer"));
    assert_eq!(ics, home.run(&["agenda", "--ics"]).out, "the same entries give the same file");
}

#[test]
fn nothing_owed_is_said_and_found_nothing() {
    let home = Home::furnished();
    home.run(&["agenda"]).ends(1).says(&["nobody owes"]);
}
