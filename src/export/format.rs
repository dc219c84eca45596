//! The formats, one variant each, and the lists of formats that an artefact may choose from. What a format does with a
//! document stands in a file of its own; here is only which one is asked. Start at [`Format::write`].

use jiff::tz::TimeZone;

use super::document::Document;
use super::{COLUMNS, as_markdown, calendar, csv, docx, html, in_words, json, plain, with_remark};

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// Markdown.
    #[default]
    Markdown,
    /// Plain text, wrapped to [`COLUMNS`].
    Text,
    /// A page that stands alone, to read on a screen or to print.
    Html,
    /// A file of Word and LibreOffice, to work on together.
    Docx,
    /// The tables alone, for a spreadsheet.
    Csv,
    /// The days alone, for a calendar.
    Calendar,
    /// Its parts, for other programs.
    Json,
    /// A workbook of its own, to be opened, written in and sent back. It is no document and is made elsewhere: see
    /// [`super::Made::copy`].
    Workbook,
}

/// For a document of words.
pub const WORDS: &[Format] = &[Format::Markdown, Format::Text, Format::Html, Format::Docx, Format::Json];

/// For a message, which goes out as plain text.
pub const MESSAGE: &[Format] = &[Format::Text, Format::Markdown, Format::Html, Format::Docx, Format::Json];

/// For a document of words with a table in it.
pub const WITH_TABLES: &[Format] =
    &[Format::Markdown, Format::Text, Format::Html, Format::Docx, Format::Csv, Format::Json];

/// For a document of words with days in it.
pub const WITH_DATES: &[Format] =
    &[Format::Markdown, Format::Text, Format::Html, Format::Docx, Format::Calendar, Format::Json];

/// For a document of words with a table and days in it.
pub const WITH_BOTH: &[Format] = &[
    Format::Markdown,
    Format::Text,
    Format::Html,
    Format::Docx,
    Format::Csv,
    Format::Calendar,
    Format::Json,
];

/// For a copy that may come back as well.
pub const COPY: &[Format] = &[
    Format::Markdown,
    Format::Text,
    Format::Html,
    Format::Docx,
    Format::Csv,
    Format::Calendar,
    Format::Json,
    Format::Workbook,
];

/// A document as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Words, which can be shown.
    Words(String),
    /// What only another program can read.
    Bytes(Vec<u8>),
}

/// A document that a format could not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the document could not be made as {format}: {why}")]
pub struct CannotWrite {
    /// What a person calls the format.
    pub format: &'static str,
    /// What its writer said.
    pub why: String,
}

impl Written {
    /// What goes into a file.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Words(words) => words.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// The words, where it is words.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Words(words) => Some(words),
            Self::Bytes(_) => None,
        }
    }
}

impl Format {
    /// All in which a document is written.
    pub const ALL: [Self; 7] =
        [Self::Markdown, Self::Text, Self::Html, Self::Docx, Self::Csv, Self::Calendar, Self::Json];

    /// All that can be asked for.
    pub const NAMED: [Self; 8] = [
        Self::Markdown,
        Self::Text,
        Self::Html,
        Self::Docx,
        Self::Csv,
        Self::Calendar,
        Self::Json,
        Self::Workbook,
    ];

    /// Stable name, as it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            _ => self.extension(),
        }
    }

    /// What a person reads.
    pub fn word(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Text => "plain text",
            Self::Html => "a page to read or print (HTML)",
            Self::Docx => "a Word file (.docx)",
            Self::Csv => "a table for a spreadsheet (CSV)",
            Self::Calendar => "days for a calendar (iCalendar)",
            Self::Json => "JSON",
            Self::Workbook => "a workbook to write in and send back (.ron)",
        }
    }

    /// How the name of such a file ends, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Text => "txt",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Csv => "csv",
            Self::Calendar => "ics",
            Self::Json => "json",
            Self::Workbook => "ron",
        }
    }

    /// The format of a name that was typed, or of the ending of a file's name; large and small letters are the same.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        match name.as_str() {
            "markdown" => Some(Self::Markdown),
            "text" => Some(Self::Text),
            "htm" => Some(Self::Html),
            "word" => Some(Self::Docx),
            "ical" | "icalendar" => Some(Self::Calendar),
            "workbook" => Some(Self::Workbook),
            name => Self::NAMED.into_iter().find(|format| format.extension() == name),
        }
    }

    /// The document in this format, with what became of private answers said at its end where there is room for it.
    ///
    /// Words hold no control character but line breaks, whatever the workbook holds, and end with one. The same document
    /// gives the same bytes.
    ///
    /// # Errors
    /// Where the format cannot hold it, which for words never happens; always for a workbook.
    pub fn write(self, document: &Document) -> Result<Written, CannotWrite> {
        Ok(Written::Words(match self {
            Self::Docx => {
                let failed = |why| CannotWrite { format: self.word(), why };
                return docx::write(&in_words(document)).map(Written::Bytes).map_err(failed);
            }
            Self::Html => html::write(&with_remark(document)),
            Self::Markdown => as_markdown(document),
            Self::Text => plain(document, COLUMNS),
            Self::Csv => csv::write(document),
            Self::Calendar => {
                let stamp = document.on.and_then(|on| on.to_zoned(TimeZone::UTC).ok());
                calendar::write(&document.dates, stamp.map(|at| at.timestamp()).unwrap_or_default())
            }
            Self::Json => json::write(document),
            Self::Workbook => {
                let why = "only a partner's copy comes as one".to_owned();
                return Err(CannotWrite { format: self.word(), why });
            }
        }))
    }
}
