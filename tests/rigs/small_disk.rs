//! A disk that takes nothing: it is said within a second or two, in words that stay until it is mended, typing goes on,
//! nothing typed is lost, and it is saved as soon as the disk takes it, without a restart.

use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::home::{Home, PROGRAM, workbook};
use crate::mounted::{Ext4, Tmpfs, run};
use crate::window::{Opening, Window};

/// How soon it must be said.
const SAID_WITHIN: Duration = Duration::from_secs(2);
/// Somebody who is not the administrator.
const NOBODY: u32 = 65_534;

/// A small disk in memory.
const SMALL: &str = "size=1m";
/// What is left on a small disk before a window is opened on it: enough for 64 KiB to be set aside.
const ROOM: u64 = 200 << 10;
/// What is said where the words are safe in the journal and the file could not be saved.
const BUT: &str = "Saved 14:03, but could not";

/// Types until it is said that saving fails.
fn fails(window: &mut Window, text: &str) {
    let began = Instant::now();
    window.paste(text).wait("NOT SAVED, last good copy 14:03");
    assert!(began.elapsed() < SAID_WITHIN, "said after {:?}", began.elapsed());
}

/// Where an answer is being written.
fn writing(opening: Opening) -> Window {
    let mut window = opening.open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING");
    window
}

/// The same on a small disk in memory, with something written and safe.
fn on_a_small_disk(options: &str) -> Option<(Home, Tmpfs, Window)> {
    let home = Home::new();
    let disk = Tmpfs::mount(&home, options)?;
    home.keep(&workbook("Tactile guide"));
    disk.leave(ROOM);
    let mut window = writing(home.window().arg("open").arg("Tactile guide"));
    window.type_text("before ").wait("before");
    window.keys("ctrl-s").wait("safe on disk");
    Some((home, disk, window))
}

/// More than the room that is set aside, and less than an answer holds.
fn a_long_text() -> String {
    "a long line that does not fit. ".repeat(4_000)
}

#[test]
fn a_full_disk_still_takes_words_in_the_room_that_is_set_aside() {
    let Some((home, disk, mut window)) = on_a_small_disk(SMALL) else { return };
    disk.fill();
    // the file cannot be saved, and it is said; the words are safe all the same, and that is said too
    window.type_text("Amina said").wait("Amina said").keys("ctrl-s").wait(BUT).wait("the disk is full");
    window.type_text(" on the phone").wait("on the phone").gone("not yet kept");
    assert!(!window.text().contains("NOT SAVED"), "the journal has it:\n{}", window.text());
    window.kill9();
    assert_eq!(home.ours("SCO-1"), "before Amina said on the phone");
    disk.empty();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("Everything is here").keys("g s").wait("on the phone").keys("q q").exited(0);
    assert!(home.folded());
}

#[test]
fn a_full_disk_is_said_and_mended() {
    let Some((home, disk, mut window)) = on_a_small_disk(SMALL) else { return };
    disk.fill();
    fails(&mut window, &a_long_text());
    // typing goes on, also elsewhere
    window.type_text(" And on").wait("And on").keys("esc tab").wait("NOT SAVED");
    window
        .keys("g f enter")
        .wait("TYPING")
        .type_text("elsewhere too")
        .wait("elsewhere too")
        .wait("NOT SAVED");
    disk.empty();
    window.gone("NOT SAVED").wait("Saving works again").keys("esc q q").exited(0);
    let ours = home.ours("SCO-1");
    assert!(ours.starts_with("before a long line") && ours.ends_with(" And on"), "{} bytes", ours.len());
    assert_eq!(home.ours("FIN-1"), "elsewhere too");
}

#[test]
fn leaving_a_full_disk_never_says_that_all_is_saved() {
    let Some((_home, disk, mut window)) = on_a_small_disk(SMALL) else { return };
    disk.fill();
    fails(&mut window, &a_long_text());
    window.keys("esc").wait("MOVING").keys("q").wait("q leaves");
    assert!(!window.text().contains("All is saved"), "it is not:\n{}", window.text());
}

#[test]
fn leaving_a_full_disk_all_the_same_ends_in_words() {
    let Some((_home, disk, mut window)) = on_a_small_disk(SMALL) else { return };
    disk.fill();
    fails(&mut window, &a_long_text());
    window.keys("esc").wait("MOVING").keys("q q").exited(74).is_given_back();
}

#[test]
fn a_disk_without_names_is_said_when_the_workbook_is_to_be_folded() {
    let Some((home, disk, mut window)) = on_a_small_disk("nr_inodes=64") else { return };
    disk.fill_names();
    // the journal is there and grows; the whole file needs a name of its own, after a rest
    window.type_text("and on").wait("and on").wait("Saved 14:0").wait(", but could not");
    assert_eq!(home.ours("SCO-1"), "before and on");
    window.type_text(", as before").wait("as before").wait(", but could not");
    disk.empty();
    window.gone("could not").wait("Saving works again").keys("esc q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "before and on, as before");
    assert!(home.folded());
}

#[test]
fn a_disk_that_has_no_names_left_takes_words_from_the_first_on() {
    let home = Home::new();
    let Some(disk) = Tmpfs::mount(&home, "nr_inodes=64") else { return };
    home.keep(&workbook("Tactile guide"));
    let mut window = writing(home.window().arg("open").arg("Tactile guide"));
    disk.fill_names();
    // the journal has had its name since the workbook was opened
    window.paste("the first words").wait("the first words").keys("ctrl-s").wait(BUT);
    window.type_text(" and more").wait("and more").wait(BUT);
    disk.empty();
    window.gone("could not").wait("Saving works again").keys("esc q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "the first words and more");
}

#[test]
fn a_disk_that_turns_read_only_is_said_and_what_was_saved_is_there() {
    let home = Home::new();
    let Some(mut disk) = Ext4::mount(&home, "errors=remount-ro") else { return };
    home.keep(&workbook("Tactile guide"));
    let mut window = writing(home.window().arg("open").arg("Tactile guide"));
    window.type_text("before ").wait("before").keys("ctrl-s").wait("safe on disk");
    if !disk.fail() {
        println!("skipped: no error can be tried on a disk here");
        window.keys("esc q q").exited(0);
        return;
    }
    fails(&mut window, "what the disk does not take");
    window.type_text(", and on").wait("and on").wait("NOT SAVED").keys("esc q").wait("q leaves");
    assert!(!window.text().contains("All is saved"), "it is not:\n{}", window.text());
    window.keys("q").wait_exit();
    let words = window.text();
    assert!(words.contains("could not"), "it ends without words:\n{words}");
    disk.come_back();
    assert!(home.ours("SCO-1").starts_with("before "), "{}", home.ours("SCO-1"));
}

#[test]
fn a_limit_on_the_size_of_files_is_said_and_mended() {
    let home = Home::with_workbook();
    // 16 blocks of 512 bytes; only the soft limit, so that it can be lifted again
    let script = format!("ulimit -S -f 16; exec '{PROGRAM}' open 'Tactile guide'");
    let mut window = writing(home.shell(&script));
    let text = "a long line that does not fit. ".repeat(400);
    fails(&mut window, &text);
    window.type_text("And on").wait("And on");
    lift_limit(&window);
    window.gone("NOT SAVED").wait("Saving works again").keys("esc q q").exited(0);
    assert_eq!(home.ours("SCO-1"), format!("{text}And on"));
}

#[test]
fn a_folder_that_may_not_be_written_is_opened_to_read() {
    let home = Home::with_workbook();
    let Some(opening) = as_nobody(&home) else { return };
    may_write(&home.folder(), false);
    let mut window = opening.open();
    window.wait("COMMUNICATING").wait("can only be read").keys("q q").exited(0);
    may_write(&home.folder(), true);
}

#[test]
fn a_folder_that_may_not_be_written_any_more_is_said_and_mended() {
    let home = Home::with_workbook();
    let Some(opening) = as_nobody(&home) else { return };
    let mut window = writing(opening);
    may_write(&home.folder(), false);
    window.paste("the first words").wait("the first words").keys("ctrl-s").wait(BUT);
    window.type_text(" and more").wait("and more").wait(BUT);
    may_write(&home.folder(), true);
    window.gone("could not").wait("Saving works again").keys("esc q q").exited(0);
    assert_eq!(home.ours("SCO-1"), "the first words and more");
}

/// The program as somebody whom permissions hold back, in a home that is theirs. `None`, with a printed line, where the
/// administrator cannot be somebody else.
fn as_nobody(home: &Home) -> Option<Opening> {
    if !rustix::process::geteuid().is_root() {
        return Some(home.window().arg("open").arg("Tactile guide"));
    }
    give(home.root().parent().unwrap());
    let who = format!("--reuid={NOBODY} --regid={NOBODY} --clear-groups");
    let args: Vec<&str> = who.split(' ').chain([PROGRAM, "--version"]).collect();
    if !run("setpriv", &args, &[]) {
        println!("skipped: the administrator may write anywhere, and cannot be somebody else here");
        return None;
    }
    Some(home.shell(&format!("exec setpriv {who} '{PROGRAM}' open 'Tactile guide'")))
}

fn give(folder: &Path) {
    chown(folder, Some(NOBODY), Some(NOBODY)).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { give(&path) } else { chown(&path, Some(NOBODY), Some(NOBODY)).unwrap() }
    }
}

fn may_write(folder: &Path, may: bool) {
    std::fs::set_permissions(folder, Permissions::from_mode(if may { 0o700 } else { 0o500 })).unwrap();
}

fn lift_limit(window: &Window) {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, Rlimit, prlimit};
        prlimit(Some(window.pid()), Resource::Fsize, Rlimit { current: None, maximum: None }).unwrap();
    }
    #[cfg(not(target_os = "linux"))]
    let _ = window;
}
