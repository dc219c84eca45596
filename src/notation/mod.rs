//! Floor 0: RON, in which everything is kept, read and written for all kinds of record at once.
//!
//! serde makes the code of a format anew for each record that is read with it, and there are some hundred. Here the format
//! meets records through a few traits that stand for any of them ([`source`]), so its code is there once. On the way past,
//! fields that a record does not have are named, and a mistake keeps its kind: that is how a newer file is told from a
//! broken one. Start reading at [`read`].

mod format;
mod mistake;
mod record;
mod source;

use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

pub use mistake::{Mistake, What};

use source::{Source, Taker, Wanted};

/// Reads a text whole, and names the fields in it that its record does not have.
///
/// # Errors
/// Where and why it does not read; an unknown kind is an error here.
pub fn read_naming<T: DeserializeOwned>(text: &str) -> Result<(T, Vec<String>), Mistake> {
    let mut record = None;
    let unknown = format::read(text, &mut |source| {
        record = Some(T::deserialize(record::Reading(source))?);
        Ok(())
    })?;
    record.map(|record| (record, unknown)).ok_or_else(|| Mistake::at(1, 1, What::nothing()))
}

/// Reads a text whole. Fields that its record does not have are passed over.
///
/// # Errors
/// Where and why it does not read.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Mistake> {
    read_naming(text).map(|(record, _)| record)
}

/// As [`read`], for bytes that may be no text; `None` for all that does not read.
pub fn read_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    read(std::str::from_utf8(bytes).ok()?).ok()
}

/// What the fields of a record are called, as its own reading asks for them; none for what is no record.
pub fn fields_of<T: DeserializeOwned>() -> &'static [&'static str] {
    struct Asking(&'static [&'static str]);
    impl<'de> Source<'de> for Asking {
        fn give(&mut self, wanted: Wanted, _: &mut dyn Taker<'de>) -> Result<(), What> {
            if let Wanted::Struct(_, fields) = wanted {
                self.0 = fields;
            }
            Err(What::nothing())
        }
    }
    let mut asked = Asking(&[]);
    // it gives no fields, so this can only fail
    let _ = T::deserialize(record::Reading(&mut asked));
    asked.0
}

/// Anything that can be written. A reference to a record is one.
pub type Writable<'a> = &'a dyn erased_serde::Serialize;

/// A record on one line. `None` for what RON cannot say.
pub fn line(record: Writable<'_>) -> Option<String> {
    options().to_string(record).ok()
}

/// How a record is laid out over many lines.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Whether texts are written with escapes, instead of as they were typed.
    pub escapes: bool,
    /// How deep a thing within things still stands on lines of its own.
    pub depth: usize,
}

impl Layout {
    /// Prose stands as it was typed.
    pub const PROSE: Self = Self { escapes: false, depth: usize::MAX };
    /// Every text on one line.
    pub const ESCAPED: Self = Self { escapes: true, depth: usize::MAX };
}

/// A record over many lines, in the order of its fields. `None` for what RON cannot say.
pub fn lines(record: Writable<'_>, layout: Layout) -> Option<String> {
    let config =
        ron::ser::PrettyConfig::new().new_line("\n").escape_strings(layout.escapes).depth_limit(layout.depth);
    options().to_string_pretty(record, config).ok()
}

/// What all is read and written with: what there is stands as itself, without a `Some` around it.
fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

#[cfg(test)]
mod tests;
