//! The text of a field as lines, so that a change touches the lines it falls into and no others. It knows
//! text, and no caret and no width. Start at [`Lines`].

use super::splice::floor;

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
pub(super) struct Lines(Vec<String>);

impl Lines {
    pub fn new(text: &str) -> Self {
        Self(split(text))
    }

    pub fn as_slice(&self) -> &[String] {
        &self.0
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

    /// Puts `insert` where the text from `from` to `to` stands. Nothing where these are no places of the text.
    pub fn replace(&mut self, from: Place, to: Place, insert: &str) {
        let one_line = from.line == to.line && !insert.contains('\n');
        if one_line && let Some(line) = self.0.get_mut(from.line) {
            if line.get(from.byte..to.byte).is_some() {
                line.replace_range(from.byte..to.byte, insert);
            }
            return;
        }
        let (Some(head), Some(tail)) =
            (self.line(from.line).get(..from.byte), self.line(to.line).get(to.byte..))
        else {
            return;
        };
        if from.line <= to.line && to.line < self.0.len() {
            let fresh = split(&[head, insert, tail].concat());
            self.0.splice(from.line..=to.line, fresh);
        }
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
    fn replace_is_exact_at_any_length() {
        let far = 70_000;
        for text in ["x".repeat(2 * far), "\n".repeat(2 * far), "é\n".repeat(far)] {
            for insert in ["in\nsert", "insert", ""] {
                let mut lines = Lines::new(&text);
                let (start, end) = (text.len() - 9, text.len() - 6);
                lines.replace(lines.place(start), lines.place(end), insert);
                assert!(lines.text() == [&text[..start], insert, &text[end..]].concat());
            }
        }
        let mut lines = Lines::new("ab");
        lines.replace(Place { line: 0, byte: 1 }, Place { line: 0, byte: 1 }, "1\r\n2\r");
        assert_eq!(lines.text(), "a1\r\n2\rb");
    }

    #[test]
    fn what_is_no_place_of_the_text_is_left_alone() {
        let at = |line, byte| Place { line, byte };
        for (from, to) in [
            (at(0, 1), at(0, 2)),
            (at(0, 4), at(0, 2)),
            (at(0, 0), at(0, 9)),
            (at(0, 0), at(2, 0)),
            (at(1, 0), at(0, 0)),
        ] {
            for insert in ["x", "x\ny"] {
                let mut lines = Lines::new("éa\nb");
                lines.replace(from, to, insert);
                assert_eq!(lines.text(), "éa\nb", "{from:?} {to:?} {insert:?}");
            }
        }
    }
}
