//! How records look: the list under its headings, and the form of the one in focus beside it, or one of the two where
//! there is no room for both.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::extras::{Extras, extras, lacks};
use super::{Item, Records, Shown, table};
use crate::command::Ctx;
use crate::screen::form::Beside;
use crate::screen::page::{self, Pen};
use crate::widget::list::List;
use crate::widget::text;

/// Columns from which there is one for whom it is about.
const WHO_FROM: u16 = 44;

pub(super) fn draw(records: &Records, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    let (items, focus) = records.items(ctx);
    if items.is_empty() {
        let shown = records.shown(ctx);
        let words = shown.as_ref().map_or("", |shown| shown.empty());
        let how = match shown.as_ref().and_then(Shown::alone).filter(|_| is_alone(ctx)) {
            Some(first) => first.to_owned(),
            None => format!("{} adds one.", ctx.keymap.shown("records.new")),
        };
        let mut pen = Pen::new(buf, area);
        pen.say(words, ctx.theme.text());
        pen.gap();
        pen.say(&how, ctx.theme.quiet());
        return (!area.is_empty()).then(|| page::cursor(area, 0));
    }
    let in_list = records.form.is_away();
    if !page::is_wide(ctx) {
        return if in_list {
            draw_list(records, &items, focus, area, buf, ctx)
        } else {
            draw_form(records, area, buf, ctx)
        };
    }
    let left = (area.width / 2).clamp(34, 56);
    let (left, right) = page::split(area, buf, *ctx.theme, left);
    let list = draw_list(records, &items, focus, left, buf, ctx);
    let form = draw_form(records, right, buf, ctx);
    if in_list { list } else { form }
}

/// Whether there is no partner yet.
fn is_alone(ctx: &Ctx<'_>) -> bool {
    ctx.workbook().is_some_and(|workbook| workbook.partners().is_empty())
}

/// A row as it is drawn: a heading, or an item by its number.
enum Row<'i> {
    Heading(&'i str),
    /// What its rows come to.
    Sum(&'i str),
    Item(usize),
    /// More of the words of the item above, in the linear layout.
    More(usize, String),
    Free,
}

/// An item as a sentence, in as many rows as it needs.
fn sentence(item: &Item, columns: u16) -> Vec<String> {
    let parts = [&item.words, &item.who, &item.aside].map(|part| part.trim());
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    text::wrap(&format!("{}.", said.join(", ")), columns.saturating_sub(2).max(1))
}

/// The rows of the list; `columns` where each item is a sentence.
fn rows<'i>(items: &'i [Item], extras: &'i Extras, columns: Option<u16>) -> Vec<Row<'i>> {
    let mut rows = Vec::with_capacity(items.len() + 8);
    let mut group = "";
    for (n, item) in items.iter().enumerate() {
        if item.group != group {
            if !rows.is_empty() {
                rows.push(Row::Free);
            }
            rows.push(Row::Heading(&item.group));
            rows.extend(extras.under(&item.group).filter(|said| !said.is_empty()).map(Row::Sum));
            group = &item.group;
        }
        rows.push(Row::Item(n));
        let more = columns.into_iter().flat_map(|columns| sentence(item, columns).into_iter().skip(1));
        rows.extend(more.map(|words| Row::More(n, words)));
    }
    rows
}

fn draw_list(
    records: &Records,
    items: &[Item],
    focus: usize,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let extras = ctx.workbook().map(|workbook| extras(records.family, workbook)).unwrap_or_default();
    let mut area = area;
    if !extras.head.is_empty() && area.height > 6 {
        let used = text::put_wrapped(buf, Rect { height: 2, ..area }, &extras.head, ctx.theme.text());
        area = text::below(area, used + 1);
    }
    let rows = rows(items, &extras, ctx.linear.then_some(area.width));
    let line = rows.iter().position(|row| matches!(row, Row::Item(n) if *n == focus)).unwrap_or(0);
    let mut scroll = List::at(line);
    // the heading above the first one is in sight with it
    if line < usize::from(area.height) {
        scroll.set(line);
    }
    let window = scroll.window(area.height.into(), rows.len());
    // a page of the list is as long as what is in sight
    records.list.borrow().window(area.height.into(), items.len());
    // one column for all, so that names stand below each other
    let columns = items.iter().map(|item| text::width(&item.who)).max().unwrap_or(0);
    let mut cursor = None;
    for (n, place) in window.zip(area.rows()) {
        match rows.get(n) {
            Some(Row::Heading(words)) => {
                text::put(buf, place, words, ctx.theme.strong());
            }
            Some(Row::Sum(words)) => {
                text::put(buf, text::right_of(place, 2), words, ctx.theme.quiet());
            }
            Some(Row::Item(n)) => {
                let Some(item) = items.get(*n) else { continue };
                let at = draw_item(item, columns, place, buf, ctx, *n == focus, records.form.is_away());
                cursor = cursor.or(at);
            }
            Some(Row::More(n, words)) => {
                let here = *n == focus && records.form.is_away();
                let style = if here { ctx.theme.focus() } else { ctx.theme.text() };
                page::entry(buf, place, words, style, false);
            }
            _ => {}
        }
    }
    cursor
}

fn draw_item(
    item: &Item,
    columns: u16,
    row: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
    focus: bool,
    here: bool,
) -> Option<Position> {
    let theme = ctx.theme;
    let style = match (focus, here, item.over) {
        (true, true, _) => theme.focus(),
        (true, false, _) => theme.focus_elsewhere(),
        (false, _, true) => theme.quiet(),
        (false, _, false) => theme.text(),
    };
    if ctx.linear {
        let said = sentence(item, row.width).into_iter().next().unwrap_or_default();
        return page::entry(buf, row, &said, style, focus);
    }
    let aside = text::width(&item.aside).min(row.width / 3);
    let who_width = if row.width >= WHO_FROM { columns.min(row.width / 4) } else { 0 };
    let room = Rect { width: row.width.saturating_sub(aside + u16::from(aside > 0) * 2), ..row };
    let gap = 2 * u16::from(who_width > 0);
    let shown = text::fit(&item.words, room.width.saturating_sub(2 + who_width + gap));
    let cursor = page::entry(buf, room, &shown, style, focus);
    let who = text::right_of(room, room.width.saturating_sub(who_width));
    text::put(buf, who, &text::fit(&item.who, who_width), theme.quiet());
    let right = text::right_of(row, row.width.saturating_sub(aside));
    text::put(buf, right, &text::fit(&item.aside, aside), theme.quiet());
    cursor
}

fn draw_form(records: &Records, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let (shown, record, workbook) = (records.shown(ctx)?, records.record(ctx)?, ctx.workbook()?);
    let about = match shown {
        Shown::Sheet(sheet) => (sheet.about)(&record, workbook, ctx),
        Shown::Table(table) => table::about(table, &record, workbook, ctx),
    };
    let fields = records.fields(ctx);
    let mut head = vec![(about, ctx.theme.quiet())];
    head.extend(lacks(&record).map(|lacks| (lacks, ctx.theme.notice())));
    let mut area = area;
    if let Some(words) = super::remark(&record) {
        // below the fields, where it stays in sight however far the form is scrolled
        let rows = page::rows_of(words, area.width) + 1;
        if area.height > rows + 3 {
            area.height -= rows;
            let below = text::below(Rect { height: area.height + rows, ..area }, area.height + 1);
            Pen::new(buf, below).say(words, ctx.theme.notice());
        }
    }
    records.form.draw(&head, &fields, area, buf, ctx)
}
