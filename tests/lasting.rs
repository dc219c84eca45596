//! From the review to the end, as somebody plays it: what is connected is followed and left again, a promise of a walk stays
//! with it, what is wound up takes its promise along, and what remains is noted in the middle of a word.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod harness;

use alongside::domain::{
    AnyRecord, Edit, Family, HardThing, InFamily, Legacy, PartnerId, Promise, PromiseState, RecordId, Remedy,
    Revision, Walk, WindUp, WindUpState, Workbook,
};
use harness::Play;
use harness::books::Making;
use jiff::civil::date;

fn id(id: &str) -> RecordId {
    RecordId::new(id)
}

fn add(making: &mut Making, record: impl Into<AnyRecord>) {
    making.act(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX });
}

fn one<'w, R: InFamily>(workbook: &'w Workbook, of: &str) -> &'w R {
    workbook.all::<R>().iter().find(|record| *record.id() == id(of)).expect("it is there")
}

/// A walk on which something hard was raised, a change that mends it, a step of learning, and promises.
fn reviewed() -> Workbook {
    let mut making = Making::new("reviewed", "Parents interview");
    making.partner("charity", "Family centre");
    let held = Some(date(2025, 9, 12));
    let sides = [PartnerId::us(), PartnerId::new("charity")].into();
    add(&mut making, Walk { planned: held, held, sides, ..Walk::new(id("walk")) });
    let thing = HardThing { what: "the training talked down".into(), ..HardThing::new(id("thing")) };
    add(&mut making, HardThing { walk: Some(id("walk")), ..thing });
    let mends = Some(id("thing"));
    let what = "a second training, led with two parents".to_owned();
    add(&mut making, Revision { what, walk: Some(id("walk")), mends, ..Revision::new(id("change")) });
    add(&mut making, Remedy { what: "role play on the phone".into(), ..Remedy::new(id("step")) });
    let promise = |of: &str, what: &str| Promise {
        made: Some(date(2025, 9, 14)),
        ..Promise::new(id(of), PartnerId::us(), PartnerId::new("charity"), what)
    };
    add(&mut making, Promise { walk: Some(id("walk")), ..promise("plan", "send the new plan") });
    add(&mut making, promise("room", "book the hall"));
    making.done()
}

#[test]
fn what_a_field_names_is_gone_to_with_one_key_and_esc_comes_back_to_the_very_field() {
    let mut play = Play::of(reviewed(), 80, 24);
    play.keys("g r 7").sees("the training talked down").sees("What mends it");
    play.keys("down").sees("c connected").keys("enter esc");
    // from the walk to the hard thing, on to what mends it, and on from a field of that
    play.keys("down").sees("> ").keys("c").sees("Keep, mend, drop, try").sees("a second training");
    play.keys("l")
        .keys("down down down down down down down")
        .sees("What it mends\n                                        │ > the training");
    let before = play.screen();
    play.keys("c").sees("Harder things").sees("What mends it").sees("the training talked down");
    play.keys("esc");
    assert_eq!(play.screen(), before, "the very field");
    play.keys("esc esc").sees("Review walk").sees("What mends it");
}

#[test]
fn where_several_things_were_raised_a_change_asks_which_it_mends() {
    let mut play = Play::of(reviewed(), 80, 24);
    play.keys("g r 7 a 'nobody rang' enter").sees("Who raised it?").keys("enter").sees("nobody rang");
    play.keys("9 a 'ring on Fridays' enter").sees("In which way?").keys("enter").sees("What does it mend?");
    play.sees("the training talked down").keys("down enter").sees("By when?").keys("enter");
    let change = play.workbook().all::<Revision>().last().unwrap();
    let raised = play.workbook().all::<HardThing>().last().unwrap();
    assert_eq!((change.what.as_str(), change.mends.as_ref()), ("ring on Fridays", Some(&raised.id)));
    play.keys("7").sees("ring on Fridays");
}

#[test]
fn a_row_with_several_ways_asks_which_and_one_way_is_gone_at_once() {
    let mut play = Play::of(reviewed(), 80, 24);
    play.keys("g o")
        .sees("> send the new plan")
        .sees("c connected")
        .keys("c")
        .sees("Review walks")
        .keys("esc")
        .sees("Promises");
    play.keys("g c").sees("c connected").keys("c").sees("Where to?").sees("The walk: 12 September 2025");
    play.sees("What it mends: the training talked down").keys("down enter").sees("Harder things");
    play.keys("esc").sees("Keep, mend, drop, try");
    // a step without a change leads nowhere, and the key is not offered
    play.keys("g k tab").sees("role play on the phone").sees_not("c connected");
}

#[test]
fn a_step_of_the_skills_tool_goes_onto_the_board_in_one_key_and_both_name_each_other() {
    let mut play = Play::of(reviewed(), 80, 24);
    play.keys("g k tab").sees("role play on the phone").keys("+").sees("On the board, under try");
    let step = one::<Remedy>(play.workbook(), "step");
    let change = step.revision.clone().expect("it names the change");
    assert_eq!(one::<Revision>(play.workbook(), change.as_str()).what, "role play on the phone");
    play.keys("+").sees("It is on the board already");
    assert_eq!(play.workbook().how_many(Family::Revision), 2);
    play.keys("c").sees("Keep, mend, drop, try").sees("> role play on the phone").keys("c");
    play.sees("What we do about gaps")
        .keys("esc")
        .sees("> role play on the phone")
        .keys("esc")
        .sees("For the change: role play on the phone");
    play.keys("u");
    assert_eq!(play.workbook().how_many(Family::Revision), 1);
    assert_eq!(one::<Remedy>(play.workbook(), "step").revision, None, "one undo for both");
}

#[test]
fn a_promise_of_a_walk_stays_with_it_whatever_its_day() {
    let mut play = Play::of(reviewed(), 80, 24);
    play.keys("g r 5").sees("send the new plan").sees_not("book the hall");
    // one that is made here belongs to the walk, though it is November by now
    play.keys("a 'ring them on Fridays' enter").sees("By when?").keys("enter");
    let made = play.workbook().promises().last().unwrap();
    assert_eq!((made.what.as_str(), made.walk.as_ref()), ("ring them on Fridays", Some(&id("walk"))));
    play.sees("ring them on Fridays");
    // on another walk nothing of it stands
    play.keys("A 5").sees_not("send the new plan").sees_not("ring them on Fridays");
    // another promise is put to the walk by its field
    play.keys("g o").sees("book the hall").keys("end l down down down down down down enter").sees("The walk");
    play.keys("home enter");
    assert!(play.workbook().promises().iter().all(|promise| promise.walk == Some(id("walk"))));
}

#[test]
fn what_is_wound_up_keeps_its_promise_in_one_step_and_what_is_let_go_asks() {
    let mut play = Play::of(reviewed(), 80, 24);
    play.keys("g e end k k k enter").sees("Nothing is decided yet").keys("+").sees("things to go through");
    let owed = |play: &Play, of: &str| {
        let all = play.workbook().all::<WindUp>();
        all.iter().find(|owed| owed.promise == Some(id(of))).cloned().expect("it came from the promise")
    };
    let state = |play: &Play, of: &str| one::<Promise>(play.workbook(), of).state;
    play.keys("down t enter").sees("the promise is kept with it");
    assert_eq!((owed(&play, "plan").state, state(&play, "plan")), (WindUpState::Done, PromiseState::Kept));
    play.keys("u");
    assert_eq!((owed(&play, "plan").state, state(&play, "plan")), (WindUpState::Open, PromiseState::Open));
    // let go, and the promise with it
    play.keys("t down enter 'they found a hall themselves' enter")
        .sees("Is the promise let go too?")
        .keys("y");
    let promise = one::<Promise>(play.workbook(), "plan");
    assert_eq!((promise.state, promise.note.as_str()), (PromiseState::LetGo, "they found a hall themselves"));
    assert_eq!(owed(&play, "plan").why, "they found a hall themselves");
    // let go, and the promise stays
    play.keys("down t down enter 'not before spring' enter n");
    assert_eq!((owed(&play, "room").state, state(&play, "room")), (WindUpState::Waived, PromiseState::Open));
    // in its form it is the same
    play.keys("enter l down down down down down down")
        .sees("> State")
        .keys("enter")
        .sees("Waived, for a reason");
    play.keys("home enter");
    assert_eq!(state(&play, "room"), PromiseState::Kept);
}

#[test]
fn what_remains_is_noted_in_the_middle_of_a_word() {
    let mut play = Play::of(reviewed(), 80, 24);
    play.keys("g s enter").sees("TYPING").type_text("the eve").keys("ctrl-r").sees("What remains?");
    play.type_text("two parents who interview").keys("enter").sees("Noted with today");
    play.sees("TYPING").type_text("ning").keys("esc").sees("the evening");
    let legacy = play.workbook().all::<Legacy>().last().unwrap();
    assert_eq!((legacy.what.as_str(), legacy.noted), ("two parents who interview", Some(date(2025, 11, 10))));
    // on a call as well, and in the strip, where the words that stand there stay
    play.keys("g C 'fam' enter 'hello' ctrl-r 'a key of our own' enter").sees("hello").keys("' there' enter");
    assert_eq!(play.workbook().calls().last().unwrap().lines[0].text, "hello there");
    assert_eq!(play.workbook().all::<Legacy>().len(), 2);
}
