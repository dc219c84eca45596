//! Answers as a grid: what each side wants and brings, and the nine differences with what is done about them.
//!
//! It shows voices and changes none: Enter opens the one in focus where it is written. Where the columns do not fit, each
//! row stands as a heading with its voices below. Start at [`ROWS`].

use std::cell::Cell as Seen;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page;
use super::words;
use crate::command::{Command, Ctx, Go, GridOf, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::query::standing_of;
use crate::domain::{Heard, QuestionId, Standing, VoiceKey, Workbook};
use crate::layer::Layer;
use crate::widget::cells::cells;
use crate::widget::text;

/// The fewest columns of the screen that a column of the grid takes.
const LEAST: u16 = 23;
/// Columns for what names a row.
const NAMES: u16 = 18;
/// The most lines of a cell.
const LINES: u16 = 4;

/// A grid of answers.
#[derive(Debug)]
pub struct Grid {
    of: GridOf,
    row: usize,
    column: usize,
    /// The first row in sight, kept from frame to frame.
    top: Seen<usize>,
}

pub(super) const ROWS: &[Command<Grid>] = &[
    command("grid.open", &["enter"], "To this voice, to write in it", Grid::open)
        .footer(1, "write")
        .words("edit answer"),
    command("grid.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("grid.down", &["down", "j"], "Down a row", |s: &mut Grid, ctx| s.step(ctx, 1, 0)),
    command("grid.up", &["up", "k"], "Up a row", |s: &mut Grid, ctx| s.step(ctx, -1, 0)),
    command("grid.right", &["right", "l", "tab"], "To the next column", |s: &mut Grid, ctx| {
        s.step(ctx, 0, 1)
    }),
    command("grid.left", &["left", "h", "shift-tab"], "To the column before", |s: &mut Grid, ctx| {
        s.step(ctx, 0, -1)
    }),
    command("grid.first", &["home", "g g"], "To the first row", |s: &mut Grid, ctx| {
        s.step(ctx, isize::MIN, 0)
    }),
    command("grid.last", &["end", "G"], "To the last row", |s: &mut Grid, ctx| s.step(ctx, isize::MAX, 0)),
];

/// A row: what names it, and its voices.
struct Line {
    name: String,
    cells: Vec<Voice>,
}

/// A cell: which voice it is, what it says, and how far that can be relied on.
struct Voice {
    question: QuestionId,
    voice: VoiceKey,
    text: String,
    standing: Standing,
}

/// What stands in the grid: the names of its columns, and its rows.
struct Laid {
    columns: Vec<String>,
    rows: Vec<Line>,
}

impl Grid {
    /// A grid with its first voice in focus.
    pub fn new(of: GridOf) -> Self {
        Self { of, row: 0, column: 0, top: Seen::new(0) }
    }

    fn lay(&self, ctx: &Ctx<'_>) -> Laid {
        let Some(workbook) = ctx.workbook() else { return Laid { columns: Vec::new(), rows: Vec::new() } };
        match self.of {
            GridOf::WantBring => want_bring(workbook, ctx),
            GridOf::Differences => differences(workbook, ctx),
        }
    }

    fn step(&mut self, ctx: &Ctx<'_>, rows: isize, columns: isize) -> Outcome {
        let laid = self.lay(ctx);
        let within =
            |at: usize, by: isize, len: usize| at.saturating_add_signed(by).min(len.saturating_sub(1));
        self.row = within(self.row, rows, laid.rows.len());
        self.column = within(self.column, columns, laid.columns.len());
        Outcome::Done
    }

    fn open(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let laid = self.lay(ctx);
        let cell = laid.rows.get(self.row).and_then(|line| line.cells.get(self.column));
        cell.map_or(Outcome::Unused, |cell| {
            Outcome::Go(Go::Question(cell.question.clone(), Some(cell.voice.clone())))
        })
    }
}

fn voice(workbook: &Workbook, ctx: &Ctx<'_>, question: &str, voice: VoiceKey) -> Voice {
    let id = QuestionId::new(question);
    let answer = workbook.answer(&id);
    let text = answer.text(&voice).trim().to_owned();
    let standing = match &voice {
        _ if answer.is_not_for_us() => Standing::NotForUs,
        VoiceKey::Theirs(partner) => match answer.theirs(partner).filter(|theirs| theirs.says_something()) {
            Some(theirs) if theirs.heard == Heard::Guess => Standing::Guess,
            Some(theirs) => theirs.heard.standing(),
            None => Standing::Blank,
        },
        _ if text.is_empty() => Standing::Blank,
        VoiceKey::Agreed => Standing::Agreed,
        // what we say of ourselves is no guess
        VoiceKey::Ours => {
            let of_answer = ctx.content.question(question).map(|q| standing_of(workbook, q));
            of_answer.filter(|standing| *standing == Standing::Agreed).unwrap_or(Standing::Asked)
        }
    };
    Voice { question: id, voice, text, standing }
}

fn want_bring(workbook: &Workbook, ctx: &Ctx<'_>) -> Laid {
    let us = words::or(&workbook.us().name, "Our side").to_owned();
    let ours = std::iter::once((us, VoiceKey::Ours));
    let theirs = workbook.partners().iter().map(|partner| {
        (words::or(&partner.name, "A partner").to_owned(), VoiceKey::Theirs(partner.id.clone()))
    });
    let line = |(name, key): (String, VoiceKey)| {
        let cells = ["SCO-7", "SCO-8"].map(|question| voice(workbook, ctx, question, key.clone()));
        Line { name, cells: cells.into() }
    };
    Laid {
        columns: vec!["What they want".to_owned(), "What they bring".to_owned()],
        rows: ours.chain(theirs).map(line).collect(),
    }
}

fn differences(workbook: &Workbook, ctx: &Ctx<'_>) -> Laid {
    let questions = ctx.content.aspect("differences").map_or(&[][..], |sheet| &sheet.questions);
    let partners = workbook.partners();
    let mut columns = vec!["With us".to_owned()];
    columns.extend(partners.iter().map(|partner| words::or(&partner.name, "A partner").to_owned()));
    columns.push("What we will do".to_owned());
    let keys: Vec<VoiceKey> = std::iter::once(VoiceKey::Ours)
        .chain(partners.iter().map(|partner| VoiceKey::Theirs(partner.id.clone())))
        .chain([VoiceKey::Agreed])
        .collect();
    let rows = questions.iter().map(|question| Line {
        name: question.short.clone(),
        cells: keys.iter().map(|key| voice(workbook, ctx, &question.id, key.clone())).collect(),
    });
    Laid { columns, rows: rows.collect() }
}

/// What stands in a cell, its mark first.
fn said(cell: &Voice) -> String {
    match (&cell.voice, cell.standing) {
        (_, Standing::Blank) => ".".to_owned(),
        // our own words need no mark on them
        (VoiceKey::Ours, Standing::Asked) => cell.text.clone(),
        (_, standing) => format!("{} {}", standing.mark(), cell.text),
    }
}

/// The same in words, after what its column is called: "City Museum, a guess: a rest at weekends".
fn in_words(cell: &Voice, column: &str) -> String {
    let standing = match (&cell.voice, cell.standing) {
        (_, Standing::Blank) => return format!("{column}: nothing yet"),
        (VoiceKey::Ours | VoiceKey::Agreed, Standing::Asked | Standing::Agreed) => "",
        (_, Standing::Asked) => ", they said it",
        (_, Standing::Guess) => ", a guess",
        (_, standing) => return format!("{column}, {}: {}", standing.word(), cell.text),
    };
    format!("{column}{standing}: {}", cell.text)
}

impl Grid {
    fn draw_grid(
        &self,
        laid: &Laid,
        shown: std::ops::Range<usize>,
        area: Rect,
        buf: &mut Buffer,
        ctx: &Ctx<'_>,
    ) -> Option<Position> {
        let count = cells(shown.len()).max(1);
        let width = (area.width.saturating_sub(NAMES) / count).min(48);
        let place = |n: usize, area: Rect| {
            let at = cells(n - shown.start);
            Rect { width: width.saturating_sub(2), ..text::right_of(area, NAMES + at * width) }
        };
        for n in shown.clone() {
            let name = laid.columns.get(n).map_or("", String::as_str);
            let head = place(n, text::row(area, 0));
            text::put(buf, head, &text::fit(name, head.width), ctx.theme.strong());
        }
        let body = text::below(area, 1);
        let lines = |cell: &Voice| {
            let mut lines = text::wrap(&said(cell), width.saturating_sub(2).max(1));
            if lines.len() > usize::from(LINES) {
                lines.truncate(LINES.into());
                if let Some(last) = lines.last_mut() {
                    *last = text::fit(&format!("{last} …"), width.saturating_sub(2));
                }
            }
            lines
        };
        let wrapped: Vec<Vec<Vec<String>>> =
            laid.rows.iter().map(|row| row.cells.iter().map(lines).collect()).collect();
        let heights: Vec<u16> = laid
            .rows
            .iter()
            .zip(&wrapped)
            .map(|(row, voices)| {
                let in_sight = voices.get(shown.clone()).unwrap_or_default();
                let tallest = in_sight.iter().map(Vec::len).max().unwrap_or(1);
                let name = text::wrap(&row.name, NAMES - 3).len();
                cells(tallest.max(name))
            })
            .collect();
        let roomy = heights.iter().map(|height| height + 1).fold(0_u16, u16::saturating_add) <= body.height;
        let gap = u16::from(roomy);
        let top = self.first_in_sight(&heights, gap, body.height);
        let (mut rest, mut cursor) = (body, None);
        for (n, row) in laid.rows.iter().enumerate().skip(top) {
            if rest.is_empty() {
                break;
            }
            let style = if n == self.row { ctx.theme.focus_elsewhere() } else { ctx.theme.text() };
            let name = Rect { width: NAMES - 3, ..text::right_of(rest, 2) };
            text::put_wrapped(buf, name, &row.name, style);
            for c in shown.clone() {
                let here = n == self.row && c == self.column;
                let at = place(c, rest);
                let (Some(cell), Some(said)) = (row.cells.get(c), wrapped.get(n).and_then(|row| row.get(c)))
                else {
                    continue;
                };
                let style = match (here, cell.standing) {
                    (true, _) => ctx.theme.focus(),
                    (false, Standing::Blank) => ctx.theme.quiet(),
                    (false, _) => ctx.theme.text(),
                };
                for (line, row) in said.iter().zip(at.rows()) {
                    text::put(buf, row, line, style);
                }
                if here && !at.is_empty() {
                    text::put(buf, Rect { x: at.x.saturating_sub(2), width: 1, ..at }, ">", ctx.theme.text());
                    cursor = Some(page::cursor(text::row(at, 0), 0));
                }
            }
            rest = text::below(rest, heights.get(n).copied().unwrap_or(1) + gap);
        }
        cursor
    }

    /// The first row to show, so that the one in focus is whole in sight where it can be.
    fn first_in_sight(&self, heights: &[u16], gap: u16, room: u16) -> usize {
        let mut top = self.top.get().min(self.row);
        let used = |top: usize| {
            let rows = heights.iter().take(self.row + 1).skip(top);
            rows.fold(0_u16, |sum, height| sum.saturating_add(height + gap)).saturating_sub(gap)
        };
        while top < self.row && used(top) > room {
            top += 1;
        }
        self.top.set(top);
        top
    }

    /// Each row as a heading with its voices below.
    fn draw_list(&self, laid: &Laid, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let each = cells(laid.columns.len()) + 1;
        let heights = vec![each; laid.rows.len()];
        let mut top = self.first_in_sight(&heights, 1, area.height);
        // where not even one row has room, the voice in focus has
        let skip = if each > area.height { self.column } else { 0 };
        if skip > 0 {
            top = self.row;
        }
        let (mut rest, mut cursor) = (area, None);
        for (n, row) in laid.rows.iter().enumerate().skip(top) {
            if rest.is_empty() {
                break;
            }
            text::put(buf, text::row(rest, 0), &text::fit(&row.name, rest.width), ctx.theme.strong());
            rest = text::below(rest, 1);
            for (c, (cell, column)) in row.cells.iter().zip(&laid.columns).enumerate().skip(skip) {
                let here = n == self.row && c == self.column;
                let style = match (here, cell.standing) {
                    (true, _) => ctx.theme.focus(),
                    (false, Standing::Blank) => ctx.theme.quiet(),
                    (false, _) => ctx.theme.text(),
                };
                let at = text::row(rest, 0);
                let words = text::fit(&in_words(cell, column), at.width.saturating_sub(2));
                cursor = cursor.or(page::entry(buf, at, &words, style, here));
                rest = text::below(rest, 1);
            }
            rest = text::below(rest, 1);
        }
        cursor
    }
}

impl Layer for Grid {
    fn scope(&self) -> &'static str {
        "grid"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| words::or(workbook.title(), "No title yet"));
        let what = match self.of {
            GridOf::WantBring => "What each side wants and brings",
            GridOf::Differences => "Nine differences",
        };
        vec![title.to_owned(), what.to_owned()]
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let mut area = page::page(area);
        let laid = self.lay(ctx);
        let only_us = ctx.workbook().is_some_and(|workbook| workbook.partners().is_empty());
        if only_us && area.height > 9 {
            let add = ctx.keymap.shown("global.add-partner");
            let words = format!("Only our side is here yet. {add} adds a partner, with a place in the grid.");
            text::put(buf, text::row(area, 0), &text::fit(&words, area.width), ctx.theme.quiet());
            area = text::below(area, 2);
        }
        let fit = usize::from(area.width.saturating_sub(NAMES) / LEAST);
        let cursor = if ctx.linear || fit < 2 || (self.of == GridOf::Differences && fit < 3) {
            self.draw_list(&laid, area, buf, ctx)
        } else {
            if area.height > 12 {
                let legend = "? a guess   ~ they said it   = agreed   ! disputed   . nothing yet";
                let last = text::row(area, area.height - 1);
                text::put(buf, last, legend, ctx.theme.quiet());
                area.height -= 2;
            }
            // those in sight take the one in focus along
            let count = laid.columns.len();
            let first = (self.column + 1).saturating_sub(fit).min(count.saturating_sub(fit));
            self.draw_grid(&laid, first..(first + fit).min(count), area, buf, ctx)
        };
        cursor.or_else(|| (!area.is_empty()).then(|| page::cursor(area, 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Edit, Partner, PartnerId, Source, Splice, TextPlace};
    use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
    use crate::testing::World;
    use jiff::Timestamp;

    fn act(world: &mut World, edit: Edit) {
        world.book.as_mut().unwrap().act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
    }

    fn write(world: &mut World, question: &str, voice: VoiceKey, words: &str) {
        let place = TextPlace::Voice(QuestionId::new(question), voice);
        act(
            world,
            Edit::Splice(Splice { place, at: 0, delete: String::new(), insert: words.into(), on: None }),
        );
    }

    fn small() -> World {
        let mut world = world();
        let museum = PartnerId::new("museum");
        let theirs = || VoiceKey::Theirs(PartnerId::new("museum"));
        write(&mut world, "SCO-7", VoiceKey::Ours, "Young carers who are heard in what is asked about them.");
        write(
            &mut world,
            "SCO-7",
            theirs(),
            "A rest at weekends, and somebody who writes the bids with them.",
        );
        write(&mut world, "SCO-8", theirs(), "Trust of the families.");
        let on = Some(jiff::civil::date(2025, 11, 3));
        act(
            &mut world,
            Edit::SetHeard {
                question: QuestionId::new("SCO-8"),
                partner: museum,
                heard: Heard::Asked,
                checked: on,
                person: None,
                source: Source::ByHand,
            },
        );
        write(&mut world, "DIF-1", VoiceKey::Ours, "impact, outputs, ethics");
        write(&mut world, "DIF-1", theirs(), "the kids, a good day");
        write(&mut world, "DIF-1", VoiceKey::Agreed, "Each letter is read by one of them first.");
        write(&mut world, "DIF-7", VoiceKey::Ours, "Ninety days until an invoice is paid.");
        world
    }

    #[test]
    fn want_and_bring_stand_by_side_with_guesses_told_apart() {
        let mut world = small();
        let grid = Grid::new(GridOf::WantBring);
        insta::assert_snapshot!("want_80", drawn(&world, &grid, 80, 21));
        insta::assert_snapshot!("want_60", drawn(&world, &grid, 60, 17));
        world.linear = true;
        insta::assert_snapshot!("want_linear", drawn(&world, &grid, 80, 21));
    }

    #[test]
    fn the_nine_differences_have_a_column_for_what_we_will_do() {
        let world = small();
        let mut grid = Grid::new(GridOf::Differences);
        insta::assert_snapshot!("differences_120", drawn(&world, &grid, 120, 37));
        grid.run("grid.last", &world.ctx());
        insta::assert_snapshot!("differences_80", drawn(&world, &grid, 80, 21));
    }

    #[test]
    fn enter_goes_to_the_voice_in_focus() {
        let world = small();
        let mut grid = Grid::new(GridOf::WantBring);
        grid.run("grid.down", &world.ctx());
        grid.run("grid.right", &world.ctx());
        let Outcome::Go(Go::Question(question, Some(voice))) = grid.run("grid.open", &world.ctx()) else {
            panic!()
        };
        assert_eq!(question.as_str(), "SCO-8");
        assert_eq!(voice, VoiceKey::Theirs(PartnerId::new("museum")));
        grid.run("grid.right", &world.ctx());
        grid.run("grid.last", &world.ctx());
        assert_eq!((grid.row, grid.column), (1, 1), "it stays within");
    }

    #[test]
    fn it_draws_in_any_size_with_many_partners_and_none() {
        let mut world = small();
        for n in 0..9 {
            let partner = Partner::named(PartnerId::new(format!("p{n}")), HARD_NAME);
            act(&mut world, Edit::AddPartner { partner: Box::new(partner), place: 99 });
        }
        for of in [GridOf::WantBring, GridOf::Differences] {
            for (row, column) in [(0, 0), (3, 1), (8, 10)] {
                let grid = Grid { of, row, column, top: Seen::new(0) };
                for (width, height) in SIZES {
                    draws_anywhere(&world, &grid, width, height);
                }
            }
        }
        world.book = None;
        draws_anywhere(&world, &Grid::new(GridOf::WantBring), 80, 21);
    }
}
