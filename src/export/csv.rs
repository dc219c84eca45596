//! Writes the tables of a document for a spreadsheet (RFC 4180): lines end in CR LF, and a cell is quoted where it must be.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe in front, so that nothing in it is carried out;
//! numbers such as -14.50 stay numbers. Text that is not ASCII has a byte order mark before it, without which some
//! spreadsheets read it in the wrong letters.

use super::clean;
use super::document::Document;

/// The tables. Where there are several, each has what it is about on a line before it, and an empty line after the one
/// before. Empty where there is none.
pub fn write(document: &Document) -> String {
    let tables = document.tables();
    let several = tables.len() > 1;
    let mut out = String::new();
    for (n, table) in tables.iter().enumerate() {
        if n > 0 {
            out.push_str("\r\n");
        }
        let columns = table.rows.iter().map(Vec::len).chain([table.head.len()]).max().unwrap_or(0);
        if several {
            row(&mut out, &[table.under.to_owned()], columns);
        }
        row(&mut out, &table.head, columns);
        for cells in table.rows.iter() {
            row(&mut out, cells, columns);
        }
    }
    if out.is_ascii() { out } else { format!("\u{feff}{out}") }
}

fn row(out: &mut String, cells: &[String], columns: usize) {
    for n in 0..columns.max(1) {
        if n > 0 {
            out.push(',');
        }
        let cell = harmless(clean::text(cells.get(n).map_or("", String::as_str)).trim());
        if cell.contains(['"', ',', '\n']) || cell.trim() != cell {
            out.push_str(&format!("\"{}\"", cell.replace('"', "\"\"").replace('\n', "\r\n")));
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

/// A cell that no spreadsheet carries out.
fn harmless(cell: &str) -> String {
    // full-width signs are taken for the narrow ones by some
    let acts = cell.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if acts && !is_number(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// A number as this program and people write it: "-14.50", "+3", "-1,250.00", "-5%".
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let digits = digits.strip_suffix('%').unwrap_or(digits);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all(part) && whole.split(',').all(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::document::Level;

    fn table(rows: &[&[&str]]) -> String {
        let mut document = Document::titled("T");
        let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        document.table(["a", "b"], rows);
        write(&document)
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let rows = table(&[&["x", "y, \"z\""], &["two\nlines"], &[" padded ", ""]]);
        assert_eq!(rows, "a,b\r\nx,\"y, \"\"z\"\"\"\r\n\"two\r\nlines\",\r\npadded,\r\n");
    }

    #[test]
    fn nothing_is_a_formula_and_numbers_are_numbers() {
        for formula in [
            "=1+1",
            "+SUM(A1)",
            "-cmd",
            "@x",
            "=",
            "-",
            "-1-1",
            "+1.2.3",
            "\t=1",
            "-14.50=",
            "-,",
            "\u{ff1d}1",
        ] {
            let cell = table(&[&[formula, "x"]]);
            assert!(
                cell.trim_start_matches('\u{feff}')
                    .trim_start_matches("a,b\r\n")
                    .trim_start_matches('"')
                    .starts_with('\''),
                "{cell}"
            );
        }
        for number in ["-14.50", "+3", "0", "-5%", "1250.00"] {
            assert_eq!(table(&[&[number, "x"]]), format!("a,b\r\n{number},x\r\n"));
        }
        assert_eq!(table(&[&["-1,250.00", "x"]]), "a,b\r\n\"-1,250.00\",x\r\n");
    }

    #[test]
    fn several_tables_say_what_they_are_about() {
        let mut document = Document::titled("T");
        document.heading(Level::Section, "Money");
        document.table(["sum"], vec![vec!["1".into()]]);
        document.heading(Level::Section, "Roles");
        document.table(["who", "what"], vec![vec!["é".into(), "x".into()]]);
        assert_eq!(write(&document), "\u{feff}Money\r\nsum\r\n1\r\n\r\nRoles,\r\nwho,what\r\né,x\r\n");
        assert_eq!(write(&Document::titled("none")), "");
    }
}
