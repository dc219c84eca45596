//! The partner's copy: what has been agreed, what they told us, what of ours was marked to share, who does what by when.
//!
//! It is made of the workbook that one partner may have, so there is nothing here to hold back. The words of the parts
//! speak to the partner, not to us.

use super::agreement::facts_of;
use super::changes::side;
use super::document::{Block, Document, Item, Level};
use super::subject::{Entry, Subject};
use super::voices;
use crate::domain::{PartnerId, Promise};

/// The copy; empty where it is nobody's.
pub fn copy(subject: &Subject<'_>) -> Document {
    let Some(partner) = subject.reader().and_then(|id| subject.partner(id)) else {
        return Document::default();
    };
    let us = PartnerId::us();
    let mut copy =
        Document::titled(format!("{} and {}: your copy", side(subject, &us), side(subject, &partner.id)));
    super::page::who(&mut copy, subject);
    let all = subject.select(subject.content().questions(), |_| true).entries;
    let clauses = subject.content().aspect("agreement").map_or(&[][..], |sheet| sheet.questions.as_slice());
    let is_clause = |entry: &&Entry<'_>| clauses.iter().any(|clause| clause.id == entry.question.id);
    let (paper, rest): (Vec<Entry<'_>>, Vec<Entry<'_>>) = all.iter().partition(is_clause);
    agreement(&mut copy, subject, &paper);
    part(&mut copy, "What else we have agreed", &rest, |entry| voices::agreed(subject, entry.answer));
    part(&mut copy, "What you told us", &all, |entry| {
        let theirs = entry.answer.theirs(&partner.id).filter(|theirs| !theirs.text.trim().is_empty())?;
        let marks = theirs.on.map(voices::day).into_iter().collect();
        Some(Block::Quote { who: side(subject, &partner.id), marks, words: theirs.text.clone() })
    });
    part(&mut copy, "What we would like you to know", &all, |entry| {
        let ours = entry.answer.ours();
        let marks = ours.on.map(voices::day).into_iter().collect();
        let says = !ours.text.trim().is_empty();
        says.then(|| Block::Quote { who: side(subject, &us), marks, words: ours.text.clone() })
    });
    promises(&mut copy, subject);
    copy.paragraph("Please say so if any of this is not how you see it.");
    copy
}

/// That there is an agreement, since when and until when, and its clauses as far as this partner agreed to them.
fn agreement(copy: &mut Document, subject: &Subject<'_>, clauses: &[Entry<'_>]) {
    copy.heading(Level::Section, "Our agreement");
    let version = subject.in_force().map(facts_of).unwrap_or_default();
    let agreed = || clauses.iter().filter_map(|entry| Some((entry, voices::agreed(subject, entry.answer)?)));
    if version.is_empty() && agreed().next().is_none() {
        copy.paragraph(super::TO_AGREE);
    }
    if !version.is_empty() {
        copy.blocks.push(Block::Facts(version));
        if let Some((version, review)) = subject.in_force().and_then(|v| Some((v, v.review_by?))) {
            copy.date(&version.id, review, "We look at our agreement again".to_owned());
        }
    }
    for (entry, wording) in agreed() {
        copy.heading(Level::Part, &entry.question.short);
        copy.blocks.push(wording);
    }
}

fn part(copy: &mut Document, heading: &str, all: &[Entry<'_>], said: impl Fn(&Entry<'_>) -> Option<Block>) {
    copy.heading(Level::Section, heading);
    let mut anything = false;
    for (entry, block) in all.iter().filter_map(|entry| Some((entry, said(entry)?))) {
        anything = true;
        copy.heading(Level::Part, &entry.question.short);
        copy.blocks.push(block);
    }
    if !anything {
        copy.paragraph(super::TO_AGREE);
    }
}

/// Who promised what to whom, by when.
pub(super) fn promises(copy: &mut Document, subject: &Subject<'_>) {
    copy.heading(Level::Section, "Who does what, by when");
    let promises = subject.all_promises();
    if promises.is_empty() {
        copy.list(vec![Item::plain("Nothing is promised on either side.")]);
        return;
    }
    let by_when =
        |promise: &Promise| promise.due.map(voices::day).unwrap_or_else(|| "no day named".to_owned());
    let row = |promise: &&Promise| {
        vec![
            side(subject, &promise.by),
            voices::or_to_agree(&promise.what).to_owned(),
            by_when(promise),
            promise.state.word().to_owned(),
        ]
    };
    copy.table(["Who", "What", "By when", "How it stands"], promises.iter().map(row).collect());
    for promise in promises.iter().filter(|promise| promise.is_owed()) {
        let what = promise.what.trim();
        if let Some(due) = promise.due {
            copy.date(&promise.id, due, format!("{}: {what}", side(subject, &promise.by)));
        }
    }
}
