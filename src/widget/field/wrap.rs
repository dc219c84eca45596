//! Where lines are cut into rows, remembered line by line: after an edit only the lines that it touched are
//! wrapped again. It knows text and widths, no caret and no screen. Start at [`Layout`]; the rule itself is
//! [`cuts`].

use super::lines::Place;
use crate::widget::glyph::{Glyph, glyphs};

/// One row as drawn: a stretch of one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Which line of the text.
    pub line: usize,
    /// Its first byte in that line.
    pub start: usize,
    /// The byte after its last. Blanks before it may hang over the edge of the screen.
    pub end: usize,
    /// Whether the line ends here, and not only the row.
    pub last: bool,
}

/// The rows of a text for one width.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// Cells in a row; 0 as long as nothing was asked.
    room: usize,
    /// For each line where its second and later rows start. Most lines have none, and take no memory then.
    lines: Vec<Vec<usize>>,
    rows: usize,
}

impl Layout {
    /// Makes the layout right for rows of `room` cells, which must be at least 1. Free if it is already.
    pub fn fit(&mut self, room: usize, lines: &[String]) {
        if self.room != room {
            self.room = room;
            self.lines = lines.iter().map(|line| cuts(line, room)).collect();
            self.rows = self.lines.iter().map(|cuts| cuts.len() + 1).sum();
        }
    }

    /// Follows an edit: `removed` lines from `first` on have given way to `fresh`.
    pub fn replace(&mut self, first: usize, removed: usize, fresh: &[String]) {
        if self.room == 0 {
            return;
        }
        let first = first.min(self.lines.len());
        let end = first.saturating_add(removed).min(self.lines.len());
        let fresh: Vec<_> = fresh.iter().map(|line| cuts(line, self.room)).collect();
        self.rows += fresh.iter().map(|cuts| cuts.len() + 1).sum::<usize>();
        self.rows -= self.lines.splice(first..end, fresh).map(|cuts| cuts.len() + 1).sum::<usize>();
    }

    /// How many rows there are in all; at least 1 for a text of at least one line.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The number of the row that holds `place`. The end of a row is also the start of the next one: `hugs`
    /// chooses the former.
    pub fn row_number(&self, place: Place, hugs: bool) -> usize {
        let above: usize = self.lines.iter().take(place.line).map(|cuts| cuts.len() + 1).sum();
        let within = self
            .lines
            .get(place.line)
            .map_or(0, |cuts| cuts.partition_point(|&cut| cut < place.byte || (cut == place.byte && !hugs)));
        above + within
    }

    /// The rows from `number` on. `lines` must be the text that the layout was made for.
    pub fn rows_from<'a>(&'a self, number: usize, lines: &'a [String]) -> impl Iterator<Item = Row> + 'a {
        let (mut first, mut skipped) = (0, number);
        for cuts in &self.lines {
            if skipped <= cuts.len() {
                break;
            }
            skipped -= cuts.len() + 1;
            first += 1;
        }
        let lines = self.lines.iter().zip(lines).enumerate().skip(first);
        lines.flat_map(|(line, (cuts, text))| rows_of(line, cuts, text.len())).skip(skipped)
    }

    /// The row `number`, an empty one if there is none.
    pub fn row(&self, number: usize, lines: &[String]) -> Row {
        self.rows_from(number, lines).next().unwrap_or_default()
    }
}

/// The rows of one line.
fn rows_of(line: usize, cuts: &[usize], len: usize) -> impl Iterator<Item = Row> + '_ {
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain(std::iter::once(len));
    starts.zip(ends).enumerate().map(move |(nth, (start, end))| Row {
        line,
        start,
        end,
        last: nth == cuts.len(),
    })
}

/// Where the second and later rows of `line` start, if a row has `room` cells.
///
/// Breaks fall after blanks and beside wide characters (Chinese or Japanese has no blanks), or, in a word
/// longer than a row, anywhere. Blanks at the end of a row hang over it; but if they end the line, the caret
/// after them gets a row of its own.
fn cuts(line: &str, room: usize) -> Vec<usize> {
    // Nothing but a tab takes more cells than bytes.
    if line.len() <= room && !line.contains('\t') {
        return Vec::new();
    }
    let mut cuts = Vec::new();
    let mut row_start = 0;
    let mut used = 0;
    // The last place where the row may break, and the cells used up to there.
    let mut chance = (0, 0);
    let mut before: Option<Glyph> = None;
    for glyph in glyphs(line) {
        if before.is_some_and(|before| before.is_blank() || before.width > 1 || glyph.width > 1) {
            chance = (glyph.at, used);
        }
        if !glyph.is_blank() {
            while used + glyph.width > room && row_start < glyph.at {
                // A chance that the row began with is none.
                let (cut, cells) = if row_start < chance.0 { chance } else { (glyph.at, used) };
                cuts.push(cut);
                row_start = cut;
                used -= cells;
                chance.1 = 0;
            }
        }
        used += glyph.width;
        before = Some(glyph);
    }
    if used > room && before.is_some_and(|before| before.is_blank()) {
        cuts.push(line.len());
    }
    cuts
}
