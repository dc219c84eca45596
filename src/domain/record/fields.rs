//! The names of the fields of records, and the labels that a person reads.

use serde::{Deserialize, Serialize};

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident $label:literal $($prose:ident)?;)+) => {
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
        }
    };
    (@ prose) => { true };
    (@) => { false };
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
    Pilot "Pilot";
    /// The weight of an agreement.
    Form "Form";
    /// The number of a version.
    Number "Version";
    /// When it was agreed.
    AgreedOn "Agreed on";
    /// Which sides agreed.
    AgreedBy "Agreed by";
    /// The version that it takes the place of.
    Supersedes "Takes the place of";
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
    Activity "Part of";
    /// Who asked for it.
    AskedBy "Who asked";
    /// What was done about it.
    Did "What we did";
    /// Who keeps it.
    Keeper "Who keeps it";
}
