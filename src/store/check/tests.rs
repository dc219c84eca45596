use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;

use super::super::testing::{Rig, add_partner, now, type_in, undo};
use super::super::{Disk as _, format, paths};
use super::*;
use crate::domain::{Workbook, WorkbookId};

/// A workbook with a past: two sessions, versions in history, something to undo, and a journal that was not folded.
fn lived_in() -> Rig {
    let rig = Rig::new();
    for session in 0..2 {
        let opened = rig.store.open(&rig.folder, super::super::testing::at(session * 1000)).unwrap();
        let (mut book, mut keeper) = super::super::testing::writing(opened);
        keeper.take(&type_in(&mut book, "one "));
        keeper.take(&add_partner(&mut book, &format!("hub{session}")));
        keeper.fold().unwrap();
        if session == 1 {
            for records in [type_in(&mut book, "two "), undo(&mut book), type_in(&mut book, "three ")] {
                keeper.take(&records);
            }
            keeper.sync().unwrap();
        }
    }
    rig
}

/// A removal that had just begun.
const ERASING: &str = "(person:\"h1\",name:\"Ana\",reach:\"\",traces:[])";

type Seed = fn(&Rig);

fn root(rig: &Rig, name: &str) -> PathBuf {
    rig.store.folders().root().join(name)
}

fn edit(rig: &Rig, name: &str, change: impl Fn(String) -> String) {
    rig.put(name, change(String::from_utf8(rig.bytes(name)).unwrap()));
}

fn newest_version(rig: &Rig) -> PathBuf {
    let mut all: Vec<PathBuf> =
        fs::read_dir(rig.file("history")).unwrap().map(|e| e.unwrap().path()).collect();
    all.sort();
    all.pop().unwrap()
}

fn mode(path: PathBuf, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Damage of every kind, and the kind of finding that names it.
const DAMAGE: &[(&str, Seed)] = &[
    ("workbook-missing", |rig| fs::remove_file(rig.file("workbook.ron")).unwrap()),
    ("no-workbook", |rig| {
        fs::remove_file(rig.file("workbook.ron")).unwrap();
        fs::remove_dir_all(rig.file("history")).unwrap();
    }),
    // a file of no bytes, of NULs, cut, flipped, in another encoding, of bytes that are no text
    ("workbook-unreadable", |rig| rig.put("workbook.ron", "")),
    ("workbook-unreadable", |rig| rig.put("workbook.ron", [0; 4096])),
    ("workbook-unreadable", |rig| {
        let bytes = rig.bytes("workbook.ron");
        rig.put("workbook.ron", &bytes[..bytes.len() / 2]);
    }),
    ("workbook-unreadable", |rig| {
        edit(rig, "workbook.ron", |text| text.replacen("workbook: (", "workbook: [", 1))
    }),
    ("workbook-unreadable", |rig| {
        let wide: Vec<u8> = String::from_utf8(rig.bytes("workbook.ron"))
            .unwrap()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        rig.put("workbook.ron", [vec![0xff, 0xfe], wide].concat());
    }),
    ("workbook-unreadable", |rig| rig.put("workbook.ron", b"\xc3\x28\xa0\xa1")),
    // a folder, a pipe, a link to itself, a link to nothing
    ("workbook-unreadable", |rig| {
        fs::remove_file(rig.file("workbook.ron")).unwrap();
        fs::create_dir(rig.file("workbook.ron")).unwrap();
    }),
    ("workbook-unreadable", |rig| {
        fs::remove_file(rig.file("workbook.ron")).unwrap();
        let pipe = rustix::fs::FileType::Fifo;
        rustix::fs::mknodat(rustix::fs::CWD, rig.file("workbook.ron"), pipe, 0o600.into(), 0).unwrap();
    }),
    ("workbook-unreadable", |rig| {
        fs::remove_file(rig.file("workbook.ron")).unwrap();
        symlink("workbook.ron", rig.file("workbook.ron")).unwrap();
    }),
    ("workbook-unreadable", |rig| {
        let file = fs::File::create(rig.file("workbook.ron")).unwrap();
        file.set_len(1 << 30).unwrap();
    }),
    ("workbook-newer", |rig| {
        let newer = format!("format: {}", format::FORMAT + 1);
        edit(rig, "workbook.ron", |text| text.replacen(&format!("format: {}", format::FORMAT), &newer, 1));
    }),
    ("workbook-unknown-parts", |rig| {
        edit(rig, "workbook.ron", |text| text.replacen("title:", "mood: \"hopeful\",\n        title:", 1));
    }),
    ("same-id-twice", |rig| edit(rig, "workbook.ron", |text| text.replace("\"hub1\"", "\"hub0\""))),
    ("person-of-nobody", |rig| {
        edit(rig, "workbook.ron", |text| {
            text.replacen(
                "partnership: (",
                "people: [(id: \"h1\", partner: \"gone\", name: \"Ana\")],\n        partnership: (",
                1,
            )
        });
    }),
    ("journal-torn", |rig| {
        let bytes = rig.bytes("journal.log");
        rig.put("journal.log", &bytes[..bytes.len() - 3]);
    }),
    ("journal-damaged", |rig| {
        edit(rig, "journal.log", |text| text.replacen("two", "tvo", 1));
    }),
    ("journal-unreadable", |rig| {
        fs::remove_file(rig.file("journal.log")).unwrap();
        fs::create_dir(rig.file("journal.log")).unwrap();
    }),
    ("changed-elsewhere", |rig| edit(rig, "workbook.ron", |text| text.replace("The walk", "Their walk"))),
    ("undo-unreadable", |rig| rig.put("undo.log", "nothing that we wrote\n")),
    ("undo-unreadable", |rig| {
        fs::remove_file(rig.file("undo.log")).unwrap();
        fs::create_dir(rig.file("undo.log")).unwrap();
    }),
    ("version-unreadable", |rig| fs::write(newest_version(rig), "(format: 3,").unwrap()),
    ("removal-unfinished", |rig| rig.put("erasing.ron", ERASING)),
    ("removal-unreadable", |rig| rig.put("erasing.ron", "(person: ")),
    ("request-left", |rig| rig.put(paths::WANTED, "(host: \"laptop\", process: 1)")),
    ("place-unreadable", |rig| rig.put("place.ron", "(screen: ")),
    ("lock-blocked", |rig| {
        fs::remove_file(rig.file("lock")).unwrap();
        fs::create_dir(rig.file("lock")).unwrap();
    }),
    ("save-left-over", |rig| rig.put(".alongside-tmp-workbook.ron-12-3", "(format: 3,")),
    ("conflict-copy", |rig| {
        let bytes = rig.bytes("workbook.ron");
        rig.put("workbook.sync-conflict-20261102-101500-ABCDEFG.ron", bytes);
    }),
    ("file-not-private", |rig| mode(rig.file("workbook.ron"), 0o644)),
    ("folder-not-private", |rig| mode(rig.folder.clone(), 0o755)),
    ("folder-not-private", |rig| mode(root(rig, "inbox"), 0o770)),
    ("not-a-folder", |rig| {
        fs::remove_dir_all(root(rig, "inbox")).unwrap();
        fs::write(root(rig, "inbox"), "").unwrap();
    }),
    ("folder-unreadable", |rig| {
        fs::remove_dir_all(root(rig, "inbox")).unwrap();
        symlink("inbox", root(rig, "inbox")).unwrap();
    }),
    ("workbook-half-made", |rig| fs::create_dir(root(rig, "workbooks/.alongside-tmp-walks-x1")).unwrap()),
    ("same-workbook-twice", |rig| {
        let twin = root(rig, "workbooks/twin-w1");
        fs::create_dir(&twin).unwrap();
        fs::copy(rig.file("workbook.ron"), twin.join("workbook.ron")).unwrap();
    }),
    ("settings-unreadable", |rig| fs::write(root(rig, "settings.ron"), "(((").unwrap()),
    ("settings-unknown-parts", |rig| fs::write(root(rig, "settings.ron"), "(mood: \"hopeful\")").unwrap()),
    ("wording-wrong", |rig| {
        fs::create_dir(root(rig, "content")).unwrap();
        fs::write(root(rig, "content/mine.ron"), "[(id: \"SCO-999\", ask: \"x\")]").unwrap();
    }),
    ("jot-unreadable", |rig| fs::write(root(rig, "inbox/20261102T101500Z-1.ron"), "(text: ").unwrap()),
    ("jot-half-written", |rig| fs::write(root(rig, "inbox/.alongside-tmp-x-1-1"), "(format: 3, te").unwrap()),
    ("inbox-unreadable", |rig| {
        fs::remove_dir_all(root(rig, "inbox")).unwrap();
        fs::write(root(rig, "inbox"), "").unwrap();
    }),
    ("binned-unreadable", |rig| {
        fs::create_dir_all(root(rig, "bin/old-w9")).unwrap();
        fs::write(root(rig, "bin/old-w9/workbook.ron"), "(format: ").unwrap();
    }),
    ("removal-unfinished", |rig| {
        let folder = root(rig, "bin/old-w9");
        fs::create_dir_all(&folder).unwrap();
        fs::copy(newest_version(rig), folder.join("workbook.ron")).unwrap();
        fs::write(folder.join("erasing.ron"), "").unwrap();
    }),
    ("list-unreadable", |rig| fs::write(root(rig, "index.ron"), "(rows: {").unwrap()),
    ("list-unreadable", |rig| fs::write(root(rig, "first.ron"), [0; 100]).unwrap()),
    ("drafts-unreadable", |rig| fs::write(root(rig, "drafts.ron"), "{\"a\": ").unwrap()),
    ("editor-text-left", |rig| {
        fs::create_dir(root(rig, "editing")).unwrap();
        fs::write(root(rig, "editing/answer-12-1.md"), "half a thought").unwrap();
    }),
    ("set-aside", |rig| {
        fs::create_dir(root(rig, "quarantine")).unwrap();
        fs::write(root(rig, "quarantine/walk-journal-00000000.log"), "x").unwrap();
    }),
];

/// A rig in which nothing is the matter, with an inbox.
fn well() -> Rig {
    let rig = lived_in();
    rig.disk.make_folder(&root(&rig, "inbox")).unwrap();
    assert_eq!(rig.store.check(), []);
    rig
}

/// Every file under the root by its path, without the caches.
fn everything(rig: &Rig) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut open = vec![rig.store.folders().root().to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                open.push(entry.path());
            } else if kind.is_file() && entry.metadata().unwrap().len() < 1 << 20 {
                all.insert(entry.path(), fs::read(entry.path()).unwrap());
            }
        }
    }
    all
}

#[test]
fn damage_of_every_kind_is_found_and_looking_changes_nothing() {
    let kinds: std::collections::BTreeSet<&str> = DAMAGE.iter().map(|(kind, _)| *kind).collect();
    assert!(kinds.len() >= 30, "{}", kinds.len());
    for (n, (kind, seed)) in DAMAGE.iter().enumerate() {
        let rig = well();
        seed(&rig);
        let before = everything(&rig);
        let findings = rig.store.check();
        let found = findings.iter().find(|finding| finding.kind == *kind);
        let found = found.unwrap_or_else(|| panic!("{n}: {kind} was not found among {findings:#?}"));
        assert!(!found.what.is_empty() && !found.advice.is_empty(), "{n}: {found:?}");
        assert_eq!(everything(&rig), before, "{n}: {kind}");
    }
}

#[test]
fn repairing_deletes_nothing_and_what_it_says_is_done_is_done() {
    for (n, (kind, seed)) in DAMAGE.iter().enumerate() {
        let rig = well();
        seed(&rig);
        let before = everything(&rig);
        let findings = rig.store.check();
        let all = rig.store.repair(findings, now());
        for one in &all {
            assert!(one.done.is_ok(), "{n}: {one:?}");
        }
        // what was there is there still, at its place or another; the journal's lines are in undo.log
        let after: Vec<Vec<u8>> = everything(&rig).into_values().collect();
        for (path, bytes) in &before {
            let name = path.file_name().unwrap().to_str().unwrap();
            let ours =
                ["workbook.ron", "journal.log", "undo.log", "place.ron", "lock", "wanted.ron", "erasing.ron"];
            let rewritten = ours.contains(&name) && rig.store.read(&rig.folder).is_ok();
            let there = after
                .iter()
                .any(|held| held.windows(bytes.len().max(1)).any(|part| part == bytes) || held == bytes);
            let cache = ["index.ron", "first.ron"].contains(&name) || name.starts_with(".alongside-tmp-");
            assert!(
                there || rewritten || cache || bytes.is_empty(),
                "{n}: {kind}: {} is gone",
                path.display()
            );
        }
        let left = rig.store.check();
        for one in all.iter().filter(|one| matches!(one.done, Ok(Some(_)))) {
            let again = left
                .iter()
                .find(|finding| finding.kind == one.finding.kind && finding.path == one.finding.path);
            let said = matches!(&one.done, Ok(Some(done)) if done.contains("left as it is"));
            assert!(again.is_none() || said, "{n}: {one:?} is found again");
        }
    }
}

#[test]
fn what_was_typed_is_there_after_a_repair() {
    let rig = well();
    let whole = rig.read().book.workbook().clone();
    let bytes = rig.bytes("journal.log");
    // the last line loses its end: all before it stays
    rig.put("journal.log", [bytes.as_slice(), b"120 00000000 (seq: 99"].concat());
    fs::remove_file(rig.file("undo.log")).unwrap();
    rig.put("undo.log", "not ours");
    let findings = rig.store.check();
    assert_eq!(findings.iter().map(|f| f.kind).collect::<Vec<_>>(), ["journal-torn", "undo-unreadable"]);
    rig.store.repair(findings, now());
    assert_eq!(*rig.read().book.workbook(), whole);
    assert!(rig.quarantined().iter().any(|bytes| bytes.ends_with(b"(seq: 99")));
    assert!(rig.quarantined().iter().any(|bytes| bytes == b"not ours"));
}

#[test]
fn a_missing_file_comes_back_from_the_newest_good_version() {
    let rig = well();
    fs::remove_file(rig.file("workbook.ron")).unwrap();
    let all = rig.store.repair(rig.store.check(), now());
    assert!(matches!(all[0].done, Ok(Some(_))), "{all:?}");
    assert!(rig.read().book.workbook().title().contains("walk"));
    // another one than that is never put in its place
    let other = Rig::of(&Workbook::new(WorkbookId::new("w2"), "Mine"));
    let findings = [Finding {
        repair: Some(Repair::BringBack(rig.file("workbook.ron"))),
        kind: "workbook-missing",
        path: other.file("workbook.ron"),
        what: String::new(),
        advice: String::new(),
    }];
    assert!(other.store.repair(findings.to_vec(), now())[0].done.is_err());
    assert_eq!(other.read().book.workbook().title(), "Mine");
}

#[test]
fn a_folder_in_which_nothing_may_be_written_is_said() {
    let rig = well();
    rig.disk.heal();
    rig.store.check();
    let asks = rig.disk.calls().iter().position(|call| *call == "is_writable").unwrap();
    rig.disk.fail(super::super::fault::Fault { at: asks, calls: 1, error: 13, tear: false });
    let findings = rig.store.check();
    rig.disk.heal();
    let found: Vec<_> = findings.iter().map(|finding| (finding.kind, finding.path.as_path())).collect();
    assert_eq!(found, [("folder-read-only", rig.store.folders().root())]);
}

#[test]
fn somebody_whose_side_is_still_to_be_sorted_out_is_no_damage() {
    let rig = well();
    edit(&rig, "workbook.ron", |text| {
        let ana = "people: [(id: \"h1\", partner: \"unsorted\", name: \"Ana\")],\n        partnership: (";
        text.replacen("partnership: (", ana, 1)
    });
    let kinds: Vec<&str> = rig.store.check().iter().map(|finding| finding.kind).collect();
    assert!(!kinds.contains(&"person-of-nobody"), "{kinds:?}");
}

#[test]
fn what_is_no_version_in_the_history_is_nobodys_trouble() {
    let rig = well();
    fs::write(rig.file("history/notes.txt"), "mine").unwrap();
    fs::write(rig.file("history/.hidden.ron"), "mine").unwrap();
    fs::create_dir(rig.file("history/kept.ron")).unwrap();
    assert_eq!(rig.store.check(), []);
}

#[test]
fn what_is_put_right_once_is_not_put_right_again() {
    let rig = well();
    let finding = |repair: Repair, path: PathBuf| Finding {
        repair: Some(repair),
        kind: "x",
        path,
        what: String::new(),
        advice: String::new(),
    };
    let left = rig.file(".alongside-tmp-walk");
    let mut said = Vec::new();
    for _ in 0..2 {
        fs::write(&left, "half").unwrap();
        let findings = vec![
            finding(Repair::SetAside, left.clone()),
            finding(Repair::SetAside, left.clone()),
            finding(Repair::Finish(rig.folder.clone()), rig.file("journal.log")),
            finding(Repair::Finish(rig.folder.clone()), rig.file("wanted.ron")),
        ];
        said.extend(rig.store.repair(findings, now()).into_iter().map(|one| one.done.unwrap().unwrap()));
    }
    let quarantine = rig.store.folders().quarantine();
    let name = format!("{}-alongside-tmp-walk", rig.folder.file_name().unwrap().to_str().unwrap());
    for (n, name) in [(0, name.clone()), (4, format!("2-{name}"))] {
        assert_eq!(said[n], format!("moved to {}", quarantine.join(name).display()));
        assert_eq!(said[n + 1], "put right already");
        assert!(said[n + 2].starts_with("opened, put in order and saved"), "{said:?}");
        assert_eq!(said[n + 3], "put right with the one before");
    }
}
