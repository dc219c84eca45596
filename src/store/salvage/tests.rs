//! A file damaged at any one byte, in every way in which one byte can go wrong: every other answer is there.

mod pieces;

use std::collections::BTreeMap;
use std::ops::Range;

use super::*;
use crate::content::SAMPLE;
use crate::domain::{Answer, Edit, QuestionId, Splice, TextPlace, VoiceKey};
use crate::notation;
use crate::store::format::{parse_workbook, write_workbook};

/// A workbook of about 20 KB: parts of the worked example, and texts of the kinds that are written in ways of their own.
fn workbook() -> Workbook {
    let sample = parse_workbook(SAMPLE).unwrap().workbook;
    let ron = |value: notation::Writable<'_>| notation::line(value).unwrap();
    let answers: BTreeMap<&QuestionId, &Answer> = sample.answers().take(9).collect();
    let text = format!(
        "(id: \"salvage\", title: \"Touch tours\", purpose: \"What can be known by hand.\", us: {}, partners: {}, \
         people: {}, answers: {}, look_again: {{\"scoping\": \"2025-06-01\"}}, promises: {}, calls: {})",
        ron(sample.us()),
        ron(&sample.partners()),
        ron(&sample.people()),
        ron(&answers),
        ron(&&sample.promises()[..4]),
        ron(&&sample.calls()[..1]),
    );
    let mut workbook: Workbook = notation::read(&text).unwrap();
    let odd = [
        (
            "GOV-1",
            "They said \"never on a Monday\",\nand then: \"well, \\ perhaps\".\n\n    So we ask again,",
        ),
        ("GOV-2", "Two lines,\nand a third:\n\tthat is all."),
        ("GOV-3", "A \"#\" in it, é and 👩‍👩‍👧"),
        ("GOV-4", "Nobody is to know this."),
        ("GOV-5", "Plain words."),
    ];
    for (question, text) in odd {
        let place = TextPlace::Voice(QuestionId::new(question), VoiceKey::Ours);
        let splice = Splice { place, at: 0, delete: String::new(), insert: text.into(), on: None };
        workbook.apply(Edit::Splice(splice)).unwrap();
    }
    workbook.apply(Edit::SetPrivate { question: QuestionId::new("GOV-4"), to: true }).unwrap();
    workbook
}

fn file() -> String {
    write_workbook(&workbook(), 7, Some(crate::store::testing::now())).unwrap()
}

/// Where each answer stands in the file.
fn spans(text: &str) -> BTreeMap<QuestionId, Range<usize>> {
    let mut spans = BTreeMap::new();
    let mut at = text.find("        answers: {\n").unwrap() + "        answers: {\n".len();
    for line in text[at..].split_inclusive('\n') {
        if line == "        },\n" {
            break;
        }
        if let Some(key) = line.strip_prefix("            \"").and_then(|rest| rest.strip_suffix("\": (\n")) {
            let end = at + text[at..].find("\n            ),\n").unwrap() + "\n            ),\n".len();
            spans.insert(QuestionId::new(key), at..end);
        }
        at += line.len();
    }
    spans
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Flip(u8),
    Nought,
    Lost,
    Twice,
    Cut,
}

impl Way {
    fn of(self, bytes: &[u8], at: usize) -> Vec<u8> {
        let mut damaged = bytes.to_vec();
        match self {
            Self::Flip(bit) => damaged[at] ^= 1 << bit,
            Self::Nought => damaged[at] = 0,
            Self::Lost => drop(damaged.remove(at)),
            Self::Twice => damaged.insert(at, bytes[at]),
            Self::Cut => damaged.truncate(at),
        }
        damaged
    }
}

/// Which answers a damaged file should still give and does not.
fn missing<'a>(
    whole: &'a Workbook,
    spans: &BTreeMap<QuestionId, Range<usize>>,
    at: usize,
    way: Way,
    had: &Workbook,
) -> Vec<&'a QuestionId> {
    let excused = |question: &QuestionId| {
        let span = &spans[question];
        span.contains(&at) || (way == Way::Cut && span.end > at)
    };
    let others = whole.answers().filter(|(question, _)| !excused(question));
    others
        .filter(|(question, answer)| had.answer(question) != *answer)
        .map(|(question, _)| question)
        .collect()
}

/// Every 16th byte, or every one where `ALONGSIDE_TRIALS` is set.
fn step() -> usize {
    if std::env::var_os("ALONGSIDE_TRIALS").is_some() { 1 } else { 16 }
}

/// Damages the file, and says what is missing.
fn torture(of: &[Way], step: usize, read: impl Fn(&[u8]) -> Workbook) -> Vec<String> {
    let (whole, text) = (workbook(), file());
    let spans = spans(&text);
    assert_eq!(spans.len(), whole.answers().count());
    let mut wrong = Vec::new();
    for at in (0..text.len()).step_by(step) {
        let turn = (at / step) % of.len();
        let ways = if matches!(of[turn], Way::Flip(_)) && step > 1 { &of[turn..=turn] } else { of };
        for way in ways {
            let had = read(&way.of(text.as_bytes(), at));
            let lost = missing(&whole, &spans, at, *way, &had);
            let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
            let seen = text.lines().nth(line).unwrap_or_default();
            let line_is_whole = |found: &str| !seen.contains(found) && *way != Way::Cut;
            if line_is_whole("title: \"Touch") && had.title() != whole.title() {
                wrong.push(format!("byte {at}, line {}, {way:?}: the title", line + 1));
            }
            if line_is_whole("id: \"salvage") && had.id() != whole.id() {
                wrong.push(format!("byte {at}, line {}, {way:?}: the id", line + 1));
            }
            if !lost.is_empty() {
                wrong.push(format!("byte {at}, line {} {seen:?}, {way:?}: {lost:?}", line + 1));
            }
        }
    }
    wrong
}

#[track_caller]
fn none_is_missing(ways: &[Way]) {
    let wrong = torture(ways, step(), |bytes| salvage(bytes).workbook);
    assert!(wrong.is_empty(), "{} times:\n{}", wrong.len(), wrong[..wrong.len().min(30)].join("\n"));
}

#[test]
fn a_bit_turned_anywhere_takes_no_other_answer() {
    none_is_missing(&[0, 1, 2, 3, 4, 5, 6, 7].map(Way::Flip));
}

#[test]
fn a_byte_made_nought_or_lost_anywhere_takes_no_other_answer() {
    none_is_missing(&[Way::Nought, Way::Lost]);
}

#[test]
fn a_byte_there_twice_or_a_cut_anywhere_takes_no_other_answer() {
    none_is_missing(&[Way::Twice, Way::Cut]);
}

/// The same trials with the usual way of reading must find very much missing.
#[test]
fn the_trials_can_fail() {
    let usual = |bytes: &[u8]| match format::parse_workbook_bytes(bytes) {
        Ok(file) => file.workbook,
        Err(_) => Workbook::new(WorkbookId::new(""), ""),
    };
    assert!(torture(&[Way::Lost], 32, usual).len() > 100);
}

#[test]
fn a_whole_file_is_whole() {
    let text = file();
    assert!((17_000..24_000).contains(&text.len()), "{}", text.len());
    for bytes in [text.clone().into_bytes(), text.replace('\n', "\r\n").into_bytes()] {
        let had = salvage(&bytes);
        assert!(had.is_whole(), "{:?}", had.places);
        assert_eq!(had.workbook, workbook());
    }
    assert!(salvage(SAMPLE.as_bytes()).is_whole());
}

/// The file with something in it put otherwise.
fn with(from: &str, to: &str) -> String {
    let text = file();
    assert_eq!(text.matches(from).count(), 1, "{from:?}");
    text.replace(from, to)
}

fn question(id: &str) -> QuestionId {
    QuestionId::new(id)
}

#[track_caller]
fn same_but(had: &Salvaged, apart_from: &[&str]) {
    let whole = workbook();
    for (id, answer) in whole.answers().filter(|(id, _)| !apart_from.contains(&id.as_str())) {
        assert_eq!(had.workbook.answer(id), answer, "{id}: {:?}", had.places);
    }
    assert_eq!(had.workbook.calls(), whole.calls());
}

#[test]
fn the_words_of_a_text_that_lost_its_end_are_kept_and_marked() {
    let had = salvage(with("text: \"Plain words.\",", "text: \"Plain words.,").as_bytes());
    assert_eq!(had.workbook.answer(&question("GOV-5")).ours().text, "Plain words.\u{fffd}");
    same_but(&had, &["GOV-5"]);
    assert!(had.places.iter().any(|place| place.fate == Fate::Marked && place.words.contains("Plain words")));
    // several lines, with a quote where none was
    let had = salvage(with("and a third:\n", "and a \"third:\n").as_bytes());
    let text = &had.workbook.answer(&question("GOV-2")).ours().text;
    assert!(text.starts_with("Two lines,\nand a \"third:\n\tthat is all."), "{text:?}");
    same_but(&had, &["GOV-2"]);
}

#[test]
fn what_is_left_out_is_named_by_its_lines_and_its_words() {
    let text = with("\"GOV-5\": (", "\"GOV-5%: (");
    let had = salvage(text.as_bytes());
    same_but(&had, &["GOV-5"]);
    let line = text.lines().position(|line| line.contains("GOV-5")).unwrap() + 1;
    let place = had.places.iter().find(|place| place.fate == Fate::LeftOut).unwrap();
    assert!((place.lines.0..=place.lines.1).contains(&line), "{place:?}");
    assert!(place.words.contains("Plain words."), "{place:?}");
}

#[test]
fn what_was_private_is_never_let_out() {
    let text = file();
    let at = text.find("\"GOV-4\"").unwrap()
        + text[text.find("\"GOV-4\"").unwrap()..].find("private: true,").unwrap();
    for n in 0.."private: true,".len() {
        for way in
            [Way::Flip(0), Way::Flip(1), Way::Flip(4), Way::Flip(7), Way::Nought, Way::Lost, Way::Twice]
        {
            let had = salvage(&way.of(text.as_bytes(), at + n));
            let answer = had.workbook.answer(&question("GOV-4"));
            assert!(answer.ours().text.is_empty() || answer.is_private(), "{n} {way:?}: {:?}", had.places);
        }
    }
}

/// A text in `#` that lost one of its ends takes the next one for its own: the file reads, and answers are gone.
#[test]
fn answers_hidden_in_a_text_are_found() {
    let text = with("A \"#\" in it, é and 👩‍👩‍👧\"##,", "A \"#\" in it, é and 👩‍👩‍👧\"#,");
    let had = salvage(text.as_bytes());
    assert!(!had.is_whole());
    same_but(&had, &["GOV-3"]);
}

#[test]
fn of_two_answers_with_one_number_neither_is_forgotten_in_silence() {
    let had = salvage(with("\"GOV-4\": (", "\"GOV-2\": (").as_bytes());
    assert!(!had.is_whole());
    same_but(&had, &["GOV-4"]);
    assert!(
        had.places.iter().any(|place| place.words.contains("Nobody is to know this.")),
        "{:?}",
        had.places
    );
}

#[test]
fn a_field_is_known_by_most_of_its_name() {
    for (from, to) in [
        ("        answers: {", "        anzwers: {"),
        ("        answers: {", "        ansers: ["),
        ("        calls: [", "        kalls: ["),
    ] {
        same_but(&salvage(with(from, to).as_bytes()), &[]);
    }
}

#[test]
fn other_ways_of_writing_text_are_read() {
    let text = file();
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let files = [
        [&[0xFF, 0xFE][..], &wide(u16::to_le_bytes)].concat(),
        [&[0xFE, 0xFF][..], &wide(u16::to_be_bytes)].concat(),
        wide(u16::to_le_bytes),
        [&[0xEF, 0xBB, 0xBF][..], text.as_bytes()].concat(),
        text.replace('\n', "\r\n").into_bytes(),
        [text.as_bytes(), &[0; 5000]].concat(),
    ];
    for (n, bytes) in files.iter().enumerate() {
        let had = salvage(bytes);
        assert_eq!(had.workbook, workbook(), "{n}: {:?}", had.places);
        assert_eq!((had.seq, had.changed), (Some(7), Some(crate::store::testing::now())), "{n}");
    }
}

/// As a power cut leaves it: a page of zeros, at the end or within.
#[test]
fn a_stretch_of_zeros_takes_what_it_covers() {
    let (whole, text) = (workbook(), file());
    let spans = spans(&text);
    for from in (0..text.len()).step_by(127) {
        for len in [512, 4096, usize::MAX] {
            let mut bytes = text.clone().into_bytes();
            let to = from.saturating_add(len).min(bytes.len());
            bytes[from..to].fill(0);
            let had = salvage(&bytes).workbook;
            for (id, answer) in whole.answers() {
                let span = &spans[id];
                let covered = span.start < to && from < span.end;
                assert!(covered || had.answer(id) == answer, "{from}..{to}: {id}");
                // what is left of one that is covered in part is no other answer's
                let had = &had.answer(id).ours().text;
                let own = had.trim_end_matches(MARK);
                assert!(answer.ours().text.starts_with(own), "{from}..{to}: {id} {own:?}");
            }
        }
    }
}

/// Bytes of no meaning, and files made to be slow: what matters is that it ends, and soon.
#[test]
fn hostile_bytes_end_soon() {
    let kinds: [(&str, &str); 8] = [
        ("        answers: {\n", "            \"SCO-1\": (\n"),
        ("        calls: [\n", "            (id: 1),\n"),
        ("        answers: {\n", "            \"A-1\": r#\"x\n"),
        ("", "(((((((((("),
        ("", "        a: \"\n"),
        (
            "        words: [\n",
            "            (\n                id: \"a\",\n                term: 7,\n            ),\n",
        ),
        ("", "    x    "),
        ("", "\u{fffd}\0\0"),
    ];
    let wanted = if std::env::var_os("ALONGSIDE_TRIALS").is_some() { 10 << 20 } else { 200 << 10 };
    for (head, again) in kinds {
        let text = format!("{head}{}", again.repeat(wanted / again.len()));
        let had = salvage(text.as_bytes());
        assert!(!had.is_whole(), "{again:?}");
    }
    let mut dice = 7_u64;
    for _ in 0..200 {
        let bytes: Vec<u8> = (0..400)
            .map(|_| {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                b"()[]{}\"#r,: \n    a\0\xff/S-1\\"[(dice >> 33) as usize % 25]
            })
            .collect();
        let _ = salvage(&bytes);
    }
}

/// In a file of many entries of which some cannot be read, those alone are left out.
#[test]
fn many_damaged_places_take_what_they_are_in_and_no_more() {
    let mut text = String::from("(\n    workbook: (\n        answers: {\n");
    for n in 0..2_000 {
        let on = if n % 50 == 7 { "20x5" } else { "2025-03-14" };
        text.push_str(&format!(
            "            \"SCO-{n}\": (\n                ours: (\n                    text: \"Answer {n}.\",\n                    on: \"{on}\",\n                ),\n            ),\n"
        ));
    }
    text.push_str("        },\n    ),\n)\n");
    let had = salvage(text.as_bytes());
    for n in 0..2_000 {
        assert_eq!(had.workbook.answer(&question(&format!("SCO-{n}"))).ours().text, format!("Answer {n}."));
    }
    assert_eq!(had.places.iter().filter(|place| place.words.contains("20x5")).count(), 40);
}

/// Records and lines are marked as private in their last line: one that ends before that is private all the same.
#[test]
fn what_was_private_is_private_wherever_the_file_was_cut_or_zeroed() {
    let mut workbook = workbook();
    for promise in workbook.promises().to_vec() {
        let promise = crate::domain::Promise { private: true, ..promise };
        workbook.apply(Edit::SetRecord(Box::new(promise.into()))).unwrap();
    }
    for call in workbook.calls().to_vec() {
        for line in &call.lines {
            let line = crate::domain::Line { private: true, ..line.clone() };
            workbook.apply(Edit::SetLine { call: call.id.clone(), line }).unwrap();
        }
    }
    let text = write_workbook(&workbook, 7, None).unwrap();
    let (mut open, mut hidden) = (0, 0);
    let mut look = |damaged: &[u8], what: String| {
        let there = salvage(damaged).workbook;
        let lines = there.calls().iter().flat_map(|call| &call.lines).map(|line| (&line.id, line.private));
        let all: Vec<_> = there.promises().iter().map(|p| (&p.id, p.private)).chain(lines).collect();
        hidden += all.iter().filter(|(_, private)| *private).count();
        for (id, _) in all.iter().filter(|(_, private)| !private) {
            eprintln!("{what}: {id} is let out");
            open += 1;
        }
        let answer = there.answer(&QuestionId::new("GOV-4"));
        let says = there.text(&TextPlace::Voice(QuestionId::new("GOV-4"), VoiceKey::Ours));
        assert!(answer.is_private() || says.is_none_or(str::is_empty), "{what}: GOV-4 is let out");
    };
    let from = text.find("        promises: [").unwrap();
    for at in (from..text.len()).step_by(37) {
        look(&text.as_bytes()[..at], format!("cut at {at}"));
        for zeros in [16, 300] {
            let mut damaged = text.clone().into_bytes();
            let end = (at + zeros).min(damaged.len());
            damaged[at..end].fill(0);
            look(&damaged, format!("{zeros} zeros from {at}"));
        }
    }
    assert!(hidden > 1000, "{hidden}");
    assert_eq!(open, 0);
}
