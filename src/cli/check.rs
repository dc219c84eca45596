//! `alongside check`

use serde::Serialize;

use super::args::Check;
use super::exit::{Exit, Failure};
use super::session::Session;

/// Says what is not well with the files, and what to do about each. Changes nothing.
pub fn run(check: &Check, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let findings = session.store.check();
    if check.json {
        let rows: Vec<Row<'_>> = findings
            .iter()
            .map(|f| Row { path: f.path.to_string_lossy().into_owned(), what: &f.what, advice: &f.advice })
            .collect();
        session.out.json(&rows)?;
    } else {
        for finding in &findings {
            session.out.strong(&finding.path.to_string_lossy(), &format!(": {}", finding.what));
            session.out.strong("", &format!("  {}", finding.advice));
        }
    }
    if findings.is_empty() {
        session.out.words("All is well.");
        return Ok(Exit::Well);
    }
    Ok(Exit::Nothing)
}

/// A finding as `--json` says it. Fields may be added; none is renamed or removed.
#[derive(Serialize)]
struct Row<'a> {
    path: String,
    what: &'a str,
    advice: &'a str,
}
