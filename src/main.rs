//! The program: understand the command line, do what it says or open the screen, say what did not work, end.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use alongside::cli::{self, Cli, Exit, Failure, Next, Out};
use alongside::tui;

fn main() -> ExitCode {
    outlive_limits();
    let cli = match cli::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(exit) => return ExitCode::from(exit.code()),
    };
    let mut out = Out::of_process(cli.color);
    let ended = catch_unwind(AssertUnwindSafe(|| carry_out(cli, &mut out)));
    let exit = ended.unwrap_or_else(|_| Err(Failure::our_bug())).unwrap_or_else(|failure| {
        out.failure(&failure);
        failure.exit
    });
    ExitCode::from(exit.code())
}

fn carry_out(cli: Cli, out: &mut Out) -> Result<Exit, Failure> {
    match cli::run(cli, out)? {
        Next::End(exit) => Ok(exit),
        Next::Screen(start) => Ok(tui::run(*start).map(|()| Exit::Well)?),
    }
}

/// A write past a limit on the size of files is reported as an error, instead of ending the program.
fn outlive_limits() {
    #[cfg(unix)]
    {
        let flag = std::sync::Arc::default();
        // where it cannot be arranged, everything else still works
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, flag);
    }
}
