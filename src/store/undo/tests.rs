use crate::testing::properties::cases;
use proptest::prelude::*;

use super::super::testing::{redo, type_in, undo, undo_all};
use super::*;
use crate::domain::{Book, Call, Edit, QuestionId, RecordId, Workbook, WorkbookId};

fn print(n: u64) -> Print {
    Print { len: n, crc: 0 }
}

fn base(n: u64) -> String {
    journal::mark_line(Mark::Base { seq: n, print: print(n) })
}

fn fold(n: u64) -> String {
    journal::mark_line(Mark::Fold { seq: n, print: print(n) })
}

fn lines(records: &[Record]) -> String {
    records.iter().map(journal::record_line).collect()
}

/// Six records in blocks of two.
fn blocks() -> (Vec<Record>, Vec<String>) {
    let mut book = Book::new(Workbook::new(WorkbookId::new("w"), ""), 0);
    let records: Vec<Record> = (0..6).flat_map(|n| type_in(&mut book, &n.to_string())).collect();
    let blocks = [0, 2, 4]
        .map(|n| format!("{}{}{}", base(n), lines(&records[n as usize..n as usize + 2]), fold(n + 2)));
    (records, blocks.to_vec())
}

fn seqs(log: &str) -> (Vec<u64>, Option<u64>) {
    let history = History::read(log.as_bytes(), &[]);
    (history.records.iter().map(|(r, _)| r.seq).collect(), history.ends_at.map(|(seq, _)| seq))
}

#[test]
fn blocks_that_follow_one_another_are_one_history() {
    let (_, blocks) = blocks();
    assert_eq!(seqs(&blocks.join("\n")), (vec![1, 2, 3, 4, 5, 6], Some(6)));
    assert_eq!(seqs(""), (vec![], None));
}

#[test]
fn a_block_that_was_moved_twice_counts_once() {
    let (_, b) = blocks();
    assert_eq!(seqs(&[&*b[0], &*b[0], &*b[1], &*b[1], &*b[2]].join("\n")).0, [1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_torn_block_that_was_moved_again_counts_once_wherever_it_was_torn() {
    let (_, b) = blocks();
    // without its last line end it is whole
    for cut in 0..b[1].len() - 1 {
        let torn = format!("\n{}\n{}\n{}\n{}", b[0], &b[1][..cut], b[1], b[2]);
        assert_eq!(seqs(&torn), (vec![1, 2, 3, 4, 5, 6], Some(6)), "cut at {cut}");
        let not_again = format!("\n{}\n{}", b[0], &b[1][..cut]);
        let (records, ends_at) = seqs(&not_again);
        assert!(ends_at == Some(2) && records == [1, 2], "cut at {cut}: {records:?}");
    }
}

#[test]
fn history_begins_anew_where_somebody_else_changed_the_file() {
    let (records, b) = blocks();
    let elsewhere = format!("{}{}{}", base(77), lines(&records[4..]), fold(6));
    let (seqs, _) = seqs(&[&*b[0], &*b[1], &*elsewhere].join("\n"));
    assert_eq!(seqs, [5, 6]);
}

#[test]
fn damage_ends_history_there() {
    let (_, b) = blocks();
    let damaged = b[1].replacen("seq", "sec", 2);
    assert_eq!(seqs(&[&*b[0], &*damaged, &*b[2]].join("\n")).0, [5, 6]);
}

/// A long log with undos and redos that reach far back: what is kept of it can be remembered by itself, and all of it
/// can then be undone as it was.
#[test]
fn a_shortened_log_stands_by_itself() {
    let mut book = Book::new(Workbook::new(WorkbookId::new("w"), ""), 0);
    let mut log = base(0);
    let mut records = Vec::new();
    for n in 0..41_000_u64 {
        let made = match n % 7 {
            3 | 4 if n % 500 < 90 => undo(&mut book),
            5 if book.last_undone().is_some() => redo(&mut book),
            _ => type_in(&mut book, if n % 2 == 0 { "a" } else { "b" }),
        };
        log.push_str(&lines(&made));
        records.extend(made);
    }
    let end = records.last().unwrap().seq;
    log.push_str(&fold(end));
    let history = History::read(log.as_bytes(), &[]);
    assert!(history.too_long);
    assert!((KEEP..TOO_MANY).contains(&history.records.len()), "{}", history.records.len());
    let short = History::read(&history.shortened(log.as_bytes()), &[]);
    assert!(!short.too_long);
    assert_eq!(short.records.len(), history.records.len());
    assert_eq!(short.ends_at, history.ends_at);

    let mut remembered = Book::new(book.workbook().clone(), end);
    short.records.iter().for_each(|(record, _)| remembered.remember(record));
    for _ in 0..5_000 {
        let (one, other) = (undo(&mut remembered), undo(&mut book));
        assert_eq!(one[0].act, other[0].act);
        assert_eq!(remembered.last_undone(), book.last_undone());
    }
    assert_eq!(remembered.workbook(), book.workbook());
}

/// A walk of edits, steps back and forth, and what comes in from outside.
fn walk(doings: &[u8]) -> (Book, Vec<Record>) {
    let mut book = Book::new(Workbook::new(WorkbookId::new("w"), ""), 0);
    let mut records = Vec::new();
    for doing in doings {
        match doing {
            0 | 1 if book.last_done().is_some() => records.extend(undo(&mut book)),
            2 if book.last_undone().is_some() => records.extend(redo(&mut book)),
            3 if book.last_done().is_some() => {
                let keep =
                    Edit::SetPrivate { question: QuestionId::new("SCO-1"), to: records.len() % 2 == 0 };
                records.extend(book.act_along(keep, super::super::testing::now()).unwrap());
            }
            5 | 6 => {
                let id = RecordId::new(format!("note-{}", records.len()));
                let at = super::super::testing::now();
                let day = Call::begun(id, jiff::civil::date(2025, 1, 1), at);
                let record = Box::new(day.into());
                let place = book.workbook().calls().len() / 2;
                let edits = vec![Edit::AddRecord { record, place }];
                records.extend(book.take_in(edits, at).unwrap());
            }
            _ => records.extend(type_in(&mut book, "a")),
        }
    }
    (book, records)
}

proptest! {
    #![proptest_config(cases(200))]

    /// Remembered from a safe start, undo and redo do what they would have done with everything remembered.
    #[test]
    fn from_a_safe_start_history_is_the_same(doings in prop::collection::vec(0..7_u8, 1..80)) {
        let (book, records) = walk(&doings);
        let all: Vec<&Record> = records.iter().collect();
        for start in safe_starts(&all) {
            let mut whole = book.clone();
            let mut part = Book::new(book.workbook().clone(), book.seq());
            all[start..].iter().for_each(|record| part.remember(record));
            prop_assert_eq!(part.last_undone(), whole.last_undone(), "from {}", start);
            while part.last_done().is_some() {
                undo(&mut part);
                undo(&mut whole);
                prop_assert_eq!(part.workbook(), whole.workbook(), "from {}", start);
                prop_assert_eq!(part.last_undone(), whole.last_undone(), "from {}", start);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(60))]

    /// What is read of a log to do what stands in the journal is enough for it, however far back that goes.
    #[test]
    fn what_is_read_for_a_journal_is_enough_for_it(
        typed in 0..300_usize,
        doings in prop::collection::vec(0..7_u8, 1..80),
        back in 0..60_usize,
        folded in 0..400_usize,
    ) {
        // much that is typed, some of it taken back, and then a walk
        let doings = [vec![4; typed], vec![0; back], doings].concat();
        let (end, records) = walk(&doings);
        let (folded, then) = records.split_at(folded.min(records.len()));
        let mut start = Book::new(Workbook::new(WorkbookId::new("w"), ""), 0);
        folded.iter().for_each(|record| start.replay(record).unwrap());
        let history = History::read_for(log(folded).as_bytes(), then);
        let mut part = Book::new(start.workbook().clone(), start.seq());
        history.records.iter().for_each(|(record, _)| part.remember(record));
        for record in then {
            prop_assert!(part.replay(record).is_ok(), "{} of {}", history.records.len(), folded.len());
        }
        prop_assert_eq!(part.workbook(), end.workbook());
    }
}

/// That many records of one phrase each.
fn typed(records: u64) -> Vec<Record> {
    let mut book = Book::new(Workbook::new(WorkbookId::new("w"), ""), 0);
    let first = type_in(&mut book, "a").remove(0);
    let numbered = (1..=records).map(|n| {
        let mut record = Record { seq: n, ..first.clone() };
        if let Act::Do { step, .. } = &mut record.act {
            *step = n;
        }
        record
    });
    numbered.collect()
}

/// A log of them, from the very first on.
fn log(records: &[Record]) -> String {
    format!("{}{}{}", base(0), lines(records), fold(records.len() as u64))
}

#[test]
fn each_phrase_is_a_safe_start_but_for_the_first() {
    let records = typed(6);
    let all: Vec<&Record> = records.iter().collect();
    assert_eq!(safe_starts(&all), [1, 2, 3, 4, 5]);
}

#[test]
fn as_much_is_kept_as_can_be_undone_and_a_little_more_where_that_is_all() {
    let records = typed(12_000);
    let kept =
        |upto: usize, then: &[Record]| History::read(log(&records[..upto]).as_bytes(), then).records.len();
    assert_eq!(kept(KEEP + KEEP / 20, &[]), KEEP + KEEP / 20);
    assert_eq!(kept(12_000, &[]), KEEP);
    // what stands in the journal can be undone too
    assert_eq!(kept(5_000, &records[5_000..]), KEEP - 7_000);
}

#[test]
fn of_a_long_log_only_the_end_is_read_for_a_short_journal() {
    let mut book = Book::new(Workbook::new(WorkbookId::new("w"), ""), 0);
    let folded: Vec<Record> = (0..3_000).flat_map(|_| type_in(&mut book, "a")).collect();
    let then = [undo(&mut book), undo(&mut book), type_in(&mut book, "b")].concat();
    let read = History::read_for(log(&folded).as_bytes(), &then).records.len();
    assert!((2..LINES_AT_FIRST).contains(&read), "{read}");
}

/// Undone and done again very often: what it goes back to stands far before it.
#[test]
fn history_is_read_as_far_back_as_an_undo_reaches() {
    let mut book = Book::new(Workbook::new(WorkbookId::new("w"), ""), 0);
    let mut records: Vec<Record> = (0..50).flat_map(|_| type_in(&mut book, "a")).collect();
    let pair = [undo(&mut book), redo(&mut book)].concat();
    let again = pair.iter().cycle().take(12_000).cloned();
    records.extend(again.zip(51..).map(|(record, seq)| Record { seq, ..record }));
    let history = History::read(log(&records).as_bytes(), &[]);
    let mut remembered = Book::new(book.workbook().clone(), 12_050);
    history.records.iter().for_each(|(record, _)| remembered.remember(record));
    assert_eq!(undo(&mut remembered)[0].act, undo(&mut book)[0].act);
    assert_eq!(remembered.workbook(), book.workbook());
    assert_eq!(undo_all(&mut remembered), 49, "what was taken back and done again is no edit");
}

#[test]
fn a_log_is_too_long_past_its_limit_and_not_at_it() {
    let lines = |lines: usize| History::read("x\n".repeat(lines).as_bytes(), &[]).too_long;
    assert_eq!([TOO_MANY, TOO_MANY + 1].map(lines), [false, true]);
}
