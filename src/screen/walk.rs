//! The review walk: getting ready for it, and looking back on it one thing at a time. No screen comes on the walk itself.
//!
//! Every step can be passed over and every act is an edit at once, so it can be left at any moment; it goes on at the first
//! step that says nothing yet. A walk that was moved is never one that was missed. `step` says what the steps are, `fields`
//! what each asks, `adds` what is set down beside it, `draw` the drawing. Start at [`ROWS`].

mod adds;
mod draw;
mod fields;
mod step;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::step::Step;
use super::form::{Form, FormField};
use super::words::{self, READ_ONLY};
use super::{prompts, pulse};
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::{Edit, PartnerId, RecordId, TextPlace, Walk, WalkMode};
use crate::export::{self, walk as letters};
use crate::layer::Layer;
use crate::order::InOrder;
use crate::widget::field::Field;

/// One walk, and where one is in it.
#[derive(Debug)]
pub struct WalkScreen {
    walk: Option<RecordId>,
    /// Whether the step has been chosen, which needs a look at the walk.
    begun: bool,
    step: Step,
    form: Form,
    /// It has just been said that it was held: looking back comes next.
    held: bool,
}

pub(super) const ROWS: &[Command<WalkScreen>] = &[
    command("walk.edit", &["enter"], "Write, choose or open what is in focus", WalkScreen::edit)
        .footer(1, "open")
        .words("edit type change set"),
    command(
        "walk.next-step",
        &["tab"],
        "To the next step; what is blank stays for later",
        WalkScreen::next_step,
    )
    .footer(3, "next step")
    .when(WalkScreen::has_walk)
    .words("skip later"),
    command("walk.step-before", &["shift-tab"], "To the step before", WalkScreen::step_before)
        .when(WalkScreen::has_walk),
    command("walk.back", &["esc"], "Leave; it goes on where something is still blank", |_, _| Outcome::Back)
        .footer(2, "back"),
    command("walk.add", &["a"], "Add a promise, a hard thing or a change", adds::add)
        .footer(5, "add")
        .words("new promise hard raised change revise")
        .when(|s, ctx| s.walk(ctx).is_some() && s.step.adds())
        .changes(),
    command(
        "walk.connected",
        &["c"],
        "To what this is connected with; Esc comes back",
        WalkScreen::connected,
    )
    .footer(6, "connected")
    .words("link follow go change hard thing promise")
    .when(|s, ctx| s.way(ctx).is_some()),
    command("walk.move", &["m"], "Move it to another day; the day before is kept", WalkScreen::move_it)
        .footer(6, "move")
        .words("postpone rain reschedule another day")
        .when(|s, ctx| s.walk(ctx).is_some_and(|walk| !walk.is_held()))
        .changes(),
    command("walk.held", &["D"], "It was held: say when, and look back", WalkScreen::hold)
        .footer(5, "held")
        .words("done happened debrief")
        .when(|s, ctx| s.walk(ctx).is_some_and(|walk| !walk.is_held()))
        .changes(),
    command("walk.draft", &["r"], "Draft the message anew from what stands here", WalkScreen::draft)
        .footer(7, "draft")
        .words("invitation message heard write")
        .when(|s, ctx| s.walk(ctx).is_some() && s.step.has_letter())
        .changes(),
    command("walk.copy", &["y"], "Copy the message, to be sent", WalkScreen::copy)
        .footer(6, "copy")
        .words("clipboard send mail invitation")
        .when(|s, ctx| s.walk(ctx).is_some() && s.step.has_letter()),
    command("walk.papers", &["K"], "Pocket card, invitation, what we heard, record", WalkScreen::papers)
        .words("print card export document record"),
    command("walk.plan", &["A"], "Plan another walk", WalkScreen::plan)
        .words("new next joint review")
        .changes(),
    command("walk.other", &["]"], "To the next walk", |s: &mut WalkScreen, ctx| s.turn(ctx, 1))
        .when(WalkScreen::has_walk),
    command("walk.other-before", &["["], "To the walk before", |s: &mut WalkScreen, ctx| s.turn(ctx, -1))
        .when(WalkScreen::has_walk),
    command("walk.questions", &["o"], "To the questions of reviewing", |_, _| {
        Outcome::Go(Go::Aspect("reviewing".to_owned()))
    })
    .words("aspect guidance read"),
    command("walk.down", &["down", "j"], "To the next field", |s: &mut WalkScreen, ctx| s.by(1, ctx)),
    command("walk.up", &["up", "k"], "To the field before", |s: &mut WalkScreen, ctx| s.by(-1, ctx)),
    command("walk.first", &["home", "g g"], "To the first field", |s: &mut WalkScreen, ctx| {
        s.by(isize::MIN, ctx)
    }),
    command("walk.last", &["end", "G"], "To the last field", |s: &mut WalkScreen, ctx| s.by(isize::MAX, ctx)),
];

/// The rows while something is typed.
pub(super) const TYPING_ROWS: &[Command<WalkScreen>] = &[
    command("walk-typing.stop", &["esc"], "Stop typing; what is typed stays", |s: &mut WalkScreen, _| {
        s.form.stop();
        Outcome::Done
    })
    .footer(2, "stop typing, then ?"),
    command("walk-typing.accept", &["enter"], "Keep it and go on", WalkScreen::on)
        .footer(1, "next")
        .when(|s, _| !s.form.is_prose()),
    command(
        "walk-typing.next",
        &["tab"],
        "To the next field, and after the last to the next step",
        WalkScreen::on,
    )
    .footer(3, "next"),
];

/// Whether a field is that of a message which nobody has worded yet.
fn is_blank_letter(walk: &Walk, field: Option<&FormField>) -> bool {
    match field.map(|field| field.label) {
        Some(fields::INVITATION) => walk.invitation.trim().is_empty(),
        Some(fields::MESSAGE) => walk.message.trim().is_empty(),
        _ => false,
    }
}

fn set(walk: Walk) -> Edit {
    Edit::SetRecord(Box::new(walk.into()))
}

impl WalkScreen {
    /// A walk; where none is given the next that is to come, or else the last.
    pub fn new(walk: Option<RecordId>) -> Self {
        Self { walk, begun: false, step: Step::Prepare, form: Form::at(0), held: false }
    }

    fn walk<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Walk> {
        let id = self.walk.as_ref()?;
        ctx.workbook()?.all::<Walk>().iter().find(|walk| walk.id == *id)
    }

    fn has_walk(&self, ctx: &Ctx<'_>) -> bool {
        self.walk(ctx).is_some()
    }

    /// All walks, by day; those without one last.
    fn all<'a>(ctx: &Ctx<'a>) -> Vec<&'a Walk> {
        let mut all: Vec<&Walk> =
            ctx.workbook().map(|w| w.all::<Walk>().iter().collect()).unwrap_or_default();
        all.order_by_key(|walk| (pulse::day_of(walk).is_none(), pulse::day_of(walk)));
        all
    }

    /// The walk in front: the last that was held and not looked back on, or else the next to come, or else the last.
    fn begin(&mut self, ctx: &Ctx<'_>) {
        let all = Self::all(ctx);
        if self.walk(ctx).is_none() {
            let unfinished = all.iter().rev().find(|walk| walk.is_held() && walk.debriefed.is_none());
            let to_come = || all.iter().find(|walk| !walk.is_held());
            self.walk = unfinished.or_else(to_come).or(all.last()).map(|walk| walk.id.clone());
        }
        if let Some(walk) = self.walk(ctx) {
            self.begun = true;
            self.enter(Step::again(walk, ctx));
        }
    }

    fn enter(&mut self, step: Step) -> Outcome {
        self.step = step;
        self.form.stop();
        self.form.rest_at(0);
        Outcome::Done
    }

    fn next_step(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if let Some(next) = self.step.next() {
            return self.enter(next);
        }
        self.form.stop();
        let Some(walk) = self.walk(ctx).filter(|walk| ctx.writable && walk.is_held()) else {
            return Outcome::Say("This is the last step.".to_owned());
        };
        if walk.debriefed.is_some() {
            return Outcome::Say("This is the last step.".to_owned());
        }
        let done = Walk { debriefed: Some(ctx.today()), ..walk.clone() };
        let said = "Looked back on, today. Every step can still be changed.".to_owned();
        Outcome::All(vec![Outcome::Edit(set(done)), Outcome::Say(said)])
    }

    fn step_before(&mut self, _: &Ctx<'_>) -> Outcome {
        match self.step.before() {
            Some(step) => self.enter(step),
            None => Outcome::Say("This is the first step.".to_owned()),
        }
    }

    fn by(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let fields = self.fields(ctx).len();
        self.form.step(by, fields);
        Outcome::Done
    }

    /// From a field that is typed in to the next, or on to the next step.
    fn on(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let fields = self.fields(ctx);
        let Some(next) = self.form.focus().map(|n| n + 1).filter(|next| *next < fields.len()) else {
            return self.next_step(ctx);
        };
        if self.walk(ctx).is_some_and(|walk| is_blank_letter(walk, fields.get(next))) {
            // it is not typed in from nothing: where it is opened, the draft stands in it
            self.form.stop();
            self.form.rest_at(next);
            return Outcome::Done;
        }
        self.form.turn(1, &fields, ctx)
    }

    fn edit(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(walk) = self.walk(ctx) else { return self.plan(ctx) };
        if ctx.writable && self.is_at_blank_letter(walk, ctx) {
            // the words that are drafted stand there to be changed
            let drafted = Outcome::Edit(set(self.drafted(walk, ctx)));
            return Outcome::All(vec![drafted, Outcome::Run("walk.edit")]);
        }
        let fields = self.fields(ctx);
        self.form.open(&fields, ctx)
    }

    /// Where one gets from the field in focus.
    fn way(&self, ctx: &Ctx<'_>) -> Option<Go> {
        self.form.way(&self.fields(ctx)).cloned()
    }

    fn connected(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.way(ctx).map_or(Outcome::Unused, Outcome::Go)
    }

    /// Whether the field in focus is that of a message which nobody has worded yet.
    fn is_at_blank_letter(&self, walk: &Walk, ctx: &Ctx<'_>) -> bool {
        let fields = self.fields(ctx);
        is_blank_letter(walk, self.form.focus().and_then(|n| fields.get(n)))
    }

    /// The walk with the message of this step as it is drafted.
    fn drafted(&self, walk: &Walk, ctx: &Ctx<'_>) -> Walk {
        let mut walk = walk.clone();
        let Some(workbook) = ctx.workbook() else { return walk };
        let subject = export::Subject::new(workbook, ctx.content, ctx.today());
        if self.step == Step::Prepare {
            walk.invitation = letters::drafted_invitation(&subject, &walk);
        } else {
            walk.message = letters::drafted_heard(&subject, &walk);
        }
        walk
    }

    fn draft(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(walk) = self.walk(ctx) else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let said = "Drafted from what stands here; it is yours to change.".to_owned();
        Outcome::All(vec![Outcome::Edit(set(self.drafted(walk, ctx))), Outcome::Say(said)])
    }

    fn copy(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let (Some(walk), Some(workbook)) = (self.walk(ctx), ctx.workbook()) else { return Outcome::Unused };
        let subject = export::Subject::new(workbook, ctx.content, ctx.today());
        Outcome::Copy(if self.step == Step::Prepare {
            letters::invitation_text(&subject, walk)
        } else {
            letters::heard_text(&subject, walk)
        })
    }

    fn papers(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let held = self.walk(ctx).is_some_and(Walk::is_held);
        Outcome::Go(Go::Document(match (held, self.step) {
            (false, _) => "pocket-card",
            (true, Step::ToTell) => "what-we-heard",
            (true, _) => "walk-record",
        }))
    }

    fn move_it(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(walk) = self.walk(ctx) else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let (walk, today, draft) = (walk.clone(), ctx.today(), ctx.keymap.shown("walk.draft"));
        prompts::day("Moved to which day?", walk.planned, today, move |day| {
            let edit = Outcome::Edit(set(walk.clone().moved_to(day)));
            let said = day.map_or_else(
                || "Moved; there is no day for it yet.".to_owned(),
                |day| format!("Moved to {}. It is not missed.", words::weekday(day, today)),
            );
            // words that were there before say the day before
            let worded = !walk.invitation.trim().is_empty();
            let said = if worded { format!("{said} {draft} drafts the invitation anew.") } else { said };
            Outcome::All(vec![edit, Outcome::Say(said)])
        })
    }

    fn hold(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(walk) = self.walk(ctx) else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        self.held = true;
        let (walk, today) = (walk.clone(), ctx.today());
        let day = walk.planned.filter(|planned| *planned <= today).unwrap_or(today);
        prompts::happened("Held on which day?", Some(day), today, move |held| {
            Outcome::Edit(set(Walk { held, ..walk.clone() }))
        })
    }

    /// A new walk with everybody who takes part, opened at its first field.
    fn plan(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let partners = workbook.partners().iter().map(|partner| partner.id.clone());
        let sides = std::iter::once(PartnerId::us()).chain(partners).collect();
        let last = Self::all(ctx).into_iter().rfind(|walk| walk.is_held());
        let walk = Walk {
            sides,
            mode: last.map_or(WalkMode::Walk, |last| last.mode),
            planned: last.and_then(|last| last.next).filter(|next| *next >= ctx.today()),
            reach: last.map(|last| last.reach.clone()).unwrap_or_default(),
            ..Walk::new(ctx.ids.record())
        };
        self.walk = Some(walk.id.clone());
        self.begun = true;
        self.enter(Step::Prepare);
        Outcome::Edit(Edit::AddRecord { record: Box::new(walk.into()), place: usize::MAX })
    }

    fn turn(&mut self, ctx: &Ctx<'_>, by: isize) -> Outcome {
        let all = Self::all(ctx);
        let at = all.iter().position(|walk| Some(&walk.id) == self.walk.as_ref()).unwrap_or(0);
        match at.checked_add_signed(by).and_then(|at| all.get(at)) {
            Some(walk) => {
                self.walk = Some(walk.id.clone());
                self.enter(Step::again(walk, ctx))
            }
            None if by > 0 => Outcome::Say("This is the last walk.".to_owned()),
            None => Outcome::Say("This is the first walk.".to_owned()),
        }
    }
}

impl Layer for WalkScreen {
    fn scope(&self) -> &'static str {
        "walk"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| words::or(workbook.title(), "No title yet"));
        vec![title.to_owned(), "Review walk".to_owned()]
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        let all = Self::all(ctx);
        let at = all.iter().position(|walk| Some(&walk.id) == self.walk.as_ref());
        match at {
            Some(at) if all.len() > 1 => format!("walk {} of {}", at + 1, all.len()),
            _ => String::new(),
        }
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        let rows = if self.form.is_typing() { TYPING_ROWS } else { ROWS };
        rows_that_apply(rows, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        let rows = if self.form.is_typing() { TYPING_ROWS } else { ROWS };
        run_by_name(rows, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn letter(&mut self, letter: char, _: &Ctx<'_>) -> Option<Outcome> {
        let n = usize::try_from(letter.to_digit(10)?).ok()?.checked_sub(1)?;
        let step = Step::ALL.get(n).copied().filter(|_| self.walk.is_some())?;
        Some(self.enter(step))
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.form.field()
    }

    fn place(&self) -> Option<TextPlace> {
        self.form.place()
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        if !self.begun || self.walk(ctx).is_none() {
            self.begin(ctx);
            return;
        }
        self.form.sync(ctx);
        if self.walk(ctx).is_some_and(Walk::is_held) && std::mem::take(&mut self.held) {
            self.enter(Step::Surprised);
        }
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}
