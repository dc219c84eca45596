//! How the library looks: a line to find with, a row for each workbook, and in words below what is in focus.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Library;
use crate::command::Ctx;
use crate::domain::PartnershipState;
use crate::domain::query::{AgendaKind, remains_in_words};
use crate::screen::page::{self, Pen};
use crate::screen::words;
use crate::shelf::Summary;
use crate::widget::cells::cells;
use crate::widget::text;

/// Columns of "Exploring", and of "30 Sep 2024" or "13 days ago".
const STATE: u16 = 9;
const CHANGED: u16 = 11;
/// What stands behind the title of an example.
const EXAMPLE: &str = "  Example";
/// Rows below the list for the one in focus.
const BELOW: u16 = 4;

pub(super) fn draw(library: &Library, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    let order = library.order(ctx);
    let mut pen = Pen::new(buf, area);
    let mut cursor = None;
    if library.typing || !library.filter.is_empty() {
        let (row, buf) = pen.take(1);
        cursor = page::finder(buf, row, &library.filter, library.typing, *ctx.theme);
        if area.height > 8 {
            pen.gap();
        }
    }
    if order.places().is_empty() {
        let (words, place) = (nothing_here(library, ctx), pen.rest());
        pen.say(&words, ctx.theme.quiet());
        return cursor.or_else(|| (!place.is_empty()).then(|| page::cursor(place, 0)));
    }
    let below = if area.height > 2 * BELOW { BELOW } else { 0 };
    // a heading stands above what was set aside
    let aside = order.set_aside(ctx.shelf).filter(|_| !ctx.linear);
    let length = cells(order.places().len() + usize::from(aside.is_some()) * 2);
    let (list, buf) = pen.take(pen.rest().height.saturating_sub(below).min(length));
    let focus = library.list.focus(order.places().len());
    let headed = if aside.is_some_and(|at| at > 0) { 2 } else { usize::from(aside.is_some()) };
    let window =
        library.list.window(usize::from(list.height).saturating_sub(headed).max(1), order.places().len());
    let in_sight = order.places().get(window.clone()).unwrap_or_default();
    let in_sight: Vec<&Summary> =
        in_sight.iter().filter_map(|&place| ctx.shelf.workbooks.get(place)).map(Arc::as_ref).collect();
    let titles = titles(&in_sight, list.width);
    let mut rows = list.rows();
    for ((n, book), title) in window.zip(in_sight).zip(&titles) {
        if aside == Some(n) {
            // a free row before it, unless it is the first
            let above = if n == 0 { rows.next() } else { rows.nth(1) };
            if let Some(above) = above {
                text::put(buf, text::right_of(above, 2), "Set aside", ctx.theme.heading());
            }
        }
        let Some(row) = rows.next() else { break };
        let focused = draw_book(book, title, row, buf, ctx, n == focus);
        cursor = cursor.or(focused);
    }
    if let Some(book) = order.places().get(focus).and_then(|&place| ctx.shelf.workbooks.get(place)) {
        pen.gap();
        if let Some(trouble) = &book.trouble {
            pen.say(trouble, ctx.theme.text());
        } else {
            pen.say(&sentence(book, ctx), ctx.theme.quiet());
        }
    }
    cursor
}

fn nothing_here(library: &Library, ctx: &Ctx<'_>) -> String {
    let reading = if ctx.shelf.complete { "" } else { " Still reading…" };
    if library.filter.text().trim().is_empty() {
        return if ctx.shelf.complete {
            format!("There is no workbook here. {} starts one.", ctx.keymap.shown("library.new"))
        } else {
            "Reading your workbooks…".to_owned()
        };
    }
    let all = ctx.keymap.shown(if library.typing { "library-filter.clear" } else { "library.back" });
    format!("No workbook has these words. {all} shows them all.{reading}")
}

/// The titles of the rows in sight, cut so that no two look alike that are not.
fn titles(books: &[&Summary], row: u16) -> Vec<String> {
    let [room, ..] = columns(row.saturating_sub(2));
    let whole: Vec<&str> = books.iter().map(|book| title(book)).collect();
    let mut titles = text::tell_apart(&whole, room);
    if books.iter().any(|book| book.example) {
        // the badge beside an example tells it from the others already
        let short = text::tell_apart(&whole, room.saturating_sub(text::width(EXAMPLE)));
        for ((title, short), _) in titles.iter_mut().zip(short).zip(books).filter(|(_, book)| book.example) {
            *title = short;
        }
    }
    titles
}

fn title(book: &Summary) -> &str {
    words::or(&book.title, "No title yet")
}

fn draw_book(
    book: &Summary,
    shown: &str,
    row: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
    focus: bool,
) -> Option<Position> {
    let theme = ctx.theme;
    let style = if focus { theme.focus() } else { theme.text() };
    if ctx.linear {
        return page::entry(buf, row, &sentence(book, ctx), style, focus);
    }
    let room = row.width.saturating_sub(2);
    let [title, partners, state, changed] = columns(room);
    let badge = if book.example { EXAMPLE } else { "" };
    let name = Rect { width: title + 2, ..row }.intersection(row);
    let cursor = page::entry(buf, name, shown, style, focus);
    text::put(buf, text::right_of(name, 2 + text::width(shown)), badge, theme.quiet());

    let mut rest = text::right_of(row, 2 + title);
    let mut cell = |columns: u16, words: &str, style| {
        if columns > 0 {
            let place = text::right_of(rest, 2);
            text::put(buf, Rect { width: columns.min(place.width), ..place }, words, style);
            rest = text::right_of(place, columns);
        }
    };
    cell(partners, &words::listed(&book.partners), theme.quiet());
    if book.trouble.is_some() {
        let said = if changed > 0 { "cannot be read" } else { "see below" };
        cell(state + changed, said, theme.alarm());
        return cursor;
    }
    cell(state, book.state.word(), theme.text());
    let when = book.changed.map(|at| words::since_in_short(at, ctx)).unwrap_or_default();
    cell(changed, &when, theme.quiet());
    cursor
}

/// Columns for title, partners, state and day, where there are so many in all. Partners go first as it narrows.
fn columns(room: u16) -> [u16; 4] {
    if room >= 70 {
        let both = room - STATE - CHANGED - 6;
        let partners = (both / 3).min(36);
        return [(both - partners).min(48), partners, STATE, CHANGED];
    }
    if room >= 50 {
        return [room - STATE - CHANGED - 4, 0, STATE, CHANGED];
    }
    if room >= 24 { [room - STATE - 2, 0, STATE, 0] } else { [room, 0, 0, 0] }
}

/// A workbook in a sentence.
fn sentence(book: &Summary, ctx: &Ctx<'_>) -> String {
    let mut said = title(book).to_owned();
    if !book.partners.is_empty() {
        said.push_str(&format!(", with {}", words::listed(&book.partners)));
    }
    said.push_str(". ");
    if book.example {
        said.push_str("An example. ");
    }
    if book.trouble.is_some() {
        said.push_str("It cannot be read.");
        return said;
    }
    if book.digest.set_aside {
        said.push_str("Set aside: it was decided not to go on with it for now. ");
    }
    said.push_str(book.state.word());
    let remains = remains_in_words(book.digest.remains);
    if book.state == PartnershipState::Ended && !remains.is_empty() {
        said.push_str(&format!(" · {remains}"));
    }
    if let Some(at) = book.changed {
        said.push_str(&format!(", last changed {}", words::since(at, ctx)));
    }
    said.push('.');
    said.push_str(&digest(book, ctx));
    said
}

/// Last contact, what is owed and the next day, where there is any of it: " Last contact 3 days ago. We owe 2, they owe 1."
fn digest(book: &Summary, ctx: &Ctx<'_>) -> String {
    let (digest, today) = (&book.digest, ctx.today());
    let mut said = String::new();
    for call in &digest.talking {
        said.push_str(&format!(" {call} is still open."));
    }
    if let Some(on) = digest.last_contact {
        said.push_str(&format!(" Last contact {}.", words::ago(on, today)));
    }
    let owed = [(AgendaKind::WeOwe, "we owe"), (AgendaKind::TheyOwe, "they owe")].map(|(kind, words)| {
        let number = digest.owed(kind);
        (number > 0).then(|| format!("{words} {number}"))
    });
    let owed: Vec<String> = owed.into_iter().flatten().collect();
    if !owed.is_empty() {
        said.push_str(&format!(" {}.", words::capital(&owed.join(", "))));
    }
    if let Some(item) = digest.next(today)
        && let Some(on) = item.on
    {
        said.push_str(&format!(" Next: {}, {}.", words::weekday(on, today), item.words.trim()));
    }
    said
}
