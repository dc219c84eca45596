//! The timeline: everything that happened, newest first, under its months; of one side or of one kind where that is
//! asked for. Newest first, since somebody who opens it mostly wants to know what was last.
//!
//! It keeps nothing but the focus and what is left out; what happened comes from
//! [`timeline`](crate::domain::query::timeline). Start at [`ROWS`].

mod draw;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{prompts, words};
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::PartnerId;
use crate::domain::query::{self, Happened, Happening};
use crate::layer::Layer;
use crate::overlay::{Menu, MenuRow};
use crate::widget::list::List;

/// Everything that happened.
#[derive(Debug, Default)]
pub struct Timeline {
    list: List,
    /// Only what concerns this side.
    who: Option<PartnerId>,
    /// Only what is of this kind.
    kind: Option<Happened>,
    /// What happened, newest first, as of a record of the book; made anew when there is another.
    told: RefCell<Option<(u64, Rc<[Happening]>)>>,
}

pub(super) const ROWS: &[Command<Timeline>] = &[
    command("timeline.open", &["enter"], "Open the one in focus", Timeline::open)
        .footer(1, "open")
        .words("go show")
        .when(|s, ctx| s.in_focus(ctx).is_some()),
    command("timeline.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("timeline.who", &["f"], "Only what concerns one side, or all", Timeline::ask_who)
        .footer(5, "one side")
        .words("filter partner"),
    command("timeline.kind", &["F"], "Only what is of one kind, or all", Timeline::ask_kind)
        .footer(5, "one kind")
        .words("filter calls promises answers people"),
    command("timeline.since", &["s"], "What has changed since a day", Timeline::ask_since)
        .footer(6, "changed since")
        .words("difference compare report pause"),
    command("timeline.down", &["down", "j"], "To the one before it in time", |s: &mut Timeline, ctx| {
        s.step(1, ctx)
    }),
    command("timeline.up", &["up", "k"], "To the one after it in time", |s: &mut Timeline, ctx| {
        s.step(-1, ctx)
    }),
    command("timeline.page-down", &["pagedown"], "A page down", |s: &mut Timeline, ctx| s.step_pages(1, ctx)),
    command("timeline.page-up", &["pageup"], "A page up", |s: &mut Timeline, ctx| s.step_pages(-1, ctx)),
    command("timeline.first", &["home", "g g"], "To what happened last", |s: &mut Timeline, ctx| {
        s.step(isize::MIN, ctx)
    }),
    command("timeline.last", &["end", "G"], "To what happened first", |s: &mut Timeline, ctx| {
        s.step(isize::MAX, ctx)
    }),
];

impl Timeline {
    /// With what happened last in focus; of one side and of one kind where they are given.
    pub fn new(who: Option<PartnerId>, kind: Option<Happened>) -> Self {
        Self { who, kind, ..Self::default() }
    }

    /// What is shown, newest first.
    fn shown(&self, ctx: &Ctx<'_>) -> Rc<[Happening]> {
        let (Some(book), Some(workbook)) = (ctx.book, ctx.workbook()) else { return Rc::default() };
        let mut kept = self.told.borrow_mut();
        if let Some((seq, told)) = &*kept
            && *seq == book.seq()
        {
            return Rc::clone(told);
        }
        let mut all = query::timeline(workbook, ctx.content);
        all.retain(|told| self.kind.is_none_or(|kind| told.kind == kind));
        all.retain(|told| self.who.as_ref().is_none_or(|who| told.concerns(who)));
        all.reverse();
        let told: Rc<[Happening]> = all.into();
        *kept = Some((book.seq(), Rc::clone(&told)));
        told
    }

    fn in_focus(&self, ctx: &Ctx<'_>) -> Option<Happening> {
        let told = self.shown(ctx);
        told.get(self.list.focus(told.len())).cloned()
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.in_focus(ctx).map_or(Outcome::Unused, |told| Outcome::Go(Go::Place(told.place)))
    }

    fn step(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        self.list.by(by, self.shown(ctx).len());
        Outcome::Done
    }

    fn step_pages(&mut self, pages: isize, ctx: &Ctx<'_>) -> Outcome {
        self.list.by_pages(pages, self.shown(ctx).len());
        Outcome::Done
    }

    fn ask_who(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        let ours = PartnerId::us();
        let sides = workbook.partners().iter().map(|partner| &partner.id).chain([&ours]);
        let choices: Vec<(String, Option<PartnerId>)> = [("Everybody".to_owned(), None)]
            .into_iter()
            .chain(sides.map(|id| (words::capital(&query::side(workbook, id)), Some(id.clone()))))
            .collect();
        let at = choices.iter().position(|(_, who)| *who == self.who).unwrap_or(0);
        let rows = choices.into_iter().map(|(words, who)| {
            let aside = if who == self.who { "now" } else { "" };
            MenuRow::new(None, words, aside, Outcome::Go(Go::Timeline(who, self.kind)))
        });
        Outcome::Open(Box::new(Menu::new("What concerns whom?", rows.collect()).focused(at)))
    }

    fn ask_kind(&mut self, _: &Ctx<'_>) -> Outcome {
        let choices: Vec<(String, Option<Happened>)> = [("Everything".to_owned(), None)]
            .into_iter()
            .chain(Happened::ALL.map(|kind| (words::capital(kind.words()), Some(kind))))
            .collect();
        let at = choices.iter().position(|(_, kind)| *kind == self.kind).unwrap_or(0);
        let rows = choices.into_iter().map(|(words, kind)| {
            let aside = if kind == self.kind { "now" } else { "" };
            MenuRow::new(None, words, aside, Outcome::Go(Go::Timeline(self.who.clone(), kind)))
        });
        Outcome::Open(Box::new(Menu::new("Which of them?", rows.collect()).focused(at)))
    }

    fn ask_since(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let from = ctx.workbook().and_then(query::last_pause).map(|(_, change)| change.on);
        // that of the last pause stands there already
        let label = "What has changed since which day?";
        prompts::past_day(label, from, ctx.today(), |day| Outcome::Go(Go::Changes(day)))
    }

    /// What is shown, in words: "Everything", "Only promises that concern City Museum".
    fn shows(&self, ctx: &Ctx<'_>) -> String {
        let side = ctx.workbook().zip(self.who.as_ref()).map(|(workbook, who)| query::side(workbook, who));
        match (self.kind, side) {
            (None, None) => "Everything".to_owned(),
            (Some(kind), None) => format!("Only {}", kind.words()),
            (None, Some(side)) => format!("Only what concerns {side}"),
            (Some(kind), Some(side)) => format!("Only {}, as far as they concern {side}", kind.words()),
        }
    }
}

impl Layer for Timeline {
    fn scope(&self) -> &'static str {
        "timeline"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let workbook = ctx.workbook().map(|workbook| words::or(workbook.title(), "No title yet").to_owned());
        workbook.into_iter().chain(["Timeline".to_owned()]).collect()
    }

    fn aside(&self, _: &Ctx<'_>) -> String {
        "newest first".to_owned()
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
