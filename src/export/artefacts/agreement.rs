//! The forms of an agreement, and what says how far it has come.

use super::{Artefact, Copies};
use crate::export::{agreement, format};

pub(super) const ROWS: &[Artefact] = &[
    Artefact {
        name: "email-agreement",
        title: "Email agreement",
        help: "The lightest agreement: who, why, what by when, money, how to stop, in about 250 words",
        formats: format::MESSAGE,
        copies: Copies::Some,
        make: agreement::email::email,
    },
    Artefact {
        name: "memorandum",
        title: "Memorandum of understanding",
        help: "Two pages: what each wants, brings and does, and what if we differ, pause or end",
        formats: format::WORDS,
        copies: Copies::Some,
        make: agreement::memorandum::memorandum,
    },
    Artefact {
        name: "terms-of-reference",
        title: "Terms of reference",
        help: "For a group that meets: who is in it, what it may decide, how, and to whom it answers",
        formats: format::WORDS,
        copies: Copies::Some,
        make: agreement::terms::terms,
    },
    Artefact {
        name: "partnership-agreement",
        title: "Partnership agreement",
        help: "All 29 clauses in order, with what is still to agree at the front",
        formats: format::WORDS,
        copies: Copies::Some,
        make: agreement::full::agreement,
    },
    Artefact {
        name: "agreement-summary",
        title: "Agreement in plain words",
        help: "For one partner: what you agreed with them, clause by clause, and who does what by when",
        formats: format::WORDS,
        copies: Copies::Only,
        make: agreement::summary::summary,
    },
    Artefact {
        name: "clause-gaps",
        title: "What is still to agree",
        help: "Clauses that the form needs and that are blank, disputed or from one side only",
        formats: format::WORDS,
        copies: Copies::None,
        make: agreement::gaps::list,
    },
    Artefact {
        name: "fairness",
        title: "Is it fair?",
        help: "Time costed, volunteers valued, budget in sight, bid written together: what the book says",
        formats: format::WORDS,
        copies: Copies::None,
        make: agreement::fairness::card,
    },
    Artefact {
        name: "amended-agreement",
        title: "Amended agreement",
        help: "What is different from the version that was agreed before, clause by clause",
        formats: format::WORDS,
        copies: Copies::None,
        make: agreement::amended::amended,
    },
];
