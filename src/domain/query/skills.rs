//! What the ratings of skills say: where the work asks for more than is there, what a side could help others with, and
//! what two sides would do well to learn together.
//!
//! Each rater's numbers stay their own: nothing is added up, averaged or put into an order of people, and a line that
//! nobody rated stays unrated. Which ratings count is the caller's to say, so that a document can leave out what is
//! private. Start reading at [`views`] and [`gaps`].

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::content::Content;
use crate::content::types::{Suggestion, Term};
use crate::domain::{Helped, PartnerId, Rating, Remedy, Who, Workbook};
use crate::order::InOrder;

/// How many gaps are shown of one side at once.
pub const GAPS_AT_ONCE: usize = 5;
/// How many ways to learn are offered to a person or team.
const FOR_PEOPLE: usize = 3;
/// How many are offered to the partnership.
const FOR_PARTNERSHIP: usize = 2;
/// How wide a gap is from which on it is worth closing together.
const WIDE: u8 = 2;
/// Training in one's own house, to which a partner can be asked.
const IN_HOUSE: &str = "SP-A4";

/// What one rater says about the skills of one side: of each line what they said last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaterView<'w> {
    /// Whose skills.
    pub side: &'w PartnerId,
    /// Who says so; `None` where nobody noted it.
    pub rater: Option<&'w Who>,
    /// The last day on which they said something.
    pub on: Option<Date>,
    needs: BTreeMap<&'w str, u8>,
    haves: BTreeMap<&'w str, u8>,
}

impl RaterView<'_> {
    /// How much the work needs a line, 0 to 3; `None` where this rater has not said.
    pub fn need(&self, term: &str) -> Option<u8> {
        self.needs.get(term).copied()
    }

    /// How much of it is there, 0 to 3; `None` where this rater has not said.
    pub fn have(&self, term: &str) -> Option<u8> {
        self.haves.get(term).copied()
    }

    /// How much is missing; `None` where one of the two is not said.
    pub fn gap(&self, term: &str) -> Option<u8> {
        Some(self.need(term)?.saturating_sub(self.have(term)?))
    }

    /// How much it matters that something is missing: the gap, times the need.
    pub fn priority(&self, term: &str) -> Option<u8> {
        Some(self.gap(term)?.saturating_mul(self.need(term)?))
    }

    /// How many lines this rater has said something about.
    pub fn lines(&self) -> usize {
        let only_have = self.haves.keys().filter(|term| !self.needs.contains_key(*term));
        self.needs.len() + only_have.count()
    }

    /// Whether somebody of another side says so.
    pub fn is_from_outside(&self) -> bool {
        self.rater.is_some_and(|rater| rater.side != *self.side)
    }
}

/// What each rater says about each side, in the order in which they first did.
pub fn views<'w>(ratings: impl IntoIterator<Item = &'w Rating>) -> Vec<RaterView<'w>> {
    let mut ratings: Vec<&Rating> = ratings.into_iter().collect();
    // of two on one day, or without a day, the one that was noted later counts
    ratings.order_by_key(|rating| rating.on);
    let mut all: Vec<RaterView<'w>> = Vec::new();
    for rating in ratings {
        let (Some(side), rater) = (rating.side.as_ref(), rating.rater.as_ref()) else { continue };
        let known = all.iter().position(|view| view.side == side && view.rater == rater);
        let at = known.unwrap_or_else(|| {
            let (needs, haves) = Default::default();
            all.push(RaterView { side, rater, on: None, needs, haves });
            all.len() - 1
        });
        let Some(view) = all.get_mut(at) else { continue };
        view.on = view.on.max(rating.on);
        let named = |(term, said): (&'w String, &u8)| (term.as_str(), (*said).min(Rating::MOST));
        view.needs.extend(rating.needs.iter().map(named));
        view.haves.extend(rating.haves.iter().map(named));
    }
    all
}

/// A line where somebody says that a side has less than the work needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap<'c> {
    /// The line.
    pub term: &'c Term,
    /// Every side for which it is wide; two or more of them have something to learn together.
    pub wide_for: Vec<PartnerId>,
}

impl Gap<'_> {
    /// Whether two or more sides would do well to close it together.
    pub fn is_shared(&self) -> bool {
        self.wide_for.len() > 1
    }
}

/// The gaps of one side: those it shares first, then by what its raters find most pressing, ties by the order of the
/// heads; five at most.
pub fn gaps<'c>(views: &[RaterView<'_>], side: &PartnerId, content: &'c Content) -> Vec<Gap<'c>> {
    let shared = shared_gaps(views, content);
    let of_side = |term: &str| {
        let theirs = views.iter().filter(|view| view.side == side);
        theirs.filter_map(|view| view.priority(term)).max().filter(|priority| *priority > 0)
    };
    let gap = |term: &'c Term| {
        let together = shared.iter().find(|gap| gap.term.id == term.id && gap.wide_for.contains(side));
        let gap = together.cloned().unwrap_or(Gap { term, wide_for: Vec::new() });
        Some((gap.is_shared(), of_side(&term.id)?, gap))
    };
    let mut all: Vec<_> = in_order(content).into_iter().filter_map(gap).collect();
    all.order_by_key(|(shared, priority, _)| std::cmp::Reverse((*shared, *priority)));
    all.into_iter().take(GAPS_AT_ONCE).map(|(.., gap)| gap).collect()
}

/// The lines where the gap is wide for two or more sides, in the order of the most pressing of them, five at most. What
/// one rater says is enough; a side of which nobody said anything is not among them.
pub fn shared_gaps<'c>(views: &[RaterView<'_>], content: &'c Content) -> Vec<Gap<'c>> {
    let wide = |term: &'c Term| {
        let said = views.iter().filter(|view| view.gap(&term.id).is_some_and(|gap| gap >= WIDE));
        let mut wide_for: Vec<PartnerId> = Vec::new();
        let mut most = 0;
        for view in said {
            most = most.max(view.priority(&term.id).unwrap_or(0));
            if !wide_for.contains(view.side) {
                wide_for.push(view.side.clone());
            }
        }
        (wide_for.len() > 1).then_some((most, Gap { term, wide_for }))
    };
    let mut all: Vec<_> = in_order(content).into_iter().filter_map(wide).collect();
    all.order_by_key(|(most, _)| std::cmp::Reverse(*most));
    all.into_iter().take(GAPS_AT_ONCE).map(|(_, gap)| gap).collect()
}

/// Something that a side could help others with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer<'c> {
    /// The line.
    pub term: &'c Term,
    /// Whether somebody of that side says so; else others do, and it wants asking.
    pub own_words: bool,
}

/// What a side could help others with, by anybody's word, in the order of the heads.
pub fn offers<'c>(views: &[RaterView<'_>], side: &PartnerId, content: &'c Content) -> Vec<Offer<'c>> {
    let offer = |term: &'c Term| {
        let could = |view: &&RaterView<'_>| view.side == side && view.have(&term.id) == Some(Rating::MOST);
        let mut said = views.iter().filter(could).peekable();
        said.peek()?;
        Some(Offer { term, own_words: said.any(|view| !view.is_from_outside()) })
    };
    in_order(content).into_iter().filter_map(offer).collect()
}

/// The 36 lines in the order of their heads.
fn in_order(content: &Content) -> Vec<&Term> {
    let mut terms: Vec<&Term> = content.terms().iter().collect();
    terms.order_by_key(|term| term.head);
    terms
}

/// Ways to close a gap: up to three for a person or a team, then two for the partnership. Where the gap is shared, those
/// for the partnership come first, then training in one's own house, to which the others are asked.
pub fn ways<'c>(gap: &Gap<'_>, content: &'c Content) -> Vec<&'c Suggestion> {
    let find = |id: &str| content.suggestions().iter().find(|one| one.id == id);
    let together = gap.term.partnership.iter().map(String::as_str).take(FOR_PARTNERSHIP);
    if !gap.is_shared() {
        let people = gap.term.people.iter().map(String::as_str).take(FOR_PEOPLE);
        return people.chain(together).filter_map(find).collect();
    }
    let others = gap.term.people.iter().map(String::as_str).filter(|id| *id != IN_HOUSE);
    let people = std::iter::once(IN_HOUSE).chain(others).take(FOR_PEOPLE);
    together.chain(people).filter_map(find).collect()
}

/// The way to learn of that id.
pub fn suggestion<'c>(id: &str, content: &'c Content) -> Option<&'c Suggestion> {
    content.suggestions().iter().find(|one| one.id == id)
}

/// What was done about a gap and of which nobody has asked yet whether it helped; the latest first.
pub fn unasked(workbook: &Workbook) -> Vec<&Remedy> {
    let remedies = workbook.all::<Remedy>().iter();
    let mut done: Vec<&Remedy> =
        remedies.filter(|r| r.done.is_some() && r.helped == Helped::NotAsked).collect();
    done.order_by_key(|remedy| std::cmp::Reverse(remedy.done));
    done
}

/// What is to be done about gaps, the soonest first, what has no day last.
pub fn open_remedies(workbook: &Workbook) -> Vec<&Remedy> {
    open_remedies_of(workbook.all::<Remedy>())
}

/// Those of some remedies that are still to be done, in the same order.
pub fn open_remedies_of<'w>(remedies: impl IntoIterator<Item = &'w Remedy>) -> Vec<&'w Remedy> {
    let mut open: Vec<&Remedy> = remedies.into_iter().filter(|r| r.done.is_none()).collect();
    open.order_by_key(|remedy| (remedy.due.is_none(), remedy.due));
    open
}

#[cfg(test)]
mod tests;
