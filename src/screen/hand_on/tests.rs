use super::*;
use crate::domain::{AnyRecord, Edit, InFamily, Membership, PersonId, Promise, PromiseState, RecordId, Role};
use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::Timestamp;

fn nine() -> World {
    World { keymap: world().keymap, ..World::nine() }
}

fn leaving() -> HandOn {
    HandOn::new(PartnerId::new("museum"), Move::Leaving)
}

fn run(screen: &mut HandOn, world: &World, names: &[&str]) -> Outcome {
    let mut outcome = Outcome::Done;
    for name in names {
        outcome = screen.run(&format!("hand-on.{name}"), &world.ctx());
    }
    outcome
}

/// Carries out what a screen asks for, as one step.
fn act(world: &mut World, outcome: Outcome) {
    let Outcome::All(all) = outcome else { panic!("{outcome:?}") };
    let edits = all.into_iter().find_map(|outcome| match outcome {
        Outcome::Edits(edits) => Some(edits),
        _ => None,
    });
    world.book.as_mut().unwrap().act_all(edits.unwrap(), Timestamp::UNIX_EPOCH).unwrap();
}

fn record<R: InFamily + Clone>(world: &World, id: &str) -> R {
    let all = world.book.as_ref().unwrap().workbook().all::<R>();
    all.iter().find(|record| record.id().as_str() == id).unwrap().clone()
}

#[test]
fn what_hangs_on_a_partner_at_several_sizes() {
    let mut world = nine();
    let mut screen = leaving();
    insta::assert_snapshot!("hand_on_80", drawn(&world, &screen, 80, 21));
    insta::assert_snapshot!("hand_on_120", drawn(&world, &screen, 120, 37));
    run(&mut screen, &world, &["choose"]);
    insta::assert_snapshot!("hand_on_choosing_80", drawn(&world, &screen, 80, 21));
    world.size = (60, 20);
    insta::assert_snapshot!("hand_on_choosing_60", drawn(&world, &screen, 60, 17));
    run(&mut screen, &world, &["down", "down", "down", "choose"]);
    insta::assert_snapshot!("hand_on_60", drawn(&world, &screen, 60, 17));
    world.size = (80, 24);
    world.linear = true;
    insta::assert_snapshot!("hand_on_linear", drawn(&world, &screen, 80, 21));
    world.linear = false;
    let pausing = HandOn::new(PartnerId::new("museum"), Move::Pausing);
    insta::assert_snapshot!("hand_on_pausing_80", drawn(&world, &pausing, 80, 21));
    let nothing = HandOn::new(PartnerId::new("nobody"), Move::Leaving);
    insta::assert_snapshot!("hand_on_nothing_80", drawn(&world, &nothing, 80, 21));
}

#[test]
fn everything_is_handed_on_in_one_step_and_comes_back_in_one() {
    let mut world = nine();
    let before = world.book.as_ref().unwrap().workbook().clone();
    let mut screen = leaving();
    // all that stays goes to the carers' charity, the second side that is offered
    run(&mut screen, &world, &["all", "down", "down"]);
    let options = screen.options(&world.ctx());
    let charity = options.iter().position(|(words, _)| words == "Young Carers' Charity").unwrap();
    screen.choosing.as_mut().unwrap().list.set(charity);
    let said = format!("{:?}", run(&mut screen, &world, &["choose"]));
    assert!(said.contains("cannot go there"), "somebody to stand in is a person: {said}");
    let open: Vec<String> = screen
        .fates(&world.ctx())
        .into_iter()
        .filter(|(_, fate)| *fate == Fate::Stays)
        .map(|(hanging, _)| hanging.words)
        .collect();
    assert_eq!(open, ["Eve stands in for Jo Bell"]);
    let outcome = run(&mut screen, &world, &["carry-out"]);
    act(&mut world, outcome);
    let charity = PartnerId::new("carers");
    for role in ["r2", "r4"] {
        assert_eq!(record::<Role>(&world, role).lead, Some(Who::side(charity.clone())));
    }
    assert!(!record::<Role>(&world, "r1").support.contains(&PartnerId::new("museum")), "it helps no more");
    let promise = record::<Promise>(&world, "p1");
    assert_eq!((promise.by, promise.state), (charity.clone(), PromiseState::Renegotiated));
    assert_eq!(record::<Promise>(&world, "p2").to, charity);
    let workbook = world.book.as_ref().unwrap().workbook();
    let museum = workbook.partner(&PartnerId::new("museum")).unwrap();
    assert_eq!(museum.status, PartnerStatus::Left);
    assert!(workbook.person(&PersonId::new("jo")).unwrap().left.is_some(), "people leave with their side");
    let membership = &workbook.all::<Membership>()[0];
    assert!(membership.hand_on.contains("keeping the budget: Jo Bell, leads → to Young Carers' Charity"));
    assert!(membership.hand_on.contains("Eve stands in for Jo Bell → still to be handed on"));
    assert_eq!(membership.done, None, "something is still to be handed on");
    let left = query::hangs_on_side(workbook, &world.content, &PartnerId::new("museum"), world.ctx().today());
    assert!(left.is_empty(), "{left:?}");
    world.book.as_mut().unwrap().undo(Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(*world.book.as_ref().unwrap().workbook(), before, "one step back and all is as it was");
}

#[test]
fn with_a_tenth_partner_one_leaves_and_hands_every_role_promise_and_product_on() {
    let mut world = nine();
    let tenth = crate::domain::Partner::named(PartnerId::new("tenth"), "Youth Theatre");
    let joins = [
        Edit::AddPartner { partner: Box::new(tenth), place: usize::MAX },
        Edit::AddPerson {
            person: Box::new(crate::domain::Person::named(
                PersonId::new("uma"),
                PartnerId::new("tenth"),
                "Uma",
            )),
            place: usize::MAX,
        },
    ];
    world.book.as_mut().unwrap().act_all(joins.to_vec(), Timestamp::UNIX_EPOCH).unwrap();
    let mut screen = leaving();
    let fates = screen.fates(&world.ctx());
    let groups: Vec<&str> = fates.iter().map(|(hanging, _)| hanging.group).collect();
    for group in [
        "Roles",
        "Activities",
        "To do",
        "Working groups",
        "Money",
        "What they owe",
        "What they are owed",
        "What remains",
        "Standing in",
        "People",
    ] {
        assert!(groups.contains(&group), "{group} in {groups:?}");
    }
    // each goes to Uma where a person can take it, to her side otherwise, choice by choice
    for n in 0..fates.len() {
        screen.list.get_mut().set(n);
        run(&mut screen, &world, &["choose"]);
        let options = screen.options(&world.ctx());
        let uma = options.iter().position(|(words, _)| words == "Uma (Youth Theatre)");
        let side = options.iter().position(|(words, _)| words == "Youth Theatre");
        screen.choosing.as_mut().unwrap().list.set(uma.or(side).unwrap());
        run(&mut screen, &world, &["choose"]);
    }
    assert_eq!(screen.aside(&world.ctx()), "all is settled");
    let outcome = run(&mut screen, &world, &["last", "choose"]);
    act(&mut world, outcome);
    let workbook = world.book.as_ref().unwrap().workbook();
    let museum = PartnerId::new("museum");
    assert!(query::hangs_on_side(workbook, &world.content, &museum, world.ctx().today()).is_empty());
    assert!(workbook.promises().iter().all(|promise| promise.by != museum && promise.to != museum));
    assert_eq!(workbook.legacies()[0].keeper.as_ref().unwrap().side.as_str(), "tenth");
    assert_eq!(record::<Role>(&world, "r2").lead.unwrap().person, Some(PersonId::new("uma")));
    assert_eq!(workbook.person(&PersonId::new("uma")).unwrap().deputy_for, "Jo Bell");
    assert_eq!(
        workbook.person(&PersonId::new("jo")).unwrap().partner.as_str(),
        "tenth",
        "people can go over"
    );
    assert!(workbook.all::<Membership>()[0].done.is_some(), "all was handed on");
    // nothing that somebody else has was touched
    let others = |workbook: &Workbook| -> Vec<AnyRecord> {
        let all = workbook.records(Family::Role).into_iter().chain(workbook.records(Family::Group));
        all.filter(|record| ["r3", "g3"].contains(&record.id().as_str())).collect()
    };
    assert_eq!(others(workbook), others(World::nine().book.unwrap().workbook()));
}

#[test]
fn nobody_promises_anything_to_themselves() {
    let world = nine();
    let mut screen = leaving();
    let fates = screen.fates(&world.ctx());
    let to_us = fates.iter().position(|(h, _)| h.thread == Thread::PromisedBy(RecordId::new("p1"))).unwrap();
    screen.list.get_mut().set(to_us);
    run(&mut screen, &world, &["choose"]);
    let options = screen.options(&world.ctx());
    assert!(options.iter().all(|(words, _)| words != "Our side" && !words.starts_with("Ana")), "{options:?}");
    assert!(options.iter().any(|(words, _)| words == "Let go"));
}

#[test]
fn a_partner_that_rests_keeps_what_it_has_and_is_back_in_one_choice() {
    let mut world = nine();
    let mut screen = HandOn::new(PartnerId::new("museum"), Move::Pausing);
    let outcome = run(&mut screen, &world, &["carry-out"]);
    act(&mut world, outcome);
    assert_eq!(record::<Role>(&world, "r4").lead, Some(Who::side(PartnerId::new("museum"))));
    let status = |world: &World| {
        world.book.as_ref().unwrap().workbook().partner(&PartnerId::new("museum")).unwrap().status
    };
    assert_eq!(status(&world), PartnerStatus::Paused);
    let Outcome::Open(mut menu) = ask(&PartnerId::new("museum"), &world.ctx()) else { panic!() };
    let Some(Outcome::Close(back)) = menu.letter('j', &world.ctx()) else { panic!() };
    act(&mut world, *back);
    assert_eq!(status(&world), PartnerStatus::In);
    assert_eq!(world.book.as_ref().unwrap().workbook().all::<Membership>().len(), 2);
}

#[test]
fn it_draws_in_any_size() {
    let mut world = nine();
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            let mut screen = leaving();
            for name in ["last", "first", "choose", "last", "choose", "all", "page-down", "back"] {
                world.size = (width, height + 3);
                run(&mut screen, &world, &[name]);
                let cursor = draws_anywhere(&world, &screen, width, height);
                assert_eq!(cursor.is_some(), width > 0 && height > 0, "{name} {width}x{height}");
            }
        }
    }
}

#[test]
fn it_leaves_and_joins_on_the_day_that_is_said() {
    let mut world = nine();
    let mut screen = leaving();
    let ask = |screen: &mut HandOn, world: &World, typed: &str| {
        let Outcome::Open(mut prompt) = run(screen, world, &["day"]) else { panic!("a line to fill in") };
        let field = prompt.field().unwrap();
        field.set_text("");
        field.paste(typed).unwrap();
        assert!(matches!(prompt.run("prompt.accept", &world.ctx()), Outcome::Close(_)));
    };
    assert!(drawn(&world, &screen, 80, 60).contains("leaves today"));
    ask(&mut screen, &world, "2025-02-28");
    assert!(drawn(&world, &screen, 80, 60).contains("on 28 Feb"), "{}", drawn(&world, &screen, 80, 60));
    let outcome = run(&mut screen, &world, &["carry-out"]);
    act(&mut world, outcome);
    let noted = |world: &World| world.book.as_ref().unwrap().workbook().all::<Membership>().last().cloned();
    let left = noted(&world).unwrap();
    assert_eq!((left.change, left.on), (Move::Leaving, Some(jiff::civil::date(2025, 2, 28))));

    let Outcome::Open(mut menu) = super::ask(&PartnerId::new("museum"), &world.ctx()) else {
        panic!("a menu")
    };
    let Some(Outcome::Close(then)) = menu.letter('d', &world.ctx()) else { panic!("another day") };
    let Outcome::Open(mut prompt) = *then else { panic!("a line to fill in") };
    prompt.field().unwrap().paste("2025-03-03").unwrap();
    let Outcome::Close(then) = prompt.run("prompt.accept", &world.ctx()) else { panic!("it is taken") };
    act(&mut world, *then);
    let back = noted(&world).unwrap();
    assert_eq!((back.change, back.on), (Move::Joining, Some(jiff::civil::date(2025, 3, 3))));
}
