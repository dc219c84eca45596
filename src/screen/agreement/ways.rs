//! The ways on from the clauses: the form, what is still to agree, fairness, versions. What each says stands beside it.

use crate::command::{Ctx, Go};
use crate::domain::Workbook;
use crate::domain::query::{self, gaps, gaps_in_words, in_force, paper, versions, weigh};
use crate::screen::words;

/// A way on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Which form fits.
    Form,
    /// What is still to agree.
    Gaps,
    /// Whether it is fair.
    Fairness,
    /// What was agreed, and when.
    Versions,
}

impl Way {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Form, Self::Gaps, Self::Fairness, Self::Versions];

    /// What it leads to.
    pub fn label(self) -> &'static str {
        match self {
            Self::Form => "Which form fits?",
            Self::Gaps => "Still to agree",
            Self::Fairness => "Is it fair?",
            Self::Versions => "Agreed today, versions",
        }
    }

    /// Where it leads.
    pub fn go(self) -> Go {
        match self {
            Self::Form => Go::Form,
            Self::Gaps => Go::Document("clause-gaps"),
            Self::Fairness => Go::Document("fairness"),
            Self::Versions => Go::Versions(None),
        }
    }

    /// How much is there.
    pub fn count(self, workbook: &Workbook, ctx: &Ctx<'_>) -> usize {
        match self {
            Self::Form | Self::Fairness => 0,
            Self::Gaps => {
                let weighed = weigh(workbook, ctx.content);
                let paper = paper(workbook, ctx.content, &weighed, weighed.form, false);
                gaps(&paper).len()
            }
            Self::Versions => versions(workbook).len(),
        }
    }

    /// What it says, a paragraph each.
    pub fn about(self, workbook: &Workbook, ctx: &Ctx<'_>) -> Vec<String> {
        let weighed = weigh(workbook, ctx.content);
        match self {
            Self::Form => super::form::result(&weighed),
            Self::Gaps => {
                let paper = paper(workbook, ctx.content, &weighed, weighed.form, false);
                let counted = gaps_in_words(&paper);
                if counted.is_empty() {
                    return vec!["Every clause that this form needs is agreed.".to_owned()];
                }
                let names = gaps(&paper).into_iter().map(|(gap, now)| {
                    let name = &now.clause.name;
                    format!("- {name}: {}", gap.words())
                });
                [format!("{counted}."), String::new()].into_iter().chain(names).collect()
            }
            Self::Fairness => {
                let facts = query::fairness(workbook, ctx.content, false).into_iter();
                let said = facts.flat_map(|fact| {
                    let says = if fact.says.is_empty() {
                        vec![format!("- nothing written yet; its place is {}", fact.where_to)]
                    } else {
                        fact.says.iter().map(|says| format!("- {says}")).collect()
                    };
                    [fact.ask.to_owned()].into_iter().chain(says).chain([String::new()])
                });
                said.collect()
            }
            Self::Versions => match in_force(workbook) {
                None => vec![
                    "Nothing has been agreed in writing yet.".to_owned(),
                    "Each time you agree, the words are kept as they stood that day, and any two versions can be laid side by side."
                        .to_owned(),
                ],
                Some(version) => {
                    let number = version.number.map_or_else(String::new, |number| format!(" {number}"));
                    let on = version.agreed.map(|on| words::day(on, ctx.today())).unwrap_or_default();
                    let mut said = vec![format!("Version{number} counts, agreed on {on}.")];
                    said.extend(
                        version.review_by.map(|on| format!("To be looked at again on {}.", words::day(on, ctx.today()))),
                    );
                    said
                }
            },
        }
    }
}
