//! Who takes part, who joined, rests or has left, and what was handed on.

use super::cells::{day_to_agree, nothing, side};
use super::document::{Block, Document, Item, Level};
use super::subject::Subject;
use super::{sentence, title, voices};
use crate::domain::{Choice, Membership};
use crate::order::InOrder;

/// The partners as they stand, then every change.
pub fn members(subject: &Subject<'_>) -> Document {
    let mut page = Document::titled(format!("Who takes part: {}", title(subject)));
    let row = |partner: &crate::domain::Partner| {
        let people: Vec<String> =
            subject.people_of(partner).iter().map(|person| subject.person_name(&person.id)).collect();
        vec![
            voices::name_of(partner).to_owned(),
            partner.kind.clone(),
            partner.status.words().to_owned(),
            people.join(", "),
        ]
    };
    let rows: Vec<Vec<String>> = subject.partners().iter().map(row).collect();
    nothing(&mut page, &rows, "No partner takes part yet.");
    page.table(["Partner", "What it is", "How it stands", "People"], rows);
    let mut changes = subject.records::<Membership>(&mut page.private);
    changes.order_by_key(|change| (change.on.is_none(), change.on));
    for change in changes {
        let who = side(subject, change.side.as_ref());
        page.heading(Level::Section, format!("{who} {}", change.change.words()));
        let mut facts = vec![("When", day_to_agree(change.on))];
        facts.extend(Some(("Why", change.why.clone())).filter(|(_, why)| !why.trim().is_empty()));
        facts.extend(change.done.map(|done| ("All was handed on", voices::day(done))));
        page.blocks.push(Block::Facts(facts.into_iter().map(|(l, v)| (l.to_owned(), v)).collect()));
        let handed: Vec<Item> = change
            .hand_on
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|l| Item::plain(sentence(l)))
            .collect();
        if !handed.is_empty() {
            page.paragraph("What is handed on:");
            page.list(handed);
        }
    }
    page
}
