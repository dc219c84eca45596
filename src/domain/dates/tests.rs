//! What days in words mean, seen from Monday 10 November 2025 where nothing else is said.

use crate::testing::properties::cases;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2025, 11, 10);

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[track_caller]
fn reads(text: &str, today: Date, means: &str) {
    assert_eq!(read(text, today), Some(day(means)), "{text:?} on {today}");
}

#[test]
fn dates_in_figures_have_the_day_first() {
    for text in ["2025-11-14", "14/11/2025", "14.11.2025", "14-11-2025", "14/11/25", "14/11", " 14.11.2025 "]
    {
        reads(text, TODAY, "2025-11-14");
    }
    reads("3/11/2025", TODAY, "2025-11-03");
    reads("9/11", TODAY, "2026-11-09");
    reads("2024-02-29", TODAY, "2024-02-29");
}

#[test]
fn a_day_and_a_month_are_the_next_such_day() {
    for text in [
        "12 Nov",
        "Nov 12",
        "12 november",
        "November 12",
        "12th Nov",
        "the 12th of November",
        "12nov",
        "NOV 12",
        "Nov. 12",
        "12 Nov.",
        "by 12 Nov",
        "due 12 Nov",
        "Wed 12 Nov",
        "Wednesday, the 12th of November",
        "Nov 12th, 2025",
        "12 Nov. 2025",
        "12 November, 2025",
        "Wednesday November 12 2025",
        "12 Nov 2025",
    ] {
        reads(text, TODAY, "2025-11-12");
    }
    reads("12th November 2026", TODAY, "2026-11-12");
    reads("10 Nov", TODAY, "2025-11-10");
    reads("9 Nov", TODAY, "2026-11-09");
    reads("1 jan", TODAY, "2026-01-01");
    reads("12 may", TODAY, "2026-05-12");
    reads("may 12", TODAY, "2026-05-12");
    reads("3 march", TODAY, "2026-03-03");
}

#[test]
fn a_leap_day_waits_for_its_year() {
    reads("29 Feb", TODAY, "2028-02-29");
    reads("29 Feb", day("2028-02-29"), "2028-02-29");
    reads("29 Feb", day("2028-03-01"), "2032-02-29");
    reads("29 Feb", day("2096-03-01"), "2104-02-29");
    assert_eq!(read("29 Feb 2027", TODAY), None);
}

#[test]
fn a_weekday_is_the_next_one_and_never_today() {
    let cases = [
        ("tomorrow", "2025-11-11"),
        ("today", "2025-11-10"),
        ("Today.", "2025-11-10"),
        ("day after tomorrow", "2025-11-12"),
        ("mon", "2025-11-17"),
        ("Monday", "2025-11-17"),
        ("tues", "2025-11-11"),
        ("weds", "2025-11-12"),
        ("thurs", "2025-11-13"),
        ("fri", "2025-11-14"),
        ("Friday", "2025-11-14"),
        ("on Friday", "2025-11-14"),
        ("by fri", "2025-11-14"),
        ("sat", "2025-11-15"),
        ("SUN", "2025-11-16"),
        ("this Monday", "2025-11-10"),
        ("this Friday", "2025-11-14"),
        ("this coming Monday", "2025-11-17"),
        ("coming fri", "2025-11-14"),
        ("next Friday", "2025-11-21"),
        ("next mon", "2025-11-17"),
        ("Friday next week", "2025-11-21"),
        ("next week on Friday", "2025-11-21"),
        ("Friday of next week", "2025-11-21"),
        ("Friday week", "2025-11-21"),
        ("a week on Friday", "2025-11-21"),
        ("Friday fortnight", "2025-11-28"),
    ];
    for (text, means) in cases {
        reads(text, TODAY, means);
    }
    let (friday, sunday) = (day("2025-11-14"), day("2025-11-16"));
    reads("friday", friday, "2025-11-21");
    reads("this friday", friday, "2025-11-14");
    reads("next friday", friday, "2025-11-21");
    reads("next friday", sunday, "2025-11-21");
    reads("friday", sunday, "2025-11-21");
    reads("next week", sunday, "2025-11-17");
}

#[test]
fn lengths_of_time_count_from_today() {
    let cases = [
        ("next week", "2025-11-17"),
        ("in two weeks", "2025-11-24"),
        ("two weeks", "2025-11-24"),
        ("in 3 days", "2025-11-13"),
        ("within three days", "2025-11-13"),
        ("a fortnight", "2025-11-24"),
        ("in a fortnight", "2025-11-24"),
        ("in a fortnight's time", "2025-11-24"),
        ("in two weeks’ time", "2025-11-24"),
        ("a week from now", "2025-11-17"),
        ("a week today", "2025-11-17"),
        ("a week tomorrow", "2025-11-18"),
        ("in a year", "2026-11-10"),
        ("+3d", "2025-11-13"),
        ("+2w", "2025-11-24"),
        ("+1m", "2025-12-10"),
        ("+ 10 days", "2025-11-20"),
        ("next month", "2025-12-01"),
    ];
    for (text, means) in cases {
        reads(text, TODAY, means);
    }
    reads("+1m", day("2026-01-31"), "2026-02-28");
    reads("next month", day("2026-12-31"), "2027-01-01");
}

#[test]
fn parts_of_the_calendar_have_their_ends_and_middles() {
    let cases = [
        ("end of the day", "2025-11-10"),
        ("end of the week", "2025-11-14"),
        ("end of next week", "2025-11-21"),
        ("end of the month", "2025-11-30"),
        ("the end of this month", "2025-11-30"),
        ("end of month", "2025-11-30"),
        ("end of next month", "2025-12-31"),
        ("end of the year", "2025-12-31"),
        ("end of March", "2026-03-31"),
        ("end of November", "2025-11-30"),
        ("by the end of Feb 2028", "2028-02-29"),
        ("mid-March", "2026-03-15"),
        ("mid march", "2026-03-15"),
        ("middle of May", "2026-05-15"),
        ("mid-Nov", "2025-11-15"),
    ];
    for (text, means) in cases {
        reads(text, TODAY, means);
    }
    reads("mid-Nov", day("2025-11-16"), "2026-11-15");
    reads("end of the week", day("2025-11-14"), "2025-11-14");
    reads("end of the week", day("2025-11-15"), "2025-11-16");
}

#[test]
fn what_is_no_day_is_not_read() {
    let none = "| |.|soon|31 Feb|Feb 31|31 Nov 2025|31/11/2025|0 Nov|32 Jan|2025-13-01|2025-00-10|1/2/3|2025|12|\
         12 13|Nov|November 2025|may|week|two|in|next|end of|mid|+3|+d|12 Nov or so|Friday Friday|\
         Fri 13 Nov|Friday 14 Nov 2026|14/11-2025|99999-01-01|12 Nov 99999|12 Nov 0025|fri\nday|12\nNov|\
         in 99999 days|14//11|friday\u{301}|１２ Nov|every Friday|12 Nov 2025 at noon|by|the|\
         by by by by by Friday";
    for text in none.split('|') {
        assert_eq!(read(text, TODAY), None, "{text:?}");
    }
    for (text, today) in
        [("+9999m", Date::MAX), ("tomorrow", Date::MAX), ("fri", Date::MAX), ("13 Jan", Date::MAX)]
    {
        assert_eq!(read(text, today), None, "{text:?}");
    }
}

/// What is found in a line, with the words that say it.
fn found(line: &str) -> Option<(&str, String)> {
    find(line, TODAY).map(|found| (&line[found.words], found.on.to_string()))
}

#[track_caller]
fn finds(line: &str, words: &str, means: &str) {
    assert_eq!(found(line), Some((words, means.to_owned())), "{line:?}");
}

#[test]
fn a_day_is_found_in_prose_with_its_words() {
    for (line, words, means) in [
        ("they send the budget by Friday", "Friday", "2025-11-14"),
        ("due 12 Nov.", "12 Nov", "2025-11-12"),
        ("I'll ring next week", "next week", "2025-11-17"),
        ("by fri", "fri", "2025-11-14"),
        ("BY FRI, OR SO", "FRI", "2025-11-14"),
        ("list of parents until Sat", "Sat", "2025-11-15"),
        ("by sat, if the sun is out", "sat", "2025-11-15"),
        ("due: mon", "mon", "2025-11-17"),
        ("ring them this thurs about the bus", "this thurs", "2025-11-13"),
        ("Tactile guide: proofs by the end of March.", "end of March", "2026-03-31"),
        ("they send it in two weeks, they said", "in two weeks", "2025-11-24"),
        ("they send it in two weeks' time", "in two weeks' time", "2025-11-24"),
        ("before the 12th of November 2026 (a Thursday)", "12th of November 2026", "2026-11-12"),
        ("– “by Friday”, she said", "Friday", "2025-11-14"),
        ("José’s café opens tomorrow!", "tomorrow", "2025-11-11"),
        ("日本語 by 14/11/2025 日本語", "14/11/2025", "2025-11-14"),
        ("(2025-11-14)", "2025-11-14", "2025-11-14"),
        ("before Friday's meeting", "Friday", "2025-11-14"),
        ("by Friday 14 November at noon", "Friday 14 November", "2025-11-14"),
        ("by Friday, 12 people come", "Friday", "2025-11-14"),
        ("the walk, 12 may", "12 may", "2026-05-12"),
        ("by may 12 they know more", "may 12", "2026-05-12"),
        ("mid-March they paint the hall", "mid-March", "2026-03-15"),
        ("call a week on Friday", "a week on Friday", "2025-11-21"),
        ("on Friday 13 Nov", "13 Nov", "2025-11-13"),
        ("one line\nby\nFriday", "Friday", "2025-11-14"),
    ] {
        finds(line, words, means);
    }
}

#[test]
fn the_first_that_follows_by_or_the_like_wins() {
    finds("tomorrow we talk, they send it by Friday", "Friday", "2025-11-14");
    finds("next week we talk, then Friday", "next week", "2025-11-17");
    finds("by Friday or by next week", "Friday", "2025-11-14");
    finds("Thursday: the report is due at the latest on 3 Dec", "3 Dec", "2025-12-03");
    finds("we spoke today, they ring next week", "next week", "2025-11-17");
    finds("we can ring today", "today", "2025-11-10");
    finds("ring by today, not tomorrow", "today", "2025-11-10");
    // what is over gives way, and is found where there is nothing else
    finds("as said on 3 March 2025: they send it next week", "next week", "2025-11-17");
    finds("was due on 3 March 2025", "3 March 2025", "2025-03-03");
}

#[test]
fn words_that_mean_something_else_are_not_found() {
    let none = "they may send the budget|they may, if asked|May we?|we may 3 times|all 12 may come|\
         the 12th may be too late|we march to the hall|the other 12 march to the hall|march 5 to the gate|\
         March in the streets|in March 5 people came|in November 12 people came|we sat down|\
         the ones they relied on sat down|the sun|on the sun|put on sun cream|before sun rise|\
         this sun is hot|mon ami|they wed in secret|a second thought|on second thoughts|the second|fri|thu|\
         sat|sun|mon|12|by 12|12.30|by 3|1/2 of it|for 3/4 of them|14/11|version 3.11.14|a fortnight|\
         for two weeks|they need 3 days|+3d|every Friday|on Friday evenings|on Fridays|last Friday|\
         since Friday|since 12 Nov|on a Friday|the first Friday in March|the Thursday group|Good Friday|\
         31 Feb|by 31 Feb 2026|friday.com|ann@friday.org|friday@museum.org|example.org/2025-11-14/x|\
         report-2025-11-14.pdf|2025-11-14.pdf|A12 Nov|12 Nov-ish|x12nov|v2025-11-14|2025-11-14-2|£12 Nov|\
         Nov 12,000 people|Nov 12:30|by Nov 5%|on_friday|Fridaynight|friday\u{301}|yesterday|last week|\
         two weeks ago|due|by|on|next|next year|end of the||\n";
    for line in none.split('|') {
        assert_eq!(found(line), None, "{line:?}");
    }
}

#[test]
fn a_day_is_said_with_its_weekday_and_read_again() {
    assert_eq!(with_weekday(day("2025-11-14"), TODAY), "Fri 14 Nov");
    assert_eq!(with_weekday(day("2025-03-03"), TODAY), "Mon 3 Mar");
    assert_eq!(with_weekday(day("2026-01-02"), TODAY), "Fri 2 Jan 2026");
    let mut date = day("2024-01-01");
    while date < day("2029-01-01") {
        for today in [TODAY, day("2024-02-29"), day("2028-12-31"), day("2096-03-01")] {
            let said = with_weekday(date, today);
            assert_eq!(read(&said, today), Some(date), "{said} on {today}");
        }
        date = date.tomorrow().unwrap();
    }
}

#[test]
fn long_texts_are_looked_through_to_their_end() {
    const LONG: usize = 200_000;
    for piece in [
        "by ",
        "the ",
        "12 ",
        "next ",
        "may 1",
        "x",
        " ",
        "\n",
        ".",
        "last Friday ",
        "in two ",
        "e\u{301}",
        "日",
    ] {
        let line = piece.repeat(LONG / piece.len());
        assert_eq!(find(&line, TODAY), None, "{piece:?}");
        assert_eq!(read(&line, TODAY), None, "{piece:?}");
        let line = format!("{line} . by 12 Nov");
        finds(&line, "12 Nov", "2025-11-12");
    }
    let plain = "Friday ".repeat(LONG / 7);
    finds(&plain, "Friday", "2025-11-14");
}

/// Words as dates have them, in any order.
fn words() -> impl Strategy<Value = String> {
    let known = [
        "by",
        "on",
        "due",
        "for",
        "the",
        "next",
        "this",
        "week",
        "weeks",
        "month",
        "day",
        "end",
        "of",
        "mid",
        "Friday",
        "fri",
        "Sat",
        "sun",
        "may",
        "Nov",
        "march",
        "Feb",
        "in",
        "a",
        "two",
        "3",
        "12",
        "31",
        "29",
        "2025",
        "9999",
        "th",
        "-",
        "/",
        ".",
        ",",
        ":",
        "+",
        "'",
        "s",
        "d",
        "w",
        "m",
        "from",
        "now",
        "today",
        "tomorrow",
        "after",
        "fortnight",
        "\n",
        "é",
        "日",
        "e\u{301}",
        "x",
        "2025-11-14",
        "14/11/2025",
        "coming",
        "time",
        "last",
        "and",
    ];
    let piece = (proptest::sample::select(known.to_vec()), proptest::sample::select(vec!["", " ", " ", " "]));
    proptest::collection::vec(piece, 0..24)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

fn any_day() -> impl Strategy<Value = Date> {
    let days = 0i64..3_000_000;
    let late = prop_oneof![9 => days.prop_map(|n| day("1800-01-01").checked_add(jiff::Span::new().days(n))),
                           1 => Just(Ok(Date::MAX)), 1 => Just(Ok(Date::MIN))];
    late.prop_map(|date| date.unwrap_or(Date::MAX))
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn the_words_that_were_found_say_the_day_by_themselves(line in words(), today in any_day()) {
        if let Some(found) = find(&line, today) {
            prop_assert_eq!(read(&line[found.words.clone()], today), Some(found.on), "{:?}", &line[found.words]);
        }
        let _ = read(&line, today);
    }

    #[test]
    fn no_text_is_too_odd(line in any::<String>(), today in any_day()) {
        if let Some(found) = find(&line, today) {
            prop_assert!(line.get(found.words).is_some());
        }
        let _ = read(&line, today);
    }
}

#[test]
fn a_day_that_is_over_is_the_last_such_day() {
    let today = date(2025, 11, 10);
    for (text, on) in [
        ("12 Nov", date(2024, 11, 12)),
        ("28 Feb", date(2025, 2, 28)),
        ("Friday", date(2025, 11, 7)),
        ("yesterday", date(2025, 11, 9)),
        ("today", today),
        ("2025-02-28", date(2025, 2, 28)),
        // what says its year means it
        ("2026-02-28", date(2026, 2, 28)),
    ] {
        assert_eq!(read_past(text, today), Some(on), "{text}");
    }
    assert_eq!(read_past("29 Feb", date(2025, 3, 1)), Some(date(2024, 2, 29)));
    assert_eq!(read_past("soon", today), None);
}
