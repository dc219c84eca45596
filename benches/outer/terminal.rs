//! A terminal with a program in it, timed from outside: what was written when, what came back when.
//!
//! One thread does it all: it writes, waits with `poll`, takes the time of each read, and only then feeds what was read to a
//! screen model. The model's own cost is therefore in no figure.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::time::{Duration, Instant};

use filedescriptor::FileDescriptor;
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;

/// The window's size: columns and rows.
pub const SIZE: (u16, u16) = (100, 30);
/// The longest that anything is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// A silence this long ends the answer to a key.
pub const LULL: Duration = Duration::from_millis(6);

/// A running program and its terminal.
pub struct Terminal {
    tty: File,
    /// Kept so that the terminal stays open.
    _master: Box<dyn portable_pty::MasterPty>,
    child: Box<dyn Child + Send + Sync>,
    screen: vt100::Parser,
    began: Instant,
    /// Bytes that came in all.
    pub bytes: usize,
}

/// What a program is started with.
pub struct Start {
    command: CommandBuilder,
}

impl Start {
    /// A program in a home of its own, with nothing of this machine's environment but where programs are.
    pub fn new(program: &str, home: &Path) -> Self {
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.cwd(home);
        for (name, value) in [("PATH", "/usr/local/bin:/usr/bin:/bin"), ("LANG", "C.UTF-8"), ("TZ", "UTC")] {
            command.env(name, value);
        }
        command.env("TERM", "xterm-256color");
        command.env("HOME", home);
        Self { command }
    }

    /// With a variable of its own in its environment.
    pub fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// With one more argument.
    pub fn arg(mut self, arg: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// Starts it. The clock runs from just before.
    pub fn open(self) -> Terminal {
        let size = PtySize { cols: SIZE.0, rows: SIZE.1, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let tty = FileDescriptor::dup(&pair.master.as_raw_fd().unwrap()).unwrap().as_file().unwrap();
        rustix::fs::fcntl_setfl(&tty, OFlags::NONBLOCK).unwrap();
        let began = Instant::now();
        let child = pair.slave.spawn_command(self.command).unwrap();
        drop(pair.slave);
        let cells = |n: u16| NonZeroU16::new(n).unwrap();
        let screen = vt100::Parser::new(cells(SIZE.1), cells(SIZE.0), 0);
        Terminal { tty, _master: pair.master, child, screen, began, bytes: 0 }
    }
}

impl Terminal {
    /// The screen as text, a line a row.
    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until all of these are on the screen at once. Returns how long that took from the start of the program.
    pub fn first(&mut self, all: &[&str]) -> Duration {
        let began = self.began;
        self.until(|text| all.iter().all(|part| text.contains(part)), &all.join(" · ")) - began
    }

    /// Waits for a text. What comes in the lull behind it is taken too.
    pub fn wait(&mut self, part: &str) -> &mut Self {
        // it may have come with what was waited for before, and nothing may come after it
        if !self.text().contains(part) {
            self.until(|text| text.contains(part), part);
        }
        self.lull();
        self
    }

    /// Writes bytes, and waits until a condition holds of the screen. Returns how long that took.
    pub fn timed(&mut self, bytes: &[u8], what: &str, holds: impl Fn(&str) -> bool) -> Duration {
        let sent = Instant::now();
        self.write(bytes);
        self.until(holds, what) - sent
    }

    /// Writes bytes, and waits for the last byte before a lull. Returns how long that took, and how many bytes came.
    pub fn answered(&mut self, bytes: &[u8]) -> (Duration, usize) {
        let (sent, before) = (Instant::now(), self.bytes);
        self.write(bytes);
        let last = self.until_silent(LULL, PATIENCE);
        (last.map_or(Duration::ZERO, |at| at - sent), self.bytes - before)
    }

    /// Takes what comes until nothing has come for a while.
    pub fn lull(&mut self) {
        self.until_silent(LULL, Duration::from_secs(2));
    }

    /// Takes what comes for so long, and says how many bytes that were.
    pub fn idle(&mut self, long: Duration) -> usize {
        let (until, before) = (Instant::now() + long, self.bytes);
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            self.read(left);
        }
        self.bytes - before
    }

    /// Writes bytes; as many at a time as the terminal takes.
    pub fn write(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match self.tty.write(bytes) {
                Ok(written) => bytes = &bytes[written..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.read(Duration::from_millis(1));
                }
                Err(error) => panic!("the program takes no more: {error}\n{}", self.text()),
            }
        }
    }

    /// The program's process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Writes the last key and waits until the program is gone. Returns how long that took.
    pub fn left(mut self, bytes: &[u8]) -> Duration {
        let sent = Instant::now();
        self.write(bytes);
        while self.child.try_wait().unwrap().is_none() {
            assert!(sent.elapsed() < PATIENCE, "it does not leave:\n{}", self.text());
            self.read(Duration::from_micros(200));
        }
        sent.elapsed()
    }

    fn until(&mut self, holds: impl Fn(&str) -> bool, what: &str) -> Instant {
        let give_up = Instant::now() + PATIENCE;
        loop {
            let at = self.read(PATIENCE);
            if holds(&self.text()) {
                return at.unwrap_or_else(Instant::now);
            }
            assert!(Instant::now() < give_up, "{what} never came:\n{}", self.text());
        }
    }

    fn until_silent(&mut self, lull: Duration, at_most: Duration) -> Option<Instant> {
        let give_up = Instant::now() + at_most;
        let mut last = None;
        while Instant::now() < give_up {
            match self.read(lull) {
                Some(at) => last = Some(at),
                None => break,
            }
        }
        last
    }

    /// Waits for bytes and feeds them to the screen. When they were read; `None` where nothing came in time.
    fn read(&mut self, at_most: Duration) -> Option<Instant> {
        let mut waiting = [PollFd::new(&self.tty, PollFlags::IN)];
        let long = Timespec { tv_sec: at_most.as_secs() as i64, tv_nsec: at_most.subsec_nanos().into() };
        if poll(&mut waiting, Some(&long)).unwrap_or(0) == 0 {
            return None;
        }
        let mut buffer = [0; 65536];
        match self.tty.read(&mut buffer) {
            Ok(0) => None,
            Ok(read) => {
                let at = Instant::now();
                self.bytes += read;
                self.screen.process(&buffer[..read]);
                Some(at)
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => None,
            // the program has closed its side
            Err(_) => {
                std::thread::sleep(Duration::from_micros(200));
                None
            }
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
