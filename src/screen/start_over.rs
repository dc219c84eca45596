//! Starting over from a stage: which questions are opened again. Those that are disputed, only guessed or more than a
//! year old are marked at first; what was said stays, and counts as settled only when it is checked or agreed again.
//!
//! Start at [`ask_stage`], which leads here.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{self, Pen};
use super::words::{self, READ_ONLY};
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::content::types::{Arc, Question};
use crate::content::{ASPECTS, AspectRow};
use crate::domain::query::{self, standing_of};
use crate::domain::{Edit, QuestionId, Standing, StateChange, Workbook};
use crate::layer::Layer;
use crate::overlay::{Menu, MenuRow};
use crate::widget::list::List;
use crate::widget::text;

/// The questions of some aspects, marked or not.
#[derive(Debug)]
pub struct StartOver {
    aspects: Vec<String>,
    /// Those that the person marked, by id; `None` as long as it is left to what is sensible.
    marked: Option<BTreeSet<String>>,
    list: List,
}

pub(super) const ROWS: &[Command<StartOver>] = &[
    command("start-over.turn", &["enter"], "Mark this question, or not", StartOver::turn)
        .footer(1, "mark")
        .words("choose select toggle")
        .when(|s, ctx| s.in_focus(ctx).is_some()),
    command("start-over.back", &["esc"], "One step back; nothing is opened again", |_, _| Outcome::Back)
        .footer(2, "back"),
    command("start-over.open", &["r"], "Open the marked questions again", StartOver::open)
        .footer(3, "open again")
        .words("reset reopen start over")
        .when(|s, ctx| s.in_focus(ctx).is_some())
        .changes(),
    command("start-over.all", &["a"], "Mark all, or none", StartOver::turn_all)
        .footer(5, "all or none")
        .when(|s, ctx| s.in_focus(ctx).is_some()),
    command("start-over.down", &["down", "j"], "To the next question", |s: &mut StartOver, ctx| {
        s.step(1, ctx)
    }),
    command("start-over.up", &["up", "k"], "To the question before", |s: &mut StartOver, ctx| {
        s.step(-1, ctx)
    }),
    command("start-over.page-down", &["pagedown"], "A page down", |s: &mut StartOver, ctx| {
        s.step_pages(1, ctx)
    }),
    command("start-over.page-up", &["pageup"], "A page up", |s: &mut StartOver, ctx| s.step_pages(-1, ctx)),
    command("start-over.first", &["home"], "To the first one", |s: &mut StartOver, ctx| {
        s.step(isize::MIN, ctx)
    }),
    command("start-over.last", &["end", "G"], "To the last one", |s: &mut StartOver, ctx| {
        s.step(isize::MAX, ctx)
    }),
];

/// Asks from which stage, or at which aspect, to start over.
pub fn ask_stage(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    if !ctx.writable {
        return Outcome::Say(READ_ONLY.to_owned());
    }
    let of_arc = |arc: Arc| ASPECTS.iter().filter(|row| row.arc == arc).collect::<Vec<_>>();
    let arcs = [
        ("Getting started", Arc::GettingStarted),
        ("Working together", Arc::WorkingTogether),
        ("What next", Arc::WhatNext),
    ];
    let stages = arcs.map(|(name, arc)| (name.to_owned(), of_arc(arc)));
    let single = ASPECTS.iter().filter(|row| row.arc.is_in_cycle());
    let single = single.map(|row| (format!("Only {}", row.name), vec![row]));
    let mut rows = Vec::new();
    for (name, aspects) in stages.into_iter().chain(single) {
        let (said, worth) = counts(ctx, workbook, &aspects);
        if said == 0 {
            continue;
        }
        let letter = (rows.len() < 3 && aspects.len() > 1).then_some(rows.len() + 1);
        let letter = letter.and_then(|n| char::from_digit(u32::try_from(n).ok()?, 10));
        let aside = format!("{} of {} worth another look", worth, words::count(said, "answer", "answers"));
        let ids = aspects.iter().map(|row| row.id.to_owned()).collect();
        rows.push(MenuRow::new(letter, name, aside, Outcome::Go(Go::StartOver(ids))));
    }
    if rows.is_empty() {
        return Outcome::Say("Nothing is written yet, so there is nothing to start over.".to_owned());
    }
    Outcome::Open(Box::new(Menu::new("Start over from which stage?", rows)))
}

/// How many answers there are in some aspects, and how many of them are worth another look.
fn counts(ctx: &Ctx<'_>, workbook: &Workbook, aspects: &[&AspectRow]) -> (usize, usize) {
    let aspects = aspects.iter().filter_map(|row| ctx.content.aspect(row.id));
    let said: Vec<&Question> = aspects.flat_map(|a| &a.questions).filter(|q| is_said(workbook, q)).collect();
    let worth = said.iter().filter(|q| query::worth_reopening(workbook, q, ctx.today()).is_some()).count();
    (said.len(), worth)
}

/// Whether there is something to open again.
fn is_said(workbook: &Workbook, question: &Question) -> bool {
    standing_of(workbook, question) != Standing::Blank && !query::is_open_again(workbook, question)
}

impl StartOver {
    /// The questions of some aspects, by their ids.
    pub fn new(aspects: Vec<String>) -> Self {
        Self { aspects, marked: None, list: List::default() }
    }

    fn questions<'a>(&self, ctx: &Ctx<'a>) -> Vec<&'a Question> {
        let Some(workbook) = ctx.workbook() else { return Vec::new() };
        let aspects = self.aspects.iter().filter_map(|id| ctx.content.aspect(id));
        aspects.flat_map(|aspect| &aspect.questions).filter(|q| is_said(workbook, q)).collect()
    }

    fn in_focus<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Question> {
        let questions = self.questions(ctx);
        questions.get(self.list.focus(questions.len())).copied()
    }

    fn marked(&self, ctx: &Ctx<'_>) -> BTreeSet<String> {
        let sensible = || {
            let Some(workbook) = ctx.workbook() else { return BTreeSet::new() };
            let worth = |q: &&Question| query::worth_reopening(workbook, q, ctx.today()).is_some();
            self.questions(ctx).into_iter().filter(worth).map(|q| q.id.clone()).collect()
        };
        self.marked.clone().unwrap_or_else(sensible)
    }

    fn turn(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(question) = self.in_focus(ctx) else { return Outcome::Unused };
        let mut marked = self.marked(ctx);
        if !marked.remove(&question.id) {
            marked.insert(question.id.clone());
        }
        self.marked = Some(marked);
        // on to the next, so that a run of them is a run of one key
        self.step(1, ctx)
    }

    fn turn_all(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let all: BTreeSet<String> = self.questions(ctx).into_iter().map(|q| q.id.clone()).collect();
        self.marked = Some(if self.marked(ctx) == all { BTreeSet::new() } else { all });
        Outcome::Done
    }

    fn step(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        self.list.by(by, self.questions(ctx).len());
        Outcome::Done
    }

    fn step_pages(&mut self, pages: isize, ctx: &Ctx<'_>) -> Outcome {
        self.list.by_pages(pages, self.questions(ctx).len());
        Outcome::Done
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let marked = self.marked(ctx);
        let opened: Vec<QuestionId> = self
            .questions(ctx)
            .into_iter()
            .filter(|q| marked.contains(&q.id))
            .map(|q| QuestionId::new(&q.id))
            .collect();
        let (Some(first), today) = (opened.first().cloned(), ctx.today()) else {
            let key = ctx.keymap.shown("start-over.turn");
            return Outcome::Say(format!("No question is marked; {key} marks one."));
        };
        let mut edits: Vec<Edit> =
            opened.iter().flat_map(|question| query::reopen(workbook, question, today)).collect();
        let resumed = query::resumed(workbook);
        if resumed != workbook.state() {
            edits.push(Edit::ChangeState(StateChange::to(resumed, today)));
        }
        let count = words::count(opened.len(), "question is open", "questions are open");
        let undo = ctx.keymap.shown("global.undo");
        let said = format!("{count} again; what was said stays. {undo} takes that back.");
        Outcome::All(vec![Outcome::Edits(edits), Outcome::Go(Go::Question(first, None)), Outcome::Say(said)])
    }
}

/// A row of the list.
enum Line<'a> {
    Aspect(&'a str),
    Question(usize),
}

impl Layer for StartOver {
    fn scope(&self) -> &'static str {
        "start-over"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let workbook = ctx.workbook().map(|workbook| words::or(workbook.title(), "No title yet").to_owned());
        workbook.into_iter().chain(["Start over".to_owned()]).collect()
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        format!("{} of {} marked", self.marked(ctx).len(), self.questions(ctx).len())
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = page::page(area);
        let questions = self.questions(ctx);
        let mut pen = Pen::new(buf, area);
        if questions.is_empty() {
            pen.say("Nothing is written here yet, so there is nothing to open again.", ctx.theme.text());
            return (!area.is_empty()).then(|| page::cursor(area, 0));
        }
        if area.height > 8 {
            pen.say(
                "Marked questions are opened again: every word stays, and each counts as settled once it is checked or \
                 agreed again.",
                ctx.theme.quiet(),
            );
            pen.gap();
        }
        let (list, buf) = pen.take(u16::MAX);
        let mut lines = Vec::new();
        let mut aspect = "";
        for (n, question) in questions.iter().enumerate() {
            let name = ctx.content.aspect_of(&question.id).map_or("", |aspect| aspect.name.as_str());
            if name != aspect && list.height > 4 {
                lines.push(Line::Aspect(name));
                aspect = name;
            }
            lines.push(Line::Question(n));
        }
        let focus = self.list.focus(questions.len());
        let at = lines.iter().position(|line| matches!(line, Line::Question(n) if *n == focus)).unwrap_or(0);
        let marked = self.marked(ctx);
        self.list.window(list.height.into(), questions.len());
        let mut cursor = None;
        let window = List::at(at).window(list.height.into(), lines.len());
        for (line, row) in lines.get(window).into_iter().flatten().zip(list.rows()) {
            match line {
                Line::Aspect(name) => {
                    text::put(buf, row, name, ctx.theme.heading());
                }
                Line::Question(n) => {
                    let Some(question) = questions.get(*n) else { continue };
                    let is_marked = marked.contains(&question.id);
                    cursor = cursor.or(draw_question(question, is_marked, row, buf, ctx, *n == focus));
                }
            }
        }
        cursor
    }
}

fn draw_question(
    question: &Question,
    marked: bool,
    row: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
    focus: bool,
) -> Option<Position> {
    let workbook = ctx.workbook()?;
    let style = if focus { ctx.theme.focus() } else { ctx.theme.text() };
    let standing = standing_of(workbook, question);
    let why = query::worth_reopening(workbook, question, ctx.today());
    let why = why.map_or(standing.word(), |worth| worth.words());
    if ctx.linear {
        let mark = if marked { "marked" } else { "not marked" };
        return page::entry(buf, row, &format!("{}: {mark}, {why}.", question.short), style, focus);
    }
    let aside = if row.width > 20 { text::width(why).min(row.width / 3) } else { 0 };
    let left = Rect { width: row.width - aside - 2 * u16::from(aside > 0), ..row };
    let mark = if marked { "[x]" } else { "[ ]" };
    let cursor = page::entry(buf, left, &format!("{mark} {}", question.short), style, focus);
    text::put(buf, text::right_of(row, row.width - aside), why, ctx.theme.standing(standing));
    cursor
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Heard, PartnerId, PartnershipState};
    use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};
    use crate::testing::World;
    use jiff::Timestamp;
    use jiff::civil::date;

    fn scoping() -> StartOver {
        StartOver::new(vec!["scoping".to_owned()])
    }

    fn paused() -> World {
        let mut world = world();
        let change = StateChange::to(PartnershipState::Paused, date(2025, 2, 28));
        let edits = vec![
            Edit::ChangeState(change),
            Edit::SetHeard {
                question: QuestionId::new("SCO-4"),
                partner: PartnerId::new("museum"),
                heard: Heard::Agreed,
                checked: Some(date(2025, 2, 3)),
                person: None,
                source: crate::domain::Source::ByHand,
            },
        ];
        world.book.as_mut().unwrap().act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
        world
    }

    #[test]
    fn what_is_worth_it_is_marked_and_says_why() {
        let mut world = paused();
        insta::assert_snapshot!(drawn(&world, &scoping(), 60, 12), @r"
         Marked questions are opened again: every word stays, and
         each counts as settled once it is checked or agreed again.

         Scoping
         > [x] What, and why now?                      only guessed
           [x] One line of shared purpose                  disputed
           [ ] Whose need is it?                             agreed
        ");
        world.linear = true;
        insta::assert_snapshot!(drawn(&world, &scoping(), 60, 7), @r"
         Scoping
         > What, and why now?: marked, only guessed.
           One line of shared purpose: marked, disputed.
           Whose need is it?: not marked, agreed.
        ");
    }

    #[test]
    fn all_in_one_step_and_it_is_taken_up_again() {
        let mut world = paused();
        let mut screen = scoping();
        // the first is left out, the third taken in
        for name in ["start-over.turn", "start-over.down", "start-over.turn"] {
            screen.run(name, &world.ctx());
        }
        let Outcome::All(outcomes) = screen.run("start-over.open", &world.ctx()) else { panic!() };
        let [Outcome::Edits(edits), Outcome::Go(Go::Question(first, None)), Outcome::Say(said)] =
            outcomes.as_slice()
        else {
            panic!()
        };
        assert_eq!(first.as_str(), "SCO-2");
        assert!(said.starts_with("2 questions are open again"), "{said}");
        let before = world.book.as_ref().unwrap().workbook().clone();
        let book = world.book.as_mut().unwrap();
        book.act_all(edits.clone(), Timestamp::UNIX_EPOCH).unwrap();
        let workbook = book.workbook();
        assert_eq!(workbook.state(), PartnershipState::Exploring, "as it was before the pause");
        for (question, open) in [("SCO-1", false), ("SCO-2", true), ("SCO-4", true)] {
            assert_eq!(workbook.answer(&QuestionId::new(question)).is_open_again(false), open, "{question}");
        }
        let said = |workbook: &Workbook| {
            workbook.answer(&QuestionId::new("SCO-2")).theirs(&PartnerId::new("museum")).unwrap().text.clone()
        };
        assert_eq!(said(workbook), said(&before));
        book.undo(Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(*book.workbook(), before);
    }

    #[test]
    fn nothing_marked_opens_nothing() {
        let world = paused();
        let mut screen = scoping();
        screen.run("start-over.all", &world.ctx());
        screen.run("start-over.all", &world.ctx());
        assert!(matches!(screen.run("start-over.open", &world.ctx()), Outcome::Say(_)));
        let mut ctx = world.ctx();
        ctx.writable = false;
        assert!(matches!(ask_stage(&ctx), Outcome::Say(why) if why == READ_ONLY));
    }

    #[test]
    fn it_draws_in_any_size() {
        let mut world = paused();
        for linear in [false, true] {
            world.linear = linear;
            for (width, height) in SIZES {
                for aspects in [vec!["scoping".to_owned()], Vec::new()] {
                    let mut screen = StartOver::new(aspects);
                    draws_anywhere(&world, &screen, width, height);
                    screen.run("start-over.last", &world.ctx());
                    let cursor = draws_anywhere(&world, &screen, width, height);
                    assert_eq!(cursor.is_some(), width > 0 && height > 0, "{width}x{height}");
                }
            }
        }
    }
}
