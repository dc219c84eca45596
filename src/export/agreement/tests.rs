use jiff::civil::{Date, date};

use super::*;
use crate::content::Content;
use crate::domain::{
    Accord, Activity, Agreement, AnyRecord, Contribution, Edit, FormChoice, Heard, Hours, Money, MoneyLine,
    PaidFor, Partner, PartnerId, Person, PersonId, RecordId, Role, Source, Splice, TextPlace, VoiceKey, Who,
    Workbook, WorkbookId,
};
use crate::export::{Copies, Order, artefacts};

const TODAY: Date = date(2025, 11, 4);

fn write(workbook: &mut Workbook, question: &str, voice: VoiceKey, text: &str) {
    let place = TextPlace::Voice(QuestionId::new(question), voice);
    let splice = Splice { place, at: 0, delete: String::new(), insert: text.into(), on: Some(TODAY) };
    workbook.apply(Edit::Splice(splice)).unwrap();
}

fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
    workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
}

fn museum() -> PartnerId {
    PartnerId::new("museum")
}

/// Two sides, some clauses agreed, some from one side, one disputed, one private, the rest drawn or blank.
fn workbook() -> Workbook {
    let us = Partner::named(PartnerId::us(), "Riverside Trust");
    let mut workbook = Workbook::new(WorkbookId::new("w"), "A guide for fingers").with_our_side(us);
    let partner = Partner::named(museum(), "City Museum");
    let person = Person {
        role: "learning officer".into(),
        ..Person::named(PersonId::new("amina"), museum(), "Amina")
    };
    for edit in [
        Edit::AddPartner { partner: Box::new(partner), place: 0 },
        Edit::AddPerson { person: Box::new(person), place: 0 },
    ] {
        workbook.apply(edit).unwrap();
    }
    write(&mut workbook, "SCO-2", VoiceKey::Ours, "A guide that fingers can read.");
    write(&mut workbook, "GOV-6", VoiceKey::Ours, "We wrote it alone, and sent it on after.");
    let theirs = Who::side(museum());
    add(
        &mut workbook,
        Role { what: "the shelves".into(), lead: Some(theirs.clone()), ..Role::new(RecordId::new("1")) },
    );
    let day = Activity {
        what: "open day".into(),
        public: true,
        lead: Some(theirs),
        ..Activity::new(RecordId::new("2"))
    };
    add(&mut workbook, Activity { from: Some(date(2026, 5, 9)), ..day });
    add(
        &mut workbook,
        MoneyLine {
            what: "sessions".into(),
            amount: Some(Money::new(120_000, "GBP")),
            paid_for: PaidFor::Time,
            funder: "the lottery".into(),
            held_by: Some(PartnerId::us()),
            paid_to: Some(museum()),
            ..MoneyLine::new(RecordId::new("3"))
        },
    );
    add(
        &mut workbook,
        Contribution {
            what: "reading aloud".into(),
            side: Some(museum()),
            hours: Some(Hours { minutes: 90 }),
            rate: Some(Money::new(1_200, "GBP")),
            ..Contribution::new(RecordId::new("4"))
        },
    );
    write(&mut workbook, "K-5", VoiceKey::Agreed, "From May 2025 to June 2026.");
    let heard = |question: &str, heard| Edit::SetHeard {
        question: QuestionId::new(question),
        partner: museum(),
        heard,
        checked: Some(TODAY),
        person: None,
        source: Source::ByHand,
    };
    workbook.apply(heard("K-5", Heard::Agreed)).unwrap();
    let accords = vec![Accord { partner: museum(), person: None, on: TODAY }];
    workbook.apply(Edit::SetAccords { question: QuestionId::new("K-5"), accords }).unwrap();
    write(&mut workbook, "K-28", VoiceKey::Ours, "A month's notice.");
    write(&mut workbook, "K-28", VoiceKey::Theirs(museum()), "A week is enough.");
    workbook.apply(heard("K-28", Heard::Disputed)).unwrap();
    write(&mut workbook, "K-22", VoiceKey::Ours, "SECRET: never before noon.");
    workbook.apply(Edit::SetPrivate { question: QuestionId::new("K-22"), to: true }).unwrap();
    workbook
}

fn made(workbook: &Workbook, what: &'static str) -> Document {
    let partner = (what == "agreement-summary").then(museum);
    Order { partner, ..Order::of(what) }.make(workbook, &Content::new(), TODAY).unwrap().document
}

fn text(workbook: &Workbook, what: &'static str) -> String {
    crate::export::plain(&made(workbook, what), crate::export::COLUMNS)
}

const NAMES: [&str; 8] = [
    "email-agreement",
    "memorandum",
    "terms-of-reference",
    "partnership-agreement",
    "agreement-summary",
    "clause-gaps",
    "fairness",
    "amended-agreement",
];

#[test]
fn the_documents_read_like_something_to_send() {
    let workbook = workbook();
    for name in NAMES {
        insta::assert_snapshot!(name, text(&workbook, name));
    }
}

#[test]
fn an_empty_workbook_invents_nothing() {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "");
    let partner = Partner::named(museum(), "");
    workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 0 }).unwrap();
    for name in ["email-agreement", "memorandum", "terms-of-reference", "partnership-agreement"] {
        let text = text(&workbook, name);
        assert!(text.contains(TO_AGREE), "{text}");
        assert!(text.contains("not a contract"), "{text}");
    }
    insta::assert_snapshot!(text(&workbook, "email-agreement"));
}

#[test]
fn what_is_private_is_in_none_and_is_counted() {
    let workbook = workbook();
    for row in artefacts().filter(|row| NAMES.contains(&row.name)) {
        let document = made(&workbook, row.name);
        for format in row.formats {
            let written = format.write(&document).unwrap();
            let bytes = String::from_utf8_lossy(written.bytes()).into_owned();
            assert!(!bytes.contains("SECRET"), "{} as {format:?}", row.name);
        }
        let counts = !matches!(row.name, "fairness" | "amended-agreement") && row.copies != Copies::Only;
        assert_eq!(document.private.left_out, usize::from(counts), "{}", row.name);
    }
}

#[test]
fn a_long_email_says_so_and_is_not_cut() {
    let mut workbook = workbook();
    assert!(made(&workbook, "email-agreement").beside.is_empty());
    let long = "word ".repeat(300);
    write(&mut workbook, "K-2", VoiceKey::Ours, &long);
    let email = made(&workbook, "email-agreement");
    assert!(email.beside.iter().any(|said| said.contains("about 250")), "{:?}", email.beside);
    assert_eq!(crate::export::plain(&email, 76).matches("word").count(), 300);
}

#[test]
fn an_email_beside_a_heavier_form_keeps_to_its_skeleton_and_names_the_rest() {
    let mut workbook = workbook();
    write(&mut workbook, "K-3", VoiceKey::Ours, "We ask before we take an arm.");
    let form = |w: &mut Workbook, id: &str, form| {
        add(w, FormChoice { form, ..FormChoice::new(RecordId::new(id)) });
        text(w, "email-agreement").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let light = form(&mut workbook.clone(), "f1", AgreementForm::Email);
    assert!(light.contains("Vision and values: We ask before we take an arm."), "{light}");
    let heavy = form(&mut workbook, "f2", AgreementForm::Memorandum);
    assert!(heavy.contains("There is more in the agreement itself, about vision and values"), "{heavy}");
    assert!(!heavy.contains("take an arm"), "{heavy}");
}

#[test]
fn a_clause_that_somebody_worded_is_in_every_form() {
    let mut workbook = workbook();
    for n in 1..=29 {
        let voice = if n == 22 { VoiceKey::Agreed } else { VoiceKey::Ours };
        write(&mut workbook, &format!("K-{n}"), voice, &format!("clause-{n}-said "));
    }
    workbook.apply(Edit::SetPrivate { question: QuestionId::new("K-22"), to: false }).unwrap();
    for name in &NAMES[..4] {
        let text = text(&workbook, name);
        for n in (1..=29).filter(|n| ![5].contains(n)) {
            assert_eq!(text.matches(&format!("clause-{n}-said")).count(), 1, "{n} in {name}\n{text}");
        }
    }
}

fn version(n: u32, sides: &[PartnerId]) -> Agreement {
    Agreement {
        number: Some(n),
        form: AgreementForm::Memorandum,
        agreed: Some(date(2025, 5, 20)),
        agreed_by: sides.iter().cloned().collect(),
        by: "the chair".into(),
        review_by: Some(date(2025, 12, 4)),
        remark: "ours alone".into(),
        clauses: [(QuestionId::new("K-2"), "as it was then".to_owned())].into(),
        ..Agreement::new(RecordId::new(format!("v{n}")))
    }
}

fn copy_for(workbook: &Workbook, what: &'static str, partner: PartnerId) -> Document {
    let order = Order { partner: Some(partner), ..Order::of(what) };
    order.make(workbook, &Content::new(), TODAY).unwrap().document
}

#[test]
fn a_party_has_in_its_copy_that_there_is_an_agreement_and_nobody_else_has() {
    let mut workbook = workbook();
    let carers = PartnerId::new("carers");
    let partner = Partner::named(carers.clone(), "Carers");
    workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 1 }).unwrap();
    add(&mut workbook, version(1, &[PartnerId::us(), museum(), carers.clone()]));
    let second =
        Agreement { supersedes: Some(RecordId::new("v1")), ..version(2, &[PartnerId::us(), museum()]) };
    add(&mut workbook, second);
    for what in ["partner-copy", "memorandum", "partnership-agreement", "terms-of-reference"] {
        let text = |partner| crate::export::plain(&copy_for(&workbook, what, partner), 100);
        let copy = text(museum());
        for said in ["version 2, memorandum of understanding", "20 May 2025", "4 December 2025"] {
            assert!(copy.contains(said), "{said} in {what}:\n{copy}");
        }
        for kept in ["the chair", "ours alone", "as it was then", "Untitled", "A guide for fingers", "Carers"]
        {
            assert!(!copy.contains(kept), "{kept} in {what}:\n{copy}");
        }
        // theirs was the one before, and that counts no more
        let other = text(carers.clone());
        assert!(!other.contains("version") && !other.contains("20 May 2025"), "{what}:\n{other}");
    }
    let dates = copy_for(&workbook, "partner-copy", museum()).dates;
    assert!(dates.iter().any(|entry| entry.on == date(2025, 12, 4)), "{dates:?}");
    let mut private = self::workbook();
    add(&mut private, Agreement { private: true, ..version(1, &[PartnerId::us(), museum()]) });
    let copy = crate::export::plain(&copy_for(&private, "partner-copy", museum()), 100);
    assert!(!copy.contains("20 May 2025"), "{copy}");
}

#[test]
fn each_form_and_the_copy_come_out_for_a_partner_in_each_format() {
    let mut workbook = workbook();
    add(&mut workbook, version(1, &[PartnerId::us(), museum()]));
    let promise =
        crate::domain::Promise::new(RecordId::new("p"), museum(), PartnerId::us(), "lend the tiles");
    add(&mut workbook, promise);
    for name in
        ["email-agreement", "memorandum", "terms-of-reference", "partnership-agreement", "partner-copy"]
    {
        let document = copy_for(&workbook, name, museum());
        let row = artefacts().find(|row| row.name == name).unwrap();
        for format in row.formats.iter().filter(|format| **format != crate::export::Format::Workbook) {
            let written = format.write(&document).unwrap();
            assert!(!written.bytes().is_empty(), "{name} as {format:?}");
            let text = String::from_utf8_lossy(written.bytes()).into_owned();
            assert!(!text.contains("SECRET") && !text.contains("fingers can read"), "{name} as {format:?}");
        }
        let text = crate::export::plain(&document, 100);
        assert!(text.contains("From May 2025 to June 2026."), "{name}: {text}");
        // a month's notice is what we would like, which was not marked to share
        assert!(!text.contains("A month's notice."), "{name}: {text}");
    }
}

#[test]
fn no_money_is_said_once() {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "");
    let signals = [("money".to_owned(), 0)].into_iter().collect();
    add(&mut workbook, FormChoice { signals, ..FormChoice::new(RecordId::new("f")) });
    let text = text(&workbook, "email-agreement");
    assert_eq!(text.matches("Money: No money changes hands.").count(), 1, "{text}");
    assert!(!text.contains("Money in") && !text.contains("Money out"), "{text}");
}

#[test]
fn what_was_agreed_before_stands_beside_what_is_said_now() {
    let mut workbook = workbook();
    let clauses = |words: &str| [(QuestionId::new("K-5"), words.to_owned())].into_iter().collect();
    add(
        &mut workbook,
        Agreement {
            number: Some(1),
            agreed: Some(date(2025, 3, 12)),
            clauses: clauses("One summer."),
            ..Agreement::new(RecordId::new("v1"))
        },
    );
    let text = text(&workbook, "amended-agreement");
    assert!(text.contains("Version 1, agreed on 12 March 2025 beside the words as they stand"), "{text}");
    assert!(text.contains("One summer.") && text.contains("From May 2025 to June 2026."), "{text}");
    assert!(made_text(&workbook).contains("Takes the place of: Version 1, agreed on 12 March 2025"));
}

fn made_text(workbook: &Workbook) -> String {
    text(workbook, "memorandum")
}

#[test]
fn every_form_comes_out_in_each_format() {
    let workbook = workbook();
    for row in artefacts().filter(|row| NAMES.contains(&row.name)) {
        let document = made(&workbook, row.name);
        for format in row.formats {
            assert!(!format.write(&document).unwrap().bytes().is_empty(), "{} as {format:?}", row.name);
        }
    }
}
