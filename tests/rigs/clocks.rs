//! Clocks that are wrong: 1969, 2038, the year 9999, an hour back or a year on in the middle, the days on which the clock
//! changes. Nothing panics; what comes after is after by its number, and a call's timer only grows.

use std::time::Duration;

use crate::chance::trials;
use crate::home::Home;

/// The moments at which the program is started.
const CLOCKS: [&str; 12] = [
    "1969-12-31T23:59:58Z",
    "1969-07-20T20:17:40Z",
    "0001-01-01T00:00:01Z",
    "2000-02-29T23:59:59Z",
    "2038-01-19T03:14:06Z",
    "2106-02-07T06:28:14Z",
    "9999-12-30T22:00:00Z",
    "2025-03-30T00:59:58Z[Europe/London]",
    "2025-10-26T00:59:58Z[Europe/London]",
    "2025-03-30T01:59:58+01:00[Europe/Berlin]",
    "2025-04-05T15:59:58Z[Australia/Lord_Howe]",
    "2011-12-29T23:59:58-10:00[Pacific/Apia]",
];

#[test]
fn a_wrong_clock_does_no_harm() {
    for now in CLOCKS {
        let home = Home::with_workbook();
        let mut window = home.window().env("ALONGSIDE_NOW", now).arg("open").arg("Tactile guide").open();
        window
            .wait_for("the workbook", |seen| seen.is_settled() && seen.text().starts_with(" Tactile guide"));
        // much later than the last change it says welcome back
        window.keys("g m").wait("COMMUNICATING").keys("g s enter").wait("TYPING");
        window.type_text("by this clock").wait("by this clock");
        window
            .keys("esc g m")
            .wait("COMMUNICATING")
            .keys("g C")
            .wait("TYPING")
            .type_text("a line")
            .wait("a line");
        window
            .keys("enter")
            .wait("00:0")
            .type_text("another")
            .wait("another")
            .keys("enter esc X")
            .wait("has ended");
        for screen in ["g v", "g t", "g o", "g L"] {
            window.keys("esc esc").keys(screen).wait_for("a frame", |seen| seen.frame_is_whole());
        }
        window.keys("q q").exited(0).is_given_back();
        assert_eq!(home.ours("SCO-1"), "by this clock", "{now}");
        for args in [
            &["show", "Tactile guide"][..],
            &["list"],
            &["agenda"],
            &["check"],
            &["history", "Tactile guide"],
            &["history", "Tactile guide", "--on", "yesterday"],
            &["export", "Tactile guide"],
            &["jot", "a note"],
            &["backup", "--to", "all.ron"],
        ] {
            let ran = home.run_at(now, args);
            let said = String::from_utf8_lossy(&ran.stderr).into_owned();
            assert!(!said.contains("panicked") && ran.status.code() != Some(70), "{now}: {args:?}: {said}");
        }
    }
    println!("{} clocks: no panic, everything kept", CLOCKS.len());
}

/// Each visit has an earlier clock than the one before: the last words win all the same.
#[test]
fn order_comes_from_the_count_and_not_from_the_clock() {
    let home = Home::with_workbook();
    let clocks =
        ["2025-11-10T14:03:00Z", "2025-11-10T13:03:00Z", "2024-01-01T00:00:00Z", "1969-12-31T23:59:58Z"];
    for (n, now) in clocks.iter().enumerate() {
        let mut window = home.window().env("ALONGSIDE_NOW", now).arg("open").arg("Tactile guide").open();
        window.wait_for("the workbook", |seen| seen.text().starts_with(" Tactile guide"));
        window.keys("g s enter").wait("TYPING").type_text(&format!("visit{n};")).wait(&format!("visit{n};"));
        // every other one is killed, so that the journal is replayed by a clock that went back
        if n % 2 == 0 {
            window.kill9()
        } else {
            window.keys("esc q q").exited(0)
        };
    }
    assert_eq!(home.ours("SCO-1"), "visit0;visit1;visit2;visit3;");
    let mut window = home.window().arg("open").arg("Tactile guide").open();
    window.wait_for("the workbook", |seen| seen.text().starts_with(" Tactile guide"));
    window
        .keys("g s")
        .wait("visit3")
        .keys("u")
        .gone("visit3")
        .wait("visit2")
        .keys("u")
        .gone("visit2")
        .wait("visit1");
    window.keys("U U").wait("visit3").keys("q q").exited(0);
    assert!(home.run(&["check"]).status.success());
}

/// The system's own clock goes an hour back, and a year on, in the middle of a call; where `faketime` is there. In full size
/// only: its library has once kept the program from leaving on a busy machine.
#[test]
fn the_timer_of_a_call_only_grows() {
    if trials(0, 1) == 0 {
        return println!("skipped: in full size only");
    }
    let found = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1"];
    let Some(library) = found.iter().find(|path| std::path::Path::new(path).exists()) else {
        return println!("skipped: faketime is not here");
    };
    let home = Home::with_workbook();
    let rc = home.path("clock");
    std::fs::write(&rc, "@2025-11-10 14:03:00").unwrap();
    let mut window = home
        .window()
        .env("ALONGSIDE_NOW", "")
        .env("LD_PRELOAD", library)
        .env("FAKETIME_TIMESTAMP_FILE", &rc)
        .env("FAKETIME_NO_CACHE", "1")
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .arg("call")
        .arg("Tactile guide")
        .arg("--partner")
        .arg("museum")
        .open();
    window.wait("Call with City Museum").type_text("hello").wait("hello").keys("enter").wait("00:0");
    let mut last = 0;
    for clock in ["-1h", "+1y", "-1h", "@1969-12-31 23:00:00", "@2025-11-10 14:03:00"] {
        std::fs::write(&rc, clock).unwrap();
        std::thread::sleep(Duration::from_millis(1_100));
        window.type_text("z").wait("z");
        let seconds = window.look(|seen| {
            let text = seen.text();
            let head = text.lines().next().unwrap_or_default().to_owned();
            let timer = head.split_whitespace().rev().find(|word| word.len() == 5 && word.contains(':'));
            let timer = timer.unwrap_or_else(|| panic!("no timer in {head:?}")).to_owned();
            timer[..2].parse::<u64>().unwrap() * 60 + timer[3..].parse::<u64>().unwrap()
        });
        assert!(seconds >= last && seconds < last + 60, "{clock}: from {last} to {seconds}");
        last = seconds;
    }
    assert!(last >= 4, "{last}");
    window.keys("enter esc X").wait("has ended").keys("esc q q").exited(0);
    let workbook = home.workbook();
    assert_eq!(workbook.calls().last().unwrap().lines.len(), 2);
}
