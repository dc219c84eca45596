//! The ways from one record to another: the fields at the end of a form that lead to what names it and to where it was said,
//! and the keys that go there.

use super::{Records, building};
use crate::command::{Ctx, Go, Outcome};
use crate::domain::{AnyRecord, RecordField, SaidIn, TextPlace, Workbook};
use crate::screen::form::{Beside, FormField};
use crate::screen::{board_step, connected};

/// After how many fields of a pilot its signs stand.
const SIGNS_AT: usize = 4;

/// The field that leads to the line of a call in which something was said, where that is known.
pub(super) fn said(said_in: Option<&SaidIn>, workbook: &Workbook) -> Option<FormField> {
    let said = said_in?;
    let place = TextPlace::Line(said.call.clone(), said.line.clone());
    let words = workbook.text(&place).unwrap_or("the line is not here any more").to_owned();
    Some(FormField::link("Said", words, Go::Place(place)))
}

/// The fields of a form, with those that lead elsewhere.
pub(super) fn with_ways(
    mut fields: Vec<FormField>,
    record: &AnyRecord,
    workbook: &Workbook,
    ctx: &Ctx<'_>,
) -> Vec<FormField> {
    match record {
        AnyRecord::Pilot(_) => {
            // beside the pilot, before what is written afterwards
            let at = fields.len().min(SIGNS_AT);
            fields.splice(at..at, building::signs(record, workbook));
        }
        AnyRecord::WindUp(_) => {
            // what came from a promise takes it along, whichever way it is said
            let state = fields.iter_mut().find(|field| field.label == RecordField::State.label());
            if let Some(state) = state {
                *state = FormField::run(state.label, state.shown(ctx), "records.mark");
            }
        }
        record => fields.extend(connected::fields(record, workbook, ctx)),
    }
    fields.extend(said(workbook.said_in(record.id()), workbook));
    fields
}

impl Records {
    /// Whether one gets anywhere from the field in focus, or else from the record.
    pub(super) fn leads(&self, ctx: &Ctx<'_>) -> bool {
        self.way(ctx).is_some()
            || self.record(ctx).is_some_and(|record| connected::is_connected(&record, ctx))
    }

    fn way(&self, ctx: &Ctx<'_>) -> Option<Go> {
        if self.form.is_away() { None } else { self.form.way(&self.fields(ctx)).cloned() }
    }

    pub(super) fn connected(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.hold(ctx);
        match (self.way(ctx), self.record(ctx)) {
            (Some(go), _) => Outcome::Go(go),
            (None, Some(record)) => connected::follow(&record, ctx),
            (None, None) => Outcome::Unused,
        }
    }

    pub(super) fn put_on_board(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.record(ctx) {
            Some(AnyRecord::Remedy(step)) => board_step::put_on_board(&step, ctx),
            _ => Outcome::Unused,
        }
    }
}
