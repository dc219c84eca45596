//! The lines of the pulse that somebody calls serious and about which nothing is to change: who said so, and when.

use jiff::civil::Date;

use super::{last_said, readings, unanswered_concerns};
use crate::domain::{Concern, PartnerId, Workbook};

/// A serious line that waits for a change, or for the reason why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worry {
    /// The line, by the id of the aspect.
    pub line: &'static str,
    /// The sides that last called it serious, our own first, with the day where it is known.
    pub said_by: Vec<(PartnerId, Option<Date>)>,
}

/// Every such line, in the order of the cycle.
pub fn worries(workbook: &Workbook) -> Vec<Worry> {
    let readings = readings(workbook);
    let sides = || std::iter::once(PartnerId::us()).chain(workbook.partners().iter().map(|p| p.id.clone()));
    let serious = |line: &str, side: &PartnerId| {
        last_said(&readings, line, side).filter(|(_, concern)| *concern == Concern::Serious).map(|(on, _)| on)
    };
    let worry = |line: &'static str| Worry {
        line,
        said_by: sides().filter_map(|side| serious(line, &side).map(|on| (side, on))).collect(),
    };
    unanswered_concerns(workbook).into_iter().map(worry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Content;
    use crate::domain::query::{AspectState, aspect_state};
    use crate::domain::{
        AnyRecord, Edit, Partner, Pulse, QuestionId, RecordId, Revision, Splice, TextPlace, Topic, VoiceKey,
        WorkbookId,
    };
    use jiff::civil::date;

    const TODAY: Date = date(2025, 11, 4);

    fn add(workbook: &mut Workbook, record: impl Into<AnyRecord>) {
        workbook.apply(Edit::AddRecord { record: Box::new(record.into()), place: usize::MAX }).unwrap();
    }

    #[test]
    fn a_serious_line_holds_revising_back_from_settled_until_a_change_or_a_reason_is_about_it() {
        let content = Content::new();
        let revising = content.aspect("revising").unwrap();
        let mut workbook = Workbook::new(WorkbookId::new("w"), "Walks");
        let museum = PartnerId::new("museum");
        let partner = Partner::named(museum.clone(), "City Museum");
        workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: 0 }).unwrap();
        for question in &revising.questions {
            let place = TextPlace::Voice(QuestionId::new(&question.id), VoiceKey::Agreed);
            let words = Splice { place, at: 0, delete: String::new(), insert: "yes".into(), on: Some(TODAY) };
            workbook.apply(Edit::Splice(words)).unwrap();
        }
        let state = |workbook: &Workbook| aspect_state(workbook, revising, TODAY);
        assert_eq!(state(&workbook), AspectState::Settled);
        let lines = [("delivering".to_owned(), Concern::Serious)].into();
        let (on, side) = (Some(date(2025, 10, 1)), Some(museum.clone()));
        add(&mut workbook, Pulse { on, side, lines, ..Pulse::new(RecordId::new("p")) });
        assert_eq!(state(&workbook), AspectState::InHand);
        assert_eq!(worries(&workbook), [Worry { line: "delivering", said_by: vec![(museum, on)] }]);
        let (aspect, why) = (Topic("delivering".into()), "their trainer is ill".into());
        add(&mut workbook, Revision { aspect, why, ..Revision::new(RecordId::new("r")) });
        assert_eq!(worries(&workbook), []);
        assert_eq!(state(&workbook), AspectState::Settled);
    }
}
