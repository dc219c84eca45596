//! Writes a document as Markdown (CommonMark, safe with the GitHub extensions).
//!
//! What a person typed stays what they typed: a `# x` or a `[a](b)` in an answer is text, not a heading or a link. A line
//! break in an answer is a line break on the page.

use super::clean;
use super::document::{Block, Document, Item, Steps, TO_AGREE};
use super::text::{colon_after, label};

/// Letters of a line to write on.
const LINE: usize = 32;

/// The document as Markdown. Ends with a line break.
pub fn write(document: &Document) -> String {
    let mut out = String::new();
    let mut steps = Steps::new();
    if !document.title.is_empty() {
        heading(&mut out, 1, &document.title);
    }
    for block in &document.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Heading(level, text) => heading(&mut out, steps.down_to(*level), text),
            Block::Facts(facts) => {
                for (label, value) in facts {
                    let value = words_of_line(value);
                    out.push_str(&format!("- **{}:** {value}\n", inline(&clean::line(label))));
                }
            }
            Block::Paragraph(text) => lines(&mut out, text, "", ""),
            Block::Quote { who, marks, words } => quote(&mut out, who, marks, words),
            Block::List(items) => items.iter().for_each(|i| item(&mut out, i)),
            Block::Table { head, rows } => table(&mut out, head, rows),
            Block::Blank(label) => blank(&mut out, label),
            // said in words by the blocks that stand for it
            Block::Picture(picture) => lines(&mut out, picture.title(), "", ""),
            Block::Note(text) => out.push_str(&format!("*{}*\n", inline(&clean::line(text)))),
        }
    }
    out
}

fn heading(out: &mut String, depth: usize, text: &str) {
    let text = inline(&clean::line(text)).replace('#', "\\#");
    out.push_str(&format!("{} {text}\n", "#".repeat(depth)));
}

fn quote(out: &mut String, who: &str, marks: &[String], words: &str) {
    let label = label(who, marks);
    let empty = clean::text(words).trim().is_empty();
    if !label.is_empty() {
        let name = inline(&clean::line(who));
        let rest = label.strip_prefix(&clean::line(who)).unwrap_or(&label);
        let end = if empty { "" } else { ":" };
        let name = if name.is_empty() { name } else { format!("**{name}**") };
        let rest = if name.is_empty() { escape(rest) } else { inline(rest) };
        out.push_str(&format!("{name}{rest}{end}\n"));
    }
    if !empty {
        if !label.is_empty() {
            out.push('\n');
        }
        lines(out, words, "> ", "> ");
    }
}

fn item(out: &mut String, item: &Item) {
    let lead = inline(&clean::line(&item.lead));
    let words = clean::text(&item.words);
    match (lead.is_empty(), words.trim().is_empty()) {
        (true, _) => lines(out, &words, "- ", "  "),
        (false, true) => out.push_str(&format!("- **{lead}**\n")),
        // the space keeps the words from the start of the line, where more would have to be escaped
        (false, false) => lines(out, &words, &format!("- **{lead}{}** ", colon_after(&lead)), "  "),
    }
}

/// A table as GitHub and most others read it. A line break in a cell is a `<br>`: a cell can hold no other.
fn table(out: &mut String, head: &[String], rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
    if columns == 0 {
        return;
    }
    for (n, cells) in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).enumerate() {
        for n in 0..columns {
            out.push_str(&format!("| {} ", cell(cells.get(n).map_or("", String::as_str))));
        }
        out.push_str("|\n");
        if n == 0 {
            out.push_str(&format!("{}|\n", "| --- ".repeat(columns)));
        }
    }
}

fn cell(text: &str) -> String {
    let text = clean::text(text);
    let lines: Vec<String> = text.trim().split('\n').map(|line| words_of_cell(line.trim())).collect();
    lines.join("<br>")
}

fn words_of_cell(line: &str) -> String {
    if line == TO_AGREE { format!("*{TO_AGREE}*") } else { inline(line) }
}

/// A label and a line to write on, which alone would be a rule across the page.
fn blank(out: &mut String, label: &str) {
    let label = clean::line(label);
    let line = "_".repeat(LINE);
    if label.is_empty() {
        out.push_str(&format!("\\{line}\n"));
    } else {
        out.push_str(&format!("{}{} {line}\n", escape(&label), colon_after(&label)));
    }
}

/// Adds text of several lines. A line break becomes a hard one, an empty line parts paragraphs.
fn lines(out: &mut String, text: &str, first: &str, rest: &str) {
    let text = clean::text(text);
    let mut lines = text.trim_matches('\n').trim_end().split('\n').map(str::trim_end).enumerate().peekable();
    while let Some((n, line)) = lines.next() {
        let prefix = if n == 0 { first } else { rest };
        if line.is_empty() {
            out.push_str(prefix.trim_end());
        } else {
            out.push_str(prefix);
            out.push_str(&words_of(line));
            if lines.peek().is_some_and(|(_, next)| !next.is_empty()) {
                out.push('\\');
            }
        }
        out.push('\n');
    }
}

fn words_of_line(text: &str) -> String {
    words_of(&clean::line(text))
}

/// A line of text, or the sign for what is still to agree: no text can define what its brackets would link to.
fn words_of(line: &str) -> String {
    if line == TO_AGREE { format!("*{TO_AGREE}*") } else { escape(line) }
}

/// Text that may stand at the start of a line.
fn escape(line: &str) -> String {
    let spaces = line.chars().take_while(|c| *c == ' ').count();
    let rest = line.get(spaces..).unwrap_or(line);
    // ordinary spaces would be swallowed, or make the line a block of code
    let mut escaped = "&nbsp;".repeat(spaces);
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let (number, after) = rest.split_at_checked(digits).unwrap_or(("", rest));
    escaped.push_str(number);
    let means_something = match after.chars().next() {
        Some('#' | '+' | '-' | '=' | '>' | ':') => digits == 0,
        Some('.' | ')') => digits > 0,
        _ => false,
    };
    if means_something {
        escaped.push('\\');
    }
    escaped.push_str(&inline(after));
    escaped
}

/// Text that does not stand at the start of a line.
fn inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let means_something = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' | '$' => true,
            '_' => !within_word(text, at),
            '&' => is_reference(text.get(at + 1..).unwrap_or("")),
            _ => false,
        };
        if means_something {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Whether the underscores around byte `at` have a letter or digit on both sides, and so mean only themselves.
fn within_word(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at_checked(at).unwrap_or(("", ""));
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    letter(before.trim_end_matches('_').chars().next_back())
        && letter(after.trim_start_matches('_').chars().next())
}

/// Whether what follows an `&` would make it a character reference.
fn is_reference(after: &str) -> bool {
    let name = after.trim_start_matches('#').trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    name.starts_with(';')
}
