//! How an answer is said in a document: the voices, and what is to be known about each.
//!
//! The phrases stand here once, so that every artefact says a guess, a dispute or an agreement in the same words.

use jiff::civil::Date;
use unicode_segmentation::UnicodeSegmentation;

use super::clean;
use super::document::{Block, TO_AGREE};
use super::subject::{Entry, Subject};
use crate::content::types::About;
use crate::domain::{Answer, Heard, Partner, PersonId, Source, Standing, Theirs, VoiceKey};

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
        // what is ours in a copy was marked to share
        _ if subject.reader().is_some() => "",
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
        let mut marks = vec![heard(theirs.heard).to_owned(), person(subject, theirs.person.as_ref())];
        marks.extend(said(&theirs.source, said_on(theirs)));
        let who = if partner.name.trim().is_empty() { "A partner without a name" } else { &partner.name };
        Some(Block::Quote { who: who.to_owned(), marks, words: theirs.text.clone() })
    };
    subject.partners().iter().filter_map(one).collect()
}

/// Every voice that has words, with the first of them. What we suppose of a partner is never said to be theirs.
pub fn in_brief(subject: &Subject<'_>, answer: &Answer) -> Vec<(String, String)> {
    let mut lines = vec![("Ours".to_owned(), answer.ours().text.as_str())];
    for partner in subject.partners() {
        if let Some(theirs) = answer.theirs(&partner.id) {
            let name = called(partner);
            let who =
                if theirs.heard == Heard::Guess { format!("{name}, we suppose") } else { name.to_owned() };
            lines.push((who, theirs.text.as_str()));
        }
    }
    lines.push(("Agreed".to_owned(), answer.agreed().text.as_str()));
    let said = lines.into_iter().filter(|(_, words)| !words.trim().is_empty());
    said.map(|(who, words)| (who, brief(words))).collect()
}

/// The name of a partner within a sentence.
pub fn called(partner: &Partner) -> &str {
    if partner.name.trim().is_empty() { "a partner without a name" } else { &partner.name }
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

/// Letters that a voice gets where there is little room.
const BRIEF: usize = 140;

/// The first line of a text, cut after a sentence or between words where it is long, with a sign that there is more.
pub fn brief(words: &str) -> String {
    let words = clean::text(words);
    let words = words.trim();
    let line = words.lines().next().unwrap_or("").trim_end();
    let mut letters = line.grapheme_indices(true);
    let Some((end, _)) = letters.nth(BRIEF) else {
        return if line.len() == words.len() { line.to_owned() } else { format!("{line} …") };
    };
    let short = line.get(..end).unwrap_or(line);
    let sentence = [". ", "? ", "! "].into_iter().filter_map(|stop| short.rfind(stop)).max().map(|at| at + 1);
    let cut = sentence.or_else(|| short.rfind(' ')).unwrap_or(end);
    format!("{} …", short.get(..cut).unwrap_or(short).trim_end())
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

/// The day on which it was said, as far as that is known: for a line of a call the day of the call.
fn said_on(theirs: &Theirs) -> Option<Date> {
    match theirs.source {
        Source::Call(_) => theirs.checked.or(theirs.on),
        Source::ByHand | Source::Said(_) => theirs.on,
    }
}

/// The occasion and the day, which is not said twice: "the call of 14 March 2025".
fn said(source: &Source, on: Option<Date>) -> Vec<String> {
    let Some(date) = on else {
        return if let Source::Said(occasion) = source { vec![occasion.clone()] } else { Vec::new() };
    };
    match source {
        Source::ByHand => vec![day(date)],
        Source::Call(_) => vec![format!("the call of {}", day(date))],
        Source::Said(occasion) if ends_with_day(occasion, date) => {
            vec![format!("{} {}", occasion.trim_end(), date.year())]
        }
        Source::Said(occasion) => vec![occasion.clone(), day(date)],
    }
}

fn ends_with_day(occasion: &str, date: Date) -> bool {
    let day = date.strftime("%-d %B").to_string();
    let before = occasion.trim_end().strip_suffix(&day);
    before.is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_digit()))
}

fn on(date: Option<Date>) -> String {
    date.map(day).unwrap_or_default()
}

fn person(subject: &Subject<'_>, id: Option<&PersonId>) -> String {
    id.and_then(|id| subject.person(id)).map(|p| p.name.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_long_text_is_cut_after_a_sentence_or_between_words() {
        assert_eq!(brief("  Short enough.\n"), "Short enough.");
        assert_eq!(brief("One line.\nAnother."), "One line. …");
        let sentence = "A sentence of some length, about the shelf. ";
        assert_eq!(brief(&sentence.repeat(9)), format!("{} …", sentence.repeat(3).trim_end()));
        let words = brief(&"word ".repeat(60));
        assert!(words.ends_with("word …") && words.len() < 150, "{words}");
        assert_eq!(brief(&"👩\u{200d}👧".repeat(200)), format!("{} …", "👩\u{200d}👧".repeat(BRIEF)));
    }

    #[test]
    fn a_day_that_the_occasion_names_is_not_said_twice() {
        let said = |occasion: &str| said(&Source::Said(occasion.into()), Some(date(2025, 3, 4))).join(", ");
        assert_eq!(said("the call of 4 March"), "the call of 4 March 2025");
        assert_eq!(said("the call of 14 March"), "the call of 14 March, 4 March 2025");
        assert_eq!(said("tea"), "tea, 4 March 2025");
    }
}
