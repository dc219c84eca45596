//! How a call looks: with whom, its lines, what to ask and what is owed below them or beside them, and what the letters of
//! the tags mean.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::beside::{draw_below, draw_beside, draw_choice, rows_below};
use super::layout::{clock, elapsed, stamp};
use super::side::Item;
use super::{At, CallScreen};
use crate::command::{Ctx, tags};
use crate::domain::{Line, Medium, PRIVATE_LETTER, Tag, dates};
use crate::screen::{page, words};
use crate::widget::cells::cells;
use crate::widget::field::FieldStyle;
use crate::widget::text::{below, put, put_wrapped, right_of, row, tell_apart, width, wrap};

/// From so many columns on, what to ask stands beside the lines.
const BESIDE: u16 = 108;
const BESIDE_COLUMNS: u16 = 38;
/// From so many rows on, what to ask and what is owed stand below the lines.
const BELOW_FROM: u16 = 12;
/// From so many rows of the terminal on, the letters of the tags stand below that.
const LEGEND_FROM: u16 = 18;
/// Below so many columns the first line leaves out since when.
const NARROW: u16 = 60;
/// From so many columns on, a line shows the time of day too.
const CLOCK_FROM: u16 = 76;
/// Columns of "promise, private".
const IN_WORDS: u16 = 16;
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
        None => {
            let late = elapsed(call.started, ctx.time_on(&call.id));
            // the first line is shared with whom it is with
            if ctx.size.0 < NARROW {
                format!("{medium}   {late}")
            } else {
                format!("{medium}   {late}   ({since})")
            }
        }
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
    // once a frame: it walks over all answers
    let items = screen.has_side(ctx).then(|| screen.side_items(ctx));
    if let Some(items) = items.as_ref().filter(|_| area.width >= BESIDE && !ctx.linear) {
        let (left, right) = page::split(area, buf, *ctx.theme, area.width - BESIDE_COLUMNS);
        let in_lines = draw_main(screen, None, left, buf, ctx);
        let in_side = draw_beside(screen, items, right, buf, ctx);
        return cursor.or(if screen.at == At::Side { in_side } else { in_lines });
    }
    cursor.or(draw_main(screen, items.as_deref(), area, buf, ctx))
}

/// The lines, with what belongs below them, which is what there is to ask where that has no place of its own. Where the
/// person is choosing what to ask, that has the cursor.
fn draw_main(
    screen: &CallScreen,
    to_ask: Option<&[Item]>,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let mut lines = area;
    if shows_legend(ctx) {
        let rows = legend_rows(area.width);
        let legend = below(area, lines.height.saturating_sub(rows));
        match screen.at {
            At::Open | At::Line(..) => draw_legend(legend, buf, ctx),
            // plain letters mean something else here
            At::Rest if ctx.writable => draw_way_to_tags(row(legend, 0), buf, ctx),
            _ => {}
        }
        lines.height = lines.height.saturating_sub(rows + 1);
    }
    let mut in_side = None;
    if let Some(items) = to_ask.filter(|_| lines.height >= BELOW_FROM || screen.at == At::Side) {
        let choosing = screen.at == At::Side;
        let count = cells(items.len());
        let rows =
            if choosing { count.min(lines.height * 2 / 3).max(1) + 1 } else { rows_below(screen, ctx) };
        let side = below(lines, lines.height.saturating_sub(rows));
        if choosing {
            in_side = draw_choice(screen, items, side, buf, ctx);
        } else {
            draw_below(screen, items, side, buf, ctx);
        }
        lines.height = lines.height.saturating_sub(rows + u16::from(lines.height > rows));
    }
    let in_lines = draw_lines(screen, lines, buf, ctx, to_ask.is_some());
    in_side.or(in_lines)
}

fn legend_rows(columns: u16) -> u16 {
    cells(legend(columns).len())
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

/// How a line is tagged by somebody who rests on it.
fn draw_way_to_tags(area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let key = ctx.keymap.of("call.tag-said").first().and_then(|keys| keys.first()).map(|key| key.shown());
    let key = key.unwrap_or_default();
    put(buf, area, &key, ctx.theme.key());
    put(buf, right_of(area, width(&key)), ", then a letter tags", ctx.theme.quiet());
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
        let tag = if ctx.linear { IN_WORDS + 1 } else { 3 };
        let before = 2 + if clock { 7 } else { 0 } + stamp + 2 + tag;
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
            let rows = cells(said.len());
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
        let said = if ctx.linear { in_words(tag, private) } else { letters(tag, private) };
        put(buf, right_of(head, columns.stamp + 2), &said, ctx.theme.key());
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
            _ = put(buf, row(text, 0), "no words", style.patch(quiet(resting, ctx)))
        }
        Some(line) => {
            draw_words(screen, line, text, buf, style, here);
            draw_day(screen, line, text, buf, ctx);
        }
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

/// The day that a promise speaks of, as a question at the end of its row: nothing is set by it.
fn draw_day(screen: &CallScreen, line: &Line, text: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let Some(call) = screen.call(ctx).filter(|_| line.tag == Some(Tag::Promise) && text.height == 1) else {
        return;
    };
    let Some(found) = dates::find(&line.text, call.on) else { return };
    let said = format!("{}?", dates::with_weekday(found.on, ctx.today()));
    let free = text.width.saturating_sub(width(&line.text));
    if free > width(&said) + 2 {
        put(buf, right_of(text, text.width - width(&said)), &said, ctx.theme.quiet());
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

/// The same for who hears it.
fn in_words(tag: Option<Tag>, private: bool) -> String {
    match (tag, private) {
        (Some(tag), true) => format!("{}, private", tag.words()),
        (Some(tag), false) => tag.words().to_owned(),
        (None, true) => "private".to_owned(),
        (None, false) => String::new(),
    }
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
    let all: Vec<String> = found.iter().map(|who| who.name(workbook)).collect();
    let all = tell_apart(&all.iter().map(String::as_str).collect::<Vec<_>>(), area.width.saturating_sub(14));
    for ((n, who), name) in found.iter().enumerate().zip(&all).skip(from).take(names) {
        let at = row(area, rows);
        let here = marked == Some(n);
        let on = screen.call(ctx).is_some_and(|call| match who {
            super::head::Who::Partner(id) => call.partners().any(|on| on == id),
            super::head::Who::Person(id) => call.with.contains(id),
        });
        put(buf, at, if here { ">" } else { " " }, ctx.theme.text());
        let style = if here { ctx.theme.focus() } else { ctx.theme.text() };
        let used = put(buf, right_of(at, 2), name, style);
        if on {
            put(buf, right_of(at, 4 + used), "on the call", ctx.theme.quiet());
        } else if who.has_left(workbook, ctx.today()) {
            put(buf, right_of(at, 4 + used), "has left", ctx.theme.quiet());
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
