//! How the timeline looks: months as headings, a line for each thing that happened, the one in focus in full below.

use std::ops::Range;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Timeline;
use crate::command::Ctx;
use crate::domain::query::Happening;
use crate::screen::page::{self, Pen};
use crate::screen::words;
use crate::widget::list::List;
use crate::widget::text;

/// Rows below the list for the one in focus: a free one, what happened, the words.
const BELOW: u16 = 5;
/// Columns of "Fri 28".
const DAY: u16 = 6;

pub(super) fn draw(screen: &Timeline, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    let told = screen.shown(ctx);
    let mut pen = Pen::new(buf, area);
    pen.line(&format!("{}.", screen.shows(ctx)), ctx.theme.quiet());
    if area.height > 8 {
        pen.gap();
    }
    if told.is_empty() {
        pen.say("Nothing that has a day yet.", ctx.theme.text());
        return (!area.is_empty()).then(|| page::cursor(area, 0));
    }
    let focus = screen.list.focus(told.len());
    let room = pen.rest();
    let below = if room.height > 2 * BELOW && !ctx.linear { BELOW } else { 0 };
    let (list, buf) = pen.take(room.height - below);
    let cursor = draw_list(screen, &told, list, buf, ctx);
    if let (Some(told), true) = (told.get(focus), below > 0) {
        pen.gap();
        pen.line(&format!("{}. {}.", day_of(told, ctx), told.what), ctx.theme.strong());
        if told.private {
            pen.line("private, left out of exports", ctx.theme.notice());
        }
        pen.say(&told.words, ctx.theme.text());
    }
    cursor
}

/// The day, and the time where it is known and is worth saying.
fn day_of(told: &Happening, ctx: &Ctx<'_>) -> String {
    let day = words::capital(&words::ago(told.on, ctx.today()));
    let at = told.at.map(|at| at.to_zoned(ctx.zone.clone())).filter(|at| at.date() == told.on);
    at.map_or_else(|| day.clone(), |at| format!("{day} at {}", at.strftime("%H:%M")))
}

/// A row of the list.
#[derive(Clone, Copy)]
enum Row {
    Free,
    Month(Date),
    One(usize),
}

fn rows(told: &[Happening]) -> Vec<Row> {
    let month = |day: Date| (day.year(), day.month());
    let mut rows = Vec::with_capacity(told.len() + told.len() / 4 + 2);
    let mut last = None;
    for (n, one) in told.iter().enumerate() {
        if last != Some(month(one.on)) {
            if last.is_some() {
                rows.push(Row::Free);
            }
            rows.push(Row::Month(one.on));
            last = Some(month(one.on));
        }
        rows.push(Row::One(n));
    }
    rows
}

fn draw_list(
    screen: &Timeline,
    told: &[Happening],
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let rows = rows(told);
    let focus = screen.list.focus(told.len());
    let line = rows.iter().position(|row| matches!(row, Row::One(n) if *n == focus)).unwrap_or(0);
    let window = window(line, area.height.into(), rows.len());
    // a page of the list is as long as what is in sight
    screen.list.window(area.height.into(), told.len());
    let mut cursor = None;
    let mut day_above = None;
    for (row, place) in rows.get(window).into_iter().flatten().zip(area.rows()) {
        match row {
            Row::Free => {}
            Row::Month(day) => {
                text::put(buf, place, &day.strftime("%B %Y").to_string(), ctx.theme.heading());
            }
            Row::One(n) => {
                let Some(one) = told.get(*n) else { continue };
                let again = day_above == Some(one.on);
                day_above = Some(one.on);
                cursor = cursor.or(draw_one(one, again, place, buf, ctx, *n == focus));
            }
        }
    }
    cursor
}

/// The rows in sight: the one in focus stands in the middle as soon as there is something above and below it.
fn window(line: usize, height: usize, len: usize) -> Range<usize> {
    let mut scroll = List::at(line + height / 2);
    if line < height.saturating_sub(height / 2) {
        scroll = List::default();
    }
    scroll.window(height, len)
}

fn draw_one(
    told: &Happening,
    again: bool,
    row: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
    focus: bool,
) -> Option<Position> {
    let style = if focus { ctx.theme.focus() } else { ctx.theme.text() };
    if ctx.linear {
        let words = if told.words.is_empty() { String::new() } else { format!(": {}", told.words) };
        let private = if told.private { ", private" } else { "" };
        let day = words::day(told.on, ctx.today());
        return page::entry(buf, row, &format!("{day}, {}{words}{private}.", told.what), style, focus);
    }
    let day = told.on.strftime("%a %e").to_string();
    if !again {
        text::put(buf, text::right_of(row, 2), &day, ctx.theme.quiet());
    }
    let rest = text::right_of(row, 2 + DAY);
    let cursor = page::entry(buf, Rect { width: row.width.min(2), ..row }, "", style, focus);
    let what = text::right_of(rest, 2);
    // somebody's own words have what is left, and at least a third where there is room at all
    let room = if told.words.is_empty() { what.width } else { what.width - what.width / 3 };
    let used = text::put(buf, Rect { width: room, ..what }, &told.what, style);
    let words = text::right_of(what, used + 2);
    if words.width > 8 {
        text::put(buf, words, &text::fit(&told.words, words.width), ctx.theme.quiet());
    }
    cursor.map(|_| page::cursor(row, 2 + DAY + 2))
}
