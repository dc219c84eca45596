//! `alongside show NAME [ASPECT|QUESTION] [--welcome]`

use super::args::{Form, Show};
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::content::types::{Aspect, Question};
use crate::content::{ASPECTS, Content};
use crate::export::{self, Document, Subject};

/// Prints a workbook, or a part of it.
pub fn run(show: &Show, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let entry = session.entry(&show.name)?;
    let workbook = session.read(&entry)?;
    let part = show.part.as_deref().map(|words| Part::named(words, session.content())).transpose()?;
    let changed = entry.changed.map(|at| session.day_of(at));
    let subject = session.subject(&workbook, show.with_private).with_changed(changed);
    let welcome = export::artefact("welcome").filter(|_| show.welcome);
    let document = welcome.map_or_else(|| document(&subject, part), |welcome| welcome.document(&subject));
    let text = match show.format {
        Form::Markdown => export::as_markdown(&document),
        Form::Text => export::plain(&document, export::COLUMNS),
    };
    session.out.document(&text);
    super::export::say_left_out(&document, session);
    Ok(Exit::Well)
}

fn document(subject: &Subject<'_>, part: Option<Part<'_>>) -> Document {
    match part {
        None => export::workbook(subject),
        Some(Part::Aspect(aspect)) => export::aspect(subject, aspect),
        Some(Part::Question(question)) => export::question(subject, question),
    }
}

/// A part of a workbook that has a name.
enum Part<'c> {
    Aspect(&'c Aspect),
    Question(&'c Question),
}

impl<'c> Part<'c> {
    /// The part that words name: an aspect by its name, its code or the start of its name, a question by its id.
    fn named(words: &str, content: &'c Content) -> Result<Self, Failure> {
        let wanted = words.trim().to_lowercase();
        if let Some(question) = content.question(&wanted.to_uppercase()) {
            return Ok(Self::Question(question));
        }
        let exactly = |n: &&crate::content::AspectRow| n.id == wanted || n.code.to_lowercase() == wanted;
        let begins = ASPECTS.iter().filter(|n| !wanted.is_empty() && n.id.starts_with(&wanted));
        let row = ASPECTS.iter().find(exactly).or_else(|| {
            let begins: Vec<_> = begins.collect();
            if let [only] = begins.as_slice() { Some(only) } else { None }
        });
        row.and_then(|row| content.aspect(row.id)).map(Self::Aspect).ok_or_else(|| no_such_part(words))
    }
}

fn no_such_part(words: &str) -> Failure {
    let names: Vec<&str> = ASPECTS.iter().map(|row| row.id).collect();
    Failure::usage(
        format!("there is no part of a workbook called “{words}”"),
        format!("The parts are {}. A question goes by its id, such as SCO-3.", names.join(", ")),
    )
}
