//! How a call looks: with whom, its lines, what to ask and what is owed below them or beside them, and what the letters of
//! the tags mean.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::layout::{clock, elapsed, stamp};
use super::{At, CallScreen};
use crate::command::{Ctx, tags};
use crate::domain::{Line, Medium, PRIVATE_LETTER, Tag};
use crate::screen::{page, words};
use crate::widget::field::FieldStyle;
use crate::widget::text::{below, fit, put, put_wrapped, right_of, row, width, wrap};

/// From so many columns on, what to ask stands beside the lines.
const BESIDE: u16 = 108;
const BESIDE_COLUMNS: u16 = 38;
/// From so many rows on, what to ask and what is owed stand below the lines.
const BELOW_FROM: u16 = 12;
/// From so many rows of the terminal on, the letters of the tags stand below that.
const LEGEND_FROM: u16 = 18;
/// From so many columns on, a line shows the time of day too.
const CLOCK_FROM: u16 = 76;
/// Names that are offered at once.
const NAMES: usize = 5;

/// The right end of the first line: how, how late it is, and since when.
pub(super) fn aside(screen: &CallScreen, ctx: &Ctx<'_>) -> String {
    let Some(call) = screen.call(ctx) else { return screen.medium.words().to_owned() };
    let (medium, since) = (call.medium.words(), clock(call.started, ctx));
    match call.ended {
        _ if call.medium == Medium::Jots => words::count(call.lines.len(), "line", "lines"),
        Some(ended) => {
            let day = words::short_day(call.on, ctx.today());
            format!("{medium}   {}   ({day}, {since})", elapsed(call.started, ended))
        }
        None if ctx.linear => format!("{medium}, since {since}"),
        None => format!("{medium}   {}   ({since})", elapsed(call.started, ctx.time_on(&call.id))),
    }
}

/// Whether the letters of the tags are in sight.
pub(super) fn shows_legend(ctx: &Ctx<'_>) -> bool {
    ctx.size.1 >= LEGEND_FROM
}

pub(super) fn draw(screen: &CallScreen, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let mut area = area;
    let mut cursor = None;
    if screen.types_head() {
        let (rows, at) = draw_head(screen, area, buf, ctx);
        cursor = at;
        area = below(area, rows);
    }
    if area.width >= BESIDE && !ctx.linear && screen.has_side(ctx) {
        let (left, right) = page::split(area, buf, *ctx.theme, area.width - BESIDE_COLUMNS);
        let in_lines = draw_main(screen, left, buf, ctx, false);
        let in_side = draw_beside(screen, right, buf, ctx);
        return cursor.or(if screen.at == At::Side { in_side } else { in_lines });
    }
    cursor.or(draw_main(screen, area, buf, ctx, screen.has_side(ctx)))
}

/// The lines, with what belongs below them. Where the person is choosing what to ask, that has the cursor.
fn draw_main(
    screen: &CallScreen,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
    with_side: bool,
) -> Option<Position> {
    let mut lines = area;
    if shows_legend(ctx) {
        let rows = legend_rows(area.width);
        let legend = below(area, lines.height.saturating_sub(rows));
        draw_legend(legend, buf, ctx);
        lines.height = lines.height.saturating_sub(rows + 1);
    }
    let mut in_side = None;
    if with_side && (lines.height >= BELOW_FROM || screen.at == At::Side) {
        let choosing = screen.at == At::Side;
        let items = u16::try_from(screen.side_items(ctx).len()).unwrap_or(u16::MAX);
        let rows = if choosing { items.min(lines.height * 2 / 3).max(1) + 1 } else { 2 };
        let side = below(lines, lines.height.saturating_sub(rows));
        if choosing {
            in_side = draw_choice(screen, side, buf, ctx);
        } else {
            draw_below(screen, side, buf, ctx);
        }
        lines.height = lines.height.saturating_sub(rows + u16::from(lines.height > rows));
    }
    let in_lines = draw_lines(screen, lines, buf, ctx, with_side);
    in_side.or(in_lines)
}

fn legend_rows(columns: u16) -> u16 {
    u16::try_from(legend(columns).len()).unwrap_or(1)
}

/// The letters of the tags, as many rows as they take.
fn legend(columns: u16) -> Vec<Vec<(char, &'static str)>> {
    let mut rows: Vec<Vec<(char, &str)>> = vec![Vec::new()];
    let mut used = 0;
    for (letter, words) in tags::legend() {
        let wide = width(words) + 2;
        if used > 0 && used + 3 + wide > columns {
            rows.push(Vec::new());
            used = 0;
        }
        used += wide + if used > 0 { 3 } else { 0 };
        if let Some(last) = rows.last_mut() {
            last.push((letter, words));
        }
    }
    rows
}

fn draw_legend(area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    for (entries, at) in legend(area.width).into_iter().zip(area.rows()) {
        let mut rest = at;
        for (letter, words) in entries {
            put(buf, rest, letter.encode_utf8(&mut [0; 4]), ctx.theme.key());
            let used = put(buf, right_of(rest, 2), words, ctx.theme.quiet());
            rest = right_of(rest, used + 5);
        }
    }
}

/// How the columns of the lines are cut.
struct Columns {
    clock: bool,
    stamp: u16,
    text: u16,
}

impl Columns {
    fn of(screen: &CallScreen, area: Rect, ctx: &Ctx<'_>) -> Self {
        let call = screen.call(ctx);
        let last = call.and_then(|call| Some(width(&stamp(call, call.lines.last()?, ctx))));
        let stamp = last.unwrap_or(5).max(5);
        let clock = area.width >= CLOCK_FROM && call.is_some_and(|call| !call.is_jots()) && !ctx.linear;
        // mark, stamp, tag
        let before = 2 + if clock { 7 } else { 0 } + stamp + 2 + 3;
        Self { clock, stamp, text: before.min(area.width / 2) }
    }
}

fn draw_lines(
    screen: &CallScreen,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
    with_prompt: bool,
) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let columns = Columns::of(screen, area, ctx);
    let text_columns = area.width.saturating_sub(columns.text).max(1);
    let seen = screen.seen(text_columns, area.height, ctx);
    let focus = screen.row_at(ctx);
    let mut rest = area;
    let mut cursor = None;
    for (n, height) in seen.heights.iter().enumerate() {
        let at = Rect { height: *height, ..rest };
        let here = seen.first + n == focus;
        let drawn = draw_row(screen, seen.first + n, at, &columns, buf, ctx);
        if here {
            cursor = drawn;
        }
        rest = below(rest, *height);
    }
    draw_hidden(screen, seen.first, seen.first + seen.heights.len(), area, buf, ctx);
    if let Some(card) = screen.prompt(ctx).filter(|_| with_prompt && rest.height >= 3) {
        let said = format!("{}. {}", card.title, card.text);
        let said = wrap(&said, area.width);
        if said.len() <= 2 {
            let rows = u16::try_from(said.len()).unwrap_or(1);
            put_wrapped(buf, below(rest, rest.height - rows), &said.join(" "), ctx.theme.quiet());
        }
    }
    cursor
}

/// Says at the right end of the first row how many lines are above what is in sight, and of the last how many below.
fn draw_hidden(screen: &CallScreen, first: usize, end: usize, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let mut say = |n: usize, at: Rect| {
        let said = format!(" … {n} more");
        if n > 0 && at.width > 40 {
            put(buf, right_of(at, at.width.saturating_sub(width(&said))), &said, ctx.theme.quiet());
        }
    };
    say(first, row(area, 0));
    if area.height > 1 {
        say(screen.slots(ctx).saturating_sub(end), row(area, area.height - 1));
    }
}

/// One line: a mark where the person rests, its stamp, its tag, its words. Says where the cursor belongs on it.
fn draw_row(
    screen: &CallScreen,
    n: usize,
    at: Rect,
    columns: &Columns,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let line = screen.lines(ctx).get(n);
    let here = n == screen.row_at(ctx);
    let resting = here && screen.at == At::Rest;
    let typing = here && screen.types_line();
    let picked = line.is_some_and(|line| screen.picked.contains(&line.id));
    let lead = match (resting, picked) {
        (true, _) => ">",
        (false, true) => "*",
        _ => " ",
    };
    let first = row(at, 0);
    put(buf, first, lead, ctx.theme.text());
    let mut head = right_of(first, 2);
    if let (Some(call), Some(line)) = (screen.call(ctx), line) {
        if columns.clock {
            put(buf, head, &clock(line.at, ctx), ctx.theme.quiet());
            head = right_of(head, 7);
        }
        put(buf, head, &stamp(call, line, ctx), ctx.theme.quiet());
    } else if columns.clock {
        head = right_of(head, 7);
    }
    let (tag, private) = line.map_or((screen.next.tag, screen.next.private), |line| (line.tag, line.private));
    let is_next = line.is_some() || screen.at == At::Open || screen.at == At::Rest;
    if is_next {
        put(buf, right_of(head, columns.stamp + 2), &letters(tag, private), ctx.theme.key());
    }
    let text = right_of(at, columns.text);
    if typing {
        draw_field(screen, text, buf, ctx);
        return screen.field.cursor_position(text);
    }
    let style = if resting {
        ctx.theme.focus()
    } else if picked {
        ctx.theme.selected()
    } else {
        ctx.theme.text()
    };
    match line {
        Some(line) if line.text.trim().is_empty() => {
            _ = put(buf, row(text, 0), "marked", style.patch(quiet(resting, ctx)))
        }
        Some(line) => draw_words(screen, line, text, buf, style, here),
        None if resting => _ = put(buf, row(text, 0), "the next line", style),
        None => {}
    }
    (!first.is_empty()).then(|| page::cursor(first, 0)).filter(|_| here)
}

fn quiet(focused: bool, ctx: &Ctx<'_>) -> Style {
    if focused { Style::new() } else { ctx.theme.quiet() }
}

fn draw_words(screen: &CallScreen, line: &Line, text: Rect, buf: &mut Buffer, style: Style, here: bool) {
    let most = screen.most_rows(here, text.height);
    for (words, at) in CallScreen::shown(line, text.width.max(1), most).iter().zip(text.rows()) {
        put(buf, at, words, style);
    }
}

fn draw_field(screen: &CallScreen, text: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let style =
        FieldStyle { text: ctx.theme.text(), selected: ctx.theme.selected(), placeholder: ctx.theme.quiet() };
    screen.field.render(text, buf, style);
    if !screen.field.is_empty() || screen.at != At::Open {
        return;
    }
    let about = screen.next.about.as_ref().and_then(|id| ctx.content.question(id.as_str()));
    let hint = match about {
        Some(question) => format!("what they say to: {}", question.ask),
        None if screen.has_lines(ctx) => String::new(),
        None => "what is said; Enter stamps it".to_owned(),
    };
    put(buf, row(text, 0), &hint, ctx.theme.quiet());
}

/// The letters that stand before a line: that of its tag, and whether it is private.
fn letters(tag: Option<Tag>, private: bool) -> String {
    let tag = tag.map(Tag::letter).into_iter();
    tag.chain(private.then_some(PRIVATE_LETTER)).collect()
}

/// With whom: the field and who is found. Returns the rows used and where the cursor belongs.
fn draw_head(screen: &CallScreen, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> (u16, Option<Position>) {
    let Some(workbook) = ctx.workbook() else { return (0, None) };
    let at_people = screen.at == At::People;
    let label = if at_people { "Who is on it?" } else { "Who is it?" };
    let first = row(area, 0);
    let used = put(buf, first, label, ctx.theme.strong()) + 1;
    let place = right_of(first, used);
    let style =
        FieldStyle { text: ctx.theme.text(), selected: ctx.theme.selected(), placeholder: ctx.theme.quiet() };
    screen.head.render(place, buf, style);
    let cursor = screen.head.cursor_position(place);
    let hint = hint(screen, at_people, screen.found(ctx).is_empty());
    let typed = width(&screen.head.text()).max(14) + 3;
    if place.width > typed + width(&hint) {
        put(buf, right_of(place, place.width - width(&hint)), &hint, ctx.theme.quiet());
    }
    let names = NAMES.min(usize::from(area.height.saturating_sub(4)));
    let found = screen.found(ctx);
    let marked = screen.marked();
    let from = marked.map_or(0, |n| (n + 1).saturating_sub(names));
    let mut rows = 1;
    for (n, who) in found.iter().enumerate().skip(from).take(names) {
        let at = row(area, rows);
        let here = marked == Some(n);
        let on = screen.call(ctx).is_some_and(|call| match who {
            super::head::Who::Partner(id) => call.partner.as_ref() == Some(id),
            super::head::Who::Person(id) => call.with.contains(id),
        });
        put(buf, at, if here { ">" } else { " " }, ctx.theme.text());
        let name = ends(&who.name(workbook), at.width.saturating_sub(14));
        let style = if here { ctx.theme.focus() } else { ctx.theme.text() };
        let used = put(buf, right_of(at, 2), &name, style);
        if on {
            put(buf, right_of(at, 4 + used), "on the call", ctx.theme.quiet());
        }
        rows += 1;
    }
    let more = found.len().saturating_sub(from + names);
    if more > 0 && usize::from(rows) <= names {
        put(buf, right_of(row(area, rows), 2), &format!("{more} more"), ctx.theme.quiet());
        rows += 1;
    }
    (rows + 1, cursor)
}

/// What Enter does in the head.
fn hint(screen: &CallScreen, at_people: bool, none_found: bool) -> String {
    match (screen.head.text().trim().is_empty(), none_found, at_people) {
        (true, ..) if screen.marked().is_some() => "Enter takes the one marked".to_owned(),
        (true, _, false) => "Enter leaves it open for now".to_owned(),
        (true, _, true) => "Enter goes to the line".to_owned(),
        (false, true, _) => "Enter takes the name; sort it out later".to_owned(),
        (false, false, _) => "Enter takes the one marked".to_owned(),
    }
}

/// A name with both its ends, where it does not fit: many differ only there.
fn ends(name: &str, columns: u16) -> String {
    if width(name) <= columns || columns < 12 {
        return fit(name, columns);
    }
    let tail_columns = columns / 3;
    let mut tail = String::new();
    for c in name.chars().rev() {
        if width(&tail) + width(c.encode_utf8(&mut [0; 4])) > tail_columns {
            break;
        }
        tail.insert(0, c);
    }
    format!("{}{}", fit(name, columns - width(&tail)), tail)
}

/// What to ask and what is owed, a row each.
fn draw_below(screen: &CallScreen, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
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
fn draw_choice(screen: &CallScreen, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    put(buf, area, "ASK", ctx.theme.heading());
    put(buf, right_of(area, 8), "Enter: it was asked", ctx.theme.quiet());
    let items = screen.side_items(ctx);
    let list = below(area, 1);
    let focus = screen.side.focus(items.len());
    let mut cursor = None;
    for (n, at) in screen.side.window(list.height.into(), items.len()).zip(list.rows()) {
        let Some(item) = items.get(n) else { continue };
        let style = if n == focus { ctx.theme.focus() } else { ctx.theme.text() };
        let mark = if ctx.linear { item.word().to_owned() } else { item.mark().to_string() };
        cursor = cursor.or(page::entry(buf, at, &format!("{mark} {}", item.full), style, n == focus));
    }
    cursor
}

/// What to ask, what is owed and the prompt of the day, in a column of their own.
fn draw_beside(screen: &CallScreen, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let items = screen.side_items(ctx);
    let (ours, theirs) = screen.owed(ctx);
    let owed: Vec<String> = [("us", ours), ("them", theirs)]
        .into_iter()
        .flat_map(|(whose, what)| what.into_iter().map(move |what| format!("{whose}: {what}")))
        .collect();
    let prompt = screen.prompt(ctx).map(|card| format!("{}. {}", card.title, card.text));
    let prompt = prompt.map(|said| wrap(&said, area.width)).unwrap_or_default();
    let choosing = screen.at == At::Side;
    let kept = u16::try_from(owed.len().clamp(1, 6) + prompt.len() + 4).unwrap_or(u16::MAX);
    let list = Rect { height: area.height.saturating_sub(kept).max(2), ..area };
    put(buf, list, "ASK", ctx.theme.heading());
    let room = below(list, 1);
    let mut cursor = None;
    if items.is_empty() {
        put(buf, room, "nothing waits to be asked", ctx.theme.quiet());
    }
    let focus = screen.side.focus(items.len());
    for (n, at) in screen.side.window(room.height.into(), items.len()).zip(room.rows()) {
        let Some(item) = items.get(n) else { continue };
        let here = choosing && n == focus;
        let style = if here { ctx.theme.focus() } else { ctx.theme.text() };
        let said = format!("{} {}", item.mark(), item.short);
        cursor = cursor.or(page::entry(buf, at, &fit(&said, at.width.saturating_sub(2)), style, here));
    }
    let shown = u16::try_from(items.len().max(1)).unwrap_or(u16::MAX).min(room.height);
    let rest = below(room, shown + 1);
    put(buf, rest, "OWED", ctx.theme.heading());
    let owed = if owed.is_empty() { vec!["nothing either way".to_owned()] } else { owed };
    for (what, at) in owed.iter().zip(below(rest, 1).rows()) {
        put(buf, right_of(at, 2), what, ctx.theme.text());
    }
    let used = u16::try_from(owed.len()).unwrap_or(u16::MAX).saturating_add(2);
    let left = below(rest, used);
    let rows = u16::try_from(prompt.len()).unwrap_or(u16::MAX);
    if left.height >= rows {
        for (line, at) in prompt.iter().zip(below(left, left.height - rows).rows()) {
            put(buf, at, line, ctx.theme.quiet());
        }
    }
    cursor
}
