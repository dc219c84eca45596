//! Chance that can be repeated, and how often it is tried. The tests of the real window take this file in too.

/// A small generator (xorshift) that begins where it is told.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    /// One of so many, by its place.
    pub fn pick(&mut self, of: usize) -> usize {
        self.below(of.max(1) as u64) as usize
    }

    /// Words of small letters, so many bytes in all.
    pub fn words(&mut self, bytes: usize) -> String {
        let mut words = String::new();
        while words.len() < bytes {
            for _ in 0..=self.below(7) {
                words.push(char::from(b'a' + self.below(26) as u8));
            }
            words.push(' ');
        }
        words.truncate(bytes);
        words
    }
}

/// How often a trial is tried: what `ALONGSIDE_TRIALS` says; or `full` where `ALONGSIDE_TORTURE` is set, as `just torture`
/// does; or else `usual`.
pub fn trials(usual: usize, full: usize) -> usize {
    let in_full = std::env::var_os("ALONGSIDE_TORTURE").is_some();
    setting("ALONGSIDE_TRIALS").unwrap_or(if in_full { full } else { usual })
}

/// Where chance begins: what `ALONGSIDE_SEED` says, or else 1.
pub fn seed() -> u64 {
    setting("ALONGSIDE_SEED").unwrap_or(1)
}

fn setting<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}
