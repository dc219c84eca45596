//! Promises in both directions: what we owe and what is owed to us, by day; then what is over.

use jiff::civil::Date;

use super::ways::said;
use super::{Item, Sheet, added, set};
use crate::command::{Ctx, Outcome};
use crate::domain::dates;
use crate::domain::query::{self, side, value_in_words};
use crate::domain::{
    AnyRecord, Edit, Family, PartnerId, Promise, PromiseState, RecordField, TextPlace, Value, Walk, Workbook,
};
use crate::order::InOrder;
use crate::overlay::{Menu, MenuRow, Prompt};
use crate::screen::form::FormField;
use crate::screen::{connected, prompts, words};

pub(super) const SHEET: Sheet = Sheet {
    family: Family::Promise,
    title: "Promises",
    count: ("promise", "promises"),
    empty: "Nobody owes anybody anything here. What one side says it will do for the other stands here, \
            with its day, until it is done or let go.",
    alone: Some(ALONE),
    closed: Some("promises that are over"),
    items,
    about,
    form,
    add,
    mark: Some(mark),
};

const ALONE: &str = "A promise is made to somebody: add a partner first, with n on the map.";

const OURS: &str = "We owe";
const THEIRS: &str = "They owe";
const OVER: &str = "Over";

fn items(workbook: &Workbook, ctx: &Ctx<'_>, all: bool) -> Vec<Item> {
    let mut shown: Vec<&Promise> =
        workbook.promises().iter().filter(|promise| all || promise.is_owed()).collect();
    // what has a day comes first, the nearest day before the others
    shown.order_by_key(|p| (group_rank(p), p.due.is_none(), p.due, p.made));
    if shown.first().is_some_and(|promise| !promise.is_owed()) || all {
        let over = shown.iter().position(|p| !p.is_owed()).unwrap_or(shown.len());
        if let Some(over) = shown.get_mut(over..) {
            over.order_by_key(|promise| std::cmp::Reverse(promise.changed));
        }
    }
    shown.into_iter().map(|promise| item(promise, workbook, ctx)).collect()
}

fn group_rank(promise: &Promise) -> u8 {
    match (promise.is_owed(), promise.is_ours()) {
        (true, true) => 0,
        (true, false) => 1,
        (false, _) => 2,
    }
}

fn item(promise: &Promise, workbook: &Workbook, ctx: &Ctx<'_>) -> Item {
    let group = [OURS, THEIRS, OVER].get(usize::from(group_rank(promise))).copied().unwrap_or(OVER);
    let other = if promise.is_ours() { &promise.to } else { &promise.by };
    let aside = match (promise.is_owed(), promise.due) {
        (false, _) => promise.state.word().to_owned(),
        (true, Some(due)) => words::weekday(due, ctx.today()),
        (true, None) => String::new(),
    };
    // with one partner it is plain who is meant
    let who = if workbook.partners().len() > 1 { side(workbook, other) } else { String::new() };
    let words = words::or(&promise.what, "not said yet").to_owned();
    Item { id: promise.id.clone(), group: group.to_owned(), words, who, aside, over: !promise.is_owed() }
}

/// Who promised, to whom, when, and how long ago that is.
fn about(record: &AnyRecord, workbook: &Workbook, ctx: &Ctx<'_>) -> String {
    let AnyRecord::Promise(promise) = record else { return String::new() };
    let today = ctx.today();
    let by = if promise.is_ours() { "We".to_owned() } else { side(workbook, &promise.by) };
    let to = if promise.to.is_us() { "us".to_owned() } else { side(workbook, &promise.to) };
    let made = promise.made.map(|made| format!(" {}", words::ago(made, today))).unwrap_or_default();
    let age = promise.made.and_then(|made| age(made, today)).map(|age| format!(", {age} ago"));
    let state = match (promise.state.is_owed(), promise.changed) {
        (false, Some(on)) => format!(" {} {}.", words::capital(promise.state.word()), words::ago(on, today)),
        (false, None) => format!(" {}.", words::capital(promise.state.word())),
        _ => String::new(),
    };
    format!("{by} promised {to}{made}{}.{state}", age.unwrap_or_default())
}

/// How long ago a day is, in months or years; `None` where it is under two months.
fn age(made: Date, today: Date) -> Option<String> {
    let span = today.since((jiff::Unit::Month, made)).ok()?;
    match span.get_months() {
        months @ 2..=23 => Some(format!("{months} months")),
        months @ 24.. => Some(format!("{} years", months / 12)),
        _ => None,
    }
}

fn form(record: &AnyRecord, workbook: &Workbook, ctx: &Ctx<'_>) -> Vec<FormField> {
    let AnyRecord::Promise(promise) = record else { return Vec::new() };
    let text = |field| TextPlace::Record(promise.id.clone(), field);
    let due = promise.clone();
    let mut fields = vec![
        FormField::text("What", "what will be done, in a line", text(RecordField::What)),
        FormField::day("Due", promise.due, move |on| set(Promise { due: on, ..due.clone() })),
        FormField::choice("Who", who(promise, workbook), sides(promise, workbook)),
        FormField::choice("State", promise.state.word(), states(promise, ctx.today())),
        FormField::text("Note", "what became of it, or why it was let go", text(RecordField::Note)),
        FormField::flag(
            "Private",
            promise.private,
            set(Promise { private: !promise.private, ..promise.clone() }),
        ),
    ];
    fields.extend(walk(promise, workbook, ctx));
    fields.extend(connected::fields(record, workbook, ctx));
    fields.extend(said(promise.said_in.as_ref(), workbook));
    fields
}

/// The walk on which it was made, to be chosen where there are any.
fn walk(promise: &Promise, workbook: &Workbook, ctx: &Ctx<'_>) -> Option<FormField> {
    let words = |id| value_in_words(&Value::Record(id), workbook, ctx.content);
    let leads = Value::Record(promise.walk.clone());
    let leads = query::named(RecordField::Walk, &leads, workbook, ctx.content).map(connected::place);
    let walks = workbook.all::<Walk>();
    let all = walks.iter().map(|walk| Some(walk.id.clone())).chain([None]);
    let options = all.map(|id| (words(id.clone()), set(Promise { walk: id, ..promise.clone() }))).collect();
    let field = FormField::choice(RecordField::Walk.label(), words(promise.walk.clone()), options);
    (!walks.is_empty()).then(|| field.leading(leads))
}

fn who(promise: &Promise, workbook: &Workbook) -> String {
    direction(&promise.by, &promise.to, workbook)
}

fn direction(by: &PartnerId, to: &PartnerId, workbook: &Workbook) -> String {
    match (by.is_us(), to.is_us()) {
        (true, _) => format!("we, to {}", side(workbook, to)),
        (_, true) => format!("{}, to us", side(workbook, by)),
        _ => format!("{}, to {}", side(workbook, by), side(workbook, to)),
    }
}

/// Each partner's promises to us and ours to each.
fn directions(workbook: &Workbook) -> Vec<(PartnerId, PartnerId)> {
    let partners = workbook.partners().iter().map(|partner| partner.id.clone());
    partners.flat_map(|id| [(PartnerId::us(), id.clone()), (id, PartnerId::us())]).collect()
}

fn sides(promise: &Promise, workbook: &Workbook) -> Vec<(String, Edit)> {
    let between = |(by, to): (PartnerId, PartnerId)| {
        let words = direction(&by, &to, workbook);
        (words, set(Promise { by, to, by_person: None, ..promise.clone() }))
    };
    directions(workbook).into_iter().map(between).collect()
}

fn states(promise: &Promise, today: Date) -> Vec<(String, Edit)> {
    let to = |state: PromiseState| {
        let changed = Promise { state, changed: Some(today), ..promise.clone() };
        (state.word().to_owned(), set(changed))
    };
    PromiseState::ALL.into_iter().map(to).collect()
}

fn mark(record: &AnyRecord, _: &Workbook, ctx: &Ctx<'_>) -> Outcome {
    let AnyRecord::Promise(promise) = record else { return Outcome::Unused };
    let letters = ['o', 'k', 'r', 'l', 'b'];
    let rows = states(promise, ctx.today()).into_iter().zip(letters).map(|((words, edit), letter)| {
        let aside = if words == promise.state.word() { "now" } else { "" };
        MenuRow::new(Some(letter), words, aside, Outcome::Edit(edit))
    });
    let mut rows: Vec<MenuRow> = rows.collect();
    // kept is what it mostly comes to
    rows.swap(0, 1);
    Outcome::Open(Box::new(Menu::new("What has become of it?", rows)))
}

/// Asks who promised, then what.
fn add(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    let made = ctx.today();
    let mut rows = Vec::new();
    for (by, to) in directions(workbook) {
        let words = direction(&by, &to, workbook);
        let promise =
            Promise { made: Some(made), ..Promise::new(ctx.ids.record(), by.clone(), to.clone(), "") };
        rows.push(MenuRow::new(None, words::capital(&words), "", ask_what(promise, made)));
    }
    if rows.is_empty() {
        return Outcome::Say(ALONE.to_owned());
    }
    Outcome::Open(Box::new(Menu::new("Who promised?", rows)))
}

fn ask_what(promise: Promise, today: Date) -> Outcome {
    let prompt = Prompt::new("What was promised?", "", move |what| {
        if what.is_empty() {
            return Err("A few words are enough.".to_owned());
        }
        let promise = Promise { what, ..promise.clone() };
        let mut then = added(promise.clone());
        then.push(suggested_day(&promise, today).unwrap_or_else(|| ask_day(&promise, today)));
        Ok(Outcome::All(then))
    });
    Outcome::Open(Box::new(prompt.placeholder("send the budget by Friday").hint("Its day comes next.")))
}

fn ask_day(promise: &Promise, today: Date) -> Outcome {
    let promise = promise.clone();
    prompts::day("By when?", None, today, move |due| Outcome::Edit(set(Promise { due, ..promise.clone() })))
}

/// Offers the day that the words speak of, if they do; it is never taken unasked.
fn suggested_day(promise: &Promise, today: Date) -> Option<Outcome> {
    let found = dates::find(&promise.what, today)?;
    let day = words::weekday(found.on, today);
    let rows = vec![
        MenuRow::new(
            Some('y'),
            format!("Yes, by {day}"),
            "",
            Outcome::Edit(set(Promise { due: Some(found.on), ..promise.clone() })),
        ),
        MenuRow::new(Some('n'), "No day yet", "", Outcome::Done),
    ];
    Some(Outcome::Open(Box::new(Menu::new(format!("Is it due {day}?"), rows))))
}
