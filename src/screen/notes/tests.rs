use super::*;
use crate::domain::{Line, Medium, PartnerId};
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use crate::widget::field::Verb;
use jiff::Timestamp;

fn small() -> World {
    let mut world = world();
    let start: Timestamp = "2025-11-10T09:00:00Z".parse().unwrap();
    let mut add = |n: i64, partner: Option<&str>, ended: bool, texts: &[&str]| {
        let at = start - jiff::SignedDuration::from_hours(24 * n);
        let on = at.to_zoned(jiff::tz::TimeZone::UTC).date();
        let mut call = Call::begun(RecordId::new(format!("c{n}")), on, at);
        call.partner = partner.map(PartnerId::new);
        call.ended = ended.then_some(at);
        if partner.is_none() {
            call.medium = Medium::Jots;
        }
        let lines = texts.iter().enumerate();
        call.lines =
            lines.map(|(i, text)| Line::new(RecordId::new(format!("c{n}-{i}")), at, *text)).collect();
        let edit = Edit::AddRecord { record: Box::new(call.into()), place: usize::MAX };
        world.book.as_mut().unwrap().act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
    };
    add(400, Some("museum"), true, &["the first walk, and what it showed"]);
    add(3, Some("museum"), true, &["", "hello, budget first", "they send it by Friday"]);
    add(1, None, true, &["ring the carers' group", HARD_NAME]);
    add(0, Some("museum"), false, &["still talking"]);
    world
}

fn typed(notes: &mut Notes, world: &World, words: &str) {
    notes.run("notes.find", &world.ctx());
    for c in words.chars() {
        notes.field().unwrap().act(Verb::Char(c)).unwrap();
        notes.typed(&world.ctx());
        drawn(world, notes, 60, 20);
    }
}

#[test]
fn the_notes_at_several_sizes() {
    let mut world = small();
    let notes = Notes::new();
    assert_eq!(notes.aside(&world.ctx()), "4 notes");
    insta::assert_snapshot!("notes_80", drawn(&world, &notes, 78, 20));
    insta::assert_snapshot!("notes_40", drawn(&world, &notes, 38, 9));
    world.linear = true;
    insta::assert_snapshot!("notes_linear", drawn(&world, &notes, 78, 20));
    for (width, height) in SIZES {
        draws_anywhere(&world, &notes, width, height);
        draws_anywhere(&World { book: None, ..self::world() }, &Notes::new(), width, height);
    }
}

#[test]
fn words_that_were_said_find_a_call_however_they_are_typed() {
    let world = small();
    let mut notes = Notes::new();
    typed(&mut notes, &world, "budget mus");
    assert_eq!(notes.aside(&world.ctx()), "1 of 4 notes");
    let opened = notes.run("notes-filter.open", &world.ctx());
    assert!(matches!(opened, Outcome::Go(Go::Call { call: Some(id), .. }) if id.as_str() == "c3"));
    // fewer letters find more again
    for _ in 0.."budget mus".len() {
        notes.field().unwrap().act(Verb::Backspace).unwrap();
        notes.typed(&world.ctx());
    }
    assert_eq!(notes.aside(&world.ctx()), "4 notes");
    typed(&mut notes, &world, "november");
    assert_eq!(notes.aside(&world.ctx()), "3 of 4 notes");
}

#[test]
fn what_is_said_meanwhile_is_found() {
    let mut world = small();
    let mut notes = Notes::new();
    typed(&mut notes, &world, "zebra");
    assert_eq!(notes.aside(&world.ctx()), "0 of 4 notes");
    let line = Line::new(RecordId::new("z"), Timestamp::UNIX_EPOCH, "a Zebra crossing");
    let edit = Edit::AddLine { call: RecordId::new("c0"), line, place: 9 };
    world.book.as_mut().unwrap().act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(notes.aside(&world.ctx()), "1 of 4 notes");
}
