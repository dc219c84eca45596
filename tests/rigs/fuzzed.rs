//! The kept corpus of hostile files and its mutations, through every body of `hostile`, in bounded time.
//!
//! `fuzz/` runs the same bodies under a fuzzer; what it finds is kept in `corpus/`. A corpus file that once broke something
//! stays for good.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::chance::{Chance, seed, trials};
use crate::hostile::keys::Played;
use crate::hostile::{self, BODIES};

/// How long one input may take; a debug build on a busy machine is allowed much.
const AT_MOST: Duration = Duration::from_secs(20);

/// The kept inputs of a body, with their paths.
fn corpus(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rigs/corpus").join(name);
    let listed = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} is empty", folder.display());
    paths.into_iter().map(|path| (path.clone(), std::fs::read(&path).unwrap())).collect()
}

/// What a mutation puts in: marks of the format, odd bytes, sequences that act on terminals.
const TOKENS: &[&[u8]] = &[
    b"(",
    b")",
    b"[",
    b"]",
    b"{",
    b"}",
    b",",
    b":",
    b"\"",
    b"\\",
    b"r#\"",
    b"\"#",
    b"/*",
    b"//",
    b"Some(",
    b"None",
    b"()",
    b"'",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\x1b]52;c;aGk=\x07",
    b"\x1b[?1049l",
    "\u{202e}".as_bytes(),
    "\u{e0041}".as_bytes(),
    b"18446744073709551616",
    b"-9223372036854775809",
    b"1e999",
    b"NaN",
    b"0x",
    b"99999999-99-99",
    b"-009999-01-01T00:00:00Z",
    b"9999-12-31T23:59:59Z",
    b"../../etc/passwd",
    b"format: 4294967295",
    b"format: 99",
    b"Undo",
    b"Redo",
    b"Base(seq:0,print:(len:0,crc:0))",
];

/// Changes bytes in a way that chance chooses.
fn mutated(bytes: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let (a, b) = (chance.pick(bytes.len() + 1), chance.pick(bytes.len() + 1));
        let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 400));
        match chance.below(10) {
            0 => bytes.truncate(a),
            1 => drop(bytes.drain(from..to)),
            2 => {
                let part = other.get(chance.pick(other.len())..).unwrap_or_default();
                let part = &part[..part.len().min(1 + chance.pick(300))];
                bytes.splice(from..from, part.iter().copied());
            }
            3 if a < bytes.len() => bytes[a] ^= 1 << chance.below(8),
            4 => {
                let part = bytes[from..to].to_vec();
                let times = 1 + chance.pick(20);
                bytes.splice(from..from, part.repeat(times));
            }
            5 => {
                let open = *b"([{".get(chance.pick(3)).unwrap();
                bytes.splice(from..from, vec![open; 1 + chance.pick(300)]);
            }
            6 => {
                let digits = vec![b'9'; 1 + chance.pick(60)];
                bytes.splice(from..to.min(from + 4), digits);
            }
            7 => {
                let odd: Vec<u8> = (0..=chance.below(6)).map(|_| chance.below(256) as u8).collect();
                bytes.splice(from..to.min(from + 6), odd);
            }
            _ => {
                let token = TOKENS[chance.pick(TOKENS.len())];
                bytes.splice(from..if chance.below(2) == 0 { from } else { to }, token.iter().copied());
            }
        }
    }
    bytes.truncate(200_000);
    bytes
}

/// Runs a body over its corpus and over mutations of it. How many inputs that were.
fn fuzz(name: &str, body: impl Fn(&[u8]), mutations: usize) -> usize {
    let corpus = corpus(name);
    let mut chance = Chance::new(seed().wrapping_mul(31).wrapping_add(name.len() as u64));
    let mut broken = Vec::new();
    let mut run = |bytes: &[u8], what: &dyn std::fmt::Display| {
        let began = Instant::now();
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| body(bytes)));
        let took = began.elapsed();
        if ended.is_err() || took > AT_MOST {
            let kept = std::env::temp_dir().join(format!("alongside-{name}-{:08x}", crc32fast::hash(bytes)));
            std::fs::write(&kept, bytes).unwrap();
            broken.push(format!("{what} broke it or took long ({took:?}); it is kept at {}", kept.display()));
        }
    };
    for (path, bytes) in &corpus {
        run(bytes, &path.display());
    }
    for n in 0..mutations {
        let (_, bytes) = &corpus[chance.pick(corpus.len())];
        let (_, other) = &corpus[chance.pick(corpus.len())];
        run(&mutated(bytes, other, &mut chance), &format_args!("mutation {n}"));
    }
    assert!(broken.is_empty(), "{name}, seed {}:\n{}", seed(), broken.join("\n"));
    corpus.len() + mutations
}

#[test]
fn hostile_files_of_every_kind_are_refused_in_words_or_read() {
    let began = Instant::now();
    let mutations = trials(60, 20_000);
    let runs = BODIES.iter().map(|(name, body)| std::panic::catch_unwind(|| fuzz(name, body, mutations)));
    let runs: Vec<_> = runs.collect();
    let inputs: usize = runs.iter().flatten().sum();
    let broken = runs.iter().filter(|run| run.is_err()).count();
    assert_eq!(broken, 0, "bodies that broke; see above");
    println!(
        "{inputs} hostile files in {} ways, seed {}: no panic; {:?}",
        BODIES.len(),
        seed(),
        began.elapsed()
    );
}

/// The keys of the corpus, its mutations, and bytes at random until there are enough keys.
#[test]
fn any_keys_at_any_size_break_nothing() {
    let began = Instant::now();
    let wanted = trials(100_000, 1_000_000);
    let halves = [0_u64, 1].map(|half| {
        std::thread::spawn(move || {
            let mut played = Played::default();
            let kept = corpus("keys");
            let mut chance = Chance::new(seed().wrapping_mul(2).wrapping_add(half));
            while played.keys < wanted / 2 {
                let bytes: Vec<u8> = match chance.below(3) {
                    0 => {
                        let other = &kept[chance.pick(kept.len())].1;
                        mutated(&kept[chance.pick(kept.len())].1, other, &mut chance)
                    }
                    // most keys are those of commands, so that a trial comes far
                    n => (0..400)
                        .map(|_| match chance.below(4) {
                            0 => [0x1b, b'\r', 0x81, 0x80, b'\t'][chance.pick(5)],
                            1 | 2 if n == 1 => 0xa0 + chance.below(0x60) as u8,
                            _ => chance.below(256) as u8,
                        })
                        .collect(),
                };
                let play = std::panic::AssertUnwindSafe(|| played.play(&bytes));
                if std::panic::catch_unwind(play).is_err() {
                    let path =
                        std::env::temp_dir().join(format!("alongside-keys-{:08x}", crc32fast::hash(&bytes)));
                    std::fs::write(&path, &bytes).unwrap();
                    panic!("keys broke it, seed {}; they are kept at {}", seed(), path.display());
                }
            }
            (played.keys, played.frames)
        })
    });
    let sums = halves.map(|half| half.join().expect("the keys broke it"));
    let (keys, frames) = (sums[0].0 + sums[1].0, sums[0].1 + sums[1].1);
    println!(
        "{keys} keys, {frames} frames at sizes from 1x1, seed {}: no panic; {:?}",
        seed(),
        began.elapsed()
    );
}

/// A body that writes over what it cannot read is caught, and a mutation does change things.
#[test]
fn the_bodies_and_the_mutations_can_fail() {
    let mut chance = Chance::new(3);
    let whole = b"(format: 3, workbook: (id: \"w1\"))".to_vec();
    let changed = (0..200).filter(|_| mutated(&whole, &whole, &mut chance) != whole).count();
    assert!(changed > 150, "{changed}");
    let panics = |body: fn(&[u8])| std::panic::catch_unwind(|| fuzz("beside", body, 0)).is_err();
    assert!(panics(|bytes| assert!(bytes.len() < 3)));
    let framed = hostile::framed(b"1(seq:1)\nFold(x)");
    let crc = |text: &[u8]| crc32fast::hash(text);
    let lines = format!("7 {:08x} (seq:1)\n7 {:08x} Fold(x)\n", crc(b"(seq:1)"), crc(b"Fold(x)"));
    assert_eq!(framed, lines.as_bytes());
}
