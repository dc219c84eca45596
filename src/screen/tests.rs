//! What the tests of all screens share, and what holds for all their rows.

use std::collections::HashSet;

use super::rows;
use crate::keymap::Keymap;
use crate::layer::Layer;
use crate::testing::World;
use crate::widget::text::width as width_of;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Bodies from nothing to more than a screen holds.
pub const SIZES: [(u16, u16); 10] =
    [(0, 0), (1, 1), (2, 3), (7, 2), (20, 5), (40, 9), (60, 17), (72, 21), (80, 21), (120, 37)];

/// A name that is long, wide, and made of characters that combine.
pub const HARD_NAME: &str =
    "The Ålesund e\u{301}tude 日本語の団体 👩‍👩‍👧‍👦 and Neighbours' Extraordinarilylongnamedassociation";

/// A world whose keymap knows the screens.
pub fn world() -> World {
    let mut world = World::new();
    world.keymap = Keymap::new(&rows());
    world
}

/// What a layer draws in a terminal whose body has this size, as lines of text.
pub fn drawn(world: &World, layer: &dyn Layer, width: u16, height: u16) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    let mut ctx = world.ctx();
    ctx.size = (width, height + 3);
    layer.draw(area, &mut buf, &ctx);
    let lines = area.rows().map(|row| {
        let mut line = String::new();
        let mut taken = 0;
        for (x, place) in row.positions().enumerate() {
            // the cell that the right half of a wide character covers is empty
            if x >= taken {
                line.push_str(buf[place].symbol());
                taken = x + usize::from(width_of(buf[place].symbol()).max(1));
            }
        }
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Draws a layer, and holds the cursor to be on it.
pub fn draws_anywhere(world: &World, layer: &dyn Layer, width: u16, height: u16) -> Option<Position> {
    let area = Rect::new(0, 1, width, height);
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height + 2));
    let mut ctx = world.ctx();
    ctx.size = (width, height + 3);
    let cursor = layer.draw(area, &mut buf, &ctx);
    let inside = cursor.is_none_or(|c| area.contains(c));
    assert!(inside, "{cursor:?} is not in {area:?}");
    for x in 0..width {
        let untouched = [(x, 0), (x, height + 1)].iter().all(|place| buf[*place].symbol() == " ");
        assert!(untouched, "drawn outside {area:?}");
    }
    cursor
}

#[test]
fn no_key_has_two_meanings_in_one_scope() {
    let rows = rows();
    assert_eq!(Keymap::new(&rows).clashes(&rows), []);
    let names: HashSet<_> = rows.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), rows.len());
}

#[test]
fn every_row_can_be_pressed_and_says_what_it_does() {
    for row in rows() {
        assert!(row.keys.iter().all(|keys| crate::keymap::sequence(keys).is_ok()), "{}", row.name);
        assert!(!row.help.is_empty() && !row.help.ends_with('.'), "{}", row.name);
    }
}
