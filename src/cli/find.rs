//! `alongside find WORDS [--in NAME]`

use std::collections::BTreeSet;

use serde::Serialize;

use super::args::Find;
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::domain::query::{Hit, Where, find, place_in_words};
use crate::domain::{QuestionId, TextPlace, VoiceKey, Workbook};
use crate::store::Entry;

/// Places that are shown of one workbook at most: more than anybody reads.
const MOST: usize = 1_000;

/// Prints each place where all the words stand.
pub fn run(wanted: &Find, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let words = wanted.words.join(" ");
    if words.trim().is_empty() {
        return Err(Failure::usage(
            "there are no words to find",
            "For example: alongside find evening volunteers",
        ));
    }
    let entries = match &wanted.within {
        Some(name) => vec![session.entry(name)?],
        None => session.workbooks().entries()?,
    };
    let (mut found, mut answers, mut others) = (Vec::new(), 0, 0);
    for entry in &entries {
        let workbook = match session.read(entry) {
            Ok(workbook) => workbook,
            Err(failure) if wanted.within.is_some() => return Err(failure),
            Err(failure) => {
                session.out.words(&format!("Not looked into: {failure}."));
                continue;
            }
        };
        let (shown, private): (Vec<Hit>, Vec<Hit>) = find(&workbook, &words, MOST)
            .into_iter()
            .partition(|hit| wanted.with_private || !is_private(hit, &workbook));
        answers += private.iter().filter_map(question).collect::<BTreeSet<_>>().len();
        others += private.iter().filter(|hit| question(hit).is_none()).count();
        found.extend(shown.into_iter().map(|hit| Row::of(hit, entry, &workbook, session)));
    }
    say(wanted, &found, session)?;
    if let Some(words) = left_out(answers, others) {
        session.out.words(&format!("{words} left out. --with-private looks into them too."));
    }
    Ok(if found.is_empty() { Exit::Nothing } else { Exit::Well })
}

/// "1 private answer and 2 private notes": what was found and is not shown.
fn left_out(answers: usize, others: usize) -> Option<String> {
    let count = |n: usize, what: &str| match n {
        0 => None,
        1 => Some(format!("1 private {what}")),
        n => Some(format!("{n} private {what}s")),
    };
    // lines of calls, promises, what is noted of somebody
    let counted: Vec<String> =
        [count(answers, "answer"), count(others, "note")].into_iter().flatten().collect();
    (!counted.is_empty()).then(|| counted.join(" and "))
}

fn say(wanted: &Find, found: &[Row], session: &mut Session<'_>) -> Result<(), Failure> {
    if wanted.json {
        return session.out.json(&found);
    }
    for row in found {
        session.out.strong(&format!("{} > {}", row.title, row.place), &format!(": {}", row.line));
    }
    if found.is_empty() {
        session.out.words("Nothing was found.");
    }
    Ok(())
}

/// A place as `--json` says it. Fields may be added; none is renamed or removed.
#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    folder: String,
    place: String,
    question: Option<String>,
    voice: Option<String>,
    line: String,
}

impl Row {
    fn of(hit: Hit, entry: &Entry, workbook: &Workbook, session: &Session<'_>) -> Self {
        let (question, voice) = match &hit.place {
            TextPlace::Voice(question, voice) => {
                (Some(question.to_string()), Some(voice_name(voice, workbook)))
            }
            _ => (None, None),
        };
        Self {
            id: workbook.id().to_string(),
            title: workbook.title().to_owned(),
            folder: entry.folder.to_string_lossy().into_owned(),
            place: place_name(&hit.place, workbook, session),
            question,
            voice,
            line: hit.line,
        }
    }
}

fn question(hit: &Hit) -> Option<&QuestionId> {
    match &hit.place {
        TextPlace::Voice(question, _) => Some(question),
        _ => None,
    }
}

fn is_private(hit: &Hit, workbook: &Workbook) -> bool {
    workbook.is_private(&hit.place)
}

fn place_name(place: &TextPlace, workbook: &Workbook, session: &Session<'_>) -> String {
    let Where { thing, part } = place_in_words(place, Some(workbook), session.content());
    if part.is_empty() { thing } else { format!("{part} > {thing}") }
}
fn voice_name(voice: &VoiceKey, workbook: &Workbook) -> String {
    match voice {
        VoiceKey::Ours => "ours".to_owned(),
        VoiceKey::Agreed => "agreed".to_owned(),
        VoiceKey::Theirs(id) => workbook.partner(id).map_or_else(|| id.to_string(), |p| p.name.clone()),
    }
}
