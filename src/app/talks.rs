//! The calls that go on, and the time on each of them.
//!
//! The time on a call is its start plus what a clock that never jumps has counted since: a clock that is set back, a
//! suspended machine or midnight make no difference. A call that went on before the program was started goes on from
//! its last line or from now, whichever is later.

use std::time::Duration;

use jiff::Timestamp;

use super::{App, Moment};
use crate::command::Talk;
use crate::domain::{Call, RecordId, Workbook};

/// The calls that go on in the open workbook; the one in front first.
#[derive(Debug, Default)]
pub(super) struct Talks {
    shown: Vec<Talk>,
    /// For each of them, which time on the call it was at which moment of the clock that never jumps.
    bases: Vec<(RecordId, Timestamp, Duration)>,
    mono: Duration,
}

impl Talks {
    /// The calls that go on, for everybody to look at.
    pub(super) fn shown(&self) -> &[Talk] {
        &self.shown
    }

    /// When the time of the call in front has another second, on the clock that never jumps.
    pub(super) fn next_second(&self) -> Option<Duration> {
        let front = &self.shown.first()?.call;
        let (_, _, mono) = self.bases.iter().find(|(call, ..)| call == front)?;
        let on = self.mono.saturating_sub(*mono);
        Some(*mono + Duration::from_secs(on.as_secs() + 1))
    }

    /// Brings a call to the front.
    pub(super) fn bring_forward(&mut self, call: &RecordId) {
        if let Some(at) = self.bases.iter().position(|(id, ..)| id == call) {
            let base = self.bases.remove(at);
            self.bases.insert(0, base);
        }
    }

    /// Takes in which calls go on now, and how late it is.
    fn follow(&mut self, workbook: Option<&Workbook>, now: Moment) {
        let running: Vec<&Call> =
            workbook.map_or_else(Vec::new, |w| w.calls().iter().rev().filter(|c| c.is_running()).collect());
        self.mono = now.mono;
        self.bases.retain(|(id, ..)| running.iter().any(|call| call.id == *id));
        for call in running.iter().rev() {
            if self.bases.iter().all(|(id, ..)| *id != call.id) {
                self.bases.insert(0, (call.id.clone(), begins_at(call, now.wall), now.mono));
            }
        }
        let shown = self.bases.iter().map(|(id, wall, mono)| {
            let on = now.mono.saturating_sub(*mono);
            Talk { call: id.clone(), now: wall.checked_add(on).unwrap_or(*wall) }
        });
        self.shown = shown.collect();
    }
}

/// Where the time on a call goes on from.
fn begins_at(call: &Call, wall: Timestamp) -> Timestamp {
    call.lines.last().map_or(call.started, |line| line.at).max(wall)
}

impl App {
    /// Takes in which calls go on now, and how late it is.
    pub(super) fn follow_talks(&mut self) {
        let workbook = self.open.as_ref().map(|open| open.book.workbook());
        self.talks.follow(workbook, self.now);
    }
}
