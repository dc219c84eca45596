//! The library: every workbook there is, with its state, its partners and its last change as words.
//!
//! It shows what stands on the [`Shelf`](crate::shelf::Shelf) so far, knows no disk, and draws only what is in sight.
//! `order` says which workbooks it shows, `draw` how it looks. Its keys are in [`ROWS`]; while a person types what to
//! find they are in [`FILTER_ROWS`].

mod draw;
mod order;
#[cfg(test)]
pub(super) mod tests;

use std::cell::{Ref, RefCell};
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::order::Order;
use super::{prompts, words};
use crate::command::{Ask, Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::WorkbookId;
use crate::layer::Layer;
use crate::shelf::Summary;
use crate::widget::field::{Field, Kind};
use crate::widget::list::List;

/// The workbooks there are.
#[derive(Debug)]
pub struct Library {
    list: List,
    /// The workbook in focus, so that the focus stays with it when others come and go. `None` before a person moved.
    focused: Option<WorkbookId>,
    filter: Field,
    /// Whether the filter takes text now.
    typing: bool,
    /// Kept from one drawing to the next; emptied when the shelf changes.
    order: RefCell<Order>,
}

pub(super) const ROWS: &[Command<Library>] = &[
    command("library.open", &["enter"], "Open this workbook", Library::open).footer(1, "open"),
    command("library.back", &["esc"], "Show them all again, or step back", Library::back)
        .footer(2, "back")
        .when(Library::has_way_back),
    command("library.new", &["n"], "Start a workbook", |_, _| prompts::new_workbook())
        .footer(3, "new")
        .words("make create begin"),
    command("library.filter", &["/"], "Find a workbook as you type", Library::find)
        .footer(3, "find")
        .words("search filter"),
    command("library.bring-in", &["i"], "Bring in a backup or a workbook from elsewhere", |_, _| {
        prompts::bring_in()
    })
    .footer(5, "bring in")
    .words("import restore backup open file"),
    command("library.portfolio", &["b"], "See all workbooks side by side", |_, _| Outcome::Go(Go::Portfolio))
        .footer(5, "side by side")
        .words("portfolio overview contact owed open question"),
    command("library.bin", &["d d"], "Put this workbook into the bin", Library::bin)
        .words("delete remove throw away")
        .changes(),
    command("library.down", &["down", "j"], "To the next workbook", Library::down),
    command("library.up", &["up", "k"], "To the workbook before", Library::up),
    command("library.page-down", &["pagedown"], "A page down", Library::page_down),
    command("library.page-up", &["pageup"], "A page up", Library::page_up),
    command("library.first", &["home", "g g"], "To the first workbook", Library::first),
    command("library.last", &["end", "G"], "To the last workbook", Library::last),
];

pub(super) const FILTER_ROWS: &[Command<Library>] = &[
    command("library-filter.open", &["enter"], "Open the workbook in focus", Library::open).footer(1, "open"),
    command("library-filter.clear", &["esc"], "Show them all again", Library::back).footer(2, "all"),
    command("library-filter.rest", &["tab"], "Keep the words and go to the list", Library::rest)
        .footer(3, "list"),
    command("library-filter.down", &["down"], "To the next workbook", Library::down),
    command("library-filter.up", &["up"], "To the workbook before", Library::up),
    command("library-filter.page-down", &["pagedown"], "A page down", Library::page_down),
    command("library-filter.page-up", &["pageup"], "A page up", Library::page_up),
];

impl Default for Library {
    fn default() -> Self {
        Self::new()
    }
}

impl Library {
    /// With the first workbook in focus.
    pub fn new() -> Self {
        Self {
            list: List::default(),
            focused: None,
            filter: Field::new(Kind::Line).with_placeholder("a title, a partner, a state"),
            typing: false,
            order: RefCell::default(),
        }
    }

    /// The workbooks shown, with the filter as it is.
    fn order(&self, ctx: &Ctx<'_>) -> Ref<'_, Order> {
        let words = self.filter.text();
        let mut order = self.order.borrow_mut();
        if order.is_of(ctx.shelf) {
            order.look_for(ctx.shelf, &words);
        } else {
            *order = Order::of(ctx.shelf, &words);
        }
        drop(order);
        self.order.borrow()
    }

    fn in_focus<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Summary> {
        let order = self.order(ctx);
        let place = order.places().get(self.list.focus(order.places().len()))?;
        ctx.shelf.workbooks.get(*place).map(Arc::as_ref)
    }

    fn move_by<T>(&mut self, ctx: &Ctx<'_>, step: impl FnOnce(&mut List, usize) -> T) -> Outcome {
        let len = self.order(ctx).places().len();
        step(&mut self.list, len);
        self.focused = self.in_focus(ctx).map(|book| book.id.clone());
        Outcome::Done
    }

    fn down(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.move_by(ctx, |list, len| list.by(1, len))
    }

    fn up(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.move_by(ctx, |list, len| list.by(-1, len))
    }

    fn page_down(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.move_by(ctx, |list, len| list.by_pages(1, len))
    }

    fn page_up(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.move_by(ctx, |list, len| list.by_pages(-1, len))
    }

    fn first(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.move_by(ctx, |list, _| list.set(0))
    }

    fn last(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.move_by(ctx, |list, len| list.set(len.saturating_sub(1)))
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.in_focus(ctx) {
            // one that could not be read is tried again: it may have been mended since
            Some(book) => Outcome::Ask(Ask::OpenWorkbook(book.id.clone())),
            None => Outcome::Say("There is no workbook to open here.".to_owned()),
        }
    }

    fn bin(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.in_focus(ctx) {
            Some(book) => prompts::bin_workbook(book.id.clone(), &book.title, false),
            None => Outcome::Say("There is no workbook here to put into the bin.".to_owned()),
        }
    }

    fn find(&mut self, _: &Ctx<'_>) -> Outcome {
        self.typing = true;
        Outcome::Done
    }

    fn rest(&mut self, _: &Ctx<'_>) -> Outcome {
        self.typing = false;
        Outcome::Done
    }

    fn has_way_back(&self, ctx: &Ctx<'_>) -> bool {
        !self.filter.is_empty() || ctx.book.is_some()
    }

    fn back(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if !self.typing && self.filter.is_empty() {
            return Outcome::Back;
        }
        let found = self.in_focus(ctx).map(|book| book.id.clone());
        self.typing = false;
        self.filter.set_text("");
        self.focused = found;
        self.follow(ctx);
        Outcome::Done
    }

    /// Puts the focus on the workbook that had it, wherever that stands now.
    fn follow(&mut self, ctx: &Ctx<'_>) {
        let Some(id) = &self.focused else { return };
        let order = self.order(ctx);
        let place = |place: &usize| ctx.shelf.workbooks.get(*place).is_some_and(|book| book.id == *id);
        let found = order.places().iter().position(place);
        drop(order);
        if let Some(found) = found {
            self.list.set(found);
        }
    }
}

impl Layer for Library {
    fn scope(&self) -> &'static str {
        "library"
    }

    fn crumbs(&self, _ctx: &Ctx<'_>) -> Vec<String> {
        vec!["Workbooks".to_owned()]
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        // the worked example is never counted
        let own = |n: &usize| ctx.shelf.workbooks.get(*n).is_some_and(|book| !book.example);
        let all = (0..ctx.shelf.workbooks.len()).filter(own).count();
        let shown = self.order(ctx).places().iter().filter(|place| own(place)).count();
        if all == 0 && ctx.shelf.complete && !ctx.shelf.workbooks.is_empty() {
            return "the example".to_owned();
        }
        let number = words::count(all, "workbook", "workbooks");
        let number = if shown == all { number } else { format!("{shown} of {number}") };
        if ctx.shelf.complete { number } else { format!("{number}, reading…") }
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

    fn typed(&mut self, _ctx: &Ctx<'_>) -> Outcome {
        self.focused = None;
        self.list.set(0);
        Outcome::Done
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        *self.order.get_mut() = Order::of(ctx.shelf, &self.filter.text());
        self.follow(ctx);
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}
