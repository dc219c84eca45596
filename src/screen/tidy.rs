//! The tidy sheet: what a call, or the jots of a day, leave to do. It goes through the lines in steps; each can be passed
//! over, and every act is an edit at once, so it can be left at any moment and gone on with later.
//!
//! The sheet keeps only which step and which line is in focus. `step` says what the steps are, `promises`, `answers` and
//! `keep` what lines become, `message` is the follow-up message, `draw` the drawing. Start at [`ROWS`]; each step adds
//! the rows of its own.

mod answers;
mod draw;
mod keep;
mod message;
mod promises;
mod step;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::step::Step;
use super::form::{Form, FormField};
use super::words::{self, READ_ONLY};
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
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
    /// Who promises in a line, as a person turned it: a place among those between whom it can be.
    who: Option<(RecordId, usize)>,
    form: Form,
    /// The follow-up message.
    field: Field,
    /// Whether it is written in.
    writing: bool,
    /// Whether what it shows is the draft, which stands nowhere yet.
    drafted: bool,
}

const ROWS: &[Command<Tidy>] = &[
    command("tidy.next-step", &["tab"], "To the next step; what is left stays for later", Tidy::next_step)
        .footer(3, "next step")
        .words("skip later"),
    command("tidy.step-before", &["shift-tab"], "To the step before", Tidy::step_before),
    command("tidy.back", &["esc"], "Leave the sheet; it goes on where it was left", |_, _| Outcome::Back)
        .footer(2, "back"),
    command("tidy.let-be", &["o"], "Let the line be: there is nothing to do about it", Tidy::let_be)
        .footer(5, "let it be")
        .when(|s, ctx| s.step.is_owed() && s.at_line(ctx).is_some())
        .words("done skip nothing fine okay")
        .changes(),
    command("tidy.line", &["l", "right"], "To the line, where it was said", Tidy::go_to_line)
        .when(|s, ctx| s.at_line(ctx).is_some())
        .words("open call source"),
    command("tidy.down", &["down", "j"], "To the next line", |s: &mut Tidy, ctx| s.by(1, ctx)),
    command("tidy.up", &["up", "k"], "To the line before", |s: &mut Tidy, ctx| s.by(-1, ctx)),
    command("tidy.page-down", &["pagedown"], "A page down", |s: &mut Tidy, ctx| s.by_pages(1, ctx)),
    command("tidy.page-up", &["pageup"], "A page up", |s: &mut Tidy, ctx| s.by_pages(-1, ctx)),
    command("tidy.first", &["home"], "To the first line", |s: &mut Tidy, ctx| s.by(isize::MIN, ctx)),
    command("tidy.last", &["end", "G"], "To the last line", |s: &mut Tidy, ctx| s.by(isize::MAX, ctx)),
];

const TAG_ROWS: &[Command<Tidy>] = &[
    command("tidy-tags.choose", &["enter"], "Choose what the line is", Tidy::choose_tag)
        .footer(1, "choose")
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.said", &["s"], "They said it", |s: &mut Tidy, ctx| s.tag(Tag::Said, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.we-said", &["w"], "We said it", |s: &mut Tidy, ctx| s.tag(Tag::WeSaid, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.agreed", &["a"], "Agreed between us", |s: &mut Tidy, ctx| s.tag(Tag::Agreed, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.promise", &["p"], "A promise", |s: &mut Tidy, ctx| s.tag(Tag::Promise, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.ask", &["q"], "A question to ask back", |s: &mut Tidy, ctx| s.tag(Tag::Ask, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.differs", &["d"], "We differ on it", |s: &mut Tidy, ctx| s.tag(Tag::Differs, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.money", &["m"], "About money", |s: &mut Tidy, ctx| s.tag(Tag::Money, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.worry", &["x"], "A worry", |s: &mut Tidy, ctx| s.tag(Tag::Worry, ctx))
        .when(Tidy::can)
        .changes(),
    command("tidy-tags.private", &["v"], "Private, or not: it goes with any of these", Tidy::turn_private)
        .when(Tidy::can)
        .changes(),
];

const PROMISE_ROWS: &[Command<Tidy>] = &[
    command("tidy-promises.take", &["enter"], "Take the promise as it is suggested", promises::take)
        .footer(1, "take it")
        .when(Tidy::can)
        .changes(),
    command("tidy-promises.who", &["w"], "Turn who promises round", promises::turn)
        .footer(5, "who")
        .when(Tidy::can),
    command("tidy-promises.day", &["t"], "Another day, or none", promises::another_day)
        .footer(5, "day")
        .words("due date when")
        .when(Tidy::can)
        .changes(),
    command("tidy-promises.words", &["e"], "Other words", promises::other_words)
        .footer(6, "words")
        .when(Tidy::can)
        .changes(),
];

const QUESTION_ROWS: &[Command<Tidy>] = &[
    command("tidy-questions.place", &["enter"], "Choose the question that it belongs to", answers::place)
        .footer(1, "choose")
        .when(Tidy::can)
        .changes(),
    command("tidy-questions.asked", &["a"], "It was asked already", answers::asked)
        .footer(6, "asked already")
        .when(Tidy::can)
        .changes(),
];

const ANSWER_ROWS: &[Command<Tidy>] = &[command(
    "tidy-answers.place",
    &["enter"],
    "Choose the answer that these words belong to",
    answers::hear,
)
.footer(1, "choose")
.when(Tidy::can)
.changes()];

const WORD_ROWS: &[Command<Tidy>] =
    &[command("tidy-words.add", &["enter"], "Put a word of this line on the list", keep::word)
        .footer(1, "a word of it")
        .words("jars avoid vocabulary")
        .when(Tidy::can)
        .changes()];

const REMAIN_ROWS: &[Command<Tidy>] =
    &[command("tidy-remains.add", &["enter"], "Set the line down as something that remains", keep::remains)
        .footer(1, "it remains")
        .words("legacy lasts keep")
        .when(Tidy::can)
        .changes()];

const NEXT_ROWS: &[Command<Tidy>] =
    &[command("tidy-next.edit", &["enter"], "Say when, or how it felt", Tidy::edit_next)
        .footer(1, "edit")
        .words("follow up date mood")
        .when(|s, ctx| s.call(ctx).is_some())
        .changes()];

const MESSAGE_ROWS: &[Command<Tidy>] = &[
    command("tidy-message.write", &["enter"], "Write in the message", |s: &mut Tidy, ctx| {
        if ctx.writable { message::write(s, ctx) } else { Outcome::Say(READ_ONLY.to_owned()) }
    })
    .footer(1, "write")
    .changes(),
    command("tidy-message.copy", &["y"], "Copy the message, to be sent", message::copy)
        .footer(3, "copy")
        .words("clipboard send mail"),
    command("tidy-message.file", &["x"], "Write the message to a file", message::file)
        .footer(5, "to a file")
        .words("export save"),
    command("tidy-message.editor", &["E"], "Write the message in your own editor", message::editor)
        .when(|_, ctx| ctx.writable)
        .words("vim nano external"),
    command("tidy-message.redraft", &["r"], "Draft it anew from the lines", message::redraft)
        .footer(6, "draft anew")
        .when(|_, ctx| ctx.writable)
        .changes(),
];

const TYPING_ROWS: &[Command<Tidy>] = &[
    command("tidy-typing.stop", &["esc"], "Stop typing; what is typed stays", Tidy::stop)
        .footer(2, "stop typing, then ?"),
    command("tidy-typing.accept", &["enter"], "Keep it and go on", Tidy::accept)
        .footer(1, "next")
        .when(|s, _| !s.writing),
    command("tidy-typing.next", &["tab"], "To the next step", Tidy::next_step),
];

/// The rows of the sheet and of all its steps.
pub(super) const ALL_ROWS: &[&[Command<Tidy>]] = &[
    ROWS,
    TAG_ROWS,
    PROMISE_ROWS,
    QUESTION_ROWS,
    ANSWER_ROWS,
    WORD_ROWS,
    REMAIN_ROWS,
    NEXT_ROWS,
    MESSAGE_ROWS,
    TYPING_ROWS,
];

/// An edit that puts a line in place of itself.
fn put_line(call: &Call, line: Line) -> Edit {
    Edit::SetLine { call: call.id.clone(), line }
}

/// There is nothing more to do about a line.
fn done(call: &Call, line: &Line) -> Edit {
    put_line(call, Line { done: true, ..line.clone() })
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
            who: None,
            form: Form::default(),
            field: Field::new(Kind::Prose),
            writing: false,
            drafted: true,
        }
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
        self.who.as_ref().filter(|(of, _)| of == line).map(|(_, way)| *way)
    }

    fn enter(&mut self, step: Step, ctx: &Ctx<'_>) -> Outcome {
        self.step = step;
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
            None => {
                let back = ctx.keymap.shown("tidy.back");
                Outcome::Say(format!("That is the last step. {back} leaves the sheet."))
            }
        }
    }

    fn step_before(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.call(ctx).and_then(|call| self.step.before(call)) {
            Some(step) => self.enter(step, ctx),
            None => Outcome::Say("There is nothing left in the steps before.".to_owned()),
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
        Outcome::Open(Box::new(Menu::new("What is it?", rows.chain([be]).collect())))
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
            self.drafted = call.message.is_empty();
            self.field.set_text(&message::of(call, workbook, ctx).text);
        }
    }

    fn step_rows(&self) -> &'static [Command<Self>] {
        match self.step {
            Step::Tags => TAG_ROWS,
            Step::Promises => PROMISE_ROWS,
            Step::Questions => QUESTION_ROWS,
            Step::Answers => ANSWER_ROWS,
            Step::Words => WORD_ROWS,
            Step::Remains => REMAIN_ROWS,
            Step::Next => NEXT_ROWS,
            Step::Message => MESSAGE_ROWS,
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
            self.enter(Step::first(call), ctx);
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
