//! What keeps the talk between partners in good order: words that jar, and regular touch points.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

use super::call::SaidIn;
use super::id::{PartnerId, PersonId, RecordId};

/// A word that jars, or means different things to each side.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Word {
    /// Names it for ever.
    pub id: RecordId,
    /// Who asked for it to be avoided; `None` for both sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whose: Option<PartnerId>,
    /// When that was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Date>,
    /// Where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_in: Option<SaidIn>,
    /// The word, or several.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub term: String,
    /// What is wrong with it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub problem: String,
    /// What to say instead.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instead: String,
}

impl Word {
    /// A word of which only itself is known.
    pub fn new(id: RecordId, term: impl Into<String>) -> Self {
        Self {
            id,
            whose: None,
            agreed: None,
            said_in: None,
            term: term.into(),
            problem: String::new(),
            instead: String::new(),
        }
    }
}

/// Being in touch every so often, whether there is something to ask for or not.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TouchPoint {
    /// Names it for ever.
    pub id: RecordId,
    /// With whom.
    pub partner: PartnerId,
    /// With which person, where that is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Every so many weeks; `None` for once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_weeks: Option<u16>,
    /// When it last took place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
    /// When it is next, where that was set by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Date>,
    /// What sort of touch: "a call", "coffee", "the newsletter".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
}

impl TouchPoint {
    /// A touch point of which only the partner is known.
    pub fn with(id: RecordId, partner: PartnerId) -> Self {
        Self { id, partner, person: None, every_weeks: None, last: None, next: None, kind: String::new() }
    }

    /// When it is next: as set by hand, or so many weeks after the last. `None` where neither says so.
    pub fn due(&self) -> Option<Date> {
        let every: Option<Span> = self.every_weeks.map(|weeks| i64::from(weeks).weeks());
        self.next.or_else(|| self.last?.checked_add(every?).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_touch_point_comes_round_unless_a_day_was_set() {
        let mut touch = TouchPoint::with(RecordId::new("t"), PartnerId::new("p"));
        assert_eq!(touch.due(), None);
        touch.last = Some(date(2024, 2, 15));
        touch.every_weeks = Some(2);
        assert_eq!(touch.due(), Some(date(2024, 2, 29)));
        touch.next = Some(date(2024, 3, 1));
        assert_eq!(touch.due(), Some(date(2024, 3, 1)));
    }
}
