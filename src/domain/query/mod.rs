//! Read-only questions about a workbook. Nothing here changes anything or remembers anything.

mod agenda;
mod find;
mod key_people;
mod progress;
mod say;
mod talk;
mod walk;

pub use agenda::{AgendaItem, AgendaKind, AgendaTo, Digest, agenda};
pub use find::{Finder, Hit, find};
pub use key_people::{KeyPerson, agreed_with_leavers, hangs_on, key_people, there};
pub use progress::{AspectState, Tally, aspect_state, tally};
pub use say::{Where, place_in_words, side};
pub use talk::{ToAsk, call_title, is_source, owed_with, to_ask};
pub use walk::{disputed, never_checked, next_unsure, standing_of};
