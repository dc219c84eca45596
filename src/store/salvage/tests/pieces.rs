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

#[test]
fn a_line_without_words_is_not_said_to_be_left_out() {
    let had = salvage(of("title: \"W\",\n),").as_bytes());
    assert_eq!(had.workbook.title(), "W");
    assert!(
        !had.is_whole() && had.places.iter().all(|place| place.fate == Fate::PutRight),
        "{:?}",
        had.places
    );
}

/// What would have said that it is private may be what was lost.
#[test]
fn an_answer_that_lost_a_part_of_itself_is_private_and_one_that_lost_nothing_is_not() {
    let is_private = |fields: &str| {
        let had = salvage(of(fields).as_bytes());
        assert_eq!(says(&had, "SCO-1"), "one", "{:?}", had.places);
        had.workbook.answer(&question("SCO-1")).is_private()
    };
    let whole = format!("answers: {{\n{}}},", answer("SCO-1", "one"));
    assert!(!is_private(&whole));
    assert!(is_private(whole.strip_suffix("    ),\n},").unwrap()), "its end is gone");
    // a field that no answer has says nothing of that
    let with = |line: &str| whole.replace("        ours:", &format!("        {line}        ours:"));
    assert!(!is_private(&with("mood: 3,\n")));
    assert!(is_private(&with("stray,\n        stray,\n")), "they may have been something else");
}

#[test]
fn a_field_is_put_right_on_its_own_line_and_rid_of_what_it_cannot_hold() {
    let had = salvage(of("purpose: \"P\",\ntitel: \"W\",").as_bytes());
    let [place] = &had.places[..] else { panic!("{:?}", had.places) };
    assert_eq!((had.workbook.title(), place.lines, place.fate), ("W", (4, 4), Fate::PutRight));
    let had = salvage(of("us: (\n    id: \"us\",\n    name: \"Hub\",\n    mood: 3,\n),").as_bytes());
    let [place] = &had.places[..] else { panic!("{:?}", had.places) };
    assert_eq!((had.workbook.us().name.as_str(), place.lines, place.fate), ("Hub", (6, 6), Fate::LeftOut));
}

#[test]
fn of_a_field_that_is_no_list_the_second_is_left_out() {
    let us = |name: &str| format!("us: (\n    id: \"us\",\n    name: \"{name}\",\n),");
    let had = salvage(of(&format!("{}\n{}", us("Hub"), us("Mill"))).as_bytes());
    assert_eq!(had.workbook.us().name, "Hub");
    assert!(had.places.iter().any(|place| place.fate == Fate::LeftOut && place.words.contains("Mill")));
}

#[test]
fn answers_are_told_by_how_they_are_called_wherever_they_stand() {
    let one = answer("SCO-1", "one");
    for fields in [format!("zzzzzz: {{\n{one}}},"), format!("calls: [\n{one}],"), format!("us: (\n{one}),")] {
        let had = salvage(of(&fields).as_bytes());
        assert_eq!(says(&had, "SCO-1"), "one", "{fields}: {:?}", had.places);
    }
    for name in ["sco-1", "SCO-x"] {
        let had = salvage(of(&format!("zzzzzz: {{\n{}}},", answer(name, "one"))).as_bytes());
        assert_eq!(had.workbook.answers().count(), 0, "{name}");
    }
}

#[test]
fn of_two_entries_with_one_name_side_by_side_the_first_stays() {
    let entries = [("SCO-1", "one"), ("SCO-2", "two"), ("SCO-2", "again"), ("SCO-3", "three")];
    let entries: String = entries.iter().map(|(id, text)| answer(id, text)).collect();
    let had = salvage(of(&format!("answers: {{\n{entries}}},")).as_bytes());
    assert_eq!(says(&had, "SCO-2"), "two");
    assert!(had.places.iter().any(|place| place.words.contains("again")), "{:?}", had.places);
}

#[test]
fn a_field_without_a_name_is_said_to_be_left_out() {
    let had = salvage(of("title: \"W\",\n(\n    strange: 3,\n),").as_bytes());
    assert_eq!(had.workbook.title(), "W");
    assert!(had.places.iter().any(|p| p.fate == Fate::LeftOut && p.words.contains("strange")));
}

/// The list that its lines stand in cannot be private; the last line and what holds it can.
#[test]
fn a_call_that_was_cut_in_a_line_keeps_its_lines_and_the_last_is_private() {
    let line = |id: &str| {
        format!(
            "            (\n                id: \"{id}\",\n                at: \"2025-03-05T10:00:00Z\",\n                text: \"{id}\",\n"
        )
    };
    let call = "    (\n        id: \"c1\",\n        on: \"2025-03-05\",\n        started: \"2025-03-05T10:00:00Z\",\n";
    let fields = format!("calls: [\n{call}        lines: [\n{}            ),\n{}", line("one"), line("two"));
    let had = salvage(of(&fields).strip_suffix("    ),\n)\n").unwrap().as_bytes());
    let lines = had.workbook.calls().iter().flat_map(|call| &call.lines);
    let lines: Vec<(&str, bool)> = lines.map(|line| (line.text.as_str(), line.private)).collect();
    assert_eq!(lines, [("one", false), ("two", true)], "{:?}", had.places);
}
