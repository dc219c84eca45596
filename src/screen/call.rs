//! A call, while somebody talks: each line with the moment of its first key, and beside it what to ask and what is owed.
//!
//! Nothing is made before the first key: that key begins the call and its first line, and every key after it is an edit,
//! so a program that is killed loses nothing. The screen holds only where the person is: in the field of the open line,
//! in an earlier line, in the head (with whom), on the lines, or beside them. Nothing here ever asks back in a dialog.
//! `head` says with whom, `lines` changes lines, `side` is what to ask and what is owed, `layout` and `draw` show it.
//! Start at [`rows`].

mod beside;
mod draw;
mod head;
mod layout;
mod lines;
mod paste;
mod rows;
mod side;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub(super) use rows::{HEAD_ROWS, LINE_ROWS, LINE_TAG_ROWS, ROWS, SIDE_ROWS, TAG_ROWS};

use super::words::{self, READ_ONLY};
use crate::command::{Ctx, Go, NewCall, Outcome, Row, Words, rows_that_apply, run_by_name};
use crate::domain::{AnyRecord, Call, Edit, Line, Medium, QuestionId, RecordId, Tag, TextPlace, query};
use crate::layer::Layer;
use crate::widget::field::{Field, Kind};
use crate::widget::list::List;

/// Where the person is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum At {
    /// Saying who rings.
    Partner,
    /// Saying which people are on it.
    People,
    /// Typing the open line, the last.
    Open,
    /// Typing an earlier line; whether it was entered while resting on the lines.
    Line(RecordId, bool),
    /// Resting on the lines.
    Rest,
    /// Choosing what to ask.
    Side,
}

/// What the next line will be, before its first key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Next {
    tag: Option<Tag>,
    private: bool,
    about: Option<QuestionId>,
}

/// A call.
#[derive(Debug)]
pub struct CallScreen {
    /// The call. It is in the workbook from the first key on.
    call: RecordId,
    at: At,
    /// Where the person was before they went beside the lines; Esc leads back there.
    from: Option<At>,
    /// When the first key was pressed, and how they talk, as long as the call is not in the workbook.
    begun: Option<Timestamp>,
    medium: Medium,
    next: Next,
    /// The line that is being typed and was not stamped yet, from its first key on.
    open: Option<RecordId>,
    /// The line that was open before that one, where a paste or a split made it; undo opens it again.
    open_before: Option<RecordId>,
    /// Whether the call went on when the workbook was last looked at.
    running: bool,
    /// Shows the text of the open line or of the earlier one that is being typed.
    field: Field,
    /// What is typed in the head.
    head: Field,
    /// Which of the names found is chosen.
    choice: usize,
    /// The line in focus while resting, and where it stood; none is the free row after the last.
    focus: Option<RecordId>,
    focus_at: usize,
    /// Lines chosen to be tagged, copied or put away together.
    picked: Vec<RecordId>,
    side: List,
    /// The first line in sight when it was last drawn.
    top: Cell<usize>,
}

impl CallScreen {
    fn blank(call: RecordId, at: At) -> Self {
        Self {
            call,
            at,
            from: None,
            begun: None,
            medium: Medium::default(),
            next: Next::default(),
            open: None,
            open_before: None,
            running: false,
            field: Field::new(Kind::Prose),
            head: Field::new(Kind::Line).with_placeholder("a letter or two"),
            choice: 0,
            focus: None,
            focus_at: usize::MAX,
            picked: Vec::new(),
            side: List::default(),
            top: Cell::new(usize::MAX),
        }
    }

    /// A call that is there already: one that goes on at its open line, one that has ended at its first line, either at
    /// the line given.
    pub fn of(call: &Call, line: Option<&RecordId>) -> Self {
        let at = if line.is_none() && call.is_running() { At::Open } else { At::Rest };
        let mut screen = Self::blank(call.id.clone(), at);
        let first = call.lines.first().map(|line| &line.id);
        screen.focus = line.or(first.filter(|_| !call.is_running())).cloned();
        screen.top.set(0);
        screen
    }

    /// A new call, and the edits with which it begins: none where nothing is known of it yet.
    pub fn begin(new: NewCall, ctx: &Ctx<'_>) -> (Self, Vec<Edit>) {
        let known = new.partner.filter(|id| ctx.workbook().is_some_and(|w| w.partner(id).is_some()));
        let at = if known.is_none() && new.who.trim().is_empty() { At::Partner } else { At::Open };
        let mut screen = Self::blank(ctx.ids.record(), at);
        screen.begun = new.words.as_ref().map(|words| words.at);
        let mut edits = match known {
            Some(partner) => screen.edits_for(&head::Who::Partner(partner), ctx),
            None => screen.edits_for_who(&new.who, ctx),
        };
        if let Some(words) = new.words {
            if edits.is_empty() {
                edits.push(screen.change_call(ctx, |_| ()));
            }
            edits.push(screen.go_on_with(words, ctx));
        }
        (screen, edits)
    }

    /// The screen of a call that goes on, and the edit that takes words along to it.
    pub fn with_words(call: &Call, words: Words, ctx: &Ctx<'_>) -> (Self, Edit) {
        let mut screen = Self::blank(call.id.clone(), At::Open);
        let edit = screen.go_on_with(words, ctx);
        (screen, edit)
    }

    /// Which call it is.
    pub fn call_id(&self) -> &RecordId {
        &self.call
    }

    fn go_on_with(&mut self, words: Words, ctx: &Ctx<'_>) -> Edit {
        let Words { at, text, tag, private } = words;
        let line = Line { tag, private, ..Line::new(ctx.ids.record(), at, text) };
        self.field.set_text(&line.text);
        self.field.set_caret(line.text.len());
        self.open = Some(line.id.clone());
        Edit::AddLine { call: self.call.clone(), line, place: usize::MAX }
    }

    /// The call, from its first key on.
    fn call<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Call> {
        ctx.workbook()?.call(&self.call)
    }

    fn lines<'a>(&self, ctx: &Ctx<'a>) -> &'a [Line] {
        self.call(ctx).map_or(&[], |call| &call.lines)
    }

    fn is_running(&self, ctx: &Ctx<'_>) -> bool {
        self.call(ctx).is_some_and(Call::is_running)
    }

    fn is_jots(&self, ctx: &Ctx<'_>) -> bool {
        self.call(ctx).is_some_and(Call::is_jots)
    }

    fn has_lines(&self, ctx: &Ctx<'_>) -> bool {
        !self.lines(ctx).is_empty()
    }

    fn can_change_lines(&self, ctx: &Ctx<'_>) -> bool {
        ctx.writable && self.has_lines(ctx)
    }

    /// The edit that changes what is known of the call, or begins it with that.
    fn change_call(&self, ctx: &Ctx<'_>, change: impl FnOnce(&mut Call)) -> Edit {
        let there = self.call(ctx);
        let mut call = match there {
            // the lines stay as they are, so they need not go along
            Some(call) => Call { lines: Vec::new(), ..call.clone() },
            None => {
                let started = self.begun.unwrap_or(ctx.now);
                let on = started.to_zoned(ctx.zone.clone()).date();
                Call { medium: self.medium, ..Call::begun(self.call.clone(), on, started) }
            }
        };
        change(&mut call);
        let record = Box::new(AnyRecord::Call(call));
        if there.is_some() { Edit::SetRecord(record) } else { Edit::AddRecord { record, place: usize::MAX } }
    }

    fn type_on(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        (self.at, self.from) = (At::Open, None);
        self.picked.clear();
        self.fill(ctx);
        self.field.set_caret(self.field.len());
        Outcome::Done
    }

    fn rest(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let last = || self.lines(ctx).last().map(|line| line.id.clone());
        let focus = match &self.at {
            At::Line(line, _) => Some(line.clone()),
            _ => self.open.clone().or_else(last),
        };
        self.field.unselect();
        self.put_focus(focus, ctx);
        self.at = At::Rest;
        Outcome::Done
    }

    fn leave(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if !self.picked.is_empty() {
            self.picked.clear();
            return Outcome::Done;
        }
        if !self.is_running(ctx) {
            return Outcome::Back;
        }
        let back = ctx.keymap.shown("global.go-call");
        Outcome::All(vec![Outcome::Back, Outcome::Say(format!("The call goes on; {back} comes back to it."))])
    }

    fn end(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.call(ctx) {
            Some(call) => Outcome::All(vec![Outcome::Back, end(call, ctx)]),
            None => Outcome::Unused,
        }
    }

    fn other(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match ctx.talks.iter().find(|talk| talk.call != self.call) {
            Some(talk) => Outcome::Go(Go::Call { call: Some(talk.call.clone()), line: None }),
            None => Outcome::Unused,
        }
    }

    fn turn_medium(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let now = self.call(ctx).map_or(self.medium, |call| call.medium);
        let here = Medium::CHOICES.iter().position(|medium| *medium == now).unwrap_or(0);
        let to = Medium::CHOICES.get((here + 1) % Medium::CHOICES.len()).copied().unwrap_or_default();
        self.medium = to;
        let said = Outcome::Say(in_words(to).to_owned());
        if self.call(ctx).is_none() {
            return said;
        }
        Outcome::All(vec![Outcome::Edit(self.change_call(ctx, |call| call.medium = to)), said])
    }

    /// Whether a field takes text: a line, or the head.
    fn types_line(&self) -> bool {
        matches!(self.at, At::Open | At::Line(..))
    }

    fn types_head(&self) -> bool {
        matches!(self.at, At::Partner | At::People)
    }

    /// The field shows what it showed, with its caret, as far as that is still the text.
    fn fill_what_is_typed(&mut self, ctx: &Ctx<'_>) {
        if self.types_line() && self.place().is_some() {
            self.fill(ctx);
        }
    }

    /// Shows the text of the line that is typed in the field.
    fn fill(&mut self, ctx: &Ctx<'_>) {
        let text = self.place().and_then(|place| ctx.workbook()?.text(&place));
        self.field.set_text(text.unwrap_or(""));
    }
}

/// Ends a call: when it was, how long it took, and what is left to tidy. On the call screen and from everywhere else.
pub fn end(call: &Call, ctx: &Ctx<'_>) -> Outcome {
    let ended = ctx.time_on(&call.id);
    let record = Call { ended: Some(ended), lines: Vec::new(), ..call.clone() };
    let who = ctx.workbook().map(|workbook| query::call_title(call, workbook)).unwrap_or_default();
    let took = layout::elapsed(call.started, ended);
    let left = match call.to_tidy() {
        0 => String::new(),
        n => format!(" {} to tidy.", words::count(n, "line", "lines")),
    };
    let undo = ctx.keymap.shown("global.undo");
    Outcome::All(vec![
        Outcome::Edit(Edit::SetRecord(Box::new(AnyRecord::Call(record)))),
        after_ending(call),
        Outcome::Say(format!("{who} has ended after {took}; it is kept.{left} {undo} lets it go on.")),
    ])
}

/// Where a person goes once a call has ended: what it leaves to do is freshest now.
fn after_ending(call: &Call) -> Outcome {
    Outcome::Go(Go::Tidy(Some(call.id.clone())))
}

pub use layout::elapsed;

fn in_words(medium: Medium) -> &'static str {
    match medium {
        Medium::Phone => "This is a phone call.",
        Medium::Video => "This is a video call.",
        Medium::InPerson => "You are talking in person.",
        Medium::Message => "This goes by message.",
        Medium::Jots => "These are notes.",
    }
}

impl Layer for CallScreen {
    fn scope(&self) -> &'static str {
        "call"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let Some(workbook) = ctx.workbook() else { return vec!["Call".to_owned()] };
        let call =
            self.call(ctx).map_or_else(|| "A new call".to_owned(), |call| query::call_title(call, workbook));
        vec![words::or(workbook.title(), "No title yet").to_owned(), call]
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        draw::aside(self, ctx)
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        let [rows, tags] = self.commands();
        let mut rows = rows_that_apply(rows, self, ctx);
        if ctx.writable {
            rows.extend(rows_that_apply(tags, self, ctx));
        }
        for row in &mut rows {
            row.footer = match row.name {
                "call-line.stamp" if self.at != At::Open => Some((1, "accept")),
                "call-line.rest" if self.is_running(ctx) => Some((2, "rest, then X ends it")),
                "call.back" if self.is_running(ctx) => Some((2, "leave, it goes on")),
                _ => row.footer,
            };
        }
        rows
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        let ran = self.commands().iter().find_map(|rows| run_by_name(rows, self, name, ctx));
        ran.unwrap_or(Outcome::Unused)
    }

    fn field(&mut self) -> Option<&mut Field> {
        if self.types_head() {
            return Some(&mut self.head);
        }
        self.types_line().then_some(&mut self.field)
    }

    fn place(&self) -> Option<TextPlace> {
        let line = match &self.at {
            At::Open => self.open.clone(),
            At::Line(line, _) => Some(line.clone()),
            _ => None,
        };
        Some(TextPlace::Line(self.call.clone(), line?))
    }

    fn draft(&mut self) -> Option<(&str, &mut Field)> {
        match self.at {
            At::Partner => Some(("Who is on the call", &mut self.head)),
            At::People => Some(("Who is on it", &mut self.head)),
            _ => None,
        }
    }

    fn typed(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if self.types_head() {
            self.choice = 0;
            self.begun.get_or_insert(ctx.now);
            return Outcome::Done;
        }
        self.first_key(ctx)
    }

    fn pasted(&mut self, text: &str, ctx: &Ctx<'_>) -> Option<Outcome> {
        self.types_line().then(|| self.paste_lines(text, ctx)).flatten()
    }

    fn shows_sequences(&self, ctx: &Ctx<'_>) -> bool {
        draw::shows_legend(ctx)
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        let Some(workbook) = ctx.workbook() else { return };
        let binned = |b: &crate::domain::Binned| match b {
            crate::domain::Binned::Record { record, .. } => *record.id() == self.call,
            _ => false,
        };
        if workbook.bin().iter().any(binned) {
            // whatever is typed here from now on is a call of its own
            *self = Self::blank(ctx.ids.record(), At::Open);
        }
        let call = self.call(ctx);
        let there = |line: &RecordId| call.is_some_and(|call| call.line(line).is_some());
        self.picked.retain(|line| there(line));
        let gone = self.open.take_if(|line| !there(line)).is_some();
        if gone {
            self.open = self.open_before.take().filter(there);
        }
        let running = call.is_some_and(Call::is_running);
        if std::mem::replace(&mut self.running, running) && call.is_some_and(|call| call.ended.is_some()) {
            // nothing more is typed into it by mistake
            self.rest(ctx);
        }
        match &self.at {
            At::Line(line, _) if !there(line) => self.at = At::Rest,
            _ if !ctx.writable => self.at = At::Rest,
            _ => {}
        }
        if gone || self.open.is_some() || matches!(self.at, At::Line(..)) {
            self.fill(ctx);
        }
        if gone {
            self.field.set_caret(self.field.len());
        }
        let focus = self.focus.clone().filter(|line| there(line));
        if focus.is_none() && self.focus.is_some() {
            self.walk_to(self.focus_at, ctx);
        }
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}
