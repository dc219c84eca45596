//! What reviewing keeps: the walks and what came up on them, and the pulse of each side.
//!
//! A walk is planned, perhaps moved, and held: a walk that was moved is not one that was missed. What one side feels
//! about the ten lines on a day is a [`Pulse`]; those of one day, or of one walk, are looked at side by side, never
//! averaged.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::id::{PartnerId, QuestionId, RecordId};
use super::promise::Promise;
use super::record::{Who, choices, record};

choices! {
    /// How people meet for a review.
    WalkMode {
        /// Side by side, on foot.
        Walk "a walk",
        /// In a car.
        Drive "a drive",
        /// At a table.
        Coffee "over coffee",
        /// On the phone.
        Phone "on the phone",
        /// In a room.
        Room "in a room",
        /// Everybody together, over the project as a whole.
        JointReview "a joint review of the project",
    }

    /// Whose something is to mend.
    ToFix {
        /// Nobody has said.
        NotSaid "not said yet",
        /// Ours.
        Ours "ours to mend",
        /// Theirs.
        Theirs "theirs to mend",
        /// It takes both.
        Both "both of ours to mend",
    }

    /// How one side feels about one line of the pulse.
    Concern {
        /// It goes well enough.
        NoConcern "no concern",
        /// Something is not right.
        SomeConcern "some concern",
        /// It puts the partnership in doubt.
        Serious "serious",
        /// They could not tell. Nobody asked is something else: then the line is not there.
        DontKnow "don’t know",
    }
}

record! {
    /// A review of the partnership, on a walk or otherwise.
    Walk {
        /// For which day it is planned.
        Planned => planned: Option<Date>,
        /// The day on which it was held.
        HeldOn => held: Option<Date>,
        /// The days from which it was moved.
        Moved => moved: BTreeSet<Date>,
        /// How people meet.
        Mode => mode: WalkMode,
        /// Where they meet.
        Place => place: String,
        /// At what time, as one says it.
        Time => time: String,
        /// How to reach each other on the day.
        Reach => reach: String,
        /// The sides that take part.
        Sides => sides: BTreeSet<PartnerId>,
        /// Who comes or came, by role.
        Present => present: String,
        /// Why we ask, in a line, so that the request does not seem odd.
        Why => why: String,
        /// The invitation, where it was worded by hand.
        Invitation => invitation: String,
        /// The questions on the pocket card, in the order in which they stand there; at most [`Walk::PROMPTS`].
        Prompts => prompts: Vec<QuestionId>,
        /// What went well.
        Worked => worked: String,
        /// What surprised us.
        Surprised => surprised: String,
        /// What was hard to hear or to say.
        Hard => hard: String,
        /// What they asked for.
        Asked => asked: String,
        /// What we will do, where it is more than the promises say.
        WillDo => will_do: String,
        /// What we will tell them that we heard.
        ToTell => to_tell: String,
        /// What we learned about ourselves.
        Learned => learned: String,
        /// What we did not say. It goes out in no document.
        Unsaid => unsaid: String,
        /// The message that says what we heard, where it was worded by hand.
        Message => message: String,
        /// When that was sent.
        SentOn => sent: Option<Date>,
        /// When the debrief was done.
        DebriefedOn => debriefed: Option<Date>,
        /// By when the next one is to be.
        NextWalk => next: Option<Date>,
    }

    /// Something hard that was raised.
    HardThing {
        /// What it is.
        What => what: String,
        /// The walk on which it was raised.
        Walk => walk: Option<RecordId>,
        /// Who raised it.
        RaisedBy => by: Option<Who>,
        /// Their own words.
        Quote => words: String,
        /// Whose it is to mend.
        ToFix => to_fix: ToFix,
    }

    /// How one side feels about the ten lines, on a day.
    Pulse {
        /// The day.
        On => on: Option<Date>,
        /// The side.
        Side => side: Option<PartnerId>,
        /// The walk on which it was asked; none where it was asked by itself.
        Walk => walk: Option<RecordId>,
        /// The lines that were asked about, by the id of the aspect: the nine of the cycle, and communicating.
        Lines => lines: BTreeMap<String, Concern>,
        /// How we know: who said it.
        Source => source: String,
        /// Anything else.
        Remark => remark: String,
    }
}

impl Walk {
    /// The most questions that a pocket card holds.
    pub const PROMPTS: usize = 5;

    /// Whether it was held.
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Whether a promise was made on it: one that says so, or one of its day with a side that took part, which neither
    /// names another walk nor was said on a call.
    pub fn has_promise(&self, promise: &Promise) -> bool {
        if let Some(walk) = &promise.walk {
            return *walk == self.id;
        }
        let other = if promise.is_ours() { &promise.to } else { &promise.by };
        let of_its_day = promise.made.is_some() && promise.made == self.held;
        of_its_day && promise.said_in.is_none() && (self.sides.is_empty() || self.sides.contains(other))
    }

    /// The same walk on another day; the day from which it was moved is kept.
    #[must_use]
    pub fn moved_to(mut self, day: Option<Date>) -> Self {
        let before = self.planned.filter(|before| Some(*before) != day);
        self.moved.extend(before);
        self.planned = day;
        self
    }
}
