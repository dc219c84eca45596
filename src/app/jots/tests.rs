use super::*;
use crate::app::{Message, Moment, Opened, Setup};
use crate::content::Content;
use crate::domain::{Book, IdSource, Tag, TextPlace, VoiceKey, WorkbookId};
use crate::keymap::sequence;
use crate::shelf::Shelf;
use crate::theme::Theme;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// When every test begins.
const NOW: &str = "2025-11-10T14:03:00Z";

/// No two starts of the program draw the same ids.
static SEED: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);

/// The program with a workbook open, and the world that it asks.
struct Rig {
    app: App,
    now: Moment,
    /// What it asked for since this was last looked at.
    asked: Vec<Effect>,
}

impl Rig {
    fn new(workbook: Workbook) -> Self {
        let mut rig = Self::closed();
        rig.open(Book::new(workbook, 0), None);
        rig
    }

    fn closed() -> Self {
        let now = Moment { wall: NOW.parse().unwrap(), mono: Duration::ZERO };
        let app = App::new(Setup {
            content: Arc::new(Content::new()),
            own_keys: Default::default(),
            theme: Theme::new(false),
            linear: false,
            zone: TimeZone::UTC,
            ids: IdSource::new(SEED.fetch_add(1, std::sync::atomic::Ordering::Relaxed)),
            shelf: Shelf { complete: true, ..Shelf::default() },
            drafts: Default::default(),
            troubles: Vec::new(),
            size: (80, 24),
            now,
        });
        Self { app, now, asked: Vec::new() }
    }

    fn open(&mut self, book: Book, reading: Option<String>) {
        let notice = String::new();
        let opened = Opened {
            book,
            reading,
            held: false,
            notice,
            place: None,
            go: None,
            beside: None,
            told_of: None,
            call: None,
            changed: None,
            fresh: false,
            tour: false,
        };
        self.say(Message::Opened(Box::new(opened)));
        self.settle();
    }

    fn say(&mut self, message: Message) {
        self.now.mono += Duration::from_millis(1);
        self.asked.extend(self.app.update(message, self.now));
    }

    /// Ticks as long as the app wants to be told of the time at once.
    fn settle(&mut self) {
        while self.app.deadline().is_some_and(|at| at <= self.now.mono) {
            self.say(Message::Tick);
        }
    }

    fn keys(&mut self, keys: &str) {
        for chord in sequence(keys).unwrap() {
            self.now.mono += Duration::from_millis(200);
            self.say(Message::Key(chord));
        }
    }

    fn come(&mut self, notes: Vec<Note>) {
        self.say(Message::Jots { came: notes, gone: Vec::new(), before: false });
        self.settle();
    }

    fn seq(&self) -> u64 {
        self.app.open.as_ref().unwrap().book.seq()
    }

    /// Names of the notes that may go, of all that it asked for.
    fn may_go(&mut self) -> Vec<String> {
        let asked = std::mem::take(&mut self.asked);
        let kept = asked.into_iter().filter_map(|effect| match effect {
            Effect::JotsKept(files) => Some(files),
            _ => None,
        });
        kept.flatten().map(|(name, _)| name).collect()
    }

    fn calls(&self) -> &[Call] {
        self.app.workbook().unwrap().calls()
    }

    fn texts(&self, call: usize) -> Vec<&str> {
        self.calls()[call].lines.iter().map(|line| line.text.as_str()).collect()
    }

    fn notice(&self) -> &str {
        self.app.notice.as_ref().map_or("", |notice| &notice.text)
    }
}

fn walks() -> Workbook {
    Workbook::new(WorkbookId::new("w"), "Walks")
}

/// A workbook in which a call has gone on since 14:00.
fn in_a_call() -> Workbook {
    let mut workbook = walks();
    let started = "2025-11-10T14:00:00Z".parse().unwrap();
    let call = Call::begun(RecordId::new("call"), jiff::civil::date(2025, 11, 10), started);
    workbook.apply(Edit::AddRecord { record: Box::new(AnyRecord::Call(call)), place: 0 }).unwrap();
    workbook
}

fn note(number: usize, at: &str, to: Option<&str>) -> Note {
    Note {
        name: format!("{number}.ron"),
        id: RecordId::new(format!("jot-{number}")),
        at: Some(at.parse().unwrap()),
        to: to.map(WorkbookId::new),
        tag: None,
        private: false,
        text: format!("note {number}"),
    }
}

#[test]
fn a_note_for_the_open_workbook_joins_those_of_its_day_in_order_of_time() {
    let mut rig = Rig::new(walks());
    let tagged =
        Note { tag: Some(Tag::Promise), private: true, ..note(1, "2025-11-10T13:00:00Z", Some("w")) };
    rig.come(vec![tagged, note(2, "2025-11-10T14:00:00Z", Some("w"))]);
    assert_eq!(rig.notice(), "2 notes came in, to the notes of 10 November.");
    rig.come(vec![note(3, "2025-11-10T13:30:00Z", Some("w")), note(4, "2025-11-09T20:00:00Z", Some("w"))]);
    assert_eq!(rig.calls().len(), 2);
    assert_eq!(rig.texts(0), ["note 4"], "the day before comes first");
    assert_eq!(rig.texts(1), ["note 1", "note 3", "note 2"]);
    let first = &rig.calls()[1].lines[0];
    assert_eq!((first.tag, first.private, first.id.as_str()), (Some(Tag::Promise), true, "jot-1"));
    assert!(rig.calls().iter().all(Call::is_jots));
}

#[test]
fn while_a_call_goes_on_what_is_jotted_meanwhile_is_a_line_of_it() {
    let mut rig = Rig::new(in_a_call());
    rig.come(vec![
        note(1, "2025-11-10T14:02:00Z", None),
        note(2, "2025-11-10T14:01:00Z", Some("w")),
        // before it began, and for later
        note(3, "2025-11-10T13:59:00Z", None),
        note(4, "2025-11-10T13:58:00Z", Some("w")),
        note(5, "2025-11-10T17:00:00Z", None),
        note(6, "2025-11-10T14:02:30Z", Some("another")),
    ]);
    let call = rig.app.workbook().unwrap().call(&RecordId::new("call")).unwrap();
    let texts: Vec<&str> = call.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["note 2", "note 1"]);
    let day = rig.calls().iter().find(|call| call.is_jots()).unwrap();
    assert_eq!(day.lines.len(), 1);
    assert_eq!(day.lines[0].text, "note 4");
    rig.say(Message::Synced(rig.seq()));
    let mut gone = rig.may_go();
    gone.sort();
    assert_eq!(gone, ["1.ron", "2.ron", "4.ron"]);
}

#[test]
fn what_belongs_nowhere_stays_and_is_said() {
    let mut rig = Rig::new(walks());
    rig.come(vec![note(1, "2025-11-10T14:02:00Z", None)]);
    assert_eq!(rig.notice(), "A note came in; g i shows it.");
    rig.keys("j");
    rig.come(vec![note(1, "2025-11-10T14:02:00Z", None)]);
    assert_eq!(rig.notice(), "", "it is no news the second time");
    rig.come(vec![note(2, "2025-11-10T14:02:00Z", Some("other")), note(3, "2025-11-10T14:02:00Z", None)]);
    assert_eq!(rig.notice(), "2 notes came in; g i shows them.");
    assert_eq!((rig.calls().len(), rig.app.shelf.jots.len()), (0, 3));
    rig.app.go_to_question(&crate::domain::QuestionId::new("SCO-2"), Some(VoiceKey::Ours));
    rig.keys("enter");
    rig.come(vec![note(4, "2025-11-10T14:02:00Z", None)]);
    assert_eq!(rig.notice(), "A note came in; Esc, then g i shows it.", "the keys would be typed");
    let mut rig = Rig::closed();
    rig.say(Message::Jots { came: vec![note(1, NOW, None)], gone: Vec::new(), before: true });
    assert_eq!(rig.notice(), "", "what was there before is no news");
}

#[test]
fn a_note_waits_for_its_workbook_and_goes_in_when_that_is_opened() {
    let mut rig = Rig::closed();
    rig.come(vec![note(1, "2025-11-08T10:00:00Z", Some("w"))]);
    rig.say(Message::Opened(Box::new(Opened {
        book: Book::new(walks(), 0),
        reading: None,
        held: false,
        notice: String::new(),
        place: None,
        go: None,
        beside: None,
        told_of: None,
        call: None,
        changed: None,
        fresh: false,
        tour: false,
    })));
    assert!(rig.calls().is_empty(), "what an opening brings about belongs to the workbook before it");
    rig.settle();
    assert_eq!(rig.texts(0), ["note 1"]);
}

#[test]
fn a_workbook_that_is_open_to_read_takes_nothing_in() {
    let mut rig = Rig::closed();
    rig.open(Book::new(in_a_call(), 0), Some("somebody else writes in it".into()));
    rig.come(vec![note(1, NOW, Some("w")), note(2, NOW, None)]);
    assert_eq!(rig.calls()[0].lines.len(), 0);
    assert!(rig.notice().starts_with("2 notes came in"), "{}", rig.notice());
    assert_eq!(rig.may_go(), Vec::<String>::new());
}

#[test]
fn a_file_goes_only_when_the_disk_has_its_line() {
    let mut rig = Rig::new(walks());
    rig.come(vec![note(1, NOW, Some("w"))]);
    let seq = rig.seq();
    rig.say(Message::NotSaved { why: "the disk is full".into() });
    rig.say(Message::Kept(seq));
    rig.say(Message::Synced(seq - 1));
    assert_eq!(rig.may_go(), Vec::<String>::new());
    rig.say(Message::Mended);
    rig.say(Message::Synced(seq));
    assert_eq!(rig.may_go(), ["1.ron"]);
    rig.say(Message::Synced(seq));
    assert_eq!(rig.may_go(), Vec::<String>::new(), "it is said once");
}

#[test]
fn a_note_whose_line_is_there_or_in_the_bin_only_has_to_go() {
    let mut rig = Rig::new(walks());
    rig.come(vec![note(1, NOW, Some("w")), note(2, NOW, Some("w")), note(3, NOW, Some("w"))]);
    let call = rig.calls()[0].id.clone();
    let on = jiff::civil::date(2025, 11, 10);
    rig.app.edit(vec![Edit::BinLine { call, line: RecordId::new("jot-2"), on }]);
    let killed = rig.app.open.as_ref().unwrap().book.clone();
    // the program is killed before the files have gone, and opened again
    let mut rig = Rig::closed();
    rig.come(vec![note(1, NOW, Some("w")), note(2, NOW, Some("w")), note(3, NOW, Some("w"))]);
    rig.open(killed, None);
    assert_eq!(rig.texts(0), ["note 1", "note 3"]);
    assert_eq!(rig.may_go(), ["1.ron", "2.ron", "3.ron"]);
}

#[test]
fn a_whole_day_in_the_bin_counts_too_and_new_notes_begin_another() {
    let mut rig = Rig::new(walks());
    rig.come(vec![note(1, NOW, Some("w"))]);
    let (record, family) = (rig.calls()[0].id.clone(), crate::domain::Family::Call);
    rig.app.edit(vec![Edit::BinRecord { family, record, on: jiff::civil::date(2025, 11, 10) }]);
    let killed = rig.app.open.as_ref().unwrap().book.clone();
    let mut rig = Rig::closed();
    rig.come(vec![note(1, NOW, Some("w")), note(2, NOW, Some("w"))]);
    rig.open(killed, None);
    assert_eq!(rig.calls().len(), 1);
    assert_eq!(rig.texts(0), ["note 2"]);
    rig.say(Message::Synced(rig.seq()));
    assert_eq!(rig.may_go(), ["1.ron", "2.ron"]);
}

#[test]
fn undo_takes_back_the_persons_own_last_act_and_never_a_note() {
    let place = TextPlace::Voice(crate::domain::QuestionId::new("SCO-1"), VoiceKey::Ours);
    let mut rig = Rig::new(walks());
    rig.keys("g s enter o w n esc");
    rig.come(vec![note(1, NOW, Some("w")), note(2, NOW, Some("w"))]);
    rig.say(Message::Synced(rig.seq()));
    assert_eq!(rig.may_go().len(), 2, "nothing but the line holds the note now");
    rig.keys("u");
    let said = "Undone: typing in \u{2018}What, and why now?\u{2019}, ours. What came in since stays. U brings it again.";
    assert_eq!(rig.notice(), said);
    assert_eq!(rig.app.workbook().unwrap().text(&place), Some(""));
    assert_eq!(rig.texts(0), ["note 1", "note 2"]);
    rig.keys("u");
    assert_eq!(rig.notice(), "There is nothing more to undo; notes that came in stay.");
    rig.come(vec![note(3, NOW, Some("w"))]);
    rig.keys("U");
    assert!(rig.notice().starts_with("Done again: typing in"), "{}", rig.notice());
    assert_eq!(rig.app.workbook().unwrap().text(&place), Some("own"));
    assert_eq!(rig.texts(0), ["note 1", "note 2", "note 3"]);
    // a later edit clears what could be done again; the notes are there all the same
    rig.keys("u enter o t h e r esc u");
    assert_eq!(rig.texts(0).len(), 3);
}

#[test]
fn a_call_that_a_note_came_into_is_not_taken_back_from_under_it() {
    let mut rig = Rig::new(walks());
    let started = "2025-11-10T14:00:00Z".parse().unwrap();
    let call = Call::begun(RecordId::new("call"), jiff::civil::date(2025, 11, 10), started);
    rig.app.edit(vec![Edit::AddRecord { record: Box::new(AnyRecord::Call(call)), place: 0 }]);
    rig.say(Message::Tick);
    rig.come(vec![note(1, "2025-11-10T14:01:00Z", None)]);
    assert_eq!(rig.texts(0), ["note 1"], "{}", rig.notice());
    let before = rig.seq();
    rig.keys("u");
    assert_eq!(rig.notice(), "Not undone: a call added. A note that came in since hangs on it.");
    assert_eq!((rig.texts(0), rig.seq()), (vec!["note 1"], before));
}

#[test]
fn many_come_in_in_pieces_all_of_them_and_each_once() {
    let mut rig = Rig::new(walks());
    let at: Timestamp = "2025-11-10T10:00:00Z".parse().unwrap();
    let all: Vec<Note> = (0..1_001)
        .map(|n| Note { at: Some(at + SignedDuration::from_secs(n as i64)), ..note(n, NOW, Some("w")) })
        .collect();
    rig.say(Message::Jots { came: all, gone: Vec::new(), before: false });
    assert_eq!(rig.calls()[0].lines.len(), AT_ONCE, "the screen stays quick");
    rig.settle();
    let lines = &rig.calls()[0].lines;
    assert_eq!(lines.len(), 1_001);
    assert!(lines.iter().enumerate().all(|(n, line)| line.text == format!("note {n}")));
    assert_eq!(rig.app.deadline().filter(|at| *at <= rig.now.mono), None, "then there is rest");
}

#[test]
fn what_is_being_typed_and_its_caret_stay_as_they_are() {
    let mut rig = Rig::new(in_a_call());
    rig.keys("g s enter");
    rig.keys("h a l f space w o r left left");
    let before = rig.app.whereabouts().unwrap();
    rig.come(vec![note(1, "2025-11-10T14:01:00Z", None), note(2, "2025-11-10T13:00:00Z", Some("w"))]);
    assert_eq!(rig.app.whereabouts().unwrap(), before);
    rig.keys("x");
    let place = TextPlace::Voice(crate::domain::QuestionId::new("SCO-1"), VoiceKey::Ours);
    assert_eq!(rig.app.workbook().unwrap().text(&place), Some("half wxor"));
    assert_eq!(rig.calls().iter().map(|call| call.lines.len()).sum::<usize>(), 2);
}

#[test]
fn an_earlier_version_is_not_undone_with_a_note() {
    let mut rig = Rig::new(walks());
    rig.keys("g s enter o l d esc enter n e w");
    rig.come(vec![note(1, NOW, Some("w"))]);
    rig.keys("esc");
    let question = crate::domain::QuestionId::new("SCO-1");
    let versions = |rig: &Rig| rig.app.workbook().unwrap().answer(&question).earlier().len();
    assert_eq!(versions(&rig), 1);
    rig.keys("u u");
    assert_eq!((versions(&rig), rig.texts(0)), (0, vec!["note 1"]));
}

#[test]
fn the_pieces_of_a_paste_stay_together() {
    let mut rig = Rig::new(walks());
    rig.keys("g s enter");
    rig.say(Message::Paste("one ".into()));
    rig.say(Message::Jots { came: vec![note(1, NOW, Some("w"))], gone: Vec::new(), before: false });
    assert!(rig.calls().is_empty(), "not between the pieces");
    rig.say(Message::Paste("two".into()));
    rig.now.mono += PIECES + A_MOMENT;
    rig.settle();
    assert_eq!(rig.texts(0), ["note 1"]);
    rig.keys("ctrl-z ctrl-z");
    let place = TextPlace::Voice(crate::domain::QuestionId::new("SCO-1"), VoiceKey::Ours);
    assert_eq!(rig.app.workbook().unwrap().text(&place), Some(""));
}

#[test]
fn closing_lets_go_of_what_has_come_in_once_it_is_closed_well() {
    let mut rig = Rig::new(walks());
    rig.come(vec![note(1, NOW, Some("w"))]);
    rig.say(Message::Kept(rig.seq()));
    rig.asked.clear();
    rig.keys("g L");
    let closing = rig.asked.iter().position(|e| matches!(e, Effect::JotsKeptByClosing(f) if f.len() == 1));
    let closed = rig.asked.iter().position(|effect| *effect == Effect::CloseBook);
    assert!(closing.is_some() && closing < closed, "{:?}", rig.asked);
}
