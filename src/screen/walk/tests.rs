use super::*;
use crate::domain::{HardThing, Promise};
use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::Timestamp;
use jiff::civil::date;

fn act(world: &mut World, edit: Edit) {
    world.book.as_mut().unwrap().act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
}

/// Does what an outcome asks for, as the program would.
fn follow(world: &mut World, screen: &mut WalkScreen, outcome: Outcome) -> String {
    match outcome {
        Outcome::Edit(edit) => {
            act(world, edit);
            String::new()
        }
        Outcome::All(all) => all.into_iter().map(|one| follow(world, screen, one)).collect(),
        Outcome::Run(name) => {
            screen.sync(&world.ctx());
            let outcome = screen.run(name, &world.ctx());
            follow(world, screen, outcome)
        }
        Outcome::Say(said) => said,
        _ => String::new(),
    }
}

fn press(world: &mut World, screen: &mut WalkScreen, name: &str) -> String {
    let outcome = screen.run(name, &world.ctx());
    let said = follow(world, screen, outcome);
    screen.sync(&world.ctx());
    said
}

/// Fills the line that an overlay asks for, and takes it.
fn fill(world: &mut World, screen: &mut WalkScreen, name: &str, words: &[&str]) -> String {
    let mut outcome = screen.run(name, &world.ctx());
    for words in words {
        let Outcome::Open(mut layer) = outcome else { panic!("{outcome:?}") };
        if let Some(field) = layer.field() {
            field.set_text(words);
            outcome = layer.run("prompt.accept", &world.ctx());
        } else {
            outcome = layer.run("menu.choose", &world.ctx());
        }
        while let Outcome::Close(then) = outcome {
            outcome = *then;
        }
    }
    let said = follow(world, screen, outcome);
    screen.sync(&world.ctx());
    said
}

fn walk(world: &World) -> Walk {
    world.ctx().workbook().unwrap().all::<Walk>()[0].clone()
}

fn planned() -> (World, WalkScreen) {
    let mut world = world();
    let mut screen = WalkScreen::new(None);
    screen.sync(&world.ctx());
    press(&mut world, &mut screen, "walk.edit");
    (world, screen)
}

#[test]
fn a_walk_that_is_moved_twice_is_moved_and_not_missed() {
    let (mut world, mut screen) = planned();
    let first = Walk { planned: Some(date(2025, 11, 14)), place: "the park gate".into(), ..walk(&world) };
    act(&mut world, set(first));
    let said = fill(&mut world, &mut screen, "walk.move", &["2025-11-21"]);
    assert!(said.contains("It is not missed."), "{said}");
    fill(&mut world, &mut screen, "walk.move", &["2025-11-28"]);
    let moved = walk(&world);
    assert_eq!(moved.planned, Some(date(2025, 11, 28)));
    assert_eq!(moved.moved, [date(2025, 11, 14), date(2025, 11, 21)].into());
    let seen = drawn(&world, &screen, 80, 21);
    assert!(seen.contains("moved from 14 November 2025 and 21"), "{seen}");
    insta::assert_snapshot!("prepare_80", seen);
    insta::assert_snapshot!("prepare_60", drawn(&world, &screen, 60, 17));
    press(&mut world, &mut screen, "walk.edit");
}

#[test]
fn no_more_than_five_prompts_stand_on_the_card() {
    let (mut world, mut screen) = planned();
    for _ in 0..5 {
        press(&mut world, &mut screen, "walk.down");
    }
    for n in 0..7 {
        let fields = screen.fields(&world.ctx());
        let crate::screen::form::Value::Many(_, options, _) = &fields[5].value else { panic!() };
        let off = options.iter().find(|(_, on, _)| !on).map(|(_, _, edit)| edit.clone());
        assert_eq!(off.is_some(), n < 5, "{n}");
        if let Some(edit) = off {
            act(&mut world, edit);
        }
    }
    assert_eq!(walk(&world).prompts.len(), Walk::PROMPTS);
}

#[test]
fn the_invitation_begins_from_a_draft_and_is_ours_to_change() {
    let (mut world, mut screen) = planned();
    let why = "after a year it is easier to mend something small";
    let now = walk(&world);
    act(&mut world, set(Walk { planned: Some(date(2025, 11, 28)), why: why.into(), ..now }));
    for _ in 0..9 {
        press(&mut world, &mut screen, "walk.down");
    }
    press(&mut world, &mut screen, "walk.edit");
    assert!(screen.form.is_typing());
    let drafted = walk(&world).invitation;
    assert!(drafted.contains(why) && drafted.contains("Friday 28 November"), "{drafted}");
    assert!(drafted.contains("[to agree]"), "no place is invented: {drafted}");
    let own = Walk { invitation: "Come along!".into(), ..walk(&world) };
    act(&mut world, set(own));
    screen.sync(&world.ctx());
    press(&mut world, &mut screen, "walk-typing.stop");
    press(&mut world, &mut screen, "walk.edit");
    assert_eq!(walk(&world).invitation, "Come along!");
}

#[test]
fn looking_back_goes_step_by_step_and_goes_on_where_something_is_blank() {
    let (mut world, mut screen) = planned();
    let now = walk(&world);
    act(&mut world, set(Walk { planned: Some(date(2025, 11, 6)), ..now }));
    fill(&mut world, &mut screen, "walk.held", &["2025-11-07"]);
    assert_eq!(screen.step, Step::Surprised, "held, and the day was another");
    assert_eq!(walk(&world).held, Some(date(2025, 11, 7)));
    let now = walk(&world);
    act(&mut world, set(Walk { surprised: "how tired they are".into(), ..now }));
    for _ in 0..3 {
        press(&mut world, &mut screen, "walk.next-step");
    }
    assert_eq!(screen.step, Step::WillDo);
    fill(&mut world, &mut screen, "walk.add", &["send the plan", "2025-11-20"]);
    let promise: Promise = world.ctx().workbook().unwrap().promises()[0].clone();
    assert_eq!((promise.made, promise.due), (Some(date(2025, 11, 7)), Some(date(2025, 11, 20))));
    assert_eq!(promise.to.as_str(), "museum");
    insta::assert_snapshot!("will_do_80", drawn(&world, &screen, 80, 21));
    // left, and come back to two days later
    let mut again = WalkScreen::new(None);
    again.sync(&world.ctx());
    assert_eq!(again.step, Step::Hard);
    again.enter(Step::Harder);
    fill(&mut world, &mut again, "walk.add", &["it talked down to them", "menu"]);
    let thing = world.ctx().workbook().unwrap().all::<HardThing>()[0].clone();
    assert_eq!(thing.walk, Some(walk(&world).id));
    again.enter(Step::Changes);
    fill(&mut world, &mut again, "walk.add", &["a second training", "menu", "2025-12-01"]);
    let change = world.ctx().workbook().unwrap().all::<crate::domain::Revision>()[0].clone();
    assert_eq!((change.mends, change.due), (Some(thing.id), Some(date(2025, 12, 1))));
    assert_eq!(change.walk, Some(walk(&world).id), "walk, thing and change name each other");
    insta::assert_snapshot!("changes_60", drawn(&world, &again, 60, 17));
    again.enter(Step::Next);
    let said = press(&mut world, &mut again, "walk.next-step");
    assert!(said.contains("Looked back on"), "{said}");
    assert_eq!(walk(&world).debriefed, Some(date(2025, 11, 10)));
}

#[test]
fn every_step_draws_anywhere() {
    let (mut world, mut screen) = planned();
    let now = walk(&world);
    act(&mut world, set(Walk { held: Some(date(2025, 11, 7)), ..now }));
    for linear in [false, true] {
        world.linear = linear;
        for step in Step::ALL {
            screen.enter(step);
            for (width, height) in SIZES {
                draws_anywhere(&world, &screen, width, height);
            }
        }
    }
    world.book = None;
    screen.sync(&world.ctx());
    draws_anywhere(&world, &screen, 80, 21);
}
