//! The room that is set aside for the journal, on a disk that has none, too little, or enough of it.

use super::*;

const NOT_SUPPORTED: i32 = 95;
const FULL: i32 = 28;

/// What the disk was asked by a keeper that sees whether there is room enough.
fn asked(rig: &Rig, keeper: &mut Keeper) -> Vec<&'static str> {
    rig.disk.heal();
    keeper.set_room_aside().unwrap();
    rig.disk.calls()
}

/// A keeper for whose journal a nearly full disk had only the least that is asked for: 64 KiB.
fn with_little_room(rig: &Rig) -> (Book, Keeper) {
    let (book, mut keeper) = rig.keeper();
    rig.disk.fail(Fault { at: 1, calls: 2, error: FULL, tear: false });
    keeper.set_room_aside().unwrap();
    assert_eq!(rig.disk.calls(), ["append", "reserve", "reserve", "reserve"]);
    (book, keeper)
}

#[cfg(target_os = "linux")]
#[test]
fn room_is_set_aside_once_and_again_when_little_is_left() {
    let rig = Rig::new();
    let (mut book, mut keeper) = with_little_room(&rig);
    assert_eq!(asked(&rig, &mut keeper), Vec::<&str>::new(), "there is enough");
    keeper.take(&type_in(&mut book, &"x".repeat(12 << 10)));
    keeper.flush().unwrap();
    assert_eq!(asked(&rig, &mut keeper), Vec::<&str>::new(), "there is enough still");
    keeper.take(&type_in(&mut book, &"x".repeat(12 << 10)));
    keeper.flush().unwrap();
    assert_eq!(asked(&rig, &mut keeper), ["reserve"]);
    keeper.take(&type_in(&mut book, &"x".repeat(12 << 10)));
    keeper.flush().unwrap();
    assert_eq!(asked(&rig, &mut keeper), Vec::<&str>::new(), "there is enough again");
}

#[test]
fn where_the_system_knows_no_room_it_is_asked_once() {
    let rig = Rig::new();
    let (_, mut keeper) = rig.keeper();
    rig.disk.fail(Fault { at: 1, calls: usize::MAX, error: NOT_SUPPORTED, tear: false });
    keeper.set_room_aside().unwrap();
    assert!(rig.disk.calls().contains(&"reserve"));
    assert_eq!(asked(&rig, &mut keeper), Vec::<&str>::new());
}

#[test]
fn a_full_disk_is_said_and_asked_again() {
    let rig = Rig::new();
    let (_, mut keeper) = rig.keeper();
    rig.disk.fail(Fault { at: 1, calls: usize::MAX, error: FULL, tear: false });
    let error = keeper.set_room_aside().unwrap_err();
    assert!(error.to_string().starts_with("could not set room aside for"), "{error}");
    assert!(error.to_string().ends_with("the disk is full"), "{error}");
    assert!(asked(&rig, &mut keeper).contains(&"reserve"));
}

#[test]
fn nothing_is_set_aside_for_a_journal_that_is_to_be_written_anew() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    assert!(keeper.journal_works());
    keeper.take(&type_in(&mut book, "x"));
    rig.disk.fail(Fault { at: 0, calls: 1, error: 5, tear: false });
    keeper.flush().unwrap_err();
    assert!(!keeper.journal_works());
    assert_eq!(asked(&rig, &mut keeper), Vec::<&str>::new());
    keeper.mend().unwrap();
    assert!(keeper.journal_works());
}

#[cfg(target_os = "linux")]
#[test]
fn leaving_gives_the_room_back_and_takes_no_word_with_it() {
    let rig = Rig::new();
    let (mut book, mut keeper) = rig.keeper();
    rig.disk.heal();
    keeper.give_room_back();
    assert_eq!(rig.disk.calls(), Vec::<&str>::new(), "there is none");
    drop(keeper);
    let (_, mut keeper) = with_little_room(&rig);
    rig.disk.heal();
    keeper.give_room_back();
    assert_eq!(rig.disk.calls(), ["empty"]);
    keeper.set_room_aside().unwrap();
    keeper.take(&type_in(&mut book, "a word"));
    keeper.flush().unwrap();
    let journal = rig.bytes("journal.log");
    keeper.give_room_back();
    assert_eq!(rig.bytes("journal.log"), journal);
    drop(keeper);
    assert_eq!(rig.open().book.workbook(), book.workbook());
}

#[cfg(target_os = "linux")]
#[test]
fn as_much_is_set_aside_as_there_is() {
    use std::os::unix::fs::MetadataExt as _;
    for (too_much, bytes) in [(0, 1 << 20), (1, 256 << 10), (2, 64 << 10)] {
        let rig = Rig::new();
        let (_, mut keeper) = rig.keeper();
        rig.disk.fail(Fault { at: 1, calls: too_much, error: FULL, tear: false });
        keeper.set_room_aside().unwrap();
        let meta = std::fs::metadata(rig.file("journal.log")).unwrap();
        assert!(meta.len() == 0 && meta.blocks() * 512 >= bytes, "{too_much}: {meta:?}");
        assert!(meta.blocks() * 512 < 2 * bytes, "{too_much}: {meta:?}");
    }
}
