use super::*;
use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};
use crate::testing::World;

fn nine() -> World {
    World { keymap: world().keymap, ..World::nine() }
}

fn at(world: &World, keys: &[&str]) -> Overview {
    let mut overview = Overview::new(None);
    for key in keys {
        overview.run(&format!("matrix.{key}"), &world.ctx());
    }
    overview
}

#[test]
fn who_has_what_at_several_sizes() {
    let mut world = nine();
    insta::assert_snapshot!("matrix_80", drawn(&world, &at(&world, &["down"]), 80, 21));
    insta::assert_snapshot!(
        "matrix_80_far",
        drawn(&world, &at(&world, &["last", "right", "right", "right", "right", "right", "right"]), 80, 21)
    );
    insta::assert_snapshot!(
        "matrix_80_turned",
        drawn(&world, &at(&world, &["turn", "right", "right", "right"]), 80, 21)
    );
    insta::assert_snapshot!("matrix_120", drawn(&world, &at(&world, &["down"]), 120, 37));
    world.size = (60, 20);
    insta::assert_snapshot!("matrix_60", drawn(&world, &at(&world, &["right", "down"]), 60, 17));
    insta::assert_snapshot!("matrix_60_turned", drawn(&world, &at(&world, &["turn"]), 60, 17));
    world.size = (80, 24);
    world.linear = true;
    insta::assert_snapshot!("matrix_linear", drawn(&world, &at(&world, &["right"]), 80, 21));
    world.linear = false;
    world.book = crate::screen::tests::world().book;
    let partner = world.book.as_ref().unwrap().workbook().partners()[0].id.clone();
    let bin = crate::domain::Edit::BinPartner { partner, on: world.ctx().today() };
    world.book.as_mut().unwrap().act_all(vec![bin], jiff::Timestamp::UNIX_EPOCH).unwrap();
    insta::assert_snapshot!("matrix_empty", drawn(&world, &at(&world, &[]), 80, 21));
}

#[test]
fn the_focus_stays_on_its_cell_when_the_table_is_turned() {
    let world = nine();
    let mut overview = at(&world, &["down", "down", "right", "right", "right"]);
    let said = |overview: &Overview| drawn(&world, overview, 80, 21);
    assert!(said(&overview).contains("Young Carers' Charity · money: gets £1,250.00"), "{}", said(&overview));
    overview.run("matrix.turn", &world.ctx());
    assert!(said(&overview).contains("Young Carers' Charity · money: gets £1,250.00"), "{}", said(&overview));
    overview.run("matrix.right", &world.ctx());
    assert!(said(&overview).contains("Riverside Secondary School · money: none"), "{}", said(&overview));
}

#[test]
fn enter_opens_what_stands_behind_a_cell_or_where_it_would() {
    let world = nine();
    let opened = |keys: &[&str]| format!("{:?}", at(&world, keys).run("matrix.open", &world.ctx()));
    assert_eq!(
        opened(&["down", "down", "right", "right", "right"]),
        r#"Go(Records(MoneyLine, Some(RecordId("m1"))))"#
    );
    assert_eq!(
        opened(&["down", "down", "down"]),
        "Go(Records(Role, None))",
        "a blank one leads to the table"
    );
    let several = opened(&["down"]);
    for words in ["City Museum: roles", "Leads: keeping the budget", "Helps: looking after the volunteers"] {
        assert!(several.contains(words), "{words} in {several}");
    }
    let deputy = opened(&["down", "right", "right", "right", "right"]);
    assert!(deputy.contains(r#"Person(PersonId("eve"), DeputyFor)"#), "{deputy}");
    let call = opened(&["down", "right", "right", "right", "right", "right"]);
    assert!(call.contains("No contact with City Museum"), "{call}");
}

#[test]
fn every_cell_can_be_reached_and_drawn_in_any_size() {
    let mut world = nine();
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            let mut overview = Overview::new(Some(PartnerId::new("bus")));
            for name in ["last", "right", "turn", "last", "right", "page-up", "page-down", "first", "left"] {
                world.size = (width, height + 3);
                overview.run(&format!("matrix.{name}"), &world.ctx());
                let cursor = draws_anywhere(&world, &overview, width, height);
                assert_eq!(cursor.is_some(), width > 0 && height > 0, "{name} {width}x{height}");
            }
        }
    }
    world.book = None;
    draws_anywhere(&world, &Overview::new(None), 80, 21);
}
