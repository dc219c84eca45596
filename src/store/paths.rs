//! Where everything is, and how a workbook's folder gets its name.
//!
//! It makes paths and touches nothing. A title never becomes a path as it stands: see [`Folders::slug`].

use std::path::{Path, PathBuf};

use super::error::StoreError;
use crate::domain::WorkbookId;

/// The longest slug, in characters.
const SLUG: usize = 40;

/// The truth, whole.
pub(super) const WORKBOOK: &str = "workbook.ron";
/// What was done since.
pub(super) const JOURNAL: &str = "journal.log";
/// What was done before, to be undone.
pub(super) const UNDO: &str = "undo.log";
/// Who holds it.
pub(super) const LOCK: &str = "lock";
/// Which other window asks for it.
pub(super) const WANTED: &str = "wanted.ron";
/// Cursor and last screen.
pub(super) const PLACE: &str = "place.ron";
/// Whose details are being removed, while that is not finished.
pub(super) const ERASING: &str = "erasing.ron";
/// Earlier whole versions.
pub(super) const HISTORY: &str = "history";

/// The folder that holds everything, and the ones inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    root: PathBuf,
}

impl Folders {
    /// The folder that is named, or the user's own folder for settings.
    ///
    /// # Errors
    /// [`StoreError::NoHome`] where there is none, or only one that is not a full path.
    pub fn find(dir: Option<PathBuf>) -> Result<Self, StoreError> {
        let no_home = |reason: &str| StoreError::NoHome { reason: reason.to_owned() };
        match dir {
            Some(dir) if dir.as_os_str().is_empty() => Err(no_home("the name that was given is empty")),
            Some(dir) => match std::path::absolute(&dir) {
                Ok(root) => Ok(Self { root }),
                Err(_) => Err(no_home("the folder we are in has gone")),
            },
            None => {
                let own = directories::ProjectDirs::from("", "", "alongside")
                    .ok_or_else(|| no_home("your home folder is not known"))?;
                if own.config_dir().is_absolute() {
                    Ok(Self { root: own.config_dir().to_owned() })
                } else {
                    Err(no_home("HOME is not a full path"))
                }
            }
        }
    }

    /// Everything under `root`, which should be a full path.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder that holds everything.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// One folder a workbook.
    pub fn workbooks(&self) -> PathBuf {
        self.root.join("workbooks")
    }

    /// Jots that wait.
    pub fn inbox(&self) -> PathBuf {
        self.root.join("inbox")
    }

    /// Workbooks that were removed.
    pub fn bin(&self) -> PathBuf {
        self.root.join("bin")
    }

    /// Files that could not be read, byte for byte.
    pub fn quarantine(&self) -> PathBuf {
        self.root.join("quarantine")
    }

    /// A person's own wording.
    pub fn content(&self) -> PathBuf {
        self.root.join("content")
    }

    /// The settings' file.
    pub fn settings(&self) -> PathBuf {
        self.root.join("settings.ron")
    }

    /// The cache of the library.
    pub(super) fn index(&self) -> PathBuf {
        self.root.join("index.ron")
    }

    /// The head of the cache: the rows of the first screen.
    pub(super) fn first(&self) -> PathBuf {
        self.root.join("first.ron")
    }

    /// The part of a folder's name that comes from the title: lower-case letters, digits and hyphens of ASCII, at most
    /// 40, never none. Safe as a name everywhere, whatever the title is.
    pub fn slug(title: &str) -> String {
        let mut slug = String::new();
        for c in title.chars() {
            if c.is_ascii_alphanumeric() {
                slug.push(c.to_ascii_lowercase());
            } else if matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}') {
                // "carers' group" is better as carers-group, and an accent of its own is not a gap
            } else if let Some(plain) = plain_letter(c) {
                slug.push_str(plain);
            } else if !slug.ends_with('-') && !slug.is_empty() {
                slug.push('-');
            }
        }
        slug.truncate(SLUG);
        let slug = slug.trim_matches('-');
        if slug.is_empty() { "workbook".to_owned() } else { slug.to_owned() }
    }

    /// The folder for a new workbook.
    pub(super) fn for_workbook(&self, title: &str, id: &WorkbookId) -> PathBuf {
        self.workbooks().join(format!("{}-{}", Self::slug(title), safe_id(id)))
    }
}

/// The id as it ends a folder's name. Our own ids are safe as they are; one from a file by another hand may not be.
pub(super) fn safe_id(id: &WorkbookId) -> String {
    let safe: String = id
        .as_str()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .take(64)
        .collect();
    if safe == id.as_str() && !safe.is_empty() {
        return safe;
    }
    format!("{}{:08x}", safe.chars().take(20).collect::<String>(), crc32fast::hash(id.as_str().as_bytes()))
}

/// The commonest accented letters of our neighbours, without their accents.
fn plain_letter(c: char) -> Option<&'static str> {
    Some(match c.to_lowercase().next()? {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ī' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ō' => "o",
        'ö' | 'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ß' => "ss",
        'ť' | 'þ' => "t",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' => "u",
        'ü' => "ue",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_never_becomes_a_path() {
        let cases = [
            ("The walk", "the-walk"),
            ("../..", "workbook"),
            ("/etc/passwd", "etc-passwd"),
            ("CON", "con"),
            ("-rf", "rf"),
            ("two\nlines", "two-lines"),
            ("", "workbook"),
            ("日本", "workbook"),
            ("Carers' group, Æbelø", "carers-group-aebelo"),
            ("cafe\u{301}", "cafe"),
            ("caf\u{e9}", "cafe"),
            ("nul.", "nul"),
            ("\u{1b}[31mred\u{202e}", "31mred"),
        ];
        for (title, slug) in cases {
            assert_eq!(Folders::slug(title), slug, "{title:?}");
        }
        let long = Folders::slug(&"long title ".repeat(30));
        assert!(long.len() <= SLUG && !long.ends_with('-'), "{long}");
    }

    #[test]
    fn the_folder_ends_in_the_id_even_where_the_id_is_hostile() {
        let folders = Folders::at("/x");
        let at = |id: &str| folders.for_workbook("A", &WorkbookId::new(id));
        assert_eq!(at("abc123"), Path::new("/x/workbooks/a-abc123"));
        for id in ["../../etc", "", "a/b", "x".repeat(500).as_str()] {
            let folder = at(id);
            assert_eq!(folder.parent(), Some(Path::new("/x/workbooks")), "{id:?}");
            assert!(folder.file_name().unwrap().len() < 150, "{id:?}");
        }
        assert_ne!(at("a/b"), at("ab"));
    }

    #[test]
    fn a_named_folder_is_made_a_full_path_and_an_empty_one_is_refused() {
        assert!(Folders::find(Some(PathBuf::from("here"))).unwrap().root().is_absolute());
        let Err(StoreError::NoHome { reason }) = Folders::find(Some(PathBuf::new())) else { panic!() };
        assert!(reason.contains("empty"), "{reason}");
    }

    #[test]
    fn accented_letters_are_plain_ones_in_a_folders_name() {
        let cases = [
            ("àáâãåāą", "aaaaaaa"),
            ("äæ", "aeae"),
            ("çćč", "ccc"),
            ("ďđð", "ddd"),
            ("èéêëēęě", "eeeeeee"),
            ("ìíîïī", "iiiii"),
            ("ł", "l"),
            ("ñńň", "nnn"),
            ("òóôõøō", "oooooo"),
            ("öœ", "oeoe"),
            ("ř", "r"),
            ("śšş", "sss"),
            ("ß", "ss"),
            ("ťþ", "tt"),
            ("ùúûūů", "uuuuu"),
            ("ü", "ue"),
            ("ŵ", "w"),
            ("ýÿŷ", "yyy"),
            ("źżž", "zzz"),
        ];
        for (title, slug) in cases {
            assert_eq!(Folders::slug(title), slug, "{title:?}");
            assert_eq!(Folders::slug(&title.to_uppercase()), slug, "{title:?}");
        }
    }
}
