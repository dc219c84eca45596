//! How a walk looks: which it is, the steps, what the step asks, its fields; and beneath them what was noted before, so that
//! one thing can be answered at a time.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::WalkScreen;
use super::step::Step;
use crate::command::Ctx;
use crate::domain::{Choice, Walk};
use crate::export::walk::moved;
use crate::screen::page::{self, Pen};
use crate::screen::words;

/// Rows from which things stand apart from one another.
const AIRY: u16 = 15;

/// Which walk it is: "A walk, Fri 12 Sep, the park gate; moved from 5 September 2025".
fn about(walk: &Walk, ctx: &Ctx<'_>) -> String {
    let mut said = words::capital(walk.mode.words());
    match (walk.held, walk.planned) {
        (Some(held), _) => said.push_str(&format!(", held {}", words::weekday(held, ctx.today()))),
        (None, Some(planned)) => said.push_str(&format!(", {}", words::weekday(planned, ctx.today()))),
        (None, None) => said.push_str(", no day yet"),
    }
    if !walk.place.trim().is_empty() {
        said.push_str(&format!(", {}", walk.place.trim()));
    }
    if let Some(moved) = moved(walk) {
        said.push_str(&format!("; {moved}, not missed"));
    }
    format!("{said}.")
}

pub(super) fn draw(screen: &WalkScreen, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let area = page::page(area);
    let mut pen = Pen::new(buf, area);
    let Some(walk) = screen.walk(ctx) else {
        pen.say("No walk is planned yet.", ctx.theme.strong());
        pen.say(
            "Side by side and out of doors, awkward things are easier to say. A drive, a coffee or a phone call will do \
             as well, and so will looking back together on the whole project.",
            ctx.theme.text(),
        );
        pen.gap();
        pen.say(&format!("{} plans one.", ctx.keymap.shown("walk.edit")), ctx.theme.text());
        return (!area.is_empty()).then(|| page::cursor(area, 0));
    };
    let airy = area.height >= AIRY;
    if area.height > 6 {
        pen.say(&about(walk, ctx), ctx.theme.text());
    }
    let n = screen.step.place() + 1;
    let step = format!("Step {n} of {}: {}", Step::ALL.len(), screen.step.name());
    pen.line(&step, ctx.theme.heading());
    if airy {
        pen.gap();
    }
    pen.say(screen.step.asks(), ctx.theme.strong());
    if airy {
        pen.gap();
    }
    let fields = screen.fields(ctx);
    if fields.is_empty() {
        let add = ctx.keymap.shown("walk.add");
        pen.say(&format!("Nothing here yet. {add} adds a change."), ctx.theme.text());
    }
    let mut rest = pen.rest();
    if let Some(hint) = hint(screen, ctx).filter(|_| rest.height > 8) {
        let rows = page::rows_of(&hint, rest.width);
        rest.height -= rows;
        let below = Rect { y: rest.y + rest.height, height: rows, ..rest };
        Pen::new(buf, below).say(&hint, ctx.theme.quiet());
    }
    let cursor = screen.form.draw(&[], &fields, rest, buf, ctx);
    cursor.or((!area.is_empty()).then(|| page::cursor(area, 0)))
}

/// What helps to go on.
fn hint(screen: &WalkScreen, ctx: &Ctx<'_>) -> Option<String> {
    let shown = |name| ctx.keymap.shown(name);
    Some(match screen.step {
        Step::Prepare if screen.walk(ctx).is_some_and(Walk::is_held) => return None,
        Step::Prepare => format!(
            "{} moves it, {} says that it was held, {} is the card. No screen comes on the walk.",
            shown("walk.move"),
            shown("walk.held"),
            shown("walk.papers"),
        ),
        Step::WillDo => format!("{} adds a promise with its day.", shown("walk.add")),
        Step::ToTell => format!(
            "{} drafts the message, {} copies it. Private promises are not in it.",
            shown("walk.draft"),
            shown("walk.copy")
        ),
        Step::Harder => format!("{} adds a thing that was raised.", shown("walk.add")),
        Step::Changes => format!("{} adds a change.", shown("walk.add")),
        Step::Next => format!("{} says that you have looked back.", shown("walk.next-step")),
        _ => format!("{} passes over it; it waits for you.", shown("walk.next-step")),
    })
}
