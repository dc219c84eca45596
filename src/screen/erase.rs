//! Removing a person's details: every place that gives them away, with its line; each can be left as it is. Then the name
//! is typed, and only that does it.
//!
//! It lies over the people as an overlay does, and changes nothing itself: what was chosen goes out as
//! [`Ask::Erase`](crate::command::Ask). The name is typed into a field of its own that is put aside nowhere.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{self, Pen};
use super::words;
use crate::command::{Ask, Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::PersonId;
use crate::domain::erase::{Erasure, Kind, Trace, is_same_name, traces};
use crate::domain::query::Where;
use crate::layer::Layer;
use crate::widget::cells::cells;
use crate::widget::field::{Field, FieldStyle, Kind as FieldKind};
use crate::widget::list::List;
use crate::widget::text;

const WHAT: &str = "Where a name stood it will say [name removed], also in what is kept of the past. What was \
                    learned stays. This cannot be undone, nor can anything done before it.";
const BEYOND: &str = "It cannot reach files exported before, copies in git or in backups, other workbooks, or what \
                      others were sent.";
/// What is typed for somebody who has no name.
const NAMELESS: &str = "remove";
/// Columns from which the place stands beside the line.
const BESIDE: u16 = 60;

/// The places of a person, and the name to be typed.
#[derive(Debug)]
pub struct Erase {
    person: PersonId,
    name: String,
    traces: Vec<(Trace, Where)>,
    list: List,
    field: Field,
    typing: bool,
    refusal: Option<String>,
}

pub(super) const ROWS: &[Command<Erase>] = &[
    command("erase.toggle", &["enter", "space"], "Leave this place as it is, or not", Erase::toggle)
        .footer(1, "goes or stays")
        .words("keep choose take out"),
    command("erase.alike", &["a"], "The same for all that are spelled like this", Erase::alike)
        .footer(5, "all alike")
        .words("every ordinary word"),
    command("erase.name", &["tab"], "Type the name, which removes them", Erase::type_name)
        .footer(3, "the name")
        .words("confirm do it"),
    command("erase.back", &["esc"], "Go back; nothing is changed", Erase::close).footer(2, "back"),
    command("erase.down", &["down", "j"], "To the next place", |s: &mut Erase, _| s.step(1)),
    command("erase.up", &["up", "k"], "To the place before", |s: &mut Erase, _| s.step(-1)),
    command("erase.page-down", &["pagedown"], "A page down", |s: &mut Erase, _| s.step_pages(1)),
    command("erase.page-up", &["pageup"], "A page up", |s: &mut Erase, _| s.step_pages(-1)),
    command("erase.first", &["home", "g g"], "To the first place", |s: &mut Erase, _| s.step(isize::MIN)),
    command("erase.last", &["end", "G"], "To the name, after the last place", |s: &mut Erase, _| {
        s.step(isize::MAX)
    }),
];

pub(super) const NAME_ROWS: &[Command<Erase>] = &[
    command("erase-name.accept", &["enter"], "Remove them, if the name is right", Erase::accept)
        .footer(1, "remove them")
        .changes(),
    command("erase-name.stop", &["esc", "shift-tab"], "Back to the places; nothing is changed", Erase::stop)
        .footer(2, "back"),
];

impl Erase {
    /// The places of a person in the open workbook.
    pub fn new(person: PersonId) -> Self {
        Self {
            person,
            name: String::new(),
            traces: Vec::new(),
            list: List::default(),
            field: Field::new(FieldKind::Line),
            typing: false,
            refusal: None,
        }
    }

    /// Looks for the places anew; what was chosen before stays so.
    fn look(&mut self, ctx: &Ctx<'_>) {
        let Some(workbook) = ctx.workbook() else { return };
        let before = std::mem::take(&mut self.traces);
        let chosen = |trace: &Trace| {
            let same = |(t, _): &&(Trace, Where)| {
                (&t.at, &t.line, &t.spelled) == (&trace.at, &trace.line, &trace.spelled)
            };
            before.iter().find(same).map_or(trace.chosen, |(t, _)| t.chosen)
        };
        let found = traces(workbook, &self.person).into_iter().map(|trace| {
            let at = trace.at.in_words(workbook, &self.person, ctx.content);
            (Trace { chosen: chosen(&trace), ..trace }, at)
        });
        self.traces = found.collect();
        let whole = Erasure::new(workbook, &self.person, Vec::new());
        self.name = whole.map(|erasure| erasure.name().to_owned()).unwrap_or_default();
    }

    /// What is to be typed.
    fn wanted(&self) -> &str {
        words::or(&self.name, NAMELESS)
    }

    /// The places, and after them the line for the name.
    fn len(&self) -> usize {
        self.traces.len() + 1
    }

    fn step(&mut self, by: isize) -> Outcome {
        self.list.by(by, self.len());
        Outcome::Done
    }

    fn step_pages(&mut self, pages: isize) -> Outcome {
        self.list.by_pages(pages, self.len());
        Outcome::Done
    }

    fn toggle(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let focus = self.list.focus(self.len());
        match self.traces.get_mut(focus) {
            Some((trace, _)) if trace.kind == Kind::Link => always(),
            Some((trace, _)) => {
                trace.chosen = !trace.chosen;
                Outcome::Done
            }
            None => self.type_name(ctx),
        }
    }

    /// What the one in focus does not do yet, all that are spelled like it do with it.
    fn alike(&mut self, _: &Ctx<'_>) -> Outcome {
        let focus = self.list.focus(self.len());
        let Some((Trace { kind, spelled, chosen, .. }, _)) = self.traces.get(focus).cloned() else {
            return Outcome::Unused;
        };
        if kind == Kind::Link {
            return always();
        }
        let mut count = 0;
        for (trace, _) in self.traces.iter_mut().filter(|(trace, _)| trace.spelled == spelled) {
            trace.chosen = !chosen;
            count += 1;
        }
        let places = words::count(count, "place", "places");
        let what = if chosen { "stays" } else { "goes" };
        Outcome::Say(format!("\u{201c}{spelled}\u{201d} {what} in {places}."))
    }

    fn type_name(&mut self, _: &Ctx<'_>) -> Outcome {
        self.list.set(self.traces.len());
        self.typing = true;
        Outcome::Done
    }

    fn stop(&mut self, _: &Ctx<'_>) -> Outcome {
        self.typing = false;
        self.refusal = None;
        self.field.set_text("");
        Outcome::Done
    }

    fn close(&mut self, _: &Ctx<'_>) -> Outcome {
        Outcome::Back
    }

    fn accept(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        if !is_same_name(self.field.text().trim(), self.wanted()) {
            self.refusal =
                Some(format!("Nothing is removed: type {} just as it stands here.", self.wanted()));
            return Outcome::Done;
        }
        let chosen = self.traces.iter().map(|(trace, _)| trace.clone()).collect();
        match Erasure::new(workbook, &self.person, chosen) {
            Some(erasure) => Outcome::Ask(Ask::Erase(Box::new(erasure))),
            None => {
                let gone = Outcome::Say("They are not in this workbook any more.".into());
                Outcome::All(vec![Outcome::Back, gone])
            }
        }
    }

    fn draw_list(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let focus = self.list.focus(self.len());
        let mut cursor = None;
        for (n, row) in self.list.window(area.height.into(), self.len()).zip(area.rows()) {
            let in_focus = n == focus && !self.typing;
            let Some((trace, at)) = self.traces.get(n) else {
                let style = if in_focus { ctx.theme.focus() } else { ctx.theme.text() };
                cursor = cursor.or(page::entry(buf, row, "Go on, and type the name", style, in_focus));
                continue;
            };
            let style = match (in_focus, trace.chosen) {
                (true, _) => ctx.theme.focus(),
                (false, true) => ctx.theme.text(),
                (false, false) => ctx.theme.quiet(),
            };
            let word = if trace.chosen { "goes" } else { "stays" };
            cursor = cursor.or(page::entry(buf, row, word, style, in_focus));
            let rest = text::right_of(row, 9);
            let place = if row.width >= BESIDE { rest.width * 2 / 5 } else { 0 };
            text::put(
                buf,
                Rect { width: place.saturating_sub(2), ..rest },
                &in_a_line(at),
                ctx.theme.quiet(),
            );
            let line = text::right_of(rest, place);
            text::put(buf, line, &around(trace, line.width), style);
        }
        cursor
    }

    fn draw_name(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let label = format!("Type {} to remove them for good:", self.wanted());
        let said = self
            .refusal
            .as_ref()
            .map_or((label.as_str(), ctx.theme.strong()), |r| (r.as_str(), ctx.theme.notice()));
        text::put(buf, text::row(area, 0), said.0, said.1);
        let line = text::right_of(text::row(area, 1), 2);
        let theme = ctx.theme;
        let style =
            FieldStyle { text: theme.strong(), selected: theme.selected(), placeholder: theme.quiet() };
        self.field.render(line, buf, style);
        self.field.cursor_position(line)
    }
}

fn always() -> Outcome {
    Outcome::Say("That always goes: it is the person's own record, or points to it.".to_owned())
}

/// A place in one line, the part of the workbook first.
fn in_a_line(at: &Where) -> String {
    if at.part.is_empty() { at.thing.clone() } else { format!("{} · {}", at.part, at.thing) }
}

/// The line of a trace, from shortly before the name on where it does not fit.
fn around(trace: &Trace, columns: u16) -> String {
    let line = trace.line.trim_start();
    let head = line.find(&trace.spelled).and_then(|at| line.get(..at)).unwrap_or_default();
    if text::width(line) <= columns || text::width(head) <= columns / 3 {
        return line.to_owned();
    }
    let mut before: Vec<char> = head.chars().rev().take(usize::from(columns / 4)).collect();
    before.reverse();
    let rest = line.get(head.len()..).unwrap_or_default();
    format!("…{}{rest}", before.into_iter().collect::<String>().trim_start())
}

impl Layer for Erase {
    fn scope(&self) -> &'static str {
        "erase"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map(|workbook| words::or(workbook.title(), "No title yet").to_owned());
        title.into_iter().chain(["People".to_owned(), "Remove details".to_owned()]).collect()
    }

    fn aside(&self, _: &Ctx<'_>) -> String {
        let goes = self.traces.iter().filter(|(trace, _)| trace.chosen).count();
        format!("{goes} of {} go", words::count(self.traces.len(), "place", "places"))
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(if self.typing { NAME_ROWS } else { ROWS }, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        let ran = run_by_name(ROWS, self, name, ctx).or_else(|| run_by_name(NAME_ROWS, self, name, ctx));
        ran.unwrap_or(Outcome::Unused)
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.typing.then_some(&mut self.field)
    }

    fn typed(&mut self, _: &Ctx<'_>) -> Outcome {
        self.refusal = None;
        Outcome::Done
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        self.look(ctx);
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = page::page(area);
        let who = words::or(&self.name, "somebody without a name");
        let title = format!("Remove {who} for good?");
        let columns = area.width;
        let rows = |words: &str| page::rows_of(words, columns);
        let focus = self.list.focus(self.len());
        let place = self.traces.get(focus).map(|(_, at)| in_a_line(at)).filter(|_| columns < BESIDE);
        let name = if self.typing { 3 } else { 0 };
        // the list has at least three rows, and the line for the name as many as it needs
        let room = area.height.saturating_sub(name + 3);
        let [title_fits, what_fits, beyond_fits, place_fits] =
            page::that_fit([(0, rows(&title) + 1), (1, rows(WHAT) + 1), (2, rows(BEYOND) + 1), (3, 2)], room);
        let mut pen = Pen::new(buf, area);
        if title_fits {
            pen.say(&title, ctx.theme.heading());
            pen.gap();
        }
        if what_fits {
            pen.say(WHAT, ctx.theme.text());
            pen.gap();
        }
        let place_rows = if place_fits && place.is_some() { 2 } else { 0 };
        let beyond_rows = if beyond_fits { rows(BEYOND) + 1 } else { 0 };
        let below = name + place_rows + beyond_rows;
        let most = cells(self.len());
        let (list, buf) = pen.take(most.min(pen.rest().height.saturating_sub(below)));
        let in_list = self.draw_list(list, buf, ctx);
        if let (Some(place), true) = (&place, place_rows > 0) {
            pen.gap();
            pen.line(place, ctx.theme.quiet());
        }
        if beyond_fits {
            pen.gap();
            pen.say(BEYOND, ctx.theme.quiet());
        }
        if self.typing {
            if pen.rest().height > 2 {
                pen.gap();
            }
            let (rest, buf) = pen.take(2);
            return self.draw_name(rest, buf, ctx);
        }
        in_list.or((!area.is_empty()).then(|| page::cursor(area, 0)))
    }
}
