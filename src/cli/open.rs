//! `alongside open NAME`

use super::args::Open;
use super::exit::Failure;
use super::session::Session;
use super::{Next, Opening};

/// Finds the workbook and asks for the screen.
pub fn run(open: &Open, session: &mut Session<'_>) -> Result<Next, Failure> {
    let entry = session.entry(&open.name)?;
    session.screen(Opening::Workbook(entry.id))
}
