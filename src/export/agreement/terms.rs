//! Terms of reference: a page or two for a group that meets, beside whatever else was agreed.

use super::{Clauses, Part, Skeleton, document, head, signed, under_headings, with_what_is_open};
use crate::domain::AgreementForm;
use crate::export::document::Document;
use crate::export::subject::Subject;

const SKELETON: Skeleton = &[
    ("The group and what it is for", &[1, 2, 6]),
    ("To whom it answers", &[17]),
    ("Members and deputies", &[10, 22]),
    ("Who chairs, and what it may decide", &[9]),
    ("How it decides", &[11]),
    ("Meetings and notes", &[12]),
    ("Who does what, by when", &[7, 8]),
    ("Expenses and payment", &[13, 14]),
    ("Safety and personal data", &[19, 20]),
    ("How we treat each other, and our words", &[3, 23]),
    ("From when to when", &[5]),
    ("Looking again, and winding up", &[24, 25, 28]),
];

/// The terms of reference.
pub fn terms(subject: &Subject<'_>) -> Document {
    document(subject, AgreementForm::TermsOfReference)
}

pub(super) fn parts(subject: &Subject<'_>) -> Vec<Part> {
    let clauses = Clauses::of(subject, AgreementForm::TermsOfReference);
    let mut parts = vec![head(subject, &clauses)];
    parts.extend(under_headings(&clauses, SKELETON));
    parts.push(signed(subject));
    with_what_is_open(&clauses, parts)
}
