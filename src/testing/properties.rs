//! How often a property is tried, and where its chance begins. The tests of the whole program take this file in too.

use proptest::test_runner::{Config, RngSeed};

use super::chance::{seed, trials};

/// How many times as often a property is tried in full.
const IN_FULL: u32 = 20;

/// So many cases, the same ones at each run: `ALONGSIDE_SEED` begins elsewhere, and a change is not refused for what it has
/// nothing to do with. In full there are more of them.
pub fn cases(usual: u32) -> Config {
    let full = usual.saturating_mul(IN_FULL);
    Config {
        cases: u32::try_from(trials(usual as usize, full as usize)).unwrap_or(full),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed()),
        ..Config::default()
    }
}
