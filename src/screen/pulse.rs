//! The pulse: how each side feels about ten lines, on a day of its own or as part of a walk, and how that went over time.
//!
//! What a side said is one record for each occasion, and nobody is asked to fill in more than they were told: *don't know*
//! and not asked are two things. `draw` shows it. Start reading at [`ROWS`].

mod draw;
mod names;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::words::{self, READ_ONLY};
use crate::command::{Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query::{self, Occasion, concern_mark, pulse_lines, pulse_sides};
use crate::domain::{Choice, Concern, PartnerId, RecordId, Walk, Workbook};
use crate::layer::Layer;
use crate::order::InOrder;
use crate::overlay::{Menu, MenuRow};

/// The pulse of each side.
#[derive(Debug)]
pub struct PulseScreen {
    /// The walk that it belongs to; none for a pulse by itself, today.
    walk: Option<RecordId>,
    line: usize,
    /// Whose pulse is taken, counted from our own side.
    side: usize,
    /// The partner who stands beside us, counted from the first.
    beside: usize,
    /// The first line in sight, kept from frame to frame.
    top: Cell<usize>,
}

pub(super) const ROWS: &[Command<PulseScreen>] = &[
    command("pulse.choose", &["enter"], "Choose how it is", PulseScreen::choose)
        .footer(1, "choose")
        .words("rate concern serious")
        .changes(),
    command("pulse.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("pulse.side", &["tab", "right", "l"], "To the next side", |s: &mut PulseScreen, ctx| {
        s.turn(ctx, 1)
    })
    .footer(3, "next side")
    .words("partner theirs ours who"),
    command(
        "pulse.side-before",
        &["shift-tab", "left", "h"],
        "To the side before",
        |s: &mut PulseScreen, ctx| s.turn(ctx, -1),
    ),
    command("pulse.none", &["1"], "No concern, and on to the next line", |s: &mut PulseScreen, ctx| {
        s.rate(ctx, Some(Concern::NoConcern))
    })
    .footer(5, "no concern")
    .words("good fine well")
    .changes(),
    command("pulse.some", &["2"], "Some concern, and on to the next line", |s: &mut PulseScreen, ctx| {
        s.rate(ctx, Some(Concern::SomeConcern))
    })
    .footer(5, "some")
    .changes(),
    command("pulse.serious", &["3"], "Serious, and on to the next line", |s: &mut PulseScreen, ctx| {
        s.rate(ctx, Some(Concern::Serious))
    })
    .footer(5, "serious")
    .changes(),
    command(
        "pulse.unknown",
        &["4"],
        "They don’t know, and on to the next line",
        |s: &mut PulseScreen, ctx| s.rate(ctx, Some(Concern::DontKnow)),
    )
    .footer(6, "don’t know")
    .changes(),
    command("pulse.clear", &["0"], "Not asked after all", |s: &mut PulseScreen, ctx| s.rate(ctx, None))
        .footer(7, "not asked")
        .words("remove blank empty")
        .changes(),
    command("pulse.occasion", &["t"], "By itself today, or as part of a walk", PulseScreen::turn_occasion)
        .footer(8, "occasion")
        .words("walk day today")
        .when(|_, ctx| ctx.workbook().is_some_and(|workbook| !workbook.all::<Walk>().is_empty())),
    command("pulse.down", &["down", "j"], "To the next line", |s: &mut PulseScreen, _| s.step(1)),
    command("pulse.up", &["up", "k"], "To the line before", |s: &mut PulseScreen, _| s.step(-1)),
    command("pulse.first", &["home", "g g"], "To the first line", |s: &mut PulseScreen, _| {
        s.step(isize::MIN)
    }),
    command("pulse.last", &["end", "G"], "To the last line", |s: &mut PulseScreen, _| s.step(isize::MAX)),
];

/// The day of a walk, as far as it is known.
pub(super) fn day_of(walk: &Walk) -> Option<jiff::civil::Date> {
    walk.held.or(walk.planned)
}

/// A side as the head of a column.
fn name(workbook: &Workbook, side: &PartnerId) -> String {
    if side.is_us() { "us".to_owned() } else { query::side(workbook, side) }
}

/// What was said, mark first: "! serious".
fn said(concern: Option<Concern>) -> String {
    let word = match concern {
        None => return String::new(),
        Some(Concern::SomeConcern) => "some",
        Some(concern) => concern.words(),
    };
    format!("{} {word}", concern_mark(concern))
}

impl PulseScreen {
    /// The pulse that belongs to a walk, or one by itself, today.
    pub fn new(walk: Option<RecordId>) -> Self {
        Self { walk, line: 0, side: 0, beside: 0, top: Cell::new(0) }
    }

    fn walk<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Walk> {
        let id = self.walk.as_ref()?;
        ctx.workbook()?.all::<Walk>().iter().find(|walk| walk.id == *id)
    }

    fn occasion(&self, ctx: &Ctx<'_>) -> Occasion {
        let walk = self.walk(ctx);
        let on = walk.and_then(|walk| walk.held).unwrap_or(ctx.today());
        Occasion { walk: walk.map(|walk| walk.id.clone()), on }
    }

    /// The side whose pulse is taken, and the partner in sight beside us where there is one.
    fn sides(&self, workbook: &Workbook) -> (PartnerId, Option<PartnerId>) {
        let all = pulse_sides(workbook);
        let beside = all.get(1 + self.beside).or_else(|| all.get(1)).cloned();
        (all.get(self.side).cloned().unwrap_or_else(PartnerId::us), beside)
    }

    fn line(&self) -> &'static str {
        pulse_lines().nth(self.line).unwrap_or_default()
    }

    fn step(&mut self, by: isize) -> Outcome {
        self.line = self.line.saturating_add_signed(by).min(pulse_lines().count().saturating_sub(1));
        Outcome::Done
    }

    fn turn(&mut self, ctx: &Ctx<'_>, by: isize) -> Outcome {
        let count = ctx.workbook().map_or(1, |workbook| pulse_sides(workbook).len());
        if count == 1 {
            let add = ctx.keymap.shown("global.add-partner");
            return Outcome::Say(format!("There is no other side yet. {add} adds a partner."));
        }
        self.side = (self.side.min(count - 1) + count).saturating_add_signed(by) % count;
        self.beside = self.side.checked_sub(1).unwrap_or(self.beside);
        Outcome::Done
    }

    fn rate(&mut self, ctx: &Ctx<'_>, concern: Option<Concern>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let (side, _) = self.sides(workbook);
        let edit = self.occasion(ctx).rate(workbook, (self.line(), &side), concern, ctx.ids.record());
        if concern.is_some() {
            self.step(1);
        }
        edit.map_or(Outcome::Done, Outcome::Edit)
    }

    /// The four answers, for whoever does not know the keys yet.
    fn choose(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let (side, _) = self.sides(workbook);
        let (occasion, line) = (self.occasion(ctx), self.line());
        let now = occasion.said(workbook, line, &side);
        let row = |concern: Option<Concern>| {
            let words = concern.map_or("not asked", Choice::words);
            let edit = occasion.rate(workbook, (line, &side), concern, ctx.ids.record());
            let aside = if concern == now { "now" } else { "" };
            MenuRow::new(None, words::capital(words), aside, edit.map_or(Outcome::Done, Outcome::Edit))
        };
        let all: Vec<Option<Concern>> = Concern::ALL.iter().copied().map(Some).chain([None]).collect();
        let at = all.iter().position(|concern| *concern == now).unwrap_or(0);
        let title = format!("{}: {}", draw::line_name(line, ctx), name(workbook, &side));
        Outcome::Open(Box::new(Menu::new(title, all.into_iter().map(row).collect()).focused(at)))
    }

    /// From a pulse by itself to each walk, latest first, and round again.
    fn turn_occasion(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        let mut walks: Vec<&Walk> = workbook.all::<Walk>().iter().collect();
        walks.order_by_key(|walk| std::cmp::Reverse(day_of(walk)));
        let at = walks.iter().position(|walk| Some(&walk.id) == self.walk.as_ref());
        let next = walks.get(at.map_or(0, |at| at + 1));
        self.walk = next.map(|walk| walk.id.clone());
        Outcome::Done
    }
}

impl Layer for PulseScreen {
    fn scope(&self) -> &'static str {
        "pulse"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| words::or(workbook.title(), "No title yet"));
        vec![title.to_owned(), "Pulse".to_owned()]
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        let sides = ctx.workbook().map_or(1, |workbook| pulse_sides(workbook).len());
        self.side = self.side.min(sides - 1);
        if self.walk(ctx).is_none() {
            self.walk = None;
        }
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}
