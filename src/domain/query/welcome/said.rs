//! The sentences of a welcome, for the screen and for paper: dates as facts, nothing as a failure.

use jiff::civil::Date;

use super::{Away, Contact, Welcome};
use crate::content::types::Question;
use crate::domain::query::{side, timeline::one_line};
use crate::domain::{Person, Promise, Workbook};

/// How many things of a longer list are named.
const SOME: usize = 3;

/// How long it was, and since when: "244 days away: paused on 28 February 2025, when it was active."
pub fn away_in_words(welcome: &Welcome<'_>) -> String {
    let before = format!(", when it was {}", welcome.resumed.word().to_lowercase());
    match (welcome.away, welcome.pause.is_some()) {
        (Away::Days { days: 0, .. }, true) => format!("Paused today{before}."),
        (Away::Days { days, from }, true) => {
            format!("{} away: paused on {}{before}.", days_in_words(days), long(from))
        }
        (Away::Days { days: 0, .. }, false) => "Something changed here today.".to_owned(),
        (Away::Days { days, from }, false) => {
            format!("{} away: nothing has changed here since {}.", days_in_words(days), long(from))
        }
        (Away::ClockBehind { today, last }, _) => format!(
            "The clock says {}, and the last change here is of {}. So days are not counted; what follows stands in the \
             order in which it was done.",
            long(today),
            long(last)
        ),
        (Away::Unknown, _) => "Nothing here has a day yet.".to_owned(),
    }
}

/// The day to look again, as a fact; `None` where none was set.
pub fn look_again_in_words(welcome: &Welcome<'_>) -> Option<String> {
    let (day, ago) = welcome.pause?.look_again?;
    let day = long(day);
    Some(match ago {
        None => format!("The day to look again: {day}."),
        Some(0) => "Today is the day to look again.".to_owned(),
        Some(days) if days > 0 => {
            format!("We meant to look again on {day}; that was {} ago.", days_in_words(days))
        }
        Some(days) => format!("We meant to look again on {day}, in {}.", days_in_words(-days)),
    })
}

/// What is owed, with its day and, where there are several partners, with whom: "send the budget, by 7 March 2025".
pub fn owed_in_words(promise: &Promise, workbook: &Workbook) -> String {
    let by = promise.due.map_or_else(|| ", no day named".to_owned(), |due| format!(", by {}", long(due)));
    format!("{}{by}", owed_without_day(promise, workbook))
}

/// The same without its day: "to City Museum: send the budget".
pub fn owed_without_day(promise: &Promise, workbook: &Workbook) -> String {
    let what = match one_line(&promise.what) {
        what if what.is_empty() => "something without words".to_owned(),
        what => what,
    };
    match (workbook.partners().len() > 1, promise.is_ours()) {
        (true, true) => format!("to {}: {what}", side(workbook, &promise.to)),
        (true, false) => format!("{}: {what}", side(workbook, &promise.by)),
        (false, _) => what,
    }
}

/// Who has gone, from where and when: "Ann, secretary, Society, 1 May 2025".
pub fn gone_in_words(person: &Person, workbook: &Workbook) -> String {
    let when = person.left.map(long);
    let parts = [person.name.trim(), person.role.trim()].map(str::to_owned).into_iter();
    let parts = parts.chain([side(workbook, &person.partner)]).chain(when);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Whom to ring first, and how they like to be reached: "Ben, Society (in the mornings)".
pub fn contact_in_words(contact: &Contact<'_>, workbook: &Workbook) -> String {
    let side = side(workbook, contact.partner);
    let name = contact.person.map_or("", |person| person.name.trim());
    let who = if name.is_empty() { side } else { format!("{name}, {side}") };
    if contact.reach.is_empty() { who } else { format!("{who} ({})", one_line(contact.reach)) }
}

/// The first few of some questions, and how many there are besides: "Why now; Who is not there; and 3 more".
pub fn some_of(questions: &[&Question]) -> String {
    let named = questions.iter().take(SOME).map(|question| question.short.clone());
    let more = questions.len().saturating_sub(SOME);
    named.chain((more > 0).then(|| format!("and {more} more"))).collect::<Vec<_>>().join("; ")
}

fn days_in_words(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn long(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
