//! Names that never change, for things whose titles may.
//!
//! An id is opaque and short, so that it reads well in a file and gives nothing away about a person. Ids are drawn from
//! an [`IdSource`], which is handed in: the domain itself never rolls dice.

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes an id as it stands in a file or in a test.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id_type! {
    /// Names a workbook; it also ends the name of its folder.
    WorkbookId
}
id_type! {
    /// Names a partner within a workbook. [`PartnerId::us`] is our own side.
    PartnerId
}
id_type! {
    /// Names a person within a workbook.
    PersonId
}
id_type! {
    /// Names a record within a workbook, whatever its family, or a line of a call.
    RecordId
}

impl PartnerId {
    /// Our own side, which is a partner like the others and is always there.
    pub fn us() -> Self {
        Self("us".to_owned())
    }

    /// Whether this is our own side.
    pub fn is_us(&self) -> bool {
        self.0 == "us"
    }

    /// The side of people who have not been sorted to one yet: somebody rang and gave a name.
    pub fn unsorted() -> Self {
        Self("unsorted".to_owned())
    }

    /// Whether this stands for no side yet.
    pub fn is_unsorted(&self) -> bool {
        self.0 == "unsorted"
    }
}

/// Names a question: the code of its aspect, a hyphen, a number (`SCO-1`). Sorts by number, so `SCO-2` precedes `SCO-10`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionId(String);

impl QuestionId {
    /// Takes an id as it stands in a file or in `assets/`.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its code, and its number as it is written.
    fn parts(&self) -> (&str, &str) {
        // looked for from the end, byte by byte: the number has two or three
        let hyphen = self.0.bytes().rposition(|byte| byte == b'-').unwrap_or(self.0.len());
        let (code, rest) = self.0.split_at_checked(hyphen).unwrap_or((&self.0, ""));
        (code, rest.strip_prefix('-').unwrap_or(""))
    }
}

impl PartialOrd for QuestionId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for QuestionId {
    fn cmp(&self, other: &Self) -> Ordering {
        // mostly the code decides, and a number is read only where it does not
        let ((code, number), (other_code, other_number)) = (self.parts(), other.parts());
        let read = |number: &str| number.parse().unwrap_or(u32::MAX);
        code.cmp(other_code)
            .then_with(|| read(number).cmp(&read(other_number)))
            .then_with(|| number.cmp(other_number))
    }
}

/// Reads a map by question. It stands in its file in the order of its questions, so it is made at once, and no question
/// is compared with more than its neighbours. Of two entries for one question the later counts.
pub(super) fn by_question<'de, D, T>(from: D) -> Result<BTreeMap<QuestionId, T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Entries<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
        type Value = BTreeMap<QuestionId, T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            std::iter::from_fn(|| map.next_entry().transpose()).collect()
        }
    }
    from.deserialize_map(Entries(PhantomData))
}

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Draws fresh ids. Two sources with the same seed draw the same ids, which is what tests want.
///
/// Drawing needs no more than to look at the source, so that a screen, which may only look, can make whole records.
#[derive(Debug, Clone)]
pub struct IdSource(Cell<u64>);

/// Lower-case letters and digits that are not mistaken for one another when read aloud.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567890";
/// 32^10 = 2^50 ids: enough that two workbooks made apart do not meet.
const LENGTH: usize = 10;

impl IdSource {
    /// A source that starts at `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    /// A fresh workbook id.
    pub fn workbook(&self) -> WorkbookId {
        WorkbookId(self.draw(""))
    }

    /// A fresh partner id.
    pub fn partner(&self) -> PartnerId {
        PartnerId(self.draw("partner-"))
    }

    /// A fresh person id.
    pub fn person(&self) -> PersonId {
        PersonId(self.draw("person-"))
    }

    /// A fresh id for a record or a line.
    pub fn record(&self) -> RecordId {
        RecordId(self.draw(""))
    }

    fn draw(&self, prefix: &str) -> String {
        let bits = self.next();
        let letters = (0..LENGTH).filter_map(|i| LETTERS.get((bits >> (5 * i)) as usize & 31));
        prefix.chars().chain(letters.map(|&b| char::from(b))).collect()
    }

    /// SplitMix64 (Steele, Lea and Flood, 2014): every seed gives a full period.
    fn next(&self) -> u64 {
        let mut z = self.0.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
        self.0.set(z);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_sort_by_number() {
        let mut ids: Vec<_> = ["SCO-10", "FIN-3", "SCO-2"].map(QuestionId::new).to_vec();
        ids.sort();
        assert_eq!(ids, ["FIN-3", "SCO-2", "SCO-10"].map(QuestionId::new));
    }

    #[test]
    fn a_map_by_question_is_read_in_whatever_order_it_stands() {
        #[derive(Deserialize)]
        struct Read(#[serde(deserialize_with = "by_question")] BTreeMap<QuestionId, u8>);
        let read: Read =
            crate::notation::read(r#"({"SCO-10": 1, "FIN-3": 2, "SCO-2": 3, "FIN-3": 4})"#).unwrap();
        let read: Vec<_> = read.0.iter().map(|(id, n)| (id.as_str(), *n)).collect();
        assert_eq!(read, [("FIN-3", 4), ("SCO-2", 3), ("SCO-10", 1)]);
    }

    #[test]
    fn a_seed_draws_the_same_ids_and_never_one_twice() {
        let (a, b) = (IdSource::new(7), IdSource::new(7));
        let drawn: std::collections::BTreeSet<_> = (0..10_000).map(|_| a.workbook()).collect();
        assert_eq!(drawn.len(), 10_000);
        assert!(drawn.contains(&b.workbook()));
    }
}
