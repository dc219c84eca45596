//! Records of one family: a list with headings on the left, the fields of the one in focus on the right.
//!
//! The screen knows how to move, add, change and remove. What a family shows follows from its entry in
//! `assets/records.ron` ([`table`]); the few that want words of their own have a [`Sheet`], one file each, and a row in
//! [`SHEETS`]. Start at [`ROWS`]; while a field takes text the keys are those of [`FIELD_ROWS`].

mod building;
mod draw;
mod extras;
mod finding;
mod promises;
mod table;
#[cfg(test)]
mod tests;
mod touch_points;
mod ways;
mod word_list;

use std::cell::RefCell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::form::{Beside, Form, FormField};
use super::hand_on;
use super::page;
use super::wind_up;
use super::words::{self, READ_ONLY};
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::content::types::Table;
use crate::domain::query;
use crate::domain::{AnyRecord, Edit, Family, Promise, RecordField, RecordId, TextPlace, Value, Workbook};
use crate::layer::Layer;
use crate::widget::field::Field;
use crate::widget::list::List;

/// What a family shows on the screen.
pub(super) struct Sheet {
    family: Family,
    /// The head of the screen: "Promises".
    title: &'static str,
    /// One and many of them: "promise", "promises".
    count: (&'static str, &'static str),
    /// What is said where there are none.
    empty: &'static str,
    /// What is said instead of how one is added, where it takes a partner and there is none yet.
    alone: Option<&'static str>,
    /// What `all` adds, in words, where some are left out at first: "those that are done".
    closed: Option<&'static str>,
    /// The rows of the list, in order; also those that are closed where `all`.
    items: fn(&Workbook, &Ctx<'_>, all: bool) -> Vec<Item>,
    /// What is said at the head of the form.
    about: fn(&AnyRecord, &Workbook, &Ctx<'_>) -> String,
    /// The fields of the form.
    form: fn(&AnyRecord, &Workbook, &Ctx<'_>) -> Vec<FormField>,
    /// Asks for what a new one needs, then adds it.
    add: fn(&Ctx<'_>) -> Outcome,
    /// What `t` does: its state, or that it took place.
    mark: Option<Mark>,
}

type Mark = fn(&AnyRecord, &Workbook, &Ctx<'_>) -> Outcome;

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    id: RecordId,
    /// The heading that it stands under; empty for none.
    group: String,
    words: String,
    /// Who it is about, in few words.
    who: String,
    /// At the right end: a day, a state.
    aside: String,
    /// It is over, so that it may step back.
    over: bool,
}

/// Puts a record in place of the one with its id.
fn set(record: impl Into<AnyRecord>) -> Edit {
    Edit::SetRecord(Box::new(record.into()))
}

/// Adds a record and brings it into focus.
fn added(record: impl Into<AnyRecord>) -> Vec<Outcome> {
    let record = record.into();
    let go = Go::Records(record.family(), Some(record.id().clone()));
    vec![Outcome::Edit(Edit::AddRecord { record: Box::new(record), place: usize::MAX }), Outcome::Go(go)]
}

/// How the records of the family are shown: by its own sheet, or by its table in the content.
#[derive(Clone, Copy)]
enum Shown<'c> {
    Sheet(&'static Sheet),
    Table(&'c Table),
}

impl Shown<'_> {
    fn title(&self) -> &str {
        match self {
            Self::Sheet(sheet) => sheet.title,
            Self::Table(table) => &table.title,
        }
    }

    fn empty(&self) -> &str {
        match self {
            Self::Sheet(sheet) => sheet.empty,
            Self::Table(table) => &table.empty,
        }
    }

    /// What is said where one of them takes a partner and there is none yet.
    fn alone(&self) -> Option<&'static str> {
        match self {
            Self::Sheet(sheet) => sheet.alone,
            Self::Table(_) => None,
        }
    }

    fn count(&self, number: usize) -> String {
        match self {
            Self::Sheet(sheet) => words::count(number, sheet.count.0, sheet.count.1),
            Self::Table(table) => words::count(number, &table.one, &table.many),
        }
    }

    fn closed(&self) -> Option<&str> {
        match self {
            Self::Sheet(sheet) => sheet.closed,
            Self::Table(table) => Some(table.closed.as_str()).filter(|closed| !closed.is_empty()),
        }
    }

    fn has_mark(&self) -> bool {
        match self {
            Self::Sheet(sheet) => sheet.mark.is_some(),
            Self::Table(table) => !table.mark.is_empty(),
        }
    }
}

const SHEETS: &[Sheet] = &[promises::SHEET, word_list::SHEET, touch_points::SHEET];

/// The records of one family.
#[derive(Debug)]
pub struct Records {
    family: Family,
    /// Follows `focused` while drawing, hence the cell.
    list: RefCell<List>,
    /// Which one is in focus. Kept by id, since others come and go.
    focused: Option<RecordId>,
    all: bool,
    form: Form,
}

pub(super) const ROWS: &[Command<Records>] = &[
    command("records.edit", &["enter"], "Write in the fields, or choose", Records::edit)
        .footer(1, "edit")
        .words("change open")
        .when(|s, ctx| s.in_focus(ctx).is_some()),
    command("records.back", &["esc"], "One step back", Records::back).footer(2, "back"),
    command("records.new", &["n"], "Add another", Records::add)
        .footer(3, "new")
        .words("add create promise word touch")
        .changes(),
    command("records.mark", &["t"], "Say what has become of it", Records::mark)
        .footer(5, "what became of it")
        .words("state kept broken done held renegotiated let go")
        .when(|s, ctx| s.shown(ctx).is_some_and(|shown| shown.has_mark()) && s.in_focus(ctx).is_some())
        .changes(),
    command("records.partner", &["P"], "They become a partner of this workbook", |s: &mut Records, ctx| {
        finding::partner(s.record(ctx).as_ref(), ctx)
    })
    .footer(5, "partner")
    .words("join convert candidate voice")
    .when(|s, ctx| s.family == Family::Candidate && s.in_focus(ctx).is_some())
    .changes(),
    command("records.sign", &["s"], "Add a sign of a fit to this pilot", |s: &mut Records, ctx| {
        building::add_sign(s.record(ctx).as_ref(), ctx)
    })
    .footer(5, "sign of a fit")
    .when(|s, ctx| s.family == Family::Pilot && s.in_focus(ctx).is_some())
    .changes(),
    command("records.deal", &["*"], "Deal three ideas to try", |_, _| Outcome::Go(Go::Deck))
        .footer(3, "deal ideas")
        .words("deck cards random")
        .when(|s, _| s.family == Family::TriedIdea),
    command(
        "records.connected",
        &["c"],
        "To what this is connected with; Esc comes back",
        Records::connected,
    )
    .footer(4, "connected")
    .words("link follow clause walk change promise line go to")
    .when(|s, ctx| s.leads(ctx)),
    command("records.board", &["+"], "Put this step on the board of changes", Records::put_on_board)
        .footer(5, "to the board")
        .words("change revision try skill remedy")
        .when(|s, ctx| s.family == Family::Remedy && s.in_focus(ctx).is_some())
        .changes(),
    command("records.all", &["a"], "Show those that are over as well, or not", Records::turn_all)
        .footer(5, "all")
        .words("filter closed done kept")
        .when(|s, ctx| s.shown(ctx).is_some_and(|shown| shown.closed().is_some())),
    command("records.private", &["p"], "Keep it private, or not", Records::private)
        .words("secret hide export")
        .when(|s, ctx| s.record(ctx).is_some_and(|record| turned_private(&record).is_some()))
        .changes(),
    command("records.bin", &["d d"], "Put this one into the bin", Records::bin)
        .words("delete remove")
        .when(|s, ctx| s.in_focus(ctx).is_some())
        .changes(),
    command("records.down", &["down", "j"], "To the next one", |s: &mut Records, ctx| s.step(1, ctx)),
    command("records.up", &["up", "k"], "To the one before", |s: &mut Records, ctx| s.step(-1, ctx)),
    command("records.details", &["right", "l"], "To the fields", Records::show_details),
    command("records.list", &["left", "h"], "To the list", Records::show_list),
    command("records.part", &["tab", "shift-tab"], "To the other part of the screen", Records::other_part),
    command("records.page-down", &["pagedown"], "A page down", |s: &mut Records, ctx| s.step_pages(1, ctx)),
    command("records.page-up", &["pageup"], "A page up", |s: &mut Records, ctx| s.step_pages(-1, ctx)),
    command("records.first", &["home", "g g"], "To the first one", |s: &mut Records, ctx| {
        s.step(isize::MIN, ctx)
    }),
    command("records.last", &["end", "G"], "To the last one", |s: &mut Records, ctx| s.step(isize::MAX, ctx)),
];

pub(super) const FIELD_ROWS: &[Command<Records>] = &[
    command("records-fields.next", &["enter"], "To the next field, and out after the last", Records::accept)
        .footer(1, "next")
        .when(|s, _| !s.form.is_prose()),
    command("records-fields.stop", &["esc"], "Stop typing; what is typed stays", Records::stop)
        .footer(2, "stop typing"),
    command("records-fields.down", &["tab", "down"], "To the next field", |s: &mut Records, ctx| {
        s.turn(1, ctx)
    }),
    command("records-fields.up", &["shift-tab", "up"], "To the field before", |s: &mut Records, ctx| {
        s.turn(-1, ctx)
    }),
];

impl Records {
    /// The records of a family, with one of them in focus where it is given.
    pub fn new(family: Family, focused: Option<RecordId>) -> Self {
        // what is looked for may be over
        let all = focused.is_some();
        Self { family, list: RefCell::default(), focused, all, form: Form::default() }
    }

    fn shown<'c>(&self, ctx: &Ctx<'c>) -> Option<Shown<'c>> {
        let sheet = SHEETS.iter().find(|sheet| sheet.family == self.family).map(Shown::Sheet);
        sheet.or_else(|| ctx.content.table(self.family.name()).map(Shown::Table))
    }

    /// The rows of the list, and which of them is in focus.
    fn items(&self, ctx: &Ctx<'_>) -> (Vec<Item>, usize) {
        let (Some(workbook), Some(shown)) = (ctx.workbook(), self.shown(ctx)) else { return (Vec::new(), 0) };
        let items = match shown {
            Shown::Sheet(sheet) => (sheet.items)(workbook, ctx, self.all),
            Shown::Table(table) => table::items(table, self.family, workbook, ctx, self.all),
        };
        let mut list = self.list.borrow_mut();
        if let Some(place) = items.iter().position(|item| Some(&item.id) == self.focused.as_ref()) {
            list.set(place);
        }
        let focus = list.focus(items.len());
        (items, focus)
    }

    fn in_focus(&self, ctx: &Ctx<'_>) -> Option<RecordId> {
        let (mut items, focus) = self.items(ctx);
        (focus < items.len()).then(|| items.swap_remove(focus).id)
    }

    fn record(&self, ctx: &Ctx<'_>) -> Option<AnyRecord> {
        ctx.workbook()?.record(self.family, &self.in_focus(ctx)?)
    }

    fn move_by<T>(&mut self, ctx: &Ctx<'_>, step: impl FnOnce(&mut List, usize) -> T) -> Outcome {
        let (items, _) = self.items(ctx);
        let list = self.list.get_mut();
        step(list, items.len());
        self.focused = items.get(list.focus(items.len())).map(|item| item.id.clone());
        Outcome::Done
    }

    fn step(&mut self, rows: isize, ctx: &Ctx<'_>) -> Outcome {
        if self.step_in_form(rows, ctx) {
            return Outcome::Done;
        }
        self.move_by(ctx, |list, len| list.by(rows, len))
    }

    fn step_pages(&mut self, pages: isize, ctx: &Ctx<'_>) -> Outcome {
        self.move_by(ctx, |list, len| list.by_pages(pages, len))
    }

    fn add(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.shown(ctx) {
            _ if !ctx.writable => Outcome::Say(READ_ONLY.to_owned()),
            // what hangs on a partner is asked with it
            _ if self.family == Family::Membership => hand_on::ask_whom(ctx),
            Some(Shown::Sheet(sheet)) => (sheet.add)(ctx),
            Some(Shown::Table(_)) if self.family == Family::TriedIdea => super::prompts::which_idea(ctx),
            Some(Shown::Table(table)) => table::add(table, self.family, ctx),
            None => Outcome::Unused,
        }
    }

    fn mark(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        // under another heading it stands elsewhere, and stays in focus
        self.hold(ctx);
        match (self.shown(ctx), self.record(ctx), ctx.workbook()) {
            (Some(Shown::Sheet(sheet)), Some(record), Some(workbook)) => {
                sheet.mark.map_or(Outcome::Unused, |mark| mark(&record, workbook, ctx))
            }
            (Some(Shown::Table(table)), Some(record), Some(workbook)) => match &record {
                AnyRecord::Candidate(candidate) => finding::mark(candidate, ctx),
                AnyRecord::Pilot(pilot) => building::mark(pilot, workbook, ctx),
                AnyRecord::WindUp(owed) => wind_up::mark(owed, ctx),
                record => table::mark(table, record, workbook, ctx),
            },
            _ => Outcome::Unused,
        }
    }

    fn turn_all(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.focused = self.in_focus(ctx);
        self.all = !self.all;
        match self.shown(ctx).as_ref().and_then(Shown::closed) {
            Some(closed) if self.all => Outcome::Say(format!("Shown as well: {closed}.")),
            Some(closed) => Outcome::Say(format!("Left out: {closed}.")),
            None => Outcome::Done,
        }
    }

    fn private(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.record(ctx).as_ref().and_then(turned_private) {
            _ if !ctx.writable => Outcome::Say(READ_ONLY.to_owned()),
            Some(turned) => Outcome::Edit(set(turned)),
            None => Outcome::Unused,
        }
    }

    fn bin(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let Some(record) = self.in_focus(ctx) else { return Outcome::Unused };
        self.form.leave();
        Outcome::Edit(Edit::BinRecord { family: self.family, record, on: ctx.today() })
    }
}

/// What is to be said about a record at the head of its form, calmly; nothing is held back by it.
fn remark(record: &AnyRecord) -> Option<&'static str> {
    match record {
        AnyRecord::Candidate(candidate) => query::is_one_sided(candidate).then_some(query::ONLY_OURS),
        AnyRecord::Asset(asset) => query::is_written_as_a_lack(&asset.what).then_some(query::A_LACK),
        _ => None,
    }
}

/// The record with its privacy turned; `None` where its family knows none.
fn turned_private(record: &AnyRecord) -> Option<AnyRecord> {
    match record {
        AnyRecord::Promise(promise) => Some(Promise { private: !promise.private, ..promise.clone() }.into()),
        record => record.clone().with(RecordField::Private, Value::Mark(!record.is_private())),
    }
}

impl Beside for Records {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn fields(&self, ctx: &Ctx<'_>) -> Vec<FormField> {
        match (self.shown(ctx), self.record(ctx), ctx.workbook()) {
            (Some(Shown::Sheet(sheet)), Some(record), Some(workbook)) => (sheet.form)(&record, workbook, ctx),
            (Some(Shown::Table(table)), Some(record), Some(workbook)) => {
                ways::with_ways(table::form(table, &record, workbook, ctx), &record, workbook, ctx)
            }
            _ => Vec::new(),
        }
    }

    fn hold(&mut self, ctx: &Ctx<'_>) {
        self.focused = self.in_focus(ctx);
    }
}

impl Layer for Records {
    fn scope(&self) -> &'static str {
        "records"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = self.shown(ctx).map(|shown| shown.title().to_owned()).unwrap_or_default();
        let Some(workbook) = ctx.workbook() else { return vec![title] };
        let mut crumbs = vec![words::or(workbook.title(), "No title yet").to_owned(), title];
        if !self.form.is_away() && !page::is_wide(ctx) {
            let (items, focus) = self.items(ctx);
            crumbs.extend(items.get(focus).map(|item| item.words.clone()));
        }
        crumbs
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        let (items, _) = self.items(ctx);
        self.shown(ctx).map(|shown| shown.count(items.len())).unwrap_or_default()
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(if self.form.is_typing() { FIELD_ROWS } else { ROWS }, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        let ran = run_by_name(ROWS, self, name, ctx).or_else(|| run_by_name(FIELD_ROWS, self, name, ctx));
        ran.unwrap_or(Outcome::Unused)
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.form.field()
    }

    fn place(&self) -> Option<TextPlace> {
        self.form.place()
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        self.sync_form(ctx);
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}
