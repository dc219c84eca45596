//! Which days of which records are told in the timeline, and which come up in the agenda: one row a day.
//!
//! It knows the fields of the families and no screen. A day of a described family stands here once; a test says so. Start
//! reading at [`DATED`].

use super::agenda::{AgendaItem, AgendaKind, AgendaTo};
use super::agreement::in_force;
use super::say::{side, value_in_words};
use super::timeline::Happened;
use crate::content::Content;
use crate::domain::{
    Agreement, CandidateState, Family, PartnerId, PilotOutcome, RecordField, RecordRef, TextPlace, Value,
    Walk, WindUpState, Workbook,
};
use crate::order::InOrder;

/// A field that holds a day, and what the day means.
pub(super) struct Dated {
    pub family: Family,
    /// The field with the day.
    pub day: RecordField,
    pub kind: Happened,
    /// What happened on the day, in the timeline; empty for what is only planned.
    pub told: &'static str,
    /// What comes on the day, in the agenda, with words that stand in front of its own.
    pub ahead: Option<(AgendaKind, &'static str)>,
    /// The fields that say what it is about.
    pub words: &'static [RecordField],
}

const fn told(
    family: Family,
    day: RecordField,
    kind: Happened,
    told: &'static str,
    words: &'static [RecordField],
) -> Dated {
    Dated { family, day, kind, told, ahead: None, words }
}

const fn ahead(
    family: Family,
    day: RecordField,
    kind: Happened,
    ahead: AgendaKind,
    words: &'static [RecordField],
) -> Dated {
    Dated { family, day, kind, told: "", ahead: Some((ahead, "")), words }
}

/// A day on which something begins or ends.
const fn event(
    family: Family,
    day: RecordField,
    kind: Happened,
    told: &'static str,
    ahead: (AgendaKind, &'static str),
) -> Dated {
    let words: &'static [RecordField] = match family {
        Family::Pilot => &[RecordField::Aim],
        Family::Ending => &[RecordField::Celebration],
        _ => &[RecordField::What],
    };
    Dated { family, day, kind, told, ahead: Some(ahead), words }
}

use Happened::{Agreeing, Changing, Doing, Parting, Reviewing, Starting};
use RecordField as F;

/// One row a day.
pub(super) const DATED: &[Dated] = &[
    told(Family::Evidence, F::On, Starting, "Evidence of a need", &[F::What]),
    told(Family::GoDecision, F::On, Starting, "Go on or not", &[F::Decision, F::Why]),
    told(Family::TriedIdea, F::On, Starting, "An idea was tried", &[F::Idea, F::Outcome]),
    told(Family::Candidate, F::ApproachedOn, Starting, "Approached", &[F::Name]),
    told(Family::Candidate, F::RepliedOn, Starting, "They replied", &[F::Name, F::Reply]),
    ahead(Family::Candidate, F::NextOn, Starting, AgendaKind::NextStep, &[F::NextStep]),
    told(Family::Assumption, F::CheckedOn, Starting, "Checked what we assumed", &[F::Belief, F::State]),
    ahead(Family::TrustStep, F::On, Starting, AgendaKind::TrustStep, &[F::What]),
    told(Family::TrustStep, F::DoneOn, Starting, "A step towards trust", &[F::What]),
    event(Family::Pilot, F::From, Starting, "First day of the pilot", (AgendaKind::Begins, "pilot")),
    event(Family::Pilot, F::Until, Starting, "Last day of the pilot", (AgendaKind::Ends, "pilot")),
    told(Family::Pilot, F::DoneOn, Starting, "After the pilot", &[F::State, F::Why]),
    told(Family::Agreement, F::AgreedOn, Agreeing, "Agreed in writing", &[F::Form]),
    Dated {
        family: Family::Agreement,
        day: F::ReviewBy,
        kind: Agreeing,
        told: "",
        ahead: Some((AgendaKind::Review, "the agreement: does it still hold?")),
        words: &[],
    },
    told(Family::Decision, F::On, Agreeing, "Decided", &[F::What]),
    ahead(Family::MoneyLine, F::Due, Agreeing, AgendaKind::MoneyDue, &[F::What, F::Amount]),
    told(Family::MoneyLine, F::PaidOn, Agreeing, "Money was paid", &[F::What, F::Amount]),
    told(Family::Contribution, F::On, Agreeing, "Time was given", &[F::What, F::Hours]),
    Dated {
        family: Family::Membership,
        day: F::On,
        kind: Agreeing,
        told: "Joining and leaving",
        ahead: Some((AgendaKind::HandOn, "")),
        words: &[F::Side, F::State],
    },
    told(Family::Membership, F::DoneOn, Agreeing, "All was handed on", &[F::Side, F::State]),
    event(Family::Activity, F::From, Doing, "First day of an activity", (AgendaKind::Begins, "")),
    event(Family::Activity, F::Until, Doing, "Last day of an activity", (AgendaKind::Ends, "")),
    told(Family::Activity, F::DoneOn, Doing, "An activity is done", &[F::What]),
    ahead(Family::Action, F::Due, Doing, AgendaKind::ToDo, &[F::What]),
    ahead(Family::Group, F::ReviewBy, Doing, AgendaKind::LookAgain, &[F::Name]),
    told(Family::TrainingGiven, F::On, Doing, "Training", &[F::What]),
    told(Family::ChangeAsked, F::On, Doing, "A change was asked for", &[F::What]),
    told(Family::ChangeAsked, F::DoneOn, Doing, "Changed on request", &[F::What, F::Did]),
    told(Family::Legacy, F::On, Happened::Legacy, "Noticed that something remains", &[F::What]),
    ahead(Family::Legacy, F::Until, Happened::Legacy, AgendaKind::Kept, &[F::What]),
    ahead(Family::Walk, F::Planned, Reviewing, AgendaKind::Walk, &[F::Mode, F::Place]),
    told(Family::Walk, F::HeldOn, Reviewing, "A review", &[F::Mode, F::Place]),
    told(Family::Walk, F::DebriefedOn, Reviewing, "Looked back on the walk", &[F::Surprised]),
    told(Family::Walk, F::SentOn, Reviewing, "Told them what we heard", &[F::ToTell]),
    Dated {
        family: Family::Walk,
        day: F::NextWalk,
        kind: Reviewing,
        told: "",
        ahead: Some((AgendaKind::Walk, "the next walk, at the latest")),
        words: &[],
    },
    told(Family::Pulse, F::On, Reviewing, "The pulse", &[F::Side, F::Source]),
    told(Family::Finding, F::On, Reviewing, "Found, looking back", &[F::What]),
    told(Family::Measure, F::On, Reviewing, "Measured", &[F::What, F::Now]),
    told(Family::Rating, F::On, Reviewing, "Skills were rated", &[F::Rater]),
    ahead(Family::Remedy, F::Due, Reviewing, AgendaKind::ToDo, &[F::What]),
    told(Family::Remedy, F::DoneOn, Reviewing, "Done about a gap in skills", &[F::What, F::Skill]),
    told(Family::Revision, F::AgreedOn, Changing, "A change was agreed", &[F::What]),
    told(Family::Revision, F::From, Changing, "A change holds from here", &[F::What]),
    ahead(Family::Revision, F::Due, Changing, AgendaKind::ToDo, &[F::What]),
    told(Family::Revision, F::DoneOn, Changing, "Changed", &[F::What]),
    told(Family::Revision, F::EffectOn, Changing, "The effect of a change", &[F::What, F::Effect]),
    ahead(Family::Revision, F::ReviewBy, Changing, AgendaKind::LookAgain, &[F::What]),
    ahead(Family::CarryOn, F::Due, Doing, AgendaKind::ToDo, &[F::What]),
    told(Family::CarryOn, F::DoneOn, Doing, "It goes on", &[F::What]),
    told(Family::Ending, F::AnnouncedOn, Parting, "The ending was said", &[F::Parting]),
    event(Family::Ending, F::ClosesOn, Parting, "The last day", (AgendaKind::Ending, "the last day")),
    event(Family::Ending, F::CelebrateOn, Parting, "Marked the end", (AgendaKind::Ending, "marking it")),
    ahead(Family::Ending, F::CheckBack, Parting, AgendaKind::CheckBack, &[F::BringBack]),
    told(Family::Ending, F::DoneOn, Parting, "All is wound up", &[F::Parting]),
    ahead(Family::WindUp, F::Due, Parting, AgendaKind::ToDo, &[F::What]),
    told(Family::WindUp, F::DoneOn, Parting, "Settled before the end", &[F::What]),
    ahead(Family::Teller, F::Due, Parting, AgendaKind::Tell, &[F::Name]),
    told(Family::Teller, F::DoneOn, Parting, "They heard of it", &[F::Name]),
];

impl Dated {
    /// What a record says about the day, in words; empty where it says nothing.
    pub fn words(&self, record: RecordRef<'_>, workbook: &Workbook, content: &Content) -> String {
        let said = |field: &RecordField| {
            let words = record.value(*field).map(|value| value_in_words(&value, workbook, content))?;
            Some(words.trim().to_owned()).filter(|words| !words.is_empty())
        };
        self.words.iter().filter_map(said).collect::<Vec<_>>().join(": ")
    }

    /// Where the record stands, at the first of its texts.
    pub fn place(&self, record: RecordRef<'_>) -> TextPlace {
        let is_text = |field: &&RecordField| record.field(**field).is_some();
        let own = self.words.iter().find(is_text);
        let text = own.or_else(|| self.family.fields().iter().find(is_text)).copied();
        TextPlace::Record(record.id().clone(), text.unwrap_or(RecordField::What))
    }
}

/// The day of a record that a row is about; `None` where none is set.
pub(super) fn day_of(dated: &Dated, record: RecordRef<'_>) -> Option<jiff::civil::Date> {
    match record.value(dated.day) {
        Some(Value::Day(on)) => on,
        _ => None,
    }
}

/// Whether a day of a family says when something happened, and never what is to come.
pub fn happened(family: Family, day: RecordField) -> bool {
    DATED.iter().any(|row| row.family == family && row.day == day && row.ahead.is_none())
}

/// The sides that a record names, ours among them where it names no other.
pub(super) fn sides_of(record: RecordRef<'_>) -> Vec<PartnerId> {
    let mut all: Vec<PartnerId> = Vec::new();
    for field in record.family().fields() {
        match record.value(*field) {
            Some(Value::Side(Some(id))) => all.push(id),
            Some(Value::Sides(ids)) => all.extend(ids),
            Some(Value::Who(Some(who))) => all.push(who.side),
            _ => {}
        }
    }
    all.order();
    all.dedup();
    if all.iter().any(|id| !id.is_us()) {
        all.retain(|id| !id.is_us());
    }
    all
}

/// What comes up of the records of the described families.
pub(super) fn to_come(workbook: &Workbook) -> impl Iterator<Item = AgendaItem> {
    let rows = DATED.iter().filter_map(|dated| Some((dated, dated.ahead?)));
    // the version that counts is the one to be looked at again
    let counts = in_force(workbook);
    rows.flat_map(move |(dated, (kind, before))| {
        workbook.each(dated.family).filter_map(move |record| {
            let on = day_of(dated, record).filter(|_| !is_over(dated.day, record, counts, workbook))?;
            Some(AgendaItem {
                on: Some(on),
                kind,
                words: in_few_words(dated, kind, before, record, workbook),
                who: with_whom(dated, record, workbook),
                to: AgendaTo::Place(dated.place(record)),
                private: workbook.keeps_back(record),
            })
        })
    })
}

fn in_few_words(
    dated: &Dated,
    kind: AgendaKind,
    before: &str,
    record: RecordRef<'_>,
    workbook: &Workbook,
) -> String {
    // none of these fields leads to the content
    let words = dated.words(record, workbook, &Content::new());
    match (before.is_empty(), words.is_empty()) {
        (true, true) => kind.words().to_owned(),
        (true, false) => words,
        (false, true) => before.to_owned(),
        (false, false) => format!("{before}: {words}"),
    }
}

/// The sides, or else whoever the record is called after.
fn with_whom(dated: &Dated, record: RecordRef<'_>, workbook: &Workbook) -> String {
    let sides = sides_of(record).into_iter().filter(|id| !id.is_us() && !dated.words.contains(&F::Side));
    let names: Vec<String> = sides.map(|id| side(workbook, &id)).collect();
    match record.field(F::Name) {
        Some(name) if names.is_empty() && !dated.words.contains(&F::Name) => name.trim().to_owned(),
        _ => names.join(", "),
    }
}

/// Whether nothing more is to come of a day of a record, given the version of the agreement that counts.
fn is_over(day: RecordField, record: RecordRef<'_>, counts: Option<&Agreement>, workbook: &Workbook) -> bool {
    match record {
        RecordRef::Candidate(candidate) => candidate.state == CandidateState::NotNow,
        RecordRef::Pilot(pilot) => pilot.outcome != PilotOutcome::Open,
        RecordRef::MoneyLine(line) => line.paid.is_some(),
        RecordRef::Action(action) => action.state != crate::domain::ActionState::Open,
        RecordRef::Agreement(version) => counts.is_none_or(|counts| counts.id != version.id),
        RecordRef::Walk(walk) if day == F::Planned => walk.is_held(),
        // the last one that was held says by when the next is due, until that is planned
        RecordRef::Walk(walk) => {
            let after = |other: &Walk| other.planned.or(other.held) > walk.held.or(walk.planned);
            workbook.all::<Walk>().iter().any(after)
        }
        RecordRef::WindUp(owed) => owed.state != WindUpState::Open,
        // what is only to be looked back on after the end outlives it
        RecordRef::Ending(ending) if day == F::CheckBack => {
            let since = |call: &crate::domain::Call| ending.check_back.is_some_and(|on| call.on >= on);
            ending.no_check_back || workbook.calls().iter().any(|call| !call.is_jots() && since(call))
        }
        record => matches!(record.value(F::DoneOn), Some(Value::Day(Some(_)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Action, ActionState, AnyRecord, Candidate, Edit, Partner, RecordId, TrustStep, Who, WorkbookId,
    };
    use jiff::civil::date;

    fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
        workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
    }

    #[test]
    fn every_day_of_every_described_family_stands_here_once() {
        let mut missing = Vec::new();
        for family in Family::ALL {
            let Some(blank) = family.blank(RecordId::new("r")) else { continue };
            for field in family.fields() {
                if !matches!(blank.value(*field), Some(Value::Day(_))) {
                    continue;
                }
                let rows = DATED.iter().filter(|row| row.family == *family && row.day == *field).count();
                if rows != 1 {
                    missing.push(format!("{family:?} {field:?}: {rows} rows"));
                }
            }
        }
        assert_eq!(missing, Vec::<String>::new());
        for row in DATED {
            let blank = row.family.blank(RecordId::new("r")).unwrap();
            assert!(matches!(blank.value(row.day), Some(Value::Day(_))), "{:?} {:?}", row.family, row.day);
            assert!(row.words.iter().all(|field| blank.value(*field).is_some()), "{:?}", row.family);
            let TextPlace::Record(_, field) = row.place((&blank).into()) else { unreachable!() };
            assert!(blank.field(field).is_some(), "{:?} {:?} leads to a text", row.family, row.day);
        }
    }

    #[test]
    fn what_is_to_come_says_what_and_with_whom_until_it_is_over() {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        let museum = PartnerId::new("museum");
        let partner = Partner::named(museum.clone(), "City Museum");
        workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 0 }).unwrap();
        let on = Some(date(2025, 2, 10));
        add(
            &mut workbook,
            Candidate {
                name: "young carers' charity".into(),
                next_step: "tea on their premises".into(),
                next: on,
                approached: Some(date(2025, 1, 27)),
                ..Candidate::new(RecordId::new("c"))
            },
        );
        let step = TrustStep {
            what: "go to their fair".into(),
            lead: Some(Who::side(museum)),
            on: Some(date(2025, 2, 8)),
            ..TrustStep::new(RecordId::new("t"))
        };
        add(&mut workbook, step.clone());
        let action = Action { what: "book the room".into(), due: on, ..Action::new(RecordId::new("a")) };
        add(&mut workbook, Action { state: ActionState::Done, ..action });
        let said = |workbook: &Workbook| -> Vec<String> {
            let items = crate::domain::query::agenda(workbook).into_iter();
            items.map(|i| format!("{} {}: {} / {}", i.on.unwrap(), i.kind.words(), i.words, i.who)).collect()
        };
        assert_eq!(
            said(&workbook),
            [
                "2025-02-08 trust step: go to their fair / City Museum",
                "2025-02-10 next step: tea on their premises / young carers' charity",
            ]
        );
        let done = TrustStep { done: on, ..step };
        workbook.apply(Edit::SetRecord(Box::new(done.into()))).unwrap();
        assert_eq!(said(&workbook).len(), 1, "a step that was taken comes up no more");
        let told = crate::domain::query::timeline(&workbook, &Content::new());
        let told: Vec<String> = told.iter().map(|h| format!("{} {}: {}", h.on, h.what, h.words)).collect();
        assert_eq!(
            told,
            [
                "2025-01-27 Approached: young carers' charity",
                "2025-02-10 A step towards trust: go to their fair"
            ]
        );
    }
}
