//! The files of the project, and the parts of them that the checks look at.

use std::fs;
use std::path::{Path, PathBuf};

/// What is built or kept by others, not written.
const NOT_OURS: &[&str] = &["target", ".git"];

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under a folder of the project, with its path from the root, in order.
pub fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        // benches may not be there
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let entry = entry.unwrap();
            let name = entry.file_name();
            let kind = entry.file_type().unwrap();
            if NOT_OURS.iter().any(|not| name == *not) {
                continue;
            }
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found.iter().map(|path| from_root(path)).collect()
}

/// The text of a file; `None` where it is not text.
pub fn text(path: &str) -> Option<String> {
    String::from_utf8(fs::read(root().join(path)).unwrap()).ok()
}

/// A source file of the program, without what is only there for its tests.
pub struct Source {
    /// From the root: `src/screen/map.rs`.
    pub path: String,
    /// All of it, tests too.
    pub text: String,
    /// Its lines up to the tests, without comments. The first has the number 1.
    pub code: Vec<String>,
}

impl Source {
    /// The module that it belongs to: `screen`.
    pub fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap();
        inside.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// The lines that hold a text, as `path:line`.
    pub fn lines_with<'a>(&'a self, needle: &'a str) -> impl Iterator<Item = String> + 'a {
        let found = self.code.iter().enumerate().filter(move |(_, line)| has_word(line, needle));
        found.map(|(n, line)| format!("{}:{}: {}", self.path, n + 1, line.trim()))
    }
}

/// Every source file of the program that is not only there for tests.
pub fn sources() -> Vec<Source> {
    let all: Vec<(String, String)> = files("src")
        .into_iter()
        .filter(|path| path.ends_with(".rs"))
        .map(|path| (path.clone(), text(&path).unwrap()))
        .collect();
    let for_tests: Vec<String> = all.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    let is_test = |path: &str| for_tests.iter().any(|module| path.starts_with(module));
    all.into_iter()
        .filter(|(path, _)| !is_test(path))
        .map(|(path, text)| Source { code: code(&text), path, text })
        .collect()
}

/// How the paths of modules begin that a file declares for tests alone: `src/testing`.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let folder = if path.ends_with("/mod.rs") || path == "src/lib.rs" {
        Path::new(path).parent().unwrap().to_owned()
    } else {
        PathBuf::from(path.trim_end_matches(".rs"))
    };
    let lines: Vec<&str> = text.lines().collect();
    let declared = lines.windows(2).filter(|two| two[0].trim() == "#[cfg(test)]");
    let names = declared.filter_map(|two| {
        let name = two[1].trim().strip_suffix(';')?;
        name.rsplit_once("mod ").map(|(_, name)| name.to_owned())
    });
    names
        .flat_map(|name| [format!("{name}.rs"), format!("{name}/")])
        .map(|name| folder.join(name).to_str().unwrap().to_owned())
        .collect()
}

/// The lines before the tests, with nothing in place of comments. Tests stand at the end of a file.
fn code(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let opens = |line: &str| line.starts_with("mod ") && line.ends_with('{');
    let tests = lines.windows(2).position(|two| two[0] == "#[cfg(test)]" && opens(two[1]));
    let before = lines.get(..tests.unwrap_or(lines.len())).unwrap();
    before.iter().map(|line| without_comment(line).to_owned()).collect()
}

fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with("//") {
        return "";
    }
    line.split(" // ").next().unwrap()
}

/// Whether a text stands in a line as a word of its own, so that `fs::` is not found in `prefs::`.
fn has_word(line: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        let before = letter(line[..at].chars().next_back()) && letter(word.chars().next());
        let after = letter(line[at + word.len()..].chars().next()) && letter(word.chars().next_back());
        !before && !after
    })
}

fn from_root(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/")
}

#[test]
fn what_is_only_for_tests_is_left_out() {
    let sources = sources();
    assert!(sources.len() > 100, "only {} files were found", sources.len());
    let is_there = |path: &str| sources.iter().any(|source| source.path == path);
    assert!(is_there("src/screen/map.rs") && is_there("src/store/disk.rs"));
    assert!(!is_there("src/testing.rs") && !is_there("src/store/writer/tests.rs"));
    assert!(sources.iter().all(|source| !source.code.iter().any(|line| line.contains("#[test]"))));
}

#[test]
fn a_word_is_found_only_as_a_word() {
    assert!(has_word("use std::fs;", "std::fs") && has_word("(Instant::now())", "Instant"));
    assert!(!has_word("use std::fsync;", "std::fs") && !has_word("Instantly", "Instant"));
    assert_eq!(code("a\n// b\nc // d\n#[cfg(test)]\nmod tests {\n}"), ["a", "", "c"]);
    assert_eq!(code("#[cfg(test)]\nmod tests;\nuse x;").last().unwrap(), "use x;");
}
