//! How a workbook looks in its file: RON in a fixed order, the format number first, prose that reads as prose.
//!
//! ```text
//! // A workbook of alongside. …
//! (
//!     format: 1,
//!     seq: 412,                          number of the last record that is folded in
//!     changed: "2025-03-05T10:15:00Z",   when that was
//!     workbook: ( … ),
//! )
//! ```
//!
//! It knows text and nothing of files. Start reading at [`parse_workbook`].

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::unknown;
use crate::domain::{Workbook, counted};
use crate::notation::{self, Layout, Mistake};

/// The number of the format that this version writes. Every stored record that is added raises it.
pub const FORMAT: u32 = 3;

const HEADER: &str =
    "// A workbook of alongside. Close it there before you change anything here: it is read on opening.\n";

/// A workbook as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileWorkbook {
    /// The format that the file says it has. Larger than [`FORMAT`] where a newer version wrote it.
    pub format: u32,
    /// Number of the last record that the workbook holds.
    pub seq: u64,
    /// When it last changed.
    pub changed: Option<Timestamp>,
    /// The workbook.
    pub workbook: Workbook,
    /// Names of the parts that this version does not know. Saving would drop them.
    pub unknown: Vec<String>,
}

/// Why a text is not a workbook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// It does not hold what it should.
    #[error("line {line}, column {column}: {reason}")]
    Broken {
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// It says that a newer version wrote it, and it cannot be read.
    #[error("it has the newer format {0}")]
    Newer(u32),
}

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    seq: u64,
    changed: Option<Timestamp>,
    workbook: &'a Workbook,
}

#[derive(Deserialize)]
struct Read {
    format: u32,
    #[serde(default, deserialize_with = "counted")]
    seq: u64,
    #[serde(default)]
    changed: Option<Timestamp>,
    workbook: Workbook,
}

/// Reads a workbook from the text of its file. Line ends and a byte order mark that an editor left behind do no harm.
///
/// # Errors
/// Where and why it does not read.
pub fn parse_workbook(text: &str) -> Result<FileWorkbook, FormatError> {
    let text = normalised(text);
    match unknown::read::<Read>(&text) {
        Ok((read, unknown)) => Ok(FileWorkbook {
            format: read.format,
            seq: read.seq,
            changed: read.changed,
            workbook: read.workbook,
            unknown,
        }),
        Err(error) => match stated_format(&text) {
            Some(format) if format > FORMAT => Err(FormatError::Newer(format)),
            _ => Err(FormatError::of(&text, error)),
        },
    }
}

/// Reads a workbook from the bytes of its file.
///
/// # Errors
/// Where and why it does not read.
pub fn parse_workbook_bytes(bytes: &[u8]) -> Result<FileWorkbook, FormatError> {
    parse_workbook(text_of(bytes)?)
}

/// Writes a workbook as the text of its file, and makes sure that it reads back the same. Where prose as it stands would
/// not (a carriage return in it), all texts are written with escapes. `None` where that does not read back either.
pub fn write_workbook(workbook: &Workbook, seq: u64, changed: Option<Timestamp>) -> Option<String> {
    let file = Written { format: FORMAT, seq, changed, workbook };
    [Layout::PROSE, Layout::ESCAPED].into_iter().find_map(|layout| {
        let body = notation::lines(&file, layout)?;
        let text = format!("{HEADER}{body}\n");
        let back = parse_workbook(&text).ok()?;
        let same = back.workbook == *workbook && back.seq == seq && back.changed == changed;
        same.then_some(text)
    })
}

/// The bytes of a file as text, without a byte order mark.
///
/// # Errors
/// Where the first byte stands that is not text.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, FormatError> {
    let broken = |line, column, reason: &str| FormatError::Broken { line, column, reason: reason.to_owned() };
    if bytes.is_empty() {
        return Err(broken(1, 1, "the file is empty"));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(broken(1, 1, "the file is in UTF-16; it should be in UTF-8"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let (line, column) = place_after(&String::from_utf8_lossy(good));
        broken(line, column, "there are bytes that are not text")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

impl FormatError {
    pub(super) fn of(text: &str, mistake: Mistake) -> Self {
        if text.trim().is_empty() {
            return Self::Broken { line: 1, column: 1, reason: "the file is empty".to_owned() };
        }
        Self::Broken { line: mistake.line, column: mistake.column, reason: mistake.what.to_string() }
    }
}

fn normalised(text: &str) -> std::borrow::Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains("\r\n") { text.replace("\r\n", "\n").into() } else { text.into() }
}

/// Line and column, from 1, of what comes after a text.
fn place_after(text: &str) -> (usize, usize) {
    let line = text.matches('\n').count() + 1;
    let column = text.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// The format that a text says it has, even where the rest cannot be read.
fn stated_format(text: &str) -> Option<u32> {
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("//"));
    let head: String = lines.by_ref().take(3).collect::<Vec<_>>().join(" ");
    let rest = head.trim_start_matches('(').trim_start().strip_prefix("format")?;
    let number = rest.trim_start().strip_prefix(':')?.trim_start();
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests;
