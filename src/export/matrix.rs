//! Who has what, as a matrix: sides down, things across. Blank cells stay blank, and are counted.

use super::document::{Document, Picture};
use super::subject::Subject;
use super::title;
use crate::domain::query::Across;

/// The matrix.
pub fn matrix(subject: &Subject<'_>) -> Document {
    let mut page = Document::titled(format!("Who has what: {}", title(subject)));
    let matrix = subject.matrix();
    let blanks = match matrix.blanks() {
        0 => "Nothing is blank.".to_owned(),
        1 => "1 cell is blank: something to talk about.".to_owned(),
        n => format!("{n} cells are blank: something to talk about."),
    };
    page.paragraph(blanks);
    match matrix.left {
        0 => {}
        1 => page.note("1 partner has left and is not here."),
        n => page.note(format!("{n} partners have left and are not here.")),
    }
    let head = std::iter::once("Who").chain(Across::ALL.map(Across::words)).map(str::to_owned);
    let rows = matrix.rows.into_iter().map(|(_, name, cells)| {
        let said =
            |cell: crate::domain::query::MatrixCell| if cell.idle { "-".to_owned() } else { cell.words };
        std::iter::once(name).chain(cells.into_iter().map(said)).collect()
    });
    let title = "Who has what".to_owned();
    page.picture(Picture::Matrix { title, head: head.collect(), rows: rows.collect() });
    page
}
