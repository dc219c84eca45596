//! Draws the list of documents with the chosen one beside it, or one of the two where there is no room for both.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Documents, Shown, whose};
use crate::command::Ctx;
use crate::export::{Artefact, Order, PARTS, artefacts};
use crate::screen::page::{self, Pen};
use crate::widget::cells::cells;
use crate::widget::list::List;
use crate::widget::text;

/// Columns that the list takes beside a text.
const LIST: u16 = 31;
/// The most remarks above a text, a line each, so that much of it stays in sight.
const MOST_REMARKS: usize = 4;

pub(super) fn draw(screen: &Documents, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    if area.is_empty() {
        return None;
    }
    screen.with_shown(ctx, |order, shown| {
        if page::is_wide(ctx) {
            let (left, right) = page::split(area, buf, *ctx.theme, LIST);
            let on_list = list(screen, left, buf, ctx);
            let on_text = text_of(screen, order, shown, right, buf, ctx);
            if screen.reads { on_text } else { on_list }
        } else if screen.reads {
            text_of(screen, order, shown, area, buf, ctx)
        } else {
            let height = cells(rows().count()).min(area.height);
            let on_list = list(screen, Rect { height, ..area }, buf, ctx);
            let rest = text::below(area, height + 1);
            if !rest.is_empty() {
                text_of(screen, order, shown, rest, buf, ctx);
            }
            on_list
        }
    })
}

/// A row of the list.
enum Line {
    /// Above the documents of a part.
    Heading(&'static str),
    /// A document, with its place among all.
    Document(usize, &'static Artefact),
    /// Between two parts.
    Free,
}

/// The documents under the headings of their parts.
fn rows() -> impl Iterator<Item = Line> {
    let mut place = 0;
    PARTS.iter().enumerate().flat_map(move |(n, part)| {
        let first = place;
        place += part.rows.len();
        let documents = part.rows.iter().enumerate().map(move |(n, row)| Line::Document(first + n, row));
        let head = (n > 0).then_some(Line::Free).into_iter().chain([Line::Heading(part.title)]);
        head.chain(documents)
    })
}

fn list(screen: &Documents, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let focus = screen.list.focus(artefacts().count());
    let rows: Vec<Line> = rows().collect();
    let is_focus = |row: &Line| matches!(row, Line::Document(n, _) if *n == focus);
    let line = rows.iter().position(is_focus).unwrap_or(0);
    let mut cursor = None;
    let window = List::at(line).window(area.height.into(), rows.len());
    for (row, place) in rows.iter().skip(window.start).zip(area.rows()) {
        let (n, artefact) = match row {
            Line::Free => continue,
            Line::Heading(title) => {
                text::put(buf, place, title, ctx.theme.heading());
                continue;
            }
            Line::Document(n, artefact) => (*n, artefact),
        };
        let style = match (n == focus, screen.reads) {
            (false, _) => ctx.theme.text(),
            (true, false) => ctx.theme.focus(),
            (true, true) => ctx.theme.focus_elsewhere(),
        };
        let title = text::fit(artefact.title, place.width.saturating_sub(2));
        cursor = page::entry(buf, place, &title, style, n == focus).or(cursor);
    }
    cursor
}

/// How it is written and whose it is, what is to be known about it, then its words.
fn text_of(
    screen: &Documents,
    order: &Order,
    shown: &Shown,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let mut pen = Pen::new(buf, area);
    let ascii = if order.ascii { ", plain letters only" } else { "" };
    pen.say(&format!("As {}{ascii}, {}", order.format.word(), whose(order, ctx)), ctx.theme.quiet());
    // above the text a line each; whoever reads it has them whole, and scrolls them away
    if !screen.reads {
        for remark in shown.remarks.iter().take(MOST_REMARKS) {
            let room = pen.rest().width;
            pen.line(&text::fit(remark, room), ctx.theme.notice());
        }
        pen.gap();
    }
    let area = pen.rest();
    if area.is_empty() {
        return None;
    }
    let broken =
        |text: &str| text.lines().flat_map(|line| page::broken(line, area.width)).collect::<Vec<String>>();
    let remarks: Vec<String> = if screen.reads {
        shown.remarks.iter().flat_map(|remark| broken(remark)).collect()
    } else {
        Vec::new()
    };
    let said = remarks.len();
    let gap = (said > 0).then(String::new);
    let body = shown.lines(area.width);
    let lines: Vec<&String> = remarks.iter().chain(&gap).chain(body.iter()).collect();
    let last_top = lines.len().saturating_sub(area.height.into());
    screen.last_top.set(last_top);
    screen.page.set(area.height.into());
    screen.top.set(screen.top.get().min(last_top));
    for ((n, line), row) in lines.iter().enumerate().skip(screen.top.get()).zip(area.rows()) {
        text::put(buf, row, line, if n < said { ctx.theme.notice() } else { ctx.theme.text() });
    }
    if lines.is_empty() {
        text::put(buf, area, "There is nothing in it yet.", ctx.theme.quiet());
    }
    // on words, so that a screen reader has something to say
    let first = lines.iter().skip(screen.top.get()).position(|line| !line.trim().is_empty()).unwrap_or(0);
    let at = text::row(area, cells(first));
    Some(page::cursor(if at.is_empty() { area } else { at }, 0))
}
