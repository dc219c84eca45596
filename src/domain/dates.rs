//! Days in English words: reading one that was typed, finding one in a line of prose, saying one in short.
//!
//! Knows no clock: today comes in. Nor does it know what falls due; what it finds is a suggestion for a person to look
//! at, so in prose it would rather find nothing than be fooled. Start at [`read`] and [`find`]; `lex` breaks a text
//! into words, `phrase` is the grammar.
//!
//! How words are understood, where people differ:
//!
//! - a weekday (`Friday`, `fri`) is the next one after today, never today; `this Friday` may be today;
//! - weeks begin on Monday. `next Friday` is the Friday of next week, `next week` its Monday, `end of the week` its
//!   Friday (on a Saturday or Sunday, that Sunday), `Friday week` the Friday after the next one;
//! - `next month` is its first day, `mid-March` the 15th;
//! - a day and a month without a year are the next such day, today included; 29 Feb waits for a leap year. A weekday
//!   before them says which year is meant where it is this one and the day is over;
//! - in figures the day comes first: 3/11/2025 is in November. Years are those from 1900 to 2199.

mod lex;
mod phrase;
#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use self::lex::{Kind, Token, tokens};
use self::phrase::{Phrase, Trust};

/// A day that was found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The day.
    pub on: Date,
    /// The bytes of the line that say it, without the `by` or `on` before them.
    pub words: Range<usize>,
}

/// More words and marks than any phrase has, with what [`read`] passes over; what is longer is not looked at further.
const LONGEST: usize = 20;

/// Years within which every day of the calendar has been: a 29 February may be eight years ago.
const MOST_YEARS: i64 = 8;

/// The day that a text says, where it says one and nothing else: `2025-11-14`, `14/11`, `12th November`, `fri`,
/// `next week`, `in 3 days`, `+2w`. A `by`, `on` or `the` before it and a full stop after it do no harm. `None` where it
/// says none, or one that there is not, such as 31 Feb.
pub fn read(text: &str, today: Date) -> Option<Date> {
    let kinds: Vec<Kind> = tokens(text.trim()).map(|token| token.kind).take(LONGEST).collect();
    let lead =
        kinds.iter().take(3).take_while(|kind| matches!(kind, Kind::Due | Kind::On | Kind::The)).count();
    let kinds = kinds.get(lead..)?;
    let kinds = kinds.strip_suffix(&[Kind::Mark('.')]).unwrap_or(kinds);
    let phrase = phrase::first(kinds, today)?;
    (phrase.length == kinds.len()).then_some(phrase.on)
}

/// As [`read`], for a day that is over: where the words alone would mean one to come, they mean the last such day.
/// `Friday` is the last one, `12 Nov` that of this year or of the one before.
pub fn read_past(text: &str, today: Date) -> Option<Date> {
    if text.trim().eq_ignore_ascii_case("yesterday") {
        return today.yesterday().ok();
    }
    let on = read(text, today)?;
    if on <= today {
        return Some(on);
    }
    let as_of = |back: Span| read(text, today.checked_sub(back).ok()?);
    if as_of(1.day()) == on.checked_sub(1.day()).ok() {
        // it counts from today, and means what it says
        return Some(on);
    }
    let back = [1.week()].into_iter().chain((1..=MOST_YEARS).map(|years| years.years()));
    Some(back.filter_map(as_of).find(|on| *on <= today).unwrap_or(on))
}

/// The day that a line of prose speaks of, for a due date to suggest. The first that follows a word such as `by`, `on`,
/// `before`, `until`, `due` or `for`; otherwise the first. A bare `today` gives way to any other day, and a day that is
/// over to one that is to come.
///
/// Careful where words mean something else too: short weekdays count only right after such a word or after `this` or
/// `next`, `may` and `march` only beside a number, those of them written small only where the words end there, and
/// numbers, fractions and lengths of time on their own never. What repeats (`every Friday`) or is over (`last Friday`)
/// does not count. Takes time in proportion to the line.
pub fn find(line: &str, today: Date) -> Option<Found> {
    let tokens: Vec<Token> = tokens(line).collect();
    let kinds: Vec<Kind> = tokens.iter().map(|token| token.kind).collect();
    let mut best: Option<(u8, Found)> = None;
    let mut at = 0;
    while let (Some(first), Some(rest)) = (tokens.get(at), kinds.get(at..)) {
        let phrase = phrase::first(rest, today).filter(|phrase| stands(phrase, at, &tokens, &kinds));
        let Some(phrase) = phrase else {
            at += 1;
            continue;
        };
        let weight = match first.kind {
            _ if phrase.on < today => 3,
            _ if is_due(kinds.get(..at).unwrap_or_default()) => 0,
            Kind::Today => 2,
            _ => 1,
        };
        at += phrase.length;
        let end = tokens.get(at - 1).map_or(first.bytes.end, |last| last.bytes.end);
        if best.as_ref().is_none_or(|(least, _)| weight < *least) {
            best = Some((weight, Found { on: phrase.on, words: first.bytes.start..end }));
        }
        if weight == 0 {
            break;
        }
    }
    best.map(|(_, found)| found)
}

/// A day with its weekday in short: "Fri 14 Nov", with the year where that is not this year's. [`read`] understands it.
pub fn with_weekday(date: Date, today: Date) -> String {
    let form = if date.year() == today.year() { "%a %-d %b" } else { "%a %-d %b %Y" };
    date.strftime(form).to_string()
}

/// Whether a phrase at a place in prose can be taken to mean a day.
fn stands(phrase: &Phrase, at: usize, tokens: &[Token], kinds: &[Kind]) -> bool {
    let before = kinds.get(..at).unwrap_or_default();
    let after = kinds.get(at + phrase.length..).unwrap_or_default();
    let trusted = match phrase.trust {
        Trust::Anywhere => true,
        Trust::AfterDue => {
            matches!(before, [.., Kind::Due | Kind::On] | [.., Kind::Due | Kind::On, Kind::Mark(':')])
        }
        Trust::Alone => false,
    };
    trusted
        && stands_apart(at, at + phrase.length, tokens)
        && (!phrase.everyday || ends_here(after))
        && !is_of_another_day(before, kinds.get(at).copied(), after)
}

/// Whether a phrase is no part of a longer word, number, address or name of a file.
fn stands_apart(from: usize, to: usize, tokens: &[Token]) -> bool {
    let glued = |n: usize| tokens.get(n).filter(|token| token.glued).map(|token| token.kind);
    let before = from.checked_sub(1).and_then(|n| tokens.get(n)).map(|token| token.kind);
    let opens = match (glued(from), before) {
        (Some(_), Some(Kind::Mark(c))) => "([{\"'“‘«„*~>—,;:".contains(c),
        (Some(_), Some(before)) => before == Kind::Break,
        _ => true,
    };
    let closes = match (glued(to), glued(to + 1)) {
        (Some(Kind::Mark('%')), _) => false,
        (Some(Kind::Mark(_)), None | Some(Kind::Mark(_) | Kind::Break)) => true,
        // "Nov 12,000", "Nov 12:30"
        (Some(Kind::Mark(',' | ':')), Some(Kind::Number { .. })) => false,
        // "friday.com", "friday@museum", "2025-11-14-draft", against "Friday's"
        (Some(Kind::Mark(c)), Some(_)) => !"-/._@+=\\".contains(c),
        (Some(kind), _) => kind == Kind::Break,
        (None, _) => true,
    };
    opens && closes
}

/// Whether a sentence or a thought can end here: nothing follows, or a mark, or a word that begins something new.
fn ends_here(after: &[Kind]) -> bool {
    matches!(after, [] | [Kind::Mark(_) | Kind::Break | Kind::GoesOn, ..])
}

/// Whether what stands around a phrase says that another day is meant, or many.
fn is_of_another_day(before: &[Kind], first: Option<Kind>, after: &[Kind]) -> bool {
    let weekday = matches!(first, Some(Kind::Weekday { .. }));
    match before {
        // "last Friday", "every Friday", "since 12 Nov"
        [.., Kind::Never] => true,
        // "on a Friday", "the first Friday of the month"
        [.., Kind::A | Kind::Vague] if weekday => true,
        // "in November 12 people came", "31 Feb 12"
        [.., Kind::In | Kind::Number { .. }] if matches!(first, Some(Kind::Month { .. })) => true,
        // "the Thursday group", against "by the Thursday"
        [.., Kind::The] if weekday => !is_due(before),
        // "on Friday evenings"
        _ => weekday && matches!(after, [Kind::Often, ..]),
    }
}

/// Whether what stands before a phrase makes it the day by which something is to happen.
fn is_due(before: &[Kind]) -> bool {
    let passed_over = |kind: &Kind| {
        matches!(kind, Kind::The | Kind::About | Kind::Coming | Kind::End | Kind::Of | Kind::Mark(':'))
    };
    let word = before.iter().rev().take(5).find(|kind| !passed_over(kind));
    matches!(word, Some(Kind::Due | Kind::On))
}
