//! How a frame gets onto the terminal: in one piece, only what is different, and not before it is sent.
//!
//! A frame is made while the system takes the words that it shows; [`Painter::send`] comes when it has them. The library
//! puts the cursor to its place after every frame, changed or not: without this, news that change nothing in sight would
//! still be sent over a slow line.

use std::cell::RefCell;
use std::io::{self, Stdout, Write, stdout};
use std::rc::Rc;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// The library's way to the terminal, without what would change nothing.
#[derive(Debug)]
pub(super) struct Painter<W: Write = Stdout> {
    inner: CrosstermBackend<Unsent>,
    /// What the library has made and nobody sees yet.
    unsent: Unsent,
    out: W,
    /// Where the cursor stands and is seen, or that it is hidden. `None` while this is not known.
    cursor: Option<Cursor>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    Hidden,
    Shown,
    ShownAt(Position),
}

impl Painter {
    /// For the terminal that this program was started in.
    pub(super) fn new() -> Self {
        Self::onto(stdout())
    }
}

impl<W: Write> Painter<W> {
    fn onto(out: W) -> Self {
        let unsent = Unsent::default();
        Self { inner: CrosstermBackend::new(unsent.clone()), unsent, out, cursor: None }
    }

    /// Sends what was made since this was last called.
    ///
    /// # Errors
    /// What the terminal refused.
    pub(super) fn send(&mut self) -> io::Result<()> {
        let mut frame = self.unsent.0.borrow_mut();
        if frame.is_empty() {
            return Ok(());
        }
        self.out.write_all(&frame)?;
        frame.clear();
        self.out.flush()
    }

    /// Throws away what was made and not sent: the terminal is not as the library takes it to be, and has to be
    /// cleared.
    pub(super) fn throw_away(&mut self) {
        self.unsent.0.borrow_mut().clear();
        self.cursor = None;
    }
}

/// Bytes that wait to be sent.
#[derive(Debug, Clone, Default)]
struct Unsent(Rc<RefCell<Vec<u8>>>);

impl Write for Unsent {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write> Backend for Painter<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, cells: I) -> io::Result<()> {
        let mut cells = cells.peekable();
        if cells.peek().is_none() {
            return Ok(());
        }
        self.cursor = None;
        self.inner.draw(cells)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor == Some(Cursor::Hidden) {
            return Ok(());
        }
        self.cursor = Some(Cursor::Hidden);
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if matches!(self.cursor, Some(Cursor::Shown | Cursor::ShownAt(_))) {
            return Ok(());
        }
        self.cursor = Some(Cursor::Shown);
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor == Some(Cursor::ShownAt(position)) {
            return Ok(());
        }
        match self.cursor {
            // a frame always ends alike, so that whoever looks on knows it for whole
            Some(Cursor::ShownAt(_)) => self.inner.show_cursor()?,
            Some(Cursor::Shown) => {}
            Some(Cursor::Hidden) | None => return self.inner.set_cursor_position(position),
        }
        self.cursor = Some(Cursor::ShownAt(position));
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.cursor = None;
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.cursor = None;
        self.inner.clear_region(region)
    }

    #[cfg(unix)]
    fn size(&self) -> io::Result<Size> {
        // asked before each frame: the library's own way opens the terminal anew each time
        match rustix::termios::tcgetwinsize(rustix::stdio::stdout()) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Ok(Size::new(size.ws_col, size.ws_row)),
            _ => self.inner.size(),
        }
    }

    #[cfg(not(unix))]
    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    /// Nothing: [`Painter::send`] does.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ratatui::{Terminal, TerminalOptions, Viewport};

    use super::*;

    impl Unsent {
        fn sent(&self) -> String {
            String::from_utf8(self.0.take()).unwrap()
        }
    }

    fn terminal(line: &Unsent) -> Terminal<Painter<Unsent>> {
        let area = ratatui::layout::Rect::new(0, 0, 20, 2);
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        Terminal::with_options(Painter::onto(line.clone()), options).unwrap()
    }

    fn typed(terminal: &mut Terminal<Painter<Unsent>>, text: &str) {
        made(terminal, text);
        terminal.backend_mut().send().unwrap();
    }

    fn made(terminal: &mut Terminal<Painter<Unsent>>, text: &str) {
        let end = Position::new(text.len() as u16, 0);
        terminal
            .draw(|frame| {
                frame.render_widget(text, frame.area());
                frame.set_cursor_position(end);
            })
            .unwrap();
    }

    #[test]
    fn a_frame_in_which_nothing_changed_sends_nothing() {
        let line = Unsent::default();
        let mut terminal = terminal(&line);
        typed(&mut terminal, "half");
        assert!(line.sent().ends_with("\x1b[?25h\x1b[1;5H"), "the cursor is shown at the end of the text");
        typed(&mut terminal, "half");
        assert_eq!(line.sent(), "");
    }

    #[test]
    fn a_letter_costs_little_and_the_cursor_follows() {
        let line = Unsent::default();
        let mut terminal = terminal(&line);
        typed(&mut terminal, "half");
        line.sent();
        typed(&mut terminal, "halfw");
        let sent = line.sent();
        assert!(sent.starts_with("\x1b[1;5Hw") && sent.ends_with("\x1b[?25h\x1b[1;6H"), "{sent:?}");
        assert!(sent.len() <= 60, "{} bytes: {sent:?}", sent.len());
        // a blank is there already: only the cursor moves
        typed(&mut terminal, "halfw ");
        assert_eq!(line.sent(), "\x1b[?25h\x1b[1;7H");
    }

    #[test]
    fn a_cursor_that_goes_and_comes_is_said_once() {
        let line = Unsent::default();
        let mut terminal = terminal(&line);
        let hidden = |terminal: &mut Terminal<Painter<Unsent>>| {
            terminal.draw(|frame| frame.render_widget("half", frame.area())).unwrap();
            terminal.backend_mut().send().unwrap();
        };
        typed(&mut terminal, "half");
        line.sent();
        hidden(&mut terminal);
        assert_eq!(line.sent(), "\x1b[?25l");
        hidden(&mut terminal);
        assert_eq!(line.sent(), "");
        typed(&mut terminal, "half");
        assert_eq!(line.sent(), "\x1b[?25h\x1b[1;5H");
    }

    #[test]
    fn a_frame_that_was_made_is_seen_when_it_is_sent_and_not_before() {
        let line = Unsent::default();
        let mut terminal = terminal(&line);
        made(&mut terminal, "half");
        assert_eq!(line.sent(), "");
        terminal.backend_mut().send().unwrap();
        assert!(line.sent().contains("half"));
        terminal.backend_mut().send().unwrap();
        assert_eq!(line.sent(), "", "once");
    }

    #[test]
    fn of_a_frame_that_is_thrown_away_nothing_is_ever_seen() {
        let line = Unsent::default();
        let mut terminal = terminal(&line);
        typed(&mut terminal, "half");
        line.sent();
        made(&mut terminal, "half kept");
        terminal.backend_mut().throw_away();
        terminal.resize(ratatui::layout::Rect::new(0, 0, 20, 2)).unwrap();
        typed(&mut terminal, "half lost");
        let sent = line.sent();
        assert!(sent.contains("half") && sent.contains("lost") && !sent.contains("kept"), "{sent:?}");
        assert!(sent.ends_with("\x1b[?25h\x1b[1;10H"), "{sent:?}");
    }

    #[test]
    fn after_the_terminal_was_cleared_everything_is_sent_again() {
        let line = Unsent::default();
        let mut terminal = terminal(&line);
        typed(&mut terminal, "half");
        line.sent();
        terminal.resize(ratatui::layout::Rect::new(0, 0, 20, 2)).unwrap();
        typed(&mut terminal, "half");
        let sent = line.sent();
        assert!(sent.contains("half") && sent.ends_with("\x1b[?25h\x1b[1;5H"), "{sent:?}");
    }
}
