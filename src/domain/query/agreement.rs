//! The agreement, as its clauses stand: which of them a form needs, whose words each has, and what is still missing.
//!
//! A clause that nobody has touched takes its words from what other answers and records say already; where they say
//! nothing, it has none, and nothing is invented. `form` suggests a form, `drawn` finds words elsewhere, `compare` holds
//! versions side by side, `fairness` asks the book how even things are. Start reading at [`paper`].

mod compare;
mod drawn;
mod fairness;
mod form;
mod versions;

pub use compare::{ClauseChange, HowChanged, compare};
pub use drawn::Drawn;
pub use fairness::{Fact, fairness};
pub(super) use form::money_moves;
pub use form::{Weighed, Weight, clauses_of, suggested, weigh};
pub use versions::{Version as NewVersion, agreed_today, in_force, next_number, now_as_version, versions};

use crate::content::Content;
use crate::content::types::Clause;
use crate::domain::answer::is_blank;
use crate::domain::{Agreement, AgreementForm, Heard, PartnerId, QuestionId, Standing, VoiceKey, Workbook};
use crate::order::InOrder;

/// A clause, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseNow<'a> {
    /// The clause.
    pub clause: &'a Clause,
    /// The question that it answers.
    pub question: QuestionId,
    /// Whether the form needs it.
    pub needed: bool,
    /// How far its answer can be relied on.
    pub standing: Standing,
    /// Its words.
    pub words: ClauseWords,
}

/// The words of a clause, and whose they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClauseWords {
    /// Wording that all accept, or that is meant for it.
    Agreed(String),
    /// Ours alone, which nobody has agreed to in so many words.
    Ours(String),
    /// What a partner said about it.
    Theirs(PartnerId, String),
    /// Nobody has touched it; this is what stands elsewhere.
    Drawn(Drawn),
    /// Nobody has said anything.
    None,
    /// It does not apply.
    NotForUs,
    /// It has words, which are private.
    Private,
}

impl ClauseWords {
    /// The words, where there are any that may be shown.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Agreed(text) | Self::Ours(text) | Self::Theirs(_, text) => Some(text),
            Self::Drawn(drawn) => Some(&drawn.words),
            Self::None | Self::NotForUs | Self::Private => None,
        }
    }
}

/// What keeps a clause from being agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// The sides differ.
    Disputed,
    /// Nobody has said anything about it.
    Blank,
    /// One side has put it into words, or it is only drawn from elsewhere.
    OneSide,
    /// It was talked over, and nobody has said yes yet.
    NotYet,
}

impl Gap {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Disputed, Self::Blank, Self::OneSide, Self::NotYet];

    /// The words for several of them.
    pub fn words(self) -> &'static str {
        match self {
            Self::Disputed => "disputed",
            Self::Blank => "blank",
            Self::OneSide => "from one side only",
            Self::NotYet => "talked over, not agreed yet",
        }
    }
}

impl ClauseNow<'_> {
    /// Whether all have agreed to it.
    pub fn is_agreed(&self) -> bool {
        self.standing == Standing::Agreed
    }

    /// What keeps it from being agreed; `None` where it is, where the form does not need it or it does not apply.
    pub fn gap(&self) -> Option<Gap> {
        if !self.needed {
            return None;
        }
        match (self.standing, &self.words) {
            (Standing::Agreed | Standing::NotForUs, _) => None,
            (Standing::Disputed, _) => Some(Gap::Disputed),
            (_, ClauseWords::None) => Some(Gap::Blank),
            (Standing::Asked, _) => Some(Gap::NotYet),
            _ => Some(Gap::OneSide),
        }
    }
}

/// Every clause as it stands for a form, in their order. What is private is left out unless it is asked for.
pub fn paper<'a>(
    workbook: &Workbook,
    content: &'a Content,
    weighed: &Weighed<'_>,
    form: AgreementForm,
    with_private: bool,
) -> Vec<ClauseNow<'a>> {
    let clause = |clause: &'a Clause| {
        let question = QuestionId::new(clause.question());
        ClauseNow {
            clause,
            needed: weighed.needs(clause, form),
            standing: workbook.standing(&question, false),
            words: words(workbook, content, weighed, clause, &question, with_private),
            question,
        }
    };
    content.clauses().iter().map(clause).collect()
}

fn words(
    workbook: &Workbook,
    content: &Content,
    weighed: &Weighed<'_>,
    clause: &Clause,
    question: &QuestionId,
    with_private: bool,
) -> ClauseWords {
    let answer = workbook.answer(question);
    if answer.is_not_for_us() {
        return ClauseWords::NotForUs;
    }
    if answer.is_private() && !with_private {
        return if answer.holds_words() { ClauseWords::Private } else { ClauseWords::None };
    }
    for (voice, made) in [
        (VoiceKey::Agreed, ClauseWords::Agreed as fn(String) -> ClauseWords),
        (VoiceKey::Ours, ClauseWords::Ours),
    ] {
        let text = answer.text(&voice);
        if !is_blank(text) {
            return made(text.trim().to_owned());
        }
    }
    // what we only believe of them is nobody's wording
    let heard = workbook.partners().iter().find_map(|partner| {
        let theirs = answer.theirs(&partner.id)?;
        let said = theirs.heard != Heard::Guess && !is_blank(&theirs.text);
        said.then(|| ClauseWords::Theirs(partner.id.clone(), theirs.text.trim().to_owned()))
    });
    heard.unwrap_or_else(|| {
        let drawn = drawn::drawn(workbook, content, weighed, clause, with_private);
        drawn.map_or(ClauseWords::None, ClauseWords::Drawn)
    })
}

/// The clauses that a form needs and that are not agreed, those that are disputed first.
pub fn gaps<'p, 'a>(paper: &'p [ClauseNow<'a>]) -> Vec<(Gap, &'p ClauseNow<'a>)> {
    let mut gaps: Vec<_> = paper.iter().filter_map(|now| Some((now.gap()?, now))).collect();
    gaps.order_by_key(|(gap, _)| *gap);
    gaps
}

/// How the gaps are counted: "1 disputed, 4 blank, 3 from one side only"; empty where there are none.
pub fn gaps_in_words(paper: &[ClauseNow<'_>]) -> String {
    let counted = Gap::ALL.map(|gap| (gap, paper.iter().filter(|now| now.gap() == Some(gap)).count()));
    let said = counted.iter().filter(|(_, count)| *count > 0);
    said.map(|(gap, count)| format!("{count} {}", gap.words())).collect::<Vec<_>>().join(", ")
}

/// The version that counts, where there is one, and whether its words differ from those that stand now.
pub fn since_agreed<'w>(workbook: &'w Workbook, paper: &[ClauseNow<'_>]) -> Option<(&'w Agreement, usize)> {
    let version = in_force(workbook)?;
    let now = now_as_version(paper);
    let changed = compare(&version.clauses, &now);
    Some((version, changed.iter().filter(|change| change.how != HowChanged::Same).count()))
}

#[cfg(test)]
mod tests;
