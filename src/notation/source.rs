//! What a format and a record know of each other: a few traits that stand for any format and any record.
//!
//! ```text
//! format.rs                         record.rs
//! a text      Source  ── give ──▶   Taker    a record that is being read
//!             Parts   ◀── next ──   Seed     a part of it
//!             Kind    ◀── name ──   Seed     which of its kinds it is
//! ```
//!
//! serde's own traits have a method for each thing that can be asked for or given; here both are values, so that a record
//! is met by one call.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use super::What;

/// What a record asks for.
#[derive(Clone, Copy)]
pub enum Wanted {
    Any,
    Bool,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    F32,
    F64,
    Char,
    Str,
    String,
    Option,
    Unit,
    UnitStruct(&'static str),
    Newtype(&'static str),
    Seq,
    Tuple(usize),
    TupleStruct(&'static str, usize),
    Map,
    Struct(&'static str, &'static [&'static str]),
    Enum(&'static str, &'static [&'static str]),
    Identifier,
    Ignored,
}

/// What a format gives.
pub enum Given<'a, 'de> {
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    /// A text that is gone after the call.
    Passing(&'a str),
    /// A text that stands in what is being read.
    Standing(&'de str),
    Owned(String),
    None,
    Some(&'a mut dyn Source<'de>),
    Unit,
    Newtype(&'a mut dyn Source<'de>),
    Seq(&'a mut dyn Parts<'de>),
    Map(&'a mut dyn Parts<'de>),
    Enum(&'a mut dyn Kind<'de>),
}

impl Given<'_, '_> {
    /// The mistake of having this, where something else should be.
    pub fn instead_of(&self, expected: &dyn Expected) -> What {
        let found = match self {
            Self::Bool(yes) => Unexpected::Bool(*yes),
            Self::Signed(number) => Unexpected::Signed(*number),
            Self::Unsigned(number) => Unexpected::Unsigned(*number),
            Self::Float(number) => Unexpected::Float(*number),
            Self::Passing(text) => Unexpected::Str(text),
            Self::Standing(text) => Unexpected::Str(text),
            Self::Owned(text) => Unexpected::Str(text),
            Self::None | Self::Some(_) => Unexpected::Option,
            Self::Unit => Unexpected::Unit,
            Self::Newtype(_) => Unexpected::NewtypeStruct,
            Self::Seq(_) => Unexpected::Seq,
            Self::Map(_) => Unexpected::Map,
            Self::Enum(_) => Unexpected::Enum,
        };
        What::invalid_type(found, expected)
    }
}

/// Something that can be read, once.
pub trait Source<'de> {
    /// Gives what is wanted, or what is there instead.
    fn give(&mut self, wanted: Wanted, to: &mut dyn Taker<'de>) -> Result<(), What>;
}

/// Something that is being read.
pub trait Taker<'de> {
    /// Says what it would take.
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;

    /// Takes what is given, once.
    fn take(&mut self, given: Given<'_, 'de>) -> Result<(), What>;
}

/// A part that is still to be read.
pub trait Seed<'de> {
    /// Reads it, once.
    fn read(&mut self, source: &mut dyn Source<'de>) -> Result<(), What>;
}

/// The entries of a list, or the keys and values of a map.
pub trait Parts<'de> {
    /// Reads the next entry or key; `false` where there is none.
    fn next(&mut self, seed: &mut dyn Seed<'de>) -> Result<bool, What>;

    /// Reads the value of the key that was read last.
    fn value(&mut self, seed: &mut dyn Seed<'de>) -> Result<(), What>;

    /// How many are left, where that is known.
    fn left(&self) -> Option<usize>;
}

/// A thing that is one of several kinds.
pub trait Kind<'de> {
    /// Reads which.
    fn name(&mut self, seed: &mut dyn Seed<'de>) -> Result<(), What>;

    /// Reads what is in it, once its name is read.
    fn inside(&mut self, inside: Inside<'_, 'de>) -> Result<(), What>;
}

/// What is in a thing of one kind.
pub enum Inside<'a, 'de> {
    Nothing,
    One(&'a mut dyn Seed<'de>),
    Tuple(usize, &'a mut dyn Taker<'de>),
    Struct(&'static [&'static str], &'a mut dyn Taker<'de>),
}
