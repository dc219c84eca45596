//! Any record as something that is read: serde's side of [`source`](super::source), made for each record. It is kept
//! small for that reason.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::What;
use super::source::{Given, Inside, Kind, Parts, Seed, Source, Taker, Wanted};

/// A source as serde's records want it.
pub struct Reading<'a, 'de>(pub &'a mut dyn Source<'de>);

impl<'de> Reading<'_, 'de> {
    fn ask<T: Taste, V: Visitor<'de>>(self, wanted: Wanted, _: T, visitor: V) -> Result<V::Value, What> {
        let mut taking = Taking::<T, _, _>::new(visitor);
        self.0.give(wanted, &mut taking)?;
        taking.taken()
    }
}

/// Each method asks for what its name says, with the taste for what a text gives then.
macro_rules! ask_for {
    ($($method:ident($($more:ident: $type:ty),*) => $wanted:expr, $taste:expr;)*) => {
        $(fn $method<V: Visitor<'de>>(self, $($more: $type,)* visitor: V) -> Result<V::Value, What> {
            self.ask($wanted, $taste, visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Reading<'_, 'de> {
    type Error = What;

    ask_for! {
        deserialize_any() => Wanted::Any, Anything;
        deserialize_bool() => Wanted::Bool, Truth;
        deserialize_i8() => Wanted::I8, Number;
        deserialize_i16() => Wanted::I16, Number;
        deserialize_i32() => Wanted::I32, Number;
        deserialize_i64() => Wanted::I64, Number;
        deserialize_u8() => Wanted::U8, Number;
        deserialize_u16() => Wanted::U16, Number;
        deserialize_u32() => Wanted::U32, Number;
        deserialize_u64() => Wanted::U64, Number;
        deserialize_f32() => Wanted::F32, Number;
        deserialize_f64() => Wanted::F64, Number;
        deserialize_char() => Wanted::Char, Text;
        deserialize_str() => Wanted::Str, Text;
        deserialize_string() => Wanted::String, Text;
        // no record keeps bytes
        deserialize_bytes() => Wanted::Any, Anything;
        deserialize_byte_buf() => Wanted::Any, Anything;
        deserialize_option() => Wanted::Option, Perhaps;
        deserialize_unit() => Wanted::Unit, Nothing;
        deserialize_unit_struct(name: &'static str) => Wanted::UnitStruct(name), Nothing;
        deserialize_newtype_struct(name: &'static str) => Wanted::Newtype(name), Wrapped;
        deserialize_seq() => Wanted::Seq, List;
        deserialize_tuple(len: usize) => Wanted::Tuple(len), List;
        deserialize_tuple_struct(name: &'static str, len: usize) => Wanted::TupleStruct(name, len), List;
        deserialize_map() => Wanted::Map, Table;
        deserialize_struct(name: &'static str, fields: Names) => Wanted::Struct(name, fields), Table;
        deserialize_enum(name: &'static str, kinds: Names) => Wanted::Enum(name, kinds), OneOf;
        deserialize_identifier() => Wanted::Identifier, Text;
        deserialize_ignored_any() => Wanted::Ignored, Nothing;
    }
}

/// What fields or kinds are called.
type Names = &'static [&'static str];

/// Which of all that can be given a visitor is asked to take. There are some seven hundred visitors, and what one of them is
/// not asked for makes no code.
trait Taste {
    fn take<'de, V: Visitor<'de>>(given: Given<'_, 'de>, visitor: V) -> Result<V::Value, What>;
}

macro_rules! tastes {
    ($($taste:ident($visitor:ident) { $($given:pat => $taken:expr,)+ })*) => {
        $(struct $taste;

        impl Taste for $taste {
            fn take<'de, V: Visitor<'de>>(given: Given<'_, 'de>, $visitor: V) -> Result<V::Value, What> {
                match given {
                    $($given => $taken,)+
                    other => Err(other.instead_of(&$visitor)),
                }
            }
        })*
    };
}

tastes! {
    Truth(visitor) {
        Given::Bool(yes) => visitor.visit_bool(yes),
    }
    Number(visitor) {
        Given::Signed(number) => visitor.visit_i64(number),
        Given::Unsigned(number) => visitor.visit_u64(number),
        Given::Float(number) => visitor.visit_f64(number),
    }
    Text(visitor) {
        Given::Passing(text) => visitor.visit_str(text),
        Given::Standing(text) => visitor.visit_borrowed_str(text),
        Given::Owned(text) => visitor.visit_string(text),
    }
    Perhaps(visitor) {
        Given::None => visitor.visit_none(),
        Given::Some(source) => visitor.visit_some(Reading(source)),
    }
    Nothing(visitor) {
        Given::Unit => visitor.visit_unit(),
    }
    Wrapped(visitor) {
        Given::Newtype(source) => visitor.visit_newtype_struct(Reading(source)),
    }
    List(visitor) {
        Given::Seq(parts) => visitor.visit_seq(Entries(parts)),
    }
    Table(visitor) {
        Given::Map(parts) => visitor.visit_map(Entries(parts)),
    }
    OneOf(visitor) {
        Given::Enum(kind) => visitor.visit_enum(Choice(kind)),
    }
}

struct Anything;

impl Taste for Anything {
    fn take<'de, V: Visitor<'de>>(given: Given<'_, 'de>, visitor: V) -> Result<V::Value, What> {
        match given {
            Given::Bool(_) => Truth::take(given, visitor),
            Given::Signed(_) | Given::Unsigned(_) | Given::Float(_) => Number::take(given, visitor),
            Given::Passing(_) | Given::Standing(_) | Given::Owned(_) => Text::take(given, visitor),
            Given::None | Given::Some(_) => Perhaps::take(given, visitor),
            Given::Unit => Nothing::take(given, visitor),
            Given::Newtype(_) => Wrapped::take(given, visitor),
            Given::Seq(_) => List::take(given, visitor),
            Given::Map(_) => Table::take(given, visitor),
            Given::Enum(_) => OneOf::take(given, visitor),
        }
    }
}

/// A visitor, until it has what it came for.
struct Taking<T, V, R> {
    visitor: Option<V>,
    value: Option<R>,
    taste: PhantomData<T>,
}

impl<T, V, R> Taking<T, V, R> {
    fn new(visitor: V) -> Self {
        Self { visitor: Some(visitor), value: None, taste: PhantomData }
    }

    fn taken(self) -> Result<R, What> {
        self.value.ok_or_else(What::nothing)
    }
}

impl<'de, T: Taste, V: Visitor<'de>> Taker<'de> for Taking<T, V, V::Value> {
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.as_ref().map_or(Ok(()), |visitor| visitor.expecting(f))
    }

    fn take(&mut self, given: Given<'_, 'de>) -> Result<(), What> {
        let visitor = self.visitor.take().ok_or_else(What::nothing)?;
        self.value = Some(T::take(given, visitor)?);
        Ok(())
    }
}

/// A part, until it is read.
struct Growing<S, T> {
    seed: Option<S>,
    value: Option<T>,
}

impl<S, T> Growing<S, T> {
    fn new(seed: S) -> Self {
        Self { seed: Some(seed), value: None }
    }

    fn grown(self) -> Result<T, What> {
        self.value.ok_or_else(What::nothing)
    }
}

impl<'de, S: DeserializeSeed<'de>> Seed<'de> for Growing<S, S::Value> {
    fn read(&mut self, source: &mut dyn Source<'de>) -> Result<(), What> {
        let seed = self.seed.take().ok_or_else(What::nothing)?;
        self.value = Some(seed.deserialize(Reading(source))?);
        Ok(())
    }
}

struct Entries<'a, 'de>(&'a mut dyn Parts<'de>);

impl<'de> Entries<'_, 'de> {
    fn next<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, What> {
        let mut growing = Growing::new(seed);
        if !self.0.next(&mut growing)? {
            return Ok(None);
        }
        growing.grown().map(Some)
    }
}

impl<'de> SeqAccess<'de> for Entries<'_, 'de> {
    type Error = What;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, What> {
        self.next(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.left()
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = What;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, What> {
        self.next(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, What> {
        let mut growing = Growing::new(seed);
        self.0.value(&mut growing)?;
        growing.grown()
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.left()
    }
}

struct Choice<'a, 'de>(&'a mut dyn Kind<'de>);

impl<'de> EnumAccess<'de> for Choice<'_, 'de> {
    type Error = What;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), What> {
        let mut growing = Growing::new(seed);
        self.0.name(&mut growing)?;
        Ok((growing.grown()?, self))
    }
}

impl<'de> VariantAccess<'de> for Choice<'_, 'de> {
    type Error = What;

    fn unit_variant(self) -> Result<(), What> {
        self.0.inside(Inside::Nothing)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, What> {
        let mut growing = Growing::new(seed);
        self.0.inside(Inside::One(&mut growing))?;
        growing.grown()
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, What> {
        let mut taking = Taking::<List, _, _>::new(visitor);
        self.0.inside(Inside::Tuple(len, &mut taking))?;
        taking.taken()
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: Names, visitor: V) -> Result<V::Value, What> {
        let mut taking = Taking::<Table, _, _>::new(visitor);
        self.0.inside(Inside::Struct(fields, &mut taking))?;
        taking.taken()
    }
}
