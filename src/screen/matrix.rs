//! Who has what: the sides down and things across, turned round by one key. A blank cell is the message, so it says what
//! is not there.
//!
//! What stands in a cell comes from [`matrix`](crate::domain::query::matrix); `draw` shows it as a table, or one side, or
//! one thing, at a time where there is no room for a table. Start reading at [`ROWS`].

mod draw;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::words;
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query::{self, Across, Behind, BehindAt, Matrix};
use crate::domain::{Family, PartnerField, PartnerId, PersonField, TextPlace};
use crate::layer::Layer;
use crate::overlay::{Menu, MenuRow};
use crate::widget::grid::Grid;

/// Who has what.
#[derive(Debug, Default)]
pub struct Overview {
    grid: Grid,
    /// Things down and sides across.
    turned: bool,
    /// Which side is in focus, by its place; or one to be looked for.
    side: usize,
    wanted: Option<PartnerId>,
    /// Which of [`Across::ALL`].
    across: usize,
}

pub(super) const ROWS: &[Command<Overview>] = &[
    command("matrix.open", &["enter"], "Open what stands behind this", Overview::open)
        .footer(1, "open")
        .words("show go edit"),
    command("matrix.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("matrix.turn", &["*"], "Turn it round: sides across, things down", Overview::turn)
        .footer(3, "turn")
        .words("transpose rotate swap rows columns"),
    command("matrix.down", &["down", "j"], "Down", |s: &mut Overview, ctx| s.step(1, 0, ctx)),
    command("matrix.up", &["up", "k"], "Up", |s: &mut Overview, ctx| s.step(-1, 0, ctx)),
    command("matrix.right", &["right", "l"], "Right; on to the next one", |s: &mut Overview, ctx| {
        s.step(0, 1, ctx)
    }),
    command("matrix.left", &["left", "h"], "Left; back to the one before", |s: &mut Overview, ctx| {
        s.step(0, -1, ctx)
    }),
    command("matrix.page-down", &["pagedown"], "A page down", |s: &mut Overview, ctx| s.step_pages(1, ctx)),
    command("matrix.page-up", &["pageup"], "A page up", |s: &mut Overview, ctx| s.step_pages(-1, ctx)),
    command("matrix.first", &["home", "g g"], "To the first row", |s: &mut Overview, ctx| {
        s.step(isize::MIN, 0, ctx)
    }),
    command("matrix.last", &["end", "G"], "To the last row", |s: &mut Overview, ctx| {
        s.step(isize::MAX, 0, ctx)
    }),
];

impl Overview {
    /// With the first cell in focus, or the first of a side.
    pub fn new(side: Option<PartnerId>) -> Self {
        Self { wanted: side, ..Self::default() }
    }

    fn matrix(ctx: &Ctx<'_>) -> Option<Matrix> {
        Some(query::matrix(ctx.workbook()?, ctx.content, ctx.today(), true))
    }

    /// The side and the thing in focus, by their places.
    fn focus(&self, matrix: &Matrix) -> (usize, usize) {
        let wanted = self.wanted.as_ref();
        let wanted = wanted.and_then(|id| matrix.rows.iter().position(|(there, ..)| there == id));
        let side = wanted.unwrap_or(self.side).min(matrix.rows.len().saturating_sub(1));
        (side, self.across.min(Across::ALL.len() - 1))
    }

    /// Whether rows are sides; else they are things. One at a time, the rows are what a table has across.
    fn rows_are_sides(&self, ctx: &Ctx<'_>) -> bool {
        self.turned != draw::is_table(ctx)
    }

    fn step(&mut self, down: isize, right: isize, ctx: &Ctx<'_>) -> Outcome {
        let Some(matrix) = Self::matrix(ctx) else { return Outcome::Unused };
        let (side, across) = self.focus(&matrix);
        let (by_side, by_across) = if self.rows_are_sides(ctx) { (down, right) } else { (right, down) };
        self.wanted = None;
        self.side = side.saturating_add_signed(by_side).min(matrix.rows.len().saturating_sub(1));
        self.across = across.saturating_add_signed(by_across).min(Across::ALL.len() - 1);
        Outcome::Done
    }

    fn step_pages(&mut self, pages: isize, ctx: &Ctx<'_>) -> Outcome {
        let Some(matrix) = Self::matrix(ctx) else { return Outcome::Unused };
        let (side, across) = self.focus(&matrix);
        self.wanted = None;
        (self.side, self.across) = (side, across);
        if self.rows_are_sides(ctx) {
            self.side = self.grid.page(pages, side, matrix.rows.len());
        } else {
            self.across = self.grid.page(pages, across, Across::ALL.len());
        }
        Outcome::Done
    }

    fn turn(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if let Some(matrix) = Self::matrix(ctx) {
            (self.side, self.across) = self.focus(&matrix);
            self.wanted = None;
        }
        self.turned = !self.turned;
        self.grid = Grid::default();
        Outcome::Done
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(matrix) = Self::matrix(ctx) else { return Outcome::Unused };
        let (side, across) = self.focus(&matrix);
        let Some((id, name, cells)) = matrix.rows.get(side) else { return Outcome::Unused };
        let (Some(cell), Some(across)) = (cells.get(across), Across::ALL.get(across)) else {
            return Outcome::Unused;
        };
        match cell.behind.as_slice() {
            [] => blank(*across, id, name, ctx),
            [only] => Outcome::Go(go(&only.at)),
            several => {
                let row = |behind: &Behind| {
                    MenuRow::new(None, words::capital(&behind.words), "", Outcome::Go(go(&behind.at)))
                };
                let title = format!("{name}: {}", across.words().to_lowercase());
                Outcome::Open(Box::new(Menu::new(title, several.iter().map(row).collect())))
            }
        }
    }
}

/// Where something stands.
fn go(at: &BehindAt) -> Go {
    match at {
        BehindAt::Record(family, id) => Go::Records(*family, Some(id.clone())),
        BehindAt::Call(id) => Go::Call { call: Some(id.clone()), line: None },
        BehindAt::Person(id) => Go::People(Some(TextPlace::Person(id.clone(), PersonField::DeputyFor))),
        BehindAt::Side(id) => Go::People(Some(TextPlace::Partner(id.clone(), PartnerField::Name))),
        BehindAt::Question(id) => Go::Question(id.clone(), None),
    }
}

/// Where something would stand that is not there yet.
fn blank(across: Across, side: &PartnerId, name: &str, ctx: &Ctx<'_>) -> Outcome {
    let people = || Go::People(Some(TextPlace::Partner(side.clone(), PartnerField::Name)));
    match across {
        Across::Roles => Outcome::Go(Go::Records(Family::Role, None)),
        Across::Activities => Outcome::Go(Go::Records(Family::Activity, None)),
        Across::Money => Outcome::Go(Go::Records(Family::MoneyLine, None)),
        _ if side.is_us() && across != Across::Deputies => {
            Outcome::Say("This is asked of partners, and not of our own side.".to_owned())
        }
        Across::Level | Across::Deputies => Outcome::Go(people()),
        Across::LastContact => {
            let call = ctx.keymap.shown("global.go-call");
            Outcome::Say(format!("No contact with {name} is noted yet. {call} begins a call."))
        }
        Across::Agreement => Outcome::Go(Go::Aspect("agreement".to_owned())),
    }
}

impl Layer for Overview {
    fn scope(&self) -> &'static str {
        "matrix"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| words::or(workbook.title(), "No title yet"));
        vec![title.to_owned(), "Who has what".to_owned()]
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        let Some(matrix) = Self::matrix(ctx) else { return String::new() };
        let partners = words::count(matrix.rows.len().saturating_sub(1), "partner", "partners");
        format!("{partners}, {} blank", matrix.blanks())
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}
