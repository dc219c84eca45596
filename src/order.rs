//! Puts lists in order, with one sort for all of them.
//!
//! The library's sort is made anew for each kind of list, six thousand bytes a time; for the hundred kinds there are here
//! that was a fifteenth of the program. So what is sorted here is the places of the entries, and the entries are moved
//! afterwards, with fewer exchanges than there are entries.

use std::cmp::Ordering;

/// A list that can be put in order. Entries that are equal stay as they stood.
pub trait InOrder<T> {
    /// In the order that `compare` says.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// The least `key` first. The key is asked for at each comparison.
    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }

    /// The least first.
    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }
}

impl<T> InOrder<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let goals = goals(self.len(), &mut |a, b| match (self.get(a), self.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        });
        follow(goals, &mut |a, b| self.swap(a, b));
    }
}

/// Where each of `len` entries goes, when `compare` tells the order of the entries at two places.
fn goals(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    places.sort_by(|a, b| compare(*a, *b));
    let mut goals = vec![0; len];
    for (goal, place) in places.into_iter().enumerate() {
        if let Some(of) = goals.get_mut(place) {
            *of = goal;
        }
    }
    goals
}

/// Moves each entry to its goal. Every exchange brings one of them home, so there are fewer exchanges than entries.
fn follow(mut goals: Vec<usize>, exchange: &mut dyn FnMut(usize, usize)) {
    for place in 0..goals.len() {
        while let Some(goal) = goals.get(place).copied().filter(|goal| *goal != place) {
            exchange(place, goal);
            goals.swap(place, goal);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cmp::Reverse;

    #[test]
    fn every_list_is_put_in_the_order_that_the_library_gives_it() {
        for len in (0..40).chain([1_000]) {
            for kinds in [1, 2, 7, 1_000] {
                let mut state: usize = len * 31 + kinds;
                let list: Vec<(usize, usize)> = (0..len)
                    .map(|place| {
                        state = state
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1_442_695_040_888_963_407);
                        ((state >> 33) % kinds, place)
                    })
                    .collect();

                let (mut ours, mut theirs) = (list.clone(), list.clone());
                ours.order_by_key(|(kind, _)| *kind);
                theirs.sort_by_key(|(kind, _)| *kind);
                assert_eq!(ours, theirs, "{len} entries of {kinds} kinds: equal ones stay as they stood");

                let (mut ours, mut theirs) = (list.clone(), list);
                ours.order_by(|a, b| b.cmp(a));
                theirs.sort_by_key(|entry| Reverse(*entry));
                assert_eq!(ours, theirs);
                ours.order();
                assert!(ours.is_sorted());
            }
        }
    }

    #[test]
    fn there_are_fewer_exchanges_than_entries_and_none_for_nothing() {
        let mut exchanges = 0;
        follow((0..100).rev().collect(), &mut |_, _| exchanges += 1);
        assert_eq!(exchanges, 50);
        follow((0..100).collect(), &mut |_, _| exchanges += 1);
        assert_eq!(exchanges, 50, "what is in order already is left alone");
    }
}
