//! Finding a person's name and contact details in a text.
//!
//! It knows letters and no workbook. The name counts in any case, also where its words are joined or parted otherwise
//! ("helen.marsh"); a word of it counts where it stands as a word. Start reading at [`Seeker::hits`].

use crate::order::InOrder;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation as _;

use super::Kind;

/// The fewest letters of a part of a name that is looked for.
const PART: usize = 3;
/// The fewest letters of a name that is looked for within longer words.
const JOINED: usize = 6;
/// The fewest digits of a telephone number, and the most that are compared: with the code of a country or without.
const DIGITS: (usize, usize) = (6, 9);
/// The most digits of the code of a country before those.
const CODE: usize = 6;

/// A piece of a text that gives the person away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// The first byte.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
    pub kind: Kind,
    /// Whether it can hardly be anything else.
    pub sure: bool,
}

/// What is looked for.
#[derive(Debug, Default)]
pub(super) struct Seeker {
    /// The words of each name, in lower case.
    names: Vec<Vec<Vec<char>>>,
    /// Words of a name that has several, and whether they are written with a capital.
    parts: Vec<(Vec<char>, bool)>,
    /// Addresses and handles in lower case, and whether they are nothing else.
    exact: Vec<(Vec<char>, bool)>,
    /// Digits of telephone numbers.
    phones: Vec<String>,
}

/// A word of a text.
struct Word {
    from: usize,
    to: usize,
    folded: Vec<char>,
    /// The byte at which each letter begins.
    starts: Vec<usize>,
    capital: bool,
}

/// A letter with its accents, whichever way they are written, in lower case.
#[derive(Debug, Clone, Copy)]
struct Letter {
    /// The first byte, and the one after the last.
    from: usize,
    to: usize,
    folded: char,
    capital: bool,
}

impl Seeker {
    /// Looks for a name and for what a line says about reaching somebody.
    pub fn new(name: &str, reach: &str) -> Self {
        let mut seeker = Self::default();
        seeker.add(name, reach, true);
        seeker
    }

    /// Looks for more: what the person was called, and how they were reached, at another time. A name of one word may be
    /// half typed there, so it does not count.
    pub fn add_earlier(&mut self, name: &str, reach: &str) {
        let several = words(name).len() > 1;
        self.add(if several { name } else { "" }, reach, false);
    }

    fn add(&mut self, name: &str, reach: &str, with_parts: bool) {
        let words = words(name);
        if words.len() > 1 && with_parts {
            let long = |word: &&Word| word.folded.len() >= if unspaced(&word.folded) { 2 } else { PART };
            self.parts.extend(words.iter().filter(long).map(|word| (word.folded.clone(), word.capital)));
        }
        if !words.is_empty() {
            self.names.push(words.into_iter().map(|word| word.folded).collect());
        }
        self.exact.extend(addresses(reach).map(|(text, sure)| (folded(text), sure)));
        self.phones.extend(numbers(reach).map(|(_, _, digits)| digits));
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.exact.is_empty() && self.phones.is_empty()
    }

    /// Everything found in a text, in order; no two overlap.
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        let words = words(text);
        let mut hits = Vec::new();
        for name in &self.names {
            (0..words.len()).for_each(|at| hits.extend(name_at(text, &words, at, name)));
        }
        for word in &words {
            let part = self.parts.iter().find(|(part, _)| *part == word.folded);
            hits.extend(part.map(|(_, capital)| Hit {
                from: word.from,
                to: word.to,
                kind: Kind::Part,
                sure: (*capital && word.capital) || unspaced(&word.folded),
            }));
        }
        self.contacts(text, &mut hits);
        hits.order_by_key(|hit| (hit.from, std::cmp::Reverse(hit.to)));
        joined(text, &apart(hits))
    }

    fn contacts(&self, text: &str, hits: &mut Vec<Hit>) {
        if !self.exact.is_empty() {
            let chars = letters(text);
            for (wanted, sure) in &self.exact {
                hits.extend(exact_hits(&chars, wanted, *sure));
            }
        }
        if !self.phones.is_empty() {
            for (from, run, digits) in numbers(text) {
                hits.extend(self.phones.iter().flat_map(|phone| phone_in(from, run, &digits, phone)));
            }
        }
    }
}

/// A name that begins with a word of a text, or that is in it.
fn name_at(text: &str, words: &[Word], at: usize, name: &[Vec<char>]) -> Option<Hit> {
    let word = words.get(at)?;
    let hit = |from, to, kind, sure| Some(Hit { from, to, kind, sure });
    let [first, rest @ ..] = name else { return None };
    let Some((last, between)) = rest.split_last() else {
        if word.folded == *first {
            return hit(word.from, word.to, Kind::Name, true);
        }
        // "Helens", or a name in a script without blanks; "planning" for Ann
        let unspaced = unspaced(first);
        let (from, to) =
            (first.len() >= if unspaced { 2 } else { PART }).then(|| within(word, first)).flatten()?;
        return hit(from, to, if unspaced { Kind::Name } else { Kind::Part }, unspaced);
    };
    let all: Vec<char> = name.concat();
    if all.len() >= JOINED
        && let Some((from, to)) = within(word, &all)
    {
        return hit(from, to, Kind::Name, true);
    }
    let end = words.get(at + name.len() - 1)?;
    let middle = words.get(at + 1..at + name.len() - 1)?;
    let begins = if first.len() < PART { word.folded == *first } else { word.folded.ends_with(first) };
    let ends = if last.len() < PART { end.folded == *last } else { end.folded.starts_with(last) };
    let near = words.get(at..at + name.len())?.windows(2).all(|pair| match pair {
        [a, b] => text.get(a.to..b.from).is_some_and(|gap| gap.chars().count() <= 3),
        _ => true,
    });
    let fits = begins && ends && near && middle.iter().map(|word| &word.folded).eq(between.iter());
    let from = byte_of(word, word.folded.len() - first.len().min(word.folded.len()));
    fits.then(|| hit(from, byte_of(end, last.len()), Kind::Name, true)).flatten()
}

/// Where some letters stand within a word.
fn within(word: &Word, wanted: &[char]) -> Option<(usize, usize)> {
    let at = word.folded.windows(wanted.len().max(1)).position(|window| window == wanted)?;
    Some((byte_of(word, at), byte_of(word, at + wanted.len())))
}

/// The byte at which a letter of a word stands, counted from 0; the end of the word past the last.
fn byte_of(word: &Word, letter: usize) -> usize {
    word.starts.get(letter).copied().unwrap_or(word.to)
}

fn exact_hits(chars: &[Letter], wanted: &[char], sure: bool) -> Vec<Hit> {
    let letter = |n: Option<usize>| n.and_then(|n| chars.get(n)).is_some_and(|c| is_letter(c.folded));
    let edge = |c: Option<&char>, beyond: bool| !(beyond && c.is_some_and(|c| is_letter(*c)));
    let windows = chars.windows(wanted.len().max(1)).enumerate();
    let found = windows.filter(|(n, window)| {
        window.iter().map(|c| c.folded).eq(wanted.iter().copied())
            && edge(wanted.first(), letter(n.checked_sub(1)))
            && edge(wanted.last(), letter(Some(n + wanted.len())))
    });
    let hit = |window: &[Letter]| {
        Some(Hit { from: window.first()?.from, to: window.last()?.to, kind: Kind::Contact, sure })
    };
    found.filter_map(|(_, window)| hit(window)).collect()
}

/// Where a telephone number stands among the digits of a text, whatever stands between them.
fn phone_in(from: usize, run: &str, digits: &str, phone: &str) -> Vec<Hit> {
    let core = phone.get(phone.len().saturating_sub(DIGITS.1)..).unwrap_or(phone);
    let places: Vec<usize> =
        run.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let (mut hits, mut before) = (Vec::new(), 0);
    for (first, _) in digits.match_indices(core) {
        let last = first + core.len();
        // the code of a country, or a nought, goes along
        let first = if first - before <= CODE { before } else { first };
        let start = if first == 0 { Some(0) } else { places.get(first).copied() };
        let end = last.checked_sub(1).and_then(|last| places.get(last));
        before = last;
        if let (Some(start), Some(end)) = (start, end) {
            hits.push(Hit { from: from + start, to: from + end + 1, kind: Kind::Contact, sure: true });
        }
    }
    hits
}

/// Runs of a text that may be telephone numbers: where they begin, how they are written, their digits.
fn numbers(text: &str) -> impl Iterator<Item = (usize, &str, String)> {
    let mut at = 0;
    let runs = std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '('))?;
        let run = text.get(start..)?;
        let in_number = |c: char| c.is_ascii_digit() || " \u{a0}+()-./".contains(c);
        let end = run.find(|c| !in_number(c)).unwrap_or(run.len());
        at = start + end;
        Some((start, run.get(..end)?.trim_end_matches(|c: char| !c.is_ascii_digit())))
    });
    runs.map(|(start, run)| (start, run, run.chars().filter(char::is_ascii_digit).collect::<String>()))
        .filter(|(_, _, digits)| digits.len() >= DIGITS.0)
}

/// Mail addresses, handles, pages and streets in a line about reaching somebody, and whether they are nothing else.
fn addresses(reach: &str) -> impl Iterator<Item = (&str, bool)> {
    let words = reach.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).map(bare);
    let marked = words.filter(|word| {
        let handle = word.starts_with('@') && word.chars().count() > PART;
        let mail = word.find('@').is_some_and(|at| at > 0 && at + 1 < word.len());
        handle || mail || word.contains("://") || word.starts_with("www.")
    });
    let pieces = reach.split([',', ';', '\n']).map(bare).filter(|piece| {
        let letters =
            piece.split_whitespace().any(|w| w.chars().filter(|c| c.is_alphabetic()).count() >= PART);
        letters && piece.contains(|c: char| c.is_ascii_digit()) && !piece.contains('@')
    });
    let street = |piece: &str| piece.starts_with(|c: char| c.is_ascii_digit());
    marked.map(|word| (word, true)).chain(pieces.map(move |piece| (piece, street(piece))))
}

fn bare(word: &str) -> &str {
    word.trim()
        .trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\'' | '.' | ':'))
}

/// Of hits that overlap only the longest; of two that are sure, all that either has.
fn apart(hits: Vec<Hit>) -> Vec<Hit> {
    let mut kept: Vec<Hit> = Vec::new();
    for hit in hits {
        match kept.last_mut() {
            Some(last) if hit.from < last.to => {
                if last.sure && hit.sure {
                    // "Ann Lee Ann Lee Ann Lee" is twice the name of an Ann Lee Ann Lee, and all of it goes
                    last.to = last.to.max(hit.to);
                } else if hit.to - hit.from > last.to - last.from {
                    *last = hit;
                }
            }
            _ => kept.push(hit),
        }
    }
    kept
}

/// Neighbouring words of the name are one hit.
fn joined(text: &str, hits: &[Hit]) -> Vec<Hit> {
    let mut kept: Vec<Hit> = Vec::new();
    for hit in hits {
        match kept.last_mut() {
            Some(last)
                if last.kind != Kind::Contact
                    && hit.kind != Kind::Contact
                    && last.sure
                    && hit.sure
                    && matches!(text.get(last.to..hit.from), Some(" " | "-" | "\u{a0}")) =>
            {
                last.to = hit.to;
                last.kind = last.kind.min(hit.kind);
            }
            _ => kept.push(*hit),
        }
    }
    kept
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for Letter { from, to, folded, capital } in letters(text).into_iter().filter(|c| is_letter(c.folded)) {
        match words.last_mut() {
            Some(word) if word.to == from => {
                word.to = to;
                word.folded.push(folded);
                word.starts.push(from);
            }
            _ => words.push(Word { from, to, folded: vec![folded], starts: vec![from], capital }),
        }
    }
    words
}

/// The letters of a text. An accent is part of its letter, so that a name is found whether somebody's keyboard writes the
/// two as one or one after the other.
fn letters(text: &str) -> Vec<Letter> {
    let letter = |from, to, c: char| Letter { from, to, folded: fold(c), capital: c.is_uppercase() };
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text.char_indices().map(|(at, c)| letter(at, at + c.len_utf8(), c)).collect();
    }
    let mut letters = Vec::new();
    for (from, cluster) in text.grapheme_indices(true) {
        let mut composed = cluster.nfc();
        match (composed.next(), composed.next()) {
            (Some(c), None) => letters.push(letter(from, from + cluster.len(), c)),
            // no single letter says it: as it is written
            _ => {
                let chars = cluster.char_indices();
                letters.extend(chars.map(|(at, c)| letter(from + at, from + at + c.len_utf8(), c)));
            }
        }
    }
    letters
}

/// Letters, digits, and the accents that combine with them.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether a word is in a script that puts no blanks between words: there a name is found within others.
fn unspaced(word: &[char]) -> bool {
    word.iter()
        .any(|c| matches!(c, '\u{e00}'..='\u{eff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'))
}

/// A letter in lower case: always one, so that places in a text stay where they are.
fn fold(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn folded(text: &str) -> Vec<char> {
    letters(text).into_iter().map(|letter| letter.folded).collect()
}

/// Whether two names are the same, whichever way their accents are written.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.nfc().eq(other.nfc())
}
