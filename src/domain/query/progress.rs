//! How far an aspect has come, in words and never in percentages.

use jiff::{ToSpan, civil::Date};

use super::pause::OLD_DAYS;
use super::starting::{has_records, records_settle};
use super::{is_open_again, leaver, standing_of};
use crate::content::types::Aspect;
use crate::domain::{QuestionId, Standing, Workbook};

/// How far an aspect has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AspectState {
    /// Nothing is written.
    Untouched,
    /// Something is written.
    InHand,
    /// The questions that matter most are answered, for now.
    Settled,
    /// It was settled, and something is disputed, has changed since it was agreed, or is a year old; or a question of it
    /// was opened again; or somebody has left on whom it relied; or the day has come that was set for it.
    LookAgain,
}

impl AspectState {
    /// The words that a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::InHand => "in hand",
            Self::Settled => "settled",
            Self::LookAgain => "look again",
        }
    }
}

/// How many answers of an aspect have each standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Nothing is written.
    pub blank: usize,
    /// Not checked.
    pub guess: usize,
    /// They told us.
    pub asked: usize,
    /// All have agreed.
    pub agreed: usize,
    /// The sides differ.
    pub disputed: usize,
    /// The question does not apply.
    pub not_for_us: usize,
}

/// Counts the standings of an aspect.
pub fn tally(workbook: &Workbook, aspect: &Aspect) -> Tally {
    let mut tally = Tally::default();
    for question in &aspect.questions {
        let count = match standing_of(workbook, question) {
            Standing::Blank => &mut tally.blank,
            Standing::Guess => &mut tally.guess,
            Standing::Asked => &mut tally.asked,
            Standing::Agreed => &mut tally.agreed,
            Standing::Disputed => &mut tally.disputed,
            Standing::NotForUs => &mut tally.not_for_us,
        };
        *count += 1;
    }
    tally
}

/// The state of an aspect on a given day.
pub fn aspect_state(workbook: &Workbook, aspect: &Aspect, today: Date) -> AspectState {
    let counts = tally(workbook, aspect);
    if counts.blank == aspect.questions.len() && !has_records(workbook, &aspect.id) {
        return AspectState::Untouched;
    }
    let day_has_come = workbook.look_again(&aspect.id).is_some_and(|on| on <= today);
    if day_has_come || aspect.questions.iter().any(|q| is_open_again(workbook, q)) {
        return AspectState::LookAgain;
    }
    let settled = aspect
        .questions
        .iter()
        .filter(|q| aspect.settled_when.contains(&q.id))
        .all(|q| !matches!(standing_of(workbook, q), Standing::Blank));
    if !settled || !records_settle(workbook, aspect) {
        return AspectState::InHand;
    }
    let stale = |id: &String| {
        let answer = workbook.answer(&QuestionId::new(id));
        let old = today.checked_sub(OLD_DAYS.days()).ok();
        answer.changed_since_agreed() || answer.last_touched().zip(old).is_some_and(|(on, old)| on < old)
    };
    let left = aspect.questions.iter().any(|q| leaver(workbook, q).is_some());
    if left || counts.disputed > 0 || aspect.settled_when.iter().any(stale) {
        AspectState::LookAgain
    } else {
        AspectState::Settled
    }
}
