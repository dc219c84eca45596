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
