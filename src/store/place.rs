//! Where a person was in a workbook: screen, question, voice and caret. Kept as well as may be, missed by nobody.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk::Disk;
use super::error::StoreError;
use super::{paths, save};
use crate::domain::{QuestionId, VoiceKey};
use crate::notation::{self, Layout};

/// Where a person was in a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// The screen, by the name that the screens give it.
    #[serde(default)]
    pub screen: String,
    /// The question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<QuestionId>,
    /// The voice that was being written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<VoiceKey>,
    /// The caret, in bytes from the start of the text. To be checked against the text.
    #[serde(default)]
    pub caret: usize,
    /// The day on which the person was last told how things stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub welcomed: Option<jiff::civil::Date>,
}

/// The place in a workbook's folder, where there is one that can be read.
pub(super) fn read(disk: &dyn Disk, folder: &Path) -> Option<Place> {
    parse(&disk.read(&folder.join(paths::PLACE)).ok()?)
}

/// A place as its file says it.
pub(super) fn parse(bytes: &[u8]) -> Option<Place> {
    notation::read_bytes(bytes)
}

/// Keeps the place in a workbook's folder. After a power cut it may be the one before.
pub(super) fn write(disk: &dyn Disk, folder: &Path, place: &Place) -> Result<(), StoreError> {
    let path = folder.join(paths::PLACE);
    let text = notation::lines(place, Layout::ESCAPED).unwrap_or_default();
    save::new_or_old(disk, &path, text.as_bytes())
}
