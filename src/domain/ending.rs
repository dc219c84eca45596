//! What ending keeps: how the partnership parts, what is still owed, and who has to hear of it.
//!
//! The state of the partnership is changed by itself, with its own reasons; see `partnership.rs`. An ending that was
//! opened again stays here, beside the next one.

use jiff::civil::Date;

use super::id::{PartnerId, RecordId};
use super::record::{Who, choices, record};

choices! {
    /// The way in which a partnership stops as it is.
    Parting {
        /// Nobody has decided.
        NotDecided "not decided",
        /// It ends.
        End "end it",
        /// It rests.
        Pause "pause it",
        /// It begins anew, on other terms.
        Reset "start over on other terms",
        /// Somebody else goes on with it.
        HandOn "hand it on",
    }

    /// How the door is left.
    Door {
        /// Nobody has said.
        NotSaid "not said yet",
        /// Come back at any time.
        Open "open",
        /// Under certain conditions.
        Ajar "ajar",
        /// For good.
        Closed "closed",
    }

    /// The tone of the letter.
    Tone {
        /// It opens with what was gained.
        Warm "warm",
        /// It opens with the dates.
        Neutral "neutral",
        /// With respect, and what was learned, where it did not fit.
        PoorFit "a poor fit, kindly",
    }

    /// What sort of thing is owed at the end.
    Owed {
        /// Anything else.
        Other "something else",
        /// Money.
        Money "money",
        /// Things lent.
        Kit "kit",
        /// What is known about people.
        Data "data",
        /// Being named.
        Credit "credit",
        /// A word of thanks.
        Thanks "thanks",
        /// Something promised.
        Promise "a promise",
    }

    /// What has become of something owed.
    WindUpState {
        /// Still owed.
        Open "still owed",
        /// Done.
        Done "done",
        /// Let go, for a reason.
        Waived "waived",
    }
}

record! {
    /// How the partnership ends, rests, begins anew or is handed on.
    Ending {
        /// Which of these.
        Parting => parting: Parting,
        /// Who decided.
        By => by: String,
        /// Whose wish it was; none where it was everybody's.
        Wish => wish: Option<PartnerId>,
        /// Why, as we see it.
        OurReason => ours: String,
        /// Why, as they see it.
        TheirReason => theirs: String,
        /// When it was said.
        AnnouncedOn => announced: Option<Date>,
        /// The last day.
        ClosesOn => closes: Option<Date>,
        /// What was done together.
        Achieved => achieved: String,
        /// What was gained.
        Gained => gained: String,
        /// What was learned.
        Learned => learned: String,
        /// How the door is left.
        Door => door: Door,
        /// What would bring us back.
        BringBack => bring_back: String,
        /// How it is marked.
        Celebration => celebration: String,
        /// When.
        CelebrateOn => celebrate: Option<Date>,
        /// When to check back.
        CheckBack => check_back: Option<Date>,
        /// No check-back is wanted.
        NoCheckBack => no_check_back: bool,
        /// Who keeps the records, and what is deleted.
        Records => records: String,
        /// Who takes it on.
        HandTo => hand_to: String,
        /// The tone of the letter.
        Tone => tone: Tone,
        /// When all of it was done.
        DoneOn => done: Option<Date>,
    }

    /// Something to be settled before the end.
    WindUp {
        /// What it is.
        What => what: String,
        /// What sort of thing.
        Owed => kind: Owed,
        /// To which side it is owed.
        Side => side: Option<PartnerId>,
        /// Who sees to it.
        Lead => lead: Option<Who>,
        /// By when.
        Due => due: Option<Date>,
        /// When it was done.
        DoneOn => done: Option<Date>,
        /// What has become of it.
        State => state: WindUpState,
        /// Why it is let go.
        Why => why: String,
        /// The ending that it belongs to.
        Ending => ending: Option<RecordId>,
        /// The promise that it came from, where it came from one; what becomes of one becomes of the other.
        Promise => promise: Option<RecordId>,
    }

    /// Somebody who has to hear of it.
    Teller {
        /// Who has to hear.
        Name => name: String,
        /// The place in the order, from 1.
        Turn => turn: Option<u32>,
        /// Who tells them.
        TellBy => by: Option<Who>,
        /// How.
        How => how: String,
        /// By when.
        Due => due: Option<Date>,
        /// When they heard.
        DoneOn => done: Option<Date>,
        /// The ending that it belongs to.
        Ending => ending: Option<RecordId>,
    }
}
