//! Taking differences: what the workbook is to be like, and with [`edits_between`] the edits that lead there.

use std::collections::HashMap;
use std::hash::Hash;

use jiff::civil::Date;

use super::member::Member;
use super::script::edits_between;
use super::stock::{At, Stock, in_bin, lines_in, record_in_bin};
use super::{Difference, Listed, Thing};
use crate::domain::answer::{Answer, Version};
use crate::domain::call::Line;
use crate::domain::edit::Edit;
use crate::domain::id::{QuestionId, RecordId};
use crate::domain::people::{Binned, Partner, Person};
use crate::domain::place::VoiceKey;
use crate::domain::record::{AnyRecord, Family, RecordRef};
use crate::domain::workbook::Workbook;
use crate::order::InOrder;

/// The edits that make what is `chosen` in `now` as it is in `other`, and change nothing else; to be done together, as
/// one step. `chosen` is some or all of what [`differences`](super::differences) found between these two; `today` is the
/// day on which what goes to the bin goes there. Words that are replaced stay as an earlier version of their answer.
pub fn take(now: &Workbook, other: &Workbook, chosen: &[Difference], today: Date) -> Vec<Edit> {
    edits_between(now, &taken(now, other, chosen, today))
}

pub(super) fn taken(now: &Workbook, other: &Workbook, chosen: &[Difference], today: Date) -> Workbook {
    let mut taking = Taking { here: now.clone(), now, other: Stock::of(other), today };
    // an order is that of what both have, so it comes before what is missing is put in its place
    let (orders, rest): (Vec<_>, Vec<_>) =
        chosen.iter().partition(|difference| matches!(difference.thing, Thing::Order(_)));
    orders.into_iter().chain(rest).for_each(|difference| taking.take(&difference.thing));
    taking.here
}

/// Puts what has a rank into its order, within the places that it has together.
pub(in crate::domain) fn in_order<T: Clone>(list: &mut [T], rank: impl Fn(&T) -> Option<usize>) {
    let ranks = list.iter().enumerate().filter_map(|(place, item)| Some((rank(item)?, place)));
    // numbers are sorted and not what they stand for, so that it is made once for all kinds of things
    let mut ranked: Vec<(usize, usize)> = ranks.collect();
    ranked.order();
    let items: Vec<T> = ranked.iter().filter_map(|(_, place)| list.get(*place).cloned()).collect();
    let places = list.iter_mut().filter(|item| rank(item).is_some());
    places.zip(items).for_each(|(place, item)| *place = item);
}

/// Earlier versions of an answer that the other side has and this one has not.
pub(super) fn earlier_missing<'o>(now: &Answer, other: &'o Answer) -> Vec<&'o Version> {
    let mut here: HashMap<&Version, usize> = HashMap::new();
    now.earlier.iter().for_each(|version| *here.entry(version).or_default() += 1);
    let is_missing = |version: &&Version| match here.get_mut(*version) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    other.earlier.iter().filter(is_missing).collect()
}

struct Taking<'w> {
    here: Workbook,
    now: &'w Workbook,
    other: Stock<'w>,
    today: Date,
}

impl<'w> Taking<'w> {
    fn take(&mut self, thing: &Thing) {
        let other = self.other.workbook;
        match thing {
            Thing::Title => self.here.title.clone_from(&other.title),
            Thing::Purpose => self.here.purpose.clone_from(&other.purpose),
            Thing::State(at) => {
                let change = other.partnership.log.get(*at);
                if let (Some(here), Some(change)) = (self.here.partnership.log.get_mut(*at), change) {
                    here.clone_from(change);
                }
            }
            Thing::States => {
                let (here, there) = (&mut self.here.partnership.log, &other.partnership.log);
                here.truncate(there.len());
                here.extend(there.iter().skip(here.len()).cloned());
            }
            Thing::Partner(id) if id.is_us() => self.here.us.clone_from(&other.us),
            Thing::Partner(id) => self.member::<Partner>(id),
            Thing::Person(id) => self.member::<Person>(id),
            Thing::Voice(question, voice) => self.voice(question, voice),
            Thing::Marks(question) => {
                let there = other.answer(question);
                self.answer(question, |here| {
                    here.not_for_us = there.not_for_us;
                    here.private = there.private;
                    here.to_share = there.to_share;
                    here.reopened = there.reopened;
                });
            }
            Thing::Accords(question) => {
                let there = other.answer(question);
                self.answer(question, |here| here.accords.clone_from(&there.accords));
            }
            Thing::Earlier(question) => self.earlier(question),
            Thing::LookAgain(aspect) => {
                match other.look_again.get(aspect) {
                    Some(on) => self.here.look_again.insert(aspect.clone(), *on),
                    None => self.here.look_again.remove(aspect),
                };
            }
            Thing::Record(_, id) => self.record(id),
            Thing::Line(call, line) => self.line(call, line),
            Thing::Order(listed) => self.order(listed),
        }
    }

    fn answer(&mut self, question: &QuestionId, change: impl FnOnce(&mut Answer)) {
        change(self.here.answers.entry(question.clone()).or_default());
        self.here.tidy(question);
    }

    /// Words that are replaced stay as an earlier version, as they do when they are typed over.
    fn voice(&mut self, question: &QuestionId, voice: &VoiceKey) {
        let (before, there) = (self.now.answer(question), self.other.workbook.answer(question));
        let (text, on, until) = (before.text(voice), before.changed_on(voice), self.today);
        let keep = text != there.text(voice) && !text.trim().is_empty();
        let kept = keep.then(|| Version { voice: voice.clone(), on, until, text: text.to_owned() });
        self.answer(question, |here| {
            match voice {
                VoiceKey::Ours => here.ours.clone_from(&there.ours),
                VoiceKey::Agreed => here.agreed.clone_from(&there.agreed),
                VoiceKey::Theirs(partner) => {
                    let theirs = there.theirs.get(partner).cloned().unwrap_or_default();
                    here.theirs.insert(partner.clone(), theirs);
                }
            }
            here.earlier.extend(kept);
        });
    }

    /// Versions that are missing come to their place in time.
    fn earlier(&mut self, question: &QuestionId) {
        let there = self.other.workbook.answer(question);
        let missing = earlier_missing(self.now.answer(question), there);
        self.answer(question, |here| {
            for version in missing {
                let at = here.earlier.iter().position(|later| later.until > version.until);
                here.earlier.insert(at.unwrap_or(here.earlier.len()), version.clone());
            }
        });
    }

    /// A partner or a person.
    fn member<M: Member>(&mut self, id: &M::Id) {
        let is_it = |binned: &Binned| M::in_bin(binned).is_some_and(|member| member.id() == id);
        let there = M::shelf(&self.other).held.get(id).copied();
        self.out_of_bin(is_it);
        let here = M::list_mut(&mut self.here);
        let before = here.iter().position(|member| member.id() == id);
        match (there, before) {
            (Some(At::There(member)), Some(place)) => {
                if let Some(here) = here.get_mut(place) {
                    here.clone_from(member);
                }
            }
            (Some(At::There(member)), None) => {
                let ids: Vec<&M::Id> = here.iter().map(M::id).collect();
                let place = place_of(id, &ids, &M::shelf(&self.other).in_order.there);
                here.insert(place, member.clone());
            }
            (_, before) => {
                let binned = before.map(|place| here.remove(place).binned(self.today, place));
                self.lay_theirs_or(is_it, binned);
            }
        }
    }

    fn record(&mut self, id: &RecordId) {
        let there = self.other.records.get(id).copied();
        let live = Family::ALL.iter().find_map(|family| self.here.record(*family, id)).map(|r| r.family());
        if let (Some(family), Some(At::There(record))) = (live, there)
            && record.family() == family
        {
            return self.set(record);
        }
        let before = live.and_then(|family| self.here.remove_record(family, id));
        let binned = record_in_bin(&self.here, id).map(|at| self.here.bin.remove(at));
        let left = match (&before, &binned) {
            (Some((record, _)), _) => lines_in(record).to_vec(),
            (None, Some(Binned::Record { record, .. })) => lines_in(record).to_vec(),
            _ => Vec::new(),
        };
        match there {
            Some(At::There(record)) => {
                let record = record.cloned();
                self.free_lines(&record);
                let place = {
                    let here: Vec<&RecordId> = self.here.each(record.family()).map(RecordRef::id).collect();
                    place_of(id, &here, &self.other.family(record.family()).there)
                };
                self.keep_lines(&record, left);
                self.here.insert_record(record, place);
            }
            Some(At::InBin(record)) => {
                let record = record.cloned();
                self.free_lines(&record);
                self.keep_lines(&record, left);
                self.lay_theirs_or(|b| matches!(b, Binned::Record { record, .. } if record.id() == id), None);
            }
            None => {
                let on = self.today;
                let binned =
                    before.map(|(record, place)| Binned::Record { record: Box::new(record), on, place });
                self.here.bin.extend(binned);
            }
        }
    }

    /// Puts a record in place of the one of its id. The lines of a call stay: they are taken by themselves.
    fn set(&mut self, record: RecordRef<'_>) {
        let mut record = record.cloned();
        if let AnyRecord::Call(call) = &mut record {
            call.lines = self.here.call(&call.id).map(|here| here.lines.clone()).unwrap_or_default();
        }
        self.here.replace_record(record);
    }

    /// What comes with a call does not lie in the bin as well.
    fn free_lines(&mut self, record: &AnyRecord) {
        for line in lines_in(record) {
            self.out_of_bin(
                |b| matches!(b, Binned::Line { call, line: l, .. } if call == record.id() && l.id == line.id),
            );
        }
    }

    /// Lines of a call that are not among those that come go to the bin, where they can still find their call.
    fn keep_lines(&mut self, comes: &AnyRecord, left: Vec<Line>) {
        // of a record that is no call on the other side, only what lies in the bin there has a place to go to
        let is_call = comes.family() == Family::Call;
        for (place, line) in left.into_iter().enumerate() {
            if lines_in(comes).iter().any(|there| there.id == line.id) {
                continue;
            }
            let (call, on) = (comes.id().clone(), self.today);
            let id = line.id.clone();
            let binned = Binned::Line { call: call.clone(), line, on, place };
            if in_bin(&self.here, &binned).is_none() {
                self.lay_theirs_or(
                    |b| matches!(b, Binned::Line { call: c, line, .. } if *c == call && line.id == id),
                    Some(binned).filter(|_| is_call),
                );
            }
        }
    }

    fn line(&mut self, call: &RecordId, id: &RecordId) {
        let there = self.other.lines.get(&(call, id)).copied();
        let is_it =
            |b: &Binned| matches!(b, Binned::Line { call: c, line, .. } if c == call && line.id == *id);
        self.out_of_bin(is_it);
        let before = self.here.line(call, id).is_some();
        match there {
            Some(At::There(line)) => {
                let order = self.other.lines_of(call).there;
                let Ok(here) = self.here.call_mut(call) else { return };
                match here.lines.iter_mut().find(|here| here.id == *id) {
                    Some(here) => here.clone_from(line),
                    None => {
                        let ids: Vec<&RecordId> = here.lines.iter().map(|line| &line.id).collect();
                        let place = place_of(id, &ids, &order);
                        here.lines.insert(place, line.clone());
                    }
                }
            }
            _ => {
                let taken = if before { self.here.take_line(call, id).ok() } else { None };
                let (call, on) = (call.clone(), self.today);
                let binned = taken.map(|(line, place)| Binned::Line { call, line, on, place });
                self.lay_theirs_or(is_it, binned);
            }
        }
    }

    fn order(&mut self, listed: &Listed) {
        match listed {
            Listed::Partners => {
                let rank = ranks(&self.other.partners.in_order.there);
                in_order(&mut self.here.partners, |partner| rank.get(&partner.id).copied());
            }
            Listed::People => {
                let rank = ranks(&self.other.people.in_order.there);
                in_order(&mut self.here.people, |person| rank.get(&person.id).copied());
            }
            Listed::Records(family) => {
                let order = self.other.family(*family).there;
                let rank = ranks(&order);
                self.here.sort_records(*family, &|id| rank.get(id).copied());
            }
            Listed::Lines(call) => {
                let order = self.other.lines_of(call).there;
                let rank = ranks(&order);
                if let Ok(call) = self.here.call_mut(call) {
                    in_order(&mut call.lines, |line| rank.get(&line.id).copied());
                }
            }
        }
    }

    fn out_of_bin(&mut self, is_it: impl Fn(&Binned) -> bool) {
        self.here.bin.retain(|binned| !is_it(binned));
    }

    /// Lays into the bin what lies in the other one, at its place among what both have there; or else what was taken out.
    fn lay_theirs_or(&mut self, is_it: impl Fn(&Binned) -> bool, taken: Option<Binned>) {
        let bin = &self.other.workbook.bin;
        let Some(at) = bin.iter().position(is_it) else { return self.here.bin.extend(taken) };
        let before = bin.get(..at).unwrap_or_default().iter().rev();
        let place = before.map(|b| in_bin(&self.here, b)).find_map(|place| place).map(|place| place + 1);
        let theirs = bin.get(at).cloned();
        let place = place.unwrap_or(self.here.bin.len());
        theirs.into_iter().for_each(|theirs| self.here.bin.insert(place, theirs));
    }
}

fn ranks<'w, Id: Hash + Eq>(order: &[&'w Id]) -> HashMap<&'w Id, usize> {
    order.iter().enumerate().map(|(rank, id)| (*id, rank)).collect()
}

/// Where something belongs in a list, by an order that it stands in: after the nearest one before it that the list has,
/// or before the nearest one after it, or last.
fn place_of<Id: PartialEq>(id: &Id, list: &[&Id], order: &[&Id]) -> usize {
    let find = |wanted: &&Id| list.iter().rposition(|there| *there == *wanted);
    let at = order.iter().position(|there| *there == id).unwrap_or(order.len());
    let (before, after) = order.split_at(at);
    let after_it = before.iter().rev().find_map(find).map(|place| place + 1);
    after_it.or_else(|| after.iter().skip(1).find_map(find)).unwrap_or(list.len())
}
