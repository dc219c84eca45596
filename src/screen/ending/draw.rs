//! How an ending looks: its rows under their headings, and below them what still stands between now and settled.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::rows::{Entry, Said, entries, heading, said};
use crate::command::Ctx;
use crate::domain::Workbook;
use crate::domain::query;
use crate::screen::page::{self, Pen};
use crate::widget::cells::cells;
use crate::widget::list::List;
use crate::widget::text;

/// Rows of the list from which one says how much is out of sight.
const CUE_FROM: u16 = 5;

/// A row as it is drawn.
enum Drawn {
    Heading(&'static str),
    Entry(usize),
    /// What is said where there is nothing under a heading.
    None(String),
    Free,
}

pub(super) fn draw(list: &List, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let (area, workbook) = (page::page(area), ctx.workbook()?);
    let entries = entries(workbook);
    let focus = list.focus(entries.len());
    let rows = rows(&entries, ctx);
    let stands = stands(workbook);
    let below: u16 = stands.iter().map(|line| page::rows_of(line, area.width.saturating_sub(2))).sum();
    let below = if area.height > below + 8 { below + 2 } else { 0 };
    let mut pen = Pen::new(buf, area);
    let length = cells(rows.len());
    let (list_area, buf) = pen.take(area.height.saturating_sub(below).min(length));
    let line = rows.iter().position(|row| matches!(row, Drawn::Entry(n) if *n == focus)).unwrap_or(0);
    let mut cursor = None;
    // what is out of sight below, such as who has to hear, is counted
    let scrolls = rows.len() > list_area.height.into() && list_area.height >= CUE_FROM;
    let list_area = Rect { height: list_area.height - u16::from(scrolls), ..list_area };
    let window = List::at(line).window(list_area.height.into(), rows.len());
    if scrolls {
        let said = page::out_of_sight(window.start, rows.len().saturating_sub(window.end));
        text::put(buf, text::right_of(under(list_area), 2), &said, ctx.theme.quiet());
    }
    for (n, row) in window.zip(list_area.rows()) {
        match rows.get(n) {
            Some(Drawn::Heading(words)) => {
                text::put(buf, row, words, ctx.theme.heading());
            }
            Some(Drawn::None(words)) => {
                text::put(buf, text::right_of(row, 2), words, ctx.theme.quiet());
            }
            Some(Drawn::Entry(n)) => {
                let Some(entry) = entries.get(*n) else { continue };
                let said = said(entry, workbook, ctx);
                cursor = cursor.or(draw_entry(&said, row, buf, ctx, *n == focus));
            }
            _ => {}
        }
    }
    if below > 0 {
        pen.gap();
        pen.line("Between now and settled", ctx.theme.heading());
        let (rest, buf) = pen.take(below - 2);
        let mut pen = Pen::new(buf, text::right_of(rest, 2));
        for line in &stands {
            pen.say(line, ctx.theme.text());
        }
    }
    cursor.or_else(|| (!area.is_empty()).then(|| page::cursor(area, 0)))
}

/// The row under an area.
fn under(area: Rect) -> Rect {
    Rect { y: area.y + area.height, height: 1, ..area }
}

fn stands(workbook: &Workbook) -> Vec<String> {
    let mut stands = query::what_stands(workbook);
    if stands.is_empty() {
        stands.push("Nothing more. It ends well.".to_owned());
    }
    let remains = query::remains_in_words(query::what_remains(workbook));
    if !remains.is_empty() {
        stands.push(format!("Of the work, {remains}."));
    }
    stands
}

fn rows(entries: &[Entry], ctx: &Ctx<'_>) -> Vec<Drawn> {
    let mut rows: Vec<Drawn> = Vec::new();
    let mut last = "";
    for (n, entry) in entries.iter().enumerate() {
        let heading = heading(entry);
        if heading != last {
            if !last.is_empty() {
                between(last, heading, &mut rows, ctx);
            }
            rows.push(Drawn::Heading(heading));
            last = heading;
        }
        rows.push(Drawn::Entry(n));
    }
    between(last, "", &mut rows, ctx);
    if matches!(rows.last(), Some(Drawn::Free)) {
        rows.pop();
    }
    rows
}

/// What stands between one heading and the next: the headings that have nothing, and why.
fn between(before: &str, next: &str, rows: &mut Vec<Drawn>, ctx: &Ctx<'_>) {
    const ORDER: [&str; 3] = ["How it ends", "To wind up", "Who has to hear, in this order"];
    let place = |heading: &str| ORDER.iter().position(|one| *one == heading).unwrap_or(ORDER.len());
    rows.push(Drawn::Free);
    for heading in ORDER.iter().take(place(next)).skip(place(before) + 1) {
        let (fill, new) = (ctx.keymap.shown("ending.fill"), ctx.keymap.shown("ending.new"));
        let said = match *heading {
            "To wind up" => format!("Nothing stands here. {fill} takes over what the book knows to be open."),
            _ => format!("Nobody stands here. {new} adds them: those who took part first, the press last."),
        };
        rows.extend([Drawn::Heading(heading), Drawn::None(said), Drawn::Free]);
    }
}

fn draw_entry(said: &Said, row: Rect, buf: &mut Buffer, ctx: &Ctx<'_>, focus: bool) -> Option<Position> {
    let style = match (focus, said.over) {
        (true, _) => ctx.theme.focus(),
        (false, true) => ctx.theme.quiet(),
        _ => ctx.theme.text(),
    };
    if ctx.linear {
        let aside = if said.aside.is_empty() { String::new() } else { format!(". {}", said.aside) };
        let whole = format!("{}{aside}", said.words);
        let end = if whole.ends_with(['?', '.']) { "" } else { "." };
        return page::entry(buf, row, &format!("{whole}{end}"), style, focus);
    }
    let aside = text::fit(&said.aside, row.width / 2);
    let room = row.width.saturating_sub(text::width(&aside) + 4);
    let cursor = page::entry(buf, row, &text::fit(&said.words, room), style, focus);
    let at = row.width.saturating_sub(text::width(&aside));
    text::put(buf, text::right_of(row, at), &aside, ctx.theme.quiet());
    cursor
}
