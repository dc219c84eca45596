//! Keys as people write them, and which of them run which command.
//!
//! One notation serves the program, its tests, its documents and a person's own bindings: `ctrl-j`, `shift-tab`, `J`,
//! `space`, `f2`, and sequences such as `g m`. A [`Keymap`] starts from the keys that the command rows name and lays a
//! person's own over them. It does not know what a command does.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::command::Row;

/// One key press, with what was held down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    /// The key.
    pub key: Key,
    /// Ctrl was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held; for characters it is in the character itself.
    pub shift: bool,
}

/// A key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character; `' '` is the space bar.
    Char(char),
    /// F1 to F12.
    F(u8),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab; with shift it goes back.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Up arrow.
    Up,
    /// Down arrow.
    Down,
    /// Left arrow.
    Left,
    /// Right arrow.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// Names of the keys that are not characters.
const NAMED: &[(&str, Key)] = &[
    ("space", Key::Char(' ')),
    ("enter", Key::Enter),
    ("esc", Key::Esc),
    ("tab", Key::Tab),
    ("backspace", Key::Backspace),
    ("delete", Key::Delete),
    ("up", Key::Up),
    ("down", Key::Down),
    ("left", Key::Left),
    ("right", Key::Right),
    ("home", Key::Home),
    ("end", Key::End),
    ("pageup", Key::PageUp),
    ("pagedown", Key::PageDown),
];

impl Chord {
    /// A key with nothing held down.
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false, shift: false }
    }

    /// The character that the key types, where it types one.
    pub fn printable(&self) -> Option<char> {
        match self.key {
            Key::Char(c) if !self.ctrl && !self.alt && !c.is_control() => Some(c),
            _ => None,
        }
    }

    /// How the key is shown to a person: `Ctrl-J`, `Enter`, `J`.
    pub fn shown(&self) -> String {
        let mut shown = String::new();
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if held {
                shown.push_str(name);
            }
        }
        match self.key {
            Key::Char(' ') => shown.push_str("Space"),
            Key::Char(c) if self.ctrl => shown.extend(c.to_uppercase()),
            Key::Char(c) => shown.push(c),
            Key::F(n) => shown.push_str(&format!("F{n}")),
            Key::PageUp => shown.push_str("PgUp"),
            Key::PageDown => shown.push_str("PgDn"),
            Key::Delete => shown.push_str("Del"),
            key => {
                let name = NAMED.iter().find(|(_, k)| *k == key).map_or("", |(name, _)| name);
                let mut letters = name.chars();
                shown.extend(letters.next().into_iter().flat_map(char::to_uppercase).chain(letters));
            }
        }
        shown
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match (self.key, NAMED.iter().find(|(_, key)| *key == self.key)) {
            (_, Some((name, _))) => f.write_str(name),
            (Key::Char(c), None) => write!(f, "{c}"),
            (Key::F(n), None) => write!(f, "f{n}"),
            _ => Ok(()),
        }
    }
}

/// A key that nobody can read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("there is no key called `{0}`")]
pub struct NoSuchKey(pub String);

impl FromStr for Chord {
    type Err = NoSuchKey;

    fn from_str(text: &str) -> Result<Self, NoSuchKey> {
        // most keys are a character by itself
        let mut letters = text.chars();
        if let (Some(c), "") = (letters.next(), letters.as_str())
            && !c.is_control()
        {
            return Ok(Self::plain(Key::Char(c)));
        }
        let mut chord = Self::plain(Key::Esc);
        let mut rest = text;
        loop {
            let held = [("ctrl-", 0), ("alt-", 1), ("shift-", 2)]
                .into_iter()
                .find(|(p, _)| rest.len() > p.len() && rest.starts_with(p));
            match held {
                Some((prefix, 0)) => (chord.ctrl, rest) = (true, rest.get(prefix.len()..).unwrap_or("")),
                Some((prefix, 1)) => (chord.alt, rest) = (true, rest.get(prefix.len()..).unwrap_or("")),
                Some((prefix, _)) => (chord.shift, rest) = (true, rest.get(prefix.len()..).unwrap_or("")),
                None => break,
            }
        }
        let mut letters = rest.chars();
        chord.key = match (NAMED.iter().find(|(name, _)| *name == rest), letters.next(), letters.as_str()) {
            (Some((_, key)), _, _) => *key,
            (None, Some(c), "") if !c.is_control() => Key::Char(c),
            (None, Some('f'), number) => match number.parse() {
                Ok(n @ 1..=12) => Key::F(n),
                _ => return Err(NoSuchKey(text.to_owned())),
            },
            _ => return Err(NoSuchKey(text.to_owned())),
        };
        Ok(chord)
    }
}

/// Key presses one after the other that run one command.
pub type Sequence = Vec<Chord>;

/// Reads a sequence: chords with a space between them.
///
/// # Errors
/// The first chord that cannot be read.
pub fn sequence(text: &str) -> Result<Sequence, NoSuchKey> {
    let chords: Sequence = text.split_ascii_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    if chords.is_empty() { Err(NoSuchKey(text.to_owned())) } else { Ok(chords) }
}

/// How a sequence is shown to a person: `g m`, `dd`, `Ctrl-J`.
pub fn shown(sequence: &[Chord]) -> String {
    let keys: Vec<String> = sequence.iter().map(Chord::shown).collect();
    match keys.as_slice() {
        [first, second] if first == second && first.chars().count() == 1 => format!("{first}{second}"),
        keys => keys.join(" "),
    }
}

/// What the keys typed so far amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match<'a> {
    /// They run this command.
    Runs(&'a Row),
    /// They begin the keys of a command.
    Begins,
    /// They are no command's.
    None,
}

/// Which keys run which command.
#[derive(Debug, Clone, Default)]
pub struct Keymap {
    /// The keys of each command, by its name.
    keys: HashMap<&'static str, Keys>,
}

/// The keys of a command.
#[derive(Debug, Clone)]
struct Keys {
    /// As the row names them.
    named: &'static [&'static str],
    /// The same as sequences, or a person's own; read when somebody asks, so that a start reads those of its footer only.
    read: OnceCell<Vec<Sequence>>,
}

/// One thing that is wrong with a person's own keys.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BindingError {
    /// The command is not there.
    #[error("there is no command called {0}")]
    NoSuchCommand(String),
    /// The key is not there.
    #[error("{command}: {reason}")]
    NoSuchKey {
        /// The command.
        command: String,
        /// Which key.
        reason: NoSuchKey,
    },
    /// Two commands that apply together want the same key.
    #[error("{keys} would run both {first} and {second}")]
    Clash {
        /// The keys.
        keys: String,
        /// One command.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
}

impl Keymap {
    /// The keys that the rows name.
    pub fn new(rows: &[Row]) -> Self {
        let keys = |row: &Row| (row.name, Keys { named: row.keys, read: OnceCell::new() });
        Self { keys: rows.iter().map(keys).collect() }
    }

    /// The keys that the rows name, with a person's own in place of some.
    ///
    /// # Errors
    /// Everything that is wrong with the person's own keys, together; the caller keeps the keys of [`Keymap::new`].
    pub fn with_own(rows: &[Row], own: &BTreeMap<String, Vec<String>>) -> Result<Self, Vec<BindingError>> {
        let mut map = Self::new(rows);
        let mut errors = Vec::new();
        for (command, keys) in own {
            let Some(row) = rows.iter().find(|row| row.name == command) else {
                errors.push(BindingError::NoSuchCommand(command.clone()));
                continue;
            };
            let (good, bad): (Vec<_>, Vec<_>) = keys.iter().map(|k| sequence(k)).partition(Result::is_ok);
            errors.extend(
                bad.into_iter()
                    .filter_map(Result::err)
                    .map(|reason| BindingError::NoSuchKey { command: command.clone(), reason }),
            );
            if let Some(keys) = map.keys.get_mut(row.name) {
                keys.read = OnceCell::from(good.into_iter().flatten().collect::<Vec<_>>());
            }
        }
        if !own.is_empty() {
            // the keys that ship are compared by a test, and not at each start
            errors.extend(map.clashes(rows));
        }
        if errors.is_empty() { Ok(map) } else { Err(errors) }
    }

    /// Commands of one scope that want the same keys, or keys that begin another's.
    pub fn clashes(&self, rows: &[Row]) -> Vec<BindingError> {
        let mut scopes: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in rows {
            scopes.entry(row.scope()).or_default().push(row);
        }
        let mut clashes = Vec::new();
        for scope in scopes.values() {
            for (n, a) in scope.iter().enumerate() {
                for b in scope.iter().skip(n + 1) {
                    let begins = |x: &&Sequence| {
                        self.of(b.name).iter().any(|y| x.starts_with(y) || y.starts_with(x.as_slice()))
                    };
                    if let Some(keys) = self.of(a.name).iter().find(begins) {
                        let keys = shown(keys);
                        clashes.push(BindingError::Clash { keys, first: a.name, second: b.name });
                    }
                }
            }
        }
        clashes
    }

    /// The sequences that run a command, the first one being the one to show.
    pub fn of(&self, command: &str) -> &[Sequence] {
        let Some(keys) = self.keys.get(command) else { return &[] };
        keys.read.get_or_init(|| keys.named.iter().filter_map(|named| sequence(named).ok()).collect())
    }

    /// The first sequence of a command as a person reads it; empty where it has none.
    pub fn shown(&self, command: &str) -> String {
        self.of(command).first().map(|keys| shown(keys)).unwrap_or_default()
    }

    /// What `typed` amounts to among `rows`.
    pub fn find<'a>(&self, rows: &'a [Row], typed: &[Chord]) -> Match<'a> {
        let mut begins = false;
        for row in rows {
            for keys in self.of(row.name) {
                if keys.as_slice() == typed {
                    return Match::Runs(row);
                }
                begins |= keys.len() > typed.len() && keys.starts_with(typed);
            }
        }
        if begins { Match::Begins } else { Match::None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_they_are_read() {
        for text in ["ctrl-j", "J", "space", "f2", "shift-tab", "alt-x", "ctrl-left", "-", "ctrl--", "?", "é"]
        {
            let chord: Chord = text.parse().unwrap();
            assert_eq!(chord.to_string(), text);
        }
        for text in ["", "hyper-x", "f13", "f0", "enterr", "ctrl-"] {
            assert!(text.parse::<Chord>().is_err(), "{text}");
        }
    }

    #[test]
    fn keys_are_shown_as_people_say_them() {
        let cases =
            [("ctrl-j", "Ctrl-J"), ("g m", "g m"), ("d d", "dd"), ("shift-tab", "Shift-Tab"), ("f2", "F2")];
        for (text, said) in cases {
            assert_eq!(shown(&sequence(text).unwrap()), said);
        }
    }
}
