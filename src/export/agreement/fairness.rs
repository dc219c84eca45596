//! The fairness card: four questions, and what the workbook says of each. Words, never a score.

use crate::export::document::{Document, Item, Level};
use crate::export::subject::Subject;
use crate::export::title;

/// The card.
pub fn card(subject: &Subject<'_>) -> Document {
    let mut card = Document::titled(format!("Is it fair? {}", title(subject)));
    for fact in subject.fairness() {
        card.heading(Level::Section, fact.ask);
        if fact.says.is_empty() {
            card.paragraph(format!("Nothing is written about it yet. Its place is {}.", fact.where_to));
        } else {
            card.list(fact.says.iter().map(Item::plain).collect());
        }
    }
    card
}
