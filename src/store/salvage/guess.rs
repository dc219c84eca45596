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

#[cfg(test)]
mod tests {
    use super::*;

    fn called(key: Option<&str>) -> Node {
        let (key, text) = (key.map(str::to_owned), "x".to_owned());
        Node { from: 0, to: 1, key, text, block: None, had_more: false }
    }

    #[test]
    fn what_opened_a_block_is_told_by_its_two_ends_or_by_what_it_holds() {
        let (named, capital) = ([called(Some("\"SCO-1\""))], [called(Some("Mon"))]);
        let (plain, bare) = ([called(Some("id"))], [called(None)]);
        let cases: [(&str, &str, &str, &[Node], &str); 12] = [
            ("act: Call", "((", "))", &[], "(("),
            ("words: ", "{", "}", &plain, "{"),
            ("words: ", "{", "", &plain, "{"),
            ("words: ", "", "}", &[], "{"),
            // where they say different things, or nothing
            ("x: ", "(", "]", &[], "("),
            ("x: ", "(", "]", &plain, "("),
            ("x: ", "(", "]", &bare, "["),
            ("x: ", "((", "", &plain, "("),
            ("x: ", "", "", &named, "{"),
            ("x: ", "", "", &capital, "{"),
            ("x: ", "", "", &plain, "("),
            ("x: ", "", "", &bare, "["),
        ];
        for (head, said, ends, inside, opens) in cases {
            assert_eq!(brackets(head, said, ends, inside), opens, "{head:?} {said:?} {ends:?} {inside:?}");
        }
    }

    #[test]
    fn each_bracket_has_its_mirror() {
        assert_eq!("([{)]}".chars().map(mirror).collect::<String>(), ")]}([{");
    }

    #[test]
    fn what_a_block_was_called_is_read_past_what_stands_before_it() {
        let cases = [
            ("    answers% (", Some("answers")),
            ("   %\"SCO-1\": (", Some("\"SCO-1\"")),
            ("    12 calls_of_2 [", Some("calls_of_2")),
            ("    answers", Some("answers")),
            ("    x (", None),
            ("    \"SCO-1: (", None),
            ("    ((", None),
        ];
        for (line, key) in cases {
            assert_eq!(guessed_key(line), key, "{line:?}");
        }
    }

    #[test]
    fn a_line_with_one_character_wrong_is_put_right() {
        let cases = [
            ("        privite: true,", Some("        private: true,")),
            ("       private true,", Some("        private: true,")),
            // in the indentation
            ("    %   id: 3,", Some("        id: 3,")),
            // at the end
            ("        id: 3;", Some("        id: 3")),
            ("            Call((;", Some("            Call((")),
            // of a word by itself anything can be made
            ("        word;", None),
            ("        two words;", None),
            ("", None),
        ];
        for (line, right) in cases {
            assert_eq!(mended(line).as_deref(), right, "{line:?}");
        }
    }

    #[test]
    fn two_lines_in_one_are_parted_where_spaces_stand_with_what_came_in_or_without() {
        let halves = |first: &str, rest: &str| [first.to_owned(), rest.to_owned()];
        let line = "        a: 1,        b: 2,        c: 3,";
        let wanted = [
            halves("        a: 1,", "        b: 2,        c: 3,"),
            halves("        a: 1", "        b: 2,        c: 3,"),
            halves("        a: 1,        b: 2,", "        c: 3,"),
            halves("        a: 1,        b: 2", "        c: 3,"),
        ];
        assert_eq!(seams(line), wanted);
        assert_eq!(seams("        a: 1,   b: 2,"), Vec::<[String; 2]>::new());
    }

    #[test]
    fn only_so_many_places_of_a_line_that_is_not_too_long_are_looked_at() {
        assert_eq!(seams(&"a    ".repeat(SEAMS + 3)).len(), SEAMS * 2);
        let line = |len: usize| format!("{}    b", "a".repeat(len - 5));
        assert_eq!([LONGEST, LONGEST + 1].map(|len| seams(&line(len)).len()), [2, 0]);
    }

    #[test]
    fn a_distance_counts_what_differs_was_lost_or_came_in() {
        let cases = [
            ("answers", "answers", Some(0)),
            ("answers", "anzwers", Some(1)),
            ("answers", "ansers", Some(1)),
            ("answers", "aanswers", Some(1)),
            ("answers", "xanswer", Some(2)),
            ("kitten", "sitting", Some(3)),
            ("abc", "", Some(3)),
            ("", "abc", Some(3)),
            ("abc", "abcdef", Some(3)),
            ("abcd", "", None),
            ("abcd", "wxyz", None),
        ];
        for (a, b, far) in cases {
            assert_eq!(distance(a, b), far, "{a:?} {b:?}");
        }
    }
}
