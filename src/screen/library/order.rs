//! Which workbooks the library shows and in what order: one's own before the example, those that were set aside after the
//! others, and of those only the ones with
//! the words that were typed. Made for ten thousand workbooks: nothing is read twice, and more words look only through
//! what fewer words had found.

use std::sync::Arc;

use crate::order::InOrder;
use crate::shelf::{Shelf, Summary};

/// Workbooks in the order of the library, as places on the shelf.
#[derive(Debug, Default)]
pub struct Order {
    /// Workbooks there were on the shelf when this was made.
    of: usize,
    /// The words that all of `places` have.
    words: String,
    places: Vec<usize>,
    /// What the words are looked for in, one text a workbook; made when they are first looked for.
    texts: Vec<String>,
}

impl Order {
    /// The workbooks of a shelf that have all of `words`, in any order and whatever their case.
    pub fn of(shelf: &Shelf, words: &str) -> Self {
        let mut books: Vec<(usize, &Summary)> = shelf.workbooks.iter().map(Arc::as_ref).enumerate().collect();
        books.order_by_key(|(_, book)| (book.example, book.digest.set_aside));
        let places = books.into_iter().map(|(place, _)| place).collect();
        let mut order = Self { of: shelf.workbooks.len(), places, ..Self::default() };
        order.narrow(shelf, words);
        order
    }

    /// Whether this is still the order of that shelf.
    pub fn is_of(&self, shelf: &Shelf) -> bool {
        self.of == shelf.workbooks.len()
    }

    /// Where those begin that were set aside, counted in places; `None` where none is, or nothing stands before them.
    pub fn set_aside(&self, shelf: &Shelf) -> Option<usize> {
        let aside = |place: &usize| {
            shelf.workbooks.get(*place).is_some_and(|book| book.digest.set_aside && !book.example)
        };
        self.places.iter().position(aside)
    }

    /// The places on the shelf.
    pub fn places(&self) -> &[usize] {
        &self.places
    }

    /// Looks for other words.
    pub fn look_for(&mut self, shelf: &Shelf, words: &str) {
        if words == self.words {
            return;
        }
        if words.starts_with(&self.words) {
            self.narrow(shelf, words);
        } else {
            let texts = std::mem::take(&mut self.texts);
            *self = Self::of(shelf, "");
            self.texts = texts;
            self.narrow(shelf, words);
        }
    }

    /// Keeps only what has the words.
    fn narrow(&mut self, shelf: &Shelf, words: &str) {
        words.clone_into(&mut self.words);
        let wanted: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        if wanted.is_empty() {
            return;
        }
        if self.texts.is_empty() {
            self.texts = shelf.workbooks.iter().map(|book| text_of(book)).collect();
        }
        let texts = &self.texts;
        self.places.retain(|&place| {
            texts.get(place).is_some_and(|text| wanted.iter().all(|w| text.contains(w.as_str())))
        });
    }
}

/// Everything that a person may look for in a workbook's row, in lower case.
fn text_of(book: &Summary) -> String {
    let example = if book.example { "example" } else { "" };
    format!("{}\n{}\n{}\n{example}", book.title, book.partners.join("\n"), book.state.word()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::library::tests::shelf;

    #[test]
    fn own_workbooks_come_before_the_example_and_otherwise_as_they_stand() {
        let shelf = shelf(&[("Walks", false), ("Worked", true), ("Allotment", false)]);
        assert_eq!(Order::of(&shelf, "").places(), [0, 2, 1]);
    }

    #[test]
    fn what_was_set_aside_stands_after_what_is_under_way() {
        let mut shelf = shelf(&[("Leaflet", false), ("Worked", true), ("Carers", false)]);
        assert_eq!(Order::of(&shelf, "").set_aside(&shelf), None);
        Arc::make_mut(&mut shelf.workbooks[0]).digest.set_aside = true;
        let order = Order::of(&shelf, "");
        assert_eq!(order.places(), [2, 0, 1]);
        assert_eq!(order.set_aside(&shelf), Some(1));
        assert_eq!(Order::of(&shelf, "carers").set_aside(&shelf), None);
    }

    #[test]
    fn words_typed_letter_by_letter_find_what_they_find_at_once() {
        let shelf =
            shelf(&[("Walks with Ana", false), ("ÉTUDE", false), ("Walled garden", false), ("Ana", true)]);
        let mut order = Order::of(&shelf, "");
        for words in ["w", "wal", "wal ana", "wal an", "ana", "étu", "", "exam", "nothing", "walk  "] {
            order.look_for(&shelf, words);
            assert_eq!(order.places(), Order::of(&shelf, words).places(), "{words}");
        }
        assert_eq!(Order::of(&shelf, "ana wal").places(), [0]);
        assert_eq!(Order::of(&shelf, "étude").places(), [1]);
        assert_eq!(Order::of(&shelf, "example").places(), [3]);
    }
}
