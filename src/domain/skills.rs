//! What the skills tool keeps: what each rater said of the 36 words, and what is done about the gaps.
//!
//! Each rater's numbers stay their own. There is no sum over them, and no order of people.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::id::{PartnerId, RecordId};
use super::record::{Topic, Who, choices, record};

choices! {
    /// Whether a remedy helped.
    Helped {
        /// Nobody has asked yet.
        NotAsked "not asked yet",
        /// It helped.
        Helped "it helped",
        /// A little.
        Little "it helped a little",
        /// It did not.
        No "it did not help",
    }
}

record! {
    /// What one rater says about the skills of one side.
    Rating {
        /// Whose skills.
        Side => side: Option<PartnerId>,
        /// Who says so: somebody of that side, or of another that was asked.
        Rater => rater: Option<Who>,
        /// The day.
        On => on: Option<Date>,
        /// How much the work needs each, from 0 (not for this work) to 3 (it cannot do without), by the id of the term.
        Needs => needs: BTreeMap<String, u8>,
        /// How much of each is there, from 0 (new) to 3 (could help others), by the id of the term.
        Haves => haves: BTreeMap<String, u8>,
        /// Anything else.
        Remark => remark: String,
    }

    /// What is done about a gap.
    Remedy {
        /// The skill, by the id of the term.
        Skill => skill: Topic,
        /// What is suggested, by its id.
        Suggestion => suggestion: Topic,
        /// What is done, in a few words.
        What => what: String,
        /// For whom.
        ForWhom => for_whom: String,
        /// Who sees to it.
        Lead => lead: Option<Who>,
        /// By when.
        Due => due: Option<Date>,
        /// When it was done.
        DoneOn => done: Option<Date>,
        /// Whether it helped.
        Helped => helped: Helped,
        /// How one can tell.
        Outcome => outcome: String,
        /// The change that it serves.
        Revision => revision: Option<RecordId>,
    }
}

impl Rating {
    /// The most that somebody can say of a need or of a skill.
    pub const MOST: u8 = 3;
    /// How much the work needs it, in words, from 0 on.
    pub const NEEDS: [&'static str; 4] = ["not for this work", "useful", "important", "can’t do without"];
    /// How much of it is there, in words, from 0 on.
    pub const HAVES: [&'static str; 4] = ["new to me", "some", "confident", "could help others"];
}
