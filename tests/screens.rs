//! Every screen and every overlay, as text, in several sizes and with several workbooks; and what holds for all of them.
//!
//! After a change that is meant: `INSTA_UPDATE=always cargo test --test screens`, then look at what git says has
//! changed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod harness;

use alongside::domain::Workbook;
use harness::scenes::{FIRST_SCENES, SCENES, Scene};
use harness::{Play, Start, books, sample};

const SIZES: [(u16, u16); 4] = [(80, 24), (60, 20), (40, 12), (120, 40)];

/// Keeps the picture of some scenes: `world-scene-80x24`.
fn keep(world: &str, play: &mut Play, again: &dyn Fn(&mut Play), scenes: &[&Scene], size: (u16, u16)) {
    play.resize(size.0, size.1);
    for scene in scenes {
        again(play);
        scene.go(play);
        let name = format!("{world}-{}-{}x{}", scene.name, size.0, size.1);
        insta::assert_snapshot!(name, play.look().to_keep());
    }
}

fn named(names: &[&str]) -> Vec<&'static Scene> {
    names.iter().map(|name| harness::scenes::scene(name)).collect()
}

/// The example with a few workbooks beside it.
fn example() -> Vec<Workbook> {
    vec![sample(), books::blank()]
}

fn with(books: Vec<Workbook>) -> impl Fn(&mut Play) {
    move |play: &mut Play| {
        play.again(books.clone());
    }
}

/// Scenes that are worth a picture in a small window and in a large one.
const SOME: &[&str] = &[
    "map",
    "aspect",
    "aspect-answer",
    "aspect-guidance",
    "aspect-typing",
    "people",
    "people-typing",
    "promises",
    "promises-details",
    "promises-typing",
    "words",
    "touch-points",
    "erase",
    "versions",
    "versions-copy",
    "versions-copy-all",
    "versions-came-back",
    "guide",
    "preview",
    "documents",
    "help",
    "palette-print",
    "find-words",
    "call-new",
    "call",
    "jot",
    "go",
    "standing",
    "space",
    "library",
    "quit",
    "entrances",
    "exported",
    "timeline",
    "states",
    "welcome",
    "start-over",
    "agreement",
    "agreement-typing",
    "agreement-form",
];

#[test]
fn the_example_at_the_design_size() {
    let mut play = Play::example(80, 24);
    keep("example", &mut play, &with(example()), &SCENES.iter().collect::<Vec<_>>(), (80, 24));
}

#[test]
fn the_example_in_smaller_and_larger_windows() {
    let mut play = Play::example(80, 24);
    for size in [(60, 20), (40, 12), (120, 40)] {
        keep("example", &mut play, &with(example()), &named(SOME), size);
    }
}

#[test]
fn the_example_in_the_linear_layout() {
    let mut play = Play::linear(80, 24);
    play.world.linear = false;
    keep("linear", &mut play, &with(example()), &named(SOME), (80, 24));
}

#[test]
fn an_empty_folder() {
    let mut play = Play::empty(80, 24);
    for size in [(80, 24), (60, 20), (40, 12)] {
        let scenes: Vec<&Scene> = if size.0 == 80 {
            FIRST_SCENES.iter().collect()
        } else {
            named(&["first", "first-start", "first-entrances", "first-map"])
        };
        keep("empty", &mut play, &with(Vec::new()), &scenes, size);
    }
}

#[test]
fn a_workbook_in_which_nothing_is_written() {
    let mut play = Play::of(books::blank(), 80, 24);
    let some = named(&[
        "map",
        "aspect",
        "aspect-answer",
        "aspect-typing",
        "aspect-typing-theirs",
        "standing",
        "people",
        "people-typing",
        "promises",
        "words",
        "touch-points",
        "remains",
        "bin",
        "preview",
        "find",
        "unchecked",
        "earlier",
        "export",
        "library",
    ]);
    keep("blank", &mut play, &with(vec![books::blank()]), &some, (80, 24));
}

const FULL: &[&str] = &[
    "map",
    "aspect",
    "aspect-disputed",
    "aspect-third",
    "aspect-typing",
    "aspect-typing-third",
    "aspect-typing-theirs",
    "standing-of-one",
    "heard-who",
    "earlier",
    "people",
    "people-last",
    "people-typing",
    "bin",
    "preview",
    "find-words",
    "palette-moved",
    "rename",
    "library",
    "export",
];

#[test]
fn the_longest_texts() {
    let mut play = Play::of(books::longest(), 80, 24);
    let all = || vec![books::longest(), sample()];
    keep("longest", &mut play, &with(all()), &named(FULL), (80, 24));
    keep("longest", &mut play, &with(all()), &named(&["map", "aspect", "people", "library"]), (40, 12));
}

#[test]
fn many_scripts() {
    let mut play = Play::of(books::wide(), 80, 24);
    let all = || vec![books::wide(), sample()];
    keep("wide", &mut play, &with(all()), &named(FULL), (80, 24));
    keep("wide", &mut play, &with(all()), &named(&["map", "aspect", "people", "library"]), (40, 12));
}

/// Draws every scene of every world at every size, and says where something is not as it should be.
fn everywhere(check: impl Fn(&mut Play) -> Vec<String>) {
    let worlds: Vec<(&str, Vec<Workbook>, &[Scene])> = vec![
        ("example", example(), SCENES),
        ("blank", vec![books::blank()], SCENES),
        ("wide", vec![books::wide(), sample()], SCENES),
        ("longest", vec![books::longest(), sample()], SCENES),
        ("empty", Vec::new(), FIRST_SCENES),
    ];
    let mut faults = Vec::new();
    for linear in [false, true] {
        let mut play = Play::start(Start { linear, ..Start::default() });
        for (world, books, scenes) in &worlds {
            for size in SIZES {
                // the linear layout differs in how wide things are, not in what is there
                if linear && *world == "longest" {
                    continue;
                }
                play.resize(size.0, size.1);
                for scene in *scenes {
                    play.again(books.clone());
                    scene.go(&mut play);
                    let found = check(&mut play);
                    if !found.is_empty() {
                        let linear = if linear { " linear" } else { "" };
                        let (columns, rows) = size;
                        let place = format!("{world} {} {columns}x{rows}{linear}", scene.name);
                        faults.push(format!("{place}:\n  {}\n{}", found.join("\n  "), play.screen()));
                    }
                }
            }
        }
    }
    let (count, some) = (faults.len(), faults.iter().take(5).cloned().collect::<Vec<_>>().join("\n\n"));
    let names: Vec<&str> = faults.iter().map(|f| f.split('\n').next().unwrap_or("")).collect();
    assert!(faults.is_empty(), "{count} faults: {}\n{some}", names.join(" | "));
}

#[test]
fn every_line_fits_and_the_cursor_is_where_something_stands() {
    everywhere(|play| {
        let picture = play.look();
        let mut faults = picture.faults();
        let blank = picture.under_cursor().is_none_or(|symbol| symbol.trim().is_empty());
        if !picture.is_typing() && blank {
            faults.push(format!("the cursor is on nothing, at {:?}", picture.cursor));
        }
        faults
    });
}

#[test]
fn a_text_of_any_length_may_be_pasted_anywhere() {
    let mut play = Play::example(80, 24);
    for text in [books::endless_word(), "a line of it ".repeat(6_000)] {
        for scene in SCENES.iter().chain(FIRST_SCENES) {
            play.again(example());
            scene.go(&mut play);
            play.paste(&text);
            for (keys, columns, rows) in [("", 40, 12), ("enter", 120, 40), ("esc", 40, 12)] {
                let faults = play.keys(keys).resize(columns, rows).look().faults();
                assert!(faults.is_empty(), "{} {columns}x{rows} {keys}: {faults:?}", scene.name);
            }
        }
    }
}

#[test]
fn names_of_any_length_are_drawn() {
    let mut play = Play::of(books::endless(), 80, 24);
    for scene in SCENES {
        play.again(vec![books::endless()]);
        scene.go(&mut play);
        for (columns, rows) in [(40, 12), (120, 40)] {
            let faults = play.resize(columns, rows).look().faults();
            assert!(faults.is_empty(), "{} {columns}x{rows}: {faults:?}", scene.name);
        }
    }
}

/// The words of the footer, each with its key, from the left.
fn hints(footer: &str) -> Vec<String> {
    footer.split("   ").map(|hint| hint.trim().to_owned()).filter(|hint| !hint.is_empty()).collect()
}

#[test]
fn the_footer_drops_what_matters_least_first() {
    let mut play = Play::example(80, 24);
    for scene in SCENES {
        play.resize(160, 40);
        play.again(example());
        scene.go(&mut play);
        let all = hints(&play.look().footer());
        for columns in (40..160).rev() {
            play.resize(columns, 30);
            let shown = hints(&play.look().footer());
            assert!(all.starts_with(&shown), "{} at {columns}: {shown:?} of {all:?}", scene.name);
            // while typing the first of them, "Esc stop typing, then ?", says the way out and the way to the keys
            let least = if columns < 60 { 2 - usize::from(play.look().is_typing()) } else { 3 };
            let enough = shown.len() >= all.len().min(least);
            assert!(enough, "{} at {columns}: only {shown:?} of {all:?}", scene.name);
            let help = |hints: &[String]| hints.iter().any(|hint| hint.starts_with("? "));
            assert!(
                columns < 60 || help(&shown) == help(&all),
                "{} at {columns}: no ? in {shown:?}",
                scene.name
            );
        }
    }
}

/// Partners whose names begin alike: for some twenty letters, and for more than a window has columns.
const ALIKE: [[&str; 2]; 2] = [
    ["Northern Valleys Museum, learning", "Northern Valleys Museum, collections"],
    [
        "The Federation of Community Museums of the Northern Valleys and Hills, east",
        "The Federation of Community Museums of the Northern Valleys and Hills, west",
    ],
];

#[test]
fn partners_whose_names_begin_alike_are_told_apart() {
    for names in ALIKE {
        let mut making = books::Making::new("alike", "Names that begin alike");
        making.partner("one", names[0]).partner("two", names[1]);
        let lead = names[0][..12].to_lowercase();
        for (columns, rows) in [(60, 20), (80, 24), (120, 40)] {
            let mut play = Play::of(making.done(), columns, rows);
            for keys in ["g p", "g s tab", "g s tab j", "g s enter tab"] {
                play.again(vec![making.done()]);
                let screen = play.keys(keys).screen().to_lowercase();
                let lines = screen.lines().filter_map(|line| line.find(&lead).map(|at| &line[at..]));
                let mut shown: Vec<&str> = lines.map(|line| line.split(" │").next().unwrap()).collect();
                assert_eq!(shown.len(), 2, "both are in sight after {keys:?}:\n{screen}");
                shown.dedup();
                assert_eq!(shown.len(), 2, "they look the same after {keys:?}:\n{screen}");
            }
        }
    }
}

#[test]
fn workbooks_whose_titles_begin_alike_are_told_apart() {
    let title = |n| format!("A partnership with a title that was pasted in from a funding form, round {n}");
    let all: Vec<Workbook> =
        (1..=12).map(|n| books::Making::new(&format!("w{n}"), &title(n)).done()).collect();
    for (columns, rows) in [(60, 20), (80, 24), (40, 12)] {
        let mut play = Play::start(Start { size: (columns, rows), books: all.clone(), ..Start::default() });
        let screen = play.screen();
        let mut shown: Vec<&str> = screen
            .lines()
            .filter_map(|line| line.get(3..))
            .filter(|line| line.starts_with("A part"))
            .collect();
        let rows = shown.len();
        shown.sort_unstable();
        shown.dedup();
        assert!(rows > 4 && shown.len() == rows, "{screen}");
        assert!(screen.contains("round 1 "), "{screen}");
    }
}
