use jiff::civil::{Date, date};

use super::*;
use crate::domain::{AnyRecord, Concern, PartnerId, Pulse, QuestionId, Who};
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::Timestamp;

fn act(world: &mut World, edits: Vec<Edit>) {
    world.book.as_mut().unwrap().act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
}

fn add(world: &mut World, record: impl Into<AnyRecord>) {
    act(world, vec![Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }]);
}

fn pulse(world: &mut World, on: Date, line: &str, concern: Concern) {
    let id = world.ids.record();
    let (side, lines) = (Some(PartnerId::new("museum")), [(line.to_owned(), concern)].into());
    add(world, Pulse { on: Some(on), side, lines, ..Pulse::new(id) });
}

fn board() -> World {
    let mut world = world();
    let card = |id: &str, board, what: &str| Revision {
        what: what.into(),
        board,
        ..Revision::new(RecordId::new(id))
    };
    let museum = Some(Who::side(PartnerId::new("museum")));
    add(&mut world, card("r1", Board::Keep, "tea before every walk"));
    add(
        &mut world,
        Revision {
            lead: museum.clone(),
            due: Some(date(2025, 11, 20)),
            why: "It had slipped to once a month.".into(),
            clause: Some(QuestionId::new("K-22")),
            aspect: Topic("communicating".into()),
            ..card(
                "r2",
                Board::Mend,
                "the Thursday call, ten minutes and kept, also when there is nothing to say",
            )
        },
    );
    add(
        &mut world,
        Revision {
            done: Some(date(2025, 10, 1)),
            ..card("r3", Board::Drop, "the fourth object each afternoon")
        },
    );
    add(
        &mut world,
        Revision { lead: museum, due: Some(date(2025, 11, 1)), ..card("r4", Board::Try, "two parents lead") },
    );
    pulse(&mut world, date(2025, 9, 12), "delivering", Concern::Serious);
    world
}

fn edits(outcome: Outcome) -> Vec<Edit> {
    match outcome {
        Outcome::Edit(edit) => vec![edit],
        Outcome::Edits(edits) => edits,
        Outcome::All(all) => all.into_iter().flat_map(edits).collect(),
        _ => Vec::new(),
    }
}

fn column_of(world: &World, id: &str) -> Board {
    let ctx = world.ctx();
    ctx.workbook().unwrap().all::<Revision>().iter().find(|card| card.id.as_str() == id).unwrap().board
}

#[test]
fn one_key_moves_a_card_and_it_stays_in_focus() {
    let mut world = board();
    let mut screen = BoardScreen::new(None);
    for (key, then) in [("board.on", Board::Mend), ("board.on", Board::Drop), ("board.before", Board::Mend)] {
        let moved = edits(screen.run(key, &world.ctx()));
        assert_eq!(moved.len(), 1, "{key}");
        act(&mut world, moved);
        assert_eq!(column_of(&world, "r1"), then);
        assert_eq!(screen.in_focus(&world.ctx()).unwrap().id.as_str(), "r1");
    }
    screen.run("board.left", &world.ctx());
    assert_eq!(screen.in_focus(&world.ctx()), None, "nothing is kept any more");
    screen.run("board.right", &world.ctx());
    screen.run("board.right", &world.ctx());
    screen.run("board.right", &world.ctx());
    assert!(matches!(screen.run("board.on", &world.ctx()), Outcome::Say(_)), "there is no fifth column");
}

#[test]
fn one_key_goes_to_what_a_card_is_connected_with() {
    let world = board();
    let mut screen = BoardScreen::new(None);
    assert!(matches!(screen.run("board.connected", &world.ctx()), Outcome::Unused), "it names nothing");
    screen.run("board.right", &world.ctx());
    let Outcome::Go(Go::Look(go)) = screen.run("board.connected", &world.ctx()) else { panic!() };
    let Go::Question(clause, None) = *go else { panic!("{go:?}") };
    assert_eq!(clause.as_str(), "K-22");
}

#[test]
fn what_is_serious_stands_at_the_head_until_a_change_is_about_it() {
    let mut world = board();
    let mut screen = BoardScreen::new(None);
    let before = drawn(&world, &screen, 80, 21);
    assert!(before.contains("! Delivering is called serious by City Museum (12 September)"), "{before}");
    assert!(matches!(screen.run("board.answer", &world.ctx()), Outcome::Open(_)));
    let made = RecordId::new("made");
    let aspect = Topic("delivering".into());
    add(
        &mut world,
        Revision { what: "one object fewer".into(), board: Board::Mend, aspect, ..Revision::new(made) },
    );
    let after = drawn(&world, &screen, 80, 21);
    assert!(!after.contains("called serious"), "{after}");
    assert!(matches!(screen.run("board.answer", &world.ctx()), Outcome::Unused), "nothing waits");
    pulse(&mut world, date(2025, 10, 12), "finding", Concern::Serious);
    pulse(&mut world, date(2025, 10, 12), "building", Concern::Serious);
    pulse(&mut world, date(2025, 10, 12), "ending", Concern::Serious);
    let many = drawn(&world, &screen, 80, 21);
    assert!(many.contains("And 1 more."), "{many}");
}

#[test]
fn in_one_list_the_way_down_leads_through_all_columns() {
    let mut world = board();
    world.size = (60, 20);
    let mut screen = BoardScreen::new(None);
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.extend(screen.in_focus(&world.ctx()).map(|card| card.id.as_str().to_owned()));
        screen.run("board.down", &world.ctx());
    }
    assert_eq!(seen, ["r1", "r2", "r4", "r4"], "what is done is left out");
    screen.run("board.up", &world.ctx());
    assert_eq!(screen.in_focus(&world.ctx()).unwrap().id.as_str(), "r2");
}

#[test]
fn it_looks_like_this() {
    let mut world = board();
    let mut screen = BoardScreen::new(None);
    screen.run("board.right", &world.ctx());
    insta::assert_snapshot!("board_80", drawn(&world, &screen, 80, 21));
    insta::assert_snapshot!("board_60", drawn(&world, &screen, 60, 17));
    screen.run("board.all", &world.ctx());
    insta::assert_snapshot!("board_120", drawn(&world, &screen, 120, 37));
    world.linear = true;
    insta::assert_snapshot!("board_linear", drawn(&world, &screen, 80, 21));
    world.linear = false;
    let what = HARD_NAME.repeat(2);
    for n in 0..9 {
        let id = RecordId::new(format!("long{n}"));
        add(&mut world, Revision { what: what.clone(), board: Board::Mend, ..Revision::new(id) });
    }
    screen.run("board.last", &world.ctx());
    for (width, height) in SIZES {
        draws_anywhere(&world, &screen, width, height);
    }
    let last = drawn(&world, &screen, 80, 21);
    assert!(last.lines().any(|line| line.contains(">") && line.contains("The Ålesund")), "{last}");
    world.book = None;
    draws_anywhere(&world, &screen, 80, 21);
}

#[test]
fn an_empty_board_says_what_it_is_for() {
    let mut world = world();
    insta::assert_snapshot!("board_empty", drawn(&world, &BoardScreen::new(None), 80, 21));
    let done = Revision { done: Some(date(2025, 10, 1)), ..Revision::new(RecordId::new("done")) };
    add(&mut world, done);
    let said = drawn(&world, &BoardScreen::new(None), 60, 17);
    assert!(said.contains("1 change is made"), "{said}");
}
