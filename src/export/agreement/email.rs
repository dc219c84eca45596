//! The email agreement: the lightest form, about 250 words that can be read to the end and answered.

use super::{Clauses, Part, Skeleton, document, open, said};
use crate::domain::AgreementForm;
use crate::domain::query::{ClauseNow, ClauseWords};
use crate::export::document::{Block, Document};
use crate::export::follow_up::count_words;
use crate::export::subject::Subject;
use crate::export::{clean, plain};

/// Words up to which an email is read to its end.
pub const WORDS: usize = 250;

const SKELETON: Skeleton = &[
    ("This is between", &[1]),
    ("Why we are doing it", &[2]),
    ("From when to when", &[5]),
    ("Of which kind", &[6]),
    ("Who does what", &[7]),
    ("By when", &[8]),
    ("Money in", &[13]),
    ("Money out", &[14]),
    ("How we keep in touch", &[22]),
    ("When we look at this again", &[24]),
    ("How either of us can stop", &[28]),
];

/// The email. Longer than it should be, it says so and cuts nothing.
pub fn email(subject: &Subject<'_>) -> Document {
    let mut email = document(subject, AgreementForm::Email);
    let words = count_words(&plain(&email, 76));
    if words > WORDS {
        email.beside.push(format!("{words} words: about {WORDS} are more likely to be read to the end."));
    }
    email
}

pub(super) fn parts(subject: &Subject<'_>) -> Vec<Part> {
    let clauses = Clauses::of(subject, AgreementForm::Email);
    let free = |text: String| Part { question: None, blocks: vec![Block::Paragraph(text)] };
    let several = subject.partners().len() > 1;
    let all = if several { "all of us" } else { "we both" };
    let mut parts = vec![
        free(greeting(subject)),
        free(format!("Here is what we have in mind to do together, so that {all} have it in writing.")),
    ];
    let of = |label: &str, now: &ClauseNow<'_>| Part {
        question: Some(now.question.clone()),
        blocks: said(label, now),
    };
    for (label, numbers) in SKELETON {
        for now in numbers.iter().filter_map(|number| clauses.number(*number)) {
            // that no money moves is said once
            let again = numbers == &[14] && clauses.number(13).is_some_and(|first| first.words == now.words);
            let money = matches!(numbers, [13 | 14]);
            let no_money = matches!(&now.words, ClauseWords::Drawn(drawn) if drawn.from == "the form");
            match (money, now.words.text().is_some()) {
                (true, true) if again && no_money => {}
                (true, true) if no_money => parts.push(of("Money", now)),
                // one line for what nobody has said about money
                (true, false) if numbers == &[14] && clauses.number(13).is_some_and(is_blank) => {}
                (true, false) if numbers == &[13] && clauses.number(14).is_some_and(is_blank) => {
                    parts.push(of("Money", now));
                }
                _ if now.words == ClauseWords::NotForUs => {}
                _ if several && numbers == &[28] => parts.push(of("How any of us can stop", now)),
                _ => parts.push(of(label, now)),
            }
        }
    }
    let others = clauses.others(SKELETON);
    // where a heavier form holds the rest in full, the email only says that there is more
    if subject.form() == AgreementForm::Email {
        parts.extend(others.into_iter().map(|now| of(&now.clause.name, now)));
    } else if !others.is_empty() {
        let names: Vec<String> = others.iter().map(|now| lower(&now.clause.name)).collect();
        parts.push(free(format!("There is more in the agreement itself, about {}.", names.join("; "))));
    }
    let open: Vec<Part> = open(&clauses, &parts)
        .into_iter()
        // what is still to agree is plain to see in so short a text
        .filter(|(what, _)| *what != "Still to agree")
        .map(|(what, names)| {
            let names: Vec<String> = names.iter().map(|name| lower(name)).collect();
            free(format!("{what}: {}.", names.join("; ")))
        })
        .collect();
    parts.extend(open);
    parts.push(free(
        "This is how we understand each other; it is not a contract and not legal advice. Please reply if any of this is \
         not how you see it."
            .to_owned(),
    ));
    parts.push(free(farewell(subject)));
    parts
}

fn is_blank(now: &ClauseNow<'_>) -> bool {
    now.words.text().is_none()
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// "Dear learning officer,": by role, since people change and papers stay.
fn greeting(subject: &Subject<'_>) -> String {
    let people = subject.partners().iter().flat_map(|partner| subject.people_of(partner));
    let roles: Vec<String> =
        people.map(|person| clean::line(&person.role)).filter(|role| !role.is_empty()).collect();
    match (subject.partners(), roles.as_slice()) {
        ([], _) => "Hello,".to_owned(),
        ([_], [role]) => format!("Dear {role},"),
        ([_], [first, second]) => format!("Dear {first}, dear {second},"),
        ([partner], _) => {
            let name = clean::line(&partner.name);
            if name.is_empty() { "Hello,".to_owned() } else { format!("Dear {name},") }
        }
        _ => "Dear all,".to_owned(),
    }
}

fn farewell(subject: &Subject<'_>) -> String {
    let side = clean::line(&subject.us().name);
    if side.is_empty() { "With best wishes".to_owned() } else { format!("With best wishes,\n{side}") }
}
