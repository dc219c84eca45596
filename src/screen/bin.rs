//! The bin: partners and people that were removed from the open workbook, and workbooks that were removed altogether.
//! Each can be brought back; nothing is emptied from here.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{self, Pen};
use super::words::{self, READ_ONLY};
use crate::command::{Ask, Command, Ctx, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::{Binned, Edit, Partner, PartnerId, Workbook};
use crate::layer::Layer;
use crate::shelf::Summary;
use crate::widget::cells::cells;
use crate::widget::list::List;
use crate::widget::text;

/// Rows below the list for the one in focus.
const BELOW: u16 = 4;

/// What was removed.
#[derive(Debug, Default)]
pub struct Bin {
    list: List,
}

/// Something in the bin.
#[derive(Debug, Clone, Copy)]
enum Item<'a> {
    /// A record of the open workbook, at its place in the workbook's bin.
    Record(usize, &'a Binned, &'a Workbook),
    /// A workbook.
    Workbook(&'a Summary),
}

pub(super) const ROWS: &[Command<Bin>] = &[
    command("bin.restore", &["enter"], "Bring this back", Bin::restore)
        .footer(1, "bring back")
        .words("restore undelete")
        .when(|s, ctx| s.in_focus(ctx).is_some())
        .changes(),
    command("bin.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("bin.down", &["down", "j"], "To the next one", |s: &mut Bin, ctx| s.step(1, ctx))
        .footer(3, "next"),
    command("bin.up", &["up", "k"], "To the one before", |s: &mut Bin, ctx| s.step(-1, ctx)),
    command("bin.page-down", &["pagedown"], "A page down", |s: &mut Bin, ctx| s.step_pages(1, ctx)),
    command("bin.page-up", &["pageup"], "A page up", |s: &mut Bin, ctx| s.step_pages(-1, ctx)),
    command("bin.first", &["home", "g g"], "To the first one", |s: &mut Bin, ctx| s.step(isize::MIN, ctx)),
    command("bin.last", &["end", "G"], "To the last one", |s: &mut Bin, ctx| s.step(isize::MAX, ctx)),
];

impl Bin {
    /// With what was removed last in focus.
    pub fn new() -> Self {
        Self::default()
    }

    fn in_focus<'a>(&self, ctx: &Ctx<'a>) -> Option<Item<'a>> {
        let items = items(ctx);
        items.get(self.list.focus(items.len())).copied()
    }

    fn step(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        self.list.by(by, items(ctx).len());
        Outcome::Done
    }

    fn step_pages(&mut self, pages: isize, ctx: &Ctx<'_>) -> Outcome {
        self.list.by_pages(pages, items(ctx).len());
        Outcome::Done
    }

    fn restore(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.in_focus(ctx) {
            Some(Item::Workbook(book)) => Outcome::Ask(Ask::RestoreWorkbook(book.id.clone())),
            Some(Item::Record(..)) if !ctx.writable => Outcome::Say(READ_ONLY.to_owned()),
            Some(Item::Record(from, binned, workbook)) => match side_in_bin(binned, workbook) {
                // the person would belong to nobody in sight; from the end, so that the places still hold
                Some((side, _)) => Outcome::Edits(vec![
                    Edit::Restore { from: from.max(side) },
                    Edit::Restore { from: from.min(side) },
                ]),
                None => Outcome::Edit(Edit::Restore { from }),
            },
            None => Outcome::Unused,
        }
    }
}

/// What is in the bin, newest first: of the open workbook, then workbooks.
fn items<'a>(ctx: &Ctx<'a>) -> Vec<Item<'a>> {
    let records = ctx.workbook().into_iter().flat_map(|workbook| {
        let bin = workbook.bin().iter().enumerate().rev();
        bin.map(move |(place, binned)| Item::Record(place, binned, workbook))
    });
    records.chain(ctx.shelf.binned.iter().map(|book| Item::Workbook(book))).collect()
}

/// Where in the bin the side of a person is, if it is there too.
fn side_in_bin<'a>(binned: &Binned, workbook: &'a Workbook) -> Option<(usize, &'a Partner)> {
    let Binned::Person { person, .. } = binned else { return None };
    workbook.bin().iter().enumerate().find_map(|(place, other)| match other {
        Binned::Partner { partner, .. } if partner.id == person.partner => Some((place, partner)),
        _ => None,
    })
}

impl Item<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Record(_, binned, _) => words::or(binned.name(), "Without a name"),
            Self::Workbook(book) => words::or(&book.title, "No title yet"),
        }
    }

    fn what(&self) -> &'static str {
        match self {
            Self::Record(_, Binned::Partner { .. }, _) => "partner",
            Self::Record(_, Binned::Person { .. }, _) => "person",
            Self::Record(_, Binned::Record { record, .. }, _) => {
                record.family().word().trim_start_matches("a ")
            }
            Self::Record(_, Binned::Line { .. }, _) => "line of a call",
            Self::Workbook(_) => "workbook",
        }
    }

    fn when(&self, ctx: &Ctx<'_>) -> String {
        match self {
            Self::Record(_, binned, _) => words::ago(binned.on(), ctx.today()),
            Self::Workbook(_) => String::new(),
        }
    }

    /// What it is and what bringing it back does, in a sentence or two.
    fn about(&self, ctx: &Ctx<'_>) -> String {
        match self {
            Self::Record(_, binned, workbook) => {
                let removed = format!("{}, removed {}.", self.name(), self.when(ctx));
                match binned {
                    Binned::Partner { .. } => {
                        format!("{removed} What it said stands in the answers and comes back with it.")
                    }
                    Binned::Record { .. } | Binned::Line { .. } => removed,
                    Binned::Person { person, .. } => match side_in_bin(binned, workbook) {
                        Some((_, side)) => {
                            let side = words::or(&side.name, "Their side");
                            format!("{removed} {side} is in the bin too; both come back together.")
                        }
                        None => format!("{removed} At {}.", side_name(workbook, &person.partner)),
                    },
                }
            }
            Self::Workbook(book) => {
                let changed = book.changed.map(|at| format!(" Last changed {}.", words::since(at, ctx)));
                let with = match book.partners.as_slice() {
                    [] => String::new(),
                    partners => format!(", with {}", words::listed(partners)),
                };
                format!("{}, a workbook{with}.{}", self.name(), changed.unwrap_or_default())
            }
        }
    }
}

fn side_name<'a>(workbook: &'a Workbook, side: &PartnerId) -> &'a str {
    let otherwise = if side.is_us() { "our side" } else { "a partner without a name" };
    words::or(workbook.partner(side).map_or("", |partner| &partner.name), otherwise)
}

impl Layer for Bin {
    fn scope(&self) -> &'static str {
        "bin"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let workbook = ctx.workbook().map(|workbook| words::or(workbook.title(), "No title yet").to_owned());
        workbook.into_iter().chain(["Bin".to_owned()]).collect()
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = page::page(area);
        let items = items(ctx);
        let mut pen = Pen::new(buf, area);
        if items.is_empty() {
            pen.say("The bin is empty.", ctx.theme.quiet());
            return (!area.is_empty()).then(|| page::cursor(area, 0));
        }
        let below = if area.height > 2 * BELOW { BELOW } else { 0 };
        let length = cells(items.len());
        let (rows, buf) = pen.take(length.min(area.height - below));
        let focus = self.list.focus(items.len());
        let mut cursor = None;
        for (n, row) in self.list.window(rows.height.into(), items.len()).zip(rows.rows()) {
            let Some(item) = items.get(n) else { continue };
            cursor = cursor.or(draw_item(item, row, buf, ctx, n == focus));
        }
        if let Some(item) = items.get(focus) {
            pen.gap();
            pen.say(&item.about(ctx), ctx.theme.quiet());
        }
        cursor
    }
}

/// Columns of "workbook", and of "30 September 2024".
const WHAT: u16 = 8;
const WHEN: u16 = 17;

fn draw_item(item: &Item<'_>, row: Rect, buf: &mut Buffer, ctx: &Ctx<'_>, focus: bool) -> Option<Position> {
    let style = if focus { ctx.theme.focus() } else { ctx.theme.text() };
    if ctx.linear {
        let when = item.when(ctx);
        let removed = if when.is_empty() { String::new() } else { format!(", removed {when}") };
        return page::entry(buf, row, &format!("{}, a {}{removed}.", item.name(), item.what()), style, focus);
    }
    let room = row.width.saturating_sub(2);
    let (name, when) = match room {
        50.. => ((room - WHAT - WHEN - 4).min(48), WHEN),
        20.. => (room - WHAT - 2, 0),
        _ => (room, 0),
    };
    let cursor = page::entry(buf, Rect { width: row.width.min(name + 2), ..row }, item.name(), style, focus);
    let rest = text::right_of(row, name + 4);
    text::put(buf, Rect { width: rest.width.min(WHAT), ..rest }, item.what(), ctx.theme.quiet());
    if when > 0 {
        text::put(buf, text::right_of(rest, WHAT + 2), &item.when(ctx), ctx.theme.quiet());
    }
    cursor
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PartnerId, Person, PersonId};
    use crate::screen::library;
    use crate::screen::tests::{HARD_NAME, SIZES, drawn, draws_anywhere, world};
    use crate::testing::World;
    use jiff::Timestamp;
    use jiff::civil::date;

    fn full() -> World {
        let mut world = world();
        let museum = PartnerId::new("museum");
        let person = |id: &str, side: PartnerId, name: &str| Edit::AddPerson {
            person: Box::new(Person::named(PersonId::new(id), side, name)),
            place: 9,
        };
        let edits = vec![
            person("ana", PartnerId::us(), "Ana"),
            person("jo", museum.clone(), HARD_NAME),
            Edit::BinPerson { person: PersonId::new("jo"), on: date(2025, 11, 9) },
            Edit::BinPerson { person: PersonId::new("ana"), on: date(2024, 3, 12) },
            Edit::BinPartner { partner: museum, on: date(2025, 11, 10) },
        ];
        world.book.as_mut().unwrap().act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
        world.shelf.binned = library::tests::shelf(&[("Old walks", false), ("", false)]).workbooks;
        world
    }

    fn at(n: usize) -> Bin {
        Bin { list: List::at(n) }
    }

    #[test]
    fn the_bin_at_several_sizes() {
        let mut world = full();
        insta::assert_snapshot!("bin_80", drawn(&world, &at(0), 80, 21));
        insta::assert_snapshot!("bin_40", drawn(&world, &at(2), 40, 9));
        world.linear = true;
        insta::assert_snapshot!("bin_linear", drawn(&world, &at(3), 60, 17));
    }

    #[test]
    fn each_comes_back_and_a_person_not_without_their_side() {
        let mut world = full();
        assert!(matches!(at(0).run("bin.restore", &world.ctx()), Outcome::Edit(Edit::Restore { from: 2 })));
        assert!(matches!(at(1).run("bin.restore", &world.ctx()), Outcome::Edit(Edit::Restore { from: 1 })));
        let Outcome::Ask(Ask::RestoreWorkbook(id)) = at(3).run("bin.restore", &world.ctx()) else { panic!() };
        assert_eq!(id.as_str(), "w0");
        let Outcome::Edits(edits) = at(2).run("bin.restore", &world.ctx()) else { panic!() };
        world.book.as_mut().unwrap().act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
        let ctx = world.ctx();
        let workbook = ctx.workbook().unwrap();
        assert_eq!((workbook.partners().len(), workbook.people().len(), workbook.bin().len()), (1, 1, 1));
        assert_eq!(workbook.bin()[0].name(), "Ana");
    }

    #[test]
    fn a_book_opened_to_read_keeps_its_bin_and_others_come_back() {
        let world = full();
        let mut ctx = world.ctx();
        ctx.writable = false;
        assert!(matches!(at(0).run("bin.restore", &ctx), Outcome::Say(why) if why == READ_ONLY));
        assert!(matches!(at(4).run("bin.restore", &ctx), Outcome::Ask(Ask::RestoreWorkbook(_))));
    }

    #[test]
    fn an_empty_bin_says_so() {
        let mut world = world();
        for book in [world.book.take(), None] {
            world.book = book;
            assert_eq!(drawn(&world, &Bin::new(), 80, 21).trim(), "The bin is empty.");
            assert!(matches!(Bin::new().run("bin.restore", &world.ctx()), Outcome::Unused));
        }
    }

    #[test]
    fn it_draws_in_any_size() {
        let mut world = full();
        for linear in [false, true] {
            world.linear = linear;
            for (width, height) in SIZES {
                for n in 0..5 {
                    let cursor = draws_anywhere(&world, &at(n), width, height);
                    assert_eq!(cursor.is_some(), width > 0 && height > 0, "{width}x{height}");
                }
            }
        }
    }
}
