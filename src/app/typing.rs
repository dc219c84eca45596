//! The keys of a field that takes text. Each row is one verb of the field, so there is nothing to run but the verb.

use crate::command::Row;
use crate::widget::field::{Motion, Verb};

/// A row of typing and what it does to the field.
struct Typing {
    row: Row,
    verb: Verb,
}

const fn typing(name: &'static str, keys: &'static [&'static str], help: &'static str, verb: Verb) -> Typing {
    Typing {
        row: Row { name, keys, help, words: "", footer: None, footer_typing: None, changes: false },
        verb,
    }
}

const ROWS: &[Typing] = &[
    typing("typing.newline", &["enter"], "Begin a new line", Verb::Newline),
    typing("typing.backspace", &["backspace"], "Take away what is before the caret", Verb::Backspace),
    typing("typing.delete", &["delete", "ctrl-d"], "Take away what is after the caret", Verb::Delete),
    typing("typing.left", &["left"], "Left", Verb::Move(Motion::Left)),
    typing("typing.right", &["right"], "Right", Verb::Move(Motion::Right)),
    typing("typing.up", &["up"], "Up a row", Verb::Move(Motion::Up)),
    typing("typing.down", &["down"], "Down a row", Verb::Move(Motion::Down)),
    typing("typing.word-left", &["ctrl-left"], "Left by a word", Verb::Move(Motion::WordLeft)),
    typing("typing.word-right", &["ctrl-right"], "Right by a word", Verb::Move(Motion::WordRight)),
    typing("typing.row-start", &["home", "ctrl-a"], "To the start of the row", Verb::Move(Motion::RowStart)),
    typing("typing.row-end", &["end", "ctrl-e"], "To the end of the row", Verb::Move(Motion::RowEnd)),
    typing("typing.start", &["ctrl-home"], "To the start of the text", Verb::Move(Motion::TextStart)),
    typing("typing.end", &["ctrl-end"], "To the end of the text", Verb::Move(Motion::TextEnd)),
    typing("typing.page-up", &["pageup"], "Up a page", Verb::Move(Motion::PageUp)),
    typing("typing.page-down", &["pagedown"], "Down a page", Verb::Move(Motion::PageDown)),
    typing("typing.select-left", &["shift-left"], "Select to the left", Verb::Select(Motion::Left)),
    typing("typing.select-right", &["shift-right"], "Select to the right", Verb::Select(Motion::Right)),
    typing("typing.select-up", &["shift-up"], "Select upwards", Verb::Select(Motion::Up)),
    typing("typing.select-down", &["shift-down"], "Select downwards", Verb::Select(Motion::Down)),
    typing("typing.select-row-start", &["shift-home"], "Select to the start", Verb::Select(Motion::RowStart)),
    typing("typing.select-row-end", &["shift-end"], "Select to the end", Verb::Select(Motion::RowEnd)),
    typing("typing.kill-to-end", &["ctrl-k"], "Take away to the end of the row", Verb::KillToEnd),
    typing("typing.kill-to-start", &["ctrl-u"], "Take away to the start of the row", Verb::KillToStart),
    typing("typing.kill-word", &["ctrl-w"], "Take away the word before the caret", Verb::KillWord),
    typing("typing.copy", &["ctrl-c"], "Copy what is selected", Verb::Copy),
    typing("typing.cut", &["ctrl-x"], "Cut what is selected", Verb::Cut),
    typing("typing.paste", &["ctrl-v"], "Put in what was last cut or copied here", Verb::Paste),
];

/// All rows of typing.
pub(super) fn rows() -> Vec<Row> {
    ROWS.iter().map(|typing| typing.row).collect()
}

/// What a row does to the field.
pub(super) fn verb(name: &str) -> Option<Verb> {
    ROWS.iter().find(|typing| typing.row.name == name).map(|typing| typing.verb)
}
