//! The journal: one line a record, framed and checksummed, so that a cut at any byte loses that record alone.
//!
//! ```text
//! <bytes of the text> <crc32 of the text, 8 hex digits> <one-line RON>\n
//! ```
//!
//! The RON is a [`Record`], or a [`Mark`] that binds the records to a `workbook.ron` of a certain content:
//!
//! ```text
//! Base(seq: 41, …)   what follows was done to the file with this print
//! (seq: 42, …)       a record
//! (seq: 43, …)       a record
//! Fold(seq: 43, …)   the file with this print holds everything up to here
//! ```
//!
//! `undo.log` is made of the same lines. This module knows lines and no files.

use serde::{Deserialize, Serialize};

use crate::domain::{Record, counted};
use crate::notation;

/// What a file holds, in brief: enough to tell whether somebody has changed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Print {
    /// Bytes.
    pub len: u64,
    /// Their checksum.
    pub crc: u32,
}

impl Print {
    /// The print of a content.
    pub fn of(bytes: &[u8]) -> Self {
        Self { len: bytes.len() as u64, crc: crc32fast::hash(bytes) }
    }
}

/// Binds records to the content of `workbook.ron`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// What follows was done to the file with this print.
    Base {
        /// Number of the last record that it holds.
        #[serde(deserialize_with = "counted")]
        seq: u64,
        /// Its print.
        print: Print,
    },
    /// The file with this print holds everything up to here.
    Fold {
        /// Number of the last record that it holds.
        #[serde(deserialize_with = "counted")]
        seq: u64,
        /// Its print.
        print: Print,
    },
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// Something that was done.
    Record(Box<Record>),
    /// A binding.
    Mark(Mark),
    /// Whole, and not known here: a newer version wrote it. With the name of what is not known.
    Unknown(String),
}

/// A line that is whole, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its first byte.
    pub from: usize,
    /// The byte after its line end.
    pub to: usize,
    /// What it says.
    pub says: Says,
}

/// The line of a record.
pub fn record_line(record: &Record) -> String {
    framed(&notation::line(record).unwrap_or_default())
}

/// The line of a mark.
pub fn mark_line(mark: Mark) -> String {
    framed(&notation::line(&mark).unwrap_or_default())
}

/// The lines of a journal up to the first that is not whole, and the byte at which that stands: the end, where all is
/// well.
pub fn read(bytes: &[u8]) -> (Vec<Line>, usize) {
    let mut lines = Vec::new();
    let mut at = 0;
    while let Some((says, to)) = line_at(bytes, at) {
        if let Some(says) = says {
            lines.push(Line { from: at, to, says });
        }
        at = to;
    }
    (lines, at)
}

/// What one line says, without its line end. `None` where it is not whole.
pub fn says(line: &[u8]) -> Option<Says> {
    let mut parts = line.splitn(3, |b| *b == b' ');
    let len: usize = number(parts.next()?, 10)?;
    let crc = number(parts.next().filter(|p| p.len() == 8)?, 16)?;
    let text = parts.next().filter(|text| text.len() == len)?;
    if crc32fast::hash(text) as usize != crc {
        return None;
    }
    let text = std::str::from_utf8(text).ok()?;
    if text.starts_with('(') {
        return Some(match notation::read_naming::<Record>(text) {
            Ok((record, unknown)) => match unknown.first() {
                None => Says::Record(Box::new(record)),
                Some(name) => Says::Unknown(name.clone()),
            },
            Err(error) => Says::Unknown(error.what.to_string()),
        });
    }
    match notation::read(text) {
        Ok(mark) => Some(Says::Mark(mark)),
        Err(error) => Some(Says::Unknown(error.what.to_string())),
    }
}

/// The line that begins at a byte, and where the next one begins. An empty line says nothing.
fn line_at(bytes: &[u8], at: usize) -> Option<(Option<Says>, usize)> {
    let rest = bytes.get(at..)?;
    let end = rest.iter().position(|b| *b == b'\n')?;
    let line = rest.get(..end)?;
    let to = at + end + 1;
    if line.is_empty() {
        return Some((None, to));
    }
    says(line).map(|says| (Some(says), to))
}

fn framed(text: &str) -> String {
    format!("{} {:08x} {text}\n", text.len(), crc32fast::hash(text.as_bytes()))
}

fn number(digits: &[u8], radix: u32) -> Option<usize> {
    let plain = digits.iter().all(u8::is_ascii_alphanumeric);
    usize::from_str_radix(std::str::from_utf8(digits).ok().filter(|_| plain)?, radix).ok()
}

#[cfg(test)]
mod tests;
