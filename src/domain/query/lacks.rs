//! What an activity still lacks before it can go well: somebody who leads, a day, and, where it meets the public, who
//! answers for risk assessment, training and materials.

use crate::domain::{Activity, Workbook};

/// What an activity lacks, in words; none for one that is done.
pub fn activity_lacks(activity: &Activity) -> Vec<&'static str> {
    if activity.done.is_some() {
        return Vec::new();
    }
    let dated = activity.from.is_some() || activity.until.is_some();
    let lacks = [
        (activity.lead.is_none(), "nobody leads"),
        (!dated, "no day"),
        (activity.public && activity.risk.is_none(), "nobody for risk assessment"),
        (activity.public && activity.training.is_none(), "nobody for training"),
        (activity.public && activity.materials.is_none(), "nobody for materials"),
    ];
    lacks.into_iter().filter_map(|(lacks, words)| lacks.then_some(words)).collect()
}

/// The activities that lack something.
pub fn lacking(workbook: &Workbook) -> Vec<&Activity> {
    workbook.all::<Activity>().iter().filter(|activity| !activity_lacks(activity).is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PartnerId, RecordId, Who};
    use jiff::civil::date;

    #[test]
    fn what_meets_the_public_wants_more() {
        let activity = Activity::new(RecordId::new("a"));
        assert_eq!(activity_lacks(&activity), ["nobody leads", "no day"]);
        let who = Some(Who::side(PartnerId::us()));
        let led = Activity { lead: who.clone(), until: Some(date(2025, 5, 1)), ..activity };
        assert!(activity_lacks(&led).is_empty());
        let public = Activity { public: true, training: who, ..led };
        assert_eq!(activity_lacks(&public), ["nobody for risk assessment", "nobody for materials"]);
        assert!(activity_lacks(&Activity { done: Some(date(2025, 5, 2)), ..public }).is_empty());
    }
}
