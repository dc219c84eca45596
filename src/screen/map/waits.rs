//! The lines below the map: what each side owes next, and the next day that matters. A line stands there only where there
//! is something to say.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::words;
use crate::command::Ctx;
use crate::domain::query::{self, AgendaItem, AgendaKind, agenda};
use crate::domain::{Choice, Workbook};
use crate::widget::text::{fit, put, right_of, width};

/// Columns of the longest label, and of the one that stands beside the tools.
const LABEL: u16 = 10;
const LABEL_BESIDE: u16 = 6;
/// Columns of a row that has nothing beside it.
const FULL: u16 = 56;

const NEXT: &str = "Next";

/// A line below the map.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Waits {
    label: &'static str,
    /// What it is; the first to be shortened where there is little room.
    what: String,
    /// With whom; left out where it does not fit, and empty with one partner.
    who: String,
    /// When, and how many there are besides.
    rest: String,
}

/// The lines for what waits.
pub(super) fn lines(ctx: &Ctx<'_>, workbook: &Workbook) -> Vec<Waits> {
    let items = agenda(workbook);
    let today = ctx.today();
    let several = workbook.partners().len() > 1;
    let owed = [("We owe", AgendaKind::WeOwe), ("They owe", AgendaKind::TheyOwe)];
    let owed = owed.into_iter().filter_map(|(label, kind)| owed_next(&items, kind, label, today, several));
    owed.chain(set_aside(workbook, today)).chain(next_day(&items, today, several)).collect()
}

/// That it was decided not to go on for now, when and why.
fn set_aside(workbook: &Workbook, today: Date) -> Option<Waits> {
    let decision = query::go_decision(workbook).filter(|_| query::is_set_aside(workbook))?;
    let why = decision.why.split_whitespace().collect::<Vec<_>>().join(" ");
    let what = words::capital(decision.decision.words());
    let what = if why.is_empty() { what } else { format!("{what}: {}", why.trim_end_matches('.')) };
    let rest = decision.on.map(|on| format!(", {}", words::short_day(on, today))).unwrap_or_default();
    Some(Waits { label: "Aside", what, who: String::new(), rest })
}

fn with(item: &AgendaItem, several: bool) -> String {
    if several && !item.who.is_empty() { format!(" ({})", item.who) } else { String::new() }
}

/// The promise of a side that comes first, and how many there are besides.
fn owed_next(
    items: &[AgendaItem],
    kind: AgendaKind,
    label: &'static str,
    today: Date,
    several: bool,
) -> Option<Waits> {
    let mut owed = items.iter().filter(|item| item.kind == kind);
    let first = owed.next()?;
    let day = first.on.map(|on| format!(", {}", words::weekday(on, today))).unwrap_or_default();
    let others = match owed.count() {
        0 => String::new(),
        n => format!(", and {n} more"),
    };
    let what = words::or(&first.words, "something").trim().to_owned();
    Some(Waits { label, what, who: with(first, several), rest: format!("{day}{others}") })
}

/// The next day on which something other than a promise falls due; where none is to come, the last that is over.
fn next_day(items: &[AgendaItem], today: Date, several: bool) -> Option<Waits> {
    let with_day =
        || items.iter().filter(|item| !item.kind.is_owed()).filter_map(|item| Some((item, item.on?)));
    let next = with_day().find(|(_, on)| *on >= today);
    let (item, on) = next.or_else(|| with_day().next_back())?;
    let was = if on < today { "was " } else { "" };
    let rest = format!(", {was}{}", words::short_day(on, today));
    Some(Waits { label: NEXT, what: item.words.trim().to_owned(), who: with(item, several), rest })
}

impl Waits {
    /// Whether it is the next day that matters.
    pub(super) fn is_next(&self) -> bool {
        self.label == NEXT
    }

    pub(super) fn draw(&self, row: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
        let at = right_of(row, 2);
        put(buf, at, self.label, ctx.theme.quiet());
        let beside = if self.is_next() && row.width < FULL { LABEL_BESIDE } else { LABEL };
        let at = right_of(at, beside);
        put(buf, at, &self.within(at.width), ctx.theme.text());
    }

    /// The line in so many columns: who it is with gives way first, then the end of what it is.
    fn within(&self, columns: u16) -> String {
        let whole = format!("{}{}{}", self.what, self.who, self.rest);
        if width(&whole) <= columns {
            return whole;
        }
        let what = fit(&self.what, columns.saturating_sub(width(&self.rest)));
        fit(&format!("{what}{}", self.rest), columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Call, Edit, PartnerId, Promise, RecordId};
    use crate::screen::map::Map;
    use crate::screen::tests::{drawn, world};
    use jiff::Timestamp;
    use jiff::civil::date;

    #[test]
    fn what_waits_stands_below_the_map_only_where_there_is_something() {
        let mut world = world();
        let none = lines(&world.ctx(), world.ctx().workbook().unwrap());
        assert!(none.is_empty(), "{none:?}");
        let (us, museum) = (PartnerId::us(), PartnerId::new("museum"));
        let promise = |id: &str, by: &PartnerId, to: &PartnerId, due, what: &str| Promise {
            due,
            ..Promise::new(RecordId::new(id), by.clone(), to.clone(), what)
        };
        let call = Call::begun(RecordId::new("call"), date(2025, 11, 3), Timestamp::UNIX_EPOCH);
        let line = crate::domain::Line::new(RecordId::new("l"), Timestamp::UNIX_EPOCH, "hello");
        let (ended, follow_up) = (Some(Timestamp::UNIX_EPOCH), Some(date(2025, 12, 4)));
        let call = Call { ended, follow_up, partner: Some(museum.clone()), lines: vec![line], ..call };
        for record in [
            promise("budget", &us, &museum, Some(date(2025, 11, 14)), "send the budget").into(),
            promise("ring", &us, &museum, None, "ring the printer").into(),
            promise("list", &museum, &us, None, "list of parents").into(),
            call.into(),
        ] {
            let edit = Edit::AddRecord { record: Box::new(record), place: 9 };
            world.book.as_mut().unwrap().act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
        }
        world.size = (80, 24);
        insta::assert_snapshot!("waits_80", drawn(&world, &Map::new(), 80, 20));
        world.size = (60, 20);
        insta::assert_snapshot!("waits_60", drawn(&world, &Map::new(), 60, 16));
        let narrow = drawn(&world, &Map::new(), 40, 8);
        assert!(narrow.contains("Scoping") && !narrow.contains("We owe"), "{narrow}");
    }
}
