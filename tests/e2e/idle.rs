//! A window that nobody touches does nothing at all.
#![cfg(target_os = "linux")]

use std::time::{Duration, Instant};

use crate::home::Home;
use crate::window::Window;

/// How long it is watched.
const WATCHED: Duration = Duration::from_secs(3);
/// So often may it wake up meanwhile, over all its threads.
const A_COUPLE: u64 = 2;
/// How often it is watched before it is said that it never rests: on a busy machine something may still come late.
const TRIES: usize = 4;

#[test]
fn an_idle_window_does_not_wake_up() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING").type_text("and rest").wait("and rest");
    // five seconds after the last key the journal is folded; after that there is nothing left to do
    let until = Instant::now() + Duration::from_secs(15);
    while !home.folded() {
        assert!(Instant::now() < until, "the journal was not folded");
        std::thread::sleep(Duration::from_millis(20));
    }
    settled(&window, Duration::from_millis(500));
    let (switches, written) = (switches(&window), window.look(|seen| seen.bytes.len()));
    std::thread::sleep(WATCHED);
    let more = self::switches(&window) - switches;
    assert!(more <= A_COUPLE, "it woke up {more} times in {WATCHED:?}");
    assert_eq!(window.look(|seen| seen.bytes.len()), written, "it wrote to the terminal");
}

#[test]
fn between_the_last_sync_and_the_fold_it_does_not_wake_up_either() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING").type_text("and rest").wait("and rest");
    // a busy machine may come late with the sync; then it is watched after another letter
    let mut seen = Vec::new();
    while seen.len() < TRIES {
        let typed = Instant::now();
        std::thread::sleep(Duration::from_secs(2));
        let (before, written) = (switches(&window), window.look(|seen| seen.bytes.len()));
        std::thread::sleep(Duration::from_millis(4500).saturating_sub(typed.elapsed()));
        let more = (switches(&window) - before, window.look(|seen| seen.bytes.len()) - written);
        if more.0 <= A_COUPLE && more.1 == 0 {
            return;
        }
        seen.push(more);
        window.type_text("x");
    }
    panic!("it woke up so many times, and wrote so many bytes: {seen:?}");
}

#[test]
fn a_call_that_goes_on_wakes_it_about_once_a_second() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("call").arg("Tactile guide").arg("--partner").arg("museum").open();
    window.wait("Call with City Museum").type_text("hello").wait("hello").keys("enter").wait("00:0");
    // the line is folded when it is left, and five seconds after the last key whatever came then; after that only the timer
    // is left
    let typed = Instant::now();
    while !home.folded() || typed.elapsed() < Duration::from_secs(7) {
        assert!(typed.elapsed() < Duration::from_secs(15), "the journal was not folded");
        std::thread::sleep(Duration::from_millis(20));
    }
    let seconds = WATCHED.as_secs();
    let mut seen = Vec::new();
    while seen.len() < TRIES {
        let (before, written) = (switches(&window), window.look(|seen| seen.bytes.len()));
        std::thread::sleep(WATCHED);
        let more = (switches(&window) - before, window.look(|seen| seen.bytes.len()) - written);
        let few_bytes = (1..100 * usize::try_from(seconds).unwrap()).contains(&more.1);
        if (seconds - 1..=3 * seconds).contains(&more.0) && few_bytes {
            return;
        }
        seen.push(more);
    }
    panic!("in {WATCHED:?} it woke up so many times, and wrote so many bytes: {seen:?}");
}

/// Waits until it has not been scheduled for so long.
fn settled(window: &Window, long: Duration) {
    let until = Instant::now() + Duration::from_secs(10);
    let (mut last, mut since) = (switches(window), Instant::now());
    while since.elapsed() < long {
        assert!(Instant::now() < until, "it never rests");
        std::thread::sleep(Duration::from_millis(20));
        let now = switches(window);
        if now != last {
            (last, since) = (now, Instant::now());
        }
    }
}

/// How often all its threads have let go of the processor, and so have been woken up since. What a busy machine takes from
/// them is not counted.
fn switches(window: &Window) -> u64 {
    let tasks = format!("/proc/{}/task", window.pid().as_raw_nonzero());
    let mut sum = 0;
    for task in std::fs::read_dir(tasks).unwrap() {
        let status = std::fs::read_to_string(task.unwrap().path().join("status")).unwrap();
        let counts = status.lines().filter(|line| line.starts_with("voluntary_ctxt_switches"));
        sum += counts.filter_map(|line| line.split_whitespace().last()?.parse::<u64>().ok()).sum::<u64>();
    }
    sum
}
