//! What revising keeps: what was found, what is measured, and the changes that follow from it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::id::{PartnerId, QuestionId, RecordId};
use super::record::{Topic, Who, choices, record};

choices! {
    /// How something went.
    Went {
        /// Well.
        Well "went well",
        /// Not so well.
        LessWell "went less well",
    }

    /// The columns of the board.
    Board {
        /// Leave it as it is, for a reason.
        Keep "keep",
        /// Put it right.
        Mend "mend",
        /// No more of it.
        Drop "drop",
        /// Something new, to see.
        Try "try",
    }
}

record! {
    /// Something that was found, looking back.
    Finding {
        /// What it is.
        What => what: String,
        /// How that went.
        Went => went: Went,
        /// Why it went so.
        Why => why: String,
        /// What shows it.
        Evidence => evidence: String,
        /// Who says so.
        Source => source: String,
        /// When it was found.
        On => on: Option<Date>,
        /// The walk on which it came up.
        Walk => walk: Option<RecordId>,
    }

    /// Something by which one would know that it works.
    Measure {
        /// What is looked at.
        What => what: String,
        /// For whom it matters.
        ForWhom => for_whom: String,
        /// How it was at the start.
        Baseline => baseline: String,
        /// How it is now.
        Now => now: String,
        /// How one knows.
        Source => source: String,
        /// The day of the last look.
        On => on: Option<Date>,
    }

    /// A change of how the partnership works, or the reason to leave something as it is.
    Revision {
        /// What is kept, mended, dropped or tried.
        What => what: String,
        /// The column of the board.
        Board => board: Board,
        /// How it was.
        Before => before: String,
        /// How it will be.
        After => after: String,
        /// Why.
        Why => why: String,
        /// The line of the pulse that it is about, by the id of the aspect.
        Aspect => aspect: Topic,
        /// The walk from which it came.
        Walk => walk: Option<RecordId>,
        /// The hard thing that it is to mend.
        Mends => mends: Option<RecordId>,
        /// The clause, or the question, whose words it touches.
        Clause => clause: Option<QuestionId>,
        /// Who sees to it.
        Lead => lead: Option<Who>,
        /// By when.
        Due => due: Option<Date>,
        /// From when it holds.
        From => from: Option<Date>,
        /// The sides that agreed.
        AgreedBy => agreed_by: BTreeSet<PartnerId>,
        /// When they agreed.
        AgreedOn => agreed: Option<Date>,
        /// When it was done.
        DoneOn => done: Option<Date>,
        /// When an effect was seen.
        EffectOn => effect_on: Option<Date>,
        /// What the effect was.
        Effect => effect: String,
        /// When to look at it again.
        ReviewBy => review_by: Option<Date>,
    }
}
