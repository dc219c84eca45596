//! Where commands are valid, in plain words: for `alongside keys` and `docs/KEYS.md`.
//!
//! It knows the names of scopes and no command; the rows come from [`all_rows`].

use super::all_rows;
use crate::command::Row;

/// Every scope that rows have, with what a person reads.
const SCOPES: &[(&str, &str)] = &[
    ("global", "Everywhere"),
    ("typing", "While typing"),
    ("first", "First run"),
    ("library", "Library"),
    ("library-filter", "Library, while finding a workbook"),
    ("map", "Cycle map"),
    ("aspect", "Questions of an aspect"),
    ("aspect-door", "Questions of an aspect, on what is opened below them"),
    ("aspect-typing", "Questions of an aspect, while typing"),
    ("people", "Partners and people"),
    ("people-fields", "Partners and people, while typing"),
    ("agenda", "Agenda of all workbooks"),
    ("records", "Promises, words and other records"),
    ("records-fields", "Promises, words and other records, while typing"),
    ("tidy", "Tidy sheet"),
    ("tidy-tags", "Tidy sheet: lines without a tag"),
    ("tidy-promises", "Tidy sheet: promises"),
    ("tidy-questions", "Tidy sheet: questions to ask back"),
    ("tidy-answers", "Tidy sheet: what they said"),
    ("tidy-words", "Tidy sheet: words that jar"),
    ("tidy-remains", "Tidy sheet: what remains"),
    ("tidy-next", "Tidy sheet: when next"),
    ("tidy-message", "Tidy sheet: the follow-up message"),
    ("tidy-typing", "Tidy sheet, while typing"),
    ("to-tidy", "To tidy"),
    ("guide", "Guide"),
    ("guide-filter", "Guide, while finding words"),
    ("bin", "Bin"),
    ("versions", "As it was on a day"),
    ("preview", "Partnership on a page"),
    ("documents", "Documents"),
    ("entrances", "Four ways in"),
    ("call", "Call, resting on the lines"),
    ("call-line", "Call, while typing a line"),
    ("call-head", "Call, while saying who it is"),
    ("call-side", "Call, what to ask"),
    ("notes", "Notes: calls and jots"),
    ("notes-filter", "Notes, while finding words"),
    ("timeline", "Timeline"),
    ("states", "State of the partnership"),
    ("states-fields", "State of the partnership, while typing"),
    ("start-over", "Start over from a stage"),
    ("welcome", "Welcome back"),
    ("inbox", "Inbox"),
    ("deck", "Ideas for finding"),
    ("kinds", "Types and levels, as cards"),
    ("grid", "Answers as a grid"),
    ("erase", "Removing somebody's details"),
    ("erase-name", "Removing somebody's details, while typing the name"),
    ("agreement", "Agreement builder"),
    ("agreement-form", "Form of the agreement"),
    ("agreement-versions", "Versions of the agreement"),
    ("matrix", "Who has what"),
    ("hand-on", "Handing on what hangs on a partner"),
    ("board", "Keep, mend, drop, try"),
    ("ending", "Ending, step by step"),
    ("portfolio", "All workbooks side by side"),
    ("pulse", "Pulse of each side"),
    ("walk", "Review walk"),
    ("walk-typing", "Review walk, while typing"),
    ("skills", "Skills: who says so"),
    ("skills-rate", "Skills: the lines of a head"),
    ("skills-found", "Skills: what stands out"),
    ("menu", "Menus"),
    ("prompt", "A line to fill in"),
    ("jot", "Jot strip"),
    ("reader", "A page to read"),
    ("picker", "Lists that are found in by typing"),
    ("palette", "Palette"),
    ("help", "All keys here"),
    ("find", "Find"),
    ("who", "Who is it?"),
];

/// The rows of one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeRows {
    /// Where they are valid, in plain words.
    pub title: &'static str,
    /// The rows, in the order of the help page.
    pub rows: Vec<Row>,
}

/// Every row of the program under the words for its scope. A scope without words stands under its own name, last.
pub fn rows_by_scope() -> Vec<ScopeRows> {
    let all = all_rows();
    let mut scopes: Vec<(&str, &str)> = SCOPES.to_vec();
    for row in &all {
        if scopes.iter().all(|(scope, _)| *scope != row.scope()) {
            scopes.push((row.scope(), row.scope()));
        }
    }
    let of = |scope: &str| all.iter().filter(|row| row.scope() == scope).copied().collect();
    let named = scopes.into_iter().map(|(scope, title)| ScopeRows { title, rows: of(scope) });
    named.filter(|scope| !scope.rows.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_has_words_and_every_word_a_scope() {
        let all = all_rows();
        for row in &all {
            assert!(SCOPES.iter().any(|(scope, _)| *scope == row.scope()), "no words for {}", row.scope());
        }
        for (scope, _) in SCOPES {
            assert!(all.iter().any(|row| row.scope() == *scope), "no row has the scope {scope}");
        }
        let shown: usize = rows_by_scope().iter().map(|scope| scope.rows.len()).sum();
        assert_eq!(shown, all.len());
    }
}
