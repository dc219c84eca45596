//! The clause gap list: what the form needs and what is not agreed, those where the sides differ first.

use super::{Clauses, clause_questions};
use crate::domain::query::{ClauseWords, Gap, gaps};
use crate::export::document::{Document, Item, Level};
use crate::export::subject::Subject;
use crate::export::{title, voices};

/// The list.
pub fn list(subject: &Subject<'_>) -> Document {
    let mut list = Document::titled(format!("What is still to agree: {}", title(subject)));
    list.private = subject.select(clause_questions(subject), |_| true).private;
    let form = subject.form();
    list.paragraph(format!("For: {}.", form.title().to_lowercase()));
    let clauses = Clauses::of(subject, form);
    let found = gaps(&clauses.0);
    if found.is_empty() {
        list.paragraph("Every clause that this form needs is agreed.");
        return list;
    }
    for (gap, heading) in [
        (Gap::Disputed, "Where we differ"),
        (Gap::Blank, "Nobody has said anything yet"),
        (Gap::OneSide, "From one side only"),
        (Gap::NotYet, "Talked over, and not agreed yet"),
    ] {
        let here: Vec<_> = found.iter().filter(|(of, _)| *of == gap).map(|(_, now)| now).collect();
        if here.is_empty() {
            continue;
        }
        list.heading(Level::Section, heading);
        if gap == Gap::Disputed {
            for now in here {
                list.heading(Level::Part, &now.clause.name);
                let question = clause_questions(subject).filter(|q| q.id == now.question.as_str());
                for entry in subject.select(question, |_| true).entries {
                    list.blocks.extend(voices::all(subject, &entry));
                }
            }
            continue;
        }
        let item = |now: &&&crate::domain::query::ClauseNow<'_>| match &now.words {
            ClauseWords::Drawn(drawn) => {
                Item::new(&now.clause.name, format!("{} (drawn from {})", drawn.words, drawn.from))
            }
            words => Item::new(&now.clause.name, words.text().unwrap_or(&now.clause.ask)),
        };
        list.list(here.iter().map(item).collect());
    }
    list
}
