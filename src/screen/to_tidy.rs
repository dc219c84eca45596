//! What is left to tidy: the calls and the days of jots with something left, the latest first, and the notes that wait
//! in the inbox. Opening one leads to its tidy sheet.

use std::cell::RefCell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{self, Pen};
use super::words;
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query::{call_with, let_be, to_tidy};
use crate::domain::{Call, RecordId, Workbook};
use crate::layer::Layer;
use crate::widget::list::List;
use crate::widget::text;

/// What is left to tidy.
#[derive(Debug, Default)]
pub struct ToTidy {
    list: RefCell<List>,
    /// What is in focus. Kept by id, since others come and go.
    focused: Option<RecordId>,
}

pub(super) const ROWS: &[Command<ToTidy>] = &[
    command("to-tidy.open", &["enter"], "Tidy what is in focus", ToTidy::open)
        .footer(1, "tidy")
        .words("go on")
        .when(|_, ctx| !entries(ctx).is_empty()),
    command("to-tidy.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command(
        "to-tidy.let-be",
        &["o"],
        "Let all of it be: there is nothing to do about any of its lines",
        ToTidy::let_be,
    )
    .footer(5, "let it be")
    .when(|s, ctx| ctx.writable && s.call(ctx).is_some())
    .changes()
    .words("done skip dismiss old whole call nothing fine okay"),
    command("to-tidy.down", &["down", "j"], "To the next one", |s: &mut ToTidy, ctx| s.by(1, ctx)),
    command("to-tidy.up", &["up", "k"], "To the one before", |s: &mut ToTidy, ctx| s.by(-1, ctx)),
    command("to-tidy.page-down", &["pagedown"], "A page down", |s: &mut ToTidy, ctx| s.by_pages(1, ctx)),
    command("to-tidy.page-up", &["pageup"], "A page up", |s: &mut ToTidy, ctx| s.by_pages(-1, ctx)),
    command("to-tidy.first", &["home", "g g"], "To the first one", |s: &mut ToTidy, ctx| {
        s.by(isize::MIN, ctx)
    }),
    command("to-tidy.last", &["end", "G"], "To the last one", |s: &mut ToTidy, ctx| s.by(isize::MAX, ctx)),
];

/// One row of the list.
enum Entry<'a> {
    /// Notes that wait in the inbox: how many.
    Inbox(usize),
    /// A call, or the jots of a day, with how many lines are left.
    Call(&'a Call, usize),
}

fn entries<'a>(ctx: &Ctx<'a>) -> Vec<Entry<'a>> {
    let waiting = ctx.shelf.jots.len();
    let inbox = (waiting > 0).then_some(Entry::Inbox(waiting));
    let untidy = ctx.workbook().map(to_tidy).unwrap_or_default();
    inbox.into_iter().chain(untidy.into_iter().map(|untidy| Entry::Call(untidy.call, untidy.left))).collect()
}

impl Entry<'_> {
    fn is(&self, id: Option<&RecordId>) -> bool {
        matches!(self, Self::Call(call, _) if Some(&call.id) == id)
    }

    /// What it is, and what is left of it.
    fn words(&self, workbook: Option<&Workbook>, ctx: &Ctx<'_>) -> (String, String) {
        match self {
            Self::Inbox(waiting) => {
                let waits = if *waiting == 1 { "1 note waits" } else { &format!("{waiting} notes wait") };
                (format!("{waits} in the inbox"), String::new())
            }
            Self::Call(call, left) => {
                let day = words::day(call.on, ctx.today());
                let with = match workbook.and_then(|workbook| call_with(call, workbook)) {
                    _ if call.is_jots() => "jotted".to_owned(),
                    Some(who) => format!("{who}, {}", call.medium.words()),
                    None => call.medium.words().to_owned(),
                };
                (format!("{day}  {with}"), words::count(*left, "line", "lines"))
            }
        }
    }
}

impl ToTidy {
    /// The list, with its first row in focus.
    pub fn new() -> Self {
        Self::default()
    }

    fn entries<'a>(&self, ctx: &Ctx<'a>) -> (Vec<Entry<'a>>, usize) {
        let entries = entries(ctx);
        let mut list = self.list.borrow_mut();
        if let Some(place) = entries.iter().position(|entry| entry.is(self.focused.as_ref())) {
            list.set(place);
        }
        let focus = list.focus(entries.len());
        (entries, focus)
    }

    fn move_by<T>(&mut self, ctx: &Ctx<'_>, step: impl FnOnce(&mut List, usize) -> T) -> Outcome {
        let (entries, _) = self.entries(ctx);
        let list = self.list.get_mut();
        step(list, entries.len());
        self.focused = match entries.get(list.focus(entries.len())) {
            Some(Entry::Call(call, _)) => Some(call.id.clone()),
            _ => None,
        };
        Outcome::Done
    }

    fn by(&mut self, rows: isize, ctx: &Ctx<'_>) -> Outcome {
        self.move_by(ctx, |list, len| list.by(rows, len))
    }

    fn by_pages(&mut self, pages: isize, ctx: &Ctx<'_>) -> Outcome {
        self.move_by(ctx, |list, len| list.by_pages(pages, len))
    }

    /// The call in focus.
    fn call<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Call> {
        let (entries, focus) = self.entries(ctx);
        match entries.get(focus) {
            Some(Entry::Call(call, _)) => Some(*call),
            _ => None,
        }
    }

    fn let_be(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(call) = self.call(ctx) else { return Outcome::Unused };
        let edits = let_be(call);
        let said = words::let_be(&edits, ctx);
        Outcome::All(vec![Outcome::Edits(edits), Outcome::Say(said)])
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let (entries, focus) = self.entries(ctx);
        match entries.get(focus) {
            Some(Entry::Inbox(_)) => Outcome::Run("global.go-inbox"),
            Some(Entry::Call(call, _)) => Outcome::Go(Go::Tidy(Some(call.id.clone()))),
            None => Outcome::Unused,
        }
    }
}

impl Layer for ToTidy {
    fn scope(&self) -> &'static str {
        "to-tidy"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map(|workbook| words::or(workbook.title(), "No title yet").to_owned());
        title.into_iter().chain(["To tidy".to_owned()]).collect()
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        let left: usize = ctx.workbook().map(crate::domain::query::left_to_tidy).unwrap_or_default();
        if left == 0 { String::new() } else { format!("{} left", words::count(left, "line", "lines")) }
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = page::page(area);
        let (entries, focus) = self.entries(ctx);
        if entries.is_empty() {
            let mut pen = Pen::new(buf, area);
            pen.say("Nothing is left to tidy.", ctx.theme.text());
            pen.gap();
            let how = "After a call its lines become promises, questions and answers here. What is jotted in \
                       passing comes here too.";
            pen.say(how, ctx.theme.quiet());
            return (!area.is_empty()).then(|| page::cursor(area, 0));
        }
        let window = self.list.borrow().window(area.height.into(), entries.len());
        let mut cursor = None;
        for (n, row) in window.zip(area.rows()) {
            let Some(entry) = entries.get(n) else { continue };
            let (said, left) = entry.words(ctx.workbook(), ctx);
            let style = if n == focus { ctx.theme.focus() } else { ctx.theme.text() };
            if ctx.linear {
                let said = if left.is_empty() { said } else { format!("{said}, {left}") };
                cursor = page::entry(buf, row, &said, style, n == focus).or(cursor);
                continue;
            }
            let aside = text::width(&left).min(row.width / 3);
            let room = Rect { width: row.width.saturating_sub(aside + 2 * u16::from(aside > 0)), ..row };
            let shown = text::fit(&said, room.width.saturating_sub(2));
            cursor = page::entry(buf, room, &shown, style, n == focus).or(cursor);
            text::put(buf, text::right_of(row, row.width.saturating_sub(aside)), &left, ctx.theme.quiet());
        }
        cursor
    }
}

#[cfg(test)]
mod tests;
