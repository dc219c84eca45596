//! `import` on a terminal, where it asks.
#![cfg(unix)]

use std::io::{Read, Write};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::home::{Home, NOW};

/// Runs the program on a terminal, waits until it asks, answers, and returns its exit code with all that was shown.
fn answered(home: &Home, args: &[&str], asks: &str, answer: &str) -> (u32, String) {
    let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin("alongside"));
    command.env_clear();
    command.env("ALONGSIDE_DIR", home.root());
    command.env("ALONGSIDE_NOW", NOW);
    command.env("HOME", home.path("home"));
    command.env("TERM", "dumb");
    command.cwd(home.path(""));
    command.args(args);
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut reader = pty.master.try_clone_reader().unwrap();
    let mut writer = pty.master.take_writer().unwrap();
    let (mut shown, mut some) = (String::new(), [0; 1024]);
    let mut answer = Some(answer);
    // the read ends when the program has gone
    while let Ok(n @ 1..) = reader.read(&mut some) {
        shown.push_str(&String::from_utf8_lossy(&some[..n]));
        if let Some(answer) = answer.take_if(|_| shown.contains(asks)) {
            writer.write_all(answer.as_bytes()).unwrap();
        }
    }
    (child.wait().unwrap().exit_code(), shown)
}

#[test]
fn import_asks_what_to_do_with_what_is_here() {
    let home = Home::furnished();
    home.run(&["backup", "all"]).ends(0);
    let count = || home.run(&["list", "--json"]).json().as_array().unwrap().len();
    let (code, shown) = answered(&home, &["import", "all"], "bring in nothing: ", "\n");
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("here already") && shown.contains("Nothing was brought in"), "{shown}");
    assert_eq!(count(), 2);
    let (code, shown) = answered(&home, &["import", "all"], "bring in nothing: ", "c\n");
    assert_eq!(code, 0, "{shown}");
    assert_eq!(count(), 4);
}
