//! Makes the files of `assets/` ready before the program is built, so that it takes them in instead of parsing them.
//!
//! A question is written as RON, for people; it is carried in a form that is read much sooner, because in it nothing is
//! left to find out. A file that does not read stops the build here, with its name, its line and the reason. What a file
//! holds is said once, by the types that the program reads it with. `content` is the other end of this.
#![allow(clippy::print_stdout, reason = "cargo listens there")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use ron::extensions::Extensions;
use serde::Serialize;
use serde::de::DeserializeOwned;

#[path = "src/content/types.rs"]
#[allow(dead_code, reason = "what the program asks of them is of no use here")]
mod types;

use types::{Aspect, Card, Clause, Entrance, Lens, Named, Signal, Source, Suggestion, Table, Term};

/// Why the content was not made ready, in words for whoever wrote it.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=assets");
    match make_all() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            println!("cargo::error={reason}");
            ExitCode::FAILURE
        }
    }
}

fn make_all() -> Outcome {
    let target = env::var_os("OUT_DIR").map(PathBuf::from).ok_or("cargo says no place to build in")?;
    let assets = Assets { written: Path::new("assets"), ready: &target };
    assets.make_folder::<Aspect>("aspects")?;
    assets.make_folder::<Vec<Card>>("cards")?;
    assets.make::<Vec<Term>>("glossary")?;
    assets.make::<Vec<Suggestion>>("suggestions")?;
    assets.make::<Vec<Clause>>("clauses")?;
    assets.make::<Vec<Named>>("types")?;
    assets.make::<Vec<Named>>("levels")?;
    assets.make::<Vec<Named>>("legacies")?;
    assets.make::<Vec<Named>>("ways")?;
    assets.make::<Vec<Entrance>>("entrances")?;
    assets.make::<Vec<Lens>>("lenses")?;
    assets.make::<Vec<Signal>>("forms")?;
    assets.make::<Vec<Table>>("records")?;
    assets.make::<Vec<Source>>("sources")
}

/// Where the files are written by people, and where they are put down ready.
struct Assets<'a> {
    written: &'a Path,
    ready: &'a Path,
}

impl Assets<'_> {
    /// Makes every file of a folder ready.
    fn make_folder<T: Serialize + DeserializeOwned>(&self, folder: &str) -> Outcome {
        let written = self.written.join(folder);
        fs::create_dir_all(self.ready.join(folder)).map_err(|e| at(&self.ready.join(folder), &e))?;
        for entry in fs::read_dir(&written).map_err(|e| at(&written, &e))? {
            let path = entry.map_err(|e| at(&written, &e))?.path();
            let name = path.file_stem().and_then(|name| name.to_str());
            let ours = path.extension().is_some_and(|end| end == "ron");
            if let Some(name) = name.filter(|_| ours) {
                self.make::<T>(&format!("{folder}/{name}"))?;
            }
        }
        Ok(())
    }

    /// Makes a file ready: `aspects/scoping` is read from `scoping.ron`, and put down as `scoping.ready`.
    fn make<T: Serialize + DeserializeOwned>(&self, name: &str) -> Outcome {
        let written = self.written.join(format!("{name}.ron"));
        let ready = self.ready.join(format!("{name}.ready"));
        let text = fs::read_to_string(&written).map_err(|e| at(&written, &e))?;
        // as the program reads all else; `tests/content.rs` holds that it takes in what it would read here
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let content: T = options.from_str(&text).map_err(|mistake| {
            format!("{}, line {}: {}", written.display(), mistake.span.start.line, mistake.code)
        })?;
        let bytes = postcard::to_allocvec(&content).map_err(|e| at(&written, &e))?;
        fs::write(&ready, bytes).map_err(|e| at(&ready, &e))
    }
}

fn at(path: &Path, reason: &dyn std::fmt::Display) -> String {
    format!("{}: {reason}", path.display())
}
