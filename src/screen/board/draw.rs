//! How the board looks: what waits at its head, four columns of cards, and the card in focus in full below; or one list
//! with four headings.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{BoardScreen, Columns, called, worry_in_words};
use crate::command::Ctx;
use crate::domain::query::{self, worries};
use crate::domain::{Board, Choice, HardThing, Remedy, Revision, Walk, Workbook};
use crate::screen::page::{self, Pen};
use crate::screen::words;
use crate::widget::cells::cells;
use crate::widget::text;

/// Columns between two columns of the board.
const GAP: u16 = 2;
/// Rows for the words of a card; longer ones are cut, and stand in full below the board.
const WORDS: usize = 3;
/// Rows that leave room for what stands below.
const WITH_BELOW: u16 = 15;
/// The most lines of the pulse that are named at the head.
const NAMED: usize = 2;

/// Whether the columns stand side by side.
pub(super) fn is_wide(ctx: &Ctx<'_>) -> bool {
    page::is_wide(ctx)
}

pub(super) fn draw(screen: &BoardScreen, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    let workbook = ctx.workbook()?;
    let columns = screen.columns(ctx);
    let mut pen = Pen::new(buf, area);
    draw_head(workbook, &mut pen, area.height, ctx);
    if columns.iter().all(Vec::is_empty) {
        pen.say(&nothing(screen, workbook, ctx), ctx.theme.text());
        pen.gap();
        pen.say(&format!("{} adds one.", ctx.keymap.shown("board.new")), ctx.theme.quiet());
        if !is_wide(ctx) {
            return (!area.is_empty()).then(|| page::cursor(area, 0));
        }
        pen.gap();
    }
    let (rest, buf) = pen.take(area.height);
    let cursor = if is_wide(ctx) {
        let card = screen.in_focus(ctx).filter(|_| rest.height >= WITH_BELOW);
        let lines = card.map(|card| in_full(card, workbook, ctx)).unwrap_or_default();
        // the board keeps the larger part
        let below = rows_of(&lines, rest.width).min(rest.height / 2);
        let top = Rect { height: rest.height - below, ..rest };
        let cursor = draw_columns(screen, &columns, top, buf, ctx);
        draw_in_full(&lines, text::below(rest, rest.height - below), buf, ctx);
        cursor
    } else {
        draw_list(screen, &columns, rest, buf, ctx)
    };
    cursor.or_else(|| (!area.is_empty()).then(|| page::cursor(area, 0)))
}

fn nothing(screen: &BoardScreen, workbook: &Workbook, ctx: &Ctx<'_>) -> String {
    let made = workbook.all::<Revision>().len();
    if made > 0 && !screen.all {
        let made = words::count(made, "change is made", "changes are made");
        return format!("Nothing is to change now; {made}. {} shows them.", ctx.keymap.shown("board.all"));
    }
    ctx.content.table("Revision").map(|table| table.empty.clone()).unwrap_or_default()
}

/// What is called serious and waits for an answer.
fn draw_head(workbook: &Workbook, pen: &mut Pen<'_>, height: u16, ctx: &Ctx<'_>) {
    let worries = worries(workbook);
    if worries.is_empty() || height < 6 {
        return;
    }
    let named = if height < WITH_BELOW { 1 } else { NAMED };
    for worry in worries.iter().take(named) {
        pen.say(&format!("! {}", worry_in_words(worry, workbook, ctx)), ctx.theme.notice());
    }
    let more = match worries.len().saturating_sub(named) {
        0 => String::new(),
        n => format!("And {n} more. "),
    };
    let key = ctx.keymap.shown("board.answer");
    let it = if worries.len() == 1 { "it" } else { "them" };
    pen.say(
        &format!("{more}No change is about {it} yet, and no reason for none: {key} adds one."),
        ctx.theme.quiet(),
    );
    pen.gap();
}

fn head(board: Board, cards: usize) -> String {
    match cards {
        0 => words::capital(board.words()),
        n => format!("{} ({n})", words::capital(board.words())),
    }
}

/// The mark and the words of a card's last line: who sees to it and by when, or that it is done.
fn beneath(card: &Revision, workbook: &Workbook, ctx: &Ctx<'_>) -> String {
    let today = ctx.today();
    if let Some(done) = card.done {
        let seen = if card.effect_on.is_some() { ", effect seen" } else { "" };
        return format!("= done {}{seen}", words::short_day(done, today));
    }
    let who = card.lead.as_ref().map(|who| match &who.person {
        Some(id) => workbook.person(id).map_or_else(String::new, |person| person.name.clone()),
        None => query::side(workbook, &who.side),
    });
    let who = who.filter(|who| !who.trim().is_empty()).unwrap_or_else(|| "nobody yet".to_owned());
    let late = card.due.is_some_and(|due| due < today);
    match card.due {
        _ if card.board == Board::Keep && card.lead.is_none() && card.due.is_none() => String::new(),
        Some(due) if late => format!("was due {}, {who}", words::short_day(due, today)),
        Some(due) => format!("{}, {who}", words::short_day(due, today)),
        None => who,
    }
}

/// The words of a card in so many columns, at most [`WORDS`] rows of them, and what stands beneath in at most two.
fn lines(card: &Revision, columns: u16, ctx: &Ctx<'_>) -> (Vec<String>, Vec<String>) {
    let private = if card.private { "(private) " } else { "" };
    let mut rows = text::wrap(&format!("{private}{}", called(card)), columns);
    if rows.len() > WORDS {
        rows.truncate(WORDS);
        if let Some(last) = rows.last_mut() {
            *last = text::fit(&format!("{last} …"), columns);
            if !last.ends_with('…') {
                *last = format!("{}…", text::fit(last, columns.saturating_sub(1)).trim_end_matches('…'));
            }
        }
    }
    let beneath = ctx.workbook().map(|workbook| beneath(card, workbook, ctx)).unwrap_or_default();
    let mut under = if beneath.is_empty() { Vec::new() } else { text::wrap(&beneath, columns) };
    under.truncate(2);
    (rows, under)
}

fn draw_columns(
    screen: &BoardScreen,
    columns: &Columns<'_>,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let many = cells(columns.len().max(1));
    let each = (area.width + GAP) / many;
    let (at, focus) = screen.focus(columns);
    let mut cursor = None;
    for (n, (board, cards)) in Board::ALL.iter().zip(columns).enumerate() {
        let left = each.saturating_mul(cells(n));
        let column = text::right_of(area, left);
        let column = Rect { width: each.saturating_sub(GAP).min(column.width), ..column };
        let style = if n == at { ctx.theme.strong() } else { ctx.theme.heading() };
        let mark = if n == at { "> " } else { "  " };
        text::put(buf, column, &format!("{mark}{}", head(*board, cards.len())), style);
        let body = text::below(column, 1);
        let here = (n == at).then_some(focus);
        let found = draw_cards(cards, here, body, buf, ctx);
        cursor = cursor.or(found);
        if n == at && cursor.is_none() {
            cursor = Some(page::cursor(column, 2));
        }
    }
    cursor
}

/// The cards of a column, the one in focus among those in sight.
fn draw_cards(
    cards: &[&Revision],
    focus: Option<usize>,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let columns = area.width.saturating_sub(2);
    let drawn: Vec<_> = cards.iter().map(|card| lines(card, columns, ctx)).collect();
    let height = |(rows, beneath): &(Vec<String>, Vec<String>)| rows.len() + beneath.len() + 1;
    let room = usize::from(area.height.saturating_sub(1));
    let mut top = 0;
    while let Some(focus) = focus.filter(|focus| top < *focus) {
        let used: usize = drawn.get(top..=focus).unwrap_or_default().iter().map(height).sum();
        if used <= room {
            break;
        }
        top += 1;
    }
    let mut rest = area;
    let mut cursor = None;
    for (n, (rows, beneath)) in drawn.iter().enumerate().skip(top) {
        let left = drawn.len() - n;
        if usize::from(rest.height) < rows.len() + 1 && n > top {
            text::put(buf, text::right_of(rest, 2), &format!("… {left} more"), ctx.theme.quiet());
            break;
        }
        let here = focus == Some(n);
        for (place, words) in rows.iter().enumerate() {
            let row = text::row(rest, 0);
            if here && place == 0 {
                text::put(buf, row, ">", ctx.theme.text());
                cursor = (!row.is_empty()).then(|| page::cursor(row, 2));
            }
            let style = if here { ctx.theme.focus() } else { ctx.theme.text() };
            text::put(buf, text::right_of(row, 2), words, style);
            rest = text::below(rest, 1);
        }
        for words in beneath {
            text::put(buf, text::right_of(text::row(rest, 0), 2), words, ctx.theme.quiet());
            rest = text::below(rest, 1);
        }
        rest = text::below(rest, 1);
    }
    cursor
}

/// The card in focus: all of its words, and what it leads to.
fn draw_in_full(lines: &[String], area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    if area.is_empty() {
        return;
    }
    let mut pen = Pen::new(buf, area);
    pen.line(&"─".repeat(usize::from(area.width)), ctx.theme.quiet());
    for (n, line) in lines.iter().enumerate() {
        pen.say(line, if n == 0 { ctx.theme.strong() } else { ctx.theme.text() });
    }
}

/// The rows that a card in full wants, with the rule above it; none where there is no card.
fn rows_of(lines: &[String], columns: u16) -> u16 {
    let rows = |sum: u16, line: &String| sum.saturating_add(page::rows_of(line, columns));
    if lines.is_empty() { 0 } else { lines.iter().fold(1, rows) }
}

/// What stands on a card, a line a thing; what it is called comes first.
fn in_full(card: &Revision, workbook: &Workbook, ctx: &Ctx<'_>) -> Vec<String> {
    let today = ctx.today();
    let day = |label: &str, on: Option<jiff::civil::Date>| {
        on.map(|on| format!("{label} {}", words::day(on, today))).unwrap_or_default()
    };
    let joined = |parts: Vec<String>| {
        parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" · ")
    };
    let who = card.lead.as_ref().map(|who| query::who_in_words(workbook, who));
    let clause = card.clause.as_ref().and_then(|id| ctx.content.question(id.as_str()));
    let clause = clause.map(|q| format!("clause: {} ({})", q.short, ctx.keymap.shown("board.connected")));
    let about = ctx.content.topic(&card.aspect.0).map(|line| format!("about {line}"));
    let lines = [
        words::capital(called(card)),
        joined(vec![who.unwrap_or_default(), day("by", card.due), day("done", card.done)]),
        if card.why.trim().is_empty() { String::new() } else { format!("Why: {}", card.why.trim()) },
        joined(vec![day("effect seen", card.effect_on), card.effect.trim().to_owned()]),
        joined(vec![clause.unwrap_or_default(), about.unwrap_or_default()]),
        joined(links(card, workbook, today)),
    ];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

/// What a card hangs together with: the walk that it came from, what it is to mend, and the steps of learning that serve it.
fn links(card: &Revision, workbook: &Workbook, today: jiff::civil::Date) -> Vec<String> {
    let walk = workbook.all::<Walk>().iter().find(|walk| Some(&walk.id) == card.walk.as_ref());
    let walk = walk.and_then(|walk| walk.held.or(walk.planned));
    let thing = workbook.all::<HardThing>().iter().find(|thing| Some(&thing.id) == card.mends.as_ref());
    let steps = workbook.all::<Remedy>().iter().filter(|step| step.revision.as_ref() == Some(&card.id));
    let mut links: Vec<String> =
        walk.map(|on| format!("from the walk of {}", words::day(on, today))).into_iter().collect();
    links.extend(thing.map(|thing| format!("mends: {}", words::or(&thing.what, "not said yet"))));
    links.extend(steps.map(|step| format!("to learn: {}", words::or(&step.what, "not said yet"))));
    links
}

/// One list, under four headings.
fn draw_list(
    screen: &BoardScreen,
    columns: &Columns<'_>,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let (at, focus) = screen.focus(columns);
    let workbook = ctx.workbook()?;
    let mut rows: Vec<(bool, bool, String, String)> = Vec::new();
    let mut in_focus = 0;
    for (n, (board, cards)) in Board::ALL.iter().zip(columns).enumerate() {
        let empty_here = n == at && cards.is_empty();
        if empty_here {
            in_focus = rows.len();
        }
        let none = if cards.is_empty() { ": nothing" } else { "" };
        rows.push((true, empty_here, format!("{}{none}", head(*board, cards.len())), String::new()));
        for (place, card) in cards.iter().enumerate() {
            let here = n == at && place == focus;
            if here {
                in_focus = rows.len();
            }
            let private = if card.private { "(private) " } else { "" };
            rows.push((false, here, format!("{private}{}", called(card)), beneath(card, workbook, ctx)));
        }
    }
    let height = usize::from(area.height);
    // the heading of the card in focus stays in sight where it can
    let top = (in_focus + 1).saturating_sub(height).min(rows.len().saturating_sub(height));
    let mut cursor = None;
    for ((is_head, here, words, aside), row) in rows.iter().skip(top).zip(area.rows()) {
        let style = match (is_head, here) {
            (true, _) => ctx.theme.heading(),
            (false, true) => ctx.theme.focus(),
            (false, false) => ctx.theme.text(),
        };
        if *is_head {
            text::put(buf, row, if *here { ">" } else { " " }, ctx.theme.text());
            text::put(buf, text::right_of(row, 1), words, style);
            cursor = cursor.or_else(|| (*here && !row.is_empty()).then(|| page::cursor(row, 1)));
            continue;
        }
        let taken = if row.width >= 40 { text::width(aside).min(row.width / 2) } else { 0 };
        let room = row.width.saturating_sub(taken + if taken > 0 { 6 } else { 4 });
        let place = Rect { width: row.width.min(room + 4), ..row };
        if *here {
            text::put(buf, text::right_of(place, 1), ">", ctx.theme.text());
            cursor = (!row.is_empty()).then(|| page::cursor(row, 3));
        }
        text::put(buf, text::right_of(place, 3), &text::fit(words, room), style);
        if taken > 0 {
            let right = text::right_of(row, row.width - taken);
            text::put(buf, right, &text::fit(aside, taken), ctx.theme.quiet());
        }
    }
    cursor
}
