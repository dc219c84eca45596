//! `alongside keys`

use super::exit::{Exit, Failure};
use super::session::Session;
use crate::command::Row;
use crate::keymap::Keymap;

/// Prints the keys of the screen, by scope, as the person has bound them.
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    let rows = crate::app::all_rows();
    let keymap = keymap(&rows, session);
    table(&rows, &keymap).iter().for_each(|line| session.out.strong(&line.0, &line.1));
    Ok(Exit::Well)
}

/// The person's own keys over the usual ones; the usual ones, in words, where theirs do not hold together.
fn keymap(rows: &[Row], session: &Session<'_>) -> Keymap {
    let own = session.store.settings().map(|settings| settings.keys).unwrap_or_default();
    Keymap::with_own(rows, &own).unwrap_or_else(|errors| {
        errors.iter().for_each(|error| session.out.words(&error.to_string()));
        session.out.words("The usual keys are in force.");
        Keymap::new(rows)
    })
}

/// Stands where a command has no key of its own and is looked up by its name.
const BY_NAME: &str = "(look it up)";

/// A line a row: the keys, and what they do. A scope is a line of its own.
fn table(rows: &[Row], keymap: &Keymap) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let mut scope = "";
    for row in rows {
        if row.scope() != scope {
            scope = row.scope();
            lines.push((scope.replace('-', ": ").to_uppercase(), String::new()));
        }
        let keys: Vec<String> = keymap.of(row.name).iter().map(|s| crate::keymap::shown(s)).collect();
        let keys = if keys.is_empty() { BY_NAME.to_owned() } else { keys.join(", ") };
        lines.push((String::new(), format!("  {keys:18} {}", row.help)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_its_keys_and_what_they_do() {
        let row = Row {
            name: "map.open",
            keys: &["enter", "l"],
            help: "Open the part",
            words: "",
            footer: None,
            footer_typing: None,
            changes: false,
        };
        let lines = table(&[row], &Keymap::new(&[row]));
        assert_eq!(lines[0].0, "MAP");
        assert!(lines[1].1.contains("Enter, l") && lines[1].1.ends_with("Open the part"), "{lines:?}");
    }
}
