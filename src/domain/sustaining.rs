//! What sustaining keeps: what remains of the work, and the ways in which it goes on.

use jiff::civil::Date;

use super::id::RecordId;
use super::record::{Topic, Who, choices, record};

choices! {
    /// Whether somebody meant it to come about.
    Foreseen {
        /// Nobody has said.
        NotSaid "not said yet",
        /// Somebody did.
        Planned "planned",
        /// It came of itself.
        Unplanned "nobody planned it",
    }

    /// Whether somebody's words may be quoted.
    Leave {
        /// They were not asked; then they are not quoted.
        NotAsked "not asked",
        /// They said yes.
        Given "may be quoted",
        /// They said no.
        Refused "may not be quoted",
    }
}

record! {
    /// Something that remains, or will: a thing made, a contact, something learned. Noted on any day.
    Legacy {
        /// What it is.
        What => what: String,
        /// What kind it is of, by the id in `assets/legacies.ron`.
        LegacyKind => kind: Topic,
        /// For whom.
        ForWhom => for_whom: String,
        /// Whether somebody meant it to come about.
        Foreseen => foreseen: Foreseen,
        /// What shows it.
        Evidence => evidence: String,
        /// A partner's own words about it.
        Quote => words: String,
        /// Whose words these are.
        QuotedBy => by: Option<Who>,
        /// Whether they may be quoted.
        Leave => leave: Leave,
        /// Who keeps it.
        Keeper => keeper: Option<Who>,
        /// Until when they do.
        Until => until: Option<Date>,
        /// When it was noticed.
        On => noted: Option<Date>,
    }

    /// A way in which the work, or a part of it, goes on.
    CarryOn {
        /// What goes on.
        What => what: String,
        /// From the menu of ways, by the id of its card.
        Way => way: Topic,
        /// For whom it goes on.
        ForWhom => for_whom: String,
        /// What it would need.
        Needed => needed: String,
        /// Who sees to it.
        Lead => lead: Option<Who>,
        /// By when the next step is done.
        Due => due: Option<Date>,
        /// When it was done.
        DoneOn => done: Option<Date>,
    }
}

impl Legacy {
    /// A legacy noticed on a day.
    pub fn noted(id: RecordId, on: Date, what: impl Into<String>) -> Self {
        Self { noted: Some(on), what: what.into(), ..Self::new(id) }
    }

    /// The words that may go out: those whose speaker said yes.
    pub fn quotable(&self) -> Option<&str> {
        let words = self.words.trim();
        (self.leave == Leave::Given && !words.is_empty()).then_some(words)
    }
}
