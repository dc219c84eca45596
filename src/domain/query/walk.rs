//! Walking over the questions of a workbook: what comes next, what was never checked, what is disputed.

use jiff::civil::Date;

use super::leaver;
use crate::content::{Content, types::About, types::Question};
use crate::domain::{QuestionId, Standing, Workbook};

/// The standing of the answer to a question.
pub fn standing_of(workbook: &Workbook, question: &Question) -> Standing {
    workbook.standing(&QuestionId::new(&question.id), question.about == About::Us)
}

/// Whether a question still wants work: it is blank, a guess or disputed, it was opened again and nothing has been relied
/// on since, or somebody has left by today on whom it relied.
pub fn is_unsure(workbook: &Workbook, question: &Question, today: Date) -> bool {
    standing_of(workbook, question).is_unsure()
        || is_open_again(workbook, question)
        || leaver(workbook, question, today).is_some()
}

/// Whether a question was opened again and nothing has been relied on since.
pub fn is_open_again(workbook: &Workbook, question: &Question) -> bool {
    workbook.answer(&QuestionId::new(&question.id)).is_open_again(question.about == About::Us)
}

/// The first question after `from`, in the order of the cycle and round again, that is blank or unsure. With `from`
/// absent the search begins at the first question. `None` where everything is settled.
pub fn next_unsure<'c>(
    workbook: &Workbook,
    content: &'c Content,
    from: Option<&QuestionId>,
    today: Date,
) -> Option<&'c Question> {
    let all: Vec<&Question> = content.cycle_questions().collect();
    let start = from.and_then(|id| all.iter().position(|q| q.id == id.as_str())).map_or(0, |n| n + 1);
    let (before, after) = all.split_at(start.min(all.len()));
    after.iter().chain(before).copied().find(|q| is_unsure(workbook, q, today))
}

/// The questions whose answer is a guess: the list for the next call.
pub fn never_checked<'c>(workbook: &Workbook, content: &'c Content) -> Vec<&'c Question> {
    with_standing(workbook, content, Standing::Guess)
}

/// The questions on which the sides differ.
pub fn disputed<'c>(workbook: &Workbook, content: &'c Content) -> Vec<&'c Question> {
    with_standing(workbook, content, Standing::Disputed)
}

fn with_standing<'c>(workbook: &Workbook, content: &'c Content, wanted: Standing) -> Vec<&'c Question> {
    content.questions().filter(|q| standing_of(workbook, q) == wanted).collect()
}
