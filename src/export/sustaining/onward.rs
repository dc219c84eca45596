//! What comes next: the plan of next steps, and the first page of a bid that is written together.

use super::super::cells::{day, day_to_agree, text, who};
use super::super::document::{Block, Document, Item, Level, Private};
use super::super::revising::{between, fact, open, purpose, said, stopped};
use super::super::subject::Subject;
use super::super::voices::{self, or_to_agree};
use super::super::{TO_AGREE, sentence, title};
use super::{as_we_see_it, counted, shown_to_work, strength};
use crate::domain::query::{HoursSum, hours_sums};
use crate::domain::{Board, CarryOn, Contribution, Finding, Heard, Legacy, Measure, PartnerId, Revision};
use crate::order::InOrder;

/// The question of what each side wants.
const HOPES: &str = "SCO-7";

/// Who does what next, so that something goes on.
pub fn next_steps(subject: &Subject<'_>) -> Document {
    let mut plan = Document::titled(format!("Next steps: {}", title(subject)));
    let mut private = Private::default();
    let all: Vec<&CarryOn> = open(subject, &mut plan);
    let (done, to_do): (Vec<&CarryOn>, Vec<&CarryOn>) = all.into_iter().partition(|one| one.done.is_some());
    plan.heading(Level::Section, "What goes on, and what it takes");
    let way = |one: &CarryOn| subject.content().topic(&one.way.0).unwrap_or_default().to_owned();
    let row = |one: &&CarryOn| {
        vec![
            text(&one.what),
            way(one),
            text(&one.for_whom),
            text(&one.needed),
            who(subject, one.lead.as_ref()),
            day_to_agree(one.due),
        ]
    };
    let rows: Vec<Vec<String>> = to_do.iter().map(row).collect();
    if rows.is_empty() {
        plan.paragraph(TO_AGREE);
    }
    plan.table(["What", "In which way", "For whom", "What it needs", "Who sees to it", "Next step by"], rows);
    for one in to_do {
        if let Some(on) = one.due {
            plan.date(&one.id, on, text(&one.what));
        }
    }
    if !done.is_empty() {
        plan.heading(Level::Section, "In place already");
        let item = |one: &&CarryOn| {
            let lead = sentence(or_to_agree(one.what.trim()));
            let lead_by = stopped(&format!("{} sees to it", who(subject, one.lead.as_ref())));
            Item::new(lead, format!("since {}. {lead_by}", day(one.done)))
        };
        plan.list(done.iter().map(item).collect());
    }
    changes(subject, &mut plan);
    plan.heading(Level::Section, "Who meets whom next, and when");
    let meets = said(subject, "SUS-10", &mut private);
    plan.paragraph(or_to_agree(&meets));
    plan.private += private;
    plan
}

fn changes(subject: &Subject<'_>, plan: &mut Document) {
    let all: Vec<&Revision> = open(subject, plan);
    let open: Vec<&Revision> =
        all.into_iter().filter(|change| change.done.is_none() && change.board != Board::Keep).collect();
    if open.is_empty() {
        return;
    }
    plan.heading(Level::Section, "What changes meanwhile");
    let row = |change: &&Revision| {
        vec![text(&change.what), who(subject, change.lead.as_ref()), day_to_agree(change.due)]
    };
    plan.table(["What", "Who sees to it", "By when"], open.iter().map(row).collect());
    for change in open {
        if let Some(on) = change.due {
            plan.date(&change.id, on, text(&change.what));
        }
    }
}

/// The first page of a bid that both sides write: what there is to build on, and what is to be agreed before anyone
/// writes on.
pub fn bid(subject: &Subject<'_>) -> Document {
    let mut page = Document::titled(format!("A bid together: {}", title(subject)));
    let mut private = Private::default();
    page.paragraph(
        "A first page to begin from at one table, with the budget open. Nothing here binds anyone.",
    );
    page.blocks.push(Block::Facts(vec![
        fact("Between", between(subject)),
        fact("To whom, and by when", ""),
        fact("Purpose we share", purpose(subject, &mut private)),
        fact(
            "Whose need it is, and how we know",
            voices::brief(&as_we_see_it(subject, "SCO-4", &mut private)),
        ),
        fact("Go on, grow or hand on", as_we_see_it(subject, "SUS-9", &mut private)),
    ]));
    page.heading(Level::Section, "What we can already show");
    let mut legacies: Vec<&Legacy> = open(subject, &mut page);
    legacies.retain(|legacy| !legacy.evidence.trim().is_empty());
    legacies.order_by_key(|legacy| std::cmp::Reverse(strength(legacy)));
    let measures: Vec<&Measure> = open(subject, &mut page);
    let shown = legacies
        .iter()
        .take(super::STRONGEST)
        .map(|legacy| Item::new(sentence(or_to_agree(legacy.what.trim())), stopped(legacy.evidence.trim())));
    let findings: Vec<&Finding> = open(subject, &mut page);
    let items: Vec<Item> = shown.chain(counted(&measures)).chain(shown_to_work(&findings)).collect();
    if items.is_empty() {
        page.paragraph(TO_AGREE);
    }
    page.list(items);
    sides(subject, &mut page, &mut private);
    page.heading(Level::Section, "What goes on with it");
    let goes_on: Vec<&CarryOn> = open(subject, &mut page);
    let row = |one: &&CarryOn| vec![text(&one.what), text(&one.for_whom), text(&one.needed)];
    let rows: Vec<Vec<String>> = goes_on.iter().filter(|one| one.done.is_none()).map(row).collect();
    if rows.is_empty() {
        page.paragraph(TO_AGREE);
    }
    page.table(["What", "For whom", "What it needs"], rows);
    page.heading(Level::Section, "To agree before we write");
    let ask = |words: &str| Item::new(words, TO_AGREE);
    page.list(vec![
        ask("Who leads, and who signs"),
        ask("Who sees the whole budget, and from when"),
        ask("Whose hours are paid, volunteers’ too, and at what rate"),
        ask("What becomes of us if it is turned down"),
    ]);
    page.private += private;
    page
}

/// What a side hopes to get out of it, in its own words as far as it told us; a guess of ours about it is none.
fn hopes(subject: &Subject<'_>, side: &PartnerId) -> String {
    let asked = subject.select(subject.content().question(HOPES), |_| true);
    let Some(entry) = asked.entries.first() else { return String::new() };
    let theirs = entry.answer.theirs(side).filter(|theirs| theirs.heard != Heard::Guess);
    let words =
        if side.is_us() { &entry.answer.ours().text } else { theirs.map_or("", |theirs| &theirs.text) };
    // a list becomes a row
    let lines =
        words.lines().map(|line| line.trim().trim_start_matches("- ")).filter(|line| !line.is_empty());
    voices::brief(&lines.collect::<Vec<_>>().join("; "))
}

/// A row a side: what it has given so far, what it hopes for, and room for what it leads on and costs.
fn sides(subject: &Subject<'_>, page: &mut Document, private: &mut Private) {
    let entries: Vec<&Contribution> = open(subject, page);
    let (sums, _) = hours_sums(entries);
    // each side's hopes are looked up in the same answer, which is counted once
    *private += subject.select(subject.content().question(HOPES), |_| true).private;
    page.heading(Level::Section, "Each side");
    let given = |id: &PartnerId| {
        let sum = sums.iter().find(|(side, _)| side.as_ref() == Some(id));
        // what an hour is worth is to be agreed: it stands in no page that begins a bid
        let sum = sum.map(|(_, sum)| {
            HoursSum { worth: crate::domain::Sum::default(), without_rate: false, ..sum.clone() }.in_words()
        });
        text(&sum.unwrap_or_default())
    };
    let (mut rows, mut told) = (Vec::new(), false);
    for side in std::iter::once(subject.us()).chain(subject.partners()) {
        let hopes = hopes(subject, &side.id);
        told |= !hopes.is_empty();
        let name = voices::name_of(side).to_owned();
        rows.push(vec![name, given(&side.id), text(&hopes), TO_AGREE.to_owned(), TO_AGREE.to_owned()]);
    }
    if told {
        page.beside.push(
            "It says what each side hopes for, as it was told or noted: please ask before anyone else reads it.".to_owned(),
        );
    }
    page.table(["Who", "Hours so far", "Hopes for", "Would lead on", "Hours and costs"], rows);
}
