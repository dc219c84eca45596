//! The pause note, for both sides to keep; and the welcome-back sheet, for the day on which somebody returns.

use super::document::{Block, Document, Item, Level};
use super::subject::Subject;
use super::{title, voices};
use crate::domain::query::{self, Welcome};
use crate::domain::{PartnershipState, Promise, StateChange};

/// What was settled for the last pause.
pub fn note(subject: &Subject<'_>) -> Document {
    let mut note = Document::titled(format!("Pause note: {}", title(subject)));
    let Some(change) = subject.last_pause() else {
        note.paragraph("This partnership has not been paused.");
        return note;
    };
    let (state, last) = subject.state();
    if let (Some(last), true) = (last, state != PartnershipState::Paused.word()) {
        note.note(format!("The pause is over: {} since {}.", state.to_lowercase(), voices::day(last.on)));
    }
    note.blocks.push(Block::Facts(facts(change)));
    note
}

fn facts(change: &StateChange) -> Vec<(String, String)> {
    let pause = change.pause.as_deref().cloned().unwrap_or_default();
    let until = pause.until.map(voices::day).unwrap_or_default();
    let facts = [
        ("Paused on", voices::day(change.on)),
        ("Why, as we see it", change.ours.clone()),
        ("Why, as they see it", change.theirs.clone()),
        ("Who decided", change.decided_by.clone()),
        ("What rests meanwhile", pause.frozen),
        ("Who stays in light touch", pause.light_touch),
        ("What would start it again", pause.restart),
        ("We look again on", until),
    ];
    facts.map(|(label, value)| (label.to_owned(), voices::or_to_agree(&value).to_owned())).to_vec()
}

/// How things stand for somebody who comes back.
pub fn welcome(subject: &Subject<'_>) -> Document {
    let mut sheet = Document::titled(format!("Welcome back: {}", title(subject)));
    let welcome = subject.welcome();
    sheet.paragraph(query::away_in_words(&welcome));
    if let Some(words) = query::look_again_in_words(&welcome) {
        sheet.paragraph(words);
    }
    why(&mut sheet, &welcome);
    let owed = |promises: &[&Promise]| -> Vec<Item> {
        promises.iter().map(|promise| Item::plain(subject.owed_in_words(promise))).collect()
    };
    section(&mut sheet, "The last things that happened", welcome.last.iter().map(last).collect());
    section(&mut sheet, "We owe", owed(&welcome.we_owe));
    section(&mut sheet, "They owe", owed(&welcome.they_owe));
    for (heading, questions) in
        [("Answers more than a year old", &welcome.old), ("Only guessed, never checked", &welcome.guessed)]
    {
        section(&mut sheet, heading, questions.iter().map(|q| Item::plain(&q.short)).collect());
    }
    let gone = welcome.gone.iter().map(|person| Item::plain(subject.gone_in_words(person)));
    section(&mut sheet, "Gone since", gone.collect());
    let ring = welcome.contact.iter().map(|contact| Item::plain(subject.contact_in_words(contact)));
    section(&mut sheet, "Whom to ring first", ring.collect());
    sheet
}

fn section(sheet: &mut Document, heading: &str, items: Vec<Item>) {
    if !items.is_empty() {
        sheet.heading(Level::Section, heading);
        sheet.list(items);
    }
}

fn last(told: &query::Happening) -> Item {
    let words = if told.words.is_empty() { String::new() } else { format!(": {}", told.words) };
    Item::new(voices::day(told.on), format!("{}{words}", told.what))
}

/// Why it rests, what rests, who stays in touch and what would start it again, as far as it was said.
fn why(sheet: &mut Document, welcome: &Welcome<'_>) {
    let Some(pause) = welcome.pause else { return };
    let mut facts = facts(pause.change);
    facts.retain(|(label, value)| {
        value != super::TO_AGREE && label != "Paused on" && label != "We look again on"
    });
    if !facts.is_empty() {
        sheet.blocks.push(Block::Facts(facts));
    }
}
