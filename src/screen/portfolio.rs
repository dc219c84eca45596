//! All workbooks side by side: when there was last contact, the state, what is owed, and the question that has been open for
//! longest.
//!
//! What it shows stands on the shelf, so nothing is read for it. It says facts and gives no marks: there is no order of
//! merit, only what somebody may want to see first. Start at [`ROWS`].

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{self, Pen};
use super::words;
use crate::command::{Ask, Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query::{AgendaKind, Digest, remains_in_words};
use crate::domain::{PartnershipState, WorkbookId};
use crate::layer::Layer;
use crate::order::InOrder;
use crate::widget::cells::cells;
use crate::widget::list::List;
use crate::widget::text;

/// Rows below the list for the one in focus.
const BELOW: u16 = 5;
/// Columns of "Exploring", of "12 Mar 2024", of "we 12, they 3".
const STATE: u16 = 9;
const CONTACT: u16 = 11;
const OWED: u16 = 13;

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum First {
    #[default]
    LongestSilent,
    MostOwed,
    LongestOpen,
}

impl First {
    fn next(self) -> Self {
        match self {
            Self::LongestSilent => Self::MostOwed,
            Self::MostOwed => Self::LongestOpen,
            Self::LongestOpen => Self::LongestSilent,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::LongestSilent => "longest without contact first",
            Self::MostOwed => "most owed first",
            Self::LongestOpen => "longest open question first",
        }
    }
}

/// All workbooks side by side.
#[derive(Debug, Default)]
pub struct Portfolio {
    list: List,
    first: First,
    /// Made anew when something has changed, not at every key: there may be thousands of workbooks.
    lines: Vec<Line>,
}

/// A workbook, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    id: WorkbookId,
    title: String,
    state: PartnershipState,
    contact: Option<Date>,
    we_owe: usize,
    they_owe: usize,
    /// The question that has been open for longest: in few words, in full, and since when.
    open: Option<(String, String, Date)>,
    remains: String,
    trouble: bool,
}

pub(super) const ROWS: &[Command<Portfolio>] = &[
    command("portfolio.open", &["enter"], "Open this workbook", Portfolio::open)
        .footer(1, "open")
        .when(|s, _| s.in_focus().is_some()),
    command("portfolio.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("portfolio.turn", &["tab"], "Show others first: silent, owed, open", Portfolio::turn)
        .footer(3, "others first")
        .words("sort order"),
    command("portfolio.down", &["down", "j"], "To the next workbook", |s: &mut Portfolio, _| s.step(1)),
    command("portfolio.up", &["up", "k"], "To the workbook before", |s: &mut Portfolio, _| s.step(-1)),
    command("portfolio.page-down", &["pagedown"], "A page down", |s: &mut Portfolio, _| s.step_pages(1)),
    command("portfolio.page-up", &["pageup"], "A page up", |s: &mut Portfolio, _| s.step_pages(-1)),
    command("portfolio.first", &["home", "g g"], "To the first workbook", |s: &mut Portfolio, _| {
        s.step(isize::MIN)
    }),
    command("portfolio.last", &["end", "G"], "To the last workbook", |s: &mut Portfolio, _| {
        s.step(isize::MAX)
    }),
];

impl Portfolio {
    /// With the workbook that was silent for longest in focus.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in all workbooks; the example only where there is no other.
    fn gather(&mut self, ctx: &Ctx<'_>) {
        let own = ctx.shelf.workbooks.iter().any(|book| !book.example);
        let shown = ctx.shelf.workbooks.iter().filter(|book| !book.example || !own);
        self.lines = shown
            .map(|book| match ctx.workbook().filter(|open| *open.id() == book.id) {
                // what is open is shown as it is now
                Some(open) => {
                    let digest = Digest::of(open);
                    line(&book.id, open.title(), open.state(), &digest, false, ctx)
                }
                None => line(&book.id, &book.title, book.state, &book.digest, book.trouble.is_some(), ctx),
            })
            .collect();
        let first = self.first;
        self.lines.order_by(|a, b| {
            // what is over comes last: nobody waits there
            let over = |line: &Line| line.state == PartnershipState::Ended;
            let by = match first {
                First::LongestSilent => a.contact.cmp(&b.contact),
                First::MostOwed => (b.we_owe + b.they_owe).cmp(&(a.we_owe + a.they_owe)),
                First::LongestOpen => {
                    let since = |line: &Line| line.open.as_ref().map_or(Date::MAX, |(.., on)| *on);
                    since(a).cmp(&since(b))
                }
            };
            over(a).cmp(&over(b)).then(by).then_with(|| a.title.cmp(&b.title))
        });
    }

    fn in_focus(&self) -> Option<&Line> {
        self.lines.get(self.list.focus(self.lines.len()))
    }

    fn step(&mut self, by: isize) -> Outcome {
        self.list.by(by, self.lines.len());
        Outcome::Done
    }

    fn step_pages(&mut self, pages: isize) -> Outcome {
        self.list.by_pages(pages, self.lines.len());
        Outcome::Done
    }

    fn turn(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.first = self.first.next();
        self.list.set(0);
        self.gather(ctx);
        Outcome::Say(format!("{}.", words::capital(self.first.words())))
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.in_focus() {
            Some(line) if ctx.workbook().is_some_and(|open| *open.id() == line.id) => Outcome::Go(Go::Map),
            Some(line) => Outcome::Ask(Ask::OpenWorkbook(line.id.clone())),
            None => Outcome::Unused,
        }
    }
}

fn line(
    id: &WorkbookId,
    title: &str,
    state: PartnershipState,
    digest: &Digest,
    trouble: bool,
    ctx: &Ctx<'_>,
) -> Line {
    let open = digest.oldest_open(ctx.content);
    let ended = state == PartnershipState::Ended;
    Line {
        id: id.clone(),
        title: words::or(title, "No title yet").to_owned(),
        state,
        contact: digest.last_contact,
        we_owe: digest.owed(AgendaKind::WeOwe),
        they_owe: digest.owed(AgendaKind::TheyOwe),
        open: open.map(|(question, on)| (question.short.clone(), question.ask.clone(), on)),
        remains: if ended { remains_in_words(digest.remains) } else { String::new() },
        trouble,
    }
}

impl Line {
    fn contact_in_words(&self, today: Date) -> String {
        self.contact.map_or_else(|| "never".to_owned(), |on| words::short_day(on, today))
    }

    fn owed_in_words(&self) -> String {
        match (self.we_owe, self.they_owe) {
            (0, 0) => "nothing".to_owned(),
            (ours, 0) => format!("we {ours}"),
            (0, theirs) => format!("they {theirs}"),
            (ours, theirs) => format!("we {ours}, they {theirs}"),
        }
    }

    /// All of it, in sentences.
    fn sentence(&self, today: Date) -> String {
        if self.trouble {
            return format!("{}: cannot be read. The library says why.", self.title);
        }
        let remains = if self.remains.is_empty() { String::new() } else { format!(" · {}", self.remains) };
        let contact = match self.contact {
            Some(on) => format!("Last contact {}.", words::day(on, today)),
            None => "No contact is noted.".to_owned(),
        };
        let owed = match (self.we_owe, self.they_owe) {
            (0, 0) => "Nothing is owed.".to_owned(),
            (ours, theirs) => format!("We owe {ours}, they owe {theirs}."),
        };
        let open = match &self.open {
            Some((_, ask, on)) => format!(" Open since {}: {ask}", words::day(*on, today)),
            None => " No answer is only guessed or disputed.".to_owned(),
        };
        format!("{}. {}{remains}. {contact} {owed}{open}", self.title, self.state.word())
    }
}

/// The columns of title, state, contact, owed and open question; 0 where there is no room.
fn columns(row: u16) -> [u16; 5] {
    let fixed = STATE + CONTACT + OWED + 6;
    let left = row.saturating_sub(fixed);
    match row {
        74.. => [left / 2 - 1, STATE, CONTACT, OWED, left - left / 2 - 1],
        52.. => [left, STATE, CONTACT, OWED, 0],
        _ => [row.saturating_sub(STATE + 2), STATE, 0, 0, 0],
    }
}

fn draw_cells(cells: [&str; 5], row: Rect, buf: &mut Buffer, styles: [ratatui::style::Style; 5]) {
    let mut rest = row;
    for ((words, room), style) in cells.into_iter().zip(columns(row.width)).zip(styles) {
        if room > 0 {
            text::put(buf, Rect { width: room.min(rest.width), ..rest }, &text::fit(words, room), style);
            rest = text::right_of(rest, room + 2);
        }
    }
}

impl Layer for Portfolio {
    fn scope(&self) -> &'static str {
        "portfolio"
    }

    fn crumbs(&self, _: &Ctx<'_>) -> Vec<String> {
        vec!["All workbooks side by side".to_owned()]
    }

    fn aside(&self, _: &Ctx<'_>) -> String {
        self.first.words().to_owned()
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
        let (theme, today) = (ctx.theme, ctx.today());
        let mut pen = Pen::new(buf, area);
        if self.lines.is_empty() {
            let said =
                if ctx.shelf.complete { "There is no workbook here." } else { "Reading your workbooks…" };
            pen.say(said, theme.quiet());
            return (!area.is_empty()).then(|| page::cursor(area, 0));
        }
        if !ctx.linear && area.height > 4 {
            let (row, buf) = pen.take(1);
            let heads = ["Workbook", "State", "Contact", "Owed", "Open for longest"];
            draw_cells(heads, text::right_of(row, 2), buf, [theme.heading(); 5]);
        }
        let focus = self.list.focus(self.lines.len());
        if ctx.linear {
            let told: Vec<String> = self.lines.iter().map(|line| line.sentence(today)).collect();
            return page::entries(buf, area, &told, focus, *theme);
        }
        let below = if area.height > BELOW + 2 { BELOW } else { 0 };
        let length = cells(self.lines.len());
        let (list, buf) = pen.take(pen.rest().height.saturating_sub(below).min(length));
        let mut cursor = None;
        for (n, row) in self.list.window(list.height.into(), self.lines.len()).zip(list.rows()) {
            let Some(line) = self.lines.get(n) else { continue };
            let style = if n == focus { theme.focus() } else { theme.text() };
            cursor = cursor.or(page::entry(buf, row, "", style, n == focus));
            let open = line.open.as_ref().map_or("", |(short, ..)| short.as_str());
            let (contact, owed) = (line.contact_in_words(today), line.owed_in_words());
            let state = if line.trouble { "unread" } else { line.state.word() };
            let cells = [line.title.as_str(), state, &contact, &owed, open];
            let quiet = theme.quiet();
            draw_cells(cells, text::right_of(row, 2), buf, [style, theme.text(), quiet, theme.text(), quiet]);
        }
        if let (Some(line), true) = (self.lines.get(focus), below > 0) {
            pen.gap();
            pen.say(&line.sentence(today), theme.quiet());
        }
        cursor
    }
}

#[cfg(test)]
mod tests;
