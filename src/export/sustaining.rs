//! What goes out of sustaining: what remains, for whoever asks, and the page for trustees who doubt. What comes next is in
//! `onward`, the year in `annual`.
//!
//! A partner's words stand in none of them unless their speaker said that they may be quoted: see [`Legacy::quotable`].
//! Start reading at [`statement`].

pub mod annual;
pub mod onward;

use super::cells::{day, who};
use super::document::{Block, Document, Item, Level, Private};
use super::revising::{between, fact, open, purpose, said, stopped};
use super::subject::Subject;
use super::voices::{self, or_to_agree};
use super::{TO_AGREE, sentence, title};
use crate::domain::query::{hours_sums, money_sums};
use crate::domain::{
    Board, CarryOn, Contribution, Finding, Foreseen, Legacy, Measure, MoneyLine, Revision, Went,
};
use crate::order::InOrder;

/// Legacies for a trustee brief.
const STRONGEST: usize = 3;

/// What remains, by kind, planned things first.
pub fn statement(subject: &Subject<'_>) -> Document {
    let mut page = Document::titled(format!("What remains: {}", title(subject)));
    let mut private = Private::default();
    page.blocks.push(Block::Facts(vec![
        fact("Between", between(subject)),
        fact("What we set out to do", purpose(subject, &mut private)),
    ]));
    let mut all: Vec<&Legacy> = open(subject, &mut page);
    all.order_by_key(|legacy| rank(legacy.foreseen));
    if all.is_empty() {
        page.heading(Level::Section, "What remains");
        page.paragraph(TO_AGREE);
    }
    let kinds = subject.content().legacies().iter().map(|kind| (kind.id.as_str(), kind.name.as_str()));
    let known = |id: &str| subject.content().legacies().iter().any(|kind| kind.id == id);
    for (id, name) in kinds.chain([("", "And also")]) {
        let of_kind = |legacy: &&&Legacy| {
            let kind = legacy.kind.0.as_str();
            kind == id || (id.is_empty() && !known(kind))
        };
        let of: Vec<&Legacy> = all.iter().filter(of_kind).copied().collect();
        if of.is_empty() {
            continue;
        }
        page.heading(Level::Section, name);
        for legacy in of {
            page.list(vec![remains(subject, legacy, true)]);
            page.blocks.extend(quoted(subject, legacy));
        }
    }
    page.heading(Level::Section, "What goes on");
    let goes_on: Vec<&CarryOn> = open(subject, &mut page);
    let items: Vec<Item> = goes_on.iter().map(|one| going_on(subject, one)).collect();
    if items.is_empty() {
        page.paragraph(TO_AGREE);
    }
    page.list(items);
    page.private += private;
    page
}

fn rank(foreseen: Foreseen) -> usize {
    match foreseen {
        Foreseen::Planned => 0,
        Foreseen::NotSaid => 1,
        Foreseen::Unplanned => 2,
    }
}

/// A thing that remains, with what shows it and, where that is asked, who keeps it.
fn remains(subject: &Subject<'_>, legacy: &Legacy, with_keeper: bool) -> Item {
    let for_whom = legacy.for_whom.trim();
    let lead = sentence(or_to_agree(legacy.what.trim()));
    let mut lines = Vec::new();
    if !for_whom.is_empty() {
        lines.push(stopped(&format!("For {for_whom}")));
    }
    if legacy.foreseen == Foreseen::Unplanned {
        lines.push("Nobody had planned it.".to_owned());
    }
    lines.push(stopped(&format!("What shows it: {}", or_to_agree(legacy.evidence.trim()))));
    if with_keeper {
        let until = legacy.until.map(|on| format!(", until {}", voices::day(on))).unwrap_or_default();
        lines.push(stopped(&format!("Kept by {}{until}", who(subject, legacy.keeper.as_ref()))));
    }
    Item::new(lead, lines.join("\n"))
}

/// The words of a partner, where they may be quoted.
fn quoted(subject: &Subject<'_>, legacy: &Legacy) -> Option<Block> {
    let words = legacy.quotable()?.to_owned();
    let who = legacy.by.as_ref().map_or_else(|| TO_AGREE.to_owned(), |by| sentence(&subject.who(by)));
    Some(Block::Quote { who, marks: Vec::new(), words })
}

fn going_on(subject: &Subject<'_>, one: &CarryOn) -> Item {
    let for_whom = one.for_whom.trim();
    let for_whom =
        if for_whom.is_empty() { String::new() } else { stopped(&format!("For {for_whom}")) + " " };
    let then = match one.done {
        Some(done) => format!("In place since {}", voices::day(done)),
        None if one.due.is_some() => format!("Next step by {}", day(one.due)),
        None => format!("Next step: {TO_AGREE}"),
    };
    let who = who(subject, one.lead.as_ref());
    Item::new(sentence(or_to_agree(one.what.trim())), format!("{for_whom}{then}; {}", stopped(&who)))
}

/// A page for trustees: what is asked of them, what remains, what went in and out, what would be lost, what next.
pub fn brief(subject: &Subject<'_>) -> Document {
    let mut page = Document::titled(format!("For the trustees: {}", title(subject)));
    let mut private = Private::default();
    page.blocks.push(Block::Facts(vec![
        fact("The question", "Do we go on with this, let it grow, or hand it on?"),
        fact("What it is for", purpose(subject, &mut private)),
        fact("With whom", partners(subject)),
    ]));
    page.heading(Level::Section, "What remains already");
    let mut all: Vec<&Legacy> = open(subject, &mut page);
    all.order_by_key(|legacy| std::cmp::Reverse(strength(legacy)));
    if all.is_empty() {
        page.paragraph(TO_AGREE);
    }
    for legacy in all.into_iter().take(STRONGEST) {
        page.list(vec![remains(subject, legacy, false)]);
        page.blocks.extend(quoted(subject, legacy));
    }
    page.heading(Level::Section, "What went in and out");
    let facts = in_and_out(subject, &mut page);
    page.blocks.push(Block::Facts(facts));
    page.heading(Level::Section, "What would be lost by stopping");
    lost(subject, &mut page, &mut private);
    page.heading(Level::Section, "What next");
    let next = as_we_see_it(subject, "SUS-9", &mut private);
    let goes_on: Vec<&CarryOn> = open(subject, &mut page);
    if !next.is_empty() || goes_on.iter().all(|one| one.done.is_some()) {
        page.paragraph(or_to_agree(&next));
    }
    let steps = goes_on.iter().filter(|one| one.done.is_none()).map(|one| {
        let needs = one.needed.trim();
        let needs = if needs.is_empty() { TO_AGREE } else { needs };
        Item::new(sentence(or_to_agree(one.what.trim())), stopped(&format!("It needs {needs}")))
    });
    page.list(steps.collect());
    page.private += private;
    page
}

/// What the workbook has of what works now: what is to be protected, what is kept on purpose, what is counted, what went
/// well and is shown to have, and what is shown to be there and nobody keeps yet. Only where it has none of it there is something to agree.
fn lost(subject: &Subject<'_>, page: &mut Document, private: &mut Private) {
    let protect = as_we_see_it(subject, "REV-5", private);
    let mut items = Vec::new();
    let changes: Vec<&Revision> = open(subject, page);
    let kept = changes.iter().filter(|change| change.board == Board::Keep && !change.what.trim().is_empty());
    items.extend(kept.map(|change| Item::new(sentence(change.what.trim()), stopped(change.why.trim()))));
    items.extend(counted(&open::<Measure>(subject, page)));
    items.extend(shown_to_work(&open::<Finding>(subject, page)));
    let legacies: Vec<&Legacy> = open(subject, page);
    let unkept = |legacy: &&&Legacy| legacy.keeper.is_none() && !legacy.evidence.trim().is_empty();
    let unkept = legacies.iter().filter(unkept);
    items.extend(unkept.map(|legacy| {
        Item::new(sentence(or_to_agree(legacy.what.trim())), "Nobody has been asked to keep it yet.")
    }));
    if !protect.is_empty() {
        page.paragraph(stopped(&protect));
    } else if items.is_empty() {
        page.paragraph(TO_AGREE);
    }
    items.truncate(STRONGEST);
    page.list(items);
}

/// What is counted, now and at the start; nothing of what nobody has counted yet.
fn counted(measures: &[&Measure]) -> Vec<Item> {
    let known = measures.iter().filter(|measure| !measure.now.trim().is_empty());
    let item = |measure: &&Measure| {
        let before = measure.baseline.trim();
        let before = if before.is_empty() { String::new() } else { format!("; at the start {before}") };
        let words = format!("{}{before}", measure.now.trim());
        Item::new(sentence(or_to_agree(measure.what.trim())), stopped(&words))
    };
    known.map(item).collect()
}

/// What went well and is shown to have gone well.
fn shown_to_work(findings: &[&Finding]) -> Vec<Item> {
    let shown = findings
        .iter()
        .filter(|finding| finding.went == Went::Well && !finding.evidence.trim().is_empty())
        .map(|finding| {
            Item::new(sentence(or_to_agree(finding.what.trim())), stopped(finding.evidence.trim()))
        });
    shown.collect()
}

/// What is agreed; else what we think, which is said to be so. For a page that our own trustees read.
fn as_we_see_it(subject: &Subject<'_>, id: &str, private: &mut Private) -> String {
    let agreed = said(subject, id, private);
    let found = subject.select(subject.content().question(id), |_| true);
    let ours = found.entries.first().map_or("", |entry| entry.answer.ours().text.trim());
    match (agreed.is_empty(), ours.is_empty()) {
        (true, false) => format!("As we see it: {ours}"),
        _ => agreed,
    }
}

fn partners(subject: &Subject<'_>) -> String {
    subject.partners().iter().map(voices::name_of).collect::<Vec<_>>().join(", ")
}

/// How well a legacy stands for itself before somebody who doubts: what shows it counts first, then words that may be
/// quoted, then that somebody keeps it.
fn strength(legacy: &Legacy) -> (bool, bool, bool) {
    (!legacy.evidence.trim().is_empty(), legacy.quotable().is_some(), legacy.keeper.is_some())
}

/// Hours that each side gave, and money to each side; each sum exact and apart.
fn in_and_out(subject: &Subject<'_>, page: &mut Document) -> Vec<(String, String)> {
    let entries: Vec<&Contribution> = open(subject, page);
    let (sides, _) = hours_sums(entries);
    let name = |id: Option<&crate::domain::PartnerId>| {
        id.map_or_else(|| "nobody named".to_owned(), |id| subject.side(id))
    };
    let mut facts: Vec<(String, String)> = sides
        .iter()
        .map(|(id, sum)| fact(&format!("Hours of {}", name(id.as_ref())), sum.in_words()))
        .collect();
    if facts.is_empty() {
        facts.push(fact("Hours", ""));
    }
    let lines: Vec<&MoneyLine> = open(subject, page);
    let (sides, _) = money_sums(lines);
    let before = facts.len();
    facts.extend(
        sides.iter().map(|(id, sum)| fact(&format!("Money to {}", name(id.as_ref())), sum.in_words())),
    );
    if facts.len() == before {
        facts.push(fact("Money", ""));
    }
    facts
}

#[cfg(test)]
mod tests;
