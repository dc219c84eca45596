//! For tests: the documents of a partnership of nine, as text.

use super::*;
use crate::domain::{Edit, MoneyLine, PartnerId, Person, PersonId, RecordId, Role};
use crate::testing::World;
use jiff::Timestamp;
use jiff::civil::date;

const NAMES: [&str; 9] = [
    "who-what-when",
    "groups",
    "waited-for",
    "promise-slips",
    "roles",
    "money",
    "matrix",
    "decisions",
    "members",
];

fn made(world: &World, name: &str) -> Document {
    let subject = Subject::new(world.book.as_ref().unwrap().workbook(), &world.content, date(2025, 11, 20));
    artefact(name).unwrap().document(&subject)
}

fn act(world: &mut World, edit: Edit) {
    world.book.as_mut().unwrap().act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
}

#[test]
fn what_nine_partners_can_send() {
    let world = World::nine();
    for name in NAMES {
        let text = plain(&made(&world, name), 100);
        for word in ["failed", "overdue", "late"] {
            let said = text.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|there| there == word);
            assert!(!said, "{name} says “{word}”:\n{text}");
        }
        insta::assert_snapshot!(format!("nine_{}", name.replace('-', "_")), text);
    }
}

#[test]
fn with_nothing_written_each_says_so() {
    let mut world = World::new();
    world.book = Some(crate::domain::Book::new(
        crate::domain::Workbook::new(crate::domain::WorkbookId::new("w"), ""),
        0,
    ));
    for (name, said) in [
        ("who-what-when", "No activity is planned."),
        ("groups", "There is no working group."),
        ("waited-for", "Nothing is waited for."),
        ("promise-slips", "Nothing is open between us."),
        ("roles", "No role is written down yet."),
        ("money", "No money is written down."),
        ("decisions", "No decision is written down yet."),
        ("members", "No partner takes part yet."),
    ] {
        let text = plain(&made(&world, name), 100);
        assert!(text.contains(said), "{name}: {text}");
    }
}

#[test]
fn the_money_table_is_a_table_for_a_spreadsheet_and_the_matrix_a_picture() {
    let world = World::nine();
    let words = |name: &str, format: Format| {
        String::from_utf8(format.write(&made(&world, name)).unwrap().bytes().to_vec()).unwrap()
    };
    let csv = words("money", Format::Csv);
    assert!(csv.contains("the interpreters' hours,\"£1,250.00\""), "{csv}");
    let html = words("matrix", Format::Html);
    assert!(html.contains("<svg"), "{html}");
    assert!(words("who-what-when", Format::Calendar).contains("book the interpreter"));
}

#[test]
fn what_a_partner_hands_on_when_it_leaves_is_all_there() {
    let mut world = World::nine();
    let side = world.book.as_ref().unwrap().workbook().partners()[0].id.clone();
    let leaves = crate::domain::Membership {
        side: Some(side),
        change: crate::domain::Move::Leaving,
        on: Some(date(2025, 11, 3)),
        why: "the grant ended".into(),
        hand_on: "the keys, to the library\nthe list of walkers, to us".into(),
        done: Some(date(2025, 11, 9)),
        ..crate::domain::Membership::new(RecordId::new("leaves"))
    };
    act(&mut world, Edit::AddRecord { record: Box::new(leaves.into()), place: 0 });
    let text = plain(&made(&world, "members"), 100);
    let all = ["leaves", "3 November 2025", "the grant ended", "9 November 2025", "The keys, to the library"];
    for said in all.into_iter().chain(["The list of walkers, to us"]) {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn what_is_private_is_counted_and_names_nothing_elsewhere() {
    let mut world = World::nine();
    let secret = Role { what: "zebra".into(), private: true, ..Role::new(RecordId::new("secret")) };
    act(&mut world, Edit::AddRecord { record: Box::new(secret.into()), place: 0 });
    let money = MoneyLine { what: "zebra".into(), private: true, ..MoneyLine::new(RecordId::new("hidden")) };
    act(&mut world, Edit::AddRecord { record: Box::new(money.into()), place: 0 });
    // an action that belongs to a private activity does not name it
    let workbook = world.book.as_ref().unwrap().workbook();
    let walk = workbook.all::<crate::domain::Activity>()[0].clone();
    let walk = crate::domain::Activity { what: "zebra".into(), private: true, ..walk };
    act(&mut world, Edit::SetRecord(Box::new(walk.into())));
    let noted =
        Person { note: "zebra".into(), ..Person::named(PersonId::new("n"), PartnerId::us(), "Noted") };
    act(&mut world, Edit::AddPerson { person: Box::new(noted), place: 0 });
    for name in NAMES {
        let document = made(&world, name);
        assert!(!plain(&document, 100).contains("zebra"), "{name}");
    }
    assert_eq!(made(&world, "roles").private.left_out, 1);
    assert_eq!(made(&world, "who-what-when").private.left_out, 1);
}

#[test]
fn a_slip_for_one_partner_holds_what_is_between_us_and_nothing_else() {
    let world = World::nine();
    let order = Order { partner: Some(PartnerId::new("museum")), ..Order::of("promise-slips") };
    let made =
        order.make(world.book.as_ref().unwrap().workbook(), &world.content, date(2025, 11, 20)).unwrap();
    let text = plain(&made.document, 100);
    assert!(text.contains("You said that you would") && text.contains("send the plan"), "{text}");
    assert!(!text.contains("handling boxes"), "what they promised somebody else is not ours to send: {text}");
}
