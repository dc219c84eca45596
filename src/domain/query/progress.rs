//! How far an aspect has come, in words and never in percentages.

use jiff::{ToSpan, civil::Date};

use super::pause::OLD_DAYS;
use super::settle::{has_records, records_settle};
use super::{is_open_again, leaver, standing_of};
use crate::content::types::Aspect;
use crate::domain::{QuestionId, Standing, Workbook};

/// The aspect that the agreement belongs to.
const GOVERNING: &str = "governing";
/// Clauses without which there is no agreement, however light; and those that are needed too where money moves.
const ALWAYS: [u8; 9] = [1, 2, 5, 6, 7, 8, 22, 24, 28];
const WITH_MONEY: [u8; 2] = [13, 14];

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
///
/// Governing is settled only when the clauses are agreed that every agreement needs.
pub fn aspect_state(workbook: &Workbook, aspect: &Aspect, today: Date) -> AspectState {
    let counts = tally(workbook, aspect);
    let agreement = (aspect.id == GOVERNING).then(|| clauses(workbook));
    let touched =
        agreement.as_ref().is_some_and(|clauses| clauses.touched) || has_records(workbook, &aspect.id);
    if counts.blank == aspect.questions.len() && !touched {
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
    let agreed = agreement.is_none_or(|clauses| clauses.agreed);
    if !settled || !agreed || !records_settle(workbook, aspect) {
        return AspectState::InHand;
    }
    let stale = |id: &String| {
        let answer = workbook.answer(&QuestionId::new(id));
        let old = today.checked_sub(OLD_DAYS.days()).ok();
        answer.changed_since_agreed() || answer.last_touched().zip(old).is_some_and(|(on, old)| on < old)
    };
    let stale_clause = agreement.is_some_and(|clauses| clauses.disputed);
    let left = aspect.questions.iter().any(|q| leaver(workbook, q, today).is_some());
    if left || stale_clause || counts.disputed > 0 || aspect.settled_when.iter().any(stale) {
        AspectState::LookAgain
    } else {
        AspectState::Settled
    }
}

/// How the clauses stand that settle governing.
#[derive(Debug, Clone, Copy)]
struct Clauses {
    touched: bool,
    agreed: bool,
    disputed: bool,
}

fn clauses(workbook: &Workbook) -> Clauses {
    let standing = |n: &u8| workbook.standing(&QuestionId::new(format!("K-{n}")), false);
    let money = super::agreement::money_moves(workbook);
    let wanted = || ALWAYS.iter().chain(WITH_MONEY.iter().filter(|_| money));
    let all = || (1..=29_u8).map(|n| standing(&n));
    Clauses {
        touched: all().any(|standing| standing != Standing::Blank),
        agreed: wanted().all(|n| standing(n) == Standing::Agreed),
        disputed: all().any(|standing| standing == Standing::Disputed),
    }
}
