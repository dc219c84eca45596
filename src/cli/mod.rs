//! Floor 5: the command line. One subcommand a file; what may be said stands in `args.rs`.
//!
//! A command gets a [`Session`], says data and words to its [`Out`], and ends well, ends with a [`Failure`], or asks for
//! the screen. Nothing here draws; `main` hands a [`Start`] to the screen. Start reading at [`run`]. To add a subcommand:
//! a row in `args.rs`, a file, and a line in `carry_out`.

mod agenda;
mod args;
mod backup;
mod call;
mod check;
mod clock;
mod completions;
mod example;
mod exit;
mod export;
mod find;
mod history;
mod import;
mod jot;
mod keys;
mod list;
mod man;
mod new;
mod open;
mod out;
mod rescue;
mod restore;
mod session;
mod show;
mod whereabouts;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

use clap::Parser;
use jiff::Zoned;

use crate::command::NewCall;
use crate::domain::WorkbookId;

pub use args::Cli;
use args::Command;
pub use exit::{Exit, Failure};
pub use out::{Out, When};
use session::Session;

/// What the screen is opened with.
#[derive(Debug, Clone)]
pub struct Start {
    /// What it shows first.
    pub opening: Opening,
    /// The folder of the workbook that is opened, where its name was looked up.
    pub at: Option<PathBuf>,
    /// The folder that was asked for; `None` for the user's own.
    pub folder: Option<PathBuf>,
    /// One column, for screen readers and magnifiers; also where the settings do not say so.
    pub linear: bool,
    /// Whether colour was asked for or refused on the command line.
    pub color: When,
    /// The moment that stands in for the clock, for tests and rehearsals.
    pub now: Option<Zoned>,
}

/// What the screen shows first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// The library, or where the person was.
    WhereYouWere,
    /// A workbook.
    Workbook(WorkbookId),
    /// A workbook with a file beside it: another copy of it, or one that a partner sent back.
    Beside(WorkbookId, PathBuf),
    /// A workbook, or the one that was open last, on a new call.
    Call(Option<WorkbookId>, NewCall),
}

impl Opening {
    /// The workbook that it names.
    pub fn workbook(&self) -> Option<&WorkbookId> {
        match self {
            Self::Workbook(id) | Self::Beside(id, _) | Self::Call(Some(id), _) => Some(id),
            Self::WhereYouWere | Self::Call(None, _) => None,
        }
    }
}

/// What comes after a command.
#[derive(Debug)]
pub enum Next {
    /// Nothing: the program ends.
    End(Exit),
    /// The screen.
    Screen(Box<Start>),
}

/// Understands a command line. Help, the version and what was not understood are said here; then there is only an exit
/// code to return.
///
/// # Errors
/// The exit code with which to end.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, Exit> {
    let args: Vec<OsString> = args.into_iter().collect();
    if args.len() <= 1 {
        // where nothing is said there is nothing to understand, and the screen is there sooner
        return Ok(Cli::default());
    }
    Cli::try_parse_from(args).map_err(|error| {
        let mut out = Out::of_process(When::Auto);
        let text = error.render();
        if error.use_stderr() {
            out.at_once(&text.to_string());
            return Exit::Usage;
        }
        out.document(&if out.is_coloured() { text.ansi().to_string() } else { text.to_string() });
        out.finish().err().map_or(Exit::Well, |failure| {
            out.failure(&failure);
            failure.exit
        })
    })
}

/// Does what a command line says. What it has to say is written out before it returns.
///
/// # Errors
/// What did not work, in words, with its exit code.
pub fn run(cli: Cli, out: &mut Out) -> Result<Next, Failure> {
    let Cli { dir, linear, color, command } = cli;
    let now = clock::set_by(session::env(clock::VARIABLE))?;
    let start =
        Start { opening: Opening::WhereYouWere, at: None, folder: session::folder(dir), linear, color, now };
    let mut session = Session::new(start, out)?;
    let next = match command {
        None => session.screen(Opening::WhereYouWere),
        Some(command) => carry_out(command, &mut session),
    };
    // what was found before something went wrong is still worth having
    let said = out.finish();
    let next = next?;
    said.map(|()| next)
}

fn carry_out(command: Command, session: &mut Session<'_>) -> Result<Next, Failure> {
    let exit = match command {
        Command::Open(open) => return open::run(&open, session),
        Command::Call(call) => return call::run(&call, session),
        Command::Example => return example::run(session),
        Command::New(new) => new::run(&new, session),
        Command::List(list) => list::run(&list, session),
        Command::Show(show) => show::run(&show, session),
        Command::Agenda(agenda) => agenda::run(&agenda, session),
        Command::Find(find) => find::run(&find, session),
        Command::Jot(jot) => jot::run(&jot, session),
        Command::Export(export) => export::run(&export, session),
        Command::History(history) => history::run(&history, session),
        Command::Restore(restore) => restore::run(&restore, session),
        Command::Check(check) => check::run(&check, session),
        Command::Backup(backup) => backup::run(&backup, session),
        Command::Import(import) => import::run(&import, session),
        Command::Rescue(rescue) => rescue::run(&rescue, session),
        Command::Where(whereabouts) => whereabouts::run(&whereabouts, session),
        Command::Keys(keys) => keys::run(&keys, session),
        Command::Completions(completions) => completions::run(&completions, session),
        Command::Man => man::run(session),
    };
    exit.map(Next::End)
}

/// Whether there is a terminal on both ends, which is what the screen needs.
fn has_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}
