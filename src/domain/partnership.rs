//! Where the partnership stands in its life, apart from the cycle: exploring, active, paused, ended.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::answer::Standing;
use super::id::{PersonId, QuestionId, RecordId};

/// The state of a partnership. It is separate from the position on the cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum PartnershipState {
    /// Thinking about it, alone or together.
    #[default]
    Exploring,
    /// Trying something small.
    Pilot,
    /// Working together.
    Active,
    /// Resting, with the intention of coming back.
    Paused,
    /// Winding up.
    Ending,
    /// Over.
    Ended,
}

impl PartnershipState {
    /// All states, in the order of a life.
    pub const ALL: [Self; 6] =
        [Self::Exploring, Self::Pilot, Self::Active, Self::Paused, Self::Ending, Self::Ended];

    /// The word that a person reads.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exploring => "Exploring",
            Self::Pilot => "Pilot",
            Self::Active => "Active",
            Self::Paused => "Paused",
            Self::Ending => "Ending",
            Self::Ended => "Ended",
        }
    }
}

/// A change of state, with its reasons as each side gives them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateChange {
    /// The state from then on.
    pub state: PartnershipState,
    /// The day of the change.
    pub on: Date,
    /// Why, as we see it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ours: String,
    /// Why, as the partners see it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub theirs: String,
    /// Who decided; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decided_by: String,
    /// What belongs to a pause; `None` for every other change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<Box<Pause>>,
}

impl StateChange {
    /// A change without reasons yet.
    pub fn to(state: PartnershipState, on: Date) -> Self {
        Self { state, on, ours: String::new(), theirs: String::new(), decided_by: String::new(), pause: None }
    }

    /// One of its texts; `None` for what belongs to a pause where this is none.
    pub fn field(&self, field: StateField) -> Option<&str> {
        Some(match field {
            StateField::Ours => &self.ours,
            StateField::Theirs => &self.theirs,
            StateField::DecidedBy => &self.decided_by,
            StateField::Frozen => &self.pause.as_ref()?.frozen,
            StateField::LightTouch => &self.pause.as_ref()?.light_touch,
            StateField::Restart => &self.pause.as_ref()?.restart,
        })
    }

    pub(in crate::domain) fn field_mut(&mut self, field: StateField) -> Option<&mut String> {
        Some(match field {
            StateField::Ours => &mut self.ours,
            StateField::Theirs => &mut self.theirs,
            StateField::DecidedBy => &mut self.decided_by,
            StateField::Frozen => &mut self.pause.as_mut()?.frozen,
            StateField::LightTouch => &mut self.pause.as_mut()?.light_touch,
            StateField::Restart => &mut self.pause.as_mut()?.restart,
        })
    }
}

/// The texts of a change of state, in the order of its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StateField {
    /// Why, as we see it.
    Ours,
    /// Why, as the partners see it.
    Theirs,
    /// Who decided.
    DecidedBy,
    /// What rests meanwhile: things, money, data.
    Frozen,
    /// Who stays in light touch.
    LightTouch,
    /// What would bring it to life again.
    Restart,
}

impl StateField {
    /// All of them, in the order of the form. The last three belong to a pause.
    pub const ALL: [Self; 6] =
        [Self::Ours, Self::Theirs, Self::DecidedBy, Self::Frozen, Self::LightTouch, Self::Restart];

    /// The label that a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ours => "Why, as we see it",
            Self::Theirs => "Why, as they see it",
            Self::DecidedBy => "Who decided",
            Self::Frozen => "What rests meanwhile",
            Self::LightTouch => "Who stays in light touch",
            Self::Restart => "What would start it again",
        }
    }

    /// Whether it takes more than one line.
    pub fn is_prose(self) -> bool {
        matches!(self, Self::Ours | Self::Theirs | Self::Frozen | Self::Restart)
    }
}

/// What belongs to a pause, beside its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pause {
    /// When to look at it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// What rests meanwhile: things, money, data.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub frozen: String,
    /// Who stays in light touch.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub light_touch: String,
    /// What would bring it to life again.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub restart: String,
    /// How things stood on the day of the pause.
    #[serde(default)]
    pub snapshot: Snapshot,
}

/// How things stood on a day: enough to say later what has changed since. The words of the answers are not in it, since
/// every answer keeps its own earlier versions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Snapshot {
    /// The standing of every question that somebody had touched.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub standings: BTreeMap<QuestionId, Standing>,
    /// The promises that were owed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owed: Vec<RecordId>,
    /// The people who took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
}

/// The state of a partnership and how it came to it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Partnership {
    /// Every change of state, oldest first. Empty means exploring, since the workbook was made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::domain) log: Vec<StateChange>,
}

impl Partnership {
    /// The state now.
    pub fn state(&self) -> PartnershipState {
        self.log.last().map(|change| change.state).unwrap_or_default()
    }

    /// Every change of state, oldest first.
    pub fn log(&self) -> &[StateChange] {
        &self.log
    }
}
