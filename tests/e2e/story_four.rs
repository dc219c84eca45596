//! Story 4: a partnership is paused, and opened again after eight months. The file comes from an older version of the
//! program; the call that is made first has its own test.

use std::path::Path;
use std::sync::mpsc::channel;

use alongside::domain::{
    Edit, PartnerId, PartnershipState, Person, PersonId, Promise, QuestionId, RecordId, Splice, TextPlace,
    VoiceKey,
};
use alongside::store::{Hold, Store, Writer};
use jiff::Timestamp;
use jiff::civil::date;

use crate::home::Home;
use crate::window::{Opening, Window};

const PAUSED: &str = "2025-02-28T10:00:00Z";
const BACK: &str = "2025-10-30T09:30:00Z";
const OURS: &str = "They lost the site, and need every hand for the move.";

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
    window.type_text("signage, 600 unspent, data").wait("data").keys("tab");
    window.type_text("Dele").wait("Dele").keys("tab").type_text("a new site").wait("a new site");
    window.keys("esc").wait("MOVING").keys("q q").exited(0);
}

/// What was promised, written and known by then, and who has left since; as the store keeps it.
fn write_the_rest(home: &Home) {
    let store = Store::at(Some(home.root())).unwrap();
    let now: Timestamp = PAUSED.parse().unwrap();
    let opened = store.open(&home.folder(), now).unwrap();
    let (sent, _reports) = channel();
    let Hold::Writing(writing) = opened.hold else { panic!("it can be written") };
    let mut book = opened.book;
    let writer = Writer::start(writing, sent, Box::new(|| {})).unwrap();
    let (us, museum) = (PartnerId::us(), PartnerId::new("museum"));
    let mut edits = Vec::new();
    for (id, by, to, what, due) in [
        ("1", &us, &museum, "send the budget", Some(date(2025, 3, 7))),
        ("2", &us, &museum, "give the soil kit back", None),
        ("3", &museum, &us, "a list of members", Some(date(2025, 3, 14))),
        ("4", &museum, &us, "the keys of the shed", None),
    ] {
        let promise = Promise { due, ..Promise::new(RecordId::new(id), by.clone(), to.clone(), what) };
        edits.push(Edit::AddRecord { record: Box::new(promise.into()), place: usize::MAX });
    }
    for question in ["BLD-1", "BLD-2", "BLD-3"] {
        let place = TextPlace::Voice(QuestionId::new(question), VoiceKey::Ours);
        assert_eq!(book.workbook().text(&place), Some(""), "{question}");
        let insert = "as we saw it then".into();
        let on = Some(date(2024, 3, 5));
        edits.push(Edit::Splice(Splice { place, at: 0, delete: String::new(), insert, on }));
    }
    let helen = book.workbook().person(&PersonId::new("helen")).unwrap().clone();
    edits.push(Edit::SetPerson(Person { left: Some(date(2025, 5, 1)), ..helen }));
    writer.append(book.act_all(edits, now).unwrap());
    writer.close().unwrap();
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
    pause(&home);
    let paused = home.workbook();
    let change = paused.partnership().log().last().unwrap();
    assert_eq!((change.state, change.on), (PartnershipState::Paused, date(2025, 2, 28)));
    assert_eq!((change.ours.as_str(), change.theirs.as_str()), (OURS, "Not before spring."));
    let rests = change.pause.as_ref().unwrap();
    assert_eq!(rests.until, Some(date(2025, 6, 1)));
    let said = [&rests.frozen, &rests.light_touch, &rests.restart];
    assert_eq!(said, ["signage, 600 unspent, data", "Dele", "a new site"]);
    assert!(!rests.snapshot.standings.is_empty() && !rests.snapshot.people.is_empty());
    write_the_rest(&home);

    // the sheet comes first, and all of it is on one screen
    let mut window = on(&home, BACK).open();
    window.wait("Welcome back");
    let all = [
        "244 days away: paused on 28 February 2025",
        "look again on 1 June 2025; that was 151 days ago",
        OURS,
        "Not before spring.",
        "signage, 600 unspent, data",
        "send the budget, by 7 March 2025",
        "give the soil kit back",
        "a list of members, by 14 March 2025",
        "the keys of the shed",
        "3 answers more than a year old",
        "Gone since: Helen",
        "Ring first:",
        "1 Resume",
        "2 Start over",
        "3 Call first",
        "4 End",
    ];
    sees(&mut window, &all);
    let text = window.text().to_lowercase();
    for word in ["overdue", "failed", "missed", "late ", "broken"] {
        assert!(!text.contains(word), "{word}: {text}");
    }

    // dismissed, wanted back; and while it rests it comes at every opening of the day
    window.keys("esc").wait("COMMUNICATING").keys("g W").wait("244 days away").keys("q q").exited(0);
    let mut window = on(&home, BACK).open();
    window.wait("244 days away").wait("4 End");

    // start over, in place of taking up again: the questions that are marked, in one step
    window.printed("2").wait("Start over from which stage?").keys("enter").wait("Mark").keys("r");
    window.wait("open again; what was said stays").wait("reopened 30 October").keys("q q").exited(0);
    let after = home.workbook();
    assert_eq!(after.state(), PartnershipState::Pilot, "as it was before the pause");
    let reopened: Vec<_> = after.answers().filter(|(_, answer)| answer.reopened().is_some()).collect();
    assert!(reopened.len() >= 3, "{reopened:?}");
    for (question, answer) in &reopened {
        assert_eq!(answer.reopened(), Some(date(2025, 10, 30)));
        assert!(after.standing(question, false).is_unsure() || answer.is_open_again(true), "{question}");
        let before = home_text(&paused, question).unwrap_or_default();
        assert_eq!(home_text(&after, question).unwrap_or_default(), before, "every word stays");
    }

    // taken up again, it does not come a second time; what has changed runs from the snapshot
    let mut window = on(&home, BACK).open();
    window.wait("reopened 30 October").keys(":").type_text("last pause").wait("> What has");
    window.keys("enter");
    window.wait("What has changed since 28 February 2025").keys("esc").gone("What has changed since");
    window.keys("q q").exited(0);
}

fn home_text(workbook: &alongside::domain::Workbook, question: &QuestionId) -> Option<String> {
    let answer = workbook.answer(question);
    answer.theirs(&PartnerId::new("museum")).map(|theirs| theirs.text.clone())
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
