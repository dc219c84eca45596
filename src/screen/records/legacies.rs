//! What remains of the work, or will, noted on the day that it was noticed.

use super::{Item, Sheet};
use crate::command::{Ctx, Go, Outcome};
use crate::domain::{AnyRecord, Edit, Family, Legacy, RecordField, TextPlace, Workbook};
use crate::overlay::Prompt;
use crate::screen::form::FormField;
use crate::screen::words;

pub(super) const SHEET: Sheet = Sheet {
    family: Family::Legacy,
    title: "What remains",
    count: ("thing", "things"),
    empty: "Nothing has been noted yet. A thing made, a contact, something learned: note it on the day you \
            notice it, also what nobody planned.",
    closed: None,
    items,
    about,
    form,
    add,
    mark: None,
};

fn items(workbook: &Workbook, ctx: &Ctx<'_>, _: bool) -> Vec<Item> {
    let item = |legacy: &Legacy| Item {
        id: legacy.id.clone(),
        group: "",
        words: words::or(&legacy.what, "not said yet").to_owned(),
        who: legacy.for_whom.trim().to_owned(),
        aside: words::short_day(legacy.noted, ctx.today()),
        over: false,
    };
    workbook.legacies().iter().rev().map(item).collect()
}

fn about(record: &AnyRecord, _: &Workbook, ctx: &Ctx<'_>) -> String {
    let AnyRecord::Legacy(legacy) = record else { return String::new() };
    format!("Noticed {}.", words::ago(legacy.noted, ctx.today()))
}

fn form(record: &AnyRecord, workbook: &Workbook, _: &Ctx<'_>) -> Vec<FormField> {
    let AnyRecord::Legacy(legacy) = record else { return Vec::new() };
    let text = |field| TextPlace::Record(legacy.id.clone(), field);
    let noted = legacy.clone();
    let mut fields = vec![
        FormField::text("What", "what will still be there", text(RecordField::What)),
        FormField::text("For whom", "who has it, who keeps it", text(RecordField::ForWhom)),
        FormField::day("Noticed", Some(legacy.noted), move |on| {
            let kept = noted.noted;
            Edit::SetRecord(Box::new(Legacy { noted: on.unwrap_or(kept), ..noted.clone() }.into()))
        }),
    ];
    if let Some(said) = &legacy.said_in {
        let place = TextPlace::Line(said.call.clone(), said.line.clone());
        let words = workbook.text(&place).unwrap_or("the line is not here any more");
        fields.push(FormField::link("Said", words, Go::Place(place)));
    }
    fields
}

fn add(ctx: &Ctx<'_>) -> Outcome {
    let legacy = Legacy::noted(ctx.ids.record(), ctx.today(), "");
    let prompt = Prompt::new("What remains?", "", move |what| {
        if what.is_empty() {
            return Err("A few words are enough.".to_owned());
        }
        let id = legacy.id.clone();
        let record = Box::new(Legacy { what, ..legacy.clone() }.into());
        Ok(Outcome::All(vec![
            Outcome::Edit(Edit::AddRecord { record, place: usize::MAX }),
            Outcome::Go(Go::Records(Family::Legacy, Some(id))),
        ]))
    });
    Outcome::Open(Box::new(prompt.placeholder("two parents who now run interviews themselves")))
}
