use super::*;
use crate::domain::{Edit, PartnerId, Person, QuestionId, Splice, TextPlace, VoiceKey};
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere};
use crate::testing::World;

fn helen() -> PersonId {
    PersonId::new("helen")
}

fn world(name: &str) -> World {
    let mut world = crate::screen::tests::world();
    let book = world.book.as_mut().unwrap();
    let person =
        Person { reach: "07700 900123".into(), ..Person::named(helen(), PartnerId::new("museum"), name) };
    let place = TextPlace::Voice(QuestionId::new("SCO-3"), VoiceKey::Ours);
    let text = "Nobody has asked.\nThe two day centres and the carers' group say that Helen Marsh knows; the marsh is wet."
        .to_owned();
    let splice = Splice { place, at: 0, delete: String::new(), insert: text, on: None };
    for edit in [Edit::AddPerson { person: Box::new(person), place: 0 }, Edit::Splice(splice)] {
        book.act(edit, jiff::Timestamp::UNIX_EPOCH).unwrap();
    }
    world
}

fn typed(erase: &mut Erase, world: &World, text: &str) -> Outcome {
    erase.run("erase.name", &world.ctx());
    erase.field().unwrap().paste(text).unwrap();
    erase.typed(&world.ctx());
    erase.run("erase-name.accept", &world.ctx())
}

fn looked(world: &World) -> Erase {
    let mut erase = Erase::new(helen());
    erase.sync(&world.ctx());
    erase
}

#[test]
fn each_place_stands_with_its_line_and_says_whether_it_goes() {
    let world = world("Helen Marsh");
    let mut erase = looked(&world);
    assert_eq!(erase.aside(&world.ctx()), "2 of 3 places go");
    insta::assert_snapshot!(drawn(&world, &erase, 80, 21));
    insta::assert_snapshot!(drawn(&world, &erase, 50, 17));
    erase.run("erase.name", &world.ctx());
    insta::assert_snapshot!(drawn(&world, &erase, 80, 21));
    insta::assert_snapshot!(drawn(&world, &erase, 40, 9));
}

#[test]
fn only_the_name_as_it_stands_removes_them() {
    let world = world("Helen Marsh");
    let mut erase = looked(&world);
    for wrong in ["", "helen marsh", "Helen"] {
        assert!(matches!(typed(&mut erase, &world, wrong), Outcome::Done), "{wrong}");
        assert!(erase.refusal.is_some());
        erase.run("erase-name.stop", &world.ctx());
    }
    let done = typed(&mut erase, &world, " Helen Marsh ");
    assert!(matches!(done, Outcome::Ask(Ask::Erase(_))));
    let mut nameless = looked(&self::world(""));
    assert!(matches!(typed(&mut nameless, &world, "remove"), Outcome::Ask(_)));
}

#[test]
fn a_place_can_be_taken_out_and_in_and_so_can_all_alike() {
    let world = world("Helen Marsh");
    let mut erase = looked(&world);
    let goes = |erase: &Erase| erase.traces.iter().map(|(trace, _)| trace.chosen).collect::<Vec<_>>();
    assert_eq!(goes(&erase), [true, true, false]);
    assert!(matches!(erase.run("erase.toggle", &world.ctx()), Outcome::Say(_)), "the record always goes");
    erase.run("erase.down", &world.ctx());
    erase.run("erase.toggle", &world.ctx());
    assert_eq!(goes(&erase), [true, false, false]);
    erase.sync(&world.ctx());
    assert_eq!(goes(&erase), [true, false, false], "what was chosen stays so");
    erase.run("erase.down", &world.ctx());
    erase.run("erase.alike", &world.ctx());
    assert_eq!(goes(&erase), [true, false, true]);
    erase.run("erase.down", &world.ctx());
    erase.run("erase.toggle", &world.ctx());
    assert!(erase.field().is_some(), "after the last place comes the name");
    assert!(erase.draft().is_none(), "the name is put aside nowhere");
}

#[test]
fn it_draws_in_any_size() {
    for name in ["Helen Marsh", "", HARD_NAME] {
        let world = world(name);
        let mut erase = looked(&world);
        for (width, height) in SIZES {
            draws_anywhere(&world, &erase, width, height);
            erase.run("erase.last", &world.ctx());
            draws_anywhere(&world, &erase, width, height);
            erase.run("erase.name", &world.ctx());
            draws_anywhere(&world, &erase, width, height);
            erase.run("erase-name.stop", &world.ctx());
            erase.run("erase.first", &world.ctx());
        }
    }
}
