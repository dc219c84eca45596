//! `alongside keys`

use super::args::Keys;
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::app::{ScopeRows, rows_by_scope};
use crate::command::Row;
use crate::keymap::{Keymap, shown};

/// Stands where a command has no key of its own and is looked up in the palette.
const BY_NAME: &str = "(look it up)";

/// Prints the keys of the screen, by scope, as the person has bound them.
pub fn run(wanted: &Keys, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let scopes = rows_by_scope();
    let keymap = keymap(&scopes, session);
    for (strong, rest) in table(&scopes, &keymap, wanted.names) {
        session.out.strong(&strong, &rest);
    }
    Ok(Exit::Well)
}

/// The person's own keys over the usual ones; the usual ones, in words, where theirs do not hold together.
fn keymap(scopes: &[ScopeRows], session: &Session<'_>) -> Keymap {
    let rows: Vec<Row> = scopes.iter().flat_map(|scope| &scope.rows).copied().collect();
    let own = match session.store.settings() {
        Ok(settings) => settings.keys,
        Err(error) => {
            session.out.words(&format!("{error}. These are the usual keys."));
            return Keymap::new(&rows);
        }
    };
    Keymap::with_own(&rows, &own).unwrap_or_else(|errors| {
        errors.iter().for_each(|error| session.out.words(&format!("Your keys in settings.ron: {error}.")));
        session.out.words("The usual keys are in force.");
        Keymap::new(&rows)
    })
}

/// A line a row: the keys, and what they do or what they are called. A scope is a line of its own.
fn table(scopes: &[ScopeRows], keymap: &Keymap, names: bool) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for scope in scopes {
        if !lines.is_empty() {
            lines.push(Default::default());
        }
        lines.push((scope.title.to_owned(), String::new()));
        for row in &scope.rows {
            let keys: Vec<String> = keymap.of(row.name).iter().map(|keys| shown(keys)).collect();
            let keys = if keys.is_empty() { BY_NAME.to_owned() } else { keys.join(", ") };
            let does = if names { row.name } else { row.help };
            lines.push((String::new(), format!("  {keys:18} {does}")));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Outcome, command};

    #[test]
    fn a_row_says_its_keys_and_what_they_do_or_are_called() {
        let row = |name, keys| command::<()>(name, keys, "Open it", |(), _| Outcome::Done).row();
        let rows = vec![row("map.open", &["enter", "l"]), row("map.rename", &[])];
        let keymap = Keymap::new(&rows);
        let scopes = [ScopeRows { title: "Cycle map", rows }];
        let lines = table(&scopes, &keymap, false);
        assert_eq!(lines[0].0, "Cycle map");
        assert!(lines[1].1.contains("Enter, l") && lines[1].1.ends_with("Open it"), "{lines:?}");
        assert!(lines[2].1.contains("(look it up)"), "{lines:?}");
        assert!(table(&scopes, &keymap, true)[1].1.ends_with("map.open"));
    }
}
