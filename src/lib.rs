//! placeholder
pub mod content;
pub mod domain;
