//! Who may know whom. The tables here are the ones that ARCHITECTURE.md draws.

use super::tree::{Source, sources};

/// A module of the program: the floor it stands on, and the modules it may know.
struct Module {
    name: &'static str,
    floor: u8,
    knows: &'static [&'static str],
}

const fn module(name: &'static str, floor: u8, knows: &'static [&'static str]) -> Module {
    Module { name, floor, knows }
}

/// The house. A module knows those below it and, where the list says so, a neighbour on its own floor.
///
/// `command`, `keymap` and `layer` are one thought in three files: a row names keys, a layer has rows, an outcome may
/// open a layer. A widget knows no workbook. A screen opens overlays and never the other way round. `tui` takes its
/// start from `cli`, which has read the arguments. `export` is pure, so a screen may show what it would make, and `command` says
/// which document is wanted in its words.
const HOUSE: &[Module] = &[
    module("notation", 0, &[]),
    module("order", 0, &[]),
    module("content", 0, &["notation"]),
    module("domain", 0, &["content", "order"]),
    module("store", 1, &["domain", "content", "notation", "order"]),
    module("export", 1, &["domain", "content", "order"]),
    module("shelf", 2, &["domain", "order"]),
    module("theme", 2, &["domain"]),
    module("widget", 2, &["theme", "order"]),
    module("keymap", 2, &["command"]),
    module("command", 2, &["domain", "content", "export", "keymap", "layer", "shelf", "theme"]),
    module("layer", 2, &["domain", "command", "shelf", "widget"]),
    module(
        "overlay",
        3,
        &["domain", "content", "command", "keymap", "layer", "shelf", "theme", "widget", "order"],
    ),
    module(
        "screen",
        3,
        &[
            "domain", "content", "export", "command", "keymap", "layer", "shelf", "theme", "widget",
            "overlay", "order",
        ],
    ),
    module(
        "app",
        4,
        &[
            "domain", "content", "export", "command", "keymap", "layer", "shelf", "theme", "widget",
            "overlay", "screen", "order",
        ],
    ),
    module(
        "cli",
        5,
        &["domain", "content", "notation", "store", "export", "command", "keymap", "app", "order"],
    ),
    module(
        "tui",
        5,
        &[
            "domain", "content", "store", "export", "command", "keymap", "shelf", "theme", "app", "cli",
            "order",
        ],
    ),
    module("main", 6, &["cli", "tui"]),
    module("lib", 6, &[]),
];

/// What belongs to few: a text, and where it may stand. A folder ends in `/`.
const KEPT_APART: &[(&str, &[&str])] = &[
    // the terminal
    ("crossterm", &["src/tui/"]),
    (
        "ratatui",
        &[
            "src/theme.rs",
            "src/layer.rs",
            "src/widget/",
            "src/overlay/",
            "src/screen/",
            "src/app/view.rs",
            "src/tui/",
        ],
    ),
    // the disk; a pipe, by which other threads wake the loop, is a File too
    ("std::fs", &["src/store/", "src/tui/wait.rs"]),
    ("fs::", &["src/store/", "src/tui/wait.rs"]),
    ("OpenOptions", &["src/store/"]),
    ("tempfile", &["src/store/"]),
    // a path that is only asked about: whether the folder for documents is there, whether a target is no file
    (".is_dir()", &["src/store/", "src/tui/world.rs"]),
    (".metadata()", &["src/store/", "src/cli/export.rs"]),
    (".is_file()", &["src/store/", "src/cli/export.rs"]),
    (".exists()", &["src/store/"]),
    (".try_exists()", &["src/store/"]),
    (".canonicalize()", &["src/store/"]),
    (".read_dir()", &["src/store/"]),
    ("directories", &["src/store/paths.rs", "src/tui/"]),
    // the environment; the store may say which process holds a lock
    ("std::env", &["src/main.rs", "src/cli/session.rs", "src/tui/"]),
    ("env::", &["src/main.rs", "src/cli/session.rs", "src/tui/"]),
    ("std::process", &["src/main.rs", "src/store/", "src/tui/"]),
    ("rustix", &["src/store/", "src/tui/"]),
    ("signal_hook", &["src/main.rs", "src/tui/"]),
    ("RandomState", &["src/cli/session.rs"]),
    // the clock; the store compares the ages of files and times its own syncs
    ("SystemTime", &["src/store/"]),
    (
        "Instant",
        &[
            "src/store/writer.rs",
            "src/store/writer/desk.rs",
            "src/store/drafts.rs",
            "src/store/inbox/watch.rs",
            "src/store/around.rs",
            "src/tui/",
        ],
    ),
    ("Timestamp::now", &["src/tui/clock.rs", "src/cli/session.rs"]),
    ("Zoned::now", &[]),
    ("TimeZone::system", &["src/store/zone.rs"]),
    // libraries that one part hides from the rest
    ("clap", &["src/cli/"]),
    ("anyhow", &["src/tui/", "src/cli/exit.rs"]),
    ("serde_json", &["src/cli/", "src/export/json.rs"]),
    ("ron::", &["src/notation/"]),
    ("erased_serde", &["src/notation/"]),
    // sorting: each kind of list would have a sort of its own
    (".sort()", &["src/order.rs"]),
    (".sort_by", &["src/order.rs"]),
    (".sort_unstable", &["src/order.rs"]),
    ("docx_rs", &["src/export/docx.rs"]),
    ("deunicode::", &["src/export/ascii.rs"]),
    ("notify::", &["src/store/notice.rs"]),
    // threads and programs
    ("thread::", &["src/store/", "src/tui/"]),
    ("Command::new", &["src/tui/editor.rs", "src/tui/clipboard.rs"]),
];

/// What several screens share, beside the screens themselves. The people and the table of those who join and leave ask the
/// same question before anything is handed on.
const SHARED_BY_SCREENS: &[&str] =
    &["page", "words", "prompts", "form", "hand_on", "connected", "wind_up", "board_step"];

/// Screens that are made of another one: the clauses of an agreement are a sheet of questions.
const MADE_OF: &[(&str, &str)] = &[("agreement", "aspect")];

#[test]
fn every_module_has_its_place_in_the_house() {
    for source in sources() {
        let name = source.module();
        assert!(
            HOUSE.iter().any(|m| m.name == name),
            "{} has no floor: give {name} a row in HOUSE",
            source.path
        );
    }
    for module in HOUSE {
        for known in module.knows {
            let floor = HOUSE.iter().find(|m| m.name == *known).expect(known).floor;
            assert!(floor <= module.floor, "{} may not know {known}, which stands above it", module.name);
        }
    }
}

#[test]
fn a_module_knows_only_what_stands_below_it() {
    let mut strangers = Vec::new();
    for source in sources() {
        let module = HOUSE.iter().find(|m| m.name == source.module()).expect("a floor");
        for (line, known) in imports(&source) {
            if known != module.name && !module.knows.contains(&known.as_str()) {
                strangers.push(format!("{}:{line}: {} may not know {known}", source.path, module.name));
            }
        }
    }
    assert!(strangers.is_empty(), "{}", strangers.join("\n"));
}

#[test]
fn what_belongs_to_few_is_nowhere_else() {
    let sources = sources();
    let mut strays = Vec::new();
    for (text, places) in KEPT_APART {
        let kept = |source: &&Source| !places.iter().any(|place| source.path.starts_with(place));
        for source in sources.iter().filter(kept) {
            strays.extend(
                source.lines_with(text).map(|line| format!("{line}\n    {text} is kept to {places:?}")),
            );
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

#[test]
fn a_screen_knows_no_other_screen() {
    let mut strangers = Vec::new();
    for source in sources().iter().filter(|source| source.path.starts_with("src/screen/")) {
        let own = source.path.trim_start_matches("src/screen/").split(['/', '.']).next().unwrap();
        if own == "mod" {
            continue;
        }
        let inside = source.path.matches('/').count() > 2;
        for (n, line) in source.code.iter().enumerate() {
            let path = if inside { "super::super::" } else { "super::" };
            let known = after(line, "crate::screen::").or_else(|| after(line, path));
            if let Some(known) = known
                && known != own
                && known != "super"
                && known.starts_with(|c: char| c.is_ascii_lowercase())
                && !SHARED_BY_SCREENS.contains(&known)
                && !MADE_OF.contains(&(own, known))
            {
                strangers.push(format!("{}:{}: {own} may not know {known}", source.path, n + 1));
            }
        }
    }
    assert!(strangers.is_empty(), "{}", strangers.join("\n"));
}

#[test]
fn nobody_reaches_another_module_by_climbing() {
    for source in sources() {
        let inside = source.path.trim_start_matches("src/").trim_end_matches("/mod.rs");
        let depth = inside.split('/').count();
        // a module inside a file stands one deeper than the file
        let inner =
            usize::from(source.code.iter().any(|line| line.starts_with("mod ") && line.ends_with('{')));
        let too_far = "super::".repeat(depth + inner);
        let found: Vec<String> = source.lines_with(&too_far).collect();
        assert!(found.is_empty(), "write `crate::` to leave the module:\n{}", found.join("\n"));
    }
}

#[test]
fn the_screen_is_drawn_from_what_cannot_be_changed() {
    let view = sources().into_iter().find(|source| source.path == "src/app/view.rs").expect("the view");
    assert!(view.text.contains("pub fn view(&self, frame: &mut Frame"), "view takes &self");
    let layer = sources().into_iter().find(|source| source.path == "src/layer.rs").expect("the layer");
    assert!(layer.text.contains("fn draw(&self, "), "a layer draws itself from &self");
}

/// The modules of the program that a file names, with the lines on which it does.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let root = if source.path == "src/main.rs" { "alongside::" } else { "crate::" };
    let mut found = Vec::new();
    for (n, line) in source.code.iter().enumerate() {
        for (at, _) in line.match_indices(root) {
            let rest = &line[at + root.len()..];
            assert!(!rest.starts_with('{'), "{}:{}: name one module a line", source.path, n + 1);
            found.push((n + 1, word(rest).to_owned()));
        }
    }
    found
}

fn after<'a>(line: &'a str, path: &str) -> Option<&'a str> {
    line.split_once(path).map(|(_, rest)| word(rest))
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}
