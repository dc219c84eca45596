//! The words, numbers and marks of a text, each as what it can mean in a date. Knows words and no grammar.

use std::ops::Range;

use jiff::civil::Weekday;

/// A word, a number or a mark, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub bytes: Range<usize>,
    /// Whether nothing stands between it and what is before it.
    pub glued: bool,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Fortnight,
    Month,
    Year,
}

/// What a token can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Up to four digits.
    Number {
        value: u16,
        digits: usize,
    },
    /// `one` to `twelve`.
    Count(u16),
    /// `Nov` is short. `may` and `march` written small are everyday words.
    Month {
        month: i8,
        short: bool,
        everyday: bool,
    },
    /// `Fri` is short. `sat`, `sun` and `wed` written small are everyday words.
    Weekday {
        day: Weekday,
        short: bool,
        everyday: bool,
    },
    Unit(Unit),
    /// `d`, `w`, `m`, `y`.
    Letter(Unit),
    /// The end of `1st`, `2nd`, `3rd`, `4th`.
    Ordinal,
    A,
    The,
    Of,
    In,
    On,
    /// `by` and other words that a due date follows; `on` does the same.
    Due,
    From,
    After,
    Today,
    Tomorrow,
    Now,
    Next,
    This,
    Coming,
    End,
    Mid,
    Middle,
    Time,
    /// `s`, after an apostrophe.
    Possessive,
    /// Words that may stand between `by` and the date: `about`, `early`.
    About,
    /// Words after which a day is no due date: `last`, `every`, `since`.
    Never,
    /// Words after which a weekday is no certain day: `first`, `any`, `good`.
    Vague,
    /// `evenings`: what goes before happens again and again.
    Often,
    /// Words that begin something new after a date: `at`, `and`, `morning`.
    GoesOn,
    Mark(char),
    /// The end of a line; no date goes on beyond it.
    Break,
    Other,
}

/// The tokens of a text, in order. White space other than a line's end is none.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut chars = text.char_indices().peekable();
    let mut end_before = None;
    std::iter::from_fn(move || {
        let (start, c) = chars.find(|(_, c)| *c == '\n' || !c.is_whitespace())?;
        let mut end = start + c.len_utf8();
        let belongs: Option<fn(char) -> bool> = match c {
            '0'..='9' => Some(|c| c.is_ascii_digit()),
            c if is_letter(c) => Some(is_letter),
            _ => None,
        };
        if let Some(belongs) = belongs {
            while let Some((at, c)) = chars.next_if(|(_, c)| belongs(*c)) {
                end = at + c.len_utf8();
            }
        }
        let glued = end_before.replace(end) == Some(start);
        let kind = match (c, belongs) {
            ('\n', _) => Kind::Break,
            (_, None) => Kind::Mark(c),
            _ => text.get(start..end).map_or(Kind::Other, kind_of),
        };
        Some(Token { kind, bytes: start..end, glued })
    })
}

/// Letters, with the marks that combine with them, and digits of other scripts.
fn is_letter(c: char) -> bool {
    (c.is_alphanumeric() && !c.is_ascii_digit()) || matches!(c, '\u{300}'..='\u{36f}')
}

/// What a run of digits or of letters can mean.
fn kind_of(word: &str) -> Kind {
    const LONGEST_WORD: usize = 10;
    if word.len() > LONGEST_WORD || !word.is_ascii() {
        return Kind::Other;
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = word.len();
        let value = word.parse().ok().filter(|_| digits <= 4);
        return value.map_or(Kind::Other, |value| Kind::Number { value, digits });
    }
    let small = word.starts_with(|c: char| c.is_ascii_lowercase());
    let word = word.to_ascii_lowercase();
    month(&word, small)
        .or_else(|| weekday(&word, small))
        .or_else(|| count(&word))
        .or_else(|| unit(&word))
        .unwrap_or_else(|| other(&word))
}

fn month(word: &str, small: bool) -> Option<Kind> {
    let (month, short) = match word {
        "january" => (1, false),
        "jan" => (1, true),
        "february" => (2, false),
        "feb" => (2, true),
        "march" => (3, false),
        "mar" => (3, true),
        "april" => (4, false),
        "apr" => (4, true),
        "may" => (5, false),
        "june" => (6, false),
        "jun" => (6, true),
        "july" => (7, false),
        "jul" => (7, true),
        "august" => (8, false),
        "aug" => (8, true),
        "september" => (9, false),
        "sep" | "sept" => (9, true),
        "october" => (10, false),
        "oct" => (10, true),
        "november" => (11, false),
        "nov" => (11, true),
        "december" => (12, false),
        "dec" => (12, true),
        _ => return None,
    };
    Some(Kind::Month { month, short, everyday: small && matches!(word, "may" | "march") })
}

fn weekday(word: &str, small: bool) -> Option<Kind> {
    let (day, short) = match word {
        "monday" => (Weekday::Monday, false),
        "mon" => (Weekday::Monday, true),
        "tuesday" => (Weekday::Tuesday, false),
        "tue" | "tues" => (Weekday::Tuesday, true),
        "wednesday" => (Weekday::Wednesday, false),
        "wed" | "weds" => (Weekday::Wednesday, true),
        "thursday" => (Weekday::Thursday, false),
        "thu" | "thur" | "thurs" => (Weekday::Thursday, true),
        "friday" => (Weekday::Friday, false),
        "fri" => (Weekday::Friday, true),
        "saturday" => (Weekday::Saturday, false),
        "sat" => (Weekday::Saturday, true),
        "sunday" => (Weekday::Sunday, false),
        "sun" => (Weekday::Sunday, true),
        _ => return None,
    };
    Some(Kind::Weekday { day, short, everyday: small && matches!(word, "wed" | "weds" | "sat" | "sun") })
}

fn count(word: &str) -> Option<Kind> {
    let words =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let at = words.iter().position(|known| *known == word)?;
    Some(Kind::Count(u16::try_from(at).ok()? + 1))
}

fn unit(word: &str) -> Option<Kind> {
    Some(match word {
        "day" | "days" => Kind::Unit(Unit::Day),
        "week" | "weeks" => Kind::Unit(Unit::Week),
        "fortnight" | "fortnights" => Kind::Unit(Unit::Fortnight),
        "month" | "months" => Kind::Unit(Unit::Month),
        "year" | "years" => Kind::Unit(Unit::Year),
        "d" => Kind::Letter(Unit::Day),
        "w" => Kind::Letter(Unit::Week),
        "m" => Kind::Letter(Unit::Month),
        "y" => Kind::Letter(Unit::Year),
        _ => return None,
    })
}

fn other(word: &str) -> Kind {
    match word {
        "st" | "nd" | "rd" | "th" => Kind::Ordinal,
        "a" | "an" => Kind::A,
        "the" => Kind::The,
        "of" => Kind::Of,
        "in" | "within" => Kind::In,
        "on" => Kind::On,
        "by" | "before" | "until" | "till" | "til" | "due" | "for" | "deadline" => Kind::Due,
        "from" => Kind::From,
        "after" => Kind::After,
        "today" | "tonight" => Kind::Today,
        "tomorrow" => Kind::Tomorrow,
        "now" => Kind::Now,
        "next" => Kind::Next,
        "this" => Kind::This,
        "coming" => Kind::Coming,
        "end" => Kind::End,
        "mid" => Kind::Mid,
        "middle" => Kind::Middle,
        "time" => Kind::Time,
        "s" => Kind::Possessive,
        "about" | "around" | "early" | "late" => Kind::About,
        "last" | "past" | "previous" | "since" | "every" | "each" => Kind::Never,
        "other" | "any" | "some" | "most" | "first" | "second" | "third" | "fourth" | "good" | "black"
        | "ash" | "shrove" => Kind::Vague,
        "mornings" | "afternoons" | "evenings" | "nights" => Kind::Often,
        "at" | "and" | "or" | "but" | "if" | "then" | "so" | "please" | "latest" | "morning"
        | "afternoon" | "evening" | "night" | "noon" | "lunchtime" => Kind::GoesOn,
        _ => Kind::Other,
    }
}
