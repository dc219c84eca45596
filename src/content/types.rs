//! The shapes of what the workbook asks and offers.
//!
//! These types mirror the files in `assets/` one to one and know nothing of a person's answers. Start reading at
//! [`Aspect`]; everything a person can read in the program is a value of one of the types below.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One of the ten aspects of the cycle, or the skills tool: what it is for and what it asks. What there is to read beside
/// that, its cards, is a file of its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Aspect {
    /// Stable name, lower case: `scoping`.
    pub id: String,
    /// Prefix of the ids of its questions: `SCO`.
    pub code: String,
    /// What the person reads: `Scoping`.
    pub name: String,
    /// Where it stands on the map.
    pub arc: Arc,
    /// Why one would open it, in one sentence.
    pub purpose: String,
    /// Ids of the questions that settle the aspect once each has more than a blank.
    #[serde(default)]
    pub settled_when: Vec<String>,
    /// The questions, in the order in which they are asked.
    pub questions: Vec<Question>,
}

/// The part of the map an aspect stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub enum Arc {
    /// Scoping, finding, building.
    GettingStarted,
    /// Governing, delivering, reviewing.
    WorkingTogether,
    /// Revising, sustaining, ending.
    WhatNext,
    /// Communicating, in the middle.
    Heart,
    /// A tool beside the ring, such as skills.
    Tool,
    /// A sheet that belongs to an aspect and is opened from there, such as the clauses of an agreement.
    Sheet,
}

impl Arc {
    /// Whether it is on the ring or at its heart.
    pub fn is_in_cycle(self) -> bool {
        !matches!(self, Self::Tool | Self::Sheet)
    }
}

/// One question of an aspect.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable id: the aspect's code, a hyphen and a number (`SCO-1`).
    pub id: String,
    /// The question in at most 26 columns, for lists.
    pub short: String,
    /// The question as it is asked, at most 140 characters.
    pub ask: String,
    /// A sentence that helps to begin an answer; may be empty.
    #[serde(default)]
    pub hint: String,
    /// Whose answer settles it.
    #[serde(default)]
    pub about: About,
    /// What makes it come back once it has been answered.
    #[serde(default)]
    pub comes_back: Option<ComesBack>,
    /// Ids of cards shown beside it; the first is its guidance card.
    pub cards: Vec<String>,
    /// Ids of the source inventory that it carries.
    #[serde(default)]
    pub covers: Vec<String>,
}

/// Whose answer settles a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
pub enum About {
    /// Each side has a view; words of ours alone are a guess.
    #[default]
    Everyone,
    /// It is about our own side alone; our words settle it.
    Us,
}

/// What makes a question come back once it has been answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum ComesBack {
    /// Somebody has left since, on whatever side.
    SomebodyLeft,
}

/// Something to read beside a question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Stable id, lower case with hyphens, that begins with the id of its aspect: `scoping-need`.
    pub id: String,
    /// What sort of thing it is.
    pub kind: CardKind,
    /// A few words, at most 40 columns.
    pub title: String,
    /// One to three short sentences, at most 320 characters.
    pub text: String,
    /// Lines of a list, each at most 100 characters; may be empty.
    #[serde(default)]
    pub points: Vec<String>,
    /// Id of an entry in `sources.ron`.
    pub source: String,
    /// Ids of the source inventory that it carries.
    #[serde(default)]
    pub covers: Vec<String>,
}

/// What sort of thing a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum CardKind {
    /// How to go about a question.
    Guidance,
    /// Something to try; ideas are dealt from a deck.
    Idea,
    /// Something that happened to somebody.
    Story,
    /// Something that goes wrong.
    Warning,
    /// Something to hold on to.
    Principle,
    /// Things to go through one by one.
    Checklist,
    /// One line to bear in mind while talking.
    Prompt,
}

/// A word of the field, with what helps to grow it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Id in the source inventory: `SP-LS1`.
    pub id: String,
    /// The term, lower case.
    pub term: String,
    /// A thing one does, or a thing one knows.
    pub kind: TermKind,
    /// The head under which it is sorted.
    pub head: Head,
    /// What it means, in one or two sentences.
    pub meaning: String,
    /// True where the source lost its definition and the words are the project's own.
    #[serde(default)]
    pub our_definition: bool,
    /// Suggestions for a person or a team, by id.
    pub people: Vec<String>,
    /// Suggestions for the partnership, by id.
    pub partnership: Vec<String>,
    /// Aspects, by id, where its lack is felt.
    pub felt_in: Vec<String>,
    /// Ids of the source inventory that it carries.
    pub covers: Vec<String>,
}

/// A thing one does, or a thing one knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum TermKind {
    /// Something one does.
    Skill,
    /// Something one knows.
    Knowledge,
}

/// The four heads of the skills tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub enum Head {
    /// Leadership.
    Leadership,
    /// Trust.
    Trust,
    /// Learning.
    Learning,
    /// Managing for performance.
    Performance,
}

/// A remedy: a way to grow a skill.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Suggestion {
    /// Id in the source inventory: `SP-A1`.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// For a person or team, or for the partnership as a body.
    pub family: Family,
    /// What it is and when it helps, in one to three sentences.
    pub text: String,
    /// Finer points, topics or techniques; may be empty.
    #[serde(default)]
    pub points: Vec<String>,
    /// Ids of the source inventory that it carries, its finer points included.
    pub covers: Vec<String>,
}

/// Whom a suggestion is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum Family {
    /// Individuals and teams.
    People,
    /// The partnership as a body.
    Partnership,
}

/// One clause of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// `K01` to `K29`.
    pub id: String,
    /// Its heading.
    pub name: String,
    /// The plain question that it answers.
    pub ask: String,
    /// A sentence or two of help.
    pub hint: String,
    /// The forms of agreement that need it.
    pub needed_in: Vec<Form>,
    /// A condition for needing it, in words, such as "where money moves"; empty when there is none.
    #[serde(default)]
    pub when: String,
    /// Ids of entries in `sources.ron`.
    pub sources: Vec<String>,
    /// Ids of the source inventory that it carries.
    #[serde(default)]
    pub covers: Vec<String>,
}

/// How the records of one family are shown in their table and in their form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The family, by its stable name: `Candidate`.
    pub family: String,
    /// The aspect, by id, from which it is opened; empty where it has its own way in.
    pub aspect: String,
    /// The head of the table: `Candidates`.
    pub title: String,
    /// One of them, in a count: `candidate`.
    pub one: String,
    /// Several of them.
    pub many: String,
    /// What is said while there are none.
    pub empty: String,
    /// What is asked for a new one; empty where a new one needs no words to begin with.
    #[serde(default)]
    pub ask: String,
    /// What stands in the field as long as nothing is typed.
    #[serde(default)]
    pub example: String,
    /// The field that names a row.
    pub heading: String,
    /// Fields of which the first that says something tells a row from others of the same heading, wherever another record
    /// names it; empty where the heading does.
    #[serde(default)]
    pub apart: Vec<String>,
    /// The field in the middle column; empty for none.
    #[serde(default)]
    pub who: String,
    /// The fields at the right end, of which the first that says something is shown.
    #[serde(default)]
    pub aside: Vec<String>,
    /// The field whose words head the rows; empty for none.
    #[serde(default)]
    pub group: String,
    /// Words of a state, or fields with a day, that make a row one that is over.
    #[serde(default)]
    pub over: Vec<String>,
    /// What is left out at first, in words; empty where nothing is.
    #[serde(default)]
    pub closed: String,
    /// The field that one key sets; empty for none.
    #[serde(default)]
    pub mark: String,
    /// What helps to fill a field, by the field's name.
    #[serde(default)]
    pub hints: BTreeMap<String, String>,
}

/// One signal of the form chooser: what is asked, and what each answer weighs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// Stable id: `money`.
    pub id: String,
    /// What it is about, in a word or two within a sentence.
    pub short: String,
    /// What is asked.
    pub ask: String,
    /// The answers; the first is what holds while nothing was said, and weighs nothing.
    pub answers: Vec<SignalAnswer>,
}

/// An answer to a [`Signal`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SignalAnswer {
    /// What the person reads.
    pub words: String,
    /// How many points it brings.
    pub points: u8,
}

/// The weights of agreement, lightest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub enum Form {
    /// An email is agreement enough.
    Email,
    /// A memorandum of understanding.
    Memorandum,
    /// Terms of reference of a group that meets.
    TermsOfReference,
    /// A full partnership agreement.
    PartnershipAgreement,
}

/// A named thing with an explanation: a type of partnership, a level of participation, a kind of legacy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Stable id, lower case with hyphens.
    pub id: String,
    /// What the person reads.
    pub name: String,
    /// What it means, in one to three sentences.
    pub text: String,
    /// Finer points; may be empty.
    #[serde(default)]
    pub points: Vec<String>,
    /// Id of an entry in `sources.ron`.
    pub source: String,
    /// Ids of the source inventory that it carries.
    #[serde(default)]
    pub covers: Vec<String>,
}

/// One of the four moments at which people open the cycle.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entrance {
    /// Stable id: `starting-out`.
    pub id: String,
    /// What the person reads: `Starting out`.
    pub name: String,
    /// When to choose it, in one sentence of at most 70 characters.
    pub text: String,
    /// Doors behind it; an entrance with one door opens it at once.
    pub doors: Vec<Door>,
    /// Ids of the source inventory that it carries.
    #[serde(default)]
    pub covers: Vec<String>,
}

/// A way on from an entrance.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Door {
    /// What the person recognises: `We do not agree about money`; at most 50 columns.
    pub label: String,
    /// Question, by id, that is opened.
    pub question: String,
}

/// Another set of names for the same ring.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Lens {
    /// Stable id: `working-together`.
    pub id: String,
    /// What the person reads.
    pub name: String,
    /// What this way of looking is, and what it leaves out.
    pub text: String,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
    /// Id of an entry in `sources.ron`.
    pub source: String,
    /// Ids of the source inventory that it carries.
    #[serde(default)]
    pub covers: Vec<String>,
}

/// A stage of a lens.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// `Connect`.
    pub name: String,
    /// The question the stage asks.
    pub ask: String,
    /// What one does in it.
    pub text: String,
    /// Its steps, each at most 100 characters.
    #[serde(default)]
    pub points: Vec<String>,
    /// Aspects, by id, that it takes in.
    pub aspects: Vec<String>,
    /// Ids of the source inventory that it carries.
    #[serde(default)]
    pub covers: Vec<String>,
}

/// Where something comes from, as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Stable id: `nccpe`.
    pub id: String,
    /// In at most 34 columns, for the line below a card.
    pub short: String,
    /// In full: who wrote it, its title, its year where known.
    pub name: String,
}
