use super::*;
use crate::domain::{Edit, PartnershipState, Pause, StateField};
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::Timestamp;
use jiff::civil::date;

fn act(world: &mut World, edit: Edit) {
    world.book.as_mut().unwrap().act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
}

fn paused(words: &str) -> World {
    let mut world = world();
    act(&mut world, Edit::ChangeState(StateChange::to(PartnershipState::Active, date(2024, 3, 12))));
    let pause = Pause {
        until: Some(date(2025, 12, 1)),
        frozen: words.into(),
        light_touch: "the secretary".into(),
        ..Pause::default()
    };
    let change = StateChange {
        ours: words.into(),
        pause: Some(Box::new(pause)),
        ..StateChange::to(PartnershipState::Paused, date(2025, 2, 28))
    };
    act(&mut world, Edit::ChangeState(change));
    world
}

#[test]
fn a_pause_at_several_sizes() {
    let mut world = paused("The society lost its site.");
    insta::assert_snapshot!("state_80", drawn(&world, &States::new(Some(1)), 80, 21));
    insta::assert_snapshot!("state_60", drawn(&world, &States::new(None), 60, 12));
    insta::assert_snapshot!("state_form_60", drawn(&world, &States::new(Some(1)), 60, 17));
    world.linear = true;
    insta::assert_snapshot!("state_linear", drawn(&world, &States::new(None), 60, 9));
}

#[test]
fn what_is_typed_goes_straight_into_its_place() {
    let world = paused("");
    let mut states = States::new(Some(1));
    states.run("states.edit", &world.ctx());
    assert_eq!(states.place(), Some(TextPlace::State(1, StateField::Ours)));
    states.run("states-fields.down", &world.ctx());
    assert_eq!(states.place(), Some(TextPlace::State(1, StateField::Theirs)));
    states.run("states-fields.stop", &world.ctx());
    assert_eq!(states.place(), None);
    states.run("states.back", &world.ctx());
    assert!(matches!(states.run("states.back", &world.ctx()), Outcome::Back));
    states.run("states.down", &world.ctx());
    states.run("states.edit", &world.ctx());
    assert_eq!(states.place(), Some(TextPlace::State(0, StateField::Ours)));
}

#[test]
fn a_pause_of_an_older_version_takes_a_day() {
    let mut world = world();
    act(&mut world, Edit::ChangeState(StateChange::to(PartnershipState::Paused, date(2025, 2, 28))));
    let (at, change) = (0, world.book.as_ref().unwrap().workbook().partnership().log()[0].clone());
    assert_eq!(fields::fields(at, &change).len(), 5);
    let fields = fields::fields(at, &change);
    let super::super::form::Value::Day(None, set) = &fields[3].value else { panic!() };
    act(&mut world, set(Some(date(2025, 6, 1))));
    let change = world.book.as_ref().unwrap().workbook().partnership().log()[0].clone();
    assert_eq!(change.pause.as_ref().unwrap().until, Some(date(2025, 6, 1)));
    assert_eq!(fields::fields(at, &change).len(), 8);
}

#[test]
fn it_draws_in_any_size() {
    for mut world in [world(), paused(HARD_NAME)] {
        for linear in [false, true] {
            world.linear = linear;
            for (width, height) in SIZES {
                for mut states in [States::new(None), States::new(Some(1)), States::new(Some(9))] {
                    let cursor = draws_anywhere(&world, &states, width, height);
                    assert_eq!(cursor.is_some(), width > 0 && height > 0, "{width}x{height}");
                    states.run("states.edit", &world.ctx());
                    draws_anywhere(&world, &states, width, height);
                }
            }
        }
    }
}
