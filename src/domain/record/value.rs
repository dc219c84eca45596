//! What can stand in a field of a record, apart from its texts: a day, a choice, a side, people, money, hours.
//!
//! Each Rust type that a record uses says here how it is read and set as a [`Value`], so that forms, tables, documents
//! and the removal of a person's details need not know the families. Start reading at [`Value`]; a type joins by
//! [`Held`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::id::{PartnerId, PersonId, QuestionId, RecordId};
use crate::domain::money::{Hours, Money};

/// What stands in a field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text. One that is in a workbook is typed at its [`TextPlace`](crate::domain::TextPlace).
    Text(String),
    /// A day, or none.
    Day(Option<Date>),
    /// Yes or no.
    Mark(bool),
    /// One of several, by its place among the words; the first is what stands while nothing was chosen.
    Choice(usize, &'static [&'static str]),
    /// A side, or none.
    Side(Option<PartnerId>),
    /// Several days, which no form shows.
    Days(BTreeSet<Date>),
    /// Several sides.
    Sides(BTreeSet<PartnerId>),
    /// A person, or a side of which no person is named, or none.
    Who(Option<Who>),
    /// Several people.
    People(BTreeSet<PersonId>),
    /// An amount, or none.
    Money(Option<Money>),
    /// A time, or none.
    Hours(Option<Hours>),
    /// A number, or none.
    Count(Option<u32>),
    /// Another record, or none.
    Record(Option<RecordId>),
    /// Something of the content, by its id; empty for none.
    Topic(Topic),
    /// A question or a clause, or none.
    Question(Option<QuestionId>),
    /// Several of these in an order, which no form shows.
    Questions(Vec<QuestionId>),
    /// One of several for each name, by its place among the words, which no form shows.
    Choices(BTreeMap<String, usize>, &'static [&'static str]),
    /// Words for several questions, which no form shows.
    Wording(BTreeMap<QuestionId, String>),
    /// Numbers by name, which no form shows.
    Numbers(BTreeMap<String, u8>),
}

impl Value {
    /// Whether nothing was said: no words, no day, the first choice, a mark that is off.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Day(day) => day.is_none(),
            Self::Mark(on) => !on,
            Self::Choice(at, _) => *at == 0,
            Self::Days(days) => days.is_empty(),
            Self::Side(side) => side.is_none(),
            Self::Sides(sides) => sides.is_empty(),
            Self::Who(who) => who.is_none(),
            Self::People(people) => people.is_empty(),
            Self::Money(money) => money.is_none(),
            Self::Hours(hours) => hours.is_none(),
            Self::Count(count) => count.is_none(),
            Self::Record(record) => record.is_none(),
            Self::Topic(topic) => topic.0.is_empty(),
            Self::Question(question) => question.is_none(),
            Self::Questions(questions) => questions.is_empty(),
            Self::Choices(choices, _) => choices.is_empty(),
            Self::Wording(wording) => wording.is_empty(),
            Self::Numbers(numbers) => numbers.is_empty(),
        }
    }
}

/// Somebody who does a thing: a side, and the person there where one is named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Who {
    /// The side.
    pub side: PartnerId,
    /// The person, where one is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

impl Who {
    /// A side, nobody named.
    pub fn side(side: PartnerId) -> Self {
        Self { side, person: None }
    }

    /// A person of a side.
    pub fn person(side: PartnerId, person: PersonId) -> Self {
        Self { side, person: Some(person) }
    }
}

/// Something of the content, by its id: an idea, a form of help. Empty for none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Topic(pub String);

/// A set of words of which one is chosen; the first stands while nothing was.
pub trait Choice: Copy + Default + PartialEq + 'static {
    /// All of them, in the order in which they are offered.
    const ALL: &'static [Self];
    /// The words for them, in the same order.
    const WORDS: &'static [&'static str];

    /// The words that a person reads.
    fn words(self) -> &'static str {
        let at = Self::ALL.iter().position(|one| *one == self);
        at.and_then(|at| Self::WORDS.get(at)).copied().unwrap_or_default()
    }
}

/// A type that a field of a record may have.
pub(in crate::domain) trait Held: Default {
    /// What stands there.
    fn value(&self) -> Value;

    /// Puts something there; false where it is not of its kind, and nothing has changed.
    fn put(&mut self, value: Value) -> bool;

    /// The text, where it is one.
    fn text(&self) -> Option<&str> {
        None
    }

    /// The text to be changed, where it is one.
    fn text_mut(&mut self) -> Option<&mut String> {
        None
    }

    /// Every other text that was copied into it.
    fn copies(&mut self) -> Vec<&mut String> {
        Vec::new()
    }

    /// Takes a person out; true where they were in it.
    fn forget(&mut self, _person: &PersonId) -> bool {
        false
    }

    /// Whether it need not be written.
    fn is_blank(&self) -> bool {
        self.value().is_empty()
    }
}

impl Held for String {
    fn value(&self) -> Value {
        Value::Text(self.clone())
    }

    fn put(&mut self, value: Value) -> bool {
        let Value::Text(value) = value else { return false };
        *self = value;
        true
    }

    fn text(&self) -> Option<&str> {
        Some(self)
    }

    fn text_mut(&mut self) -> Option<&mut String> {
        Some(self)
    }

    // a lone space is somebody's text as well
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

/// The types that are a variant of [`Value`] as they are, with what is particular to one.
macro_rules! held {
    ($($ty:ty => $variant:ident $({ $($own:item)+ })?;)+) => {
        $(impl Held for $ty {
            fn value(&self) -> Value {
                Value::$variant(self.clone())
            }

            fn put(&mut self, value: Value) -> bool {
                let Value::$variant(value) = value else { return false };
                *self = value;
                true
            }

            $($($own)+)?
        })+
    };
}

held! {
    bool => Mark;
    Option<Date> => Day;
    BTreeSet<Date> => Days;
    Option<PartnerId> => Side;
    BTreeSet<PartnerId> => Sides;
    Option<Money> => Money;
    Option<Hours> => Hours;
    Option<u32> => Count;
    Option<RecordId> => Record;
    Option<QuestionId> => Question;
    Vec<QuestionId> => Questions;
    Topic => Topic;
    BTreeMap<String, u8> => Numbers;
    Option<Who> => Who {
        /// The side stays: somebody there does it.
        fn forget(&mut self, person: &PersonId) -> bool {
            let is_them = |who: &&mut Who| who.person.as_ref() == Some(person);
            let Some(who) = self.as_mut().filter(is_them) else { return false };
            who.person = None;
            true
        }
    };
    BTreeSet<PersonId> => People {
        fn forget(&mut self, person: &PersonId) -> bool {
            self.remove(person)
        }
    };
    BTreeMap<QuestionId, String> => Wording {
        fn copies(&mut self) -> Vec<&mut String> {
            self.values_mut().collect()
        }
    };
}

impl<T: Choice> Held for BTreeMap<String, T> {
    fn value(&self) -> Value {
        let place = |one: &T| T::ALL.iter().position(|other| other == one).unwrap_or_default();
        Value::Choices(self.iter().map(|(name, one)| (name.clone(), place(one))).collect(), T::WORDS)
    }

    fn put(&mut self, value: Value) -> bool {
        let Value::Choices(chosen, words) = value else { return false };
        if words != T::WORDS {
            return false;
        }
        let one = |(name, at): (String, usize)| Some((name, *T::ALL.get(at)?));
        let Some(all) = chosen.into_iter().map(one).collect() else { return false };
        *self = all;
        true
    }
}

/// Makes an enum a [`Choice`] with the words that a person reads.
macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident {
        $(#[$first_doc:meta])* $first:ident $first_words:literal,
        $($(#[$variant_doc:meta])* $variant:ident $words:literal,)+
    })+) => {
        $(
            $(#[$doc])*
            #[derive(
                Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default,
                serde::Serialize, serde::Deserialize,
            )]
            pub enum $name {
                $(#[$first_doc])* #[default] $first,
                $($(#[$variant_doc])* $variant),+
            }

            impl $crate::domain::Choice for $name {
                const ALL: &'static [Self] = &[Self::$first, $(Self::$variant),+];
                const WORDS: &'static [&'static str] = &[$first_words, $($words),+];
            }

            impl $crate::domain::record::Held for $name {
                fn value(&self) -> $crate::domain::Value {
                    use $crate::domain::Choice;
                    let at = Self::ALL.iter().position(|one| one == self).unwrap_or_default();
                    $crate::domain::Value::Choice(at, Self::WORDS)
                }

                fn put(&mut self, value: $crate::domain::Value) -> bool {
                    use $crate::domain::Choice;
                    let $crate::domain::Value::Choice(at, words) = value else { return false };
                    let Some(chosen) = Self::ALL.get(at).filter(|_| words == Self::WORDS) else { return false };
                    *self = *chosen;
                    true
                }
            }
        )+
    };
}

pub(in crate::domain) use choices;
