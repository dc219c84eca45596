//! Removing a person's details while keeping what was learned: the one act that reaches back.
//!
//! [`traces`] finds every place that gives the person away, [`erase`] rewrites a workbook without those that were chosen.
//! It is no [`Edit`](super::Edit): it cannot be undone, and the same rules ([`Eraser`]) are then used on everything
//! that is kept of the workbook's past. Nothing here knows where that is.

mod seek;
#[cfg(test)]
mod tests;
mod walk;
mod words;

use crate::order::InOrder;
use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use self::seek::Seeker;
use super::id::{PartnerId, PersonId, QuestionId, RecordId};
use super::people::{Binned, Partner, PartnerField, Person};
use super::place::TextPlace;
use super::workbook::Workbook;

/// What stands where a name stood.
pub const NAME_REMOVED: &str = "[name removed]";
/// What stands where a telephone number, an address or a handle stood.
pub const REMOVED: &str = "[removed]";

/// Where a trace is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Spot {
    /// The person's own record, in the list or in the bin.
    Person,
    /// A text.
    Text(TextPlace),
    /// Where a partner's words come from, in words.
    Source(QuestionId, PartnerId),
    /// An earlier version of an answer, by its place among them, counted from 0.
    Earlier(QuestionId, usize),
    /// Words that were copied into a record, such as those of an agreement, and which of all such words.
    Copy(RecordId, usize),
    /// Something in the bin, by its place there, and which of its texts.
    Bin(usize, usize),
    /// Who said what a partner said.
    Said(QuestionId, PartnerId),
    /// Who agreed to an answer.
    Accord(QuestionId),
    /// Who promised, who was on a call, with whom to be in touch.
    Record(RecordId),
    /// The same for something in the bin.
    BinLink(usize),
    /// Who took part on the day of a pause, by its place in the log.
    Snapshot(usize),
}

/// What gives the person away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// The person's record, or something that points to it. It always goes.
    Link,
    /// A telephone number, an address, a handle.
    Contact,
    /// The whole name.
    Name,
    /// A word of the name, which may also be an ordinary word.
    Part,
}

/// One place that gives the person away. The same spelling twice in a line is one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Trace {
    /// Where.
    pub at: Spot,
    /// The whole line around it, without its line break.
    pub line: String,
    /// How it is written there; empty for a [`Kind::Link`].
    pub spelled: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it is to be removed. At first: whether it can hardly be anything else.
    pub chosen: bool,
}

/// What is to be removed: whose details, and which traces of them. It can be kept in a file, so that what was begun can be
/// finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    person: PersonId,
    name: String,
    reach: String,
    traces: Vec<Trace>,
}

/// Whether two names are the same, whichever way their accents are written.
pub fn is_same_name(one: &str, other: &str) -> bool {
    seek::same(one, other)
}

/// Every trace of a person in a workbook: first the record, then the texts, then what points to the record.
pub fn traces(workbook: &Workbook, person: &PersonId) -> Vec<Trace> {
    let Some(whose) = find(workbook, person) else { return Vec::new() };
    let seeker = Seeker::new(&whose.name, &whose.reach);
    let mut rest = workbook.clone();
    let links = walk::unlink(&mut rest, person).into_iter().map(|(at, line)| Trace {
        at,
        line,
        spelled: String::new(),
        kind: Kind::Link,
        chosen: true,
    });
    let mut traces: Vec<Trace> = links.collect();
    walk::texts(&mut rest, &mut |at, text| {
        let first = traces.len();
        for hit in seeker.hits(text) {
            let spelled = text.get(hit.from..hit.to).unwrap_or_default().to_owned();
            let line = line_at(text, hit.from).to_owned();
            let trace = Trace { at: at.clone(), line, spelled, kind: hit.kind, chosen: hit.sure };
            if traces.get(first..).is_none_or(|there| !there.contains(&trace)) {
                traces.push(trace);
            }
        }
    });
    // what points to the person goes in any case, so what is to be chosen comes before it
    traces.order_by_key(|trace| trace.kind == Kind::Link && trace.at != Spot::Person);
    traces
}

/// The workbook without a person: their record and what points to it, and the traces among `chosen` that are chosen.
/// Everything else stays as it is.
pub fn erase(workbook: &Workbook, person: &PersonId, chosen: &[Trace]) -> Workbook {
    match Erasure::new(workbook, person, chosen.to_vec()) {
        Some(erasure) => erasure.ready().workbook(workbook).0,
        None => workbook.clone(),
    }
}

impl Erasure {
    /// The removal of a person who is in a workbook, or in its bin; `None` where they are not. `traces` are those of
    /// [`traces`], with what is to go and what is to stay.
    pub fn new(workbook: &Workbook, person: &PersonId, traces: Vec<Trace>) -> Option<Self> {
        let Person { name, reach, .. } = find(workbook, person)?.clone();
        Some(Self { person: person.clone(), name, reach, traces })
    }

    /// Who is removed.
    pub fn person(&self) -> &PersonId {
        &self.person
    }

    /// What they are called; may be empty.
    pub fn name(&self) -> &str {
        self.name.trim()
    }

    /// What is removed from the title: a folder is named after that.
    pub fn in_title(&self) -> impl Iterator<Item = &str> {
        let title = Spot::Text(TextPlace::Title);
        let chosen = self.traces.iter().filter(move |trace| trace.chosen && trace.at == title);
        chosen.map(|trace| trace.spelled.as_str())
    }

    /// Whether the person is in a workbook still.
    pub fn is_due_in(&self, workbook: &Workbook) -> bool {
        find(workbook, &self.person).is_some()
    }

    /// Made ready to rewrite.
    pub fn ready(&self) -> Eraser<'_> {
        let (mut at_spot, mut in_line, mut spelled) = (HashMap::new(), HashMap::new(), HashMap::new());
        for trace in self.traces.iter().filter(|trace| trace.kind != Kind::Link) {
            let (line, word) = (trace.line.as_str(), trace.spelled.as_str());
            at_spot.insert((&trace.at, line, word), trace.chosen);
            *in_line.entry((line, word)).or_insert(false) |= trace.chosen;
            *spelled.entry(word).or_insert(false) |= trace.chosen;
        }
        Eraser { erasure: self, seeker: Seeker::new(&self.name, &self.reach), at_spot, in_line, spelled }
    }
}

/// Rewrites texts and workbooks by the choices of an [`Erasure`].
///
/// A trace that was shown goes or stays as was chosen. Elsewhere (in the past, in notes that wait) one on the same line
/// does as it does there; one spelled the same goes if any of that spelling goes; any other goes where it can hardly be
/// anything else.
#[derive(Debug)]
pub struct Eraser<'e> {
    erasure: &'e Erasure,
    seeker: Seeker,
    at_spot: HashMap<(&'e Spot, &'e str, &'e str), bool>,
    in_line: HashMap<(&'e str, &'e str), bool>,
    spelled: HashMap<&'e str, bool>,
}

impl Eraser<'_> {
    /// The workbook without the person, and how many places have changed.
    pub fn workbook(&self, workbook: &Workbook) -> (Workbook, usize) {
        self.rewrite(workbook, &self.seeker)
    }

    /// The same for a workbook as it was at another time: what the person was called then, and how they were reached, goes
    /// too.
    pub fn earlier_workbook(&self, workbook: &Workbook) -> (Workbook, usize) {
        let mut seeker = Seeker::new(&self.erasure.name, &self.erasure.reach);
        if let Some(then) = find(workbook, &self.erasure.person) {
            seeker.add_earlier(&then.name, &then.reach);
        }
        self.rewrite(workbook, &seeker)
    }

    /// A text from elsewhere without the person; `None` where it stays as it is.
    pub fn text(&self, text: &str) -> Option<String> {
        self.clean(text, None, &self.seeker).map(|(clean, _)| clean)
    }

    /// Words that were typed and not used yet, by what was asked.
    pub fn words(&self, words: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let clean = |text: &String| self.text(text).unwrap_or_else(|| text.clone());
        words.iter().map(|(asked, words)| (clean(asked), clean(words))).collect()
    }

    /// A partner kept outside of any workbook, such as our own side for the next one; `None` where it stays as it is.
    pub fn partner(&self, partner: &Partner) -> Option<Partner> {
        let mut clean = partner.clone();
        for field in PartnerField::ALL {
            if let Some(text) = self.text(partner.field(field)) {
                *clean.field_mut(field) = text;
            }
        }
        (clean != *partner).then_some(clean)
    }

    /// Whether a file that cannot be rewritten gives the person away: it holds the name or contact details.
    pub fn stands_in(&self, text: &str) -> bool {
        self.seeker.hits(text).iter().any(|hit| hit.sure && hit.kind != Kind::Part)
    }

    fn rewrite(&self, workbook: &Workbook, seeker: &Seeker) -> (Workbook, usize) {
        let mut rest = workbook.clone();
        let mut places = walk::unlink(&mut rest, &self.erasure.person).len();
        if !seeker.is_empty() {
            walk::texts(&mut rest, &mut |at, text| {
                if let Some((clean, hits)) = self.clean(text, Some(&at), seeker) {
                    *text = clean;
                    places += hits;
                }
            });
        }
        (rest, places)
    }

    fn clean(&self, text: &str, at: Option<&Spot>, seeker: &Seeker) -> Option<(String, usize)> {
        let (mut clean, mut from, mut places) = (String::new(), 0, 0);
        for hit in seeker.hits(text) {
            let spelled = text.get(hit.from..hit.to).unwrap_or_default();
            if !self.goes(at, line_at(text, hit.from), spelled, hit.sure) {
                continue;
            }
            clean.push_str(text.get(from..hit.from).unwrap_or_default());
            clean.push_str(if hit.kind == Kind::Contact { REMOVED } else { NAME_REMOVED });
            from = hit.to;
            places += 1;
        }
        clean.push_str(text.get(from..).unwrap_or_default());
        (places > 0).then_some((clean, places))
    }

    fn goes(&self, at: Option<&Spot>, line: &str, spelled: &str, sure: bool) -> bool {
        let here = at.and_then(|at| self.at_spot.get(&(at, line, spelled)));
        let there = here.or_else(|| self.in_line.get(&(line, spelled)));
        there.or_else(|| self.spelled.get(spelled)).copied().unwrap_or(sure)
    }
}

/// A person, also one in the bin.
fn find<'w>(workbook: &'w Workbook, id: &PersonId) -> Option<&'w Person> {
    let binned = workbook.bin().iter().find_map(|binned| match binned {
        Binned::Person { person, .. } if person.id == *id => Some(person),
        _ => None,
    });
    workbook.person(id).or(binned)
}

/// The line of a text in which a byte stands.
fn line_at(text: &str, at: usize) -> &str {
    let from = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |n| n + 1);
    text.get(from..).and_then(|rest| rest.split('\n').next()).unwrap_or_default()
}

/// For tests: every text of a workbook, to be marked so that it can be told from all others.
#[cfg(test)]
pub(crate) fn every_text(workbook: &mut Workbook, each: &mut dyn FnMut(Spot, &mut String)) {
    walk::texts(workbook, each);
}
