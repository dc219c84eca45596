//! Every call and the jots of every day, newest first: with whom, when, the first words, and what is left to tidy.
//!
//! It holds no text. Only what is in sight is looked at; to find words, every call is put into lower case once and asked
//! again at each key. Its keys are in [`ROWS`]; while a person types what to find they are in [`FILTER_ROWS`].

mod draw;
#[cfg(test)]
mod tests;

use std::cell::{Ref, RefCell};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::words::{self, READ_ONLY};
use crate::command::{Command, Ctx, Go, NewCall, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::{Call, Edit, Family, RecordId, Workbook, query};
use crate::layer::Layer;
use crate::order::InOrder;
use crate::widget::field::{Field, Kind};
use crate::widget::list::List;

/// The calls there are.
#[derive(Debug)]
pub struct Notes {
    list: List,
    focused: Option<RecordId>,
    filter: Field,
    typing: bool,
    found: RefCell<Found>,
}

/// Which calls are shown, kept from one drawing to the next.
#[derive(Debug, Default)]
struct Found {
    /// The number of the last change of the workbook that this is made from.
    seq: Option<u64>,
    wanted: String,
    /// Places among the calls, newest first.
    places: Vec<usize>,
    /// What each call says, in lower case, as far as it was looked at.
    texts: Vec<Option<String>>,
}

pub(super) const ROWS: &[Command<Notes>] = &[
    command("notes.open", &["enter"], "Open this call", Notes::open).footer(1, "open"),
    command("notes.back", &["esc"], "Show them all again, or step back", Notes::back).footer(2, "back"),
    command("notes.find", &["/"], "Find a call as you type", Notes::find)
        .footer(3, "find")
        .words("search filter"),
    command("notes.new", &["n"], "Begin a call", |_, ctx| {
        if ctx.writable { Outcome::Go(Go::NewCall(NewCall::default())) } else { read_only() }
    })
    .footer(5, "new call")
    .words("ring phone talk"),
    command("notes.bin", &["d d"], "Put this call into the bin, with its lines", Notes::bin)
        .words("delete remove")
        .changes(),
    command("notes.down", &["down", "j"], "To the next call", |s: &mut Notes, ctx| s.step(1, ctx)),
    command("notes.up", &["up", "k"], "To the call before", |s: &mut Notes, ctx| s.step(-1, ctx)),
    command("notes.page-down", &["pagedown"], "A page down", |s: &mut Notes, ctx| s.page(1, ctx)),
    command("notes.page-up", &["pageup"], "A page up", |s: &mut Notes, ctx| s.page(-1, ctx)),
    command("notes.first", &["home"], "To the latest call", |s: &mut Notes, ctx| s.step(isize::MIN, ctx)),
    command("notes.last", &["end", "G"], "To the oldest call", |s: &mut Notes, ctx| s.step(isize::MAX, ctx)),
];

pub(super) const FILTER_ROWS: &[Command<Notes>] = &[
    command("notes-filter.open", &["enter"], "Open the call in focus", Notes::open).footer(1, "open"),
    command("notes-filter.clear", &["esc"], "Show them all again", Notes::back).footer(2, "all"),
    command("notes-filter.rest", &["tab"], "Keep the words and go to the list", Notes::rest)
        .footer(3, "list"),
    command("notes-filter.down", &["down"], "To the next call", |s: &mut Notes, ctx| s.step(1, ctx)),
    command("notes-filter.up", &["up"], "To the call before", |s: &mut Notes, ctx| s.step(-1, ctx)),
    command("notes-filter.page-down", &["pagedown"], "A page down", |s: &mut Notes, ctx| s.page(1, ctx)),
    command("notes-filter.page-up", &["pageup"], "A page up", |s: &mut Notes, ctx| s.page(-1, ctx)),
];

impl Default for Notes {
    fn default() -> Self {
        Self::new()
    }
}

impl Notes {
    /// With the latest call in focus.
    pub fn new() -> Self {
        Self {
            list: List::default(),
            focused: None,
            filter: Field::new(Kind::Line).with_placeholder("a name, or words that were said"),
            typing: false,
            found: RefCell::default(),
        }
    }

    /// The calls shown.
    fn found(&self, ctx: &Ctx<'_>) -> Ref<'_, Found> {
        if let (Some(book), Some(workbook)) = (ctx.book, ctx.workbook()) {
            self.found.borrow_mut().follow(book.seq(), workbook, &self.filter.text());
        }
        self.found.borrow()
    }

    fn in_focus<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Call> {
        let found = self.found(ctx);
        let place = found.places.get(self.list.focus(found.places.len()))?;
        ctx.workbook()?.calls().get(*place)
    }

    fn step(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let len = self.found(ctx).places.len();
        self.list.by(by, len);
        self.focused = self.in_focus(ctx).map(|call| call.id.clone());
        Outcome::Done
    }

    fn page(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let len = self.found(ctx).places.len();
        self.list.by_pages(by, len);
        self.focused = self.in_focus(ctx).map(|call| call.id.clone());
        Outcome::Done
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.in_focus(ctx) {
            Some(call) => Outcome::Go(Go::Call { call: Some(call.id.clone()), line: None }),
            None => Outcome::Say("There is no call to open here.".to_owned()),
        }
    }

    fn bin(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(call) = self.in_focus(ctx) else { return Outcome::Unused };
        if !ctx.writable {
            return read_only();
        }
        let (undo, bin) = (ctx.keymap.shown("global.undo"), ctx.keymap.shown("global.go-bin"));
        let edit = Edit::BinRecord { family: Family::Call, record: call.id.clone(), on: ctx.today() };
        let said = format!("It is in the bin with its lines. {undo} or {bin} brings it back.");
        Outcome::All(vec![Outcome::Edit(edit), Outcome::Say(said)])
    }

    fn find(&mut self, _: &Ctx<'_>) -> Outcome {
        self.typing = true;
        Outcome::Done
    }

    fn rest(&mut self, _: &Ctx<'_>) -> Outcome {
        self.typing = false;
        Outcome::Done
    }

    fn back(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if !self.typing && self.filter.is_empty() {
            return Outcome::Back;
        }
        self.focused = self.in_focus(ctx).map(|call| call.id.clone());
        self.typing = false;
        self.filter.set_text("");
        self.follow(ctx);
        Outcome::Done
    }

    /// Puts the focus on the call that had it, wherever that stands now.
    fn follow(&mut self, ctx: &Ctx<'_>) {
        let (Some(id), Some(workbook)) = (&self.focused, ctx.workbook()) else { return };
        let is_it = |place: &usize| workbook.calls().get(*place).is_some_and(|call| call.id == *id);
        let at = self.found(ctx).places.iter().position(is_it);
        if let Some(at) = at {
            self.list.set(at);
        }
    }
}

fn read_only() -> Outcome {
    Outcome::Say(READ_ONLY.to_owned())
}

impl Found {
    /// Looks again where the workbook or the words are others than before.
    fn follow(&mut self, seq: u64, workbook: &Workbook, wanted: &str) {
        let wanted = wanted.trim().to_lowercase();
        let calls = workbook.calls();
        if self.seq == Some(seq) && self.wanted == wanted {
            return;
        }
        // more letters can only narrow what was found
        let narrows = self.seq == Some(seq) && !self.wanted.is_empty() && wanted.starts_with(&self.wanted);
        if self.seq != Some(seq) {
            self.texts = vec![None; calls.len()];
        }
        if !narrows {
            self.places = newest_first(calls);
        }
        (self.seq, self.wanted) = (Some(seq), wanted);
        let words: Vec<&str> = self.wanted.split_whitespace().collect();
        if words.is_empty() {
            return;
        }
        let texts = &mut self.texts;
        self.places.retain(|place| {
            let (Some(call), Some(text)) = (calls.get(*place), texts.get_mut(*place)) else { return false };
            let text = text.get_or_insert_with(|| all_of(call, workbook));
            words.iter().all(|word| text.contains(word))
        });
    }
}

/// Places among the calls, the one that began last first.
fn newest_first(calls: &[Call]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..calls.len()).rev().collect();
    places.order_by_key(|place| std::cmp::Reverse(calls.get(*place).map(|call| call.started)));
    places
}

/// Everything by which a call is found, in lower case.
fn all_of(call: &Call, workbook: &Workbook) -> String {
    let mut text = query::call_title(call, workbook).to_lowercase();
    text.push_str(&call.on.strftime(" %-d %B %Y %A ").to_string().to_lowercase());
    for line in &call.lines {
        text.push('\n');
        text.push_str(&line.text.to_lowercase());
    }
    text
}

impl Layer for Notes {
    fn scope(&self) -> &'static str {
        "notes"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| workbook.title());
        vec![words::or(title, "No title yet").to_owned(), "Notes".to_owned()]
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        let all = ctx.workbook().map_or(0, |workbook| workbook.calls().len());
        let shown = self.found(ctx).places.len();
        if shown == all { words::count(all, "note", "notes") } else { format!("{shown} of {all} notes") }
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(if self.typing { FILTER_ROWS } else { ROWS }, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        let ran = run_by_name(ROWS, self, name, ctx).or_else(|| run_by_name(FILTER_ROWS, self, name, ctx));
        ran.unwrap_or(Outcome::Unused)
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.typing.then_some(&mut self.filter)
    }

    fn typed(&mut self, _: &Ctx<'_>) -> Outcome {
        self.focused = None;
        self.list.set(0);
        Outcome::Done
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        self.follow(ctx);
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}
