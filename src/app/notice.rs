//! What is said at the bottom of the screen, until the next key.

use super::App;

/// What is said, and how much it matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Notice {
    pub text: String,
    /// Something went wrong or wants doing.
    pub alarm: bool,
}

impl Notice {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), alarm: false }
    }

    pub fn alarm(text: impl Into<String>) -> Self {
        Self { text: text.into(), alarm: true }
    }
}

impl App {
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::plain(text));
    }

    /// Says something that can wait, unless something is said that matters more.
    pub(super) fn say_in_passing(&mut self, text: impl Into<String>) {
        if !self.notice.as_ref().is_some_and(|notice| notice.alarm) {
            self.say(text);
        }
    }

    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::alarm(text));
    }
}
