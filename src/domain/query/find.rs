//! Finding words in a workbook: in its answers, its names, its notes.

use crate::domain::{PartnerField, PersonField};
use crate::domain::{QuestionId, TextPlace, VoiceKey, Workbook};

/// A place where the words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The place.
    pub place: TextPlace,
    /// Bytes from the start of its text to the first of the words.
    pub at: usize,
    /// The line around them, shortened to about 100 characters, without its line break.
    pub line: String,
}

/// Every place that holds all the words of `wanted`, in any order and whatever their case, up to `most` places. Empty
/// where nothing is wanted.
pub fn find(workbook: &Workbook, wanted: &str, most: usize) -> Vec<Hit> {
    let words: Vec<String> = wanted.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    places(workbook).filter_map(|(place, text)| hit(place, text, &words)).take(most).collect()
}

/// Every place of a workbook that holds text, with the text.
fn places(workbook: &Workbook) -> impl Iterator<Item = (TextPlace, &str)> {
    let own = [(TextPlace::Title, workbook.title()), (TextPlace::Purpose, workbook.purpose())];
    let sides = std::iter::once(workbook.us()).chain(workbook.partners());
    let partners = sides.flat_map(|p| {
        PartnerField::ALL.into_iter().map(|f| (TextPlace::Partner(p.id.clone(), f), p.field(f)))
    });
    let people = workbook
        .people()
        .iter()
        .flat_map(|p| PersonField::ALL.into_iter().map(|f| (TextPlace::Person(p.id.clone(), f), p.field(f))));
    let answers = workbook.answers().flat_map(|(question, answer)| voices(workbook, question, answer));
    own.into_iter().chain(partners).chain(people).chain(answers)
}

fn voices<'a>(
    workbook: &'a Workbook,
    question: &'a QuestionId,
    answer: &'a crate::domain::Answer,
) -> impl Iterator<Item = (TextPlace, &'a str)> {
    let theirs = workbook.partners().iter().map(|p| VoiceKey::Theirs(p.id.clone()));
    [VoiceKey::Ours].into_iter().chain(theirs).chain([VoiceKey::Agreed]).map(move |voice| {
        let text = answer.text(&voice);
        (TextPlace::Voice(question.clone(), voice), text)
    })
}

fn hit(place: TextPlace, text: &str, words: &[String]) -> Option<Hit> {
    if text.is_empty() {
        return None;
    }
    let lower = text.to_lowercase();
    let first =
        words.iter().map(|w| lower.find(w.as_str())).collect::<Option<Vec<_>>>()?.into_iter().min()?;
    // lower case can be longer or shorter than the text itself; walk to the nearest boundary that exists
    let at = (0..=first.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    Some(Hit { place, at, line: line_around(text, at) })
}

/// The line of `text` that holds byte `at`, cut to about a hundred characters with `at` among the first thirty.
fn line_around(text: &str, at: usize) -> String {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    let head: Vec<char> = before.get(start..).unwrap_or("").chars().collect();
    let skip = head.len().saturating_sub(30);
    let lead = if skip > 0 { "…" } else { "" };
    let tail = after.split('\n').next().unwrap_or("");
    let shown = head.into_iter().skip(skip).chain(tail.chars()).take(100);
    lead.chars().chain(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Edit, Splice, WorkbookId};

    fn workbook(text: &str) -> Workbook {
        let mut wb = Workbook::new(WorkbookId::new("w"), "Walks");
        let place = TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours);
        wb.apply(Edit::Splice(Splice { place, at: 0, delete: String::new(), insert: text.into(), on: None }))
            .unwrap();
        wb
    }

    #[test]
    fn every_word_must_be_there_in_any_case() {
        let wb = workbook("first line\nthe Carers' group has INSURANCE\nlast");
        let hits = find(&wb, "insurance carers", 10);
        assert_eq!(hits.len(), 1);
        assert_eq!(hits[0].line, "the Carers' group has INSURANCE");
        assert!(find(&wb, "insurance bakers", 10).is_empty());
        assert!(find(&wb, "  ", 10).is_empty());
    }

    #[test]
    fn letters_that_grow_in_lower_case_do_no_harm() {
        let wb = workbook("İİİİ İstanbul é needle");
        assert_eq!(find(&wb, "needle", 10).len(), 1);
    }
}
