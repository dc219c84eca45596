//! Records: the families of things that a workbook keeps beside its answers, and what they have in common.
//!
//! Every record has an id, a place in the list of its family, and fields: texts, days, states, sides, people. Texts
//! change by splices at a [`TextPlace`](super::TextPlace), everything else by setting the record anew.
//!
//! A new family is a type described by `record!`, a list in [`Workbook`], a line in [`families!`] below and an entry in
//! `assets/records.ron`; adding, changing, binning and bringing back, its table and its form come from there. `families`
//! is what follows from that list, `value` says what may stand in a field, `fields` names them, `changes` is the part of
//! [`Workbook::apply`] that concerns records.

mod changes;
mod describe;
mod families;
mod fields;
mod value;

use serde::{Deserialize, Serialize};

use super::building::{Asset, Assumption, FitSign, Pilot, TrustStep};
use super::call::{Call, SaidIn};
use super::delivering::{Action, Activity, ChangeAsked, Group, TrainingGiven};
use super::ending::{Ending, Teller, WindUp};
use super::finding::{Candidate, TriedIdea};
use super::governing::{Agreement, Contribution, Decision, FormChoice, Membership, MoneyLine, Role};
use super::id::{PersonId, RecordId};
use super::promise::Promise;
use super::reviewing::{HardThing, Pulse, Walk};
use super::revising::{Finding, Measure, Revision};
use super::scoping::{Evidence, GoDecision, OpenPoint};
use super::skills::{Rating, Remedy};
use super::sustaining::{CarryOn, Legacy};
use super::talk::{TouchPoint, Word};
use super::workbook::Workbook;

pub(in crate::domain) use describe::record;
use families::families;
pub use fields::RecordField;
pub use value::{Choice, Topic, Value, Who};
pub(in crate::domain) use value::{Held, choices};

/// The fields of a record.
pub trait Fields: Sized {
    /// All of them, in the order of its form.
    const FIELDS: &'static [RecordField];
    /// One of its texts; `None` for a field that is no text, or that it does not have.
    fn field(&self, field: RecordField) -> Option<&str>;
    /// The same, to be changed.
    fn field_mut(&mut self, field: RecordField) -> Option<&mut String>;
    /// What stands in a field; `None` where it has no such field.
    fn value(&self, field: RecordField) -> Option<Value>;
    /// Puts something into a field; false where it does not fit, and nothing has changed.
    fn put(&mut self, field: RecordField, value: Value) -> bool;
    /// One of which nothing is known yet; `None` for a family whose records need more than that to begin with.
    fn blank(_id: RecordId) -> Option<Self> {
        None
    }
    /// Whether it was marked as private.
    fn is_private(&self) -> bool;
    /// Where it was said.
    fn said_in(&self) -> Option<&SaidIn> {
        None
    }
    /// Texts that were copied into it from elsewhere.
    fn copies(&mut self) -> Vec<&mut String> {
        Vec::new()
    }
    /// Takes a person out of every field that names people; says one in which they were.
    fn forget(&mut self, person: &PersonId) -> Option<RecordField>;
}

/// What the families have in common.
pub trait InFamily: Fields {
    /// Which family it is.
    const FAMILY: Family;
    /// Names it for ever.
    fn id(&self) -> &RecordId;
    /// All of its family in a workbook, in order.
    fn all(workbook: &Workbook) -> &[Self];
    /// As one of any family.
    fn lent(&self) -> RecordRef<'_>;
}

families! {
    Call, calls, "a call", "Calls";
    Promise, promises, "a promise", "Promises";
    Word, words, "a word", "Words";
    TouchPoint, touch_points, "a touch point", "Touch points";
    Legacy, legacies, "something that remains", "What remains";
    Evidence, evidence, "evidence of a need", "Evidence of need";
    OpenPoint, open_points, "something fixed or open", "Fixed and open";
    GoDecision, go_decisions, "a decision to go on", "Go on or not";
    TriedIdea, tried_ideas, "an idea that was tried", "Ideas tried";
    Candidate, candidates, "a candidate", "Candidates";
    Asset, assets, "something that a side brings", "What each side brings";
    Assumption, assumptions, "something assumed", "What we assume";
    TrustStep, trust_steps, "a step towards trust", "Steps towards trust";
    Pilot, pilots, "a pilot", "Pilots";
    FitSign, fit_signs, "a sign of a fit", "Signs of a fit";
    FormChoice, form_choices, "the choice of a form", "Form of the agreement";
    Agreement, agreements, "a version of the agreement", "Versions of the agreement";
    Role, roles, "a role", "Roles";
    Decision, decisions, "a decision", "Decisions";
    MoneyLine, money, "a sum of money", "Money";
    Contribution, contributions, "time that was given", "Hours";
    Membership, memberships, "a change of membership", "Joining and leaving";
    Activity, activities, "an activity", "Activities";
    Action, actions, "something to do", "To do";
    Group, groups, "a working group", "Working groups";
    TrainingGiven, trainings, "training", "Training";
    ChangeAsked, changes_asked, "a change that was asked for", "Changes on request";
    Walk, walks, "a walk", "Walks";
    HardThing, hard_things, "something hard", "Harder things";
    Pulse, pulses, "a pulse", "Pulses";
    Finding, findings, "a finding", "Findings";
    Measure, measures, "a measure", "Measures";
    Revision, revisions, "a change", "Changes";
    Rating, ratings, "a rating of skills", "Ratings of skills";
    Remedy, remedies, "a remedy", "What is done about gaps";
    CarryOn, carry_ons, "a way of going on", "What goes on";
    Ending, endings, "an ending", "Endings";
    WindUp, wind_ups, "something to wind up", "To wind up";
    Teller, tellers, "somebody to tell", "Who has to hear";
}

/// The families whose types are written by hand, their texts, and the records that they name. Their other parts are set
/// with the whole record.
macro_rules! texts {
    ($(
        $name:ident { $($field:ident => $text:ident),+ } $(names: { $link:ident => $named:ident })?
        private: $private:expr, said_in: $said:expr, forget: $forget:expr;
    )+) => {
        $(impl Fields for $name {
            const FIELDS: &'static [RecordField] = &[$(RecordField::$field,)+ $(RecordField::$link)?];

            fn field(&self, field: RecordField) -> Option<&str> {
                match field {
                    $(RecordField::$field => Some(&self.$text),)+
                    _ => None,
                }
            }

            fn field_mut(&mut self, field: RecordField) -> Option<&mut String> {
                match field {
                    $(RecordField::$field => Some(&mut self.$text),)+
                    _ => None,
                }
            }

            fn value(&self, field: RecordField) -> Option<Value> {
                match field {
                    $(RecordField::$link => Some(self.$named.value()),)?
                    _ => self.field(field).map(|text| Value::Text(text.to_owned())),
                }
            }

            fn put(&mut self, field: RecordField, value: Value) -> bool {
                match (field, value) {
                    $((RecordField::$link, value) => self.$named.put(value),)?
                    _ => false,
                }
            }

            fn is_private(&self) -> bool {
                let private: fn(&Self) -> bool = $private;
                private(self)
            }

            fn said_in(&self) -> Option<&SaidIn> {
                let said: fn(&Self) -> Option<&SaidIn> = $said;
                said(self)
            }

            fn forget(&mut self, person: &PersonId) -> Option<RecordField> {
                let forget: fn(&mut Self, &PersonId) -> Option<RecordField> = $forget;
                forget(self, person)
            }
        })+
    };
}

texts! {
    Call { Mood => mood, Message => message }
        private: |_| false, said_in: |_| None, forget: |call, person| {
            let before = call.with.len();
            call.with.retain(|there| there != person);
            (call.with.len() < before).then_some(RecordField::Members)
        };
    Promise { What => what, Note => note } names: { Walk => walk }
        private: |promise| promise.private, said_in: |promise| promise.said_in.as_ref(),
        forget: |promise, person| {
            promise.by_person.take_if(|there| there == person).map(|_| RecordField::Lead)
        };
    Word { Term => term, Problem => problem, Instead => instead }
        private: |_| false, said_in: |word| word.said_in.as_ref(), forget: |_, _| None;
    TouchPoint { Kind => kind }
        private: |_| false, said_in: |_| None, forget: |touch, person| {
            touch.person.take_if(|there| there == person).map(|_| RecordField::Members)
        };
}
