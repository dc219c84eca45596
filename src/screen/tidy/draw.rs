//! How the tidy sheet looks: the steps in words, what the one in focus asks, its lines, and below them what the line in
//! focus suggests.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::step::Step;
use super::{Tidy, answers, message, promises};
use crate::command::Ctx;
use crate::domain::{Call, Line, PRIVATE_LETTER, Tag, Workbook};
use crate::export::watch;
use crate::screen::page::{self, Pen};
use crate::screen::words;
use crate::widget::cells::cells;
use crate::widget::field::FieldStyle;
use crate::widget::text;

/// Rows from which things stand apart from one another.
const AIRY: u16 = 14;
/// The fewest rows that the lines of a step get, as long as there are so many.
const LEAST: u16 = 3;

pub(super) fn draw(tidy: &Tidy, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    let Some((call, workbook)) = tidy.call(ctx).zip(ctx.workbook()) else {
        let mut pen = Pen::new(buf, area);
        pen.say(
            "There is nothing to tidy yet. What is said on a call, or jotted in passing, comes here.",
            ctx.theme.text(),
        );
        return (!area.is_empty()).then(|| page::cursor(area, 0));
    };
    let airy = area.height >= AIRY;
    let mut pen = Pen::new(buf, area);
    let (strip, buf) = pen.take(1);
    draw_steps(tidy, call, strip, buf, ctx);
    let mut pen = Pen::new(buf, text::below(area, 1));
    if airy {
        pen.gap();
    }
    pen.say(tidy.step.asks(), ctx.theme.strong());
    if airy {
        pen.gap();
    }
    let rest = pen.rest();
    let cursor = match tidy.step {
        Step::Next => tidy.form.draw(&[], &tidy.fields(ctx), rest, buf, ctx),
        Step::Message => draw_message(tidy, call, workbook, rest, buf, ctx),
        _ => draw_lines(tidy, call, workbook, rest, buf, ctx),
    };
    cursor.or((!area.is_empty()).then(|| page::cursor(area, 0)))
}

/// The steps, each with how many lines are left; where there is no room, the one in focus alone.
fn draw_steps(tidy: &Tidy, call: &Call, row: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let steps = Step::all(call);
    let said = |step: &Step| match step.left(call) {
        0 => step.name().to_owned(),
        left => format!("{} {left}", step.name()),
    };
    let here = |step: &Step| if *step == tidy.step { "> " } else { "" };
    let all: Vec<String> = steps.iter().map(|step| format!("{}{}", here(step), said(step))).collect();
    if ctx.linear || text::width(&all.join("  ")) > row.width {
        let n = steps.iter().position(|step| *step == tidy.step).unwrap_or(0) + 1;
        let left = match tidy.step.left(call) {
            0 => String::new(),
            left => format!(", {left} left"),
        };
        let words = format!("Step {n} of {}: {}{left}", steps.len(), tidy.step.name());
        text::put(buf, row, &words, ctx.theme.heading());
        return;
    }
    let mut rest = row;
    for (step, words) in steps.iter().zip(&all) {
        let style = match (*step == tidy.step, step.left(call)) {
            (true, _) => ctx.theme.heading(),
            (false, 0) => ctx.theme.quiet(),
            (false, _) => ctx.theme.text(),
        };
        let used = text::put(buf, rest, words, style);
        rest = text::right_of(rest, used + 2);
    }
}

fn draw_lines(
    tidy: &Tidy,
    call: &Call,
    workbook: &Workbook,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let (lines, focus) = tidy.lines(ctx);
    if lines.is_empty() {
        let next = ctx.keymap.shown("tidy.next-step");
        Pen::new(buf, area).say(&format!("Nothing is left here. {next} goes on."), ctx.theme.text());
        return (!area.is_empty()).then(|| page::cursor(area, 0));
    }
    let below =
        lines.get(focus).map(|line| detail(tidy, call, line, workbook, area, ctx)).unwrap_or_default();
    let detail_rows = below.iter().fold(1, |rows: u16, said| rows.saturating_add(said.rows(area.width)));
    let count = cells(lines.len());
    let most = area.height.saturating_sub(detail_rows).max(LEAST.min(area.height));
    let list = Rect { height: count.min(most), ..area };
    let window = tidy.list.borrow().window(list.height.into(), lines.len());
    let unseen = page::out_of_sight(window.start, lines.len().saturating_sub(window.end));
    let mut cursor = None;
    for (n, row) in window.zip(list.rows()) {
        let Some(line) = lines.get(n) else { continue };
        let style = if n == focus { ctx.theme.focus() } else { ctx.theme.text() };
        let said = in_a_row(line, call, ctx);
        let at = page::entry(buf, row, &text::fit(&said, row.width.saturating_sub(2)), style, n == focus);
        cursor = cursor.or(at);
    }
    let rest = text::below(area, list.height);
    text::put(buf, text::right_of(text::row(rest, 0), 2), &unseen, ctx.theme.quiet());
    let rest = text::below(rest, 1);
    let cut = detail_rows.saturating_sub(1).saturating_sub(rest.height);
    // where not all of it fits, the last row says so
    let shown = Rect { height: rest.height.saturating_sub(u16::from(cut > 0)), ..rest };
    let mut pen = Pen::new(buf, shown);
    below.iter().for_each(|said| said.put(&mut pen, ctx));
    if cut > 0 {
        text::put(
            buf,
            text::below(rest, shown.height),
            &page::out_of_sight(0, usize::from(cut) + 1),
            ctx.theme.quiet(),
        );
    }
    cursor
}

/// When it was said, what it is, what was said.
fn in_a_row(line: &Line, call: &Call, ctx: &Ctx<'_>) -> String {
    let when = when(line, call, ctx);
    let words = line.text.trim();
    if ctx.linear {
        let tag = line.tag.map(|tag| format!(", {}", tag.words())).unwrap_or_default();
        let private = if line.private { ", private" } else { "" };
        return format!("{when}{tag}{private}: {words}");
    }
    let tag = line.tag.map_or(' ', Tag::letter);
    let private = if line.private { PRIVATE_LETTER } else { ' ' };
    format!("{when}  {tag}{private}  {words}")
}

/// The time on the call, or the time of day of a jot.
pub(super) fn when(line: &Line, call: &Call, ctx: &Ctx<'_>) -> String {
    if call.is_jots() {
        return line.at.to_zoned(ctx.zone.clone()).strftime("%H:%M").to_string();
    }
    words::elapsed(call.started, line.at)
}

/// Columns of the label before what is suggested.
const LABEL: u16 = 6;

/// Something below the lines.
enum Below {
    /// A sentence, broken at words.
    Say(String, Style),
    /// A row as it is.
    Row(String),
    /// Something under a label.
    Fact(&'static str, String),
}

impl Below {
    fn rows(&self, columns: u16) -> u16 {
        match self {
            Self::Say(words, _) => page::rows_of(words, columns),
            Self::Row(_) => 1,
            Self::Fact(_, words) => page::rows_of(words, columns.saturating_sub(LABEL)),
        }
    }

    fn put(&self, pen: &mut Pen<'_>, ctx: &Ctx<'_>) {
        match self {
            Self::Say(words, style) => pen.say(words, *style),
            Self::Row(words) => pen.line(words, ctx.theme.text()),
            Self::Fact(label, words) => {
                let rows = self.rows(pen.rest().width);
                let (area, buf) = pen.take(rows);
                text::put(buf, area, label, ctx.theme.quiet());
                let beside = text::right_of(area, LABEL);
                let beside = Rect { width: beside.width.min(page::MEASURE), ..beside };
                text::put_wrapped(buf, beside, words, ctx.theme.text());
            }
        }
    }
}

/// What stands below the lines: the one in focus in full where its row is too short, and what it suggests.
fn detail(
    tidy: &Tidy,
    call: &Call,
    line: &Line,
    workbook: &Workbook,
    area: Rect,
    ctx: &Ctx<'_>,
) -> Vec<Below> {
    let theme = ctx.theme;
    let mut said: Vec<Below> = Vec::new();
    if text::width(&in_a_row(line, call, ctx)) + 2 > area.width {
        said.push(Below::Say(line.text.trim().to_owned(), theme.text()));
    }
    match tidy.step {
        Step::Tags => said.extend(legend(area.width, ctx)),
        Step::Promises => said.extend(promised(tidy, call, line, workbook, ctx)),
        Step::Questions => {
            said.extend(like(line, workbook, ctx));
            let key = ctx.keymap.shown("tidy.let-be");
            let kept = format!("{key} keeps it to be asked, where it belongs to none.");
            said.push(Below::Say(kept, theme.quiet()));
        }
        Step::Answers => {
            said.extend(like(line, workbook, ctx));
            let heard = if line.tag == Some(Tag::Differs) {
                "what we heard, disputed"
            } else {
                "their own words, told us"
            };
            let how = format!("It goes in as {heard}, with this call as the source.");
            said.push(Below::Say(how, theme.quiet()));
        }
        Step::Words => {
            let known = watch::used(workbook, &line.text).into_iter().map(|word| {
                let instead = word.instead.trim();
                let say = if instead.is_empty() { String::new() } else { format!(", say “{instead}”") };
                Below::Say(format!("On the list: “{}”{say}.", word.term.trim()), theme.text())
            });
            said.extend(known);
            let here = workbook
                .words()
                .iter()
                .filter(|word| word.said_in.as_ref().is_some_and(|said| said.line == line.id));
            said.extend(
                here.map(|word| {
                    Below::Say(format!("From this line: “{}”.", word.term.trim()), theme.quiet())
                }),
            );
        }
        Step::Remains => {
            let here = workbook
                .legacies()
                .iter()
                .filter(|legacy| legacy.said_in.as_ref().is_some_and(|said| said.line == line.id));
            said.extend(
                here.map(|legacy| Below::Say(format!("Set down: {}", legacy.what.trim()), theme.text())),
            );
        }
        Step::Next | Step::Message => {}
    }
    said
}

/// The letters and what they mean, as many in a row as fit.
fn legend(columns: u16, ctx: &Ctx<'_>) -> Vec<Below> {
    const CELL: usize = 15;
    let tags = Tag::ALL.into_iter().map(|tag| (tag.letter(), tag.words()));
    let all: Vec<(char, &str)> = tags.chain([(PRIVATE_LETTER, "private"), ('o', "let it be")]).collect();
    let in_row = (usize::from(columns.min(page::MEASURE)) / CELL).clamp(1, 5);
    let row = |cells: &[(char, &str)]| {
        let cells: Vec<String> = cells.iter().map(|(letter, words)| format!("{letter} {words}")).collect();
        if ctx.linear {
            return cells.join(", ");
        }
        cells.iter().map(|cell| format!("{cell:<CELL$}")).collect::<String>().trim_end().to_owned()
    };
    all.chunks(in_row).map(|cells| Below::Row(row(cells))).collect()
}

fn promised(tidy: &Tidy, call: &Call, line: &Line, workbook: &Workbook, ctx: &Ctx<'_>) -> Vec<Below> {
    let theme = ctx.theme;
    if let Some(promise) = promises::came_of(line, call, workbook).first() {
        return vec![Below::Say(format!("It is a promise already: {}", promise.what.trim()), theme.text())];
    }
    let suggestion = promises::suggest(line, call, workbook, tidy.turned(&line.id));
    let who = suggestion.sides.as_ref().map_or_else(
        || "the words do not say".to_owned(),
        |sides| words::capital(&promises::sides_in_words(sides, workbook)),
    );
    let due = match &suggestion.due {
        Some((due, said)) => format!("{}? The line says “{said}”.", words::weekday(*due, ctx.today())),
        None => "no day".to_owned(),
    };
    let mut said =
        vec![Below::Fact("Who", who), Below::Fact("What", suggestion.what), Below::Fact("Due", due)];
    if line.private {
        said.push(Below::Say("The line is private, and so is the promise.".to_owned(), theme.quiet()));
    }
    said
}

fn like(line: &Line, workbook: &Workbook, ctx: &Ctx<'_>) -> Option<Below> {
    let question = answers::likeliest(line, workbook, ctx)?;
    let aspect = ctx.content.aspect_of(&question.id).map_or("", |aspect| aspect.name.as_str());
    Some(Below::Say(format!("Most like it: {} ({aspect})", question.ask), ctx.theme.text()))
}

fn draw_message(
    tidy: &Tidy,
    call: &Call,
    workbook: &Workbook,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let (said, warnings) = message::head(tidy, call, workbook, ctx);
    let mut pen = Pen::new(buf, area);
    pen.say(&said.join(" "), ctx.theme.quiet());
    for warning in warnings {
        pen.say(&warning, ctx.theme.notice());
    }
    if area.height >= AIRY / 2 {
        pen.gap();
    }
    let rest = pen.rest();
    let mut measure = Rect { width: rest.width.min(page::MEASURE), ..rest };
    // where it does not fit, a row says how much is out of sight, also while it is written in
    let (above, below) = tidy.field.hidden_rows(measure);
    let scrolls = above + below > 0 && measure.height > 1;
    measure.height -= u16::from(scrolls);
    let theme = ctx.theme;
    let style = FieldStyle { text: theme.text(), selected: theme.selected(), placeholder: theme.quiet() };
    tidy.field.render(measure, buf, style);
    if scrolls {
        let (above, below) = tidy.field.hidden_rows(measure);
        text::put(buf, text::row(rest, measure.height), &page::out_of_sight(above, below), theme.quiet());
    }
    tidy.field.cursor_position(measure).or((!area.is_empty()).then(|| page::cursor(area, 0)))
}
