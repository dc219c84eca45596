//! Everything that is written, for reading: a whole workbook, one aspect of it, one question.
//!
//! This is what `show` prints and what the preview on the screen draws. Blank questions are counted in a whole workbook
//! and listed in an aspect.

use super::document::{Document, Item, Level};
use super::subject::{Entry, Subject};
use super::{title, voices};
use crate::content::types::{Aspect, Question};
use crate::domain::{Answer, Standing};

/// The whole workbook: every answer that somebody has touched.
pub fn workbook(subject: &Subject<'_>) -> Document {
    let mut whole = Document::titled(title(subject));
    super::page::who(&mut whole, subject);
    for aspect in subject.content().aspects() {
        let written = subject.select(&aspect.questions, |e| e.standing != Standing::Blank);
        whole.private += written.private;
        if written.entries.is_empty() {
            continue;
        }
        whole.heading(Level::Section, &aspect.name);
        for entry in &written.entries {
            whole.heading(Level::Point, &entry.question.short);
            body(&mut whole, subject, entry);
        }
    }
    strays(&mut whole, subject);
    whole
}

/// One aspect: its answers, then the questions that are still blank.
pub fn aspect(subject: &Subject<'_>, aspect: &Aspect) -> Document {
    let mut part = Document::titled(format!("{}: {}", aspect.name, title(subject)));
    part.paragraph(&aspect.purpose);
    let written = subject.select(&aspect.questions, |e| e.standing != Standing::Blank);
    part.private = written.private;
    for entry in &written.entries {
        part.heading(Level::Section, &entry.question.ask);
        body(&mut part, subject, entry);
    }
    let blank = subject.select(&aspect.questions, |e| e.standing == Standing::Blank);
    part.private += blank.private;
    if !blank.entries.is_empty() {
        part.heading(Level::Section, "Still blank");
        part.list(blank.entries.iter().map(|e| Item::plain(&e.question.ask)).collect());
    }
    part
}

/// One question: its answer in every voice, and what the voices said before.
pub fn question(subject: &Subject<'_>, question: &Question) -> Document {
    let mut answer = Document::titled(&question.ask);
    let found = subject.select([question], |_| true);
    answer.private = found.private;
    for entry in &found.entries {
        body(&mut answer, subject, entry);
        let earlier = voices::earlier(subject, entry.answer);
        if !earlier.is_empty() {
            answer.heading(Level::Section, "Earlier");
            answer.blocks.extend(earlier);
        }
    }
    answer
}

fn body(document: &mut Document, subject: &Subject<'_>, entry: &Entry<'_>) {
    // how sure we are of it is for ourselves
    if subject.reader().is_none() {
        document.paragraph(standing(entry.answer, entry.standing));
    }
    document.blocks.extend(voices::all(subject, entry));
}

fn standing(answer: &Answer, standing: Standing) -> String {
    let private = if answer.is_private() { " · private" } else { "" };
    format!("{}{private}", super::sentence(standing.word()))
}

fn strays(whole: &mut Document, subject: &Subject<'_>) {
    let (strays, private) = subject.strays();
    whole.private += private;
    if strays.is_empty() {
        return;
    }
    whole.heading(Level::Section, "Questions that this version does not ask");
    for (id, answer) in strays {
        whole.heading(Level::Point, id.as_str());
        whole.blocks.extend(voices::of_stray(subject, answer));
    }
}
