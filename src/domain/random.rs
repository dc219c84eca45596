//! For tests: edits of every kind, most of which fit the workbook they are made for.
//!
//! There are few ids, so that the same ones are used again and again, in several families and after they went to the
//! bin. The tests of the whole program take this file in too. Start reading at [`wish`] and [`edit_of`].

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// The kinds of edit that somebody may wish for. The others are only made as inverses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Type,
    Heard,
    Accords,
    NotForUs,
    Private,
    Share,
    Keep,
    Reopen,
    LookAgain,
    State,
    SetState,
    Partner,
    SetPartner,
    BinPartner,
    Person,
    SetPerson,
    BinPerson,
    Record,
    SetRecord,
    BinRecord,
    TakeBackRecord,
    Line,
    SetLine,
    BinLine,
    TakeBackLine,
    Restore,
    ChangeBin,
}

impl What {
    pub const ALL: [Self; 27] = [
        Self::Type,
        Self::Heard,
        Self::Accords,
        Self::NotForUs,
        Self::Private,
        Self::Share,
        Self::Keep,
        Self::Reopen,
        Self::LookAgain,
        Self::State,
        Self::SetState,
        Self::Partner,
        Self::SetPartner,
        Self::BinPartner,
        Self::Person,
        Self::SetPerson,
        Self::BinPerson,
        Self::Record,
        Self::SetRecord,
        Self::BinRecord,
        Self::TakeBackRecord,
        Self::Line,
        Self::SetLine,
        Self::BinLine,
        Self::TakeBackLine,
        Self::Restore,
        Self::ChangeBin,
    ];
}

/// What somebody wishes to do; numbers choose among what there is.
#[derive(Debug, Clone)]
pub struct Wish {
    pub what: What,
    pub n: [u8; 4],
    pub text: String,
}

/// Wishes of every kind, typing and what makes new things more often than the others.
pub fn wish() -> impl Strategy<Value = Wish> {
    use What::{Line, Partner, Person, Record, Restore, Type};
    let what = prop_oneof![
        2 => prop::sample::select(What::ALL.to_vec()),
        2 => prop::sample::select(vec![Type, Type, Type, Record, Record, Line, Line, Partner, Person, Restore]),
    ];
    (what, any::<[u8; 4]>(), "[a-zé\\n \"]{0,4}").prop_map(|(what, n, text)| Wish { what, n, text })
}

/// The edit that a wish means in a workbook. It may not fit; then it is to be refused and to change nothing.
pub fn edit_of(wish: &Wish, wb: &Workbook) -> Option<Edit> {
    let Wish { what, n: [a, b, c, d], text } = wish;
    let (a, b, c, d) = (*a, *b, *c, *d);
    let (on, text) = (date(2025, 3, 5), text.clone());
    let (question, partner, person) = (question(a), partner(b), person(c));
    let (call, line, family) = (record_id(a), RecordId::new(format!("l{}", b % 4)), family(b));
    let yes = d.is_multiple_of(2);
    let some = |n: u8| n.is_multiple_of(2).then_some(on);
    Some(match what {
        What::Type => splice(wb, a, b, c, d, text)?,
        What::Heard => Edit::SetHeard {
            question,
            partner,
            heard: [Heard::Guess, Heard::Asked, Heard::Agreed, Heard::Disputed][usize::from(d % 4)],
            checked: some(c),
            person: yes.then_some(person),
            source: source(c, text),
        },
        What::Accords => Edit::SetAccords {
            question,
            accords: (0..d % 3).map(|_| Accord { partner: partner.clone(), person: None, on }).collect(),
        },
        What::NotForUs => Edit::SetNotForUs { question, to: yes },
        What::Private => Edit::SetPrivate { question, to: yes },
        What::Share => Edit::SetToShare { question, to: yes },
        What::Keep => Edit::KeepVersion {
            question,
            version: Version { voice: VoiceKey::Ours, on: some(b), until: on, text },
        },
        What::Reopen => Edit::SetReopened { question, on: some(d) },
        What::LookAgain => Edit::SetLookAgain { aspect: format!("aspect{}", a % 3), on: some(d) },
        What::State => Edit::ChangeState(change(a, b, text)),
        What::SetState => Edit::SetState { at: usize::from(c % 3), change: change(a, b, text) },
        What::Partner => {
            Edit::AddPartner { partner: Box::new(Partner::named(partner, text)), place: usize::from(c % 4) }
        }
        What::SetPartner => {
            let status = PartnerStatus::ALL[usize::from(a % 6)];
            Edit::SetPartner(Box::new(Partner {
                status,
                kind: text.clone(),
                ..Partner::named(partner, text)
            }))
        }
        What::BinPartner => Edit::BinPartner { partner, on },
        What::Person => Edit::AddPerson {
            person: Box::new(Person::named(person, partner, text)),
            place: usize::from(d % 4),
        },
        What::SetPerson => Edit::SetPerson(Box::new(Person {
            left: some(d),
            crosses: yes,
            note: text.clone(),
            ..Person::named(person, partner, text)
        })),
        What::BinPerson => Edit::BinPerson { person, on },
        What::Record => {
            Edit::AddRecord { record: Box::new(any_record(family, a, c, text)), place: usize::from(d % 4) }
        }
        What::SetRecord => Edit::SetRecord(Box::new(any_record(family, a, c, text))),
        What::BinRecord => Edit::BinRecord { family, record: call, on },
        What::TakeBackRecord => Edit::TakeBackRecord { family, record: call },
        What::Line => Edit::AddLine { call, line: said(line, c, text), place: usize::from(d % 5) },
        What::SetLine => Edit::SetLine { call, line: said(line, c, text) },
        What::BinLine => Edit::BinLine { call, line, on },
        What::TakeBackLine => Edit::TakeBackLine { call, line },
        What::Restore => Edit::Restore { from: usize::from(a % 4) },
        What::ChangeBin => {
            let lay = match c % 5 {
                0 => vec![Binned::Partner { partner: Partner::named(partner, text), on, place: 0 }],
                1 => vec![Binned::Person { person: Person::named(person, partner, text), on, place: 1 }],
                2 => vec![Binned::Line { call, line: said(line, c, text), on, place: 0 }],
                3 => {
                    let record = Box::new(any_record(family, a, c, text));
                    vec![Binned::Record { record, on, place: usize::from(b % 3) }]
                }
                _ => Vec::new(),
            };
            Edit::ChangeBin { at: usize::from(a % 3), out: usize::from(d % 3), lay }
        }
    })
}

fn question(n: u8) -> QuestionId {
    QuestionId::new(format!("SCO-{}", n % 3))
}

fn partner(n: u8) -> PartnerId {
    if n.is_multiple_of(4) { PartnerId::us() } else { PartnerId::new(format!("p{}", n % 4)) }
}

fn person(n: u8) -> PersonId {
    PersonId::new(format!("h{}", n % 3))
}

fn record_id(n: u8) -> RecordId {
    RecordId::new(format!("r{}", n % 4))
}

/// Calls most often, since they hold lines.
fn family(n: u8) -> Family {
    Family::ALL.get(usize::from(n % 52)).copied().unwrap_or(Family::Call)
}

fn source(n: u8, text: String) -> Source {
    match n % 3 {
        0 => Source::ByHand,
        1 => Source::Said(text),
        _ => Source::Call(SaidIn { call: record_id(n), line: RecordId::new("l1") }),
    }
}

fn change(n: u8, pause: u8, text: String) -> StateChange {
    let snapshot = Snapshot {
        standings: [(question(n), Standing::Guess)].into(),
        owed: vec![record_id(n)],
        people: vec![person(n)],
    };
    let pause = pause.is_multiple_of(2).then(|| {
        Box::new(Pause { frozen: text.clone(), restart: text.clone(), snapshot, ..Pause::default() })
    });
    let state = PartnershipState::ALL[usize::from(n % 6)];
    StateChange { ours: text, pause, ..StateChange::to(state, date(2025, 3, 5)) }
}

fn said(id: RecordId, n: u8, text: String) -> Line {
    let at = Timestamp::from_second(1_741_944_600 + i64::from(n)).unwrap_or_default();
    let tag = Tag::ALL.get(usize::from(n % 10)).copied();
    let about = n.is_multiple_of(5).then(|| question(n));
    Line { tag, private: n.is_multiple_of(2), about, done: n.is_multiple_of(3), ..Line::new(id, at, text) }
}

fn any_record(family: Family, n: u8, m: u8, text: String) -> AnyRecord {
    let (id, on) = (record_id(n), date(2025, 3, 5));
    let said_in = m.is_multiple_of(2).then(|| SaidIn { call: record_id(m), line: RecordId::new("l1") });
    match family {
        Family::Call => {
            let begun = Call::begun(id, on, Timestamp::from_second(1_741_944_600).unwrap_or_default());
            // sometimes with the same line twice, which no call may have
            let lines = (0..m % 4).map(|l| said(RecordId::new(format!("l{}", l * (m % 3))), l, text.clone()));
            let with = vec![person(m)];
            Call { partner: Some(partner(m)), with, lines: lines.collect(), mood: text, ..begun }.into()
        }
        Family::Promise => Promise {
            state: PromiseState::ALL[usize::from(m % 5)],
            by_person: Some(person(m)),
            said_in,
            ..Promise::new(id, partner(m), partner(n), text)
        }
        .into(),
        Family::Word => Word { whose: Some(partner(m)), said_in, ..Word::new(id, text) }.into(),
        Family::TouchPoint => {
            TouchPoint { every_weeks: Some(m.into()), kind: text, ..TouchPoint::with(id, partner(m)) }.into()
        }
        described => filled(described, id, n, m, &text),
    }
}

/// A record of a family that is described, with something in every field.
fn filled(family: Family, id: RecordId, n: u8, m: u8, text: &str) -> AnyRecord {
    let blank = family.blank(id).unwrap_or_else(|| Word::new(record_id(n), text).into());
    family.fields().iter().fold(blank, |record, field| {
        let value = match record.value(*field) {
            Some(value) => other(value, n, m, text),
            None => return record,
        };
        record.clone().with(*field, value).unwrap_or(record)
    })
}

/// Another value of the same kind.
fn other(value: Value, n: u8, m: u8, text: &str) -> Value {
    match value {
        Value::Text(_) => Value::Text(text.to_owned()),
        Value::Day(_) => Value::Day(Some(date(2025, 3, 5))),
        Value::Mark(_) => Value::Mark(m.is_multiple_of(2)),
        Value::Choice(_, words) => Value::Choice(usize::from(m) % words.len(), words),
        Value::Side(_) => Value::Side(Some(partner(n))),
        Value::Sides(_) => Value::Sides([partner(n), partner(m)].into()),
        Value::Who(_) => Value::Who(Some(Who::person(partner(n), person(m)))),
        Value::People(_) => Value::People([person(n), person(m)].into()),
        Value::Money(_) => Value::Money(Some(Money::new(i64::from(n) - 99, "GBP"))),
        Value::Hours(_) => Value::Hours(Some(Hours { minutes: n.into() })),
        Value::Count(_) => Value::Count(Some(m.into())),
        Value::Record(_) => Value::Record(Some(record_id(m))),
        Value::Topic(_) => Value::Topic(Topic(text.to_owned())),
        Value::Wording(_) => Value::Wording([(question(n), text.to_owned())].into()),
        Value::Days(_) => Value::Days([date(2025, 3, 4)].into()),
        Value::Question(_) => Value::Question(Some(question(n))),
        Value::Questions(_) => Value::Questions(vec![question(n)]),
        Value::Choices(_, words) => {
            Value::Choices([("delivering".to_owned(), usize::from(m) % words.len())].into(), words)
        }
        Value::Numbers(_) => Value::Numbers([("money".to_owned(), n)].into()),
    }
}

/// Typing somewhere: a few letters out, others in.
fn splice(wb: &Workbook, a: u8, b: u8, c: u8, d: u8, insert: String) -> Option<Edit> {
    let field = |n: u8| RecordField::ALL[usize::from(n) % RecordField::ALL.len()];
    let place = match a % 11 {
        0 => TextPlace::Title,
        1 => TextPlace::Purpose,
        2 => TextPlace::Partner(partner(b), PartnerField::ALL[usize::from(c % 10)]),
        3 => TextPlace::Person(person(b), PersonField::ALL[usize::from(c % 5)]),
        4 => TextPlace::State(usize::from(b % 2), StateField::ALL[usize::from(c % 6)]),
        5 => TextPlace::Record(record_id(b), field(c)),
        6 => TextPlace::Line(record_id(b), RecordId::new(format!("l{}", c % 4))),
        7 => TextPlace::Voice(question(b), VoiceKey::Agreed),
        8 => TextPlace::Voice(question(b), VoiceKey::Theirs(partner(c))),
        _ => TextPlace::Voice(question(b), VoiceKey::Ours),
    };
    let text = wb.text(&place)?;
    let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let from = usize::from(d) % starts.len();
    let to = (from + usize::from(c % 4)).min(starts.len() - 1);
    let delete = text.get(*starts.get(from)?..*starts.get(to)?)?.to_owned();
    let on = matches!(place, TextPlace::Voice(..)).then(|| date(2025, 3, 5));
    Some(Edit::Splice(Splice { place, at: *starts.get(from)?, delete, insert, on }))
}
