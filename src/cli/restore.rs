//! `alongside restore NAME --on DAY (--answer QUESTION... | --record WORDS... | --all)`

use std::sync::mpsc::channel;

use super::args::Restore;
use super::exit::{Exit, Failure};
use super::history::{as_it_was, name_of, questions, read_day, say_how_sure};
use super::session::Session;
use crate::domain::compare::{self, Difference, Said, Thing};
use crate::domain::{Refused, Workbook};
use crate::export::day;
use crate::store::Writer;

/// Brings back how something was on a day, as one step that can be undone.
pub fn run(restore: &Restore, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let entry = session.entry(&restore.name)?;
    let on = read_day(&restore.on, session)?;
    let asked = questions(&restore.answer, session)?;
    // before it is opened to write, so that a day of which nothing is kept changes nothing
    let was = as_it_was(&session.store.past(&entry.folder)?, on, session)?;
    let opened = session.store.open(&entry.folder, session.now())?;
    opened.notices.iter().for_each(|notice| session.out.words(notice));
    let (mut book, writing) = opened.to_write()?;
    let now = book.workbook().clone();
    let all: Vec<(Difference, Said)> = compare::differences(&now, &was.workbook)
        .into_iter()
        .map(|difference| {
            let said = compare::words(&difference, &now, &was.workbook, session.content());
            (difference, said)
        })
        .collect();
    let chosen: Vec<&(Difference, Said)> = all
        .iter()
        .filter(|(difference, said)| {
            restore.all
                || difference.thing.question().is_some_and(|id| asked.contains(id))
                || restore.record.iter().any(|words| is_meant(words, &difference.thing, said))
        })
        .collect();
    say_how_sure(&was, on, session);
    if chosen.is_empty() {
        session.out.words(&format!("Nothing was changed: that is as it was on {}.", day(on)));
        return Ok(Exit::Nothing);
    }
    let things: Vec<Difference> = chosen.iter().map(|(difference, _)| difference.clone()).collect();
    let today = session.day_of(session.now());
    let edits = compare::take(&now, &was.workbook, &things, today);
    let records = book.act_all(edits, session.now()).map_err(|refused| cannot(&refused))?;
    let (reports, _heard) = channel();
    let writer = Writer::start(writing, reports, Box::new(|| {}))?;
    writer.append(records);
    writer.close()?;
    session.out.words(&format!("Brought back as it was on {}:", day(on)));
    for (difference, said) in chosen {
        session.out.line(&shown(difference, said, &now, &was.workbook, session));
    }
    session.out.words("One step: opening the workbook and pressing u takes it back.");
    Ok(Exit::Well)
}

/// What is private is named by its part alone.
fn shown(
    difference: &Difference,
    said: &Said,
    now: &Workbook,
    then: &Workbook,
    session: &Session<'_>,
) -> String {
    match compare::words_to_send(difference, now, then, session.content()) {
        Some(_) => name_of(said),
        None if said.part.is_empty() => "Something private".to_owned(),
        None => format!("{} > something private", said.part),
    }
}

/// Whether words mean a record, a partner, a person or a line: its id, or some of what it is called.
fn is_meant(words: &str, thing: &Thing, said: &Said) -> bool {
    let id = match thing {
        Thing::Partner(id) => id.as_str(),
        Thing::Person(id) => id.as_str(),
        Thing::Record(_, id) | Thing::Line(_, id) => id.as_str(),
        _ => return false,
    };
    let words = words.trim().to_lowercase();
    !words.is_empty() && (id == words || said.what.to_lowercase().contains(&words))
}

fn cannot(refused: &Refused) -> Failure {
    Failure::new(
        Exit::BadData,
        format!("it could not be brought back: {refused}"),
        "Nothing was changed. The earlier version is kept as it is; `alongside history` shows it.",
    )
}
