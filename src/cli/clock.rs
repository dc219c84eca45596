//! What time it is: the clock's word, or the one that tests and rehearsals set with `ALONGSIDE_NOW`.

use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::exit::Failure;

/// The variable that sets the clock.
pub const VARIABLE: &str = "ALONGSIDE_NOW";

/// The moment that the variable names, in the offset it is written with; `None` where it is not set.
///
/// # Errors
/// In words, where it is set and not a moment.
pub fn set_by(value: Option<String>) -> Result<Option<Zoned>, Failure> {
    let Some(value) = value.filter(|value| !value.is_empty()) else { return Ok(None) };
    let moment = value.parse::<Timestamp>().ok().zip(offset(&value));
    match moment {
        Some((at, zone)) => Ok(Some(at.to_zoned(zone))),
        None => Err(Failure::usage(
            format!("{VARIABLE} is “{value}”, which is not a moment in time"),
            "It is written like this: 2025-11-04T09:30:00Z, or 2025-11-04T09:30:00+01:00. Without it the computer's \
             clock is used.",
        )),
    }
}

fn offset(value: &str) -> Option<TimeZone> {
    match Pieces::parse(value).ok()?.offset()? {
        PiecesOffset::Zulu => Some(TimeZone::UTC),
        PiecesOffset::Numeric(offset) => Some(TimeZone::fixed(offset.offset())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_keeps_the_day_it_is_written_with() {
        let day = |value: &str| set_by(Some(value.to_owned())).unwrap().unwrap().date().to_string();
        assert_eq!(day("2025-11-04T23:30:00+02:00"), "2025-11-04");
        assert_eq!(day("2025-11-04T23:30:00-05:00"), "2025-11-04");
        assert_eq!(day("2025-11-04T23:30:00Z"), "2025-11-04");
        assert!(set_by(None).unwrap().is_none() && set_by(Some(String::new())).unwrap().is_none());
    }

    #[test]
    fn what_is_no_moment_is_refused_in_words() {
        for bad in ["yesterday", "2025-11-04", "2025-11-04T09:30:00", "2025-13-04T09:30:00Z", "\u{1b}[2J"] {
            let failure = set_by(Some(bad.to_owned())).unwrap_err();
            assert_eq!(failure.exit.code(), 64, "{bad}");
            assert!(failure.hint.contains("2025-11-04T09:30:00Z"));
        }
    }
}
