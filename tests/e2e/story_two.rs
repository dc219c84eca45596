//! Story 2: a phone call taken live. A museum's community producer is rung in the middle of a word by the co-ordinator of
//! a refugee women's group: eighteen lines, a window that is killed, another size, a paste; then the call is tidied, and
//! the word goes on where it stopped, in a clause of the agreement.

use alongside::domain::{
    Call, Edit, Heard, Line, Partner, PartnerId, Person, PersonId, QuestionId, Source, Splice, Tag,
    TextPlace, VoiceKey, Workbook, WorkbookId,
};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::date;

use crate::home::Home;
use crate::window::{Opening, Seen, Window};

/// When the telephone rings, and when the window is open again after it was killed.
const RINGS: &str = "2025-03-05T10:42:00Z";
const AGAIN: &str = "2025-03-05T10:47:00Z";
/// The clause that is being written when it rings, on both sides of the caret.
const CLAUSE: &str = "K-21";
const BEFORE: &str = "No poster before they have s";
const AFTER: &str = "n it";

fn women() -> PartnerId {
    PartnerId::new("women")
}

fn write(question: &str, text: &str) -> Edit {
    let place = TextPlace::Voice(QuestionId::new(question), VoiceKey::Ours);
    let on = Some(date(2025, 2, 20));
    Edit::Splice(Splice { place, at: 0, delete: String::new(), insert: text.into(), on })
}

/// The museum's workbook as it was before the call.
fn workbook() -> Workbook {
    let us = Partner::named(PartnerId::us(), "City Museum");
    let mut workbook =
        Workbook::new(WorkbookId::new("stories"), "Stories on the first floor").with_our_side(us);
    let person = |id: &str, of: PartnerId, name: &str| Edit::AddPerson {
        person: Box::new(Person::named(PersonId::new(id), of, name)),
        place: usize::MAX,
    };
    let partner =
        |id, name: &str| Edit::AddPartner { partner: Box::new(Partner::named(id, name)), place: usize::MAX };
    for edit in [
        partner(PartnerId::new("library"), "Town library"),
        partner(women(), "Refugee women's group"),
        person("coordinator", women(), "the co-ordinator"),
        person("librarian", PartnerId::new("library"), "the librarian"),
        write("SCO-1", "The cases tell of the city without those who came last."),
        write("SCO-7", "They hope for a room of their own, we think."),
    ] {
        workbook.apply(edit).unwrap();
    }
    workbook
}

fn home() -> Home {
    let home = Home::new();
    home.keep_at("2025-03-04T16:00:00Z", &workbook());
    home
}

fn on(home: &Home, now: &str) -> Opening {
    home.window().env("ALONGSIDE_NOW", now).arg("open").arg("Stories").size(100, 30)
}

/// Words half a clause, up to the middle of a word.
fn half_a_clause(window: &mut Window) {
    window.wait("COMMUNICATING").keys("g a 9").wait("clause 9 of");
    window.keys(&"down ".repeat(12)).wait("clause 21 of").keys("enter").wait("TYPING");
    window.type_text(BEFORE).wait("before they have s").type_text(AFTER).wait("have sn it");
    window.keys("left left left left").wait_for("the caret in the word", |seen| {
        let (row, column) = caret_of(seen);
        seen.frame_is_whole()
            && seen.parser.screen().cell(row, column).is_some_and(|cell| cell.contents() == "n")
    });
}

/// The telephone rings: the call key, and two keys say who it is.
fn rings(window: &mut Window) {
    window.keys("ctrl-j").wait("Jot: into").keys("ctrl-j").wait("Who is it?");
    window.keys("r enter").wait("Call with Refugee women's group").wait("TYPING");
}

/// Types a line, tags it with the letters and stamps it.
#[track_caller]
fn line(window: &mut Window, text: &str, tags: &str) {
    window.type_text(text).wait(text);
    for letter in tags.chars() {
        window.keys(&format!("tab {letter}")).wait("This line: ");
    }
    window.keys("enter").wait("Enter stamp");
}

/// The first twelve lines, the last of them not stamped yet.
const FIRST: [(&str, &str); 12] = [
    ("hello, is it a good moment", ""),
    ("\"vulnerable\" is on the draft poster", "x"),
    ("we are not vulnerable, we are neighbours", "s"),
    ("we send the budget by Friday", "p"),
    ("12 April clashes with Ramadan evenings", "d"),
    ("the treasurer is behind with her books", "v"),
    ("we thought crèche costs were yours", "s"),
    ("who pays the interpreter?", "q"),
    ("map", ""),
    ("swap quads, mix, vex, adapt", ""),
    ("the pictures show our hands, not our faces", "a"),
    ("can a man come to the open day?", "q"),
];
/// A list that they send while they talk, and what is said after it.
const PASTED: &str = "days they could come:\n3 May, in their hall\n10 May, in our learning room";
const LAST: [(&str, &str); 3] = [
    ("10 May it is, in our learning room", "a"),
    ("they bring the songs next week", "p"),
    ("bye, she sounded relieved", ""),
];

fn call_of(workbook: &Workbook) -> &Call {
    workbook.calls().last().expect("a call was begun")
}

/// The tags and the words of the lines.
fn said(call: &Call) -> Vec<(String, &str)> {
    let tags =
        |line: &Line| line.tag.map(Tag::letter).into_iter().chain(line.private.then_some('v')).collect();
    call.lines.iter().map(|line| (tags(line), line.text.as_str())).collect()
}

fn expected(lines: &[(&'static str, &'static str)]) -> Vec<(String, &'static str)> {
    lines.iter().map(|(text, tags)| ((*tags).to_owned(), *text)).collect()
}

/// The call up to its last line: killed at the twelfth, gone on with, pasted into, in another size.
fn talk(home: &Home) -> Window {
    let mut window = on(home, RINGS).open();
    half_a_clause(&mut window);
    rings(&mut window);
    for (text, tags) in &FIRST[..11] {
        line(&mut window, text, tags);
    }
    // in nine minutes there is a breath of five seconds, after which the place is kept too
    remembered(home);
    let (text, _) = FIRST[11];
    window.type_text(text).wait(text).kill9();
    let mut untagged = FIRST;
    untagged[11].1 = "";
    assert_eq!(said(call_of(&home.workbook())), expected(&untagged), "twelve lines are there");

    // the call goes on; the line that was open is tagged where it stands
    let mut window = on(home, AGAIN).open();
    window.wait("Everything is here").wait(text).wait("TYPING").keys("up tab q");
    window.wait("This line: ask back").keys("down");
    window.paste(PASTED).wait("10 May, in our learning room").keys("enter").resize(80, 24);
    window.wait("Enter stamp").wait("10 May, in our learning room");
    for (text, tags) in LAST {
        line(&mut window, text, tags);
    }
    window
}

/// Waits until the folder holds where the person is.
#[track_caller]
fn remembered(home: &Home) {
    let place = home.folder().join("place.ron");
    let until = Instant::now() + Duration::from_secs(20);
    while !std::fs::read_to_string(&place).is_ok_and(|place| place.contains("call-over-aspect")) {
        assert!(Instant::now() < until, "nothing says where the person is");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// From the end of the call to the message: everything is looked at once, and let be where nothing comes of it.
fn tidy(window: &mut Window) {
    window.keys("esc").wait("MOVING").keys("X").wait("What is each of these lines?");
    for (left, letter) in [(8, "o"), (7, "o"), (6, "o"), (5, "o"), (4, "o"), (3, "s"), (2, "w"), (1, "o")] {
        window.wait(&format!("> Tags {left}")).keys(letter);
    }
    // a day is suggested, and taken by a key
    window.wait("Who does what, by when?").wait("We, to Refugee women's group").wait("Fri 7 Mar?");
    window.keys("enter").wait("> Promises 1").wait("Mon 10 Mar?").keys("enter");
    window.wait("Where does each question belong?").keys("enter").wait("Where does it belong?");
    window.type_text("costs").wait("Where does the money go").keys("enter");
    window.wait("> Questions 1").wait("can a man come").keys("o");
    window.wait("Which answer do these words belong to?").wait("> Answers 4").keys("o");
    window.wait("> Answers 3").keys("o").wait("> Answers 2").keys("enter").wait("Words of the question");
    window.type_text("each want").wait("1 found").keys("enter").wait("In ‘What does each want?’ now");
    window.wait("> Answers 1").keys("o").wait("Did a word jar");
    window.keys("down enter").wait("Which word?").wait("  vulnerable").keys("enter");
    window.wait("What to say instead").type_text("the women we work with").wait("we work with").keys("enter");
    window.wait("On the list: “vulnerable”").keys("tab").wait("Will any of this last").keys("tab");
    window
        .wait("When next")
        .keys("enter")
        .wait("TYPING")
        .type_text("in two weeks")
        .wait("That is Wed 19 Mar");
    window.keys("enter").wait("Wed 19 Mar").wait("MOVING");
}

/// The message says the word until somebody has written it anew.
fn message(window: &mut Window) {
    window.keys("tab").wait("The message to send").wait("1 private line left out.");
    window.wait("It says “vulnerable”, a word that we wanted to avoid:");
    window
        .wait("“the women we work with”")
        .wait("instead.")
        .wait("- “we are not vulnerable, we are neighbours”");
    window.keys("enter").wait("TYPING").keys("down down down down down home ctrl-k");
    window.gone("we are not vulnerable").type_text("- “we are neighbours”").wait("- “we are neighbours”");
    window.gone("vulnerable").keys("esc").wait("MOVING").keys("y").wait("in a file today");
}

#[test]
fn a_call_taken_live_is_tidied_and_followed_up() {
    let home = home();
    let mut window = talk(&home);
    tidy(&mut window);
    message(&mut window);

    // back in the middle of the word
    window.keys("esc").wait("clause 21 of").wait("have sn it").keys("enter").wait("TYPING");
    window.type_text("ee").wait("before they have seen").keys("esc").wait("MOVING");
    // what was promised, with the day
    window.keys("g o").wait("send the budget").wait("Fri 7 Mar").wait("bring the songs");
    // somebody of another partner was on it too
    window
        .resize(120, 40)
        .keys("g n")
        .wait("1 note")
        .keys("enter")
        .wait("   10:42  00:00  p  we send the budget");
    window.keys("shift-tab").wait("Who is it?").keys("shift-tab").wait("Who is on it?");
    window.type_text("libr").wait("> the librarian").keys("enter").wait("the librarian of Town library");
    window.keys("esc esc q q").exited(0).is_given_back();

    holds_what_was_said(&home.workbook());
    holds_what_came_of_it(&home.workbook());
    goes_out(&home);
}

/// Every line, in its order, with its time.
fn holds_what_was_said(workbook: &Workbook) {
    let call = call_of(workbook);
    let mut lines = expected(&FIRST);
    lines.extend(PASTED.lines().map(|text| (String::new(), text)));
    lines.extend(expected(&LAST));
    (lines[13].0, lines[14].0) = ("s".into(), "w".into());
    assert_eq!(said(call), lines);
    assert_eq!(lines.len(), 18);
    let (rings, again): (Timestamp, Timestamp) = (RINGS.parse().unwrap(), AGAIN.parse().unwrap());
    assert!(call.lines.iter().all(|line| line.at >= call.started), "each has its time");
    assert!(call.lines.is_sorted_by_key(|line| line.at));
    assert!(call.started >= rings && call.lines[11].at < again && call.lines[12].at >= again);
    assert!(call.ended.is_some_and(|ended| ended >= call.lines[17].at));
    assert_eq!((call.on, call.partner.as_ref()), (date(2025, 3, 5), Some(&women())));
    assert_eq!(call.with, [PersonId::new("librarian")]);
    assert_eq!((call.follow_up, call.sent), (Some(date(2025, 3, 19)), Some(date(2025, 3, 5))));
    assert_eq!(call.to_tidy(), 0);
}

fn holds_what_came_of_it(workbook: &Workbook) {
    let call = call_of(workbook);
    let answer = |question: &str| workbook.answer(&QuestionId::new(question));
    assert_eq!(answer(CLAUSE).agreed().text, format!("{BEFORE}ee{AFTER}"));

    let theirs = answer("SCO-7").theirs(&women()).unwrap().clone();
    assert_eq!(theirs.text, "“we thought crèche costs were yours”");
    assert_eq!((theirs.heard, theirs.checked), (Heard::Asked, Some(date(2025, 3, 5))));
    let said = call.lines.iter().find(|line| line.text.contains("crèche")).unwrap();
    assert!(matches!(&theirs.source, Source::Call(at) if at.call == call.id && at.line == said.id));
    assert_eq!(answer("SCO-7").ours().text, "They hope for a room of their own, we think.");

    let promises: Vec<_> =
        workbook.promises().iter().map(|p| (p.what.as_str(), p.is_ours(), p.due.unwrap())).collect();
    let songs = ("bring the songs", false, date(2025, 3, 10));
    assert_eq!(promises, [("send the budget", true, date(2025, 3, 7)), songs]);
    let said: Vec<_> = workbook.promises().iter().map(|p| p.said_in.clone().unwrap().line).collect();
    assert_eq!(said, [call.lines[3].id.clone(), call.lines[16].id.clone()]);

    let word = &workbook.words()[0];
    assert_eq!((word.term.as_str(), word.instead.as_str()), ("vulnerable", "the women we work with"));
    // the line is a worry of ours about them, and nobody has agreed to anything
    assert_eq!((word.whose.as_ref(), word.agreed), (Some(&PartnerId::us()), None));
    let about = |text: &str| {
        let line = call.lines.iter().find(|line| line.text.contains(text)).unwrap();
        (line.about.clone().map(|question| question.to_string()), line.kept, line.done)
    };
    assert!(matches!(about("interpreter"), (Some(_), false, false)), "it is still to be asked");
    assert_eq!(about("a man"), (None, true, false));
}

/// What leaves: the agenda and the message, by the command line.
fn goes_out(home: &Home) {
    let run = |args: &[&str]| {
        let ran = home.run_at(AGAIN, args);
        let (out, err) = (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap());
        assert!(ran.status.success(), "{args:?}: {err}");
        (out, err)
    };
    let (agenda, _) = run(&["agenda", "--json"]);
    let rows: serde_json::Value = serde_json::from_str(&agenda).unwrap();
    let row = &rows.as_array().unwrap()[0];
    assert_eq!((&row["on"], &row["words"]), (&"2025-03-07".into(), &"send the budget".into()));
    let (message, beside) = run(&["export", "Stories", "--what", "follow-up"]);
    let parts = [
        "Thank you for the call on Wednesday 5 March.",
        "- “we are neighbours”",
        "What we agreed:",
        "- 10 May it is, in our learning room",
        "- We: send the budget, by Friday 7 March",
        "- You: bring the songs, by Monday 10 March",
        "What I would still like to check with you:",
        "- who pays the interpreter?",
        "- can a man come to the open day?",
        "I will be in touch again on Wednesday 19 March.",
    ];
    for part in parts {
        assert!(message.contains(part), "{part}: {message}");
    }
    for never in ["vulnerable", "treasurer", "librarian"] {
        assert!(!message.contains(never), "{never}: {message}");
    }
    assert!(beside.contains("1 private line left out.") && !beside.contains("It says"), "{beside}");
}

#[test]
fn the_caret_waits_in_the_middle_of_the_word() {
    let home = home();
    let mut window = on(&home, RINGS).open();
    half_a_clause(&mut window);
    let before = window.look(caret_of);
    rings(&mut window);
    line(&mut window, "we send the budget by Friday", "p");
    window.keys("esc").wait("MOVING").keys("X").wait("Who does what, by when?").keys("enter");
    window.wait("Did a word jar").keys("esc").wait("have sn it").wait("TYPING");
    window.wait_for("the very caret", |seen| seen.frame_is_whole() && caret_of(seen) == before);
    window.type_text("ee").wait("they have seen it").keys("esc q q").exited(0);
    assert_eq!(home.text(CLAUSE, VoiceKey::Agreed), format!("{BEFORE}ee{AFTER}"));
}

fn caret_of(seen: &Seen) -> (u16, u16) {
    seen.parser.screen().cursor_position()
}

#[test]
fn a_call_goes_on_past_midnight() {
    let home = home();
    let mut window = on(&home, "2025-03-05T23:59:59Z").open();
    window.wait("COMMUNICATING");
    rings(&mut window);
    line(&mut window, "it is late, she says", "");
    window.wait("23:59  00:00     it is late, she says").wait("Call 00:02");
    line(&mut window, "we send it tomorrow", "p");
    window.wait("00:00  00:02  p  we send it tomorrow").kill9();
    // on the day after it is the call of the day before
    let mut window = on(&home, "2025-03-06T00:10:00Z").open();
    window.wait("Everything is here").keys("g C").wait("TYPING");
    line(&mut window, "good night", "");
    window.wait("00:10  10:0").keys("esc").wait("MOVING").keys("X").wait("has ended after 10:0");
    window.keys("2").wait("Thu 6 Mar?").keys("enter").wait("group: send it, Thu 6 Mar").keys("q q").exited(0);
    let workbook = home.workbook();
    let call = call_of(&workbook);
    assert_eq!((call.on, call.lines.len()), (date(2025, 3, 5), 3));
    assert!(call.lines.is_sorted_by_key(|line| line.at));
    assert_eq!(call.lines[2].at.to_string()[..16], *"2025-03-06T00:10");
    assert_eq!(workbook.promises()[0].due, Some(date(2025, 3, 6)));
}
