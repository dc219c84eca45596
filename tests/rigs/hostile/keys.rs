//! Bytes as keys: the program in this process, without a disk, under any keys, pastes and sizes, from one cell on.

use std::sync::OnceLock;

use alongside::app::{Message, all_rows};
use alongside::keymap::{Chord, Key, sequence};
use alongside::store::format::{parse_workbook, write_workbook};

use crate::harness::{Play, books, sample};

/// Keys that have a name.
const NAMED: [Key; 16] = [
    Key::Up,
    Key::Down,
    Key::Left,
    Key::Right,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::Delete,
    Key::Enter,
    Key::Esc,
    Key::Tab,
    Key::F(1),
    Key::F(5),
    Key::Backspace,
    Key::Esc,
];

/// A program that is played by bytes, and goes on from one input to the next.
pub struct Played {
    play: Play,
    /// How many keys were pressed.
    pub keys: usize,
    /// How often it was drawn.
    pub frames: usize,
}

impl Default for Played {
    fn default() -> Self {
        Self { play: Play::of(sample(), 80, 24), keys: 0, frames: 0 }
    }
}

/// The keys of all commands.
fn commands() -> &'static [Vec<Chord>] {
    static ALL: OnceLock<Vec<Vec<Chord>>> = OnceLock::new();
    ALL.get_or_init(|| {
        all_rows().iter().flat_map(|row| row.keys).map(|keys| sequence(keys).unwrap()).collect()
    })
}

impl Played {
    /// Everything as at the start, with a workbook that the first byte chooses.
    fn begin(&mut self, first: u8) {
        let books = match first % 4 {
            0 => vec![sample(), books::blank()],
            1 => vec![books::blank()],
            2 => vec![books::wide(), sample()],
            _ => vec![books::nine(), books::longest()],
        };
        self.play.resize(80, 24).again(books);
    }

    /// Plays what the bytes say.
    pub fn play(&mut self, bytes: &[u8]) {
        let mut bytes = bytes.iter().copied();
        let Some(first) = bytes.next() else { return };
        self.begin(first);
        while let Some(byte) = bytes.next() {
            self.act(byte, &mut bytes);
            if self.keys.is_multiple_of(16) {
                self.draw();
            }
            if self.play.left() {
                self.begin(first);
            }
        }
        self.draw();
        if let Some(workbook) = self.play.app.workbook() {
            let text = write_workbook(workbook, 0, None).expect("what was made by keys can be written");
            assert!(parse_workbook(&text).unwrap().workbook == *workbook);
        }
    }

    fn act(&mut self, byte: u8, rest: &mut impl Iterator<Item = u8>) {
        let mut next = || rest.next().unwrap_or(0);
        match byte {
            0x90 => {
                let (columns, rows) = (1 + u16::from(next() % 160), 1 + u16::from(next() % 60));
                self.play.resize(columns, rows);
                self.draw();
            }
            0x91 => drop(self.play.tick(u64::from(next()) * 50)),
            0x92 | 0x93 => {
                let length = usize::from(next());
                let text: Vec<u8> = (0..length).map(|_| next()).collect();
                let text = String::from_utf8_lossy(&text).into_owned();
                self.play.say(if byte == 0x92 { Message::Paste(text) } else { Message::Line(text) });
                self.keys += 1;
            }
            0x94 => self.draw(),
            0x95..=0x9f => self.press(Chord { shift: true, ..Chord::plain(NAMED[usize::from(byte - 0x90)]) }),
            0x80..=0x8f => self.press(Chord::plain(NAMED[usize::from(byte - 0x80)])),
            0xa0.. => {
                let place = usize::from(byte - 0xa0) * 16 + usize::from(next() % 16);
                let commands = commands();
                commands[place % commands.len()].iter().for_each(|chord| self.press(*chord));
            }
            0x1b => self.press(Chord::plain(Key::Esc)),
            b'\r' => self.press(Chord::plain(Key::Enter)),
            b'\t' => self.press(Chord::plain(Key::Tab)),
            0x7f => self.press(Chord::plain(Key::Backspace)),
            0 => self.press(Chord { ctrl: true, ..Chord::plain(Key::Char(' ')) }),
            1..=0x1a => {
                self.press(Chord { ctrl: true, ..Chord::plain(Key::Char(char::from(byte + b'a' - 1))) });
            }
            _ => self.press(Chord::plain(Key::Char(char::from(byte)))),
        }
    }

    fn press(&mut self, chord: Chord) {
        self.keys += 1;
        self.play.press(chord);
    }

    fn draw(&mut self) {
        self.frames += 1;
        let text = self.play.screen();
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    }
}

thread_local! {
    static PLAYED: std::cell::RefCell<Played> = std::cell::RefCell::default();
}

/// The body: one program for all inputs of a thread, since to read its content takes longer than to play.
pub fn keys(bytes: &[u8]) {
    PLAYED.with_borrow_mut(|played| played.play(bytes));
}
