//! What is made of the whole workbook: for anyone new, for one partner, after a pause, before and after a call.

use super::{Artefact, Copies, USUAL};
use crate::export::{changes, follow_up, format, partner_copy, pause, questions, workbook};

pub(super) const ROWS: &[Artefact] = &[
    USUAL,
    Artefact {
        name: "partner-copy",
        title: "Partner's copy",
        help: "For one partner: what you agreed, what they said, what you share, who does what by when",
        formats: format::COPY,
        copies: Copies::Only,
        make: partner_copy::copy,
    },
    Artefact {
        name: "questions",
        title: "Questions to ask next time",
        help: "Every guess and every dispute, for a look before a call",
        formats: format::WORDS,
        copies: Copies::None,
        make: questions::questions,
    },
    Artefact {
        name: "workbook",
        title: "The whole workbook",
        help: "Every answer in every voice, to read or to print",
        formats: format::WORDS,
        copies: Copies::Some,
        make: workbook::workbook,
    },
    Artefact {
        name: "changes",
        title: "What has changed since",
        help: "Answers, promises and people since a day, or since the last pause, or over a month",
        formats: format::WORDS,
        copies: Copies::None,
        make: changes::changes,
    },
    Artefact {
        name: "pause-note",
        title: "Pause note",
        help: "Why, until when, what rests, who stays in touch, what would start it again",
        formats: format::WORDS,
        copies: Copies::None,
        make: pause::note,
    },
    Artefact {
        name: "welcome",
        title: "Welcome back",
        help: "How things stand for somebody who comes back: last things, what is owed, what is old",
        formats: format::WORDS,
        copies: Copies::None,
        make: pause::welcome,
    },
    Artefact {
        name: follow_up::NAME,
        title: "Follow-up message",
        help: "Thanks, what was heard and agreed, who does what by when: after the last call",
        formats: format::MESSAGE,
        copies: Copies::None,
        make: follow_up::follow_up,
    },
];
