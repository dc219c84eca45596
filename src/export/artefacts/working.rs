//! Who does what, what is owed, who takes part, what it costs.

use super::{Artefact, Copies};
use crate::export::{
    decisions, format, groups, matrix, members, money, roles, slips, waited_for, who_what_when,
};

pub(super) const ROWS: &[Artefact] = &[
    Artefact {
        name: "who-what-when",
        title: "Who, what, when",
        help: "Activities and what is to be done: who leads, when, what is still missing",
        formats: format::WITH_BOTH,
        copies: Copies::None,
        make: who_what_when::sheet,
    },
    Artefact {
        name: "groups",
        title: "Working groups",
        help: "Each group with its purpose, its people and its limits",
        formats: format::WORDS,
        copies: Copies::None,
        make: groups::groups,
    },
    Artefact {
        name: "waited-for",
        title: "What is waited for",
        help: "Promises, things to do and money whose day has passed, longest first",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: waited_for::list,
    },
    Artefact {
        name: "promise-slips",
        title: "Slip of promises",
        help: "What we said we would do for each partner, and they for us",
        formats: format::WITH_DATES,
        copies: Copies::Some,
        make: slips::slips,
    },
    Artefact {
        name: "roles",
        title: "Roles and deputies",
        help: "Who leads, who helps, who is told; who stands in for whom",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: roles::roles,
    },
    Artefact {
        name: "money",
        title: "Money and hours",
        help: "Every sum and every hour, and what they come to for each partner and in all",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: money::money,
    },
    Artefact {
        name: "matrix",
        title: "Who has what: the matrix",
        help: "Partners down, things across; what is blank stands out",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: matrix::matrix,
    },
    Artefact {
        name: "decisions",
        title: "Decision log",
        help: "What was decided, when, by whom, and where it is written",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: decisions::log,
    },
    Artefact {
        name: "members",
        title: "Who takes part, and what was handed on",
        help: "Partners as they stand; who joined, rests or has left",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: members::members,
    },
];
