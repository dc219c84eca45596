use serde::Deserialize;

use super::*;

#[derive(Debug, PartialEq, Deserialize)]
enum Kind {
    Plain,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Thing {
    kind: Kind,
    #[serde(default)]
    more: Vec<Kind>,
    #[serde(default)]
    things: Vec<Thing>,
}

/// How many `more` and `things` were read, and what was named.
fn had(text: &str) -> (usize, usize, Vec<String>) {
    let (thing, named) = read::<Thing>(text).unwrap();
    (thing.more.len(), thing.things.len(), named)
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

#[test]
fn what_is_not_known_is_left_out_and_named_and_the_rest_is_read() {
    assert_eq!(had("(kind: Plain, more: [Plain])"), (1, 0, vec![]));
    assert_eq!(had("(kind: Plain, mood: 3)"), (0, 0, strings(&["mood"])));
    assert_eq!(had("(kind: Plain, more: [Plain, Odd, Plain])"), (2, 0, strings(&["Odd (line 1)"])));
    assert_eq!(had("(kind: Plain,\n more: [Odd,\n Strange(3)], mood: 3)"), {
        (0, 0, strings(&["Odd (line 2)", "Strange (line 3)", "mood"]))
    });
}

#[test]
fn where_a_thing_cannot_do_without_it_the_thing_goes_too() {
    let text = "(kind: Plain, things: [(kind: Plain), (kind: Odd), (kind: Plain)])";
    assert_eq!(had(text), (0, 2, strings(&["Odd (line 1)"])));
    let error = read::<Thing>("(kind: Odd)").unwrap_err();
    assert_eq!(error.what, What::Missing("kind"));
    assert!(read::<Thing>("(kind: Plain").is_err());
}

#[test]
fn brackets_and_commas_count_but_for_those_in_texts_and_comments() {
    let cases = [
        ("(a, [b], {c})", "(,[],{})"),
        (r#""(,\"(","#, ","),
        (r#""(,\\","#, ","),
        (r#""(,"#, ""),
        ("'(', ')'", ","),
        (r"'\u{10ffff}', ", ","),
        // the second quote is a part of the character
        (r"'\'', 'x'", ","),
        // no character is that long
        ("abcdefgh 'aaaaaaaaaaaaaaaa(,' (", "(,("),
        (r#"r"(\", "#, ","),
        (r###"r##"("#,"##,"###, ","),
        ("r#(", "("),
        ("r#\"(", ""),
        ("hour, ", ","),
        ("// (,\n,", ","),
        ("// (", ""),
        ("/* ( /* [ */ , */ ,", ","),
        ("/* * / , */ ,", ","),
        ("/*/ ( */ ,", ","),
        ("/* /**/ ( */ ,", ","),
        ("/* (", ""),
        ("/ (", "("),
    ];
    for (text, seen) in cases {
        let found: String = marks(text).map(|(_, mark)| char::from(mark)).collect();
        assert_eq!(found, seen, "{text:?}");
    }
    assert_eq!(marks("(é, b)").collect::<Vec<_>>(), [(0, b'('), (3, b','), (6, b')')]);
}

#[test]
fn the_parts_around_a_place_come_from_the_smallest_outwards() {
    let text = "(a: 1, b: [x, y], c: 3)";
    let around = |place: &str| {
        let at = text.find(place).unwrap();
        parts_around(text, at).into_iter().map(|(from, to)| &text[from..to]).collect::<Vec<_>>()
    };
    assert_eq!(around("a"), ["a: 1,"]);
    assert_eq!(around("x"), ["x,", " b: [x, y],"]);
    assert_eq!(around(", y"), ["x,", " b: [x, y],"]);
    assert_eq!(around("y"), [" y", " b: [x, y],"]);
    assert_eq!(around("], c"), [" b: [x, y],"]);
    assert_eq!(around("c"), [" c: 3"]);
    assert_eq!(around(")"), Vec::<&str>::new());
}

#[test]
fn a_parsers_place_is_found_by_lines_and_characters() {
    let text = "ab\ncé\nd";
    let at = |line, column| offset_of(text, line, column);
    assert_eq!([at(1, 1), at(1, 2), at(2, 1), at(2, 2), at(2, 3), at(3, 1), at(3, 2)], [0, 1, 3, 4, 6, 7, 8]);
    assert_eq!(at(9, 1), text.len());
}

#[test]
fn what_is_cut_out_leaves_its_lines() {
    let blanked = |from: usize, to: usize| {
        let mut text = "a\nbé\nd".to_owned();
        blank(&mut text, from, to);
        text
    };
    assert_eq!(blanked(1, 5), "a\n   \nd");
    assert_eq!(blanked(1, 50), "a\nbé\nd");
}
