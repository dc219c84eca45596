//! One line of a list: a mark where the focus is, the words, and what stands at the right end. It shortens what does not
//! fit, the right end last. It knows nothing of what the line stands for.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::theme::Theme;
use crate::widget::field::FieldStyle;
use crate::widget::text::{fit, put, right_of, width};

/// Areas narrower than this, in columns, have no margin.
const MARGIN_FROM: u16 = 20;

/// Columns of the mark, and of a letter with the gap after it.
const MARK: u16 = 2;
const LETTER: u16 = 3;

/// What a line of a list says.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Line<'a> {
    /// A key that chooses the line; `Some(' ')` keeps the column free in a list whose other lines have one.
    pub letter: Option<char>,
    /// The words.
    pub label: &'a str,
    /// Said after them, where there is room.
    pub more: &'a str,
    /// At the right end.
    pub aside: &'a str,
    /// How the right end looks.
    pub aside_style: Style,
}

impl Line<'_> {
    /// Draws the line into one row and says where the cursor stands if it is the one in focus. `None` without room.
    pub fn draw(&self, row: Rect, buf: &mut Buffer, theme: Theme, focused: bool) -> Option<Position> {
        if row.is_empty() {
            return None;
        }
        let style = |usual: Style| if focused { theme.focus() } else { usual };
        if focused {
            buf.set_style(row, theme.focus());
            put(buf, row, ">", theme.focus());
        }
        let mut rest = right_of(row, MARK);
        if let Some(letter) = self.letter {
            put(buf, rest, letter.encode_utf8(&mut [0; 4]), style(theme.key()));
            rest = right_of(rest, LETTER);
        }
        let cursor = Position::new(rest.x.min(row.right() - 1), row.y);
        rest.width -= self.draw_aside(rest, buf, style(self.aside_style));
        let used = put(buf, rest, self.label, style(theme.text()));
        let room = right_of(rest, used + 2);
        // a scrap of a sentence says nothing
        if room.width > 8 {
            put(buf, room, self.more, style(theme.quiet()));
        }
        Some(cursor)
    }

    /// Draws the right end and says how many columns are taken from the words, the gap included.
    fn draw_aside(&self, row: Rect, buf: &mut Buffer, style: Style) -> u16 {
        let left = row.width.saturating_sub(width(self.label).saturating_add(2));
        let room = left.max(row.width / 3);
        if self.aside.is_empty() || (room < 4 && width(self.aside) > room) {
            return 0;
        }
        let aside = fit(self.aside, room);
        let wide = width(&aside).min(row.width);
        put(buf, right_of(row, row.width - wide), &aside, style);
        (wide + 2).min(row.width)
    }
}

/// Columns before the words of a line.
pub(super) fn lead(with_letter: bool) -> u16 {
    MARK + if with_letter { LETTER } else { 0 }
}

/// The area without its margins, where it is wide enough to have them.
pub(super) fn inset(area: Rect) -> Rect {
    if area.width < MARGIN_FROM {
        return area;
    }
    Rect { x: area.x + 1, width: area.width - 2, ..area }
}

/// How a field of an overlay looks.
pub(super) fn field_style(theme: Theme) -> FieldStyle {
    FieldStyle { text: theme.text(), selected: theme.selected(), placeholder: theme.quiet() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(line: Line<'_>, columns: u16) -> String {
        let area = Rect::new(0, 0, columns, 1);
        let mut buf = Buffer::empty(area);
        line.draw(area, &mut buf, Theme::new(false), true);
        (0..columns).map(|x| buf[(x, 0)].symbol()).collect::<String>().trim_end().to_owned()
    }

    #[test]
    fn the_words_give_way_to_the_right_end_up_to_a_third() {
        let line = Line { label: "Go to the map", aside: "g m", ..Line::default() };
        assert_eq!(drawn(line, 24), "> Go to the map      g m");
        assert_eq!(drawn(line, 16), "> Go to th…  g m");
        assert_eq!(drawn(line, 10), "> Go to t…");
        assert_eq!(drawn(line, 1), ">");
        let line = Line { aside: "somewhere else", ..line };
        assert_eq!(drawn(line, 30), "> Go to the map  somewhere el…");
    }

    #[test]
    fn a_second_thought_shows_only_where_there_is_room() {
        let line = Line { label: "Why now?", more: "Why this, why now", aside: "Scoping", ..Line::default() };
        assert_eq!(drawn(line, 40), "> Why now?  Why this, why now    Scoping");
        assert_eq!(drawn(line, 24), "> Why now?       Scoping");
    }
}
