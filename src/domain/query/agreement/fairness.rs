//! The fairness card: is time costed, are volunteers valued, is the budget in sight of all, was the bid written together?
//! In words from the book, never a score.

use crate::content::Content;
use crate::domain::answer::is_blank;
use crate::domain::query::side;
use crate::domain::{
    Contribution, Hours, InFamily, MoneyLine, Paid, PaidFor, PartnerId, QuestionId, Sum, VoiceKey, Workbook,
};

/// One of the questions of fairness, and what the book says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The question.
    pub ask: &'static str,
    /// What the book says, a sentence each; empty where it says nothing.
    pub says: Vec<String>,
    /// Where to write it down, where nothing is said.
    pub where_to: &'static str,
}

/// The four questions, with what the book says of each. What is private is left out unless it is asked for.
pub fn fairness(workbook: &Workbook, content: &Content, with_private: bool) -> Vec<Fact> {
    let book = Book { workbook, content, with_private };
    vec![
        Fact {
            ask: "Is everybody's time costed?",
            says: book.time(),
            where_to: "Money and Hours under Governing",
        },
        Fact {
            ask: "Is unpaid time seen and valued?",
            says: book.volunteers(),
            where_to: "Hours under Governing",
        },
        Fact {
            ask: "Can everybody see the budget?",
            says: book.budget(),
            where_to: "“A joint bid, open budget” under Governing",
        },
        Fact {
            ask: "Was the bid written together?",
            says: book.answer("GOV-6"),
            where_to: "“A joint bid, open budget” under Governing",
        },
    ]
}

struct Book<'w> {
    workbook: &'w Workbook,
    content: &'w Content,
    with_private: bool,
}

impl<'w> Book<'w> {
    fn all<R: InFamily + 'w>(&self) -> Vec<&'w R> {
        let shown = |record: &&R| self.with_private || !self.workbook.keeps_back(record.lent());
        self.workbook.all::<R>().iter().filter(shown).collect()
    }

    /// The sides of some records, each once, in the order in which they come.
    fn sides<'r, R>(records: &[&'r R], of: impl Fn(&'r R) -> Option<&'r PartnerId>) -> Vec<&'r PartnerId> {
        let mut sides: Vec<&PartnerId> = Vec::new();
        for id in records.iter().filter_map(|record| of(record)) {
            if !sides.contains(&id) {
                sides.push(id);
            }
        }
        sides
    }

    fn time(&self) -> Vec<String> {
        let lines = self.all::<MoneyLine>();
        let mut said = Vec::new();
        for id in Self::sides(&lines, |line| line.paid_to.as_ref()) {
            let for_time = |want: PaidFor| {
                let mut sum = Sum::default();
                let own = lines.iter().filter(|l| l.paid_to.as_ref() == Some(id) && l.paid_for == want);
                own.filter_map(|line| line.amount.as_ref()).for_each(|amount| sum.add(amount));
                sum
            };
            let (time, costs) = (for_time(PaidFor::Time), for_time(PaidFor::Costs));
            let who = side(self.workbook, id);
            said.push(match (time.is_empty(), costs.is_empty()) {
                (false, false) => format!("{who}: {time} for time, {costs} for costs."),
                (false, true) => format!("{who}: {time} for time."),
                (true, false) => format!("{who}: {costs} for costs, and nothing for time."),
                (true, true) => format!("{who}: money is down, and not yet for what."),
            });
        }
        said.extend(self.answer("GOV-5"));
        said
    }

    fn volunteers(&self) -> Vec<String> {
        let given: Vec<&Contribution> =
            self.all::<Contribution>().into_iter().filter(|c| c.paid != Paid::Paid).collect();
        let mut said = Vec::new();
        for id in Self::sides(&given, |given| given.side.as_ref()) {
            let own: Vec<&&Contribution> = given.iter().filter(|c| c.side.as_ref() == Some(id)).collect();
            let minutes: u64 = own.iter().filter_map(|c| c.hours).map(|hours| u64::from(hours.minutes)).sum();
            let hours = Hours { minutes: u32::try_from(minutes).unwrap_or(u32::MAX) };
            let mut worth = Sum::default();
            for (hours, rate) in own.iter().filter_map(|c| Some((c.hours?, c.rate.as_ref()?))) {
                worth.add_worth(hours, rate);
            }
            let who = side(self.workbook, id);
            said.push(if worth.is_empty() {
                format!("{who}: {hours} given; nobody has said what that is worth.")
            } else {
                format!("{who}: {hours} given, worth {worth}.")
            });
        }
        said
    }

    fn budget(&self) -> Vec<String> {
        let lines = self.all::<MoneyLine>();
        let holders = Self::sides(&lines, |line| line.held_by.as_ref());
        let held = |id: &&PartnerId| {
            let mut sum = Sum::default();
            let own = lines.iter().filter(|line| line.held_by.as_ref() == Some(*id));
            own.filter_map(|line| line.amount.as_ref()).for_each(|amount| sum.add(amount));
            let who = side(self.workbook, id);
            if sum.is_empty() { format!("{who} holds the money.") } else { format!("{who} holds {sum}.") }
        };
        holders.iter().map(held).collect()
    }

    /// What was agreed on a question, or else what we think of it, said to be so.
    fn answer(&self, id: &str) -> Vec<String> {
        let answer = self.workbook.answer(&QuestionId::new(id));
        if self.content.question(id).is_none() || (answer.is_private() && !self.with_private) {
            return Vec::new();
        }
        let said = [(VoiceKey::Agreed, "Agreed"), (VoiceKey::Ours, "As we see it")];
        let said = said.iter().find(|(voice, _)| !is_blank(answer.text(voice)));
        said.map(|(voice, whose)| format!("{whose}: {}", answer.text(voice).trim())).into_iter().collect()
    }
}
