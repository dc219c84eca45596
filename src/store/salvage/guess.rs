//! What a damaged line, or the line that opened a block, may have been.
//!
//! Each guess looks at one line, or at what a block holds; whether it fits where it stands is for `tree.rs` to say.

use super::lines::{self, Shape};
use super::tree::{Node, STEP, indent_of};

/// The longest line that is looked at for two lines that have become one, and how many places of it.
const LONGEST: usize = 64 << 10;
const SEAMS: usize = 8;

/// What opens a block: what its line says, where the line that ends it says the same; or else what it holds tells.
pub fn brackets(head: &str, said: &str, ends: &str, inside: &[Node]) -> String {
    let kind = head.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_alphabetic));
    let mirrored: String = ends.chars().rev().map(mirror).collect();
    if kind && !said.is_empty() {
        return said.to_owned();
    }
    let one = |brackets: &str| brackets.len() == 1;
    if one(said) && (said == mirrored || ends.is_empty()) {
        return said.to_owned();
    }
    if said.is_empty() && one(&mirrored) {
        return mirrored;
    }
    let first = inside.first().and_then(|node| node.key.as_deref());
    match first {
        Some(key) if key.starts_with('"') || key.starts_with(|c: char| c.is_ascii_uppercase()) => "{",
        Some(_) => "(",
        None if inside.is_empty() && one(said) => said,
        None => "[",
    }
    .to_owned()
}

pub fn mirror(bracket: char) -> char {
    match bracket {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        ')' => '(',
        ']' => '[',
        _ => '{',
    }
}

/// What a block was called, where the line that opened it still says so.
pub fn guessed_key(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(|c: char| !c.is_ascii_alphabetic() && c != '"');
    let end = match line.strip_prefix('"') {
        Some(rest) => rest.find('"').map(|at| at + 2)?,
        None => line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(line.len()),
    };
    line.get(..end).filter(|key| key.len() > 1)
}

/// The text as it stands in a file.
pub fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A line of which one character was lost or came in, as it may have been.
pub fn mended(line: &str) -> Option<String> {
    let body = line.trim_start_matches(' ');
    let indent = line.len() - body.len();
    let good = |text: &str| lines::see(text).shape != Shape::Odd;
    if is_nearly(body.trim_end(), "private: true,") {
        return Some(format!("{}private: true,", " ".repeat(indent.next_multiple_of(STEP))));
    }
    // something in the indentation
    let mut chars = body.chars();
    if chars.next().is_some() {
        let rest = chars.as_str();
        let moved = format!("{} {rest}", " ".repeat(indent));
        if good(&moved) {
            return Some(moved);
        }
    }
    // something in place of the comma, or after it
    let mut chars = line.trim_end().chars();
    chars.next_back()?;
    let short = lines::see(chars.as_str());
    let told = short.shape != Shape::Whole || short.key.is_some();
    (told && short.shape != Shape::Odd).then(|| chars.as_str().to_owned())
}

/// Two lines that have become one, in the ways in which that can be.
pub fn seams(line: &str) -> Vec<[String; 2]> {
    let mut found = Vec::new();
    if line.len() > LONGEST {
        return found;
    }
    let indent = indent_of(line);
    let mut at = indent;
    while found.len() < SEAMS * 2 {
        let Some(next) = line.get(at..).and_then(|rest| rest.find("    ")) else { break };
        let cut = at + next;
        let (first, rest) = line.split_at(cut);
        let spaces = indent_of(rest);
        let mut chars = first.chars();
        chars.next_back();
        found.push([first.to_owned(), rest.to_owned()]);
        found.push([chars.as_str().to_owned(), rest.to_owned()]);
        at = cut + spaces;
    }
    found
}

/// Whether no more than two characters differ, were lost or came in.
pub fn is_nearly(text: &str, wanted: &str) -> bool {
    distance(text, wanted).is_some_and(|far| far <= 2)
}

/// How many characters differ, were lost or came in. `None` where that is more than a few, or the texts are long.
pub fn distance(a: &str, b: &str) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    if a.len().abs_diff(b.len()) > 3 {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (n, from) in a.iter().enumerate() {
        let mut corner = n;
        let mut left = n + 1;
        for (to, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            let best = (corner + usize::from(from != to)).min(above + 1).min(left + 1);
            (corner, left, *cell) = (above, best, best);
        }
        if let Some(first) = row.first_mut() {
            *first = n + 1;
        }
    }
    row.last().copied().filter(|far| *far <= 3)
}
