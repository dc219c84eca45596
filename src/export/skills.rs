//! The skills tool on paper: the skills plan of our side, what each side could help others with, and what the sides do
//! to learn together. No number is in any of them, and nobody stands beside anybody else.

use super::cells::{day_to_agree, side, text, who};
use super::document::{Document, Item, Level, TO_AGREE};
use super::subject::Subject;
use super::{sentence, title};
use crate::content::types::Term;
use crate::domain::query::skills::{
    Gap, RaterView, gaps, offers, open_remedies_of, shared_gaps, suggestion, views, ways,
};
use crate::domain::{PartnerId, Rating, Remedy};

/// What our side has to learn, what it can offer, and what to learn with others, on a page.
pub fn plan(subject: &Subject<'_>) -> Document {
    let mut plan = Document::titled(format!("Skills plan: {}", title(subject)));
    let views = views(subject.records::<Rating>(&mut plan.private));
    let remedies = open_remedies_of(subject.records::<Remedy>(&mut plan.private));
    let us = PartnerId::us();
    let found = gaps(&views, &us, subject.content());

    plan.heading(Level::Section, "What we want to learn next");
    if found.is_empty() {
        plan.paragraph(TO_AGREE);
    }
    for gap in &found {
        plan.heading(Level::Part, sentence(&gap.term.term));
        plan.paragraph(gap.term.meaning.as_str());
        what_is_done(gap.term, &remedies, subject, &mut plan);
    }

    plan.heading(Level::Section, "What we can offer others");
    let items = offers(&views, &us, subject.content()).into_iter().map(|offer| named(offer.term)).collect();
    list(&mut plan, items);

    plan.heading(Level::Section, "What to learn jointly");
    let joint = shared_gaps(&views, subject.content());
    let items =
        joint.iter().map(|gap| Item::new(sentence(&gap.term.term), with_whom(gap, subject))).collect();
    list(&mut plan, items);
    plan
}

/// What each side could help others with.
pub fn offers_list(subject: &Subject<'_>) -> Document {
    let mut page = Document::titled(format!("What we could help each other with: {}", title(subject)));
    let views = views(subject.records::<Rating>(&mut page.private));
    for id in sides(subject) {
        page.heading(Level::Section, side(subject, Some(&id)));
        let row = |offer: crate::domain::query::skills::Offer<'_>| {
            let by = if offer.own_words { "they offer it" } else { "others think so; ask first" };
            let by = if id.is_us() && offer.own_words { "we offer it" } else { by };
            vec![sentence(&offer.term.term), offer.term.meaning.clone(), by.to_owned()]
        };
        let rows: Vec<Vec<String>> = offers(&views, &id, subject.content()).into_iter().map(row).collect();
        to_agree(&mut page, &rows);
        page.table(["What", "What it means", "Who says so"], rows);
    }
    page
}

/// What two or more sides would do well to learn side by side, with ways to do so.
pub fn joint_plan(subject: &Subject<'_>) -> Document {
    let mut plan = Document::titled(format!("Learning together: {}", title(subject)));
    let views = views(subject.records::<Rating>(&mut plan.private));
    let remedies = open_remedies_of(subject.records::<Remedy>(&mut plan.private));
    let shared = shared_gaps(&views, subject.content());
    if shared.is_empty() {
        plan.paragraph(TO_AGREE);
        plan.note("Nothing stands out yet that two sides would do well to learn together.");
    }
    for gap in &shared {
        plan.heading(Level::Section, sentence(&gap.term.term));
        plan.paragraph(gap.term.meaning.as_str());
        plan.paragraph(format!("Who learns: {}.", with_whom(gap, subject)));
        what_is_done(gap.term, &remedies, subject, &mut plan);
        plan.heading(Level::Part, "Ways to choose from");
        let ways = ways(gap, subject.content()).into_iter();
        list(&mut plan, ways.map(|way| Item::new(&way.name, &way.text)).collect());
        could_lead(gap, &views, subject, &mut plan);
    }
    plan
}

/// Whichever side could help the others with it.
fn could_lead(gap: &Gap<'_>, views: &[RaterView<'_>], subject: &Subject<'_>, plan: &mut Document) {
    let able = |id: &PartnerId| {
        let mut offered = offers(views, id, subject.content()).into_iter();
        offered.any(|offer| offer.term.id == gap.term.id && offer.own_words)
    };
    let names: Vec<String> =
        sides(subject).into_iter().filter(able).map(|id| side(subject, Some(&id))).collect();
    if !names.is_empty() {
        plan.paragraph(format!("Could help the others with it: {}.", names.join(", ")));
    }
}

fn sides(subject: &Subject<'_>) -> Vec<PartnerId> {
    let partners = subject.partners().iter().map(|partner| partner.id.clone());
    std::iter::once(PartnerId::us()).chain(partners).collect()
}

/// What is to be done about a line; one that nobody has thought of yet where there is nothing.
fn steps<'a>(term: &Term, remedies: &[&'a Remedy]) -> Vec<Option<&'a Remedy>> {
    let all: Vec<_> = remedies.iter().filter(|r| r.skill.0 == term.id).map(|r| Some(*r)).collect();
    if all.is_empty() { vec![None] } else { all }
}

/// The table of what is to be done about a line.
fn what_is_done(term: &Term, remedies: &[&Remedy], subject: &Subject<'_>, plan: &mut Document) {
    let rows = steps(term, remedies).into_iter().map(|step| step_cells(step, subject)).collect();
    plan.table(["How", "Who sees to it", "By"], rows);
}

/// What is done, who sees to it, by when.
fn step_cells(step: Option<&Remedy>, subject: &Subject<'_>) -> Vec<String> {
    let Some(step) = step else { return vec![TO_AGREE.to_owned(); 3] };
    let what = match step.what.trim() {
        "" => suggestion(&step.suggestion.0, subject.content()).map_or("", |way| &way.name),
        said => said,
    };
    vec![text(what), who(subject, step.lead.as_ref()), day_to_agree(step.due)]
}

fn named(term: &Term) -> Item {
    Item::new(sentence(&term.term), &term.meaning)
}

/// The sides that have it to learn.
fn with_whom(gap: &Gap<'_>, subject: &Subject<'_>) -> String {
    let names: Vec<String> = gap.wide_for.iter().map(|id| subject.side(id)).collect();
    sentence(&names.join(", "))
}

fn to_agree(document: &mut Document, rows: &[Vec<String>]) {
    super::cells::nothing(document, rows, TO_AGREE);
}

fn list(document: &mut Document, items: Vec<Item>) {
    if items.is_empty() {
        document.paragraph(TO_AGREE);
    }
    document.list(items);
}

#[cfg(test)]
mod tests;
