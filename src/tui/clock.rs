//! The clock of the day and the one that never jumps. `ALONGSIDE_NOW` sets the first, for tests and rehearsals.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::app::Moment;

/// Tells the time.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    started: Start,
    /// The time that was set for the start of the program, where one was.
    set: Option<Zoned>,
    zone: TimeZone,
}

impl Clock {
    /// A clock that is set, with the zone that it is set in, or the clock of the day in the zone given.
    pub(super) fn new(set: Option<&Zoned>, zone: impl FnOnce() -> TimeZone) -> Self {
        let zone = set.map_or_else(zone, |set| set.time_zone().clone());
        Self { started: Start::now(), set: set.cloned(), zone }
    }

    pub(super) fn now(&self) -> Moment {
        let mono = self.started.since();
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

/// When the program started, by a clock that only grows. It counts the time for which the machine slept as well: a call
/// goes on while the lid is shut.
#[cfg(target_os = "linux")]
#[derive(Debug, Clone, Copy)]
struct Start(Duration);

#[cfg(target_os = "linux")]
impl Start {
    fn now() -> Self {
        Self(since_boot())
    }

    fn since(self) -> Duration {
        since_boot().saturating_sub(self.0)
    }
}

#[cfg(target_os = "linux")]
fn since_boot() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let (seconds, nanos) = (u64::try_from(time.tv_sec), u32::try_from(time.tv_nsec));
    Duration::new(seconds.unwrap_or(0), nanos.unwrap_or(0))
}

/// When the program started, by a clock that only grows; whether it counts while the machine sleeps is up to the system.
#[cfg(not(target_os = "linux"))]
#[derive(Debug, Clone, Copy)]
struct Start(std::time::Instant);

#[cfg(not(target_os = "linux"))]
impl Start {
    fn now() -> Self {
        Self(std::time::Instant::now())
    }

    fn since(self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_only_grows_and_a_clock_that_was_set_grows_with_it() {
        let set: Zoned = "2025-11-10T14:03:00Z[UTC]".parse().unwrap();
        let clock = Clock::new(Some(&set), || TimeZone::UTC);
        let (first, second) = (clock.now(), clock.now());
        assert!(first.mono <= second.mono && second.mono < Duration::from_secs(60));
        assert_eq!(second.wall, set.timestamp().checked_add(second.mono).unwrap());
    }
}
