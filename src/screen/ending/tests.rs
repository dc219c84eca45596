use super::*;
use crate::domain::WindUpState;
use crate::domain::{PartnerId, PartnershipState, Promise, StateChange, Who};
use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::Timestamp;
use jiff::civil::date;

fn act(world: &mut World, edits: Vec<Edit>) {
    world.book.as_mut().unwrap().act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
}

fn add(world: &mut World, record: impl Into<AnyRecord>) {
    act(world, vec![Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }]);
}

/// Carries out what a step asks for, apart from what is said; gives back the words.
fn carry_out(world: &mut World, outcome: Outcome) -> String {
    match outcome {
        Outcome::All(all) => all.into_iter().map(|one| carry_out(world, one)).collect(),
        Outcome::Edits(edits) => {
            act(world, edits);
            String::new()
        }
        Outcome::Edit(edit) => {
            act(world, vec![edit]);
            String::new()
        }
        Outcome::Say(words) => words,
        _ => String::new(),
    }
}

fn run(world: &mut World, steps: &mut EndingSteps, name: &str) -> String {
    let outcome = steps.run(name, &world.ctx());
    carry_out(world, outcome)
}

fn ending() -> World {
    let mut world = world();
    let museum = PartnerId::new("museum");
    act(&mut world, vec![Edit::ChangeState(StateChange::to(PartnershipState::Active, date(2025, 3, 1)))]);
    add(
        &mut world,
        Ending {
            parting: Parting::End,
            wish: Some(museum.clone()),
            theirs: "The gallery closes.".into(),
            closes: Some(date(2026, 3, 31)),
            ..Ending::new(RecordId::new("e"))
        },
    );
    add(&mut world, Promise::new(RecordId::new("p"), PartnerId::us(), museum.clone(), "send the photos"));
    for (n, name) in [(1, "the families"), (2, "the front desk"), (3, "the press")] {
        let by = (n == 1).then(|| Who::side(PartnerId::us()));
        add(&mut world, Teller { name: name.into(), turn: Some(n), by, ..Teller::new(RecordId::new(name)) });
    }
    world
}

#[test]
fn an_ending_is_announced_filled_done_and_opened_again() {
    let mut world = ending();
    let mut steps = EndingSteps::new();
    assert!(run(&mut world, &mut steps, "ending.fill").starts_with("5 things to go through"));
    assert!(run(&mut world, &mut steps, "ending.fill").contains("stands here already"));
    steps.run("ending.down", &world.ctx());
    run(&mut world, &mut steps, "ending.open");
    let change = world.ctx().workbook().unwrap().partnership().log().last().unwrap().clone();
    assert_eq!((change.state, change.theirs.as_str()), (PartnershipState::Ending, "The gallery closes."));
    run(&mut world, &mut steps, "ending.open");
    assert_eq!(world.ctx().workbook().unwrap().state(), PartnershipState::Ended);
    let said = run(&mut world, &mut steps, "ending.open");
    assert!(said.contains("Open again"), "{said}");
    let workbook = world.ctx().workbook().unwrap();
    assert_eq!(workbook.state(), PartnershipState::Active);
    assert_eq!(workbook.all::<Ending>().len(), 1, "the ending stays");
}

#[test]
fn who_hears_is_moved_and_the_focus_goes_along() {
    let mut world = ending();
    let mut steps = EndingSteps::new();
    steps.run("ending.last", &world.ctx());
    run(&mut world, &mut steps, "ending.earlier");
    assert_eq!(steps.in_focus(&world.ctx()), Some(Entry::Teller(RecordId::new("the press"))));
    let workbook = world.ctx().workbook().unwrap();
    let order: Vec<&str> = query::tellers(workbook).into_iter().map(|teller| teller.name.as_str()).collect();
    assert_eq!(order, ["the families", "the press", "the front desk"]);
    run(&mut world, &mut steps, "ending.earlier");
    assert!(run(&mut world, &mut steps, "ending.earlier").contains("first"));
}

#[test]
fn what_is_waived_wants_a_reason() {
    let mut world = ending();
    let mut steps = EndingSteps::new();
    run(&mut world, &mut steps, "ending.fill");
    steps.run("ending.down", &world.ctx());
    steps.run("ending.down", &world.ctx());
    let Outcome::Open(mut menu) = steps.run("ending.mark", &world.ctx()) else { panic!() };
    menu.run("menu.down", &world.ctx());
    let Outcome::Close(then) = menu.run("menu.choose", &world.ctx()) else { panic!() };
    let Outcome::Open(mut prompt) = *then else { panic!() };
    assert!(!matches!(prompt.run("prompt.accept", &world.ctx()), Outcome::Close(_)), "no reason yet");
    prompt.field().unwrap().set_text("they have them already");
    let Outcome::Close(then) = prompt.run("prompt.accept", &world.ctx()) else { panic!() };
    // it came from a promise, which is asked about, and stays where that is not wished
    let Outcome::Open(mut menu) = *then else { panic!("{then:?}") };
    assert!(drawn(&world, &*menu, 60, 4).contains("Is the promise let go too?"));
    menu.run("menu.down", &world.ctx());
    let Outcome::Close(then) = menu.run("menu.choose", &world.ctx()) else { panic!() };
    carry_out(&mut world, *then);
    let workbook = world.ctx().workbook().unwrap();
    let owed = &workbook.all::<WindUp>()[0];
    assert_eq!((owed.state, owed.why.as_str()), (WindUpState::Waived, "they have them already"));
    assert!(workbook.promises().iter().all(Promise::is_owed));
}

#[test]
fn it_looks_like_this() {
    let mut world = ending();
    let mut steps = EndingSteps::new();
    insta::assert_snapshot!("ending_80", drawn(&world, &steps, 80, 20));
    run(&mut world, &mut steps, "ending.fill");
    insta::assert_snapshot!("ending_filled_80", drawn(&world, &steps, 80, 20));
    steps.run("ending.last", &world.ctx());
    world.size = (60, 20);
    insta::assert_snapshot!("ending_60", drawn(&world, &steps, 60, 16));
    world.linear = true;
    insta::assert_snapshot!("ending_linear", drawn(&world, &steps, 80, 20));
    world = crate::screen::tests::world();
    insta::assert_snapshot!("ending_nothing_80", drawn(&world, &EndingSteps::new(), 80, 20));
}

#[test]
fn it_draws_in_any_size() {
    for mut world in [world(), ending()] {
        for linear in [false, true] {
            world.linear = linear;
            for (width, height) in SIZES {
                let mut steps = EndingSteps::new();
                draws_anywhere(&world, &steps, width, height);
                steps.run("ending.last", &world.ctx());
                draws_anywhere(&world, &steps, width, height);
            }
        }
    }
}
