//! `alongside list`

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::args::List;
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::export::{clean, day};
use crate::store::Entry;

/// Columns that a title takes at least, so that what follows lines up.
const TITLE: usize = 40;
/// Columns that a state takes.
const STATE: usize = 10;

/// Prints the workbooks, the one changed last first.
pub fn run(list: &List, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let entries = session.workbooks().entries()?;
    if list.json {
        session.out.json(&entries.iter().map(Row::of).collect::<Vec<_>>())?;
    } else {
        entries.iter().for_each(|entry| line(entry, session));
    }
    if entries.is_empty() {
        session.out.words("There are no workbooks yet. `alongside new TITLE` begins one.");
    }
    if entries.iter().any(|entry| entry.trouble.is_some()) {
        session.out.words("Not every workbook can be read. `alongside check` says what to do.");
    }
    Ok(Exit::Well)
}

/// A workbook as `--json` says it. Fields may be added; none is renamed or removed.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    state: &'static str,
    partners: &'a [String],
    changed: Option<String>,
    folder: String,
    example: bool,
    trouble: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn of(entry: &'a Entry) -> Self {
        Self {
            id: entry.id.as_str(),
            title: &entry.title,
            state: entry.state.word(),
            partners: &entry.partners,
            changed: entry.changed.map(|at| at.to_string()),
            folder: entry.folder.to_string_lossy().into_owned(),
            example: entry.example,
            trouble: entry.trouble.as_deref(),
        }
    }
}

fn line(entry: &Entry, session: &mut Session<'_>) {
    let title = match clean::line(&entry.title) {
        title if title.is_empty() => {
            entry.folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
        }
        title => title,
    };
    let rest = match &entry.trouble {
        Some(trouble) => format!("cannot be read: {trouble}"),
        None => {
            let changed = entry.changed.map(|at| format!("changed {}", day(session.day_of(at))));
            let example = entry.example.then(|| "example".to_owned());
            let partners = (!entry.partners.is_empty()).then(|| entry.partners.join(", "));
            let facts: Vec<String> = [example, partners, changed].into_iter().flatten().collect();
            format!("{:STATE$}  {}", entry.state.word(), facts.join(" · "))
        }
    };
    let gap = TITLE.saturating_sub(title.width()) + 2;
    session.out.strong(&title, &format!("{:gap$}{rest}", ""));
}
