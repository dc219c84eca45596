//! Following what a record is connected with: from a table, a card or a form to the record, the clause or the line that it
//! names, or that names it, and back by one step.
//!
//! Which ways there are is said by [`query::links`]; this knows only how one goes. Start reading at [`follow`].

use super::form::FormField;
use crate::command::{Ctx, Go, Outcome};
use crate::domain::query::{self, Link, Named};
use crate::domain::{QuestionId, RecordId, RecordRef, Workbook};
use crate::overlay::{Menu, MenuRow};

/// Where something that is named stands, as a place to look at and to come back from.
pub(super) fn place(named: Named) -> Go {
    match named {
        Named::Place(place) => Go::Place(place),
        Named::Question(id) => Go::Look(Box::new(Go::Question(QuestionId::new(id), None))),
        Named::Aspect(id) => Go::Look(Box::new(Go::Aspect(id))),
    }
}

/// Whether a record is connected with anything.
pub(super) fn is_connected<'w>(record: impl Into<RecordRef<'w>>, ctx: &Ctx<'_>) -> bool {
    ctx.workbook().is_some_and(|workbook| query::has_links(record.into(), workbook, ctx.content))
}

/// Goes to what a record is connected with; where there is more than one way, asks which.
pub(super) fn follow<'w>(record: impl Into<RecordRef<'w>>, ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    let mut links = query::links(record.into(), workbook, ctx.content);
    match links.len() {
        0 => Outcome::Unused,
        1 => links.pop().map_or(Outcome::Unused, |link| Outcome::Go(place(link.to))),
        _ => {
            let row = |link: Link| {
                MenuRow::new(None, format!("{}: {}", link.label, link.words), "", Outcome::Go(place(link.to)))
            };
            Outcome::Open(Box::new(Menu::new("Where to?", links.into_iter().map(row).collect())))
        }
    }
}

/// The same for a record by its id.
pub(super) fn follow_by_id(id: &RecordId, ctx: &Ctx<'_>) -> Outcome {
    let record = ctx.workbook().and_then(|workbook| workbook.any_record(id));
    record.map_or(Outcome::Unused, |record| follow(&record, ctx))
}

/// A field of a form for each record that names one, which leads there.
pub(super) fn fields<'w>(
    record: impl Into<RecordRef<'w>>,
    workbook: &Workbook,
    ctx: &Ctx<'_>,
) -> impl Iterator<Item = FormField> {
    let links = query::linked_by(record.into(), workbook, ctx.content);
    links.into_iter().map(|link| FormField::link(link.label, link.words, place(link.to)))
}
