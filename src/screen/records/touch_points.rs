//! Touch points: being in touch every so often, by partner; the one that has waited longest first.

use jiff::ToSpan;

use super::{Item, Sheet, added, set};
use crate::command::{Ctx, Outcome};
use crate::domain::query::side;
use crate::domain::{AnyRecord, Edit, Family, PartnerId, RecordField, TextPlace, TouchPoint, Workbook};
use crate::order::InOrder;
use crate::overlay::{Menu, MenuRow, Prompt};
use crate::screen::form::FormField;
use crate::screen::{prompts, words};

pub(super) const SHEET: Sheet = Sheet {
    family: Family::TouchPoint,
    title: "Touch points",
    count: ("touch point", "touch points"),
    empty: "Nothing regular is set down. A call every four weeks, a coffee once a term: being in touch with \
            nothing to ask for keeps a partnership alive.",
    alone: Some(ALONE),
    closed: None,
    items,
    about,
    form,
    add,
    mark: Some(held),
};

const ALONE: &str = "It takes somebody to be in touch with: add a partner first, with n on the map.";

/// How often that is offered, in weeks.
const OFTEN: [u16; 8] = [1, 2, 3, 4, 6, 8, 12, 26];

fn items(workbook: &Workbook, ctx: &Ctx<'_>, _: bool) -> Vec<Item> {
    let today = ctx.today();
    let mut points: Vec<&TouchPoint> = workbook.touch_points().iter().collect();
    points.order_by_key(|point| (point.due().is_none(), point.due()));
    let item = |point: &&TouchPoint| Item {
        id: point.id.clone(),
        group: match point.due() {
            Some(due) if due < today => "Waited for",
            Some(_) => "To come",
            None => "Without a day",
        }
        .to_owned(),
        words: format!("{}, {}", words::or(&point.kind, "in touch"), often(point.every_weeks)),
        who: side(workbook, &point.partner),
        aside: point.due().map(|due| words::weekday(due, today)).unwrap_or_default(),
        over: false,
    };
    points.iter().map(item).collect()
}

/// "every 4 weeks".
fn often(weeks: Option<u16>) -> String {
    match weeks {
        None => "once".to_owned(),
        Some(1) => "every week".to_owned(),
        Some(weeks) => format!("every {weeks} weeks"),
    }
}

fn about(record: &AnyRecord, workbook: &Workbook, ctx: &Ctx<'_>) -> String {
    let AnyRecord::TouchPoint(point) = record else { return String::new() };
    let last = match point.last {
        Some(on) => format!("last {}", words::ago(on, ctx.today())),
        None => "not held yet".to_owned(),
    };
    format!("With {}, {last}.", side(workbook, &point.partner))
}

fn form(record: &AnyRecord, workbook: &Workbook, _: &Ctx<'_>) -> Vec<FormField> {
    let AnyRecord::TouchPoint(point) = record else { return Vec::new() };
    let (last, next) = (point.clone(), point.clone());
    let people = workbook.people_of(&point.partner).map(|person| {
        (person.name.clone(), set(TouchPoint { person: Some(person.id.clone()), ..point.clone() }))
    });
    let nobody = ("nobody in particular".to_owned(), set(TouchPoint { person: None, ..point.clone() }));
    let person = point.person.as_ref().and_then(|id| workbook.person(id)).map_or("", |p| &p.name);
    vec![
        FormField::text(
            "Kind",
            "a call, a coffee, the newsletter",
            TextPlace::Record(point.id.clone(), RecordField::Kind),
        ),
        FormField::choice("How often", often(point.every_weeks), every(point)),
        FormField::choice("With whom", person, people.chain([nobody]).collect()),
        FormField::day("Last", point.last, move |on| {
            set(TouchPoint { last: on, next: None, ..last.clone() })
        }),
        FormField::day("Next", point.due(), move |on| set(TouchPoint { next: on, ..next.clone() })),
    ]
}

fn held(record: &AnyRecord, _: &Workbook, ctx: &Ctx<'_>) -> Outcome {
    let AnyRecord::TouchPoint(point) = record else { return Outcome::Unused };
    let today = ctx.today();
    let on = |last| set(TouchPoint { last, next: None, ..point.clone() });
    let another = point.clone();
    let ask = prompts::past_day("When was it?", point.last, today, move |last| {
        Outcome::Edit(set(TouchPoint { last, next: None, ..another.clone() }))
    });
    let mut rows = vec![
        MenuRow::new(Some('t'), "Today", "", Outcome::Edit(on(Some(today)))),
        MenuRow::new(Some('y'), "Yesterday", "", Outcome::Edit(on(today.yesterday().ok()))),
        MenuRow::new(Some('d'), "On another day", "", ask),
    ];
    if let Some(weeks) = point.every_weeks {
        let next = today.checked_add(i64::from(weeks).weeks()).ok();
        let skipped = set(TouchPoint { next, ..point.clone() });
        rows.push(MenuRow::new(Some('n'), "Not this time; the next as usual", "", Outcome::Edit(skipped)));
    }
    Outcome::Open(Box::new(Menu::new("When were you in touch?", rows)))
}

fn add(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    let ask = |partner: &PartnerId| {
        let point =
            TouchPoint { every_weeks: Some(4), ..TouchPoint::with(ctx.ids.record(), partner.clone()) };
        ask_kind(point)
    };
    match workbook.partners() {
        [] => Outcome::Say(ALONE.to_owned()),
        [partner] => ask(&partner.id),
        partners => {
            let rows = partners
                .iter()
                .map(|partner| MenuRow::new(None, side(workbook, &partner.id), "", ask(&partner.id)));
            Outcome::Open(Box::new(Menu::new("With whom?", rows.collect())))
        }
    }
}

fn ask_kind(point: TouchPoint) -> Outcome {
    let prompt = Prompt::new("What sort of touch?", "", move |kind| {
        let point = TouchPoint { kind, ..point.clone() };
        let mut then = added(point.clone());
        then.push(how_often(&point));
        Ok(Outcome::All(then))
    });
    Outcome::Open(Box::new(
        prompt
            .placeholder("a call with nothing to ask for")
            .hint("How often comes next; at first, every 4 weeks."),
    ))
}

/// Asks how often it is to be.
fn how_often(point: &TouchPoint) -> Outcome {
    let rows = every(point).into_iter().map(|(words, edit)| {
        let aside = if words == often(point.every_weeks) { "now" } else { "" };
        MenuRow::new(None, words, aside, Outcome::Edit(edit))
    });
    let at = OFTEN.iter().position(|weeks| Some(*weeks) == point.every_weeks).unwrap_or(0);
    Outcome::Open(Box::new(Menu::new("How often?", rows.collect()).focused(at)))
}

/// How often it could be, and the edit that makes it so.
fn every(point: &TouchPoint) -> Vec<(String, Edit)> {
    let all = OFTEN.into_iter().map(Some).chain([None]);
    all.map(|every_weeks| (often(every_weeks), set(TouchPoint { every_weeks, next: None, ..point.clone() })))
        .collect()
}
