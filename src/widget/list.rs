//! Which row of a list is in focus, and which rows are in sight. Knows numbers and nothing else.

use std::cell::Cell;
use std::ops::Range;

/// The focus in a list and how far the list is scrolled.
#[derive(Debug, Clone, Default)]
pub struct List {
    focus: usize,
    /// Follows the focus when the list is drawn, so that the rows in sight change as little as they can.
    top: Cell<usize>,
    /// Rows in sight when the list was last drawn: the length of a page.
    page: Cell<usize>,
}

impl List {
    /// A list with its focus on a row.
    pub fn at(focus: usize) -> Self {
        Self { focus, ..Self::default() }
    }

    /// The row in focus, within a list of `len` rows. 0 where the list is empty.
    pub fn focus(&self, len: usize) -> usize {
        self.focus.min(len.saturating_sub(1))
    }

    /// Puts the focus on a row.
    pub fn set(&mut self, focus: usize) {
        self.focus = focus;
    }

    /// Moves the focus by so many rows; false where it was at the edge already.
    pub fn by(&mut self, rows: isize, len: usize) -> bool {
        let before = self.focus(len);
        self.focus = before.saturating_add_signed(rows).min(len.saturating_sub(1));
        self.focus != before
    }

    /// Moves the focus by so many pages.
    pub fn by_pages(&mut self, pages: isize, len: usize) -> bool {
        let page = isize::try_from(self.page.get().max(2)).unwrap_or(isize::MAX) - 1;
        self.by(pages.saturating_mul(page), len)
    }

    /// Takes over how far another list is scrolled.
    pub fn follow(&self, other: &Self) {
        self.top.set(other.top.get());
        self.page.set(other.page.get());
    }

    /// The rows in sight in a window of `height` rows, so that the one in focus is among them.
    pub fn window(&self, height: usize, len: usize) -> Range<usize> {
        let focus = self.focus(len);
        let lowest_top = (focus + 1).saturating_sub(height);
        let top = self.top.get().clamp(lowest_top, focus.max(lowest_top)).min(len.saturating_sub(height));
        self.top.set(top);
        self.page.set(height);
        top..(top + height).min(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_focus_stays_in_sight_and_the_list_scrolls_no_more_than_it_must() {
        let mut list = List::default();
        assert_eq!(list.window(5, 20), 0..5);
        list.by(5, 20);
        assert_eq!(list.window(5, 20), 1..6);
        list.by(-3, 20);
        assert_eq!(list.window(5, 20), 1..6);
        list.set(99);
        assert_eq!(list.window(5, 20), 15..20);
        assert_eq!(list.window(5, 3), 0..3);
        assert_eq!(list.window(0, 3).len(), 0);
        assert!(!list.by(1, 0));
    }
}
