//! What the open workbook can be set beside: itself on the days of which something is kept, what other programs made of it,
//! other copies in its folder, a file that was chosen; read on a thread of its own.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::World;
use crate::domain::compare::{differences, with_what_a_partner_says};
use crate::domain::{PartnerId, QuestionId, Workbook};
use crate::order::InOrder;
use crate::shelf::{News, Origin, Other, Which};
use crate::store::{OtherCopy, Past, PastVersion, Store, StoreError, Whose};

/// Days that are looked at for one on which an answer was another.
const MOST: usize = 200;

impl World {
    /// Reads what the open workbook can be set beside, on a thread of its own; what was asked for before is given up.
    pub(super) fn look_back(&mut self, which: Option<Which>, question: Option<QuestionId>) {
        let Some(held) = &self.open else { return };
        let Some(folder) = self.folder_of(&held.id) else {
            return self
                .could_not("The folder of this workbook is not where it was, so its past cannot be read.");
        };
        let (news, heard) = channel();
        self.past = Some(heard);
        let (store, zone) = (self.store.clone(), self.clock.zone());
        let ring = self.waker.callback();
        let begun = self.looking.have_done(move || {
            if let Err(error) = (Looker { store, folder, zone }).tell(which, question.as_ref(), &news) {
                // nobody may be listening any more
                let _ = news.send(News::NoPast(format!("{error}. {}", error.hint())));
            }
            ring();
        });
        if !begun {
            self.could_not("What is kept could not be read just now. Try again in a moment.");
        }
    }

    /// Puts another copy away, and looks anew what there is.
    pub(super) fn put_away(&mut self, name: &str) {
        let Some(held) = &self.open else { return };
        let id = held.id.clone();
        let Some(folder) = self.folder_of(&id) else {
            return self.could_not("The folder of this workbook is not where it was; nothing was moved.");
        };
        match self.store.put_away(&folder, name, self.clock.now().wall) {
            Ok(_) => {
                self.done("The copy is in the history now, whole. alongside history lists it.");
                self.look_back(None, None);
            }
            Err(error) => self.failed(&error),
        }
    }
}

/// Looks through what is kept of a workbook.
struct Looker {
    store: Store,
    folder: PathBuf,
    zone: TimeZone,
}

/// What was read to be set beside.
struct Found {
    workbook: Workbook,
    only_up_to: Option<Date>,
    from: Option<PartnerId>,
}

impl Looker {
    fn tell(
        &self,
        which: Option<Which>,
        question: Option<&QuestionId>,
        news: &Sender<News>,
    ) -> Result<(), StoreError> {
        let past = self.store.past(&self.folder)?;
        let mut days = past.days(&self.zone);
        days.reverse();
        let unreadable = past.versions().iter().filter(|version| version.trouble.is_some()).count();
        let copies = self.store.copies(&self.folder, past.now().id());
        let mut others = self.others(&days, &past, copies);
        if let Some(Which::File(path)) = &which {
            others.insert(0, self.file(path, past.now()));
        }
        let chosen = match (which, question) {
            (Some(which), _) => Some(which),
            (None, Some(question)) => {
                let day = self.otherwise_on(&past, &days, question)?.or(days.first().copied());
                day.map(Which::Day).or_else(|| first(&others))
            }
            (None, None) => first(&others),
        };
        let chosen = chosen.and_then(|which| others.iter().find(|other| other.which == which).cloned());
        let only_put_away = chosen.is_none() && !others.is_empty();
        let _ = news.send(News::Others { others, unreadable });
        let Some(other) = chosen else {
            if only_put_away {
                let _ = news.send(News::NoPast("Nothing else is beside this workbook now.".to_owned()));
            }
            return Ok(());
        };
        if let Some(trouble) = other.trouble {
            let _ = news.send(News::NoPast(trouble));
            return Ok(());
        }
        let _ = news.send(match self.read(&other.which, &past)? {
            Some(Found { workbook, only_up_to, from }) => {
                News::Beside { other, only_up_to, workbook: Arc::new(workbook), from }
            }
            None => News::NoPast("Nothing so old is kept of this workbook.".to_owned()),
        });
        Ok(())
    }

    /// Everything that there is, newest first.
    fn others(&self, days: &[Date], past: &Past, copies: Vec<OtherCopy>) -> Vec<Other> {
        let copies = copies.into_iter().map(|copy| Other {
            which: Which::Copy(copy.name),
            origin: Origin::Copy,
            changed: copy.at.map(|at| self.local(at)),
            trouble: copy.trouble,
        });
        let versions = past.versions().iter().filter_map(|version| self.version(version));
        let days = days.iter().map(|day| Other {
            which: Which::Day(*day),
            origin: Origin::Past,
            changed: Some(day.at(23, 59, 59, 0)),
            trouble: None,
        });
        let mut all: Vec<Other> = copies.chain(versions).chain(days).collect();
        all.order_by_key(|other| Reverse((other.changed.is_none(), other.changed)));
        all
    }

    /// A version that another program made, or wrote over; the others are found by their days.
    fn version(&self, version: &PastVersion) -> Option<Other> {
        let origin = match version.whose {
            Whose::Ours => return None,
            Whose::Replaced => Origin::Replaced,
            Whose::Theirs => Origin::Theirs,
            Whose::Copy => Origin::PutAway,
        };
        let name = version.path.file_name()?.to_str()?.to_owned();
        let (changed, trouble) = (Some(self.local(version.at)), version.trouble.clone());
        Some(Other { which: Which::Kept(name), origin, changed, trouble })
    }

    /// A file that somebody chose.
    fn file(&self, path: &str, now: &Workbook) -> Other {
        let read = self.store.read_beside(&self.path_of(path), now.id());
        let (changed, trouble) = match read {
            Ok(file) => (file.changed.map(|at| self.local(at)), None),
            Err(error) => (None, Some(format!("{error}. {}", error.hint()))),
        };
        Other { which: Which::File(path.to_owned()), origin: Origin::File, changed, trouble }
    }

    fn path_of(&self, path: &str) -> PathBuf {
        super::super::editor::home_expanded(path)
    }

    fn read(&self, which: &Which, past: &Past) -> Result<Option<Found>, StoreError> {
        let now = past.now();
        let beside = |path: &Path| -> Result<Option<Found>, StoreError> {
            let workbook = self.store.read_beside(path, now.id())?.workbook;
            // a partner sees our workbook as their own copy, where copies are copies
            let of_partner =
                now.copy_for().is_none().then(|| with_what_a_partner_says(now, &workbook)).flatten();
            let from = of_partner.map(|(partner, _)| partner);
            if from.is_none() && now.copy_for().is_none() && workbook.copy_for().is_some() {
                let path = path.to_owned();
                return Err(StoreError::CopyOfNobody { path });
            }
            Ok(Some(Found { workbook, only_up_to: None, from }))
        };
        match which {
            Which::Day(day) => Ok(past.on(*day, &self.zone)?.map(|was| Found {
                only_up_to: (!was.exact).then(|| self.local(was.at).date()),
                workbook: was.workbook,
                from: None,
            })),
            Which::Kept(name) => {
                let version =
                    past.versions().iter().find(|v| v.path.file_name().is_some_and(|n| n == name.as_str()));
                version.map_or(Ok(None), |version| beside(&version.path))
            }
            Which::Copy(name) => beside(&self.folder.join(name)),
            Which::File(path) => beside(&self.path_of(path)),
        }
    }

    fn local(&self, at: Timestamp) -> DateTime {
        at.to_zoned(self.zone.clone()).datetime()
    }

    /// The newest day at whose end an answer was another than now.
    fn otherwise_on(
        &self,
        past: &Past,
        days: &[Date],
        question: &QuestionId,
    ) -> Result<Option<Date>, StoreError> {
        for day in days.iter().take(MOST) {
            let was = past.on(*day, &self.zone)?;
            let differs = was.is_some_and(|was| {
                differences(past.now(), &was.workbook).iter().any(|d| d.thing.question() == Some(question))
            });
            if differs {
                return Ok(Some(*day));
            }
        }
        Ok(None)
    }
}

/// What is set beside first, where nobody says: a copy that lies there and wants to be looked at, or else the newest that
/// can be shown.
fn first(others: &[Other]) -> Option<Which> {
    let readable = || others.iter().filter(|other| other.trouble.is_none());
    let copy = readable().find(|other| other.origin == Origin::Copy);
    let waits = |other: &&Other| other.origin != Origin::PutAway;
    let first = copy.or_else(|| readable().find(waits)).or_else(|| others.iter().find(waits));
    first.map(|other| other.which.clone())
}
