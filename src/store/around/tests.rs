use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::super::testing::{Rig, now, ours, type_in};
use super::super::{Hold, Report, Why, Writer};
use super::*;
use crate::domain::Book;

const SOON: Duration = Duration::from_secs(20);

/// A window: it writes in a workbook and looks out.
struct Window {
    book: Book,
    writer: Writer,
    lookout: Lookout,
    reports: Receiver<Report>,
    rung: Receiver<()>,
}

impl Window {
    fn open(rig: &Rig, notices: bool) -> Self {
        let opened = rig.open();
        let Hold::Writing(writing) = opened.hold else { panic!("{:?}", opened.hold) };
        let (sent, reports) = channel();
        let (ring, rung) = channel();
        let rings = ring.clone();
        let wake = |ring: std::sync::mpsc::Sender<()>| -> Wake { Box::new(move || _ = ring.send(())) };
        let writer = Writer::start(writing, sent, wake(ring)).unwrap();
        let known = rig.store.copy_names(&rig.folder);
        let lookout = Lookout::begin(&rig.store, &rig.folder, known, writer.saver(), wake(rings), notices);
        Self { book: opened.book, writer, lookout, reports, rung }
    }

    fn write(&mut self, text: &str) {
        let records = type_in(&mut self.book, text);
        let seq = records.last().unwrap().seq;
        self.writer.append(records);
        assert!(self.writer.wait_kept(seq, SOON));
    }

    /// Waits for a report that is like this.
    fn reported<T>(&self, like: impl Fn(&Report) -> Option<T>) -> T {
        loop {
            let report = self.reports.recv_timeout(SOON).expect("it is reported");
            if let Some(found) = like(&report) {
                return found;
            }
        }
    }

    /// The next thing that is seen of others.
    fn sees(&self) -> Seen {
        loop {
            if let Some(seen) = self.lookout.seen().pop() {
                return seen;
            }
            self.rung.recv_timeout(SOON).expect("something is seen");
        }
    }

    fn asked(&self) -> Holder {
        match self.sees() {
            Seen::Asked(holder) => holder,
            other => panic!("{other:?}"),
        }
    }
}

fn text_of(rig: &Rig) -> String {
    rig.read().book.workbook().text(&ours()).unwrap().to_owned()
}

/// The file as another program would leave it.
fn theirs(rig: &Rig) -> String {
    String::from_utf8(rig.bytes("workbook.ron")).unwrap().replace("The walk", "Their walk")
}

#[test]
fn the_holder_is_asked_and_lets_go_with_everything_saved() {
    for notices in [true, false] {
        let rig = Rig::new();
        let mut first = Window::open(&rig, notices);
        first.write("not folded yet");
        let (store, folder) = (rig.store.clone(), rig.folder.clone());
        let second = std::thread::spawn(move || store.take_over(&folder, now(), SOON));
        assert_eq!(first.asked().process, std::process::id());
        drop(first.lookout);
        first.writer.close().unwrap();
        let opened = second.join().unwrap().unwrap();
        assert!(matches!(opened.hold, Hold::Writing(_)), "{:?}", opened.hold);
        assert_eq!(opened.recovered, 0, "it was folded before it was let go");
        assert_eq!(opened.book.workbook().text(&ours()), Some("not folded yet"));
        assert!(!rig.file(paths::WANTED).exists());
    }
}

#[test]
fn a_holder_that_does_not_answer_keeps_it() {
    let rig = Rig::new();
    let mut first = Window::open(&rig, true);
    let refused = rig.store.take_over(&rig.folder, now(), Duration::ZERO);
    assert!(matches!(refused, Err(StoreError::Held { .. })), "{refused:?}");
    assert!(!rig.file(paths::WANTED).exists(), "a request that was given up is no request");
    first.write("still mine");
    first.writer.close().unwrap();
    assert_eq!(text_of(&rig), "still mine");
}

#[test]
fn nobody_need_be_asked_where_nobody_holds_it_and_an_old_request_asks_nobody() {
    let rig = Rig::new();
    rig.put(paths::WANTED, "(host: \"old\", process: 1)");
    let window = Window::open(&rig, true);
    assert!(!rig.file(paths::WANTED).exists());
    assert_eq!(window.lookout.seen(), []);
    window.writer.close().unwrap();
    let opened = rig.store.take_over(&rig.folder, now(), Duration::ZERO).unwrap();
    assert!(matches!(opened.hold, Hold::Writing(_)));
    let reading = rig.open();
    assert!(matches!(reading.hold, Hold::Reading(Why::HeldBy(_))));
}

#[test]
fn a_copy_that_comes_beside_it_is_told_of_and_one_that_lay_there_is_not() {
    for notices in [true, false] {
        let rig = Rig::new();
        rig.put("workbook (1).ron", theirs(&rig));
        let window = Window::open(&rig, notices);
        // as a sync tool does it
        rig.put(".syncthing.arriving.tmp", theirs(&rig));
        rig.put("notes.txt", "somebody's");
        // as an editor does it while it saves
        rig.put("workbook.ron~", "passing");
        std::fs::remove_file(rig.file("workbook.ron~")).unwrap();
        let name = rig.file("workbook.sync-conflict-20250310-141512-ABCDEFG.ron");
        std::fs::rename(rig.file(".syncthing.arriving.tmp"), &name).unwrap();
        assert_eq!(window.sees(), Seen::Copies(1));
        // gone, and come again
        std::fs::remove_file(&name).unwrap();
        rig.put("workbook (2).ron", "one");
        assert_eq!(window.sees(), Seen::Copies(1));
        rig.put("workbook.sync-conflict-20250310-141512-ABCDEFG.ron", "again");
        assert_eq!(window.sees(), Seen::Copies(1));
        assert_eq!(window.lookout.seen(), []);
        window.writer.close().unwrap();
    }
}

#[test]
fn a_file_that_another_program_replaced_is_told_and_ours_is_kept() {
    for notices in [true, false] {
        let rig = Rig::new();
        let mut window = Window::open(&rig, notices);
        window.write("ours");
        window.writer.fold();
        window.reported(|report| matches!(report, Report::Folded { .. }).then_some(()));
        let ours = rig.bytes("workbook.ron");
        let theirs = theirs(&rig);
        // as a sync tool does it
        rig.put("arriving", &theirs);
        std::fs::rename(rig.file("arriving"), rig.file("workbook.ron")).unwrap();
        let kept = window.reported(|report| match report {
            Report::Replaced { kept } => Some(kept.clone()),
            _ => None,
        });
        assert_eq!(std::fs::read(kept).unwrap(), ours);
        window.writer.close().unwrap();
        assert_eq!(rig.bytes("workbook.ron"), theirs.as_bytes(), "theirs stays");
        let opened = rig.open();
        assert_eq!(opened.book.workbook().title(), "Their walk");
        assert_eq!(opened.notices.len(), 1, "{:?}", opened.notices);
    }
}

#[test]
fn what_waits_here_is_saved_at_once_and_theirs_is_kept() {
    let rig = Rig::new();
    let mut window = Window::open(&rig, true);
    window.write("half a sent");
    let theirs = theirs(&rig);
    // written in place, as some editors do
    rig.put("workbook.ron", &theirs);
    let kept = window.reported(|report| match report {
        Report::ChangedOutside { kept } => Some(kept.clone()),
        _ => None,
    });
    assert_eq!(std::fs::read_to_string(kept).unwrap(), theirs);
    window.reported(|report| matches!(report, Report::Folded { .. }).then_some(()));
    assert_eq!(text_of(&rig), "half a sent");
}

#[test]
fn our_own_saving_and_half_a_file_are_no_news() {
    let rig = Rig::new();
    let mut window = Window::open(&rig, true);
    for n in 0..3 {
        window.write(&n.to_string());
        window.writer.fold();
        window.reported(|report| matches!(report, Report::Folded { .. }).then_some(()));
    }
    let whole = rig.bytes("workbook.ron");
    rig.put("workbook.ron", &whole[..whole.len() / 2]);
    window.writer.saver().look();
    rig.put("workbook.ron", &whole);
    window.writer.saver().look();
    window.write("more");
    window.writer.close().unwrap();
    let told: Vec<Report> = window.reports.try_iter().collect();
    let outside = |report: &&Report| {
        matches!(report, Report::Replaced { .. } | Report::ChangedOutside { .. } | Report::Failed { .. })
    };
    assert_eq!(told.iter().find(outside), None);
    assert_eq!(text_of(&rig), "012more");
}

#[test]
fn once_it_is_dropped_nobody_looks_out_any_more() {
    for notices in [true, false] {
        let rig = Rig::new();
        let Window { lookout, writer, rung, .. } = Window::open(&rig, notices);
        writer.close().unwrap();
        drop(lookout);
        // both threads hold the bell as long as they are there
        let ended = loop {
            match rung.recv_timeout(SOON) {
                Ok(()) => {}
                Err(ended) => break ended,
            }
        };
        assert_eq!(ended, RecvTimeoutError::Disconnected);
    }
}

#[test]
fn the_folder_is_watched_and_the_one_where_the_file_really_is() {
    let rig = Rig::new();
    let elsewhere = tempfile::tempdir().unwrap();
    for folder in [&rig.folder, elsewhere.path()].map(|folder| folder.canonicalize().unwrap()) {
        if Notices::of(folder, |_| {}).is_none() {
            // the system has none to give
            return;
        }
    }
    let writer = {
        let Hold::Writing(writing) = rig.open().hold else { panic!("it is free") };
        Writer::start(writing, channel().0, Box::new(|| {})).unwrap()
    };
    let desk = Desk {
        store: rig.store.clone(),
        folder: rig.folder.clone(),
        copies: Vec::new(),
        arriving: None,
        saver: writer.saver(),
        told: channel().0,
        wake: Box::new(|| {}),
    };
    let bell = channel().0;
    assert_eq!(desk.notices(&bell).len(), 1);
    std::fs::rename(rig.file("workbook.ron"), elsewhere.path().join("workbook.ron")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("workbook.ron"), rig.file("workbook.ron")).unwrap();
    assert_eq!(desk.notices(&bell).len(), 2);
    writer.close().unwrap();
}
