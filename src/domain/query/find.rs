//! Finding words in a workbook: in its answers, its names, its notes.

use crate::domain::{Line, PartnerField, PersonField, QuestionId, StateField, TextPlace, VoiceKey, Workbook};

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
/// where nothing is wanted. To look again and again, as a person types, keep a [`Finder`].
pub fn find(workbook: &Workbook, wanted: &str, most: usize) -> Vec<Hit> {
    Finder::new(workbook).find(workbook, wanted, most)
}

/// The places of a workbook that hold text, ready to be looked through at every key. Each text is put into lower case
/// once, when it is first looked at: that is the slow part.
#[derive(Debug, Clone)]
pub struct Finder {
    places: Vec<(TextPlace, Option<String>)>,
}

impl Finder {
    /// Collects the places. When the workbook has changed, make another.
    pub fn new(workbook: &Workbook) -> Self {
        let filled = places(workbook).filter(|(_, text)| !text.is_empty());
        Self { places: filled.map(|(place, _)| (place, None)).collect() }
    }

    /// As [`find`], in the workbook that the places are from.
    pub fn find(&mut self, workbook: &Workbook, wanted: &str, most: usize) -> Vec<Hit> {
        let words: Vec<String> = wanted.split_whitespace().map(lower_case).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let hits = self.places.iter_mut().filter_map(|(place, lower)| {
            let lower = match lower {
                Some(lower) => lower,
                None => lower.insert(lower_case(workbook.text(place)?)),
            };
            let first = first_of_all(&words, lower)?;
            Some(hit(place, workbook.text(place)?, first))
        });
        hits.take(most).collect()
    }
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
    let states = workbook.partnership().log().iter().enumerate().flat_map(|(at, change)| {
        let texts = StateField::ALL.into_iter();
        texts.filter_map(move |field| Some((TextPlace::State(at, field), change.field(field)?)))
    });
    let records =
        workbook.record_texts().map(|(id, field, text)| (TextPlace::Record(id.clone(), field), text));
    let lines = workbook.calls().iter().flat_map(|call| {
        let line = |line: &'_ Line| TextPlace::Line(call.id.clone(), line.id.clone());
        call.lines.iter().map(move |said| (line(said), said.text.as_str()))
    });
    own.into_iter().chain(partners).chain(people).chain(answers).chain(lines).chain(records).chain(states)
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

/// As `to_lowercase`, letter by letter, and some four times as fast where a text has few capitals that are not ASCII:
/// one curly quote makes that one slow for all that follows.
fn lower_case(text: &str) -> String {
    let ascii = text.to_ascii_lowercase();
    let mut lower = String::with_capacity(ascii.len());
    let mut from = 0;
    for (at, c) in ascii.char_indices().filter(|(_, c)| !c.is_ascii() && c.is_uppercase()) {
        lower.push_str(ascii.get(from..at).unwrap_or(""));
        lower.extend(c.to_lowercase());
        from = at + c.len_utf8();
    }
    lower.push_str(ascii.get(from..).unwrap_or(""));
    lower
}

/// Where the first of the words stands in a text of lower case that holds them all.
fn first_of_all(words: &[String], lower: &str) -> Option<usize> {
    words.iter().map(|word| lower.find(word.as_str())).collect::<Option<Vec<_>>>()?.into_iter().min()
}

fn hit(place: &TextPlace, text: &str, first: usize) -> Hit {
    // lower case can be longer or shorter than the text itself; walk to the nearest boundary that exists
    let at = (0..=first.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    Hit { place: place.clone(), at, line: line_around(text, at) }
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
    fn a_finder_finds_the_same_at_every_key() {
        let wb = workbook("the Carers' group has INSURANCE");
        let mut finder = Finder::new(&wb);
        for wanted in ["i", "in", "insurance", "insurance w", "walks", ""] {
            assert_eq!(finder.find(&wb, wanted, 10), find(&wb, wanted, 10), "{wanted}");
        }
        assert_eq!(finder.find(&wb, "a", 1).len(), 1);
    }

    #[test]
    fn letters_that_grow_in_lower_case_do_no_harm() {
        let wb = workbook("İİİİ İstanbul é needle");
        assert_eq!(find(&wb, "needle", 10).len(), 1);
        for text in ["Ça “Était” ŁÓDŹ", "ПРИВЕТ мир", "plain ASCII", "", "İ"] {
            assert_eq!(lower_case(text), text.to_lowercase());
        }
    }
}
