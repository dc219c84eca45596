//! What has changed since a day, as a page to read: the same words as the document of that name, with what is private,
//! since it stays on the screen.

use crate::export::{Block as Part, Document, Item};
use crate::overlay::{Block, Reader};

/// A document as a page to read.
pub fn page(crumbs: Vec<String>, document: &Document) -> Reader {
    let mut blocks = Vec::new();
    for part in &document.blocks {
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
                blocks.push(Block::Point(format!("{lead}: {words}")));
            }
            Part::List(items) => blocks.extend(items.iter().map(|item| Block::Point(said(item)))),
        }
    }
    Reader::new(crumbs, document.title.clone(), blocks)
}

fn said(item: &Item) -> String {
    match (item.lead.trim(), item.words.trim()) {
        ("", words) => words.to_owned(),
        (lead, "") => lead.to_owned(),
        (lead, words) => format!("{lead}: {words}"),
    }
}
