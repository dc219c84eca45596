//! What remains of the work, or will, noted on the day that it was noticed.

use super::{Item, Sheet, added, said, set};
use crate::command::{Ctx, Outcome};
use crate::domain::{AnyRecord, Family, Legacy, RecordField, TextPlace, Workbook};
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
        group: String::new(),
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
            set(Legacy { noted: on.unwrap_or(kept), ..noted.clone() })
        }),
    ];
    fields.extend(said(legacy.said_in.as_ref(), workbook));
    fields
}

fn add(ctx: &Ctx<'_>) -> Outcome {
    let legacy = Legacy::noted(ctx.ids.record(), ctx.today(), "");
    let prompt = Prompt::new("What remains?", "", move |what| {
        if what.is_empty() {
            return Err("A few words are enough.".to_owned());
        }
        Ok(Outcome::All(added(Legacy { what, ..legacy.clone() })))
    });
    Outcome::Open(Box::new(prompt.placeholder("two parents who now run interviews themselves")))
}
