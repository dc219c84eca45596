use super::*;
use crate::domain::{PartnerField, PartnerId, QuestionId, VoiceKey, WorkbookId};
use crate::keymap::Keymap;
use crate::overlay::sizes::{AWKWARD, draws_at_any_size};
use crate::testing::World;

fn world() -> World {
    let mut world = World::new();
    world.keymap = Keymap::new(&crate::overlay::rows());
    world
}

fn type_in(find: &mut Find, world: &World, words: &str) -> String {
    find.field().unwrap().paste(words).unwrap();
    format!("{:?}", find.typed(&world.ctx()))
}

fn elsewhere(place: TextPlace, line: &str) -> FoundIn {
    FoundIn { workbook: WorkbookId::new("zoo"), title: "Zoo walks".into(), place, line: line.into() }
}

fn news(words: &str, complete: bool) -> News {
    let theirs = VoiceKey::Theirs(PartnerId::new("keeper"));
    let hits = vec![
        elsewhere(TextPlace::Voice(QuestionId::new("SCO-1"), theirs), "who pays the insurance"),
        elsewhere(TextPlace::Partner(PartnerId::new("keeper"), PartnerField::Busy), "insurance in May"),
    ];
    News::Found { words: words.into(), hits, complete }
}

#[test]
fn it_shows_which_question_and_whose_voice_with_the_line() {
    let world = world();
    let mut find = Find::here(&world.ctx());
    assert_eq!(type_in(&mut find, &world, "FIND way"), "Done");
    insta::assert_snapshot!(world.drawn(&find, 60, 8), @"
        FIND way

        > One line of shared purpose · City Museum         Scoping
            Every visitor should find their way.
        ");
    assert_eq!(find.aside(&world.ctx()), "1 found");
}

#[test]
fn the_words_stand_out() {
    let world = world();
    let mut find = Find::here(&world.ctx());
    type_in(&mut find, &world, "fingers");
    let area = Rect::new(0, 0, 60, 8);
    let mut buf = Buffer::empty(area);
    find.draw(area, &mut buf, &world.ctx());
    let strong = |x: u16| buf[(x, 3)].modifier.contains(ratatui::style::Modifier::BOLD);
    let bold: String = (0..60).filter(|x| strong(*x)).map(|x| buf[(x, 3)].symbol()).collect();
    assert_eq!(bold, "fingers");
}

#[test]
fn choosing_goes_to_the_place_and_the_voice() {
    let world = world();
    let chosen = |words: &str| {
        let mut find = Find::here(&world.ctx());
        type_in(&mut find, &world, words);
        format!("{:?}", find.run("picker.choose", &world.ctx()))
    };
    let voice = r#"Close(Go(Place(Voice(QuestionId("SCO-2"), Theirs(PartnerId("museum"))))))"#;
    assert_eq!(chosen("every visitor"), voice);
    assert_eq!(chosen("museum"), r#"Close(Go(Place(Partner(PartnerId("museum"), Name))))"#);
    assert_eq!(chosen("tactile"), "Close(Go(Place(Title)))");
}

#[test]
fn nothing_found_says_what_to_do() {
    let world = world();
    let mut find = Find::here(&world.ctx());
    assert!(world.drawn(&find, 60, 8).contains("Type words that stand in an answer"));
    type_in(&mut find, &world, "insurance");
    let drawn = world.drawn(&find, 60, 8);
    assert!(drawn.contains("nowhere in this workbook") && drawn.contains("Ctrl-F"), "{drawn}");
}

#[test]
fn it_widens_to_all_workbooks_with_the_words_and_back() {
    let world = world();
    let mut find = Find::here(&world.ctx());
    type_in(&mut find, &world, "fingers");
    let asked = format!("{:?}", find.run("find.everywhere", &world.ctx()));
    assert_eq!(asked, r#"Ask(FindEverywhere("fingers"))"#);
    assert!(world.drawn(&find, 60, 8).contains("Looking through your workbooks"));
    assert!(matches!(find.run("find.everywhere", &world.ctx()), Outcome::Done));
    assert_eq!(find.aside(&world.ctx()), "1 found");
}

#[test]
fn what_the_world_tells_is_shown_under_the_titles_and_opened_there() {
    let world = world();
    let mut find = Find::everywhere();
    assert_eq!(type_in(&mut find, &world, "insurance "), r#"Ask(FindEverywhere("insurance"))"#);
    find.told(&news("insurance", false), &world.ctx());
    assert_eq!(find.aside(&world.ctx()), "2 so far");
    find.told(&news("insurance", true), &world.ctx());
    insta::assert_snapshot!(world.drawn(&find, 60, 8), @"
        insurance

        Zoo walks
        > What, and why now? · theirs                      Scoping
            who pays the insurance
          A partner · Busy seasons                          People
            insurance in May
        ");
    let chosen = format!("{:?}", find.run("picker.choose", &world.ctx()));
    assert!(
        chosen.starts_with(r#"Close(Ask(OpenAt(WorkbookId("zoo"), Voice(QuestionId("SCO-1")"#),
        "{chosen}"
    );
}

#[test]
fn what_is_no_longer_asked_is_not_answered() {
    let world = world();
    let mut find = Find::everywhere();
    type_in(&mut find, &world, "insurance");
    find.told(&news("insur", true), &world.ctx());
    assert_eq!(find.aside(&world.ctx()), "0 so far");
    let mut here = Find::here(&world.ctx());
    type_in(&mut here, &world, "insurance");
    here.told(&news("insurance", true), &world.ctx());
    assert_eq!(here.picker.len(), 0);
}

#[test]
fn a_place_in_the_open_workbook_is_gone_to_without_opening_it_again() {
    let world = world();
    let mut find = Find::everywhere();
    type_in(&mut find, &world, "x");
    let place = TextPlace::Voice(QuestionId::new("SCO-2"), VoiceKey::Ours);
    let hit = FoundIn { workbook: WorkbookId::new("w"), ..elsewhere(place, "x") };
    find.told(&News::Found { words: "x".into(), hits: vec![hit], complete: true }, &world.ctx());
    let chosen = format!("{:?}", find.run("picker.choose", &world.ctx()));
    assert!(chosen.starts_with("Close(Go(Place("), "{chosen}");
}

#[test]
fn a_change_from_elsewhere_is_found() {
    let mut world = world();
    let mut find = Find::here(&world.ctx());
    type_in(&mut find, &world, "fingers");
    while world.book.as_mut().unwrap().undo(jiff::Timestamp::UNIX_EPOCH).is_some() {}
    find.sync(&world.ctx());
    assert_eq!(find.picker.len(), 0);
}

#[test]
fn it_draws_at_any_size() {
    let mut world = world();
    let mut find = Find::everywhere();
    type_in(&mut find, &world, AWKWARD);
    let hits = vec![elsewhere(TextPlace::Purpose, AWKWARD), elsewhere(TextPlace::Title, AWKWARD)];
    find.told(&News::Found { words: AWKWARD.into(), hits, complete: true }, &world.ctx());
    assert_eq!(find.picker.len(), 2);
    find.run("picker.down", &world.ctx());
    draws_at_any_size(&mut world, &find);
}
