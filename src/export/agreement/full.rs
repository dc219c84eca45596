//! The partnership agreement: every clause in its order, with what is missing at the front.

use super::{Clauses, Part, document, head, said, signed, with_what_is_open};
use crate::domain::AgreementForm;
use crate::domain::query::ClauseWords;
use crate::export::document::{Block, Document, Level};
use crate::export::subject::Subject;

/// The agreement.
pub fn agreement(subject: &Subject<'_>) -> Document {
    document(subject, AgreementForm::PartnershipAgreement)
}

pub(super) fn parts(subject: &Subject<'_>) -> Vec<Part> {
    let clauses = Clauses::of(subject, AgreementForm::PartnershipAgreement);
    let mut parts = vec![head(subject, &clauses)];
    for (number, now) in clauses.0.iter().enumerate() {
        let heading = format!("{}. {}", number + 1, now.clause.name);
        let mut blocks = vec![Block::Heading(Level::Section, heading)];
        let when = now.clause.when.as_str();
        match now.words {
            ClauseWords::NotForUs => blocks.push(Block::Paragraph("This does not apply to us.".to_owned())),
            // where nobody says that it is wanted, it is not said to be missing
            ClauseWords::None if !now.needed && !when.is_empty() => {
                blocks.push(Block::Paragraph(format!("Needed {when}.")));
            }
            _ => blocks.extend(said("", now)),
        }
        parts.push(Part { question: Some(now.question.clone()), blocks });
    }
    parts.push(signed(subject));
    with_what_is_open(&clauses, parts)
}
