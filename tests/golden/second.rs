//! What the files of format 2 tell: the story of format 1, and after it everything that came with calls and records.

use super::first::{self, splice, voice};
use super::*;

/// What is folded: every kind of record there is, each also in the bin.
pub fn folded() -> Vec<Vec<Edit>> {
    let (museum, helen) = (PartnerId::new("museum"), PersonId::new("helen"));
    let first_question = QuestionId::new("SCO-1");
    let mut steps = first::folded();
    steps.extend(calls());
    steps.extend(records());
    steps.extend([
        vec![Edit::SetHeard {
            question: first_question.clone(),
            partner: museum.clone(),
            heard: Heard::Asked,
            checked: Some(DAY),
            person: Some(helen.clone()),
            source: Source::Call(said_in("l2")),
        }],
        vec![Edit::SetPartner(Box::new(Partner {
            status: PartnerStatus::Talking,
            levels: [(Phase::GettingStarted, "consult".into()), (Phase::WhatNext, "lead".into())].into(),
            limits: "no lifts".into(),
            size: "forty".into(),
            place: "on the square".into(),
            paid: "six paid, the rest give time".into(),
            found_via: "the walk".into(),
            introduced_by: "the library".into(),
            ..Partner::named(museum.clone(), "City Museum")
        }))],
        vec![Edit::SetPerson(Box::new(Person {
            role: "curator".into(),
            since: Some(date(2024, 9, 1)),
            left: Some(date(2025, 12, 31)),
            crosses: true,
            note: "not before ten".into(),
            ..Person::named(helen.clone(), museum, "Helen")
        }))],
        vec![Edit::SetReopened { question: first_question.clone(), on: Some(DAY) }],
        vec![Edit::SetReopened { question: QuestionId::new("SCO-2"), on: None }],
        vec![Edit::SetLookAgain { aspect: "scoping".into(), on: Some(date(2025, 6, 1)) }],
        vec![Edit::SetLookAgain { aspect: "finding".into(), on: None }],
        vec![Edit::ChangeState(pause(Some(date(2025, 9, 1)), helen))],
        vec![Edit::SetState { at: 1, change: StateChange::to(PartnershipState::Active, DAY) }],
        vec![splice(TextPlace::State(2, StateField::Restart), 0, "", "A new ")],
    ]);
    steps
}

/// What came after that, and is in the journal alone.
pub fn unfolded() -> Vec<Vec<Edit>> {
    let late = Line::new(RecordId::new("l11"), at(60), "one more thing");
    let mut steps = first::unfolded();
    steps.extend([
        vec![Edit::AddLine { call: RecordId::new("call"), line: late, place: usize::MAX }],
        vec![splice(TextPlace::Line(RecordId::new("call"), RecordId::new("l11")), 3, "", " small")],
        vec![splice(voice("FIN-2", VoiceKey::Ours), 0, "", "Mostly ")],
    ]);
    steps
}

fn pause(until: Option<Date>, person: PersonId) -> StateChange {
    let pause = Pause {
        until,
        frozen: "The tiles stay in the store.".into(),
        light_touch: "Rosa".into(),
        restart: "grant.".into(),
        snapshot: Snapshot {
            standings: [
                (QuestionId::new("SCO-1"), Standing::Asked),
                (QuestionId::new("SCO-2"), Standing::Disputed),
            ]
            .into(),
            owed: vec![RecordId::new("promise")],
            people: vec![person],
        },
    };
    let (ours, theirs) = ("No money until autumn.".into(), "The same.".into());
    let decided_by = "both".into();
    StateChange {
        ours,
        theirs,
        decided_by,
        pause: Some(Box::new(pause)),
        ..StateChange::to(PartnershipState::Paused, DAY)
    }
}

fn said_in(line: &str) -> SaidIn {
    SaidIn { call: RecordId::new("call"), line: RecordId::new(line) }
}

fn add(record: impl Into<AnyRecord>) -> Vec<Edit> {
    vec![Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }]
}

fn text(id: &str, field: RecordField, at: usize, insert: &str) -> Vec<Edit> {
    vec![splice(TextPlace::Record(RecordId::new(id), field), at, "", insert)]
}

fn bin(family: Family, id: &str) -> Vec<Edit> {
    vec![Edit::BinRecord { family, record: RecordId::new(id), on: DAY }]
}

/// A call with lines of every tag, the jots of a day, and a call in the bin.
fn calls() -> Vec<Vec<Edit>> {
    let call = RecordId::new("call");
    let whole = Call {
        partner: Some(PartnerId::new("museum")),
        with: vec![PersonId::new("helen")],
        medium: Medium::Video,
        lines: vec![Line::new(RecordId::new("l1"), at(40), "hello, budget first")],
        ..Call::begun(call.clone(), DAY, at(40))
    };
    let jots = Call {
        medium: Medium::Jots,
        lines: vec![Line::new(RecordId::new("j1"), at(39), "ring the \"carers\" # group")],
        ..Call::begun(RecordId::new("jots"), DAY, at(39))
    };
    let tagged = |n: usize, tag: Tag| Line {
        tag: Some(tag),
        private: n == 7,
        about: (n == 4).then(|| QuestionId::new("SCO-2")),
        done: n == 2,
        ..Line::new(RecordId::new(format!("l{}", n + 2)), at(41 + n as i64), format!("said: {}", tag.words()))
    };
    let mut steps = vec![add(jots), add(whole.clone())];
    steps.extend(
        Tag::ALL
            .into_iter()
            .enumerate()
            .map(|(n, tag)| vec![Edit::AddLine { call: call.clone(), line: tagged(n, tag), place: n + 1 }]),
    );
    let marked = Line::new(RecordId::new("l10"), at(55), "");
    steps.extend([
        vec![Edit::AddLine { call: call.clone(), line: marked, place: 9 }],
        vec![splice(TextPlace::Line(call.clone(), RecordId::new("l1")), 0, "hello", "Hello")],
        vec![Edit::SetLine {
            call: call.clone(),
            line: Line { done: true, ..Line::new(RecordId::new("l1"), at(40), "Hello, budget first") },
        }],
        vec![Edit::BinLine { call: call.clone(), line: RecordId::new("l3"), on: DAY }],
        vec![Edit::TakeBackLine { call: call.clone(), line: RecordId::new("l4") }],
        vec![Edit::SetRecord(Box::new(AnyRecord::Call(Call {
            ended: Some(at(58)),
            follow_up: Some(date(2025, 3, 28)),
            sent: Some(DAY),
            mood: "warm".into(),
            lines: Vec::new(),
            ..whole
        })))],
        text("call", RecordField::Message, 0, "Thank you.\nI heard:\n\t\"ten objects\""),
        text("call", RecordField::Mood, 4, ", tired"),
        add(Call::begun(RecordId::new("other"), DAY, at(59))),
        bin(Family::Call, "other"),
    ]);
    steps
}

/// The other families: one that stays, one that goes to the bin.
fn records() -> Vec<Vec<Edit>> {
    let (us, museum) = (PartnerId::us(), PartnerId::new("museum"));
    let promise = |id: &str| Promise {
        by_person: Some(PersonId::new("helen")),
        made: Some(DAY),
        due: Some(date(2025, 3, 21)),
        said_in: Some(said_in("l5")),
        private: true,
        ..Promise::new(RecordId::new(id), museum.clone(), us.clone(), "the budget")
    };
    let word = |id: &str| Word {
        whose: Some(museum.clone()),
        agreed: Some(DAY),
        said_in: Some(said_in("l2")),
        problem: "sounds like a disease".into(),
        instead: "visitors".into(),
        ..Word::new(RecordId::new(id), "users")
    };
    let touch = |id: &str| TouchPoint {
        person: Some(PersonId::new("helen")),
        every_weeks: Some(6),
        last: Some(DAY),
        next: Some(date(2025, 5, 1)),
        kind: "coffee".into(),
        ..TouchPoint::with(RecordId::new(id), museum.clone())
    };
    let legacy = |id: &str| Legacy {
        said_in: Some(said_in("l6")),
        for_whom: "the next curator".into(),
        ..Legacy::noted(RecordId::new(id), DAY, "the tiles")
    };
    vec![
        add(promise("promise")),
        add(promise("promise-2")),
        vec![Edit::SetRecord(Box::new(AnyRecord::Promise(Promise {
            state: PromiseState::Renegotiated,
            changed: Some(DAY),
            ..promise("promise")
        })))],
        text("promise", RecordField::Note, 0, "They asked for a week."),
        bin(Family::Promise, "promise-2"),
        add(word("word")),
        add(word("word-2")),
        text("word", RecordField::Term, 5, " of it"),
        bin(Family::Word, "word-2"),
        add(touch("touch")),
        add(touch("touch-2")),
        text("touch", RecordField::Kind, 0, "tea or "),
        bin(Family::TouchPoint, "touch-2"),
        add(legacy("legacy")),
        add(legacy("legacy-2")),
        text("legacy", RecordField::What, 0, "All "),
        bin(Family::Legacy, "legacy-2"),
        add(legacy("legacy-3")),
        vec![Edit::TakeBackRecord { family: Family::Legacy, record: RecordId::new("legacy-3") }],
    ]
}
