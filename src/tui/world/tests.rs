//! What is open for the program and what is open here are always the same workbook, in whatever order things come.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use super::World;
use crate::app::{Effect, Message};
use crate::command::Ask;
use crate::domain::{IdSource, QuestionId, Splice, TextPlace, VoiceKey, Workbook, WorkbookId};
use crate::store::fault::{Fault, FaultyDisk};
use crate::store::{Folders, Hold, Opened, RealDisk, Settings, Store};
use crate::tui::clock::Clock;
use crate::tui::wait::Waker;

struct Rig {
    world: World,
    store: Store,
    disk: FaultyDisk,
    id: WorkbookId,
    _folder: tempfile::TempDir,
}

fn rig() -> Rig {
    let folder = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::new(Arc::new(RealDisk));
    let store = Store::with_disk(Folders::at(folder.path()), Arc::new(disk.clone()));
    let set = "2025-11-10T14:03:00+00:00[UTC]".parse().unwrap();
    let clock = Clock::new(Some(&set), || unreachable!("the clock is set"));
    let workbook = Workbook::new(IdSource::new(1).workbook(), "Tactile guide");
    store.workbooks().create(&workbook, clock.now().wall).unwrap();
    let saver = Arc::default();
    let mut world = World::new(store.clone(), clock, Waker::new().unwrap(), saver, Settings::default());
    world.settle_in();
    Rig { world, store, disk, id: workbook.id().clone(), _folder: folder }
}

impl Rig {
    /// What another window holds until it is dropped, or what comes of taking it over.
    fn opened_elsewhere(&self) -> Opened {
        let folder = self.store.workbooks().folder_of(&self.id).unwrap();
        self.store.open(&folder, self.world.clock.now().wall).unwrap()
    }

    fn opens(&mut self) {
        self.world.carry_out(Effect::Ask(Ask::OpenWorkbook(self.id.clone())));
    }

    /// Somebody types into the workbook that is open.
    fn types(&mut self, opened: &mut crate::app::Opened, words: &str) {
        let place = TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours);
        let splice = Splice { place, at: 0, delete: String::new(), insert: words.to_owned(), on: None };
        let edit = crate::domain::Edit::Splice(splice);
        let records = opened.book.act(edit, self.world.clock.now().wall).unwrap();
        self.world.carry_out(Effect::Append(records));
    }

    /// What stands there for whoever reads it.
    fn kept(&self) -> String {
        let read = self.store.read(&self.store.workbooks().folder_of(&self.id).unwrap()).unwrap();
        read.book.workbook().answer(&QuestionId::new("SCO-1")).ours().text.clone()
    }

    /// The program takes in what it is told, as the loop does: for each workbook it lets go of the one before.
    fn app_takes_in(&mut self, mut has_one: bool) -> Option<Box<crate::app::Opened>> {
        let mut last = None;
        for message in self.world.news() {
            let Message::Opened(opened) = message else { continue };
            if has_one {
                self.world.carry_out(Effect::CloseBook);
            }
            has_one = true;
            last = Some(opened);
        }
        last
    }
}

#[test]
fn a_workbook_that_is_opened_while_another_window_hands_it_over_is_kept() {
    let mut rig = rig();
    let other = rig.opened_elsewhere();
    rig.opens();
    assert!(rig.app_takes_in(false).unwrap().reading.is_some(), "another window writes in it");
    drop(other);
    // the answer of the other window is there, and has not been looked at when the person opens it once more
    let (told, taken) = channel();
    rig.world.taking = Some(taken);
    let handed_over = rig.opened_elsewhere();
    assert!(matches!(handed_over.hold, Hold::Writing(_)));
    told.send(Ok(handed_over)).unwrap();
    rig.opens();

    let opened = rig.app_takes_in(true).unwrap();
    assert!(opened.reading.is_none(), "the other window has let go");
    let mut opened = opened;
    rig.types(&mut opened, "kept");
    assert!(rig.world.wait_kept(opened.book.seq(), Duration::from_secs(20)), "nobody keeps what is written");
    assert_eq!(rig.kept(), "kept");
}

#[test]
fn what_nobody_keeps_is_never_called_kept() {
    let mut rig = rig();
    assert!(!rig.world.wait_kept(1, Duration::ZERO));
    rig.opens();
    assert!(rig.app_takes_in(false).is_some_and(|opened| opened.reading.is_none()));
    assert!(rig.world.wait_kept(0, Duration::ZERO));
    assert!(!rig.world.wait_kept(1, Duration::ZERO));
}

/// What stands in an opened workbook.
fn words_of(opened: &crate::app::Opened) -> String {
    opened.book.workbook().answer(&QuestionId::new("SCO-1")).ours().text.clone()
}

/// Opens the workbook and types into it.
fn typed(words: &str) -> Rig {
    let mut rig = rig();
    rig.opens();
    let mut opened = rig.app_takes_in(false).unwrap();
    rig.types(&mut opened, words);
    rig
}

#[test]
fn the_screen_goes_on_while_a_workbook_is_saved_for_the_last_time() {
    let mut rig = typed("kept");
    rig.disk.stall_syncs(Duration::from_secs(1));
    rig.world.carry_out(Effect::CloseBook);
    assert_eq!(rig.world.closing.len(), 1, "nobody has waited for the disk");
    assert_eq!(rig.world.savers.lock().unwrap().len(), 1, "a closed window still saves it");
    // another one opens meanwhile, and can be written in
    rig.disk.stall_syncs(Duration::ZERO);
    let other = Workbook::new(IdSource::new(2).workbook(), "Another");
    rig.store.workbooks().create(&other, rig.world.clock.now().wall).unwrap();
    rig.world.carry_out(Effect::Ask(Ask::OpenWorkbook(other.id().clone())));
    assert!(rig.app_takes_in(false).is_some_and(|opened| opened.reading.is_none()));
    // the very same one is waited for
    rig.opens();
    let opened = rig.app_takes_in(true).unwrap();
    assert!(opened.reading.is_none(), "our own lock is no other window's");
    assert_eq!((words_of(&opened), rig.kept()), ("kept".to_owned(), "kept".to_owned()));
    let store = rig.store.clone();
    let folder = store.workbooks().folder_of(&rig.id).unwrap();
    rig.world.leave().unwrap();
    assert!(matches!(store.open(&folder, jiff::Timestamp::UNIX_EPOCH).unwrap().hold, Hold::Writing(_)));
}

#[test]
fn what_could_not_be_saved_is_said_whatever_was_opened_since() {
    let mut rig = typed("kept");
    assert!(rig.world.wait_kept(1, Duration::from_secs(20)));
    let other = Workbook::new(IdSource::new(2).workbook(), "Another");
    rig.store.workbooks().create(&other, rig.world.clock.now().wall).unwrap();
    rig.disk.fail(Fault { at: 0, calls: usize::MAX, error: 5, tear: false });
    rig.world.carry_out(Effect::CloseBook);
    rig.world.let_go_of_all();
    rig.disk.heal();
    let said = rig.world.news().iter().any(|message| matches!(message, Message::CouldNot(_)));
    assert!(said, "the person is told");
    // nor is it forgotten when another one cannot be saved either
    rig.world.carry_out(Effect::Ask(Ask::OpenWorkbook(other.id().clone())));
    let mut opened = rig.app_takes_in(false).unwrap();
    rig.types(&mut opened, "more");
    assert!(rig.world.wait_kept(opened.book.seq(), Duration::from_secs(20)));
    rig.disk.fail(Fault { at: 0, calls: usize::MAX, error: 5, tear: false });
    rig.world.carry_out(Effect::CloseBook);
    rig.world.let_go_of_all();
    rig.disk.heal();
    let folder = rig.store.workbooks().folder_of(&rig.id).unwrap();
    let others = rig.store.workbooks().folder_of(other.id()).unwrap();
    assert!(rig.world.is_unsaved(&folder) && rig.world.is_unsaved(&others));
    // opened again, all of it is there and will be saved
    rig.opens();
    assert_eq!(words_of(&rig.app_takes_in(false).unwrap()), "kept");
    assert!(!rig.world.is_unsaved(&folder));
    assert!(rig.world.leave().is_err(), "of the other it is said at the end");
}
