use std::collections::BTreeMap;

use super::*;
use crate::content::Content;
use crate::domain::{
    AnyRecord, Edit, Partner, PartnerField, Person, PersonId, RecordId, Splice, TextPlace, Topic, Who,
    Workbook, WorkbookId,
};
use crate::export::{artefacts, plain};
use jiff::civil::date;

const NAMES: [&str; 3] = ["skills-plan", "skills-offers", "joint-learning"];

fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
    workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
}

fn museum() -> PartnerId {
    PartnerId::new("museum")
}

fn rosa() -> Who {
    Who::person(PartnerId::us(), PersonId::new("rosa"))
}

fn empty() -> Workbook {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "Tactile guide");
    let place = TextPlace::Partner(PartnerId::us(), PartnerField::Name);
    let name = Splice { place, at: 0, delete: String::new(), insert: "Walkers".into(), on: None };
    workbook.apply(Edit::Splice(name)).unwrap();
    let partner = Partner::named(museum(), "City Museum");
    workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 0 }).unwrap();
    let person = Person::named(PersonId::new("rosa"), PartnerId::us(), "Rosa");
    workbook.apply(Edit::AddPerson { person: Box::new(person), place: 0 }).unwrap();
    workbook
}

fn rating(id: &str, side: PartnerId, rater: Who, numbers: &[(&str, u8, u8)]) -> Rating {
    let of = |n: fn(&(&str, u8, u8)) -> u8| -> BTreeMap<String, u8> {
        numbers.iter().map(|line| (line.0.to_owned(), n(line))).collect()
    };
    let (side, rater) = (Some(side), Some(rater));
    Rating { side, rater, needs: of(|l| l.1), haves: of(|l| l.2), ..Rating::new(RecordId::new(id)) }
}

fn workbook() -> Workbook {
    let mut workbook = empty();
    let lines = [("SP-TS5", 3, 1), ("SP-LS6", 3, 0), ("SP-TS4", 2, 3)];
    add(&mut workbook, rating("a", PartnerId::us(), rosa(), &lines));
    let lines = [("SP-TS5", 3, 0), ("SP-MS3", 2, 3)];
    add(&mut workbook, rating("b", museum(), Who::side(museum()), &lines));
    add(&mut workbook, rating("c", museum(), rosa(), &[("SP-MK5", 0, 3)]));
    let hidden = rating("p", PartnerId::us(), rosa(), &[("SP-NS2", 3, 0), ("SP-MK7", 1, 3)]);
    add(&mut workbook, Rating { private: true, ..hidden });
    let remedy = |id: &str, what: &str| Remedy {
        skill: Topic("SP-TS5".into()),
        suggestion: Topic("SP-A10".into()),
        what: what.into(),
        lead: Some(rosa()),
        due: Some(date(2026, 1, 29)),
        ..Remedy::new(RecordId::new(id))
    };
    add(&mut workbook, remedy("r", "an evening of role play"));
    add(&mut workbook, Remedy { private: true, ..remedy("q", "zebra") });
    workbook
}

fn document(workbook: &Workbook, name: &str) -> Document {
    let content = Content::new();
    let row = artefacts().find(|row| row.name == name).unwrap_or_else(|| panic!("{name}"));
    row.document(&Subject::new(workbook, &content, date(2025, 11, 10)))
}

#[test]
fn the_plan_the_offers_and_what_to_learn_together() {
    for name in NAMES {
        insta::assert_snapshot!(name.replace('-', "_"), plain(&document(&workbook(), name), 78));
    }
}

#[test]
fn where_nothing_stands_it_is_to_agree() {
    for name in NAMES {
        let words = plain(&document(&empty(), name), 78);
        assert!(words.contains(TO_AGREE), "{name}: {words}");
    }
}

#[test]
fn no_number_of_anybody_is_on_paper_and_nothing_private() {
    for name in NAMES {
        let made = document(&workbook(), name);
        assert!(made.private.left_out > 0, "{name} counts what it leaves out");
        let words = plain(&made, 78);
        for secret in ["zebra", "etworking", "ICT"] {
            assert!(!words.contains(secret), "{name}: {secret} in {words}");
        }
        let without_days = words.replace("29 January", "").replace("2026", "").replace("360-degree", "");
        let numbers = without_days.chars().filter(char::is_ascii_digit).count();
        let notes: usize = words
            .lines()
            .filter(|line| line.contains("left out"))
            .flat_map(str::chars)
            .filter(char::is_ascii_digit)
            .count();
        assert_eq!(numbers, notes, "{name} holds a number: {words}");
        for format in artefacts().find(|row| row.name == name).unwrap().formats {
            assert!(format.write(&document(&workbook(), name)).is_ok(), "{name} as {format:?}");
        }
    }
}
