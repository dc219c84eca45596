//! Floor 0: what a partnership is. Plain data and rules.
//!
//! Nothing here knows a screen, a disk or a clock: time and fresh ids arrive as values. Start reading at
//! [`Workbook`], go on to [`Edit`] (the only way in which a workbook changes), then to [`Book`], which keeps a workbook
//! together with its history.

mod answer;
mod book;
pub mod dates;
mod edit;
mod id;
mod partnership;
mod people;
mod place;
pub mod query;
mod workbook;

pub use answer::{Accord, Answer, Heard, Source, Standing, Theirs, Version, Voice};
pub use book::{Act, Book, PHRASE_PAUSE_MS, Record, Step};
pub use edit::{Edit, Refused, Splice};
pub use id::{IdSource, PartnerId, PersonId, QuestionId, WorkbookId};
pub use partnership::{Partnership, PartnershipState, StateChange};
pub use people::{Binned, Partner, PartnerField, Person, PersonField};
pub use place::{FIELD_LIMIT, TextPlace, VoiceKey};
pub use workbook::Workbook;
