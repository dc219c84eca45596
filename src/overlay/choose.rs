//! Choosing one of many things by words, where the one who asks makes something of the choice. The mechanism is the
//! picker's; this gives it a head and hands the number of the chosen thing back. Start at [`Choose::new`].

use std::fmt;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::picker::{self, Item, Picker};
use crate::command::{Ctx, Outcome, Row, rows_that_apply, run_by_name};
use crate::layer::Layer;
use crate::widget::field::Field;

/// What becomes of a thing that was chosen, by its number.
type Then = Box<dyn Fn(usize, &Ctx<'_>) -> Outcome>;

/// Many things, one of which is to be chosen.
pub struct Choose {
    crumbs: Vec<String>,
    picker: Picker,
    then: Then,
}

impl fmt::Debug for Choose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Choose").field("crumbs", &self.crumbs).finish_non_exhaustive()
    }
}

impl Choose {
    /// Things under a head. `asks` stands in the field as long as it is empty; `then` is given the number of the thing
    /// that was chosen, counted from 0 in the order in which they were given.
    pub fn new(
        crumbs: Vec<String>,
        asks: &str,
        items: Vec<Item>,
        then: impl Fn(usize, &Ctx<'_>) -> Outcome + 'static,
    ) -> Self {
        Self { crumbs, picker: Picker::new(asks, items), then: Box::new(then) }
    }

    /// The same, with a paragraph above as long as nothing is typed.
    #[must_use]
    pub fn preface(mut self, words: impl Into<String>) -> Self {
        self.picker = self.picker.preface(words);
        self
    }
}

impl Layer for Choose {
    fn scope(&self) -> &'static str {
        "picker"
    }

    fn crumbs(&self, _: &Ctx<'_>) -> Vec<String> {
        self.crumbs.clone()
    }

    fn aside(&self, _: &Ctx<'_>) -> String {
        self.picker.count()
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(picker::COMMANDS, &self.picker, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        match (name, self.picker.chosen()) {
            ("picker.choose", Some(n)) => Outcome::Close(Box::new((self.then)(n, ctx))),
            _ => run_by_name(picker::COMMANDS, &mut self.picker, name, ctx).unwrap_or(Outcome::Unused),
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.picker.field)
    }

    fn typed(&mut self, _: &Ctx<'_>) -> Outcome {
        self.picker.typed();
        Outcome::Done
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        self.picker.draw(area, buf, ctx, "None of them has these words. Try fewer, or a part of a word.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overlay::picker::Target;
    use crate::overlay::sizes::draws_at_any_size;
    use crate::testing::World;

    fn choose() -> Choose {
        let items = ["apple", "pear", "plum"].map(|name| Item::new("", name, Target::Asker));
        Choose::new(vec!["Fruit".into()], "Which?", items.to_vec(), |n, _| Outcome::Say(n.to_string()))
    }

    #[test]
    fn the_number_of_the_chosen_thing_goes_back_to_whoever_asked() {
        let mut world = World::new();
        let mut choose = choose();
        choose.run("picker.down", &world.ctx());
        assert!(format!("{:?}", choose.run("picker.choose", &world.ctx())).contains("Say(\"1\")"));
        let _ = choose.field().unwrap().paste("plu");
        choose.typed(&world.ctx());
        assert!(format!("{:?}", choose.run("picker.choose", &world.ctx())).contains("Say(\"2\")"));
        let _ = choose.field().unwrap().paste("xyzzy");
        choose.typed(&world.ctx());
        assert!(matches!(choose.run("picker.choose", &world.ctx()), Outcome::Unused), "nothing to choose");
        draws_at_any_size(&mut world, &choose);
    }
}
