use std::sync::mpsc::Receiver;

use super::super::fault::Fault;
use super::super::open::Hold;
use super::super::testing::{Rig, type_in};
use super::desk::{RETRY_AT_MOST, next_pause};
use super::*;
use crate::domain::Book;

/// Longer than anything here should take; nothing waits that long when all is well.
const LONG: Duration = Duration::from_secs(10);

struct Window {
    book: Book,
    writer: Writer,
    reports: Receiver<Report>,
    woken: Receiver<()>,
}

fn window(rig: &Rig) -> Window {
    let opened = rig.open();
    let Hold::Writing(writing) = opened.hold else { panic!("{:?}", opened.hold) };
    let (reports_in, reports) = mpsc::channel();
    let (wake, woken) = mpsc::channel();
    let wake = Box::new(move || {
        // nobody counts any more once the test is over
        let _ = wake.send(());
    });
    let writer = Writer::start(writing, reports_in, wake).unwrap();
    Window { book: opened.book, writer, reports, woken }
}

impl Window {
    fn write(&mut self, text: &str) -> u64 {
        self.writer.append(type_in(&mut self.book, text));
        self.book.seq()
    }

    /// The next report that is wanted; others are passed over.
    fn report(&self, mut wanted: impl FnMut(&Report) -> bool) -> Report {
        let until = Instant::now() + LONG;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let report = self.reports.recv_timeout(left).expect("the report that was waited for");
            if wanted(&report) {
                return report;
            }
        }
    }
}

#[test]
fn what_is_sent_is_kept_at_once_synced_soon_and_folded_when_asked() {
    let rig = Rig::new();
    let mut window = window(&rig);
    let before = Instant::now();
    let seq = window.write("hello");
    assert!(window.writer.wait_kept(seq, LONG));
    assert!(!window.writer.wait_kept(seq + 1, Duration::from_millis(1)));
    assert_eq!(rig.read().book.workbook(), window.book.workbook(), "in the journal");
    let Report::Synced { seq: synced, at } = window.report(|r| matches!(r, Report::Synced { .. })) else {
        panic!()
    };
    assert_eq!(synced, seq);
    assert!(at - before >= SYNC_AFTER / 2, "it waits for more to come");
    window.writer.fold();
    window.report(|r| *r == Report::Folded { seq });
    window.writer.close().unwrap();
    // for what the disk has, for what is folded, and at the end; who has waited for it is not woken for what the system has
    assert_eq!(window.woken.try_iter().count(), 3);
    assert!(matches!(rig.open().hold, Hold::Writing(_)));
}

#[test]
fn with_nothing_to_do_it_does_not_wake_up() {
    let rig = Rig::new();
    let mut window = window(&rig);
    let seq = window.write("x");
    window.report(|r| matches!(r, Report::Synced { seq: s, .. } if *s == seq));
    rig.disk.heal();
    let saver = window.writer.saver();
    assert!(!saver.wait_kept(seq + 1, SYNC_AFTER * 2));
    assert_eq!(rig.disk.calls(), Vec::<&str>::new());
    assert_eq!(window.reports.try_iter().count(), 0);
}

#[test]
fn ctrl_s_syncs_without_waiting() {
    let rig = Rig::new();
    let mut window = window(&rig);
    let before = Instant::now();
    let seq = window.write("x");
    window.writer.sync();
    window.report(|r| matches!(r, Report::Synced { seq: s, .. } if *s == seq));
    assert!(before.elapsed() < SYNC_AFTER);
}

#[test]
fn each_sync_that_is_asked_for_is_answered() {
    let rig = Rig::new();
    let mut window = window(&rig);
    window.writer.sync();
    window.report(|r| *r == Report::Safe);
    let seq = window.write("x");
    // one that comes by itself answers nobody
    window.report(|r| matches!(r, Report::Synced { seq: s, .. } if *s == seq));
    assert_eq!(window.reports.try_iter().find(|r| *r == Report::Safe), None);
    window.writer.sync();
    window.report(|r| *r == Report::Safe);
    rig.disk.fail(Fault { at: 0, calls: usize::MAX, error: 28, tear: true });
    window.write("y");
    window.writer.sync();
    let said = window.report(|r| matches!(r, Report::Failed { .. } | Report::Safe));
    assert_ne!(said, Report::Safe, "the disk takes nothing");
    rig.disk.heal();
    window.report(|r| *r == Report::Safe);
}

#[test]
fn what_fails_once_on_closing_is_tried_again() {
    let rig = Rig::new();
    let mut window = window(&rig);
    let seq = window.write("x");
    window.report(|r| matches!(r, Report::Synced { seq: s, .. } if *s == seq));
    rig.disk.fail(Fault { at: 0, calls: 1, error: 5, tear: false });
    window.writer.close().unwrap();
    assert_eq!(rig.open().recovered, 0, "it was left in the journal");
}

#[test]
fn a_failure_is_said_once_tried_again_and_mended() {
    let rig = Rig::new();
    let mut window = window(&rig);
    let seq = window.write("before ");
    window.report(|r| matches!(r, Report::Synced { .. }));
    rig.disk.fail(Fault { at: 0, calls: usize::MAX, error: 28, tear: true });
    let told = Instant::now();
    window.write("meanwhile ");
    let failed = window.report(|r| matches!(r, Report::Failed { .. }));
    let Report::Failed { words, hint, kept, synced } = failed else { panic!() };
    assert!(told.elapsed() < Duration::from_secs(1));
    assert!(words.contains("the disk is full") && hint.contains("room"), "{words} {hint}");
    assert_eq!((kept, synced), (seq, seq));
    let last = window.write("and after");
    assert!(!window.writer.wait_kept(last, RETRY_AT_MOST));
    assert!(!window.reports.try_iter().any(|r| matches!(r, Report::Failed { .. })), "said once");
    assert!(rig.disk.calls().len() < 500, "with pauses: {}", rig.disk.calls().len());
    rig.disk.heal();
    window.report(|r| *r == Report::Mended { seq: last });
    assert!(window.writer.wait_kept(last, LONG));
    let book = window.book.clone();
    window.writer.close().unwrap();
    assert_eq!(rig.open().book.workbook(), book.workbook());
}

#[test]
fn it_is_tried_again_at_least_each_second() {
    let pauses = std::iter::successors(Some(next_pause(None)), |before| Some(next_pause(Some(*before))));
    let pauses: Vec<u128> = pauses.take(7).map(|pause| pause.as_millis()).collect();
    assert_eq!(pauses, [100, 200, 400, 800, 1000, 1000, 1000]);
}

#[test]
fn the_saver_saves_from_another_thread_and_says_when_it_cannot() {
    let rig = Rig::new();
    let mut window = window(&rig);
    let seq = window.write("the window was closed in mid-sent");
    let saver = window.writer.saver();
    assert!(std::thread::spawn(move || saver.fold_now(LONG)).join().unwrap());
    window.report(|r| *r == Report::Folded { seq });
    assert_eq!(rig.bytes("journal.log"), b"");

    rig.disk.fail(Fault { at: 0, calls: usize::MAX, error: 5, tear: false });
    window.write("x");
    assert!(!window.writer.saver().fold_now(LONG));
    let error = window.writer.close().unwrap_err();
    assert!(error.path().is_some(), "{error}");
}

/// How long a sync takes on a disk that stands still: longer than anything waits for it here.
const STANDS_STILL: Duration = Duration::from_secs(2);

#[test]
fn a_disk_that_stands_still_keeps_no_word_waiting() {
    let rig = Rig::new();
    let mut window = window(&rig);
    rig.disk.stall_syncs(STANDS_STILL);
    let before = Instant::now();
    window.write("a");
    window.writer.sync();
    let seq = window.write("b");
    assert!(window.writer.wait_kept(seq, LONG));
    assert_eq!(rig.read().book.workbook(), window.book.workbook(), "in the journal");
    // leaving a field asks for the whole file, which has to wait
    window.writer.fold();
    let last = window.write("c");
    assert!(window.writer.wait_kept(last, LONG));
    assert!(before.elapsed() < STANDS_STILL, "{:?}", before.elapsed());
    assert!(!window.reports.try_iter().any(|r| !matches!(r, Report::Kept { .. })), "nothing is safe yet");
    rig.disk.stall_syncs(Duration::ZERO);
    window.report(|r| matches!(r, Report::Synced { .. }));
    window.report(|r| *r == Report::Folded { seq: last });
    window.report(|r| *r == Report::Safe);
}

#[test]
fn who_gave_up_waiting_is_woken_when_it_has_come() {
    let rig = Rig::new();
    let mut window = window(&rig);
    assert!(!window.writer.wait_kept(window.book.seq() + 1, Duration::ZERO));
    let seq = window.write("x");
    window.woken.recv_timeout(LONG).expect("woken for what the system has");
    assert_eq!(window.reports.try_iter().next(), Some(Report::Kept { seq }));
}

#[test]
fn ctrl_s_during_a_sync_is_answered_by_one_that_has_everything() {
    let rig = Rig::new();
    let mut window = window(&rig);
    rig.disk.stall_syncs(Duration::from_millis(100));
    let first = window.write("a");
    window.writer.sync();
    assert!(window.writer.wait_kept(first, LONG));
    let seq = window.write("b");
    window.writer.sync();
    let mut safe = None;
    window.report(|report| match report {
        Report::Synced { seq, .. } => {
            safe = Some(*seq);
            false
        }
        _ => *report == Report::Safe && safe == Some(seq),
    });
}

#[test]
fn a_sync_that_fails_is_said_and_the_journal_is_written_anew() {
    let rig = Rig::new();
    let mut window = window(&rig);
    let kept = window.write("a");
    assert!(window.writer.wait_kept(kept, LONG));
    rig.disk.stall_syncs(Duration::from_millis(50));
    rig.disk.fail(Fault { at: 1, calls: 1, error: 5, tear: false });
    window.writer.sync();
    let said = window.report(|r| matches!(r, Report::Failed { .. } | Report::Synced { .. }));
    let Report::Failed { kept: system, synced, .. } = said else { panic!("{said:?}") };
    assert_eq!((system, synced), (kept, 0), "{:?}", rig.disk.calls());
    window.report(|r| *r == Report::Mended { seq: kept });
    assert!(rig.disk.calls().contains(&"rename"), "under another name: {:?}", rig.disk.calls());
    assert_eq!(rig.read().book.workbook(), window.book.workbook());
}

#[test]
fn dropping_a_writer_saves_and_lets_go() {
    let rig = Rig::new();
    let mut window = window(&rig);
    window.write("still here");
    let book = window.book.clone();
    let place = Place { screen: "map".into(), caret: 3, ..Place::default() };
    window.writer.place(place.clone());
    drop(window);
    let opened = rig.open();
    assert!(matches!(opened.hold, Hold::Writing(_)));
    assert_eq!(opened.book.workbook(), book.workbook());
    assert_eq!(opened.place, Some(place));
    assert_eq!(opened.recovered, 0);
}

#[test]
fn what_came_back_from_the_journal_is_folded_on_closing() {
    let rig = Rig::new();
    {
        let (mut book, mut keeper) = rig.keeper();
        keeper.take(&type_in(&mut book, "recovered"));
        keeper.flush().unwrap();
    }
    window(&rig).writer.close().unwrap();
    assert_eq!(rig.bytes("journal.log"), b"");
    assert!(String::from_utf8(rig.bytes("workbook.ron")).unwrap().contains("recovered"));
}

#[test]
fn what_came_back_from_the_journal_is_synced_soon() {
    let rig = Rig::new();
    {
        let (mut book, mut keeper) = rig.keeper();
        keeper.take(&type_in(&mut book, "recovered"));
        keeper.flush().unwrap();
    }
    let before = Instant::now();
    let window = window(&rig);
    let said = window.report(|r| matches!(r, Report::Synced { .. }));
    let Report::Synced { seq, at } = said else { panic!("{said:?}") };
    assert_eq!(seq, window.book.seq());
    assert!(at - before >= SYNC_AFTER / 2, "it waits for more to come");
}

/// A mistake of ours on the writer's thread, as far as that can be made from without: what wakes the screen panics.
#[test]
fn what_was_sent_before_a_mistake_of_ours_is_saved_all_the_same() {
    let rig = Rig::new();
    let opened = rig.open();
    let Hold::Writing(writing) = opened.hold else { panic!("{:?}", opened.hold) };
    let mut book = opened.book;
    let (reports, heard) = mpsc::channel();
    let (go, wait) = mpsc::channel::<()>();
    let wake = Box::new(move || {
        if wait.recv_timeout(LONG).is_ok() {
            panic!("a mistake that a test makes");
        }
    });
    let writer = Writer::start(writing, reports, wake).unwrap();
    writer.append(type_in(&mut book, "one "));
    writer.sync();
    heard.iter().find(|report| matches!(report, Report::Synced { .. })).unwrap();
    // it is being told, and hears nothing meanwhile
    writer.append(type_in(&mut book, "two"));
    go.send(()).unwrap();
    drop(go);
    writer.close().unwrap();
    let again = rig.open();
    assert_eq!((again.book.workbook(), again.recovered), (book.workbook(), 0));
}
