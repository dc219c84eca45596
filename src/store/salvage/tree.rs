//! The lines of a damaged file, put together by their indentation.
//!
//! Where a line is not what it should be, the lines around it tell what was meant: an end that is missing is made up
//! where something less indented follows, a beginning where something more indented does. What cannot be placed is
//! trouble, and is named. It knows no workbook. Start reading at [`read`].

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::guess::{brackets, guessed_key, in_quotes, mended, mirror, seams};
use super::lines::{self, Seen, Shape};
use super::{Fate, GAP, MARK, Trouble};
use crate::domain::MOST_COUNTED;

/// Spaces for each level.
pub const STEP: usize = 4;
/// How deep blocks may stand in one another. Ours stand ten deep.
const DEEPEST: usize = 48;
/// The level at which the fields of a workbook stand.
const FIELDS: usize = 2;

/// What the lines of a file make.
#[derive(Debug, Default)]
pub struct Tree {
    /// The fields of the workbook.
    pub fields: Vec<Node>,
    pub seq: Option<u64>,
    pub changed: Option<Timestamp>,
    pub troubles: Vec<Trouble>,
    /// Whether a text holds lines that were lines of the file: its end was lost, and another one was taken for it.
    pub hides_layout: bool,
}

/// An entry: a line, or a text of several, or a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its first line, from 0.
    pub from: usize,
    /// The line after its last.
    pub to: usize,
    /// What it is called there, with quotes where it has them.
    pub key: Option<String>,
    /// All of it, or the line that opens the block.
    pub text: String,
    /// What stands in the block, and what ends it.
    pub block: Option<(Vec<Node>, String)>,
    /// Its end was made up, or something in it could not be placed: there may have been more.
    pub had_more: bool,
}

/// Puts lines together.
pub fn read(lines: &[&str]) -> Tree {
    let mut reading = Reading { lines, ..Reading::default() };
    while reading.at < lines.len() {
        reading.next();
    }
    reading.end_run(None);
    while reading.stack.len() > 1 {
        reading.close(None);
    }
    let fields = reading.stack.pop().map(|open| open.inside).unwrap_or_default();
    Tree { fields, ..reading.tree }
}

/// A block that is not ended yet.
#[derive(Debug)]
struct Open {
    from: usize,
    key: Option<String>,
    /// The line that opens it; `None` where that is to be told from what stands in it.
    text: Option<String>,
    inside: Vec<Node>,
    /// Something in it could not be placed.
    had_more: bool,
}

#[derive(Debug)]
struct Reading<'a> {
    lines: &'a [&'a str],
    at: usize,
    /// The first is the workbook itself.
    stack: Vec<Open>,
    /// The first of the lines before this one that could not be placed.
    run: Option<usize>,
    tree: Tree,
    /// Where the next end of a text stands, for each number of `#`: found from this line on, on that line.
    ends: BTreeMap<Option<usize>, (usize, Option<usize>)>,
}

impl Default for Reading<'_> {
    fn default() -> Self {
        let workbook = Open { from: 0, key: None, text: None, inside: Vec::new(), had_more: false };
        Self {
            lines: &[],
            at: 0,
            stack: vec![workbook],
            run: None,
            tree: Tree::default(),
            ends: BTreeMap::new(),
        }
    }
}

impl<'a> Reading<'a> {
    /// Takes in a line, or a text of several.
    fn next(&mut self) {
        let at = self.at;
        let line = self.line(at);
        if line.contains(GAP) {
            return self.gap();
        }
        if self.place(line, at) {
            return;
        }
        if self.is_heading(line) {
            self.at = at + 1;
            return;
        }
        if let Some(mended) = mended(line)
            && self.place(&mended, at)
        {
            return self.trouble(at, at + 1, Fate::PutRight);
        }
        for halves in seams(line) {
            let fit = halves.iter().all(|half| {
                let seen = lines::see(half);
                self.fits(&seen) || (seen.shape != Shape::Odd && level(&seen).is_some())
            });
            if fit {
                self.trouble(at, at + 1, Fate::PutRight);
                self.end_run(None);
                halves.iter().for_each(|half| {
                    if !self.place(half, at) {
                        self.run.get_or_insert(at);
                    }
                });
                self.at = self.at.max(at + 1);
                return;
            }
        }
        self.run.get_or_insert(at);
        self.at = at + 1;
    }

    fn line(&self, at: usize) -> &'a str {
        self.lines.get(at).copied().unwrap_or_default()
    }

    /// Whether it is the sentence above the workbook, or what became of it.
    fn is_heading(&self, line: &str) -> bool {
        self.at < 2 && self.stack.len() == 1 && (self.at == 0 || line.starts_with("//"))
    }

    /// The level at which the next entry stands.
    fn depth(&self) -> usize {
        self.stack.len() + FIELDS - 1
    }

    /// Whether a line has a place here.
    fn fits(&self, seen: &Seen<'_>) -> bool {
        let Some(level) = level(seen) else { return false };
        match seen.shape {
            Shape::Odd => false,
            Shape::Closes => level < self.depth(),
            _ if level < FIELDS => is_head(seen),
            _ => level <= self.depth() || self.may_begin_a_block(level),
        }
    }

    /// Whether the line before this one may have opened a block.
    fn may_begin_a_block(&self, level: usize) -> bool {
        let Some(before) = self.at.checked_sub(1) else { return false };
        self.stack.len() < DEEPEST
            && self.run.is_some_and(|run| run <= before)
            && !self.line(before).contains(GAP)
            && level == self.depth() + 1
            && near(indent_of(self.line(before)), self.depth() * STEP)
    }

    /// Puts a line into its place. False where it has none.
    fn place(&mut self, line: &str, at: usize) -> bool {
        let seen = lines::see(line);
        let Some(level) = level(&seen).filter(|_| self.fits(&seen)) else { return false };
        if level < FIELDS {
            self.end_run(None);
            self.head(&seen, line, at);
            return true;
        }
        let until = if let Shape::Begins { hashes, text } = seen.shape {
            match self.text_until(at, hashes, line.get(text..).unwrap_or_default(), level) {
                Some(until) => until,
                None => return false,
            }
        } else {
            at + 1
        };
        self.end_run((level > self.depth()).then_some(at));
        let wanted = if seen.shape == Shape::Closes { level + 1 } else { level };
        while self.depth() > wanted {
            self.close(None);
        }
        match seen.shape {
            Shape::Closes => self.close(Some((line.trim(), at))),
            Shape::Opens if self.stack.len() >= DEEPEST => return false,
            Shape::Opens => self.stack.push(Open {
                from: at,
                key: seen.key.map(str::to_owned),
                text: Some(line.trim().to_owned()),
                inside: Vec::new(),
                had_more: false,
            }),
            _ => {
                let rest = self.lines.get(at + 1..until).unwrap_or_default();
                let mut text = line.trim_start().to_owned();
                rest.iter().for_each(|line| {
                    text.push('\n');
                    text.push_str(line);
                });
                let key = seen.key.map(str::to_owned);
                self.add(Node { from: at, to: until, key, text, block: None, had_more: false });
            }
        }
        self.at = until;
        true
    }

    /// The line after the one in which a text ends. `None` where it ends nowhere that it may.
    fn text_until(&mut self, at: usize, hashes: Option<usize>, first: &str, level: usize) -> Option<usize> {
        let known =
            self.ends.get(&hashes).filter(|(from, end)| *from <= at + 1 && end.is_none_or(|end| at < end));
        let end = match known {
            Some((_, end)) => *end,
            None => {
                let mut rest = self.lines.iter().enumerate().skip(at + 1);
                let end = rest.find(|(_, line)| lines::end_of_text(line, hashes).is_some()).map(|(n, _)| n);
                self.ends.insert(hashes, (at + 1, end));
                end
            }
        }?;
        let line = self.line(end);
        let rest = line.get(lines::end_of_text(line, hashes)?..)?.trim_end();
        if !rest.ends_with(',') || !lines::ends_entry(rest) || line.contains(GAP) {
            return None;
        }
        // an end of which a part was lost stands before lines that are none of a text
        let mut before = first;
        for n in at + 1..end {
            let line = self.line(n);
            if line.contains(GAP) {
                return None;
            }
            let seen = lines::see(line);
            let fits = match seen.shape {
                Shape::Odd => false,
                Shape::Closes => seen.indent + STEP == level * STEP,
                _ => seen.indent == level * STEP && seen.key.is_some(),
            };
            if fits && looks_ended(before) {
                self.tree.hides_layout = true;
                return None;
            }
            before = line;
        }
        Some(end + 1)
    }

    fn add(&mut self, node: Node) {
        if let Some(open) = self.stack.last_mut() {
            open.inside.push(node);
        }
    }

    /// Ends the block that was opened last, with the line that says so where there is one.
    fn close(&mut self, with: Option<(&str, usize)>) {
        if self.stack.len() < 2 {
            return;
        }
        let Some(open) = self.stack.pop() else { return };
        let to = match with {
            Some((_, at)) => at + 1,
            None => open.inside.last().map_or(open.from + 1, |last| last.to),
        };
        let in_list =
            self.stack.last().and_then(|outer| outer.text.as_ref()).is_some_and(|t| t.ends_with('['));
        let key = open.key.filter(|_| open.text.is_some() || !in_list);
        let head = match (&open.text, &key) {
            (Some(text), _) => text.trim_end_matches(['(', '[', '{']).to_owned(),
            (None, Some(key)) => format!("{key}: "),
            (None, None) => String::new(),
        };
        let said = open.text.as_deref().unwrap_or_default().get(head.len()..).unwrap_or_default();
        let ends = with.map_or("", |(line, _)| line.strip_suffix(',').unwrap_or(line));
        let brackets = brackets(&head, said, ends, &open.inside);
        let mirrored: String = brackets.chars().rev().map(mirror).collect();
        let block = Some((open.inside, format!("{mirrored},")));
        let had_more = open.had_more || with.is_none();
        self.add(Node { from: open.from, to, key, text: format!("{head}{brackets}"), block, had_more });
    }

    /// A stretch of zeros: what comes after it may belong to anything. The fields are told by their own names again.
    fn gap(&mut self) {
        self.run.get_or_insert(self.at);
        self.at += 1;
        self.end_run(None);
        while self.stack.len() > 2 {
            self.close(None);
        }
        if self.stack.len() == 1 {
            self.stack.push(Open {
                from: self.at - 1,
                key: None,
                text: None,
                inside: Vec::new(),
                had_more: false,
            });
        }
    }

    /// Ends a run of lines that could not be placed. `opens`: the line at which something stands that only a block, of
    /// which the last of them was the beginning, can hold.
    fn end_run(&mut self, opens: Option<usize>) {
        let Some(from) = self.run.take() else { return };
        let to = if self.at > from { self.at } else { from + 1 };
        let last = to.saturating_sub(1);
        let rest = if opens.is_some() { last } else { to };
        if from < rest {
            self.text_of_run(from, rest);
        }
        if opens.is_some() {
            self.trouble(last, to, Fate::PutRight);
            let key = guessed_key(self.line(last)).map(str::to_owned);
            self.stack.push(Open { from: last, key, text: None, inside: Vec::new(), had_more: false });
        }
    }

    /// Keeps the words of a text of which the beginning can be seen and the end cannot.
    fn text_of_run(&mut self, from: usize, to: usize) {
        let Some((key, text)) = self.legible(from, to) else {
            self.stack.iter_mut().for_each(|open| open.had_more = true);
            return self.trouble(from, to, Fate::LeftOut);
        };
        let text = format!("{key}: {},", in_quotes(&text));
        let node = Node { from, to, text, key: Some(key), block: None, had_more: false };
        self.add(node);
        self.trouble(from, to, Fate::Marked);
    }

    /// The key and the words of such a text.
    fn legible(&self, from: usize, to: usize) -> Option<(String, String)> {
        let line = self.line(from);
        let these = self.lines.get(from..to)?;
        if !near(indent_of(line), self.depth() * STEP) {
            return None;
        }
        let (key, value) = line.trim().split_once(':')?;
        let plain = key.chars().all(|c| c.is_ascii_lowercase() || c == '_') && !key.is_empty();
        let (before, begun) = value.split_once('"')?;
        // what stands within a kind is no text of its own
        if !plain || before.trim().len() > 4 || before.contains('(') {
            return None;
        }
        let mut text = begun.to_owned();
        these.iter().skip(1).for_each(|line| {
            text.push('\n');
            text.push_str(line);
        });
        text.truncate(text.find(GAP).unwrap_or(text.len()));
        let end = text.trim_end_matches(['"', '#', ',', ')', ' ', '\n']).len();
        text.truncate(end);
        text.push(MARK);
        Some((key.to_owned(), text))
    }

    fn trouble(&mut self, from: usize, to: usize, fate: Fate) {
        self.tree.troubles.push(Trouble { from, to, fate });
    }

    /// What stands above the workbook: when it changed, how many records it holds.
    fn head(&mut self, seen: &Seen<'_>, line: &str, at: usize) {
        self.at = at + 1;
        let value = line.split_once(':').map_or("", |(_, value)| value).trim().trim_end_matches(',');
        match seen.key {
            Some("seq") => self.tree.seq = value.parse().ok().filter(|seq| *seq <= MOST_COUNTED),
            Some("changed") => self.tree.changed = value.trim_matches('"').parse().ok(),
            _ => {}
        }
    }
}

/// The level of a line, where its indentation is off by no more than one.
fn level(seen: &Seen<'_>) -> Option<usize> {
    let level = (seen.indent + 1) / STEP;
    near(seen.indent, level * STEP).then_some(level)
}

fn near(indent: usize, wanted: usize) -> bool {
    indent.abs_diff(wanted) <= 1
}

pub fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether it is a line around the workbook.
fn is_head(seen: &Seen<'_>) -> bool {
    match seen.shape {
        Shape::Closes => true,
        _ => {
            matches!(seen.key, Some("format" | "seq" | "changed" | "workbook")) || seen.shape == Shape::Opens
        }
    }
}

/// Whether a line ends as the last line of a text does.
fn looks_ended(line: &str) -> bool {
    let Some(line) = line.trim_end().strip_suffix(',') else { return false };
    line.trim_end_matches(')').trim_end_matches('#').ends_with('"')
}

#[cfg(test)]
mod tests;
