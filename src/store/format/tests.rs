use crate::testing::properties::cases;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::domain::{
    Book, Edit, Partner, PartnerId, QuestionId, Source, Splice, TextPlace, VoiceKey, WorkbookId,
};

/// A workbook with `text` in every kind of place.
fn workbook(text: &str) -> Workbook {
    let mut book = Book::new(Workbook::new(WorkbookId::new("w"), text), 0);
    let at = Timestamp::from_second(1_700_000_000).unwrap();
    let on = Some(date(2025, 3, 5));
    let hub = PartnerId::new("hub");
    let place = |voice| TextPlace::Voice(QuestionId::new("SCO-1"), voice);
    let splice =
        |place| Edit::Splice(Splice { place, at: 0, delete: String::new(), insert: text.into(), on });
    let edits = vec![
        Edit::AddPartner { partner: Box::new(Partner::named(hub.clone(), text)), place: 0 },
        splice(TextPlace::Purpose),
        splice(place(VoiceKey::Ours)),
        splice(place(VoiceKey::Agreed)),
        splice(place(VoiceKey::Theirs(hub.clone()))),
        Edit::SetHeard {
            question: QuestionId::new("SCO-1"),
            partner: hub,
            heard: crate::domain::Heard::Disputed,
            checked: on,
            person: None,
            source: Source::Said(text.into()),
        },
    ];
    book.act_all(edits, at).unwrap();
    book.workbook().clone()
}

fn nasty() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(
            prop_oneof![
                Just("\""),
                Just("\"#"),
                Just("\"##\n"),
                Just("\\"),
                Just("r#\""),
                Just("\n"),
                Just("\r\n"),
                Just("\r"),
                Just("\t"),
                Just("'"),
                Just("//"),
                Just("/*"),
                Just("("),
                Just(","),
                Just("\u{feff}"),
                Just("\u{202e}"),
                Just("\u{2028}"),
                Just("\0"),
                Just("\u{1b}[31m"),
                Just("e\u{301}"),
                Just("👩‍👧"),
                Just(" "),
                Just("a"),
            ],
            0..20
        )
        .prop_map(|parts| parts.concat()),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn what_is_saved_reads_back(text in nasty(), seq in 0..=crate::domain::MOST_COUNTED) {
        let workbook = workbook(&text);
        let changed = Some(Timestamp::from_second(1_700_000_123).unwrap());
        let file = write_workbook(&workbook, seq, changed).unwrap();
        let back = parse_workbook_bytes(file.as_bytes()).unwrap();
        prop_assert_eq!(&back.workbook, &workbook);
        prop_assert_eq!((back.seq, back.changed, back.unknown), (seq, changed, Vec::new()));
    }

    #[test]
    fn rubbish_is_refused_in_words(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Err(error) = parse_workbook_bytes(&bytes) {
            prop_assert!(error.to_string().starts_with("line "), "{error}");
        }
    }
}

#[test]
fn the_file_reads_as_prose_with_the_format_first() {
    let file = write_workbook(&workbook("don't \"quote\"\nme, café"), 7, None).unwrap();
    let mut lines = file.lines();
    assert!(lines.next().unwrap().starts_with("// "));
    assert_eq!(
        (lines.next(), lines.next(), lines.next()),
        (Some("("), Some(format!("    format: {FORMAT},").as_str()), Some("    seq: 7,"))
    );
    assert!(file.contains("r#\"don't \"quote\"\nme, café\"#"), "{file}");
}

#[test]
fn line_ends_and_a_mark_that_an_editor_left_do_no_harm() {
    let workbook = workbook("one\ntwo");
    let file = write_workbook(&workbook, 0, None).unwrap();
    for changed in [
        file.replace('\n', "\r\n"),
        format!("\u{feff}{file}"),
        format!("\u{feff}{}", file.replace('\n', "\r\n")),
    ] {
        assert_eq!(parse_workbook_bytes(changed.as_bytes()).unwrap().workbook, workbook);
    }
}

#[test]
fn what_is_wrong_is_said_with_line_and_column() {
    let us = "us: (id: \"us\")";
    let cases: [(&[u8], usize, &str); 8] = [
        (b"", 1, "empty"),
        (b"  \n ", 1, "empty"),
        (b"(format: 1,\n workbook: (id: 3", 2, "string"),
        (b"(format: 1,\n workbook: (id: \"a\",\n titel: \"x\", ", 3, "early"),
        (b"(\n\xff\xff", 2, "not text"),
        (b"\xff\xfe(\0", 1, "UTF-16"),
        (b"\0\0\0\0", 1, ""),
        (b"(seq: 1, workbook: (id: \"a\", us: (id: \"us\")))", 1, "format"),
    ];
    for (bytes, at, words) in cases {
        let error = parse_workbook_bytes(bytes).unwrap_err();
        let FormatError::Broken { line, reason, .. } = &error else { panic!("{error}") };
        assert_eq!(*line, at, "{error}");
        assert!(reason.contains(words), "{error}");
    }
    assert!(parse_workbook(&format!("(format: 1, workbook: (id: \"a\", {us}))")).is_ok());
}

#[test]
fn a_newer_format_is_read_where_it_can_be_and_named_where_it_cannot() {
    let file = write_workbook(&workbook("x"), 3, None)
        .unwrap()
        .replace(&format!("format: {FORMAT}"), &format!("format: {}", FORMAT + 1));
    assert_eq!(parse_workbook(&file).unwrap().format, FORMAT + 1);
    let other = "// of the future\n(format: 7, pages: [1, 2])";
    assert_eq!(parse_workbook(other), Err(FormatError::Newer(7)));
}

#[test]
fn unknown_fields_are_named_at_every_level() {
    let file = write_workbook(&workbook("x"), 3, None).unwrap();
    let cases = [
        ("seq: 3,", "seq: 3, moon: Full(1, \"a)\"),", "moon"),
        ("id: \"hub\",", "id: \"hub\", mood: [1, (a: 2)],", "workbook.partners.0.mood"),
        ("heard: Disputed,", "heard: Disputed, weather: None,", "workbook.answers.SCO-1.theirs.hub.weather"),
    ];
    for (from, to, name) in cases {
        assert!(file.contains(from), "{file}");
        let changed = file.replacen(from, to, 1);
        let read = parse_workbook(&changed).unwrap();
        assert_eq!(read.unknown, [name]);
        assert_eq!(read.workbook, parse_workbook(&file).unwrap().workbook);
    }
}

#[test]
fn unknown_kinds_are_named_and_the_rest_is_read() {
    let file = write_workbook(&workbook("x)\"#,"), 3, None).unwrap();
    let plain = parse_workbook(&file).unwrap().workbook;
    let read = parse_workbook(&file.replacen("heard: Disputed,", "heard: Rumoured(by: \"them, (all)\"),", 1))
        .unwrap();
    assert_eq!(read.unknown.len(), 1);
    assert!(read.unknown[0].starts_with("Rumoured (line "), "{:?}", read.unknown);
    assert_eq!(read.workbook.title(), plain.title());
    assert_eq!(read.workbook.partners(), plain.partners());

    // no default stands for the state of a change, so the change goes as a whole
    let log = "us: (\n            id: \"us\",\n        ),";
    assert!(file.contains(log.split('\n').next().unwrap()), "{file}");
    let with_log = file.replacen(
        "partnership: (",
        "partnership: (log: [(state: Active, on: \"2025-01-01\"), (state: Hibernating, on: \"2025-02-01\")],",
        1,
    );
    let read = parse_workbook(&with_log).unwrap();
    assert_eq!(read.unknown.len(), 1, "{:?}", read.unknown);
    assert_eq!(read.workbook.partnership().log().len(), 1);

    let bin = "bin: [Meeting(title: \"x\", on: \"2025-01-01\"), Partner(partner: (id: \"p\"), on: \"2025-01-01\", place: 0)],";
    let read = parse_workbook(&file.replacen("partners: [", &format!("{bin} partners: ["), 1)).unwrap();
    assert_eq!(read.workbook.bin().len(), 1);
    assert_eq!(read.unknown.len(), 1, "{:?}", read.unknown);
}

#[test]
fn an_unknown_kind_does_not_hide_damage() {
    let file = write_workbook(&workbook("x"), 3, None).unwrap();
    let changed =
        file.replacen("heard: Disputed,", "heard: Rumoured,", 1).replacen("seq: 3", "seq: minus", 1);
    assert!(matches!(parse_workbook(&changed), Err(FormatError::Broken { .. })));
    let cut = &file.replacen("heard: Disputed,", "heard: Rumoured,", 1);
    let cut = &cut[..cut.len() - 20];
    assert!(matches!(parse_workbook(cut), Err(FormatError::Broken { .. })), "{:?}", parse_workbook(cut));
}

#[test]
fn what_is_no_text_is_said_where_it_begins() {
    for (bytes, place) in [(&b"\xff\xff"[..], (1, 1)), (b"(\n\xff", (2, 1)), (b"(\n\xc3\xa9b\xff", (2, 3))] {
        let error = parse_workbook_bytes(bytes).unwrap_err();
        let FormatError::Broken { line, column, .. } = error else { panic!("{error}") };
        assert_eq!((line, column), place, "{bytes:?}");
    }
}
