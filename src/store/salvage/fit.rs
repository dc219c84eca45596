//! What of the entries of a damaged file fits into a workbook, tried piece by piece.
//!
//! A field is tried whole, then its entries by halves, then what a single entry holds, the smallest first. So a place
//! that does not fit takes as little with it as can be. Start reading at [`fit`].

use std::collections::{BTreeMap, BTreeSet};

use super::guess::{distance, is_nearly};
use super::tree::{Node, Tree};
use super::{Fate, Trouble};
use crate::domain::{QuestionId, Workbook};
use crate::notation::{self, Mistake, read_naming};

/// The most bytes that are tried for their fit: that bounds the time for a hostile file. What is tried in the end, all at
/// once, is not counted.
pub const BUDGET: usize = 100 << 20;
/// How many bytes of entries are tried together.
const SOME: usize = 16 << 10;
/// How deep something that can be private stands in an entry, at most: a line within the list of a call.
const DEEP: usize = 3;
/// How many fields that no workbook has are guessed at: a damaged file has one or two, a hostile one very many.
const GUESSES: usize = 200;
/// How often something is taken out of one entry before all of it is left out.
const TRIES: usize = 12;

/// Makes a workbook of the fields that fit. `None` where not even that which fits by itself does so together.
pub fn fit(fields: Vec<Node>, troubles: &mut Vec<Trouble>) -> Option<Workbook> {
    let mut fitting = Fitting { left: BUDGET, troubles };
    let mut fields = fitting.named(gathered(fields));
    fields.iter_mut().for_each(|field| fitting.part_twins(field));
    // where an entry had more, each is looked at by itself
    if !fields.iter().any(Node::had_more)
        && let Some(workbook) = fitting.at_once(&fields)
    {
        return Some(workbook);
    }
    let mut kept: BTreeMap<String, Node> = BTreeMap::new();
    for field in fields {
        if let Some(field) = fitting.field(field)
            && let Some(key) = field.key.clone()
        {
            match kept.get_mut(&key) {
                Some(there) => fitting.join(there, field),
                None => drop(kept.insert(key, field)),
            }
        }
    }
    let all: String = kept.values().map(Node::written).collect();
    if let Ok((workbook, _)) = read_naming(&around(&all, &kept.keys().map(String::as_str).collect())) {
        return Some(workbook);
    }
    // entries that fit alone do so together; should that ever not be so, the fields that came first win
    let mut together = String::new();
    let mut names = BTreeSet::new();
    let mut made = None;
    for (name, field) in &kept {
        let more = format!("{together}{}", field.written());
        let mut with = names.clone();
        with.insert(name.as_str());
        match read_naming(&around(&more, &with)) {
            Ok((workbook, _)) => (together, names, made) = (more, with, Some(workbook)),
            Err(_) => fitting.lose(field),
        }
    }
    made
}

/// Whether two entries of a field go by the same name, so that reading the file would forget one of them.
pub fn has_twins(tree: &Tree) -> bool {
    tree.fields.iter().any(|field| {
        let Some((inside, _)) = field.block.as_ref().filter(|_| field.text.ends_with('{')) else {
            return false;
        };
        let mut seen = BTreeSet::new();
        !inside.iter().filter_map(|node| node.key.as_ref()).all(|key| seen.insert(key))
    })
}

struct Fitting<'t> {
    /// How many bytes may still be tried.
    left: usize,
    troubles: &'t mut Vec<Trouble>,
}

impl Fitting<'_> {
    /// All fields together, where nothing in them is in the way.
    fn at_once(&mut self, fields: &[Node]) -> Option<Workbook> {
        let all: String = fields.iter().map(Node::written).collect();
        self.left = self.left.checked_sub(all.len())?;
        let names: BTreeSet<&str> = fields.iter().filter_map(|field| field.key.as_deref()).collect();
        let (workbook, unknown) = read_naming(&around(&all, &names)).ok()?;
        unknown.is_empty().then_some(workbook)
    }

    /// The fields, by the names that a workbook has for them: one of which a letter was lost is known by the rest.
    fn named(&mut self, fields: Vec<Node>) -> Vec<Node> {
        let names = names();
        let there: BTreeSet<String> = fields.iter().filter_map(|f| f.key.clone()).collect();
        let free = |name: &&&str| !there.contains(**name);
        let mut known = Vec::new();
        let mut guesses = 0;
        for mut field in fields {
            let key = field.key.clone().unwrap_or_default();
            if !names.contains(&key.as_str()) {
                guesses += 1;
                let guessed = names.iter().filter(|_| guesses <= GUESSES);
                let near = guessed.filter(free).filter_map(|name| Some((distance(&key, name)?, *name)));
                let best = near.min().filter(|(far, _)| *far <= 2).map(|(_, name)| name);
                // answers are told from everything else by how they are called
                let best = best.or_else(|| holds_questions(&field).then_some("answers"));
                let Some(name) = best else {
                    self.lose(&field);
                    continue;
                };
                let value =
                    field.text.strip_prefix(&key).unwrap_or(&field.text).trim_start_matches([':', ' ']);
                field.text = format!("{name}: {value}");
                field.key = Some(name.to_owned());
                self.tell(field.from, field.from + 1, Fate::PutRight);
            }
            known.push(field);
        }
        known
    }

    /// As much of a field as fits.
    fn field(&mut self, mut field: Node) -> Option<Node> {
        let key = field.key.clone()?;
        let is_well = self.fits("", &field.written(), "", &key).is_ok_and(|unknown| unknown.is_empty());
        if is_well && !field.had_more() {
            return Some(field);
        }
        let opens = field.text.clone();
        match &mut field.block {
            Some((inside, ends)) if !opens.ends_with('(') => {
                let around = Around { key: &key, before: &opens, after: ends };
                let entries = std::mem::take(inside);
                let mut kept = if is_well { entries } else { self.entries(&around, entries) };
                kept.iter_mut()
                    .filter(|entry| entry.had_more())
                    .for_each(|entry| self.keep_in(&around, entry));
                *inside = kept;
                Some(field)
            }
            _ if is_well => Some(field),
            _ => self.shrunk(&Around { key: &key, before: "", after: "" }, field),
        }
    }

    /// The entries that fit: tried some at a time, so that a place that does not fit costs little even in a large file.
    fn entries(&mut self, around: &Around<'_>, entries: Vec<Node>) -> Vec<Node> {
        let mut kept = Vec::new();
        let mut some = Vec::new();
        let mut size = 0;
        for entry in entries {
            size += entry.written().len();
            some.push(entry);
            if size >= SOME {
                kept.extend(self.halves(around, std::mem::take(&mut some)));
                size = 0;
            }
        }
        kept.extend(self.halves(around, some));
        kept
    }

    /// The entries that fit, tried by halves.
    fn halves(&mut self, around: &Around<'_>, mut entries: Vec<Node>) -> Vec<Node> {
        let all: String = entries.iter().map(Node::written).collect();
        if entries.is_empty() || self.try_in(around, &all).is_ok_and(|unknown| unknown.is_empty()) {
            return entries;
        }
        if entries.len() == 1 {
            return entries.pop().and_then(|entry| self.shrunk(around, entry)).into_iter().collect();
        }
        let later = entries.split_off(entries.len() / 2);
        let mut kept = self.halves(around, entries);
        kept.extend(self.halves(around, later));
        kept
    }

    /// An entry without what does not fit in it.
    fn shrunk(&mut self, around: &Around<'_>, mut entry: Node) -> Option<Node> {
        for _ in 0..TRIES {
            let text = entry.written();
            let line = match self.try_in(around, &text) {
                Ok(unknown) if unknown.is_empty() => return Some(entry),
                Ok(unknown) => {
                    let skip = if around.before.is_empty() { 1 } else { 2 };
                    let found = unknown.iter().filter_map(|path| entry.line_of(path.split('.').skip(skip)));
                    found.max()
                }
                Err(Some(line)) => Some(line),
                Err(None) => None,
            };
            let taken = line.filter(|line| *line > 0).and_then(|line| entry.take(line));
            match taken {
                Some(taken) if is_nearly(first_line(&taken.text), "private: true,") => {
                    // never let out what was to stay in
                    self.tell(taken.from, taken.to, Fate::PutRight);
                    if let Some((inside, _)) = &mut entry.block {
                        inside.push(Node { text: "private: true,".to_owned(), ..taken });
                    }
                }
                Some(taken) => {
                    entry.had_more |= taken.key.is_none();
                    self.lose(&taken);
                }
                None => break,
            }
        }
        self.lose(&entry);
        None
    }

    /// Marks an entry that had more as private, and what in it had more, where that is something that can be: what was lost
    /// may have said so, and what was to stay in is never let out.
    fn keep_in(&mut self, around: &Around<'_>, entry: &mut Node) {
        for depth in 0..DEEP {
            let mut tried = entry.clone();
            if tried.hide(depth)
                && self.try_in(around, &tried.written()).is_ok_and(|unknown| unknown.is_empty())
            {
                *entry = tried;
            }
        }
    }

    /// Of two entries with one name, leaves the one in its place: entries stand in the order of their names.
    fn part_twins(&mut self, field: &mut Node) {
        let named = field.text.ends_with('{');
        let Some((inside, _)) = field.block.as_mut().filter(|_| named) else { return };
        let keys: Vec<Option<QuestionId>> = inside
            .iter()
            .map(|node| node.key.as_deref().map(|key| QuestionId::new(key.trim_matches('"'))))
            .collect();
        let key = |at: Option<usize>| at.and_then(|at| keys.get(at)).and_then(Option::as_ref);
        let in_order = |at: usize| {
            let before = key(at.checked_sub(1)).is_none_or(|before| Some(before) < key(Some(at)));
            before && key(at.checked_add(1)).is_none_or(|after| key(Some(at)) < Some(after))
        };
        let mut first: BTreeMap<&QuestionId, usize> = BTreeMap::new();
        let mut out = BTreeSet::new();
        for (at, name) in keys.iter().enumerate() {
            let Some(name) = name else { continue };
            match first.get(name).copied() {
                None => drop(first.insert(name, at)),
                Some(twin) if in_order(at) && !in_order(twin) => {
                    first.insert(name, at);
                    out.insert(twin);
                }
                Some(_) => drop(out.insert(at)),
            }
        }
        let mut at = 0;
        let mut gone = Vec::new();
        inside.retain(|node| {
            let stays = !out.contains(&at);
            if !stays {
                gone.push((node.from, node.to));
            }
            at += 1;
            stays
        });
        gone.into_iter().for_each(|(from, to)| self.tell(from, to, Fate::LeftOut));
    }

    /// A field that was found in two pieces.
    fn join(&mut self, there: &mut Node, more: Node) {
        let same = there.text == more.text && !there.text.ends_with('(');
        match (&mut there.block, more.block) {
            (Some((inside, _)), Some((entries, _))) if same => {
                inside.extend(entries);
                self.part_twins(there);
            }
            (_, block) => self.lose(&Node { block, ..more }),
        }
    }

    /// Tries entries within a field. The line that does not fit, from 0, where that can be told.
    fn try_in(&mut self, around: &Around<'_>, entries: &str) -> Result<Vec<String>, Option<usize>> {
        self.fits(around.before, entries, around.after, around.key)
    }

    fn fits(
        &mut self,
        before: &str,
        text: &str,
        after: &str,
        key: &str,
    ) -> Result<Vec<String>, Option<usize>> {
        let Some(left) = self.left.checked_sub(text.len() + 100) else { return Err(None) };
        self.left = left;
        let all = around(&format!("{before}\n{text}{after}\n"), &BTreeSet::from([key]));
        let read: Result<(Workbook, Vec<String>), Mistake> = read_naming(&all);
        match read {
            Ok((_, unknown)) => Ok(unknown),
            // two lines stand before the first of the text
            Err(error) => Err(error.line.checked_sub(3)),
        }
    }

    fn lose(&mut self, node: &Node) {
        self.tell(node.from, node.to, Fate::LeftOut);
    }

    fn tell(&mut self, from: usize, to: usize, fate: Fate) {
        self.troubles.push(Trouble { from, to, fate });
    }
}

/// The field in which entries stand.
struct Around<'a> {
    key: &'a str,
    before: &'a str,
    after: &'a str,
}

/// A workbook that holds these fields, and what every workbook has.
fn around(fields: &str, names: &BTreeSet<&str>) -> String {
    let id = if names.contains("id") { "" } else { "id: \"\"," };
    let us = if names.contains("us") { "" } else { "us: (id: \"us\")," };
    format!("({id}{us}\n{fields})")
}

fn holds_questions(field: &Node) -> bool {
    field.block.as_ref().is_some_and(|(inside, _)| inside.first().is_some_and(is_answer))
}

/// Whether an entry is called as a question is, as only answers are.
fn is_answer(node: &Node) -> bool {
    let id = node.key.as_deref().and_then(|key| key.strip_prefix('"')?.strip_suffix('"'));
    node.block.is_some()
        && id.and_then(|id| id.split_once('-')).is_some_and(|(code, number)| {
            code.chars().all(|c| c.is_ascii_uppercase()) && number.parse::<u32>().is_ok()
        })
}

/// The fields, the answers among them together: after a stretch of zeros they may stand within something else.
fn gathered(fields: Vec<Node>) -> Vec<Node> {
    let mut strays = Vec::new();
    let mut kept = Vec::new();
    for mut field in fields {
        if let Some((inside, _)) = field.block.as_mut().filter(|_| !field.text.ends_with('{')) {
            let (answers, rest) = std::mem::take(inside).into_iter().partition(is_answer);
            strays.extend::<Vec<Node>>(answers);
            *inside = rest;
        }
        let made_up =
            field.key.is_none() && field.block.as_ref().is_some_and(|(inside, _)| inside.is_empty());
        if !made_up {
            kept.push(field);
        }
    }
    if let (Some(first), Some(last)) = (strays.first(), strays.last()) {
        let (from, to) = (first.from, last.to);
        let text = "answers: {".to_owned();
        let block = Some((strays, "},".to_owned()));
        kept.push(Node { from, to, key: Some("answers".to_owned()), text, block, had_more: false });
    }
    kept
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim()
}

/// What the fields of a workbook are called, as its own reading asks for them.
fn names() -> &'static [&'static str] {
    notation::fields_of::<Workbook>()
}
