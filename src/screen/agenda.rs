//! The agenda of all workbooks: what is owed, touch points, follow-ups, reviews and days to look again, by day.
//!
//! What it shows stands on the shelf, so nothing is read for it; the open workbook's own entries are as they are now.
//! What is past is said as a fact, with its day. Start at [`ROWS`].

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use jiff::civil::Date;

use super::page::{self, Pen};
use super::words;
use crate::command::{Ask, Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query::{AgendaItem, AgendaTo, Digest};
use crate::domain::{QuestionId, TextPlace, VoiceKey, Workbook, WorkbookId};
use crate::layer::Layer;
use crate::order::InOrder;
use crate::widget::cells::cells;
use crate::widget::list::List;
use crate::widget::text;

/// Rows below the list for the one in focus.
const BELOW: u16 = 3;
/// Columns of "Wed 14 Nov 2025".
const DAY: u16 = 15;

/// Which entries are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shown {
    #[default]
    Everything,
    Owed,
    Here,
}

/// The agenda.
#[derive(Debug, Default)]
pub struct Agenda {
    list: List,
    shown: Shown,
    /// By day. Made anew when something has changed, not at every key: there may be thousands of workbooks.
    entries: Vec<Entry>,
    /// Whether they are of more than one workbook.
    several: bool,
    /// The entries under their headings.
    rows: Vec<Drawn>,
}

/// An entry, and whose workbook it is of.
#[derive(Debug)]
struct Entry {
    workbook: WorkbookId,
    title: String,
    item: AgendaItem,
}

pub(super) const ROWS: &[Command<Agenda>] = &[
    command("agenda.open", &["enter"], "Open the workbook where this stands", Agenda::open)
        .footer(1, "open")
        .when(|s, _| s.in_focus().is_some()),
    command("agenda.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("agenda.turn", &["tab"], "Everything, only what is owed, only this workbook", Agenda::turn)
        .footer(3, "show less")
        .words("filter owed promises this workbook"),
    command("agenda.down", &["down", "j"], "To the next one", |s: &mut Agenda, _| s.step(1)),
    command("agenda.up", &["up", "k"], "To the one before", |s: &mut Agenda, _| s.step(-1)),
    command("agenda.page-down", &["pagedown"], "A page down", |s: &mut Agenda, _| s.step_pages(1)),
    command("agenda.page-up", &["pageup"], "A page up", |s: &mut Agenda, _| s.step_pages(-1)),
    command("agenda.first", &["home", "g g"], "To the first one", |s: &mut Agenda, _| s.step(isize::MIN)),
    command("agenda.last", &["end", "G"], "To the last one", |s: &mut Agenda, _| s.step(isize::MAX)),
];

impl Agenda {
    /// With the first entry in focus.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in the entries of all workbooks that take part. The example is left out unless it is open.
    fn gather(&mut self, ctx: &Ctx<'_>) {
        let open = ctx.workbook();
        let entry = |workbook: &WorkbookId, title: &str, item: AgendaItem| Entry {
            workbook: workbook.clone(),
            title: words::or(title, "No title yet").to_owned(),
            item,
        };
        self.entries.clear();
        if let Some(workbook) = open {
            let items = Digest::of(workbook).agenda.into_iter();
            self.entries.extend(items.map(|item| entry(workbook.id(), workbook.title(), item)));
        }
        if self.shown != Shown::Here {
            let others = ctx.shelf.workbooks.iter();
            let others = others.filter(|w| !w.example && Some(&w.id) != open.map(Workbook::id));
            for other in others {
                let items = other.digest.agenda.iter();
                self.entries.extend(items.map(|item| entry(&other.id, &other.title, item.clone())));
            }
        }
        let owed_only = self.shown == Shown::Owed;
        let today = ctx.today();
        self.entries.retain(|entry| !owed_only || entry.item.kind.is_owed());
        self.entries.retain(|entry| !entry.item.has_passed(today));
        self.entries.order_by(|a, b| {
            let key = |e: &Entry| (e.item.on.is_none(), e.item.on, e.item.kind);
            key(a).cmp(&key(b)).then_with(|| a.title.cmp(&b.title))
        });
        let first = self.entries.first().map(|entry| entry.workbook.clone());
        self.several = self.entries.iter().any(|entry| Some(&entry.workbook) != first.as_ref());
        self.rows = drawn(&self.entries, today);
    }

    fn in_focus(&self) -> Option<&Entry> {
        self.entries.get(self.list.focus(self.entries.len()))
    }

    fn step(&mut self, by: isize) -> Outcome {
        self.list.by(by, self.entries.len());
        Outcome::Done
    }

    fn step_pages(&mut self, pages: isize) -> Outcome {
        self.list.by_pages(pages, self.entries.len());
        Outcome::Done
    }

    fn turn(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.shown = match self.shown {
            Shown::Everything => Shown::Owed,
            Shown::Owed if ctx.workbook().is_some() => Shown::Here,
            Shown::Owed | Shown::Here => Shown::Everything,
        };
        self.gather(ctx);
        Outcome::Done
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(entry) = self.in_focus() else { return Outcome::Unused };
        let here = ctx.workbook().is_some_and(|workbook| *workbook.id() == entry.workbook);
        match entry.item.to.clone() {
            AgendaTo::Aspect(aspect) if here => Outcome::Go(Go::Aspect(aspect)),
            AgendaTo::Place(place) if here => Outcome::Go(Go::Place(place)),
            AgendaTo::Place(place) => Outcome::Ask(Ask::OpenAt(entry.workbook.clone(), place)),
            AgendaTo::Aspect(aspect) => {
                let question = ctx.content.aspect(&aspect).and_then(|aspect| aspect.questions.first());
                Outcome::Ask(match question {
                    Some(question) => {
                        let place = TextPlace::Voice(QuestionId::new(&question.id), VoiceKey::Ours);
                        Ask::OpenAt(entry.workbook.clone(), place)
                    }
                    None => Ask::OpenWorkbook(entry.workbook.clone()),
                })
            }
        }
    }
}

/// The heading that an entry stands under.
fn heading(on: Option<Date>, today: Date) -> String {
    let Some(on) = on else { return "Without a day".to_owned() };
    let days = today.until(on).map_or(0, |span| span.get_days());
    let week_ends = 7 - i32::from(today.weekday().to_monday_zero_offset());
    match days {
        ..0 => "Days that have passed".to_owned(),
        0 => "Today".to_owned(),
        days if days < week_ends => "This week".to_owned(),
        days if days < week_ends + 7 => "Next week".to_owned(),
        _ if on.year() == today.year() => on.strftime("%B").to_string(),
        _ => on.strftime("%B %Y").to_string(),
    }
}

/// A row as it is drawn: a heading, an entry by its number, or nothing.
#[derive(Debug)]
enum Drawn {
    Heading(String),
    Entry(usize),
    Free,
}

fn drawn(entries: &[Entry], today: Date) -> Vec<Drawn> {
    let mut rows = Vec::with_capacity(entries.len() + 16);
    let mut last = String::new();
    for (n, entry) in entries.iter().enumerate() {
        let heading = heading(entry.item.on, today);
        if heading != last {
            if n > 0 {
                rows.push(Drawn::Free);
            }
            rows.push(Drawn::Heading(heading.clone()));
            last = heading;
        }
        rows.push(Drawn::Entry(n));
    }
    rows
}

impl Layer for Agenda {
    fn scope(&self) -> &'static str {
        "agenda"
    }

    fn crumbs(&self, _: &Ctx<'_>) -> Vec<String> {
        vec![
            match self.shown {
                Shown::Everything => "Agenda of all workbooks",
                Shown::Owed => "Agenda: what is owed",
                Shown::Here => "Agenda: this workbook",
            }
            .to_owned(),
        ]
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        let today = ctx.today();
        today.strftime("%A %-d %B %Y").to_string()
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        self.gather(ctx);
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = page::page(area);
        let entries = &self.entries;
        let mut pen = Pen::new(buf, area);
        if entries.is_empty() {
            let words = if ctx.shelf.complete {
                "Nothing has a day, and nobody owes anybody anything."
            } else {
                "Reading your workbooks…"
            };
            pen.say(words, ctx.theme.quiet());
            return (!area.is_empty()).then(|| page::cursor(area, 0));
        }
        let today = ctx.today();
        let focus = self.list.focus(entries.len());
        let rows = &self.rows;
        let below = if area.height > 3 * BELOW { BELOW } else { 0 };
        let length = cells(rows.len());
        let (list, buf) = pen.take(pen.rest().height.saturating_sub(below).min(length));
        let line = rows.iter().position(|row| matches!(row, Drawn::Entry(n) if *n == focus)).unwrap_or(0);
        let window = List::at(line).window(list.height.into(), rows.len());
        self.list.window(list.height.into(), entries.len());
        let mut cursor = None;
        for (n, row) in window.zip(list.rows()) {
            match rows.get(n) {
                Some(Drawn::Heading(words)) => {
                    text::put(buf, row, words, ctx.theme.strong());
                }
                Some(Drawn::Entry(n)) => {
                    let Some(entry) = entries.get(*n) else { continue };
                    cursor = cursor.or(draw_entry(entry, self.several, row, buf, ctx, *n == focus));
                }
                _ => {}
            }
        }
        if let (Some(entry), true) = (entries.get(focus), below > 0) {
            pen.gap();
            pen.say(&sentence(entry, today), ctx.theme.quiet());
        }
        cursor
    }
}

fn draw_entry(
    entry: &Entry,
    several: bool,
    row: Rect,
    buf: &mut Buffer,
    ctx: &Ctx<'_>,
    focus: bool,
) -> Option<Position> {
    let theme = ctx.theme;
    let style = if focus { theme.focus() } else { theme.text() };
    if ctx.linear {
        return page::entry(buf, row, &sentence(entry, ctx.today()), style, focus);
    }
    let day = entry.item.on.map(|on| words::weekday(on, ctx.today())).unwrap_or_default();
    let cursor = page::entry(buf, row, &day, style, focus);
    let rest = text::right_of(row, 2 + if row.width >= 50 { DAY } else { 11 });
    let kind = entry.item.kind.words();
    text::put(buf, rest, kind, theme.quiet());
    let rest = text::right_of(rest, 13);
    // where there is one workbook, it is plain which is meant
    let title = if row.width >= 60 && several { (row.width / 4).min(30) } else { 0 };
    let room = Rect { width: rest.width.saturating_sub(title + 2 * u16::from(title > 0)), ..rest };
    let who = if entry.item.who.is_empty() { String::new() } else { format!(" · {}", entry.item.who) };
    let said = text::fit(words::or(&entry.item.words, "not said yet"), room.width);
    let used = text::put(buf, room, &said, style);
    let left = text::right_of(room, used);
    if left.width > 8 {
        text::put(buf, left, &text::fit(&who, left.width), theme.quiet());
    }
    let right = text::right_of(rest, rest.width.saturating_sub(title));
    text::put(buf, right, &text::fit(&entry.title, title), theme.quiet());
    cursor
}

/// An entry in a sentence.
fn sentence(entry: &Entry, today: Date) -> String {
    let item = &entry.item;
    let day = item.on.map(|on| format!("{}: ", words::weekday(on, today))).unwrap_or_default();
    let who = if item.who.is_empty() { String::new() } else { format!(", {}", item.who) };
    format!("{day}{}, {}{who}. In {}.", item.kind.words(), item.words.trim(), entry.title)
}

#[cfg(test)]
mod tests;
