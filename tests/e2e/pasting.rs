//! Pasted text is text: whole, one undo, and nothing in it is a command, neither to the program nor to the terminal.

use std::time::{Duration, Instant};

use alongside::domain::{Edit, Family, Workbook};

use crate::home::{Home, workbook};
use crate::scan::foreign;
use crate::window::{Seen, Window, unwrapped};

const TEXT: u16 = 33;
/// Sequences that ask a terminal to do something, in all their coats.
const HOSTILE: &str = "a\x1b]52;c;aGFja2Vk\x07b\x1b]0;hacked\x07c\x1b[6nd\x1b]8;;http://x\x1b\\e\x1bPq#0\x1b\\f\x1bcg\
                       \u{9b}6nh\u{9d}0;hacked\u{9c}i\u{202e}j\u{e0041}k\x08l\x00m\u{200b}n\u{feff}o\x1b[?1049lp";

fn writing(home: &Home) -> Window {
    let mut window = home.window().size(100, 60).arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING");
    window
}

/// Leaves and returns the answer.
fn left(home: &Home, window: &mut Window) -> String {
    window.keys("esc q q").exited(0).is_given_back();
    home.ours("SCO-1")
}

/// So many characters in short words, each another.
fn words(bytes: usize) -> String {
    let mut words: String = (0..).map(|n| format!("w{n} ")).take(bytes / 3).collect();
    words.truncate(bytes - 1);
    words.push('.');
    words
}

#[test]
fn a_burst_without_marks_is_whole_without_another_key() {
    let home = Home::with_workbook();
    let mut window = writing(&home);
    let text = words(2000);
    window.raw(text.as_bytes());
    window.wait_for("all of it", |seen| seen.unwrapped(TEXT).contains(&unwrapped(&text)));
    assert_eq!(left(&home, &mut window), text);
}

#[test]
fn a_burst_with_line_ends_is_text_and_never_a_jot() {
    for end in ["\r", "\n"] {
        let home = Home::with_workbook();
        let mut window = writing(&home);
        let lines: Vec<String> = (0..20).map(|n| format!("line {n} of a note with q and dd in it")).collect();
        window.raw(lines.join(end).as_bytes()).wait("line 19 of a note with q and dd in it");
        let kept = left(&home, &mut window);
        assert!(kept.ends_with(&lines.join("\n")), "{end:?}: {kept}");
        assert_eq!(noted(&home), Vec::<String>::new(), "{end:?}");
    }
}

#[test]
fn an_enter_that_came_with_its_line_acts() {
    let home = Home::with_workbook();
    // by a person whose connection stood still for a moment, or by a program: all of it is there at once
    let mut window = home.window().open();
    window.wait("Tactile guide").keys("n").wait("What shall we call it?");
    window.raw(b"Walks with the day centre in spring\r").wait("Walks with the day centre").gone("call it?");
    window
        .keys("J")
        .wait("Jot:")
        .raw(b"ring the carers' group on Thursday\r")
        .wait("1 line kept")
        .keys("esc")
        .wait("MOVING");
    window.keys("q q").exited(0);
}

#[test]
fn a_line_with_its_end_runs_nothing_while_moving_and_is_a_line_in_prose() {
    let home = Home::with_workbook();
    let mut window = writing(&home);
    window.raw(b"a line of a note with its end\r").wait("with its end").type_text("next").wait("next");
    window
        .keys("esc")
        .wait("MOVING")
        .raw(b"qqddnpt of a note in passing\r")
        .wait("none of it was read as keys");
    window.wait("Jot:").keys("esc").wait("MOVING").keys("q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "a line of a note with its end\nnext");
}

#[test]
fn a_burst_while_moving_runs_nothing() {
    let home = Home::with_workbook();
    let mut window = home.window().size(100, 60).arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING");
    let before = home.workbook();
    let text = format!("ddqqnpt{}", words(1993));
    window.raw(text.as_bytes()).wait("none of it was read as keys").wait("TYPING");
    assert_eq!(home.workbook(), before);
    window.keys("esc").wait("MOVING").wait("COMMUNICATING").keys("q q").exited(0);
    assert_eq!(but_for_notes(&home), before);
    assert_eq!(noted(&home), [text]);
}

#[test]
fn a_marked_paste_while_moving_runs_nothing() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    let before = home.workbook();
    window
        .wait("COMMUNICATING")
        .paste("q\rq\nddu")
        .wait("none of it was read as keys")
        .keys("esc")
        .wait("MOVING");
    window.keys("q q").exited(0);
    assert_eq!(but_for_notes(&home), before);
    assert_eq!(noted(&home).len(), 1);
}

#[test]
fn a_long_paste_is_one_undo() {
    let home = Home::with_workbook();
    let mut window = writing(&home);
    let text = words(150 * 1024);
    let all = |seen: &Seen| seen.unwrapped(TEXT).contains(&unwrapped(&text[text.len() - 100..]));
    window.type_text("before ").wait("before").paste(&text).wait_for("its end", all).wait("Saved");
    assert_eq!(home.ours("SCO-1"), format!("before {text}"));
    window
        .keys("ctrl-z")
        .wait_for("no end", |seen| !all(seen))
        .wait("before")
        .keys("ctrl-y")
        .wait("before w0 w1");
    assert_eq!(left(&home, &mut window), format!("before {text}"));
}

#[test]
fn a_burst_is_one_undo_and_what_is_typed_after_it_another() {
    let home = Home::with_workbook();
    let mut window = writing(&home);
    let lines: Vec<String> =
        (0..40).map(|n| format!("line {n} of a note from elsewhere, pasted whole")).collect();
    // ends in a letter one can wait for: a space still on its way would be read with the burst
    window.type_text("before:").wait("before:").raw(lines.join("\r").as_bytes()).wait("line 39 of a note");
    window.wait("pasted whole").type_text(" after").wait("whole after");
    window
        .keys("ctrl-z")
        .gone("whole after")
        .wait("line 39 of a note")
        .keys("ctrl-z")
        .gone("line 0")
        .wait("before:");
    assert_eq!(left(&home, &mut window), "before:");
}

#[test]
fn a_paste_past_the_limit_is_refused_in_words() {
    let home = Home::with_workbook();
    let mut window = writing(&home);
    window
        .type_text("before")
        .wait("before")
        .paste(&words(201 * 1024))
        .wait("Nothing was added")
        .wait("before");
    window.type_text(" after").wait("before after");
    assert_eq!(left(&home, &mut window), "before after");
}

#[test]
fn a_paste_of_a_megabyte_is_refused_and_the_window_goes_on() {
    let home = Home::with_workbook();
    let mut window = writing(&home);
    window.paste(&words(1024 * 1024)).wait("Nothing was added").type_text("after").wait("after");
    assert_eq!(left(&home, &mut window), "after");
}

#[test]
fn every_kind_of_line_end_is_a_line_end() {
    let home = Home::with_workbook();
    let mut window = writing(&home);
    window.paste("one\rtwo\r\nthree\nfour").wait("four");
    assert_eq!(left(&home, &mut window), "one\ntwo\nthree\nfour");
}

#[test]
fn an_end_mark_within_a_paste_lets_nothing_run() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    let before = home.workbook();
    window.wait("COMMUNICATING").paste("a note\x1b[201~qqdd").wait("a noteqqdd").wait("TYPING");
    window.keys("esc").wait("MOVING").keys("q q").exited(0);
    assert_eq!(but_for_notes(&home), before);
}

#[test]
fn nothing_in_a_paste_reaches_the_terminal() {
    let home = Home::with_workbook();
    let mut window = writing(&home);
    window.paste(HOSTILE).wait_for("the text", |seen| seen.unwrapped(TEXT).contains('p'));
    window.keys("esc g p").wait("City Museum").keys("down enter").wait("TYPING").paste(HOSTILE).keys("esc");
    window.wait("MOVING").keys("J").wait("Jot:").paste(HOSTILE).keys("esc").wait("MOVING").keys("v");
    window.wait_for("the page", |seen| !seen.text().contains("How to reach"));
    window.keys("q q").exited(0).is_given_back();
    assert_eq!(window.look(|seen| foreign(&seen.bytes)), Vec::<String>::new());
    // a space of no width is text in some scripts; it never reaches the terminal
    let unclean = |c: char| c != '\n' && c != '\u{200b}' && !foreign(c.to_string().as_bytes()).is_empty();
    assert!(!home.ours("SCO-1").contains(unclean), "{:?}", home.ours("SCO-1"));
}

#[test]
fn nothing_in_a_title_reaches_the_terminal() {
    let home = Home::new();
    let hostile: Workbook = workbook(&format!("Walk {}", HOSTILE.replace('\n', " ")));
    home.keep(&hostile);
    home.keep(&workbook("Second"));
    let mut window = home.window().open();
    window
        .wait("Walk")
        .wait("Second")
        .keys("enter")
        .wait("COMMUNICATING")
        .keys("g L")
        .gone("COMMUNICATING")
        .wait("Second")
        .keys("down enter");
    window.wait("COMMUNICATING").keys("q q").exited(0);
    assert_eq!(window.look(|seen| foreign(&seen.bytes)), Vec::<String>::new());
}

#[test]
fn a_burst_is_in_sight_soon() {
    let home = Home::with_workbook();
    let mut window = writing(&home);
    let text = words(2000);
    let began = Instant::now();
    window
        .raw(text.as_bytes())
        .wait_for("all of it", |seen| seen.unwrapped(TEXT).contains(&unwrapped(&text)));
    // a debug build on a busy machine; a character at a time would take far longer
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

/// The workbook as it would be without the notes of the day.
fn but_for_notes(home: &Home) -> Workbook {
    let mut workbook = home.workbook();
    let jots: Vec<_> = workbook.calls().iter().filter(|call| call.is_jots()).map(|c| c.id.clone()).collect();
    for record in jots {
        workbook.apply(Edit::TakeBackRecord { family: Family::Call, record }).unwrap();
    }
    workbook
}

/// The texts of the notes in the inbox, and of those that are in the workbook already.
fn noted(home: &Home) -> Vec<String> {
    let workbook = home.workbook();
    let waiting = home.store().inbox().list().unwrap();
    let lines = workbook.calls().iter().flat_map(|call| &call.lines);
    let waiting = waiting.into_iter().filter(|waiting| lines.clone().all(|line| line.id != waiting.id));
    let waiting: Vec<String> = waiting.map(|waiting| waiting.jot.unwrap().text).collect();
    lines.clone().map(|line| line.text.clone()).chain(waiting).collect()
}

#[test]
fn escapes_and_ten_thousand_letters_in_a_line_of_a_call_are_whole_after_a_kill() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("call").arg("Tactile guide").arg("--partner").arg("mus").open();
    window.wait("Call with City Museum").wait("TYPING");
    window.paste(HOSTILE).wait("lp").type_text("!").wait("lp!").keys("enter").wait("Enter stamp");
    assert_eq!(window.look(|seen| foreign(&seen.bytes)), Vec::<String>::new());
    let long = words(12_000);
    let end = long[long.len() - 12..].to_owned();
    window.paste(&long).wait(&end).kill9();
    let workbook = home.workbook();
    let lines = &workbook.calls().last().unwrap().lines;
    assert_eq!(lines.len(), 2);
    assert!(lines[0].text.starts_with('a') && lines[0].text.ends_with("lp!"), "{:?}", lines[0].text);
    assert!(!lines[0].text.contains(char::is_control), "{:?}", lines[0].text);
    assert_eq!(lines[1].text, long);
    // and it can be looked at
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("Everything is here").keys("g C").wait("TYPING").keys("esc up").wait("lp!");
    assert_eq!(window.look(|seen| foreign(&seen.bytes)), Vec::<String>::new());
}
