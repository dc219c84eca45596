use super::*;
use crate::domain::{Call, Line, Partner, PartnerId, Pause, Person, PersonId, Promise, RecordId};
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::Timestamp;
use jiff::civil::date;

fn act(world: &mut World, edits: Vec<Edit>) {
    world.book.as_mut().unwrap().act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
}

fn workbook(world: &World) -> &Workbook {
    world.book.as_ref().unwrap().workbook()
}

fn promise(id: &str, by: &PartnerId, to: &PartnerId, what: &str, due: Option<Date>) -> Edit {
    let mut promise = Promise::new(RecordId::new(id), by.clone(), to.clone(), what);
    promise.due = due;
    Edit::AddRecord { record: Box::new(promise.into()), place: 99 }
}

/// A partnership with an allotment society that was paused in February. The day is 10 November 2025.
fn paused(words: &str) -> World {
    let mut world = world();
    let (us, museum) = (PartnerId::us(), PartnerId::new("museum"));
    let at: Timestamp = "2025-02-27T10:12:00Z".parse().unwrap();
    let mut call = Call::begun(RecordId::new("c"), date(2025, 2, 27), at);
    call.partner = Some(museum.clone());
    call.lines = vec![Line::new(RecordId::new("l"), at, "the site is gone, they say, and nobody knows more")];
    let person = |name: &str, left| Edit::AddPerson {
        person: Box::new(Person {
            left,
            role: "secretary".into(),
            reach: "in the mornings".into(),
            ..Person::named(PersonId::new(name), museum.clone(), name)
        }),
        place: 99,
    };
    let change = StateChange {
        ours: words.into(),
        theirs: "We cannot promise anything before spring.".into(),
        pause: Some(Box::new(Pause {
            until: Some(date(2025, 6, 1)),
            frozen: "the signage, 600 unspent, the data".into(),
            light_touch: "Ann".into(),
            ..Pause::default()
        })),
        ..StateChange::to(PartnershipState::Paused, date(2025, 2, 28))
    };
    let edits = vec![
        Edit::ChangeState(StateChange::to(PartnershipState::Active, date(2024, 9, 2))),
        Edit::AddRecord { record: Box::new(call.into()), place: 0 },
        promise("1", &us, &museum, "send the budget", Some(date(2025, 3, 7))),
        promise("2", &us, &museum, "give the soil kit back", None),
        promise("3", &museum, &us, "a list of members", Some(date(2025, 3, 14))),
        promise("4", &museum, &us, "the keys", None),
        person("Ann", None),
        person("Ben", Some(date(2025, 5, 1))),
        Edit::ChangeState(change),
    ];
    act(&mut world, edits);
    world
}

fn sheet() -> Welcome {
    Welcome::new(None, Some((QuestionId::new("SCO-2"), Some(VoiceKey::Ours))))
}

const WHY: &str = "The society lost its site, and needs every hand for the move.";

#[test]
fn the_sheet_at_several_sizes() {
    let mut world = paused(WHY);
    insta::assert_snapshot!("welcome_80", drawn(&world, &sheet(), 80, 21));
    insta::assert_snapshot!("welcome_60", drawn(&world, &sheet(), 60, 17));
    insta::assert_snapshot!("welcome_120", drawn(&world, &sheet(), 120, 37));
    world.linear = true;
    insta::assert_snapshot!("welcome_linear", drawn(&world, &sheet(), 80, 40));
}

#[test]
fn it_fits_one_screen_and_scrolls_on_a_smaller_one() {
    let world = paused(WHY);
    let mut sheet = sheet();
    drawn(&world, &sheet, 80, 21);
    assert_eq!(sheet.aside(&world.ctx()), "paused");
    let first = drawn(&world, &sheet, 60, 17);
    sheet.run("welcome.last", &world.ctx());
    let last = drawn(&world, &sheet, 60, 17);
    assert!(first.contains("255 days away") && !last.contains("255 days away"));
    assert!(last.contains("28 Feb") && last.contains("> 1 Resume"), "{last}");
    sheet.run("welcome.first", &world.ctx());
    assert_eq!(drawn(&world, &sheet, 60, 17), first);
}

#[test]
fn nothing_is_cut_where_it_does_not_fit_anyway() {
    let world = paused(&"A reason that goes on and on. ".repeat(60));
    let sheet = sheet();
    drawn(&world, &sheet, 80, 21);
    assert_eq!(sheet.last_top.get(), 0, "a long reason alone is cut to fit");
    let text = drawn(&world, &sheet, 80, 16);
    assert!(sheet.last_top.get() > 0);
    assert!(!text.lines().take(5).any(|line| line.ends_with('…')), "{text}");
}

#[test]
fn a_clock_that_is_behind_is_said_in_words() {
    let mut world = paused(WHY);
    let change = StateChange::to(PartnershipState::Paused, date(2026, 1, 5));
    act(&mut world, vec![Edit::ChangeState(change)]);
    let said = drawn(&world, &sheet(), 80, 21).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("The clock says 10 November 2025, and the last change here is of 5 January 2026."));
    assert!(!said.contains("-5") && !said.contains("days away"), "{said}");
}

#[test]
fn resuming_goes_back_to_the_state_before_and_to_where_one_was() {
    let world = paused(WHY);
    let Outcome::All(outcomes) = sheet().run("welcome.choose", &world.ctx()) else { panic!() };
    let [Outcome::Back, Outcome::Edit(Edit::ChangeState(change))] = outcomes.as_slice() else { panic!() };
    assert_eq!((change.state, change.on), (PartnershipState::Active, date(2025, 11, 10)));
    let mut ctx = world.ctx();
    ctx.writable = false;
    for name in ["welcome.resume", "welcome.start-over", "welcome.call", "welcome.end"] {
        assert!(matches!(sheet().run(name, &ctx), Outcome::Say(why) if why == READ_ONLY), "{name}");
    }
}

#[test]
fn ending_is_asked_about_and_enter_alone_ends_nothing() {
    let world = paused(WHY);
    let Outcome::Open(mut menu) = sheet().run("welcome.end", &world.ctx()) else { panic!() };
    let Outcome::Close(chosen) = menu.run("menu.choose", &world.ctx()) else { panic!() };
    assert!(matches!(*chosen, Outcome::Done));
}

#[test]
fn calling_first_is_a_call_with_whoever_is_suggested() {
    let world = paused(WHY);
    let Outcome::Go(Go::NewCall(call)) = sheet().run("welcome.call", &world.ctx()) else { panic!() };
    assert_eq!(call.partner.unwrap().as_str(), "museum", "two partners may have one name");
}

#[test]
fn the_ways_to_go_on_go_round() {
    let world = paused(WHY);
    let mut sheet = sheet();
    let focus = |sheet: &Welcome| {
        let text = drawn(&world, sheet, 80, 21);
        text.split("> ").nth(1).unwrap().chars().take(1).collect::<String>()
    };
    let mut seen = vec![focus(&sheet)];
    for name in ["welcome.right", "welcome.right", "welcome.right", "welcome.right", "welcome.left"] {
        sheet.run(name, &world.ctx());
        seen.push(focus(&sheet));
    }
    assert_eq!(seen, ["1", "2", "3", "4", "1", "4"]);
}

#[test]
fn with_several_partners_it_is_said_who_owes_whom() {
    let mut world = paused(WHY);
    let partner = Partner::named(PartnerId::new("library"), "Northside Library");
    act(&mut world, vec![Edit::AddPartner { partner: Box::new(partner), place: 9 }]);
    assert!(drawn(&world, &sheet(), 120, 37).contains("7 Mar   to City Museum: send the budget"));
}

#[test]
fn it_draws_in_any_size() {
    for mut world in [world(), paused(&HARD_NAME.repeat(20))] {
        for linear in [false, true] {
            world.linear = linear;
            for (width, height) in SIZES {
                let mut sheet = sheet();
                for name in ["welcome.last", "welcome.left", "welcome.page-up"] {
                    let cursor = draws_anywhere(&world, &sheet, width, height);
                    assert_eq!(cursor.is_some(), width > 0 && height > 0, "{width}x{height}");
                    sheet.run(name, &world.ctx());
                }
            }
        }
    }
    let mut world = world();
    world.book = None;
    draws_anywhere(&world, &sheet(), 60, 17);
}

#[test]
fn a_pause_goes_back_to_exploring_where_nobody_had_said_otherwise() {
    let mut world = world();
    let pause = StateChange::to(PartnershipState::Paused, date(2025, 2, 28));
    act(&mut world, vec![Edit::ChangeState(pause)]);
    let text = drawn(&world, &sheet(), 80, 21);
    assert!(text.contains("paused on 28 February 2025, when it was exploring."), "{text}");
    assert!(text.contains("It is exploring again from today"), "{text}");
    let Outcome::All(outcomes) = sheet().run("welcome.resume", &world.ctx()) else { panic!() };
    let [Outcome::Back, Outcome::Edit(Edit::ChangeState(change))] = outcomes.as_slice() else { panic!() };
    assert_eq!(change.state, PartnershipState::Exploring);
}

#[test]
fn where_nothing_rests_one_goes_on_and_nothing_is_written() {
    let mut world = world();
    let active = StateChange::to(PartnershipState::Active, date(2024, 9, 2));
    act(&mut world, vec![Edit::ChangeState(active)]);
    let text = drawn(&world, &sheet(), 80, 21);
    assert!(text.contains("> 1 Go on") && text.contains("Goes back; nothing is written."), "{text}");
    assert!(!text.contains("Resume") && !text.contains("taken up again"), "{text}");
    let mut ctx = world.ctx();
    ctx.writable = false;
    for name in ["welcome.choose", "welcome.resume"] {
        assert!(matches!(sheet().run(name, &world.ctx()), Outcome::Back), "{name}");
        assert!(matches!(sheet().run(name, &ctx), Outcome::Back), "{name}");
    }
}

#[test]
fn who_stays_in_touch_and_what_would_start_it_again_are_shown() {
    let mut world = paused(WHY);
    let change = workbook(&world).partnership().log().last().unwrap().clone();
    let restart = "they have a new site, and a month to settle in".to_owned();
    let pause = Pause { restart, ..*change.pause.clone().unwrap() };
    act(
        &mut world,
        vec![Edit::SetState { at: 1, change: StateChange { pause: Some(pause.into()), ..change } }],
    );
    let text = drawn(&world, &sheet(), 80, 21);
    assert!(text.contains("In light touch: Ann"), "{text}");
    assert!(text.contains("To start it again: they have a new site, and a month to settle in"), "{text}");
    insta::assert_snapshot!("welcome_all_said_80", text);
}

#[test]
fn what_is_cut_of_a_promise_is_its_words_and_never_its_day() {
    let mut world = paused(WHY);
    let (us, museum) = (PartnerId::us(), PartnerId::new("museum"));
    let long =
        "write the text for the butter churn and for everything that stands beside it in the second room";
    act(&mut world, vec![promise("9", &us, &museum, long, Some(date(2025, 11, 21)))]);
    let text = drawn(&world, &sheet(), 80, 21);
    assert!(text.contains("21 Nov"), "{text}");
    assert_eq!(text.matches("no day").count(), 2, "{text}");
    assert!(text.find("21 Nov").unwrap() < text.find("write the text").unwrap());
}

#[test]
fn what_is_out_of_sight_is_said() {
    let world = paused(WHY);
    let mut sheet = sheet();
    for (width, height) in [(60, 17), (40, 9)] {
        sheet.run("welcome.first", &world.ctx());
        let text = drawn(&world, &sheet, width, height);
        assert!(text.contains("… ") && text.contains(" more rows below"), "{width}: {text}");
        sheet.run("welcome.last", &world.ctx());
        let text = drawn(&world, &sheet, width, height);
        assert!(text.contains(" rows above") && !text.contains("below"), "{width}: {text}");
    }
    sheet.run("welcome.first", &world.ctx());
    sheet.run("welcome.page-down", &world.ctx());
    let text = drawn(&world, &sheet, 40, 9);
    assert!(text.contains(" rows above, ") && text.contains(" below"), "{text}");
    assert!(!drawn(&world, &Welcome::new(None, None), 120, 37).contains(" rows"));
}

#[test]
fn short_facts_stand_beside_each_other_before_anything_is_out_of_sight() {
    let world = paused(WHY);
    let height_that_fits = (10..24).find(|height| !drawn(&world, &sheet(), 80, *height).contains("below"));
    let text = drawn(&world, &sheet(), 80, height_that_fits.unwrap());
    assert!(text.contains("the data   In light touch: Ann"), "{text}");
    assert!(drawn(&world, &sheet(), 80, 23).contains("\n Ring first:"));
}
