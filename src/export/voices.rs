//! How an answer is said in a document: the voices, and what is to be known about each.
//!
//! The phrases stand here once, so that every artefact says a guess, a dispute or an agreement in the same words.

use jiff::civil::Date;

use super::document::{Block, TO_AGREE};
use super::subject::{Entry, Subject};
use crate::content::types::About;
use crate::domain::{Answer, Heard, Partner, PersonId, Source, Standing, VoiceKey};

/// A day as a person reads it: 5 March 2025.
pub fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// The name of a side, or the sign that it has none yet.
pub fn name_of(side: &Partner) -> &str {
    or_to_agree(&side.name)
}

/// A text, or the sign that it is still to agree.
pub fn or_to_agree(text: &str) -> &str {
    if text.trim().is_empty() { TO_AGREE } else { text }
}

/// Every voice of an answer that says something: ours, each partner's, then what is agreed.
pub fn all(subject: &Subject<'_>, entry: &Entry<'_>) -> Vec<Block> {
    let mark = match entry.standing {
        Standing::Guess => "a guess, not checked",
        Standing::Agreed if entry.question.about == About::Us => "ours to say",
        _ => "",
    };
    in_order(subject, entry.answer, mark)
}

/// The same for an answer whose question is not known, and with it what our own words are worth.
pub fn of_stray(subject: &Subject<'_>, answer: &Answer) -> Vec<Block> {
    in_order(subject, answer, "")
}

fn in_order(subject: &Subject<'_>, answer: &Answer, mark: &str) -> Vec<Block> {
    let ours = answer.ours();
    let mut blocks: Vec<Block> =
        quote("Ours", [mark.to_owned(), on(ours.on)], &ours.text).into_iter().collect();
    blocks.extend(theirs(subject, answer));
    blocks.extend(agreed(subject, answer));
    blocks
}

/// The words of each partner who takes part now.
fn theirs(subject: &Subject<'_>, answer: &Answer) -> Vec<Block> {
    let one = |partner: &Partner| {
        let theirs = answer.theirs(&partner.id).filter(|t| t.says_something())?;
        let who = if partner.name.trim().is_empty() { "A partner" } else { &partner.name };
        let said = match &theirs.source {
            Source::ByHand => String::new(),
            Source::Said(occasion) => occasion.clone(),
        };
        let marks = vec![
            heard(theirs.heard).to_owned(),
            person(subject, theirs.person.as_ref()),
            said,
            on(theirs.on),
        ];
        Some(Block::Quote { who: who.to_owned(), marks, words: theirs.text.clone() })
    };
    subject.partners().iter().filter_map(one).collect()
}

/// The wording that all accept, and who agreed to it.
pub fn agreed(subject: &Subject<'_>, answer: &Answer) -> Option<Block> {
    let agreed = answer.agreed();
    let accords = answer.accords().iter().filter_map(|accord| {
        let partner = subject.partner(&accord.partner)?;
        let person = person(subject, accord.person.as_ref());
        let by = if person.is_empty() { String::new() } else { format!(" ({person})") };
        Some(format!("with {}{by} on {}", name_of(partner), day(accord.on)))
    });
    let mut marks: Vec<String> = accords.collect();
    if marks.is_empty() {
        marks.push(on(agreed.on));
    }
    if answer.changed_since_agreed() {
        marks.push("changed since".to_owned());
    }
    quote("Agreed", marks, &agreed.text)
}

/// Stands where all agree and nobody has put it into words.
pub fn no_wording() -> Block {
    Block::Quote { who: "Agreed wording".to_owned(), marks: Vec::new(), words: TO_AGREE.to_owned() }
}

/// What the voices said before, newest first, in the words of a remark.
pub fn earlier(subject: &Subject<'_>, answer: &Answer) -> Vec<Block> {
    let block = |version: &crate::domain::Version| {
        let who = match &version.voice {
            VoiceKey::Ours => "Ours".to_owned(),
            VoiceKey::Agreed => "Agreed".to_owned(),
            // a partner who is gone keeps out of sight here too
            VoiceKey::Theirs(id) => subject.partner(id)?.name.clone(),
        };
        quote(&who, [format!("until {}", day(version.until))], &version.text)
    };
    answer.earlier().iter().rev().filter_map(block).collect()
}

fn quote(who: &str, marks: impl Into<Vec<String>>, words: &str) -> Option<Block> {
    if words.trim().is_empty() {
        return None;
    }
    Some(Block::Quote { who: who.to_owned(), marks: marks.into(), words: words.to_owned() })
}

fn heard(heard: Heard) -> &'static str {
    match heard {
        Heard::Guess => "our guess of their view",
        Heard::Asked => "they told us",
        Heard::Agreed => "agreed",
        Heard::Disputed => "differs",
    }
}

fn on(date: Option<Date>) -> String {
    date.map(day).unwrap_or_default()
}

fn person(subject: &Subject<'_>, id: Option<&PersonId>) -> String {
    id.and_then(|id| subject.person(id)).map(|p| p.name.clone()).unwrap_or_default()
}
