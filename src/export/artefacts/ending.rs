//! What is sent and handed over when it ends.

use super::{Artefact, Copies};
use crate::export::{ending, format};

pub(super) const ROWS: &[Artefact] = &[
    Artefact {
        name: ending::LETTER,
        title: "Ending letter",
        help: "To each partner: that it ends, when and why, what is owed, the door; in one of three tones",
        formats: format::MESSAGE,
        copies: Copies::Each,
        make: ending::letter,
    },
    Artefact {
        name: "handover",
        title: "Handover pack",
        help: "For whoever takes over: people, days, promises, what was agreed, what is unsure, words",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: ending::handover::pack,
    },
    Artefact {
        name: "learning-note",
        title: "Learning note",
        help: "What was done, gained and learned, why it stopped, what remains",
        formats: format::WORDS,
        copies: Copies::None,
        make: ending::handover::learning,
    },
    Artefact {
        name: "thanks",
        title: "List of thanks",
        help: "Everybody who took part, and what for",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: ending::handover::thanks,
    },
];
