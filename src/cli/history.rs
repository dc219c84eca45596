//! `alongside history NAME [--on DAY [--answer QUESTION]...] [--with-private] [--json]`

use jiff::civil::Date;
use serde::Serialize;

use super::args::History;
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::domain::compare::{self, Difference, Said, Stands};
use crate::domain::{QuestionId, Workbook, dates};
use crate::export::{clean, day};
use crate::store::{AsItWas, Past, PastVersion, Whose};

/// Columns of "30 September 2024, 12:00".
const WHEN: usize = 24;

/// Lists the versions that are kept, or shows what was otherwise on a day.
pub fn run(history: &History, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let entry = session.entry(&history.name)?;
    let past = session.store.past(&entry.folder)?;
    match &history.on {
        None => list(history, &past, session),
        Some(words) => {
            let on = read_day(words, session)?;
            show(history, &past, on, session)
        }
    }
}

/// A version as `--json` says it. Fields may be added; none is renamed or removed.
#[derive(Serialize)]
struct Version<'v> {
    at: String,
    day: String,
    by: &'static str,
    changed: Option<String>,
    /// The name that a copy had before it was put away.
    name: Option<&'v str>,
    file: String,
    trouble: Option<String>,
}

/// A version, and what had changed since the one before it, in words.
fn list(history: &History, past: &Past, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let mut before: Option<Workbook> = None;
    let mut rows: Vec<(&PastVersion, Option<String>)> = Vec::new();
    for version in past.versions() {
        let here = past.read(version).ok();
        let changed = here.as_ref().zip(before.as_ref()).map(|(here, before)| since(before, here, session));
        rows.push((version, changed));
        // what somebody else made is no step on the way
        if here.is_some() && matches!(version.whose, Whose::Ours | Whose::Replaced) {
            before = here;
        }
    }
    let now = before.map(|before| since(&before, past.now(), session));
    if history.json {
        let versions = rows.iter().map(|(version, changed)| Version {
            at: version.at.to_string(),
            day: session.day_of(version.at).to_string(),
            by: match version.whose {
                Whose::Ours | Whose::Replaced => "us",
                Whose::Theirs => "somebody else",
                Whose::Copy => "another copy",
            },
            name: version.name.as_deref(),
            changed: changed.clone(),
            file: version.path.display().to_string(),
            trouble: version.trouble.clone(),
        });
        let versions: Vec<Version<'_>> = versions.collect();
        session.out.json(&versions)?;
    } else {
        if let (Some(at), Some(changed)) = (past.changed(), now) {
            session
                .out
                .strong(&format!("{:WHEN$}", moment(at, session)), &format!("  as it is now: {changed}"));
        }
        for (version, changed) in rows.iter().rev() {
            let rest = match (&version.trouble, changed) {
                (Some(trouble), _) => format!("cannot be read: {trouble}"),
                (None, Some(changed)) => changed.clone(),
                (None, None) => "the first that is kept".to_owned(),
            };
            let by = match (version.whose, &version.name) {
                (Whose::Ours, _) => String::new(),
                (Whose::Replaced, _) => "ours, before another program wrote over it: ".to_owned(),
                (Whose::Copy, Some(name)) => format!("another copy, put away: {}: ", clean::line(name)),
                (Whose::Theirs | Whose::Copy, _) => "somebody else's version, put aside: ".to_owned(),
            };
            session.out.strong(&format!("{:WHEN$}", moment(version.at, session)), &format!("  {by}{rest}"));
        }
    }
    if rows.iter().any(|(version, _)| version.trouble.is_some()) {
        session.out.words("What cannot be read is left as it is; the versions around it stand in for it.");
    }
    if rows.is_empty() {
        session.out.words("Nothing earlier is kept of this workbook yet. Each visit that changes something keeps a version.");
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Well)
}

fn moment(at: jiff::Timestamp, session: &Session<'_>) -> String {
    at.to_zoned(session.zone()).strftime("%-d %B %Y, %H:%M").to_string()
}

/// What changed from one version to the next, in words.
fn since(before: &Workbook, here: &Workbook, session: &Session<'_>) -> String {
    let words = compare::how_many_in_words(&compare::differences(here, before), session.content());
    if words.is_empty() { "nothing that shows".to_owned() } else { format!("{words} changed") }
}

/// A difference as `--json` says it. Fields may be added; none is renamed or removed.
#[derive(Serialize)]
struct Differs<'a> {
    what: &'a str,
    part: &'a str,
    question: Option<&'a str>,
    then: &'static str,
    now: &'static str,
    rows: Vec<Both<'a>>,
}

/// One thing about a difference.
#[derive(Serialize)]
struct Both<'a> {
    label: &'a str,
    then: &'a str,
    now: &'a str,
}

fn show(history: &History, past: &Past, on: Date, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let was = as_it_was(past, on, session)?;
    let questions = questions(&history.answer, session)?;
    let all = compare::differences(past.now(), &was.workbook);
    let asked: Vec<&Difference> = all.iter().filter(|d| is_asked(d, &questions)).collect();
    let said: Vec<(&Difference, Said)> = asked
        .iter()
        .filter_map(|d| {
            let (now, then, content) = (past.now(), &was.workbook, session.content());
            let said = match history.with_private {
                true => Some(compare::words(d, now, then, content)),
                false => compare::words_to_send(d, now, then, content),
            };
            said.map(|said| (*d, said))
        })
        .collect();
    if history.json {
        let rows: Vec<Differs<'_>> =
            said.iter().map(|(difference, said)| Differs::of(difference, said)).collect();
        session.out.json(&rows)?;
    } else {
        for (difference, said) in &said {
            tell(difference, said, session);
        }
    }
    say_how_sure(&was, on, session);
    match asked.len() - said.len() {
        0 => {}
        1 => session.out.words("1 private difference left out. --with-private takes it in."),
        n => session.out.words(&format!("{n} private differences left out. --with-private takes them in.")),
    }
    if asked.is_empty() {
        session.out.words(&format!("Nothing is otherwise than it was on {}.", day(on)));
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Well)
}

impl<'a> Differs<'a> {
    fn of(difference: &'a Difference, said: &'a Said) -> Self {
        let rows = said.rows.iter();
        Self {
            what: &said.what,
            part: &said.part,
            question: difference.thing.question().map(QuestionId::as_str),
            then: difference.other.words(),
            now: difference.now.words(),
            rows: rows.map(|row| Both { label: &row.label, then: &row.other, now: &row.now }).collect(),
        }
    }
}

/// A difference on the page: what it is, then what stood there and what stands there.
fn tell(difference: &Difference, said: &Said, session: &mut Session<'_>) {
    let id = difference.thing.question().map(|id| format!(" ({id})")).unwrap_or_default();
    session.out.strong(&name_of(said), &id);
    let then = said.rows.iter().filter_map(|row| in_a_line(&row.label, &row.other)).collect();
    let now = said.rows.iter().filter_map(|row| in_a_line(&row.label, &row.now)).collect();
    for (when, stands, words) in [("then", difference.other, then), ("now", difference.now, now)] {
        let words: Vec<String> = words;
        let place = if stands == Stands::There { String::new() } else { format!(" ({})", stands.words()) };
        let (lead, words) = match (words.is_empty(), stands) {
            (true, Stands::There) => (when.to_owned(), "nothing".to_owned()),
            (true, stands) => (when.to_owned(), stands.words().to_owned()),
            (false, _) => (format!("{when}{place}"), words.join("\n")),
        };
        for (n, line) in words.lines().enumerate() {
            let lead = if n == 0 { format!("  {lead}: ") } else { "    ".to_owned() };
            session.out.document(&format!("{lead}{}\n", clean::line(line)));
        }
    }
}

fn in_a_line(label: &str, words: &str) -> Option<String> {
    match (label.is_empty(), words.trim().is_empty()) {
        (_, true) => None,
        (true, false) => Some(words.to_owned()),
        (false, false) => Some(format!("{label}: {words}")),
    }
}

/// "Scoping > Why now · ours".
pub(super) fn name_of(said: &Said) -> String {
    if said.part.is_empty() { said.what.clone() } else { format!("{} > {}", said.part, said.what) }
}

/// Where changes up to that day may be missing, that is said.
pub(super) fn say_how_sure(was: &AsItWas, on: Date, session: &Session<'_>) {
    if !was.exact {
        let at = moment(was.at, session);
        session.out.words(&format!(
            "The nearest that is kept before the end of {} is of {at}; what changed in between is not kept.",
            day(on)
        ));
    }
}

/// The workbook at the end of a day.
pub(super) fn as_it_was(past: &Past, on: Date, session: &Session<'_>) -> Result<AsItWas, Failure> {
    let was = past.on(on, &session.zone())?;
    was.ok_or_else(|| {
        let first = past.versions().iter().find(|version| version.trouble.is_none());
        let first = first.map(|v| format!("The earliest is of {}.", day(session.day_of(v.at))));
        Failure::new(
            Exit::Nothing,
            format!("nothing is kept of this workbook that is as old as {}", day(on)),
            first.unwrap_or_else(|| "Each visit that changes something keeps a version.".to_owned()),
        )
    })
}

/// The day that was typed: one that is over.
pub(super) fn read_day(words: &str, session: &Session<'_>) -> Result<Date, Failure> {
    let today = session.day_of(session.now());
    dates::read_past(words, today).ok_or_else(|| {
        Failure::usage(
            format!("“{words}” is no day that is understood here"),
            "A day is said like this: 2025-03-03, 3 March, friday, yesterday.",
        )
    })
}

/// The questions that were named, which there must be.
pub(super) fn questions(ids: &[String], session: &Session<'_>) -> Result<Vec<QuestionId>, Failure> {
    let known = |id: &String| {
        let id = id.trim().to_uppercase();
        session.content().question(&id).map(|question| QuestionId::new(question.id.clone())).ok_or_else(
            || {
                Failure::usage(
                    format!("there is no question called “{id}”"),
                    "A question goes by its id, such as SCO-3; `alongside history NAME --on DAY` shows them.",
                )
            },
        )
    };
    ids.iter().map(known).collect()
}

/// Whether a difference is one of what was asked for; all are where no question was named.
fn is_asked(difference: &Difference, questions: &[QuestionId]) -> bool {
    questions.is_empty() || difference.thing.question().is_some_and(|id| questions.contains(id))
}
