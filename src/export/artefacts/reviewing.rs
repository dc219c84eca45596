//! What goes out before a review walk and after it, and how each side feels.

use super::{Artefact, Copies};
use crate::export::{format, pulse, walk};

pub(super) const ROWS: &[Artefact] = &[
    Artefact {
        name: "pocket-card",
        title: "Pocket card",
        help: "For a walk: five questions in large letters; where, when and how to reach each other",
        formats: format::WORDS,
        copies: Copies::None,
        make: walk::card,
    },
    Artefact {
        name: "walk-invitation",
        title: "Invitation to a walk",
        help: "When, where and why, so that the request does not seem odd",
        formats: format::MESSAGE,
        copies: Copies::None,
        make: walk::invitation,
    },
    Artefact {
        name: "what-we-heard",
        title: "What we heard",
        help: "To the partner after a walk: what was heard, what follows, when again",
        formats: format::MESSAGE,
        copies: Copies::None,
        make: walk::heard,
    },
    Artefact {
        name: "walk-record",
        title: "Review walk record",
        help: "What goes well, what is harder, the pulse, what changes, when again",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: walk::record,
    },
    Artefact {
        name: "status-report",
        title: "Status report",
        help: "On a page: where the work is, how each side feels, what changes, what is next",
        formats: format::WORDS,
        copies: Copies::None,
        make: pulse::status,
    },
    Artefact {
        name: "pulse-trend",
        title: "The pulse over time",
        help: "Ten lines for each side, drawn and in words",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: pulse::trend,
    },
];
