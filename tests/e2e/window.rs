//! A terminal window with the program in it: what is sent to it, and what is seen.
//!
//! Whatever is done to a window must be followed by a look at it ([`Window::wait`], [`Window::exited`] and the like): a
//! window that is dropped before that fails its test. A thread reads what the program writes into a screen model, as a
//! terminal does; tests wait for that model, never for time.

use std::cell::Cell;
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use alongside::keymap::sequence;
use filedescriptor::FileDescriptor;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, WaitOptions, kill_process, waitid, waitpid};
use rustix::termios::{LocalModes, Termios, tcgetattr};

use crate::keys;

/// How long anything is waited for at most. Long, since beside a compiler a window that is ready to run has been seen to get
/// no processor for ten seconds.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often something is looked at that cannot be waited for.
const LOOK: Duration = Duration::from_micros(500);

/// The most bytes of the end of a frame: the cursor is shown, and put to its place.
const FRAME_END: usize = 64;

/// Held while a program is started, so that none inherits the terminal of another, which would then never hang up.
pub static SPAWNING: Mutex<()> = Mutex::new(());

/// What a window is opened with.
pub struct Opening {
    command: CommandBuilder,
    size: (u16, u16),
}

/// A window, the terminal behind it and the program in it.
pub struct Window {
    seen: Arc<Shared>,
    /// Our end of the terminal. `None` once the window was closed.
    ours: Option<Ours>,
    child: Box<dyn Child + Send + Sync>,
    /// What was done last, if nobody has looked since.
    unlooked: Option<String>,
    /// The modes of the terminal before the program came.
    before: Termios,
    /// How much processor time the program had used when that was last looked at.
    burnt: Cell<Duration>,
}

struct Ours {
    master: Box<dyn MasterPty>,
    tty: File,
    reader: std::thread::JoinHandle<()>,
    /// Dropping it tells the reader to let go of the terminal.
    stop: File,
}

#[derive(Default)]
struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
}

/// All that has come from the program.
pub struct Seen {
    pub parser: vt100::Parser,
    /// Every byte that the program wrote.
    pub bytes: Vec<u8>,
    /// Nothing more will come.
    pub over: bool,
}

impl Default for Seen {
    fn default() -> Self {
        let (columns, rows) = cells(80, 24);
        Self { parser: vt100::Parser::new(rows, columns, 0), bytes: Vec::new(), over: false }
    }
}

impl Seen {
    /// The rows of the screen as text, without the blanks at their ends.
    pub fn text(&self) -> String {
        let screen = self.parser.screen();
        let columns = screen.size().1.get();
        screen.rows(0, columns).map(|row| row.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    /// The screen from a column on, without any blanks: what a text looks like however it was wrapped.
    pub fn unwrapped(&self, from: u16) -> String {
        let screen = self.parser.screen();
        let columns = screen.size().1.get();
        unwrapped(&screen.rows(from, columns.saturating_sub(from)).collect::<String>())
    }

    /// Whether what is in sight is one frame, and not the beginning of one over the rest of another; or all there will be.
    pub fn is_settled(&self) -> bool {
        self.over || self.frame_is_whole()
    }

    /// Whether the last frame came whole: it ends with the cursor shown at its place, or hidden.
    pub fn frame_is_whole(&self) -> bool {
        let tail = self.bytes.len().saturating_sub(FRAME_END);
        let tail = String::from_utf8_lossy(&self.bytes[tail..]);
        let shown = tail.rsplit_once("\x1b[?25h").and_then(|(_, end)| end.strip_prefix("\x1b["));
        let placed = |end: &str| end.find(|c: char| c.is_alphabetic()).is_some_and(|at| at + 1 == end.len());
        shown.is_some_and(placed) || tail.ends_with("\x1b[?25l")
    }

    /// How much of a text is in sight from a column on, from its beginning, without blanks. The text should begin with
    /// something that nothing else on the screen begins with.
    pub fn start_of(&self, text: &str, from: u16) -> String {
        let (text, screen) = (unwrapped(text), self.unwrapped(from));
        let ends = (0..=text.len()).rev().filter(|end| text.is_char_boundary(*end));
        ends.map(|end| &text[..end]).find(|start| screen.contains(start)).unwrap_or("").to_owned()
    }
}

impl Opening {
    pub fn new(command: CommandBuilder) -> Self {
        Self { command, size: (80, 24) }
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    pub fn arg(mut self, arg: &str) -> Self {
        self.command.arg(arg);
        self
    }

    pub fn args(mut self, args: &[&str]) -> Self {
        self.command.args(args);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// The terminal is not the one that controls the program: closing it sends no signal.
    pub fn without_signals(mut self) -> Self {
        self.command.set_controlling_tty(false);
        self
    }

    /// Opens the window and waits until the program has taken the terminal over: keys that come before that are echoed
    /// by the terminal, and a test would see them for the wrong reason.
    #[track_caller]
    pub fn open(self) -> Window {
        let mut window = self.open_raw();
        window.wait_for("the program's own screen", |seen| seen.parser.screen().alternate_screen());
        window.unlooked = Some("opened".to_owned());
        window
    }

    /// Opens the window and waits for nothing.
    pub fn open_raw(self) -> Window {
        let (columns, rows) = self.size;
        let spawning = SPAWNING.lock().unwrap_or_else(PoisonError::into_inner);
        let pair = native_pty_system().openpty(pty_size(columns, rows)).unwrap();
        let fd = pair.master.as_raw_fd().unwrap();
        let tty = FileDescriptor::dup(&fd).unwrap().as_file().unwrap();
        let before = tcgetattr(&tty).unwrap();
        rustix::fs::fcntl_setfl(&tty, OFlags::NONBLOCK).unwrap();
        let child = pair.slave.spawn_command(self.command).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Shared::default());
        let (columns, rows) = cells(columns, rows);
        seen.lock().parser.set_size(rows, columns);
        let (stopped, stop) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC).unwrap();
        drop(spawning);
        let reader = {
            let (tty, seen) = (tty.try_clone().unwrap(), Arc::clone(&seen));
            std::thread::spawn(move || read_all(tty, stopped.into(), &seen))
        };
        let ours = Ours { master: pair.master, tty, reader, stop: stop.into() };
        Window { seen, ours: Some(ours), child, unlooked: None, before, burnt: Cell::default() }
    }
}

/// What is done to a window.
impl Window {
    /// Presses keys, in the notation of the keymap, with spaces between them.
    #[track_caller]
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for chord in sequence(keys).unwrap() {
            self.raw(&keys::bytes(chord)).taken();
        }
        self.done(keys)
    }

    /// Presses keys that are printed on the screen at the moment; fails where one is not.
    #[track_caller]
    pub fn printed(&mut self, keys: &str) -> &mut Self {
        for chord in sequence(keys).unwrap() {
            let (shown, text) = (chord.shown(), self.text());
            assert!(is_printed(&shown, &text), "{shown} is not printed on the screen:\n{text}");
            self.raw(&keys::bytes(chord)).taken();
        }
        self.done(keys)
    }

    /// Types a text, a letter at a time and no faster than the program takes them.
    #[track_caller]
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            let letter = if letter == '\n' { "\r".to_owned() } else { letter.to_string() };
            self.raw(letter.as_bytes()).taken();
        }
        self.done(text)
    }

    /// Pastes a text, as a terminal that marks pastes does.
    #[track_caller]
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.raw(format!("\x1b[200~{text}\x1b[201~").as_bytes())
    }

    /// Sends bytes all at once.
    #[track_caller]
    pub fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        assert!(self.send(bytes), "the program takes no more:\n{}", self.text());
        self.done("raw bytes")
    }

    /// Sends bytes; false where nobody takes them any more.
    pub fn send(&mut self, mut bytes: &[u8]) -> bool {
        let mut tty = &self.ours().tty;
        let until = Instant::now() + PATIENCE;
        while !bytes.is_empty() {
            match tty.write(bytes) {
                Ok(written) => bytes = &bytes[written..],
                Err(error) if error.kind() == ErrorKind::WouldBlock && Instant::now() < until => {
                    std::thread::sleep(LOOK);
                }
                Err(_) => return false,
            }
        }
        true
    }

    /// Waits until the program has read everything that was sent: an Esc that is still there when the next key comes
    /// would be taken for Alt.
    #[track_caller]
    fn taken(&mut self) {
        let name = self.ours().master.tty_name().unwrap();
        let Ok(theirs) =
            rustix::fs::open(name, OFlags::RDONLY | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())
        else {
            return;
        };
        // looking also brings along what is still on its way through the terminal
        let waits = || {
            let mut waiting = [PollFd::new(&theirs, PollFlags::IN)];
            poll(&mut waiting, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).is_ok_and(|n| n > 0)
        };
        let until = Instant::now() + PATIENCE;
        while waits() && !self.is_over() && !self.has_ended() {
            if Instant::now() > until {
                let proc = format!("/proc/{}", self.pid().as_raw_nonzero());
                let of = |name| std::fs::read_to_string(format!("{proc}/{name}")).unwrap_or_default();
                let state = of("status").lines().find(|line| line.starts_with("State")).map(str::to_owned);
                let last = self.look(|seen| seen.bytes[seen.bytes.len().saturating_sub(200)..].to_vec());
                let (last, call, text) =
                    (String::from_utf8_lossy(&last).into_owned(), of("syscall"), self.text());
                let burnt = self.burnt();
                panic!(
                    "the program does not read its keys ({state:?}, {call}, {burnt:?} of the processor, after {last:?}):\n{text}"
                );
            }
            std::thread::sleep(LOOK / 10);
        }
    }

    /// Whether the program has ended. It can still be waited for, and asked what it used.
    fn has_ended(&self) -> bool {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        waitid(WaitId::Pid(self.pid()), options).is_ok_and(|ended| ended.is_some())
    }

    /// Gives the window another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        let (wide, high) = cells(columns, rows);
        self.seen.lock().parser.set_size(high, wide);
        self.ours().master.resize(pty_size(columns, rows)).unwrap();
        self.done("resized")
    }

    /// Sends a signal to the program.
    pub fn signal(&mut self, signal: Signal) -> &mut Self {
        let _ = kill_process(self.pid(), signal);
        self.done("signalled")
    }

    /// Ends the program there and then, and waits until all that it had written has been seen.
    #[track_caller]
    pub fn kill9(&mut self) -> &mut Self {
        self.signal(Signal::KILL);
        self.wait_exit();
        self.wait_for("the end", |seen| seen.over)
    }

    /// Closes the window under the program.
    pub fn close(&mut self) -> &mut Self {
        if let Some(Ours { master, tty, reader, stop }) = self.ours.take() {
            drop(stop);
            reader.join().unwrap();
            drop((master, tty));
        }
        self.done("closed")
    }

    fn done(&mut self, what: &str) -> &mut Self {
        self.unlooked = Some(what.to_owned());
        self
    }
}

/// What is seen of a window.
impl Window {
    /// Waits until a text is in sight.
    #[track_caller]
    pub fn wait(&mut self, text: &str) -> &mut Self {
        let in_sight = |seen: &Seen| seen.is_settled() && seen.text().contains(text);
        self.wait_for(&format!("{text:?} in sight"), in_sight)
    }

    /// Waits until a text is out of sight.
    #[track_caller]
    pub fn gone(&mut self, text: &str) -> &mut Self {
        let gone = |seen: &Seen| seen.is_settled() && !seen.text().contains(text);
        self.wait_for(&format!("{text:?} out of sight"), gone)
    }

    /// Waits for something.
    #[track_caller]
    pub fn wait_for(&mut self, what: &str, is: impl Fn(&Seen) -> bool) -> &mut Self {
        self.unlooked = None;
        let until = Instant::now() + PATIENCE;
        let mut seen = self.seen.lock();
        while !is(&seen) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || seen.over {
                let why = if seen.over { "the program has ended" } else { "in vain" };
                let text = seen.text();
                drop(seen);
                panic!("waited for {what}: {why}. The screen:\n{text}");
            }
            // what is waited for may be in the folder and not on the screen
            let a_while = left.min(Duration::from_millis(50));
            seen = self.seen.changed.wait_timeout(seen, a_while).unwrap_or_else(PoisonError::into_inner).0;
        }
        drop(seen);
        self
    }

    /// A look at everything there is now.
    pub fn look<T>(&mut self, look: impl FnOnce(&Seen) -> T) -> T {
        self.unlooked = None;
        look(&self.seen.lock())
    }

    /// The screen as it stands.
    pub fn text(&mut self) -> String {
        self.look(Seen::text)
    }

    /// Waits until the program has ended, and for what it wrote at the end. Says how long it took.
    #[track_caller]
    pub fn wait_exit(&mut self) -> (u32, Duration) {
        self.unlooked = None;
        let began = Instant::now();
        let status = loop {
            // what has ended and was not waited for can still be asked
            self.burnt();
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(began.elapsed() < PATIENCE, "the program does not end. The screen:\n{}", self.text());
            std::thread::sleep(LOOK);
        };
        let took = began.elapsed();
        if self.ours.is_some() {
            self.wait_for("the end", |seen| seen.over);
        }
        (status.exit_code(), took)
    }

    /// Waits until the program has ended with a code.
    #[track_caller]
    pub fn exited(&mut self, code: u32) -> &mut Self {
        let (ended, _) = self.wait_exit();
        assert_eq!(ended, code, "the exit code. The screen:\n{}", self.text());
        self
    }

    /// Waits until the program has stopped, as for `fg`.
    #[track_caller]
    pub fn stopped(&mut self) -> &mut Self {
        self.unlooked = None;
        let until = Instant::now() + PATIENCE;
        loop {
            let state = waitpid(Some(self.pid()), WaitOptions::UNTRACED | WaitOptions::NOHANG).unwrap();
            if state.is_some_and(|(_, status)| status.stopped()) {
                return self;
            }
            assert!(Instant::now() < until, "the program does not stop. The screen:\n{}", self.text());
            std::thread::sleep(LOOK);
        }
    }

    /// Holds that the terminal is the program's: its own screen, marked pastes, no echo.
    #[track_caller]
    pub fn is_taken(&mut self) -> &mut Self {
        self.wait_for("the terminal to be taken over", |seen| {
            seen.parser.screen().alternate_screen() && seen.parser.screen().bracketed_paste()
        });
        assert!(!self.modes().local_modes.intersects(LocalModes::ECHO | LocalModes::ICANON));
        self
    }

    /// Holds that the terminal is as it was before the program came.
    #[track_caller]
    pub fn is_given_back(&mut self) -> &mut Self {
        let left = self.look(|seen| {
            let screen = seen.parser.screen();
            !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor()
        });
        assert!(left, "the terminal's modes were not given back:\n{}", self.text());
        let (before, after) = (&self.before, self.modes());
        assert_eq!(after.local_modes, before.local_modes);
        assert_eq!(after.input_modes, before.input_modes);
        assert_eq!(after.output_modes, before.output_modes);
        self
    }

    fn modes(&self) -> Termios {
        tcgetattr(&self.ours().tty).unwrap()
    }

    pub fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().try_into().unwrap()).unwrap()
    }

    /// How much processor time the program has used, over all its threads; after its end, until then. In hundredths of a
    /// second, and nothing where the system does not tell.
    pub fn burnt(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid().as_raw_nonzero()));
        if let Some(rest) = stat.ok().as_deref().and_then(|stat| stat.rsplit_once(") ")).map(|(_, rest)| rest)
        {
            let ticks: u64 = rest.split(' ').skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
            self.burnt.set(self.burnt.get().max(Duration::from_millis(ticks * 10)));
        }
        self.burnt.get()
    }

    /// Gives the terminal the modes that it had before the program came, as a shell does when its job stops.
    pub fn cook(&mut self) -> &mut Self {
        let modes = &self.before;
        rustix::termios::tcsetattr(&self.ours().tty, rustix::termios::OptionalActions::Now, modes).unwrap();
        self
    }

    fn is_over(&self) -> bool {
        self.seen.lock().over
    }

    fn ours(&self) -> &Ours {
        self.ours.as_ref().expect("the window is closed")
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = kill_process(self.pid(), Signal::KILL);
            let _ = self.child.wait();
        }
        let unlooked = self.unlooked.take();
        self.close();
        if let (Some(what), false) = (unlooked, std::thread::panicking()) {
            panic!("nobody has looked at the window after this was done: {what}");
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads what the program writes until its end, or until the window is closed.
fn read_all(mut tty: File, stopped: File, shared: &Shared) {
    let mut buffer = [0; 16 * 1024];
    loop {
        let mut waited = [PollFd::new(&tty, PollFlags::IN), PollFd::new(&stopped, PollFlags::IN)];
        match poll(&mut waited, None) {
            Err(Errno::INTR) => continue,
            Err(error) => panic!("{error}"),
            Ok(_) => {}
        }
        let closed = !waited[1].revents().is_empty();
        let read = match tty.read(&mut buffer) {
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if closed {
                    break;
                }
                continue;
            }
            // nobody is at the other end any more
            Err(_) => 0,
        };
        let mut seen = shared.lock();
        seen.bytes.extend_from_slice(&buffer[..read]);
        seen.parser.process(&buffer[..read]);
        seen.over = read == 0;
        shared.changed.notify_all();
        if read == 0 {
            return;
        }
    }
    shared.lock().over = true;
    shared.changed.notify_all();
}

/// A text without its blanks, and without the rule between two columns.
pub fn unwrapped(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '│').collect()
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(columns: u16, rows: u16) -> (NonZeroU16, NonZeroU16) {
    (NonZeroU16::new(columns).unwrap(), NonZeroU16::new(rows).unwrap())
}

/// Whether a key is printed on a screen. A single letter is one only where something is said of it: in the footer, at the
/// beginning of a row or of a sentence; in the middle of a sentence "a" is a word.
fn is_printed(shown: &str, text: &str) -> bool {
    if shown.chars().count() > 1 {
        let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ':'));
        return words.any(|word| word == shown);
    }
    let begins = |row: &str| {
        let row = row.trim_start_matches(['>', '│', ' ']);
        let parts = row.split("  ").flat_map(|part| part.split(". ")).flat_map(|part| part.split(", "));
        let mut parts = parts.map(|part| part.trim_start_matches(['>', '│', ' ']));
        parts.any(|part| {
            part.strip_prefix(shown)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '.', ',', ':']))
        })
    };
    text.lines().any(begins)
}

#[test]
fn a_letter_in_a_sentence_is_no_key() {
    let said = " > What will you do?\n   It rained, and a walk is not missed.\n Saved 14:03    MOVING\n Enter open   Esc back";
    assert!(is_printed("Enter", said) && is_printed("Esc", said));
    assert!(!is_printed("a", said), "an article is no key");
    for screen in [
        " Enter open   a add   ? keys",
        " a adds a promise with its day.",
        "All is saved. a leaves",
        "> a  Call first",
    ] {
        assert!(is_printed("a", screen), "{screen}");
    }
}
