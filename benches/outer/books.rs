//! Libraries and workbooks of a size, made through the store as the program makes them.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;

use alongside::content::Content;
use alongside::domain::{
    Call, Edit, IdSource, Line, Partner, PartnerId, QuestionId, RecordId, Splice, TextPlace, VoiceKey,
    Workbook,
};
use alongside::store::{Folders, RealDisk, Store};
use jiff::{SignedDuration, Timestamp};

const KB: usize = 1024;
const PROSE: &str =
    "People who walk side by side say the trickier things, and nobody minds the silence between. ";
/// The most bytes that one answer is filled with here.
const ANSWER: usize = 150 * KB;

/// How many workbooks are made at a time.
const HANDS: usize = 24;

/// What the workbook is called that is opened.
pub const TITLE: &str = "Workbook 00001";

/// A library of so many workbooks of so many KiB.
pub fn library(folder: &Path, count: usize, kib: usize) -> Store {
    let store = Store::with_disk(Folders::at(folder), Arc::new(RealDisk));
    let began = moment();
    // each waits for the disk, which takes many at a time
    std::thread::scope(|scope| {
        for hand in 0..HANDS {
            let store = &store;
            scope.spawn(move || {
                let ids = IdSource::new(3 + hand as u64);
                for n in (1 + hand..=count).step_by(HANDS) {
                    let book = workbook(&ids, &format!("Workbook {n:05}"), kib * KB, kib * KB / 2);
                    // the first is the newest
                    let at = began - SignedDuration::from_secs(n as i64);
                    store.workbooks().create(&book, at).unwrap();
                }
            });
        }
    });
    cached(&store);
    store
}

/// A library of one workbook of so many bytes, so many of them in the answer to the first question.
pub fn one(folder: &Path, bytes: usize, first: usize) -> Store {
    let store = Store::with_disk(Folders::at(folder), Arc::new(RealDisk));
    let book = workbook(&IdSource::new(3), TITLE, bytes, first);
    store.workbooks().create(&book, moment()).unwrap();
    cached(&store);
    store
}

/// A library of one workbook with a running call of so many lines.
pub fn in_call(folder: &Path, lines: usize) -> Store {
    let store = Store::with_disk(Folders::at(folder), Arc::new(RealDisk));
    let mut book = workbook(&IdSource::new(3), TITLE, 100 * KB, 2 * KB);
    let began = Timestamp::now();
    let mut call = Call::begun(RecordId::new("call"), began.to_zoned(jiff::tz::TimeZone::UTC).date(), began);
    call.partner = Some(PartnerId::new("museum"));
    let line =
        |n: usize| Line::new(RecordId::new(format!("line{n}")), began, format!("{n}: {}", &PROSE[n % 20..]));
    call.lines = (0..lines).map(line).collect();
    book.apply(Edit::AddRecord { record: Box::new(call.into()), place: 0 }).unwrap();
    store.workbooks().create(&book, moment()).unwrap();
    cached(&store);
    store
}

/// So much prose.
pub fn prose(bytes: usize) -> String {
    PROSE.chars().cycle().take(bytes).collect()
}

/// Just now, so that nobody is welcomed back.
fn moment() -> Timestamp {
    Timestamp::now()
}

/// Leaves the library's lists as a visit leaves them.
fn cached(store: &Store) {
    let (news, _heard) = channel();
    store.workbooks().load(&news, &|| ());
}

/// Our answer to the first question gets its share, the rest is spread over all the other answers.
fn workbook(ids: &IdSource, title: &str, bytes: usize, first: usize) -> Workbook {
    let mut book = Workbook::new(ids.workbook(), title);
    let partner = Partner::named(PartnerId::new("museum"), "City Museum");
    book.apply(Edit::AddPartner { partner: Box::new(partner), place: usize::MAX }).unwrap();
    let content = Content::new();
    let questions: Vec<&str> = content.cycle_questions().map(|q| q.id.as_str()).collect();
    let share = (bytes.saturating_sub(first) / (questions.len() * 2 - 2)).min(ANSWER);
    for (n, question) in questions.iter().enumerate() {
        for voice in [VoiceKey::Ours, VoiceKey::Agreed] {
            let insert = match (n, &voice) {
                (0, VoiceKey::Ours) => paragraphs(first),
                (0, _) => continue,
                _ => paragraphs(share),
            };
            let place = TextPlace::Voice(QuestionId::new(*question), voice);
            let splice = Splice { place, at: 0, delete: String::new(), insert, on: None };
            book.apply(Edit::Splice(splice)).unwrap();
        }
    }
    book
}

/// Prose in paragraphs of some hundred letters.
fn paragraphs(bytes: usize) -> String {
    let mut text = String::new();
    while text.len() < bytes {
        text.push_str(&prose(460));
        text.push_str("\n\n");
    }
    text.truncate(bytes);
    text
}
