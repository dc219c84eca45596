//! The RON library as something that gives: its side of [`source`](super::source), made once.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

use super::source::{Given, Inside, Kind, Parts, Seed, Source, Taker, Wanted};
use super::{Mistake, What, options};

/// Has a text read by `with`, and names the fields that nobody asked for.
///
/// # Errors
/// Where and why it does not read.
pub fn read<'de>(
    text: &'de str,
    with: &mut dyn FnMut(&mut dyn Source<'de>) -> Result<(), What>,
) -> Result<Vec<String>, Mistake> {
    let mut ron =
        ron::de::Deserializer::from_str_with_options(text, &options()).map_err(|e| Mistake::of(&e))?;
    let way = Way::default();
    let done = with(&mut Once::new(&mut ron, &way)).and_then(|()| ron.end().map_err(|e| What::said(&e)));
    match done {
        Ok(()) => Ok(way.unknown.into_inner()),
        Err(what) => {
            // the place at which it stopped; any complaint would do for asking
            let place = ron.span_error(ron::Error::Eof).span.start;
            Err(Mistake::at(place.line, place.col, what))
        }
    }
}

/// What goes along on the way through a text.
#[derive(Default)]
struct Way<'de> {
    /// A mistake that is on its way out through the library, which would make words of it.
    mistake: RefCell<Option<What>>,
    /// Where one is: a step for each list and map around it.
    steps: RefCell<Vec<Step<'de>>>,
    /// Fields that nobody asked for.
    unknown: RefCell<Vec<String>>,
}

enum Step<'de> {
    Entry(usize),
    Key(Cow<'de, str>),
}

impl<'de> Way<'de> {
    /// Hands a mistake to the library, which hands it back with [`Way::back`].
    fn out<E: Error>(&self, what: What) -> E {
        self.mistake.replace(Some(what));
        E::custom("")
    }

    /// A mistake that comes from the library: the one that went through it, or one of its own.
    fn back<E: Error>(&self, error: E) -> What {
        self.mistake.take().unwrap_or_else(|| What::said(&error))
    }

    fn enter(&self) {
        self.steps.borrow_mut().push(Step::Key(Cow::Borrowed("?")));
    }

    fn leave(&self) {
        self.steps.borrow_mut().pop();
    }

    fn stand_at(&self, step: Step<'de>) {
        if let Some(last) = self.steps.borrow_mut().last_mut() {
            *last = step;
        }
    }

    fn name_unknown(&self) {
        let name = |step: &Step<'de>| match step {
            Step::Entry(n) => n.to_string(),
            Step::Key(key) => key.to_string(),
        };
        let names: Vec<String> = self.steps.borrow().iter().map(name).collect();
        self.unknown.borrow_mut().push(names.join("."));
    }
}

/// A deserializer of the library's. It gives once.
struct Once<'w, 'de, D> {
    inner: Option<D>,
    way: &'w Way<'de>,
    is_key: bool,
}

impl<'w, 'de, D> Once<'w, 'de, D> {
    fn new(inner: D, way: &'w Way<'de>) -> Self {
        Self { inner: Some(inner), way, is_key: false }
    }
}

impl<'de, D: Deserializer<'de>> Source<'de> for Once<'_, 'de, D> {
    fn give(&mut self, wanted: Wanted, to: &mut dyn Taker<'de>) -> Result<(), What> {
        let inner = self.inner.take().ok_or_else(What::nothing)?;
        let through = Through { to, way: self.way, is_key: self.is_key };
        match wanted {
            Wanted::Any => inner.deserialize_any(through),
            Wanted::Bool => inner.deserialize_bool(through),
            Wanted::I8 => inner.deserialize_i8(through),
            Wanted::I16 => inner.deserialize_i16(through),
            Wanted::I32 => inner.deserialize_i32(through),
            Wanted::I64 => inner.deserialize_i64(through),
            Wanted::U8 => inner.deserialize_u8(through),
            Wanted::U16 => inner.deserialize_u16(through),
            Wanted::U32 => inner.deserialize_u32(through),
            Wanted::U64 => inner.deserialize_u64(through),
            Wanted::F32 => inner.deserialize_f32(through),
            Wanted::F64 => inner.deserialize_f64(through),
            Wanted::Char => inner.deserialize_char(through),
            Wanted::Str => inner.deserialize_str(through),
            Wanted::String => inner.deserialize_string(through),
            Wanted::Option => inner.deserialize_option(through),
            Wanted::Unit => inner.deserialize_unit(through),
            Wanted::UnitStruct(name) => inner.deserialize_unit_struct(name, through),
            Wanted::Newtype(name) => inner.deserialize_newtype_struct(name, through),
            Wanted::Seq => inner.deserialize_seq(through),
            Wanted::Tuple(len) => inner.deserialize_tuple(len, through),
            Wanted::TupleStruct(name, len) => inner.deserialize_tuple_struct(name, len, through),
            Wanted::Map => inner.deserialize_map(through),
            Wanted::Struct(name, fields) => inner.deserialize_struct(name, fields, through),
            Wanted::Enum(name, kinds) => inner.deserialize_enum(name, kinds, through),
            Wanted::Identifier => inner.deserialize_identifier(through),
            Wanted::Ignored => {
                self.way.name_unknown();
                inner.deserialize_ignored_any(IgnoredAny).and_then(|_| through.visit_unit())
            }
        }
        .map_err(|error| self.way.back(error))
    }
}

/// Passes on what the library gives.
struct Through<'w, 'de> {
    to: &'w mut dyn Taker<'de>,
    way: &'w Way<'de>,
    is_key: bool,
}

impl<'de> Through<'_, 'de> {
    fn pass<E: Error>(self, given: Given<'_, 'de>) -> Result<(), E> {
        self.to.take(given).map_err(|what| self.way.out(what))
    }

    /// Passes on what has entries, which are told apart on the way.
    fn enter<E: Error>(self, given: Given<'_, 'de>) -> Result<(), E> {
        let way = self.way;
        way.enter();
        let done = self.pass(given);
        way.leave();
        done
    }

    fn note(&self, key: impl FnOnce() -> Cow<'de, str>) {
        if self.is_key {
            self.way.stand_at(Step::Key(key()));
        }
    }
}

impl<'de> Visitor<'de> for Through<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to.expecting(f)
    }

    fn visit_bool<E: Error>(self, yes: bool) -> Result<(), E> {
        self.pass(Given::Bool(yes))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.pass(Given::Signed(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.pass(Given::Unsigned(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.pass(Given::Float(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.note(|| Cow::Owned(text.to_owned()));
        self.pass(Given::Passing(text))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<(), E> {
        self.note(|| Cow::Borrowed(text));
        self.pass(Given::Standing(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<(), E> {
        self.note(|| Cow::Owned(text.clone()));
        self.pass(Given::Owned(text))
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.pass(Given::None)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        let mut source = Once::new(inner, self.way);
        self.pass(Given::Some(&mut source))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.pass(Given::Unit)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        let mut source = Once { inner: Some(inner), way: self.way, is_key: self.is_key };
        self.pass(Given::Newtype(&mut source))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut entries = Entries { access, at: 0, way: self.way };
        self.enter(Given::Seq(&mut entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut fields = Fields { access, way: self.way };
        self.enter(Given::Map(&mut fields))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut kind = OneOf { access: Some(access), inside: None, way: self.way };
        self.pass(Given::Enum(&mut kind))
    }
}

/// A part as the library wants it.
struct Sown<'w, 'de> {
    seed: &'w mut dyn Seed<'de>,
    way: &'w Way<'de>,
    is_key: bool,
}

impl<'de> DeserializeSeed<'de> for Sown<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        let mut source = Once { inner: Some(inner), way: self.way, is_key: self.is_key };
        self.seed.read(&mut source).map_err(|what| self.way.out(what))
    }
}

struct Entries<'w, 'de, A> {
    access: A,
    at: usize,
    way: &'w Way<'de>,
}

impl<'de, A: SeqAccess<'de>> Parts<'de> for Entries<'_, 'de, A> {
    fn next(&mut self, seed: &mut dyn Seed<'de>) -> Result<bool, What> {
        self.way.stand_at(Step::Entry(self.at));
        self.at += 1;
        let sown = Sown { seed, way: self.way, is_key: false };
        self.access.next_element_seed(sown).map(|read| read.is_some()).map_err(|error| self.way.back(error))
    }

    fn value(&mut self, _: &mut dyn Seed<'de>) -> Result<(), What> {
        Err(What::nothing())
    }

    fn left(&self) -> Option<usize> {
        self.access.size_hint()
    }
}

struct Fields<'w, 'de, A> {
    access: A,
    way: &'w Way<'de>,
}

impl<'de, A: MapAccess<'de>> Parts<'de> for Fields<'_, 'de, A> {
    fn next(&mut self, seed: &mut dyn Seed<'de>) -> Result<bool, What> {
        let sown = Sown { seed, way: self.way, is_key: true };
        self.access.next_key_seed(sown).map(|read| read.is_some()).map_err(|error| self.way.back(error))
    }

    fn value(&mut self, seed: &mut dyn Seed<'de>) -> Result<(), What> {
        let sown = Sown { seed, way: self.way, is_key: false };
        self.access.next_value_seed(sown).map_err(|error| self.way.back(error))
    }

    fn left(&self) -> Option<usize> {
        self.access.size_hint()
    }
}

struct OneOf<'w, 'de, A: EnumAccess<'de>> {
    access: Option<A>,
    inside: Option<A::Variant>,
    way: &'w Way<'de>,
}

impl<'de, A: EnumAccess<'de>> Kind<'de> for OneOf<'_, 'de, A> {
    fn name(&mut self, seed: &mut dyn Seed<'de>) -> Result<(), What> {
        let access = self.access.take().ok_or_else(What::nothing)?;
        let sown = Sown { seed, way: self.way, is_key: false };
        let ((), inside) = access.variant_seed(sown).map_err(|error| self.way.back(error))?;
        self.inside = Some(inside);
        Ok(())
    }

    fn inside(&mut self, inside: Inside<'_, 'de>) -> Result<(), What> {
        let access = self.inside.take().ok_or_else(What::nothing)?;
        let way = self.way;
        let through = |to| Through { to, way, is_key: false };
        match inside {
            Inside::Nothing => access.unit_variant(),
            Inside::One(seed) => access.newtype_variant_seed(Sown { seed, way, is_key: false }),
            Inside::Tuple(len, to) => access.tuple_variant(len, through(to)),
            Inside::Struct(fields, to) => access.struct_variant(fields, through(to)),
        }
        .map_err(|error| way.back(error))
    }
}
