//! Floor 3: layers that stand on top of a screen: menus, a line to fill in, things to choose from, pages to read.
//!
//! An overlay knows the workbook only through [`Ctx`](crate::command::Ctx) and changes nothing itself: what was chosen
//! goes back as an [`Outcome`](crate::command::Outcome), mostly wrapped in `Close`. It knows no screen and no disk.
//! Start reading at [`menu`] for strips and at [`picker`] for lists that are filtered by typing.

pub mod choose;
pub mod confirm;
pub mod find;
pub mod help;
pub mod jot;
mod line;
pub mod menu;
pub mod palette;
pub mod picker;
pub mod prompt;
mod rank;
pub mod reader;
#[cfg(test)]
mod sizes;
pub mod who;

pub use choose::Choose;
pub use confirm::confirm;
pub use find::Find;
pub use help::Help;
pub use jot::Jot;
pub use menu::{Menu, MenuRow};
pub use palette::Palette;
pub use prompt::Prompt;
pub use reader::{Block, Reader};
pub use who::Who;

use crate::command::{Command, Row};

/// The rows of every overlay, whether they apply now or not.
pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(menu::COMMANDS.iter().map(Command::row));
    rows.extend(prompt::COMMANDS.iter().map(Command::row));
    rows.extend(jot::COMMANDS.iter().map(Command::row));
    rows.extend(jot::TAG_COMMANDS.iter().map(Command::row));
    rows.extend(reader::COMMANDS.iter().map(Command::row));
    rows.extend(picker::COMMANDS.iter().map(Command::row));
    rows.extend(palette::COMMANDS.iter().map(Command::row));
    rows.extend(help::COMMANDS.iter().map(Command::row));
    rows.extend(find::COMMANDS.iter().map(Command::row));
    rows.extend(who::COMMANDS.iter().map(Command::row));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::{Keymap, sequence};

    #[test]
    fn every_row_has_help_a_name_of_its_own_and_keys_that_can_be_read() {
        let rows = rows();
        for row in &rows {
            assert!(!row.help.is_empty() && !row.help.ends_with('.'), "{}", row.name);
            assert!(row.keys.iter().all(|keys| sequence(keys).is_ok()), "{}", row.name);
            assert_eq!(rows.iter().filter(|r| r.name == row.name).count(), 1, "{}", row.name);
        }
    }

    #[test]
    fn no_two_rows_of_a_scope_want_the_same_keys() {
        let rows = rows();
        assert_eq!(Keymap::new(&rows).clashes(&rows), []);
    }
}
