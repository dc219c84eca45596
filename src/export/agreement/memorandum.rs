//! The memorandum of understanding: two pages that say who, why, what, and what if.

use super::{Clauses, Part, Skeleton, document, head, signed, under_headings, with_what_is_open};
use crate::domain::AgreementForm;
use crate::export::document::Document;
use crate::export::subject::Subject;

const SKELETON: Skeleton = &[
    ("Who this is between", &[1]),
    ("Why we are doing it", &[2]),
    ("What we want, and how we treat each other", &[3, 4]),
    ("Type and level", &[6]),
    ("What each brings", &[15]),
    ("Who does what", &[7]),
    ("From when to when", &[5, 8]),
    ("Money", &[13, 14, 16]),
    ("Safety and personal data", &[19, 20]),
    ("What we make, and how good it is to be", &[18, 21]),
    ("Keeping in touch, and our words", &[22, 23]),
    ("Groups, members and decisions", &[9, 10, 11, 12, 17]),
    ("If we differ", &[26]),
    ("If one of us has to pause", &[27]),
    ("Looking again, and changing this", &[24, 25]),
    ("How it ends", &[28]),
    ("Is this binding?", &[29]),
];

/// The memorandum.
pub fn memorandum(subject: &Subject<'_>) -> Document {
    document(subject, AgreementForm::Memorandum)
}

pub(super) fn parts(subject: &Subject<'_>) -> Vec<Part> {
    let clauses = Clauses::of(subject, AgreementForm::Memorandum);
    let mut parts = vec![head(subject, &clauses)];
    parts.extend(under_headings(&clauses, SKELETON));
    parts.push(signed(subject));
    with_what_is_open(&clauses, parts)
}
