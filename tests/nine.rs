//! Nine partners, fourteen people, three groups: everything can be seen and reached in a small window, money adds up, and
//! a partner that leaves hands on what hangs on it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod harness;

use alongside::domain::{Membership, MoneyLine, PartnerId, PartnerStatus, Role};
use harness::{Play, books};

fn nine(columns: u16, rows: u16) -> Play {
    Play::of(books::nine(), columns, rows)
}

/// The keys to places worth a picture, and what each is called.
const PLACES: &[(&str, &str)] = &[
    ("map", ""),
    ("aspect", "g s j"),
    ("aspect-museum", "g s j tab j"),
    ("aspect-last", "g s j tab k k k"),
    ("aspect-typing", "g s j enter tab tab tab"),
    ("aspect-few-said", "g s j j"),
    ("standing", "g s j tab j t"),
    ("agreement", "g a G k k k k k k k k k k k k"),
    ("people", "g p"),
    ("people-last", "g p end"),
    ("deputies", "g p K"),
    ("promises", "g o"),
    ("promises-new", "g o n"),
    ("call", "g C"),
    ("call-found", "g C 'c'"),
    ("matrix", "g *"),
    ("matrix-far", "g * G l l l l l l"),
    ("matrix-turned", "g * * l l"),
    ("money", ": 'money' enter"),
    ("money-form", ": 'money' enter tab"),
    ("hours", ": 'hours' enter"),
    ("roles", ": 'roles' enter tab j enter"),
    ("activities", ": 'activities' enter"),
    ("groups", ": 'working groups' enter tab j j j enter"),
    ("leaves-asked", "g p j j j t"),
    ("leaves", "g p j j j t l"),
    ("leaves-choosing", "g p j j j t l j enter"),
    ("left", "g p j j j t l r"),
    ("joining", ": 'joining and leaving' enter n"),
    ("agenda", "g A"),
    ("timeline", "g t"),
    ("documents", "x"),
];

#[test]
fn what_it_looks_like() {
    let mut play = nine(80, 24);
    for (name, keys) in PLACES {
        play.again(vec![books::nine()]).keys(keys);
        insta::assert_snapshot!(format!("nine-{name}-80x24"), play.look().to_keep());
    }
}

#[test]
fn nothing_is_cut_off_and_the_cursor_is_on_something() {
    for (linear, sizes) in [(false, vec![(80, 24), (60, 20), (40, 12)]), (true, vec![(80, 24)])] {
        let mut play = if linear { Play::linear(80, 24) } else { nine(80, 24) };
        for (columns, rows) in sizes {
            play.resize(columns, rows);
            for (name, keys) in PLACES {
                play.again(vec![books::nine()]).keys(keys);
                let picture = play.look();
                let faults = picture.faults();
                assert!(faults.is_empty(), "{name} {columns}x{rows}: {faults:?}\n{}", play.screen());
                let picture = play.look();
                let blank = picture.under_cursor().is_none_or(|symbol| symbol.trim().is_empty());
                let on_nothing = !picture.is_typing() && blank;
                assert!(!on_nothing, "{name} {columns}x{rows}: the cursor is on nothing\n{}", play.screen());
            }
        }
    }
}

#[test]
fn every_voice_is_in_sight_in_a_small_window_and_can_be_gone_to() {
    let mut play = nine(80, 24);
    play.keys("g s j");
    for name in [
        "OURS",
        "CITY MUSEUM",
        "YOUNG CARERS",
        "RIVERSIDE",
        "CENTRAL LIB",
        "CITY COUNCIL",
        "BOTANIC",
        "ST ANNE",
        "THE BUS",
        "HARBOUR",
        "AGREED",
    ] {
        play.sees(name);
    }
    play.sees_not("not in sight").keys("tab");
    for name in [
        "> CITY MUSEUM",
        "> YOUNG CARERS",
        "> RIVERSIDE",
        "> CENTRAL",
        "> CITY COUNCIL",
        "> BOTANIC",
        "> ST ANNE",
        "> THE BUS",
        "> HARBOUR",
        "> AGREED",
    ] {
        play.keys("j").sees(name);
    }
}

#[test]
fn the_matrix_is_reached_from_the_doors_the_people_and_the_palette() {
    let mut play = nine(80, 24);
    for keys in ["g p *", "g *", ": 'matrix' enter", ": 'overview' enter", ": 'grid' enter"] {
        play.again(vec![books::nine()]).keys(keys).sees("Who has what").sees("9 partners");
    }
    for aspect in [": 'governing' enter", "g d"] {
        play.again(vec![books::nine()]).keys(aspect).keys("end").sees("Who has what");
    }
    // a cell leads to what stands behind it, and back again
    play.again(vec![books::nine()]).keys("g * j j l l l enter").sees("Money").sees("the interpreters' hours");
    play.keys("esc").sees("Who has what");
}

#[test]
fn money_is_taken_as_people_write_it_and_adds_up() {
    let mut play = Play::of(books::blank(), 80, 24);
    play.keys(": 'money' enter");
    let sums = [
        ("1,250.00", "In all: still to pay £1,250.00"),
        ("-14.50", "In all: still to pay £1,235.50"),
        ("0", "In all: still to pay £1,235.50"),
        ("€3", "In all: still to pay €3.00 and"),
    ];
    for (words, all) in sums {
        play.keys("n").type_text(&format!("for {words}")).keys("enter tab j enter").type_text(words);
        play.keys("enter esc").sees(all);
    }
    let kept: Vec<(i64, String)> = play
        .workbook()
        .all::<MoneyLine>()
        .iter()
        .map(|line| line.amount.clone().unwrap())
        .map(|amount| (amount.minor, amount.currency))
        .collect();
    let kept: Vec<(i64, &str)> = kept.iter().map(|(minor, currency)| (*minor, currency.as_str())).collect();
    assert_eq!(kept, [(125_000, "GBP"), (-1_450, "GBP"), (0, "GBP"), (300, "EUR")]);
}

#[test]
fn what_is_no_money_is_refused_in_words_and_nothing_is_lost() {
    let mut play = Play::of(books::blank(), 80, 24);
    play.keys(": 'money' enter n 'the bus' enter tab j enter");
    for (words, said) in [
        ("abc", "Write an amount in figures, such as 1,250.00"),
        ("1,25,0.00", "Write the amount with a point before the pence"),
        ("12.345", "GBP has 2 places after the point"),
        ("92233720368547758.08", "That is more than can be kept here"),
    ] {
        play.type_text(words).keys("enter").sees(said).sees(words).keys("ctrl-u");
    }
    assert!(play.workbook().all::<MoneyLine>()[0].amount.is_none());
    // the largest that can be kept is kept to the penny
    play.type_text("92,233,720,368,547,758.07").keys("enter").sees("£92,233,720,368,547,758.07");
}

#[test]
fn a_tenth_joins_and_one_leaves_with_everything_handed_on_in_one_step() {
    let mut play = nine(80, 24);
    play.keys("g p n 'Youth Theatre' enter").sees("Youth Theatre");
    assert_eq!(play.workbook().partners().len(), 10);
    let before = play.workbook().clone();
    play.keys("g m g p j j j").sees("> City Museum").keys("t").sees("It leaves").keys("l");
    play.sees("City Museum leaves").sees("keeping the budget");
    // all of it goes to the first who is offered, which is our own side; what cannot go there stays
    play.keys("a").sees("Our side").keys("enter").sees("handed on").keys("G enter");
    play.sees("City Museum has left");
    let museum = PartnerId::new("museum");
    let workbook = play.workbook();
    assert_eq!(workbook.partner(&museum).unwrap().status, PartnerStatus::Left);
    assert!(
        workbook.all::<Role>().iter().all(|role| role.lead.as_ref().is_none_or(|who| who.side != museum))
    );
    assert!(workbook.all::<Membership>()[0].hand_on.contains("keeping the budget"));
    play.keys("u").sees("City Museum leaving");
    assert_eq!(*play.workbook(), before, "one step takes all of it back");
}

#[test]
fn an_activity_says_what_it_lacks_in_the_list_and_at_the_head_of_its_form() {
    let mut play = nine(80, 24);
    play.keys(": 'activities' enter").sees("2 of 2 still lack something").sees("2 missing");
    play.keys("j").sees("Still missing: nobody leads; no");
}
