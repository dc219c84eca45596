//! Over workbooks of every kind: what is private is in no export, and a partner's copy holds nothing but what that partner
//! may have. Every text of a workbook is marked, so that it is known in any file; what is allowed is said here anew, and
//! not asked of the code that is tested.

use std::collections::BTreeSet;

use crate::testing::properties::cases;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::content::Content;
use crate::domain::erase::{Spot, every_text};
use crate::domain::random::{Wish, edit_of, wish};
use crate::domain::{
    Agreement, Edit, Heard, Partner, PartnerField, PartnerId, PersonField, Promise, QuestionId, RecordField,
    RecordId, TextPlace, VoiceKey, Workbook, WorkbookId,
};

const TODAY: Date = date(2025, 11, 4);

thread_local! {
    /// Read once for all cases of a test.
    static CONTENT: &'static Content = Box::leak(Box::new(Content::new()));
}

/// The workbook that came of the wishes, with every text marked by its number. What is noted about people stays as it
/// is, since it says whether they are named.
fn marked(wishes: &[Wish]) -> (Workbook, Vec<Spot>) {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "");
    for n in 1..4 {
        let partner = Partner::named(PartnerId::new(format!("p{n}")), "");
        workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: n }).unwrap();
    }
    for wish in wishes {
        let edit = edit_of(wish, &workbook);
        // what does not fit is refused
        let _ = edit.map(|edit| workbook.apply(edit));
    }
    // promises are seldom private by chance
    for (n, (by, to)) in [("us", "p1"), ("p2", "us"), ("p3", "p1")].into_iter().enumerate() {
        let side = |id: &str| if id == "us" { PartnerId::us() } else { PartnerId::new(id) };
        for private in [true, false] {
            let id = RecordId::new(format!("promise{n}{private}"));
            let promise = Promise { private, ..Promise::new(id, side(by), side(to), "") };
            workbook.apply(Edit::AddRecord { record: Box::new(promise.into()), place: 0 }).unwrap();
        }
    }
    // an agreement that counts, with all that stands in one
    let agreement = Agreement {
        number: Some(99),
        agreed: Some(TODAY),
        agreed_by: [PartnerId::us(), PartnerId::new("p1"), PartnerId::new("p2")].into(),
        by: "somebody".into(),
        remark: "ours".into(),
        clauses: [(QuestionId::new("K-2"), "then".to_owned())].into(),
        ..Agreement::new(RecordId::new("agreement"))
    };
    workbook.apply(Edit::AddRecord { record: Box::new(agreement.into()), place: 0 }).unwrap();
    let mut spots = Vec::new();
    every_text(&mut workbook, &mut |spot, text| {
        let noted = matches!(spot, Spot::Text(TextPlace::Person(_, PersonField::Note)));
        if !(noted && text.trim().is_empty()) {
            *text = format!("zq{}zq", spots.len());
        }
        spots.push(spot);
    });
    (workbook, spots)
}

/// The numbers of the marks in a file, in whichever way it writes them.
fn marks_in(file: &[u8]) -> BTreeSet<usize> {
    // a calendar breaks long lines anywhere
    let text = String::from_utf8_lossy(file).replace("\r\n ", "").to_lowercase();
    text.split("zq").filter_map(|part| part.parse().ok()).collect()
}

fn written(document: &Document) -> Vec<(Format, BTreeSet<usize>)> {
    Format::ALL.map(|format| (format, marks_in(format.write(document).unwrap().bytes()))).to_vec()
}

/// Whether a text was marked private, or came from what was.
fn is_private(workbook: &Workbook, spot: &Spot) -> bool {
    match spot {
        Spot::Text(place) => workbook.is_private(place),
        Spot::Earlier(question, _) | Spot::Source(question, _) => workbook.answer(question).is_private(),
        _ => false,
    }
}

fn is_allowed(workbook: &Workbook, partner: &PartnerId, spot: &Spot) -> bool {
    if is_private(workbook, spot) {
        return false;
    }
    let is_side = |id: &PartnerId| id.is_us() || id == partner;
    match spot {
        Spot::Text(TextPlace::Partner(id, PartnerField::Name | PartnerField::Kind)) => is_side(id),
        Spot::Text(TextPlace::Person(id, PersonField::Name | PersonField::Role)) => {
            let person = workbook.person(id).unwrap();
            is_side(&person.partner) && person.note.trim().is_empty()
        }
        Spot::Text(TextPlace::Voice(question, voice)) => {
            let answer = workbook.answer(question);
            let heard = answer.theirs(partner).map_or(Heard::Guess, |theirs| theirs.heard);
            match voice {
                VoiceKey::Ours => answer.is_to_share(),
                VoiceKey::Theirs(id) => id == partner && heard != Heard::Guess,
                VoiceKey::Agreed if answer.accords().is_empty() => heard == Heard::Agreed,
                VoiceKey::Agreed => answer.accords().iter().any(|accord| accord.partner == *partner),
            }
        }
        Spot::Text(TextPlace::Record(id, RecordField::What)) => {
            let promise = workbook.promises().iter().find(|promise| promise.id == *id);
            promise.is_some_and(|p| (p.by.is_us() && p.to == *partner) || (p.by == *partner && p.to.is_us()))
        }
        _ => false,
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn what_is_private_is_in_no_export(wishes in prop::collection::vec(wish(), 0..120)) {
        let (workbook, spots) = marked(&wishes);
        let content = CONTENT.with(|content| *content);
        let mut documents: Vec<Document> = artefacts()
            .filter_map(|row| Order::of(row.name).make(&workbook, content, TODAY).ok())
            .map(|made| made.document)
            .collect();
        let subject = Subject::new(&workbook, content, TODAY);
        documents.extend(content.aspect("scoping").map(|part| aspect(&subject, part)));
        let asked = ["SCO-1", "SCO-2"].into_iter().filter_map(|id| content.question(id));
        documents.extend(asked.map(|asked| question(&subject, asked)));
        for document in &documents {
            for (format, marks) in written(document) {
                let held: Vec<&Spot> = marks.iter().map(|n| &spots[*n]).filter(|spot| is_private(&workbook, spot)).collect();
                prop_assert!(held.is_empty(), "{held:?} in “{}” as {format:?}", document.title);
            }
        }
    }

    #[test]
    fn a_partners_copy_holds_nothing_else(wishes in prop::collection::vec(wish(), 0..120), private: bool) {
        let (workbook, spots) = marked(&wishes);
        let content = CONTENT.with(|content| *content);
        for partner in workbook.partners().iter().map(|partner| &partner.id) {
            for row in artefacts().filter(|row| matches!(row.copies, Copies::Some | Copies::Only)) {
                let order = Order { partner: Some(partner.clone()), with_private: private, ..Order::of(row.name) };
                let document = order.make(&workbook, content, TODAY).unwrap().document;
                for (format, marks) in written(&document) {
                    let beyond: Vec<&Spot> =
                        marks.iter().map(|n| &spots[*n]).filter(|spot| !is_allowed(&workbook, partner, spot)).collect();
                    prop_assert!(beyond.is_empty(), "{beyond:?} in “{}” as {format:?}", row.title);
                }
            }
        }
    }

    /// Not what the documents of today say of it, but all that is in it.
    #[test]
    fn what_a_copy_is_made_of_holds_nothing_else(wishes in prop::collection::vec(wish(), 0..120)) {
        let (workbook, spots) = marked(&wishes);
        for partner in workbook.partners().iter().map(|partner| &partner.id) {
            let mut shared = workbook.shared_with(partner).unwrap().workbook;
            let mut held = BTreeSet::new();
            every_text(&mut shared, &mut |_, text| held.extend(marks_in(text.as_bytes())));
            // and as the file that can be sent back, down to what no walk over texts may have been told of
            let order = Order { partner: Some(partner.clone()), format: Format::Workbook, ..Order::of("partner-copy") };
            let content = CONTENT.with(|content| *content);
            let copy = order.make(&workbook, content, TODAY).unwrap().copy.unwrap();
            held.extend(marks_in(format!("{copy:?}").as_bytes()));
            prop_assert_eq!(copy.copy_for(), Some(partner));
            prop_assert!(copy.bin().is_empty() && copy.calls().is_empty() && copy.look_agains().next().is_none());
            prop_assert!(copy.answers().all(|(_, answer)| answer.earlier().is_empty()));
            let beyond: Vec<&Spot> =
                held.iter().map(|n| &spots[*n]).filter(|spot| !is_allowed(&workbook, partner, spot)).collect();
            prop_assert!(beyond.is_empty(), "{beyond:?}");
        }
    }

    #[test]
    fn a_partners_copy_holds_all_that_they_may_have(wishes in prop::collection::vec(wish(), 0..120)) {
        let (workbook, spots) = marked(&wishes);
        let content = CONTENT.with(|content| *content);
        let partner = workbook.partners().first().map(|partner| partner.id.clone());
        let Some(partner) = partner else { return Ok(()) };
        let order = Order { partner: Some(partner.clone()), ..Order::of("partner-copy") };
        let document = order.make(&workbook, content, TODAY).unwrap().document;
        let marks = marks_in(plain(&document, COLUMNS).as_bytes());
        for (n, spot) in spots.iter().enumerate().filter(|(_, spot)| is_allowed(&workbook, &partner, spot)) {
            let shown = match spot {
                // a question that nobody asks any more, and wording that was changed since
                Spot::Text(TextPlace::Voice(question, VoiceKey::Agreed)) => {
                    content.question(question.as_str()).is_some() && !workbook.answer(question).changed_since_agreed()
                }
                Spot::Text(TextPlace::Voice(question, _)) => content.question(question.as_str()).is_some(),
                Spot::Text(TextPlace::Record(..)) => true,
                _ => false,
            };
            prop_assert!(!shown || marks.contains(&n), "{spot:?} is missing in\n{}", plain(&document, COLUMNS));
        }
    }
}

#[test]
fn the_screen_is_told_of_names_that_a_wording_gives_away() {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
    let museum = PartnerId::new("museum");
    workbook
        .apply(Edit::AddPartner {
            partner: Box::new(Partner::named(museum.clone(), "City Museum")),
            place: 0,
        })
        .unwrap();
    let dana = crate::domain::Person {
        note: "ill, not to be told".into(),
        ..crate::domain::Person::named(crate::domain::PersonId::new("dana"), museum.clone(), "Dana")
    };
    workbook.apply(Edit::AddPerson { person: Box::new(dana), place: 0 }).unwrap();
    let question = crate::domain::QuestionId::new("SCO-1");
    let place = TextPlace::Voice(question.clone(), VoiceKey::Ours);
    let insert = "Dana leads the walks.".to_owned();
    let splice = crate::domain::Splice { place, at: 0, delete: String::new(), insert, on: None };
    workbook.apply(Edit::Splice(splice)).unwrap();
    workbook.apply(Edit::SetToShare { question, to: true }).unwrap();
    let content = CONTENT.with(|content| *content);
    // the only partner is meant where nobody says whose copy it is
    let made = Order::of("partner-copy").make(&workbook, content, TODAY).unwrap();
    assert!(made.remarks.iter().any(|remark| remark.contains("It names Dana")), "{:?}", made.remarks);
    assert_eq!(plain(&made.document, COLUMNS).matches("Dana").count(), 1, "not in the list of who is who");
}
