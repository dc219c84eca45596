//! The outer figures: the release program as a person meets it, through a terminal, against a floor that runs beside it.
//!
//! `cargo bench --bench outer` prints a table; a word behind it (`start`, `key`, `large`, `burst`, `idle`, `memory`, `find`,
//! `save`, `leave`) prints that part alone. Times drift with the machine and its other work, so every figure is a median of
//! rounds in which the floor and the program take turns, and the ratio is that of one round. Nothing here gates anything.
//! `docs/PERFORMANCE.md` holds what a quiet machine said. `terminal` is the clock, `floor` the floor, `books` the data.
//!
//! `cargo bench --bench outer -- library COUNT KIB FOLDER` leaves a library behind, for whoever wants to look.

// clippy.toml allows these in tests; a bench is one
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]
#![cfg_attr(not(unix), allow(unused))]

#[cfg(unix)]
mod books;
#[cfg(unix)]
mod figures;
#[cfg(unix)]
mod floor;
#[cfg(unix)]
mod plan;
#[cfg(unix)]
mod system;
#[cfg(unix)]
mod terminal;

#[cfg(unix)]
fn main() {
    // cargo adds `--bench` of its own
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["floor"] => floor::run(),
        ["library", count, kib, folder] => {
            books::library(std::path::Path::new(folder), count.parse().unwrap(), kib.parse().unwrap());
        }
        parts => plan::run(parts),
    }
}

#[cfg(not(unix))]
fn main() {
    println!("The outer figures are taken on Unix alone.");
}
