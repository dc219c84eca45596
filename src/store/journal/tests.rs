use crate::testing::properties::cases;
use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::domain::{Book, Edit, Splice, TextPlace, Workbook, WorkbookId};

fn some_records() -> Vec<Record> {
    let mut book = Book::new(Workbook::new(WorkbookId::new("w"), ""), 0);
    let at = Timestamp::from_second(1_700_000_000).unwrap();
    ["a", "é\n", "\"q\" \\", "👩‍👧\r\n", "z\0\u{2028}"]
        .iter()
        .flat_map(|text| {
            let at_byte = book.workbook().title().len();
            let splice = Splice {
                place: TextPlace::Title,
                at: at_byte,
                delete: String::new(),
                insert: (*text).into(),
                on: None,
            };
            book.act(Edit::Splice(splice), at).unwrap()
        })
        .collect()
}

fn journal() -> (Vec<Record>, Vec<u8>) {
    let records = some_records();
    let bytes: String = records.iter().map(record_line).collect();
    (records, bytes.into_bytes())
}

fn records_of(lines: &[Line]) -> Vec<Record> {
    let records = lines.iter().map(|line| match &line.says {
        Says::Record(record) => (**record).clone(),
        other => panic!("{other:?}"),
    });
    records.collect()
}

#[test]
fn a_record_is_one_line() {
    let (records, bytes) = journal();
    assert_eq!(bytes.iter().filter(|b| **b == b'\n').count(), records.len());
    let (lines, good) = read(&bytes);
    assert_eq!(records_of(&lines), records);
    assert_eq!(good, bytes.len());
}

#[test]
fn a_cut_at_any_byte_loses_that_record_alone() {
    let (records, bytes) = journal();
    for cut in 0..bytes.len() {
        let (lines, good) = read(&bytes[..cut]);
        let whole = bytes[..cut].iter().filter(|b| **b == b'\n').count();
        assert_eq!(records_of(&lines), records[..whole], "cut at {cut}");
        assert!(good <= cut);
    }
}

#[test]
fn a_flipped_bit_is_seen_wherever_it_is() {
    let (records, bytes) = journal();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << bit;
            let (lines, good) = read(&damaged);
            let before = bytes[..at].iter().filter(|b| **b == b'\n').count();
            assert!(records_of(&lines).starts_with(&records[..before]), "byte {at}, bit {bit}");
            // the letter case of a checksum says the same
            let same_number = damaged[at].eq_ignore_ascii_case(&bytes[at]) && good == bytes.len();
            assert!(lines.len() == before || same_number, "byte {at}, bit {bit}");
        }
    }
}

#[test]
fn what_a_newer_version_wrote_is_whole_and_unknown() {
    let (_, bytes) = journal();
    let text = String::from_utf8(bytes).unwrap();
    let newer = [
        text.lines().next().unwrap().splitn(3, ' ').nth(2).unwrap().replace("Splice(", "Melt("),
        "(seq:1,at:\"2025-01-01T00:00:00Z\",act:Undo,why:\"because\")".to_owned(),
        "Folder(seq: 3)".to_owned(),
    ];
    for payload in newer {
        let (lines, _) = read(framed(&payload).as_bytes());
        assert!(matches!(lines[0].says, Says::Unknown(_)), "{payload}: {lines:?}");
    }
}

#[test]
fn marks_come_back() {
    let print = Print::of(b"hello");
    for mark in [Mark::Base { seq: 3, print }, Mark::Fold { seq: crate::domain::MOST_COUNTED, print }] {
        assert_eq!(read(mark_line(mark).as_bytes()).0[0].says, Says::Mark(mark));
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn rubbish_is_never_a_record(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (lines, good) = read(&bytes);
        prop_assert!(good <= bytes.len());
        prop_assert!(lines.is_empty());
    }
}
