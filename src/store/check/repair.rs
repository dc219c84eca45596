//! Putting right what can be put right without anybody's choosing. Nothing is deleted.

use crate::order::InOrder;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::super::error::StoreError;
use super::super::open::Hold;
use super::super::{Store, save};
use super::{Finding, Repair, Repaired};

/// How many names are tried in `quarantine/`.
const NAMES: u32 = 10_000;

impl Store {
    /// Does what can be done about each finding, and says of each what was done. What needs somebody to choose stays as it
    /// is. Nothing is deleted: what is in the way is moved to `quarantine/`.
    pub fn repair(&self, mut findings: Vec<Finding>, now: Timestamp) -> Vec<Repaired> {
        let mut finished: Vec<PathBuf> = Vec::new();
        let mut all = Vec::new();
        // what is in the way goes first, so that nothing is written behind it
        findings.order_by_key(|finding| matches!(finding.repair, Some(Repair::Finish(_))));
        for finding in findings {
            let done = match &finding.repair {
                None => Ok(None),
                Some(Repair::Finish(folder)) if finished.contains(folder) => {
                    Ok(Some("put right with the one before".to_owned()))
                }
                Some(Repair::Finish(folder)) => {
                    finished.push(folder.clone());
                    self.finish(folder, now).map(Some)
                }
                // opening the workbook may have taken care of it
                Some(_)
                    if save::is_gone(self.disk(), &finding.path)
                        && !matches!(finding.repair, Some(Repair::BringBack(_))) =>
                {
                    Ok(Some("put right already".to_owned()))
                }
                Some(Repair::SetAside) => self.set_aside(&finding.path).map(Some),
                Some(Repair::BringBack(good)) => self.bring_back(good, &finding.path).map(Some),
                Some(Repair::MakePrivate) => self.make_private(&finding.path).map(Some),
            };
            all.push(Repaired { finding, done });
        }
        all
    }

    /// Opening does what was left undone; folding saves it.
    fn finish(&self, folder: &Path, now: Timestamp) -> Result<String, StoreError> {
        let opened = self.open(folder, now)?;
        match opened.hold {
            Hold::Writing(mut writing) => {
                writing.0.fold()?;
                Ok("opened, put in order and saved; what could not be read is in quarantine".to_owned())
            }
            Hold::Reading(why) => Ok(format!("left as it is: {}", why.words())),
        }
    }

    fn set_aside(&self, path: &Path) -> Result<String, StoreError> {
        let (disk, quarantine) = (self.disk(), self.folders().quarantine());
        save::make_folder(disk, &quarantine)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let of = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let name = format!("{}-{}", of.unwrap_or_default(), name.trim_start_matches('.'));
        let names = (1..NAMES).map(|n| if n == 1 { name.clone() } else { format!("{n}-{name}") });
        let free = names.map(|name| quarantine.join(name)).find(|to| save::is_gone(disk, to));
        let to = free.ok_or_else(|| StoreError::AlreadyThere { path: quarantine.join(&name) })?;
        disk.rename(path, &to).map_err(StoreError::io("move", path))?;
        save::sync_folder_of(disk, &to)?;
        save::sync_folder_of(disk, path)?;
        Ok(format!("moved to {}", to.display()))
    }

    fn bring_back(&self, good: &Path, to: &Path) -> Result<String, StoreError> {
        let bytes = self.disk().read(good).map_err(StoreError::io("read", good))?;
        save::under_a_new_name(self.disk(), to, &bytes)?;
        Ok(format!("copied from {}", good.display()))
    }

    fn make_private(&self, path: &Path) -> Result<String, StoreError> {
        self.disk().make_private(path).map_err(StoreError::io("change", path))?;
        Ok("made private: only you may read it".to_owned())
    }
}
