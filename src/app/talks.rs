//! The calls that go on, and the time on each of them.
//!
//! The time on a call is its start plus what a clock that never jumps has counted since: a clock that is set back, a
//! suspended machine or midnight make no difference. A call that went on before the program was started goes on from
//! its last line or from now, whichever is later.

use std::time::Duration;

use jiff::Timestamp;

use super::{App, Moment};
use crate::command::{NewCall, Talk, Words};
use crate::domain::{Call, RecordId, Workbook};
use crate::layer::Layer;
use crate::screen::call::CallScreen;

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
    // lines may have been moved, so the last one need not be the latest
    call.lines.iter().map(|line| line.at).max().unwrap_or(call.started).max(wall)
}

impl App {
    /// Goes to a call, at one of its lines where that is given: without one to the call in front, or to a new one.
    pub(super) fn go_to_call(&mut self, call: Option<RecordId>, line: Option<RecordId>) {
        let front = || self.talks.shown().first().map(|talk| talk.call.clone());
        let Some(id) = call.or_else(front) else { return self.begin_call(NewCall::default()) };
        let Some(screen) =
            self.workbook().and_then(|w| w.call(&id)).map(|c| CallScreen::of(c, line.as_ref()))
        else {
            return self.say("That call is not here any more. g B shows what was removed.");
        };
        self.talks.bring_forward(&id);
        self.push_call(screen);
    }

    /// A new call, in front of those that go on.
    pub(super) fn begin_call(&mut self, new: NewCall) {
        let ctx = self.ctx(&[]);
        if !ctx.writable {
            return self.say("This workbook is open to read only, so no call can begin in it here.");
        }
        let (screen, edits) = CallScreen::begin(new, &ctx);
        self.push_call(screen);
        if !edits.is_empty() {
            self.edit(edits);
        }
    }

    /// Takes words along to a call that goes on, or begins one with them.
    pub(super) fn go_to_call_with(&mut self, call: Option<RecordId>, words: Words) {
        let ctx = self.ctx(&[]);
        let there = call.as_ref().and_then(|id| ctx.workbook()?.call(id));
        let Some((screen, edit)) = there.map(|call| CallScreen::with_words(call, words.clone(), &ctx)) else {
            return self.begin_call(NewCall { who: String::new(), words: Some(words), ..NewCall::default() });
        };
        self.talks.bring_forward(&screen.call_id().clone());
        self.push_call(screen);
        self.edit(vec![edit]);
    }

    /// The call screen lies over whatever was in sight, once.
    fn push_call(&mut self, call: CallScreen) {
        self.screens.retain(|screen| screen.scope() != call.scope());
        self.screens.push(Box::new(call));
    }

    /// Takes in which calls go on now, and how late it is.
    pub(super) fn follow_talks(&mut self) {
        let workbook = self.open.as_ref().map(|open| open.book.workbook());
        self.talks.follow(workbook, self.now);
    }
}
