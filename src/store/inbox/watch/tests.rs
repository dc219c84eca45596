use std::sync::{Arc, Condvar, Mutex};
use std::time::Instant;

use jiff::Timestamp;
use tempfile::TempDir;

use super::super::super::fault::FaultyDisk;
use super::super::super::{Folders, Jot, RealDisk, Store};
use super::*;
use crate::domain::IdSource;

/// Longer than anything should take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A watched inbox, and what was told of it.
struct Rig {
    dir: TempDir,
    watch: Watch,
    rung: Arc<(Mutex<u64>, Condvar)>,
    ids: IdSource,
}

impl Rig {
    fn new(dir: TempDir, notices: bool) -> Self {
        let rung: Arc<(Mutex<u64>, Condvar)> = Arc::default();
        let bell = Arc::clone(&rung);
        let wake = Box::new(move || {
            *bell.0.lock().unwrap() += 1;
            bell.1.notify_all();
        });
        let mut watch = Watch::with(inbox(&dir), wake, notices);
        watch.begin();
        Self { dir, watch, rung, ids: IdSource::new(1) }
    }

    fn inbox(&self) -> Inbox {
        inbox(&self.dir)
    }

    fn add(&self, text: &str) -> String {
        let path = self.inbox().add(&Jot::new(Timestamp::UNIX_EPOCH, text), &self.ids).unwrap();
        path.file_name().unwrap().to_str().unwrap().to_owned()
    }

    /// Waits until something was told, whatever else is told before.
    #[track_caller]
    fn told<T>(&self, what: &str, mut is: impl FnMut(InboxNews) -> Option<T>) -> T {
        let until = Instant::now() + PATIENCE;
        loop {
            let rung = *self.rung.0.lock().unwrap();
            if let Some(found) = self.watch.news().into_iter().find_map(&mut is) {
                return found;
            }
            let guard = self.rung.0.lock().unwrap();
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited in vain for {what}");
            drop(self.rung.1.wait_timeout_while(guard, left, |now| *now == rung).unwrap());
        }
    }

    #[track_caller]
    fn comes(&self, text: &str) -> Waiting {
        self.comes_for(text, None)
    }

    /// Waits for a jot that is meant for that workbook. One change can bring more than one notice, so that it may be
    /// told again as it was before.
    #[track_caller]
    fn comes_for(&self, text: &str, to: Option<&str>) -> Waiting {
        let to = to.map(WorkbookId::new);
        self.told(text, |news| match news {
            InboxNews::Came { jots, .. } => {
                jots.into_iter().find(|w| w.jot.as_ref().is_ok_and(|jot| jot.text == text && jot.to == to))
            }
            _ => None,
        })
    }
}

fn inbox(dir: &TempDir) -> Inbox {
    Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(RealDisk)).inbox()
}

#[test]
fn what_was_there_before_is_told_first_and_what_comes_is_told_as_it_comes() {
    for notices in [true, false] {
        let dir = tempfile::tempdir().unwrap();
        inbox(&dir).add(&Jot::new(Timestamp::UNIX_EPOCH, "old"), &IdSource::new(9)).unwrap();
        let rig = Rig::new(dir, notices);
        let first = rig.told("the first look", |news| match news {
            InboxNews::Came { jots, before } => Some((jots.len(), before)),
            _ => None,
        });
        assert_eq!(first, (1, true));
        rig.add("new");
        let new = rig.told("the new one", |news| match news {
            InboxNews::Came { jots, before } => Some((jots, before)),
            _ => None,
        });
        assert_eq!((new.0.len(), new.1), (1, false));
        rig.watch.take(vec![(new.0[0].name().to_owned(), new.0[0].id.clone())]);
        let gone = rig.told("its going", |news| match news {
            InboxNews::Gone(names) => Some(names),
            _ => None,
        });
        assert_eq!(gone, [new.0[0].name()]);
        assert_eq!(rig.inbox().list().unwrap().len(), 1);
    }
}

#[test]
fn an_inbox_that_is_not_there_yet_is_watched_and_one_that_goes_away_too() {
    let rig = Rig::new(tempfile::tempdir().unwrap(), true);
    rig.add("the first ever");
    rig.comes("the first ever");
    let folder = rig.dir.path().join("root/inbox");
    std::fs::rename(&folder, rig.dir.path().join("root/elsewhere")).unwrap();
    rig.told("its going", |news| matches!(news, InboxNews::Gone(_)).then_some(()));
    rig.add("in a new folder");
    rig.comes("in a new folder");
}

#[test]
fn a_jot_that_is_addressed_is_told_again_and_one_that_is_binned_is_gone() {
    let rig = Rig::new(tempfile::tempdir().unwrap(), true);
    let name = rig.add("for whom");
    rig.comes("for whom");
    rig.watch.address(name.clone(), WorkbookId::new("w1"));
    rig.comes_for("for whom", Some("w1"));
    // by another window
    rig.inbox().address(&name, &WorkbookId::new("w2")).unwrap();
    rig.comes_for("for whom", Some("w2"));
    rig.watch.bin(name.clone());
    let path = rig.told("the bin", |news| match news {
        InboxNews::Binned(path) => Some(path),
        _ => None,
    });
    assert!(path.exists() && path.starts_with(rig.dir.path().join("root/bin")));
    rig.watch.address(name, WorkbookId::new("w3"));
    rig.told("that it is not there", |news| matches!(news, InboxNews::Failed { .. }).then_some(()));
}

#[test]
fn one_that_cannot_be_read_is_told_once_and_again_when_it_can() {
    let rig = Rig::new(tempfile::tempdir().unwrap(), true);
    let name = rig.add("half");
    rig.comes("half");
    let path = rig.inbox().folder().join(&name);
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let why = rig.told("that it cannot be read", |news| match news {
        InboxNews::Came { jots, .. } => jots.into_iter().find_map(|w| w.jot.err()),
        _ => None,
    });
    assert!(why.starts_with("line"), "{why}");
    rig.add("after it");
    rig.comes("after it");
    std::fs::write(&path, &whole).unwrap();
    rig.comes("half");
}

#[test]
fn many_are_told_in_pieces_and_each_once() {
    let dir = tempfile::tempdir().unwrap();
    let (ids, inbox) = (IdSource::new(4), inbox(&dir));
    inbox.make_folder().unwrap();
    // written without the syncs, which would take the time of a real disk
    for n in 0..450 {
        let at = Timestamp::from_second(n).unwrap();
        let file = super::super::File {
            format: 2,
            mark: ids.record().to_string(),
            at,
            to: None,
            tag: None,
            private: false,
            text: n.to_string(),
        };
        let name = format!("{}-1.ron", at.strftime("%Y%m%dT%H%M%S%.6fZ"));
        std::fs::write(inbox.folder().join(name), super::super::written(&file).unwrap()).unwrap();
    }
    let rig = Rig::new(dir, true);
    let (mut all, mut pieces) = (Vec::new(), Vec::new());
    rig.told("all of them", |news| {
        if let InboxNews::Came { jots, .. } = news {
            pieces.push(jots.len());
            all.extend(jots.into_iter().map(|w| w.jot.unwrap().text));
        }
        (all.len() == 450).then_some(())
    });
    assert_eq!(pieces, [AT_ONCE, AT_ONCE, 50]);
    assert_eq!(all, (0..450).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[test]
fn what_was_asked_for_is_done_before_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::new(Arc::new(RealDisk)).pretending_to_sync();
    let store = Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(disk.clone()));
    let path =
        store.inbox().add(&Jot::new(Timestamp::UNIX_EPOCH, "away with it"), &IdSource::new(1)).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    disk.stall_syncs(Duration::from_millis(50));
    let mut watch = Watch::of(store.inbox(), Box::new(|| {}));
    watch.begin();
    watch.bin(name.clone());
    watch.finish(PATIENCE);
    assert!(dir.path().join("root/bin").join(name).exists());
}

#[test]
fn once_it_is_dropped_nobody_watches_any_more() {
    for notices in [true, false] {
        let dir = tempfile::tempdir().unwrap();
        let (ring, rung) = mpsc::channel();
        let mut watch = Watch::with(inbox(&dir), Box::new(move || _ = ring.send(())), notices);
        watch.begin();
        drop(watch);
        // the thread holds the bell as long as it is there
        let ended = loop {
            match rung.recv_timeout(PATIENCE) {
                Ok(()) => {}
                Err(ended) => break ended,
            }
        };
        assert_eq!(ended, RecvTimeoutError::Disconnected);
    }
}

#[test]
fn whoever_asks_it_to_look_need_not_wait_for_a_notice() {
    let ((jobs, heard), (_told, news)) = (mpsc::channel(), mpsc::channel());
    Watch { jobs, news, thread: Later::default() }.look();
    assert!(matches!(heard.try_recv(), Ok(Job::Look(_))));
}

/// As where a stick was pulled out: nothing is made where it was.
#[test]
fn where_everything_has_gone_nothing_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let inbox = inbox(&dir);
    inbox.add(&Jot::new(Timestamp::UNIX_EPOCH, "there"), &IdSource::new(1)).unwrap();
    let root = dir.path().join("root");
    let ((jobs, heard), (told, news)) = (mpsc::channel(), mpsc::channel());
    let (bell, there) = (jobs.clone(), Mutex::new(Some(root.clone())));
    let wake = Box::new(move || {
        let next = match there.lock().unwrap().take() {
            Some(root) => {
                std::fs::remove_dir_all(root).unwrap();
                Job::Again
            }
            None => Job::Stop,
        };
        jobs.send(next).unwrap();
    });
    Desk { inbox, told, wake, bell, known: BTreeMap::new(), before: true }.work(&heard, true);
    let told: Vec<InboxNews> = news.try_iter().collect();
    assert!(matches!(told[..], [InboxNews::Came { .. }, InboxNews::Gone(_)]), "{told:?}");
    assert!(!root.exists());
}
