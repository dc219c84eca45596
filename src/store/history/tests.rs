use std::sync::Arc;

use crate::testing::properties::cases;
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::super::fault::Fault;
use super::super::testing::{Rig, ours, type_in, writing};
use super::super::{Folders, RealDisk};
use super::*;
use crate::domain::{Edit, Splice};

fn noon(day: Date) -> Timestamp {
    day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp()
}

/// Types at the end of our voice on a day, as one session with a fold at its end.
fn session(rig: &Rig, days: &[(Date, &str)]) {
    let opened = rig.store.open(&rig.folder, noon(days[0].0)).unwrap();
    let (mut book, mut keeper) = writing(opened);
    for (day, text) in days {
        book.end_phrase();
        let at = book.workbook().text(&ours()).unwrap().len();
        let splice =
            Splice { place: ours(), at, delete: String::new(), insert: (*text).into(), on: Some(*day) };
        keeper.take(&book.act(Edit::Splice(splice), noon(*day)).unwrap());
        keeper.flush().unwrap();
    }
    keeper.fold().unwrap();
}

fn text_on(rig: &Rig, day: Date) -> Option<(String, bool)> {
    let past = rig.store.past(&rig.folder).unwrap();
    let was = past.on(day, &TimeZone::UTC).unwrap()?;
    Some((was.workbook.text(&ours()).unwrap().to_owned(), was.exact))
}

fn exact(text: &str) -> Option<(String, bool)> {
    Some((text.to_owned(), true))
}

/// A week in March; the rig makes its workbook on 19 February 2025.
fn a_week() -> Rig {
    let rig = Rig::new();
    session(&rig, &[(date(2025, 3, 3), "one ")]);
    session(&rig, &[(date(2025, 3, 5), "two "), (date(2025, 3, 6), "three "), (date(2025, 3, 8), "four ")]);
    session(&rig, &[(date(2025, 3, 10), "five ")]);
    rig
}

#[test]
fn a_workbook_as_it_was_at_the_end_of_a_day() {
    let rig = a_week();
    assert_eq!(text_on(&rig, date(2025, 2, 1)), None, "it was not made yet");
    assert_eq!(text_on(&rig, date(2025, 3, 2)), exact(""));
    assert_eq!(text_on(&rig, date(2025, 3, 3)), exact("one "));
    assert_eq!(text_on(&rig, date(2025, 3, 4)), exact("one "));
    assert_eq!(text_on(&rig, date(2025, 3, 6)), exact("one two three "), "within a session that went on");
    assert_eq!(text_on(&rig, date(2025, 3, 9)), exact("one two three four "));
    assert_eq!(text_on(&rig, date(2025, 3, 10)), exact("one two three four five "));
    assert_eq!(text_on(&rig, date(2031, 1, 1)), exact("one two three four five "));
    let past = rig.store.past(&rig.folder).unwrap();
    let days: Vec<String> = past.days(&TimeZone::UTC).iter().map(ToString::to_string).collect();
    assert_eq!(days, ["2025-02-19", "2025-03-03", "2025-03-05", "2025-03-06", "2025-03-08"]);
    assert_eq!(past.versions().len(), 3);
    assert!(past.versions().iter().all(|v| v.whose == Whose::Ours && v.trouble.is_none()));
}

#[test]
fn what_was_undone_is_undone_in_the_past_too() {
    let rig = Rig::new();
    session(&rig, &[(date(2025, 3, 3), "one "), (date(2025, 3, 4), "two ")]);
    {
        let (mut book, mut keeper) = writing(rig.store.open(&rig.folder, noon(date(2025, 3, 5))).unwrap());
        keeper.take(&[book.undo(noon(date(2025, 3, 5))).unwrap().0]);
        keeper.take(&[book.undo(noon(date(2025, 3, 6))).unwrap().0]);
        keeper.flush().unwrap();
    }
    assert_eq!(text_on(&rig, date(2025, 3, 4)), exact("one two "));
    assert_eq!(text_on(&rig, date(2025, 3, 5)), exact("one "), "in the journal only");
    assert_eq!(text_on(&rig, date(2025, 3, 6)), exact(""));
}

#[test]
fn without_the_steps_between_the_newest_version_is_shown_and_that_is_said() {
    let rig = a_week();
    std::fs::remove_file(rig.file("undo.log")).unwrap();
    assert_eq!(text_on(&rig, date(2025, 3, 6)), Some(("one ".to_owned(), false)));
    assert_eq!(text_on(&rig, date(2025, 3, 10)), exact("one two three four five "));
}

#[test]
fn a_version_that_cannot_be_read_is_said_and_the_one_before_it_stands_in() {
    let rig = a_week();
    let newest = rig.store.past(&rig.folder).unwrap().versions()[2].path.clone();
    std::fs::write(&newest, "(format: 3, seq: ").unwrap();
    let past = rig.store.past(&rig.folder).unwrap();
    let trouble: Vec<_> = past.versions().iter().filter_map(|v| v.trouble.clone()).collect();
    assert_eq!(trouble.len(), 1);
    assert!(trouble[0].contains("line 1"), "{}", trouble[0]);
    assert_eq!(text_on(&rig, date(2025, 3, 9)), exact("one two three four "), "the steps make up for it");
}

#[test]
fn what_somebody_else_made_is_listed_and_is_not_how_it_was() {
    let rig = a_week();
    {
        let (mut book, mut keeper) = rig.keeper();
        keeper.take(&type_in(&mut book, "six "));
        keeper.flush().unwrap();
        let file = String::from_utf8(rig.bytes("workbook.ron")).unwrap();
        rig.put("workbook.ron", file.replace("three", "3"));
        keeper.fold().unwrap();
        assert!(keeper.take_outside().is_some());
    }
    let past = rig.store.past(&rig.folder).unwrap();
    let theirs: Vec<_> = past.versions().iter().filter(|v| v.whose == Whose::Theirs).collect();
    assert_eq!(theirs.len(), 1);
    assert!(past.read(theirs[0]).unwrap().text(&ours()).unwrap().contains("two 3 four"));
    assert_eq!(text_on(&rig, date(2025, 3, 9)), exact("one two three four "));
}

#[test]
fn reading_the_past_changes_no_file() {
    let rig = a_week();
    let everything = || {
        let mut all: Vec<_> =
            walk(&rig.folder).into_iter().map(|p| (std::fs::read(&p).unwrap(), p)).collect();
        all.sort();
        all
    };
    let before = everything();
    let past = rig.store.past(&rig.folder).unwrap();
    past.on(date(2025, 3, 6), &TimeZone::UTC).unwrap();
    assert_eq!(before, everything());
    let nobody = Store::with_disk(Folders::at(rig.dir.path()), Arc::new(RealDisk));
    assert!(nobody.past(&rig.dir.path().join("nothing")).is_err());
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let all = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    all.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

fn file(at: Timestamp, n: u32) -> String {
    format!("{}-{n:06}.ron", at.strftime("%Y%m%dT%H%M%SZ"))
}

fn theirs(at: Timestamp) -> String {
    format!("{}-outside-0badcafe.ron", at.strftime("%Y%m%dT%H%M%SZ"))
}

/// A version every six hours for three years up to now.
fn three_years(now: Timestamp) -> Vec<String> {
    (0..3 * 365 * 4).map(|n| file(now - (i64::from(n) * 6).hours(), n)).collect()
}

fn left(names: &[String], now: Timestamp) -> Vec<String> {
    let go: BTreeSet<&String> = too_many(names, now).into_iter().collect();
    names.iter().filter(|name| !go.contains(name)).cloned().collect()
}

#[test]
fn versions_grow_thinner_with_age() {
    let now = noon(date(2025, 11, 10));
    let all = three_years(now);
    let left = left(&all, now);
    let within = |from: i64, to: i64| {
        let age = |name: &String| now.duration_since(super::name(name).unwrap().0).as_hours() / 24;
        left.iter().filter(|name| (from..to).contains(&age(name))).count()
    };
    assert_eq!(within(0, 2), 8);
    assert!((28..=31).contains(&within(2, 31)), "{}", within(2, 31));
    assert!((46..=50).contains(&within(31, 366)), "{}", within(31, 366));
    assert!((23..=27).contains(&within(366, 3 * 366)), "{}", within(366, 3 * 366));
    assert!(left.contains(&all[0]) && left.contains(all.last().unwrap()), "the newest and the first");
    assert_eq!(self::left(&left, now), left, "thinning again changes nothing");
}

#[test]
fn what_somebody_else_made_stays_for_a_year() {
    let now = noon(date(2025, 11, 10));
    let mut all = three_years(now);
    let recent: Vec<String> = (0..300).map(|n| theirs(now - (i64::from(n) * 24).hours())).collect();
    let old: Vec<String> = (0..20).map(|n| theirs(now - ((400 + n) * 24).hours())).collect();
    all.extend(recent.iter().chain(&old).cloned());
    let left = left(&all, now);
    assert!(recent.iter().all(|name| left.contains(name)));
    assert!(old.iter().filter(|name| left.contains(name)).count() <= 2);
}

#[test]
fn a_wrong_clock_thins_nothing_that_the_right_one_would_keep() {
    let now = noon(date(2025, 11, 10));
    let mut all = three_years(now);
    let right = left(&all, now);
    for wrong in [date(1970, 1, 1), date(1999, 12, 31), date(2038, 1, 19), date(2200, 1, 1)] {
        let left = left(&all, noon(wrong));
        assert!(right.iter().all(|name| left.contains(name)), "{wrong}");
    }
    // and where two visits were made with a clock that ran ahead
    all.extend([file(noon(date(2038, 1, 19)), 9_000), file(noon(date(2038, 1, 20)), 9_001)]);
    let (right, left) = (left(&all, now), left(&all, noon(date(2038, 1, 21))));
    assert!(right.iter().all(|name| left.contains(name)));
}

#[test]
fn only_files_whose_names_are_ours_are_touched() {
    let rig = Rig::new();
    let history = rig.file("history");
    std::fs::create_dir_all(history.join("20200101T000000Z-000001.ron")).unwrap();
    let strangers = [
        "notes.txt",
        "20200101T000000Z-1.ron",
        "20200101T000000Z-000001.ron.bak",
        "20200101T000000Z-outside-xyz.ron",
        "20209901T000000Z-000001.ron",
        "2020-01-01.ron",
        "copy 20200101T000000Z-000001.ron",
        "workbook.ron",
        "20200101T000000Z-000001 (conflicted copy).ron",
    ];
    strangers.iter().for_each(|name| std::fs::write(history.join(name), "mine").unwrap());
    let now = noon(date(2025, 11, 10));
    for name in three_years(now).iter().step_by(8) {
        std::fs::write(history.join(name), "version").unwrap();
    }
    let before = std::fs::read_dir(&history).unwrap().count();
    rig.store.open(&rig.folder, now).unwrap();
    assert!(std::fs::read_dir(&history).unwrap().count() < before);
    assert!(strangers.iter().all(|name| history.join(name).exists()));
    assert!(history.join("20200101T000000Z-000001.ron").is_dir());
}

/// Opening with versions to thin: whatever call fails, the workbook opens or says why, and what is left reads.
#[test]
fn a_thinning_that_fails_harms_nothing() {
    let prepared = || {
        let rig = a_week();
        let good = std::fs::read(&rig.store.past(&rig.folder).unwrap().versions()[0].path).unwrap();
        let now = noon(date(2025, 11, 10));
        for n in 0..12 {
            let old = now - ((500 + n) * 24).hours();
            std::fs::write(rig.file("history").join(file(old, n as u32)), &good).unwrap();
        }
        (rig, now)
    };
    let (rig, now) = prepared();
    rig.disk.heal();
    rig.store.open(&rig.folder, now).unwrap();
    let calls = rig.disk.calls();
    assert!(calls.contains(&"remove"), "{calls:?}");
    for at in 0..calls.len() {
        for calls in [1, usize::MAX] {
            let (rig, now) = prepared();
            let whole = rig.read().book.workbook().clone();
            rig.disk.fail(Fault { at, calls, error: 5, tear: true });
            drop(rig.store.open(&rig.folder, now));
            rig.disk.heal();
            assert_eq!(*rig.open().book.workbook(), whole, "call {at}");
            let past = rig.store.past(&rig.folder).unwrap();
            assert!(past.versions().iter().all(|v| v.trouble.is_none()), "call {at}");
            assert_eq!(text_on(&rig, date(2025, 3, 9)), exact("one two three four "), "call {at}");
        }
    }
}

proptest! {
    #![proptest_config(cases(256))]

    /// Whatever the names are: the first and the newest stay, and everything of the last two days.
    #[test]
    fn the_first_the_newest_and_the_last_two_days_stay(hours in prop::collection::vec(0_i64..30_000, 1..80)) {
        let now = noon(date(2025, 11, 10));
        let names: Vec<String> = hours.iter().enumerate().map(|(n, h)| file(now - h.hours(), n as u32)).collect();
        let mut sorted = names.clone();
        sorted.sort();
        let left = left(&names, now);
        prop_assert!(left.contains(&sorted[0]) && left.contains(sorted.last().unwrap()));
        for name in names {
            let age = now.duration_since(super::name(&name).unwrap().0).as_hours();
            prop_assert!(age >= 48 || left.contains(&name));
        }
    }
}

#[test]
fn a_clock_that_went_back_hides_nothing() {
    let rig = a_week();
    session(&rig, &[(date(1999, 1, 1), "six ")]);
    assert_eq!(text_on(&rig, date(2025, 3, 9)), exact("one two three four "));
    assert_eq!(text_on(&rig, date(2025, 3, 11)).unwrap().0, "one two three four five six ");
}

#[test]
fn what_somebody_else_made_is_never_how_it_was_on_the_days_after_it() {
    let rig = a_week();
    let file = String::from_utf8(rig.bytes("workbook.ron")).unwrap();
    let (mut book, mut keeper) = writing(rig.store.open(&rig.folder, noon(date(2025, 3, 12))).unwrap());
    let at = book.workbook().text(&ours()).unwrap().len();
    let splice = Splice { place: ours(), at, delete: String::new(), insert: "six ".into(), on: None };
    keeper.take(&book.act(Edit::Splice(splice), noon(date(2025, 3, 12))).unwrap());
    rig.put("workbook.ron", file.replace("three", "3"));
    keeper.fold().unwrap();
    let past = rig.store.past(&rig.folder).unwrap();
    assert_eq!(past.versions().iter().filter(|v| v.whose == Whose::Theirs).count(), 1);
    assert_eq!(text_on(&rig, date(2025, 3, 11)), exact("one two three four five "));
}

#[test]
fn without_a_history_there_is_only_now_and_a_history_that_cannot_be_listed_is_said() {
    let rig = Rig::new();
    assert!(!rig.file("history").exists());
    let past = rig.store.past(&rig.folder).unwrap();
    assert_eq!((past.versions(), past.days(&TimeZone::UTC)), (&[][..], Vec::new()));
    assert_eq!(text_on(&rig, date(2025, 3, 1)), exact(""));
    rig.disk.heal();
    rig.store.past(&rig.folder).unwrap();
    let list = rig.disk.calls().iter().rposition(|call| *call == "list").unwrap();
    rig.disk.fail(Fault { at: list, calls: 1, error: 5, tear: false });
    let error = rig.store.past(&rig.folder).unwrap_err();
    assert!(error.to_string().contains("could not list"), "{error}");
}

#[test]
fn when_it_last_changed_and_what_was_done_in_that_very_moment_are_known() {
    let rig = a_week();
    let past = rig.store.past(&rig.folder).unwrap();
    assert_eq!(past.changed(), Some(noon(date(2025, 3, 10))));
    let was = past.at(noon(date(2025, 3, 5))).unwrap().unwrap();
    assert_eq!((was.workbook.text(&ours()), was.at), (Some("one two "), noon(date(2025, 3, 5))));
}

#[test]
fn neither_a_copy_nor_what_cannot_be_read_makes_a_day_or_stands_in_for_one() {
    let rig = a_week();
    let days = |rig: &Rig| rig.store.past(&rig.folder).unwrap().days(&TimeZone::UTC);
    let before = days(&rig);
    let old = String::from_utf8(rig.bytes("workbook.ron")).unwrap().replace("2025-03-10T", "2024-06-01T");
    assert!(old.contains("2024-06-01T"), "{old}");
    std::fs::write(rig.file("history/20240602T000000Z-copy-workbook (1).ron"), old).unwrap();
    std::fs::write(rig.file("history/20200101T000000Z-000001.ron"), "(format: 3, seq: ").unwrap();
    std::fs::write(rig.file("history/20250309T000000Z-000099.ron"), "(format: 3, seq: ").unwrap();
    assert_eq!(rig.store.past(&rig.folder).unwrap().versions().len(), 6);
    assert_eq!(days(&rig), before);
    assert_eq!(text_on(&rig, date(2024, 7, 1)), None);
    assert_eq!(text_on(&rig, date(2025, 3, 9)), exact("one two three four "));
}

#[test]
fn a_file_that_cannot_be_read_is_answered_with_a_version_of_ours() {
    let rig = a_week();
    let good = rig.bytes("workbook.ron");
    let newest = rig.store.past(&rig.folder).unwrap().versions()[2].path.clone();
    for name in ["20991231T000000Z-copy-workbook (1).ron", ".20991231T000000Z-000009.ron", "z.txt"] {
        std::fs::write(rig.file("history").join(name), &good).unwrap();
    }
    rig.put("workbook.ron", "(format: 3, seq: ");
    let error = rig.store.open(&rig.folder, noon(date(2025, 3, 12))).unwrap_err();
    let StoreError::Unreadable { good: Some(offered), .. } = &error else { panic!("{error:?}") };
    assert_eq!(*offered, newest);
}

#[test]
fn a_name_says_whose_a_version_is_or_that_it_is_none() {
    let cases = [
        ("000001", Some(Whose::Ours)),
        ("1234567", Some(Whose::Ours)),
        ("000001-0badcafe", Some(Whose::Ours)),
        ("000001-replaced-0badcafe", Some(Whose::Replaced)),
        ("outside-0badcafe", Some(Whose::Theirs)),
        ("copy-workbook (1)", Some(Whose::Copy)),
        ("00001", None),
        ("00000x", None),
        ("00001-0badcafe", None),
        ("00000x-0badcafe", None),
        ("000001-0badcaf", None),
        ("000001-0badcafx", None),
        ("000001-replaced-0badcaf", None),
        ("000001-replaced-0badcafx", None),
        ("00001-replaced-0badcafe", None),
        ("outside-0badcaf", None),
        ("outside-0badcafx", None),
        ("000001-outside-0badcafe", None),
    ];
    for (rest, whose) in cases {
        let said = super::name(&format!("20200101T000000Z-{rest}.ron")).map(|(_, whose, _)| whose);
        assert_eq!(said, whose, "{rest}");
    }
}

#[test]
fn a_week_begins_on_a_monday() {
    let now = noon(date(2025, 11, 10));
    let days = [date(2025, 6, 2), date(2025, 6, 8), date(2025, 6, 9)];
    let mut all: Vec<String> = days.iter().map(|day| file(noon(*day), 1)).collect();
    all.extend((2..5).map(|n| file(now, n)));
    let go = too_many(&all, now);
    assert_eq!(go, [&all[1]], "the Sunday is of the week of the Monday before it");
}
