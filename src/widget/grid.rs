//! A table whose first row and first column stay where they are while the rest scrolls both ways under the cell in
//! focus. Knows cells and nothing else.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::list::List;
use super::text::{fit, put, right_of, row, tell_apart, width};

/// Columns between two columns of the table.
const GAP: u16 = 2;
/// The most columns that a cell takes.
const MOST: u16 = 20;
/// The fewest.
const LEAST: u16 = 6;

/// How far a table is scrolled. It follows the focus when the table is drawn, so that what is in sight changes as little
/// as it can.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    rows: List,
    left: Cell<usize>,
}

/// What stands in a table. Rows that are shorter than the head have empty cells at their ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What stands over the columns; the first stands over the names of the rows.
    pub head: Vec<String>,
    /// The rows: the name of each, and its cells with their styles.
    pub rows: Vec<(String, Vec<(String, Style)>)>,
}

/// How the frame of a table looks.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// What stands over the columns.
    pub head: Style,
    /// The names of the rows.
    pub name: Style,
    /// The cell in focus.
    pub focus: Style,
    /// Marks that say that there is more.
    pub more: Style,
}

impl Grid {
    /// How many rows a page has, as the table was last drawn.
    pub fn page(&self, rows: isize, focus: usize, len: usize) -> usize {
        let mut list = self.rows.clone();
        list.set(focus);
        list.by_pages(rows, len);
        list.focus(len)
    }

    /// Draws a table with a cell in focus, by row and column, both without the head. Returns where the cursor belongs.
    pub fn draw(
        &self,
        table: &Table,
        focus: (usize, usize),
        area: Rect,
        buf: &mut Buffer,
        frame: Frame,
    ) -> Option<Position> {
        if area.is_empty() || table.rows.is_empty() {
            return None;
        }
        let widths = widths(table);
        let names: Vec<&str> = table.rows.iter().map(|(name, _)| name.as_str()).collect();
        let corner = table.head.first().map_or("", String::as_str);
        let longest = names.iter().chain([&corner]).map(|name| width(name)).max().unwrap_or(0);
        let side = names_width(longest + 2, &widths, area.width);
        let right = right_of(area, side + GAP);
        let shown = self.columns(&widths, focus.1, right.width);
        self.draw_head(table, &widths, &shown, side, area, buf, frame);
        let body = super::text::below(area, 1);
        let mut list = self.rows.clone();
        list.set(focus.0);
        let window = list.window(body.height.into(), table.rows.len());
        self.rows.follow(&list);
        let names = tell_apart(&names, side.saturating_sub(2));
        let mut cursor = None;
        for (n, at) in window.zip(body.rows()) {
            let Some((_, cells)) = table.rows.get(n) else { continue };
            let here = n == focus.0;
            put(buf, at, if here { ">" } else { " " }, frame.name);
            let name = names.get(n).map_or("", String::as_str);
            let place =
                Rect { width: side.saturating_sub(2).min(at.width.saturating_sub(2)), ..right_of(at, 2) };
            put(buf, place, name, frame.name);
            let mut rest = right_of(at, side + GAP);
            for column in shown.clone() {
                let columns = widths.get(column).copied().unwrap_or(LEAST).min(rest.width);
                if let Some((words, style)) = cells.get(column) {
                    let in_focus = here && column == focus.1;
                    let words = fit(words, columns);
                    if in_focus {
                        let filled = format!("{words:<width$}", width = usize::from(columns));
                        put(buf, Rect { width: columns, ..rest }, &filled, frame.focus);
                        cursor = (!rest.is_empty()).then_some(Position { x: rest.x, y: rest.y });
                    } else {
                        put(buf, Rect { width: columns, ..rest }, &words, *style);
                    }
                }
                rest = right_of(rest, columns + GAP);
            }
        }
        cursor.or(Some(Position { x: area.x, y: area.y }))
    }

    // as many as it takes to draw a row
    #[allow(clippy::too_many_arguments)]
    fn draw_head(
        &self,
        table: &Table,
        widths: &[u16],
        shown: &std::ops::Range<usize>,
        side: u16,
        area: Rect,
        buf: &mut Buffer,
        frame: Frame,
    ) {
        let head = row(area, 0);
        let corner = table.head.first().map_or("", String::as_str);
        put(
            buf,
            Rect { width: side.saturating_sub(2).min(head.width.saturating_sub(2)), ..right_of(head, 2) },
            corner,
            frame.head,
        );
        if shown.start > 0 {
            put(buf, right_of(head, side), "‹", frame.more);
        }
        let mut rest = right_of(head, side + GAP);
        for column in shown.clone() {
            let columns = widths.get(column).copied().unwrap_or(LEAST).min(rest.width);
            let words = table.head.get(column + 1).map_or("", String::as_str);
            put(buf, Rect { width: columns, ..rest }, &fit(words, columns), frame.head);
            rest = right_of(rest, columns + GAP);
        }
        if shown.end < widths.len() {
            put(buf, right_of(head, head.width.saturating_sub(1)), "›", frame.more);
        }
    }

    /// The columns in sight in so much room, the one in focus among them; at least one.
    fn columns(&self, widths: &[u16], focus: usize, room: u16) -> std::ops::Range<usize> {
        let focus = focus.min(widths.len().saturating_sub(1));
        let fits = |from: usize, to: usize| {
            let some = widths.get(from..=to).unwrap_or_default();
            let used = some.iter().fold(0_u16, |sum, columns| sum.saturating_add(columns + GAP));
            // the last column is free for the mark that says that there is more
            used.saturating_sub(GAP) < room
        };
        let mut left = self.left.get().min(focus);
        while left < focus && !fits(left, focus) {
            left += 1;
        }
        // no room is left free on the right while something is hidden on the left
        while left > 0 && fits(left - 1, widths.len().saturating_sub(1)) {
            left -= 1;
        }
        self.left.set(left);
        let last = (focus..widths.len()).rev().find(|to| fits(left, *to)).unwrap_or(focus);
        left..last + 1
    }
}

/// How wide the names may be: as wide as they want where all columns fit beside them, and narrower where that brings more
/// columns into sight.
fn names_width(wanted: u16, widths: &[u16], all: u16) -> u16 {
    const LEAST_NAME: u16 = 16;
    let columns = widths.iter().fold(0_u16, |sum, columns| sum.saturating_add(columns + GAP));
    let room = all.saturating_sub(columns.saturating_add(1));
    let most = if room >= LEAST_NAME { room } else { (all / 4).max(LEAST_NAME).min(all / 2) };
    wanted.min(most).max(1)
}

/// How wide each column is without the names.
fn widths(table: &Table) -> Vec<u16> {
    let columns = table.head.len().saturating_sub(1);
    let of = |column: usize| {
        let cells =
            table.rows.iter().filter_map(|(_, cells)| cells.get(column)).map(|(words, _)| width(words));
        let head = table.head.get(column + 1).map_or(0, |words| width(words));
        cells.chain([head]).max().unwrap_or(0).clamp(LEAST, MOST)
    };
    (0..columns).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame =
        Frame { head: Style::new(), name: Style::new(), focus: Style::new(), more: Style::new() };

    fn table() -> Table {
        let cell = |row: usize, column: usize| (format!("r{row}c{column} words"), Style::new());
        Table {
            head: std::iter::once("Who".to_owned()).chain((0..7).map(|n| format!("Column {n}"))).collect(),
            rows: (0..12).map(|r| (format!("Partner {r}"), (0..7).map(|c| cell(r, c)).collect())).collect(),
        }
    }

    fn drawn(grid: &Grid, focus: (usize, usize), width: u16, height: u16) -> Vec<String> {
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        let cursor = grid.draw(&table(), focus, area, &mut buf, FRAME);
        assert!(cursor.is_none_or(|at| area.contains(at)), "{cursor:?}");
        let line = |y: u16| (0..width).map(|x| buf[(x, y)].symbol()).collect::<String>();
        (0..height).map(|y| line(y).trim_end().to_owned()).collect()
    }

    #[test]
    fn the_head_and_the_names_stay_while_the_rest_follows_the_focus() {
        let grid = Grid::default();
        assert_eq!(
            drawn(&grid, (0, 0), 40, 4),
            [
                "  Who         Column 0     Column 1    ›",
                "> Partner 0   r0c0 words   r0c1 words",
                "  Partner 1   r1c0 words   r1c1 words",
                "  Partner 2   r2c0 words   r2c1 words",
            ]
        );
        assert_eq!(
            drawn(&grid, (5, 3), 40, 4),
            [
                "  Who       ‹ Column 2     Column 3    ›",
                "  Partner 3   r3c2 words   r3c3 words",
                "  Partner 4   r4c2 words   r4c3 words",
                "> Partner 5   r5c2 words   r5c3 words",
            ]
        );
        let last = drawn(&grid, (11, 6), 40, 4);
        assert!(last[0].ends_with("‹ Column 5     Column 6"), "{last:?}");
        assert!(last[3].ends_with("r11c5 words  r11c6 words"), "{last:?}");
        assert_eq!(drawn(&grid, (11, 5), 40, 4)[0], last[0], "it scrolls no more than it must");
    }

    #[test]
    fn it_draws_in_any_size() {
        for (width, height) in [(1, 1), (2, 2), (5, 3), (12, 2), (200, 40)] {
            let grid = Grid::default();
            for focus in [(0, 0), (11, 6), (99, 99)] {
                drawn(&grid, focus, width, height);
            }
        }
    }
}
