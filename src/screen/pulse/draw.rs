//! Drawing the pulse: the ten lines with what we and one partner say, a mark for each earlier reading beside them, and
//! below them the line in focus in words.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::names::Names;
use super::{PulseScreen, name, said};
use crate::command::Ctx;
use crate::domain::query::{
    Occasion, Reading, concern_mark, course_in_words, gone_since, pulse_lines, pulse_sides, readings,
};
use crate::domain::{Concern, PartnerId, Workbook};
use crate::screen::page::{self, Pen};
use crate::screen::words;
use crate::widget::cells::cells;
use crate::widget::text;

/// Columns for the name of a line, for what a side says, and for how the two differ.
const NAMES: u16 = 16;
const SIDE: u16 = 13;
const MARK: u16 = 3;
const DIFFER: u16 = 10;
const DIFFER_MOST: u16 = 16;
/// The head of the charts.
const OVER_TIME: &str = "over time: us / they";
/// Columns from which the word stands beside the mark, and from which two charts stand beside each other.
const ROOMY: u16 = 76;
/// The marks that two charts show at the most, each.
const READINGS: usize = 12;
/// Rows below the lines that words about the line in focus want.
const WORDS: u16 = 4;
/// The most partners whose initials are explained, and the rows from which they are.
const LEGEND_FOR: usize = 4;
const LEGEND_FROM: u16 = 20;
/// Stands where the sides differ.
const DIFFERS: &str = "<>";

/// What a line of the pulse is called.
pub(super) fn line_name(line: &str, ctx: &Ctx<'_>) -> String {
    ctx.content.aspect(line).map_or(line, |aspect| &aspect.name).to_owned()
}

/// Everything that is drawn of a workbook.
struct Seen<'a> {
    workbook: &'a Workbook,
    readings: Vec<Reading<'a>>,
    occasion: Occasion,
    us: PartnerId,
    beside: Option<PartnerId>,
    /// The side in focus.
    side: PartnerId,
    names: Names,
    /// Whether a row says what the initials mean.
    legend: bool,
}

impl Seen<'_> {
    fn now(&self, line: &str, side: &PartnerId) -> Option<Concern> {
        self.occasion.said(self.workbook, line, side)
    }

    /// Whether any two sides that could tell feel differently about a line on this occasion.
    fn differ(&self, line: &str) -> bool {
        let mut said = pulse_sides(self.workbook)
            .into_iter()
            .filter_map(|side| self.now(line, &side))
            .filter(|concern| *concern != Concern::DontKnow);
        said.next().is_some_and(|first| said.any(|other| other != first))
    }

    /// The partners who see a line otherwise than we do on this occasion.
    fn otherwise(&self, line: &str) -> Vec<PartnerId> {
        let could_tell = |side: &PartnerId| self.now(line, side).filter(|said| *said != Concern::DontKnow);
        let Some(ours) = could_tell(&self.us) else { return Vec::new() };
        let mut others = pulse_sides(self.workbook);
        others.retain(|side| could_tell(side).is_some_and(|theirs| theirs != ours));
        others
    }

    /// That the sides differ about a line, and who does where there are several partners and there is room.
    fn differ_in_words(&self, line: &str, room: u16) -> String {
        let who: Vec<PartnerId> = self.otherwise(line);
        let short: Vec<&str> = who.iter().map(|side| self.names.initials(side)).collect();
        let ways = match (self.differ(line), self.names.partners()) {
            (false, _) => return String::new(),
            (true, 0 | 1) => vec![format!("{DIFFERS} differ")],
            (true, all) if !who.is_empty() => {
                vec![format!("{DIFFERS} {}", short.join(" ")), format!("{DIFFERS} {} of {all}", who.len())]
            }
            (true, _) => vec![format!("{DIFFERS} differ")],
        };
        ways.into_iter().find(|said| text::width(said) < room).unwrap_or_else(|| DIFFERS.to_owned())
    }

    /// What a side is called at the head of its column, where nothing else says so.
    fn short_of(&self, side: &PartnerId) -> Option<String> {
        let head = self.names.head(self.workbook, side, SIDE - 1);
        (!self.legend && head != name(self.workbook, side)).then_some(head)
    }

    /// Columns for how the sides differ: more where the charts leave some.
    fn differ_columns(&self, row: u16) -> u16 {
        let charts = cells(self.readings.len().min(READINGS)) * 2 + 2;
        let charts = charts.max(text::width(OVER_TIME));
        row.saturating_sub(NAMES + 2 * SIDE + charts).clamp(DIFFER, DIFFER_MOST)
    }

    /// The marks of a side, oldest first; the latest where not all have room.
    fn chart(&self, line: &str, side: &PartnerId, room: usize) -> String {
        let skip = self.readings.len().saturating_sub(room.min(READINGS));
        self.readings.iter().skip(skip).map(|reading| concern_mark(reading.said(line, side))).collect()
    }
}

/// On which occasion, and whose pulse is in focus.
fn head(screen: &PulseScreen, seen: &Seen<'_>, ctx: &Ctx<'_>) -> String {
    let day = words::day(seen.occasion.on, ctx.today());
    let occasion = match screen.walk(ctx) {
        Some(walk) if walk.held.is_some() => format!("Part of the walk of {day}"),
        Some(walk) => match walk.planned {
            Some(on) => format!("Part of the walk planned for {}", words::day(on, ctx.today())),
            None => "Part of a walk without a day".to_owned(),
        },
        None => format!("By itself, today, {day}"),
    };
    let sides = pulse_sides(seen.workbook);
    let of_all = |side: &PartnerId| {
        let place = sides.iter().position(|one| one == side).filter(|n| *n > 0 && sides.len() > 2);
        let place = place.map(|n| format!("{n} of {} partners", sides.len() - 1));
        let beside: Vec<String> = seen.short_of(side).into_iter().chain(place).collect();
        let name = name(seen.workbook, side);
        if beside.is_empty() { name } else { format!("{name} ({})", beside.join(", ")) }
    };
    // who stands beside us is said wherever the head of the column does not
    let beside = seen.beside.as_ref().filter(|side| seen.side.is_us() && !fits_its_head(seen, side));
    let beside = beside.map(|side| format!(" Beside us: {}.", of_all(side))).unwrap_or_default();
    format!("{occasion}. In focus: {}.{beside}", of_all(&seen.side))
}

/// Whether the whole name of a side stands at the head of its column.
fn fits_its_head(seen: &Seen<'_>, side: &PartnerId) -> bool {
    text::width(&name(seen.workbook, side)) < SIDE
}

/// What the marks mean.
const LEGEND: &str = ". no concern, ~ some, ! serious, ? don’t know; blank: not asked";
const SHORT_LEGEND: &str = ". no concern, ~ some, ! serious, ? don’t know";

pub(super) fn draw(screen: &PulseScreen, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let (area, workbook) = (page::page(area), ctx.workbook()?);
    let (side, beside) = screen.sides(workbook);
    let names = Names::of(workbook);
    let seen = Seen {
        workbook,
        readings: readings(workbook),
        occasion: screen.occasion(ctx),
        us: PartnerId::us(),
        beside,
        side,
        legend: (2..=LEGEND_FOR).contains(&names.partners()) && area.height >= LEGEND_FROM && !ctx.linear,
        names,
    };
    let mut pen = Pen::new(buf, area);
    if area.height > 12 {
        pen.say(&head(screen, &seen, ctx), ctx.theme.strong());
        let fits = text::width(LEGEND) <= area.width;
        pen.say(if fits { LEGEND } else { SHORT_LEGEND }, ctx.theme.quiet());
        if seen.legend {
            pen.say(&seen.names.legend(workbook), ctx.theme.quiet());
        }
    }
    let (rest, buf) = pen.take(area.height);
    let cursor = if ctx.linear {
        draw_linear(screen, &seen, rest, buf, ctx)
    } else {
        draw_lines(screen, &seen, rest, buf, ctx)
    };
    cursor.or_else(|| (!area.is_empty()).then(|| page::cursor(area, 0)))
}

/// The first line in sight of so many rows, so that the one in focus is among them.
fn first(screen: &PulseScreen, rows: usize) -> usize {
    let top = screen.top.get().min(screen.line).max((screen.line + 1).saturating_sub(rows.max(1)));
    screen.top.set(top);
    top
}

fn draw_lines(
    screen: &PulseScreen,
    seen: &Seen<'_>,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let count = cells(pulse_lines().count());
    let has_head = area.height > 4;
    let body = text::below(area, u16::from(has_head));
    let below = if body.height >= count + 2 { body.height - count } else { WORDS.min(body.height / 3) };
    let rows = count.min(body.height - below);
    let roomy = area.width >= ROOMY;
    if has_head {
        draw_head(seen, roomy, text::row(area, 0), buf, ctx);
    }
    let mut cursor = None;
    let top = first(screen, rows.into());
    let lines = pulse_lines().enumerate().skip(top);
    for ((n, line), row) in lines.zip(Rect { height: rows, ..body }.rows()) {
        let here = n == screen.line;
        cursor = cursor.or(draw_line(seen, (line, here), roomy, row, buf, ctx));
    }
    let mut pen = Pen::new(buf, text::below(body, rows));
    if pen.rest().height > WORDS {
        pen.gap();
    }
    for sentence in about(seen, screen.line(), ctx) {
        pen.say(&sentence, ctx.theme.text());
    }
    cursor
}

/// The names of the columns.
fn draw_head(seen: &Seen<'_>, roomy: bool, row: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let column = |at: u16, wide: u16| Rect { width: wide, ..text::right_of(row, at) }.intersection(row);
    let head = |side: &PartnerId| {
        let name = seen.names.head(seen.workbook, side, SIDE - 1);
        (name, if *side == seen.side { ctx.theme.focus_elsewhere() } else { ctx.theme.strong() })
    };
    let (us, style) = head(&seen.us);
    text::put(buf, column(NAMES, SIDE), &us, style);
    if let Some(beside) = &seen.beside {
        let (they, style) = head(beside);
        text::put(buf, column(NAMES + SIDE, SIDE), &they, style);
    }
    let charts = NAMES + 2 * SIDE + if roomy { seen.differ_columns(row.width) } else { MARK };
    let over = match (seen.readings.is_empty(), roomy) {
        (true, _) => "",
        (false, true) if seen.beside.is_some() => OVER_TIME,
        (false, false) if seen.beside.is_some() && seen.side.is_us() => "over time: us",
        _ => "over time",
    };
    let place = text::right_of(row, charts);
    text::put(buf, place, &text::fit(over, place.width), ctx.theme.quiet());
}

/// One line; returns where the cursor belongs if it is in focus.
fn draw_line(
    seen: &Seen<'_>,
    (line, here): (&str, bool),
    roomy: bool,
    row: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let column = |at: u16, wide: u16| Rect { width: wide, ..text::right_of(row, at) }.intersection(row);
    if here {
        text::put(buf, row, ">", ctx.theme.text());
    }
    let label = text::fit(&line_name(line, ctx), NAMES - 3);
    let style = if here { ctx.theme.focus_elsewhere() } else { ctx.theme.text() };
    text::put(buf, column(2, NAMES - 2), &label, style);
    let mut cursor = None;
    for (n, side) in (0_u16..).zip(std::iter::once(&seen.us).chain(&seen.beside)) {
        let place = column(NAMES + n * SIDE, SIDE - 1);
        let concern = seen.now(line, side);
        let in_focus = here && *side == seen.side;
        let words = match said(concern) {
            words if words.is_empty() && in_focus => "not asked".to_owned(),
            words => words,
        };
        let style = match (in_focus, concern) {
            (true, _) => ctx.theme.focus(),
            (false, Some(Concern::Serious)) => ctx.theme.strong(),
            (false, _) => ctx.theme.text(),
        };
        text::put(buf, place, &words, style);
        if in_focus && !row.is_empty() {
            cursor = Some(page::cursor(row, NAMES + n * SIDE));
        }
    }
    let differ = NAMES + 2 * SIDE;
    let room = if roomy { seen.differ_columns(row.width) } else { MARK };
    text::put(buf, column(differ, room), &seen.differ_in_words(line, room), ctx.theme.strong());
    let place = text::right_of(row, differ + room);
    let room = usize::from(place.width);
    let chart = match &seen.beside {
        Some(beside) if roomy => {
            let half = room.saturating_sub(2) / 2;
            let ours = seen.chart(line, &seen.us, half);
            let wide = half.min(READINGS).min(seen.readings.len());
            format!("{ours:wide$}  {}", seen.chart(line, beside, half))
        }
        _ => seen.chart(line, &seen.side, room),
    };
    text::put(buf, place, &chart, ctx.theme.text());
    cursor
}

/// The line in focus in words: the course of each side in sight, where they differ, and what was good and is not now.
fn about(seen: &Seen<'_>, line: &str, ctx: &Ctx<'_>) -> Vec<String> {
    let mut sentences = Vec::new();
    let differing: Vec<String> = seen.otherwise(line).iter().map(|side| name(seen.workbook, side)).collect();
    let course = |side: &PartnerId| {
        let course = course_in_words(&seen.readings, line, side);
        let course = if course.is_empty() { "never asked".to_owned() } else { course };
        // what the head of the screen explains need not stand in full again
        let short = || seen.names.head(seen.workbook, side, SIDE - 1);
        let who = if ctx.linear { name(seen.workbook, side) } else { short() };
        format!("{}: {course}", words::capital(&who))
    };
    let sides: Vec<&PartnerId> = std::iter::once(&seen.us).chain(&seen.beside).collect();
    let told: Vec<String> = sides.iter().map(|side| course(side)).collect();
    let gone = |side: &PartnerId| {
        let gone = gone_since(&seen.readings, side).into_iter().find(|(gone, _)| *gone == line);
        let (_, good) = gone?;
        let when = good.map(|on| format!(" on {}", words::day(on, ctx.today()))).unwrap_or_default();
        Some(format!("Was good for {}{when}, is not now.", name(seen.workbook, side)))
    };
    // what changed for the worse comes first, since it must not fall off a small screen
    sentences.extend(sides.iter().filter_map(|side| gone(side)));
    if !differing.is_empty() {
        let see = if differing.len() == 1 { "sees" } else { "see" };
        sentences.push(format!("{DIFFERS} {} {see} it otherwise than us.", words::listed(&differing)));
    }
    sentences.push(format!("{}. {}.", line_name(line, ctx), told.join("; ")));
    sentences
}

/// Each line as a sentence.
fn draw_linear(
    screen: &PulseScreen,
    seen: &Seen<'_>,
    area: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
) -> Option<Position> {
    let count = cells(pulse_lines().count());
    let below = area.height.saturating_sub(count).max(WORDS.min(area.height / 3));
    let rows = area.height - below;
    let told = |line: &str| {
        let sides = std::iter::once(&seen.us).chain(&seen.beside);
        let told = sides.map(|side| {
            let word = seen.now(line, side).map_or("not asked", crate::domain::Choice::words);
            format!("{} {word}", name(seen.workbook, side))
        });
        let differ = if seen.differ(line) { "; you differ" } else { "" };
        format!("{}: {}{differ}", line_name(line, ctx), told.collect::<Vec<_>>().join(", "))
    };
    let all: Vec<String> = pulse_lines().map(told).collect();
    let cursor = page::entries(buf, Rect { height: rows, ..area }, &all, screen.line, *ctx.theme);
    let mut pen = Pen::new(buf, text::below(area, rows));
    for sentence in about(seen, screen.line(), ctx) {
        pen.say(&sentence, ctx.theme.text());
    }
    cursor
}
