use super::*;
use crate::domain::{Partner, PartnerField, PartnerId, Person, PersonField, PersonId};
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::Timestamp;

fn act(world: &mut World, edit: Edit) {
    world.book.as_mut().unwrap().act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
}

fn small() -> World {
    let mut world = world();
    let person = |id: &str, side: PartnerId, name: &str, role: &str| Edit::AddPerson {
        person: Box::new(Person { role: role.into(), ..Person::named(PersonId::new(id), side, name) }),
        place: 99,
    };
    let museum = PartnerId::new("museum");
    act(&mut world, person("ana", PartnerId::us(), "Ana", "walks and maps"));
    act(&mut world, person("jo", museum.clone(), "Jo", "producer"));
    act(&mut world, person("eve", museum, "The evening volunteer lead", ""));
    let twin = Partner { kind: "charity".into(), ..Partner::named(PartnerId::new("twin"), HARD_NAME) };
    act(
        &mut world,
        Edit::AddPartner {
            partner: Box::new(Partner { id: PartnerId::new("twin2"), ..twin.clone() }),
            place: 9,
        },
    );
    act(&mut world, Edit::AddPartner { partner: Box::new(twin), place: 9 });
    world
}

fn at(world: &World, downs: usize) -> People {
    let mut people = People::new(None);
    for _ in 0..downs {
        people.run("people.down", &world.ctx());
    }
    people
}

#[test]
fn people_at_several_sizes() {
    let mut world = small();
    insta::assert_snapshot!("people_us", drawn(&world, &People::new(None), 80, 21));
    insta::assert_snapshot!("people_80", drawn(&world, &at(&world, 3), 80, 21));
    insta::assert_snapshot!("people_120", drawn(&world, &at(&world, 5), 120, 37));
    insta::assert_snapshot!("people_60", drawn(&world, &at(&world, 3), 60, 17));
    let mut typing = at(&world, 2);
    typing.run("people.edit", &world.ctx());
    typing.run("people-fields.down", &world.ctx());
    insta::assert_snapshot!("people_typing_80", drawn(&world, &typing, 80, 21));
    insta::assert_snapshot!("people_typing_40", drawn(&world, &typing, 40, 9));
    world.linear = true;
    insta::assert_snapshot!("people_linear", drawn(&world, &at(&world, 3), 80, 21));
}

#[test]
fn enter_goes_through_the_fields_and_out_again() {
    let world = small();
    let ctx = world.ctx();
    let mut people = at(&world, 2);
    assert!(people.field().is_none() && people.place().is_none());
    people.run("people.edit", &ctx);
    let id = PartnerId::new("museum");
    for field in PartnerField::ALL {
        assert_eq!(people.place(), Some(TextPlace::Partner(id.clone(), field)));
        assert_eq!(
            people.field().unwrap().text(),
            ctx.workbook().unwrap().partner(&id).unwrap().field(field)
        );
        people.run("people-fields.next", &ctx);
    }
    // what follows the texts is chosen, not typed
    assert!(people.field().is_none());
    assert!(matches!(people.run("people.edit", &ctx), Outcome::Open(_)));
    people.run("people.back", &ctx);
    people.run("people.edit", &ctx);
    people.run("people-fields.down", &ctx);
    assert_eq!(people.place(), Some(TextPlace::Partner(id.clone(), PartnerField::Kind)));
    people.run("people-fields.up", &ctx);
    assert_eq!(people.place(), Some(TextPlace::Partner(id, PartnerField::Name)));
    // there is none before the first, and typing does not begin at the other end
    people.run("people-fields.up", &ctx);
    assert!(people.field().is_none());
    people.run("people.edit", &ctx);
    people.run("people-fields.stop", &ctx);
    people.run("people.back", &ctx);
    assert!(matches!(people.run("people.back", &ctx), Outcome::Back));
}

#[test]
fn a_place_can_be_given_and_is_gone_on_with() {
    let world = small();
    let place = TextPlace::Partner(PartnerId::new("museum"), PartnerField::Kind);
    let mut people = People::new(Some(place.clone()));
    people.run("people.edit", &world.ctx());
    assert_eq!(people.place(), Some(place));
    let person = TextPlace::Person(PersonId::new("jo"), PersonField::Name);
    let mut people = People::new(Some(person.clone()));
    assert!(drawn(&world, &people, 80, 21).contains(">   Jo"));
    people.run("people.edit", &world.ctx());
    assert_eq!(people.place(), Some(person));
}

#[test]
fn the_side_in_focus_is_joined_and_removed_but_not_ours() {
    let world = small();
    let ctx = world.ctx();
    let asked = |people: &mut People| format!("{:?}", people.run("people.add", &ctx));
    assert!(asked(&mut at(&world, 0)).contains("our side"));
    assert!(asked(&mut at(&world, 1)).contains("our side"));
    assert!(asked(&mut at(&world, 4)).contains("City Museum"));
    assert!(matches!(at(&world, 0).run("people.bin", &ctx), Outcome::Say(_)));
    assert!(
        matches!(at(&world, 3).run("people.bin", &ctx), Outcome::Edit(Edit::BinPerson { person, .. }) if person.as_str() == "jo")
    );
    assert!(
        matches!(at(&world, 2).run("people.bin", &ctx), Outcome::Edit(Edit::BinPartner { partner, .. }) if partner.as_str() == "museum")
    );
}

#[test]
fn a_book_opened_to_read_shows_and_says_why_it_does_not_change() {
    let mut world = small();
    world.size = (60, 20);
    let mut ctx = world.ctx();
    ctx.writable = false;
    let mut people = at(&world, 3);
    for name in ["people.edit", "people.new", "people.add", "people.bin"] {
        assert!(matches!(people.run(name, &ctx), Outcome::Say(why) if why == READ_ONLY), "{name}");
    }
    assert!(people.field().is_none());
    let shown = drawn(&world, &people, 60, 17);
    assert!(
        shown.contains("producer, at City Museum") && shown.contains("How they like to be reached"),
        "{shown}"
    );
}

#[test]
fn the_field_follows_the_workbook_and_stops_when_its_owner_is_gone() {
    let mut world = small();
    let mut people = at(&world, 2);
    people.run("people.edit", &world.ctx());
    let id = PartnerId::new("museum");
    let splice = crate::domain::Splice {
        place: TextPlace::Partner(id.clone(), PartnerField::Name),
        at: 4,
        delete: String::new(),
        insert: " and County".into(),
        on: None,
    };
    act(&mut world, Edit::Splice(splice));
    people.sync(&world.ctx());
    assert_eq!(people.field().unwrap().text(), "City and County Museum");
    let on = world.ctx().today();
    act(&mut world, Edit::BinPartner { partner: id, on });
    people.sync(&world.ctx());
    assert!(people.field().is_none() && people.place().is_none());
    assert!(drawn(&world, &people, 80, 21).contains('>'));
}

#[test]
fn it_draws_in_any_size_and_without_a_workbook() {
    let mut world = small();
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            for downs in [0, 3, 6] {
                let mut people = at(&world, downs);
                for name in ["people.up", "people.details", "people.last", "people.edit", "people-fields.up"]
                {
                    people.run(name, &world.ctx());
                    let cursor = draws_anywhere(&world, &people, width, height);
                    assert_eq!(cursor.is_some(), width > 0 && height > 0, "{name} {width}x{height}");
                }
            }
        }
    }
    world.book = None;
    for (width, height) in SIZES {
        draws_anywhere(&world, &People::new(None), width, height);
    }
}

#[test]
fn what_type_of_partnership_is_meant_is_said_beside_the_level() {
    let mut world = small();
    let museum = PartnerId::new("museum");
    let people = People::new(Some(TextPlace::Partner(museum.clone(), PartnerField::Name)));
    let chosen = |world: &World, label: &str| {
        let fields = people.fields(&world.ctx());
        let field = fields.into_iter().find(|field| field.label == label).unwrap();
        let crate::screen::form::Value::Choice(now, options) = field.value else { panic!("{label}") };
        (now, options)
    };
    let named = [world.content.types()[1].clone(), world.content.levels()[1].clone()];
    for (label, named) in ["Type, what next", "Level, what next"].into_iter().zip(&named) {
        let (now, options) = chosen(&world, label);
        assert_eq!((now.as_str(), options.len() > 4), ("", true), "{label}");
        act(&mut world, options[1].1.clone());
        assert_eq!(chosen(&world, label).0, named.name, "{label}");
    }
    let partner = world.book.as_ref().unwrap().workbook().partner(&museum).unwrap();
    let kept = [&partner.types, &partner.levels].map(|said| said.values().cloned().collect::<Vec<_>>());
    assert_eq!(kept, named.map(|named| vec![named.id]));
}
