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

/// The text as it was, and a word that says so; nothing is lost and the terminal is ours.
#[track_caller]
fn changes_nothing(script: &str, said: &str) -> Home {
    let home = Home::with_workbook();
    let mut window = with_editor(&home, script);
    window.keys("E").wait(said).wait(BEFORE);
    leaves(&home, &mut window, BEFORE);
    home
}

/// The text that the editor leaves.
#[track_caller]
fn brings_back(script: &str, text: &str) {
    let home = Home::with_workbook();
    let mut window = with_editor(&home, script);
    window.keys("E").wait("Back from the editor");
    leaves(&home, &mut window, text);
}

/// What lies in the folder of the files that were lent.
fn lent(home: &Home) -> Vec<Vec<u8>> {
    let all = home.files().into_iter();
    all.filter(|(path, _)| path.display().to_string().contains("/editing/")).map(|(_, held)| held).collect()
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

#[test]
fn an_editor_that_leaves_at_once_changes_nothing_and_leaves_no_file() {
    assert_eq!(lent(&changes_nothing("exit 0", "nothing was changed")), Vec::<Vec<u8>>::new());
}

#[test]
fn an_editor_that_crashes_in_any_way_changes_nothing_and_its_file_stays() {
    for script in ["kill -SEGV $$", "kill -ABRT $$", "kill -TERM $$", "kill -INT $$", "exit 1", "exit 255"] {
        let home = changes_nothing(&format!("printf ' half' >> \"$1\"; {script}"), "The text is as it was");
        assert_eq!(lent(&home), [format!("{BEFORE} half").into_bytes()], "{script}");
    }
}

#[test]
fn an_editor_that_writes_what_is_no_text_changes_nothing_and_its_file_stays() {
    let home = changes_nothing("printf 'caf\\351 at noon' > \"$1\"", "not text");
    assert_eq!(lent(&home), [b"caf\xe9 at noon"]);
}

#[test]
fn other_line_ends_and_a_mark_at_the_start_are_made_ours() {
    brings_back("printf 'one\\r\\ntwo\\r\\n' > \"$1\"", "one\ntwo");
    brings_back("printf 'one\\rtwo\\r' > \"$1\"", "one\ntwo");
    brings_back("printf '\\357\\273\\277one\\ntwo\\n' > \"$1\"", "one\ntwo");
}

#[test]
fn an_editor_that_writes_ten_megabytes_changes_nothing_and_all_of_it_is_kept() {
    let script = "head -c 10000000 /dev/zero | tr '\\0' 'w' > \"$1\"";
    let home = changes_nothing(script, "All of it is at");
    assert_eq!(lent(&home).iter().map(Vec::len).collect::<Vec<_>>(), [10_000_000]);
}

#[test]
fn an_editor_that_leaves_a_child_behind_does_not_hold_the_window_up() {
    let home = Home::with_workbook();
    let mut window = with_editor(
        &home,
        "printf 'by the parent' > \"$1\"; (trap '' HUP; sleep 3; printf 'late' > \"$1\") > /dev/null 2>&1 &",
    );
    window.keys("E").wait("Back from the editor").wait("by the parent");
    leaves(&home, &mut window, "by the parent");
}

#[test]
fn an_editor_that_leaves_the_terminal_in_a_mess_does_no_harm() {
    let home = Home::with_workbook();
    // no echo, raw, its own screen, no cursor, colours, the mouse reported, pastes marked, another title
    let mess = "stty raw -echo -isig -opost; printf '\\033[?1049h\\033[2J\\033[?25l\\033[41;5;7m\\033[?1000h\\033[?1006h\\033[?1004h\\033[?2004h\\033]0;mine\\007\\033(0garbage\\033(B'";
    let mut window = with_editor(&home, &format!("printf 'tidy' > \"$1\"; {mess}"));
    window.keys("E").wait("Back from the editor").wait("tidy").wait("MOVING");
    let mouse = window.look(|seen| seen.parser.screen().mouse_protocol_mode());
    assert_eq!(mouse, vt100::MouseProtocolMode::None, "the mouse is still reported");
    window.keys("enter").wait("TYPING").type_text(" and neat").wait("tidy and neat").keys("esc");
    leaves(&home, &mut window, "tidy and neat");
}

#[test]
fn a_hang_up_while_the_editor_is_open_loses_neither_text() {
    let home = Home::with_workbook();
    let mut window = with_editor(&home, "printf ' and more' >> \"$1\"; echo 'the editor is open'; sleep 5");
    window.keys("E").wait_for("the editor", |seen| seen.text().contains("the editor is open"));
    window.signal(rustix::process::Signal::HUP).wait_for("its end", |seen| seen.over);
    window.exited(129);
    assert_eq!(home.ours("SCO-1"), BEFORE);
    assert_eq!(lent(&home), [format!("{BEFORE} and more").into_bytes()]);
}
