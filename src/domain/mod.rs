//! Floor 0: what a partnership is. Plain data and rules.
//!
//! Nothing here knows a screen, a disk or a clock: time and fresh ids arrive as values. Start reading at
//! [`Workbook`], go on to [`Edit`] (the only way in which a workbook changes), then to [`Book`], which keeps a workbook
//! together with its history. Two workbooks are laid side by side in [`compare`].

mod answer;
mod apply;
mod book;
mod building;
mod call;
pub mod compare;
pub mod dates;
mod delivering;
mod edit;
mod ending;
pub mod erase;
mod finding;
mod governing;
mod id;
mod money;
pub mod onward;
mod partnership;
mod people;
mod place;
mod promise;
pub mod query;
#[cfg(test)]
pub(crate) mod random;
mod record;
mod reviewing;
mod revising;
mod scoping;
mod share;
mod skills;
mod sustaining;
mod talk;
mod workbook;

pub use answer::{Accord, Answer, Heard, Source, Standing, Theirs, Version, Voice};
pub use book::{Act, Book, PHRASE_PAUSE_MS, Record, Step};
pub(crate) use book::{MOST_COUNTED, counted};
pub use building::{Asset, Assumption, FitSign, Pilot, PilotOutcome, SignHeard, TrustStep, TurnedOut};
pub use call::{Call, Line, Medium, PRIVATE_LETTER, SaidIn, Tag};
pub use delivering::{Action, ActionState, Activity, ChangeAsked, Group, Training, TrainingGiven};
pub use edit::{Edit, Refused, Splice};
pub use ending::{Door, Ending, Owed, Parting, Teller, Tone, WindUp, WindUpState};
pub use finding::{Candidate, CandidateState, Route, TriedIdea};
pub use governing::{
    Agreement, AgreementForm, Contribution, Decision, FormChoice, Membership, MoneyLine, Move, Paid, PaidFor,
    Role,
};
pub use id::{IdSource, PartnerId, PersonId, QuestionId, RecordId, WorkbookId};
pub use money::{AmountError, Hours, Money, Sum};
pub use partnership::{Partnership, PartnershipState, Pause, Snapshot, StateChange, StateField};
pub use people::{Binned, Partner, PartnerField, PartnerStatus, Person, PersonField, Phase};
pub use place::{FIELD_LIMIT, TextPlace, VoiceKey};
pub use promise::{Promise, PromiseState};
pub use record::{AnyRecord, Choice, Family, Fields, InFamily, RecordField, RecordRef, Topic, Value, Who};
pub use reviewing::{Concern, HardThing, Pulse, ToFix, Walk, WalkMode};
pub use revising::{Board, Finding, Measure, Revision, Went};
pub use scoping::{Evidence, GoDecision, GoOn, Need, OpenPoint, Openness};
pub use share::Shared;
pub use skills::{Helped, Rating, Remedy};
pub use sustaining::{CarryOn, Foreseen, Leave, Legacy};
pub use talk::{TouchPoint, Word};
pub use workbook::Workbook;

/// Whether a mark is off, so that it need not be written.
// serde asks for a reference
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(value: &bool) -> bool {
    !*value
}
