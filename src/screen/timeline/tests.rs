use super::*;
use crate::domain::{AnyRecord, Call, Edit, Line, Medium, Promise, RecordId, StateChange};
use crate::domain::{PartnershipState, Workbook};
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::Timestamp;
use jiff::civil::date;

fn full() -> World {
    let mut world = world();
    let museum = PartnerId::new("museum");
    let at: Timestamp = "2025-03-14T07:12:00Z".parse().unwrap();
    let mut call = Call::begun(RecordId::new("c"), date(2025, 3, 14), at);
    call.partner = Some(museum.clone());
    call.lines = vec![Line::new(RecordId::new("l"), at, "hello, budget first")];
    let mut jots = Call::begun(RecordId::new("j"), date(2024, 12, 3), Timestamp::UNIX_EPOCH);
    jots.medium = Medium::Jots;
    let mut promise = Promise::new(RecordId::new("p"), PartnerId::us(), museum, HARD_NAME);
    (promise.made, promise.private) = (Some(date(2025, 11, 8)), true);
    let mut change = StateChange::to(PartnershipState::Paused, date(2025, 11, 9));
    change.ours = "The society lost its site, and needs every hand for the move until it has another.".into();
    change.theirs = "We cannot promise anything before spring.".into();
    let add = |record: AnyRecord| Edit::AddRecord { record: Box::new(record), place: 99 };
    let edits = vec![add(call.into()), add(jots.into()), add(promise.into()), Edit::ChangeState(change)];
    world.book.as_mut().unwrap().act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
    world
}

#[test]
fn the_timeline_at_several_sizes() {
    let mut world = full();
    insta::assert_snapshot!("timeline_80", drawn(&world, &Timeline::new(None, None), 80, 21));
    insta::assert_snapshot!("timeline_40", drawn(&world, &Timeline::new(None, None), 40, 9));
    world.linear = true;
    insta::assert_snapshot!("timeline_linear", drawn(&world, &Timeline::new(None, None), 70, 17));
}

#[test]
fn it_shows_one_side_or_one_kind_and_says_so() {
    let world = full();
    let museum = Some(PartnerId::new("museum"));
    let only = Timeline::new(museum, Some(Happened::Talk));
    insta::assert_snapshot!(drawn(&world, &only, 60, 17), @r"
     Only calls and notes, as far as they concern City Museum.

     March 2025
     > Fri 14  Call with City Museum, 1 line  hello, budget fi…









     14 March at 07:12. Call with City Museum, 1 line.
     hello, budget first
    ");
    let Outcome::Open(_) = Timeline::new(None, None).run("timeline.who", &world.ctx()) else { panic!() };
}

#[test]
fn enter_opens_where_it_stands() {
    let world = full();
    let mut timeline = Timeline::new(None, None);
    timeline.run("timeline.down", &world.ctx());
    let Outcome::Go(Go::Place(place)) = timeline.run("timeline.open", &world.ctx()) else { panic!() };
    assert_eq!(world.ctx().workbook().and_then(|w: &Workbook| w.text(&place)), Some(HARD_NAME));
}

#[test]
fn what_happens_meanwhile_is_on_it() {
    let mut world = full();
    let timeline = Timeline::new(None, None);
    assert!(!drawn(&world, &timeline, 80, 21).contains("Active"));
    let change = StateChange::to(PartnershipState::Active, date(2025, 11, 10));
    world.book.as_mut().unwrap().act_all(vec![Edit::ChangeState(change)], Timestamp::UNIX_EPOCH).unwrap();
    assert!(drawn(&world, &timeline, 80, 21).contains("Active"));
}

#[test]
fn it_draws_in_any_size() {
    let mut world = full();
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            let mut timeline = Timeline::new(None, None);
            draws_anywhere(&world, &timeline, width, height);
            timeline.run("timeline.last", &world.ctx());
            let cursor = draws_anywhere(&world, &timeline, width, height);
            assert_eq!(cursor.is_some(), width > 0 && height > 1, "{width}x{height}");
        }
    }
    world.book = None;
    draws_anywhere(&world, &Timeline::new(None, None), 60, 17);
}
