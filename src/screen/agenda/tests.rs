use std::sync::Arc;

use super::*;
use crate::domain::query::AgendaKind;
use crate::domain::{Edit, PartnerId, Promise, RecordField, RecordId};
use crate::screen::library::tests::shelf;
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::Timestamp;
use jiff::civil::date;

fn item(on: Option<Date>, kind: AgendaKind, words: &str) -> AgendaItem {
    let to = AgendaTo::Place(TextPlace::Record(RecordId::new("r"), RecordField::What));
    AgendaItem { on, kind, words: words.into(), who: "Carers' group".into(), to, private: false }
}

fn several() -> World {
    let mut world = world();
    let mut shelf = shelf(&[("Worked example", true), ("Allotment", false), ("Young carers", false)]);
    Arc::make_mut(&mut shelf.workbooks[0]).digest.agenda =
        vec![item(None, AgendaKind::WeOwe, "nothing of the example")];
    Arc::make_mut(&mut shelf.workbooks[1]).digest.agenda = vec![
        item(Some(date(2025, 6, 1)), AgendaKind::Pause, "look at the pause again"),
        item(Some(date(2025, 11, 12)), AgendaKind::TheyOwe, "a list of plots"),
    ];
    Arc::make_mut(&mut shelf.workbooks[2]).digest.agenda = vec![
        item(Some(date(2025, 11, 18)), AgendaKind::TouchPoint, "coffee"),
        item(Some(date(2026, 2, 2)), AgendaKind::Review, HARD_NAME),
        item(None, AgendaKind::WeOwe, "write it up"),
    ];
    world.shelf = shelf;
    let (us, museum) = (PartnerId::us(), PartnerId::new("museum"));
    let due = Some(date(2025, 11, 10));
    let promise = Promise { due, ..Promise::new(RecordId::new("budget"), us, museum, "send the budget") };
    let edit = Edit::AddRecord { record: Box::new(promise.into()), place: 0 };
    world.book.as_mut().unwrap().act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
    world
}

fn agenda(world: &World) -> Agenda {
    let mut agenda = Agenda::new();
    agenda.sync(&world.ctx());
    agenda
}

#[test]
fn it_stands_by_day_over_all_workbooks() {
    let mut world = several();
    insta::assert_snapshot!("agenda_80", drawn(&world, &agenda(&world), 80, 21));
    insta::assert_snapshot!("agenda_120", drawn(&world, &agenda(&world), 120, 37));
    world.size = (60, 20);
    insta::assert_snapshot!("agenda_60", drawn(&world, &agenda(&world), 60, 17));
    world.linear = true;
    insta::assert_snapshot!("agenda_linear", drawn(&world, &agenda(&world), 80, 21));
}

#[test]
fn less_is_shown_on_a_key() {
    let world = several();
    let mut agenda = agenda(&world);
    let count = |agenda: &Agenda| agenda.entries.len();
    assert_eq!(count(&agenda), 6);
    agenda.run("agenda.turn", &world.ctx());
    assert_eq!(count(&agenda), 3);
    agenda.run("agenda.turn", &world.ctx());
    assert_eq!(count(&agenda), 1);
    agenda.run("agenda.turn", &world.ctx());
    assert_eq!(count(&agenda), 6);
}

#[test]
fn enter_goes_there_in_the_open_workbook_and_opens_another() {
    let world = several();
    let mut agenda = agenda(&world);
    let first = format!("{:?}", agenda.run("agenda.open", &world.ctx()));
    assert!(first.contains("OpenAt(WorkbookId(\"w1\")"), "{first}");
    agenda.run("agenda.down", &world.ctx());
    let here = format!("{:?}", agenda.run("agenda.open", &world.ctx()));
    assert_eq!(here, r#"Go(Place(Record(RecordId("budget"), What)))"#);
}

#[test]
fn it_draws_in_any_size_with_anything_and_nothing() {
    let mut world = several();
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            let mut agenda = agenda(&world);
            for name in ["agenda.last", "agenda.up", "agenda.turn"] {
                agenda.run(name, &world.ctx());
                let cursor = draws_anywhere(&world, &agenda, width, height);
                assert_eq!(cursor.is_some(), width > 0 && height > 0, "{name} {width}x{height}");
            }
        }
    }
    world.book = None;
    world.shelf = crate::shelf::Shelf::default();
    for (width, height) in SIZES {
        draws_anywhere(&world, &agenda(&world), width, height);
    }
}
