use super::*;
use crate::content::Content;
use crate::domain::{
    AnyRecord, Edit, PartnerField, QuestionId, RecordId, Splice, TextPlace, Workbook, WorkbookId,
};
use crate::export::first_words::longlist;
use crate::export::{artefacts, plain};
use jiff::civil::{Date, date};

const TODAY: Date = date(2025, 1, 20);
/// The names of the rows that this file makes.
const NAMES: [&str; 11] = [
    "scope-note",
    "not-this-time",
    "longlist",
    "shortlist",
    "approach",
    "call-script",
    "introduction",
    "about-us",
    "about-them",
    "pilot-note",
    "vision",
];

fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
    workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
}

fn write(workbook: &mut Workbook, place: TextPlace, words: &str) {
    let splice = Splice { place, at: 0, delete: String::new(), insert: words.into(), on: Some(TODAY) };
    workbook.apply(Edit::Splice(splice)).unwrap();
}

fn candidate(id: &str, name: &str) -> Candidate {
    Candidate { name: name.into(), ..Candidate::new(RecordId::new(id)) }
}

fn workbook() -> Workbook {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "Research with young carers");
    write(&mut workbook, TextPlace::Partner(PartnerId::us(), PartnerField::Name), "The university");
    write(&mut workbook, TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours), "They asked us to.");
    add(
        &mut workbook,
        GoDecision {
            decision: GoOn::OtherRoute,
            on: Some(date(2025, 1, 14)),
            why: "A translator can be paid.".into(),
            ..GoDecision::new(RecordId::new("go"))
        },
    );
    add(
        &mut workbook,
        Evidence {
            what: "half of the parents cannot read our letters".into(),
            source: "the head of learning".into(),
            ..Evidence::new(RecordId::new("e"))
        },
    );
    add(
        &mut workbook,
        OpenPoint {
            what: "the topic".into(),
            state: Openness::Fixed,
            why: "the funder has set it".into(),
            ..OpenPoint::new(RecordId::new("o"))
        },
    );
    add(
        &mut workbook,
        Candidate {
            warm_link: "a volunteer of ours".into(),
            contact: "the co-ordinator".into(),
            fit: "they know sixty families".into(),
            their_gain: "their young people are heard".into(),
            next_step: "tea on their premises".into(),
            state: CandidateState::Shortlisted,
            ..candidate("c", "Young carers’ charity")
        },
    );
    add(&mut workbook, candidate("s", "Large secondary school"));
    add(&mut workbook, Candidate { private: true, ..candidate("p", "Secret friend") });
    let pilot = Pilot { aim: "whether Saturdays suit".into(), ..Pilot::new(RecordId::new("pilot")) };
    let sign = |id: &str, what: &str, heard| FitSign {
        what: what.into(),
        pilot: Some(RecordId::new("pilot")),
        heard,
        ..FitSign::new(RecordId::new(id))
    };
    add(&mut workbook, pilot);
    add(&mut workbook, sign("a", "families come back", SignHeard::NotHeard));
    add(&mut workbook, sign("b", "nobody is tired", SignHeard::DoesNotFit));
    workbook
}

fn made(workbook: &Workbook, name: &str) -> String {
    let content = Content::new();
    let row = artefacts().find(|row| row.name == name).unwrap_or_else(|| panic!("{name}"));
    plain(&row.document(&Subject::new(workbook, &content, TODAY)), 78)
}

#[test]
fn the_scoping_note_and_the_first_words() {
    let workbook = workbook();
    insta::assert_snapshot!("scope_note", made(&workbook, "scope-note"));
    insta::assert_snapshot!("not_this_time", made(&workbook, "not-this-time"));
    insta::assert_snapshot!("approach", made(&workbook, "approach"));
    insta::assert_snapshot!("call_script", made(&workbook, "call-script"));
    insta::assert_snapshot!("introduction", made(&workbook, "introduction"));
    insta::assert_snapshot!("pilot_note", made(&workbook, "pilot-note"));
}

fn about(workbook: &Workbook, name: &'static str, candidate: &str) -> Document {
    let order =
        crate::export::Order { about: Some(RecordId::new(candidate)), ..crate::export::Order::of(name) };
    order.make(workbook, &Content::new(), TODAY).unwrap().document
}

#[test]
fn first_words_go_to_whoever_was_named_and_to_nobody_who_was_turned_down() {
    let mut workbook = workbook();
    let school = "Large secondary school";
    for name in ["approach", "call-script", "introduction"] {
        assert!(made(&workbook, name).contains("Young carers"), "the short list goes first: {name}");
        let named = about(&workbook, name, "s");
        assert!(plain(&named, 200).contains(school), "{name}");
        assert!(!named.beside.iter().any(|said| said.contains("comes next")), "{name}: {:?}", named.beside);
        // what is private is not brought out by naming it
        assert!(!plain(&about(&workbook, name, "p"), 200).contains("Secret"), "{name}");
    }
    let mut none = Workbook::new(WorkbookId::new("n"), "");
    for (id, state) in
        [("a", CandidateState::NotNow), ("b", CandidateState::Partner), ("c", CandidateState::Talking)]
    {
        add(&mut none, Candidate { state, fit: "nobody asked".into(), ..candidate(id, "Gatehouse Castle") });
    }
    for name in ["approach", "call-script"] {
        let text = made(&none, name);
        assert!(!text.contains("Gatehouse") && !text.contains("nobody asked"), "{name}: {text}");
        assert!(text.contains(TO_AGREE), "{name}: {text}");
    }
    add(&mut workbook, Candidate { state: CandidateState::NotNow, ..candidate("x", "A castle") });
    assert!(made(&workbook, "not-this-time").contains("To A castle,"));
    assert!(plain(&about(&workbook, "not-this-time", "s"), 200).contains(school));
}

#[test]
fn a_decision_to_go_on_is_no_reason_for_a_no() {
    let mut workbook = workbook();
    let go = GoDecision {
        decision: GoOn::Go,
        on: Some(date(2025, 1, 19)),
        why: "It costs eight hours.".into(),
        ..GoDecision::new(RecordId::new("later"))
    };
    add(&mut workbook, go);
    let text = made(&workbook, "not-this-time");
    assert!(text.contains("The reason: [to agree]"), "{text}");
    assert!(!text.contains("eight hours") && !text.contains("19 January"), "{text}");
    assert!(made(&workbook, "scope-note").contains("eight hours"));
}

#[test]
fn an_empty_workbook_says_what_is_to_agree_and_invents_nothing() {
    let workbook = Workbook::new(WorkbookId::new("w"), "");
    for name in NAMES {
        let text = made(&workbook, name);
        let says = text.contains("[to agree]") || text.contains("yet");
        assert!(says, "{name}: {text}");
    }
}

#[test]
fn what_is_private_is_in_none_of_them_and_counted() {
    let content = Content::new();
    let workbook = workbook();
    for name in NAMES {
        assert!(!made(&workbook, name).contains("Secret"), "{name}");
    }
    let list = longlist(&Subject::new(&workbook, &content, TODAY));
    assert_eq!(list.private, Private { held: 0, left_out: 1 });
    let list = longlist(&Subject::new(&workbook, &content, TODAY).with_private(true));
    assert_eq!(list.private, Private { held: 1, left_out: 0 });
    assert!(plain(&list, 200).contains("Secret friend"));
    assert!(!made(&workbook, "shortlist").contains("secondary"));
}

#[test]
fn lists_and_sheets_say_each_thing_in_its_place() {
    let mut workbook = workbook();
    let museum = PartnerId::new("museum");
    let partner = Partner { busy: "September".into(), ..Partner::named(museum.clone(), "City Museum") };
    workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 0 }).unwrap();
    for (field, words) in [
        (PartnerField::Kind, "a university"),
        (PartnerField::Limits, "nobody in August"),
        (PartnerField::Reach, "ring the office"),
    ] {
        write(&mut workbook, TextPlace::Partner(PartnerId::us(), field), words);
    }
    let asset = |id: &str, what: &str, side| Asset {
        what: what.into(),
        side: Some(side),
        ..Asset::new(RecordId::new(id))
    };
    add(&mut workbook, asset("ours", "a quiet room", PartnerId::us()));
    add(&mut workbook, asset("theirs", "a lift", museum.clone()));
    write(&mut workbook, TextPlace::Voice(QuestionId::new("BLD-7"), VoiceKey::Ours), "we win");
    let us = made(&workbook, "about-us");
    for said in [
        "What sort of body: a university",
        "Limits: nobody in August",
        "How to reach: ring the office",
        "a quiet room",
    ] {
        assert!(us.contains(said), "{said}: {us}");
    }
    assert!(!us.contains("a lift") && !us.contains("September"), "{us}");
    let them = made(&workbook, "about-them");
    assert!(them.contains("a lift") && them.contains("Busy times: September"), "{them}");
    assert!(!them.contains("a quiet room") && !them.contains("ring the office"), "{them}");
    assert!(!made(&workbook, "vision").contains("we win"), "nobody else has signed that");
    write(&mut workbook, TextPlace::Voice(QuestionId::new("BLD-7"), VoiceKey::Agreed), "All may come in.");
    assert!(made(&workbook, "vision").contains("All may come in."));
    let (long, short) = (made(&workbook, "longlist"), made(&workbook, "shortlist"));
    assert!(long.contains("Large") && long.contains("Young"), "{long}");
    assert!(short.contains("volunteer") && !short.contains("Large"), "{short}");
}

#[test]
fn a_guess_of_ours_is_not_in_the_sheet_about_them() {
    let mut workbook = workbook();
    let museum = PartnerId::new("museum");
    let partner = Partner::named(museum.clone(), "City Museum");
    workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 0 }).unwrap();
    let place = TextPlace::Voice(QuestionId::new("SCO-7"), VoiceKey::Theirs(museum));
    write(&mut workbook, place, "they want our money");
    assert!(!made(&workbook, "about-them").contains("money"));
    let ours = TextPlace::Voice(QuestionId::new("SCO-7"), VoiceKey::Ours);
    write(&mut workbook, ours, "a paper of our own");
    assert!(!made(&workbook, "about-us").contains("a paper"), "not marked to share");
    workbook.apply(Edit::SetToShare { question: QuestionId::new("SCO-7"), to: true }).unwrap();
    assert!(made(&workbook, "about-us").contains("a paper"));
}
