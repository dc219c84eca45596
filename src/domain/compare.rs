//! Two workbooks side by side: how it is now, and how it was on a day, or how somebody else has it.
//!
//! [`differences`] names what differs, thing by thing, in the order of the workbook; [`words`] says it to a person; [`take`]
//! gives the edits that make one, some or all of it as it is on the other side. Where the other workbook comes from
//! (an earlier version, a conflict copy, a copy that a partner sent back) nothing here knows.
//!
//! What was learned only ever grows: what came since goes to the bin, and words that are replaced stay as an earlier
//! version of their answer. So more in the bin, or more earlier versions, is no difference.

mod member;
mod merge;
#[cfg(test)]
mod merge_tests;
mod returned;
mod script;
mod stock;
mod take;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;

use super::answer::Answer;
use super::id::{PartnerId, PersonId, QuestionId, RecordId};
use super::people::Binned;
use super::place::VoiceKey;
use super::record::{Family, RecordRef};
use super::workbook::Workbook;
use crate::content::ASPECTS;
use crate::order::InOrder;
pub use merge::{both, differences_of_copy, is_theirs, merge, only_lacks};
pub use returned::with_what_a_partner_says;
pub use script::edits_between;
use stock::{At, Stock};
pub(in crate::domain) use take::in_order;
pub use take::take;
pub use words::{Row, Said, how_many_in_words, words, words_to_send};

/// Something of a workbook that can differ, and be taken, by itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// The title.
    Title,
    /// What the partnership is for.
    Purpose,
    /// A change of state, by its place in the log, counted from 0.
    State(usize),
    /// The changes of state that only one side has.
    States,
    /// A partner, or our own side.
    Partner(PartnerId),
    /// A person.
    Person(PersonId),
    /// One voice of an answer: its words, and for a partner's how far they can be relied on.
    Voice(QuestionId, VoiceKey),
    /// The marks of an answer: not for us, private, to share, opened again.
    Marks(QuestionId),
    /// Who agreed to an answer.
    Accords(QuestionId),
    /// Earlier versions of an answer that are not there now.
    Earlier(QuestionId),
    /// When to look at an aspect again, by the aspect's id.
    LookAgain(String),
    /// A record. The lines of a call that both sides have are things of their own.
    Record(Family, RecordId),
    /// A line: the call, then the line.
    Line(RecordId, RecordId),
    /// The order of what both sides have.
    Order(Listed),
}

/// What stands in an order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listed {
    /// The partners.
    Partners,
    /// The people.
    People,
    /// The records of a family.
    Records(Family),
    /// The lines of a call.
    Lines(RecordId),
}

/// Whether a thing is in a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stands {
    /// It is there.
    There,
    /// It lies in the bin.
    InBin,
    /// It is not there.
    Nowhere,
}

/// Something that is not the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Difference {
    /// What.
    pub thing: Thing,
    /// Whether it is there now.
    pub now: Stands,
    /// Whether it is there on the other side.
    pub other: Stands,
}

impl Thing {
    /// The question whose answer it belongs to, where it does.
    pub fn question(&self) -> Option<&QuestionId> {
        match self {
            Self::Voice(question, _)
            | Self::Marks(question)
            | Self::Accords(question)
            | Self::Earlier(question) => Some(question),
            _ => None,
        }
    }
}

/// What differs between how a workbook is now and another one of the same id, in the order of the workbook. Empty where
/// there is nothing to take: the other side may have less in its bin, and fewer earlier versions.
///
/// Of things that should have an id of their own and do not, in a file that was changed by hand, the first counts.
pub fn differences(now: &Workbook, other: &Workbook) -> Vec<Difference> {
    let mut found = Found { now: Stock::of(now), other: Stock::of(other), all: Vec::new() };
    found.head();
    found.sides();
    found.answers();
    found.look_agains();
    for family in Family::ALL {
        found.records(*family);
    }
    found.all
}

/// A comparison that is under way.
struct Found<'w> {
    now: Stock<'w>,
    other: Stock<'w>,
    all: Vec<Difference>,
}

impl<'w> Found<'w> {
    fn add(&mut self, thing: Thing, now: Stands, other: Stands) {
        self.all.push(Difference { thing, now, other });
    }

    /// Something that is always there, where it differs.
    fn both(&mut self, differs: bool, thing: Thing) {
        if differs {
            self.add(thing, Stands::There, Stands::There);
        }
    }

    fn head(&mut self) {
        let (now, other) = (self.now.workbook, self.other.workbook);
        self.both(now.title != other.title, Thing::Title);
        self.both(now.purpose != other.purpose, Thing::Purpose);
        let (now, other) = (&now.partnership.log, &other.partnership.log);
        for (at, (one, another)) in now.iter().zip(other).enumerate() {
            self.both(one != another, Thing::State(at));
        }
        self.both(now.len() != other.len(), Thing::States);
    }

    fn sides(&mut self) {
        let (now, other) = (self.now.workbook, self.other.workbook);
        self.both(now.us != other.us, Thing::Partner(PartnerId::us()));
        for id in self.now.partners.in_order.joined(&self.other.partners.in_order) {
            let stands = differs(self.now.partners.held.get(id), self.other.partners.held.get(id));
            self.held(stands, || Thing::Partner(id.clone()));
        }
        let moved = self.now.partners.in_order.is_moved(&self.other.partners.in_order);
        self.both(moved, Thing::Order(Listed::Partners));
        for id in self.now.people.in_order.joined(&self.other.people.in_order) {
            let stands = differs(self.now.people.held.get(id), self.other.people.held.get(id));
            self.held(stands, || Thing::Person(id.clone()));
        }
        let moved = self.now.people.in_order.is_moved(&self.other.people.in_order);
        self.both(moved, Thing::Order(Listed::People));
    }

    /// Something that may be there, in the bin or nowhere, where it differs.
    fn held(&mut self, stands: Option<(Stands, Stands)>, thing: impl FnOnce() -> Thing) {
        if let Some((now, other)) = stands {
            self.add(thing(), now, other);
        }
    }

    fn answers(&mut self) {
        let (now, other) = (self.now.workbook, self.other.workbook);
        let mut questions: Vec<&QuestionId> = now.answers.keys().chain(other.answers.keys()).collect();
        questions.order_by_key(|question| (round(question), *question));
        questions.dedup();
        for question in questions {
            self.answer(question, now.answer(question), other.answer(question));
        }
    }

    fn answer(&mut self, question: &QuestionId, now: &Answer, other: &Answer) {
        let id = || question.clone();
        self.both(now.ours != other.ours, Thing::Voice(id(), VoiceKey::Ours));
        let partners: BTreeSet<&PartnerId> = now.theirs.keys().chain(other.theirs.keys()).collect();
        for partner in partners {
            let voice = |answer: &Answer| answer.theirs.get(partner).cloned().unwrap_or_default();
            self.both(voice(now) != voice(other), Thing::Voice(id(), VoiceKey::Theirs(partner.clone())));
        }
        self.both(now.agreed != other.agreed, Thing::Voice(id(), VoiceKey::Agreed));
        self.both(marks(now) != marks(other), Thing::Marks(id()));
        self.both(now.accords != other.accords, Thing::Accords(id()));
        self.both(!take::earlier_missing(now, other).is_empty(), Thing::Earlier(id()));
    }

    fn look_agains(&mut self) {
        let (now, other) = (&self.now.workbook.look_again, &self.other.workbook.look_again);
        let aspects: BTreeSet<&String> = now.keys().chain(other.keys()).collect();
        let place = |aspect: &str| ASPECTS.iter().position(|row| row.id == aspect).unwrap_or(ASPECTS.len());
        let mut aspects: Vec<&String> = aspects.into_iter().collect();
        aspects.order_by_key(|aspect| place(aspect));
        for aspect in aspects {
            self.both(now.get(aspect) != other.get(aspect), Thing::LookAgain(aspect.clone()));
        }
    }

    fn records(&mut self, family: Family) {
        let (now, other) = (self.now.family(family), self.other.family(family));
        for id in now.joined(&other) {
            let (one, another) = (self.now.records.get(id), self.other.records.get(id));
            // what is of another family on the other side is named there
            if another.is_some_and(|there| there.get().family() != family) {
                continue;
            }
            let stands = match (one, another) {
                (Some(At::There(one)), Some(At::There(another))) => {
                    is_another(*one, *another).then_some((Stands::There, Stands::There))
                }
                (one, another) => differs(one, another),
            };
            self.held(stands, || Thing::Record(family, id.clone()));
            if family == Family::Call {
                self.lines(id);
            }
        }
        self.both(now.is_moved(&other), Thing::Order(Listed::Records(family)));
        if family == Family::Call {
            self.lines_of_no_call();
        }
    }

    /// The lines of a call. What is in a call that only one side has goes and comes with the call.
    fn lines(&mut self, call: &'w RecordId) {
        if !(self.now.has_call(call) && self.other.has_call(call)) {
            return;
        }
        let (now, other) = (self.now.lines_of(call), self.other.lines_of(call));
        for id in now.joined(&other) {
            let stands = differs(self.now.lines.get(&(call, id)), self.other.lines.get(&(call, id)));
            self.held(stands, || Thing::Line(call.clone(), id.clone()));
        }
        self.both(now.is_moved(&other), Thing::Order(Listed::Lines(call.clone())));
    }

    /// Lines that lay in the bin by themselves, of calls that are not there on both sides.
    fn lines_of_no_call(&mut self) {
        for binned in &self.other.workbook.bin {
            let Binned::Line { call, line, .. } = binned else { continue };
            if self.now.has_call(call) && self.other.has_call(call) {
                continue;
            }
            let (now, other) =
                (self.now.lines.get(&(call, &line.id)), self.other.lines.get(&(call, &line.id)));
            let in_a_call = self.now.is_in_a_call(call, &line.id);
            let stands = differs(now, other).filter(|_| !in_a_call);
            self.held(stands, || Thing::Line(call.clone(), line.id.clone()));
        }
    }
}

/// Where a question is asked, so that answers stand in the order of the cycle.
fn round(question: &QuestionId) -> usize {
    let code = question.as_str().rsplit_once('-').map_or("", |(code, _)| code);
    ASPECTS.iter().position(|row| row.code == code).unwrap_or(ASPECTS.len())
}

fn marks(answer: &Answer) -> (bool, bool, bool, Option<jiff::civil::Date>) {
    (answer.not_for_us, answer.private, answer.to_share, answer.reopened)
}

/// Whether two records of one id are not the same, the lines of a call apart.
fn is_another(one: RecordRef<'_>, another: RecordRef<'_>) -> bool {
    match (one, another) {
        (RecordRef::Call(one), RecordRef::Call(another)) => one.head() != another.head(),
        (one, another) => one != another,
    }
}

/// How something stands on both sides, where there is something to take: what only lies in our bin is none.
fn differs<T: PartialEq>(now: Option<&At<T>>, other: Option<&At<T>>) -> Option<(Stands, Stands)> {
    let differ = match (now, other) {
        (None | Some(At::InBin(_)), None) => false,
        (Some(At::There(one)), Some(At::There(another)))
        | (Some(At::InBin(one)), Some(At::InBin(another))) => one != another,
        _ => true,
    };
    let stands = |at: Option<&At<T>>| match at {
        Some(At::There(_)) => Stands::There,
        Some(At::InBin(_)) => Stands::InBin,
        None => Stands::Nowhere,
    };
    differ.then(|| (stands(now), stands(other)))
}
