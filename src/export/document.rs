//! A document as its artefact says it, before a format is chosen.
//!
//! Artefacts build these values; a [`super::Format`] writes them out. Every text in here is raw, as the person typed it:
//! cleaning and escaping belong to the writers, so that no artefact can forget them. Start at [`Block`].

use std::borrow::Cow;

use jiff::civil::Date;

use super::calendar;

/// Stands where something is expected and nothing is written: never a blank, never an invented sentence.
pub const TO_AGREE: &str = "[to agree]";

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its title, which is also its first heading; empty for a message, which has none.
    pub title: String,
    /// What follows, in order.
    pub blocks: Vec<Block>,
    /// What became of the private answers it would hold.
    pub private: Private,
    /// Sentences about it that are said beside it and never stand in it: how long it is, what was left out.
    pub beside: Vec<String>,
    /// Days in it that a calendar can take in; in every other format they stand in the blocks, or nowhere.
    pub dates: Vec<calendar::Entry>,
    /// What it is printed on.
    pub paper: Paper,
    /// The day on which it is made; [`super::Artefact::document`] says so.
    pub on: Option<Date>,
}

/// What a document is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// A sheet of A4.
    #[default]
    Sheet,
    /// A card of A6 for the pocket, in large letters; each heading begins another side.
    Card,
    /// Several letters, on sheets of A4: each section is one, and begins a sheet.
    Letters,
}

/// How many private answers a document holds, because somebody asked for them, and how many it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Private {
    /// In it.
    pub held: usize,
    /// Left out of it.
    pub left_out: usize,
}

impl std::ops::AddAssign for Private {
    fn add_assign(&mut self, more: Self) {
        self.held += more.held;
        self.left_out += more.left_out;
    }
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Level, String),
    /// Short facts, each a label and a value.
    Facts(Vec<(String, String)>),
    /// A paragraph of the program's own words.
    Paragraph(String),
    /// Somebody's words, as they are.
    Quote {
        /// Whose they are; empty where nobody need be named.
        who: String,
        /// What is to be known about them: "a guess", "12 March 2025".
        marks: Vec<String>,
        /// The words, over several lines or empty.
        words: String,
    },
    /// A list.
    List(Vec<Item>),
    /// A table. A row that is shorter than the head has empty cells at its end, and none should be longer. What it is
    /// about is said by the heading above it.
    Table {
        /// What stands over the columns; the first names the rows.
        head: Vec<String>,
        /// The rows, each with a cell a column; a cell may have several lines.
        rows: Vec<Vec<String>>,
    },
    /// A line to fill in by hand, after this label: "Signed for the museum".
    Blank(String),
    /// Something that is drawn where that can be, and said in words where it cannot.
    Picture(Picture),
    /// A remark about the document itself.
    Note(String),
}

/// Something to look at. It holds its own words: see [`Picture::in_words`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// Things around a heart, such as the aspects of the cycle, in the order of the clock from the top.
    Ring {
        /// What is seen, in a line.
        title: String,
        /// What is in the middle.
        heart: Spot,
        /// What is around it.
        around: Vec<Spot>,
    },
    /// A grid of short words whose blank cells are meant to stand out.
    Matrix {
        /// What is seen, in a line.
        title: String,
        /// What stands over the columns; the first names the rows.
        head: Vec<String>,
        /// The rows, the name of each first.
        rows: Vec<Vec<String>>,
    },
    /// How some lines went over a time: a mark a day, the higher the graver, and beside each line its course in words.
    Course {
        /// What is seen, in a line.
        title: String,
        /// The days, in order.
        days: Vec<String>,
        /// What may be said of a line on a day.
        steps: Vec<Step>,
        /// The lines.
        lines: Vec<Run>,
    },
}

/// Something that may be said on a day of a course.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// The sign that stands for it.
    pub mark: String,
    /// What it means.
    pub words: String,
    /// How high it stands, from 0 on; `None` where it is no matter of more or less.
    pub height: Option<u8>,
}

/// A line of a course.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// What it is called.
    pub name: String,
    /// Which step was said on each day, by its number; `None` where nobody was asked.
    pub said: Vec<Option<usize>>,
    /// How it went, in words; may be empty.
    pub words: String,
}

/// The mark of a day on which nobody was asked, where marks stand in a row.
const NOT_ASKED: &str = "_";

/// A place in a ring.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spot {
    /// What it is called.
    pub name: String,
    /// How it stands, in words; may be empty.
    pub state: String,
}

impl Picture {
    /// What is seen, in a line.
    pub fn title(&self) -> &str {
        match self {
            Self::Ring { title, .. } | Self::Matrix { title, .. } | Self::Course { title, .. } => title,
        }
    }

    /// The same as paragraphs and a list or a table, for formats that draw nothing. Nothing is lost.
    pub fn in_words(&self) -> Vec<Block> {
        let mut said = vec![Block::Paragraph(self.title().to_owned())];
        let words = match self {
            Self::Ring { heart, around, .. } => {
                let spots = around.iter().chain([heart]).filter(|spot| **spot != Spot::default());
                Block::List(spots.map(|spot| Item::new(&spot.name, &spot.state)).collect())
            }
            Self::Matrix { head, rows, .. } => Block::Table { head: head.clone(), rows: rows.clone() },
            Self::Course { days, steps, lines, .. } => {
                let meant = steps.iter().map(|step| format!("{} {}", step.mark, step.words));
                let meant: Vec<String> = meant.chain([format!("{NOT_ASKED} not asked")]).collect();
                said.push(Block::Paragraph(format!(
                    "A sign a day, in this order: {}.\nThe signs: {}.",
                    days.join(", "),
                    meant.join(", ")
                )));
                let mark = |said: &Option<usize>| {
                    said.and_then(|n| steps.get(n)).map_or(NOT_ASKED, |step| step.mark.as_str())
                };
                let row = |run: &Run| {
                    let marks: Vec<&str> = run.said.iter().map(mark).collect();
                    vec![run.name.clone(), marks.concat(), run.words.clone()]
                };
                let head = ["Line", "Signs", "In words"].map(str::to_owned).to_vec();
                Block::Table { head, rows: lines.iter().map(row).collect() }
            }
        };
        said.push(words);
        said
    }

    /// The head and the rows of a picture that is a table too, with every day of a course in a column of its own.
    pub(super) fn as_table(&self) -> Option<(Vec<String>, Vec<Vec<String>>)> {
        match self {
            Self::Ring { .. } => None,
            Self::Matrix { head, rows, .. } => Some((head.clone(), rows.clone())),
            Self::Course { days, steps, lines, .. } => {
                let words = |said: &Option<usize>| {
                    said.and_then(|n| steps.get(n)).map(|step| step.words.clone()).unwrap_or_default()
                };
                let row = |run: &Run| {
                    let cells = std::iter::once(run.name.clone()).chain(run.said.iter().map(words));
                    cells.chain([run.words.clone()]).collect()
                };
                let head = std::iter::once("Line".to_owned()).chain(days.iter().cloned());
                Some((head.chain(["In words".to_owned()]).collect(), lines.iter().map(row).collect()))
            }
        }
    }
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// What stands first and stronger; may be empty.
    pub lead: String,
    /// The rest, over one or several lines; may be empty.
    pub words: String,
}

/// How deep a heading stands below the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A part of the document.
    Section,
    /// A part of a section.
    Part,
    /// A part of a part.
    Point,
}

/// How deep headings stand, the title being 1. No step is left out on the way down: that is how a screen reader's user
/// finds the way.
#[derive(Debug)]
pub(super) struct Steps(usize);

impl Steps {
    /// Below the title.
    pub fn new() -> Self {
        Self(1)
    }

    /// The depth of the next heading, from 2 on.
    pub fn down_to(&mut self, level: Level) -> usize {
        let depth = match level {
            Level::Section => 2,
            Level::Part => 3,
            Level::Point => 4,
        };
        self.0 = depth.min(self.0 + 1);
        self.0
    }
}

impl Document {
    /// A document with only a title.
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds a heading.
    pub fn heading(&mut self, level: Level, text: impl Into<String>) {
        self.blocks.push(Block::Heading(level, text.into()));
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// Adds a note.
    pub fn note(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Note(text.into()));
    }

    /// Adds a table; none at all where it has no rows.
    pub fn table<S: Into<String>>(&mut self, head: impl IntoIterator<Item = S>, rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            self.blocks.push(Block::Table { head: head.into_iter().map(Into::into).collect(), rows });
        }
    }

    /// Adds a line to fill in by hand.
    pub fn blank(&mut self, label: impl Into<String>) {
        self.blocks.push(Block::Blank(label.into()));
    }

    /// Adds something to look at.
    pub fn picture(&mut self, picture: Picture) {
        self.blocks.push(Block::Picture(picture));
    }

    /// Adds a day that a calendar can take in. `key` tells it from the others of the workbook and stays the same
    /// whenever the document is made again: the id of what has the day.
    pub fn date(&mut self, key: impl std::fmt::Display, on: Date, summary: impl Into<String>) {
        let uid = format!("{key}@alongside");
        self.dates.push(calendar::Entry {
            uid,
            on,
            summary: summary.into(),
            description: self.title.clone(),
        });
    }

    /// The document with every picture said in words, for whoever draws nothing.
    #[must_use]
    pub fn without_pictures(self) -> Self {
        let said = |block| match block {
            Block::Picture(picture) => picture.in_words(),
            block => vec![block],
        };
        Self { blocks: self.blocks.into_iter().flat_map(said).collect(), ..self }
    }

    /// The tables, each with the heading that it stands under; a matrix is one too, and so is a course.
    pub(super) fn tables(&self) -> Vec<Table<'_>> {
        let mut under = self.title.as_str();
        let mut tables = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Heading(_, text) => under = text,
                Block::Table { head, rows } => {
                    tables.push(Table { under, head: Cow::from(head), rows: Cow::from(rows) });
                }
                Block::Picture(picture) => tables.extend(picture.as_table().map(|(head, rows)| Table {
                    under: picture.title(),
                    head: Cow::from(head),
                    rows: Cow::from(rows),
                })),
                _ => {}
            }
        }
        tables
    }

    /// Adds a list; none at all where there is nothing in it.
    pub fn list(&mut self, items: Vec<Item>) {
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }
}

/// A table of a document.
#[derive(Debug, Clone)]
pub(super) struct Table<'a> {
    /// What it is about.
    pub under: &'a str,
    /// What stands over the columns.
    pub head: Cow<'a, [String]>,
    /// The rows.
    pub rows: Cow<'a, [Vec<String>]>,
}

impl Item {
    /// An item with a lead and words.
    pub fn new(lead: impl Into<String>, words: impl Into<String>) -> Self {
        Self { lead: lead.into(), words: words.into() }
    }

    /// An item of plain words.
    pub fn plain(words: impl Into<String>) -> Self {
        Self { lead: String::new(), words: words.into() }
    }
}
