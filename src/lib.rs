//! placeholder
pub mod app;
pub mod command;
pub mod content;
pub mod domain;
pub mod keymap;
pub mod layer;
pub mod overlay;
pub mod screen;
pub mod shelf;
pub mod theme;
pub mod widget;
#[cfg(test)]
mod testing;
