//! From the terminal's events to messages: keys into our own notation, pastes and bursts into text.

use std::io;
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::Message;
use crate::keymap::{Chord, Key};

/// So many characters at once were not typed by fingers.
const BURST: usize = 16;

/// One key is at most so many bytes; more than that at once may be a burst.
const ONE_KEY: usize = 8;
/// How long the event library is given for bytes that are there already. With no time at all it does not look.
const BRIEF: Duration = Duration::from_micros(100);
const FIRST: Duration = Duration::from_millis(2);

/// Reads what the terminal sends.
///
/// The event library takes whatever bytes there are and keeps the events it has made of them to itself, where nobody who
/// waits for the terminal can see them. So it is asked again before the program sleeps: after the frame, where asking
/// delays nothing.
#[derive(Debug, Default)]
pub(super) struct Input {
    unsettled: bool,
}

impl Input {
    /// The key that has come; all that waits, where it looks like a burst.
    ///
    /// # Errors
    /// What the terminal answered instead.
    pub(super) fn read(&mut self) -> io::Result<Vec<Message>> {
        self.unsettled = true;
        let mut events = Vec::new();
        let several = bytes_waiting() > ONE_KEY;
        if event::poll(FIRST)? {
            events.push(event::read()?);
        }
        if several {
            drain(&mut events)?;
        }
        Ok(messages(events))
    }

    /// What came along with the key and has not been seen yet. To be asked before sleeping.
    ///
    /// # Errors
    /// What the terminal answered instead.
    pub(super) fn settle(&mut self) -> io::Result<Vec<Message>> {
        let mut events = Vec::new();
        if std::mem::take(&mut self.unsettled) {
            drain(&mut events)?;
        }
        Ok(messages(events))
    }
}

/// Takes all events there are. Asked twice in vain, because on a busy machine the brief time can be over before the
/// library has looked.
fn drain(events: &mut Vec<Event>) -> io::Result<()> {
    let mut in_vain = 0;
    while in_vain < 2 {
        if event::poll(BRIEF)? {
            in_vain = 0;
            events.push(event::read()?);
        } else {
            in_vain += 1;
        }
    }
    Ok(())
}

/// How many bytes the terminal has sent and nobody has read; more than any key where that cannot be known.
fn bytes_waiting() -> usize {
    #[cfg(unix)]
    let waiting = rustix::io::ioctl_fionread(rustix::stdio::stdin()).ok();
    #[cfg(not(unix))]
    let waiting: Option<u64> = None;
    waiting.and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or(usize::MAX)
}

fn messages(events: Vec<Event>) -> Vec<Message> {
    let mut messages = Vec::new();
    let mut keys = Vec::new();
    for event in events {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => keys.extend(chord(key)),
            Event::Paste(text) => {
                take_keys(&mut keys, &mut messages);
                messages.push(Message::Paste(text));
            }
            _ => {}
        }
    }
    take_keys(&mut keys, &mut messages);
    messages
}

/// Keys as keys, unless so many came at once that they must be a paste from a terminal that does not mark pastes.
fn take_keys(keys: &mut Vec<Chord>, messages: &mut Vec<Message>) {
    let text: Option<String> = keys.iter().map(as_text).collect();
    let printable = keys.iter().filter(|chord| chord.printable().is_some()).count();
    let first = keys.first().copied();
    let held_down = keys.iter().all(|chord| Some(*chord) == first);
    match text {
        Some(text) if printable >= BURST && !held_down => messages.push(line_or_paste(text, keys.last())),
        _ => messages.extend(keys.iter().copied().map(Message::Key)),
    }
    keys.clear();
}

/// A line with its Enter, where nothing else in it ends a line; else a text that was pasted.
fn line_or_paste(text: String, last: Option<&Chord>) -> Message {
    match text.strip_suffix('\n') {
        Some(line) if last == Some(&Chord::plain(Key::Enter)) && !line.contains('\n') => {
            Message::Line(line.to_owned())
        }
        _ => Message::Paste(text),
    }
}

/// What a key would be as text; `None` for keys that no text holds.
fn as_text(chord: &Chord) -> Option<char> {
    match chord.key {
        Key::Enter => Some('\n'),
        // LF arrives as Ctrl-J; in the middle of a burst it is a line break and no command
        Key::Char('j') if chord.ctrl => Some('\n'),
        Key::Tab if !chord.shift => Some('\t'),
        _ => chord.printable(),
    }
}

/// A key event in our own notation; `None` for keys that the program has no name for.
fn chord(event: KeyEvent) -> Option<Chord> {
    let has = |modifier| event.modifiers.contains(modifier);
    let (mut ctrl, alt) = (has(KeyModifiers::CONTROL), has(KeyModifiers::ALT));
    let mut shift = has(KeyModifiers::SHIFT);
    let key = match event.code {
        // many terminals send Ctrl-H for the backspace key
        KeyCode::Char('h') if ctrl => {
            ctrl = false;
            Key::Backspace
        }
        KeyCode::Char(c) => {
            let c = if ctrl { c.to_ascii_lowercase() } else { c };
            shift = false;
            Key::Char(c)
        }
        KeyCode::BackTab => {
            shift = true;
            Key::Tab
        }
        KeyCode::F(n) => Key::F(n),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        _ => return None,
    };
    Some(Chord { key, ctrl, alt, shift })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Vec<Event> {
        let code = |c| if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
        text.chars().map(|c| Event::Key(KeyEvent::new(code(c), KeyModifiers::NONE))).collect()
    }

    #[test]
    fn a_burst_is_text_and_a_few_keys_are_keys() {
        let burst = messages(typed("ddddq the rest of a note\nand more"));
        assert!(
            matches!(burst.as_slice(), [Message::Paste(text)] if text.ends_with("\nand more")),
            "{burst:?}"
        );
        assert_eq!(messages(typed("dd")).len(), 2);
        assert_eq!(messages(typed(&"j".repeat(30))).len(), 30, "a key that is held down is not text");
    }

    #[test]
    fn a_typed_enter_is_kept_apart_from_the_line_that_it_came_with() {
        let line = "Walks with the day centre";
        let held_back = messages(typed(&format!("{line}\n")));
        assert!(matches!(held_back.as_slice(), [Message::Line(text)] if text == line), "{held_back:?}");
        for pasted in ["one line of a note\nand another\n", "a line of a note and an empty one\n\n"] {
            let burst = messages(typed(pasted));
            assert!(matches!(burst.as_slice(), [Message::Paste(text)] if text == pasted), "{burst:?}");
        }
        let jots = [typed(line), vec![Event::Key(KeyEvent::new(KeyCode::Char('j'), KeyModifiers::CONTROL))]];
        let burst = messages(jots.concat());
        assert!(
            matches!(burst.as_slice(), [Message::Paste(_)]),
            "LF is how many terminals end a pasted line"
        );
    }

    #[test]
    fn control_h_is_backspace_and_back_tab_is_shift_tab() {
        let key = |code, modifiers| chord(KeyEvent::new(code, modifiers)).map(|c| c.to_string());
        assert_eq!(key(KeyCode::Char('h'), KeyModifiers::CONTROL).as_deref(), Some("backspace"));
        assert_eq!(key(KeyCode::BackTab, KeyModifiers::SHIFT).as_deref(), Some("shift-tab"));
        assert_eq!(key(KeyCode::Char('J'), KeyModifiers::SHIFT).as_deref(), Some("J"));
    }
}
