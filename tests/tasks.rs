//! How many keys the everyday tasks take, counted. The words typed are not counted; the numbers are promises.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod harness;

use alongside::app::Effect;
use alongside::domain::{Edit, PartnerField, QuestionId, Splice, Standing, Tag, TextPlace, VoiceKey};
use alongside::export::Format;
use harness::{Play, Start, books, sample};
use jiff::civil::date;

/// Holds that what follows takes at most so many keys.
#[track_caller]
fn at_most(most: usize, play: &mut Play, task: impl FnOnce(&mut Play)) {
    let before = play.pressed;
    task(play);
    let keys = play.pressed - before;
    assert!(keys <= most, "{keys} keys, and it should be {most} at most");
}

#[test]
fn a_first_workbook_and_its_map() {
    let mut play = Play::empty(80, 24);
    at_most(3, &mut play, |play| {
        play.keys("enter 'Tactile guide' enter esc").sees("COMMUNICATING");
    });
    assert_eq!(play.workbook().title(), "Tactile guide");
}

#[test]
fn a_note_in_the_middle_of_a_word() {
    let mut play = Play::of(books::blank(), 80, 24);
    play.keys("g s enter 'the day cen'");
    at_most(3, &mut play, |play| {
        play.keys("ctrl-j 'ring the carers' enter esc");
    });
    play.keys("'tres'");
    assert_eq!(play.workbook().answer(&QuestionId::new("SCO-1")).ours().text, "the day centres");
    assert_eq!(play.workbook().calls().last().unwrap().lines.last().unwrap().text, "ring the carers");
}

#[test]
fn a_call_ended_and_the_follow_up_taken_out() {
    let mut play = Play::of(sample(), 80, 24);
    play.keys("g C 'mus' enter");
    play.keys("'hello' enter tab p 'they send the budget by Friday' enter tab q 'who pays for it?' enter");
    let call = play.workbook().calls().last().unwrap().id.clone();
    at_most(10, &mut play, |play| {
        play.keys("esc X").sees("What is each of these lines?");
        play.keys("tab").sees("Fri 14 Nov?").keys("enter").sees("Where does each question belong?");
        play.keys("7 enter 'in two weeks' enter 8").sees("Monday 24 November").keys("y");
    });
    let promise = play.workbook().promises().last().unwrap();
    assert_eq!((promise.what.as_str(), promise.is_ours()), ("send the budget", false));
    assert_eq!(promise.due.unwrap().to_string(), "2025-11-14");
    let call = play.workbook().call(&call).unwrap();
    assert_eq!(call.follow_up.unwrap().to_string(), "2025-11-24");
    assert!(call.sent.is_some() && call.ended.is_some());
    let copied = |effect: &Effect| matches!(effect, Effect::Copy(text) if text.contains("send the budget, by Friday 14"));
    assert!(play.world.asked.iter().any(copied));
}

#[test]
fn a_guess_and_on_to_the_next_unanswered_question() {
    let mut play = Play::of(books::blank(), 80, 24);
    at_most(7, &mut play, |play| {
        play.keys(". enter 'because the paths are closed' esc .").sees("question 2 of 15");
    });
    assert_eq!(play.workbook().standing(&QuestionId::new("SCO-1"), false), Standing::Guess);
}

#[test]
fn a_partner_with_kind_contact_and_busy_season() {
    let mut play = Play::of(sample(), 80, 24);
    at_most(8, &mut play, |play| {
        play.keys("g p n 'Day Centre' enter enter 'charity' enter 'the desk' enter 'December' enter");
    });
    let partner = play.workbook().partners().last().unwrap();
    let said = PartnerField::ALL.map(|field| partner.field(field));
    let (first, others) = said.split_at(4);
    assert_eq!(first, ["Day Centre", "charity", "the desk", "December"]);
    assert!(others.iter().all(|text| text.is_empty()), "{others:?}");
}

#[test]
fn a_clause_is_worded_seen_in_the_document_and_goes_out() {
    let mut workbook = sample();
    let private = QuestionId::new("K-2");
    for edit in [
        Edit::Splice(Splice {
            place: TextPlace::Voice(private.clone(), VoiceKey::Ours),
            at: 0,
            delete: String::new(),
            insert: "between us only".into(),
            on: None,
        }),
        Edit::SetPrivate { question: private, to: true },
    ] {
        workbook.apply(edit).unwrap();
    }
    let mut play = Play::of(workbook, 80, 24);
    play.keys("g o");
    at_most(9, &mut play, |play| {
        play.keys("g a enter ' Countersigned.'");
        // where it is typed, and in the document beside it
        assert_eq!(play.screen().matches("Countersigned").count(), 2, "{}", play.screen());
        play.keys("esc x").sees("> Memorandum").sees("As Markdown").keys("enter enter").sees(".md");
    });
    let exported = play.world.asked.iter().find_map(|effect| match effect {
        Effect::Export { export, workbook } => Some((export, workbook)),
        _ => None,
    });
    let (export, workbook) = exported.unwrap();
    assert_eq!((export.order.format, export.order.with_private), (Format::Markdown, false));
    let content = alongside::content::Content::new();
    let made = export.order.make(workbook, &content, date(2025, 11, 10)).unwrap();
    let text = alongside::export::as_markdown(&made.document);
    assert!(text.contains("Countersigned."), "{text}");
    assert!(!text.contains("between us only"), "{text}");
    assert_eq!(made.document.private.left_out, 1);
}

#[test]
fn a_partner_deleted_yesterday_comes_back_after_a_restart() {
    let mut play = Play::of(sample(), 80, 24);
    play.keys("g p end up").sees("> Northside Library").keys("d d");
    let before = sample().partners().len();
    assert_eq!(play.workbook().partners().len(), before - 1);
    let left = play.workbook().clone();
    let mut play = Play::of(left, 80, 24);
    play.keys("g s");
    at_most(5, &mut play, |play| {
        play.keys("g B").sees("> Northside Library").keys("enter");
    });
    assert_eq!(play.workbook().partners(), sample().partners());
}

#[test]
fn back_after_eight_months_and_on_where_it_was() {
    let mut books: Vec<_> = (0..29).map(|n| books::titled(&format!("w{n}"), &format!("Walks {n}"))).collect();
    books.insert(17, books::paused());
    let mut play = Play::start(Start { books, ..Start::default() });
    // where it was left
    play.open(books::paused().id()).sees("Welcome back");
    play.keys("esc g s 3").sees("question 3 of 15").keys("g L");
    at_most(6, &mut play, |play| {
        play.keys("/ 'allotment' enter").sees("Welcome back").sees("244 days away").keys("enter");
    });
    play.sees("question 3 of 15");
    assert_eq!(play.workbook().state(), alongside::domain::PartnershipState::Active);
}

#[test]
fn where_a_word_was_said() {
    let mut play = Play::of(sample(), 80, 24);
    play.keys("g f enter");
    play.keys("'half a sen'");
    at_most(4, &mut play, |play| {
        play.keys("ctrl-f 'paw print' enter").sees("A small thing first");
        play.keys("esc esc").sees("half a sen");
    });
    play.keys("'tence'").sees("half a sentence").sees("TYPING");
}

#[test]
fn everything_is_found_by_pressing_what_is_printed() {
    // a newcomer, in a small window: each key is on the screen at that moment
    for size in [(80, 24), (60, 20)] {
        let mut play = Play::start(Start { size, ..Start::default() });
        for (printed, keys) in [
            ("Enter choose", "enter"),
            ("Enter accept", "'Walks' enter"),
            ("Enter go in", "enter"),
            ("Enter write", "enter"),
            ("Esc stop typing", "'Because they asked' esc"),
        ] {
            play.sees(printed).keys(keys);
        }
        let answer = play.workbook().answers().next().unwrap().1;
        assert_eq!(answer.text(&VoiceKey::Ours), "Because they asked");
    }
}

#[test]
fn a_call_of_three_lines() {
    let mut play = Play::of(sample(), 80, 24);
    play.keys("g s enter 'half a wo'");
    at_most(12, &mut play, |play| {
        play.keys("ctrl-j ctrl-j 'h' enter 'hello, budget first' enter");
        play.keys("'they send it by Friday' tab p enter 'who pays for preparation' tab q enter");
    });
    let call = play.workbook().calls().last().unwrap();
    let tags: Vec<_> = call.lines.iter().map(|line| line.tag.map(Tag::letter)).collect();
    assert_eq!(tags, [None, Some('p'), Some('q')]);
    assert!(call.partner.is_some());
}

#[test]
fn who_owes_whom_over_all_workbooks() {
    let mut play = Play::start(Start { books: vec![books::blank(), sample()], ..Start::default() });
    play.sees("Walks with the day centre");
    at_most(3, &mut play, |play| {
        play.keys("g A").sees("Agenda of all workbooks");
    });
    // the example never counts among a person's own
    play.sees_not("butter churn");
    let mut play = Play::example(80, 24);
    at_most(3, &mut play, |play| {
        play.keys("g A tab").sees("Agenda: what is owed").sees("we owe");
    });
}
