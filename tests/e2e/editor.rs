//! `E` hands a text to the person's own editor and brings back what it leaves, whatever the editor does.

use crate::home::Home;
use crate::scan::foreign;
use crate::window::Window;

const BEFORE: &str = "as it was";

/// A window on an answer that says [`BEFORE`], with a script for an editor.
fn with_editor(home: &Home, script: &str) -> Window {
    let editor = home.script("my editor", script);
    let quoted = format!("'{}'", editor.display());
    let mut window = home.window().env("EDITOR", quoted).arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING").type_text(BEFORE).wait(BEFORE).keys("esc");
    window.wait("MOVING");
    window
}

/// Leaves, and holds what the answer says then.
#[track_caller]
fn leaves(home: &Home, window: &mut Window, text: &str) {
    window.is_taken().keys("q q").exited(0).is_given_back();
    assert_eq!(home.ours("SCO-1"), text);
}

#[test]
fn what_the_editor_leaves_is_the_answer() {
    let home = Home::with_workbook();
    let mut window = with_editor(&home, "printf 'as it was\\nand more' > \"$1\"");
    window.keys("E").wait("and more").wait("Back from the editor");
    window.keys("u").gone("and more").wait(BEFORE).keys("U").wait("and more");
    leaves(&home, &mut window, "as it was\nand more");
}

#[test]
fn the_editor_has_the_terminal_to_itself() {
    let home = Home::with_workbook();
    let mut window = with_editor(&home, "echo 'type a line:'; read line; printf '%s' \"$line\" > \"$1\"");
    window.keys("E").wait_for("the editor", |seen| {
        seen.text().contains("type a line:") && !seen.parser.screen().alternate_screen()
    });
    window.is_given_back().raw(b"from the editor\r").wait("from the editor").wait("Back from");
    leaves(&home, &mut window, "from the editor");
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    let home = Home::with_workbook();
    let mut window = with_editor(&home, "printf 'half' > \"$1\"; exit 3");
    window.keys("E").wait("The text is as it was").wait(BEFORE);
    leaves(&home, &mut window, BEFORE);
}

#[test]
fn an_editor_that_is_killed_changes_nothing() {
    let home = Home::with_workbook();
    let mut window = with_editor(&home, "kill -9 $$");
    window.keys("E").wait("The text is as it was").wait(BEFORE);
    leaves(&home, &mut window, BEFORE);
}

#[test]
fn an_editor_that_empties_the_file_changes_nothing() {
    let home = Home::with_workbook();
    let mut window = with_editor(&home, ": > \"$1\"");
    window.keys("E").wait("left an empty file").wait(BEFORE);
    leaves(&home, &mut window, BEFORE);
}

#[test]
fn an_editor_that_puts_another_file_in_its_place_is_followed() {
    let home = Home::with_workbook();
    let mut window = with_editor(&home, "printf 'a new file' > \"$1.new\"; mv \"$1.new\" \"$1\"");
    window.keys("E").wait("a new file");
    leaves(&home, &mut window, "a new file");
}

#[test]
fn an_editor_that_removes_the_file_changes_nothing() {
    let home = Home::with_workbook();
    let mut window = with_editor(&home, "rm \"$1\"");
    window.keys("E").wait(BEFORE).wait("MOVING");
    leaves(&home, &mut window, BEFORE);
}

#[test]
fn an_editor_that_is_not_there_is_said() {
    let home = Home::with_workbook();
    let mut window = home.window().env("EDITOR", "no-such-editor").arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s E").wait("The text is as it was");
}

#[test]
fn without_an_editor_it_says_how_to_choose_one() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s E").wait("No editor is chosen");
}

#[test]
fn what_the_editor_leaves_cannot_act_on_the_terminal() {
    let home = Home::with_workbook();
    let mut window = with_editor(&home, "printf 'x\\033]52;c;aGFja2Vk\\007y\\r\\nz' > \"$1\"");
    window.keys("E").wait("Back from the editor");
    assert_eq!(window.look(|seen| foreign(&seen.bytes)), Vec::<String>::new());
    window.keys("q q").exited(0);
    assert!(!home.ours("SCO-1").contains(|c: char| c.is_control() && c != '\n'));
}

#[test]
fn a_line_of_a_call_goes_to_the_editor_and_comes_back_as_one_line() {
    let home = Home::with_workbook();
    let editor = home.script("my editor", "printf 'they bring chairs\\nand tables\\n' > \"$1\"");
    let quoted = format!("'{}'", editor.display());
    let mut window = home.window().env("EDITOR", quoted).arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g C enter").wait("TYPING").type_text("they bring").wait("they bring");
    window.keys("esc").wait("MOVING").keys("E").wait("and tables").wait("Back from the editor");
    window.keys("u").gone("and tables").keys("U").wait("and tables").keys("X").wait("has ended");
    window.keys("esc q q").exited(0);
    let lines = home.workbook().calls().last().unwrap().lines.clone();
    assert_eq!(lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["they bring chairs and tables"]);
}
