//! The text of a field, held by the `tui-textarea` widget. This is the only file that names that library, so
//! that it can be exchanged here; wrapping, moving and drawing are ours and know only [`Lines`] and
//! [`Place`].
//!
//! The library is asked for one thing, to replace a stretch of text. Its own history is off (there is one
//! undo, and the workbook has it), its wrapping is off (it wraps the whole text again at each key), and its
//! caret only serves to say what to replace, because it counts `char`s where a person sees graphemes.

use super::splice::floor;
use tui_textarea::{CursorMove, TextArea};

/// A place in the text: between two `char`s of one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Which line, counted from 0.
    pub line: usize,
    /// Bytes from the start of that line.
    pub byte: usize,
}

impl Place {
    /// Where `text` ends if it starts here.
    pub fn after(self, text: &str) -> Self {
        match text.rsplit_once('\n') {
            None => Self { byte: self.byte + text.len(), ..self },
            Some((head, tail)) => Self { line: self.line + 1 + head.matches('\n').count(), byte: tail.len() },
        }
    }
}

/// The text as lines; never fewer than one.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    area: TextArea<'static>,
}

impl Lines {
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::new(split(text));
        area.set_max_histories(0);
        Self { area }
    }

    pub fn as_slice(&self) -> &[String] {
        self.area.lines()
    }

    /// The line `number`, empty if there is none.
    pub fn line(&self, number: usize) -> &str {
        self.as_slice().get(number).map_or("", String::as_str)
    }

    pub fn text(&self) -> String {
        self.as_slice().join("\n")
    }

    /// Length of the text in bytes.
    pub fn len(&self) -> usize {
        self.offset(self.end())
    }

    pub fn end(&self) -> Place {
        let line = self.as_slice().len().saturating_sub(1);
        Place { line, byte: self.line(line).len() }
    }

    /// Bytes from the start of the text to `place`.
    pub fn offset(&self, place: Place) -> usize {
        self.as_slice().iter().take(place.line).map(|line| line.len() + 1).sum::<usize>() + place.byte
    }

    /// The place `offset` bytes into the text, or the nearest one before it.
    pub fn place(&self, offset: usize) -> Place {
        let mut left = offset;
        for (number, line) in self.as_slice().iter().enumerate() {
            if left <= line.len() {
                return Place { line: number, byte: floor(line, left) };
            }
            left -= line.len() + 1;
        }
        self.end()
    }

    /// The text between two places.
    pub fn between(&self, from: Place, to: Place) -> String {
        let lines = from.line..=to.line;
        let pieces = lines.map(|number| {
            let line = self.line(number);
            let start = if number == from.line { from.byte } else { 0 };
            let end = if number == to.line { to.byte } else { line.len() };
            line.get(start..end).unwrap_or("")
        });
        pieces.collect::<Vec<_>>().join("\n")
    }

    /// Puts `insert` where the text from `from` to `to` stands.
    pub fn replace(&mut self, from: Place, to: Place, insert: &str) {
        match (self.jump(from), self.jump(to)) {
            (Some(start), Some(stop)) if !insert.contains('\r') => {
                self.area.cancel_selection();
                self.area.move_cursor(start);
                self.area.start_selection();
                self.area.move_cursor(stop);
                self.area.insert_str(insert);
            }
            // The library would lose a carriage return (one can only come from a file), and cannot reach so
            // far.
            _ => {
                let text =
                    [&self.between(Place::default(), from), insert, &self.between(to, self.end())].concat();
                self.area.set_lines(split(&text), (0, 0));
            }
        }
    }

    /// The way to a place in the library's own terms, which count `char`s and end at 65,535.
    fn jump(&self, place: Place) -> Option<CursorMove> {
        let column = self.line(place.line).get(..place.byte)?.chars().count();
        Some(CursorMove::Jump(place.line.try_into().ok()?, column.try_into().ok()?))
    }

    /// What was last cut or copied.
    pub fn yank(&self) -> String {
        self.area.yank_text()
    }

    pub fn set_yank(&mut self, text: &str) {
        self.area.set_yank_text(text);
    }
}

/// The lines of a text. Not `str::lines`, which drops a newline at the end and gives no line at all for no
/// text.
pub(super) fn split(text: &str) -> Vec<String> {
    text.split('\n').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{Lines, Place};

    #[test]
    fn every_newline_survives() {
        for text in ["", "\n", "a", "a\n", "\na", "a\n\nb\n\n", "a\r\nb\r"] {
            let lines = Lines::new(text);
            assert_eq!(lines.text(), text);
            assert_eq!(lines.len(), text.len());
            assert_eq!(lines.offset(lines.place(text.len())), text.len());
        }
    }

    #[test]
    fn a_place_within_a_char_is_the_one_before_it() {
        let lines = Lines::new("a\né");
        assert_eq!(lines.place(3), Place { line: 1, byte: 0 });
        assert_eq!(lines.place(99), Place { line: 1, byte: 2 });
    }

    #[test]
    fn replace_is_exact_where_the_library_cannot_reach() {
        let far = 70_000;
        for text in ["x".repeat(2 * far), "\n".repeat(2 * far), "é\n".repeat(far)] {
            let mut lines = Lines::new(&text);
            let (start, end) = (text.len() - 9, text.len() - 6);
            lines.replace(lines.place(start), lines.place(end), "in\nsert");
            assert!(lines.text() == [&text[..start], "in\nsert", &text[end..]].concat());
        }
        let mut lines = Lines::new("ab");
        lines.replace(Place { line: 0, byte: 1 }, Place { line: 0, byte: 1 }, "1\r\n2\r");
        assert_eq!(lines.text(), "a1\r\n2\rb");
    }
}
