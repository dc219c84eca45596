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
#[cfg(test)]
mod testing;
pub mod theme;
pub mod widget;
