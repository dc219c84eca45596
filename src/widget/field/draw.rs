//! A field on the screen: which rows show, what each cell holds, where the terminal's cursor stands. Drawing
//! changes nothing that a person could see; it only remembers how far the view is scrolled and how large it
//! is. Start at [`Field::render`].

use super::super::cells::cells;
use super::lines::{Place, split};
use super::motion::Page;
use super::wrap::{Layout, Row};
use super::{Field, Kind};
use crate::widget::glyph::{glyphs, next, width};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::cell::Ref;

/// How a field looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldStyle {
    /// The whole area, and the text in it.
    pub text: Style,
    /// Put over selected text.
    pub selected: Style,
    /// Put over the hint that stands in an empty field.
    pub placeholder: Style,
}

/// What part of the text was drawn last, in cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    pub width: u16,
    pub height: u16,
    /// Rows above the area.
    top: usize,
    /// Columns to the left of it; only a [`Kind::Line`] has any.
    left: usize,
    /// Where the cursor stands in the area.
    cursor: Position,
}

impl Default for View {
    /// A guess for keys that come before anything was drawn.
    fn default() -> Self {
        Self { width: 80, height: 24, top: 0, left: 0, cursor: Position::ORIGIN }
    }
}

impl Field {
    /// Draws the field over the whole of `area`, scrolled so that the caret is in view.
    pub fn render(&self, area: Rect, buf: &mut Buffer, style: FieldStyle) {
        blank(area, buf, style.text);
        if self.is_empty() {
            let (lines, layout) = self.hint(area.width);
            let brush = Brush { area, left: 0, selection: None, selected: style.text };
            brush.rows(buf, &lines, layout.rows_from(0, &lines), style.text.patch(style.placeholder));
            // The view is still to be noted, for the keys to come.
            self.view_of(area);
        } else if let Some(view) = self.view_of(area) {
            let selection = self.selected_places();
            let brush =
                Brush { area, left: view.left, selection, selected: style.text.patch(style.selected) };
            let layout = self.layout_for(area.width);
            let lines = self.lines.as_slice();
            brush.rows(buf, lines, layout.rows_from(view.top, lines), style.text);
        }
    }

    /// The cell of the terminal's cursor if the field is drawn in `area`; `None` only for an empty area.
    pub fn cursor_position(&self, area: Rect) -> Option<Position> {
        let Position { x, y } = self.view_of(area)?.cursor;
        Some(Position::new(area.x.saturating_add(x), area.y.saturating_add(y)))
    }

    /// Rows that the whole field takes at `width` cells: those of the hint while it is empty, and never less
    /// than 1.
    ///
    /// Free for the width of the last drawing; another one wraps the whole text again.
    pub fn desired_height(&self, width: u16) -> u16 {
        let rows = if self.is_empty() { self.hint(width).1.rows() } else { self.layout_for(width).rows() };
        cells(rows).max(1)
    }

    /// How many rows of the text are out of sight above and below, if it is drawn in `area`.
    pub fn hidden_rows(&self, area: Rect) -> (usize, usize) {
        let rows = self.layout_for(area.width).rows();
        let Some(view) = self.view_of(area) else {
            return (0, rows);
        };
        (view.top, rows.saturating_sub(view.top + usize::from(area.height)))
    }

    /// The hint, laid out for `width` cells. It is short, and not kept.
    fn hint(&self, width: u16) -> (Vec<String>, Layout) {
        let lines = split(&self.placeholder);
        let mut layout = Layout::default();
        layout.fit(self.room(width), &lines);
        (lines, layout)
    }

    /// The layout for an area of `width` cells.
    pub(super) fn layout_for(&self, width: u16) -> Ref<'_, Layout> {
        self.layout.borrow_mut().fit(self.room(width), self.lines.as_slice());
        self.layout.borrow()
    }

    pub(super) fn page<'a>(&'a self, layout: &'a Layout) -> Page<'a> {
        Page { lines: &self.lines, layout, height: self.view.get().height.into() }
    }

    /// Cells of text in a row. One column of prose is kept free, for the caret after a full row.
    fn room(&self, width: u16) -> usize {
        match self.kind {
            Kind::Prose => usize::from(width).saturating_sub(1).max(1),
            Kind::Line => usize::MAX,
        }
    }

    /// The view for `area`, scrolled no further than the caret needs, and remembered. `None` for an empty
    /// area.
    fn view_of(&self, area: Rect) -> Option<View> {
        if area.is_empty() {
            return None;
        }
        let layout = self.layout_for(area.width);
        let (high, wide) = (usize::from(area.height), usize::from(area.width));
        let row = layout.row_number(self.caret.place, self.caret.hugs);
        let View { top, left, .. } = self.view.get();
        let top = top.min(layout.rows().saturating_sub(high)).max((row + 1).saturating_sub(high)).min(row);
        let column = self.page(&layout).column(self.caret);
        let left = match self.kind {
            Kind::Prose => 0,
            Kind::Line => self.left_for(column, left, wide),
        };
        // Blanks may hang over the edge; the cursor then waits in the last cell.
        let cursor = Position::new(cells((column - left).min(wide - 1)), cells(row - top));
        let view = View { width: area.width, height: area.height, top, left, cursor };
        self.view.set(view);
        Some(view)
    }

    /// How far a line is scrolled if its caret is in `column`, and it was scrolled by `left` before.
    fn left_for(&self, column: usize, left: usize, wide: usize) -> usize {
        let Place { line, byte } = self.caret.place;
        let line = self.lines.line(line);
        // All of a wide character under the caret is to be seen, and the caret after the end has a cell too.
        let under = next(line, byte).and_then(|end| line.get(byte..end)).map_or(1, width).max(1);
        // Text that would scroll out at the left for no need comes back; only what is near can matter.
        let ahead = glyphs(line.get(byte..).unwrap_or("")).take(wide).map(|glyph| glyph.width);
        let after_end = column + ahead.sum::<usize>() + 1;
        left.min(after_end.saturating_sub(wide)).max((column + under).saturating_sub(wide)).min(column)
    }
}

/// What the drawing of each row needs to know.
struct Brush {
    area: Rect,
    left: usize,
    selection: Option<(Place, Place)>,
    selected: Style,
}

impl Brush {
    fn rows(&self, buf: &mut Buffer, lines: &[String], rows: impl Iterator<Item = Row>, style: Style) {
        for (y, row) in (self.area.top()..self.area.bottom()).zip(rows) {
            if let Some(line) = lines.get(row.line) {
                self.row(buf, y, line, row, style);
            }
        }
    }

    fn row(&self, buf: &mut Buffer, y: u16, line: &str, row: Row, style: Style) {
        let right = self.left + usize::from(self.area.width);
        let mut column = 0;
        for glyph in glyphs(line.get(row.start..row.end).unwrap_or("")) {
            let start = column;
            column += glyph.width;
            if start >= right {
                return;
            }
            // A wide character that is cut by an edge is left out: half of it cannot be drawn.
            if self.left <= start && column <= right {
                let place = Place { line: row.line, byte: row.start + glyph.at };
                let style = if self.is_selected(place) { self.selected } else { style };
                glyph.draw(buf, self.area.x.saturating_add(cells(start - self.left)), y, style);
            }
        }
        // A selected newline shows as one cell, or an empty line would not look selected.
        let newline = Place { line: row.line, byte: row.end };
        if row.last && self.is_selected(newline) && (self.left..right).contains(&column) {
            let x = self.area.x.saturating_add(cells(column - self.left));
            buf.set_style(Rect::new(x, y, 1, 1), self.selected);
        }
    }

    fn is_selected(&self, place: Place) -> bool {
        self.selection.is_some_and(|(from, to)| from <= place && place < to)
    }
}

/// Makes every cell of `area` an empty one.
fn blank(area: Rect, buf: &mut Buffer, style: Style) {
    let area = area.intersection(buf.area);
    for position in area.positions() {
        if let Some(cell) = buf.cell_mut(position) {
            cell.reset();
            cell.set_style(style);
        }
    }
}
