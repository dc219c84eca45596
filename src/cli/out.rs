//! Where a command says things: data on standard output, words on standard error.
//!
//! Both are gathered and said at the end, data first, so that a closed pipe or a full disk is met in one place. Whatever
//! passes through here loses what could act on a terminal; the few sequences that remain are those of [`Out::strong`].

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};

use super::exit::{Exit, Failure};
use crate::export::clean;
use crate::notation::Writable;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum When {
    /// On a terminal that wants it.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl When {
    /// Whether the screen takes colour, in a terminal whose owner has set it to monochrome or not.
    pub fn on_screen(self, mono: bool) -> bool {
        !(self == Self::Auto && mono) && wanted(self, &super::session::env, true)
    }
}

/// What a command has to say.
#[derive(Debug)]
pub struct Out {
    data: String,
    /// What is no text; comes after it.
    bytes: Vec<u8>,
    words: RefCell<String>,
    data_strong: bool,
    words_strong: bool,
}

impl Out {
    /// Says things in bold where `when`, the environment and the streams allow it.
    pub fn new(when: When, env: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            data: String::new(),
            bytes: Vec::new(),
            words: RefCell::default(),
            data_strong: wanted(when, &env, io::stdout().is_terminal()),
            words_strong: wanted(when, &env, io::stderr().is_terminal()),
        }
    }

    /// The same, asking the environment of this process.
    pub fn of_process(when: When) -> Self {
        Self::new(when, super::session::env)
    }

    /// Whether standard output takes colour.
    pub fn is_coloured(&self) -> bool {
        self.data_strong
    }

    /// A line of data.
    pub fn line(&mut self, line: &str) {
        self.data.push_str(&clean::line(line));
        self.data.push('\n');
    }

    /// A line of data of which the first part stands out.
    pub fn strong(&mut self, first: &str, rest: &str) {
        let (first, rest) = (clean::text(first), clean::text(rest));
        let line = format!("{}{}", bold(&first, self.data_strong), rest.trim_end());
        self.data.push_str(&line.replace('\n', " "));
        self.data.push('\n');
    }

    /// A document that has been cleaned already.
    pub fn document(&mut self, text: &str) {
        self.data.push_str(text);
    }

    /// A document that is no text, for a pipe or a file.
    pub fn bytes(&mut self, bytes: Vec<u8>) {
        self.bytes = bytes;
    }

    /// Whether standard output is read by a person.
    pub fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// A value as JSON on lines of its own.
    ///
    /// # Errors
    /// None that can happen with the values this program has.
    pub fn json(&mut self, value: Writable<'_>) -> Result<(), Failure> {
        let json = serde_json::to_string_pretty(value)
            .map_err(|e| Failure::new(Exit::OurBug, format!("this could not be said as JSON: {e}"), ""))?;
        for c in json.chars() {
            // such a character stands inside a string, where it may be written as its number; layout is a line feed
            if clean::is_unsafe(c) && c != '\n' {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    self.data.push_str(&format!("\\u{unit:04x}"));
                }
            } else {
                self.data.push(c);
            }
        }
        self.data.push('\n');
        Ok(())
    }

    /// Words for the person. They come after the data, and not at all where nobody is reading any more.
    pub fn words(&self, words: &str) {
        let mut all = self.words.borrow_mut();
        all.push_str(&clean::text(words));
        all.push('\n');
    }

    /// Words for the person at once: a question, or what is wrong with the command line. That they cannot be said is no
    /// failure.
    pub fn at_once(&self, words: &str) {
        let _ = io::stderr().write_all(clean::text(words).as_bytes());
    }

    /// What did not work, and what to do.
    pub fn failure(&self, failure: &Failure) {
        if failure.message.is_empty() {
            return;
        }
        let name = bold("alongside:", self.words_strong);
        let _ = writeln!(io::stderr(), "{name} {}", clean::text(&failure.message));
        if !failure.hint.is_empty() {
            let _ = writeln!(io::stderr(), "{}", clean::text(&failure.hint));
        }
    }

    /// Writes the data out, then the words.
    ///
    /// # Errors
    /// [`Exit::ClosedPipe`] without words where the reader has gone, otherwise [`Exit::Io`].
    pub fn finish(&mut self) -> Result<(), Failure> {
        let (data, words) = (std::mem::take(&mut self.data), self.words.take());
        let data = [data.into_bytes(), std::mem::take(&mut self.bytes)].concat();
        let written = write_out(&data);
        if !matches!(&written, Err(failure) if failure.exit == Exit::ClosedPipe) {
            self.at_once(&words);
        }
        written
    }
}

fn write_out(bytes: &[u8]) -> Result<(), Failure> {
    if bytes.is_empty() {
        return Ok(());
    }
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::closed_pipe(),
        io::ErrorKind::StorageFull => Failure::new(
            Exit::Io,
            "the output could not be written: the disk is full",
            "Your workbooks are as they were. Please make some room, then try again.",
        ),
        _ => Failure::new(
            Exit::Io,
            format!("the output could not be written: {error}"),
            "Your workbooks are as they were.",
        ),
    })
}

fn bold(text: &str, really: bool) -> String {
    if really { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Whether a stream gets colour: the flag first, then `NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR`, `TERM`, then whether it
/// is a terminal. A variable that is set and empty counts as not set.
fn wanted(when: When, env: &impl Fn(&str) -> Option<String>, is_terminal: bool) -> bool {
    let set = |name: &str| env(name).filter(|value| !value.is_empty());
    match when {
        When::Always => return true,
        When::Never => return false,
        When::Auto => {}
    }
    if set("NO_COLOR").is_some() {
        return false;
    }
    if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return true;
    }
    let refused = set("CLICOLOR").is_some_and(|value| value == "0");
    is_terminal && !refused && set("TERM").is_none_or(|value| value != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    type Variables = &'static [(&'static str, &'static str)];

    #[test]
    fn colour_follows_the_flag_then_the_variables_then_the_terminal() {
        let cases: [(When, Variables, bool, bool); 12] = [
            (When::Auto, &[], true, true),
            (When::Auto, &[], false, false),
            (When::Auto, &[("NO_COLOR", "1")], true, false),
            (When::Auto, &[("NO_COLOR", "")], true, true),
            (When::Auto, &[("CLICOLOR", "0")], true, false),
            (When::Auto, &[("CLICOLOR", "1")], false, false),
            (When::Auto, &[("CLICOLOR_FORCE", "1")], false, true),
            (When::Auto, &[("CLICOLOR_FORCE", "0")], false, false),
            (When::Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true, false),
            (When::Auto, &[("TERM", "dumb")], true, false),
            (When::Always, &[("NO_COLOR", "1")], false, true),
            (When::Never, &[("CLICOLOR_FORCE", "1")], true, false),
        ];
        for (when, vars, terminal, expected) in cases {
            let env = |name: &str| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
            assert_eq!(wanted(when, &env, terminal), expected, "{when:?} {vars:?} {terminal}");
        }
    }

    #[test]
    fn json_says_dangerous_characters_by_number_and_loses_none() {
        let mut out = Out::new(When::Never, |_| None);
        let nasty = "a\u{1b}[2J\u{9b}\u{202e}\u{e0041}\n\u{7f}é";
        out.json(&nasty).unwrap();
        assert!(!out.data.trim_end().chars().any(clean::is_unsafe), "{:?}", out.data);
        assert_eq!(serde_json::from_str::<String>(&out.data).unwrap(), nasty);
    }
}
