//! Where the lines of a call stand: how many rows each takes, which are in sight, and how a moment is written. However many
//! lines there are, no more of them are looked at than fit on the screen.

use jiff::Timestamp;

use super::{At, CallScreen};
use crate::command::Ctx;
use crate::domain::{Call, Line};
use crate::widget::cells::cells;
use crate::widget::text::wrap;

/// Lines that a page goes by.
pub(super) const PAGE: isize = 10;

/// Rows of a line that is not in focus; what is longer is cut.
const MOST_ROWS: usize = 3;

pub use crate::screen::words::elapsed;

/// The time of day, where the person is.
pub(super) fn clock(at: Timestamp, ctx: &Ctx<'_>) -> String {
    at.to_zoned(ctx.zone.clone()).strftime("%H:%M").to_string()
}

/// The stamp of a line: how late it was on the call; the time of day among jots.
pub(super) fn stamp(call: &Call, line: &Line, ctx: &Ctx<'_>) -> String {
    if call.is_jots() {
        return clock(line.at, ctx);
    }
    match call.ended {
        Some(ended) if line.at > ended => "later".to_owned(),
        _ if line.at < call.started => "before".to_owned(),
        _ => elapsed(call.started, line.at),
    }
}

/// The rows that are in sight.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// The first of them, counted from 0, and how many screen rows of each are to be drawn.
    pub first: usize,
    pub heights: Vec<u16>,
}

impl CallScreen {
    /// The words of a line as they are shown in so many columns: whole where it is in focus, and there is room.
    pub(super) fn shown(line: &Line, columns: u16, most: usize) -> Vec<String> {
        // more than can be seen is never wrapped
        let enough = usize::from(columns).saturating_mul(most + 1);
        let start: String = line.text.chars().take(enough).collect();
        let mut rows = wrap(&start, columns);
        if rows.len() > most {
            rows.truncate(most);
            if let Some(last) = rows.last_mut() {
                last.push_str(" …");
            }
        }
        rows
    }

    /// Screen rows that one of the rows takes.
    fn rows_of(&self, row: usize, columns: u16, height: u16, ctx: &Ctx<'_>) -> u16 {
        let here = row == self.row_at_when_drawn(ctx);
        if here && self.types_line() {
            return self.field.desired_height(columns).clamp(1, height.max(1));
        }
        let most = self.most_rows(here, height);
        let line = self.lines(ctx).get(row);
        line.map_or(1, |line| cells(Self::shown(line, columns, most).len()))
    }

    /// Screen rows that the words of a line take at most.
    pub(super) fn most_rows(&self, focused: bool, height: u16) -> usize {
        if focused && self.at == At::Rest {
            usize::from(height.max(1))
        } else {
            MOST_ROWS.min(height.max(1).into())
        }
    }

    fn row_at_when_drawn(&self, ctx: &Ctx<'_>) -> usize {
        self.row_at(ctx)
    }

    /// Which rows are in sight in an area: the one in focus among them, and as few changes as that takes.
    pub(super) fn seen(&self, columns: u16, height: u16, ctx: &Ctx<'_>) -> Seen {
        let (slots, focus) = (self.slots(ctx), self.row_at(ctx));
        let rows = |row: usize| self.rows_of(row, columns, height, ctx);
        let mut used = rows(focus);
        let mut lowest = focus;
        while lowest > 0 && used + rows(lowest - 1) <= height {
            lowest -= 1;
            used += rows(lowest);
        }
        let mut first = self.top.get().clamp(lowest, focus);
        // what is free below the last is filled from above
        let mut used = 0;
        for row in first..slots {
            used += rows(row);
            if used >= height {
                break;
            }
        }
        while first > lowest.min(focus) && used + rows(first - 1) <= height {
            first -= 1;
            used += rows(first);
        }
        self.top.set(first);
        let mut left = height;
        let mut heights = Vec::new();
        for row in first..slots {
            if left == 0 {
                break;
            }
            let taken = rows(row).min(left);
            heights.push(taken);
            left -= taken;
        }
        Seen { first, heights }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_minutes_and_seconds_and_hours_once_there_are_any() {
        let at = |second: i64| Timestamp::from_second(1_700_000_000 + second).unwrap();
        assert_eq!(elapsed(at(0), at(432)), "07:12");
        assert_eq!(elapsed(at(0), at(3723)), "1:02:03");
        assert_eq!(elapsed(at(5), at(0)), "00:00");
    }
}
