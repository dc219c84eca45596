//! Looking back: the days of which an earlier version is kept, and the workbook as it was on one of them, read on a thread
//! of its own.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::World;
use crate::domain::QuestionId;
use crate::domain::compare::differences;
use crate::shelf::News;
use crate::store::{Past, Store, StoreError};

/// Days that are looked at for one on which an answer was another.
const MOST: usize = 200;

impl World {
    /// Begins to read the past of the open workbook; what was still being read of it is given up.
    pub(super) fn look_back(&mut self, day: Option<Date>, question: Option<QuestionId>) {
        let Some(held) = &self.open else { return };
        let Some(folder) = self.folder_of(&held.id) else {
            return self
                .could_not("The folder of this workbook is not where it was, so its past cannot be read.");
        };
        let (news, heard) = channel();
        self.past = Some(heard);
        let (store, ring, zone) = (self.store.clone(), self.waker.callback(), self.clock.zone());
        let spawned = std::thread::Builder::new().name("past".to_owned()).spawn(move || {
            if let Err(error) = tell(&store, &folder, &zone, day, question.as_ref(), &news) {
                // nobody may be listening any more
                let _ = news.send(News::NoPast(format!("{error}. {}", error.hint())));
            }
            ring();
        });
        if spawned.is_err() {
            self.could_not("What is kept could not be read just now. Try again in a moment.");
        }
    }
}

fn tell(
    store: &Store,
    folder: &Path,
    zone: &TimeZone,
    day: Option<Date>,
    question: Option<&QuestionId>,
    news: &Sender<News>,
) -> Result<(), StoreError> {
    let past = store.past(folder)?;
    let mut days = past.days(zone);
    days.reverse();
    let unreadable = past.versions().iter().filter(|version| version.trouble.is_some()).count();
    let chosen = match (day, question) {
        (Some(day), _) => Some(day),
        (None, Some(question)) => otherwise_on(&past, &days, question, zone)?.or(days.first().copied()),
        (None, None) => days.first().copied(),
    };
    let _ = news.send(News::Days { days, unreadable });
    let Some((day, was)) = chosen.map(|day| past.on(day, zone).map(|was| (day, was))).transpose()? else {
        return Ok(());
    };
    let _ = news.send(match was {
        Some(was) => News::AsItWas {
            day,
            only_up_to: (!was.exact).then(|| was.at.to_zoned(zone.clone()).date()),
            workbook: Arc::new(was.workbook),
        },
        None => News::NoPast("Nothing so old is kept of this workbook.".to_owned()),
    });
    Ok(())
}

/// The newest day at whose end an answer was another than now.
fn otherwise_on(
    past: &Past,
    days: &[Date],
    question: &QuestionId,
    zone: &TimeZone,
) -> Result<Option<Date>, StoreError> {
    for day in days.iter().take(MOST) {
        let was = past.on(*day, zone)?;
        let differs = was.is_some_and(|was| {
            differences(past.now(), &was.workbook).iter().any(|d| d.thing.question() == Some(question))
        });
        if differs {
            return Ok(Some(*day));
        }
    }
    Ok(None)
}
