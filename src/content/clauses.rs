//! The clauses of an agreement as questions, so that they are answered in voices like all the others.

use super::take_in;
use super::types::{About, Arc, Aspect, Clause, Question};

impl Clause {
    /// The id of the question that this clause answers: `K-5` for `K05`.
    pub fn question(&self) -> String {
        format!("K-{}", self.id.trim_start_matches(['K', '0']))
    }
}

/// The clauses as a sheet of questions.
pub(super) fn aspect(file: &[u8]) -> Option<Aspect> {
    let clauses: Vec<Clause> = take_in(file)?;
    let question = |clause: Clause| Question {
        id: clause.question(),
        short: clause.name,
        ask: clause.ask,
        hint: clause.hint,
        about: About::Everyone,
        comes_back: None,
        cards: Vec::new(),
        covers: clause.covers,
    };
    Some(Aspect {
        id: "agreement".to_owned(),
        code: "K".to_owned(),
        name: "Agreement".to_owned(),
        arc: Arc::Sheet,
        purpose: "Words that all sides accept, clause by clause, in the lightest form that will hold."
            .to_owned(),
        // without these there is no agreement, however light
        settled_when: [1, 2, 5, 6, 7, 8, 22, 24, 28].map(|n| format!("K-{n}")).to_vec(),
        questions: clauses.into_iter().map(question).collect(),
    })
}
