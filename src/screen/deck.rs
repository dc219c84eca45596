//! The deck of finding ideas: three at a time of those that were tried least, and one key that notes one as tried.
//!
//! Which ideas are dealt is [`query::hand`]'s; the screen only remembers how far somebody has leafed. Start at [`ROWS`].

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{self, Pen};
use super::prompts::{self, ideas};
use super::words::{self, READ_ONLY};
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::content::types::Card;
use crate::domain::Family;
use crate::domain::query;
use crate::layer::Layer;
use crate::widget::list::List;

/// Three ideas to try.
#[derive(Debug, Default)]
pub struct Deck {
    /// The ideas in sight, by their ids; they stay when one of them was tried.
    hand: Vec<String>,
    /// How many of those not tried yet were laid aside.
    dealt: usize,
    list: List,
}

pub(super) const ROWS: &[Command<Deck>] = &[
    command("deck.tried", &["enter", "t"], "Note this idea as tried, and what came of it", Deck::tried)
        .footer(1, "tried it")
        .words("done mark tick off outcome")
        .when(|s, ctx| s.idea(ctx).is_some())
        .changes(),
    command("deck.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("deck.deal", &["*"], "Deal three others", Deck::deal)
        .footer(3, "deal others")
        .words("ideas random next more"),
    command("deck.all", &["a"], "The ideas that were tried", |_, _| {
        Outcome::Go(Go::Records(Family::TriedIdea, None))
    })
    .footer(5, "all tried")
    .words("list table history"),
    command("deck.down", &["down", "j"], "To the next one", |s: &mut Deck, _| s.step(1)),
    command("deck.up", &["up", "k"], "To the one before", |s: &mut Deck, _| s.step(-1)),
];

impl Deck {
    /// The first three.
    pub fn new() -> Self {
        Self::default()
    }

    fn cards<'c>(&self, ctx: &Ctx<'c>) -> Vec<&'c Card> {
        self.hand.iter().filter_map(|id| ctx.content.card(id)).collect()
    }

    fn idea<'c>(&self, ctx: &Ctx<'c>) -> Option<&'c Card> {
        let cards = self.cards(ctx);
        cards.get(self.list.focus(cards.len())).copied()
    }

    fn step(&mut self, by: isize) -> Outcome {
        self.list.by(by, self.hand.len());
        Outcome::Done
    }

    fn fill(&mut self, ctx: &Ctx<'_>) {
        let Some(workbook) = ctx.workbook() else { return };
        let deck: Vec<&str> = ideas(ctx.content).into_iter().map(|card| card.id.as_str()).collect();
        self.hand = query::hand(workbook, &deck, self.dealt).into_iter().map(ToOwned::to_owned).collect();
    }

    fn deal(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let Some(workbook) = ctx.workbook() else { return Outcome::Unused };
        // what was tried meanwhile is no longer among those that are left
        self.dealt += self.hand.iter().filter(|idea| query::tried(workbook, idea).is_empty()).count();
        let before = std::mem::take(&mut self.hand);
        self.fill(ctx);
        self.list.set(0);
        if self.hand == before {
            return Outcome::Say("These are all that have not been tried yet.".to_owned());
        }
        Outcome::Done
    }

    fn tried(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.idea(ctx) {
            _ if !ctx.writable => Outcome::Say(READ_ONLY.to_owned()),
            Some(card) => prompts::what_came_of(card, ctx),
            None => Outcome::Unused,
        }
    }

    /// "tried 16 January", where it was.
    fn state(card: &Card, ctx: &Ctx<'_>) -> String {
        let last = ctx.workbook().and_then(|workbook| query::tried(workbook, &card.id).pop());
        last.map_or_else(String::new, |tried| match tried.on {
            Some(on) => format!("tried {}", words::day(on, ctx.today())),
            None => "tried".to_owned(),
        })
    }

    fn draw_card(card: &Card, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
        let mut pen = Pen::new(buf, area);
        pen.say(&card.title, ctx.theme.strong());
        pen.gap();
        pen.say(&card.text, ctx.theme.text());
        for point in &card.points {
            pen.say(&format!("- {point}"), ctx.theme.text());
        }
        pen.gap();
        let source = ctx.content.source(&card.source).map_or("", |source| &source.short);
        pen.say(&format!("from: {source}"), ctx.theme.quiet());
        if let Some(tried) = ctx.workbook().and_then(|w| query::tried(w, &card.id).pop()) {
            pen.gap();
            let came = words::or(&tried.outcome, "nothing noted of what came of it");
            pen.say(&format!("{}: {came}", words::capital(&Self::state(card, ctx))), ctx.theme.notice());
        }
    }
}

impl Layer for Deck {
    fn scope(&self) -> &'static str {
        "deck"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| words::or(workbook.title(), "No title yet"));
        vec![title.to_owned(), "Ideas for finding".to_owned()]
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        let Some(workbook) = ctx.workbook() else { return String::new() };
        let ideas = ideas(ctx.content);
        let tried = ideas.iter().filter(|card| !query::tried(workbook, &card.id).is_empty()).count();
        format!("{tried} of {} tried", ideas.len())
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        if self.hand.is_empty() {
            self.fill(ctx);
        }
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let area = page::page(area);
        let cards = self.cards(ctx);
        let focus = self.list.focus(cards.len());
        let wide = page::is_wide(ctx);
        let (left, right) =
            if wide { page::split(area, buf, *ctx.theme, 34) } else { (area, Rect::default()) };
        let mut pen = Pen::new(buf, left);
        if area.height > 9 {
            let words = match cards.len() {
                3 => "Three ideas to try. Pick one; nobody does them all.",
                _ => "The last ideas that nobody has tried yet.",
            };
            pen.say(words, ctx.theme.quiet());
            pen.gap();
        }
        let mut cursor = None;
        for (n, card) in cards.iter().enumerate() {
            let style = if n == focus { ctx.theme.focus() } else { ctx.theme.text() };
            let state = Self::state(card, ctx);
            let said = if state.is_empty() { card.title.clone() } else { format!("{}, {state}", card.title) };
            let (row, buf) = pen.take(1);
            let room = row.width.saturating_sub(2);
            let at = page::entry(buf, row, &crate::widget::text::fit(&said, room), style, n == focus);
            cursor = cursor.or(at);
        }
        if let Some(card) = cards.get(focus) {
            if wide {
                Self::draw_card(card, right, buf, ctx);
            } else {
                pen.gap();
                let (rest, buf) = pen.take(area.height);
                Self::draw_card(card, rest, buf, ctx);
            }
        }
        cursor.or_else(|| (!area.is_empty()).then(|| page::cursor(area, 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Edit, Topic, TriedIdea};
    use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};
    use crate::testing::World;
    use jiff::Timestamp;

    fn deck(world: &World) -> Deck {
        let mut deck = Deck::new();
        deck.sync(&world.ctx());
        deck
    }

    /// Notes the idea in focus as tried, as the prompt would.
    fn try_it(world: &mut World, deck: &Deck) -> String {
        let idea = deck.idea(&world.ctx()).unwrap().id.clone();
        let tried = TriedIdea {
            idea: Topic(idea.clone()),
            on: Some(world.ctx().today()),
            outcome: "a name and a number".into(),
            ..TriedIdea::new(world.ctx().ids.record())
        };
        let edit = Edit::AddRecord { record: Box::new(tried.into()), place: 99 };
        world.book.as_mut().unwrap().act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
        idea
    }

    #[test]
    fn three_are_dealt_and_one_that_was_tried_comes_no_more() {
        let mut world = world();
        let mut deck = deck(&world);
        let first = deck.hand.clone();
        assert_eq!(first.len(), 3);
        deck.run("deck.down", &world.ctx());
        let tried = try_it(&mut world, &deck);
        assert_eq!(tried, first[1]);
        deck.sync(&world.ctx());
        assert_eq!(deck.hand, first, "it stays in sight, as tried");
        let mut seen = first;
        for _ in 0..8 {
            deck.run("deck.deal", &world.ctx());
            assert!(!deck.hand.contains(&tried), "dealt again");
            seen.extend(deck.hand.clone());
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 25, "each has come once");
    }

    #[test]
    fn a_tried_idea_is_asked_about_in_one_key() {
        let world = world();
        let mut deck = deck(&world);
        let asked = deck.run("deck.tried", &world.ctx());
        assert!(format!("{asked:?}").contains("what came of it?"), "{asked:?}");
    }

    #[test]
    fn it_looks_like_this() {
        let mut world = world();
        let mut deck = deck(&world);
        insta::assert_snapshot!("deck_80", drawn(&world, &deck, 80, 21));
        try_it(&mut world, &deck);
        deck.run("deck.down", &world.ctx());
        insta::assert_snapshot!("deck_120", drawn(&world, &deck, 120, 37));
        deck.run("deck.up", &world.ctx());
        insta::assert_snapshot!("deck_60", drawn(&world, &deck, 60, 17));
        world.linear = true;
        insta::assert_snapshot!("deck_linear", drawn(&world, &deck, 80, 21));
        for (width, height) in SIZES {
            draws_anywhere(&world, &deck, width, height);
        }
        world.book = None;
        draws_anywhere(&world, &Deck::new(), 80, 21);
    }
}
