//! The documents there are, a row each. What a row says is read by the screen and by the command line alike; what makes
//! it stands in a file of its own, or with its like.

use super::document::Document;
use super::format::Format;
use super::subject::Subject;
use super::{
    agreement, changes, decisions, ending, first_words, follow_up, format, groups, matrix, members, money,
    page, partner_copy, pause, pulse, questions, revising, roles, skills, slips, starting, sustaining,
    waited_for, walk, who_what_when, workbook,
};
use crate::domain::Family;

/// A document that can be made of a workbook.
#[derive(Debug, Clone, Copy)]
pub struct Artefact {
    /// Stable name, as it is typed: `page`.
    pub name: &'static str,
    /// What a person reads.
    pub title: &'static str,
    /// What it holds and whom it is for, in a sentence.
    pub help: &'static str,
    /// How it may be written, the usual way first: one of [`format::WORDS`] and the lists beside it.
    pub formats: &'static [Format],
    /// Whether copies for one partner are made of it.
    pub copies: Copies,
    /// Makes it; callers go through [`Artefact::document`].
    pub make: fn(&Subject<'_>) -> Document,
}

/// Whether copies for one partner are made of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// It is for ourselves, or is the same for everybody.
    None,
    /// It may be.
    Some,
    /// It is nothing else.
    Only,
}

/// The document that is meant where none is named.
pub const USUAL: Artefact = Artefact {
    name: "page",
    title: "Partnership on a page",
    help: "What is settled, what differs and what is only guessed, for anyone new",
    formats: format::WORDS,
    copies: Copies::Some,
    make: page::page,
};

/// One row a document.
pub const ARTEFACTS: &[Artefact] = &[
    USUAL,
    Artefact {
        name: "partner-copy",
        title: "Partner's copy",
        help: "For one partner: what you agreed, what they said, what you share, who does what by when",
        formats: format::WITH_BOTH,
        copies: Copies::Only,
        make: partner_copy::copy,
    },
    Artefact {
        name: "questions",
        title: "Questions to ask next time",
        help: "Every guess and every dispute, for a look before a call",
        formats: format::WORDS,
        copies: Copies::None,
        make: questions::questions,
    },
    Artefact {
        name: "workbook",
        title: "The whole workbook",
        help: "Every answer in every voice, to read or to print",
        formats: format::WORDS,
        copies: Copies::Some,
        make: workbook::workbook,
    },
    Artefact {
        name: "changes",
        title: "What has changed since",
        help: "Answers, promises and people since a day, or since the last pause, or over a month",
        formats: format::WORDS,
        copies: Copies::None,
        make: changes::changes,
    },
    Artefact {
        name: "pause-note",
        title: "Pause note",
        help: "Why, until when, what rests, who stays in touch, what would start it again",
        formats: format::WORDS,
        copies: Copies::None,
        make: pause::note,
    },
    Artefact {
        name: "welcome",
        title: "Welcome back",
        help: "How things stand for somebody who comes back: last things, what is owed, what is old",
        formats: format::WORDS,
        copies: Copies::None,
        make: pause::welcome,
    },
    Artefact {
        name: follow_up::NAME,
        title: "Follow-up message",
        help: "Thanks, what was heard and agreed, who does what by when: after the last call",
        formats: format::MESSAGE,
        copies: Copies::None,
        make: follow_up::follow_up,
    },
    Artefact {
        name: "email-agreement",
        title: "Email agreement",
        help: "The lightest agreement: who, why, what by when, money, how to stop, in about 250 words",
        formats: format::MESSAGE,
        copies: Copies::Some,
        make: agreement::email::email,
    },
    Artefact {
        name: "memorandum",
        title: "Memorandum of understanding",
        help: "Two pages: what each wants, brings and does, and what if we differ, pause or end",
        formats: format::WORDS,
        copies: Copies::Some,
        make: agreement::memorandum::memorandum,
    },
    Artefact {
        name: "terms-of-reference",
        title: "Terms of reference",
        help: "For a group that meets: who is in it, what it may decide, how, and to whom it answers",
        formats: format::WORDS,
        copies: Copies::Some,
        make: agreement::terms::terms,
    },
    Artefact {
        name: "partnership-agreement",
        title: "Partnership agreement",
        help: "All 29 clauses in order, with what is still to agree at the front",
        formats: format::WORDS,
        copies: Copies::Some,
        make: agreement::full::agreement,
    },
    Artefact {
        name: "agreement-summary",
        title: "Agreement in plain words",
        help: "For one partner: what you agreed with them, clause by clause, and who does what by when",
        formats: format::WORDS,
        copies: Copies::Only,
        make: agreement::summary::summary,
    },
    Artefact {
        name: "clause-gaps",
        title: "What is still to agree",
        help: "Clauses that the form needs and that are blank, disputed or from one side only",
        formats: format::WORDS,
        copies: Copies::None,
        make: agreement::gaps::list,
    },
    Artefact {
        name: "fairness",
        title: "Is it fair?",
        help: "Time costed, volunteers valued, budget in sight, bid written together: what the book says",
        formats: format::WORDS,
        copies: Copies::None,
        make: agreement::fairness::card,
    },
    Artefact {
        name: "amended-agreement",
        title: "Amended agreement",
        help: "What is different from the version that was agreed before, clause by clause",
        formats: format::WORDS,
        copies: Copies::None,
        make: agreement::amended::amended,
    },
    Artefact {
        name: "who-what-when",
        title: "Who, what, when",
        help: "Activities and what is to be done: who leads, when, what is still missing",
        formats: format::WITH_BOTH,
        copies: Copies::None,
        make: who_what_when::sheet,
    },
    Artefact {
        name: "groups",
        title: "Working groups",
        help: "Each group with its purpose, its people and its limits",
        formats: format::WORDS,
        copies: Copies::None,
        make: groups::groups,
    },
    Artefact {
        name: "waited-for",
        title: "What is waited for",
        help: "Promises, things to do and money whose day has passed, longest first",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: waited_for::list,
    },
    Artefact {
        name: "promise-slips",
        title: "Slip of promises",
        help: "What we said we would do for each partner, and they for us",
        formats: format::WITH_DATES,
        copies: Copies::Some,
        make: slips::slips,
    },
    Artefact {
        name: "roles",
        title: "Roles and deputies",
        help: "Who leads, who helps, who is told; who stands in for whom",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: roles::roles,
    },
    Artefact {
        name: "money",
        title: "Money and hours",
        help: "Every sum and every hour, and what they come to for each partner and in all",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: money::money,
    },
    Artefact {
        name: "matrix",
        title: "Who has what: the matrix",
        help: "Partners down, things across; what is blank stands out",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: matrix::matrix,
    },
    Artefact {
        name: "decisions",
        title: "Decision log",
        help: "What was decided, when, by whom, and where it is written",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: decisions::log,
    },
    Artefact {
        name: "members",
        title: "Who takes part, and what was handed on",
        help: "Partners as they stand; who joined, rests or has left",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: members::members,
    },
    Artefact {
        name: "scope-note",
        title: "Scoping note",
        help: "Aim, reason, evidence, what is fixed and open, type, level, and the decision to go on",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: starting::scope_note,
    },
    Artefact {
        name: "not-this-time",
        title: "“Not this time” note",
        help: "To whoever hoped for it: that it does not go on, and why",
        formats: format::MESSAGE,
        copies: Copies::None,
        make: starting::not_this_time,
    },
    Artefact {
        name: "longlist",
        title: "Longlist of candidates",
        help: "Everybody who was thought of, how far things have come, what is next",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: first_words::longlist,
    },
    Artefact {
        name: "shortlist",
        title: "Shortlist of candidates",
        help: "Those who might well suit, and those we talk with",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: first_words::shortlist,
    },
    Artefact {
        name: "approach",
        title: "Approach email",
        help: "First words to the next candidate: who we are, why them, what they might gain",
        formats: format::MESSAGE,
        copies: Copies::None,
        make: first_words::approach,
    },
    Artefact {
        name: "call-script",
        title: "Call script",
        help: "Four lines for a first call: who I am, why you, what you might gain, a next step",
        formats: format::MESSAGE,
        copies: Copies::None,
        make: first_words::call_script,
    },
    Artefact {
        name: "introduction",
        title: "Introduction request",
        help: "To whoever knows a candidate and could bring you together",
        formats: format::MESSAGE,
        copies: Copies::None,
        make: first_words::introduction,
    },
    Artefact {
        name: "about-us",
        title: "About us",
        help: "Our side on a sheet, for a partner: who we are, what we bring, our limits",
        formats: format::WORDS,
        copies: Copies::None,
        make: starting::about_us,
    },
    Artefact {
        name: "about-them",
        title: "About them",
        help: "What we know of each partner, for them to put right",
        formats: format::WORDS,
        copies: Copies::None,
        make: starting::about_them,
    },
    Artefact {
        name: "pilot-note",
        title: "Pilot note",
        help: "Aim, signs of a fit for each side, what worked, what follows",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: starting::pilot_note,
    },
    Artefact {
        name: "vision",
        title: "Shared vision line",
        help: "The line that both sides would sign",
        formats: format::WORDS,
        copies: Copies::None,
        make: starting::vision,
    },
    Artefact {
        name: "change-note",
        title: "Change note",
        help: "What was, what will be, why, who agreed, from when: for both sides to keep",
        formats: format::WITH_DATES,
        copies: Copies::None,
        make: revising::change_note,
    },
    Artefact {
        name: "evaluation",
        title: "Short evaluation",
        help: "What went well and less well, what shows it, who gained, what follows",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: revising::evaluation,
    },
    Artefact {
        name: "legacy-statement",
        title: "Legacy statement",
        help: "What remains, by kind, with what shows it and who keeps it; words only with leave",
        formats: format::WORDS,
        copies: Copies::None,
        make: sustaining::statement,
    },
    Artefact {
        name: "trustee-brief",
        title: "Trustee brief",
        help: "One page for a trustee who doubts: what remains, hours and money, what would be lost",
        formats: format::WORDS,
        copies: Copies::None,
        make: sustaining::brief,
    },
    Artefact {
        name: "next-steps",
        title: "Next steps",
        help: "What goes on, in which way, what it needs, who sees to it by when",
        formats: format::WITH_BOTH,
        copies: Copies::None,
        make: sustaining::onward::next_steps,
    },
    Artefact {
        name: "joint-bid",
        title: "Joint bid starter",
        help: "A first page to write the next proposal from together, with the budget open",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: sustaining::onward::bid,
    },
    Artefact {
        name: "annual-note",
        title: "Annual note",
        help: "The last twelve months: how each side felt, what changed, what remains",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: sustaining::annual::note,
    },
    Artefact {
        name: ending::LETTER,
        title: "Ending letter",
        help: "That it ends, when and why, what is still owed, how the door is left; in one of three tones",
        formats: format::MESSAGE,
        copies: Copies::None,
        make: ending::letter,
    },
    Artefact {
        name: "handover",
        title: "Handover pack",
        help: "For whoever takes over: people, days, promises, what was agreed, what is unsure, words",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: ending::handover::pack,
    },
    Artefact {
        name: "learning-note",
        title: "Learning note",
        help: "What was done, gained and learned, why it stopped, what remains",
        formats: format::WORDS,
        copies: Copies::None,
        make: ending::handover::learning,
    },
    Artefact {
        name: "thanks",
        title: "List of thanks",
        help: "Everybody who took part, and what for",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: ending::handover::thanks,
    },
    Artefact {
        name: "pocket-card",
        title: "Pocket card",
        help: "For a walk: five questions in large letters; where, when and how to reach each other",
        formats: format::WORDS,
        copies: Copies::None,
        make: walk::card,
    },
    Artefact {
        name: "walk-invitation",
        title: "Invitation to a walk",
        help: "When, where and why, so that the request does not seem odd",
        formats: format::MESSAGE,
        copies: Copies::None,
        make: walk::invitation,
    },
    Artefact {
        name: "what-we-heard",
        title: "What we heard",
        help: "To the partner after a walk: what was heard, what follows, when again",
        formats: format::MESSAGE,
        copies: Copies::None,
        make: walk::heard,
    },
    Artefact {
        name: "walk-record",
        title: "Review walk record",
        help: "What goes well, what is harder, the pulse, what changes, when again",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: walk::record,
    },
    Artefact {
        name: "status-report",
        title: "Status report",
        help: "On a page: where the work is, how each side feels, what changes, what is next",
        formats: format::WORDS,
        copies: Copies::None,
        make: pulse::status,
    },
    Artefact {
        name: "pulse-trend",
        title: "The pulse over time",
        help: "Ten lines for each side, drawn and in words",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: pulse::trend,
    },
    Artefact {
        name: "skills-plan",
        title: "Skills plan",
        help: "What our side wants to learn, how, who sees to it; what we can offer; what to learn jointly",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: skills::plan,
    },
    Artefact {
        name: "skills-offers",
        title: "What we could help each other with",
        help: "Skills that a side could help others with, as it says itself or as others see it",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: skills::offers_list,
    },
    Artefact {
        name: "joint-learning",
        title: "Joint learning plan",
        help: "What two or more sides would do well to learn together, and ways to do it",
        formats: format::WITH_TABLES,
        copies: Copies::None,
        make: skills::joint_plan,
    },
];

/// The documents that are about one record of a family; which one is chosen by whoever asks, or else by the document.
const ABOUT: &[(&str, Family)] = &[
    ("approach", Family::Candidate),
    ("call-script", Family::Candidate),
    ("introduction", Family::Candidate),
    ("not-this-time", Family::Candidate),
    ("change-note", Family::Revision),
    ("pocket-card", Family::Walk),
    ("walk-invitation", Family::Walk),
    ("what-we-heard", Family::Walk),
    ("walk-record", Family::Walk),
    ("ending-letter", Family::Ending),
    ("learning-note", Family::Ending),
];

impl Artefact {
    /// The family of which it is about one record; `None` where it is about the whole workbook.
    pub fn about(&self) -> Option<Family> {
        ABOUT.iter().find(|(name, _)| *name == self.name).map(|(_, family)| *family)
    }

    /// Makes it of a workbook.
    pub fn document(&self, subject: &Subject<'_>) -> Document {
        Document { on: Some(subject.today()), ..(self.make)(subject) }
    }

    /// The format in which it mostly goes out.
    pub fn usual_format(&self) -> Format {
        self.formats.first().copied().unwrap_or_default()
    }
}

/// The artefact of that name.
pub fn artefact(name: &str) -> Option<&'static Artefact> {
    ARTEFACTS.iter().find(|a| a.name == name)
}
