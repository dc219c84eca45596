//! The board of changes: what is kept, mended, dropped and tried, in four columns, or as one list under four headings where
//! there is no room for them.
//!
//! Each card is a [`Revision`]; its fields are filled in on the screen of the records. At the head stand the lines of the
//! pulse that somebody calls serious and about which nothing is to change yet. Start reading at [`ROWS`].

mod draw;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::connected;
use super::words::{self, READ_ONLY};
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query::{self, Worry, worries};
use crate::domain::{Board, Choice, Edit, Family, InFamily, RecordId, Revision, Topic, Workbook};
use crate::layer::Layer;
use crate::overlay::{Menu, MenuRow, Prompt};

/// The board of changes.
#[derive(Debug, Default)]
pub struct BoardScreen {
    /// Which column is in focus, by its place in [`Board::ALL`]; at first the first that has cards.
    column: Option<usize>,
    /// Which of its cards, by place; or one to be looked for wherever it stands.
    card: usize,
    wanted: Option<RecordId>,
    /// Also those that are done.
    all: bool,
}

pub(super) const ROWS: &[Command<BoardScreen>] = &[
    command("board.open", &["enter"], "Open the card: who, by when, why, its clause", BoardScreen::open)
        .footer(1, "open")
        .words("edit fields change")
        .when(|s, ctx| s.in_focus(ctx).is_some()),
    command("board.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("board.new", &["n"], "Add a card to this column", BoardScreen::add)
        .footer(3, "new")
        .words("change add create")
        .changes(),
    command("board.answer", &["!"], "A change about what is called serious", BoardScreen::answer)
        .footer(3, "answer")
        .words("serious pulse concern worry reason")
        .when(|_, ctx| ctx.workbook().is_some_and(|workbook| !worries(workbook).is_empty()))
        .changes(),
    command("board.on", &[">"], "Move the card to the next column", |s: &mut BoardScreen, ctx| {
        s.shift(1, ctx)
    })
    .footer(5, "move")
    .words("keep mend drop try put")
    .when(|s, ctx| s.in_focus(ctx).is_some())
    .changes(),
    command("board.before", &["<"], "Move the card to the column before", |s: &mut BoardScreen, ctx| {
        s.shift(-1, ctx)
    })
    .when(|s, ctx| s.in_focus(ctx).is_some())
    .changes(),
    command("board.mark", &["t"], "Keep, mend, drop or try: choose its column", BoardScreen::choose_column)
        .words("state column put move")
        .when(|s, ctx| s.in_focus(ctx).is_some())
        .changes(),
    command(
        "board.connected",
        &["c"],
        "To what it is connected with: clause, walk, hard thing, step",
        BoardScreen::connected,
    )
    .footer(5, "connected")
    .words("link follow clause agreement wording walk mends go")
    .when(|s, ctx| s.in_focus(ctx).is_some_and(|card| connected::is_connected(card.lent(), ctx))),
    command("board.all", &["a"], "Show those that are done as well, or not", BoardScreen::turn_all)
        .footer(6, "all")
        .words("filter closed made"),
    command("board.private", &["p"], "Keep it private, or not", BoardScreen::private)
        .words("secret hide export")
        .when(|s, ctx| s.in_focus(ctx).is_some())
        .changes(),
    command("board.bin", &["d d"], "Put this one into the bin", BoardScreen::bin)
        .words("delete remove")
        .when(|s, ctx| s.in_focus(ctx).is_some())
        .changes(),
    command("board.down", &["down", "j"], "To the next card", |s: &mut BoardScreen, ctx| s.step(1, ctx)),
    command("board.up", &["up", "k"], "To the card before", |s: &mut BoardScreen, ctx| s.step(-1, ctx)),
    command("board.right", &["right", "l", "tab"], "To the next column", |s: &mut BoardScreen, ctx| {
        s.across(1, ctx)
    }),
    command("board.left", &["left", "h", "shift-tab"], "To the column before", |s: &mut BoardScreen, ctx| {
        s.across(-1, ctx)
    }),
    command(
        "board.first",
        &["home", "g g"],
        "To the first card of the column",
        |s: &mut BoardScreen, ctx| s.within(0, ctx),
    ),
    command("board.last", &["end", "G"], "To the last card of the column", |s: &mut BoardScreen, ctx| {
        s.within(usize::MAX, ctx)
    }),
];

/// The cards, a list a column, in the order of [`Board::ALL`].
type Columns<'w> = Vec<Vec<&'w Revision>>;

impl BoardScreen {
    /// With the first card in focus, or the one that is given.
    pub fn new(at: Option<RecordId>) -> Self {
        // what is looked for may be done
        Self { all: at.is_some(), wanted: at, ..Self::default() }
    }

    fn columns<'w>(&self, ctx: &Ctx<'w>) -> Columns<'w> {
        let all = ctx.workbook().map_or(&[][..], |workbook| workbook.all::<Revision>());
        let of = |board: &Board| {
            let cards = all.iter().filter(|card| card.board == *board);
            cards.filter(|card| self.all || card.done.is_none()).collect()
        };
        Board::ALL.iter().map(of).collect()
    }

    /// The column and the card in focus, by their places. At first the first card of all.
    fn focus(&self, columns: &Columns<'_>) -> (usize, usize) {
        let wanted = self.wanted.as_ref();
        let found = columns.iter().enumerate().find_map(|(column, cards)| {
            let card = cards.iter().position(|card| Some(&card.id) == wanted)?;
            Some((column, card))
        });
        let first = || columns.iter().position(|cards| !cards.is_empty()).unwrap_or(0);
        let column = self.column.unwrap_or_else(first).min(columns.len().saturating_sub(1));
        let last = columns.get(column).map_or(0, |cards| cards.len().saturating_sub(1));
        found.unwrap_or((column, self.card.min(last)))
    }

    fn in_focus<'w>(&self, ctx: &Ctx<'w>) -> Option<&'w Revision> {
        let columns = self.columns(ctx);
        let (column, card) = self.focus(&columns);
        columns.get(column)?.get(card).copied()
    }

    fn set(&mut self, column: usize, card: usize) -> Outcome {
        (self.column, self.card, self.wanted) = (Some(column), card, None);
        Outcome::Done
    }

    fn within(&mut self, card: usize, ctx: &Ctx<'_>) -> Outcome {
        let (column, _) = self.focus(&self.columns(ctx));
        self.set(column, card)
    }

    /// Up and down; where the columns stand below one another, on into the next that has cards.
    fn step(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let columns = self.columns(ctx);
        let (column, card) = self.focus(&columns);
        let len = |column: usize| columns.get(column).map_or(0, Vec::len);
        let to = card.checked_add_signed(by).filter(|to| *to < len(column));
        match to {
            Some(to) => self.set(column, to),
            None if draw::is_wide(ctx) => self.set(column, card),
            None => {
                let next = |column: &usize| column.checked_add_signed(by).filter(|to| *to < columns.len());
                let full = std::iter::successors(Some(column), next).skip(1).find(|to| len(*to) > 0);
                match full {
                    Some(to) => self.set(to, if by > 0 { 0 } else { len(to).saturating_sub(1) }),
                    None => self.set(column, card),
                }
            }
        }
    }

    fn across(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let columns = self.columns(ctx);
        let (column, card) = self.focus(&columns);
        self.set(column.saturating_add_signed(by).min(columns.len().saturating_sub(1)), card)
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(card) = self.in_focus(ctx) else { return Outcome::Unused };
        self.wanted = Some(card.id.clone());
        Outcome::Go(Go::Records(Family::Revision, Some(card.id.clone())))
    }

    fn connected(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(card) = self.in_focus(ctx) else { return Outcome::Unused };
        self.wanted = Some(card.id.clone());
        connected::follow(card.lent(), ctx)
    }

    /// Asks what it is, then adds it to the column in focus.
    fn add(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let (column, _) = self.focus(&self.columns(ctx));
        let board = Board::ALL.get(column).copied().unwrap_or_default();
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let blank = Revision { board, ..Revision::new(ctx.ids.record()) };
        // until it is there the focus stays where it was
        self.column = Some(column);
        self.wanted = Some(blank.id.clone());
        let question = format!("{}: what is it?", words::capital(board.words()));
        prompt(question, EXAMPLE, move |what| Revision { what, ..blank.clone() })
    }

    /// Makes a change about a line that is called serious, or keeps the reason why there is none.
    fn answer(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let row = |worry: &Worry| {
            let line = line_in_words(worry, ctx);
            let blank = Revision { aspect: Topic(worry.line.to_owned()), ..Revision::new(ctx.ids.record()) };
            let mend = Revision { board: Board::Mend, ..blank.clone() };
            let change = prompt(format!("{line}: what is to change?"), EXAMPLE, move |what| Revision {
                what,
                ..mend.clone()
            });
            let keep = Revision { what: format!("{line} stays as it is"), ..blank };
            let reason = prompt(format!("{line}: why does it stay as it is?"), REASON, move |why| Revision {
                why,
                ..keep.clone()
            });
            [
                MenuRow::new(None, format!("{line}: something is to change"), "", change),
                MenuRow::new(None, format!("{line}: it stays as it is, for a reason"), "", reason),
            ]
        };
        let rows = worries(workbook).iter().flat_map(row).collect();
        Outcome::Open(Box::new(Menu::new("What is called serious", rows)))
    }

    fn shift(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let Some(card) = self.in_focus(ctx) else { return Outcome::Unused };
        let at = Board::ALL.iter().position(|board| *board == card.board).unwrap_or(0);
        let Some(to) = at.checked_add_signed(by).and_then(|to| Board::ALL.get(to)) else {
            return Outcome::Say("That is the last column on this side.".to_owned());
        };
        self.put(card, *to, ctx)
    }

    fn put(&mut self, card: &Revision, board: Board, ctx: &Ctx<'_>) -> Outcome {
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        // it stays in focus wherever it goes
        self.wanted = Some(card.id.clone());
        Outcome::All(vec![
            Outcome::Edit(moved(card, board)),
            Outcome::Say(format!("{}: {}.", words::capital(board.words()), called(card))),
        ])
    }

    fn choose_column(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(card) = self.in_focus(ctx) else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        self.wanted = Some(card.id.clone());
        let row = |board: &Board| {
            let aside = if *board == card.board { "now" } else { "" };
            MenuRow::new(None, words::capital(board.words()), aside, Outcome::Edit(moved(card, *board)))
        };
        let at = Board::ALL.iter().position(|board| *board == card.board).unwrap_or(0);
        let rows = Board::ALL.iter().map(row).collect();
        Outcome::Open(Box::new(Menu::new(called(card), rows).focused(at)))
    }

    fn turn_all(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.wanted = self.in_focus(ctx).map(|card| card.id.clone());
        self.all = !self.all;
        let said = if self.all {
            "Shown as well: changes that are made."
        } else {
            "Left out: changes that are made."
        };
        Outcome::Say(said.to_owned())
    }

    fn private(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.in_focus(ctx) {
            _ if !ctx.writable => Outcome::Say(READ_ONLY.to_owned()),
            Some(card) => {
                let turned = Revision { private: !card.private, ..card.clone() };
                Outcome::Edit(Edit::SetRecord(Box::new(turned.into())))
            }
            None => Outcome::Unused,
        }
    }

    fn bin(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(card) = self.in_focus(ctx) else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        Outcome::Edit(Edit::BinRecord { family: Family::Revision, record: card.id.clone(), on: ctx.today() })
    }
}

const EXAMPLE: &str = "two parents lead the second training";
const REASON: &str = "their trainer is ill; we look again in March";

/// Asks for a few words, then adds the card that they make.
fn prompt(question: String, example: &str, card: impl Fn(String) -> Revision + 'static) -> Outcome {
    let prompt = Prompt::new(question, "", move |words| {
        if words.is_empty() {
            return Err("A few words are enough.".to_owned());
        }
        Ok(Outcome::Edit(Edit::AddRecord { record: Box::new(card(words).into()), place: usize::MAX }))
    });
    let hint = "In a few words. Enter adds it; who and by when can be said on the card.";
    Outcome::Open(Box::new(prompt.placeholder(example).hint(hint)))
}

fn moved(card: &Revision, board: Board) -> Edit {
    Edit::SetRecord(Box::new(Revision { board, ..card.clone() }.into()))
}

/// What a card is called.
fn called(card: &Revision) -> &str {
    words::or(&card.what, "not said yet")
}

/// The line of the pulse: "Delivering".
fn line_in_words<'c>(worry: &Worry, ctx: &Ctx<'c>) -> &'c str {
    ctx.content.topic(worry.line).unwrap_or(worry.line)
}

/// "Delivering is called serious by City Museum (12 September)."
pub(super) fn worry_in_words(worry: &Worry, workbook: &Workbook, ctx: &Ctx<'_>) -> String {
    let by: Vec<String> = worry
        .said_by
        .iter()
        .map(|(id, on)| {
            let on = on.map(|on| format!(" ({})", words::day(on, ctx.today()))).unwrap_or_default();
            format!("{}{on}", query::side(workbook, id))
        })
        .collect();
    let line = line_in_words(worry, ctx);
    format!("{line} is called serious by {}.", words::listed(&by))
}

impl Layer for BoardScreen {
    fn scope(&self) -> &'static str {
        "board"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| words::or(workbook.title(), "No title yet"));
        vec![title.to_owned(), "Keep, mend, drop, try".to_owned()]
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        let cards = self.columns(ctx).iter().map(Vec::len).sum();
        words::count(cards, "change", "changes")
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
