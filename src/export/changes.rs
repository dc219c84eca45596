//! What has changed since a day: for a return after a pause, or for a funder's report.
//!
//! What was done on the day itself counts as done by then. The day is the one asked for, or that of the last pause, or a
//! month ago.

use jiff::ToSpan;
use jiff::civil::Date;

use super::document::{Block, Document, Item, Level};
use super::subject::Subject;
use super::{title, voices};
use crate::domain::query::{Changed, Since};
use crate::domain::{PartnerId, Promise, Standing, VoiceKey};

/// Days that are looked back where nothing says since when.
const BACK: i64 = 30;

/// The changes since the day that was asked for.
pub fn changes(subject: &Subject<'_>) -> Document {
    let from = day_of(subject);
    let (since, private) = subject.changes_since(from);
    let mut told =
        Document::titled(format!("What has changed since {}: {}", voices::day(from), title(subject)));
    told.private = private;
    if since.is_empty() {
        told.paragraph("Nothing that has a day has changed since.");
        return told;
    }
    states(&mut told, &since);
    answers(&mut told, subject, &since);
    promises(&mut told, subject, &since);
    people(&mut told, subject, &since);
    told
}

fn day_of(subject: &Subject<'_>) -> Date {
    let month = || subject.today().checked_sub(BACK.days()).unwrap_or(subject.today());
    subject.since().or(subject.last_pause().map(|change| change.on)).unwrap_or_else(month)
}

fn states(told: &mut Document, since: &Since<'_>) {
    let item = |change: &&crate::domain::StateChange| {
        Item::new(format!("{}, {}", change.state.word(), voices::day(change.on)), &change.ours)
    };
    if !since.states.is_empty() {
        told.heading(Level::Section, "The state");
        told.list(since.states.iter().map(item).collect());
    }
}

fn answers(told: &mut Document, subject: &Subject<'_>, since: &Since<'_>) {
    if since.answers.is_empty() {
        return;
    }
    told.heading(Level::Section, "Answers");
    for changed in &since.answers {
        let question = subject.content().question(changed.question.as_str());
        told.heading(Level::Point, question.map_or(changed.question.as_str(), |q| q.short.as_str()));
        told.paragraph(standing(changed));
        for words in &changed.voices {
            let who = match &words.voice {
                VoiceKey::Ours => "Ours".to_owned(),
                VoiceKey::Agreed => "Agreed".to_owned(),
                VoiceKey::Theirs(id) => side(subject, id),
            };
            let said = [("then", words.then, words.supposed_then), ("now", words.now, words.supposed_now)];
            for (when, text, supposed) in said.into_iter().filter(|(_, text, _)| !text.trim().is_empty()) {
                let supposed = supposed.then(|| "our guess of their view".to_owned());
                let marks = [when.to_owned()].into_iter().chain(supposed).collect();
                told.blocks.push(Block::Quote { who: who.clone(), marks, words: text.to_owned() });
            }
        }
    }
}

/// "Guess then, agreed now."
fn standing(changed: &Changed<'_>) -> String {
    let said = match changed.then {
        Some(then) if then == changed.now => format!("{} then and now.", super::sentence(then.word())),
        Some(Standing::Blank) => format!("New: {}.", changed.now.word()),
        Some(then) => format!("{} then, {} now.", super::sentence(then.word()), changed.now.word()),
        None => format!("{} now.", super::sentence(changed.now.word())),
    };
    match changed.reopened {
        Some(on) => format!("{said} Opened again on {}.", voices::day(on)),
        None => said,
    }
}

fn promises(told: &mut Document, subject: &Subject<'_>, since: &Since<'_>) {
    let item = |promise: &&Promise| {
        let due =
            promise.due.map_or_else(|| "no day named".to_owned(), |due| format!("by {}", voices::day(due)));
        let state = if promise.is_owed() { String::new() } else { format!("; {}", promise.state.word()) };
        let (by, to) = (side(subject, &promise.by), side(subject, &promise.to));
        Item::new(format!("{by}, to {to}"), format!("{}, {due}{state}", promise.what.trim()))
    };
    for (heading, promises) in
        [("Promises made", &since.promised), ("What has become of promises", &since.closed)]
    {
        if !promises.is_empty() {
            told.heading(Level::Section, heading);
            told.list(promises.iter().map(item).collect());
        }
    }
}

fn people(told: &mut Document, subject: &Subject<'_>, since: &Since<'_>) {
    let came = since.came.iter().map(|person| (person, "came", person.since));
    let gone = since.gone.iter().map(|person| (person, "left", person.left));
    let item = |(person, verb, on): (&&crate::domain::Person, &str, Option<Date>)| {
        let on = on.map_or_else(String::new, |on| format!(" on {}", voices::day(on)));
        Item::new(person.name.trim(), format!("{}: {verb}{on}", side(subject, &person.partner)))
    };
    let items: Vec<Item> = came.chain(gone).map(item).collect();
    if !items.is_empty() {
        told.heading(Level::Section, "People");
        told.list(items);
    }
}

/// The name of a side within a document.
pub(super) fn side(subject: &Subject<'_>, id: &PartnerId) -> String {
    match subject.partner(id) {
        Some(partner) if id.is_us() && partner.name.trim().is_empty() => "Our side".to_owned(),
        Some(partner) => super::sentence(voices::called(partner)),
        None => "A partner who is gone".to_owned(),
    }
}
