//! The steps of the tidy sheet: what each asks, and which lines it is about.

use crate::domain::{Call, Line, Tag};

/// A step of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Tags,
    Promises,
    Questions,
    Answers,
    Words,
    Remains,
    Next,
    Message,
}

impl Step {
    const ALL: [Self; 8] = [
        Self::Tags,
        Self::Promises,
        Self::Questions,
        Self::Answers,
        Self::Words,
        Self::Remains,
        Self::Next,
        Self::Message,
    ];

    /// The steps of a call. Jots of a day are no talk: nobody waits for a message.
    pub fn all(call: &Call) -> &'static [Self] {
        let count = if call.is_jots() { Self::ALL.len() - 2 } else { Self::ALL.len() };
        Self::ALL.get(..count).unwrap_or(&Self::ALL)
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tags => "Tags",
            Self::Promises => "Promises",
            Self::Questions => "Questions",
            Self::Answers => "Answers",
            Self::Words => "Words",
            Self::Remains => "Remains",
            Self::Next => "Next",
            Self::Message => "Message",
        }
    }

    /// What it asks.
    pub fn asks(self) -> &'static str {
        match self {
            Self::Tags => "What is each of these lines?",
            Self::Promises => "Who does what, by when?",
            Self::Questions => "Where does each question belong?",
            Self::Answers => "Which answer do these words belong to?",
            Self::Words => "Did a word jar, or mean something else to them?",
            Self::Remains => "Will any of this last: a thing made, a contact, something learned?",
            Self::Next => "When next, and how did it feel?",
            Self::Message => "The message to send",
        }
    }

    /// Whether its lines are left to tidy until something was done about each.
    pub fn is_owed(self) -> bool {
        self <= Self::Answers
    }

    fn is_about(self, line: &Line) -> bool {
        let owed = match self {
            Self::Tags => line.tag.is_none(),
            Self::Promises => line.tag == Some(Tag::Promise),
            Self::Questions => line.tag == Some(Tag::Ask),
            Self::Answers => matches!(line.tag, Some(Tag::Said | Tag::Differs)),
            // what is private goes into no list that others may see
            Self::Words | Self::Remains => return !line.private && !line.is_marker(),
            Self::Next | Self::Message => return false,
        };
        owed && line.wants_tidying()
    }

    /// The lines of a call that it is about, in the order of time.
    pub fn lines(self, call: &Call) -> Vec<&Line> {
        call.lines.iter().filter(|line| self.is_about(line)).collect()
    }

    /// How many lines are left in it.
    pub fn left(self, call: &Call) -> usize {
        if self.is_owed() { call.lines.iter().filter(|line| self.is_about(line)).count() } else { 0 }
    }

    /// Whether there is anything to do in it, or to be asked.
    fn has_something(self, call: &Call) -> bool {
        match self {
            Self::Next | Self::Message => true,
            _ => call.lines.iter().any(|line| self.is_about(line)),
        }
    }

    /// Where a call is gone on with: at the first step in which something is left, else at what has not been asked yet.
    pub fn first(call: &Call) -> Self {
        let steps = Self::all(call);
        let owed = steps.iter().copied().find(|step| step.left(call) > 0);
        let asked = call.follow_up.is_some() || call.sent.is_some() || !call.message.is_empty();
        let later = if asked { Self::Message } else { Self::Words };
        let rest = steps.iter().copied().find(|step| *step >= later && step.has_something(call));
        owed.or(rest).or(steps.last().copied()).unwrap_or(Self::Tags)
    }

    /// Where a call is gone on with that was left at a step before: there, as long as something is left in it.
    pub fn again(call: &Call, left: Option<Self>) -> Self {
        let something =
            |step: &Self| if step.is_owed() { step.left(call) > 0 } else { step.has_something(call) };
        left.filter(something).unwrap_or_else(|| Self::first(call))
    }

    /// The step after this one in which there is something to do; `None` after the last.
    pub fn next(self, call: &Call) -> Option<Self> {
        Self::all(call).iter().copied().find(|step| *step > self && step.has_something(call))
    }

    /// The step before this one in which there is something to do; `None` before the first.
    pub fn before(self, call: &Call) -> Option<Self> {
        Self::all(call).iter().rev().copied().find(|step| *step < self && step.has_something(call))
    }
}
