use std::sync::Arc;
use std::time::Duration;

use super::super::fault::FaultyDisk;
use super::super::library::LibraryNews;
use super::super::testing::{Rig, add_partner, at, now, type_in};
use super::super::{Folders, RealDisk};
use super::*;
use crate::domain::query::{AgendaItem, AgendaKind, AgendaTo, Summary};
use crate::domain::{IdSource, QuestionId, Workbook, WorkbookId};

/// Reads the list to its end, which brings the cache up to date.
fn load(store: &Store) {
    let (news, heard) = std::sync::mpsc::channel();
    store.workbooks().load(&news, &|| ());
    while !matches!(heard.recv().unwrap(), LibraryNews::Done(_)) {}
}

/// Makes workbooks called 0, 1, …; each has changed a second after the one before it.
fn make(store: &Store, ids: &IdSource, how_many: usize) -> Vec<PathBuf> {
    let make = |n: usize| {
        let workbook = Workbook::new(ids.workbook(), n.to_string());
        store.workbooks().create(&workbook, at(n as i64)).unwrap()
    };
    (0..how_many).map(make).collect()
}

/// A store with so many workbooks whose list was read.
fn listed(how_many: usize) -> (tempfile::TempDir, FaultyDisk, Store, Vec<PathBuf>) {
    let dir = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::new(Arc::new(RealDisk)).pretending_to_sync();
    let store = Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(disk.clone()));
    let folders = make(&store, &IdSource::new(1), how_many);
    load(&store);
    (dir, disk, store, folders)
}

fn first_titles(store: &Store) -> Vec<String> {
    first_rows(store, ALL).rows.into_iter().map(|row| row.title.clone()).collect()
}

fn calls(disk: &FaultyDisk, name: &str) -> usize {
    disk.calls().iter().filter(|call| **call == name).count()
}

#[test]
fn what_has_not_changed_is_neither_read_nor_written_again() {
    let (_dir, disk, store, _) = listed(3);
    disk.heal();
    assert_eq!(store.workbooks().entries().unwrap().len(), 3);
    assert_eq!(calls(&disk, "read"), 1, "the cache alone: {:?}", disk.calls());
    disk.heal();
    load(&store);
    assert_eq!(calls(&disk, "create_new"), 0, "{:?}", disk.calls());
}

#[test]
fn a_name_is_found_in_the_list_without_a_workbook_being_read() {
    let (_dir, disk, store, folders) = listed(3);
    // whatever has become of it since
    std::fs::write(folders[1].join(paths::WORKBOOK), "(format: 3, ").unwrap();
    disk.heal();
    assert_eq!(store.workbooks().find_as_listed("1").unwrap().folder, folders[1]);
    assert_eq!(calls(&disk, "read"), 1, "the cache alone: {:?}", disk.calls());
}

#[test]
fn a_cache_that_says_less_is_made_anew() {
    let (_dir, _, store, _) = listed(2);
    let index = store.folders().index();
    let text = std::fs::read_to_string(&index).unwrap();
    let says = format!("says: {ROWS_SAY}");
    assert!(text.contains(&says), "{text}");
    let other = text.replace("title: \"1\"", "title: \"of another version\"");
    std::fs::write(&index, &other).unwrap();
    assert_eq!(store.workbooks().entries().unwrap()[0].title, "of another version", "it is believed");
    std::fs::write(&index, other.replace(&says, "says: 2")).unwrap();
    assert_eq!(store.workbooks().entries().unwrap()[0].title, "1");
    load(&store);
    assert!(std::fs::read_to_string(&index).unwrap().contains(&says));
}

#[test]
fn everything_may_be_moved_elsewhere_with_its_cache() {
    let (dir, _, store, _) = listed(2);
    let to = dir.path().join("elsewhere");
    std::fs::rename(store.folders().root(), &to).unwrap();
    let moved = Store::with_disk(Folders::at(&to), Arc::new(RealDisk));
    let workbooks = moved.folders().workbooks();
    let within = |rows: Vec<Entry>| {
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| row.folder.parent() == Some(&workbooks)), "{rows:?}");
    };
    within(moved.workbooks().entries().unwrap());
    within(first_rows(&moved, ALL).rows);
    let one = moved.workbooks().find_as_listed("1").unwrap();
    assert_eq!(one.folder.parent(), Some(&*workbooks));
}

#[test]
fn a_workbook_that_has_gone_leaves_the_cache() {
    let (_dir, _, store, folders) = listed(3);
    let text = || std::fs::read_to_string(store.folders().index()).unwrap();
    let name = folders[1].file_name().unwrap().to_str().unwrap();
    assert!(text().contains(name));
    store.workbooks().bin_workbook(&folders[1], now()).unwrap();
    load(&store);
    assert!(!text().contains(name));
}

#[test]
fn the_first_rows_are_counted_as_they_come_and_go() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(RealDisk));
    let ids = IdSource::new(1);
    for n in 1..=3 {
        let workbook = Workbook::new(ids.workbook(), n.to_string());
        store.workbooks().create(&workbook, at(n)).unwrap();
        assert_eq!(first_rows(&store, ALL).total, Some(n as usize));
    }
    assert_eq!(first_titles(&store), ["3", "2", "1"]);
    // one of them changes
    let oldest = first_rows(&store, ALL).rows.pop().unwrap();
    let summary = Summary { changed: Some(at(9)), ..Summary::clone(&oldest.summary) };
    note(&store, Entry { summary: Arc::new(summary), ..oldest });
    assert_eq!(
        (first_titles(&store), first_rows(&store, ALL).total),
        (["1", "3", "2"].map(str::to_owned).to_vec(), Some(3))
    );
    let binned = store.workbooks().bin_workbook(&first_rows(&store, ALL).rows[1].folder, now()).unwrap();
    assert_eq!(
        (first_titles(&store), first_rows(&store, ALL).total),
        (["1", "2"].map(str::to_owned).to_vec(), Some(2))
    );
    store.workbooks().restore(&binned, now()).unwrap();
    assert_eq!(first_rows(&store, ALL).total, Some(2), "the next reading of the list counts anew");
    load(&store);
    assert_eq!(first_rows(&store, ALL).total, Some(3));
}

#[test]
fn where_there_are_more_than_the_first_rows_hold_only_a_reading_of_the_list_counts() {
    let (_dir, _, store, folders) = listed(FIRST);
    let more = Workbook::new(WorkbookId::new("more"), "more");
    store.workbooks().create(&more, at(1_000)).unwrap();
    assert_eq!(first_rows(&store, ALL).total, Some(FIRST), "it may be one that was there");
    load(&store);
    assert_eq!(first_rows(&store, ALL).total, Some(FIRST + 1));
    let rows = first_titles(&store);
    assert_eq!((rows.len(), rows[0].as_str()), (FIRST, "more"));
    // one goes that is not among them
    store.workbooks().bin_workbook(&folders[0], now()).unwrap();
    load(&store);
    assert_eq!((first_titles(&store), first_rows(&store, ALL).total), (rows, Some(FIRST)));
}

#[test]
fn of_more_workbooks_than_it_knows_only_the_rows_that_are_wanted_are_read() {
    let (_dir, _, store, _) = listed(FIRST + 5);
    let all = first_rows(&store, ALL);
    for most in [0, 1, 24, FIRST - 1, FIRST, 200] {
        let some = first_rows(&store, most);
        assert_eq!((some.rows.as_slice(), some.total), (&all.rows[..most.min(FIRST)], Some(FIRST + 5)));
    }
    // the file is one like the others, for whoever looks into it
    let text = std::fs::read_to_string(store.folders().first()).unwrap();
    assert_eq!(notation::read::<First>(&text).unwrap().rows, all.rows);
    assert_eq!(text.lines().count(), FIRST + 3, "{text}");
    // laid out by somebody else it is read whole
    std::fs::write(store.folders().first(), text.replace(",summary:", ",\nsummary:")).unwrap();
    assert_eq!([first_rows(&store, 2), first_rows(&store, 3)], [all.clone(), all]);
    // where it knows all of them, all are read
    let (_dir, _, store, _) = listed(FIRST - 1);
    assert_eq!(first_rows(&store, 3).rows.len(), FIRST - 1);
}

#[test]
fn a_row_is_found_by_words_in_it_however_they_are_written() {
    let (_dir, _, store, _) = listed(2);
    let titles =
        ["A \"guide\"", "Back\\slash", "Two\nlines\tand a tab", "Élan und Weg", "日本語の団体", "a\u{301}b"];
    for (n, title) in titles.iter().enumerate() {
        let workbook = Workbook::new(WorkbookId::new(format!("id{n}")), *title);
        store.workbooks().create(&workbook, at(9)).unwrap();
        for words in [title.to_string(), title.to_uppercase(), format!("ID{n}")] {
            let found = first_rows_with(&store, &words);
            assert_eq!(found.len(), 1, "{words}");
            assert_eq!((found[0].title.as_str(), found[0].folder.is_dir()), (*title, true));
        }
    }
    assert_eq!(first_rows_with(&store, "nothing like it"), []);
}

#[test]
fn without_a_list_one_workbook_of_several_is_not_called_all() {
    let (_dir, _, store, _) = listed(3);
    let one = first_rows(&store, ALL).rows.remove(0);
    std::fs::remove_file(store.folders().first()).unwrap();
    note(&store, one);
    assert_eq!(first_rows(&store, ALL).total, None);
}

#[test]
fn the_first_rows_are_short() {
    let rig = Rig::new();
    let mut entry = first_rows(&rig.store, ALL).rows.remove(0);
    let summary = Arc::make_mut(&mut entry.summary);
    let item = |n: i64| AgendaItem {
        on: None,
        kind: AgendaKind::ToDo,
        words: n.to_string(),
        who: String::new(),
        to: AgendaTo::Aspect("SCO".into()),
        private: false,
    };
    summary.digest.agenda = (0..9).map(item).collect();
    summary.digest.open = vec![(QuestionId::new("SCO-1"), jiff::civil::date(2025, 3, 5))];
    note(&rig.store, entry);
    let short = first_rows(&rig.store, ALL).rows.remove(0).digest.clone();
    let words: Vec<&str> = short.agenda.iter().map(|item| item.words.as_str()).collect();
    assert_eq!((words, short.open), (vec!["0", "1", "2"], Vec::new()));
}

#[test]
fn a_row_is_read_anew_where_either_file_has_changed() {
    let rig = Rig::new();
    load(&rig.store);
    let (mut book, mut keeper) = rig.keeper();
    let partners = || rig.store.workbooks().entries().unwrap().remove(0).partners.clone();
    keeper.take(&add_partner(&mut book, "Hub"));
    keeper.flush().unwrap();
    assert_eq!(partners(), ["Hub"], "in the journal alone");
    load(&rig.store);
    keeper.take(&type_in(&mut book, "x"));
    keeper.take(&add_partner(&mut book, "Museum"));
    keeper.fold().unwrap();
    assert_eq!(partners().len(), 2);
}

#[test]
fn a_time_before_1970_is_another_time() {
    let meta = |modified: SystemTime| Meta { len: 3, modified, folder: false, mode: 0 };
    let (before, after) =
        (SystemTime::UNIX_EPOCH - Duration::from_secs(5), SystemTime::UNIX_EPOCH + Duration::from_secs(5));
    assert_eq!(seen(&meta(before)), (3, -5_000_000_000));
    assert_eq!(seen(&meta(after)), (3, 5_000_000_000));
}
