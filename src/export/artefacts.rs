//! The documents there are, a row each, in the files of their parts. What a row says is read by the screen and by the
//! command line alike; what makes it stands in a file of its own, or with its like. Start reading at [`PARTS`].

mod agreement;
mod ending;
mod lasting;
mod reviewing;
mod skills;
mod starting;
mod whole;
mod working;

use super::document::Document;
use super::format::Format;
use super::subject::Subject;
use super::{format, page};
use crate::domain::Family;

/// A document that can be made of a workbook.
#[derive(Debug, Clone, Copy)]
pub struct Artefact {
    /// Stable name, as it is typed: `page`.
    pub name: &'static str,
    /// What a person reads.
    pub title: &'static str,
    /// What it holds and whom it is for, in a sentence.
    pub help: &'static str,
    /// How it may be written, the usual way first: one of [`format::WORDS`] and the lists beside it.
    pub formats: &'static [Format],
    /// Whether copies for one partner are made of it.
    pub copies: Copies,
    /// Makes it; callers go through [`Artefact::document`].
    pub make: fn(&Subject<'_>) -> Document,
}

/// Whether copies for one partner are made of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// It is for ourselves, or is the same for everybody.
    None,
    /// It may be.
    Some,
    /// It is nothing else.
    Only,
    /// It is a letter, and no copy: one for each partner, or one alone for whoever is named. What stands in it, with regard
    /// to whom it is for, the document itself sees to: [`Subject::addressee`].
    Each,
}

/// The document that is meant where none is named.
pub const USUAL: Artefact = Artefact {
    name: "page",
    title: "Partnership on a page",
    help: "What is settled, what differs and what is only guessed, for anyone new",
    formats: format::WORDS,
    copies: Copies::Some,
    make: page::page,
};

/// Documents that stand together.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// What a person reads above them.
    pub title: &'static str,
    /// One row a document.
    pub rows: &'static [Artefact],
}

/// All documents, in the order in which a partnership comes to want them.
pub const PARTS: &[Part] = &[
    Part { title: "The whole", rows: whole::ROWS },
    Part { title: "Getting started", rows: starting::ROWS },
    Part { title: "The agreement", rows: agreement::ROWS },
    Part { title: "Working together", rows: working::ROWS },
    Part { title: "The review", rows: reviewing::ROWS },
    Part { title: "Skills", rows: skills::ROWS },
    Part { title: "What changes and remains", rows: lasting::ROWS },
    Part { title: "The end", rows: ending::ROWS },
];

/// All documents, part by part.
pub fn artefacts() -> impl DoubleEndedIterator<Item = &'static Artefact> + Clone {
    PARTS.iter().flat_map(|part| part.rows)
}

/// The documents that are about one record of a family; which one is chosen by whoever asks, or else by the document.
const ABOUT: &[(&str, Family)] = &[
    ("approach", Family::Candidate),
    ("call-script", Family::Candidate),
    ("introduction", Family::Candidate),
    ("not-this-time", Family::Candidate),
    ("change-note", Family::Revision),
    ("pocket-card", Family::Walk),
    ("walk-invitation", Family::Walk),
    ("what-we-heard", Family::Walk),
    ("walk-record", Family::Walk),
    ("ending-letter", Family::Ending),
    ("learning-note", Family::Ending),
];

impl Artefact {
    /// The family of which it is about one record; `None` where it is about the whole workbook.
    pub fn about(&self) -> Option<Family> {
        ABOUT.iter().find(|(name, _)| *name == self.name).map(|(_, family)| *family)
    }

    /// Makes it of a workbook.
    pub fn document(&self, subject: &Subject<'_>) -> Document {
        Document { on: Some(subject.today()), ..(self.make)(subject) }
    }

    /// The format in which it mostly goes out.
    pub fn usual_format(&self) -> Format {
        self.formats.first().copied().unwrap_or_default()
    }
}

/// The artefact of that name.
pub fn artefact(name: &str) -> Option<&'static Artefact> {
    artefacts().find(|artefact| artefact.name == name)
}
