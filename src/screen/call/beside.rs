//! How it looks what there is to ask and what is owed: two rows below the lines, a list to choose from, or a column beside
//! them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::side::Item;
use super::{At, CallScreen};
use crate::command::Ctx;
use crate::screen::page;
use crate::widget::text::{below, fit, put, right_of, row, wrap};

/// Rows that what is to be asked takes at most.
const FULL: usize = 3;

/// What to ask and what is owed, a row each.
pub(super) fn draw_below(screen: &CallScreen, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    const LABEL: u16 = 8;
    let items: Vec<String> = screen.side_items(ctx).into_iter().map(|item| fit(&item.short, 44)).collect();
    let ask = if items.is_empty() { "nothing waits to be asked".to_owned() } else { items.join("   ·   ") };
    let rows = [("ASK", ask, !items.is_empty()), ("OWED", owed_in_a_row(screen, ctx), true)];
    for ((label, said, strong), at) in rows.into_iter().zip(area.rows()) {
        put(buf, at, label, ctx.theme.heading());
        put(buf, right_of(at, LABEL), &said, if strong { ctx.theme.text() } else { ctx.theme.quiet() });
    }
}

fn owed_in_a_row(screen: &CallScreen, ctx: &Ctx<'_>) -> String {
    let (ours, theirs) = screen.owed(ctx);
    let side =
        |whose: &str, what: Vec<String>| (!what.is_empty()).then(|| format!("{whose}: {}", what.join("; ")));
    let both: Vec<String> = [side("us", ours), side("them", theirs)].into_iter().flatten().collect();
    if both.is_empty() { "nothing either way".to_owned() } else { both.join("   ·   ") }
}

/// The list of what to ask, to choose from.
pub(super) fn draw_choice(
    screen: &CallScreen,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    put(buf, row(area, 0), "ASK", ctx.theme.heading());
    put(buf, right_of(row(area, 0), 8), "Enter: it was asked", ctx.theme.quiet());
    draw_items(screen, &screen.side_items(ctx), below(area, 1), buf, ctx).0
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
    let others = usize::from(area.height).saturating_sub(full.len().saturating_sub(1));
    let (mut rest, mut cursor) = (area, None);
    for n in screen.side.window(others, items.len()) {
        let Some(item) = items.get(n) else { continue };
        let here = focus == Some(n);
        let lines = if here { full.clone() } else { vec![fit(&item.short, columns)] };
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

/// What to ask, what is owed and the prompt of the day, in a column of their own.
pub(super) fn draw_beside(
    screen: &CallScreen,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let items = screen.side_items(ctx);
    let (ours, theirs) = screen.owed(ctx);
    let sides = [("us", ours), ("them", theirs)];
    let owed =
        sides.into_iter().flat_map(|(side, what)| what.into_iter().map(move |w| format!("{side}: {w}")));
    let mut owed: Vec<String> = owed.collect();
    if owed.is_empty() {
        owed.push("nothing either way".to_owned());
    }
    let prompt = screen.prompt(ctx).map(|card| wrap(&format!("{}. {}", card.title, card.text), area.width));
    let prompt = prompt.unwrap_or_default();
    let others = u16::try_from(owed.len().min(6) + prompt.len() + 4).unwrap_or(u16::MAX);
    put(buf, row(area, 0), "ASK", ctx.theme.heading());
    let list = below(area, 1);
    let list = Rect { height: list.height.saturating_sub(others).max(list.height.min(1)), ..list };
    if items.is_empty() {
        put(buf, right_of(row(list, 0), 2), "nothing waits to be asked", ctx.theme.quiet());
    }
    let (cursor, used) = draw_items(screen, &items, list, buf, ctx);
    let rest = below(area, used.max(1) + 2);
    put(buf, row(rest, 0), "OWED", ctx.theme.heading());
    let room = below(rest, 1);
    for (what, at) in owed.iter().zip(room.rows()) {
        put(buf, right_of(at, 2), what, ctx.theme.text());
    }
    let left = below(room, u16::try_from(owed.len()).unwrap_or(u16::MAX).saturating_add(1));
    let rows = u16::try_from(prompt.len()).unwrap_or(u16::MAX);
    if left.height >= rows {
        for (line, at) in prompt.iter().zip(below(left, left.height - rows).rows()) {
            put(buf, at, line, ctx.theme.quiet());
        }
    }
    cursor
}
