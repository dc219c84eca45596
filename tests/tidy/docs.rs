//! The documents say what the program is: its keys, its screen, its commands.

use std::fs;

use alongside::app::rows_by_scope;
use alongside::content::ASPECTS;
use alongside::content::types::Arc;
use alongside::keymap::{Keymap, shown};

use super::harness::Play;
use super::tree::{root, text};

/// Set, it writes anew what is generated instead of comparing it.
const BLESS: &str = "ALONGSIDE_BLESS";

const KEYS: &str = "\
# The keys

Made from the command rows by `ALONGSIDE_BLESS=1 cargo test --test tidy`; please change the rows, not this file.

Whatever a key can do, Space and Ctrl-P (the palette) can do in words. Where no key is given, the palette is the way.
The last column is what to write in `settings.ron` for keys of your own; `alongside keys` prints those in force.
";

#[test]
fn docs_keys_md_is_fresh() {
    let mut made = KEYS.to_owned();
    for scope in rows_by_scope() {
        let keymap = Keymap::new(&scope.rows);
        made.push_str(&format!(
            "\n## {}\n\n| keys | what they do | name |\n| --- | --- | --- |\n",
            scope.title
        ));
        for row in &scope.rows {
            let keys: Vec<String> = keymap.of(row.name).iter().map(|keys| code(&shown(keys))).collect();
            made.push_str(&format!("| {} | {} | `{}` |\n", keys.join(" "), row.help, row.name));
        }
    }
    compare("docs/KEYS.md", &made);
}

/// A key as code in a table, where a bar would end the cell.
fn code(key: &str) -> String {
    format!("`{}`", key.replace('|', "\\|"))
}

#[test]
fn the_pictures_in_the_readme_are_the_real_screens() {
    let map = Play::example(80, 24).screen();
    let question = Play::example(80, 24).keys("g s j j").screen();
    let mut readme = text("README.md").expect("README.md");
    for (name, picture) in [("the map", map), ("a question", question)] {
        readme = with_picture(&readme, name, &picture);
    }
    compare("README.md", &readme);
}

/// The document with a picture in the place that is marked for it.
fn with_picture(document: &str, name: &str, picture: &str) -> String {
    let start = format!("<!-- picture: {name} -->\n");
    let (before, rest) =
        document.split_once(&start).unwrap_or_else(|| panic!("no place is marked for {name}"));
    let (_, after) = rest.split_once("<!-- end of picture -->").expect("the picture ends");
    format!("{before}{start}\n```text\n{}\n```\n\n<!-- end of picture -->{after}", picture.trim_end())
}

fn compare(path: &str, made: &str) {
    if std::env::var_os(BLESS).is_some() {
        fs::write(root().join(path), made).unwrap();
    }
    let there = text(path).unwrap_or_default();
    let differs = made.lines().zip(there.lines()).position(|(made, there)| made != there);
    assert!(
        there == made,
        "{path} is stale from line {} on; `{BLESS}=1 cargo test --test tidy` writes it anew",
        differs.unwrap_or(0) + 1
    );
}

/// What ARCHITECTURE.md says of an aspect: a content file and one row, and the rest finds it.
#[test]
fn an_aspect_is_found_by_map_palette_and_screen_through_its_row_alone() {
    // a sheet lies below the aspect that it belongs to
    for aspect in ASPECTS.iter().filter(|aspect| aspect.within.is_empty()) {
        let name = if aspect.arc == Arc::Heart { aspect.name.to_uppercase() } else { aspect.name.to_owned() };
        Play::example(80, 24).sees(&name);
        Play::linear(80, 40).sees(aspect.name);
        let mut play = Play::example(80, 24);
        play.keys("ctrl-p").type_text(aspect.name).sees(aspect.name).keys("enter");
        play.sees(&format!("> {} ", aspect.name)).sees("question 1 of");
    }
}

#[test]
fn the_same_lines_run_here_and_there() {
    let run = text(".ci/run").unwrap();
    let commands: Vec<&str> = run.lines().filter(|line| line.starts_with("cargo ")).collect();
    assert_eq!(commands.last(), Some(&"cargo test"), "the tests come last, and are the README's");
    let justfile = text("justfile").unwrap();
    let contributing = text("CONTRIBUTING.md").unwrap();
    for command in &commands {
        assert!(justfile.lines().any(|line| line.trim() == *command), "justfile lacks `{command}`");
        assert!(
            contributing.lines().any(|line| line.trim() == *command),
            "CONTRIBUTING.md lacks `{command}`"
        );
    }
    let readme = text("README.md").unwrap();
    for command in ["cargo run --release", "cargo test"] {
        assert!(readme.lines().any(|line| line.trim() == command), "README.md lacks `{command}`");
    }
}

#[test]
fn the_documents_point_to_files_that_are_there() {
    for document in ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"] {
        for target in links(&text(document).unwrap()) {
            assert!(root().join(target).exists(), "{document} points to {target}, which is not there");
        }
    }
}

#[test]
fn the_readme_shows_commands_that_are_there() {
    let definition = <alongside::cli::Cli as clap::CommandFactory>::command();
    let known: Vec<&str> = definition.get_subcommands().map(clap::Command::get_name).collect();
    let readme = text("README.md").unwrap();
    let shown: Vec<&str> = readme.lines().filter_map(|line| line.trim().strip_prefix("alongside ")).collect();
    assert!(shown.len() >= 3, "the README shows some commands");
    for line in shown {
        let word = line.split_whitespace().next().unwrap();
        let there = word.starts_with(['-', '#']) || known.contains(&word);
        assert!(there, "README.md shows `alongside {line}`, and there is no such command");
    }
}

/// Where the links of a document lead, inside the project.
fn links(text: &str) -> Vec<&str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    targets.filter(|target| !target.is_empty() && !target.contains("://")).collect()
}

#[test]
fn the_oldest_rust_is_said_alike() {
    let manifest = text("Cargo.toml").unwrap();
    let version = manifest.split("rust-version = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    for document in ["README.md", "CONTRIBUTING.md"] {
        let said = text(document).unwrap();
        assert!(said.contains(&format!("Rust {version}")), "{document} does not say Rust {version}");
    }
}

#[test]
fn both_licences_are_there() {
    assert!(text("Cargo.toml").unwrap().contains("license = \"MIT OR Apache-2.0\""));
    let licence = text("LICENSE").unwrap();
    for (file, line) in
        [("LICENSE-MIT", "Permission is hereby granted"), ("LICENSE-APACHE", "Version 2.0, January 2004")]
    {
        assert!(licence.contains(file), "LICENSE points to {file}");
        assert!(text(file).unwrap().contains(line), "{file} is whole");
    }
}
