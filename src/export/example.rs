//! For tests: a document with every kind of block, and strategies for texts that no format may stumble over.

use jiff::civil::date;
use proptest::prelude::*;

use super::document::{Block, Document, Item, Level, Picture, Run, Spot, Step};

/// Every kind of block, with words that mean something in one format or another.
pub fn document() -> Document {
    let mut all = Document::titled("Agreement <with> “City Museum” & us");
    all.on = Some(date(2025, 11, 4));
    all.note("This is no legal advice.");
    all.blocks.push(Block::Facts(vec![
        ("State".into(), "active".into()),
        ("Purpose".into(), super::TO_AGREE.into()),
    ]));
    all.heading(Level::Section, "Who does what");
    all.paragraph("Two lines\nof one paragraph.\n\nAnd another; 3 < 4 & |pipes| are text.");
    all.table(
        ["Who", "What", "Sum"],
        vec![
            vec!["us".into(), "send the budget, by post | mail".into(), "-14.50".into()],
            vec!["City Museum".into(), "the list\nand the room".into()],
            vec!["Zoë".into(), super::TO_AGREE.into(), "=1+1".into()],
        ],
    );
    all.heading(Level::Point, "In their words");
    all.blocks.push(Block::Quote {
        who: "City Museum".into(),
        marks: vec!["they told us".into(), String::new(), "5 March 2025".into()],
        words: "# not a heading\n  indented\n\n<b>not bold</b>".into(),
    });
    all.list(vec![Item::new("Lead", "words"), Item::plain("only words"), Item::new("Only lead?", "")]);
    all.heading(Level::Section, "How it stands");
    all.picture(ring());
    all.picture(Picture::Matrix {
        title: "Who answers for what".into(),
        head: ["Partner", "Money", "Deputy"].map(str::to_owned).to_vec(),
        rows: vec![vec!["Museum".into(), String::new(), "a very long and incomprehensible name".into()]],
    });
    all.picture(course());
    all.heading(Level::Section, "Signed");
    all.blank("Signed for the museum");
    all.blank("");
    all.date("p1", date(2025, 11, 14), "Send the budget");
    all.date("p2", date(2026, 1, 31), "Look again; all of it, calmly");
    all
}

/// The ring of the cycle.
pub fn ring() -> Picture {
    let spot = |name: &str, state: &str| Spot { name: name.into(), state: state.into() };
    Picture::Ring {
        title: "The cycle".into(),
        heart: spot("Communicating", "2 to check"),
        around: ["Scoping", "Finding", "Building", "Governing", "Delivering", "Reviewing", "Ending"]
            .map(|name| spot(name, "in hand"))
            .to_vec(),
    }
}

/// Two lines over three days.
pub fn course() -> Picture {
    let step = |mark: &str, words: &str, height| Step { mark: mark.into(), words: words.into(), height };
    let run = |name: &str, said: [Option<usize>; 3], words: &str| Run {
        name: name.into(),
        said: said.to_vec(),
        words: words.into(),
    };
    Picture::Course {
        title: "How it went".into(),
        days: ["1 May 2025", "3 June 2025", "2 July 2026"].map(str::to_owned).to_vec(),
        steps: vec![step(".", "well", Some(0)), step("!", "badly", Some(2)), step("?", "who knows", None)],
        lines: vec![
            run("Governing", [Some(0), Some(0), Some(1)], "well from May 2025, badly in July 2026."),
            run("Ending", [None, Some(2), Some(0)], "who knows in June 2025, well in July 2026."),
        ],
    }
}

/// A document of the texts, one in each place that a block has.
pub fn made_of(texts: &[String]) -> Document {
    let text = |n: usize| texts.get(n % texts.len().max(1)).cloned().unwrap_or_default();
    let mut all = Document::titled(text(0));
    all.beside.push(text(1));
    all.heading(Level::Part, text(1));
    all.paragraph(text(2));
    all.note(text(3));
    all.blocks.push(Block::Facts(vec![(text(4), text(5))]));
    all.blocks.push(Block::Quote { who: text(6), marks: vec![text(7)], words: text(0) });
    all.list(vec![Item::new(text(1), text(2)), Item::plain(text(3))]);
    all.table(
        [text(4), text(5)],
        vec![vec![text(6), text(7)], vec![text(0)], vec![text(1), text(2), text(3)]],
    );
    all.blank(text(4));
    let spot = |n| Spot { name: text(n), state: text(n + 1) };
    all.picture(Picture::Ring { title: text(5), heart: spot(6), around: vec![spot(7), spot(1), spot(2)] });
    all.picture(Picture::Matrix {
        title: text(2),
        head: vec![text(3), text(4)],
        rows: vec![vec![text(5), text(6)], vec![text(7)]],
    });
    all.picture(Picture::Course {
        title: text(6),
        days: vec![text(1), text(2)],
        steps: vec![Step { mark: text(3), words: text(4), height: Some(1) }],
        lines: vec![Run { name: text(5), said: vec![Some(0), None], words: text(7) }],
    });
    all.date(text(0), date(2025, 3, 5), text(1));
    all
}

/// Texts of every kind: what means something somewhere, what no file may hold, and letters of all the world.
pub fn texts() -> impl Strategy<Value = Vec<String>> {
    let signs = prop::sample::select(vec![
        "<b>",
        "</p>",
        "]]>",
        "&amp;",
        "&#0;",
        "\"",
        "'",
        "=1+1",
        "\u{1b}[2J",
        "\u{fffe}",
        "\u{ffff}",
        "\u{fdd0}",
        "\u{1ffff}",
        "\0",
        "\u{2028}",
        "\r\n",
        "\n\n",
        "  ",
        "_x000D_",
        "{{",
        "--",
        "<!--",
        "é",
        "👩\u{200d}👧",
    ]);
    let text = prop_oneof![
        "[a-z ]{0,12}",
        any::<String>(),
        prop::collection::vec(signs, 0..6).prop_map(|s| s.concat())
    ];
    prop::collection::vec(text, 8)
}
