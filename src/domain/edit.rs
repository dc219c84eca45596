//! One reversible change. What carries it out is [`Workbook::apply`](super::Workbook::apply), in `apply.rs`.
//!
//! Edits are written to the journal as they are, so their names and fields are part of the file format.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::answer::{Accord, Heard, Source, Version};
use super::call::Line;
use super::id::{PartnerId, PersonId, QuestionId, RecordId};
use super::partnership::StateChange;
use super::people::{Binned, Partner, Person};
use super::place::{FIELD_LIMIT, TextPlace};
use super::record::{AnyRecord, Family};

/// A piece of text taken out and another put in, at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Splice {
    /// Where.
    pub place: TextPlace,
    /// Bytes from the start of the text; on a character boundary.
    pub at: usize,
    /// What stands there and is taken out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub delete: String,
    /// What is put in instead.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub insert: String,
    /// The day that the place shows as its last change from then on, where it keeps one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// One reversible change of a workbook. Ten thousand of them are read with every workbook that has them, so what is large
/// and rare in one stands in a box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    /// Text changed somewhere.
    Splice(Splice),
    /// The marks of one partner's voice: how far it can be relied on, who said it, how it came to us.
    SetHeard {
        /// The question.
        question: QuestionId,
        /// The partner whose voice it is.
        partner: PartnerId,
        /// How far it can be relied on.
        heard: Heard,
        /// The day on which that was said; `None` for never.
        checked: Option<Date>,
        /// Who said it.
        person: Option<PersonId>,
        /// How it came to us.
        source: Source,
    },
    /// Who agreed to an answer.
    SetAccords {
        /// The question.
        question: QuestionId,
        /// All who agree from then on.
        accords: Vec<Accord>,
    },
    /// Whether a question applies.
    SetNotForUs {
        /// The question.
        question: QuestionId,
        /// True when it does not apply.
        to: bool,
    },
    /// Whether an answer is left out of exports.
    SetPrivate {
        /// The question.
        question: QuestionId,
        /// True when it is left out.
        to: bool,
    },
    /// Whether what is ours may go into the partners' copies.
    SetToShare {
        /// The question.
        question: QuestionId,
        /// True when it may.
        to: bool,
    },
    /// Keeps what a voice said before this visit.
    KeepVersion {
        /// The question.
        question: QuestionId,
        /// What it said.
        version: Version,
    },
    /// Takes back the last version kept.
    DropVersion {
        /// The question.
        question: QuestionId,
    },
    /// A partner joins at a place among the partners.
    AddPartner {
        /// The partner.
        partner: Box<Partner>,
        /// Its place, from 0; past the end means last.
        place: usize,
    },
    /// Takes back the joining of a partner, without the bin.
    TakeBackPartner {
        /// The partner.
        partner: PartnerId,
    },
    /// A person joins at a place among the people.
    AddPerson {
        /// The person.
        person: Box<Person>,
        /// The place, from 0; past the end means last.
        place: usize,
    },
    /// Takes back the joining of a person, without the bin.
    TakeBackPerson {
        /// The person.
        person: PersonId,
    },
    /// Puts a partner into the bin.
    BinPartner {
        /// The partner.
        partner: PartnerId,
        /// The day.
        on: Date,
    },
    /// Puts a person into the bin.
    BinPerson {
        /// The person.
        person: PersonId,
        /// The day.
        on: Date,
    },
    /// Brings back the record at a place in the bin, counted from 0.
    Restore {
        /// Its place in the bin.
        from: usize,
    },
    /// Puts a record that was brought back into the bin again, at its place there.
    BinAgain {
        /// The record as it was in the bin.
        binned: Box<Binned>,
        /// Its place in the bin.
        at: usize,
    },
    /// Takes something out of the bin without bringing it back, and lays something else there.
    ///
    /// It takes part in bringing back how a workbook was, where things come and go whose place is known; a person's own
    /// removals are the edits that begin with `Bin`.
    ChangeBin {
        /// A place in the bin, counted from 0.
        at: usize,
        /// How many things are taken out from there on.
        out: usize,
        /// What is laid there instead.
        lay: Vec<Binned>,
    },
    /// The partnership changes its state.
    ChangeState(StateChange),
    /// Takes back the last change of state.
    TakeBackState,
    /// Puts a change of state in place of the one that stands at a place in the log, counted from 0.
    SetState {
        /// Its place.
        at: usize,
        /// The change.
        change: StateChange,
    },
    /// The day on which an answer was opened again; `None` for never.
    SetReopened {
        /// The question.
        question: QuestionId,
        /// The day.
        on: Option<Date>,
    },
    /// When to look at an aspect again; `None` for no day.
    SetLookAgain {
        /// The id of the aspect.
        aspect: String,
        /// The day.
        on: Option<Date>,
    },
    /// Everything of a partner, or of our own side, that is not its id.
    SetPartner(Box<Partner>),
    /// Everything of a person that is not their id.
    SetPerson(Box<Person>),
    /// A record joins its family at a place.
    AddRecord {
        /// The record.
        record: Box<AnyRecord>,
        /// Its place, from 0; past the end means last.
        place: usize,
    },
    /// Takes back the joining of a record, without the bin.
    TakeBackRecord {
        /// Its family.
        family: Family,
        /// The record.
        record: RecordId,
    },
    /// Puts a record in place of the one with the same id. The lines of a call stay as they are.
    SetRecord(Box<AnyRecord>),
    /// Puts a record into the bin.
    BinRecord {
        /// Its family.
        family: Family,
        /// The record.
        record: RecordId,
        /// The day.
        on: Date,
    },
    /// A line joins a call at a place.
    AddLine {
        /// The call.
        call: RecordId,
        /// The line.
        line: Line,
        /// Its place, from 0; past the end means last.
        place: usize,
    },
    /// Takes back the joining of a line, without the bin.
    TakeBackLine {
        /// The call.
        call: RecordId,
        /// The line.
        line: RecordId,
    },
    /// Puts a line in place of the one with the same id.
    SetLine {
        /// The call.
        call: RecordId,
        /// The line.
        line: Line,
    },
    /// Puts a line of a call into the bin.
    BinLine {
        /// The call.
        call: RecordId,
        /// The line.
        line: RecordId,
        /// The day.
        on: Date,
    },
}

impl Edit {
    /// The same edit without what it would not use: a call that is set anew keeps the lines that it has, and there may be
    /// thousands.
    pub(in crate::domain) fn lean(mut self) -> Self {
        if let Self::SetRecord(record) = &mut self
            && let AnyRecord::Call(call) = &mut **record
        {
            call.lines.clear();
        }
        self
    }
}

/// Why an edit was not carried out. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// The partner is not among the partners.
    #[error("the partner {0} is not in this workbook")]
    NoSuchPartner(PartnerId),
    /// The person is not among the people.
    #[error("the person {0} is not in this workbook")]
    NoSuchPerson(PersonId),
    /// The record, or the line, is not there.
    #[error("the record {0} is not in this workbook")]
    NoSuchRecord(RecordId),
    /// The line belongs to a call that is not there now.
    #[error("the call of this line is not there; it may be in the bin")]
    NoCall(RecordId),
    /// Something with this id is there already.
    #[error("{0} is in this workbook already")]
    AlreadyThere(String),
    /// The text is not what the splice expects.
    #[error("the text has changed in the meantime")]
    TextDiffers,
    /// The place would hold more than it may.
    #[error("that would make {would_be} bytes; the most is {FIELD_LIMIT}")]
    TooLong {
        /// How many bytes it would hold.
        would_be: usize,
    },
    /// There is nothing to take back.
    #[error("there is nothing to take back")]
    NothingThere,
}
