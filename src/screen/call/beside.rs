//! How it looks what there is to ask and what is owed: two rows below the lines, a list to choose from, or a column beside
//! them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::side::Item;
use super::{At, CallScreen};
use crate::command::Ctx;
use crate::screen::page;
use crate::widget::cells::cells;
use crate::widget::text::{below, fit, put, right_of, row, width, wrap};

/// What stands between two things in a row.
const BETWEEN: &str = "   ·   ";
/// Rows that what is to be asked takes at most.
const FULL: usize = 3;

/// Columns of "ASK" and "OWED", and of "us" and "them" after that.
const LABEL: u16 = 8;
const SIDE: u16 = 6;

/// Rows that [`draw_below`] takes.
pub(super) fn rows_below(screen: &CallScreen, ctx: &Ctx<'_>) -> u16 {
    let both = screen.owed(ctx).is_some_and(|(ours, theirs)| !ours.is_empty() && !theirs.is_empty());
    2 + u16::from(both)
}

/// What to ask in a row, and what is owed in another for each side that owes something.
pub(super) fn draw_below(screen: &CallScreen, items: &[Item], area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let room = area.width.saturating_sub(LABEL);
    let first = row(area, 0);
    put(buf, first, "ASK", ctx.theme.heading());
    if items.is_empty() {
        put(buf, right_of(first, LABEL), "nothing waits to be asked", ctx.theme.quiet());
    } else {
        let items: Vec<&str> = items.iter().map(|item| item.short.as_str()).collect();
        put(buf, right_of(first, LABEL), &as_many(&items, BETWEEN, room), ctx.theme.text());
    }
    put(buf, row(area, 1), "OWED", ctx.theme.heading());
    let (ours, theirs) = screen.owed(ctx).unwrap_or_default();
    if ours.is_empty() && theirs.is_empty() {
        put(buf, right_of(row(area, 1), LABEL), nothing_owed(screen, ctx), ctx.theme.quiet());
    }
    let sides = [("us", ours), ("them", theirs)];
    for ((side, owed), n) in sides.iter().filter(|(_, owed)| !owed.is_empty()).zip(1..) {
        let at = right_of(row(area, n), LABEL);
        put(buf, at, side, ctx.theme.quiet());
        let owed: Vec<&str> = owed.iter().map(String::as_str).collect();
        put(buf, right_of(at, SIDE), &as_many(&owed, "; ", room.saturating_sub(SIDE)), ctx.theme.text());
    }
}

/// What is said where nothing is shown as owed.
fn nothing_owed(screen: &CallScreen, ctx: &Ctx<'_>) -> &'static str {
    if screen.owed(ctx).is_some() { "nothing either way" } else { "with whom is it? then it stands here" }
}

/// As many of some things as there is room for, one after another, and how many there are besides. Empty for none.
fn as_many(things: &[&str], between: &str, room: u16) -> String {
    let Some((first, others)) = things.split_first() else { return String::new() };
    let more = |n: usize| if n == 0 { String::new() } else { format!("{between}{n} more") };
    let mut said = (*first).to_owned();
    if width(&said) + width(&more(others.len())) > room {
        said = fit(&said, room.saturating_sub(width(&more(others.len()))));
    }
    let mut left = others.len();
    for thing in others {
        let longer = format!("{said}{between}{thing}");
        if width(&longer) + width(&more(left - 1)) > room {
            break;
        }
        said = longer;
        left -= 1;
    }
    said + &more(left)
}

/// The list of what to ask, to choose from.
pub(super) fn draw_choice(
    screen: &CallScreen,
    items: &[Item],
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    put(buf, row(area, 0), "ASK", ctx.theme.heading());
    put(buf, right_of(row(area, 0), 8), "Enter: it was asked", ctx.theme.quiet());
    draw_items(screen, items, below(area, 1), buf, ctx).0
}

/// What there is to ask, a row each; the one in focus in full. Says where the cursor belongs and how many rows it took.
fn draw_items(
    screen: &CallScreen,
    items: &[Item],
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> (Option<Position>, u16) {
    let focus = (screen.at == At::Side).then(|| screen.side.focus(items.len()));
    let mark = |item: &Item| if ctx.linear { format!("{}:", item.word()) } else { item.mark().to_string() };
    let columns = area.width.saturating_sub(4).max(1);
    let in_focus = focus.and_then(|focus| items.get(focus));
    let mut full = in_focus.map(|item| wrap(&item.full, columns)).unwrap_or_default();
    full.truncate(usize::from(area.height).min(FULL));
    // in full, where there is room for all of them
    let may_fit = if items.len() <= area.height.into() { items } else { &[] };
    let whole: Vec<Vec<String>> = may_fit.iter().map(|item| wrap(&item.short, columns)).collect();
    let rows_of = |n: usize, rows: &Vec<String>| if focus == Some(n) { full.len() } else { rows.len() };
    let needed: usize = whole.iter().enumerate().map(|(n, rows)| rows_of(n, rows)).sum();
    let all_fit = whole.len() == items.len() && needed <= usize::from(area.height);
    let others = match all_fit {
        true => items.len(),
        false => usize::from(area.height).saturating_sub(full.len().saturating_sub(1)),
    };
    let (mut rest, mut cursor) = (area, None);
    for n in screen.side.window(others, items.len()) {
        let Some(item) = items.get(n) else { continue };
        let here = focus == Some(n);
        let lines = match whole.get(n) {
            _ if here => full.clone(),
            Some(lines) if all_fit => lines.clone(),
            _ => vec![fit(&item.short, columns)],
        };
        for (line, said) in lines.iter().enumerate() {
            let style = if here { ctx.theme.focus() } else { ctx.theme.text() };
            let lead = if line == 0 { mark(item) } else { " ".to_owned() };
            let at = page::entry(buf, row(rest, 0), &format!("{lead} {said}"), style, here && line == 0);
            cursor = cursor.or(at);
            rest = below(rest, 1);
        }
    }
    (cursor, area.height - rest.height)
}

/// What is owed, by side, broken into rows of so many columns.
fn owed_in_full(screen: &CallScreen, columns: u16, ctx: &Ctx<'_>) -> Vec<String> {
    let (ours, theirs) = screen.owed(ctx).unwrap_or_default();
    let said = ours.iter().map(|what| format!("us: {what}"));
    let mut said: Vec<String> = said.chain(theirs.iter().map(|what| format!("them: {what}"))).collect();
    if said.is_empty() {
        said.push(nothing_owed(screen, ctx).to_owned());
    }
    let indented = |n: usize, row: String| if n == 0 { row } else { format!("  {row}") };
    let rows = said.iter().flat_map(|said| {
        wrap(said, columns.saturating_sub(2).max(1)).into_iter().enumerate().map(|(n, row)| indented(n, row))
    });
    rows.collect()
}

/// What to ask, what is owed and the prompt of the day, in a column of their own.
pub(super) fn draw_beside(
    screen: &CallScreen,
    items: &[Item],
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let owed = owed_in_full(screen, area.width.saturating_sub(2).max(1), ctx);
    let prompt = screen.prompt(ctx).map(|card| wrap(&format!("{}. {}", card.title, card.text), area.width));
    let prompt = prompt.unwrap_or_default();
    let others = cells(owed.len().min(12) + prompt.len() + 4);
    put(buf, row(area, 0), "ASK", ctx.theme.heading());
    let list = below(area, 1);
    let list = Rect { height: list.height.saturating_sub(others).max(list.height.min(1)), ..list };
    if items.is_empty() {
        put(buf, right_of(row(list, 0), 2), "nothing waits to be asked", ctx.theme.quiet());
    }
    let (cursor, used) = draw_items(screen, items, list, buf, ctx);
    let rest = below(area, used.max(1) + 2);
    put(buf, row(rest, 0), "OWED", ctx.theme.heading());
    let room = below(rest, 1);
    for (what, at) in owed.iter().zip(room.rows()) {
        put(buf, right_of(at, 2), what, ctx.theme.text());
    }
    let left = below(room, cells(owed.len()).saturating_add(1));
    let rows = cells(prompt.len());
    if left.height >= rows {
        for (line, at) in prompt.iter().zip(below(left, left.height - rows).rows()) {
            put(buf, at, line, ctx.theme.quiet());
        }
    }
    cursor
}

#[cfg(test)]
mod tests {
    use super::as_many;

    #[test]
    fn what_does_not_fit_is_counted() {
        let three = ["the budget", "a key", "the text for the poster"];
        assert_eq!(as_many(&three, "; ", 80), "the budget; a key; the text for the poster");
        assert_eq!(as_many(&three, "; ", 30), "the budget; a key; 1 more");
        assert_eq!(as_many(&three, "; ", 16), "the bud…; 2 more");
        assert_eq!(as_many(&[], "; ", 16), "");
    }
}
