//! Notes of the inbox moving into the open workbook, without ever losing one.
//!
//! ```text
//! a file in the inbox ─▶ Message::Jots ─▶ a line, by an edit ─▶ Message::Synced ─▶ Effect::JotsKept ─▶ the file goes
//! ```
//!
//! A line has the id of its note, so that nothing is taken in twice, whatever is killed in between: a note whose line is
//! there already only has to go. Start reading at [`App::take_in_jots`].

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::keys::PIECES;
use super::{App, Effect};
use crate::domain::{AnyRecord, Binned, Call, Edit, Line, Medium, RecordId, Workbook};
use crate::shelf::Note;
use crate::widget::field;

/// The most notes that go in at once, so that the screen stays quick.
const AT_ONCE: usize = 200;
/// A note may be so much later than the time on a call and belong to it all the same: no two clocks are alike.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_secs(60);

/// The step of the clock after which a paste is over.
const A_MOMENT: Duration = Duration::from_millis(1);

/// Notes of the inbox that have come into the open workbook.
#[derive(Debug, Default)]
pub(super) struct Jots {
    /// Some wait to be taken in.
    pub wait: bool,
    /// Those that are in, or would not go in.
    seen: HashSet<RecordId>,
    /// Those whose lines are in the records up to this one, which the disk may not have yet: file and id.
    unsynced: Vec<(u64, Vec<(String, RecordId)>)>,
}

/// Where a note goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Into {
    Call(RecordId),
    Day(Date),
}

impl App {
    /// Takes in what has happened in the inbox.
    pub(super) fn follow_inbox(&mut self, came: Vec<Note>, gone: &[String], before: bool) {
        let said = if before { None } else { self.stay_words(&came) };
        self.shelf.follow_inbox(came, gone);
        self.sync_all();
        self.look_for_jots();
        self.take_in_jots();
        if let Some(said) = said {
            self.say_in_passing(said);
        }
    }

    /// Notes whether there is something to be taken in.
    pub(super) fn look_for_jots(&mut self) {
        let wait = self.next_jots(1).next().is_some();
        if let Some(open) = &mut self.open {
            open.jots.wait = wait;
        }
    }

    /// Takes notes into the open workbook, as one step and not too many at once.
    pub(super) fn take_in_jots(&mut self) {
        let wait = self.open.as_ref().is_some_and(|open| open.jots.wait);
        if !wait || self.jots_may_come_at() > self.now.mono {
            return;
        }
        let notes: Vec<(Note, Into)> =
            self.next_jots(AT_ONCE).map(|(note, into)| (note.clone(), into)).collect();
        let Some(open) = &mut self.open else { return };
        let files = notes.iter().map(|(note, _)| (note.name.clone(), note.id.clone())).collect();
        open.jots.seen.extend(notes.iter().map(|(note, _)| note.id.clone()));
        let there = lines_there(open.book.workbook(), notes.iter().map(|(note, _)| &note.id).collect());
        let new: Vec<&(Note, Into)> = notes.iter().filter(|(note, _)| !there.contains(&note.id)).collect();
        let edits = edits(&new, open.book.workbook(), || self.ids.record());
        let said = in_words(&new);
        let wall = self.now.wall;
        let done = if edits.is_empty() { Ok(Vec::new()) } else { open.book.take_in(edits, wall) };
        match done {
            Ok(records) => {
                open.jots.unsynced.push((open.book.seq(), files));
                let changed = !records.is_empty();
                self.after_records(records);
                if changed {
                    self.sync_all();
                }
                if let Some(said) = said {
                    self.say_in_passing(said);
                }
            }
            // they stay in the inbox, where they can be seen
            Err(refused) => self.refused(&refused),
        }
        self.look_for_jots();
        self.let_kept_jots_go();
    }

    /// Lets those notes go whose lines are on the disk.
    pub(super) fn let_kept_jots_go(&mut self) {
        let Some(open) = &mut self.open else { return };
        let on_disk = open.saving.on_disk();
        let kept = open.jots.unsynced.extract_if(.., |(seq, _)| *seq <= on_disk);
        let files: Vec<(String, RecordId)> = kept.flat_map(|(_, files)| files).collect();
        if !files.is_empty() {
            self.effects.push(Effect::JotsKept(files));
        }
    }

    /// The workbook is about to be closed: what came in goes from the inbox once that has worked.
    pub(super) fn close_jots(&mut self) {
        let Some(open) = &mut self.open else { return };
        let files: Vec<(String, RecordId)> =
            open.jots.unsynced.drain(..).flat_map(|(_, files)| files).collect();
        if !files.is_empty() {
            self.effects.push(Effect::JotsKeptByClosing(files));
        }
    }

    /// The next notes that go into the open workbook, and where.
    fn next_jots(&self, at_most: usize) -> impl Iterator<Item = (&Note, Into)> {
        let seen = self.open.as_ref().map(|open| &open.jots.seen);
        let new =
            self.shelf.jots.iter().filter(move |note| seen.is_some_and(|seen| !seen.contains(&note.id)));
        new.filter_map(|note| Some((note, self.place_for(note)?))).take(at_most)
    }

    /// Where a note goes in the open workbook; `None` where it stays in the inbox.
    fn place_for(&self, note: &Note) -> Option<Into> {
        let open = self.open.as_ref().filter(|open| open.reading.is_none())?;
        let (workbook, at) = (open.book.workbook(), note.at?);
        let meant = note.to.as_ref().map(|to| to == workbook.id());
        if meant == Some(false) {
            return None;
        }
        // what was jotted before a call began, or for later, is not of that call
        let during = |call: &Call, now: Timestamp| {
            let latest = now.max(self.now.wall).saturating_add(CLOCKS_DIFFER);
            call.started <= at && latest.is_ok_and(|latest| at <= latest)
        };
        let mut talks = self.talks.shown().iter();
        let call = talks.find(|talk| workbook.call(&talk.call).is_some_and(|call| during(call, talk.now)));
        match (call, meant) {
            (Some(talk), _) => Some(Into::Call(talk.call.clone())),
            (None, Some(true)) => Some(Into::Day(at.to_zoned(self.zone.clone()).date())),
            (None, _) => None,
        }
    }

    /// The earliest moment at which notes may be taken in: not between the pieces of a paste, which is one step.
    pub(super) fn jots_may_come_at(&self) -> Duration {
        self.pasted_at.map_or(self.now.mono, |pasted| self.now.mono.max(pasted + PIECES + A_MOMENT))
    }

    /// What is said of notes that stay in the inbox; `None` where there are none, or where they are no news.
    fn stay_words(&self, came: &[Note]) -> Option<String> {
        let known: HashMap<&RecordId, &Note> = self.shelf.jots.iter().map(|note| (&note.id, note)).collect();
        let news = |note: &&Note| known.get(&note.id).is_none_or(|before| before.to != note.to);
        let stays = |note: &&Note| note.at.is_some() && self.place_for(note).is_none();
        let staying: Vec<&Note> = came.iter().filter(stays).filter(news).collect();
        let [note, rest @ ..] = staying.as_slice() else { return None };
        let (what, it) = match rest {
            [] if known.contains_key(&note.id) => ("The note was moved".to_owned(), "it"),
            [] => ("A note came in".to_owned(), "it"),
            _ => (notes_came(staying.len()), "them"),
        };
        let one_place = rest.iter().all(|other| other.to == note.to);
        let to = note.to.as_ref().filter(|_| one_place);
        let mut key = self.keymap.shown("global.go-to-tidy");
        // where letters are typed, or something lies over the screen, the key works one step further out
        if self.typing || !self.overlays.is_empty() {
            key.insert_str(0, "Esc, then ");
        }
        Some(match to {
            Some(to) if self.open_id() == Some(to) => {
                format!(
                    "{what}; this workbook is open to read here, so the inbox keeps {it}. {key} shows {it}."
                )
            }
            Some(to) => match self.shelf.title_of(to) {
                Some(title) => format!("{what} for {title}, to go in when that is opened. {key} shows {it}."),
                None => format!("{what}; {key} shows {it}."),
            },
            None => format!("{what}; {key} shows {it}."),
        })
    }
}

fn notes_came(number: usize) -> String {
    format!("{number} notes came in")
}

/// What is said once notes have gone in.
fn in_words(new: &[&(Note, Into)]) -> Option<String> {
    let [first, rest @ ..] = new else { return None };
    let what = if rest.is_empty() { "A note came in".to_owned() } else { notes_came(new.len()) };
    let one_place = rest.iter().all(|note| note.1 == first.1);
    Some(match &first.1 {
        _ if !one_place => format!("{what}."),
        Into::Call(_) => format!("{what}, to the call."),
        Into::Day(day) => format!("{what}, to the notes of {}.", day.strftime("%-d %B")),
    })
}

/// Those of the ids that lines in the workbook have, or lines in its bin.
fn lines_there(workbook: &Workbook, ids: HashSet<&RecordId>) -> HashSet<RecordId> {
    let in_calls = workbook.calls().iter().flat_map(|call| &call.lines);
    let in_bin = workbook.bin().iter().flat_map(|binned| match binned {
        Binned::Line { line, .. } => std::slice::from_ref(line),
        Binned::Record { record, .. } => match &**record {
            AnyRecord::Call(call) => call.lines.as_slice(),
            _ => &[],
        },
        Binned::Partner { .. } | Binned::Person { .. } => &[],
    });
    in_calls.chain(in_bin).filter(|line| ids.contains(&line.id)).map(|line| line.id.clone()).collect()
}

/// What brings notes in: a day's notes where there are none yet, and a line each at its place in time.
fn edits(new: &[&(Note, Into)], workbook: &Workbook, fresh: impl Fn() -> RecordId) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut calls: HashMap<&Into, Call> = HashMap::new();
    // the same note may lie in two files, after one was moved while another window looked on
    let mut ids = BTreeSet::new();
    for (note, into) in new {
        let Some(at) = note.at.filter(|_| ids.insert(&note.id)) else { continue };
        let call = calls.entry(into).or_insert_with(|| {
            call_of(into, workbook).cloned().unwrap_or_else(|| {
                let made = day_of_notes(fresh(), into, at);
                let place = workbook.calls().iter().rposition(|call| call.started <= at);
                let record = Box::new(AnyRecord::Call(made.clone()));
                edits.push(Edit::AddRecord { record, place: place.map_or(0, |place| place + 1) });
                made
            })
        });
        let place = call.place_for(at);
        let line = Line {
            tag: note.tag,
            private: note.private,
            ..Line::new(note.id.clone(), at, field::clean_line(note.text.trim()))
        };
        call.lines.insert(place, line.clone());
        edits.push(Edit::AddLine { call: call.id.clone(), line, place });
    }
    edits
}

fn call_of<'a>(into: &Into, workbook: &'a Workbook) -> Option<&'a Call> {
    match into {
        Into::Call(id) => workbook.call(id),
        Into::Day(day) => workbook.calls().iter().find(|call| call.is_jots() && call.on == *day),
    }
}

fn day_of_notes(id: RecordId, into: &Into, at: Timestamp) -> Call {
    let on = if let Into::Day(day) = into { *day } else { Date::default() };
    Call { medium: Medium::Jots, ..Call::begun(id, on, at) }
}

#[cfg(test)]
mod tests;
