//! A file damaged at any one byte, in every way in which one byte can go wrong: every other answer is there.

use std::collections::BTreeMap;
use std::ops::Range;

use super::*;
use crate::content::SAMPLE;
use crate::domain::{Answer, Edit, QuestionId, Splice, TextPlace, VoiceKey};
use crate::store::format::{options, parse_workbook, write_workbook};

/// A workbook of about 20 KB: parts of the worked example, and texts of the kinds that are written in ways of their own.
fn workbook() -> Workbook {
    let sample = parse_workbook(SAMPLE).unwrap().workbook;
    let ron = |value: &dyn Fn() -> Result<String, ron::Error>| value().unwrap();
    let answers: BTreeMap<&QuestionId, &Answer> = sample.answers().take(9).collect();
    let text = format!(
        "(id: \"salvage\", title: \"Touch tours\", purpose: \"What can be known by hand.\", us: {}, partners: {}, \
         people: {}, answers: {}, look_again: {{\"scoping\": \"2025-06-01\"}}, promises: {}, calls: {})",
        ron(&|| options().to_string(sample.us())),
        ron(&|| options().to_string(sample.partners())),
        ron(&|| options().to_string(sample.people())),
        ron(&|| options().to_string(&answers)),
        ron(&|| options().to_string(&&sample.promises()[..4])),
        ron(&|| options().to_string(&&sample.calls()[..1])),
    );
    let mut workbook: Workbook = options().from_str(&text).unwrap();
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

/// Damages the file at every 16th byte, or at every one where `ALONGSIDE_TRIALS` is set; what is missing, in words.
fn torture(of: &[Way], read: impl Fn(&[u8]) -> Workbook) -> Vec<String> {
    let (whole, text) = (workbook(), file());
    let spans = spans(&text);
    assert_eq!(spans.len(), whole.answers().count());
    let step = if std::env::var_os("ALONGSIDE_TRIALS").is_some() { 1 } else { 16 };
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
    let wrong = torture(ways, |bytes| salvage(bytes).workbook);
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
    assert!(torture(&[Way::Lost], usual).len() > 100);
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
