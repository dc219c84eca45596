//! The order of what happened: by day, and within a day by time where that is known.
//!
//! A clock that was wrong for a while does not turn round what is kept in a sequence: see [`sound_days`].

use crate::order::InOrder;
use jiff::civil::Date;

use super::{Happening, Told};

/// Sorts by day. Within a day, what has a time comes first, in the order of time; what has none follows by kind, and
/// within a kind as it was told.
pub(super) fn in_order(mut all: Vec<Told>) -> Vec<Happening> {
    all.order_by_key(|told| {
        let Happening { at, kind, .. } = &told.happening;
        (told.under, at.is_none(), *at, *kind)
    });
    all.into_iter().map(|told| told.happening).collect()
}

/// For days that belong to a sequence, days that go with its order. A day that fits stays; one that does not, since the
/// clock was wrong when it was written, becomes the day of the nearest before it that fits, or else after it. As many as
/// can stay do.
pub(super) fn sound_days(days: &[Date]) -> Vec<Date> {
    // the longest run that never goes back, by the number of days in it that end at each day
    let mut lengths: Vec<(usize, Option<usize>)> = Vec::with_capacity(days.len());
    for (n, day) in days.iter().enumerate() {
        let before =
            days.iter().zip(&lengths).enumerate().take(n).filter(|(_, (earlier, _))| *earlier <= day);
        // of two as good, the day that is nearest
        let best = before.max_by_key(|(_, (day, (length, _)))| (*length, **day));
        let best = best.map(|(at, (_, (length, _)))| (at, *length));
        lengths.push((best.map_or(1, |(_, length)| length + 1), best.map(|(at, _)| at)));
    }
    let mut fits = vec![false; days.len()];
    let mut at = lengths.iter().enumerate().max_by_key(|(_, (length, _))| *length).map(|(at, _)| at);
    while let Some(n) = at {
        if let Some(fit) = fits.get_mut(n) {
            *fit = true;
        }
        at = lengths.get(n).and_then(|(_, before)| *before);
    }
    let first = days.iter().zip(&fits).find(|(_, fit)| **fit).map(|(day, _)| *day);
    let mut last = first;
    let sound = days.iter().zip(&fits).map(|(day, fit)| {
        if *fit {
            last = Some(*day);
        }
        last.unwrap_or(*day)
    });
    sound.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_wrong_clock_does_not_turn_a_sequence_round() {
        let days = |years: &[i16]| years.iter().map(|year| date(*year, 2, 28)).collect::<Vec<_>>();
        assert_eq!(sound_days(&days(&[2023, 2024, 2025])), days(&[2023, 2024, 2025]));
        assert_eq!(sound_days(&days(&[2023, 2035, 2025])), days(&[2023, 2023, 2025]));
        assert_eq!(sound_days(&days(&[2023, 2024, 2001, 2025])), days(&[2023, 2024, 2024, 2025]));
        assert_eq!(sound_days(&days(&[2035, 2024, 2025])), days(&[2024, 2024, 2025]));
        assert_eq!(sound_days(&days(&[2025, 2025])), days(&[2025, 2025]));
        assert_eq!(sound_days(&[]), []);
    }
}
