//! Where the caret goes. Left and Right step over what a person sees as one character, Up and Down over rows
//! as they are drawn. It changes nothing and knows neither selections nor keys. Start at [`Page::go`].

use super::lines::{Lines, Place};
use super::wrap::{Layout, Row};
use crate::widget::glyph::{glyphs, next, previous, snap, width};
use unicode_segmentation::UnicodeSegmentation as _;

/// A way for the caret to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// To the grapheme before, over the start of a line to the end of the line above.
    Left,
    /// Over one grapheme, over the end of a line to the start of the next.
    Right,
    /// One row up, as drawn, in the column that the first of several such moves began in.
    Up,
    /// One row down, likewise.
    Down,
    /// To the start of the word before; from the start of a line to the end of the line above.
    WordLeft,
    /// To the end of the word after; from the end of a line to the start of the next.
    WordRight,
    /// To the start of the row, as drawn.
    RowStart,
    /// To the end of the row, as drawn; before the blank where a row breaks.
    RowEnd,
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
    /// Up by what the last drawn area shows, less one row.
    PageUp,
    /// Down, likewise.
    PageDown,
}

impl Motion {
    /// Whether this is an arrow, which at the edge of the text means to leave it.
    pub(super) fn is_arrow(self) -> bool {
        matches!(self, Self::Left | Self::Right | Self::Up | Self::Down)
    }
}

/// Where the next character goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Caret {
    pub place: Place,
    /// Drawn at the end of the row before, where a word longer than a row is cut and both are the same place.
    pub hugs: bool,
    /// The column to return to after shorter rows.
    goal: Option<usize>,
}

impl Caret {
    pub fn at(place: Place) -> Self {
        Self { place, ..Self::default() }
    }
}

/// The text as it lies on the screen.
pub(super) struct Page<'a> {
    pub lines: &'a Lines,
    /// Made for `lines`.
    pub layout: &'a Layout,
    /// Rows on screen.
    pub height: usize,
}

impl Page<'_> {
    /// Where `motion` leads; `from` itself if it leads nowhere.
    pub fn go(&self, from: Caret, motion: Motion) -> Caret {
        let Place { line: number, byte } = from.place;
        let line = self.lines.line(number);
        let on_line = |byte| Place { line: number, byte: snap(line, byte) };
        let page = isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(isize::MAX);
        let place = match motion {
            Motion::Left => previous(line, byte).map(on_line).or_else(|| self.line_above(number)),
            Motion::Right => next(line, byte).map(on_line).or_else(|| self.line_below(number)),
            Motion::WordLeft if byte == 0 => self.line_above(number),
            Motion::WordLeft => Some(on_line(word_start(line, byte))),
            Motion::WordRight if byte == line.len() => self.line_below(number),
            Motion::WordRight => Some(on_line(word_end(line, byte))),
            Motion::TextStart => Some(Place::default()),
            Motion::TextEnd => Some(self.lines.end()),
            Motion::RowStart => Some(Place { byte: self.row(from).start, ..from.place }),
            Motion::RowEnd => return self.end_of(self.row(from)),
            Motion::Up => return self.by_rows(from, -1),
            Motion::Down => return self.by_rows(from, 1),
            Motion::PageUp => return self.by_rows(from, -page),
            Motion::PageDown => return self.by_rows(from, page),
        };
        place.map_or(from, Caret::at)
    }

    /// The row that the caret is drawn in.
    pub fn row(&self, caret: Caret) -> Row {
        self.layout.row(self.layout.row_number(caret.place, caret.hugs), self.lines.as_slice())
    }

    /// Cells from the start of the row to the caret.
    pub fn column(&self, caret: Caret) -> usize {
        let line = self.lines.line(caret.place.line);
        line.get(self.row(caret).start..caret.place.byte).map_or(0, width)
    }

    fn line_above(&self, number: usize) -> Option<Place> {
        let line = number.checked_sub(1)?;
        Some(Place { line, byte: self.lines.line(line).len() })
    }

    fn line_below(&self, number: usize) -> Option<Place> {
        let line = number + 1;
        (line < self.lines.as_slice().len()).then_some(Place { line, byte: 0 })
    }

    fn by_rows(&self, from: Caret, rows: isize) -> Caret {
        let here = self.layout.row_number(from.place, from.hugs);
        let there = here.saturating_add_signed(rows).min(self.layout.rows().saturating_sub(1));
        if there == here {
            return from;
        }
        let goal = from.goal.unwrap_or_else(|| self.column(from));
        let row = self.layout.row(there, self.lines.as_slice());
        Caret { goal: Some(goal), ..self.at_column(row, goal) }
    }

    /// The place in `row` nearest to `column`, from the left.
    fn at_column(&self, row: Row, column: usize) -> Caret {
        let end = self.end_of(row);
        let text = self.lines.line(row.line).get(row.start..end.place.byte).unwrap_or("");
        let mut reached = 0;
        for glyph in glyphs(text) {
            // An invisible glyph counts here too, or the start of a row that begins with one could not be
            // reached.
            if reached + glyph.width.max(1) > column {
                return Caret::at(Place { line: row.line, byte: row.start + glyph.at });
            }
            reached += glyph.width;
        }
        end
    }

    /// The last place that is drawn in `row`: the end of the line, or before the blank where the row breaks,
    /// or, if it breaks within a word, after its last glyph.
    fn end_of(&self, row: Row) -> Caret {
        let text = self.lines.line(row.line).get(row.start..row.end).unwrap_or("");
        let (byte, hugs) = match glyphs(text).last() {
            Some(glyph) if !row.last && glyph.is_blank() => (row.start + glyph.at, false),
            _ => (row.end, !row.last),
        };
        Caret { hugs, ..Caret::at(Place { line: row.line, byte }) }
    }
}

/// The start of the last word that starts before `byte`, or of the line.
fn word_start(line: &str, byte: usize) -> usize {
    let before = line.get(..byte).unwrap_or("");
    before.split_word_bound_indices().rev().find(|(_, piece)| is_word(piece)).map_or(0, |(at, _)| at)
}

/// The end of the first word that ends after `byte`, or of the line.
fn word_end(line: &str, byte: usize) -> usize {
    let after = line.get(byte..).unwrap_or("");
    let word = after.split_word_bound_indices().find(|(_, piece)| is_word(piece));
    word.map_or(line.len(), |(at, piece)| byte + at + piece.len())
}

/// Letters and numbers make a word, and so does an emoji; blanks and punctuation do not.
fn is_word(piece: &str) -> bool {
    piece.chars().any(|c| c.is_alphanumeric() || c >= '\u{1f000}')
}
