//! `alongside call [NAME] [--partner WORDS]`

use super::args::Call;
use super::exit::Failure;
use super::session::Session;
use super::{Next, Opening};
use crate::command::NewCall;

/// Finds the workbook, where one is named, and asks for the screen on a new call.
pub fn run(call: &Call, session: &mut Session<'_>) -> Result<Next, Failure> {
    let found = call.name.as_ref().map(|name| session.to_show(name)).transpose()?;
    let (id, at) = found.map(|entry| (entry.id.clone(), entry.folder)).unzip();
    let who = call.partner.clone().unwrap_or_default();
    session.screen_at(Opening::Call(id, NewCall { who, words: None, ..NewCall::default() }), at)
}
