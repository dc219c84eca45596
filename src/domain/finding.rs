//! What finding keeps: ideas that were tried, and those with whom one might work.

use jiff::civil::Date;

use super::id::PartnerId;
use super::record::{Topic, choices, record};

choices! {
    /// How far things have come with a candidate.
    CandidateState {
        /// Somebody thought of them.
        Idea "an idea",
        /// They might well suit.
        Shortlisted "on the short list",
        /// We wrote, rang or called in.
        Approached "approached",
        /// They answered, and we talk.
        Talking "talking",
        /// They are a partner in this workbook now.
        Partner "a partner now",
        /// Not this time.
        NotNow "not this time",
    }

    /// The way in which contact is made.
    Route {
        /// Not chosen yet.
        NotChosen "not chosen yet",
        /// Somebody whom they know brings us together.
        Introduction "through somebody",
        /// We call in.
        Visit "calling in",
        /// At something that they or others hold.
        Event "at an event",
        /// By phone.
        Phone "by phone",
        /// By email.
        Email "by email",
        /// By letter.
        Letter "by letter",
    }
}

record! {
    /// An idea of the deck that was tried.
    TriedIdea {
        /// The card, by its id.
        Idea => idea: Topic,
        /// When it was tried.
        On => on: Option<Date>,
        /// What came of it.
        Outcome => outcome: String,
    }

    /// Somebody with whom one might work.
    Candidate {
        /// What they are called.
        Name => name: String,
        /// How far things have come.
        State => state: CandidateState,
        /// What sort of body they are.
        Kind => kind: String,
        /// How we came across them.
        FoundVia => found_via: String,
        /// Why they might suit.
        Fit => fit: String,
        /// What they might want.
        MightWant => might_want: String,
        /// Who knows them already.
        WarmLink => warm_link: String,
        /// Whom to speak to first, by role.
        Contact => contact: String,
        /// How to make contact.
        Route => route: Route,
        /// What is in it for them.
        TheirGain => their_gain: String,
        /// What is in it for us.
        OurGain => our_gain: String,
        /// The first sentences.
        Opener => opener: String,
        /// When we approached them.
        ApproachedOn => approached: Option<Date>,
        /// When they replied.
        RepliedOn => replied: Option<Date>,
        /// What they replied.
        Reply => reply: String,
        /// What comes next.
        NextStep => next_step: String,
        /// When that is.
        NextOn => next: Option<Date>,
        /// The partner that they became.
        Partner => partner: Option<PartnerId>,
    }
}
