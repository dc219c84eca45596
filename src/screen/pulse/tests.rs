use super::*;
use crate::domain::{Edit, Partner, Pulse};
use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::Timestamp;
use jiff::civil::{Date, date};

fn act(world: &mut World, edits: Vec<Edit>) {
    world.book.as_mut().unwrap().act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
}

fn press(world: &mut World, screen: &mut PulseScreen, name: &str) {
    let outcome = screen.run(name, &world.ctx());
    match outcome {
        Outcome::Edit(edit) => act(world, vec![edit]),
        Outcome::Done => {}
        other => panic!("{name}: {other:?}"),
    }
    screen.sync(&world.ctx());
}

fn museum() -> PartnerId {
    PartnerId::new("museum")
}

fn add(world: &mut World, id: &str, side: &PartnerId, on: Date, lines: &[(&str, Concern)]) {
    let lines = lines.iter().map(|(line, concern)| ((*line).to_owned(), *concern)).collect();
    let pulse = Pulse { on: Some(on), side: Some(side.clone()), lines, ..Pulse::new(RecordId::new(id)) };
    act(world, vec![Edit::AddRecord { record: Box::new(pulse.into()), place: usize::MAX }]);
}

/// Twelve readings over three years: delivering goes from good to serious for us, and the museum is silent at times.
fn three_years() -> World {
    use Concern::{DontKnow, NoConcern, Serious, SomeConcern};
    let mut world = world();
    let course = [NoConcern, NoConcern, NoConcern, NoConcern, SomeConcern, SomeConcern];
    for n in 0..12_i16 {
        let on = date(2023 + n / 4, i8::try_from(n % 4 * 3 + 1).unwrap(), 5);
        let at = usize::try_from(n).unwrap();
        let delivering = course.get(at).copied().unwrap_or(Serious);
        let ours = [("scoping", NoConcern), ("delivering", delivering), ("communicating", SomeConcern)];
        add(&mut world, &format!("u{n}"), &PartnerId::us(), on, &ours);
        if n % 3 != 1 {
            let theirs = if n == 0 { DontKnow } else { NoConcern };
            add(&mut world, &format!("m{n}"), &museum(), on, &[("delivering", theirs)]);
        }
    }
    world
}

#[test]
fn one_key_notes_what_a_side_says_and_goes_on() {
    let mut world = world();
    let mut screen = PulseScreen::new(None);
    press(&mut world, &mut screen, "pulse.none");
    press(&mut world, &mut screen, "pulse.serious");
    press(&mut world, &mut screen, "pulse.side");
    press(&mut world, &mut screen, "pulse.unknown");
    press(&mut world, &mut screen, "pulse.up");
    press(&mut world, &mut screen, "pulse.up");
    press(&mut world, &mut screen, "pulse.none");
    let pulses = |world: &World| world.ctx().workbook().unwrap().all::<Pulse>().to_vec();
    let [ours, theirs] = &pulses(&world)[..] else { panic!() };
    assert_eq!(ours.on, Some(date(2025, 11, 10)));
    assert_eq!(ours.lines.get("scoping"), Some(&Concern::NoConcern));
    assert_eq!(ours.lines.get("finding"), Some(&Concern::Serious));
    assert_eq!(theirs.side, Some(museum()));
    assert_eq!(theirs.lines.get("building"), Some(&Concern::DontKnow));
    assert_eq!(theirs.lines.get("finding"), Some(&Concern::NoConcern));
    let seen = drawn(&world, &screen, 80, 21);
    assert_eq!(seen.matches("<> differ").count(), 1, "{seen}");
    assert!(!seen.contains("building         ! "), "{seen}");
    press(&mut world, &mut screen, "pulse.up");
    press(&mut world, &mut screen, "pulse.clear");
    assert_eq!(pulses(&world)[1].lines.len(), 1, "not asked after all");
    world.book.as_mut().unwrap().undo(Timestamp::UNIX_EPOCH);
    assert_eq!(pulses(&world)[1].lines.len(), 2);
}

#[test]
fn a_pulse_of_a_walk_belongs_to_it() {
    let mut world = world();
    let held = Some(date(2025, 9, 12));
    let walk = Walk { planned: held, held, ..Walk::new(RecordId::new("walk")) };
    act(&mut world, vec![Edit::AddRecord { record: Box::new(walk.into()), place: usize::MAX }]);
    let mut screen = PulseScreen::new(Some(RecordId::new("walk")));
    press(&mut world, &mut screen, "pulse.some");
    press(&mut world, &mut screen, "pulse.occasion");
    press(&mut world, &mut screen, "pulse.none");
    let all = world.ctx().workbook().unwrap().all::<Pulse>();
    assert_eq!((all[0].on, all[0].walk.clone()), (held, Some(RecordId::new("walk"))));
    assert_eq!((all[1].on, all[1].walk.clone()), (Some(date(2025, 11, 10)), None));
    press(&mut world, &mut screen, "pulse.occasion");
    assert!(drawn(&world, &screen, 80, 21).contains("Part of the walk of 12 September"));
}

#[test]
fn twelve_readings_over_three_years_are_legible() {
    let mut world = three_years();
    let mut screen = PulseScreen::new(None);
    while screen.line() != "delivering" {
        press(&mut world, &mut screen, "pulse.down");
    }
    insta::assert_snapshot!("pulse_80", drawn(&world, &screen, 80, 21));
    insta::assert_snapshot!("pulse_60", drawn(&world, &screen, 60, 17));
    press(&mut world, &mut screen, "pulse.side");
    let theirs = drawn(&world, &screen, 60, 17);
    assert!(theirs.contains("? .. .. .. ."), "one silent: {theirs}");
    world.linear = true;
    insta::assert_snapshot!("pulse_linear", drawn(&world, &screen, 80, 21));
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            draws_anywhere(&world, &screen, width, height);
        }
    }
    world.book = None;
    draws_anywhere(&world, &screen, 80, 21);
}

#[test]
fn many_partners_are_turned_through_and_one_alone_is_no_trouble() {
    let mut world = World::nine();
    world.keymap = crate::keymap::Keymap::new(&super::super::rows());
    let mut screen = PulseScreen::new(None);
    for _ in 0..9 {
        press(&mut world, &mut screen, "pulse.side");
    }
    press(&mut world, &mut screen, "pulse.serious");
    let seen = drawn(&world, &screen, 80, 21);
    assert!(seen.contains("Harbour Radio (HR, 9 of 9 partners)"), "{seen}");
    assert!(seen.contains("! serious"), "{seen}");
    press(&mut world, &mut screen, "pulse.side");
    assert!(drawn(&world, &screen, 80, 21).contains("In focus: us."));
    let partner = Partner::named(PartnerId::new("x"), crate::screen::tests::HARD_NAME);
    act(&mut world, vec![Edit::AddPartner { partner: Box::new(partner), place: 0 }]);
    press(&mut world, &mut screen, "pulse.side");
    draws_anywhere(&world, &screen, 60, 17);
}

/// Three partners whose names are long and alike; two of them differ from us about delivering, in either direction.
fn alike() -> World {
    let mut world = world();
    let names = [
        ("docks", "Museum of the Northern Docks and Harbour"),
        ("parks", "Museum of the Northern Parks and Gardens"),
    ];
    let partner = |(id, name): (&str, &str)| Partner::named(PartnerId::new(id), name);
    let edits = names.map(|one| Edit::AddPartner { partner: Box::new(partner(one)), place: 9 });
    act(&mut world, edits.into());
    let splice = crate::domain::Splice {
        place: crate::domain::TextPlace::Partner(museum(), crate::domain::PartnerField::Name),
        at: 0,
        delete: "City Museum".into(),
        insert: "Museum of the Southern Docks and Harbour".into(),
        on: None,
    };
    act(&mut world, vec![Edit::Splice(splice)]);
    let today = date(2025, 11, 10);
    use Concern::{NoConcern, Serious, SomeConcern};
    let said = [("us", NoConcern), ("museum", NoConcern), ("docks", Serious), ("parks", SomeConcern)];
    for (side, concern) in said {
        let id = if side == "us" { PartnerId::us() } else { PartnerId::new(side) };
        add(&mut world, side, &id, today, &[("delivering", concern), ("scoping", NoConcern)]);
    }
    world
}

#[test]
fn long_names_that_are_alike_are_told_apart_and_who_differs_stands_out() {
    let mut world = alike();
    let mut screen = PulseScreen::new(None);
    while screen.line() != "delivering" {
        press(&mut world, &mut screen, "pulse.down");
    }
    press(&mut world, &mut screen, "pulse.side");
    press(&mut world, &mut screen, "pulse.side");
    let wide = drawn(&world, &screen, 80, 21);
    insta::assert_snapshot!("pulse_alike_80", wide);
    insta::assert_snapshot!("pulse_alike_60", drawn(&world, &screen, 60, 17));
    assert_eq!(wide.matches("<>").count(), 2, "in the row and in words: {wide}");
    assert!(wide.contains("<> MNDH MNPG"), "{wide}");
    for name in ["Northern Docks and Harbour", "Northern Parks and Gardens", "Southern Docks and Harbour"] {
        let one_line = wide.replace('\n', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(one_line.contains(name), "{name}: {wide}");
    }
    world.linear = true;
    insta::assert_snapshot!("pulse_alike_linear", drawn(&world, &screen, 80, 21));
}
