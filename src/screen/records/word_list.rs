//! Words that jar or mean different things, and what to say instead.

use super::ways::said;
use super::{Item, Sheet, added, set};
use crate::command::{Ctx, Outcome};
use crate::domain::query::side;
use crate::domain::{
    AnyRecord, Edit, Family, PartnerId, RecordField, RecordId, Splice, TextPlace, Word, Workbook,
};
use crate::order::InOrder;
use crate::overlay::Prompt;
use crate::screen::form::FormField;
use crate::screen::words;

pub(super) const SHEET: Sheet = Sheet {
    family: Family::Word,
    title: "Words",
    count: ("word", "words"),
    empty: "No word has been set down here. Words that jar, or that mean one thing here and another there, \
            stand here with what to say instead; every message and document says when it uses one.",
    alone: None,
    closed: None,
    items,
    about,
    form,
    add,
    mark: None,
};

fn items(workbook: &Workbook, _: &Ctx<'_>, _: bool) -> Vec<Item> {
    let mut words: Vec<&Word> = workbook.words().iter().collect();
    words.order_by_key(|word| word.term.to_lowercase());
    let item = |word: &&Word| Item {
        id: word.id.clone(),
        group: String::new(),
        words: words::or(&word.term, "not said yet").to_owned(),
        who: word.whose.as_ref().map(|id| side(workbook, id)).unwrap_or_default(),
        aside: word.instead.trim().to_owned(),
        over: false,
    };
    words.iter().map(item).collect()
}

fn about(record: &AnyRecord, workbook: &Workbook, ctx: &Ctx<'_>) -> String {
    let AnyRecord::Word(word) = record else { return String::new() };
    let whose = match &word.whose {
        Some(id) if id.is_us() => "We would rather avoid it".to_owned(),
        Some(id) => format!("{} asked us to avoid it", side(workbook, id)),
        None => "Both sides avoid it".to_owned(),
    };
    match word.agreed {
        Some(on) => format!("{whose}, agreed {}.", words::ago(on, ctx.today())),
        None => format!("{whose}."),
    }
}

fn form(record: &AnyRecord, workbook: &Workbook, _: &Ctx<'_>) -> Vec<FormField> {
    let AnyRecord::Word(word) = record else { return Vec::new() };
    let text = |field| TextPlace::Record(word.id.clone(), field);
    let agreed = word.clone();
    let mut fields = vec![
        FormField::text("The word", "as it is said", text(RecordField::Term)),
        FormField::text("What is wrong", "why it jars, what it is heard as", text(RecordField::Problem)),
        FormField::text("Say instead", "what both sides can say", text(RecordField::Instead)),
        FormField::choice("Whose", whose(word.whose.as_ref(), workbook), owners(word, workbook)),
        FormField::day("Agreed", word.agreed, move |on| set(Word { agreed: on, ..agreed.clone() })),
    ];
    fields.extend(said(word.said_in.as_ref(), workbook));
    fields
}

fn whose(id: Option<&PartnerId>, workbook: &Workbook) -> String {
    match id {
        None => "both sides".to_owned(),
        Some(id) if id.is_us() => "ours".to_owned(),
        Some(id) => side(workbook, id),
    }
}

fn owners(word: &Word, workbook: &Workbook) -> Vec<(String, Edit)> {
    let partners = workbook.partners().iter().map(|partner| Some(partner.id.clone()));
    let all = partners.chain([Some(PartnerId::us()), None]);
    all.map(|id| (whose(id.as_ref(), workbook), set(Word { whose: id, ..word.clone() }))).collect()
}

fn add(ctx: &Ctx<'_>) -> Outcome {
    // whose it is, and that it was agreed, is for a person to say
    let word = Word { whose: Some(PartnerId::us()), ..Word::new(ctx.ids.record(), "") };
    let prompt = Prompt::new("Which word jars?", "", move |term| {
        if term.is_empty() {
            return Err("The word itself is enough.".to_owned());
        }
        let mut then = added(Word { term, ..word.clone() });
        then.push(ask_instead(word.id.clone()));
        Ok(Outcome::All(then))
    });
    Outcome::Open(Box::new(prompt.placeholder("vulnerable").hint("What to say instead comes next.")))
}

/// Asks what to say in place of the word.
fn ask_instead(id: RecordId) -> Outcome {
    let prompt = Prompt::new("What shall we say instead?", "", move |insert| {
        let place = TextPlace::Record(id.clone(), RecordField::Instead);
        let splice = Splice { place, at: 0, delete: String::new(), insert, on: None };
        Ok(Outcome::Edit(Edit::Splice(splice)))
    });
    Outcome::Open(Box::new(
        prompt.placeholder("people we work with").hint("Leave it empty where nobody knows yet."),
    ))
}
