//! What other answers and records say already about a clause that nobody has touched. Where they say nothing, neither does
//! this.

use jiff::civil::Date;

use super::Weighed;
use crate::content::Content;
use crate::content::types::Clause;
use crate::domain::answer::is_blank;
use crate::domain::query::{side, type_of, who_in_words};
use crate::domain::{
    Action, ActionState, Activity, Answer, Asset, Contribution, Group, InFamily, MoneyLine, Paid, PaidFor,
    Partner, PartnerStatus, Phase, QuestionId, Role, Standing, TouchPoint, VoiceKey, Who, Word, Workbook,
};
use crate::order::InOrder;

/// Words for a clause, from elsewhere in the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The words.
    pub words: String,
    /// Where they stand: "Roles", "One line of shared purpose".
    pub from: String,
}

/// What stands elsewhere about a clause; `None` where nothing does, or nothing that is not private.
pub(super) fn drawn(
    workbook: &Workbook,
    content: &Content,
    weighed: &Weighed<'_>,
    clause: &Clause,
    with_private: bool,
) -> Option<Drawn> {
    let book = Elsewhere { workbook, content, with_private };
    match clause.id.as_str() {
        "K01" => book.parties(),
        "K02" => book.answer(&["SCO-2"]).or_else(|| book.purpose()),
        "K03" => book.agreed(&["BLD-7"]),
        "K04" => book.agreed(&["GOV-12"]),
        "K05" => book.agreed(&["SCO-6"]),
        "K06" => book.type_and_level(),
        "K07" => book.roles().or_else(|| book.agreed(&["DEL-2", "DEL-4"])),
        "K08" => book.timetable(),
        "K09" => book.groups().or_else(|| book.agreed(&["DEL-5", "GOV-1"])),
        "K10" => book.agreed(&["GOV-14"]),
        "K11" => book.agreed(&["GOV-3"]),
        "K13" => book.money_in().or_else(|| no_money(weighed)),
        "K14" => book.money_out().or_else(|| no_money(weighed)).or_else(|| book.agreed(&["GOV-5"])),
        "K15" => book.in_kind().or_else(|| book.agreed(&["SCO-8"])),
        "K17" => book.agreed(&["GOV-11"]),
        "K19" => book.risk(),
        "K22" => book.in_touch().or_else(|| book.agreed(&["COM-1", "GOV-15"])),
        "K23" => book.words(),
        "K24" => book.review(),
        "K28" => book.agreed(&["GOV-14"]),
        _ => None,
    }
}

fn from(from: &str, words: impl Into<String>) -> Option<Drawn> {
    let words = words.into();
    (!is_blank(&words)).then(|| Drawn { words: words.trim().to_owned(), from: from.to_owned() })
}

fn listed(source: &str, lines: impl Iterator<Item = String>) -> Option<Drawn> {
    let lines: Vec<String> = lines.filter(|line| !is_blank(line)).collect();
    from(source, lines.join("\n"))
}

fn no_money(weighed: &Weighed<'_>) -> Option<Drawn> {
    weighed
        .no_money()
        .then(|| Drawn { words: "No money changes hands.".to_owned(), from: "the form".to_owned() })
}

fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A text as the end of a sentence that goes on: without its full stop.
fn bare(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

struct Elsewhere<'w> {
    workbook: &'w Workbook,
    content: &'w Content,
    with_private: bool,
}

impl<'w> Elsewhere<'w> {
    /// The first of some answers that says something: what was agreed, or else what is ours. Only for questions that ask for
    /// words which both sides could sign.
    fn answer(&self, questions: &[&str]) -> Option<Drawn> {
        self.said(questions, |_| true)
    }

    /// The first of some answers that was agreed, or whose words of ours were marked to share. Questions like these are
    /// answered with what we think of each other and with doubts, which are not what an agreement says.
    fn agreed(&self, questions: &[&str]) -> Option<Drawn> {
        self.said(questions, Answer::is_to_share)
    }

    fn said(&self, questions: &[&str], ours: impl Fn(&Answer) -> bool) -> Option<Drawn> {
        questions.iter().find_map(|id| {
            let question = QuestionId::new(*id);
            let answer = self.workbook.answer(&question);
            if answer.is_not_for_us() || (answer.is_private() && !self.with_private) {
                return None;
            }
            // where the sides differ now, what once was agreed is nobody's proposal
            if self.workbook.standing(&question, false) == Standing::Disputed {
                return None;
            }
            let agreed = Some(answer.text(&VoiceKey::Agreed)).filter(|text| !is_blank(text));
            let own = || ours(answer).then(|| answer.text(&VoiceKey::Ours)).filter(|text| !is_blank(text));
            let text = agreed.or_else(own)?;
            from(&self.content.question(id)?.short, text)
        })
    }

    /// The records of a family that may be shown.
    fn all<R: InFamily + 'w>(&self) -> impl Iterator<Item = &'w R> {
        let shown = |record: &&R| self.with_private || !self.workbook.keeps_back(record.lent());
        self.workbook.all::<R>().iter().filter(shown).collect::<Vec<_>>().into_iter()
    }

    fn side(&self, id: &crate::domain::PartnerId) -> String {
        side(self.workbook, id)
    }

    fn who(&self, who: Option<&Who>) -> Option<String> {
        who.map(|who| who_in_words(self.workbook, who))
    }

    /// The sides that take part, ours first.
    fn sides(&self) -> impl Iterator<Item = &'w Partner> {
        let there = |partner: &&Partner| !matches!(partner.status, PartnerStatus::Idea | PartnerStatus::Left);
        [self.workbook.us()].into_iter().chain(self.workbook.partners().iter().filter(there))
    }

    fn parties(&self) -> Option<Drawn> {
        if self.workbook.partners().is_empty() {
            return None;
        }
        let name = |side: &Partner| match side.name.trim() {
            "" if side.id.is_us() => "[to agree: our name]".to_owned(),
            "" => "[to agree: their name]".to_owned(),
            name => name.to_owned(),
        };
        listed("People", self.sides().map(name))
    }

    fn purpose(&self) -> Option<Drawn> {
        from("the purpose of the workbook", self.workbook.purpose())
    }

    fn type_and_level(&self) -> Option<Drawn> {
        let levels = self.sides().filter_map(|partner| {
            let level = partner.levels.get(&Phase::WorkingTogether)?;
            let level = self.content.levels().iter().find(|named| named.id == *level)?;
            Some(format!("{}: {}", partner.name.trim(), level.name.to_lowercase()))
        });
        let levels: Vec<String> = levels.collect();
        let chosen = type_of(self.workbook.us(), Phase::WorkingTogether, self.content);
        let kind = from("People", chosen).or_else(|| self.agreed(&["SCO-11"]));
        let depth =
            if levels.is_empty() { self.agreed(&["SCO-12"]) } else { from("People", levels.join("\n")) };
        match (kind, depth) {
            (Some(kind), Some(depth)) => Some(Drawn {
                words: format!("{}\n{}", kind.words, depth.words),
                from: format!("{}, {}", kind.from, depth.from),
            }),
            (kind, depth) => kind.or(depth),
        }
    }

    fn roles(&self) -> Option<Drawn> {
        let roles = self.all::<Role>().filter(|role| !is_blank(&role.what)).map(|role| {
            let lead = self.who(role.lead.as_ref()).unwrap_or_else(|| "[to agree]".to_owned());
            let support: Vec<String> = role.support.iter().map(|id| self.side(id)).collect();
            let support =
                if support.is_empty() { String::new() } else { format!(", with {}", support.join(", ")) };
            format!("{}: {lead}{support}", bare(&role.what))
        });
        let activities = self.all::<Activity>().filter(|a| !is_blank(&a.what)).filter_map(|activity| {
            let parts = [
                ("", &activity.lead),
                ("risk assessment ", &activity.risk),
                ("training ", &activity.training),
                ("materials ", &activity.materials),
            ];
            let said =
                parts.iter().filter_map(|(what, who)| Some(format!("{what}{}", self.who(who.as_ref())?)));
            let said: Vec<String> = said.collect();
            (!said.is_empty()).then(|| format!("{}: {}", bare(&activity.what), said.join(", ")))
        });
        let (roles, activities): (Vec<String>, Vec<String>) = (roles.collect(), activities.collect());
        let source = match (roles.is_empty(), activities.is_empty()) {
            (false, false) => "Roles and Activities",
            (false, true) => "Roles",
            _ => "Activities",
        };
        listed(source, roles.into_iter().chain(activities))
    }

    fn timetable(&self) -> Option<Drawn> {
        let span = |activity: &Activity| match (activity.from, activity.until) {
            (Some(from), Some(until)) if from != until => {
                Some((from, format!("{} to {}", day(from), day(until))))
            }
            (Some(on), _) | (None, Some(on)) => Some((on, day(on))),
            (None, None) => None,
        };
        let activities = self.all::<Activity>().filter(|activity| activity.done.is_none());
        let activities =
            activities.filter_map(|a| span(a).map(|(on, when)| (on, when, bare(&a.what).to_owned())));
        let actions = self.all::<Action>().filter(|action| action.state == ActionState::Open);
        let actions = actions.filter_map(|action| {
            let due = action.due?;
            Some((due, format!("by {}", day(due)), bare(&action.what).to_owned()))
        });
        let mut days: Vec<_> = activities.chain(actions).filter(|(_, _, what)| !what.is_empty()).collect();
        days.order();
        listed("Activities and To do", days.into_iter().map(|(_, when, what)| format!("{what}, {when}")))
    }

    fn groups(&self) -> Option<Drawn> {
        let groups = self.all::<Group>().filter(|group| !is_blank(&group.name)).map(|group| {
            let lead = self.who(group.lead.as_ref()).map(|lead| format!(", led by {lead}"));
            let limits = bare(&group.limits);
            let limits = if limits.is_empty() { String::new() } else { format!("; limits: {limits}") };
            format!("{}{}{limits}", bare(&group.name), lead.unwrap_or_default())
        });
        listed("Working groups", groups)
    }

    fn money_in(&self) -> Option<Drawn> {
        let lines = self.all::<MoneyLine>().filter(|line| !is_blank(&line.funder) || line.held_by.is_some());
        let lines = lines.map(|line| {
            let amount = line.amount.as_ref().map_or_else(|| "[to agree]".to_owned(), ToString::to_string);
            let funder = bare(&line.funder);
            let funder = if funder.is_empty() { String::new() } else { format!(" from {funder}") };
            let held = line.held_by.as_ref().map(|id| format!(", held by {}", self.side(id)));
            format!("{amount}{funder}{}", held.unwrap_or_default())
        });
        listed("Money", lines)
    }

    fn money_out(&self) -> Option<Drawn> {
        let lines = self.all::<MoneyLine>().filter(|line| line.paid_to.is_some()).map(|line| {
            let amount = line.amount.as_ref().map_or_else(|| "[to agree]".to_owned(), ToString::to_string);
            let to = line.paid_to.as_ref().map(|id| self.side(id)).unwrap_or_default();
            let paid_for = match line.paid_for {
                PaidFor::NotSaid => "",
                PaidFor::Time => ", for time",
                PaidFor::Costs => ", for costs",
            };
            let what = bare(&line.what);
            let what = if what.is_empty() { String::new() } else { format!(" ({what})") };
            let due = line.due.map(|on| format!(", by {}", day(on))).unwrap_or_default();
            format!("{amount} to {to}{paid_for}{what}{due}")
        });
        listed("Money", lines)
    }

    fn in_kind(&self) -> Option<Drawn> {
        let brings = self.all::<Asset>().filter(|asset| !is_blank(&asset.what)).map(|asset| {
            let whose = asset.side.as_ref().map_or_else(|| "Together".to_owned(), |id| self.side(id));
            format!("{whose}: {}", bare(&asset.what))
        });
        let given =
            self.all::<Contribution>().filter(|c| c.paid != Paid::Paid && c.hours.is_some()).map(|given| {
                let whose = given.side.as_ref().map_or_else(|| "Together".to_owned(), |id| self.side(id));
                let hours = given.hours.map(|hours| hours.to_string()).unwrap_or_default();
                let rate =
                    given.rate.as_ref().map(|rate| format!(", valued at {rate} an hour")).unwrap_or_default();
                let what = bare(&given.what);
                let what = if what.is_empty() { String::new() } else { format!(" of {what}") };
                format!("{whose}: {hours}{what}, unpaid{rate}")
            });
        listed("What each side brings, and Hours", brings.chain(given))
    }

    fn risk(&self) -> Option<Drawn> {
        let public = self.all::<Activity>().filter(|activity| activity.public && !is_blank(&activity.what));
        let lines = public.map(|activity| {
            let risk = self.who(activity.risk.as_ref()).unwrap_or_else(|| "[to agree]".to_owned());
            format!("Risk assessment for {}: {risk}", bare(&activity.what))
        });
        listed("Activities", lines)
    }

    fn in_touch(&self) -> Option<Drawn> {
        let touches = self.all::<TouchPoint>().map(|touch| {
            let kind = match touch.kind.trim() {
                "" => "In touch",
                kind => kind,
            };
            let who = Who { side: touch.partner.clone(), person: touch.person.clone() };
            let every = match touch.every_weeks {
                Some(1) => " every week".to_owned(),
                Some(weeks) => format!(" every {weeks} weeks"),
                None => String::new(),
            };
            format!("{kind}{every} with {}", who_in_words(self.workbook, &who))
        });
        let deputies = self.workbook.people().iter().filter(|p| p.left.is_none() && !is_blank(&p.deputy_for));
        let deputies = deputies.map(|person| {
            let side = self.side(&person.partner);
            format!("{} ({side}) stands in for {}", person.name.trim(), bare(&person.deputy_for))
        });
        listed("Touch points and deputies", touches.chain(deputies))
    }

    fn words(&self) -> Option<Drawn> {
        let words = self.all::<Word>().filter(|word| !is_blank(&word.term)).map(|word| {
            let instead = bare(&word.instead);
            let instead =
                if instead.is_empty() { String::new() } else { format!("; we say “{instead}”") };
            format!("We avoid “{}”{instead}", bare(&word.term))
        });
        listed("Words to use and to avoid", words)
    }

    fn review(&self) -> Option<Drawn> {
        // the day of the agreement goes before that of the walk
        let on = self.workbook.look_again("governing").or_else(|| self.workbook.look_again("reviewing"));
        let kept = || on.and_then(|on| from("the day to look again", day(on)));
        self.agreed(&["GOV-13"]).or_else(kept).or_else(|| self.answer(&["GOV-13"]))
    }
}
