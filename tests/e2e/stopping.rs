//! Stopped and brought back, by the shell's signals and by the palette: the terminal is given back and taken again.

use rustix::process::Signal;

use crate::home::Home;

#[test]
fn a_stop_gives_the_terminal_back_and_fg_takes_it_again() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING").type_text("half a sen").wait("half a sen");
    for _ in 0..3 {
        window
            .signal(Signal::TSTP)
            .stopped()
            .wait_for("the terminal given back", |seen| !seen.parser.screen().alternate_screen());
        window.is_given_back().signal(Signal::CONT).is_taken().wait("half a sen").wait("TYPING");
    }
    window.type_text("tence").wait("half a sentence").keys("esc q q").exited(0).is_given_back();
    assert_eq!(home.ours("SCO-1"), "half a sentence");
}

#[test]
fn the_palette_goes_to_the_shell_for_a_while() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("ctrl-p").type_text("shell").wait("fg comes back").keys("enter");
    window.stopped().wait_for("the terminal given back", |seen| !seen.parser.screen().alternate_screen());
    window.is_given_back().signal(Signal::CONT).is_taken().wait("COMMUNICATING").keys("q q").exited(0);
}

#[test]
fn a_window_that_was_resized_while_stopped_is_drawn_anew() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").signal(Signal::TSTP).stopped().resize(60, 20);
    window.signal(Signal::CONT).is_taken().wait("Communicating").wait("MOVING").keys("q q").exited(0);
}

#[test]
fn it_goes_on_after_a_stop_that_nobody_announced() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING").type_text("half a sen").wait("half a sen");
    // SIGSTOP cannot be heard; meanwhile the shell has the terminal, in its own modes
    window.signal(Signal::STOP).stopped();
    window.cook();
    let drawn = window.look(|seen| seen.bytes.len());
    window.signal(Signal::CONT);
    window.wait_for("a whole frame anew", |seen| {
        let since = String::from_utf8_lossy(&seen.bytes[drawn..]).into_owned();
        seen.is_settled() && since.contains("\x1b[?1049h") && seen.text().contains("half a sen")
    });
    window.is_taken().wait("TYPING").type_text("tence").wait("half a sentence");
    window.keys("esc q q").exited(0).is_given_back();
    assert_eq!(home.ours("SCO-1"), "half a sentence");
}
