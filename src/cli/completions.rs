//! `alongside completions SHELL`

use clap::CommandFactory;

use super::args::{Cli, Completions};
use super::exit::{Exit, Failure};
use super::session::Session;

/// Prints completions for a shell, made from the definition in `args.rs`.
pub fn run(wanted: &Completions, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(wanted.shell, &mut Cli::command(), "alongside", &mut script);
    session.out.document(&String::from_utf8_lossy(&script));
    Ok(Exit::Well)
}
