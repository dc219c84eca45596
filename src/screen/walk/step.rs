//! The steps of a walk: getting ready, then looking back, in the order in which it is easiest to remember.

use crate::command::Ctx;
use crate::domain::{HardThing, Pulse, Walk};

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Prepare,
    Surprised,
    Hard,
    Asked,
    WillDo,
    ToTell,
    Harder,
    Pulse,
    Changes,
    Next,
}

impl Step {
    pub const ALL: [Self; 10] = [
        Self::Prepare,
        Self::Surprised,
        Self::Hard,
        Self::Asked,
        Self::WillDo,
        Self::ToTell,
        Self::Harder,
        Self::Pulse,
        Self::Changes,
        Self::Next,
    ];

    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prepare => "get ready",
            Self::Surprised => "surprised",
            Self::Hard => "hard",
            Self::Asked => "asked for",
            Self::WillDo => "will do",
            Self::ToTell => "heard",
            Self::Harder => "harder things",
            Self::Pulse => "pulse",
            Self::Changes => "changes",
            Self::Next => "next walk",
        }
    }

    /// What it asks.
    pub fn asks(self) -> &'static str {
        match self {
            Self::Prepare => "When, where and how will you meet, and what will you ask?",
            Self::Surprised => "What surprised you?",
            Self::Hard => "What was hard?",
            Self::Asked => "What did they ask for?",
            Self::WillDo => "What will you do, and by when?",
            Self::ToTell => "What will you tell them you heard?",
            Self::Harder => "What went well, and which harder things were raised?",
            Self::Pulse => "How does each side feel about it now?",
            Self::Changes => "What have you agreed to change?",
            Self::Next => "When will you do this again?",
        }
    }

    /// Its place among the others, from 0.
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).unwrap_or(0)
    }

    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.place() + 1).copied()
    }

    pub fn before(self) -> Option<Self> {
        self.place().checked_sub(1).and_then(|n| Self::ALL.get(n)).copied()
    }

    /// Whether something is added in it.
    pub fn adds(self) -> bool {
        matches!(self, Self::WillDo | Self::Harder | Self::Changes)
    }

    /// Whether a message belongs to it.
    pub fn has_letter(self) -> bool {
        matches!(self, Self::Prepare | Self::ToTell)
    }

    /// Where to go on with a walk: getting ready while it is to come, then the first step that says nothing yet.
    pub fn again(walk: &Walk, ctx: &Ctx<'_>) -> Self {
        if !walk.is_held() {
            return Self::Prepare;
        }
        let first = Self::ALL.into_iter().skip(1).find(|step| step.is_blank(walk, ctx));
        first.filter(|_| walk.debriefed.is_none()).unwrap_or(Self::Surprised)
    }

    /// Whether nothing is noted in it yet. What may well have nothing in it never is, so that it does not come again.
    fn is_blank(self, walk: &Walk, ctx: &Ctx<'_>) -> bool {
        let Some(workbook) = ctx.workbook() else { return false };
        let none = |text: &str| text.trim().is_empty();
        match self {
            Self::Prepare | Self::Changes => false,
            Self::Surprised => none(&walk.surprised),
            Self::Hard => none(&walk.hard),
            Self::Asked => none(&walk.asked),
            Self::WillDo => none(&walk.will_do) && super::fields::promises(walk, workbook).is_empty(),
            Self::ToTell => none(&walk.to_tell),
            Self::Harder => {
                let raised = |thing: &HardThing| thing.walk.as_ref() == Some(&walk.id);
                none(&walk.worked) && !workbook.all::<HardThing>().iter().any(raised)
            }
            Self::Pulse => !workbook.all::<Pulse>().iter().any(|p| p.walk.as_ref() == Some(&walk.id)),
            Self::Next => walk.next.is_none(),
        }
    }
}
