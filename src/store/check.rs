//! Looking whether all is well, and putting right what can be put right without anybody's choosing.
//!
//! [`Store::check`] reads only. [`Store::repair`] deletes nothing: what is in the way is moved to `quarantine/`, what is
//! missing is copied from where it is still good. Start reading at [`Finding`]; what is looked at in a workbook's folder is
//! in `check/workbook.rs`, everything around in `check/rest.rs`.

mod repair;
mod rest;
mod workbook;

use std::path::{Path, PathBuf};

use super::Store;
use super::error::StoreError;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind, a word or two in small letters and hyphens, for programs that read this. It stays.
    pub kind: &'static str,
    /// The file or folder.
    pub path: PathBuf,
    /// What is the matter.
    pub what: String,
    /// What to do about it.
    pub advice: String,
    /// What [`Store::repair`] would do; `None` where somebody has to choose.
    pub repair: Option<Repair>,
}

/// What can be done without anybody's choosing. Nothing is deleted by any of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// Opens the workbook of this folder and saves it, which finishes what was interrupted.
    Finish(PathBuf),
    /// Moves the file or folder to `quarantine/`; the program makes it anew when it needs it.
    SetAside,
    /// Copies this version to the name that is missing.
    BringBack(PathBuf),
    /// Makes it readable for its owner alone.
    MakePrivate,
}

/// What came of one repair.
#[derive(Debug)]
pub struct Repaired {
    /// What was found.
    pub finding: Finding,
    /// What was done, in words; `None` where it needs somebody to choose. Or why it could not be done.
    pub done: Result<Option<String>, StoreError>,
}

impl Store {
    /// Looks at everything that is kept. Empty where all is well. Writes nothing.
    pub fn check(&self) -> Vec<Finding> {
        let mut findings = Findings::default();
        rest::folders(self, &mut findings);
        match self.workbooks().folders() {
            Ok(names) => {
                let workbooks = self.folders().workbooks();
                names.iter().for_each(|name| workbook::check(self, &workbooks.join(name), &mut findings));
            }
            Err(error) => findings.error("library-unreadable", &error),
        }
        rest::check(self, &mut findings);
        findings.0
    }
}

/// What was found so far.
#[derive(Debug, Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, kind: &'static str, path: impl Into<PathBuf>, what: &str, advice: &str) {
        let (path, what, advice) = (path.into(), what.to_owned(), advice.to_owned());
        self.0.push(Finding { kind, path, what, advice, repair: None });
    }

    fn add_with(
        &mut self,
        repair: Repair,
        kind: &'static str,
        path: impl Into<PathBuf>,
        what: &str,
        advice: &str,
    ) {
        let (path, what, advice) = (path.into(), what.to_owned(), advice.to_owned());
        self.0.push(Finding { kind, path, what, advice, repair: Some(repair) });
    }

    fn error(&mut self, kind: &'static str, error: &StoreError) {
        let path = error.path().map(Path::to_owned).unwrap_or_default();
        self.0.push(Finding { kind, path, what: error.to_string(), advice: error.hint(), repair: None });
    }
}

#[cfg(test)]
mod tests;
