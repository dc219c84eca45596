//! What could still be read of a damaged `workbook.ron`: a workbook with as much as can be had, and a list of the rest.
//!
//! It works on bytes and knows no disk and no clock. The file is ours, so its indentation tells what stands within what:
//! the smallest piece around the trouble is left out, then larger ones, until everything else fits. Start reading at
//! [`salvage`]; `lines.rs` sees what a line is, `tree.rs` puts lines together,
//! `guess.rs` says what a damaged one may have been, `fit.rs` tries what fits into a workbook.
//!
//! Time is bounded by bytes and not by a clock: lines are gone through once, and what is tried for its fit is at most
//! [`fit::BUDGET`] bytes in all; pieces that come after that are left out and named.

mod fit;
mod guess;
mod lines;
mod node;
mod tree;

use std::borrow::Cow;

use jiff::Timestamp;

use super::format::{self, FileWorkbook};
use crate::domain::{Workbook, WorkbookId};
use crate::notation;
use crate::order::InOrder;

/// Stands where there were bytes that cannot be read.
pub(super) const MARK: char = '\u{fffd}';
/// Stands for a stretch of zeros, after which nothing is known about what stands within what.
const GAP: char = '\0';
/// The most lines of one piece that is left out that are looked at for words.
const MOST_LINES: usize = 2_000;

/// What could be had from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salvaged {
    /// As much as could still be read. Its id is empty where that could not.
    pub workbook: Workbook,
    /// Number of the last record that the file held, where it could be read.
    pub seq: Option<u64>,
    /// When the file last changed, where it could be read.
    pub changed: Option<Timestamp>,
    /// The places that are not as they were, from the top. Empty where all is well.
    pub places: Vec<Damage>,
}

/// A place of a file that could not be read as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The first and the last of its lines, from 1.
    pub lines: (usize, usize),
    /// What became of it.
    pub fate: Fate,
    /// What can still be seen there; may be empty.
    pub words: String,
}

/// What became of a place that could not be read as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It had to be left out.
    LeftOut,
    /// Its words are in the workbook, with a � where something is missing.
    Marked,
    /// What stands around it told how it was.
    PutRight,
}

impl Fate {
    /// What a person is told, after the numbers of the lines.
    pub fn words(self) -> &'static str {
        match self {
            Self::LeftOut => "left out",
            Self::Marked => "kept, with a � where something may be missing",
            Self::PutRight => "put right by what stands around it",
        }
    }
}

impl Salvaged {
    /// Whether the file holds everything it should, as it stands.
    pub fn is_whole(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether nothing a person wrote could be had.
    pub fn is_empty(&self) -> bool {
        let nothing = Workbook::new(self.workbook.id().clone(), "");
        self.workbook == nothing
    }
}

/// Reads what can still be read of a `workbook.ron`. Never fails: of bytes that hold nothing it makes an empty workbook.
pub fn salvage(bytes: &[u8]) -> Salvaged {
    let read = format::parse_workbook_bytes(bytes).ok();
    let text = text_of(bytes);
    let lines: Vec<&str> = text.lines().collect();
    let tree = tree::read(&lines);
    // what reads well and is not: something has taken other entries into itself, or the place of another
    let swallowed = tree.hides_layout || text.contains(GAP) || fit::has_twins(&tree);
    match read {
        Some(file) if file.unknown.is_empty() && !swallowed => Salvaged::whole(file),
        read => {
            let pieced = piece_together(tree, &lines);
            match read {
                // laid out by another hand: what the usual way of reading gives is more than we can see here
                Some(file) if !swallowed && size_of(&file.workbook) > size_of(&pieced.workbook) => {
                    let lines = (1, lines.len().max(1));
                    let left_out = |name| Damage { lines, fate: Fate::LeftOut, words: name };
                    let places = file.unknown.clone().into_iter().map(left_out).collect();
                    Salvaged { places, ..Salvaged::whole(file) }
                }
                _ => pieced,
            }
        }
    }
}

impl Salvaged {
    fn whole(file: FileWorkbook) -> Self {
        let FileWorkbook { seq, changed, workbook, .. } = file;
        Self { workbook, seq: Some(seq), changed, places: Vec::new() }
    }
}

fn piece_together(tree: tree::Tree, lines: &[&str]) -> Salvaged {
    let (seq, changed) = (tree.seq, tree.changed);
    let mut troubles = tree.troubles;
    let workbook = fit::fit(tree.fields, &mut troubles);
    let mut places: Vec<Damage> = troubles
        .into_iter()
        .map(|trouble| trouble.damage(lines))
        .filter(|place| place.fate != Fate::LeftOut || !place.words.is_empty())
        .collect();
    places.order_by_key(|place| place.lines);
    places.dedup();
    if places.is_empty() {
        // where nothing with words is missing, the place is still to be told
        let lines = (1, lines.len().max(1));
        places.push(Damage { lines, fate: Fate::PutRight, words: String::new() });
    }
    let workbook = workbook.unwrap_or_else(|| Workbook::new(WorkbookId::new(""), ""));
    Salvaged { workbook, seq, changed, places }
}

fn size_of(workbook: &Workbook) -> usize {
    notation::line(workbook).map_or(0, |text| text.len())
}

/// Some lines of a file, and what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    /// The first line, from 0.
    pub from: usize,
    /// The line after the last.
    pub to: usize,
    pub fate: Fate,
}

impl Trouble {
    fn damage(&self, lines: &[&str]) -> Damage {
        let these = lines.get(self.from..self.to).unwrap_or_default();
        let seen = these.iter().take(MOST_LINES).map(|line| line.trim().replace(GAP, "�"));
        let seen: Vec<String> = seen.filter(|line| line.chars().any(char::is_alphanumeric)).collect();
        Damage { lines: (self.from + 1, self.to.max(self.from + 1)), fate: self.fate, words: seen.join("\n") }
    }
}

/// The bytes as text, whatever they are: what cannot be read becomes a [`MARK`], a stretch of zeros a [`GAP`].
fn text_of(bytes: &[u8]) -> String {
    let bytes = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => rest,
        _ => bytes,
    };
    let text: Cow<'_, str> = match wide(bytes) {
        Some(text) => text.into(),
        None => String::from_utf8_lossy(bytes),
    };
    let text = text.trim_end_matches('\0').replace("\r\n", "\n");
    if !text.contains('\0') {
        return text;
    }
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\0' {
            clean.push(c);
            continue;
        }
        let mut stretch = false;
        while chars.next_if_eq(&'\0').is_some() {
            stretch = true;
        }
        clean.push(if stretch { GAP } else { MARK });
    }
    clean
}

/// UTF-16 as text, with its mark at the start or without; `None` where it is none.
fn wide(bytes: &[u8]) -> Option<String> {
    let little = match bytes {
        [0xFF, 0xFE, ..] => true,
        [0xFE, 0xFF, ..] => false,
        // our files begin with `// A`, so of each pair one byte is nought
        [b'/', 0, b'/', 0, ..] => true,
        [0, b'/', 0, b'/', ..] => false,
        _ => return None,
    };
    let unit = |pair: &[u8]| match pair {
        [a, b] if little => u16::from_le_bytes([*a, *b]),
        [a, b] => u16::from_be_bytes([*a, *b]),
        _ => u16::from(b' '),
    };
    let units = bytes.chunks(2).map(unit);
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(MARK)).collect();
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

#[cfg(test)]
mod tests;
