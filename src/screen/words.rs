//! Wording that several screens share: days as people say them, counts, names one after another.
//!
//! Knows no screen and no workbook. Start at [`ago`].

use jiff::Timestamp;
use jiff::civil::Date;

use crate::command::Ctx;
use crate::domain::Edit;
pub use crate::domain::dates::with_weekday as weekday;

/// Days up to which the past is counted: "13 days ago"; what is further back is named by its date.
const COUNTED: i32 = 13;

/// A day in the past as people say it: "today", "yesterday", "5 days ago", "12 March", "12 March 2024".
pub fn ago(date: Date, today: Date) -> String {
    match today.since(date).map(|span| span.get_days()) {
        Ok(0) => "today".to_owned(),
        Ok(1) => "yesterday".to_owned(),
        Ok(days @ 2..=COUNTED) => format!("{days} days ago"),
        _ => day(date, today),
    }
}

/// A date as people say it: with its year only where that is not this year's.
pub fn day(date: Date, today: Date) -> String {
    let form = if date.year() == today.year() { "%-d %B" } else { "%-d %B %Y" };
    date.strftime(form).to_string()
}

/// A date in few columns: "10 Nov", "12 Mar 2024".
pub fn short_day(date: Date, today: Date) -> String {
    let form = if date.year() == today.year() { "%-d %b" } else { "%-d %b %Y" };
    date.strftime(form).to_string()
}

/// A moment in the past as people say it, on the day that it was where the person is.
pub fn since(moment: jiff::Timestamp, ctx: &Ctx<'_>) -> String {
    ago(moment.to_zoned(ctx.zone.clone()).date(), ctx.today())
}

/// The same in few columns: "5 days ago", "12 Mar 2024".
pub fn since_in_short(moment: jiff::Timestamp, ctx: &Ctx<'_>) -> String {
    let (date, today) = (moment.to_zoned(ctx.zone.clone()).date(), ctx.today());
    match today.since(date).map(|span| span.get_days()) {
        Ok(0..=COUNTED) => ago(date, today),
        _ => short_day(date, today),
    }
}

/// How long something took, or how late it is on a call: `07:12`, `1:02:03`.
pub fn elapsed(from: Timestamp, to: Timestamp) -> String {
    let seconds = to.as_second().saturating_sub(from.as_second()).max(0);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours == 0 {
        format!("{minutes:02}:{seconds:02}")
    } else {
        format!("{hours}:{minutes:02}:{seconds:02}")
    }
}

/// Letters of a title that a file's name may take.
const NAME_LENGTH: usize = 60;

/// A file's name from a title, a day and an ending, fit for every file system: `tactile-guide-2025-11-10.md`.
pub fn file_name(title: &str, on: Date, ending: &str) -> String {
    let letters = title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' });
    let joined: String = letters.flat_map(char::to_lowercase).take(NAME_LENGTH).collect();
    let words: Vec<&str> = joined.split('-').filter(|word| !word.is_empty()).collect();
    let name = if words.is_empty() { "partnership".to_owned() } else { words.join("-") };
    format!("{name}-{on}.{ending}")
}

/// A number of things: "1 person", "2 people".
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What is said once lines have been let be, by the edits that did it.
pub fn let_be(edits: &[Edit], ctx: &Ctx<'_>) -> String {
    let asked = edits.iter().filter(|edit| matches!(edit, Edit::SetLine { line, .. } if line.kept)).count();
    let asked = match asked {
        0 => "",
        1 => " The question stays to be asked.",
        _ => " The questions stay to be asked.",
    };
    let stay = match edits.len() {
        1 => "1 line is let be, and stays where it was said.".to_owned(),
        n => format!("{n} lines are let be, and stay where they were said."),
    };
    format!("{stay}{asked} {} takes that back.", ctx.keymap.shown("global.undo"))
}

/// A phrase as the beginning of a sentence.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Names one after another: "A", "A and B", "A, B and C".
pub fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let mut said = String::new();
    for (n, name) in names.iter().enumerate() {
        said.push_str(match n {
            0 => "",
            n if n + 1 == names.len() => " and ",
            _ => ", ",
        });
        said.push_str(name.as_ref());
    }
    said
}

/// A text, or what stands for it where it is blank.
pub fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.trim().is_empty() { otherwise } else { text }
}

/// Why nothing can be changed in a workbook that was opened to read.
pub const READ_ONLY: &str = "This workbook is open to read only, so nothing in it can be changed here.";

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_said_as_people_say_them() {
        let today = date(2025, 11, 10);
        let cases = [
            (date(2025, 11, 10), "today"),
            (date(2025, 11, 9), "yesterday"),
            (date(2025, 11, 5), "5 days ago"),
            (date(2025, 10, 28), "13 days ago"),
            (date(2025, 10, 27), "27 October"),
            (date(2024, 3, 12), "12 March 2024"),
            // a clock that was wrong for a while
            (date(2025, 11, 12), "12 November"),
            (date(2026, 1, 1), "1 January 2026"),
        ];
        for (day, said) in cases {
            assert_eq!(ago(day, today), said);
        }
        assert_eq!(ago(date(2025, 12, 28), date(2026, 1, 2)), "5 days ago");
    }

    #[test]
    fn names_and_numbers_are_said_in_words() {
        assert_eq!(listed::<&str>(&[]), "");
        assert_eq!(listed(&["A"]), "A");
        assert_eq!(listed(&["A", "B"]), "A and B");
        assert_eq!(listed(&["A", "B", "C"]), "A, B and C");
        assert_eq!(count(1, "person", "people"), "1 person");
        assert_eq!(count(0, "person", "people"), "0 people");
    }
}
