//! What the files of format 1 tell: its folded steps, and those that stand in the journal alone.

use super::*;

pub fn splice(place: TextPlace, at: usize, delete: &str, insert: &str) -> Edit {
    let on = matches!(place, TextPlace::Voice(..)).then_some(DAY);
    Edit::Splice(Splice { place, at, delete: delete.into(), insert: insert.into(), on })
}

pub fn voice(question: &str, voice: VoiceKey) -> TextPlace {
    TextPlace::Voice(QuestionId::new(question), voice)
}

pub fn heard(question: &str, partner: &str, heard: Heard, person: Option<&str>, source: Source) -> Edit {
    let (question, partner) = (QuestionId::new(question), PartnerId::new(partner));
    let person = person.map(PersonId::new);
    Edit::SetHeard { question, partner, heard, checked: Some(DAY), person, source }
}

/// What is folded: every kind of record there is.
pub fn folded() -> Vec<Vec<Edit>> {
    let (museum, library) = (PartnerId::new("museum"), PartnerId::new("library"));
    let theirs = |id: &PartnerId| VoiceKey::Theirs(id.clone());
    let first = QuestionId::new("SCO-1");
    let partner = |id: &PartnerId, name: &str| Partner {
        kind: "charity".into(),
        reach: "the desk, after four".into(),
        busy: "July".into(),
        ..Partner::named(id.clone(), name)
    };
    let person = |id: &str, partner: &PartnerId, name: &str| Person {
        role: "curator".into(),
        reach: "by phone".into(),
        deputy_for: "Dele".into(),
        ..Person::named(PersonId::new(id), partner.clone(), name)
    };
    let version =
        |text: &str| Version { voice: VoiceKey::Ours, on: Some(DAY), until: DAY, text: text.into() };
    let state = |state, why: &str| {
        let (ours, theirs, decided_by) = (why.into(), "The same, from there.".into(), "Rosa".into());
        Edit::ChangeState(StateChange { state, on: DAY, ours, theirs, decided_by, pause: None })
    };
    let us = |field, text| splice(TextPlace::Partner(PartnerId::us(), field), 0, "", text);
    vec![
        vec![splice(TextPlace::Title, 10, "", " with \"City\" Museum")],
        vec![splice(TextPlace::Purpose, 0, "", "Ten things to know by hand.")],
        vec![us(PartnerField::Name, "Walking by Touch"), us(PartnerField::Busy, "May to July")],
        vec![Edit::AddPartner { partner: Box::new(partner(&museum, "City Museum")), place: 0 }],
        vec![Edit::AddPartner { partner: Box::new(partner(&library, "Bibliothèque 日本")), place: 5 }],
        vec![Edit::AddPerson { person: Box::new(person("helen", &museum, "Helen")), place: 0 }],
        vec![Edit::AddPerson { person: Box::new(person("wim", &library, "Wim")), place: 1 }],
        vec![splice(TextPlace::Person(PersonId::new("wim"), PersonField::Role), 0, "curator", "evenings")],
        vec![splice(voice("SCO-1", VoiceKey::Ours), 0, "", "We want in,\nwith our hands. \"#\\ e\u{301} 👩‍👩‍👧")],
        vec![
            splice(voice("SCO-1", VoiceKey::Ours), 0, "We want in", "We go in"),
            Edit::KeepVersion { question: first.clone(), version: version("Audio for all.\n\tLike others.") },
        ],
        vec![splice(voice("SCO-1", theirs(&museum)), 0, "", "Low shelves, now.")],
        vec![heard(
            "SCO-1",
            "museum",
            Heard::Agreed,
            Some("helen"),
            Source::Said("the call of 14 March".into()),
        )],
        vec![splice(voice("SCO-1", VoiceKey::Agreed), 0, "", "Ten objects.")],
        vec![Edit::SetAccords {
            question: first.clone(),
            accords: vec![
                Accord { partner: museum.clone(), person: Some(PersonId::new("helen")), on: DAY },
                Accord { partner: library.clone(), person: None, on: DAY },
            ],
        }],
        vec![splice(voice("SCO-2", theirs(&library)), 0, "", "We doubt it.")],
        vec![heard("SCO-2", "library", Heard::Disputed, None, Source::ByHand)],
        vec![heard("SCO-3", "library", Heard::Asked, None, Source::ByHand)],
        vec![Edit::SetNotForUs { question: QuestionId::new("SCO-5"), to: true }],
        vec![Edit::SetPrivate { question: QuestionId::new("SCO-2"), to: true }],
        vec![Edit::SetToShare { question: first.clone(), to: true }],
        vec![Edit::KeepVersion { question: first.clone(), version: version("To be dropped.") }],
        vec![Edit::DropVersion { question: first }],
        vec![Edit::BinPerson { person: PersonId::new("wim"), on: DAY }],
        vec![Edit::BinPartner { partner: library, on: DAY }],
        vec![Edit::BinPartner { partner: museum, on: DAY }],
        vec![Edit::Restore { from: 2 }],
        vec![state(PartnershipState::Pilot, "Two afternoons, then we see.")],
        vec![state(PartnershipState::Active, "They ran over.")],
    ]
}

/// What came after that, and is in the journal alone.
pub fn unfolded() -> Vec<Vec<Edit>> {
    vec![
        vec![splice(TextPlace::Title, 0, "", "The ")],
        vec![splice(voice("FIN-2", VoiceKey::Ours), 0, "", "Through the walks.")],
        vec![splice(voice("FIN-2", VoiceKey::Ours), 18, "", "\nAnd the bus.")],
    ]
}
