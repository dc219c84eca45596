//! A home that a test has to itself: the program in it sees no real folder, clock, editor or variable.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use alongside::domain::{IdSource, Partner, PartnerId, QuestionId, TextPlace, VoiceKey, Workbook};
use alongside::store::Store;
use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::window::{Opening, SPAWNING};

/// The moment at which every test begins.
pub const NOW: &str = "2025-11-10T14:03:00Z";
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_alongside");

pub struct Home {
    dir: TempDir,
}

/// What a test that fails leaves behind can be looked at.
impl Drop for Home {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.dir.disable_cleanup(true);
            println!("ALONGSIDE_SEED={} · kept: {}", crate::chance::seed(), self.dir.path().display());
        }
    }
}

impl Home {
    /// With nothing in it.
    pub fn new() -> Self {
        let home = Self { dir: tempfile::Builder::new().prefix("alongside-e2e-").tempdir().unwrap() };
        std::fs::create_dir(home.path("home")).unwrap();
        home
    }

    /// With one workbook, called Tactile guide, in which City Museum is a partner.
    pub fn with_workbook() -> Self {
        let home = Self::new();
        home.keep(&workbook("Tactile guide"));
        home
    }

    /// Where the program keeps everything.
    pub fn root(&self) -> PathBuf {
        self.path("kept")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Keeps a workbook and returns its folder.
    pub fn keep(&self, workbook: &Workbook) -> PathBuf {
        self.keep_at(NOW, workbook)
    }

    /// The same, at another moment.
    pub fn keep_at(&self, now: &str, workbook: &Workbook) -> PathBuf {
        self.store().workbooks().create(workbook, now.parse().unwrap()).unwrap()
    }

    /// The only workbook as the folder holds it now, journal and all. Reading changes nothing.
    pub fn workbook(&self) -> Workbook {
        self.store().read(&self.folder()).unwrap().book.workbook().clone()
    }

    /// The folder of the only workbook.
    pub fn folder(&self) -> PathBuf {
        let mut folders = std::fs::read_dir(self.root().join("workbooks")).unwrap();
        folders.next().unwrap().unwrap().path()
    }

    /// What our side says to a question, as the folder holds it now.
    pub fn ours(&self, question: &str) -> String {
        self.text(question, VoiceKey::Ours)
    }

    pub fn text(&self, question: &str, voice: VoiceKey) -> String {
        let place = TextPlace::Voice(QuestionId::new(question), voice);
        self.workbook().text(&place).unwrap_or_default().to_owned()
    }

    /// Whether `workbook.ron` holds everything: the journal has no record that it does not have.
    pub fn folded(&self) -> bool {
        self.store().read(&self.folder()).is_ok_and(|opened| opened.recovered == 0)
    }

    /// Every file in here with what it holds.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.dir.path(), &mut files);
        files
    }

    /// A window on the program in this home, 80 columns and 24 rows if nothing else is said.
    pub fn window(&self) -> Opening {
        Opening::new(self.command(PROGRAM))
    }

    /// A window on a script of the shell.
    pub fn shell(&self, script: &str) -> Opening {
        let mut command = self.command("/bin/sh");
        command.args(["-c", script]);
        Opening::new(command)
    }

    fn command(&self, program: &str) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        command.cwd(self.path("home"));
        command
    }

    /// What the program sees of the world.
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        vec![
            ("ALONGSIDE_DIR", self.root()),
            ("ALONGSIDE_NOW", NOW.into()),
            ("HOME", self.path("home")),
            ("XDG_CONFIG_HOME", self.path("home/config")),
            ("XDG_DATA_HOME", self.path("home/data")),
            ("XDG_STATE_HOME", self.path("home/state")),
            ("XDG_CACHE_HOME", self.path("home/cache")),
            ("XDG_RUNTIME_DIR", self.path("home/run")),
            ("PATH", "/usr/bin:/bin".into()),
            ("LANG", "C.UTF-8".into()),
            ("TERM", "xterm-256color".into()),
            ("TZ", "UTC".into()),
        ]
    }

    /// Runs the program without a window.
    pub fn run(&self, args: &[&str]) -> std::process::Output {
        self.run_at(NOW, args)
    }

    /// The same, at another moment.
    pub fn run_at(&self, now: &str, args: &[&str]) -> std::process::Output {
        let mut command = Command::new(PROGRAM);
        command.env_clear().envs(self.environment()).env("ALONGSIDE_NOW", now);
        command.current_dir(self.path("home")).args(args);
        let guard = SPAWNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let child = command.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::piped());
        let child = child.stderr(std::process::Stdio::piped()).spawn().unwrap();
        drop(guard);
        child.wait_with_output().unwrap()
    }

    /// Writes a script that can be run, and returns its path.
    pub fn script(&self, name: &str, text: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let path = self.path(name);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        path
    }

    pub fn store(&self) -> Store {
        Store::at(Some(self.root())).unwrap()
    }
}

/// A workbook with one partner.
pub fn workbook(title: &str) -> Workbook {
    let seed = title.bytes().fold(7, |sum: u64, b| sum.wrapping_mul(31).wrapping_add(u64::from(b)));
    let mut workbook = Workbook::new(IdSource::new(seed).workbook(), title);
    let partner = Partner::named(museum(), "City Museum");
    workbook
        .apply(alongside::domain::Edit::AddPartner { partner: Box::new(partner), place: usize::MAX })
        .unwrap();
    workbook
}

/// The partner in [`workbook`].
pub fn museum() -> PartnerId {
    PartnerId::new("museum0000")
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            // a file in the making may have got its name meanwhile
            match std::fs::read(&path) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                read => _ = files.insert(path, read.unwrap()),
            }
        }
    }
}
