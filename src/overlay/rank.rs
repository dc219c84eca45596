//! The order in which things answer to what was typed. Letters of the label may be left out; other words by which a
//! thing is known must be there as they were typed. It knows texts and nothing of what they stand for.

use crate::order::InOrder;
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String};

/// The most letters of a word that may be left out in one place; with more, the letters are strewn by chance.
const MOST_LEFT_OUT: u32 = 2;

/// Letters of a label, and of its other words, that are matched. Nobody looks for a thing by more; what a match is worth
/// is counted in 16 bits, and a title may be a pasted page.
const MOST_LETTERS: usize = 1_000;

/// What a match in the label is worth more than one in the other words.
const LABEL_FIRST: u32 = 8;

/// The texts of one thing, prepared to be matched.
#[derive(Debug, Clone, Default)]
pub(super) struct Haystack {
    label: Utf32String,
    words: Utf32String,
    /// The label as it is compared with all that was typed.
    name: String,
}

impl Haystack {
    /// A thing by its label and by the other words that a person may look for.
    pub fn new(label: &str, words: &str) -> Self {
        Self { label: start(label).into(), words: start(words).into(), name: label.to_lowercase() }
    }
}

/// The first letters of a text, as many as are matched.
fn start(text: &str) -> &str {
    text.char_indices().nth(MOST_LETTERS).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// The numbers of the things that answer to every word of `wanted`, the best first, at most `most`: what is called just
/// that before all else, and things that answer equally well in their order. Everything answers where nothing is wanted.
pub(super) fn rank<'a>(things: impl Iterator<Item = &'a Haystack>, wanted: &str, most: usize) -> Vec<usize> {
    let mut needles: Vec<Needle> = wanted.split_whitespace().map(Needle::new).collect();
    if needles.is_empty() {
        return things.enumerate().map(|(n, _)| n).collect();
    }
    let whole = wanted.trim().to_lowercase();
    let mut matcher = Matcher::new(Config::DEFAULT);
    let scored = things.enumerate().filter_map(|(n, thing)| {
        let scores = needles.iter_mut().map(|needle| needle.score(thing, &mut matcher));
        scores.sum::<Option<u32>>().map(|score| (thing.name != whole, std::cmp::Reverse(score), n))
    });
    let mut scored: Vec<_> = scored.collect();
    scored.order();
    scored.into_iter().take(most).map(|(.., n)| n).collect()
}

/// One word that was typed.
struct Needle {
    fuzzy: Atom,
    exact: Atom,
    /// Where its letters are in a label; kept to be used again.
    at: Vec<u32>,
}

impl Needle {
    fn new(word: &str) -> Self {
        let atom = |kind| Atom::new(word, CaseMatching::Ignore, Normalization::Smart, kind, false);
        Self { fuzzy: atom(AtomKind::Fuzzy), exact: atom(AtomKind::Substring), at: Vec::new() }
    }

    fn score(&mut self, thing: &Haystack, matcher: &mut Matcher) -> Option<u32> {
        let label = thing.label.slice(..);
        self.at.clear();
        let in_label = self.fuzzy.indices(label, matcher, &mut self.at).map(u32::from);
        let in_label = in_label.filter(|_| reads_as_one(label, &self.at)).map(|score| score + LABEL_FIRST);
        let in_words = self.exact.score(thing.words.slice(..), matcher).map(u32::from);
        in_label.max(in_words)
    }
}

/// Whether each letter found follows the one before it closely, or begins the next word or the one after it.
fn reads_as_one(label: Utf32Str<'_>, at: &[u32]) -> bool {
    let begins_word = |n: u32| n.checked_sub(1).is_none_or(|before| !label.get(before).is_alphanumeric());
    at.windows(2).all(|pair| match pair {
        [a, b] => match (a + 1..=*b).filter(|n| begins_word(*n)).count() {
            0 => b - a <= MOST_LEFT_OUT + 1,
            words => words <= 2 && begins_word(*b),
        },
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const THINGS: &[(&str, &str)] = &[
        ("Put private answers in or out, and try again", ""),
        ("Export the partnership on a page", "print pdf send save"),
        ("Go to Scoping", "begin"),
        ("Preview what would go out", "print look"),
        ("Café society", ""),
        ("Governing: money, roles, decisions", "go to money"),
        ("Money", "table sum"),
    ];

    fn found(wanted: &str) -> Vec<&'static str> {
        let things: Vec<Haystack> = THINGS.iter().map(|(label, words)| Haystack::new(label, words)).collect();
        rank(things.iter(), wanted, 3).into_iter().map(|n| THINGS[n].0).collect()
    }

    #[test]
    fn other_words_find_it_and_letters_by_chance_do_not() {
        assert_eq!(found("print"), ["Export the partnership on a page", "Preview what would go out"]);
        assert_eq!(found("PRINT send"), ["Export the partnership on a page"]);
    }

    #[test]
    fn letters_may_be_left_out_of_the_label() {
        assert_eq!(found("scpng"), ["Go to Scoping"]);
        assert_eq!(found("gs")[0], "Go to Scoping");
        assert_eq!(found("cafe"), ["Café society"]);
    }

    #[test]
    fn what_is_called_just_that_comes_first() {
        assert_eq!(found("money")[0], "Money");
        assert_eq!(found(" MONEY ")[0], "Money");
        assert_eq!(found("money roles"), ["Governing: money, roles, decisions"]);
    }

    #[test]
    fn what_is_called_by_a_whole_page_is_found_by_it_and_by_its_first_words() {
        let page = "Minutes ".repeat(20_000);
        let things = [Haystack::new("Other", ""), Haystack::new(&page, &page)];
        assert_eq!(rank(things.iter(), "minutes", 3), [1]);
        assert_eq!(rank(things.iter(), &page, 3), [1]);
        let name = "w".repeat(60_000);
        let things = [Haystack::new(&name, "")];
        assert_eq!(rank(things.iter(), &name[..800], 3), [0]);
        assert!(rank(things.iter(), &name, 3).is_empty(), "longer than anything is looked for by");
    }

    #[test]
    fn nothing_wanted_is_everything_and_nonsense_is_nothing() {
        assert_eq!(found("  ").len(), THINGS.len());
        assert!(found("zzz").is_empty());
        assert!(found(r"\ \$ !x").is_empty());
    }
}
