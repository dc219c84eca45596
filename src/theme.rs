//! How things look: the terminal's own sixteen colours, or none.
//!
//! Meaning is first a word and a mark, then weight, then colour; so a theme may drop every colour and nothing is lost.
//! No style paints a background, apart from reversing what is selected.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::Standing;
use crate::domain::query::AspectState;

/// The styles of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    colours: bool,
}

impl Theme {
    /// With the terminal's own colours, or in monochrome.
    pub const fn new(colours: bool) -> Self {
        Self { colours }
    }

    fn coloured(self, colour: Color) -> Style {
        if self.colours { Style::new().fg(colour) } else { Style::new() }
    }

    /// Ordinary text.
    pub fn text(self) -> Style {
        Style::new()
    }

    /// What stands back: hints, sources, rules.
    pub fn quiet(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// What stands out: a question, a title.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Headings of parts: OURS, 1 GETTING STARTED.
    pub fn heading(self) -> Style {
        self.coloured(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// The thing in focus.
    pub fn focus(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED)
    }

    /// The row that would be in focus if its part of the screen were.
    pub fn focus_elsewhere(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Selected text.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A key named on the screen.
    pub fn key(self) -> Style {
        self.coloured(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// A line to the person.
    pub fn notice(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Something that is not as it should be: not saved, cannot be read.
    pub fn alarm(self) -> Style {
        self.coloured(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// A standing's mark and word.
    pub fn standing(self, standing: Standing) -> Style {
        match standing {
            Standing::Blank | Standing::NotForUs => self.quiet(),
            Standing::Guess => self.coloured(Color::Magenta),
            Standing::Asked => self.coloured(Color::Blue),
            Standing::Agreed => self.coloured(Color::Green),
            Standing::Disputed => self.coloured(Color::Red).add_modifier(Modifier::BOLD),
        }
    }

    /// The word for an aspect's state.
    pub fn aspect(self, state: AspectState) -> Style {
        match state {
            AspectState::Untouched => self.quiet(),
            AspectState::InHand => self.text(),
            AspectState::Settled => self.coloured(Color::Green),
            AspectState::LookAgain => self.coloured(Color::Magenta),
        }
    }
}
