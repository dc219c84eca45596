//! `undo.log`: what was folded in already, so that it can be undone tomorrow.
//!
//! It is made of the journal's lines, moved block by block: a base, records, a fold. A block that does not begin where
//! the one before it ended means that somebody else changed `workbook.ron` in between, and history begins anew there. A
//! block that was moved twice, or first torn and then moved again, counts once. Start reading at [`History::read`].

use std::ops::Range;

use super::journal::{self, Mark, Print, Says};
use crate::domain::{Act, Record};

/// The fewest edits that are kept to be undone.
pub const KEEP: usize = 10_000;

/// Lines past which the file is written anew with the last [`KEEP`] edits.
pub const TOO_MANY: usize = 4 * KEEP;

/// Lines that are read at the least.
const LINES_AT_FIRST: usize = 64;

/// The end of an `undo.log` that belongs together.
#[derive(Debug, Default)]
pub struct History {
    /// What was done, oldest first, each with where its line stands in the file.
    pub records: Vec<(Box<Record>, Range<usize>)>,
    /// The file at which they end, and its number.
    pub ends_at: Option<(u64, Print)>,
    /// Whether the file has grown so long that it should be written anew.
    pub too_long: bool,
}

impl History {
    /// Reads the end of an `undo.log`, as far back as is needed to undo [`KEEP`] edits after `then` has been done too.
    pub fn read(bytes: &[u8], then: &[Record]) -> Self {
        Self::back_to(bytes, then, KEEP)
    }

    /// The same only as far back as it takes to do `then`, which may take back what was folded in before it.
    pub fn read_for(bytes: &[u8], then: &[Record]) -> Self {
        Self::back_to(bytes, then, 1)
    }

    /// Reads so far back that `keep` edits can be undone after `then`, and `then` can be done.
    fn back_to(bytes: &[u8], then: &[Record], keep: usize) -> Self {
        let lines = lines_of(bytes);
        // an undo needs the step that it took back, so it may be necessary to go further back than that
        let mut want = (keep + keep / 10 + then.len()).max(LINES_AT_FIRST);
        loop {
            let skip = lines.len().saturating_sub(want);
            let mut history = Self::collect(bytes, lines.get(skip..).unwrap_or_default());
            let whole = skip == 0;
            let start = safe_start(&history.records, then, keep, whole);
            let left = history.records.iter().skip(start.unwrap_or(usize::MAX));
            let left = left.map(|(record, _)| record.as_ref()).chain(then);
            if whole || (start.is_some() && left.filter(|record| is_edit(record)).count() >= keep) {
                history.records.drain(..start.unwrap_or(0));
                // where all of it is needed, a file that is written anew is no shorter
                history.too_long = lines.len() > TOO_MANY && history.records.len() < TOO_MANY;
                return history;
            }
            want = want.saturating_mul(2);
        }
    }

    /// The same history as the content of a shorter file, given the file that it was read from.
    pub fn shortened(&self, from: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (_, line) in &self.records {
            bytes.extend_from_slice(from.get(line.clone()).unwrap_or_default());
            bytes.push(b'\n');
        }
        if let Some((seq, print)) = self.ends_at {
            bytes.extend_from_slice(journal::mark_line(Mark::Fold { seq, print }).as_bytes());
        }
        bytes
    }

    fn collect(bytes: &[u8], lines: &[Range<usize>]) -> Self {
        let mut history = Self::default();
        // each file that was reached, and how many records there were then
        let mut reached: Vec<((u64, Print), usize)> = Vec::new();
        let mut torn = false;
        for line in lines {
            match journal::says(bytes.get(line.clone()).unwrap_or_default()) {
                Some(Says::Record(record)) if !torn => history.records.push((record, line.clone())),
                Some(Says::Record(_)) => {}
                Some(Says::Mark(Mark::Base { seq, print })) => {
                    torn = false;
                    let back = reached.iter().rposition(|(file, _)| *file == (seq, print));
                    let kept = back.and_then(|n| reached.get(n)).map_or(0, |(_, records)| *records);
                    history.records.truncate(kept);
                    reached.truncate(back.map_or(0, |n| n + 1));
                }
                Some(Says::Mark(Mark::Fold { seq, print })) => {
                    if torn {
                        history.records.clear();
                        reached.clear();
                        torn = false;
                    }
                    reached.push(((seq, print), history.records.len()));
                }
                Some(Says::Unknown(_)) | None => torn = true,
            }
        }
        // what follows the last file was not moved whole; the journal still has it
        history.records.truncate(reached.last().map_or(0, |(_, records)| *records));
        history.ends_at = reached.last().map(|(file, _)| *file);
        history
    }
}

/// Where the lines of a file stand that are not empty.
fn lines_of(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut from = 0;
    let lines = bytes.split(|b| *b == b'\n').map(|line| {
        let line = from..from + line.len();
        from = line.end + 1;
        line
    });
    lines.filter(|line| !line.is_empty()).collect()
}

/// Where to begin, so that at least `keep` edits can be undone; none where nothing that was read is such a place. Where
/// the records begin the file, that may be the very first.
fn safe_start(
    records: &[(Box<Record>, Range<usize>)],
    then: &[Record],
    keep: usize,
    whole: bool,
) -> Option<usize> {
    let all: Vec<&Record> = records.iter().map(|(record, _)| record.as_ref()).chain(then).collect();
    let edits = all.iter().filter(|record| is_edit(record)).count();
    if whole && edits <= keep + keep / 10 {
        return Some(0);
    }
    // the last place after which there are as many as are kept; what was taken back and done again is no edit
    let mut wanted = keep;
    let latest = all.iter().rposition(|record| {
        wanted -= usize::from(is_edit(record));
        wanted == 0
    });
    let latest = latest.unwrap_or(0).min(records.len());
    let found = safe_starts(&all).into_iter().rfind(|n| *n <= latest);
    found.or(whole.then_some(0))
}

fn is_edit(record: &Record) -> bool {
    matches!(record.act, Act::Do { .. })
}

/// The records from which the rest can be remembered by itself: each begins a step, and nothing after it goes back to
/// before it, or goes on with a step from before it. Ascending.
pub fn safe_starts(all: &[&Record]) -> Vec<usize> {
    let mut safe = Vec::new();
    // how far below it the undos after a record reach, and the lowest step after it
    let (mut lowest, mut earliest) = (0_i64, u64::MAX);
    // what comes in from outside leaves to be done again what was undone before it; an act of the person's does not
    let mut forgets = false;
    for (n, record) in all.iter().enumerate().rev() {
        let begins = begins_step(all, n);
        let change = match record.act {
            Act::Undo | Act::UndoPast { .. } => -1,
            Act::Redo | Act::RedoPast { .. } => 1,
            Act::Do { .. } => i64::from(begins),
        };
        lowest = (lowest + change).min(0);
        match &record.act {
            Act::Do { step, came_in, .. } => {
                forgets |= !came_in;
                if begins && lowest == 0 && *step <= earliest && forgets {
                    safe.push(n);
                }
                earliest = earliest.min(*step);
            }
            // it lies below what came in after it
            Act::UndoPast { step, .. } => earliest = earliest.min(*step),
            Act::Redo | Act::RedoPast { .. } => forgets = false,
            Act::Undo => {}
        }
    }
    safe.reverse();
    safe
}

/// Whether a record begins a step of its own. The first one is not known to.
fn begins_step(all: &[&Record], n: usize) -> bool {
    let Some(this) = all.get(n).and_then(|r| step_of(r)) else { return false };
    let before = all.get(..n).unwrap_or_default();
    // steps count upwards, so the nearest one before tells
    before.iter().rev().find_map(|r| step_of(r)).is_some_and(|before| before < this)
}

fn step_of(record: &Record) -> Option<u64> {
    match record.act {
        Act::Do { step, .. } => Some(step),
        Act::Undo | Act::Redo | Act::UndoPast { .. } | Act::RedoPast { .. } => None,
    }
}

#[cfg(test)]
mod tests;
