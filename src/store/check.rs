//! Looking whether all is well: every workbook, every jot, the settings. Reads only.

use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::journal;
use super::open::{Hold, Why};
use super::{Store, aside, paths, save};

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file or folder.
    pub path: PathBuf,
    /// What is the matter.
    pub what: String,
    /// What to do about it.
    pub advice: String,
}

impl Store {
    /// Looks at everything that is kept. Empty where all is well.
    pub fn check(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        match self.library().folders() {
            Ok(names) => {
                let workbooks = self.folders().workbooks();
                names.iter().for_each(|name| self.check_workbook(&workbooks.join(name), &mut findings));
            }
            Err(error) => findings.push(Finding::of(&error)),
        }
        self.check_twins(&mut findings);
        self.check_rest(&mut findings);
        findings
    }

    fn check_workbook(&self, folder: &Path, findings: &mut Vec<Finding>) {
        let mut found = |path: PathBuf, what: &str, advice: &str| {
            findings.push(Finding { path, what: what.to_owned(), advice: advice.to_owned() });
        };
        let file = folder.join(paths::WORKBOOK);
        if self.disk().meta(&file).is_err() {
            let good = aside::newest_good(self.disk(), folder);
            let advice = match good {
                Some(good) => format!("Copy {} to that name.", good.display()),
                None => "If this folder is not a workbook, it can be moved elsewhere.".to_owned(),
            };
            return found(file, "the workbook's file is not there", &advice);
        }
        match self.read(folder) {
            Ok(opened) => {
                if let Hold::Reading(why @ (Why::Newer(_) | Why::UnknownParts(_))) = opened.hold {
                    found(
                        file.clone(),
                        &why.words(),
                        "Open it with a newer version of alongside to write in it.",
                    );
                }
            }
            Err(mut error) => {
                if let StoreError::Unreadable { good, .. } = &mut error {
                    *good = aside::newest_good(self.disk(), folder);
                }
                return findings.push(Finding::of(&error));
            }
        }
        let journal = folder.join(paths::JOURNAL);
        if let Ok(bytes) = self.disk().read(&journal)
            && journal::read(&bytes).1 < bytes.len()
        {
            found(
                journal,
                "the end of the journal cannot be read",
                "Open the workbook: what can be read comes back, and the rest is kept in quarantine.",
            );
        }
        let erasing = folder.join(paths::ERASING);
        if self.disk().meta(&erasing).is_ok() {
            found(
                erasing,
                "somebody's details were being removed when the program ended",
                "Open the workbook: that is then finished.",
            );
        }
        let stale = self.disk().list(folder).unwrap_or_default();
        for name in stale.iter().filter(|n| n.name.starts_with(save::TEMPORARY)) {
            found(
                folder.join(&name.name),
                "a save that did not end left this behind",
                "It goes away when the workbook is opened next.",
            );
        }
        for path in [folder.to_owned(), file] {
            if self.disk().meta(&path).is_ok_and(|meta| meta.mode & 0o077 != 0) {
                found(path, "others on this machine may read it", "If that is not meant: chmod go= on it.");
            }
        }
    }

    /// Two folders with the same workbook: which one is meant is not clear.
    fn check_twins(&self, findings: &mut Vec<Finding>) {
        let Ok(mut entries) = self.library().entries() else { return };
        entries.retain(|entry| entry.trouble.is_none());
        entries.sort_by(|a, b| (&a.id, &a.folder).cmp(&(&b.id, &b.folder)));
        for pair in entries.windows(2) {
            if let [first, second] = pair
                && first.id == second.id
            {
                findings.push(Finding {
                    path: second.folder.clone(),
                    what: format!("it is the same workbook as {}", first.folder.display()),
                    advice: "Look at both, and put the one you do not want into the bin.".to_owned(),
                });
            }
        }
    }

    fn check_rest(&self, findings: &mut Vec<Finding>) {
        match self.read_settings() {
            Err(error) => findings.push(Finding::of(&error)),
            Ok((_, unknown)) if !unknown.is_empty() => {
                let error = StoreError::UnknownParts { path: self.folders().settings(), parts: unknown };
                findings.push(Finding::of(&error));
            }
            Ok(_) => {}
        }
        let (_, bad) = self.wording();
        findings.extend(bad.into_iter().map(|what| Finding {
            path: self.folders().content(),
            what,
            advice: "Put that right in the file, or move the file elsewhere.".to_owned(),
        }));
        match self.inbox().list() {
            Err(error) => findings.push(Finding::of(&error)),
            Ok(waiting) => findings.extend(waiting.into_iter().filter_map(|jot| {
                let what = format!("this jot cannot be read: {}", jot.jot.err()?);
                let advice = "It was left as it is; its words can be seen in the file.".to_owned();
                Some(Finding { path: jot.path, what, advice })
            })),
        }
        let quarantine = self.folders().quarantine();
        for name in self.disk().list(&quarantine).unwrap_or_default() {
            findings.push(Finding {
                path: quarantine.join(name.name),
                what: "this could not be read once, and was set aside".to_owned(),
                advice: "Once you have looked at it, it can be moved elsewhere.".to_owned(),
            });
        }
    }
}

impl Finding {
    fn of(error: &StoreError) -> Self {
        Self {
            path: error.path().map(Path::to_owned).unwrap_or_default(),
            what: error.to_string(),
            advice: error.hint(),
        }
    }
}
