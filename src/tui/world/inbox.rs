//! The inbox: what comes in is told, what is safely in a workbook goes out, and a note that is jotted here goes in.

use super::World;
use crate::app::Message;
use crate::command::{NewCall, Words};
use crate::domain::{RecordId, Tag, WorkbookId};
use crate::shelf::Note;
use crate::store::{InboxNews, Jot, Waiting};

impl World {
    pub(super) fn jot(&mut self, text: String, to: Option<WorkbookId>, tag: Option<Tag>, private: bool) {
        let goes_in = to.is_some() && to == self.open.as_ref().map(|held| held.id.clone());
        let jot = Jot { at: self.clock.now().wall, to, tag, private, text };
        match self.store.inbox().add(&jot, &self.ids) {
            Ok(_) => {
                self.inbox.look();
                self.done(if goes_in { "Noted." } else { "Noted. It waits in the inbox; g i shows it." });
            }
            Err(error) => {
                let Jot { at, to, tag, private, text } = jot;
                let words = Words { at, text, tag, private };
                let why = format!("{error}. {}", error.hint());
                self.ready.push_back(Message::NotJotted { words, to, why });
            }
        }
    }

    /// Words that were to begin a call go into the inbox where no call can begin. Returns what to say of them.
    pub(super) fn jot_instead(&mut self, call: Option<NewCall>, to: Option<WorkbookId>) -> &'static str {
        let Some(Words { text, tag, private, .. }) = call.and_then(|call| call.words) else { return "" };
        self.jot(text, to, tag, private);
        " The words wait in the inbox."
    }

    pub(super) fn take_inbox(&mut self) {
        for news in self.inbox.news() {
            match news {
                InboxNews::Came { jots, before } => {
                    self.tell_inbox(jots.into_iter().map(note).collect(), Vec::new(), before);
                }
                InboxNews::Gone(names) => self.tell_inbox(Vec::new(), names, false),
                InboxNews::Binned(path) => {
                    self.done(format!("The note is in the bin, as {}.", path.display()));
                }
                InboxNews::Failed { words, hint } => self.could_not(format!("{words}. {hint}")),
            }
        }
    }

    fn tell_inbox(&mut self, came: Vec<Note>, gone: Vec<String>, before: bool) {
        self.shelf.follow_inbox(came.clone(), &gone);
        self.ready.push_back(Message::Jots { came, gone, before });
    }

    /// Takes the files of notes away whose lines are on the disk. What was recovered on opening may not be there yet:
    /// notes that were found in it wait for the next sync.
    pub(super) fn jots_kept(&mut self, files: Vec<(String, RecordId)>) {
        match &mut self.open {
            Some(held) if held.recovered => held.kept_jots.extend(files),
            _ => self.inbox.take(files),
        }
    }

    /// Everything of the open workbook was synced.
    pub(super) fn recovered_is_synced(&mut self) {
        if let Some(held) = &mut self.open
            && std::mem::take(&mut held.recovered)
        {
            let files = std::mem::take(&mut held.kept_jots);
            if !files.is_empty() {
                self.inbox.take(files);
            }
        }
    }
}

fn note(waiting: Waiting) -> Note {
    let (name, id) = (waiting.name().to_owned(), waiting.id);
    match waiting.jot {
        Ok(Jot { at, to, tag, private, text }) => Note { name, id, at: Some(at), to, tag, private, text },
        Err(why) => Note { name, id, at: None, to: None, tag: None, private: false, text: why },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::app::{App, Effect, Setup};
    use crate::content::Content;
    use crate::domain::{IdSource, Workbook};
    use crate::store::fault::{Fault, FaultyDisk};
    use crate::store::{Folders, RealDisk, Settings, Store};
    use crate::theme::Theme;
    use crate::tui::clock::Clock;
    use crate::tui::wait::Waker;

    /// The program and the world that it asks, on a disk that fails when told to, without a terminal.
    struct Rig {
        app: App,
        world: World,
        clock: Clock,
        disk: FaultyDisk,
        /// The same folder on a disk that does not fail: a shell's.
        shell: Store,
        _dir: tempfile::TempDir,
    }

    impl Rig {
        fn new() -> Self {
            let dir = tempfile::tempdir().unwrap();
            let disk = FaultyDisk::new(Arc::new(RealDisk));
            let folders = Folders::at(dir.path().join("root"));
            let store = Store::with_disk(folders.clone(), Arc::new(disk.clone()));
            let shell = Store::with_disk(folders, Arc::new(RealDisk));
            let now = "2025-11-10T14:03:00Z[UTC]".parse().unwrap();
            let clock = Clock::new(Some(&now), || unreachable!("it is set"));
            let waker = Waker::new().unwrap();
            let workbook = Workbook::new(WorkbookId::new("walks00000"), "Walks");
            shell.workbooks().create(&workbook, clock.now().wall).unwrap();
            let mut world = World::new(store, clock.clone(), waker, Arc::default(), Settings::default());
            let app = App::new(Setup {
                content: Arc::new(Content::new()),
                own_keys: Default::default(),
                theme: Theme::new(false),
                linear: false,
                zone: clock.zone(),
                ids: IdSource::new(1),
                shelf: world.first_shelf(24),
                drafts: Default::default(),
                troubles: Vec::new(),
                size: (80, 24),
                now: clock.now(),
            });
            world.open_workbook(workbook.id(), None);
            world.settle_in();
            Self { app, world, clock, disk, shell, _dir: dir }
        }

        fn jot(&self, text: &str) {
            let to = Some(WorkbookId::new("walks00000"));
            let jot = Jot { to, ..Jot::new(self.clock.now().wall, text) };
            self.shell.inbox().add(&jot, &IdSource::new(text.len() as u64)).unwrap();
        }

        /// Takes in what has come and does what is asked for, as the loop does. `before` sees each effect first.
        fn turn(&mut self, mut before: impl FnMut(&Effect, &FaultyDisk)) {
            let mut news = self.world.news();
            news.push(Message::Tick);
            for message in news {
                for effect in self.app.update(message, self.clock.now()) {
                    before(&effect, &self.disk);
                    self.world.carry_out(effect);
                }
            }
        }

        #[track_caller]
        fn until(&mut self, what: &str, mut is: impl FnMut(&mut Self) -> bool) {
            let until = Instant::now() + Duration::from_secs(30);
            while !is(self) {
                assert!(Instant::now() < until, "waited in vain for {what}");
                self.turn(|_, _| {});
                std::thread::sleep(Duration::from_millis(5));
            }
        }

        fn lines(&self) -> usize {
            let workbook = self.app.workbook();
            workbook.map_or(0, |w| w.calls().iter().map(|call| call.lines.len()).sum())
        }

        fn waiting(&self) -> usize {
            self.shell.inbox().list().unwrap().len()
        }

        fn saved(&self) -> usize {
            let folder = self.shell.workbooks().folder_of(&WorkbookId::new("walks00000")).unwrap();
            let read = self.shell.read(&folder).unwrap();
            read.book.workbook().calls().iter().map(|call| call.lines.len()).sum()
        }
    }

    #[test]
    fn with_a_full_disk_the_file_stays_until_the_line_is_saved() {
        let mut rig = Rig::new();
        rig.until("the workbook", |rig| rig.app.workbook().is_some());
        rig.jot("ring the carers");
        let until = Instant::now() + Duration::from_secs(30);
        while rig.lines() == 0 {
            assert!(Instant::now() < until, "the note does not come in");
            // the disk is full from the moment at which the line is to be saved
            rig.turn(|effect, disk| {
                if matches!(effect, Effect::Append(_)) {
                    disk.fail(Fault { at: 0, calls: usize::MAX, error: 28, tear: true });
                }
            });
        }
        // longer than a sync takes to come
        let tried = Instant::now();
        rig.until("some tries to save", |rig| {
            assert_eq!(rig.waiting(), 1, "the file stays");
            tried.elapsed() > Duration::from_millis(1500)
        });
        assert_eq!((rig.lines(), rig.saved()), (1, 0), "in sight, and not on the disk");
        rig.disk.heal();
        rig.until("the file to go", |rig| rig.waiting() == 0);
        assert_eq!((rig.lines(), rig.saved()), (1, 1));
    }

    #[test]
    fn a_note_that_the_disk_does_not_take_goes_back_to_the_person() {
        let mut rig = Rig::new();
        rig.until("the workbook", |rig| rig.app.workbook().is_some());
        rig.disk.fail(Fault { at: 0, calls: usize::MAX, error: 28, tear: true });
        rig.world.jot("the treasurer".into(), None, Some(Tag::Worry), true);
        let news = rig.world.news();
        let words = news.iter().find_map(|message| match message {
            Message::NotJotted { words, .. } => Some(words),
            _ => None,
        });
        let words = words.expect("the words come back");
        assert_eq!(
            (words.text.as_str(), words.tag, words.private),
            ("the treasurer", Some(Tag::Worry), true)
        );
    }

    #[test]
    fn words_for_a_call_wait_in_the_inbox_where_no_call_can_begin() {
        let mut rig = Rig::new();
        rig.until("the workbook", |rig| rig.app.workbook().is_some());
        let at = rig.clock.now().wall;
        let call = |text: &str| {
            let words = Words { at, text: text.into(), tag: None, private: true };
            NewCall { who: String::new(), words: Some(words), ..NewCall::default() }
        };
        // it is not there any more
        rig.world.open_for_call(&WorkbookId::new("gone"), call("one"));
        // somebody else writes in it: this very window does
        rig.world.open_for_call(&WorkbookId::new("walks00000"), call("two"));
        let waiting = rig.shell.inbox().list().unwrap();
        let said = waiting.iter().map(|w| w.jot.as_ref().unwrap());
        let said: Vec<_> = said.map(|jot| (jot.text.as_str(), jot.to.is_some(), jot.private)).collect();
        assert_eq!(said, [("one", false, true), ("two", true, true)]);
        let opened = rig.world.news().into_iter().find_map(|message| match message {
            Message::Opened(opened) => Some(opened),
            _ => None,
        });
        assert!(opened.is_some_and(|opened| opened.call.is_none_or(|call| call.words.is_none())));
    }

    #[test]
    fn many_writers_while_the_window_takes_in_lose_nothing() {
        let mut rig = Rig::new();
        rig.until("the workbook", |rig| rig.app.workbook().is_some());
        let shell = rig.shell.clone();
        let at = rig.clock.now().wall;
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let shell = shell.clone();
                std::thread::spawn(move || {
                    let ids = IdSource::new(1000 + writer);
                    for n in 0..25 {
                        let to = Some(WorkbookId::new("walks00000"));
                        // all of one moment, so that names come again as soon as their files have gone
                        let jot = Jot { to, ..Jot::new(at, format!("{writer}/{n}")) };
                        shell.inbox().add(&jot, &ids).unwrap();
                    }
                })
            })
            .collect();
        rig.until("all of them", |rig| rig.lines() == 100);
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        rig.until("the files to go", |rig| rig.waiting() == 0);
        assert_eq!(rig.saved(), 100);
        let workbook = rig.app.workbook().unwrap();
        let texts = workbook.calls().iter().flat_map(|call| &call.lines).map(|line| line.text.clone());
        assert_eq!(texts.collect::<std::collections::BTreeSet<_>>().len(), 100, "each once");
    }
}
