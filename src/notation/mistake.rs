//! What is wrong with a text, and where.

use std::fmt::Display;

use serde::de::{Expected, Unexpected};

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {what}")]
pub struct Mistake {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong there.
    pub what: What,
}

impl Mistake {
    /// A mistake at a place that counts from 1.
    pub(super) fn at(line: usize, column: usize, what: What) -> Self {
        Self { line, column, what }
    }

    /// What the RON library says.
    pub(super) fn of(error: &ron::error::SpannedError) -> Self {
        Self::at(error.span.start.line, error.span.start.col, What::said(&error.code))
    }
}

/// What is wrong, in a person's words. What a newer version may have written has a kind of its own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// A kind of thing that this version does not have.
    #[error("“{0}” is not known here")]
    UnknownKind(String),
    /// A field that the record does not have, where it may have no others.
    #[error("there is no field called “{found}”; there are: {}", known.join(", "))]
    UnknownField {
        /// What it is called.
        found: String,
        /// What there may be.
        known: &'static [&'static str],
    },
    /// A field that the record cannot do without.
    #[error("the field “{0}” is missing")]
    Missing(&'static str),
    /// One field, twice.
    #[error("the field “{0}” is there twice")]
    Twice(&'static str),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl What {
    /// A complaint in the words of the RON library, as a part of a sentence.
    pub(super) fn said(complaint: &impl Display) -> Self {
        let words = complaint.to_string();
        if words == ron::Error::Eof.to_string() {
            return Self::Other("the file ends too early".to_owned());
        }
        let mut chars = words.chars();
        Self::Other(chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect()))
    }

    /// Something was asked for a second time, or is not there to be asked.
    pub(super) fn nothing() -> Self {
        Self::Other("there is nothing here".to_owned())
    }
}

impl serde::de::Error for What {
    fn custom<T: Display>(words: T) -> Self {
        Self::Other(words.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_value(found, expected)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Other(format!("expected {expected}, and there is {found}"))
    }

    fn invalid_length(found: usize, expected: &dyn Expected) -> Self {
        Self::Other(format!("expected {expected}, and there are {found}"))
    }

    fn unknown_variant(found: &str, _: &'static [&'static str]) -> Self {
        Self::UnknownKind(found.to_owned())
    }

    fn unknown_field(found: &str, known: &'static [&'static str]) -> Self {
        Self::UnknownField { found: found.to_owned(), known }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::Twice(field)
    }
}
