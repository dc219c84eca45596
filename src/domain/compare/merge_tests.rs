//! Merging over workbooks that grew apart at random, and what is right for agreed wording.

use crate::testing::properties::cases;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::tests::{done, two};
use super::*;
use crate::content::Content;
use crate::domain::answer::{Accord, Answer, Heard, Theirs};
use crate::domain::people::{Partner, Person};
use crate::domain::promise::{Promise, PromiseState};
use crate::domain::{Book, WorkbookId};

const TODAY: Date = date(2025, 11, 10);

thread_local! {
    static CONTENT: &'static Content = Box::leak(Box::new(Content::new()));
}

fn content() -> &'static Content {
    CONTENT.with(|content| *content)
}

fn museum() -> PartnerId {
    PartnerId::new("museum")
}

fn question() -> QuestionId {
    QuestionId::new("SCO-1")
}

fn one() -> Workbook {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
    workbook.us.name = "Day Centre".into();
    workbook.partners.push(Partner::named(museum(), "City Museum"));
    workbook
}

fn with(change: impl FnOnce(&mut Answer)) -> Workbook {
    let mut workbook = one();
    change(workbook.answers.entry(question()).or_default());
    workbook
}

fn find(all: &[Difference], thing: &Thing) -> Difference {
    all.iter().find(|d| d.thing == *thing).unwrap_or_else(|| panic!("{thing:?} is not in {all:?}")).clone()
}

fn voice(voice: VoiceKey) -> Thing {
    Thing::Voice(question(), voice)
}

/// What agreement is in it: a wording with those who said yes to it, and the standing of voices.
fn agreements(workbook: &Workbook) -> Vec<(QuestionId, String, Accord)> {
    let each = |(question, answer): (&QuestionId, &Answer)| {
        let holds = |accord: &&Accord| answer.agreed.on.is_none_or(|on| on <= accord.on);
        let (question, text) = (question.clone(), answer.agreed.text.clone());
        let accords = answer.accords.iter().filter(holds).cloned();
        accords.map(move |accord| (question.clone(), text.clone(), accord)).collect::<Vec<_>>()
    };
    workbook.answers.iter().flat_map(each).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: ProptestConfig::default().failure_persistence, ..cases(300) })]

    #[test]
    fn taking_all_leaves_nothing_to_take_and_undo_gives_back((now, copy) in two()) {
        let mut book = Book::new(now.clone(), 0);
        let all = differences_of_copy(&now, &copy);
        let edits = merge(&now, &copy, &all, TODAY);
        if edits.is_empty() {
            return Ok(());
        }
        book.act_all(edits, jiff::Timestamp::UNIX_EPOCH).unwrap();
        let left = differences_of_copy(book.workbook(), &copy);
        // who had said yes here stays on record, though not to this wording
        let left: Vec<_> = left.iter().filter(|d| !matches!(d.thing, Thing::Accords(_))).collect();
        prop_assert!(left.is_empty(), "{:?}", left);
        book.undo(jiff::Timestamp::UNIX_EPOCH).unwrap();
        prop_assert_eq!(book.workbook(), &now);
    }

    /// Every agreement that is there after merging was there on one side, to the same wording.
    #[test]
    fn nobody_agrees_by_being_merged((now, copy) in two(), some in any::<u64>()) {
        let all = differences_of_copy(&now, &copy);
        let chosen: Vec<_> = all.iter().enumerate().filter(|(n, _)| some >> (n % 64) & 1 == 1).map(|(_, d)| d.clone()).collect();
        let merged = done(&now, &merge(&now, &copy, &chosen, TODAY));
        let (here, there) = (agreements(&now), agreements(&copy));
        for one in agreements(&merged) {
            prop_assert!(here.contains(&one) || there.contains(&one), "{:?}", one);
        }
        for difference in &all {
            let Some(edits) = both(&now, &copy, difference, TODAY) else { continue };
            for one in agreements(&done(&now, &edits)) {
                prop_assert!(here.contains(&one), "{:?}", one);
            }
        }
    }

    #[test]
    fn what_is_not_lacking_can_be_taken_without_losing_anything((now, copy) in two()) {
        let all = differences_of_copy(&now, &copy);
        let gives: Vec<_> = all.iter().filter(|d| !only_lacks(d, &now, &copy, content())).cloned().collect();
        let merged = done(&now, &merge(&now, &copy, &gives, TODAY));
        for partner in now.partners() {
            prop_assert!(merged.partner(&partner.id).is_some());
        }
        for person in now.people() {
            prop_assert!(merged.person(&person.id).is_some());
        }
        for family in Family::ALL {
            for record in now.each(*family) {
                prop_assert!(merged.any_record(record.id()).is_some(), "{:?}", record);
            }
        }
        for (id, answer) in &now.answers {
            let after = merged.answer(id);
            prop_assert!(answer.ours.text.trim().is_empty() || !after.ours.text.trim().is_empty());
            prop_assert!(answer.agreed.text.trim().is_empty() || !after.agreed.text.trim().is_empty());
        }
    }

    #[test]
    fn a_copy_that_went_out_and_came_back_as_it_was_differs_in_nothing((now, _) in two()) {
        for partner in now.partners() {
            let copy = now.copy_to_send(&partner.id).unwrap();
            let (of, said) = with_what_a_partner_says(&now, &copy).unwrap();
            prop_assert_eq!(&of, &partner.id);
            prop_assert_eq!(differences_of_copy(&now, &said), vec![]);
        }
    }

    /// Whatever comes back, it can change nothing that a copy cannot hold.
    #[test]
    fn a_copy_that_comes_back_reaches_only_what_it_may((now, other) in two()) {
        for partner in now.partners() {
            let mut copy = other.clone();
            copy.copy_for = Some(partner.id.clone());
            let Some((_, said)) = with_what_a_partner_says(&now, &copy) else { panic!() };
            for difference in differences_of_copy(&now, &said) {
                let may = match &difference.thing {
                    Thing::Voice(_, VoiceKey::Theirs(of)) => *of == partner.id,
                    Thing::Voice(..) => true,
                    Thing::Partner(of) => of.is_us() || *of == partner.id,
                    Thing::Person(_) | Thing::Record(Family::Promise, _) => true,
                    _ => false,
                };
                prop_assert!(may, "{:?}", difference);
                prop_assert!(!only_lacks(&difference, &now, &said, content()), "{:?}", difference);
            }
            prop_assert_eq!(agreements(&now).len() >= agreements(&done(&now, &merge(&now, &said, &differences_of_copy(&now, &said), TODAY))).len(), true);
        }
    }
}

#[test]
fn keeping_both_puts_theirs_below_ours() {
    let now = with(|a| a.ours.text = "The day centres.\n".into());
    let copy = with(|a| a.ours.text = "The carers.".into());
    let difference = find(&differences_of_copy(&now, &copy), &voice(VoiceKey::Ours));
    let merged = done(&now, &both(&now, &copy, &difference, TODAY).unwrap());
    assert_eq!(merged.answer(&question()).ours.text, "The day centres.\n\nThe carers.");
    assert_eq!(merged.answer(&question()).ours.on, Some(TODAY));
    // there is nothing to keep of an empty voice
    let empty = one();
    assert_eq!(both(&now, &empty, &difference, TODAY), None);
}

#[test]
fn two_agreed_wordings_together_are_a_proposal() {
    let accord = |on| Accord { partner: museum(), person: None, on };
    let march = date(2025, 3, 3);
    let agreed = |text: &str, on| {
        with(|a| {
            (a.agreed.text, a.agreed.on) = (text.into(), Some(on));
            a.accords.push(accord(on));
            a.theirs.insert(museum(), Theirs { heard: Heard::Agreed, ..Theirs::default() });
        })
    };
    let (now, copy) = (agreed("Each pays half.", march), agreed("We pay all.", TODAY));
    let all = differences_of_copy(&now, &copy);
    let wording = find(&all, &voice(VoiceKey::Agreed));
    for edits in [
        both(&now, &copy, &wording, TODAY).unwrap(),
        merge(&now, &copy, std::slice::from_ref(&wording), TODAY),
    ] {
        let merged = done(&now, &edits);
        let answer = merged.answer(&question());
        assert_eq!(answer.accords, [accord(march)], "who said yes, and when, stays on record");
        assert!(answer.changed_since_agreed(), "and it was to another wording");
        assert!(agreements(&merged).is_empty());
    }
    let kept = done(&now, &both(&now, &copy, &wording, TODAY).unwrap());
    assert_eq!(kept.answer(&question()).theirs[&museum()].heard, Heard::Asked);
    // who agreed comes with the wording that they agreed to
    let yes = find(&all, &Thing::Accords(question()));
    let merged = done(&now, &merge(&now, &copy, &[yes], TODAY));
    assert_eq!(merged.answer(&question()).agreed.text, "We pay all.");
    assert_eq!(merged.answer(&question()).accords, [accord(TODAY)]);
}

#[test]
fn what_a_copy_lacks_is_told_apart_from_what_it_says() {
    let mut now = with(|a| a.ours.text = "The day centres.".into());
    let promise = Promise::new(RecordId::new("p"), PartnerId::us(), museum(), "Send the budget");
    now.promises.push(promise.clone());
    let copy = with(|a| a.agreed.text = "Each pays half.".into());
    let all = differences_of_copy(&now, &copy);
    let lacks = |thing: &Thing| only_lacks(&find(&all, thing), &now, &copy, content());
    assert!(lacks(&voice(VoiceKey::Ours)));
    assert!(lacks(&Thing::Record(Family::Promise, RecordId::new("p"))));
    assert!(!lacks(&voice(VoiceKey::Agreed)));
    // a promise that has no day there, and nothing else
    let mut due = now.clone();
    due.promises[0].due = Some(TODAY);
    let all = differences_of_copy(&due, &now);
    assert!(only_lacks(&all[0], &due, &now, content()), "{all:?}");
}

#[test]
fn the_museum_speaks_for_itself_and_its_changes_to_our_words_are_told_apart() {
    let mut now = with(|a| {
        a.ours.text = "We share the costs.".into();
        a.to_share = true;
        let theirs = Theirs { heard: Heard::Asked, text: "We cannot pay.".into(), ..Theirs::default() };
        a.theirs.insert(museum(), theirs);
        a.theirs.insert(PartnerId::new("school"), Theirs { text: "A secret.".into(), ..Theirs::default() });
    });
    now.partners.push(Partner::named(PartnerId::new("school"), "The School"));
    let dana = Person { note: "ill".into(), ..Person::named(PersonId::new("dana"), museum(), "Dana") };
    let helen = Person {
        note: String::new(),
        role: "curator".into(),
        ..Person::named(PersonId::new("helen"), museum(), "Helen")
    };
    now.people.extend([dana, helen]);
    let promise = Promise::new(RecordId::new("p"), museum(), PartnerId::us(), "Open early");
    now.promises.push(promise);
    let mut copy = now.copy_to_send(&museum()).unwrap();
    assert_eq!(copy.title(), "Day Centre and City Museum");
    let answer = copy.answers.get_mut(&question()).unwrap();
    answer.ours.text = "You pay.".into();
    let theirs = answer.theirs.get_mut(&museum()).unwrap();
    (theirs.text, theirs.on, theirs.heard) = ("We can pay a third.".into(), Some(TODAY), Heard::Agreed);
    answer.accords.push(Accord { partner: museum(), person: None, on: TODAY });
    copy.people.retain(|person| person.name != "Helen");
    copy.promises[0].state = PromiseState::Kept;
    let (of, said) = with_what_a_partner_says(&now, &copy).unwrap();
    let all = differences_of_copy(&now, &said);
    let things: Vec<(&Thing, bool)> =
        all.iter().map(|d| (&d.thing, is_theirs(d, &of, &now, &said))).collect();
    let promise = Thing::Record(Family::Promise, RecordId::new("p"));
    let (ours, theirs) = (voice(VoiceKey::Ours), voice(VoiceKey::Theirs(museum())));
    assert_eq!(things, [(&ours, false), (&theirs, true), (&promise, true)]);
    let merged = done(&now, &merge(&now, &said, &all, TODAY));
    let heard = &merged.answer(&question()).theirs[&museum()];
    assert_eq!(
        (heard.text.as_str(), heard.heard),
        ("We can pay a third.", Heard::Asked),
        "no agreement by file"
    );
    assert!(merged.person(&PersonId::new("helen")).is_some(), "not said is not gone");
    assert_eq!(merged.person(&PersonId::new("dana")).unwrap().note, "ill");
    // of another partner, or of nobody
    copy.copy_for = Some(PartnerId::new("gone"));
    assert!(with_what_a_partner_says(&now, &copy).is_none());
}
