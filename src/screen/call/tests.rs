use super::*;
use crate::command::Talk;
use crate::domain::{PartnerId, Promise, query::call_title as title};
use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};
use crate::testing::World;

fn act(world: &mut World, edit: Edit) {
    world.book.as_mut().unwrap().act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
}

/// Twelve minutes into a call with the museum, as the design draws it.
fn talking() -> (World, CallScreen) {
    let mut world = world();
    let started: Timestamp = "2025-11-10T14:03:00Z".parse().unwrap();
    let at = |minutes: i64, seconds: i64| started + jiff::SignedDuration::from_secs(minutes * 60 + seconds);
    let line = |id: &str, at, tag, text: &str| Line { tag, ..Line::new(RecordId::new(id), at, text) };
    let mut call = Call::begun(RecordId::new("c"), jiff::civil::date(2025, 11, 10), started);
    call.partner = Some(PartnerId::new("museum"));
    call.lines = vec![
        line("1", at(0, 0), None, "hello, budget first"),
        line("2", at(1, 12), Some(Tag::Promise), "they send the budget by Friday"),
        line("3", at(3, 30), Some(Tag::Differs), "\"paid workshops\" - theirs leaves out preparation"),
        line("4", at(5, 0), None, ""),
        line(
            "5",
            at(7, 12),
            Some(Tag::Said),
            "\"we always forget the evening volunteers, and then they hear of it from the poster in the hall, which is the worst way to hear of anything\"",
        ),
        Line { private: true, ..line("6", at(11, 58), Some(Tag::Worry), "the treasurer") },
    ];
    let mut earlier = Call::begun(RecordId::new("old"), jiff::civil::date(2025, 10, 1), started);
    earlier.ended = Some(started);
    earlier.lines = vec![line("q", started, Some(Tag::Ask), "who pays for preparation")];
    act(&mut world, Edit::AddRecord { record: Box::new(earlier.into()), place: 9 });
    let screen = CallScreen::of(&call, None);
    act(&mut world, Edit::AddRecord { record: Box::new(call.into()), place: 9 });
    let museum = PartnerId::new("museum");
    let ours = Promise::new(RecordId::new("p1"), PartnerId::us(), museum.clone(), "send the budget");
    let theirs = Promise::new(RecordId::new("p2"), museum, PartnerId::us(), "list of parents");
    let ours = Promise { due: Some(jiff::civil::date(2025, 11, 14)), ..ours };
    act(&mut world, Edit::AddRecord { record: Box::new(ours.into()), place: 9 });
    act(&mut world, Edit::AddRecord { record: Box::new(theirs.into()), place: 9 });
    world.talks = vec![Talk { call: RecordId::new("c"), now: at(12, 40) }];
    (world, screen)
}

#[test]
fn a_call_at_several_sizes() {
    let (mut world, mut screen) = talking();
    assert_eq!(screen.crumbs(&world.ctx()), ["Tactile guide", "Call with City Museum"]);
    assert_eq!(screen.aside(&world.ctx()), "phone   12:40   (14:03)");
    insta::assert_snapshot!("call_80", drawn(&world, &screen, 78, 20));
    insta::assert_snapshot!("call_120", drawn(&world, &screen, 118, 36));
    insta::assert_snapshot!("call_60", drawn(&world, &screen, 58, 16));
    insta::assert_snapshot!("call_40", drawn(&world, &screen, 38, 9));
    screen.run("call-line.rest", &world.ctx());
    screen.run("call.up", &world.ctx());
    screen.run("call.select", &world.ctx());
    screen.run("call.up", &world.ctx());
    insta::assert_snapshot!("call_resting_80", drawn(&world, &screen, 78, 20));
    world.linear = true;
    insta::assert_snapshot!("call_linear", drawn(&world, &screen, 78, 20));
    assert_eq!(screen.aside(&world.ctx()), "phone, since 14:03");
}

#[test]
fn what_to_ask_is_chosen_from_a_list() {
    let (world, mut screen) = talking();
    for _ in 0..3 {
        let ctx = world.ctx();
        let rows = screen.rows(&ctx);
        let part = rows.iter().find(|row| row.name.ends_with(".part")).unwrap();
        screen.run(part.name, &ctx);
    }
    insta::assert_snapshot!("call_side_80", drawn(&world, &screen, 78, 20));
    insta::assert_snapshot!("call_side_120", drawn(&world, &screen, 118, 36));
}

#[test]
fn a_call_draws_in_any_area() {
    let (world, mut screen) = talking();
    let names =
        ["call-line.rest", "call.first", "call.part", "call-head.part", "call-head.part", "call-side.down"];
    for name in [""].into_iter().chain(names) {
        screen.run(name, &world.ctx());
        for (width, height) in SIZES {
            draws_anywhere(&world, &screen, width, height);
        }
    }
    let (new, _) = CallScreen::begin(NewCall::default(), &world.ctx());
    for (width, height) in SIZES {
        draws_anywhere(&world, &new, width, height);
    }
}

#[test]
fn what_is_in_sight_follows_the_focus_and_fills_the_area() {
    let (world, mut screen) = talking();
    let ctx = world.ctx();
    screen.run("call-line.rest", &ctx);
    // the fifth takes three rows of forty columns, and four in focus
    let seen = |screen: &CallScreen, height| screen.seen(40, height, &ctx);
    assert_eq!(seen(&screen, 3).heights, [1, 1, 1].get(..seen(&screen, 3).heights.len()).unwrap_or_default());
    for height in 1..20 {
        for row in 0..screen.slots(&ctx) {
            screen.walk_to(row, &ctx);
            let seen = seen(&screen, height);
            assert!(
                (seen.first..seen.first + seen.heights.len()).contains(&row),
                "{row} of {height}: {seen:?}"
            );
            assert!(seen.heights.iter().sum::<u16>() <= height);
        }
    }
}

#[test]
fn what_is_called_what() {
    let (world, _) = talking();
    let workbook = world.book.as_ref().unwrap().workbook();
    let call = workbook.calls().last().unwrap();
    assert_eq!(title(call, workbook), "Call with City Museum");
    assert_eq!(title(&Call { partner: None, ..call.clone() }, workbook), "Call with somebody");
    assert_eq!(title(&Call { medium: Medium::Jots, ..call.clone() }, workbook), "Jotted 10 November 2025");
}

#[test]
fn a_call_with_one_of_two_partners_of_the_same_name_is_with_that_one() {
    let mut world = world();
    let twin = crate::domain::Partner::named(PartnerId::new("twin"), "City Museum");
    act(&mut world, Edit::AddPartner { partner: Box::new(twin), place: 9 });
    for id in ["museum", "twin"] {
        let new = NewCall { partner: Some(PartnerId::new(id)), ..NewCall::default() };
        let (screen, edits) = CallScreen::begin(new, &world.ctx());
        assert_eq!(screen.at, At::Open);
        let [Edit::AddRecord { record, .. }] = edits.as_slice() else { panic!("{edits:?}") };
        assert!(matches!(&**record, AnyRecord::Call(call) if call.partner == Some(PartnerId::new(id))));
    }
    let gone = NewCall { partner: Some(PartnerId::new("gone")), ..NewCall::default() };
    assert_eq!(CallScreen::begin(gone, &world.ctx()).0.at, At::Partner);
}
