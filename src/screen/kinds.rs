//! The four types of partnership and the five levels of involvement as cards: what each side has in mind in each phase.
//!
//! What is chosen stands with the side, and as its answer to the question about it where that says nothing else yet. Start
//! at [`ROWS`].

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{self, Pen};
use super::words::{self, READ_ONLY};
use crate::command::{Command, Ctx, Kinds, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::content::Content;
use crate::content::types::Named;
use crate::domain::query;
use crate::domain::{Edit, Partner, PartnerId, Phase, QuestionId, Splice, TextPlace, VoiceKey, Workbook};
use crate::layer::Layer;
use crate::widget::list::List;
use crate::widget::text;

/// Types or levels to choose from.
#[derive(Debug)]
pub struct KindCards {
    kinds: Kinds,
    /// Whose choice it is, counted from our own side.
    side: usize,
    phase: usize,
    list: List,
}

pub(super) const ROWS: &[Command<KindCards>] = &[
    command("kinds.choose", &["enter"], "Choose this card, or take it back", KindCards::choose)
        .footer(1, "choose")
        .words("type level pick select")
        .changes(),
    command("kinds.back", &["esc"], "One step back", |_, _| Outcome::Back).footer(2, "back"),
    command("kinds.side", &["tab"], "What the next side has in mind", |s: &mut KindCards, ctx| {
        s.turn_side(ctx, 1)
    })
    .footer(3, "next side")
    .words("partner theirs ours who"),
    command(
        "kinds.side-before",
        &["shift-tab"],
        "What the side before has in mind",
        |s: &mut KindCards, ctx| s.turn_side(ctx, -1),
    ),
    command("kinds.phase", &["right", "l"], "The next part of the cycle", |s: &mut KindCards, _| {
        s.turn_phase(1)
    })
    .footer(5, "next part")
    .words("phase later stage"),
    command("kinds.phase-before", &["left", "h"], "The part before", |s: &mut KindCards, _| s.turn_phase(-1)),
    command("kinds.down", &["down", "j"], "To the next card", |s: &mut KindCards, ctx| s.step(1, ctx)),
    command("kinds.up", &["up", "k"], "To the card before", |s: &mut KindCards, ctx| s.step(-1, ctx)),
];

/// The cards to choose from.
fn cards(kinds: Kinds, content: &Content) -> &[Named] {
    match kinds {
        Kinds::Types => content.types(),
        Kinds::Levels => content.levels(),
    }
}

/// What is chosen for a side in a phase, by name; empty where nothing is.
fn chosen<'c>(kinds: Kinds, side: &Partner, phase: Phase, content: &'c Content) -> &'c str {
    match kinds {
        Kinds::Types => query::type_of(side, phase, content),
        Kinds::Levels => query::level_of(side, phase, content),
    }
}

/// The question that asks about it.
fn question(kinds: Kinds) -> &'static str {
    match kinds {
        Kinds::Types => "SCO-11",
        Kinds::Levels => "SCO-12",
    }
}

/// What is said below the cards.
fn in_doubt(kinds: Kinds) -> &'static str {
    match kinds {
        Kinds::Types => {
            "All four are sound where both sides see them alike. Fuller is not better. If in doubt, ask: \
             what do they picture?"
        }
        Kinds::Levels => {
            "The deepest is not the best; a stretched partner may like a light one. If in doubt, ask them."
        }
    }
}

fn sides(workbook: &Workbook) -> Vec<&Partner> {
    std::iter::once(workbook.us()).chain(workbook.partners()).collect()
}

fn name(side: &Partner) -> &str {
    if side.id.is_us() { "us" } else { words::or(&side.name, "a partner") }
}

impl KindCards {
    /// The cards, with what our side has in mind for getting started.
    pub fn new(kinds: Kinds) -> Self {
        Self { kinds, side: 0, phase: 0, list: List::default() }
    }

    fn side<'w>(&self, workbook: &'w Workbook) -> &'w Partner {
        let sides = sides(workbook);
        sides.get(self.side.min(sides.len().saturating_sub(1))).copied().unwrap_or(workbook.us())
    }

    fn phase(&self) -> Phase {
        Phase::ALL.get(self.phase).copied().unwrap_or(Phase::GettingStarted)
    }

    fn turn_side(&mut self, ctx: &Ctx<'_>, by: isize) -> Outcome {
        let count = ctx.workbook().map_or(1, |workbook| sides(workbook).len());
        if count == 1 {
            let add = ctx.keymap.shown("global.add-partner");
            return Outcome::Say(format!("There is no other side yet. {add} adds a partner."));
        }
        self.side = (self.side.min(count - 1) + count).saturating_add_signed(by) % count;
        Outcome::Done
    }

    fn turn_phase(&mut self, by: isize) -> Outcome {
        let count = Phase::ALL.len();
        self.phase = (self.phase + count).saturating_add_signed(by) % count;
        Outcome::Done
    }

    fn step(&mut self, by: isize, ctx: &Ctx<'_>) -> Outcome {
        self.list.by(by, cards(self.kinds, ctx.content).len());
        Outcome::Done
    }

    fn choose(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let (cards, Some(workbook)) = (cards(self.kinds, ctx.content), ctx.workbook()) else {
            return Outcome::Unused;
        };
        let Some(card) = cards.get(self.list.focus(cards.len())) else { return Outcome::Unused };
        let (side, phase) = (self.side(workbook), self.phase());
        let mut with = side.clone();
        let map = match self.kinds {
            Kinds::Types => &mut with.types,
            Kinds::Levels => &mut with.levels,
        };
        let back = map.get(&phase) == Some(&card.id);
        if back {
            map.remove(&phase);
        } else {
            map.insert(phase, card.id.clone());
        }
        let mut edits = vec![Edit::SetPartner(Box::new(with))];
        let mut said = if back {
            format!("{}: taken back.", card.name)
        } else {
            format!("{}, for {}.", card.name, name(side))
        };
        if phase == Phase::GettingStarted
            && let Some(splice) = self.answer(workbook, &side.id, if back { "" } else { &card.name }, ctx)
        {
            edits.push(Edit::Splice(splice));
            said.push_str(if back { "" } else { " It stands as the answer as well." });
        }
        Outcome::All(vec![Outcome::Edits(edits), Outcome::Say(said)])
    }

    /// The answer of the side, where it says nothing yet but the name of a card.
    fn answer(&self, workbook: &Workbook, side: &PartnerId, words: &str, ctx: &Ctx<'_>) -> Option<Splice> {
        let voice = if side.is_us() { VoiceKey::Ours } else { VoiceKey::Theirs(side.clone()) };
        let place = TextPlace::Voice(QuestionId::new(question(self.kinds)), voice);
        let delete = workbook.text(&place)?.to_owned();
        let is_card = cards(self.kinds, ctx.content).iter().any(|card| card.name == delete.trim());
        let free = delete.trim().is_empty() || is_card;
        (free && delete != words).then(|| Splice {
            place,
            at: 0,
            delete,
            insert: words.to_owned(),
            on: Some(ctx.today()),
        })
    }

    /// Who has chosen a card in the phase in sight: "us, City Museum".
    fn who(&self, card: &Named, workbook: &Workbook, content: &Content) -> String {
        let chose = |side: &&Partner| chosen(self.kinds, side, self.phase(), content) == card.name;
        let names: Vec<String> =
            sides(workbook).into_iter().filter(chose).map(|side| name(side).to_owned()).collect();
        names.join(", ")
    }

    fn draw_head(&self, workbook: &Workbook, pen: &mut Pen<'_>, ctx: &Ctx<'_>) {
        let side = self.side(workbook);
        let who = if side.id.is_us() {
            "What we have in mind".to_owned()
        } else {
            format!("What {} has in mind", name(side))
        };
        pen.say(&format!("{who}, {}", lower(self.phase())), ctx.theme.strong());
        let now = chosen(self.kinds, side, self.phase(), ctx.content);
        let more = sides(workbook).len() > 1;
        let turn = if more { "Tab: the next side. " } else { "" };
        pen.say(
            &format!("{}. {turn}Left and right: part of the cycle.", words::or(now, "Nothing chosen yet")),
            ctx.theme.quiet(),
        );
    }
}

fn lower(phase: Phase) -> String {
    phase.words().to_lowercase()
}

fn draw_card(card: &Named, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    let mut pen = Pen::new(buf, area);
    pen.say(&card.name, ctx.theme.strong());
    pen.say(&card.text, ctx.theme.text());
    for point in &card.points {
        pen.say(&format!("- {point}"), ctx.theme.text());
    }
    let source = ctx.content.source(&card.source).map_or("", |source| &source.short);
    pen.say(&format!("from: {source}"), ctx.theme.quiet());
}

impl Layer for KindCards {
    fn scope(&self) -> &'static str {
        "kinds"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let title = ctx.workbook().map_or("", |workbook| words::or(workbook.title(), "No title yet"));
        let what = match self.kinds {
            Kinds::Types => "Types of partnership",
            Kinds::Levels => "Levels of involvement",
        };
        vec![title.to_owned(), what.to_owned()]
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(ROWS, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(ROWS, self, name, ctx).unwrap_or(Outcome::Unused)
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let (area, workbook) = (page::page(area), ctx.workbook()?);
        let cards = cards(self.kinds, ctx.content);
        let focus = self.list.focus(cards.len());
        let mut pen = Pen::new(buf, area);
        if area.height > 12 {
            self.draw_head(workbook, &mut pen, ctx);
            pen.gap();
        }
        let (rest, buf) = pen.take(area.height);
        let wide = page::is_wide(ctx);
        let (left, right) =
            if wide { page::split(rest, buf, *ctx.theme, 38) } else { (rest, Rect::default()) };
        let mut pen = Pen::new(buf, left);
        let mut cursor = None;
        for (n, card) in cards.iter().enumerate() {
            let style = if n == focus { ctx.theme.focus() } else { ctx.theme.text() };
            let who = self.who(card, workbook, ctx.content);
            let said = if who.is_empty() { card.name.clone() } else { format!("{}  ({who})", card.name) };
            let (row, buf) = pen.take(1);
            let fits = text::fit(&said, row.width.saturating_sub(2));
            cursor = cursor.or(page::entry(buf, row, &fits, style, n == focus));
        }
        pen.gap();
        if wide {
            pen.say(in_doubt(self.kinds), ctx.theme.quiet());
        }
        if let Some(card) = cards.get(focus) {
            if wide {
                draw_card(card, right, buf, ctx);
            } else {
                let below = pen.rest();
                draw_card(card, below, buf, ctx);
            }
        }
        cursor.or_else(|| (!area.is_empty()).then(|| page::cursor(area, 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};
    use crate::testing::World;
    use jiff::Timestamp;

    fn choose(world: &mut World, cards: &mut KindCards) -> String {
        let Outcome::All(mut all) = cards.run("kinds.choose", &world.ctx()) else { panic!() };
        let said = format!("{:?}", all.pop().unwrap());
        let Some(Outcome::Edits(edits)) = all.pop() else { panic!() };
        world.book.as_mut().unwrap().act_all(edits, Timestamp::UNIX_EPOCH).unwrap();
        said
    }

    fn text(world: &World, voice: VoiceKey) -> String {
        let place = TextPlace::Voice(QuestionId::new("SCO-11"), voice);
        world.ctx().workbook().unwrap().text(&place).unwrap().to_owned()
    }

    #[test]
    fn a_card_is_chosen_for_a_side_and_a_phase_and_answers_the_question() {
        let mut world = world();
        let mut cards = KindCards::new(Kinds::Types);
        for _ in 0..3 {
            cards.run("kinds.down", &world.ctx());
        }
        choose(&mut world, &mut cards);
        let us = |world: &World| world.ctx().workbook().unwrap().us().types.clone();
        assert_eq!(us(&world).get(&Phase::GettingStarted).unwrap(), "collaborative");
        assert_eq!(text(&world, VoiceKey::Ours), "Collaborative");
        cards.run("kinds.up", &world.ctx());
        choose(&mut world, &mut cards);
        assert_eq!(text(&world, VoiceKey::Ours), "Co-ordinated", "the name of a card gives way");
        cards.run("kinds.phase", &world.ctx());
        choose(&mut world, &mut cards);
        assert_eq!(us(&world).len(), 2, "another part of the cycle");
        cards.run("kinds.phase-before", &world.ctx());
        choose(&mut world, &mut cards);
        assert_eq!((us(&world).len(), text(&world, VoiceKey::Ours)), (1, String::new()), "taken back");

        let museum = PartnerId::new("museum");
        cards.run("kinds.side", &world.ctx());
        let place = TextPlace::Voice(QuestionId::new("SCO-11"), VoiceKey::Theirs(museum.clone()));
        let own = Splice { place, at: 0, delete: String::new(), insert: "a friendship".into(), on: None };
        world.book.as_mut().unwrap().act_all(vec![Edit::Splice(own)], Timestamp::UNIX_EPOCH).unwrap();
        let said = choose(&mut world, &mut cards);
        assert!(!said.contains("answer"), "{said}");
        assert_eq!(text(&world, VoiceKey::Theirs(museum.clone())), "a friendship", "their words stay");
        let partner = world.ctx().workbook().unwrap().partner(&museum).unwrap();
        assert_eq!(partner.types.get(&Phase::GettingStarted).unwrap(), "coordinated");
    }

    #[test]
    fn they_look_like_this() {
        let mut world = world();
        let mut types = KindCards::new(Kinds::Types);
        types.run("kinds.down", &world.ctx());
        choose(&mut world, &mut types);
        insta::assert_snapshot!("types_80", drawn(&world, &types, 80, 21));
        types.run("kinds.side", &world.ctx());
        types.run("kinds.down", &world.ctx());
        choose(&mut world, &mut types);
        insta::assert_snapshot!("types_120", drawn(&world, &types, 120, 37));
        let levels = KindCards::new(Kinds::Levels);
        insta::assert_snapshot!("levels_60", drawn(&world, &levels, 60, 17));
        world.linear = true;
        insta::assert_snapshot!("levels_linear", drawn(&world, &levels, 80, 21));
        for (width, height) in SIZES {
            draws_anywhere(&world, &levels, width, height);
        }
        world.book = None;
        draws_anywhere(&world, &levels, 80, 21);
    }
}
