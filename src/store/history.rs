//! Earlier versions of a workbook: which there are, how it was on a day, and which of them may go as they grow old.
//!
//! A version is a whole `workbook.ron`, kept when a session first writes over it, or when somebody else has changed the
//! file. Between two of them `undo.log` knows each step, as far back as it reaches. Nothing here knows the time of day:
//! where it matters it comes in. Start reading at [`Past`]; thinning is [`thin`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::disk::Disk;
use super::error::StoreError;
use super::format::{self, FileWorkbook};
use super::{Store, open, paths};
use crate::domain::{Book, Record, Workbook};
use crate::order::InOrder;

/// For so long all versions stay, in days.
const ALL_OF: i64 = 2;
/// For so long one a day stays.
const DAILY: i64 = 31;
/// For so long one a week stays, and every version that somebody else made. After that one a month.
const WEEKLY: i64 = 366;

/// Who made a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// It is what a session of ours began with.
    Ours,
    /// It is ours, and somebody else's took its place: another program, a sync tool.
    Replaced,
    /// Somebody else had changed the file: another program, a sync tool.
    Theirs,
    /// It lay beside the workbook as another copy, and was put away.
    Copy,
}

impl Whose {
    fn is_ours(self) -> bool {
        matches!(self, Self::Ours | Self::Replaced)
    }
}

/// An earlier version of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastVersion {
    /// Its file.
    pub path: PathBuf,
    /// When it last changed, by the clock of that day; where it does not say so, when it was put aside.
    pub at: Timestamp,
    /// Who made it.
    pub whose: Whose,
    /// The name that its file had, of a copy that was put away.
    pub name: Option<String>,
    /// Why it cannot be read, in words.
    pub trouble: Option<String>,
    /// Number of the last record that it holds.
    seq: u64,
}

/// Everything that is known of a workbook's past. Reading it takes no lock and writes nothing.
#[derive(Debug)]
pub struct Past {
    store: Store,
    versions: Vec<PastVersion>,
    /// What was done since, as far back as that is kept, without a gap.
    records: Vec<Record>,
    now: Workbook,
    changed: Option<Timestamp>,
}

/// A workbook as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsItWas {
    /// The workbook.
    pub workbook: Workbook,
    /// When it had last changed then.
    pub at: Timestamp,
    /// Nothing is known of a later change up to the moment that was asked for, and none can be missing. Otherwise changes
    /// between `at` and that moment may be missing, since only whole versions are kept of that time.
    pub exact: bool,
}

impl Store {
    /// Reads what is known of a workbook's past.
    ///
    /// # Errors
    /// Where the workbook as it is now cannot be read. A version that cannot be read is among the others, and says why.
    pub fn past(&self, folder: &Path) -> Result<Past, StoreError> {
        let (opened, records) = open::with_records(self, folder)?;
        let mut versions = self.versions_in(&folder.join(paths::HISTORY))?;
        versions.order_by(|a, b| (a.at, a.seq, &a.path).cmp(&(b.at, b.seq, &b.path)));
        let (changed, now) = (opened.changed, opened.book.workbook().clone());
        Ok(Past { store: self.clone(), versions, records, now, changed })
    }

    fn versions_in(&self, history: &Path) -> Result<Vec<PastVersion>, StoreError> {
        let listed = match self.disk().list(history) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            listed => listed.map_err(StoreError::io("list", history))?,
        };
        let ours =
            listed.iter().filter(|n| !n.folder).filter_map(|n| Some((history.join(&n.name), name(&n.name)?)));
        Ok(ours.map(|(path, named)| self.version(path, named)).collect())
    }

    fn version(&self, path: PathBuf, (stamp, whose, name): Named<'_>) -> PastVersion {
        let name = name.map(str::to_owned);
        match self.read_version(&path) {
            Ok(file) => {
                let at = file.changed.unwrap_or(stamp);
                PastVersion { at, seq: file.seq, path, whose, name, trouble: None }
            }
            Err(error) => {
                PastVersion { at: stamp, seq: 0, path, whose, name, trouble: Some(error.to_string()) }
            }
        }
    }

    fn read_version(&self, path: &Path) -> Result<FileWorkbook, StoreError> {
        let bytes = self.disk().read(path).map_err(StoreError::io("read", path))?;
        format::parse_workbook_bytes(&bytes).map_err(|error| StoreError::unreadable(path, error))
    }
}

impl Past {
    /// The versions, oldest first; those that cannot be read too.
    pub fn versions(&self) -> &[PastVersion] {
        &self.versions
    }

    /// The workbook as it is now.
    pub fn now(&self) -> &Workbook {
        &self.now
    }

    /// When it last changed, where that is known.
    pub fn changed(&self) -> Option<Timestamp> {
        self.changed
    }

    /// A version, read.
    ///
    /// # Errors
    /// Where it cannot be read any more.
    pub fn read(&self, version: &PastVersion) -> Result<Workbook, StoreError> {
        Ok(self.store.read_version(&version.path)?.workbook)
    }

    /// The days at whose end it was as it can still be shown, oldest first: those on which something changed, today and
    /// the day of the last change apart, where `zone` is the person's.
    pub fn days(&self, zone: &TimeZone) -> Vec<Date> {
        let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
        // what lay beside it was never how it was
        let was = |version: &&PastVersion| version.trouble.is_none() && version.whose != Whose::Copy;
        let readable = || self.versions.iter().filter(was);
        let Some(first) = readable().map(|version| version.at).min() else { return Vec::new() };
        let records = self.records.iter().map(|record| record.at).filter(|at| *at >= first);
        let days: BTreeSet<Date> = readable().map(|v| v.at).chain(records).map(day).collect();
        let last = self.changed.map(day);
        days.into_iter().filter(|day| last.is_none_or(|last| *day < last)).collect()
    }

    /// The workbook as it was at a moment: the newest version of that time, with what was done up to then. `None` where
    /// nothing so old is kept. A version that somebody else made counts only where it became the workbook.
    ///
    /// # Errors
    /// Where a version that should be there cannot be read any more.
    pub fn at(&self, moment: Timestamp) -> Result<Option<AsItWas>, StoreError> {
        // where the clock went back, the last change need not be the latest
        let versions = self.versions.iter().filter(|v| v.whose != Whose::Copy).map(|version| version.at);
        let latest = self.changed.into_iter().chain(versions).max();
        if let Some(at) = latest.filter(|at| *at <= moment) {
            return Ok(Some(AsItWas { workbook: self.now.clone(), at, exact: true }));
        }
        let mut kept = self.versions.iter().filter(|v| v.trouble.is_none() && v.whose.is_ours());
        let Some(version) = kept.rfind(|version| version.at <= moment) else { return Ok(None) };
        let file = self.store.read_version(&version.path)?;
        Ok(Some(self.replayed(&file, version.at, moment)))
    }

    /// The workbook at the end of a day.
    ///
    /// # Errors
    /// As [`Past::at`].
    pub fn on(&self, day: Date, zone: &TimeZone) -> Result<Option<AsItWas>, StoreError> {
        self.at(end_of(day, zone))
    }

    /// A version with the records after it that were done by a moment, where all of them are kept.
    fn replayed(&self, file: &FileWorkbook, at: Timestamp, moment: Timestamp) -> AsItWas {
        let mut book = Book::new(file.workbook.clone(), file.seq);
        let (before, after): (Vec<&Record>, Vec<&Record>) =
            self.records.iter().partition(|record| record.seq <= file.seq);
        let goes_on = after.first().is_some_and(|record| record.seq == file.seq + 1);
        let mut was = AsItWas { workbook: file.workbook.clone(), at, exact: goes_on };
        if !goes_on {
            return was;
        }
        before.into_iter().for_each(|record| book.remember(record));
        for record in after {
            if record.at > moment {
                break;
            }
            if book.replay(record).is_err() {
                was.exact = false;
                return was;
            }
            was.at = record.at;
        }
        was.workbook = book.workbook().clone();
        was
    }
}

/// The last moment of a day.
fn end_of(day: Date, zone: &TimeZone) -> Timestamp {
    let next = day.tomorrow().and_then(|next| next.to_zoned(zone.clone()));
    let end = next.and_then(|next| next.timestamp().checked_sub(SignedDuration::from_nanos(1)));
    end.unwrap_or(Timestamp::MAX)
}

/// The name under which a copy is put away: when, and its own name, which ends as all versions do.
pub(super) fn copy_name(at: Timestamp, name: &str) -> String {
    let ending = if name.ends_with(".ron") { "" } else { ".ron" };
    format!("{}-copy-{name}{ending}", at.strftime("%Y%m%dT%H%M%SZ"))
}

/// Whether a file in `history/` is a copy that was put away.
pub(super) fn is_copy(file: &str) -> bool {
    matches!(name(file), Some((_, Whose::Copy, _)))
}

/// When a version was put aside, who made it, and the name that the file of a copy had.
type Named<'n> = (Timestamp, Whose, Option<&'n str>);

/// What the name of a version says. `None` for a file that is not ours.
fn name(name: &str) -> Option<Named<'_>> {
    let (stamp, rest) = name.split_once('-')?;
    if stamp.len() != 16 {
        return None;
    }
    let at = DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).ok()?;
    let at = at.to_zoned(TimeZone::UTC).ok()?.timestamp();
    if let Some(copy) = rest.strip_prefix("copy-").filter(|copy| copy.ends_with(".ron")) {
        // "workbook.ron.orig" was given the ending
        let own = copy.strip_suffix(".ron").filter(|own| own.to_lowercase().contains(".ron"));
        return Some((at, Whose::Copy, Some(own.unwrap_or(copy))));
    }
    Some((at, whose(rest.strip_suffix(".ron")?)?, None))
}

fn whose(what: &str) -> Option<Whose> {
    let is = |text: &str, digit: fn(&u8) -> bool| text.bytes().all(|b| digit(&b));
    let is_print = |text: &str| text.len() == 8 && is(text, u8::is_ascii_hexdigit);
    let is_number = |text: &str| text.len() >= 6 && is(text, u8::is_ascii_digit);
    match what.split('-').collect::<Vec<_>>().as_slice() {
        ["outside", print] if is_print(print) => Some(Whose::Theirs),
        [number] if is_number(number) => Some(Whose::Ours),
        // another one of that moment and number
        [number, print] if is_number(number) && is_print(print) => Some(Whose::Ours),
        [number, "replaced", print] if is_number(number) && is_print(print) => Some(Whose::Replaced),
        _ => None,
    }
}

/// Lets versions go that have grown old: all of the last two days stay, then one a day for a month, one a week for a year,
/// one a month after that. The first and the newest stay always, what somebody else made, or replaced, stays for a year,
/// and a copy that was put away stays. Only files
/// whose names are ours are looked at. One that cannot be taken away stays, and does no harm.
pub(super) fn thin(disk: &dyn Disk, folder: &Path, now: Timestamp) {
    let history = folder.join(paths::HISTORY);
    let Ok(listed) = disk.list(&history) else { return };
    let names: Vec<String> = listed.into_iter().filter(|n| !n.folder).map(|n| n.name).collect();
    for old in too_many(&names, now) {
        if disk.remove(&history.join(old)).is_err() {
            return;
        }
    }
}

/// The versions that may go.
fn too_many(names: &[String], now: Timestamp) -> Vec<&String> {
    let mut all: Vec<(Timestamp, Whose, &String)> =
        names.iter().filter_map(|file| name(file).map(|(at, whose, _)| (at, whose, file))).collect();
    all.retain(|(_, whose, _)| *whose != Whose::Copy);
    all.order();
    // by the clock of three visits at once: one that ran ahead for a visit or two must not make everything old, and the
    // newest three are never looked at
    let Some((third, _, _)) = all.iter().rev().nth(2) else { return Vec::new() };
    let now = now.min(*third);
    let mut kept: BTreeMap<(Whose, Span), &String> = BTreeMap::new();
    let mut go = Vec::new();
    for (at, whose, file) in all {
        let Some(span) = Span::of(at, whose, now) else { continue };
        // the first of a span is how everything was when the span before it was over
        let is_first = *kept.entry((whose, span)).or_insert(file) == file;
        if !is_first {
            go.push(file);
        }
    }
    go
}

/// A span of time of which one version stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Span {
    Day(Date),
    /// By the number of weeks since a Monday long ago.
    Week(i64),
    Month(i16, i8),
}

impl Span {
    /// `None` where all stay.
    fn of(at: Timestamp, whose: Whose, now: Timestamp) -> Option<Self> {
        let days = now.duration_since(at).as_hours() / 24;
        let date = at.to_zoned(TimeZone::UTC).date();
        match (days, whose) {
            (..ALL_OF, _) | (..WEEKLY, Whose::Theirs | Whose::Replaced) | (_, Whose::Copy) => None,
            (ALL_OF..DAILY, Whose::Ours) => Some(Self::Day(date)),
            (DAILY..WEEKLY, Whose::Ours) => {
                // 1 January 1970 was a Thursday
                Some(Self::Week((at.as_second().div_euclid(86_400) + 3).div_euclid(7)))
            }
            _ => Some(Self::Month(date.year(), date.month())),
        }
    }
}

#[cfg(test)]
mod tests;
