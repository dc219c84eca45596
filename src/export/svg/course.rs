//! Draws how lines went over a time: on the left the name, in the middle a mark a day, the higher the graver, on the right
//! the course in words. A mark is a sign in a ring, so that no colour is needed; where nobody was asked there is none.

use super::{LINE, PAD, WIDTH, broken};
use crate::export::clean;
use crate::export::document::{Run, Step};
use crate::export::html::escape;

/// Where the days begin and end, and where the words begin.
const DAYS: (f64, f64) = (148.0, 448.0);
const WORDS: f64 = 460.0;
/// Units from a height to the next, and from the edge of a row to the outermost of them.
const UP: f64 = 13.0;
const EDGE: f64 = 11.0;
/// How wide a mark is from its middle, at most.
const MARK: f64 = 7.0;
/// Room above the lines for the days, which stand aslant.
const ABOVE: f64 = 74.0;

/// The height of the drawing, and the drawing.
pub fn draw(days: &[String], steps: &[Step], lines: &[Run]) -> (f64, String) {
    let chart = Chart { steps, across: (DAYS.1 - DAYS.0) / count(days.len().max(1)) };
    let mut drawn = String::new();
    for (n, day) in days.iter().enumerate() {
        let x = chart.x(n);
        drawn.push_str(&format!(
            "<text transform=\"translate({:.1} {:.1}) rotate(-50)\" font-size=\"11\">{}</text>\n",
            x + 3.0,
            ABOVE - 6.0,
            escape(&clean::line(day))
        ));
    }
    let mut top = ABOVE;
    for run in lines {
        top += chart.row(run, top, &mut drawn);
    }
    (top + chart.meanings(top, &mut drawn), drawn)
}

struct Chart<'a> {
    steps: &'a [Step],
    /// From a day to the next.
    across: f64,
}

impl Chart<'_> {
    fn x(&self, day: usize) -> f64 {
        DAYS.0 + (count(day) + 0.5) * self.across
    }

    fn highest(&self) -> u8 {
        self.steps.iter().filter_map(|step| step.height).max().unwrap_or(0)
    }

    /// How far below the top of its row a step stands; one that is no matter of more or less stands in the middle.
    fn down(&self, step: &Step) -> f64 {
        let highest = f64::from(self.highest());
        EDGE + (highest - step.height.map_or(highest / 2.0, f64::from)) * UP
    }

    /// A line of it; returns how high it is.
    fn row(&self, run: &Run, top: f64, drawn: &mut String) -> f64 {
        let name = broken(&run.name, DAYS.0 - 2.0 * PAD, true);
        let words = broken(&run.words, WIDTH - WORDS + PAD, false);
        let marks = f64::from(self.highest()) * UP + 2.0 * EDGE;
        let high = (count(name.len().max(words.len())) * LINE + PAD).max(marks);
        for (x, weight, lines) in [(0.0, "bold", &name), (WORDS, "normal", &words)] {
            let first = top + (high - count(lines.len()) * LINE) / 2.0 + LINE - 4.0;
            for (n, line) in lines.iter().enumerate() {
                let y = first + count(n) * LINE;
                let line = escape(line);
                drawn.push_str(&format!(
                    "<text x=\"{x}\" y=\"{y:.1}\" font-size=\"12\" font-weight=\"{weight}\">{line}</text>\n"
                ));
            }
        }
        let middle = top + (high - marks) / 2.0;
        for step in self.steps.iter().filter(|step| step.height.is_some()) {
            guide(middle + self.down(step), (DAYS.0, DAYS.1), drawn);
        }
        self.marks(run, middle, drawn);
        guide(top + high, (0.0, WIDTH), drawn);
        high
    }

    fn marks(&self, run: &Run, top: f64, drawn: &mut String) {
        let steps = run.said.iter().map(|said| said.and_then(|n| self.steps.get(n)));
        let places: Vec<_> =
            steps.enumerate().map(|(n, step)| Some((step?, self.x(n), top + self.down(step?)))).collect();
        for pair in places.windows(2) {
            // a line leads from one day to the next only where both say more or less
            if let [Some((one, x, y)), Some((other, to_x, to_y))] = pair
                && one.height.is_some()
                && other.height.is_some()
            {
                drawn.push_str(&format!(
                    "<line class=\"drawn\" x1=\"{x:.1}\" y1=\"{y:.1}\" x2=\"{to_x:.1}\" y2=\"{to_y:.1}\"/>\n"
                ));
            }
        }
        for (step, x, y) in places.into_iter().flatten() {
            mark(step, self.highest(), (x, y), MARK.min(self.across / 2.0 - 1.0), drawn);
        }
    }

    /// What the marks mean, in a row below; returns how high it is.
    fn meanings(&self, top: f64, drawn: &mut String) -> f64 {
        let room = WIDTH / count(self.steps.len() + 1);
        let mut lines = 1;
        for (n, step) in self.steps.iter().enumerate() {
            let x = count(n) * room;
            mark(step, self.highest(), (x + MARK + 1.0, top + LINE), MARK, drawn);
            lines = lines.max(said(&step.words, x + 3.0 * MARK, top, room - 3.0 * MARK, drawn));
        }
        let x = count(self.steps.len()) * room;
        lines = lines.max(said("no mark: not asked", x, top, room, drawn));
        count(lines) * LINE + 2.0 * PAD
    }
}

/// Words over as many lines as they take, which is returned.
fn said(words: &str, x: f64, top: f64, room: f64, drawn: &mut String) -> usize {
    let lines = broken(words, room, false);
    for (n, line) in lines.iter().enumerate() {
        let y = top + count(n + 1) * LINE + 4.0;
        let line = escape(line);
        drawn.push_str(&format!("<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"12\">{line}</text>\n"));
    }
    lines.len()
}

fn guide(y: f64, (from, to): (f64, f64), drawn: &mut String) {
    drawn.push_str(&format!(
        "<line class=\"guide\" x1=\"{from:.1}\" y1=\"{y:.1}\" x2=\"{to:.1}\" y2=\"{y:.1}\"/>\n"
    ));
}

/// A sign in a ring; the gravest has a thick one, and what is no matter of more or less a broken one.
fn mark(step: &Step, highest: u8, (x, y): (f64, f64), wide: f64, drawn: &mut String) {
    let class = match step.height {
        None => "mark apart",
        Some(height) if height == highest => "mark grave",
        Some(_) => "mark",
    };
    let sign = escape(&clean::line(&step.mark));
    drawn.push_str(&format!(
        "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{wide:.1}\"/>\n\
         <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"12\" font-weight=\"bold\">{sign}</text>\n",
        y + 4.0
    ));
}

fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::MAX, f64::from)
}
