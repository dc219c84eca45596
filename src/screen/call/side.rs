//! What to ask and what is owed, beside the lines of a call that goes on.

use super::{At, CallScreen, Next};
use crate::command::{Ctx, Outcome};
use crate::content::types::{Card, CardKind};
use crate::domain::query::{self, ToAsk};
use crate::domain::{
    Edit, Heard, Line, PartnerId, Promise, QuestionId, RecordId, SaidIn, Source, Standing, Tag,
};
use crate::order::InOrder;
use crate::screen::words;

/// The aspect whose prompts are shown while somebody talks.
const HEART: &str = "communicating";

/// Something to ask, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// What it is.
    pub kind: Kind,
    /// In few words.
    pub short: String,
    /// In full.
    pub full: String,
}

/// What sort of thing there is to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A question that was jotted down: the call, then the line.
    Kept(RecordId, RecordId),
    /// A question of the workbook, and whether the sides differ on it.
    Question(QuestionId, bool),
}

impl Item {
    /// The mark before it: that of its standing, or the letter of a question.
    pub(super) fn mark(&self) -> char {
        match self.kind {
            Kind::Kept(..) => Tag::Ask.letter(),
            Kind::Question(_, true) => Standing::Disputed.mark(),
            Kind::Question(_, false) => Standing::Guess.mark(),
        }
    }

    /// The same in a word.
    pub(super) fn word(&self) -> &'static str {
        match self.kind {
            Kind::Kept(..) => "kept",
            Kind::Question(_, true) => "disputed",
            Kind::Question(_, false) => "a guess",
        }
    }
}

impl CallScreen {
    /// Whether there is a side: not once the call has ended.
    pub(super) fn has_side(&self, ctx: &Ctx<'_>) -> bool {
        self.call(ctx).is_none_or(|call| call.is_running())
    }

    pub(super) fn partner<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a PartnerId> {
        self.call(ctx)?.partner.as_ref()
    }

    /// Whom there is something to ask: the partner, where only a name was said nobody that we know, and where nothing was
    /// said yet the only partner there is. `None` where it can be anybody.
    fn asked_of(&self, ctx: &Ctx<'_>) -> Option<PartnerId> {
        match self.call(ctx) {
            Some(call) if call.partner.is_some() => call.partner.clone(),
            Some(call) if !call.with.is_empty() => Some(PartnerId::unsorted()),
            _ => match ctx.workbook()?.partners() {
                [only] => Some(only.id.clone()),
                _ => None,
            },
        }
    }

    /// Round: the line, with whom, the people, what to ask, and back to where one came from.
    pub(super) fn turn_part(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let has_head = ctx.writable && !self.is_jots(ctx);
        match self.at {
            At::Open | At::Line(..) | At::Rest if has_head => self.ask_partner(ctx),
            At::Partner => self.ask_people(ctx),
            At::Side => self.come_back(ctx),
            _ if self.side_items(ctx).is_empty() => {
                self.come_back(ctx);
                Outcome::Say("There is nothing to ask them just now.".to_owned())
            }
            _ => {
                self.step_aside(At::Side);
                self.side.set(0);
                Outcome::Done
            }
        }
    }

    /// Goes beside the lines, and bears in mind where the person was among them.
    pub(super) fn step_aside(&mut self, to: At) {
        let before = std::mem::replace(&mut self.at, to);
        if matches!(before, At::Open | At::Line(..) | At::Rest) {
            self.from = Some(before);
        }
    }

    /// From beside the lines to where the person was among them, to the very caret.
    pub(super) fn come_back(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let there = |line: &RecordId| self.call(ctx).is_some_and(|call| call.line(line).is_some());
        let from = self.from.clone();
        match from {
            Some(At::Line(line, _)) if !there(&line) => self.type_on(ctx),
            Some(before) if ctx.writable || before == At::Rest => {
                (self.at, self.from) = (before, None);
                self.fill_what_is_typed(ctx);
                Outcome::Done
            }
            _ => self.type_on(ctx),
        }
    }

    /// What to ask.
    pub(super) fn side_items(&self, ctx: &Ctx<'_>) -> Vec<Item> {
        let Some(workbook) = ctx.workbook().filter(|_| self.has_side(ctx)) else { return Vec::new() };
        let item = |ask: ToAsk<'_>| match ask {
            ToAsk::Kept { call, line } => Item {
                kind: Kind::Kept(call.id.clone(), line.id.clone()),
                short: line.text.clone(),
                full: format!("{} ({})", line.text, words::short_day(call.on, ctx.today())),
            },
            ToAsk::Disputed(question) | ToAsk::Guess(question) => Item {
                kind: Kind::Question(QuestionId::new(&question.id), matches!(ask, ToAsk::Disputed(_))),
                short: question.short.clone(),
                full: question.ask.clone(),
            },
        };
        query::to_ask(workbook, ctx.content, self.asked_of(ctx).as_ref(), &self.call)
            .into_iter()
            .map(item)
            .collect()
    }

    /// What is owed, ours and theirs, each in a few words after its day; what has a day comes first. `None` as long as it
    /// is not known with whom it would be.
    pub(super) fn owed(&self, ctx: &Ctx<'_>) -> Option<(Vec<String>, Vec<String>)> {
        let (workbook, partner) = (ctx.workbook()?, self.asked_of(ctx)?);
        // the day comes first, since the end is what is cut
        let words = |promise: &Promise| match promise.due {
            Some(due) => format!("{}: {}", due.strftime("%a %-d %b"), promise.what.trim()),
            None => promise.what.trim().to_owned(),
        };
        let mut owed: Vec<&Promise> = query::owed_with(workbook, Some(&partner)).collect();
        owed.order_by_key(|promise| (promise.due.is_none(), promise.due));
        let by = |us: bool| owed.iter().filter(|p| p.by.is_us() == us).map(|p| words(p)).collect();
        Some((by(true), by(false)))
    }

    /// The prompt of the day: one line to bear in mind while talking.
    pub(super) fn prompt<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Card> {
        let cards = ctx.content.cards_of(HEART).iter();
        let prompts: Vec<&Card> = cards.filter(|card| card.kind == CardKind::Prompt).collect();
        let day = usize::try_from(ctx.today().day_of_year()).unwrap_or(0);
        prompts.get(day % prompts.len().max(1)).copied()
    }

    pub(super) fn choose_side(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        let len = self.side_items(ctx).len();
        self.side.by(by, len);
        Outcome::Done
    }

    /// The one in focus was asked; what they say to it is typed next.
    pub(super) fn asked(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let mut items = self.side_items(ctx);
        let at = self.side.focus(items.len());
        if at >= items.len() {
            return Outcome::Unused;
        }
        let item = items.swap_remove(at);
        match item.kind {
            Kind::Kept(call, line) => {
                let line = ctx.workbook().and_then(|workbook| workbook.line(&call, &line)).cloned();
                let Some(line) = line else { return Outcome::Unused };
                let edit = Edit::SetLine { call, line: Line { done: true, ..line } };
                self.answer_next(None, ctx);
                Outcome::All(vec![Outcome::Edit(edit), said("Asked. Type what they say.")])
            }
            Kind::Question(question, true) => {
                self.answer_next(Some(question), ctx);
                self.next.tag = Some(Tag::Differs);
                said("Type what they say. You still differ, until you set that otherwise.")
            }
            Kind::Question(question, false) => self.question_asked(question, ctx),
        }
    }

    fn question_asked(&mut self, question: QuestionId, ctx: &Ctx<'_>) -> Outcome {
        let Some(partner) = self.partner(ctx).cloned() else {
            return said("Say first with whom you talk; then it counts as asked of them.");
        };
        let mut edits = Vec::new();
        let line = match self.lines(ctx).last() {
            Some(line) => line.id.clone(),
            None => {
                let marker = Line::new(ctx.ids.record(), ctx.time_on(&self.call), "");
                let id = marker.id.clone();
                edits.push(Edit::AddLine { call: self.call.clone(), line: marker, place: usize::MAX });
                id
            }
        };
        let person = match self.call(ctx).map(|call| call.with.as_slice()) {
            Some([person]) => Some(person.clone()),
            _ => None,
        };
        edits.push(Edit::SetHeard {
            question: question.clone(),
            partner,
            heard: Heard::Asked,
            checked: Some(ctx.today()),
            person,
            source: Source::Call(SaidIn { call: self.call.clone(), line }),
        });
        self.answer_next(Some(question), ctx);
        Outcome::All(vec![Outcome::Edits(edits), said("Asked. Type what they say.")])
    }

    /// Goes to the open line; a new one belongs to the question.
    fn answer_next(&mut self, question: Option<QuestionId>, ctx: &Ctx<'_>) {
        if self.open.is_none() {
            self.next = Next { tag: Some(Tag::Said), about: question, private: false };
        }
        self.at = At::Open;
        self.fill(ctx);
        self.field.set_caret(self.field.len());
    }
}

fn said(words: &str) -> Outcome {
    Outcome::Say(words.to_owned())
}
