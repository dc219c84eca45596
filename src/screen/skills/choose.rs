//! Whose skills, and who says so: everybody of a side, whoever of another side has said something, and a way to ask
//! somebody else.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Part, Shown, Skills, called, draw_list, sides};
use crate::command::{Ctx, Go, Outcome};
use crate::domain::query::skills::RaterView;
use crate::domain::query::{self};
use crate::domain::{PartnerId, Who, Workbook};
use crate::overlay::{Menu, MenuRow};
use crate::screen::page::Pen;
use crate::screen::words;

/// A row of the list.
enum Entry {
    /// Somebody who says something about a side, or may.
    Rater(PartnerId, Who),
    /// Somebody else is asked about a side.
    Another(PartnerId),
    /// The questions about skills.
    Questions,
}

/// Everybody who may say something about a side: its own people, then those of others who already have.
fn raters(side: &PartnerId, views: &[RaterView<'_>], workbook: &Workbook, ctx: &Ctx<'_>) -> Vec<Who> {
    let people = workbook.people_of(side).filter(|person| person.is_there(ctx.today()));
    let mut all: Vec<Who> = people.map(|person| Who::person(side.clone(), person.id.clone())).collect();
    for view in views.iter().filter(|view| view.side == side) {
        let rater = view.rater.cloned().filter(|rater| !all.contains(rater));
        all.extend(rater);
    }
    if all.is_empty() {
        all.push(Who::side(side.clone()));
    }
    all
}

fn entries(workbook: &Workbook, ctx: &Ctx<'_>) -> Vec<Entry> {
    let views = Skills::views(ctx);
    let mut entries = Vec::new();
    for side in sides(workbook) {
        let raters = raters(&side, &views, workbook, ctx);
        entries.extend(raters.into_iter().map(|rater| Entry::Rater(side.clone(), rater)));
        entries.push(Entry::Another(side));
    }
    entries.push(Entry::Questions);
    entries
}

impl Skills {
    pub(super) fn step_who(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        self.raters.by(by, entries(workbook, ctx).len());
        Outcome::Done
    }

    pub(super) fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        let mut entries = entries(workbook, ctx);
        let at = self.raters.focus(entries.len());
        match entries.swap_remove(at) {
            Entry::Rater(side, rater) => {
                (self.side, self.rater) = (side, rater);
                (self.head, self.have) = (0, false);
                self.line.set(0);
                self.show(Part::Rate)
            }
            Entry::Another(side) => another(&side, workbook, ctx),
            Entry::Questions => Outcome::Go(Go::Aspect("skills".to_owned())),
        }
    }

    pub(super) fn draw_who(
        &self,
        workbook: &Workbook,
        area: Rect,
        buf: &mut Buffer,
        ctx: &Ctx<'_>,
    ) -> Option<Position> {
        let mut pen = Pen::new(buf, area);
        if area.height > 11 {
            pen.say(
                "Whose skills, and who says so? Choose somebody and go through the head that hurts; ten minutes are \
                 enough. Each keeps their own numbers.",
                ctx.theme.quiet(),
            );
            pen.gap();
        }
        let views = Self::views(ctx);
        let entries = entries(workbook, ctx);
        let mut shown = Vec::new();
        let mut side_above = None;
        for (n, entry) in entries.iter().enumerate() {
            if let Entry::Rater(side, _) = entry
                && side_above != Some(side)
            {
                if side_above.is_some() && area.height > 16 {
                    shown.push(Shown::head(""));
                }
                let name = query::side(workbook, side);
                shown.push(Shown::head(format!("About {name}")));
                side_above = Some(side);
            }
            let (words, aside) = match entry {
                Entry::Rater(side, rater) => {
                    let view = views.iter().find(|v| v.side == side && v.rater == Some(rater));
                    (words::capital(&called(Some(rater), side, workbook)), said(view, ctx))
                }
                Entry::Another(_) => ("Ask somebody else about them".to_owned(), String::new()),
                Entry::Questions => {
                    if area.height > 16 {
                        shown.push(Shown::head(""));
                    }
                    ("The questions about skills".to_owned(), String::new())
                }
            };
            shown.push(Shown { row: Some(n), words, aside });
        }
        let (rest, buf) = pen.take(area.height);
        let focus = self.raters.focus(entries.len());
        draw_list(&shown, focus, Rect { width: rest.width.min(72), ..rest }, buf, ctx)
    }
}

/// How much a rater has said, and when.
fn said(view: Option<&RaterView<'_>>, ctx: &Ctx<'_>) -> String {
    let Some(view) = view.filter(|view| view.lines() > 0) else { return "nothing yet".to_owned() };
    let lines = words::count(view.lines(), "line", "lines");
    let on = view.on.map(|on| format!(", {}", words::day(on, ctx.today()))).unwrap_or_default();
    format!("{lines}{on}")
}

/// Everybody else who could be asked about a side.
fn another(side: &PartnerId, workbook: &Workbook, ctx: &Ctx<'_>) -> Outcome {
    let listed = raters(side, &Skills::views(ctx), workbook, ctx);
    let mut rows = Vec::new();
    for from in sides(workbook) {
        let people = workbook.people_of(&from).filter(|person| person.is_there(ctx.today()));
        let people = people.map(|person| Who::person(from.clone(), person.id.clone()));
        for who in people.chain([Who::side(from.clone())]).filter(|who| !listed.contains(who)) {
            let label = words::capital(&query::who_in_words(workbook, &who));
            let aside = if who.person.is_none() { "together, or nobody by name" } else { "" };
            rows.push(MenuRow::new(None, label, aside, Outcome::Go(Go::Skills(Some((side.clone(), who))))));
        }
    }
    let people = ctx.keymap.shown("global.go-people");
    let label = format!("Somebody new: {people} adds people");
    rows.push(MenuRow::new(None, label, "", Outcome::Go(Go::People(None))));
    Outcome::Open(Box::new(Menu::new("Who is asked? They say so; you press the keys.", rows)))
}
