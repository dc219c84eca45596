//! How the people look: the sides with their people on the left, the fields of the one in focus on the right, or one of
//! the two where there is no room for both.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::People;
use super::entry::Entry;
use crate::command::Ctx;
use crate::domain::Workbook;
use crate::domain::query::hangs_on;
use crate::screen::page;
use crate::screen::words;
use crate::widget::text;

const WHO_ARE_WE: &str = "Who are we? Every document takes it from here.";

pub(super) fn draw(people: &People, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    let Some(workbook) = ctx.workbook() else {
        text::put(buf, area, "No workbook is open.", ctx.theme.quiet());
        return (!area.is_empty()).then(|| page::cursor(area, 0));
    };
    let in_list = people.form.is_away();
    if !page::is_wide(ctx) {
        return if in_list {
            draw_list(people, workbook, area, buf, ctx)
        } else {
            draw_form(people, workbook, area, buf, ctx)
        };
    }
    let (left, right) = page::split(area, buf, *ctx.theme, (area.width * 2 / 5).clamp(28, 44));
    let list = draw_list(people, workbook, left, buf, ctx);
    let details = draw_form(people, workbook, right, buf, ctx);
    if in_list { list } else { details }
}

fn draw_list(
    people: &People,
    workbook: &Workbook,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let (entries, focus) = people.entries(workbook);
    let names = names(&entries, workbook, area.width);
    let mut cursor = None;
    for (n, row) in people.list.borrow().window(area.height.into(), entries.len()).zip(area.rows()) {
        let (Some(entry), Some(shown)) = (entries.get(n), names.get(n)) else { continue };
        let gone =
            matches!(entry, Entry::Person(id) if workbook.person(id).is_some_and(|p| p.left.is_some()));
        let style = match (n == focus, people.form.is_away(), entry) {
            (true, true, _) => ctx.theme.focus(),
            (true, ..) => ctx.theme.focus_elsewhere(),
            (false, _, Entry::Side(_)) => ctx.theme.strong(),
            (false, _, Entry::Person(_)) if gone => ctx.theme.quiet(),
            (false, _, Entry::Person(_)) => ctx.theme.text(),
        };
        if ctx.linear {
            let words = format!("{}. {}.", entry.name(workbook), entry.about(workbook));
            cursor = cursor.or(page::entry(buf, row, &words, style, n == focus));
            continue;
        }
        let indent = indent(entry);
        let focused = page::entry(buf, row, "", style, n == focus).map(|_| page::cursor(row, 2 + indent));
        let place = text::right_of(row, 2 + indent);
        let used = text::put(buf, place, shown, style);
        let aside = match entry {
            Entry::Side(id) if id.is_us() && entry.name(workbook) != "Our side" => "our side",
            Entry::Side(_) => "",
            Entry::Person(_) if gone => "has left",
            Entry::Person(id) => workbook.person(id).map_or("", |person| person.role.trim()),
        };
        text::put(buf, text::right_of(place, used + 2), aside, ctx.theme.quiet());
        cursor = cursor.or(focused);
    }
    cursor
}

/// Columns by which a person stands further in than the side.
fn indent(entry: &Entry) -> u16 {
    if matches!(entry, Entry::Person(_)) { 2 } else { 0 }
}

/// The names in a list so many columns wide, cut so that sides that differ look different, and so do people.
fn names(entries: &[Entry], workbook: &Workbook, columns: u16) -> Vec<String> {
    let whole: Vec<String> = entries.iter().map(|entry| entry.name(workbook)).collect();
    let cut = |indented: u16| {
        let those = entries.iter().zip(&whole).filter(|(entry, _)| indent(entry) == indented);
        let names: Vec<&str> = those.map(|(_, name)| name.as_str()).collect();
        text::tell_apart(&names, columns.saturating_sub(2 + indented)).into_iter()
    };
    let (mut sides, mut people) = (cut(0), cut(2));
    let next = |entry| if indent(entry) == 0 { sides.next() } else { people.next() }.unwrap_or_default();
    entries.iter().map(next).collect()
}

/// The form of the one in focus, under who that is.
fn draw_form(
    people: &People,
    workbook: &Workbook,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let (entries, focus) = people.entries(workbook);
    let entry = entries.get(focus)?;
    let theme = ctx.theme;
    let nameless = matches!(entry, Entry::Side(id) if id.is_us() && workbook.us().name.trim().is_empty());
    let about = if nameless {
        (WHO_ARE_WE.to_owned(), theme.text())
    } else {
        (said_of(entry, workbook, ctx), theme.quiet())
    };
    let head = [(entry.name(workbook), theme.heading()), about];
    people.form.draw(&head, &entry.fields(workbook, ctx), area, buf, ctx)
}

/// What it is, and what wants to be known before anything else: that somebody has left, that all hangs on one person.
fn said_of(entry: &Entry, workbook: &Workbook, ctx: &Ctx<'_>) -> String {
    let about = entry.about(workbook);
    match entry {
        Entry::Person(id) => match workbook.person(id).and_then(|person| person.left) {
            Some(left) => format!("{about}. Left {}.", words::ago(left, ctx.today())),
            None => about,
        },
        Entry::Side(id) => match hangs_on(workbook, id, ctx.today()) {
            Some(person) => {
                format!("{about}. It hangs on {}: nobody stands in.", words::or(&person.name, "one person"))
            }
            None => about,
        },
    }
}
