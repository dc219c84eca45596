//! What somebody asked for: which document, about what, for whom, written how. The command line, the screen and whoever
//! writes the file make it from here, so that a file never differs from what was shown before.
//!
//! A copy for one partner is made of what that partner may have and of nothing else: see [`Workbook::shared_with`].

use jiff::civil::Date;

use super::document::Document;
use super::format::Format;
use super::subject::Subject;
use super::{Copies, artefact, ascii, watch};
use crate::content::Content;
use crate::domain::query::side;
use crate::domain::{PartnerId, RecordId, Workbook};

/// What is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Which document, by the name of its row.
    pub what: &'static str,
    /// How it is written.
    pub format: Format,
    /// In ASCII alone.
    pub ascii: bool,
    /// For which partner the copy is; `None` for ourselves.
    pub partner: Option<PartnerId>,
    /// The call that it is about; the last one where none is given.
    pub call: Option<RecordId>,
    /// The record that it is about, of the family that [`super::Artefact::about`] says; where none is given, the document
    /// takes the one that comes next.
    pub about: Option<RecordId>,
    /// Whether private answers are taken in. A partner's copy has none of them all the same.
    pub with_private: bool,
    /// The day since when it is asked what has changed.
    pub since: Option<Date>,
    /// The day on which the workbook last changed, where it is known.
    pub changed: Option<Date>,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The document.
    pub document: Document,
    /// What is to be known about it before it leaves, in sentences. That private answers were left out is not among them:
    /// see [`super::left_out`].
    pub remarks: Vec<String>,
    /// The copy as a workbook, where that is asked for: what the partner may have and nothing else. Whoever writes the
    /// file writes this in place of the document.
    pub copy: Option<Box<Workbook>>,
}

/// What is to be known of a copy that may come back.
const COMES_BACK: &str = "It is a workbook: they bring it in with `alongside import`, write in it, and send back the file \
                          workbook.ron of its folder. `alongside open NAME --beside FILE`, or f in g v, shows what they said.";

/// Why nothing was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotMade {
    /// No row has that name.
    #[error("there is no document called “{0}”")]
    NoSuchDocument(String),
    /// The partner does not take part, or is our own side.
    #[error("nobody of that name takes part")]
    NoSuchPartner,
    /// It is meant for ourselves, or is for everybody as it is.
    #[error("“{0}” is not made as a copy for one partner")]
    NoCopies(&'static str),
    /// It is nothing but a copy, and nobody said for whom.
    #[error("it was not said whose copy it is")]
    WhoseCopy,
}

impl Order {
    /// A document for ourselves, in the format in which it mostly goes out, without what is private.
    pub fn of(what: &'static str) -> Self {
        let format = artefact(what).map(super::Artefact::usual_format).unwrap_or_default();
        Self {
            what,
            format,
            ascii: false,
            partner: None,
            call: None,
            about: None,
            with_private: false,
            since: None,
            changed: None,
        }
    }

    /// The same, in the format that the ending of a file's name asks for, where it is one that the document comes in.
    #[must_use]
    pub fn for_file(self, path: &str) -> Self {
        let ending = path.rsplit_once('.').and_then(|(_, ending)| Format::named(ending));
        let comes_in = |format: &Format| artefact(self.what).is_some_and(|row| row.formats.contains(format));
        Self { format: ending.filter(comes_in).unwrap_or(self.format), ..self }
    }

    /// The document as it stands on a day.
    ///
    /// # Errors
    /// [`NotMade`]: nothing can be made of what was asked for.
    pub fn make(&self, workbook: &Workbook, content: &Content, today: Date) -> Result<Made, NotMade> {
        let artefact = artefact(self.what).ok_or_else(|| NotMade::NoSuchDocument(self.what.to_owned()))?;
        let mut beside = Vec::new();
        let document = match self.whose(workbook) {
            None if artefact.copies == Copies::Only => return Err(NotMade::WhoseCopy),
            None => {
                let subject =
                    self.asked(Subject::new(workbook, content, today)).with_private(self.with_private);
                let subject = subject.about_call(self.call.as_ref());
                artefact.document(&subject.about_record(self.about.as_ref()))
            }
            Some(_) if artefact.copies == Copies::None => {
                return Err(NotMade::NoCopies(artefact.title));
            }
            Some(partner) if artefact.copies == Copies::Each => {
                let shared = workbook.shared_with(&partner).ok_or(NotMade::NoSuchPartner)?;
                let subject = self.asked(Subject::new(workbook, content, today)).addressed_to(&partner);
                let document = artefact.document(&subject.about_record(self.about.as_ref()));
                beside.extend(named(&document, &shared.unnamed));
                document
            }
            Some(partner) => {
                let shared = workbook.shared_with(&partner).ok_or(NotMade::NoSuchPartner)?;
                let subject =
                    self.asked(Subject::new(&shared.workbook, content, today)).for_partner(&partner);
                let document = artefact.document(&subject);
                let who = side(workbook, &partner);
                beside.extend(unagreed(shared.unagreed, &who));
                beside.extend(named(&document, &shared.unnamed));
                document
            }
        };
        let mut document = if self.ascii { ascii::document(&document) } else { document };
        document.beside.splice(0..0, beside);
        let copy = (self.format == Format::Workbook)
            .then(|| workbook.copy_to_send(&self.whose(workbook)?).map(Box::new))
            .flatten();
        let mut remarks = watch::remarks(workbook, &document);
        remarks.extend(copy.is_some().then(|| COMES_BACK.to_owned()));
        Ok(Made { remarks, document, copy })
    }

    fn asked<'a>(&self, subject: Subject<'a>) -> Subject<'a> {
        subject.with_since(self.since).with_changed(self.changed)
    }

    /// Whose copy it is. What is nothing but a copy is that of the only partner there is, where nobody said.
    fn whose(&self, workbook: &Workbook) -> Option<PartnerId> {
        let only = || match workbook.partners() {
            [partner] if artefact(self.what).is_some_and(|a| a.copies == Copies::Only) => {
                Some(partner.id.clone())
            }
            _ => None,
        };
        self.partner.clone().or_else(only)
    }
}

/// What is to be said of names that a document for a partner gives away.
fn named(document: &Document, unnamed: &[String]) -> Vec<String> {
    let names = watch::names_in(document, unnamed).into_iter();
    names
        .map(|name| {
            format!("It names {name}, about whom something sensitive is noted: please read it again.")
        })
        .collect()
}

fn unagreed(count: usize, who: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 agreed wording left out: {who} did not say yes to it as it stands.")),
        n => Some(format!("{n} agreed wordings left out: {who} did not say yes to them as they stand.")),
    }
}
