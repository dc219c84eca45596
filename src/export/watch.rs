//! Word watch: which words of the list a text uses that is about to leave, and what to say instead.
//!
//! A word counts whole, in any case, and in the plural; several words count in their order, whatever stands between
//! them. The table that lists the words is no use of them. It changes nothing: a person decides.

use super::document::{Block, Document, Picture};
use crate::domain::query::side;
use crate::domain::{Word, Workbook};

/// Bytes of the shortest word that has a plural; "as" is none of "ass".
const SHORTEST: usize = 3;

/// The heading under which a document lists the words themselves.
pub const HEADING: &str = "Words to use and to avoid";

/// The words of the list that a text uses, in the order of the list.
pub fn used<'a>(workbook: &'a Workbook, text: &str) -> Vec<&'a Word> {
    if workbook.words().is_empty() {
        return Vec::new();
    }
    let said: Vec<String> = words_of(text).collect();
    workbook.words().iter().filter(|word| stands_in(&word.term, &said)).collect()
}

/// The same for a document, apart from its table of words.
pub fn used_in<'a>(workbook: &'a Workbook, document: &Document) -> Vec<&'a Word> {
    if workbook.words().is_empty() { Vec::new() } else { used(workbook, &text_of(document)) }
}

/// Those of the names that a document says, whole and in any case.
pub(super) fn names_in<'a>(document: &Document, names: &'a [String]) -> Vec<&'a str> {
    if names.is_empty() {
        return Vec::new();
    }
    let said: Vec<String> = words_of(&text_of(document)).collect();
    names.iter().map(String::as_str).filter(|name| stands_in(name, &said)).collect()
}

/// What is said of a word that is used: who asked to avoid it, and what to say instead.
pub fn warning(workbook: &Workbook, word: &Word) -> String {
    let term = word.term.trim();
    let who = match &word.whose {
        Some(id) if id.is_us() => "a word that we wanted to avoid".to_owned(),
        Some(id) => format!("a word that {} asked us to avoid", side(workbook, id)),
        None => "a word that both sides avoid".to_owned(),
    };
    match word.instead.trim() {
        "" => format!("It says “{term}”, {who}."),
        instead => format!("It says “{term}”, {who}: “{instead}” instead."),
    }
}

/// Everything that is to be said before a document leaves: what is said beside it, then the words to avoid.
pub fn remarks(workbook: &Workbook, document: &Document) -> Vec<String> {
    let warnings = used_in(workbook, document).into_iter().map(|word| warning(workbook, word));
    document.beside.iter().cloned().chain(warnings).collect()
}

fn stands_in(term: &str, said: &[String]) -> bool {
    let term: Vec<String> = words_of(term).collect();
    let Some((last, first)) = term.split_last() else { return false };
    said.windows(term.len()).any(|window| {
        let Some((end, start)) = window.split_last() else { return false };
        start == first && is_form_of(end, last)
    })
}

/// Whether a word is another, or its plural, or the other its plural.
fn is_form_of(said: &str, word: &str) -> bool {
    let plural = |many: &str, one: &str| {
        let Some(stem) = many.strip_suffix('s').filter(|stem| stem.len() >= SHORTEST) else { return false };
        stem == one
            || stem.strip_suffix('e') == Some(one)
            || stem.strip_suffix("ie").is_some_and(|stem| one.strip_suffix('y') == Some(stem))
    };
    said == word || plural(said, word) || plural(word, said)
}

/// The words of a text, in small letters. An apostrophe ends a word, so that "users'" is a use of "users".
fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn text_of(document: &Document) -> String {
    let mut texts: Vec<&str> = vec![&document.title];
    let mut in_table = false;
    texts.extend(document.blocks.iter().filter_map(|block| match block {
        Block::Picture(picture) => Some(picture.title()),
        _ => None,
    }));
    for block in &document.blocks {
        if let Block::Heading(_, text) = block {
            in_table = text == HEADING;
        }
        if in_table {
            continue;
        }
        match block {
            Block::Heading(_, text) | Block::Paragraph(text) | Block::Note(text) | Block::Blank(text) => {
                texts.push(text);
            }
            Block::Facts(facts) => texts.extend(facts.iter().flat_map(|(label, value)| [&**label, &**value])),
            Block::Quote { who, marks, words } => {
                texts.extend([&**who, &**words]);
                texts.extend(marks.iter().map(String::as_str));
            }
            Block::List(items) => texts.extend(items.iter().flat_map(|item| [&*item.lead, &*item.words])),
            Block::Table { head, rows } | Block::Picture(Picture::Matrix { head, rows, .. }) => {
                texts.extend(rows.iter().flatten().chain(head).map(String::as_str));
            }
            Block::Picture(Picture::Course { days, lines, .. }) => {
                texts.extend(days.iter().map(String::as_str));
                texts.extend(lines.iter().flat_map(|run| [&*run.name, &*run.words]));
            }
            Block::Picture(Picture::Ring { heart, around, .. }) => {
                texts.extend(around.iter().chain([heart]).flat_map(|spot| [&*spot.name, &*spot.state]));
            }
        }
    }
    // a word is not made of the end of one text and the beginning of the next
    texts.join(" \u{1} ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Edit, Partner, PartnerId, RecordId, WorkbookId};
    use crate::export::document::{Item, Level};

    fn workbook(terms: &[(&str, &str)]) -> Workbook {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        let museum = Partner::named(PartnerId::new("museum"), "City Museum");
        workbook.apply(Edit::AddPartner { partner: Box::new(museum), place: 0 }).unwrap();
        for (n, (term, instead)) in terms.iter().enumerate() {
            let word = Word::new(RecordId::new(format!("w{n}")), *term);
            let word = Word { whose: Some(PartnerId::new("museum")), instead: (*instead).into(), ..word };
            workbook.apply(Edit::AddRecord { record: Box::new(word.into()), place: 9 }).unwrap();
        }
        workbook
    }

    #[test]
    fn a_word_counts_whole_in_any_case_and_in_the_plural() {
        let uses = |term: &str, text: &str| !used(&workbook(&[(term, "")]), text).is_empty();
        for (term, text) in [
            ("vulnerable", "for VULNERABLE women"),
            ("vulnerable", "“Vulnerable”."),
            ("end user", "our end users' hopes"),
            ("end users", "one end-user"),
            ("beneficiary", "The beneficiaries"),
            ("hard to reach", "Hard-to-reach groups"),
            ("class", "two classes"),
            ("Ölberg", "am ÖLBERG"),
        ] {
            assert!(uses(term, text), "{term:?} in {text:?}");
        }
        for (term, text) in [
            ("vulnerable", "invulnerable"),
            ("user", "a usher"),
            ("end user", "the end of a user"),
            ("", "anything"),
            (" - ", "a - b"),
            ("as", "ass"),
        ] {
            assert!(!uses(term, text), "{term:?} in {text:?}");
        }
    }

    #[test]
    fn what_to_say_instead_is_said_and_who_asked() {
        let workbook = workbook(&[("vulnerable", "women we work with"), ("outreach", "")]);
        let said: Vec<String> = workbook.words().iter().map(|word| warning(&workbook, word)).collect();
        assert_eq!(
            said,
            [
                "It says “vulnerable”, a word that City Museum asked us to avoid: “women we work with” instead.",
                "It says “outreach”, a word that City Museum asked us to avoid.",
            ]
        );
    }

    #[test]
    fn the_table_of_words_is_no_use_of_them() {
        let workbook = workbook(&[("vulnerable", "")]);
        let mut document = Document::titled("Handover");
        document.heading(Level::Section, HEADING);
        document.list(vec![Item::new("vulnerable", "say women we work with")]);
        assert!(used_in(&workbook, &document).is_empty());
        document.heading(Level::Section, "What else");
        document.paragraph("For vulnerable women.");
        assert_eq!(remarks(&workbook, &document).len(), 1);
    }

    #[test]
    fn a_long_document_is_looked_through_once_a_word() {
        let terms: Vec<(String, String)> =
            (0..50).map(|n| (format!("term{n} of art"), String::new())).collect();
        let terms: Vec<(&str, &str)> = terms.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let text = "a sentence about nothing much, with term7 of art in it. ".repeat(4_000);
        assert_eq!(used(&workbook(&terms), &text).len(), 1);
    }
}
