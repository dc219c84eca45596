//! What a person sees as one character: where it begins and ends in a line, and the cells that it takes on
//! screen. It knows single lines of text only. Start at [`Glyph`]; wrapping, moving and drawing all measure
//! with it, so they cannot disagree on where the caret is.

use super::clean::{TAB, is_unwelcome};
use ratatui::buffer::CellWidth as _;
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
        let glyph = match rest.as_bytes() {
            // Nothing joins two printable ASCII characters. Most text is made of them, and the rules are
            // slow.
            [b' '..=b'~'] | [b' '..=b'~', b' '..=b'~', ..] => {
                let text = rest.get(..1)?;
                Glyph { at, text, symbol: text, width: 1 }
            }
            _ => Glyph::new(at, rest.graphemes(true).next()?),
        };
        at += glyph.text.len();
        Some(glyph)
    })
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
    use super::{glyphs, next, previous, snap, width};
    use proptest::prelude::*;
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

    proptest! {
        #[test]
        fn stepping_and_listing_agree(text in super::super::tests::nasty()) {
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
