use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use super::super::fault::FaultyDisk;
use super::super::testing::{Rig, add_partner, at, now, type_in, writing};
use super::super::{Folders, RealDisk};
use super::*;
use crate::domain::IdSource;

fn empty() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(RealDisk));
    (dir, store)
}

fn with(titles: &[&str]) -> (tempfile::TempDir, Store) {
    let (dir, store) = empty();
    let ids = IdSource::new(1);
    for (n, title) in titles.iter().enumerate() {
        store.workbooks().create(&Workbook::new(ids.workbook(), *title), at(n as i64)).unwrap();
    }
    (dir, store)
}

fn load(library: &Library) -> (Vec<Entry>, LibraryNews) {
    let (news, heard) = mpsc::channel();
    library.load(&news, &|| ());
    let mut rows = Vec::new();
    loop {
        match heard.recv_timeout(Duration::from_secs(60)).unwrap() {
            LibraryNews::Rows(more) => rows.extend(more),
            end => return (rows, end),
        }
    }
}

#[test]
fn an_empty_folder_is_an_empty_list_and_looking_makes_nothing() {
    let (dir, store) = empty();
    let library = store.workbooks();
    assert_eq!(library.first_rows(FIRST), FirstRows { rows: Vec::new(), total: Some(0) });
    assert_eq!(library.entries().unwrap(), []);
    assert_eq!(load(&library), (Vec::new(), LibraryNews::Done(0)));
    assert_eq!(library.binned().unwrap(), []);
    assert!(!dir.path().join("root").exists());
}

#[test]
fn the_list_shows_what_is_in_the_journal_too() {
    let rig = Rig::new();
    let library = rig.store.workbooks();
    assert_eq!(library.first_rows(FIRST).rows.len(), 1, "a first workbook needs no list to be read");
    load(&library);
    {
        let (mut book, mut keeper) = rig.keeper();
        keeper.take(&add_partner(&mut book, "Hub"));
        keeper.take(&type_in(&mut book, "x"));
        keeper.flush().unwrap();
        let entries = library.entries().unwrap();
        assert_eq!(entries[0].partners, ["Hub"]);
        assert_eq!(entries[0].changed, Some(at(60)));
        keeper.fold().unwrap();
        keeper.note_in_library();
    }
    assert_eq!(library.first_rows(FIRST).rows[0].partners, ["Hub"]);
    let (rows, end) = load(&library);
    assert_eq!((rows.len(), end), (1, LibraryNews::Done(1)));
    assert_eq!(rows[0], library.entries().unwrap()[0]);
}

#[test]
fn a_workbook_that_cannot_be_read_is_listed_with_its_trouble() {
    let rig = Rig::new();
    rig.put("workbook.ron", "(format: 1,\n workbook: oh)");
    std::fs::create_dir(rig.store.folders().workbooks().join("empty-one")).unwrap();
    let entries = rig.store.workbooks().entries().unwrap();
    assert_eq!(entries.len(), 2);
    let trouble = |id: &str| entries.iter().find(|e| e.id.as_str() == id).unwrap().trouble.clone().unwrap();
    assert!(trouble("w1").contains("line 2"), "{}", trouble("w1"));
    assert!(trouble("one").contains("not there"), "{}", trouble("one"));
}

#[test]
fn a_workbook_is_found_by_what_a_person_would_type() {
    let (_dir, store) = with(&["The walk", "The market", "Walking bus", "Walk", "Café morning"]);
    let library = store.workbooks();
    let found = |name: &str| library.find(name).map(|e| e.title.clone());
    for (name, title) in [
        ("The walk", "The walk"),
        ("the WALK", "The walk"),
        ("walk", "Walk"),
        ("bus", "Walking bus"),
        ("market the", "The market"),
        ("café", "Café morning"),
        ("../..", ""),
    ] {
        match found(name) {
            Ok(found) => assert_eq!(found, title, "{name}"),
            Err(error) => assert!(title.is_empty(), "{name}: {error}"),
        }
    }
    let id = library.find("Walk").unwrap().id.clone();
    assert_eq!(found(id.as_str()).unwrap(), "Walk");
    assert_eq!(library.find("the").unwrap_err().kind().exit_code(), 66);
    assert!(library.find("the").unwrap_err().hint().contains("The market"));
    assert!(library.find("walkman").unwrap_err().hint().contains("Walk"));
    assert!(matches!(library.find(""), Err(StoreError::NoSuchWorkbook { .. })));
}

#[test]
fn titles_that_are_traps_make_good_folders() {
    let long = "long ".repeat(60);
    let titles = ["../..", "CON", &long, "-rf", "a\nb", "", "A", "a", "é", "e\u{301}", "/"];
    let (dir, store) = with(&titles);
    let entries = store.workbooks().entries().unwrap();
    assert_eq!(entries.len(), titles.len());
    for entry in &entries {
        assert_eq!(entry.folder.parent().unwrap(), dir.path().join("root/workbooks"));
        assert!(titles.contains(&&*entry.title));
        assert_eq!(store.workbooks().find(entry.id.as_str()).unwrap(), *entry);
    }
}

#[test]
fn the_bin_gives_back_and_never_replaces() {
    let rig = Rig::new();
    let library = rig.store.workbooks();
    let binned = library.bin_workbook(&rig.folder, now()).unwrap();
    assert!(library.entries().unwrap().is_empty());
    assert_eq!(library.first_rows(FIRST).rows, []);
    assert_eq!(library.binned().unwrap()[0].title, "The walk");
    // a second one of the same name
    let again = library.create(&Workbook::new(WorkbookId::new("w1"), "The walk"), now()).unwrap();
    assert_eq!(again, rig.folder);
    let back = library.restore(&binned, now()).unwrap();
    assert_ne!(back, again);
    assert_eq!(library.entries().unwrap().len(), 2);
    assert!(rig.store.check().iter().any(|f| f.what.contains("the same workbook")));
}

#[test]
fn a_workbook_that_is_open_is_not_put_into_the_bin() {
    let rig = Rig::new();
    let held = writing(rig.open());
    let error = rig.store.workbooks().bin_workbook(&rig.folder, now()).unwrap_err();
    assert!(matches!(error, StoreError::Held { .. }), "{error}");
    assert_eq!(error.kind().exit_code(), 69);
    drop(held);
    assert!(rig.store.workbooks().bin_workbook(&rig.folder, now()).is_ok());
}

#[test]
fn a_title_changes_and_the_folder_stays() {
    let rig = Rig::new();
    {
        let (mut book, mut keeper) = rig.keeper();
        let edit = crate::domain::Edit::Splice(crate::domain::Splice {
            place: crate::domain::TextPlace::Title,
            at: 0,
            delete: "The".into(),
            insert: "Our".into(),
            on: None,
        });
        keeper.take(&book.act(edit, now()).unwrap());
        keeper.fold().unwrap();
    }
    let entries = rig.store.workbooks().entries().unwrap();
    assert_eq!((entries[0].title.as_str(), &entries[0].folder), ("Our walk", &rig.folder));
}

#[test]
fn the_cache_may_be_rubbish_or_missing_and_is_not_believed_against_the_files() {
    let (_dir, store) = with(&["One", "Two"]);
    let library = store.workbooks();
    load(&library);
    assert!(store.folders().index().exists());
    let good = library.entries().unwrap();
    for rubbish in ["", "(rows: 3)", "(rows: {}, more: 1)"] {
        std::fs::write(store.folders().index(), rubbish).unwrap();
        std::fs::write(store.folders().first(), rubbish).unwrap();
        assert_eq!(library.entries().unwrap(), good);
        library.first_rows(FIRST);
    }
    load(&library);
    assert_eq!(library.first_rows(FIRST), FirstRows { rows: good.clone(), total: Some(2) });
    // somebody else changes a workbook
    let file = good[0].folder.join("workbook.ron");
    let text = std::fs::read_to_string(&file).unwrap().replace("Two", "Two and a half");
    std::fs::write(&file, text).unwrap();
    assert_eq!(library.entries().unwrap()[0].title, "Two and a half");
}

#[test]
fn many_workbooks_come_in_chunks_and_the_first_rows_are_few() {
    let titles: Vec<String> = (0..250).map(|n| format!("Workbook {n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let (_dir, store) = with(&titles);
    let (rows, end) = load(&store.workbooks());
    assert_eq!((rows.len(), end), (250, LibraryNews::Done(250)));
    let first = store.workbooks().first_rows(FIRST);
    assert_eq!((first.rows.len(), first.total), (FIRST, Some(250)));
    assert_eq!(first.rows[0].title, "Workbook 249");
}

/// Whoever hears a chunk may put all rows in order anew: so there are few chunks, and the first comes soon.
#[test]
fn each_chunk_may_hold_twice_as_many_rows_as_the_one_before() {
    let titles: Vec<String> = (0..420).map(|n| format!("Workbook {n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let (_dir, store) = with(&titles);
    let (news, heard) = mpsc::channel();
    store.workbooks().load(&news, &|| ());
    drop(news);
    let rows = heard.iter().filter_map(|news| match news {
        LibraryNews::Rows(rows) => Some(rows.len()),
        _ => None,
    });
    assert_eq!(rows.collect::<Vec<_>>(), [100, 200, 120]);
}

#[test]
fn a_folder_of_workbooks_that_cannot_be_listed_is_an_error_and_not_empty() {
    let (_dir, store) = empty();
    std::fs::create_dir_all(store.folders().root()).unwrap();
    std::fs::write(store.folders().workbooks(), "no folder").unwrap();
    let library = store.workbooks();
    assert!(matches!(library.entries(), Err(StoreError::Io { doing: "list", .. })));
    assert!(matches!(load(&library), (_, LibraryNews::Failed(words)) if words.contains("could not list")));
}

#[test]
fn the_bin_keeps_the_folders_name_and_numbers_only_the_next() {
    let rig = Rig::new();
    let library = rig.store.workbooks();
    let name = rig.folder.file_name().unwrap().to_str().unwrap().to_owned();
    let bin = rig.store.folders().bin();
    assert_eq!(library.bin_workbook(&rig.folder, now()).unwrap(), bin.join(&name));
    for n in [2, 3] {
        library.create(&Workbook::new(WorkbookId::new("w1"), "The walk"), now()).unwrap();
        assert_eq!(library.bin_workbook(&rig.folder, now()).unwrap(), bin.join(format!("{n}-{name}")));
    }
}

/// A workbook of this id and title, with one partner.
fn partnered(store: &Store, id: &str, title: &str, partner: &str) {
    let mut book = crate::domain::Book::new(Workbook::new(WorkbookId::new(id), title), 0);
    add_partner(&mut book, partner);
    store.workbooks().create(book.workbook(), now()).unwrap();
}

#[test]
fn what_is_to_be_shown_is_found_among_those_that_changed_last() {
    let home = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::new(Arc::new(RealDisk));
    let store = Store::with_disk(Folders::at(home.path()), Arc::new(disk.clone()));
    let library = store.workbooks();
    let ids = IdSource::new(7);
    for (n, title) in ["The walk", "The market", "Market", "Twice", "Twice"].iter().enumerate() {
        let workbook = Workbook::new(ids.workbook(), *title);
        library.create(&workbook, at(n as i64)).unwrap();
    }
    let found = |name: &str| library.find_to_show(name).map(|entry| entry.title.clone());
    disk.heal();
    assert_eq!(found("the WALK ").unwrap(), "The walk");
    assert_eq!(found(library.first_rows(FIRST).rows[2].id.as_str()).unwrap(), "Market");
    let calls = disk.calls();
    assert!(!calls.iter().any(|call| call.starts_with("list")), "nothing is listed: {calls:?}");
    // what is not that clear is looked for as everywhere
    assert_eq!(found("walk").unwrap(), "The walk");
    assert!(matches!(found("twice"), Err(StoreError::SeveralWorkbooks { .. })));
    assert!(matches!(found("nothing"), Err(StoreError::NoSuchWorkbook { .. })));
    // a folder that somebody took away is not offered
    let walk = library.find("The walk").unwrap();
    std::fs::remove_dir_all(&walk.folder).unwrap();
    assert!(matches!(found("The walk"), Err(StoreError::NoSuchWorkbook { .. })));
}

#[test]
fn the_closest_fit_wins_and_a_few_letters_of_an_id_are_none() {
    let (_dir, store) = empty();
    partnered(&store, "wolf1234", "The market", "Hub");
    partnered(&store, "bear5678", "At the market", "Hub Street");
    let found = |name: &str| store.workbooks().find(name).map(|entry| entry.title.clone()).ok();
    assert_eq!(found("the mark").as_deref(), Some("The market"), "its start before words in it");
    assert_eq!(found("wolf").as_deref(), Some("The market"));
    assert_eq!(found("wol"), None, "a few letters may be anybody's");
    assert_eq!(found("hub").as_deref(), Some("The market"), "all of a partner's name before its start");
}

#[test]
fn only_titles_with_a_word_that_begins_alike_are_offered() {
    let (_dir, store) = with(&["The walk", "At home", "The market"]);
    let near = |name: &str| match store.workbooks().find(name) {
        Err(StoreError::NoSuchWorkbook { near, .. }) => near,
        found => panic!("{found:?}"),
    };
    assert_eq!(near("walkman"), ["The walk"]);
    // a short word is no hint
    assert_eq!(near("at x"), Vec::<String>::new());
}
