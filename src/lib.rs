//! `alongside`: a workbook for people who work in partnership across organisations.
//!
//! ```text
//!  crumbs: the way here                                 aside
//! ┌──────────────────────────────────────────────────────────┐
//! │Tactile guide > Scoping                  question 3 of 15 │  header
//! │                                                          │
//! │ questions     │  ask: the question          ┐            │
//! │ > with their  │  VOICE · standing           │            │
//! │   marks       │  a Field shows its text     ├ the body:  │
//! │               │  VOICE · standing           │ a Layer    │
//! │               │  a Card: guidance           ┘            │
//! │──────────────────────────────────────────────────────────│  rule
//! │ a strip: a Layer that leaves the body in sight           │
//! │Saved 14:03                                        MOVING │  status: Saving, Notice
//! │Enter write   Esc back   g go to   ? keys                 │  footer: Rows
//! └──────────────────────────────────────────────────────────┘
//! ```
//!
//! A key becomes a `Message`, [`app::App::update`] finds the `Command` row for it, the layer answers with an `Outcome`,
//! the app turns that into an `Edit` of the workbook and into `Effect`s, and [`tui`] carries those out. ARCHITECTURE.md
//! tells the floors and what holds them.

pub mod app;
pub mod cli;
pub mod command;
pub mod content;
pub mod domain;
pub mod export;
pub mod keymap;
pub mod layer;
pub mod notation;
pub mod order;
pub mod overlay;
pub mod screen;
pub mod shelf;
pub mod store;
pub mod theme;
pub mod tui;
pub mod widget;

#[cfg(test)]
mod testing;
