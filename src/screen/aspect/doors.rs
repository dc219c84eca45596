//! What is opened from an aspect, below its questions: the sheets that belong to it, and the tables of its records.

use super::clauses;
use crate::command::{Ctx, Go, GridOf, Kinds};
use crate::content::types::Table;
use crate::content::{ASPECTS, AspectRow};
use crate::domain::{Choice, Family, Phase, query};
use crate::screen::{board, words};

/// A way on from an aspect.
#[derive(Debug, Clone, Copy)]
pub(in crate::screen) enum Door<'c> {
    /// A sheet of questions.
    Sheet(&'static AspectRow),
    /// The table of a family.
    Table(&'c Table, Family),
    /// A way on from the clauses of the agreement.
    Agreement(clauses::Way),
    /// A screen of its own.
    Screen(&'static Way),
}

/// A screen that is opened from an aspect, and from some of its questions with a key.
#[derive(Debug)]
pub(in crate::screen) struct Way {
    aspect: &'static str,
    label: &'static str,
    /// What it is for.
    about: &'static str,
    /// Questions that it belongs to; the whole sheet where an aspect's code stands alone.
    questions: &'static [&'static str],
    go: Go,
}

const WAYS: &[Way] = &[
    Way {
        aspect: "scoping",
        label: "Want and bring, as a grid",
        about: "What each side wants and what it brings, side by side; what is only guessed stands apart from \
                what they said.",
        questions: &["SCO-7", "SCO-8"],
        go: Go::Grid(GridOf::WantBring),
    },
    Way {
        aspect: "scoping",
        label: "Types of partnership",
        about: "Four types, as cards: what you mean, and what they would call it, in each part of the cycle.",
        questions: &["SCO-11", "BLD-14"],
        go: Go::Kinds(Kinds::Types),
    },
    Way {
        aspect: "scoping",
        label: "Levels of involvement",
        about: "Five levels, as cards: how deep each side’s part goes, in each part of the cycle.",
        questions: &["SCO-12"],
        go: Go::Kinds(Kinds::Levels),
    },
    Way {
        aspect: "finding",
        label: "Ideas, three at a time",
        about: "Ways to find somebody, dealt three at a time. One that was tried comes back only after all the \
                others.",
        questions: &[],
        go: Go::Deck,
    },
    Way {
        aspect: "differences",
        label: "All nine as a grid",
        about: "How it is with us, how it is with them, and what you will do about it, side by side.",
        questions: &["DIF", "BLD-8"],
        go: Go::Grid(GridOf::Differences),
    },
    Way {
        aspect: "governing",
        label: "Who has what",
        about: "Partners down; roles, activities, level, money, deputies, last contact and agreement across. What is \
                blank stands out, and one key turns it round.",
        questions: &["GOV-10"],
        go: Go::Matrix(None),
    },
    Way {
        aspect: "governing",
        label: "Deputies",
        about: "Who stands in for whom, on every side, and what hangs on one person.",
        questions: &["GOV-15"],
        go: Go::Deputies,
    },
    Way {
        aspect: "delivering",
        label: "Who has what",
        about: "Partners down; roles, activities, level, money, deputies, last contact and agreement across. What is \
                blank stands out, and one key turns it round.",
        questions: &[],
        go: Go::Matrix(None),
    },
    Way {
        aspect: "revising",
        label: "Keep, mend, drop, try",
        about: "What stays, what is put right, what stops and what is new, as a board: who sees to it, by when, and \
                whether it helped.",
        questions: &["REV-6", "REV-7", "REV-9"],
        go: Go::Board(None),
    },
    Way {
        aspect: "ending",
        label: "Ending, step by step",
        about: "How it ends, what is still owed, who hears in which order; announcing it; and what stands between now \
                and settled.",
        questions: &["END"],
        go: Go::Ending,
    },
    Way {
        aspect: "reviewing",
        label: "The review walk",
        about: "Get ready for it, with a card for the pocket and an invitation; afterwards look back on it, one thing \
                at a time. For a joint review without a walk as well.",
        questions: &["RVW-5", "RVW-6"],
        go: Go::Walk(None),
    },
    Way {
        aspect: "reviewing",
        label: "Pulse",
        about: "Ten lines, four answers, a minute for each side: where you feel differently, what was good and is not \
                now.",
        questions: &["RVW-2", "RVW-7"],
        go: Go::Pulse(None),
    },
    Way {
        aspect: "skills",
        label: "The 36 lines, a head at a time",
        about: "How much the work needs each, how much of it is there, by whoever is asked; then what to learn next, \
                and what each side could help others with.",
        questions: &["LNA", "RVW-14"],
        go: Go::Skills(None),
    },
];

/// The screen that a question belongs to.
pub(super) fn way_of(question: &str) -> Option<Go> {
    let sheet = question.split('-').next().unwrap_or(question);
    let way = WAYS.iter().find(|way| way.questions.iter().any(|id| *id == question || *id == sheet))?;
    Some(way.go.clone())
}

/// The most records that are named before their table is opened.
const NAMED: usize = 8;

/// The ways on from an aspect, in the order in which they are listed.
pub(super) fn doors<'c>(aspect: &str, ctx: &Ctx<'c>) -> Vec<Door<'c>> {
    let sheets = ASPECTS.iter().filter(|row| !aspect.is_empty() && row.within == aspect).map(Door::Sheet);
    let tables = ctx.content.tables().iter().filter(|table| !aspect.is_empty() && table.aspect == aspect);
    let tables = tables.filter_map(|table| {
        let family = Family::ALL.iter().copied().find(|family| family.name() == table.family)?;
        Some(Door::Table(table, family))
    });
    let ways = WAYS.iter().filter(|way| way.aspect == aspect).map(Door::Screen);
    let agreement = clauses::Way::ALL.into_iter().filter(|_| aspect == "agreement").map(Door::Agreement);
    ways.chain(sheets).chain(tables).chain(agreement).collect()
}

/// The latest decision, when it was made, by whom and why.
fn decision_in_words(decision: &crate::domain::GoDecision, ctx: &Ctx<'_>) -> Vec<String> {
    let on = decision.on.map(|on| format!(", {}", words::day(on, ctx.today()))).unwrap_or_default();
    let by = decision.by.trim();
    let by = if by.is_empty() { String::new() } else { format!(", decided by {by}") };
    let mut said = vec![format!("{}{on}{by}.", words::capital(decision.decision.words()))];
    said.extend(Some(decision.why.trim().to_owned()).filter(|why| !why.is_empty()));
    said
}

impl Door<'_> {
    /// What our side has chosen for getting started, in a word.
    fn chosen(way: &Way, ctx: &Ctx<'_>) -> String {
        let (Go::Kinds(kinds), Some(workbook)) = (&way.go, ctx.workbook()) else { return String::new() };
        let (us, phase) = (workbook.us(), Phase::GettingStarted);
        match kinds {
            Kinds::Types => query::type_of(us, phase, ctx.content).to_owned(),
            Kinds::Levels => query::level_of(us, phase, ctx.content).to_owned(),
        }
    }

    /// What it leads to: "Candidates".
    pub fn label(&self) -> &str {
        match self {
            Self::Sheet(row) => row.name,
            Self::Table(table, _) => &table.title,
            Self::Agreement(way) => way.label(),
            Self::Screen(way) => way.label,
        }
    }

    /// Where it leads.
    pub fn go(&self) -> Go {
        match self {
            Self::Sheet(row) => Go::Aspect(row.id.to_owned()),
            Self::Table(_, family) => Go::Records(*family, None),
            Self::Agreement(way) => way.go(),
            Self::Screen(way) => way.go.clone(),
        }
    }

    /// How much is there already: "3", or what was decided: "go"; empty for nothing.
    pub fn count(&self, ctx: &Ctx<'_>) -> String {
        let Some(workbook) = ctx.workbook() else { return String::new() };
        let count = match self {
            Self::Sheet(row) => ctx
                .content
                .aspect(row.id)
                .map_or(0, |sheet| sheet.questions.len().saturating_sub(query::tally(workbook, sheet).blank)),
            Self::Table(_, Family::GoDecision) => {
                let latest = query::go_decision(workbook);
                return latest.map_or_else(String::new, |latest| latest.decision.words().to_owned());
            }
            Self::Table(_, family) => workbook.how_many(*family),
            Self::Agreement(way) => way.count(workbook, ctx),
            Self::Screen(Way { go: Go::Board(_), .. }) => {
                let waiting = query::worries(workbook).len();
                return if waiting == 0 { String::new() } else { format!("! {waiting}") };
            }
            Self::Screen(way) => return Self::chosen(way, ctx),
        };
        if count == 0 { String::new() } else { count.to_string() }
    }

    /// What stands there, latest first, or what it is for.
    pub fn about(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let Some(workbook) = ctx.workbook() else { return Vec::new() };
        match self {
            Self::Agreement(way) => way.about(workbook, ctx),
            Self::Sheet(row) => {
                ctx.content.aspect(row.id).map(|sheet| sheet.purpose.clone()).into_iter().collect()
            }
            Self::Screen(Way { go: Go::Board(_), about, .. }) => {
                let worries = query::worries(workbook);
                let held = worries.iter().map(|worry| {
                    format!("! Not settled yet: {}", board::worry_in_words(worry, workbook, ctx))
                });
                held.chain([(*about).to_owned()]).collect()
            }
            Self::Screen(way) => vec![way.about.to_owned()],
            Self::Table(table, family) if workbook.how_many(*family) == 0 => vec![table.empty.clone()],
            Self::Table(_, Family::GoDecision) if query::go_decision(workbook).is_some() => {
                query::go_decision(workbook).map(|latest| decision_in_words(latest, ctx)).unwrap_or_default()
            }
            Self::Table(table, family) => {
                let heading = |record| query::record_in_words(record, &table.heading, workbook, ctx.content);
                let named = workbook.each(*family).rev().take(NAMED).map(heading);
                named.filter(|words| !words.is_empty()).collect()
            }
        }
    }
}
