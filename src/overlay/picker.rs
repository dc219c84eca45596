//! The mechanism of every list that is narrowed by typing: a field on the first line, what is found below it, arrows
//! that move while the field takes text. Palette, help and find give it their things; it knows what choosing one asks of
//! the program and nothing else about it. Start at [`Picker::new`] and [`Picker::draw`].

mod draw;

use std::cell::Cell;

use super::rank::{Haystack, rank};
use crate::command::{Ask, Command, Ctx, Go, Outcome, command};
use crate::order::InOrder;
use crate::widget::field::{Field, Kind};

/// The most things that are shown for what was typed: nobody reads on beyond them.
pub const MOST: usize = 200;

/// What can be done in a list that is narrowed by typing.
pub const COMMANDS: &[Command<Picker>] = &[
    command("picker.choose", &["enter"], "Choose the row in focus", Picker::choose)
        .when(|picker: &Picker, _| !picker.shown.is_empty())
        .footer(1, "choose"),
    command("picker.close", &["esc"], "Go back without choosing", Picker::close)
        .words("cancel back")
        .footer(2, "back"),
    command("picker.down", &["down"], "Go to the next row", |p: &mut Picker, _| p.by(1)).footer(3, "next"),
    command("picker.up", &["up"], "Go to the row before", |p: &mut Picker, _| p.by(-1)),
    command("picker.page-down", &["pagedown"], "Go down by a page", |p: &mut Picker, _| p.by_page(1)),
    command("picker.page-up", &["pageup"], "Go up by a page", |p: &mut Picker, _| p.by_page(-1)),
];

/// What choosing a thing asks of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Runs a command by name.
    Run(&'static str),
    /// Goes to a place.
    Go(Go),
    /// Asks the world for something.
    Ask(Ask),
    /// Whatever the one who opened the list makes of it.
    Asker,
}

/// One thing to choose.
#[derive(Debug, Clone)]
pub struct Item {
    /// The head under which it stands; empty for none.
    pub group: String,
    /// Its words.
    pub label: String,
    /// Said after them, where there is room.
    pub more: String,
    /// At the right end.
    pub aside: Aside,
    /// A second line below the first, with what was typed in bold; empty for none.
    pub under: String,
    /// Other words by which it is found.
    pub words: String,
    /// What choosing it does.
    pub target: Target,
}

/// What stands at the right end of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aside {
    /// A key, or nothing.
    Key(String),
    /// Words that stand back.
    Words(String),
}

impl Item {
    /// A thing with a label alone.
    pub fn new(group: impl Into<String>, label: impl Into<String>, target: Target) -> Self {
        Self {
            group: group.into(),
            label: label.into(),
            more: String::new(),
            aside: Aside::Key(String::new()),
            under: String::new(),
            words: String::new(),
            target,
        }
    }
}

/// A list that is narrowed by typing.
#[derive(Debug)]
pub struct Picker {
    /// What is looked for.
    pub field: Field,
    preface: String,
    items: Vec<Item>,
    /// As many as `items`; empty where somebody else looks for what was typed.
    haystacks: Vec<Haystack>,
    /// Numbers of the items on the list, in its order.
    shown: Vec<usize>,
    /// Which of them is in focus.
    focus: usize,
    /// Whether the last key moved the focus: then the cursor is there, so that a screen reader says the row.
    moved: bool,
    /// Lines of the list above the window; follows the focus when the list is drawn.
    top: Cell<usize>,
    /// Things in sight when the list was last drawn.
    page: Cell<usize>,
}

impl Picker {
    /// A list of things, all of them shown as long as nothing is typed.
    pub fn new(placeholder: &str, items: Vec<Item>) -> Self {
        let mut picker = Self::of_answers(placeholder);
        picker.set_items(items);
        picker
    }

    /// A list that is filled from outside with [`answer`](Self::answer), whatever is typed.
    pub fn of_answers(placeholder: &str) -> Self {
        Self {
            field: Field::new(Kind::Line).with_placeholder(placeholder),
            preface: String::new(),
            items: Vec::new(),
            haystacks: Vec::new(),
            shown: Vec::new(),
            focus: 0,
            moved: false,
            top: Cell::new(0),
            page: Cell::new(1),
        }
    }

    /// The list with a paragraph above it, as long as nothing is typed and there is room.
    #[must_use]
    pub fn preface(mut self, words: impl Into<String>) -> Self {
        self.preface = words.into();
        self
    }

    /// What was typed, without the blanks round it.
    pub fn wanted(&self) -> String {
        self.field.text().trim().to_owned()
    }

    /// How many things are on the list.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether nothing is on the list.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// How many were found for what was typed, in words; empty where nothing was typed.
    pub fn count(&self) -> String {
        match (self.wanted().is_empty(), self.shown.len()) {
            (true, _) => String::new(),
            (false, 0) => "nothing found".to_owned(),
            (false, n) => format!("{n} found"),
        }
    }

    /// The number of the thing in focus, among all of them; `None` where nothing is on the list.
    pub fn chosen(&self) -> Option<usize> {
        self.shown.get(self.focus).copied()
    }

    /// Every thing, whether on the list or not.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Takes other things to look through, and looks through them.
    pub fn set_items(&mut self, items: Vec<Item>) {
        let haystack = |item: &Item| Haystack::new(&item.label, &item.words);
        self.haystacks = items.iter().map(haystack).collect();
        self.items = items;
        self.narrow();
    }

    /// Takes what was found for the words in the field, in its order.
    pub fn answer(&mut self, items: Vec<Item>) {
        self.haystacks.clear();
        self.shown = (0..items.len()).collect();
        self.items = items;
        self.focus = self.focus.min(self.shown.len().saturating_sub(1));
    }

    /// Something was typed: narrows the list and goes back to its top.
    pub fn typed(&mut self) {
        self.focus = 0;
        self.moved = false;
        self.top.set(0);
        if !self.haystacks.is_empty() {
            self.narrow();
        }
    }

    fn narrow(&mut self) {
        let ranked = rank(self.haystacks.iter(), &self.field.text(), MOST);
        // things stay under their heads; the head of the best comes first
        let mut heads: Vec<&str> = Vec::new();
        for group in ranked.iter().filter_map(|n| self.items.get(*n)).map(|item| item.group.as_str()) {
            if !heads.contains(&group) {
                heads.push(group);
            }
        }
        let head = |n: &usize| self.items.get(*n).and_then(|i| heads.iter().position(|h| *h == i.group));
        let mut shown = ranked.clone();
        shown.order_by_key(head);
        self.shown = shown;
        self.focus = self.focus.min(self.shown.len().saturating_sub(1));
    }

    fn by(&mut self, rows: isize) -> Outcome {
        self.focus = self.focus.saturating_add_signed(rows).min(self.shown.len().saturating_sub(1));
        self.moved = !self.shown.is_empty();
        Outcome::Done
    }

    fn by_page(&mut self, pages: isize) -> Outcome {
        let page = isize::try_from(self.page.get().max(2)).unwrap_or(isize::MAX) - 1;
        self.by(pages.saturating_mul(page))
    }

    fn choose(&mut self, _: &Ctx<'_>) -> Outcome {
        let chosen = self.shown.get(self.focus).and_then(|n| self.items.get(*n));
        let outcome = chosen.map_or(Outcome::Done, |item| match item.target.clone() {
            Target::Run(name) => Outcome::Run(name),
            Target::Go(place) => Outcome::Go(place),
            Target::Ask(ask) => Outcome::Ask(ask),
            Target::Asker => Outcome::Done,
        });
        Outcome::Close(Box::new(outcome))
    }

    fn close(&mut self, _: &Ctx<'_>) -> Outcome {
        Outcome::Close(Box::new(Outcome::Done))
    }
}

#[cfg(test)]
mod tests;
