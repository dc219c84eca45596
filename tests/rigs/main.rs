//! The rigs: the real program under everything that can happen to it, again and again.
//!
//! Each rig prints its seed and what it tried, has a small size for every `cargo test` and a full one (`just torture`), and
//! checks itself: where the thing that it guards is taken away, it must go red. What a failing trial leaves behind is kept.
//! The terminal and the sealed home are those of `tests/e2e`.
#![cfg(unix)]
// clippy.toml allows these in tests, but takes only marked functions for tests, not what they call
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]
// what the tests of the window need and the rigs do not
#![allow(dead_code)]

#[path = "../../src/testing/chance.rs"]
mod chance;
#[path = "../harness/mod.rs"]
mod harness;
#[path = "../e2e/home.rs"]
mod home;
#[path = "../e2e/keys.rs"]
mod keys;
#[path = "../e2e/window.rs"]
mod window;

mod access;
mod clocks;
mod cutter;
mod faults;
mod fuzzed;
mod hostile;
mod interleaved;
mod interposed;
mod limits;
mod mishaps;
mod mounted;
mod power_cut;
mod seen;
mod small_disk;
mod soak;
