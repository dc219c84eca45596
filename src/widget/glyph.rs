//! What a person sees as one character: where it begins and ends in a line, and the cells that it takes on
//! screen. It knows single lines of text only. Start at [`Glyph`]; wrapping, moving and drawing all measure
//! with it, so they cannot disagree on where the caret is.

use super::cells::cells;
use super::field::{TAB, is_unwelcome};
use ratatui::buffer::{Buffer, CellWidth as _};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation as _};

/// Stands for what may not reach a terminal, should a file have brought it in.
const REPLACEMENT: &str = "\u{fffd}";

/// One grapheme cluster of a line, as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph<'a> {
    /// Bytes from the start of the text that was asked for.
    pub at: usize,
    /// The cluster itself.
    pub text: &'a str,
    /// What to put into the cell.
    pub symbol: &'a str,
    /// Cells: 0 for an invisible character, 1, 2, seldom more.
    pub width: usize,
}

impl<'a> Glyph<'a> {
    fn new(at: usize, text: &'a str) -> Self {
        let symbol = match text {
            "\t" => TAB,
            _ if text.chars().any(is_unwelcome) => REPLACEMENT,
            _ => text,
        };
        Self { at, text, symbol, width: symbol.cell_width().into() }
    }

    /// Puts it into its cells; into none if the buffer is smaller than was said.
    pub fn draw(&self, buf: &mut Buffer, x: u16, y: u16, style: Style) {
        if self.width == 1 {
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.set_symbol(self.symbol).set_style(style);
            }
            return;
        }
        let cells = cells(self.width);
        let cells = Rect::new(x, y, cells, 1).intersection(buf.area);
        buf.set_stringn(cells.x, cells.y, self.symbol, cells.width.into(), style);
        buf.set_style(cells, style);
    }

    /// Whether a line may break after this, and whether it may hang over the end of a row.
    pub fn is_blank(&self) -> bool {
        matches!(self.text, " " | "\t" | "\u{3000}" | "\u{200b}")
    }
}

/// The glyphs of a text without newlines, in order. The text must begin between two glyphs.
pub(super) fn glyphs(text: &str) -> impl Iterator<Item = Glyph<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let mut chars = rest.chars();
        let first = chars.next()?;
        // The rules are slow, and most text does not need them.
        let glyph = if is_plain(first) && chars.next().is_none_or(is_plain) {
            let text = rest.get(..first.len_utf8())?;
            Glyph { at, text, symbol: text, width: 1 }
        } else {
            Glyph::new(at, rest.graphemes(true).next()?)
        };
        at += glyph.text.len();
        Some(glyph)
    })
}

/// Whether a character takes one cell, and nothing joins it to another one of these: the letters and marks of most
/// European languages, and the lines that we draw.
fn is_plain(c: char) -> bool {
    matches!(
        c,
        ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '\u{2010}'..='\u{2027}' | '\u{2500}'..='\u{257f}'
    )
}

/// Whether a text is made of such characters alone, each of one byte: so many cells as bytes.
pub(super) fn is_ascii_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Cells that `text` takes in one row.
pub(super) fn width(text: &str) -> usize {
    glyphs(text).map(|glyph| glyph.width).sum()
}

/// The end of the glyph that begins at `byte`; `None` at the end of the line.
pub(super) fn next(line: &str, byte: usize) -> Option<usize> {
    GraphemeCursor::new(byte, line.len(), true).next_boundary(line, 0).ok().flatten()
}

/// The start of the glyph that ends at `byte`; `None` at the start of the line.
pub(super) fn previous(line: &str, byte: usize) -> Option<usize> {
    GraphemeCursor::new(byte, line.len(), true).prev_boundary(line, 0).ok().flatten()
}

/// `byte` itself if it lies between two glyphs, else the end of the glyph that it lies in.
pub(super) fn snap(line: &str, byte: usize) -> usize {
    match GraphemeCursor::new(byte, line.len(), true).is_boundary(line, 0) {
        Ok(false) => next(line, byte).unwrap_or(line.len()),
        _ => byte,
    }
}

#[cfg(test)]
mod tests {
    use super::{glyphs, is_plain, next, previous, snap, width};
    use crate::testing::properties::cases;
    use proptest::prelude::*;
    use ratatui::buffer::CellWidth as _;
    use unicode_segmentation::UnicodeSegmentation as _;

    #[test]
    fn clusters_are_measured_as_drawn() {
        for (text, cells) in [
            ("a", 1),
            ("日", 2),
            ("👩‍👧‍👦", 2),
            ("🇫🇷", 2),
            ("e\u{301}", 1),
            ("\t", 4),
            ("\u{200b}", 0),
            ("\u{1b}", 1),
            ("\u{202e}", 1),
        ] {
            assert_eq!(width(text), cells, "{text:?}");
            assert_eq!(glyphs(text).count(), 1, "{text:?}");
        }
    }

    #[test]
    fn what_needs_no_rules_takes_one_cell_and_joins_nothing_of_its_kind() {
        let plain: Vec<char> = ('\0'..='\u{ffff}').filter(|c| is_plain(*c)).collect();
        assert!(plain.len() > 600);
        for first in &plain {
            assert_eq!(first.to_string().cell_width(), 1, "{first:?}");
            assert!(!super::is_unwelcome(*first), "{first:?}");
            for second in &plain {
                let both: String = [first, second].into_iter().collect();
                assert_eq!(both.graphemes(true).count(), 2, "{both:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn stepping_and_listing_agree(text in super::super::field::tests::nasty()) {
            let line = text.replace('\n', "");
            let listed: Vec<usize> = glyphs(&line).map(|glyph| glyph.at).collect();
            let ruled: Vec<usize> = line.grapheme_indices(true).map(|(at, _)| at).collect();
            prop_assert_eq!(&ruled, &listed);
            let mut forward = vec![];
            let mut at = 0;
            while let Some(end) = next(&line, at) {
                forward.push(at);
                at = end;
            }
            let mut backward = vec![];
            let mut at = line.len();
            while let Some(start) = previous(&line, at) {
                backward.push(start);
                at = start;
            }
            backward.reverse();
            prop_assert_eq!(&forward, &listed);
            prop_assert_eq!(&backward, &listed);
            for &at in &listed {
                prop_assert_eq!(snap(&line, at), at);
            }
        }
    }
}
