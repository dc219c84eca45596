//! How the screen looks: the day, what differs, and below it how the one in focus was and is.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::page::{self, Pen};
use super::super::words;
use super::{Versions, Was};
use crate::command::Ctx;
use crate::domain::Workbook;
use crate::domain::compare::{self, Difference, Said, Stands};
use crate::widget::text;

/// Rows for how the one in focus was and is, where there is room.
const BESIDE: u16 = 9;

pub(super) fn draw(screen: &Versions, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    if area.is_empty() {
        return None;
    }
    let mut pen = Pen::new(buf, area);
    let (Some(was), Some(now)) = (&screen.was, ctx.workbook()) else {
        pen.say(&nothing_yet(screen), ctx.theme.quiet());
        return Some(page::cursor(area, 0));
    };
    head(screen, was, &mut pen, ctx);
    if screen.differences.is_empty() {
        let day = words::day(was.day, ctx.today());
        pen.say(&format!("Everything is as it was at the end of {day}."), ctx.theme.text());
        return Some(page::cursor(area, 0));
    }
    let left = pen.rest().height;
    let below = if left > BESIDE + 3 { BESIDE.max(left * 2 / 5) } else { 0 };
    let length = u16::try_from(screen.differences.len()).unwrap_or(u16::MAX);
    let (rows, buf) = pen.take(length.min(left - below));
    let focus = screen.list.focus(screen.differences.len());
    let mut cursor = None;
    for (n, row) in screen.list.window(rows.height.into(), screen.differences.len()).zip(rows.rows()) {
        let Some(difference) = screen.differences.get(n) else { continue };
        let said = compare::words(difference, now, &was.workbook, ctx.content);
        let style = if n == focus { ctx.theme.focus() } else { ctx.theme.text() };
        let since = what_became(difference);
        let room = row.width.saturating_sub(2 + text::width(since));
        let line = format!("{}{since}", text::fit(&name(&said), room));
        cursor = cursor.or(page::entry(buf, row, &line, style, n == focus));
    }
    if let Some(difference) = screen.differences.get(focus).filter(|_| below > 0) {
        pen.gap();
        let area = pen.rest();
        let (_, buf) = pen.take(area.height);
        beside(difference, was, now, area, buf, ctx);
    }
    cursor
}

/// "Scoping > Why now · ours".
pub(super) fn name(said: &Said) -> String {
    if said.part.is_empty() { said.what.clone() } else { format!("{} > {}", said.part, said.what) }
}

fn nothing_yet(screen: &Versions) -> String {
    match (&screen.trouble, &screen.days) {
        (Some(trouble), _) => trouble.clone(),
        (None, Some(days)) if days.is_empty() => {
            "Nothing earlier is kept of this workbook yet. Each visit that changes something keeps how it was before; \
             from the next day on it can be seen here, beside how it is."
                .to_owned()
        }
        _ => "Looking up what is kept …".to_owned(),
    }
}

/// The day, how much is otherwise, and what is to be known about it.
fn head(screen: &Versions, was: &Was, pen: &mut Pen<'_>, ctx: &Ctx<'_>) {
    let day = |day| words::day(day, ctx.today());
    pen.say(&format!("As it was at the end of {}, beside how it is now", day(was.day)), ctx.theme.strong());
    let days = screen.days.as_deref().unwrap_or_default();
    let at = days.iter().position(|there| *there == was.day).map_or(1, |at| at + 1);
    let mut facts = vec![format!("day {at} of {}", days.len().max(1))];
    let differ = screen.differences.len();
    if differ > 0 {
        facts.push(words::count(differ, "thing is otherwise", "things are otherwise"));
    }
    facts.extend(
        screen.day.filter(|asked| *asked != was.day).map(|asked| format!("looking up {} …", day(asked))),
    );
    pen.say(&words::capital(&facts.join(" · ")), ctx.theme.quiet());
    if let Some(only) = was.only_up_to {
        let words = format!("What changed between {} and then is not kept.", day(only));
        pen.say(&words, ctx.theme.quiet());
    }
    if screen.unreadable > 0 {
        let versions = words::count(screen.unreadable, "version", "versions");
        pen.say(&format!("{versions} cannot be read; check says more."), ctx.theme.quiet());
    }
    let is_its = |d: &Difference| screen.from.as_ref().is_some_and(|(q, _)| d.thing.question() == Some(q));
    if screen.from.is_some() && !screen.differences.iter().any(is_its) && differ > 0 {
        pen.say("The answer you came from was the same then.", ctx.theme.quiet());
    }
    pen.gap();
}

/// What became of it since, where it came or went.
fn what_became(difference: &Difference) -> &'static str {
    match (difference.other, difference.now) {
        (Stands::There, Stands::InBin) => ", in the bin since",
        (Stands::There, Stands::Nowhere) => ", gone since",
        (Stands::InBin, Stands::There) => ", was in the bin",
        (Stands::Nowhere, _) => ", new since",
        (Stands::InBin, _) => ", in the bin then",
        (Stands::There, Stands::There) => "",
    }
}

/// Then and now: beside one another where there is room, otherwise one below the other.
fn beside(difference: &Difference, was: &Was, now: &Workbook, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let said = compare::words(difference, now, &was.workbook, ctx.content);
    let day = words::day(was.day, ctx.today());
    let then = (format!("THEN · {day}"), in_lines(&said, difference.other, |row| &row.other));
    let today = ("NOW".to_owned(), in_lines(&said, difference.now, |row| &row.now));
    let (left, right) = if page::is_wide(ctx) {
        page::split(area, buf, *ctx.theme, area.width / 2)
    } else {
        let half = area.height.div_ceil(2);
        (Rect { height: half, ..area }, text::below(area, half))
    };
    for (place, (heading, words)) in [(left, then), (right, today)] {
        let mut pen = Pen::new(buf, place);
        pen.line(&heading, ctx.theme.heading());
        words.iter().for_each(|line| pen.say(line, ctx.theme.text()));
    }
}

fn in_lines(said: &Said, stands: Stands, words: impl Fn(&compare::Row) -> &String) -> Vec<String> {
    let rows = said.rows.iter().filter_map(|row| match (row.label.is_empty(), words(row).trim()) {
        (_, "") => None,
        (true, text) => Some(text.to_owned()),
        (false, text) => Some(format!("{}: {text}", row.label)),
    });
    let lines: Vec<String> = rows.collect();
    match stands {
        _ if !lines.is_empty() => lines,
        Stands::There => vec!["Nothing stood there.".to_owned()],
        stands => vec![words::capital(stands.words())],
    }
}
