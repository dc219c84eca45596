//! What was drawn: lines of cells, and the cursor.

use ratatui::backend::TestBackend;
use unicode_width::UnicodeWidthStr;

/// A screen as it was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub columns: u16,
    pub rows: u16,
    /// The symbols of each row. A wide symbol covers the cell after it, which is not in here.
    lines: Vec<Vec<String>>,
    /// Where the cursor is, if it shows.
    pub cursor: Option<(u16, u16)>,
}

impl Picture {
    pub fn of(backend: &TestBackend) -> Self {
        let buffer = backend.buffer();
        let area = buffer.area;
        let line = |y| {
            let mut line = Vec::new();
            let mut x = 0;
            while x < area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push(symbol.to_owned());
                x += u16::try_from(symbol.width().max(1)).unwrap();
            }
            line
        };
        let at = backend.cursor_position();
        Self {
            columns: area.width,
            rows: area.height,
            lines: (0..area.height).map(line).collect(),
            cursor: backend.cursor_visible().then_some((at.x, at.y)),
        }
    }

    /// The lines, with all their spaces.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        self.lines.iter().map(|line| line.concat())
    }

    /// The lines, without the spaces at their ends.
    pub fn text(&self) -> String {
        self.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    /// The last line: the keys that matter here.
    pub fn footer(&self) -> String {
        self.lines().last().unwrap_or_default().trim().to_owned()
    }

    /// Whether the program says that a field takes text.
    pub fn is_typing(&self) -> bool {
        let lines: Vec<String> = self.lines().collect();
        lines.iter().rev().nth(1).is_some_and(|line| line.trim_end().ends_with("TYPING"))
    }

    /// What is under the cursor.
    pub fn under_cursor(&self) -> Option<&str> {
        let (x, y) = self.cursor?;
        let mut at = 0;
        for symbol in self.lines.get(usize::from(y))? {
            let width = symbol.width().max(1);
            if (at..at + width).contains(&usize::from(x)) {
                return Some(symbol);
            }
            at += width;
        }
        None
    }

    /// Everything that no screen may do, in words.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (n, line) in self.lines().enumerate() {
            if line.width() > usize::from(self.columns) {
                faults.push(format!("line {n} is {} wide: {line}", line.width()));
            }
            if let Some(bad) = line.chars().find(|c| c.is_control()) {
                faults.push(format!("line {n} holds {bad:?}: {line}"));
            }
        }
        match self.cursor {
            Some((x, y)) if x >= self.columns || y >= self.rows => {
                faults.push(format!("the cursor is outside, at {x},{y}"));
            }
            None => faults.push("there is no cursor".to_owned()),
            _ => {}
        }
        faults
    }

    /// The picture for a snapshot: the lines, then where the cursor is and on what.
    pub fn to_keep(&self) -> String {
        let cursor = match self.cursor {
            Some((x, y)) => format!("cursor {x},{y} on {:?}", self.under_cursor().unwrap_or("nothing")),
            None => "no cursor".to_owned(),
        };
        let frame = "─".repeat(self.columns.into());
        format!("{frame}\n{}\n{frame}\n{cursor}", self.text())
    }
}
