use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::*;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Kind {
    Plain,
    One(i8),
    Two(u16, bool),
    Named { far: f64, on: jiff::civil::Date },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Word(String);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Pair(i64, char);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Nothing;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Strict {
    small: u8,
}

impl Default for Strict {
    fn default() -> Self {
        Self { small: 7 }
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct All {
    word: Word,
    kinds: Vec<Kind>,
    #[serde(default)]
    maybe: Option<String>,
    by_word: BTreeMap<String, Vec<All>>,
    by_number: BTreeMap<u32, Option<i32>>,
    pair: Pair,
    both: (i16, f32),
    nothing: Nothing,
    unit: (),
    strict: Strict,
    boxed: Box<u64>,
}

fn all(word: &str, within: Vec<All>) -> All {
    All {
        word: Word(word.to_owned()),
        kinds: vec![
            Kind::Plain,
            Kind::One(-128),
            Kind::Two(65535, true),
            Kind::Named { far: -0.5, on: jiff::civil::date(2026, 2, 28) },
        ],
        maybe: (!within.is_empty()).then(|| "there \"is\"\n\tone \\ é 𝄞".to_owned()),
        by_word: BTreeMap::from([("a\nkey".to_owned(), within), (String::new(), Vec::new())]),
        by_number: BTreeMap::from([(0, None), (u32::MAX, Some(i32::MIN))]),
        pair: Pair(i64::MIN, '\u{1F33B}'),
        both: (-1, 1.5),
        nothing: Nothing,
        unit: (),
        strict: Strict { small: 255 },
        boxed: Box::new(u64::MAX),
    }
}

#[test]
fn whatever_is_written_reads_back_the_same() {
    let deep = all("outer", vec![all("inner", Vec::new()), all("", vec![all("innermost", Vec::new())])]);
    let written = [
        line(&deep),
        lines(&deep, Layout::PROSE),
        lines(&deep, Layout::ESCAPED),
        lines(&deep, Layout { depth: 1, ..Layout::ESCAPED }),
    ];
    for text in written {
        let text = text.unwrap();
        let (back, unknown) = read_naming::<All>(&text).unwrap();
        assert_eq!(back, deep, "{text}");
        assert!(unknown.is_empty(), "{unknown:?}");
        // and as the library by itself reads and writes it
        assert_eq!(options().from_str::<All>(&text).unwrap(), deep);
    }
    assert_eq!(line(&deep), options().to_string(&deep).ok());
}

#[test]
fn a_layout_is_kept() {
    let lines_of = |layout| lines(&all("a\nb", Vec::new()), layout).unwrap();
    assert!(lines_of(Layout::PROSE).contains("(\"a\nb\")"), "{}", lines_of(Layout::PROSE));
    assert!(lines_of(Layout::ESCAPED).contains("(\"a\\nb\")"));
    let count = |layout| lines_of(layout).lines().count();
    assert!(count(Layout { depth: 1, ..Layout::ESCAPED }) < count(Layout::ESCAPED));
    assert_eq!(line(&all("a\nb", Vec::new())).unwrap().lines().count(), 1);
}

#[test]
fn fields_that_nobody_asks_for_are_named_with_the_way_to_them() {
    let text = line(&all("outer", vec![all("one", Vec::new()), all("two", Vec::new())])).unwrap();
    let with = |from: &str, to: &str, last: bool| {
        let at = if last { text.rfind(from) } else { text.find(from) }.unwrap();
        let changed = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
        let (read, unknown) = read_naming::<All>(&changed).unwrap();
        assert_eq!(read, read_naming::<All>(&text).unwrap().0);
        assert_eq!(read, super::read::<All>(&changed).unwrap());
        unknown
    };
    assert_eq!(with("word:", "mood:3,word:", false), ["mood"]);
    assert_eq!(
        with("word:(\"two\")", "word:(\"two\"),mood:Full(1,(x:\")\"))", false),
        ["by_word.a\nkey.1.mood"]
    );
    assert_eq!(
        with("far:-0.5", "far:-0.5,near:[1,{2:3}]", false),
        ["by_word", "kinds"].map(|_| "kinds.3.near")[..1]
    );
    assert_eq!(with("word:(\"outer\")", "word:(\"outer\"),a:1,b:[],c:\"\"", false), ["a", "b", "c"]);
}

#[test]
fn a_mistake_keeps_its_kind_and_place_however_deep_it_stands() {
    let one = line(&all("one", vec![all("two", Vec::new())])).unwrap();
    let cases = [
        ("Plain", "Odd", What::UnknownKind("Odd".to_owned())),
        ("small:255", "large:1", What::UnknownField { found: "large".to_owned(), known: &["small"] }),
        ("unit:()", "unit_:()", What::Missing("unit")),
        ("both:", "both:(0,0.0),both:", What::Twice("both")),
    ];
    for (from, to, what) in cases {
        for at in [one.find(from).unwrap(), one.rfind(from).unwrap()] {
            let text = format!("{}\n {to}{}", &one[..at], &one[at + from.len()..]);
            let mistake = read::<All>(&text).unwrap_err();
            assert_eq!(mistake.what, what, "{text}");
            let place = options().from_str::<All>(&text).unwrap_err().span.start;
            assert_eq!((mistake.line, mistake.column), (place.line, place.col), "{text}");
        }
    }
}

#[test]
fn a_mistake_of_form_is_said_where_the_library_sees_it() {
    let one = line(&all("one", vec![all("two", Vec::new())])).unwrap();
    let by_library = |text: &str| options().from_str::<All>(text);
    let mut refused = 0;
    for at in (0..one.len()).filter(|at| one.is_char_boundary(*at)) {
        let next = at + one[at..].chars().next().map_or(0, char::len_utf8);
        let texts = [
            one[..at].to_owned(),
            format!("{}{}", &one[..at], &one[next..]),
            format!("{}({}", &one[..at], &one[at..]),
        ];
        for text in texts {
            match (read::<All>(&text), by_library(&text)) {
                (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs),
                (Err(ours), Err(theirs)) => {
                    refused += 1;
                    let place = theirs.span.start;
                    assert_eq!(
                        (ours.line, ours.column),
                        (place.line, place.col),
                        "{text}: {ours} / {theirs}"
                    );
                    assert!(!ours.what.to_string().is_empty(), "{text}");
                }
                (ours, theirs) => panic!("{text}: {ours:?} / {theirs:?}"),
            }
        }
    }
    assert!(refused > one.len(), "{refused}");
}

#[test]
fn a_mistake_is_put_in_words() {
    let words = |text: &str| read::<All>(text).unwrap_err().to_string();
    assert_eq!(words(""), "line 1, column 1: expected opening `(` for struct `All`");
    assert_eq!(words("(word: \"x"), "line 1, column 8: expected opening `(` for struct `Word`");
    assert_eq!(words("(word: (\"x\"),\n kinds: [Odd"), "line 2, column 10: “Odd” is not known here");
    assert_eq!(words("(word: (\"x\"),\n"), "line 1, column 14: the file ends too early");
    assert_eq!(words("(unit: ())"), "line 1, column 10: the field “word” is missing");
    let said = |mistake: Mistake| mistake.what.to_string();
    assert_eq!(said(read::<u8>("300").unwrap_err()), "integer is out of bounds");
    assert_eq!(said(read::<Strict>("(small: \"x\")").unwrap_err()), "expected integer");
    assert_eq!(
        said(read::<Strict>("(large: 1)").unwrap_err()),
        "there is no field called “large”; there are: small"
    );
    assert_eq!(said(read::<bool>("\"x\"").unwrap_err()), "expected boolean");
    assert_eq!(
        said(read::<Kind>("Two(1)").unwrap_err()),
        "expected tuple variant Kind::Two with 2 elements, and there are 1"
    );
    // what a record says by itself stays as it says it
    assert!(said(read::<jiff::civil::Date>("\"x\"").unwrap_err()).contains("year"));
}

#[test]
fn what_follows_is_not_passed_over() {
    assert_eq!(read::<u8>("3"), Ok(3));
    assert!(read::<u8>("3 4").is_err());
    assert_eq!(read_bytes::<u8>(b"3"), Some(3));
    assert_eq!(read_bytes::<u8>(b"\xff"), None);
}

#[test]
fn a_record_says_what_its_fields_are_called() {
    assert_eq!(fields_of::<Strict>(), ["small"]);
    assert_eq!(fields_of::<All>().len(), 11);
    assert_eq!(fields_of::<Vec<All>>(), <[&str; 0]>::default());
}

#[test]
fn what_is_nested_deeper_than_it_may_is_refused() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(read::<Vec<Vec<u8>>>(&deep).is_err());
    assert!(read::<Strict>(&format!("(more: {deep})")).is_err());
    let unknown = format!("(word: (\"x\"), more: {deep})");
    assert!(read::<All>(&unknown).is_err());
}
