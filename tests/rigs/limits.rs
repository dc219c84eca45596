//! Any file of up to 10 MB is read or refused in words within 2 seconds and 300 MB, whatever it holds.
//!
//! The full size is for a release build, which the bar is meant for; a debug build tries files of a hundredth. What counts is
//! the time on the processor, so that a busy machine is not taken for a slow program.

use std::fmt::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::home::Home;

/// How large the files are.
const BYTES: usize = if cfg!(debug_assertions) { 100_000 } else { 10_000_000 };
/// How long the processor may work on one; caches that are shared with a busy neighbour may double it.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 4 });
/// How much memory, in KB.
const MEMORY: u64 = 300_000;

const HEAD: &str =
    "(\n    format: 3,\n    seq: 1,\n    workbook: (\n        id: \"w1\",\n        title: \"The walk\",\n";

fn fill(unit: &str) -> String {
    unit.repeat(BYTES / unit.len())
}

/// As many lines as fit, each by its number.
fn lines(line: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(BYTES + 500);
    for n in 1.. {
        text.push_str(&line(n));
        if text.len() > BYTES {
            break;
        }
    }
    text
}

/// Files in the place of `workbook.ron`, and to be brought in.
fn workbooks() -> Vec<(&'static str, String)> {
    let answer = |n| {
        format!(
            "            \"Q-{n}\": (\n                ours: (\n                    text: \"x\",\n                ),\n            ),\n"
        )
    };
    let answers = format!("{HEAD}        answers: {{\n{}        }},\n    ),\n)\n", lines(answer));
    vec![
        ("[", fill("[")),
        ("(", fill("(")),
        ("{", fill("{")),
        ("Some(", fill("Some(")),
        ("comments", fill("/*")),
        ("comment lines", fill("//\n")),
        ("line ends", fill("\n")),
        ("one string", format!("\"{}", fill("x"))),
        ("one raw string", format!("r{}", fill("#"))),
        ("backslashes", format!("\"{}", fill("\\"))),
        ("zeros", fill("\0")),
        ("one title", format!("{}{}\"))", HEAD.trim_end_matches("\",\n"), fill("x"))),
        ("lists in lists", format!("{HEAD}        people: {}", fill("["))),
        ("answers cut off", answers[..answers.len() - 300].to_owned()),
        ("answers with a wrong bracket", answers.replacen("\"Q-900\": (", "\"Q-900\": [", 1)),
        (
            "one answer again and again",
            format!("{HEAD}answers: {{{}", fill("\"SCO-1\": (ours: (text: \"x\")), ")),
        ),
        ("unknown fields", format!("{HEAD}{}))", lines(|n| format!("f{n}:1,")))),
        ("unknown fields in lines", format!("{HEAD}{}", lines(|n| format!("        k{n}: (\n")))),
        (
            "unknown kinds",
            format!("{HEAD}promises: [{}]))", lines(|n| format!("(id:\"p{n}\",state:Weave),"))),
        ),
        ("deeper and deeper", format!("{HEAD}{}", lines(|n| format!("{}a: (\n", " ".repeat(n % 1_600))))),
        (
            "a text of lines",
            format!(
                "{HEAD}        answers: {{\n            \"SCO-1\": (\n                ours: (\n                    text: \"{}",
                fill("word\n")
            ),
        ),
    ]
}

/// Files in the place of `journal.log` and of `undo.log`.
fn logs() -> Vec<(&'static str, String)> {
    let framed = |text: String| format!("{} {:08x} {text}\n", text.len(), crc32fast::hash(text.as_bytes()));
    let record = |n: usize, act: &str| format!("(seq:{n},at:\"2025-01-01T00:00:00Z\",act:{act})");
    let typed = |step: usize, text: &str| {
        let place = "place:Voice(\"SCO-1\",Ours),at:0";
        format!(
            "Do(step:{step},edit:Splice(({place},insert:\"{text}\")),inverse:Splice(({place},delete:\"{text}\")))"
        )
    };
    vec![
        ("letters", lines(|n| framed(record(n, &typed(n, "x"))))),
        ("letters of one step", lines(|n| framed(record(n, &typed(1, "x"))))),
        ("undo again and again", lines(|n| framed(record(n, "Undo")))),
        ("to and fro", lines(|n| framed(record(n, &if n % 2 == 1 { typed(n, "x") } else { "Undo".into() })))),
        ("unknown acts", lines(|n| framed(record(n, "Weave")))),
        ("marks", lines(|n| framed(format!("Fold(seq:{n},print:(len:1,crc:{n}))")))),
        ("one long text", framed(record(1, &typed(1, &"x".repeat(BYTES / 2 - 200))))),
        ("deep", framed(record(1, &fill("Do(edit:AddRecord(record:")))),
        ("line ends", fill("\n")),
        ("zeros", fill("\0")),
        ("digits", fill("9")),
    ]
}

/// Backups.
fn backups() -> Vec<(&'static str, String)> {
    let backup = |files: String| format!("(format:3,made:\"2025-01-01T00:00:00Z\",files:[{files}])");
    vec![
        ("one file, again and again", backup(lines(|n| format!("(path:\"workbooks/w/f{n}\",text:\"\"),")))),
        ("one in digits", backup(format!("(path:\"inbox/x\",bytes:\"{}\")", fill("00")))),
        ("one deep path", backup(format!("(path:\"inbox/{}\",text:\"\")", fill("x/")))),
        ("odd paths", backup(lines(|n| format!("(path:\"../{n}\",text:\"\"),")))),
        ("lists", format!("(format:3,made:\"2025-01-01T00:00:00Z\",files:{}", fill("["))),
    ]
}

/// What one run took.
#[derive(Debug, Default, Clone, Copy)]
struct Took {
    time: Duration,
    /// KB.
    memory: u64,
}

/// Runs the program and looks at it all the while.
fn run(home: &Home, args: &[&str]) -> (Took, String) {
    let mut command = std::process::Command::new(crate::home::PROGRAM);
    command.env_clear().env("ALONGSIDE_DIR", home.root()).env("ALONGSIDE_NOW", crate::home::NOW);
    command.env("HOME", home.path("home")).env("PATH", "/usr/bin:/bin").env("TZ", "UTC").args(args);
    let said = home.path("said");
    let file = std::fs::File::create(&said).unwrap();
    command.stdin(Stdio::null()).stdout(file.try_clone().unwrap()).stderr(file);
    let guard = crate::window::SPAWNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut child = command.spawn().unwrap();
    drop(guard);
    let mut took = Took::default();
    let began = Instant::now();
    loop {
        let proc = |name| std::fs::read_to_string(format!("/proc/{}/{name}", child.id())).unwrap_or_default();
        let peak = proc("status");
        let peak = peak
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        took.memory = took.memory.max(peak.unwrap_or(0));
        if let Some((_, rest)) = proc("stat").rsplit_once(") ") {
            let ticks: u64 = rest.split(' ').skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
            took.time = took.time.max(Duration::from_millis(ticks * 10));
        }
        match child.try_wait().unwrap() {
            Some(status) => {
                assert!(status.code().is_some_and(|code| code < 100), "{args:?}: {status}");
                break;
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
        if began.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
        }
    }
    (took, String::from_utf8_lossy(&std::fs::read(said).unwrap()).into_owned())
}

/// The trials and what was found to be too much.
#[derive(Default)]
struct Sum {
    runs: usize,
    most: Took,
    too_much: String,
}

impl Sum {
    fn tries(&mut self, home: &Home, what: &str, args: &[&str]) {
        let (took, said) = run(home, args);
        self.runs += 1;
        self.most.time = self.most.time.max(took.time);
        self.most.memory = self.most.memory.max(took.memory);
        let in_words = !said.trim().is_empty()
            && !said.contains("panicked")
            && (said.len() < 100_000 || args[0] == "show");
        if took.time > TIME || took.memory > MEMORY || !in_words {
            let said: String = said.chars().take(200).collect();
            let _ = writeln!(self.too_much, "{what}: {args:?}: {took:?}: {said}");
        }
    }
}

#[test]
fn ten_megabytes_of_anything_are_met_in_bounded_time_and_memory() {
    let began = Instant::now();
    let mut sum = Sum::default();
    let full = std::env::var_os("ALONGSIDE_TORTURE").is_some();
    // in small only the hardest command is tried
    let few = |args: Vec<Vec<String>>| -> Vec<Vec<String>> {
        if full { args } else { args.into_iter().take(1).collect() }
    };
    let words = |args: &[&str]| args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>();
    let (mut home, mut folder);
    let home_with = |file: &str, bytes: &str| {
        let home = Home::with_workbook();
        let folder = home.folder();
        std::fs::write(folder.join(file), bytes).unwrap();
        (home, folder.display().to_string())
    };
    for (what, bytes) in workbooks() {
        (home, folder) = home_with("workbook.ron", &bytes);
        std::fs::write(home.path("in.ron"), &bytes).unwrap();
        let file = home.path("in.ron").display().to_string();
        let all = vec![
            words(&["rescue", &folder]),
            words(&["import", &file]),
            words(&["show", "Tactile guide"]),
            words(&["list"]),
            words(&["check"]),
        ];
        for args in few(all) {
            sum.tries(&home, what, &args.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
    for (what, bytes) in logs() {
        for file in ["journal.log", "undo.log"] {
            (home, folder) = home_with(file, &bytes);
            let all = vec![
                words(&["history", "Tactile guide"]),
                words(&["show", "Tactile guide"]),
                words(&["check"]),
                words(&["rescue", &folder]),
            ];
            for args in few(all) {
                sum.tries(
                    &home,
                    &format!("{file}: {what}"),
                    &args.iter().map(String::as_str).collect::<Vec<_>>(),
                );
            }
        }
    }
    for (what, bytes) in backups() {
        (home, _) = home_with("beside.txt", "");
        let file = home.path("in.ron").display().to_string();
        std::fs::write(&file, &bytes).unwrap();
        sum.tries(&home, what, &["import", &file]);
    }
    for file in
        ["settings.ron", "content/own.ron", "inbox/20251110T140300.000000Z-1.ron", "drafts.ron", "index.ron"]
    {
        for (what, bytes) in
            workbooks().into_iter().filter(|(what, _)| full || ["[", "one title"].contains(what))
        {
            (home, _) = home_with("beside.txt", "");
            let path = home.root().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &bytes).unwrap();
            sum.tries(&home, &format!("{file}: {what}"), &["list"]);
            sum.tries(&home, &format!("{file}: {what}"), &["check"]);
        }
    }
    println!(
        "{} runs over files of {BYTES} bytes: {:?} of the processor and {} MB at most; {:?}",
        sum.runs,
        sum.most.time,
        sum.most.memory / 1000,
        began.elapsed()
    );
    assert!(sum.too_much.is_empty(), "{}", sum.too_much);
    assert!(sum.most.memory > 5_000 && sum.most.time > Duration::ZERO, "nothing was seen of the runs");
}
