//! The table of a family whose fields are described: what its rows, its form and its new records are follows from the
//! description of the family and from its entry in `assets/records.ron`.
//!
//! Nothing here knows a family by name. Start reading at [`items`]; how a value is said and changed is in [`field`].

use std::collections::{BTreeSet, HashMap};

use super::{Item, added, set};
use crate::command::{Ctx, Go, Outcome};
use crate::content::on_map;
use crate::content::types::Table;
use crate::domain::query::{self, happened, record_in_words, side, value_in_words};
use crate::domain::{
    AnyRecord, Edit, Family, Hours, Money, PartnerId, PersonId, QuestionId, RecordField, RecordRef,
    TextPlace, Topic, Value, Who, Workbook,
};
use crate::order::InOrder;
use crate::overlay::{Menu, MenuRow, Prompt};
use crate::screen::form::FormField;
use crate::screen::{connected, prompts, words};

/// The command that opens the field in focus again.
const AGAIN: &str = "records.edit";

/// The heading of rows whose side nobody named.
pub(super) const NOBODY: &str = "Nobody named";

/// The field of that name.
pub(super) fn named(name: &str) -> Option<RecordField> {
    RecordField::ALL.iter().copied().find(|field| field.name() == name)
}

/// The rows, those with a heading together, in the order in which they came otherwise.
pub(super) fn items(
    table: &Table,
    family: Family,
    workbook: &Workbook,
    ctx: &Ctx<'_>,
    all: bool,
) -> Vec<Item> {
    let group = named(&table.group);
    let mut rows: Vec<(usize, Item)> = workbook
        .each(family)
        .filter_map(|record| {
            let over = is_over(table, record);
            if over && !all && !table.closed.is_empty() {
                return None;
            }
            Some((
                rank(group.and_then(|field| record.value(field))),
                item(table, record, over, workbook, ctx),
            ))
        })
        .collect();
    if let Some(field) = group {
        // rows of one heading stand together, in the order in which their headings first came
        let mut first: HashMap<String, usize> = HashMap::new();
        for (_, item) in &rows {
            let next = first.len();
            first.entry(item.group.clone()).or_insert(next);
        }
        let is_choice = workbook.each(family).any(|r| matches!(r.value(field), Some(Value::Choice(..))));
        let place = |item: &Item| first.get(&item.group).copied();
        rows.order_by_key(|(rank, item)| (if is_choice { *rank } else { 0 }, place(item)));
    }
    rows.into_iter().map(|(_, item)| item).collect()
}

/// The place of a choice among the others, so that states stand in their order.
fn rank(value: Option<Value>) -> usize {
    match value {
        Some(Value::Choice(at, _)) => at,
        _ => 0,
    }
}

fn item(table: &Table, record: RecordRef<'_>, over: bool, workbook: &Workbook, ctx: &Ctx<'_>) -> Item {
    let said = |name: &str| {
        let value = named(name).and_then(|field| record.value(field));
        value.map(|value| in_a_column(&value, workbook, ctx)).unwrap_or_default()
    };
    let group = named(&table.group);
    let head = group.and_then(|field| record.value(field)).map(|value| match value {
        value if value.is_empty() && !matches!(value, Value::Choice(..)) => NOBODY.to_owned(),
        value => words::capital(&value_in_words(&value, workbook, ctx.content)),
    });
    let heading = record_in_words(record, &table.heading, workbook, ctx.content);
    // what stands as a heading above need not stand in the row again
    let aside = table.aside.iter().filter(|name| **name != table.group).map(|name| said(name));
    Item {
        id: record.id().clone(),
        group: head.unwrap_or_default(),
        words: words::or(&heading, "not said yet").to_owned(),
        who: if table.who == table.group { String::new() } else { said(&table.who) },
        aside: std::iter::once(super::extras::lacks_in_short(record))
            .chain(aside)
            .find(|words| !words.is_empty())
            .unwrap_or_default(),
        over,
    }
}

/// A value in few words, empty where nothing was said.
fn in_a_column(value: &Value, workbook: &Workbook, ctx: &Ctx<'_>) -> String {
    match value {
        Value::Day(Some(day)) => words::weekday(*day, ctx.today()),
        Value::Choice(..) => value_in_words(value, workbook, ctx.content),
        value if value.is_empty() => String::new(),
        value => value_in_words(value, workbook, ctx.content),
    }
}

fn is_over(table: &Table, record: RecordRef<'_>) -> bool {
    table.over.iter().any(|over| match named(over) {
        Some(field) => record.value(field).is_some_and(|value| !value.is_empty()),
        None => record.family().fields().iter().any(|field| match record.value(*field) {
            Some(Value::Choice(at, words)) => words.get(at) == Some(&over.as_str()),
            _ => false,
        }),
    })
}

/// The fields of a record, as a form.
pub(super) fn form(table: &Table, record: &AnyRecord, workbook: &Workbook, ctx: &Ctx<'_>) -> Vec<FormField> {
    let fields = record.family().fields().iter();
    fields.filter_map(|name| field(table, record, *name, workbook, ctx)).collect()
}

/// One field of a form; `None` for what no form shows.
fn field(
    table: &Table,
    record: &AnyRecord,
    name: RecordField,
    workbook: &Workbook,
    ctx: &Ctx<'_>,
) -> Option<FormField> {
    let label = name.label();
    let changed = {
        let record = record.clone();
        move |value: Value| record.clone().with(name, value).map(set)
    };
    let now = record.value(name)?;
    let said = value_in_words(&now, workbook, ctx.content);
    let leads = query::named(name, &now, workbook, ctx.content).map(connected::place);
    let options = |values: Vec<Value>| -> Vec<(String, Edit)> {
        let option = |value: Value| Some((value_in_words(&value, workbook, ctx.content), changed(value)?));
        values.into_iter().filter_map(option).collect()
    };
    let field = match now {
        Value::Text(_) => FormField::text(label, "", TextPlace::Record(record.id().clone(), name)),
        Value::Day(day) => {
            let record = record.clone();
            FormField::day(label, day, move |on| {
                set(record.clone().with(name, Value::Day(on)).unwrap_or_else(|| record.clone()))
            })
        }
        Value::Mark(on) => FormField::flag(label, on, changed(Value::Mark(!on))?),
        Value::Choice(_, all) => {
            FormField::choice(label, said, options((0..all.len()).map(|at| Value::Choice(at, all)).collect()))
        }
        Value::Side(_) => {
            let sides = sides(workbook).map(|id| Value::Side(Some(id)));
            FormField::choice(label, said, options(sides.chain([Value::Side(None)]).collect()))
        }
        Value::Who(_) => {
            let who = everybody(workbook).map(|who| Value::Who(Some(who)));
            FormField::choice(label, said, options(who.chain([Value::Who(None)]).collect()))
        }
        Value::Record(_) => {
            let others = name.names().into_iter().flat_map(|family| workbook.each(family));
            let others = others.map(|other| Value::Record(Some(other.id().clone())));
            FormField::choice(label, said, options(others.chain([Value::Record(None)]).collect()))
        }
        Value::Sides(now) => {
            FormField::many(label, said, several(sides(workbook), &now, Value::Sides, &options), AGAIN)
        }
        Value::People(now) => {
            let people = workbook.people().iter().map(|person| person.id.clone());
            FormField::many(label, said, several(people, &now, Value::People, &options), AGAIN)
        }
        Value::Money(now) => {
            // an amount that is corrected stays in its currency, whatever came in since
            let usual = now.map_or_else(|| currency(workbook), |now| now.currency);
            FormField::asked(label, "1,250.00", said, move |words| {
                let money = if words.is_empty() { None } else { Some(read_money(words, &usual)?) };
                changed(Value::Money(money)).ok_or_else(String::new)
            })
        }
        Value::Hours(_) => FormField::asked(label, "2h30", said, move |words| {
            let read = |words| Hours::read(words).map_err(|error| error.to_string());
            let hours = if words.is_empty() { None } else { Some(read(words)?) };
            changed(Value::Hours(hours)).ok_or_else(String::new)
        }),
        Value::Count(_) => FormField::asked(label, "", said, move |words| {
            let read = |words: &str| words.parse().map_err(|_| "Write a number.".to_owned());
            let count = if words.is_empty() { None } else { Some(read(words)?) };
            changed(Value::Count(count)).ok_or_else(String::new)
        }),
        Value::Topic(topic) => {
            let all = topics(name, ctx);
            if all.is_empty() {
                FormField::link(label, said, Go::Guide(Some(topic.0)))
            } else {
                let all = all.into_iter().chain([String::new()]);
                FormField::choice(label, said, options(all.map(|id| Value::Topic(Topic(id))).collect()))
            }
        }
        Value::Question(_) => {
            let clauses = ctx.content.clauses().iter().map(|clause| QuestionId::new(clause.question()));
            let all = clauses.chain(questions_about(record, ctx)).map(|id| Value::Question(Some(id)));
            FormField::choice(label, said, options(all.chain([Value::Question(None)]).collect()))
        }
        Value::Days(_) | Value::Questions(_) | Value::Choices(..) | Value::Wording(_) | Value::Numbers(_) => {
            return None;
        }
    };
    let field = FormField { past: happened(record.family(), name), ..field.leading(leads) };
    Some(match table.hints.get(name.name()) {
        Some(hint) => FormField { hint: hint.clone().into(), ..field },
        None => field,
    })
}

fn read_money(words: &str, usual: &str) -> Result<Money, String> {
    Money::read(words, usual).map_err(|error| error.to_string())
}

/// The currency that this workbook uses; pounds while it uses none.
fn currency(workbook: &Workbook) -> String {
    let used = workbook.all::<crate::domain::MoneyLine>().iter().rev().find_map(|line| line.amount.clone());
    used.map_or_else(|| "GBP".to_owned(), |money| money.currency)
}

/// What a field is chosen from, by id; nothing where it is chosen on a screen of its own.
fn topics(field: RecordField, ctx: &Ctx<'_>) -> Vec<String> {
    match field {
        RecordField::LegacyKind => ctx.content.legacies().iter().map(|kind| kind.id.clone()).collect(),
        RecordField::Way => ctx.content.ways().iter().map(|way| way.id.clone()).collect(),
        RecordField::Aspect => {
            let lines = on_map().iter().filter(|row| row.arc.is_in_cycle());
            lines.map(|row| row.id.to_owned()).collect()
        }
        RecordField::Skill => ctx.content.terms().iter().map(|term| term.id.clone()).collect(),
        RecordField::Suggestion => ctx.content.suggestions().iter().map(|one| one.id.clone()).collect(),
        _ => Vec::new(),
    }
}

/// The questions of the aspect that a record is about, where it is about one.
fn questions_about<'c>(record: &AnyRecord, ctx: &Ctx<'c>) -> impl Iterator<Item = QuestionId> + use<'c> {
    let aspect = match record.value(RecordField::Aspect) {
        Some(Value::Topic(Topic(id))) => ctx.content.aspect(&id),
        _ => None,
    };
    aspect.into_iter().flat_map(|aspect| &aspect.questions).map(|question| QuestionId::new(&question.id))
}

/// Each of several with whether it is chosen, and the edit that turns that.
fn several<T: Ord + Clone>(
    all: impl Iterator<Item = T>,
    now: &BTreeSet<T>,
    make: fn(BTreeSet<T>) -> Value,
    options: &impl Fn(Vec<Value>) -> Vec<(String, Edit)>,
) -> Vec<(String, bool, Edit)> {
    let one = |id: T| {
        let on = now.contains(&id);
        let alone = options(vec![make(BTreeSet::from([id.clone()]))]).pop()?.0;
        let mut then = now.clone();
        if on {
            then.remove(&id)
        } else {
            then.insert(id)
        };
        let edit = options(vec![make(then)]).pop()?.1;
        Some((alone, on, edit))
    };
    all.filter_map(one).collect()
}

/// Our own side, then each partner.
fn sides(workbook: &Workbook) -> impl Iterator<Item = PartnerId> {
    let partners = workbook.partners().iter().map(|partner| partner.id.clone());
    std::iter::once(PartnerId::us()).chain(partners)
}

/// Each side, followed by its people.
fn everybody(workbook: &Workbook) -> impl Iterator<Item = Who> {
    sides(workbook).flat_map(|id| {
        let people: Vec<PersonId> = workbook.people_of(&id).map(|person| person.id.clone()).collect();
        let people = people.into_iter().map({
            let id = id.clone();
            move |person| Who::person(id.clone(), person)
        });
        std::iter::once(Who::side(id.clone())).chain(people.collect::<Vec<_>>())
    })
}

/// What is said at the head of the form: the heading in full, and what it stands under.
pub(super) fn about(table: &Table, record: &AnyRecord, workbook: &Workbook, ctx: &Ctx<'_>) -> String {
    let heading = record_in_words(record, &table.heading, workbook, ctx.content);
    if heading.trim().is_empty() { words::capital(&table.one) } else { heading }
}

/// Asks for what a new one needs, then adds it.
pub(super) fn add(table: &Table, family: Family, ctx: &Ctx<'_>) -> Outcome {
    let Some(blank) = family.blank(ctx.ids.record()) else { return Outcome::Unused };
    let today = ctx.today();
    // what happens is noted on the day that it does, unless another is said
    let blank = match blank.value(RecordField::On) {
        Some(Value::Day(None)) => {
            blank.clone().with(RecordField::On, Value::Day(Some(today))).unwrap_or(blank)
        }
        _ => blank,
    };
    let heading = named(&table.heading).unwrap_or(RecordField::What);
    match (blank.value(heading), ctx.workbook()) {
        (Some(Value::Side(_)), Some(workbook)) => {
            let row = |id: PartnerId| {
                let with = blank.clone().with(heading, Value::Side(Some(id.clone())))?;
                Some(MenuRow::new(None, side(workbook, &id), "", Outcome::All(added(with))))
            };
            let rows: Vec<MenuRow> = sides(workbook).filter_map(row).collect();
            Outcome::Open(Box::new(Menu::new(words::capital(&table.one), rows)))
        }
        (Some(Value::Text(_)), _) if !table.ask.is_empty() => {
            let prompt = Prompt::new(table.ask.clone(), "", move |what| {
                if what.is_empty() {
                    return Err("A few words are enough.".to_owned());
                }
                let with = blank.clone().with(heading, Value::Text(what));
                Ok(with.map_or(Outcome::Unused, |record| Outcome::All(added(record))))
            });
            Outcome::Open(Box::new(prompt.placeholder(table.example.clone())))
        }
        _ => Outcome::All(added(blank)),
    }
}

/// Sets the field that one key sets: offers the choices, asks for the day, turns the mark.
pub(super) fn mark(table: &Table, record: &AnyRecord, workbook: &Workbook, ctx: &Ctx<'_>) -> Outcome {
    let Some(name) = named(&table.mark) else { return Outcome::Unused };
    match record.value(name) {
        Some(Value::Choice(now, all)) => {
            let row = |at: usize| {
                let to = record.clone().with(name, Value::Choice(at, all))?;
                let aside = if at == now { "now" } else { "" };
                Some(MenuRow::new(None, words::capital(all.get(at)?), aside, Outcome::Edit(set(to))))
            };
            let rows = (0..all.len()).filter_map(row).collect();
            Outcome::Open(Box::new(Menu::new(about(table, record, workbook, ctx), rows).focused(now)))
        }
        Some(Value::Day(day)) => {
            let past = happened(record.family(), name);
            let record = record.clone();
            let then = move |on| {
                Outcome::Edit(set(record
                    .clone()
                    .with(name, Value::Day(on))
                    .unwrap_or_else(|| record.clone())))
            };
            let now = day.or(Some(ctx.today()));
            if past {
                return prompts::happened(name.label(), now, ctx.today(), then);
            }
            prompts::day(name.label(), now, ctx.today(), then)
        }
        Some(Value::Mark(on)) => {
            let to = record.clone().with(name, Value::Mark(!on));
            to.map_or(Outcome::Unused, |to| Outcome::Edit(set(to)))
        }
        _ => Outcome::Unused,
    }
}
