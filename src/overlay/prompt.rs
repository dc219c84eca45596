//! One line to fill in: a name, a title, a path. What becomes of it is the business of whoever asked; a refusal is shown
//! in words and what was typed stays.

use std::fmt;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::line::{field_style, inset};
use crate::command::{Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::layer::{Extent, Layer};
use crate::widget::cells::cells;
use crate::widget::field::{Field, Kind};
use crate::widget::text::{below, put, put_wrapped, row, wrap};

/// The most rows that a hint or a refusal takes.
const MOST_SAID: u16 = 3;

/// What can be done in a prompt.
pub const COMMANDS: &[Command<Prompt>] = &[
    command("prompt.accept", &["enter"], "Take the line as it stands", Prompt::accept).footer(1, "accept"),
    command("prompt.close", &["esc"], "Go back without it", Prompt::close)
        .words("cancel back")
        .footer(2, "back"),
];

/// What becomes of the line: what is to be done, or why it cannot be taken, in words.
type Then = Box<dyn Fn(String) -> Result<Outcome, String>>;

/// How a line is understood as it stands, in words; `None` where it is not.
type Echo = Box<dyn Fn(&str) -> Option<String>>;

/// A line to fill in.
pub struct Prompt {
    label: String,
    field: Field,
    hint: String,
    refusal: Option<String>,
    /// It began without a text, so what is typed is all the person's own.
    began_empty: bool,
    /// Says how the line is understood as it stands.
    echo: Option<Echo>,
    then: Then,
}

impl fmt::Debug for Prompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prompt").field("label", &self.label).field("text", &self.field.text()).finish()
    }
}

impl Prompt {
    /// A prompt under a label, with a text to begin from. `then` is given the line when it is accepted, without the
    /// blanks round it; a refusal is shown and the prompt stays.
    pub fn new(
        label: impl Into<String>,
        initial: &str,
        then: impl Fn(String) -> Result<Outcome, String> + 'static,
    ) -> Self {
        Self {
            label: label.into(),
            field: Field::new(Kind::Line).with_text(initial),
            hint: "Enter takes it, Esc goes back".to_owned(),
            refusal: None,
            began_empty: initial.is_empty(),
            echo: None,
            then: Box::new(then),
        }
    }

    /// The prompt with a line of help below the field.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The prompt with words that stand in the field as long as it is empty.
    #[must_use]
    pub fn placeholder(mut self, words: impl Into<String>) -> Self {
        self.field = self.field.with_placeholder(format!("for example: {}", words.into()));
        self
    }

    /// The prompt, saying in place of its help how the line is understood as it stands.
    #[must_use]
    pub fn echo(mut self, echo: impl Fn(&str) -> Option<String> + 'static) -> Self {
        self.echo = Some(Box::new(echo));
        self
    }

    fn accept(&mut self, _: &Ctx<'_>) -> Outcome {
        match (self.then)(self.field.text().trim().to_owned()) {
            Ok(outcome) => Outcome::Close(Box::new(outcome)),
            Err(refusal) => {
                self.refusal = Some(refusal);
                Outcome::Done
            }
        }
    }

    fn close(&mut self, _: &Ctx<'_>) -> Outcome {
        Outcome::Close(Box::new(Outcome::Done))
    }

    fn said(&self) -> String {
        let echo = self.echo.as_ref().and_then(|echo| echo(self.field.text().trim()));
        self.refusal.clone().or(echo).unwrap_or_else(|| self.hint.clone())
    }
}

impl Layer for Prompt {
    fn scope(&self) -> &'static str {
        "prompt"
    }

    fn crumbs(&self, _: &Ctx<'_>) -> Vec<String> {
        Vec::new()
    }

    fn extent(&self, ctx: &Ctx<'_>) -> Extent {
        // a strip has a free column at each side, and a margin within
        let columns = inset(Rect::new(0, 0, ctx.size.0.saturating_sub(2), 1)).width;
        let said = cells(wrap(&self.said(), columns).len());
        Extent::Strip(2 + said.min(MOST_SAID))
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(COMMANDS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(COMMANDS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.field)
    }

    fn draft(&mut self) -> Option<(&str, &mut Field)> {
        self.began_empty.then_some((self.label.as_str(), &mut self.field))
    }

    fn typed(&mut self, _: &Ctx<'_>) -> Outcome {
        self.refusal = None;
        Outcome::Done
    }

    fn holds_edits(&self) -> bool {
        true
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = inset(area);
        // where there is one row, it is the field's
        let top = u16::from(area.height > 1);
        if top > 0 {
            put(buf, row(area, 0), &self.label, ctx.theme.strong());
        }
        let style = if self.refusal.is_some() { ctx.theme.notice() } else { ctx.theme.quiet() };
        put_wrapped(buf, below(area, top + 1), &self.said(), style);
        let line = row(area, top);
        self.field.render(line, buf, field_style(*ctx.theme));
        self.field.cursor_position(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overlay::sizes::{AWKWARD, cursor, draws_at_any_size};
    use crate::testing::World;

    fn prompt(initial: &str) -> Prompt {
        Prompt::new("Who joins?", initial, |name| match name.as_str() {
            "" => Err("A partner needs a name; a first guess will do".into()),
            name => Ok(Outcome::AddPartner(name.to_owned())),
        })
        .hint("A name is enough; the rest can wait")
        .placeholder("City Museum")
    }

    #[test]
    fn it_asks_on_three_rows() {
        let world = World::new();
        insta::assert_snapshot!(world.drawn(&prompt(""), 40, 3), @"
         Who joins?
         for example: City Museum
         A name is enough; the rest can wait
        ");
        assert_eq!(prompt("").extent(&world.ctx()), Extent::Strip(3));
        assert_eq!(cursor(&world, &prompt("Zoo"), 40, 3), Some(Position::new(4, 1)));
    }

    #[test]
    fn enter_takes_the_line_and_escape_leaves_it() {
        let world = World::new();
        let taken = prompt("  City Museum ").run("prompt.accept", &world.ctx());
        assert_eq!(format!("{taken:?}"), r#"Close(AddPartner("City Museum"))"#);
        let left = prompt("City").run("prompt.close", &world.ctx());
        assert_eq!(format!("{left:?}"), "Close(Done)");
    }

    #[test]
    fn a_refusal_is_said_in_words_until_something_is_typed() {
        let mut world = World::new();
        let mut prompt = prompt("");
        assert!(matches!(prompt.run("prompt.accept", &world.ctx()), Outcome::Done));
        assert!(world.drawn(&prompt, 60, 3).contains("A partner needs a name"));
        world.size = (24, 12);
        assert_eq!(prompt.extent(&world.ctx()), Extent::Strip(5));
        prompt.field().unwrap().paste("Z").unwrap();
        prompt.typed(&world.ctx());
        assert!(world.drawn(&prompt, 60, 3).contains("the rest can wait"));
    }

    #[test]
    fn it_draws_at_any_size() {
        let mut world = World::new();
        draws_at_any_size(&mut world, &prompt(AWKWARD).hint(AWKWARD));
        draws_at_any_size(&mut world, &prompt("").placeholder(AWKWARD));
        let mut tiny = World::new();
        tiny.size = (10, 1);
        assert_eq!(tiny.drawn(&prompt("Zoo"), 10, 1), "Zoo");
    }
}
