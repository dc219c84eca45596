//! The working groups, each on a page of its own making: purpose, people, limits.

use super::cells::{day_to_agree, text, who};
use super::document::{Block, Document, Level, TO_AGREE};
use super::subject::Subject;
use super::title;
use crate::domain::Group;

/// A part for each group.
pub fn groups(subject: &Subject<'_>) -> Document {
    let mut page = Document::titled(format!("Working groups: {}", title(subject)));
    let groups = subject.records::<Group>(&mut page.private);
    if groups.is_empty() {
        page.paragraph("There is no working group.");
    }
    for group in groups {
        page.heading(Level::Section, text(&group.name));
        let members: Vec<String> = group.members.iter().map(|id| subject.person_name(id)).collect();
        let members = if members.is_empty() { TO_AGREE.to_owned() } else { members.join(", ") };
        let facts = [
            ("What it is for", text(&group.aim)),
            ("Who leads", who(subject, group.lead.as_ref())),
            ("Members", members),
            ("Who goes between it and the others", who(subject, group.crosser.as_ref())),
            ("What it may decide and spend, and what not", text(&group.limits)),
            ("We look at it again on", day_to_agree(group.review_by)),
        ];
        page.blocks.push(Block::Facts(facts.map(|(label, value)| (label.to_owned(), value)).to_vec()));
    }
    page
}
