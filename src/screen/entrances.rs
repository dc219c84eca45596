//! "Where are you?": the four moments at which people open a workbook, and the doors behind each.
//!
//! It asks once, after a workbook was made, and can be asked again. An entrance with one door opens it at once; another
//! shows its doors. Nothing is remembered of the choice. Start at [`ROWS`].

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{self, Pen};
use super::words;
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::content::types::{Door, Entrance};
use crate::domain::QuestionId;
use crate::layer::Layer;
use crate::widget::cells::cells;
use crate::widget::list::List;
use crate::widget::text;

/// The four entrances.
#[derive(Debug, Default)]
pub struct Entrances {
    entrances: List,
    /// The doors of the entrance in focus, while they are shown.
    doors: Option<List>,
}

pub(super) const ROWS: &[Command<Entrances>] = &[
    command("entrances.enter", &["enter", "right", "l"], "Go in here", Entrances::enter).footer(1, "go in"),
    command("entrances.back", &["esc"], "Back to the four, or on to the map", Entrances::back)
        .footer(2, "skip")
        .words("skip map"),
    command("entrances.four", &["left", "h"], "Back to the four", Entrances::back)
        .when(|s, _| s.doors.is_some()),
    command("entrances.down", &["down", "j"], "To the next one", |s: &mut Entrances, ctx| s.step(1, ctx))
        .footer(3, "next"),
    command("entrances.up", &["up", "k"], "To the one before", |s: &mut Entrances, ctx| s.step(-1, ctx)),
];

impl Entrances {
    /// With the first entrance in focus.
    pub fn new() -> Self {
        Self::default()
    }

    fn entrance<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Entrance> {
        let all = ctx.content.entrances();
        all.get(self.entrances.focus(all.len()))
    }

    fn step(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let doors = self.entrance(ctx).map_or(0, |entrance| entrance.doors.len());
        match &mut self.doors {
            Some(list) => list.by(by, doors),
            None => self.entrances.by(by, ctx.content.entrances().len()),
        };
        Outcome::Done
    }

    fn enter(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(entrance) = self.entrance(ctx) else { return Outcome::Unused };
        let chosen = match (&self.doors, entrance.doors.as_slice()) {
            (Some(list), doors) => doors.get(list.focus(doors.len())),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        if let Some(Door { question, .. }) = chosen {
            return Outcome::Go(Go::Question(QuestionId::new(question), None));
        }
        self.doors = Some(List::default());
        Outcome::Done
    }

    fn back(&mut self, _: &Ctx<'_>) -> Outcome {
        match self.doors.take() {
            Some(_) => Outcome::Done,
            None => Outcome::Go(Go::Map),
        }
    }

    fn draw_entrances(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let all = ctx.content.entrances();
        let focus = self.entrances.focus(all.len());
        let texts = all
            .iter()
            .map(|e| page::rows_of(&e.text, area.width.saturating_sub(2)) + 2)
            .fold(0_u16, u16::saturating_add);
        let mut pen = Pen::new(buf, area);
        let roomy = texts + 3 <= area.height;
        heading(&mut pen, "Where are you?", ctx);
        let mut cursor = None;
        if roomy {
            for (n, entrance) in all.iter().enumerate() {
                let (row, buf) = pen.take(1);
                cursor = cursor.or(page::entry(buf, row, &entrance.name, style(n == focus, ctx), n == focus));
                let rows = page::rows_of(&entrance.text, area.width.saturating_sub(2));
                let (rows, buf) = pen.take(rows);
                Pen::new(buf, text::right_of(rows, 2)).say(&entrance.text, ctx.theme.quiet());
                pen.gap();
            }
        } else {
            let length = cells(all.len());
            let (rows, buf) = pen.take(length.min(pen.rest().height));
            for (n, row) in self.entrances.window(rows.height.into(), all.len()).zip(rows.rows()) {
                let Some(entrance) = all.get(n) else { continue };
                cursor = cursor.or(page::entry(buf, row, &entrance.name, style(n == focus, ctx), n == focus));
            }
            pen.gap();
            pen.say(self.entrance(ctx).map_or("", |entrance| &entrance.text), ctx.theme.quiet());
            pen.gap();
        }
        pen.say(&how_to_choose("skips this and shows the map", ctx), ctx.theme.quiet());
        cursor
    }

    fn draw_doors(&self, list: &List, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let entrance = self.entrance(ctx)?;
        let doors = &entrance.doors;
        let focus = list.focus(doors.len());
        let mut pen = Pen::new(buf, area);
        heading(&mut pen, &entrance.name, ctx);
        if usize::from(area.height) > doors.len() + 7 {
            pen.say(&entrance.text, ctx.theme.quiet());
            pen.gap();
        }
        let length = cells(doors.len());
        let (rows, buf) = pen.take(length.min(pen.rest().height));
        let mut cursor = None;
        for (n, row) in list.window(rows.height.into(), doors.len()).zip(rows.rows()) {
            let Some(door) = doors.get(n) else { continue };
            cursor = cursor.or(page::entry(buf, row, &door.label, style(n == focus, ctx), n == focus));
        }
        pen.gap();
        pen.say(&how_to_choose("goes back to the four", ctx), ctx.theme.quiet());
        cursor
    }
}

fn heading(pen: &mut Pen<'_>, words: &str, ctx: &Ctx<'_>) {
    if pen.rest().height > 4 {
        pen.line(words, ctx.theme.strong());
    }
    if pen.rest().height > 9 {
        pen.gap();
    }
}

fn style(focus: bool, ctx: &Ctx<'_>) -> ratatui::style::Style {
    if focus { ctx.theme.focus() } else { ctx.theme.text() }
}

/// How to choose, by the keys that do it.
fn how_to_choose(escape: &str, ctx: &Ctx<'_>) -> String {
    let key = |name| ctx.keymap.shown(name);
    let (down, up) = (key("entrances.down"), key("entrances.up"));
    format!(
        "{down} and {up} go from one to the next, {} goes in, {} {escape}.",
        key("entrances.enter"),
        key("entrances.back")
    )
}

impl Layer for Entrances {
    fn scope(&self) -> &'static str {
        "entrances"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let workbook = ctx.workbook().map(|workbook| words::or(workbook.title(), "No title yet").to_owned());
        let entrance = self.doors.is_some().then(|| self.entrance(ctx).map(|e| e.name.clone())).flatten();
        workbook.into_iter().chain(["Where are you?".to_owned()]).chain(entrance).collect()
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = page::page(area);
        match &self.doors {
            Some(list) => self.draw_doors(list, area, buf, ctx),
            None => self.draw_entrances(area, buf, ctx),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};

    #[test]
    fn the_four_and_their_doors() {
        let world = world();
        let mut entrances = Entrances::new();
        insta::assert_snapshot!("entrances_80", drawn(&world, &entrances, 80, 21));
        insta::assert_snapshot!("entrances_40", drawn(&world, &entrances, 40, 9));
        entrances.run("entrances.down", &world.ctx());
        entrances.run("entrances.down", &world.ctx());
        entrances.run("entrances.enter", &world.ctx());
        insta::assert_snapshot!("entrances_doors_60", drawn(&world, &entrances, 60, 17));
    }

    #[test]
    fn every_door_leads_to_its_question() {
        let world = world();
        let ctx = world.ctx();
        for (n, entrance) in world.content.entrances().iter().enumerate() {
            for (m, door) in entrance.doors.iter().enumerate() {
                let mut entrances = Entrances { entrances: List::at(n), doors: None };
                if entrance.doors.len() > 1 {
                    assert!(matches!(entrances.run("entrances.enter", &ctx), Outcome::Done));
                }
                (0..m).for_each(|_| drop(entrances.run("entrances.down", &ctx)));
                let gone = entrances.run("entrances.enter", &ctx);
                let Outcome::Go(Go::Question(question, None)) = gone else { panic!("{gone:?}") };
                assert_eq!(question.as_str(), door.question);
                assert!(world.content.question(&door.question).is_some());
            }
        }
    }

    #[test]
    fn escape_goes_back_to_the_four_and_then_to_the_map() {
        let world = world();
        let ctx = world.ctx();
        let mut entrances = Entrances { entrances: List::at(1), doors: None };
        entrances.run("entrances.enter", &ctx);
        assert!(matches!(entrances.run("entrances.back", &ctx), Outcome::Done));
        assert!(matches!(entrances.run("entrances.back", &ctx), Outcome::Go(Go::Map)));
    }

    #[test]
    fn they_draw_in_any_size() {
        let mut world = world();
        for linear in [false, true] {
            world.linear = linear;
            for (width, height) in SIZES {
                for n in 0..4 {
                    let mut entrances = Entrances { entrances: List::at(n), doors: None };
                    for _ in 0..2 {
                        let cursor = draws_anywhere(&world, &entrances, width, height);
                        assert_eq!(cursor.is_some(), width > 0 && height > 0, "{width}x{height}");
                        entrances.run("entrances.enter", &world.ctx());
                        entrances.run("entrances.down", &world.ctx());
                    }
                }
            }
        }
    }
}
