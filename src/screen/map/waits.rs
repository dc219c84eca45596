//! The lines below the map: what each side owes next, and the next day that matters. A line stands there only where there
//! is something to say.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::words;
use crate::command::Ctx;
use crate::domain::Workbook;
use crate::domain::query::{AgendaItem, AgendaKind, agenda};
use crate::widget::text::{fit, put, right_of};

/// Columns of the longest label.
const LABEL: u16 = 10;

/// A line below the map: one thing, or two beside each other.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Waits(Vec<(&'static str, String)>);

/// The lines for what waits; where there is room, the next day stands beside what is owed.
pub(super) fn lines(ctx: &Ctx<'_>, workbook: &Workbook, wide: bool) -> Vec<Waits> {
    let items = agenda(workbook);
    let today = ctx.today();
    let several = workbook.partners().len() > 1;
    let owed = [("We owe", AgendaKind::WeOwe), ("They owe", AgendaKind::TheyOwe)];
    let owed =
        owed.into_iter().filter_map(|(label, kind)| Some((label, owed_next(&items, kind, today, several)?)));
    let next = next_day(&items, today).map(|words| ("Next", words));
    let mut lines: Vec<Waits> = owed.map(|line| Waits(vec![line])).collect();
    match (next, lines.first_mut()) {
        (Some(next), Some(first)) if wide => first.0.push(next),
        (Some(next), _) => lines.push(Waits(vec![next])),
        (None, _) => {}
    }
    lines
}

/// The promise of a side that comes first, and how many there are besides.
fn owed_next(items: &[AgendaItem], kind: AgendaKind, today: Date, several: bool) -> Option<String> {
    let mut owed = items.iter().filter(|item| item.kind == kind);
    let first = owed.next()?;
    let who = if several && !first.who.is_empty() { format!(" ({})", first.who) } else { String::new() };
    let day = first.on.map(|on| format!(", {}", words::weekday(on, today))).unwrap_or_default();
    let others = match owed.count() {
        0 => String::new(),
        n => format!(", and {n} more"),
    };
    Some(format!("{}{who}{day}{others}", words::or(&first.words, "something")))
}

/// The next day on which something other than a promise falls due; where none is to come, the last that is over.
fn next_day(items: &[AgendaItem], today: Date) -> Option<String> {
    let with_day =
        || items.iter().filter(|item| !item.kind.is_owed()).filter_map(|item| Some((item, item.on?)));
    let next = with_day().find(|(_, on)| *on >= today);
    let (item, on) = next.or_else(|| with_day().last())?;
    let who = if item.who.is_empty() { String::new() } else { format!(", {}", item.who) };
    let was = if on < today { "was " } else { "" };
    Some(format!("{}{who}, {was}{}", item.words, words::short_day(on, today)))
}

impl Waits {
    pub(super) fn draw(&self, row: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
        let columns = row.width / u16::try_from(self.0.len().max(1)).unwrap_or(1);
        for (n, (label, words)) in self.0.iter().enumerate() {
            let at = right_of(row, columns.saturating_mul(u16::try_from(n).unwrap_or(0)) + 2);
            let at = Rect { width: at.width.min(columns.saturating_sub(3)), ..at };
            let label_width = if n == 0 { LABEL } else { 6 };
            put(buf, at, label, ctx.theme.quiet());
            let at = right_of(at, label_width);
            put(buf, at, &fit(words, at.width), ctx.theme.text());
        }
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
        let none = lines(&world.ctx(), world.ctx().workbook().unwrap(), true);
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
