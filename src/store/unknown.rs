//! Reading a RON text that may hold parts this version does not know, and naming them.
//!
//! An unknown field is passed over. A value of an unknown kind (an enum's variant) is cut out together with the smallest
//! thing around it that can be left out: a field, an entry of a list or of a map. What comes of it is good for reading;
//! saving it would drop the parts that are named. Start reading at [`read`].

use serde::de::DeserializeOwned;

use crate::notation::{Mistake, What, read_naming};

/// The most bytes that are read again and again to get round unknown kinds: that bounds the time for a hostile file.
const BUDGET: usize = 64 << 20;

/// Reads a text, and names the parts that were left out because this version does not know them.
///
/// # Errors
/// Where and why it does not read, even without those.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<(T, Vec<String>), Mistake> {
    let first = match read_naming(text) {
        Ok(read) => return Ok(read),
        Err(error) => error,
    };
    let What::UnknownKind(_) = first.what else { return Err(first) };
    cut_and_read(text.to_owned(), first)
}

/// Cuts out one unknown kind after the other. Where cutting out the smallest part leaves something that does not read,
/// the part around it goes too.
fn cut_and_read<T: DeserializeOwned>(
    mut text: String,
    mut error: Mistake,
) -> Result<(T, Vec<String>), Mistake> {
    let mut named = Vec::new();
    let mut around: Vec<(usize, usize)> = Vec::new();
    let mut other = None;
    let mut spent = 0;
    loop {
        if let What::UnknownKind(found) = &error.what {
            named.push(format!("{found} (line {})", error.line));
            around = parts_around(&text, offset_of(&text, error.line, error.column));
        } else {
            other.get_or_insert_with(|| error.clone());
        }
        spent += text.len();
        if around.is_empty() || spent > BUDGET {
            return Err(other.unwrap_or(error));
        }
        let (from, to) = around.remove(0);
        blank(&mut text, from, to);
        match read_naming(&text) {
            Ok((read, fields)) => {
                named.extend(fields);
                return Ok((read, named));
            }
            Err(next) => error = next,
        }
    }
}

/// Puts spaces in place of a part, and leaves line ends, so that later complaints name the right line.
fn blank(text: &mut String, from: usize, to: usize) {
    let Some(part) = text.get(from..to) else { return };
    let spaces: String = part.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(from..to, &spaces);
}

/// The byte at which a place stands; lines and characters count from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let mut at = 0;
    for (n, words) in text.split_inclusive('\n').enumerate() {
        if n + 1 == line {
            return at + words.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
        }
        at += words.len();
    }
    at
}

/// From the smallest outwards: each entry (with its comma) of a list, map or struct that holds the byte `at`.
fn parts_around(text: &str, at: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (pos, mark) in marks(text) {
        match mark {
            b'(' | b'[' | b'{' => open.push(pos + 1),
            b',' => {
                if let Some(start) = open.last_mut() {
                    if (*start..=pos).contains(&at) {
                        found.push((*start, pos + 1));
                    }
                    *start = pos + 1;
                }
            }
            _ => {
                if let Some(start) = open.pop()
                    && (start..pos).contains(&at)
                {
                    found.push((start, pos));
                }
            }
        }
    }
    found
}

/// The brackets and commas of a RON text, those in strings and comments left out.
fn marks(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            let here = at;
            at += 1;
            match byte {
                b'(' | b'[' | b'{' | b',' | b')' | b']' | b'}' => return Some((here, byte)),
                b'"' => at = past_string(bytes, at),
                b'\'' => at = past_char(bytes, at),
                b'r' => at = past_raw_string(bytes, at),
                b'/' => at = past_comment(bytes, at),
                _ => {}
            }
        }
        None
    })
}

fn past_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            b'"' => break,
            _ => {}
        }
    }
    at
}

/// After the quote that opens a character. Where none closes it soon, it was something else.
fn past_char(bytes: &[u8], at: usize) -> usize {
    let skip = if bytes.get(at) == Some(&b'\\') { 2 } else { 1 };
    let close = (at + skip..at + 12).find(|n| bytes.get(*n) == Some(&b'\''));
    close.map_or(at, |n| n + 1)
}

/// After an `r`, which may begin a raw string: `r"…"`, `r##"…"##`.
fn past_raw_string(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let hashes = rest.iter().take_while(|b| **b == b'#').count();
    if rest.get(hashes) != Some(&b'"') {
        return at;
    }
    let mut end = vec![b'#'; hashes + 1];
    if let Some(first) = end.first_mut() {
        *first = b'"';
    }
    let body = rest.get(hashes + 1..).unwrap_or_default();
    let closed = body.windows(end.len()).position(|w| w == end);
    at + hashes + 1 + closed.map_or(body.len(), |n| n + end.len())
}

/// After a `/`, which may begin a comment.
fn past_comment(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'/') => {
            let rest = bytes.get(at..).unwrap_or_default();
            at + rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len())
        }
        Some(b'*') => past_block_comment(bytes, at + 1),
        _ => at,
    }
}

fn past_block_comment(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 1_usize;
    while depth > 0 {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'*'), Some(b'/')) => {
                depth -= 1;
                at += 2;
            }
            (Some(b'/'), Some(b'*')) => {
                depth += 1;
                at += 2;
            }
            (Some(_), _) => at += 1,
            (None, _) => break,
        }
    }
    at
}

#[cfg(test)]
mod tests;
