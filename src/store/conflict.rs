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
pub(super) mod tests {
    use super::*;

    /// As Dropbox, Syncthing, Nextcloud, ownCloud, OneDrive, Google Drive, iCloud, Seafile, Resilio, Box, Tresorit, Unison,
    /// rclone, git, patch, Emacs, Vim, and people who copy by hand name them.
    pub const COPIES: [&str; 40] = [
        "workbook (conflicted copy 2026-11-02).ron",
        "workbook (Ana's conflicted copy 2026-11-02).ron",
        "workbook (Ana\u{2019}s conflicted copy 2026-11-02 (1)).ron",
        "workbook (Case Conflict).ron",
        "workbook (Kopie in Konflikt von Ana 2026-11-02).ron",
        "workbook (copie en conflit de Ana 2026-11-02).ron",
        "workbook.sync-conflict-20261102-101500-ABCDEFG.ron",
        "workbook~20261102-101500.ron",
        "workbook (conflicted copy 2026-11-02 101500).ron",
        "workbook_conflict-20261102-101500.ron",
        "workbook (conflict 2026-11-02-10-15-00).ron",
        "workbook-LAPTOP-7Q2K.ron",
        "workbook-Anas MacBook Pro.ron",
        "workbook (1).ron",
        "workbook(1).ron",
        "workbook 2.ron",
        "workbook copy.ron",
        "workbook copy 2.ron",
        "Copy of workbook.ron",
        "Kopie von workbook.ron",
        "workbook - Copy.ron",
        "workbook - Copy (2).ron",
        "workbook (SFConflict ana@hub.example 2026-11-02-10-15-00).ron",
        "workbook.Conflict.ron",
        "workbook (Box conflict 2026-11-02).ron",
        "workbook (ana's version).ron",
        "workbook (Conflicting copy from Ana on 2 Nov 2026).ron",
        "workbook.conflict1.ron",
        "workbook.conflict2.ron",
        "workbook.ron.conflict1",
        "workbook.ron.orig",
        "workbook.ron.rej",
        "workbook.ron.bak",
        "workbook.ron~",
        "workbook.ron.old",
        "workbook_BASE_1234.ron",
        "workbook_REMOTE_1234.ron",
        "WORKBOOK.RON.OLD",
        "workbook.ron.save",
        "old-workbook.ron",
    ];

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
