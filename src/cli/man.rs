//! `alongside man`: the manual page, made from the definition in `args.rs` and the table of exit codes.

use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use super::args::Cli;
use super::exit::{Exit, Failure};
use super::session::Session;

/// Variables that the program looks at, with what they do.
const VARIABLES: &[(&str, &str)] = &[
    ("ALONGSIDE_DIR", "The folder in which everything is kept, where --dir does not name one."),
    (
        "ALONGSIDE_NOW",
        "A moment such as 2025-11-04T09:30:00Z that stands in for the clock, for tests and rehearsals.",
    ),
    ("VISUAL, EDITOR", "The editor to which the screen hands a text."),
    ("NO_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM", "Whether there is colour, where --color does not say."),
];

/// Prints the manual page.
pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    let page =
        page().map_err(|e| Failure::new(Exit::OurBug, format!("the manual page was not made: {e}"), ""))?;
    session.out.document(&page);
    Ok(Exit::Well)
}

fn page() -> std::io::Result<String> {
    let mut command = Cli::command();
    command.build();
    let examples = command.get_before_help().map(ToString::to_string).unwrap_or_default();
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let mut out = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    let mut roff = Roff::new();
    roff.control("PP", []).text([roman(after.replace('\n', " "))]);
    roff.control("SH", ["EXAMPLES"]).control("nf", []);
    for line in examples.lines().skip(1) {
        roff.text([roman(line.trim())]);
    }
    roff.control("fi", []);
    roff.to_writer(&mut out)?;
    man.render_options_section(&mut out)?;
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    command.get_subcommands().filter(|c| c.get_name() != "help").for_each(|c| subcommand(&mut roff, c));
    table(
        &mut roff,
        "ENVIRONMENT",
        VARIABLES.iter().map(|(name, words)| ((*name).to_owned(), (*words).to_owned())),
    );
    table(&mut roff, "EXIT STATUS", Exit::ALL.iter().map(|e| (e.code().to_string(), e.words().to_owned())));
    roff.to_writer(&mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn subcommand(roff: &mut Roff, command: &Command) {
    let own: Vec<&Arg> = command.get_arguments().filter(|a| !a.is_global_set() && !is_ours(a)).collect();
    let places: Vec<String> = own.iter().filter(|a| a.is_positional()).map(|a| place(a)).collect();
    roff.control("SS", [format!("alongside {} {}", command.get_name(), places.join(" ")).trim_end()]);
    roff.text([roman(format!("{}.", words(command.get_about())))]);
    for arg in own {
        let name: Vec<Inline> = match arg.get_long() {
            None => vec![italic(place(arg))],
            Some(long) if arg.get_action().takes_values() => {
                let value = arg.get_value_names().and_then(|n| n.first()).map_or("VALUE", |n| n.as_str());
                vec![bold(format!("--{long}")), roman(" "), italic(value)]
            }
            Some(long) => vec![bold(format!("--{long}"))],
        };
        let values: Vec<String> = arg.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
        let values = if arg.get_action().takes_values() && !values.is_empty() {
            format!(": {}", values.join(", "))
        } else {
            String::new()
        };
        roff.control("TP", []).text(name).text([roman(format!("{}{values}.", words(arg.get_help())))]);
    }
}

/// Whether clap added it: help is told of once, for the whole program.
fn is_ours(arg: &Arg) -> bool {
    arg.get_id() == "help" || arg.get_id() == "version"
}

fn place(arg: &Arg) -> String {
    let name = arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
    if arg.is_required_set() { name.to_owned() } else { format!("[{name}]") }
}

fn words(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

fn table(roff: &mut Roff, title: &str, rows: impl Iterator<Item = (String, String)>) {
    roff.control("SH", [title]);
    for (name, words) in rows {
        roff.control("TP", []).text([bold(name)]).text([roman(words)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_every_command_and_every_exit_code() {
        let page = page().unwrap();
        for command in Cli::command().get_subcommands() {
            assert!(page.contains(&format!("alongside {}", command.get_name())), "{}", command.get_name());
        }
        for exit in Exit::ALL {
            assert!(page.contains(exit.words()), "{exit:?}");
        }
    }
}
