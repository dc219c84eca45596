//! placeholder
pub mod cli;
pub mod command;
pub mod content;
pub mod domain;
pub mod export;
pub mod keymap;
pub mod layer;
pub mod shelf;
pub mod store;
#[cfg(test)]
mod testing;
pub mod theme;
pub mod tui;
pub mod widget;
