//! What a person has set, and their own wording of the content.
//!
//! The program works without any of it: a file that cannot be read is left as it is, said with line and reason, and the
//! defaults stay in force. Names of keys are strings here; the keymap checks them.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::format::{self, FormatError};
use super::{Store, save, unknown};
use crate::content::Wording;
use crate::domain::{Partner, WorkbookId};
use crate::notation::{self, Layout};
use crate::order::InOrder;

/// How the screens are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Reading {
    /// As they are.
    #[default]
    Standard,
    /// One column from top to bottom, for screen readers.
    Linear,
}

/// Whether colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Colours {
    /// Where the terminal has them and nobody has asked for none.
    #[default]
    Auto,
    /// Never.
    Mono,
}

/// What a person has set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// How the screens are laid out.
    #[serde(default)]
    pub reading: Reading,
    /// Whether colours are used.
    #[serde(default)]
    pub colours: Colours,
    /// Own keys, by the name of what they do: `"workbook.next": ["n", "ctrl-n"]`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub keys: BTreeMap<String, Vec<String>>,
    /// Our own side, asked once and filled into new workbooks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub our_side: Option<Partner>,
    /// The workbook that was open last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<WorkbookId>,
    /// Whether the tour was taken, or waved off.
    #[serde(default)]
    pub tour_seen: bool,
}

const HEADER: &str =
    "// Settings of alongside. It works without this file; whatever is left out has its default.\n";

impl Store {
    /// What a person has set; the defaults where nothing is.
    ///
    /// # Errors
    /// Where the file is there and cannot be read, with line and column. The defaults are then to be used.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        self.read_settings().map(|(settings, _)| settings)
    }

    /// Keeps what a person has set.
    ///
    /// # Errors
    /// Where the file that is there cannot be read, or holds parts that this version does not know: it is left as it is.
    pub fn save_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        let path = self.folders().settings();
        let (_, unknown) = self.read_settings()?;
        if !unknown.is_empty() {
            return Err(StoreError::UnknownParts { path, parts: unknown });
        }
        let body = notation::lines(settings, Layout::ESCAPED);
        let text = format!("{HEADER}{}\n", body.ok_or_else(|| StoreError::ReadBack { path: path.clone() })?);
        let root = self.folders().root();
        save::make_folder(self.disk(), root)?;
        save::whole(self.disk(), &path, text.as_bytes())
    }

    /// A person's own wording from `content/`: that of the files that are good, and a sentence for each that is not.
    pub fn wording(&self) -> (Vec<Wording>, Vec<String>) {
        let folder = self.folders().content();
        let mut names: Vec<String> = match self.disk().list(&folder) {
            Ok(listed) => listed.into_iter().filter(|n| !n.folder).map(|n| n.name).collect(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return (Vec::new(), vec![StoreError::io("list", &folder)(error).to_string()]),
        };
        names.retain(|name| name.ends_with(".ron") && !name.starts_with('.'));
        names.order();
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for name in names {
            let path = folder.join(&name);
            let read = self.disk().read(&path).map_err(|e| StoreError::io("read", &path)(e).to_string());
            let text = read.and_then(|bytes| {
                format::text_of(&bytes).map(str::to_owned).map_err(|e| format!("{}: {e}", path.display()))
            });
            let words = text
                .and_then(|text| Wording::parse_all(&text).map_err(|e| format!("{}, {e}", path.display())));
            match words {
                Ok(words) => good.extend(words),
                Err(error) => bad.push(format!("{error}. The words that ship are used instead.")),
            }
        }
        (good, bad)
    }

    /// The settings, and the names of the parts of the file that this version does not know.
    pub(super) fn read_settings(&self) -> Result<(Settings, Vec<String>), StoreError> {
        let path = self.folders().settings();
        let bytes = match self.disk().read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Default::default()),
            read => read.map_err(StoreError::io("read", &path))?,
        };
        let parsed = format::text_of(&bytes)
            .and_then(|text| unknown::read(text).map_err(|error| FormatError::of(text, error)));
        parsed.map_err(|error| StoreError::unreadable(&path, error))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Folders, RealDisk};
    use super::*;

    fn store(dir: &std::path::Path) -> Store {
        Store::with_disk(Folders::at(dir.join("root")), Arc::new(RealDisk))
    }

    #[test]
    fn settings_come_back_and_looking_writes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(dir.path());
        assert_eq!(store.settings().unwrap(), Settings::default());
        assert!(!dir.path().join("root").exists());
        let mut settings = Settings { reading: Reading::Linear, tour_seen: true, ..Settings::default() };
        settings.keys.insert("map.open".into(), vec!["o".into(), "ctrl-o".into()]);
        settings.our_side = Some(Partner::named(crate::domain::PartnerId::us(), "The \"Hub\""));
        store.save_settings(&settings).unwrap();
        assert_eq!(store.settings().unwrap(), settings);
    }

    #[test]
    fn a_broken_or_newer_file_is_never_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(dir.path());
        let path = store.folders().settings();
        std::fs::create_dir_all(store.folders().root()).unwrap();
        for (text, line) in [("(reading: Linear,\n  colours: 3)", 2), ("", 1), ("(reading:", 1)] {
            std::fs::write(&path, text).unwrap();
            let error = store.settings().unwrap_err();
            assert!(error.to_string().contains(&format!("line {line}")), "{error}");
            assert!(store.save_settings(&Settings::default()).is_err());
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
        for text in ["(reading: Sideways)", "(colour_of_the_sky: \"blue\", tour_seen: true)"] {
            std::fs::write(&path, text).unwrap();
            let error = store.save_settings(&Settings::default()).unwrap_err();
            assert!(matches!(error, StoreError::UnknownParts { .. }), "{error}");
            assert!(store.settings().is_ok(), "it is still used");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn a_bad_file_of_wording_is_named_and_the_good_one_is_used() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(dir.path());
        let folder = store.folders().content();
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("empty.ron"), "[]").unwrap();
        std::fs::write(folder.join("bad.ron"), "[\n(id: \"NOPE-1\", ask: \"x\")]").unwrap();
        let (good, bad) = store.wording();
        assert!(good.is_empty());
        assert_eq!(bad.len(), 1);
        assert!(bad[0].contains("bad.ron, line 2") && bad[0].contains("NOPE-1"), "{}", bad[0]);
    }

    #[test]
    fn a_folder_of_wording_that_cannot_be_listed_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(dir.path());
        assert_eq!(store.wording(), (Vec::new(), Vec::new()), "none is no trouble");
        std::fs::create_dir_all(store.folders().root()).unwrap();
        std::fs::write(store.folders().content(), "no folder").unwrap();
        let (good, bad) = store.wording();
        assert!(good.is_empty());
        assert!(bad.len() == 1 && bad[0].contains("could not list"), "{bad:?}");
    }

    #[test]
    fn in_the_folder_of_wording_only_files_of_wording_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(dir.path());
        let folder = store.folders().content();
        std::fs::create_dir_all(&folder).unwrap();
        for name in ["notes.txt", ".half-saved.ron", ".swap"] {
            std::fs::write(folder.join(name), "no wording").unwrap();
        }
        assert_eq!(store.wording(), (Vec::new(), Vec::new()));
    }

    #[test]
    fn settings_that_cannot_be_got_at_are_not_taken_for_none() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(dir.path());
        std::fs::create_dir_all(store.folders().settings()).unwrap();
        assert!(matches!(store.settings(), Err(StoreError::Io { .. })));
        assert!(store.save_settings(&Settings::default()).is_err());
        assert!(store.folders().settings().is_dir());
    }
}
