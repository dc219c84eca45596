//! placeholder
pub mod command;
pub mod content;
pub mod domain;
pub mod export;
pub mod keymap;
pub mod layer;
pub mod shelf;
#[cfg(test)]
mod testing;
pub mod theme;
pub mod widget;
