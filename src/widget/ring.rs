//! A ring of labels with something in the middle, drawn with dots. Knows where labels go and nothing of what they say.
//!
//! Labels stand clockwise from just right of the top, in arcs of equal size with a gap between arcs. [`Ring::new`] finds
//! the cells; drawing them is left to the caller, who knows their styles.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Where everything of a ring stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// One area a label, clockwise.
    pub labels: Vec<Rect>,
    /// The area in the middle.
    pub heart: Rect,
    /// One area for the title of each arc, clockwise.
    pub titles: Vec<Rect>,
    /// The cells of the dotted line, those below labels left out.
    dots: Vec<(u16, u16)>,
}

/// Rows and columns of one label: a name, and a word below it.
pub const LABEL: (u16, u16) = (15, 2);
/// The smallest area that a ring fits into, in columns and rows.
pub const SMALLEST: (u16, u16) = (76, 15);
const HEART: (u16, u16) = (23, 5);
const TITLE: u16 = 22;

impl Ring {
    /// The ring that fits into an area, of so many labels in so many arcs; `None` where the area is too small.
    pub fn new(area: Rect, labels: usize, arcs: usize) -> Option<Self> {
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 || labels == 0 || arcs == 0 {
            return None;
        }
        // a cell is about twice as high as wide, and a ring wider than that looks like a road
        let reach_y = f64::from((area.height - LABEL.1 - 1).min(24)) / 2.0;
        let reach_x = (f64::from(area.width - LABEL.0 - 14) / 2.0).min(reach_y * 4.0);
        let centre_x = f64::from(area.x) + f64::from(area.width) / 2.0;
        let centre_y = f64::from(area.y) + f64::from(area.height - 1) / 2.0;
        let at = |turn: f64, stretch: f64| {
            let angle = turn * std::f64::consts::TAU;
            (centre_x + reach_x * stretch * angle.sin(), centre_y - reach_y * stretch * angle.cos())
        };
        let turn = |n: usize| (n as f64 + 0.5) / labels as f64;
        let places: Vec<Rect> = (0..labels).map(|n| around(at(turn(n), 1.0), LABEL, area)).collect();
        let heart = around((centre_x, centre_y), HEART, area);
        let titles = (0..arcs).map(|n| title(area, n, arcs)).collect();
        let dots = dots(at, arcs, area, &places);
        Some(Self { labels: places, heart, titles, dots })
    }

    /// Draws the dotted line.
    pub fn draw_line(&self, buf: &mut Buffer, style: Style) {
        for &(x, y) in &self.dots {
            buf.set_string(x, y, "·", style);
        }
    }
}

/// An area of a size around a point, moved so that it lies within `area`.
fn around((x, y): (f64, f64), (width, height): (u16, u16), area: Rect) -> Rect {
    let within = |centre: f64, size: u16, start: u16, room: u16| {
        let first = (centre - f64::from(size) / 2.0).round().max(0.0) as u16;
        first.clamp(start, start.saturating_add(room.saturating_sub(size)))
    };
    Rect {
        x: within(x, width, area.x, area.width),
        y: within(y, height, area.y, area.height),
        width: width.min(area.width),
        height: height.min(area.height),
    }
}

/// The first title stands top right, the second at the bottom, the third top left: where three arcs leave room.
fn title(area: Rect, n: usize, arcs: usize) -> Rect {
    let y = if arcs == 3 && n == 1 { area.bottom() - 1 } else { area.y };
    let x = match n {
        0 => area.right().saturating_sub(TITLE),
        1 => area.x + area.width.saturating_sub(TITLE) / 2,
        _ => area.x,
    };
    Rect { x, y, width: TITLE.min(area.width), height: 1 }
}

fn dots(at: impl Fn(f64, f64) -> (f64, f64), arcs: usize, area: Rect, labels: &[Rect]) -> Vec<(u16, u16)> {
    const STEPS: usize = 1_440;
    /// Between two dots, in columns; a row counts as two, as it is about twice as high.
    const SPACING: f64 = 2.4;
    let mut dots = Vec::new();
    let mut last: Option<(f64, f64)> = None;
    let middle = at(0.0, 1.0).0;
    // the left half mirrors the right one, so that neither looks careless beside the other
    for step in 0..STEPS / 2 {
        let turn = step as f64 / STEPS as f64;
        let into_arc = (turn * arcs as f64).fract();
        let (x, y) = at(turn, 1.0);
        let far = last.is_none_or(|(was_x, was_y)| (x - was_x).hypot(2.0 * (y - was_y)) >= SPACING);
        if !far || !(0.04..=0.96).contains(&into_arc) {
            continue;
        }
        last = Some((x, y));
        let right = (x.round().max(0.0) as u16, y.round().max(0.0) as u16);
        let left = ((2.0 * middle - x.round()).round().max(0.0) as u16, right.1);
        for cell in [right, left] {
            let free = labels.iter().all(|label| {
                let near = Rect { x: label.x.saturating_sub(1), width: label.width + 2, ..*label };
                !near.contains(cell.into())
            });
            if free && area.contains(cell.into()) {
                dots.push(cell);
            }
        }
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_overlaps_at_any_size_that_fits() {
        for width in (76..200).step_by(3) {
            for height in 15..50 {
                let area = Rect::new(1, 2, width, height);
                let ring = Ring::new(area, 9, 3).unwrap();
                let mut parts = ring.labels.clone();
                parts.push(ring.heart);
                for (n, a) in parts.iter().enumerate() {
                    assert!(area.intersection(*a) == *a, "{a:?} outside {area:?}");
                    for b in parts.iter().skip(n + 1) {
                        assert!(!a.intersects(*b), "{width}x{height}: {a:?} and {b:?}");
                    }
                    for title in &ring.titles {
                        assert!(!a.intersects(*title), "{width}x{height}: {a:?} and title {title:?}");
                    }
                }
            }
        }
        assert_eq!(Ring::new(Rect::new(0, 0, 75, 30), 9, 3), None);
    }
}
