//! An ending, step by step: how it ends, what is to be wound up, who has to hear and in which order, and in words what still
//! stands between now and settled.
//!
//! Everything here is a record with a form of its own, which Enter opens; the reasons are written there once, and
//! announcing takes them along into the state of the partnership. Start at [`ROWS`]; what its rows are is in [`rows`], how
//! they look in `draw`.

mod draw;
mod rows;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::rows::{Entry, Next, entries};
use super::words::{self, READ_ONLY};
use super::{connected, prompts, wind_up};
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query;
use crate::domain::{AnyRecord, Choice, Edit, Ending, Family, Parting, RecordId, Teller, WindUp, Workbook};
use crate::layer::Layer;
use crate::overlay::{Menu, MenuRow, Prompt};
use crate::widget::list::List;

/// The ending of the open workbook.
#[derive(Debug, Default)]
pub struct EndingSteps {
    list: List,
}

pub(super) const ROWS: &[Command<EndingSteps>] = &[
    command("ending.open", &["enter"], "Open this one, or take this step", EndingSteps::open)
        .footer(1, "open")
        .words("edit announce step"),
    command("ending.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("ending.mark", &["t"], "Say what has become of it", EndingSteps::mark)
        .footer(3, "what became of it")
        .words("done waived told heard decide")
        .when(|s, ctx| ctx.writable && s.record(ctx).is_some())
        .changes(),
    command("ending.fill", &["+"], "Take over from the book what is still open", |_, ctx| fill(ctx))
        .footer(5, "fill from the book")
        .words("wind up promises money kit data credit thanks owed")
        .when(|_, ctx| ctx.writable)
        .changes(),
    command("ending.new", &["n"], "Add another of these", EndingSteps::add)
        .footer(5, "new")
        .words("add teller owed ending")
        .when(|_, ctx| ctx.writable)
        .changes(),
    command("ending.earlier", &["<"], "They hear it earlier", |s: &mut EndingSteps, ctx| s.shift(-1, ctx))
        .footer(5, "earlier")
        .words("order up turn")
        .when(|s, ctx| ctx.writable && matches!(s.in_focus(ctx), Some(Entry::Teller(_))))
        .changes(),
    command("ending.later", &[">"], "They hear it later", |s: &mut EndingSteps, ctx| s.shift(1, ctx))
        .words("order down turn")
        .when(|s, ctx| ctx.writable && matches!(s.in_focus(ctx), Some(Entry::Teller(_))))
        .changes(),
    command("ending.letter", &["v"], "Read the letter, and the other documents", |_, _| {
        Outcome::Go(Go::Document(crate::export::ending::LETTER))
    })
    .footer(5, "the letter")
    .words("document handover thanks note preview"),
    command(
        "ending.connected",
        &["c"],
        "To what it is connected with: a promise, an ending",
        |s: &mut EndingSteps, ctx| {
            s.record(ctx).map_or(Outcome::Unused, |(_, id)| connected::follow_by_id(&id, ctx))
        },
    )
    .footer(6, "connected")
    .words("link follow promise go")
    .when(EndingSteps::is_connected),
    command("ending.bin", &["d d"], "Put this one into the bin", EndingSteps::bin)
        .words("delete remove")
        .when(|s, ctx| ctx.writable && s.record(ctx).is_some())
        .changes(),
    command("ending.down", &["down", "j"], "To the next one", |s: &mut EndingSteps, ctx| s.step(1, ctx)),
    command("ending.up", &["up", "k"], "To the one before", |s: &mut EndingSteps, ctx| s.step(-1, ctx)),
    command("ending.first", &["home", "g g"], "To the first one", |s: &mut EndingSteps, ctx| {
        s.step(isize::MIN, ctx)
    }),
    command("ending.last", &["end", "G"], "To the last one", |s: &mut EndingSteps, ctx| {
        s.step(isize::MAX, ctx)
    }),
];

/// Adds to what is to be wound up whatever the book knows to be open.
fn fill(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    let found = query::still_to_wind_up(workbook, ctx.ids);
    if found.is_empty() {
        return Outcome::Say("All that the book knows to be open stands here already.".to_owned());
    }
    let number = words::count(found.len(), "thing", "things");
    let add = |owed: WindUp| Edit::AddRecord { record: Box::new(owed.into()), place: usize::MAX };
    let edits = found.into_iter().map(add).collect();
    let undo = ctx.keymap.shown("global.undo");
    let said = format!(
        "{number} to go through, from promises, money and what is often forgotten. {undo} takes them back."
    );
    Outcome::All(vec![Outcome::Edits(edits), Outcome::Say(said)])
}

fn set(record: impl Into<AnyRecord>) -> Outcome {
    Outcome::Edit(Edit::SetRecord(Box::new(record.into())))
}

fn added(record: impl Into<AnyRecord>) -> Outcome {
    Outcome::Edit(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX })
}

/// Takes the step that comes next with an ending.
fn take(next: Next, ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    if !ctx.writable {
        return Outcome::Say(READ_ONLY.to_owned());
    }
    let (edits, said) = match (next, query::ending_now(workbook)) {
        (Next::Announce, Some(ending)) => {
            let edits = query::announce(ending, workbook, ctx.content, ctx.today());
            let said = match query::announced_state(ending.parting) {
                Some(state) => format!(
                    "Announced. The partnership is “{}” from now on; the reasons came along.",
                    state.word().to_lowercase()
                ),
                None => "Announced. Now choose what is to be opened again.".to_owned(),
            };
            (edits, said)
        }
        (Next::Done, Some(ending)) => {
            let edits = query::done_with(ending, workbook, ctx.today());
            let remains = query::remains_in_words(query::what_remains(workbook));
            let remains = if remains.is_empty() { String::new() } else { format!(" {remains}.") };
            (edits, format!("It is done.{remains} It can be opened again at any time."))
        }
        (Next::Reopen, _) => {
            let state = query::resumed(workbook).word().to_lowercase();
            let said = format!("Open again: {state}, from today. How it ended stays written here.");
            (query::open_again(workbook, ctx.today()), said)
        }
        (_, None) => return Outcome::Unused,
    };
    let mut all = vec![Outcome::Edits(edits), Outcome::Say(said)];
    let resets = query::ending_now(workbook).is_some_and(|ending| ending.parting == Parting::Reset);
    if next == Next::Announce && resets {
        all.push(Outcome::Run("global.start-over"));
    }
    Outcome::All(all)
}

/// Offers the ways in which it may end; chosen for an ending, or for a new one.
fn choose(ending: &Ending, is_new: bool) -> Outcome {
    let row = |parting: Parting| {
        let to = Ending { parting, ..ending.clone() };
        let then = if is_new {
            let form = Outcome::Go(Go::Records(Family::Ending, Some(to.id.clone())));
            Outcome::All(vec![added(to), form])
        } else {
            set(to)
        };
        let aside = if parting == ending.parting && !is_new { "now" } else { "" };
        MenuRow::new(None, words::capital(parting.words()), aside, then)
    };
    let at = Parting::ALL.iter().position(|parting| *parting == ending.parting).unwrap_or(0);
    let rows = Parting::ALL.iter().map(|parting| row(*parting)).collect();
    Outcome::Open(Box::new(Menu::new("How shall it be?", rows).focused(at)))
}

impl EndingSteps {
    /// With the ending itself in focus.
    pub fn new() -> Self {
        Self::default()
    }

    fn in_focus(&self, ctx: &Ctx<'_>) -> Option<Entry> {
        let mut entries = entries(ctx.workbook()?);
        let focus = self.list.focus(entries.len());
        (focus < entries.len()).then(|| entries.swap_remove(focus))
    }

    /// The record in focus, with its family.
    fn record(&self, ctx: &Ctx<'_>) -> Option<(Family, RecordId)> {
        match self.in_focus(ctx)? {
            Entry::Ending(id) => Some((Family::Ending, id)),
            Entry::Owed(id) => Some((Family::WindUp, id)),
            Entry::Teller(id) => Some((Family::Teller, id)),
            Entry::Nothing | Entry::Next(_) => None,
        }
    }

    fn is_connected(&self, ctx: &Ctx<'_>) -> bool {
        let record = self.record(ctx).and_then(|(family, id)| ctx.workbook()?.record(family, &id));
        record.is_some_and(|record| connected::is_connected(&record, ctx))
    }

    fn step(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let len = ctx.workbook().map_or(0, |workbook| entries(workbook).len());
        self.list.by(by, len);
        Outcome::Done
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match (self.in_focus(ctx), self.record(ctx)) {
            (_, Some((family, id))) => Outcome::Go(Go::Records(family, Some(id))),
            (Some(Entry::Next(next)), _) => take(next, ctx),
            (Some(Entry::Nothing), _) if ctx.writable => choose(&Ending::new(ctx.ids.record()), true),
            (Some(Entry::Nothing), _) => Outcome::Say(READ_ONLY.to_owned()),
            _ => Outcome::Unused,
        }
    }

    fn mark(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let record = self.record(ctx).and_then(|(family, id)| ctx.workbook()?.record(family, &id));
        match record {
            Some(AnyRecord::Ending(ending)) => choose(&ending, false),
            Some(AnyRecord::WindUp(owed)) => wind_up::mark(&owed, ctx),
            Some(AnyRecord::Teller(teller)) => {
                let now = teller.done.or(Some(ctx.today()));
                prompts::happened("When did they hear?", now, ctx.today(), move |done| {
                    set(Teller { done, ..teller.clone() })
                })
            }
            _ => Outcome::Unused,
        }
    }

    fn add(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        let ending = query::ending_now(workbook).map(|ending| ending.id.clone());
        match self.in_focus(ctx) {
            Some(Entry::Owed(_)) => {
                let blank = WindUp { ending, ..WindUp::new(ctx.ids.record()) };
                ask("What is still owed?", "the two recorders go back", move |what| {
                    added(WindUp { what, ..blank.clone() })
                })
            }
            Some(Entry::Teller(_)) => add_teller(workbook, ctx),
            _ => {
                let rows = vec![
                    MenuRow::new(Some('o'), "Something that is owed", "", self.new_owed(ending, ctx)),
                    MenuRow::new(Some('h'), "Somebody who has to hear", "", add_teller(workbook, ctx)),
                    MenuRow::new(Some('e'), "An ending", "", choose(&Ending::new(ctx.ids.record()), true)),
                ];
                Outcome::Open(Box::new(Menu::new("What is to be added?", rows)))
            }
        }
    }

    fn new_owed(&self, ending: Option<RecordId>, ctx: &Ctx<'_>) -> Outcome {
        let blank = WindUp { ending, ..WindUp::new(ctx.ids.record()) };
        ask("What is still owed?", "the two recorders go back", move |what| {
            added(WindUp { what, ..blank.clone() })
        })
    }

    fn shift(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let (Some(workbook), Some(Entry::Teller(id))) = (ctx.workbook(), self.in_focus(ctx)) else {
            return Outcome::Unused;
        };
        let edits = query::move_teller(workbook, &id, by);
        if edits.is_empty() {
            let end = if by < 0 { "They are the first to hear." } else { "They are the last to hear." };
            return Outcome::Say(end.to_owned());
        }
        self.step(by, ctx);
        Outcome::Edits(edits)
    }

    fn bin(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some((family, record)) = self.record(ctx) else { return Outcome::Unused };
        Outcome::Edit(Edit::BinRecord { family, record, on: ctx.today() })
    }
}

fn add_teller(workbook: &Workbook, ctx: &Ctx<'_>) -> Outcome {
    let ending = query::ending_now(workbook).map(|ending| ending.id.clone());
    let turn = Some(query::next_turn(workbook));
    let blank = Teller { turn, ending, ..Teller::new(ctx.ids.record()) };
    ask("Who has to hear?", "the families of the Wednesday group", move |name| {
        added(Teller { name, ..blank.clone() })
    })
}

fn ask(label: &str, example: &str, then: impl Fn(String) -> Outcome + 'static) -> Outcome {
    let prompt = Prompt::new(label, "", move |words| {
        if words.trim().is_empty() { Err("A few words are enough.".to_owned()) } else { Ok(then(words)) }
    });
    Outcome::Open(Box::new(prompt.placeholder(example)))
}

impl Layer for EndingSteps {
    fn scope(&self) -> &'static str {
        "ending"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| words::or(workbook.title(), "No title yet"));
        vec![title.to_owned(), "Ending, step by step".to_owned()]
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        ctx.workbook().map_or("", |workbook| workbook.state().word()).to_lowercase()
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(&self.list, area, buf, ctx)
    }
}
