//! The places of the program, by name: whoever wants to go somewhere says where, and does not know the screen.

use jiff::civil::Date;

use super::{NewCall, Words};
use crate::domain::query::Happened;
use crate::domain::{Family, Move, PartnerId, PersonId, QuestionId, RecordId, TextPlace, VoiceKey, Who};
use crate::shelf::Which;

/// What there are cards of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinds {
    /// The four types of partnership.
    Types,
    /// The five levels of involvement.
    Levels,
}

/// What a grid is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridOf {
    /// What each side wants and brings.
    WantBring,
    /// The nine differences, and what is done about them.
    Differences,
}

/// A place in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Go {
    /// The workbooks there are.
    Library,
    /// The map of the open workbook.
    Map,
    /// An aspect, by id, at the question where it was left.
    Aspect(String),
    /// A question, with a voice in focus where one is given.
    Question(QuestionId, Option<VoiceKey>),
    /// Where a text stands; a step back from there comes to the very place that was left.
    Place(TextPlace),
    /// A place to be looked at: a step back from there comes to the very place that was left.
    Look(Box<Go>),
    /// A call or the jots of a day, at one of its lines where that is given. Without a call: the one in front, or a new
    /// one where none goes on.
    Call {
        /// The call.
        call: Option<RecordId>,
        /// The line.
        line: Option<RecordId>,
    },
    /// A new call, whether others go on or not.
    NewCall(NewCall),
    /// A call that goes on, with words that are to go on there; a new one with them where none is given.
    CallWithWords(Option<RecordId>, Words),
    /// Every call and the jots of every day.
    Notes,
    /// Partners and people; at one of them where it is given.
    People(Option<TextPlace>),
    /// The records of a family; at one of them where it is given.
    Records(Family, Option<RecordId>),
    /// What has a day, over all workbooks.
    Agenda,
    /// Cards, words and clauses to read; at an entry where its id is given.
    Guide(Option<String>),
    /// Everything that gives a person away, to be removed.
    Erase(PersonId),
    /// What was removed.
    Bin,
    /// The workbook as it was on a day, beside how it is; at an answer where one is given, or in focus.
    AsItWas(Option<(QuestionId, VoiceKey)>),
    /// The workbook beside another one of the same id.
    Beside(Which),
    /// The notes that wait to be put into a workbook.
    Inbox,
    /// A call or the jots of a day, to be tidied; the latest with something left where none is given.
    Tidy(Option<RecordId>),
    /// What is left to tidy.
    ToTidy,
    /// The documents to choose from.
    Documents,
    /// The partnership on a page, as it would go out.
    Preview,
    /// The four entrances.
    Entrances,
    /// Everything that happened; of one side and of one kind where they are given.
    Timeline(Option<PartnerId>, Option<Happened>),
    /// What has changed since a day; without one since the last pause, or over the last month.
    Changes(Option<Date>),
    /// The changes of state; at one of them, by its place in the log, where it is given.
    States(Option<usize>),
    /// Which questions of some aspects, by their ids, are to be opened again.
    StartOver(Vec<String>),
    /// How things stand for somebody who comes back.
    Welcome,
    /// The documents, with one of them chosen, by the name of its row.
    Document(&'static str),
    /// Which form of agreement fits.
    Form,
    /// The versions of the agreement; at one of them where it is given.
    Versions(Option<RecordId>),
    /// Who has what; at one side where it is given.
    Matrix(Option<PartnerId>),
    /// Who stands in for whom, and what hangs on one person.
    Deputies,
    /// A partner leaves or rests, and what hangs on it is handed on.
    HandOn(PartnerId, Move),
    /// Ideas for finding a partner, three at a time.
    Deck,
    /// Types of partnership or levels of involvement, as cards to choose from.
    Kinds(Kinds),
    /// Answers as a grid.
    Grid(GridOf),
    /// What is kept, mended, dropped or tried, as a board; at one card where it is given.
    Board(Option<RecordId>),
    /// An ending, step by step.
    Ending,
    /// All workbooks side by side: last contact, state, what is open for longest, what is owed.
    Portfolio,
    /// A review walk; the one in front where none is given.
    Walk(Option<RecordId>),
    /// The pulse of each side; as part of a walk where one is given.
    Pulse(Option<RecordId>),
    /// The skills tool; at the lines of a side, as somebody rates them, where these are given.
    Skills(Option<(PartnerId, Who)>),
}

impl Go {
    /// Whether it leaves everything behind, rather than lay something over the screen in sight.
    pub fn jumps(&self) -> bool {
        matches!(self, Self::Library | Self::Map | Self::Aspect(_) | Self::Question(..))
    }
}
