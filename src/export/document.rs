//! A document as its artefact says it, before a format is chosen.
//!
//! Artefacts build these values; [`super::markdown`] and [`super::text`] write them out. Every text in here is raw, as
//! the person typed it: cleaning and escaping belong to the writers, so that no artefact can forget them.

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
    /// A remark about the document itself.
    Note(String),
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

    /// Adds a list; none at all where there is nothing in it.
    pub fn list(&mut self, items: Vec<Item>) {
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }
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
