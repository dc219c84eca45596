//! Floor 1: from a workbook to a document that can be sent. Pure: nothing here knows a disk, a screen or a clock.
//!
//! [`PARTS`] has one row a document; the command line and the export menu read the same rows. An artefact sees a
//! workbook through a [`Subject`], which holds back what is private, and builds a [`Document`]; a [`Format`] writes it.
//! To add a document: one file, one row. To add a format: one file, one variant in `format.rs`.
//!
//! ```text
//!   Workbook ─▶ Subject ─▶ artefact ─▶ Document ─▶ Format ─▶ Written
//!               (private     (page,      (ascii, where  (cleans and
//!               held back)   questions …) asked for)     escapes)
//! ```

pub mod agreement;
mod artefacts;
pub mod ascii;
pub mod calendar;
mod cells;
mod changes;
pub mod clean;
mod csv;
mod decisions;
mod document;
mod docx;
pub mod ending;
mod first_words;
pub mod follow_up;
pub mod format;
mod groups;
mod html;
mod json;
mod markdown;
mod matrix;
mod members;
mod money;
mod order;
mod page;
mod partner_copy;
mod pause;
mod pulse;
mod questions;
mod revising;
mod roles;
mod skills;
mod slips;
mod starting;
mod subject;
mod sustaining;
mod svg;
mod table;
mod text;
mod voices;
mod waited_for;
pub mod walk;
pub mod watch;
mod who_what_when;
mod workbook;

use std::borrow::Cow;

pub use artefacts::{Artefact, Copies, PARTS, Part, USUAL, artefact, artefacts};
pub use document::{Block, Document, Item, Level, Paper, Picture, Private, Run, Spot, Step, TO_AGREE};
pub use format::{CannotWrite, Format, Written};
pub use order::{Made, NotMade, Order};
pub use subject::{Entry, Selection, Subject};
pub use text::COLUMNS;
pub use voices::day;
pub use workbook::{aspect, question, ring, workbook};

/// The document as plain text of a given width, for a preview. As [`Format::write`] otherwise.
pub fn plain(document: &Document, columns: usize) -> String {
    text::write(&in_words(document), columns)
}

/// The document as Markdown. As [`Format::write`] otherwise.
pub fn as_markdown(document: &Document) -> String {
    markdown::write(&in_words(document))
}

/// With its remark, and with every picture said in words.
fn in_words(document: &Document) -> Cow<'_, Document> {
    let document = with_remark(document);
    let draws = document.blocks.iter().any(|block| matches!(block, Block::Picture(_)));
    if draws { Cow::Owned(document.into_owned().without_pictures()) } else { document }
}

fn with_remark(document: &Document) -> Cow<'_, Document> {
    let held = match document.private.held {
        0 => None,
        1 => Some("Holds 1 private answer.".to_owned()),
        n => Some(format!("Holds {n} private answers.")),
    };
    let mut document = Cow::Borrowed(document);
    for remark in [held, left_out(document.private.left_out)].into_iter().flatten() {
        document.to_mut().note(remark);
    }
    document
}

/// "2 private answers left out.", or nothing where nothing was.
pub fn left_out(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 private answer left out.".to_owned()),
        n => Some(format!("{n} private answers left out.")),
    }
}

/// The title of a workbook, or what stands in for one.
fn title<'a>(subject: &Subject<'a>) -> &'a str {
    let title = subject.title();
    if title.trim().is_empty() { "Untitled partnership" } else { title }
}

/// "Active since 5 March 2025."
fn state(subject: &Subject<'_>) -> String {
    match subject.state() {
        (word, Some(change)) => format!("{word} since {}", voices::day(change.on)),
        (word, None) => word.to_owned(),
    }
}

/// The first of some names in a row, and how many more there are.
fn first_of(names: &[&str], most: usize) -> String {
    let (first, more) = names.split_at(names.len().min(most));
    let more = if more.is_empty() { String::new() } else { format!(" · and {} more", more.len()) };
    format!("{}{more}", first.join(" · "))
}

/// The words with a capital in front.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod allowed;
#[cfg(test)]
mod example;
#[cfg(test)]
mod nine;
#[cfg(test)]
mod tests;
