//! The skills tool: who says something about whose skills, the 36 lines a head at a time, and what stands out.
//!
//! Three parts of one screen, each with its keys: `who`, `rate` and `found`. What the numbers mean is asked of
//! [`query::skills`](crate::domain::query::skills); nothing is added up here, and nobody is compared with anybody. Start
//! at [`ROWS`].

mod choose;
mod found;
mod rate;
mod steps;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page;
use super::words;
use crate::command::{Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query::skills::{RaterView, views};
use crate::domain::query::{self};
use crate::domain::{PartnerId, Rating, Who, Workbook};
use crate::layer::Layer;
use crate::widget::list::List;
use crate::widget::text;

/// The part of the screen that is in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Whose skills, and who says so.
    Who,
    /// The lines of a head.
    Rate,
    /// What stands out.
    Found,
}

/// The skills tool.
#[derive(Debug)]
pub struct Skills {
    part: Part,
    /// Whether the part in sight was chosen already: by whoever came, or by what there is.
    begun: bool,
    raters: List,
    side: PartnerId,
    rater: Who,
    head: usize,
    line: List,
    /// Whether the number that comes next says how much is there; else it says how much the work needs.
    have: bool,
    found: List,
}

pub(super) const ROWS: &[Command<Skills>] = &[
    command("skills.open", &["enter"], "Say or see the numbers of this one", Skills::open)
        .footer(1, "rate")
        .words("rate numbers begin"),
    command("skills.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("skills.next", &["tab", "shift-tab"], "To what stands out", |s: &mut Skills, _| {
        s.show(Part::Found)
    })
    .footer(3, "what stands out")
    .words("result gaps offers plan"),
    command("skills.down", &["down", "j"], "To the next one", |s: &mut Skills, ctx| s.step_who(1, ctx)),
    command("skills.up", &["up", "k"], "To the one before", |s: &mut Skills, ctx| s.step_who(-1, ctx)),
    command("skills.first", &["home", "g g"], "To the first one", |s: &mut Skills, ctx| {
        s.step_who(isize::MIN, ctx)
    }),
    command("skills.last", &["end", "G"], "To the last one", |s: &mut Skills, ctx| {
        s.step_who(isize::MAX, ctx)
    }),
];

pub(super) const RATE_ROWS: &[Command<Skills>] = &[
    command("skills-rate.none", &["0"], "Not for this work; or new to me", |s: &mut Skills, ctx| {
        s.say(0, ctx)
    })
    .footer(1, "to 3: rate")
    .changes(),
    command("skills-rate.one", &["1"], "Useful; or some of it is there", |s: &mut Skills, ctx| s.say(1, ctx))
        .changes(),
    command("skills-rate.two", &["2"], "Important; or confident", |s: &mut Skills, ctx| s.say(2, ctx))
        .changes(),
    command(
        "skills-rate.three",
        &["3"],
        "Can’t do without; or could help others",
        |s: &mut Skills, ctx| s.say(3, ctx),
    )
    .changes(),
    command("skills-rate.back", &["esc"], "Back to whose skills, and who says so", |s: &mut Skills, _| {
        s.show(Part::Who)
    })
    .footer(2, "back"),
    command("skills-rate.next", &["tab"], "To what stands out", |s: &mut Skills, _| s.show(Part::Found))
        .footer(3, "what stands out")
        .words("result gaps offers plan"),
    command("skills-rate.before", &["shift-tab"], "To whose skills, and who says so", |s: &mut Skills, _| {
        s.show(Part::Who)
    }),
    command(
        "skills-rate.clear",
        &["-", "backspace", "delete"],
        "Take this number back: unrated",
        Skills::unsay,
    )
    .footer(6, "unrated")
    .words("clear remove empty don't know")
    .changes(),
    command("skills-rate.down", &["down", "j", "enter"], "To the next line", |s: &mut Skills, ctx| {
        s.step_line(1, ctx)
    }),
    command("skills-rate.up", &["up", "k"], "To the line before", |s: &mut Skills, ctx| s.step_line(-1, ctx)),
    command("skills-rate.right", &["right", "l"], "To how much is there", |s: &mut Skills, _| s.column(true)),
    command("skills-rate.left", &["left", "h"], "To how much the work needs", |s: &mut Skills, _| {
        s.column(false)
    }),
    command("skills-rate.head", &["pagedown", "]"], "To the next head", |s: &mut Skills, _| s.turn_head(1))
        .footer(5, "next head")
        .words("leadership trust learning managing performance"),
    command("skills-rate.head-before", &["pageup", "["], "To the head before", |s: &mut Skills, _| {
        s.turn_head(-1)
    }),
    command("skills-rate.first", &["home", "g g"], "To the first line", |s: &mut Skills, ctx| {
        s.step_line(isize::MIN, ctx)
    }),
    command("skills-rate.last", &["end", "G"], "To the last line", |s: &mut Skills, ctx| {
        s.step_line(isize::MAX, ctx)
    }),
    command("skills-rate.read", &["o"], "Read about this line, and ways to learn it", Skills::read_line)
        .words("meaning guide ways help"),
];

pub(super) const FOUND_ROWS: &[Command<Skills>] = &[
    command("skills-found.open", &["enter"], "To where it is felt, or to the step", Skills::open_found)
        .footer(1, "open")
        .when(|s, ctx| s.in_focus(ctx).is_some()),
    command("skills-found.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("skills-found.way-one", &["1"], "Take up the first way to learn it", |s: &mut Skills, ctx| {
        s.take_up(0, ctx)
    })
    .footer(3, "take it up")
    .when(Skills::on_gap)
    .words("remedy suggestion plan step")
    .changes(),
    command("skills-found.way-two", &["2"], "Take up the second", |s: &mut Skills, ctx| s.take_up(1, ctx))
        .when(Skills::on_gap)
        .changes(),
    command("skills-found.way-three", &["3"], "Take up the third", |s: &mut Skills, ctx| s.take_up(2, ctx))
        .when(Skills::on_gap)
        .changes(),
    command("skills-found.way-four", &["4"], "Take up the fourth", |s: &mut Skills, ctx| s.take_up(3, ctx))
        .when(Skills::on_gap)
        .changes(),
    command("skills-found.way-five", &["5"], "Take up the fifth", |s: &mut Skills, ctx| s.take_up(4, ctx))
        .when(Skills::on_gap)
        .changes(),
    command("skills-found.read", &["o"], "Read what each way is", Skills::read_ways)
        .footer(6, "read the ways")
        .when(|s, ctx| s.term_in_focus(ctx).is_some())
        .words("suggestions meaning help"),
    command("skills-found.board", &["+"], "Put this step on the board of changes", Skills::put_on_board)
        .footer(5, "to the board")
        .words("change revision try")
        .when(|s, ctx| s.on_step(ctx))
        .changes(),
    command("skills-found.connected", &["c"], "To the change that this step serves", Skills::connected)
        .footer(6, "connected")
        .words("link follow change board")
        .when(Skills::is_connected),
    command("skills-found.became", &["t"], "Say what has become of this step", Skills::became)
        .footer(3, "what became of it")
        .when(Skills::on_step)
        .words("done helped remedy")
        .changes(),
    command(
        "skills-found.next",
        &["tab", "shift-tab"],
        "To whose skills, and who says so",
        |s: &mut Skills, _| s.show(Part::Who),
    )
    .footer(5, "rate")
    .words("numbers lines"),
    command(
        "skills-found.right",
        &["right", "l"],
        "What the next side has to learn",
        |s: &mut Skills, ctx| s.turn_side(1, ctx),
    )
    .footer(7, "next side")
    .words("partner whose"),
    command(
        "skills-found.left",
        &["left", "h"],
        "What the side before has to learn",
        |s: &mut Skills, ctx| s.turn_side(-1, ctx),
    ),
    command("skills-found.down", &["down", "j"], "To the next one", |s: &mut Skills, ctx| {
        s.step_found(1, ctx)
    }),
    command("skills-found.up", &["up", "k"], "To the one before", |s: &mut Skills, ctx| {
        s.step_found(-1, ctx)
    }),
    command("skills-found.first", &["home", "g g"], "To the first one", |s: &mut Skills, ctx| {
        s.step_found(isize::MIN, ctx)
    }),
    command("skills-found.last", &["end", "G"], "To the last one", |s: &mut Skills, ctx| {
        s.step_found(isize::MAX, ctx)
    }),
];

impl Skills {
    /// What stands out, or who may begin while nobody has; with a side and a rater, the lines of these.
    pub fn new(at: Option<(PartnerId, Who)>) -> Self {
        let part = if at.is_some() { Part::Rate } else { Part::Who };
        let begun = at.is_some();
        let (side, rater) = at.unwrap_or((PartnerId::us(), Who::side(PartnerId::us())));
        let (raters, line, found) = Default::default();
        Self { part, begun, raters, side, rater, head: 0, line, have: false, found }
    }

    fn show(&mut self, part: Part) -> Outcome {
        self.part = part;
        Outcome::Done
    }

    fn views<'w>(ctx: &Ctx<'w>) -> Vec<RaterView<'w>> {
        ctx.workbook().map(|workbook| views(workbook.all::<Rating>())).unwrap_or_default()
    }
}

/// Our side, then the partners.
fn sides(workbook: &Workbook) -> Vec<PartnerId> {
    let partners = workbook.partners().iter().map(|partner| partner.id.clone());
    std::iter::once(PartnerId::us()).chain(partners).collect()
}

/// What somebody is called beside the skills of a side: their name alone where they are of that side.
fn called(who: Option<&Who>, side: &PartnerId, workbook: &Workbook) -> String {
    let Some(who) = who else { return "nobody noted who".to_owned() };
    match &who.person {
        Some(person) if who.side == *side => {
            let name = workbook.person(person).map_or("", |person| person.name.trim());
            if name.is_empty() { query::who_in_words(workbook, who) } else { name.to_owned() }
        }
        _ => query::who_in_words(workbook, who),
    }
}

/// A line of a list: the row that it is, or none for a heading.
struct Shown {
    row: Option<usize>,
    words: String,
    aside: String,
}

impl Shown {
    fn head(words: impl Into<String>) -> Self {
        Self { row: None, words: words.into(), aside: String::new() }
    }
}

/// Draws a list with headings so that the row in focus is in sight; returns where the cursor belongs.
fn draw_list(shown: &[Shown], focus: usize, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
    let at = shown.iter().position(|line| line.row == Some(focus)).unwrap_or(0);
    let window = List::at(at).window(area.height.into(), shown.len());
    let mut cursor = None;
    for (line, row) in shown.iter().skip(window.start).zip(area.rows()) {
        let Some(n) = line.row else {
            text::put(buf, row, &text::fit(&line.words, row.width), ctx.theme.heading());
            continue;
        };
        let style = if n == focus { ctx.theme.focus() } else { ctx.theme.text() };
        if ctx.linear && !line.aside.is_empty() {
            let words = format!("{}: {}", line.words, line.aside);
            cursor = cursor.or(page::entry(buf, row, &words, style, n == focus));
            continue;
        }
        let aside = text::width(&line.aside);
        let aside = if aside + 12 <= row.width { aside } else { 0 };
        let room = row.width.saturating_sub(aside + 2 + u16::from(aside > 0) * 2);
        cursor = cursor.or(page::entry(buf, row, &text::fit(&line.words, room), style, n == focus));
        if aside > 0 {
            text::put(buf, text::right_of(row, row.width - aside), &line.aside, ctx.theme.quiet());
        }
    }
    cursor
}

impl Layer for Skills {
    fn scope(&self) -> &'static str {
        "skills"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let Some(workbook) = ctx.workbook() else { return vec!["Skills".to_owned()] };
        let mut crumbs = vec![words::or(workbook.title(), "No title yet").to_owned(), "Skills".to_owned()];
        crumbs.push(match self.part {
            Part::Who => "who says so".to_owned(),
            Part::Rate => {
                let side = query::side(workbook, &self.side);
                let rater = called(Some(&self.rater), &self.side, workbook);
                if side == rater { format!("what {side} says") } else { format!("{side}, by {rater}") }
            }
            Part::Found => "what stands out".to_owned(),
        });
        crumbs
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        match self.part {
            Part::Rate => self.lines_said(ctx),
            Part::Who | Part::Found => String::new(),
        }
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        match self.part {
            Part::Who => rows_that_apply(ROWS, self, ctx),
            Part::Rate => rows_that_apply(RATE_ROWS, self, ctx),
            Part::Found => rows_that_apply(FOUND_ROWS, self, ctx),
        }
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        let rows = match self.part {
            Part::Who => ROWS,
            Part::Rate => RATE_ROWS,
            Part::Found => FOUND_ROWS,
        };
        run_by_name(rows, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        if !self.begun {
            self.begun = true;
            let said = Self::views(ctx).iter().any(|view| view.lines() > 0);
            self.part = if said { Part::Found } else { Part::Who };
        }
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let (area, workbook) = (page::page(area), ctx.workbook()?);
        let cursor = match self.part {
            Part::Who => self.draw_who(workbook, area, buf, ctx),
            Part::Rate => self.draw_rate(workbook, area, buf, ctx),
            Part::Found => self.draw_found(workbook, area, buf, ctx),
        };
        cursor.or_else(|| (!area.is_empty()).then(|| page::cursor(area, 0)))
    }
}

#[cfg(test)]
mod tests;
