//! What holds for every command row of the program.

use std::collections::BTreeMap;

use alongside::app::all_rows;
use alongside::command::Row;
use alongside::keymap::{Chord, Key, Keymap, Sequence, sequence, shown};

/// Keys of a scope that mean something else everywhere: scope, keys, why the scope has them.
const HIDES: &[(&str, &str, &str)] = &[
    ("library", "/", "finds among the workbooks; no workbook is open there to find in"),
    ("library", "n", "makes a new one, as everywhere: here a workbook"),
    ("people", "n", "a partner joins, as everywhere; here their details come next"),
    ("records", "n", "adds another, as everywhere: here what the list holds"),
    ("states", "n", "makes a new one, as everywhere: here a change of state"),
    ("guide", "/", "finds in what is being read"),
    ("tidy-tags", "q", "the letters of the tags act at once there; Ctrl-Q leaves, as everywhere"),
    ("tidy-tags", "x", "the same: a worry"),
    ("tidy-tags", "v", "the same: private"),
    ("tidy-message", "x", "writes what is in sight to a file, as everywhere: there it is the message"),
    ("erase", "space", "marks a line and unmarks it, as in every list of choices"),
    ("reader", "space", "the next page, as in every reader"),
    ("jot", "ctrl-j", "again: the call screen"),
    ("jot", "f2", "the same"),
    ("call", "J", "a note on the call screen is a line of the call"),
    ("call", "ctrl-j", "the same"),
    ("call", "f2", "the same"),
    ("call", "n", "begins another, as everywhere: here a call"),
    ("call", "X", "ends the call on this screen, which may not be the one in front"),
    ("call-line", "ctrl-j", "a note on the call screen is a line of the call"),
    ("call-line", "f2", "the same"),
    ("call-head", "ctrl-j", "the same"),
    ("call-head", "f2", "the same"),
    ("call-side", "J", "the same"),
    ("call-side", "ctrl-j", "the same"),
    ("call-side", "f2", "the same"),
    ("agreement", "v", "shows what would go out, as everywhere: here the agreement"),
    ("agreement", "x", "the documents, as everywhere: here with the agreement chosen"),
    ("agreement", ".", "the next that is blank or unsure, as everywhere: here a clause"),
    ("ending", "n", "adds another, as everywhere: here what is owed, or somebody who has to hear"),
    ("ending", "v", "shows what would go out, as everywhere: here the letter"),
    ("agreement-versions", "n", "makes a new one, as everywhere: here a version"),
    ("notes", "/", "finds among the notes, which is where one looks for what was said"),
    ("board", "n", "makes a new one, as everywhere: here a card"),
    ("notes", "n", "begins another, as everywhere: here a call"),
    ("palette", "ctrl-p", "the key that opened it closes it"),
    ("help", "f1", "the key that opened it closes it"),
    ("find", "ctrl-f", "goes between this workbook and all of them"),
];

/// Rows that stand in for a sure way and need none of their own.
const SECOND_WAYS: &[(&str, &str)] = &[("help.close", "Esc closes it too")];

/// The letters after `g`. Those of the design, and where it was added to.
const GO: &[(&str, &str)] = &[
    ("m", "global.go-map"),
    ("h", "global.go-heart"),
    ("s", "global.go-scoping"),
    ("f", "global.go-finding"),
    ("b", "global.go-building"),
    ("a", "global.go-agreement"),
    ("d", "global.go-delivering"),
    ("r", "global.go-reviewing"),
    ("c", "global.go-board"),
    ("r", "global.go-walk"),
    ("c", "global.go-revising"),
    ("l", "global.go-sustaining"),
    ("e", "global.go-ending"),
    ("k", "global.go-skills"),
    ("p", "global.go-people"),
    ("n", "global.go-notes"),
    ("C", "global.go-call"),
    ("B", "global.go-bin"),
    // the key that turns the matrix, and here leads to it
    ("*", "global.go-matrix"),
    ("L", "global.go-library"),
    ("t", "global.go-timeline"),
    // how it was on a day: versions
    ("v", "global.go-as-it-was"),
    ("W", "global.go-welcome"),
    ("i", "global.go-to-tidy"),
    ("o", "global.go-owed"),
    ("w", "global.go-words"),
    ("A", "global.go-agenda"),
    // everything there is to read; `w` is for the words of one partnership
    ("u", "global.go-guide"),
];

fn keys_of(row: &Row) -> Vec<Sequence> {
    let read = |keys: &&str| sequence(keys).unwrap_or_else(|error| panic!("{}: {error}", row.name));
    row.keys.iter().map(read).collect()
}

#[test]
fn every_row_has_a_name_of_its_own_help_and_keys_that_can_be_read() {
    let rows = all_rows();
    assert!(rows.len() > 100, "only {} rows", rows.len());
    let mut names = BTreeMap::new();
    for row in &rows {
        *names.entry(row.name).or_insert(0) += 1;
        let parts: Vec<&str> = row.name.split('.').collect();
        let plain = |c: char| c.is_ascii_lowercase() || c == '-';
        let well = parts.len() == 2 && parts.iter().all(|part| !part.is_empty() && part.chars().all(plain));
        assert!(well, "{} is not `scope.verb`", row.name);
        assert!(!row.help.trim().is_empty(), "{} has no help", row.name);
        assert!(!row.help.ends_with('.'), "{}: help has no full stop", row.name);
        assert!(row.help.starts_with(char::is_uppercase), "{}: help begins with a capital", row.name);
        keys_of(row);
    }
    let twice: Vec<_> = names.iter().filter(|(_, n)| **n > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn no_keys_have_two_meanings_in_one_scope() {
    let rows = all_rows();
    assert_eq!(Keymap::new(&rows).clashes(&rows), []);
}

#[test]
fn no_scope_hides_a_key_that_works_everywhere() {
    let rows = all_rows();
    let everywhere: Vec<(Sequence, &str)> = rows
        .iter()
        .filter(|row| row.scope() == "global")
        .flat_map(|row| keys_of(row).into_iter().map(|keys| (keys, row.name)))
        .collect();
    let mut hidden = Vec::new();
    for row in rows.iter().filter(|row| row.scope() != "global") {
        for keys in keys_of(row) {
            let hides =
                everywhere.iter().find(|(global, _)| global.starts_with(&keys) || keys.starts_with(global));
            if let Some((_, global)) = hides {
                hidden.push((row.scope(), written(&keys), row.name, *global));
            }
        }
    }
    for (scope, keys, row, global) in &hidden {
        let listed = HIDES.iter().any(|(s, k, _)| s == scope && k == keys);
        assert!(listed, "{row} takes {keys} from {global}: another key, or a reason in HIDES");
    }
    for (scope, keys, _) in HIDES {
        let still = hidden.iter().any(|(s, k, _, _)| s == scope && k == keys);
        assert!(still, "{scope} does not take {keys} any more: take it out of HIDES");
    }
}

#[test]
fn terminals_can_tell_every_key_from_every_other() {
    for row in all_rows() {
        for chord in keys_of(&row).iter().flatten() {
            let trouble = untellable(*chord);
            assert!(trouble.is_none(), "{}: {chord} {}", row.name, trouble.unwrap());
        }
    }
}

/// Why a terminal may send something else for a key.
fn untellable(chord: Chord) -> Option<&'static str> {
    match chord {
        Chord { key: Key::Char('i'), ctrl: true, .. } => Some("is Tab"),
        Chord { key: Key::Char('m'), ctrl: true, .. } => Some("is Enter"),
        Chord { key: Key::Char('['), ctrl: true, .. } => Some("is Esc"),
        Chord { key: Key::Char('h'), ctrl: true, .. } => Some("is Backspace"),
        Chord { key: Key::Char(c), ctrl: true, .. } if c.is_uppercase() => {
            Some("is the same as with a small letter")
        }
        Chord { key: Key::Char(c), ctrl: true, .. } if !c.is_ascii_lowercase() => Some("is sent by few"),
        Chord { key: Key::Char(_), shift: true, .. } => Some("is the shifted character itself"),
        Chord { key: Key::Enter | Key::Esc | Key::Backspace, ctrl, shift, .. } if ctrl || shift => {
            Some("is the same without Ctrl or Shift")
        }
        Chord { key: Key::Tab, ctrl: true, .. } => Some("is Tab"),
        _ => None,
    }
}

/// What is noted from anywhere, also in the middle of a word.
const WHILE_TYPING: &[&str] = &["global.jot", "global.note-remains"];

/// While a field takes text, letters are text and Alt leaves it; so one chord is wanted that is neither, and no terminal
/// sends for another key. A field may take it away only where that is listed with its reason.
#[test]
fn what_is_noted_from_anywhere_has_a_chord_for_somebody_who_types() {
    let rows = all_rows();
    for name in WHILE_TYPING {
        let row = rows.iter().find(|row| row.name == *name).unwrap_or_else(|| panic!("there is no {name}"));
        assert!(row.footer_typing.is_some(), "{name} is not said while one types");
        let is_sure = |chord: &Chord| chord.ctrl && !chord.alt && untellable(*chord).is_none();
        let all = keys_of(row);
        let mut sure = all.iter().filter_map(|keys| match keys.as_slice() {
            [chord] if is_sure(chord) => Some(*chord),
            _ => None,
        });
        let chord = sure.next().unwrap_or_else(|| panic!("{name} needs Esc first"));
        let typing = rows.iter().filter(|row| row.scope() == "typing");
        let taken = typing.flat_map(keys_of).any(|keys| keys.as_slice() == [chord]);
        assert!(!taken, "{chord} means something else in a field");
    }
}

#[test]
fn nothing_needs_alt_or_a_function_key() {
    let rows = all_rows();
    for row in rows.iter().filter(|row| !row.keys.is_empty()) {
        let sure = keys_of(row).iter().any(|keys| keys.iter().all(|c| !c.alt && !matches!(c.key, Key::F(_))));
        let second = SECOND_WAYS.iter().any(|(name, _)| *name == row.name);
        assert!(sure || second, "{} can be reached only with Alt or a function key", row.name);
        assert!(!(sure && second), "{} has a sure way: take it out of SECOND_WAYS", row.name);
    }
}

#[test]
fn the_letters_after_g_are_those_of_the_design() {
    let rows = all_rows();
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| row.scope() == "global") {
        for keys in row.keys.iter().filter_map(|keys| keys.strip_prefix("g ")) {
            assert!(
                GO.contains(&(keys, row.name)),
                "g {keys} runs {}: add it to GO with its reason",
                row.name
            );
            found.push(keys);
        }
    }
    for (letter, name) in GO {
        assert!(found.contains(letter), "nothing runs on g {letter}, which should be {name}");
    }
}

#[test]
fn a_footer_word_is_short_and_belongs_to_a_key() {
    for row in all_rows() {
        if let Some((rank, word)) = row.footer {
            assert!(!row.keys.is_empty(), "{} shows a word without a key", row.name);
            assert!(word.chars().count() <= 22, "{}: {word} is long for a footer", row.name);
            assert!((1..=9).contains(&rank), "{}: ranks are 1 to 9", row.name);
        }
    }
}

/// Keys in the notation of the rows.
fn written(keys: &[Chord]) -> String {
    keys.iter().map(Chord::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_a_terminal_cannot_tell_is_found() {
    for keys in
        ["ctrl-i", "ctrl-m", "ctrl-[", "ctrl-h", "ctrl-J", "ctrl-shift-j", "ctrl-enter", "ctrl-tab", "ctrl-1"]
    {
        let chords = sequence(keys).unwrap();
        assert!(untellable(chords[0]).is_some(), "{keys}, shown as {}", shown(&chords));
    }
    for keys in ["ctrl-j", "J", "shift-tab", "alt-x", "ctrl-left", "f2"] {
        assert!(untellable(sequence(keys).unwrap()[0]).is_none(), "{keys}");
    }
}
