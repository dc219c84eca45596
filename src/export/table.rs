//! Lays a table out in columns of plain text, by the width that its characters have on a screen. Where it would be too
//! wide even with its cells broken between words, there is no layout and [`super::text`] says it row by row.

use unicode_width::UnicodeWidthStr;

use super::clean;

/// Spaces between columns.
const GAP: usize = 2;

/// The table as lines of at most `columns` columns; `None` where it does not fit.
pub fn lines(head: &[String], rows: &[Vec<String>], columns: usize) -> Option<Vec<String>> {
    let count = rows.iter().map(Vec::len).chain([head.len()]).max().filter(|count| *count > 0)?;
    let whole: Vec<Vec<String>> =
        std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).map(cells(count)).collect();
    let widths = widths(&whole, count, columns)?;
    let laid: Vec<Vec<String>> = whole.iter().map(|row| row_lines(row, &widths)).collect();
    // a row of several lines needs air around it to be told from its neighbours
    let airy = laid.iter().skip(1).any(|lines| lines.len() > 1);
    let mut out = Vec::new();
    for (n, lines) in laid.into_iter().enumerate() {
        if n > 1 && airy {
            out.push(String::new());
        }
        out.extend(lines);
        if n == 0 {
            let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            out.push(rules.join(&" ".repeat(GAP)));
        }
    }
    Some(out)
}

/// So many cells, cleaned, with empty ones at the end where there are fewer.
fn cells(count: usize) -> impl Fn(&[String]) -> Vec<String> {
    move |row| {
        let cell = |n| clean::text(row.get(n).map_or("", String::as_str)).trim().to_owned();
        (0..count).map(cell).collect()
    }
}

/// The width of each column: what it wants where there is room, and never less than its longest word.
fn widths(rows: &[Vec<String>], count: usize, columns: usize) -> Option<Vec<usize>> {
    let most = |n: usize, measure: fn(&str) -> usize| {
        rows.iter().filter_map(|row| row.get(n)).map(|cell| measure(cell)).max().unwrap_or(0).max(1)
    };
    let wanted: Vec<usize> = (0..count).map(|n| most(n, longest_line)).collect();
    let mut widths: Vec<usize> = (0..count).map(|n| most(n, longest_word)).collect();
    let room = columns.checked_sub(GAP * (count - 1))?;
    let mut left = room.checked_sub(widths.iter().sum())?;
    // the narrowest grows first, so that a column of long texts does not take all there is
    while left > 0 {
        let grows = |(width, wanted): &(&mut usize, &usize)| **width < **wanted;
        let Some((width, _)) = widths.iter_mut().zip(&wanted).filter(grows).min_by_key(|(width, _)| **width)
        else {
            break;
        };
        *width += 1;
        left -= 1;
    }
    Some(widths)
}

fn longest_line(cell: &str) -> usize {
    cell.lines().map(|line| line.trim_end().width()).max().unwrap_or(0)
}

fn longest_word(cell: &str) -> usize {
    cell.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

fn row_lines(row: &[String], widths: &[usize]) -> Vec<String> {
    let broken: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, width)| broken(cell, *width)).collect();
    let height = broken.iter().map(Vec::len).max().unwrap_or(0);
    let line = |n: usize| {
        let mut line = String::new();
        for (cell, width) in broken.iter().zip(widths) {
            let part = cell.get(n).map_or("", String::as_str);
            line.push_str(part);
            line.push_str(&" ".repeat(width.saturating_sub(part.width()) + GAP));
        }
        line.trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

/// A cell broken between words; its own line breaks are kept.
fn broken(cell: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for own in cell.split('\n') {
        let mut line = String::new();
        for word in own.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(head: &[&str], rows: &[&[&str]], columns: usize) -> Option<String> {
        let owned = |row: &[&str]| row.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
        let rows: Vec<Vec<String>> = rows.iter().map(|row| owned(row)).collect();
        lines(&owned(head), &rows, columns).map(|lines| lines.join("\n"))
    }

    #[test]
    fn columns_stand_under_one_another_whatever_the_letters() {
        let table = laid(&["Who", "What"], &[&["日本", "x"], &["Zoë", "yy"], &["e\u{301}"]], 40).unwrap();
        assert_eq!(table, "Who   What\n----  ----\n日本  x\nZoë   yy\ne\u{301}");
    }

    #[test]
    fn long_cells_are_broken_and_rows_kept_apart() {
        let rows: &[&[&str]] = &[&["us", "send the budget by Friday"], &["them", "one\ntwo"]];
        let table = laid(&["Who", "What"], rows, 18).unwrap();
        assert_eq!(
            table,
            "Who   What\n----  ------------\nus    send the\n      budget by\n      Friday\n\nthem  one\n      two"
        );
        assert!(table.lines().all(|line| line.width() <= 18));
    }

    #[test]
    fn what_does_not_fit_has_no_layout() {
        assert_eq!(laid(&["a", "b"], &[&["incomprehensible", "incomprehensible"]], 30), None);
        assert_eq!(laid(&[], &[], 30), None);
        assert!(laid(&["a", "b"], &[&["incomprehensible", "incomprehensible"]], 34).is_some());
    }
}
