//! The lines of the pulse that somebody calls serious and about which nothing is to change: who said so, and when.

use jiff::civil::Date;

use super::{last_said, readings, unanswered_concerns};
use crate::domain::{Concern, PartnerId, Workbook};

/// A serious line that waits for a change, or for the reason why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worry {
    /// The line, by the id of the aspect.
    pub line: &'static str,
    /// The sides that last called it serious, our own first, with the day where it is known.
    pub said_by: Vec<(PartnerId, Option<Date>)>,
}

/// Every such line, in the order of the cycle.
pub fn worries(workbook: &Workbook) -> Vec<Worry> {
    let readings = readings(workbook);
    let sides = || std::iter::once(PartnerId::us()).chain(workbook.partners().iter().map(|p| p.id.clone()));
    let serious = |line: &str, side: &PartnerId| {
        last_said(&readings, line, side).filter(|(_, concern)| *concern == Concern::Serious).map(|(on, _)| on)
    };
    let worry = |line: &'static str| Worry {
        line,
        said_by: sides().filter_map(|side| serious(line, &side).map(|on| (side, on))).collect(),
    };
    unanswered_concerns(workbook).into_iter().map(worry).collect()
}
