//! Story 4: a partnership is paused, and opened again after eight months. The file comes from an older version of the
//! program. A call comes first and the decision later: not where it was, but over again in four questions, and with a new
//! short agreement in place of the old one.

use std::path::Path;
use std::sync::mpsc::channel;

use alongside::domain::{
    Accord, Agreement, Edit, Heard, PartnerId, PartnershipState, Person, PersonId, Promise, QuestionId,
    RecordId, Source, Splice, Standing, TextPlace, VoiceKey, Workbook,
};
use alongside::store::{Hold, Store, Writer};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use crate::home::Home;
use crate::window::{Opening, Window};

const PAUSED: &str = "2025-02-28T10:00:00Z";
const BACK: &str = "2025-10-30T09:30:00Z";
const OURS: &str = "They lost the site, and need every hand for the move.";
/// What they say on the call.
const LIGHTER: &str = "“one afternoon a month, no more”";
/// What the new agreement is for.
const SHORT: &str = "To grow herbs together, one afternoon a month, by the canal.";
/// The questions that are opened again.
const OVER_AGAIN: [&str; 4] = ["SCO-2", "SCO-6", "SCO-11", "SCO-12"];

/// The partner in the old file.
fn museum() -> PartnerId {
    PartnerId::new("museum")
}

/// A home with the workbook that the first version wrote.
fn with_the_old_file() -> Home {
    let home = Home::new();
    let folder = home.root().join("workbooks/the-tiles-golden");
    std::fs::create_dir_all(&folder).unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/format-1");
    for file in ["workbook.ron", "journal.log", "undo.log"] {
        std::fs::copy(golden.join(file), folder.join(file)).unwrap();
    }
    home
}

fn on(home: &Home, now: &str) -> Opening {
    home.window().env("ALONGSIDE_NOW", now).arg("open").arg("tiles")
}

/// Pauses it in the program: a reason of each side, when to look again, what rests, who stays in touch.
fn pause(home: &Home) {
    let mut window = on(home, PAUSED).open();
    window.wait("COMMUNICATING").keys(":").type_text("the state:").wait("> Change the state");
    window.keys("enter");
    window.wait("Where does this partnership stand?").keys("home down down down enter").wait("now paused");
    window.keys("enter").wait("TYPING").type_text(OURS).wait("for the move.").keys("tab");
    window.type_text("Not before spring.").wait("Not before spring.").keys("tab");
    window.type_text("both, by phone").wait("both, by phone").keys("esc").wait("MOVING");
    window.keys("down enter").wait("Look again on").type_text("1 June").wait("That is Sun 1 Jun");
    window.keys("enter").wait("Sun 1 Jun").keys("down enter").wait("TYPING");
    window.type_text("signage, 600 unspent, data").wait("600 unspent,\n").wait("  data\n").keys("tab");
    window.type_text("Dele").wait("Dele").keys("tab").type_text("a new site").wait("a new site");
    window.keys("esc").wait("MOVING").keys("q q").exited(0);
}

/// Changes the workbook as the store keeps it.
fn change(home: &Home, now: &str, edits: impl FnOnce(&Workbook) -> Vec<Edit>) {
    let store = Store::at(Some(home.root())).unwrap();
    let now: Timestamp = now.parse().unwrap();
    let opened = store.open(&home.folder(), now).unwrap();
    let (sent, _reports) = channel();
    let Hold::Writing(writing) = opened.hold else { panic!("it can be written") };
    let mut book = opened.book;
    let writer = Writer::start(writing, sent, Box::new(|| {})).unwrap();
    let edits = edits(book.workbook());
    writer.append(book.act_all(edits, now).unwrap());
    writer.close().unwrap();
}

fn write(question: &str, voice: VoiceKey, text: &str, on: Date) -> Edit {
    let place = TextPlace::Voice(QuestionId::new(question), voice);
    Edit::Splice(Splice { place, at: 0, delete: String::new(), insert: text.into(), on: Some(on) })
}

/// What both agreed on when all was well.
fn agreed(question: &str) -> Vec<Edit> {
    let on = date(2025, 2, 10);
    let (id, partner) = (QuestionId::new(question), museum());
    vec![
        write(question, VoiceKey::Theirs(museum()), &format!("{question}: every Saturday, all of us"), on),
        write(question, VoiceKey::Agreed, &format!("{question}: every Saturday"), on),
        Edit::SetHeard {
            question: id.clone(),
            partner: partner.clone(),
            heard: Heard::Agreed,
            checked: Some(on),
            person: None,
            source: Source::ByHand,
        },
        Edit::SetAccords { question: id, accords: vec![Accord { partner, person: None, on }] },
    ]
}

/// What was promised and written before the pause.
fn before_the_pause(home: &Home) {
    let us = PartnerId::us();
    let mut edits = Vec::new();
    for (id, by, to, what, due) in [
        ("1", &us, &museum(), "send the budget", Some(date(2025, 3, 7))),
        ("2", &us, &museum(), "give the soil kit back", None),
        ("3", &museum(), &us, "a list of members", Some(date(2025, 3, 14))),
        ("4", &museum(), &us, "the keys of the shed", None),
    ] {
        let promise = Promise { due, ..Promise::new(RecordId::new(id), by.clone(), to.clone(), what) };
        edits.push(Edit::AddRecord { record: Box::new(promise.into()), place: usize::MAX });
    }
    for question in ["BLD-1", "BLD-2", "BLD-3"] {
        edits.push(write(question, VoiceKey::Ours, "as we saw it then", date(2024, 3, 5)));
    }
    edits.extend(OVER_AGAIN.into_iter().flat_map(agreed));
    let clauses = [(QuestionId::new("K-2"), "To grow together, every Saturday.".to_owned())];
    let version = Agreement {
        number: Some(1),
        agreed: Some(date(2025, 2, 10)),
        review_by: Some(date(2025, 6, 1)),
        clauses: clauses.into_iter().collect(),
        ..Agreement::new(RecordId::new("first"))
    };
    edits.push(Edit::AddRecord { record: Box::new(version.into()), place: usize::MAX });
    change(home, "2025-02-20T10:00:00Z", |_| edits);
}

/// Who has left since.
fn helen_leaves(home: &Home) {
    change(home, PAUSED, |workbook| {
        let helen = workbook.person(&PersonId::new("helen")).unwrap().clone();
        vec![Edit::SetPerson(Box::new(Person { left: Some(date(2025, 5, 1)), ..helen }))]
    });
}

#[track_caller]
fn sees(window: &mut Window, all: &[&str]) {
    for words in all {
        window.wait(words);
    }
}

#[test]
fn paused_and_opened_again_after_eight_months() {
    let home = with_the_old_file();
    before_the_pause(&home);
    pause(&home);
    let paused = home.workbook();
    is_paused(&paused);
    helen_leaves(&home);

    let mut window = on(&home, BACK).open();
    says_how_it_stands(&mut window);
    // dismissed, wanted back; and while it rests it comes at every opening of the day
    window.keys("esc").wait("COMMUNICATING").keys("g W").wait("244 days away").keys("q q").exited(0);
    let mut window = on(&home, BACK).open();
    window.wait("244 days away").wait("4 End");
    calls_first(&mut window);
    window.keys("g W").wait("244 days away").wait("30 Oct  Call: a new site, by the canal").wait("4 End");
    starts_over(&mut window);
    is_open_again(&paused, &home.workbook());

    // taken up again, it does not come a second time; what has changed runs from the snapshot
    let mut window = on(&home, BACK).open();
    window.wait("reopened 30 October").keys(":").type_text("last pause").wait("> What has");
    window.keys("enter");
    window.wait("What has changed since 28 February 2025").wait("Pilot, 30 October 2025").keys("pagedown");
    window.wait("Agreed then, guess now. Opened again on 30 October 2025.").wait("one afternoon a month");
    window.wait("Helen: City Museum: left on 1 May 2025").keys("esc").gone("Agreed then");
    agrees_anew(&mut window);
    window.keys("q q").exited(0);
    holds_the_new_agreement(&home);
}

/// A clause is worded, and what stands is agreed to: it takes the place of what was agreed before the pause.
fn agrees_anew(window: &mut Window) {
    window
        .keys("g a 2")
        .wait("clause 2 of")
        .printed("enter")
        .wait("TYPING")
        .type_text(SHORT)
        .wait("by the canal");
    window.keys("esc").wait("MOVING").keys("V").wait("The words as they stand now");
    window
        .wait("from version 1, agreed 10 February")
        .wait("n agreed today")
        .printed("n")
        .wait("Who agreed for each side, by role?");
    window.type_text("the gardener, the secretary").wait("the secretary").keys("enter");
    window
        .wait("When do we look at it again?")
        .keys("ctrl-u")
        .type_text("1 May")
        .wait("That is Fri 1 May 2026");
    window.keys("enter").wait("Version 2 is kept").keys("down").wait("In place of version 1");
    window.wait("For them: the gardener, the secretary").keys("c").wait("Beside which?").keys("2");
    window
        .wait("Context and purpose: worded anew")
        .wait("Then: To grow together")
        .wait("Now: To grow")
        .keys("esc");
}

fn holds_the_new_agreement(home: &Home) {
    let workbook = home.workbook();
    let versions = workbook.all::<Agreement>();
    let [first, second] = versions else { panic!("{versions:?}") };
    assert_eq!((second.number, second.supersedes.as_ref()), (Some(2), Some(&first.id)));
    assert_eq!(second.clauses[&QuestionId::new("K-2")], SHORT);
    assert_eq!(first.clauses[&QuestionId::new("K-2")], "To grow together, every Saturday.", "as it was");
    assert_eq!(workbook.standing(&QuestionId::new("K-2"), false), Standing::Agreed);
    // the day to look at it again comes up by itself, that of the old one no more
    for (format, day, old) in [("--json", "2026-05-01", "2025-06-01"), ("--ics", "20260501", "20250601")] {
        let ran = home.run_at(BACK, &["agenda", format]);
        let agenda = String::from_utf8(ran.stdout).unwrap();
        assert!(agenda.contains(day) && agenda.contains("does it still hold?"), "{agenda}");
        assert!(!agenda.contains(old), "{agenda}");
    }
}

fn is_paused(paused: &Workbook) {
    let change = paused.partnership().log().last().unwrap();
    assert_eq!((change.state, change.on), (PartnershipState::Paused, date(2025, 2, 28)));
    assert_eq!((change.ours.as_str(), change.theirs.as_str()), (OURS, "Not before spring."));
    let rests = change.pause.as_ref().unwrap();
    assert_eq!(rests.until, Some(date(2025, 6, 1)));
    let said = [&rests.frozen, &rests.light_touch, &rests.restart];
    assert_eq!(said, ["signage, 600 unspent, data", "Dele", "a new site"]);
    let snapshot = &rests.snapshot;
    assert_eq!(snapshot.standings.get(&QuestionId::new("SCO-6")), Some(&Standing::Agreed));
    assert_eq!((snapshot.owed.len(), snapshot.people.len()), (4, 1));
}

/// The sheet comes first, and all of it is on one screen.
fn says_how_it_stands(window: &mut Window) {
    window.wait("Welcome back");
    let all = [
        "244 days away: paused on 28 February 2025",
        "look again on 1 June 2025; that was 151 days ago",
        OURS,
        "Not before spring.",
        "signage, 600 unspent, data",
        "7 Mar   send the budget",
        "give the soil kit back",
        "14 Mar  a list of members",
        "the keys of the shed",
        "3 answers more than a year old",
        "Gone since: Helen",
        "Ring first:",
        "1 Resume",
        "2 Start over",
        "3 Call first",
        "4 End",
    ];
    sees(window, &all);
    let text = window.text().to_lowercase();
    for word in ["overdue", "failed", "missed", "late ", "broken"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
}

/// They have a new site, and want to do less: their words go into the answer, in place of what they said before.
fn calls_first(window: &mut Window) {
    window.printed("3").wait("Call with City Museum").wait("TYPING");
    for (text, tag) in [("a new site, by the canal", "s"), ("one afternoon a month, no more", "s")] {
        window.type_text(text).wait(text).keys(&format!("tab {tag}")).wait("This line: said").keys("enter");
        window.wait("Enter stamp");
    }
    window.keys("esc").wait("MOVING").keys("X").wait("> Answers 2").keys("o").wait("> Answers 1");
    window
        .keys("enter")
        .wait("Words of the question")
        .type_text("deep")
        .wait("> How deep should")
        .keys("enter");
    window.wait("has words of City Museum already").keys("r").wait("now, as words of City Museum");
}

/// Not where it was, but over again in four questions.
fn starts_over(window: &mut Window) {
    window.printed("2").wait("Start over from which stage?").keys("enter").wait("3 of 10 marked");
    window.keys("a").wait("10 of 10 marked").keys("a").wait("0 of 10 marked");
    window.keys("down").wait("> [ ] One line of shared purpose").printed("enter").wait("1 of 10 marked");
    window.keys("down").wait("> [ ] How long").keys("enter enter enter").wait("4 of 10 marked");
    for name in
        ["One line of shared purpose", "How long, and what then?", "Which type do we mean?", "How deep"]
    {
        window.wait(&format!("[x] {name}"));
    }
    window.printed("r").wait("4 questions are open again; what was said stays");
    window.wait("reopened 30 October").keys("q q").exited(0);
}

fn is_open_again(paused: &Workbook, after: &Workbook) {
    assert_eq!(after.state(), PartnershipState::Pilot, "as it was before the pause");
    let reopened: Vec<_> = after.answers().filter(|(_, answer)| answer.reopened().is_some()).collect();
    let ids: Vec<&str> = reopened.iter().map(|(question, _)| question.as_str()).collect();
    assert_eq!(ids, OVER_AGAIN);
    for (question, answer) in reopened {
        assert_eq!(answer.reopened(), Some(date(2025, 10, 30)));
        assert!(after.standing(question, false).is_unsure(), "{question}");
        // every word stays, and what was agreed is kept as earlier wording
        let before = paused.answer(question);
        assert_eq!((answer.ours(), answer.agreed()), (before.ours(), before.agreed()), "{question}");
        assert!(
            answer.earlier().iter().any(|e| e.voice == VoiceKey::Agreed && e.text == before.agreed().text)
        );
        let (theirs, was) = (answer.theirs(&museum()).unwrap(), before.theirs(&museum()).unwrap());
        if question.as_str() != "SCO-12" {
            assert_eq!((&theirs.text, theirs.checked), (&was.text, was.checked), "{question}");
            continue;
        }
        assert_eq!((theirs.text.as_str(), theirs.checked), (LIGHTER, Some(date(2025, 10, 30))));
        assert!(matches!(theirs.source, Source::Call(_)));
        assert!(answer.earlier().iter().any(|e| e.text == was.text), "what they said before is kept");
    }
    let call = after.calls().last().unwrap();
    assert_eq!((call.lines.len(), call.ended.is_some(), call.to_tidy()), (2, true, 0));
}

#[test]
fn resumed_it_does_not_come_a_second_time_that_day() {
    let home = with_the_old_file();
    pause(&home);
    let mut window = on(&home, BACK).open();
    window.wait("244 days away").wait("4 End").printed("1").wait("The partnership is pilot from today.");
    window.wait("COMMUNICATING").keys("q q").exited(0);
    let log = home.workbook().partnership().log().to_vec();
    assert_eq!(
        log.last().map(|change| (change.state, change.on)),
        Some((PartnershipState::Pilot, date(2025, 10, 30)))
    );
    let mut window = on(&home, BACK).open();
    window.wait("COMMUNICATING");
    assert!(!window.text().contains("Welcome back"));
    window.keys("q q").exited(0);
}

#[test]
fn a_clock_before_the_last_change_is_said_in_words() {
    let home = with_the_old_file();
    pause(&home);
    let mut window = on(&home, "2024-02-29T10:00:00Z").open();
    window.wait("The clock says 29 February 2024, and the last change here is of 28 February");
    assert!(!window.text().contains("days away"), "{}", window.text());
    window.keys("q q").exited(0);
}
