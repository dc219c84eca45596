use super::super::testing::{Rig, add_partner, now, ours, type_in, undo};
use super::*;

/// A workbook of which the first words are in the file and what was done since is in the journal. What ends the file
/// makes it unreadable, and takes nothing of it.
fn damaged(since: impl FnOnce(&mut Book) -> Vec<Record>) -> Rig {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "one "));
    keeper.fold().unwrap();
    keeper.take(&since(&mut book));
    keeper.flush().unwrap();
    rig.put(paths::WORKBOOK, [rig.bytes(paths::WORKBOOK), b"}}".to_vec()].concat());
    rig
}

fn look(rig: &Rig) -> Rescue {
    rig.store.look_to_rescue(&rig.folder, None).unwrap()
}

fn text(rescue: &Rescue) -> &str {
    rescue.salvaged.workbook.text(&ours()).unwrap()
}

/// Some typing, an undo, a partner.
fn a_little(book: &mut Book) -> Vec<Record> {
    [type_in(book, "two three "), type_in(book, "four"), undo(book), add_partner(book, "hub")].concat()
}

#[test]
fn what_was_done_since_is_in_what_is_rescued() {
    let rig = damaged(a_little);
    let rescue = look(&rig);
    assert_eq!((text(&rescue), rescue.later, rescue.unfit), ("one two three ", 4, 0));
    assert_eq!(rescue.salvaged.workbook.partners().len(), 1);
    assert_eq!(rescue.amount, Amount { answers: 1, words: 3 });
    assert_eq!(rescue.title, "The walk (rescued)");
}

#[test]
fn where_the_file_does_not_say_how_many_records_it_holds_the_journal_does() {
    let rig = damaged(a_little);
    let file = String::from_utf8(rig.bytes(paths::WORKBOOK)).unwrap();
    assert!(file.contains("    seq: 1,\n"), "{file}");
    rig.put(paths::WORKBOOK, file.replace("    seq: 1,\n", ""));
    let rescue = look(&rig);
    assert_eq!((text(&rescue), rescue.later, rescue.unfit), ("one two three ", 4, 0));
}

#[test]
fn what_the_file_holds_already_is_not_done_again() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    keeper.take(&type_in(&mut book, "one "));
    keeper.flush().unwrap();
    let mut journal = rig.bytes(paths::JOURNAL);
    keeper.fold().unwrap();
    let later = type_in(&mut book, "two");
    journal.extend(later.iter().flat_map(|record| journal::record_line(record).into_bytes()));
    rig.put(paths::JOURNAL, journal);
    rig.put(paths::WORKBOOK, [rig.bytes(paths::WORKBOOK), b"}}".to_vec()].concat());
    let rescue = look(&rig);
    assert_eq!((text(&rescue), rescue.later, rescue.unfit), ("one two", 1, 0));
}

#[test]
fn after_a_gap_only_what_stands_by_itself_is_done() {
    let rig = damaged(|book| {
        [add_partner(book, "hub"), type_in(book, "two"), undo(book), add_partner(book, "mill")].concat()
    });
    let journal = rig.bytes(paths::JOURNAL);
    // its mark is the first line; the record after it is gone
    let lines = journal.split_inclusive(|byte| *byte == b'\n').enumerate();
    rig.put(
        paths::JOURNAL,
        lines.filter(|(n, _)| *n != 1).flat_map(|(_, line)| line).copied().collect::<Vec<u8>>(),
    );
    let rescue = look(&rig);
    assert_eq!((text(&rescue), rescue.later, rescue.unfit), ("one ", 1, 2));
    assert_eq!(rescue.salvaged.workbook.partners()[0].name, "mill");
}

#[test]
fn the_newest_earlier_version_is_named_unless_it_is_what_is_looked_at() {
    let rig = damaged(a_little);
    let (path, amount) = look(&rig).earlier.unwrap();
    assert_eq!(amount, Amount::default(), "it is from before the first word");
    let looked_at = rig.store.look_to_rescue(&rig.folder, Some(&path)).unwrap();
    assert_eq!((looked_at.file, looked_at.earlier), (path, None));
    assert_eq!((looked_at.later, looked_at.unfit), (0, 0), "the journal was made for another file");
}

#[test]
fn a_new_workbook_is_made_beside_the_damaged_one_which_stays() {
    let rig = damaged(a_little);
    let before = rig.bytes(paths::WORKBOOK);
    let made = rig.store.workbooks().rescue(&look(&rig), &IdSource::new(1), now()).unwrap();
    assert_ne!(made, rig.folder);
    assert_eq!(rig.bytes(paths::WORKBOOK), before);
    let read = rig.store.read(&made).unwrap();
    assert_eq!(read.book.workbook().title(), "The walk (rescued)");
    assert_eq!(read.book.workbook().text(&ours()), Some("one two three "));
}

#[test]
fn a_folder_goes_by_its_path_by_its_file_or_by_its_name() {
    let rig = Rig::new();
    let named = |name: &str| rig.store.folder_named(name);
    assert_eq!(named(rig.folder.to_str().unwrap()).unwrap(), rig.folder);
    assert_eq!(named(rig.file(paths::WORKBOOK).to_str().unwrap()).unwrap(), rig.folder);
    assert_eq!(named("walk").unwrap(), rig.folder);
    assert_eq!(named(".").unwrap(), std::env::current_dir().unwrap());
    // a name by itself is a workbook's, whatever lies where we are
    assert!(Path::new("src").is_dir());
    assert!(matches!(named("src"), Err(StoreError::NoSuchWorkbook { .. })));
    let nowhere = rig.file("nowhere");
    assert!(matches!(named(nowhere.to_str().unwrap()), Err(StoreError::NoSuchWorkbook { .. })));
}
