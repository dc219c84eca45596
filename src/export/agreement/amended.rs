//! The amended agreement: what is different from what was agreed before, clause by clause, in words.

use std::collections::BTreeMap;

use super::Clauses;
use crate::domain::query::{HowChanged, compare};
use crate::domain::{Agreement, QuestionId, Revision};
use crate::export::document::{Block, Document, Level};
use crate::export::subject::Subject;
use crate::export::{title, voices};

/// The last version beside the words as they stand now; the last two versions, where nothing has changed since.
pub fn amended(subject: &Subject<'_>) -> Document {
    let mut amended = Document::titled(format!("Amended agreement: {}", title(subject)));
    let versions = subject.versions();
    let Some(last) = versions.first() else {
        amended.paragraph("Nothing has been agreed in writing yet, so there is nothing to compare.");
        return amended;
    };
    let clauses = Clauses::of(subject, subject.form());
    let now = crate::domain::query::now_as_version(&clauses.0);
    let changed = compare(&last.clauses, &now).iter().any(|change| change.how != HowChanged::Same);
    match versions.get(1) {
        Some(before) if !changed => {
            amended.paragraph(format!("{} beside {}.", named(before), named(last)));
            changes(&mut amended, subject, &before.clauses, &last.clauses);
        }
        _ => {
            let today = voices::day(subject.today());
            amended.paragraph(format!("{} beside the words as they stand on {today}.", named(last)));
            changes(&mut amended, subject, &last.clauses, &now);
        }
    }
    amended
}

/// "Version 2, agreed on 3 March 2025".
pub(in crate::export) fn named(version: &Agreement) -> String {
    let number =
        version.number.map_or_else(|| "A version without a number".to_owned(), |n| format!("Version {n}"));
    match version.agreed {
        Some(on) => format!("{number}, agreed on {}", voices::day(on)),
        None => format!("{number}, proposed"),
    }
}

fn changes(
    document: &mut Document,
    subject: &Subject<'_>,
    then: &BTreeMap<QuestionId, String>,
    now: &BTreeMap<QuestionId, String>,
) {
    let changes = compare(then, now);
    let short = |question: &QuestionId| {
        let question = subject.content().question(question.as_str());
        question.map_or("A clause of another version", |question| question.short.as_str())
    };
    let (same, differ): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.how == HowChanged::Same);
    if differ.is_empty() {
        document.paragraph("Nothing is different.");
    }
    let revisions = subject.records::<Revision>(&mut document.private);
    for change in differ {
        document.heading(Level::Section, short(change.question));
        document.paragraph(format!("{}.", crate::export::sentence(change.how.words())));
        for (who, words) in [("Then", change.then), ("Now", change.now)] {
            if !words.is_empty() {
                let (who, words) = (who.to_owned(), words.to_owned());
                document.blocks.push(Block::Quote { who, marks: Vec::new(), words });
            }
        }
        let why = revisions.iter().rfind(|revision| revision.clause.as_ref() == Some(change.question));
        if let Some(why) = why.map(|revision| revision.why.trim()).filter(|why| !why.is_empty()) {
            document.paragraph(format!("Why: {why}"));
        }
    }
    if !same.is_empty() {
        let names: Vec<&str> = same.iter().map(|change| short(change.question)).collect();
        document.heading(Level::Section, "As it was");
        document.paragraph(format!("{}.", names.join(", ")));
    }
}
