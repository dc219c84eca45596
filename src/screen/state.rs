//! The changes of state, newest first, and beside them what was said about the one in focus: why, as each side sees it,
//! who decided; for a pause also until when, what rests, who stays in light touch, what would start it again.
//!
//! Texts are typed straight into their places. Start at [`ROWS`]; while a field takes text the keys are those of
//! [`FIELD_ROWS`]. Changing the state itself is a command that works everywhere.

mod fields;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::form::{Beside, Form, FormField};
use super::page::{self, Pen};
use super::words;
use crate::command::{Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::{StateChange, TextPlace};
use crate::layer::Layer;
use crate::widget::field::Field;
use crate::widget::list::List;
use crate::widget::text;

/// The changes of state.
#[derive(Debug)]
pub struct States {
    /// Counts from the newest, which stands at the top.
    list: List,
    /// The change to begin with, by its place in the log, until the log has been seen.
    at: Option<usize>,
    form: Form,
}

pub(super) const ROWS: &[Command<States>] = &[
    command("states.edit", &["enter"], "Write why, and what goes with it", States::edit)
        .footer(1, "edit")
        .words("reason change until")
        .when(|s, ctx| s.in_focus(ctx).is_some()),
    command("states.back", &["esc"], "One step back", States::back).footer(2, "back"),
    command("states.new", &["n"], "Change the state", |_, _| Outcome::Run("global.state"))
        .footer(3, "change the state")
        .words("pause end active pilot resume")
        .when(|_, ctx| ctx.writable)
        .changes(),
    command("states.down", &["down", "j"], "To the next one", |s: &mut States, ctx| s.step(1, ctx)),
    command("states.up", &["up", "k"], "To the one before", |s: &mut States, ctx| s.step(-1, ctx)),
    command("states.details", &["right", "l"], "To the fields", States::show_details),
    command("states.list", &["left", "h"], "To the list", States::show_list),
    command("states.part", &["tab", "shift-tab"], "To the other part of the screen", States::other_part),
    command("states.first", &["home"], "To the first one", |s: &mut States, ctx| s.step(isize::MIN, ctx)),
    command("states.last", &["end", "G"], "To the last one", |s: &mut States, ctx| s.step(isize::MAX, ctx)),
];

pub(super) const FIELD_ROWS: &[Command<States>] = &[
    command("states-fields.next", &["enter"], "To the next field, and out after the last", States::accept)
        .footer(1, "next")
        .when(|s, _| !s.form.is_prose()),
    command("states-fields.stop", &["esc"], "Stop typing; what is typed stays", States::stop)
        .footer(2, "stop typing"),
    command("states-fields.down", &["tab"], "To the next field", |s: &mut States, ctx| s.turn(1, ctx))
        .footer(3, "next field"),
    command("states-fields.up", &["shift-tab"], "To the field before", |s: &mut States, ctx| s.turn(-1, ctx)),
];

impl States {
    /// With the newest change in focus; or with another, by its place in the log, and its fields.
    pub fn new(at: Option<usize>) -> Self {
        let form = if at.is_some() { Form::at(0) } else { Form::default() };
        Self { list: List::default(), at, form }
    }

    fn log<'a>(ctx: &Ctx<'a>) -> &'a [StateChange] {
        ctx.workbook().map_or(&[], |workbook| workbook.partnership().log())
    }

    /// The place in the log of the change in focus, and the change.
    fn in_focus<'a>(&self, ctx: &Ctx<'a>) -> Option<(usize, &'a StateChange)> {
        let log = Self::log(ctx);
        let newest = log.len().checked_sub(1)?;
        let at = self.at.unwrap_or_else(|| newest - self.list.focus(log.len())).min(newest);
        Some((at, log.get(at)?))
    }

    fn step(&mut self, rows: isize, ctx: &Ctx<'_>) -> Outcome {
        if self.step_in_form(rows, ctx) {
            return Outcome::Done;
        }
        self.settle(ctx);
        self.list.by(rows, Self::log(ctx).len());
        Outcome::Done
    }

    /// From the place in the log to the row of the list.
    fn settle(&mut self, ctx: &Ctx<'_>) {
        if let Some(at) = self.at.take() {
            let newest = Self::log(ctx).len().saturating_sub(1);
            self.list.set(newest - at.min(newest));
        }
    }

    fn draw_list(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let log = Self::log(ctx);
        let (at, _) = self.in_focus(ctx)?;
        let focus = log.len() - 1 - at;
        let list = List::at(focus);
        let mut cursor = None;
        for (n, row) in list.window(area.height.into(), log.len()).zip(area.rows()) {
            let Some(change) = log.iter().rev().nth(n) else { continue };
            let style = match (n == focus, self.form.is_away()) {
                (true, true) => ctx.theme.focus(),
                (true, false) => ctx.theme.focus_elsewhere(),
                _ => ctx.theme.text(),
            };
            if ctx.linear {
                let day = words::day(change.on, ctx.today());
                let words = format!("{}, from {day}.", change.state.word());
                cursor = cursor.or(page::entry(buf, row, &words, style, n == focus));
                continue;
            }
            let (words, day) = (change.state.word(), words::short_day(change.on, ctx.today()));
            cursor = cursor.or(page::entry(buf, row, words, style, n == focus));
            let at = row.width.saturating_sub(text::width(&day)).max(text::width(words) + 4);
            text::put(buf, text::right_of(row, at), &day, ctx.theme.quiet());
        }
        cursor
    }

    fn draw_form(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let (_, change) = self.in_focus(ctx)?;
        let head = fields::head(change, ctx).into_iter().map(|line| (line, ctx.theme.quiet()));
        self.form.draw(&head.collect::<Vec<_>>(), &self.fields(ctx), area, buf, ctx)
    }
}

impl Beside for States {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn fields(&self, ctx: &Ctx<'_>) -> Vec<FormField> {
        self.in_focus(ctx).map_or_else(Vec::new, |(at, change)| fields::fields(at, change))
    }
}

impl Layer for States {
    fn scope(&self) -> &'static str {
        "states"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let workbook = ctx.workbook().map(|workbook| words::or(workbook.title(), "No title yet").to_owned());
        let mut crumbs: Vec<String> = workbook.into_iter().chain(["State".to_owned()]).collect();
        if !self.form.is_away() && !page::is_wide(ctx) {
            crumbs.extend(self.in_focus(ctx).map(|(_, change)| change.state.word().to_owned()));
        }
        crumbs
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        ctx.workbook().map_or_else(String::new, |w| format!("now {}", w.state().word().to_lowercase()))
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(if self.form.is_typing() { FIELD_ROWS } else { ROWS }, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        if name != "states.new" {
            self.settle(ctx);
        }
        let ran = run_by_name(ROWS, self, name, ctx).or_else(|| run_by_name(FIELD_ROWS, self, name, ctx));
        ran.unwrap_or(Outcome::Unused)
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.form.field()
    }

    fn place(&self) -> Option<TextPlace> {
        self.form.place()
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        self.sync_form(ctx);
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = page::page(area);
        if Self::log(ctx).is_empty() {
            let key = ctx.keymap.shown("states.new");
            let mut pen = Pen::new(buf, area);
            pen.say("Exploring, since this workbook was begun.", ctx.theme.text());
            pen.gap();
            if ctx.writable {
                pen.say(&format!("{key} changes the state."), ctx.theme.quiet());
            }
            return (!area.is_empty()).then(|| page::cursor(area, 0));
        }
        if !page::is_wide(ctx) {
            return if self.form.is_away() {
                self.draw_list(area, buf, ctx)
            } else {
                self.draw_form(area, buf, ctx)
            };
        }
        let (left, right) = page::split(area, buf, *ctx.theme, (area.width * 3 / 10).clamp(24, 34));
        let list = self.draw_list(left, buf, ctx);
        let form = self.draw_form(right, buf, ctx);
        if self.form.is_away() { list } else { form }
    }
}
