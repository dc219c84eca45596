//! Read-only questions about a workbook. Nothing here changes anything or remembers anything.

mod find;
mod progress;
mod walk;

pub use find::{Finder, Hit, find};
pub use progress::{AspectState, Tally, aspect_state, tally};
pub use walk::{disputed, never_checked, next_unsure, standing_of};
