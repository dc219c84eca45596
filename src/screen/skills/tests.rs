use std::collections::BTreeMap;

use super::*;
use crate::command::Go;
use crate::domain::{
    AnyRecord, Edit, Family, Helped, Person, PersonField, PersonId, RecordId, Remedy, Splice, TextPlace,
    Topic,
};
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::Timestamp;
use jiff::civil::date;

fn us() -> PartnerId {
    PartnerId::us()
}

fn museum() -> PartnerId {
    PartnerId::new("museum")
}

fn of(side: PartnerId, person: &str) -> Who {
    Who::person(side, PersonId::new(person))
}

fn act(world: &mut World, edits: Vec<Edit>) {
    world.book.as_mut().unwrap().act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
}

fn add(world: &mut World, record: impl Into<AnyRecord>) {
    act(world, vec![Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }]);
}

fn join(world: &mut World, id: &str, name: &str, side: PartnerId) {
    let person = Person::named(PersonId::new(id), side, name);
    act(world, vec![Edit::AddPerson { person: Box::new(person), place: usize::MAX }]);
}

fn rating(id: &str, side: PartnerId, rater: Who, needs: &[(&str, u8)], haves: &[(&str, u8)]) -> Rating {
    let numbers = |all: &[(&str, u8)]| -> BTreeMap<String, u8> {
        all.iter().map(|(term, n)| ((*term).to_owned(), *n)).collect()
    };
    Rating {
        side: Some(side),
        rater: Some(rater),
        on: Some(date(2025, 9, 25)),
        needs: numbers(needs),
        haves: numbers(haves),
        ..Rating::new(RecordId::new(id))
    }
}

/// A team of three raters on our side, one person of the museum who has not said anything.
fn silent() -> World {
    let mut world = world();
    for (id, name) in [("rosa", "Rosa"), ("maud", "Maud"), ("ben", "Ben")] {
        join(&mut world, id, name, us());
    }
    join(&mut world, "helen", "Helen", museum());
    let (needs, haves) = ([("SP-TS5", 3), ("SP-LS6", 3), ("SP-MS3", 2)], [("SP-TS5", 1), ("SP-LS6", 0)]);
    add(&mut world, rating("a", us(), of(us(), "rosa"), &needs, &haves));
    let (needs, haves) = ([("SP-TS5", 2), ("SP-TS4", 2)], [("SP-TS5", 2), ("SP-TS4", 3)]);
    add(&mut world, rating("b", us(), of(us(), "maud"), &needs, &haves));
    add(&mut world, rating("c", us(), of(us(), "ben"), &[("SP-TS1", 1)], &[("SP-TS1", 0)]));
    world
}

/// The same, with what Helen says about both sides, a step that is open and one that is done.
fn both() -> World {
    let mut world = silent();
    let helen = || of(museum(), "helen");
    let (needs, haves) = ([("SP-TS5", 3), ("SP-MS3", 3)], [("SP-TS5", 0), ("SP-MS3", 3)]);
    add(&mut world, rating("d", museum(), helen(), &needs, &haves));
    add(&mut world, rating("e", us(), helen(), &[("SP-LS3", 2)], &[("SP-LS3", 3)]));
    let step = |id: &str, skill: &str, way: &str| Remedy {
        skill: Topic(skill.into()),
        suggestion: Topic(way.into()),
        ..Remedy::new(RecordId::new(id))
    };
    let (due, lead) = (Some(date(2026, 1, 29)), Some(of(us(), "rosa")));
    add(
        &mut world,
        Remedy { what: "an evening of role play".into(), due, lead, ..step("r", "SP-TS5", "SP-A10") },
    );
    add(&mut world, Remedy { done: Some(date(2025, 10, 9)), ..step("s", "SP-LS6", "SP-A6") });
    world
}

fn at(world: &World) -> Skills {
    let mut skills = Skills::new(None);
    skills.sync(&world.ctx());
    skills
}

fn rating_of(who: Who) -> Skills {
    Skills::new(Some((us(), who)))
}

fn press(skills: &mut Skills, world: &World, names: &[&str]) {
    for name in names {
        let done = skills.run(name, &world.ctx());
        assert!(matches!(done, Outcome::Done), "{name}: {done:?}");
    }
}

/// Runs a command that changes something, and carries its edits out.
fn change(skills: &mut Skills, world: &mut World, name: &str) -> String {
    fn edits(outcome: Outcome, all: &mut Vec<Edit>, said: &mut String) {
        match outcome {
            Outcome::Edit(edit) => all.push(edit),
            Outcome::Edits(edits) => all.extend(edits),
            Outcome::All(several) => several.into_iter().for_each(|one| edits(one, all, said)),
            other => said.push_str(&format!("{other:?}")),
        }
    }
    let (mut all, mut said) = (Vec::new(), String::new());
    edits(skills.run(name, &world.ctx()), &mut all, &mut said);
    act(world, all);
    skills.sync(&world.ctx());
    said
}

fn ratings(world: &World) -> &[Rating] {
    world.book.as_ref().unwrap().workbook().all::<Rating>()
}

#[test]
fn nobody_has_rated_and_whoever_begins_says_two_numbers_a_line() {
    let mut world = world();
    let mut skills = at(&world);
    assert_eq!(skills.part, Part::Who, "nothing stands out yet");
    press(&mut skills, &world, &["skills.open"]);
    assert_eq!(skills.rater, Who::side(us()), "nobody is named, so our side says so");
    for digit in ["three", "one", "two"] {
        change(&mut skills, &mut world, &format!("skills-rate.{digit}"));
    }
    assert_eq!(ratings(&world).len(), 1, "one rating a rater and day");
    let rating = &ratings(&world)[0];
    assert_eq!(rating.on, Some(date(2025, 11, 10)));
    assert_eq!(rating.needs, [("SP-LS1".to_owned(), 3), ("SP-LS2".to_owned(), 2)].into());
    assert_eq!(rating.haves, [("SP-LS1".to_owned(), 1)].into(), "the second is not said yet");
    assert!(skills.have, "and comes next");
    assert_eq!(skills.lines_said(&world.ctx()), "2 of 36 lines");
}

#[test]
fn each_day_has_a_rating_of_its_own_and_what_is_not_asked_again_stands() {
    let mut world = silent();
    let mut skills = rating_of(of(us(), "rosa"));
    press(&mut skills, &world, &["skills-rate.last"]);
    change(&mut skills, &mut world, "skills-rate.two");
    assert_eq!(ratings(&world).len(), 4);
    assert_eq!(ratings(&world)[0].on, Some(date(2025, 9, 25)), "the old one is as it was");
    assert_eq!(skills.lines_said(&world.ctx()), "4 of 36 lines");
    let said = change(&mut skills, &mut world, "skills-rate.two");
    assert!(said.contains("the last line of Leadership"), "{said}");
}

#[test]
fn a_number_is_taken_back_on_whatever_day_it_was_said() {
    let mut world = silent();
    let mut skills = rating_of(of(us(), "rosa"));
    press(&mut skills, &world, &["skills-rate.head"; 1]);
    let line = ["skills-rate.down"; 4];
    press(&mut skills, &world, &line);
    press(&mut skills, &world, &["skills-rate.right"]);
    let said = change(&mut skills, &mut world, "skills-rate.clear");
    assert!(said.contains("Unrated again"), "{said}");
    assert!(!ratings(&world)[0].haves.contains_key("SP-TS5"));
    assert!(ratings(&world)[1].haves.contains_key("SP-TS5"), "Maud's number is hers");
    let said = change(&mut skills, &mut world, "skills-rate.clear");
    assert!(said.contains("Nothing is said here yet"), "{said}");
}

#[test]
fn a_rating_can_be_undone_number_by_number() {
    let mut world = silent();
    let before = world.book.as_ref().unwrap().workbook().clone();
    let mut skills = rating_of(of(us(), "ben"));
    change(&mut skills, &mut world, "skills-rate.one");
    change(&mut skills, &mut world, "skills-rate.one");
    let book = world.book.as_mut().unwrap();
    book.undo(Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(book.workbook().all::<Rating>().last().unwrap().haves.len(), 0);
    book.undo(Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(*book.workbook(), before);
}

#[test]
fn every_rater_keeps_their_own_column_and_the_silent_one_is_empty() {
    let world = silent();
    let mut skills = rating_of(of(us(), "rosa"));
    press(&mut skills, &world, &["skills-rate.head"]);
    press(&mut skills, &world, &["skills-rate.down"; 4]);
    insta::assert_snapshot!("skills_rate_80", drawn(&world, &skills, 80, 21));
    insta::assert_snapshot!("skills_rate_60", drawn(&world, &skills, 60, 17));
    let mut world = world;
    world.linear = true;
    insta::assert_snapshot!("skills_rate_linear", drawn(&world, &skills, 80, 21));
}

#[test]
fn the_trust_words_have_the_meanings_that_belong_to_them() {
    let world = world();
    let mut skills = rating_of(Who::side(us()));
    press(&mut skills, &world, &["skills-rate.head"]);
    for (term, meaning) in [
        ("building robust relationships", "hold when people disagree"),
        ("managing expectations", "nobody plans around"),
        ("promoting dialogue", "a real exchange"),
        ("empathy", "where the other person is"),
        ("giving constructive feedback", "what works for you"),
        ("managing communications", "passing on news"),
        ("coping with the unfamiliar and unexpected", "strange ground"),
        ("group dynamics", "being in a group"),
        ("ways to build partners' capacity", "take a full part"),
    ] {
        let shown = drawn(&world, &skills, 80, 21);
        let focused = shown.lines().find(|line| line.trim_start().starts_with('>') && line.contains(term));
        assert!(focused.is_some(), "{term}:\n{shown}");
        let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(meaning), "{term}: {meaning}\n{shown}");
        for words in ["0 not for this work", "3 can’t do without", "0 new to me", "3 could help others"] {
            assert!(flat.contains(words), "{words}\n{shown}");
        }
        skills.run("skills-rate.down", &world.ctx());
    }
}

#[test]
fn all_36_lines_come_round_under_four_heads() {
    let world = world();
    let mut skills = rating_of(Who::side(us()));
    let mut seen = 0;
    for _ in 0..4 {
        skills.run("skills-rate.first", &world.ctx());
        loop {
            seen += 1;
            let before = skills.line.focus(99);
            skills.run("skills-rate.down", &world.ctx());
            if skills.line.focus(99) == before {
                break;
            }
        }
        skills.run("skills-rate.head", &world.ctx());
    }
    assert_eq!((seen, skills.head), (36, 0));
}

#[test]
fn what_is_shared_comes_first_then_our_own_and_what_can_be_offered() {
    let mut world = both();
    let mut skills = at(&world);
    assert_eq!(skills.part, Part::Found);
    insta::assert_snapshot!("skills_found_80", drawn(&world, &skills, 80, 21));
    press(&mut skills, &world, &["skills-found.down"]);
    insta::assert_snapshot!("skills_found_80_shared", drawn(&world, &skills, 80, 21));
    insta::assert_snapshot!("skills_found_60", drawn(&world, &skills, 60, 17));
    press(&mut skills, &world, &["skills-found.last"]);
    insta::assert_snapshot!("skills_found_120", drawn(&world, &skills, 120, 37));
    world.linear = true;
    insta::assert_snapshot!("skills_found_linear", drawn(&world, &skills, 80, 21));
}

#[test]
fn while_a_partner_is_silent_nothing_is_said_about_it() {
    let world = silent();
    let mut skills = at(&world);
    assert!(!drawn(&world, &skills, 80, 21).contains("together"), "there is nothing to share yet");
    press(&mut skills, &world, &["skills-found.right"]);
    let shown = drawn(&world, &skills, 80, 21);
    assert!(shown.contains("To learn: City Museum") && shown.contains("nobody has rated it yet"), "{shown}");
}

#[test]
fn a_way_becomes_a_step_with_one_key_and_is_not_taken_twice() {
    let mut world = silent();
    let mut skills = at(&world);
    let said = change(&mut skills, &mut world, "skills-found.way-two");
    assert!(said.contains("Who sees to it?"), "{said}");
    let steps = world.book.as_ref().unwrap().workbook().all::<Remedy>().to_vec();
    assert_eq!(steps.len(), 1);
    assert_eq!((steps[0].skill.0.as_str(), steps[0].suggestion.0.as_str()), ("SP-LS6", "SP-A2"));
    assert_eq!(steps[0].what, "Coaching: assertiveness");
    assert_eq!(steps[0].for_whom, "Our side");
    let said = change(&mut skills, &mut world, "skills-found.way-two");
    assert!(said.contains("taken up already"), "{said}");
    assert_eq!(world.book.as_ref().unwrap().workbook().how_many(Family::Remedy), 1);
}

#[test]
fn whoever_did_something_is_asked_once_whether_it_helped() {
    let mut world = both();
    let mut skills = at(&world);
    assert!(skills.on_step(&world.ctx()), "the question comes first");
    let asked = format!("{:?}", skills.run("skills-found.open", &world.ctx()));
    for words in ["Did it help?", "It helped", "It helped a little", "It did not help"] {
        assert!(asked.contains(words), "{words}: {asked}");
    }
    let done = world.book.as_ref().unwrap().workbook().all::<Remedy>()[1].clone();
    act(&mut world, vec![Edit::SetRecord(Box::new(Remedy { helped: Helped::No, ..done }.into()))]);
    assert!(!drawn(&world, &skills, 80, 21).contains("Did it help?"));
}

#[test]
fn enter_leads_to_where_a_gap_is_felt() {
    let world = silent();
    let mut skills = at(&world);
    let opened = skills.run("skills-found.open", &world.ctx());
    assert!(matches!(opened, Outcome::Go(Go::Aspect(ref id)) if id == "governing"), "{opened:?}");
}

#[test]
fn a_partner_can_be_asked_about_us() {
    let world = silent();
    let mut skills = at(&world);
    press(&mut skills, &world, &["skills-found.next"]);
    insta::assert_snapshot!("skills_who_80", drawn(&world, &skills, 80, 21));
    insta::assert_snapshot!("skills_who_60", drawn(&world, &skills, 60, 17));
    press(&mut skills, &world, &["skills.down"; 3]);
    let asked = format!("{:?}", skills.run("skills.open", &world.ctx()));
    assert!(asked.contains("Helen (City Museum)"), "{asked}");
    assert!(asked.contains("Skills(Some((PartnerId(\"us\")"), "{asked}");
    assert!(!asked.contains("Rosa"), "she is there already");
    press(&mut skills, &world, &["skills.last"]);
    let opened = skills.run("skills.open", &world.ctx());
    assert!(matches!(opened, Outcome::Go(Go::Aspect(ref id)) if id == "skills"), "{opened:?}");
}

#[test]
fn it_can_be_drawn_at_any_size_with_any_name() {
    let mut world = both();
    let place = TextPlace::Person(PersonId::new("helen"), PersonField::Name);
    let name = Splice { place, at: 0, delete: "Helen".into(), insert: HARD_NAME.into(), on: None };
    act(&mut world, vec![Edit::Splice(name)]);
    let parts = |world: &World| {
        let mut all =
            vec![at(world), at(world), rating_of(of(museum(), "helen")), rating_of(of(us(), "ben"))];
        all[1].run("skills-found.next", &world.ctx());
        all[3].run("skills-rate.head", &world.ctx());
        all
    };
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            for mut skills in parts(&world) {
                for name in ["skills.last", "skills-rate.last", "skills-found.last", "skills-found.left"] {
                    skills.run(name, &world.ctx());
                    let cursor = draws_anywhere(&world, &skills, width, height);
                    assert_eq!(cursor.is_some(), width > 0 && height > 0, "{width}x{height}");
                }
            }
        }
    }
    world.book = None;
    draws_anywhere(&world, &Skills::new(None), 80, 21);
}
