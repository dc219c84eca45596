//! The inbox: notes that wait to be put into a workbook. Each can go into the open one, into another, or into the bin.
//!
//! It knows notes by the names of their files and nothing of where those are; what is asked for here comes back as
//! another shelf. Start at [`ROWS`].

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{self, Pen};
use super::words;
use crate::command::{Ask, Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::{PRIVATE_LETTER, RecordId};
use crate::layer::Layer;
use crate::overlay::menu::{Menu, MenuRow};
use crate::shelf::Note;
use crate::widget::cells::cells;
use crate::widget::list::List;
use crate::widget::text;

/// Rows below the list for the one in focus.
const BELOW: u16 = 6;
/// Columns of "12 Mar 2024", and of a tag with the mark for private.
const WHEN: u16 = 11;
const TAG: u16 = 2;
/// Columns from which all of it stands in one row.
const WIDE: u16 = 40;

/// Notes that wait.
#[derive(Debug, Default)]
pub struct Inbox {
    list: List,
    /// The one in focus, since others come and go.
    focused: Option<RecordId>,
}

pub(super) const ROWS: &[Command<Inbox>] = &[
    command(
        "inbox.put",
        &["enter"],
        "Put the note into this workbook; choose one where none is open",
        Inbox::put,
    )
    .footer(1, "put it in")
    .words("file sort move")
    .when(|s, ctx| s.in_focus(ctx).is_some())
    .changes(),
    command("inbox.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("inbox.choose", &["m"], "Choose the workbook that it goes to", Inbox::choose)
        .footer(3, "another workbook")
        .words("move other send")
        .when(|s, ctx| s.in_focus(ctx).is_some())
        .changes(),
    command("inbox.bin", &["d d"], "Put the note into the bin", Inbox::bin)
        .words("delete remove throw away")
        .when(|s, ctx| s.in_focus(ctx).is_some())
        .changes(),
    command("inbox.down", &["down", "j"], "To the next one", |s: &mut Inbox, ctx| s.step(1, ctx)),
    command("inbox.up", &["up", "k"], "To the one before", |s: &mut Inbox, ctx| s.step(-1, ctx)),
    command("inbox.page-down", &["pagedown"], "A page down", |s: &mut Inbox, ctx| s.step_pages(1, ctx)),
    command("inbox.page-up", &["pageup"], "A page up", |s: &mut Inbox, ctx| s.step_pages(-1, ctx)),
    command("inbox.first", &["home", "g g"], "To the first one", |s: &mut Inbox, ctx| {
        s.step(isize::MIN, ctx)
    }),
    command("inbox.last", &["end", "G"], "To the last one", |s: &mut Inbox, ctx| s.step(isize::MAX, ctx)),
];

impl Inbox {
    /// With the note in focus that came last.
    pub fn new() -> Self {
        Self::default()
    }

    fn in_focus<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Note> {
        note(self.list.focus(ctx.shelf.jots.len()), ctx)
    }

    fn step(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        self.list.by(by, ctx.shelf.jots.len());
        self.hold(ctx)
    }

    fn step_pages(&mut self, pages: isize, ctx: &Ctx<'_>) -> Outcome {
        self.list.by_pages(pages, ctx.shelf.jots.len());
        self.hold(ctx)
    }

    /// Remembers which one is in focus.
    fn hold(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.focused = self.in_focus(ctx).map(|note| note.id.clone());
        Outcome::Done
    }

    fn put(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(note) = self.in_focus(ctx) else { return Outcome::Unused };
        match ctx.workbook().filter(|_| ctx.writable) {
            _ if note.at.is_none() => unreadable(note, ctx),
            Some(workbook) => Outcome::Ask(Ask::JotTo(note.name.clone(), workbook.id().clone())),
            None => self.choose(ctx),
        }
    }

    fn choose(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(note) = self.in_focus(ctx) else { return Outcome::Unused };
        if note.at.is_none() {
            return unreadable(note, ctx);
        }
        let readable = ctx.shelf.workbooks.iter().filter(|workbook| workbook.trouble.is_none());
        let rows: Vec<MenuRow> = readable
            .map(|workbook| {
                let title = words::or(&workbook.title, "No title yet");
                let ask = Ask::JotTo(note.name.clone(), workbook.id.clone());
                MenuRow::new(None, title, words::listed(&workbook.partners), Outcome::Ask(ask))
            })
            .collect();
        if rows.is_empty() {
            return Outcome::Say(
                "There is no workbook yet. The note stays here until there is one.".to_owned(),
            );
        }
        Outcome::Open(Box::new(Menu::new("Which workbook does it go to?", rows)))
    }

    fn bin(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.in_focus(ctx).map_or(Outcome::Unused, |note| Outcome::Ask(Ask::BinJot(note.name.clone())))
    }
}

/// The note of a row: the one that came last stands first.
fn note<'a>(row: usize, ctx: &Ctx<'a>) -> Option<&'a Note> {
    let jots = &ctx.shelf.jots;
    jots.get(jots.len().checked_sub(row + 1)?)
}

fn unreadable(note: &Note, ctx: &Ctx<'_>) -> Outcome {
    Outcome::Say(format!("This note cannot be read here. Its words are in {}.", file_of(note, ctx)))
}

fn file_of(note: &Note, ctx: &Ctx<'_>) -> String {
    format!("{}/inbox/{}", ctx.shelf.folder, note.name)
}

/// The letter of its tag, and the one for private.
fn marks(note: &Note) -> String {
    let letters = [note.tag.map(crate::domain::Tag::letter), note.private.then_some(PRIVATE_LETTER)];
    letters.into_iter().flatten().collect()
}

/// When, in few columns: the time today, the day before that.
fn when(note: &Note, ctx: &Ctx<'_>) -> String {
    let Some(at) = note.at.map(|at| at.to_zoned(ctx.zone.clone())) else { return String::new() };
    if at.date() == ctx.today() {
        at.strftime("%H:%M").to_string()
    } else {
        words::short_day(at.date(), ctx.today())
    }
}

/// What there is to know of a note beside its words.
fn about(note: &Note, ctx: &Ctx<'_>) -> String {
    let Some(at) = note.at.map(|at| at.to_zoned(ctx.zone.clone())) else {
        return format!("It cannot be read and stays as it is, in {}.", file_of(note, ctx));
    };
    let mut said = format!("{}, {}", words::ago(at.date(), ctx.today()), at.strftime("%H:%M"));
    if let Some(tag) = note.tag {
        said.push_str(&format!(", {}", tag.words()));
    }
    if note.private {
        said.push_str(", private");
    }
    let mut letters = said.chars();
    let said: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    match &note.to {
        None => format!("{said}. For no workbook yet."),
        Some(to) => {
            let title = ctx.shelf.title_of(to).unwrap_or("a workbook that is not here");
            format!("{said}. For {title}: it goes in when that is opened.")
        }
    }
}

impl Layer for Inbox {
    fn scope(&self) -> &'static str {
        "inbox"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let workbook = ctx.workbook().map(|workbook| words::or(workbook.title(), "No title yet").to_owned());
        workbook.into_iter().chain(["Inbox".to_owned()]).collect()
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        let jots = &ctx.shelf.jots;
        let place = jots.iter().rev().position(|note| Some(&note.id) == self.focused.as_ref());
        if let Some(place) = place {
            self.list.set(place);
        }
        self.hold(ctx);
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = page::page(area);
        let notes = ctx.shelf.jots.len();
        let mut pen = Pen::new(buf, area);
        if notes == 0 {
            pen.say("No note waits here.", ctx.theme.quiet());
            return (!area.is_empty()).then(|| page::cursor(area, 0));
        }
        let below = if area.height > 2 * BELOW { BELOW } else { 0 };
        let length = cells(notes);
        let (rows, buf) = pen.take(length.min(area.height - below));
        let focus = self.list.focus(notes);
        let mut cursor = None;
        for (n, row) in self.list.window(rows.height.into(), notes).zip(rows.rows()) {
            let Some(note) = note(n, ctx) else { continue };
            cursor = cursor.or(draw_note(note, row, buf, ctx, n == focus));
        }
        if let Some(note) = note(focus, ctx) {
            pen.gap();
            pen.say(&about(note, ctx), ctx.theme.quiet());
            pen.gap();
            pen.say(&note.text, ctx.theme.text());
        }
        cursor
    }
}

fn draw_note(note: &Note, row: Rect, buf: &mut Buffer, ctx: &Ctx<'_>, focus: bool) -> Option<Position> {
    let style = if focus { ctx.theme.focus() } else { ctx.theme.text() };
    let words = if note.at.is_none() { "Cannot be read" } else { first_line(&note.text) };
    if ctx.linear {
        let said = [when(note, ctx), marks(note), words.to_owned()];
        let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
        return page::entry(buf, row, &said.join("  "), style, focus);
    }
    if row.width < WIDE {
        return page::entry(buf, row, words, style, focus);
    }
    text::put(buf, Rect { width: WHEN, ..text::right_of(row, 2) }, &when(note, ctx), ctx.theme.quiet());
    text::put(buf, Rect { width: TAG, ..text::right_of(row, WHEN + 4) }, &marks(note), ctx.theme.strong());
    if focus {
        text::put(buf, row, ">", ctx.theme.text());
    }
    let place = text::right_of(row, WHEN + TAG + 6);
    text::put(buf, place, words, style);
    (focus && !row.is_empty()).then(|| page::cursor(row, WHEN + TAG + 6))
}

fn first_line(text: &str) -> &str {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
