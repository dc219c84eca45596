//! What may be the matter in the folder of one workbook.

use std::collections::BTreeSet;
use std::path::Path;

use super::super::error::StoreError;
use super::super::open::{self, Hold, Why};
use super::super::{Store, aside, conflict, erase, format, journal, paths, save, undo};
use super::{Findings, Repair};
use crate::domain::{Binned, Family, Person, Workbook};

/// Looks at a workbook's folder.
pub(super) fn check(store: &Store, folder: &Path, findings: &mut Findings) {
    let file = folder.join(paths::WORKBOOK);
    if save::is_gone(store.disk(), &file) {
        return missing(store, folder, findings);
    }
    match store.read(folder) {
        Ok(opened) => {
            match opened.hold {
                Hold::Reading(why @ Why::Newer(_)) => newer("workbook-newer", &why, &file, findings),
                Hold::Reading(why @ Why::UnknownParts(_)) => {
                    newer("workbook-unknown-parts", &why, &file, findings)
                }
                _ => {}
            }
            within(opened.book.workbook(), &file, findings);
        }
        Err(mut error) => {
            if let StoreError::Unreadable { good, .. } = &mut error {
                *good = aside::newest_good(store.disk(), folder);
            }
            return unreadable(store, &error, findings);
        }
    }
    the_journal(store, folder, findings);
    the_past(store, folder, findings);
    left_behind(store, folder, findings);
    access(store, folder, findings);
}

fn missing(store: &Store, folder: &Path, findings: &mut Findings) {
    let (kind, what) = ("workbook-missing", "the workbook's file is not there");
    let file = folder.join(paths::WORKBOOK);
    match aside::newest_good(store.disk(), folder) {
        Some(good) => {
            let advice = format!("The newest version that reads well is {}.", good.display());
            findings.add_with(Repair::BringBack(good), kind, file, what, &advice);
        }
        None => findings.add(
            "no-workbook",
            file,
            what,
            "If this folder is not a workbook, it can be moved elsewhere.",
        ),
    }
}

/// What keeps a workbook from being opened is mostly its own file, but not always.
fn unreadable(store: &Store, error: &StoreError, findings: &mut Findings) {
    let name = error.path().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
    let beside = match name {
        paths::JOURNAL => "journal-unreadable",
        paths::UNDO => "undo-unreadable",
        _ => return findings.error("workbook-unreadable", error),
    };
    match error.path().filter(|path| store.disk().meta(path).is_ok_and(|meta| meta.folder)) {
        Some(path) => {
            findings.add_with(Repair::SetAside, beside, path, &error.to_string(), "Move it elsewhere.")
        }
        None => findings.error(beside, error),
    }
}

fn newer(kind: &'static str, why: &Why, file: &Path, findings: &mut Findings) {
    findings.add(kind, file, &why.words(), "Open it with a newer version of alongside to write in it.");
}

/// What is not right in what was read: the same id twice, people of nobody.
fn within(workbook: &Workbook, file: &Path, findings: &mut Findings) {
    let twice = |ids: Vec<String>| {
        let mut seen = BTreeSet::new();
        ids.into_iter().find(|id| !seen.insert(id.clone()))
    };
    let partners = workbook.partners().iter().map(|partner| partner.id.to_string()).collect();
    let people = workbook.people().iter().map(|person| person.id.to_string()).collect();
    let mut lists: Vec<Vec<String>> = vec![partners, people];
    for family in Family::ALL {
        lists.push(workbook.each(*family).map(|record| record.id().to_string()).collect());
    }
    for id in lists.into_iter().filter_map(twice) {
        findings.add(
            "same-id-twice",
            file,
            &format!("two things in it have the id {id}"),
            "Close the workbook everywhere, give one of them another id in the file, and look at both.",
        );
    }
    // somebody from a call may be of a side that is still to be sorted out
    let of_nobody =
        |person: &&Person| !person.partner.is_unsorted() && workbook.partner(&person.partner).is_none();
    for person in workbook.people().iter().filter(of_nobody) {
        let is_them = |binned: &Binned| matches!(binned, Binned::Partner { partner, .. } if partner.id == person.partner);
        let binned = workbook.bin().iter().any(is_them);
        if !binned {
            findings.add(
                "person-of-nobody",
                file,
                &format!("{} belongs to a partner that is not there", person.name),
                "Open the workbook and say on partners and people which side they belong to.",
            );
        }
    }
}

fn the_journal(store: &Store, folder: &Path, findings: &mut Findings) {
    let path = folder.join(paths::JOURNAL);
    let finish = Repair::Finish(folder.to_owned());
    let bytes = match store.disk().read(&path) {
        Ok(bytes) => bytes,
        // what cannot be read keeps the workbook from being opened, and was found with that
        Err(_) => return,
    };
    let good = journal::read(&bytes).1;
    if good < bytes.len() {
        let rest = bytes.get(good..).unwrap_or_default();
        let more = rest.split(|b| *b == b'\n').skip(1).filter(|line| journal::says(line).is_some()).count();
        let advice = "Open the workbook: what can be read comes back, and the rest is kept in quarantine.";
        if more == 0 {
            let what = "the end of the journal cannot be read";
            findings.add_with(finish, "journal-torn", path, what, advice);
        } else {
            let what =
                format!("a line in the middle of the journal cannot be read, with {more} more after it");
            findings.add_with(finish, "journal-damaged", path, &what, advice);
        }
        return;
    }
    let told = open::notices(store, folder).unwrap_or_default();
    if let Some(what) = told.first() {
        let advice = "Nothing is lost: open the workbook and look whether all is as you want it.";
        findings.add_with(finish, "changed-elsewhere", path, what, advice);
    }
}

/// Undo, and the versions that are kept.
fn the_past(store: &Store, folder: &Path, findings: &mut Findings) {
    let disk = store.disk();
    let undo = folder.join(paths::UNDO);
    if let Ok(bytes) = disk.read(&undo)
        && undo::History::read(&bytes, &[]).records.is_empty()
        && bytes.split(|b| *b == b'\n').any(|line| !line.is_empty())
    {
        let what = "nothing in it can be read, so nothing from before today can be undone";
        let advice = "The workbook itself is well. Undo begins anew with what you do next.";
        findings.add_with(Repair::SetAside, "undo-unreadable", undo, what, advice);
    }
    let history = folder.join(paths::HISTORY);
    for listed in disk.list(&history).unwrap_or_default() {
        let path = history.join(&listed.name);
        if listed.folder || !listed.name.ends_with(".ron") || listed.name.starts_with('.') {
            continue;
        }
        let read = disk.read(&path).map(|bytes| format::parse_workbook_bytes(&bytes).is_ok());
        if !read.unwrap_or(false) {
            let what = "this earlier version cannot be read";
            let advice = "The workbook itself is well. It can be moved elsewhere once you have looked at it.";
            findings.add_with(Repair::SetAside, "version-unreadable", path, what, advice);
        }
    }
}

/// What a program that was interrupted left, and what other programs put there.
fn left_behind(store: &Store, folder: &Path, findings: &mut Findings) {
    let disk = store.disk();
    let finish = || Repair::Finish(folder.to_owned());
    let erasing = folder.join(paths::ERASING);
    if disk.meta(&erasing).is_ok() {
        let what = "somebody's details were being removed when the program ended";
        if erase::is_begun(store, folder) {
            let advice = "Open the workbook: that is then finished.";
            findings.add_with(finish(), "removal-unfinished", erasing, what, advice);
        } else {
            let advice = "The file cannot be read: remove the details once more, then move it elsewhere.";
            findings.add("removal-unreadable", erasing, what, advice);
        }
    }
    let wanted = folder.join(paths::WANTED);
    if disk.meta(&wanted).is_ok() {
        let what = "a window asked for this workbook and did not stay to hear the answer";
        let advice = "It goes away when the workbook is opened next.";
        findings.add_with(finish(), "request-left", wanted, what, advice);
    }
    let place = folder.join(paths::PLACE);
    if disk.read(&place).is_ok_and(|bytes| super::super::place::parse(&bytes).is_none()) {
        let what = "where you were cannot be read";
        let advice = "Nothing you wrote is in it. The workbook opens at its map.";
        findings.add_with(Repair::SetAside, "place-unreadable", place, what, advice);
    }
    let lock = folder.join(paths::LOCK);
    if disk.meta(&lock).is_ok_and(|meta| meta.folder) {
        let what = "a folder stands where the lock should be, so nothing can be written";
        findings.add_with(Repair::SetAside, "lock-blocked", lock, what, "Move it elsewhere.");
    }
    for name in disk.list(folder).unwrap_or_default() {
        let path = folder.join(&name.name);
        if name.name.starts_with(save::TEMPORARY) {
            let what = "a save that did not end left this behind";
            let advice = "It goes away when the workbook is opened next.";
            findings.add_with(Repair::SetAside, "save-left-over", path, what, advice);
        } else if !name.folder && conflict::is_name(&name.name) {
            let what = "a sync tool or an editor seems to have left this copy of the workbook";
            let advice = match format::parse_workbook_bytes(&disk.read(&path).unwrap_or_default()) {
                Ok(_) => {
                    "Open the workbook and press g v: it shows what differs, takes what you want of it, and M puts the copy \
                     away into the history."
                }
                Err(_) => {
                    "It cannot be read as a workbook, so it stays as it is. Look at it before you move it elsewhere."
                }
            };
            findings.add("conflict-copy", path, what, advice);
        }
    }
}

fn access(store: &Store, folder: &Path, findings: &mut Findings) {
    for path in [folder.to_owned(), folder.join(paths::WORKBOOK)] {
        if store.disk().meta(&path).is_ok_and(|meta| meta.mode & 0o077 != 0) {
            let kind = if path == *folder { "folder-not-private" } else { "file-not-private" };
            let (what, advice) =
                ("others on this machine may read it", "If that is not meant: chmod go= on it.");
            findings.add_with(Repair::MakePrivate, kind, path, what, advice);
        }
    }
    if !store.disk().is_writable(folder) {
        findings.add(
            "folder-read-only",
            folder,
            "nothing may be written in it",
            "It can be read. To write in it, look at who may write there.",
        );
    }
}
