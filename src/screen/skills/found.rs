//! What stands out: what was done and not asked about yet, what to learn together, what one side has to learn next, what
//! is being done about it, and what each side could help others with.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::rate::number;
use super::{Shown, Skills, called, draw_list, sides, steps};
use crate::command::{Ctx, Go, Outcome};
use crate::content::types::{Suggestion, Term};
use crate::domain::query::skills::{
    Gap, Offer, RaterView, gaps, offers, open_remedies, shared_gaps, suggestion, unasked, ways,
};
use crate::domain::query::{self};
use crate::domain::{Family, InFamily, PartnerId, Remedy, Revision, Workbook};
use crate::overlay::reader::{Block, Reader};
use crate::overlay::{Menu, MenuRow};
use crate::screen::page::{self, Pen};
use crate::screen::words;
use crate::screen::{board_step, connected};
use crate::widget::cells::cells;
use crate::widget::text;

/// Columns of the list where what is in focus stands beside it.
const LIST: u16 = 38;
/// Rows that what is in focus takes below the list, at most.
const IN_FOCUS: u16 = 16;

/// Something that stands out.
pub(super) enum Found<'a> {
    /// Something was done, and nobody has asked whether it helped.
    Ask(&'a Remedy),
    /// Something to learn, by one side or by several together.
    Gap(Gap<'a>),
    /// Something that is to be done about a gap.
    Step(&'a Remedy),
    /// Something that a side could help others with.
    Offer(PartnerId, Offer<'a>),
}

impl Skills {
    /// The side whose gaps are in sight; our own where the one that was chosen is gone.
    fn side_in_sight(&self, workbook: &Workbook) -> PartnerId {
        let chosen = sides(workbook).into_iter().find(|side| *side == self.side);
        chosen.unwrap_or_else(PartnerId::us)
    }

    /// What stands out, under the words of its headings.
    fn lay<'a>(&self, workbook: &'a Workbook, ctx: &Ctx<'a>) -> Vec<(String, Vec<Found<'a>>)> {
        let (views, content) = (Self::views(ctx), ctx.content);
        let side = self.side_in_sight(workbook);
        let shared = shared_gaps(&views, content);
        let left = query::skills::GAPS_AT_ONCE.saturating_sub(shared.len());
        let alone = gaps(&views, &side, content).into_iter().filter(|gap| !gap.is_shared()).take(left);
        let name = query::side(workbook, &side);
        let offered = sides(workbook).into_iter().flat_map(|side| {
            let offers = offers(&views, &side, content);
            offers.into_iter().map(move |offer| Found::Offer(side.clone(), offer))
        });
        vec![
            ("Did it help?".to_owned(), unasked(workbook).into_iter().map(Found::Ask).collect()),
            ("To learn together".to_owned(), shared.into_iter().map(Found::Gap).collect()),
            (format!("To learn: {name}"), alone.map(Found::Gap).collect()),
            (
                "What we do about it".to_owned(),
                open_remedies(workbook).into_iter().map(Found::Step).collect(),
            ),
            ("Could help others".to_owned(), offered.collect()),
        ]
    }

    fn all_found<'a>(&self, ctx: &Ctx<'a>) -> Vec<Found<'a>> {
        let Some(workbook) = ctx.workbook() else { return Vec::new() };
        self.lay(workbook, ctx).into_iter().flat_map(|(_, found)| found).collect()
    }

    pub(super) fn in_focus<'a>(&self, ctx: &Ctx<'a>) -> Option<Found<'a>> {
        let mut all = self.all_found(ctx);
        let at = self.found.focus(all.len());
        (at < all.len()).then(|| all.swap_remove(at))
    }

    pub(super) fn on_gap(&self, ctx: &Ctx<'_>) -> bool {
        matches!(self.in_focus(ctx), Some(Found::Gap(_)))
    }

    pub(super) fn on_step(&self, ctx: &Ctx<'_>) -> bool {
        matches!(self.in_focus(ctx), Some(Found::Step(_) | Found::Ask(_)))
    }

    pub(super) fn term_in_focus<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Term> {
        match self.in_focus(ctx)? {
            Found::Gap(gap) => Some(gap.term),
            Found::Offer(_, offer) => Some(offer.term),
            Found::Ask(remedy) | Found::Step(remedy) => term(&remedy.skill.0, ctx),
        }
    }

    pub(super) fn step_found(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        self.found.by(by, self.all_found(ctx).len());
        Outcome::Done
    }

    pub(super) fn turn_side(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        let all = sides(workbook);
        if all.len() == 1 {
            return Outcome::Say("There is no other side yet.".to_owned());
        }
        let at = all.iter().position(|side| *side == self.side).unwrap_or(0);
        let to = (at + all.len()).saturating_add_signed(by) % all.len();
        if let Some(side) = all.into_iter().nth(to) {
            self.side = side;
        }
        Outcome::Done
    }

    pub(super) fn open_found(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.in_focus(ctx) {
            None => Outcome::Unused,
            Some(Found::Ask(remedy)) => steps::ask(remedy, ctx),
            Some(Found::Step(remedy)) => Outcome::Go(Go::Records(Family::Remedy, Some(remedy.id.clone()))),
            Some(Found::Gap(Gap { term, .. }) | Found::Offer(_, Offer { term, .. })) => felt(term, ctx),
        }
    }

    pub(super) fn take_up(&mut self, n: usize, ctx: &Ctx<'_>) -> Outcome {
        let (Some(Found::Gap(gap)), Some(workbook)) = (self.in_focus(ctx), ctx.workbook()) else {
            return Outcome::Unused;
        };
        match ways(&gap, ctx.content).get(n) {
            Some(way) => steps::take_up(&gap, way, &self.side_in_sight(workbook), workbook, ctx),
            None => Outcome::Say("There are fewer ways for this one.".to_owned()),
        }
    }

    pub(super) fn became(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.in_focus(ctx) {
            Some(Found::Ask(remedy) | Found::Step(remedy)) => steps::ask(remedy, ctx),
            _ => Outcome::Unused,
        }
    }

    fn step_in_focus<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Remedy> {
        match self.in_focus(ctx)? {
            Found::Ask(remedy) | Found::Step(remedy) => Some(remedy),
            Found::Gap(_) | Found::Offer(..) => None,
        }
    }

    pub(super) fn put_on_board(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.step_in_focus(ctx).map_or(Outcome::Unused, |step| board_step::put_on_board(step, ctx))
    }

    pub(super) fn is_connected(&self, ctx: &Ctx<'_>) -> bool {
        self.step_in_focus(ctx).is_some_and(|step| connected::is_connected(step.lent(), ctx))
    }

    pub(super) fn connected(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.step_in_focus(ctx).map_or(Outcome::Unused, |step| connected::follow(step.lent(), ctx))
    }

    /// What each way is, in full.
    pub(super) fn read_ways(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(found) = self.in_focus(ctx) else { return Outcome::Unused };
        let Some(term) = self.term_in_focus(ctx) else { return Outcome::Unused };
        let mut blocks = vec![Block::Text(term.meaning.clone())];
        let all = match &found {
            Found::Gap(gap) => ways(gap, ctx.content),
            Found::Ask(remedy) | Found::Step(remedy) => {
                suggestion(&remedy.suggestion.0, ctx.content).into_iter().collect()
            }
            Found::Offer(..) => Vec::new(),
        };
        for (n, way) in all.iter().enumerate() {
            let number = if all.len() > 1 { format!("{} ", n + 1) } else { String::new() };
            blocks.extend([Block::Space, Block::Heading(format!("{number}{}", way.name))]);
            blocks.push(Block::Text(way.text.clone()));
            blocks.extend(way.points.iter().cloned().map(Block::Point));
        }
        let layer = Reader::new(crate::layer::Layer::crumbs(self, ctx), words::capital(&term.term), blocks);
        Outcome::Open(Box::new(layer))
    }

    pub(super) fn draw_found(
        &self,
        workbook: &Workbook,
        area: Rect,
        buf: &mut Buffer,
        ctx: &Ctx<'_>,
    ) -> Option<Position> {
        let mut shown = Vec::new();
        let mut count = 0;
        for (head, found) in self.lay(workbook, ctx) {
            let is_side = head.starts_with("To learn: ");
            if found.is_empty() && !is_side {
                continue;
            }
            if !shown.is_empty() && area.height > 18 {
                shown.push(Shown::head(""));
            }
            shown.push(Shown::head(head));
            if found.is_empty() {
                shown.push(Shown::head(format!("  {}", self.why_none(workbook, ctx))));
            }
            for one in found {
                let (words, aside) = in_list(&one, workbook, ctx);
                shown.push(Shown { row: Some(count), words, aside });
                count += 1;
            }
        }
        let focus = self.found.focus(count);
        if page::is_wide(ctx) {
            let (left, right) = page::split(area, buf, *ctx.theme, LIST);
            self.draw_in_focus(workbook, right, buf, ctx);
            return draw_list(&shown, focus, left, buf, ctx);
        }
        let all = cells(shown.len());
        let rows = match area.height {
            0..=9 => area.height,
            // what is in focus has more to say than the list
            height => all.min((height / 3).max(height.saturating_sub(IN_FOCUS))),
        };
        self.draw_in_focus(workbook, text::below(area, rows + 1), buf, ctx);
        draw_list(&shown, focus, Rect { height: rows.min(area.height), ..area }, buf, ctx)
    }

    /// Why nothing stands there to learn.
    fn why_none(&self, workbook: &Workbook, ctx: &Ctx<'_>) -> &'static str {
        let side = self.side_in_sight(workbook);
        let views = Self::views(ctx);
        if !views.iter().any(|view| *view.side == side && view.lines() > 0) {
            "nobody has rated it yet"
        } else if !shared_gaps(&views, ctx.content).is_empty() {
            "nothing beyond what is shared"
        } else {
            "no gap shows"
        }
    }

    fn draw_in_focus(&self, workbook: &Workbook, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
        let mut pen = Pen::new(buf, area);
        match self.in_focus(ctx) {
            None => {
                let key = ctx.keymap.shown("skills-found.next");
                pen.say(
                    &format!(
                        "Here stands what to learn next, with ways to learn it, and what each side could help others \
                         with. {key} leads to who rates."
                    ),
                    ctx.theme.text(),
                );
            }
            Some(Found::Gap(gap)) => self.draw_gap(&gap, workbook, &mut pen, ctx),
            Some(Found::Offer(side, offer)) => draw_offer(&side, &offer, workbook, &mut pen, ctx),
            Some(Found::Ask(remedy) | Found::Step(remedy)) => draw_step(remedy, workbook, &mut pen, ctx),
        }
    }

    fn draw_gap(&self, gap: &Gap<'_>, workbook: &Workbook, pen: &mut Pen<'_>, ctx: &Ctx<'_>) {
        let (term, theme) = (gap.term, ctx.theme);
        // where there is little room, the ways stand first: digits mean them
        let tight = pen.rest().height < 16;
        if !tight {
            pen.say(&words::capital(&term.term), theme.strong());
        }
        pen.say(&term.meaning, theme.text());
        if tight {
            draw_ways(gap, workbook, pen, ctx);
            return self.draw_said(gap, workbook, pen, ctx);
        }
        pen.gap();
        self.draw_said(gap, workbook, pen, ctx);
        pen.gap();
        pen.say("Ways to learn; a number takes one up", theme.heading());
        draw_ways(gap, workbook, pen, ctx);
        pen.gap();
        let felt = words::listed(&aspects(term, ctx));
        pen.say(&format!("Felt in {felt}: Enter goes there."), theme.quiet());
    }

    /// What each rater said about it.
    fn draw_said(&self, gap: &Gap<'_>, workbook: &Workbook, pen: &mut Pen<'_>, ctx: &Ctx<'_>) {
        let (views, side) = (Self::views(ctx), self.side_in_sight(workbook));
        let term = &gap.term.id;
        let about = |view: &&RaterView<'_>| *view.side == side || gap.wide_for.contains(view.side);
        let said = |view: &&RaterView<'_>| view.need(term).or(view.have(term)).is_some();
        for view in views.iter().filter(about).filter(said) {
            let who = called(view.rater, view.side, workbook);
            let whose =
                if gap.is_shared() { format!("{}, by {who}", query::side(workbook, view.side)) } else { who };
            let (need, have) = (number(view.need(term)), number(view.have(term)));
            pen.say(&format!("{}: need {need}, have {have}", words::capital(&whose)), ctx.theme.quiet());
        }
    }
}

/// The ways to learn it, with their numbers.
fn draw_ways(gap: &Gap<'_>, workbook: &Workbook, pen: &mut Pen<'_>, ctx: &Ctx<'_>) {
    for (n, way) in ways(gap, ctx.content).into_iter().enumerate() {
        let taken = |r: &Remedy| steps::is_for(r, gap.term, way) && r.done.is_none();
        let taken = if workbook.all::<Remedy>().iter().any(taken) { ", taken up" } else { "" };
        pen.say(&format!("{} {}{taken}", n + 1, in_family(way)), ctx.theme.text());
    }
}

/// A way to learn, with whom it is for where that is the partnership.
fn in_family(way: &Suggestion) -> String {
    match way.family {
        crate::content::types::Family::People => way.name.clone(),
        crate::content::types::Family::Partnership => format!("{} (partnership)", way.name),
    }
}

fn term<'c>(id: &str, ctx: &Ctx<'c>) -> Option<&'c Term> {
    ctx.content.terms().iter().find(|term| term.id == id)
}

/// The aspects in which its lack is felt, by name.
fn aspects<'c>(term: &Term, ctx: &Ctx<'c>) -> Vec<&'c str> {
    term.felt_in.iter().filter_map(|id| ctx.content.aspect(id)).map(|aspect| aspect.name.as_str()).collect()
}

/// Goes to the aspect where it is felt; where there are several, asks which.
fn felt(term: &Term, ctx: &Ctx<'_>) -> Outcome {
    let go = |id: &String| Outcome::Go(Go::Aspect(id.clone()));
    match term.felt_in.as_slice() {
        [only] => go(only),
        several => {
            let row = |id: &String| {
                let name = ctx.content.aspect(id).map_or(id.as_str(), |aspect| &aspect.name);
                MenuRow::new(None, name, "", go(id))
            };
            let title = format!("Where {} is felt", term.term);
            Outcome::Open(Box::new(Menu::new(title, several.iter().map(row).collect())))
        }
    }
}

/// A row of the list, and what stands at its end.
fn in_list(found: &Found<'_>, workbook: &Workbook, ctx: &Ctx<'_>) -> (String, String) {
    match found {
        Found::Ask(remedy) => (board_step::what(remedy, ctx), String::new()),
        Found::Gap(gap) => (words::capital(&gap.term.term), String::new()),
        Found::Step(remedy) => {
            let due = remedy.due.map_or_else(|| "no day".to_owned(), |on| words::short_day(on, ctx.today()));
            (board_step::what(remedy, ctx), due)
        }
        Found::Offer(side, offer) => {
            let ask = if offer.own_words { "" } else { "? " };
            let side = query::side(workbook, side);
            (format!("{ask}{}, {side}", words::capital(&offer.term.term)), String::new())
        }
    }
}

fn draw_offer(side: &PartnerId, offer: &Offer<'_>, workbook: &Workbook, pen: &mut Pen<'_>, ctx: &Ctx<'_>) {
    pen.say(&words::capital(&offer.term.term), ctx.theme.strong());
    pen.say(&offer.term.meaning, ctx.theme.text());
    pen.gap();
    let name = words::capital(&query::side(workbook, side));
    pen.say(&format!("{name} could help others with it."), ctx.theme.text());
    if !offer.own_words {
        pen.gap();
        pen.say("? Others say so; it wants asking.", ctx.theme.notice());
    }
    pen.gap();
    let felt = words::listed(&aspects(offer.term, ctx));
    pen.say(&format!("Felt in {felt}: Enter goes there."), ctx.theme.quiet());
}

fn draw_step(remedy: &Remedy, workbook: &Workbook, pen: &mut Pen<'_>, ctx: &Ctx<'_>) {
    pen.say(&words::capital(&board_step::what(remedy, ctx)), ctx.theme.strong());
    pen.gap();
    let who = remedy.lead.as_ref().map(|who| query::who_in_words(workbook, who));
    let on = |on: Option<jiff::civil::Date>| on.map(|on| words::weekday(on, ctx.today()));
    let change =
        workbook.all::<Revision>().iter().find(|change| Some(&change.id) == remedy.revision.as_ref());
    let facts = [
        ("For the skill", term(&remedy.skill.0, ctx).map(|term| term.term.clone())),
        ("For whom", Some(remedy.for_whom.clone()).filter(|words| !words.trim().is_empty())),
        ("Who sees to it", Some(who.unwrap_or_else(|| "nobody yet".to_owned()))),
        ("By", Some(on(remedy.due).unwrap_or_else(|| "no day yet".to_owned()))),
        ("Done", on(remedy.done)),
        ("For the change", change.map(|change| change.what.clone())),
    ];
    for (label, said) in facts {
        if let Some(said) = said {
            pen.say(&format!("{label}: {said}"), ctx.theme.text());
        }
    }
    pen.gap();
    let key = ctx.keymap.shown("skills-found.became");
    let words = if remedy.done.is_some() {
        "Did it help? Enter says so.".to_owned()
    } else {
        format!("Enter opens it, to change who and when. {key} says what became of it.")
    };
    pen.say(&words, ctx.theme.quiet());
    let key = |name| ctx.keymap.shown(name);
    let board = match change {
        Some(_) => format!("{} goes to the change.", key("skills-found.connected")),
        None => format!("{} puts it on the board of changes.", key("skills-found.board")),
    };
    pen.say(&board, ctx.theme.quiet());
}
