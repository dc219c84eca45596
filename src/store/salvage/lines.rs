//! What a line of our own layout is, seen by itself: a whole entry, the start of a block, its end, a text that goes on.
//!
//! It knows no other line and no workbook. Start reading at [`see`].

/// The most `#` that a text is taken to be wrapped in.
pub const HASHES: usize = 32;

/// A line, seen by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen<'a> {
    /// Spaces before it.
    pub indent: usize,
    /// What stands before the colon, with its quotes where it has any.
    pub key: Option<&'a str>,
    pub shape: Shape,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `key: value,` or `value,`
    Whole,
    /// `key: (`, `[`, `Call((`
    Opens,
    /// `),`
    Closes,
    /// `key: "the first line of`, wrapped in so many `#`. The text begins at this byte of the line.
    Begins { hashes: Option<usize>, text: usize },
    /// None of these.
    Odd,
}

/// How a text in quotes goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoted {
    /// It ends in its line, and so does the line.
    Ends,
    /// It does not end in its line.
    GoesOn { hashes: Option<usize>, text: usize },
    /// Something comes after its end that does not belong there, or it is no text.
    Odd,
}

/// Sees what a line is.
pub fn see(line: &str) -> Seen<'_> {
    let body = line.trim_start_matches(' ');
    let indent = line.len() - body.len();
    let body = body.trim_end();
    if is_closing(body) {
        return Seen { indent, key: None, shape: Shape::Closes };
    }
    let (key, value) = split_key(body);
    let shape = match shape_of(value) {
        Shape::Begins { hashes, text } => {
            Shape::Begins { hashes, text: indent + body.len() - value.len() + text }
        }
        shape => shape,
    };
    Seen { indent, key, shape }
}

/// Whether this may follow the end of a text: brackets that close, a comma.
pub fn ends_entry(rest: &str) -> bool {
    let rest = rest.trim_end();
    rest.strip_suffix(',').unwrap_or(rest).chars().all(|c| c == ')')
}

/// The byte after the quote that ends a text, with its `#`, from where the text begins.
pub fn end_of_text(text: &str, hashes: Option<usize>) -> Option<usize> {
    match hashes {
        Some(hashes) => {
            let end = format!("\"{}", "#".repeat(hashes));
            text.find(&end).map(|at| at + end.len())
        }
        None => {
            let mut escaped = false;
            text.bytes()
                .position(|byte| {
                    let ends = byte == b'"' && !escaped;
                    escaped = byte == b'\\' && !escaped;
                    ends
                })
                .map(|at| at + 1)
        }
    }
}

fn is_closing(body: &str) -> bool {
    let brackets = body.strip_suffix(',').unwrap_or(body);
    !brackets.is_empty() && brackets.chars().all(|c| matches!(c, ')' | ']' | '}'))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The key with its quotes, and what stands after the colon.
fn split_key(body: &str) -> (Option<&str>, &str) {
    let end = match body.strip_prefix('"') {
        Some(rest) => rest.find('"').map(|at| at + 2),
        None => body.find(|c| !is_word(c)).filter(|at| *at > 0),
    };
    let split = end.and_then(|end| {
        let value = body.get(end..)?.strip_prefix(':')?;
        Some((body.get(..end)?, value.trim_start_matches(' ')))
    });
    split.map_or((None, body), |(key, value)| (Some(key), value))
}

fn shape_of(value: &str) -> Shape {
    let after_word = value.trim_start_matches(is_word);
    if !after_word.is_empty() && after_word.chars().all(|c| matches!(c, '(' | '[' | '{')) {
        return Shape::Opens;
    }
    match quoted(value) {
        Some(Quoted::Ends) => return Shape::Whole,
        Some(Quoted::GoesOn { hashes, text }) => return Shape::Begins { hashes, text },
        Some(Quoted::Odd) => return Shape::Odd,
        None => {}
    }
    let plain = value.strip_suffix(',').unwrap_or(value);
    let empty = matches!(plain, "[]" | "{}" | "()");
    let word = !plain.is_empty() && plain.chars().all(|c| is_word(c) || matches!(c, '.' | '-' | '+'));
    if empty || word { Shape::Whole } else { Shape::Odd }
}

/// A text in quotes, perhaps within a kind: `Said("…")`. `None` where the value is something else.
pub fn quoted(value: &str) -> Option<Quoted> {
    let mut rest = value;
    loop {
        let after = rest.trim_start_matches(is_word);
        match after.strip_prefix('(') {
            Some(inner) if after.len() < rest.len() => rest = inner,
            _ => break,
        }
    }
    let (hashes, rest) = match rest.strip_prefix('r') {
        Some(raw) if raw.starts_with(['#', '"']) => {
            let inner = raw.trim_start_matches('#');
            (Some(raw.len() - inner.len()), inner)
        }
        _ => (None, rest),
    };
    let text = rest.strip_prefix('"')?;
    if hashes.is_some_and(|hashes| hashes > HASHES) {
        return Some(Quoted::Odd);
    }
    Some(match end_of_text(text, hashes) {
        Some(end) if text.get(end..).is_some_and(ends_entry) => Quoted::Ends,
        Some(_) => Quoted::Odd,
        None => Quoted::GoesOn { hashes, text: value.len() - text.len() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_seen_for_what_it_is() {
        let cases = [
            ("    id: \"a\",", 4, Some("id"), Shape::Whole),
            ("    id: \"a\"", 4, Some("id"), Shape::Whole),
            ("private: true", 0, Some("private"), Shape::Whole),
            ("  count: -1.5e+3,", 2, Some("count"), Shape::Whole),
            ("things: [],", 0, Some("things"), Shape::Whole),
            ("        Said(\"so\"),", 8, None, Shape::Whole),
            ("    \"SCO-1\": (", 4, Some("\"SCO-1\""), Shape::Opens),
            ("    calls: [", 4, Some("calls"), Shape::Opens),
            ("    Call((", 4, None, Shape::Opens),
            ("    ),", 4, None, Shape::Closes),
            ("]", 0, None, Shape::Closes),
            ("    })", 4, None, Shape::Closes),
            ("    ,", 4, None, Shape::Odd),
            ("    : 3,", 4, None, Shape::Odd),
            ("    two words,", 4, None, Shape::Odd),
            ("    id: \"a\" b,", 4, Some("id"), Shape::Odd),
            ("    ?: 3", 4, None, Shape::Odd),
        ];
        for (line, indent, key, shape) in cases {
            assert_eq!(see(line), Seen { indent, key, shape }, "{line:?}");
        }
    }

    #[test]
    fn where_a_text_goes_on_its_words_are_told_from_what_stands_before_them() {
        let cases = [
            ("        text: \"the first\\\" of", None, "the first\\\" of"),
            ("        text: r#\"the \"first\" of", Some(1), "the \"first\" of"),
            ("    answer: Said(r\"the first", Some(0), "the first"),
            ("            \"the first", None, "the first"),
        ];
        for (line, wrapped, words) in cases {
            let Shape::Begins { hashes, text } = see(line).shape else { panic!("{:?}", see(line)) };
            assert_eq!((hashes, &line[text..]), (wrapped, words), "{line:?}");
        }
    }

    #[test]
    fn a_text_ends_at_the_first_quote_that_is_not_escaped() {
        let cases = [
            (r#"a","#, None, Some(2)),
            (r#"a\"b","#, None, Some(5)),
            (r#"a\\","#, None, Some(4)),
            (r#"a\\\"b","#, None, Some(7)),
            ("a", None, None),
            (r##"a"b"#,"##, Some(1), Some(5)),
            (r#"a"b"#, Some(1), None),
        ];
        for (text, hashes, end) in cases {
            assert_eq!(end_of_text(text, hashes), end, "{text:?}");
        }
    }

    #[test]
    fn what_stands_in_quotes_may_stand_within_a_kind_and_within_so_many_hashes() {
        assert_eq!(quoted("Said(Well(\"so\")),"), Some(Quoted::Ends));
        assert_eq!(quoted("(\"so\"),"), None, "a bracket is no kind");
        assert_eq!(quoted("red,"), None);
        assert_eq!(quoted("\"so\" so,"), Some(Quoted::Odd));
        let wrapped = |hashes: usize| format!("r{}\"so", "#".repeat(hashes));
        let goes_on = Quoted::GoesOn { hashes: Some(HASHES), text: HASHES + 2 };
        assert_eq!(quoted(&wrapped(HASHES)), Some(goes_on));
        assert_eq!(quoted(&wrapped(HASHES + 1)), Some(Quoted::Odd));
    }
}
