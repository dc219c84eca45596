use crate::testing::properties::cases;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::super::random::{Wish, edit_of, wish};
use super::super::*;
use super::*;

const TODAY: Date = date(2025, 11, 10);

fn empty() -> Workbook {
    Workbook::new(WorkbookId::new("w"), "Walks")
}

/// A workbook after some wishes were granted.
fn after(mut workbook: Workbook, wishes: &[Wish]) -> Workbook {
    for wish in wishes {
        if let Some(edit) = edit_of(wish, &workbook) {
            let _ = workbook.apply(edit);
        }
    }
    workbook
}

/// Two workbooks of one id that have a past in common.
pub(super) fn two() -> impl Strategy<Value = (Workbook, Workbook)> {
    let wishes = |most| prop::collection::vec(wish(), 0..most);
    (wishes(60), wishes(40), wishes(40)).prop_map(|(past, one, other)| {
        let past = after(empty(), &past);
        (after(past.clone(), &one), after(past, &other))
    })
}

pub(super) fn done(workbook: &Workbook, edits: &[Edit]) -> Workbook {
    let mut workbook = workbook.clone();
    for edit in edits {
        workbook.apply(edit.clone()).unwrap_or_else(|refused| panic!("{refused}: {edit:?}"));
    }
    workbook
}

/// Without what only ever grows: the bin, and the earlier versions.
fn apart_from_what_grows(workbook: &Workbook) -> Workbook {
    let mut workbook = Workbook { bin: Vec::new(), ..workbook.clone() };
    workbook.answers.values_mut().for_each(|answer| answer.earlier.clear());
    // a partner's voice that says nothing is none
    workbook.answers.values_mut().for_each(|a| a.theirs.retain(|_, t| *t != Theirs::default()));
    workbook.answers.retain(|_, answer| *answer != *Answer::BLANK);
    workbook
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: ProptestConfig::default().failure_persistence, ..cases(400) })]

    #[test]
    fn the_edits_between_two_workbooks_lead_from_one_to_the_other_and_back((a, b) in two()) {
        let mut book = Book::new(a.clone(), 0);
        let edits = edits_between(&a, &b);
        if edits.is_empty() {
            prop_assert_eq!(a, b);
        } else {
            book.act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
            prop_assert_eq!(book.workbook(), &b);
            book.undo(Timestamp::UNIX_EPOCH).unwrap();
            prop_assert_eq!(book.workbook(), &a);
            book.redo(Timestamp::UNIX_EPOCH).unwrap();
            prop_assert_eq!(book.workbook(), &b);
        }
    }

    #[test]
    fn taking_everything_makes_it_as_it_was_and_loses_nothing((a, b) in two()) {
        let all = differences(&a, &b);
        let taken = done(&a, &take(&a, &b, &all, TODAY));
        prop_assert_eq!(apart_from_what_grows(&taken), apart_from_what_grows(&b));
        prop_assert_eq!(differences(&taken, &b), vec![]);
        for (question, answer) in b.answers() {
            for version in answer.earlier() {
                prop_assert!(taken.answer(question).earlier().contains(version));
            }
        }
        nothing_is_lost(&a, &taken, &b)?;
        // the bin has nothing of what is there, and nothing twice
        let mut keys: Vec<_> = taken.bin().iter().map(|b| format!("{:?}", b.key())).collect();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), taken.bin().len());
    }

    #[test]
    fn taking_one_difference_changes_that_one_and_no_other((a, b) in two()) {
        let all = differences(&a, &b);
        for one in &all {
            let taken = done(&a, &take(&a, &b, std::slice::from_ref(one), TODAY));
            let left = differences(&taken, &b);
            let expected: Vec<_> = all.iter().filter(|other| *other != one).collect();
            prop_assert!(!left.contains(one), "{:?}", one);
            for other in &left {
                let follows = follows(one, other);
                prop_assert!(expected.contains(&other) || follows, "{:?} came with {:?}", other, one);
            }
            for other in expected {
                prop_assert!(left.contains(other) || follows(one, other), "{:?} went with {:?}", other, one);
            }
        }
    }

    #[test]
    fn one_after_the_other_they_are_all_taken((a, b) in two()) {
        let mut now = a;
        for _ in 0..500 {
            let all = differences(&now, &b);
            let Some(one) = all.first() else { break };
            now = done(&now, &take(&now, &b, std::slice::from_ref(one), TODAY));
        }
        prop_assert_eq!(differences(&now, &b), vec![]);
    }
}

/// What hangs on another difference: the lines and the order of a call that comes or goes, the order that something
/// which comes back has a part in, and what has the same id in another family.
fn follows(one: &Difference, other: &Difference) -> bool {
    match (&one.thing, &other.thing) {
        (Thing::Record(_, id), Thing::Record(_, another)) => id == another,
        (Thing::Record(_, id), Thing::Line(call, _) | Thing::Order(Listed::Lines(call))) => id == call,
        (Thing::Record(..), Thing::Order(Listed::Records(_))) => true,
        (Thing::Partner(_), Thing::Order(Listed::Partners)) => true,
        (Thing::Person(_), Thing::Order(Listed::People)) => true,
        (Thing::Line(call, _), Thing::Order(Listed::Lines(of))) => call == of,
        _ => false,
    }
}

/// Everything that was there is there still, or lies in the bin, unless what the other side has took its place.
fn nothing_is_lost(before: &Workbook, taken: &Workbook, other: &Workbook) -> Result<(), TestCaseError> {
    let has = |w: &Workbook, id: &RecordId| {
        w.any_record(id).is_some()
            || w.bin().iter().any(|b| matches!(b, Binned::Record { record, .. } if record.id() == id))
    };
    for record in Family::ALL.iter().flat_map(|family| before.each(*family)) {
        prop_assert!(has(taken, record.id()));
    }
    for partner in before.partners() {
        let binned = |b: &Binned| matches!(b, Binned::Partner { partner: p, .. } if p.id == partner.id);
        prop_assert!(taken.partner(&partner.id).is_some() || taken.bin().iter().any(binned));
    }
    for call in before.calls() {
        // an id that another family has on the other side is never met with
        if other.any_record(&call.id).is_some_and(|record| record.family() != Family::Call) {
            continue;
        }
        for line in &call.lines {
            let binned = |b: &Binned| match b {
                Binned::Line { call: of, line: l, .. } => *of == call.id && l.id == line.id,
                Binned::Record { record, .. } => {
                    matches!(&**record, AnyRecord::Call(c) if c.id == call.id && c.line(&line.id).is_some())
                        || (*record.id() == call.id && record.family() != Family::Call)
                }
                _ => false,
            };
            let there = taken.line(&call.id, &line.id).is_some();
            prop_assert!(there || taken.bin().iter().any(binned), "{:?}", line);
        }
    }
    for (question, answer) in before.answers() {
        let voices = answer.voices_of_others().map(|(id, _)| VoiceKey::Theirs(id.clone()));
        for voice in voices.chain([VoiceKey::Ours, VoiceKey::Agreed]) {
            let (text, after) = (answer.text(&voice), taken.answer(question));
            let kept = after.earlier().iter().any(|v| v.voice == voice && v.text == text);
            prop_assert!(after.text(&voice) == text || kept || text.trim().is_empty());
        }
    }
    Ok(())
}

fn typed(workbook: &mut Workbook, place: TextPlace, text: &str, on: Date) {
    let delete = workbook.text(&place).unwrap().to_owned();
    let on = matches!(place, TextPlace::Voice(..)).then_some(on);
    workbook.apply(Edit::Splice(Splice { place, at: 0, delete, insert: text.into(), on })).unwrap();
}

/// A workbook in March, and the same in November.
fn march_and_november() -> (Workbook, Workbook) {
    let march = date(2025, 3, 3);
    let mut then = empty();
    let (museum, helen) = (PartnerId::new("museum"), PersonId::new("helen"));
    let ours = TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours);
    let theirs = TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Theirs(museum.clone()));
    let edits = [
        Edit::AddPartner { partner: Box::new(Partner::named(museum.clone(), "City Museum")), place: 0 },
        Edit::AddPerson { person: Box::new(Person::named(helen.clone(), museum.clone(), "Helen")), place: 0 },
        Edit::AddRecord {
            record: Box::new(
                Promise::new(RecordId::new("p"), PartnerId::us(), museum.clone(), "Send the budget").into(),
            ),
            place: 0,
        },
    ];
    edits.into_iter().for_each(|edit| drop(then.apply(edit).unwrap()));
    typed(&mut then, ours.clone(), "The two day centres.", march);
    typed(&mut then, theirs.clone(), "Volunteers.", march);
    let mut now = then.clone();
    typed(&mut now, ours, "The carers.", TODAY);
    let person = PersonId::new("helen");
    now.apply(Edit::BinPerson { person, on: TODAY }).unwrap();
    let heard = Edit::SetHeard {
        question: QuestionId::new("SCO-1"),
        partner: museum.clone(),
        heard: Heard::Asked,
        checked: Some(TODAY),
        person: None,
        source: Source::Said("the walk".into()),
    };
    now.apply(heard).unwrap();
    let mut promise = Promise::new(RecordId::new("p"), PartnerId::us(), museum, "Send the budget");
    promise.state = PromiseState::Kept;
    now.apply(Edit::SetRecord(Box::new(promise.into()))).unwrap();
    let word = Word::new(RecordId::new("w"), "hard to reach").into();
    now.apply(Edit::AddRecord { record: Box::new(word), place: 0 }).unwrap();
    (then, now)
}

#[test]
fn differences_are_said_in_the_order_of_the_workbook_and_in_its_words() {
    let (then, now) = march_and_november();
    let content = crate::content::Content::new();
    let all = differences(&now, &then);
    let mut said = String::new();
    for difference in &all {
        let Said { what, part, rows } = words(difference, &now, &then, &content);
        let stands = (difference.other.words(), difference.now.words());
        said.push_str(&format!("{part} > {what} (then {}, now {})\n", stands.0, stands.1));
        for Row { label, now, other } in rows {
            said.push_str(&format!("    {label}: {other:?} -> {now:?}\n"));
        }
    }
    said.push_str(&how_many_in_words(&all, &content));
    insta::assert_snapshot!(said);
}

#[test]
fn what_is_taken_is_as_it_was_and_what_stood_is_kept() {
    let (then, now) = march_and_november();
    let question = QuestionId::new("SCO-1");
    let ours = differences(&now, &then)
        .into_iter()
        .find(|d| d.thing == Thing::Voice(question.clone(), VoiceKey::Ours))
        .unwrap();
    let taken = done(&now, &take(&now, &then, &[ours], TODAY));
    let answer = taken.answer(&question);
    assert_eq!(answer.ours().text, "The two day centres.");
    assert_eq!(answer.ours().on, Some(date(2025, 3, 3)));
    assert_eq!(answer.earlier().len(), 1);
    assert_eq!(answer.earlier()[0].text, "The carers.");
    let all = done(&now, &take(&now, &then, &differences(&now, &then), TODAY));
    let helen = all.person(&PersonId::new("helen")).unwrap();
    assert_eq!(helen.name, "Helen");
    assert_eq!(all.promises()[0].state, PromiseState::Open);
    assert!(all.words().is_empty());
    assert_eq!(all.bin().len(), 1);
    assert_eq!(all.bin()[0].name(), "hard to reach");
}

#[test]
fn what_lies_in_the_bin_is_there_once_only() {
    let (_, mut now) = march_and_november();
    let helen = Person::named(PersonId::new("helen"), PartnerId::new("museum"), "Helen");
    let again = Binned::Person { person: helen.clone(), on: TODAY, place: 0 };
    let lay = |out, binned: &Binned| Edit::ChangeBin { at: 0, out, lay: vec![binned.clone()] };
    let before = now.clone();
    assert!(matches!(now.apply(lay(0, &again)), Err(Refused::AlreadyThere(_))));
    assert_eq!(now.apply(Edit::ChangeBin { at: 0, out: 2, lay: vec![] }), Err(Refused::NothingThere));
    assert_eq!(before, now);
    let back = now.apply(lay(1, &again)).unwrap();
    now.apply(back).unwrap();
    assert_eq!(before, now);
    now.apply(Edit::ChangeBin { at: 0, out: 1, lay: vec![] }).unwrap();
    now.apply(Edit::AddPerson { person: Box::new(helen), place: 0 }).unwrap();
    let there = now.clone();
    assert!(now.apply(lay(0, &again)).is_err(), "she is there");
    assert_eq!(there, now);
}
