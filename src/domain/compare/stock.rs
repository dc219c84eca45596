//! What a workbook has, by id: there, or in the bin.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::member::Member;
use crate::domain::call::Line;
use crate::domain::id::{PartnerId, PersonId, RecordId};
use crate::domain::people::{Binned, Partner, Person};
use crate::domain::record::{AnyRecord, Family, RecordRef};
use crate::domain::workbook::Workbook;

/// Where something is, of what is somewhere.
#[derive(Debug, Clone, Copy)]
pub(super) enum At<T> {
    There(T),
    InBin(T),
}

impl<T: Copy> At<T> {
    pub fn get(&self) -> T {
        match self {
            Self::There(it) | Self::InBin(it) => *it,
        }
    }
}

/// The ids of a list in its order, and those of its things that lie in the bin.
#[derive(Debug, Clone)]
pub(super) struct InOrder<'w, Id> {
    pub there: Vec<&'w Id>,
    pub binned: Vec<&'w Id>,
}

impl<Id> Default for InOrder<'_, Id> {
    fn default() -> Self {
        Self { there: Vec::new(), binned: Vec::new() }
    }
}

impl<'w, Id: Ord> InOrder<'w, Id> {
    /// What may differ, each once: what is there on the other side, what is there now, what lies in the other side's bin.
    pub fn joined(&self, other: &Self) -> Vec<&'w Id> {
        let mut seen = BTreeSet::new();
        let all = other.there.iter().chain(&self.there).chain(&other.binned).copied();
        all.filter(|id| seen.insert(*id)).collect()
    }

    /// Whether what is there on both sides stands in another order.
    pub fn is_moved(&self, other: &Self) -> bool {
        let here: BTreeSet<&Id> = self.there.iter().copied().collect();
        let there: BTreeSet<&Id> = other.there.iter().copied().collect();
        let one = self.there.iter().filter(|id| there.contains(*id));
        !one.eq(other.there.iter().filter(|id| here.contains(*id)))
    }
}

/// The things of one kind.
#[derive(Debug)]
pub(super) struct Shelf<'w, Id, T> {
    pub in_order: InOrder<'w, Id>,
    pub held: HashMap<&'w Id, At<&'w T>>,
}

impl<'w, M: Member> Shelf<'w, M::Id, M> {
    fn of(workbook: &'w Workbook) -> Self {
        let list = M::list(workbook);
        let there = list.iter().map(M::id).collect();
        let held = list.iter().map(|member| (member.id(), At::There(member))).collect();
        Self { in_order: InOrder { there, binned: Vec::new() }, held }
    }
}

/// Everything of a workbook that has an id and can come and go.
#[derive(Debug)]
pub(super) struct Stock<'w> {
    pub workbook: &'w Workbook,
    pub partners: Shelf<'w, PartnerId, Partner>,
    pub people: Shelf<'w, PersonId, Person>,
    /// An id is used once, whatever the family.
    pub records: HashMap<&'w RecordId, At<RecordRef<'w>>>,
    families: BTreeMap<Family, InOrder<'w, RecordId>>,
    /// Lines of calls that are there, and those that lie in the bin by themselves.
    pub lines: HashMap<(&'w RecordId, &'w RecordId), At<&'w Line>>,
    calls: BTreeMap<&'w RecordId, InOrder<'w, RecordId>>,
}

impl<'w> Stock<'w> {
    pub fn of(workbook: &'w Workbook) -> Self {
        let mut stock = Self {
            workbook,
            partners: Shelf::of(workbook),
            people: Shelf::of(workbook),
            records: HashMap::new(),
            families: BTreeMap::new(),
            lines: HashMap::new(),
            calls: BTreeMap::new(),
        };
        for family in Family::ALL {
            for record in workbook.each(*family) {
                stock.records.entry(record.id()).or_insert(At::There(record));
                stock.families.entry(*family).or_default().there.push(record.id());
            }
        }
        for call in &workbook.calls {
            let lines = stock.calls.entry(&call.id).or_default();
            lines.there.extend(call.lines.iter().map(|line| &line.id));
            for line in &call.lines {
                stock.lines.entry((&call.id, &line.id)).or_insert(At::There(line));
            }
        }
        workbook.bin.iter().for_each(|binned| stock.lay(binned));
        stock
    }

    fn lay(&mut self, binned: &'w Binned) {
        match binned {
            Binned::Partner { partner, .. } => {
                self.partners.held.entry(&partner.id).or_insert(At::InBin(partner));
                self.partners.in_order.binned.push(&partner.id);
            }
            Binned::Person { person, .. } => {
                self.people.held.entry(&person.id).or_insert(At::InBin(person));
                self.people.in_order.binned.push(&person.id);
            }
            Binned::Record { record, .. } => {
                let record = RecordRef::from(&**record);
                self.records.entry(record.id()).or_insert(At::InBin(record));
                self.families.entry(record.family()).or_default().binned.push(record.id());
            }
            Binned::Line { call, line, .. } => {
                self.lines.entry((call, &line.id)).or_insert(At::InBin(line));
                self.calls.entry(call).or_default().binned.push(&line.id);
            }
        }
    }

    /// The records of a family.
    pub fn family(&self, family: Family) -> InOrder<'w, RecordId> {
        self.families.get(&family).cloned().unwrap_or_default()
    }

    /// The lines of a call.
    pub fn lines_of(&self, call: &RecordId) -> InOrder<'w, RecordId> {
        self.calls.get(call).cloned().unwrap_or_default()
    }

    /// Whether a call is there, and not in the bin.
    pub fn has_call(&self, call: &RecordId) -> bool {
        matches!(self.records.get(call), Some(At::There(RecordRef::Call(_))))
    }

    /// Whether a line is in its call, wherever the call is.
    pub fn is_in_a_call(&self, call: &RecordId, line: &RecordId) -> bool {
        let call = self.records.get(call).map(At::get);
        matches!(call, Some(RecordRef::Call(call)) if call.lines.iter().any(|there| there.id == *line))
    }
}

/// The place in the bin of what has the same ids.
pub(super) fn in_bin(workbook: &Workbook, what: &Binned) -> Option<usize> {
    workbook.bin.iter().position(|binned| binned.key() == what.key())
}

/// A record out of the bin.
pub(super) fn record_in_bin(workbook: &Workbook, id: &RecordId) -> Option<usize> {
    let is_it = |b: &Binned| matches!(b, Binned::Record { record, .. } if *record.id() == *id);
    workbook.bin.iter().position(is_it)
}

/// The lines of a call, of a record of whatever family.
pub(super) fn lines_in(record: &AnyRecord) -> &[Line] {
    match record {
        AnyRecord::Call(call) => &call.lines,
        _ => &[],
    }
}
