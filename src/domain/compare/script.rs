//! The edits that lead from one workbook to another of the same id: exactly, and no more of them than are needed.
//!
//! Nothing here knows what is to be kept: it does as it is told, the bin included. Taking out comes before putting in, so
//! that no id is there twice on the way.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use super::member::Member;
use crate::domain::answer::{Answer, Theirs};
use crate::domain::call::Call;
use crate::domain::edit::{Edit, Splice};
use crate::domain::id::{PartnerId, QuestionId};
use crate::domain::people::{Partner, Person};
use crate::domain::place::{TextPlace, VoiceKey};
use crate::domain::record::{Family, RecordRef};
use crate::domain::workbook::Workbook;

/// The edits that make `from` the same as `to`, to be done in this order.
///
/// Both must be sound: no id in a list twice, nothing both there and in the bin. Where a file was changed by hand so that
/// this is not so, an edit may be refused, and so may one that brings a text longer than
/// [`FIELD_LIMIT`](crate::domain::FIELD_LIMIT).
pub fn edits_between(from: &Workbook, to: &Workbook) -> Vec<Edit> {
    let mut script = Script { from, to, edits: Vec::new(), last: Vec::new() };
    script.bin();
    script.head();
    script.answers();
    script.members::<Partner>();
    script.members::<Person>();
    Family::ALL.iter().for_each(|family| script.records(*family));
    let Script { mut edits, last, .. } = script;
    edits.extend(last);
    edits
}

struct Script<'w> {
    from: &'w Workbook,
    to: &'w Workbook,
    edits: Vec<Edit>,
    /// What is put in when everything has been taken out.
    last: Vec<Edit>,
}

impl Script<'_> {
    fn bin(&mut self) {
        let (from, to) = (&self.from.bin, &self.to.bin);
        let keys: Vec<_> = from.iter().map(|binned| binned.key()).collect();
        let wanted: Vec<_> = to.iter().map(|binned| binned.key()).collect();
        let kept = Kept::of(&keys, &wanted, |at, to_at| from.get(at) == to.get(to_at));
        for at in (0..from.len()).rev().filter(|at| !kept.from.contains(at)) {
            self.edits.push(Edit::ChangeBin { at, out: 1, lay: Vec::new() });
        }
        for (at, binned) in kept.added(to) {
            self.last.push(Edit::ChangeBin { at, out: 0, lay: vec![binned.clone()] });
        }
    }

    fn head(&mut self) {
        let (from, to) = (self.from, self.to);
        self.splice(TextPlace::Title, (&from.title, &to.title), None);
        self.splice(TextPlace::Purpose, (&from.purpose, &to.purpose), None);
        let (before, after) = (&from.partnership.log, &to.partnership.log);
        self.edits.extend((after.len()..before.len()).map(|_| Edit::TakeBackState));
        for (at, (one, another)) in before.iter().zip(after).enumerate() {
            if one != another {
                self.edits.push(Edit::SetState { at, change: another.clone() });
            }
        }
        self.edits.extend(after.iter().skip(before.len()).cloned().map(Edit::ChangeState));
        if from.us != to.us {
            self.edits.push(Edit::SetPartner(Box::new(to.us.clone())));
        }
        let aspects: BTreeSet<&String> = from.look_again.keys().chain(to.look_again.keys()).collect();
        for aspect in aspects {
            let (before, on) = (from.look_again.get(aspect), to.look_again.get(aspect).copied());
            if before.copied() != on {
                self.edits.push(Edit::SetLookAgain { aspect: aspect.clone(), on });
            }
        }
    }

    fn answers(&mut self) {
        let (from, to) = (self.from, self.to);
        let questions: BTreeSet<&QuestionId> = from.answers.keys().chain(to.answers.keys()).collect();
        for question in questions {
            let (before, after) = (from.answer(question), to.answer(question));
            if before != after {
                self.voices(question, before, after);
                self.marks(question, before, after);
                self.earlier(question, before, after);
            }
        }
    }

    fn voices(&mut self, question: &QuestionId, before: &Answer, after: &Answer) {
        let theirs: BTreeSet<&PartnerId> = before.theirs.keys().chain(after.theirs.keys()).collect();
        let silent = Theirs::default();
        for partner in theirs {
            let one = before.theirs.get(partner).unwrap_or(&silent);
            let other = after.theirs.get(partner).unwrap_or(&silent);
            let marks = |t: &Theirs| (t.heard, t.checked, t.person.clone(), t.source.clone());
            if marks(one) != marks(other) {
                let (heard, checked, person, source) = marks(other);
                let (question, partner) = (question.clone(), partner.clone());
                self.edits.push(Edit::SetHeard { question, partner, heard, checked, person, source });
            }
        }
        let theirs = before.theirs.keys().chain(after.theirs.keys()).cloned().map(VoiceKey::Theirs);
        let voices: BTreeSet<VoiceKey> =
            [VoiceKey::Ours, VoiceKey::Agreed].into_iter().chain(theirs).collect();
        for voice in voices {
            let (one, other) = (before.text(&voice), after.text(&voice));
            let on = after.changed_on(&voice);
            if one != other || before.changed_on(&voice) != on {
                let place = TextPlace::Voice(question.clone(), voice);
                self.edits.push(Edit::Splice(between(place, one, other, on)));
            }
        }
    }

    fn marks(&mut self, question: &QuestionId, before: &Answer, after: &Answer) {
        let question = || question.clone();
        if before.not_for_us != after.not_for_us {
            self.edits.push(Edit::SetNotForUs { question: question(), to: after.not_for_us });
        }
        if before.private != after.private {
            self.edits.push(Edit::SetPrivate { question: question(), to: after.private });
        }
        if before.to_share != after.to_share {
            self.edits.push(Edit::SetToShare { question: question(), to: after.to_share });
        }
        if before.reopened != after.reopened {
            self.edits.push(Edit::SetReopened { question: question(), on: after.reopened });
        }
        if before.accords != after.accords {
            let accords = after.accords.clone();
            self.edits.push(Edit::SetAccords { question: question(), accords });
        }
    }

    fn earlier(&mut self, question: &QuestionId, before: &Answer, after: &Answer) {
        let (one, other) = (&before.earlier, &after.earlier);
        let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
        let drop = || Edit::DropVersion { question: question.clone() };
        self.edits.extend((same..one.len()).map(|_| drop()));
        let keep = other.iter().skip(same).cloned();
        self.edits.extend(keep.map(|version| Edit::KeepVersion { question: question.clone(), version }));
    }

    /// Partners or people.
    fn members<M: Member>(&mut self) {
        let (from, to) = (M::list(self.from), M::list(self.to));
        let keys: Vec<_> = from.iter().map(M::id).collect();
        let wanted: Vec<_> = to.iter().map(M::id).collect();
        let kept = Kept::of(&keys, &wanted, |_, _| true);
        self.edits.extend(kept.gone(from).map(M::take_back));
        let others = kept.pairs(from, to).filter(|(one, other)| one != other);
        self.edits.extend(others.map(|(_, other)| other.set()));
        self.last.extend(kept.added(to).map(|(place, member)| member.add(place)));
    }

    fn records(&mut self, family: Family) {
        let from: Vec<RecordRef<'_>> = self.from.each(family).collect();
        let to: Vec<RecordRef<'_>> = self.to.each(family).collect();
        let keys: Vec<_> = from.iter().map(|record| record.id()).collect();
        let wanted: Vec<_> = to.iter().map(|record| record.id()).collect();
        let kept = Kept::of(&keys, &wanted, |_, _| true);
        for record in kept.gone(&from) {
            self.edits.push(Edit::TakeBackRecord { family, record: record.id().clone() });
        }
        for (one, other) in kept.pairs(&from, &to).filter(|(one, other)| one != other) {
            match (one, other) {
                (RecordRef::Call(one), RecordRef::Call(other)) => self.call(one, other),
                _ => self.edits.push(Edit::SetRecord(Box::new(other.cloned()))),
            }
        }
        for (place, record) in kept.added(&to) {
            self.last.push(Edit::AddRecord { record: Box::new(record.cloned()), place });
        }
    }

    fn call(&mut self, one: &Call, other: &Call) {
        let id = || other.id.clone();
        let head = other.head();
        if one.head() != head {
            self.edits.push(Edit::SetRecord(Box::new(head.into())));
        }
        let keys: Vec<_> = one.lines.iter().map(|line| &line.id).collect();
        let wanted: Vec<_> = other.lines.iter().map(|line| &line.id).collect();
        let kept = Kept::of(&keys, &wanted, |_, _| true);
        for line in kept.gone(&one.lines) {
            self.edits.push(Edit::TakeBackLine { call: id(), line: line.id.clone() });
        }
        for (_, line) in kept.pairs(&one.lines, &other.lines).filter(|(one, other)| one != other) {
            self.edits.push(Edit::SetLine { call: id(), line: line.clone() });
        }
        for (place, line) in kept.added(&other.lines) {
            self.last.push(Edit::AddLine { call: id(), line: line.clone(), place });
        }
    }

    fn splice(&mut self, place: TextPlace, (one, other): (&str, &str), on: Option<jiff::civil::Date>) {
        if one != other {
            self.edits.push(Edit::Splice(between(place, one, other, on)));
        }
    }
}

/// The splice that makes one text another: what stands between the beginning and the end that they share.
fn between(place: TextPlace, one: &str, other: &str, on: Option<jiff::civil::Date>) -> Splice {
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = one.chars().zip(other.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (one, other) = (one.get(head..).unwrap_or_default(), other.get(head..).unwrap_or_default());
    let tail = one.chars().rev().zip(other.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8());
    let tail: usize = tail.sum();
    let without_tail = |text: &str| text.get(..text.len() - tail).unwrap_or_default().to_owned();
    Splice { place, at: head, delete: without_tail(one), insert: without_tail(other), on }
}

/// What stays in its list, by its places before and after: as much as stands in the same order.
struct Kept {
    from: BTreeSet<usize>,
    to: BTreeSet<usize>,
}

impl Kept {
    fn of<Id: Eq + Hash>(from: &[Id], to: &[Id], may_stay: impl Fn(usize, usize) -> bool) -> Self {
        let mut places: HashMap<&Id, usize> = HashMap::new();
        for (at, id) in from.iter().enumerate() {
            places.entry(id).or_insert(at);
        }
        let both = to.iter().enumerate().filter_map(|(to_at, id)| Some((*places.get(id)?, to_at)));
        let both: Vec<(usize, usize)> = both.filter(|(at, to_at)| may_stay(*at, *to_at)).collect();
        let stay = longest_rise(&both);
        Self { from: stay.iter().map(|pair| pair.0).collect(), to: stay.iter().map(|pair| pair.1).collect() }
    }

    /// What does not stay.
    fn gone<'l, T>(&'l self, from: &'l [T]) -> impl Iterator<Item = &'l T> {
        from.iter().enumerate().filter(|(at, _)| !self.from.contains(at)).map(|(_, item)| item)
    }

    /// What stays, before and after.
    fn pairs<'l, T>(&'l self, from: &'l [T], to: &'l [T]) -> impl Iterator<Item = (&'l T, &'l T)> {
        let both = self.from.iter().zip(&self.to);
        both.filter_map(|(at, to_at)| Some((from.get(*at)?, to.get(*to_at)?)))
    }

    /// What comes, with its place.
    fn added<'l, T>(&'l self, to: &'l [T]) -> impl Iterator<Item = (usize, &'l T)> {
        to.iter().enumerate().filter(|(at, _)| !self.to.contains(at))
    }
}

/// As many of the pairs as possible, so that the first of each rises with the second. The second rises already, and no
/// first is there twice.
fn longest_rise(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // for each length, the pair that ends the rise of that length lowest; and for each pair the one before it
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let first = |n: usize| pairs.get(n).map(|pair| pair.0);
    for (n, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| first(*end) < Some(pair.0));
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = n,
            None => ends.push(n),
        }
    }
    let mut rise = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(n) = at {
        rise.extend(pairs.get(n));
        at = before.get(n).copied().flatten();
    }
    rise.reverse();
    rise
}
