//! From the terminal's events to messages: keys into our own notation, pastes and bursts into text.

use std::io;
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::Message;
use crate::keymap::{Chord, Key};

/// So many characters at once were not typed by fingers.
const BURST: usize = 16;

/// Everything that waits to be read.
///
/// # Errors
/// What the terminal answered instead.
pub(super) fn read() -> io::Result<Vec<Message>> {
    let mut events = Vec::new();
    while event::poll(Duration::ZERO)? {
        events.push(event::read()?);
    }
    Ok(messages(events))
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
        Some(text) if printable >= BURST && !held_down => messages.push(Message::Paste(text)),
        _ => messages.extend(keys.iter().copied().map(Message::Key)),
    }
    keys.clear();
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
        assert!(matches!(burst.as_slice(), [Message::Paste(text)] if text.ends_with("\nand more")), "{burst:?}");
        assert_eq!(messages(typed("dd")).len(), 2);
        assert_eq!(messages(typed(&"j".repeat(30))).len(), 30, "a key that is held down is not text");
    }

    #[test]
    fn control_h_is_backspace_and_back_tab_is_shift_tab() {
        let key = |code, modifiers| chord(KeyEvent::new(code, modifiers)).map(|c| c.to_string());
        assert_eq!(key(KeyCode::Char('h'), KeyModifiers::CONTROL).as_deref(), Some("backspace"));
        assert_eq!(key(KeyCode::BackTab, KeyModifiers::SHIFT).as_deref(), Some("shift-tab"));
        assert_eq!(key(KeyCode::Char('J'), KeyModifiers::SHIFT).as_deref(), Some("J"));
    }
}
