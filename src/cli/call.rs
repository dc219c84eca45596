//! `alongside call [NAME] [--partner WORDS]`

use super::args::Call;
use super::exit::Failure;
use super::session::Session;
use super::{Next, Opening};
use crate::command::NewCall;

/// Finds the workbook, where one is named, and asks for the screen on a new call.
pub fn run(call: &Call, session: &mut Session<'_>) -> Result<Next, Failure> {
    let workbook = match &call.name {
        Some(name) => Some(session.to_show(name)?.id.clone()),
        None => None,
    };
    let who = call.partner.clone().unwrap_or_default();
    session.screen(Opening::Call(workbook, NewCall { who, words: None, ..NewCall::default() }))
}
