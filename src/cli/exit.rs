//! How the program ends: its exit codes, after sysexits, and what it says when something did not work.

use std::fmt;

use crate::export::CannotWrite;
use crate::store::StoreError;

/// The exit codes. Signals add 128 + n by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All went well.
    Well,
    /// Nothing was found, or `check` found something.
    Nothing,
    /// The command line was not understood, or there is no terminal where one is needed.
    Usage,
    /// A file does not hold what it should.
    BadData,
    /// No such workbook, or several that it could be.
    NoSuchWorkbook,
    /// Another window is writing in the workbook.
    Held,
    /// A mistake in the program itself.
    OurBug,
    /// Something cannot be made, or is there already.
    CannotCreate,
    /// Reading or writing failed.
    Io,
    /// The system does not allow it.
    NotAllowed,
    /// Whoever was reading the output has stopped: 128 and the number of the signal that says so.
    ClosedPipe,
}

impl Exit {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 11] = [
        Self::Well,
        Self::Nothing,
        Self::Usage,
        Self::BadData,
        Self::NoSuchWorkbook,
        Self::Held,
        Self::OurBug,
        Self::CannotCreate,
        Self::Io,
        Self::NotAllowed,
        Self::ClosedPipe,
    ];

    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Well => 0,
            Self::Nothing => 1,
            Self::Usage => 64,
            Self::BadData => 65,
            Self::NoSuchWorkbook => 66,
            Self::Held => 69,
            Self::OurBug => 70,
            Self::CannotCreate => 73,
            Self::Io => 74,
            Self::NotAllowed => 77,
            Self::ClosedPipe => 141,
        }
    }

    /// What it means, for the manual page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Well => "All went well.",
            Self::Nothing => "Nothing was found, or check found something.",
            Self::Usage => "The command line was not understood, or a terminal is needed and there is none.",
            Self::BadData => "A file does not hold what it should. It is left as it is.",
            Self::NoSuchWorkbook => "There is no such workbook, or there are several that it could be.",
            Self::Held => "Another window is writing in the workbook.",
            Self::OurBug => "A mistake in alongside itself.",
            Self::CannotCreate => "Something cannot be made, or is there already.",
            Self::Io => "Reading or writing failed: a full disk, for one.",
            Self::NotAllowed => "The system does not allow it.",
            Self::ClosedPipe => "Whoever was reading the output has stopped.",
        }
    }
}

/// Something that did not work: what happened, what to do, and the exit code.
#[derive(Debug)]
pub struct Failure {
    /// How the program ends.
    pub exit: Exit,
    /// What happened, without a full stop; empty where nothing is to be said.
    pub message: String,
    /// What to do; may be empty.
    pub hint: String,
}

impl Failure {
    /// A failure in words.
    pub fn new(exit: Exit, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { exit, message: message.into(), hint: hint.into() }
    }

    /// The command line was not understood.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message, hint)
    }

    /// The program itself went wrong, and has said where.
    pub fn our_bug() -> Self {
        Self::new(
            Exit::OurBug,
            "something went wrong inside alongside itself",
            "What was typed before that is kept. The lines above say where it happened: they help whoever mends it.",
        )
    }

    /// The reader of the output has gone: nothing is to be said.
    pub fn closed_pipe() -> Self {
        Self::new(Exit::ClosedPipe, "", "")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let code = error.kind().exit_code();
        let exit = Exit::ALL.into_iter().find(|e| e.code() == code).unwrap_or(Exit::OurBug);
        Self::new(exit, error.to_string(), error.hint())
    }
}

impl From<CannotWrite> for Failure {
    fn from(error: CannotWrite) -> Self {
        Self::new(Exit::OurBug, error.to_string(), "Nothing was written. Another --format may do.")
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        let error = match error.downcast::<StoreError>() {
            Ok(error) => return error.into(),
            Err(error) => error,
        };
        let exit = if error.is::<std::io::Error>() { Exit::Io } else { Exit::OurBug };
        error.downcast::<Self>().unwrap_or_else(|error| Self::new(exit, format!("{error:#}"), ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Kind;

    #[test]
    fn every_code_has_one_meaning_and_every_kind_of_the_store_its_code() {
        let codes: Vec<u8> = Exit::ALL.iter().map(|e| e.code()).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
        for kind in
            [Kind::BadData, Kind::NoSuchWorkbook, Kind::Held, Kind::CannotCreate, Kind::Io, Kind::NotAllowed]
        {
            assert!(codes.contains(&kind.exit_code()), "{kind:?}");
        }
    }
}
