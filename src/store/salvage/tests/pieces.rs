//! Files that read and are not whole, files in pieces, and what is said of them.

use super::*;

/// A file of our own layout with these fields, each line of them as it stands in it.
fn of(fields: &str) -> String {
    let indented: String = fields.lines().map(|line| format!("        {line}\n")).collect();
    format!("(\n    workbook: (\n{indented}    ),\n)\n")
}

fn answer(id: &str, text: &str) -> String {
    format!("    \"{id}\": (\n        ours: (\n            text: \"{text}\",\n        ),\n    ),\n")
}

fn says(had: &Salvaged, id: &str) -> String {
    had.workbook.answer(&question(id)).ours().text.clone()
}

#[test]
fn each_fate_has_words_of_its_own() {
    let words = [Fate::LeftOut, Fate::Marked, Fate::PutRight].map(Fate::words);
    assert_eq!(words[0], "left out");
    assert!(words[1].contains(MARK) && words[2].contains("put right"), "{words:?}");
}

#[test]
fn a_file_of_which_nothing_can_be_had_is_empty_and_one_with_a_word_is_not() {
    assert!(salvage(b"nothing").is_empty());
    assert!(salvage(of("id: \"w1\",").as_bytes()).is_empty(), "nobody wrote an id");
    assert!(!salvage(of("title: \"W\",").as_bytes()).is_empty());
}

#[test]
fn a_stretch_of_zeros_within_a_text_is_said_though_the_file_reads() {
    let had = salvage(with("Plain words.", "Plain\0\0\0words.").as_bytes());
    assert!(!had.is_whole());
    same_but(&had, &["GOV-5"]);
}

/// What the usual way of reading gives is then more than can be seen line by line.
#[test]
fn a_file_laid_out_by_another_hand_is_read_in_the_usual_way_and_what_it_drops_is_named() {
    let text = "(format: 1, seq: 3, workbook: (id: \"w1\", title: \"Walk\", us: (id: \"us\", mood: 3)))";
    let had = salvage(text.as_bytes());
    assert_eq!((had.workbook.title(), had.seq), ("Walk", Some(3)));
    let [place] = &had.places[..] else { panic!("{:?}", had.places) };
    assert_eq!((place.fate, place.lines), (Fate::LeftOut, (1, 1)));
    assert!(place.words.contains("mood"), "{place:?}");
}

#[test]
fn a_part_that_is_not_known_is_named_by_its_own_line() {
    let text = with("    title: \"Touch tours\",\n", "    title: \"Touch tours\",\n        mood: 3,\n");
    let had = salvage(text.as_bytes());
    let line = text.lines().position(|line| line.contains("mood")).unwrap() + 1;
    let [place] = &had.places[..] else { panic!("{:?}", had.places) };
    assert_eq!((place.fate, place.lines, place.words.as_str()), (Fate::LeftOut, (line, line), "mood: 3,"));
    assert_eq!(had.workbook, workbook());
}

#[test]
fn a_field_in_two_pieces_is_one_again() {
    let two =
        format!("answers: {{\n{}}},\nanswers: {{\n{}}},", answer("SCO-1", "one"), answer("SCO-2", "two"));
    let had = salvage(of(&two).as_bytes());
    assert_eq!((says(&had, "SCO-1"), says(&had, "SCO-2")), ("one".to_owned(), "two".to_owned()));
    // one that is no list is there once: the first counts, and the other is said
    let had = salvage(of("title: \"First\",\ntitle: \"Second\",").as_bytes());
    assert_eq!(had.workbook.title(), "First");
    assert!(had.places.iter().any(|place| place.fate == Fate::LeftOut && place.words.contains("Second")));
}

/// Entries stand in the order of their names: of two of one name the one out of its place is left out.
#[test]
fn of_two_entries_with_one_name_the_one_in_its_place_stays() {
    let [a, b, c] =
        [("SCO-1", "one"), ("SCO-2", "two"), ("SCO-3", "three")].map(|(id, text)| answer(id, text));
    let early = answer("SCO-2", "out of place");
    let late = early.clone();
    for entries in [format!("{early}{a}{b}{c}"), format!("{a}{b}{c}{late}")] {
        let had = salvage(of(&format!("answers: {{\n{entries}}},")).as_bytes());
        assert_eq!(says(&had, "SCO-2"), "two", "{entries}");
        assert_eq!((says(&had, "SCO-1"), says(&had, "SCO-3")), ("one".to_owned(), "three".to_owned()));
        let left_out = had.places.iter().filter(|place| place.fate == Fate::LeftOut);
        assert!(left_out.clone().count() == 1 && had.places.iter().any(|p| p.words.contains("out of place")));
    }
}

#[test]
fn bytes_become_text_with_marks_where_something_is_missing() {
    assert_eq!(text_of(b"a\r\nb\0\0"), "a\nb");
    assert_eq!(text_of(b"\xEF\xBB\xBFa"), "a");
    assert_eq!(text_of(b"a\0b"), format!("a{MARK}b"));
    assert_eq!(text_of(b"a\0\0\0b"), format!("a{GAP}b"));
    assert_eq!(text_of(b"\0/\0/\0 \0A"), "// A");
    assert_eq!(text_of(b"/\0/\0 \0A\0"), "// A");
}
