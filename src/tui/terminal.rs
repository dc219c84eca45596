//! The terminal: taken over on entering, given back on every way out: leaving, panic, signal, suspension.

use std::io::{self, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{SetCursorStyle, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste,
};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::Backend as _;

use crate::app::App;
use crate::export::clean;

use super::painter::Painter;
use super::wait::Waker;

/// What another thread said when it panicked.
static BROKEN: Mutex<Option<String>> = Mutex::new(None);

/// What another thread said when it panicked, where one has.
pub(super) fn take_broken() -> Option<String> {
    BROKEN.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Whether the terminal is ours at present.
static OURS: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours.
#[derive(Debug)]
pub(super) struct Screen {
    terminal: Terminal<Painter>,
    title: String,
}

impl Screen {
    /// Takes the terminal over. A panic gives it back before it is said; one of another thread is kept for
    /// [`take_broken`], and the bell is rung.
    ///
    /// # Errors
    /// What the terminal refused; it is as it was then.
    pub(super) fn enter(waker: &Waker) -> io::Result<Self> {
        let said_before = std::panic::take_hook();
        let (drawing, bell) = (std::thread::current().id(), waker.clone());
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().id() == drawing {
                restore();
                return said_before(panic);
            }
            // the terminal belongs to the drawing thread, which is told, and leaves
            let mut broken = BROKEN.lock().unwrap_or_else(PoisonError::into_inner);
            broken.get_or_insert_with(|| panic.to_string());
            drop(broken);
            bell.ring();
        }));
        // the theme has dropped colours already where none are wanted; the library's way of dropping them
        // would take bold and reversed along
        crossterm::style::force_color_output(true);
        take_over().inspect_err(|_| restore())?;
        let terminal = Terminal::new(Painter::new()).inspect_err(|_| restore())?;
        Ok(Self { terminal, title: String::new() })
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> (u16, u16) {
        self.terminal.backend().size().map_or((80, 24), Into::into)
    }

    /// Makes a frame. It is seen once it is sent, with [`Screen::send`].
    ///
    /// # Errors
    /// What the terminal refused.
    pub(super) fn make(&mut self, app: &App) -> io::Result<()> {
        super::mishap::at("draw");
        self.terminal.draw(|frame| app.view(frame)).map(|_| ())
    }

    /// Makes another frame in place of the one that was made and not sent.
    ///
    /// # Errors
    /// What the terminal refused.
    pub(super) fn make_another(&mut self, app: &App) -> io::Result<()> {
        self.terminal.backend_mut().throw_away();
        self.forget()?;
        self.make(app)
    }

    /// Sends the frame that was made.
    ///
    /// # Errors
    /// What the terminal refused.
    pub(super) fn send(&mut self) -> io::Result<()> {
        self.terminal.backend_mut().send()
    }

    /// The next frame is made from nothing.
    fn forget(&mut self) -> io::Result<()> {
        // a frame of the same size anew; clearing instead would ask the terminal where its cursor is, and wait for an
        // answer that some never give
        let area = self.terminal.size()?.into();
        self.terminal.resize(area)
    }

    /// Sets the title of the window, where it has changed.
    pub(super) fn set_title(&mut self, title: &str) {
        if title != self.title {
            title.clone_into(&mut self.title);
            // a window without a title is no reason to stop
            let _ = execute!(stdout(), SetTitle(clean::line(title)));
        }
    }

    /// Sends a text to the terminal's clipboard.
    ///
    /// # Errors
    /// What the terminal refused.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(stdout(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Gives the terminal back, does something, and takes it over again.
    ///
    /// # Errors
    /// What the terminal refused.
    pub(super) fn meanwhile<T>(&mut self, act: impl FnOnce() -> T) -> io::Result<T> {
        restore();
        let done = act();
        take_over()?;
        self.title.clear();
        self.forget()?;
        Ok(done)
    }

    /// The same, for another program: whatever it leaves the terminal like, it is as it was before.
    ///
    /// # Errors
    /// What the terminal refused.
    pub(super) fn lent<T>(&mut self, act: impl FnOnce() -> T) -> io::Result<T> {
        self.meanwhile(|| {
            #[cfg(unix)]
            let before = rustix::termios::tcgetattr(rustix::stdio::stdin());
            let done = act();
            #[cfg(unix)]
            if let Ok(before) = before {
                use rustix::termios::{OptionalActions, tcsetattr};
                // what cannot be put right stays as it is
                let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &before);
            }
            let _ = execute!(stdout(), ResetColor, DisableMouseCapture, DisableFocusChange);
            done
        })
    }

    /// Stops the program until the shell brings it back.
    ///
    /// # Errors
    /// What the terminal refused.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        self.meanwhile(|| {
            #[cfg(unix)]
            let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

fn take_over() -> io::Result<()> {
    enable_raw_mode()?;
    OURS.store(true, Ordering::Release);
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, SetCursorStyle::SteadyBar)
}

/// Gives the terminal back, if it is ours. Never panics: the terminal may be gone.
pub(super) fn restore() {
    if OURS.swap(false, Ordering::AcqRel) {
        let mut out = stdout();
        let _ =
            queue!(out, SetCursorStyle::DefaultUserShape, DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = queue!(out, SetTitle(""));
        let _ = out.flush();
        let _ = disable_raw_mode();
    }
}
