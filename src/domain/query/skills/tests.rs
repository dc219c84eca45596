use super::*;
use crate::domain::{AnyRecord, Edit, Partner, PersonId, RecordId, Topic, WorkbookId};
use jiff::civil::date;

const FEEDBACK: &str = "SP-TS5";
const MEETINGS: &str = "SP-MK5";
const EMPATHY: &str = "SP-TS4";

fn us() -> PartnerId {
    PartnerId::us()
}

fn museum() -> PartnerId {
    PartnerId::new("museum")
}

fn of(side: PartnerId, person: &str) -> Who {
    Who::person(side, PersonId::new(person))
}

fn numbers(all: &[(&str, u8)]) -> std::collections::BTreeMap<String, u8> {
    all.iter().map(|(term, n)| ((*term).to_owned(), *n)).collect()
}

fn rating(side: PartnerId, rater: Who, day: i8, needs: &[(&str, u8)], haves: &[(&str, u8)]) -> Rating {
    Rating {
        side: Some(side),
        rater: Some(rater),
        on: Some(date(2025, 9, day)),
        needs: numbers(needs),
        haves: numbers(haves),
        ..Rating::new(RecordId::new(day.to_string()))
    }
}

fn ids(gaps: &[Gap<'_>]) -> Vec<String> {
    gaps.iter().map(|gap| gap.term.id.clone()).collect()
}

#[test]
fn a_gap_is_what_the_work_needs_beyond_what_is_there() {
    let all = [rating(
        us(),
        of(us(), "rosa"),
        1,
        &[(FEEDBACK, 2), (MEETINGS, 1), (EMPATHY, 3), ("SP-LS1", 3)],
        &[(FEEDBACK, 0), (MEETINGS, 3), (EMPATHY, 3), ("SP-LS2", 0)],
    )];
    let views = views(&all);
    let view = &views[0];
    assert_eq!((view.gap(FEEDBACK), view.priority(FEEDBACK)), (Some(2), Some(4)));
    assert_eq!(view.gap(MEETINGS), Some(0), "having more than is needed is no gap");
    assert_eq!(view.gap("SP-LS1"), None, "how much is there was not said");
    assert_eq!(view.gap("SP-LS2"), None, "how much it is needed was not said");
    assert_eq!(view.gap("SP-LK1"), None, "what is unrated stays unrated");
    assert_eq!(view.lines(), 5);
    let content = Content::new();
    assert_eq!(ids(&gaps(&views, &us(), &content)), [FEEDBACK]);
}

#[test]
fn the_most_pressing_come_first_and_five_at_most() {
    let lines = ["SP-MK5", "SP-NS1", "SP-TS1", "SP-LS1", "SP-LS2", "SP-LS3", "SP-MK6"];
    let needs: Vec<(&str, u8)> = lines.iter().map(|id| (*id, if *id == "SP-MK6" { 3 } else { 2 })).collect();
    let haves: Vec<(&str, u8)> = lines.iter().map(|id| (*id, 1)).collect();
    let all = [rating(us(), of(us(), "rosa"), 1, &needs, &haves)];
    let found = ids(&gaps(&views(&all), &us(), &Content::new()));
    assert_eq!(
        found,
        ["SP-MK6", "SP-LS1", "SP-LS2", "SP-LS3", "SP-TS1"],
        "by priority; of equal ones in the order of the heads"
    );
}

#[test]
fn three_raters_of_a_team_keep_their_own_numbers() {
    let all = [
        rating(us(), of(us(), "rosa"), 1, &[(FEEDBACK, 3)], &[(FEEDBACK, 3)]),
        rating(us(), of(us(), "maud"), 2, &[(FEEDBACK, 3)], &[(FEEDBACK, 0)]),
        rating(us(), of(us(), "ben"), 3, &[(EMPATHY, 1)], &[(EMPATHY, 0)]),
    ];
    let views = views(&all);
    assert_eq!(views.len(), 3);
    let gaps_of: Vec<Option<u8>> = views.iter().map(|view| view.gap(FEEDBACK)).collect();
    assert_eq!(gaps_of, [Some(0), Some(3), None], "neither averaged nor guessed for whoever was silent");
    let content = Content::new();
    assert_eq!(ids(&gaps(&views, &us(), &content)), [FEEDBACK, EMPATHY], "one who sees it is enough");
    assert!(!gaps(&views, &us(), &content)[0].is_shared(), "three of one side are one side");
    assert_eq!(offers(&views, &us(), &content).len(), 1, "and one sees it as something to offer");
}

#[test]
fn of_each_line_what_was_said_last_counts() {
    let all = [
        rating(us(), of(us(), "rosa"), 9, &[(FEEDBACK, 3)], &[(FEEDBACK, 2)]),
        rating(us(), of(us(), "rosa"), 1, &[(FEEDBACK, 3), (EMPATHY, 2)], &[(FEEDBACK, 0), (EMPATHY, 1)]),
    ];
    let views = views(&all);
    assert_eq!(views.len(), 1);
    assert_eq!(views[0].have(FEEDBACK), Some(2));
    assert_eq!(views[0].have(EMPATHY), Some(1), "what was not asked again stands");
    assert_eq!(views[0].on, Some(date(2025, 9, 9)));
}

#[test]
fn a_gap_is_shared_where_it_is_wide_for_two_sides_and_then_comes_first() {
    let content = Content::new();
    let ours = rating(
        us(),
        of(museum(), "helen"),
        1,
        &[(FEEDBACK, 2), (MEETINGS, 3)],
        &[(FEEDBACK, 0), (MEETINGS, 0)],
    );
    let theirs = |have| rating(museum(), of(museum(), "helen"), 2, &[(FEEDBACK, 2)], &[(FEEDBACK, have)]);
    let narrow = [ours.clone(), theirs(1)];
    assert!(shared_gaps(&views(&narrow), &content).is_empty(), "one step is not wide");
    assert!(
        shared_gaps(&views(std::slice::from_ref(&ours)), &content).is_empty(),
        "the other side is silent"
    );
    let wide = [ours, theirs(0)];
    let shared = shared_gaps(&views(&wide), &content);
    assert_eq!(ids(&shared), [FEEDBACK]);
    assert_eq!(shared[0].wide_for, [us(), museum()]);
    assert_eq!(ids(&gaps(&views(&wide), &us(), &content)), [FEEDBACK, MEETINGS], "before what presses more");
    assert_eq!(ids(&gaps(&views(&narrow), &us(), &content)), [MEETINGS, FEEDBACK]);
}

#[test]
fn ways_for_people_come_first_and_for_a_shared_gap_those_for_the_partnership() {
    let content = Content::new();
    let term = content.terms().iter().find(|term| term.id == FEEDBACK).unwrap();
    let ways_for = |wide_for: Vec<PartnerId>| -> Vec<String> {
        ways(&Gap { term, wide_for }, &content).into_iter().map(|one| one.id.clone()).collect()
    };
    assert_eq!(ways_for(Vec::new()), ["SP-A1", "SP-A2", "SP-A10", "SP-B8", "SP-B1"]);
    assert_eq!(ways_for(vec![us(), museum()]), ["SP-B8", "SP-B1", "SP-A4", "SP-A1", "SP-A2"]);
    for term in content.terms() {
        let all = ways(&Gap { term, wide_for: Vec::new() }, &content);
        assert!((2..=5).contains(&all.len()), "{}", term.id);
    }
}

#[test]
fn what_others_say_that_we_could_teach_wants_asking() {
    let content = Content::new();
    let all = [
        rating(museum(), of(us(), "rosa"), 1, &[], &[(EMPATHY, 3), (FEEDBACK, 3), (MEETINGS, 2)]),
        rating(museum(), of(museum(), "helen"), 2, &[], &[(EMPATHY, 3)]),
    ];
    let offers = offers(&views(&all), &museum(), &content);
    let said: Vec<(&str, bool)> = offers.iter().map(|o| (o.term.id.as_str(), o.own_words)).collect();
    assert_eq!(said, [(EMPATHY, true), (FEEDBACK, false)]);
}

#[test]
fn what_is_done_is_asked_about_once() {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "Young carers");
    let partner = Partner::named(museum(), "City Museum");
    workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 0 }).unwrap();
    let remedy = |id: &str| Remedy { skill: Topic(FEEDBACK.into()), ..Remedy::new(RecordId::new(id)) };
    let day = |n| Some(date(2025, 9, n));
    let all: [AnyRecord; 5] = [
        Remedy { done: day(1), ..remedy("a") }.into(),
        Remedy { done: day(2), helped: Helped::Little, ..remedy("b") }.into(),
        Remedy { done: day(3), ..remedy("c") }.into(),
        remedy("d").into(),
        Remedy { due: day(9), ..remedy("e") }.into(),
    ];
    for record in all {
        workbook.apply(Edit::AddRecord { record: Box::new(record), place: usize::MAX }).unwrap();
    }
    let ids = |all: Vec<&Remedy>| all.iter().map(|r| r.id.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(unasked(&workbook)), ["c", "a"]);
    assert_eq!(ids(open_remedies(&workbook)), ["e", "d"]);
}
