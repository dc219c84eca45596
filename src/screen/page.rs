//! How the screens are laid out: a free column at each side, text that goes down the page, a list and at most one
//! thing beside it. Knows areas and styles, and neither workbooks nor keys.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::words;
use crate::command::Ctx;
use crate::order::InOrder;
use crate::theme::Theme;
use crate::widget::cells::cells;
use crate::widget::field::{Field, FieldStyle};
use crate::widget::text;

/// Columns from which two things stand beside each other.
pub const TWO_COLUMNS: u16 = 72;

/// Lines of prose are easiest to read up to this many columns.
pub const MEASURE: u16 = 78;

/// The part of the body that text stands in: a column is free at each side, unless the area begins inside the screen and
/// so has its free columns already.
pub fn page(area: Rect) -> Rect {
    let side = u16::from(area.x == 0 && area.width > 4);
    Rect { x: area.x + side, width: area.width - 2 * side, ..area }
}

/// Whether a list and what it leads to stand beside each other.
pub fn is_wide(ctx: &Ctx<'_>) -> bool {
    ctx.size.0 >= TWO_COLUMNS && !ctx.linear
}

/// The two parts of a wide page with a rule between them, which is drawn. The left one takes `left` columns.
pub fn split(area: Rect, buf: &mut Buffer, theme: Theme, left: u16) -> (Rect, Rect) {
    let left = left.min(area.width);
    let rest = text::right_of(area, left);
    let rule = Rect { width: rest.width.min(1), ..rest };
    for row in rule.rows() {
        text::put(buf, row, "│", theme.quiet());
    }
    (Rect { width: left.saturating_sub(1), ..area }, text::right_of(rest, 2))
}

/// One row of a list; the one in focus has a mark in front. Returns where the cursor belongs if it is in focus.
pub fn entry(buf: &mut Buffer, row: Rect, words: &str, style: Style, focus: bool) -> Option<Position> {
    if focus {
        text::put(buf, row, ">", Style::new());
    }
    let place = text::right_of(row, 2);
    text::put(buf, place, words, style);
    (focus && !row.is_empty()).then(|| cursor(row, 2))
}

/// The line with the words to find. Returns where the cursor belongs while they are typed.
pub fn finder(buf: &mut Buffer, row: Rect, filter: &Field, typing: bool, theme: Theme) -> Option<Position> {
    let used = if row.width > 12 { text::put(buf, row, "Find", theme.quiet()) + 1 } else { 0 };
    let place = text::right_of(row, used);
    let style = FieldStyle { text: theme.strong(), selected: theme.selected(), placeholder: theme.quiet() };
    filter.render(place, buf, style);
    if typing { filter.cursor_position(place) } else { None }
}

/// Entries down an area, each in as many rows as its words need, as the linear layout has them; the one in focus is in
/// sight. Returns where the cursor belongs.
pub fn entries(
    buf: &mut Buffer,
    area: Rect,
    entries: &[String],
    focus: usize,
    theme: Theme,
) -> Option<Position> {
    let wrapped = |words: &String| text::wrap(words, area.width.saturating_sub(2).max(1));
    let rows = |n: usize| entries.get(n).map_or(0, |words| wrapped(words).len());
    let (mut first, mut used) = (focus, rows(focus));
    while let Some(before) = first.checked_sub(1).filter(|n| used + rows(*n) <= area.height.into()) {
        (first, used) = (before, used + rows(before));
    }
    let (mut rest, mut cursor) = (area, None);
    for (n, words) in entries.iter().enumerate().skip(first) {
        let style = if n == focus { theme.focus() } else { theme.text() };
        for (part, words) in wrapped(words).into_iter().enumerate() {
            let row = Rect { height: rest.height.min(1), ..rest };
            let at = entry(buf, row, &words, style, n == focus && part == 0);
            cursor = cursor.or(at);
            rest = text::below(rest, 1);
        }
    }
    cursor
}

/// The cell so many columns into a row, or its last one where it is narrower. For rows that are not empty.
pub fn cursor(row: Rect, columns: u16) -> Position {
    Position::new(row.x.saturating_add(columns.min(row.width.saturating_sub(1))), row.y)
}

/// Puts texts down a page, one below the other, until it is full.
#[derive(Debug)]
pub struct Pen<'a> {
    buf: &'a mut Buffer,
    left: Rect,
}

impl<'a> Pen<'a> {
    /// A pen at the top of an area.
    pub fn new(buf: &'a mut Buffer, area: Rect) -> Self {
        Self { buf, left: area }
    }

    /// Puts a text, broken at words.
    pub fn say(&mut self, words: &str, style: Style) {
        let measure = Rect { width: self.left.width.min(MEASURE), ..self.left };
        let used = text::put_wrapped(self.buf, measure, words, style);
        self.left = text::below(self.left, used);
    }

    /// Puts one line, cut where it is too long.
    pub fn line(&mut self, words: &str, style: Style) {
        text::put(self.buf, self.left, words, style);
        self.gap();
    }

    /// Leaves a row free.
    pub fn gap(&mut self) {
        self.left = text::below(self.left, 1);
    }

    /// Takes the next rows for something that draws itself.
    pub fn take(&mut self, rows: u16) -> (Rect, &mut Buffer) {
        let taken = Rect { height: rows.min(self.left.height), ..self.left };
        self.left = text::below(self.left, rows);
        (taken, self.buf)
    }

    /// What is left of the page.
    pub fn rest(&self) -> Rect {
        self.left
    }
}

/// A line as it is where it fits; else broken at words, each part under the indent of the line.
pub fn broken(line: &str, columns: u16) -> Vec<String> {
    if text::width(line) <= columns {
        return vec![line.to_owned()];
    }
    let words = line.trim_start_matches([' ', '-', '*', '#']);
    let lead = line.get(..line.len() - words.len()).unwrap_or("");
    let deep = text::width(lead);
    if deep >= columns / 2 {
        return text::wrap(line, columns);
    }
    let indent = " ".repeat(deep.into());
    let lines = text::wrap(words, columns - deep).into_iter().enumerate();
    lines.map(|(n, part)| format!("{}{part}", if n == 0 { lead } else { &indent })).collect()
}

/// How much of something is out of sight: "… 3 rows above, 6 below"; empty where all of it is in sight.
pub fn out_of_sight(above: usize, below: usize) -> String {
    match (above, below) {
        (0, 0) => String::new(),
        (0, below) => format!("… {} below", words::count(below, "more row", "more rows")),
        (above, 0) => format!("… {} above", words::count(above, "row", "rows")),
        (above, below) => format!("… {} above, {below} below", words::count(above, "row", "rows")),
    }
}

/// Rows that a text takes when a [`Pen`] puts it into so many columns.
pub fn rows_of(words: &str, columns: u16) -> u16 {
    cells(text::wrap(words, columns.min(MEASURE)).len())
}

/// Which parts of a page fit into `room` rows. Each part has a rank and a height; smaller ranks are taken first, and a
/// part that does not fit is left out whole.
pub fn that_fit<const N: usize>(parts: [(u8, u16); N], room: u16) -> [bool; N] {
    let mut left = room;
    let mut fits = [false; N];
    let mut by_rank: Vec<_> = parts.iter().zip(fits.iter_mut()).collect();
    by_rank.order_by_key(|((rank, _), _)| *rank);
    for ((_, height), fit) in by_rank {
        if *height <= left {
            left -= height;
            *fit = true;
        }
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_its_margin_and_lives_in_any_area() {
        assert_eq!(page(Rect::new(0, 1, 80, 21)), Rect::new(1, 1, 78, 21));
        assert_eq!(page(Rect::new(1, 1, 78, 21)), Rect::new(1, 1, 78, 21));
        for (width, height) in [(0, 0), (1, 1), (2, 1), (3, 50), (500, 2)] {
            let area = Rect::new(0, 0, width, height);
            assert_eq!(page(area).intersection(area), page(area));
        }
    }

    #[test]
    fn parts_are_taken_by_rank_and_whole() {
        assert_eq!(that_fit([(2, 3), (1, 4), (3, 1)], 6), [false, true, true]);
        assert_eq!(that_fit([(2, 3), (1, 4), (3, 1)], 7), [true, true, false]);
        assert_eq!(that_fit([(1, 1)], 0), [false]);
    }
}
