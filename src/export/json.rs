//! Writes a document as JSON, for other programs. The shape is stable: fields and kinds of block may be added, none is
//! renamed or removed.
//!
//! ```text
//! { "title", "on": day or null, "private": { "held", "left_out" }, "beside": [text],
//!   "dates": [{ "uid", "on", "summary", "description" }],
//!   "blocks": [
//!     { "kind": "heading", "level": 1 to 3, "text" }     { "kind": "facts", "facts": [{ "label", "value" }] }
//!     { "kind": "paragraph", "text" }                    { "kind": "quote", "who", "marks": [text], "words" }
//!     { "kind": "list", "items": [{ "lead", "words" }] } { "kind": "table", "head": [text], "rows": [[text]] }
//!     { "kind": "blank", "label" }                       { "kind": "note", "text" }
//!     { "kind": "ring", "title", "heart": { "name", "state" }, "around": [{ "name", "state" }] }
//!     { "kind": "matrix", "title", "head": [text], "rows": [[text]] } ] }
//! ```

use serde::Serialize;

use super::clean;
use super::document::{Block, Document, Item, Level, Picture, Run, Spot};

/// The document, with its texts cleaned. Ends with a line break.
pub fn write(document: &Document) -> String {
    let shape = Shape {
        title: clean::line(&document.title),
        on: document.on.map(|on| on.to_string()),
        private: Private { held: document.private.held, left_out: document.private.left_out },
        beside: texts(&document.beside),
        dates: document.dates.iter().map(Day::of).collect(),
        blocks: document.blocks.iter().map(Part::of).collect(),
    };
    // strings, numbers and lists can always be said
    let mut json = serde_json::to_string_pretty(&shape).unwrap_or_default();
    json.push('\n');
    json
}

#[derive(Serialize)]
struct Shape {
    title: String,
    on: Option<String>,
    private: Private,
    beside: Vec<String>,
    dates: Vec<Day>,
    blocks: Vec<Part>,
}

#[derive(Serialize)]
struct Private {
    held: usize,
    left_out: usize,
}

#[derive(Serialize)]
struct Day {
    uid: String,
    on: String,
    summary: String,
    description: String,
}

impl Day {
    fn of(entry: &super::calendar::Entry) -> Self {
        Self {
            uid: clean::line(&entry.uid),
            on: entry.on.to_string(),
            summary: clean::line(&entry.summary),
            description: text(&entry.description),
        }
    }
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Part {
    Heading { level: u8, text: String },
    Facts { facts: Vec<Fact> },
    Paragraph { text: String },
    Quote { who: String, marks: Vec<String>, words: String },
    List { items: Vec<Line> },
    Table { head: Vec<String>, rows: Vec<Vec<String>> },
    Blank { label: String },
    Ring { title: String, heart: Place, around: Vec<Place> },
    Matrix { title: String, head: Vec<String>, rows: Vec<Vec<String>> },
    Course { title: String, days: Vec<String>, lines: Vec<Course> },
    Note { text: String },
}

#[derive(Serialize)]
struct Fact {
    label: String,
    value: String,
}

#[derive(Serialize)]
struct Line {
    lead: String,
    words: String,
}

/// A line over a time; what was said on each day, or nothing where nobody was asked.
#[derive(Serialize)]
struct Course {
    name: String,
    said: Vec<Option<String>>,
    words: String,
}

#[derive(Serialize)]
struct Place {
    name: String,
    state: String,
}

impl Part {
    fn of(block: &Block) -> Self {
        let rows = |rows: &[Vec<String>]| rows.iter().map(|row| texts(row)).collect();
        match block {
            Block::Heading(level, words) => Self::Heading { level: depth(*level), text: clean::line(words) },
            Block::Facts(facts) => {
                let fact = |(label, value): &(String, String)| Fact {
                    label: clean::line(label),
                    value: text(value),
                };
                Self::Facts { facts: facts.iter().map(fact).collect() }
            }
            Block::Paragraph(words) => Self::Paragraph { text: text(words) },
            Block::Quote { who, marks, words } => {
                let marks = texts(marks).into_iter().filter(|mark| !mark.is_empty()).collect();
                Self::Quote { who: clean::line(who), marks, words: text(words) }
            }
            Block::List(items) => {
                let line = |item: &Item| Line { lead: clean::line(&item.lead), words: text(&item.words) };
                Self::List { items: items.iter().map(line).collect() }
            }
            Block::Table { head, rows: all } => Self::Table { head: texts(head), rows: rows(all) },
            Block::Blank(label) => Self::Blank { label: clean::line(label) },
            Block::Note(words) => Self::Note { text: clean::line(words) },
            Block::Picture(Picture::Ring { title, heart, around }) => Self::Ring {
                title: clean::line(title),
                heart: Place::of(heart),
                around: around.iter().map(Place::of).collect(),
            },
            Block::Picture(Picture::Matrix { title, head, rows: all }) => {
                Self::Matrix { title: clean::line(title), head: texts(head), rows: rows(all) }
            }
            Block::Picture(Picture::Course { title, days, steps, lines }) => {
                let word =
                    |said: &Option<usize>| said.and_then(|n| steps.get(n)).map(|step| text(&step.words));
                let line = |run: &Run| Course {
                    name: clean::line(&run.name),
                    said: run.said.iter().map(word).collect(),
                    words: text(&run.words),
                };
                let lines = lines.iter().map(line).collect();
                Self::Course { title: clean::line(title), days: texts(days), lines }
            }
        }
    }
}

impl Place {
    fn of(spot: &Spot) -> Self {
        Self { name: clean::line(&spot.name), state: clean::line(&spot.state) }
    }
}

fn depth(level: Level) -> u8 {
    match level {
        Level::Section => 1,
        Level::Part => 2,
        Level::Point => 3,
    }
}

fn text(words: &str) -> String {
    clean::text(words).trim().to_owned()
}

fn texts(all: &[String]) -> Vec<String> {
    all.iter().map(|words| text(words)).collect()
}
