//! The grammar: which words, one after another, say a day. Looks at the first few words of a text and no further, and
//! does not judge whether a text means them so: that is for [`find`](super::find), by the [`Trust`] given here.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::lex::{Kind, Unit};

/// Words that say a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    pub on: Date,
    /// How many tokens say it.
    pub length: usize,
    pub trust: Trust,
    /// Whether it ends in a word that, written so, mostly means something else: `may`, `sat`.
    pub everyday: bool,
}

/// Where words can be taken to mean a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// Anywhere.
    Anywhere,
    /// Right after a word such as `by`.
    AfterDue,
    /// Only where nothing else is said: `14/11`, `two weeks`.
    Alone,
}

/// The day that a text says with its first words.
pub(super) fn first(kinds: &[Kind], today: Date) -> Option<Phrase> {
    match kinds {
        [Kind::Today, ..] => sure(Some(today), 1),
        [Kind::Tomorrow, ..] => sure(add(today, 1, Unit::Day), 1),
        [Kind::Unit(Unit::Day), Kind::After, Kind::Tomorrow, ..] => sure(add(today, 2, Unit::Day), 3),
        [Kind::Next, rest @ ..] => next(rest, today),
        [Kind::This, Kind::Coming, weekday, ..] => coming(*weekday, today, 3),
        [Kind::Coming, weekday, ..] => coming(*weekday, today, 2),
        // today counts, so it is the next such day after yesterday
        [Kind::This, weekday, ..] => coming(*weekday, today.yesterday().ok()?, 2),
        [Kind::End, Kind::Of, rest @ ..] => end_of(rest, today),
        [Kind::Mid, Kind::Mark('-'), rest @ ..] | [Kind::Middle, Kind::Of, rest @ ..] => {
            middle_of(rest, 2, today)
        }
        [Kind::Mid, rest @ ..] => middle_of(rest, 1, today),
        [Kind::In, rest @ ..] => in_time(rest, today),
        [Kind::Mark('+'), Kind::Number { value, .. }, Kind::Unit(unit) | Kind::Letter(unit), ..] => {
            Some(Phrase { trust: Trust::Alone, ..sure(add(today, *value, *unit), 3)? })
        }
        [Kind::Weekday { day, short, everyday }, rest @ ..] => {
            let trust = if *short { Trust::AfterDue } else { Trust::Anywhere };
            on_weekday(*day, rest, trust, *everyday, today)
        }
        _ => match written(kinds) {
            Some(written) => written.phrase(None, today),
            None => from_then(kinds, today),
        },
    }
}

fn sure(on: Option<Date>, length: usize) -> Option<Phrase> {
    Some(Phrase { on: on?, length, trust: Trust::Anywhere, everyday: false })
}

/// A day so much later; a month after the 31st is the last of a shorter month.
fn add(date: Date, count: u16, unit: Unit) -> Option<Date> {
    let count = i64::from(count);
    let span = match unit {
        Unit::Day => Span::new().try_days(count),
        Unit::Week => Span::new().try_weeks(count),
        Unit::Fortnight => Span::new().try_weeks(2 * count),
        Unit::Month => Span::new().try_months(count),
        Unit::Year => Span::new().try_years(count),
    };
    date.checked_add(span.ok()?).ok()
}

/// The next such day after a day.
fn after(date: Date, weekday: Weekday) -> Option<Date> {
    date.nth_weekday(1, weekday).ok()
}

fn monday_of_next_week(today: Date) -> Option<Date> {
    after(today, Weekday::Monday)
}

/// A day of next week.
fn in_next_week(today: Date, weekday: Weekday) -> Option<Date> {
    let days = weekday.to_monday_zero_offset();
    monday_of_next_week(today)?.checked_add(i64::from(days).days()).ok()
}

/// `next week`, `next week on Friday`, `next month`, `next Friday`; the `next` has been read.
fn next(rest: &[Kind], today: Date) -> Option<Phrase> {
    match rest {
        [Kind::Unit(Unit::Week), Kind::On, Kind::Weekday { day, .. }, ..] => {
            sure(in_next_week(today, *day), 4)
        }
        [Kind::Unit(Unit::Week), Kind::Weekday { day, .. }, ..] => sure(in_next_week(today, *day), 3),
        [Kind::Unit(Unit::Week), ..] => sure(monday_of_next_week(today), 2),
        [Kind::Unit(Unit::Month), ..] => sure(add(today.first_of_month(), 1, Unit::Month), 2),
        [Kind::Weekday { day, everyday, .. }, ..] => {
            Some(Phrase { everyday: *everyday, ..sure(in_next_week(today, *day), 2)? })
        }
        _ => None,
    }
}

/// `this Friday`, `coming Friday`: the next such day after a day.
fn coming(weekday: Kind, date: Date, length: usize) -> Option<Phrase> {
    let Kind::Weekday { day, everyday, .. } = weekday else { return None };
    Some(Phrase { everyday, ..sure(after(date, day), length)? })
}

/// `end of the month`, `end of next week`, `end of March 2026`; the `end of` has been read.
fn end_of(rest: &[Kind], today: Date) -> Option<Phrase> {
    if let [Kind::Month { month, .. }, rest @ ..] = rest {
        let (length, year) = year_after(rest, false);
        let end = |year| Date::new(year, *month, 1).ok().map(Date::last_of_month);
        let on = match year {
            Some(year) => end(year),
            None => (today.year()..).take(2).filter_map(end).find(|end| *end >= today),
        };
        return sure(on, 3 + length);
    }
    let (lead, unit, later) = match rest {
        [Kind::The | Kind::This, Kind::Unit(unit), ..] => (1, *unit, 0),
        [Kind::Next, Kind::Unit(unit), ..] => (1, *unit, 1),
        [Kind::Unit(unit), ..] => (0, *unit, 0),
        _ => return None,
    };
    let first = add(today.first_of_month(), later, unit);
    let on = match (unit, later) {
        (Unit::Day, 0) => Some(today),
        (Unit::Week, 0) => {
            let end =
                if today.weekday().to_monday_zero_offset() < 5 { Weekday::Friday } else { Weekday::Sunday };
            after(today.yesterday().ok()?, end)
        }
        (Unit::Week, _) => in_next_week(today, Weekday::Friday),
        (Unit::Month, _) => first.map(Date::last_of_month),
        (Unit::Year, _) => first.map(Date::last_of_year),
        (Unit::Day | Unit::Fortnight, _) => None,
    };
    sure(on, 3 + lead)
}

/// `mid-March`, `middle of March 2026`: the 15th. So many tokens have been read.
fn middle_of(rest: &[Kind], read: usize, today: Date) -> Option<Phrase> {
    let [Kind::Month { month, everyday, .. }, rest @ ..] = rest else { return None };
    let (length, year) = year_after(rest, false);
    let written = Written {
        length: read + 1 + length,
        year,
        month: *month,
        day: 15,
        trust: Trust::Anywhere,
        everyday: *everyday && year.is_none(),
    };
    written.phrase(None, today)
}

/// `two weeks`, with how many tokens it has.
fn span(kinds: &[Kind]) -> Option<(u16, Unit, usize)> {
    match kinds {
        [Kind::A, Kind::Unit(unit), ..] => Some((1, *unit, 2)),
        [Kind::Count(value) | Kind::Number { value, .. }, Kind::Unit(unit), ..] => Some((*value, *unit, 2)),
        _ => None,
    }
}

/// `in two weeks`, `within 3 days`, `in a fortnight's time`, `in a month from now`; the `in` has been read.
fn in_time(rest: &[Kind], today: Date) -> Option<Phrase> {
    let (count, unit, length) = span(rest)?;
    let tail = match rest.get(length..).unwrap_or_default() {
        [Kind::Mark('\'' | '’'), Kind::Possessive, Kind::Time, ..] => 3,
        [Kind::Mark('\'' | '’'), Kind::Time, ..] => 2,
        [Kind::Time, ..] => 1,
        [Kind::From, Kind::Now | Kind::Today, ..] => 2,
        _ => 0,
    };
    sure(add(today, count, unit), 1 + length + tail)
}

/// `two weeks from now`, `a week today`, `a week on Friday`; and `two weeks`, from today, where nothing else is said.
fn from_then(kinds: &[Kind], today: Date) -> Option<Phrase> {
    let (count, unit, length) = span(kinds)?;
    let weeks = matches!(unit, Unit::Week | Unit::Fortnight);
    let rest = kinds.get(length..).unwrap_or_default();
    let (start, tail) = match rest {
        [Kind::From, Kind::Now | Kind::Today, ..] => (Some(today), 2),
        [Kind::From, Kind::Tomorrow, ..] => (today.tomorrow().ok(), 2),
        [Kind::Today, ..] if weeks => (Some(today), 1),
        [Kind::Tomorrow, ..] if weeks => (today.tomorrow().ok(), 1),
        [Kind::From | Kind::On, Kind::Weekday { day, short: false, .. }, ..] if weeks => {
            (after(today, *day), 2)
        }
        _ => return Some(Phrase { trust: Trust::Alone, ..sure(add(today, count, unit), length)? }),
    };
    sure(add(start?, count, unit), length + tail)
}

/// `Friday`, `Fri 14 Nov`, `Friday, the 14th of November`, `Friday next week`, `Friday week`; the weekday has been read.
fn on_weekday(day: Weekday, rest: &[Kind], trust: Trust, everyday: bool, today: Date) -> Option<Phrase> {
    let (lead, comma) = match rest {
        [Kind::Mark(','), Kind::The, ..] => (2, true),
        [Kind::Mark(','), ..] => (1, true),
        [Kind::The, ..] => (1, false),
        _ => (0, false),
    };
    if let Some(written) = rest.get(lead..).and_then(written) {
        if let Some(phrase) = written.phrase(Some(day), today) {
            let trust = if phrase.trust == Trust::Alone { trust } else { Trust::Anywhere };
            return Some(Phrase { length: 1 + lead + phrase.length, trust, ..phrase });
        }
        // "Friday 13 Nov" where that is a Thursday says no day; "Friday, 3/4 of them" does
        if !comma && written.trust != Trust::Alone {
            return None;
        }
    }
    let plain = Phrase { trust, everyday, ..sure(after(today, day), 1)? };
    match rest {
        [Kind::Next, Kind::Unit(Unit::Week), ..] => sure(in_next_week(today, day), 3),
        [Kind::Of, Kind::Next, Kind::Unit(Unit::Week), ..] => sure(in_next_week(today, day), 4),
        // "from Monday week 3 begins"
        [Kind::Unit(Unit::Week), Kind::Number { .. } | Kind::Count(_), ..] => Some(plain),
        [Kind::Unit(unit @ (Unit::Week | Unit::Fortnight)), ..] => {
            Some(Phrase { on: add(plain.on, 1, *unit)?, length: 2, everyday: false, ..plain })
        }
        _ => Some(plain),
    }
}

/// A day and a month as they are written down, which there may not be.
struct Written {
    length: usize,
    year: Option<i16>,
    month: i8,
    day: i8,
    trust: Trust,
    everyday: bool,
}

impl Written {
    /// The day that is meant. Without a year it is the next such day from today; if that is not the weekday said, this
    /// year's.
    fn phrase(&self, weekday: Option<Weekday>, today: Date) -> Option<Phrase> {
        /// From one leap day to the next, when the turn of a century has none.
        const YEARS: usize = 9;
        let in_year = |year| Date::new(year, self.month, self.day).ok();
        let agrees = |date: &Date| weekday.is_none_or(|weekday| date.weekday() == weekday);
        let on = match self.year {
            Some(year) => in_year(year),
            None => {
                let next = (today.year()..).take(YEARS).filter_map(in_year).find(|date| *date >= today)?;
                Some(next).filter(agrees).or_else(|| in_year(today.year()))
            }
        };
        let on = on.filter(agrees)?;
        Some(Phrase { on, length: self.length, trust: self.trust, everyday: self.everyday })
    }
}

/// `2025-11-14`, `14/11/2025`, `14/11`, `12th of November 2026`, `Nov 12`.
fn written(kinds: &[Kind]) -> Option<Written> {
    match kinds {
        [Kind::Number { .. }, Kind::Mark('-' | '/' | '.'), ..] => in_figures(kinds),
        [Kind::Number { .. }, ..] => day_first(kinds),
        [Kind::Month { .. }, ..] => month_first(kinds),
        _ => None,
    }
}

fn in_figures(kinds: &[Kind]) -> Option<Written> {
    let [
        Kind::Number { value: a, digits },
        Kind::Mark(mark),
        Kind::Number { value: b, digits: 1..=2 },
        rest @ ..,
    ] = kinds
    else {
        return None;
    };
    let last = match rest {
        [Kind::Mark(again), Kind::Number { value, digits }, ..] if again == mark => Some((*value, *digits)),
        _ => None,
    };
    let trust = match (*digits, last) {
        // a year of two digits could be the day of a date that begins with its year, or the number of a version
        (_, None) => Trust::Alone,
        (1..=2, Some((_, 2))) if *mark != '/' => Trust::Alone,
        _ => Trust::Anywhere,
    };
    let (year, day) = match (*digits, last) {
        (4, Some((c, 1..=2))) => (Some(year(*a)?), small(c)?),
        (1..=2, Some((c, 4))) => (Some(year(c)?), small(*a)?),
        (1..=2, Some((c, 2))) => (Some(year(2000 + c)?), small(*a)?),
        (1..=2, None) => (None, small(*a)?),
        _ => return None,
    };
    let length = if last.is_some() { 5 } else { 3 };
    Some(Written { length, year, month: small(*b)?, day, trust, everyday: false })
}

fn day_first(kinds: &[Kind]) -> Option<Written> {
    let [Kind::Number { value, digits: 1..=2 }, rest @ ..] = kinds else { return None };
    let ordinal = usize::from(matches!(rest, [Kind::Ordinal, ..]));
    let of = usize::from(matches!(rest.get(ordinal..), Some([Kind::Of, ..])));
    let [Kind::Month { month, short, everyday }, rest @ ..] = rest.get(ordinal + of..)? else { return None };
    let (length, year) = year_after(rest, *short);
    Some(Written {
        length: 1 + ordinal + of + 1 + length,
        year,
        month: *month,
        day: small(*value)?,
        trust: Trust::Anywhere,
        everyday: *everyday && year.is_none(),
    })
}

fn month_first(kinds: &[Kind]) -> Option<Written> {
    let [Kind::Month { month, short, everyday }, rest @ ..] = kinds else { return None };
    let dot = usize::from(*short && matches!(rest, [Kind::Mark('.'), ..]));
    let the = usize::from(matches!(rest.get(dot..), Some([Kind::The, ..])));
    let [Kind::Number { value, digits: 1..=2 }, rest @ ..] = rest.get(dot + the..)? else { return None };
    let ordinal = usize::from(matches!(rest, [Kind::Ordinal, ..]));
    let (length, year) = year_after(rest.get(ordinal..)?, false);
    Some(Written {
        length: 1 + dot + the + 1 + ordinal + length,
        year,
        month: *month,
        day: small(*value)?,
        trust: if *everyday { Trust::AfterDue } else { Trust::Anywhere },
        everyday: false,
    })
}

/// A year where one follows, and how many tokens it has with the comma, or the full stop of a short month, before it.
fn year_after(rest: &[Kind], short_month: bool) -> (usize, Option<i16>) {
    let (lead, rest) = match rest {
        [Kind::Mark('.'), rest @ ..] if short_month => (1, rest),
        [Kind::Mark(','), rest @ ..] => (1, rest),
        _ => (0, rest),
    };
    match rest {
        [Kind::Number { value, digits: 4 }, ..] => match year(*value) {
            Some(year) => (lead + 1, Some(year)),
            None => (0, None),
        },
        _ => (0, None),
    }
}

fn year(value: u16) -> Option<i16> {
    i16::try_from(value).ok().filter(|year| (1900..2200).contains(year))
}

fn small(value: u16) -> Option<i8> {
    i8::try_from(value).ok()
}
