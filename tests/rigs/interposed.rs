//! The library that stands between the program and the system (`interpose.c`): built here, told what to do, and read.
//!
//! It notes every call that touches a file of the workbook's home, makes the one fail that a [`Plan`] names, and keeps what
//! the disk has for sure, from which [`Interposed::after_a_cut`] makes what a power cut would leave. Start reading at
//! [`Interposed::new`].

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{OnceLock, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use alongside::store::Store;
use tempfile::TempDir;

use crate::home::Home;
use crate::window::{Opening, SPAWNING};

/// What a line of the log says besides a mode: something may be made, the file is opened for writing.
const MAKES: u64 = 0o10_000_000;
const WRITES: u64 = 0o20_000_000;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    Enospc,
    Eio,
    Eacces,
    Efbig,
    Erofs,
    Edquot,
    Eintr,
    Short,
    Kill,
    Hup,
    Term,
}

pub const FAULTS: [Fault; 11] = [
    Fault::Enospc,
    Fault::Eio,
    Fault::Eacces,
    Fault::Efbig,
    Fault::Erofs,
    Fault::Edquot,
    Fault::Eintr,
    Fault::Short,
    Fault::Kill,
    Fault::Hup,
    Fault::Term,
];

impl Fault {
    fn name(self) -> String {
        format!("{self:?}").to_uppercase()
    }

    /// Whether it ends the program.
    pub fn ends(self) -> bool {
        matches!(self, Self::Kill | Self::Hup | Self::Term)
    }

    /// Whether a program that does its work tries again without a word.
    pub fn is_passed_over(self) -> bool {
        matches!(self, Self::Eintr | Self::Short)
    }
}

/// Which call fails, how, and whether those after it fail too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The call and its path: `fdatasync:workbooks/…/journal.log`.
    pub call: String,
    /// Which of those since it was armed, from 1.
    pub nth: u32,
    pub fault: Fault,
    pub always: bool,
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let often = if self.always { "from then on" } else { "once" };
        write!(f, "{} number {} · {} {often}", self.call, self.nth, self.fault.name())
    }
}

/// How the disk is made worse than it should be, to see that the trials notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    None,
    /// No sync is carried out.
    NoSync,
    /// A file that takes the name of another is written into that one.
    InPlace,
}

/// A call that the library saw.
#[derive(Debug, Clone)]
pub struct Call {
    /// Its name and path, as in [`Plan::call`].
    pub label: String,
    /// Which of those since it was armed; 0 before that.
    pub nth: u32,
    pub result: i64,
    /// The mode that was asked for, where something may be made or its mode is changed.
    pub mode: Option<u32>,
    /// A file was opened only to be read.
    reading: bool,
    /// Its fault, where it was made to fail.
    pub fault: Option<String>,
}

impl Call {
    pub fn name(&self) -> &str {
        self.label.split_once(':').unwrap().0
    }

    /// Whether it changed a file or a folder, or tried to.
    pub fn changes(&self) -> bool {
        !matches!(self.name(), "read" | "close" | "flock") && !self.reading
    }

    /// Whether it opens a file only to read it.
    pub fn is_reading(&self) -> bool {
        self.reading
    }

    pub fn path(&self) -> &str {
        self.label.split_once(':').unwrap().1
    }
}

/// A home whose program is watched.
pub struct Interposed {
    pub home: Home,
    dir: TempDir,
    flaw: Flaw,
}

impl Interposed {
    /// `None`, with a printed line, where the library cannot be built here.
    pub fn new(home: Home, flaw: Flaw) -> Option<Self> {
        library()?;
        let dir = tempfile::Builder::new().prefix("alongside-rig-").tempdir().unwrap();
        fs::create_dir(dir.path().join("safe")).unwrap();
        let made = Self { home, dir, flaw };
        made.settle();
        Some(made)
    }

    /// The program in a window, watched.
    pub fn open(&self) -> Opening {
        let mut opening = self.home.window();
        for (name, value) in self.environment() {
            opening = opening.env(name, value);
        }
        opening
    }

    /// What makes a program a watched one.
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let flaw = match self.flaw {
            Flaw::None => "none",
            Flaw::NoSync => "nosync",
            Flaw::InPlace => "inplace",
        };
        vec![
            ("LD_PRELOAD", library().unwrap().to_owned()),
            ("RIG_ROOT", self.home.root()),
            ("RIG_LOG", self.dir.path().join("log")),
            ("RIG_PLAN", self.dir.path().join("plan")),
            ("RIG_SAFE", self.dir.path().join("safe")),
            ("RIG_FLAW", flaw.into()),
        ]
    }

    /// From now on the plan holds.
    pub fn arm(&self, plan: &Plan) {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let often = if plan.always { "always" } else { "once" };
        let line = format!("{number} {} {} {} {often}\n", plan.call, plan.nth, plan.fault.name());
        let (new, path) = (self.dir.path().join("plan.new"), self.dir.path().join("plan"));
        fs::write(&new, line).unwrap();
        fs::rename(&new, &path).unwrap();
    }

    /// Counts calls from now on, and lets all of them go well.
    pub fn arm_for_nothing(&self) {
        self.arm(&Plan { call: "nothing".to_owned(), nth: 1, fault: Fault::Eio, always: false });
    }

    /// From now on all goes well again.
    pub fn heal(&self) {
        let _ = fs::remove_file(self.dir.path().join("plan"));
    }

    /// Every call so far, in order.
    pub fn calls(&self) -> Vec<Call> {
        let log = fs::read_to_string(self.dir.path().join("log")).unwrap_or_default();
        log.lines().map(call).collect()
    }

    /// Whether the fault has come by now.
    pub fn has_struck(&self) -> bool {
        self.calls().iter().any(|call| call.fault.is_some())
    }

    /// Holds everything that is there now for safe.
    fn settle(&self) {
        if self.home.root().exists() {
            self.settle_folder(&self.home.root());
        }
    }

    fn settle_folder(&self, folder: &Path) {
        let mut names = String::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let kind = if path.is_dir() { 'd' } else { 'f' };
            names.push_str(&format!(
                "{kind} {} {}\n",
                key(&path),
                path.file_name().unwrap().to_str().unwrap()
            ));
            if path.is_dir() {
                self.settle_folder(&path);
            } else {
                fs::copy(&path, self.dir.path().join(format!("safe/f-{}", key(&path)))).unwrap();
            }
        }
        fs::write(self.dir.path().join(format!("safe/d-{}", key(folder))), names).unwrap();
    }

    /// What a power cut at this moment would leave at worst: what was synced, and nothing else. A name without its bytes is
    /// an empty file.
    pub fn after_a_cut(&self) -> Left {
        let left = Left(tempfile::Builder::new().prefix("alongside-cut-").tempdir().unwrap());
        self.rebuild(&key(&self.home.root()), &left.root());
        left
    }

    fn rebuild(&self, folder: &str, at: &Path) {
        let safe = self.dir.path().join("safe");
        fs::create_dir_all(at).unwrap();
        for line in fs::read_to_string(safe.join(format!("d-{folder}"))).unwrap_or_default().lines() {
            let parts: Vec<&str> = line.splitn(3, ' ').collect();
            let to = at.join(parts[2]);
            match parts[0] {
                "d" => self.rebuild(parts[1], &to),
                _ => {
                    let bytes = fs::read(safe.join(format!("f-{}", parts[1]))).unwrap_or_default();
                    fs::write(to, bytes).unwrap();
                }
            }
        }
    }
}

/// What a power cut left.
pub struct Left(TempDir);

impl Left {
    pub fn root(&self) -> PathBuf {
        self.0.path().join("kept")
    }

    pub fn store(&self) -> Store {
        Store::at(Some(self.root())).unwrap()
    }
}

/// The number of a file, which is not given again.
fn key(path: &Path) -> String {
    let meta = fs::symlink_metadata(path).unwrap();
    let born = meta.created().ok().and_then(|born| born.duration_since(UNIX_EPOCH).ok());
    let born = born.unwrap_or(Duration::ZERO);
    format!("{}-{}-{}", meta.ino(), born.as_secs(), born.subsec_nanos())
}

fn call(line: &str) -> Call {
    let parts: Vec<&str> = line.split(' ').collect();
    let more = u64::from_str_radix(parts[5], 8).unwrap();
    let name = parts[1].split_once(':').unwrap().0;
    Call {
        reading: name == "open" && more & WRITES == 0,
        label: parts[1].to_owned(),
        nth: parts[2].parse().unwrap(),
        result: parts[3].parse().unwrap(),
        mode: (more & MAKES != 0 || name.ends_with("chmod")).then_some((more & 0o7777) as u32),
        fault: (parts[6] != "-").then(|| parts[6].to_owned()),
    }
}

/// Where the library is, once it is built. `None`, with a printed line, where it cannot be.
fn library() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    BUILT.get_or_init(|| compiled("interpose.c", &["-shared", "-fPIC"])).as_deref()
}

/// Builds a C file that stands here, once for this run of the tests.
pub fn compiled(name: &str, options: &[&str]) -> Option<PathBuf> {
    if !cfg!(target_os = "linux") {
        println!("skipped: {name} is for Linux");
        return None;
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rigs").join(name);
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name.replace('.', "-"));
    let new = to.with_extension(std::process::id().to_string());
    let guard = SPAWNING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut cc = Command::new("cc");
    let ended = cc
        .args(["-O1", "-Wall", "-Wextra", "-o"])
        .arg(&new)
        .arg(&source)
        .args(options)
        .args(["-ldl", "-lpthread"])
        .output();
    drop(guard);
    match ended {
        Err(error) => {
            println!("skipped: {name} cannot be built here, there is no cc ({error})");
            None
        }
        Ok(ended) => {
            let said = String::from_utf8_lossy(&ended.stderr);
            assert!(ended.status.success() && said.is_empty(), "{name} does not build:\n{said}");
            fs::rename(&new, &to).unwrap();
            Some(to)
        }
    }
}

/// How often each call was made since it was armed, without those that only read.
pub fn counted(calls: &[Call]) -> BTreeMap<String, u32> {
    let mut counted = BTreeMap::new();
    for call in calls.iter().filter(|call| call.nth > 0) {
        let most: &mut u32 = counted.entry(call.label.clone()).or_default();
        *most = (*most).max(call.nth);
    }
    counted
}
