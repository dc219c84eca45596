//! Days to remember as an iCalendar file (RFC 5545), which every calendar program can take in. Pure: it knows neither
//! what the days are for nor what the time is. Start at [`write`].

use jiff::Timestamp;
use jiff::civil::Date;

use super::clean;

/// A day in a calendar, from its morning to its night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Tells it from all others, here and in other files; the same whenever the same thing is written again, so that a
    /// calendar that has it already changes it instead of having it twice.
    pub uid: String,
    /// The day.
    pub on: Date,
    /// What the calendar shows, in a line.
    pub summary: String,
    /// What it says besides, in any number of lines; none where empty.
    pub description: String,
}

/// The most bytes of a line, without its end.
const LINE: usize = 75;

/// The entries as one calendar, each as an event of a whole day that leaves its day free for others. `stamp` is when
/// this was written, to the second. The same entries and stamp give the same bytes.
///
/// Lines end in CR LF and have at most 75 bytes. Whatever the entries hold, nothing in them can begin a line of its own
/// or act on a terminal: see [`clean`]. A calendar without entries is written too, though some programs take it for a
/// fault.
pub fn write(entries: &[Entry], stamp: Timestamp) -> String {
    let stamp = stamp.strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut calendar = Calendar::default();
    calendar.line("BEGIN", "VCALENDAR");
    calendar.line("VERSION", "2.0");
    calendar.line("PRODID", "-//alongside//alongside//EN");
    calendar.line("CALSCALE", "GREGORIAN");
    for entry in entries {
        calendar.event(entry, &stamp);
    }
    calendar.line("END", "VCALENDAR");
    calendar.written
}

/// A calendar as far as it has been written.
#[derive(Default)]
struct Calendar {
    written: String,
}

impl Calendar {
    fn event(&mut self, entry: &Entry, stamp: &str) {
        let day = |date: Date| date.strftime("%Y%m%d").to_string();
        self.line("BEGIN", "VEVENT");
        self.line("UID", &escaped(&clean::line(&entry.uid)));
        self.line("DTSTAMP", stamp);
        self.line("DTSTART;VALUE=DATE", &day(entry.on));
        // the end is the first day that is free again; after the last day of all there is none, and one day is meant
        if let Ok(next) = entry.on.tomorrow() {
            self.line("DTEND;VALUE=DATE", &day(next));
        }
        self.line("SUMMARY", &escaped(&clean::line(&entry.summary)));
        let description = clean::text(&entry.description);
        if !description.trim().is_empty() {
            self.line("DESCRIPTION", &escaped(&description));
        }
        self.line("TRANSP", "TRANSPARENT");
        self.line("END", "VEVENT");
    }

    /// One line of content, folded where it is too long: a line that begins with a space goes on where the one before
    /// it ended.
    fn line(&mut self, name: &str, value: &str) {
        let mut used = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if used + c.len_utf8() > LINE {
                self.written.push_str("\r\n ");
                used = 1;
            }
            self.written.push(c);
            used += c.len_utf8();
        }
        self.written.push_str("\r\n");
    }
}

/// Text as the value of a line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use crate::testing::properties::cases;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn entry(summary: &str, description: &str) -> Entry {
        Entry {
            uid: "p1@alongside".into(),
            on: date(2025, 11, 14),
            summary: summary.into(),
            description: description.into(),
        }
    }

    fn stamp() -> Timestamp {
        "2025-11-10T14:03:07.5Z".parse().unwrap()
    }

    fn one(summary: &str, description: &str) -> String {
        write(&[entry(summary, description)], stamp())
    }

    /// The lines of content, unfolded, as name and value.
    fn lines(calendar: &str) -> Vec<(String, String)> {
        let whole = calendar.replace("\r\n ", "");
        let whole = whole.strip_suffix("\r\n").expect("the last line is ended");
        let lines = whole.split("\r\n").map(|line| line.split_once(':').expect("a name and a value"));
        lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    fn value(calendar: &str, name: &str) -> Option<String> {
        let value = lines(calendar).into_iter().find(|(known, _)| known == name)?.1;
        let mut text = String::new();
        let mut chars = value.chars();
        while let Some(c) = chars.next() {
            text.push(match c {
                '\\' => match chars.next().expect("something is escaped") {
                    'n' => '\n',
                    c @ ('\\' | ';' | ',') => c,
                    c => panic!("{c:?} needs no escape"),
                },
                c => {
                    assert!(!matches!(c, ';' | ','), "{c:?} must be escaped");
                    c
                }
            });
        }
        Some(text)
    }

    #[test]
    fn a_day_is_an_event_of_a_whole_day() {
        let calendar = one("Budget, from City Museum; theirs", "Said in the call:\n\"by Friday\" \\ or so");
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//alongside//alongside//EN\r\n\
            CALSCALE:GREGORIAN\r\nBEGIN:VEVENT\r\nUID:p1@alongside\r\nDTSTAMP:20251110T140307Z\r\n\
            DTSTART;VALUE=DATE:20251114\r\nDTEND;VALUE=DATE:20251115\r\n\
            SUMMARY:Budget\\, from City Museum\\; theirs\r\n\
            DESCRIPTION:Said in the call:\\n\"by Friday\" \\\\ or so\r\n\
            TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(calendar, expected);
    }

    #[test]
    fn days_end_on_the_next_day_and_the_last_of_all_has_no_end() {
        let on = |on| write(&[Entry { on, ..entry("x", "") }], stamp());
        assert_eq!(value(&on(date(2024, 2, 28)), "DTEND;VALUE=DATE").as_deref(), Some("20240229"));
        assert_eq!(value(&on(date(2025, 12, 31)), "DTEND;VALUE=DATE").as_deref(), Some("20260101"));
        assert_eq!(value(&on(Date::MAX), "DTEND;VALUE=DATE"), None);
    }

    #[test]
    fn entries_stand_one_after_another_and_there_may_be_none() {
        let calendar = write(&[entry("one", ""), entry("two", " \n")], stamp());
        let count = |calendar: &str, line: &str| calendar.matches(line).count();
        assert_eq!((count(&calendar, "BEGIN:VEVENT"), count(&calendar, "END:VEVENT")), (2, 2));
        assert_eq!(count(&calendar, "DESCRIPTION"), 0, "an empty one is left out");
        assert_eq!(lines(&write(&[], stamp())).len(), 5);
    }

    #[test]
    fn a_long_line_is_folded_between_characters() {
        for c in ["x", "é", "日", "👩🏽", "e\u{301}"] {
            for lead in 0..5 {
                let summary = format!("{}{}", "-".repeat(lead), c.repeat(100));
                let calendar = one(&summary, "");
                assert!(calendar.split("\r\n").all(|line| line.len() <= LINE), "{calendar}");
                assert_eq!(value(&calendar, "SUMMARY").as_deref(), Some(summary.as_str()));
            }
        }
        // "SUMMARY:" and 67 bytes fill a line, and the next byte begins another
        assert!(one(&"x".repeat(67), "").contains(&format!("SUMMARY:{}\r\nTRANSP", "x".repeat(67))));
        let folded = format!("SUMMARY:{}\r\n x\r\nTRANSP", "x".repeat(67));
        assert!(one(&"x".repeat(68), "").contains(&folded));
        let folded = format!("SUMMARY:{}\r\n é\r\nTRANSP", "x".repeat(66));
        assert!(one(&format!("{}é", "x".repeat(66)), "").contains(&folded));
    }

    #[test]
    fn a_text_begins_no_line_of_its_own() {
        for end in ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{b}", "\u{c}", "\n\n", "\r\r\n"] {
            let evil = format!("Budget{end}END:VEVENT{end}ATTACH:http://x{end} folded");
            let bad = Entry { uid: evil.clone(), ..entry(&evil, &evil) };
            let names: Vec<String> =
                lines(&write(&[bad], stamp())).into_iter().map(|(name, _)| name).collect();
            let good: Vec<String> = lines(&one("Budget", "more")).into_iter().map(|(name, _)| name).collect();
            assert_eq!(names, good, "{end:?}");
        }
        assert_eq!(value(&one("a\r\nb", ""), "SUMMARY").as_deref(), Some("a b"));
        assert_eq!(value(&one("a\u{1b}[31m\u{7}\0b\u{202e}", ""), "SUMMARY").as_deref(), Some("a[31mb"));
    }

    /// What a parser that is not ours makes of it: summary, first day, first day after, what it says besides.
    fn read_by_another(calendar: &str) -> Vec<[String; 4]> {
        let calendars: Vec<_> = ical::IcalParser::new(calendar.as_bytes()).collect::<Result<_, _>>().unwrap();
        let event = |event: &ical::parser::ical::component::IcalEvent| {
            ["SUMMARY", "DTSTART", "DTEND", "DESCRIPTION"].map(|name| {
                let property = event.properties.iter().find(|property| property.name == name);
                property.and_then(|property| property.value.clone()).unwrap_or_default()
            })
        };
        calendars.iter().flat_map(|calendar| calendar.events.iter().map(event)).collect()
    }

    #[test]
    fn another_parser_reads_the_same() {
        let long = "a very long line about nothing much, with an é in it, ".repeat(4);
        let calendar = write(&[entry("Budget", ""), entry(&long, "two\nlines")], stamp());
        let all = read_by_another(&calendar);
        assert_eq!(all[0], ["Budget", "20251114", "20251115", ""].map(str::to_owned));
        let long = long.replace(',', "\\,").trim().to_owned();
        assert_eq!(all[1], [long.as_str(), "20251114", "20251115", "two\\nlines"].map(str::to_owned));
        // a whole document's days
        let mut document = super::super::example::document();
        let written = crate::export::Format::Calendar.write(&document).unwrap();
        let summaries: Vec<String> =
            read_by_another(written.words().unwrap()).into_iter().map(|[summary, ..]| summary).collect();
        assert_eq!(summaries, ["Send the budget", "Look again\\; all of it\\, calmly"]);
        document.dates.clear();
        let written = crate::export::Format::Calendar.write(&document).unwrap();
        assert!(read_by_another(written.words().unwrap()).is_empty());
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn what_was_written_can_be_read_again(summary in "(\\PC|[\\\\;,:\"\r\n\t]){0,120}", description in any::<String>()) {
            let calendar = one(&summary, &description);
            prop_assert_eq!(value(&calendar, "SUMMARY").unwrap(), clean::line(&summary));
            let description = clean::text(&description);
            let kept = (!description.trim().is_empty()).then_some(description);
            prop_assert_eq!(value(&calendar, "DESCRIPTION"), kept);
            let ends = calendar.matches("\r\n").count();
            prop_assert_eq!((calendar.matches('\r').count(), calendar.matches('\n').count()), (ends, ends));
            prop_assert!(calendar.split("\r\n").all(|line| line.len() <= LINE));
            prop_assert!(!calendar.chars().any(|c| clean::is_unsafe(c) && !matches!(c, '\r' | '\n')));
        }
    }
}
