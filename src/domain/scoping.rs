//! What scoping keeps beside its answers: evidence of a need, what is fixed and what is open, the decision to go on.

use jiff::civil::Date;

use super::record::{choices, record};

choices! {
    /// Whose need something shows.
    Need {
        /// Not said yet.
        NotSaid "not said yet",
        /// Of the people and places it is for.
        Community "the community's",
        /// Of whoever pays.
        Funder "the funder's",
        /// Of our own side.
        Ours "ours",
        /// Of a partner.
        Partner "a partner's",
    }

    /// Whether partners can still shape something.
    Openness {
        /// They can.
        Open "open",
        /// They cannot.
        Fixed "fixed",
    }

    /// Whether to go on.
    GoOn {
        /// Nobody has said.
        Undecided "not decided",
        /// Go on.
        Go "go",
        /// Later, perhaps.
        NotYet "not yet",
        /// Alone, by paying somebody, or by joining in with others.
        OtherRoute "another route",
    }
}

record! {
    /// Something that shows a need.
    Evidence {
        /// What it shows.
        What => what: String,
        /// Whose need that is.
        Need => need: Need,
        /// How one knows: a report, a talk, somebody's own eyes.
        Source => source: String,
        /// When that was.
        On => on: Option<Date>,
    }

    /// Something that partners can still shape, or cannot.
    OpenPoint {
        /// What it is.
        What => what: String,
        /// Whether it is open.
        State => state: Openness,
        /// Why it is so.
        Why => why: String,
        /// Partners were told.
        Told => told: bool,
    }

    /// The decision whether to go on with an idea.
    GoDecision {
        /// What was decided.
        Decision => decision: GoOn,
        /// The day.
        On => on: Option<Date>,
        /// Why.
        Why => why: String,
        /// Who decided.
        By => by: String,
    }
}
