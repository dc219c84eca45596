//! What is said on a call, line by line, each with the time of its first key.
//!
//! A note jotted in passing is a line too: the jots of one day stand together in a [`Call`] whose medium is
//! [`Medium::Jots`]. What a line turns into (a promise, a partner's own words) is a record of its own that names the
//! line; the line stays as it was said.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::edit::Edit;
use super::id::{IdSource, PartnerId, PersonId, QuestionId, RecordId};
use super::is_false;
use super::workbook::Workbook;

/// What a line is, in one letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tag {
    /// Said by them, in their own words.
    Said,
    /// Said by us.
    WeSaid,
    /// Agreed between us.
    Agreed,
    /// A promise, of theirs or of ours.
    Promise,
    /// A question to ask back.
    Ask,
    /// Something on which we differ.
    Differs,
    /// About money.
    Money,
    /// A worry.
    Worry,
}

impl Tag {
    /// All tags, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Said,
        Self::WeSaid,
        Self::Agreed,
        Self::Promise,
        Self::Ask,
        Self::Differs,
        Self::Money,
        Self::Worry,
    ];

    /// The letter that stands before the line and that puts the tag on.
    pub fn letter(self) -> char {
        match self {
            Self::Said => 's',
            Self::WeSaid => 'w',
            Self::Agreed => 'a',
            Self::Promise => 'p',
            Self::Ask => 'q',
            Self::Differs => 'd',
            Self::Money => 'm',
            Self::Worry => 'x',
        }
    }

    /// The tag of a letter; `None` where no tag has it.
    pub fn of(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|tag| tag.letter() == letter)
    }

    /// The words that a person reads beside the letter.
    pub fn words(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::WeSaid => "we said",
            Self::Agreed => "agreed",
            Self::Promise => "promise",
            Self::Ask => "ask back",
            Self::Differs => "differs",
            Self::Money => "money",
            Self::Worry => "worry",
        }
    }
}

/// The letter that makes a line private, or takes that back. It goes with any tag.
pub const PRIVATE_LETTER: char = 'v';

/// How the talk came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Medium {
    /// By telephone.
    #[default]
    Phone,
    /// With a picture.
    Video,
    /// In one room, or on a walk.
    InPerson,
    /// By letter, mail or message.
    Message,
    /// No talk at all: notes jotted in passing, those of one day together.
    Jots,
}

impl Medium {
    /// Those that a person chooses from.
    pub const CHOICES: [Self; 4] = [Self::Phone, Self::Video, Self::InPerson, Self::Message];

    /// What one of them is called at the head of a line: "Call", "Meeting".
    pub fn occasion(self) -> &'static str {
        match self {
            Self::Phone => "Call",
            Self::Video => "Video call",
            Self::InPerson => "Meeting",
            Self::Message => "Messages",
            Self::Jots => "Notes",
        }
    }

    /// The words that a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Video => "video",
            Self::InPerson => "in person",
            Self::Message => "message",
            Self::Jots => "jotted",
        }
    }
}

/// One line of a call.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Line {
    /// Names it within its call.
    pub id: RecordId,
    /// When its first key was pressed: the start of the call plus what a clock that never jumps counted since.
    pub at: Timestamp,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
    /// Left out of every message and export.
    #[serde(default, skip_serializing_if = "is_false")]
    pub private: bool,
    /// The question that it belongs to, where somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<QuestionId>,
    /// There is nothing more to do about it: it became something, was asked, or was let be.
    #[serde(default, skip_serializing_if = "is_false")]
    pub done: bool,
    /// A question that somebody looked at and that belongs to none of the workbook: it stays to be asked until it is done.
    #[serde(default, skip_serializing_if = "is_false")]
    pub kept: bool,
    /// The words; empty for a moment that was only marked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl Line {
    /// A line without a tag.
    pub fn new(id: RecordId, at: Timestamp, text: impl Into<String>) -> Self {
        Self { id, at, tag: None, private: false, about: None, done: false, kept: false, text: text.into() }
    }

    /// Whether something is left to tidy about it: it has words and no tag, or a tag that leads somewhere and has not. A
    /// question to ask back is tidy once it is known where it belongs; it is still asked until it is done.
    pub fn wants_tidying(&self) -> bool {
        let leads = match self.tag {
            None | Some(Tag::Said | Tag::Promise | Tag::Differs) => true,
            Some(Tag::Ask) => self.about.is_none() && !self.kept,
            Some(_) => false,
        };
        leads && !self.done && !self.is_marker()
    }

    /// Whether it only marks a moment: it has no words.
    pub fn is_marker(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A talk with a partner, or the jots of a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Call {
    /// Names it for ever.
    pub id: RecordId,
    /// With whom; `None` as long as nobody was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<PartnerId>,
    /// The people on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<PersonId>,
    /// How.
    #[serde(default)]
    pub medium: Medium,
    /// The day, where the person was.
    pub on: Date,
    /// When the first key was pressed.
    pub started: Timestamp,
    /// When it ended; `None` while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
    /// Other partners who are on it, whether anybody of theirs is named or not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<PartnerId>,
    /// When to be in touch again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<Date>,
    /// The day on which the follow-up message was taken out to be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Date>,
    /// How it felt, in a word.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mood: String,
    /// The follow-up message, once somebody has changed the drafted one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// What was said, in the order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
}

impl Call {
    /// A call that begins.
    pub fn begun(id: RecordId, on: Date, started: Timestamp) -> Self {
        Self {
            id,
            partner: None,
            with: Vec::new(),
            also: Vec::new(),
            medium: Medium::default(),
            on,
            started,
            ended: None,
            follow_up: None,
            sent: None,
            mood: String::new(),
            message: String::new(),
            lines: Vec::new(),
        }
    }

    /// Whether these are the jots of a day and no talk.
    pub fn is_jots(&self) -> bool {
        self.medium == Medium::Jots
    }

    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        self.ended.is_none() && !self.is_jots()
    }

    /// The partners who are on it, the one that it is with first.
    pub fn partners(&self) -> impl Iterator<Item = &PartnerId> {
        self.partner.iter().chain(&self.also)
    }

    /// One of its lines.
    pub fn line(&self, id: &RecordId) -> Option<&Line> {
        // the line that is asked for is nearly always one of the last
        self.lines.iter().rev().find(|line| line.id == *id)
    }

    /// Where a line of this moment stands among the others: after all that are not later, counted from 0.
    pub fn place_for(&self, at: Timestamp) -> usize {
        self.lines.iter().rposition(|line| line.at <= at).map_or(0, |n| n + 1)
    }

    /// The same call without its lines, to be set anew: the lines stay where they are.
    #[must_use]
    pub fn head(&self) -> Self {
        Self {
            id: self.id.clone(),
            partner: self.partner.clone(),
            with: self.with.clone(),
            also: self.also.clone(),
            mood: self.mood.clone(),
            message: self.message.clone(),
            lines: Vec::new(),
            ..*self
        }
    }

    /// How many of its lines are left to tidy.
    pub fn to_tidy(&self) -> usize {
        self.lines.iter().filter(|line| line.wants_tidying()).count()
    }
}

/// Where something was said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SaidIn {
    /// The call.
    pub call: RecordId,
    /// The line of it.
    pub line: RecordId,
}

impl Edit {
    /// The edits that put a line among the jots of a day, in the order of time. The first line of a day begins them.
    pub fn jot(workbook: &Workbook, on: Date, line: Line, ids: &IdSource) -> Vec<Self> {
        let jots = workbook.calls().iter().rev().find(|call| call.is_jots() && call.on == on);
        if let Some(jots) = jots {
            let place = jots.place_for(line.at);
            return vec![Self::AddLine { call: jots.id.clone(), line, place }];
        }
        let jots = Call { medium: Medium::Jots, ..Call::begun(ids.record(), on, line.at) };
        let call = jots.id.clone();
        let record = Box::new(jots.into());
        vec![Self::AddRecord { record, place: usize::MAX }, Self::AddLine { call, line, place: 0 }]
    }
}
