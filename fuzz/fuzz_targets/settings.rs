#![no_main]

#[path = "../../tests/harness/mod.rs"]
mod harness;
#[path = "../../tests/rigs/hostile/mod.rs"]
mod hostile;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hostile::settings(bytes));
