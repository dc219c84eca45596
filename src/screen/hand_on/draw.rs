//! How handing on looks: what hangs on the partner on the left, with what becomes of it; beside it, or in its place where
//! there is no room for both, what can become of the one in focus.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::HandOn;
use crate::command::Ctx;
use crate::domain::query::{Fate, Hanging, side, who_in_words};
use crate::domain::{Move, Workbook};
use crate::screen::page::{self, Pen};
use crate::screen::words;
use crate::widget::list::List;
use crate::widget::text;

pub(super) fn draw(screen: &HandOn, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    let workbook = ctx.workbook()?;
    if screen.choosing.is_none() {
        return draw_list(screen, workbook, area, buf, ctx);
    }
    if !page::is_wide(ctx) {
        return draw_options(screen, area, buf, ctx);
    }
    let (left, right) = page::split(area, buf, *ctx.theme, area.width / 2 + 4);
    draw_list(screen, workbook, left, buf, ctx);
    draw_options(screen, right, buf, ctx)
}

/// A row as it is drawn.
enum Line<'a> {
    Group(&'a str),
    Item(usize),
    Free,
    CarryOut,
}

fn lines(fates: &[(Hanging, Fate)]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut group = "";
    for (n, (hanging, _)) in fates.iter().enumerate() {
        if hanging.group != group {
            group = hanging.group;
            lines.push(Line::Group(group));
        }
        lines.push(Line::Item(n));
    }
    lines.extend([Line::Free, Line::CarryOut]);
    lines
}

fn draw_list(
    screen: &HandOn,
    workbook: &Workbook,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let (fates, focus) = screen.focus(ctx);
    let name = words::capital(&side(workbook, &screen.partner));
    let leaves = screen.change == Move::Leaving;
    let (what, intro) = match (leaves, fates.is_empty()) {
        (true, true) => ("leaves", "Nothing hangs on it here."),
        (true, false) => {
            ("leaves", "Say who takes each of these on. What stays for now comes up again in the agenda.")
        }
        (false, true) => ("rests", "Nothing hangs on it here."),
        (false, false) => ("rests", "All of this may rest with it. Hand on what cannot wait."),
    };
    let mut pen = Pen::new(buf, area);
    if area.height > 8 {
        pen.say(&format!("{name} {what}. {intro}"), ctx.theme.text());
        pen.gap();
    }
    let body = pen.rest();
    let lines = lines(&fates);
    let here = lines.iter().position(|line| match line {
        Line::Item(n) => *n == focus,
        Line::CarryOut => focus >= fates.len(),
        _ => false,
    });
    let in_list = screen.choosing.is_none();
    let mut scroll = List::at(0);
    // the heading above the first one is in sight with it
    scroll.set(here.unwrap_or(0));
    let window = scroll.window(body.height.into(), lines.len());
    screen.list.borrow().window(body.height.into(), fates.len() + 1);
    let mut cursor = None;
    for (n, row) in window.zip(body.rows()) {
        let in_focus = Some(n) == here;
        let style = match (in_focus, in_list) {
            (true, true) => ctx.theme.focus(),
            (true, false) => ctx.theme.focus_elsewhere(),
            _ => ctx.theme.text(),
        };
        match lines.get(n) {
            Some(Line::Group(group)) => {
                text::put(buf, row, group, ctx.theme.strong());
            }
            Some(Line::Item(n)) => {
                let Some((hanging, fate)) = fates.get(*n) else { continue };
                let fate = in_words(hanging, fate, screen.change, workbook);
                if ctx.linear {
                    let said = format!("{}: {}.", hanging.words, fate.trim_start_matches(". "));
                    cursor = cursor.or(page::entry(buf, row, &said, style, in_focus));
                    continue;
                }
                let aside = text::width(&fate).min(row.width / 2);
                let room = Rect { width: row.width.saturating_sub(aside + 2), ..row };
                let shown = text::fit(&hanging.words, room.width.saturating_sub(2));
                cursor = cursor.or(page::entry(buf, room, &shown, style, in_focus));
                let right = text::right_of(row, row.width.saturating_sub(aside));
                text::put(buf, right, &text::fit(&fate, aside), ctx.theme.quiet());
            }
            Some(Line::CarryOut) => {
                let all = if fates.is_empty() { "" } else { ", with all this in one step" };
                let (on, today) = (screen.on(ctx), ctx.today());
                let when =
                    if on == today { "today".to_owned() } else { format!("on {}", words::day(on, today)) };
                let said = format!("{name} {what} {when}{all}");
                cursor = cursor.or(page::entry(buf, row, &said, style, in_focus));
            }
            _ => {}
        }
    }
    cursor.or((!area.is_empty()).then(|| page::cursor(area, 0)))
}

fn in_words(hanging: &Hanging, fate: &Fate, change: Move, workbook: &Workbook) -> String {
    match fate {
        Fate::Stays if change == Move::Leaving => ". stays for now".to_owned(),
        Fate::Stays => "rests".to_owned(),
        Fate::To(who) => format!("to {}", who_in_words(workbook, who)),
        Fate::Ends => hanging.end().to_owned(),
    }
}

fn draw_options(screen: &HandOn, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let choosing = screen.choosing.as_ref()?;
    let (fates, focus) = screen.focus(ctx);
    let title = match fates.get(focus) {
        Some((hanging, _)) if !choosing.all => hanging.words.clone(),
        _ => "All that still stays".to_owned(),
    };
    let mut pen = Pen::new(buf, area);
    pen.say(&title, ctx.theme.strong());
    pen.gap();
    let body = pen.rest();
    let options = screen.options(ctx);
    let here = choosing.list.focus(options.len());
    let mut cursor = None;
    for (n, row) in choosing.list.window(body.height.into(), options.len()).zip(body.rows()) {
        let Some((words, _)) = options.get(n) else { continue };
        let style = if n == here { ctx.theme.focus() } else { ctx.theme.text() };
        cursor = cursor.or(page::entry(
            buf,
            row,
            &text::fit(words, row.width.saturating_sub(2)),
            style,
            n == here,
        ));
    }
    cursor.or((!area.is_empty()).then(|| page::cursor(area, 0)))
}
