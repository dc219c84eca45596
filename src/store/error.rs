//! What can go wrong on the disk, in words: which file, what happened, what is safe, what to do.
//!
//! Every error carries its path and a [`StoreError::hint`]. Its [`Kind`] lets the command line choose an exit code; the
//! store itself knows none.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::format::FormatError;
use super::lock::Holder;
use super::paths;

/// Something that the store could not do. Nothing on the disk was written over because of it.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The system refused a call.
    #[error("could not {doing} {}: {}", path.display(), in_words(source))]
    Io {
        /// What was tried, as in "could not *save* that file".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is there and cannot be read as what it should be.
    #[error("{} cannot be read: line {line}, column {column}: {reason}", path.display())]
    Unreadable {
        /// The file, which is as it was.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What is wrong there.
        reason: String,
        /// A copy of it, byte for byte, made because it could not be read.
        aside: Option<PathBuf>,
        /// The newest earlier version that reads well.
        good: Option<PathBuf>,
    },
    /// A newer version of the program wrote the file, in a form that this one cannot read.
    #[error("{} was written by a newer version of alongside (format {format})", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The number of its format.
        format: u32,
    },
    /// Saving would drop parts that this version does not know.
    #[error("{} holds parts that this version does not know: {}", path.display(), parts.join(", "))]
    UnknownParts {
        /// The file.
        path: PathBuf,
        /// Their names.
        parts: Vec<String>,
    },
    /// No workbook goes by that name.
    #[error("there is no workbook called “{name}”")]
    NoSuchWorkbook {
        /// What was asked for.
        name: String,
        /// Titles that come near; may be empty.
        near: Vec<String>,
    },
    /// Several workbooks go by that name.
    #[error("“{name}” could be any of {}", candidates.len())]
    SeveralWorkbooks {
        /// What was asked for.
        name: String,
        /// Id and title of each.
        candidates: Vec<(String, String)>,
    },
    /// Another window is writing in this workbook.
    #[error("{} is open in another window ({holder})", path.display())]
    Held {
        /// The workbook's folder.
        path: PathBuf,
        /// Who holds it.
        holder: Holder,
    },
    /// There is something there already, and it is not to be written over.
    #[error("{} is there already", path.display())]
    AlreadyThere {
        /// The file or folder.
        path: PathBuf,
    },
    /// An import would meet a workbook with the same id.
    #[error("this workbook is there already: {}", path.display())]
    Conflict {
        /// The folder of the one that is there.
        path: PathBuf,
    },
    /// A file that was to be set beside a workbook is of another one.
    #[error("{} is another workbook{}", path.display(), called(title))]
    AnotherWorkbook {
        /// The file.
        path: PathBuf,
        /// What that one is called; may be empty.
        title: String,
    },
    /// A file is a copy for a partner who does not take part in the workbook now.
    #[error("{} is a copy for a partner who does not take part here now", path.display())]
    CopyOfNobody {
        /// The file.
        path: PathBuf,
    },
    /// There is no folder to keep anything in.
    #[error("there is no folder to keep workbooks in: {reason}")]
    NoHome {
        /// Why not.
        reason: String,
    },
    /// What was written did not read back the same.
    #[error("{} did not read back as it was written", path.display())]
    ReadBack {
        /// The file that was to be saved; it is as it was.
        path: PathBuf,
    },
}

/// The kinds of error between which an exit code chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file does not hold what it should (65).
    BadData,
    /// No such workbook, or more than one (66).
    NoSuchWorkbook,
    /// Held by another window (69).
    Held,
    /// Something could not be made, or is there already (73).
    CannotCreate,
    /// Reading or writing failed (74).
    Io,
    /// The system does not allow it (77).
    NotAllowed,
}

impl Kind {
    /// The exit code, after sysexits.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::BadData => 65,
            Self::NoSuchWorkbook => 66,
            Self::Held => 69,
            Self::CannotCreate => 73,
            Self::Io => 74,
            Self::NotAllowed => 77,
        }
    }
}

impl StoreError {
    /// Which kind it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Io { source, .. } if is_not_allowed(source) => Kind::NotAllowed,
            Self::Io { doing: "create", .. } => Kind::CannotCreate,
            Self::Io { .. } | Self::ReadBack { .. } => Kind::Io,
            Self::Unreadable { .. }
            | Self::Newer { .. }
            | Self::UnknownParts { .. }
            | Self::AnotherWorkbook { .. }
            | Self::CopyOfNobody { .. } => Kind::BadData,
            Self::NoSuchWorkbook { .. } | Self::SeveralWorkbooks { .. } => Kind::NoSuchWorkbook,
            Self::Held { .. } => Kind::Held,
            Self::AlreadyThere { .. } | Self::Conflict { .. } | Self::NoHome { .. } => Kind::CannotCreate,
        }
    }

    /// What is safe and what to do next, in a sentence or two.
    pub fn hint(&self) -> String {
        match self {
            Self::Io { source, .. } => hint_for(source).to_owned(),
            Self::Unreadable { path, aside, good, .. } => {
                let mut hint = unreadable_hint(aside.as_deref(), good.as_deref());
                if let Some(name) = rescued_by(path) {
                    hint.push_str(&format!(
                        " `alongside rescue {name}` makes a new workbook of what can still be read."
                    ));
                }
                hint
            }
            Self::Newer { .. } => {
                "Nothing was changed. Please open it with a newer version of alongside.".to_owned()
            }
            Self::UnknownParts { .. } => {
                "Nothing was changed, so that nothing is dropped. A newer version of alongside will know them."
                    .to_owned()
            }
            Self::NoSuchWorkbook { near, .. } if near.is_empty() => {
                "`alongside list` shows the workbooks there are.".to_owned()
            }
            Self::NoSuchWorkbook { near, .. } => format!("Did you mean {}?", near.join(", or ")),
            Self::SeveralWorkbooks { candidates, .. } => {
                let rows: Vec<_> = candidates.iter().map(|(id, title)| format!("  {id}  {title}")).collect();
                format!("Please use the id of the one you mean:\n{}", rows.join("\n"))
            }
            Self::Held { .. } => "Please close it there first, or read it here.".to_owned(),
            Self::AlreadyThere { .. } => "It was left as it is. Please choose another name.".to_owned(),
            Self::Conflict { .. } => {
                "Nothing was changed. You can bring it in beside the one that is there, or in its place; the old one \
                 then goes to the bin."
                    .to_owned()
            }
            Self::CopyOfNobody { .. } => {
                "It was left as it is. Where they take part again, or come back out of the bin, it can be set beside the \
                 workbook."
                    .to_owned()
            }
            Self::AnotherWorkbook { .. } => {
                "It was left as it is. Only a copy of the same workbook can be set beside it; `alongside import` brings \
                 in another one."
                    .to_owned()
            }
            Self::NoHome { .. } => "Please name a folder with --dir or ALONGSIDE_DIR.".to_owned(),
            Self::ReadBack { .. } => {
                "The file is as it was, and your changes are in the journal beside it. The disk may be failing: \
                 please make a backup on another one."
                    .to_owned()
            }
        }
    }

    /// The file or folder it is about.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Io { path, .. }
            | Self::Unreadable { path, .. }
            | Self::Newer { path, .. }
            | Self::UnknownParts { path, .. }
            | Self::Held { path, .. }
            | Self::AlreadyThere { path }
            | Self::Conflict { path }
            | Self::AnotherWorkbook { path, .. }
            | Self::CopyOfNobody { path }
            | Self::ReadBack { path } => Some(path),
            Self::NoSuchWorkbook { .. } | Self::SeveralWorkbooks { .. } | Self::NoHome { .. } => None,
        }
    }

    /// Makes an error of what is wrong with a file's text.
    pub(super) fn unreadable(path: &Path, error: FormatError) -> Self {
        let path = path.to_owned();
        match error {
            FormatError::Broken { line, column, reason } => {
                Self::Unreadable { path, line, column, reason, aside: None, good: None }
            }
            FormatError::Newer(format) => Self::Newer { path, format },
        }
    }

    /// Makes an error of what the system said: `.map_err(StoreError::io("save", path))`.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }
}

/// Whether the system refused for want of a permission, or because the place can only be read.
pub(super) fn is_not_allowed(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// What the system said, without its number.
pub(super) fn in_words(error: &io::Error) -> String {
    use io::ErrorKind as K;
    match error.kind() {
        K::StorageFull => "the disk is full".to_owned(),
        K::QuotaExceeded => "your share of the disk is used up".to_owned(),
        K::FileTooLarge => "the file may not grow any further".to_owned(),
        K::PermissionDenied => "it is not allowed".to_owned(),
        K::ReadOnlyFilesystem => "the disk can only be read".to_owned(),
        K::NotFound => "it is not there".to_owned(),
        K::IsADirectory => "it is a folder".to_owned(),
        K::NotADirectory => "a part of the path is not a folder".to_owned(),
        _ => {
            let said = error.to_string();
            let words = said.split(" (os error").next().unwrap_or(&said);
            let mut chars = words.chars();
            chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
        }
    }
}

fn called(title: &str) -> String {
    if title.trim().is_empty() { String::new() } else { format!(", called “{}”", title.trim()) }
}

fn hint_for(error: &io::Error) -> &'static str {
    use io::ErrorKind as K;
    match error.kind() {
        K::StorageFull | K::QuotaExceeded => "Please make some room on the disk.",
        K::FileTooLarge => "A limit on the size of files is set (`ulimit -f`).",
        K::PermissionDenied => "Please look at who may write there.",
        K::ReadOnlyFilesystem => "Please choose a folder that can be written.",
        K::NotFound => "Please look at the path.",
        _ => "Please look at the disk; `alongside check` says what is well and what is not.",
    }
}

fn unreadable_hint(aside: Option<&Path>, good: Option<&Path>) -> String {
    let mut hint = match aside {
        Some(aside) => format!("It was left as it is, and a copy is at {}.", aside.display()),
        None => "It was left as it is.".to_owned(),
    };
    if let Some(good) = good {
        hint.push_str(&format!(" The newest version that reads well is {}.", good.display()));
    }
    hint
}

/// By which name `alongside rescue` finds the workbook that a file is of.
fn rescued_by(path: &Path) -> Option<String> {
    let own = path.file_name().is_some_and(|name| name == paths::WORKBOOK);
    let folder = path.parent().filter(|_| own)?;
    let listed = folder.parent().and_then(Path::file_name).is_some_and(|name| name == "workbooks");
    if listed {
        Some(folder.file_name()?.to_str()?.to_owned())
    } else {
        Some(format!("'{}'", folder.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_the_file_and_the_reason_without_numbers() {
        let error = StoreError::io("save", Path::new("/x/workbook.ron"))(io::Error::from_raw_os_error(28));
        assert_eq!(error.to_string(), "could not save /x/workbook.ron: the disk is full");
        assert_eq!(error.kind().exit_code(), 74);
        assert!(error.hint().contains("room"));
    }

    #[test]
    fn each_refusal_has_its_own_words_and_says_what_to_do() {
        use io::ErrorKind as K;
        let look = "Please look at the disk";
        let cases = [
            (K::StorageFull, "the disk is full", "Please make some room"),
            (K::QuotaExceeded, "your share of the disk is used up", "Please make some room"),
            (K::FileTooLarge, "the file may not grow any further", "A limit on the size of files is set"),
            (K::PermissionDenied, "it is not allowed", "Please look at who may write there"),
            (
                K::ReadOnlyFilesystem,
                "the disk can only be read",
                "Please choose a folder that can be written",
            ),
            (K::NotFound, "it is not there", "Please look at the path"),
            (K::IsADirectory, "it is a folder", look),
            (K::NotADirectory, "a part of the path is not a folder", look),
        ];
        for (kind, words, hint) in cases {
            let error = StoreError::io("save", Path::new("/x"))(kind.into());
            assert_eq!(error.to_string(), format!("could not save /x: {words}"));
            assert!(error.hint().starts_with(hint), "{kind:?}: {}", error.hint());
        }
        let other = StoreError::io("save", Path::new("/x"))(io::Error::from_raw_os_error(5));
        assert!(!other.to_string().contains("os error"), "{other}");
    }

    #[test]
    fn what_cannot_be_read_is_answered_with_what_can_be_done() {
        let hint = |path: &str, aside: Option<&str>, good: Option<&str>| {
            let error = FormatError::Broken { line: 2, column: 1, reason: "x".to_owned() };
            let mut error = StoreError::unreadable(Path::new(path), error);
            if let StoreError::Unreadable { aside: to, good: from, .. } = &mut error {
                (*to, *from) = (aside.map(PathBuf::from), good.map(PathBuf::from));
            }
            error.hint()
        };
        let rescue = |name: &str| {
            format!(" `alongside rescue {name}` makes a new workbook of what can still be read.")
        };
        assert_eq!(
            hint("/r/workbooks/walk-w1/workbook.ron", None, None),
            format!("It was left as it is.{}", rescue("walk-w1"))
        );
        assert_eq!(
            hint("/my own/walk/workbook.ron", Some("/q/walk"), Some("/h/1.ron")),
            format!(
                "It was left as it is, and a copy is at /q/walk. The newest version that reads well is /h/1.ron.{}",
                rescue("'/my own/walk'")
            )
        );
        assert_eq!(hint("/r/settings.ron", None, None), "It was left as it is.");
    }

    #[test]
    fn a_name_that_comes_near_is_offered() {
        let hint = |near: &[&str]| {
            let near = near.iter().map(|name| (*name).to_owned()).collect();
            StoreError::NoSuchWorkbook { name: "wlak".to_owned(), near }.hint()
        };
        assert_eq!(hint(&[]), "`alongside list` shows the workbooks there are.");
        assert_eq!(hint(&["Walk", "Walking bus"]), "Did you mean Walk, or Walking bus?");
    }

    #[test]
    fn a_missing_permission_is_its_own_kind() {
        for number in [13, 1, 30] {
            let error = StoreError::io("save", Path::new("/x"))(io::Error::from_raw_os_error(number));
            assert_eq!(error.kind(), Kind::NotAllowed, "{error}");
        }
    }
}
