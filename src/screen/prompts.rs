//! The questions of one line that several screens ask: a title, a path, a name.

use crate::command::{Ask, Ctx, Go, Outcome};
use crate::content::Content;
use crate::content::types::{Card, CardKind};
use crate::order::InOrder;
use jiff::civil::Date;

use super::words;
use crate::domain::erase::is_same_name;
use crate::domain::query::{self, days_between};
use crate::domain::{Edit, PartnerId, Topic, TriedIdea, WorkbookId, dates};
use crate::overlay::{Menu, MenuRow, Prompt};
use crate::shelf::Which;

/// Asks for the title of a new workbook, then makes it.
pub fn new_workbook() -> Outcome {
    let prompt = Prompt::new("What shall we call it?", "", |title| {
        if title.is_empty() {
            return Err("A word or two is enough; you can change them later.".to_owned());
        }
        Ok(Outcome::Ask(Ask::NewWorkbook(title)))
    });
    Outcome::Open(Box::new(
        prompt
            .hint("A title is enough. You can change it at any time.")
            .placeholder("Walks with the day centre"),
    ))
}

/// What is typed for a workbook without a title.
const NAMELESS: &str = "no title";

/// Asks for the name of a workbook, typed in full, then puts it into the bin: that is seldom meant in the moment in which it
/// is pressed. `open` says whether it is the one that is open, which is then left first.
pub fn bin_workbook(id: WorkbookId, title: &str, open: bool) -> Outcome {
    let name = words::or(title.trim(), NAMELESS).to_owned();
    let label = format!("Into the bin? Type its name: {name}");
    let prompt = Prompt::new(label, "", move |typed| {
        if typed != name && !is_same_name(&typed, &name) {
            return Err(format!("That is another name, so nothing was done. It is called: {name}"));
        }
        let bin = Outcome::Ask(Ask::BinWorkbook(id.clone()));
        Ok(if open { Outcome::All(vec![Outcome::Go(Go::Library), bin]) } else { bin })
    });
    Outcome::Open(Box::new(
        prompt.hint("Nothing is lost: the bin keeps it, and gives it back. Esc leaves it."),
    ))
}

/// Asks for a path, then brings in what is there.
pub fn bring_in() -> Outcome {
    let prompt = Prompt::new("Where is it?", "", |path| {
        if path.is_empty() {
            return Err("Type or paste the full path of the file or the folder.".to_owned());
        }
        Ok(Outcome::Ask(Ask::Import(path)))
    });
    Outcome::Open(Box::new(
        prompt
            .hint("A backup, a workbook folder or a workbook file. What is there stays as it is.")
            .placeholder("/full/path/to/it"),
    ))
}

/// Asks for a path, then sets what is there beside the open workbook.
pub fn set_beside() -> Outcome {
    let prompt = Prompt::new("Where is the other copy?", "", |path| {
        if path.is_empty() {
            return Err("Type or paste the full path of the file.".to_owned());
        }
        Ok(Outcome::Go(Go::Beside(Which::File(path))))
    });
    Outcome::Open(Box::new(
        prompt
            .hint("A copy that a partner sent back, or this workbook's file from elsewhere. Nothing is changed by looking.")
            .placeholder("/full/path/to/it.ron"),
    ))
}

/// Asks for the name of a partner who joins.
pub fn new_partner() -> Outcome {
    let prompt = Prompt::new("Who joins?", "", |name| {
        if name.is_empty() {
            return Err("A name is enough, or what you call them.".to_owned());
        }
        Ok(Outcome::AddPartner(name))
    });
    Outcome::Open(Box::new(
        prompt
            .hint("An organisation, a group or a person. You can change the name later.")
            .placeholder("City Museum"),
    ))
}

/// Asks for the name of a person who joins a side; `side` is what that side is called.
pub fn new_person(partner: PartnerId, side: &str) -> Outcome {
    let prompt = Prompt::new(format!("Who is it, at {side}?"), "", move |name| {
        if name.is_empty() {
            return Err("A name is enough, and a role does as well.".to_owned());
        }
        Ok(Outcome::AddPerson(partner.clone(), name))
    });
    Outcome::Open(Box::new(
        prompt.hint("A role does as well as a name.").placeholder("the evening volunteer lead"),
    ))
}

/// Asks for a day in words ("Friday", "12 Nov", "in two weeks") and says while it is typed how it is understood. An empty
/// line means no day.
pub fn day(
    label: impl Into<String>,
    now: Option<Date>,
    today: Date,
    then: impl Fn(Option<Date>) -> Outcome + 'static,
) -> Outcome {
    let initial = now.map(|day| words::weekday(day, today)).unwrap_or_default();
    let prompt = Prompt::new(label, &initial, move |typed| match typed.as_str() {
        "" => Ok(then(None)),
        typed => match dates::read(typed, today) {
            Some(day) => Ok(then(Some(day))),
            None => Err("Such as: Friday, 12 Nov, in two weeks, 2026-03-01.".to_owned()),
        },
    });
    Outcome::Open(Box::new(
        prompt
            .echo(move |typed| {
                Some(format!("That is {}.", words::weekday(dates::read(typed, today)?, today)))
            })
            .hint("Such as Friday, 12 Nov, in two weeks. Leave it empty for no day. Enter takes it."),
    ))
}

/// Asks for a day that is over, in words ("28 Feb", "last Friday"); an empty line means no day.
pub fn past_day(
    label: impl Into<String>,
    now: Option<Date>,
    today: Date,
    then: impl Fn(Option<Date>) -> Outcome + 'static,
) -> Outcome {
    let hint = "Such as 28 Feb, Friday, 2025-02-28. Without one it is the last pause, or a month ago.";
    over(label, now, today, (hint, true), then)
}

/// Asks for the day on which something happened; an empty line means no day. "27 Jan" is the last one, not the next; a
/// day that can only be meant for later is taken too.
pub fn happened(
    label: impl Into<String>,
    now: Option<Date>,
    today: Date,
    then: impl Fn(Option<Date>) -> Outcome + 'static,
) -> Outcome {
    let hint = "Such as 28 Feb, Friday, 2025-02-28. Leave it empty for no day. Enter takes it.";
    over(label, now, today, (hint, false), then)
}

fn over(
    label: impl Into<String>,
    now: Option<Date>,
    today: Date,
    (hint, strictly): (&str, bool),
    then: impl Fn(Option<Date>) -> Outcome + 'static,
) -> Outcome {
    let initial = now.map(|day| day.to_string()).unwrap_or_default();
    let prompt = Prompt::new(label, &initial, move |typed| match typed.as_str() {
        "" => Ok(then(None)),
        typed => match dates::read_past(typed, today) {
            Some(day) if day <= today || !strictly => Ok(then(Some(day))),
            Some(day) => Err(format!("{} is still to come.", words::weekday(day, today))),
            None => Err("Such as: 28 Feb, Friday, 2025-02-28.".to_owned()),
        },
    });
    Outcome::Open(Box::new(
        prompt
            .echo(move |typed| {
                let day = dates::read_past(typed, today)?;
                let ago = days_between(day, today).filter(|days| *days > 0);
                let ago = ago.map_or_else(String::new, |days| match days {
                    1 => ", yesterday".to_owned(),
                    days => format!(", {days} days ago"),
                });
                Some(format!("That is {}{ago}.", words::weekday(day, today)))
            })
            .hint(hint),
    ))
}

/// The ideas for finding a partner, in the order of the content.
pub fn ideas(content: &Content) -> Vec<&Card> {
    content.cards_of("finding").iter().filter(|card| card.kind == CardKind::Idea).collect()
}

/// Offers every idea, those that were tried least first, and notes the one that is chosen as tried.
pub fn which_idea(ctx: &Ctx<'_>) -> Outcome {
    let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
    let mut all: Vec<(usize, &Card)> =
        ideas(ctx.content).into_iter().map(|card| (query::tried(workbook, &card.id).len(), card)).collect();
    all.order_by_key(|(times, _)| *times);
    let row = |(times, card): (usize, &Card)| {
        let aside = if times > 0 { "tried" } else { "" };
        MenuRow::new(None, card.title.clone(), aside, what_came_of(card, ctx))
    };
    Outcome::Open(Box::new(Menu::new("Which idea did you try?", all.into_iter().map(row).collect())))
}

/// Asks what came of an idea, then notes it with the day.
pub fn what_came_of(card: &Card, ctx: &Ctx<'_>) -> Outcome {
    let blank =
        TriedIdea { idea: Topic(card.id.clone()), on: Some(ctx.today()), ..TriedIdea::new(ctx.ids.record()) };
    let prompt = Prompt::new(format!("{}: what came of it?", card.title), "", move |outcome| {
        let tried = TriedIdea { outcome, ..blank.clone() };
        let add = Edit::AddRecord { record: Box::new(tried.into()), place: usize::MAX };
        let said = Outcome::Say("Noted as tried today. It comes back after all the others.".to_owned());
        Ok(Outcome::All(vec![Outcome::Edit(add), said]))
    });
    Outcome::Open(Box::new(
        prompt
            .placeholder("a colleague knows the young carers' charity")
            .hint("A few words, or none yet. Enter notes it with today's day; Esc goes back."),
    ))
}
