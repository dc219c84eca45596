//! placeholder
pub mod content;
pub mod domain;
pub mod export;
