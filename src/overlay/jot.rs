//! The jot strip: a line for the inbox from anywhere, without leaving what one was at. It knows nothing of where the
//! inbox is. Nothing typed here is lost: a line that stands here when the strip is closed goes to the inbox too.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::line::{field_style, inset};
use crate::command::{Ask, Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::layer::{Extent, Layer};
use crate::widget::field::{Field, Kind};
use crate::widget::text::{put, row};

/// What can be done in the jot strip.
pub const COMMANDS: &[Command<Jot>] = &[
    command(
        "jot.keep",
        &["enter", "ctrl-j", "f2"],
        "Put the line into the inbox; on an empty line, close the strip",
        Jot::keep,
    )
    .footer(1, "keep"),
    command("jot.close", &["esc"], "Put what stands here into the inbox and go back", Jot::close)
        .words("back leave")
        .footer(2, "keep and go back"),
];

/// The jot strip.
#[derive(Debug)]
pub struct Jot {
    field: Field,
    kept: usize,
}

impl Default for Jot {
    fn default() -> Self {
        Self::new()
    }
}

impl Jot {
    /// An empty strip.
    pub fn new() -> Self {
        Self { field: Field::new(Kind::Line).with_placeholder("What is not to be forgotten?"), kept: 0 }
    }

    /// Takes the line out of the field; `None` where there are only blanks.
    fn take(&mut self, ctx: &Ctx<'_>) -> Option<Ask> {
        let line = self.field.text();
        self.field.set_text("");
        let line = line.trim();
        let to = ctx.workbook().map(|workbook| workbook.id().clone());
        (!line.is_empty()).then(|| Ask::Jot { text: line.to_owned(), to, tag: None, private: false })
    }

    fn keep(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.take(ctx) {
            Some(jot) => {
                self.kept += 1;
                Outcome::Ask(jot)
            }
            None => Outcome::Close(Box::new(Outcome::Done)),
        }
    }

    fn close(&mut self, ctx: &Ctx<'_>) -> Outcome {
        Outcome::Close(Box::new(self.take(ctx).map_or(Outcome::Done, Outcome::Ask)))
    }

    fn hint(&self) -> String {
        let next = if self.field.is_empty() {
            "Enter or Esc goes back"
        } else {
            "Enter keeps it and goes on, Esc keeps it and goes back"
        };
        match self.kept {
            0 => next.to_owned(),
            1 => format!("1 line kept. {next}"),
            n => format!("{n} lines kept. {next}"),
        }
    }
}

impl Layer for Jot {
    fn scope(&self) -> &'static str {
        "jot"
    }

    fn crumbs(&self, _: &Ctx<'_>) -> Vec<String> {
        Vec::new()
    }

    fn extent(&self, _: &Ctx<'_>) -> Extent {
        Extent::Strip(3)
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(COMMANDS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(COMMANDS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draft(&mut self) -> Option<(&str, &mut Field)> {
        Some(("Jot", &mut self.field))
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.field)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = inset(area);
        let top = u16::from(area.height > 1);
        if top > 0 {
            put(buf, row(area, 0), "Jot: goes to the inbox", ctx.theme.strong());
        }
        put(buf, row(area, top + 1), &self.hint(), ctx.theme.quiet());
        let line = row(area, top);
        self.field.render(line, buf, field_style(*ctx.theme));
        self.field.cursor_position(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overlay::sizes::{AWKWARD, draws_at_any_size};
    use crate::testing::World;

    fn with(text: &str) -> Jot {
        let mut jot = Jot::new();
        jot.field().unwrap().paste(text).unwrap();
        jot
    }

    #[test]
    fn enter_keeps_a_line_and_is_ready_for_the_next() {
        let world = World::new();
        let mut jot = with(" ring the carers' group ");
        insta::assert_snapshot!(world.drawn(&jot, 60, 3), @"
         Jot: goes to the inbox
          ring the carers' group
         Enter keeps it and goes on, Esc keeps it and goes back
        ");
        let kept = jot.run("jot.keep", &world.ctx());
        assert_eq!(
            format!("{kept:?}"),
            r#"Ask(Jot { text: "ring the carers' group", to: Some(WorkbookId("w")), tag: None, private: false })"#
        );
        insta::assert_snapshot!(world.drawn(&jot, 60, 3), @"
         Jot: goes to the inbox
         What is not to be forgotten?
         1 line kept. Enter or Esc goes back
        ");
        assert_eq!(format!("{:?}", jot.run("jot.keep", &world.ctx())), "Close(Done)");
    }

    #[test]
    fn escape_keeps_what_stands_there() {
        let world = World::new();
        let closed = with("half a wo").run("jot.close", &world.ctx());
        assert_eq!(
            format!("{closed:?}"),
            r#"Close(Ask(Jot { text: "half a wo", to: Some(WorkbookId("w")), tag: None, private: false }))"#
        );
        assert_eq!(format!("{:?}", with("  ").run("jot.close", &world.ctx())), "Close(Done)");
    }

    #[test]
    fn it_draws_at_any_size() {
        let mut world = World::new();
        draws_at_any_size(&mut world, &with(AWKWARD));
        assert_eq!(world.drawn(&with("now"), 12, 1), "now");
    }
}
