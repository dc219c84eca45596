//! What follows from a review, what remains, and what goes on.

use super::{Artefact, Copies};
use crate::export::{format, revising, sustaining};

pub(super) const ROWS: &[Artefact] = &[
    Artefact {
        name: "change-note",
        title: "Change note",
        help: "What was, what will be, why, who agreed, from when: for both sides to keep",
        formats: format::WITH_DATES,
        copies: Copies::None,
        make: revising::change_note,
    },
    Artefact {
        name: "evaluation",
        title: "Short evaluation",
        help: "What went well and less well, what shows it, who gained, what follows",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: revising::evaluation,
    },
    Artefact {
        name: "legacy-statement",
        title: "Legacy statement",
        help: "What remains, by kind, with what shows it and who keeps it; words only with leave",
        formats: format::WORDS,
        copies: Copies::None,
        make: sustaining::statement,
    },
    Artefact {
        name: "trustee-brief",
        title: "Trustee brief",
        help: "One page for a trustee who doubts: what remains, hours and money, what would be lost",
        formats: format::WORDS,
        copies: Copies::None,
        make: sustaining::brief,
    },
    Artefact {
        name: "next-steps",
        title: "Next steps",
        help: "What goes on, in which way, what it needs, who sees to it by when",
        formats: format::WITH_BOTH,
        copies: Copies::None,
        make: sustaining::onward::next_steps,
    },
    Artefact {
        name: "joint-bid",
        title: "Joint bid starter",
        help: "A first page to write the next proposal from together, with the budget open",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: sustaining::onward::bid,
    },
    Artefact {
        name: "annual-note",
        title: "Annual note",
        help: "The last twelve months: how each side felt, what changed, what remains",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: sustaining::annual::note,
    },
];
