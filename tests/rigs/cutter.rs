//! The byte-cutter: a workbook of 20 KB cut at each byte, with a bit turned over in each, and everything else that may stand
//! in its place. Opening never writes over what it cannot read: it says where, keeps it byte for byte, and offers the newest
//! version that reads well.
//!
//! Most of it runs through the store in this process; a handful through the real program, in a window and on the command
//! line. Start reading at [`every_cut_and_every_turned_bit_is_met_in_words`].

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use alongside::domain::{Book, Edit, QuestionId, Record, Splice, TextPlace, VoiceKey, Workbook};
use alongside::store::fault::FaultyDisk;
use alongside::store::{Folders, Opened, RealDisk, Store, StoreError, Writer, write_workbook};
use jiff::Timestamp;

use crate::chance::trials;
use crate::home::{Home, workbook};

/// About how large the workbook's file is.
const SIZE: usize = 20_000;
/// How long opening may take before the person is told.
const SOON: Duration = Duration::from_secs(2);

fn now() -> Timestamp {
    crate::home::NOW.parse().unwrap()
}

/// A workbook whose file has about [`SIZE`] bytes, with texts of the kinds that are written in ways of their own.
fn large() -> Workbook {
    let mut workbook = workbook("Tactile guide");
    let kinds = [
        "Plain words about the walk. ",
        "A \"quoted\" word, and a # in it: \"#\".\n",
        "Zwei Zeilen,\n\tund é mit 👩‍👩‍👧 darin. ",
    ];
    for n in 0.. {
        let question = format!("SCO-{}", 1 + n % 15);
        let place = TextPlace::Voice(QuestionId::new(question), VoiceKey::Ours);
        let insert = kinds[n % 3].repeat(6);
        workbook
            .apply(Edit::Splice(Splice { place, at: 0, delete: String::new(), insert, on: None }))
            .unwrap();
        if write_workbook(&workbook, 1, None).unwrap().len() > SIZE {
            break;
        }
    }
    workbook
}

/// A folder with the workbook, and an earlier version of it in its history.
struct Bench {
    _dir: tempfile::TempDir,
    store: Store,
    folder: PathBuf,
    file: PathBuf,
    whole: Vec<u8>,
}

impl Bench {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::new(Arc::new(RealDisk)).pretending_to_sync();
        let store = Store::with_disk(Folders::at(dir.path().join("kept")), Arc::new(disk));
        let folder = store.workbooks().create(&large(), now()).unwrap();
        let file = folder.join("workbook.ron");
        write_on(store.open(&folder, now()).unwrap());
        let whole = std::fs::read(&file).unwrap();
        Self { _dir: dir, store, folder, file, whole }
    }

    /// Opens it to write. A program that another test starts just then shares the lock for a moment, and what is held
    /// elsewhere is only read; so it is tried again.
    fn open(&self) -> Result<Opened, StoreError> {
        let open = || self.store.open(&self.folder, now());
        let is_held = |opened: &Result<Opened, StoreError>| match opened {
            Ok(opened) => !opened.hold_is_ours(),
            Err(error) => matches!(error, StoreError::Unreadable { aside: None, .. }),
        };
        let tries = std::iter::repeat_with(|| {
            std::thread::sleep(Duration::from_millis(2));
            open()
        });
        let first = open();
        if is_held(&first) { tries.take(50).find(|opened| !is_held(opened)).unwrap_or(first) } else { first }
    }

    /// Puts damaged bytes in place of the file and opens it. True where it could not be read.
    fn meets(&self, bytes: &[u8], what: &str) -> bool {
        std::fs::write(&self.file, bytes).unwrap();
        let opened = self.open();
        assert!(std::fs::read(&self.file).unwrap() == bytes, "{what}: written over");
        let read = self.store.read(&self.folder);
        assert_eq!(read.is_err(), opened.is_err(), "{what}");
        let Err(error) = opened else { return false };
        let StoreError::Unreadable { aside, good, line, column, .. } = &error else {
            panic!("{what}: {error}");
        };
        let words = format!("{error} {}", error.hint());
        let place = (words.contains(&format!("line {line}")), words.contains(&format!("column {column}")));
        assert!(place == (true, true) && *line >= 1 && *column >= 1, "{what}: {words}");
        let lines = bytes.iter().filter(|b| **b == b'\n').count() + 1;
        assert!(*line <= lines, "{what}: line {line} of {lines}");
        let aside = aside.as_ref().unwrap_or_else(|| panic!("{what}: not set aside"));
        assert!(std::fs::read(aside).unwrap() == bytes, "{what}: set aside as something else");
        std::fs::remove_file(aside).unwrap();
        let good = good.as_ref().unwrap_or_else(|| panic!("{what}: no earlier version is offered"));
        assert!(words.contains(&good.display().to_string()), "{what}: {words}");
        assert!(good.starts_with(self.folder.join("history")));
        true
    }
}

/// Types a word, and leaves.
fn write_on(opened: Opened) {
    let (mut book, writing) = opened.to_write().unwrap();
    let (reports, _heard) = std::sync::mpsc::channel();
    let writer = Writer::start(writing, reports, Box::new(|| ())).unwrap();
    writer.append(typed(&mut book));
    writer.close().unwrap();
}

fn typed(book: &mut Book) -> Vec<Record> {
    let place = TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Agreed);
    let splice = Splice { place, at: 0, delete: String::new(), insert: "and on ".into(), on: None };
    book.act(Edit::Splice(splice), now()).unwrap()
}

#[test]
fn every_cut_and_every_turned_bit_is_met_in_words() {
    let began = Instant::now();
    // every 16th byte; every one in full
    let step = (16 / trials(1, 16)).max(1);
    let halves = [0, 1].map(|half| {
        std::thread::spawn(move || {
            let bench = Bench::new();
            let (mut tried, mut refused, mut kept) = (0, 0, 0);
            for at in (half * step..bench.whole.len()).step_by(2 * step) {
                if at + 2 < bench.whole.len() {
                    assert!(bench.meets(&bench.whole[..at], &format!("cut at {at}")), "cut at {at}: opened");
                }
                let mut turned = bench.whole.clone();
                turned[at] ^= 1 << (at % 8);
                let broken = bench.meets(&turned, &format!("bit {} of byte {at}", at % 8));
                (tried, refused) = (tried + 2, refused + 1 + usize::from(broken));
                // one that still reads is opened as somebody else's version: what was there stays in history
                if !broken && at % (8 * step) < step {
                    let opened = bench.open().unwrap();
                    if opened.hold_is_ours() {
                        write_on(opened);
                        assert!(is_kept(&bench.folder, &turned), "byte {at}: what was there is nowhere");
                        kept += 1;
                    }
                    std::fs::remove_dir_all(&bench.folder).unwrap();
                    return_to_start(&bench);
                }
            }
            (tried, refused, kept)
        })
    });
    let sums = halves.map(|half| half.join().expect("a trial failed"));
    let (tried, refused, kept) =
        sums.into_iter().fold((0, 0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2));
    println!(
        "{tried} cuts and turned bits, every {step}th byte of {SIZE}: {refused} refused with line and column, none written \
         over; {kept} written on, what was there is kept; {:?}",
        began.elapsed()
    );
    assert!(refused > tried / 2 && kept > 0);
}

/// Whether bytes are in a file of the workbook's history.
fn is_kept(folder: &Path, bytes: &[u8]) -> bool {
    let history = std::fs::read_dir(folder.join("history")).unwrap();
    history.map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).any(|held| held == bytes)
}

/// The workbook's folder as it was at first.
fn return_to_start(bench: &Bench) {
    let folder = bench.store.workbooks().create(&large(), now()).unwrap();
    assert_eq!(folder, bench.folder);
    write_on(bench.open().unwrap());
}

/// Whether a workbook was opened to write.
trait HoldIsOurs {
    fn hold_is_ours(&self) -> bool;
}

impl HoldIsOurs for Opened {
    fn hold_is_ours(&self) -> bool {
        matches!(self.hold, alongside::store::Hold::Writing(_))
    }
}

/// What may stand in the place of a file, and is no damage: it reads as the same workbook.
#[test]
fn other_line_ends_and_a_mark_at_the_start_do_no_harm() {
    let bench = Bench::new();
    let text = String::from_utf8(bench.whole.clone()).unwrap();
    let whole = bench.open().unwrap().book.workbook().clone();
    for (what, other) in [
        ("a mark", format!("\u{feff}{text}")),
        ("CRLF", text.replace('\n', "\r\n")),
        ("both", format!("\u{feff}{}", text.replace('\n', "\r\n"))),
    ] {
        assert!(!bench.meets(other.as_bytes(), what), "{what}");
        assert!(*bench.open().unwrap().book.workbook() == whole, "{what}");
    }
    // what is set aside is the very bytes; so a cutter that wrote over would be noticed
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (what, other) in [
        ("nothing", Vec::new()),
        ("zeros", vec![0; SIZE]),
        ("UTF-16", [&[0xff, 0xfe][..], &wide].concat()),
        ("UTF-16 without a mark", wide),
        ("zeros at the end", [&bench.whole[..SIZE / 2], &vec![0; SIZE / 2]].concat()),
        ("twice", [&bench.whole[..], &bench.whole].concat()),
        ("an archive", b"PK\x03\x04 and so on".to_vec()),
        ("a page", b"<!DOCTYPE html><html>Sign in to go on</html>".to_vec()),
        ("a conflict", [b"<<<<<<< ours\n", &bench.whole[..], b">>>>>>> theirs\n"].concat()),
    ] {
        assert!(bench.meets(&other, what), "{what}");
    }
}

/// The bench notices a store that writes over what it cannot read.
#[test]
fn a_cutter_that_could_not_fail_would_be_noticed() {
    let bench = Bench::new();
    let found = |act: &dyn Fn()| std::panic::catch_unwind(std::panic::AssertUnwindSafe(act)).is_err();
    // nothing earlier to offer
    std::fs::remove_dir_all(bench.folder.join("history")).unwrap();
    assert!(found(&|| _ = bench.meets(&bench.whole[..500], "cut")));
    // nowhere to set it aside
    std::fs::remove_dir_all(bench.store.folders().root().join("quarantine")).unwrap();
    std::fs::write(bench.store.folders().root().join("quarantine"), "in the way").unwrap();
    assert!(found(&|| _ = bench.meets(&bench.whole[..700], "cut")));
}

/// What it is, and what puts it there.
type OddThing<'a> = (&'static str, Box<dyn Fn() + 'a>);

/// What the real program is given in place of `workbook.ron`.
fn odd_things(file: &Path) -> Vec<OddThing<'_>> {
    let gone = move || {
        let _ = std::fs::remove_file(file);
        let _ = std::fs::remove_dir(file);
    };
    let shell = move |script: &'static str| {
        move || {
            gone();
            let done = Command::new("sh").args(["-c", script, "sh"]).arg(file).status().unwrap();
            assert!(done.success(), "{script}");
        }
    };
    vec![
        ("nothing in it", Box::new(shell(": > \"$1\""))),
        ("zeros", Box::new(shell("head -c 20000 /dev/zero > \"$1\""))),
        ("half of it", Box::new(shell("printf '(\\n    format: 3,\\n    seq: 1,\\n    work' > \"$1\""))),
        ("a folder", Box::new(shell("mkdir \"$1\""))),
        ("a pipe", Box::new(shell("mkfifo \"$1\""))),
        ("a link to itself", Box::new(shell("ln -s workbook.ron \"$1\""))),
        ("a link to nothing", Box::new(shell("ln -s /no/such/file \"$1\""))),
        ("a device", Box::new(shell("ln -s /dev/zero \"$1\""))),
        ("1 GiB", Box::new(shell("truncate -s 1G \"$1\""))),
    ]
}

#[test]
fn the_program_says_what_stands_there_and_goes_on() {
    let began = Instant::now();
    let home = Home::with_workbook();
    home.keep(&workbook("Second"));
    let folders = std::fs::read_dir(home.root().join("workbooks")).unwrap();
    let mut folders = folders.map(|entry| entry.unwrap().path());
    let folder = folders.find(|path| path.display().to_string().contains("tactile")).unwrap();
    let file = folder.join("workbook.ron");
    let mut longest = Duration::ZERO;
    for (what, put) in odd_things(&file) {
        put();
        let before = std::fs::symlink_metadata(&file).unwrap();
        for args in [&["show", "Tactile guide"][..], &["check"], &["list"], &["rescue", "Tactile guide"]] {
            let asked = Instant::now();
            let said = home.run(args);
            longest = longest.max(asked.elapsed());
            assert!(asked.elapsed() < SOON, "{what}: {args:?} took {:?}", asked.elapsed());
            let words = [said.stdout, said.stderr].concat();
            let words = String::from_utf8_lossy(&words);
            assert!(!words.trim().is_empty() && !words.contains("panicked"), "{what}: {args:?}: {words}");
            assert!(!words.contains("os error"), "{what}: {args:?}: {words}");
        }
        // the window opens what can be opened, and says of the other what is wrong with it
        let asked = Instant::now();
        let mut window = home.window().size(120, 40).open();
        window.wait("Second");
        longest = longest.max(asked.elapsed());
        window.keys("q q").exited(0).is_given_back();
        let after = std::fs::symlink_metadata(&file).unwrap();
        let same = (before.len(), before.file_type(), before.modified().unwrap())
            == (after.len(), after.file_type(), after.modified().unwrap());
        assert!(same, "{what}: it was touched");
    }
    println!(
        "9 odd things in place of a workbook, the longest answer after {longest:?}; {:?}",
        began.elapsed()
    );
}
