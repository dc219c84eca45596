//! A disk that takes nothing: it is said within a second or two, nothing typed is lost, and it is saved as soon as the
//! disk takes it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::home::{Home, PROGRAM};
use crate::window::Window;

/// How soon it must be said.
const SAID_WITHIN: Duration = Duration::from_secs(2);

/// What is left on a small disk before a window is opened on it: enough for 64 KiB to be set aside.
const ROOM: u64 = 200 << 10;

/// More than the room that is set aside for words on a full disk, and less than an answer holds.
fn more_than_is_set_aside() -> String {
    "a long line that does not fit. ".repeat(4_000)
}

/// Types until it is said that saving fails.
fn fails(window: &mut Window, text: &str) {
    let began = Instant::now();
    window.paste(text).wait("NOT SAVED, last good copy 14:03");
    assert!(began.elapsed() < SAID_WITHIN, "said after {:?}", began.elapsed());
}

#[test]
fn a_full_disk_is_said_and_mended() {
    let home = Home::new();
    let Some(disk) = SmallDisk::mount(&home) else { return };
    home.keep(&crate::home::workbook("Tactile guide"));
    disk.leave(ROOM);
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING").type_text("before ").wait("before");
    window.keys("ctrl-s").wait("safe on disk");
    disk.fill();
    fails(&mut window, &more_than_is_set_aside());
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
fn a_full_disk_still_takes_words_in_the_room_that_is_set_aside() {
    let home = Home::new();
    let Some(disk) = SmallDisk::mount(&home) else { return };
    home.keep(&crate::home::workbook("Tactile guide"));
    disk.leave(ROOM);
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING");
    disk.fill();
    // the file cannot be saved, and it is said; the words are safe all the same, and that is said too
    window
        .type_text("What Amina said")
        .wait("What Amina said")
        .keys("ctrl-s")
        .wait("Saved 14:03, but could not");
    window.wait("the disk is full").type_text(" on the phone").wait("on the phone").gone("not yet kept");
    assert!(!window.text().contains("NOT SAVED"), "the journal has it:\n{}", window.text());
    window.kill9();
    assert_eq!(home.ours("SCO-1"), "What Amina said on the phone");
    disk.empty();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("Everything is here").keys("g s").wait("on the phone").keys("q q").exited(0);
    assert!(home.folded());
}

#[test]
fn leaving_a_full_disk_never_says_that_all_is_saved() {
    let home = Home::new();
    let Some(disk) = SmallDisk::mount(&home) else { return };
    home.keep(&crate::home::workbook("Tactile guide"));
    disk.leave(ROOM);
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING");
    disk.fill();
    fails(&mut window, &more_than_is_set_aside());
    window.keys("esc").wait("MOVING").keys("q").wait("q leaves");
    assert!(!window.text().contains("All is saved"), "it is not:\n{}", window.text());
}

#[test]
fn leaving_a_full_disk_all_the_same_ends_in_words() {
    let home = Home::new();
    let Some(disk) = SmallDisk::mount(&home) else { return };
    home.keep(&crate::home::workbook("Tactile guide"));
    disk.leave(ROOM);
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING");
    disk.fill();
    fails(&mut window, &more_than_is_set_aside());
    window.keys("esc").wait("MOVING").keys("q q").exited(74).is_given_back();
}

#[test]
fn a_limit_on_the_size_of_files_is_said_and_mended() {
    let home = Home::with_workbook();
    // 16 blocks of 512 bytes; only the soft limit, so that it can be lifted again
    let script = format!("ulimit -S -f 16; exec '{PROGRAM}' open 'Tactile guide'");
    let mut window = home.shell(&script).open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING");
    let text = "a long line that does not fit. ".repeat(400);
    fails(&mut window, &text);
    window.type_text("And on").wait("And on");
    lift_limit(&window);
    window.gone("NOT SAVED").wait("Saving works again").keys("esc q q").exited(0);
    assert_eq!(home.ours("SCO-1"), format!("{text}And on"));
}

#[test]
fn a_folder_that_may_not_be_written_is_opened_to_read() {
    use std::os::unix::fs::PermissionsExt;
    if rustix::process::geteuid().is_root() {
        println!("skipped: the administrator may write anywhere");
        return;
    }
    let home = Home::with_workbook();
    let folder = home.folder();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o500)).unwrap();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").wait("can only be read");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700)).unwrap();
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

/// A small disk in memory, where everything is kept. It goes with the test.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None`, with a printed line, where that is not allowed here.
    fn mount(home: &Home) -> Option<Self> {
        let at = home.root();
        std::fs::create_dir(&at).unwrap();
        let mounted = rustix::process::geteuid().is_root()
            && cfg!(target_os = "linux")
            && run("mount", &["-t", "tmpfs", "-o", "size=1m,mode=0700", "alongside-e2e"], &at);
        if !mounted {
            println!("skipped: no small disk can be made here; that takes the administrator, on Linux");
        }
        mounted.then_some(Self(at))
    }

    /// Takes all the room there is.
    fn fill(&self) {
        use std::io::Write;
        let mut file = std::fs::File::options().append(true).open(self.0.join("filler")).unwrap();
        while file.write_all(&[0; 512]).is_ok() {}
    }

    /// Takes all the room there is but so many bytes.
    fn leave(&self, bytes: u64) {
        let filler = std::fs::File::create(self.0.join("filler")).unwrap();
        let room = rustix::fs::statvfs(&self.0).unwrap();
        let free = room.f_bavail * room.f_frsize;
        std::io::Write::write_all(&mut &filler, &vec![0; free.saturating_sub(bytes) as usize]).unwrap();
    }

    fn empty(&self) {
        std::fs::remove_file(self.0.join("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        run("umount", &["-l"], &self.0);
    }
}

fn run(program: &str, args: &[&str], path: &Path) -> bool {
    let guard = crate::window::SPAWNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let ended = Command::new(program).args(args).arg(path).status();
    drop(guard);
    ended.is_ok_and(|status| status.success())
}
