//! `alongside agenda [--in NAME] [--owed] [--until DAY] [--json | --ics]`

use jiff::civil::Date;
use serde::Serialize;

use super::args::Agenda;
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::domain::dates;
use crate::domain::query::{AgendaItem, AgendaKind, AgendaTo, Digest};
use crate::domain::{TextPlace, WorkbookId};
use crate::export::calendar;
use crate::order::InOrder;

/// Columns of "Wed 14 Nov 2025", and of "touch point".
const DAY: usize = 15;
const KIND: usize = 11;

/// An entry, and the workbook that it is of.
struct Entry {
    workbook: WorkbookId,
    title: String,
    item: AgendaItem,
}

/// Prints what has a day or is owed, over all workbooks or in one.
pub fn run(agenda: &Agenda, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let today = session.day_of(session.now());
    let until = agenda.until.as_deref().map(|words| read_day(words, today)).transpose()?;
    let (mut entries, private) = gather(agenda, session)?;
    entries.retain(|entry| {
        let soon = until.is_none_or(|until| entry.item.on.is_some_and(|on| on <= until));
        soon && (!agenda.owed || entry.item.kind.is_owed())
    });
    entries.order_by(|a, b| {
        let key = |e: &Entry| (e.item.on.is_none(), e.item.on, e.item.kind);
        key(a).cmp(&key(b)).then_with(|| a.title.cmp(&b.title))
    });
    if agenda.json {
        session.out.json(&entries.iter().map(Row::of).collect::<Vec<_>>())?;
    } else if agenda.ics {
        let events: Vec<calendar::Entry> = entries.iter().filter_map(event).collect();
        session.out.document(&calendar::write(&events, session.now()));
    } else {
        entries.iter().for_each(|entry| line(entry, today, session));
    }
    match private {
        0 => {}
        1 => session.out.words("1 private entry left out. --with-private takes it in."),
        n => session.out.words(&format!("{n} private entries left out. --with-private takes them in.")),
    }
    if entries.is_empty() {
        session.out.words("Nothing has a day, and nobody owes anybody anything.");
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Well)
}

/// The entries of the workbooks that are asked for, and how many private ones were left out. The example counts only
/// where it is named.
fn gather(agenda: &Agenda, session: &Session<'_>) -> Result<(Vec<Entry>, usize), Failure> {
    let rows = match &agenda.within {
        Some(name) => vec![session.entry(name)?],
        None => session.workbooks().entries()?.into_iter().filter(|row| !row.example).collect(),
    };
    let (mut entries, mut private) = (Vec::new(), 0);
    for row in rows {
        let digest = match &agenda.within {
            Some(_) => Digest::of(&session.read(&row)?),
            None => row.digest.clone(),
        };
        for item in digest.agenda {
            if item.private && !agenda.with_private {
                private += 1;
                continue;
            }
            entries.push(Entry { workbook: row.id.clone(), title: row.title.clone(), item });
        }
    }
    Ok((entries, private))
}

fn read_day(words: &str, today: Date) -> Result<Date, Failure> {
    dates::read(words, today).ok_or_else(|| {
        Failure::usage(
            format!("\u{201c}{words}\u{201d} is not a day"),
            "Such as 2026-03-01, 12 Nov, friday, \"in two weeks\" or \"end of the month\".",
        )
    })
}

fn line(entry: &Entry, today: Date, session: &mut Session<'_>) {
    let item = &entry.item;
    let day = item.on.map(|on| dates::with_weekday(on, today)).unwrap_or_else(|| "no day".to_owned());
    let who = if item.who.is_empty() { String::new() } else { format!(" · {}", item.who) };
    let kind = item.kind.words();
    let rest = format!("  {kind:KIND$}  {}{who} · {}", item.words.trim(), entry.title);
    session.out.strong(&format!("{day:DAY$}"), &rest);
}

/// An entry as `--json` says it. Fields may be added; none is renamed or removed.
#[derive(Serialize)]
struct Row<'a> {
    on: Option<String>,
    kind: &'static str,
    words: &'a str,
    who: &'a str,
    workbook: &'a str,
    title: &'a str,
}

impl<'a> Row<'a> {
    fn of(entry: &'a Entry) -> Self {
        Self {
            on: entry.item.on.map(|on| on.to_string()),
            kind: entry.item.kind.words(),
            words: &entry.item.words,
            who: &entry.item.who,
            workbook: entry.workbook.as_str(),
            title: &entry.title,
        }
    }
}

/// What a calendar shows; `None` for what has no day. The same entry has the same name in every file, so that a calendar
/// that takes it in again does not have it twice.
fn event(entry: &Entry) -> Option<calendar::Entry> {
    let item = &entry.item;
    let place = match &item.to {
        AgendaTo::Aspect(aspect) => aspect.clone(),
        // a pilot has two days
        AgendaTo::Place(TextPlace::Record(id, _)) if item.kind == AgendaKind::Ends => format!("{id}-ends"),
        AgendaTo::Place(TextPlace::Record(id, _)) => id.to_string(),
        AgendaTo::Place(_) => "pause".to_owned(),
    };
    let who = if item.who.is_empty() { String::new() } else { format!(" ({})", item.who) };
    Some(calendar::Entry {
        uid: format!("{}-{place}@alongside", entry.workbook),
        on: item.on?,
        summary: format!("{}: {}{who}", item.kind.words(), item.words.trim()),
        description: entry.title.clone(),
    })
}
