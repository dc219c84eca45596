//! What of its records lets an aspect count as settled, beside its questions.

use super::starting::go_decision;
use super::{standing_of, unanswered_concerns};
use crate::content::types::Aspect;
use crate::domain::{
    Candidate, Family, GoOn, Legacy, PartnerStatus, QuestionId, Standing, VoiceKey, Walk, Workbook,
};

/// The families whose records belong to an aspect, as `assets/records.ron` says it too.
const FAMILIES: &[(&str, &[Family])] = &[
    ("scoping", &[Family::Evidence, Family::OpenPoint, Family::GoDecision]),
    ("finding", &[Family::TriedIdea, Family::Candidate]),
    ("building", &[Family::Asset, Family::Assumption, Family::TrustStep, Family::Pilot, Family::FitSign]),
    (
        "governing",
        &[Family::Role, Family::Decision, Family::MoneyLine, Family::Contribution, Family::Membership],
    ),
    (
        "delivering",
        &[Family::Activity, Family::Action, Family::Group, Family::TrainingGiven, Family::ChangeAsked],
    ),
    ("reviewing", &[Family::Walk, Family::Pulse, Family::HardThing]),
    ("revising", &[Family::Finding, Family::Measure, Family::Revision]),
    ("sustaining", &[Family::Legacy, Family::CarryOn]),
    ("ending", &[Family::Ending, Family::WindUp, Family::Teller]),
    ("skills", &[Family::Rating, Family::Remedy]),
];

/// Whether something is noted that belongs to an aspect, apart from its answers.
pub(super) fn has_records(workbook: &Workbook, aspect: &str) -> bool {
    let families = FAMILIES.iter().find(|(id, _)| *id == aspect).map_or(&[][..], |(_, families)| families);
    families.iter().any(|family| workbook.how_many(*family) > 0)
}

/// Whether the records of an aspect let it count as settled; its questions are looked at elsewhere.
pub(super) fn records_settle(workbook: &Workbook, aspect: &Aspect) -> bool {
    match aspect.id.as_str() {
        "scoping" => go_decision(workbook).is_some_and(|decision| decision.on.is_some()),
        "finding" => has_first_talk(workbook) || takes_another_route(workbook),
        "building" => {
            let heard = |standing| !matches!(standing, Standing::Blank | Standing::Guess);
            let of = |id: &String| aspect.questions.iter().find(|question| question.id == *id);
            let mut asked = aspect.settled_when.iter().filter_map(of);
            asked.all(|question| heard(standing_of(workbook, question)))
                && differences_have_a_next_step(workbook)
        }
        // each activity has somebody who leads and a day, and what meets the public has all that it wants
        "delivering" => super::lacking(workbook).is_empty(),
        "reviewing" => has_walked(workbook),
        "revising" => unanswered_concerns(workbook).is_empty(),
        "sustaining" => lasts(workbook),
        "ending" => is_wound_up(workbook),
        _ => true,
    }
}

/// Whether somebody replied, and a first talk has its day.
fn has_first_talk(workbook: &Workbook) -> bool {
    workbook.all::<Candidate>().iter().any(|candidate| {
        let talked = || workbook.calls().iter().any(|call| call.partner == candidate.partner);
        candidate.replied.is_some() && (candidate.next.is_some() || (candidate.partner.is_some() && talked()))
    })
}

fn takes_another_route(workbook: &Workbook) -> bool {
    go_decision(workbook).is_some_and(|decision| decision.decision == GoOn::OtherRoute)
}

/// Where the sides see one of the nine differences differently, something stands there to be done about it.
fn differences_have_a_next_step(workbook: &Workbook) -> bool {
    (1..=9).all(|n| {
        let id = QuestionId::new(format!("DIF-{n}"));
        workbook.standing(&id, false) != Standing::Disputed
            || !workbook.answer(&id).text(&VoiceKey::Agreed).trim().is_empty()
    })
}

/// Whether a walk was held, what was heard on the last of them was sent, and the next one has its day.
fn has_walked(workbook: &Workbook) -> bool {
    let walks = workbook.all::<Walk>();
    let Some(last) = walks.iter().filter(|walk| walk.is_held()).max_by_key(|walk| walk.held) else {
        return false;
    };
    let planned = walks.iter().any(|walk| !walk.is_held() && walk.planned.is_some());
    last.sent.is_some() && (last.next.is_some() || planned)
}

/// Whether each partner that takes part has something that remains, in its own words, and everything has a keeper.
fn lasts(workbook: &Workbook) -> bool {
    let legacies = workbook.all::<Legacy>();
    let mut partners = workbook.partners().iter().filter(|partner| partner.status == PartnerStatus::In);
    let said = |partner: &crate::domain::Partner| {
        let by_them = |legacy: &Legacy| legacy.by.as_ref().is_some_and(|who| who.side == partner.id);
        legacies.iter().any(|legacy| by_them(legacy) && !legacy.words.trim().is_empty())
    };
    !legacies.is_empty() && partners.all(said) && legacies.iter().all(|legacy| legacy.keeper.is_some())
}

/// Whether the end is decided, nothing is owed, everybody has heard, and a look back has its day or is not wanted.
fn is_wound_up(workbook: &Workbook) -> bool {
    super::what_stands(workbook).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Content;
    use crate::domain::{
        AnyRecord, Edit, Ending, Parting, RecordId, Teller, WindUp, WindUpState, WorkbookId,
    };
    use jiff::civil::date;

    fn workbook(records: Vec<AnyRecord>) -> Workbook {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Young carers");
        for record in records {
            workbook.apply(Edit::AddRecord { record: Box::new(record), place: usize::MAX }).unwrap();
        }
        workbook
    }

    #[test]
    fn every_table_of_an_aspect_counts_as_something_noted() {
        let content = Content::new();
        for table in content.tables().iter().filter(|table| !table.aspect.is_empty()) {
            let of = FAMILIES.iter().find(|(id, _)| *id == table.aspect);
            let named = of.is_some_and(|(_, all)| all.iter().any(|family| family.name() == table.family));
            assert!(named, "{} in {}", table.family, table.aspect);
        }
    }

    #[test]
    fn a_review_is_settled_when_what_was_heard_is_sent_and_the_next_is_dated() {
        let day = |n| Some(date(2025, 9, n));
        let planned = Walk { planned: day(12), ..Walk::new(RecordId::new("a")) };
        assert!(!has_walked(&workbook(vec![planned.clone().into()])), "it was only planned");
        let held = Walk { held: day(14), sent: day(15), ..planned.moved_to(day(14)) };
        assert_eq!(held.moved, [date(2025, 9, 12)].into(), "moved, not missed");
        assert!(!has_walked(&workbook(vec![held.clone().into()])), "the next one has no day");
        let next = Walk { planned: day(30), ..Walk::new(RecordId::new("b")) };
        assert!(has_walked(&workbook(vec![held.clone().into(), next.clone().into()])));
        let unsent = Walk { sent: None, ..held };
        assert!(!has_walked(&workbook(vec![unsent.into(), next.into()])), "they have not heard from us");
    }

    #[test]
    fn an_ending_is_settled_when_nothing_is_owed_and_all_have_heard() {
        let on = Some(date(2026, 3, 1));
        let ending = Ending { parting: Parting::End, ..Ending::new(RecordId::new("e")) };
        let owed = WindUp::new(RecordId::new("o"));
        let teller = Teller { done: on, ..Teller::new(RecordId::new("t")) };
        let dated = Ending { check_back: on, ..ending.clone() };
        let settles = |records: Vec<AnyRecord>| is_wound_up(&workbook(records));
        assert!(!settles(vec![ending.clone().into()]), "no look back is dated or declined");
        assert!(settles(vec![Ending { no_check_back: true, ..ending }.into()]));
        assert!(!settles(vec![dated.clone().into(), owed.clone().into()]));
        let waived = WindUp { state: WindUpState::Waived, ..owed };
        assert!(settles(vec![dated.clone().into(), waived.into(), teller.clone().into()]));
        assert!(!settles(vec![dated.into(), Teller { done: None, ..teller }.into()]));
    }
}
