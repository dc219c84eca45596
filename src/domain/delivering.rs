//! What delivering keeps: activities, actions, working groups, training, and what was changed because somebody asked.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::id::{PartnerId, PersonId, RecordId};
use super::record::{Who, choices, record};

choices! {
    /// What has become of an action.
    ActionState {
        /// Still to do.
        Open "to do",
        /// Done.
        Done "done",
        /// Nobody needs it any more.
        LetGo "let go",
    }

    /// Who had training from whom.
    Training {
        /// Both sides learned together.
        Joint "together",
        /// Our side gave it.
        Given "we gave it",
        /// Our side had it.
        Got "we had it",
    }
}

record! {
    /// Something that the partnership does.
    Activity {
        /// What it is.
        What => what: String,
        /// The stage of the work.
        Stage => stage: String,
        /// Who leads.
        Lead => lead: Option<Who>,
        /// The sides that take part.
        Sides => sides: BTreeSet<PartnerId>,
        /// Where.
        Place => place: String,
        /// Its first day.
        From => from: Option<Date>,
        /// Its last day.
        Until => until: Option<Date>,
        /// When it was done.
        DoneOn => done: Option<Date>,
        /// It meets the public.
        Public => public: bool,
        /// Who answers for risk assessment.
        Risk => risk: Option<Who>,
        /// Who gives training for it.
        TrainingBy => training: Option<Who>,
        /// Who brings materials.
        Materials => materials: Option<Who>,
        /// Anything else.
        Remark => remark: String,
    }

    /// Something to be done by somebody.
    Action {
        /// What.
        What => what: String,
        /// Who does it.
        Lead => lead: Option<Who>,
        /// By when.
        Due => due: Option<Date>,
        /// What has become of it.
        State => state: ActionState,
        /// The activity that it is part of.
        Activity => activity: Option<RecordId>,
    }

    /// A working group.
    Group {
        /// What it is called.
        Name => name: String,
        /// What it is for.
        Aim => aim: String,
        /// Who leads.
        Lead => lead: Option<Who>,
        /// Who belongs to it.
        Members => members: BTreeSet<PersonId>,
        /// Who goes between it and the others.
        Crosser => crosser: Option<Who>,
        /// What it must not do or spend.
        Limits => limits: String,
        /// When to look at it again.
        ReviewBy => review_by: Option<Date>,
    }

    /// Training that was given or had.
    TrainingGiven {
        /// What it was about.
        What => what: String,
        /// Who had it from whom.
        State => way: Training,
        /// The sides that took part.
        Sides => sides: BTreeSet<PartnerId>,
        /// When.
        On => on: Option<Date>,
        /// What came of it.
        Outcome => outcome: String,
    }

    /// Something that was changed because a partner asked.
    ChangeAsked {
        /// What was asked for.
        What => what: String,
        /// Who asked.
        AskedBy => asked_by: Option<PartnerId>,
        /// When.
        On => on: Option<Date>,
        /// What was done about it.
        Did => did: String,
        /// When that was done.
        DoneOn => done: Option<Date>,
    }
}
