//! A form: the fields of one record below each other, to read and to write. Texts are typed straight into their places,
//! days and choices are asked for, and a link leads to where something stands.
//!
//! A form keeps only where the focus is. The fields are made anew from the workbook whenever they are needed, by
//! whoever shows the form, so nothing here can be out of date. Start reading at [`FormField`].

mod beside;
mod draw;

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use super::words::READ_ONLY;
use super::{prompts, words};
use crate::command::{Ctx, Go, Outcome};
use crate::domain::{Edit, TextPlace};
use crate::overlay::{Menu, MenuRow, Prompt};
use crate::widget::field::{Field, Kind};
use jiff::civil::Date;

pub use beside::Beside;

/// One field of a form.
#[derive(Debug)]
pub struct FormField {
    /// What it is called.
    pub label: &'static str,
    /// What helps to begin, where it is empty.
    pub hint: Cow<'static, str>,
    /// What stands in it and how it changes.
    pub value: Value,
    /// Where that which stands in it is to be found, beside the way in which it changes.
    pub leads: Option<Go>,
    /// Whether its day is one on which something happened, so that "27 Jan" means the last one.
    pub past: bool,
}

/// What stands in a field and how it changes.
pub enum Value {
    /// A text of the workbook, typed straight into its place.
    Text(TextPlace),
    /// A day, and the edit that sets another.
    Day(Option<Date>, Rc<dyn Fn(Option<Date>) -> Edit>),
    /// One of several: what it is now, and what it could be.
    Choice(String, Vec<(String, Edit)>),
    /// Yes or no, and the edit that turns it.
    Flag(bool, Box<Edit>),
    /// Several of many: what is said of them now, each with whether it is chosen and the edit that turns that, and the
    /// command by which the screen opens the field again to go on choosing.
    Many(String, Vec<(String, bool, Edit)>, &'static str),
    /// Something that is asked for in words: what is said of it now, and the edit that the words mean. Empty words mean
    /// none.
    Asked(String, Understood),
    /// Something that stands elsewhere, and where.
    Link(String, Go),
    /// Something that a command of the screen asks for: what is said of it now, and the command.
    Run(String, &'static str),
}

/// The edit that words mean, or what to write instead.
type Understood = Rc<dyn Fn(&str) -> Result<Edit, String>>;

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(place) => f.debug_tuple("Text").field(place).finish(),
            Self::Day(day, _) => f.debug_tuple("Day").field(day).finish(),
            Self::Choice(now, _) => f.debug_tuple("Choice").field(now).finish(),
            Self::Flag(on, _) => f.debug_tuple("Flag").field(on).finish(),
            Self::Many(now, ..) => f.debug_tuple("Many").field(now).finish(),
            Self::Asked(now, _) => f.debug_tuple("Asked").field(now).finish(),
            Self::Link(words, _) => f.debug_tuple("Link").field(words).finish(),
            Self::Run(now, _) => f.debug_tuple("Run").field(now).finish(),
        }
    }
}

impl FormField {
    /// A field that shows a text.
    pub fn text(label: &'static str, hint: &'static str, place: TextPlace) -> Self {
        Self { label, hint: hint.into(), value: Value::Text(place), leads: None, past: false }
    }

    /// A field that shows a day.
    pub fn day(label: &'static str, day: Option<Date>, set: impl Fn(Option<Date>) -> Edit + 'static) -> Self {
        Self {
            label,
            hint: "no day set".into(),
            value: Value::Day(day, Rc::new(set)),
            leads: None,
            past: false,
        }
    }

    /// A field that shows one of several.
    pub fn choice(label: &'static str, now: impl Into<String>, options: Vec<(String, Edit)>) -> Self {
        Self {
            label,
            hint: "nothing yet".into(),
            value: Value::Choice(now.into(), options),
            leads: None,
            past: false,
        }
    }

    /// A field that shows several of many. `again` is the command of the screen that opens the field in focus.
    pub fn many(
        label: &'static str,
        now: impl Into<String>,
        options: Vec<(String, bool, Edit)>,
        again: &'static str,
    ) -> Self {
        Self {
            label,
            hint: "nothing yet".into(),
            value: Value::Many(now.into(), options, again),
            leads: None,
            past: false,
        }
    }

    /// A field that is asked for in words, such as an amount.
    pub fn asked(
        label: &'static str,
        example: &'static str,
        now: impl Into<String>,
        read: impl Fn(&str) -> Result<Edit, String> + 'static,
    ) -> Self {
        Self {
            label,
            hint: example.into(),
            value: Value::Asked(now.into(), Rc::new(read)),
            leads: None,
            past: false,
        }
    }

    /// A field that shows yes or no.
    pub fn flag(label: &'static str, on: bool, turn: Edit) -> Self {
        Self { label, hint: "".into(), value: Value::Flag(on, Box::new(turn)), leads: None, past: false }
    }

    /// A field that leads elsewhere.
    pub fn link(label: &'static str, words: impl Into<String>, go: Go) -> Self {
        Self { label, hint: "".into(), value: Value::Link(words.into(), go), leads: None, past: false }
    }

    /// A field that a command of the screen sets.
    pub fn run(label: &'static str, now: impl Into<String>, command: &'static str) -> Self {
        Self {
            label,
            hint: "nothing yet".into(),
            value: Value::Run(now.into(), command),
            leads: None,
            past: false,
        }
    }

    /// The same field, saying where that which stands in it is to be found.
    #[must_use]
    pub fn leading(self, leads: Option<Go>) -> Self {
        Self { leads, ..self }
    }

    /// Where one gets from it: to that which stands in it, or to where a link leads.
    pub fn way(&self) -> Option<&Go> {
        match &self.value {
            Value::Link(_, go) => Some(go),
            _ => self.leads.as_ref(),
        }
    }

    /// What it says now; empty where there is nothing.
    pub fn shown(&self, ctx: &Ctx<'_>) -> String {
        match &self.value {
            Value::Text(place) => ctx.workbook().and_then(|w| w.text(place)).unwrap_or_default().to_owned(),
            Value::Day(day, _) => day.map(|day| words::weekday(day, ctx.today())).unwrap_or_default(),
            Value::Choice(now, _) => now.clone(),
            Value::Flag(on, _) => if *on { "yes" } else { "no" }.to_owned(),
            Value::Many(now, ..) | Value::Asked(now, _) => now.clone(),
            Value::Link(words, _) | Value::Run(words, _) => words.clone(),
        }
    }
}

/// Where the focus is in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    /// Elsewhere on the screen.
    #[default]
    Away,
    /// On a field, to read; counted from 0.
    At(usize),
    /// In a field, to write.
    Typing(usize),
}

/// The focus in a form, and the field that takes text.
#[derive(Debug)]
pub struct Form {
    part: Part,
    field: Field,
    /// The place whose text the field shows.
    place: Option<TextPlace>,
}

impl Default for Form {
    fn default() -> Self {
        Self { part: Part::Away, field: Field::new(Kind::Line), place: None }
    }
}

impl Form {
    /// A form with the focus on a field, counted from 0.
    pub fn at(field: usize) -> Self {
        Self { part: Part::At(field), ..Self::default() }
    }

    /// Whether the focus is elsewhere.
    pub fn is_away(&self) -> bool {
        self.part == Part::Away
    }

    /// Whether a field takes text.
    pub fn is_typing(&self) -> bool {
        matches!(self.part, Part::Typing(_))
    }

    /// The field in focus, counted from 0.
    pub fn focus(&self) -> Option<usize> {
        match self.part {
            Part::Away => None,
            Part::At(n) | Part::Typing(n) => Some(n),
        }
    }

    /// Puts the focus on a field, to read.
    pub fn rest_at(&mut self, field: usize) {
        self.part = Part::At(field);
    }

    /// Takes the focus away.
    pub fn leave(&mut self) {
        self.part = Part::Away;
    }

    /// Ends typing; the focus stays on the field.
    pub fn stop(&mut self) {
        if let Part::Typing(n) = self.part {
            self.part = Part::At(n);
        }
    }

    /// Moves the focus by so many fields.
    pub fn step(&mut self, by: isize, fields: usize) {
        if let Part::At(n) = self.part {
            self.part = Part::At(n.saturating_add_signed(by).min(fields.saturating_sub(1)));
        }
    }

    /// The field that takes text, if one does.
    pub fn field(&mut self) -> Option<&mut Field> {
        self.is_typing().then_some(&mut self.field)
    }

    /// Whether the field that takes text has more than one line, so that Enter begins a new one.
    pub fn is_prose(&self) -> bool {
        self.is_typing() && self.field.kind() == Kind::Prose
    }

    /// The place whose text is typed.
    pub fn place(&self) -> Option<TextPlace> {
        self.place.clone().filter(|_| self.is_typing())
    }

    /// Does the obvious with the field in focus: types in it, asks for a day, offers the choices, goes there.
    pub fn open(&mut self, fields: &[FormField], ctx: &Ctx<'_>) -> Outcome {
        let n = self.focus().unwrap_or(0);
        let Some(field) = fields.get(n) else { return Outcome::Unused };
        self.part = Part::At(n);
        if let Value::Link(_, go) = &field.value {
            return Outcome::Go(go.clone());
        }
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        match &field.value {
            Value::Text(place) => {
                self.write(n, place, &field.hint, ctx);
                Outcome::Done
            }
            Value::Day(day, set) => {
                let set = Rc::clone(set);
                if field.past {
                    let then = move |day| Outcome::Edit(set(day));
                    return prompts::happened(field.label, *day, ctx.today(), then);
                }
                prompts::day(field.label, *day, ctx.today(), move |day| Outcome::Edit(set(day)))
            }
            Value::Choice(now, options) => {
                let rows = options.iter().map(|(words, edit)| {
                    let aside = if words == now { "now" } else { "" };
                    let label = words::or(words, "Nothing yet");
                    MenuRow::new(None, label, aside, Outcome::Edit(edit.clone()))
                });
                let at = options.iter().position(|(words, _)| words == now).unwrap_or(0);
                Outcome::Open(Box::new(Menu::new(field.label, rows.collect()).focused(at)))
            }
            Value::Many(_, options, again) => choose_several(field.label, options, again),
            Value::Asked(now, read) => {
                let read = Rc::clone(read);
                let prompt = Prompt::new(field.label, now, move |words| read(&words).map(Outcome::Edit));
                let example = field.hint.as_ref();
                Outcome::Open(Box::new(if example.is_empty() { prompt } else { prompt.placeholder(example) }))
            }
            Value::Flag(_, turn) => Outcome::Edit((**turn).clone()),
            Value::Run(_, command) => Outcome::Run(command),
            Value::Link(..) => Outcome::Unused,
        }
    }

    /// Where one gets from the field in focus.
    pub fn way<'f>(&self, fields: &'f [FormField]) -> Option<&'f Go> {
        fields.get(self.focus()?)?.way()
    }

    /// On to the next field; out of typing where that one takes no text, and away after the last.
    pub fn next(&mut self, fields: &[FormField], ctx: &Ctx<'_>) -> Outcome {
        let n = self.focus().map_or(0, |n| n + 1);
        match fields.get(n).map(|field| (&field.value, &field.hint)) {
            Some((Value::Text(place), hint)) => self.write(n, place, hint, ctx),
            Some(_) => self.part = Part::At(n),
            None => self.part = Part::Away,
        }
        Outcome::Done
    }

    /// On to a neighbouring field, none passed over: a text is typed in, a day is asked for, the others come into focus.
    /// At either end typing stops.
    pub fn turn(&mut self, by: isize, fields: &[FormField], ctx: &Ctx<'_>) -> Outcome {
        let Part::Typing(n) = self.part else { return Outcome::Unused };
        let to = n.checked_add_signed(by);
        let Some((to, field)) = to.and_then(|to| Some((to, fields.get(to)?))) else {
            self.stop();
            return Outcome::Done;
        };
        self.part = Part::At(to);
        match &field.value {
            Value::Text(_) | Value::Day(..) => self.open(fields, ctx),
            _ => Outcome::Done,
        }
    }

    /// The workbook has changed from elsewhere.
    pub fn sync(&mut self, ctx: &Ctx<'_>) {
        if let Part::Typing(_) = self.part {
            match self.place().and_then(|place| ctx.workbook()?.text(&place)) {
                Some(text) => {
                    self.field.set_text(text);
                }
                None => self.part = Part::Away,
            }
        }
    }

    fn write(&mut self, n: usize, place: &TextPlace, hint: &str, ctx: &Ctx<'_>) {
        let text = ctx.workbook().and_then(|workbook| workbook.text(place)).unwrap_or_default();
        let kind = if place.is_prose() { Kind::Prose } else { Kind::Line };
        // what was cut in one field can be put into the next
        let yank = self.field.yank();
        self.field = Field::new(kind).with_text(text).with_placeholder(hint);
        self.field.set_yank(&yank);
        self.place = Some(place.clone());
        self.part = Part::Typing(n);
    }
}

/// Offers several of many, those that are chosen marked as such. It comes again after each, until that is all.
fn choose_several(label: &str, options: &[(String, bool, Edit)], again: &'static str) -> Outcome {
    let row = |(words, on, edit): &(String, bool, Edit)| {
        let then = vec![Outcome::Edit(edit.clone()), Outcome::Run(again)];
        MenuRow::new(None, words.clone(), if *on { "chosen" } else { "" }, Outcome::All(then))
    };
    let mut rows: Vec<MenuRow> = options.iter().map(row).collect();
    // on from the last that is chosen to the next that is not, so that one goes down the list once
    let after = options.iter().rposition(|(_, on, _)| *on).map_or(0, |last| last + 1);
    let at = if after < rows.len() { Some(after) } else { options.iter().position(|(_, on, _)| !on) };
    let at = at.unwrap_or(rows.len());
    rows.push(MenuRow::new(None, "That is all", "", Outcome::Done));
    Outcome::Open(Box::new(Menu::new(label, rows).focused(at)))
}
