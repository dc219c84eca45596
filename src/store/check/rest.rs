//! What may be the matter around the workbooks: folders, settings, wording, notes, bin, caches, what was set aside.

use crate::order::InOrder;
use std::io;
use std::path::Path;

use super::super::drafts;
use super::super::error::StoreError;
use super::super::{Store, index, lend, library, save};
use super::{Findings, Repair};

/// The folders themselves.
pub(super) fn folders(store: &Store, findings: &mut Findings) {
    let (disk, all) = (store.disk(), store.folders());
    for path in [all.root().to_owned(), all.workbooks(), all.inbox(), all.bin(), all.quarantine()] {
        match disk.meta(&path) {
            Ok(meta) if !meta.folder => findings.add(
                "not-a-folder",
                path,
                "there should be a folder here, and there is a file",
                "Look at what it is, and move it elsewhere.",
            ),
            Ok(meta) if meta.mode & 0o077 != 0 => findings.add_with(
                Repair::MakePrivate,
                "folder-not-private",
                path,
                "others on this machine may read it",
                "If that is not meant: chmod go= on it.",
            ),
            Ok(_) if !disk.is_writable(&path) => findings.add(
                "folder-read-only",
                path,
                "nothing may be written in it",
                "What is there can be read. Look at who may write there.",
            ),
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                findings.error("folder-unreadable", &StoreError::io("read", &path)(error));
            }
            _ => {}
        }
    }
    for listed in disk.list(&all.workbooks()).unwrap_or_default() {
        if listed.folder && listed.name.starts_with(save::TEMPORARY) {
            findings.add_with(
                Repair::SetAside,
                "workbook-half-made",
                all.workbooks().join(listed.name),
                "a workbook was being made or brought in here when the program ended",
                "It was never finished: make it or bring it in again.",
            );
        }
    }
}

/// Everything else.
pub(super) fn check(store: &Store, findings: &mut Findings) {
    twins(store, findings);
    settings(store, findings);
    notes(store, findings);
    bin(store, findings);
    caches(store, findings);
    let editing = store.folders().root().join(lend::EDITING);
    left(
        store,
        &editing,
        "editor-text-left",
        "an editor was given this text, and it was not taken back",
        "Look whether its words are in your workbook; then it can be moved elsewhere.",
        findings,
    );
    left(
        store,
        &store.folders().quarantine(),
        "set-aside",
        "this could not be read once, and was set aside",
        "Once you have looked at it, it can be moved elsewhere.",
        findings,
    );
}

fn left(store: &Store, folder: &Path, kind: &'static str, what: &str, advice: &str, findings: &mut Findings) {
    for name in store.disk().list(folder).unwrap_or_default() {
        findings.add(kind, folder.join(name.name), what, advice);
    }
}

/// Two folders with the same workbook: which one is meant is not clear.
fn twins(store: &Store, findings: &mut Findings) {
    let Ok(mut entries) = store.workbooks().entries() else { return };
    entries.retain(|entry| entry.trouble.is_none());
    entries.order_by(|a, b| (&a.id, &a.folder).cmp(&(&b.id, &b.folder)));
    for pair in entries.windows(2) {
        if let [first, second] = pair
            && first.id == second.id
        {
            findings.add(
                "same-workbook-twice",
                second.folder.clone(),
                &format!("it is the same workbook as {}", first.folder.display()),
                "Look at both, and put the one you do not want into the bin.",
            );
        }
    }
}

fn settings(store: &Store, findings: &mut Findings) {
    match store.read_settings() {
        Err(error) => findings.error("settings-unreadable", &error),
        Ok((_, unknown)) if !unknown.is_empty() => {
            let error = StoreError::UnknownParts { path: store.folders().settings(), parts: unknown };
            findings.error("settings-unknown-parts", &error);
        }
        Ok(_) => {}
    }
    for what in store.wording().1 {
        let advice = "Put that right in the file, or move the file elsewhere.";
        findings.add("wording-wrong", store.folders().content(), &what, advice);
    }
}

fn notes(store: &Store, findings: &mut Findings) {
    let inbox = store.folders().inbox();
    match store.inbox().list() {
        Err(error) => findings.error("inbox-unreadable", &error),
        Ok(waiting) => {
            for note in waiting {
                if let Err(why) = note.jot {
                    let what = format!("this jot cannot be read: {why}");
                    let advice = "It was left as it is; its words can be seen in the file.";
                    findings.add("jot-unreadable", note.path, &what, advice);
                }
            }
        }
    }
    for name in store.disk().list(&inbox).unwrap_or_default() {
        if name.name.starts_with(save::TEMPORARY) {
            let path = inbox.join(name.name);
            let what = "a note was being written here when the program ended";
            let advice = if store.disk().meta(&path).is_ok_and(|meta| meta.len == 0) {
                "Nobody was told that it was noted. The file is empty: nothing of it is left."
            } else {
                "Nobody was told that it was noted. Its words may be in the file."
            };
            findings.add_with(Repair::SetAside, "jot-half-written", path, what, advice);
        }
    }
}

fn bin(store: &Store, findings: &mut Findings) {
    let Ok(binned) = store.workbooks().binned() else { return };
    for entry in binned {
        if let Some(trouble) = &entry.trouble {
            let advice = "It lies in the bin and does no harm there.";
            findings.add("binned-unreadable", entry.folder.clone(), trouble, advice);
        }
    }
    let names = library::list_folders(store, &store.folders().bin()).unwrap_or_default();
    for name in names {
        let folder = store.folders().bin().join(name);
        if store.disk().meta(&folder.join(super::super::paths::ERASING)).is_ok() {
            findings.add(
                "removal-unfinished",
                folder,
                "somebody's details were being removed when the program ended",
                "Bring it back from the bin and open it: that is then finished.",
            );
        }
    }
}

/// Files that can be lost without harm; one that cannot be read only slows things down.
fn caches(store: &Store, findings: &mut Findings) {
    for path in index::unreadable(store) {
        let what = "this list of your workbooks cannot be read, so it is made anew each time";
        let advice = "Nothing you wrote is in it. It can be moved elsewhere.";
        findings.add_with(Repair::SetAside, "list-unreadable", path, what, advice);
    }
    for path in drafts::unreadable(store) {
        let what = "the words that stood in a line when the window closed cannot be read";
        let advice = "They may still be seen in the file.";
        findings.add_with(Repair::SetAside, "drafts-unreadable", path, what, advice);
    }
}
