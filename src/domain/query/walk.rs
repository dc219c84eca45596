//! Walking over the questions of a workbook: what comes next, what was never checked, what is disputed.

use jiff::civil::Date;

use super::leaver;
use crate::content::{Content, types::About, types::Question};
use crate::domain::{Answer, QuestionId, Standing, Workbook};
use crate::order::InOrder;

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
    with_standing(workbook, content, Standing::Guess).map(|(question, _)| question).collect()
}

/// The questions on which the sides differ.
pub fn disputed<'c>(workbook: &Workbook, content: &'c Content) -> Vec<&'c Question> {
    with_standing(workbook, content, Standing::Disputed).map(|(question, _)| question).collect()
}

/// The questions whose answer stands so, with that answer, in the order in which they are asked.
pub(super) fn with_standing<'w, 'c>(
    workbook: &'w Workbook,
    content: &'c Content,
    wanted: Standing,
) -> impl Iterator<Item = (&'c Question, &'w Answer)> {
    let standing = |answer: &Answer, about: About| {
        answer.standing(workbook.partners().iter().map(|partner| &partner.id), about == About::Us)
    };
    // only what somebody has touched stands anywhere but at the beginning, and only what asks for that is read
    let mut found: Vec<_> = workbook
        .answers()
        .filter(|(_, answer)| {
            [About::Us, About::Everyone].iter().any(|about| standing(answer, *about) == wanted)
        })
        .filter_map(|(id, answer)| Some((answer, content.placed(id.as_str())?)))
        .filter(|(answer, (_, question))| standing(answer, question.about) == wanted)
        .collect();
    found.order_by_key(|(_, (place, _))| *place);
    found.into_iter().map(|(answer, (_, question))| (question, answer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Edit, Heard, Partner, PartnerId, Source, Splice, TextPlace, VoiceKey, WorkbookId};

    /// Words in a voice.
    fn says(question: &str, voice: VoiceKey) -> Edit {
        let place = TextPlace::Voice(QuestionId::new(question), voice);
        Edit::Splice(Splice { place, at: 0, delete: String::new(), insert: "words".into(), on: None })
    }

    #[test]
    fn those_of_a_standing_are_found_by_their_answers_and_come_in_the_order_of_the_questions() {
        let content = Content::new();
        let museum = PartnerId::new("museum");
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        let partner = Box::new(Partner::named(museum.clone(), "City Museum"));
        workbook.apply(Edit::AddPartner { partner, place: 0 }).unwrap();
        let all: Vec<&str> = content.questions().map(|question| question.id.as_str()).collect();
        // from the last to the first, of each five: ours, a guess of theirs, asked, disputed, nothing
        for (n, id) in all.iter().enumerate().rev() {
            let theirs = [None, Some(Heard::Guess), Some(Heard::Asked), Some(Heard::Disputed)];
            let Some(heard) = theirs.get(n % 5) else { continue };
            let voice = if heard.is_some() { VoiceKey::Theirs(museum.clone()) } else { VoiceKey::Ours };
            workbook.apply(says(id, voice)).unwrap();
            let Some(heard) = *heard else { continue };
            let (question, partner) = (QuestionId::new(*id), museum.clone());
            let (checked, person, source) = (None, None, Source::ByHand);
            workbook.apply(Edit::SetHeard { question, partner, heard, checked, person, source }).unwrap();
        }
        // a question of a newer version of the program
        workbook.apply(says("SCO-99", VoiceKey::Ours)).unwrap();
        workbook.apply(says("NEW-1", VoiceKey::Ours)).unwrap();
        for (found, wanted) in [
            (never_checked(&workbook, &content), Standing::Guess),
            (disputed(&workbook, &content), Standing::Disputed),
        ] {
            let is = |question: &&Question| standing_of(&workbook, question) == wanted;
            let expected: Vec<&str> = content.questions().filter(is).map(|q| q.id.as_str()).collect();
            assert_eq!(found.iter().map(|q| q.id.as_str()).collect::<Vec<_>>(), expected);
            assert!(expected.len() > 10);
        }
    }
}
