//! The person's own editor, and the program that the system keeps for a file.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The editor that the person has chosen: `$VISUAL`, then `$EDITOR`.
pub(super) fn chosen() -> Option<String> {
    ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|e| !e.trim().is_empty())
}

/// Runs the editor on a file and waits until it is closed. The choice may hold arguments of its own, so a shell reads it.
///
/// # Errors
/// Why it could not be run, or how it ended where it did not end well.
pub(super) fn run(editor: &str, file: &Path) -> io::Result<()> {
    #[cfg(unix)]
    let mut command = {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("{editor} \"$1\"")).arg("sh").arg(file);
        shell
    };
    #[cfg(not(unix))]
    let mut command = {
        let mut program = Command::new(editor);
        program.arg(file);
        program
    };
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("it ended with {status}"))) }
}

/// Opens a file with the program that the system keeps for it.
///
/// # Errors
/// Why that could not be started.
pub(super) fn reveal(file: &Path) -> io::Result<()> {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let quiet = Stdio::null;
    Command::new(program).arg(file).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn().map(|_| ())
}

/// A path as a person types it: `~` stands for the home folder, quotes around it are dropped.
pub(super) fn home_expanded(path: &str) -> PathBuf {
    let path = path.trim().trim_matches(|c| c == '"' || c == '\'');
    match (path.strip_prefix("~/"), directories::UserDirs::new()) {
        (Some(rest), Some(user)) => user.home_dir().join(rest),
        _ => PathBuf::from(path),
    }
}
