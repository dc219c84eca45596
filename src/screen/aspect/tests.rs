use super::*;
use crate::testing::World;

fn screen(world: &World, question: &str, voice: Option<VoiceKey>) -> AspectScreen {
    let mut screen = AspectScreen::at("scoping", &QuestionId::new(question), voice);
    screen.sync(&world.ctx());
    screen
}

#[test]
fn enter_types_and_escape_stops() {
    let world = World::new();
    let mut screen = screen(&world, "SCO-2", None);
    assert!(screen.field().is_none());
    screen.run("aspect.write", &world.ctx());
    assert_eq!(screen.field().map(|f| f.text()), Some("A guide that fingers can read.".to_owned()));
    assert_eq!(screen.place(), Some(TextPlace::Voice(QuestionId::new("SCO-2"), VoiceKey::Ours)));
    screen.run("aspect-typing.next-voice", &world.ctx());
    assert_eq!(screen.field().map(|f| f.text()), Some("Every visitor should find their way.".to_owned()));
    screen.run("aspect-typing.stop", &world.ctx());
    assert!(screen.field().is_none() && screen.place().is_none());
}

#[test]
fn three_voices_and_the_standing_are_in_sight() {
    let world = World::new();
    let drawn = world.drawn(&screen(&world, "SCO-2", None), 78, 20);
    for text in ["OURS", "CITY MUSEUM ! disputed", "the call of", "AGREED", "fingers can read", "from: "] {
        assert!(drawn.contains(text), "{text} in\n{drawn}");
    }
}

#[test]
fn one_side_alone_is_asked_before_it_is_agreed() {
    let world = World::new();
    let mut one_sided = screen(&world, "SCO-1", None);
    let Outcome::Open(mut menu) = one_sided.run("aspect.standing", &world.ctx()) else { panic!("a menu") };
    let Some(Outcome::Close(then)) = menu.letter('=', &world.ctx()) else { panic!("a choice") };
    assert!(matches!(*then, Outcome::Open(_)), "asks first: {then:?}");

    let mut both = screen(&world, "SCO-2", None);
    let Outcome::Open(mut menu) = both.run("aspect.standing", &world.ctx()) else { panic!("a menu") };
    let Some(Outcome::Close(then)) = menu.letter('=', &world.ctx()) else { panic!("a choice") };
    assert!(matches!(*then, Outcome::Edits(_)), "{then:?}");
}

#[test]
fn no_idea_is_dealt_twice_before_all_have_come() {
    let world = World::new();
    let mut screen = AspectScreen::new("building");
    screen.sync(&world.ctx());
    let deck: Vec<String> = screen.ideas(&world.ctx()).map(|card| card.title.clone()).collect();
    assert!(deck.len() >= 9, "{}", deck.len());
    let mut dealt = Vec::new();
    for _ in 0..deck.len() / 3 {
        let Outcome::Open(reader) = screen.run("aspect.deal", &world.ctx()) else { panic!("a reader") };
        let drawn = world.drawn(reader.as_ref(), 76, 60);
        dealt.extend(
            deck.iter().filter(|title| drawn.lines().any(|line| line.trim() == title.as_str())).cloned(),
        );
    }
    let count = dealt.len();
    dealt.sort();
    dealt.dedup();
    assert_eq!((dealt.len(), count), (deck.len() / 3 * 3, deck.len() / 3 * 3));
    // the ideas for finding have a screen of their own, where they can be ticked off
    let dealt = AspectScreen::new("finding").run("aspect.deal", &world.ctx());
    assert!(matches!(dealt, Outcome::Go(Go::Deck)), "{dealt:?}");
}

#[test]
fn a_way_on_is_opened_and_nothing_is_written_there() {
    let world = World::new();
    let mut screen = AspectScreen::new("scoping");
    screen.run("aspect.last", &world.ctx());
    let ctx = world.ctx();
    let names: Vec<&str> = screen.rows(&ctx).iter().map(|row| row.name).collect();
    assert!(names.contains(&"aspect-door.open"), "{names:?}");
    for of_an_answer in ["write", "next-part", "standing", "private", "share", "copy", "editor", "guidance"] {
        let name = format!("aspect.{of_an_answer}");
        assert!(!names.contains(&name.as_str()), "{name}");
        assert!(matches!(screen.run(&name, &ctx), Outcome::Unused), "{name}");
    }
    assert!(matches!(screen.run("aspect-door.open", &ctx), Outcome::Go(Go::Records(..))));
    screen.run("aspect.first", &ctx);
    assert!(screen.rows(&ctx).iter().all(|row| row.name != "aspect-door.open"));
}

#[test]
fn a_list_longer_than_the_screen_says_so() {
    let world = World::new();
    let mut screen = AspectScreen::new("scoping");
    screen.sync(&world.ctx());
    let len = screen.len(&world.ctx());
    let room = u16::try_from(len).unwrap();
    let cut = world.drawn(&screen, 78, room - 2);
    assert!(cut.lines().last().unwrap().contains("… 3 more rows below"), "{cut}");
    screen.run("aspect.last", &world.ctx());
    let end = world.drawn(&screen, 78, room - 2);
    assert!(end.lines().last().unwrap().contains("… 3 rows above"), "{end}");
    let whole = world.drawn(&screen, 78, room);
    assert!(!whole.contains("… 3") && !whole.contains("row above"), "{whole}");
}
