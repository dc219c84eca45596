use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::*;
use crate::command::run_by_name;
use crate::testing::World;

fn picker() -> Picker {
    let things = [("FRUIT", "Apple"), ("FRUIT", "Quince"), ("TREES", "Apple tree"), ("TREES", "Oak")];
    let items = things.map(|(group, label)| Item::new(group, label, Target::Run("x")));
    Picker::new("Type", items.to_vec())
}

fn type_in(picker: &mut Picker, text: &str) {
    picker.field.paste(text).unwrap();
    picker.typed();
}

fn run(picker: &mut Picker, world: &World, name: &str) -> Option<Outcome> {
    run_by_name(COMMANDS, picker, name, &world.ctx())
}

fn drawn(picker: &Picker, world: &World, width: u16, height: u16) -> (String, Option<Position>) {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    let cursor = picker.draw(area, &mut buf, &world.ctx(), "Nothing");
    let line = |y| (0..width).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    ((0..height).map(line).collect::<Vec<_>>().join("\n"), cursor)
}

#[test]
fn things_stand_under_their_heads_and_the_best_head_comes_first() {
    let world = World::new();
    let mut picker = picker();
    insta::assert_snapshot!(drawn(&picker, &world, 20, 7).0, @"
        Type
        FRUIT
        > Apple
          Quince
        TREES
          Apple tree
          Oak
        ");
    type_in(&mut picker, "tree");
    insta::assert_snapshot!(drawn(&picker, &world, 20, 7).0, @"
        tree
        TREES
        > Apple tree
        ");
    assert_eq!(picker.count(), "1 found");
}

#[test]
fn arrows_move_while_the_field_keeps_its_text_and_the_cursor_goes_with_them() {
    let world = World::new();
    let mut picker = picker();
    assert_eq!(drawn(&picker, &world, 20, 7).1, Some(Position::new(1, 0)));
    run(&mut picker, &world, "picker.down");
    assert_eq!(drawn(&picker, &world, 20, 7).1, Some(Position::new(3, 3)));
    type_in(&mut picker, "a");
    assert_eq!(drawn(&picker, &world, 20, 7).1, Some(Position::new(2, 0)));
}

#[test]
fn the_focus_stays_in_sight_with_its_head() {
    let world = World::new();
    let mut picker = picker();
    for _ in 0..9 {
        run(&mut picker, &world, "picker.down");
    }
    assert_eq!(drawn(&picker, &world, 20, 3).0, "\n   Apple tree\n > Oak".replacen('\n', " Type\n", 1));
    for _ in 0..9 {
        run(&mut picker, &world, "picker.up");
    }
    assert_eq!(drawn(&picker, &world, 20, 3).0, " Type\n FRUIT\n > Apple");
    run(&mut picker, &world, "picker.page-down");
    assert!(drawn(&picker, &world, 20, 3).0.contains("> Quince"));
    run(&mut picker, &world, "picker.page-up");
    assert_eq!(drawn(&picker, &world, 20, 2).0, " Type\n > Apple");
}

#[test]
fn nothing_found_is_said_and_cannot_be_chosen() {
    let world = World::new();
    let mut picker = picker();
    type_in(&mut picker, "zzz");
    assert_eq!(drawn(&picker, &world, 20, 2).0, " zzz\n Nothing");
    assert!(run(&mut picker, &world, "picker.choose").is_none());
    assert_eq!(picker.count(), "nothing found");
    assert!(matches!(run(&mut picker, &world, "picker.close"), Some(Outcome::Close(_))));
}

#[test]
fn a_thousand_things_are_narrowed_without_a_pause() {
    let thing = |n: usize| Item {
        words: "words and more words ".repeat(8),
        ..Item::new("", format!("Thing number {n}"), Target::Run("x"))
    };
    let mut picker = Picker::new("", (0..1_000).map(thing).collect());
    type_in(&mut picker, "thing 99");
    assert!(picker.len() > 10 && picker.len() <= MOST);
}
