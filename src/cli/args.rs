//! The command line: what may be said, and how it is explained. Help, completions and the manual page all come from here.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use super::out::When;
use crate::domain::Tag;
use crate::export::{Artefact, Format, artefacts};

const EXAMPLES: &str = "\
Examples:
  alongside new \"Tactile guide with City Museum\"   begin a workbook
  alongside                                        open where you were, or the list
  alongside export \"Tactile guide\" --to page.md    the partnership on a page, to send";

const AFTER: &str = "\
Wherever a NAME is asked for, the start of a title will do, or some words of it, the name of a partner, or the id that \
`list --json` shows.
Nothing private leaves a workbook unless you say --with-private.";

/// A workbook for people who work in partnership across organisations.
///
/// It asks one question at a time, keeps what you think apart from what they said and from what you have agreed, and
/// remembers it all for the day you come back.
#[derive(Debug, Default, Parser)]
#[command(
    name = "alongside",
    version,
    before_help = EXAMPLES,
    after_help = AFTER,
    subcommand_value_name = "COMMAND",
    subcommand_help_heading = "Commands",
    max_term_width = 100
)]
pub struct Cli {
    /// Keep everything in this folder instead of the usual one
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
    /// Show everything in one column, for a screen reader or a magnifier
    #[arg(long, global = true)]
    pub linear: bool,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// What to do; without it the screen opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What can be done without the screen, and `open`, which opens it. Of those that are not asked for nothing but the name
/// is made: the phone rings.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub enum Command {
    /// Begin a workbook
    New(New),
    /// Open a workbook on the screen
    Open(Open),
    /// Open the screen straight on a new call
    Call(Call),
    /// List the workbooks
    List(List),
    /// Print a workbook, one part of the cycle, or one question
    Show(Show),
    /// Find words in the workbooks
    Find(Find),
    /// Print what is owed and what has a day, over all workbooks
    Agenda(Agenda),
    /// Note something in passing; an open window shows it
    Jot(Jot),
    /// Make a document to send or to print
    Export(Export),
    /// Show how a workbook was on a day, beside how it is now
    History(History),
    /// Bring back how something was on a day; it can be undone
    Restore(Restore),
    /// See whether every file is well, and put right what can be where asked to
    Check(Check),
    /// Put everything into one file
    Backup(Backup),
    /// Bring in a backup, a workbook's folder or a workbook.ron
    Import(Import),
    /// Make a new workbook of what can still be read of a damaged one
    Rescue(Rescue),
    /// Open your copy of the worked example
    Example,
    /// Say where things are kept
    Where(Where),
    /// Print the keys of the screen
    Keys(Keys),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

/// `new`
#[derive(Debug, Args)]
pub struct New {
    /// What to call it; it can be changed at any time
    pub title: String,
}

/// `open`
#[derive(Debug, Args)]
pub struct Open {
    /// Which workbook
    pub name: String,
    /// Another copy of it, or one that a partner sent back: shows what differs, to take what you want of it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub beside: Option<PathBuf>,
}

/// `call`
#[derive(Debug, Args)]
pub struct Call {
    /// Which workbook; the one that was open last if left out
    pub name: Option<String>,
    /// With whom: some letters of a partner's name. A name that nobody has is kept, to be sorted out later
    #[arg(long, value_name = "WORDS")]
    pub partner: Option<String>,
}

/// `list`
#[derive(Debug, Args)]
pub struct List {
    /// As JSON: an array of objects with id, title, state, partners, changed, folder, example, trouble
    #[arg(long)]
    pub json: bool,
}

/// `agenda`
#[derive(Debug, Args)]
pub struct Agenda {
    /// Only this workbook
    #[arg(long = "in", value_name = "NAME")]
    pub within: Option<String>,
    /// Only what one side owes the other
    #[arg(long)]
    pub owed: bool,
    /// Only up to a day: 2026-03-01, 12 Nov, friday, "end of the month"
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
    /// As JSON: an array of objects with on, kind, words, who, workbook, title
    #[arg(long, conflicts_with = "ics")]
    pub json: bool,
    /// As an iCalendar file, for a calendar to take in; what has no day is left out
    #[arg(long)]
    pub ics: bool,
    /// Take in what is private too
    #[arg(long)]
    pub with_private: bool,
}

/// `show`
#[derive(Debug, Args)]
pub struct Show {
    /// Which workbook
    pub name: String,
    /// A part of the cycle, such as scoping, or a question, such as SCO-3; everything if left out
    #[arg(value_name = "ASPECT|QUESTION")]
    pub part: Option<String>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Form,
    /// Show the private answers too
    #[arg(long)]
    pub with_private: bool,
    /// How things stand after a while away: why it rests, what was last, what is owed, what is old
    #[arg(long, conflicts_with = "part")]
    pub welcome: bool,
}

/// `find`
#[derive(Debug, Args)]
pub struct Find {
    /// Words that must all be there, in any order
    #[arg(required = true)]
    pub words: Vec<String>,
    /// Look in this workbook only
    #[arg(long = "in", value_name = "NAME")]
    pub within: Option<String>,
    /// Look in the private answers too
    #[arg(long)]
    pub with_private: bool,
    /// As JSON: an array of objects with id, title, folder, place, question, voice, line
    #[arg(long)]
    pub json: bool,
}

/// `export`
#[derive(Debug, Args)]
pub struct Export {
    /// Which workbook
    #[arg(required_unless_present = "list")]
    pub name: Option<String>,
    /// Which document; --list says which there are
    #[arg(long, value_name = "DOCUMENT", default_value = "page", value_parser = ArtefactParser)]
    pub what: &'static Artefact,
    /// Where to put it; - is standard output
    #[arg(short = 'o', long, visible_alias = "output", value_name = "FILE", default_value = "-")]
    #[arg(value_hint = ValueHint::FilePath)]
    pub to: PathBuf,
    /// How to write it; follows the name of the file if left out
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    pub format: Option<Format>,
    /// In ASCII alone: plain quotes and dashes, no accents, other signs spelled out
    #[arg(long)]
    pub ascii: bool,
    /// The copy for one partner, by some letters of its name: what you agreed, what they said, what you share, promises
    /// between you, and nothing else. Of an ending letter, the one letter that goes to them
    #[arg(long = "for", value_name = "PARTNER", conflicts_with = "with_private")]
    pub partner: Option<String>,
    /// For what is about one of several, such as first words to a candidate: which one, by some letters of its name; the one
    /// that comes next if left out
    #[arg(long, value_name = "WORDS")]
    pub about: Option<String>,
    /// For what has changed since: the day, such as 2025-02-28; the last pause, or a month ago, if left out
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,
    /// Put the private answers in too
    #[arg(long)]
    pub with_private: bool,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
    /// List the documents there are, and the formats that each comes in
    #[arg(long)]
    pub list: bool,
    /// With --list: as JSON, an array of objects with name, title, help, formats, copies
    #[arg(long, requires = "list")]
    pub json: bool,
}

/// `jot`
#[derive(Debug, Args)]
#[command(after_help = "\
A note waits in the inbox until it is safely in a workbook. Where that workbook is open in a window, it goes in at once, \
and into the call if one is going on.")]
pub struct Jot {
    /// What is not to be forgotten. - notes each line of standard input and passes over blank ones. Without any, a
    /// terminal is asked for a line
    pub text: Vec<String>,
    /// For this workbook; otherwise it goes to the call that is going on, or waits in the inbox
    #[arg(long, value_name = "NAME")]
    pub to: Option<String>,
    /// What it is, in a letter: s said, w we said, a agreed, p promise, q ask back, d differs, m money, x worry; v for
    /// private goes with any, as in pv
    #[arg(long, value_name = "LETTERS", value_parser = super::jot::tag_of)]
    pub tag: Option<(Option<Tag>, bool)>,
    /// When it was said: 14:05 for today, or a moment such as 2025-11-04T14:05:00Z
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
}

/// `history`
#[derive(Debug, Args)]
#[command(after_help = "\
Each visit that changes something keeps a version of how it was before. All of the last two days stay, then one a day for \
a month, one a week for a year, one a month after that.")]
pub struct History {
    /// Which workbook
    pub name: String,
    /// Show what was otherwise at the end of this day: 2025-03-03, 3 March, friday, yesterday
    #[arg(long, value_name = "DAY")]
    pub on: Option<String>,
    /// With --on: only the answer to this question, such as SCO-3; may be said several times
    #[arg(long, value_name = "QUESTION", requires = "on")]
    pub answer: Vec<String>,
    /// With --on: show what is private too
    #[arg(long)]
    pub with_private: bool,
    /// As JSON: an array of objects with at, day, by, changed, file, trouble; with --on, of objects with what, part,
    /// question, then, now, rows
    #[arg(long)]
    pub json: bool,
}

/// `restore`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true).args(["answer", "record", "all"]))]
#[command(after_help = "\
What it brings back is one step, which u takes back in the window. What came since goes to the bin, and words that are \
replaced stay as an earlier version of their answer.")]
pub struct Restore {
    /// Which workbook; not while it is open in a window
    pub name: String,
    /// As it was at the end of this day: 2025-03-03, 3 March, friday, yesterday
    #[arg(long, value_name = "DAY")]
    pub on: String,
    /// The answer to this question, such as SCO-3; may be said several times
    #[arg(long, value_name = "QUESTION")]
    pub answer: Vec<String>,
    /// A record, a partner, a person or a line, by some of its words or its id; may be said several times
    #[arg(long, value_name = "WORDS")]
    pub record: Vec<String>,
    /// Everything that is otherwise than it was
    #[arg(long, conflicts_with_all = ["answer", "record"])]
    pub all: bool,
}

/// `check`
#[derive(Debug, Args)]
pub struct Check {
    /// As JSON: an array of objects with kind, path, what, advice, can_repair (with --repair also done)
    #[arg(long)]
    pub json: bool,
    /// Put right what needs nobody to choose; nothing is deleted
    #[arg(long)]
    pub repair: bool,
}

/// `backup`
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
}

/// `import`
#[derive(Debug, Args)]
pub struct Import {
    /// A backup, a workbook's folder or a workbook.ron
    #[arg(value_hint = ValueHint::AnyPath)]
    pub path: PathBuf,
    #[command(flatten)]
    pub met: Met,
}

/// What to do with a workbook that is here already.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub struct Met {
    /// Bring in beside it what is here already
    #[arg(long)]
    pub as_copy: bool,
    /// Bring it in place of what is here, which goes to the bin
    #[arg(long)]
    pub replace: bool,
    /// Leave what is here, and bring in the rest
    #[arg(long)]
    pub skip: bool,
}

/// `rescue`
#[derive(Debug, Args)]
#[command(after_help = "\
The new workbook stands beside the damaged one, of which nothing changes. What had to be left out is listed with the \
numbers of its lines. `alongside check` says which workbooks cannot be read.")]
pub struct Rescue {
    /// Which workbook; or its folder, or its workbook.ron
    #[arg(value_name = "WORKBOOK")]
    pub name: String,
    /// Make it of this file instead: an earlier version in history/, or a copy in quarantine/
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub from: Option<PathBuf>,
}

/// `where`
#[derive(Debug, Args)]
pub struct Where {
    /// Which workbook; the folder of everything if left out
    pub name: Option<String>,
    /// As JSON: an object with folder, workbooks, inbox, bin, settings, content
    #[arg(long)]
    pub json: bool,
}

/// `keys`
#[derive(Debug, Args)]
pub struct Keys {
    /// Print what each command is called, for keys of your own in settings.ron, instead of what it does
    #[arg(long)]
    pub names: bool,
}

/// `completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// Which shell
    pub shell: clap_complete::Shell,
}

/// How a document is written, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Markdown
    #[value(name = "md", alias = "markdown")]
    Markdown,
    /// Plain text
    #[value(name = "text", alias = "txt")]
    Text,
}

/// Takes the name of a format, or another way to say it.
fn format_parser() -> impl clap::builder::TypedValueParser<Value = Format> {
    use clap::builder::TypedValueParser as _;
    let value = |format: Format| {
        let value = PossibleValue::new(format.name()).help(format.word());
        match format {
            Format::Markdown => value.alias("markdown"),
            Format::Text => value.alias("txt"),
            Format::Html => value.alias("htm"),
            Format::Docx => value.alias("word"),
            Format::Calendar => value.aliases(["ical", "icalendar"]),
            Format::Workbook => value.alias("workbook"),
            Format::Csv | Format::Json => value,
        }
    };
    let names = clap::builder::PossibleValuesParser::new(Format::NAMED.map(value));
    names.map(|name| Format::named(&name).unwrap_or_default())
}

/// Takes the name of a row of [`ARTEFACTS`].
#[derive(Debug, Clone, Copy)]
struct ArtefactParser;

impl clap::builder::TypedValueParser for ArtefactParser {
    type Value = &'static Artefact;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Self::Value, clap::Error> {
        let names = clap::builder::PossibleValuesParser::new(artefacts().map(|a| a.name));
        let name = names.parse_ref(command, arg, value)?;
        artefacts()
            .find(|a| a.name == name)
            .ok_or_else(|| clap::Error::new(clap::error::ErrorKind::InvalidValue))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(artefacts().map(|a| PossibleValue::new(a.name).help(a.title))))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn nothing_said_is_understood_as_if_it_were_parsed() {
        let parsed = Cli::try_parse_from(["alongside"]).unwrap();
        assert_eq!(format!("{:?}", Cli::default()), format!("{parsed:?}"));
    }
}
