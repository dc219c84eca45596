//! What a terminal sends for a key.

use alongside::keymap::{Chord, Key};

/// The bytes of one key press.
pub fn bytes(chord: Chord) -> Vec<u8> {
    let mut sent = Vec::new();
    if chord.alt {
        sent.push(0x1b);
    }
    match chord.key {
        // the control key clears the upper bits of a letter
        Key::Char(c) if chord.ctrl => sent.push(c as u8 & 0x1f),
        Key::Char(c) => sent.extend(c.to_string().into_bytes()),
        Key::Enter => sent.push(b'\r'),
        Key::Esc => sent.push(0x1b),
        Key::Tab if chord.shift => sent.extend(b"\x1b[Z"),
        Key::Tab => sent.push(b'\t'),
        Key::Backspace => sent.push(0x7f),
        Key::Delete => sent.extend(b"\x1b[3~"),
        Key::PageUp => sent.extend(b"\x1b[5~"),
        Key::PageDown => sent.extend(b"\x1b[6~"),
        Key::Up => sent.extend(moving(chord, 'A')),
        Key::Down => sent.extend(moving(chord, 'B')),
        Key::Right => sent.extend(moving(chord, 'C')),
        Key::Left => sent.extend(moving(chord, 'D')),
        Key::End => sent.extend(moving(chord, 'F')),
        Key::Home => sent.extend(moving(chord, 'H')),
        Key::F(n) => {
            let code = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24][usize::from(n) - 1];
            sent.extend(format!("\x1b[{code}~").into_bytes());
        }
    }
    sent
}

/// Keys of which the terminal says what was held down: `ESC [ 1 ; held letter`.
fn moving(chord: Chord, letter: char) -> Vec<u8> {
    let held = 1 + u8::from(chord.shift) + 4 * u8::from(chord.ctrl);
    if held == 1 {
        format!("\x1b[{letter}").into_bytes()
    } else {
        format!("\x1b[1;{held}{letter}").into_bytes()
    }
}
