//! Floor 0: what the workbook asks and offers: questions, cards, words, clauses.
//!
//! The files in `assets/` are made ready when the program is built, and compiled in. Each is taken in when somebody first
//! asks for it, so starting the program reads none. A person's own wording can be laid over them with [`Content::with_wording`]. Nothing here knows a person's
//! answers. Start reading at [`Content`]; to add an aspect, add a file and a row to [`ASPECTS`].

mod clauses;
pub mod types;
mod wording;

use std::sync::OnceLock;

use serde::de::DeserializeOwned;

pub use wording::{Wording, WordingError};

use crate::notation::{self, Mistake};
use types::{
    Arc, Aspect, Card, Clause, Entrance, Lens, Named, Question, Signal, Source, Suggestion, Table, Term,
};

/// A file of `assets/`, as the build has made it ready.
macro_rules! ready {
    ($name:expr) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".ready"))
    };
}

/// A row of what stands on the map: its id, which names its files, its code, its name and its place.
macro_rules! row {
    ($id:literal, $code:literal, $name:literal, $arc:ident) => {
        AspectRow {
            id: $id,
            code: $code,
            name: $name,
            arc: Arc::$arc,
            file: ready!(concat!("aspects/", $id)),
            cards: ready!(concat!("cards/", $id)),
            ..SHEET
        }
    };
}

/// One row an aspect, in the order in which a person goes round: its id, its code, its name, where it stands on the map,
/// and its files: what it asks, and what there is to read beside that. Name and place stand here too so that the map can be drawn before any file is read; a test holds them
/// equal.
pub const ASPECTS: &[AspectRow] = &[
    row!("scoping", "SCO", "Scoping", GettingStarted),
    row!("finding", "FIN", "Finding", GettingStarted),
    row!("building", "BLD", "Building", GettingStarted),
    row!("governing", "GOV", "Governing", WorkingTogether),
    row!("delivering", "DEL", "Delivering", WorkingTogether),
    row!("reviewing", "RVW", "Reviewing", WorkingTogether),
    row!("revising", "REV", "Revising", WhatNext),
    row!("sustaining", "SUS", "Sustaining", WhatNext),
    row!("ending", "END", "Ending", WhatNext),
    row!("communicating", "COM", "Communicating", Heart),
    row!("skills", "LNA", "Skills", Tool),
    AspectRow {
        id: "differences",
        code: "DIF",
        name: "Nine differences",
        within: "building",
        file: ready!("aspects/differences"),
        ..SHEET
    },
    AspectRow {
        id: "agreement",
        code: "K",
        name: "Agreement",
        within: "governing",
        file: ready!("clauses"),
        read: clauses::aspect,
        ..SHEET
    },
];

/// The aspects that stand on the map: the ring, the heart and the tools beside it. Sheets come after them in
/// [`ASPECTS`].
pub fn on_map() -> &'static [AspectRow] {
    let end = ASPECTS.iter().position(|row| row.arc == Arc::Sheet).unwrap_or(ASPECTS.len());
    ASPECTS.get(..end).unwrap_or(ASPECTS)
}

/// The worked example, as a workbook file.
pub const SAMPLE: &str = include_str!("../../assets/sample.ron");

/// A row of [`ASPECTS`].
#[derive(Debug, Clone, Copy)]
pub struct AspectRow {
    /// Stable id: `scoping`.
    pub id: &'static str,
    /// Code of its questions: `SCO`.
    pub code: &'static str,
    /// What a person reads.
    pub name: &'static str,
    /// Where it stands on the map.
    pub arc: Arc,
    /// The aspect, by id, to which a sheet belongs; empty for what stands on the map.
    pub within: &'static str,
    file: &'static [u8],
    cards: &'static [u8],
    read: fn(&[u8]) -> Option<Aspect>,
}

/// A sheet, which has no cards.
const SHEET: AspectRow = AspectRow {
    id: "",
    code: "",
    name: "",
    arc: Arc::Sheet,
    within: "",
    file: &[],
    cards: &[],
    read: take_in,
};

/// Everything the workbook asks and offers, each part read when it is first wanted.
#[derive(Debug, Default)]
pub struct Content {
    wording: Vec<Wording>,
    aspects: [OnceLock<Option<Aspect>>; ASPECTS.len()],
    cards: [OnceLock<Vec<Card>>; ASPECTS.len()],
    terms: OnceLock<Vec<Term>>,
    suggestions: OnceLock<Vec<Suggestion>>,
    clauses: OnceLock<Vec<Clause>>,
    types: OnceLock<Vec<Named>>,
    levels: OnceLock<Vec<Named>>,
    legacies: OnceLock<Vec<Named>>,
    ways: OnceLock<Vec<Named>>,
    entrances: OnceLock<Vec<Entrance>>,
    lenses: OnceLock<Vec<Lens>>,
    sources: OnceLock<Vec<Source>>,
    tables: OnceLock<Vec<Table>>,
    signals: OnceLock<Vec<Signal>>,
}

impl Content {
    /// The content as it ships.
    pub fn new() -> Self {
        Self::default()
    }

    /// The content with a person's own wording laid over it; see [`Wording`].
    pub fn with_wording(wording: Vec<Wording>) -> Self {
        Self { wording, ..Self::default() }
    }

    /// The aspects, in the order of [`ASPECTS`].
    pub fn aspects(&self) -> impl Iterator<Item = &Aspect> {
        (0..ASPECTS.len()).filter_map(|n| self.aspect_at(n))
    }

    /// An aspect by its id.
    pub fn aspect(&self, id: &str) -> Option<&Aspect> {
        self.aspect_at(ASPECTS.iter().position(|row| row.id == id)?)
    }

    /// The aspect that a sheet belongs to, by id; `None` for what stands on the map.
    pub fn within(id: &str) -> Option<&'static str> {
        ASPECTS.iter().find(|row| row.id == id).map(|row| row.within).filter(|within| !within.is_empty())
    }

    /// The aspect that asks a question.
    pub fn aspect_of(&self, question: &str) -> Option<&Aspect> {
        let code = question.rsplit_once('-')?.0;
        self.aspect_at(ASPECTS.iter().position(|row| row.code == code)?)
    }

    /// A question by its id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.placed(id).map(|(_, question)| question)
    }

    /// A question by its id, with a place that counts in the order of [`Content::questions`].
    pub fn placed(&self, id: &str) -> Option<((usize, usize), &Question)> {
        let code = id.rsplit_once('-')?.0;
        let row = ASPECTS.iter().position(|row| row.code == code)?;
        let questions = &self.aspect_at(row)?.questions;
        let place = questions.iter().position(|question| question.id == id)?;
        Some(((row, place), questions.get(place)?))
    }

    /// Every question, the tools' too.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.aspects().flat_map(|a| &a.questions)
    }

    /// The questions of the ring and the heart, in the order in which a person goes round.
    pub fn cycle_questions(&self) -> impl Iterator<Item = &Question> {
        self.aspects().filter(|a| a.arc.is_in_cycle()).flat_map(|a| &a.questions)
    }

    /// Every card.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        (0..ASPECTS.len()).flat_map(|n| self.cards_at(n))
    }

    /// The cards of an aspect, by its id.
    pub fn cards_of(&self, aspect: &str) -> &[Card] {
        ASPECTS.iter().position(|row| row.id == aspect).map_or(&[], |n| self.cards_at(n))
    }

    /// A card by its id, which begins with that of its aspect.
    pub fn card(&self, id: &str) -> Option<&Card> {
        self.cards_of(id.split_once('-')?.0).iter().find(|card| card.id == id)
    }

    /// The words of the skills tool.
    pub fn terms(&self) -> &[Term] {
        read(&self.terms, ready!("glossary"))
    }

    /// The remedies of the skills tool.
    pub fn suggestions(&self) -> &[Suggestion] {
        read(&self.suggestions, ready!("suggestions"))
    }

    /// The clauses of an agreement.
    pub fn clauses(&self) -> &[Clause] {
        read(&self.clauses, ready!("clauses"))
    }

    /// The four types of partnership.
    pub fn types(&self) -> &[Named] {
        read(&self.types, ready!("types"))
    }

    /// The five levels of participation.
    pub fn levels(&self) -> &[Named] {
        read(&self.levels, ready!("levels"))
    }

    /// The kinds of legacy.
    pub fn legacies(&self) -> &[Named] {
        read(&self.legacies, ready!("legacies"))
    }

    /// The ways to carry on.
    pub fn ways(&self) -> &[Named] {
        read(&self.ways, ready!("ways"))
    }

    /// The four entrances.
    pub fn entrances(&self) -> &[Entrance] {
        read(&self.entrances, ready!("entrances"))
    }

    /// Other sets of names for the ring.
    pub fn lenses(&self) -> &[Lens] {
        read(&self.lenses, ready!("lenses"))
    }

    /// What the form chooser asks.
    pub fn signals(&self) -> &[Signal] {
        read(&self.signals, ready!("forms"))
    }

    /// How records are shown, a table a family.
    pub fn tables(&self) -> &[Table] {
        read(&self.tables, ready!("records"))
    }

    /// How the records of a family are shown, by the family's stable name.
    pub fn table(&self, family: &str) -> Option<&Table> {
        self.tables().iter().find(|table| table.family == family)
    }

    /// What something of the content is called, by its id: a card, an aspect, a word of the skills tool, a suggestion, a
    /// kind of legacy, a way to carry on.
    pub fn topic(&self, id: &str) -> Option<&str> {
        let card = || self.card(id).map(|card| card.title.as_str());
        let aspect = || ASPECTS.iter().find(|row| row.id == id).map(|row| row.name);
        let term = || self.terms().iter().find(|term| term.id == id).map(|term| term.term.as_str());
        let remedy = || self.suggestions().iter().find(|one| one.id == id).map(|one| one.name.as_str());
        let kind = || self.legacies().iter().find(|kind| kind.id == id).map(|kind| kind.name.as_str());
        let way = || self.ways().iter().find(|way| way.id == id).map(|way| way.name.as_str());
        card().or_else(aspect).or_else(term).or_else(remedy).or_else(kind).or_else(way)
    }

    /// Where it all comes from.
    pub fn sources(&self) -> &[Source] {
        read(&self.sources, ready!("sources"))
    }

    /// A source by its id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources().iter().find(|s| s.id == id)
    }

    fn aspect_at(&self, n: usize) -> Option<&Aspect> {
        let cell = self.aspects.get(n)?;
        cell.get_or_init(|| {
            let row = ASPECTS.get(n)?;
            let mut aspect = (row.read)(row.file)?;
            wording::lay_over(&mut aspect, &self.wording);
            Some(aspect)
        })
        .as_ref()
    }

    fn cards_at(&self, n: usize) -> &[Card] {
        let (Some(cell), Some(row)) = (self.cards.get(n), ASPECTS.get(n)) else { return &[] };
        cell.get_or_init(|| {
            let mut cards: Vec<Card> = take_in(row.cards).unwrap_or_default();
            wording::lay_over_cards(&mut cards, &self.wording);
            cards
        })
    }
}

/// Takes a list in once. `tests/content.rs` holds that each is what its file says, so the empty list stands for a build
/// that no test has passed.
fn read<'a, T: DeserializeOwned>(cell: &'a OnceLock<Vec<T>>, ready: &[u8]) -> &'a [T] {
    cell.get_or_init(|| take_in(ready).unwrap_or_default())
}

/// Takes in what the build has made ready of a file. `None` only for what the build did not make.
fn take_in<T: DeserializeOwned>(ready: &[u8]) -> Option<T> {
    postcard::from_bytes(ready).ok()
}

/// Parses a text of the form in which `assets/` is written.
///
/// # Errors
/// Where and why it does not parse.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Mistake> {
    notation::read(text)
}
