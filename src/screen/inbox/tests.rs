use super::*;
use crate::domain::{Tag, WorkbookId};
use crate::screen::library;
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::testing::World;

fn jotted(n: usize, at: &str, text: &str) -> Note {
    Note {
        name: format!("{n}.ron"),
        id: RecordId::new(format!("jot-{n}")),
        at: at.parse().ok(),
        to: None,
        tag: None,
        private: false,
        text: text.into(),
    }
}

fn full() -> World {
    let mut world = world();
    world.shelf = library::tests::shelf(&[("Tactile guide", false), ("Old walks", false)]);
    world.shelf.folder = "/home/ada/.config/alongside".into();
    let notes = vec![
        jotted(1, "2024-03-12T09:00:00Z", "the old one"),
        Note {
            to: Some(WorkbookId::new("w1")),
            tag: Some(Tag::Promise),
            private: true,
            ..jotted(2, "2025-11-09T16:20:00Z", "they send the budget by Friday")
        },
        Note { text: "line 1, column 5: the file ends too early".into(), ..jotted(3, "", "") },
        jotted(4, "2025-11-10T13:05:00Z", HARD_NAME),
    ];
    world.shelf.follow_inbox(notes, &[]);
    world
}

fn at(row: usize) -> Inbox {
    Inbox { list: List::at(row), focused: None }
}

#[test]
fn the_inbox_at_several_sizes() {
    let mut world = full();
    insta::assert_snapshot!("inbox_80", drawn(&world, &at(1), 80, 21));
    insta::assert_snapshot!("inbox_unreadable", drawn(&world, &at(3), 80, 21));
    insta::assert_snapshot!("inbox_36", drawn(&world, &at(0), 36, 9));
    world.linear = true;
    insta::assert_snapshot!("inbox_linear", drawn(&world, &at(1), 60, 17));
}

#[test]
fn enter_puts_a_note_into_the_open_workbook_and_asks_where_none_is_open() {
    let mut world = full();
    let put = at(2).run("inbox.put", &world.ctx());
    assert!(matches!(put, Outcome::Ask(Ask::JotTo(name, to)) if name == "1.ron" && to.as_str() == "w"));
    let mut ctx = world.ctx();
    ctx.writable = false;
    assert!(matches!(at(2).run("inbox.put", &ctx), Outcome::Open(_)));
    world.book = None;
    assert!(matches!(at(2).run("inbox.put", &world.ctx()), Outcome::Open(_)));
    world.shelf.workbooks.clear();
    assert!(matches!(at(2).run("inbox.choose", &world.ctx()), Outcome::Say(_)));
}

#[test]
fn one_that_cannot_be_read_goes_nowhere_but_to_the_bin() {
    let world = full();
    for row in ["inbox.put", "inbox.choose"] {
        assert!(matches!(at(3).run(row, &world.ctx()), Outcome::Say(why) if why.contains("/inbox/3.ron")));
    }
    let binned = at(3).run("inbox.bin", &world.ctx());
    assert!(matches!(binned, Outcome::Ask(Ask::BinJot(name)) if name == "3.ron"));
}

#[test]
fn the_focus_stays_on_its_note_while_others_come_and_go() {
    let mut world = full();
    let mut inbox = at(0);
    inbox.run("inbox.down", &world.ctx());
    assert_eq!(inbox.in_focus(&world.ctx()).unwrap().name, "2.ron");
    world.shelf.follow_inbox(vec![jotted(5, "2025-11-10T14:00:00Z", "new")], &["4.ron".into()]);
    world.shelf.follow_inbox(vec![jotted(6, "2025-11-10T14:01:00Z", "newer")], &[]);
    inbox.sync(&world.ctx());
    assert_eq!(inbox.in_focus(&world.ctx()).unwrap().name, "2.ron");
    world.shelf.follow_inbox(Vec::new(), &["2.ron".into()]);
    inbox.sync(&world.ctx());
    assert_eq!(inbox.in_focus(&world.ctx()).unwrap().name, "1.ron", "its place is taken by the next");
}

#[test]
fn an_empty_inbox_says_so() {
    let world = world();
    assert_eq!(drawn(&world, &Inbox::new(), 80, 21).trim(), "No note waits here.");
    assert!(matches!(Inbox::new().run("inbox.put", &world.ctx()), Outcome::Unused));
}

#[test]
fn it_draws_in_any_size() {
    let mut world = full();
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            for n in 0..4 {
                let cursor = draws_anywhere(&world, &at(n), width, height);
                assert_eq!(cursor.is_some(), width > 0 && height > 0, "{width}x{height}");
            }
        }
    }
}
