use super::*;
use crate::domain::{Edit, Line, Medium, PartnerId};
use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};
use crate::shelf::Note;
use crate::testing::World;
use jiff::Timestamp;
use jiff::civil::date;

fn several() -> World {
    let mut world = world();
    let calls = [
        ("old", date(2025, 3, 5), Some("museum"), Medium::Phone, 3),
        ("jots", date(2025, 11, 8), None, Medium::Jots, 1),
        ("new", date(2025, 11, 10), None, Medium::InPerson, 2),
    ];
    for (n, (id, on, partner, medium, lines)) in calls.into_iter().enumerate() {
        let at = Timestamp::from_second(1_000 * n as i64).unwrap();
        let lines = (0..lines).map(|m| Line::new(RecordId::new(format!("{id}{m}")), at, "words")).collect();
        let (partner, ended) = (partner.map(PartnerId::new), Some(at));
        let call = Call { partner, medium, ended, lines, ..Call::begun(RecordId::new(id), on, at) };
        let edit = Edit::AddRecord { record: Box::new(call.into()), place: 9 };
        world.book.as_mut().unwrap().act_all(vec![edit], at).unwrap();
    }
    world
}

fn note(text: &str) -> Note {
    Note {
        name: text.into(),
        id: RecordId::new(text),
        at: Some(Timestamp::UNIX_EPOCH),
        to: None,
        tag: None,
        private: false,
        text: text.into(),
    }
}

#[test]
fn the_latest_comes_first_with_how_much_is_left() {
    let mut world = several();
    world.shelf.jots = ["a", "b"].map(note).to_vec();
    let mut screen = ToTidy::new();
    insta::assert_snapshot!(drawn(&world, &screen, 60, 6), @r"
     > 2 notes wait in the inbox
       10 November  in person                           2 lines
       8 November  jotted                                1 line
       5 March  City Museum, phone                      3 lines
    ");
    assert_eq!(screen.aside(&world.ctx()), "6 lines left");
    assert!(matches!(screen.run("to-tidy.open", &world.ctx()), Outcome::Run("global.go-inbox")));
    screen.run("to-tidy.down", &world.ctx());
    let opened = screen.run("to-tidy.open", &world.ctx());
    assert!(matches!(opened, Outcome::Go(Go::Tidy(Some(id))) if id.as_str() == "new"));
}

#[test]
fn nothing_left_is_said_and_it_draws_at_any_size() {
    let mut worlds = [several(), world()];
    assert!(drawn(&worlds[1], &ToTidy::new(), 80, 20).contains("Nothing is left to tidy."));
    for world in &mut worlds {
        for linear in [false, true] {
            world.linear = linear;
            for (width, height) in SIZES {
                let cursor = draws_anywhere(world, &ToTidy::new(), width, height);
                assert_eq!(cursor.is_some(), width > 0 && height > 0, "{width}x{height}");
            }
        }
    }
}

#[test]
fn a_whole_call_is_let_be_in_one_step() {
    let mut world = several();
    world.shelf.jots = vec![note("a")];
    let mut screen = ToTidy::new();
    let offered = |screen: &ToTidy, world: &World| {
        screen.rows(&world.ctx()).iter().any(|row| row.name == "to-tidy.let-be")
    };
    assert!(!offered(&screen, &world), "the inbox is no call");
    screen.run("to-tidy.last", &world.ctx());
    assert!(offered(&screen, &world));
    let Outcome::All(all) = screen.run("to-tidy.let-be", &world.ctx()) else { panic!() };
    let [Outcome::Edits(edits), Outcome::Say(said)] = &all[..] else { panic!("{all:?}") };
    assert!(said.starts_with("3 lines are let be, and stay where they were said."), "{said}");
    world.book.as_mut().unwrap().act_all(edits.clone(), Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(screen.aside(&world.ctx()), "3 lines left");
    assert!(!drawn(&world, &screen, 60, 6).contains("City Museum"));
    world.book.as_mut().unwrap().undo(Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(screen.aside(&world.ctx()), "6 lines left", "one step");
}
