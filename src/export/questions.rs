//! Questions to ask next time: every guess and every dispute, for a look before a call.

use super::document::{Block, Document, Level};
use super::subject::{Entry, Subject};
use super::{title, voices};
use crate::domain::{Heard, Partner, Standing};

/// The list.
pub fn questions(subject: &Subject<'_>) -> Document {
    let mut list = Document::titled(format!("Questions to ask next time: {}", title(subject)));
    let open = subject.select(subject.content().questions(), |e| {
        matches!(e.standing, Standing::Guess | Standing::Disputed)
    });
    list.private = open.private;
    let (disputed, guesses): (Vec<&Entry<'_>>, Vec<_>) =
        open.entries.iter().partition(|e| e.standing == Standing::Disputed);
    if open.entries.is_empty() {
        list.paragraph("Nothing here is a guess, and nothing is disputed.");
        return list;
    }
    if !disputed.is_empty() {
        list.heading(Level::Section, "Where we differ");
        for entry in disputed {
            list.heading(Level::Point, &entry.question.ask);
            list.blocks.extend(voices::all(subject, entry));
        }
    }
    if !guesses.is_empty() {
        list.heading(Level::Section, "What we have not checked");
        for entry in guesses {
            list.heading(Level::Point, &entry.question.ask);
            list.blocks.extend(whom_to_ask(subject, entry));
            list.blocks.extend(voices::all(subject, entry));
        }
    }
    list
}

/// Those we have not heard from on this, where there are several to choose from.
fn whom_to_ask(subject: &Subject<'_>, entry: &Entry<'_>) -> Option<Block> {
    let unheard = |p: &&Partner| entry.answer.theirs(&p.id).is_none_or(|t| t.heard == Heard::Guess);
    let names: Vec<&str> = subject.partners().iter().filter(unheard).map(voices::called).collect();
    let several = subject.partners().len() > 1 && !names.is_empty();
    several.then(|| Block::Paragraph(format!("To ask: {}", names.join(", "))))
}
