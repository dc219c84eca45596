//! The names that sync tools and editors give to a copy of `workbook.ron` where two had been changed.
//!
//! Only names are known here; whether what is in such a file is a workbook shows when it is read.

use super::paths;

/// Whether a name in a workbook's folder looks like another copy of `workbook.ron`.
///
/// Sync tools put something before, into or behind the name: "workbook (Ana's conflicted copy 2026-11-02).ron",
/// "workbook.sync-conflict-20261102-101500-ABCDEFG.ron", "workbook-LAPTOP.ron", "Copy of workbook.ron",
/// "workbook.ron.orig". So whatever holds both words and is not the file itself, counts.
pub(super) fn is_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower != paths::WORKBOOK
        && !lower.starts_with('.')
        && lower.contains("workbook")
        && lower.contains(".ron")
}

#[cfg(test)]
mod tests {
    use super::super::testing::COPIES;
    use super::*;

    #[test]
    fn copies_are_known_by_their_names_and_our_own_files_are_none() {
        for name in COPIES {
            assert!(is_name(name), "{name}");
        }
        let ours = [
            paths::WORKBOOK,
            paths::JOURNAL,
            paths::UNDO,
            paths::LOCK,
            paths::WANTED,
            paths::PLACE,
            paths::ERASING,
            ".alongside-tmp-workbook.ron-12-3",
            ".workbook.ron.swp",
            ".~lock.workbook.ron#",
            "notes.txt",
        ];
        assert_eq!(ours.into_iter().find(|name| is_name(name)), None);
    }
}
