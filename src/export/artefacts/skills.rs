//! What a side wants to learn, and what it could teach.

use super::{Artefact, Copies};
use crate::export::{format, skills};

pub(super) const ROWS: &[Artefact] = &[
    Artefact {
        name: "skills-plan",
        title: "Skills plan",
        help: "What our side wants to learn, how, who sees to it; what we can offer; what to learn jointly",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: skills::plan,
    },
    Artefact {
        name: "skills-offers",
        title: "What we could help each other with",
        help: "Skills that a side could help others with, as it says itself or as others see it",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: skills::offers_list,
    },
    Artefact {
        name: "joint-learning",
        title: "Joint learning plan",
        help: "What two or more sides would do well to learn together, and ways to do it",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: skills::joint_plan,
    },
];
