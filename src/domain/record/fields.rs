//! The names of the fields of records, the labels that a person reads, and which of them name another record.
//!
//! A field that names records says of which family, and in quotes what such a record calls those that name it, where the
//! name of their family does not say enough. Every way from one record to another comes from there.

use serde::{Deserialize, Serialize};

use super::Family;

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident $label:literal $($prose:ident)? $(=> $family:ident $back:literal)?;)+) => {
        /// A field of a record. Families share the names; a family that does not have one has no such place.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum RecordField { $($(#[$doc])* $name),+ }

        impl RecordField {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its stable name, as `assets/records.ron` uses it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }

            /// The label that a person reads.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label),+ }
            }

            /// Whether it takes more than one line.
            pub fn is_prose(self) -> bool {
                match self { $(Self::$name => fields!(@ $($prose)?)),+ }
            }

            /// The family whose records it names; `None` where it names no records.
            pub fn names(self) -> Option<Family> {
                match self { $(Self::$name => fields!(@family $($family)?)),+ }
            }

            /// What a record calls those that name it in this field; empty where the name of their family will do.
            pub fn named_by(self) -> &'static str {
                match self { $(Self::$name => concat!($($back)?)),+ }
            }
        }
    };
    (@ prose) => { true };
    (@) => { false };
    (@family $family:ident) => { Some(Family::$family) };
    (@family) => { None };
}

fields! {
    /// What was promised, what remains, what is to be done.
    What "What";
    /// What became of a promise.
    Note "What became of it";
    /// The word that jars.
    Term "The word";
    /// What is wrong with it.
    Problem "What is wrong with it";
    /// What to say instead.
    Instead "Say instead";
    /// What sort of thing it is.
    Kind "Kind";
    /// For whom it is.
    ForWhom "For whom";
    /// How a call felt.
    Mood "How it felt, in a word";
    /// The follow-up message of a call.
    Message "The follow-up message" prose;
    /// Left out of every message and export.
    Private "Private";
    /// What it is called.
    Name "Name";
    /// Anything else.
    Remark "Note" prose;
    /// A reason.
    Why "Why" prose;
    /// The day.
    On "When";
    /// The first day.
    From "From";
    /// The last day.
    Until "Until";
    /// By when.
    Due "By when";
    /// When it was done.
    DoneOn "Done on";
    /// When to look at it again.
    ReviewBy "Look again on";
    /// What has become of it.
    State "State";
    /// The side that it is about.
    Side "Whose";
    /// The sides that take part.
    Sides "Who takes part";
    /// Who sees to it.
    Lead "Who leads";
    /// Who helps.
    Support "Who helps";
    /// Who is told.
    Told "Who is told";
    /// Who belongs to a group.
    Members "Members";
    /// Who goes between groups or organisations.
    Crosser "Who goes between";
    /// What it must not do or spend.
    Limits "Limits";
    /// What it is for.
    Aim "What it is for";
    /// Where.
    Place "Where";
    /// How one knows.
    Source "How we know";
    /// Whose need it is.
    Need "Whose need";
    /// Who decided.
    By "Who decided";
    /// How it was decided.
    How "How";
    /// Where it is written down.
    Minuted "Where it is written";
    /// What was decided about going on.
    Decision "Decision";
    /// An idea of the deck.
    Idea "Idea";
    /// What came of it.
    Outcome "What came of it";
    /// How we came across somebody.
    FoundVia "How we found them";
    /// Why a candidate would suit.
    Fit "Why they might suit";
    /// What a candidate might want.
    MightWant "What they might want";
    /// Who knows them already.
    WarmLink "Who knows them already";
    /// Whom to speak to first, by role.
    Contact "Whom to speak to first";
    /// How to make contact.
    Route "By which way";
    /// The first sentences.
    Opener "First sentences" prose;
    /// What is in it for them.
    TheirGain "What is in it for them";
    /// What is in it for us.
    OurGain "What is in it for us";
    /// When we wrote or rang.
    ApproachedOn "Approached on";
    /// When they replied.
    RepliedOn "Replied on";
    /// What they replied.
    Reply "Their reply" prose;
    /// What comes next.
    NextStep "Next step";
    /// When that is.
    NextOn "Next step on";
    /// The partner that a candidate became.
    Partner "Partner since";
    /// What we believe, before it is checked.
    Belief "What we assume";
    /// When it was checked.
    CheckedOn "Checked on";
    /// How it turned out.
    TurnedOut "How it turned out";
    /// How often and how long.
    Sessions "Sessions";
    /// What worked.
    Worked "What worked" prose;
    /// What our side gained.
    OurWins "What we gained";
    /// What the partner gained.
    TheirWins "What they gained";
    /// What could grow out of it.
    CouldGrow "What could grow";
    /// What was said looking back together.
    Together "Looking back together" prose;
    /// The pilot that it belongs to.
    Pilot "Pilot" => Pilot "";
    /// The weight of an agreement.
    Form "Form";
    /// The number of a version.
    Number "Version";
    /// When it was agreed.
    AgreedOn "Agreed on";
    /// Which sides agreed.
    AgreedBy "Agreed by";
    /// The version that it takes the place of.
    Supersedes "Takes the place of" => Agreement "Its place is taken by";
    /// The agreed words of each clause.
    Clauses "Clauses";
    /// What speaks for which form.
    Signals "What speaks for it";
    /// Where money comes from.
    Funder "Where it comes from";
    /// Which side holds it.
    HeldBy "Held by";
    /// To which side it goes.
    PaidTo "Goes to";
    /// For time or for costs.
    PaidFor "For";
    /// How much.
    Amount "Amount";
    /// When it was paid.
    PaidOn "Paid on";
    /// How long.
    Hours "Hours";
    /// Paid or given.
    Paid "Paid or given";
    /// What an hour is worth.
    Rate "Worth an hour";
    /// What must be handed on.
    HandOn "What is handed on" prose;
    /// The stage of the work.
    Stage "Stage";
    /// It meets the public.
    Public "Meets the public";
    /// Who answers for risk assessment.
    Risk "Risk assessment";
    /// Who gives training for it.
    TrainingBy "Training";
    /// Who brings materials.
    Materials "Materials";
    /// The activity that it is part of.
    Activity "Part of" => Activity "";
    /// Who asked for it.
    AskedBy "Who asked";
    /// What was done about it.
    Did "What we did";
    /// Who keeps it.
    Keeper "Who keeps it";
    /// For which day something is planned.
    Planned "Planned for";
    /// When it was held.
    HeldOn "Held on";
    /// The days from which it was moved.
    Moved "Moved from";
    /// How people meet.
    Mode "How we meet";
    /// At what time.
    Time "At what time";
    /// How to reach each other on the day.
    Reach "How to reach each other";
    /// Who comes, by role.
    Present "Who comes, by role";
    /// The invitation.
    Invitation "The invitation" prose;
    /// The questions on the pocket card.
    Prompts "On the pocket card";
    /// What surprised us.
    Surprised "What surprised us" prose;
    /// What was hard.
    Hard "What was hard" prose;
    /// What they asked for.
    Asked "What they asked for" prose;
    /// What we will do.
    WillDo "What we will do" prose;
    /// What we will tell them that we heard.
    ToTell "What we will say we heard" prose;
    /// What we learned.
    Learned "What we learned" prose;
    /// What we did not say.
    Unsaid "What we did not say" prose;
    /// When it was sent.
    SentOn "Sent on";
    /// When the debrief was done.
    DebriefedOn "Looked back on";
    /// By when the next walk is to be.
    NextWalk "Next walk by";
    /// The walk that it belongs to.
    Walk "The walk" => Walk "";
    /// Who raised it.
    RaisedBy "Who raised it";
    /// Somebody's own words.
    Quote "In their words" prose;
    /// Whose it is to mend.
    ToFix "Whose to mend";
    /// The lines of the pulse.
    Lines "The ten lines";
    /// How something went.
    Went "How it went";
    /// What shows it.
    Evidence "What shows it" prose;
    /// How it was at the start.
    Baseline "At the start";
    /// How it is now.
    Now "Now";
    /// The column of the board.
    Board "Keep, mend, drop or try";
    /// How it was.
    Before "What was" prose;
    /// How it will be.
    After "What will be" prose;
    /// The hard thing that it is to mend.
    Mends "What it mends" => HardThing "What mends it";
    /// The line of the pulse.
    Aspect "Part of the cycle";
    /// The clause or question whose words it touches.
    Clause "Clause it touches";
    /// When an effect was seen.
    EffectOn "Effect seen on";
    /// What the effect was.
    Effect "What it changed" prose;
    /// Who says so.
    Rater "Who says so";
    /// What the work needs.
    Needs "What the work needs";
    /// What is there.
    Haves "What is there";
    /// The skill.
    Skill "Skill";
    /// What is suggested.
    Suggestion "Suggestion";
    /// Whether it helped.
    Helped "Did it help";
    /// The change that it serves.
    Revision "For which change" => Revision "What serves it";
    /// The kind of something that remains.
    LegacyKind "Kind";
    /// Whether it was planned.
    Foreseen "Planned or not";
    /// Whose words these are.
    QuotedBy "Whose words";
    /// Whether they may be quoted.
    Leave "May we quote it";
    /// The way in which it goes on.
    Way "Way of going on";
    /// What it would need.
    Needed "What it needs";
    /// How the partnership stops as it is.
    Parting "What happens";
    /// Whose wish it was.
    Wish "Whose wish";
    /// Why, as we see it.
    OurReason "Why, as we see it" prose;
    /// Why, as they see it.
    TheirReason "Why, as they see it" prose;
    /// When it was said.
    AnnouncedOn "Said on";
    /// The last day.
    ClosesOn "Last day";
    /// What was done together.
    Achieved "What we did together" prose;
    /// What was gained.
    Gained "What was gained" prose;
    /// How the door is left.
    Door "How the door is left";
    /// What would bring us back.
    BringBack "What would bring us back";
    /// How it is marked.
    Celebration "How we mark it";
    /// When.
    CelebrateOn "Marked on";
    /// When to check back.
    CheckBack "Check back on";
    /// No check-back is wanted.
    NoCheckBack "No check-back wanted";
    /// Who keeps the records.
    Records "Who keeps the records" prose;
    /// Who takes it on.
    HandTo "Who takes it on";
    /// The tone of the letter.
    Tone "Tone of the letter";
    /// What sort of thing is owed.
    Owed "What sort of thing";
    /// The ending that it belongs to.
    Ending "The ending" => Ending "";
    /// The promise that it came from.
    Promise "The promise" => Promise "To wind up";
    /// The place in the order.
    Turn "Turn";
    /// Who tells them.
    TellBy "Who tells them";
}
