//! What a record is connected with: the records, clauses and lines that its fields name, and the records that name it.
//!
//! Which fields name records is said with their names ([`RecordField::names`]); nothing here knows a family. Start reading
//! at [`links`]; where a way leads is a [`Named`], and how one goes there is not known here.

use super::say::{called, value_in_words};
use crate::content::Content;
use crate::domain::{
    Family, PartnerField, PersonField, RecordField, RecordId, RecordRef, TextPlace, Topic, Value, Who,
    Workbook,
};

/// Something that a field names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// Another record, a partner, a person, or a line of a call.
    Place(TextPlace),
    /// A question or a clause, by id.
    Question(String),
    /// A part of the cycle, by id.
    Aspect(String),
}

/// A way from a record to something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What the way is called: "The walk", "What mends it".
    pub label: &'static str,
    /// What stands at its end, in words.
    pub words: String,
    /// Where it leads.
    pub to: Named,
}

/// Whether a record is connected with anything; quicker than asking with what.
pub fn has_links(record: RecordRef<'_>, workbook: &Workbook, content: &Content) -> bool {
    let names = |field: &RecordField| {
        let connects = field.names().is_some() || *field == RecordField::Clause;
        connects && record.value(*field).and_then(|value| named(*field, &value, workbook, content)).is_some()
    };
    record.family().fields().iter().any(names)
        || said(record, workbook).is_some()
        || naming(record, workbook).next().is_some()
}

/// Everything that a record is connected with: what it names, in the order of its form, where it was said, and what
/// names it.
pub fn links(record: RecordRef<'_>, workbook: &Workbook, content: &Content) -> Vec<Link> {
    let own = record.family().fields().iter().filter_map(|field| {
        let value = record.value(*field)?;
        if !matches!(value, Value::Record(_) | Value::Question(_)) {
            return None;
        }
        let to = named(*field, &value, workbook, content)?;
        Some(Link { label: field.label(), words: value_in_words(&value, workbook, content), to })
    });
    let mut all: Vec<Link> = own.collect();
    all.extend(said(record, workbook));
    all.extend(linked_by(record, workbook, content));
    all
}

/// The records that name one, each under what it calls them.
pub fn linked_by(record: RecordRef<'_>, workbook: &Workbook, content: &Content) -> Vec<Link> {
    let link = |(field, other): (RecordField, RecordRef<'_>)| {
        let label = match field.named_by() {
            "" => other.family().many(),
            label => label,
        };
        let words = called(other, workbook, content);
        Link { label, words, to: Named::Place(place_of(other)) }
    };
    naming(record, workbook).map(link).collect()
}

/// The fields of other records that name one.
fn naming<'w>(
    record: RecordRef<'_>,
    workbook: &'w Workbook,
) -> impl Iterator<Item = (RecordField, RecordRef<'w>)> {
    let (family, id) = (record.family(), record.id().clone());
    let fields = Family::ALL.iter().flat_map(move |other| {
        let names = move |field: &&RecordField| field.names() == Some(family);
        other.fields().iter().filter(names).map(move |field| (*other, *field))
    });
    fields.flat_map(move |(other, field)| {
        let id = id.clone();
        let is_named =
            move |one: &RecordRef<'w>| matches!(one.value(field), Some(Value::Record(Some(named))) if named == id);
        workbook.each(other).filter(is_named).map(move |one| (field, one))
    })
}

/// The line of a call in which it was said, where that is still there.
fn said(record: RecordRef<'_>, workbook: &Workbook) -> Option<Link> {
    let said = workbook.said_in(record.id())?;
    let to = TextPlace::Line(said.call.clone(), said.line.clone());
    let words = workbook.text(&to)?.to_owned();
    Some(Link { label: "Said", words, to: Named::Place(to) })
}

/// What a field names, where that is there to be gone to; `None` for what leads nowhere.
pub fn named(field: RecordField, value: &Value, workbook: &Workbook, content: &Content) -> Option<Named> {
    let partner = |id| workbook.partner(id).map(|_| TextPlace::Partner(id.clone(), PartnerField::Name));
    Some(match value {
        Value::Record(Some(id)) => Named::Place(of_id(id, workbook)?),
        Value::Question(Some(id)) => Named::Question(content.question(id.as_str())?.id.clone()),
        Value::Side(Some(id)) => Named::Place(partner(id)?),
        Value::Who(Some(Who { person: Some(id), .. })) => {
            Named::Place(TextPlace::Person(workbook.person(id)?.id.clone(), PersonField::Name))
        }
        Value::Who(Some(Who { side, person: None })) => Named::Place(partner(side)?),
        Value::Topic(Topic(id)) if field == RecordField::Aspect => {
            Named::Aspect(content.aspect(id)?.id.clone())
        }
        _ => return None,
    })
}

fn of_id(id: &RecordId, workbook: &Workbook) -> Option<TextPlace> {
    workbook.any_record(id).map(|record| place_of((&record).into()))
}

/// Where a record stands, by a text that it has.
fn place_of(record: RecordRef<'_>) -> TextPlace {
    let text = |field: &&RecordField| record.field(**field).is_some();
    let field = record.family().fields().iter().find(text).copied().unwrap_or(RecordField::What);
    TextPlace::Record(record.id().clone(), field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        AnyRecord, Edit, HardThing, Promise, QuestionId, Remedy, Revision, Walk, WorkbookId,
    };

    fn book(records: Vec<AnyRecord>) -> Workbook {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "");
        for record in records {
            workbook.apply(Edit::AddRecord { record: Box::new(record), place: usize::MAX }).unwrap();
        }
        workbook
    }

    fn id(id: &str) -> RecordId {
        RecordId::new(id)
    }

    fn review() -> Workbook {
        let walk = Walk { planned: Some(jiff::civil::date(2025, 9, 12)), ..Walk::new(id("walk")) };
        let thing = HardThing {
            what: "it talked down".into(),
            walk: Some(id("walk")),
            ..HardThing::new(id("thing"))
        };
        let change = Revision {
            what: "a second training".into(),
            walk: Some(id("walk")),
            mends: Some(id("thing")),
            clause: Some(QuestionId::new("K-5")),
            ..Revision::new(id("change"))
        };
        let step =
            Remedy { what: "role play".into(), revision: Some(id("change")), ..Remedy::new(id("step")) };
        let us = crate::domain::PartnerId::us();
        let promise = Promise { walk: Some(id("walk")), ..Promise::new(id("p"), us.clone(), us, "the plan") };
        book(vec![walk.into(), thing.into(), change.into(), step.into(), promise.into()])
    }

    fn told(workbook: &Workbook, of: &str) -> Vec<String> {
        let record = workbook.any_record(&id(of)).unwrap();
        let links = links((&record).into(), workbook, &Content::new());
        links.into_iter().map(|link| format!("{}: {}", link.label, link.words)).collect()
    }

    #[test]
    fn every_way_goes_both_ways() {
        let workbook = review();
        assert_eq!(
            told(&workbook, "thing"),
            ["The walk: 12 September 2025", "What mends it: a second training"]
        );
        let change = told(&workbook, "change");
        assert_eq!(&change[..2], ["The walk: 12 September 2025", "What it mends: it talked down"]);
        assert!(change[2].starts_with("Clause it touches: "), "{change:?}");
        assert_eq!(change[3..], ["What serves it: role play"]);
        assert_eq!(told(&workbook, "step"), ["For which change: a second training"]);
        assert_eq!(told(&workbook, "p"), ["The walk: 12 September 2025"]);
        let walk = told(&workbook, "walk");
        let labels: Vec<&str> = walk.iter().filter_map(|said| said.split(':').next()).collect();
        assert_eq!(labels, ["Promises", "Harder things", "Changes"], "{walk:?}");
    }

    #[test]
    fn what_is_gone_leads_nowhere() {
        let mut workbook = review();
        let on = jiff::civil::date(2025, 11, 10);
        workbook.apply(Edit::BinRecord { family: Family::HardThing, record: id("thing"), on }).unwrap();
        assert!(!told(&workbook, "change").iter().any(|said| said.contains("mends")));
        let alone = book(vec![Remedy::new(id("step")).into()]);
        let record = alone.any_record(&id("step")).unwrap();
        assert!(!has_links((&record).into(), &alone, &Content::new()));
    }

    /// A field that holds a record and does not say of which family could be followed nowhere, and chosen from nothing.
    #[test]
    fn every_field_that_names_a_record_says_of_which_family() {
        for family in Family::ALL {
            let Some(blank) = family.blank(id("r")) else { continue };
            for field in family.fields() {
                let is_record = matches!(blank.value(*field), Some(Value::Record(_)));
                assert_eq!(is_record, field.names().is_some(), "{family:?} {field:?}");
            }
        }
    }

    #[test]
    fn asking_whether_and_asking_with_what_agree() {
        let workbook = review();
        for of in ["walk", "thing", "change", "step", "p"] {
            let record = workbook.any_record(&id(of)).unwrap();
            let all = links((&record).into(), &workbook, &Content::new());
            assert_eq!(has_links((&record).into(), &workbook, &Content::new()), !all.is_empty(), "{of}");
        }
    }
}
