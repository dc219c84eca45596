//! What has changed since a day, as a page to read: the same words as the document of that name, with what is private,
//! since it stays on the screen.

use crate::export::{Block as Part, Document, Item};
use crate::overlay::{Block, Reader};

/// Letters that each wording has on the page.
const MOST_LETTERS: usize = 1_500;

/// A document as a page to read.
pub(super) fn page(crumbs: Vec<String>, document: &Document) -> Reader {
    let mut blocks = Vec::new();
    for part in &document.clone().without_pictures().blocks {
        if matches!(part, Part::Heading(..)) && !blocks.is_empty() && blocks.last() != Some(&Block::Space) {
            blocks.push(Block::Space);
        }
        match part {
            Part::Heading(_, words) => blocks.push(Block::Heading(words.clone())),
            Part::Paragraph(words) => blocks.push(Block::Text(words.clone())),
            Part::Note(words) => blocks.push(Block::Quiet(words.clone())),
            Part::Facts(facts) => {
                blocks.extend(facts.iter().map(|(label, value)| Block::Text(format!("{label}: {value}"))));
            }
            Part::Quote { who, marks, words } => {
                let marks: Vec<&str> = marks.iter().map(String::as_str).filter(|m| !m.is_empty()).collect();
                let lead =
                    if marks.is_empty() { who.clone() } else { format!("{who}, {}", marks.join(", ")) };
                blocks.push(Block::Point(format!("{lead}: {}", start_of(words))));
            }
            Part::List(items) => blocks.extend(items.iter().map(|item| Block::Point(said(item)))),
            Part::Table { head, rows } => {
                blocks.extend(rows.iter().map(|row| Block::Point(in_a_row(head, row))))
            }
            Part::Blank(label) => blocks.push(Block::Text(format!("{label}: ______"))),
            // said in words by the parts that stand for it
            Part::Picture(picture) => blocks.push(Block::Text(picture.title().to_owned())),
        }
    }
    Reader::new(crumbs, document.title.clone(), blocks)
}

/// A text, or its beginning where it is so long that it would be a page of its own; the whole of it is in its answer.
fn start_of(words: &str) -> String {
    match words.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => format!("{} …", words.get(..end).unwrap_or(words).trim_end()),
        None => words.to_owned(),
    }
}

fn in_a_row(head: &[String], row: &[String]) -> String {
    let cell = |(n, cell): (usize, &String)| match (head.get(n).map_or("", |head| head.trim()), cell.trim()) {
        (_, "") => None,
        ("", cell) => Some(cell.to_owned()),
        (head, cell) => Some(format!("{head}: {cell}")),
    };
    row.iter().enumerate().filter_map(cell).collect::<Vec<String>>().join("; ")
}

fn said(item: &Item) -> String {
    match (item.lead.trim(), item.words.trim()) {
        ("", words) => words.to_owned(),
        (lead, "") => lead.to_owned(),
        (lead, words) => format!("{lead}: {words}"),
    }
}
