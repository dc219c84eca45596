//! What is open for the program and what is open here are always the same workbook, in whatever order things come.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use super::World;
use crate::app::{Effect, Message};
use crate::command::Ask;
use crate::domain::{IdSource, QuestionId, Splice, TextPlace, VoiceKey, Workbook, WorkbookId};
use crate::store::{Folders, Hold, Opened, RealDisk, Settings, Store};
use crate::tui::clock::Clock;
use crate::tui::wait::Waker;

struct Rig {
    world: World,
    store: Store,
    id: WorkbookId,
    _folder: tempfile::TempDir,
}

fn rig() -> Rig {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::with_disk(Folders::at(folder.path()), Arc::new(RealDisk));
    let set = "2025-11-10T14:03:00+00:00[UTC]".parse().unwrap();
    let clock = Clock::new(Some(&set), || unreachable!("the clock is set"));
    let workbook = Workbook::new(IdSource::new(1).workbook(), "Tactile guide");
    store.library().create(&workbook, clock.now().wall).unwrap();
    let saver = Arc::default();
    let mut world = World::new(store.clone(), clock, Waker::new().unwrap(), saver, Settings::default());
    world.settle_in();
    Rig { world, store, id: workbook.id().clone(), _folder: folder }
}

impl Rig {
    /// What another window holds until it is dropped, or what comes of taking it over.
    fn opened_elsewhere(&self) -> Opened {
        let folder = self.store.library().folder_of(&self.id).unwrap();
        self.store.open(&folder, self.world.clock.now().wall).unwrap()
    }

    fn opens(&mut self) {
        self.world.carry_out(Effect::Ask(Ask::OpenWorkbook(self.id.clone())));
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
    let mut book = opened.book;
    let place = TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours);
    let splice = Splice { place, at: 0, delete: String::new(), insert: "kept".to_owned(), on: None };
    let records = book.act(crate::domain::Edit::Splice(splice), rig.world.clock.now().wall).unwrap();
    rig.world.carry_out(Effect::Append(records));
    assert!(rig.world.wait_kept(book.seq(), Duration::from_secs(20)), "nobody keeps what is written");
    let read = rig.store.read(&rig.store.library().folder_of(&rig.id).unwrap()).unwrap();
    assert_eq!(read.book.workbook().answer(&QuestionId::new("SCO-1")).ours().text, "kept");
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
