use crate::testing::properties::cases;
use jiff::civil::date;
use proptest::prelude::*;

use super::super::random::{What, Wish, edit_of, wish};
use super::super::*;
use super::*;

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(1_700_000_000_000 + ms).unwrap()
}

fn ours() -> TextPlace {
    TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours)
}

fn insert(pos: usize, text: &str) -> Edit {
    Edit::Splice(Splice {
        place: ours(),
        at: pos,
        delete: String::new(),
        insert: text.into(),
        on: Some(date(2025, 3, 5)),
    })
}

fn book() -> Book {
    Book::new(Workbook::new(WorkbookId::new("w"), "Walk"), 0)
}

fn steps(book: &Book) -> usize {
    book.done.len()
}

#[test]
fn typing_is_one_phrase_until_a_pause_a_line_break_or_another_place() {
    let mut b = book();
    for (n, c) in "hello".chars().enumerate() {
        b.act(insert(n, &c.to_string()), at(n as i64 * 100)).unwrap();
    }
    assert_eq!(steps(&b), 1);
    b.act(insert(5, " you"), at(2_000)).unwrap();
    assert_eq!(steps(&b), 2, "a pause ends the phrase");
    b.act(insert(9, "\n"), at(2_100)).unwrap();
    b.act(insert(10, "x"), at(2_200)).unwrap();
    assert_eq!(steps(&b), 3, "a line break ends it");
    b.act(insert(0, "y"), at(2_300)).unwrap();
    assert_eq!(steps(&b), 4, "elsewhere begins another");
    b.undo(at(3_000)).unwrap();
    assert_eq!(b.workbook().text(&ours()), Some("hello you\nx"));
}

#[test]
fn undo_takes_back_a_phrase_and_redo_brings_it_again() {
    let mut b = book();
    b.act(insert(0, "a"), at(0)).unwrap();
    b.act(insert(1, "b"), at(1)).unwrap();
    let (_, step) = b.undo(at(2)).unwrap();
    assert_eq!(step.edits().count(), 1, "one splice, merged");
    assert_eq!(*b.workbook(), Workbook::new(WorkbookId::new("w"), "Walk"));
    b.redo(at(3)).unwrap();
    assert_eq!(b.workbook().text(&ours()), Some("ab"));
    assert!(b.redo(at(4)).is_none());
}

#[test]
fn several_edits_are_done_together_or_not_at_all() {
    let mut b = book();
    let stranger = Edit::BinPartner { partner: PartnerId::new("nobody"), on: date(2025, 1, 1) };
    let before = b.workbook().clone();
    assert!(b.act_all(vec![insert(0, "a"), stranger], at(0)).is_err());
    assert_eq!(*b.workbook(), before);
    assert_eq!(b.seq(), 0);
}

#[test]
fn a_partner_comes_back_from_the_bin_to_its_place() {
    let mut b = book();
    for (place, name) in ["one", "two"].into_iter().enumerate() {
        let partner = Partner::named(PartnerId::new(name), name);
        b.act(Edit::AddPartner { partner: Box::new(partner), place }, at(0)).unwrap();
    }
    let full = b.workbook().clone();
    let on = date(2025, 1, 1);
    b.act(Edit::BinPartner { partner: PartnerId::new("one"), on }, at(0)).unwrap();
    assert_eq!(b.workbook().bin().len(), 1);
    b.act(Edit::Restore { from: 0 }, at(0)).unwrap();
    assert_eq!(*b.workbook(), full);
    b.undo(at(0)).unwrap();
    assert_eq!(b.workbook().partners().len(), 1);
}

#[test]
fn a_line_waits_in_the_bin_until_its_call_is_back() {
    let mut b = book();
    let (call, line, on) = (RecordId::new("c"), RecordId::new("l"), date(2025, 1, 1));
    let begun = Call::begun(call.clone(), on, at(0));
    b.act(Edit::AddRecord { record: Box::new(begun.into()), place: 0 }, at(0)).unwrap();
    let said = Line::new(line.clone(), at(0), "we always forget the volunteers");
    b.act(Edit::AddLine { call: call.clone(), line: said, place: 0 }, at(0)).unwrap();
    let full = b.workbook().clone();
    b.act(Edit::BinLine { call: call.clone(), line, on }, at(0)).unwrap();
    b.act(Edit::BinRecord { family: Family::Call, record: call.clone(), on }, at(0)).unwrap();
    assert_eq!(b.act(Edit::Restore { from: 0 }, at(0)), Err(Refused::NoCall(call)));
    b.act(Edit::Restore { from: 1 }, at(0)).unwrap();
    b.act(Edit::Restore { from: 0 }, at(0)).unwrap();
    assert_eq!(*b.workbook(), full);
}

#[test]
fn no_two_records_share_an_id_and_no_call_has_a_line_twice() {
    let mut b = book();
    let (id, on) = (RecordId::new("r"), date(2025, 1, 1));
    let add = |record: AnyRecord| Edit::AddRecord { record: Box::new(record), place: 0 };
    b.act(add(Word::new(id.clone(), "stakeholder").into()), at(0)).unwrap();
    let twin = b.act(add(Legacy::noted(id, on, "the map").into()), at(0));
    assert!(matches!(twin, Err(Refused::AlreadyThere(_))), "{twin:?}");
    let line = Line::new(RecordId::new("l"), at(0), "once");
    let mut call = Call::begun(RecordId::new("c"), on, at(0));
    call.lines = vec![line.clone(), line];
    assert!(b.act(add(call.into()), at(0)).is_err());
}

#[test]
fn what_was_longer_than_a_place_holds_can_be_undone_and_a_call_is_set_without_its_lines() {
    let mut b = book();
    let long = "x".repeat(2 * FIELD_LIMIT);
    let (call, line, on) = (RecordId::new("c"), RecordId::new("l"), date(2025, 1, 1));
    let mut begun = Call::begun(call.clone(), on, at(0));
    begun.lines.push(Line::new(line.clone(), at(0), long));
    b.act(Edit::AddRecord { record: Box::new(begun.clone().into()), place: 0 }, at(0)).unwrap();
    let full = b.workbook().clone();
    let place = TextPlace::Line(call, line);
    let splice = |delete: &str, insert: &str| {
        let (place, delete, insert) = (place.clone(), delete.to_owned(), insert.to_owned());
        Edit::Splice(Splice { place, at: 0, delete, insert, on: None })
    };
    assert!(matches!(b.act(splice("", "y"), at(0)), Err(Refused::TooLong { .. })));
    b.act(splice("xx", ""), at(0)).unwrap();
    b.undo(at(0)).unwrap();
    assert_eq!(*b.workbook(), full);
    begun.mood = "warm".into();
    let records = b.act(Edit::SetRecord(Box::new(begun.into())), at(0)).unwrap();
    assert!(format!("{records:?}").len() < 5_000, "the lines are in the journal a second time");
    assert_eq!(b.workbook().calls()[0].lines.len(), 1);
}

/// What a test does to a book.
#[derive(Debug, Clone)]
enum Doing {
    Act(Wish),
    Note(u8),
    Pause,
    Undo,
    Redo,
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        12 => wish().prop_map(Doing::Act),
        2 => any::<u8>().prop_map(Doing::Note),
        1 => Just(Doing::Pause),
        2 => Just(Doing::Undo),
        1 => Just(Doing::Redo),
    ]
}

/// A note that comes in: a line somewhere in a call, or in the notes of a day where there are none.
fn note(n: usize, place: u8, workbook: &Workbook) -> Vec<Edit> {
    let calls = workbook.calls();
    let line = Line::new(RecordId::new(format!("note-{n}")), at(0), "a note");
    match calls.get(usize::from(place) % (calls.len() + 1)) {
        Some(call) => {
            let place = usize::from(place / 7) % (call.lines.len() + 1);
            vec![Edit::AddLine { call: call.id.clone(), line, place }]
        }
        None => {
            let id = RecordId::new(format!("day-{n}"));
            let day = Call { medium: Medium::Jots, ..Call::begun(id.clone(), date(2025, 1, 1), at(0)) };
            let place = usize::from(place / 7) % (calls.len() + 1);
            let record = Box::new(AnyRecord::Call(day));
            vec![Edit::AddRecord { record, place }, Edit::AddLine { call: id, line, place: 0 }]
        }
    }
}

/// The notes in a workbook, those in its bin among them.
fn notes(workbook: &Workbook) -> std::collections::BTreeSet<String> {
    let all = format!("{:?}{:?}", workbook.calls(), workbook.bin());
    all.split("RecordId(\"").filter(|id| id.starts_with("note-")).map(|id| id[..8].to_owned()).collect()
}

/// A call with two lines that were typed, and a book whose notes have gone into it since.
fn call_with_a_note(place: usize) -> (Book, Workbook) {
    let mut b = book();
    let call = RecordId::new("c");
    let begun = Call::begun(call.clone(), date(2025, 1, 1), at(0));
    b.act(Edit::AddRecord { record: Box::new(begun.into()), place: 0 }, at(0)).unwrap();
    let line = |id: &str| Line::new(RecordId::new(id), at(0), id);
    for (place, id) in ["first", "second"].into_iter().enumerate() {
        b.act(Edit::AddLine { call: call.clone(), line: line(id), place }, at(0)).unwrap();
    }
    let bin = Edit::BinLine { call: call.clone(), line: RecordId::new("first"), on: date(2025, 1, 1) };
    b.act(bin, at(0)).unwrap();
    b.take_in(vec![Edit::AddLine { call, line: line("note"), place }], at(0)).unwrap();
    let full = b.workbook().clone();
    (b, full)
}

fn texts(book: &Book) -> Vec<&str> {
    book.workbook().calls()[0].lines.iter().map(|line| line.text.as_str()).collect()
}

#[test]
fn a_note_stays_and_what_was_done_before_it_is_undone_in_its_place() {
    for (place, with_first) in [(0, ["first", "note", "second"]), (1, ["first", "second", "note"])] {
        let (mut b, full) = call_with_a_note(place);
        b.undo(at(1)).unwrap();
        assert_eq!(texts(&b), with_first);
        b.undo(at(1)).unwrap();
        assert_eq!(texts(&b), ["first", "note"]);
        while b.undo(at(1)).is_some() {}
        assert_eq!(texts(&b), ["note"], "the call stays, since the note is in it");
        assert!(b.last_done().is_some());
        while b.redo(at(1)).is_some() {}
        assert_eq!(*b.workbook(), full);
    }
}

#[test]
fn what_comes_back_comes_back_to_its_own_place_or_not_at_all() {
    let on = date(2025, 1, 1);
    let (call, last) = (RecordId::new("c"), RecordId::new("three"));
    let line = |id: &str| Line::new(RecordId::new(id), at(0), id);
    let taken_away = [
        Edit::TakeBackLine { call: call.clone(), line: last.clone() },
        // the bin knows a place of its own, which would be another one
        Edit::BinLine { call: call.clone(), line: last, on },
    ];
    for (edit, comes_back) in taken_away.into_iter().zip([true, false]) {
        let mut b = book();
        let lines = ["one", "two", "three"].map(line).to_vec();
        let begun = Call { lines, ..Call::begun(call.clone(), on, at(0)) };
        b.act(Edit::AddRecord { record: Box::new(begun.into()), place: 0 }, at(0)).unwrap();
        b.act(edit, at(0)).unwrap();
        b.take_in(vec![Edit::AddLine { call: call.clone(), line: line("note"), place: 0 }], at(0)).unwrap();
        let before = b.workbook().clone();
        assert_eq!(b.undo(at(1)).is_some(), comes_back);
        if comes_back {
            assert_eq!(texts(&b), ["note", "one", "two", "three"]);
            b.redo(at(1)).unwrap();
        }
        assert_eq!(*b.workbook(), before);
    }
}

#[test]
fn what_came_back_before_a_note_goes_again_only_where_it_could_return_to_its_place() {
    let (mut b, _) = call_with_a_note(0);
    b.act(Edit::Restore { from: 0 }, at(0)).unwrap();
    let line = Line::new(RecordId::new("later"), at(0), "later");
    b.take_in(vec![Edit::AddLine { call: RecordId::new("c"), line, place: 0 }], at(1)).unwrap();
    let full = b.workbook().clone();
    while b.undo(at(2)).is_some() {}
    while b.redo(at(3)).is_some() {}
    assert_eq!(*b.workbook(), full);
}

#[test]
fn what_was_undone_can_be_done_again_after_a_note_has_come_in() {
    let (mut b, _) = call_with_a_note(0);
    b.undo(at(1)).unwrap();
    b.undo(at(1)).unwrap();
    let line = Line::new(RecordId::new("later"), at(0), "later");
    b.take_in(vec![Edit::AddLine { call: RecordId::new("c"), line, place: 9 }], at(2)).unwrap();
    b.redo(at(3)).unwrap();
    b.redo(at(3)).unwrap();
    let mut there = texts(&b);
    there.sort_unstable();
    assert_eq!(there, ["later", "note", "second"]);
    assert_eq!(b.workbook().bin().len(), 1);
    // an act of the person's own forgets what was undone, as ever
    b.undo(at(4)).unwrap();
    b.act(insert(0, "x"), at(5)).unwrap();
    assert!(b.redo(at(6)).is_none() && b.last_undone().is_none());
}

#[test]
fn every_kind_of_edit_is_tried_and_most_of_them_fit() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut b, mut kinds) = (book(), std::collections::HashMap::new());
    for n in 0..8_000 {
        let wish = proptest::strategy::ValueTree::current(&wish().new_tree(&mut runner).unwrap());
        let fits = edit_of(&wish, b.workbook()).is_some_and(|edit| b.act(edit, at(n)).is_ok());
        *kinds.entry(format!("{:?}", wish.what)).or_insert(0) += u32::from(fits);
        if n % 200 == 0 {
            b = book();
        }
    }
    for what in What::ALL {
        assert!(kinds[&format!("{what:?}")] > 3, "{what:?} hardly ever fits: {kinds:?}");
    }
}

proptest! {
    #![proptest_config(cases(400))]

    /// Undo-all gives the start, redo-all the end, and the records alone give the same book and the same history.
    #[test]
    fn everything_can_be_undone_and_replayed(doings in prop::collection::vec(doing(), 0..90)) {
        let start = Workbook::new(WorkbookId::new("w"), "Walk");
        let mut b = book();
        let mut clock = 0;
        let mut records = Vec::new();
        let mut came = 0;
        for doing in &doings {
            clock += if matches!(doing, Doing::Pause) { 5_000 } else { 90 };
            match doing {
                Doing::Undo => {
                    let (before, there) = (b.workbook().clone(), notes(b.workbook()));
                    let Some((record, _)) = b.undo(at(clock)) else {
                        prop_assert!(b.last_done().is_none() || came > 0);
                        prop_assert_eq!(b.workbook(), &before, "nothing or all");
                        continue;
                    };
                    records.push(record);
                    prop_assert!(there.is_subset(&notes(b.workbook())), "a note is lost");
                    let mut again = b.clone();
                    again.redo(at(clock)).unwrap();
                    prop_assert_eq!(again.workbook(), &before, "done again");
                }
                Doing::Note(place) => {
                    came += 1;
                    let edits = note(came, *place, b.workbook());
                    records.extend(b.take_in(edits, at(clock)).unwrap());
                }
                Doing::Redo => records.extend(b.redo(at(clock)).map(|(r, _)| r)),
                Doing::Pause => {}
                Doing::Act(wish) => {
                    let before = b.workbook().clone();
                    let Some(edit) = edit_of(wish, b.workbook()) else { continue };
                    let mut there_and_back = before.clone();
                    if let Ok(inverse) = there_and_back.apply(edit.clone()) {
                        let after = there_and_back.clone();
                        let again = there_and_back.apply(inverse).unwrap();
                        prop_assert_eq!(&there_and_back, &before, "taken back");
                        there_and_back.apply(again).unwrap();
                        prop_assert_eq!(&there_and_back, &after, "done again");
                    }
                    match b.act(edit, at(clock)) {
                        Ok(made) => records.extend(made),
                        Err(_) => prop_assert_eq!(b.workbook(), &before, "a refusal changes nothing"),
                    }
                }
            }
        }
        let end = b.workbook().clone();

        let mut again = book();
        for record in &records {
            again.replay(record).unwrap();
        }
        prop_assert_eq!(again.workbook(), &end);
        prop_assert_eq!(&again.done, &b.done);
        prop_assert_eq!(&again.undone, &b.undone);

        let mut remembered = Book::new(end.clone(), b.seq());
        records.iter().for_each(|r| remembered.remember(r));
        prop_assert_eq!(&remembered.done, &b.done);
        prop_assert_eq!(&remembered.undone, &b.undone);

        while b.redo(at(clock)).is_some() {}
        let furthest = b.workbook().clone();
        while b.undo(at(clock)).is_some() {}
        if came == 0 {
            prop_assert_eq!(b.workbook(), &start);
        }
        while b.redo(at(clock)).is_some() {}
        prop_assert_eq!(b.workbook(), &furthest);
    }
}
