//! The real program in a real terminal: a pseudo-terminal on one side, a screen model on the other.
//!
//! Nothing here sleeps for luck: every test waits for something to be on the screen, in the folder or with the process,
//! and a wait that is in vain shows the screen as it stood. `window` is the terminal, `home` the sealed home in which the
//! program lives, `keys` what a terminal sends. `ALONGSIDE_TRIALS` sets how often the random trials are tried.
#![cfg(unix)]
// clippy.toml allows these in tests, but takes only marked functions for tests, not what they call
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

#[path = "../../src/testing/chance.rs"]
mod chance;
mod home;
mod keys;
mod window;

mod beside;
mod coming_back;
mod editor;
mod erasing;
mod first_workbook;
mod hang_up;
mod idle;
mod jots;
mod killed;
mod no_terminal;
mod pasting;
mod scan;
mod sizes;
mod stopping;
mod story_four;
mod story_one;
mod story_three;
mod story_two;
mod trouble;
mod versions;
mod windows;
