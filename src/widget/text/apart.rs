//! Names in a list that has too few columns for them, cut so that those that differ still look different. Knows cells
//! and names, and nothing of what they name.
//!
//! A name that can be told by its beginning loses its end, as everything does. Of the others the places are kept in
//! which one turns away from the next, their forks, with the words just before them; what remains of the columns goes
//! to the last fork, so that it can be read, and to the beginning.

use crate::order::InOrder;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use super::{field, fit, width};

/// Names cut to `columns` each, in the same order, so that names that differ look different: where a cut at the end would
/// make two alike, the middle or the start is left out instead, and the first part that differs stays in sight. An
/// ellipsis stands wherever something was left out. Equal names look equal. Where there are more differences than
/// columns, some names may still look alike.
///
/// ```text
///   The Federation of Northern Museums, branch 1         The Federation…branch 1
///   The Federation of Northern Museums, branch 12        The Federatio…branch 12
///   City Library                                         City Library
/// ```
pub fn tell_apart(names: &[&str], columns: u16) -> Vec<String> {
    let names: Vec<Cow<'_, str>> = names.iter().map(|name| clean(name)).collect();
    let plain: Vec<String> = names.iter().map(|name| fit(name, columns)).collect();
    let alike = alike(&names, &plain);
    if alike.is_empty() || columns == 0 {
        return plain;
    }
    let (differing, forks) = (BTreeSet::from_iter(&names).len(), forks(&alike));
    let show = |rooms: &[u16]| {
        let short = alike.iter().zip(&forks).map(|(name, forks)| {
            let shown = Short::of(name, forks, columns, rooms).shown();
            (name.concat(), shown)
        });
        let short: BTreeMap<String, String> = short.collect();
        let show =
            |(name, plain): (&Cow<'_, str>, &String)| short.get(name.as_ref()).unwrap_or(plain).clone();
        names.iter().zip(&plain).map(show).collect::<Vec<_>>()
    };
    // the words before a fork are pleasant to have, yet where not all names have room for them two may coincide
    let shown = show(&[columns / 2, columns / 4, 0]);
    if BTreeSet::from_iter(&shown).len() == differing { shown } else { show(&[0]) }
}

/// What comes from a file has not been through a field.
fn clean(name: &str) -> Cow<'_, str> {
    match name.chars().any(field::is_unwelcome) {
        true => Cow::Owned(field::clean_line(name)),
        false => Cow::Borrowed(name),
    }
}

/// A name, character by character as a person sees them.
type Name<'a> = Vec<&'a str>;

/// The names that look as another one does when their ends are cut, each once, in order.
fn alike<'a>(names: &'a [Cow<'_, str>], plain: &[String]) -> Vec<Name<'a>> {
    let mut by_look: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, look) in names.iter().zip(plain) {
        by_look.entry(look).or_default().insert(name);
    }
    let alike = by_look.into_values().filter(|names| names.len() > 1).flatten();
    let mut alike: Vec<Name<'a>> = alike.map(|name| name.graphemes(true).collect()).collect();
    alike.order();
    alike
}

/// For each of the names, which are in order, the places at which another one first differs from it.
fn forks(names: &[Name<'_>]) -> Vec<Vec<usize>> {
    let alike = |(a, b): (&Name<'_>, &Name<'_>)| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let shared: Vec<usize> = names.iter().zip(names.iter().skip(1)).map(alike).collect();
    // of the names before it, in order, a name shares ever less with those further away; so also behind it
    let mut forks: Vec<Vec<usize>> = names.iter().map(|_| Vec::new()).collect();
    let mut open: Vec<usize> = Vec::new();
    let widen = |open: &mut Vec<usize>, shared: usize| {
        while open.last().is_some_and(|last| *last >= shared) {
            open.pop();
        }
        open.push(shared);
    };
    for (forks, shared) in forks.iter_mut().skip(1).zip(&shared) {
        widen(&mut open, *shared);
        forks.extend(&open);
    }
    open.clear();
    for (forks, shared) in forks.iter_mut().rev().skip(1).zip(shared.iter().rev()) {
        widen(&mut open, *shared);
        forks.extend(&open);
    }
    for forks in &mut forks {
        forks.order();
        forks.dedup();
    }
    forks
}

/// A name of which parts are kept.
///
/// What keeps two names apart: up to their fork both keep the same places and show the same, or one shows an ellipsis
/// where the other goes on; at the fork both show what differs. This holds as long as where a kept part *begins* is told
/// by what stands before it, which the two share, and never by what comes after; it may *end* anywhere. So every part
/// begins at the start of the name, at a fork, or at the word before a fork, and grows to the right alone.
struct Short<'n> {
    name: &'n [&'n str],
    widths: Vec<u16>,
    kept: Vec<bool>,
    /// Columns that it takes, with its ellipses.
    used: u16,
    columns: u16,
}

impl<'n> Short<'n> {
    /// With all the forks, and the words before each where they fit into the first of the rooms for which all is not too
    /// wide. Where there are more forks than columns, with the last ones: they tell it from those most like it.
    fn of(name: &'n [&'n str], forks: &[usize], columns: u16, rooms: &[u16]) -> Self {
        let with = |room: &u16| Self::nothing_of(name, columns).with_forks(forks, *room);
        let mut short = rooms.iter().map(with).find(|short| short.used <= columns).unwrap_or_else(|| {
            let mut short = Self::nothing_of(name, columns);
            for fork in forks.iter().rev() {
                short.keep_if_fits(*fork);
            }
            short
        });
        let last = forks.last().map_or(0, |fork| (*fork).min(name.len().saturating_sub(1)));
        short.grow(last, columns / 5 * 3);
        short.grow(0, columns);
        short.grow(last, columns);
        short
    }

    fn nothing_of(name: &'n [&'n str], columns: u16) -> Self {
        let widths = name.iter().map(|grapheme| width(grapheme)).collect();
        Self { name, widths, kept: vec![false; name.len()], used: 1, columns }
    }

    fn with_forks(mut self, forks: &[usize], room: u16) -> Self {
        let mut floor = 0;
        for &fork in forks {
            for at in self.word_before(fork, floor, room)..=fork {
                self.keep(at);
            }
            floor = fork + 1;
        }
        for at in 0..self.name.len() {
            // an ellipsis takes no less room than what it would stand for
            if self.cost(at).is_some_and(|cost| cost <= 0) {
                self.keep(at);
            }
        }
        self
    }

    /// The start of the word that a place is in, or of the word before where one starts there; the place itself where
    /// that is too far away.
    fn word_before(&self, place: usize, floor: usize, mut room: u16) -> usize {
        let space = |at: usize| self.name.get(at).is_some_and(|grapheme| grapheme.trim().is_empty());
        for at in (floor..place.min(self.name.len())).rev() {
            let Some(left) = self.widths.get(at).and_then(|wide| room.checked_sub(*wide)) else { break };
            room = left;
            if !space(at) && (at == 0 || space(at - 1)) {
                return at;
            }
        }
        place
    }

    fn is_kept(&self, at: usize) -> bool {
        self.kept.get(at).copied().unwrap_or(true)
    }

    /// The columns that keeping a place takes, less those of an ellipsis that it makes needless. `None` where it is kept.
    fn cost(&self, at: usize) -> Option<i32> {
        let wide = i32::from(*self.widths.get(at).filter(|_| !self.is_kept(at))?);
        let closed = |at: Option<usize>| i32::from(at.is_none_or(|at| self.is_kept(at)));
        Some(wide + 1 - closed(at.checked_sub(1)) - closed(at.checked_add(1)))
    }

    fn keep(&mut self, at: usize) {
        if let (Some(cost), Some(kept)) = (self.cost(at), self.kept.get_mut(at)) {
            *kept = true;
            self.used = self.used.saturating_add_signed(i16::try_from(cost).unwrap_or(i16::MAX));
        }
    }

    fn keep_if_fits(&mut self, at: usize) -> bool {
        let fits = self.cost(at).is_some_and(|cost| i32::from(self.used) + cost <= i32::from(self.columns));
        if fits {
            self.keep(at);
        }
        fits
    }

    /// Keeps more from a part's place on to the right, until the part takes so many columns.
    fn grow(&mut self, from: usize, columns: u16) {
        if from > 0 && !self.is_kept(from) {
            return;
        }
        let start = (0..from).rev().take_while(|at| self.is_kept(*at)).last().unwrap_or(from);
        let mut wide: u16 = 0;
        for at in start..self.name.len() {
            wide = self.widths.get(at).copied().unwrap_or(0).saturating_add(wide);
            if !self.is_kept(at) && (wide > columns || !self.keep_if_fits(at)) {
                break;
            }
        }
    }

    fn shown(&self) -> String {
        let mut shown = String::new();
        let mut gap = false;
        for (grapheme, kept) in self.name.iter().zip(&self.kept) {
            match (kept, gap) {
                (true, _) => shown.push_str(grapheme),
                (false, false) => shown.push('…'),
                (false, true) => {}
            }
            gap = !kept;
        }
        shown
    }
}

#[cfg(test)]
mod tests;
