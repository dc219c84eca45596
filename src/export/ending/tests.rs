use super::*;
use crate::content::Content;
use crate::domain::erase::{erase, traces};
use crate::domain::{
    AnyRecord, Edit, Legacy, Partner, PartnerId, Person, PersonId, RecordId, Workbook, WorkbookId,
};
use crate::export::artefact;
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
    workbook.apply(Edit::AddPartner { partner: museum, place: 0 }).unwrap();
    let helen = Person::named(PersonId::new("helen"), PartnerId::new("museum"), "Helen Marsh");
    workbook.apply(Edit::AddPerson { person: helen, place: 0 }).unwrap();
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
    assert!(at(&poor, "with respect") < at(&poor, date) && at(&poor, "Bring the things") < at(&poor, date));
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
    let by = Some(crate::domain::Who::person(PartnerId::new("museum"), PersonId::new("helen")));
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
