//! The 60-second tour: a line at a time over the worked example, on the real keys. Each line waits until the person has
//! done what it says; nothing is simulated and Esc works as ever.

use super::App;
use crate::domain::query;

/// How far the tour has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tour {
    at: usize,
}

/// One line of the tour and when it is done.
struct Stop {
    say: &'static str,
    done: fn(&mut App) -> bool,
}

const STOPS: &[Stop] = &[
    Stop {
        say: "This is the cycle of a partnership. The arrow keys walk round it; Enter opens one. Try Enter.",
        done: |app| app.scope() == "aspect",
    },
    Stop {
        say: "Questions stand here, and the answer in three voices. Press . (a full stop) for the next one that is blank or unsure.",
        done: App::is_at_unsure,
    },
    Stop { say: "This one is open. Press Enter to write in it.", done: App::is_typing },
    Stop {
        say: "Now letters are text. Type a few words. Nothing needs saving: it is kept as you type.",
        done: |app| app.is_typing() && app.workbook_changed(),
    },
    Stop { say: "Tab goes to what the partner says. Try it.", done: App::is_at_theirs },
    Stop { say: "Esc stops typing. The words stay.", done: |app| !app.is_typing() },
    Stop { say: "u takes back the last change, of any kind. Try it.", done: App::has_undone },
    Stop {
        say: "? shows every key, and Esc closes it again. Press ? then Esc.",
        done: |app| app.scope() == "help",
    },
    Stop {
        say: "That is all. g, then L, goes to the library, where you can start your own.",
        done: |app| app.open.is_none(),
    },
];

impl Tour {
    /// The tour at its first line.
    pub(super) fn new() -> Self {
        Self { at: 0 }
    }

    /// The line to show, and how far along it is.
    pub(super) fn line(self) -> Option<(usize, usize, &'static str)> {
        STOPS.get(self.at).map(|stop| (self.at + 1, STOPS.len(), stop.say))
    }
}

impl App {
    pub(super) fn follow_tour(&mut self) {
        let Some(tour) = self.tour else { return };
        let done = STOPS.get(tour.at).is_none_or(|stop| (stop.done)(self));
        if done {
            let next = Tour { at: tour.at + 1 };
            self.tour = next.line().is_some().then_some(next);
        }
    }

    /// The scope of the layer that takes keys.
    fn scope(&mut self) -> &'static str {
        self.top().map_or("", |(layer, _)| layer.scope())
    }

    fn is_at_unsure(&mut self) -> bool {
        let open = self.open.as_ref();
        let question = open.and_then(|open| open.last_question.as_ref());
        let question = question.and_then(|id| self.content.question(id.as_str()));
        let unsure = |question| open.map(|o| query::standing_of(o.book.workbook(), question).is_unsure());
        self.screens.last().is_some_and(|s| s.scope() == "aspect") && question.and_then(unsure) == Some(true)
    }

    fn workbook_changed(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.saving.has_made())
    }

    fn is_at_theirs(&mut self) -> bool {
        use crate::domain::{TextPlace, VoiceKey};
        let place = self.top().and_then(|(layer, _)| layer.place());
        matches!(place, Some(TextPlace::Voice(_, VoiceKey::Theirs(_) | VoiceKey::Agreed)))
    }

    fn has_undone(&mut self) -> bool {
        self.open.as_ref().is_some_and(|open| open.book.last_undone().is_some())
    }
}
