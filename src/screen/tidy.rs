//! The tidy sheet: what a call, or the jots of a day, leave to do. It goes through the lines in steps; each can be passed
//! over, and every act is an edit at once, so it can be left at any moment and gone on with later.
//!
//! The sheet keeps only which step and which line is in focus. `step` says what the steps are, `promises`, `answers` and
//! `keep` what lines become, `message` is the follow-up message, `draw` the drawing. Start at [`ROWS`], in `rows`; each step
//! adds rows of its own there.

mod answers;
mod draw;
mod keep;
mod left;
mod message;
mod promises;
mod rows;
mod step;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use self::left::Left;
pub(super) use self::rows::ALL_ROWS;
use self::rows::{ROWS, TYPING_ROWS};
use self::step::Step;
use super::form::{Form, FormField};
use super::words::{self, READ_ONLY};
use crate::command::{Ctx, Go, Outcome, Row, rows_that_apply, run_by_name};
use crate::domain::query;
use crate::domain::{Call, Edit, Line, RecordField, RecordId, Tag, TextPlace, Workbook};
use crate::layer::Layer;
use crate::overlay::{Menu, MenuRow};
use crate::widget::field::{Field, Kind, Motion, Verb};
use crate::widget::list::List;

/// The tidy sheet of one call, or of the jots of a day.
#[derive(Debug)]
pub struct Tidy {
    call: Option<RecordId>,
    /// Whether the step has been chosen, which needs a look at the call.
    begun: bool,
    step: Step,
    /// Which line is in focus. Kept by id, since others come and go; where it is gone, the place in the list counts.
    line: Option<RecordId>,
    list: RefCell<List>,
    /// Something was done about a line: when it was the last of its step, the next step comes.
    acting: bool,
    /// Where this sheet and others were left.
    left: Left,
    form: Form,
    /// The follow-up message.
    field: Field,
    /// Whether it is written in.
    writing: bool,
    /// Whether what it shows is the draft, which stands nowhere yet.
    drafted: bool,
}

/// An edit that puts a line in place of itself.
fn put_line(call: &Call, line: Line) -> Edit {
    Edit::SetLine { call: call.id.clone(), line }
}

/// There is nothing more to do about a line.
fn done(call: &Call, line: &Line) -> Edit {
    put_line(call, Line { done: true, ..line.clone() })
}

/// There is nothing more to do about any line.
fn all_be(call: &Call, ctx: &Ctx<'_>) -> Outcome {
    let edits = query::let_be(call);
    let said = words::let_be(&edits, ctx);
    Outcome::All(vec![Outcome::Edits(edits), Outcome::Say(said)])
}

impl Tidy {
    /// The sheet of a call, or of the latest with something left where none is given.
    pub fn new(call: Option<RecordId>) -> Self {
        Self {
            call,
            begun: false,
            step: Step::Tags,
            line: None,
            list: RefCell::default(),
            acting: false,
            left: Left::default(),
            form: Form::default(),
            field: Field::new(Kind::Prose),
            writing: false,
            drafted: true,
        }
    }

    /// The same, gone on with where it was left.
    pub fn left_at(self, left: &Left) -> Self {
        Self { left: left.clone(), ..self }
    }

    fn call<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Call> {
        ctx.workbook()?.call(self.call.as_ref()?)
    }

    /// The lines of the step, and which of them is in focus.
    fn lines<'a>(&self, ctx: &Ctx<'a>) -> (Vec<&'a Line>, usize) {
        let lines = self.call(ctx).map(|call| self.step.lines(call)).unwrap_or_default();
        let mut list = self.list.borrow_mut();
        if let Some(place) = lines.iter().position(|line| Some(&line.id) == self.line.as_ref()) {
            list.set(place);
        }
        let focus = list.focus(lines.len());
        (lines, focus)
    }

    /// The line in focus, with its call.
    fn at_line<'a>(&self, ctx: &Ctx<'a>) -> Option<(&'a Call, &'a Line, &'a Workbook)> {
        let (lines, focus) = self.lines(ctx);
        Some((self.call(ctx)?, *lines.get(focus)?, ctx.workbook()?))
    }

    /// Whether something can be done about a line.
    fn can(&self, ctx: &Ctx<'_>) -> bool {
        ctx.writable && self.at_line(ctx).is_some()
    }

    fn turned(&self, line: &RecordId) -> Option<usize> {
        self.left.who(line)
    }

    fn enter(&mut self, step: Step, ctx: &Ctx<'_>) -> Outcome {
        self.step = step;
        if let Some(call) = &self.call {
            self.left.set_step(call, step);
        }
        self.line = None;
        self.list.get_mut().set(0);
        self.writing = false;
        self.form.stop();
        self.form.rest_at(0);
        self.fill(ctx);
        self.field.set_caret(0);
        Outcome::Done
    }

    fn next_step(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.call(ctx).and_then(|call| self.step.next(call)) {
            Some(step) => self.enter(step, ctx),
            None => Outcome::Say("This is the last step.".to_owned()),
        }
    }

    fn has_next(&self, ctx: &Ctx<'_>) -> bool {
        self.call(ctx).is_some_and(|call| self.step.next(call).is_some())
    }

    fn step_before(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.call(ctx).and_then(|call| self.step.before(call)) {
            Some(step) => self.enter(step, ctx),
            None if self.step == Step::Tags => Outcome::Say("This is the first step.".to_owned()),
            None => Outcome::Say("No step before this one has anything in it.".to_owned()),
        }
    }

    fn by(&mut self, rows: isize, ctx: &Ctx<'_>) -> Outcome {
        match self.step {
            Step::Next => self.form.step(rows, self.fields(ctx).len()),
            Step::Message => self.scroll(match rows {
                isize::MIN => Motion::TextStart,
                isize::MAX => Motion::TextEnd,
                rows if rows < 0 => Motion::Up,
                _ => Motion::Down,
            }),
            _ => {
                let len = self.lines(ctx).0.len();
                self.list.get_mut().by(rows, len);
                self.follow(ctx);
            }
        }
        Outcome::Done
    }

    fn by_pages(&mut self, pages: isize, ctx: &Ctx<'_>) -> Outcome {
        if self.step == Step::Message {
            self.scroll(if pages > 0 { Motion::PageDown } else { Motion::PageUp });
            return Outcome::Done;
        }
        let len = self.lines(ctx).0.len();
        self.list.get_mut().by_pages(pages, len);
        self.follow(ctx);
        Outcome::Done
    }

    /// The message scrolls with its caret.
    fn scroll(&mut self, motion: Motion) {
        // moving never makes a text too long
        let _ = self.field.act(Verb::Move(motion));
    }

    /// The line at the place of the focus is the one in focus from now on.
    fn follow(&mut self, ctx: &Ctx<'_>) {
        self.line = None;
        let (lines, focus) = self.lines(ctx);
        self.line = lines.get(focus).map(|line| line.id.clone());
    }

    fn let_be(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some((call, line, _)) = self.at_line(ctx) else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        self.acting = true;
        if self.step == Step::Questions {
            let kept = put_line(call, Line { kept: true, ..line.clone() });
            let said = "It stays to be asked, and belongs to no question here.".to_owned();
            return Outcome::All(vec![Outcome::Edit(kept), Outcome::Say(said)]);
        }
        Outcome::Edit(done(call, line))
    }

    fn let_all_be(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(call) = self.call(ctx) else { return Outcome::Unused };
        self.acting = true;
        all_be(call, ctx)
    }

    fn go_to_line(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some((call, line, _)) = self.at_line(ctx) else { return Outcome::Unused };
        Outcome::Go(Go::Place(TextPlace::Line(call.id.clone(), line.id.clone())))
    }

    fn tag(&mut self, tag: Tag, ctx: &Ctx<'_>) -> Outcome {
        let Some((call, line, _)) = self.at_line(ctx) else { return Outcome::Unused };
        self.acting = true;
        Outcome::Edit(put_line(call, Line { tag: Some(tag), ..line.clone() }))
    }

    fn turn_private(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some((call, line, _)) = self.at_line(ctx) else { return Outcome::Unused };
        let private = !line.private;
        let said =
            if private { "Private: no message or document takes it." } else { "Not private any more." };
        let edit = put_line(call, Line { private, ..line.clone() });
        Outcome::All(vec![Outcome::Edit(edit), Outcome::Say(said.to_owned())])
    }

    /// The tags to choose from, for whoever does not know the letters yet.
    fn choose_tag(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some((call, line, _)) = self.at_line(ctx) else { return Outcome::Unused };
        self.acting = true;
        let rows = Tag::ALL.into_iter().map(|tag| {
            let edit = put_line(call, Line { tag: Some(tag), ..line.clone() });
            MenuRow::new(Some(tag.letter()), words::capital(tag.words()), "", Outcome::Edit(edit))
        });
        let be = MenuRow::new(Some('o'), "Let it be", "", Outcome::Edit(done(call, line)));
        let left = words::count(call.to_tidy(), "line", "lines");
        let all = all_be(call, ctx);
        let all = MenuRow::new(Some('O'), "Let all the lines be", format!("{left} left"), all);
        Outcome::Open(Box::new(Menu::new("What is it?", rows.chain([be, all]).collect())))
    }

    /// When to be in touch again, and how it felt.
    fn fields(&self, ctx: &Ctx<'_>) -> Vec<FormField> {
        let Some(call) = self.call(ctx) else { return Vec::new() };
        let (head, now) = (call.head(), call.follow_up);
        let set = move |follow_up| Edit::SetRecord(Box::new(Call { follow_up, ..head.clone() }.into()));
        let mood = TextPlace::Record(call.id.clone(), RecordField::Mood);
        vec![
            FormField::day("In touch again", now, set),
            FormField::text("How it felt", "in a word: easy, tense, warm, tired", mood),
        ]
    }

    fn edit_next(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let fields = self.fields(ctx);
        self.form.open(&fields, ctx)
    }

    fn stop(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.form.stop();
        if self.writing {
            self.writing = false;
            self.fill(ctx);
        }
        Outcome::Done
    }

    fn accept(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.form.stop();
        self.next_step(ctx)
    }

    /// Shows the message as it stands in its field.
    fn fill(&mut self, ctx: &Ctx<'_>) {
        let Some((call, workbook)) = self.call(ctx).zip(ctx.workbook()) else { return };
        if self.step == Step::Message {
            // a lone space is not yet a person's own wording
            self.drafted = call.message.trim().is_empty();
            self.field.set_text(&message::of(call, workbook, ctx).text);
        }
    }

    fn is_typing(&self) -> bool {
        self.writing || self.form.is_typing()
    }

    /// Finds the call where none was given, and the step to begin at.
    fn begin(&mut self, ctx: &Ctx<'_>) {
        let Some(workbook) = ctx.workbook() else { return };
        if self.call(ctx).is_none() {
            let untidy = query::to_tidy(workbook).first().map(|untidy| untidy.call);
            let talks = workbook.calls().iter().filter(|call| !call.is_jots() && !call.is_running());
            let last = || talks.max_by_key(|call| call.started);
            self.call = untidy.or_else(last).map(|call| call.id.clone());
        }
        if let Some(call) = self.call(ctx) {
            self.begun = true;
            self.enter(Step::again(call, self.left.step(&call.id)), ctx);
        }
    }
}

/// What a call is called: "City Museum, 14 March".
pub(super) fn called(call: &Call, workbook: &Workbook, ctx: &Ctx<'_>) -> String {
    let day = words::day(call.on, ctx.today());
    match query::call_with(call, workbook) {
        _ if call.is_jots() => format!("Jotted {day}"),
        Some(who) => format!("{who}, {day}"),
        None => format!("A call, {day}"),
    }
}

impl Layer for Tidy {
    fn scope(&self) -> &'static str {
        "tidy"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let Some(workbook) = ctx.workbook() else { return vec!["To tidy".to_owned()] };
        let mut crumbs = vec![words::or(workbook.title(), "No title yet").to_owned(), "To tidy".to_owned()];
        crumbs.extend(self.call(ctx).map(|call| called(call, workbook, ctx)));
        crumbs
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        match self.call(ctx).map(Call::to_tidy) {
            None => String::new(),
            Some(0) => "all tidy".to_owned(),
            Some(left) => format!("{left} left"),
        }
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        if self.is_typing() {
            return rows_that_apply(TYPING_ROWS, self, ctx);
        }
        let mut rows = rows_that_apply(self.step_rows(), self, ctx);
        rows.extend(rows_that_apply(ROWS, self, ctx));
        rows
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        let tables = if self.is_typing() { [TYPING_ROWS, &[]] } else { [self.step_rows(), ROWS] };
        tables.into_iter().find_map(|rows| run_by_name(rows, self, name, ctx)).unwrap_or(Outcome::Unused)
    }

    fn letter(&mut self, letter: char, ctx: &Ctx<'_>) -> Option<Outcome> {
        let n = usize::try_from(letter.to_digit(10)?).ok()?.checked_sub(1)?;
        let step = Step::all(self.call(ctx)?).get(n)?;
        Some(self.enter(*step, ctx))
    }

    fn field(&mut self) -> Option<&mut Field> {
        if self.writing { Some(&mut self.field) } else { self.form.field() }
    }

    fn place(&self) -> Option<TextPlace> {
        if !self.writing {
            return self.form.place();
        }
        let message = self.call.clone().map(|call| TextPlace::Record(call, RecordField::Message));
        message.filter(|_| !self.drafted)
    }

    fn typed(&mut self, ctx: &Ctx<'_>) -> Outcome {
        message::typed(self, ctx)
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        if !self.begun || self.call(ctx).is_none() {
            self.begin(ctx);
            return;
        }
        self.form.sync(ctx);
        self.writing &= ctx.writable;
        self.fill(ctx);
        if std::mem::take(&mut self.acting)
            && let Some(call) = self.call(ctx)
            && self.step.is_owed()
            && self.step.left(call) == 0
            && let Some(next) = self.step.next(call)
        {
            self.enter(next, ctx);
        }
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}
