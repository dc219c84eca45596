//! Lines of text on the screen: how wide, where to break, how to shorten. Knows cells and nothing else.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::cells::cells;
use super::field;
use super::glyph::{glyphs, is_ascii_plain};

mod apart;

pub use apart::tell_apart;

/// Columns that a text takes, at most [`FAR`](super::cells::FAR).
pub fn width(text: &str) -> u16 {
    let columns = if is_ascii_plain(text) { text.len() } else { text.width() };
    cells(columns)
}

/// A text cut to `columns`, with an ellipsis where something was cut off.
pub fn fit(text: &str, columns: u16) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let wide = width(grapheme);
        if used + wide + 1 > columns {
            break;
        }
        used += wide;
        cut.push_str(grapheme);
    }
    if columns > 0 {
        cut.push('…');
    }
    cut
}

/// A name and what explains it, as in `The bin: what was removed`, in at most `columns`: where both have no room, the name
/// alone.
pub fn brief(text: &str, columns: u16) -> String {
    let name = text.split_once([',', ':']).map_or(text, |(name, _)| name);
    fit(if width(text) > columns { name } else { text }, columns)
}

/// A text broken at words into lines of at most `columns`; words that are wider are broken where they must be. Line
/// breaks in the text stay. Never empty.
pub fn wrap(text: &str, columns: u16) -> Vec<String> {
    let columns = columns.max(1);
    text.split('\n').flat_map(|paragraph| wrap_paragraph(paragraph, columns)).collect()
}

fn wrap_paragraph(paragraph: &str, columns: u16) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in paragraph.split(' ').filter(|w| !w.is_empty()) {
        let gap = u16::from(!line.is_empty());
        if width(&line).saturating_add(gap).saturating_add(width(word)) <= columns {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for grapheme in word.graphemes(true) {
            if width(&line).saturating_add(width(grapheme)) > columns && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(grapheme);
        }
    }
    lines.push(line);
    lines
}

/// Puts one line at the top left of an area, cut to its width. Returns the columns used.
pub fn put(buf: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    if area.is_empty() {
        return 0;
    }
    // what comes from a file has not been through a field
    let clean = text.chars().any(field::is_unwelcome).then(|| field::clean_line(text));
    let text = clean.as_deref().unwrap_or(text);
    let cut = (width(text) > area.width).then(|| fit(text, area.width));
    let text = cut.as_deref().unwrap_or(text);
    let mut x = area.x;
    for glyph in glyphs(text) {
        let wide = cells(glyph.width);
        if x.saturating_add(wide) > area.right() {
            break;
        }
        glyph.draw(buf, x, area.y, style);
        x += wide;
    }
    width(text).min(area.width)
}

/// Puts a text, broken at words, into an area; what does not fit is left out. Returns the rows used.
pub fn put_wrapped(buf: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let mut used = 0;
    for (line, row) in wrap(text, area.width).iter().zip(area.rows()) {
        put(buf, row, line, style);
        used += 1;
    }
    used
}

/// What is left of an area below its first rows.
pub fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y.saturating_add(rows), height: area.height - rows, ..area }
}

/// What is left of an area right of its first columns.
pub fn right_of(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect { x: area.x.saturating_add(columns), width: area.width - columns, ..area }
}

/// The one row of an area at so many rows from its top; empty where there is none.
pub fn row(area: Rect, n: u16) -> Rect {
    let rest = below(area, n);
    Rect { height: rest.height.min(1), ..rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_breaks_at_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("extraordinary", 5), ["extra", "ordin", "ary"]);
        assert_eq!(wrap("a\n\nb", 5), ["a", "", "b"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("日本語", 4), ["日本", "語"]);
    }

    #[test]
    fn what_explains_a_name_goes_before_the_name_does() {
        assert_eq!(brief("The bin: what was removed", 25), "The bin: what was removed");
        assert_eq!(brief("The bin: what was removed", 24), "The bin");
        assert_eq!(brief("Changes: keep, mend, drop", 20), "Changes");
        assert_eq!(brief("Who has what, partner by partner", 12), "Who has what");
        assert_eq!(brief("Who has what, partner by partner", 8), "Who has…");
        assert_eq!(brief("Words to use and to avoid", 12), "Words to us…");
    }

    #[test]
    fn text_is_cut_with_an_ellipsis() {
        assert_eq!(fit("partnership", 7), "partne…");
        assert_eq!(fit("日本語", 4), "日…");
        assert_eq!(fit("abc", 3), "abc");
        assert_eq!(fit("abc", 0), "");
    }
}
