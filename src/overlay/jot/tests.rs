use super::*;
use crate::domain::AnyRecord;
use crate::keymap::Keymap;
use crate::overlay::sizes::{AWKWARD, draws_at_any_size};
use crate::testing::World;

fn with(text: &str) -> Jot {
    let mut jot = Jot::new();
    jot.field().unwrap().paste(text).unwrap();
    jot
}

/// A world in which no workbook is open.
fn outside() -> World {
    World { book: None, ..World::new() }
}

#[test]
fn enter_keeps_a_line_and_is_ready_for_the_next() {
    let world = outside();
    let mut jot = with(" ring the carers' group ");
    insta::assert_snapshot!(world.drawn(&jot, 60, 3), @r"
     Jot: into the inbox                  Tab s w a p q d m x v
      ring the carers' group
     Enter keeps it and goes on, Esc keeps it and goes back
    ");
    let kept = jot.run("jot.keep", &world.ctx());
    assert!(
        matches!(kept, Outcome::Ask(Ask::Jot { text, to: None, tag: None, private: false }) if text == "ring the carers' group")
    );
    insta::assert_snapshot!(world.drawn(&jot, 60, 3), @r"
     Jot: into the inbox                  Tab s w a p q d m x v
     What is not to be forgotten?
     1 line kept. Enter or Esc goes back
    ");
    assert_eq!(format!("{:?}", jot.run("jot.keep", &world.ctx())), "Close(Done)");
}

#[test]
fn escape_keeps_what_stands_there() {
    let world = outside();
    let Outcome::Close(then) = with("half a wo").run("jot.close", &world.ctx()) else { panic!("it closes") };
    assert!(matches!(*then, Outcome::Ask(Ask::Jot { text, .. }) if text == "half a wo"));
    assert_eq!(format!("{:?}", with("  ").run("jot.close", &world.ctx())), "Close(Done)");
}

#[test]
fn in_an_open_workbook_it_is_a_line_of_the_jots_of_the_day() {
    let world = World::new();
    let mut jot = with("ring the carers");
    jot.run("jot.tag-promise", &world.ctx());
    jot.run("jot.tag-private", &world.ctx());
    insta::assert_snapshot!(world.drawn(&jot, 60, 3), @r"
     Jot: into Tactile guide              Tab s w a p q d m x v
     pv ring the carers
     Enter keeps it and goes on, Esc keeps it and goes back
    ");
    let Outcome::Edits(edits) = jot.run("jot.keep", &world.ctx()) else { panic!("it is an edit") };
    let [Edit::AddRecord { record, .. }, Edit::AddLine { line, .. }] = edits.as_slice() else {
        panic!("{edits:?}")
    };
    assert!(matches!(&**record, AnyRecord::Call(call) if call.is_jots()));
    assert_eq!((line.tag, line.private, line.text.as_str()), (Some(Tag::Promise), true, "ring the carers"));
}

#[test]
fn its_tags_are_those_of_a_call() {
    let keymap = Keymap::new(&TAG_COMMANDS.iter().map(Command::row).collect::<Vec<_>>());
    for tag in Tag::ALL {
        let row = TAG_COMMANDS.iter().map(Command::row).find(|row| {
            keymap
                .of(row.name)
                .iter()
                .any(|keys| keys.last().and_then(|c| c.printable()) == Some(tag.letter()))
        });
        let mut jot = with("words");
        jot.run(row.unwrap().name, &World::new().ctx());
        assert_eq!(jot.tag, Some(tag));
        assert_eq!(
            row.unwrap().help,
            format!("Tag: {}", tag.words()).replace("Tag: said", "Tag: said by them")
        );
    }
}

#[test]
fn it_draws_at_any_size() {
    let mut world = World::new();
    draws_at_any_size(&mut world, &with(AWKWARD));
    assert_eq!(world.drawn(&with("now"), 12, 1), "now");
}
