//! The annual note, for a board or a funder: how each side felt, what changed, what remains, over the last twelve months.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::document::{Block, Document, Item, Level, Private};
use super::super::revising::{between, fact, open, purpose, stopped};
use super::super::subject::Subject;
use super::super::voices::{self, or_to_agree};
use super::super::{TO_AGREE, sentence, state, title};
use crate::domain::query::pulse_lines;
use crate::domain::{Board, CarryOn, Choice, Concern, Foreseen, Legacy, PartnerId, Pulse, Revision, Walk};
use crate::order::InOrder;

/// The note.
pub fn note(subject: &Subject<'_>) -> Document {
    let today = subject.today();
    let from = today.checked_sub(1.year()).unwrap_or(today);
    let within = |on: Option<Date>| on.is_some_and(|on| on > from && on <= today);
    let mut note = Document::titled(format!("A year of {}", title(subject)));
    let mut private = Private::default();
    let walks: Vec<&Walk> = open(subject, &mut note);
    let held: Vec<String> =
        walks.iter().filter_map(|walk| walk.held).filter(|on| within(Some(*on))).map(voices::day).collect();
    note.blocks.push(Block::Facts(vec![
        fact("From", format!("{} to {}", voices::day(from), voices::day(today))),
        fact("Between", between(subject)),
        fact("What it is for", purpose(subject, &mut private)),
        fact("How it stands", state(subject)),
        fact("We looked back together on", held.join("; ")),
    ]));
    pulses(subject, &mut note, &within);
    changes(subject, &mut note, &within);
    remains(subject, &mut note, &within);
    note.heading(Level::Section, "What comes next");
    let goes_on: Vec<&CarryOn> = open(subject, &mut note);
    let next = goes_on.iter().filter(|one| one.done.is_none()).map(|one| {
        let by = one.due.map(|on| format!("by {}", voices::day(on)));
        Item::new(sentence(or_to_agree(one.what.trim())), by.unwrap_or_else(|| TO_AGREE.to_owned()))
    });
    let next: Vec<Item> = next.collect();
    if next.is_empty() {
        note.paragraph(TO_AGREE);
    }
    note.list(next);
    note.private += private;
    note
}

/// How each side felt about each line, first and last in the year.
fn pulses(subject: &Subject<'_>, note: &mut Document, within: &impl Fn(Option<Date>) -> bool) {
    let mut all: Vec<&Pulse> = open(subject, note);
    all.retain(|pulse| within(pulse.on));
    all.order_by_key(|pulse| pulse.on);
    note.heading(Level::Section, "How each side felt");
    if all.is_empty() {
        note.paragraph(TO_AGREE);
        return;
    }
    let mut said: BTreeMap<(&PartnerId, &str), Vec<Concern>> = BTreeMap::new();
    for pulse in &all {
        let Some(side) = &pulse.side else { continue };
        for (line, concern) in &pulse.lines {
            said.entry((side, line)).or_default().push(*concern);
        }
    }
    let us = std::iter::once(subject.us());
    let asked = |side: &&crate::domain::Partner| said.keys().any(|(id, _)| **id == side.id);
    let sides: Vec<_> = us.chain(subject.partners()).filter(asked).collect();
    let cell = |side: &PartnerId, line: &str| match said.get(&(side, line)).map(Vec::as_slice) {
        None | Some([]) => "not asked".to_owned(),
        Some([only]) => only.words().to_owned(),
        Some([first, .., last]) if first == last => last.words().to_owned(),
        Some([first, .., last]) => format!("{}, before that {}", last.words(), first.words()),
    };
    let row = |line: &str| {
        let name = subject.content().topic(line).unwrap_or(line).to_owned();
        std::iter::once(name).chain(sides.iter().map(|side| cell(&side.id, line))).collect()
    };
    let spoken = |line: &&str| said.keys().any(|(_, there)| there == line);
    let rows: Vec<Vec<String>> = pulse_lines().filter(spoken).map(row).collect();
    let head = std::iter::once("About").chain(sides.iter().map(|side| voices::name_of(side)));
    note.table(head, rows);
}

fn changes(subject: &Subject<'_>, note: &mut Document, within: &impl Fn(Option<Date>) -> bool) {
    let all: Vec<&Revision> = open(subject, note);
    note.heading(Level::Section, "What we changed");
    let made = all.iter().filter(|change| within(change.done));
    let made = made.map(|change| {
        let effect = change.effect.trim();
        let then = if effect.is_empty() { "What came of it: [to agree]" } else { effect };
        Item::new(sentence(or_to_agree(change.what.trim())), stopped(then))
    });
    let under_way = all.iter().filter(|change| change.done.is_none() && change.board != Board::Keep);
    let under_way = under_way.map(|change| {
        let by = change.due.map(|on| format!(", by {}", voices::day(on))).unwrap_or_default();
        Item::new(sentence(or_to_agree(change.what.trim())), format!("under way{by}."))
    });
    let items: Vec<Item> = made.chain(under_way).collect();
    if items.is_empty() {
        note.paragraph("Nothing was changed in this time.");
    }
    note.list(items);
}

fn remains(subject: &Subject<'_>, note: &mut Document, within: &impl Fn(Option<Date>) -> bool) {
    let mut all: Vec<&Legacy> = open(subject, note);
    all.retain(|legacy| within(legacy.noted));
    note.heading(Level::Section, "What remains of it");
    if all.is_empty() {
        note.paragraph("Nothing was noted in this time.");
    }
    for legacy in all {
        let unplanned = if legacy.foreseen == Foreseen::Unplanned { "Nobody had planned it. " } else { "" };
        let shows = stopped(&format!("What shows it: {}", or_to_agree(legacy.evidence.trim())));
        note.list(vec![Item::new(sentence(or_to_agree(legacy.what.trim())), format!("{unplanned}{shows}"))]);
        note.blocks.extend(super::quoted(subject, legacy));
    }
}
