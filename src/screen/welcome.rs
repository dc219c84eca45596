//! Welcome back: how things stand for somebody who comes back, on one screen, and four equal ways to go on.
//!
//! It comes first when what is opened rests or has not been touched for a month, and lies over the place where the person
//! was, so that leaving it leads there. What it says comes from [`welcome`](crate::domain::query::welcome). Start at
//! [`CHOICES`].

mod draw;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::words::{self, READ_ONLY};
use crate::command::{Command, Ctx, Go, NewCall, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query::{self, Welcome as Sheet};
use crate::domain::{Edit, PartnershipState, QuestionId, StateChange, VoiceKey, Workbook};
use crate::layer::Layer;
use crate::overlay::{Menu, MenuRow};
use crate::widget::list::List;

/// How things stand for somebody who comes back.
#[derive(Debug)]
pub struct Welcome {
    /// The day of the last change before this visit, where it is known.
    changed: Option<Date>,
    /// Where the person was.
    was: Option<(QuestionId, Option<VoiceKey>)>,
    /// The choice in focus.
    list: List,
    /// Lines above the window, and the most that can be, when it was last drawn.
    top: Cell<usize>,
    last_top: Cell<usize>,
    page: Cell<usize>,
    /// Whether texts were cut when it was last drawn, and whether the person has asked for all of them.
    cut: Cell<bool>,
    whole: bool,
}

/// A way to go on.
struct Choice {
    command: &'static str,
    label: &'static str,
}

const CHOICES: &[Choice] = &[
    Choice { command: RESUME, label: "Resume" },
    Choice { command: "welcome.start-over", label: "Start over" },
    Choice { command: "welcome.call", label: "Call first" },
    Choice { command: "welcome.end", label: "End" },
];

const RESUME: &str = "welcome.resume";

impl Choice {
    /// What it is called. What does not rest cannot be resumed, only gone on with.
    fn label(&self, sheet: &Sheet<'_>) -> &'static str {
        if self.command == RESUME && sheet.resumed == sheet.state { "Go on" } else { self.label }
    }
}

pub(super) const ROWS: &[Command<Welcome>] = &[
    command("welcome.choose", &["enter"], "Go on in the way in focus", Welcome::choose).footer(1, "choose"),
    command("welcome.back", &["esc"], "Leave this sheet; nothing is changed", |_, _| Outcome::Back)
        .footer(2, "leave it for now"),
    command("welcome.right", &["right", "l", "tab"], "To the next way to go on", |s: &mut Welcome, _| {
        s.step(1)
    })
    .footer(3, "next"),
    command("welcome.left", &["left", "h", "shift-tab"], "To the way before", |s: &mut Welcome, _| {
        s.step(-1)
    }),
    command(RESUME, &["1"], "Resume, or go on, where it was", |_, ctx| resume(ctx))
        .words("take up again continue active"),
    command("welcome.start-over", &["2"], "Start over from a stage", |_, ctx| start_over(ctx))
        .words("reset reopen"),
    command("welcome.call", &["3"], "Call first, decide later", |s: &mut Welcome, ctx| s.call_first(ctx))
        .words("ring phone"),
    command("welcome.end", &["4"], "End it, in good order", |_, ctx| ask_end(ctx)).words("close stop over"),
    command("welcome.down", &["down", "j"], "Read on by a line", |s: &mut Welcome, _| s.scroll(1)),
    command("welcome.up", &["up", "k"], "Go back by a line", |s: &mut Welcome, _| s.scroll(-1)),
    command("welcome.page-down", &["pagedown"], "Read on by a page", |s: &mut Welcome, _| s.scroll_page(1)),
    command("welcome.page-up", &["pageup"], "Go back by a page", |s: &mut Welcome, _| s.scroll_page(-1)),
    command("welcome.first", &["home"], "To the top", |s: &mut Welcome, _| s.scroll(isize::MIN)),
    command("welcome.last", &["end", "G"], "To the end", |s: &mut Welcome, _| s.scroll(isize::MAX)),
];

/// Takes the partnership up again, in the state that it had before it rested, and leads back to where the person was.
/// Where nothing rests, it only leads back.
fn resume(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    let state = query::resumed(workbook);
    if state == workbook.state() {
        return Outcome::Back;
    }
    if !ctx.writable {
        return Outcome::Say(READ_ONLY.to_owned());
    }
    let change = StateChange::to(state, ctx.today());
    Outcome::All(vec![Outcome::Back, Outcome::Edit(Edit::ChangeState(change))])
}

fn start_over(ctx: &Ctx<'_>) -> Outcome {
    if ctx.writable { Outcome::Run("global.start-over") } else { Outcome::Say(READ_ONLY.to_owned()) }
}

/// Asks how far it has come to an end.
fn ask_end(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    if !ctx.writable {
        return Outcome::Say(READ_ONLY.to_owned());
    }
    let (today, at) = (ctx.today(), workbook.partnership().log().len());
    let to = |state: PartnershipState| {
        let change = Outcome::Edit(Edit::ChangeState(StateChange::to(state, today)));
        Outcome::All(vec![change, Outcome::Go(Go::States(Some(at)))])
    };
    let mut rows = Vec::new();
    if workbook.state() != PartnershipState::Ending {
        rows.push(MenuRow::new(
            Some('w'),
            "Wind it up, step by step",
            "",
            // announcing it there changes the state, with the reasons that are written once
            Outcome::Go(Go::Ending),
        ));
    }
    if workbook.state() != PartnershipState::Ended {
        rows.push(MenuRow::new(Some('o'), "It is over", "ended", to(PartnershipState::Ended)));
    }
    let ending = Outcome::Go(Go::Aspect("ending".to_owned()));
    rows.push(MenuRow::new(Some('r'), "Read first what belongs to an ending", "", ending));
    rows.push(MenuRow::new(None, "Leave it as it is", "Esc", Outcome::Done));
    let last = rows.len() - 1;
    Outcome::Open(Box::new(Menu::new("How shall it end?", rows).focused(last)))
}

impl Welcome {
    /// The sheet. `changed` is the day of the last change before this visit, `was` the question where the person was.
    pub fn new(changed: Option<Date>, was: Option<(QuestionId, Option<VoiceKey>)>) -> Self {
        Self {
            changed,
            was,
            list: List::default(),
            top: Cell::new(0),
            last_top: Cell::new(0),
            page: Cell::new(1),
            cut: Cell::new(false),
            whole: false,
        }
    }

    fn sheet<'a>(&self, workbook: &'a Workbook, ctx: &Ctx<'a>) -> Sheet<'a> {
        query::welcome(workbook, ctx.content, self.changed, ctx.today())
    }

    fn step(&mut self, by: isize) -> Outcome {
        let len = CHOICES.len();
        self.list.set((self.list.focus(len) + len).saturating_add_signed(by) % len);
        Outcome::Done
    }

    fn scroll(&mut self, by: isize) -> Outcome {
        // reading on first shows in full what was cut so that all would fit
        self.whole |= by > 0 && self.cut.get();
        self.top.set(self.top.get().saturating_add_signed(by).min(self.last_top.get()));
        Outcome::Done
    }

    fn scroll_page(&mut self, pages: isize) -> Outcome {
        let page = isize::try_from(self.page.get().max(2)).unwrap_or(isize::MAX) - 1;
        self.scroll(pages.saturating_mul(page))
    }

    fn choose(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(choice) = CHOICES.get(self.list.focus(CHOICES.len())) else { return Outcome::Unused };
        run_by_name(ROWS, self, choice.command, ctx).unwrap_or(Outcome::Unused)
    }

    /// A call with whoever is to be rung first; the one that goes on, where one does.
    fn call_first(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let contact = self.sheet(workbook, ctx).contact.filter(|_| ctx.talks.is_empty());
        match contact {
            Some(contact) => {
                let partner = Some(contact.partner.clone());
                Outcome::Go(Go::NewCall(NewCall { partner, ..NewCall::default() }))
            }
            None => Outcome::Go(Go::Call { call: None, line: None }),
        }
    }

    /// What the choice in focus does, in a sentence.
    fn about(&self, sheet: &Sheet<'_>) -> String {
        let resumed = sheet.resumed.word().to_lowercase();
        match CHOICES.get(self.list.focus(CHOICES.len())).map(|choice| choice.command) {
            Some(RESUME) if sheet.state == sheet.resumed => "Goes back; nothing is written.".to_owned(),
            Some(RESUME) => format!("It is {resumed} again from today, and goes on where it was."),
            Some("welcome.start-over") => "Choose the questions to open again; every word stays.".to_owned(),
            Some("welcome.call") => "Talk to them before anything is decided.".to_owned(),
            Some("welcome.end") => "Wind it up in good order, or write down that it is over.".to_owned(),
            _ => String::new(),
        }
    }
}

impl Layer for Welcome {
    fn scope(&self) -> &'static str {
        "welcome"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let workbook = ctx.workbook().map(|workbook| words::or(workbook.title(), "No title yet").to_owned());
        workbook.into_iter().chain(["Welcome back".to_owned()]).collect()
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
        draw::draw(self, area, buf, ctx)
    }
}
