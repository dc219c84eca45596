//! Draws the pictures of a document as SVG within HTML. Every word of a picture stands in it as text and again, in order,
//! in its description, for readers who cannot see it. Widths are guessed, since nobody here knows the letters.

use std::f64::consts::TAU;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

mod course;

use super::clean;
use super::document::{Block, Picture, Spot};
use super::html::escape;

/// Units of the drawing: width of it, a column of letters, a line.
const WIDTH: f64 = 760.0;
const LETTER: f64 = 6.9;
/// How much wider a bold letter may be.
const BOLD: f64 = 1.2;
const LINE: f64 = 17.0;
/// Space within a cell, to each side.
const PAD: f64 = 6.0;

/// The picture, as the `number`th of its document. Ends with a line break.
pub fn write(picture: &Picture, number: usize) -> String {
    let (height, drawn) = match picture {
        Picture::Ring { heart, around, .. } => ring(heart, around),
        Picture::Matrix { head, rows, .. } => matrix(head, rows),
        Picture::Course { days, steps, lines, .. } => course::draw(days, steps, lines),
    };
    let words = match picture.as_table() {
        Some((head, rows)) => Block::Table { head, rows },
        None => picture.in_words().pop().unwrap_or(Block::List(Vec::new())),
    };
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"title-{number} desc-{number}\">\n\
         <title id=\"title-{number}\">{}</title>\n<desc id=\"desc-{number}\">{}</desc>\n{drawn}</svg>\n",
        escape(&clean::line(picture.title())),
        escape(&said(&words)),
    )
}

/// What is seen, in sentences.
fn said(block: &Block) -> String {
    let pair = |name: &str, state: &str| match (clean::line(name), clean::line(state)) {
        (name, state) if name.is_empty() || state.is_empty() => format!("{name}{state}."),
        (name, state) => format!("{name}: {state}."),
    };
    let sentences: Vec<String> = match block {
        Block::List(items) => items.iter().map(|item| pair(&item.lead, &item.words)).collect(),
        Block::Table { head, rows } => {
            let row = |row: &Vec<String>| {
                let over = |n: usize| head.get(n).map_or("", String::as_str);
                // what is blank is what to look for, so it is said too
                let or_blank = |cell: &String| {
                    if cell.trim().is_empty() { "blank".to_owned() } else { clean::line(cell) }
                };
                let cells =
                    (1..head.len().max(row.len())).map(|n| (n, row.get(n).map_or("blank".into(), or_blank)));
                let cells: Vec<String> =
                    cells.map(|(n, cell)| format!("{} {cell}", clean::line(over(n)))).collect();
                pair(row.first().map_or("", String::as_str), &cells.join(", "))
            };
            rows.iter().map(row).collect()
        }
        _ => Vec::new(),
    };
    sentences.join(" ")
}

fn ring(heart: &Spot, around: &[Spot]) -> (f64, String) {
    let (height, across, down) = (420.0, 190.0, 150.0);
    let (middle, centre) = (WIDTH / 2.0, height / 2.0);
    let mut drawn =
        format!("<ellipse class=\"drawn\" cx=\"{middle}\" cy=\"{centre}\" rx=\"{across}\" ry=\"{down}\"/>\n");
    drawn.push_str(&spot(heart, middle, centre, "middle"));
    let count = u32::try_from(around.len().max(1)).map_or(1.0, f64::from);
    for (n, place) in (0_u32..).map(f64::from).zip(around) {
        let turn = TAU * n / count;
        let (right, up) = (turn.sin(), turn.cos());
        let (x, y) = (middle + across * right, centre - down * up);
        drawn.push_str(&format!("<circle class=\"drawn\" cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"4\"/>\n"));
        let anchor = if right.abs() < 0.2 {
            "middle"
        } else if right > 0.0 {
            "start"
        } else {
            "end"
        };
        // beside the ring on the left and right, above it at the top and below at the bottom
        drawn.push_str(&spot(place, x + 12.0 * right, y - 26.0 * up, anchor));
    }
    (height, drawn)
}

fn spot(spot: &Spot, x: f64, y: f64, anchor: &str) -> String {
    let line = |text: &str, y: f64, weight: &str| {
        let text = clean::line(text);
        if text.is_empty() {
            return text;
        }
        format!(
            "<text x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"{anchor}\" font-size=\"14\" font-weight=\"{weight}\">{}</text>\n",
            escape(&text)
        )
    };
    line(&spot.name, y, "bold") + &line(&spot.state, y + LINE, "normal")
}

fn matrix(head: &[String], rows: &[Vec<String>]) -> (f64, String) {
    let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0).max(1);
    let wide = WIDTH / u32::try_from(columns).map_or(1.0, f64::from);
    let (mut y, mut drawn) = (0.0, String::new());
    for (n, row) in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).enumerate() {
        let cells: Vec<Vec<String>> = (0..columns)
            .map(|at| broken(row.get(at).map_or("", String::as_str), wide, n == 0 || at == 0))
            .collect();
        let lines = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let high = u32::try_from(lines).map_or(1.0, f64::from) * LINE + 2.0 * PAD;
        for ((at, lines), column) in cells.iter().enumerate().zip((0_u32..).map(f64::from)) {
            let x = column * wide;
            // a blank at the head says nothing; one in the grid is what to look for
            let class = if lines.is_empty() && n > 0 && at > 0 { "empty" } else { "drawn" };
            drawn.push_str(&format!(
                "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>\n",
                x + 1.0,
                y + 1.0,
                wide - 2.0,
                high - 2.0
            ));
            let weight = if n == 0 || at == 0 { "bold" } else { "normal" };
            for (line, down) in lines.iter().zip((1_u32..).map(f64::from)) {
                drawn.push_str(&format!(
                    "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"12\" font-weight=\"{weight}\">{}</text>\n",
                    x + PAD,
                    y + PAD + down * LINE - 4.0,
                    escape(line)
                ));
            }
        }
        y += high;
    }
    (y, drawn)
}

/// A cell as lines that fit its width; a word that does not is broken.
fn broken(cell: &str, wide: f64, bold: bool) -> Vec<String> {
    let letter = if bold { LETTER * BOLD } else { LETTER };
    let fits =
        |line: &str| u32::try_from(line.width()).map_or(f64::MAX, f64::from) * letter <= wide - 2.0 * PAD;
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in clean::line(cell).split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && !fits(&format!("{line} {word}")) {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for letter in word.graphemes(true) {
            if !line.is_empty() && !fits(&format!("{line}{letter}")) {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(letter);
        }
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_words_stay_in_their_cell() {
        let wide = WIDTH / 8.0;
        assert_eq!(broken("City Museum", wide, true), ["City", "Museum"]);
        assert_eq!(broken("City Museum", wide, false), ["City Museum"]);
        assert_eq!(broken("Activities", wide, true), ["Activities"]);
        assert_eq!(broken("", wide, true), Vec::<String>::new());
        for line in broken(&"incomprehensible ".repeat(3), wide, true) {
            assert!(
                u32::try_from(line.width()).map_or(0.0, f64::from) * LETTER * BOLD <= wide - 2.0 * PAD,
                "{line}"
            );
        }
    }
}
