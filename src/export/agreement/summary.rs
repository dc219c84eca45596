//! The plain summary for one partner: in short, what was agreed with them, and what was not yet.
//!
//! It is made of what that partner may have, so there is nothing here to hold back.

use super::{Clauses, said};
use crate::domain::PartnerId;
use crate::domain::query::ClauseWords;
use crate::export::changes::side;
use crate::export::document::{Document, Level, TO_AGREE};
use crate::export::partner_copy::promises;
use crate::export::subject::Subject;

/// The summary; empty where it is nobody's.
pub fn summary(subject: &Subject<'_>) -> Document {
    let Some(partner) = subject.reader() else { return Document::default() };
    let (us, them) = (side(subject, &PartnerId::us()), side(subject, partner));
    let mut summary = Document::titled(format!("{us} and {them}: what we agreed, in plain words"));
    summary.paragraph(
        "This is a short reading of our agreement. It takes nothing away from the agreement itself.",
    );
    let clauses = Clauses::of(subject, crate::domain::AgreementForm::Email);
    let mut missing = Vec::new();
    for now in &clauses.0 {
        let label = match &now.words {
            ClauseWords::Agreed(_) => "",
            ClauseWords::Ours(_) => "We propose",
            ClauseWords::Theirs(..) => "You told us",
            ClauseWords::Drawn(_) if now.needed => "Not agreed yet, as we understand it",
            ClauseWords::None | ClauseWords::Private if now.needed => {
                missing.push(now.clause.name.as_str());
                continue;
            }
            _ => continue,
        };
        summary.heading(Level::Section, &now.clause.ask);
        summary.blocks.extend(said(label, now));
    }
    if !missing.is_empty() {
        summary.heading(Level::Section, "Still to talk about");
        summary.paragraph(format!("{}: {TO_AGREE}", missing.join(", ")));
    }
    promises(&mut summary, subject);
    summary.paragraph(
        "This is not a contract and not legal advice. Please say so if any of it is not how you see it.",
    );
    summary
}
