//! The map seen through another model: the same ring with the names of that model's stages, and what each stage asks.
//!
//! Nothing is moved and nothing is written: the lens is a way of looking, kept for the session in [`Ctx::lens`]. What has
//! no place in the other model, such as the ending, is shown as the gap that it is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::command::{Ctx, Outcome};
use crate::content::AspectRow;
use crate::content::types::{Arc, Lens, Stage};
use crate::screen::words;
use crate::widget::text::{put, width, wrap};

/// What stands below the name of an aspect for which the other model has no stage.
const GAP: &str = "- a gap -";
/// The same for a tool, which belongs to no stage of any model.
const BESIDE: &str = "in any stage";
/// What is said of the gap.
const NO_ENDING: &str = "this model has no ending; what you write there stays";
/// Columns of the longest name of a stage, and two free ones.
const NAME: u16 = 16;

/// The lens that is on, if any.
pub(super) fn on<'c>(ctx: &Ctx<'c>) -> Option<&'c Lens> {
    ctx.content.lenses().first().filter(|_| ctx.lens.get())
}

/// The stage of an aspect.
fn stage<'l>(lens: &'l Lens, aspect: &AspectRow) -> Option<&'l Stage> {
    lens.stages.iter().find(|stage| stage.aspects.iter().any(|id| id == aspect.id))
}

/// What is said when the lens was put on or taken off.
pub(super) fn turned(ctx: &Ctx<'_>) -> Outcome {
    let Some(lens) = on(ctx) else {
        return Outcome::Say("The ring has its own names again. Nothing was moved.".to_owned());
    };
    let stages: Vec<&str> = lens.stages.iter().map(|stage| stage.name.as_str()).collect();
    let keys = ctx.keymap.shown("map.lens");
    Outcome::Say(format!("The same ring as {}. {keys} takes that off.", words::listed(&stages)))
}

/// The word below the name of an aspect.
pub(super) fn word(lens: &Lens, aspect: &AspectRow, ctx: &Ctx<'_>) -> (String, Style) {
    match stage(lens, aspect) {
        Some(stage) => (stage.name.clone(), ctx.theme.heading()),
        None if aspect.arc == Arc::Tool => (BESIDE.to_owned(), ctx.theme.quiet()),
        None => (GAP.to_owned(), ctx.theme.quiet()),
    }
}

/// A line below the ring: a name, and what is said of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    name: String,
    words: String,
    /// It is the stage of the aspect in focus.
    here: bool,
}

/// What stands below the ring in so many columns and rows: each stage with its question, and the gap; where there is
/// no room for all, those of the aspect in focus.
pub(super) fn lines(lens: &Lens, focus: Option<&AspectRow>, (columns, rows): (u16, u16)) -> Vec<Line> {
    let now = focus.and_then(|aspect| stage(lens, aspect)).map(|stage| stage.name.as_str());
    let in_gap = now.is_none() && focus.is_some_and(|aspect| aspect.arc.is_in_cycle());
    let line = |stage: &Stage| Line {
        name: stage.name.clone(),
        words: stage.ask.clone(),
        here: now == Some(stage.name.as_str()),
    };
    let gap = Line { name: "Ending".to_owned(), words: NO_ENDING.to_owned(), here: in_gap };
    let mut all: Vec<Line> = lens.stages.iter().map(line).chain([gap]).collect();
    let fits = all.iter().all(|line| NAME + 2 + width(&line.words) <= columns);
    if fits && all.len() <= rows.into() {
        return all;
    }
    all.retain(|line| line.here);
    let mut lines = Vec::new();
    for Line { name, words, here } in all {
        let broken = wrap(&words, columns.saturating_sub(NAME + 2).max(1));
        for (n, words) in broken.into_iter().enumerate() {
            lines.push(Line { name: if n == 0 { name.clone() } else { String::new() }, words, here });
        }
    }
    lines.truncate(rows.into());
    lines
}

/// Puts the lines below the ring.
pub(super) fn draw(lines: &[Line], area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) {
    for (line, row) in lines.iter().zip(area.rows()) {
        let style = if line.here { ctx.theme.strong() } else { ctx.theme.quiet() };
        let place = crate::widget::text::right_of(row, 2);
        put(buf, place, &line.name, style);
        put(buf, crate::widget::text::right_of(place, NAME), &line.words, style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::on_map;
    use crate::layer::Layer;
    use crate::screen::map::Map;
    use crate::screen::tests::{SIZES, draws_anywhere, world};

    #[test]
    fn the_lens_renames_every_aspect_but_the_ending() {
        let mut world = world();
        let mut map = Map::new();
        world.size = (80, 24);
        map.run("map.lens", &world.ctx());
        let drawn = world.drawn(&map, 80, 20);
        insta::assert_snapshot!("lens_80", drawn);
        for stage in &world.ctx().content.lenses()[0].stages {
            assert!(drawn.contains(&stage.name) && drawn.contains(&stage.ask), "{} in\n{drawn}", stage.name);
        }
        assert_eq!(drawn.matches(GAP).count(), 1, "one gap, and only one");
        assert!(drawn.contains("this model has no ending"), "{drawn}");
        let lens = &world.ctx().content.lenses()[0];
        let gaps = on_map().iter().filter(|a| a.arc.is_in_cycle() && stage(lens, a).is_none());
        assert_eq!(gaps.map(|a| a.id).collect::<Vec<_>>(), ["ending"]);
    }

    #[test]
    fn a_list_says_the_stage_and_its_question_and_the_gap() {
        let mut world = world();
        world.lens.set(true);
        world.size = (60, 20);
        insta::assert_snapshot!("lens_60", world.drawn(&Map::at("governing"), 60, 16));
        let ending = world.drawn(&Map::at("ending"), 60, 16);
        assert!(ending.contains("this model has no ending"), "{ending}");
        world.linear = true;
        world.size = (80, 24);
        insta::assert_snapshot!("lens_linear", world.drawn(&Map::at("ending"), 80, 20));
    }

    #[test]
    fn it_stays_on_for_the_session_and_moves_nothing() {
        let world = world();
        let before = world.ctx().workbook().unwrap().clone();
        Map::new().run("map.lens", &world.ctx());
        let another = Map::at("scoping");
        assert!(world.drawn(&another, 80, 20).contains("Connect"), "another map of the same session");
        let mut another = another;
        another.run("map.lens", &world.ctx());
        assert!(!world.drawn(&another, 80, 20).contains("Connect"));
        assert_eq!(*world.ctx().workbook().unwrap(), before);
    }

    #[test]
    fn it_draws_in_any_size() {
        let mut world = world();
        world.lens.set(true);
        for linear in [false, true] {
            world.linear = linear;
            for (width, height) in SIZES {
                world.size = (width, height);
                draws_anywhere(&world, &Map::at("ending"), width, height);
                draws_anywhere(&world, &Map::at("skills"), width, height);
            }
        }
    }
}
