//! Floor 2: drawing parts that know no workbook: a field, a list, lines of text, the ring.

pub mod field;
pub mod list;
pub mod ring;
pub mod text;
