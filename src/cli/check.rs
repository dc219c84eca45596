//! `alongside check`

use serde::Serialize;

use super::args::Check;
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::store::{Finding, Repaired};

/// Says what is not well with the files, and what to do about each. Changes nothing, unless it is asked to repair.
pub fn run(check: &Check, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let findings = session.store.check();
    if findings.is_empty() {
        if check.json {
            session.out.json(&[(); 0])?;
        }
        session.out.words("All is well.");
        return Ok(Exit::Well);
    }
    if check.repair {
        return repair(check, session, findings);
    }
    if check.json {
        session.out.json(&findings.iter().map(Row::of).collect::<Vec<_>>())?;
        return Ok(Exit::Nothing);
    }
    for finding in &findings {
        say(finding, session);
    }
    if findings.iter().any(|finding| finding.repair.is_some()) {
        session
            .out
            .words("`alongside check --repair` puts right what needs nobody to choose. It deletes nothing.");
    }
    Ok(Exit::Nothing)
}

fn say(finding: &Finding, session: &mut Session<'_>) {
    session.out.strong(&finding.path.to_string_lossy(), &format!(": {}", finding.what));
    session.out.strong("", &format!("  {}", finding.advice));
}

fn repair(check: &Check, session: &mut Session<'_>, findings: Vec<Finding>) -> Result<Exit, Failure> {
    let all = session.store.repair(findings, session.now());
    if check.json {
        session.out.json(&all.iter().map(Row::after).collect::<Vec<_>>())?;
    } else {
        for Repaired { finding, done } in &all {
            say(finding, session);
            let line = match done {
                Ok(Some(done)) => format!("  Done: {done}."),
                Ok(None) => "  Left as it is, since somebody has to choose.".to_owned(),
                Err(error) => format!("  Not done: {error}. {}", error.hint()),
            };
            session.out.strong("", &line);
        }
    }
    let left = all.iter().filter(|one| !matches!(one.done, Ok(Some(_)))).count();
    if left == 0 {
        session.out.words("All that was found has been put right. Nothing was deleted.");
        return Ok(Exit::Well);
    }
    let words = match left {
        1 => "1 thing is left for you to look at. Nothing was deleted.".to_owned(),
        left => format!("{left} things are left for you to look at. Nothing was deleted."),
    };
    session.out.words(&words);
    Ok(Exit::Nothing)
}

/// A finding as `--json` says it. Fields may be added; none is renamed or removed.
#[derive(Serialize)]
struct Row<'a> {
    kind: &'static str,
    path: String,
    what: &'a str,
    advice: &'a str,
    can_repair: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<String>,
}

impl<'a> Row<'a> {
    fn of(finding: &'a Finding) -> Self {
        let Finding { kind, path, what, advice, repair } = finding;
        let path = path.to_string_lossy().into_owned();
        Self { kind, path, what, advice, can_repair: repair.is_some(), done: None }
    }

    fn after(repaired: &'a Repaired) -> Self {
        let done = match &repaired.done {
            Ok(done) => done.clone(),
            Err(error) => Some(format!("not done: {error}")),
        };
        Self { done, ..Self::of(&repaired.finding) }
    }
}
