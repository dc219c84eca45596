//! A partner leaves, rests or joins: what hangs on it is listed, each can be handed on or be let be, and all of it is done
//! in one step.
//!
//! What hangs on a partner and what becomes of it is worked out in [`query::hand_on`]; this screen holds what was decided
//! so far, and nothing of it is in the workbook before it is carried out. [`ask`] leads here. Start reading at [`ROWS`].

mod draw;
#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::civil::Date;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::words::{self, READ_ONLY};
use super::{page, prompts};
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query::{self, Fate, Handing, Hanging, Takers, Thread, side, who_in_words};
use crate::domain::{Family, Move, PartnerId, PartnerStatus, RecordId, Who, Workbook};
use crate::layer::Layer;
use crate::overlay::{Menu, MenuRow};
use crate::widget::list::List;

/// What hangs on a partner, and what becomes of it.
#[derive(Debug)]
pub struct HandOn {
    partner: PartnerId,
    change: Move,
    /// On which day, where that is not today. Shared with the line in which it is asked for.
    on: Rc<Cell<Option<Date>>>,
    /// What was decided, where it is not as usual.
    decided: BTreeMap<Thread, Fate>,
    /// The rows: what hangs on it, and last the one that carries it out.
    list: RefCell<List>,
    /// While somebody is chosen: the list of what can become of the one in focus, or of all that is open.
    choosing: Option<Choosing>,
}

/// What is being chosen for.
#[derive(Debug)]
struct Choosing {
    list: List,
    /// For everything that still stays, rather than for the one in focus.
    all: bool,
}

pub(super) const ROWS: &[Command<HandOn>] = &[
    command(
        "hand-on.choose",
        &["enter"],
        "Say what becomes of it; on the last row, carry it out",
        HandOn::choose,
    )
    .footer(1, "choose")
    .words("hand on give to"),
    command("hand-on.back", &["esc"], "One step back; nothing is carried out", HandOn::back)
        .footer(2, "back"),
    command("hand-on.carry-out", &["r"], "Carry it out, all in one step", HandOn::carry_out)
        .footer(3, "carry out")
        .words("leave pause done finish")
        .when(|s, _| s.choosing.is_none())
        .changes(),
    command("hand-on.all", &["a"], "One side or person for all that still stays", HandOn::choose_for_all)
        .footer(5, "all to one")
        .words("everything rest")
        .when(|s, _| s.choosing.is_none()),
    command("hand-on.day", &["D"], "Another day than today", HandOn::ask_day)
        .footer(6, "another day")
        .words("date when")
        .when(|s, ctx| ctx.writable && s.choosing.is_none()),
    command("hand-on.down", &["down", "j"], "To the next one", |s: &mut HandOn, ctx| s.step(1, ctx)),
    command("hand-on.up", &["up", "k"], "To the one before", |s: &mut HandOn, ctx| s.step(-1, ctx)),
    command("hand-on.page-down", &["pagedown"], "A page down", |s: &mut HandOn, ctx| s.step_pages(1, ctx)),
    command("hand-on.page-up", &["pageup"], "A page up", |s: &mut HandOn, ctx| s.step_pages(-1, ctx)),
    command("hand-on.first", &["home", "g g"], "To the first one", |s: &mut HandOn, ctx| {
        s.step(isize::MIN, ctx)
    }),
    command("hand-on.last", &["end", "G"], "To the last row, which carries it out", |s: &mut HandOn, ctx| {
        s.step(isize::MAX, ctx)
    }),
];

/// Asks what happens with a partner: it leaves, rests, joins or is back.
pub fn ask(partner: &PartnerId, ctx: &Ctx<'_>) -> Outcome {
    let Some(there) = ctx.workbook().and_then(|workbook| workbook.partner(partner)) else {
        return Outcome::Unused;
    };
    if !ctx.writable {
        return Outcome::Say(READ_ONLY.to_owned());
    }
    let go = |change: Move| Outcome::Go(Go::HandOn(partner.clone(), change));
    let (joins, another) = match there.status {
        PartnerStatus::Left | PartnerStatus::Paused => {
            ("It is back, from today", "It was back on another day")
        }
        _ => ("It joins today", "It joined on another day"),
    };
    let mut rows = vec![
        MenuRow::new(Some('j'), joins, "", join(partner, ctx.today(), ctx)),
        MenuRow::new(Some('d'), another, "", join_on_another_day(partner, ctx)),
    ];
    if !matches!(there.status, PartnerStatus::Left | PartnerStatus::Paused) {
        rows.insert(0, MenuRow::new(Some('p'), "It rests for a while", "nothing is lost", go(Move::Pausing)));
    }
    if there.status != PartnerStatus::Left {
        rows.insert(
            0,
            MenuRow::new(Some('l'), "It leaves", "what hangs on it comes next", go(Move::Leaving)),
        );
    }
    let name = words::or(&there.name, "this partner");
    Outcome::Open(Box::new(Menu::new(format!("{name}, which {}", status(there.status)), rows)))
}

fn status(status: PartnerStatus) -> &'static str {
    match status {
        PartnerStatus::Idea => "is an idea so far",
        PartnerStatus::Approached => "was approached",
        PartnerStatus::Talking => "is talking with us",
        PartnerStatus::In => "takes part",
        PartnerStatus::Paused => "rests",
        PartnerStatus::Left => "has left",
    }
}

/// Asks which partner joins, rests or leaves, or for the name of a new one.
pub fn ask_whom(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    if !ctx.writable {
        return Outcome::Say(READ_ONLY.to_owned());
    }
    let row = |partner: &crate::domain::Partner| {
        let name = words::capital(&side(workbook, &partner.id));
        MenuRow::new(None, name, partner.status.words(), ask(&partner.id, ctx))
    };
    let mut rows: Vec<MenuRow> = workbook.partners().iter().map(row).collect();
    rows.push(MenuRow::new(None, "A new partner joins", "", prompts::new_partner()));
    Outcome::Open(Box::new(Menu::new("Who joins, rests or leaves?", rows)))
}

/// A partner joins or is back, from a day on. What is blank in its row of the matrix is still to settle.
fn join(partner: &PartnerId, on: Date, ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    joined(workbook, partner, on, ctx.today(), ctx.ids.record())
}

fn join_on_another_day(partner: &PartnerId, ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    let name = words::capital(&side(workbook, partner));
    let (workbook, partner) = (workbook.clone(), partner.clone());
    let (today, record) = (ctx.today(), ctx.ids.record());
    prompts::happened(format!("From which day does {name} take part?"), None, today, move |on| {
        joined(&workbook, &partner, on.unwrap_or(today), today, record.clone())
    })
}

fn joined(workbook: &Workbook, partner: &PartnerId, on: Date, today: Date, record: RecordId) -> Outcome {
    let handing = Handing { partner, change: Move::Joining, on, fates: &[], record };
    let name = words::capital(&side(workbook, partner));
    let from = from_in_words(on, today);
    let said = format!("{name} takes part from {from}. What is blank in its row is still to settle.");
    Outcome::All(vec![
        Outcome::Edits(query::hand_on(workbook, &handing)),
        Outcome::Go(Go::Matrix(Some(partner.clone()))),
        Outcome::Say(said),
    ])
}

/// "today", or the day.
fn from_in_words(on: Date, today: Date) -> String {
    if on == today { "today".to_owned() } else { words::day(on, today) }
}

impl HandOn {
    /// For a partner that leaves or rests.
    pub fn new(partner: PartnerId, change: Move) -> Self {
        Self {
            partner,
            change,
            on: Rc::default(),
            decided: BTreeMap::new(),
            list: RefCell::default(),
            choosing: None,
        }
    }

    /// What hangs on the partner, and what becomes of each as things stand.
    fn fates(&self, ctx: &Ctx<'_>) -> Vec<(Hanging, Fate)> {
        let Some(workbook) = ctx.workbook() else { return Vec::new() };
        let all = query::hangs_on_side(workbook, ctx.content, &self.partner, ctx.today());
        let fate = |hanging: Hanging| {
            let fate = self.decided.get(&hanging.thread).cloned();
            let fate = fate.unwrap_or_else(|| hanging.usual(self.change));
            (hanging, fate)
        };
        all.into_iter().map(fate).collect()
    }

    /// The day on which it leaves or rests.
    fn on(&self, ctx: &Ctx<'_>) -> Date {
        self.on.get().unwrap_or_else(|| ctx.today())
    }

    fn ask_day(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let what = if self.change == Move::Leaving { "leave" } else { "rest" };
        let on = Rc::clone(&self.on);
        let label = format!("From which day does it {what}?");
        prompts::happened(label, Some(self.on(ctx)), ctx.today(), move |day| {
            on.set(day);
            Outcome::Done
        })
    }

    fn focus(&self, ctx: &Ctx<'_>) -> (Vec<(Hanging, Fate)>, usize) {
        let fates = self.fates(ctx);
        let focus = self.list.borrow().focus(fates.len() + 1);
        (fates, focus)
    }

    /// What can become of what is chosen for, with its words.
    fn options(&self, ctx: &Ctx<'_>) -> Vec<(String, Fate)> {
        let Some(workbook) = ctx.workbook() else { return Vec::new() };
        let (fates, focus) = self.focus(ctx);
        let one = fates.get(focus).map(|(hanging, _)| hanging);
        let all = self.choosing.as_ref().is_some_and(|choosing| choosing.all);
        let stays = if self.change == Move::Leaving { "Stays with them for now" } else { "Stays as it is" };
        let mut options = vec![(stays.to_owned(), Fate::Stays)];
        let takers = match one.filter(|_| !all) {
            Some(hanging) => {
                options.push((words::capital(hanging.end()), Fate::Ends));
                hanging.takers()
            }
            None => Takers::Anybody,
        };
        let who = takers_of(workbook, &self.partner, takers, ctx);
        let who = who.into_iter().filter(|who| all || one.is_none_or(|one| may_take(workbook, one, who)));
        options.extend(who.map(|who| (words::capital(&who_in_words(workbook, &who)), Fate::To(who))));
        options
    }

    fn choose(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let (fates, focus) = self.focus(ctx);
        if self.choosing.is_some() {
            return self.take(ctx);
        }
        let Some((_, fate)) = fates.get(focus) else { return self.carry_out(ctx) };
        let mut list = List::default();
        self.choosing = Some(Choosing { list: List::default(), all: false });
        let options = self.options(ctx);
        list.set(options.iter().position(|(_, option)| option == fate).unwrap_or(0));
        self.choosing = Some(Choosing { list, all: false });
        Outcome::Done
    }

    fn choose_for_all(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if self.fates(ctx).iter().all(|(_, fate)| *fate != Fate::Stays) {
            return Outcome::Say("Something becomes of everything already.".to_owned());
        }
        let mut list = List::default();
        list.set(1);
        self.choosing = Some(Choosing { list, all: true });
        Outcome::Done
    }

    /// Takes what is in focus among what can become of it.
    fn take(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let options = self.options(ctx);
        let Some(choosing) = self.choosing.take() else { return Outcome::Unused };
        let Some((_, fate)) = options.into_iter().nth(choosing.list.focus(usize::MAX)) else {
            return Outcome::Done;
        };
        let (fates, focus) = self.focus(ctx);
        if !choosing.all {
            let thread = fates.into_iter().nth(focus).map(|(hanging, _)| hanging.thread);
            self.decided.extend(thread.map(|thread| (thread, fate)));
            return self.step(1, ctx);
        }
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        let open = fates.into_iter().filter(|(_, now)| *now == Fate::Stays);
        let (can, cannot): (Vec<_>, Vec<_>) =
            open.map(|(hanging, _)| hanging).partition(|hanging| fits(workbook, hanging, &fate));
        let (taken, left) = (can.len(), cannot.len());
        self.decided.extend(can.into_iter().map(|hanging| (hanging.thread, fate.clone())));
        let left =
            if left > 0 { format!(" {left} cannot go there and stay for now.") } else { String::new() };
        Outcome::Say(format!("{} handed on.{left}", words::count(taken, "thing is", "things are")))
    }

    fn carry_out(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let fates = self.fates(ctx);
        let record = ctx.ids.record();
        let handing = Handing {
            partner: &self.partner,
            change: self.change,
            on: self.on(ctx),
            fates: &fates,
            record: record.clone(),
        };
        let name = words::capital(&side(workbook, &self.partner));
        let what = if self.change == Move::Leaving { "has left" } else { "rests" };
        let given = fates.iter().filter(|(_, fate)| matches!(fate, Fate::To(_))).count();
        let stays = fates.iter().filter(|(_, fate)| *fate == Fate::Stays).count();
        let given = words::count(given, "thing was handed on", "things were handed on");
        let stays = match stays {
            0 => String::new(),
            _ if self.change != Move::Leaving => String::new(),
            n => format!(", {n} still to be"),
        };
        let undo = ctx.keymap.shown("global.undo");
        Outcome::All(vec![
            Outcome::Edits(query::hand_on(workbook, &handing)),
            Outcome::Back,
            Outcome::Go(Go::Records(Family::Membership, Some(record))),
            Outcome::Say(format!("{name} {what}; {given}{stays}. {undo} takes it all back.")),
        ])
    }

    fn back(&mut self, _: &Ctx<'_>) -> Outcome {
        if self.choosing.take().is_some() { Outcome::Done } else { Outcome::Back }
    }

    fn step(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let (options, rows) = (self.options(ctx).len(), self.fates(ctx).len() + 1);
        match &mut self.choosing {
            Some(choosing) => choosing.list.by(by, options),
            None => self.list.get_mut().by(by, rows),
        };
        Outcome::Done
    }

    fn step_pages(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let (options, rows) = (self.options(ctx).len(), self.fates(ctx).len() + 1);
        match &mut self.choosing {
            Some(choosing) => choosing.list.by_pages(by, options),
            None => self.list.get_mut().by_pages(by, rows),
        };
        Outcome::Done
    }
}

/// Everybody who could take something on from a partner: our side first, then the others who take part.
fn takers_of(workbook: &Workbook, partner: &PartnerId, takers: Takers, ctx: &Ctx<'_>) -> Vec<Who> {
    let others = workbook.partners().iter().filter(|other| other.status != PartnerStatus::Left);
    let sides = std::iter::once(workbook.us()).chain(others).filter(|side| side.id != *partner);
    let mut all = Vec::new();
    for side in sides {
        if takers != Takers::People {
            all.push(Who::side(side.id.clone()));
        }
        if takers != Takers::Sides {
            let people = query::there(workbook, &side.id, ctx.today()).into_iter();
            all.extend(people.map(|person| Who::person(side.id.clone(), person.id.clone())));
        }
    }
    all
}

/// Whether a fate can become of something.
fn fits(workbook: &Workbook, hanging: &Hanging, fate: &Fate) -> bool {
    let Fate::To(who) = fate else { return true };
    let kind = match hanging.takers() {
        Takers::People => who.person.is_some(),
        Takers::Sides => who.person.is_none(),
        Takers::Anybody => true,
    };
    kind && may_take(workbook, hanging, who)
}

/// Whether somebody may take something on: nobody promises anything to themselves.
fn may_take(workbook: &Workbook, hanging: &Hanging, who: &Who) -> bool {
    let promise = |id: &crate::domain::RecordId| workbook.promises().iter().find(|promise| promise.id == *id);
    match &hanging.thread {
        Thread::PromisedBy(id) => promise(id).is_none_or(|promise| promise.to != who.side),
        Thread::PromisedTo(id) => promise(id).is_none_or(|promise| promise.by != who.side),
        _ => true,
    }
}

impl Layer for HandOn {
    fn scope(&self) -> &'static str {
        "hand-on"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let Some(workbook) = ctx.workbook() else { return Vec::new() };
        let what = if self.change == Move::Leaving { "leaves" } else { "rests" };
        let name = words::capital(&side(workbook, &self.partner));
        let mut crumbs =
            vec![words::or(workbook.title(), "No title yet").to_owned(), format!("{name} {what}")];
        if self.choosing.is_some() && !page::is_wide(ctx) {
            crumbs.push("What becomes of it".to_owned());
        }
        crumbs
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        let open = self.fates(ctx).iter().filter(|(_, fate)| *fate == Fate::Stays).count();
        match (self.change, open) {
            (Move::Leaving, 0) => "all is settled".to_owned(),
            (Move::Leaving, n) => format!("{n} to hand on"),
            _ => String::new(),
        }
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}
