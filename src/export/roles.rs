//! Roles: who leads, who helps, who is told; and who stands in for whom.

use super::cells::{nothing, sides, text, who};
use super::document::{Document, Level, TO_AGREE};
use super::subject::Subject;
use super::title;
use crate::domain::Role;

/// The tables.
pub fn roles(subject: &Subject<'_>) -> Document {
    let mut page = Document::titled(format!("Roles: {}", title(subject)));
    let roles = subject.records::<Role>(&mut page.private);
    page.heading(Level::Section, "Who does what");
    let row = |role: &Role| {
        vec![
            text(&role.what),
            who(subject, role.lead.as_ref()),
            sides(subject, &role.support),
            sides(subject, &role.told),
        ]
    };
    let rows: Vec<Vec<String>> = roles.into_iter().map(row).collect();
    nothing(&mut page, &rows, "No role is written down yet.");
    page.table(["Task", "Who leads", "Who helps", "Who is told"], rows);
    let people = subject.deputies().into_iter().map(|of| {
        let by: Vec<String> = of.by.iter().map(|person| subject.person_name(&person.id)).collect();
        let by = if by.is_empty() { TO_AGREE.to_owned() } else { by.join(", ") };
        vec![
            subject.person_name(&of.person.id),
            super::sentence(&subject.side(&of.side)),
            of.person.role.clone(),
            by,
        ]
    });
    let people: Vec<Vec<String>> = people.collect();
    page.heading(Level::Section, "Who stands in");
    nothing(&mut page, &people, "Nobody is named yet.");
    page.table(["Who", "Of", "What they do", "Who stands in"], people);
    page
}
