//! A person's own wording, laid over the content that ships.
//!
//! A file in the `content/` folder is a list of entries, each with the id of a question or a card and the words to use
//! instead. Checked as a whole before any of it is used: a mistake is said with its line and reason, and the wording
//! that ships stays. Reading the files is the business of the store.

use serde::Deserialize;
use thiserror::Error;

use super::types::{Aspect, Card};
use super::{Content, parse};

/// Other words for one question or card.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Id of a question (`SCO-1`) or a card (`scoping-why-now`).
    pub id: String,
    /// A question's label in lists.
    #[serde(default)]
    pub short: Option<String>,
    /// A question as it is asked.
    #[serde(default)]
    pub ask: Option<String>,
    /// A question's help to begin.
    #[serde(default)]
    pub hint: Option<String>,
    /// A card's title.
    #[serde(default)]
    pub title: Option<String>,
    /// A card's text.
    #[serde(default)]
    pub text: Option<String>,
}

/// What is wrong with a file of wording.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct WordingError {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong, in words.
    pub reason: String,
}

/// The longest label of a question in lists, in characters.
const SHORT: usize = 40;

impl Wording {
    /// Reads a file of wording and checks it against the content that ships.
    ///
    /// # Errors
    /// The first thing that is wrong, with its line.
    pub fn parse_all(file: &str) -> Result<Vec<Self>, WordingError> {
        let all: Vec<Self> =
            parse(file).map_err(|e| WordingError { line: e.line, reason: e.what.to_string() })?;
        let content = Content::new();
        for (n, wording) in all.iter().enumerate() {
            wording
                .check(&content, &all, n)
                .map_err(|reason| WordingError { line: line_of(file, &wording.id, n, &all), reason })?;
        }
        Ok(all)
    }

    fn check(&self, content: &Content, all: &[Self], n: usize) -> Result<(), String> {
        let id = &self.id;
        if all.iter().take(n).any(|w| w.id == *id) {
            return Err(format!("{id} is worded twice"));
        }
        let question = content.question(id).is_some();
        let card = content.card(id).is_some();
        if !question && !card {
            return Err(format!("there is no question or card called {id}"));
        }
        let of_card = self.title.is_some() || self.text.is_some();
        let of_question = self.short.is_some() || self.ask.is_some() || self.hint.is_some();
        if question && of_card {
            return Err(format!("{id} is a question: it takes short, ask and hint"));
        }
        if card && of_question {
            return Err(format!("{id} is a card: it takes title and text"));
        }
        let texts = [&self.short, &self.ask, &self.title, &self.text];
        if texts.into_iter().flatten().any(|t| t.trim().is_empty()) {
            return Err(format!("the new words for {id} are empty"));
        }
        let all_texts = texts.into_iter().chain([&self.hint]).flatten();
        if all_texts.into_iter().any(|t| t.chars().any(char::is_control)) {
            return Err(format!("the new words for {id} hold a line break or another control character"));
        }
        match &self.short {
            Some(short) if short.chars().count() > SHORT => {
                Err(format!("short for {id} is longer than {SHORT} characters"))
            }
            _ => Ok(()),
        }
    }
}

/// The line on which the `n`th entry names its id. The parser has accepted the file by now, so the id is there.
fn line_of(file: &str, id: &str, n: usize, all: &[Wording]) -> usize {
    let earlier = all.iter().take(n).filter(|w| w.id == id).count();
    let quoted = format!("\"{id}\"");
    let mut places = file.match_indices(&quoted).map(|(at, _)| at);
    let at = places.nth(earlier).unwrap_or(0);
    file.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
}

/// Puts the words that belong to the questions of an aspect in place of its own.
pub(super) fn lay_over(aspect: &mut Aspect, wording: &[Wording]) {
    for w in wording {
        if let Some(question) = aspect.questions.iter_mut().find(|q| q.id == w.id) {
            replace(&mut question.short, &w.short);
            replace(&mut question.ask, &w.ask);
            replace(&mut question.hint, &w.hint);
        }
    }
}

/// Puts the words that belong to some cards in place of theirs.
pub(super) fn lay_over_cards(cards: &mut [Card], wording: &[Wording]) {
    for w in wording {
        if let Some(card) = cards.iter_mut().find(|c| c.id == w.id) {
            replace(&mut card.title, &w.title);
            replace(&mut card.text, &w.text);
        }
    }
}

fn replace(into: &mut String, words: &Option<String>) {
    if let Some(words) = words {
        into.clone_from(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_words_replace_the_ones_that_ship() {
        let wording = Wording::parse_all("[(id: \"SCO-1\", ask: \"Why us, why now?\")]").unwrap();
        let content = Content::with_wording(wording);
        let question = content.question("SCO-1").unwrap();
        assert_eq!(question.ask, "Why us, why now?");
        assert_eq!(question.short, Content::new().question("SCO-1").unwrap().short);
    }

    #[test]
    fn a_mistake_is_said_with_its_line() {
        let cases = [
            (
                "[\n  (id: \"SCO-1\", ask: \"x\"),\n  (id: \"SCO-99\", ask: \"y\"),\n]",
                3,
                "no question or card",
            ),
            ("[\n (id: \"SCO-1\",\n  aks: \"x\")]", 3, "aks”; there are: id, short, ask"),
            ("[\n\n(id: \"SCO-1\", title: \"x\")]", 3, "is a question"),
            ("[(id: \"SCO-1\", ask: \"a\"),\n(id: \"SCO-1\", ask: \"b\")]", 2, "twice"),
            ("[(id: \"SCO-1\", ask: \" \")]", 1, "empty"),
        ];
        for (file, line, reason) in cases {
            let error = Wording::parse_all(file).unwrap_err();
            assert_eq!(error.line, line, "{file}: {error}");
            assert!(error.reason.contains(reason), "{file}: {error}");
        }
    }
}
