use super::*;
use crate::domain::{Book, Candidate, Edit, Workbook, WorkbookId};
use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use crate::widget::text;

/// Puts the focus on a document.
fn at(screen: &mut Documents, name: &str, world: &World) {
    screen.run("documents.first", &world.ctx());
    for _ in artefacts().take_while(|row| row.name != name) {
        screen.run("documents.down", &world.ctx());
    }
    assert_eq!(screen.row().name, name);
}

#[test]
fn a_list_with_the_document_beside_it() {
    insta::assert_snapshot!(drawn(&world(), &Documents::new(), 80, 21));
}

#[test]
fn what_is_chosen_is_what_is_asked_to_be_written() {
    let world = world();
    let mut screen = Documents::new();
    at(&mut screen, "partner-copy", &world);
    assert_eq!(screen.order(&world.ctx()).partner, Some(PartnerId::new("museum")), "it is always somebody's");
    for format in screen.row().formats.iter().skip(1) {
        screen.run("documents.format", &world.ctx());
        assert_eq!(screen.order(&world.ctx()).format, *format);
    }
    // as a workbook it is shown in words, since that is what they will read in it
    assert!(drawn(&world, &screen, 80, 21).contains("City Museum"));
    assert!(file_name(&screen.order(&world.ctx()), &world.ctx()).ends_with(".ron"));
    screen.run("documents.format-before", &world.ctx());
    screen.run("documents.format-before", &world.ctx());
    assert_eq!(screen.order(&world.ctx()).format, Format::Calendar);
    // a document that does not come in it goes out as it mostly does, and the choice is kept
    at(&mut screen, "questions", &world);
    let order = screen.order(&world.ctx());
    assert_eq!((order.format, order.partner), (Format::Markdown, None));
    at(&mut screen, "partner-copy", &world);
    screen.run("documents.ascii", &world.ctx());
    let order = screen.order(&world.ctx());
    assert_eq!((order.format, order.ascii), (Format::Calendar, true));
    assert_eq!(file_name(&order, &world.ctx()).rsplit('.').next(), Some("ics"));
    assert!(file_name(&order, &world.ctx()).starts_with("partner-copy-city-museum"));
}

#[test]
fn one_key_makes_it_the_copy_for_a_partner_and_back() {
    let world = world();
    let mut screen = Documents::new();
    at(&mut screen, "workbook", &world);
    assert!(drawn(&world, &screen, 80, 21).contains("for ourselves"));
    screen.run("documents.copy-for", &world.ctx());
    assert!(drawn(&world, &screen, 80, 21).contains("the copy for City Museum"));
    screen.run("documents.copy-for", &world.ctx());
    assert!(drawn(&world, &screen, 80, 21).contains("for ourselves"));
    at(&mut screen, "questions", &world);
    assert!(screen.rows(&world.ctx()).iter().all(|row| row.name != "documents.copy-for"));
}

#[test]
fn the_text_can_be_read_to_its_end() {
    let world = world();
    let mut screen = Documents::new();
    at(&mut screen, "workbook", &world);
    screen.run("documents.part", &world.ctx());
    drawn(&world, &screen, 60, 8);
    screen.run("documents.last", &world.ctx());
    drawn(&world, &screen, 60, 8);
    assert_eq!(screen.aside(&world.ctx()), if screen.last_top.get() == 0 { "" } else { "the end" });
    assert_eq!(screen.row().name, "workbook", "the list stays where it is");
    assert!(matches!(screen.run("documents.text", &world.ctx()), Outcome::Copy(_)));
    assert!(matches!(screen.run("documents.write", &world.ctx()), Outcome::Open(_)));
}

#[test]
fn without_a_partner_there_is_no_copy_and_it_says_so() {
    let mut world = world();
    world.book = Some(Book::new(Workbook::new(WorkbookId::new("w"), "Alone"), 0));
    let mut screen = Documents::new();
    at(&mut screen, "partner-copy", &world);
    assert!(drawn(&world, &screen, 80, 21).contains("There is no partner yet"));
    assert!(matches!(screen.run("documents.write", &world.ctx()), Outcome::Say(_)));
}

#[test]
fn it_draws_in_any_size() {
    let world = world();
    for (width, height) in SIZES {
        let mut screen = Documents::new();
        for row in artefacts() {
            at(&mut screen, row.name, &world);
            draws_anywhere(&world, &screen, width, height);
            screen.run("documents.part", &world.ctx());
            draws_anywhere(&world, &screen, width, height);
            screen.run("documents.part", &world.ctx());
        }
    }
}

#[test]
fn a_text_is_set_for_the_columns_there_are_and_written_for_its_own() {
    let world = world();
    let mut screen = Documents::new();
    while screen.order(&world.ctx()).format != Format::Text {
        screen.run("documents.format", &world.ctx());
    }
    screen.with_shown(&world.ctx(), |_, shown| {
        let words =
            |lines: &[String]| lines.join(" ").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let whole: Vec<String> = shown.text.lines().map(str::to_owned).collect();
        let long = whole.iter().find(|line| text::width(line) > 60).expect("a line that is too long");
        let narrow = shown.lines(46).clone();
        assert!(narrow.iter().all(|line| text::width(line) <= 46), "{narrow:#?}");
        let prose = |lines: &[String]| words(lines).into_iter().filter(|word| !word.starts_with(['=', '-']));
        assert!(prose(&narrow).eq(prose(&whole)), "no word is lost");
        // broken where it would have ended in the file, and once more, it would leave a short line behind
        let ends = long.split_whitespace().last().unwrap();
        let at = narrow.iter().position(|line| line.ends_with(ends) && text::width(line) < 24);
        assert_eq!(at, None, "{narrow:#?}");
    });
}

#[test]
fn one_key_says_which_candidate_a_letter_is_to() {
    let mut world = world();
    let mut screen = Documents::new();
    at(&mut screen, "approach", &world);
    let offers = |screen: &Documents, world: &World| {
        screen.rows(&world.ctx()).iter().any(|row| row.name == "documents.about")
    };
    assert!(!offers(&screen, &world), "nobody to choose from");
    for (id, name, private) in [("a", "Old School", false), ("b", "Castle", false), ("c", "Hidden", true)] {
        let candidate = Candidate { name: name.into(), private, ..Candidate::new(RecordId::new(id)) };
        let add = Edit::AddRecord { record: Box::new(candidate.into()), place: usize::MAX };
        world.book.as_mut().unwrap().act(add, jiff::Timestamp::UNIX_EPOCH).unwrap();
    }
    assert!(offers(&screen, &world));
    let mut asked = Vec::new();
    for _ in 0..3 {
        let Outcome::Say(said) = screen.run("documents.about", &world.ctx()) else { unreachable!() };
        asked.push((said, screen.order(&world.ctx()).about.map(|id| id.to_string())));
    }
    let expected = [
        ("It is about Old School.", Some("a")),
        ("It is about Castle.", Some("b")),
        ("It is about the one that comes next.", None),
    ];
    let asked: Vec<_> = asked.iter().map(|(said, id)| (said.as_str(), id.as_deref())).collect();
    assert_eq!(asked, expected, "never one who is private");
    at(&mut screen, "page", &world);
    assert!(!offers(&screen, &world), "it is about all of it");
}
