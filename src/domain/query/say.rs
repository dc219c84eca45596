//! Saying in words where a text stands: "Why now · ours", under "Scoping".

use jiff::civil::Date;

use crate::content::Content;
use crate::domain::{
    AnyRecord, Family, PartnerField, PartnerId, PersonId, QuestionId, RecordField, RecordId, RecordRef,
    TextPlace, Topic, Value, VoiceKey, Who, Workbook,
};

/// Where a text stands, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Where {
    /// The thing and which of its texts: "City Museum · kind".
    pub thing: String,
    /// The part of the workbook that it is in: "Scoping", "People". May be empty.
    pub part: String,
}

/// Says where a text stands. Names are known only where their workbook is at hand.
pub fn place_in_words(place: &TextPlace, workbook: Option<&Workbook>, content: &Content) -> Where {
    let (thing, part) = match place {
        TextPlace::Title => ("The title".to_owned(), String::new()),
        TextPlace::Purpose => ("What the partnership is for".to_owned(), String::new()),
        TextPlace::Voice(id, voice) => {
            let question = content.question(id.as_str()).map_or("A question", |q| q.short.as_str());
            let whose = match voice {
                VoiceKey::Ours => "ours".to_owned(),
                VoiceKey::Agreed => "agreed".to_owned(),
                VoiceKey::Theirs(id) => workbook.map_or_else(|| "theirs".to_owned(), |w| side(w, id)),
            };
            let aspect = content.aspect_of(id.as_str()).map_or("", |aspect| aspect.name.as_str());
            (format!("{question} · {whose}"), aspect.to_owned())
        }
        TextPlace::Partner(id, field) => {
            let name = match workbook {
                Some(workbook) => side(workbook, id),
                None if id.is_us() => "Our side".to_owned(),
                None => "A partner".to_owned(),
            };
            let field = if *field == PartnerField::Name { "name" } else { field.label() };
            (format!("{name} · {field}"), "People".to_owned())
        }
        TextPlace::Person(id, field) => {
            let person = workbook.and_then(|wb| wb.person(id)).map(|person| person.name.as_str());
            let name = person.filter(|name| !name.is_empty()).unwrap_or("Somebody");
            (format!("{name} · {}", field.label()), "People".to_owned())
        }
        TextPlace::State(at, field) => {
            let change = workbook.and_then(|w| w.partnership().log().get(*at));
            let state = change.map_or("A change of state", |change| change.state.word());
            (format!("{state} · {}", field.label()), "The state of the partnership".to_owned())
        }
        TextPlace::Record(id, field) => {
            let record = workbook.and_then(|w| w.any_record(id));
            let part = record.as_ref().map_or("", |record| record.family().many());
            (field.label().to_owned(), part.to_owned())
        }
        TextPlace::Line(call, _) => (call_in_words(call, workbook), "Calls".to_owned()),
    };
    Where { thing, part }
}

/// A call in words: "Call with City Museum, 14 March 2025".
fn call_in_words(call: &RecordId, workbook: Option<&Workbook>) -> String {
    let Some((workbook, call)) = workbook.and_then(|w| Some((w, w.call(call)?))) else {
        return "A call".to_owned();
    };
    let day = long_day(call.on);
    match (super::sides_on(call, workbook), call.is_jots()) {
        (_, true) => format!("Jotted {day}"),
        (Some(sides), _) => format!("{} with {sides}, {day}", call.medium.occasion()),
        (None, _) => format!("{} of {day}", call.medium.occasion()),
    }
}

/// What a side is called, also one in the bin.
pub fn side(workbook: &Workbook, id: &PartnerId) -> String {
    let name = workbook.partner(id).or_else(|| {
        workbook.bin().iter().find_map(|binned| match binned {
            crate::domain::Binned::Partner { partner, .. } if partner.id == *id => Some(partner),
            _ => None,
        })
    });
    match name.map(|partner| partner.name.trim()) {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ if id.is_us() => "our side".to_owned(),
        _ => "a partner".to_owned(),
    }
}

/// What stands in a field of a record, in words; empty where nothing does, save for a choice, whose first words say so.
pub fn value_in_words(value: &Value, workbook: &Workbook, content: &Content) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Day(day) => day.map(long_day).unwrap_or_default(),
        Value::Mark(on) => if *on { "yes" } else { "no" }.to_owned(),
        Value::Choice(at, words) => words.get(*at).copied().unwrap_or_default().to_owned(),
        Value::Side(id) => id.as_ref().map(|id| side(workbook, id)).unwrap_or_default(),
        Value::Sides(ids) => listed(ids.iter().map(|id| side(workbook, id))),
        Value::Who(who) => who.as_ref().map(|who| who_in_words(workbook, who)).unwrap_or_default(),
        Value::People(ids) => listed(ids.iter().map(|id| person(workbook, id))),
        Value::Money(money) => money.as_ref().map(ToString::to_string).unwrap_or_default(),
        Value::Hours(hours) => hours.map(|hours| hours.to_string()).unwrap_or_default(),
        Value::Count(count) => count.map(|count| count.to_string()).unwrap_or_default(),
        Value::Record(id) => {
            let record = id.as_ref().and_then(|id| workbook.any_record(id));
            record.map(|record| called(&record, workbook, content)).unwrap_or_default()
        }
        Value::Topic(Topic(id)) => content.topic(id).unwrap_or(id).to_owned(),
        Value::Days(days) => listed(days.iter().map(|day| long_day(*day))),
        Value::Question(id) => id.as_ref().map(|id| question(id, content)).unwrap_or_default(),
        Value::Questions(ids) => listed(ids.iter().map(|id| question(id, content))),
        Value::Choices(chosen, all) => listed(chosen.iter().filter_map(|(name, at)| {
            Some(format!("{}: {}", content.topic(name).unwrap_or(name), all.get(*at)?))
        })),
        Value::Wording(_) | Value::Numbers(_) => String::new(),
    }
}

/// What a record is called where another one names it: its heading, and what tells it from others of the same heading.
pub fn called<'a>(record: impl Into<RecordRef<'a>>, workbook: &Workbook, content: &Content) -> String {
    let record = record.into();
    let table = content.table(record.family().name());
    let heading = table.map_or(RecordField::What.name(), |table| &table.heading);
    let mut words = vec![record_in_words(record, heading, workbook, content)];
    let apart = table.into_iter().flat_map(|table| &table.apart);
    words.extend(
        apart.map(|field| record_in_words(record, field, workbook, content)).find(|said| !said.is_empty()),
    );
    words.retain(|said| !said.is_empty());
    if words.is_empty() { "not said yet".to_owned() } else { words.join(", ") }
}

/// What a record is called: what stands in the field that names it. Empty where nothing does.
pub fn record_in_words<'a>(
    record: impl Into<RecordRef<'a>>,
    heading: &str,
    workbook: &Workbook,
    content: &Content,
) -> String {
    let record = record.into();
    let field = RecordField::ALL.iter().find(|field| field.name() == heading);
    let value = field.and_then(|field| record.value(*field));
    let words = value.map(|value| value_in_words(&value, workbook, content)).unwrap_or_default();
    words.trim().to_owned()
}

/// Somebody, in words: "Helen (City Museum)", or the side where nobody is named.
pub fn who_in_words(workbook: &Workbook, who: &Who) -> String {
    match &who.person {
        Some(id) => format!("{} ({})", person(workbook, id), side(workbook, &who.side)),
        None => side(workbook, &who.side),
    }
}

/// What a person is called, also one in the bin.
fn person(workbook: &Workbook, id: &PersonId) -> String {
    let there = workbook.person(id).or_else(|| {
        workbook.bin().iter().find_map(|binned| match binned {
            crate::domain::Binned::Person { person, .. } if person.id == *id => Some(person),
            _ => None,
        })
    });
    match there.map(|person| person.name.trim()) {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => "somebody".to_owned(),
    }
}

/// What a question is called in a list.
fn question(id: &QuestionId, content: &Content) -> String {
    content.question(id.as_str()).map_or_else(|| id.as_str().to_owned(), |question| question.short.clone())
}

fn listed(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn long_day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

impl Workbook {
    /// A record of whatever family, as it is now.
    pub fn any_record(&self, id: &RecordId) -> Option<AnyRecord> {
        Family::ALL.iter().find_map(|family| self.record(*family, id))
    }
}
