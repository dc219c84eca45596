//! `alongside backup FILE`

use super::args::Backup;
use super::exit::{Exit, Failure};
use super::export::{must_be_a_file, or_force};
use super::session::Session;

/// Puts everything into one file and prints its path.
pub fn run(backup: &Backup, session: &mut Session<'_>) -> Result<Exit, Failure> {
    must_be_a_file(&backup.file)?;
    let made = session.store.backup(&backup.file, backup.force, session.now()).map_err(or_force)?;
    session.out.line(&made.path.to_string_lossy());
    let many = if made.workbooks == 1 { "workbook" } else { "workbooks" };
    session.out.words(&format!("{} {many} put by. `alongside import` brings them back.", made.workbooks));
    for left_out in &made.left_out {
        session.out.words(&format!("Not in it: {left_out}"));
    }
    // a script must not take a part for the whole
    Ok(if made.left_out.is_empty() { Exit::Well } else { Exit::Io })
}
