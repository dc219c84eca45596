//! Floor 2: drawing parts that know no workbook: a field, a list, a table, lines of text, the ring.

pub mod cells;
pub mod field;
mod glyph;
pub mod grid;
pub mod list;
pub mod ring;
pub mod text;
