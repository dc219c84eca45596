//! `alongside new TITLE`

use super::args::New;
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::domain::Workbook;
use crate::export::clean;

/// Makes a workbook and prints its folder.
pub fn run(new: &New, session: &mut Session<'_>) -> Result<Exit, Failure> {
    let title = clean::line(&new.title);
    if title.is_empty() {
        return Err(Failure::usage(
            "a workbook needs a title",
            "A few words will do, and you can change them at any time: alongside new \"Walks with City Museum\"",
        ));
    }
    let mut workbook = Workbook::new(session.ids().workbook(), &title);
    match session.store.settings() {
        Ok(settings) => {
            if let Some(us) = settings.our_side {
                workbook = workbook.with_our_side(us);
            }
        }
        // a broken file of settings is no reason to make no workbook
        Err(error) => session.out.words(&format!("The settings were not used: {error}. {}", error.hint())),
    }
    let folder = session.workbooks().create(&workbook, session.now())?;
    session.out.line(&folder.to_string_lossy());
    session.out.words(&format!("“{title}” is begun. `alongside open` and its title will open it."));
    Ok(Exit::Well)
}
