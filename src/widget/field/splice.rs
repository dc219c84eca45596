//! One change to a text, as data: what the field hands to the workbook, and what undo hands back. It knows
//! only strings. Start at [`Splice`].

/// One change to a text: at byte `at`, `delete` goes and `insert` comes in its place.
///
/// Both texts are kept whole, so that a splice can be turned round and can notice that it does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// Where the change starts, in bytes from the start of the text; always on a `char` boundary.
    pub at: usize,
    /// What stood there before.
    pub delete: String,
    /// What stands there after.
    pub insert: String,
}

impl Splice {
    /// The one change that turns `old` into `new`: the middle that is left when the common start and the
    /// common end are taken away. `None` if the texts are equal.
    pub fn between(old: &str, new: &str) -> Option<Self> {
        if old == new {
            return None;
        }
        let start = floor(old, common(old.bytes(), new.bytes()));
        let (old_rest, new_rest) = (old.get(start..)?, new.get(start..)?);
        let tail = common(old_rest.bytes().rev(), new_rest.bytes().rev());
        let old_end = ceil(old_rest, old_rest.len() - tail);
        let tail = old_rest.len() - old_end;
        Some(Self {
            at: start,
            delete: old_rest.get(..old_end)?.to_owned(),
            insert: new_rest.get(..new_rest.len() - tail)?.to_owned(),
        })
    }

    /// The text after this change, or `None` if `delete` is not what stands at `at`.
    pub fn apply(&self, text: &str) -> Option<String> {
        let (head, rest) = text.split_at_checked(self.at)?;
        let tail = rest.strip_prefix(self.delete.as_str())?;
        Some([head, &self.insert, tail].concat())
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { at: self.at, delete: self.insert.clone(), insert: self.delete.clone() }
    }

    /// Where the byte `at` of the old text is found in the new one. A byte that was deleted is found at the
    /// end of what replaced it.
    pub(super) fn carry(&self, at: usize) -> usize {
        if at <= self.at {
            at
        } else {
            let past = at.saturating_sub(self.at + self.delete.len());
            self.at + self.insert.len() + past
        }
    }
}

/// How many items two sequences have in common at their start.
fn common(a: impl Iterator<Item = u8>, b: impl Iterator<Item = u8>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

/// The nearest `char` boundary at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The nearest `char` boundary at or after `at`.
fn ceil(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::Splice;

    #[test]
    fn the_smallest_middle_is_found_on_char_boundaries() {
        // `é` and `è` share their first byte, `é` and `ĩ` their last: neither may be cut in two.
        for (old, new, delete, insert) in [
            ("café!", "cafè!", "é", "è"),
            ("xéy", "xĩy", "é", "ĩ"),
            ("aa", "aaa", "", "a"),
            ("ab\n", "ab", "\n", ""),
        ] {
            let splice = Splice::between(old, new).unwrap();
            assert_eq!((splice.delete.as_str(), splice.insert.as_str()), (delete, insert));
            assert_eq!(splice.apply(old).as_deref(), Some(new));
            assert_eq!(splice.inverse().apply(new).as_deref(), Some(old));
        }
        assert_eq!(Splice::between("same", "same"), None);
    }

    #[test]
    fn a_splice_that_does_not_fit_says_so() {
        let splice = Splice { at: 2, delete: "b".into(), insert: String::new() };
        assert_eq!(splice.apply("aab").as_deref(), Some("aa"));
        assert_eq!(splice.apply("aaa"), None);
        assert_eq!(splice.apply("a"), None);
        assert_eq!(splice.apply("aé"), None);
    }

    #[test]
    fn a_place_is_carried_over_a_change() {
        let splice = Splice { at: 2, delete: "xyz".into(), insert: "qr".into() };
        assert_eq!([0, 2, 3, 5, 7].map(|at| splice.carry(at)), [0, 2, 4, 4, 6]);
    }
}
