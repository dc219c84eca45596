//! Every call of a save, made to fail in every way: the file is the old one or the new one, what was seen is kept, and the
//! words on the screen are true.
//!
//! A run without a fault says which calls there are; then each is made to fail, once or from then on. A trial types, goes
//! on to the save that it is about (a [`Way`]), compares screen, folder and what a power cut would leave, lets the disk
//! work again and expects everything to be mended without a restart. Start reading at [`trial`].

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use alongside::domain::{QuestionId, TextPlace, VoiceKey, Workbook};
use alongside::store::Store;

use crate::chance::{Chance, seed, trials};
use crate::home::{Home, NOW};
use crate::interposed::{Call, FAULTS, Fault, Flaw, Interposed, Plan, counted};
use crate::window::{Window, unwrapped};

/// How soon a failed save must be told: a second, and another for a busy machine.
const TOLD_WITHIN: Duration = Duration::from_secs(2);
/// How late a word may be on a busy machine.
const LATE: Duration = Duration::from_millis(500);
/// How soon it must be mended once the disk works again: the longest pause between two tries, and some.
const MENDED_WITHIN: Duration = Duration::from_secs(4);
/// How long a workbook rests before it is folded, and some.
const RESTS: Duration = Duration::from_secs(15);
/// How many are tried at the same time. Most of the time they wait.
const AT_ONCE: usize = 3;
/// What is typed. It begins with what nothing else on the screen begins with.
const TEXT: &str = "@ a ramp by the side door, and a bell that can be reached sitting";
const MORE: &str = " @@ and somebody who answers it";

/// Which save a trial is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// The journal, while somebody types.
    Typing,
    /// The fold, after a rest.
    Resting,
    /// The fold on leaving the program.
    Leaving,
}

const WAYS: [Way; 3] = [Way::Typing, Way::Leaving, Way::Resting];

/// A window on a watched program, in which an answer is written.
struct Trial {
    rig: Interposed,
    window: Window,
    /// What was typed.
    text: String,
    /// How much of it the screen has called safe.
    called_safe: usize,
}

/// What is wrong, in words; the trial's folder is in them.
type Verdict = Result<(), String>;

impl Trial {
    fn new(flaw: Flaw) -> Option<Self> {
        let rig = Interposed::new(Home::with_workbook(), flaw)?;
        // made at the first start, and then there
        std::fs::create_dir_all(rig.home.root().join("inbox")).unwrap();
        let mut window = rig.open().arg("open").arg("Tactile guide").open();
        window.wait("COMMUNICATING").keys("g s enter").wait("TYPING");
        let trial = Self { rig, window, text: String::new(), called_safe: 0 };
        trial.settles();
        Some(trial)
    }

    /// Waits for what begins with the first frame and ends by itself, whose calls are not those of a save: the list of
    /// workbooks is read and kept, of which `index.ron` is the last, and the settings are saved.
    fn settles(&self) {
        let threads = format!("/proc/{}/task", self.window.pid().as_raw_nonzero());
        let is_at_work = |name: String| name.trim() == "settings";
        let at_work = || {
            let threads = std::fs::read_dir(&threads).unwrap().flatten();
            let mut names = threads.filter_map(|at| std::fs::read_to_string(at.path().join("comm")).ok());
            names.any(is_at_work)
        };
        let written =
            || ["index.ron", "settings.ron"].iter().all(|name| self.rig.home.root().join(name).exists());
        let until = Instant::now() + RESTS;
        while !written() || at_work() {
            assert!(Instant::now() < until, "it never settles");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Goes up to the save, and arms just before it.
    fn up_to(&mut self, way: Way, arm: impl FnOnce(&Interposed)) -> Verdict {
        if way == Way::Typing {
            arm(&self.rig);
            self.paste(TEXT);
            self.window.send(b"\x13");
            return Ok(());
        }
        self.paste(TEXT);
        self.see("the text", TOLD_WITHIN, |screen| shows(screen, TEXT))?;
        self.window.keys("ctrl-s").wait("safe on disk");
        self.called_safe = self.text.len();
        if way == Way::Resting {
            arm(&self.rig);
            self.window.send(b"\x1b");
            return Ok(());
        }
        // leaving the field folds; what is done outside of one is left for the end
        self.window.keys("esc").wait("MOVING");
        if !self.until(RESTS, |trial| trial.rig.home.folded()) {
            return Err("leaving the field has not folded".to_owned());
        }
        self.window.keys("p").wait("Private:");
        arm(&self.rig);
        // what was done last is made safe in its own time, and a fault that ends the program may come with that already
        self.window.send(b"q");
        self.until(TOLD_WITHIN, |trial| trial.window.text().contains("q leaves"));
        self.window.send(b"q");
        Ok(())
    }

    fn paste(&mut self, text: &str) {
        self.text.push_str(text);
        // the program may be gone before it has taken all of it
        self.window.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
    }

    /// Waits for something on the screen; an error where the program ends, or it takes too long.
    fn see(&mut self, what: &str, within: Duration, is: impl Fn(&str) -> bool) -> Verdict {
        let seen = self.until(within, |trial| is(&trial.window.text()));
        if seen { Ok(()) } else { Err(format!("waited in vain for {what}:\n{}", self.window.text())) }
    }

    fn until(&mut self, within: Duration, is: impl Fn(&mut Self) -> bool) -> bool {
        let until = Instant::now() + within;
        loop {
            if is(self) {
                return true;
            }
            if Instant::now() > until || self.is_over() {
                return is(self);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn is_over(&mut self) -> bool {
        self.window.look(|seen| seen.over)
    }

    /// What the folder holds, journal and all.
    fn kept(&self) -> Result<String, String> {
        answer(&self.rig.home.store(), &self.rig.home.folder())
    }

    /// What a power cut would leave of the answer.
    fn left_by_a_cut(&self) -> Result<String, String> {
        let left = self.rig.after_a_cut();
        let folder = left.root().join(self.rig.home.folder().strip_prefix(self.rig.home.root()).unwrap());
        answer(&left.store(), &folder).map_err(|error| format!("after a power cut: {error}"))
    }

    /// Holds that `workbook.ron` is the old one or the new one.
    fn file_is_whole(&self) -> Verdict {
        let alone = Home::new();
        let folder = alone.root().join("workbooks/alone");
        std::fs::create_dir_all(&folder).unwrap();
        let file = self.rig.home.folder().join("workbook.ron");
        std::fs::copy(&file, folder.join("workbook.ron"))
            .map_err(|error| format!("workbook.ron: {error}"))?;
        let said = answer(&alone.store(), &folder).map_err(|error| format!("workbook.ron: {error}"))?;
        let known = said.is_empty() || self.text == said || said == TEXT;
        if known { Ok(()) } else { Err(format!("workbook.ron is neither old nor new: {said:?}")) }
    }

    /// Holds that the words on the screen are true. `old`: everything was typed more than a second ago.
    fn words_are_true(&mut self, old: bool) -> Verdict {
        let settled = |trial: &mut Self| trial.window.look(|seen| seen.is_settled());
        self.until(TOLD_WITHIN, settled);
        let screen = self.window.text();
        let alarmed = screen.contains("not yet kept") || screen.contains("NOT SAVED");
        let seen = self.window.look(|seen| seen.start_of(&self.text, ANSWER));
        if !alarmed && !unwrapped(&self.kept()?).starts_with(&seen) {
            return Err(format!(
                "seen without a sign, and not kept: {seen:?} of {:?}:\n{screen}",
                self.kept()?
            ));
        }
        let safe = screen.contains("safe on disk");
        if safe {
            self.called_safe = self.text.len();
        }
        let left = self.left_by_a_cut()?;
        if safe && left != self.text {
            return Err(format!("called safe, and a power cut would leave {left:?}:\n{screen}"));
        }
        self.saved_is_kept(&left)?;
        // on a busy machine the word may be late by a moment
        let true_now = |trial: &mut Self| {
            !trial.window.text().contains("Saved 14:")
                || trial.left_by_a_cut().is_ok_and(|left| left == trial.text)
        };
        if old && !self.until(LATE, true_now) {
            let (screen, left) = (self.window.text(), self.left_by_a_cut()?);
            return Err(format!("called saved, and a power cut would leave {left:?}:\n{screen}"));
        }
        Ok(())
    }

    fn saved_is_kept(&self, left: &str) -> Verdict {
        if left.starts_with(&self.text[..self.called_safe]) {
            return Ok(());
        }
        Err(format!("called safe before, and a power cut would leave {left:?}"))
    }

    /// The program has ended: what is there, what a power cut would have left, what the next opening makes of it.
    fn after_the_end(&mut self, seen: &str) -> Verdict {
        self.file_is_whole()?;
        let (kept, left) = (self.kept()?, self.left_by_a_cut()?);
        if !unwrapped(&kept).starts_with(seen) || !self.text.starts_with(&kept) {
            return Err(format!("in sight was {seen:?}, kept is {kept:?}"));
        }
        self.saved_is_kept(&left)?;
        let store = self.rig.home.store();
        let folder = self.rig.home.folder();
        let opened = store.open(&folder, NOW.parse().unwrap()).map_err(|error| error.to_string())?;
        if said(opened.book.workbook()) != kept {
            return Err("opening it again finds something else than reading it".to_owned());
        }
        drop(opened);
        let stale: Vec<_> = self
            .rig
            .home
            .files()
            .into_keys()
            .filter(|path| path.starts_with(&folder) && path.to_string_lossy().contains(".alongside-tmp-"))
            .collect();
        if stale.is_empty() { Ok(()) } else { Err(format!("left behind: {stale:?}")) }
    }
}

/// Where the answer begins on a screen of 80 columns.
const ANSWER: u16 = 33;

fn shows(screen: &str, text: &str) -> bool {
    let right: String =
        screen.lines().map(|row| row.chars().skip(ANSWER.into()).collect::<String>()).collect();
    unwrapped(&right).contains(&unwrapped(text))
}

fn answer(store: &Store, folder: &std::path::Path) -> Result<String, String> {
    store.read(folder).map(|opened| said(opened.book.workbook())).map_err(|error| error.to_string())
}

fn said(workbook: &Workbook) -> String {
    let place = TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours);
    workbook.text(&place).unwrap_or_default().to_owned()
}

/// One trial, and whether the fault has come; again where it has not: on a busy machine the save may be over before it was
/// armed.
fn trial(way: Way, plan: &Plan, flaw: Flaw) -> Result<bool, String> {
    for _ in 0..3 {
        if tried(way, plan, flaw)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the fault has come.
fn tried(way: Way, plan: &Plan, flaw: Flaw) -> Result<bool, String> {
    let Some(mut trial) = Trial::new(flaw) else { return Ok(true) };
    trial.up_to(way, |rig| rig.arm(plan))?;
    match way {
        Way::Leaving => leaving(&mut trial, plan)?,
        Way::Typing | Way::Resting if plan.fault.ends() => ended(&mut trial, plan, way)?,
        Way::Typing | Way::Resting => failing(&mut trial, plan, way)?,
    }
    Ok(trial.rig.has_struck())
}

/// The program goes in the middle of a save.
fn ended(trial: &mut Trial, plan: &Plan, way: Way) -> Verdict {
    if !trial.until(RESTS, Trial::is_over) {
        return Err(format!("it does not end:\n{}", trial.window.text()));
    }
    let (code, _) = trial.window.wait_exit();
    let expected = match plan.fault {
        Fault::Hup => 129,
        Fault::Term => 143,
        _ => code,
    };
    let (text, seen) = (trial.window.text(), trial.text.clone());
    let promised = way == Way::Resting || plan.fault != Fault::Kill || !text.contains("not yet kept");
    let seen = match plan.fault {
        // the screen was given back, so nothing is in sight; all that was taken is to be kept
        Fault::Hup | Fault::Term if way == Way::Resting => unwrapped(&seen),
        Fault::Kill if promised => trial.window.look(|last| last.start_of(&seen, ANSWER)),
        _ => String::new(),
    };
    trial.after_the_end(&seen)?;
    if code == expected { Ok(()) } else { Err(format!("it ended with {code}")) }
}

/// The save fails, is told, and is mended once the disk works again.
fn failing(trial: &mut Trial, plan: &Plan, way: Way) -> Verdict {
    let done = |trial: &mut Trial| match way {
        Way::Typing => {
            let screen = trial.window.text();
            screen.contains("safe on disk") || screen.contains("Saving works again")
        }
        _ => trial.rig.home.folded() && trial.rig.home.ours("SCO-1") == trial.text,
    };
    let failing = |trial: &mut Trial| in_trouble(&trial.window.text());
    let wait = if way == Way::Typing { TOLD_WITHIN } else { RESTS };
    let told = trial.until(wait, |trial| done(trial) || (plan.always && failing(trial)));
    if !told {
        // the save may have worked all the same, and the person has been told nothing wrong
        let left = trial.left_by_a_cut()?;
        let why =
            format!("neither saved nor told, a power cut would leave {left:?}:\n{}", trial.window.text());
        return Err(why);
    }
    if plan.fault.is_passed_over() && failing(trial) {
        return Err(format!("told of what is no failure:\n{}", trial.window.text()));
    }
    trial.file_is_whole()?;
    trial.words_are_true(false)?;
    if plan.always {
        if way == Way::Resting {
            trial.window.keys("enter").wait("TYPING");
        }
        trial.paste(MORE);
        let text = trial.text.clone();
        trial.see("what is typed meanwhile", TOLD_WITHIN, |screen| shows(screen, &text))?;
        let typed = Instant::now();
        trial.until(TOLD_WITHIN, |_| typed.elapsed() > Duration::from_millis(1_100));
        trial.words_are_true(true)?;
    }
    mended(trial)
}

/// Whether the status line says that something could not be saved: the words, or only the file.
fn in_trouble(screen: &str) -> bool {
    let last = screen.lines().rev().take(8).collect::<Vec<_>>();
    last.iter().any(|row| row.contains("NOT SAVED") || (row.contains("Saved 14:") && row.contains(", but ")))
}

fn mended(trial: &mut Trial) -> Verdict {
    trial.rig.heal();
    trial.see("the end of the trouble", MENDED_WITHIN, |screen| !in_trouble(screen))?;
    let text = trial.text.clone();
    if !trial.until(TOLD_WITHIN, |trial| trial.left_by_a_cut().is_ok_and(|left| left == text)) {
        return Err(format!("not safe after it was mended:\n{}", trial.window.text()));
    }
    trial.words_are_true(true)?;
    trial.window.keys("esc q").wait("q leaves");
    trial.window.send(b"q");
    let (code, _) = trial.window.wait_exit();
    if code != 0 || !trial.rig.home.folded() {
        return Err(format!("left with {code}, folded: {}", trial.rig.home.folded()));
    }
    trial.after_the_end(&unwrapped(&text))
}

/// The save fails as the program ends: everything had been called safe, and stays so.
fn leaving(trial: &mut Trial, plan: &Plan) -> Verdict {
    if !trial.until(RESTS, Trial::is_over) {
        return Err(format!("it does not end:\n{}", trial.window.text()));
    }
    let (code, _) = trial.window.wait_exit();
    let text = unwrapped(&trial.text);
    let well = match plan.fault {
        Fault::Hup | Fault::Term => matches!(code, 0 | 129 | 143),
        Fault::Kill => true,
        fault if fault.is_passed_over() || !plan.always => code == 0,
        _ => matches!(code, 0 | 73 | 74 | 77),
    };
    if !well {
        return Err(format!("it ended with {code}:\n{}", trial.window.text()));
    }
    trial.rig.heal();
    trial.after_the_end(&text)
}

/// Every call of a save, and which of its kind it is. Only what is made each time: a busy machine may read once more.
fn calls(way: Way) -> Option<Vec<(Call, u32)>> {
    let mut each_time = calls_of_one(way)?;
    for _ in 0..2 {
        let again = calls_of_one(way)?;
        let is_there =
            |one: &(Call, u32)| again.iter().any(|(call, nth)| call.label == one.0.label && *nth == one.1);
        each_time.retain(is_there);
    }
    Some(each_time)
}

fn calls_of_one(way: Way) -> Option<Vec<(Call, u32)>> {
    let mut trial = Trial::new(Flaw::None)?;
    trial.up_to(way, Interposed::arm_for_nothing).unwrap();
    match way {
        Way::Typing => trial.see("the save", TOLD_WITHIN, |screen| screen.contains("safe on disk")).unwrap(),
        Way::Resting => assert!(trial.until(RESTS, |trial| trial.rig.home.folded())),
        Way::Leaving => _ = trial.window.wait_exit(),
    }
    let all = trial.rig.calls();
    let counts = counted(&all);
    let first: BTreeSet<String> = counts.keys().cloned().collect();
    let mut found = Vec::new();
    for label in first {
        let call = all.iter().find(|call| call.label == label).unwrap();
        (1..=counts[&label]).for_each(|nth| found.push((call.clone(), nth)));
    }
    Some(found)
}

/// Everything that can go wrong with the calls of one save.
fn plans(calls: &[(Call, u32)]) -> Vec<Plan> {
    let mut plans = Vec::new();
    for (call, nth) in calls {
        for fault in FAULTS {
            // only what moves bytes can move some of them
            if fault == Fault::Short && !matches!(call.name(), "write" | "read") {
                continue;
            }
            for always in [false, true] {
                // a program ends once
                if !(always && fault.ends()) {
                    plans.push(Plan { call: call.label.clone(), nth: *nth, fault, always });
                }
            }
        }
    }
    plans
}

/// What is tried: so many faults of each call, twice as many where it is soon over and half as many where it takes long.
fn chosen(of_each: usize) -> Option<Vec<(Way, Plan)>> {
    let mut chance = Chance::new(seed());
    let mut all = Vec::new();
    for way in WAYS {
        let calls = calls(way)?;
        let plans = plans(&calls);
        let each = match way {
            Way::Typing => of_each.saturating_mul(2),
            Way::Leaving => of_each,
            Way::Resting => of_each.div_ceil(2),
        };
        for (call, nth) in &calls {
            let mut of_it: Vec<&Plan> =
                plans.iter().filter(|plan| plan.call == call.label && plan.nth == *nth).collect();
            for _ in 0..each.min(of_it.len()) {
                all.push((way, of_it.swap_remove(chance.pick(of_it.len())).clone()));
            }
        }
    }
    Some(all)
}

/// What came of trials.
#[derive(Default)]
struct Outcome {
    /// What was wrong.
    wrong: Vec<String>,
    /// Those in which the call that was to fail was not made again.
    missed: Vec<String>,
}

/// Tries all of them, some at the same time.
fn try_all(all: &[(Way, Plan)], flaw: Flaw) -> Outcome {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut outcome = Outcome::default();
        while let Some((way, plan)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            match trial(*way, plan, flaw) {
                Ok(true) => {}
                Ok(false) => outcome.missed.push(format!("{way:?} · {plan}")),
                Err(why) => outcome.wrong.push(format!("{way:?} · {plan}\n    {why}")),
            }
        }
        outcome
    };
    std::thread::scope(|scope| {
        let hands: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
        let mut sum = Outcome::default();
        for outcome in hands.into_iter().map(|hand| hand.join().unwrap()) {
            sum.wrong.extend(outcome.wrong);
            sum.missed.extend(outcome.missed);
        }
        sum
    })
}

#[test]
fn any_call_of_a_save_may_fail() {
    let began = Instant::now();
    let Some(all) = chosen(trials(2, usize::MAX)) else { return };
    let calls: BTreeSet<(Way, &str, u32)> =
        all.iter().map(|(way, plan)| (*way, plan.call.as_str(), plan.nth)).collect();
    let Outcome { wrong, missed } = try_all(&all, Flaw::None);
    let always = all.iter().filter(|(_, plan)| plan.always).count();
    println!(
        "seed {}: {} runs, {} calls x {} faults, {always} of them from then on; {} lies or losses; the call was not made \
         again in {}; {:.0?}",
        seed(),
        all.len(),
        calls.len(),
        FAULTS.len(),
        wrong.len(),
        missed.len(),
        began.elapsed()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(missed.len() * 20 <= all.len(), "too many faults have not come:\n{}", missed.join("\n"));
}

/// Some of the trials, which the flaw must turn red.
fn some(way: Way, wanted: impl Fn(&Plan) -> bool) -> Option<Vec<(Way, Plan)>> {
    Some(plans(&calls(way)?).into_iter().filter(wanted).map(|plan| (way, plan)).collect())
}

#[test]
fn a_disk_that_only_says_that_it_syncs_would_be_noticed() {
    let is_it = |plan: &Plan| plan.fault == Fault::Kill && plan.call.contains("sync");
    let Some(all) = some(Way::Leaving, is_it) else { return };
    let Outcome { wrong, missed } = try_all(&all, Flaw::NoSync);
    println!("without syncs: {} of {} runs are red", wrong.len(), all.len());
    assert!(all.len() == wrong.len() + missed.len() && !wrong.is_empty(), "the trials cannot fail");
    let lies = [(Way::Typing, Plan { call: "none".to_owned(), nth: 1, fault: Fault::Eio, always: false })];
    let Outcome { wrong, .. } = try_all(&lies, Flaw::NoSync);
    assert!(wrong.iter().any(|why| why.contains("called safe")), "a lie is not noticed: {wrong:?}");
}

#[test]
fn saving_into_the_old_file_would_be_noticed() {
    let is_it = |plan: &Plan| {
        let named = plan.call.starts_with("rename:") && plan.call.ends_with("/workbook.ron");
        named && (plan.fault == Fault::Kill || plan.always && !plan.fault.is_passed_over())
    };
    let Some(all) = some(Way::Leaving, is_it) else { return };
    let Outcome { wrong, missed } = try_all(&all, Flaw::InPlace);
    println!("saved in place: {} of {} runs are red", wrong.len(), all.len());
    assert!(
        all.len() == wrong.len() + missed.len() && !wrong.is_empty(),
        "the trials cannot fail: {wrong:?}"
    );
}

#[test]
fn each_time_it_is_asked_whether_all_is_safe_it_is_said() {
    let Some(mut trial) = Trial::new(Flaw::None) else { return };
    trial.paste(TEXT);
    trial.see("the text", TOLD_WITHIN, |screen| shows(screen, TEXT)).unwrap();
    trial.window.keys("ctrl-s").wait("safe on disk").keys("esc").wait("MOVING").gone("safe on disk");
    // nothing has changed since, and it is asked again
    trial.window.keys("ctrl-s");
    trial.see("the answer", TOLD_WITHIN, |screen| screen.contains("safe on disk")).unwrap();
    trial.window.keys("q q").exited(0);
}
