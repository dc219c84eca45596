use jiff::civil::{Date, date};

use super::*;
use crate::content::Content;
use crate::domain::{
    Agreement, AnyRecord, Edit, Partner, PartnerId, QuestionId, RecordId, Splice, TextPlace, VoiceKey, Who,
    Workbook, WorkbookId,
};
use crate::export::{artefacts, plain};

const TODAY: Date = date(2025, 11, 4);

fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
    workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
}

fn write(workbook: &mut Workbook, id: &str, voice: VoiceKey, words: &str) {
    let place = TextPlace::Voice(QuestionId::new(id), voice);
    let splice = Splice { place, at: 0, delete: String::new(), insert: words.into(), on: Some(TODAY) };
    workbook.apply(Edit::Splice(splice)).unwrap();
}

fn change() -> Revision {
    Revision {
        what: "the Thursday call, ten minutes and kept".into(),
        board: Board::Mend,
        before: "An hour, when there was time.".into(),
        after: "Ten minutes every Thursday.".into(),
        why: "It had slipped to once a month.".into(),
        clause: Some(QuestionId::new("K-22")),
        lead: Some(Who::side(PartnerId::us())),
        due: Some(date(2025, 11, 20)),
        from: Some(date(2025, 11, 6)),
        agreed_by: [PartnerId::new("museum"), PartnerId::us()].into(),
        agreed: Some(TODAY),
        ..Revision::new(RecordId::new("a"))
    }
}

fn workbook() -> Workbook {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks with the day centre");
    let partner = Partner::named(PartnerId::new("museum"), "City Museum");
    workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 0 }).unwrap();
    add(&mut workbook, change());
    let card = |id: &str, board, what: &str| Revision {
        board,
        what: what.into(),
        ..Revision::new(RecordId::new(id))
    };
    add(&mut workbook, card("k", Board::Keep, "tea before every walk"));
    let gone = card("d", Board::Drop, "the fourth object");
    add(&mut workbook, Revision { done: Some(date(2025, 5, 15)), effect: "Time to ask".into(), ..gone });
    add(&mut workbook, Revision { private: true, ..card("p", Board::Try, "without the director") });
    let finding =
        |id: &str, went, what: &str| Finding { went, what: what.into(), ..Finding::new(RecordId::new(id)) };
    let evidence = "People stayed twenty minutes longer".into();
    let source = "Wim’s evening book".into();
    add(
        &mut workbook,
        Finding { evidence, source, ..finding("f", Went::Well, "the things come to the people") },
    );
    add(&mut workbook, finding("g", Went::LessWell, "four objects are too many"));
    let now = "fourteen of nineteen".into();
    add(&mut workbook, Measure { what: "who comes again".into(), now, ..Measure::new(RecordId::new("m")) });
    write(&mut workbook, "REV-3", VoiceKey::Agreed, "They come without being asked.");
    write(&mut workbook, "REV-4", VoiceKey::Ours, "Only we have gained, if we are honest.");
    workbook
}

fn made(workbook: &Workbook, name: &str) -> String {
    let content = Content::new();
    let row = artefacts().find(|row| row.name == name).unwrap_or_else(|| panic!("{name}"));
    plain(&row.document(&Subject::new(workbook, &content, TODAY)), 78)
}

#[test]
fn the_change_note_says_what_was_and_what_will_be() {
    let mut workbook = workbook();
    let note = made(&workbook, "change-note");
    insta::assert_snapshot!("change_note", note);
    assert!(!note.contains("without the director") && note.contains("1 private answer left out."), "{note}");
    assert!(
        !note.contains("tea before") && !note.contains("fourth object"),
        "only what is to change: {note}"
    );
    let done = Revision { done: Some(date(2025, 10, 1)), ..change() };
    workbook.apply(Edit::SetRecord(Box::new(done.into()))).unwrap();
    assert!(made(&workbook, "change-note").contains("Made on: 1 October 2025"), "the last one made");
    let bare = Workbook::new(WorkbookId::new("w"), "");
    assert!(made(&bare, "change-note").contains("Nothing is to change"), "nothing is made up");
}

#[test]
fn the_evaluation_shows_its_evidence_and_keeps_our_guesses() {
    let evaluation = made(&workbook(), "evaluation");
    insta::assert_snapshot!("evaluation", evaluation);
    assert!(evaluation.contains("They come without being asked."));
    assert!(!evaluation.contains("if we are honest"), "ours, and not marked to share");
}

#[test]
fn the_amended_agreement_shows_both_wordings_and_why() {
    let mut workbook = workbook();
    write(&mut workbook, "K-22", VoiceKey::Agreed, "Ten minutes every Thursday.");
    let clauses = [(QuestionId::new("K-22"), "An hour, when there is time.".to_owned())].into();
    let agreed = Some(date(2025, 3, 3));
    add(&mut workbook, Agreement { number: Some(1), agreed, clauses, ..Agreement::new(RecordId::new("v1")) });
    let amended = made(&workbook, "amended-agreement");
    for words in
        ["Worded anew", "An hour, when there is time.", "Ten minutes every Thursday.", "Why: It had slipped"]
    {
        assert!(amended.contains(words), "{words}: {amended}");
    }
}
