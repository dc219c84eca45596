//! What building keeps: what each side brings, what is assumed, what grows trust, and the pilot.

use jiff::civil::Date;

use super::id::{PartnerId, RecordId};
use super::record::{Who, choices, record};

choices! {
    /// How something that was assumed turned out.
    TurnedOut {
        /// Nobody has asked.
        Unchecked "not checked",
        /// It was so.
        So "it was so",
        /// It was so in part.
        Partly "partly so",
        /// It was not so.
        NotSo "it was not so",
    }

    /// What follows from a pilot.
    PilotOutcome {
        /// It is not over.
        Open "not decided",
        /// Go on with what was tried.
        Continue "carry on",
        /// Try again, another way.
        Change "change it",
        /// No more of it.
        Stop "stop",
    }

    /// What was heard about a sign. Not having heard is no answer, and is kept apart from one.
    SignHeard {
        /// Nobody said anything about it.
        NotHeard "not heard",
        /// It was there.
        Fits "it fits",
        /// It was not there.
        DoesNotFit "it does not fit",
    }
}

record! {
    /// Something that a side holds and can bring.
    Asset {
        /// What it is.
        What => what: String,
        /// Whose it is.
        Side => side: Option<PartnerId>,
        /// For what it could serve.
        ForWhom => for_what: String,
    }

    /// Something that one side takes for granted about another.
    Assumption {
        /// What is assumed.
        Belief => belief: String,
        /// About whom.
        Side => about: Option<PartnerId>,
        /// When it was checked.
        CheckedOn => checked: Option<Date>,
        /// How it turned out.
        State => state: TurnedOut,
        /// How, in words.
        TurnedOut => turned_out: String,
    }

    /// Something done so that the sides come to trust each other.
    TrustStep {
        /// What is done.
        What => what: String,
        /// Who does it.
        Lead => lead: Option<Who>,
        /// When.
        On => on: Option<Date>,
        /// When it was done.
        DoneOn => done: Option<Date>,
    }

    /// Trying something small before anything large.
    Pilot {
        /// What it is to show.
        Aim => aim: String,
        /// Its first day.
        From => from: Option<Date>,
        /// Its last day.
        Until => until: Option<Date>,
        /// How often and how long.
        Sessions => sessions: String,
        /// What worked.
        Worked => worked: String,
        /// What our side gained.
        OurWins => our_wins: String,
        /// What the partner gained.
        TheirWins => their_wins: String,
        /// What could grow out of it.
        CouldGrow => could_grow: String,
        /// What was said looking back together.
        Together => together: String,
        /// What follows from it.
        State => outcome: PilotOutcome,
        /// The day on which that was decided.
        DoneOn => decided: Option<Date>,
        /// Why.
        Why => why: String,
    }

    /// What would tell one side that a pilot fits.
    FitSign {
        /// The sign.
        What => what: String,
        /// The pilot.
        Pilot => pilot: Option<RecordId>,
        /// For which side it is a sign.
        Side => side: Option<PartnerId>,
        /// Whether it was there.
        State => heard: SignHeard,
        /// In whose words, on what occasion.
        Outcome => words: String,
    }
}
