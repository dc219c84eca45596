//! How it looks who has what: a table with headings that stay, and below it the cell in focus in full; or one side, or
//! one thing, at a time.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::Overview;
use crate::command::Ctx;
use crate::domain::query::{Across, Matrix, MatrixCell};
use crate::screen::page::{self, Pen};
use crate::screen::words;
use crate::widget::cells::cells;
use crate::widget::grid::{Frame, Table};
use crate::widget::list::List;
use crate::widget::text;

/// Columns from which there is room for a table.
const TABLE_FROM: u16 = 66;
/// Rows below the table for the cell in focus.
const BELOW: u16 = 5;

/// Whether it is shown as a table.
pub(super) fn is_table(ctx: &Ctx<'_>) -> bool {
    ctx.size.0 >= TABLE_FROM && !ctx.linear
}

pub(super) fn draw(overview: &Overview, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    let matrix = Overview::matrix(ctx)?;
    if matrix.rows.len() < 2 {
        let mut pen = Pen::new(buf, area);
        pen.say(
            "Here stands who has what: each partner with its roles, activities, money, deputies. No partner takes \
             part yet.",
            ctx.theme.text(),
        );
        pen.gap();
        pen.say(&format!("{} adds one.", ctx.keymap.shown("global.add-partner")), ctx.theme.quiet());
        return (!area.is_empty()).then(|| page::cursor(area, 0));
    }
    if is_table(ctx) {
        draw_table(overview, &matrix, area, buf, ctx)
    } else {
        draw_one(overview, &matrix, area, buf, ctx)
    }
}

fn draw_table(
    overview: &Overview,
    matrix: &Matrix,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let (side, across) = overview.focus(matrix);
    let cell = |cell: &MatrixCell, across: Across| said(cell, across, ctx);
    let (table, focus) = if overview.turned {
        let names = matrix.rows.iter().map(|(_, name, _)| name.clone());
        let rows = Across::ALL.iter().enumerate().map(|(n, across)| {
            let cells = matrix.rows.iter().filter_map(|(.., cells)| cells.get(n));
            (across.words().to_owned(), cells.map(|there| cell(there, *across)).collect())
        });
        let head = std::iter::once(String::new()).chain(names).collect();
        (Table { head, rows: rows.collect() }, (across, side))
    } else {
        let head = std::iter::once("").chain(Across::ALL.map(Across::words)).map(str::to_owned);
        let rows = matrix.rows.iter().map(|(_, name, cells)| {
            let cells = cells.iter().zip(Across::ALL).map(|(there, across)| cell(there, across));
            (name.clone(), cells.collect())
        });
        (Table { head: head.collect(), rows: rows.collect() }, (side, across))
    };
    let theme = ctx.theme;
    let frame =
        Frame { head: theme.heading(), name: theme.strong(), focus: theme.focus(), more: theme.quiet() };
    let below = if area.height > BELOW + 6 { BELOW } else { 0 };
    let top = Rect { height: area.height - below, ..area };
    let cursor = overview.grid.draw(&table, focus, top, buf, frame);
    let rows = cells(table.rows.len()).saturating_add(2);
    let foot = text::below(area, rows.min(top.height));
    draw_in_full(overview, matrix, foot, buf, ctx);
    cursor
}

/// The words of a cell: what is there, or what is not, with the mark of what is blank.
fn said(cell: &MatrixCell, across: Across, ctx: &Ctx<'_>) -> (String, Style) {
    match (cell.idle, cell.words.as_str()) {
        (true, _) => ("-".to_owned(), ctx.theme.quiet()),
        (false, "") => (format!(". {}", across.nothing()), ctx.theme.notice()),
        (false, words) => (words.to_owned(), ctx.theme.text()),
    }
}

/// The cell in focus in full, with what stands behind it.
fn draw_in_full(overview: &Overview, matrix: &Matrix, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let (side, across) = overview.focus(matrix);
    let Some((_, name, cells)) = matrix.rows.get(side) else { return };
    let (Some(cell), Some(thing)) = (cells.get(across), Across::ALL.get(across)) else { return };
    if area.is_empty() {
        return;
    }
    let what = match (cell.idle, cell.words.as_str()) {
        (true, _) => "not asked of our own side".to_owned(),
        (false, "") => thing.nothing().to_owned(),
        (false, words) => words.to_owned(),
    };
    let mut rest = text::row(area, 0);
    let lead = format!("{name} · {}: ", thing.words().to_lowercase());
    let used = text::put(buf, rest, &lead, ctx.theme.strong());
    text::put(buf, text::right_of(rest, used), &what, ctx.theme.text());
    rest = text::below(area, 1);
    let room = usize::from(rest.height);
    for (n, (behind, row)) in cell.behind.iter().zip(rest.rows()).enumerate() {
        let left = cell.behind.len() - n;
        if n + 1 == room && left > 1 {
            text::put(buf, row, &format!("  and {left} more"), ctx.theme.quiet());
            break;
        }
        text::put(buf, text::right_of(row, 2), &behind.words, ctx.theme.quiet());
    }
    if matrix.left > 0 && cell.behind.len() + 1 < room {
        let said = words::count(matrix.left, "partner has left", "partners have left");
        let last = text::row(area, area.height.saturating_sub(1));
        text::put(buf, last, &format!("{said} and is not here."), ctx.theme.quiet());
    }
}

/// One side with all its things, or one thing with all sides.
fn draw_one(
    overview: &Overview,
    matrix: &Matrix,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let (side, across) = overview.focus(matrix);
    let (title, place, of, rows, focus) = if overview.turned {
        let thing = Across::ALL.get(across)?;
        let rows: Vec<(String, String, Style)> = matrix
            .rows
            .iter()
            .filter_map(|(_, name, cells)| Some((name.clone(), cells.get(across)?)))
            .map(|(name, cell)| {
                let (words, style) = said(cell, *thing, ctx);
                (name, words, style)
            })
            .collect();
        (thing.words().to_owned(), across, Across::ALL.len(), rows, side)
    } else {
        let (_, name, cells) = matrix.rows.get(side)?;
        let rows: Vec<(String, String, Style)> = cells
            .iter()
            .zip(Across::ALL)
            .map(|(cell, thing)| {
                let (words, style) = said(cell, thing, ctx);
                (thing.words().to_owned(), words, style)
            })
            .collect();
        (name.clone(), side, matrix.rows.len(), rows, across)
    };
    let head = text::row(area, 0);
    let count = format!("{} of {of}", place + 1);
    let used = text::width(&count);
    let room = Rect { width: head.width.saturating_sub(used + 2), ..head };
    text::put(buf, room, &title, ctx.theme.strong());
    text::put(buf, text::right_of(head, head.width.saturating_sub(used)), &count, ctx.theme.quiet());
    let body = text::below(area, 2.min(area.height.saturating_sub(1)));
    let below = if body.height >= 14 { BELOW } else { 0 };
    let body = Rect { height: body.height - below, ..body };
    let list = List::at(focus);
    let window = list.window(body.height.into(), rows.len());
    let names = rows.iter().map(|(name, ..)| text::width(name)).max().unwrap_or(0).min(area.width / 2);
    let mut cursor = None;
    for (n, row) in window.zip(body.rows()) {
        let Some((name, words, style)) = rows.get(n) else { continue };
        let here = n == focus;
        if ctx.linear {
            let style = if here { ctx.theme.focus() } else { ctx.theme.text() };
            let words = words.trim_start_matches(". ");
            cursor = cursor.or(page::entry(buf, row, &format!("{name}: {words}."), style, here));
            continue;
        }
        let style = if here { ctx.theme.focus() } else { *style };
        let label = Rect { width: names.min(row.width.saturating_sub(2)), ..text::right_of(row, 2) };
        text::put(buf, label, name, ctx.theme.quiet());
        let indent = names + 4;
        text::put(buf, text::right_of(row, indent), words, style);
        if here {
            text::put(buf, row, ">", ctx.theme.text());
            cursor = (!row.is_empty()).then(|| page::cursor(row, indent));
        }
    }
    let foot = cells(rows.len()).saturating_add(1);
    if below > 0 {
        draw_in_full(overview, matrix, text::below(text::below(area, 2), foot.min(body.height)), buf, ctx);
    }
    cursor.or((!area.is_empty()).then(|| page::cursor(area, 0)))
}
