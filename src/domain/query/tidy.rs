//! What is left to tidy after a talk, and what the words of a line suggest: who promised, which question is meant.
//!
//! Everything here is a suggestion for a person to look at. Nothing is applied, and where the words say nothing clear,
//! nothing is suggested.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::{Content, types::Question};
use crate::domain::{Call, Edit, Line, Promise, QuestionId, RecordId, Tag, Workbook};
use crate::order::InOrder;

/// Letters of an answer that are looked at when a question is looked for.
const BEGINNING: usize = 300;

/// A call, or the jots of a day, with something left to tidy.
#[derive(Debug, Clone, Copy)]
pub struct Untidy<'a> {
    /// The call.
    pub call: &'a Call,
    /// How many of its lines are left.
    pub left: usize,
}

/// The calls and days that have something left to tidy, the latest first. A call that goes on is not among them.
pub fn to_tidy(workbook: &Workbook) -> Vec<Untidy<'_>> {
    let over = workbook.calls().iter().filter(|call| !call.is_running());
    let mut untidy: Vec<Untidy<'_>> =
        over.map(|call| Untidy { call, left: call.to_tidy() }).filter(|untidy| untidy.left > 0).collect();
    untidy.order_by_key(|untidy| std::cmp::Reverse(untidy.call.started));
    untidy
}

/// How many lines are left to tidy in all calls that are over.
pub fn left_to_tidy(workbook: &Workbook) -> usize {
    workbook.calls().iter().filter(|call| !call.is_running()).map(Call::to_tidy).sum()
}

/// The edits that let a call, or the jots of a day, be: there is nothing more to do about any of its lines. A question to
/// ask back stays to be asked, and belongs to none of the workbook.
pub fn let_be(call: &Call) -> Vec<Edit> {
    let left = call.lines.iter().filter(|line| line.wants_tidying());
    let line = |line: &Line| match line.tag {
        Some(Tag::Ask) => Line { kept: true, ..line.clone() },
        _ => Line { done: true, ..line.clone() },
    };
    left.map(|left| Edit::SetLine { call: call.id.clone(), line: line(left) }).collect()
}

/// The lines that belong to a question, the latest call first.
pub fn lines_about<'a>(workbook: &'a Workbook, question: &QuestionId) -> Vec<(&'a Call, &'a Line)> {
    let about = |line: &&Line| line.about.as_ref() == Some(question);
    let calls = workbook.calls().iter().rev();
    calls.flat_map(|call| call.lines.iter().filter(about).map(move |line| (call, line))).collect()
}

/// The promises that were said in a call.
pub fn promises_of<'a>(workbook: &'a Workbook, call: &RecordId) -> Vec<&'a Promise> {
    let said = |promise: &&Promise| promise.said_in.as_ref().is_some_and(|said| said.call == *call);
    workbook.promises().iter().filter(said).collect()
}

/// Who makes a promise, as the words of a line have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Our side.
    We,
    /// The other side.
    They,
}

const OURS: &[&str] = &["we", "i", "i'll", "i’ll", "we'll", "we’ll", "us"];
const THEIRS: &[&str] = &[
    "they",
    "he",
    "she",
    "they'll",
    "they’ll",
    "he'll",
    "he’ll",
    "she'll",
    "she’ll",
    "you",
    "them",
    "you'll",
    "you’ll",
];

/// Who makes the promise in a line: the first word that says so. `None` where none does.
pub fn who_promises(text: &str) -> Option<Who> {
    text.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        match word.as_str() {
            word if OURS.contains(&word) => Some(Who::We),
            word if THEIRS.contains(&word) => Some(Who::They),
            _ => None,
        }
    })
}

/// What is promised, without who does it: "they will send the budget" is "send the budget". The words are as they were
/// where they do not begin so.
pub fn what_is_promised(text: &str) -> &str {
    let text = text.trim();
    let mut rest = text;
    for (n, word) in text.split_whitespace().enumerate() {
        let plain = word.to_lowercase();
        let passed = match n {
            // "he sends it" is no longer a sentence without its first word
            0 => {
                let third = matches!(plain.as_str(), "he" | "she");
                !third && (OURS.contains(&plain.as_str()) || THEIRS.contains(&plain.as_str()))
            }
            _ => matches!(plain.as_str(), "will" | "'ll" | "shall"),
        };
        if !passed {
            break;
        }
        rest = rest.trim_start().strip_prefix(word).unwrap_or(rest).trim_start();
    }
    if rest.is_empty() { text } else { rest }
}

/// Words as somebody said them, in quotation marks. What has quotation marks of its own is left as it is: part of it may
/// be a remark of whoever wrote it down.
pub fn quoted(text: &str) -> String {
    let text = text.trim();
    if text.contains(['"', '“', '”', '„', '«']) { text.to_owned() } else { format!("“{text}”") }
}

/// The questions of the workbook, those most like a line first: those that share the most words with it, rare words
/// counting for more. Comes with the number of those whose own wording shares any.
pub fn questions_like<'c>(
    workbook: &Workbook,
    content: &'c Content,
    text: &str,
) -> (Vec<&'c Question>, usize) {
    let wanted: BTreeSet<String> = stems(text).collect();
    let all: Vec<(&Question, BTreeSet<String>)> =
        content.questions().map(|question| (question, words_of(question, workbook, &wanted))).collect();
    let mut commonness: BTreeMap<&str, u32> = BTreeMap::new();
    for word in all.iter().flat_map(|(_, words)| words) {
        *commonness.entry(word).or_default() += 1;
    }
    let weight = |word: &String| 1_000 / commonness.get(word.as_str()).copied().unwrap_or(1).max(1);
    let score = |question: &Question, words: &BTreeSet<String>| -> (u32, u32) {
        // what is asked counts for more than what only helps to answer it
        let asked: BTreeSet<String> = stems(&question.ask).chain(stems(&question.short)).collect();
        let in_ask: u32 = words.iter().filter(|word| asked.contains(*word)).map(weight).sum();
        (in_ask, in_ask * 2 + words.iter().map(weight).sum::<u32>())
    };
    let mut scored: Vec<((u32, u32), &Question)> =
        all.iter().map(|(question, words)| (score(question, words), *question)).collect();
    scored.order_by_key(|((in_ask, all), _)| std::cmp::Reverse((*in_ask > 0, *all)));
    let like = scored.iter().take_while(|((in_ask, _), _)| *in_ask > 0).count();
    (scored.into_iter().map(|(_, question)| question).collect(), like)
}

/// The words of a question, and of the beginning of our answer to it, that are among those wanted.
fn words_of(question: &Question, workbook: &Workbook, wanted: &BTreeSet<String>) -> BTreeSet<String> {
    let ours = &workbook.answer(&QuestionId::new(&question.id)).ours().text;
    let beginning: String = ours.chars().take(BEGINNING).collect();
    let texts = [&question.short, &question.ask, &question.hint, &beginning];
    texts.into_iter().flat_map(|text| stems(text)).filter(|word| wanted.contains(word)).collect()
}

/// Words that say nothing about what a line is about.
const EMPTY: &[&str] = &[
    "about", "after", "again", "always", "been", "before", "both", "could", "does", "each", "ever", "from",
    "have", "here", "into", "just", "know", "like", "made", "make", "more", "most", "much", "must", "next",
    "only", "other", "over", "said", "same", "say", "shall", "should", "side", "some", "such", "take",
    "than", "that", "their", "them", "then", "there", "these", "they", "thing", "this", "those", "time",
    "want", "well", "were", "what", "when", "where", "which", "while", "will", "with", "would", "your",
    "yours", "ours", "need",
];

/// The words of a text that say something, without the endings that only bend them.
fn stems(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    let words = words.map(str::to_lowercase).filter(|word| !EMPTY.contains(&word.as_str()));
    words.map(|word| {
        let stem = ["ies", "ing", "ers", "ed", "es", "er", "s", "y"].into_iter().find_map(|end| {
            let stem = word.strip_suffix(end)?;
            let least = if end == "s" { 3 } else { 4 };
            (stem.chars().count() >= least).then(|| stem.to_owned())
        });
        stem.unwrap_or(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::WorkbookId;
    use jiff::{Timestamp, civil::date};

    fn line(id: &str, tag: Option<Tag>, text: &str) -> Line {
        Line { tag, ..Line::new(RecordId::new(id), Timestamp::UNIX_EPOCH, text) }
    }

    fn workbook() -> Workbook {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        for (n, ended) in [Some(Timestamp::UNIX_EPOCH), None].into_iter().enumerate() {
            let started = Timestamp::from_second(n as i64).unwrap();
            let call = Call::begun(RecordId::new(format!("call{n}")), date(2025, 3, 5), started);
            let lines = vec![
                line(&format!("a{n}"), None, "hello"),
                line(&format!("b{n}"), None, " "),
                line(&format!("c{n}"), Some(Tag::Ask), "who pays?"),
                line(&format!("d{n}"), Some(Tag::Agreed), "the first of May"),
            ];
            let record = Box::new(Call { ended, lines, ..call }.into());
            workbook.apply(Edit::AddRecord { record, place: 9 }).unwrap();
        }
        workbook
    }

    #[test]
    fn what_is_left_is_counted_in_calls_that_are_over() {
        let mut workbook = workbook();
        assert_eq!(left_to_tidy(&workbook), 2);
        assert_eq!(
            to_tidy(&workbook).iter().map(|u| (u.call.id.as_str(), u.left)).collect::<Vec<_>>(),
            [("call0", 2)]
        );
        let call = RecordId::new("call0");
        let ask = workbook.line(&call, &RecordId::new("c0")).unwrap().clone();
        let question = QuestionId::new("SCO-3");
        let placed = Line { about: Some(question.clone()), ..ask.clone() };
        workbook.apply(Edit::SetLine { call: call.clone(), line: placed }).unwrap();
        assert_eq!(left_to_tidy(&workbook), 1, "it is known where it belongs");
        assert_eq!(lines_about(&workbook, &question).len(), 1);
        workbook
            .apply(Edit::SetLine { call: call.clone(), line: Line { kept: true, ..ask.clone() } })
            .unwrap();
        assert_eq!(left_to_tidy(&workbook), 1, "it belongs nowhere, and is kept");
        assert!(!workbook.line(&call, &ask.id).unwrap().done, "and still to be asked");
    }

    #[test]
    fn letting_a_call_be_leaves_nothing_to_tidy_and_a_question_to_be_asked() {
        let mut workbook = workbook();
        for edit in let_be(&workbook.calls()[0].clone()) {
            workbook.apply(edit).unwrap();
        }
        assert_eq!(left_to_tidy(&workbook), 0);
        let lines = &workbook.calls()[0].lines;
        let marks: Vec<_> = lines.iter().map(|line| (line.done, line.kept, line.tag)).collect();
        let untouched = (false, false, Some(Tag::Agreed));
        let asked = (false, true, Some(Tag::Ask));
        assert_eq!(marks, [(true, false, None), (false, false, None), asked, untouched]);
    }

    #[test]
    fn the_words_say_who_promises() {
        for (text, who, what) in [
            ("they send the budget by Friday", Some(Who::They), "send the budget by Friday"),
            ("They'll bring a list", Some(Who::They), "bring a list"),
            ("We will ring on Monday", Some(Who::We), "ring on Monday"),
            ("I ask the director", Some(Who::We), "ask the director"),
            ("the budget, they said", Some(Who::They), "the budget, they said"),
            ("he sends a list", Some(Who::They), "he sends a list"),
            ("send the budget", None, "send the budget"),
            ("weather permitting", None, "weather permitting"),
            ("they will", Some(Who::They), "they will"),
            ("", None, ""),
        ] {
            assert_eq!((who_promises(text), what_is_promised(text)), (who, what), "{text}");
        }
    }

    #[test]
    fn the_likeliest_question_shares_rare_words() {
        let (workbook, content) = (workbook(), Content::new());
        let (questions, like) = questions_like(&workbook, &content, "who pays when the money is late?");
        assert!(like > 0 && like < questions.len());
        assert!(questions[0].ask.to_lowercase().contains("money") || questions[0].ask.contains("pay"));
        let (questions, like) = questions_like(&workbook, &content, "xyzzy");
        assert_eq!((questions.len(), like), (content.questions().count(), 0));
    }
}
