use jiff::civil::{Date, date};

use super::*;
use crate::content::Content;
use crate::domain::{
    AnyRecord, Board, Concern, Edit, Heard, Leave, Partner, PartnerField, PartnerId, Pulse, QuestionId,
    RecordId, Revision, Source, Splice, TextPlace, Topic, VoiceKey, Who, Workbook, WorkbookId,
};
use crate::export::{Format, artefacts, plain};

const TODAY: Date = date(2025, 11, 4);

fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
    workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
}

fn legacy(id: &str, what: &str, kind: &str) -> Legacy {
    Legacy { kind: Topic(kind.into()), ..Legacy::noted(RecordId::new(id), date(2025, 9, 1), what) }
}

fn museum() -> PartnerId {
    PartnerId::new("museum")
}

fn workbook() -> Workbook {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks with the day centre");
    workbook
        .apply(Edit::AddPartner { partner: Box::new(Partner::named(museum(), "City Museum")), place: 0 })
        .unwrap();
    let place = TextPlace::Partner(PartnerId::us(), PartnerField::Name);
    let name = Splice { place, at: 0, delete: String::new(), insert: "The day centre".into(), on: None };
    workbook.apply(Edit::Splice(name)).unwrap();
    add(
        &mut workbook,
        Legacy { foreseen: Foreseen::Unplanned, ..legacy("a", "a second-hand piano", "made") },
    );
    add(
        &mut workbook,
        Legacy {
            foreseen: Foreseen::Planned,
            evidence: "It hangs in the east gallery.".into(),
            words: "I never once touched the thing.".into(),
            by: Some(Who::side(museum())),
            leave: Leave::Given,
            keeper: Some(Who::side(museum())),
            until: Some(date(2027, 3, 31)),
            for_whom: "anybody who reads it".into(),
            ..legacy("b", "a label that tells the truth", "made")
        },
    );
    add(
        &mut workbook,
        Legacy {
            evidence: "Wim keeps the rota".into(),
            words: "Whispered over tea.".into(),
            by: Some(Who::side(museum())),
            ..legacy("c", "a person at the lift", "practice")
        },
    );
    add(
        &mut workbook,
        Legacy { words: "No, not that.".into(), leave: Leave::Refused, ..legacy("d", "a tie", "") },
    );
    add(
        &mut workbook,
        CarryOn {
            what: "the Wednesday table".into(),
            way: Topic("lend-spaces".into()),
            needed: "a table".into(),
            due: Some(date(2026, 2, 4)),
            ..CarryOn::new(RecordId::new("co"))
        },
    );
    let change = Revision {
        what: "one object fewer".into(),
        board: Board::Drop,
        done: Some(date(2025, 5, 15)),
        effect: "Everybody has held everything".into(),
        ..Revision::new(RecordId::new("r"))
    };
    add(&mut workbook, change);
    for (n, on, concern) in [
        (1, date(2024, 3, 1), Concern::Serious),
        (2, date(2025, 3, 1), Concern::SomeConcern),
        (3, TODAY, Concern::NoConcern),
    ] {
        let lines = [("delivering".to_owned(), concern)].into();
        let id = RecordId::new(format!("p{n}"));
        add(&mut workbook, Pulse { on: Some(on), side: Some(museum()), lines, ..Pulse::new(id) });
    }
    workbook
}

fn made(workbook: &Workbook, name: &str) -> String {
    let content = Content::new();
    let row = artefacts().find(|row| row.name == name).unwrap_or_else(|| panic!("{name}"));
    plain(&row.document(&Subject::new(workbook, &content, TODAY)), 78)
}

#[test]
fn what_remains_in_documents() {
    let workbook = workbook();
    insta::assert_snapshot!("statement", made(&workbook, "legacy-statement"));
    insta::assert_snapshot!("brief", made(&workbook, "trustee-brief"));
    insta::assert_snapshot!("next_steps", made(&workbook, "next-steps"));
    insta::assert_snapshot!("bid", made(&workbook, "joint-bid"));
    insta::assert_snapshot!("annual", made(&workbook, "annual-note"));
}

#[test]
fn a_legacy_without_evidence_says_so_and_is_never_the_strongest() {
    let workbook = workbook();
    let statement = made(&workbook, "legacy-statement");
    let (_, piano) = statement.split_once("A second-hand piano").unwrap();
    assert!(piano.split_once("Kept by").unwrap().0.contains("What shows it: [to agree]"), "{statement}");
    let brief = made(&workbook, "trustee-brief");
    let at = |words: &str| brief.find(words).unwrap_or_else(|| panic!("{words}: {brief}"));
    assert!(
        at("A label that tells") < at("A person at the lift")
            && at("A person at the lift") < at("A second-hand")
    );
    assert!(!brief.contains("A tie"), "three are enough: {brief}");
}

#[test]
fn words_without_leave_are_in_no_document_of_what_remains() {
    let (content, workbook) = (Content::new(), workbook());
    // with the private answers too: leave is not the writer's to give
    for with_private in [false, true] {
        let subject = Subject::new(&workbook, &content, TODAY).with_private(with_private);
        for row in artefacts() {
            let document = row.document(&subject);
            for format in Format::ALL.into_iter().filter(|format| *format != Format::Docx) {
                let Ok(crate::export::Written::Words(written)) = format.write(&document) else { panic!() };
                for words in ["Whispered over tea", "No, not that"] {
                    assert!(!written.contains(words), "{}: {words}", row.name);
                }
            }
        }
    }
    assert!(made(&workbook, "legacy-statement").contains("I never once touched the thing."));
}

#[test]
fn planned_things_come_first_and_the_year_before_last_stays_out() {
    let workbook = workbook();
    let statement = made(&workbook, "legacy-statement");
    assert!(statement.find("A label that").unwrap() < statement.find("A second-hand piano").unwrap());
    assert_eq!(statement.matches("Nobody had planned it.").count(), 1);
    let annual = made(&workbook, "annual-note");
    assert!(annual.contains("no concern, before that some concern"), "{annual}");
    assert!(!annual.contains("serious"), "{annual}");
}

fn answer(workbook: &mut Workbook, question: &str, voice: VoiceKey, words: &str) {
    let place = TextPlace::Voice(QuestionId::new(question), voice);
    let splice = Splice { place, at: 0, delete: String::new(), insert: words.into(), on: None };
    workbook.apply(Edit::Splice(splice)).unwrap();
}

fn heard(workbook: &mut Workbook, question: &str, heard: Heard) {
    let (question, partner) = (QuestionId::new(question), museum());
    let (source, checked, person) = (Source::ByHand, None, None);
    workbook.apply(Edit::SetHeard { question, partner, heard, checked, person, source }).unwrap();
}

/// The words of a document in a row.
fn in_a_row(workbook: &Workbook, name: &str) -> String {
    made(workbook, name).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bid_of(workbook: &Workbook) -> Document {
    let content = Content::new();
    let row = artefacts().find(|row| row.name == "joint-bid").unwrap();
    row.document(&Subject::new(workbook, &content, TODAY))
}

#[test]
fn a_bid_begins_with_what_each_side_hopes_for_and_never_with_what_we_suppose() {
    let mut w = workbook();
    let hopes = |w: &Workbook| {
        let tables = bid_of(w).blocks.into_iter().filter_map(|block| match block {
            Block::Table { head, rows } if head[2] == "Hopes for" => Some(rows),
            _ => None,
        });
        tables.flatten().map(|row| row[2].clone()).collect::<Vec<_>>()
    };
    let warned = |w: &Workbook| bid_of(w).beside.iter().any(|said| said.contains("please ask before anyone"));
    assert_eq!((hopes(&w), warned(&w)), (vec![TO_AGREE.into(); 2], false));
    answer(&mut w, "SCO-7", VoiceKey::Ours, "- to be asked first\n- a photograph");
    answer(&mut w, "SCO-7", VoiceKey::Theirs(museum()), "visitor numbers");
    heard(&mut w, "SCO-7", Heard::Guess);
    assert_eq!(hopes(&w), ["to be asked first; a photograph", TO_AGREE]);
    heard(&mut w, "SCO-7", Heard::Asked);
    assert_eq!(hopes(&w), ["to be asked first; a photograph", "visitor numbers"]);
    assert!(warned(&w));
    w.apply(Edit::SetPrivate { question: QuestionId::new("SCO-7"), to: true }).unwrap();
    assert_eq!(hopes(&w), [TO_AGREE, TO_AGREE]);
    assert_eq!(bid_of(&w).private.left_out, 1, "counted once");
}

#[test]
fn what_would_be_lost_comes_from_what_works_and_only_with_nothing_is_it_to_agree() {
    let mut w = workbook();
    let lost = |w: &Workbook| {
        let brief = in_a_row(w, "trustee-brief");
        let (_, lost) = brief.split_once("What would be lost by stopping").unwrap();
        lost.split_once("What next").unwrap().0.to_owned()
    };
    let finding = |id: &str, went: Went, evidence: &str| Finding {
        what: format!("finding {id}"),
        went,
        evidence: evidence.into(),
        ..Finding::new(RecordId::new(id))
    };
    // a thing that remains, is shown and has no keeper
    assert!(lost(&w).contains("A person at the lift: Nobody has been asked to keep it yet."), "{}", lost(&w));
    assert!(!lost(&w).contains("[to agree]") && !lost(&w).contains("piano"), "{}", lost(&w));
    assert!(lost(&Workbook::new(WorkbookId::new("n"), "")).contains("[to agree]"));
    add(&mut w, finding("f1", Went::Well, "they stay longer"));
    add(&mut w, finding("f2", Went::Well, ""));
    add(&mut w, finding("f3", Went::LessWell, "half of them left"));
    let measure = Measure {
        what: "walkers who come again".into(),
        now: "fourteen".into(),
        baseline: "none".into(),
        ..Measure::new(RecordId::new("m"))
    };
    add(&mut w, measure);
    let said = lost(&w);
    assert!(said.contains("Walkers who come again: fourteen; at the start none."), "{said}");
    assert!(said.contains("Finding f1: they stay longer."), "{said}");
    assert!(!said.contains("f2") && !said.contains("f3"), "{said}");
    answer(&mut w, "REV-5", VoiceKey::Ours, "the Wednesday table");
    assert!(lost(&w).contains("As we see it: the Wednesday table."), "{}", lost(&w));
    assert!(in_a_row(&w, "joint-bid").contains("Finding f1: they stay longer."));
}

#[test]
fn with_nothing_in_the_book_they_say_what_is_still_to_agree() {
    let workbook = Workbook::new(WorkbookId::new("w"), "");
    // in each of them more than one place is to fill, so that none of these can go by itself
    for (name, places) in [
        ("legacy-statement", 3),
        ("trustee-brief", 4),
        ("next-steps", 2),
        ("joint-bid", 8),
        ("annual-note", 3),
    ] {
        let said = made(&workbook, name);
        assert!(said.matches("[to agree]").count() >= places, "{name}: {said}");
    }
}
