//! The ways on from the clauses: the form, what is still to agree, fairness, versions. What each says stands beside it.

use crate::command::{Ctx, Go};
use crate::domain::query::{self, Weighed, gaps, gaps_in_words, in_force, paper, versions, weigh};
use crate::domain::{AgreementForm, Choice, Workbook};
use crate::screen::words;

/// A way on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::screen) enum Way {
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
            Self::Form => result(&weighed),
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

/// What the answers come to, a sentence each.
pub(in crate::screen) fn result(weighed: &Weighed<'_>) -> Vec<String> {
    let points = words::count(usize::try_from(weighed.points).unwrap_or(0), "point", "points");
    let fits = weighed.suggested.words();
    let mut said =
        vec![format!("{points}: {} {fits} fits.", if starts_with_vowel(fits) { "an" } else { "a" })];
    let weighing: Vec<String> = weighed
        .signals
        .iter()
        .filter(|weight| weight.points() > 0)
        .map(|weight| format!("{} {}", weight.signal.short, weight.points()))
        .collect();
    if weighed.is_overruled() {
        said.push(format!("You chose another form: {}.", weighed.form.words()));
        if !weighed.why.is_empty() {
            said.push(format!("Your reason: {}", weighed.why));
        }
    }
    if weighed.group_meets() && weighed.form != AgreementForm::TermsOfReference {
        said.push("Terms of reference as well, since a group meets.".to_owned());
    }
    if weighed.wants_advice() {
        said.push(
            "Get advice before you sign: something here has to bind, and this program writes no contracts."
                .to_owned(),
        );
    }
    if !weighing.is_empty() {
        said.push(format!("What weighs: {}.", weighing.join(", ")));
    }
    said
}

fn starts_with_vowel(text: &str) -> bool {
    text.starts_with(['a', 'e', 'i', 'o'])
}
