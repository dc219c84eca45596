//! Who is it? Every partner of every workbook, found by some letters of the name; choosing one opens its workbook on a call.
//! A name that nobody has begins a workbook of its own. Words that were jotted on the way go along, and into the inbox
//! where nobody is chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::picker::{self, Item, Picker, Target};
use crate::command::{
    Ask, Command, Ctx, NewCall, Outcome, Row, Words, command, rows_that_apply, run_by_name,
};
use crate::layer::Layer;
use crate::widget::field::{Field, Kind};

/// What can be done in the list, apart from choosing.
pub const COMMANDS: &[Command<Who>] = &[command("who.close", &["esc"], "Go back without a call", Who::close)
    .words("cancel back")
    .footer(2, "back")];

/// Who is it?
#[derive(Debug)]
pub struct Who {
    picker: Picker,
    words: Option<Words>,
    /// The words again, so that they outlive a closed window.
    kept: Field,
}

impl Who {
    /// The list, with words that go along.
    pub fn new(words: Option<Words>, ctx: &Ctx<'_>) -> Self {
        let kept = words.as_ref().map_or("", |words| words.text.as_str());
        let kept = Field::new(Kind::Line).with_text(kept);
        let mut who =
            Self { picker: Picker::new("Who is it? A name, or a letter or two", Vec::new()), words, kept };
        who.fill(ctx);
        who
    }

    /// Partners, each with its workbook; last a workbook of its own, for the name as it was typed.
    fn fill(&mut self, ctx: &Ctx<'_>) {
        let mut items = Vec::new();
        let known = ctx.shelf.workbooks.iter().filter(|book| book.trouble.is_none());
        for book in known {
            for partner in &book.partners {
                let call = NewCall { who: partner.clone(), words: self.words.clone(), ..NewCall::default() };
                let target = Target::Ask(Ask::CallIn(book.id.clone(), call));
                items.push(Item {
                    more: book.title.clone(),
                    words: book.title.clone(),
                    ..Item::new("", partner, target)
                });
            }
        }
        for book in ctx.shelf.workbooks.iter().filter(|book| book.trouble.is_none()) {
            let call = NewCall { who: String::new(), words: self.words.clone(), ..NewCall::default() };
            let target = Target::Ask(Ask::CallIn(book.id.clone(), call));
            items.push(Item { more: "somebody else".to_owned(), ..Item::new("", &book.title, target) });
        }
        let name = self.picker.wanted();
        if !name.is_empty() {
            let call = NewCall { who: name.clone(), words: self.words.clone(), ..NewCall::default() };
            items.push(Item {
                words: name.clone(),
                more: "somebody new".to_owned(),
                ..Item::new(
                    "A WORKBOOK OF ITS OWN",
                    format!("Call with {name}"),
                    Target::Ask(Ask::CallWith(call)),
                )
            });
        }
        self.picker.set_items(items);
    }

    fn close(&mut self, _: &Ctx<'_>) -> Outcome {
        let words = self.words.take();
        let then = words.map_or(Outcome::Done, |words| {
            let Words { text, tag, private, .. } = words;
            Outcome::Ask(Ask::Jot { text, to: None, tag, private })
        });
        Outcome::Close(Box::new(then))
    }
}

impl Layer for Who {
    fn scope(&self) -> &'static str {
        "who"
    }

    fn crumbs(&self, _: &Ctx<'_>) -> Vec<String> {
        vec!["Who is it?".to_owned()]
    }

    fn aside(&self, _: &Ctx<'_>) -> String {
        self.words.as_ref().map(|words| format!("with \u{201c}{}\u{201d}", words.text)).unwrap_or_default()
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        let mut rows = rows_that_apply(COMMANDS, self, ctx);
        let own = |row: &Row| row.name != "picker.close";
        rows.extend(rows_that_apply(picker::COMMANDS, &self.picker, ctx).into_iter().filter(own));
        rows
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(COMMANDS, self, name, ctx)
            .or_else(|| run_by_name(picker::COMMANDS, &mut self.picker, name, ctx))
            .unwrap_or(Outcome::Unused)
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.picker.field)
    }

    fn draft(&mut self) -> Option<(&str, &mut Field)> {
        self.words.is_some().then_some(("Jot", &mut self.kept))
    }

    fn typed(&mut self, ctx: &Ctx<'_>) -> Outcome {
        self.picker.typed();
        self.fill(ctx);
        Outcome::Done
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        self.fill(ctx);
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let nothing = "No workbook has a partner yet. Type a name, and the call has a workbook of its own.";
        self.picker.draw(area, buf, ctx, nothing)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::{PartnershipState, WorkbookId};
    use crate::overlay::sizes::draws_at_any_size;
    use crate::shelf::{Shelf, Summary};
    use crate::testing::World;

    fn world() -> World {
        let book = |id: &str, title: &str, partners: &[&str]| {
            Arc::new(Summary {
                id: WorkbookId::new(id),
                title: title.into(),
                state: PartnershipState::Active,
                partners: partners.iter().map(|name| (*name).to_owned()).collect(),
                changed: None,
                example: false,
                trouble: None,
                digest: Default::default(),
            })
        };
        let workbooks = vec![
            book("a", "Tactile guide", &["City Museum", "Carers' group"]),
            book("b", "Allotment", &["Botanic garden"]),
        ];
        World { book: None, shelf: Shelf { workbooks, complete: true, ..Shelf::default() }, ..World::new() }
    }

    fn words() -> Words {
        Words { at: jiff::Timestamp::UNIX_EPOCH, text: "hello".into(), tag: None, private: true }
    }

    fn chosen(typed: &str) -> Ask {
        let world = world();
        let mut who = Who::new(Some(words()), &world.ctx());
        who.field().unwrap().paste(typed).unwrap();
        who.typed(&world.ctx());
        let Outcome::Close(then) = who.run("picker.choose", &world.ctx()) else { panic!("it closes") };
        let Outcome::Ask(ask) = *then else { panic!("{then:?}") };
        ask
    }

    #[test]
    fn letters_find_a_partner_and_its_workbook() {
        let museum = NewCall { who: "City Museum".into(), words: Some(words()), ..NewCall::default() };
        assert_eq!(chosen("mus"), Ask::CallIn(WorkbookId::new("a"), museum));
        let garden = NewCall { who: "Botanic garden".into(), words: Some(words()), ..NewCall::default() };
        assert_eq!(chosen("bot"), Ask::CallIn(WorkbookId::new("b"), garden));
    }

    #[test]
    fn a_name_that_nobody_has_begins_a_workbook() {
        assert_eq!(
            chosen("Zebra"),
            Ask::CallWith(NewCall { who: "Zebra".into(), words: Some(words()), ..NewCall::default() })
        );
    }

    #[test]
    fn words_go_into_the_inbox_where_nobody_is_chosen() {
        let world = world();
        let mut who = Who::new(Some(words()), &world.ctx());
        let Outcome::Close(then) = who.run("who.close", &world.ctx()) else { panic!("it closes") };
        assert!(matches!(*then, Outcome::Ask(Ask::Jot { text, private: true, .. }) if text == "hello"));
        let mut who = Who::new(None, &world.ctx());
        assert_eq!(format!("{:?}", who.run("who.close", &world.ctx())), "Close(Done)");
    }

    #[test]
    fn it_draws_at_any_size() {
        let mut world = world();
        let who = Who::new(Some(words()), &world.ctx());
        insta::assert_snapshot!("who", world.drawn(&who, 60, 12));
        draws_at_any_size(&mut world, &who);
    }
}
