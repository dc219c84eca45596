//! From a key to the command that it runs.
//!
//! While a field takes text, printable keys are text and everything else is looked up in the layer, then among the keys
//! of typing, then among those that work everywhere. While moving, the layer comes first and the keys that work
//! everywhere last. Every key is acted on, inserted or answered.

use std::time::Duration;

use super::notice::Notice;
use super::{App, global, typing};
use crate::command::{Outcome, Row};
use crate::keymap::{Chord, Key, Match, shown};
use crate::widget::field::{Did, Splice, TooLong, Verb};

/// Pieces of one paste come no further apart.
pub(super) const PIECES: Duration = Duration::from_millis(100);

/// Who runs a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Runs {
    Layer,
    Typing,
    Everywhere,
}

impl App {
    pub(super) fn key(&mut self, chord: Chord) {
        self.notice = None;
        if self.pasted_at.take().is_some() {
            self.end_phrase();
        }
        let chord = self.as_escape(chord);
        if self.is_typing() {
            self.key_while_typing(chord);
        } else {
            self.key_while_moving(chord);
        }
    }

    /// Whether the first keys of a sequence have waited so long that their menu shows.
    pub(super) fn menu_is_due(&self) -> bool {
        !self.pending.is_empty() && self.now.mono >= self.pending_since + super::MENU_AFTER
    }

    /// Ctrl-C is one step back, unless text is selected: then it copies.
    fn as_escape(&mut self, chord: Chord) -> Chord {
        let is_ctrl_c = chord.ctrl && chord.key == Key::Char('c');
        let selects = self.field_selects();
        if is_ctrl_c && !selects { Chord::plain(Key::Esc) } else { chord }
    }

    pub(super) fn is_typing(&mut self) -> bool {
        self.top().is_some_and(|(layer, _)| layer.field().is_some())
    }

    fn field_selects(&mut self) -> bool {
        self.top().and_then(|(layer, _)| layer.field()).is_some_and(|field| field.selection().is_some())
    }

    fn key_while_typing(&mut self, chord: Chord) {
        let begun = std::mem::take(&mut self.pending);
        if self.ends_sequence_while_typing(begun, chord) {
            return;
        }
        if let Some(letter) = chord.printable() {
            return self.act_in_field(Verb::Char(letter));
        }
        if chord.alt && !chord.ctrl && matches!(chord.key, Key::Char(_)) {
            return self.alt_while_typing(chord);
        }
        let layer_rows = self.layer_rows();
        if self.keymap.find(&layer_rows, &[chord]) == Match::Begins {
            return self.begin_sequence(vec![chord], &layer_rows);
        }
        match self.lookup(&[chord]) {
            Some((row, runs)) => self.run(row.name, runs),
            None if self.would_undo(chord) => {
                let keys = chord.shown();
                self.say(format!("Nothing was undone: leave this line first, then {keys}."));
            }
            None => {
                let keys =
                    self.keymap.of("global.help").iter().find(|k| k.iter().all(|c| c.printable().is_none()));
                let help = keys.map(|k| shown(k)).unwrap_or_default();
                self.say(format!("{} does nothing here; {help} shows the keys.", chord.shown()));
            }
        }
    }

    /// Whether a key undoes or does again, wherever nothing holds changes ready.
    fn would_undo(&self, chord: Chord) -> bool {
        let keys = |name| self.keymap.of(name).iter().any(|keys| keys.as_slice() == [chord]);
        keys("global.undo") || keys("global.redo")
    }

    /// A key after one that began a sequence while a field takes text, as the letter of a tag does. A letter that means
    /// nothing there is answered and never becomes text; Esc takes the sequence back; any other key goes on as usual.
    /// True where the key was used.
    fn ends_sequence_while_typing(&mut self, begun: Vec<Chord>, chord: Chord) -> bool {
        // what began while moving has ended with it
        if begun.first().is_none_or(|first| first.printable().is_some()) {
            return false;
        }
        let mut typed = begun;
        typed.push(chord);
        let rows = self.layer_rows();
        match self.keymap.find(&rows, &typed) {
            Match::Runs(row) => self.run(row.name, Runs::Layer),
            Match::Begins => self.begin_sequence(typed, &rows),
            Match::None if chord == Chord::plain(Key::Esc) => {}
            Match::None if chord.printable().is_some() => {
                let (said, begun) = (shown(&typed), typed.get(..typed.len() - 1).unwrap_or_default());
                let ways = self.ways_on(begun, &rows);
                self.say(format!(
                    "{said} does nothing here, and nothing was written. After {}: {ways}.",
                    shown(begun)
                ));
            }
            Match::None => return false,
        }
        true
    }

    /// The keys that go on from a sequence, in the order of the rows.
    fn ways_on(&self, begun: &[Chord], rows: &[Row]) -> String {
        let next = rows.iter().flat_map(|row| self.keymap.of(row.name)).filter_map(|keys| {
            let rest = keys.strip_prefix(begun)?;
            Some(rest.first()?.shown())
        });
        let mut ways: Vec<String> = Vec::new();
        for way in next {
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        ways.join(" ")
    }

    /// Alt with a character stops typing, then runs the character where that only moves or opens something.
    fn alt_while_typing(&mut self, chord: Chord) {
        if let Some((row, runs)) = self.lookup(&[Chord::plain(Key::Esc)]) {
            self.run(row.name, runs);
        }
        let plain = Chord { alt: false, ..chord };
        match self.lookup(&[plain]) {
            Some((row, _)) if row.changes => {
                let keys = plain.shown();
                self.say(format!("You have stopped typing. {keys} now: {}.", lower_first(row.help)));
            }
            Some(_) => self.key_while_moving(plain),
            None => self.say("You have stopped typing; the text is kept."),
        }
    }

    fn key_while_moving(&mut self, chord: Chord) {
        let started = !self.pending.is_empty();
        if started && chord == Chord::plain(Key::Esc) {
            self.pending.clear();
            return;
        }
        let mut typed = std::mem::take(&mut self.pending);
        typed.push(chord);
        let layer_rows = self.layer_rows();
        let global_rows = self.global_rows();
        let in_layer = self.keymap.find(&layer_rows, &typed);
        let everywhere = self.keymap.find(&global_rows, &typed);
        match (in_layer, everywhere) {
            (Match::Runs(row), _) => return self.run(row.name, Runs::Layer),
            (Match::Begins, _) | (Match::None, Match::Begins) => {
                return self.begin_sequence(typed, &layer_rows);
            }
            _ => {}
        }
        if let (1, Some(letter)) = (typed.len(), chord.printable())
            && let Some(outcome) = self.letter(letter)
        {
            return self.carry(outcome);
        }
        match everywhere {
            Match::Runs(row) => self.run(row.name, Runs::Everywhere),
            _ if started && self.opens_from_anywhere(chord) => self.key_while_moving(chord),
            _ => self.answer_unknown(&typed),
        }
    }

    /// Whether a key is no letter and opens something wherever one is, as the one of the jot strip does: it ends a
    /// sequence that had begun and acts as usual, so that nobody has to press it twice.
    fn opens_from_anywhere(&self, chord: Chord) -> bool {
        let rows = self.global_rows();
        let opens = matches!(self.keymap.find(&rows, &[chord]), Match::Runs(row) if !row.changes);
        opens && chord.printable().is_none()
    }

    fn begin_sequence(&mut self, typed: Vec<Chord>, rows: &[Row]) {
        if self.pending.is_empty() {
            self.pending_since = self.now.mono;
        }
        let goes_on = |row: &&Row| {
            let keys = self.keymap.of(row.name);
            keys.iter().any(|keys| keys.len() == typed.len() + 1 && keys.starts_with(&typed))
        };
        let mut next = rows.iter().filter(goes_on);
        let text = match (next.next(), next.next()) {
            // the first `d` says what a second one would do
            (Some(row), None) if row.changes => {
                let keys = self.keymap.shown(row.name);
                Some(format!("{keys}: {}. Any other key leaves it.", lower_first(row.help)))
            }
            (Some(row), Some(_)) if row.changes => {
                Some(format!("{}, then one of {}", shown(&typed), self.ways_on(&typed, rows)))
            }
            _ => None,
        };
        self.notice = text.map(Notice::plain).or(self.notice.take());
        self.pending = typed;
    }

    fn answer_unknown(&mut self, typed: &[Chord]) {
        let help = self.keymap.shown("global.help");
        self.say(format!("{} does nothing here; {help} shows the keys.", shown(typed)));
    }

    /// The command for keys that stand alone, and who runs it.
    fn lookup(&mut self, typed: &[Chord]) -> Option<(Row, Runs)> {
        let typing = self.is_typing();
        let layer_rows = self.layer_rows();
        if let Match::Runs(row) = self.keymap.find(&layer_rows, typed) {
            return Some((*row, Runs::Layer));
        }
        if typing && let Match::Runs(row) = self.keymap.find(&typing::rows(), typed) {
            return Some((*row, Runs::Typing));
        }
        let rows = self.global_rows();
        match self.keymap.find(&rows, typed) {
            Match::Runs(row) => Some((*row, Runs::Everywhere)),
            _ => None,
        }
    }

    pub(super) fn layer_rows(&mut self) -> Vec<Row> {
        self.top().map(|(layer, parts)| layer.rows(&parts.ctx(&[]))).unwrap_or_default()
    }

    /// The rows that work everywhere and apply now. Over an overlay plain letters belong to the overlay.
    pub(super) fn global_rows(&self) -> Vec<Row> {
        let mut rows = global::rows_now(&self.ctx(&[]));
        if !self.overlays.is_empty() {
            let keymap = &self.keymap;
            // what was chosen would bring back what was undone
            if self.overlays.last().is_some_and(|layer| layer.holds_edits()) {
                rows.retain(|row| !matches!(row.name, "global.undo" | "global.redo"));
            }
            rows.retain(|row| {
                keymap.of(row.name).iter().any(|keys| keys.iter().all(|k| k.printable().is_none()))
            });
        }
        rows
    }

    /// The rows that a key may run now: those of the layer that takes keys, those of typing where a field takes text,
    /// and those that work everywhere.
    pub fn rows_now(&self) -> Vec<Row> {
        let layer = self.overlays.last().or(self.screens.last());
        let mut rows = layer.map(|layer| layer.rows(&self.ctx(&[]))).unwrap_or_default();
        if self.typing {
            rows.extend(typing::rows());
        }
        rows.extend(self.global_rows());
        rows
    }

    fn letter(&mut self, letter: char) -> Option<Outcome> {
        let (layer, parts) = self.top()?;
        layer.letter(letter, &parts.ctx(&[]))
    }

    pub(super) fn run(&mut self, name: &str, runs: Runs) {
        match runs {
            Runs::Layer => {
                // the palette and the help page show the rows of the screen below them
                let rows = self.rows_below_overlays();
                let outcome = self.top().map(|(layer, parts)| layer.run(name, &parts.ctx(&rows)));
                self.carry(outcome.unwrap_or(Outcome::Unused));
            }
            Runs::Typing => match typing::verb(name) {
                Some(verb) => self.act_in_field(verb),
                None => self.carry(Outcome::Unused),
            },
            Runs::Everywhere => {
                let mut rows = self.rows_below_overlays();
                if name == "global.help" {
                    rows.extend(typing::rows());
                }
                let outcome = global::run(name, &self.ctx(&rows));
                self.carry(outcome);
            }
        }
    }

    /// Every row that applies on the screen in sight and everywhere.
    pub(super) fn rows_below_overlays(&self) -> Vec<Row> {
        let ctx = self.ctx(&[]);
        let mut rows = self.screen().map(|screen| screen.rows(&ctx)).unwrap_or_default();
        rows.extend(global::rows_now(&ctx));
        rows
    }

    /// Does something to the field that takes text, and takes the change to the workbook or to the field's owner.
    pub(super) fn act_in_field(&mut self, verb: Verb) {
        let yank = std::mem::take(&mut self.yank);
        let Some(field) = self.top().and_then(|(layer, _)| layer.field()) else {
            self.yank = yank;
            return;
        };
        field.set_yank(&yank);
        let did = field.act(verb);
        self.yank = field.yank();
        match did {
            Ok(Did::Changed(splice)) => self.field_changed(splice),
            Ok(Did::Copied) => self.copied_in_field(),
            Ok(Did::Moved | Did::Edge) => {}
            Ok(Did::Nothing) if verb == Verb::Paste => {
                self.say("Nothing was cut or copied here yet. To paste from elsewhere: Ctrl-Shift-V.");
            }
            Ok(Did::Nothing) => {}
            Err(too_long) => self.too_long(too_long),
        }
        if verb == Verb::Paste && !self.yank.is_empty() && self.notice.is_none() {
            self.say("Pasted what was last cut or copied here. From elsewhere: Ctrl-Shift-V.");
        }
    }

    fn copied_in_field(&mut self) {
        let text = self.yank.clone();
        self.effects.push(super::Effect::Copy(text));
    }

    pub(super) fn too_long(&mut self, too_long: TooLong) {
        let (would_be, limit) = (too_long.would_be / 1024, too_long.limit / 1024);
        self.warn(format!(
            "Nothing was added: the text would be {would_be} KB and a field takes {limit}. Keep it as a file beside the workbook."
        ));
    }

    fn field_changed(&mut self, splice: Splice) {
        let place = self.top().and_then(|(layer, _)| layer.place());
        match place {
            Some(place) => self.typed_at(place, splice),
            None => {
                let outcome = self.top().map(|(layer, parts)| layer.typed(&parts.ctx(&[])));
                self.carry(outcome.unwrap_or(Outcome::Done));
            }
        }
    }

    /// Text that was pasted, or came too fast to have been typed: into the field, or offered as a note.
    pub(super) fn paste(&mut self, text: &str) {
        self.notice = None;
        self.pending.clear();
        if !self.is_typing() {
            self.offer_as_note(text);
            return;
        }
        // a paste is one step, also where a terminal hands it over in pieces
        let now = self.now.mono;
        self.goes_on = self.pasted_at.is_some_and(|before| now.saturating_sub(before) <= PIECES);
        self.pasted_at = Some(now);
        if !self.goes_on {
            self.end_phrase();
        }
        let own = self.top().and_then(|(layer, parts)| layer.pasted(text, &parts.ctx(&[])));
        match own {
            Some(outcome) => self.carry(outcome),
            None => self.paste_into_field(text),
        }
        self.goes_on = false;
    }

    /// A line and its Enter, which came at once. Where Enter is a key of the place that takes text it acts, as if each
    /// letter had come by itself; elsewhere it is the end of a line.
    pub(super) fn line(&mut self, mut text: String) {
        let enter = Chord::plain(Key::Enter);
        let acts = self.is_typing() && matches!(self.lookup(&[enter]), Some((_, Runs::Layer)));
        if acts {
            self.paste(&text);
            self.key(enter);
        } else {
            text.push('\n');
            self.paste(&text);
        }
    }

    fn paste_into_field(&mut self, text: &str) {
        let Some(field) = self.top().and_then(|(layer, _)| layer.field()) else { return };
        match field.paste(text) {
            Ok(Did::Changed(splice)) => self.field_changed(splice),
            Ok(_) => {}
            Err(too_long) => self.too_long(too_long),
        }
    }

    fn end_phrase(&mut self) {
        if let Some(open) = &mut self.open {
            open.book.end_phrase();
        }
    }
}

/// A sentence to go on with: its first letter small.
pub(super) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}
