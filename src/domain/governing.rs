//! What governing keeps: the form of the agreement and its versions, roles, decisions, money and hours, membership.
//!
//! The clauses that are being worked on are answers like any others, to the questions of the agreement (`K-1` to `K-29`):
//! ours, theirs, agreed, each with its standing. An [`Agreement`] is what was agreed on a day, kept as it was.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::id::{PartnerId, QuestionId, RecordId};
use super::money::{Hours, Money};
use super::record::{Who, choices, record};

choices! {
    /// The weight of an agreement.
    AgreementForm {
        /// Not chosen: as suggested.
        Suggested "as suggested",
        /// An email is agreement enough.
        Email "email agreement",
        /// A memorandum of understanding.
        Memorandum "memorandum of understanding",
        /// Terms of reference of a group that meets.
        TermsOfReference "terms of reference",
        /// A full partnership agreement.
        PartnershipAgreement "partnership agreement",
    }

    /// What money is for.
    PaidFor {
        /// Not said.
        NotSaid "not said yet",
        /// For people's time.
        Time "time",
        /// For what it costs.
        Costs "costs",
    }

    /// Whether time is paid.
    Paid {
        /// It is given.
        Given "given",
        /// Only what it costs is paid.
        Expenses "expenses only",
        /// It is paid.
        Paid "paid",
    }

    /// How the membership of a partner changes.
    Move {
        /// It comes in.
        Joining "joins",
        /// It rests.
        Pausing "pauses",
        /// It goes.
        Leaving "leaves",
    }
}

record! {
    /// Which form of agreement is meant, what speaks for it, and why another was chosen.
    FormChoice {
        /// The form that was chosen over the suggested one.
        Form => form: AgreementForm,
        /// Why.
        Why => why: String,
        /// The number of the answer that was chosen for each signal of `assets/forms.ron`, from 0, by its id.
        Signals => signals: BTreeMap<String, u8>,
    }

    /// A version of the agreement, as it was agreed.
    Agreement {
        /// Its number, from 1.
        Number => number: Option<u32>,
        /// Its form.
        Form => form: AgreementForm,
        /// The day of agreement; none while it is only proposed.
        AgreedOn => agreed: Option<Date>,
        /// The sides that agreed.
        AgreedBy => agreed_by: BTreeSet<PartnerId>,
        /// Who agreed for them, by role.
        By => by: String,
        /// When it is to be looked at again.
        ReviewBy => review_by: Option<Date>,
        /// The version that it takes the place of.
        Supersedes => supersedes: Option<RecordId>,
        /// Anything else.
        Remark => remark: String,
        /// The words of each clause on that day.
        Clauses => clauses: BTreeMap<QuestionId, String>,
    }

    /// A task that somebody has in the partnership.
    Role {
        /// The task.
        What => what: String,
        /// Who leads.
        Lead => lead: Option<Who>,
        /// Which sides help.
        Support => support: BTreeSet<PartnerId>,
        /// Which sides are told.
        Told => told: BTreeSet<PartnerId>,
    }

    /// Something that was decided.
    Decision {
        /// What was decided.
        What => what: String,
        /// The day.
        On => on: Option<Date>,
        /// By whom.
        By => by: String,
        /// How.
        How => how: String,
        /// Where it is written down.
        Minuted => minuted: String,
    }

    /// Money that goes to a side.
    MoneyLine {
        /// For what, in words.
        What => what: String,
        /// How much.
        Amount => amount: Option<Money>,
        /// For time or for costs.
        PaidFor => paid_for: PaidFor,
        /// Where it comes from.
        Funder => funder: String,
        /// The side that holds it.
        HeldBy => held_by: Option<PartnerId>,
        /// The side to which it goes.
        PaidTo => paid_to: Option<PartnerId>,
        /// When it is to be paid.
        Due => due: Option<Date>,
        /// When it was paid.
        PaidOn => paid: Option<Date>,
    }

    /// Time that a side gives, paid or not.
    Contribution {
        /// What was done.
        What => what: String,
        /// Which side gave it.
        Side => side: Option<PartnerId>,
        /// How long.
        Hours => hours: Option<Hours>,
        /// Paid or given.
        Paid => paid: Paid,
        /// What an hour is worth.
        Rate => rate: Option<Money>,
        /// When.
        On => on: Option<Date>,
    }

    /// A partner that joins, pauses or leaves.
    Membership {
        /// The partner.
        Side => side: Option<PartnerId>,
        /// What happens.
        State => change: Move,
        /// When.
        On => on: Option<Date>,
        /// Why.
        Why => why: String,
        /// What is handed on, and to whom.
        HandOn => hand_on: String,
        /// When all was handed on.
        DoneOn => done: Option<Date>,
    }
}
