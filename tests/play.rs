//! Whole tasks, played in this process.

mod harness;

use alongside::app::Message;
use harness::{Play, Start, sample};

#[test]
fn a_first_workbook_in_three_keys_and_a_title() {
    let mut play = Play::empty(80, 24);
    play.keys("enter").type_text("Tactile guide").keys("enter");
    assert_eq!(play.workbook().title(), "Tactile guide");
    play.keys("esc").sees("COMMUNICATING").sees("Scoping");
}

#[test]
fn a_guess_is_written_and_the_next_question_comes() {
    let mut play = Play::empty(80, 24);
    play.keys("enter").type_text("Walk").keys("enter esc").keys("enter");
    play.sees("Scoping").sees("question 1 of 15").sees("MOVING");
    play.keys("enter").sees("TYPING").type_text("Because the paths are closed").keys("esc");
    play.sees("a guess").keys(".").sees("question 2 of 15");
}

#[test]
fn undo_says_what_it_undid_on_any_screen() {
    let mut play = Play::example(80, 24);
    play.keys("g s enter").type_text("zebra ").keys("esc g m u");
    play.sees("Undone: typing in");
    play.keys("U").sees("Done again");
}

#[test]
fn an_earlier_version_is_kept_once_a_visit() {
    let mut play = Play::example(80, 24);
    let question = alongside::domain::QuestionId::new("SCO-1");
    let before = play.workbook().answer(&question).earlier().len();
    play.keys("g s enter").type_text("one ").keys("backspace").type_text("two").keys("esc");
    assert_eq!(play.workbook().answer(&question).earlier().len(), before + 1);
    play.keys("enter").keys("esc");
    assert_eq!(
        play.workbook().answer(&question).earlier().len(),
        before + 1,
        "a visit without a change keeps none"
    );
    play.keys("u");
    assert_eq!(play.workbook().answer(&question).earlier().len(), before, "undo takes both back at once");
}

#[test]
fn every_key_is_answered() {
    let mut play = Play::example(80, 24);
    play.keys("z").sees("z does nothing here; ? shows the keys.");
    play.keys("g").tick(301).sees("The cycle map").keys("esc").sees_not("The cycle map");
    play.keys("g z").sees("g z does nothing here");
    play.keys("g s enter ctrl-g").sees("Ctrl-G does nothing here; F1 shows the keys.");
}

#[test]
fn a_paste_while_moving_is_offered_as_a_note_and_runs_nothing() {
    let mut play = Play::example(80, 24);
    let before = play.workbook().clone();
    play.paste("ddqy a note from elsewhere")
        .sees("a note from elsewhere")
        .sees("none of it was read as keys");
    play.keys("esc");
    let noted = play.workbook().calls().last().unwrap().lines.last().unwrap();
    assert_eq!(noted.text, "ddqy a note from elsewhere");
    // nothing else has changed
    play.keys("u");
    assert!(*play.workbook() == before);
    assert!(!play.left());
}

#[test]
fn a_paste_while_moving_takes_no_place_of_half_typed_words() {
    let drafts = [("Jot".to_owned(), "half a thought".to_owned())].into();
    let mut play = Play::opened_in(Start { books: vec![sample()], drafts, ..Start::default() });
    play.paste("from elsewhere").sees("half a thought from elsewhere");
    play.keys("esc");
    let noted = play.workbook().calls().last().unwrap().lines.last().unwrap();
    assert_eq!(noted.text, "half a thought from elsewhere");
}

#[test]
fn a_paste_while_moving_that_is_too_long_for_a_note_is_refused_whole() {
    let mut play = Play::example(80, 24);
    play.paste(&"w".repeat(210 * 1024)).sees("Nothing was added: the text would be 210 KB and a field takes");
    assert!(!play.look().is_typing(), "no empty note is offered");
}

#[test]
fn the_tour_follows_real_keys() {
    let mut play = Play::empty(80, 24);
    play.say(alongside::app::Message::Tick);
    play.keys("down down enter").sees("1 of 9");
    play.keys("enter").sees("2 of 9").keys(".").sees("3 of 9").keys("enter").sees("4 of 9");
    play.type_text("x").sees("5 of 9").keys("tab").sees("6 of 9").keys("esc").sees("7 of 9");
    play.keys("u").sees("8 of 9").keys("?").keys("esc").sees("9 of 9").keys("g L").sees_not("9 of 9");
    play.keys("g L").keys("down down").sees_not("of 9");
}

#[test]
fn leaving_is_asked_once_and_all_is_saved() {
    let mut play = Play::example(80, 24);
    play.keys("q").sees("All is saved. q leaves, Esc stays.").keys("esc");
    assert!(!play.left());
    play.keys("q q");
    assert!(play.left());
}

#[test]
fn a_workbook_opened_over_another_takes_none_of_its_words() {
    let mut play = Play::of(harness::books::blank(), 80, 24);
    let first = play.workbook().id().clone();
    play.keys("g s enter").type_text("before").keys("esc enter").type_text(" and after");
    play.keys("ctrl-p").type_text("worked example").keys("enter").sees("(example)");
    let second = play.workbook().id().clone();
    assert_ne!(first, second);
    play.keys("g s enter").type_text(" here too").keys("esc");
    let ours = |play: &Play, id| {
        let book = play.world.book(id).expect("it was opened");
        book.workbook().answer(&alongside::domain::QuestionId::new("SCO-1")).ours().text.clone()
    };
    assert_eq!(ours(&play, &first), "before and after");
    assert!(ours(&play, &second).ends_with(" here too"));
}

#[test]
fn nothing_is_undone_beneath_a_menu_or_a_line_to_fill_in() {
    let mut play = Play::example(80, 24);
    play.keys("g o enter ' and soon' esc esc").sees("and soon");
    let before = play.workbook().clone();
    play.keys("t").sees("What has become of it?").keys("ctrl-z").sees("Ctrl-Z does nothing here");
    assert!(*play.workbook() == before, "a choice made from this would bring back what was undone");
    play.keys("esc n down enter").sees("What was promised?").keys("ctrl-z");
    assert!(*play.workbook() == before);
    play.keys("esc u");
    assert!(*play.workbook() != before, "and after it everything is undone as ever");
}

#[test]
fn the_footer_on_a_way_on_says_that_it_is_opened() {
    let mut play = Play::example(80, 24);
    play.keys("g s")
        .sees("Enter write")
        .keys("end")
        .sees("Enter open")
        .sees_not("Enter write")
        .sees_not("Tab next");
    play.keys("p").sees("p does nothing here").keys("enter").sees("Go on or not").keys("esc").sees("Scoping");
    play.keys("g a end").sees("Enter open").sees_not("Enter write");
}

#[test]
fn undo_beneath_a_line_to_fill_in_changes_nothing_and_says_why() {
    let mut play = Play::example(80, 24);
    play.keys("g s enter").type_text("zebra ").keys("esc");
    let written = play.workbook().clone();
    play.keys("g p n")
        .sees("Who joins?")
        .type_text("City")
        .keys("ctrl-z")
        .sees("Nothing was undone: leave this line");
    assert_eq!(*play.workbook(), written);
    play.sees("City").keys("ctrl-y").sees("Nothing was undone").keys("esc ctrl-z").sees("Undone: typing in");
}

#[test]
fn an_enter_that_came_with_its_line_acts_where_enter_is_a_key() {
    let mut play = Play::empty(80, 24);
    play.keys("enter").sees("What shall we call it?").say(Message::Line("Walks with the day centre".into()));
    assert_eq!(play.workbook().title(), "Walks with the day centre");
    play.keys("g s enter").say(Message::Line("a line of an answer".into()));
    play.type_text("next").keys("esc");
    let answer = play.workbook().answer(&alongside::domain::QuestionId::new("SCO-1"));
    assert_eq!(answer.ours().text, "a line of an answer\nnext");
    let before = play.workbook().clone();
    play.say(Message::Line("ddqqu a note".into()));
    play.sees("Jot:").sees("none of it was read as keys");
    assert_eq!(*play.workbook(), before);
}

#[test]
fn something_that_remains_is_noted_in_one_key_from_any_pane_and_one_stays_there() {
    use alongside::domain::{Family, Legacy};
    for place in ["", "g s", "g a", "g p", "g o", "g c", "g t", "g b tab"] {
        let mut play = Play::of(harness::sample(), 80, 24);
        let before = play.workbook().how_many(Family::Legacy);
        play.keys(place);
        let head = play.screen().lines().next().unwrap_or_default().to_owned();
        play.keys("R 'two parents who now lead' enter");
        let all = play.workbook().all::<Legacy>();
        assert_eq!(all.len(), before + 1, "{place}");
        let noted = all.last().unwrap();
        assert_eq!(noted.what, "two parents who now lead", "{place}");
        assert!(noted.noted.is_some() && noted.evidence.is_empty(), "{place}: the day is enough");
        assert_eq!(play.screen().lines().next().unwrap_or_default(), head, "{place}: one stays there");
        play.keys("u");
        assert_eq!(play.workbook().how_many(Family::Legacy), before, "{place}: one step takes it back");
    }
}
