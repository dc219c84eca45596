//! What a side is called where there is little room: its name where that fits, or else its initials, which the head of the
//! screen explains. No two sides have the same.

use std::collections::BTreeMap;

use super::name;
use crate::domain::query::pulse_sides;
use crate::domain::{PartnerId, Workbook};
use crate::widget::text;

/// The most letters of initials; a number that tells two apart comes after them.
const LETTERS: usize = 5;

/// The sides by their short names.
#[derive(Debug, Default)]
pub(super) struct Names {
    initials: BTreeMap<PartnerId, String>,
}

impl Names {
    /// The names of every side whose pulse is taken.
    pub fn of(workbook: &Workbook) -> Self {
        let partners = || pulse_sides(workbook).into_iter().filter(|side| !side.is_us());
        let all: Vec<(PartnerId, String)> =
            partners().map(|id| (id.clone(), initials(&name(workbook, &id)))).collect();
        let told_apart = |n: usize, (id, short): &(PartnerId, String)| {
            let alike =
                |others: &[(PartnerId, String)]| others.iter().filter(|(_, other)| other == short).count();
            let before = alike(all.get(..n).unwrap_or_default());
            let number = if alike(&all) > 1 { (before + 1).to_string() } else { String::new() };
            (id.clone(), format!("{short}{number}"))
        };
        Self { initials: all.iter().enumerate().map(|(n, one)| told_apart(n, one)).collect() }
    }

    /// How many partners there are.
    pub fn partners(&self) -> usize {
        self.initials.len()
    }

    /// The initials of a partner; "us" for our own side.
    pub fn initials(&self, side: &PartnerId) -> &str {
        self.initials.get(side).map_or("us", String::as_str)
    }

    /// The name, where it fits into so many columns; or else the initials.
    pub fn head(&self, workbook: &Workbook, side: &PartnerId, columns: u16) -> String {
        let name = name(workbook, side);
        if text::width(&name) <= columns { name } else { text::fit(self.initials(side), columns) }
    }

    /// Every partner with its initials: "MND Museum of the Northern Docks".
    pub fn legend(&self, workbook: &Workbook) -> String {
        let one = |(id, short): (&PartnerId, &String)| format!("{short} {}", name(workbook, id));
        let mut sides: Vec<PartnerId> = pulse_sides(workbook);
        sides.retain(|side| !side.is_us());
        sides
            .iter()
            .filter_map(|side| self.initials.get_key_value(side))
            .map(one)
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// The first letters of the words that begin with a capital; of all words where fewer than two do.
fn initials(name: &str) -> String {
    let first = |word: &str| word.chars().find(|c| c.is_alphanumeric());
    let all: Vec<char> = name.split_whitespace().filter_map(first).collect();
    let capitals: Vec<char> = all.iter().copied().filter(|c| !c.is_lowercase()).collect();
    let letters = if capitals.len() >= 2 { capitals } else { all };
    let letters: String = letters.into_iter().flat_map(char::to_uppercase).take(LETTERS).collect();
    if letters.is_empty() { "?".to_owned() } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Edit, Partner, WorkbookId};

    #[test]
    fn alike_long_names_are_told_apart() {
        let mut workbook = Workbook::new(WorkbookId::new("w"), "");
        let names = [
            "Museum of the Northern Docks",
            "Museum of the Northern Parks",
            "Museum of the New Docks",
            "allotment society",
            "日本語の団体",
        ];
        for (n, name) in names.into_iter().enumerate() {
            let partner = Partner::named(PartnerId::new(format!("p{n}")), name);
            workbook.apply(Edit::AddPartner { partner: Box::new(partner), place: usize::MAX }).unwrap();
        }
        let names = Names::of(&workbook);
        let short: Vec<&str> =
            (0..5).map(|n| names.initials.get(&PartnerId::new(format!("p{n}"))).unwrap().as_str()).collect();
        assert_eq!(short, ["MND1", "MNP", "MND2", "AS", "日"]);
        assert_eq!(names.head(&workbook, &PartnerId::new("p1"), 12), "MNP");
        assert_eq!(names.head(&workbook, &PartnerId::new("p4"), 12), "日本語の団体");
        assert!(names.legend(&workbook).starts_with("MND1 Museum of the Northern Docks, MNP Museum"));
    }
}
