//! How the notes look: a row for each call, and below them the first lines of the one in focus.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Notes;
use crate::command::Ctx;
use crate::domain::{Call, Workbook, query};
use crate::screen::page::{self, Pen};
use crate::screen::words;
use crate::widget::text;

/// Columns of "12 Mar 2024", and of "12 to tidy".
const DAY: u16 = 11;
const TO_TIDY: u16 = 10;
/// From so many columns on, a call's name and its first words have columns of their own.
const WIDE: u16 = 62;
/// Columns that the words of a row take at least; how it stands gives way to them.
const WORDS: u16 = 24;
/// Letters of the first words that are looked at.
const FIRST_WORDS: usize = 120;

pub(super) fn draw(notes: &Notes, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    let workbook = ctx.workbook()?;
    let found = notes.found(ctx);
    let mut pen = Pen::new(buf, area);
    let mut cursor = None;
    if notes.typing || !notes.filter.is_empty() {
        let (row, buf) = pen.take(1);
        cursor = page::finder(buf, row, &notes.filter, notes.typing, *ctx.theme);
        if area.height > 8 {
            pen.gap();
        }
    }
    if found.places.is_empty() {
        let place = pen.rest();
        pen.say(&nothing_here(notes, ctx), ctx.theme.quiet());
        return cursor.or_else(|| (!place.is_empty()).then(|| page::cursor(place, 0)));
    }
    let focus = notes.list.focus(found.places.len());
    let (list, buf) = pen.take(pen.rest().height);
    let seen = || notes.list.window(list.height.into(), found.places.len());
    let in_sight = seen().filter_map(|n| workbook.calls().get(*found.places.get(n)?));
    // in a narrow window the days take no more than they need
    let days =
        if list.width >= WIDE { DAY } else { in_sight.map(|call| day_width(call, ctx)).max().unwrap_or(DAY) };
    for (n, row) in seen().zip(list.rows()) {
        let Some(call) = found.places.get(n).and_then(|place| workbook.calls().get(*place)) else { continue };
        let focused = draw_call(call, workbook, days, row, buf, ctx, n == focus);
        cursor = cursor.or(focused);
    }
    cursor
}

fn nothing_here(notes: &Notes, ctx: &Ctx<'_>) -> String {
    if notes.filter.text().trim().is_empty() {
        let (call, jot) = (ctx.keymap.shown("notes.new"), ctx.keymap.shown("global.jot"));
        return format!("No call and no note yet. {call} begins a call, {jot} jots a note from anywhere.");
    }
    let all = ctx.keymap.shown(if notes.typing { "notes-filter.clear" } else { "notes.back" });
    format!("No note has these words. {all} shows them all.")
}

fn draw_call(
    call: &Call,
    workbook: &Workbook,
    days: u16,
    row: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
    focus: bool,
) -> Option<Position> {
    let theme = ctx.theme;
    let style = if focus { theme.focus() } else { theme.text() };
    let day = words::short_day(call.on, ctx.today());
    let left = match call.to_tidy() {
        0 => String::new(),
        n => format!("{n} to tidy"),
    };
    let state = if call.is_running() { "goes on".to_owned() } else { left };
    let who = query::call_title(call, workbook);
    let who = who.strip_prefix("Call with ").unwrap_or(if call.is_jots() { "Jotted" } else { &who });
    if ctx.linear {
        let said = format!("{day}. {who}. {} {state}", first_words(call));
        return page::entry(buf, row, said.trim_end(), style, focus);
    }
    let room = row.width.saturating_sub(2);
    let wide = row.width >= WIDE;
    let beside = row.width.saturating_sub(days + 4 + TO_TIDY + 2);
    let state = if wide || beside >= WORDS { state } else { String::new() };
    let state_columns = if wide || !state.is_empty() { TO_TIDY + 2 } else { 0 };
    let day_cell = Rect { width: (days + 2).min(row.width), ..row };
    let cursor = page::entry(buf, day_cell, &day, style, focus);
    let mut rest = text::right_of(row, days + 4);
    if wide {
        let name = (room / 4).clamp(18, 34);
        text::put(buf, Rect { width: name.min(rest.width), ..rest }, who, style);
        rest = text::right_of(rest, name + 2);
        let words = rest.width.saturating_sub(state_columns);
        if words > 8 {
            text::put(buf, Rect { width: words, ..rest }, &first_words(call), theme.quiet());
        }
    } else {
        // one sentence, so that the words are seen whatever the name leaves of the row
        let said = match first_words(call) {
            words if call.is_jots() && rest.width < WORDS => words,
            words => format!("{who}: {words}"),
        };
        let said = text::fit(&said, rest.width.saturating_sub(state_columns));
        text::put(buf, rest, &said, style);
    }
    let at = text::right_of(row, row.width.saturating_sub(TO_TIDY));
    let at = text::right_of(at, TO_TIDY.saturating_sub(text::width(&state)));
    text::put(buf, at, &state, if call.is_running() { theme.strong() } else { theme.text() });
    cursor
}

fn day_width(call: &Call, ctx: &Ctx<'_>) -> u16 {
    text::width(&words::short_day(call.on, ctx.today()))
}

/// The first words that were said.
fn first_words(call: &Call) -> String {
    let said = call.lines.iter().map(|line| line.text.trim()).find(|text| !text.is_empty());
    said.unwrap_or("no words").chars().take(FIRST_WORDS).collect()
}
