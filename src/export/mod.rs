//! Floor 1: from a workbook to a document that can be sent. Pure: nothing here knows a disk, a screen or a clock.
//!
//! [`ARTEFACTS`] has one row a document; the command line and the export menu read the same rows. An artefact sees a
//! workbook through a [`Subject`], which holds back what is private, and builds a [`Document`]; a [`Format`] writes it.
//! To add a document: one file, one row.
//!
//! ```text
//!   Workbook ─▶ Subject ─▶ artefact ─▶ Document ─▶ Format ─▶ text
//!               (private     (page,                 (cleans and
//!               held back)   questions …)           escapes)
//! ```

pub mod calendar;
mod changes;
pub mod clean;
mod document;
pub mod follow_up;
mod markdown;
mod page;
mod pause;
mod questions;
mod subject;
mod text;
mod voices;
pub mod watch;
mod workbook;

use std::borrow::Cow;
use std::path::Path;

pub use document::{Block, Document, Item, Level, Private, TO_AGREE};
pub use subject::{Entry, Selection, Subject};
pub use text::COLUMNS;
pub use voices::day;
pub use workbook::{aspect, question, workbook};

/// A document that can be made of a workbook.
#[derive(Debug, Clone, Copy)]
pub struct Artefact {
    /// Stable name, as it is typed: `page`.
    pub name: &'static str,
    /// What a person reads.
    pub title: &'static str,
    /// What it holds and whom it is for, in a sentence.
    pub help: &'static str,
    /// Makes it.
    pub make: fn(&Subject<'_>) -> Document,
}

/// One row a document.
pub const ARTEFACTS: &[Artefact] = &[
    Artefact {
        name: "page",
        title: "Partnership on a page",
        help: "What is settled, what differs and what is only guessed, for anyone new",
        make: page::page,
    },
    Artefact {
        name: "questions",
        title: "Questions to ask next time",
        help: "Every guess and every dispute, for a look before a call",
        make: questions::questions,
    },
    Artefact {
        name: "workbook",
        title: "The whole workbook",
        help: "Every answer in every voice, to read or to print",
        make: workbook::workbook,
    },
    Artefact {
        name: "changes",
        title: "What has changed since",
        help: "Answers, promises and people since a day, or since the last pause, or over a month",
        make: changes::changes,
    },
    Artefact {
        name: "pause-note",
        title: "Pause note",
        help: "Why, until when, what rests, who stays in touch, what would start it again",
        make: pause::note,
    },
    Artefact {
        name: "welcome",
        title: "Welcome back",
        help: "How things stand for somebody who comes back: last things, what is owed, what is old",
        make: pause::welcome,
    },
    Artefact {
        name: follow_up::NAME,
        title: "Follow-up message",
        help: "Thanks, what was heard and agreed, who does what by when: after the last call",
        make: follow_up::follow_up,
    },
];

impl Artefact {
    /// The format in which it mostly goes out.
    pub fn usual_format(&self) -> Format {
        if self.name == follow_up::NAME { Format::Text } else { Format::Markdown }
    }
}

/// The artefact of that name.
pub fn artefact(name: &str) -> Option<&'static Artefact> {
    ARTEFACTS.iter().find(|a| a.name == name)
}

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// Markdown.
    #[default]
    Markdown,
    /// Plain text, wrapped to [`COLUMNS`].
    Text,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Markdown, Self::Text];

    /// The format that the ending of a file's name asks for; `None` where it asks for none.
    pub fn of_file(path: &Path) -> Option<Self> {
        let ends = path.extension().map(|end| end.to_string_lossy().to_lowercase());
        match ends.as_deref() {
            Some("txt" | "text") => Some(Self::Text),
            Some("md" | "markdown") => Some(Self::Markdown),
            _ => None,
        }
    }

    /// What a person reads.
    pub fn word(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Text => "plain text",
        }
    }

    /// How the name of such a file ends, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Text => "txt",
        }
    }

    /// The document in this format, with what became of private answers said at its end. Holds no control character but
    /// the line feed, whatever the workbook holds; ends with a line feed.
    pub fn write(self, document: &Document) -> String {
        match self {
            Self::Markdown => markdown::write(&with_remark(document)),
            Self::Text => plain(document, COLUMNS),
        }
    }
}

/// The document as plain text of a given width, for a preview. As [`Format::write`] otherwise.
pub fn plain(document: &Document, columns: usize) -> String {
    text::write(&with_remark(document), columns)
}

fn with_remark(document: &Document) -> Cow<'_, Document> {
    let held = match document.private.held {
        0 => None,
        1 => Some("Holds 1 private answer.".to_owned()),
        n => Some(format!("Holds {n} private answers.")),
    };
    let mut document = Cow::Borrowed(document);
    for remark in [held, left_out(document.private.left_out)].into_iter().flatten() {
        document.to_mut().note(remark);
    }
    document
}

/// "2 private answers left out.", or nothing where nothing was.
pub fn left_out(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 private answer left out.".to_owned()),
        n => Some(format!("{n} private answers left out.")),
    }
}

/// The title of a workbook, or what stands in for one.
fn title<'a>(subject: &Subject<'a>) -> &'a str {
    let title = subject.title();
    if title.trim().is_empty() { "Untitled partnership" } else { title }
}

/// "Active since 5 March 2025."
fn state(subject: &Subject<'_>) -> String {
    match subject.state() {
        (word, Some(change)) => format!("{word} since {}", voices::day(change.on)),
        (word, None) => word.to_owned(),
    }
}

/// The words with a capital in front.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
