//! The system's own clipboard, through the small programs that systems have for it.

use std::io::Write;
use std::process::{Command, Stdio};

/// Programs that take a text on standard input, with what tells that they can work here.
const PROGRAMS: &[(&str, &[&str], Option<&str>)] = &[
    ("pbcopy", &[], None),
    ("wl-copy", &[], Some("WAYLAND_DISPLAY")),
    ("xclip", &["-selection", "clipboard"], Some("DISPLAY")),
    ("clip.exe", &[], None),
];

/// Puts a text on the system's clipboard, where there is a program for it. Says whether one took it.
pub(super) fn copy(text: &str) -> bool {
    PROGRAMS.iter().any(|(program, arguments, needs)| {
        let can = needs.is_none_or(|name| std::env::var_os(name).is_some());
        can && feed(program, arguments, text).is_some()
    })
}

fn feed(program: &str, arguments: &[&str], text: &str) -> Option<()> {
    let quiet = Stdio::null;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(quiet())
        .stderr(quiet())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    child.wait().ok()?.success().then_some(())
}
