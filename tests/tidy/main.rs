//! Holds what ARCHITECTURE.md says about the tree: which part may know which, what each file opens with, that the
//! commands and the documents agree. Nothing here runs the program; it reads the sources and the command rows.
//!
//! `ALONGSIDE_BLESS=1 cargo test --test tidy` writes anew what is generated: `docs/KEYS.md` and the pictures in README.md.

// clippy.toml allows these in tests, but takes only marked functions for tests, not what they call
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod docs;
mod files;
mod floors;
#[path = "../harness/mod.rs"]
mod harness;
mod keys;
mod tree;
