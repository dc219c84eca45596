use super::*;
use crate::content::Content;
use crate::domain::erase::{erase, traces};
use crate::domain::{
    AnyRecord, Edit, Legacy, Partner, PartnerId, Person, PersonId, QuestionId, RecordId, Source, Splice,
    TextPlace, VoiceKey, Who, Workbook, WorkbookId,
};
use crate::export::{Block, Format, NotMade, Order, Written, artefact};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 1, 5);

fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
    workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
}

fn ending(tone: Tone, wish: Option<&str>) -> Ending {
    Ending {
        parting: Parting::End,
        by: "both directors".into(),
        wish: wish.map(PartnerId::new),
        ours: "The grant ends".into(),
        theirs: "The gallery closes".into(),
        closes: Some(date(2026, 3, 31)),
        achieved: "six objects are described".into(),
        gained: "nine people who offer an arm".into(),
        learned: "bring the things to the people".into(),
        door: Door::Open,
        no_check_back: true,
        tone,
        ..Ending::new(RecordId::new("e"))
    }
}

fn workbook(ending: Ending) -> Workbook {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "Tactile guide");
    let museum = Partner::named(PartnerId::new("museum"), "City Museum");
    workbook.apply(Edit::AddPartner { partner: Box::new(museum), place: 0 }).unwrap();
    let helen = Person::named(PersonId::new("helen"), PartnerId::new("museum"), "Helen Marsh");
    workbook.apply(Edit::AddPerson { person: Box::new(helen), place: 0 }).unwrap();
    add(&mut workbook, ending);
    workbook
}

fn text(name: &str, workbook: &Workbook, with_private: bool) -> String {
    let content = Content::new();
    let subject = Subject::new(workbook, &content, TODAY).with_private(with_private);
    plain(&artefact(name).unwrap().document(&subject), 80)
}

fn at(text: &str, words: &str) -> usize {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line.find(words).unwrap_or_else(|| panic!("{words} in\n{text}"))
}

#[test]
fn each_tone_opens_otherwise() {
    let [warm, neutral, poor] = [Tone::Warm, Tone::Neutral, Tone::PoorFit]
        .map(|tone| text(LETTER, &workbook(ending(tone, None)), false));
    let (gains, date) = ("Nine people who offer an arm", "the last day is 31 March 2026");
    assert!(at(&warm, gains) < at(&warm, date), "{warm}");
    assert!(!neutral.contains(gains) && at(&neutral, date) < at(&neutral, "Six objects"), "{neutral}");
    assert!(
        at(&poor, "respect for you") < at(&poor, date) && at(&poor, "Bring the things") < at(&poor, date)
    );
    for letter in [&warm, &neutral, &poor] {
        assert!(count_words(letter) < WORDS, "{letter}");
        for blame in ["fault", "unfortunately", "failed", "despite", "sorry"] {
            assert!(!letter.to_lowercase().contains(blame), "{blame} in {letter}");
        }
    }
    insta::assert_snapshot!("letter_warm", warm);
    insta::assert_snapshot!("letter_poor_fit", poor);
}

#[test]
fn an_ending_by_the_other_side_reads_right() {
    let letter = text(LETTER, &workbook(ending(Tone::Neutral, Some("museum"))), false);
    assert!(letter.contains("You have told us that") && !letter.to_lowercase().contains("we have decided"));
    assert!(
        at(&letter, "The gallery closes") < at(&letter, "The grant ends"),
        "their reason first: {letter}"
    );
    insta::assert_snapshot!("letter_by_them", letter);
    let ours = text(LETTER, &workbook(ending(Tone::Neutral, Some("us"))), false);
    assert!(ours.contains("We have decided that"), "{ours}");
}

/// Two partners: the museum, whose wish it is, and the library.
fn with_library(ending: Ending) -> Workbook {
    let mut w = workbook(ending);
    let library = Partner::named(PartnerId::new("library"), "Northside Library");
    w.apply(Edit::AddPartner { partner: Box::new(library), place: 1 }).unwrap();
    w
}

/// The letter to one of them, as it is ordered, and what is said beside it.
fn letter_to(partner: &str, w: &Workbook) -> (String, Vec<String>) {
    let order = Order { partner: Some(PartnerId::new(partner)), ..Order::of(LETTER) };
    let made = order.make(w, &Content::new(), TODAY).unwrap();
    (plain(&made.document, 80), made.remarks)
}

fn heard(w: &mut Workbook, partner: &str, words: &str, heard: Heard) {
    let (question, partner) = (QuestionId::new(WHY), PartnerId::new(partner));
    let place = TextPlace::Voice(question.clone(), VoiceKey::Theirs(partner.clone()));
    let insert = words.to_owned();
    w.apply(Edit::Splice(Splice { place, at: 0, delete: String::new(), insert, on: None })).unwrap();
    let (source, checked, person) = (Source::ByHand, None, None);
    w.apply(Edit::SetHeard { question, partner, heard, checked, person, source }).unwrap();
}

#[test]
fn what_is_one_partners_stands_in_no_others_letter() {
    let mut w = with_library(ending(Tone::Neutral, Some("museum")));
    heard(&mut w, "museum", "Our director wants no more of it", Heard::Asked);
    heard(&mut w, "library", "The evenings are too long for us", Heard::Asked);
    let owed = |id: &str, what: &str| WindUp { what: what.into(), ..WindUp::new(RecordId::new(id)) };
    add(&mut w, WindUp { side: Some(PartnerId::new("museum")), ..owed("a", "the unpaid invoice") });
    add(&mut w, WindUp { lead: Some(Who::side(PartnerId::new("library"))), ..owed("b", "a box of cards") });
    add(&mut w, owed("c", "a photograph of all of us"));
    let museum = ["The gallery closes", "You have told us", "the unpaid invoice"];
    let library = ["The evenings are too long for us", "a box of cards"];
    let shared = ["The grant ends", "31 March 2026", "a photograph of all of us", "Six objects"];
    for (to, theirs, others) in [("museum", &museum[..], &library[..]), ("library", &library, &museum)] {
        let (letter, _) = letter_to(to, &w);
        let letter = letter.split_whitespace().collect::<Vec<_>>().join(" ");
        let told = (to != "museum").then_some("told us that our");
        for words in others.iter().copied().chain(["Our director"]).chain(told) {
            assert!(!letter.contains(words), "{words} stands in the letter to {to}: {letter}");
        }
        for words in theirs.iter().chain(&shared) {
            assert!(letter.contains(words), "{words} is missing to {to}: {letter}");
        }
    }
}

#[test]
fn a_reason_of_nobody_in_particular_is_put_into_nobodys_mouth() {
    for wish in [None, Some("us")] {
        let mut w = with_library(ending(Tone::Warm, wish));
        heard(&mut w, "library", "We suppose that they are tired", Heard::Guess);
        for to in ["museum", "library"] {
            let (letter, _) = letter_to(to, &w);
            assert!(letter.contains("Why, in your own words: [to agree]"), "{letter}");
            assert!(!letter.contains("gallery closes") && !letter.contains("tired"), "{letter}");
        }
    }
}

#[test]
fn without_a_name_there_is_a_letter_to_each_on_a_sheet_of_its_own() {
    let w = with_library(ending(Tone::Warm, None));
    let made = Order::of(LETTER).make(&w, &Content::new(), TODAY).unwrap().document;
    assert_eq!(made.paper, Paper::Letters);
    let headings: Vec<&str> = made
        .blocks
        .iter()
        .filter_map(|block| if let Block::Heading(_, text) = block { Some(text.as_str()) } else { None })
        .collect();
    assert_eq!(headings, ["To City Museum", "To Northside Library"]);
    let letters = plain(&made, 80);
    let (museum, library) = letters.split_at(letters.find("To Northside Library").unwrap());
    assert!(museum.contains("Dear Helen Marsh,") && library.contains("Dear Northside Library,"), "{letters}");
    let Ok(Written::Words(page)) = Format::Html.write(&made) else { panic!() };
    assert!(page.contains("h2 { break-before: page"), "{page}");
    let Ok(Written::Bytes(file)) = Format::Docx.write(&made) else { panic!() };
    assert_eq!(breaks(&file), 1, "the second letter begins a sheet");
    // one alone needs no name above it
    let alone = Order { partner: Some(PartnerId::new("library")), ..Order::of(LETTER) };
    let alone = alone.make(&w, &Content::new(), TODAY).unwrap().document;
    assert!(alone.paper == Paper::Sheet && !alone.blocks.iter().any(|b| matches!(b, Block::Heading(..))));
    assert_eq!(
        Order { partner: Some(PartnerId::us()), ..Order::of(LETTER) }.make(&w, &Content::new(), TODAY),
        Err(NotMade::NoSuchPartner)
    );
}

/// How many paragraphs of a .docx begin a sheet.
fn breaks(file: &[u8]) -> usize {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("word/document.xml").unwrap(), &mut text).unwrap();
    text.matches("<w:pageBreakBefore").count()
}

#[test]
fn thanks_are_for_what_the_reader_did() {
    let mut w = with_library(ending(Tone::Warm, None));
    let role = |id: &str, what: &str, side: &str| Role {
        what: what.into(),
        lead: Some(Who::side(PartnerId::new(side))),
        ..Role::new(RecordId::new(id))
    };
    add(&mut w, role("r1", "the side door on Thursdays", "museum"));
    add(&mut w, role("r2", "printing the cards", "library"));
    assert!(
        letter_to("museum", &w).0.contains("Thank you for all that you saw to: the side door on Thursdays.")
    );
    let letter = letter_to("library", &w).0;
    assert!(letter.contains("printing the cards") && !letter.contains("side door"), "{letter}");
}

#[test]
fn nobody_of_whom_something_sensitive_is_noted_is_greeted_by_name() {
    let mut w = workbook(ending(Tone::Warm, None));
    assert!(letter_to("museum", &w).0.starts_with("Dear Helen Marsh,"));
    let place = TextPlace::Person(PersonId::new("helen"), crate::domain::PersonField::Note);
    let insert = "on leave, and why".to_owned();
    w.apply(Edit::Splice(Splice { place, at: 0, delete: String::new(), insert, on: None })).unwrap();
    assert!(letter_to("museum", &w).0.starts_with("Dear City Museum,"));
    // where a wording names them all the same, somebody is told to look
    let mut named = ending(Tone::Warm, None);
    named.ours = "Helen Marsh is tired".into();
    let mut w2 = workbook(named);
    let place = TextPlace::Person(PersonId::new("helen"), crate::domain::PersonField::Note);
    w2.apply(Edit::Splice(Splice { place, at: 0, delete: String::new(), insert: "x".into(), on: None }))
        .unwrap();
    assert!(letter_to("museum", &w2).1.iter().any(|remark| remark.contains("It names Helen Marsh")));
}

#[test]
fn where_nothing_stands_it_is_to_agree() {
    let empty = Ending { parting: Parting::End, ..Ending::new(RecordId::new("e")) };
    let letter = text(LETTER, &workbook(empty), false);
    assert!(letter.matches(TO_AGREE).count() >= 6, "{letter}");
    let none = Workbook::new(WorkbookId::new("w"), "Nothing yet");
    for name in [LETTER, "handover", "learning-note", "thanks"] {
        text(name, &none, false);
    }
}

#[test]
fn what_is_owed_and_who_hears_stand_in_the_letter_and_the_private_does_not() {
    let mut w = workbook(ending(Tone::Warm, None));
    let owed = |id: &str, what: &str| WindUp { what: what.into(), ..WindUp::new(RecordId::new(id)) };
    let due = Some(date(2026, 2, 1));
    add(&mut w, WindUp { side: Some(PartnerId::new("museum")), due, ..owed("a", "two recorders") });
    add(&mut w, WindUp { state: WindUpState::Done, ..owed("b", "the keys") });
    add(&mut w, WindUp { private: true, ..owed("c", "a word with the auditor") });
    let teller =
        |id: &str, turn| Teller { name: id.into(), turn: Some(turn), ..Teller::new(RecordId::new(id)) };
    add(&mut w, teller("the press", 2));
    add(&mut w, teller("the families", 1));
    let letter = text(LETTER, &w, false);
    assert!(letter.contains("two recorders, by 1 February 2026"), "{letter}");
    assert!(!letter.contains("the keys") && !letter.contains("auditor"), "{letter}");
    assert!(at(&letter, "the families; then the press") > 0);
    assert!(text(LETTER, &w, true).contains("auditor"), "only where it was asked for");
}

#[test]
fn a_persons_details_go_and_the_learning_stays() {
    let mut w = workbook(Ending {
        learned: "Helen Marsh showed us: bring the things to the people".into(),
        theirs: "Helen Marsh moves on".into(),
        ..ending(Tone::Warm, None)
    });
    let by = Some(Who::person(PartnerId::new("museum"), PersonId::new("helen")));
    add(&mut w, Legacy { by: by.clone(), what: "a label".into(), ..Legacy::new(RecordId::new("l")) });
    let what = "tell Helen Marsh first";
    add(&mut w, WindUp { what: what.into(), lead: by.clone(), ..WindUp::new(RecordId::new("o")) });
    add(&mut w, Teller { name: "the friends of Helen Marsh".into(), by, ..Teller::new(RecordId::new("t")) });
    let helen = PersonId::new("helen");
    let clean = erase(&w, &helen, &traces(&w, &helen));
    for name in [LETTER, "handover", "learning-note", "thanks"] {
        let text = text(name, &clean, true);
        assert!(!text.contains("Helen") && !text.contains("Marsh"), "{name}: {text}");
    }
    assert!(at(&text("learning-note", &clean, false), "bring the things to the people") > 0);
    assert_eq!(clean.all::<Ending>().len() + clean.all::<WindUp>().len() + clean.all::<Teller>().len(), 3);
    assert!(clean.all::<WindUp>()[0].lead.as_ref().is_none_or(|who| who.person.is_none()));
}

#[test]
fn they_read_like_this_in_the_worked_example() {
    let example = crate::store::format::parse_workbook(crate::content::SAMPLE).unwrap().workbook;
    for name in [LETTER, "handover", "learning-note", "thanks"] {
        insta::assert_snapshot!(format!("example_{name}"), text(name, &example, false));
    }
}
