//! Two wordings of an agreement, clause by clause.

use std::collections::BTreeMap;

use crate::domain::QuestionId;
use crate::order::InOrder;

/// What became of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowChanged {
    /// It stands as it did.
    Same,
    /// It is worded otherwise.
    Changed,
    /// It was not there.
    New,
    /// It is not there any more.
    Gone,
}

impl HowChanged {
    /// The words that a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Same => "as it was",
            Self::Changed => "worded anew",
            Self::New => "new",
            Self::Gone => "taken out",
        }
    }
}

/// A clause in two wordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseChange<'a> {
    /// Which.
    pub question: &'a QuestionId,
    /// What became of it.
    pub how: HowChanged,
    /// Its words then; empty where it had none.
    pub then: &'a str,
    /// Its words now; empty where it has none.
    pub now: &'a str,
}

/// Every clause that has words in one or the other, in the order of their numbers.
pub fn compare<'a>(
    then: &'a BTreeMap<QuestionId, String>,
    now: &'a BTreeMap<QuestionId, String>,
) -> Vec<ClauseChange<'a>> {
    let mut questions: Vec<&QuestionId> = then.keys().chain(now.keys()).collect();
    questions.order_by_key(|question| (number(question), *question));
    questions.dedup();
    let words =
        |of: &'a BTreeMap<QuestionId, String>, question| of.get(question).map_or("", |text| text.trim());
    let change = |question: &'a QuestionId| {
        let (then, now) = (words(then, question), words(now, question));
        let how = match (then.is_empty(), now.is_empty()) {
            (true, true) => return None,
            (true, false) => HowChanged::New,
            (false, true) => HowChanged::Gone,
            (false, false) if same(then, now) => HowChanged::Same,
            (false, false) => HowChanged::Changed,
        };
        Some(ClauseChange { question, how, then, now })
    };
    questions.into_iter().filter_map(change).collect()
}

/// Whether two texts differ in nothing but where their lines break.
fn same(then: &str, now: &str) -> bool {
    then.split_whitespace().eq(now.split_whitespace())
}

fn number(question: &QuestionId) -> u32 {
    let number = question.as_str().rsplit('-').next().and_then(|number| number.parse().ok());
    number.unwrap_or(u32::MAX)
}
