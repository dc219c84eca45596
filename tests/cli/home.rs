//! A home that a test has to itself: no real folder, clock or variable is seen in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use alongside::domain::{
    Edit, Heard, Partner, PartnerId, QuestionId, Source, Splice, TextPlace, VoiceKey, Workbook,
};
use alongside::domain::{IdSource, WorkbookId};
use alongside::store::{Opened, Store};
use assert_cmd::cargo::CommandCargoExt;
use jiff::Timestamp;
use tempfile::TempDir;

/// The moment that every test takes place at.
pub const NOW: &str = "2025-11-04T09:30:00Z";

pub struct Home {
    dir: TempDir,
}

/// What a run of the program left behind.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A home with two workbooks: one with something of everything, one with only a title.
    pub fn furnished() -> Self {
        let home = Self::new();
        home.keep(&walks());
        home.keep(&Workbook::new(WorkbookId::new("second0000"), "Second thoughts"));
        home
    }

    /// The folder in which the program keeps everything here.
    pub fn root(&self) -> PathBuf {
        self.dir.path().join("kept")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn store(&self) -> Store {
        Store::at(Some(self.root())).unwrap()
    }

    /// Keeps a workbook and returns its folder.
    pub fn keep(&self, workbook: &Workbook) -> PathBuf {
        self.store().workbooks().create(workbook, now()).unwrap()
    }

    /// Opens a workbook as soon as nobody holds it. A program that another test starts at this very moment has the locks of
    /// this process for as long as it takes it to begin.
    pub fn open_when_free(&self, folder: &Path, at: Timestamp) -> Opened {
        self.store().take_over(folder, at, Duration::from_secs(20)).unwrap()
    }

    /// A command in this home, with nothing of the outside.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("alongside").unwrap();
        command
            .env_clear()
            .env("ALONGSIDE_DIR", self.root())
            .env("ALONGSIDE_NOW", NOW)
            .env("HOME", self.path("home"))
            .env("XDG_CONFIG_HOME", self.path("home/config"))
            .env("TZ", "UTC")
            .current_dir(self.dir.path())
            .args(args);
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args).output().unwrap())
    }

    /// Every file and folder here with what it holds and when it was written.
    pub fn everything(&self) -> BTreeMap<PathBuf, (Option<Vec<u8>>, SystemTime)> {
        let mut all = BTreeMap::new();
        gather(self.dir.path(), &mut all);
        all
    }
}

impl Ran {
    /// That it ended with this code; what it said is shown where it did not.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "out: {}\nerr: {}", self.out, self.err);
        self
    }

    /// That the words hold all of these.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in: {}", self.err);
        }
        self
    }

    /// That the data holds all of these.
    #[track_caller]
    pub fn prints(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.out.contains(word), "{word:?} is not in: {}", self.out);
        }
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }

    /// The first line of the data.
    pub fn line(&self) -> &str {
        self.out.lines().next().unwrap_or("")
    }
}

pub fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// A workbook with a partner, a settled answer, a guess and two private answers.
pub fn walks() -> Workbook {
    let mut w = Workbook::new(IdSource::new(1).workbook(), "Walks with City Museum");
    let museum = PartnerId::new("museum");
    w.apply(Edit::AddPartner { partner: Box::new(Partner::named(museum.clone(), "City Museum")), place: 0 })
        .unwrap();
    write(&mut w, "SCO-1", VoiceKey::Ours, "A walk for people who never come in");
    write(&mut w, "SCO-2", VoiceKey::Theirs(museum.clone()), "we always forget the evening volunteers");
    heard(&mut w, "SCO-2", &museum, Heard::Asked);
    write(&mut w, "SCO-3", VoiceKey::Ours, "Their director is leaving, says the evening porter");
    write(&mut w, "GOV-1", VoiceKey::Ours, "We could not pay for that");
    for id in ["SCO-3", "GOV-1"] {
        w.apply(Edit::SetPrivate { question: QuestionId::new(id), to: true }).unwrap();
    }
    w
}

pub fn write(workbook: &mut Workbook, question: &str, voice: VoiceKey, text: &str) {
    put(workbook, TextPlace::Voice(QuestionId::new(question), voice), text);
}

pub fn put(workbook: &mut Workbook, place: TextPlace, text: &str) {
    let splice = Splice { place, at: 0, delete: String::new(), insert: text.to_owned(), on: None };
    workbook.apply(Edit::Splice(splice)).unwrap();
}

pub fn heard(workbook: &mut Workbook, question: &str, partner: &PartnerId, heard: Heard) {
    let (question, partner) = (QuestionId::new(question), partner.clone());
    let source = Source::Said("the call of 14 March".into());
    workbook.apply(Edit::SetHeard { question, partner, heard, checked: None, person: None, source }).unwrap();
}

fn gather(dir: &Path, all: &mut BTreeMap<PathBuf, (Option<Vec<u8>>, SystemTime)>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let meta = std::fs::symlink_metadata(&path).unwrap();
        let bytes = meta.is_file().then(|| std::fs::read(&path).unwrap());
        all.insert(path.clone(), (bytes, meta.modified().unwrap()));
        if meta.is_dir() {
            gather(&path, all);
        }
    }
}
