//! Calls, jots and notes as somebody plays them with a phone on the shoulder.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod harness;

use alongside::app::{Effect, Message};
use alongside::command::{Ask, Words};
use alongside::domain::{
    AnyRecord, Call, Edit, Heard, Line, PartnerId, PartnershipState, Promise, QuestionId, RecordId, Source,
    StateChange, Tag, VoiceKey, Workbook,
};
use harness::books::Making;
use harness::{Play, Start, books};

/// A workbook with two partners and somebody at each.
fn two() -> Workbook {
    let mut making = Making::new("two", "Tactile guide");
    making.partner("museum", "City Museum").partner("carers", "Carers' group");
    making.person("jo", "museum", "producer").person("lu", "museum", "curator");
    making.voice("SCO-3", VoiceKey::Ours, "The two day centres, we think.");
    making.done()
}

fn call_of(play: &Play) -> &Call {
    play.workbook().calls().last().expect("a call was begun")
}

fn said(call: &Call) -> Vec<(Option<char>, &str)> {
    call.lines.iter().map(|line| (line.tag.map(Tag::letter), line.text.as_str())).collect()
}

fn lasted(call: &Call, line: &Line) -> i64 {
    line.at.as_second() - call.started.as_second()
}

/// Opens the screen of a new call with the museum, at its line.
fn ring(play: &mut Play) {
    play.keys("g C 'ci' enter").sees("Call with City Museum").sees("TYPING");
}

#[test]
fn nothing_is_made_before_the_first_key_and_every_key_after_it_is_kept() {
    let mut play = Play::of(two(), 80, 24);
    play.keys("g C").sees("Who is it?").keys("enter").sees("A new call");
    assert!(play.workbook().calls().is_empty());
    let records = play.world.records;
    play.keys("'h'");
    assert!(play.world.records > records);
    assert_eq!(said(call_of(&play)), [(None, "h")]);
    play.keys("'ello'");
    assert_eq!(said(call_of(&play)), [(None, "hello")]);
    // what was kept is what is shown
    assert_eq!(play.world.book(play.workbook().id()).unwrap().workbook(), play.workbook());
}

#[test]
fn a_line_has_the_moment_of_its_first_key() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.wait(60_000).keys("'b'").wait(30_000).keys("'udget'").wait(5_000).keys("enter").wait(1_000);
    play.keys("enter");
    let call = call_of(&play);
    let first = lasted(call, &call.lines[0]);
    assert!((60..=62).contains(&first), "{first}");
    assert_eq!(said(call), [(None, "budget"), (None, "")]);
    assert!((96..=98).contains(&lasted(call, &call.lines[1])));
    play.sees("01:00").sees("no words");
}

#[test]
fn one_letter_finds_a_partner_and_a_name_that_nobody_has_never_stands_in_the_way() {
    let mut play = Play::of(two(), 80, 24);
    play.keys("g C 'g'").sees("> Carers' group").keys("enter 'hello' enter");
    assert_eq!(call_of(&play).partner, Some(PartnerId::new("carers")));
    play.keys("esc n 'Amina Yusuf' enter 'rang about the crèche' enter");
    let call = call_of(&play);
    assert_eq!(call.partner, None);
    let person = play.workbook().person(&call.with[0]).unwrap();
    assert_eq!((person.name.as_str(), person.partner.is_unsorted()), ("Amina Yusuf", true));
    play.sees("Call with Amina Yusuf");
    // the next time she is known
    play.keys("esc n 'am'").sees("> Amina Yusuf, not sorted yet").keys("enter 'again'");
    assert_eq!(play.workbook().people().iter().filter(|p| p.name.contains("Amina")).count(), 1);
}

#[test]
fn a_partner_can_be_said_and_changed_while_the_call_goes_on() {
    let mut play = Play::of(two(), 80, 24);
    play.keys("g C enter 'who is this' enter shift-tab 'mus' enter");
    assert_eq!(call_of(&play).partner, Some(PartnerId::new("museum")));
    play.keys("shift-tab shift-tab").sees("Who is on it?").keys("'pr' enter 'cu' enter enter").sees("TYPING");
    play.sees("Call with City Museum - producer, curator");
    play.keys("'and so on'").keys("esc w 'car' enter");
    assert_eq!(call_of(&play).with, [], "the museum's people are not on a call with the carers");
    play.keys("ctrl-z").sees("producer, curator");
}

#[test]
fn somebody_of_a_second_partner_can_be_added_once_the_call_has_ended() {
    let mut making = Making::new("two", "Tactile guide");
    making.partner("museum", "City Museum").partner("carers", "Carers' group");
    making.person("jo", "museum", "producer").person("sam", "carers", "driver");
    let mut play = Play::of(making.done(), 80, 24);
    ring(&mut play);
    play.keys("'hello' enter shift-tab shift-tab").sees("producer").sees_not("driver");
    play.keys("esc esc X g n enter shift-tab shift-tab 'r'").sees("driver, Carers' group");
    play.keys("ctrl-u 'dri' enter").sees("Call with City Museum - driver of Carers'");
    let call = call_of(&play);
    assert!(call.ended.is_some());
    assert_eq!(call.partner, Some(PartnerId::new("museum")), "it stays the museum's call");
}

#[test]
fn letters_inside_words_never_tag_and_a_tag_never_becomes_text() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'swap quads mix v' enter");
    assert_eq!(said(call_of(&play)), [(None, "swap quads mix v")]);
    play.keys("'they send' tab p ' the budget' tab v enter");
    let line = call_of(&play).lines[1].clone();
    assert_eq!(
        (line.tag, line.private, line.text.as_str()),
        (Some(Tag::Promise), true, "they send the budget")
    );
    // a letter that is no tag is answered, and is no text either
    play.keys("'z' tab z").sees("Tab z does nothing here, and nothing was written");
    assert_eq!(call_of(&play).lines[2].text, "z");
    // any other key goes on as usual
    play.keys("tab enter 'next' tab esc 'word' tab tab enter");
    assert_eq!(said(call_of(&play))[2..], [(None, "z"), (None, "nextword")]);
    // a tag before the first letter of a line
    play.keys("tab q").sees("The next line: ask back").keys("'who pays' enter enter");
    assert_eq!(said(call_of(&play))[4..], [(Some('q'), "who pays"), (None, "")]);
}

#[test]
fn tags_go_on_earlier_lines_and_on_several_at_once() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'one' enter 'two' enter 'three' enter 'four' enter");
    play.keys("up up tab d").keys("esc esc g C esc");
    assert_eq!(said(call_of(&play))[2], (Some('d'), "three"));
    play.keys("shift-up shift-up").sees("3 lines selected").keys("tab m");
    let tags = |play: &Play| said(call_of(play)).iter().map(|(tag, _)| *tag).collect::<Vec<_>>();
    assert_eq!(tags(&play), [None, Some('m'), Some('m'), Some('m')]);
    play.keys("u");
    assert_eq!(tags(&play), [None, None, Some('d'), None], "one step takes them all back");
    // with plain letters
    play.keys("home s j j s tab x");
    assert_eq!(tags(&play), [Some('x'), None, Some('x'), None]);
    play.keys("p");
    assert!(call_of(&play).lines[2].private);
    play.keys("tab tab");
    assert!(!call_of(&play).lines[2].private);
    assert_eq!(tags(&play), [Some('x'), None, None, None]);
    // going back lets go of lines again
    play.keys("home shift-down shift-down shift-up").sees("2 lines selected").keys("esc").sees("MOVING");
    play.sees("Call with City Museum");
}

#[test]
fn earlier_lines_are_edited_split_joined_moved_and_put_away() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'alpha beta' enter").wait(9_000).keys("'gamma' enter 'delta' enter");
    let stamps: Vec<_> = call_of(&play).lines.iter().map(|line| line.at).collect();
    // edited: Enter goes in, Enter leads on to the open line, the stamp stays
    play.keys("esc home enter 's' enter").sees("TYPING").sees("alpha betas");
    assert_eq!(call_of(&play).lines[0].at, stamps[0]);
    // split at the caret
    play.keys("esc home enter backspace ctrl-left left ctrl-o");
    assert_eq!(said(call_of(&play))[..2], [(None, "alpha"), (None, "beta")]);
    assert_eq!(call_of(&play).lines[1].at, stamps[0]);
    // joined by backspace at its start, and by a key while resting
    play.keys("backspace");
    assert_eq!(said(call_of(&play))[0], (None, "alpha beta"));
    play.keys("esc j +");
    assert_eq!(said(call_of(&play)), [(None, "alpha beta gamma"), (None, "delta")]);
    play.keys("u");
    // moved
    play.keys("home >");
    assert_eq!(said(call_of(&play)), [(None, "gamma"), (None, "alpha beta"), (None, "delta")]);
    assert_eq!(call_of(&play).lines[1].at, stamps[0]);
    play.keys("<");
    // copied, and put into the bin
    play.keys("y");
    assert!(play.world.asked.iter().any(|asked| *asked == Effect::Copy("alpha beta".into())));
    play.keys("d d").sees("The line is in the bin");
    assert_eq!(said(call_of(&play)), [(None, "gamma"), (None, "delta")]);
    play.keys("u");
    assert_eq!(said(call_of(&play)).len(), 3);
}

#[test]
fn a_line_that_something_came_of_is_not_joined_away() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'one' enter 'the budget by Friday' enter");
    let mut workbook = play.workbook().clone();
    let call = call_of(&play);
    let mut promise = Promise::new(RecordId::new("p"), PartnerId::new("museum"), PartnerId::us(), "send it");
    promise.said_in =
        Some(alongside::domain::SaidIn { call: call.id.clone(), line: call.lines[1].id.clone() });
    let record = Box::new(AnyRecord::Promise(promise));
    workbook.apply(Edit::AddRecord { record, place: 0 }).unwrap();
    let mut play = Play::of(workbook, 80, 24);
    play.keys("g C esc end up +").sees("so it stays apart");
    assert_eq!(call_of(&play).lines.len(), 2);
}

#[test]
fn a_paste_of_several_lines_becomes_several_lines_in_one_step() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'first, '").wait(3_000);
    play.paste("one\r\ntwo\n\n  three\nfo\x1b[31mur");
    let lines =
        |play: &Play| said(call_of(play)).iter().map(|(_, text)| text.to_string()).collect::<Vec<_>>();
    assert_eq!(lines(&play), ["first, one", "two", "  three", "fo[31mur"]);
    // the last one is open
    play.keys("' more'");
    assert_eq!(lines(&play)[3], "fo[31mur more");
    play.keys("ctrl-z ctrl-z");
    assert_eq!(lines(&play), ["first, "]);
    // a paste that comes in pieces is one step too
    play.paste("one\ntw").wait(20).paste("o\nthree\n");
    assert_eq!(lines(&play), ["first, one", "two", "three"]);
    play.keys("'next'");
    assert_eq!(lines(&play), ["first, one", "two", "three", "next"]);
    play.keys("ctrl-z ctrl-z");
    assert_eq!(lines(&play), ["first, "]);
}

#[test]
fn a_paste_begins_a_call_and_goes_into_the_middle_of_a_line() {
    let mut play = Play::of(two(), 80, 24);
    play.keys("g C enter").paste("one\ntwo\nthree");
    assert_eq!(said(call_of(&play)).len(), 3);
    play.keys("enter up up home right").paste("A\nB");
    let lines: Vec<_> = said(call_of(&play)).iter().map(|(_, text)| *text).collect();
    assert_eq!(lines, ["one", "tA", "Bwo", "three"]);
}

#[test]
fn long_lines_and_pasted_escapes_are_safe() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    let long = "a word and \u{1b}]52;c;ZXZpbA==\u{7} another ".repeat(300);
    assert!(long.len() > 10_000);
    play.paste(&long);
    assert_eq!(play.look().faults(), Vec::<String>::new());
    play.keys("'!' enter 'short' enter esc");
    let text = &call_of(&play).lines[0].text;
    assert!(text.len() > 9_000 && text.ends_with('!') && !text.contains('\u{1b}'));
    for size in [(80, 24), (40, 12), (120, 40), (60, 20)] {
        play.resize(size.0, size.1);
        assert_eq!(play.look().faults(), Vec::<String>::new());
        play.keys("home");
        assert_eq!(play.look().faults(), Vec::<String>::new());
        play.keys("end");
    }
}

#[test]
fn too_long_a_paste_is_refused_in_words_and_nothing_is_lost() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'here'").paste(&"line\n".repeat(60_000)).sees("Nothing was added");
    assert_eq!(said(call_of(&play)), [(None, "here")]);
}

#[test]
fn a_clock_that_is_set_back_and_midnight_make_no_difference() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'one' enter").wait(600_000);
    play.set_wall("2025-11-10T13:00:00Z");
    play.keys("'two' enter").wait(10 * 3_600_000).keys("'three' enter");
    let call = call_of(&play);
    let lasted: Vec<i64> = call.lines.iter().map(|line| lasted(call, line)).collect();
    assert!((600..605).contains(&lasted[1]), "{lasted:?}");
    assert!((36_600..36_610).contains(&lasted[2]), "{lasted:?}");
    assert!(call.lines.is_sorted_by_key(|line| line.at));
    // past midnight it is still the call of the day on which it began
    assert_eq!(call.on.to_string(), "2025-11-10");
    play.sees("10:10:0");
    play.keys("esc X");
    let call = call_of(&play);
    assert!(call.ended.unwrap() >= call.lines[2].at);
}

#[test]
fn a_call_of_two_thousand_lines() {
    let mut making = Making::new("two", "Tactile guide");
    let start = "2025-11-10T12:00:00Z".parse::<jiff::Timestamp>().unwrap();
    let mut call = Call::begun(RecordId::new("c"), start.to_zoned(jiff::tz::TimeZone::UTC).date(), start);
    let line = |n: i64| {
        let at = start + jiff::SignedDuration::from_secs(n);
        Line::new(RecordId::new(format!("l{n}")), at, format!("line {n} of what was said"))
    };
    call.lines = (0..2_000).map(line).collect();
    making.act(Edit::AddRecord { record: Box::new(call.into()), place: 0 });
    let mut play = Play::of(making.done(), 80, 24);
    play.keys("g C").sees("line 1999 of").keys("'and one more' enter");
    assert_eq!(call_of(&play).lines.len(), 2_001);
    play.keys("esc home").sees("line 0 of").keys("tab s pagedown").sees("> ");
    play.keys("end").sees("the next line").keys("up up d d");
    assert_eq!(call_of(&play).lines.len(), 2_000);
    assert_eq!(play.look().faults(), Vec::<String>::new());
}

#[test]
fn a_second_call_while_one_goes_on() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'with the museum' enter").wait(60_000).keys("esc n 'carers' enter 'with the carers' enter");
    assert_eq!(play.workbook().calls().iter().filter(|call| call.is_running()).count(), 2);
    play.keys("esc esc").sees("Call 00:0").keys("down").sees("with Carers' group, also City Museum");
    play.keys("g C").sees("with the carers").keys("esc c").sees("with the museum").keys("'still here' enter");
    let museum = &play.workbook().calls()[0];
    assert_eq!(said(museum).len(), 2);
    // ending one leaves the other
    play.keys("esc X").sees("Call with City Museum has ended after 01:0").keys("esc");
    assert_eq!(play.workbook().calls().iter().filter(|call| call.is_running()).count(), 1);
    play.keys("left").sees("with Carers' group").keys("X").sees("Call with Carers' group has ended");
    play.keys("esc left").sees_not("Call 0").keys("u").keys("left").sees("with Carers' group");
}

#[test]
fn leaving_a_call_returns_to_the_very_caret() {
    let mut play = Play::of(two(), 80, 24);
    play.keys("g s 3 enter home right right right");
    let before = play.cursor();
    play.keys("ctrl-j ctrl-j 'ci' enter 'crèche' enter esc esc").sees("TYPING").sees("The call goes on");
    assert_eq!(play.cursor(), before);
    play.keys("'!'");
    let text = &play.workbook().answer(&QuestionId::new("SCO-3")).ours().text;
    assert_eq!(text, "The! two day centres, we think.");
    play.sees("Call 00:0").sees("with City Museum");
}

#[test]
fn words_in_the_strip_go_along_to_the_call() {
    let mut play = Play::of(two(), 80, 24);
    play.keys("g s enter ctrl-j 'hello bud'")
        .wait(20_000)
        .keys("ctrl-j")
        .sees("Who is it?")
        .sees("hello bud");
    play.keys("'ci' enter 'get first' enter");
    let call = call_of(&play);
    assert_eq!(said(call), [(None, "hello budget first")]);
    assert_eq!(lasted(call, &call.lines[0]), 0, "the call began with the first key of its words");
    // and into a call that goes on
    play.keys("esc esc").wait(30_000).keys("ctrl-j 'and wo' tab p ctrl-j 'rkshops' enter");
    assert_eq!(said(call_of(&play))[1], (Some('p'), "and workshops"));
    assert_eq!(play.workbook().calls().len(), 1);
}

#[test]
fn the_strip_says_where_it_goes_and_shift_tab_changes_it() {
    let mut play = Play::opened_in(Start { books: vec![two(), books::blank()], ..Start::default() });
    play.keys("J").sees("Jot: into Tactile guide").keys("'ring the carers' tab x enter");
    let jots = call_of(&play);
    assert!(jots.is_jots());
    assert_eq!(said(jots), [(Some('x'), "ring the carers")]);
    play.keys("'and the bus people' esc");
    assert_eq!(said(call_of(&play)).len(), 2, "the jots of one day stand together");
    assert_eq!(play.workbook().calls().len(), 1);
    play.keys("u");
    assert_eq!(said(call_of(&play)).len(), 1, "a jot can be undone");
    ring(&mut play);
    play.keys("'hello' enter esc esc J").sees("Jot: into the call with City Museum");
    play.keys("'in passing' enter");
    assert_eq!(said(call_of(&play)), [(None, "hello"), (None, "in passing")]);
    play.keys("shift-tab").sees("Jot: into Tactile guide");
    play.keys("shift-tab")
        .sees("Jot: for Walks with the day centre, by way of the inbox")
        .keys("'for them' enter");
    let to = play.world.asked.iter().find_map(|asked| match asked {
        Effect::Ask(Ask::Jot { text, to, .. }) if text == "for them" => Some(to.clone()),
        _ => None,
    });
    assert_eq!(to.unwrap(), Some(books::blank().id().clone()));
    play.keys("shift-tab")
        .sees("Jot: into the inbox")
        .keys("shift-tab")
        .sees("into the call with City Museum");
}

#[test]
fn a_jot_has_the_moment_of_its_first_key_on_the_call() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'hello' enter esc esc").wait(60_000).keys("ctrl-j 'p'").wait(60_000).keys("'aid' enter esc");
    let call = call_of(&play);
    assert!((60..65).contains(&lasted(call, &call.lines[1])));
}

#[test]
fn in_a_workbook_that_is_open_to_read_a_jot_waits_in_the_inbox() {
    let mut play = Play::of(two(), 80, 24);
    let workbook = play.workbook().clone();
    let id = workbook.id().clone();
    play.open_to_read(workbook, "Open in another window.");
    play.keys("J").sees("Jot: for Tactile guide, by way of the inbox").keys("'later' esc");
    let asked = play.world.asked.iter().any(
        |asked| matches!(asked, Effect::Ask(Ask::Jot { text, to, .. }) if text == "later" && *to == Some(id.clone())),
    );
    assert!(asked);
    play.keys("g C").sees("open to read only");
    assert!(play.workbook().calls().is_empty());
}

#[test]
fn from_the_library_it_is_asked_whose_call_it_is() {
    let mut play = Play::opened_in(Start { books: vec![two(), books::blank()], ..Start::default() });
    play.keys("g L J").sees("Jot: into the inbox").keys("'hello bud' ctrl-j").sees("Who is it?");
    play.keys("'car'").sees("> Carers' group").keys("enter").sees("Call with Carers' group");
    play.keys("'get' enter");
    assert_eq!(play.workbook().title(), "Tactile guide");
    assert_eq!(said(call_of(&play)), [(None, "hello budget")]);
    // a name that nobody has begins a workbook of its own
    play.keys("esc esc g L g C 'Botanic Garden'")
        .sees("Call with Botanic Garden")
        .keys("enter 'hello' enter");
    assert_eq!(play.workbook().title(), "Call with Botanic Garden");
    assert_eq!(said(call_of(&play)), [(None, "hello")]);
    let with = play.workbook().person(&call_of(&play).with[0]).unwrap();
    assert_eq!(with.name, "Botanic Garden");
}

#[test]
fn words_are_not_lost_where_nobody_is_chosen() {
    let mut play = Play::opened_in(Start { books: vec![two()], ..Start::default() });
    play.keys("g L J 'hello bud' ctrl-j").sees("Who is it?").keys("esc");
    assert_eq!(play.world.shelf.jots.last().unwrap().text, "hello bud");
}

#[test]
fn asking_marks_it_asked_with_the_call_as_its_source() {
    let mut workbook = two();
    let start = "2025-11-01T09:00:00Z".parse().unwrap();
    let mut earlier = Call::begun(RecordId::new("old"), jiff::civil::date(2025, 11, 1), start);
    earlier.partner = Some(PartnerId::new("museum"));
    earlier.ended = Some(start);
    let question = Line::new(RecordId::new("q"), start, "who pays for preparation");
    earlier.lines = vec![Line { tag: Some(Tag::Ask), ..question }];
    workbook.apply(Edit::AddRecord { record: Box::new(earlier.into()), place: 0 }).unwrap();
    let mut play = Play::of(workbook, 80, 24);
    ring(&mut play);
    play.sees("ASK").sees("who pays for preparation").sees("Do we need a partnership");
    play.keys("'hello' enter shift-tab shift-tab shift-tab").sees("Enter: it was asked").keys("enter");
    assert!(play.workbook().calls()[0].lines[0].done);
    play.sees("Asked. Type what they say.").keys("'half each' enter");
    assert_eq!(said(call_of(&play))[1], (Some('s'), "half each"));
    play.keys("shift-tab shift-tab shift-tab enter");
    let id = QuestionId::new("SCO-3");
    let theirs = play.workbook().answer(&id).theirs(&PartnerId::new("museum")).unwrap().clone();
    let call = call_of(&play);
    assert_eq!(theirs.heard, Heard::Asked);
    assert!(matches!(&theirs.source, Source::Call(at) if at.call == call.id && at.line == call.lines[1].id));
    play.keys("'the evening volunteers' enter");
    assert_eq!(call_of(&play).lines[2].about, Some(id));
    play.sees("nothing waits to be asked");
}

#[test]
fn asking_before_anything_was_said_leaves_a_marker() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("shift-tab shift-tab shift-tab enter");
    assert_eq!(said(call_of(&play)), [(None, "")]);
    let mut play = Play::of(two(), 80, 24);
    play.keys("g C enter shift-tab shift-tab shift-tab enter").sees("Say first with whom you talk");
}

#[test]
fn undo_while_typing_takes_back_the_words_and_then_the_line() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'hello' enter 'again'").keys("ctrl-z");
    assert_eq!(said(call_of(&play)), [(None, "hello")], "a phrase and its line are one step");
    play.keys("'anew' enter");
    assert_eq!(said(call_of(&play)), [(None, "hello"), (None, "anew")]);
    play.keys("ctrl-z ctrl-z ctrl-z");
    assert!(play.workbook().calls().is_empty(), "the call itself can be taken back");
    play.keys("'and begins again'");
    assert_eq!(said(call_of(&play)), [(None, "and begins again")]);
}

#[test]
fn an_open_call_is_said_on_leaving() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'hello' ctrl-q").sees("Call still open: X ends it, q leaves it open").keys("X");
    assert!(call_of(&play).ended.is_some());
    assert!(!play.left());
    play.keys("esc ctrl-q").sees("All is saved. q leaves").keys("esc u left").sees("Call 0").keys("ctrl-q q");
    assert!(play.left());
}

#[test]
fn a_call_goes_on_after_the_program_was_left() {
    let mut play = Play::of(two(), 80, 24);
    play.keys("g s 3 enter ctrl-j ctrl-j 'ci' enter 'hello' enter").tick(6_000);
    let id = play.workbook().id().clone();
    play.keys("esc esc esc esc g L").wait(60_000).keys("enter");
    assert_eq!(*play.workbook().id(), id);
    play.sees("Call 01:").keys("g C").sees("hello").keys("'still there' enter");
    assert_eq!(said(call_of(&play)).len(), 2);
}

#[test]
fn the_notes_list_every_call_and_find_what_was_said() {
    let mut play = Play::of(two(), 80, 24);
    play.keys("g n").sees("No call and no note yet");
    ring(&mut play);
    play.keys("'hello, budget first' enter").keys("esc X J 'ring the carers' enter esc g n");
    play.sees("City Museum").sees("hello, budget first").sees("Jotted").sees("1 to tidy");
    play.keys("/ 'budget'").sees("1 of 2 notes").sees_not("Jotted").keys("' mus' enter");
    play.sees("Call with City Museum").sees("MOVING").keys("esc").sees("Notes");
    play.keys("esc").keys("/ esc esc");
    play.keys("g n G").keys("d d").sees("It is in the bin");
    assert_eq!(play.workbook().calls().len(), 1);
    play.keys("u");
    assert_eq!(play.workbook().calls().len(), 2);
}

#[test]
fn what_was_found_leads_to_the_very_line() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'one' enter 'insurance is theirs' enter 'three' enter esc X");
    play.keys("g m / 'insurance' enter").sees("Call with City Museum").sees("MOVING").keys("tab m");
    assert_eq!(said(call_of(&play))[1], (Some('m'), "insurance is theirs"));
    // what is remembered afterwards is said to be so
    play.keys("J 'and one thing more' enter").sees("later").sees("and one thing more");
}

#[test]
fn the_linear_layout_ticks_no_timer() {
    let mut play = Play::linear(80, 24);
    play.keys("g C 'h' enter 'hello' enter").sees("phone, since 14:03");
    let before = play.screen();
    assert_eq!(play.app.deadline(), None.or(play.app.deadline().filter(|at| at.as_secs() > 3)));
    play.tick(5_000);
    let after = play.screen();
    assert_eq!(before, after, "nothing ticks");
}

#[test]
fn a_call_wakes_the_program_once_a_second() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'hello' enter").say(Message::Tick);
    let first = play.app.deadline().unwrap();
    play.tick(1_000);
    let next = play.app.deadline().unwrap();
    assert_eq!((next - first).as_millis(), 1_000);
}

#[test]
fn one_alike_in_their_first_twenty_letters_can_be_told_from_the_other() {
    let mut play = Play::of(books::longest(), 60, 20);
    play.keys("g C 'fed'");
    let screen = play.screen();
    let names: Vec<&str> = screen.lines().filter(|line| line.contains("Federation")).collect();
    assert!(names.len() >= 4, "{screen}");
    let mut distinct: Vec<&str> = names.iter().map(|line| line.trim_start_matches(['>', ' '])).collect();
    distinct.dedup();
    assert_eq!(distinct.len(), names.len(), "{screen}");
}

#[test]
fn what_is_pasted_into_a_private_line_stays_private() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'their' tab v").paste(" treasurer\nis ill\nuntil May");
    play.keys("enter 'the poster' enter");
    let private = |play: &Play| call_of(play).lines.iter().map(|line| line.private).collect::<Vec<_>>();
    assert_eq!(private(&play), [true, true, true, false]);
    // also where that was said before the first key
    play.keys("tab v").paste("one\ntwo\n").keys("'three'");
    assert_eq!(private(&play)[4..], [true, true, false]);
}

#[test]
fn who_went_to_see_a_line_and_looked_further_comes_back_all_the_same() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'one' enter esc X").sees("What is each of these lines?");
    play.keys("l").sees("Call with City Museum").keys("g p").sees("People").keys("esc");
    play.sees("Call with City Museum").keys("esc").sees("What is each of these lines?");
}

#[test]
fn words_in_the_strip_are_not_lost_where_somebody_goes_elsewhere() {
    let mut play = Play::of(two(), 80, 24);
    play.keys("J 'ring the carers' tab v ctrl-p 'partners and people' enter").sees("People");
    let lines = &call_of(&play).lines;
    assert_eq!((lines[0].text.as_str(), lines[0].private), ("ring the carers", true));
    // another strip over it
    play.keys("J 'and the bus' ctrl-p 'jot a note' enter 'people' esc");
    assert_eq!(said(call_of(&play)), [(None, "ring the carers"), (None, "and the bus"), (None, "people")]);
    // what was typed to a question is put aside
    play.keys("g m n 'Bus peo' ctrl-p 'partners and people' enter")
        .sees("Put aside")
        .keys("g m n")
        .sees("Bus peo");
}

#[test]
fn a_call_that_was_asked_for_lies_over_the_welcome() {
    let mut workbook = two();
    let change = StateChange::to(PartnershipState::Paused, jiff::civil::date(2025, 2, 28));
    workbook.apply(Edit::ChangeState(change)).unwrap();
    let mut play = Play::of(workbook, 80, 24);
    play.sees("Welcome back").keys("g L J 'hello bud' ctrl-j 'car' enter 'get' enter");
    assert_eq!(said(call_of(&play)), [(None, "hello budget")]);
    play.sees("Call with Carers' group").keys("esc esc").sees("Welcome back");
}

#[test]
fn a_note_that_could_not_be_kept_is_there_again() {
    let mut play = Play::of(two(), 80, 24);
    play.keys("g L J 'the treasurer' tab v enter esc");
    let words = Words {
        at: "2025-11-10T14:03:00Z".parse().unwrap(),
        text: "the treasurer".into(),
        tag: None,
        private: true,
    };
    play.say(Message::NotJotted { words, to: None, why: "The disk is full.".into() });
    play.sees("The disk is full.").sees("v the treasurer").keys("'!' enter");
    let asked = play.world.asked.iter().any(
        |asked| matches!(asked, Effect::Ask(Ask::Jot { text, private: true, .. }) if text == "the treasurer!"),
    );
    assert!(asked);
}

#[test]
fn two_alike_can_be_told_apart_where_a_line_asks_whose_it_is() {
    let names = ["Northern Valleys Museum, learning", "Northern Valleys Museum, collections"];
    let long = names.map(|name| format!("The Federation of Community Museums and Libraries, {name}"));
    for names in [names.map(str::to_owned), long] {
        for size in [(60, 20), (80, 24)] {
            let mut making = Making::new("alike", "Names that begin alike");
            making.partner("one", &names[0]).partner("two", &names[1]);
            let mut play = Play::of(making.done(), size.0, size.1);
            play.keys("g C enter 'send the budget' enter 'we forget' enter up tab s up tab p esc X");
            for step in ["2 enter", "esc 4 enter"] {
                let screen = play.keys(step).screen();
                let rows = screen.lines().skip(1);
                let rows = rows.filter(|line| line.contains("Northern") || line.contains("Federation"));
                let mut rows: Vec<&str> = rows
                    .map(|row| row.trim_start_matches(|c: char| c == '>' || c == ' ' || c.is_ascii_digit()))
                    .collect();
                assert!(rows.len() >= 2, "{step} at {size:?}:\n{screen}");
                let all = rows.len();
                rows.sort_unstable();
                rows.dedup();
                assert_eq!(rows.len(), all, "{step} at {size:?}:\n{screen}");
            }
        }
    }
}

#[test]
fn esc_from_beside_the_lines_leads_back_to_where_one_was() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'one' enter 'two' enter esc k").sees("> 14:03");
    play.keys("shift-tab").sees("Who is it?").keys("esc").sees("MOVING");
    play.keys("shift-tab shift-tab shift-tab").sees("Enter: it was asked").keys("esc").sees("MOVING");
    play.keys("w esc").sees("MOVING");
    // to the very caret of a line
    play.keys("enter home shift-tab 'mu' esc 'x'");
    assert_eq!(said(call_of(&play)), [(None, "xone"), (None, "two")]);
    play.keys("shift-tab shift-tab esc 'y'");
    assert_eq!(said(call_of(&play)), [(None, "xyone"), (None, "two")]);
    play.keys("esc shift-tab esc X").sees("has ended");
    assert!(call_of(&play).ended.is_some());
}

#[test]
fn a_line_that_is_accepted_while_the_call_goes_on_leads_to_the_open_line() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'hello' enter 'half a li'");
    let mut play = Play::of(play.workbook().clone(), 80, 24);
    play.keys("g C esc enter 'ne more' enter").sees("TYPING").keys("'extra' enter");
    assert_eq!(said(call_of(&play)), [(None, "hello"), (None, "half a line more"), (None, "extra")]);
    // a line that was not finished is gone on with
    play.keys("esc esc g C backspace '!' enter").sees("TYPING");
    assert_eq!(said(call_of(&play))[2..], [(None, "extra!")]);
    // where nothing goes on, one rests on the line that was accepted
    play.keys("esc X g n enter enter '.' enter").sees("MOVING").sees("> 14:03");
}

#[test]
fn with_two_calls_open_each_is_named_and_the_one_to_end_is_asked_for() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'one' enter esc n 'Zebra trust' enter 'hello' enter esc esc down");
    play.sees("with Zebra trust, also City Museum");
    play.keys("X").sees("Which call ends?").sees("Call with Zebra trust").sees("Call with City Museum");
    assert_eq!(play.workbook().calls().iter().filter(|call| call.is_running()).count(), 2);
    play.keys("down enter").sees("Call with City Museum has ended");
    play.keys("g m ctrl-q").sees("End the call with Zebra trust").keys("esc u down");
    play.keys("ctrl-q").sees("2 calls still open").sees("End the call with City Museum");
    let mut play = Play::of(play.workbook().clone(), 60, 20);
    play.keys("down").sees(", 1 more");
}

#[test]
fn the_library_says_that_a_call_is_open() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'hello' enter esc esc g L").sees("Call with City Museum still open");
    play.keys("q").sees("Call with City Museum is still open");
}

#[test]
fn who_has_left_is_offered_last_and_said_to_have_left() {
    let mut making = Making::new("two", "Tactile guide");
    making.partner("museum", "City Museum");
    making.person("ann", "museum", "producer").person("bo", "museum", "curator");
    let mut workbook = making.done();
    let mut person = workbook.people()[0].clone();
    person.left = Some(jiff::civil::date(2025, 6, 1));
    workbook.apply(Edit::SetPerson(Box::new(person))).unwrap();
    let mut play = Play::of(workbook, 80, 24);
    ring(&mut play);
    play.keys("'hello' enter shift-tab shift-tab").sees("producer, City Museum  has left");
    let screen = play.screen();
    assert!(screen.find("curator") < screen.find("producer"), "{screen}");
}

#[test]
fn the_letters_of_the_tags_are_in_sight_where_they_tag() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'hello'").sees("p promise").keys("esc").sees_not("p promise").sees("Tab, then a letter tags");
    play.keys("tab").tick(400).sees("romise");
}

#[test]
fn what_is_owed_and_asked_is_that_of_whom_one_talks_with() {
    let mut workbook = two();
    let (museum, carers) = (PartnerId::new("museum"), PartnerId::new("carers"));
    let promise = |id: &str, by: &PartnerId, to: &PartnerId, what: &str| {
        Promise::new(RecordId::new(id), by.clone(), to.clone(), what)
    };
    let us = PartnerId::us();
    let all = [
        promise("1", &us, &museum, "an hour of somebody for the evening volunteers, whenever that is"),
        Promise {
            due: Some(jiff::civil::date(2025, 11, 21)),
            ..promise("2", &us, &museum, "write the text for the butter churn and have it read")
        },
        promise("3", &museum, &us, "find a room"),
        promise("4", &carers, &us, "bring the bus"),
    ];
    for promise in all {
        let record = Box::new(AnyRecord::Promise(promise));
        workbook.apply(Edit::AddRecord { record, place: 9 }).unwrap();
    }
    for size in [(80, 24), (60, 20)] {
        let mut play = Play::of(workbook.clone(), size.0, size.1);
        ring(&mut play);
        play.sees("us    Fri 21 Nov: write the text").sees("them  find a room").sees_not("the bus");
        play.keys("'one' enter esc n 'Zebra trust' enter 'hello' enter").sees("nothing either way");
        play.sees_not("Do we need a partnership").sees("nothing waits to be asked");
    }
    let mut play = Play::of(workbook.clone(), 120, 40);
    ring(&mut play);
    play.sees("Fri 21 Nov: write").sees("have it").sees("evening volunteers, whenever");
}

#[test]
fn notes_in_a_narrow_window_show_the_first_words() {
    for (columns, rows) in [(60, 20), (40, 12)] {
        let mut play = Play::of(two(), columns, rows);
        ring(&mut play);
        play.keys("'budget' enter esc X g m J 'ring the carers' enter esc g n");
        play.sees("Jotted: ring").sees("City Museum: b");
    }
}

#[test]
fn undo_names_what_was_done_to_lines() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'one' enter 'two' enter 'three' enter esc")
        .keys("end up + u")
        .sees("Undone: two lines joined.");
    play.keys("home > u").sees("Undone: a line moved.");
    play.keys("s j s tab x u").sees("Undone: the tags of 2 lines.");
    play.keys("tab x u").sees("Undone: the tag of a line.");
    play.keys("s j s d d u").sees("Undone: 2 lines going to the bin.");
    play.keys("home enter left ctrl-o ctrl-z").sees("Undone: a line split in two.");
}

#[test]
fn a_caller_whose_name_nobody_had_is_named_everywhere() {
    let mut play = Play::of(two(), 80, 24);
    play.keys("g C 'Zebra trust' enter 'hello, here is Zebra' enter esc esc").sees("with Zebra trust");
    play.keys("J").sees("Jot: into the call with Zebra trust").keys("esc g C esc X").sees("Zebra trust");
    play.keys("g m g t").sees("Call with Zebra trust");
    play.keys("g m g i").sees("Zebra trust");
}

#[test]
fn a_line_can_be_split_by_somebody_who_rests_on_it() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'alpha beta' enter 'gamma' enter esc home ? 'split'").sees("Split this line").keys("esc");
    play.keys("home : 'split' enter").sees("TYPING").sees("Ctrl-O").keys("ctrl-o");
    assert_eq!(said(call_of(&play)), [(None, "alpha"), (None, "beta"), (None, "gamma")]);
}

#[test]
fn whoever_is_said_to_ring_joins_those_who_are_on_the_call() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'hello' enter shift-tab 'pr' enter").sees("Call with City Museum - producer");
    play.keys("shift-tab 'cu' enter").sees("Call with City Museum - producer, curator");
    play.keys("shift-tab 'pr' enter").sees("Call with City Museum - producer, curator");
    // somebody whom nobody has sorted yet says nothing about the side
    play.keys("shift-tab 'driver' enter shift-tab 'dri' enter").sees("- producer, curator, driver");
    assert_eq!(call_of(&play).partner, Some(PartnerId::new("museum")));
}

#[test]
fn a_second_partner_is_on_a_call_by_its_name_alone() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'hello' enter shift-tab shift-tab 'car'").sees("> Carers' group").keys("enter enter");
    play.sees("Call with City Museum and Carers' group").sees("TYPING");
    let people = play.workbook().people().len();
    assert_eq!(call_of(&play).also, [PartnerId::new("carers")]);
    // what was said can be theirs, and they are seen to be on it
    play.keys("shift-tab shift-tab").sees("Carers' group  on the call").keys("enter");
    play.keys("'they bring chairs by Friday' tab p enter esc X tab").sees("Who does what, by when?");
    play.keys("w w").sees("We, to City Museum").keys("w").sees("Carers' group, to us");
    play.keys("esc g t").sees("Call with City Museum and Carers' group");
    play.keys("g n enter shift-tab shift-tab 'car' enter");
    assert!(call_of(&play).also.is_empty(), "named again, it is taken off");
    assert_eq!(play.workbook().people().len(), people, "no partner became a person");
}

#[test]
fn an_old_call_is_let_be_in_one_go_and_undo_says_so() {
    let mut play = Play::of(two(), 80, 24);
    ring(&mut play);
    play.keys("'hello' enter 'who pays' tab q enter 'we said we ring' tab p enter esc X").sees("3 left");
    play.keys("O").sees("3 lines are let be").sees("to be asked. u takes").sees("all tidy");
    assert_eq!(call_of(&play).to_tidy(), 0);
    play.keys("u").sees("Undone: what is to be done about 3 lines.").sees("3 left");
    play.keys("1 enter").sees("Let all the lines be").keys("O").sees("all tidy").keys("u");
    play.keys("esc g i").sees("3 lines").keys("o").sees("Nothing is left to tidy.").keys("u").sees("3 lines");
    play.keys("enter 1 o").sees_not("hello").keys("u").sees("Undone: what is to be done about a line.");
}
