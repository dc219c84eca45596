use super::*;
use crate::domain::PartnershipState;
use crate::domain::query::Digest;
use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
use crate::shelf::Shelf;
use crate::testing::World;

/// A shelf of workbooks that are called so and are examples or not.
pub fn shelf(books: &[(&str, bool)]) -> Shelf {
    let workbooks = books.iter().enumerate().map(|(n, (title, example))| {
        Arc::new(Summary {
            id: WorkbookId::new(format!("w{n}")),
            title: (*title).into(),
            state: PartnershipState::ALL[n % 6],
            partners: vec!["City Museum".into(); n % 3],
            changed: "2025-11-10T09:00:00Z".parse().ok(),
            example: *example,
            digest: Digest::default(),
            trouble: None,
        })
    });
    Shelf { workbooks: workbooks.collect(), complete: true, ..Shelf::default() }
}

fn small() -> World {
    let mut world = world();
    world.book = None;
    world.shelf = shelf(&[("Worked example", true), ("Tactile guide", false), ("Allotment", false)]);
    let books = &mut world.shelf.workbooks;
    Arc::make_mut(&mut books[1]).partners =
        vec!["City Museum".into(), "The two day centres".into(), "Carers' group".into()];
    Arc::make_mut(&mut books[2]).changed = "2024-09-30T09:00:00Z".parse().ok();
    let (second, third) = (Summary::clone(&books[1]), Summary::clone(&books[2]));
    books.push(Arc::new(Summary { title: HARD_NAME.into(), id: WorkbookId::new("hard"), ..second }));
    books.push(Arc::new(Summary {
        id: WorkbookId::new("torn"),
        trouble: Some(
            "The file ends in the middle of a word. It was left as it is, and an earlier version is safe."
                .into(),
        ),
        ..third
    }));
    world
}

fn type_into(library: &mut Library, world: &World, words: &str) {
    for c in words.chars() {
        library.field().unwrap().act(crate::widget::field::Verb::Char(c)).unwrap();
        library.typed(&world.ctx());
    }
}

fn opens(library: &mut Library, world: &World) -> String {
    match library.run("library.open", &world.ctx()) {
        Outcome::Ask(Ask::OpenWorkbook(id)) => id.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn the_library_at_several_sizes() {
    let mut world = small();
    let mut library = Library::new();
    insta::assert_snapshot!("library_80", drawn(&world, &library, 80, 21));
    insta::assert_snapshot!("library_120", drawn(&world, &library, 120, 37));
    library.run("library.last", &world.ctx());
    library.run("library.up", &world.ctx());
    insta::assert_snapshot!("library_60", drawn(&world, &library, 60, 17));
    insta::assert_snapshot!("library_40", drawn(&world, &library, 40, 9));
    world.linear = true;
    insta::assert_snapshot!("library_linear", drawn(&world, &library, 80, 21));
}

#[test]
fn words_find_and_enter_opens_the_first() {
    let world = small();
    let mut library = Library::new();
    library.run("library.filter", &world.ctx());
    type_into(&mut library, &world, "carers tac");
    assert_eq!(library.aside(&world.ctx()), "1 of 4 workbooks");
    insta::assert_snapshot!("library_found", drawn(&world, &library, 80, 21));
    assert_eq!(opens(&mut library, &world), "w1");
    type_into(&mut library, &world, "zz");
    assert!(drawn(&world, &library, 80, 21).contains("No workbook has these words. Esc shows them all."));
    assert!(matches!(library.run("library-filter.open", &world.ctx()), Outcome::Say(_)));
    library.run("library-filter.clear", &world.ctx());
    assert!(library.field().is_none());
    assert_eq!(library.aside(&world.ctx()), "4 workbooks");
}

#[test]
fn the_words_can_stay_while_moving_and_esc_takes_them_away() {
    let mut world = small();
    let mut library = Library::new();
    library.run("library.filter", &world.ctx());
    type_into(&mut library, &world, "city");
    library.run("library-filter.down", &world.ctx());
    library.run("library-filter.rest", &world.ctx());
    assert!(library.field().is_none());
    assert_eq!(opens(&mut library, &world), "w2");
    assert!(matches!(library.run("library.back", &world.ctx()), Outcome::Done));
    assert_eq!(opens(&mut library, &world), "w2");
    // with nothing open there is nowhere to step back to
    assert!(matches!(library.run("library.back", &world.ctx()), Outcome::Unused));
    world.book = crate::testing::World::new().book;
    assert!(matches!(library.run("library.back", &world.ctx()), Outcome::Back));
}

#[test]
fn the_focus_stays_with_its_workbook_when_others_come() {
    let mut world = small();
    let mut library = Library::new();
    library.run("library.down", &world.ctx());
    assert_eq!(opens(&mut library, &world), "w2");
    let new = Summary { id: WorkbookId::new("new"), ..Summary::clone(&world.shelf.workbooks[1]) };
    world.shelf.workbooks.insert(0, Arc::new(new));
    library.sync(&world.ctx());
    assert_eq!(opens(&mut library, &world), "w2");
    let Outcome::Open(mut prompt) = library.run("library.bin", &world.ctx()) else { panic!() };
    let typed = |prompt: &mut Box<dyn Layer>, words: &str| {
        prompt.field().unwrap().set_text(words);
        prompt.run("prompt.accept", &world.ctx())
    };
    assert!(matches!(typed(&mut prompt, "Tactile guide"), Outcome::Done | Outcome::Say(_)), "another's name");
    let Outcome::Close(then) = typed(&mut prompt, "Allotment") else { panic!() };
    assert!(matches!(*then, Outcome::Ask(Ask::BinWorkbook(id)) if id.as_str() == "w2"));
    world.shelf.workbooks.retain(|book| book.id.as_str() != "w2");
    library.sync(&world.ctx());
    assert_eq!(opens(&mut library, &world), "hard");
}

#[test]
fn it_says_quietly_that_it_is_still_reading() {
    let mut world = small();
    world.shelf.complete = false;
    let library = Library::new();
    assert_eq!(library.aside(&world.ctx()), "4 workbooks, reading…");
    world.shelf.workbooks.clear();
    assert!(drawn(&world, &library, 80, 21).contains("Reading your workbooks…"));
    world.shelf.complete = true;
    assert!(drawn(&world, &library, 80, 21).contains("There is no workbook here. n starts one."));
}

#[test]
fn ten_thousand_workbooks_are_drawn_one_page_at_a_time() {
    let titles: Vec<String> = (0..10_000).map(|n| format!("Walk {n}")).collect();
    let mut world = world();
    world.shelf = shelf(&titles.iter().map(|title| (title.as_str(), false)).collect::<Vec<_>>());
    let mut library = Library::new();
    library.run("library.last", &world.ctx());
    assert!(drawn(&world, &library, 80, 21).contains("> Walk 9999"));
    library.run("library.filter", &world.ctx());
    type_into(&mut library, &world, "walk 77 museum");
    assert!(drawn(&world, &library, 80, 21).contains("> Walk 77"));
}

#[test]
fn it_draws_in_any_size() {
    let mut world = small();
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            let mut library = Library::new();
            for _ in 0..5 {
                let cursor = draws_anywhere(&world, &library, width, height);
                assert_eq!(cursor.is_some(), width > 0 && height > 0, "{width}x{height}");
                library.run("library.down", &world.ctx());
            }
            library.run("library.filter", &world.ctx());
            draws_anywhere(&world, &library, width, height);
        }
    }
}
