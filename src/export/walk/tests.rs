use super::*;
use crate::content::Content;
use crate::domain::{AnyRecord, Concern, Edit, Partner, QuestionId, RecordId, Who, Workbook, WorkbookId};
use crate::export::{Format, artefact, plain};
use jiff::civil::{Date, date};

fn charity() -> PartnerId {
    PartnerId::new("charity")
}

fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
    workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
}

fn the_walk() -> Walk {
    let id = |id: &str| QuestionId::new(id);
    Walk {
        planned: Some(date(2025, 9, 12)),
        held: Some(date(2025, 9, 12)),
        moved: [date(2025, 8, 29), date(2025, 9, 5)].into(),
        place: "the park gate".into(),
        time: "two".into(),
        reach: "the office phone".into(),
        why: "a year in, small things are easily mended".into(),
        prompts: ["RVW-2", "RVW-3", "RVW-5", "RVW-7", "RVW-8"].map(id).into(),
        worked: "the families come".into(),
        to_tell: "that the training talked down to the parents".into(),
        unsaid: "zqunsaidzq".into(),
        next: Some(date(2025, 12, 4)),
        ..Walk::new(RecordId::new("walk"))
    }
}

fn workbook(walk: Walk) -> Workbook {
    let mut workbook = Workbook::new(WorkbookId::new("w"), "Parents interview");
    let partner = Partner::named(charity(), "Carers' Charity");
    workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 0 }).unwrap();
    let made = walk.held;
    add(&mut workbook, walk);
    let promise = |id: &str, what: &str| Promise {
        made,
        due: Some(date(2025, 10, 10)),
        ..Promise::new(RecordId::new(id), PartnerId::us(), charity(), what)
    };
    add(&mut workbook, promise("p1", "plan a second training"));
    add(&mut workbook, Promise { private: true, ..promise("p2", "zqsecretzq") });
    let thing = HardThing {
        walk: Some(RecordId::new("walk")),
        what: "half of them left".into(),
        by: Some(Who::side(charity())),
        ..HardThing::new(RecordId::new("h1"))
    };
    add(
        &mut workbook,
        HardThing { private: true, what: "zqsecretzq".into(), id: RecordId::new("h2"), ..thing.clone() },
    );
    add(&mut workbook, thing);
    pulse(&mut workbook, "a", &PartnerId::us(), date(2025, 9, 12), Concern::NoConcern, true);
    pulse(&mut workbook, "b", &charity(), date(2025, 9, 12), Concern::Serious, true);
    workbook
}

fn pulse(workbook: &mut Workbook, id: &str, side: &PartnerId, on: Date, concern: Concern, of_walk: bool) {
    let lines = [("delivering".to_owned(), concern)].into();
    let walk = of_walk.then(|| RecordId::new("walk"));
    add(
        workbook,
        Pulse { on: Some(on), side: Some(side.clone()), lines, walk, ..Pulse::new(RecordId::new(id)) },
    );
}

fn text(workbook: &Workbook, name: &str) -> String {
    let content = Content::new();
    let subject = Subject::new(workbook, &content, date(2025, 9, 14));
    let document = artefact(name).unwrap().document(&subject);
    let mut text = plain(&document, 78);
    text.push_str(&document.beside.join("\n"));
    text
}

const ALL: [&str; 6] =
    ["pocket-card", "walk-invitation", "what-we-heard", "walk-record", "status-report", "pulse-trend"];

#[test]
fn what_we_did_not_say_and_what_is_private_is_in_none_of_them() {
    let content = Content::new();
    let workbook = workbook(the_walk());
    for name in ALL {
        for with_private in [false, true] {
            let subject = Subject::new(&workbook, &content, date(2025, 9, 14)).with_private(with_private);
            let document = artefact(name).unwrap().document(&subject);
            let text = plain(&document, 78);
            assert!(!text.contains("zqunsaidzq"), "{name}: {text}");
            assert!(with_private || !text.contains("zqsecretzq"), "{name}: {text}");
        }
    }
    assert!(!text(&workbook, "what-we-heard").contains("zqsecretzq"));
}

#[test]
fn the_card_is_five_prompts_and_a_back_on_a6() {
    let workbook = workbook(Walk { held: None, ..the_walk() });
    let content = Content::new();
    let subject = Subject::new(&workbook, &content, date(2025, 9, 1));
    let document = artefact("pocket-card").unwrap().document(&subject);
    let html = String::from_utf8(Format::Html.write(&document).unwrap().bytes().to_vec()).unwrap();
    assert!(html.contains("@page { size: A6;") && html.matches("<li>").count() == 5, "{html}");
    let front = html.split("On the back").next().unwrap();
    assert!(!front.contains("the park gate"), "place and time stand on the back");
    let text = plain(&document, 40);
    for said in ["the park gate", "Friday 12 September 2025, two", "the office phone"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    Format::Docx.write(&document).unwrap();
    let sheet = artefact("walk-record").unwrap().document(&subject);
    let html = String::from_utf8(Format::Html.write(&sheet).unwrap().bytes().to_vec()).unwrap();
    assert!(!html.contains("A6"), "only the card is one");
}

#[test]
fn the_invitation_says_why_and_that_it_was_moved_and_never_missed() {
    let blank = workbook(Walk { held: None, place: String::new(), ..the_walk() });
    let said = text(&blank, "walk-invitation");
    assert!(said.contains("a year in, small things are easily mended"), "{said}");
    assert!(said.contains("Moved from 29 August 2025 and 5 September 2025."), "{said}");
    assert!(said.contains("Where: [to agree]"), "{said}");
    assert!(!said.to_lowercase().contains("missed"), "{said}");
    let own = workbook(Walk { held: None, invitation: "Come along!".into(), ..the_walk() });
    assert_eq!(text(&own, "walk-invitation").trim(), "Come along!");
}

#[test]
fn what_we_heard_is_short_and_counts_what_is_left_out() {
    let said = text(&workbook(the_walk()), "what-we-heard");
    assert!(said.contains("that the training talked down to the parents"), "{said}");
    assert!(said.contains("- we: plan a second training, by Friday 10 October"), "{said}");
    assert!(said.contains("2 private things of that day left out."), "{said}");
    assert!(follow_up::count_words(&said) < follow_up::WORDS, "{said}");
    let long = workbook(Walk { message: "word ".repeat(230) + "zqunsaidzq", ..the_walk() });
    let said = text(&long, "what-we-heard");
    assert!(said.contains("231 words: under 200"), "{said}");
    assert!(said.contains("what you did not say"), "{said}");
    let none = text(&workbook(Walk { held: None, ..the_walk() }), "what-we-heard");
    assert!(none.contains("No walk has been held yet"), "{none}");
}

#[test]
fn the_record_has_both_pulses_and_what_follows() {
    let said = text(&workbook(the_walk()), "walk-record");
    for words in [
        "moved from 29 August 2025 and 5 September 2025",
        "half of them left",
        ". no concern",
        "! serious",
        "<> we differ",
        "not asked",
        "plan a second training",
        "4 December 2025",
        "not sent yet",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let joint = text(&workbook(Walk { mode: WalkMode::JointReview, ..the_walk() }), "walk-record");
    assert!(joint.to_lowercase().contains("joint review: parents interview"), "{joint}");
}

/// Pulses of us, four a year from January 2022 on; the charity's is asked once, and on the walk.
fn over_years(count: i16) -> Workbook {
    let mut workbook = workbook(the_walk());
    for n in 0..count {
        let on = date(2022 + n / 4, i8::try_from(n % 4 * 3 + 1).unwrap(), 5);
        let concern = if n == 6 { Concern::SomeConcern } else { Concern::NoConcern };
        pulse(&mut workbook, &format!("t{n}"), &PartnerId::us(), on, concern, false);
        if n == 3 {
            pulse(&mut workbook, "x", &charity(), on, Concern::DontKnow, false);
        }
    }
    workbook
}

fn drawn(workbook: &Workbook) -> String {
    let content = Content::new();
    let subject = Subject::new(workbook, &content, date(2025, 9, 14));
    let document = artefact("pulse-trend").unwrap().document(&subject);
    String::from_utf8(Format::Html.write(&document).unwrap().bytes().to_vec()).unwrap()
}

/// The number in an attribute of each element of a name.
fn numbers(svg: &str, element: &str, attribute: &str) -> Vec<f64> {
    let begins = format!("<{element} ");
    let elements = svg.split(&begins).skip(1).map(|rest| rest.split('>').next().unwrap());
    let found = elements
        .filter_map(|one| Some(format!(" {one}").split_once(&format!(" {attribute}=\""))?.1.to_owned()));
    found.map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
}

fn in_a_row(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn twelve_pulses_over_three_years_can_be_told_apart_in_the_drawing() {
    let html = drawn(&over_years(11));
    let pictures: Vec<&str> = html.split("<svg ").skip(1).collect();
    assert_eq!(pictures.len(), 2, "twelve are one picture a side");
    let (ours, theirs) = (pictures[0], pictures[1]);
    // the twelve of the line, then the four of the legend
    let marks = numbers(ours, "circle", "cx");
    let wide = numbers(ours, "circle", "r")[0];
    assert_eq!((marks.len(), ours.matches("rotate(-50)").count()), (12 + 4, 12), "{ours}");
    for pair in marks[..12].windows(2) {
        assert!(pair[1] - pair[0] > 2.0 * wide, "marks lie on each other: {marks:?}");
    }
    assert!(wide >= 6.0, "a sign has room in its ring: {wide}");
    let beside = numbers(ours, "text", "x").into_iter().filter(|x| *x > marks[11] + 0.1);
    let words = beside.fold(f64::MAX, f64::min);
    assert!(marks[11] + wide < words, "words stand beside the marks: {marks:?} {words}");
    let heights = numbers(ours, "circle", "cy");
    assert!(heights[6] < heights[5] && heights[5] == heights[7], "a concern stands higher: {heights:?}");
    for day in ["5 Jan 2022", "5 Jul 2023", "12 Sep 2025"] {
        assert!(ours.contains(&format!(">{day}<")), "{day}: {ours}");
    }
    // signs and words, so that no colour is needed
    for sign in [">.<", ">~<", ">!<", ">?<", ">serious<", ">no mark: not asked<"] {
        assert!(ours.contains(sign), "{sign}: {ours}");
    }
    assert!(!ours.contains("fill=") && !ours.contains("style="), "{ours}");
    assert_eq!(numbers(theirs, "circle", "cx").len(), 2 + 4, "no mark where nobody asked: {theirs}");
    assert_eq!(theirs.matches("<line class=\"drawn\"").count(), 0, "not to know leads nowhere: {theirs}");
    assert_eq!(ours.matches("<line class=\"drawn\"").count(), 11, "{ours}");
}

#[test]
fn twelve_pulses_over_three_years_are_told_in_signs_and_in_words() {
    let workbook = over_years(11);
    let said = text(&workbook, "pulse-trend");
    assert!(said.contains("......~....."), "{said}");
    assert!(said.contains("___?_______!"), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 78), "{said}");
    for words in [
        "No concern from January 2022, some concern in July 2023, no concern since October 2023.",
        "Don’t know in October 2022, serious in September 2025.",
        "A sign a day, in this order: 5 Jan 2022, 5 Apr 2022,",
        "~ some concern, ! serious, ? don’t know, _ not asked.",
    ] {
        // a cell of the table is broken over lines of its own
        let told = in_a_row(&said).replace("Delivering ", "");
        assert!(told.contains(words), "{words}: {said}");
    }
    let status = in_a_row(&text(&workbook, "status-report"));
    assert!(status.contains("Where we differ: Delivering"), "{status}");
    assert!(status.contains("serious concern about Delivering"), "{status}");
}

#[test]
fn more_pulses_than_a_picture_holds_are_several_and_the_words_stand_with_the_last() {
    let html = drawn(&over_years(15));
    let pictures: Vec<&str> = html.split("<svg ").skip(1).collect();
    assert_eq!(pictures.len(), 4, "two a side");
    for (side, words) in
        pictures.chunks(2).zip(["No concern from January 2022", "Don’t know in October 2022"])
    {
        assert!(!side[0].contains(words) && side[1].contains(words), "{words}: {side:?}");
    }
}

#[test]
fn what_was_good_and_is_not_now_is_said_beside_its_line() {
    let mut workbook = over_years(3);
    assert!(!text(&workbook, "pulse-trend").contains("It was good"));
    pulse(&mut workbook, "late", &PartnerId::us(), date(2025, 9, 13), Concern::Serious, false);
    let said = in_a_row(&text(&workbook, "pulse-trend"));
    assert!(said.contains("It was good on 12 September 2025 and is not now."), "{said}");
}

#[test]
fn an_empty_workbook_says_so_and_invents_nothing() {
    let workbook = Workbook::new(WorkbookId::new("w"), "");
    for name in ALL {
        let said = text(&workbook, name);
        assert!(
            ["No walk", "Nobody", "[to agree]"].iter().any(|words| said.contains(words)),
            "{name}: {said}"
        );
    }
}
