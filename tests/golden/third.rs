//! What the files of format 3 tell: the story of format 2, and after it a record of every family that came with finding,
//! building, governing, delivering, reviewing, revising, sustaining and ending, with something in each of its fields.

use super::first::{splice, voice};
use super::second;
use super::*;

/// What is folded: every kind of record there is, each also in the bin.
pub fn folded() -> Vec<Vec<Edit>> {
    let mut steps = second::folded();
    for family in Family::ALL {
        // those of format 2 are there already
        let (Some(first), Some(other)) = (filled(*family, "a"), filled(*family, "b")) else { continue };
        let record = other.id().clone();
        steps.push(vec![Edit::AddRecord { record: Box::new(first), place: usize::MAX }]);
        steps.push(vec![Edit::AddRecord { record: Box::new(other), place: 0 }]);
        steps.push(vec![Edit::BinRecord { family: *family, record, on: DAY }]);
    }
    // a promise came before this format, and names a walk since
    let (museum, us) = (PartnerId::new("museum"), PartnerId::us());
    let promise = Promise::new(RecordId::new("Promise-a"), us, museum, "send the plan");
    let promise = Promise { walk: Some(RecordId::new("Walk-a")), note: "in words".into(), ..promise };
    steps.push(vec![Edit::AddRecord { record: Box::new(promise.into()), place: usize::MAX }]);
    steps.push(vec![splice(voice("K-5", VoiceKey::Agreed), 0, "", "From May to July.")]);
    steps
}

/// What came after that, and is in the journal alone.
pub fn unfolded() -> Vec<Vec<Edit>> {
    let mut steps = second::unfolded();
    let name = TextPlace::Record(RecordId::new("Candidate-a"), RecordField::Name);
    steps.push(vec![splice(name, 0, "", "The ")]);
    let gone = Person::named(PersonId::new("gone"), PartnerId::us(), "Somebody");
    let lay = vec![Binned::Person { person: gone, on: DAY, place: 0 }];
    steps.push(vec![Edit::ChangeBin { at: 0, out: 0, lay }]);
    steps
}

/// A record with something in every field; `None` for a family that came before this format.
fn filled(family: Family, which: &str) -> Option<AnyRecord> {
    let id = |family: &str| RecordId::new(format!("{family}-{which}"));
    let mut record = family.blank(id(family.name()))?;
    for field in family.fields() {
        let (museum, helen) = (PartnerId::new("museum"), PersonId::new("helen"));
        let value = match record.value(*field)? {
            Value::Text(_) => Value::Text(format!("{} \"in words\"", field.label())),
            Value::Day(_) => Value::Day(Some(DAY)),
            Value::Mark(_) => Value::Mark(true),
            Value::Choice(_, words) => Value::Choice(words.len() - 1, words),
            Value::Side(_) => Value::Side(Some(museum)),
            Value::Sides(_) => Value::Sides([museum, PartnerId::us()].into()),
            Value::Who(_) => Value::Who(Some(Who::person(museum, helen))),
            Value::People(_) => Value::People([helen].into()),
            Value::Money(_) => Value::Money(Some(Money::new(-1_450, "GBP"))),
            Value::Hours(_) => Value::Hours(Some(Hours { minutes: 150 })),
            Value::Count(_) => Value::Count(Some(2)),
            Value::Record(_) => Value::Record(Some(id("Pilot"))),
            Value::Topic(_) => Value::Topic(Topic("finding-ask-a-colleague".into())),
            Value::Days(_) => Value::Days([DAY].into()),
            Value::Question(_) => Value::Question(Some(QuestionId::new("K-5"))),
            Value::Questions(_) => Value::Questions(vec![QuestionId::new("RVW-2"), QuestionId::new("RVW-1")]),
            Value::Choices(_, words) => {
                Value::Choices([("delivering".into(), words.len() - 1)].into(), words)
            }
            Value::Wording(_) => {
                Value::Wording([(QuestionId::new("K-5"), "From May to July.".into())].into())
            }
            Value::Numbers(_) => Value::Numbers([("money".into(), 2)].into()),
        };
        record = record.with(*field, value)?;
    }
    Some(record)
}
