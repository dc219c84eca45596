//! The command line, run as a person or a script runs it: the real binary in a home of its own.

// clippy.toml allows these in tests, but takes only marked functions for tests, not what they call
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod agenda;
mod asking;
mod damage;
mod documents;
mod home;
mod jot;
mod library;
mod moving;
mod past;
mod rescue;
mod streams;
