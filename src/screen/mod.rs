//! Floor 3: the screens, one file each. A screen takes the whole body; overlays lie on top of it.
//!
//! A screen sees the program through [`Ctx`](crate::command::Ctx), answers with an
//! [`Outcome`](crate::command::Outcome) and knows neither the app nor the disk. While it takes text it shows rows
//! whose names begin otherwise (`library-filter` beside `library`), so that a key has one meaning in each. `page` and
//! `words` hold what they share. Start reading at `first_run`, the smallest.

pub mod agenda;
pub mod agreement;
pub mod aspect;
pub mod bin;
pub mod board;
mod board_step;
pub mod call;
mod connected;
pub mod deck;
pub mod documents;
pub mod ending;
pub mod entrances;
pub mod erase;
pub mod first_run;
mod form;
pub mod grid;
pub mod guide;
pub mod hand_on;
pub mod inbox;
pub mod kinds;
pub mod library;
pub mod map;
pub mod matrix;
pub mod notes;
mod page;
pub mod people;
pub mod portfolio;
pub mod preview;
pub mod prompts;
pub mod pulse;
pub mod records;
pub mod skills;
pub mod start_over;
pub mod state;
pub mod tidy;
pub mod timeline;
pub mod to_tidy;
pub mod versions;
pub mod walk;
pub mod welcome;
mod wind_up;
pub mod words;

pub use agenda::Agenda;
pub use agreement::AgreementScreen;
pub use bin::Bin;
pub use documents::Documents;
pub use entrances::Entrances;
pub use erase::Erase;
pub use first_run::FirstRun;
pub use guide::Guide;
pub use hand_on::HandOn;
pub use inbox::Inbox;
pub use library::Library;
pub use matrix::Overview;
pub use people::People;
pub use preview::Preview;
pub use records::Records;
pub use start_over::StartOver;
pub use state::States;
pub use tidy::Tidy;
pub use timeline::Timeline;
pub use to_tidy::ToTidy;
pub use versions::Versions;
pub use welcome::Welcome;

use crate::command::{Command, Row};

/// Room for the rows of all screens, which are fewer: a start moves none of them about.
const ROOM_FOR_ROWS: usize = 640;

/// The rows of all screens, for the documents, the keymap and the tests.
pub fn rows() -> Vec<Row> {
    let mut rows = Vec::with_capacity(ROOM_FOR_ROWS);
    add(&mut rows, first_run::ROWS);
    add(&mut rows, library::ROWS);
    add(&mut rows, library::FILTER_ROWS);
    add(&mut rows, map::ROWS);
    add(&mut rows, aspect::ROWS);
    add(&mut rows, aspect::DOOR_ROWS);
    add(&mut rows, aspect::TYPING_ROWS);
    add(&mut rows, people::ROWS);
    add(&mut rows, people::FIELD_ROWS);
    add(&mut rows, agenda::ROWS);
    add(&mut rows, records::ROWS);
    add(&mut rows, records::FIELD_ROWS);
    add(&mut rows, guide::ROWS);
    add(&mut rows, guide::FILTER_ROWS);
    add(&mut rows, bin::ROWS);
    add(&mut rows, versions::ROWS);
    add(&mut rows, preview::ROWS);
    add(&mut rows, documents::ROWS);
    add(&mut rows, entrances::ROWS);
    add(&mut rows, call::ROWS);
    add(&mut rows, call::TAG_ROWS);
    add(&mut rows, call::LINE_ROWS);
    add(&mut rows, call::LINE_TAG_ROWS);
    add(&mut rows, call::HEAD_ROWS);
    add(&mut rows, call::SIDE_ROWS);
    add(&mut rows, notes::ROWS);
    add(&mut rows, notes::FILTER_ROWS);
    add(&mut rows, timeline::ROWS);
    add(&mut rows, state::ROWS);
    add(&mut rows, state::FIELD_ROWS);
    add(&mut rows, start_over::ROWS);
    add(&mut rows, welcome::ROWS);
    add(&mut rows, inbox::ROWS);
    for steps in tidy::ALL_ROWS {
        add(&mut rows, steps);
    }
    add(&mut rows, to_tidy::ROWS);
    add(&mut rows, deck::ROWS);
    add(&mut rows, kinds::ROWS);
    add(&mut rows, grid::ROWS);
    add(&mut rows, erase::ROWS);
    add(&mut rows, erase::NAME_ROWS);
    add(&mut rows, agreement::ROWS);
    add(&mut rows, agreement::form::ROWS);
    add(&mut rows, agreement::versions::ROWS);
    add(&mut rows, matrix::ROWS);
    add(&mut rows, hand_on::ROWS);
    add(&mut rows, board::ROWS);
    add(&mut rows, ending::ROWS);
    add(&mut rows, portfolio::ROWS);
    add(&mut rows, pulse::ROWS);
    add(&mut rows, walk::ROWS);
    add(&mut rows, walk::TYPING_ROWS);
    add(&mut rows, skills::ROWS);
    add(&mut rows, skills::RATE_ROWS);
    add(&mut rows, skills::FOUND_ROWS);
    rows
}

fn add<S>(rows: &mut Vec<Row>, commands: &[Command<S>]) {
    rows.extend(commands.iter().map(Command::row));
}

#[cfg(test)]
mod tests;
