//! The clock of the day and the one that never jumps. `ALONGSIDE_NOW` sets the first, for tests and rehearsals.

use std::time::Instant;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::app::Moment;

/// Tells the time.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    started: Instant,
    /// The time that was set for the start of the program, where one was.
    set: Option<Zoned>,
    zone: TimeZone,
}

impl Clock {
    /// A clock that is set, with the zone that it is set in, or the clock of the day in the zone given.
    pub(super) fn new(set: Option<&Zoned>, zone: impl FnOnce() -> TimeZone) -> Self {
        let zone = set.map_or_else(zone, |set| set.time_zone().clone());
        Self { started: Instant::now(), set: set.cloned(), zone }
    }

    pub(super) fn now(&self) -> Moment {
        let mono = self.started.elapsed();
        let wall = match &self.set {
            // a clock that was set goes on from there
            Some(set) => set.timestamp().checked_add(mono).unwrap_or(set.timestamp()),
            None => Timestamp::now(),
        };
        Moment { wall, mono }
    }

    pub(super) fn zone(&self) -> TimeZone {
        self.zone.clone()
    }

    /// Where ids begin: another place at every start, unless the clock was set.
    pub(super) fn seed(&self) -> u64 {
        let nanos = self.now().wall.as_nanosecond();
        let process = if self.set.is_some() { 0 } else { u128::from(std::process::id()) << 64 };
        let mixed = nanos.unsigned_abs() ^ process;
        (mixed ^ (mixed >> 64)) as u64
    }
}
