//! The workbook as it was on a day, beside how it is now: what differs, and bringing it back.
//!
//! Somebody else reads what is kept and tells it as news; this screen compares, shows and asks for the edits. What
//! differs, in which words, and how it is taken is `domain::compare`. The versions of an agreement are something else:
//! see `agreement/versions.rs`.

mod draw;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::words::{self, READ_ONLY};
use crate::command::{Ask, Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::compare::{self, Difference, Said, Stands, Thing};
use crate::domain::{QuestionId, VoiceKey, Workbook};
use crate::layer::Layer;
use crate::overlay::confirm;
use crate::overlay::reader::{Block, Reader};
use crate::shelf::News;
use crate::widget::list::List;

/// The days, and what is otherwise than it was on one of them.
#[derive(Debug, Default)]
pub struct Versions {
    /// The days that can be shown, newest first; `None` until they are known.
    days: Option<Vec<Date>>,
    /// Versions that are kept and cannot be read.
    unreadable: usize,
    /// Why nothing can be shown, in words.
    trouble: Option<String>,
    /// The day that was asked for.
    day: Option<Date>,
    was: Option<Was>,
    differences: Vec<Difference>,
    list: List,
    /// The answer from which it was opened.
    from: Option<(QuestionId, VoiceKey)>,
}

/// How the workbook was.
#[derive(Debug)]
struct Was {
    day: Date,
    /// The day of the last change that it holds, where later ones may be missing.
    only_up_to: Option<Date>,
    workbook: Arc<Workbook>,
}

pub(super) const ROWS: &[Command<Versions>] = &[
    command("versions.open", &["enter"], "Show this one whole, then and now", Versions::open)
        .footer(1, "whole")
        .when(|s, ctx| s.in_focus(ctx).is_some())
        .words("read compare difference"),
    command("versions.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("versions.older", &["left", "h"], "To the day before", |s: &mut Versions, _| s.turn(1))
        .footer(3, "day before")
        .words("older earlier past")
        .when(|s, _| s.has_days()),
    command("versions.newer", &["right", "l"], "To the day after", |s: &mut Versions, _| s.turn(-1))
        .footer(8, "day after")
        .words("newer later")
        .when(|s, _| s.has_days()),
    command("versions.take", &["B"], "Bring this one back as it was", Versions::take)
        .footer(5, "bring back")
        .words("restore revert return")
        .when(|s, ctx| s.in_focus(ctx).is_some())
        .changes(),
    command("versions.take-all", &["A"], "Bring back everything as it was on that day", Versions::take_all)
        .footer(6, "all of it")
        .words("restore revert whole workbook")
        .when(|s, ctx| s.in_focus(ctx).is_some())
        .changes(),
    command("versions.down", &["down", "j"], "To the next one", |s: &mut Versions, _| s.step(1)),
    command("versions.up", &["up", "k"], "To the one before", |s: &mut Versions, _| s.step(-1)),
    command("versions.page-down", &["pagedown"], "A page down", |s: &mut Versions, _| s.step_pages(1)),
    command("versions.page-up", &["pageup"], "A page up", |s: &mut Versions, _| s.step_pages(-1)),
    command("versions.first", &["home", "g g"], "To the first one", |s: &mut Versions, _| s.step(isize::MIN)),
    command("versions.last", &["end", "G"], "To the last one", |s: &mut Versions, _| s.step(isize::MAX)),
];

impl Versions {
    /// At an answer, where one is given, on the newest day on which it was another; otherwise on the newest day.
    pub fn new(from: Option<(QuestionId, VoiceKey)>) -> Self {
        Self { from, ..Self::default() }
    }

    /// What it wants to be told before anything can be shown.
    pub fn wants(&self) -> Ask {
        Ask::Past { day: None, question: self.from.as_ref().map(|(question, _)| question.clone()) }
    }

    fn step(&mut self, by: isize) -> Outcome {
        self.list.by(by, self.differences.len());
        Outcome::Done
    }

    fn step_pages(&mut self, pages: isize) -> Outcome {
        self.list.by_pages(pages, self.differences.len());
        Outcome::Done
    }

    /// So many days on in the list of days, which begins with the newest.
    /// Whether there is a day to show beside today.
    fn has_days(&self) -> bool {
        self.days.as_ref().is_some_and(|days| !days.is_empty())
    }

    fn turn(&mut self, by: isize) -> Outcome {
        let days = self.days.as_deref().unwrap_or_default();
        let at = self.day.and_then(|day| days.iter().position(|there| *there == day)).unwrap_or_default();
        let to = at.checked_add_signed(by).and_then(|to| days.get(to)).copied();
        match to {
            Some(day) => {
                self.day = Some(day);
                Outcome::Ask(Ask::Past { day: Some(day), question: None })
            }
            None if by > 0 => Outcome::Say("Nothing older is kept.".to_owned()),
            None => Outcome::Say("That is the newest day; today is beside it.".to_owned()),
        }
    }

    /// The difference in focus, with how it was and how it is.
    fn in_focus<'a>(&'a self, ctx: &Ctx<'a>) -> Option<(&'a Difference, &'a Was, &'a Workbook)> {
        let difference = self.differences.get(self.list.focus(self.differences.len()))?;
        Some((difference, self.was.as_ref()?, ctx.workbook()?))
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some((difference, was, now)) = self.in_focus(ctx) else { return Outcome::Unused };
        let said = compare::words(difference, now, &was.workbook, ctx.content);
        let then = format!("Then, at the end of {}", words::day(was.day, ctx.today()));
        let mut blocks = side(&then, difference.other, &said, |row| &row.other);
        blocks.push(Block::Space);
        blocks.extend(side("Now", difference.now, &said, |row| &row.now));
        Outcome::Open(Box::new(Reader::new(self.crumbs(ctx), draw::name(&said), blocks)))
    }

    fn take(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some((difference, was, now)) = self.in_focus(ctx) else { return Outcome::Unused };
        let said = compare::words(difference, now, &was.workbook, ctx.content);
        let what = format!("\u{2018}{}\u{2019} is", said.what);
        match bring_back(std::slice::from_ref(difference), was, now, &what, ctx) {
            Ok(outcome) => outcome,
            Err(why) => Outcome::Say(why),
        }
    }

    fn take_all(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some((_, was, now)) = self.in_focus(ctx) else { return Outcome::Unused };
        let act = match bring_back(&self.differences, was, now, "Everything is", ctx) {
            Ok(act) => act,
            Err(why) => return Outcome::Say(why),
        };
        let things = words::count(self.differences.len(), "thing", "things");
        let day = words::day(was.day, ctx.today());
        let undo = ctx.keymap.shown("global.undo");
        let question = format!("{things} as on {day}? One step, {undo} takes it back.");
        Outcome::Open(Box::new(confirm(question, "Leave it as it is now", [('b', "Bring it all back", act)])))
    }

    fn compare(&mut self, ctx: &Ctx<'_>) {
        let both = self.was.as_ref().zip(ctx.workbook());
        self.differences =
            both.map(|(was, now)| compare::differences(now, &was.workbook)).unwrap_or_default();
    }

    /// The answer from which it was opened comes into focus.
    fn focus_on_answer(&mut self) {
        let Some((question, voice)) = &self.from else { return self.list.set(0) };
        let very = |d: &Difference| d.thing == Thing::Voice(question.clone(), voice.clone());
        let near = |d: &Difference| d.thing.question() == Some(question);
        let at = self.differences.iter().position(very);
        self.list.set(at.or_else(|| self.differences.iter().position(near)).unwrap_or_default());
    }
}

/// The edits, and what is said when they are done; or why they cannot be.
fn bring_back(
    chosen: &[Difference],
    was: &Was,
    now: &Workbook,
    what: &str,
    ctx: &Ctx<'_>,
) -> Result<Outcome, String> {
    if !ctx.writable {
        return Err(READ_ONLY.to_owned());
    }
    let edits = compare::take(now, &was.workbook, chosen, ctx.today());
    let mut tried = now.clone();
    for edit in &edits {
        let done = tried.apply(edit.clone());
        done.map_err(|why| format!("That cannot be brought back: {why}. Nothing was changed."))?;
    }
    let (day, undo) = (words::day(was.day, ctx.today()), ctx.keymap.shown("global.undo"));
    let said = format!("{what} as on {day}. {undo} takes it back.");
    Ok(Outcome::All(vec![Outcome::Edits(edits), Outcome::Say(said)]))
}

/// One side of a difference as a page.
fn side(heading: &str, stands: Stands, said: &Said, words: impl Fn(&compare::Row) -> &String) -> Vec<Block> {
    let place = if stands == Stands::There { String::new() } else { format!(": {}", stands.words()) };
    let mut blocks = vec![Block::Heading(format!("{heading}{place}"))];
    for row in &said.rows {
        match (row.label.is_empty(), words(row).trim()) {
            (_, "") => {}
            (true, text) => blocks.push(Block::Text(text.to_owned())),
            (false, text) => blocks.push(Block::Text(format!("{}: {text}", row.label))),
        }
    }
    if let [_] = blocks.as_slice() {
        blocks.push(Block::Quiet("Nothing stands there.".to_owned()));
    }
    blocks
}

impl Layer for Versions {
    fn scope(&self) -> &'static str {
        "versions"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| workbook.title());
        vec![words::or(title, "No title yet").to_owned(), "As it was".to_owned()]
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        self.compare(ctx);
    }

    fn told(&mut self, news: &News, ctx: &Ctx<'_>) {
        match news {
            News::Days { days, unreadable } => {
                self.days = Some(days.clone());
                self.unreadable = *unreadable;
                self.trouble = None;
            }
            News::AsItWas { day, only_up_to, workbook } if self.day.is_none_or(|asked| asked == *day) => {
                let is_its = ctx.workbook().is_some_and(|now| now.id() == workbook.id());
                if is_its {
                    let workbook = Arc::clone(workbook);
                    self.was = Some(Was { day: *day, only_up_to: *only_up_to, workbook });
                    self.day = Some(*day);
                    self.compare(ctx);
                    self.focus_on_answer();
                }
            }
            News::NoPast(why) => self.trouble = Some(why.clone()),
            News::AsItWas { .. } | News::Found { .. } => {}
        }
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}
