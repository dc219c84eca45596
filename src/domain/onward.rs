//! Steps that carry over what is noted: a candidate who becomes a partner, a pilot that leads on.
//!
//! Each gives the edits of one step, made of what is there; they are undone together. Nothing here decides that a step is
//! taken. Start reading at [`becomes_partner`].

use jiff::civil::Date;

use super::building::{FitSign, Pilot, PilotOutcome, SignHeard};
use super::delivering::Activity;
use super::edit::{Edit, Splice};
use super::finding::{Candidate, CandidateState};
use super::governing::Decision;
use super::id::{IdSource, PartnerId, QuestionId, RecordId};
use super::partnership::{PartnershipState, StateChange};
use super::people::{Partner, PartnerStatus, Person};
use super::place::{TextPlace, VoiceKey};
use super::record::AnyRecord;
use super::workbook::Workbook;

/// What does each side want? The answer takes what a candidate might want, as a guess.
const WANTS: &str = "SCO-7";

fn add(record: impl Into<AnyRecord>) -> Edit {
    Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }
}

fn set(record: impl Into<AnyRecord>) -> Edit {
    Edit::SetRecord(Box::new(record.into()))
}

/// A candidate takes part from now on: a partner with what is known of them, whoever is to be spoken to first among its
/// people, what they might want as a guess among the answers. The candidate stays, and leads to the partner. Of a private
/// candidate only the name, the kind and the ways that led there are taken over, since an answer is not private.
pub fn becomes_partner(candidate: &Candidate, partner: PartnerId, ids: &IdSource, today: Date) -> Vec<Edit> {
    let told = |text: &str| if candidate.private { String::new() } else { text.trim().to_owned() };
    let joined = Partner {
        kind: candidate.kind.trim().to_owned(),
        found_via: candidate.found_via.trim().to_owned(),
        introduced_by: candidate.warm_link.trim().to_owned(),
        status: status_of(candidate),
        ..Partner::named(partner.clone(), candidate.name.trim())
    };
    let mut edits = vec![Edit::AddPartner { partner: Box::new(joined), place: usize::MAX }];
    let contact = told(&candidate.contact);
    if !contact.is_empty() {
        let person = Person::named(ids.person(), partner.clone(), contact);
        edits.push(Edit::AddPerson { person: Box::new(person), place: usize::MAX });
    }
    let wants = told(&candidate.might_want);
    if !wants.is_empty() {
        let place = TextPlace::Voice(QuestionId::new(WANTS), VoiceKey::Theirs(partner.clone()));
        let splice = Splice { place, at: 0, delete: String::new(), insert: wants, on: Some(today) };
        edits.push(Edit::Splice(splice));
    }
    edits.push(set(Candidate {
        state: CandidateState::Partner,
        partner: Some(partner),
        ..candidate.clone()
    }));
    edits
}

/// How far it has come with somebody who has just been taken in.
fn status_of(candidate: &Candidate) -> PartnerStatus {
    match (candidate.replied, candidate.approached) {
        (Some(_), _) => PartnerStatus::Talking,
        (None, Some(_)) => PartnerStatus::Approached,
        (None, None) if candidate.state == CandidateState::Talking => PartnerStatus::Talking,
        (None, None) if candidate.state == CandidateState::Approached => PartnerStatus::Approached,
        (None, None) => PartnerStatus::Idea,
    }
}

/// The pilot with its outcome and the day of it.
fn decided(pilot: &Pilot, outcome: PilotOutcome, today: Date) -> Pilot {
    Pilot { outcome, decided: pilot.decided.or(Some(today)), ..pilot.clone() }
}

/// Only the outcome of a pilot is noted.
pub fn outcome_only(pilot: &Pilot, outcome: PilotOutcome, today: Date) -> Vec<Edit> {
    match outcome {
        PilotOutcome::Open => vec![set(Pilot { outcome, decided: None, ..pilot.clone() })],
        outcome => vec![set(decided(pilot, outcome, today))],
    }
}

/// It is carried on: its aim becomes an activity where that is wanted, and the partnership is active where that is.
pub fn carries_on(
    pilot: &Pilot,
    workbook: &Workbook,
    ids: &IdSource,
    today: Date,
    activity: bool,
    active: bool,
) -> Vec<Edit> {
    let mut edits = vec![set(decided(pilot, PilotOutcome::Continue, today))];
    if activity {
        let partners = workbook.partners().iter().map(|partner| partner.id.clone());
        edits.push(add(Activity {
            what: pilot.aim.clone(),
            remark: pilot.sessions.clone(),
            sides: partners.collect(),
            private: pilot.private,
            ..Activity::new(ids.record())
        }));
    }
    if active {
        edits.push(Edit::ChangeState(StateChange::to(PartnershipState::Active, today)));
    }
    edits
}

/// It is tried again, another way: a new pilot with the same aim, and its signs, of which nothing was heard yet.
pub fn changes(pilot: &Pilot, workbook: &Workbook, ids: &IdSource, today: Date) -> Vec<Edit> {
    let again = Pilot {
        aim: pilot.aim.clone(),
        sessions: pilot.sessions.clone(),
        private: pilot.private,
        ..Pilot::new(ids.record())
    };
    let new = again.id.clone();
    let mut edits = vec![set(decided(pilot, PilotOutcome::Change, today)), add(again)];
    let signs = workbook.all::<FitSign>().iter().filter(|sign| sign.pilot.as_ref() == Some(&pilot.id));
    edits.extend(signs.map(|sign| {
        add(FitSign {
            id: ids.record(),
            pilot: Some(new.clone()),
            heard: SignHeard::NotHeard,
            words: String::new(),
            ..sign.clone()
        })
    }));
    edits
}

/// It stops, and the reason stands among the decisions.
pub fn stops(pilot: &Pilot, why: &str, decision: RecordId, today: Date) -> Vec<Edit> {
    let stopped = Pilot { why: why.to_owned(), ..decided(pilot, PilotOutcome::Stop, today) };
    let aim = pilot.aim.trim();
    let what = if aim.is_empty() { "The pilot stops".to_owned() } else { format!("The pilot stops: {aim}") };
    let what = if why.trim().is_empty() { what } else { format!("{what}. {}", why.trim()) };
    let decision = Decision { what, on: Some(today), private: pilot.private, ..Decision::new(decision) };
    vec![set(stopped), add(decision)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Book, Heard, WorkbookId};
    use jiff::Timestamp;
    use jiff::civil::date;

    fn book() -> Book {
        Book::new(Workbook::new(WorkbookId::new("w"), "Young carers"), 0)
    }

    fn act(book: &mut Book, edits: Vec<Edit>) {
        book.act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
    }

    #[test]
    fn a_candidate_becomes_a_partner_in_one_step_that_can_be_undone() {
        let today = date(2025, 2, 3);
        let candidate = Candidate {
            name: "Children’s Café".into(),
            kind: "charity".into(),
            contact: "the pastoral lead".into(),
            warm_link: "a volunteer".into(),
            found_via: "asked a colleague".into(),
            might_want: "a rest at weekends".into(),
            replied: Some(today),
            ..Candidate::new(RecordId::new("c"))
        };
        let mut book = book();
        act(&mut book, vec![add(candidate.clone())]);
        let before = book.workbook().clone();
        let id = PartnerId::new("cafe");
        act(&mut book, becomes_partner(&candidate, id.clone(), &IdSource::new(1), today));
        let workbook = book.workbook();
        let partner = workbook.partner(&id).unwrap();
        assert_eq!((partner.kind.as_str(), partner.status), ("charity", PartnerStatus::Talking));
        assert_eq!(
            (partner.found_via.as_str(), partner.introduced_by.as_str()),
            ("asked a colleague", "a volunteer")
        );
        assert_eq!(workbook.people_of(&id).next().unwrap().name, "the pastoral lead");
        let theirs = workbook.answer(&QuestionId::new("SCO-7")).theirs(&id).unwrap();
        assert_eq!((theirs.text.as_str(), theirs.heard), ("a rest at weekends", Heard::Guess));
        let kept = &workbook.all::<Candidate>()[0];
        assert_eq!((kept.state, kept.partner.as_ref()), (CandidateState::Partner, Some(&id)));
        book.undo(Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(*book.workbook(), before, "undo takes all of it back");
        let private = Candidate { private: true, ..candidate };
        act(&mut book, becomes_partner(&private, id.clone(), &IdSource::new(1), today));
        assert!(!book.workbook().answer(&QuestionId::new("SCO-7")).holds_words(), "private stays private");
    }

    #[test]
    fn a_pilot_leads_on_and_carries_its_answers_over() {
        let (today, ids) = (date(2025, 5, 2), IdSource::new(7));
        let pilot = Pilot {
            aim: "whether Saturdays suit".into(),
            sessions: "three mornings".into(),
            worked: "the songs".into(),
            ..Pilot::new(RecordId::new("p"))
        };
        let sign = |id: &str, heard| FitSign {
            what: format!("sign {id}"),
            pilot: Some(pilot.id.clone()),
            heard,
            words: "she said so".into(),
            ..FitSign::new(RecordId::new(id))
        };
        let mut book = book();
        let other = FitSign { pilot: None, ..sign("other", SignHeard::Fits) };
        act(
            &mut book,
            vec![
                add(pilot.clone()),
                add(sign("a", SignHeard::Fits)),
                add(sign("b", SignHeard::DoesNotFit)),
                add(other),
            ],
        );
        let before = book.workbook().clone();
        let edits = changes(&pilot, &before, &ids, today);
        act(&mut book, edits);
        let pilots = book.workbook().all::<Pilot>();
        assert_eq!((pilots[0].outcome, pilots[0].decided), (PilotOutcome::Change, Some(today)));
        assert_eq!((pilots[1].aim.as_str(), pilots[1].worked.as_str()), ("whether Saturdays suit", ""));
        let new: Vec<&FitSign> = book
            .workbook()
            .all::<FitSign>()
            .iter()
            .filter(|s| s.pilot == Some(pilots[1].id.clone()))
            .collect();
        assert_eq!(new.len(), 2);
        assert!(new.iter().all(|s| s.heard == SignHeard::NotHeard && s.words.is_empty()));
        book.undo(Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(*book.workbook(), before);

        act(&mut book, carries_on(&pilot, &before, &ids, today, true, true));
        assert_eq!(book.workbook().all::<Activity>()[0].what, "whether Saturdays suit");
        assert_eq!(book.workbook().state(), PartnershipState::Active);
        book.undo(Timestamp::UNIX_EPOCH).unwrap();
        act(&mut book, carries_on(&pilot, &before, &ids, today, false, false));
        assert_eq!(book.workbook().all::<Activity>().len(), 0, "nothing is done unasked");
        book.undo(Timestamp::UNIX_EPOCH).unwrap();

        act(&mut book, stops(&pilot, "the hall is too far", ids.record(), today));
        let decision = &book.workbook().all::<Decision>()[0];
        assert_eq!(decision.what, "The pilot stops: whether Saturdays suit. the hall is too far");
        assert_eq!(book.workbook().all::<Pilot>()[0].why, "the hall is too far");
    }
}
