//! Killed with -9 in mid-word, at any moment and any speed: what the last frame showed without the sign *not yet kept*
//! is there when the workbook is opened again.

use std::time::{Duration, Instant};

use alongside::domain::{PartnerField, PartnerId, Tag, TextPlace, VoiceKey};

use crate::chance::{Chance, seed, trials};
use crate::home::{Home, museum};
use crate::window::{Window, unwrapped};

/// Where the text begins on the screens that are used here.
const TEXT: u16 = 33;
/// How many answers one workbook is used for.
const QUESTIONS: u64 = 9;

/// Where something is written.
#[derive(Debug, Clone)]
enum Spot {
    /// A question's number, and how many tabs go from ours to the voice.
    Answer(u64, usize),
    /// The name of our side.
    Name,
}

impl Spot {
    fn any(chance: &mut Chance, question: u64) -> Self {
        match chance.below(8) {
            0 => Self::Name,
            n => Self::Answer(question, n as usize % 3),
        }
    }

    /// Goes there, in a window that has just been opened.
    fn go(&self, window: &mut Window) {
        // at the map, or where a fold has remembered the person to be
        window.wait_for("the workbook", |seen| seen.text().starts_with(" Tactile guide"));
        match self {
            Self::Answer(question, _) => {
                window.keys(&format!("g s {question}")).wait(&format!("question {question} of"));
            }
            Self::Name => {
                window.keys("g p").wait("How to reach us");
            }
        }
    }

    fn write(&self, window: &mut Window) {
        window.keys("enter").wait("TYPING");
        // a tab that comes with a burst of letters is text, so each is waited for
        let hints = ["What they say, in their own words", "Wording that all accept"];
        match self {
            Self::Answer(_, tabs) => {
                hints.iter().take(*tabs).for_each(|hint| _ = window.keys("tab").wait(hint))
            }
            Self::Name => _ = window.keys("ctrl-u"),
        }
    }

    fn kept(&self, home: &Home) -> String {
        match self {
            Self::Answer(question, 0) => home.ours(&format!("SCO-{question}")),
            Self::Answer(question, 1) => home.text(&format!("SCO-{question}"), VoiceKey::Theirs(museum())),
            Self::Answer(question, _) => home.text(&format!("SCO-{question}"), VoiceKey::Agreed),
            Self::Name => {
                let place = TextPlace::Partner(PartnerId::us(), PartnerField::Name);
                home.workbook().text(&place).unwrap_or_default().to_owned()
            }
        }
    }

    /// As much as can be in sight at once.
    fn room(&self) -> u64 {
        if matches!(self, Self::Name) { 40 } else { 400 }
    }
}

/// Types at some speed and kills at some moment. Returns what the last frame showed of it, if it made a promise.
fn killed_while_typing(
    window: &mut Window,
    spot: &Spot,
    chance: &mut Chance,
    trial: usize,
) -> Option<String> {
    let length = 5 + chance.below(spot.room()) as usize;
    // what stood there before may still be in sight, and begins with another number
    let mark = format!("@{:02}", trial % 100);
    let text = format!("{mark}{}", chance.words(length));
    // from as fast as it goes to five characters a second
    let pause = Duration::from_micros([0, 2_000, 5_000, 20_000, 200_000][chance.pick(5)]);
    let until = Instant::now() + Duration::from_micros(chance.below(400_000));
    let mut sent = 0;
    while sent < text.len() && Instant::now() < until {
        window.send(&text.as_bytes()[sent..=sent]);
        sent += 1;
        std::thread::sleep(pause.min(until.saturating_duration_since(Instant::now())));
    }
    let text = &text[..sent];
    if chance.below(2) == 0 {
        // the worst moment: as soon as the last letter is in sight
        let all = unwrapped(text);
        window.wait_for("the last letter", |seen| seen.unwrapped(TEXT).contains(&all));
    } else {
        // a moment that has nothing to do with the last key
        std::thread::sleep(Duration::from_micros(chance.below(8_000)));
    }
    window.kill9();
    window.look(|seen| {
        assert!(!seen.text().contains("NOT SAVED"), "the disk is well:\n{}", seen.text());
        let promises = seen.frame_is_whole() && !seen.text().contains("not yet kept");
        let shown = seen.start_of(text, TEXT);
        promises.then(|| if shown.len() < mark.len() { String::new() } else { shown })
    })
}

fn opened(home: &Home) -> Window {
    home.window().size(100, 50).arg("open").arg("Tactile guide").open()
}

#[test]
fn what_the_last_frame_showed_is_there_after_a_kill() {
    let mut chance = Chance::new(seed());
    let (mut letters, mut promised) = (0, 0);
    let trials = trials(300, 10_000);
    let mut home = Home::with_workbook();
    let mut window = opened(&home);
    for trial in 0..trials {
        let question = trial as u64 % QUESTIONS + 1;
        if trial > 0 && question == 1 {
            home = Home::with_workbook();
            window = opened(&home);
        }
        let spot = Spot::any(&mut chance, question);
        spot.go(&mut window);
        spot.write(&mut window);
        let shown = killed_while_typing(&mut window, &spot, &mut chance, trial);
        let kept = unwrapped(&spot.kept(&home));
        let screen = window.text();
        window = opened(&home);
        spot.go(&mut window);
        let Some(shown) = shown else { continue };
        assert!(
            kept.starts_with(&shown),
            "trial {trial}, {spot:?}: shown {shown:?}, kept {kept:?}:\n{screen}"
        );
        window.wait_for(&format!("{shown:?}, which was in sight before"), |seen| {
            seen.unwrapped(TEXT).contains(&shown)
        });
        window.keys("g m").wait("COMMUNICATING");
        promised += 1;
        letters += shown.len();
    }
    println!(
        "{trials} kills, {promised} whole last frames without the sign, {letters} letters in sight, none lost"
    );
    // after a last frame that promised nothing it is not on the map yet
    window.keys("g m").wait("COMMUNICATING");
    assert!(promised * 2 > trials && letters > trials, "too little was in sight to say anything");
}

#[test]
fn a_journal_that_is_lost_would_be_noticed() {
    let home = Home::with_workbook();
    let spot = Spot::Answer(1, 0);
    let mut window = opened(&home);
    spot.go(&mut window);
    spot.write(&mut window);
    window.type_text("@gone with the journal").wait("@gone with the journal").kill9();
    let shown = window.look(|seen| seen.start_of("@gone with the journal", TEXT));
    assert!(spot.kept(&home).starts_with("@gone with the journal"));
    std::fs::remove_file(home.folder().join("journal.log")).unwrap();
    assert!(!unwrapped(&spot.kept(&home)).starts_with(&shown), "the trials above cannot fail");
}

#[test]
fn what_was_recovered_is_said_and_can_be_undone() {
    let home = Home::with_workbook();
    let spot = Spot::Answer(1, 0);
    let mut window = opened(&home);
    spot.go(&mut window);
    spot.write(&mut window);
    window.type_text("in mid-sen").wait("in mid-sen").kill9();
    let mut window = opened(&home);
    window.wait("Everything is here, also what was typed last").keys("g s").wait("in mid-sen");
    window.keys("u").gone("in mid-sen").keys("U").wait("in mid-sen").keys("q q").exited(0);
}

#[test]
fn killed_at_line_twelve_of_a_call_twelve_lines_are_there() {
    let home = Home::with_workbook();
    let mut window = home.window().arg("call").arg("Tactile guide").arg("--partner").arg("mus").open();
    window.wait("Call with City Museum");
    for n in 1..=11 {
        let line = format!("line {n} of it");
        window.type_text(&line).wait(&line).keys("enter");
    }
    window.type_text("line 12, half wri").wait("line 12, half wri").kill9();
    let workbook = home.workbook();
    let call = workbook.calls().last().unwrap();
    let texts: Vec<&str> = call.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!((texts.len(), texts[0], texts[11]), (12, "line 1 of it", "line 12, half wri"));
    assert!(call.is_running() && call.partner.is_some());
    // and the call goes on where it was
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait("Everything is here").keys("g C").wait("line 12, half wri").wait("TYPING");
    window.type_text("and thirteen").wait("and thirteen").keys("enter esc X").wait("has ended");
    window.keys("esc q q").exited(0);
    assert_eq!(home.workbook().calls().last().unwrap().lines.len(), 13);
}

#[test]
fn a_note_that_is_half_written_survives_a_kill() {
    let home = Home::with_workbook();
    let mut window = opened(&home);
    window.wait("COMMUNICATING").keys("J").wait("Jot:").type_text("ring the carers").wait("ring the carers");
    window.kill9();
    let kept =
        home.files().into_values().any(|held| String::from_utf8_lossy(&held).contains("ring the carers"));
    assert!(kept, "the note was in sight without the sign, and is nowhere in the folder");
}

#[test]
fn a_note_that_is_half_written_survives_a_hang_up() {
    let home = Home::with_workbook();
    let mut window = opened(&home);
    window.wait("COMMUNICATING").keys("J").wait("Jot:").type_text("ring the carers").wait("ring the carers");
    window.signal(rustix::process::Signal::HUP).exited(129);
    let kept =
        home.files().into_values().any(|held| String::from_utf8_lossy(&held).contains("ring the carers"));
    assert!(kept, "the note was in sight without the sign, and is nowhere in the folder");
}

#[test]
fn a_private_note_that_is_half_written_is_private_when_it_comes_back() {
    let home = Home::with_workbook();
    let mut window = opened(&home);
    window.wait("COMMUNICATING").keys("J").wait("Jot:").type_text("the treasurer").wait("the treasurer");
    window.keys("tab v").wait("private").keys("tab x").wait("worry");
    window.kill9();
    let mut window = opened(&home);
    window.wait("COMMUNICATING").keys("J").wait("the treasurer").keys("right enter").wait("1 line kept");
    window.keys("esc").gone("Jot:").keys("q q").exited(0);
    let workbook = home.workbook();
    let line = workbook.calls().iter().flat_map(|call| &call.lines).next_back().unwrap();
    assert_eq!((line.text.as_str(), line.private, line.tag), ("the treasurer", true, Some(Tag::Worry)));
}

#[test]
fn a_name_half_typed_at_who_rings_comes_back_until_it_is_taken() {
    let home = Home::with_workbook();
    let mut window = opened(&home);
    window.wait("COMMUNICATING").keys("g C").wait("Who is it?").type_text("Zeb").wait("Zeb").kill9();
    let mut window = opened(&home);
    window.wait("COMMUNICATING").keys("g C").wait("Zeb").keys("right").type_text("edee");
    window.wait("Zebedee").keys("enter").wait("Zebedee is on the call").kill9();
    let mut window = opened(&home);
    window.wait("COMMUNICATING").keys("g C").wait("TYPING").keys("esc w").wait("Who is it?");
    window.wait("a letter or two").keys("esc").gone("Who is it?").keys("X").wait("has ended");
    window.keys("esc q q").exited(0);
    assert_eq!(home.workbook().people().iter().filter(|person| person.name == "Zebedee").count(), 1);
}

#[test]
fn on_leaving_a_field_all_of_it_goes_into_the_file_before_any_rest() {
    let home = Home::with_workbook();
    let mut window = opened(&home);
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING").type_text("a ramp").wait("a ramp");
    let began = Instant::now();
    window.keys("esc").wait("MOVING");
    let file = home.folder().join("workbook.ron");
    while !std::fs::read_to_string(&file).unwrap().contains("a ramp") {
        assert!(began.elapsed() < Duration::from_secs(4), "only the rest would have folded it");
        std::thread::sleep(Duration::from_millis(5));
    }
    window.kill9();
    assert_eq!(home.ours("SCO-1"), "a ramp");
}
