//! `alongside example`

use super::exit::{Exit, Failure};
use super::session::Session;
use super::{Next, Opening, has_terminal};
use crate::content::SAMPLE;
use crate::store::format::parse_workbook;

/// Opens the person's own copy of the worked example, making it first where there is none. Without a terminal it prints
/// the folder.
pub fn run(session: &mut Session<'_>) -> Result<Next, Failure> {
    let library = session.workbooks();
    let there = library.entries()?.into_iter().find(|entry| entry.example && entry.trouble.is_none());
    let (id, folder) = match there {
        Some(entry) => (entry.id.clone(), entry.folder),
        None => {
            let sample = parse_workbook(SAMPLE).map_err(|e| {
                let message = format!("the worked example that ships with alongside does not read well: {e}");
                Failure::new(Exit::OurBug, message, "Your own workbooks are as they were.")
            })?;
            let workbook = sample.workbook.with_id(session.ids().workbook());
            let folder = library.create(&workbook, session.now())?;
            (workbook.id().clone(), folder)
        }
    };
    if has_terminal() {
        return session.screen(Opening::Workbook(id));
    }
    session.out.line(&folder.to_string_lossy());
    session.out.words("This is your own copy: write in it as you like, it is never counted.");
    Ok(Next::End(Exit::Well))
}
