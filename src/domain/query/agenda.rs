//! What has a day, or wants one: promises, touch points, follow-ups, days to look again. One list for one workbook; the
//! agenda of all workbooks is these lists together.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::dated::to_come;
use super::starting::is_set_aside;
use super::{call_title, side};
use crate::content::Content;
use crate::content::types::{About, Question};
use crate::domain::{
    Call, PartnershipState, Promise, QuestionId, RecordField, Standing, TextPlace, Workbook,
};
use crate::order::InOrder;

/// The aspect whose day to look again is the review of the partnership.
const REVIEWING: &str = "reviewing";

/// What an entry of the agenda is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AgendaKind {
    /// Our side promised it.
    WeOwe,
    /// A partner promised it.
    TheyOwe,
    /// Being in touch, as was settled.
    TouchPoint,
    /// Being in touch again after a call.
    FollowUp,
    /// A review of how the partnership is going.
    Review,
    /// An aspect is to be looked at again.
    LookAgain,
    /// A pause is to be looked at again.
    Pause,
    /// The next step with a candidate.
    NextStep,
    /// Something done so that the sides come to trust each other.
    TrustStep,
    /// A pilot or an activity begins.
    Begins,
    /// It ends.
    Ends,
    /// Something is to be done.
    ToDo,
    /// Money is to be paid.
    MoneyDue,
    /// A partner joins, rests or leaves, and something is handed on.
    HandOn,
    /// A review walk.
    Walk,
    /// Something lasts only as long as somebody keeps it.
    Kept,
    /// The partnership ends, and is marked.
    Ending,
    /// Somebody has to hear of it.
    Tell,
    /// A look back some time after the end.
    CheckBack,
}

impl AgendaKind {
    /// The words that a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::WeOwe => "we owe",
            Self::TheyOwe => "they owe",
            Self::TouchPoint => "touch point",
            Self::FollowUp => "follow up",
            Self::Review => "review",
            Self::LookAgain => "look again",
            Self::Pause => "pause",
            Self::NextStep => "next step",
            Self::TrustStep => "trust step",
            Self::Begins => "begins",
            Self::Ends => "ends",
            Self::ToDo => "to do",
            Self::MoneyDue => "money due",
            Self::HandOn => "hand on",
            Self::Walk => "walk",
            Self::Kept => "kept until",
            Self::Ending => "ending",
            Self::Tell => "tell them",
            Self::CheckBack => "check back",
        }
    }

    /// Whether somebody owes something.
    pub fn is_owed(self) -> bool {
        matches!(self, Self::WeOwe | Self::TheyOwe)
    }
}

/// Where an entry of the agenda leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AgendaTo {
    /// To where a text stands.
    Place(TextPlace),
    /// To an aspect, by id.
    Aspect(String),
}

/// An entry of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AgendaItem {
    /// The day; `None` for what is owed without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// What it is.
    pub kind: AgendaKind,
    /// What is to be done, in words.
    pub words: String,
    /// With whom; empty where that is nobody in particular.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// Where it leads.
    pub to: AgendaTo,
    /// It leaves the workbook with no export.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
}

impl AgendaItem {
    /// Whether it took place by itself before a day, so that nothing is left to be done about it.
    pub fn has_passed(&self, today: Date) -> bool {
        matches!(self.kind, AgendaKind::Begins | AgendaKind::Ends) && self.on.is_some_and(|on| on < today)
    }
}

/// The agenda of a workbook, by day; what has no day comes last.
pub fn agenda(workbook: &Workbook) -> Vec<AgendaItem> {
    let mut items: Vec<AgendaItem> = owed(workbook)
        .chain(touch_points(workbook))
        .chain(follow_ups(workbook))
        .chain(look_agains(workbook))
        .chain(pause(workbook))
        .chain(to_come(workbook))
        .collect();
    items.order_by_key(|item| (item.on.is_none(), item.on, item.kind));
    items
}

fn owed(workbook: &Workbook) -> impl Iterator<Item = AgendaItem> {
    let item = |promise: &Promise| {
        let (kind, other) = if promise.is_ours() {
            (AgendaKind::WeOwe, &promise.to)
        } else {
            (AgendaKind::TheyOwe, &promise.by)
        };
        AgendaItem {
            on: promise.due,
            kind,
            words: promise.what.clone(),
            who: side(workbook, other),
            to: AgendaTo::Place(TextPlace::Record(promise.id.clone(), RecordField::What)),
            private: workbook.is_secret(promise),
        }
    };
    workbook.promises().iter().filter(|promise| promise.is_owed()).map(item)
}

fn touch_points(workbook: &Workbook) -> impl Iterator<Item = AgendaItem> {
    workbook.touch_points().iter().filter_map(|point| {
        Some(AgendaItem {
            on: Some(point.due()?),
            kind: AgendaKind::TouchPoint,
            words: if point.kind.trim().is_empty() { "be in touch".to_owned() } else { point.kind.clone() },
            who: side(workbook, &point.partner),
            to: AgendaTo::Place(TextPlace::Record(point.id.clone(), RecordField::Kind)),
            private: false,
        })
    })
}

/// The day to be in touch again counts until there was another call with the same partner.
fn follow_ups(workbook: &Workbook) -> impl Iterator<Item = AgendaItem> {
    let calls = workbook.calls();
    calls.iter().enumerate().filter_map(move |(n, call)| {
        let on = call.follow_up?;
        let mut later = calls.iter().skip(n + 1);
        if later.any(|other| was_contact(other) && other.partner == call.partner && other.on > call.on) {
            return None;
        }
        Some(AgendaItem {
            on: Some(on),
            kind: AgendaKind::FollowUp,
            words: "be in touch again".to_owned(),
            who: call.partner.as_ref().map(|id| side(workbook, id)).unwrap_or_default(),
            to: AgendaTo::Place(TextPlace::Record(call.id.clone(), RecordField::Message)),
            private: false,
        })
    })
}

/// Whether somebody was talked with: jots are no talk, and neither is a call that was opened and never written in.
fn was_contact(call: &Call) -> bool {
    let has_words = || call.lines.iter().any(|line| !line.text.trim().is_empty());
    !call.is_jots() && (call.ended.is_some() || has_words())
}

fn look_agains(workbook: &Workbook) -> impl Iterator<Item = AgendaItem> {
    workbook.look_agains().map(|(aspect, on)| {
        let review = aspect == REVIEWING;
        let mut letters = aspect.chars();
        let name: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        AgendaItem {
            on: Some(on),
            kind: if review { AgendaKind::Review } else { AgendaKind::LookAgain },
            words: if review { "how the partnership is going".to_owned() } else { name },
            who: String::new(),
            to: AgendaTo::Aspect(aspect.to_owned()),
            private: false,
        }
    })
}

fn pause(workbook: &Workbook) -> Option<AgendaItem> {
    let log = workbook.partnership().log();
    let last = log.last().filter(|change| change.state == PartnershipState::Paused)?;
    Some(AgendaItem {
        on: Some(last.pause.as_ref()?.until?),
        kind: AgendaKind::Pause,
        words: "look at the pause again".to_owned(),
        who: String::new(),
        to: AgendaTo::Place(TextPlace::State(log.len() - 1, crate::domain::StateField::Ours)),
        private: false,
    })
}

/// What the library says of a workbook beside its title: who owes what, when there was contact, what has a day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Digest {
    /// The day of the last call, or of a touch point that was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_contact: Option<Date>,
    /// What the calls are called that go on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub talking: Vec<String>,
    /// It was decided not to go on with it for now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub set_aside: bool,
    /// Answers that are only guessed or disputed, those untouched for longest first, with the day on which each was last
    /// touched; as many as tell the oldest that is not about our own side alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<(QuestionId, Date)>,
    /// What remains of the work, and how much of it has a keeper.
    #[serde(default)]
    pub remains: (usize, usize),
    /// The agenda.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agenda: Vec<AgendaItem>,
}

/// More than there are questions about our own side alone; a test of the content counts them.
pub const OPEN: usize = 24;

/// The answers that are only guessed or disputed, as if no question were about our own side alone: only the content knows
/// which are.
fn open_longest(workbook: &Workbook) -> Vec<(QuestionId, Date)> {
    let open = workbook
        .answers()
        .filter(|(id, _)| matches!(workbook.standing(id, false), Standing::Guess | Standing::Disputed));
    let mut open: Vec<(QuestionId, Date)> =
        open.filter_map(|(id, answer)| Some((id.clone(), answer.last_touched()?))).collect();
    open.order_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    open.truncate(OPEN);
    open
}

impl Digest {
    /// Whether there is nothing to say.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What the library says of a workbook.
    pub fn of(workbook: &Workbook) -> Self {
        let talks = || workbook.calls().iter().filter(|call| !call.is_jots());
        let calls = talks().filter(|call| was_contact(call)).map(|call| call.on);
        let touched = workbook.touch_points().iter().filter_map(|point| point.last);
        let talking = talks().filter(|call| call.is_running()).map(|call| call_title(call, workbook));
        Self {
            last_contact: calls.chain(touched).max(),
            talking: talking.collect(),
            set_aside: is_set_aside(workbook),
            open: open_longest(workbook),
            remains: super::what_remains(workbook),
            agenda: agenda(workbook),
        }
    }

    /// The question that has been open for longest, and the day on which it was last touched: a guess that nobody checked, or
    /// a dispute. What is about our own side alone is no guess.
    pub fn oldest_open<'c>(&self, content: &'c Content) -> Option<(&'c Question, Date)> {
        let about_both = |(id, on): &(QuestionId, Date)| {
            let question = content.question(id.as_str()).filter(|question| question.about != About::Us)?;
            Some((question, *on))
        };
        self.open.iter().find_map(about_both)
    }

    /// How many promises are owed of a kind.
    pub fn owed(&self, kind: AgendaKind) -> usize {
        self.agenda.iter().filter(|item| item.kind == kind).count()
    }

    /// What comes next: the first entry on or after a day.
    pub fn next(&self, today: Date) -> Option<&AgendaItem> {
        self.agenda.iter().find(|item| item.on.is_some_and(|on| on >= today))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AnyRecord, PromiseState};
    use crate::domain::{Edit, Legacy, Line, Medium, Partner, PartnerId, RecordId, TouchPoint, WorkbookId};
    use jiff::Timestamp;
    use jiff::civil::date;

    fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
        workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: 99 }).unwrap();
    }

    fn call(id: &str, on: Date, follow_up: Option<Date>) -> Call {
        let partner = Some(PartnerId::new("museum"));
        Call { partner, follow_up, ..Call::begun(RecordId::new(id), on, Timestamp::UNIX_EPOCH) }
    }

    fn workbook() -> Workbook {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        let museum = PartnerId::new("museum");
        let partner = Partner::named(museum.clone(), "City Museum");
        workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 0 }).unwrap();
        let promise =
            |id: &str, what: &str| Promise::new(RecordId::new(id), PartnerId::us(), museum.clone(), what);
        add(&mut workbook, promise("someday", "write it up"));
        add(&mut workbook, Promise { due: Some(date(2025, 11, 14)), ..promise("budget", "send the budget") });
        add(&mut workbook, Promise { state: PromiseState::Kept, ..promise("room", "book the room") });
        let touch = TouchPoint::with(RecordId::new("t"), museum.clone());
        add(&mut workbook, TouchPoint { last: Some(date(2025, 11, 1)), every_weeks: Some(1), ..touch });
        add(&mut workbook, call("one", date(2025, 10, 1), Some(date(2025, 10, 15))));
        let said = vec![Line::new(RecordId::new("said"), Timestamp::UNIX_EPOCH, "hello")];
        add(&mut workbook, Call { lines: said, ..call("two", date(2025, 11, 3), Some(date(2025, 11, 20))) });
        add(&mut workbook, call("not written in", date(2025, 11, 4), None));
        let jots = Call { medium: Medium::Jots, ..call("jots", date(2025, 11, 30), None) };
        add(&mut workbook, jots);
        add(&mut workbook, Legacy::noted(RecordId::new("l"), date(2025, 1, 1), "x"));
        let (aspect, on) = ("reviewing".to_owned(), Some(date(2025, 12, 4)));
        workbook.apply(Edit::SetLookAgain { aspect, on }).unwrap();
        workbook
    }

    #[test]
    fn what_has_a_day_comes_by_day_and_what_has_none_last() {
        let said: Vec<String> = agenda(&workbook())
            .iter()
            .map(|i| {
                format!("{} {}: {}", i.on.map_or("-".into(), |d| d.to_string()), i.kind.words(), i.words)
            })
            .collect();
        assert_eq!(
            said,
            [
                "2025-11-08 touch point: be in touch",
                "2025-11-14 we owe: send the budget",
                "2025-11-20 follow up: be in touch again",
                "2025-12-04 review: how the partnership is going",
                "- we owe: write it up",
            ],
            "a call that was followed by another wants no follow-up any more"
        );
    }

    #[test]
    fn the_digest_says_what_comes_next_and_who_owes() {
        let digest = Digest::of(&workbook());
        assert_eq!(digest.last_contact, Some(date(2025, 11, 3)), "jots and unwritten calls are no contact");
        assert_eq!((digest.owed(AgendaKind::WeOwe), digest.owed(AgendaKind::TheyOwe)), (2, 0));
        assert_eq!(digest.next(date(2025, 11, 15)).unwrap().kind, AgendaKind::FollowUp);
        assert_eq!(digest.next(date(2026, 1, 1)), None);
    }
}
