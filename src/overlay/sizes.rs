//! A check that every layer passes: it draws at any size, stays in its area, and keeps the cursor there too.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::layer::Layer;
use crate::testing::World;

/// A text that is long, wide, and made of characters that take several bytes, several columns, or none.
pub const AWKWARD: &str =
    "日本語の長い名前 e\u{301}e\u{301} 👩‍👩‍👧‍👦 İstanbul and-then-a-word-that-does-not-end-so-soon-at-all";

/// Draws a layer at every size from nothing to 60 columns and 12 rows, inside a larger buffer.
pub fn draws_at_any_size(world: &mut World, layer: &dyn Layer) {
    for width in 0..=60 {
        for height in 0..=12 {
            world.size = (width, height);
            let area = Rect::new(3, 2, width, height);
            let mut buf = Buffer::filled(Rect::new(0, 0, 70, 18), ratatui::buffer::Cell::new("#"));
            layer.extent(&world.ctx());
            let cursor = layer.draw(area, &mut buf, &world.ctx());
            if let Some(cursor) = cursor {
                assert!(area.contains(cursor), "{cursor} is outside {area}");
            }
            for position in buf.area.positions().filter(|p| !area.contains(*p)) {
                assert_eq!(buf[position].symbol(), "#", "drawn outside {area} at {position}");
            }
        }
    }
}

/// Where a layer puts the cursor in an area of this size.
pub fn cursor(world: &World, layer: &dyn Layer, width: u16, height: u16) -> Option<Position> {
    let area = Rect::new(0, 0, width, height);
    layer.draw(area, &mut Buffer::empty(area), &world.ctx())
}
