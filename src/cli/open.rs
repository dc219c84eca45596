//! `alongside open NAME [--beside FILE]`

use super::args::Open;
use super::exit::Failure;
use super::session::Session;
use super::{Next, Opening};

/// Finds the workbook and asks for the screen.
pub fn run(open: &Open, session: &mut Session<'_>) -> Result<Next, Failure> {
    let entry = session.to_show(&open.name)?;
    let (id, at) = (entry.id.clone(), Some(entry.folder.clone()));
    let Some(file) = &open.beside else { return session.screen_at(Opening::Workbook(id), at) };
    // what cannot stand beside it is better said before there is a screen
    session.store.read_beside(file, &entry.id)?;
    let file = std::path::absolute(file).unwrap_or_else(|_| file.clone());
    session.screen_at(Opening::Beside(id, file), at)
}
