//! Reading a RON text that may hold parts this version does not know, and naming them.
//!
//! An unknown field is passed over. A value of an unknown kind (an enum's variant) is cut out together with the smallest
//! thing around it that can be left out: a field, an entry of a list or of a map. What comes of it is good for reading;
//! saving it would drop the parts that are named. Start reading at [`read`].

use ron::error::{Error, Position, SpannedError};
use serde::de::DeserializeOwned;

use super::format::options;

/// The most bytes that are read again and again to get round unknown kinds: that bounds the time for a hostile file.
const BUDGET: usize = 64 << 20;

/// Reads a text, and names the parts that were left out because this version does not know them.
///
/// # Errors
/// Where and why it does not read, even without those.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<(T, Vec<String>), SpannedError> {
    let first = match whole(text) {
        Ok(read) => return Ok(read),
        Err(error) => error,
    };
    let Error::NoSuchEnumVariant { .. } = first.code else { return Err(first) };
    cut_and_read(text.to_owned(), first)
}

/// What a parser's complaint means to a person.
pub fn in_words(error: &Error) -> String {
    match error {
        Error::NoSuchEnumVariant { found, .. } => format!("“{found}” is not known here"),
        Error::NoSuchStructField { found, .. } => format!("there is no field called “{found}”"),
        Error::MissingStructField { field, .. } => format!("the field “{field}” is missing"),
        Error::DuplicateStructField { field, .. } => format!("the field “{field}” is there twice"),
        Error::Eof => "the file ends too early".to_owned(),
        other => {
            let words = other.to_string();
            let mut chars = words.chars();
            chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
        }
    }
}

/// Reads a text whole, and names the fields that this version does not know.
///
/// # Errors
/// Where and why it does not read; an unknown kind is an error here.
pub fn whole<T: DeserializeOwned>(text: &str) -> Result<(T, Vec<String>), SpannedError> {
    let mut deserializer = ron::de::Deserializer::from_str_with_options(text, &options())?;
    let mut unknown = Vec::new();
    let mut name = |path: serde_ignored::Path<'_>| unknown.push(path.to_string());
    // one type for whatever is read: each closure would have the readers of all records made once more
    let name: &mut dyn FnMut(serde_ignored::Path<'_>) = &mut name;
    let read = serde_ignored::deserialize(&mut deserializer, name)
        .and_then(|read| deserializer.end().map(|()| read));
    match read {
        Ok(read) => Ok((read, unknown)),
        Err(error) => Err(deserializer.span_error(error)),
    }
}

/// Cuts out one unknown kind after the other. Where cutting out the smallest part leaves something that does not read,
/// the part around it goes too.
fn cut_and_read<T: DeserializeOwned>(
    mut text: String,
    mut error: SpannedError,
) -> Result<(T, Vec<String>), SpannedError> {
    let mut named = Vec::new();
    let mut around: Vec<(usize, usize)> = Vec::new();
    let mut other = None;
    let mut spent = 0;
    loop {
        if let Error::NoSuchEnumVariant { found, .. } = &error.code {
            let line = error.span.start.line;
            named.push(format!("{found} (line {line})"));
            around = parts_around(&text, offset_of(&text, error.span.start));
        } else {
            other.get_or_insert_with(|| error.clone());
        }
        spent += text.len();
        if around.is_empty() || spent > BUDGET {
            return Err(other.unwrap_or(error));
        }
        let (from, to) = around.remove(0);
        blank(&mut text, from, to);
        match whole(&text) {
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

/// The byte at which a place of the parser's stands; it counts lines and characters from 1.
fn offset_of(text: &str, place: Position) -> usize {
    let mut at = 0;
    for (n, line) in text.split_inclusive('\n').enumerate() {
        if n + 1 == place.line {
            return at + line.chars().take(place.col.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
        }
        at += line.len();
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
