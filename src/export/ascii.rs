//! A document in ASCII alone, for where nothing else gets through: quotes and dashes become the plain ones, accents go,
//! other scripts and signs are spelled out. What has no spelling is said by its number, so that nothing is lost in silence.
//! Only an accent, a joiner or the like, which stands on another character, may go without a trace.

use unicode_width::UnicodeWidthChar;

use super::document::{Block, Document, Item, Picture, Run, Spot, Step};

/// The document with every text in ASCII.
pub fn document(document: &Document) -> Document {
    let mut plain = document.clone();
    plain.title = text(&plain.title);
    plain.beside = texts(&plain.beside);
    for date in &mut plain.dates {
        date.uid = text(&date.uid);
        date.summary = text(&date.summary);
        date.description = text(&date.description);
    }
    plain.blocks.iter_mut().for_each(|part| *part = block(part));
    plain
}

fn block(block: &Block) -> Block {
    let item = |item: &Item| Item::new(text(&item.lead), text(&item.words));
    let fact = |(label, value): &(String, String)| (text(label), text(value));
    match block {
        Block::Heading(level, words) => Block::Heading(*level, text(words)),
        Block::Facts(facts) => Block::Facts(facts.iter().map(fact).collect()),
        Block::Paragraph(words) => Block::Paragraph(text(words)),
        Block::Quote { who, marks, words } => {
            Block::Quote { who: text(who), marks: texts(marks), words: text(words) }
        }
        Block::List(items) => Block::List(items.iter().map(item).collect()),
        Block::Table { head, rows } => {
            Block::Table { head: texts(head), rows: rows.iter().map(|row| texts(row)).collect() }
        }
        Block::Blank(label) => Block::Blank(text(label)),
        Block::Picture(drawn) => Block::Picture(picture(drawn)),
        Block::Note(words) => Block::Note(text(words)),
    }
}

fn picture(picture: &Picture) -> Picture {
    let spot = |spot: &Spot| Spot { name: text(&spot.name), state: text(&spot.state) };
    match picture {
        Picture::Ring { title, heart, around } => Picture::Ring {
            title: text(title),
            heart: spot(heart),
            around: around.iter().map(spot).collect(),
        },
        Picture::Matrix { title, head, rows } => Picture::Matrix {
            title: text(title),
            head: texts(head),
            rows: rows.iter().map(|row| texts(row)).collect(),
        },
        Picture::Course { title, days, steps, lines } => {
            let step =
                |step: &Step| Step { mark: text(&step.mark), words: text(&step.words), height: step.height };
            let run =
                |run: &Run| Run { name: text(&run.name), said: run.said.clone(), words: text(&run.words) };
            Picture::Course {
                title: text(title),
                days: texts(days),
                steps: steps.iter().map(step).collect(),
                lines: lines.iter().map(run).collect(),
            }
        }
    }
}

fn texts(all: &[String]) -> Vec<String> {
    all.iter().map(|words| text(words)).collect()
}

/// A text in ASCII.
fn text(raw: &str) -> String {
    let mut plain = String::with_capacity(raw.len());
    for c in super::clean::text(raw).chars() {
        // "1½" is not eleven halves
        if c.is_numeric() && !c.is_ascii() && plain.ends_with(|before: char| before.is_ascii_digit()) {
            plain.push(' ');
        }
        plain.push_str(&stand_in(c));
    }
    plain
}

/// What is written for a character.
fn stand_in(c: char) -> String {
    let known = match c {
        '£' => Some("GBP "),
        '€' => Some("EUR "),
        '¥' => Some("JPY "),
        '\u{2018}'..='\u{201b}' | '\u{2032}' => Some("'"),
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '«' | '»' => Some("\""),
        '\u{2010}'..='\u{2013}' | '\u{2212}' => Some("-"),
        '\u{2014}' | '\u{2015}' => Some("--"),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(" "),
        '…' => Some("..."),
        '·' => Some("-"),
        '•' => Some("*"),
        c if c.is_ascii() => return c.to_string(),
        _ => deunicode::deunicode_char(c),
    };
    match known {
        Some("") if c.width() == Some(0) => String::new(),
        None | Some("") => format!("[U+{:04X}]", u32::from(c)),
        // a sign that is spelled out is kept apart from the word before it
        Some(name) if is_named(c, name) => format!("({})", name.trim()),
        Some(spelled) => spelled.to_owned(),
    }
}

fn is_named(c: char, name: &str) -> bool {
    let letters = name.bytes().filter(u8::is_ascii_alphabetic).count();
    let emoji = u32::from(c) >= 0x1_F000;
    (letters > 1 || emoji) && !c.is_alphabetic() && !c.is_numeric() && !matches!(c, '£' | '€' | '¥')
}

#[cfg(test)]
mod tests {
    use crate::testing::properties::cases;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        for (raw, plain) in [
            ("“It’s” – a café… no — yes", "\"It's\" - a cafe... no -- yes"),
            ("Zoë, Siân, Øystein, Łódź, straße", "Zoe, Sian, Oystein, Lodz, strasse"),
            ("£600 and €5, −14.50", "GBP 600 and EUR 5, -14.50"),
            ("1½ hours, ½ day", "1 1/2 hours, 1/2 day"),
            ("e\u{301}\u{a0}x", "e x"),
            ("ok👍", "ok(+1)"),
            ("a · b • c", "a - b * c"),
            ("\u{e123}x", "[U+E123]x"),
            ("two\nlines", "two\nlines"),
        ] {
            assert_eq!(text(raw), plain, "{raw:?}");
        }
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn nothing_but_ascii_is_left_and_nothing_that_can_be_seen_is_lost(raw in any::<String>()) {
            prop_assert!(text(&raw).is_ascii());
            for c in super::super::clean::text(&raw).chars().filter(|c| c.width().is_some_and(|width| width > 0)) {
                prop_assert!(!text(&c.to_string()).is_empty(), "{c:?}");
            }
        }
    }
}
