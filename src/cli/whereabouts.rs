//! `alongside where`: the file has another name because `where` is a word of the language.

use serde::Serialize;

use super::args::Where;
use super::exit::{Exit, Failure};
use super::session::Session;

/// Prints the folder of everything, or of one workbook.
pub fn run(wanted: &Where, session: &mut Session<'_>) -> Result<Exit, Failure> {
    if let Some(name) = &wanted.name {
        let folder = session.entry(name)?.folder.to_string_lossy().into_owned();
        if wanted.json {
            session.out.json(&serde_json::json!({ "folder": folder }))?;
        } else {
            session.out.line(&folder);
        }
        return Ok(Exit::Well);
    }
    let folders = session.store.folders().clone();
    let words = |path: &std::path::Path| path.to_string_lossy().into_owned();
    let all = All {
        folder: words(folders.root()),
        workbooks: words(&folders.workbooks()),
        inbox: words(&folders.inbox()),
        bin: words(&folders.bin()),
        settings: words(&folders.settings()),
        content: words(&folders.content()),
    };
    if wanted.json {
        session.out.json(&all)?;
    } else {
        session.out.line(&all.folder);
    }
    Ok(Exit::Well)
}

/// The folders as `--json` says them. Fields may be added; none is renamed or removed.
#[derive(Serialize)]
struct All {
    folder: String,
    workbooks: String,
    inbox: String,
    bin: String,
    settings: String,
    content: String,
}
