//! The power is cut while somebody types: on a real ext4, what was called saved is there, and nothing that was in sight for
//! more than a second is gone.
//!
//! The file system is told to stop at once and to write nothing any more, not even its own log; then it is mounted anew.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::chance::{Chance, seed, trials};
use crate::home::{Home, workbook};
use crate::interposed::{Flaw, Interposed};
use crate::mounted::Ext4;
use crate::window::{Opening, unwrapped};

/// What is older than this is on the disk, unless the screen says that it is not.
const OLD: Duration = Duration::from_secs(1);
/// The ways in which ext4 can be mounted. Without help, it leaves what was not synced for half a minute.
const MODES: [&str; 4] = [
    "commit=30",
    "commit=30,noauto_da_alloc",
    "commit=30,data=writeback,noauto_da_alloc",
    "commit=30,data=journal",
];
/// Where the answer begins on a screen of 100 columns.
const ANSWER: u16 = 33;
/// How many answers one workbook is used for.
const QUESTIONS: u64 = 9;

/// What was promised of a text.
#[derive(Debug, Default)]
struct Promised {
    /// So much of it was called safe, or was in sight for long enough.
    saved: String,
    text: String,
}

/// Types into an answer for some time and notes what is promised.
fn typed(opening: Opening, disk: &Ext4, question: u64, chance: &mut Chance) -> Option<Promised> {
    let mut window = opening.size(100, 50).arg("open").arg("Tactile guide").open();
    window.wait_for("the workbook", |seen| seen.text().starts_with(" Tactile guide"));
    window.keys(&format!("g s {question}")).wait(&format!("question {question} of"));
    window.keys("enter").wait("TYPING");
    let mut promised = Promised { saved: String::new(), text: "@".to_owned() };
    window.type_text("@");
    // how much was in sight, and since when
    let mut in_sight: Vec<(Instant, usize)> = Vec::new();
    let until = Instant::now() + Duration::from_millis(200 + chance.below(2_000));
    while Instant::now() < until && promised.text.len() < 300 {
        let length = 1 + chance.pick(12);
        let words = chance.words(length).replace(' ', "x");
        promised.text.push_str(&words);
        window.type_text(&words);
        let all = promised.text.clone();
        window.wait_for("the text", |seen| seen.is_settled() && seen.unwrapped(ANSWER).contains(&all));
        in_sight.push((Instant::now(), all.len()));
        if chance.below(8) == 0 {
            window.keys("ctrl-s").wait("safe on disk");
            promised.saved = all;
        }
        std::thread::sleep(Duration::from_millis(chance.below(120)));
    }
    let screen = window.text();
    let now = Instant::now();
    let cut = disk.cut();
    if screen.contains("Saved 14:") {
        let old = in_sight.iter().rfind(|(since, _)| now.duration_since(*since) > OLD);
        let length = old.map_or(0, |(_, length)| *length).max(promised.saved.len());
        promised.saved = promised.text[..length].to_owned();
    }
    window.kill9();
    cut.then_some(promised)
}

/// Cuts the power again and again on one disk. Returns letters promised and what was wrong.
fn cuts(mode: &str, flaw: Flaw, next: &AtomicUsize, many: usize) -> Option<(usize, usize, Vec<String>)> {
    let (mut done, mut letters, mut wrong) = (0, 0, Vec::new());
    let mut turn = next.fetch_add(1, Ordering::Relaxed);
    while turn < many {
        let home = Home::new();
        let mut disk = Ext4::mount(&home, mode)?;
        let folder = home.keep(&workbook("Tactile guide"));
        let rig = if flaw == Flaw::None { Ok(home) } else { Err(Interposed::new(home, flaw)?) };
        let home = rig.as_ref().unwrap_or_else(|rig| &rig.home);
        for question in 1..=QUESTIONS {
            let mut chance = Chance::new(seed().wrapping_mul(1_000_003) + turn as u64);
            let opening = rig.as_ref().map_or_else(Interposed::open, Home::window);
            let promised = typed(opening, &disk, question, &mut chance)?;
            disk.come_back();
            let kept = home.store().read(&folder).map(|_| home.ours(&format!("SCO-{question}")));
            let checked = home.run(&["check"]);
            let said = String::from_utf8_lossy(&checked.stdout).into_owned();
            let fine = kept.as_ref().is_ok_and(|kept| {
                kept.starts_with(&promised.saved) && promised.text.starts_with(kept.as_str())
            });
            if !fine || !(checked.status.success() || is_all_of_the_journals_end(&said)) {
                wrong.push(format!("cut {turn}, {mode}: {promised:?}, kept {kept:?}, check says:\n{said}"));
            }
            done += 1;
            letters += unwrapped(&promised.saved).len();
            turn = next.fetch_add(1, Ordering::Relaxed);
            if turn >= many || kept.is_err() {
                break;
            }
        }
    }
    Some((done, letters, wrong))
}

/// Whether all that `check` says is that the last words of a journal, which were never called saved, are torn.
fn is_all_of_the_journals_end(said: &str) -> bool {
    let mut named = said.lines().filter(|line| line.starts_with('/'));
    named.all(|line| line.contains("the end of the journal") || line.contains("-journal-"))
}

fn cut_on_all(flaw: Flaw, many: usize) -> Option<(usize, usize, Vec<String>)> {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let next = &next;
        let disks: Vec<_> = MODES.map(|mode| scope.spawn(move || cuts(mode, flaw, next, many))).into();
        let mut all = (0, 0, Vec::new());
        for disk in disks {
            let (done, letters, wrong) = disk.join().unwrap()?;
            (all.0, all.1) = (all.0 + done, all.1 + letters);
            all.2.extend(wrong);
        }
        Some(all)
    })
}

#[test]
fn what_is_called_saved_outlives_a_power_cut() {
    let began = Instant::now();
    let Some((cuts, letters, wrong)) = cut_on_all(Flaw::None, trials(50, 1_000)) else { return };
    println!(
        "seed {}: {cuts} power cuts on ext4 in {} modes, {letters} letters called saved or in sight for a second; {} \
         losses; {:.0?}",
        seed(),
        MODES.len(),
        wrong.len(),
        began.elapsed()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(letters > cuts * 10, "too little was promised to say anything");
}

#[test]
fn a_power_cut_without_syncs_would_be_noticed() {
    let Some((cuts, _, wrong)) = cut_on_all(Flaw::NoSync, 8) else { return };
    println!("without syncs: {} of {cuts} power cuts lose something", wrong.len());
    assert!(!wrong.is_empty(), "the cuts cannot fail");
}
