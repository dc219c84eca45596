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
        b.act(Edit::AddPartner { partner, place }, at(0)).unwrap();
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
    Pause,
    Undo,
    Redo,
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        12 => wish().prop_map(Doing::Act),
        1 => Just(Doing::Pause),
        2 => Just(Doing::Undo),
        1 => Just(Doing::Redo),
    ]
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
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Undo-all gives the start, redo-all the end, and the records alone give the same book and the same history.
    #[test]
    fn everything_can_be_undone_and_replayed(doings in prop::collection::vec(doing(), 0..90)) {
        let start = Workbook::new(WorkbookId::new("w"), "Walk");
        let mut b = book();
        let mut clock = 0;
        let mut records = Vec::new();
        for doing in &doings {
            clock += if matches!(doing, Doing::Pause) { 5_000 } else { 90 };
            match doing {
                Doing::Undo => records.extend(b.undo(at(clock)).map(|(r, _)| r)),
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

        while b.redo(at(clock)).is_some() {}
        let furthest = b.workbook().clone();
        while b.undo(at(clock)).is_some() {}
        prop_assert_eq!(b.workbook(), &start);
        while b.redo(at(clock)).is_some() {}
        prop_assert_eq!(b.workbook(), &furthest);
    }
}
