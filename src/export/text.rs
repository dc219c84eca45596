//! Writes a document as plain text: for mail, for print, for a screen reader.
//!
//! Lines are wrapped between words; a word longer than the line is left whole. Nothing is escaped, since nothing in plain
//! text means anything but itself.

use unicode_width::UnicodeWidthStr;

use super::document::{Block, Document, Item, Level};
use super::{clean, table};

/// Columns to which exports are wrapped: fits a mail with one level of quoting in a terminal of 80.
pub const COLUMNS: usize = 76;

/// Columns that a line to write on has at least, and at most.
const SHORTEST_LINE: usize = 20;
const LONGEST_LINE: usize = 44;

/// The document as plain text of at most `columns` columns, apart from words that are longer. Ends with a line break
/// where there is anything in it.
pub fn write(document: &Document, columns: usize) -> String {
    let mut out = String::new();
    if !document.title.is_empty() {
        underlined(&mut out, &document.title, '=', columns);
    }
    for block in &document.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Heading(Level::Section, text) => underlined(&mut out, text, '-', columns),
            Block::Heading(Level::Part, text) => {
                wrapped(&mut out, &clean::line(text).to_uppercase(), "", "", columns)
            }
            Block::Heading(Level::Point, text) => wrapped(&mut out, &clean::line(text), "", "", columns),
            Block::Facts(facts) => {
                for (label, value) in facts {
                    let fact = format!("{}: {}", clean::line(label), clean::line(value));
                    wrapped(&mut out, &fact, "", "  ", columns);
                }
            }
            Block::Paragraph(text) => wrapped(&mut out, &clean::text(text), "", "", columns),
            Block::Quote { who, marks, words } => quote(&mut out, who, marks, words, columns),
            Block::List(items) => items.iter().for_each(|i| item(&mut out, i, columns)),
            Block::Table { head, rows } => tabled(&mut out, head, rows, columns),
            Block::Blank(label) => blank(&mut out, label, columns),
            // said in words by the blocks that stand for it
            Block::Picture(picture) => wrapped(&mut out, &clean::line(picture.title()), "", "", columns),
            Block::Note(text) => wrapped(&mut out, &format!("({})", clean::line(text)), "", "", columns),
        }
    }
    out
}

/// In columns, or row by row where there is no room for them.
fn tabled(out: &mut String, head: &[String], rows: &[Vec<String>], columns: usize) {
    if let Some(lines) = table::lines(head, rows, columns) {
        lines.iter().for_each(|line| out.extend([line.as_str(), "\n"]));
        return;
    }
    for (n, row) in rows.iter().enumerate() {
        if n > 0 {
            out.push('\n');
        }
        for (n, cell) in row.iter().enumerate() {
            let label = clean::line(head.get(n).map_or("", String::as_str));
            let label = if label.is_empty() { label } else { format!("{label}{} ", colon_after(&label)) };
            let fact = format!("{label}{}", clean::text(cell).trim());
            if !fact.is_empty() {
                wrapped(out, fact.trim_end(), "", "  ", columns);
            }
        }
    }
}

/// A label and a line to write on, to the end of the text's width or on a line of its own.
fn blank(out: &mut String, label: &str, columns: usize) {
    let label = clean::line(label);
    let label = if label.is_empty() { label } else { format!("{label}{} ", colon_after(&label)) };
    let room = columns.saturating_sub(label.width());
    if room >= SHORTEST_LINE {
        out.push_str(&label);
        out.push_str(&"_".repeat(room.min(LONGEST_LINE)));
    } else {
        wrapped(out, label.trim_end(), "", "  ", columns);
        out.push_str(&"_".repeat(columns.min(LONGEST_LINE)));
    }
    out.push('\n');
}

/// "Who (mark, mark)", where there is anything to say.
pub(super) fn label(who: &str, marks: &[String]) -> String {
    let marks: Vec<String> = marks.iter().map(|m| clean::line(m)).filter(|m| !m.is_empty()).collect();
    let who = clean::line(who);
    match (who.is_empty(), marks.is_empty()) {
        (_, true) => who,
        (true, false) => marks.join(", "),
        (false, false) => format!("{who} ({})", marks.join(", ")),
    }
}

fn underlined(out: &mut String, text: &str, with: char, columns: usize) {
    let text = clean::line(text);
    let width = text.width().min(columns);
    wrapped(out, &text, "", "", columns);
    out.extend(std::iter::repeat_n(with, width));
    out.push('\n');
}

fn quote(out: &mut String, who: &str, marks: &[String], words: &str, columns: usize) {
    let words = clean::text(words);
    let words = words.trim_matches('\n').trim_end();
    let label = label(who, marks);
    if !label.is_empty() {
        let end = if words.is_empty() { "" } else { ":" };
        wrapped(out, &format!("{label}{end}"), "", "  ", columns);
    }
    if !words.is_empty() {
        wrapped(out, words, "    ", "    ", columns);
    }
}

fn item(out: &mut String, item: &Item, columns: usize) {
    let lead = clean::line(&item.lead);
    let words = clean::text(&item.words);
    let words = words.trim();
    let text = match (lead.is_empty(), words.is_empty()) {
        (true, _) => words.to_owned(),
        (_, true) => lead,
        _ => format!("{lead}{} {words}", colon_after(&lead)),
    };
    wrapped(out, &text, "- ", "  ", columns);
}

/// A colon, unless the words end with a sign of their own.
pub(super) fn colon_after(words: &str) -> &'static str {
    if words.ends_with(['?', '!', '.', ':']) { "" } else { ":" }
}

/// Adds `text`, its own line breaks kept, with `first` before the first line and `rest` before every other.
fn wrapped(out: &mut String, text: &str, first: &str, rest: &str, columns: usize) {
    for (n, line) in text.split('\n').enumerate() {
        let indent = if n == 0 { first } else { rest };
        if line.trim().is_empty() {
            out.push('\n');
            continue;
        }
        out.push_str(indent);
        wrap_line(out, line.trim_end(), indent.width(), rest, columns);
        out.push('\n');
    }
}

/// Adds one line, broken between words where it is longer than `columns`. The line begins at column `at`.
fn wrap_line(out: &mut String, line: &str, mut at: usize, rest: &str, columns: usize) {
    let own_indent = line.len() - line.trim_start().len();
    let (spaces, words) = line.split_at_checked(own_indent).unwrap_or(("", line));
    out.push_str(spaces);
    at += spaces.width();
    for (n, word) in words.split(' ').enumerate() {
        let width = word.width();
        if n == 0 {
            at += width;
        } else if at + 1 + width > columns && !word.is_empty() {
            while out.ends_with(' ') {
                out.pop();
            }
            out.push('\n');
            out.push_str(rest);
            at = rest.width() + width;
        } else {
            out.push(' ');
            at += 1 + width;
        }
        out.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_keep_their_own_breaks() {
        let mut document = Document::titled("A title");
        document.list(vec![Item::new("Lead", "one two three four\n  indented\n\nlast")]);
        let text = write(&document, 16);
        assert_eq!(text, "A title\n=======\n\n- Lead: one two\n  three four\n    indented\n\n  last\n");
    }

    #[test]
    fn a_word_longer_than_the_line_stays_whole() {
        let mut document = Document::titled("T");
        let word = "x".repeat(100);
        document.paragraph(format!("a {word} b"));
        assert!(write(&document, 20).contains(&format!("a\n{word}\nb\n")));
    }
}
